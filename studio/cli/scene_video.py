"""``studio scenes --continue_from_dir``: what an old directory holds, told first; then what it lacks is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from studio.cli import live
from studio.cli.options import in_json, limit
from studio.cli.scene_choices import First, begin_with, options_of
from studio.core.foreign.scene_video import SceneVideoScan
from studio.core.foreign.scene_video_remains import Remains, remains_of, rows_of
from studio.core.foreign.scene_video_remains import as_json as found_as_json
from studio.core.foreign.scene_video_words import documents_table
from studio.core.pipeline import Plan
from studio.service import Studio

_COLOURS = {"done": "green", "torn": "red", "stale": "yellow", "missing": "yellow"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said. ``choices`` holds only what was given."""

    directory: Path
    name: str
    choices: Mapping[str, Any]
    first: First
    most_usd: float | None
    is_list: bool
    is_in_place: bool


def go_on(studio: Studio, asked: Asked, *, as_json: bool) -> int:
    """Explain, make a project of the directory (or take the one there is), run it; returns the exit code."""
    found = studio.scan_scene_video(asked.directory)
    if asked.is_list:
        _list_documents(found, as_json=as_json)
        return 0
    before = studio.scene_video_options(found, asked.name)
    options = options_of({"tts": "auto", **before, **asked.choices})
    remains = remains_of(found, narration=options.narration, sounds=options.sounds, first_frames=options.first_frames)
    if not as_json:
        _explain(found, remains)
    name = studio.continue_scene_video(found, options, name=asked.name)
    if asked.first.is_given and not _lacks_beginning(found):
        click.echo("Scene 1 is finished: it keeps its beginning, and the initial picture is not used.", err=True)
    else:
        begin_with(studio, name, asked.first)
    limit(studio, name, asked.most_usd)
    _say_plan(studio.plan(name))
    code = live.run(studio, name, as_json=as_json, more={"found": found_as_json(found, remains)})
    if asked.is_in_place:
        for written in studio.write_back(name, studio.scan_scene_video(asked.directory)):
            click.echo(f"Written: {found.directory / written}", err=True)
    return code


def _lacks_beginning(found: SceneVideoScan) -> bool:
    """True if the first clip of the film is still to be made."""
    return bool(found.scenes) and 1 in found.scenes[0].clips_to_make


def _explain(found: SceneVideoScan, remains: Remains) -> None:
    """Everything that is there, on stderr: what is on stdout tells of the run."""
    click.echo(f"{found.directory}: {found.state}. {found.documents.why}", err=True)
    rows = [(row.what, row.status, row.file, row.note) for row in rows_of(found)]
    _table(rows, is_error=True)
    for finding in found.torn_files:
        click.echo(f"  torn: {finding.name}: {finding.reason}", err=True)
    for finding in found.notes:
        click.echo(f"  note: {finding.name}: {finding.reason}", err=True)
    click.echo(f"Remains: {remains.words}.", err=True)


def _say_plan(plan: Plan) -> None:
    """How many files of each step a run would make, and what that takes."""
    counts = Counter(planned.step for planned in plan.make)
    what = ", ".join(f"{count} of {step}" for step, count in counts.items()) or "nothing"
    click.echo(f"To make: {what}; about {plan.estimate_s:.0f} s, {plan.cost}.", err=True)


def _list_documents(found: SceneVideoScan, *, as_json: bool) -> None:
    if as_json:
        click.echo(in_json(documents_table(found.documents)))
        return
    rows = [(one.name, one.kind, f"{one.size_bytes} bytes", f"{one.items} items") for one in found.documents.listed]
    _table(rows, is_error=False)
    click.echo(found.documents.why)


def _table(rows: Sequence[tuple[str, str, str, str]], *, is_error: bool) -> None:
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(3)]
    for row in rows:
        cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
        cells[1] = click.style(cells[1], fg=_COLOURS.get(row[1]))
        click.echo("  ".join(["", *cells, row[3]]).rstrip(), err=is_error)
