"""Several files of a project changed as one: all of them, or none, whatever is killed when.

The new contents are put together under ``.pending/``; writing ``.pending/commit.json`` is the one instant at which
the change happens. What is left (renames, a line in the journal, the manifest) may be done any number of times, so a
crash after that instant is completed by whoever opens the project next, and a crash before it leaves nothing but a
folder to throw away.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from studio.core.checkpoint import Checkpoint, Journal, is_sound
from studio.core.content import SNAPSHOTS, remove_tree, take_place
from studio.core.files import (
    digest_of,
    free_name,
    is_inside,
    place_in,
    publish,
    stand_also_at,
    storage,
    sync_folder,
    write_whole,
)
from studio.core.project import MANIFEST
from studio.core.session import JOURNAL, LOCK, TAKES
from studio.errors import BadInput, ProjectLocked, StorageFailed, StudioError
from studio.model.text_files import read_regular

PENDING = ".pending"
MOST_BYTES = 256_000_000
"""The longest list of files that is read again: a change's, a save point's (half a million files)."""
_COMMIT = "commit.json"
_REFUSED = ".pending-refused"
"""A change that the studio did not write: kept for whoever wants to look, never carried out."""
_STAGED = re.compile(r"[0-9]{5,9}")
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Put:
    """The staged file ``staged`` becomes ``name``; what stands there becomes a take. ``line`` goes to the journal."""

    name: str
    staged: str
    digest: str
    line: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """``takes`` are staged files that become takes of their ``name``; ``drops`` are live names that become takes.

    ``snapshot`` is a save point and its name, ``manifest`` the whole new manifest, ``session_name`` the folder's new
    name.
    """

    puts: tuple[Put, ...] = ()
    takes: tuple[Put, ...] = ()
    drops: tuple[str, ...] = ()
    manifest: dict[str, Any] | None = None
    snapshot: tuple[str, dict[str, Any]] | None = None
    session_name: str | None = None


@dataclass(slots=True)
class Staging:
    """The folder in which a change is put together; gone when its block ends."""

    directory: Path
    _count: int = field(default=0)

    def place(self) -> Path:
        """A fresh place for one content."""
        folder = self.directory / PENDING
        folder.mkdir(exist_ok=True)
        self._count += 1
        return folder / f"{self._count:05d}"

    def commit(self, change: Change) -> Path:
        """``change`` has happened, even if the power goes now. Returns where the project stands."""
        self.prepare(change)
        return finish_change(self.directory)

    def prepare(self, change: Change) -> None:
        """Whoever opens the project next completes ``change``. Raises BadInput, all as before, if nobody could."""
        content = compact({part.name: _plain(getattr(change, part.name)) for part in fields(change)})
        _check(self.directory, change, len(content))
        folder = self.directory / PENDING
        with storage(folder):
            folder.mkdir(exist_ok=True)
            sync_folder(folder)
            write_whole(folder / _COMMIT, content)
            sync_folder(self.directory)


@contextmanager
def staging(directory: Path) -> Iterator[Staging]:
    """A change to the project in ``directory``, whose lock the caller holds; nothing is left of one not committed."""
    finish_change(directory)
    try:
        yield Staging(directory)
    except BaseException:
        if not (directory / PENDING / _COMMIT).exists():
            remove_tree(directory / PENDING)
        raise


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """The project is this process's alone, and whole. Raises ProjectLocked if another works on it."""
    lock = FileLock(directory / LOCK, timeout=0)
    with storage(directory):
        try:
            lock.acquire()
        except Timeout as error:
            raise ProjectLocked(
                f"{directory.name} is being worked on by another window or terminal; "
                "wait until it is done or stop it there."
            ) from error
    try:
        yield
    finally:
        lock.release()


def is_locked(directory: Path) -> bool:
    """True if some process works on the project now; on a disk that takes no lock nobody does."""
    try:
        with locked(directory):
            return False
    except ProjectLocked:
        return True
    except StorageFailed:
        return False


