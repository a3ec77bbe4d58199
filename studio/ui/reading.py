"""A chapter's text in pages and paragraphs, with its moments marked: plain values, no page is built here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.media.books.prose import Emphasised, Run
from studio.model.manuscript import Chapter
from studio.model.moments import EmotionalMoment

_PAGE_CHARS = 16_000
_BREAK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a paragraph; ``moment`` is the number of the moment that they belong to, 0 for none."""

    runs: tuple[Run, ...]
    moment: int = 0

    @property
    def text(self) -> str:
        """All of its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that begins at character ``start``; ``moments`` are those that begin in it."""

    start: int
    parts: tuple[Part, ...]
    moments: tuple[int, ...]


def page_count(text: str) -> int:
    """How many pages the text has; at least one."""
    return max(1, len(_pages(text)))


def page_of(text: str, position: int) -> int:
    """The page, from 0, that the character at ``position`` is on."""
    return next((at for at, (_, end) in enumerate(_pages(text)) if position < end), 0)


def page(chapter: Chapter, moments: Sequence[EmotionalMoment], number: int) -> tuple[Paragraph, ...]:
    """The paragraphs of page ``number`` (from 0). Of moments that overlap the first is marked."""
    text = chapter.content
    pages = _pages(text)
    if not pages:
        return ()
    start, end = pages[min(max(0, number), len(pages) - 1)]
    ordered = sorted(moments, key=lambda one: one.start_position)
    faces = Emphasised(chapter.emphasis, len(text))
    return tuple(_paragraph(text, faces, span, ordered) for span in _spans(text, start, end))


def _paragraph(text: str, faces: Emphasised, span: tuple[int, int], moments: Sequence[EmotionalMoment]) -> Paragraph:
    start, end = span
    at, parts = start, list[Part]()

    def words(first: int, last: int) -> tuple[Run, ...]:
        return tuple(faces.runs(text[first:last], first))

    for moment in moments:
        first, last = max(at, moment.start_position), min(end, moment.end_position)
        if first < last:
            parts += [Part(words(at, first)), Part(words(first, last), moment.number)]
            at = last
    parts.append(Part(words(at, end)))
    begun = tuple(one.number for one in moments if start <= one.start_position < end)
    return Paragraph(start, tuple(part for part in parts if part.runs), begun)


def _pages(text: str) -> list[tuple[int, int]]:
    pages: list[tuple[int, int]] = []
    start = None
    for first, last in _spans(text, 0, len(text)):
        start = first if start is None else start
        if last - start >= _PAGE_CHARS:
            pages.append((start, last))
            start = None
    if start is not None:
        pages.append((start, len(text)))
    return pages


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where each paragraph begins and ends; one that is longer than a page is cut at a space."""
    spans = []
    at = start
    for found in _BREAK.finditer(text, start, end):
        spans.append((at, found.start()))
        at = found.end()
    spans.append((at, end))
    return [piece for span in spans for piece in _cut(text, *span) if text[slice(*piece)].strip()]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _PAGE_CHARS:
        space = text.rfind(" ", start, start + _PAGE_CHARS)
        cut = space + 1 if space > start else start + _PAGE_CHARS
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]
