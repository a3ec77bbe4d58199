"""Who makes a project says so beside the projects, so that another program need not look at each of them.

``.at-work/<project>`` of the sessions folder stands while the project is being made and says how far that is. It only
says where to look: whether somebody is really there the project's lock knows, and what a killed process left goes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from studio.core.changes import locked
from studio.core.events import Event, Listener, Progress, RunStarted, StepStarted
from studio.errors import BadInput, ProjectLocked, StorageFailed
from studio.model.text_files import read_regular

SIGNS = ".at-work"
_EVERY_S = 0.5
_MOST_BYTES = 4096
_MOST_COUNT = 1_000_000


@dataclass(frozen=True, slots=True)
class AtWork:
    """How far a step of a project is: ``done`` of ``total`` items; ``percent`` of all its steps, roughly."""

    project: str
    step: str = ""
    done: int = 0
    total: int = 0
    percent: int = 0


@contextmanager
def telling(directory: Path, tell: Listener) -> Iterator[Listener]:
    """A listener that passes everything on to ``tell``; while the block lasts, ``at_work`` finds the project.

    The caller holds the project's lock.
    """
    sign = _Sign(directory, tell)
    try:
        sign.write()
        yield sign.hear
    finally:
        sign.remove()


def at_work(sessions: Path, *, besides: Collection[str] = ()) -> tuple[AtWork, ...]:
    """Every project that some program is making now, but for those in ``besides``."""
    try:
        names = sorted(sign.name for sign in (sessions / SIGNS).iterdir())
    except OSError:
        return ()
    return tuple(_read(sessions, name) for name in names if name not in besides and _is_held(sessions, name))


class _Sign:
    def __init__(self, directory: Path, tell: Listener) -> None:
        self._path = directory.parent / SIGNS / directory.name
        self._tell = tell
        self._now = AtWork(directory.name)
        self._steps: tuple[str, ...] = ()
        self._written_s = 0.0

    def hear(self, number: int, event: Event) -> None:
        """Something happened: it is passed on, and told to who looks."""
        before = self._now
        match event:
            case RunStarted():
                self._steps = event.steps
            case StepStarted():
                self._now = self._at(event.step, 0, 0)
            case Progress():
                self._now = self._at(event.step, event.done, event.total)
        is_due = self._now.step != before.step or time.monotonic() - self._written_s > _EVERY_S
        if self._now != before and is_due:
            self.write()
        self._tell(number, event)

    def write(self) -> None:
        """What is known stands there; where nothing can be written, nobody is told."""
        self._written_s = time.monotonic()
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            self._path.write_text(json.dumps(asdict(self._now)), encoding="utf-8", errors="surrogateescape")

    def remove(self) -> None:
        """It is not being made any more."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            self._path.parent.rmdir()  # if it was the last

    def _at(self, step: str, done: int, total: int) -> AtWork:
        place = self._steps.index(step) if step in self._steps else 0
        share = (place + (done / total if total else 0)) / max(1, len(self._steps))
        return replace(self._now, step=step, done=done, total=total, percent=min(99, int(100 * share)))


def _is_held(sessions: Path, name: str) -> bool:
    """True if somebody works on the project; else its sign is gone."""
    try:
        with locked(sessions / name):
            (sessions / SIGNS / name).unlink(missing_ok=True)
    except ProjectLocked:
        return True
    except (StorageFailed, OSError):  # no project is called so any more
        with suppress(OSError):
            (sessions / SIGNS / name).unlink(missing_ok=True)
    return False


def _read(sessions: Path, name: str) -> AtWork:
    """What the sign says; only that somebody is there, if it is being written just now."""
    try:
        said = json.loads(read_regular(sessions / SIGNS / name, _MOST_BYTES))
        counts = {key: said[key] for key in ("done", "total", "percent")}
    except (OSError, BadInput, ValueError, TypeError, KeyError):
        return AtWork(name)
    is_sound = all(type(count) is int and 0 <= count < _MOST_COUNT for count in counts.values())
    return AtWork(name, str(said.get("step", "")), **counts) if is_sound else AtWork(name)
