"""Save points: what a project was at one moment, to go back to.

A save point is one small file, ``snapshots/<time>_<label>.json``: the manifest of that moment and the digest of every
live file. The contents stand where superseded takes stand, ``takes/<name>/<digest>``, each once, however many save
points speak of it: when a live file is replaced later, it *becomes* that take and takes no more room. So a save point
costs the files that changed since the last one, and an unchanged file costs a ``stat``.

The contents are reflinked or copied, not hard-linked: a save point must survive that another program writes into the
live picture. (On a file system without reflinks the first save point of a project costs one copy of its live files.)
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.core.changes import MOST_BYTES, PENDING, Change, Put, Staging, staging
from studio.core.checkpoint import Checkpoint, Journal
from studio.core.content import SNAPSHOTS, Found, Tell, Watch, clone, live_files, take_place
from studio.core.files import digest_of, is_inside, place_in, safe_name, storage, sync_folder
from studio.core.project import MANIFEST, now_text
from studio.core.session import TAKES, Session
from studio.errors import BadInput
from studio.model.text_files import read_regular

_FORMAT = 1
_HEX = re.compile("[0-9a-f]{64}")
_OF_NOW = ("session_name", "created_at", "last_accessed", "tags", "notes", "revision")
"""What going back leaves as it is: it says where the project is kept, not what it is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One live file of a save point; ``fingerprint`` is empty for a file that no step made."""

    name: str
    digest: str
    size_bytes: int
    mtime_ns: int
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A save point. ``stored_bytes`` is what it added to the disk; ``is_automatic`` if the studio made it itself."""

    id: str
    label: str
    at: str
    files: tuple[Kept, ...]
    manifest: dict[str, Any]
    stored_bytes: int = 0
    is_automatic: bool = False

    @property
    def size_bytes(self) -> int:
        """The size of all its files together."""
        return sum(kept.size_bytes for kept in self.files)


@dataclass(frozen=True, slots=True)
class Reverted:
    """What going back did: the files that changed, the ones that left, and the save point of before."""

    changed: tuple[str, ...]
    dropped: tuple[str, ...]
    before: Snapshot | None


def take_snapshot(
    session: Session,
    label: str,
    *,
    now: datetime,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
    is_automatic: bool = False,
) -> Snapshot:
    """The project as it is now can be gone back to. All or nothing.

    Raises BadInput for a link in it, StorageFailed, or Cancelled by ``stop``.
    """
    directory = session.directory
    with staging(directory) as stage:
        found = list(live_files(directory, is_copied=True))
        known = _known_digests(session.journal, _newest(directory))
        kept, takes = _stage(stage, session, found, known, Watch(sum(file.size_bytes for file in found), tell, stop))
        snapshot = Snapshot(
            id=_free_id(directory, now, label),
            label=label,
            at=now.isoformat(timespec="microseconds"),
            files=tuple(kept),
            manifest=_manifest(directory),
            stored_bytes=sum((directory / PENDING / take.staged).stat().st_size for take in takes),
            is_automatic=is_automatic,
        )
        stage.commit(Change(takes=tuple(takes), snapshot=(snapshot.id, _as_json(snapshot))))
    return snapshot


def snapshots(directory: Path) -> tuple[Snapshot, ...]:
    """The project's save points, oldest first; a damaged one is left out."""
    read = map(_read, _points(directory))
    return tuple(sorted((snapshot for snapshot in read if snapshot), key=lambda snapshot: (snapshot.at, snapshot.id)))


def unreadable(directory: Path) -> tuple[str, ...]:
    """The names of save points that are damaged, or a newer studio's: nobody knows what they need."""
    return tuple(path.name for path in _points(directory) if _read(path) is None)


