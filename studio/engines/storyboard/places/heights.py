"""High places: a winding stair in its tower, a balcony over city or sea, a burning mountain; and a cave that shines."""

from __future__ import annotations

import itertools

import numpy as np

from studio.engines.storyboard.places.blocks import arch_outline, flat, lamplit
from studio.engines.storyboard.places.buildings import house_row, skyline
from studio.engines.storyboard.places.inside import stand
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
from studio.engines.storyboard.places.woods import cave
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage

_SEASIDE = frozenset("sea ocean bay beach harbour lake coast".split())


def winding_stair(stage: Stage) -> None:
    """Stone steps that wind up round a pillar in a round shaft, slits of light, a torch, a rope for a rail."""
    span, hor, w = stage.span, stage.horizon, stage.width
    stage.is_indoors = True
    far = -stage.hero_side
    stage.canvas.rgb[:] = lamplit(stage, "#8a7d6e", 0.62)
    _round_wall(stage)
    floor = stage.sketch()
    floor.ellipse(w / 2, hor + span * 0.36, w * 0.62, span * 0.27, lamplit(stage, "#a89a86", 0.92))
    for share in (0.85, 0.6, 0.35):
        ring = [(w / 2 + w * 0.62 * share * float(np.cos(a)), hor + span * 0.36 + span * 0.27 * share * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 49)]  # fmt: skip
        floor.line(ring, 1.6 * stage.unit, lamplit(stage, "#a89a86", 0.74))
    floor.stamp()
    x, reach = stage.side_x(0.64), span * 0.43
    _flight(stage, x, reach, is_front=False)
    pillar, half = stage.sketch(), span * 0.062
    for share, light in ((1.0, 0.72), (0.72, 0.92), (0.38, 1.1)):
        left = x - half if far > 0 else x - half + 2 * half * (1 - share)
        pillar.rect(left, -5, left + 2 * half * share, hor + span * 0.27, lamplit(stage, "#b8aa94", light))
    for y in np.arange(0, hor + span * 0.26, span * 0.085):
        pillar.rect(x - half, float(y), x + half, float(y) + 1.4 * stage.unit, lamplit(stage, "#7d7263", 0.9))
    pillar.stamp()
    _flight(stage, x, reach, is_front=True)
    tx, ty = stage.side_x(0.16), hor - span * 0.20
    torch = stage.sketch()
    torch.taper([(tx, ty), (tx, ty + span * 0.11)], span * 0.018, span * 0.010, lamplit(stage, "#4a3626", 0.9))
    for size, local in ((1.0, "#e8601c"), (0.62, "#ffb23a"), (0.34, "#fff0b0")):
        r = span * 0.036 * size
        torch.poly([(tx - r, ty), (tx - r * 0.7, ty - r * 1.3), (tx + r * 0.2, ty - r * 2.6), (tx + r, ty - r * 0.9), (tx + r * 0.8, ty)], rgb(local))  # fmt: skip
    torch.stamp(blur_px=0.8 * stage.unit)
    window = stage.windows[0]
    lamps = [
        (tx, ty, span * 0.72),
        ((window[0] + window[2]) / 2, window[3], span * (0.7 - 0.4 * stage.palette.darkness)),
    ]
    light_room(stage, lamps, from_window=False, level=0.86, warm="#ffb46a")
    stage.canvas.glow(tx, ty - span * 0.03, span * 0.16, rgb("#ffb050"), 0.6)
    stand(stage, "none")
    stage.key, stage.key_x = rgb("#ffc080"), tx


