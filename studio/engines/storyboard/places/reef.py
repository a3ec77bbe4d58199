"""The coral reef: a garden of every shape and colour under bright water, with shoals of small fish."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.fresh_water import underwater
from studio.engines.storyboard.places.vegetation import leafy
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_TINTS = ("#ff7a5a", "#ff5a8f", "#f2b93f", "#b56ae0", "#ff9a4a", "#5fd0b0", "#e8e06a")


def coral_reef(stage: Stage) -> None:
    """The sea bed, heaped with corals: branches, fans, domes, tubes; fish in shoals above them."""
    underwater(stage)
    rng, span, h = stage.place_rng, stage.span, stage.height
    for near, foot, count, size in ((0.30, 0.76, 15, 0.09), (0.55, 0.85, 11, 0.14), (0.92, 0.99, 8, 0.22)):
        sketch = stage.sketch()
        for share in (np.arange(count) + rng.uniform(0.1, 0.9, count)) / count * 1.1 - 0.05:
            kind, tint = int(rng.integers(0, 4)), rgb(_TINTS[int(rng.integers(0, len(_TINTS)))])
            edge = 0.45 + 1.1 * abs(float(share) - 0.5)
            tall = span * size * edge * float(rng.uniform(0.75, 1.25))
            colour = _sunk(stage, tint, near)
            draw = (_branches, _fan, _dome, _tubes)[kind]
            draw(
                sketch, rng, float(share) * stage.width, h * foot + span * float(rng.uniform(-0.01, 0.02)), tall, colour
            )
        sketch.stamp()
    _shoal(stage, stage.side_x(0.72), h * 0.34, "#f2c23f", 15)
    _shoal(stage, stage.side_x(0.22), h * 0.56, "#ff8a4a", 9)
    stage.near = "none"


def _sunk(stage: Stage, tint: Array, near: float) -> Array:
    """``tint`` seen through water: blue and pale far off, never black."""
    light = np.float32(1 - 0.40 * stage.palette.darkness)
    return mix(tint * light, rgb("#2a8fa8") * light, 0.62 * (1 - near) + 0.10)


def _branches(sketch: Sketch, rng: np.random.Generator, x: float, foot: float, tall: float, colour: Array) -> None:
    def limb(px: float, py: float, angle: float, long: float, level: int) -> None:
        tip = (px + float(np.cos(angle)) * long, py - float(np.sin(angle)) * long)
        sketch.taper([(px, py), tip], tall * 0.045 * (level + 1), tall * 0.035 * (level + 0.8), colour)
        sketch.ellipse(*tip, tall * 0.018 * (level + 1), tall * 0.018 * (level + 1), mix(colour, rgb("#ffffff"), 0.35))
        if level:
            for turn in (-0.5, 0.45):
                limb(*tip, angle + turn * float(rng.uniform(0.7, 1.3)), long * 0.72, level - 1)

    for start in (1.1, 1.57, 2.05):
        limb(x, foot, start, tall * 0.40, 2)


def _fan(sketch: Sketch, rng: np.random.Generator, x: float, foot: float, tall: float, colour: Array) -> None:
    turns = np.linspace(0.30, np.pi - 0.30, 13)
    rim = [
        (x + float(np.cos(a)) * tall * 0.75, foot - float(np.sin(a)) * tall * float(rng.uniform(0.9, 1.08)))
        for a in turns
    ]
    sketch.poly([(x, foot), *rim], colour, 0.86)
    for point in rim:
        sketch.line([(x, foot), point], max(1.0, tall * 0.022), mix(colour, rgb("#3a1030"), 0.35))
    for share in (0.5, 0.75):
        arc = [(x + (px - x) * share, foot + (py - foot) * share) for px, py in rim]
        sketch.line(arc, max(1.0, tall * 0.014), mix(colour, rgb("#3a1030"), 0.28))


def _dome(sketch: Sketch, rng: np.random.Generator, x: float, foot: float, tall: float, colour: Array) -> None:
    half, high = tall * 0.55, tall * 0.55
    dome = [(x - half * float(np.cos(a)), foot - high * float(np.sin(a))) for a in np.linspace(0, np.pi, 21)]
    sketch.poly(dome, colour)
    for share in (0.80, 0.55, 0.30):
        ring = [(x + (px - x) * share, foot + (py - foot) * (0.35 + 0.6 * share)) for px, py in dome[2:-2]]
        sketch.line(ring, max(1.0, tall * 0.030), mix(colour, rgb("#ffffff"), 0.30))
    leafy(sketch, rng, x - half * 0.9, foot - high * 0.1, half * 0.35, mix(colour, rgb("#10405a"), 0.25))


def _tubes(sketch: Sketch, rng: np.random.Generator, x: float, foot: float, tall: float, colour: Array) -> None:
    for dx in (-0.26, 0.24, -0.06, 0.10):
        high, half = tall * float(rng.uniform(0.5, 0.95)), tall * 0.085
        px = x + dx * tall
        sketch.poly([(px - half * 0.8, foot), (px - half, foot - high), (px + half, foot - high), (px + half * 0.8, foot)], colour)  # fmt: skip
        sketch.ellipse(px, foot - high, half, half * 0.42, mix(colour, rgb("#ffffff"), 0.4))
        sketch.ellipse(px, foot - high, half * 0.66, half * 0.26, mix(colour, rgb("#10203a"), 0.65))


def _shoal(stage: Stage, x: float, y: float, local: str, count: int) -> None:
    rng, sketch, way = stage.place_rng, stage.sketch(), stage.hero_side
    body = _sunk(stage, rgb(local), 0.8)
    for _ in range(count):
        cx, cy = x + float(rng.normal(0, 0.10)) * stage.span, y + float(rng.normal(0, 0.05)) * stage.span
        size = stage.span * float(rng.uniform(0.012, 0.020))
        sketch.ellipse(cx, cy, size, size * 0.48, body)
        sketch.poly([(cx - way * size * 0.8, cy), (cx - way * size * 1.6, cy - size * 0.5), (cx - way * size * 1.6, cy + size * 0.5)], body)  # fmt: skip
        sketch.rect(
            cx - size * 0.12, cy - size * 0.44, cx + size * 0.12, cy + size * 0.44, mix(body, rgb("#ffffff"), 0.6)
        )
        sketch.ellipse(cx + way * size * 0.6, cy - size * 0.1, size * 0.12, size * 0.12, rgb("#10202a"))
    sketch.stamp()
