"""A book as a PDF to print or read: A5, set in EB Garamond, with contents, outline and page numbers."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from studio.media.books.faces import Faces
from studio.media.books.makeup import INITIAL_LINES, INITIAL_SIZE, ROW, SIZE, TEXT_WIDTH, TITLE_SIZE, Makeup
from studio.media.books.pages import Initial, Mark, Page, Placed, Shown
from studio.media.books.setting import Line
from studio.media.books.words import contents_word
from studio.media.plates import Plate
from studio.model.book import Book, BookChapter

_WIDTH, _HEIGHT = 419.53, 595.28
"""A5, in points, as all lengths here."""
_INNER, _TOP = 57.0, 61.0
"""The margin at the spine, and the baseline of the first row."""
_HEAD_SIZE, _FOLIO_SIZE, _LABEL_SIZE, _NAME_SIZE, _AUTHOR_SIZE = 9.5, 10.0, 10.5, 32.0, 14.0
_HEAD_Y, _FOLIO_Y = 38.0, _HEIGHT - 38.0
_ASCENT = 0.72
_INK, _QUIET, _ACCENT = (22, 22, 26), (112, 106, 100), (128, 54, 38)
_CONTENTS_TOP, _CONTENTS_STEP, _CONTENTS_ROWS = _TOP + 4 * ROW, 1.5 * ROW, 17
_COVER_WIDTH, _COVER_HEIGHT = 0.9 * TEXT_WIDTH, 0.42 * _HEIGHT
_RULE_WIDTH = 46.0
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)


def write_pdf(out: Path, book: Book) -> None:
    """Write ``out``: title page, dedication, contents, and each chapter from a new page, with its pictures.

    Raises OSError if a picture is none.
    """
    with closing(_Binding(book)) as binding:
        binding.write(out)


class _Binding:
    def __init__(self, book: Book) -> None:
        from fpdf import FPDF

        self._book = book
        self._pdf = FPDF(unit="pt", format=(_WIDTH, _HEIGHT))
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.set_creation_date(_FIXED)
        self._pdf.set_title(book.title)
        self._pdf.set_author(book.author)
        self._pdf.set_lang(book.language)
        self._faces = Faces(self._pdf, SIZE)
        self._makeup = Makeup(book, self._faces, _WIDTH)

    def close(self) -> None:
        self._faces.close()

    def write(self, out: Path) -> None:
        pages, front = self._makeup.pages(), self._makeup.front_pages()
        first = 2 + len(front) + -(-len(self._book.chapters) // _CONTENTS_ROWS)
        self._title_page(pages)
        for page in front:
            self._pdf.add_page()
            self._pdf.set_text_color(*_INK)
            for placed in page.items:
                self._item(placed, (_WIDTH - TEXT_WIDTH) / 2)
        self._contents({page.chapter: first + at for at, page in enumerate(pages) if page.is_opening})
        for number, page in enumerate(pages, start=first):
            self._page(page, number)
        self._pdf.output(str(out))

    def _title_page(self, pages: list[Page]) -> None:
        """The book's first picture, its title and its author."""
        self._pdf.add_page()
        shown = next((one.item for page in pages for one in page.items if isinstance(one.item, Shown)), None)
        at = 0.36 * _HEIGHT
        if shown:
            width = min(_COVER_WIDTH, _COVER_HEIGHT / shown.plate.shape)
            height = width * shown.plate.shape
            top = 84.0 + (_COVER_HEIGHT - height) / 2
            self._image(shown.plate, ((_WIDTH - width) / 2, top), (width, height), shown.alt)
            at = top + height + 62
        for line in self._faces.wrapped(self._book.title, "", _NAME_SIZE, TEXT_WIDTH):
            self._faces.label(line, (_WIDTH / 2, at), "", _NAME_SIZE, ink=_INK)
            at += 1.15 * _NAME_SIZE
        self._rule(at - 8)
        self._faces.label(self._book.author, (_WIDTH / 2, at + 22), "I", _AUTHOR_SIZE, ink=_QUIET)

    def _contents(self, starts: dict[int, int]) -> None:
        """Label, title and page of every chapter, each a link."""
        word = contents_word(self._book.language)
        for place, chapter in enumerate(self._book.chapters):
            if place % _CONTENTS_ROWS == 0:
                self._pdf.add_page()
                self._faces.label(word, (_WIDTH / 2, _TOP + ROW), "", TITLE_SIZE, ink=_INK)
            at = _CONTENTS_TOP + (place % _CONTENTS_ROWS + 1) * _CONTENTS_STEP
            self._entry(chapter, starts[place], at)

    def _entry(self, chapter: BookChapter, number: int, at: float) -> None:
        left = (_WIDTH - TEXT_WIDTH) / 2
        right = left + TEXT_WIDTH
        folio = self._faces.width(str(number), "", SIZE)
        room = TEXT_WIDTH - folio - 30
        label = self._faces.cut(chapter.label, "I", SIZE, room / 2) if chapter.title else ""
        wide = self._faces.width(label, "I", SIZE) + 8 if label else 0.0
        title = self._faces.cut(chapter.title or chapter.label or self._book.title, "", SIZE, room - wide)
        if label:
            self._faces.label(label, (left, at), "I", SIZE, ink=_QUIET, align="left")
        self._faces.label(title, (left + wide, at), "", SIZE, ink=_INK, align="left")
        self._dots(left + wide + self._faces.width(title, "", SIZE) + 6, right - folio - 6, at)
        self._faces.label(str(number), (right, at), "", SIZE, ink=_INK, align="right")
        self._pdf.link(left, at - SIZE, TEXT_WIDTH, 1.4 * SIZE, self._pdf.add_link(page=number))

    def _dots(self, left: float, right: float, at: float) -> None:
        """Leaders, which stand under each other in all rows."""
        step = 6.0
        first = -(-left // step)
        for place in range(int(first), int(right // step)):
            self._faces.label(".", (place * step, at), "", SIZE * 0.8, ink=_QUIET, align="left")

    def _page(self, page: Page, number: int) -> None:
        self._pdf.add_page()
        left = _INNER if number % 2 else _WIDTH - _INNER - TEXT_WIDTH
        chapter = self._book.chapters[page.chapter]
        if page.is_opening:
            self._pdf.start_section(chapter.heading or self._book.title)
            self._opening(page.chapter, chapter, left + TEXT_WIDTH / 2)
        else:
            head = (number % 2 and (chapter.title or chapter.label)) or self._book.title
            head = self._faces.cut(head, "I", _HEAD_SIZE, TEXT_WIDTH)
            self._faces.label(head, (left + TEXT_WIDTH / 2, _HEAD_Y), "I", _HEAD_SIZE, ink=_QUIET)
        self._faces.label(str(number), (left + TEXT_WIDTH / 2, _FOLIO_Y), "", _FOLIO_SIZE, ink=_QUIET)
        self._pdf.set_text_color(*_INK)
        for placed in page.items:
            self._item(placed, left)

    def _opening(self, place: int, chapter: BookChapter, middle: float) -> None:
        """The strip from edge to edge, the label, the title and a short rule."""
        strip = self._makeup.strips.get(place)
        if strip:
            self._image(strip, (0.0, 0.0), (_WIDTH, _WIDTH * strip.shape), "")
        at = _TOP + ((self._makeup.strip_rows(place) or 2) + 1) * ROW
        if chapter.title and chapter.label:
            self._pdf.set_char_spacing(1.6)
            self._faces.label(chapter.label.upper(), (middle, at), "", _LABEL_SIZE, ink=_ACCENT)
            self._pdf.set_char_spacing(0)
        at += 2 * ROW
        for line in self._makeup.title_lines(chapter):
            self._faces.label(line, (middle, at), "", TITLE_SIZE, ink=_INK)
            at += 1.75 * ROW
        self._rule(at - 0.7 * ROW, middle)

    def _item(self, placed: Placed, left: float) -> None:
        at = _TOP + placed.row * ROW
        item = placed.item
        if isinstance(item, Line):
            self._line(item, left, at)
        elif isinstance(item, Shown):
            air = item.rows * ROW - item.height
            top = at - _ASCENT * SIZE + (0.2 * ROW if placed.row == 0 else air / 2 - 0.1 * ROW)
            self._image(item.plate, (left + (TEXT_WIDTH - item.width) / 2, top), (item.width, item.height), item.alt)
        elif isinstance(item, Initial):
            self._faces.draw(item.text, (left, at + (INITIAL_LINES - 1) * ROW), "", INITIAL_SIZE)
        elif isinstance(item, Mark):
            self._faces.label(item.text, (left + TEXT_WIDTH / 2, at), "", 1.1 * SIZE, ink=_ACCENT)
            self._pdf.set_text_color(*_INK)

    def _line(self, line: Line, left: float, at: float) -> None:
        """Each word with the gap after it as a letter of its own, so that words copied from the page stay apart."""
        x = left + line.left
        for word in line.words:
            for place, piece in enumerate(word.pieces, start=1):
                after = " " if word.has_gap and place == len(word.pieces) else ""
                self._faces.draw(piece.text + after, (x, at), piece.style, SIZE)
                x += piece.width
            if word.has_gap:
                x += line.gap

    def _rule(self, at: float, middle: float = _WIDTH / 2) -> None:
        self._pdf.set_draw_color(*_ACCENT)
        self._pdf.set_line_width(0.7)
        self._pdf.line(middle - _RULE_WIDTH / 2, at, middle + _RULE_WIDTH / 2, at)

    def _image(self, plate: Plate, place: tuple[float, float], size: tuple[float, float], alt: str) -> None:
        self._pdf.image(io.BytesIO(plate.content), *place, *size, alt_text=alt or None)