def if_possible() -> suppress:
    """A block that tidies up: what the disk refuses, or another process works on, is left for the next start."""
    return suppress(OSError, StudioError)


def completed(directory: Path) -> Path:
    """Where the project stands, whole: a change that a killed process left is complete, or gone.

    On a disk that only gives, one that was never committed may stay: it is no part of the project. Raises ProjectLocked
    if another process is changing it now.
    """
    if not (directory / PENDING).exists():
        return directory
    try:
        with locked(directory):
            return finish_change(directory)
    except StorageFailed:
        if (directory / PENDING / _COMMIT).exists():
            raise
        return directory


def finish_change(directory: Path) -> Path:
    """A change that was committed is complete, one that was not is gone. Returns where the project stands then."""
    folder = directory / PENDING
    if folder.is_symlink():  # the studio makes none
        with storage(folder):
            folder.unlink()
    if not folder.is_dir():
        return directory
    try:
        change = _change_in(folder / _COMMIT)
    except FileNotFoundError:
        with storage(directory):
            remove_tree(folder)
        return directory
    if change is None:
        remove_tree(directory / _REFUSED)
        folder.rename(directory / _REFUSED)
        return directory
    with storage(directory):
        directory = _apply(directory, change)
        folder = directory / PENDING
        (folder / _COMMIT).unlink()
        remove_tree(folder)
        _remove_half_written(directory)
        if not (directory / SNAPSHOTS).is_symlink():
            _remove_half_written(directory / SNAPSHOTS)
        sync_folder(directory)
    return directory


def finish_changes(sessions: Path) -> None:
    """What killed processes left in any of the projects is completed or gone, as far as it can be."""
    for directory in sessions.iterdir():
        if directory.name.startswith(".") or not _has_leftovers(directory):
            continue
        with if_possible(), locked(directory):
            _remove_half_written(finish_change(directory))


def _has_leftovers(directory: Path) -> bool:
    try:
        return any(entry.name == PENDING or entry.name.endswith(".new") for entry in directory.iterdir())
    except OSError:
        return False


def _remove_half_written(folder: Path) -> None:
    """What ``write_whole`` leaves beside a file when it is killed is gone. The caller holds the project's lock."""
    for half in folder.glob(".*.new"):
        half.unlink(missing_ok=True)


def set_aside(directory: Path, name: str, digest: str = "") -> None:
    """The live file ``name`` is a take now."""
    place = directory / name
    place_in(directory, f"{TAKES}/{name}/x")
    take = take_place(directory, name, digest or digest_of(place))
    if take.exists() and take.samefile(place):
        place.unlink()
    else:
        publish(place, take)


def _plain(value: Any) -> Any:
    """One field of a change as JSON knows it. (``asdict`` of the whole would copy every row of a save point.)"""
    return [asdict(item) if isinstance(item, Put) else item for item in value] if isinstance(value, tuple) else value


def _change_in(path: Path) -> Change | None:
    """The change that was committed; None for what the studio did not write. A folder may come from anybody."""
    try:
        change = _change_of(json.loads(read_regular(path, MOST_BYTES)))
        return change if next(_faults_in(change), None) is None else None
    except FileNotFoundError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, BadInput):
        if not path.exists():
            raise FileNotFoundError(path) from None
        return None


def _change_of(commit: dict[str, Any]) -> Change:
    snapshot = commit["snapshot"]
    return Change(
        puts=tuple(Put(**put) for put in commit["puts"]),
        takes=tuple(Put(**take) for take in commit["takes"]),
        drops=tuple(commit["drops"]),
        manifest=commit["manifest"],
        snapshot=(snapshot[0], snapshot[1]) if snapshot else None,
        session_name=commit["session_name"],
    )


