"""``/api/dubs`` and the lines of a dub: bring a film, correct one line, translate, look what needs a look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response

from studio.api.asking import Open, UploadRoom, options_of, told
from studio.api.dub_asking import Dub, Language, LineId
from studio.api.dub_shapes import (
    Audition,
    DubLineShape,
    HistoryShape,
    ImportedShape,
    LineChanges,
    NewDubOfFilm,
    Replace,
    ReplacedShape,
    ReviewedShape,
    SplitAt,
    Spoken,
    Texts,
    line_shape,
)
from studio.api.forms import BINARY, FILE_BODY, file_in, file_of, options_in
from studio.api.shapes import Named, RunShape, Sentence
from studio.api.uploads import Received
from studio.errors import BadInput
from studio.model.dub import DubOptions, Line
from studio.planning.dubbing import line_edits
from studio.runs import works
from studio.runs.doors import Doors
from studio.service.voices import spoken_languages, voices_for

router = APIRouter(prefix="/api", tags=["dubbing"])
_TRANSCRIPT = "transcript"
_MOST_TAKE_BYTES = _MOST_TEXT_BYTES = 32 << 20
_TEMPLATES = {"json": "application/json", "srt": "application/x-subrip", "csv": "text/csv"}


@router.post(
    "/dubs",
    status_code=201,
    response_model=None,
    responses={201: {"model": Named}, 202: {"model": RunShape}},
    summary="Dub a film file, or a film of this studio",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": NewDubOfFilm.model_json_schema()},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file", "options"],
                        "properties": {
                            "file": {**BINARY, "description": "Video or sound; put it last in the form"},
                            "options": {"type": "string", "description": "The dub's options as JSON"},
                            "name": {"type": "string"},
                            "most_usd": {
                                "type": "number",
                                "description": "What services may cost it in all, in dollars",
                            },
                            "transcript": {**BINARY, "description": "Its lines: SRT, VTT, ASS or JSON"},
                        },
                    }
                },
            },
        }
    },
)
async def make_dub(request: Request, response: Response, doors: Open, uploads: UploadRoom) -> dict[str, Any]:
    """A form with a file: 201 and the project's name. JSON with a film's name: 202 and a run, whose result names it."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        asked = NewDubOfFilm.model_validate_json(await request.body())
        options = options_of(DubOptions, asked.options)
        response.status_code = 202
        return works.dub_film(doors, asked.film, options, name=asked.name, most_usd=asked.most_usd).as_json()
    async with uploads.receive(request, small=(_TRANSCRIPT,)) as received:
        made = await run_sync(_made, doors, received)
        await run_sync(received.discard)
    doors.changes.tell(made)
    return {"name": made}


def _made(doors: Doors, received: Received) -> str:
    film = file_in(received, "film")
    options = options_of(DubOptions, options_in(received))
    transcript = None
    if _TRANSCRIPT in received.small_files:
        name, content = received.small_files[_TRANSCRIPT]
        transcript = received.folder / f"transcript{Path(name).suffix.lower()[:6]}"
        transcript.write_bytes(content)
    name, limit = (received.fields.get(field, "").strip() for field in ("name", "most_usd"))
    return doors.studio.create_dub(film, options, transcript=transcript, name=name, most_usd=_dollars(limit))


def _dollars(text: str) -> float | None:
    """The limit of spending; None for no words."""
    try:
        return float(text) if text else None
    except ValueError as error:
        raise BadInput(f"most_usd is an amount in dollars, not {text[:40]!r}.") from error


# Lines


@router.get(
    "/projects/{name}/lines", summary="Every line of a dub, in order of time", response_model=list[DubLineShape]
)
def lines(name: Dub, doors: Open) -> list[dict[str, Any]]:
    """With its translations and what is missing, translated, spoken, stale or too long."""
    return [line_shape(line) for line in doors.studio.lines(name)]


