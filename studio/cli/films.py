"""``studio film``: a new project, or the one to go on with, as the user answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from studio.cli import live, show
from studio.cli.kinds import what_is
from studio.core.files import safe_name
from studio.core.project import Project
from studio.errors import UserError
from studio.model.faults import in_words
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.model.text_files import read_regular
from studio.service import Studio

_KINDS = {"idea": "an idea", "script": "a script", "story": "a story", "prompts": "a list of prompts"}
_IDLE = {"script": ("text",), "story": ("text",), "prompts": ("text", "shots", "sheets", "continue_shots")}
"""What has no say in a film of each kind: its words, or its shots, are the user's own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said. ``choices`` holds only what was given."""

    idea: str
    files: Mapping[str, Path | None]
    name: str
    choices: Mapping[str, Any]
    most_usd: float | None
    is_new: bool
    is_resumed: bool

    @property
    def has_source(self) -> bool:
        """True if it says what the film is of."""
        return bool(self.idea or any(self.files.values()))


def make(studio: Studio, asked: Asked, *, as_json: bool) -> int:
    """Create or choose the project, run it, and return the exit code."""
    existing = None if asked.is_new else _to_go_on_with(studio, asked, may_ask=not as_json)
    other = _what_differs(studio, existing, asked) if existing and (asked.name or asked.is_resumed) else ""
    if existing and other and not any(existing.steps.values()):
        studio.discard_unstarted(existing.session_name)
        existing = None
    if existing is None:
        if not asked.has_source:
            raise click.UsageError('Say what the film is about: studio film "IDEA" (or --script, --story, --prompts).')
        name = _create(studio, asked)
        code = live.run(studio, name, as_json=as_json, most_usd=asked.most_usd)
        if code == 1:
            studio.discard_unstarted(name)  # an idea that was refused leaves nothing behind
        return code
    if other:
        raise UserError(other)
    if asked.choices:
        options = _options({**existing.options, **asked.choices})
        studio.set_options(existing.session_name, options)
        _say_idle(existing.source.get("kind", "idea"), asked.choices, options)
    return live.run(studio, existing.session_name, as_json=as_json, most_usd=asked.most_usd)


def _what_differs(studio: Studio, existing: Project, asked: Asked) -> str:
    """Empty if the project is of what was asked for, else a sentence with what to do.

    Not asked of an unfinished project that the user was shown and said yes to: that is chosen.
    """
    name, kind = existing.session_name, existing.source.get("kind", "idea")
    ways = "Choose another --name for a film of its own; nothing was changed."
    if asked.idea:
        if kind != "idea":
            return f"{name} was made from {_KINDS[kind]}, not from an idea. {ways}"
        return "" if asked.idea == existing.idea else f"{name} is a film of another idea (“{existing.idea}”). {ways}"
    wanted, file = next(((kind, file) for kind, file in asked.files.items() if file), ("", None))
    if file is None:
        return ""
    if kind != wanted:
        return f"{name} was made from {_KINDS[kind]}, not from {_KINDS[wanted]}. {ways}"
    kept = studio.directory(name) / existing.source.get("file", "")
    if kept.is_file() and read_regular(kept) == read_regular(file):
        return ""
    return (
        f"{name} was made from another text than {file}: what it keeps in {kept} differs. {ways} To change {name} "
        f"itself, put the new text into that file and run: studio resume {name}"
    )


def _say_idle(kind: str, choices: Mapping[str, Any], options: FilmOptions) -> None:
    """Choices that cannot change this film are named, so that nobody waits for what they would do."""
    from studio.engines import registry
    from studio.engines.base import can_go_on, most_references

    idle = {choice: f"in a film made from {_KINDS[kind]}" for choice in _IDLE.get(kind, ()) if choice in choices}
    if choices.get("sheets") and not most_references(registry.image(options.image)):
        idle.setdefault("sheets", f"with image/{options.image}, which is shown no pictures")
    if choices.get("continue_shots") and not can_go_on(registry.video(options.video)):
        idle.setdefault("continue_shots", f"with video/{options.video}, whose clips do not lead on from their picture")
    for choice, why in idle.items():
        click.echo(f"--{choice.replace('_', '-')} changes nothing {why}.", err=True)


