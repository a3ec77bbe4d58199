"""``/api/manuscripts``: books brought, their chapters edited, their pictures chosen, the book fetched.

A manuscript's id is its project's name; a chapter is addressed by its ``id``, which names its files and stays when it is
moved. Making it is ``POST /api/process`` (or ``/api/runs``), as for every kind of project.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import Response

from studio.api.asking import Name, Open, UploadRoom, options_of, told
from studio.api.book_shapes import (
    BookFormats,
    ChangedPicture,
    ChapterChanges,
    ChapterShape,
    ManuscriptRow,
    ManuscriptShape,
    NewerShape,
    NewPicture,
    PersonChanges,
    PersonShape,
    PickTake,
    PictureChanges,
    SplitChapter,
)
from studio.api.forms import BINARY, FILE_BODY, file_in, file_of, options_in
from studio.api.shapes import Named, RunShape, Sentence
from studio.api.uploads import Received
from studio.core.index import Query as Asked
from studio.engines import registry
from studio.errors import BadInput
from studio.model.illustration import ManuscriptOptions
from studio.model.manuscript import Chapter, Manuscript
from studio.planning.books.styles import presets, read_style
from studio.runs import books
from studio.runs.doors import Doors
from studio.service.pictures import Picture

router = APIRouter(prefix="/api/manuscripts", tags=["manuscripts"])
samples = APIRouter(tags=["manuscripts"])
_SAMPLE = "a girl in a red scarf runs along the harbour wall, boats behind her, at dawn"
_SAMPLE_PX = (320, 240)
_MOST_BYTES = 256 << 20
_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": BINARY,
        "name": {"type": "string"},
        "options": {"type": "string", "description": "The book's options as JSON; style: a preset's name or an object"},
    },
}


def _known_book(name: Name, doors: Open) -> str:
    if doors.studio.project(name).kind != "manuscript":
        raise HTTPException(404, f"{name} is no manuscript.")
    return name


Book = Annotated[str, Depends(_known_book)]


def _known_chapter(
    chapter_id: Annotated[int, PathPart(description="The chapter's id; its number in the book is another")],
    name: Book,
    doors: Open,
) -> Chapter:
    listed = doors.studio.manuscript(name).chapters
    found = next((one for one in listed if one.id == chapter_id), None)
    if found is None:
        raise HTTPException(404, f"{name} has no chapter with the id {chapter_id}.")
    return found


ChapterId = Annotated[Chapter, Depends(_known_chapter)]
Number = Annotated[
    int, PathPart(ge=0, description="The moment's number in its chapter; 0 is the strip over the heading")
]


@router.get("", summary="Every manuscript", response_model=list[ManuscriptRow])
def manuscripts(doors: Open, limit: Annotated[int, Query(ge=1, le=1000)] = 200) -> list[dict[str, Any]]:
    """The one that changed last first."""
    rows = doors.keeper.search(Asked(kind="manuscript", limit=limit)).rows
    return [{key: row[key] for key in ManuscriptRow.model_fields} for row in rows]


@router.post(
    "",
    status_code=201,
    summary="Bring a manuscript: text, Markdown, Word, EPUB, PDF, RTF, or as the older illustrator saved it",
    response_model=Named,
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}},
)
async def bring_manuscript(request: Request, doors: Open, uploads: UploadRoom) -> dict[str, str]:
    """A new project; nothing is made yet."""
    async with uploads.receive(request, most_bytes=_MOST_BYTES) as received:
        made = await run_sync(_made_of, doors, received)
        await run_sync(received.discard)
    doors.changes.tell(made)
    return {"name": made}


@router.post(
    "/{name}/file/changes",
    summary="What a newer version of its file would change",
    response_model=NewerShape,
    openapi_extra=FILE_BODY,
)
async def compare_file(name: Book, request: Request, doors: Open, uploads: UploadRoom) -> object:
    """Nothing is changed, and the file that was sent is not kept."""
    async with file_of(request, uploads, "manuscript", _MOST_BYTES) as file:
        return await run_sync(lambda: doors.studio.compare_manuscript(name, file))


@router.put(
    "/{name}/file", summary="Bring a newer version of its file", response_model=Sentence, openapi_extra=FILE_BODY
)
async def set_file(name: Book, request: Request, doors: Open, uploads: UploadRoom) -> dict[str, str]:
    """The next run reads it: only chapters that changed are read and drawn again."""
    async with file_of(request, uploads, "manuscript", _MOST_BYTES) as file:
        found = await run_sync(lambda: doors.studio.set_manuscript_file(name, file))
    return told(doors, name, found.said)


@router.get("/{name}", summary="A manuscript with its chapters", response_model=ManuscriptShape)
def view_manuscript(name: Book, doors: Open) -> dict[str, Any]:
    """Without their texts; before its first run it has none."""
    return _shown(doors, name, doors.studio.manuscript(name))


@router.get("/{name}/chapters", summary="Its chapters in order", response_model=list[ChapterShape])
def chapters(name: Book, doors: Open) -> list[dict[str, Any]]:
    """With their texts, moments and pictures."""
    pictures = doors.studio.pictures(name)
    return [_chapter(one, pictures, with_text=True) for one in doors.studio.manuscript(name).chapters]


@router.get("/{name}/chapters/{chapter_id}", summary="One chapter", response_model=ChapterShape)
def view_chapter(name: Book, found: ChapterId, doors: Open) -> dict[str, Any]:
    """With its text, moments and pictures."""
    return _chapter(found, doors.studio.pictures(name), with_text=True)


@router.patch(
    "/{name}/chapters/{chapter_id}", summary="Rename, move or rewrite a chapter", response_model=ManuscriptShape
)
def change_chapter(name: Book, found: ChapterId, changes: ChapterChanges, doors: Open) -> dict[str, Any]:
    """All of it or nothing; only a chapter whose text changes is read again."""
    doors.studio.change_chapter(name, found.id, **changes.model_dump())
    return _changed(doors, name)


@router.delete(
    "/{name}/chapters/{chapter_id}", summary="Take a chapter out of the book", response_model=ManuscriptShape
)
def remove_chapter(name: Book, found: ChapterId, doors: Open) -> dict[str, Any]:
    """The file that was brought still holds it."""
    doors.studio.remove_chapter(name, found.id)
    return _changed(doors, name)


@router.post("/{name}/chapters/{chapter_id}/split", summary="Cut a chapter in two", response_model=ManuscriptShape)
def split_chapter(name: Book, found: ChapterId, asked: SplitChapter, doors: Open) -> dict[str, Any]:
    """At the beginning of the paragraph that is nearest to ``position``."""
    doors.studio.split_chapter(name, found.id, asked.position, asked.title)
    return _changed(doors, name)


@router.post("/{name}/chapters/{chapter_id}/merge", summary="Join it with the next", response_model=ManuscriptShape)
def merge_chapters(name: Book, found: ChapterId, doors: Open) -> dict[str, Any]:
    """The first one's title stays."""
    doors.studio.merge_chapters(name, found.id)
    return _changed(doors, name)


