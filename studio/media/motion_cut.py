"""Planes of a picture from which any part can be cut, in any size, from between the pixels: exact and cheap.

Resampling is bicubic and separable, and each of its two passes is a chain of small matrix products, which numpy
hands to BLAS: the two passes over the luma of a 720p frame take 1.3 ms where Pillow's ``resize`` takes 6.7 (2.3 GHz,
one core). Weights are whole 256ths and pixels whole numbers about 0, so that every sum fits the 24 bits of a float32
without rounding: the result does not depend on processor, library, order of passes, or on the pieces in which it is made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.media.motion_regions import REACH_PX, Region, regions_of
from studio.media.motion_weights import MARGIN_PX, STEP, Line, Weights

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Pixels = NDArray[np.uint8]
"""Shape (planes, height, width)."""
Light = NDArray[np.float32]
"""Pixel values less 128, neither rounded nor clipped; shape (planes, height, width)."""

_BAND_MOST = 262_144
"""Pixels between the two passes: few enough to stay in the processor's own memory, which halves the time."""
_PRODUCT_MOST = 262_144
"""Multiplications in one product. OpenBLAS spreads larger ones over threads, which costs more than it brings."""


class Part(NamedTuple):
    """A rectangle of what was cut, ``left`` and ``top`` in its pixels.

    ``light`` may go on beyond ``width`` and ``height``. It is without its last plane where the part ``is_solid``.
    """

    left: int
    top: int
    width: int
    height: int
    is_solid: bool
    light: Light


class Cuttable:
    """Planes, and more in half the size of those before, that are cut alike. For one thread: it remembers a pass.

    ``empty`` says, for each size, the value of each plane where there is nothing; ``parts`` leaves that out. If that
    of the last is 255, it is what the planes let through of what lies below.
    """

    def __init__(self, *stacks: Pixels, empty: Sequence[tuple[int, ...]] = ()) -> None:
        self._stacks = [_Stack(planes) for planes in stacks]
        self._regions = [regions_of(planes, value) for planes, value in zip(stacks, empty, strict=False)]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self._stacks[0].size

    def lines(self, box: Box, size: tuple[int, int]) -> list[tuple[Line, Line]]:
        """What has to be weighed for the part ``box`` in ``size`` (width, height): columns and rows of each stack.

        ``box`` ends less than a pixel beyond the edge.
        """
        lines = []
        for number, stack in enumerate(self._stacks):
            share, (width, height) = 0.5**number, stack.size
            columns = Line(box[0] * share, box[2] * share, size[0] >> number, width)
            lines.append((columns, Line(box[1] * share, box[3] * share, size[1] >> number, height)))
        return lines

    def cut(self, weighed: Sequence[tuple[Weights, Weights]]) -> list[Light]:
        """The part whose lines are ``weighed``, and the halves."""
        return [stack.cut(columns, rows) for stack, (columns, rows) in zip(self._stacks, weighed, strict=True)]

    def parts(self, weighed: Sequence[tuple[Weights, Weights]]) -> list[list[Part]]:
        """What ``cut`` gives, without most of what is empty."""
        return [
            list(stack.parts(columns, rows, regions))
            for stack, (columns, rows), regions in zip(self._stacks, weighed, self._regions, strict=True)
        ]


