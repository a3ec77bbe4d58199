"""Archives: whole projects as ZIP files, out (``export_project``) and in (``import_archive``).

An archive comes from anywhere and is not believed. ``examine`` looks at all of it before a byte is written; then it is
unpacked beside its place under ``.import-…``, every block within the size that was promised, every checksum and digest
compared, and one rename makes it a project. Whatever goes wrong before, nothing of it is left.

Three kinds come in: projects of this studio (exported, or zipped by hand in Explorer or Finder), and sessions of the
three older programs, which the caller turns into a project (``adopt``) while they stand unpacked.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from studio.core.archiving.contents import ArchiveKind, Examined, examine, examine_open, open_archive
from studio.core.archiving.entries import shown, unpack
from studio.core.archiving.export import clean_half_exports, export_project
from studio.core.changes import if_possible, locked
from studio.core.content import Tell, Watch, remove_tree
from studio.core.files import free_name, safe_name, storage, sync_file, sync_folder, write_whole
from studio.core.project import MANIFEST, load_project
from studio.core.trash import throw_away
from studio.errors import ArchiveRefused, BadInput, StorageFailed, UserError

__all__ = [
    "Adopt", "ArchiveKind", "Examined", "Imported", "Unpacked", "clean_leftovers", "examine", "export_project",
    "import_archive", "unpack_foreign",
]  # fmt: skip

_STAGE = ".import-"
_PROJECT = "project"
_OLD = "old"
_REPLACING = "replacing"
_SYNCS = 8
_SPARE_BYTES = 64 << 20
_LATEST_NS = 1 << 62
_REFUSED_NAMES = {errno.EEXIST, errno.EINVAL, errno.ENAMETOOLONG, errno.EILSEQ, errno.ENOTDIR, errno.EISDIR}
_AT_FDCWD, _EXCHANGE = -100, 2


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A session of an older program, whole, in a folder that is gone when ``adopt`` returns."""

    kind: ArchiveKind
    directory: Path
    name: str


Adopt = Callable[[Unpacked], str]
"""Makes a project of a foreign session and returns its name; it copies or moves what it keeps."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The project that an archive became. ``warnings`` are sentences for the user."""

    name: str
    directory: Path
    kind: ArchiveKind
    warnings: tuple[str, ...] = ()


def import_archive(
    zip_path: Path,
    sessions: Path,
    *,
    name: str | None = None,
    replace: bool = False,
    adopt: Adopt | None = None,
    progress: Tell | None = None,
    stop: threading.Event | None = None,
) -> Imported:
    """The project in the archive stands in ``sessions``, called ``name`` or what it was called.

    If there is one of that name already, the new one is called ``name-2``, or with ``replace`` takes its place: then
    the old one is in the trash; sessions of older programs never replace. Times are as they were, so the next run
    makes nothing. Without ``adopt`` only archives of this studio are taken. ``progress`` is told the bytes unpacked and
    the bytes in all.

    Raises ArchiveRefused with the reason and the entry, NewerFormat, BadInput for a name that is none, ProjectLocked
    if the project to be replaced is being worked on, StorageFailed, Cancelled; then ``sessions`` is as it was.
    """
    with open_archive(zip_path) as file:
        found = examine_open(file, zip_path)
        wanted = safe_name(name) if name is not None else found.name
        if not wanted:
            raise BadInput(f"{shown(name or '')} has no letter or digit that a folder's name could keep.")
        _check_room(sessions, found)
        with _staging(sessions) as stage:
            if found.kind == "studio":
                folder = stage / _PROJECT
                _unpack(file, found, folder, Watch(found.total_bytes, progress, stop))
                target = _placed(stage, sessions / wanted, replace=replace)
                return Imported(target.name, target, found.kind, found.warnings)
            return _adopted(file, found, stage, sessions / wanted, adopt, Watch(found.total_bytes, progress, stop))


def unpack_foreign(
    zip_path: Path, folder: Path, *, progress: Tell | None = None, stop: threading.Event | None = None
) -> Unpacked:
    """The session of an older program that is in the archive stands whole in the empty ``folder``, and stays there.

    Raises ArchiveRefused with the reason and the entry (also for a project of this studio), StorageFailed, Cancelled.
    """
    with open_archive(zip_path) as file:
        found = examine_open(file, zip_path)
        if found.kind == "studio":
            raise ArchiveRefused("This is a project of the studio itself: import it in Project Sessions.")
        _check_room(folder, found)
        _unpack(file, found, folder / found.name, Watch(found.total_bytes, progress, stop))
        return Unpacked(found.kind, folder / found.name, found.name)


def clean_leftovers(sessions: Path) -> None:
    """What killed imports and exports left in ``sessions`` is gone; those of living processes are left alone.

    A project that was just being replaced is whole: the old one is back, or in the trash and the new one in place.
    """
    clean_half_exports(sessions)
    for stage in sessions.glob(f"{_STAGE}{'[0-9a-f]' * 12}"):
        with if_possible(), locked(stage):
            _finish_replacing(stage)
            remove_tree(stage)


@contextmanager
def _staging(sessions: Path) -> Iterator[Path]:
    """A folder for half an import. Its lock tells ``clean_leftovers`` that somebody is at work in it."""
    stage = sessions / f"{_STAGE}{secrets.token_hex(6)}"
    with storage(sessions):
        sessions.mkdir(parents=True, exist_ok=True)
        stage.mkdir()
    try:
        with locked(stage):
            try:
                yield stage
            finally:
                _finish_replacing(stage)
    finally:
        if not (stage / _REPLACING).exists():  # else the replaced project is still in there
            remove_tree(stage)


