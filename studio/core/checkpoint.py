"""The journal: ``checkpoints.jsonl``, one line a finished thing, appended and synced, never rewritten.

It is the truth about what is finished. An artifact's line is written *before* the finished file is renamed into its
place (a redo log): a crash between the two is completed at the next opening, so nothing finished is made twice.
A torn last line is dropped; a damaged line in the middle is skipped and counted, its artifact is adopted again
from the file that stands there.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from studio.core.files import is_inside, storage
from studio.errors import BadInput
from studio.model.job import JOB_STATES, JobState
from studio.model.text_files import read_regular

Origin = Literal["made", "adopted", "replaced", "picked", "restored", "brought"]
"""How a file came to stand in its place: by a step, by hand, by an edit in the studio, by choosing a take, by
choosing back what an earlier input gave, or from outside at the project's start."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file. ``name`` is its POSIX path inside the project, ``digest`` the BLAKE3 of its content."""

    name: str
    digest: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``artifact`` is what ``fingerprint`` gives. ``inputs`` maps each argument to 8 hex digits of its value."""

    name: str
    fingerprint: str
    digest: str
    size_bytes: int
    mtime_ns: int
    step: str = ""
    origin: Origin = "made"
    tmp: str = ""
    took_s: float = 0.0
    inputs: dict[str, str] = field(default_factory=dict)
    at: str = ""

    @property
    def artifact(self) -> Artifact:
        """The file this line speaks of."""
        return Artifact(self.name, self.digest, self.size_bytes)


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that could not be made, and why, in words for the user; ended by a later checkpoint."""

    name: str
    error: str
    step: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something passed on the way: ``run_started``, ``step_finished``, ``run_finished`` …"""

    type: str
    step: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    at: str = ""


@dataclass(frozen=True, slots=True)
class JobLine:
    """What became of work for ``name`` at a service, by ``engine``; ended by a checkpoint of the same fingerprint."""

    name: str
    fingerprint: str
    state: JobState
    engine: str
    remote_id: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    step: str = ""
    at: str = ""


STEPPED, JOURNAL_READ = "stepped", "journal_checked"
"""Milestones beside the way: undo or redo went to a version; damaged lines of the journal were dealt with."""

UNCHOSEN = "unchosen"
"""The fact of an undo that took back the choice of a take where nothing was made yet: of which file and fingerprint."""
_COUNTED = {STEPPED: "place", JOURNAL_READ: "lines"}
"""What these two say, as a whole number from 0."""
_MOST_COUNT = 1 << 53
_MOST_NUMBER = 1 << 63
"""Above any time in nanoseconds and any size in bytes; infinities and NaN are not below it."""

_MOST_BYTES = 1 << 30
Record = Checkpoint | Failure | Milestone | JobLine
_KINDS: dict[str, type[Checkpoint] | type[Failure] | type[Milestone] | type[JobLine]] = {
    "artifact": Checkpoint,
    "failed": Failure,
    "milestone": Milestone,
    "job": JobLine,
}
_KIND_OF = {cls: kind for kind, cls in _KINDS.items()}


class Journal:
    """All records of one project, in order; appends, from whatever thread, are on the disk when ``append`` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.damaged_lines = 0
        self._records: list[Record] = []
        self._by_print: dict[tuple[str, str], Checkpoint] = {}
        self._by_name: dict[str, list[Checkpoint]] = {}
        self._failures: dict[str, Failure] = {}
        self._jobs: dict[tuple[str, str], list[JobLine]] = {}
        self._open_jobs: dict[tuple[str, str], JobLine] = {}
        self._ended_jobs: dict[tuple[str, str], int] = {}
        self._appending = threading.Lock()
        for record in self._load():
            self._remember(record)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def given(self, name: str, fingerprint: str) -> Checkpoint | None:
        """What ``fingerprint`` gave for ``name`` last, or None."""
        return self._by_print.get((name, fingerprint))

    def current(self, name: str) -> Checkpoint | None:
        """What should stand in ``name``'s place now, or None if it never was finished."""
        history = self._by_name.get(name)
        return history[-1] if history else None

    def history(self, name: str) -> tuple[Checkpoint, ...]:
        """Every checkpoint of ``name``, oldest first."""
        return tuple(self._by_name.get(name, ()))

    def names(self) -> Iterable[str]:
        """Every artifact ever finished, in order of their first finish."""
        return self._by_name.keys()

    def failure(self, name: str) -> Failure | None:
        """Why ``name`` is not there, if its last try failed."""
        return self._failures.get(name)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All items whose last try failed."""
        return tuple(self._failures.values())

    def jobs(self, name: str, fingerprint: str) -> tuple[JobLine, ...]:
        """What became of the work at a service that gives ``fingerprint``, oldest first."""
        return tuple(self._jobs.get((name, fingerprint), ()))

    def jobs_in_hand(self, name: str, fingerprint: str) -> tuple[JobLine, ...]:
        """As ``jobs``, of what has not ended in a file yet."""
        return self.jobs(name, fingerprint)[self._ended_jobs.get((name, fingerprint), 0) :]

    @property
    def all_jobs(self) -> tuple[tuple[JobLine, ...], ...]:
        """What became of every work at a service, each oldest first."""
        return tuple(map(tuple, self._jobs.values()))

    @property
    def open_jobs(self) -> tuple[JobLine, ...]:
        """The last line of every work at a service that has not ended in a file."""
        return tuple(self._open_jobs.values())

    def append(self, *records: Record) -> None:
        """``records`` are in the journal and on the disk. Raises StorageFailed with the journal as before."""
        now = datetime.now(UTC).isoformat()
        lines = b"".join(_line_of(record, now) for record in records)
        with self._appending:
            self._write(lines)
            for record in records:
                self._remember(record)

    def _write(self, lines: bytes) -> None:
        self._must_be_a_file()
        with storage(self._path), self._path.open("ab", buffering=0) as file:  # a buffer would be written as it closes
            before = os.fstat(file.fileno()).st_size
            try:
                left = memoryview(lines)
                while left:
                    left = left[file.write(left) :]
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), before)
                raise

    def mend(self) -> None:
        """A torn last line is cut off, so that the next append starts on a line of its own."""
        if not self._path.exists():
            return
        content = self._path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole != len(content):
            self._must_be_a_file()
            with storage(self._path), self._path.open("r+b") as file:
                file.truncate(whole)
                os.fsync(file.fileno())

    def _must_be_a_file(self) -> None:
        """Raises BadInput if the journal is a link: what it leads to is not the project's."""
        if self._path.is_symlink():
            raise BadInput(
                f"{self._path.name} in {self._path.parent.name} is a link to another place: nothing is written there. Put "
                "the file itself in the place of that link and try again."
            )

    def _load(self) -> Iterator[Record]:
        if not self._path.exists():
            return
        *lines, torn = read_regular(self._path, _MOST_BYTES).split(b"\n")
        self.damaged_lines = 1 if torn else 0
        for line in lines:
            record = record_of(line)
            if record is None:
                self.damaged_lines += 1
            else:
                yield record

    def _remember(self, record: Record) -> None:
        self._records.append(record)
        if isinstance(record, Checkpoint):
            self._by_print[record.name, record.fingerprint] = record
            self._by_name.setdefault(record.name, []).append(record)
            self._failures.pop(record.name, None)
            self._open_jobs.pop((record.name, record.fingerprint), None)
            self._ended_jobs[record.name, record.fingerprint] = len(self.jobs(record.name, record.fingerprint))
        elif isinstance(record, Milestone):
            for name, fingerprint in record.facts.get(UNCHOSEN, {}).items():
                self._by_print.pop((name, fingerprint), None)
        elif isinstance(record, Failure):
            self._failures[record.name] = record
        elif isinstance(record, JobLine):
            self._jobs.setdefault((record.name, record.fingerprint), []).append(record)
            self._open_jobs[record.name, record.fingerprint] = record


