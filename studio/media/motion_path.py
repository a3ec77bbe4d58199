"""Where the camera looks, frame by frame: pure arithmetic, no pictures.

A view is the part of the still that fills the screen, as left, top, right, bottom in shares of its width and
height. No view ever leaves the still. With layers, each depth has its own views: what is near moves more, and
that difference is what the eye takes for depth.
"""

from __future__ import annotations

import math
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.model.camera import CameraMove, Speed

Views = NDArray[np.float64]
"""Shape (frames, 4)."""

_RAMP = 0.3
"""Share of a move spent gathering speed, and again losing it."""
_CLOSER: dict[Speed, float] = {"slow": 0.14, "normal": 0.22, "fast": 0.45}
"""How much a push in magnifies."""
_LENS: dict[Speed, float] = {"slow": 0.20, "normal": 0.34, "fast": 0.70}
"""How much a zoom magnifies: more than a push, since nothing else tells it from one on a flat still."""
_ROOM: dict[Speed, float] = {"slow": 1.14, "normal": 1.22, "fast": 1.40}
"""Magnification that gives a sideways move its room; it travels all of it."""
_SHAKE: dict[Speed, float] = {"slow": 1.04, "normal": 1.06, "fast": 1.10}
_BOB = 1.03
_LOW = 0.5
"""Stills stand on their lower edge: where a move crops, feet stay rather than sky."""

_LEAST_TRAVEL = 0.5
"""Share of its course that a sideways move keeps even if the subject is off the screen at the start."""

Reach = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Keep:
    """What the screen should hold: a box in shares of the still, and its depth."""

    box: tuple[float, float, float, float]
    depth: float | None = None

    def span(self, axis: int) -> tuple[float, float]:
        """The part that must be seen, of the width (axis 0) or the height (1): the middle; head to knees."""
        low, high = self.box[axis], self.box[axis + 2]
        size = high - low
        return (low, low + 0.86 * size) if axis else (low + 0.12 * size, high - 0.12 * size)


