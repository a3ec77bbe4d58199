"""Stops on the way: petrol station, fire station, bus stop, race track, the deck of a ship; and the cloister's quiet."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import block, flat, tone_at
from studio.engines.storyboard.places.buildings import skyline
from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill, paint_water
from studio.engines.storyboard.places.town import street
from studio.engines.storyboard.places.vegetation import leafy, tree_row
from studio.engines.storyboard.places.weather import paint_sky
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def petrol_station(stage: Stage) -> None:
    """Pumps under a wide bright roof on posts, a shop of glass, a tall sign, marks on the tarmac."""
    _open_land(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_ground(stage, local="#8d8b88", top=hor + span * 0.02, texture=0.06, near_dark=0.3)
    sketch, far = stage.sketch(), -stage.hero_side
    x = far * 2.2
    block(stage, sketch, (x - 3.4, x + 3.4), (0, 1.9), (10.0, 11.0), "#ece6d8")
    block(stage, sketch, (x - 3.1, x + 3.1), (0.15, 1.4), (9.95, 10.0), "#7fb5c6")
    for dx in np.linspace(-3.1, 3.1, 6):
        block(stage, sketch, (x + float(dx) - 0.05, x + float(dx) + 0.05), (0.1, 1.45), (9.9, 9.95), "#ece6d8")
    for dx in (-2.3, 2.3):
        block(stage, sketch, (x + dx - 0.12, x + dx + 0.12), (0, 2.9), (6.4, 6.7), "#f2efe6")
    at = stage.at
    sketch.poly(
        [at(x - 3.6, 2.9, 5.4), at(x + 3.6, 2.9, 5.4), at(x + 3.6, 2.9, 8.6), at(x - 3.6, 2.9, 8.6)],
        tone_at(stage, "#fbf8ee", 6, 0.86),
    )
    block(stage, sketch, (x - 3.6, x + 3.6), (2.9, 3.4), (5.4, 5.5), "#e0403a")
    block(stage, sketch, (x - 3.6, x + 3.6), (3.02, 3.14), (5.38, 5.4), "#fbf8ee")
    for dx in (-1.5, 0.1, 1.7):
        block(stage, sketch, (x + dx - 0.45, x + dx + 0.45), (0, 0.12), (5.9, 6.5), "#d9d4c8")
        block(stage, sketch, (x + dx - 0.26, x + dx + 0.26), (0.12, 1.15), (6.0, 6.3), "#e0403a")
        block(stage, sketch, (x + dx - 0.20, x + dx + 0.20), (0.72, 1.02), (5.98, 6.0), "#26323a")
        hose = [
            at(x + dx + 0.26, 0.9, 6.0),
            at(x + dx + 0.46, 0.5, 6.0),
            at(x + dx + 0.34, 0.25, 6.0),
            at(x + dx + 0.29, 0.6, 6.0),
        ]
        sketch.line(hose, 3 * stage.unit, tone_at(stage, "#23262b", 6))
    px = -far * 3.4
    block(stage, sketch, (px - 0.1, px + 0.1), (0, 3.2), (6.6, 6.8), "#8f979c")
    block(stage, sketch, (px - 0.6, px + 0.6), (2.2, 3.9), (6.5, 6.7), "#e0403a")
    (cx, cy), size = at(px, 3.3, 6.5), stage.focal_px / 6.5
    sketch.poly(
        [(cx - size * 0.2, cy + size * 0.1), (cx, cy - size * 0.38), (cx + size * 0.2, cy + size * 0.1)], rgb("#ffd23f")
    )
    sketch.ellipse(cx, cy + size * 0.14, size * 0.2, size * 0.2, rgb("#ffd23f"))
    for row in (2.35, 2.6):
        block(stage, sketch, (px - 0.45, px + 0.45), (row, row + 0.15), (6.48, 6.5), "#fbf8ee")
    sketch.stamp()
    for dx in (-2.0, 0.0, 2.0):
        stage.canvas.glow(*at(x + dx, 2.85, 6.2), span * (0.10 + 0.16 * palette.darkness), rgb("#fff6d8"), 0.35 + 0.5 * palette.darkness)  # fmt: skip
    stage.near, stage.tuft = "none", ""


def fire_station(stage: Stage) -> None:
    """Brick with two great red doors, one raised on the engine within, a hose tower, a bell, a flag."""
    _open_land(stage)
    span, hor = stage.span, stage.horizon
    paint_ground(stage, local="#a09c96", top=hor + span * 0.02, texture=0.05, near_dark=0.3)
    sketch, far = stage.sketch(), -stage.hero_side
    x, z = far * 1.4, 8.0
    block(stage, sketch, (x - 4.2, x + 4.2), (0, 3.1), (z, z + 2), "#b8593f")
    block(stage, sketch, (x + far * 3.4 - 0.8, x + far * 3.4 + 0.8), (0, 5.0), (z - 0.1, z + 1), "#a84f38")
    block(stage, sketch, (x - 4.4, x + 4.4), (3.0, 3.3), (z - 0.1, z), "#efe4cc")
    for dx, is_open in ((-1.5, False), (0.9, True)):
        px = x + dx * far
        block(stage, sketch, (px - 1.12, px + 1.12), (0, 2.4), (z - 0.04, z), "#efe4cc")
        block(stage, sketch, (px - 0.98, px + 0.98), (0, 2.25), (z - 0.06, z), "#2a2420" if is_open else "#c9302a")
        if is_open:
            block(stage, sketch, (px - 0.8, px + 0.8), (0.2, 1.7), (z - 0.08, z), "#d9342c")
            block(stage, sketch, (px - 0.66, px + 0.66), (1.0, 1.5), (z - 0.10, z), "#9fc9dc")
            block(stage, sketch, (px - 0.82, px + 0.82), (0.42, 0.58), (z - 0.10, z), "#fbf4e0")
            for side in (-0.55, 0.55):
                sketch.ellipse(*stage.at(px + side, 0.72, z - 0.1), 5 * stage.unit, 5 * stage.unit, rgb("#ffe9a8"))
                sketch.ellipse(
                    *stage.at(px + side * 0.7, 1.76, z - 0.1), 6 * stage.unit, 4 * stage.unit, rgb("#4f9fff")
                )
            block(stage, sketch, (px - 0.98, px + 0.98), (2.0, 2.25), (z - 0.12, z), "#c9302a")
        else:
            for row in (0.55, 1.1, 1.65):
                block(stage, sketch, (px - 0.98, px + 0.98), (row, row + 0.05), (z - 0.08, z), "#8f1f1c")
            for step in (-0.65, 0.0, 0.65):
                block(stage, sketch, (px + step - 0.22, px + step + 0.22), (1.75, 2.1), (z - 0.08, z), "#9fc9dc")
    for dx in (-3.2, -2.1, -0.6, 0.9):
        px = x + dx * far
        block(stage, sketch, (px - 0.28, px + 0.28), (2.55, 2.95), (z - 0.04, z), "#5f7f94")
    (cx, cy), size = stage.at(x + far * 3.4, 4.3, z - 0.1), stage.focal_px / z
    sketch.ellipse(cx, cy, size * 0.42, size * 0.42, tone_at(stage, "#efe4cc", z))
    sketch.poly([(cx - size * 0.22, cy + size * 0.14), (cx - size * 0.12, cy - size * 0.26), (cx + size * 0.12, cy - size * 0.26), (cx + size * 0.22, cy + size * 0.14)], tone_at(stage, "#d9a83f", z))  # fmt: skip
    pole = stage.at(x - far * 3.6, 3.2, z), stage.at(x - far * 3.6, 4.6, z)
    sketch.line(list(pole), 2.4 * stage.unit, tone_at(stage, "#d9d9d4", z))
    sketch.poly(
        [pole[1], (pole[1][0] + size * 0.7, pole[1][1] + size * 0.12), (pole[1][0], pole[1][1] + size * 0.4)],
        tone_at(stage, "#e0403a", z),
    )
    for side in (-1, 1):
        flat(
            stage,
            sketch,
            (x + far * 0.9 + side * 1.0 - 0.06, x + far * 0.9 + side * 1.0 + 0.06),
            (2.0, z),
            tone_at(stage, "#f2c23f", 4),
        )
    sketch.stamp()
    stage.near, stage.tuft = "none", ""


def bus_stop(stage: Stage) -> None:
    """The street, and on its pavement a shelter of glass with a bench, a lit poster, the round sign on its post."""
    street(stage)
    sketch, far, at = stage.sketch(), -stage.hero_side, stage.at
    x, z = far * 1.75, 3.7
    x0, x1 = x - 1.35, x + 1.35
    glass = mix(stage.palette.shade("#a9d0dc", 0.8, 0.9), rgb("#fff2c8"), 0.25 * stage.palette.darkness)
    sketch.poly([at(x0, 0.12, z + 0.7), at(x0, 1.5, z + 0.7), at(x1, 1.5, z + 0.7), at(x1, 0.12, z + 0.7)], glass, 0.55)
    for px in (x0, x, x1):
        block(stage, sketch, (px - 0.035, px + 0.035), (0, 1.55), (z + 0.68, z + 0.72), "#3f4a55")
    block(stage, sketch, (x0 + 0.2, x1 - 0.9), (0.32, 0.39), (z + 0.35, z + 0.65), "#b5783f")
    for px in (x0 + 0.35, x1 - 1.05):
        block(stage, sketch, (px - 0.03, px + 0.03), (0, 0.32), (z + 0.4, z + 0.5), "#3f4a55")
    block(stage, sketch, (x1 - 0.72, x1 - 0.05), (0.2, 1.32), (z + 0.5, z + 0.55), "#3f4a55")
    a, b = at(x1 - 0.66, 0.27, z + 0.5), at(x1 - 0.11, 1.25, z + 0.5)
    sketch.rect(a[0], b[1], b[0], a[1], rgb("#f2b85a"))
    sketch.ellipse((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (b[0] - a[0]) * 0.3, (b[0] - a[0]) * 0.3, rgb("#d9503f"))
    sketch.poly(
        [
            at(x0 - 0.15, 1.55, z - 0.1),
            at(x1 + 0.15, 1.55, z - 0.1),
            at(x1 + 0.1, 1.6, z + 0.8),
            at(x0 - 0.1, 1.6, z + 0.8),
        ],
        tone_at(stage, "#2f6f8f", z),
    )
    block(stage, sketch, (x0 - 0.15, x1 + 0.15), (1.53, 1.66), (z - 0.12, z - 0.1), "#3f8fb5")
    px = x - far * 1.9
    block(stage, sketch, (px - 0.03, px + 0.03), (0, 1.7), (z, z + 0.05), "#8f979c")
    (cx, cy), size = at(px, 1.75, z), stage.focal_px / z
    sketch.ellipse(cx, cy, size * 0.20, size * 0.20, tone_at(stage, "#f2c23f", z, 1.1))
    sketch.ellipse(cx, cy, size * 0.155, size * 0.155, tone_at(stage, "#1f7f4f", z, 1.1))
    sketch.rect(
        cx - size * 0.09, cy - size * 0.06, cx + size * 0.09, cy + size * 0.05, tone_at(stage, "#fbf8ee", z, 1.1)
    )
    for dx in (-0.05, 0.05):
        sketch.ellipse(cx + dx * size, cy + size * 0.06, size * 0.022, size * 0.022, tone_at(stage, "#20262a", z))
    sketch.stamp()
    stage.canvas.glow(
        (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, stage.span * 0.16, rgb("#ffd090"), 0.25 + 0.45 * stage.palette.darkness
    )
    stage.near = "none"


def race_track(stage: Stage) -> None:
    """Tarmac between red and white kerbs, a chequered line, a gantry of lamps, stands of people, walls of tyres."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    tree_row(stage, foot=hor + span * 0.01, tall=span * 0.08, nearness=0.36, count=22, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#7fae58", top=hor, texture=0.07, near_dark=0.25)
    sketch, far, at = stage.sketch(), -stage.hero_side, stage.at
    x = far * 8.4
    block(stage, sketch, (x - 3.6, x + 3.6), (0, 1.0), (11.0, 16.0), "#c9ccd0")
    crowd = ("#d8785a", "#e8d9b5", "#5f86b5", "#c2a052", "#8f6f9a")
    for row in range(6):
        for px in np.arange(x - 3.4, x + 3.4, 0.22):
            sketch.ellipse(*at(float(px), 1.05 + row * 0.26, 11.0 + row * 0.5), 2.6 * stage.unit, 3.2 * stage.unit, tone_at(stage, crowd[int(rng.integers(0, 5))], 11))  # fmt: skip
    block(stage, sketch, (x - 3.9, x + 3.9), (3.3, 3.5), (10.5, 14.0), "#e0403a")
    flat(stage, sketch, (-3.2, 3.2), (0.7, 60.0), palette.shade("#5c5d63", 0.7, 0.8))
    for side in (-1, 1):
        z, index = 1.0, 0
        while z < 40:
            flat(
                stage,
                sketch,
                (side * 3.2 - 0.22, side * 3.2 + 0.22),
                (z, z * 1.12),
                tone_at(stage, "#e0342f" if index % 2 else "#fbf8f0", z, 1.05),
            )
            z, index = z * 1.12, index + 1
    for row in range(3):
        for column in range(16):
            if (row + column) % 2:
                flat(
                    stage,
                    sketch,
                    (-3.2 + column * 0.4, -2.8 + column * 0.4),
                    (4.6 + row * 0.34, 4.94 + row * 0.34),
                    tone_at(stage, "#fbfbf8", 4.6, 1.1),
                )
    for index in range(9):
        px, tint = -far * (3.9 + 0.42 * index), ("#23262b", "#e0342f", "#fbf8f0")[index % 3]
        for row in range(2):
            (cx, cy), size = at(px, 0.16 + row * 0.28, 6.4), stage.focal_px / 6.4
            sketch.ellipse(cx, cy, size * 0.22, size * 0.15, tone_at(stage, tint, 6.4))
            sketch.ellipse(cx, cy - size * 0.02, size * 0.10, size * 0.06, tone_at(stage, "#16181b", 6.4))
    for px in (-3.7, 3.7):
        block(stage, sketch, (px - 0.12, px + 0.12), (0, 2.9), (7.0, 7.2), "#8f979c")
    block(stage, sketch, (-3.8, 3.8), (2.6, 3.2), (6.95, 7.1), "#22304a")
    for index in range(18):
        if index % 2:
            block(stage, sketch, (-3.7 + index * 0.41, -3.3 + index * 0.41), (2.65, 2.78), (6.93, 6.95), "#fbfbf8")
    sketch.stamp()
    for index in range(5):
        cx, cy = at(-0.8 + 0.4 * index, 2.98, 6.9)
        stage.canvas.glow(cx, cy, span * 0.020, rgb("#ff3a2f"), 1.0)
        stage.canvas.glow(cx, cy, span * 0.045, rgb("#ff3a2f"), 0.5)
    stage.near, stage.tuft = "none", ""


