"""Days out: funfair, camp, zoo, a house in a tree."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import block, flat, tone_at
from studio.engines.storyboard.places.terrain import paint_ground
from studio.engines.storyboard.places.vegetation import leaf_of, leafy, tree_row
from studio.engines.storyboard.places.weather import paint_sky
from studio.engines.storyboard.places.woods import forest
from studio.engines.storyboard.sheet.canvas import Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_BRIGHT = ("#e0403f", "#f2b93f", "#3f8fd9", "#5fb55f", "#b56ae0", "#f28fb5")


def funfair(stage: Stage) -> None:
    """A great wheel with coloured cabins, a striped roundabout, booths, strings of lamps."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    tree_row(stage, foot=hor + span * 0.02, tall=span * 0.09, nearness=0.36, count=22, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#b9a878", top=hor + span * 0.01, texture=0.10, near_dark=0.3)
    lights: list[tuple[float, float, str]] = []
    _great_wheel(stage, lights)
    _coaster(stage, lights)
    _roundabout(stage, stage.side_x(0.62), hor + span * 0.17, span * 0.20, lights)
    sketch = stage.sketch()
    for index, x in enumerate((-5.4, -3.6, 5.8)):
        _booth(stage, sketch, x * stage.hero_side * -1 - 0.2, 6.6, _BRIGHT[index])
    sketch.stamp()
    wires, w = stage.sketch(), stage.width
    for row, sag in ((0.30, 0.10), (0.40, 0.07)):
        for index in range(23):
            t = index / 22
            x, y = w * t, hor - span * row + span * sag * float(np.sin(t * np.pi * 2) ** 2)
            lights.append((x, y, _BRIGHT[index % 6]))
            wires.ellipse(x, y, span * 0.007, span * 0.009, rgb(_BRIGHT[index % 6]))
    wires.stamp()
    for x, y, local in lights:
        stage.canvas.glow(x, y, span * (0.015 + 0.05 * palette.darkness), rgb(local), 0.35 + 0.5 * palette.darkness)
    stage.near, stage.tuft = "none", ""


