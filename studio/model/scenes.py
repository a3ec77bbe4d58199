"""Scene videos: their JSON documents as the studio writes them, the fifteen camera words, and what the user chose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from studio.errors import BadInput
from studio.model import bounds
from studio.model.camera import CameraMove
from studio.model.film import FilmOptions
from studio.model.scene_video import VideoScene, scenes_from, texts_of
from studio.model.source import FileInside
from studio.model.story import Value

CAMERA_WORDS = (
    "Static", "Move Left", "Move Right", "Move Up", "Move Down", "Push In", "Pull Out", "Zoom In", "Zoom Out",
    "Pan Left", "Pan Right", "Orbit Left", "Orbit Right", "Crane Up", "Crane Down",
)  # fmt: skip
_WORDS_OF_KIND = {"truck": "Move", "dolly": "Push", "zoom": "Zoom", "pan": "Pan", "orbit": "Orbit", "pedestal": "Crane"}
_LIKE = {"tilt": "pedestal", "tracking": "truck", "drone": "dolly", "handheld": "static"}
_PLACE = "scene_physical_environment"
_MIRRORED = (
    "scene_name", _PLACE, "scene_movement_description", "scene_emotions", "scene_camera_movement", "scene_duration",
)  # fmt: skip


def _scenes(value: object) -> object:
    try:
        return scenes_from(value, "the document").scenes
    except BadInput as error:
        raise ValueError(str(error).rstrip(".")) from error


def _environments(value: object) -> object:
    found = texts_of(value, _PLACE)
    if not found:
        raise ValueError(f'it holds no environment: a list of objects with "{_PLACE}" is expected')
    return found


SCENES: TypeAdapter[tuple[VideoScene, ...]] = TypeAdapter(Annotated[tuple[VideoScene, ...], BeforeValidator(_scenes)])
"""A scenes document, or one of scene metadata: in every shape that the older program's files have."""
ENVIRONMENTS: TypeAdapter[tuple[str, ...]] = TypeAdapter(Annotated[tuple[str, ...], BeforeValidator(_environments)])


def scenes_as_json(scenes: Sequence[VideoScene], *, with_environment: bool = True) -> bytes:
    """The scenes document; without environments it is the document of scene metadata.

    Every scene mirrors the one before under ``previous_scene_…``, empty in the first.
    """
    rows: list[dict[str, object]] = []
    before: dict[str, object] = {}
    for scene in scenes:
        whole = scene.model_dump(mode="json")
        row = {key: value for key, value in whole.items() if not key.startswith("previous_scene_")}
        if not with_environment:
            del row[_PLACE]
        rows.append({**row, **{f"previous_{key}": before.get(key, "") for key in _MIRRORED if key in row}})
        before = row
    return json.dumps(rows, ensure_ascii=False, indent=2).encode() + b"\n"


def environments_as_json(environments: Sequence[str]) -> bytes:
    """The document of environments."""
    return json.dumps([{_PLACE: words} for words in environments], ensure_ascii=False, indent=2).encode() + b"\n"


def film_numbers(scenes: Sequence[VideoScene]) -> dict[int, int]:
    """By the number that a scene bears the one its files have among a film's, from 1.

    Older programs count from 0 now and then; a scene that was moved keeps its files (``VideoScene.scene_id``).
    """
    shift = 1 - min([1, *(scene.scene_number for scene in scenes)])
    found: dict[int, int] = {}
    for scene in scenes:
        if scene.scene_id and scene.scene_id not in found.values():  # a row that was copied by hand says it twice
            found[scene.scene_number] = scene.scene_id
    for scene in scenes:
        if scene.scene_number not in found:
            number = scene.scene_number + shift
            is_free = number not in found.values()
            found[scene.scene_number] = number if is_free else max(found.values()) + 1
    return found


def camera_word(move: CameraMove) -> str:
    """The one of ``CAMERA_WORDS`` that is nearest to ``move``."""
    kind, way = _LIKE.get(move.kind, move.kind), move.direction
    if kind == "static":
        return "Static"
    if kind == "dolly" and way not in ("in", "out"):
        kind = "pedestal" if way in ("up", "down") else "truck"
    if kind == "truck" and way in ("in", "out"):
        kind = "dolly"
    word = "Pull" if (kind, way) == ("dolly", "out") else _WORDS_OF_KIND[kind]
    return f"{word} {way.capitalize()}"


class SceneOptions(FilmOptions):
    """Choices for one scene video. It is as long as its scenes."""

    is_told_through: ClassVar[bool] = True

    music: bool = False
    max_scenes: int = Field(default=5, ge=bounds.SCENES.least, le=bounds.SCENES.most)
    max_environments: int = Field(default=3, ge=bounds.SCENES.least, le=bounds.SCENES.most)
    first_frames: bool = False
    """A picture of its own for the beginning of every scene, not of the first alone."""
    initial_prompt: str = ""
    """What the first picture of the first scene shows; empty: what that scene says."""
    sounds: bool = True


class SceneSource(Value):
    """What a scene video is made from: a script of the user's or one that was made up, or finished scenes."""

    kind: Literal["script", "scenes"]
    file: FileInside = ""
    """The script."""
    narration: FileInside = ""
    """A text to be spoken that came with finished scenes."""
    voice: FileInside = ""
    """That text as it was spoken by somebody; empty where it is to be spoken."""
    sounds: tuple[int, ...] = ()
    """Scenes whose sounds came with them."""
    scene_count: int | None = None
    """Scenes that it makes, counted when it was brought: the plan of the first run needs it."""
    origin: str = ""
    """The folder of the older program that this goes on with, by its name."""