def _check_room(sessions: Path, found: Examined) -> None:
    folder = next(path for path in (sessions.absolute(), *sessions.absolute().parents) if path.is_dir())
    free_bytes = shutil.disk_usage(folder).free
    if found.total_bytes + _SPARE_BYTES > free_bytes:
        raise StorageFailed(
            f"The archive needs {found.total_bytes >> 20:,} MB and the disk has {free_bytes >> 20:,} MB free: "
            "make room, then import it again."
        )


def _unpack(file: BufferedReader, found: Examined, folder: Path, watch: Watch) -> None:
    """Every file is in ``folder``, with its time, and on the disk."""
    from blake3 import blake3

    folders = {folder}
    watch.add(0)
    with storage(folder):
        folder.mkdir()
        for name, entry in sorted(found.entries.items(), key=lambda item: item[1].header_offset):
            path = folder / name
            hasher = blake3()
            with _refused_names(name):
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb", buffering=0) as out:
                    for block in unpack(file, entry):
                        hasher.update(block)
                        _write(out, block)
                        watch.add(len(block))
            digest = hasher.hexdigest()
            listed = found.listed.get(name) if found.listed else None
            if listed and listed.digest != digest:
                raise ArchiveRefused(f"{shown(name)} is damaged in the archive; ask for it to be sent again.")
            _set_time(path, _mtime_ns(found, name, digest))
            folders.update(parent for parent in path.parents if parent.is_relative_to(folder))
        _sync([folder / name for name in found.entries], folders)


def _sync(files: Sequence[Path], folders: Iterable[Path]) -> None:
    """All is on the disk. Several at once, because the disk then answers for many together (3,000 files: 12 s or 1)."""
    with ThreadPoolExecutor(_SYNCS) as threads:
        for _ in threads.map(sync_file, files):
            pass
        for _ in threads.map(sync_folder, folders):
            pass


def _write(out: BinaryIO, block: memoryview | bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[out.write(rest) :]


def _mtime_ns(found: Examined, name: str, digest: str) -> int | None:
    """The time in the export's list; else in the journal, if the content is what it recorded; else in the ZIP."""
    listed = found.listed.get(name) if found.listed else None
    if listed and listed.mtime_ns is not None:
        return listed.mtime_ns
    recorded = found.recorded.get(name)
    if recorded and recorded[0] == digest:
        return recorded[1]
    modified_s = found.entries[name].modified_s
    return None if modified_s is None else int(modified_s * 1_000_000_000)


def _set_time(path: Path, mtime_ns: int | None) -> None:
    if mtime_ns is not None and 0 <= mtime_ns < _LATEST_NS:
        os.utime(path, ns=(mtime_ns, mtime_ns))


@contextmanager
def _refused_names(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _REFUSED_NAMES:
            raise
        raise ArchiveRefused(f"This disk cannot hold a file called {shown(name)} ({error.strerror}).") from error


def _adopted(
    file: BufferedReader, found: Examined, stage: Path, target: Path, adopt: Adopt | None, watch: Watch
) -> Imported:
    if adopt is None:
        raise ArchiveRefused("The archive holds a session of another program, which cannot be opened here.")
    name = free_name(target.parent, target.name)
    folder = stage / name
    _unpack(file, found, folder, watch)
    name = adopt(Unpacked(found.kind, folder, name))
    return Imported(name, target.parent / name, found.kind, found.warnings)


def _placed(stage: Path, target: Path, *, replace: bool) -> Path:
    """The unpacked project stands at ``target``, or beside it under a free name. Returns where."""
    folder = stage / _PROJECT
    with storage(target):
        if replace and target.exists():
            _rename_inside(folder, target.name)
            _replace(stage, target)
            return target
        while True:
            free = target.with_name(free_name(target.parent, target.name))
            _rename_inside(folder, free.name)
            try:
                folder.rename(free)
            except OSError as error:
                if os.path.lexists(free) and error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
                    continue  # another import took the name this instant
                raise
            sync_folder(target.parent)
            return free


def _rename_inside(folder: Path, name: str) -> None:
    """The manifest calls the project ``name``. Raises ArchiveRefused if the studio could not open it afterwards."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        if manifest["session_name"] != name:
            manifest["session_name"] = name
            write_whole(path, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
        load_project(folder)
    except (UserError, ValueError, RecursionError, KeyError) as error:
        raise ArchiveRefused(f"{MANIFEST} in the archive is damaged; ask for it to be sent again.") from error


def _replace(stage: Path, target: Path) -> None:
    """The unpacked project and the one at ``target`` have changed places, as one where the system can."""
    with locked(target):
        note = {"name": target.name, "new": (stage / _PROJECT).stat().st_ino}
        write_whole(stage / _REPLACING, json.dumps(note, ensure_ascii=False).encode())
        if not _exchange(stage / _PROJECT, target):
            target.rename(stage / _OLD)
            (stage / _PROJECT).rename(target)
        sync_folder(target.parent)
        sync_folder(stage)


def _finish_replacing(stage: Path) -> None:
    """After a replacement, or one that was killed: what is left in ``stage`` is in its place or in the trash."""
    try:
        note = json.loads((stage / _REPLACING).read_bytes())
    except FileNotFoundError:
        return
    target = stage.parent / note["name"]
    with storage(target):
        if (stage / _OLD).exists() and not target.exists():
            (stage / _OLD).rename(target)
        for left in (stage / _OLD, stage / _PROJECT):
            if left.exists() and left.stat().st_ino != note["new"]:
                throw_away(left, target, datetime.now(UTC).astimezone())
        sync_folder(stage.parent)
        (stage / _REPLACING).unlink()


def _exchange(one: Path, other: Path) -> bool:
    """True if the two have changed places in one step; False where the system or the file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
