"""Lines on pages made paragraphs: running heads and page numbers go, words cut at line ends are whole again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from studio.media.manuscripts.book_text import Block

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_NUMBER = re.compile(r"\d{1,4}")
_ROMAN_ALONE = re.compile(r"^\W*[ivxlc]{1,7}\W*$")
_TERMINAL = re.compile(r"[.!?…:*][\"'”’»)\]]*$")
_CUT = re.compile(r"(\w+)-$")
_HYPHENED = re.compile(r"\b(?:self|half|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-$", re.IGNORECASE)
_FEW_CUTS = 0.015
"""Of all lines; where words are cut at all, it is at 3 lines in 100 or more."""
_EDGE_LINES = 2
_REPEATED = 3
_LONGEST_RUNNING_HEAD = 200
_LONGEST_WORD = 80
_COUNTED = 10_000
_BIG = 1.18
_LONGEST_HEADING_WORDS = 15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on ``page`` (from 0). ``x``, ``y`` (upwards) and ``size`` of its letters in points."""

    text: str
    page: int
    x: float
    y: float
    size: float
    level: int = 0


def blocks_of_lines(lines: Sequence[Line], titles: Sequence[tuple[int, str, int]]) -> Iterator[Block]:
    """The paragraphs and headings of a document. ``titles`` are its bookmarks: page, words, depth from 1.

    A paragraph begins after a wider gap, at an indented line, or after a line that ends early. Headings are the
    lines that the bookmarks name; without bookmarks, those in bigger letters.
    """
    body = [replace(line, text=_tidy(line.text)) for line in _without_running_heads(lines)]
    body = [line for line in body if line.text]
    if not body:
        return
    usual_size = _commonest_size(body)
    named = _named(body, titles)
    headed = named if any(line.level for line in named) else _by_size(body, usual_size)
    layout = _Layout.of(headed)
    paragraph: list[Line] = []
    hyphens = _Hyphens.of(headed)
    for line in headed:
        if paragraph and layout.begins(line, paragraph[-1]):
            yield Block(_joined(paragraph, hyphens), paragraph[0].level)
            paragraph = []
        paragraph.append(line)
    yield Block(_joined(paragraph, hyphens), paragraph[0].level)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How this document is set."""

    gap: float
    """Between lines of one paragraph, in points."""
    left: dict[int, float]
    """Where lines begin, by page."""
    bottom: float
    """The lowest line of full pages."""
    full: float
    """Letters in a full line."""
    is_indented: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Layout:
        """The layout of most of ``lines``."""
        gaps = [above.y - below.y for above, below in pairwise(lines) if above.page == below.page and above.y > below.y]
        on_page: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            on_page[line.page].append(line)
        left = {page: Counter(round(line.x) for line in group).most_common(1)[0][0] for page, group in on_page.items()}
        lengths = sorted(len(line.text) for line in lines)
        indented = sum(0.5 * line.size < line.x - left[line.page] < 5 * line.size for line in lines)
        return cls(
            gap=median(gaps) if gaps else 0.0,
            left={page: float(x) for page, x in left.items()},
            bottom=median(min(line.y for line in group) for group in on_page.values()),
            full=float(lengths[int(0.8 * (len(lengths) - 1))]),
            is_indented=indented > 0.04 * len(lines),
        )

    def begins(self, line: Line, before: Line) -> bool:
        """Whether a paragraph begins with ``line``."""
        if line.level or before.level:
            return line.level != before.level or line.page != before.page or before.y - line.y > 2.5 * line.size
        if abs(line.size - before.size) > 0.18 * max(line.size, before.size):
            return True
        if self._indent(line) > 0.5 * line.size or self._indent(before) > 5 * before.size:
            return True
        is_ended = bool(_TERMINAL.search(before.text))
        is_short = len(before.text) < 0.7 * self.full
        if line.page != before.page:
            return is_short and (is_ended or before.y > self.bottom + 4 * self.gap) if not self.is_indented else False
        if before.y - line.y > 1.3 * self.gap:
            return True
        return is_ended and is_short and not self.is_indented

    def _indent(self, line: Line) -> float:
        return line.x - self.left[line.page]


def _without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """``lines`` less what stands at the same height at the top or bottom of three pages or more."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
    for group in pages.values():
        ordered = sorted(group, key=lambda line: -line.y)
        for line in {*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:]}:
            for key in _edge_keys(line):
                edges[key].append(line)
    gone = {line for group in edges.values() if len({line.page for line in group}) >= _REPEATED for line in group}
    return [line for line in lines if line not in gone]