def ship_deck(stage: Stage) -> None:
    """Planks, the rail with its lifebuoy, a lifeboat, the mast with its shrouds and a sail, the sea all round."""
    paint_sky(stage)
    span, hor, palette, w, h = stage.span, stage.horizon, stage.palette, stage.width, stage.height
    paint_water(stage, top=hor, local="#2a6f90", mirror=0.45, chop=1.2, seed=61)
    edge, sketch = hor + span * 0.20, stage.sketch()
    wood = palette.shade("#c99a62", 0.8, 0.85)
    sketch.rect(-5, edge, w + 5, h + 5, wood)
    for share in np.linspace(-0.5, 1.5, 31):
        a, b = w * float(share), w * (0.5 + (float(share) - 0.5) * 2.1)
        sketch.line([(a, edge), (b, h + 5)], 1.8 * stage.unit, wood * np.float32(0.74))
    sketch.rect(-5, edge - span * 0.03, w + 5, edge + span * 0.01, palette.shade("#7a5232", 0.8, 0.85))
    white = palette.shade("#f7f4ea", 0.8, 0.9, 1.05)
    for x in np.arange(0, w + span * 0.1, span * 0.105):
        sketch.rect(float(x) - span * 0.006, edge - span * 0.15, float(x) + span * 0.006, edge, white)
    for row in (0.15, 0.105, 0.06):
        sketch.rect(-5, edge - span * row - span * 0.006, w + 5, edge - span * row + span * 0.004, white)
    _lifebuoy(stage, sketch, stage.side_x(0.60), edge - span * 0.085, span * 0.062)
    mast, sail = stage.side_x(0.80), palette.shade("#f4e8cc", 0.75, 0.9)
    way = stage.hero_side
    sketch.poly(
        [
            (mast, -5),
            (mast, hor - span * 0.12),
            (mast + way * span * 0.50, hor - span * 0.14),
            (mast + way * span * 0.16, -5),
        ],
        sail,
    )
    sketch.poly([(mast, -5), (mast, hor - span * 0.12), (mast + way * span * 0.14, hor - span * 0.126), (mast + way * span * 0.05, -5)], sail * np.float32(0.88))  # fmt: skip
    sketch.line([(mast - way * span * 0.02, hor - span * 0.11), (mast + way * span * 0.52, hor - span * 0.125)], span * 0.018, palette.shade("#8a5f3c", 0.8, 0.85))  # fmt: skip
    sketch.rect(mast - span * 0.022, -5, mast + span * 0.022, edge + span * 0.10, palette.shade("#8a5f3c", 0.8, 0.85))
    sketch.rect(mast - span * 0.022, -5, mast - span * 0.010, edge + span * 0.10, palette.shade("#b5835a", 0.8, 0.85))
    rope = palette.shade("#5a4632", 0.8, 0.8)
    for reach in (0.16, 0.22, 0.28):
        sketch.line([(mast, -5), (mast - way * reach * span, edge - span * 0.03)], 2.2 * stage.unit, rope)
    for t in np.linspace(0.30, 0.94, 9).tolist():
        y = -5 + (edge + 2 - span * 0.03) * t
        sketch.line([(mast - way * 0.16 * span * t, y), (mast - way * 0.28 * span * t, y)], 1.6 * stage.unit, rope)
    bx, by = stage.side_x(0.12), edge + span * 0.06
    sketch.poly([(bx - span * 0.17, by - span * 0.10), (bx + span * 0.17, by - span * 0.10), (bx + span * 0.11, by), (bx - span * 0.11, by)], palette.shade("#e8734f", 0.8, 0.9))  # fmt: skip
    sketch.rect(bx - span * 0.18, by - span * 0.115, bx + span * 0.18, by - span * 0.09, white)
    for turn in range(4):
        sketch.ellipse(
            stage.side_x(0.68),
            edge + span * (0.20 - 0.012 * turn),
            span * 0.055,
            span * 0.016,
            rope * np.float32(1.2 if turn % 2 else 0.95),
        )
    sketch.stamp()
    stage.near, stage.tuft, stage.foot_limits = "none", "", (edge / h + 0.06, 0.97)


