"""One item's job at a service, as its project's journal has it: what an engine is handed beside its arguments."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from studio.core.checkpoint import JobLine
from studio.core.session import Session, Wanted
from studio.errors import Cancelled
from studio.model.job import JobNote, JobState, last_of

Tell = Callable[[float | None, str, bytes], None]
"""Share done (0 to 1, None while unknown), a few words, and a small JPEG of how it looks by now, or nothing."""


class Purse(Protocol):
    """What may be spent at services. Thread-safe."""

    def must_suffice(self, wanted: Sequence[Wanted]) -> None:
        """Raise UserError if all of ``wanted`` together would cost more than may still be spent."""
        ...

    def price(self, wanted: Wanted) -> Mapping[str, Any]:
        """Facts for the journal about what ``wanted`` costs; none if that is no money."""
        ...

    def pay(self, wanted: Wanted) -> AbstractContextManager[Mapping[str, Any]]:
        """As ``price``, to be written down inside. Raises UserError if it is more than may still be spent."""
        ...


class Unlimited:
    """The purse of one who counts nothing."""

    def must_suffice(self, wanted: Sequence[Wanted]) -> None:
        """It does."""

    def price(self, wanted: Wanted) -> Mapping[str, Any]:
        """Nothing is noted."""
        return {}

    def pay(self, wanted: Wanted) -> AbstractContextManager[Mapping[str, Any]]:
        """Nothing is noted."""
        return nullcontext({})


class SessionJob:
    """The job behind ``wanted``. Fulfils ``studio.model.job.Job``; everything noted is on the disk at once.

    ``lose`` is told, in words, why what the service had accepted is asked for again.
    """

    def __init__(
        self, session: Session, wanted: Wanted, *, stop: threading.Event, tell: Tell, purse: Purse | None = None,
        lose: Callable[[str], None] = lambda why: None,
    ) -> None:  # fmt: skip
        self._session = session
        self._wanted = wanted
        self._fingerprint = wanted.fingerprint
        self._stop = stop
        self._purse = purse or Unlimited()
        self._lose = lose
        self._tell = tell

    @property
    def last(self) -> JobNote | None:
        return last_of([note_of(line) for line in self._lines()])

    @property
    def notes(self) -> tuple[JobNote, ...]:
        return tuple(map(note_of, self._session.journal.jobs_in_hand(self._wanted.name, self._fingerprint)))

    def begin(self, **facts: Any) -> str:
        asked = sum(line.state == "submitting" for line in self._lines())
        words = f"{self._wanted.name}/{self._fingerprint}/{asked}"
        key = str(UUID(bytes=sha256(words.encode()).digest()[:16], version=4))
        with self._purse.pay(self._wanted) as price:
            self._write("submitting", "", {**facts, **price, "key": key})
        return key

    def note(self, state: JobState, remote_id: str = "", **facts: Any) -> None:
        before = self.last or JobNote("submitting")
        self._write(state, remote_id or before.remote_id, {**before.facts, **facts})
        if state == "lost" and before.remote_id:
            self._lose(str(facts.get("why", "")))

    def tell(self, share: float | None, text: str, preview: bytes = b"") -> None:
        self._tell(share, text, preview)

    def wait(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise Cancelled("The run was stopped; what was sent out goes on there and is collected next time.")

    def _lines(self) -> tuple[JobLine, ...]:
        return self._session.journal.jobs(self._wanted.name, self._fingerprint)

    def _write(self, state: JobState, remote_id: str, facts: dict[str, Any]) -> None:
        self._session.write_down(line_of(self._wanted, state, remote_id, facts))


def note_of(line: JobLine) -> JobNote:
    """What the line says, without what only all lines together say."""
    return JobNote(line.state, line.remote_id, line.facts, at=line.at)


def kept_answer(session: Session, wanted: Wanted) -> Mapping[str, Any]:
    """As ``studio.core.pipeline.Context`` has it."""
    lines = session.journal.jobs_in_hand(wanted.name, wanted.fingerprint)
    return next((facts for line in reversed(lines) if isinstance(facts := line.facts.get(_ANSWER), dict)), {})


def answer_lines(wanted: Wanted, answer: Mapping[str, Any], price: Mapping[str, Any]) -> list[JobLine]:
    """What ``keep_answers`` of ``studio.core.pipeline.Context`` writes down: what it cost, if anything, and the answer."""
    asked = [line_of(wanted, "submitting", facts=price)] if price else []
    return [*asked, line_of(wanted, "downloading", facts={**price, _ANSWER: dict(answer)})]


def line_of(
    wanted: Wanted, state: JobState, remote_id: str = "", facts: Mapping[str, Any] = MappingProxyType({})
) -> JobLine:
    """The journal's line that the work for ``wanted`` at a service is in ``state``."""
    return JobLine(wanted.name, wanted.fingerprint, state, wanted.by, remote_id, dict(facts), wanted.step)


_ANSWER = "answer"
