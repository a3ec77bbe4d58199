"""``/api/scripts`` and ``/api/old-videos``: made-up scripts, and old scene videos that are gone on with."""

from __future__ import annotations

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi import Path as PathPart

from studio.api.asking import Open, UploadRoom
from studio.api.shapes import ContinueVideo, RandomScript, RunShape, Script
from studio.core.archive import examine
from studio.errors import BadInput, UserError
from studio.model.scenes import SceneOptions
from studio.runs import old_videos

router = APIRouter(prefix="/api", tags=["scene videos"])
_BINARY = {"type": "string", "format": "binary"}
_FORM = {"schema": {"type": "object", "required": ["file"], "properties": {"file": _BINARY}}}


@router.post("/scripts", summary="Make up a script", response_model=Script)
def make_up(asked: RandomScript, doors: Open) -> dict[str, str]:
    """The same for the same words and seed; nothing is kept."""
    script = doors.studio.random_script(
        asked.theme, asked.tone, seconds=asked.seconds, seed=asked.seed, text=asked.text
    )
    return {"script": script}


@router.post(
    "/old-videos",
    status_code=202,
    summary="Explain what the ZIP of an old scene-video directory holds",
    response_model=RunShape,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/zip": {"schema": _BINARY}, "multipart/form-data": _FORM},
        }
    },
)
async def explain(request: Request, doors: Open, uploads: UploadRoom) -> object:
    """As a run; its result's ``video`` is the key of the explanation. What the archive says of itself is looked at first."""
    async with uploads.receive(request) as received:
        if received.file is None:
            raise BadInput("The form holds no file.")
        await run_sync(examine, received.file)
        run = old_videos.explain(doors, received.file, discard=received.discard)
    return run.as_json()


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


@router.delete("/old-videos/{key}", status_code=204, summary="Let it go", response_model=None)
def let_go(key: Key, doors: Open) -> None:
    """What was unpacked is gone."""
    old_videos.let_go(doors, key)
