"""Which pixels of a line each pixel of another line is made of, and with what weights.

Bicubic (Catmull and Rom), over as many pixels as become one where the line is shrunk. Places between the pixels are
whole 1024ths and weights whole 256ths, so that the weights of a line that is not shrunk need no reckoning: they stand
in a table.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STEP = 16
"""Pixels of the result made by one product. More of them waste work on zeros, fewer cost more calls."""
MARGIN_PX = 32
"""How far beyond either end of a line a step may begin or end; what it takes from there has no weight."""
_SLACK = 3
"""Pixels more than a step needs, so that the steps of a run can begin at even distances: one call makes a run."""
_COARSE = 1.5
"""Where more pixels than this become one, the steps are so long that each is a run: its end stays within the margin."""
_UNIT = 256
_FINE = 1024


class Line(NamedTuple):
    """``made`` pixels made of those between ``start`` and ``stop`` of a line of ``full``."""

    start: float
    stop: float
    made: int
    full: int


Run = tuple[int, int, int]
"""First step, end, and the pixel from which on the first step takes; each next takes a stride later."""


@dataclass(slots=True, eq=False)
class Weights:
    """How the ``count`` pixels from ``at`` on are made of those of another line, ``STEP`` by ``STEP``; not to be changed.

    ``products`` are the weights of the pixels that each step takes: shape (steps, ``span``, ``STEP``); what the last
    step has beyond ``count`` is not meant to be seen. ``starts`` rise: what is before them has no weight in a step.
    """

    at: int
    count: int
    starts: list[int]
    runs: list[Run]
    stride: int
    products: NDArray[np.float32]

    @property
    def span(self) -> int:
        """Pixels that each step takes."""
        return int(self.products.shape[1])

    @property
    def taken(self) -> tuple[int, int]:
        """From which pixel to which all steps take."""
        ends = [first + (stop - start - 1) * self.stride for start, stop, first in self.runs]
        return min(first for _, _, first in self.runs), max(ends) + self.span

    def steps(self, start: int, stop: int) -> Weights:
        """Some of the steps."""
        if start <= 0 and stop >= len(self.starts):
            return self
        count = max(0, min(self.count, stop * STEP) - start * STEP)
        runs = [
            (max(low, start) - start, min(high, stop) - start, first + max(0, start - low) * self.stride)
            for low, high, first in self.runs
            if low < stop and start < high
        ]
        at, starts, products = self.at + start * STEP, self.starts[start:stop], self.products[start:stop]
        return Weights(at, count, starts, runs, self.stride, products)

    def within(self, low: int, high: int) -> Weights:
        """The steps that start at pixel ``low`` or later and before ``high``."""
        return self.steps(bisect_left(self.starts, low), bisect_left(self.starts, high))


class _Plan:
    """How a line is reckoned.

    ``wide`` is how much wider the kernel is than for a line that is not shrunk, ``taps`` the number of pixels that one
    is made of, ``together`` the steps of a run.
    """

    __slots__ = ("line", "scale", "steps", "stride", "taps", "together", "wide")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.scale = (line.stop - line.start) / line.made
        self.wide = max(1.0, self.scale)
        self.taps = min(line.full, math.ceil(4 * self.wide))
        self.steps = -(-line.made // STEP)
        self.stride = round(STEP * self.scale)
        drift = max(abs(STEP * self.scale - self.stride), 0.01)
        self.together = 1 if self.scale > _COARSE else 1 + int(_SLACK / drift)


class Weigher:
    """Weights of the lines of one frame after another: those of the last one are remembered."""

    def __init__(self) -> None:
        self._known: dict[Line, Weights] = {}

    def weights(self, lines: Iterable[Line]) -> dict[Line, Weights]:
        """The weights of ``lines``, whose ends lie less than a pixel beyond their pixels.

        They are reckoned together: a call costs more than what it does to a single line.
        """
        plans: dict[int, list[_Plan]] = {}
        known = {}
        for line in dict.fromkeys(lines):
            if line in self._known:
                known[line] = self._known[line]
            else:
                plan = _Plan(line)
                plans.setdefault(plan.taps, []).append(plan)
        for alike in plans.values():
            known.update((plan.line, made) for plan, made in zip(alike, _reckoned(alike), strict=True))
        self._known = known
        return known


def _reckoned(plans: Sequence[_Plan]) -> list[Weights]:
    """The weights of lines with equal ``taps``."""
    steps = [plan.steps for plan in plans]
    ends = list(accumulate(steps, initial=0))
    firsts, shares = _placed(plans, ends)
    starts = firsts[:, 0]
    heads = [list(range(low, low + plan.steps, plan.together)) for plan, low in zip(plans, ends, strict=False)]
    begins = _begins(starts, plans, heads)
    spans = (np.maximum.reduceat(firsts[:, -1] - begins, ends[:-1]) + plans[0].taps).tolist()
    span = max(spans)
    begins = np.minimum(begins, np.repeat([plan.line.full + MARGIN_PX - span for plan in plans], steps))
    products = np.zeros((ends[-1], span, STEP), np.float32)
    spots = (firsts - (begins - span * np.arange(ends[-1]))[:, None]) * STEP + np.arange(STEP)
    flat, spots = products.reshape(-1), spots.reshape(-1)
    for tap, share in enumerate(shares):
        flat[tap * STEP :][spots] = share
    all_starts, all_begins = starts.tolist(), begins.tolist()
    made = []
    for plan, own, own_span, (low, high) in zip(plans, heads, spans, pairwise(ends), strict=True):
        runs = [(start - low, stop - low, all_begins[start]) for start, stop in pairwise([*own, high])]
        own_products = products[low:high, :own_span]
        made.append(Weights(0, plan.line.made, all_starts[low:high], runs, plan.stride, own_products))
    return made


def _placed(plans: Sequence[_Plan], ends: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The first pixel that each pixel is made of, ``STEP`` by ``STEP``; the weights of that and of those after it.

    What lies behind the last pixel of a line fills its last step. Shapes: (steps, STEP) and (taps, pixels).
    """
    taps = plans[0].taps
    facts = [
        (plan.scale, plan.line.start - 0.5 + plan.scale * (0.5 - STEP * low), plan.wide, plan.line.full - taps)
        for plan, low in zip(plans, ends, strict=False)
    ]
    scale, start, wide, last = np.repeat(np.array(facts).T, [plan.steps * STEP for plan in plans], axis=1)
    places = np.rint((np.arange(len(scale)) * scale + start) * _FINE) * (1 / _FINE)
    firsts = np.minimum(np.maximum(np.floor(places - 2 * wide) + 1, 0), last)
    after = places - firsts
    if all(plan.wide == 1 for plan in plans):
        rows = (after * _FINE).astype(np.intp) + (_FINE - 1)
        shares = _table(taps).take(rows, axis=1, mode="clip")
    else:
        shares = _shares(after, wide, taps)
    return firsts.astype(np.int64).reshape(-1, STEP), shares


