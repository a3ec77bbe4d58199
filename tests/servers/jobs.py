"""A job without a journal on disk: what an engine's verb is handed in tests. It keeps all that was noted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from studio.errors import Cancelled
from studio.model.job import JobNote, JobState, last_of


class Job:
    """Fulfils ``studio.model.job.Job``. ``notes`` is its journal: hand the same to another job to go on after a crash.

    ``dies_at`` names the state at which the process is gone, just before that is on the disk. A wait lasts
    ``scale`` times as long as asked.
    """

    def __init__(
        self, notes: list[JobNote] | None = None, *, name: str = "shot", dies_at: str = "", scale: float = 0.01,
        wait: Callable[[float], None] | None = None,
    ) -> None:  # fmt: skip
        self.notes = [] if notes is None else notes
        self.told: list[tuple[float | None, str]] = []
        self.previews: list[bytes] = []
        self.stop = threading.Event()
        self._name = name
        self._dies_at = dies_at
        self._scale = scale
        self._wait = wait

    @property
    def states(self) -> list[str]:
        return [note.state for note in self.notes]

    @property
    def last(self) -> JobNote | None:
        return last_of(self.notes)

    def begin(self, **facts: Any) -> str:
        asked = self.states.count("submitting")
        key = str(uuid5(UUID(int=7), f"{self._name}/{asked}"))
        self._write(JobNote("submitting", "", {**facts, "key": key}))
        return key

    def note(self, state: JobState, remote_id: str = "", **facts: Any) -> None:
        before = self.last or JobNote("submitting")
        self._write(JobNote(state, remote_id or before.remote_id, {**before.facts, **facts}))

    def wait(self, seconds: float) -> None:
        if self.stop.is_set():
            raise Cancelled("stopped")
        if self._wait:
            self._wait(seconds)
        else:
            time.sleep(min(seconds * self._scale, 0.02))

    def tell(self, share: float | None, text: str, preview: bytes = b"") -> None:
        self.told.append((share, text))
        self.previews += [preview] if preview else []

    def _write(self, note: JobNote) -> None:
        if note.state == self._dies_at:
            raise KilledHere
        self.notes.append(note)


class KilledHere(BaseException):
    """The process is gone."""