def camp(stage: Stage) -> None:
    """Tents lit from within in a clearing of the forest, a fire in its ring of stones, logs to sit on, a line of lamps."""
    forest(stage)
    span, hor, dark = stage.span, stage.horizon, stage.palette.darkness
    for share, row, size, local in (
        (0.86, 0.20, 0.32, "#e8a03f"),
        (0.60, 0.10, 0.20, "#5f9fb5"),
        (0.10, 0.12, 0.22, "#d9704a"),
    ):
        x, foot = stage.side_x(share), hor + span * row
        sketch, half, tall = stage.sketch(), span * size * 0.72, span * size * 0.68
        cloth = mix(stage.palette.shade(local, 0.7, 0.9), rgb(local), 0.6 * dark)
        sketch.poly([(x - half, foot), (x - half * 0.1, foot - tall), (x + half, foot)], cloth)
        sketch.poly(
            [(x - half * 0.1, foot - tall), (x + half, foot), (x + half * 0.35, foot)], cloth * np.float32(0.72)
        )
        door = mix(stage.palette.shade("#4a3a2c", 0.7, 0.9), rgb("#ffd98a"), 0.9 * dark)
        sketch.poly([(x - half * 0.1, foot - tall * 0.82), (x - half * 0.42, foot), (x + half * 0.10, foot)], door)
        sketch.line(
            [(x - half * 0.1, foot - tall), (x - half * 1.25, foot + span * 0.02)],
            1.6 * stage.unit,
            cloth * np.float32(0.6),
        )
        sketch.stamp()
        stage.canvas.glow(x - half * 0.1, foot - tall * 0.35, tall, rgb("#ffb85a"), 0.55 * dark)
    x, foot, sketch = stage.side_x(0.68), hor + span * 0.33, stage.sketch()
    for a in np.linspace(0, 2 * np.pi, 13):
        sketch.ellipse(x + float(np.cos(a)) * span * 0.075, foot + float(np.sin(a)) * span * 0.020, span * 0.018, span * 0.014, stage.palette.shade("#7d7a78", 0.8, 0.8))  # fmt: skip
    for lean in (-1, 1):
        sketch.line([(x - lean * span * 0.055, foot), (x + lean * span * 0.035, foot - span * 0.035)], span * 0.018, stage.palette.shade("#5a3f2c", 0.85, 0.8))  # fmt: skip
    for size, local in ((1.0, "#f0702a"), (0.64, "#ffb23f"), (0.34, "#fff0b8")):
        r = span * 0.050 * size
        sketch.poly([(x - r, foot - 2), (x - r * 0.8, foot - r * 1.2), (x - r * 0.2, foot - r * 2.4), (x + r * 0.35, foot - r * 1.5), (x + r * 0.6, foot - r * 1.9), (x + r, foot - 2)], rgb(local))  # fmt: skip
    sketch.stamp(blur_px=0.6 * stage.unit)
    stage.canvas.glow(x, foot - span * 0.04, span * 0.34, rgb("#ff9a48"), 0.30 + 0.35 * dark)
    stage.canvas.glow(x, foot, span * 0.42, rgb("#ff9a48"), 0.25 + 0.40 * dark, squash=0.22)
    logs = stage.sketch()
    for dx in (-0.20, 0.19):
        cx, cy = x + dx * span, foot + span * 0.035
        logs.rect(
            cx - span * 0.08,
            cy - span * 0.025,
            cx + span * 0.08,
            cy + span * 0.02,
            stage.palette.shade("#7a5638", 0.85, 0.85),
        )
        logs.ellipse(
            cx + span * 0.08, cy - span * 0.003, span * 0.014, span * 0.0225, stage.palette.shade("#d9b07a", 0.85, 0.85)
        )
    logs.stamp()
    stage.near = "none"
    if dark > 0.4:
        stage.key, stage.key_x = rgb("#ffab5e"), x