def tower_room(stage: Stage) -> None:
    """A round room of stone high up: tall windows on the sky, a curtained bed, a chest, a rug, a candle."""
    span, hor, w = stage.span, stage.horizon, stage.width
    stage.is_indoors = True
    stage.canvas.rgb[:] = lamplit(stage, "#8a7d6e", 0.62)
    _round_wall(stage, slits=False)
    sketch, foot = stage.sketch(), hor + span * 0.12
    for share, wide in ((0.30, 0.062), (0.50, 0.075), (0.70, 0.062)):
        x, half, top = stage.side_x(share), span * wide, hor - span * 0.20
        for grow, tone in ((1.35, lamplit(stage, "#cdbfa8")), (1.0, mix(stage.palette.top, stage.palette.mid, 0.6))):
            arch = arch_outline(x, half * grow, top, hor + span * 0.02 * grow)
            sketch.poly(arch, tone)
        sketch.rect(
            x - half, hor - span * 0.12, x + half, hor + span * 0.018, mix(stage.palette.mid, stage.palette.low, 0.7)
        )
        sketch.rect(x - 2 * stage.unit, top - half, x + 2 * stage.unit, hor + span * 0.02, lamplit(stage, "#4a3f38"))
        stage.windows.append((x - half, top - half, x + half, hor + span * 0.02))
    sketch.ellipse(w / 2, foot + span * 0.22, w * 0.62, span * 0.27, lamplit(stage, "#8a6243"))
    for share in (0.9, 0.72, 0.54, 0.36):
        ring = [(w / 2 + w * 0.62 * share * float(np.cos(a)), foot + span * 0.22 + span * 0.27 * share * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 49)]  # fmt: skip
        sketch.line(ring, 1.6 * stage.unit, lamplit(stage, "#8a6243", 0.78))
    for shrink, local in ((1.0, "#7a2f3a"), (0.86, "#b8863f"), (0.76, "#8f3a44")):
        sketch.ellipse(stage.side_x(0.40), hor + span * 0.40, span * 0.42 * shrink, span * 0.075 * shrink, lamplit(stage, local))  # fmt: skip
    _four_poster(stage, sketch, stage.side_x(0.86), hor + span * 0.24)
    cx, cy = stage.side_x(0.14), hor + span * 0.22
    sketch.rect(cx - span * 0.10, cy - span * 0.11, cx + span * 0.10, cy, lamplit(stage, "#7a5236"))
    sketch.rect(cx - span * 0.105, cy - span * 0.125, cx + span * 0.105, cy - span * 0.095, lamplit(stage, "#9a6a44"))
    sketch.rect(
        cx - span * 0.010, cy - span * 0.185, cx + span * 0.010, cy - span * 0.125, lamplit(stage, "#f4efe0", 1.1)
    )
    sketch.ellipse(cx, cy - span * 0.20, span * 0.008, span * 0.018, rgb("#fff0b0"))
    sketch.stamp()
    lamps = [(cx, cy - span * 0.20, span * 0.62)]
    light_room(stage, lamps, from_window=False, level=0.94, warm="#ffb868")
    for x0, y0, x1, y1 in stage.windows:
        stage.canvas.glow(
            (x0 + x1) / 2, (y0 + y1) / 2, span * 0.26, stage.palette.low, 0.45 - 0.25 * stage.palette.darkness
        )
    stand(stage, "none")


