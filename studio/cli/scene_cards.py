"""``studio scene`` and ``studio environment``: what a scene video is made of, changed card by card."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.cli.kinds import check_kind
from studio.cli.options import choices_made, errors_in_words, in_json, json_option, sessions_option, studio_for
from studio.errors import UserError

if TYPE_CHECKING:
    from studio.service import Studio
    from studio.service.scene_cards import Cards, SceneCard


@click.command()
@click.argument("name")
@click.argument("number", type=click.IntRange(0), required=False)
@click.option("--name", "title", help="What the scene is called.")
@click.option("--environment", type=click.IntRange(1), help="Number of the environment it plays in.")
@click.option("--action", help="What happens and moves.")
@click.option("--emotions", help="calm, fear …")
@click.option("--camera", help="Static, Move Left, Push In, Zoom Out, Pan Right, Orbit Left, Crane Up …")
@click.option("--narration", help="What is said over it; empty: nothing.")
@click.option("--sounds", help="What is heard in it.")
@click.option("--duration", type=int, help="5, 10 or 15 seconds: clips of 5 s.")
@click.option(
    "--insert", "is_inserted", is_flag=True, help="A new scene of these words behind NUMBER (0: at the front)."
)
@click.option("--move", "position", type=click.IntRange(1), help="To this place in the film.")
@click.option("--delete", "is_deleted", is_flag=True, help="Out of the film; `studio undo` brings it back.")
@sessions_option
@json_option
@errors_in_words
def scene(
    name: str, number: int | None, is_inserted: bool, position: int | None, is_deleted: bool,
    sessions_dir: Path | None, as_json: bool, **words: Any,
) -> None:  # fmt: skip
    """Change scene NUMBER of the scene video NAME; without a NUMBER, show all scenes and environments.

    `studio plan NAME` then shows what follows, `studio resume NAME` makes it.
    """
    fields = {"name" if key == "title" else key: value for key, value in choices_made(words).items()}
    asked = [bool(fields) and not is_inserted, is_inserted, position is not None, is_deleted]
    if sum(asked) > 1:
        raise click.UsageError("--insert, --move, --delete and changes of words are for one at a time.")
    if any(asked) and number is None:
        which = "behind which scene (0: at the front)" if is_inserted else "which scene"
        raise click.UsageError(f"Say {which}: `studio scene NAME` shows them.")
    studio = studio_for(sessions_dir)
    check_kind(studio, name, "scenes")
    if number is None:
        _show(studio.cards(name), name, as_json=as_json)
        return
    if is_deleted:
        studio.delete_scene(name, number)
        _show(studio.cards(name), name, as_json=as_json)
    elif position is not None:
        studio.move_scene(name, number, position)
        _show(studio.cards(name), name, as_json=as_json)
    elif is_inserted:
        _show_scene(studio.insert_scene(name, number, **fields), as_json=as_json)
    elif fields:
        _show_scene(studio.edit_scene(name, number, **fields), as_json=as_json)
    else:
        _show_scene(_found(studio, name, number), as_json=as_json)


@click.command()
@click.argument("name")
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--text", help="What it looks like; without a NUMBER: a new one.")
@click.option("--delete", "is_deleted", is_flag=True, help="Remove it; no scene may play there.")
@sessions_option
@json_option
@errors_in_words
def environment(
    name: str, number: int | None, text: str | None, is_deleted: bool, sessions_dir: Path | None, as_json: bool
) -> None:
    """Change environment NUMBER of the scene video NAME, in all scenes that play there; or add one."""
    if is_deleted and (text is not None or number is None):
        raise click.UsageError("--delete takes the NUMBER of an environment, and no --text.")
    studio = studio_for(sessions_dir)
    check_kind(studio, name, "scenes")
    if is_deleted and number is not None:
        studio.delete_environment(name, number)
    elif text is not None and number is None:
        studio.add_environment(name, text)
    elif text is not None and number is not None:
        if number > len(studio.cards(name).environments):
            raise UserError(f"{name} has no environment {number}: leave the number out for a new one.")
        studio.edit_environment(name, number, text)
    _show(studio.cards(name), name, as_json=as_json)


def _found(studio: Studio, name: str, number: int) -> SceneCard:
    cards = studio.cards(name)
    found = next((card for card in cards.scenes if card.number == number), None)
    if found is None:
        raise UserError(f"{name} has no scene {number}: it has {len(cards.scenes)}.")
    return found


def _show(cards: Cards, name: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(in_json(asdict(cards)))
        return
    if not cards.scenes:
        raise UserError(f"{name} has no scenes yet: studio scenes SCRIPT --name {name} --metadata_only writes them.")
    for card in cards.scenes:
        where = f"environment {card.environment}" if card.environment else "nowhere"
        click.echo(f"{card.number:>3}  {card.name} · {card.duration_s} s · {card.camera} · {where}")
        click.echo(f"     {card.action}")
    click.echo("\nEnvironments")
    for place in cards.environments:
        used = f"scene {', '.join(map(str, place.used))}" if place.used else "not used"
        click.echo(f"{place.number:>3}  {place.text} ({used})")


def _show_scene(card: SceneCard, *, as_json: bool) -> None:
    if as_json:
        click.echo(in_json(asdict(card)))
        return
    rows = {
        "name": card.name, "environment": card.environment or "none", "action": card.action, "emotions": card.emotions,
        "camera": card.camera, "narration": card.narration, "sounds": card.sounds, "duration": f"{card.duration_s} s",
        "clips": ", ".join(map(str, card.clips)) or "none yet",
    }  # fmt: skip
    click.echo(f"Scene {card.number}")
    for key, value in rows.items():
        click.echo(f"  {key:<12} {value}")
