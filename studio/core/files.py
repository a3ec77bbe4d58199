"""Files that are whole or absent: atomic writes, content hashes, safe names.

Promised: after ``write_whole`` or ``publish`` returns, the file survives a power cut, whole; before that, what
stood there before stands. Not promised: that a disk which lies about fsync keeps the promise.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath

from studio.errors import BadInput, StorageFailed
from studio.model.letters import normal

_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
_HALF = ".new"
_MAX_NAME = 120
_MAX_NAME_BYTES = 200
"""File systems take 255 bytes (not letters) a name; the rest is for endings: ``~20250803-…``, ``_export.zip``."""
_DISK_WORDS = {
    errno.ENOSPC: "the disk is full; make room and run again",
    errno.EDQUOT: "your disk quota is used up; make room and run again",
    errno.EROFS: "the disk is read-only; choose another folder with --sessions",
    errno.EACCES: "you may not write there; choose another folder with --sessions",
    errno.EPERM: "you may not write there; choose another folder with --sessions",
    errno.EEXIST: "a file stands where a folder is needed; move it away and run again",
    errno.ENOTDIR: "a file stands where a folder is needed; move it away and run again",
    errno.EISDIR: "a folder stands where a file is needed; move it away and run again",
    errno.ENOTEMPTY: "a folder stands where a file is needed; move it away and run again",
    errno.ENAMETOOLONG: "its name is too long for this disk; choose a shorter one",
    errno.ELOOP: "links lead in a circle there; remove them and run again",
    errno.EFBIG: "the file would be larger than this disk takes",
    errno.EIO: "the disk reports a fault; copy your projects to another disk",
}


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn a disk's refusal inside the block into ``StorageFailed`` with what to do about it."""
    try:
        yield
    except OSError as error:
        words = _DISK_WORDS.get(error.errno or 0)
        if words is None:
            raise
        raise StorageFailed(f"{path} could not be written: {words}. What was finished is kept.") from error


def digest_of(path: Path) -> str:
    """BLAKE3 of the file's content in hex (64 characters); read in blocks, never whole."""
    from blake3 import blake3

    hasher = blake3()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            hasher.update(block)
    return hasher.hexdigest()


def sync_file(path: Path) -> None:
    """Force the file's content to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Force the folder's entries (renames) to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_inside(name: str) -> bool:
    """True if ``name`` is a relative POSIX path that stays in its folder."""
    if os.name == "nt" and ("\\" in name or ":" in name):  # elsewhere they are letters: ``Notes 12:30.txt``
        return False
    if "\0" in name or ".." in name.replace("\\", "/").split("/"):
        return False
    return not any(part in ("", ".") for part in name.split("/"))


def place_in(directory: Path, name: str) -> Path:
    """Where ``name`` may be written or removed in the project.

    Raises BadInput if it leads out of the project, or if a folder on the way is a link, wherever that leads.
    """
    if not is_inside(name):
        raise BadInput(f"{name[:200]} leads out of {directory.name}: nothing is written or removed there.")
    link = linked_folder(directory, name)
    if link:
        raise BadInput(
            f"{link} in {directory.name} is a link to another place: nothing is written or removed there. Put a folder in "
            "the place of that link and try again."
        )
    return directory / name


def linked_folder(directory: Path, name: str) -> str:
    """The first folder on the way from ``directory`` to ``name`` that is a link; empty if none is."""
    folders = reversed(PurePosixPath(name).parents[:-1])
    return next((str(folder) for folder in folders if _is_link(directory / folder)), "")


def _is_link(folder: Path) -> bool:
    """True for a symbolic link and, on Windows, for a junction: it stands elsewhere than where it is called."""
    if os.name != "nt":
        return folder.is_symlink()
    return folder.exists() and folder.resolve() != folder.parent.resolve() / folder.name


def publish(finished: Path, place: Path) -> None:
    """Move ``finished`` (already synced) to ``place`` in one step, replacing what stands there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    finished.replace(place)
    sync_folder(place.parent)


def stand_also_at(aside: Path, place: Path) -> None:
    """The file at ``place`` stands at ``aside`` as well, so that the next one can take its place with nothing between.

    A link, and a file where each can have one name only, is moved.
    """
    if not place.is_symlink():
        aside.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        with suppress(OSError):
            os.link(place, aside)
            sync_folder(aside.parent)
            return
    publish(place, aside)


def write_whole(path: Path, content: bytes) -> None:
    """``path`` holds exactly ``content``; a crash leaves the old content or the new, never a part.

    Raises StorageFailed when the disk refuses.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_HALF}")
    with storage(path):
        try:
            with beside.open("xb") as file:  # never through a link that stands there
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            publish(beside, path)
        finally:
            beside.unlink(missing_ok=True)


def remove_halves(path: Path) -> None:
    """What processes that were killed while they wrote ``path`` left beside it is gone; nobody may be writing it now."""
    for half in path.parent.glob(f".{glob.escape(path.name)}.*{_HALF}"):
        with storage(half):
            half.unlink(missing_ok=True)


def safe_name(text: str) -> str:
    """A folder name that every system accepts: letters of any script, digits, ``-`` and ``_``; may be empty.

    None begins with ``-``: a command would take it for an option.
    """
    kept = "".join(c for c in normal("NFC", text) if c.isalnum() or c in " -_" or _is_mark(c))
    name = _shortened(re.sub(r"\s+", "_", kept.strip()), _MAX_NAME, _MAX_NAME_BYTES).lstrip("-_").rstrip("_")
    return f"{name}_" if name.upper() in _RESERVED else name


def automatic_name(stem: str, now: datetime) -> str:
    """``stem`` made safe, with the time behind it: ``Tutorial_Video_20250803_181102``."""
    stamp = now.strftime("%Y%m%d_%H%M%S")
    room = len(stamp) + 1
    return f"{_shortened(safe_name(stem), _MAX_NAME - room, _MAX_NAME_BYTES - room) or 'session'}_{stamp}"


def free_name(folder: Path, name: str) -> str:
    """``name``, or ``name-2``, ``name-3`` … : the first that does not stand in ``folder``, not even as a dead link."""
    candidate, number = name, 1
    while os.path.lexists(folder / candidate):
        number += 1
        candidate = f"{name}-{number}"
    return candidate


def _shortened(name: str, most: int, most_bytes: int) -> str:
    """The beginning of ``name``, cut between two letters: never inside one, nor before the accents that belong to it."""
    end = min(len(name), most)
    while len(name[:end].encode()) > most_bytes:
        end -= 1
    while 0 < end < len(name) and _is_mark(name[end]):
        end -= 1
    return name[:end]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
