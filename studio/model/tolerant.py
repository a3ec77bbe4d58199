"""JSON from other hands made into our values: every shape seen in the wild, and for the rest the exact place.

Used for files that the user brings and for directories of older programs. Our own files are read by pydantic.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from studio.errors import BadInput
from studio.model.bounds import FILM_S, NUMBER, RETAKES, SCENE_S, SEED, SHOT_S, Bounds
from studio.model.shot import Shot
from studio.model.story import Character, Scene, Story

_STORY_KEYS = {
    "title": ("title", "name", "story_title"),
    "style": ("style", "visual_style", "artistic_style"),
    "logline": ("logline", "summary", "synopsis"),
    "scenes": ("scenes", "scene_list", "story"),
    "cast": ("cast", "characters"),
    "duration": ("total_duration", "duration_s", "duration", "length"),
    "written_by": ("written_by",),
}
_SCENE_KEYS = {
    "location": ("location", "place", "setting", "environment", "scene_physical_environment"),
    "characters": ("characters", "character", "cast"),
    "action": ("action", "actions", "description", "visual", "visuals", "scene_movement_description"),
    "emotion": ("emotion", "mood", "tone", "emotions", "scene_emotions"),
    "narration": ("narration", "narrator", "voiceover", "voice_over", "text"),
    "duration": ("scene_duration", "duration_s", "duration", "length"),
    "time": ("time_of_day", "time"),
    "weather": ("weather",),
    "props": ("props", "objects"),
    "beat": ("beat",),
}
_SHOT_KEYS = {
    "index": ("index", "shot", "shot_number", "number", "id"),
    "scene": ("scene", "scene_number", "scene_index"),
    "image_prompt": ("image_prompt", "prompt", "image", "description"),
    "motion_prompt": ("motion_prompt", "motion"),
    "camera": ("camera", "camera_movement", "camera_move"),
    "narration": ("narration", "narrator", "voiceover", "voice_over"),
    "duration": ("duration", "duration_s", "length"),
    "emotion": ("emotion", "mood"),
    "seed": ("seed",),
}
MOST_SHOTS = 10_000
"""Of one film."""


def parse_json(text: str, source: str) -> object:
    """The value that ``text`` holds. Raises BadInput naming ``source``, line and column."""
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        shown = "it is empty" if not text.strip() else error.msg[0].lower() + error.msg[1:]
        raise BadInput(f"{source}, line {error.lineno}, column {error.colno}: this is not JSON: {shown}.") from error
    except RecursionError as error:
        raise BadInput(f"{source}: lists inside lists go too deep for any file of the studio.") from error
    except ValueError as error:
        raise BadInput(f"{source}: a number has too many digits to be read.") from error


def story_from(value: object, source: str, *, title: str = "Untitled") -> Story:
    """A story from an object, a bare list of scenes, or a list that holds one story object.

    Raises BadInput naming the place: ``story.json: scenes[2].narration: expected text, found a number``.
    """
    value, prefix = _unwrapped(value)
    if isinstance(value, list):
        reader = _Reader(source, "", {}, _STORY_KEYS)
        return Story(title=title, scenes=_scenes(reader, value, ""))
    if not isinstance(value, dict):
        _refuse(source, "", "a story or a list of scenes", value)
    reader = _Reader(source, prefix, value, _STORY_KEYS)
    scenes = reader.raw("scenes")
    if scenes is None:
        raise BadInput(f'{source}: {prefix}scenes: missing; a story needs a list named "scenes".')
    if isinstance(scenes, dict):
        scenes = [scenes[key] for key in sorted(scenes, key=_natural)]
    if not isinstance(scenes, list):
        _refuse(source, f"{prefix}{reader.key('scenes')}", "a list of scenes", scenes)
    return Story(
        title=reader.text("title", numbers=True) or title,
        style=reader.text("style"),
        logline=reader.text("logline"),
        scenes=_scenes(reader, scenes, f"{prefix}{reader.key('scenes')}"),
        cast=_cast(reader),
        total_duration=reader.seconds("duration", FILM_S),
        written_by=reader.text("written_by"),
        **reader.rest(),
    )


def _unwrapped(value: object) -> tuple[object, str]:
    """The story inside a list of one, or under a key of its own, and the place where it stood."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) and _has(value[0], "scenes"):
        return value[0], "[0]."
    if isinstance(value, dict) and not _has(value, "scenes") and isinstance(value.get("story"), dict | list):
        story = value["story"]
        return ({"scenes": story} if isinstance(story, list) else story), "story."
    return value, ""


