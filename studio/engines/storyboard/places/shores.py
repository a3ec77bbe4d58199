"""Shores of other waters: a pier, a frozen lake, a fjord, a pond, mangroves."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.terrain import (
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_path,
    paint_water,
)
from studio.engines.storyboard.places.vegetation import leafy, paint_grass, reeds, tree_row
from studio.engines.storyboard.places.waters import bank_in_front, headland, water_seed
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage


def pier(stage: Stage) -> None:
    """Planks that run straight out over the water between rails and lamps, a small light at the end."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    headland(stage, stage.side_x(0.90), span * 0.07, stage.width * 0.22)
    paint_water(stage, top=hor, local="#2f7f93", mirror=0.5, chop=0.9, seed=water_seed(stage))
    sketch = stage.sketch()
    wood = palette.shade("#a98662", 0.85, 0.85)
    half, far = 1.55, 26.0
    sketch.poly(
        [
            stage.at(-half, -0.16, 0.7),
            stage.at(-half, -0.16, far),
            stage.at(half, -0.16, far),
            stage.at(half, -0.16, 0.7),
        ],
        wood * np.float32(0.45),
    )
    sketch.poly(
        [stage.at(-half, 0, 0.7), stage.at(-half, 0, far), stage.at(half, 0, far), stage.at(half, 0, 0.7)], wood
    )
    for index, z in enumerate(np.geomspace(0.8, far, 60)):
        a, b = stage.at(-half, 0, float(z)), stage.at(half, 0, float(z))
        sketch.line([a, b], max(0.8, 3.0 * stage.unit / float(z)), wood * np.float32(0.66 if index % 2 else 0.76))
    _pier_house(stage, sketch, far)
    for z in (20.0, 14.0, 10.0, 7.2, 5.2, 3.8, 2.8, 2.05, 1.5):
        _rail_post(stage, sketch, half, z)
    for side in (-1, 1):
        for y in (0.5, 0.28):
            sketch.line(
                [stage.at(side * half, y, 1.0), stage.at(side * half, y, far)],
                (5 if y > 0.4 else 3) * stage.unit,
                palette.shade("#efe8d8", 0.85, 0.8),
            )
    sketch.stamp()
    lamps = stage.sketch()
    for z in (12.0, 6.2, 3.3):
        for side in (-1, 1):
            size = stage.focal_px / z
            (x, foot), (_, top) = stage.at(side * half, 0, z), stage.at(side * half, 1.45, z)
            lamps.line([(x, foot), (x, top)], max(1.4, size * 0.035), palette.shade("#3a4148", 0.85, 0.7))
            lamps.ellipse(
                x,
                top,
                size * 0.075,
                size * 0.085,
                mix(palette.shade("#f2ead0", 0.9, 0.9), palette.lamp, 0.3 + 0.6 * palette.darkness),
            )
    lamps.stamp()
    for z in (12.0, 6.2, 3.3):
        for side in (-1, 1):
            stage.canvas.glow(
                *stage.at(side * half, 1.45, z), stage.focal_px / z * 0.6, palette.lamp, 0.75 * palette.darkness
            )
    stage.near, stage.tuft, stage.surface = "none", "", "ground"
    stage.water_foot, stage.foot_limits = hor + span * 0.05, (0.76, 0.97)


def _rail_post(stage: Stage, sketch: Sketch, half: float, z: float) -> None:
    size, tone = stage.focal_px / z, stage.palette.shade("#efe8d8", 0.85, 0.8)
    for side in (-1, 1):
        x, foot = stage.at(side * half, 0, z)
        sketch.rect(x - size * 0.03, foot - size * 0.54, x + size * 0.03, foot + size * 0.02, tone)
        sketch.rect(x - size * 0.05, foot, x + size * 0.05, foot + size * 0.5, stage.palette.shade("#4f4036", 0.8, 0.7))


