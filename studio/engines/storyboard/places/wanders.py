"""Out of the way: a maze of hedges, a field of tall corn, an igloo, a town of the west, a hot spring, a dance floor."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import block, flat, lamplit, tone_at
from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand
from studio.engines.storyboard.places.room_light import light_room
from studio.engines.storyboard.places.terrain import (
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_rocks,
    paint_water,
)
from studio.engines.storyboard.places.vegetation import leafy, tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def maze(stage: Stage) -> None:
    """Walls of clipped hedge on both sides that part again and again, a path of gravel, far off the tower at the heart."""
    paint_sky(stage)
    span, hor, palette, at = stage.span, stage.horizon, stage.palette, stage.at
    paint_ground(stage, local="#d9c8a0", top=hor, texture=0.10, near_dark=0.25)
    sketch, foot = stage.sketch(), hor - span * 0.02
    x = stage.width / 2
    sketch.rect(x - span * 0.045, foot - span * 0.27, x + span * 0.045, foot, palette.shade("#d9c8a5", 0.45, 0.8))
    sketch.poly([(x - span * 0.065, foot - span * 0.26), (x, foot - span * 0.37), (x + span * 0.065, foot - span * 0.26)], palette.shade("#a8483a", 0.45, 0.85))  # fmt: skip
    sketch.stamp(haze=0.25, haze_colour=palette.low)
    walls: list[tuple[float, tuple[float, float]]] = [(15.0, (-14.0, 14.0)), (11.5, (-12.0, -2.2)), (11.5, (2.4, 12.0)), (9.0, (-9.0, 0.6)), (7.0, (-9.0, -1.7)), (7.0, (1.5, 9.0)), (5.0, (-8.0, -2.0)), (5.0, (2.0, 8.0))]  # fmt: skip
    for z, reach in walls:
        hedge = stage.sketch()
        _hedge(stage, hedge, reach, z, 1.75)
        hedge.stamp(haze=min(0.35, 0.02 * z), haze_colour=palette.low)
    near = stage.sketch()
    for side in (-1, 1):
        green = palette.shade("#3f7a3f", 0.7, 0.85, 0.78 if side == stage.hero_side else 1.0)
        near.poly(
            [at(side * 2.0, 0, 1.2), at(side * 2.0, 1.75, 1.2), at(side * 2.0, 1.75, 5.0), at(side * 2.0, 0, 5.0)],
            green,
        )
        for z in np.geomspace(1.7, 5.0, 16):
            for y in (0.3, 0.8, 1.3, 1.72):
                px, py = at(side * 2.0, y, float(z))
                tone = palette.shade("#4f8f45", 0.75, 0.85, float(stage.place_rng.uniform(0.75, 1.15)))
                leafy(near, stage.place_rng, px, py, 0.16 * stage.focal_px / float(z), tone)
    near.stamp()
    stage.near, stage.tuft = "none", ""


def cornfield(stage: Stage) -> None:
    """Stalks taller than a man with yellow ears and drooping leaves on both sides of a lane, a scarecrow among them."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    paint_hill(stage, hill_line(stage, hor - span * 0.03, span * 0.03), nearness=0.26, local="#8fa860")
    paint_ground(stage, local="#b8955f", top=hor + span * 0.01, texture=0.12, near_dark=0.3)
    for z in (16.0, 11.0, 7.8, 5.6, 4.2):
        sketch = stage.sketch()
        if z == 7.8:
            _scarecrow(stage, sketch, -stage.hero_side * 3.1, 8.2)
        for side in (-1, 1):
            count = round(6 + z * 1.1)
            for x in np.linspace(1.5, 0.98 * z + 1.5, count):
                _stalk(
                    stage,
                    sketch,
                    side * (float(x) + float(rng.uniform(-0.15, 0.15))),
                    z * float(rng.uniform(0.93, 1.05)),
                )
        sketch.stamp(haze=min(0.4, 0.022 * z), haze_colour=palette.low)
    stage.near, stage.tuft = "none", ""


