"""A project as one ZIP file that any program opens, for a teammate or another computer.

Pictures, sound and film are stored as they are (they do not get smaller), texts are packed. Last comes the list of
all files with their BLAKE3, of the bytes that were packed: the journal's digest is not taken, because a file that rotted
on the disk would make an archive that no import accepts. Two exports of one state are the same, byte for byte.

A project that is being worked on may be exported: files are published by a rename, so each is whole; what was
replaced while the rest was packed is packed again, until the journal stood still for one round. The bytes packed first
stay in the ZIP without an entry; nothing reads them.
"""

from __future__ import annotations

import json
import os
import secrets
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

from studio import __version__
from studio.core.archiving.checks import check_apart, check_own_places, fault_in
from studio.core.archiving.contents import COMMENT, LIST, LIST_FORMAT
from studio.core.archiving.entries import MOST_ENTRIES, shown
from studio.core.archiving.privacy import Privacy
from studio.core.changes import completed
from studio.core.checkpoint import Checkpoint, Journal
from studio.core.content import SNAPSHOTS, Found, Tell, Watch, files_under
from studio.core.files import storage, sync_folder
from studio.core.project import MANIFEST, Project, load_project
from studio.core.session import JOURNAL, TAKES, TMP
from studio.errors import ArchiveRefused, BadInput, ProjectLocked
from studio.model.letters import normal

HALF_EXPORT = ".export-"
_TEXTS = {
    ".json", ".jsonl", ".txt", ".md", ".srt", ".vtt", ".ass", ".lrc", ".csv", ".tsv", ".xml", ".html", ".otio", ".edl",
    ".fountain", ".fcpxml", ".svg", ".yaml", ".yml", ".toml", ".rtf",
}  # fmt: skip
_BLOCK = 1 << 20
_ROUNDS = 20
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Packed:
    """A file as it was when it was packed: its facts, its place in the ZIP, its line in the list."""

    found: Found
    info: zipfile.ZipInfo
    line: dict[str, Any]


def export_project(
    directory: Path,
    out: Path,
    *,
    slim: bool = False,
    progress: Tell | None = None,
    stop: threading.Event | None = None,
) -> None:
    """``out`` holds the project, whole and on the disk; a file that stood there is replaced only then.

    Left out are half-made and hidden files; with ``slim`` also takes, save points and every picture, sound and film
    that the project's own steps made. ``progress`` is told the bytes packed and the bytes in all.

    Raises BadInput for a project that cannot be packed, ProjectLocked if a run changes it faster than it is packed,
    StorageFailed if the disk refuses, Cancelled when ``stop`` is set; then ``out`` is as it was and nothing is left.
    """
    directory = completed(directory)
    project = load_project(directory)
    if out.resolve().is_relative_to(directory.resolve()):
        raise BadInput(f"{out.name} would stand inside the project itself; choose another folder for it.")
    with _beside(out) as file, zipfile.ZipFile(file, "w", allowZip64=True) as archive:
        _Export(directory, project, archive, slim=slim).pack(progress, stop)


def clean_half_exports(folder: Path) -> None:
    """What killed exports left in ``folder`` is gone; exports of living processes are left alone."""
    for half in folder.glob(f"{HALF_EXPORT}{'[0-9a-f]' * 12}.part"):
        with suppress(OSError):
            with half.open("r+b") as file:
                is_left = _lock(file)
            if is_left:
                half.unlink()