def zoo(stage: Stage) -> None:
    """Paths between enclosures: bars and a moat, a rock with its cave, palms, an elephant and a giraffe beyond, a signpost."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    tree_row(stage, foot=hor + span * 0.02, tall=span * 0.13, nearness=0.36, count=16, kind="broadleaf", haze=0.45)
    paint_ground(stage, local="#a8b565", top=hor + span * 0.01, texture=0.09, near_dark=0.25)
    sketch, far = stage.sketch(), -stage.hero_side
    flat(stage, sketch, (-40, 40), (4.7, 8.8), palette.shade("#d9bd86", 0.65, 0.85))
    _rockwork(stage, sketch, stage.side_x(0.90), hor + span * 0.13, span * 0.34)
    _giraffe(stage, sketch, stage.side_x(0.56), hor + span * 0.16, span * 0.36)
    _elephant(stage, sketch, stage.side_x(0.20), hor + span * 0.17, span * 0.19)
    sketch.stamp(haze=0.05, haze_colour=palette.low)
    front = stage.sketch()
    flat(stage, front, (-40, 40), (0.7, 4.0), palette.shade("#cdbb9a", 0.75, 0.85))
    for x in np.arange(-6.0, 6.1, 0.24):
        front.line(
            [stage.at(float(x), 0, 4.3), stage.at(float(x), 0.92, 4.3)],
            2.6 * stage.unit,
            tone_at(stage, "#3a4a44", 4.3),
        )
    for y in (0.10, 0.84):
        front.line([stage.at(-7, y, 4.3), stage.at(7, y, 4.3)], 3.4 * stage.unit, tone_at(stage, "#3a4a44", 4.3))
    x, z = far * 2.2, 3.7
    block(stage, front, (x - 0.05, x + 0.05), (0, 1.5), (z, z + 0.1), "#7a5638")
    for y, side, local in ((1.30, 1, "#5f9a4f"), (1.08, -1, "#d98a3f"), (0.86, 1, "#3f8fb5")):
        a, b = stage.at(x - 0.42, y, z), stage.at(x + 0.42, y + 0.17, z)
        tip = b[0] + (b[0] - a[0]) * 0.18 if side > 0 else a[0] - (b[0] - a[0]) * 0.18
        front.poly([(a[0], b[1]), (b[0], b[1]), (tip if side > 0 else b[0], (a[1] + b[1]) / 2), (b[0], a[1]), (a[0], a[1]), (tip if side < 0 else a[0], (a[1] + b[1]) / 2)], tone_at(stage, local, z))  # fmt: skip
    front.stamp()
    stage.near, stage.tuft = "none", ""


def tree_house(stage: Stage) -> None:
    """Planks and a lit window among the boughs of a mighty tree, a rope ladder, a swing, a string of pennants."""
    forest(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    x, foot, sketch = stage.side_x(0.68), hor + span * 0.30, stage.sketch()
    bark, lit = palette.shade("#6b4a34", 0.8, 0.8, 0.85), mix(palette.shade("#8a6244", 0.8, 0.8), palette.key, 0.15)
    sketch.poly([(x - span * 0.17, foot), (x - span * 0.085, foot - span * 0.12), (x - span * 0.075, -5), (x + span * 0.075, -5), (x + span * 0.085, foot - span * 0.12), (x + span * 0.18, foot)], bark)  # fmt: skip
    for dx in (-0.04, 0.01, 0.05):
        sketch.line([(x + dx * span, 0), (x + dx * span * 1.3, foot - span * 0.06)], span * 0.008, lit)
    floor, roof, half = hor - span * 0.02, hor - span * 0.25, span * 0.24
    for side in (-1, 1):
        sketch.line(
            [(x + side * span * 0.06, floor + span * 0.14), (x + side * half * 0.9, floor)],
            span * 0.024,
            bark * np.float32(0.85),
        )
    sketch.rect(x - half * 1.18, floor, x + half * 1.18, floor + span * 0.028, palette.shade("#a8794a", 0.8, 0.85))
    for index in range(9):
        a, b = x - half + 2 * half * index / 9, x - half + 2 * half * (index + 1) / 9
        sketch.rect(a, roof, b - 1, floor, palette.shade("#b5834f", 0.8, 0.85, 0.88 + 0.08 * (index % 3)))
    sketch.poly([(x - half * 1.25, roof + span * 0.02), (x, roof - span * 0.15), (x + half * 1.25, roof + span * 0.02)], palette.shade("#a8483a", 0.8, 0.85))  # fmt: skip
    glow = mix(palette.shade("#5f8fa8", 0.8, 0.9), palette.lamp, 0.25 + 0.7 * palette.darkness)
    sketch.rect(
        x + half * 0.22, roof + span * 0.065, x + half * 0.72, roof + span * 0.155, palette.shade("#f0e0c0", 0.8, 0.9)
    )
    sketch.rect(x + half * 0.27, roof + span * 0.072, x + half * 0.67, roof + span * 0.148, glow)
    sketch.rect(
        x + half * 0.455, roof + span * 0.072, x + half * 0.48, roof + span * 0.148, palette.shade("#f0e0c0", 0.8, 0.9)
    )
    sketch.rect(x - half * 0.68, roof + span * 0.06, x - half * 0.22, floor, palette.shade("#4a2f22", 0.8, 0.85))
    rope = palette.shade("#d9c08a", 0.85, 0.9)
    for dx in (-0.60, -0.30):
        sketch.line([(x + half * dx, floor), (x + half * dx, foot - span * 0.02)], span * 0.007, rope)
    for t in np.linspace(0.08, 0.95, 8).tolist():
        y = floor + (foot - floor) * t
        sketch.rect(x - half * 0.66, y, x - half * 0.24, y + span * 0.010, palette.shade("#8a5f3c", 0.85, 0.85))
    for index in range(11):
        px, py = x - half * 1.1 + half * 2.2 * index / 10, floor - span * 0.10 + span * 0.03 * abs(index / 5 - 1) * -1
        sketch.poly([(px, py), (px + span * 0.030, py), (px + span * 0.015, py + span * 0.035)], palette.shade(_BRIGHT[index % 6], 0.85, 0.95))  # fmt: skip
    sketch.stamp()
    if palette.darkness > 0.2:
        stage.canvas.glow(x + half * 0.47, roof + span * 0.11, span * 0.12, palette.lamp, 0.6 * palette.darkness)
    crown = stage.sketch()
    for _ in range(46):
        dx, y, r = float(rng.normal(0, 0.30)), float(rng.uniform(-0.02, 0.16)), float(rng.uniform(0.04, 0.085))
        leaf = leaf_of(stage, "#4f8f45", float(rng.random()))
        if not (abs(dx) < 0.16 and y > 0.10):
            leafy(
                crown,
                rng,
                x + dx * span,
                y * span,
                r * span,
                palette.shade(leaf, 0.8, 0.85, float(rng.uniform(0.7, 1.15))),
            )
    crown.stamp()
    stage.near = "none"


def _great_wheel(stage: Stage, lights: list[tuple[float, float, str]]) -> None:
    span, sketch, palette = stage.span, stage.sketch(), stage.palette
    x, y, r = stage.side_x(0.82), stage.horizon - span * 0.17, span * 0.27
    steel = palette.shade("#e6e9ee", 0.5, 0.8)
    for dx in (-0.16, 0.16):
        sketch.line(
            [(x, y), (x + dx * span, stage.horizon + span * 0.05)], span * 0.014, palette.shade("#5f6f8f", 0.5, 0.8)
        )
    turns = np.linspace(0, 2 * np.pi, 49)
    for share in (1.0, 0.88):
        sketch.line(
            [(x + r * share * float(np.cos(a)), y + r * share * float(np.sin(a))) for a in turns], span * 0.006, steel
        )
    for index, a in enumerate(np.linspace(0, 2 * np.pi, 14, endpoint=False)):
        px, py = x + r * float(np.cos(a)), y + r * float(np.sin(a))
        sketch.line([(x, y), (px, py)], span * 0.004, steel)
        local = _BRIGHT[index % 6]
        sketch.rect(px - span * 0.021, py, px + span * 0.021, py + span * 0.034, palette.shade(local, 0.6, 0.95))
        sketch.poly(
            [(px - span * 0.026, py + span * 0.003), (px, py - span * 0.014), (px + span * 0.026, py + span * 0.003)],
            steel,
        )
        lights.append((px, py, local))
    sketch.ellipse(x, y, span * 0.022, span * 0.022, palette.shade("#f2b93f", 0.6, 0.95))
    sketch.stamp(haze=0.05, haze_colour=palette.low)


def _coaster(stage: Stage, lights: list[tuple[float, float, str]]) -> None:
    span, hor, sketch, palette = stage.span, stage.horizon, stage.sketch(), stage.palette
    rail = [(stage.side_x(0.02 + 0.52 * t), hor - span * (0.10 + 0.13 * float(np.sin(t * 11 + 1.0)) * (1 - 0.5 * t))) for t in np.linspace(0, 1, 41).tolist()]  # fmt: skip
    for x, y in rail[::2]:
        sketch.line([(x, y), (x, hor + span * 0.02)], 1.6 * stage.unit, palette.shade("#e6ddc8", 0.4, 0.7))
    sketch.line(rail, span * 0.010, palette.shade("#e0403f", 0.5, 0.9))
    for x, y in rail[8:14:2]:
        sketch.rect(
            x - span * 0.016, y - span * 0.026, x + span * 0.016, y - span * 0.004, palette.shade("#f2b93f", 0.55, 0.95)
        )
        lights.append((x, y, "#f2b93f"))
    sketch.stamp(haze=0.15, haze_colour=palette.low)


def _roundabout(stage: Stage, x: float, foot: float, half: float, lights: list[tuple[float, float, str]]) -> None:
    sketch, palette = stage.sketch(), stage.palette
    roof, rim = foot - half * 1.75, foot - half * 1.15
    sketch.ellipse(x, foot, half, half * 0.16, palette.shade("#b5483f", 0.7, 0.9))
    sketch.ellipse(x, foot - half * 0.06, half * 0.97, half * 0.14, palette.shade("#e8c48a", 0.7, 0.9))
    sketch.rect(x - half * 0.16, rim, x + half * 0.16, foot, palette.shade("#f2e0b8", 0.7, 0.9))
    for index, dx in enumerate((-0.82, -0.45, 0.45, 0.82)):
        px, py = x + dx * half, foot - half * (0.34 + 0.10 * (index % 2))
        sketch.rect(px - 1.5 * stage.unit, rim, px + 1.5 * stage.unit, foot, palette.shade("#f2c84a", 0.7, 0.95))
        body = palette.shade(("#fbf8f0", "#8a5f3c", "#3a3f4a", "#e8b5c0")[index], 0.75, 0.9)
        s = half * 0.15
        sketch.ellipse(px, py, s, s * 0.5, body)
        sketch.poly(
            [
                (px + s * 0.6, py),
                (px + s * 0.95, py - s * 1.1),
                (px + s * 1.5, py - s * 0.8),
                (px + s * 1.0, py - s * 0.2),
            ],
            body,
        )
        for leg in (-0.7, 0.6):
            sketch.line([(px + leg * s, py), (px + leg * s * 1.4, py + s * 0.9)], s * 0.24, body)
    for index in range(12):
        a, b = x + half * 1.08 * (index / 6 - 1), x + half * 1.08 * ((index + 1) / 6 - 1)
        tone = palette.shade("#e0403f" if index % 2 else "#fbf4e0", 0.75, 0.95)
        sketch.poly([(x, roof), (b, rim), (a, rim)], tone)
        sketch.poly([(a, rim), (b, rim), ((a + b) / 2, rim + half * 0.13)], tone * np.float32(0.9))
        lights.append((a, rim, "#ffd86a"))
    sketch.poly(
        [(x, roof - half * 0.22), (x + half * 0.25, roof - half * 0.14), (x, roof - half * 0.06)],
        palette.shade("#3f8fd9", 0.75, 0.95),
    )
    sketch.line([(x, roof), (x, roof - half * 0.22)], 2 * stage.unit, palette.shade("#6b5140", 0.75, 0.9))
    sketch.stamp()


def _booth(stage: Stage, sketch: Sketch, x: float, z: float, local: str) -> None:
    block(stage, sketch, (x - 0.75, x + 0.75), (0, 0.6), (z, z + 0.8), local)
    block(stage, sketch, (x - 0.7, x + 0.7), (0.6, 1.5), (z + 0.6, z + 0.8), "#5a4438")
    for index in range(6):
        a, b = x - 0.85 + index * 0.283, x - 0.85 + (index + 1) * 0.283
        tone = tone_at(stage, local if index % 2 else "#fbf4e0", z, 1.05)
        sketch.poly([stage.at(a, 1.5, z - 0.2), stage.at(b, 1.5, z - 0.2), stage.at(b * 0.9 + x * 0.1, 1.9, z + 0.4), stage.at(a * 0.9 + x * 0.1, 1.9, z + 0.4)], tone)  # fmt: skip


def _rockwork(stage: Stage, sketch: Sketch, x: float, foot: float, size: float) -> None:
    stone = stage.palette.shade("#b09a80", 0.55, 0.8)
    sketch.poly([(x - size, foot), (x - size * 0.72, foot - size * 0.55), (x - size * 0.2, foot - size * 0.78), (x + size * 0.35, foot - size * 0.62), (x + size, foot)], stone)  # fmt: skip
    sketch.poly([(x - size * 0.2, foot - size * 0.78), (x + size * 0.35, foot - size * 0.62), (x + size, foot), (x + size * 0.2, foot)], stone * np.float32(0.8))  # fmt: skip
    sketch.poly([(x - size * 0.5, foot), (x - size * 0.45, foot - size * 0.28), (x - size * 0.25, foot - size * 0.36), (x - size * 0.06, foot - size * 0.24), (x, foot)], stone * np.float32(0.4))  # fmt: skip


def _giraffe(stage: Stage, sketch: Sketch, x: float, foot: float, tall: float) -> None:
    coat, spot, way = (
        stage.palette.shade("#e0b060", 0.6, 0.9),
        stage.palette.shade("#a8642f", 0.6, 0.9),
        stage.hero_side,
    )

    def at(dx: float, up: float) -> tuple[float, float]:
        return x + way * dx * tall, foot - up * tall

    for dx in (-0.14, -0.08, 0.08, 0.13):
        sketch.line([at(dx, 0.42), at(dx, 0.0)], tall * 0.032, coat)
    sketch.poly(
        [
            at(-0.18, 0.40),
            at(-0.17, 0.54),
            at(0.10, 0.60),
            at(0.30, 0.94),
            at(0.36, 0.92),
            at(0.18, 0.52),
            at(0.15, 0.38),
        ],
        coat,
    )
    sketch.poly([at(0.29, 0.92), at(0.31, 0.99), at(0.38, 0.97), at(0.48, 0.89), at(0.45, 0.86), at(0.34, 0.88)], coat)
    for dx in (0.315, 0.345):
        sketch.line([at(dx, 0.98), at(dx - 0.008, 1.03)], tall * 0.014, spot)
    for dx, up in (
        (-0.12, 0.48),
        (-0.03, 0.50),
        (0.05, 0.46),
        (0.11, 0.53),
        (0.17, 0.62),
        (0.22, 0.72),
        (0.27, 0.82),
        (-0.08, 0.43),
        (0.02, 0.56),
    ):
        sketch.ellipse(*at(dx, up), tall * 0.024, tall * 0.022, spot)


def _elephant(stage: Stage, sketch: Sketch, x: float, foot: float, tall: float) -> None:
    grey, way = stage.palette.shade("#8f8f98", 0.6, 0.85), -stage.hero_side

    def at(dx: float, up: float) -> tuple[float, float]:
        return x + way * dx * tall, foot - up * tall

    for dx in (-0.42, -0.22, 0.14, 0.34):
        sketch.rect(min(at(dx - 0.08, 0)[0], at(dx + 0.08, 0)[0]), at(0, 0.5)[1], max(at(dx - 0.08, 0)[0], at(dx + 0.08, 0)[0]), foot, grey * np.float32(0.9))  # fmt: skip
    sketch.ellipse(*at(-0.04, 0.62), tall * 0.55, tall * 0.33, grey)
    sketch.ellipse(*at(0.58, 0.78), tall * 0.25, tall * 0.24, grey)
    sketch.line([at(0.74, 0.72), at(0.86, 0.50), at(0.86, 0.24), at(0.94, 0.14)], tall * 0.11, grey)
    sketch.ellipse(*at(0.44, 0.76), tall * 0.18, tall * 0.24, grey * np.float32(0.80))
    sketch.line([at(0.70, 0.62), at(0.86, 0.56)], tall * 0.045, rgb("#f4efe0"))
    sketch.ellipse(*at(0.66, 0.84), tall * 0.022, tall * 0.022, rgb("#20202a"))