@router.post(
    "/{name}/chapters/{chapter_id}/pictures",
    status_code=201,
    summary="A picture for a passage",
    response_model=Sentence,
)
def add_picture(name: Book, found: ChapterId, asked: NewPicture, doors: Open) -> dict[str, str]:
    """It is made at the next run."""
    moment = doors.studio.add_picture(name, found.id, asked.start, asked.end, action=asked.action)
    return told(doors, name, f"Picture {moment.number} of chapter {found.number} is made at the next run.")


@router.patch(
    "/{name}/chapters/{chapter_id}/pictures/{number}", summary="Change a picture's words", response_model=ChangedPicture
)
def change_picture(
    name: Book, found: ChapterId, number: Number, changes: PictureChanges, doors: Open
) -> dict[str, Any]:
    """It is made again at the next run; the present one stays as a take."""
    given = changes.model_dump(exclude_unset=True)
    if number == 0:
        if set(given) != {"prompt"}:
            raise BadInput("Of a chapter's strip only the words (prompt) can be changed.")
        doors.studio.edit_header(name, found.id, given["prompt"])
        given = {**given, "number": 0}
    else:
        given = doors.studio.edit_picture(name, found.id, number, **given).model_dump()
    doors.changes.tell(name)
    return {"chapter_id": found.id, **given}


@router.post(
    "/{name}/chapters/{chapter_id}/pictures/{number}/retake", summary="Ask for another take", response_model=Sentence
)
def retake_picture(name: Book, found: ChapterId, number: Number, doors: Open) -> dict[str, str]:
    """It is made at the next run; the present one stays as a take."""
    doors.studio.retake_picture(name, found.id, number)
    return told(doors, name, f"Picture {number} of chapter {found.number} is drawn again at the next run.")