def _create(studio: Studio, asked: Asked) -> str:
    options = _options({"tts": "auto", **asked.choices})
    for kind, file in asked.files.items():
        if file:
            _say_idle(kind, asked.choices, options)
            return studio.create_film(Source.model_validate({"kind": kind}), options, name=asked.name, brought=file)
    _say_idle("idea", asked.choices, options)
    return studio.create_film(Source(kind="idea", idea=asked.idea), options, name=asked.name)


def _options(choices: Mapping[str, Any]) -> FilmOptions:
    try:
        return FilmOptions.model_validate(choices)
    except ValidationError as error:
        raise click.UsageError(f"--{in_words(error).replace('_px', '')}.") from error


def _to_go_on_with(studio: Studio, asked: Asked, *, may_ask: bool) -> Project | None:
    """The project of that name if it exists; else, on ``--resume`` or the user's yes, an unfinished one; else the film
    of this very idea or file that is as it is asked for, or stopped on its way there."""
    if asked.name:
        return _named(studio, asked)
    unfinished = [p for p in studio.projects() if not p.is_complete and p.kind == "film"]
    if asked.is_resumed:
        if not unfinished:
            raise UserError("Every project is finished: there is nothing to resume.")
        return _newest_of(studio, unfinished, asked)
    if unfinished and may_ask and sys.stdin.isatty():
        return _ask(studio, unfinished)
    same = next((project for project in studio.projects() if _is_that(studio, project, asked)), None)
    if same:
        click.echo(f"Going on with {same.session_name}, which is of that; --new makes another film of it.", err=True)
    return same


def _is_that(studio: Studio, project: Project, asked: Asked) -> bool:
    """True for a film of what is asked for; a finished one must also have every choice that was said."""
    if project.kind != "film" or not asked.has_source or _what_differs(studio, project, asked):
        return False
    return not project.is_complete or _options({**project.options, **asked.choices}) == _options(project.options)


def _named(studio: Studio, asked: Asked) -> Project | None:
    """The project that bears the name as it was given, or as a folder can bear it."""
    for name in (asked.name, safe_name(asked.name)):
        if name and "/" not in name and len(name.encode()) < 256 and (studio.settings.sessions / name).is_dir():
            return _of_kind(studio.project(name))
    return _of_kind(studio.project(asked.name)) if asked.is_resumed else None


def _of_kind(found: Project) -> Project:
    """``found``. Raises UserError if it is no film."""
    if found.kind != "film":
        name = found.session_name
        raise UserError(
            f"{name} is {what_is(found.kind)}: go on with `studio resume {name}`, or choose another --name for a film; "
            "nothing was changed."
        )
    return found


def _newest_of(studio: Studio, unfinished: list[Project], asked: Asked) -> Project:
    """The newest unfinished one; if it was said what the film is of, the newest of that."""
    found = next((project for project in unfinished if not _what_differs(studio, project, asked)), None)
    if found is None:
        raise UserError("No unfinished project is of that. `studio sessions list` shows them all; --new starts one.")
    return found


def _ask(studio: Studio, unfinished: list[Project]) -> Project | None:
    newest = unfinished[0]
    show.incomplete(newest, studio.shots(newest.session_name))
    if len(unfinished) == 1:
        return newest if click.confirm("Do you want to continue this session?", err=True) else None
    for number, project in enumerate(unfinished, start=1):
        click.echo(f"  {number}  {project.session_name}  {' '.join(project.idea[:60].split())}", err=True)
    answer = click.prompt(
        f"Continue the newest (y), start a new one (n), or go on with one of them (1-{len(unfinished)})",
        type=click.Choice(["y", "n", *map(str, range(1, len(unfinished) + 1))]),
        show_choices=False,
        err=True,
    )
    return None if answer == "n" else newest if answer == "y" else unfinished[int(answer) - 1]
