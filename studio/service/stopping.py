"""What runs left at services: ended there where the service can be told, else left to be collected; and, where nobody can
tell whether it was begun, asked for again if the user says so."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from studio.core.changes import completed
from studio.core.checkpoint import JobLine, Journal
from studio.core.jobs import note_of
from studio.core.session import JOURNAL, Session
from studio.engines import registry
from studio.engines.base import Stoppable
from studio.engines.remote import ASKS_AGAIN
from studio.errors import EngineError, ProjectLocked, UserError
from studio.model.job import JobState

_IN_HAND = ("submitting", "submitted", "unknown")
_AT_ONCE = 8
_LOCKED_S, _AGAIN_S = 5.0, 0.1
"""So long a window that is just saving something is waited for."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """By engine (``video/comfyui``), once for each work: ``ended`` there, or ``left`` to be collected by the next run."""

    ended: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = []
        if self.ended:
            parts.append(f"Stopped as well: {_counted(self.ended)}.")
        if self.left:
            parts.append(f"In hand there still, and collected by the next run: {_counted(self.left)}.")
        return " ".join(parts)


def stop_jobs(directory: Path) -> Stopped:
    """Nothing of the project, which no process is making any more, is in hand at a service that can be told to stop.

    What was ended stands in the journal as cancelled, and the next run asks for it anew. What could not be told stays
    as it is. Raises ProjectLocked if somebody works on the project.
    """
    found = [line for line in Journal(directory / JOURNAL).open_jobs if line.state in _IN_HAND]
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="stop") as pool:
        ended = [line for line, is_ended in zip(found, pool.map(_is_ended, found), strict=True) if is_ended]
    _write_down(directory, ended)
    left = [line for line in found if line not in ended and line.state == "submitted"]
    return Stopped(tuple(map(_engine_of, ended)), tuple(map(_engine_of, left)))


def ask_again(directory: Path) -> tuple[str, ...]:
    """The next run asks for what nobody could tell of whether it was begun, though it may be paid twice; their names.

    Raises ProjectLocked if somebody works on the project.
    """
    with Session(completed(directory)) as session:
        unknown = [
            line for line in session.journal.open_jobs if line.state == "unknown" and not line.facts.get(ASKS_AGAIN)
        ]
        session.write_down(*(_given_up(line, "lost", "asked for again by the user") for line in unknown))
    return tuple(dict.fromkeys(line.name for line in unknown))


def _given_up(line: JobLine, state: JobState, why: str) -> JobLine:
    return replace(line, state=state, facts={**line.facts, "why": why}, at="")


def _is_ended(line: JobLine) -> bool:
    try:
        engine = registry.engine(_engine_of(line))
        return isinstance(engine, Stoppable) and engine.cancel(note_of(line))
    except (EngineError, UserError):  # its service does not answer, or nobody here knows it any more
        return False


def _write_down(directory: Path, ended: Sequence[JobLine]) -> None:
    until = time.monotonic() + _LOCKED_S
    while ended:
        try:
            with Session(completed(directory)) as session:
                cancelled = [
                    _given_up(line, "cancelled", "stopped by the user")
                    for line in ended
                    if line in session.journal.open_jobs
                ]
                session.write_down(*cancelled)
                return
        except ProjectLocked:
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN_S)


def _engine_of(line: JobLine) -> str:
    return "/".join(line.engine.split("/")[:2])


def _counted(engines: Sequence[str]) -> str:
    return ", ".join(f"{engines.count(name)} at {name}" for name in dict.fromkeys(engines))
