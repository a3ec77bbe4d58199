"""A book made up into pages: its chapters' words set in lines, its pictures made small, all of it in rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studio.media.books.chapter_pages import Figure, Opening, Step, best_pages
from studio.media.books.faces import Faces
from studio.media.books.pages import Page, Pages
from studio.media.books.prose import Block, Run, blocks_of, laid_out
from studio.media.books.setting import Line, justified, words_of
from studio.media.plates import Plate, edge_px, plate
from studio.model.book import Book, BookChapter

TEXT_WIDTH, ROW, SIZE = 311.0, 15.6, 11.6
"""Points: width of the text, height of a row, size of its type."""
TITLE_SIZE, TITLE_WIDTH = 23.0, 0.86 * TEXT_WIDTH
INITIAL_LINES, INITIAL_SIZE = 3, 60.0
"""An initial's capital height (0.65 of its size) is two rows and the capital height of the text."""
BREAK, ORNAMENT = "*   *   *", "❦"
_INDENT, _GAP, _INITIAL_AIR = 17.0, 0.25 * SIZE, 3.5
_OPENING_ROWS, _TITLE_ROWS, _FRONT_ROWS = 5, 2, 7
STRIP_SHAPE = (0.12, 0.42)
"""Least and most height of a strip over a heading, as a share of the page's width: a taller picture is cut."""


class Makeup:
    """One book being made up; ``strips`` are the pictures over headings by the chapter's place."""

    def __init__(self, book: Book, faces: Faces, page_width: float) -> None:
        self.strips: dict[int, Plate] = {}
        self._book, self._faces, self._page_width = book, faces, page_width
        self._edge_px = edge_px(book.picture_count)

    def pages(self) -> list[Page]:
        """All pages of text. Raises OSError for a picture that is none."""
        pages: list[Page] = []
        for number, chapter in enumerate(self._book.chapters):
            if chapter.header:
                wide_px = round(self._edge_px * self._page_width / TEXT_WIDTH)
                self.strips[number] = plate(chapter.header, wide_px, tallest=STRIP_SHAPE[1])
            ornament = ORNAMENT if number == len(self._book.chapters) - 1 else ""
            opening = Opening(number, self._opening_rows(number, chapter), ornament)
            pages += best_pages(opening, list(self._steps(chapter)), ROW, TEXT_WIDTH)
        return pages

    def front_pages(self) -> list[Page]:
        """Pages of what stands before the contents: short paragraphs in the middle, longer ones as in a chapter."""
        pages = Pages(ROW, TEXT_WIDTH)
        for block in blocks_of(self._book.front):
            if not block.runs:
                continue
            if not pages.pages:
                pages.open_chapter(0, _FRONT_ROWS)
            if block.is_short:
                runs = tuple(replace(run, is_italic=True) for run in block.runs)
                pages.add_lines([_in_the_middle(line) for line in self._lines(runs, 0.0, margin=2 * _INDENT)], keep=9)
            else:
                pages.add_lines(self._lines(block.runs, 0.0))
            pages.skip(2)
        return pages.pages

    def strip_rows(self, chapter: int) -> int:
        """How many rows the strip over the heading takes."""
        strip = self.strips.get(chapter)
        return math.ceil((strip.shape * self._page_width - 2.5 * ROW) / ROW) if strip else 0

    def title_lines(self, chapter: BookChapter) -> list[str]:
        """The chapter's title as it is broken over its first page; its label if it has no title."""
        return self._faces.wrapped(chapter.title or chapter.label, "", TITLE_SIZE, TITLE_WIDTH)

    def _opening_rows(self, number: int, chapter: BookChapter) -> int:
        above = self.strip_rows(number) or 2
        return above + _OPENING_ROWS + _TITLE_ROWS * len(self.title_lines(chapter))

    def _steps(self, chapter: BookChapter) -> Iterator[Step]:
        is_first = is_flush = True
        for block in laid_out(chapter):
            if not isinstance(block, Block):
                yield Figure(plate(block.file, self._edge_px), block.alt)
            elif block.kind == "paragraph":
                yield self._paragraph(block.runs, is_first=is_first, is_flush=is_flush)
                is_first = is_flush = False
            else:
                yield self._between(block)
                is_flush = True

    def _between(self, block: Block) -> Step:
        if block.kind == "break":
            return lambda pages: pages.add_break(BREAK)
        if block.kind == "heading":
            heading = self._lines(tuple(replace(run, is_bold=True) for run in block.runs), 0.0)
            return lambda pages: _put_heading(pages, heading)
        quotation = self._lines(block.runs, 0.0, margin=_INDENT)
        return lambda pages: _put_quotation(pages, quotation)

    def _paragraph(self, runs: Sequence[Run], *, is_first: bool, is_flush: bool) -> Step:
        initial = runs[0].text[:1] if is_first and runs else ""
        if self._faces.has_initial(initial):
            capital = initial.upper()
            wide = self._faces.width(capital, "", INITIAL_SIZE) + _INITIAL_AIR
            rest = (replace(runs[0], text=runs[0].text[1:]), *runs[1:])
            opening = self._lines(rest, wide, indented=INITIAL_LINES)
            if len(opening) > INITIAL_LINES:
                return lambda pages: _put_opening(pages, capital, opening)
        lines = self._lines(runs, 0.0 if is_flush else _INDENT)
        return lambda pages: pages.add_lines(lines)

    def _lines(self, runs: Sequence[Run], indent: float, *, indented: int = 1, margin: float = 0.0) -> list[Line]:
        """Lines whose first few (``indented``) stand in by ``indent``, all by ``margin`` on both sides."""
        width = TEXT_WIDTH - 2 * margin

        def place(number: int) -> tuple[float, float]:
            by = indent if number < indented else 0.0
            return margin + by, width - by

        return justified(words_of(runs, self._faces.measure, width - indent), _GAP, place)


def _in_the_middle(line: Line) -> Line:
    gaps = sum(word.has_gap for word in line.words[:-1])
    wide = sum(word.width for word in line.words) + gaps * _GAP
    return replace(line, left=(TEXT_WIDTH - wide) / 2, gap=_GAP)


def _put_heading(pages: Pages, lines: Sequence[Line]) -> None:
    pages.skip(1)
    pages.keep_with_next(4)
    pages.add_lines(lines, keep=9)


def _put_quotation(pages: Pages, lines: Sequence[Line]) -> None:
    pages.skip(1)
    pages.add_lines(lines)
    pages.skip(1)


def _put_opening(pages: Pages, capital: str, lines: Sequence[Line]) -> None:
    pages.keep_with_next(INITIAL_LINES + 1)
    pages.add_initial(capital)
    pages.add_lines(lines, keep=INITIAL_LINES)