@router.post(
    "/{name}/chapters/{chapter_id}/pictures/{number}/pick", summary="Use an earlier take", response_model=Sentence
)
def pick_picture(name: Book, found: ChapterId, number: Number, asked: PickTake, doors: Open) -> dict[str, str]:
    """The book is bound again at the next run."""
    file = doors.studio.pick_picture(name, found.id, number, asked.take)
    return told(doors, name, f"{file} is the take {asked.take} again.")


@router.get("/{name}/people", summary="Its people", response_model=list[PersonShape])
def people(name: Book, doors: Open) -> list[dict[str, Any]]:
    """The most mentioned first; nobody before its chapters were read."""
    return [
        {**one.model_dump(include={"name", "aliases", "gender", "look", "mentions"}), "is_own_look": one.has_own_look}
        for one in doors.studio.people(name)
    ]


@router.patch("/{name}/people", summary="Change how somebody looks", response_model=list[PersonShape])
def change_person(name: Book, changes: PersonChanges, doors: Open) -> list[dict[str, Any]]:
    """Only the pictures that show them are drawn again, at the next run."""
    doors.studio.edit_person(name, changes.name, look=changes.look, gender=changes.gender)
    doors.changes.tell(name)
    return people(name, doors)


@router.post("/{name}/book", status_code=202, summary="Bind the book in more formats", response_model=RunShape)
def bind_book(name: Book, asked: BookFormats, doors: Open) -> object:
    """As a run, with the pictures as they are now; its result's ``files`` are fetched from ``/media/{name}/…``."""
    return books.bind(doors, name, tuple(asked.formats)).as_json()


@router.post("/{name}/film", status_code=202, summary="Make a film project of its moments", response_model=RunShape)
def film_of_book(name: Book, doors: Open) -> object:
    """As a run; its result's ``project`` is the film: the book's pictures are its stills, its passages are what is said."""
    return books.to_film(doors, name).as_json()


@samples.get("/api/illustration-sample", summary="A small picture in a style", response_class=Response)
def illustration_sample(style: Annotated[str, Query(max_length=300)] = "") -> Response:
    """By the built-in artist, which asks nobody."""
    return Response(_sample(style), media_type="image/png", headers={"cache-control": "max-age=86400"})


@lru_cache(maxsize=32)
def _sample(style: str) -> bytes:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "sample.png"
        registry.image("storyboard").render(out, _SAMPLE, size=_SAMPLE_PX, seed=1, style=style)
        return out.read_bytes()


def _made_of(doors: Doors, received: Received) -> str:
    file, given = file_in(received, "manuscript"), options_in(received)
    style = given.get("style")
    if isinstance(style, str):
        if style not in presets():
            raise BadInput(f"There is no style {style[:80]}: take {', '.join(presets())}, or give one as an object.")
        given["style"] = presets()[style].model_dump()
    elif style is not None:
        given["style"] = read_style(style, "style").model_dump()
    name = received.fields.get("name", "").strip()
    return doors.studio.create_manuscript(file, options_of(ManuscriptOptions, given), name=name)


def _changed(doors: Doors, name: str) -> dict[str, Any]:
    doors.changes.tell(name)
    return view_manuscript(name, doors)


def _shown(doors: Doors, name: str, book: Manuscript) -> dict[str, Any]:
    pictures = doors.studio.pictures(name)
    return {
        "manuscript_id": name,
        **book.model_dump(include={"title", "author", "genre", "language"}),
        "word_count": book.word_count,
        "chapters": [_chapter(one, pictures, with_text=False) for one in book.chapters],
        "books": doors.studio.books(name),
    }


def _chapter(one: Chapter, pictures: tuple[Picture, ...], *, with_text: bool) -> dict[str, Any]:
    return {
        **one.model_dump(include={"id", "number", "title", "summary"}),
        "word_count": one.word_count,
        "content": one.content if with_text else None,
        "pictures": [_picture(picture) for picture in pictures if picture.chapter == one.id],
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "number": picture.number,
        "file": picture.file,
        "mark": picture.mark,
        "is_stale": picture.is_stale,
        "prompt": picture.prompt.prompt,
        "moment": picture.moment.model_dump(mode="json") if picture.moment else None,
    }