def igloo(stage: Stage) -> None:
    """Blocks of snow that close to a dome, blue light through them, the low way out, furs, a lamp."""
    span, hor, w, h = stage.span, stage.horizon, stage.width, stage.height
    stage.is_indoors = True
    stage.canvas.rgb[:] = lamplit(stage, "#7fa8cc", 0.8)
    sketch, rng = stage.sketch(), stage.place_rng
    cx, foot, rows = w / 2, hor + span * 0.16, 8
    for row in range(rows):
        a0, a1 = np.pi / 2 * row / rows, np.pi / 2 * (row + 1) / rows
        y0, y1 = foot - (hor + span * 0.12) * float(np.sin(a0)), foot - (hor + span * 0.12) * float(np.sin(a1))
        r0, r1 = w * 0.62 * float(np.cos(a0)), w * 0.62 * float(np.cos(a1))
        count = 13 - row
        for index in range(count):
            t0, t1 = index / count * 2 - 1 + 0.04 * (row % 2), (index + 1) / count * 2 - 1 + 0.04 * (row % 2)
            light = float(rng.uniform(0.92, 1.06)) * (0.78 + 0.24 * (1 - ((t0 + t1) / 2) ** 2))
            sketch.poly([(cx + r0 * t0 + 2, y0 - 1), (cx + r0 * t1 - 2, y0 - 1), (cx + r1 * t1 - 2, y1 + 2), (cx + r1 * t0 + 2, y1 + 2)], lamplit(stage, "#dcecf7", light))  # fmt: skip
    sketch.rect(-5, foot, w + 5, h + 5, lamplit(stage, "#c3d9ec"))
    sketch.ellipse(cx, foot, w * 0.60, span * 0.05, lamplit(stage, "#d3e6f4"))
    dx, half, top = stage.side_x(0.70), span * 0.12, foot - span * 0.17
    for grow, tone in ((1.22, lamplit(stage, "#a8c6df")), (1.0, mix(stage.palette.mid, stage.palette.low, 0.6))):
        arch = [
            (dx - half * grow * float(np.cos(a)), top - half * grow * float(np.sin(a)))
            for a in np.linspace(0, np.pi, 17)
        ]
        sketch.poly([(dx - half * grow, foot + 2), *arch, (dx + half * grow, foot + 2)], tone)
    sketch.poly([(dx - half, foot), (dx - half * 0.2, foot - span * 0.05), (dx + half, foot - span * 0.02), (dx + half, foot + 2), (dx - half, foot + 2)], lamplit(stage, "#f4f9fd"))  # fmt: skip
    for share, drop, wide, local in ((0.14, 0.14, 0.24, "#8a6a4c"), (0.90, 0.16, 0.22, "#a58a6a")):
        x, y = stage.side_x(share), foot + span * drop
        for step in range(9):
            px, lift = x + span * wide * (step / 8 - 0.5), span * 0.012 * (step % 3)
            leafy(sketch, rng, px, y - lift, span * wide * 0.16, lamplit(stage, local, 0.85 + 0.1 * (step % 3)))
    lx, ly = stage.side_x(0.52), foot + span * 0.06
    sketch.ellipse(lx, ly, span * 0.05, span * 0.018, lamplit(stage, "#4a4038"))
    sketch.ellipse(lx, ly - span * 0.03, span * 0.014, span * 0.030, rgb("#ffd070"))
    sketch.stamp()
    stage.windows.append((dx - half, top - half, dx + half, foot))
    light_room(stage, [(lx, ly - span * 0.03, span * 0.6)], from_window=False, level=0.92, warm="#ffb860")
    stand(stage, "none")
    stage.key, stage.key_x = rgb("#ffd49a"), lx


