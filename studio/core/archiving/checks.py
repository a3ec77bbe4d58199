"""What an archive may not contain, decided from its table of contents before a byte is written.

Rejected, never mended: an archive that had to be cleaned is one that somebody prepared. What is refused is what
Python's ``zipfile`` lets through (backslashes, drives, reserved names, names that fall together on Windows or macOS,
ratio bombs) and what no program should: paths out of the folder, links, devices.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence

from studio.core.archiving.entries import Entry, shown
from studio.core.content import SNAPSHOTS
from studio.core.project import MANIFEST
from studio.core.session import JOURNAL, TAKES, TMP
from studio.errors import ArchiveRefused
from studio.model.letters import normal

_DEEPEST = 20
_LONGEST_PART_BYTES = 255
_LONGEST_BYTES = 1024
_RATIO_FROM_BYTES = 100 << 20
"""Below this nobody is harmed: a silent minute packs 1000:1 and is honest."""
_MOST_RATIO = 250
_TOTAL_FROM_BYTES = 256 << 20
_MOST_TOTAL_RATIO = 100
_MOST_TOTAL_BYTES = 2 << 40

_NUL = re.compile("\x00")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_HIDING = re.compile("[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BACKSLASH = re.compile(r"\\")
_ABSOLUTE = re.compile("^/")
_DRIVE = re.compile("^[A-Za-z]:")
_COLON = re.compile(":")
_SUSPECT = re.compile("|".join(p.pattern for p in (_CONTROL, _HIDING, _BACKSLASH, _ABSOLUTE, _COLON)))
_BACKSLASH_WORDS = (
    "has backslashes in its name: an old program packed this archive. Unpack it, zip the folder with Explorer or "
    "Finder, and import that"
)
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_FILES = {MANIFEST, JOURNAL, "story.json", "shots.json", "scene_graph.json", "sheets.json", "film.mp4", "film.srt"}
_FOLDERS = {
    TAKES, TMP, SNAPSHOTS, "sheets", "images", "videos", "narration", "sounds", "standins", "source", "audio", "stems",
    "checks", "voices", "transcriptions", "translations", "final_videos", "mixed_videos",
}  # fmt: skip
"""What stands at the top of projects, as the steps call it."""
_ONLY_WINDOWS = re.compile('[<>"|?*]')


def fault_in(name: str) -> str | None:
    """Why no file of a project may be called ``name`` (a relative POSIX path), or None if it may."""
    if not name:
        return "has no name"
    fault = _fault_in_letters(name)
    if fault:
        return fault
    parts = name.split("/")
    if len(parts) > _DEEPEST:
        return f"lies {len(parts)} folders deep; {_DEEPEST} is the most"
    if len(name.encode()) > _LONGEST_BYTES:
        return "has a name that is too long"
    for part in parts:
        fault = _fault_in_part(part)
        if fault:
            return fault
    return None


def check_entries(entries: Sequence[Entry], archive_bytes: int) -> None:
    """Raises ArchiveRefused for the first entry that may not be unpacked, with the reason."""
    for entry in entries:
        _check_kind(entry)
        fault = fault_in(entry.name.removesuffix("/"))
        if fault:
            raise ArchiveRefused(f"The archive was refused: {shown(entry.name)} {fault}.")
        if entry.size_bytes > _RATIO_FROM_BYTES and entry.size_bytes > _MOST_RATIO * max(1, entry.packed_bytes):
            raise ArchiveRefused(
                f"The archive was refused: {shown(entry.name)} would grow from {entry.packed_bytes:,} to "
                f"{entry.size_bytes:,} bytes, which is how archive bombs are built."
            )
    total_bytes = sum(entry.size_bytes for entry in entries)
    if total_bytes > _MOST_TOTAL_BYTES or (
        total_bytes > _TOTAL_FROM_BYTES and total_bytes > _MOST_TOTAL_RATIO * archive_bytes
    ):
        raise ArchiveRefused(
            f"The archive was refused: it would grow from {archive_bytes:,} to {total_bytes:,} bytes, "
            "which is how archive bombs are built."
        )
    check_apart(entry.name for entry in entries)


def check_apart(names: Iterable[str]) -> None:
    """Raises ArchiveRefused if two names mean one file on some system, or a file is a folder elsewhere."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    listed: set[str] = set()
    for name in names:
        plain = name.removesuffix("/")
        folder, _, _ = name.rpartition("/")
        _check_folders(folder, folders)
        key = _folded(plain)
        if key in listed:
            twin = files.get(key) or folders.get(key) or plain
            why = "stands in it twice" if twin == plain else f"and {shown(twin)} are one file on Windows and macOS"
            raise ArchiveRefused(f"The archive was refused: {shown(plain)} {why}.")
        listed.add(key)
        if not name.endswith("/"):
            files[key] = plain
    for key in files.keys() & folders.keys():
        raise ArchiveRefused(f"The archive was refused: {shown(files[key])} is both a file and a folder in it.")


