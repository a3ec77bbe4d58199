"""The faces that a book is set in (EB Garamond: Latin, Greek, Cyrillic), and their letters measured and drawn.

A letter that the typeface lacks is set without what makes it special (accents, widths), else as an open box.
"""

from __future__ import annotations

import unicodedata
from contextlib import closing
from typing import TYPE_CHECKING, Literal

from studio.media.assets import asset_path
from studio.media.books.setting import Piece

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

_TYPEFACE = "EB Garamond"
_FACES = {"": "Regular", "I": "Italic", "B": "Bold", "BI": "BoldItalic"}
_BOX = "□"
_MOST_LINES = 4
_UNSEEN = ("Cf", "Mn", "Cc")
Ink = tuple[int, int, int]


def missing_letters(text: str) -> str:
    """The letters of ``text`` that a page cannot show, each once, in the order of their first use."""
    from fpdf import FPDF

    with closing(_face(FPDF(), "")) as face:
        has = frozenset(face.cmap)
    return "".join(letter for letter in dict.fromkeys(text) if _settable(letter, has) == _BOX)


class Faces:
    """The faces in one document. Sizes and lengths are points; ``size`` is that of the text's measure."""

    def __init__(self, pdf: FPDF, size: float) -> None:
        self._pdf, self._size = pdf, size
        self._files: dict[str, TTFFont] = {}
        self._has: dict[str, frozenset[int]] = {}
        self._measured: dict[tuple[str, str], Piece] = {}

    def close(self) -> None:
        """The faces' files are closed; nothing can be set any more."""
        for face in self._files.values():
            face.close()

    def measure(self, text: str, style: str) -> Piece:
        """``text`` as it can be set at the text's size."""
        piece = self._measured.get((text, style))
        if piece is None:
            settable = self.settable(text, style)
            piece = Piece(settable, style, self.width(settable, style, self._size))
            self._measured[text, style] = piece
        return piece

    def settable(self, text: str, style: str = "") -> str:
        """``text`` in letters that the face has."""
        self._open(style)
        has = self._has[style]
        text = unicodedata.normalize("NFC", text)
        if has.issuperset(map(ord, text)):
            return text
        return "".join(_settable(letter, has) for letter in text)

    def width(self, text: str, style: str, size: float) -> float:
        """How wide settable ``text`` is."""
        self._open(style)
        self._pdf.set_font(_TYPEFACE, style, size)
        return float(self._pdf.get_string_width(text))

    def draw(self, text: str, place: tuple[float, float], style: str, size: float) -> None:
        """Settable ``text`` from ``place`` (left end of its baseline)."""
        self._open(style)
        self._pdf.set_font(_TYPEFACE, style, size)
        self._pdf.text(*place, text)

    def label(
        self,
        text: str,
        place: tuple[float, float],
        style: str,
        size: float,
        *,
        ink: Ink,
        align: Literal["left", "middle", "right"] = "middle",
    ) -> None:
        """``text`` in colour, its left end, middle or right end at ``place``."""
        words = self.settable(text, style)
        shift = {"left": 0.0, "middle": 0.5, "right": 1.0}[align]
        self._pdf.set_text_color(*ink)
        self.draw(words, (place[0] - shift * self.width(words, style, size), place[1]), style, size)

    def wrapped(self, text: str, style: str, size: float, width: float) -> list[str]:
        """``text`` in at most four lines of ``width`` that are about equally long; what does not fit is cut off."""
        words = self.settable(text, style).split()
        fewest = len(self._filled(words, style, size, width))
        tight = width
        while fewest <= _MOST_LINES and tight > width / 2:
            if len(self._filled(words, style, size, tight * 0.96)) > fewest:
                break
            tight *= 0.96
        lines = self._filled(words, style, size, tight)
        kept = [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
        return [self.cut(line, style, size, width) for line in kept if line]

    def cut(self, text: str, style: str, size: float, width: float) -> str:
        """``text``, with an ellipsis where it is too long for ``width``."""
        words = " ".join(self.settable(text, style).split())
        if self.width(words, style, size) <= width:
            return words
        low, high = 0, len(words)
        while high - low > 1:
            middle = (low + high) // 2
            fits = self.width(words[:middle].rstrip() + "…", style, size) <= width
            low, high = (middle, high) if fits else (low, middle)
        return words[:low].rstrip() + "…"

    def _open(self, style: str) -> None:
        """The face is there: each is opened when it is first needed."""
        if style not in self._files:
            self._files[style] = _face(self._pdf, style)
            self._has[style] = frozenset(self._files[style].cmap)

    def _filled(self, words: list[str], style: str, size: float, width: float) -> list[str]:
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, style, size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


def _face(pdf: FPDF, style: str) -> TTFFont:
    """The face of that style (empty, ``I``, ``B``, ``BI``), ready in ``pdf``: an open file."""
    from fpdf.fonts import TTFFont

    pdf.add_font(_TYPEFACE, style, str(asset_path(f"third_party/book_fonts/EBGaramond-{_FACES[style]}.ttf")))
    pdf.set_font(_TYPEFACE, style)
    face = pdf.current_font
    assert isinstance(face, TTFFont)
    return face


def _settable(letter: str, has: frozenset[int]) -> str:
    if ord(letter) in has:
        return letter
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    if plain and all(ord(part) in has for part in plain):
        return plain
    if unicodedata.category(letter) in _UNSEEN:
        return ""
    return " " if letter.isspace() else _BOX
