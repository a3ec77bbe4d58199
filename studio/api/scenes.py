"""``/api/scripts`` and ``/api/old-videos``: made-up scripts, and old scene videos that are gone on with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi import Path as PathPart
from pydantic import BaseModel, Field

from studio.api.asking import Name, Open, UploadRoom
from studio.api.forms import ARCHIVE_BODY, FILE_BODY, file_in
from studio.api.shapes import Body, ContinueVideo, RandomScript, RunShape, Script
from studio.core.archive import examine
from studio.errors import BadInput, UserError
from studio.model.scenes import SceneOptions
from studio.runs import folders, old_videos

router = APIRouter(prefix="/api", tags=["scene videos"])


class Folder(Body):
    """A folder below an allowed one: the root's number, and the names on the way."""

    root: int = Field(ge=0, le=1000)
    parts: list[str] = Field(default_factory=list, max_length=64)


class InPlace(Body):
    """Whether the old directory is completed as well."""

    is_in_place: bool


class RootShape(BaseModel):
    """A folder that may be looked into."""

    number: int
    path: str


class EntryShape(BaseModel):
    """A folder in a folder."""

    name: str
    is_scene_video: bool


class ListingShape(BaseModel):
    """What a folder holds; ``left_out`` counts the folders that are not shown."""

    root: int
    parts: list[str]
    is_scene_video: bool
    folders: list[EntryShape]
    left_out: int


_MOST_PICTURE_BYTES = 64 << 20


@router.post("/scripts", summary="Make up a script", response_model=Script)
def make_up(asked: RandomScript, doors: Open) -> dict[str, str]:
    """The same for the same words and seed; nothing is kept."""
    script = doors.studio.random_script(
        asked.theme, asked.tone, seconds=asked.seconds, seed=asked.seed, text=asked.text
    )
    return {"script": script}


@router.put(
    "/projects/{name}/first-picture",
    status_code=204,
    summary="Scene 1 of a scene video begins with a picture of your own",
    response_model=None,
    openapi_extra=FILE_BODY,
)
async def set_first_picture(name: Name, request: Request, doors: Open, uploads: UploadRoom) -> None:
    """What goes on from it is made again at the next run."""
    async with uploads.receive(request, most_bytes=_MOST_PICTURE_BYTES) as received:
        if received.file is None or received.file.suffix == ".zip":
            raise BadInput("Send the picture as the part “file” of a form.")
        picture = received.file
        await run_sync(lambda: doors.studio.set_first_picture(name, picture))
        await run_sync(received.discard)
    doors.changes.tell(name)


@router.post(
    "/old-videos",
    status_code=202,
    summary="Explain what the ZIP of an old scene-video directory holds",
    response_model=RunShape,
    openapi_extra=ARCHIVE_BODY,
)
async def explain(request: Request, doors: Open, uploads: UploadRoom) -> object:
    """As a run; its result's ``video`` is the key of the explanation. What the archive says of itself is looked at first."""
    async with uploads.receive(request) as received:
        file = file_in(received, "ZIP file")
        await run_sync(examine, file)
        run = old_videos.explain(doors, file, discard=received.discard)
    return run.as_json()


@router.get("/folders", summary="Folders where old directories may be looked for", response_model=list[RootShape])
def roots(doors: Open) -> list[dict[str, Any]]:
    """As STUDIO_ROOTS says, else where the server was started and the user's folder for videos."""
    return [asdict(one) for one in folders.roots(doors.settings.folders)]


@router.post("/folders", summary="What a folder holds", response_model=ListingShape)
def look_into(asked: Folder, doors: Open) -> dict[str, Any]:
    """Its folders, hidden ones and links that lead out of the root left out."""
    return asdict(folders.listing(doors.settings.folders, asked.root, asked.parts))


@router.post(
    "/old-videos/folder", status_code=202, summary="Explain an old directory of this computer", response_model=RunShape
)
def explain_folder(asked: Folder, doors: Open) -> object:
    """As a run; its result's ``video`` is the key of the explanation. Nothing in the directory is changed."""
    return old_videos.explain_folder(doors, asked.root, asked.parts).as_json()


def _known(key: Annotated[str, PathPart(description="The explanation's key")], doors: Open) -> str:
    try:
        old_videos.explanation(doors, key)
    except UserError as error:
        raise HTTPException(404, str(error)) from error
    return key


Key = Annotated[str, Depends(_known)]


@router.get("/old-videos/{key}", summary="What an old directory holds, and what remains", response_model=dict[str, Any])
def view_explanation(key: Key, doors: Open) -> dict[str, Any]:
    """Scenes, clips, sounds, narration and JSON documents, each done, torn, stale or missing."""
    return old_videos.explanation(doors, key)


@router.post("/old-videos/{key}/continue", status_code=202, summary="Go on with it", response_model=RunShape)
def go_on(key: Key, asked: ContinueVideo, doors: Open) -> object:
    """As a run; its result names the project."""
    options = SceneOptions.model_validate({"tts": "auto", **asked.options})
    return old_videos.go_on(doors, key, options, name=asked.name, is_made=asked.make).as_json()


@router.put("/old-videos/{key}/in-place", status_code=204, summary="Write back what it lacks", response_model=None)
def set_in_place(key: Key, asked: InPlace, doors: Open) -> None:
    """When the film is made the directory gets what it lacks, under the old names; no file that is there is touched."""
    old_videos.set_in_place(doors, key, asked.is_in_place)


@router.delete("/old-videos/{key}", status_code=204, summary="Let it go", response_model=None)
def let_go(key: Key, doors: Open) -> None:
    """What was unpacked is gone."""
    old_videos.let_go(doors, key)