def balcony(stage: Stage) -> None:
    """A balustrade of stone with pots of flowers, an open glazed door, and far below it the city or the sea."""
    paint_sky(stage)
    span, hor, palette, w, h = stage.span, stage.horizon, stage.palette, stage.width, stage.height
    if _SEASIDE & set(stage.brief.place_key.split()):
        paint_water(stage, top=hor, local="#2f86a5", mirror=0.5, chop=0.8, seed=53)
        paint_hill(stage, hill_line(stage, hor + span * 0.20, span * 0.03), nearness=0.5, local="#7f9a5a")
    else:
        paint_mountains(stage, top=hor - span * 0.13, foot=hor + 2, nearness=0.16, local="#8794a8", peaks=7)
        skyline(stage, foot=hor + span * 0.05, tall=span * 0.16, nearness=0.22, count=16, haze=0.6)
        house_row(stage, foot=hor + span * 0.11, tall=span * 0.10, nearness=0.36, haze=0.45)
        house_row(stage, foot=hor + span * 0.20, tall=span * 0.12, nearness=0.5, haze=0.3, steeple=False)
        tree_row(stage, foot=hor + span * 0.26, tall=span * 0.09, nearness=0.55, count=22, kind="broadleaf", haze=0.2)
    paint_mist(stage, hor + span * 0.08, span * 0.10, 0.25)
    edge = hor + span * 0.265
    sketch, stone = stage.sketch(), palette.shade("#e0d3bb", 0.72, 0.85)
    sketch.rect(-5, edge, w + 5, h + 5, palette.shade("#c99a72", 0.8, 0.85))
    depth = stage.eye_height * stage.focal_px / max(1.0, edge - hor)
    for index in range(-9, 10):
        for row in range(8):
            if (index + row) % 2:
                z = depth * 0.86**row
                flat(
                    stage,
                    sketch,
                    (index * 0.55, index * 0.55 + 0.55),
                    (z * 0.86, z),
                    palette.shade("#b5835c", 0.8, 0.85),
                )
    top = edge - span * 0.165
    for x in np.arange(span * 0.02, w, span * 0.062):
        _baluster(sketch, float(x), top + span * 0.02, edge, span * 0.020, stone)
    sketch.rect(-5, top, w + 5, top + span * 0.026, mix(stone, palette.key, 0.25))
    sketch.rect(-5, top + span * 0.026, w + 5, top + span * 0.033, stone * np.float32(0.7))
    sketch.rect(-5, edge - span * 0.020, w + 5, edge + span * 0.004, stone * np.float32(0.92))
    for share in (0.13, 0.62):
        x = stage.side_x(share)
        sketch.rect(
            x - span * 0.034, top - span * 0.012, x + span * 0.034, edge + span * 0.006, stone * np.float32(1.04)
        )
        sketch.rect(
            x - span * 0.042, top - span * 0.024, x + span * 0.042, top - span * 0.002, mix(stone, palette.key, 0.3)
        )
    _flower_pot(stage, sketch, stage.side_x(0.62), top - span * 0.024, span * 0.085)
    _flower_pot(stage, sketch, stage.side_x(0.73), edge + span * 0.12, span * 0.13)
    _glass_door(stage, sketch)
    sketch.stamp()
    stage.near, stage.tuft, stage.foot_limits = "none", "", (edge / h + 0.06, 0.97)


