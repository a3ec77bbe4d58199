"""PDFs with text: the lines of each page, where they stand, made paragraphs by ``pdf_lines``."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.errors import BadInput
from studio.media.manuscripts.book_text import BookText, check_length
from studio.media.manuscripts.pdf_lines import Line, blocks_of_lines

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 20_000
_MOST_DRAWN_BYTES = 40 << 20
"""Of what the pages draw, unpacked, each time it is drawn; 2 to 5 kB a page in a novel. It takes 1 to 2 s a MB."""
_LEAST_FORM_BYTES = 200
_LEAST_FONT_BYTES = 2000
_FONT_PART = 5
"""A map of letters is read 5 times as fast as drawings; forms, which draw theirs anew each time, count it whole."""
_LEAST_LETTERS_A_PAGE = 25
"""Fewer on the average are page numbers over pictures."""
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_MOST_UNREADABLE = 0.2
_SPACE = 0.25
"""How wide a space is, in sizes of its letters."""
_DAMAGE = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError,
    NotImplementedError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip
"""What pypdf lets through, besides its own errors, from files that break the rules."""


def read_pdf(file: Path) -> BookText:
    """The text of a PDF. Raises BadInput if it is damaged, locked, or holds pictures of pages only."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(file)
        _unlock(reader, file.name)
        if len(reader.pages) > _MOST_PAGES:
            raise BadInput(f"{file.name} has {len(reader.pages):,} pages; {_MOST_PAGES:,} are the most.")
        work = _Work(file.name)
        for page in reader.pages:
            work.draw(_content_bytes(page) + _font_bytes(page, work.fonts))
        lines = [line for number in range(len(reader.pages)) for line in _lines(reader, number, work)]
        titles = list(_outline(reader, reader.outline))
        facts: dict[str, Any] = dict(reader.metadata or {})
        pages = len(reader.pages)
    except (PyPdfError, *_DAMAGE) as error:
        raise BadInput(f"{file.name} is a damaged PDF: make it anew, or bring the text as .docx or .txt.") from error
    _refuse_unread(lines, pages, file.name)
    return BookText(
        blocks=tuple(blocks_of_lines(lines, titles)),
        title=str(facts.get("/Title") or "").strip(),
        author=str(facts.get("/Author") or "").strip(),
    )


def _unlock(reader: PdfReader, name: str) -> None:
    """Opens a PDF that asks for no password to be read."""
    from pypdf.errors import DependencyError, PyPdfError

    if not reader.is_encrypted:
        return
    try:
        is_open = bool(reader.decrypt(""))
    except (DependencyError, PyPdfError):
        is_open = False
    if not is_open:
        raise BadInput(f"{name} is locked with a password: save it without one, and bring that.")


@dataclass(slots=True)
class _Work:
    """What reading the file called ``name`` has cost so far."""

    name: str
    drawn_bytes: int = 0
    characters: int = 0
    fonts: dict[int, int] = field(default_factory=dict)
    """By the font, what reading it counts: none is unpacked twice for that."""

    def draw(self, size_bytes: int) -> None:
        """Counts a page, or a form that is drawn on one. Raises BadInput when that is more than any book has."""
        self.drawn_bytes += size_bytes
        if self.drawn_bytes > _MOST_DRAWN_BYTES:
            raise BadInput(f"{self.name} draws more than any book of words: bring its text as .docx or .txt.")

    def say(self, text: str) -> None:
        """Counts ``text``. Raises BadInput when that is more than a book may have."""
        self.characters += len(text)
        check_length(self.characters, self.name)


def _content_bytes(page: PageObject) -> int:
    content = page.get_contents()
    return len(content.get_data()) if content is not None else 0


def _font_bytes(holder: Any, sizes: dict[int, int]) -> int:
    """What reading the fonts of ``holder`` counts; ``sizes`` keeps it by the font."""
    from pypdf.generic import DictionaryObject, StreamObject

    fonts = holder.get("/Resources", {}).get("/Font", {})
    total_bytes = 0
    for name in fonts:
        font = fonts[name]
        if id(font) not in sizes:
            letters = font["/ToUnicode"] if isinstance(font, DictionaryObject) and "/ToUnicode" in font else None
            map_bytes = len(letters.get_data()) if isinstance(letters, StreamObject) else 0
            sizes[id(font)] = max(_LEAST_FONT_BYTES, map_bytes // _FONT_PART)
        total_bytes += sizes[id(font)]
    return total_bytes


def _form_bytes(holder: Any, sizes: dict[str, int], seen: set[int], fonts: dict[int, int]) -> dict[str, int]:
    """By its name, what drawing a form counts that ``holder``, or a form in it, draws; the longest of that name."""
    resources = holder.get("/Resources", {})
    forms = resources.get("/XObject", {})
    for name in forms:
        form = forms[name]
        if id(form) not in seen and form.get("/Subtype") == "/Form":
            seen.add(id(form))
            size_bytes = _LEAST_FORM_BYTES + len(form.get_data()) + _FONT_PART * _font_bytes(form, fonts)
            sizes[name] = max(sizes.get(name, 0), size_bytes)
            _form_bytes(form, sizes, seen, fonts)
    return sizes


def _lines(reader: PdfReader, number: int, work: _Work) -> Iterator[Line]:
    """The lines of one page in the order in which they were written."""
    pieces: list[Line] = []

    def piece(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float) -> None:
        work.say(text)
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        pieces.append(Line(text, number, x, y, size * scale))

    def operand(operator: object, operands: Sequence[Any], *_: object) -> None:
        work.draw(forms.get(str(operands[0]), 0) if operator == b"Do" and operands else 0)

    page = reader.pages[number]
    forms = _form_bytes(page, {}, set(), work.fonts)
    page.extract_text(visitor_text=piece, visitor_operand_before=operand)
    line: Line | None = None
    for one in pieces:
        first, *others = one.text.split("\n")
        line = _longer(line, replace(one, text=first))
        for other in others:
            if line:
                yield line
            line = _longer(None, replace(one, text=other))
    if line:
        yield line


def _longer(line: Line | None, piece: Line) -> Line | None:
    """``line`` with ``piece`` behind it; None while there are only spaces. Spaces before a line indent it."""
    if line:
        return replace(line, text=line.text + piece.text, size=max(line.size, piece.size if piece.text.strip() else 0))
    spaces = len(piece.text) - len(piece.text.lstrip(" "))
    return replace(piece, x=piece.x + spaces * _SPACE * piece.size) if piece.text.strip() else None


def _outline(reader: PdfReader, entries: Sequence[Any], depth: int = 1) -> Iterator[tuple[int, str, int]]:
    """The bookmarks: page, title, and how deep they lie."""
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(reader, entry, min(depth + 1, 6))
            continue
        page = reader.get_destination_page_number(entry)
        if page is not None and page >= 0 and entry.title:
            yield page, str(entry.title), depth


def _refuse_unread(lines: list[Line], pages: int, name: str) -> None:
    text = "".join(line.text for line in lines)
    letters = sum(letter.isalpha() for letter in text)
    unreadable = len(_UNREADABLE.findall(text))
    if unreadable > _MOST_UNREADABLE * max(1, letters + unreadable):
        raise BadInput(
            f"{name}: the letters of this PDF have lost their meaning (its fonts do not say it). Run OCR on it."
        )
    if letters < _LEAST_LETTERS_A_PAGE * min(pages, 4) or letters < 2 * pages:
        raise BadInput(
            f"{name} is scanned pictures without text: run OCR on it first, or bring the text as .docx or .txt."
        )
