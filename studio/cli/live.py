"""A run as the terminal shows it: progress with time left, plain lines where there is no terminal."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

import click

from studio.cli import log
from studio.cli.options import DONE, INTERRUPTED, PROBLEMS, in_json, limit
from studio.core.events import (
    ArtifactMade,
    Event,
    ItemFailed,
    Listener,
    Noticed,
    Progress,
    RunFailed,
    StepStarted,
)
from studio.core.pipeline import RunResult
from studio.model.cost import Spent
from studio.service import Studio
from studio.steps.filming import names

if TYPE_CHECKING:
    from rich.progress import TaskID

T = TypeVar("T")


def run(
    studio: Studio,
    name: str,
    *,
    as_json: bool,
    deep: bool = False,
    most_usd: float | None = None,
    until: str = "",
    formats: Sequence[str] = (),
    more: Mapping[str, object] | None = None,
    begin_film: Callable[[], str] | None = None,
) -> int:
    """Run the project to its end or its step ``until``, or until Ctrl-C pauses it; returns the exit code.

    ``most_usd`` is its new limit, as ``options.limit`` takes it. A book is bound in these ``formats`` as well. ``more`` is
    told with the rest where the answer is JSON. ``begin_film`` begins a film of what is finished and returns its name.
    """
    started = time.monotonic()
    limit(studio, name, most_usd)
    click.echo(f"{name}  ({studio.directory(name)})", err=True)

    def work(tell: Listener, stop: threading.Event) -> RunResult:
        heard = log.listening(name, tell)
        if formats:
            return studio.book(name, formats, tell=heard, stop=stop)
        return studio.run(name, tell=heard, stop=stop, deep=deep, until=until)

    result = watched(work)
    seconds = round(time.monotonic() - started, 2)
    films, books, spent = films_of(studio, name), studio.books(name), studio.spent(name)
    begun = begin_film() if begin_film and result.status == "completed" else ""
    if as_json:
        bound = {**({"books": books} if books else {}), **({"film_session": begun} if begun else {})}
        click.echo(_as_json(name, result, films, seconds, spent, {**bound, **(more or {})}))
    else:
        _say(name, result, seconds)
        for line in _outcome(studio.directory(name), films, books, spent, begun):
            click.echo(line)
    if result.status == "paused":
        return INTERRUPTED
    return PROBLEMS if result.status == "failed" or result.problems else DONE


def watched(work: Callable[[Listener, threading.Event], T]) -> T:
    """What ``work`` returns; meanwhile its events are on the screen, and Ctrl-C sets the event it is given."""
    stop = threading.Event()
    _pause_on_signals(stop)
    screen = _Bars() if sys.stderr.isatty() else _Lines()
    try:
        return work(screen, stop)
    finally:
        screen.close()


def films_of(studio: Studio, name: str) -> list[str]:
    """The finished films of the project: names inside it."""
    project = studio.project(name)
    if project.kind == "dub":
        stems = [stem for stems in studio.stem_files(name).values() for stem in stems]
        return [*studio.dubbed_files(name).values(), *studio.mixed_files(name).values(), *stems]
    return [names.FILM] if (studio.directory(name) / names.FILM).is_file() else []


def _as_json(
    name: str, result: RunResult, films: list[str], seconds: float, spent: Spent, more: Mapping[str, object]
) -> str:
    problems = [{"item": problem.item, "error": problem.error} for problem in result.problems]
    return in_json(
        {
            "session": name,
            "status": result.status,
            "made": result.made,
            "kept": result.kept,
            "problems": problems,
            "film": films[0] if films else None,
            **({"films": films} if len(films) > 1 else {}),
            "seconds": seconds,
            **({"paid_works": spent.works, "lost_works": spent.lost, "spent_usd": spent.usd} if spent.works else {}),
            **more,
        }
    )


def _outcome(directory: Path, films: list[str], books: Sequence[str], spent: Spent, begun: str) -> Iterator[str]:
    """What the run leaves and what it cost, a line each."""
    yield from (f"Film: {directory / film}" for film in films)
    yield from (f"Book: {directory / book}" for book in books)
    if spent.works:
        yield f"Services: {spent}."
    if begun:
        yield f"Film: {begun}. Make it with: studio resume {begun}"


def _say(name: str, result: RunResult, seconds: float) -> None:
    kept = sum(not file.startswith("source/") for file in result.kept)  # what was brought is no work that was kept
    click.echo(f"{len(result.made)} made, {kept} kept, in {seconds:.1f} s")
    for problem in result.problems[:-1] if result.status == "failed" else result.problems:  # the last was said already
        click.echo(f"  ✗ {problem.item}: {problem.error}")
    if result.problems:
        click.echo(f"Log: {log.place()}", err=True)
    if result.status == "paused":
        click.echo(f"Paused. Go on with: studio resume {name}")


def _pause_on_signals(stop: threading.Event) -> None:
    """The first Ctrl-C (or SIGTERM) finishes what is in hand; the second ends at once."""

    def pause(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(3)  # waits for no thread; what is half made is dropped at the next opening, as after a kill
        stop.set()
        os.write(2, "Pausing after what is in hand (again to stop at once) …\n".encode())  # echo may be in use

    signal.signal(signal.SIGINT, pause)
    signal.signal(signal.SIGTERM, pause)


class _Lines:
    """One plain line for each thing that happens, on stderr."""

    def __call__(self, number: int, event: Event) -> None:
        if isinstance(event, StepStarted):
            click.echo(f"[{event.step}]", err=True)
        elif isinstance(event, ArtifactMade) and not event.is_reused:
            click.echo(f"  {event.name}", err=True)
        elif isinstance(event, Progress) and event.left_s and event.done < event.total:
            click.echo(f"  {event.done}/{event.total}, about {_left(event.left_s)} left", err=True)
        elif isinstance(event, (ItemFailed, Noticed, RunFailed)):
            click.echo(f"  {_words(event)}", err=True)

    def close(self) -> None:
        """Nothing to give back."""


class _Bars:
    """A bar for each step, on stderr."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn
        from rich.progress import Progress as Bars

        self._bars = Bars(
            SpinnerColumn(finished_text="[green]✓"),
            TextColumn("{task.description:<12}"),
            BarColumn(),
            TextColumn("{task.fields[words]}"),
            console=Console(stderr=True),
        )
        self._bars.start()
        self._task: TaskID | None = None

    def __call__(self, number: int, event: Event) -> None:
        if isinstance(event, StepStarted):
            self.finish()
            self._task = self._bars.add_task(event.step, total=None, words="")
        elif isinstance(event, Progress) and self._task is not None:
            left = f"{event.done}/{event.total}" + (f"  {_left(event.left_s)} left" if event.left_s else "")
            self._bars.update(self._task, completed=event.done, total=event.total, words=left)
        elif isinstance(event, (ItemFailed, Noticed, RunFailed)):
            self._bars.console.print(f"  {_words(event)}", style=None if isinstance(event, Noticed) else "red")

    def finish(self) -> None:
        """The bar of the step that just ended is full."""
        if self._task is not None:
            self._bars.update(self._task, total=1, completed=1)

    def close(self) -> None:
        """The terminal is as it was."""
        self._bars.stop()


def _words(event: ItemFailed | Noticed | RunFailed) -> str:
    if isinstance(event, ItemFailed):
        return f"✗ {event.item}: {event.error}"
    return f"✗ {event.step}: {event.error}" if isinstance(event, RunFailed) else f"! {event.item} {event.text}"


def _left(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60:02d} s" if whole >= 60 else f"{max(1, whole)} s"
