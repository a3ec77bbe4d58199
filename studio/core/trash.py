"""The trash: deleted projects, whole, under ``.trash/`` of the sessions folder until somebody empties it.

Deleting and restoring are one rename each. A project's folder in the trash is called ``<name>~<time>``: ``~`` is in no
project's name, so the name can be told from the time.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studio.core.changes import PENDING, Change, finish_change, if_possible, locked, staging
from studio.core.content import Found, Tell, files_under, remove_tree
from studio.core.files import free_name, storage, sync_folder
from studio.core.project import MANIFEST
from studio.errors import Cancelled, UserError

TRASH = ".trash"
_GONE = ".gone-"
_STAMP = "%Y%m%d-%H%M%S-%f"
_STAMP_LENGTH = len("20250803-181102-123456")


@dataclass(frozen=True, slots=True)
class Deleted:
    """One project in the trash: ``folder`` is its name there, ``name`` what it was called."""

    name: str
    folder: str
    at: str
    size_bytes: int


def delete(directory: Path, now: datetime) -> Deleted:
    """The project is in the trash. Raises ProjectLocked if it is being worked on."""
    with locked(directory), storage(directory):
        target = throw_away(directory, directory, now)
        sync_folder(directory.parent)
    return _entry(target)


def throw_away(folder: Path, home: Path, now: datetime) -> Path:
    """``folder``, whose lock the caller holds, is in the trash as the project that stood at ``home``. Returns where."""
    trash = home.parent / TRASH
    trash.mkdir(exist_ok=True)
    target = trash / free_name(trash, f"{home.name}~{now.strftime(_STAMP)}")
    folder.rename(target)
    sync_folder(trash)
    return target


def trashed(sessions: Path) -> tuple[Deleted, ...]:
    """Everything in the trash, deleted last first."""
    folders = (path for path in (sessions / TRASH).glob("*") if path.is_dir() and not path.name.startswith("."))
    return tuple(sorted(map(_entry, folders), key=lambda entry: entry.at, reverse=True))


def restore(sessions: Path, name: str) -> Path:
    """The project deleted last under ``name`` (or in the trash folder ``name``) stands in its place again.

    If its name was taken meanwhile it is called ``name-2``. Raises UserError if the trash has no such project.
    """
    found = [entry for entry in trashed(sessions) if name in (entry.name, entry.folder)]
    if not found:
        known = ", ".join(entry.name for entry in trashed(sessions)) or "nothing"
        raise UserError(f"There is no project {name} in the trash. It holds: {known}.")
    folder = sessions / TRASH / found[0].folder
    target = sessions / free_name(sessions, found[0].name)
    with locked(folder), storage(sessions):
        remove_tree(folder / PENDING)  # of a restoring that was killed before its rename
        if target.name == _name_inside(folder):
            folder.rename(target)
            sync_folder(sessions)
            sync_folder(sessions / TRASH)
            return target
        return _restore_as(folder, target)


def empty(
    sessions: Path, entries: Sequence[Deleted], tell: Tell | None = None, stop: threading.Event | None = None
) -> int:
    """These projects are gone for good; returns the bytes that the disk has more now.

    Raises Cancelled between two projects when ``stop`` is set; those already gone stay gone.
    """
    freed_bytes = 0
    for number, entry in enumerate(entries, start=1):
        if stop and stop.is_set():
            raise Cancelled(f"Stopped after {number - 1} of {len(entries)} projects; the others are in the trash.")
        folder = sessions / TRASH / entry.folder
        with storage(folder), locked(folder):
            freed_bytes += sum(file.size_bytes for file in _own_files(folder) if file.links == 1)
            doomed = folder.with_name(_GONE + folder.name)
            folder.rename(doomed)
        remove_tree(doomed)
        if tell:
            tell(number, len(entries))
    return freed_bytes


def clean_trash(sessions: Path) -> None:
    """What an emptying that was killed left is gone, as far as it can be removed."""
    for pattern in (f"{_GONE}*", f"*/{PENDING}"):
        for left in (sessions / TRASH).glob(pattern):
            with if_possible():
                remove_tree(left)


def _restore_as(folder: Path, target: Path) -> Path:
    """Restored under a name that differs from the one in its manifest: both change as one."""
    sessions = folder.parent.parent
    manifest = _manifest(folder)
    with staging(folder) as stage:
        if manifest is not None:
            stage.prepare(Change(manifest=manifest, session_name=target.name))
        folder.rename(target)
        sync_folder(sessions)
        sync_folder(sessions / TRASH)
    return finish_change(target)


def _entry(folder: Path) -> Deleted:
    name, _, stamp = folder.name.rpartition("~")
    try:
        at = datetime.strptime(stamp[:_STAMP_LENGTH], _STAMP).astimezone().isoformat()
    except ValueError:
        name, at = folder.name, ""
    return Deleted(name, folder.name, at, sum(file.size_bytes for file in _own_files(folder)))


def _own_files(folder: Path) -> Iterator[Found]:
    """What goes with the folder: nothing, if the project itself stands elsewhere and this is a link to it."""
    return iter(()) if folder.is_symlink() else files_under(folder)


def _manifest(folder: Path) -> dict[str, object] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _name_inside(folder: Path) -> str:
    """The name in the manifest; the folder's own where the manifest cannot be read (it will be kept as it is)."""
    manifest = _manifest(folder)
    name = manifest.get("session_name") if manifest else None
    return str(name) if name else folder.name.rpartition("~")[0]