def _pier_house(stage: Stage, sketch: Sketch, far: float) -> None:
    size = stage.focal_px / far
    x, foot = stage.at(0, 0, far)
    white, roof = stage.palette.shade("#f0ebe0", 0.6, 0.8), stage.palette.shade("#a8493f", 0.6, 0.8)
    sketch.rect(x - size * 1.5, foot - size * 1.6, x + size * 1.5, foot, white)
    sketch.poly(
        [(x - size * 1.9, foot - size * 1.6), (x, foot - size * 3.0), (x + size * 1.9, foot - size * 1.6)], roof
    )
    sketch.rect(x - size * 0.4, foot - size * 1.2, x + size * 0.4, foot, roof * np.float32(0.6))


def frozen_lake(stage: Stage) -> None:
    """Blue-white ice with cracks and the curves of skates, snow on its banks, bare trees beyond."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    snow = mix(palette.shade("#f4f7fc", 0.6, 1.0, 1.04), palette.low, 0.12)
    paint_mountains(stage, top=hor - span * 0.24, foot=hor + 2, nearness=0.18, local="#9fb2cf", snow=0.85, peaks=5)
    stage.canvas.below(hill_line(stage, hor - span * 0.035, span * 0.03, period=0.4), mix(snow, palette.far, 0.22))
    tree_row(stage, foot=hor + span * 0.002, tall=span * 0.10, nearness=0.38, count=30, local="#5f7f8a", haze=0.35)
    stage.canvas.below(hill_line(stage, hor + span * 0.004, span * 0.008, period=0.2), snow)
    ice = hor + span * 0.025
    paint_water(stage, top=ice, local="#a9cfe2", mirror=0.35, chop=0.12, seed=water_seed(stage))
    rows = smoothstep(0, span * 0.35, stage.canvas.rows - np.float32(ice))
    stage.canvas.blend(
        (rows * 0.55 * (stage.canvas.rows > ice)).astype(np.float32), palette.shade("#c4e0ee", 0.8, 0.95)
    )
    _cracks(stage, ice)
    drift = hill_line(stage, stage.height * 0.985, span * 0.02, period=0.4)
    bank = _side_drift(stage, drift)
    stage.canvas.below(bank, mix(snow, palette.far, 0.06))
    paint_mist(stage, hor + span * 0.01, span * 0.05, 0.35)
    _snowy_reeds(stage, bank, rng)
    stage.near, stage.tuft, stage.reflects = "none", "", 0.30
    stage.foot_limits = (0.70, 0.93)


def _side_drift(stage: Stage, drift: Array) -> Array:
    u = stage.canvas.columns / np.float32(stage.width)
    away = u if stage.hero_side < 0 else 1 - u
    return np.asarray(drift - np.clip(away - 0.62, 0, 1) ** np.float32(1.2) * np.float32(stage.span * 0.62), np.float32)


def _cracks(stage: Stage, ice: float) -> None:
    rng, sketch, palette = stage.place_rng, stage.sketch(), stage.palette
    white, blue = mix(palette.low, rgb("#ffffff"), 0.7), palette.shade("#5f93b5", 0.8, 0.8)
    for index in range(16):
        y = ice + (stage.height - ice) * (0.08 + 0.9 * float(rng.random()) ** 1.2)
        x, size = float(rng.random()) * stage.width, stage.person_at(y) * float(rng.uniform(0.5, 1.5))
        points = [(x, y)]
        for _ in range(6):
            points.append(
                (
                    points[-1][0] + size * float(rng.uniform(0.1, 0.5)),
                    points[-1][1] + size * float(rng.uniform(-0.09, 0.09)),
                )
            )
        wide = max(0.8, stage.person_at(y) * 0.012)
        sketch.line([(px, py + wide) for px, py in points], wide, blue)
        sketch.line(points, wide, white)
        fork = points[2 + index % 3]
        sketch.line([fork, (fork[0] + size * 0.3, fork[1] + size * 0.14)], wide * 0.7, white)
    for cx, cy, r in ((0.52, 0.42, 0.9), (0.70, 0.62, 1.4), (0.30, 0.66, 1.2)):
        y = ice + (stage.height - ice) * cy
        size = stage.person_at(y) * r
        arc = [
            (stage.side_x(cx) + size * float(np.cos(a)), y + size * 0.22 * float(np.sin(a)))
            for a in np.linspace(0.3, 5.2, 30)
        ]
        sketch.line(arc, max(0.8, 2.2 * stage.unit), white)
    sketch.stamp(opacity=0.85)


def _snowy_reeds(stage: Stage, bank: Array, rng: np.random.Generator) -> None:
    sketch, palette = stage.sketch(), stage.palette
    for share in (0.74, 0.80, 0.87, 0.94):
        x = stage.side_x(share)
        foot = float(bank[int(np.clip(x, 0, stage.width - 1))]) + 6 * stage.unit
        reeds(
            sketch,
            rng,
            x,
            foot,
            stage.span * 0.13,
            palette.shade("#b59a6a", 0.8, 0.8),
            palette.shade("#7a5a3a", 0.8, 0.8),
        )
    sketch.stamp()


def fjord(stage: Stage) -> None:
    """Dark walls fall straight into a narrow, still arm of the sea; threads of water, a red hut at the foot."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_mountains(stage, top=hor - span * 0.22, foot=hor + 2, nearness=0.16, local="#8fa0b8", snow=0.5, peaks=4)
    u = stage.canvas.columns / np.float32(stage.width)
    for near, left, right, rise in ((0.30, 0.40, 0.58, 0.42), (0.50, 0.27, 0.72, 0.60)):
        jag = stage.wave(stage.place_rng, period_px=stage.width * 0.10, octaves=5)
        wall = np.maximum(
            np.clip((left - u) / left, 0, 1) ** np.float32(0.6),
            np.clip((u - right) / (1 - right), 0, 1) ** np.float32(0.6),
        )
        ridge = np.where(
            wall > 0, hor + 4 - wall * np.float32(span * rise) * (1 + jag * np.float32(0.16)), stage.height + 9
        )
        _rock_wall(stage, ridge.astype(np.float32), near)
    for share, top in ((0.13, 0.34), (0.88, 0.30), (0.33, 0.14)):
        _thread(stage, stage.width * share, hor - span * top)
    paint_mist(stage, hor - span * 0.01, span * 0.06, 0.5)
    paint_water(stage, top=hor + 3, local="#1f5566", mirror=0.88, chop=0.30, seed=water_seed(stage))
    x, foot, size = stage.side_x(0.72), hor + span * 0.014, span * 0.045
    sketch = stage.sketch()
    sketch.rect(x - size, foot - size * 0.8, x + size, foot, palette.shade("#b5382f", 0.7, 0.9))
    sketch.poly(
        [(x - size * 1.2, foot - size * 0.75), (x, foot - size * 1.6), (x + size * 1.2, foot - size * 0.75)],
        palette.shade("#3f3a3c", 0.7, 0.8),
    )
    sketch.rect(x - size * 0.2, foot - size * 0.5, x + size * 0.2, foot, palette.shade("#f0ead8", 0.7, 0.9))
    sketch.stamp()
    bank_in_front(stage, local="#71804f")
    stage.near, stage.tuft = "rocks", "#6d7d48"


