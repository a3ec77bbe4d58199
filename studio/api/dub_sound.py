"""What a dub sounds like: named mixes, the bed under the voices, the casting sheet, a few seconds heard beforehand."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Body, Query, Request, Response

from studio.api.asking import Open, UploadRoom, told
from studio.api.dub_asking import Dub
from studio.api.dub_shapes import CastingShape, MixChoices, MixShape
from studio.api.forms import FILE_BODY, file_of
from studio.api.shapes import Sentence
from studio.model.dub import DubOptions, Mix

router = APIRouter(prefix="/api/projects/{name}", tags=["dubbing"])


@router.get("/mixes", summary="The named mixes of a dub", response_model=list[MixShape])
def mixes(name: Dub, doors: Open) -> list[dict[str, Any]]:
    """With their films, where they are made."""
    files = doors.studio.mixed_files(name)
    options = DubOptions.model_validate(doors.studio.project(name).options)
    return [{**mix.model_dump(mode="json"), "file": files.get(mix.name, "")} for mix in options.mixes]


@router.put("/mixes/{mix}", summary="A named mix: voices, preset and gains of their own", response_model=MixShape)
def put_mix(name: Dub, mix: str, asked: MixChoices, doors: Open) -> dict[str, Any]:
    """The next run makes it; lines that are spoken so already are not spoken again."""
    doors.studio.put_mix(name, Mix.model_validate({"name": mix, **asked.model_dump()}))
    doors.changes.tell(name)
    return next(one for one in mixes(name, doors) if one["name"] == mix)


@router.delete("/mixes/{mix}", status_code=204, summary="A mix that is made no more", response_model=None)
def drop_mix(name: Dub, mix: str, doors: Open) -> None:
    """What was made of it stays in the project's folder."""
    doors.studio.drop_mix(name, mix)
    doors.changes.tell(name)


@router.put(
    "/bed",
    summary="Music and effects to be heard under the voices",
    response_model=Sentence,
    openapi_extra=FILE_BODY,
)
async def set_bed(name: Dub, request: Request, doors: Open, uploads: UploadRoom) -> dict[str, str]:
    """Any kind of sound, as long as the film; instead of the film's own sound."""
    async with file_of(request, uploads, "music-and-effects track", None) as bed:
        await run_sync(lambda: doors.studio.set_bed(name, bed))
        return told(doors, name, f"The voices will be mixed over {bed.name} when the dub is made.")


@router.delete("/bed", summary="The film's own sound under the voices again", response_model=Sentence)
def drop_bed(name: Dub, doors: Open) -> dict[str, str]:
    """The track that was brought stays in the project's folder."""
    doors.studio.set_bed(name, None)
    return told(doors, name, "The voices will be mixed over the film's own sound when the dub is made.")


@router.get("/casting", summary="The casting sheet", response_model=CastingShape)
def casting(name: Dub, doors: Open) -> dict[str, Any]:
    """To be kept, and used in another dub."""
    return doors.studio.casting(name)


@router.put("/casting", summary="Cast the dub by a sheet", response_model=CastingShape)
def set_casting(name: Dub, sheet: Annotated[dict[str, Any], Body()], doors: Open) -> dict[str, Any]:
    """A sheet as it was given out, or plainly speaker → language → voice."""
    doors.studio.set_casting(name, sheet)
    doors.changes.tell(name)
    return doors.studio.casting(name)


@router.get("/preview", summary="Some seconds of a mix, before it is made", response_class=Response)
def preview(
    name: Dub,
    doors: Open,
    lang: Annotated[str, Query(description="Two letters")] = "",
    mix: Annotated[str, Query(description="A named mix, instead of a language")] = "",
    start_s: Annotated[float, Query(ge=0)] = 0.0,
    duration_s: Annotated[float, Query(ge=0.5, le=60)] = 15.0,
) -> Response:
    """A WAV file; ``x-unspoken-lines`` names the lines that are not heard yet, and nothing is stored."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "preview.wav"
        heard = doors.studio.preview(name, out, language=lang, mix=mix, start_s=start_s, duration_s=duration_s)
        ids = {"x-unspoken-lines": ",".join(heard.unspoken), "x-spoken-lines": ",".join(heard.spoken)}
        return Response(out.read_bytes(), media_type="audio/wav", headers={"cache-control": "no-store", **ids})
