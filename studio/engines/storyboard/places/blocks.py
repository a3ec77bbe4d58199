"""Solid things out of doors in perspective: blocks, flat pieces, posts, and arches that can be seen through."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.sheet.canvas import Array, Point, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

Span = tuple[float, float]


def nearness_at(z: float) -> float:
    """How near (0..1) what stands ``z`` people ahead looks."""
    return float(np.clip(1.3 / (1 + 0.15 * z), 0.2, 0.9))


def tone_at(stage: Stage, local: str, z: float, light: float = 1.0, keep: float = 0.75) -> Array:
    """``local`` in the hour's light, ``z`` people ahead."""
    return stage.palette.shade(local, nearness_at(z), keep, light)


def lamplit(stage: Stage, local: str, light: float = 1.0) -> Array:
    """``local`` in a hall whose lamps burn at every hour."""
    toned = mix(rgb(local), stage.palette.shade(local, 0.9, 0.9), 0.25) * np.float32(light)
    return np.asarray(np.clip(toned, 0, 1), np.float32)


def block(stage: Stage, sketch: Sketch, x: Span, y: Span, z: Span, local: str, light: float = 1.0) -> None:
    """A box in people: its top, the side that is seen, its front."""
    (x0, x1), (y0, y1), (z0, z1) = x, y, z
    at = stage.at
    if y1 < stage.eye_height:
        top = tone_at(stage, local, z0, light * 1.18)
        sketch.poly([at(x0, y1, z0), at(x1, y1, z0), at(x1, y1, z1), at(x0, y1, z1)], top)
    side = tone_at(stage, local, z0, light * 0.70)
    if x0 > 0:
        sketch.poly([at(x0, y0, z0), at(x0, y0, z1), at(x0, y1, z1), at(x0, y1, z0)], side)
    if x1 < 0:
        sketch.poly([at(x1, y0, z0), at(x1, y0, z1), at(x1, y1, z1), at(x1, y1, z0)], side)
    sketch.poly([at(x0, y0, z0), at(x1, y0, z0), at(x1, y1, z0), at(x0, y1, z0)], tone_at(stage, local, z0, light))


def flat(stage: Stage, sketch: Sketch, x: Span, z: Span, colour: Array, y: float = 0.0) -> None:
    """A rectangle lying at height ``y``."""
    at = stage.at
    sketch.poly([at(x[0], y, z[0]), at(x[1], y, z[0]), at(x[1], y, z[1]), at(x[0], y, z[1])], colour)


def arch_outline(middle: float, half: float, spring: float, foot: float) -> list[Point]:
    """A round-headed opening: its head a half circle over row ``spring``, its foot at row ``foot``."""
    head = [(middle - half * float(np.cos(a)), spring - half * float(np.sin(a))) for a in np.linspace(0, np.pi, 17)]
    return [(middle - half, foot), *head, (middle + half, foot)]


def cut_out(sketch: Sketch, outline: list[Point]) -> None:
    """Make a hole of ``outline`` in what this sketch has so far."""
    sketch.poly(outline, np.zeros(3, np.float32), 0.0)


def lattice(sketch: Sketch, a: Point, b: Point, wide_px: float, thick_px: float, colour: Array) -> None:
    """A truss from ``a`` to ``b``: two chords ``wide_px`` apart and the zigzag between them."""
    along = np.array([b[0] - a[0], b[1] - a[1]])
    long = float(np.hypot(*along))
    if long < 1:
        return
    across = np.array([-along[1], along[0]]) / long * wide_px / 2
    count = max(2, round(long / max(2.0, wide_px)))
    rows = [np.array(a) + along * (step / count) for step in range(count + 1)]
    zigzag = [row + across * (1 if step % 2 else -1) for step, row in enumerate(rows)]
    for side in (-1, 1):
        ends = [rows[0] + across * side, rows[-1] + across * side]
        sketch.line([(float(p[0]), float(p[1])) for p in ends], thick_px, colour)
    sketch.line([(float(p[0]), float(p[1])) for p in zigzag], thick_px * 0.7, colour)
