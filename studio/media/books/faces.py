"""The faces that a book is set in (EB Garamond: Latin, Greek, Cyrillic), and their letters measured and drawn.

A letter that the typeface lacks is set without what makes it special (accents, widths), else in a font of this machine
if its script runs from left to right and its letters stand for themselves, else as an open box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.media.assets import asset_path
from studio.media.books.setting import Piece
from studio.media.system_fonts import installed
from studio.model.letters import normal

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

_TYPEFACE = "EB Garamond"
_FACES = {"": "Regular", "I": "Italic", "B": "Bold", "BI": "BoldItalic"}
_BOX = "□"
_MOST_LINES = 4
_UNSEEN = ("Cf", "Mn", "Cc")
_UNUSUAL = re.compile("[^\0-\u024f\u0384-\u03d7\u0400-\u045f\u1e00-\u201a\u201c-\u201e\u2020-\u2022\u2026\u20ac]")
"""All but the letters that hardly a book does without; the typeface has those."""
_JOINED = ((0x0900, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1AAF), (0x1B00, 0x1CFF), (0xA800, 0xA8FF), (0xA980, 0xABFF))
"""From Devanagari to Javanese: letters that change beside others."""
_TO_THE_RIGHT = frozenset(("L", "ON", "EN", "ES", "ET", "CS"))
Ink = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a page can show of a text."""

    missing: str = ""
    """Letters that no font here has, each once, in the order of their first use."""
    joined: str = ""
    """Letters that it could not set with any font."""
    helpers: tuple[str, ...] = ()
    """Names of the fonts of this machine that help out."""


def coverage(text: str) -> Coverage:
    """How a page shows ``text``."""
    from fpdf import FPDF

    unusual = [letter for letter in dict.fromkeys(normal("NFC", text)) if _UNUSUAL.match(letter)]
    if not unusual:
        return Coverage()
    with closing(Faces(FPDF(), 1.0)) as faces:
        boxes = [letter for letter in unusual if faces.settable(letter) == _BOX != letter]
        missing = "".join(letter for letter in boxes if _stands_for_itself(letter))
        joined = "".join(letter for letter in boxes if not _stands_for_itself(letter))
        return Coverage(missing, joined, tuple(file.name for file in faces.helpers))


@dataclass(frozen=True, slots=True)
class _Part:
    """Letters of one font: the book's, or a helper by its name in the document."""

    text: str
    helper: str = ""


class Faces:
    """The faces in one document. Sizes and lengths are points; ``size`` is that of the text's measure."""

    def __init__(self, pdf: FPDF, size: float) -> None:
        self._pdf, self._size = pdf, size
        self._files: dict[str, TTFFont] = {}
        self._has: dict[str, frozenset[int]] = {}
        self._measured: dict[tuple[str, str], Piece] = {}
        self._others = installed()
        self._helpers: dict[str, tuple[Path, frozenset[int]]] = {}
        self._helped: dict[str, str] = {}
        """By its letter, the helper that it is set in; empty if none has it."""

    def close(self) -> None:
        """The faces' files are closed; nothing can be set any more."""
        for face in self._files.values():
            face.close()

    @property
    def helpers(self) -> list[Path]:
        """The fonts of this machine that letters are set in."""
        return [file for name, (file, _) in self._helpers.items() if name in self._files]

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
        text = normal("NFC", text)
        if has.issuperset(map(ord, text)):
            return text
        return "".join(self._settable(letter, has) for letter in text)

    def has_initial(self, letter: str) -> bool:
        """Whether the book's own typeface has ``letter``, and it can be set as high as three lines."""
        self._open("")
        return letter.isalpha() and self._has[""].issuperset(map(ord, letter.upper()))

    def width(self, text: str, style: str, size: float) -> float:
        """How wide settable ``text`` is."""
        return sum(self._set(part, style, size) for part in self._parts(text, style))

    def draw(self, text: str, place: tuple[float, float], style: str, size: float) -> None:
        """Settable ``text`` from ``place`` (left end of its baseline)."""
        left, base = place
        for part in self._parts(text, style):
            width = self._set(part, style, size)
            self._pdf.text(left, base, part.text)
            left += width

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

    def _set(self, part: _Part, style: str, size: float) -> float:
        """The part's face is the document's; returns how wide the part is."""
        if part.helper:
            self._pdf.set_font(part.helper, "", size)
        else:
            self._pdf.set_font(_TYPEFACE, style, size)
        return float(self._pdf.get_string_width(part.text))

    def _parts(self, text: str, style: str) -> Iterator[_Part]:
        """Settable ``text`` by the fonts that it is set in."""
        self._open(style)
        has = self._has[style]
        if has.issuperset(map(ord, text)):
            yield _Part(text)
            return
        for helper, letters in groupby(text, lambda one: "" if ord(one) in has else self._helper(one)):
            yield _Part("".join(letters), helper)

    def _settable(self, letter: str, has: frozenset[int]) -> str:
        plain = _settable(letter, has)
        return letter if plain == _BOX and self._helper(letter) else plain

    def _helper(self, letter: str) -> str:
        """The font of this machine in which the letter is set; empty if it cannot be."""
        if letter not in self._helped:
            self._helped[letter] = self._found(letter) if _stands_for_itself(letter) else ""
        return self._helped[letter]

    def _found(self, letter: str) -> str:
        for name, (file, has) in self._helpers.items():
            if ord(letter) in has:
                if name not in self._files:
                    self._files[name] = _added(self._pdf, name, "", file)
                return name
        following = next(self._others, None)
        if following is None:
            return ""
        self._helpers[f"helper{len(self._helpers)}"] = following, _letters_of(following)
        return self._found(letter)

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
    return _added(pdf, _TYPEFACE, style, asset_path(f"third_party/book_fonts/EBGaramond-{_FACES[style]}.ttf"))


def _added(pdf: FPDF, name: str, style: str, file: Path) -> TTFFont:
    from fpdf.fonts import TTFFont

    pdf.add_font(name, style, str(file))
    pdf.set_font(name, style)
    face = pdf.current_font
    assert isinstance(face, TTFFont)
    return face


def _letters_of(file: Path) -> frozenset[int]:
    """The letters of a font of this machine; none if it is damaged."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with closing(TTFont(file, fontNumber=0, lazy=True)) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError):
        return frozenset()


def _stands_for_itself(letter: str) -> bool:
    """Whether a letter looks the same beside every other, and stands to the right of the one before it."""
    is_joined = any(first <= ord(letter) <= last for first, last in _JOINED)
    return not is_joined and unicodedata.bidirectional(letter) in _TO_THE_RIGHT


def _settable(letter: str, has: frozenset[int]) -> str:
    if ord(letter) in has:
        return letter
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    if plain and all(ord(part) in has for part in plain):
        return plain
    if unicodedata.category(letter) in _UNSEEN:
        return ""
    return " " if letter.isspace() else _BOX
