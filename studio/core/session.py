"""One project, opened by one process: what is finished, and the only way to finish more.

``look`` decides what a file in its place means, and ``make``, ``plan`` and resume all ask it:

======================  =============================  ====================================
in the place stands     and the journal says           so it is
======================  =============================  ====================================
the recorded file       it is what is wanted now       kept
another whole file      it was finished differently    adopted: the user's own take
a whole file            nothing                        brought: kept as it is
a torn file             anything                       set aside, reported, made again
a broken hand-kept file anything                       refused: the user mends or deletes it
nothing                 it was finished                made again, alone
the recorded file       a take holds what is wanted    swapped: the old take comes back
the recorded file       nothing of what is wanted      stale: made anew, the old goes to takes/
======================  =============================  ====================================
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from studio.core.checkpoint import JOURNAL_READ, Artifact, Checkpoint, Journal, Milestone, Origin, Record
from studio.core.files import digest_of, place_in, publish, remove_halves, stand_also_at, storage, sync_file
from studio.core.fingerprint import Given, fingerprint, inputs
from studio.core.project import MANIFEST, load_project, save_project
from studio.errors import BadInput, ProjectLocked, UnusableOutput

JOURNAL = "checkpoints.jsonl"
TAKES = "takes"
TMP = "tmp"
LOCK = ".lock"

Verify = Callable[[Path], None]
Produce = Callable[..., None]
"""Writes the file at the path it is given; for what has ``slots``, with the ``job`` (``studio.model.job.Job``) as well."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file that a step asks for. ``by`` is the engine's identity; ``given`` is all that decides its content."""

    name: str
    produce: Produce
    verify: Verify
    given: Mapping[str, Given]
    by: str = ""
    accept: Verify | None = None
    """What a file that the user put there must pass, where that is less than ``verify`` asks of an engine."""
    is_hand_kept: bool = False
    """People edit it as text: one that does not parse is refused with the place, never set aside."""
    slots: int = 0
    """How many its engine can have in hand at its service, each under a job that the journal follows; 0: made here."""
    step: str = ""
    version: int = 1

    @property
    def fingerprint(self) -> str:
        """Hash of everything that decides the file's content."""
        return fingerprint(self.step, self.version, self.name, self.by, self.given)


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in a file's place. ``artifact`` is None if it must be made; ``why`` says why, for the user."""

    artifact: Artifact | None
    why: str = ""
    origin: Origin = "made"
    take: Path | None = None
    is_torn: bool = False
    edited: Artifact | None = None
    """A file changed by hand that is not what is wanted now: it becomes a take before it is replaced."""