def _rock_wall(stage: Stage, ridge: Array, near: float) -> None:
    palette = stage.palette
    streaks = stage.tile_box(stage.tiles.fine, (0, 0, stage.width, stage.height), 2.4 * stage.unit, 63, 0.18)
    broad = stage.tile_box(stage.tiles.soft, (0, 0, stage.width, stage.height), 0.9 * stage.unit, 64, 0.5)
    rock, green = palette.shade("#5d6468", near, 0.65, 0.85), palette.shade("#4d6b4c", near, 0.7, 0.85)
    colour = rock * (0.72 + 0.62 * streaks)[..., None]
    colour = colour + (green - colour) * (smoothstep(0.45, 0.62, broad) * np.float32(0.75))[..., None]
    fade = smoothstep(stage.span * 0.25, 0, stage.horizon - stage.canvas.rows)[..., None] * np.float32(
        0.30 * (1 - near)
    )
    colour = colour + (palette.low - colour) * fade
    full = np.broadcast_to(np.asarray(colour, np.float32), stage.canvas.rgb.shape)
    stage.canvas.below(ridge, np.ascontiguousarray(full))


def _thread(stage: Stage, x: float, top: float) -> None:
    sketch, unit = stage.sketch(), stage.unit
    white = mix(stage.palette.low, rgb("#ffffff"), 0.7)
    sketch.taper(
        [(x, top), (x + 5 * unit, (top + stage.horizon) / 2), (x + 2 * unit, stage.horizon)],
        2.5 * unit,
        7 * unit,
        white,
    )
    sketch.stamp(opacity=0.8, blur_px=0.8 * unit)