def _check(directory: Path, change: Change, size_bytes: int) -> None:
    """Raises BadInput if ``finish_change`` would refuse ``change``, or could not carry it out."""
    fault = next(_faults_in(change), None)
    if fault is not None:
        raise BadInput(f"{fault} cannot be kept in {directory.name}: rename it and try again. Nothing was changed.")
    if size_bytes > MOST_BYTES:
        raise BadInput(f"{directory.name} has too many files to be changed as one. Nothing was changed.")
    for folder in {posixpath.dirname(name) for name in (*_put_names(change), *change.drops)}:
        place_in(directory, posixpath.join(folder, "x"))
        place_in(directory, posixpath.join(TAKES, folder, "x"))
    if change.snapshot:
        place_in(directory, f"{SNAPSHOTS}/x")


def _put_names(change: Change) -> Iterator[str]:
    return (put.name for put in (*change.puts, *change.takes))


def _faults_in(change: Change) -> Iterator[str]:
    """What in ``change`` leads out of the project or to the studio's own files."""
    for put in (*change.puts, *change.takes):
        if not (_is_live(put.name) and _STAGED.fullmatch(put.staged) and _HEX.fullmatch(put.digest)):
            yield put.name
    yield from (put.name for put in change.puts if put.line is not None and not _is_line_of(put))
    yield from (drop for drop in change.drops if not _is_live(drop))
    if change.manifest is not None and not isinstance(change.manifest, dict):
        yield MANIFEST
    names = [change.snapshot[0] if change.snapshot else None, change.session_name]
    yield from (name for name in names if name is not None and not (_is_live(name) and "/" not in name))


def _is_live(name: str) -> bool:
    return is_inside(name) and name not in (MANIFEST, JOURNAL) and not any(p.startswith(".") for p in name.split("/"))


def _is_line_of(put: Put) -> bool:
    line = Checkpoint(**(put.line or {}))
    return is_sound(line) and line.name == put.name


def _apply(directory: Path, change: Change) -> Path:
    staged = directory / PENDING
    for take in change.takes:
        if (staged / take.staged).exists():
            place_in(directory, f"{TAKES}/{take.name}/x")
            publish(staged / take.staged, take_place(directory, take.name, take.digest))
    if change.puts or change.drops:
        _apply_live(directory, change)
    if change.snapshot:
        name, content = change.snapshot
        point = place_in(directory, f"{SNAPSHOTS}/{name}.json")
        point.parent.mkdir(exist_ok=True)
        write_whole(point, compact(content))
    if change.session_name and change.session_name != directory.name:
        directory = _renamed(directory, change.session_name)
    if change.manifest is not None:
        manifest = {**change.manifest, "session_name": directory.name}
        write_whole(directory / MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
    return directory


def compact(content: object) -> bytes:
    """``content`` as one line of JSON. (Names of files may be no UTF-8; ``json.loads`` gives them back.)"""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _apply_live(directory: Path, change: Change) -> None:
    journal = Journal(directory / JOURNAL)
    journal.mend()
    for put in change.puts:
        staged = directory / PENDING / put.staged
        if not staged.exists():
            continue
        place_in(directory, put.name)
        if put.line:
            _write_down(journal, Checkpoint(**put.line), staged)
        place = directory / put.name
        if place.is_file():
            place_in(directory, f"{TAKES}/{put.name}/x")
            stand_also_at(take_place(directory, put.name, digest_of(place)), place)
        publish(staged, place)
    for name in change.drops:
        if place_in(directory, name).is_file():
            set_aside(directory, name)


def _write_down(journal: Journal, line: Checkpoint, staged: Path) -> None:
    current = journal.current(line.name)
    if current and (current.fingerprint, current.digest, current.origin) == (
        line.fingerprint,
        line.digest,
        line.origin,
    ):
        return
    journal.append(replace(line, mtime_ns=staged.stat().st_mtime_ns))


def _renamed(directory: Path, name: str) -> Path:
    """The folder under its new name; under ``name-2`` if somebody else took that name while the power was out."""
    target = directory.parent / name
    if not (target.exists() and target.samefile(directory)):
        target = directory.parent / free_name(directory.parent, name)
    directory.rename(target)
    sync_folder(target.parent)
    return target