@router.patch("/projects/{name}/lines/{line_id}", summary="Change a line", response_model=DubLineShape)
def change_line(name: Dub, line_id: LineId, changes: LineChanges, doors: Open) -> dict[str, Any]:
    """Only what follows from the change is made again at the next run."""
    doors.studio.change_line(name, line_id, _edit_by(line_id, changes), texts=changes.translations)
    doors.changes.tell(name)
    return next(line_shape(line) for line in doors.studio.lines(name) if line.line.id == line_id)


def _edit_by(line_id: str, changes: LineChanges) -> Callable[[tuple[Line, ...]], Sequence[Line]]:
    def edit(lines: tuple[Line, ...]) -> Sequence[Line]:
        line = line_edits.the_line(lines, line_id)
        if changes.text is not None:
            lines = line_edits.retext(lines, line_id, changes.text)
        if changes.start is not None or changes.end is not None:
            start_s = changes.start if changes.start is not None else line.start_s
            end_s = changes.end if changes.end is not None else line.end_s
            lines = line_edits.retime(lines, line_id, start_s=start_s, end_s=end_s)
        if changes.speaker is not None:
            lines = line_edits.set_speaker(lines, [line_id], changes.speaker)
        if changes.gain_db is not None:
            lines = line_edits.set_gain(lines, line_id, changes.gain_db)
        return lines

    return edit


@router.delete(
    "/projects/{name}/lines/{line_id}", status_code=204, summary="Nobody says this line", response_model=None
)
def delete_line(name: Dub, line_id: LineId, doors: Open) -> None:
    """Its takes stay in the project's takes."""
    doors.studio.edit_lines(name, lambda found: line_edits.drop_line(found, line_id))
    doors.changes.tell(name)


@router.post("/projects/{name}/lines/{line_id}/split", summary="Cut a line in two", response_model=list[DubLineShape])
def split_line(name: Dub, line_id: LineId, at: SplitAt, doors: Open) -> list[dict[str, Any]]:
    """The second part gets an id of its own. Returns all lines."""
    doors.studio.edit_lines(name, lambda found: line_edits.split_line(found, line_id, at_word=at.at_word))
    doors.changes.tell(name)
    return lines(name, doors)


@router.post("/projects/{name}/lines/{line_id}/merge", summary="Join a line with the next", response_model=list[DubLineShape])  # fmt: skip
def merge_line(name: Dub, line_id: LineId, doors: Open) -> list[dict[str, Any]]:
    """It keeps its id. Returns all lines."""
    doors.studio.edit_lines(name, lambda found: line_edits.merge_with_next(found, line_id))
    doors.changes.tell(name)
    return lines(name, doors)


@router.get("/projects/{name}/lines/history", summary="What can be taken back", response_model=HistoryShape)
def history(name: Dub, doors: Open) -> dict[str, bool]:
    """Whether there is a change of lines or translations to undo, and one to redo."""
    undo, redo = doors.studio.can_undo_lines(name)
    return {"undo": undo, "redo": redo}


@router.post("/projects/{name}/lines/undo", summary="Take back the last change of lines", response_model=Sentence)
def undo(name: Dub, doors: Open) -> dict[str, str]:
    """Of the original's lines or of a translation, whichever came last. Says what was undone."""
    return told(doors, name, doors.studio.undo_lines(name))


@router.post("/projects/{name}/lines/redo", summary="Do again what was taken back", response_model=Sentence)
def redo(name: Dub, doors: Open) -> dict[str, str]:
    """Says what was done again."""
    return told(doors, name, doors.studio.redo_lines(name))


@router.post("/projects/{name}/lines/replace", summary="Find and replace", response_model=ReplacedShape)
def replace(name: Dub, asked: Replace, doors: Open) -> dict[str, Any]:
    """In all lines of the original, or in their translation. Returns how often, and all lines."""
    count = doors.studio.replace_in_lines(
        name, asked.find, asked.put, language=asked.language, whole_words=asked.whole_words, match_case=asked.match_case
    )
    doors.changes.tell(name)
    return {"count": count, "lines": lines(name, doors)}


