"""One item's job at a service, as its project's journal has it: what an engine is handed beside its arguments."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

from studio.core.checkpoint import JobLine
from studio.core.session import Session, Wanted
from studio.errors import Cancelled
from studio.model.job import JobNote, JobState

Tell = Callable[[float | None, str], None]
"""Share done (0 to 1, None while unknown) and a few words."""


class SessionJob:
    """The job behind ``wanted``. Fulfils ``studio.model.job.Job``; everything noted is on the disk at once."""

    def __init__(self, session: Session, wanted: Wanted, *, stop: threading.Event, tell: Tell) -> None:
        self._session = session
        self._wanted = wanted
        self._fingerprint = wanted.fingerprint
        self._stop = stop
        self.tell = tell

    @property
    def last(self) -> JobNote | None:
        lines = self._session.journal.jobs(self._wanted.name, self._fingerprint)
        if not lines:
            return None
        end = lines[-1]
        tries = len({line.remote_id for line in lines if line.remote_id})
        return JobNote(end.state, end.remote_id, end.facts, tries, _halts(lines), end.at)

    def begin(self, **facts: Any) -> str:
        lines = self._session.journal.jobs(self._wanted.name, self._fingerprint)
        asked = sum(line.state == "submitting" for line in lines)
        words = f"{self._wanted.name}/{self._fingerprint}/{asked}"
        key = str(UUID(bytes=sha256(words.encode()).digest()[:16], version=4))
        self._write("submitting", "", {**facts, "key": key})
        return key

    def note(self, state: JobState, remote_id: str = "", **facts: Any) -> None:
        before = self.last or JobNote("submitting")
        self._write(state, remote_id or before.remote_id, {**before.facts, **facts})

    def wait(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise Cancelled("The run was stopped; what was sent out goes on there and is collected next time.")

    def _write(self, state: JobState, remote_id: str, facts: dict[str, Any]) -> None:
        wanted = self._wanted
        self._session.write_down(
            JobLine(wanted.name, self._fingerprint, state, wanted.by, remote_id, facts, wanted.step)
        )


def _halts(lines: tuple[JobLine, ...]) -> int:
    """How often the answer was being fetched when nothing more was heard: each is a process that ended there."""
    states = [line.state for line in lines]
    return sum(now == after == "downloading" for now, after in itertools.pairwise(states))