def _scenes(story: _Reader, values: Sequence[object], place: str) -> tuple[Scene, ...]:
    if not values:
        raise BadInput(f"{story.source}: {place or 'the list'}: a story needs at least one scene.")
    if len(values) > MOST_SHOTS:
        raise BadInput(f"{story.source}: {len(values)} scenes are more than one film can hold ({MOST_SHOTS}).")
    scenes: list[Scene] = []
    for number, value in enumerate(values):
        here = f"{place}[{number}]"
        if not isinstance(value, dict):
            _refuse(story.source, here, "a scene (an object)", value)
        scenes.append(_scene(_Reader(story.source, f"{here}.", value, _SCENE_KEYS), scenes[-1] if scenes else None))
    return tuple(scenes)


def _scene(reader: _Reader, before: Scene | None) -> Scene:
    location = reader.text("location", named=True)
    action, narration = reader.text("action"), reader.text("narration")
    if not (location or action or narration):
        place = reader.prefix.rstrip(".")
        raise BadInput(
            f"{reader.source}: {place}: nothing to show: a scene needs a location, an action or a narration."
        )
    return Scene(
        location=location or (before.location if before else ""),
        characters=reader.names("characters"),
        action=action,
        emotion=reader.text("emotion") or "neutral",
        narration=narration,
        scene_duration=reader.seconds("duration", SCENE_S),
        time_of_day=reader.text("time") or None,
        weather=reader.text("weather") or None,
        props=reader.names("props"),
        beat=reader.text("beat") or None,
        **reader.rest(),
    )


def _cast(reader: _Reader) -> tuple[Character, ...]:
    value = reader.raw("cast")
    if value is None:
        return ()
    if isinstance(value, dict):
        value = [{"name": name, "look": look} if isinstance(look, str) else look for name, look in value.items()]
    if isinstance(value, str):
        return tuple(Character(name=name) for name in _split(value))
    if not isinstance(value, list):
        _refuse(reader.source, f"{reader.prefix}{reader.key('cast')}", "a list of characters", value)
    return tuple(
        Character(name=name, look=look)
        for number, entry in enumerate(value)
        for name, look in [_character(reader, entry, f"{reader.prefix}{reader.key('cast')}[{number}]")]
        if name
    )


_NAME_KEYS = ("name", "character", "title", "id")
_LOOK_KEYS = ("look", "description", "appearance", "visual_description", "visual")


def _character(reader: _Reader, value: object, place: str) -> tuple[str, str]:
    if isinstance(value, str):
        return " ".join(value.split()), ""
    if not isinstance(value, dict):
        _refuse(reader.source, place, "a name or an object with a name", value)
    parts = {_plain(key): part for key, part in value.items()}
    name = next((parts[key] for key in _NAME_KEYS if key in parts), None)
    look = next((parts[key] for key in _LOOK_KEYS if parts.get(key) is not None), "")
    if not isinstance(name, str) or not name.strip():
        raise BadInput(f"{reader.source}: {place}.name: a character needs a name, as text.")
    if not isinstance(look, str):
        _refuse(reader.source, f"{place}.look", "text", look)
    return " ".join(name.split()), " ".join(look.split())


