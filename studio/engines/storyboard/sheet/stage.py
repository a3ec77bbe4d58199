"""Where a picture takes place: canvas, light, perspective, and what a place tells the composition."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from studio.engines.storyboard.sheet.brief import Brief
from studio.engines.storyboard.sheet.canvas import Array, Canvas, Point, Sketch
from studio.engines.storyboard.sheet.palette import Palette

Surface = Literal["ground", "water", "floor", "air", "swim"]
NearFrame = Literal[
    "grass", "rocks", "branches", "conifer", "reeds", "palm", "leaves", "snow",
    "rail", "posts", "wall",
    "furniture", "seaweed", "cloud", "console", "crates", "none",
]  # fmt: skip

ON_RAILS = frozenset({"locomotive", "train", "tram", "railway_car"})
PASSING = ON_RAILS | {"car", "pickup", "truck", "bus", "van", "fire_engine", "wagon"}
"""Kinds of subject that go along a deck where the place has one."""


def seed_of(*words: object) -> int:
    """The same number for the same words in every process."""
    return zlib.crc32("\x1f".join(str(word) for word in words).encode())


class Tiles:
    """Two wrapping 512 x 512 noise tiles, values about 0..1: ``soft`` has broad forms, ``fine`` has grain."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.soft = _tile(rng, 2.0)
        self.fine = _tile(rng, 1.1)


def _tile(rng: np.random.Generator, slope: float) -> Array:
    size = 512
    frequency = np.fft.fftfreq(size)[:, None] ** 2 + np.fft.rfftfreq(size)[None, :] ** 2
    frequency[0, 0] = 1
    amplitude = frequency ** (-slope / 2)
    amplitude[0, 0] = 0
    phase = rng.random(amplitude.shape) * 2 * np.pi
    field_ = np.fft.irfft2(amplitude * np.exp(1j * phase), s=(size, size))
    return np.asarray(np.clip(0.5 + 0.2 * field_ / field_.std(), 0, 1), np.float32)