def find_snapshot(directory: Path, wanted: str) -> Snapshot:
    """The save point whose id begins with ``wanted`` or whose label is ``wanted`` (the newest of several)."""
    known = snapshots(directory)
    exact = [snapshot for snapshot in known if wanted in (snapshot.id, snapshot.label)]
    found = exact or [snapshot for snapshot in known if wanted and snapshot.id.startswith(wanted)]
    if not found:
        names = ", ".join(snapshot.id for snapshot in known) or "none yet"
        raise BadInput(f"{directory.name} has no save point {wanted}. Its save points: {names}.")
    return found[-1]


def remove_snapshot(directory: Path, snapshot: Snapshot) -> None:
    """The save point is gone; the takes that it alone held are for ``cleanup`` to find."""
    path = place_in(directory, f"{SNAPSHOTS}/{snapshot.id}.json")
    with storage(path):
        path.unlink()
        sync_folder(path.parent)


def differs(session: Session, snapshot: Snapshot) -> bool:
    """True if the project is not what ``snapshot`` says."""
    now = {file.name: file for file in live_files(session.directory)}
    if now.keys() != {kept.name for kept in snapshot.files}:
        return True
    if any(not _is_same(now[kept.name], kept) for kept in snapshot.files):
        return True
    return _without_times(_manifest(session.directory)) != _without_times(snapshot.manifest)


def revert(
    session: Session,
    snapshot: Snapshot,
    *,
    now: datetime,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
) -> Reverted:
    """The project is what it was at ``snapshot``; what it was until now is a save point of its own, and takes.

    Raises BadInput naming the files whose content is gone, with everything as it was.
    """
    directory = session.directory
    newest = _newest(directory)
    before = None
    if newest is None or differs(session, newest):
        label = f"before going back to {snapshot.label or snapshot.id}"
        before = take_snapshot(session, label, now=now, is_automatic=True, stop=stop)
    live = {file.name: file for file in live_files(directory)}
    changed = [kept for kept in snapshot.files if kept.name not in live or not _is_same(live[kept.name], kept)]
    dropped = sorted(live.keys() - {kept.name for kept in snapshot.files})
    watch = Watch(sum(kept.size_bytes for kept in changed), tell, stop)
    with staging(directory) as stage, storage(directory):
        puts = [_bring_back(session, stage, kept, watch) for kept in changed]
        manifest = _going_back(_manifest(directory), snapshot.manifest)
        stage.commit(Change(puts=tuple(puts), drops=tuple(dropped), manifest=manifest))
    return Reverted(tuple(kept.name for kept in changed), tuple(dropped), before)


def take_names(snapshots: Iterable[Snapshot]) -> set[tuple[str, str]]:
    """Name and first eight digits of every content that these save points stand on."""
    return {(kept.name, kept.digest[:8]) for snapshot in snapshots for kept in snapshot.files}


# Below: what the public functions stand on


def _stage(
    stage: Staging, session: Session, found: Sequence[Found], known: dict[tuple[str, int, int], str], watch: Watch
) -> tuple[list[Kept], list[Put]]:
    kept, takes = [], []
    with storage(session.directory):
        for file in found:
            digest = known.get((file.name, file.size_bytes, file.mtime_ns), "")
            if not (digest and _has_take(session.directory, file, digest)):
                staged = stage.place()
                clone(file.path, staged, watch)
                digest = digest_of(staged)
                takes.append(Put(file.name, staged.name, digest))
            line = session.journal.current(file.name)
            fingerprint = line.fingerprint if line and line.digest == digest else ""
            kept.append(Kept(file.name, digest, file.size_bytes, file.mtime_ns, fingerprint))
    return kept, takes


def _newest(directory: Path) -> Snapshot | None:
    """The save point of the newest name, which begins with its time; only this one is read."""
    paths = _points(directory)
    return _read(paths[-1]) if paths else None


def _points(directory: Path) -> list[Path]:
    return sorted(path for path in (directory / SNAPSHOTS).glob("*.json") if not path.name.startswith("."))