def volcano(stage: Stage) -> None:
    """A dark cone with fire in its mouth and lava down its flanks, a pillar of ash lit from below, black rocks."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    x, mouth = stage.side_x(0.68), hor - span * 0.30
    _ash(stage, x, mouth)
    paint_hill(stage, hill_line(stage, hor - span * 0.05, span * 0.04), nearness=0.25, local="#6f6468")
    xs = stage.canvas.columns
    off = np.abs(xs - np.float32(x))
    flank = mouth + np.maximum(0, off - span * 0.075) ** 0.86 * np.float32(0.86 * span**0.14)
    rough = stage.wave(rng, period_px=span * 0.10, octaves=4) * np.float32(span * 0.012)
    ridge = np.asarray(np.minimum(flank + rough, hor + span * 0.10), np.float32)
    paint_hill(stage, ridge, nearness=0.52, local="#5a4a4e", keep=0.75, fade=0.25)
    stage.canvas.glow(x, mouth, span * 0.36, rgb("#ff7a2a"), 0.75)
    lava = stage.sketch()
    for dx, lean, wide in ((-0.03, -0.35, 1.0), (0.025, 0.30, 0.8), (0.0, 0.04, 1.25)):
        path, y, px = [], mouth + span * 0.006, x + dx * span
        for step in range(13):
            path.append((px, y))
            y += span * 0.031
            px += lean * span * 0.045 + float(rng.uniform(-0.012, 0.012)) * span * (1 + step * 0.15)
        for share, local in ((1.0, "#d8401a"), (0.55, "#ff8a2a"), (0.24, "#ffe08a")):
            lava.taper(path, span * 0.026 * wide * share, span * 0.012 * wide * share, rgb(local))
    lava.ellipse(x, mouth + span * 0.004, span * 0.078, span * 0.013, rgb("#ffb347"))
    for _ in range(30):
        a, reach = float(rng.uniform(0.25, np.pi - 0.25)), span * float(rng.uniform(0.05, 0.22))
        bx, by = x + float(np.cos(a)) * reach * 0.8, mouth - float(np.sin(a)) * reach
        size = span * float(rng.uniform(0.003, 0.008))
        lava.ellipse(bx, by, size, size, rgb(("#ff7a2a", "#ffc04a", "#fff0b0")[int(rng.integers(0, 3))]))
    for a in np.linspace(0.7, np.pi - 0.7, 9):
        tall = span * float(rng.uniform(0.06, 0.14))
        tip = (x + float(np.cos(a)) * tall * 0.8, mouth - float(np.sin(a)) * tall)
        lava.taper([(x + float(np.cos(a)) * span * 0.04, mouth), ((x + tip[0]) / 2, mouth - tall * 0.62), tip], span * 0.018, span * 0.004, rgb("#ff9a3a"))  # fmt: skip
    lava.stamp(blur_px=0.7 * stage.unit)
    paint_ground(stage, local="#5f5450", top=hor + span * 0.085, texture=0.22, near_dark=0.4, far_fade=0.2)
    stage.canvas.glow(x, hor + span * 0.10, span * 0.75, rgb("#ff7a2a"), 0.28 + 0.2 * palette.darkness, squash=0.3)
    spots = [(float(rng.uniform(0, 1)) * stage.width, hor + span * float(rng.uniform(0.13, 0.26)), span * float(rng.uniform(0.015, 0.045))) for _ in range(13)]  # fmt: skip
    paint_rocks(stage, sorted(spots, key=lambda spot: spot[1]), local="#4f464a")
    stage.near, stage.tuft, stage.landmark = "none", "", (x, mouth, hor + span * 0.09)
    if palette.darkness > 0.3:
        stage.key, stage.key_x = rgb("#ff9a50"), x


def crystal_cave(stage: Stage) -> None:
    """The cave with clusters of tall crystals that shine violet, blue and rose on rock and pool."""
    cave(stage)
    stage.canvas.rgb *= np.array([0.62, 0.56, 0.78], np.float32)
    span, hor, rng = stage.span, stage.horizon, stage.place_rng
    tints = ("#b06aff", "#4fc8ff", "#ff6ab8", "#6affd0")
    spots = [(0.80, 0.20, 0.36), (0.92, 0.30, 0.46), (0.62, 0.09, 0.20), (0.12, 0.16, 0.26), (0.02, 0.30, 0.34), (0.50, 0.06, 0.13)]  # fmt: skip
    for index, (share, row, tall) in enumerate(sorted(spots, key=lambda spot: spot[1])):
        x, foot, size = stage.side_x(share), hor + span * row, span * tall
        tint = rgb(tints[index % 4])
        stage.canvas.glow(x, foot - size * 0.4, size * 1.5, tint, 0.55)
        stage.canvas.glow(x, foot, size * 1.3, tint, 0.45, squash=0.28)
        sketch = stage.sketch()
        for lean in sorted(rng.uniform(-0.85, 0.85, 7), key=abs, reverse=True):
            _crystal(sketch, x + float(lean) * size * 0.34, foot + size * 0.04, size * (1.0 - 0.55 * abs(float(lean))), float(lean), tint)  # fmt: skip
        sketch.stamp()
    for share, tall, local in ((0.30, 0.16, "#4fc8ff"), (0.70, 0.22, "#b06aff"), (0.44, 0.12, "#ff6ab8")):
        x, sketch = stage.side_x(share), stage.sketch()
        stage.canvas.glow(x, 0, span * tall * 1.8, rgb(local), 0.5)
        for lean in (-0.5, 0.4, 0.0):
            _crystal(sketch, x + lean * span * 0.06, -4, -span * tall * (1 - 0.4 * abs(lean)), lean, rgb(local))
        sketch.stamp()
    stage.near, stage.key, stage.key_x = "none", rgb("#c9a0ff"), stage.side_x(0.84)


def _four_poster(stage: Stage, sketch: Sketch, x: float, foot: float) -> None:
    """A bed with posts and curtains."""
    span, wood = stage.span, lamplit(stage, "#6b4329")
    half, top = span * 0.21, foot - span * 0.46
    sketch.rect(x - half, foot - span * 0.16, x + half, foot, wood)
    sketch.rect(x - half * 0.96, foot - span * 0.19, x + half * 0.96, foot - span * 0.05, lamplit(stage, "#3f5f9a"))
    sketch.rect(x - half * 0.96, foot - span * 0.20, x + half * 0.96, foot - span * 0.155, lamplit(stage, "#f4efe4"))
    for side in (-1, 1):
        px = x + side * half
        cloth = lamplit(stage, "#2f4f86", 0.9)
        sketch.poly([(px, top), (px - side * half * 0.42, top), (px - side * half * 0.14, foot - span * 0.20), (px, foot - span * 0.03)], cloth)  # fmt: skip
        sketch.rect(px - span * 0.012, top - span * 0.02, px + span * 0.012, foot + span * 0.015, wood)
    sketch.rect(x - half * 1.08, top - span * 0.03, x + half * 1.08, top + span * 0.03, lamplit(stage, "#3f5f9a"))
    sketch.rect(x - half * 1.08, top + span * 0.02, x + half * 1.08, top + span * 0.034, lamplit(stage, "#d9b04a"))


def _round_wall(stage: Stage, *, slits: bool = True) -> None:
    """Courses of stone that bend round the shaft, brighter in the middle, with slits for windows."""
    sketch, span, w, h, rng = stage.sketch(), stage.span, stage.width, stage.height, stage.place_rng
    row, high = -span * 0.1, span * 0.075
    index = 0
    while row < h:
        edges = np.sin(np.linspace(-1.45, 1.45, 15) + (0.10 if index % 2 else 0.0))
        for a, b in itertools.pairwise(edges):
            x0, x1 = w / 2 + float(a) * w * 0.56, w / 2 + float(b) * w * 0.56
            bend = [span * 0.10 * (1 - float(v) ** 2) for v in (a, b)]
            light = (0.62 + 0.36 * (1 - ((float(a) + float(b)) / 2) ** 2)) * float(rng.uniform(0.92, 1.06))
            sketch.poly([(x0 + 1, row - bend[0]), (x1 - 1, row - bend[1]), (x1 - 1, row + high - 2 - bend[1]), (x0 + 1, row + high - 2 - bend[0])], lamplit(stage, "#a89882", light))  # fmt: skip
        row, index = row + high, index + 1
    for share, y in ((0.36, 0.12), (0.94, 0.26)) if slits else ():
        x, top = stage.side_x(share), span * y
        sketch.rect(
            x - span * 0.042, top - span * 0.015, x + span * 0.042, top + span * 0.215, lamplit(stage, "#5f5548", 0.8)
        )
        sketch.rect(x - span * 0.026, top, x + span * 0.026, top + span * 0.20, mix(stage.palette.mid, stage.palette.low, 0.4))  # fmt: skip
        stage.windows.append((x - span * 0.026, top, x + span * 0.026, top + span * 0.20))
    sketch.stamp()


def _flight(stage: Stage, x: float, reach: float, *, is_front: bool) -> None:
    """The steps before the pillar or those behind it, low ones first; the rope along their outer ends."""
    span, hor = stage.span, stage.horizon
    sketch, foot, rise, turn = stage.sketch(), hor + span * 0.30, span * 0.047, 0.36
    start, rope = 2.6 if stage.hero_side < 0 else 0.54, []
    way = 1 if stage.hero_side < 0 else -1
    for step in range(20):
        a = start + way * turn * step
        is_near = float(np.sin(a)) > -0.05
        y = foot - rise * step
        ends = []
        for angle in (a, a + way * turn * 1.06):
            ends.append((x + float(np.cos(angle)) * reach, y + float(np.sin(angle)) * reach * 0.24))
        rope.append((is_near, (ends[0][0], ends[0][1] - span * 0.13)))
        if is_near != is_front:
            continue
        light = (1.0 if is_front else 0.66) + 0.10 * float(np.cos(a)) * stage.hero_side
        hub = (x, y)
        sketch.poly([hub, *ends], lamplit(stage, "#cdbfa8", light * 1.12))
        for p, q in ((hub, ends[0]), (ends[0], ends[1])):
            sketch.poly(
                [p, q, (q[0], q[1] + rise * 1.08), (p[0], p[1] + rise * 1.08)], lamplit(stage, "#a89a84", light * 0.78)
            )
        sketch.line([hub, ends[0], ends[1]], 1.6 * stage.unit, lamplit(stage, "#e6dac4", light))
    for (near_a, p), (near_b, q) in itertools.pairwise(rope):
        if near_a == near_b == is_front:
            sketch.line([p, q], 3.4 * stage.unit, lamplit(stage, "#6b4a2c", 1.0))
            if is_front:
                sketch.line([p, (p[0], p[1] + span * 0.13)], 2.2 * stage.unit, lamplit(stage, "#4f4a46", 1.0))
    sketch.stamp()


def _baluster(sketch: Sketch, x: float, top: float, foot: float, half: float, stone: Array) -> None:
    shape = ((0.5, 0.0), (0.5, 0.10), (0.28, 0.16), (0.34, 0.34), (0.95, 0.62), (0.75, 0.80), (0.36, 0.88), (0.75, 1.0))
    tall = foot - top
    right = [(x + half * wide, top + tall * t) for wide, t in shape]
    sketch.poly([*[(2 * x - px, py) for px, py in right], *right[::-1]], stone * np.float32(0.94))
    sketch.line([(px - half * 0.35, py) for px, py in right[2:7]], max(1.0, half * 0.16), stone * np.float32(1.12))


def _flower_pot(stage: Stage, sketch: Sketch, x: float, foot: float, size: float) -> None:
    rng, palette = np.random.default_rng(7), stage.palette
    sketch.poly([(x - size * 0.42, foot - size * 0.62), (x + size * 0.42, foot - size * 0.62), (x + size * 0.30, foot), (x - size * 0.30, foot)], palette.shade("#c9653f", 0.85, 0.9))  # fmt: skip
    sketch.rect(
        x - size * 0.47, foot - size * 0.70, x + size * 0.47, foot - size * 0.56, palette.shade("#d97a50", 0.85, 0.9)
    )
    for _ in range(9):
        dx, dy = float(rng.uniform(-0.5, 0.5)), float(rng.uniform(0.75, 1.25))
        leafy(sketch, rng, x + dx * size, foot - dy * size, size * 0.22, palette.shade("#4f8f45", 0.85, 0.9, float(rng.uniform(0.8, 1.1))))  # fmt: skip
    for _ in range(14):
        dx, dy = float(rng.uniform(-0.55, 0.55)), float(rng.uniform(0.75, 1.4))
        sketch.ellipse(
            x + dx * size, foot - dy * size, size * 0.085, size * 0.085, palette.shade("#e0406a", 0.9, 1.0, 1.1)
        )


def _glass_door(stage: Stage, sketch: Sketch) -> None:
    """The wall of the house at the edge away from the hero, its shutter, and warm light within after dark."""
    span, h, palette, inward = stage.span, stage.height, stage.palette, stage.hero_side
    edge = stage.side_x(1.0)

    def x(reach: float) -> float:
        return edge + inward * span * reach

    wall, wood = palette.shade("#e8d2a8", 0.85, 0.9), palette.shade("#3f7a78", 0.85, 0.9)
    sketch.poly([(x(-0.02), -5), (x(0.19), -5), (x(0.19), h * 0.90), (x(-0.02), h + 5)], wall)
    room = mix(palette.shade("#5a4a40", 0.85, 0.9), palette.lamp, 0.15 + 0.6 * palette.darkness)
    sketch.poly([(x(-0.02), h * 0.06), (x(0.115), h * 0.10), (x(0.115), h * 0.925), (x(-0.02), h + 5)], room)
    sketch.poly([(x(0.115), h * 0.10), (x(0.185), h * 0.08), (x(0.185), h * 0.905), (x(0.115), h * 0.925)], wood)
    for y in np.arange(0.12, 0.88, 0.030):
        sketch.line(
            [(x(0.125), h * (float(y) + 0.012)), (x(0.175), h * float(y))], 2.2 * stage.unit, wood * np.float32(0.78)
        )
    cloth = palette.shade("#fbf6ea", 0.9, 0.95, 1.05)
    sketch.poly([(x(-0.02), h * 0.06), (x(0.075), h * 0.085), (x(0.060), h * 0.45), (x(0.095), h * 0.80), (x(-0.02), h * 0.88)], cloth)  # fmt: skip
    for reach in (0.012, 0.035, 0.055):
        sketch.line([(x(reach), h * 0.08), (x(reach * 0.8), h * 0.45), (x(reach * 1.2), h * 0.82)], 2 * stage.unit, cloth * np.float32(0.86))  # fmt: skip


def _ash(stage: Stage, x: float, mouth: float) -> None:
    """A pillar that rises, leans and spreads, red underneath."""
    sketch, rng, palette, span = stage.sketch(), stage.place_rng, stage.palette, stage.span
    lean = -stage.hero_side * -1 * span
    grey = palette.shade("#6a6068", 0.6, 0.8)
    for step in range(44):
        t = step / 43
        radius = span * (0.045 + 0.13 * t) * float(rng.uniform(0.75, 1.2))
        cx = x + lean * 0.30 * t**2 + float(rng.uniform(-0.06, 0.06)) * span * (0.4 + 2 * t)
        cy = mouth - span * 0.04 - (mouth + span * 0.06) * t**0.9
        hot = float(smoothstep(0.45, 0.0, np.array(t, np.float32)))
        tone = mix(grey * np.float32(rng.uniform(0.8, 1.2)), rgb("#ff8a4a"), 0.65 * hot)
        leafy(sketch, rng, cx, cy, radius, tone)
        leafy(sketch, rng, cx - radius * 0.25, cy - radius * 0.3, radius * 0.55, mix(tone, palette.low, 0.30))
    sketch.stamp(opacity=0.92, blur_px=2.5 * stage.unit)


def _crystal(sketch: Sketch, x: float, foot: float, tall: float, lean: float, tint: Array) -> None:
    """A six-sided point: a bright face, a plain one, a dark one. ``tall`` < 0 hangs."""
    half = abs(tall) * 0.115
    tip, neck = (x + lean * abs(tall) * 0.55, foot - tall), 0.76
    nx, ny = x + lean * abs(tall) * 0.55 * neck, foot - tall * neck
    for a, b, share, is_lit in ((-1.0, -0.25, 0.62, True), (-0.25, 0.45, 0.30, True), (0.45, 1.0, 0.42, False)):
        tone = mix(tint, rgb("#ffffff" if is_lit else "#1c1440"), share)
        sketch.poly([(x + a * half, foot), (nx + a * half, ny), tip, (nx + b * half, ny), (x + b * half, foot)], tone)