class Session:
    """A project opened for reading, or, with ``write``, for work: then it holds the project's lock until closed.

    Raises ProjectLocked if another process works on it, StorageFailed if the folder refuses writes, and what
    ``load_project`` raises.
    """

    def __init__(self, directory: Path, *, write: bool = True) -> None:
        self.directory = directory
        self.saved_meanwhile: set[str] = set()
        """Names under which somebody saved a file of his own while they were being made: it is a take."""
        self.looks_deep = False
        """True: every look reads every byte, so that damage that kept size and time is found as well."""
        self.project = load_project(directory)
        self._lock: FileLock | None = None
        if write:
            self._lock = self._locked()
            self.project = load_project(directory)
            remove_halves(directory / MANIFEST)
        self.journal = Journal(directory / JOURNAL)
        if write:
            self.journal.mend()
            self._finish_publishing()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """The lock is given back. A courtesy: a killed process gives it back as well."""
        if self._lock:
            self._lock.release()
            self._lock = None

    # Reading

    def path(self, artifact: Artifact | str) -> Path:
        """Where the artifact (or a name) stands."""
        return self.directory / (artifact if isinstance(artifact, str) else artifact.name)

    def look(self, wanted: Wanted) -> Look:
        """What stands in the place of ``wanted``; nothing is changed.

        Raises BadInput for a hand-kept file that does not parse.
        """
        recorded = self.journal.current(wanted.name)
        place = self.path(wanted.name)
        print_ = wanted.fingerprint
        if not place.is_file():
            return self._find_take(wanted, print_) or Look(None, self._why_missing(recorded, wanted.name))
        if recorded and self._is_recorded(place, recorded):
            if self.looks_deep and not self.is_intact(recorded.artifact):
                take = self._find_take(wanted, print_) or Look(None)
                return replace(take, why="damaged: its content is no longer what was written", is_torn=True)
            if recorded.fingerprint == print_:
                return Look(recorded.artifact)
            return self._find_take(wanted, print_) or Look(None, _changed(recorded, wanted))
        return self._look_at_stranger(wanted, print_, place, recorded)

    def takes(self, name: str) -> tuple[Checkpoint, ...]:
        """The different contents of ``name`` that are still here, oldest first; each with its digest."""
        by_digest = {line.digest: line for line in self.journal.history(name)}
        return tuple(line for line in by_digest.values() if self.take_path(line) is not None)

    def take_path(self, take: Checkpoint) -> Path | None:
        """Where this take's file is now, or None if it is gone."""
        current = self.journal.current(take.name)
        if current and current.digest == take.digest and self.path(take.name).is_file():
            return self.path(take.name)
        aside = self._aside(take.name, take.digest)
        return aside if aside.is_file() else None

    def is_intact(self, artifact: Artifact) -> bool:
        """True if the file holds what was written, to the byte."""
        place = self.path(artifact)
        return place.is_file() and digest_of(place) == artifact.digest

    # Finishing things

    def tmp_path(self, name: str) -> Path:
        """A fresh place under ``tmp/`` for a half-made ``name``."""
        path = place_in(self.directory, f"{TMP}/{name.replace('/', '__')}")
        with storage(path.parent):
            path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        return path

    def settle(self, wanted: Wanted, look: Look) -> Artifact | None:
        """Write down what ``look`` found (an adopted file, a take that comes back); None if it must be made."""
        current = self.journal.current(wanted.name)
        place = self.path(wanted.name)
        if look.is_torn:
            aside = self._place_aside(wanted.name, f"torn-{digest_of(place)[:8]}")
            with storage(aside):
                publish(place, aside)
        if look.edited and current:
            facts = place.stat()
            self.journal.append(
                replace(current, digest=look.edited.digest, size_bytes=facts.st_size, mtime_ns=facts.st_mtime_ns,
                        origin="adopted", tmp="", took_s=0.0)
            )  # fmt: skip
        if look.artifact is None:
            return None
        if look.take is not None:
            copy = self.tmp_path(wanted.name)
            with storage(copy):
                shutil.copyfile(look.take, copy)
            return self.publish(wanted, copy, origin="restored")
        facts = place.stat()
        is_same = current is not None and current.digest == look.artifact.digest
        if current is None or not is_same or _as_left(current) != (facts.st_size, facts.st_mtime_ns):
            origin = current.origin if current and is_same else look.origin
            self.journal.append(_line(wanted, place, origin))
        return look.artifact

    def publish(self, wanted: Wanted, made: Path, *, origin: Origin = "made", took_s: float = 0.0) -> Artifact:
        """``made`` (verified) stands in its place, on the disk and in the journal; what stood there is a take.

        Raises StorageFailed, or BadInput for a link on the way, with the place as it was.
        """
        return self._publish(replace(_line(wanted, made, origin), took_s=round(took_s, 3)), made)

    def replace(self, wanted: Wanted, content: Path, *, origin: Origin = "replaced") -> Artifact:
        """The user's own file (whole by ``wanted.accept``) takes the place; the old one is a take."""
        (wanted.accept or wanted.verify)(content)
        copy = self.tmp_path(wanted.name)
        with storage(copy):
            shutil.copyfile(content, copy)
        return self.publish(wanted, copy, origin=origin)

    def pick(self, wanted: Wanted, take: str) -> Artifact:
        """The take whose digest begins with ``take`` stands in its place again. Raises BadInput if there is none."""
        found = [line for line in self.takes(wanted.name) if line.digest.startswith(take)]
        if len(found) != 1:
            known = ", ".join(line.digest[:8] for line in self.takes(wanted.name)) or "none yet"
            raise BadInput(f"{wanted.name} has no take {take}. Its takes: {known}.")
        path = self.take_path(found[0])
        assert path is not None
        return self.replace(wanted, path, origin="picked")

    def put_back(self, take: Checkpoint) -> Artifact:
        """One of the ``takes`` stands in its place again, for what it was made or chosen for then.

        Raises BadInput if its file is gone or damaged.
        """
        path = self.take_path(take)
        copy = self.tmp_path(take.name)
        with storage(copy):
            if path is not None:
                shutil.copyfile(path, copy)
        if path is None or digest_of(copy) != take.digest:
            raise BadInput(f"The take {take.digest[:8]} of {take.name} is gone or damaged: it cannot come back.")
        facts = copy.stat()
        line = replace(take, mtime_ns=facts.st_mtime_ns, origin="picked", took_s=0.0, at="")
        return self._publish(line, copy)

    def write_down(self, *records: Record) -> None:
        """Append failures and milestones to the journal."""
        self.journal.append(*records)

    @property
    def unknown_damage(self) -> int:
        """How many damaged lines of the journal no deep run has dealt with yet."""
        dealt = [r.facts.get("lines", 0) for r in self.journal if isinstance(r, Milestone) and r.type == JOURNAL_READ]
        return max(0, self.journal.damaged_lines - int(max(dealt, default=0)))

    def deal_with_damage(self) -> None:
        """Everything was looked at to the byte: the journal's damaged lines mislead nobody any more."""
        if self.unknown_damage:
            self.write_down(Milestone(JOURNAL_READ, facts={"lines": self.journal.damaged_lines}))

    def save(self, **views: object) -> None:
        """The manifest is on the disk with these fields."""
        self.project = save_project(self.directory, self.project.model_copy(update=views))

    # Below: what the public methods stand on

    def _locked(self) -> FileLock:
        path = self.directory / LOCK
        lock = FileLock(path, timeout=0)
        with storage(path):
            try:
                lock.acquire()
            except Timeout as error:
                raise ProjectLocked(
                    f"{self.directory.name} is being worked on by another window or terminal; "
                    "wait until it is done or stop it there."
                ) from error
        return lock

    def _finish_publishing(self) -> None:
        """Complete the renames that a crash left out, then empty ``tmp/``. Raises BadInput if that is a link."""
        folder = place_in(self.directory, f"{TMP}/x").parent
        if not folder.is_dir():
            return
        waiting = {line.tmp: line for line in self.journal if isinstance(line, Checkpoint) and line.tmp}
        for half in folder.iterdir():
            line = waiting.get(half.name)
            if line and self.journal.current(line.name) is line and not _holds(self.path(line.name), line):
                history = self.journal.history(line.name)
                if _holds(half, line):
                    self._move_into_place(line, half, history[-2] if len(history) > 1 else None)
        with storage(folder):
            shutil.rmtree(folder)

    def _publish(self, line: Checkpoint, made: Path) -> Artifact:
        for way in (line.name, f"{TAKES}/{line.name}/x"):
            place_in(self.directory, way)
        with storage(made):
            sync_file(made)
        line = replace(line, tmp=made.name)
        before = self.journal.current(line.name)
        self.journal.append(line)
        self._move_into_place(line, made, before)
        return line.artifact

    def _move_into_place(self, line: Checkpoint, made: Path, before: Checkpoint | None) -> None:
        place = place_in(self.directory, line.name)
        with storage(place):
            if place.is_file():
                self._make_room(line, place, before)
            publish(made, place)

    def _make_room(self, line: Checkpoint, place: Path, before: Checkpoint | None) -> None:
        """What stands there becomes a take: the one before, or what somebody saved there since it was looked at."""
        facts = place.stat()
        if before and _as_left(before) == (facts.st_size, facts.st_mtime_ns):
            digest = before.digest
        else:
            digest = digest_of(place)
        if digest == line.digest:
            return
        if before is None or digest != before.digest:
            theirs = replace(
                line, digest=digest, size_bytes=facts.st_size, mtime_ns=facts.st_mtime_ns, origin="adopted", tmp="",
                took_s=0.0,
            )  # fmt: skip
            self.journal.append(theirs, line)
            self.saved_meanwhile.add(line.name)
        aside = self._place_aside(line.name, digest[:8])
        with storage(aside):
            stand_also_at(aside, place)

    def _place_aside(self, name: str, tag: str) -> Path:
        return place_in(self.directory, f"{TAKES}/{name}/{tag}{Path(name).suffix}")

    def _aside(self, name: str, digest: str) -> Path:
        return self.directory / TAKES / name / f"{digest[:8]}{Path(name).suffix}"

    def _is_recorded(self, place: Path, line: Checkpoint) -> bool:
        facts = place.stat()
        return _as_left(line) == (facts.st_size, facts.st_mtime_ns) or digest_of(place) == line.digest

    def _look_at_stranger(self, wanted: Wanted, print_: str, place: Path, recorded: Checkpoint | None) -> Look:
        try:
            (wanted.accept or wanted.verify)(place)
        except UnusableOutput as error:
            if wanted.is_hand_kept and place.stat().st_size:
                raise BadInput(
                    f"{wanted.name} cannot be read as it stands: {error} Mend it there, or delete it and it is made anew."
                ) from error
            take = self._find_take(wanted, print_) or Look(None)
            return replace(take, why=f"damaged: {error}", is_torn=True)
        found = Artifact(wanted.name, digest_of(place), place.stat().st_size)
        if recorded and recorded.fingerprint != print_:
            look = self._find_take(wanted, print_) or Look(None, _changed(recorded, wanted))
            return replace(look, edited=found)
        if recorded is None:
            return Look(found, "it was there already", origin="brought")
        return Look(found, "changed by hand", origin="adopted")

    def _find_take(self, wanted: Wanted, print_: str) -> Look | None:
        line = self.journal.given(wanted.name, print_)
        if line is None:
            return None
        aside = self._aside(line.name, line.digest)
        if _holds(aside, line):
            return Look(line.artifact, "an earlier take fits again", origin="restored", take=aside)
        return None

    def _why_missing(self, recorded: Checkpoint | None, name: str) -> str:
        failure = self.journal.failure(name)
        if failure:
            return f"failed before: {failure.error}"
        return "its file is gone" if recorded else "not made yet"


def _as_left(line: Checkpoint) -> tuple[int, int]:
    return line.size_bytes, line.mtime_ns


def _holds(file: Path, line: Checkpoint) -> bool:
    return file.is_file() and file.stat().st_size == line.size_bytes and digest_of(file) == line.digest


def _line(wanted: Wanted, file: Path, origin: Origin) -> Checkpoint:
    facts = file.stat()
    return Checkpoint(
        name=wanted.name,
        fingerprint=wanted.fingerprint,
        digest=digest_of(file),
        size_bytes=facts.st_size,
        mtime_ns=facts.st_mtime_ns,
        step=wanted.step,
        origin=origin,
        inputs=inputs(wanted.by, wanted.given),
    )


def _changed(recorded: Checkpoint, wanted: Wanted) -> str:
    now = inputs(wanted.by, wanted.given)
    changed = [key.replace("_", " ") for key, value in now.items() if recorded.inputs.get(key) != value]
    gone = [key.replace("_", " ") for key in recorded.inputs if key not in now]
    return f"changed: {', '.join(changed + gone)}" if changed or gone else "the studio's own rules changed"