def _line_of(record: Record, now: str) -> bytes:
    filled = {key: value for key, value in asdict(record).items() if value not in ("", {}, 0.0)}
    line = {"kind": _KIND_OF[type(record)], **filled, "at": now}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def record_of(line: bytes) -> Record | None:
    """What a line of a journal says; None if it is damaged."""
    try:
        fields = json.loads(line)
        record = _KINDS[fields.pop("kind")](**fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return record if is_sound(record) else None


def is_sound(record: Record) -> bool:
    """True if every field is of its type and no name leads out of the project: a folder may come from anybody."""
    if isinstance(record, Milestone):
        return all(isinstance(word, str) for word in (record.type, record.step, record.at)) and _are_facts(
            record.type, record.facts
        )
    words = [record.name, record.step, record.at]
    if isinstance(record, Failure):
        return all(isinstance(word, str) for word in (*words, record.error))
    if isinstance(record, JobLine):
        words += [record.fingerprint, record.engine, record.remote_id]
        is_known = record.state in JOB_STATES and isinstance(record.facts, dict)
        return is_known and all(isinstance(word, str) for word in words) and is_inside(record.name)
    words += [record.fingerprint, record.digest, record.origin, record.tmp]
    numbers = (record.size_bytes, record.mtime_ns, record.took_s)
    return (
        all(isinstance(word, str) for word in words)
        and all(isinstance(number, (int, float)) and abs(number) < _MOST_NUMBER for number in numbers)
        and isinstance(record.inputs, dict)
        and is_inside(record.name)
        and "/" not in record.tmp
        and record.tmp not in (".", "..")
    )


def _are_facts(kind: str, facts: object) -> bool:
    """True if a milestone of that kind may carry ``facts``."""
    if not isinstance(facts, dict):
        return False
    count = facts.get(_COUNTED[kind]) if kind in _COUNTED else 0
    unchosen = facts.get(UNCHOSEN, {})
    if not isinstance(unchosen, dict) or not all(isinstance(word, str) for word in unchosen.values()):
        return False
    return isinstance(count, int) and not isinstance(count, bool) and 0 <= count < _MOST_COUNT
