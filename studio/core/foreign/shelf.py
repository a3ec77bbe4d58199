"""Files of an old session, found again however their paths were written down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from studio.errors import StudioError
from studio.model.letters import normal

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
CLIPS = (".mp4", ".webm", ".mov", ".mkv", ".gif")
SOUNDS = (".wav", ".mp3", ".m4a", ".ogg", ".flac")
Verify = Callable[[Path], object]
"""Raises a StudioError, OSError or ValueError if the file is torn."""
_NUMBERED = re.compile(r"^(?:shot|image|img|video|clip|narration|audio|scene)?[_ -]*0*(\d{1,6})(?!\d)", re.IGNORECASE)


class Shelf:
    """Every file of the session once, by path, by tail and by shot number; nothing outside it is ever found."""

    def __init__(self, root: Path) -> None:
        self._root = root
        files = sorted((path for path in root.rglob("*") if _is_own_file(path, root)), key=lambda path: path.as_posix())
        self._files = files
        self._by_tail = {path.relative_to(root).as_posix().casefold(): path for path in files}
        self._by_number: dict[tuple[int, str], list[Path]] = {}
        for path in files:
            number = _NUMBERED.match(path.name)
            if number and path.suffix.lower() in (*PICTURES, *CLIPS, *SOUNDS):
                self._by_number.setdefault((int(number.group(1)), path.suffix.lower()), []).append(path)

    def find(self, written: str) -> Path | None:
        """The file whose path in the session is the longest tail of ``written``, or None."""
        parts = [part for part in re.split(r"[\\/]+", written.strip().casefold()) if part not in ("", ".")]
        tails = ("/".join(parts[n:]) for n in range(max(0, len(parts) - 4), len(parts)))
        return next((self._by_tail[tail] for tail in tails if tail in self._by_tail), None)

    def of(self, number: int, endings: Sequence[str]) -> list[Path]:
        """Files named after shot ``number``: its plain name first, then variations by name."""
        found = [path for ending in endings for path in self._by_number.get((number, ending), ())]
        return sorted(found, key=lambda path: (len(path.stem), path.as_posix()))

    def under(self, folder: str) -> list[Path]:
        """Files in ``folder`` (a path in the session) and below it."""
        place = self._root / folder
        return [path for path in self._files if path.is_relative_to(place)]

    def sounds(self) -> list[Path]:
        return [path for path in self._files if path.suffix.lower() in SOUNDS]

    def media(self) -> list[Path]:
        return [path for path in self._files if path.suffix.lower() in (*PICTURES, *CLIPS)]


def fault_of(path: Path, verify: Verify) -> str:
    """Why the file cannot be used, by ``verify``, which raises; empty if it is whole."""
    try:
        if path.stat().st_size == 0:
            return "the file is empty"
        verify(path)
    except (StudioError, OSError, ValueError) as error:
        return str(error) or type(error).__name__
    return ""


def apart(files: Iterable[Path], taken: Iterable[str]) -> dict[str, Path]:
    """The files by a name of their own each: ``still.png``, ``still-2.png``; none of ``taken``, in any case."""
    used = {_plain(name) for name in taken}
    named: dict[str, Path] = {}
    for file in dict.fromkeys(files):
        name, number = file.name, 1
        while _plain(name) in used:
            number += 1
            name = f"{file.stem}-{number}{file.suffix}"
        used.add(_plain(name))
        named[name] = file
    return named


def _plain(name: str) -> str:
    """Equal for names that some file system takes for the same."""
    return normal("NFC", name).casefold()


def _is_own_file(path: Path, root: Path) -> bool:
    """False for folders and for links that lead out of the session."""
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except OSError:
        return False


def text_of(value: object) -> str:
    """``value`` without the space around it if it is a text, else nothing."""
    return value.strip() if isinstance(value, str) else ""


def whole_objects(text: str) -> list[Mapping[str, object]]:
    """The objects at the beginning of a torn JSON list."""
    decoder = json.JSONDecoder()
    at = text.find("[") + 1
    found: list[Mapping[str, object]] = []
    while at > 0:
        at = next((n for n in range(at, len(text)) if text[n] not in " \t\n,"), -1)
        try:
            value, at = decoder.raw_decode(text, at) if at >= 0 else (None, -1)
        except (ValueError, RecursionError):
            break
        if not isinstance(value, dict):
            break
        found.append(value)
    return found
