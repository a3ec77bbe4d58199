"""Paragraphs set in lines: words are measured, and lines broken so that a whole paragraph's gaps are even.

Breaks are those of the least sum of badness (Knuth and Plass, 1981, without hyphens). Lengths are points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.media.books.prose import Run

_STRETCH, _SHRINK = 0.6, 0.24
"""By how much of itself a gap may grow or shrink and still look right."""
_NO_GAPS = 1e4
"""Badness of a line that cannot be stretched: only a word too long for two lines leaves one."""
_WORD = re.compile(r"\n|[^\s\u00a0\u202f]+(?:[\u00a0\u202f][^\s\u00a0\u202f]+)*|[^\S\n]+")
_CJK = "[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_INSIDE = re.compile(
    rf"(?<=[^\W_][—–-])(?=[^\W_])|(?<=[—–])(?=[“‘\w])"
    rf"|(?<={_CJK})(?<![「『（【〈《〔])(?={_CJK})(?![、。，．：；！？」』）】〉》〕々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ])"
)
"""Where a line may break inside a word: behind a dash, and between Chinese or Japanese letters but at brackets and stops."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one face: its style is empty, ``I``, ``B`` or ``BI``."""

    text: str
    style: str
    width: float


@dataclass(frozen=True, slots=True)
class Word:
    """What may not be broken. ``has_gap``: a gap follows it; ``ends_line``: a new line must."""

    pieces: tuple[Piece, ...]
    has_gap: bool
    ends_line: bool = False

    @property
    def width(self) -> float:
        """Without the gap."""
        return sum(piece.width for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a row from ``left``, with ``gap`` between those that have one."""

    words: tuple[Word, ...]
    left: float
    gap: float


Measure = Callable[[str, str], Piece]
"""Text and style to letters that the face has."""


def words_of(runs: Sequence[Run], measure: Measure, most: float) -> list[Word]:
    """The words of a paragraph; one wider than ``most`` comes in parts."""
    words: list[Word] = []
    is_open = False
    for run in runs:
        style = ("B" if run.is_bold else "") + ("I" if run.is_italic else "")
        for found in _WORD.findall(run.text):
            if not found.strip():
                if words:
                    last = words[-1]
                    words[-1] = Word(last.pieces, last.has_gap or found != "\n", last.ends_line or found == "\n")
                is_open = False
                continue
            first, *others = _INSIDE.split(found)
            _add(words, measure(first, style), is_open, most)
            for part in others:
                _add(words, measure(part, style), False, most)
            is_open = True
    return words


def _add(words: list[Word], piece: Piece, is_open: bool, most: float) -> None:
    """One more word, or more of the last one if that ``is_open``."""
    if not piece.text:
        return
    if is_open and words and words[-1].width + piece.width <= most:
        words[-1] = Word((*words[-1].pieces, piece), False)
    elif piece.width <= most:
        words.append(Word((piece,), False))
    else:
        words.extend(Word((part,), False) for part in _parts(piece, most))


def _parts(piece: Piece, most: float) -> Iterator[Piece]:
    """A long piece in parts that fit: by the mean width of its letters, so a little short of the line."""
    letters = max(1, int(0.8 * most / (piece.width / len(piece.text))))
    for start in range(0, len(piece.text), letters):
        part = piece.text[start : start + letters]
        yield Piece(part, piece.style, min(most, piece.width * len(part) / len(piece.text)))


def justified(words: Sequence[Word], gap: float, place: Callable[[int], tuple[float, float]]) -> list[Line]:
    """Lines of even length, the last as long as it is. ``place`` gives left edge and width of each line by number."""
    lines: list[Line] = []
    start = 0
    for end, word in enumerate(words, start=1):
        if word.ends_line or end == len(words):
            lines += _justified(words[start:end], gap, place, len(lines))
            start = end
    return lines


def _justified(
    words: Sequence[Word], gap: float, place: Callable[[int], tuple[float, float]], first: int
) -> Iterator[Line]:
    starts = [*_breaks(words, gap, lambda number: place(first + number)[1]), len(words)]
    for number, (start, end) in enumerate(pairwise(starts)):
        row = tuple(words[start:end])
        left, width = place(first + number)
        gaps = sum(word.has_gap for word in row[:-1])
        slack = width - sum(word.width for word in row) - gaps * gap
        is_stretched = gaps and (end < len(words) or slack < 0)
        yield Line(row, left, gap + slack / gaps if is_stretched else gap)


def _breaks(words: Sequence[Word], gap: float, width_of: Callable[[int], float]) -> list[int]:
    """Where each line starts: of all ways to break, one of the least badness.

    The width of a line goes by how many lines the best way to its start has.
    """
    best: list[tuple[float, int, int]] = [(0.0, 0, 0)]
    widths = [word.width for word in words]
    for end in range(1, len(words) + 1):
        found = (math.inf, 0, 0)
        natural, gaps = -gap if words[end - 1].has_gap else 0.0, 0
        for start in range(end - 1, -1, -1):
            natural += widths[start] + (gap if words[start].has_gap else 0.0)
            gaps += words[start].has_gap and start < end - 1
            before, _, count = best[start]
            width = width_of(count)
            if natural - gaps * gap * _SHRINK > width and start < end - 1:
                break
            cost = before + _badness(width - natural, gaps, gap, is_last=end == len(words))
            if cost < found[0]:
                found = (cost, start, count + 1)
        best.append(found)
    starts: list[int] = []
    at = len(words)
    while at > 0:
        at = best[at][1]
        starts.append(at)
    return starts[::-1]


def _badness(slack: float, gaps: int, gap: float, *, is_last: bool) -> float:
    if is_last and slack >= 0:
        return 0.0
    if not gaps:
        return _NO_GAPS if abs(slack) > 1 else 0.0
    give = gap * (_STRETCH if slack >= 0 else _SHRINK)
    return 1 + 100 * abs(slack / (gaps * give)) ** 3