def western_town(stage: Stage) -> None:
    """One dusty street between false fronts of wood with porches and swing doors, a water tower, mesas beyond."""
    paint_sky(stage)
    span, hor, palette, at = stage.span, stage.horizon, stage.palette, stage.at
    paint_mountains(stage, top=hor - span * 0.15, foot=hor + 2, nearness=0.22, local="#b5704f", peaks=5)
    paint_ground(stage, local="#d9ab70", top=hor, texture=0.14, near_dark=0.25)
    sketch, rng = stage.sketch(), stage.place_rng
    (tx, foot), size = at(-stage.hero_side * 1.2, 0, 20.0), stage.focal_px / 20.0
    for dx in (-0.7, 0.7):
        sketch.line(
            [(tx + dx * size, foot), (tx + dx * size * 0.7, foot - size * 3)],
            2.4 * stage.unit,
            palette.shade("#6b4a34", 0.4, 0.7),
        )
    sketch.rect(tx - size, foot - size * 4.6, tx + size, foot - size * 2.9, palette.shade("#8f6244", 0.4, 0.75))
    sketch.poly(
        [(tx - size * 1.1, foot - size * 4.5), (tx, foot - size * 5.3), (tx + size * 1.1, foot - size * 4.5)],
        palette.shade("#6b4a34", 0.4, 0.75),
    )
    sketch.stamp(haze=0.3, haze_colour=palette.low)
    depths = [17.0, 13.0, 9.6, 6.9, 4.8]
    tints = ("#b5764a", "#c99a5f", "#8f5f40", "#a8553f", "#d2b07a")
    for step, z0 in enumerate(depths):
        front = stage.sketch()
        for side in (-1, 1):
            _false_front(
                stage, front, side, (z0, z0 * 1.34), tints[(step * 2 + side) % 5], 2.5 + 0.9 * float(rng.random())
            )
        front.stamp(haze=min(0.35, 0.02 * z0), haze_colour=palette.low)
    stage.near, stage.tuft = "none", ""


