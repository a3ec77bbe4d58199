"""A chapter made up into pages in several ways, of which the best is taken.

The ways differ in the size of the chapter's pictures and in where its last one stands: some paragraphs before its moment
ends, if the text that is left then fills the page below it. What counts against a way is what a reader sees: pages that
end early, a last page of two lines, pictures far from their words, small pictures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from studio.media.books.pages import ROWS, Page, Pages, Shown
from studio.media.books.setting import Line
from studio.media.plates import Plate

_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8)
_EARLIER = (0, 1, 2, 3, 4, 6, 8)
"""By so many blocks the last picture may stand before the end of its own."""
_GOOD = 3.0
"""A way that is no worse is taken without a look at the others."""
_LEAST_LAST_ROWS = 5
"""On a chapter's last page, the space between them not counted."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture after the block before it."""

    plate: Plate
    alt: str


Step = Figure | Callable[[Pages], None]
"""What comes next in a chapter: a picture, or a block that puts itself on pages."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A chapter by its place in the book, how many rows its heading takes, and the ornament behind it, if any."""

    chapter: int
    rows: int
    ornament: str = ""


def best_pages(opening: Opening, steps: Sequence[Step], row_height: float, width: float) -> list[Page]:
    """The pages of a chapter; ``row_height`` and ``width`` of the text are points."""
    best: list[Page] = []
    least = float("inf")
    for scale, earlier in _ways(steps):
        pages = Pages(row_height, width, scale)
        ends = _put(pages, opening, _moved(steps, earlier), steps)
        badness = _badness(pages.pages, ends) + 40 * (1 - scale)
        if badness < least:
            best, least = pages.pages, badness
        if least <= _GOOD:
            break
    return best


def _ways(steps: Sequence[Step]) -> Iterator[tuple[float, int]]:
    if not any(isinstance(step, Figure) for step in steps):
        return iter([(1.0, 0)])
    return iter(sorted(product(_SCALES, _EARLIER), key=lambda way: 40 * (1 - way[0]) + way[1]))


def _moved(steps: Sequence[Step], earlier: int) -> list[Step]:
    """``steps`` with the last picture by so many blocks earlier, but behind the picture before it and the first block."""
    moved = list(steps)
    at = max((place for place, step in enumerate(steps) if isinstance(step, Figure)), default=0)
    for _ in range(earlier):
        if at > 1 and not isinstance(moved[at - 1], Figure):
            moved[at - 1], moved[at] = moved[at], moved[at - 1]
            at -= 1
    return moved


def _put(pages: Pages, opening: Opening, moved: Sequence[Step], steps: Sequence[Step]) -> list[int]:
    """All steps are on ``pages``; returns the page on which each picture's own words end."""
    pages.open_chapter(opening.chapter, opening.rows)
    on: dict[int, int] = {}
    for step in moved:
        if isinstance(step, Figure):
            pages.add_picture(step.plate, step.alt)
        else:
            step(pages)
            on[id(step)] = len(pages.pages) - 1
    pages.close_chapter(opening.ornament)
    ends: list[int] = []
    at = 0
    for step in steps:
        if isinstance(step, Figure):
            ends.append(at)
        else:
            at = on[id(step)]
    return ends


def _badness(pages: Sequence[Page], ends: Sequence[int]) -> float:
    """How badly these pages are filled, and how far their pictures are from their words, which end on those pages."""
    empty = [ROWS - page.filled_rows for page in pages]
    bad = sum(math.pow(max(0, rows - 1), 1.5) for rows in empty[:-1])
    last = sum(placed.item.rows if isinstance(placed.item, Shown) else 1 for placed in pages[-1].items)
    bad += 30 if len(pages) > 1 and last < _LEAST_LAST_ROWS else 0
    bad += 30 * sum(not any(isinstance(placed.item, Line) for placed in page.items) for page in pages)
    shown = [
        (at, placed.item) for at, page in enumerate(pages) for placed in page.items if isinstance(placed.item, Shown)
    ]
    for (at, picture), end in zip(shown, ends, strict=True):
        late = at - end
        bad += 8 * (late - 1) ** 2 if late > 1 else 12 * -late if late < 0 else 0.0
        bad += 20 * max(0.0, 0.75 - picture.scale)
    return bad
