"""``/api/projects/{name}/scenes`` and ``/environments``: what a scene video is made of, one card at a time, undoable.

A scene is addressed by its ``number``, its place in the film from 1, as people see it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Response
from fastapi import Path as PathPart
from pydantic import BaseModel, ConfigDict, Field

from studio.api.asking import Name, Open, revision_in
from studio.api.shapes import Body, Position
from studio.runs.doors import Doors
from studio.service.scene_cards import SceneCard

router = APIRouter(prefix="/api/projects/{name}", tags=["scene videos"])
Number = Annotated[int, PathPart(ge=1, le=10_000, description="Its number, from 1")]


class SceneFields(Body):
    """What a scene is; only what is given changes. ``environment`` is an environment's number, ``duration`` seconds."""

    name: str | None = Field(default=None, max_length=300)
    environment: int | None = Field(default=None, ge=1)
    action: str | None = Field(default=None, max_length=20_000)
    emotions: str | None = Field(default=None, max_length=300)
    camera: str | None = Field(default=None, max_length=300)
    narration: str | None = Field(default=None, max_length=20_000)
    sounds: str | None = Field(default=None, max_length=2_000)
    duration: int | None = None


class SceneChanges(SceneFields):
    """What changes of a scene, and which ``revision`` of it was seen; with an older one nothing changes (409)."""

    revision: str = Field(default="", max_length=64)


class NewScene(SceneFields):
    """A scene behind the scene ``after`` (0: at the front)."""

    after: int = Field(ge=0)


class NewEnvironment(Body):
    """A place in words; ``scene`` plays there from now on, if one is named."""

    text: str = Field(min_length=1, max_length=20_000)
    scene: int = Field(default=0, ge=0)


class EnvironmentChanges(Body):
    """What it reads from now on; with another ``before`` than it reads now nothing changes (409)."""

    text: str = Field(min_length=1, max_length=20_000)
    before: str | None = None


class SceneShape(BaseModel):
    """A scene. ``id`` is the number that its files bear and keeps, ``clips`` the indices of its shots."""

    model_config = ConfigDict(extra="allow")

    number: int
    id: int
    environment: int
    clips: list[int]
    revision: str


class EnvironmentShape(BaseModel):
    """An environment and the numbers of the scenes that play there."""

    number: int
    text: str
    used: list[int]


class CardsShape(BaseModel):
    """Both empty while nothing is written. ``is_spoken``: the narration came as a sound and cannot be changed."""

    scenes: list[SceneShape]
    environments: list[EnvironmentShape]
    is_spoken: bool


@router.get("/scenes", summary="Scenes and environments of a scene video", response_model=CardsShape)
def cards(name: Name, doors: Open) -> dict[str, Any]:
    """As its documents have them now."""
    return asdict(doors.studio.cards(name))


@router.post("/scenes", status_code=201, summary="A new scene behind another", response_model=SceneShape)
def insert_scene(name: Name, scene: NewScene, doors: Open) -> dict[str, Any]:
    """Of one clip, where its neighbour plays, unless the fields say otherwise."""
    _must_be_there(doors, name, scene.after or 1)
    made = doors.studio.insert_scene(name, scene.after, **_given(scene))
    return _changed(doors, name, made)


@router.patch("/scenes/{number}", summary="Change a scene", response_model=SceneShape)
def edit_scene(
    name: Name,
    number: Number,
    fields: SceneChanges,
    doors: Open,
    response: Response,
    if_match: Annotated[str, Header(description="The scene's `revision`, as an alternative to the field")] = "",
) -> dict[str, Any]:
    """Only what the change concerns is made again at the next run. The new revision is the answer's `ETag`."""
    _must_be_there(doors, name, number)
    revision = fields.revision or revision_in(if_match)
    scene = doors.studio.edit_scene(name, number, if_revision=revision, **_given(fields))
    response.headers["etag"] = f'"{scene.revision}"'
    return _changed(doors, name, scene)


@router.delete("/scenes/{number}", status_code=204, summary="Take a scene out of the film", response_model=None)
def delete_scene(name: Name, number: Number, doors: Open) -> None:
    """Its files stay; undo brings it back."""
    _must_be_there(doors, name, number)
    doors.studio.delete_scene(name, number)
    doors.changes.tell(name)


@router.post("/scenes/{number}/move", summary="Move a scene to another place", response_model=CardsShape)
def move_scene(name: Name, number: Number, to: Position, doors: Open) -> dict[str, Any]:
    """Returns all of them in their new order."""
    _must_be_there(doors, name, number)
    doors.studio.move_scene(name, number, to.position)
    doors.changes.tell(name)
    return cards(name, doors)


@router.post("/environments", status_code=201, summary="A new environment", response_model=EnvironmentShape)
def add_environment(name: Name, asked: NewEnvironment, doors: Open) -> dict[str, Any]:
    """Behind the others."""
    made = doors.studio.add_environment(name, asked.text, scene=asked.scene)
    doors.changes.tell(name)
    return asdict(made)


@router.patch("/environments/{number}", summary="Change an environment", response_model=EnvironmentShape)
def edit_environment(name: Name, number: Number, asked: EnvironmentChanges, doors: Open) -> dict[str, Any]:
    """In all scenes that play there."""
    if number > len(doors.studio.cards(name).environments):
        raise HTTPException(404, f"{name} has no environment {number}.")
    made = doors.studio.edit_environment(name, number, asked.text, if_text=asked.before)
    doors.changes.tell(name)
    return asdict(made)


@router.delete("/environments/{number}", status_code=204, summary="Remove an environment", response_model=None)
def delete_environment(name: Name, number: Number, doors: Open) -> None:
    """One in which no scene plays."""
    if number > len(doors.studio.cards(name).environments):
        raise HTTPException(404, f"{name} has no environment {number}.")
    doors.studio.delete_environment(name, number)
    doors.changes.tell(name)


def _given(fields: SceneFields) -> dict[str, Any]:
    own = fields.model_dump(include=set(SceneFields.model_fields), exclude_unset=True)
    return {key: value for key, value in own.items() if value is not None}


def _must_be_there(doors: Doors, name: str, number: int) -> None:
    numbers = [card.number for card in doors.studio.cards(name).scenes]
    if numbers and number not in numbers:
        raise HTTPException(404, f"{name} has no scene {number}: it has {len(numbers)}.")


def _changed(doors: Doors, name: str, scene: SceneCard) -> dict[str, Any]:
    doors.changes.tell(name)
    return asdict(scene)
