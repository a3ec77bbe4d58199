"""What a project's folder holds, and how content gets from one place to another without being paid for twice.

Three ways, from free to dear: a *hard link* (two names, one content: only for what nobody writes into: takes), a
*reflink* (two files that share their blocks until one of them is written: safe for everything, where the file system
can: btrfs, XFS, APFS), a *copy*. The studio itself never writes into a finished file, but a person may, with another
program: so a live file is never hard-linked unless the caller asks for it.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from studio.core.files import place_in, sync_file
from studio.core.project import MANIFEST
from studio.core.session import JOURNAL, TAKES, TMP
from studio.errors import BadInput, Cancelled

SNAPSHOTS = "snapshots"
_ASIDE = frozenset({TAKES, TMP, SNAPSHOTS, MANIFEST, JOURNAL})

Tell = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""

_FICLONE = 0x40049409
_BLOCK = 4 << 20
_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES}


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a project: ``name`` is its POSIX path inside, ``links`` how many names its content has."""

    name: str
    place: str
    size_bytes: int
    mtime_ns: int
    inode: int
    links: int

    @property
    def path(self) -> Path:
        """Where it stands."""
        return Path(self.place)


class Watch:
    """Progress told to whoever asked for it, and the place where a long work notices that it was stopped."""

    def __init__(self, total_bytes: int, tell: Tell | None, stop: threading.Event | None) -> None:
        self._total_bytes = total_bytes
        self._done_bytes = 0
        self._tell = tell
        self._stop = stop

    def add(self, size_bytes: int) -> None:
        """``size_bytes`` more are done. Raises Cancelled if the work was stopped."""
        self._done_bytes += size_bytes
        if self._tell:
            self._tell(self._done_bytes, self._total_bytes)
        if self._stop and self._stop.is_set():
            raise Cancelled("Stopped; everything is as it was before.")


def files_under(folder: Path | str, prefix: str = "", *, is_copied: bool = False) -> Iterator[Found]:
    """Every regular file under ``folder``, in the order of the names; nothing that begins with a dot, no links.

    With ``is_copied`` a link is not left out but refused: BadInput.
    """
    return _walk(str(folder), prefix, frozenset(), is_copied=is_copied)


def files_aside(directory: Path, folder: str) -> Iterator[Found]:
    """The files of the project's ``folder`` of takes, save points or half-made files. Raises BadInput if it is a link."""
    place_in(directory, f"{folder}/x")
    return files_under(directory / folder, f"{folder}/")


def live_files(directory: Path, *, is_copied: bool = False) -> Iterator[Found]:
    """The files of the work itself: not the manifest, the journal, takes, save points or half-made files."""
    return _walk(str(directory), "", _ASIDE, is_copied=is_copied)


def _walk(folder: str, prefix: str, without: frozenset[str], *, is_copied: bool) -> Iterator[Found]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in without:
            continue
        try:
            facts = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
        name = prefix + entry.name
        if stat.S_ISDIR(facts.st_mode):
            yield from _walk(entry.path, name + "/", frozenset(), is_copied=is_copied)
        elif stat.S_ISREG(facts.st_mode):
            yield Found(name, entry.path, facts.st_size, facts.st_mtime_ns, facts.st_ino, facts.st_nlink)
        elif is_copied:
            kind = "a link to another place" if stat.S_ISLNK(facts.st_mode) else "a pipe or device"
            raise BadInput(f"{name} is {kind} and would be missing: put the file itself there, then try again.")


def take_place(directory: Path, name: str, digest: str) -> Path:
    """Where a take of ``name`` with that content stands."""
    return directory / TAKES / name / f"{digest[:8]}{Path(name).suffix}"


def clone(source: Path, target: Path, watch: Watch | None = None) -> None:
    """``target`` holds what ``source`` holds, on the disk, with its time; the two are independent from now on."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not _reflink(source, target):
        with source.open("rb") as reading, target.open("wb") as writing:
            _copy_all(reading.fileno(), writing.fileno(), watch)
    elif watch:
        watch.add(target.stat().st_size)
    facts = source.stat()
    os.utime(target, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    sync_file(target)


def link_or_clone(source: Path, target: Path, watch: Watch | None = None) -> None:
    """Like ``clone``, but both names are of one content where the file system allows."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        clone(source, target, watch)
    else:
        if watch:
            watch.add(target.stat().st_size)


def remove_tree(folder: Path) -> None:
    """``folder`` is gone, if it was there; of a link only the link."""
    with suppress(FileNotFoundError):
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)


def _reflink(source: Path, target: Path) -> bool:
    """True if ``target`` shares the blocks of ``source`` now (Linux; elsewhere the copy below does what it can)."""
    try:
        import fcntl
    except ImportError:
        return False
    with source.open("rb") as reading, target.open("wb") as writing:
        try:
            fcntl.ioctl(writing.fileno(), _FICLONE, reading.fileno())
        except OSError:
            return False
    return True


def _copy_all(reading: int, writing: int, watch: Watch | None) -> None:
    """Every byte, inside the kernel where it can (``copy_file_range`` shares blocks on some network disks)."""
    in_kernel = hasattr(os, "copy_file_range")
    while True:
        if in_kernel:
            try:
                count = os.copy_file_range(reading, writing, _BLOCK)
            except OSError:
                in_kernel = False
                continue
        else:
            block = os.read(reading, _BLOCK)
            count = len(block)
            while block:
                block = block[os.write(writing, block) :]
        if count == 0:
            return
        if watch:
            watch.add(count)
