"""Scenes of a scene video: what is seen in each, for how long, in how many clips. Saved as ``scenes_….json``.

The field names are those of the older scene-video program, so that its files and ours are the same to both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from studio.errors import BadInput
from studio.model.bounds import Bounds
from studio.model.story import Value

CLIP_S = 5
"""A clip lasts so long; a scene of 10 or 15 s is several."""
LENGTH_S = Bounds(1, 600, "seconds")
"""Of one scene."""
SCENE_NUMBER = Bounds(0, 10_000)
"""Old files count from 0 now and then."""
_MOST_SCENES = 1000
_OLDER_LENGTHS = {18: (9, 9)}
"""Lengths that the older program's first version cut otherwise: it asked for clips of 5 or 9 s."""
_TEXTS = (
    "scene_name", "scene_physical_environment", "scene_movement_description", "scene_emotions",
    "scene_camera_movement", "sound_effects_prompt", "artistic_style",
)  # fmt: skip


class VideoScene(Value):
    """One scene. Keys that are not named here, ``previous_scene_*`` above all, are kept and written back."""

    scene_number: int = Field(ge=SCENE_NUMBER.least, le=SCENE_NUMBER.most)
    scene_name: str = ""
    scene_physical_environment: str = ""
    scene_movement_description: str = ""
    scene_emotions: str = ""
    scene_camera_movement: str = ""
    scene_duration: int = Field(default=CLIP_S, ge=LENGTH_S.least, le=LENGTH_S.most)
    """Seconds; 5, 10 or 15 in what the studio writes."""
    sound_effects_prompt: str = ""
    artistic_style: str = ""

    @property
    def clip_lengths_s(self) -> tuple[int, ...]:
        """How long each of its clips is to be."""
        return clip_lengths_s(self.scene_duration)

    # What the studio notes of a scene that a person has edited, beside the old program's keys.

    @property
    def scene_id(self) -> int | None:
        """The number that its files bear, whatever place it has now; None: as its place says."""
        return self._noted("scene_id")

    @property
    def environment_number(self) -> int | None:
        """Its environment's place among the environments, from 1; None: nobody chose one."""
        return self._noted("scene_environment_number")

    @property
    def narration(self) -> str | None:
        """What is said over it, where a person wrote that; None: as the script has it."""
        words = (self.model_extra or {}).get("scene_narration")
        return words if isinstance(words, str) else None

    def _noted(self, key: str) -> int | None:
        number = _whole((self.model_extra or {}).get(key))
        return number if number is not None and 1 <= number <= SCENE_NUMBER.most else None


