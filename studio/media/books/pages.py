"""Lines and pictures made up into pages of equal rows.

A picture stands where it falls if the page has room, a little smaller if need be; else the text runs on and the picture
heads the next page. A paragraph never leaves a single line alone on a page, and no picture ends a chapter on a page
of its own: the last lines before it go with it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from studio.media.books.setting import Line
from studio.media.plates import Plate

ROWS = 30
_PADDING_ROWS = 1.3
"""Air over and under a picture together."""
_LEAST_SCALE, _LEAST_SCALE_AT_END = 0.72, 0.5
_LINES_ALONG = 6
"""So many lines go along with a picture that would end a chapter alone."""
_TALLEST_SHARE = 0.72
_BREAK_ROWS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a page, and its size in points."""

    plate: Plate
    alt: str
    width: float
    height: float
    rows: int
    scale: float
    """Of the largest that a page may show."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An ornament in the middle of the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Initial:
    """The first letter of a chapter, as high as its first lines."""

    text: str


Item = Line | Shown | Mark | Initial


@dataclass(frozen=True, slots=True)
class Placed:
    """What begins at that row, from 0. ``keeps``: it may not be the first on its page."""

    row: int
    item: Item
    keeps: bool = False


@dataclass(slots=True)
class Page:
    """One page of one chapter (its place in the book, from 0)."""

    chapter: int
    is_opening: bool = False
    items: list[Placed] = field(default_factory=list)

    @property
    def filled_rows(self) -> int:
        """Up to the end of what is last on it."""
        last = self.items[-1] if self.items else None
        return last.row + (last.item.rows if isinstance(last.item, Shown) else 1) if last else 0


class Pages:
    """Pages while they are made up; ``row_height`` and ``width`` of the text are points.

    Pictures are as large as a page may show them, times ``scale``.
    """

    def __init__(self, row_height: float, width: float, scale: float = 1.0) -> None:
        self.pages: list[Page] = []
        self._row_height, self._width, self._scale = row_height, width, scale
        self._row = 0
        self._waiting: list[tuple[Plate, str]] = []

    def open_chapter(self, chapter: int, rows: int) -> None:
        """A new page whose first ``rows`` are the heading's."""
        self.pages.append(Page(chapter, is_opening=True))
        self._row = min(rows, ROWS - 4)

    def close_chapter(self, ornament: str = "") -> None:
        """What still waits finds its place; then the ornament, if there is room."""
        while self._waiting:
            plate, alt = self._waiting.pop(0)
            shown = self._fitting(plate, alt, _LEAST_SCALE_AT_END)
            if shown is None:
                self._turn_with_lines()
                shown = self._fitting(plate, alt, 0.0) or self._full(plate, alt)
            self._put(shown, shown.rows)
        if ornament and self._row + 3 <= ROWS:
            self._row += 2
            self._put(Mark(ornament), 1)

    def add_lines(self, lines: Sequence[Line], *, keep: int = 2) -> None:
        """The lines of one paragraph, at least ``keep`` of them (or all) on each page that it is on."""
        at = 0
        while at < len(lines):
            room, rest = ROWS - self._row, len(lines) - at
            count = min(room, rest)
            if count < rest:
                count = min(count, rest - min(keep, rest))
                if count < min(keep, rest):
                    count = 0
            if count == 0 and self._row > 0:
                self._turn()
                continue
            for place, line in enumerate(lines[at : at + max(1, count)], start=at):
                self._put(line, 1, keeps=0 < place < keep or len(lines) - keep < place)
            at += max(1, count)

    def add_initial(self, text: str) -> None:
        """Beside the lines that come next."""
        self._put(Initial(text), 0)

    def skip(self, rows: int) -> None:
        """Empty rows, but none at the head of a page."""
        if self._row > 0:
            self._row = min(ROWS, self._row + rows)

    def keep_with_next(self, rows: int) -> None:
        """Turn the page unless so many rows are left."""
        if self._row + rows > ROWS:
            self._turn()

    def add_break(self, mark: str) -> None:
        """An ornament between scenes, with air, and never the last of a page."""
        self.keep_with_next(_BREAK_ROWS + 2)
        self._row += 1
        self._put(Mark(mark), 2)

    def add_picture(self, plate: Plate, alt: str) -> None:
        """Here if there is room, else at the head of the next page."""
        shown = None if self._waiting else self._fitting(plate, alt, _LEAST_SCALE)
        if shown is None:
            self._waiting.append((plate, alt))
        else:
            self._put(shown, shown.rows)

    def _put(self, item: Item, rows: int, *, keeps: bool = False) -> None:
        self.pages[-1].items.append(Placed(self._row, item, keeps))
        self._row += rows

    def _turn(self) -> None:
        self.pages.append(Page(self.pages[-1].chapter))
        self._row = 0
        if self._waiting:
            shown = self._full(*self._waiting.pop(0))
            self._put(shown, shown.rows)

    def _turn_with_lines(self) -> None:
        """A new page that begins with the last lines of this one, so that a picture after them has company."""
        page = self.pages[-1]
        along: list[Placed] = []
        most = min(_LINES_ALONG, sum(isinstance(placed.item, Line) for placed in page.items) - 2)
        while len(along) < most and isinstance(page.items[-1].item, Line):
            along.insert(0, page.items.pop())
        while along and along[0].keeps:
            page.items.append(along.pop(0))
        self.pages.append(Page(page.chapter))
        self._row = 0
        for placed in along:
            self._put(placed.item, 1, keeps=placed.keeps)

    def _full(self, plate: Plate, alt: str) -> Shown:
        return self._shown(plate, alt, self._scale * self._tallest(plate))

    def _tallest(self, plate: Plate) -> float:
        return min(self._width * plate.shape, ROWS * self._row_height * _TALLEST_SHARE)

    def _fitting(self, plate: Plate, alt: str, least_scale: float) -> Shown | None:
        """The picture as large as the rest of the page allows, if that is at least this share of its full size."""
        full = self._full(plate, alt)
        if self._row + full.rows <= ROWS:
            return full
        room = (ROWS - self._row - _PADDING_ROWS) * self._row_height
        return self._shown(plate, alt, room) if room > 0 and room >= self._tallest(plate) * least_scale else None

    def _shown(self, plate: Plate, alt: str, height: float) -> Shown:
        rows = math.ceil(height / self._row_height + _PADDING_ROWS - 1e-6)
        return Shown(plate, alt, height / plate.shape, height, rows, height / self._tallest(plate))