def _edge_keys(line: Line) -> Iterator[tuple[str, int, int]]:
    """What a running head has in common with those of other pages: its words, or how its number counts the pages."""
    text, height = " ".join(line.text.split()), round(line.y / 3)
    if len(text) > _LONGEST_RUNNING_HEAD:
        return
    yield text, height, -1
    for number in _NUMBER.finditer(text):
        rest = f"{text[: number.start()]}#{text[number.end() :]}"
        yield rest, height, _COUNTED + int(number.group()) - line.page
    if _ROMAN_ALONE.match(text):
        yield "", height, 0


def _named(lines: Sequence[Line], titles: Sequence[tuple[int, str, int]]) -> list[Line]:
    """The lines, with levels where a bookmark of that page says what stands in a line, or in two."""
    wanted: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for page, title, depth in titles:
        wanted[page].append((_letters(title), depth))
    named = list(lines)
    for at, line in enumerate(named):
        said = _letters(line.text)
        for title, depth in wanted.get(line.page, ()):
            if said and (
                said == title
                or (len(said) > 2 and title.startswith(said))
                or (at and title.endswith(said) and named[at - 1].level == depth)
            ):
                named[at] = replace(line, level=depth)
    return named


def _by_size(lines: Sequence[Line], usual: float) -> list[Line]:
    """The lines, with levels for short ones in bigger letters, the biggest first."""
    big = [
        line
        for line in lines
        if line.size > _BIG * usual and len(line.text.split()) <= _LONGEST_HEADING_WORDS and len(line.text) > 1
    ]
    sizes = sorted({round(line.size) for line in big}, reverse=True)
    levels = {size: min(level, 6) for level, size in enumerate(sizes, start=1)}
    chosen = set(big)
    return [replace(line, level=levels[round(line.size)]) if line in chosen else line for line in lines]


def _commonest_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _joined(lines: Sequence[Line], hyphens: _Hyphens) -> str:
    text = lines[0].text
    for line in lines[1:]:
        if text.endswith("\u00ad"):
            text = text[:-1] + line.text
        elif _cut(text) and line.text[:1].islower():
            text = (text if hyphens.belong(text[-_LONGEST_WORD:], line.text) else text[:-1]) + line.text
        else:
            text += line.text if text.endswith(("—", "-")) else f" {line.text}"
    return text


@dataclass(frozen=True, slots=True)
class _Hyphens:
    """Tells words that are cut at a line's end from those that have a hyphen, by how the rest of the book writes them."""

    words: Counter[str]
    by_default: bool
    """Whether hyphens at line ends belong to their words where the book does not tell: nothing is cut in it."""

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Hyphens:
        words = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text for line in lines).lower()))
        cuts = [
            _both_ways(line.text, after.text)
            for line, after in pairwise(lines)
            if _cut(line.text) and after.text[:1].islower()
        ]
        whole, hyphened = sum(words[one] > 0 for one, _ in cuts), sum(words[one] > 0 for _, one in cuts)
        return cls(words, by_default=hyphened > whole or len(cuts) < _FEW_CUTS * len(lines))

    def belong(self, line: str, after: str) -> bool:
        """Whether the hyphen at the end of ``line`` stays where ``after`` follows."""
        whole, hyphened = (self.words[word] for word in _both_ways(line, after))
        if whole != hyphened:
            return hyphened > whole
        return self.by_default or bool(_HYPHENED.search(line))


def _both_ways(line: str, after: str) -> tuple[str, str]:
    first, second = _cut(line), re.match(r"\w+", after)
    ends = first.group(1).lower() if first else "", second.group().lower() if second else ""
    return "".join(ends), "-".join(ends)


def _cut(line: str) -> re.Match[str] | None:
    """The word before the hyphen at the end of ``line``."""
    return _CUT.search(line[-_LONGEST_WORD:])


def _tidy(text: str) -> str:
    return " ".join(_LIGATURE.sub(lambda found: _LIGATURES[found.group()], text).split())


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.casefold()))