def pond(stage: Stage) -> None:
    """A round pool in a meadow with water lilies, reeds and a weeping willow over it."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    paint_hill(stage, hill_line(stage, hor - span * 0.02, span * 0.02), nearness=0.3, local="#7fa563")
    tree_row(stage, foot=hor + span * 0.015, tall=span * 0.11, nearness=0.4, count=20, kind="broadleaf", haze=0.4)
    mirror = stage.canvas.rgb[max(0, int(hor - span * 0.25)) : max(1, int(hor - span * 0.02))].mean((0, 1))
    paint_ground(stage, local="#76a552", top=hor + span * 0.01, texture=0.10, near_dark=0.25)
    x, y, half = stage.side_x(0.66), hor + span * 0.205, stage.width * 0.30
    sketch = stage.sketch()
    sketch.ellipse(x, y, half * 1.03, span * 0.128, palette.shade("#5a5238", 0.7, 0.8))
    sketch.ellipse(
        x, y + 2, half, span * 0.118, mix(np.asarray(mirror, np.float32), palette.shade("#2f6a70", 0.7, 0.8), 0.45)
    )
    sketch.ellipse(
        x - half * 0.2, y - span * 0.03, half * 0.6, span * 0.05, mix(np.asarray(mirror, np.float32), palette.low, 0.35)
    )
    for dx, dy, size in rng.uniform(-1, 1, (34, 3)):
        if dx**2 + dy**2 > 0.8:
            continue
        r = span * 0.022 * (1.1 + 0.4 * float(size))
        px, py = x + half * float(dx), y + span * 0.112 * float(dy)
        sketch.ellipse(px, py, r, r * 0.30, palette.shade("#4f9a4c" if size < 0.3 else "#79b055", 0.8, 0.9))
        if size > 0.35:
            sketch.ellipse(px, py - r * 0.28, r * 0.30, r * 0.24, palette.shade("#f6c2d4", 0.8, 0.95))
    for dx in (-0.98, -0.86, 0.55, 0.92):
        reeds(
            sketch,
            rng,
            x + half * dx,
            y + span * 0.05,
            span * 0.12,
            palette.shade("#5d8040", 0.75, 0.8),
            palette.shade("#6b4528", 0.8),
        )
    _willow(stage, sketch, stage.side_x(0.90), hor + span * 0.13)
    sketch.stamp()
    paint_path(stage, local="#cdb78a", to_x=stage.side_x(0.12), far_y=hor + span * 0.04, near_width=0.8)
    paint_grass(stage, local="#76a552", top=hor + span * 0.30, amount=240, flowers="#f2e6a0")
    stage.near, stage.tuft = "reeds", "#6d9a4a"
    stage.water_foot, stage.foot_limits = y + span * 0.02, (0.80, 0.97)


def _willow(stage: Stage, sketch: Sketch, x: float, foot: float) -> None:
    rng, palette, tall = stage.place_rng, stage.palette, stage.span * 0.50
    sketch.taper(
        [(x, foot), (x - tall * 0.02, foot - tall * 0.4), (x + tall * 0.04, foot - tall * 0.75)],
        tall * 0.12,
        tall * 0.06,
        palette.shade("#6a5440", 0.7, 0.8),
    )
    for dx, dy, r in ((-0.24, 0.80, 0.17), (0.22, 0.78, 0.17), (0.0, 0.90, 0.20)):
        leafy(sketch, rng, x + tall * dx, foot - tall * dy, tall * r, palette.shade("#7fa54c", 0.7, 0.85))
    for turn in np.linspace(-1, 1, 44):
        top = (
            x + tall * 0.42 * float(turn),
            foot - tall * (0.96 - 0.26 * turn * turn) + tall * float(rng.uniform(0, 0.1)),
        )
        long = tall * float(rng.uniform(0.42, 0.68))
        sketch.taper(
            [top, (top[0] + tall * 0.02, top[1] + long * 0.5), (top[0] + tall * 0.01, top[1] + long)],
            tall * 0.022,
            tall * 0.006,
            palette.shade("#8fb356" if rng.random() < 0.5 else "#6b9444", 0.75, 0.85),
        )


def mangroves(stage: Stage) -> None:
    """Glossy crowns on arching roots that stand in brown-green water."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    tree_row(stage, foot=hor + 3, tall=span * 0.17, nearness=0.32, count=26, kind="broadleaf", haze=0.45)
    paint_water(stage, top=hor + 2, local="#5f7a4f", mirror=0.75, chop=0.35, seed=water_seed(stage))
    for near, foot, tall, places in (
        (0.50, 0.05, 0.42, (0.02, 0.22, 0.45, 0.68, 0.92)),
        (0.72, 0.14, 0.62, (0.72, 0.97, 0.04)),
    ):
        sketch = stage.sketch()
        for share in places:
            x = stage.side_x(share + float(rng.uniform(-0.03, 0.03)))
            _mangrove(stage, sketch, x, hor + span * foot, span * tall, near)
        sketch.stamp(haze=0.25 * (1 - near), haze_colour=palette.low)
    bank_in_front(stage, local="#7d6b4c")
    stage.near, stage.tuft = "leaves", "#6a8a45"


