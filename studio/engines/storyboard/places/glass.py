"""Rooms that look out: a greenhouse, a train compartment, the cockpit of an aeroplane."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand
from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill
from studio.engines.storyboard.places.vegetation import tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Sketch, mix, rgb
from studio.engines.storyboard.sheet.palette import palette_of
from studio.engines.storyboard.sheet.stage import Stage

_EAVES, _RIDGE, _HALF = 1.75, 2.75, 2.6


def greenhouse(stage: Stage) -> None:
    """White ribs and panes up to a ridge, benches of plants on both sides of a brick path."""
    palette = stage.palette
    paint_sky(stage)
    tree_row(stage, foot=stage.horizon + 2, tall=stage.span * 0.12, nearness=0.4, count=24, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#7c6f5a", texture=0.10)
    stage.canvas.blend(np.full((stage.height, 1), 0.20, np.float32), mix(palette.low, rgb("#dff2e0"), 0.5))
    rise = max(0.0, stage.eye_height - 1.33)
    sketch = stage.sketch()
    floor = palette.shade("#a8795f", 0.85, 0.85)
    sketch.poly([stage.at(-0.9, 0, 0.6), stage.at(-0.9, 0, 8), stage.at(0.9, 0, 8), stage.at(0.9, 0, 0.6)], floor)
    for z in np.geomspace(0.9, 8, 26):
        sketch.line(
            [stage.at(-0.9, 0, float(z)), stage.at(0.9, 0, float(z))], 1.3 * stage.unit, floor * np.float32(0.82)
        )
    _ribs(stage, sketch, rise)
    sketch.stamp()
    for side in (-1, 1):
        _plant_bench(stage, side)
    _baskets(stage, rise)
    for x, z in ((-0.5, 5.0), (0.5, 3.4)):
        stage.canvas.glow(*stage.at(x, 1.7 + rise, z), stage.focal_px / z * 1.9, palette.lamp, 0.55 * palette.darkness)
    stand(stage, "none")
    stage.is_indoors = True
    x0, y0 = stage.at(-_HALF, _RIDGE + rise, 8.0)
    x1, y1 = stage.at(_HALF, 0.5, 8.0)
    stage.windows = [(x0, y0, x1, y1)]
    stage.backlight = 0.6


def _ribs(stage: Stage, sketch: Sketch, rise: float) -> None:
    white = stage.palette.shade("#f4f6f0", 0.9, 0.9)
    eaves, ridge = _EAVES + rise, _RIDGE + rise
    for z in (8.0, 6.4, 5.1, 4.0, 3.1, 2.4, 1.8, 1.3):
        thick = max(1.4, 0.055 * stage.focal_px / z)
        frame = [(-_HALF, 0.55), (-_HALF, eaves), (0.0, ridge), (_HALF, eaves), (_HALF, 0.55)]
        sketch.line([stage.at(x, y, z) for x, y in frame], thick, white)
    for side in (-1, 1):
        for y in (0.55, 1.15, eaves):
            sketch.line([stage.at(side * _HALF, y, 1.0), stage.at(side * _HALF, y, 8.0)], 3.4 * stage.unit, white)
        for t in (0.35, 0.7):
            x, y = side * _HALF * (1 - t), eaves + (ridge - eaves) * t
            sketch.line([stage.at(x, y, 1.0), stage.at(x, y, 8.0)], 2.6 * stage.unit, white)
        base = stage.palette.shade("#b0846a", 0.8, 0.85, 0.9)
        sketch.poly(
            [
                stage.at(side * _HALF, 0, 1.0),
                stage.at(side * _HALF, 0.55, 1.0),
                stage.at(side * _HALF, 0.55, 8.0),
                stage.at(side * _HALF, 0, 8.0),
            ],
            base,
        )
    sketch.line([stage.at(0, ridge, 1.0), stage.at(0, ridge, 8.0)], 5 * stage.unit, white)
    for x in np.linspace(-_HALF, _HALF, 9)[1:-1]:
        top = eaves + (ridge - eaves) * (1 - abs(float(x)) / _HALF)
        sketch.line([stage.at(float(x), 0.55, 8.0), stage.at(float(x), top, 8.0)], 2.0 * stage.unit, white)
    door = stage.palette.shade("#dfe9e2", 0.85, 0.9)
    for x in (-0.42, 0.42):
        sketch.line([stage.at(x, 0, 8.0), stage.at(x, 1.3, 8.0)], 3.4 * stage.unit, door)
    sketch.line([stage.at(-0.42, 1.3, 8.0), stage.at(0.42, 1.3, 8.0)], 3.4 * stage.unit, door)


def _plant_bench(stage: Stage, side: int) -> None:
    rng, palette = stage.place_rng, stage.palette
    for z in (6.8, 5.7, 4.8, 4.0, 3.3, 2.75):
        sketch = stage.sketch()
        inner, outer = side * 1.25, side * 2.45
        wood = palette.shade("#9a7a58", 0.85, 0.85, 0.9)
        sketch.poly(
            [
                stage.at(inner, 0.5, z),
                stage.at(inner, 0.5, z + 1),
                stage.at(outer, 0.5, z + 1),
                stage.at(outer, 0.5, z),
            ],
            wood,
        )
        sketch.poly(
            [stage.at(inner, 0.44, z), stage.at(inner, 0.50, z), stage.at(outer, 0.50, z), stage.at(outer, 0.44, z)],
            wood * np.float32(0.8),
        )
        for x in (inner + side * 0.05, outer):
            sketch.line([stage.at(x, 0, z), stage.at(x, 0.46, z)], 0.05 * stage.focal_px / z, wood * np.float32(0.7))
        for dx in (0.15, 0.5, 0.85, 1.15):
            _pot(sketch, stage, inner + side * dx, z + float(rng.uniform(0, 0.4)), rng)
        sketch.stamp()


def _pot(sketch: Sketch, stage: Stage, x: float, z: float, rng: np.random.Generator) -> None:
    palette, size = stage.palette, stage.focal_px / z
    px, py = stage.at(x, 0.5, z)
    clay = palette.shade("#c2714a", 0.9, 0.9)
    sketch.poly(
        [
            (px - size * 0.09, py - size * 0.15),
            (px + size * 0.09, py - size * 0.15),
            (px + size * 0.065, py),
            (px - size * 0.065, py),
        ],
        clay,
    )
    sketch.rect(px - size * 0.10, py - size * 0.17, px + size * 0.10, py - size * 0.13, clay * np.float32(1.1))
    green = palette.shade(("#3f8a4a", "#5aa050", "#2f7a55", "#7aa84a")[int(rng.integers(0, 4))], 0.9, 0.9)
    tall = size * float(rng.uniform(0.22, 0.48))
    for turn in np.linspace(-1.0, 1.0, 7):
        tip = (px + float(np.sin(turn)) * tall * 0.7, py - size * 0.15 - float(np.cos(turn)) * tall)
        bend = ((px + tip[0]) / 2 + turn * 2, (py + tip[1]) / 2 - tall * 0.1)
        sketch.taper(
            [(px, py - size * 0.15), bend, tip], size * 0.075, size * 0.012, green * np.float32(0.9 + 0.08 * abs(turn))
        )
    if rng.random() < 0.55:
        tint = palette.shade(("#e0566a", "#f0c24a", "#f2f0e6", "#b56ad0")[int(rng.integers(0, 4))], 0.9, 0.95)
        for turn in (-0.7, -0.2, 0.3, 0.75):
            sketch.ellipse(
                px + turn * tall * 0.6,
                py - size * 0.15 - tall * (1 - 0.5 * abs(turn)),
                size * 0.042,
                size * 0.042,
                tint,
            )


def _baskets(stage: Stage, rise: float) -> None:
    sketch, palette = stage.sketch(), stage.palette
    for x, z in ((-1.0, 5.2), (1.05, 4.3), (-1.3, 3.4)):
        size = stage.focal_px / z
        top, foot = stage.at(x, _RIDGE + rise - 0.4, z), stage.at(x, 1.62 + rise, z)
        sketch.line([top, foot], max(1.0, size * 0.012), palette.shade("#4a4a40", 0.9, 0.8))
        for turn in np.linspace(-1.3, 1.3, 11):
            tip = (foot[0] + float(np.sin(turn)) * size * 0.26, foot[1] + size * (0.30 - 0.16 * abs(float(turn)) / 1.3))
            sketch.taper(
                [foot, ((foot[0] + tip[0]) / 2 + turn * 4, foot[1]), tip],
                size * 0.06,
                size * 0.015,
                palette.shade("#4f9a52", 0.9, 0.9),
            )
        sketch.ellipse(foot[0], foot[1] + size * 0.03, size * 0.12, size * 0.09, palette.shade("#8a6a42", 0.9, 0.85))
    sketch.stamp()


def compartment(stage: Stage) -> None:
    """Two plush benches face each other under luggage racks; a wide window shows the land going by."""
    stage.palette = palette_of(stage.brief, indoors=True)
    tall = max(2.05, stage.eye_height + 0.35)
    it = Room(stage, "#8a5a36", "#5f4a42", half=1.95, tall=tall, deep=4.3, ceiling="#e6d9bc", panels=False)
    it.wall_rect(-1.95, 0, 1.95, 0.62, it.tone("#6b4226"))
    it.window(0.0, 0.70, 2.35, 0.92, panes=2, curtain="#3f6f5a")
    _table(it)
    for side in (-1, 1):
        it.side_quad(side, (0.9, 4.3), (0.0, 0.6), it.tone("#6b4226", 0.8))
        for z in (1.6, 2.5, 3.4):
            it.side_quad(side, (z, z + 0.8), (1.28, 1.58), it.tone("#c9a05a", 0.8))
            it.side_quad(side, (z + 0.05, z + 0.75), (1.32, 1.54), it.tone("#9fb8b0", 0.8))
        _bench(it, side)
        _rack(it, side, tall)
    it.lamps.append((*it.at(0, tall - 0.1, 3.0), stage.span * 0.6))
    x, y = it.at(0, tall - 0.06, 3.0)
    it.sketch.ellipse(x, y, stage.span * 0.05, stage.span * 0.016, rgb("#fff0cc"))
    it.light(level=0.98)
    stand(stage, "none")


def _bench(it: Room, side: int) -> None:
    plush = "#8f2f3a"
    a, b = side * 1.15, side * 1.93
    x0, x1 = min(a, b), max(a, b)
    it.side_quad(side, (1.9, 4.1), (0.45, 1.18), it.tone(plush, 0.9))
    back = side * 1.72
    it.sketch.poly(
        [it.at(back, 0.40, 1.9), it.at(back, 1.16, 1.9), it.at(back, 1.16, 4.1), it.at(back, 0.40, 4.1)],
        it.tone(plush, 1.0),
    )
    for z in (2.6, 3.35):
        it.sketch.line([it.at(back, 0.42, z), it.at(back, 1.14, z)], 2.4 * it.stage.unit, it.tone(plush, 0.7))
    for z in (2.0, 2.75, 3.5):
        it.sketch.poly(
            [it.at(back, 0.96, z), it.at(back, 1.18, z), it.at(back, 1.18, z + 0.45), it.at(back, 0.96, z + 0.45)],
            it.tone("#f0e6d4", 0.95),
        )
    it.box((x0, x1), (0.0, 0.30), (1.95, 4.1), "#4a3026", 0.8)
    it.box((x0 - 0.03, x1 + 0.03), (0.30, 0.44), (1.9, 4.1), plush, 0.95)


def _rack(it: Room, side: int, tall: float) -> None:
    """Brass bars under the ceiling with two cases on them."""
    y = min(1.70, tall - 0.34)
    a, b = side * 1.50, side * 1.95
    brass = it.tone("#e0bc60")
    for z, long, high, tint in ((3.15, 0.62, 0.20, "#a5643a"), (2.2, 0.5, 0.26, "#55756a")):
        it.box((min(a, b) + 0.04, max(a, b)), (y + 0.03, y + high), (z, z + long), tint, 0.95)
    for z in np.linspace(1.5, 4.0, 9):
        it.sketch.line([it.at(a, y, float(z)), it.at(b, y, float(z))], 2.4 * it.stage.unit, brass)
    for x in (a, (a + b) / 2):
        it.sketch.line([it.at(x, y, 1.4), it.at(x, y, 4.1)], 4 * it.stage.unit, brass)


def _table(it: Room) -> None:
    it.box(around(0.0, 0.62), (0.60, 0.64), (3.75, 4.28), "#a5744a")
    it.box(around(0.0, 0.08), (0.0, 0.60), (4.15, 4.25), "#6b4226", 0.8)
    x, y = it.at(-0.12, 0.64, 3.95)
    size = it.stage.focal_px / 3.6
    it.sketch.rect(x - size * 0.015, y - size * 0.16, x + size * 0.015, y, it.tone("#c9a05a"))
    it.sketch.poly(
        [
            (x - size * 0.09, y - size * 0.14),
            (x + size * 0.09, y - size * 0.14),
            (x + size * 0.05, y - size * 0.27),
            (x - size * 0.05, y - size * 0.27),
        ],
        it.tone("#f0d9a0", 1.1),
    )
    it.lamps.append((x, y - size * 0.18, size * 0.8))


def cockpit(stage: Stage) -> None:
    """Sky ahead through a framed windscreen, a bank of dials, two control wheels."""
    palette, w, h, unit = stage.palette, stage.width, stage.height, stage.unit
    paint_sky(stage, down_to=stage.horizon)
    paint_hill(stage, hill_line(stage, stage.horizon, stage.span * 0.02), nearness=0.2, local="#6f9468")
    paint_ground(stage, local="#7f9a68", top=stage.horizon + stage.span * 0.02, texture=0.1)
    paint_mist(stage, stage.horizon, stage.span * 0.2, 0.75)
    sketch = stage.sketch()
    hull, lit = palette.shade("#566069", 1.0, 0.8, 0.72), palette.shade("#7d8992", 1.0, 0.8, 0.8)
    sill = h * 0.62
    sketch.poly(
        [(-5, -5), (w + 5, -5), (w + 5, h * 0.13), (w * 0.80, h * 0.09), (w * 0.20, h * 0.09), (-5, h * 0.13)], hull
    )
    for side in (-1, 1):
        x = w / 2 + side * w * 0.5
        sketch.poly(
            [(x + side * 9, -5), (x - side * w * 0.07, -5), (x - side * w * 0.035, sill), (x + side * 9, sill)], hull
        )
        a = w / 2 + side * w * 0.25
        sketch.poly(
            [
                (a - 11 * unit, 0),
                (a + 11 * unit, 0),
                (a + side * w * 0.035 + 13 * unit, sill),
                (a + side * w * 0.035 - 13 * unit, sill),
            ],
            lit,
        )
    sketch.rect(w / 2 - 12 * unit, 0, w / 2 + 12 * unit, sill, lit)
    sketch.poly(
        [
            (-5, sill + h * 0.03),
            (w * 0.14, sill - h * 0.035),
            (w * 0.86, sill - h * 0.035),
            (w + 5, sill + h * 0.03),
            (w + 5, h + 5),
            (-5, h + 5),
        ],
        palette.shade("#2c333b", 1.0, 0.9, 0.8),
    )
    sketch.poly(
        [(w * 0.05, sill + h * 0.06), (w * 0.95, sill + h * 0.06), (w * 1.02, h + 5), (-w * 0.02, h + 5)],
        palette.shade("#414b55", 1.0, 0.9, 0.85),
    )
    for row in range(2):
        for index in range(9):
            x = w * (0.12 + 0.095 * index)
            _dial(sketch, stage, x, sill + h * (0.125 + 0.135 * row), stage.span * 0.048, index * 1.3 + row)
    for x in (w * 0.27, w * 0.73):
        _yoke(sketch, stage, x, h * 0.955)
    sketch.stamp()
    for index in range(9):
        stage.canvas.glow(
            w * (0.12 + 0.095 * index),
            sill + h * 0.19,
            stage.span * 0.12,
            rgb("#7fd8c0"),
            0.10 + 0.2 * palette.darkness,
        )
    stand(stage, "none")
    stage.is_indoors, stage.windows = True, [(0.0, 0.0, float(w), sill)]


def _dial(sketch: Sketch, stage: Stage, x: float, y: float, radius: float, turn: float) -> None:
    sketch.ellipse(x, y, radius, radius, stage.palette.shade("#aab3ba", 1.0, 0.9))
    sketch.ellipse(x, y, radius * 0.86, radius * 0.86, rgb("#10171c"))
    if int(turn * 10) % 3 == 0:
        sketch.rect(x - radius * 0.8, y, x + radius * 0.8, y + radius * 0.3, rgb("#8a5a34"))
        sketch.rect(x - radius * 0.8, y - radius * 0.3, x + radius * 0.8, y, rgb("#4f9ad0"))
    for a in np.linspace(0, 2 * np.pi, 9)[:-1]:
        c, s = float(np.cos(a)), float(np.sin(a))
        sketch.line(
            [(x + c * radius * 0.66, y + s * radius * 0.66), (x + c * radius * 0.8, y + s * radius * 0.8)],
            1.6 * stage.unit,
            rgb("#e6f2ea"),
        )
    sketch.line(
        [(x, y), (x + float(np.cos(turn)) * radius * 0.62, y + float(np.sin(turn)) * radius * 0.62)],
        2.4 * stage.unit,
        rgb("#ffb84a"),
    )


def _yoke(sketch: Sketch, stage: Stage, x: float, y: float) -> None:
    size, black = stage.span * 0.10, stage.palette.shade("#15191e", 1.0, 0.9)
    sketch.rect(x - size * 0.13, y - size * 0.3, x + size * 0.13, stage.height + 5, black)
    sketch.line(
        [
            (x - size * 0.85, y - size * 0.75),
            (x - size * 0.9, y - size * 0.25),
            (x, y - size * 0.15),
            (x + size * 0.9, y - size * 0.25),
            (x + size * 0.85, y - size * 0.75),
        ],
        size * 0.19,
        black,
    )