class _Export:
    def __init__(self, directory: Path, project: Project, archive: zipfile.ZipFile, *, slim: bool) -> None:
        self._directory = directory
        self._project = project
        self._zip = archive
        self._slim = slim
        self._privacy = Privacy(directory)
        self._packed: dict[str, _Packed] = {}
        self._buffer = memoryview(bytearray(_BLOCK))

    def pack(self, tell: Tell | None, stop: threading.Event | None) -> None:
        """The ZIP is complete. Raises what ``export_project`` raises."""
        watch: Watch | None = None
        for _ in range(_ROUNDS):
            before = self._journal_bytes()
            journal = Journal(self._directory / JOURNAL)
            files = {_name_of(found): found for found in self._files(journal)}
            self._check_is_there(files)
            _check(files, journal)
            watch = watch or _watch(files, tell, stop)
            for gone in self._packed.keys() - files.keys():
                self._drop(gone)
            is_still = all([self._keep_up(name, found, watch) for name, found in files.items()])
            if is_still and self._journal_bytes() == before:
                break
        else:
            raise ProjectLocked(
                f"{self._directory.name} changes faster than it can be packed: pause its run, then export it again."
            )
        self._write_bytes(LIST, _EARLIEST, self._list())
        self._zip.comment = COMMENT

    def _check_is_there(self, files: dict[str, Found]) -> None:
        """Raises BadInput if the folder went away while its files were looked for: some would be missing."""
        if MANIFEST not in files or not (self._directory / MANIFEST).is_file():
            raise BadInput(
                f"{self._directory.name} was moved or deleted while it was packed: find it in the list, then export it again."
            )

    def _files(self, journal: Journal) -> Iterator[Found]:
        """Everything that goes along; the manifest and the journal last, so that they speak of what came before."""
        last = []
        for found in files_under(self._directory, is_copied=True):
            top = found.name.partition("/")[0]
            if top == TMP or found.name == LIST or (self._slim and top in (TAKES, SNAPSHOTS)):
                continue
            if found.name in (MANIFEST, JOURNAL):
                last.append(found)
                continue
            line = journal.current(found.name)
            if not (self._slim and line and _can_be_made_again(found, line)):
                yield self._published(found, line)
        yield from last

    def _published(self, found: Found, line: Checkpoint | None) -> Found:
        """The finished file that waits under ``tmp/`` for its rename, if the journal has it and its place not yet."""
        if line is None or not line.tmp or _is_recorded(found, line):
            return found
        for waiting in files_under(self._directory / TMP):
            if waiting.name == line.tmp and _is_recorded(waiting, line):
                return Found(found.name, waiting.place, waiting.size_bytes, waiting.mtime_ns, waiting.inode, 1)
        return found

    def _keep_up(self, name: str, found: Found, watch: Watch) -> bool:
        """True if ``found`` is in the ZIP as it stands now; False if it has to be packed in the next round."""
        packed = self._packed.get(name)
        if packed and (packed.found.size_bytes, packed.found.mtime_ns) == (found.size_bytes, found.mtime_ns):
            return True
        self._drop(name)
        clean = self._cleaner(name)
        try:
            with found.path.open("rb") as file:
                if clean:
                    line = self._write_bytes(name, _time(found.mtime_ns), clean(file.read()))
                    watch.add(found.size_bytes)
                else:
                    line = self._stream(name, found, file, watch)
        except FileNotFoundError:
            return False
        line["mtime_ns"] = found.mtime_ns
        self._packed[name] = _Packed(found, self._zip.infolist()[-1], line)
        return line["size_bytes"] == found.size_bytes or clean is not None

    def _cleaner(self, name: str) -> Any:
        if name == JOURNAL:
            return self._privacy.of_journal
        is_text = name == MANIFEST or (name.startswith(f"{SNAPSHOTS}/") and name.endswith(".json"))
        return self._privacy.of_json if is_text else None

    def _drop(self, name: str) -> None:
        packed = self._packed.pop(name, None)
        if packed:
            self._zip.filelist.remove(packed.info)
            self._zip.NameToInfo.pop(packed.info.filename)

    def _stream(self, name: str, found: Found, file: BufferedReader, watch: Watch) -> dict[str, Any]:
        from blake3 import blake3

        hasher = blake3()
        left = found.size_bytes
        with self._zip.open(_info(name, _time(found.mtime_ns), found.size_bytes), "w") as packing:
            while left:
                count = file.readinto(self._buffer[: min(left, _BLOCK)])
                if not count:
                    break
                block = self._buffer[:count]
                packing.write(block)
                hasher.update(block)
                left -= count
                watch.add(count)
        return {"name": name, "size_bytes": found.size_bytes - left, "blake3": hasher.hexdigest()}

    def _write_bytes(self, name: str, time: datetime, content: bytes) -> dict[str, Any]:
        from blake3 import blake3

        with self._zip.open(_info(name, time, len(content)), "w") as packing:
            packing.write(content)
        return {"name": name, "size_bytes": len(content), "blake3": blake3(content).hexdigest()}

    def _list(self) -> bytes:
        header = {
            "format": LIST_FORMAT,
            "made_with": __version__,
            "kind": self._project.kind,
            "slim": self._slim,
            "files": [packed.line for packed in self._packed.values()],
        }
        return (json.dumps(header, ensure_ascii=False, indent=1) + "\n").encode()

    def _journal_bytes(self) -> int:
        """It only ever grows, so its length says whether it changed."""
        with suppress(FileNotFoundError):
            return (self._directory / JOURNAL).stat().st_size
        return 0


