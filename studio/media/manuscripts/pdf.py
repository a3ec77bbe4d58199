"""PDFs with text: the lines of each page, where they stand, made paragraphs by ``pdf_lines``."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.errors import BadInput
from studio.media.manuscripts.book_text import BookText
from studio.media.manuscripts.pdf_lines import Line, blocks_of_lines

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 20_000
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
        lines = [line for number in range(len(reader.pages)) for line in _lines(reader, number)]
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


def _lines(reader: PdfReader, number: int) -> Iterator[Line]:
    """The lines of one page in the order in which they were written."""
    pieces: list[Line] = []

    def piece(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        pieces.append(Line(text, number, x, y, size * scale))

    reader.pages[number].extract_text(visitor_text=piece)
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