def cloister(stage: Stage) -> None:
    """A vaulted walk of stone whose arches open on a garden with a well; light lies in stripes on the flags."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_ground(stage, local="#86ae58", top=hor + span * 0.01, texture=0.08, near_dark=0.1)
    sketch, rng = stage.sketch(), stage.place_rng
    back = palette.shade("#d9c8a5", 0.45, 0.8)
    sketch.rect(-5, hor - span * 0.20, stage.width + 5, hor + span * 0.04, back)
    sketch.rect(-5, hor - span * 0.24, stage.width + 5, hor - span * 0.19, palette.shade("#a8583f", 0.45, 0.8))
    for x in np.arange(span * 0.04, stage.width, span * 0.13):
        _pointed(
            sketch, float(x), hor - span * 0.07, span * 0.045, hor + span * 0.04, palette.shade("#5f5040", 0.45, 0.8)
        )
    wx, wy = stage.width * 0.5, hor + span * 0.11
    sketch.rect(wx - span * 0.07, wy - span * 0.06, wx + span * 0.07, wy, palette.shade("#b0a490", 0.6, 0.8))
    sketch.ellipse(wx, wy - span * 0.06, span * 0.075, span * 0.016, palette.shade("#cfc3ac", 0.6, 0.85))
    for dx in (-0.065, 0.065):
        sketch.rect(
            wx + span * dx - span * 0.006,
            wy - span * 0.17,
            wx + span * dx + span * 0.006,
            wy - span * 0.05,
            palette.shade("#6b5038", 0.6, 0.8),
        )
    sketch.poly(
        [(wx - span * 0.10, wy - span * 0.165), (wx, wy - span * 0.23), (wx + span * 0.10, wy - span * 0.165)],
        palette.shade("#a8583f", 0.6, 0.8),
    )
    for x in np.arange(0, stage.width, span * 0.07):
        leafy(
            sketch,
            rng,
            float(x),
            hor + span * 0.15,
            span * 0.032,
            palette.shade("#4f8a45", 0.6, 0.85, float(rng.uniform(0.85, 1.1))),
        )
    sketch.stamp(haze=0.12, haze_colour=palette.low)
    _arcade(stage)
    stage.near, stage.tuft, stage.foot_limits = "none", "", (0.86, 0.97)


def _open_land(stage: Stage) -> None:
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    skyline(stage, foot=hor + span * 0.01, tall=span * 0.12, nearness=0.18, count=16, haze=0.65)
    paint_hill(stage, hill_line(stage, hor - span * 0.02, span * 0.02), nearness=0.28, local="#86a878")
    tree_row(stage, foot=hor + span * 0.03, tall=span * 0.10, nearness=0.38, count=20, kind="broadleaf", haze=0.45)


def _lifebuoy(stage: Stage, sketch: Sketch, x: float, y: float, r: float) -> None:
    for index, a in enumerate(np.linspace(0, 2 * np.pi, 9)[:-1]):
        arc = [
            (x + r * float(np.cos(t)), y + r * float(np.sin(t))) for t in np.linspace(float(a), float(a) + np.pi / 4, 6)
        ]
        sketch.line(arc, r * 0.42, stage.palette.shade("#e0403a" if index % 2 else "#fbf8f0", 0.85, 0.95, 1.05))


def _pointed(
    sketch: Sketch, x: float, spring: float, half: float, foot: float, colour: Array, opacity: float = 1.0
) -> None:
    """A pointed arch filled with ``colour``."""
    left = [(x - half + 2 * half * (1 - float(np.cos(a))) * 0.5, spring - half * 1.5 * float(np.sin(a))) for a in np.linspace(0, np.pi / 2, 9)]  # fmt: skip
    sketch.poly(
        [(x - half, foot), *left, *[(2 * x - px, py) for px, py in left[::-1]], (x + half, foot)], colour, opacity
    )


def _arcade(stage: Stage) -> None:
    """The near row of arches, the flags of the walk, the ribs of its vault."""
    span, hor, palette, w, h = stage.span, stage.horizon, stage.palette, stage.width, stage.height
    sketch, stone = stage.sketch(), palette.shade("#d3c0a0", 0.8, 0.85, 0.92)
    sill, pitch = hor + span * 0.20, span * 0.44
    sketch.rect(-5, -5, w + 5, sill, stone)
    start = (w / 2) % pitch - pitch
    for step in range(int(w / pitch) + 3):
        x = start + step * pitch
        _pointed(sketch, x, hor - span * 0.16, pitch * 0.41, sill - span * 0.05, stone * np.float32(0.74))
        _pointed(sketch, x, hor - span * 0.16, pitch * 0.37, sill - span * 0.05, stone, 0.0)
    cut_colour = mix(stone, palette.key, 0.25)
    for step in range(int(w / pitch) + 3):
        x = start + (step + 0.5) * pitch
        sketch.rect(x - span * 0.020, hor - span * 0.17, x + span * 0.020, sill, stone * np.float32(0.86))
        sketch.rect(x - span * 0.020, hor - span * 0.17, x - span * 0.008, sill, cut_colour)
        for y, half in ((hor - span * 0.18, 0.036), (sill - span * 0.065, 0.034)):
            sketch.rect(x - span * half, y, x + span * half, y + span * 0.025, cut_colour)
    sketch.rect(-5, sill - span * 0.05, w + 5, sill - span * 0.02, cut_colour)
    sketch.rect(-5, sill - span * 0.02, w + 5, sill + span * 0.01, stone * np.float32(0.7))
    floor = palette.shade("#b8a98c", 0.8, 0.85, 0.85)
    sketch.rect(-5, sill + span * 0.01, w + 5, h + 5, floor)
    for row in (0.05, 0.11, 0.19):
        sketch.rect(-5, sill + span * row, w + 5, sill + span * row + 1.6 * stage.unit, floor * np.float32(0.8))
    for share in np.linspace(-0.4, 1.4, 19):
        a, b = w * float(share), w * (0.5 + (float(share) - 0.5) * 1.8)
        sketch.line([(a, sill + span * 0.01), (b, h + 5)], 1.6 * stage.unit, floor * np.float32(0.8))
    sketch.stamp()
    light, lean = stage.sketch(), -stage.hero_side * span * 0.10
    for step in range(int(w / pitch) + 3):
        x = start + step * pitch
        light.poly([(x - pitch * 0.26, sill + span * 0.03), (x + pitch * 0.26, sill + span * 0.03), (x + pitch * 0.38 + lean, h), (x - pitch * 0.38 + lean, h)], palette.key)  # fmt: skip
    strength = 0.0 if stage.has("rain", "storm", "fog", "snow") else 0.34 * (1 - 0.6 * palette.darkness)
    light.stamp(opacity=strength, blur_px=5 * stage.unit)