@dataclass(slots=True)
class Stage:
    """``place_rng`` gives what two shots of a place share, ``shot_rng`` what differs between them.

    The eye stands ``eye_height`` people high and looks level; a person (1 unit) at depth ``z`` is
    ``focal_px / z`` pixels tall. ``horizon`` is the eye's level in pixels.
    """

    canvas: Canvas
    palette: Palette
    brief: Brief
    tiles: Tiles
    place_rng: np.random.Generator
    shot_rng: np.random.Generator
    horizon: float
    eye_height: float
    hero_side: int
    """-1: the hero stands left of the middle, 1: right; landmarks and the sun take the other side."""
    sun: Point = (0.0, 0.0)
    surface: Surface = "ground"
    near: NearFrame = "grass"
    tuft: str = ""
    """Local colour of what grows over the feet; empty for bare floors."""
    is_indoors: bool = False
    windows: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Boxes through which weather is seen when indoors."""
    key: Array | None = None
    """A practical light that is stronger than the sun, as its colour."""
    key_x: float | None = None
    foot_limits: tuple[float, float] = (0.6, 0.97)
    """Between which shares of the height feet may stand."""
    reflects: float = 0.0
    """0 dry, 1 mirror: how well the ground mirrors what stands on it."""
    landmark: tuple[float, float, float] | None = None
    """x, top and foot of the great thing that gives the place its name, if it has one."""
    water_foot: float | None = None
    """The row on which boats and whales lie when there is water beyond the ground."""
    deck_foot: float | None = None
    """The row on which trains and cars go when the place has them pass by: on a viaduct, past a platform."""
    full_size: tuple[int, int] = (0, 0)
    """Width and height of the finished picture."""
    backlight: float = 1.0
    """Strength of the glow behind the hero."""

    @property
    def width(self) -> int:
        return self.canvas.width

    @property
    def height(self) -> int:
        return self.canvas.height

    @property
    def span(self) -> float:
        """The size figures are measured by: the height, or less of it in portrait."""
        return min(float(self.height), 1.2 * self.width)

    @property
    def unit(self) -> float:
        """1 at 720 rows: what line widths and blurs scale with."""
        return self.span / 720

    @property
    def focal_px(self) -> float:
        return self.span

    @property
    def is_wet(self) -> bool:
        return bool({"rain", "storm"} & set(self.brief.weather))

    def has(self, *kinds: str) -> bool:
        """True if any of ``kinds`` is in the weather."""
        return bool(set(kinds) & set(self.brief.weather))

    def at(self, x: float, y: float, z: float) -> Point:
        """Pixel of a point ``x`` people right of the middle, ``y`` above the ground, ``z`` ahead."""
        z = max(z, 0.05)
        return self.width / 2 + self.focal_px * x / z, self.horizon + self.focal_px * (self.eye_height - y) / z

    def foot_of(self, person_px: float) -> float:
        """The row on which somebody ``person_px`` tall stands."""
        return self.horizon + self.eye_height * person_px

    def person_at(self, foot_y: float) -> float:
        """How tall a person is whose feet are at ``foot_y``."""
        return max(0.0, (foot_y - self.horizon) / self.eye_height)

    def side_x(self, share: float) -> float:
        """``share`` (0..1) of the width, measured from the hero's side."""
        return self.width * (share if self.hero_side < 0 else 1 - share)

    def sketch(self) -> Sketch:
        return Sketch(self.canvas)

    def wave(self, rng: np.random.Generator, *, period_px: float, octaves: int = 4, ridged: bool = False) -> Array:
        """A 1-D profile for every column, about -1..1 (0..1 if ``ridged``), of the given longest period."""
        xs = self.canvas.columns
        total = np.zeros_like(xs)
        size, norm = 1.0, 0.0
        for _ in range(octaves):
            knots = np.arange(-2, self.width / period_px + 3) * period_px
            values = rng.random(len(knots)) * 2 - 1
            position = xs / period_px + np.float32(rng.random())
            low = np.floor(position).astype(int)
            t = position - low
            t = t * t * (3 - 2 * t)
            layer = values[low % len(knots)] * (1 - t) + values[(low + 1) % len(knots)] * t
            total += size * (1 - np.abs(layer) * 1.6 if ridged else layer)
            norm += size
            size *= 0.48
            period_px /= 2.1
        return np.asarray(total / norm, np.float32)

    def tile_box(
        self, tile: Array, box: tuple[int, int, int, int], scale: float, seed: int, squash: float = 1
    ) -> Array:
        """``tile`` over the box (x0, y0, x1, y1); a texel is ``scale`` px wide, ``scale / squash`` high."""
        x0, y0, x1, y1 = box
        shift = np.random.default_rng(seed).integers(0, 512, 2)
        rows = (np.arange(y0, y1) * squash / scale).astype(int) + shift[0]
        columns = (np.arange(x0, x1) / scale).astype(int) + shift[1]
        return np.asarray(tile[rows[:, None] % 512, columns[None, :] % 512], np.float32)

    def ground_tile(self, tile: Array, top: int, *, scale: float, stretch: float, seed: int) -> Array:
        """``tile`` lying on the ground from row ``top`` to the bottom, in perspective, fading to 0.5 far off.

        ``scale`` is texels per person near the eye; ``stretch`` > 1 makes features wide rather than deep.
        """
        shift = np.random.default_rng(seed).integers(0, 512, 2)
        drop = np.arange(top, self.height, dtype=np.float32) + 1 - np.float32(self.horizon)
        drop = np.maximum(drop, 0.7)
        depth = np.float32(self.focal_px * self.eye_height) / drop
        across = (self.canvas.columns - np.float32(self.width / 2)) / np.float32(self.focal_px)
        u = (across[None, :] * depth[:, None] * np.float32(scale / stretch)).astype(np.int32) + shift[1]
        v = (depth * np.float32(scale)).astype(np.int32) + shift[0]
        field_ = tile[v[:, None] % 512, u % 512]
        clear = np.clip(drop / np.float32(self.span * 0.09), 0, 1)[:, None]
        return np.asarray(0.5 + (field_ - 0.5) * clear, np.float32)
