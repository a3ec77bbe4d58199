"""Folders of this computer that may be looked into from the window: those below the allowed roots, and no other.

A browser names a folder by its root's number and the names on the way. Each name is looked for in what the folder above
it holds at that moment: no path that came from outside is ever opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.foreign.scene_video import is_scene_video
from studio.errors import UserError

_MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that may be looked into; ``number`` counts from 0."""

    number: int
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder in a folder."""

    name: str
    is_scene_video: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds. ``parts``: the names from the root to it; ``left_out``: how many of its folders are not shown."""

    root: int
    parts: tuple[str, ...]
    is_scene_video: bool
    folders: tuple[Entry, ...]
    left_out: int


def roots(allowed: Sequence[Path]) -> tuple[Root, ...]:
    """The allowed folders that are there."""
    return tuple(Root(number, str(path)) for number, path in enumerate(allowed) if path.is_dir())


def listing(allowed: Sequence[Path], root: int, parts: Sequence[str]) -> Listing:
    """The folders in the folder that is named. Raises UserError if there is none of these names."""
    place = chosen(allowed, root, parts)
    inside = dict(_folders(place, allowed[root].resolve()))
    shown = sorted(inside, key=lambda name: (name.casefold(), name))[:_MOST_SHOWN]
    entries = tuple(Entry(name, is_scene_video(inside[name])) for name in shown)
    return Listing(root, tuple(parts), is_scene_video(place), entries, len(inside) - len(shown))


def chosen(allowed: Sequence[Path], root: int, parts: Sequence[str]) -> Path:
    """The folder itself. Raises UserError if there is none of these names, or it may not be looked into."""
    if not 0 <= root < len(allowed) or not allowed[root].is_dir():
        raise UserError("This folder may not be looked into. Settings says which may.")
    top = place = allowed[root].resolve()
    for part in parts:
        found = dict(_folders(place, top)).get(part)
        if found is None:
            raise UserError(f"{place.name or place} has no folder of that name any more: look again.")
        place = found
    return place


def noted(allowed: Sequence[Path], root: int, parts: Sequence[str]) -> dict[str, Any]:
    """The choice itself as JSON values, to be made again later (``chosen_again``)."""
    return {"top": str(allowed[root]), "parts": list(parts)}


def chosen_again(allowed: Sequence[Path], note: Mapping[str, Any]) -> Path:
    """The folder of a choice that was ``noted``, looked for anew: what stands there may have been replaced meanwhile.

    Raises UserError as ``chosen`` does.
    """
    tops = [str(path) for path in allowed]
    return chosen(allowed, tops.index(note["top"]) if note.get("top") in tops else -1, note.get("parts", ()))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8: no answer over HTTP could hold them
        return False
    return True


def _folders(place: Path, top: Path) -> Iterator[tuple[str, Path]]:
    """Folders in ``place`` that are not hidden, have a name that can be written, and do not lead out of ``top``, by
    name, as they are."""
    try:
        with os.scandir(place) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith((".", "$")) and _is_text(entry.name)]
    except OSError as error:
        raise UserError(f"{place.name or place} cannot be looked into: {error.strerror or error}.") from error
    for name in names:
        try:
            path = (place / name).resolve()
            if path.is_dir() and path.is_relative_to(top):
                yield name, path
        except (OSError, RuntimeError):  # a link to itself, or a folder that is closed to us
            continue