class _Stack:
    """Planes of one size, and the last pass over them.

    A move that is purely sideways needs its rows resampled once for all frames, one straight up or down its
    columns: that halves its cost.
    """

    def __init__(self, planes: Pixels) -> None:
        around = ((0, 0), (MARGIN_PX, MARGIN_PX), (MARGIN_PX, MARGIN_PX))
        self._pixels: NDArray[np.int8] = np.pad((planes ^ 0x80).view(np.int8), around)
        self._last: tuple[Weights | None, Weights | None] = (None, None)
        self._rows_done: Light | None = None
        self._columns_done: Light | None = None

    @property
    def size(self) -> tuple[int, int]:
        return self._pixels.shape[2] - 2 * MARGIN_PX, self._pixels.shape[1] - 2 * MARGIN_PX

    def cut(self, columns: Weights, rows: Weights) -> Light:
        self._remember(columns, rows)
        return self._part(columns, rows, len(self._pixels))[:, : rows.count, : columns.count]

    def parts(self, columns: Weights, rows: Weights, regions: Sequence[Region]) -> Iterator[Part]:
        """What is cut of ``regions``; they hold what is within reach of the first pixels of a step."""
        self._remember(columns, rows)
        if max(columns.span, rows.span) > REACH_PX:
            regions = [Region(0, 0, *self.size)]
        for left, top, right, bottom, is_solid in regions:
            across, down = columns.within(left, right), rows.within(top, bottom)
            if across.count and down.count:
                light = self._part(across, down, len(self._pixels) - is_solid)
                yield Part(across.at, down.at, across.count, down.count, is_solid, light)

    def _remember(self, columns: Weights, rows: Weights) -> None:
        is_level, is_upright = rows is self._last[1], columns is self._last[0]
        if not is_level:
            self._rows_done = None
        elif self._rows_done is None:
            self._rows_done = _down(self._pixels, rows)
        if is_level or not is_upright:
            self._columns_done = None
        elif self._columns_done is None:
            self._columns_done = _across(self._pixels, columns)
        self._last = (columns, rows)

    def _part(self, columns: Weights, rows: Weights, planes: int) -> Light:
        if self._rows_done is not None:
            return _across(self._rows_done[:planes, rows.at : rows.at + rows.count], columns)
        if self._columns_done is not None:
            return _down(self._columns_done[:planes, :, columns.at : columns.at + columns.count], rows)
        return self._both(columns, rows, planes)

    def _both(self, columns: Weights, rows: Weights, planes: int) -> Light:
        left, right = columns.taken
        pixels = self._pixels[:planes, :, left + MARGIN_PX : right + MARGIN_PX]
        done = np.empty((planes, len(rows.products) * STEP, len(columns.products) * STEP), np.float32)
        band = max(1, _BAND_MOST // (STEP * planes * (right - left)))
        for start in range(0, len(rows.products), band):
            lines = rows.steps(start, start + band)
            _across(_down(pixels, lines), columns, -left, done[:, start * STEP : (start + band) * STEP])
        return done


def centred(planes: Pixels) -> Light:
    """``planes`` as they are, as if cut whole."""
    return planes.astype(np.float32) - np.float32(128)


def _down(pixels: NDArray[np.int8] | Light, rows: Weights) -> Light:
    """The rows of ``pixels``, which have a margin, as other rows."""
    planes, _, width = pixels.shape
    products = rows.products.transpose(0, 2, 1)
    done = np.empty((planes, len(products), STEP, width), np.float32)
    for start, stop, first in rows.runs:
        top, steps = first + MARGIN_PX, stop - start
        end = top + (steps - 1) * rows.stride + rows.span
        for at in _cuts(width, rows.span):
            lines = np.array(pixels[:, top:end, at], np.float32, order="C")
            plane, line, one = lines.strides
            windows = (planes, steps, rows.span, lines.shape[2])
            each = np.ndarray(windows, np.float32, lines, 0, (plane, line * rows.stride, line, one))
            np.matmul(products[start:stop], each, out=done[:, start:stop, :, at])
    return done.reshape(planes, -1, width)


def _across(
    pixels: NDArray[np.int8] | Light, columns: Weights, skipped: int = MARGIN_PX, done: Light | None = None
) -> Light:
    """The columns of ``pixels``, of which ``skipped`` are before pixel 0, as other columns, in ``done``."""
    source = np.ascontiguousarray(pixels, np.float32)
    planes, height, _ = source.shape
    plane, line, one = source.strides
    if done is None:
        done = np.empty((planes, height, len(columns.products) * STEP), np.float32)
    tiles = done.reshape(planes, height, -1, STEP).transpose(0, 2, 1, 3)
    for at in _cuts(height, columns.span):
        for start, stop, first in columns.runs:
            begin = at.start * line + (first + skipped) * one
            windows = (planes, stop - start, at.stop - at.start, columns.span)
            each = np.ndarray(windows, np.float32, source, begin, (plane, one * columns.stride, line, one))
            np.matmul(each, columns.products[start:stop], out=tiles[:, start:stop, at])
    return done


def _cuts(length: int, taps: int) -> list[slice]:
    """``length`` in equal stretches short enough for one product."""
    count = max(1, math.ceil(length * STEP * taps / _PRODUCT_MOST))
    return [slice(length * number // count, length * (number + 1) // count) for number in range(count)]