def _known_digests(journal: Journal, newest: Snapshot | None) -> dict[tuple[str, int, int], str]:
    """The digest of a file by its name, size and time: nothing is hashed that was hashed before."""
    files = newest.files if newest else ()
    digests = {(kept.name, kept.size_bytes, kept.mtime_ns): kept.digest for kept in files}
    for name in journal.names():
        line = journal.current(name)
        if line:
            digests[name, line.size_bytes, line.mtime_ns] = line.digest
    return digests


def _has_take(directory: Path, file: Found, digest: str) -> bool:
    """True if the take is as it was kept: of another size or time, it is kept anew.

    ``take_place`` without pathlib, which would be half of what saving an unchanged project costs.
    """
    place = f"{directory}/{TAKES}/{file.name}/{digest[:8]}{os.path.splitext(file.name)[1]}"  # noqa: PTH122
    try:
        facts = os.stat(place)  # noqa: PTH116
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (file.size_bytes, file.mtime_ns)


def _bring_back(session: Session, stage: Staging, kept: Kept, watch: Watch) -> Put:
    take = take_place(session.directory, kept.name, kept.digest)
    staged = stage.place()
    try:
        clone(take, staged, watch)
    except FileNotFoundError as error:
        raise BadInput(
            f"{kept.name} of that save point is gone from takes/ ({take.name}); nothing was changed."
        ) from error
    if digest_of(staged) != kept.digest:
        raise BadInput(f"{kept.name} of that save point was changed by another program in takes/; nothing was changed.")
    line = _line_of(session.journal, kept)
    return Put(kept.name, staged.name, kept.digest, asdict(line) if line else None)


def _line_of(journal: Journal, kept: Kept) -> Checkpoint | None:
    for line in reversed(journal.history(kept.name)):
        if (line.fingerprint, line.digest) == (kept.fingerprint, kept.digest):
            return replace(line, origin="restored", tmp="", took_s=0.0, at="")
    return None


def _is_same(file: Found, kept: Kept) -> bool:
    if file.size_bytes != kept.size_bytes:
        return False
    return file.mtime_ns == kept.mtime_ns or digest_of(file.path) == kept.digest


def _manifest(directory: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((directory / MANIFEST).read_bytes())
    return manifest


def _without_times(manifest: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in manifest.items() if key not in (*_OF_NOW, "last_updated")}


def _going_back(now: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    of_now = {key: now[key] for key in _OF_NOW if key in now}
    revision = int(now.get("revision", 0)) + 1
    return {**_without_times(then), **of_now, "last_updated": now_text(), "revision": revision}


def _free_id(directory: Path, now: datetime, label: str) -> str:
    stem = "_".join(part for part in (now.strftime("%Y%m%d_%H%M%S"), safe_name(label)[:60]) if part)
    candidate, number = stem, 1
    while (directory / SNAPSHOTS / f"{candidate}.json").exists():
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _as_json(snapshot: Snapshot) -> dict[str, Any]:
    fields = {key: getattr(snapshot, key) for key in ("label", "at", "stored_bytes", "is_automatic", "manifest")}
    rows = [{key: getattr(kept, key) for key in Kept.__slots__} for kept in snapshot.files]
    return {"format": _FORMAT, **fields, "files": rows}


def _is_sound(point: Snapshot) -> bool:
    """True if every field is of its type: a folder may come from anybody."""
    numbers = [point.stored_bytes, *(kept.size_bytes for kept in point.files), *(kept.mtime_ns for kept in point.files)]
    return (
        isinstance(point.label, str)
        and isinstance(point.at, str)
        and isinstance(point.manifest, dict)
        and all(isinstance(number, int) and number >= 0 for number in numbers)
    )


def _read(path: Path) -> Snapshot | None:
    try:
        saved = json.loads(read_regular(path, MOST_BYTES))
        if saved.pop("format") != _FORMAT:
            return None
        files = tuple(Kept(**row) for row in saved.pop("files"))
        if not all(is_inside(kept.name) and _HEX.fullmatch(kept.digest) for kept in files):
            return None
        point = Snapshot(id=path.stem, files=files, **saved)
        return point if _is_sound(point) else None
    except (BadInput, OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