def clip_lengths_s(scene_s: int) -> tuple[int, ...]:
    """A scene's length in clips of 5 s; what is over goes to the last one: 7 is one clip, 14 is 5 and 9."""
    older = _OLDER_LENGTHS.get(scene_s)
    if older:
        return older
    count = max(1, scene_s // CLIP_S)
    return (*([CLIP_S] * (count - 1)), scene_s - CLIP_S * (count - 1))


@dataclass(frozen=True, slots=True)
class ScenesRead:
    """Scenes as a file holds them, by number, and what about it had to be mended, a sentence each."""

    scenes: tuple[VideoScene, ...] = ()
    faults: tuple[str, ...] = ()
    without_length: frozenset[int] = frozenset()
    """Numbers of scenes whose length the file does not say."""


def scene_entries(value: object) -> list[Mapping[str, object]] | None:
    """The objects with a ``scene_number`` in ``value``: a list, or ``{"scenes": […]}``; None if it is no scene data."""
    listed = listed_in(value)
    entries: list[Mapping[str, object]] = []
    entries += [entry for entry in listed if isinstance(entry, dict) and "scene_number" in entry]
    return entries if entries and len(entries) * 2 >= len(listed) else None


def listed_in(value: object) -> list[object]:
    """The list that ``value`` is, or holds under ``scenes``, by itself or inside a list of one."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) and _inner(value[0]) is not None:
        value = value[0]
    if isinstance(value, dict):
        value = _inner(value)
    if isinstance(value, dict):
        value = list(value.values())
    return value if isinstance(value, list) else []


def _inner(value: Mapping[str, object]) -> list[object] | dict[str, object] | None:
    inner = value.get("scenes")
    return inner if isinstance(inner, list | dict) else None


def scenes_from(value: object, source: str) -> ScenesRead:
    """The scenes in ``value``, numbers and lengths as numbers or as text, in the order of their numbers.

    A number that is not there is the scene's place; of two scenes with one number the first counts, unless all have
    the same: then the places count. Raises BadInput if ``value`` holds no scene.
    """
    entries = scene_entries(value)
    if not entries:
        raise BadInput(f'{source} holds no scenes: a list of objects with "scene_number" is expected.')
    if len(entries) > _MOST_SCENES:
        raise BadInput(f"{source} holds {len(entries)} scenes: more than {_MOST_SCENES} are no one film.")
    reader = _Scenes()
    numbers = [_whole(entry.get("scene_number")) for entry in entries]
    if len(entries) > 1 and len(set(numbers)) == 1:
        reader.faults.append(f"{source}: its scenes all have the same number or none, so their order counts.")
        numbers = [place for place, _ in enumerate(entries, start=1)]
    for place, (number, entry) in enumerate(zip(numbers, entries, strict=True), start=1):
        reader.add(entry, number, place, f"{source}, scene {place}", set(numbers))
    ordered = sorted(reader.scenes.values(), key=lambda scene: scene.scene_number)
    return ScenesRead(tuple(ordered), tuple(reader.faults), frozenset(reader.without_length))


class _Scenes:
    def __init__(self) -> None:
        self.scenes: dict[int, VideoScene] = {}
        self.faults: list[str] = []
        self.without_length: set[int] = set()

    def add(
        self, entry: Mapping[str, object], number: int | None, place: int, where: str, given: set[int | None]
    ) -> None:
        if number is None or SCENE_NUMBER.fault(number):
            number = next(n for n in (place, *range(1, 2 * _MOST_SCENES)) if n not in self.scenes and n not in given)
            self.faults.append(f"{where}: it has no usable number and is scene {number}.")
        if number in self.scenes:
            self.faults.append(f"{where}: scene {number} is there twice; the first counts, this one is not used.")
            return
        length_s = self._length_s(entry, number, where)
        texts = {name: _text(entry.get(name)) for name in _TEXTS}
        known = {"scene_number", "scene_duration", "model_config", *_TEXTS}
        rest = _in_utf8({key: part for key, part in entry.items() if key not in known and key.isidentifier()})
        own = {"scene_number": number, "scene_duration": length_s}
        self.scenes[number] = VideoScene.model_validate({**rest, **own, **texts})

    def _length_s(self, entry: Mapping[str, object], number: int, where: str) -> int:
        written = entry.get("scene_duration", entry.get("duration"))
        length_s = _seconds(written)
        if length_s is not None and not LENGTH_S.fault(length_s):
            return length_s
        self.without_length.add(number)
        said = "is missing" if written in (None, "") else LENGTH_S.fault(length_s, f"{written!s:.40}")
        self.faults.append(f"{where}: scene_duration {said}; {CLIP_S} s for each of its clips are taken.")
        return CLIP_S


def texts_of(value: object, key: str) -> tuple[str, ...]:
    """The texts of a list of texts, or of objects with ``key``; empty ones are left out."""
    listed: Sequence[object] = value if isinstance(value, list) else listed_in(value)
    found = [_text(entry.get(key)) if isinstance(entry, dict) else _text(entry) for entry in listed]
    return tuple(text for text in found if text)


def _text(value: object) -> str:
    """One line of text; numbers, and lists of texts, are text too."""
    if isinstance(value, list):
        value = " ".join(part for part in value if isinstance(part, str))
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value!s:.40}" if abs(value) < 10**30 else ""
    return " ".join(value.encode("utf-8", "replace").decode().split()) if isinstance(value, str) else ""


def _in_utf8(rest: dict[str, object]) -> Mapping[str, object]:
    """``rest`` without halves of characters, which no file can hold."""
    written = json.dumps(rest, ensure_ascii=False).encode("utf-8", "replace")
    read: Mapping[str, object] = json.loads(written)
    return read


def _whole(value: object) -> int | None:
    """A whole number from ``3``, ``3.0``, ``"3"``, ``"03"``, ``"Scene 3"``, ``"scene_3"``."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if abs(value) < 2**31 and int(value) == value else None
    found = (
        re.fullmatch(r"(?i)\s*(?:scene)?[\s_#.-]*([0-9]{1,9})(?:\.0+)?\s*", value) if isinstance(value, str) else None
    )
    return int(found.group(1)) if found else None


def _seconds(value: object) -> int | None:
    """Whole seconds from ``5``, ``"5"``, ``"5s"``, ``"5.0 seconds"``, ``4.6``."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value + 0.5) if 0 <= value < 2**31 else None
    words = r"(?i)\s*([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?:s|secs?|seconds?)?\.?\s*"
    found = re.fullmatch(words, value) if isinstance(value, str) else None
    return int(float(found.group(1).replace(",", ".")) + 0.5) if found else None