def _begins(starts: NDArray[np.int64], plans: Sequence[_Plan], heads: Sequence[list[int]]) -> NDArray[np.int64]:
    """From which pixel on each step takes: not behind where it starts, and in each run at even distances."""
    ways = np.repeat([plan.stride for plan in plans], [plan.steps for plan in plans]) * np.arange(len(starts))
    all_heads = [*chain.from_iterable(heads), len(starts)]
    lowest = np.minimum.reduceat(starts - ways, all_heads[:-1])
    return np.repeat(lowest, [stop - start for start, stop in pairwise(all_heads)]) + ways


@cache
def _table(taps: int) -> NDArray[np.float32]:
    """``_shares`` at every place from a pixel before the first pixel to one behind the last."""
    return _shares(np.arange(1 - _FINE, taps * _FINE) / _FINE, np.ones(1), taps)


def _shares(after: NDArray[np.float64], wide: NDArray[np.float64], taps: int) -> NDArray[np.float32]:
    """Weights of ``taps`` pixels for places so far behind the first of them: shape (taps, places)."""
    places = np.clip(after, 1 / _FINE - 1, taps - 1 / _FINE).astype(np.float32)
    distance: NDArray[np.float32] = np.arange(taps, dtype=np.float32)[:, None] - places
    distance /= wide.astype(np.float32)
    shares = _cubic(distance)
    shares *= _UNIT / shares.sum(0)
    whole = np.rint(shares, out=shares)
    whole[taps // 2] += _UNIT - whole.sum(0)
    whole *= 1 / _UNIT
    return whole


def _cubic(distance: NDArray[np.float32]) -> NDArray[np.float32]:
    """Catmull and Rom's kernel: 1 at 0, 0 at every other whole number and from 2 on."""
    x = np.minimum(np.abs(distance), np.float32(2))
    near = ((1.5 * x - 2.5) * x) * x + 1
    far = ((2.5 - 0.5 * x) * x - 4) * x + 2
    return np.where(x < 1, near, far)
