"""The files of a scene-video directory, listed once, without opening one; nothing outside it is ever among them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from studio.core.foreign.findings import Finding
from studio.core.foreign.own import must_be_foreign
from studio.core.foreign.scene_video_names import FIRST_FRAMES, STAMP, Named, named, shown
from studio.core.foreign.shelf import PICTURES
from studio.errors import BadInput

_MOST_ENTRIES = 20_000
_DEEPEST = 3
"""``scene_1_all_vid_…/first_frame/`` is the deepest folder of the old program."""
_MARKS = ("scenes_", "scene_metadata_no_env", "scene_physical_environment")


@dataclass(frozen=True, slots=True)
class File:
    """A file as listed. ``name`` is relative, with ``/``; ``said`` is what its own name says."""

    path: Path
    name: str
    said: Named
    modified_ns: int

    @property
    def folder(self) -> str:
        """Relative folder, empty for the directory itself."""
        return self.name.rpartition("/")[0]

    @property
    def folder_scene(self) -> int | None:
        """The scene that the folder is named after."""
        return named(self.folder.partition("/")[0], is_folder=True).scene if self.folder else None

    @property
    def is_first_frame(self) -> bool:
        """True for a picture, of whatever name, in the folder of first frames of a scene."""
        deeper = self.folder.partition("/")[2]
        return deeper.casefold() == FIRST_FRAMES and self.path.suffix.lower() in PICTURES


@dataclass(frozen=True, slots=True)
class Files:
    """``names`` are of everything that is there, folders with ``/``; ``left_out`` says what was not listed, and why."""

    files: tuple[File, ...]
    names: tuple[str, ...]
    left_out: tuple[Finding, ...]


def is_scene_video(directory: Path) -> bool:
    """True if ``directory`` looks like one of the older scene-video program, and is no project of the studio."""
    try:
        with os.scandir(directory) as entries:
            return _looks_alike(directory, entries)
    except OSError:
        return False


def tells_scene_video(directory: str, entries: Iterable[tuple[str, bool]]) -> bool:
    """True for a directory named like one, or with one of its files, by the names in it and whether each is a folder."""
    has_name = directory.startswith("video_") and STAMP.search(directory) is not None
    has_work = False
    for name, is_folder in entries:
        if name in ("checkpoints.jsonl", "metadata.json"):
            return False
        said = named(name, is_folder=is_folder)
        is_film = said.kind in ("scene", "clip", "final", "narration_text", "narration_audio", "narration_adjusted")
        is_clips = said.kind == "folder" and said.scene is not None and "_all_vid" in name
        is_words = name.endswith(".json") and name.startswith(_MARKS)
        has_work = has_work or is_film or is_clips or is_words or (has_name and name.endswith(".json"))
    return has_work


def scene_video_in(directory: Path) -> Path:
    """``directory``, or the only scene-video directory in it, as an unpacked ZIP has it.

    Raises BadInput if there is none, or more than one.
    """
    if not directory.is_dir():
        raise BadInput(f"There is no folder {shown(str(directory))}.")
    if "_all_vid" in directory.name and named(directory.name, is_folder=True).scene is not None:
        raise BadInput(f"{shown(directory.name)} holds the clips of one scene; choose the folder that it stands in.")
    place = directory
    for _ in range(_DEEPEST + 1):
        must_be_foreign(place)
        if is_scene_video(place):
            return place
        folders = _folders_in(place)
        inside = [path for path in folders if is_scene_video(path)]
        if len(inside) > 1:
            names = ", ".join(shown(path.name) for path in inside[:5]) + (" …" if len(inside) > 5 else "")
            raise BadInput(f"{shown(place.name)} holds {len(inside)} scene videos; choose one of them: {names}.")
        if len(inside or folders) != 1:
            break
        place = (inside or folders)[0]
    raise BadInput(
        f"{shown(directory.name or str(directory))} holds no scenes, no clips and no narration: it is no directory of the "
        "scene-video program."
    )


def list_files(root: Path) -> Files:
    """Every plain file of ``root``, sorted by name. Raises BadInput if there are too many for one film."""
    lister = _Lister(root)
    lister.walk(root, "", 0)
    files = tuple(sorted(lister.files, key=lambda file: file.name))
    return Files(files, tuple(sorted(lister.names)), tuple(lister.left_out))


class _Lister:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[File] = []
        self.names: list[str] = []
        self.left_out: list[Finding] = []

    def walk(self, folder: Path, prefix: str, depth: int) -> None:
        try:
            with os.scandir(folder) as entries:
                found = sorted(islice(entries, _MOST_ENTRIES + 1), key=lambda entry: entry.name)
        except OSError as error:
            self._leave_out(prefix.rstrip("/") or ".", f"the folder cannot be read: {error.strerror or error}")
            return
        for entry in found:
            self._add(entry, f"{prefix}{entry.name}", depth)

    def _add(self, entry: os.DirEntry[str], name: str, depth: int) -> None:
        if len(self.names) >= _MOST_ENTRIES:
            raise BadInput(
                f"{shown(self.root.name)} holds more than {_MOST_ENTRIES} files: it is no single scene video."
            )
        if entry.is_dir(follow_symlinks=False):
            self.names.append(f"{name}/")
            if depth < _DEEPEST and not _is_junk(entry.name):
                self.walk(Path(entry.path), f"{name}/", depth + 1)
            return
        self.names.append(name)
        try:
            reason, facts = self._refusal(entry), entry.stat(follow_symlinks=True)
        except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError
            reason, facts = f"it cannot be read: {getattr(error, 'strerror', None) or 'it is a link to itself'}", None
        if reason or facts is None:
            self._leave_out(name, reason)
        elif not entry.name.startswith("."):
            self.files.append(File(Path(entry.path), name, named(entry.name), facts.st_mtime_ns))

    def _refusal(self, entry: os.DirEntry[str]) -> str:
        """Why the entry is no file of this directory; empty if it is one. OSError for a link to nothing."""
        if entry.is_symlink() and not Path(entry.path).resolve(strict=True).is_relative_to(self.root):
            return "it is a link that leads out of the directory; it is not followed"
        return "" if entry.is_file() else "it is no plain file (a pipe, a device, a link to a folder); it is not opened"

    def _leave_out(self, name: str, reason: str) -> None:
        self.left_out.append(Finding(shown(name), reason))


def _looks_alike(directory: Path, entries: Iterator[os.DirEntry[str]]) -> bool:
    listed = ((entry.name, entry.is_dir(follow_symlinks=False)) for entry in islice(entries, _MOST_ENTRIES))
    return tells_scene_video(directory.name, listed)


def _folders_in(directory: Path) -> list[Path]:
    try:
        with os.scandir(directory) as entries:
            found = list(islice(entries, _MOST_ENTRIES))
    except OSError:
        return []
    folders = (entry for entry in found if entry.is_dir(follow_symlinks=False) and not _is_junk(entry.name))
    return sorted(Path(entry.path) for entry in folders)


def _is_junk(name: str) -> bool:
    """True for what file managers and archivers leave behind."""
    return name.startswith((".", "__"))
