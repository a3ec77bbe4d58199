"""Names of the files in a scene-video directory: what an old name says, and the old name of a file still to be made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from studio.core.foreign.shelf import PICTURES, SOUNDS

NameKind = Literal[
    "scene", "clip", "sound", "first_frame", "last_frame", "folder", "narration_text", "narration_audio",
    "narration_adjusted", "final", "script", "other",
]  # fmt: skip

FIRST_FRAMES = "first_frame"
STAMP = re.compile(r"(?<![0-9])([0-9]{8}_[0-9]{6})(?![0-9])")
_SCENE = re.compile(r"^scene[_ -]0*([0-9]{1,6})(?![0-9])(.*)$", re.IGNORECASE | re.DOTALL)
_CLIP = re.compile(r"^[_ -]vid[_ -]?0*([0-9]{1,4})(?![0-9])", re.IGNORECASE)
_WHOLE_FILM: tuple[tuple[NameKind, re.Pattern[str], tuple[str, ...]], ...] = (
    ("narration_adjusted", re.compile(r"^narration_audio_adjusted(?![a-z])", re.IGNORECASE), SOUNDS),
    ("narration_audio", re.compile(r"^narration_audio(?![a-z])(?!_adjusted)", re.IGNORECASE), SOUNDS),
    ("narration_text", re.compile(r"^narration_text(?![a-z])", re.IGNORECASE), (".txt",)),
    ("final", re.compile(r"^final_video(?![a-z])", re.IGNORECASE), (".mp4",)),
    ("script", re.compile(r"^random_script(?![a-z])(?!_elements)", re.IGNORECASE), (".txt",)),
)  # fmt: skip
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_FORMAT = "%Y%m%d_%H%M%S"
_NO_STAMP = "20000101_000000"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says. ``scene`` and ``clip`` are None where it does not say them; ``stamp`` empty likewise,
    and where it is no moment."""

    kind: NameKind
    scene: int | None = None
    clip: int | None = None
    stamp: str = ""


def named(name: str, *, is_folder: bool = False) -> Named:
    """What the name of a file or folder says; ``scene_10_…`` is never a file of scene 1."""
    stamp = moment_in(name)
    if is_folder:
        scene = _SCENE.match(name)
        return Named("folder", int(scene.group(1)) if scene else None, None, stamp)
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    scene = _SCENE.match(name)
    if scene:
        return _of_scene(int(scene.group(1)), scene.group(2), ending, stamp)
    for kind, pattern, endings in _WHOLE_FILM:
        if pattern.match(name) and ending in endings:
            return Named(kind, stamp=stamp)
    return Named("other", stamp=stamp)


def _of_scene(number: int, rest: str, ending: str, stamp: str) -> Named:
    clip = _CLIP.match(rest)
    clip_number = int(clip.group(1)) if clip else None
    words = rest.lower()
    if ending == ".mp4":
        return Named("clip" if clip else "scene", number, clip_number, stamp)
    if ending in SOUNDS and "sound" in words:
        return Named("sound", number, None, stamp)
    if ending in PICTURES and "last_frame" in words:
        return Named("last_frame", number, clip_number, stamp)
    if ending in PICTURES and "first_frame" in words:
        return Named("first_frame", number, None, stamp)
    return Named("other", number, clip_number, stamp)


def stamp_in(name: str) -> str:
    """The first ``YYYYMMDD_HHMMSS`` in ``name``, be it a moment or not; empty if there is none."""
    found = STAMP.search(name)
    return found.group(1) if found else ""


def moment_in(name: str) -> str:
    """The first timestamp in ``name``, if it is a moment of these centuries; empty if not."""
    stamp = stamp_in(name)
    try:
        is_moment = 1900 <= _moment(stamp).year < 2200
    except ValueError:
        return ""
    return stamp if is_moment else ""


def stamp_of(directory: str, documents: Iterable[str], names: Iterable[str]) -> str:
    """The timestamp of the whole directory: its own, that of its scenes file, else the most frequent one in it."""
    for name in (directory, *documents):
        if moment_in(name):
            return moment_in(name)
    counted = Counter(stamp for name in names if (stamp := moment_in(name)))
    return min(counted, key=lambda stamp: (-counted[stamp], stamp)) if counted else _NO_STAMP


def shown(name: str) -> str:
    """``name`` as text that every screen and file takes: control characters, and bytes that are no UTF-8, as ``\\xff``."""
    return _UNSHOWN.sub(lambda found: f"\\x{ord(found.group()) & 0xFF:02x}", name)


_Thing = tuple[bool, NameKind, int | None, int | None]


