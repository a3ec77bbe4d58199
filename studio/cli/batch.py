"""Several films with the same settings, one after another: one that fails stops no other, and the end says how each went."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from studio.cli import log
from studio.cli.live import films_of, watched
from studio.cli.options import DONE, INTERRUPTED, PROBLEMS, in_json
from studio.errors import StudioError
from studio.service import Studio

_STATUS = {"completed": "✓", "paused": "…", "problems": "!", "failed": "✗"}


@dataclass(slots=True)
class _Row:
    """How one film went; ``status`` is completed, problems (finished with something missing), paused or failed."""

    film: str
    session: str = ""
    status: str = "failed"
    problems: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    made: int = 0
    seconds: float = 0.0


def run(studio: Studio, films: Sequence[str], begin: Callable[[str], str], *, as_json: bool) -> int:
    """Make the project that ``begin`` gives for each film; returns the exit code. Ctrl-C pauses the one in hand."""
    rows: list[_Row] = []
    films = _each_once(films)
    for number, film in enumerate(films, start=1):
        click.echo(f"{number}/{len(films)} {film}", err=True)
        rows.append(_made(studio, film, begin))
        if rows[-1].status == "paused":
            break
    left = list(films[len(rows) :])
    if as_json:
        click.echo(in_json({"films": [_as_json(row) for row in rows], "left": left}))
    else:
        _say(studio, rows, left)
    if left or any(row.status == "paused" for row in rows):
        return INTERRUPTED
    return DONE if all(row.status == "completed" for row in rows) else PROBLEMS


def _each_once(films: Sequence[str]) -> list[str]:
    """``films`` without those that are another by another name; each of them is told."""
    kept: dict[Path, str] = {}
    for film in films:
        place = Path(film).resolve()
        if place in kept:
            click.echo(f"! {film} is there more than once: it is dubbed once.", err=True)
        else:
            kept[place] = film
    return list(kept.values())


def _made(studio: Studio, film: str, begin: Callable[[str], str]) -> _Row:
    started = time.monotonic()
    row = _Row(film)
    try:
        row.session = name = begin(film)
        result = watched(lambda tell, stop: studio.run(name, tell=log.listening(name, tell), stop=stop))
        row.status = "problems" if result.status == "completed" and result.problems else result.status
        row.problems = tuple(f"{problem.item}: {problem.error}" for problem in result.problems)
        row.made = len(result.made)
        row.files = tuple(films_of(studio, name))
    except StudioError as error:
        row.problems = (str(error),)
    row.seconds = round(time.monotonic() - started, 2)
    return row


def _say(studio: Studio, rows: Sequence[_Row], left: Sequence[str]) -> None:
    for row in rows:
        click.echo(f"{_STATUS[row.status]} {row.film}  {row.session}  {row.made} made in {row.seconds:.1f} s")
        for problem in row.problems:
            click.echo(f"    {problem}")
        for file in row.files:
            click.echo(f"    {studio.directory(row.session) / file}")
    for film in left:
        click.echo(f"  {film}  not begun")
    done = sum(row.status == "completed" for row in rows)
    click.echo(f"{done} of {len(rows) + len(left)} films are dubbed.")


def _as_json(row: _Row) -> dict[str, object]:
    return {
        "film": row.film,
        "session": row.session,
        "status": row.status,
        "problems": list(row.problems),
        "files": list(row.files),
        "seconds": row.seconds,
    }
