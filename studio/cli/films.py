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
from studio.core.project import Project
from studio.errors import UserError
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line said. ``choices`` holds only what was given."""

    idea: str
    files: Mapping[str, Path | None]
    name: str
    choices: Mapping[str, Any]
    is_new: bool
    is_resumed: bool

    @property
    def has_source(self) -> bool:
        """True if it says what the film is of."""
        return bool(self.idea or any(self.files.values()))


def make(studio: Studio, asked: Asked, *, as_json: bool) -> int:
    """Create or choose the project, run it, and return the exit code."""
    existing = None if asked.is_new else _to_go_on_with(studio, asked)
    if existing and _is_other_idea(existing, asked) and not any(existing.steps.values()):
        studio.discard_unstarted(existing.session_name)
        existing = None
    if existing is None:
        if not asked.has_source:
            raise click.UsageError('Say what the film is about: studio film "IDEA" (or --script, --story, --prompts).')
        name = _create(studio, asked)
        code = live.run(studio, name, as_json=as_json)
        if code == 1:
            studio.discard_unstarted(name)  # an idea that was refused leaves nothing behind
        return code
    if _is_other_idea(existing, asked):
        raise UserError(
            f"{existing.session_name} is a film of another idea (“{existing.idea}”): choose another --name, or --new."
        )
    if asked.choices:
        studio.set_options(existing.session_name, _options({**existing.options, **asked.choices}))
    return live.run(studio, existing.session_name, as_json=as_json)


def _is_other_idea(existing: Project, asked: Asked) -> bool:
    """True if the name belongs to another film; whoever says yes to an unfinished one has chosen it."""
    return bool(asked.name and asked.idea) and asked.idea != existing.idea


def _create(studio: Studio, asked: Asked) -> str:
    options = _options({"tts": "auto", **asked.choices})
    for kind, file in asked.files.items():
        if file:
            return studio.create_film(Source.model_validate({"kind": kind}), options, name=asked.name, brought=file)
    return studio.create_film(Source(kind="idea", idea=asked.idea), options, name=asked.name)


def _options(choices: Mapping[str, Any]) -> FilmOptions:
    try:
        return FilmOptions.model_validate(choices)
    except ValidationError as error:
        places = [f"--{str(e['loc'][0]).replace('_px', '')}: {e['msg']} (not {e['input']})" for e in error.errors()]
        raise click.UsageError("; ".join(places)) from error


def _to_go_on_with(studio: Studio, asked: Asked) -> Project | None:
    """The project of that name if it exists; else, on ``--resume`` or the user's yes, an unfinished one."""
    if asked.name:
        known = {project.session_name: project for project in studio.projects()}
        if asked.name in known or not asked.is_resumed:
            return known.get(asked.name)
        return studio.project(asked.name)
    unfinished = [p for p in studio.projects() if not p.completed and p.kind == "film"]
    if asked.is_resumed:
        if not unfinished:
            raise UserError("Every project is finished: there is nothing to resume.")
        return unfinished[0]
    if not unfinished or not sys.stdin.isatty():
        return None
    return _ask(studio, unfinished)


def _ask(studio: Studio, unfinished: list[Project]) -> Project | None:
    newest = unfinished[0]
    show.incomplete(newest, studio.shots(newest.session_name))
    if len(unfinished) == 1:
        return newest if click.confirm("Do you want to continue this session?") else None
    for number, project in enumerate(unfinished, start=1):
        click.echo(f"  {number}  {project.session_name}  {project.idea[:60]}")
    answer = click.prompt(
        f"Continue the newest (y), start a new one (n), or go on with one of them (1-{len(unfinished)})",
        type=click.Choice(["y", "n", *map(str, range(1, len(unfinished) + 1))]),
        show_choices=False,
    )
    return None if answer == "n" else newest if answer == "y" else unfinished[int(answer) - 1]
