"""Manuscripts that were saved as JSON: by the older illustrator, or our own ``manuscript.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn

from pydantic import TypeAdapter, ValidationError

from studio.errors import BadInput
from studio.model.manuscript import Chapter, Emphasis, Manuscript
from studio.model.tolerant import kind_of
from studio.planning.books.emphasis import read_marks
from studio.planning.books.front_pages import language_in
from studio.planning.books.plain_text import clean, clean_line

_TEXT_KEYS = ("content", "text", "body")
_EMPHASIS = TypeAdapter(tuple[Emphasis, ...])


def manuscript_from(value: object, source: str) -> Manuscript:
    """The manuscript in ``value``: ``{metadata{title, …}, chapters[{title, content, …}]}``, or a list of chapters.

    Numbers and counts that the file states are not believed: chapters are numbered in their order, by ``number``
    where each has one of its own, and counted anew. Ids are kept where they are whole, above 0 and not doubled.
    Raises BadInput naming the place: ``book.json: chapters[2].content: expected text, found a number``.
    """
    whole: Mapping[str, object] = value if isinstance(value, dict) else {"chapters": value}
    listed = whole.get("chapters")
    if not isinstance(listed, list):
        raise BadInput(f'{source}: a saved manuscript needs a list named "chapters".')
    entries = [_entry(chapter, at, source) for at, chapter in enumerate(listed)]
    metadata = whole.get("metadata")
    about = {**whole, **(metadata if isinstance(metadata, dict) else {})}
    chapters = _numbered(entries, source)
    language = clean_line(_text(about, ("language",), source, "metadata.")).split("-")[0].lower()
    return Manuscript(
        title=clean_line(_text(about, ("title",), source, "metadata.")),
        author=clean_line(_text(about, ("author",), source, "metadata.")),
        genre=clean_line(_text(about, ("genre",), source, "metadata.")),
        language=language or language_in("\n".join(chapter.content for chapter in chapters)),
        front_matter=clean(_text(about, ("front_matter",), source, "")).strip(),
        chapters=chapters,
    )


def _entry(chapter: object, at: int, source: str) -> Mapping[str, object]:
    if isinstance(chapter, str):
        return {"content": chapter}
    if not isinstance(chapter, dict):
        _refuse(source, f"chapters[{at}]", "a chapter (an object)", chapter)
    return chapter


def _numbered(entries: list[Mapping[str, object]], source: str) -> tuple[Chapter, ...]:
    numbers = [_whole(entry.get("number")) for entry in entries]
    order = list(range(len(entries)))
    if None not in numbers and len(set(numbers)) == len(numbers):
        order.sort(key=lambda at: numbers[at] or 0)
    wanted = [_whole(entry.get("id")) for entry in entries]
    has_ids = (
        None not in wanted and len(set(wanted)) == len(wanted) and min((id_ or 0 for id_ in wanted), default=0) > 0
    )
    return tuple(
        _chapter(entries[at], (wanted[at] or number) if has_ids else number, number, source, f"chapters[{at}].")
        for number, at in enumerate(order, start=1)
    )


def _chapter(entry: Mapping[str, object], id_: int, number: int, source: str, place: str) -> Chapter:
    """Marks of Markdown in its text are read, unless it says itself where its emphasis is."""
    content = re.sub(r"\n{3,}", "\n\n", clean(_text(entry, _TEXT_KEYS, source, place)).strip("\n"))
    if entry.get("emphasis") is None:
        content, emphasis = read_marks(content)
    else:
        try:
            emphasis = _EMPHASIS.validate_python(entry["emphasis"])
        except ValidationError:
            _refuse(source, f"{place}emphasis", 'a list of {"start", "end", "kind"}', entry["emphasis"])
    return Chapter(
        id=id_,
        number=number,
        title=clean_line(_text(entry, ("title", "name"), source, place)),
        content=content,
        emphasis=emphasis,
        summary=clean(_text(entry, ("summary",), source, place)).strip(),
    )


def _text(entry: Mapping[str, object], keys: tuple[str, ...], source: str, place: str) -> str:
    key = next((key for key in keys if entry.get(key) is not None), None)
    if key is None:
        return ""
    value = entry[key]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and key in ("title", "name"):
        value = str(value)
    if not isinstance(value, str):
        _refuse(source, f"{place}{key}", "text", value)
    return value


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,9}\s*", value):
        return int(value)
    return value if isinstance(value, int) and abs(value) < 10**9 else None


def _refuse(source: str, place: str, expected: str, value: object) -> NoReturn:
    raise BadInput(f"{source}: {place}: expected {expected}, found {kind_of(value)}.")