def _mangrove(stage: Stage, sketch: Sketch, x: float, foot: float, tall: float, near: float) -> None:
    rng, palette = stage.place_rng, stage.palette
    bark = palette.shade("#6f5743", near, 0.7, 0.85)
    knee = foot - tall * 0.36
    for turn in (-1.0, -0.7, -0.4, -0.15, 0.2, 0.45, 0.75, 1.0):
        end = x + tall * 0.40 * turn
        arch = [(x + (end - x) * t, knee - tall * 0.02 + (foot - knee) * t**2.1) for t in np.linspace(0, 1, 9)]
        sketch.taper(arch, tall * 0.034, tall * 0.018, bark)
        shadow = [(px, 2 * foot - py) for px, py in arch[4:]]
        sketch.taper(shadow, tall * 0.02, tall * 0.008, bark * np.float32(0.7))
    sketch.taper([(x, knee + tall * 0.03), (x + tall * 0.03, foot - tall * 0.7)], tall * 0.075, tall * 0.045, bark)
    for _ in range(9):
        dx, dy = float(rng.uniform(-0.34, 0.34)), float(rng.uniform(0.66, 0.98))
        tone = palette.shade(("#2f6b3c", "#3f8548", "#57a053")[int(rng.integers(0, 3))], near, 0.8)
        leafy(sketch, rng, x + tall * dx, foot - tall * dy, tall * float(rng.uniform(0.13, 0.20)), tone)
