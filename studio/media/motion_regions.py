"""Which parts of planes hold something, and where they hide what is below: a sheet is cut and laid only there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Region(NamedTuple):
    """A rectangle, in pixels of the planes; nothing is let through to it where it ``is_solid``."""

    left: int
    top: int
    right: int
    bottom: int
    is_solid: bool = False


_CELL_PX = 8
REACH_PX = 3 * _CELL_PX
"""How far from its left top what is made of a region may see."""
_PRICE = 60
"""How many cells cost as much as one region more."""
_WORTH = 0.8
"""Regions that hold more than this share of the planes bring less than they cost."""
_SOLID = 0.5
"""What a solid cell costs: it is not mixed with what is below, and its last plane is not looked at."""


def regions_of(planes: NDArray[np.uint8], empty: tuple[int, ...]) -> list[Region]:
    """Few rectangles without a common pixel, outside which nothing is to be seen from any pixel.

    A pixel sees itself and what is less than ``REACH_PX`` to its right and below. ``planes`` have the shape
    (planes, height, width), and the values ``empty`` where there is nothing. If that of the last is 255, it is what
    they let through: one rectangle from which it is seen to be 0 everywhere may be solid.
    """
    seeing = _seeing(np.any([plane != value for plane, value in zip(planes, empty, strict=True)], axis=0))
    whole = Region(0, 0, seeing.shape[1], seeing.shape[0])
    regions = [whole]
    if seeing.mean() < _WORTH:
        found = [part for band in _divided(seeing, whole) for part in _divided(seeing, band)]
        regions = found if _price(found) < _WORTH * seeing.size else regions
    if empty[-1] == 255:
        closed = ~_seeing(planes[-1] != 0)
        if (1 - _SOLID) * closed.sum() > 3 * _PRICE:
            core = _largest(closed)
            found = [core, *(_trimmed(seeing, part) for part in _around(whole, core))]
            regions = found if _price(found) < _price(regions) else regions
    return [
        Region(left * _CELL_PX, top * _CELL_PX, right * _CELL_PX, bottom * _CELL_PX, is_solid)
        for left, top, right, bottom, is_solid in regions
    ]


def _seeing(something: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells of ``_CELL_PX`` from which ``something`` is seen."""
    high, wide = (-(-length // _CELL_PX) for length in something.shape)
    filled = np.zeros((high * _CELL_PX, wide * _CELL_PX), bool)
    filled[: something.shape[0], : something.shape[1]] = something
    cells: NDArray[np.bool_] = np.logical_or.reduce(filled.reshape(high, _CELL_PX, wide, _CELL_PX), axis=(1, 3))
    reach = -(-(REACH_PX + _CELL_PX - 1) // _CELL_PX)
    lower, seeing = cells.copy(), np.zeros_like(cells)
    for away in range(1, reach):
        lower[:-away] |= cells[away:]
    for away in range(min(reach, wide)):
        seeing[:, : wide - away] |= lower[:, away:]
    return seeing


def _divided(filled: NDArray[np.bool_], region: Region) -> list[Region]:
    """``region`` in rectangles one below or one beside the other, whichever way leaves less."""
    left, top, right, bottom = region[:4]
    inner = filled[top:bottom, left:right]
    parts = min(_bands(inner), [_turned(band) for band in _bands(inner.T)], key=_price)
    return [Region(left + part[0], top + part[1], left + part[2], top + part[3]) for part in parts]


def _largest(closed: NDArray[np.bool_]) -> Region:
    """The largest rectangle that is ``closed`` everywhere."""
    high, wide = closed.shape
    largest, region = 0, Region(0, 0, 0, 0, is_solid=True)
    places = np.arange(1, wide + 1)
    for top in np.flatnonzero(closed.any(axis=1)):
        rest = np.logical_and.accumulate(closed[top:], axis=0)
        lengths = places - np.maximum.accumulate(np.where(rest, 0, places), axis=1)
        areas = lengths * np.arange(1, high - top + 1)[:, None]
        bottom, right = np.unravel_index(areas.argmax(), areas.shape)
        if areas[bottom, right] > largest:
            largest, end = int(areas[bottom, right]), int(right) + 1
            region = Region(end - int(lengths[bottom, right]), int(top), end, int(top + bottom) + 1, is_solid=True)
    return region


def _around(whole: Region, core: Region) -> list[Region]:
    """``whole`` without ``core``."""
    left, right = whole._replace(right=core.left), whole._replace(left=core.right)
    beside = [side._replace(top=core.top, bottom=core.bottom) for side in (left, right)]
    around = [whole._replace(bottom=core.top), *beside, whole._replace(top=core.bottom)]
    return [part for part in around if part.left < part.right and part.top < part.bottom]


def _trimmed(filled: NDArray[np.bool_], region: Region) -> Region:
    """The least part of ``region`` that holds what is filled of it."""
    left, top, right, bottom = region[:4]
    inner = filled[top:bottom, left:right]
    rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
    if not rows.size:
        return Region(left, top, left, top)
    return Region(left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)


def _bands(filled: NDArray[np.bool_]) -> list[Region]:
    """Rectangles one below the other that hold all that is filled at the lowest price."""
    high, wide = filled.shape
    some: NDArray[np.bool_] = np.logical_or.reduce(filled, axis=1)
    first = np.where(some, filled.argmax(1), wide)
    last = np.where(some, wide - filled[:, ::-1].argmax(1), 0)
    least, ends = np.zeros(high + 1), [0] * high
    for top in range(high - 1, -1, -1):
        width = np.maximum.accumulate(last[top:]) - np.minimum.accumulate(first[top:])
        prices = np.where(width > 0, width * np.arange(1, high - top + 1) + _PRICE, 0) + least[top + 1 :]
        ends[top] = top + 1 + int(prices.argmin())
        least[top] = prices.min()
    bands, top = [], 0
    while top < high:
        bottom = ends[top]
        if some[top:bottom].any():
            bands.append(Region(int(first[top:bottom].min()), top, int(last[top:bottom].max()), bottom))
        top = bottom
    return bands


def _turned(region: Region) -> Region:
    return Region(region.top, region.left, region.bottom, region.right)


def _price(regions: list[Region]) -> float:
    return sum(
        (right - left) * (bottom - top) * (_SOLID if is_solid else 1) + _PRICE
        for left, top, right, bottom, is_solid in regions
    )