def shots_from(value: object, source: str) -> tuple[tuple[int, Shot], ...]:
    """Each shot with the number it has in the file, in order; the shots themselves count from 1.

    Numbers may be text, missing or doubled: then the order in the file counts, and each shot's number is
    where it stands. Raises BadInput naming the place: ``shots.json: [3].image_prompt: missing``.
    """
    place = ""
    if isinstance(value, dict):
        key = next((key for key in value if _plain(key) in ("shots", "shot_list", "prompts")), None)
        if key is None:
            raise BadInput(f'{source}: expected a list of shots, or an object with a list named "shots".')
        value, place = value[key], key
    if not isinstance(value, list):
        _refuse(source, place, "a list of shots", value)
    if not value:
        raise BadInput(f"{source}: there is no shot in it.")
    if len(value) > MOST_SHOTS:
        raise BadInput(f"{source}: {len(value)} shots are more than one film can hold ({MOST_SHOTS}).")
    readers = [_shot_reader(source, entry, f"{place}[{n}]") for n, entry in enumerate(value)]
    numbers = [reader.whole("index") for reader in readers]
    is_numbered = None not in numbers and len(set(numbers)) == len(numbers) and min(n or 0 for n in numbers) >= 0
    order = list(range(len(readers)))
    if is_numbered:
        order.sort(key=lambda n: numbers[n] or 0)
    return tuple(
        ((numbers[n] or 0) if is_numbered else n + 1, _shot(readers[n], index))
        for index, n in enumerate(order, start=1)
    )


def _shot_reader(source: str, value: object, place: str) -> _Reader:
    if isinstance(value, str):
        value = {"image_prompt": value}
    if not isinstance(value, dict):
        _refuse(source, place, "a shot (an object)", value)
    return _Reader(source, f"{place}.", value, _SHOT_KEYS)


def _shot(reader: _Reader, index: int) -> Shot:
    prompt = reader.text("image_prompt")
    if not prompt:
        found = "missing" if reader.raw("image_prompt") is None else "empty"
        raise BadInput(f"{reader.source}: {reader.prefix}image_prompt: {found}; say what the shot shows.")
    fields: dict[str, object] = {"index": index, "image_prompt": prompt}
    fields |= {name: reader.text(name) for name in ("motion_prompt", "camera", "narration") if reader.text(name)}
    duration_s, seed, scene = reader.seconds("duration", SHOT_S), reader.whole("seed"), reader.whole("scene")
    fields |= {"duration": duration_s} if duration_s is not None else {}
    fields |= {"seed": seed} if seed is not None and not SEED.fault(seed) else {}
    fields |= {"scene": scene} if scene is not None and not NUMBER.fault(scene) else {}
    fields |= {"emotion": reader.text("emotion")} if reader.text("emotion") else {}
    retakes = reader.value.get("retakes")
    if isinstance(retakes, dict) and not any(RETAKES.fault(count) for count in retakes.values()):
        fields["retakes"] = retakes
    return Shot.model_validate(fields | reader.rest())