@dataclass(frozen=True, slots=True)
class Path:
    """One move over a number of frames."""

    move: CameraMove
    frames: int
    fps: int
    seed: int
    keep: Keep | None = None
    """The subject, where it is known: no move ends with it off the screen."""

    @property
    def has_depth(self) -> bool:
        """True if near and far things move differently: the camera itself travels, not just its lens."""
        return self.move.kind in ("dolly", "truck", "pedestal", "orbit", "tracking", "drone")

    def views(self, depth: float | None = None) -> Views:
        """Views of what lies at ``depth`` (0 far, 1 near), or of a still without layers."""
        zoom, x, y = self._course(depth)
        if self.keep is not None and self.move.kind not in ("static", "handheld"):
            own = self._course(self.keep.depth)
            x, y = self._kept(0, zoom, x, own[0], own[1]), self._kept(1, zoom, y, own[0], own[2])
        half = 0.5 / zoom
        room = 0.5 - half
        centre_x, centre_y = 0.5 + np.clip(x, -1, 1) * room, 0.5 + np.clip(y, -1, 1) * room
        return np.stack([centre_x - half, centre_y - half, centre_x + half, centre_y + half], axis=1)

    def _kept(self, axis: int, zoom: Views, at: Views, own_zoom: Views, own: Views) -> Views:
        """``at`` bent so that the subject, whose own course is ``own``, stays on the screen.

        A move that goes nowhere on this axis is aimed; one that travels keeps its way, over a shorter course.
        """
        assert self.keep is not None
        low, high = _allowed(self.keep.span(axis), own_zoom)
        first, last = float(own[0]), float(own[-1])
        if self._sways(axis) or abs(last - first) < 0.05:
            tight, middle = int(np.argmax(own_zoom)), float(own.mean())
            aim = middle
            if axis == 0 and self.move.direction in ("in", "out"):
                aim += 1.4 * (sum(self.keep.span(axis)) / 2 - 0.5)
            most = 1 - float(np.abs(at - at.mean()).max())
            return at + (float(np.clip(np.clip(aim, low[tight], high[tight]), -most, most)) - middle)
        end = float(np.clip(last, low[-1], high[-1]))
        start = float(np.clip(first, low[0], high[0]))
        least = _LEAST_TRAVEL * (last - first)
        if abs(end - start) < abs(least):
            start = float(np.clip(end - least, -1, 1))
        along = (own - first) / (last - first)
        bent = start + (end - start) * along
        share = at[-1] / last if abs(last) > 1e-6 else 1.0
        return np.asarray(bent * share)

    def _sways(self, axis: int) -> bool:
        """True where the course on ``axis`` is a hand's unrest and leads nowhere."""
        return self.move.kind == "tracking" and (axis == 1 or self.move.direction in ("in", "out"))

    def _course(self, depth: float | None) -> tuple[Views, Views, Views]:
        """Magnification, and where the view is between the edges (-1 left or top, 1 right or bottom)."""
        move, along = self.move, self._progress()
        still = np.zeros(self.frames)
        if move.kind in ("dolly", "zoom"):
            most = (_CLOSER if move.kind == "dolly" else _LENS)[move.speed]
            near = 1.0 if depth is None or move.kind == "zoom" else 0.8 + 0.5 * depth
            return (1 + most * near) ** (along if move.direction != "out" else 1 - along), still, still + 0.3 * _LOW
        if move.kind == "handheld":
            steady = _SHAKE[move.speed]
            return steady + still, 0.9 * self._noise("x"), 0.9 * self._noise("y")
        if move.kind == "static":
            return 1 + still, still, still
        if move.kind == "drone" or move.direction in ("in", "out"):
            return self._flight(depth, along)
        return self._sideways(depth, along)

    def _flight(self, depth: float | None, along: Views) -> tuple[Views, Views, Views]:
        """Ahead or aside while rising a little (drone), or ahead on foot (tracking in and out)."""
        move = self.move
        near = 1.0 if depth is None else 0.8 + 0.5 * depth
        ahead = along if move.direction != "out" else 1 - along
        if move.kind == "tracking":
            zoom = _BOB * (1 + _CLOSER[move.speed] * near) ** ahead
            return zoom, 0.5 * self._noise("x"), 0.7 * self._noise("y")
        zoom = 1.08 * (1 + 0.8 * _CLOSER[move.speed] * near) ** ahead
        swing = 2 * along - 1
        reach = 0.9 if depth is None else 0.55 + 0.35 * depth
        if move.direction in ("left", "right"):
            side = 1.0 if move.direction == "right" else -1.0
            return zoom * _ROOM[move.speed] / 1.08, side * reach * swing, -0.35 * reach * swing
        if move.direction in ("up", "down"):
            rise = 1.0 if move.direction == "down" else -1.0
            return zoom * 1.1, np.zeros(self.frames), rise * reach * swing
        return zoom, np.zeros(self.frames), -0.5 * reach * swing

    def _sideways(self, depth: float | None, along: Views) -> tuple[Views, Views, Views]:
        move = self.move
        sign = 1.0 if move.direction in ("right", "down") else -1.0
        swing = sign * _reach(move.kind, depth) * (2 * along - 1)
        still = np.zeros(self.frames)
        zoom = _ROOM[move.speed] + still
        if move.kind == "orbit":
            return zoom * (1 + 0.07 * np.sin(np.pi * along)), swing, still + _LOW
        if move.kind == "tracking":
            return zoom, swing, _LOW + 0.12 * self._noise("y")
        is_upright = move.direction in ("up", "down")
        return (zoom, still, swing) if is_upright else (zoom, swing, still + _LOW)

    def _progress(self) -> Views:
        """0 at the first frame, 1 at the last; a smooth start, even speed, a smooth end."""
        time = np.linspace(0.0, 1.0, self.frames) if self.frames > 1 else np.zeros(1)
        return _eased(time)

    def _noise(self, axis: str) -> Views:
        """A hand's unrest between -1 and 1: slow sway with a little tremor, from the seed."""
        rng = random.Random(zlib.crc32(f"{self.seed}/{axis}".encode()))
        time_s = np.arange(self.frames) / self.fps
        sway = np.zeros(self.frames)
        parts = ((0.23, 0.45), (0.51, 0.30), (0.97, 0.17), (1.9, 0.08))
        for rate_hz, share in parts:
            phase, drift = rng.uniform(0, 2 * math.pi), rng.uniform(0.85, 1.15)
            sway += share * np.sin(2 * math.pi * rate_hz * drift * time_s + phase)
        return sway


def _allowed(span: tuple[float, float], zoom: Views) -> tuple[Views, Views]:
    """Between which positions (-1 to 1) a view at ``zoom`` holds ``span``; equal where it is too small for it."""
    half = 0.5 / zoom
    room = np.maximum(0.5 - half, 1e-9)
    low, high = (span[1] - half - 0.5) / room, (span[0] + half - 0.5) / room
    middle = ((span[0] + span[1]) / 2 - 0.5) / room
    is_small = low > high
    low, high = np.where(is_small, middle, low), np.where(is_small, middle, high)
    return np.clip(low, -1, 1), np.clip(high, -1, 1)


def _reach(kind: str, depth: float | None) -> float:
    """Share of the room that a depth travels. An orbit turns about the middle: what is far goes back."""
    if depth is None:
        return 1.0
    if kind == "orbit":
        return 1.6 * depth - 0.6
    return 0.55 + 0.45 * depth if kind in ("truck", "pedestal", "tracking") else 1.0


def _eased(time: Views) -> Views:
    """Distance gone by ``time`` when speed rises as a raised cosine, holds, and falls likewise."""
    ramp = _RAMP
    gone = 1 - ramp

    def rising(at: Views) -> Views:
        return (at - ramp / math.pi * np.sin(math.pi * at / ramp)) / (2 * gone)

    early, late = time < ramp, time > 1 - ramp
    steady = (time - ramp / 2) / gone
    return np.where(early, rising(time), np.where(late, 1 - rising(1 - time), steady))