@contextmanager
def _beside(out: Path) -> Iterator[BinaryIO]:
    """A file that becomes ``out`` when the block ends, and is gone if it raises."""
    half = out.with_name(f"{HALF_EXPORT}{secrets.token_hex(6)}.part")
    with storage(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        clean_half_exports(out.parent)
        try:
            with half.open("x+b", buffering=0) as file:
                _lock(file)
                yield file
                os.fsync(file.fileno())
            half.replace(out)
            sync_folder(out.parent)
        finally:
            half.unlink(missing_ok=True)


def _lock(file: BinaryIO) -> bool:
    """True if this process has the file now; the lock goes with the process. (Windows guards open files itself.)"""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _watch(files: dict[str, Found], tell: Tell | None, stop: threading.Event | None) -> Watch:
    total_bytes = sum(found.size_bytes for found in files.values())
    watch = Watch(total_bytes, tell and (lambda done, total: tell(min(done, total), total)), stop)
    watch.add(0)
    return watch


def _check(files: dict[str, Found], journal: Journal) -> None:
    """Raises BadInput for a project whose archive no import would take."""
    if len(files) >= MOST_ENTRIES:
        raise BadInput(f"The project has {len(files):,} files; an archive holds {MOST_ENTRIES:,}. Clean up its takes.")
    for name in files:
        fault = fault_in(name)
        if fault:
            raise BadInput(
                f"{shown(name)} cannot be sent to other computers: it {fault}. Rename it, then export again."
            )
    try:
        check_apart(files)
        check_own_places(files, journal.names())
    except ArchiveRefused as error:
        raise BadInput(
            f"The project cannot be sent to other computers. {error} Rename one, then export again."
        ) from error


def _name_of(found: Found) -> str:
    return normal("NFC", found.name)


def _is_recorded(found: Found, line: Checkpoint) -> bool:
    return (found.size_bytes, found.mtime_ns) == (line.size_bytes, line.mtime_ns)


def _can_be_made_again(found: Found, line: Checkpoint) -> bool:
    """Made by a step and not touched since. Texts stay: they are small, and people read and edit them."""
    return line.origin == "made" and _is_recorded(found, line) and not _is_text(found.name)


def _is_text(name: str) -> bool:
    return Path(name).suffix.lower() in _TEXTS


def _time(mtime_ns: int) -> datetime:
    with suppress(OverflowError, ValueError, OSError):
        return min(max(datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC), _EARLIEST), _LATEST)
    return _EARLIEST


def _info(name: str, time: datetime, size_bytes: int) -> zipfile.ZipInfo:
    """Times are UTC in the DOS field (the same bytes anywhere) and exact in Info-ZIP's."""
    info = zipfile.ZipInfo(name, time.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED if _is_text(name) else zipfile.ZIP_STORED
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    info.file_size = size_bytes
    seconds = int(time.timestamp())
    if seconds < 1 << 31:
        info.extra = struct.pack("<2HBl", 0x5455, 5, 1, seconds)
    return info
