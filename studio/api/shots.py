"""``/api/projects/{name}/shots``: one shot at a time, every change undoable.

A shot is addressed by its ``index``, which names its files and stays whatever is moved, inserted or taken out; people
see its ``place`` in the film. Answers say both.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response

from studio.api.asking import Name, Open, ShotIndex, revision_in, told
from studio.api.shapes import ChangedShot, NewShot, Pick, Position, Retake, Sentence, ShotChanges, ShotShape, TakeShape
from studio.core.session import TAKES
from studio.model.shot import Shot
from studio.runs.doors import Doors

router = APIRouter(prefix="/api/projects/{name}", tags=["shots"])


@router.get("/shots", summary="Every shot, in film order", response_model=list[ShotShape])
def shots(name: Name, doors: Open) -> list[dict[str, Any]]:
    """With what is finished, and what would be made again."""
    return [
        {
            "place": place,
            "shot": one.shot.model_dump(mode="json"),
            "mark": one.mark,
            "stale": list(one.stale),
            "revision": one.shot.revision,
        }
        for place, one in enumerate(doors.studio.shots(name), start=1)
    ]


@router.post("/shots", status_code=201, summary="A new shot behind another", response_model=ChangedShot)
def insert_shot(name: Name, shot: NewShot, doors: Open) -> dict[str, Any]:
    """It gets the next free index; other shots keep theirs, and those behind it have another place."""
    fields = shot.model_dump(exclude_unset=True, exclude={"after"})
    return _changed_shot(doors, name, doors.studio.insert_shot(name, shot.after, **fields))


@router.patch("/shots/{index}", summary="Change a shot", response_model=ChangedShot)
def edit_shot(
    name: Name,
    index: ShotIndex,
    fields: ShotChanges,
    doors: Open,
    response: Response,
    if_match: Annotated[str, Header(description="The shot's `revision`, as an alternative to the field")] = "",
) -> dict[str, Any]:
    """Only what the change concerns is made again at the next run.

    With the `revision` that the shot had when it was read, nothing changes if somebody changed it since (409). The new
    revision is the answer's `ETag`.
    """
    revision = fields.revision or revision_in(if_match)
    given = fields.model_dump(exclude_unset=True, exclude={"revision"})
    shot = doors.studio.edit_shot(name, index, if_revision=revision, **given)
    response.headers["etag"] = f'"{shot.revision}"'
    return _changed_shot(doors, name, shot)


@router.delete("/shots/{index}", status_code=204, summary="Take a shot out of the film", response_model=None)
def delete_shot(name: Name, index: ShotIndex, doors: Open) -> None:
    """Its files stay as takes; undo brings it back."""
    doors.studio.delete_shot(name, index)
    doors.changes.tell(name)


@router.post("/shots/{index}/move", summary="Move a shot to another place in the film", response_model=list[ShotShape])
def move_shot(name: Name, index: ShotIndex, to: Position, doors: Open) -> list[dict[str, Any]]:
    """Returns the shots in their new order."""
    doors.studio.move_shot(name, index, to.position)
    doors.changes.tell(name)
    return shots(name, doors)


@router.post("/shots/{index}/retake", summary="Ask for another take", response_model=ChangedShot)
def retake(name: Name, index: ShotIndex, asked: Retake, doors: Open) -> dict[str, Any]:
    """It is made at the next run; the present one stays as a take."""
    return _changed_shot(doors, name, doors.studio.retake(name, index, asked.what))


@router.get("/shots/{index}/takes", summary="A shot's takes, oldest first", response_model=list[TakeShape])
def takes(name: Name, index: ShotIndex, doors: Open) -> list[dict[str, Any]]:
    """Of its picture, its clip and its sentences."""
    return [
        {
            "name": take.name,
            "id": take.id,
            "at": take.at,
            "origin": take.origin,
            "is_current": take.is_current,
            "file": take.name if take.is_current else f"{TAKES}/{take.name}/{take.id}{PurePosixPath(take.name).suffix}",
        }
        for take in doors.studio.takes(name, index)
    ]


@router.post("/shots/{index}/pick", summary="Use an earlier take", response_model=Sentence)
def pick(name: Name, index: ShotIndex, asked: Pick, doors: Open) -> dict[str, str]:
    """What depends on it is made again at the next run."""
    file = doors.studio.pick(name, index, asked.what, asked.take)
    return told(doors, name, f"{file} is the take {asked.take} again.")


@router.post("/undo", summary="Undo the last change of shots", response_model=Sentence)
def undo_shots(name: Name, doors: Open) -> dict[str, str]:
    """Says what was undone."""
    return told(doors, name, doors.studio.undo(name))


@router.post("/redo", summary="Do again what was undone", response_model=Sentence)
def redo_shots(name: Name, doors: Open) -> dict[str, str]:
    """Says what was done again."""
    return told(doors, name, doors.studio.redo(name))


def _changed_shot(doors: Doors, name: str, shot: Shot) -> dict[str, Any]:
    order = [one.get("index") for one in doors.studio.project(name).shots]
    doors.changes.tell(name)
    return {**shot.model_dump(mode="json"), "place": order.index(shot.index) + 1}