@router.post("/projects/{name}/lines/{line_id}/retake", summary="Speak it once more", response_model=Sentence)
def retake_line(name: Dub, line_id: LineId, asked: Spoken, doors: Open) -> dict[str, str]:
    """At the next run, differently; refused where the engine says a line the same way every time."""
    doors.studio.retake_line(name, line_id, asked.language)
    return told(doors, name, f"The next run speaks line {line_id} in {asked.language} again.")


@router.post(
    "/projects/{name}/lines/{line_id}/take",
    summary="Your own recording is the line",
    response_model=Sentence,
    openapi_extra=FILE_BODY,
)
async def bring_take(
    name: Dub, line_id: LineId, request: Request, doors: Open, uploads: UploadRoom, language: Annotated[str, Query()]
) -> dict[str, str]:
    """Any kind of sound; silence before and after is cut."""
    async with file_of(request, uploads, "recording", _MOST_TAKE_BYTES) as recording:
        await run_sync(lambda: doors.studio.bring_take(name, line_id, language, recording))
    return told(doors, name, f"Line {line_id} in {language} is your own recording.")


# Translations


@router.put("/projects/{name}/translations/{language}", summary="These lines read so", response_model=Sentence)
def translate(name: Dub, language: Language, asked: Texts, doors: Open) -> dict[str, str]:
    """Texts by the line's id; what is written so stays whatever the engine would say."""
    doors.studio.translate_by_hand(name, language, asked.texts)
    return told(doors, name, f"{len(asked.texts)} lines are translated by hand.")


@router.post(
    "/projects/{name}/translations/{language}",
    summary="Take in a translation from a file",
    response_model=ImportedShape,
    openapi_extra=FILE_BODY,
)
async def import_translation(
    name: Dub, language: Language, request: Request, doors: Open, uploads: UploadRoom
) -> Mapping[str, Any]:
    """JSON, SRT, VTT or CSV: by id, by time, or in order. What finds no line is told."""
    async with file_of(request, uploads, "translation", _MOST_TEXT_BYTES) as file:
        found = await run_sync(lambda: doors.studio.import_translation(name, language, file))
    doors.changes.tell(name)
    return {"count": len(found.texts), "missing": list(found.missing), "unmatched": list(found.unmatched)}


@router.get("/projects/{name}/translations/{language}.{kind}", summary="A file to translate in", response_class=Response)  # fmt: skip
def translation_template(
    name: Dub,
    language: Language,
    kind: Literal["json", "srt", "csv"],
    doors: Open,
    whole: Annotated[bool, Query(description="All lines, not only those that are missing")] = True,
) -> Response:
    """Every line with its translation, or ``[TRANSLATE: …]`` where there is none."""
    text = doors.studio.template(name, language, kind, is_whole=whole)
    told = {"content-disposition": f'attachment; filename="{name}_{language}.{kind}"'} if name.isascii() else {}
    return Response(
        text, media_type=f"{_TEMPLATES[kind]}; charset=utf-8", headers={"cache-control": "no-store", **told}
    )


@router.get("/projects/{name}/review/{language}", summary="What needs a look", response_model=list[ReviewedShape])
def review(name: Dub, language: Language, doors: Open) -> list[dict[str, Any]]:
    """Every line of the dub, the riskiest first."""
    return [
        {
            "id": one.id,
            "start": one.start_s,
            "weight": round(one.weight, 3),
            "risks": [{"kind": risk.kind, "weight": round(risk.weight, 3), "words": risk.words} for risk in one.risks],
        }
        for one in doors.studio.review(name, language)
    ]


# Voices


@router.get("/voices", summary="Who can speak which language here", response_model=dict[str, dict[str, list[str]]])
def voices() -> dict[str, dict[str, list[str]]]:
    """By language and speech engine."""
    from studio.engines import registry

    return {
        language: {name: voices_for(registry.tts(name), language) for name in engines}
        for language, engines in spoken_languages().items()
    }


@router.post("/auditions", status_code=202, summary="Hear a voice", response_model=RunShape)
def audition(asked: Audition, doors: Open) -> object:
    """As a run; then ``/api/runs/{id}/file`` is a WAV file with a short sentence."""
    return works.audition(doors, asked.engine, asked.voice, asked.language).as_json()
