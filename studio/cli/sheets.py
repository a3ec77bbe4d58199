"""``studio sheet``: what the people and places of a film look like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.cli.kinds import check_kind
from studio.cli.options import (
    FILE,
    Within,
    choices_made,
    errors_in_words,
    in_json,
    json_option,
    sessions_option,
    studio_for,
)
from studio.model import bounds

if TYPE_CHECKING:
    from studio.service.sheets import SheetStatus


@click.command()
@click.argument("name")
@click.argument("who", required=False)
@click.option("--prompt", help="What its picture shows.")
@click.option("--seed", type=Within(bounds.SEED), help="Another number, another picture.")
@click.option("--retake", is_flag=True, help="Draw it again, differently.")
@click.option("--picture", type=FILE, help="A picture of your own in its place.")
@sessions_option
@json_option
@errors_in_words
def sheet(
    name: str, who: str | None, retake: bool, picture: Path | None, sessions_dir: Path | None, as_json: bool,
    **changes: Any,
) -> None:  # fmt: skip
    """The people and places of NAME by whose pictures its shots are drawn; with WHO, change that one.

    `studio plan NAME` then shows which shots follow, `studio resume NAME` makes them.
    """
    studio = studio_for(sessions_dir)
    changes = choices_made(changes)
    if who is None and (changes or retake or picture):
        raise click.UsageError("Say whom or which place: studio sheet NAME WHO …")
    if not changes.get("prompt", "x").strip():
        raise click.UsageError("--prompt is empty: say what the picture shows.")
    check_kind(studio, name, "film")
    if who is not None:
        if changes:
            studio.edit_sheet(name, who, **changes)
        if retake:
            studio.retake_sheet(name, who)
        if picture:
            studio.set_sheet_picture(name, who, picture)
    _show(studio.sheets(name), as_json=as_json)


def _show(found: Sequence[SheetStatus], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                **status.sheet.model_dump(),
                "picture": status.picture,
                "is_used": status.is_used,
                "is_made": status.is_made,
            }
            for status in found
        ]
        click.echo(in_json(rows))
        return
    for status in found:
        mark = ("✓" if status.is_made else "…") if status.is_used else "-"
        where = status.picture if status.is_used else "in one shot at most: not drawn"
        click.echo(f"{mark} {status.sheet.name}  ({where})\n    {status.sheet.prompt}")