def check_own_places(files: Iterable[str], recorded: Iterable[str]) -> None:
    """Raises ArchiveRefused for a file where a project has a folder, or the other way: nothing could work in it."""
    own_folders = _FOLDERS | _folders_of(recorded)
    own_files = _FILES.union(recorded)
    for name in files:
        if name in own_folders or name.lower() in _FOLDERS:
            raise ArchiveRefused(f"The archive was refused: {shown(name)} is a file in it, and a folder in a project.")
    for name in sorted(_folders_of(files)):
        if name in own_files or name.lower() in _FILES:
            raise ArchiveRefused(f"The archive was refused: {shown(name)} is a folder in it, and a file in a project.")


def _check_folders(folder: str, folders: dict[str, str]) -> None:
    while folder:
        key = _folded(folder)
        known = folders.get(key)
        if known == folder:
            return
        folders[key] = folder
        if known is not None:
            raise ArchiveRefused(
                f"The archive was refused: the folders {shown(folder)} and {shown(known)} are one on Windows and macOS."
            )
        folder, _, _ = folder.rpartition("/")


def _folders_of(names: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _folded(name: str) -> str:
    if name.isascii():
        return name.lower()
    return normal("NFC", normal("NFC", name).casefold())


def _fault_in_letters(name: str) -> str | None:
    faults = (
        (_NUL, "has a NUL in its name, which hides what follows"),
        (_CONTROL, "has control characters in its name"),
        (_HIDING, "has characters in its name that hide or turn letters round"),
        (_BACKSLASH, _BACKSLASH_WORDS),
        (_ABSOLUTE, "has an absolute path, which leads out of the project"),
        (_DRIVE, "names a drive, which leads out of the project"),
        (_COLON, "has a colon in its name, which Windows reads as something else"),
    )
    if os.name != "nt" and not _SUSPECT.search(name):
        return None
    for pattern, words in faults:
        if pattern.search(name):
            return words
    if os.name == "nt" and _ONLY_WINDOWS.search(name):
        return "has a character in its name that Windows refuses"
    return None


def _fault_in_part(part: str) -> str | None:
    if part == "..":
        return "has “..” in its path, which leads out of the project"
    if part in ("", "."):
        return "has an empty step in its path"
    if part[-1] in ". ":
        return "ends with a dot or a space, which Windows drops"
    if _RESERVED.fullmatch(part):
        return "has a name that Windows keeps for devices"
    if len(part.encode()) > _LONGEST_PART_BYTES:
        return "has a name that is too long"
    return None


def _check_kind(entry: Entry) -> None:
    kind = stat.S_IFMT(entry.attributes >> 16)
    is_folder = entry.name.endswith("/")
    if kind == stat.S_IFLNK:
        raise ArchiveRefused(f"The archive was refused: {shown(entry.name)} is a link; only files are taken.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveRefused(f"The archive was refused: {shown(entry.name)} is a device or pipe; only files are taken.")
    if (kind == stat.S_IFDIR and not is_folder) or (kind == stat.S_IFREG and is_folder):
        raise ArchiveRefused(f"The archive was refused: {shown(entry.name)} is called a file and a folder.")
    if is_folder and entry.size_bytes:
        raise ArchiveRefused(f"The archive was refused: the folder {shown(entry.name)} has a content.")
