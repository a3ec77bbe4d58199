"""Which parts of planes hold something: a sheet is cut and laid only there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Region = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the planes."""

_CELL_PX = 8
REACH_PX = 3 * _CELL_PX
"""How far from its left top what is made of a region may see."""
_PRICE = 100
"""How many cells cost as much as one region more."""
_WORTH = 0.8
"""Regions that hold more than this share of the planes bring less than they cost."""


def regions_of(planes: NDArray[np.uint8], empty: tuple[int, ...]) -> list[Region]:
    """Few rectangles without a common pixel, outside which nothing is to be seen from any pixel.

    A pixel sees itself and what is less than ``REACH_PX`` to its right and below. ``planes`` have the shape
    (planes, height, width), and the values ``empty`` where there is nothing.
    """
    seeing = _seeing(planes, empty)
    whole = (0, 0, seeing.shape[1], seeing.shape[0])
    regions = [whole]
    if seeing.mean() < _WORTH:
        found = [part for band in _divided(seeing, whole) for part in _divided(seeing, band)]
        regions = found if _price(found) < _WORTH * seeing.size else regions
    return [
        (left * _CELL_PX, top * _CELL_PX, right * _CELL_PX, bottom * _CELL_PX) for left, top, right, bottom in regions
    ]


def _seeing(planes: NDArray[np.uint8], empty: tuple[int, ...]) -> NDArray[np.bool_]:
    """Cells of ``_CELL_PX`` from which something is seen."""
    high, wide = (-(-length // _CELL_PX) for length in planes.shape[1:])
    filled = np.zeros((high * _CELL_PX, wide * _CELL_PX), bool)
    for plane, value in zip(planes, empty, strict=True):
        filled[: plane.shape[0], : plane.shape[1]] |= plane != value
    cells: NDArray[np.bool_] = np.logical_or.reduce(filled.reshape(high, _CELL_PX, wide, _CELL_PX), axis=(1, 3))
    reach = -(-(REACH_PX + _CELL_PX - 1) // _CELL_PX)
    lower, seeing = cells.copy(), np.zeros_like(cells)
    for away in range(1, reach):
        lower[:-away] |= cells[away:]
    for away in range(reach):
        seeing[:, : wide - away] |= lower[:, away:]
    return seeing


def _divided(filled: NDArray[np.bool_], region: Region) -> list[Region]:
    """``region`` in rectangles one below or one beside the other, whichever way leaves less."""
    left, top, right, bottom = region
    inner = filled[top:bottom, left:right]
    parts = min(_bands(inner), [_turned(band) for band in _bands(inner.T)], key=_price)
    return [(left + part[0], top + part[1], left + part[2], top + part[3]) for part in parts]


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
            bands.append((int(first[top:bottom].min()), top, int(last[top:bottom].max()), bottom))
        top = bottom
    return bands


def _turned(region: Region) -> Region:
    return region[1], region[0], region[3], region[2]


def _price(regions: list[Region]) -> float:
    return sum((right - left) * (bottom - top) + _PRICE for left, top, right, bottom in regions)
