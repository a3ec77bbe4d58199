"""Close framings: where the heads are, how large, and where whatever else is in the picture stands beside them."""

from __future__ import annotations

from studio.engines.storyboard.sheet.brief import Brief
from studio.engines.storyboard.sheet.stage import Stage

MOST = 3
"""Heads that have room beside each other."""
SHARES = {"medium_close": 0.62, "close": 0.80, "extreme_close": 1.12}
"""The framings that show heads and shoulders: from the lower edge to the crown, as a share of the span."""
_COLUMNS = {1: (0.46,), 2: (0.27, 0.74), 3: (0.20, 0.80, 0.50)}
"""Columns of the heads by their number, as shares of the width from the hero's side; the third is behind the others."""
_BESIDE = 0.29
_ROOM = {1: 2.0, 2: 0.43, 3: 0.33}
"""A head and its shoulders are never higher than this share of the width."""
_NARROW_ROOM = 0.60
"""In portrait the shoulders of two may overlap."""


def is_close(brief: Brief) -> bool:
    """True for the framings that show heads and shoulders."""
    return brief.framing in SHARES


def height_px(stage: Stage, which: int, heads: int, *, is_child: bool) -> int:
    """How high the head number ``which`` (from 0) of ``heads`` is, from the lower edge to the crown."""
    share = SHARES[stage.brief.framing] * (0.86 if heads > 1 else 1.0)
    is_narrow = stage.width < stage.height
    room = max(_ROOM[min(heads, MOST)], _NARROW_ROOM if is_narrow else 0.0) * stage.width
    smaller = (0.90 if is_child else 1.0) * (1.0, 0.92, 0.84)[which]
    return round(min(share * stage.span, room) * smaller)


def column(stage: Stage, which: int, heads: int, *, has_company: bool) -> float:
    """The column of head number ``which`` of ``heads``; with company that is no person it makes room for it."""
    if heads == 1 and has_company:
        return stage.side_x(_BESIDE)
    return stage.side_x(_COLUMNS[min(heads, MOST)][which])


def column_beside(stage: Stage, heads: int, index: int) -> float:
    """The column of an animal or thing in the room that the heads leave; ``index`` counts the company from 0."""
    return stage.side_x((0.77, 0.60)[index % 2] if heads == 1 else (0.505, 0.06, 0.95)[index % 3])


def width_beside(stage: Stage, heads: int) -> float:
    """How wide, in pixels, what stands beside the heads may be."""
    return stage.width * (0.44 if heads == 1 else 0.20)