def hot_spring(stage: Stage) -> None:
    """A steaming turquoise pool among round rocks, snow-clad firs about it, lanterns of stone."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    paint_mountains(stage, top=hor - span * 0.28, foot=hor + 2, nearness=0.18, local="#8793a8", snow=0.6, peaks=5)
    tree_row(stage, foot=hor + span * 0.05, tall=span * 0.22, nearness=0.45, count=20, haze=0.45)
    paint_ground(stage, local="#a8a58f", top=hor + span * 0.03, texture=0.12, near_dark=0.2)
    paint_water(stage, top=hor + span * 0.10, local="#2fb5b0", mirror=0.35, chop=0.5, seed=71)
    back = [(share * stage.width, hor + span * float(rng.uniform(0.10, 0.125)), span * float(rng.uniform(0.04, 0.085))) for share in np.linspace(0.0, 1.0, 15).tolist()]  # fmt: skip
    sides = [(stage.side_x(share), hor + span * row, span * size) for share, row, size in ((0.98, 0.20, 0.11), (0.02, 0.19, 0.10), (0.93, 0.31, 0.13), (-0.01, 0.30, 0.12))]  # fmt: skip
    paint_rocks(stage, [*back, *sides], local="#7f7d80")
    edge = hor + span * 0.37
    paint_ground(
        stage,
        local="#b5aa98",
        top=edge,
        ridge=hill_line(stage, edge, span * 0.015, period=0.4),
        texture=0.16,
        far_fade=0.0,
    )
    paint_rocks(
        stage,
        [(stage.width * share, edge + span * 0.03, span * 0.055) for share in (0.10, 0.24, 0.78, 0.90)],
        local="#8f8d8f",
    )
    sketch, x, foot = stage.sketch(), stage.side_x(0.84), hor + span * 0.12
    stone = palette.shade("#a8a49c", 0.6, 0.8)
    sketch.rect(x - span * 0.014, foot - span * 0.10, x + span * 0.014, foot, stone)
    sketch.rect(x - span * 0.032, foot - span * 0.16, x + span * 0.032, foot - span * 0.10, stone * np.float32(0.9))
    sketch.rect(
        x - span * 0.018,
        foot - span * 0.148,
        x + span * 0.018,
        foot - span * 0.112,
        mix(palette.lamp, stone, 0.3 * (1 - palette.darkness)),
    )
    sketch.poly(
        [(x - span * 0.058, foot - span * 0.158), (x, foot - span * 0.21), (x + span * 0.058, foot - span * 0.158)],
        stone * np.float32(0.8),
    )
    sketch.stamp()
    steam = mix(palette.low, rgb("#ffffff"), 0.5 * (1 - 0.4 * palette.darkness))
    for _ in range(16):
        px, py = float(rng.uniform(0.08, 0.92)) * stage.width, hor + span * float(rng.uniform(-0.10, 0.24))
        stage.canvas.glow(px, py, span * float(rng.uniform(0.07, 0.17)), steam, 0.38, squash=1.3)
    paint_mist(stage, hor + span * 0.16, span * 0.10, 0.35)
    stage.water_foot = hor + span * 0.25
    stage.near, stage.tuft, stage.foot_limits = "none", "", (edge / stage.height + 0.03, 0.97)


def nightclub(stage: Stage) -> None:
    """Beams of coloured light over a glowing floor of squares, a ball of mirrors, the desk with its loudspeakers."""
    it, far = (
        Room(stage, "#4a3a86", "#2c2458", panels=False, boards=False, tall=3.2, half=4.8, ceiling="#2a2050"),
        -stage.hero_side,
    )
    glowing = ("#ff4fa0", "#4fc8ff", "#8f5aff", "#ffd23f", "#4fffb0")
    for row in range(9):
        for column in range(-7, 7):
            z = it.deep - row * 0.5
            if z > 1.2 and (row * 3 + column * 5) % 4:
                it.flat_quad(
                    (column * 0.68 + 0.03, column * 0.68 + 0.65),
                    (z - 0.46, z),
                    0.0,
                    rgb(glowing[(row + column * 2) % 5]) * np.float32(0.95),
                )
    for x in (far * 0.1, far * 3.4):
        it.box(around(x, 0.9), (0, 2.0), (4.9, 5.4), "#23232e")
        for y in (0.45, 1.15):
            (px, py), size = it.at(x, y, 4.9), stage.focal_px / (4.9 * 0.86)
            it.sketch.ellipse(px, py, size * 0.33, size * 0.33, it.tone("#45455a"))
            it.sketch.ellipse(px, py, size * 0.20, size * 0.20, it.tone("#15151c"))
        (px, py), size = it.at(x, 1.7, 4.9), stage.focal_px / (4.9 * 0.86)
        it.sketch.ellipse(px, py, size * 0.14, size * 0.14, it.tone("#5a5a72"))
    it.box(around(far * 1.75, 2.0), (0, 0.85), (4.6, 5.2), "#3a2a6a")
    for index in range(12):
        it.box(
            around(far * 1.75 - 0.88 + index * 0.16, 0.10),
            (0.15, 0.2 + 0.09 * (index * 7 % 6)),
            (4.58, 4.6),
            glowing[index % 5],
        )
    for dx in (-0.5, 0.5):
        (px, py), size = it.at(far * 1.75 + dx, 0.87, 4.8), stage.focal_px / (4.8 * 0.86)
        it.sketch.ellipse(px, py, size * 0.28, size * 0.07, it.tone("#14141c"))
        it.sketch.ellipse(px, py, size * 0.09, size * 0.025, rgb("#ff4fa0"))
    (bx, by), r = it.at(-far * 0.3, 2.75, 4.0), 0.30 * stage.focal_px / (4.0 * 0.86)
    it.sketch.line([(bx, -5), (bx, by)], 2 * stage.unit, it.tone("#6a6a80"))
    it.sketch.ellipse(bx, by, r, r, rgb("#8f9ac2"))
    for row in range(-3, 4):
        for column in range(-4, 5):
            px, py = bx + column * r * 0.24, by + row * r * 0.27
            if np.hypot(px - bx, py - by) < r * 0.88:
                it.sketch.rect(px - r * 0.09, py - r * 0.10, px + r * 0.09, py + r * 0.10, rgb(("#ffffff", "#b5c4ee", "#6f7fb5", "#e0d3ff")[(row * 3 + column) % 4]))  # fmt: skip
    it.light(level=1.5, from_window=False)
    for index, (share, lean) in enumerate(((0.1, 0.35), (0.3, -0.1), (0.5, 0.3), (0.7, -0.4), (0.9, -0.2))):
        beam, x, low = stage.sketch(), stage.width * share, stage.height * 0.92
        beam.poly([(x - 4, -8), (x + 4, -8), (x + lean * stage.span + stage.span * 0.14, low), (x + lean * stage.span - stage.span * 0.14, low)], rgb(glowing[index]))  # fmt: skip
        beam.stamp(opacity=0.20, blur_px=5 * stage.unit)
        stage.canvas.glow(x + lean * stage.span, low, stage.span * 0.20, rgb(glowing[index]), 0.5, squash=0.3)
    stage.canvas.glow(bx, by, r * 3.0, rgb("#dfe3ff"), 0.45)
    stand(stage, "none")
    stage.key, stage.key_x, stage.backlight, stage.reflects = rgb("#ffb0e0"), bx, 1.3, 0.2


def _hedge(stage: Stage, sketch: Sketch, x: tuple[float, float], z: float, tall: float) -> None:
    block(stage, sketch, x, (0, tall), (z, z + 0.7), "#3f7a3f", 0.92)
    rng, size = stage.place_rng, stage.focal_px / z
    for px in np.arange(x[0], x[1], 0.55):
        for y in (0.35, 0.95, tall - 0.05):
            cx, cy = stage.at(float(px) + float(rng.uniform(0, 0.4)), y, z)
            if -size < cx < stage.width + size:
                leafy(
                    sketch, rng, cx, cy, size * 0.20, tone_at(stage, "#4f8f45", z, float(rng.uniform(0.8, 1.15)), 0.85)
                )


def _stalk(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    rng, (px, foot), size = stage.place_rng, stage.at(x, 0, z), stage.focal_px / z
    if not -size < px < stage.width + size:
        return
    tall, lean = size * float(rng.uniform(1.35, 1.75)), size * float(rng.uniform(-0.08, 0.08))
    green, pale = (
        tone_at(stage, "#5f9a3f", z, float(rng.uniform(0.8, 1.05)), 0.85),
        tone_at(stage, "#8fbf55", z, 1.05, 0.85),
    )
    sketch.line([(px, foot), (px + lean, foot - tall)], max(1.2, size * 0.05), green)
    for share, side in ((0.28, -1), (0.42, 1), (0.58, -1), (0.72, 1), (0.86, -1)):
        ax, ay = px + lean * share, foot - tall * share
        sketch.poly([(ax, ay), (ax + side * size * 0.20, ay - size * 0.16), (ax + side * size * 0.42, ay + size * 0.06), (ax + side * size * 0.20, ay - size * 0.08)], pale if side > 0 else green)  # fmt: skip
    ex, ey = px + lean * 0.6 + size * 0.06, foot - tall * 0.62
    sketch.ellipse(ex, ey, size * 0.055, size * 0.15, tone_at(stage, "#f2c63f", z, 1.05, 0.9))
    for dx in (-0.06, 0.0, 0.06):
        sketch.line(
            [(px + lean, foot - tall), (px + lean + dx * size, foot - tall - size * 0.14)],
            max(1.0, size * 0.02),
            tone_at(stage, "#e0c07a", z),
        )


def _scarecrow(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    size, (px, foot) = stage.focal_px / z, stage.at(x, 0, z)
    sketch.line([(px, foot), (px, foot - size * 2.3)], size * 0.08, tone_at(stage, "#6b4a34", z))
    sketch.line(
        [(px - size * 0.75, foot - size * 1.75), (px + size * 0.75, foot - size * 1.75)],
        size * 0.20,
        tone_at(stage, "#a8483a", z),
    )
    sketch.poly([(px - size * 0.28, foot - size * 1.85), (px + size * 0.28, foot - size * 1.85), (px + size * 0.34, foot - size * 1.1), (px - size * 0.34, foot - size * 1.1)], tone_at(stage, "#a8483a", z))  # fmt: skip
    sketch.ellipse(px, foot - size * 2.08, size * 0.22, size * 0.25, tone_at(stage, "#e8cf96", z))
    sketch.ellipse(px, foot - size * 2.24, size * 0.45, size * 0.08, tone_at(stage, "#c9a04a", z))
    sketch.poly([(px - size * 0.22, foot - size * 2.26), (px - size * 0.14, foot - size * 2.55), (px + size * 0.14, foot - size * 2.55), (px + size * 0.22, foot - size * 2.26)], tone_at(stage, "#c9a04a", z))  # fmt: skip


def _false_front(stage: Stage, sketch: Sketch, side: int, z: tuple[float, float], local: str, tall: float) -> None:
    """A house of boards whose front hides its roof, with porch, window and door, along one side of the street."""
    at, x, (z0, z1) = stage.at, side * 3.1, z
    wall = tone_at(stage, local, z0, 0.85 if side == stage.hero_side else 1.05)
    sketch.poly(
        [at(x, 0, z0), at(x * 2.4, 0, z0), at(x * 2.4, tall * 0.8, z0), at(x, tall * 0.8, z0)], wall * np.float32(0.7)
    )
    sketch.poly([at(x, 0, z0), at(x, tall, z0), at(x, tall, z1), at(x, 0, z1)], wall)
    for share in np.linspace(0.1, 0.9, 7).tolist():
        y = tall * share
        sketch.line([at(x, y, z0), at(x, y, z1)], 1.3 * stage.unit, wall * np.float32(0.82))
    sketch.poly([at(x, tall * 0.78, z0 * 1.03), at(x, tall * 0.95, z0 * 1.03), at(x, tall * 0.95, z1 * 0.97), at(x, tall * 0.78, z1 * 0.97)], tone_at(stage, "#f0dfb8", z0))  # fmt: skip
    middle = (z0 + z1) / 2
    dark = mix(tone_at(stage, "#3a2a20", z0), stage.palette.lamp, 0.75 * max(0.0, stage.palette.darkness - 0.3))
    for a, b in ((z0 * 1.06, z0 * 1.12), (middle * 1.08, middle * 1.16)):
        sketch.poly([at(x, 0.7, a), at(x, 1.35, a), at(x, 1.35, b), at(x, 0.7, b)], dark)
    sketch.poly(
        [at(x, 0.1, middle * 0.95), at(x, 1.35, middle * 0.95), at(x, 1.35, middle * 1.04), at(x, 0.1, middle * 1.04)],
        dark,
    )
    porch = x - side * 0.75
    sketch.poly(
        [at(x, 1.62, z0), at(porch, 1.5, z0), at(porch, 1.5, z1), at(x, 1.62, z1)], tone_at(stage, "#8a5f40", z0, 0.8)
    )
    flat(stage, sketch, (min(x, porch), max(x, porch)), (z0, z1), tone_at(stage, "#b58a5c", z0), 0.1)
    for t in np.linspace(0.02, 0.98, 4).tolist():
        zp = z0 + (z1 - z0) * t
        sketch.line(
            [at(porch, 0.0, zp), at(porch, 1.5, zp)],
            max(1.5, 0.07 * stage.focal_px / zp),
            tone_at(stage, "#6b4a34", z0),
        )