class OldNames:
    """Places in the old directory for files that are not there: the old program's names, none of them taken.

    Where a torn or older file has the name already, the new one bears a later timestamp: the old program takes the
    latest. ``taken`` and what is returned are relative paths with ``/``; folders in ``taken`` end in ``/``.
    """

    def __init__(self, stamp: str, taken: Iterable[str]) -> None:
        self._stamp = stamp
        self._taken: dict[str, str] = {}
        self._latest: dict[_Thing, str] = {}
        self._folders: dict[int, list[str]] = {}
        for name in taken:
            self._note(name)

    def clip(self, scene: int, clip: int, count: int) -> str:
        """Of a scene that has ``count`` clips."""
        number = f"_vid_{clip}" if count > 1 else ""
        return self._free(f"{self._folder(scene)}/scene_{scene}{number}_", ".mp4")

    def stitched(self, scene: int) -> str:
        return self._free(f"scene_{scene}_", ".mp4")

    def sound(self, scene: int) -> str:
        """It bears no timestamp: where the name is taken, its folder bears a later one."""
        name = f"/scene_{scene}_sound.mp3"
        place = self._folder(scene) + name
        if self._is_taken(place):
            place = self._stamped(f"scene_{scene}_all_vid_", name, self._stamp)
        return self._take(place)

    def first_frame(self, scene: int, ending: str = ".png") -> str:
        """In a folder of its own; beside the clips where that name is a file's."""
        folder = self._folder(scene)
        if self._is_taken(f"{folder}/{FIRST_FRAMES}/"):
            return self._free(f"{folder}/scene_{scene}_first_frame_", ending)
        return self._free(f"{folder}/{FIRST_FRAMES}/scene_{scene}_", ending)

    def narration_text(self) -> str:
        return self._free("narration_text_", ".txt")

    def narration_audio(self) -> str:
        return self._free("narration_audio_", ".mp3")

    def narration_adjusted(self) -> str:
        return self._free("narration_audio_adjusted_", ".mp3")

    def final(self) -> str:
        return self._free("final_video_", ".mp4")

    def scenes(self) -> str:
        return self._free("scenes_", ".json")

    def _folder(self, scene: int) -> str:
        """The scene's folder: the one of the directory's own timestamp, else the latest one that is there."""
        own = f"scene_{scene}_all_vid_{self._stamp}"
        folders = self._folders.get(scene, [])
        if own in folders:
            return own
        if not folders:
            return self._stamped(f"scene_{scene}_all_vid_", "", self._stamp)
        return max(folders, key=lambda name: (moment_in(name), name))

    def _free(self, before: str, after: str) -> str:
        """A name with a timestamp in it that is later than that of every file of the same thing."""
        latest = self._latest.get(_thing(f"{before}{self._stamp}{after}"), "")
        return self._take(self._stamped(before, after, max(self._stamp, _next(latest) if latest else "")))

    def _stamped(self, before: str, after: str, stamp: str) -> str:
        """The first free name from ``stamp`` on."""
        while self._is_taken(f"{before}{stamp}{after}"):
            stamp = _next(stamp)
        return f"{before}{stamp}{after}"

    def _is_taken(self, name: str) -> bool:
        """True if something has this name, in any case, or a file stands where its folder is to be."""
        folder = self._taken.get(name.rpartition("/")[0].casefold(), "/")
        return name.casefold() in self._taken or not folder.endswith("/")

    def _take(self, name: str) -> str:
        if "/" in name:
            self._note(name.partition("/")[0] + "/")
        self._note(name)
        return name

    def _note(self, name: str) -> None:
        """``name`` is taken."""
        plain = name.rstrip("/")
        self._taken.setdefault(plain.casefold(), name)
        if not name.endswith("/"):
            stamp, thing = moment_in(plain.rpartition("/")[2]), _thing(plain)
            self._latest[thing] = max(stamp, self._latest.get(thing, ""))
            return
        scene = named(plain, is_folder=True).scene
        if "/" not in plain and scene is not None and "_all_vid" in plain and plain not in self._folders.get(scene, []):
            self._folders.setdefault(scene, []).append(plain)


def _thing(name: str) -> _Thing:
    """What a file is of, whatever its timestamp and ending."""
    folder, _, own = name.rpartition("/")
    said = named(own)
    return bool(folder), said.kind, said.scene, said.clip


def _next(stamp: str) -> str:
    """The moment one second later."""
    return (_moment(stamp) + timedelta(seconds=1)).strftime(_FORMAT)


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _FORMAT).replace(tzinfo=UTC)