@dataclass(frozen=True, slots=True)
class _Reader:
    """One object: finds its fields under any of their known names and says where a bad one stands."""

    source: str
    prefix: str
    value: Mapping[str, object]
    names_of: Mapping[str, tuple[str, ...]]

    def key(self, field: str) -> str:
        """The name that ``field`` has in this object."""
        for name in self.names_of[field]:
            for key in self.value:
                if _plain(key) == name and self.value[key] is not None:
                    return key
        return self.names_of[field][0]

    def raw(self, field: str) -> object | None:
        return self.value.get(self.key(field))

    def text(self, field: str, *, numbers: bool = False, named: bool = False) -> str:
        """Text in one line; a list of texts is joined. ``named``: an object with a name or description is one too."""
        value = self.raw(field)
        if value is None:
            return ""
        if named and isinstance(value, dict):
            parts = {_plain(key): part for key, part in value.items()}
            value = next(
                (parts[key] for key in ("name", "description", "location") if isinstance(parts.get(key), str)), value
            )
        if numbers and isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = " ".join(value)
        if not isinstance(value, str):
            _refuse(self.source, f"{self.prefix}{self.key(field)}", "text", value)
        return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())

    def names(self, field: str) -> tuple[str, ...]:
        """Names as a list, from ``A, B and C``, a list of them, or a list of objects with a name."""
        value = self.raw(field)
        if value is None:
            return ()
        if isinstance(value, str):
            return tuple(_split(value))
        if isinstance(value, dict):
            value = [{"name": name, "look": look} if isinstance(look, str) else name for name, look in value.items()]
        place = f"{self.prefix}{self.key(field)}"
        if not isinstance(value, list):
            _refuse(self.source, place, "names", value)
        found: list[str] = []
        for number, entry in enumerate(value):
            name, look = _character(self, entry, f"{place}[{number}]")
            found.append(f"{name} ({look})" if look else name)
        return tuple(name for name in found if name)

    def seconds(self, field: str, within: Bounds) -> float | None:
        """Seconds from ``5``, ``"5"``, ``"5.5 s"``, ``"1:30"``; None if absent or zero."""
        value = self.raw(field)
        if value is None or value == "":
            return None
        seconds = _seconds(value)
        if seconds is None:
            shown = f'"{value[:40]}"' if isinstance(value, str) else kind_of(value)
            place = f"{self.prefix}{self.key(field)}"
            raise BadInput(f"{self.source}: {place}: expected seconds (a number above 0), found {shown}.")
        if seconds and within.fault(seconds):
            raise BadInput(f"{self.source}, {self._counted()}{self.key(field)}: {within.fault(value)}.")
        return seconds or None

    def _counted(self) -> str:
        """Where this object stands, as a person counts: ``shot 3, `` for ``shots[2].``."""
        found = re.search(r"\[(\d+)\]\.$", self.prefix)
        kind = "shot" if self.names_of is _SHOT_KEYS else "scene"
        return f"{kind} {int(found.group(1)) + 1}, " if found else ""

    def whole(self, field: str) -> int | None:
        """A whole number from ``3``, ``3.0``, ``"3"``, ``"shot_003"``; None if there is none in it."""
        value = self.raw(field)
        if isinstance(value, bool):
            return None
        if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
            return int(value) if abs(value) < 2**53 else None
        found = re.search(r"\d{1,15}", value) if isinstance(value, str) else None
        return int(found.group()) if found else None

    def rest(self) -> dict[str, object]:
        """Fields that the studio does not know: kept as they are, and written back."""
        known = {self.key(field) for field in self.names_of}
        own = _OWN_FIELDS
        return {
            key: part for key, part in self.value.items() if key not in known and key not in own and key.isidentifier()
        }


_OWN_FIELDS = frozenset(
    ("title", "style", "logline", "scenes", "cast", "duration_s", "total_duration", "written_by", "location",
     "characters", "action", "emotion", "narration", "scene_duration", "time_of_day", "weather", "props", "beat",
     "index", "scene", "image_prompt", "motion_prompt", "camera", "duration", "seed", "retakes", "model_config")
)  # fmt: skip


def _split(text: str) -> list[str]:
    """The names in ``Ana, Ben (60, tall) and the dog``."""
    parts = re.split(r"\s*[,;](?![^()]*\))\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+(?![^()]*\))", " ".join(text.split()))
    return [part.strip(" .") for part in parts if part.strip(" .") and part.strip(" .").lower() not in ("none", "n/a")]


def _seconds(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e300 else math.inf
    if not isinstance(value, str):
        return None
    clock = re.fullmatch(r"\s*(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,6})?)\s*", value)
    if clock:
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    plain = re.fullmatch(r"(?i)\s*~?(\d{1,9}(?:[.,]\d{1,9})?)\s*(s|secs?|seconds?|m|mins?|minutes?)?\.?\s*", value)
    if plain is None:
        return None
    return float(plain.group(1).replace(",", ".")) * (60 if (plain.group(2) or "s")[0].lower() == "m" else 1)


def _has(value: Mapping[str, object], field: str) -> bool:
    return any(_plain(key) == field for key in value)


def _plain(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def _natural(key: str) -> tuple[int, str]:
    found = re.search(r"\d{1,15}", key)
    return (int(found.group()) if found else 2**60, key)


def _refuse(source: str, place: str, expected: str, value: object) -> NoReturn:
    raise BadInput(f"{source}: {place + ': ' if place else ''}expected {expected}, found {kind_of(value)}.")


def kind_of(value: object) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text" if value else "an empty text"
    return "a list" if isinstance(value, list) else "an object"
