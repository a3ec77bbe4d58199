"""Works under the sky: a building site, a port of cranes, an oil rig at sea, a motorway."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import block, flat, lattice, tone_at
from studio.engines.storyboard.places.buildings import skyline
from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill, paint_water
from studio.engines.storyboard.places.vegetation import tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_BOXES = ("#c94f3a", "#3f78a8", "#e0a53a", "#4f8f6a", "#8f5a8a", "#d9d3c4", "#b5703a")


def building_site(stage: Stage) -> None:
    """A skeleton of concrete floors, a tower crane over it, heaps of sand, bricks, a striped barrier."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    skyline(stage, foot=hor + span * 0.02, tall=span * 0.22, nearness=0.18, count=14, haze=0.6)
    paint_ground(stage, local="#b8946a", top=hor + span * 0.01, texture=0.20, near_dark=0.35)
    sketch, far = stage.sketch(), -stage.hero_side
    left, right = sorted((far * 0.9, far * 6.4))
    for floor in range(4):
        y = floor * 1.05
        for x in np.linspace(left + 0.15, right - 0.15, 5):
            block(stage, sketch, (float(x) - 0.1, float(x) + 0.1), (y, y + 1.05), (8.0, 8.3), "#b9b3a8", 0.9)
        block(stage, sketch, (left, right), (y + 0.90, y + 1.05), (7.7, 9.0), "#cfc9bc", 0.96 + 0.04 * floor)
    for x in np.linspace(left + 0.15, right - 0.15, 5):
        for dx in (-0.06, 0.06):
            sketch.line([stage.at(float(x) + dx, 4.2, 8.0), stage.at(float(x) + dx, 4.7, 8.0)], 1.6 * stage.unit, tone_at(stage, "#8a4f38", 8))  # fmt: skip
    _scaffold(stage, sketch, sorted((far * 0.9, far * 2.4)))
    sketch.stamp(haze=0.12, haze_colour=palette.low)
    _tower_crane(stage, far)
    heap, top = stage.sketch(), tone_at(stage, "#d9b778", 5)
    for x, z, high in ((-far * 3.4, 6.5, 0.9), (-far * 4.6, 7.2, 0.7)):
        (cx, foot), size = stage.at(x, 0, z), stage.focal_px / z * high
        heap.poly([(cx - size * 1.6, foot), (cx - size * 0.5, foot - size * 0.8), (cx, foot - size), (cx + size * 0.6, foot - size * 0.7), (cx + size * 1.6, foot)], top)  # fmt: skip
        heap.poly([(cx, foot - size), (cx + size * 0.6, foot - size * 0.7), (cx + size * 1.6, foot), (cx + size * 0.2, foot)], top * np.float32(0.78))  # fmt: skip
    for row in range(4):
        block(stage, heap, (far * 1.9 - 0.45, far * 1.9 + 0.45), (row * 0.13, row * 0.13 + 0.12), (4.6, 5.0), "#b8593f", 0.92 + 0.06 * (row % 2))  # fmt: skip
    _barrier(stage, heap, far * 1.0, far * 3.6, 3.6)
    heap.stamp()
    stage.near, stage.tuft = "none", ""


def crane_port(stage: Stage) -> None:
    """Gantry cranes against the sky, a ship laden with boxes, stacks of containers on the quay."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_hill(stage, hill_line(stage, hor - span * 0.02, span * 0.02), nearness=0.2, local="#8fa0a8")
    _laden_ship(stage, hor + span * 0.035)
    paint_water(stage, top=hor + span * 0.03, local="#3a7f92", mirror=0.55, chop=0.9, seed=31)
    edge = hor + span * 0.11
    paint_ground(stage, local="#a8a59c", top=edge, texture=0.07, near_dark=0.3, far_fade=0.2)
    for share, size in ((0.86, 0.82), (0.60, 1.0)):
        _gantry(stage, stage.side_x(share), edge + span * 0.03, span * 0.56 * size)
    sketch, rng, far = stage.sketch(), stage.place_rng, -stage.hero_side
    for z, xs, floors in ((9.0, (-4.6, -3.3, 3.9, 5.2), 3), (6.0, (4.2, -4.4), 2)):
        for x in xs:
            for floor in range(floors - int(rng.integers(0, 2))):
                local = _BOXES[int(rng.integers(0, len(_BOXES)))]
                _container(stage, sketch, (far * x - 0.6, far * x + 0.6), floor * 0.75, z, local)
    sketch.stamp()
    stage.water_foot = hor + span * 0.075
    stage.near, stage.tuft, stage.foot_limits = "none", "", (0.72, 0.97)


def oil_rig(stage: Stage) -> None:
    """A rig on its legs in the open sea: derrick, flare and cranes; one stands on the deck of another."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_water(stage, top=hor, local="#2a6a80", mirror=0.4, chop=1.5, seed=41)
    x = stage.side_x(0.68)
    _rig(stage, x, hor + span * 0.09, span * 0.60)
    deck, sketch = hor + span * 0.30, stage.sketch()
    plate = palette.shade("#8f979c", 0.8, 0.75)
    sketch.rect(-5, deck, stage.width + 5, stage.height + 5, plate)
    sketch.rect(-5, deck, stage.width + 5, deck + span * 0.014, plate * np.float32(1.2))
    for row in (0.05, 0.10, 0.16):
        sketch.rect(
            -5, deck + span * row, stage.width + 5, deck + span * row + 1.6 * stage.unit, plate * np.float32(0.8)
        )
    for step in np.linspace(-0.4, 1.4, 25):
        a, b = stage.width * float(step), stage.width * (0.5 + (float(step) - 0.5) * 1.7)
        sketch.line([(a, deck), (b, stage.height + 5)], 1.4 * stage.unit, plate * np.float32(0.84))
    yellow = palette.shade("#f0b92f", 0.8, 0.9)
    for row in (0.0, -0.055, -0.105):
        sketch.rect(-5, deck + span * row - span * 0.006, stage.width + 5, deck + span * row + span * 0.003, yellow)
    for share in np.arange(0.0, stage.width + span * 0.2, span * 0.19):
        sketch.rect(float(share) - span * 0.005, deck - span * 0.11, float(share) + span * 0.005, deck, yellow * np.float32(0.9))  # fmt: skip
    _pipes(stage, sketch, stage.side_x(0.90), deck + span * 0.10)
    sketch.stamp()
    stage.near, stage.tuft, stage.foot_limits = "none", "", (deck / stage.height + 0.05, 0.97)


def motorway(stage: Stage) -> None:
    """Six lanes between guard rails, a gantry of signs, tall lamps, a bridge across, lights of far cars."""
    paint_sky(stage)
    span, hor, palette, at = stage.span, stage.horizon, stage.palette, stage.at
    paint_hill(stage, hill_line(stage, hor - span * 0.05, span * 0.04), nearness=0.25, local="#86a080")
    tree_row(stage, foot=hor + span * 0.02, tall=span * 0.07, nearness=0.38, count=30, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#8fa05f", top=hor, texture=0.10, near_dark=0.3)
    sketch, far_z = stage.sketch(), 70.0
    tar = palette.shade("#5f5f66", 0.7, 0.75)
    flat(stage, sketch, (-6.4, 6.4), (0.7, far_z), tar)
    white = palette.shade("#f0ede2", 0.75, 0.8)
    for x in (-6.1, -0.75, 0.65, 6.0):
        flat(stage, sketch, (x, x + 0.09), (0.7, far_z), white)
    for x in (-4.35, -2.55, 2.45, 4.25):
        z = 1.0
        while z < 40:
            flat(stage, sketch, (x, x + 0.07), (z, z + 1.1), white)
            z += 2.4
    block(stage, sketch, (-0.12, 0.12), (0, 0.42), (2.6, far_z), "#b9b5ab")
    for side in (-1, 1):
        rail = [at(side * 6.6, y, z) for y, z in ((0.28, 1.6), (0.28, far_z), (0.44, far_z), (0.44, 1.6))]
        sketch.poly(rail, palette.shade("#b9c0c6", 0.6, 0.7))
    sketch.stamp()
    paint_mist(stage, hor + span * 0.01, span * 0.05, 0.4)
    _overpass(stage)
    _traffic(stage)
    _sign_gantry(stage)
    stage.near, stage.tuft = "none", ""


def _scaffold(stage: Stage, sketch: Sketch, x: list[float]) -> None:
    steel = tone_at(stage, "#d9a03a", 7.6)
    for px in np.linspace(x[0], x[1], 4):
        sketch.line([stage.at(float(px), 0, 7.5), stage.at(float(px), 4.2, 7.5)], 2.2 * stage.unit, steel)
    for y in (0.5, 1.45, 2.5, 3.55):
        sketch.line([stage.at(x[0], y, 7.5), stage.at(x[1], y, 7.5)], 2.2 * stage.unit, steel)
        sketch.line([stage.at(x[0], y, 7.5), stage.at(x[1], y + 1.0, 7.5)], 1.4 * stage.unit, steel)


def _tower_crane(stage: Stage, far: int) -> None:
    """Mast, long arm toward the hero's side, counterweight, cab, and a beam on its hook."""
    sketch, span, unit = stage.sketch(), stage.span, stage.unit
    x, foot, head = stage.side_x(0.90), stage.horizon + span * 0.03, stage.horizon - span * 0.37
    steel = mix(stage.palette.shade("#e8a82f", 0.6, 0.85), stage.palette.near, 0.08)
    lattice(sketch, (x, foot), (x, head), span * 0.034, 2.6 * unit, steel)
    tip, tail = x + far * -1 * span * 0.95, x + far * span * 0.20
    lattice(sketch, (x, head), (tip, head), span * 0.026, 2.4 * unit, steel)
    lattice(sketch, (x, head), (tail, head), span * 0.026, 2.4 * unit, steel)
    peak = (x, head - span * 0.085)
    for end in ((x + (tip - x) * 0.75, head), (tail, head)):
        sketch.line([peak, end], 1.8 * unit, steel * np.float32(0.8))
    sketch.line([(x, head), peak], 4 * unit, steel)
    sketch.rect(min(tail, tail - far * span * 0.06), head, max(tail, tail - far * span * 0.06), head + span * 0.06, stage.palette.shade("#8a8f94", 0.6, 0.7))  # fmt: skip
    sketch.rect(x - span * 0.022, head + span * 0.012, x + span * 0.022, head + span * 0.055, stage.palette.shade("#3f6f8f", 0.6, 0.8))  # fmt: skip
    hook = x + (tip - x) * 0.62
    low = head + span * 0.19
    sketch.line([(hook, head), (hook, low)], 1.6 * unit, stage.palette.shade("#3a3a40", 0.7, 0.7))
    for side in (-1, 1):
        sketch.line([(hook, low), (hook + side * span * 0.07, low + span * 0.035)], 1.4 * unit, stage.palette.shade("#3a3a40", 0.7, 0.7))  # fmt: skip
    sketch.rect(hook - span * 0.09, low + span * 0.035, hook + span * 0.09, low + span * 0.052, stage.palette.shade("#b5503a", 0.65, 0.85))  # fmt: skip
    sketch.stamp()


def _barrier(stage: Stage, sketch: Sketch, x0: float, x1: float, z: float) -> None:
    x0, x1 = min(x0, x1), max(x0, x1)
    for x in (x0 + 0.25, x1 - 0.25):
        block(stage, sketch, (x - 0.05, x + 0.05), (0, 0.55), (z, z + 0.1), "#8a8f94")
    count = 9
    for index in range(count):
        a, b = x0 + (x1 - x0) * index / count, x0 + (x1 - x0) * (index + 1) / count
        block(stage, sketch, (a, b), (0.36, 0.56), (z - 0.03, z), "#e0452f" if index % 2 else "#f7f2e8", 1.05)


def _laden_ship(stage: Stage, foot: float) -> None:
    sketch, span, palette, rng = stage.sketch(), stage.span, stage.palette, stage.place_rng
    left, right = sorted((stage.side_x(0.30), stage.side_x(0.98)))
    hull = palette.shade("#8f3f38", 0.5, 0.75)
    sketch.poly([(left, foot - span * 0.075), (right, foot - span * 0.065), (right - span * 0.02, foot + 3), (left + span * 0.05, foot + 3)], hull)  # fmt: skip
    sketch.rect(left + span * 0.03, foot - span * 0.012, right - span * 0.02, foot + 3, hull * np.float32(0.65))
    wide = span * 0.055
    x = left + span * 0.10
    while x + wide < right - span * 0.14:
        for floor in range(int(rng.integers(2, 5))):
            tone = palette.shade(_BOXES[int(rng.integers(0, len(_BOXES)))], 0.5, 0.8)
            sketch.rect(x, foot - span * (0.072 + 0.028 * (floor + 1)), x + wide - 1, foot - span * (0.072 + 0.028 * floor) - 1, tone)  # fmt: skip
        x += wide
    white = palette.shade("#f2efe6", 0.5, 0.8)
    sketch.rect(right - span * 0.13, foot - span * 0.24, right - span * 0.05, foot - span * 0.06, white)
    sketch.rect(right - span * 0.135, foot - span * 0.215, right - span * 0.045, foot - span * 0.195, palette.shade("#3f5a70", 0.5, 0.8))  # fmt: skip
    sketch.stamp(haze=0.22, haze_colour=palette.low)


def _gantry(stage: Stage, x: float, foot: float, tall: float) -> None:
    """A container crane: four legs, the high boom out over the water, cab and hanging box."""
    sketch, palette, unit, out = stage.sketch(), stage.palette, stage.unit, stage.hero_side
    steel = palette.shade("#3f6fa0", 0.58, 0.85)
    lit, half, beam = mix(steel, palette.key, 0.22), tall * 0.20, foot - tall * 0.62
    for dx, shade in ((-1.0, 1.0), (1.0, 1.0), (-0.62, 0.78), (0.62, 0.78)):
        sketch.rect(x + dx * half - tall * 0.016, beam, x + dx * half + tall * 0.016, foot, steel * np.float32(shade))
    for y in (foot - tall * 0.26, beam):
        sketch.rect(x - half, y - tall * 0.018, x + half, y + tall * 0.018, lit)
    sketch.line([(x - half, foot - tall * 0.24), (x + half, beam)], tall * 0.018, steel)
    boom_y = beam - tall * 0.06
    ends = (x - out * tall * 0.28, x + out * tall * 0.78)
    lattice(sketch, (ends[0], boom_y), (ends[1], boom_y), tall * 0.055, 2.2 * unit, lit)
    peak = (x - out * half * 0.2, foot - tall)
    sketch.line([(x - half, beam), peak, (x + half, beam)], tall * 0.026, steel)
    for end in (*ends, x + out * tall * 0.45):
        sketch.line([peak, (end, boom_y)], 1.8 * unit, steel * np.float32(0.85))
    hook = x + out * tall * 0.50
    for dx in (-0.03, 0.03):
        sketch.line([(hook + dx * tall, boom_y), (hook + dx * tall, boom_y + tall * 0.22)], 1.3 * unit, palette.shade("#33363c", 0.7, 0.7))  # fmt: skip
    sketch.rect(hook - tall * 0.085, boom_y + tall * 0.22, hook + tall * 0.085, boom_y + tall * 0.29, palette.shade("#c94f3a", 0.65, 0.85))  # fmt: skip
    sketch.stamp(haze=0.08, haze_colour=palette.low)


def _container(stage: Stage, sketch: Sketch, x: tuple[float, float], y: float, z: float, local: str) -> None:
    block(stage, sketch, x, (y, y + 0.74), (z, z + 0.8), local)
    for share in np.linspace(0.08, 0.92, 9).tolist():
        px = x[0] + (x[1] - x[0]) * share
        a, b = stage.at(px, y + 0.05, z), stage.at(px, y + 0.69, z)
        sketch.line([a, b], 1.5 * stage.unit, tone_at(stage, local, z, 0.84))


def _rig(stage: Stage, x: float, foot: float, tall: float) -> None:
    sketch, palette, unit = stage.sketch(), stage.palette, stage.unit
    steel = palette.shade("#7f8a92", 0.6, 0.75)
    lit, rust = mix(steel, palette.key, 0.25), palette.shade("#d9782f", 0.6, 0.85)
    deck, half = foot - tall * 0.34, tall * 0.42
    for dx in (-0.82, -0.30, 0.30, 0.82):
        sketch.rect(x + dx * half - tall * 0.028, deck, x + dx * half + tall * 0.028, foot + tall * 0.03, rust)
    for a, b in ((-0.82, -0.30), (-0.30, 0.30), (0.30, 0.82)):
        sketch.line([(x + a * half, deck), (x + b * half, foot)], 2.4 * unit, rust * np.float32(0.8))
        sketch.line([(x + b * half, deck), (x + a * half, foot)], 2.4 * unit, rust * np.float32(0.8))
    sketch.rect(x - half * 1.08, deck - tall * 0.05, x + half * 1.08, deck + tall * 0.02, steel)
    sketch.rect(x - half * 1.08, deck - tall * 0.05, x + half * 1.08, deck - tall * 0.036, lit)
    for dx, wide, high, local in ((-0.72, 0.42, 0.13, "#e6e2d6"), (-0.20, 0.34, 0.09, "#c9a03a"), (0.72, 0.40, 0.17, "#e6e2d6")):  # fmt: skip
        px = x + dx * half
        sketch.rect(px - wide * half / 2, deck - tall * (0.05 + high), px + wide * half / 2, deck - tall * 0.05, palette.shade(local, 0.6, 0.8))  # fmt: skip
        for row in range(2):
            sketch.rect(px - wide * half * 0.4, deck - tall * (0.075 + 0.045 * row), px + wide * half * 0.4, deck - tall * (0.062 + 0.045 * row), mix(steel * np.float32(0.5), palette.lamp, palette.darkness))  # fmt: skip
    base, head = deck - tall * 0.05, foot - tall
    cx, dark = x + half * 0.22, mix(palette.shade("#39424a", 0.8, 0.8, 0.8), palette.near, 0.3)
    for side in (-1, 1):
        sketch.line([(cx + side * tall * 0.12, base), (cx + side * tall * 0.028, head)], 6.0 * unit, dark)
    for step in range(7):
        t0, t1 = step / 7, (step + 1) / 7
        w0, w1 = tall * (0.12 - 0.092 * t0), tall * (0.12 - 0.092 * t1)
        y0, y1 = base + (head - base) * t0, base + (head - base) * t1
        for ends in ([(cx - w0, y0), (cx + w1, y1)], [(cx + w0, y0), (cx - w1, y1)], [(cx - w1, y1), (cx + w1, y1)]):
            sketch.line(ends, 3.0 * unit, dark)
    out = 1 if x < stage.width / 2 else -1
    fx, fy = x + out * -1 * half * 1.55, deck - tall * 0.30
    sketch.line([(x + out * -1 * half, deck), (fx, fy)], 7 * unit, steel * np.float32(0.8))
    sketch.stamp(haze=0.04, haze_colour=palette.low)
    flame = stage.sketch()
    for share, local in ((1.0, "#f0702a"), (0.62, "#ffb23f"), (0.32, "#fff0b8")):
        size = tall * 0.16 * share
        flame.poly([(fx - size * 0.28, fy), (fx - size * 0.45, fy - size * 0.45), (fx - out * size * 0.3, fy - size), (fx + size * 0.4, fy - size * 0.4), (fx + size * 0.28, fy)], rgb(local))  # fmt: skip
    flame.stamp(blur_px=1.2 * unit)
    stage.canvas.glow(fx, fy - tall * 0.06, tall * 0.45, rgb("#ff9a48"), 0.40 + 0.35 * palette.darkness)


def _pipes(stage: Stage, sketch: Sketch, x: float, foot: float) -> None:
    palette, span = stage.palette, stage.span
    for dx, tall, local in ((0.0, 0.30, "#c94f3a"), (0.055, 0.24, "#8f979c"), (-0.055, 0.20, "#e0a53a")):
        tone = palette.shade(local, 0.85, 0.8, 0.85)
        px = x + dx * span
        sketch.rect(px - span * 0.018, foot - span * tall, px + span * 0.018, foot, tone)
        sketch.rect(px - span * 0.018, foot - span * tall, px - span * 0.008, foot, mix(tone, palette.key, 0.3))
        sketch.ellipse(px, foot - span * tall, span * 0.030, span * 0.012, tone * np.float32(0.75))
        sketch.ellipse(px, foot - span * tall * 0.55, span * 0.034, span * 0.034, palette.shade("#b5302a", 0.85, 0.85))
        sketch.ellipse(px, foot - span * tall * 0.55, span * 0.020, span * 0.020, tone)


def _overpass(stage: Stage) -> None:
    sketch, palette = stage.sketch(), stage.palette
    stone = palette.shade("#b9b3a6", 0.5, 0.7)
    (x0, y0), (x1, y1) = stage.at(-14, 2.55, 17), stage.at(14, 2.15, 17)
    for x in (-8.2, 0.0, 8.2):
        a, b = stage.at(x - 0.35, 0, 17), stage.at(x + 0.35, 2.2, 17)
        sketch.rect(a[0], b[1], b[0], a[1], stone * np.float32(0.8))
    sketch.rect(x0, y0, x1, y1, stone)
    sketch.rect(x0, y0 - 2, x1, y0 + 2, mix(stone, palette.key, 0.3))
    sketch.stamp(haze=0.25, haze_colour=palette.low)


def _sign_gantry(stage: Stage) -> None:
    sketch, palette = stage.sketch(), stage.palette
    steel = palette.shade("#8f979c", 0.65, 0.7)
    z = 7.5
    for x in (-6.9, 6.9):
        block(stage, sketch, (x - 0.10, x + 0.10), (0, 3.2), (z, z + 0.2), "#8f979c")
    lattice(sketch, stage.at(-6.9, 3.1, z), stage.at(6.9, 3.1, z), 0.26 * stage.focal_px / z, 2 * stage.unit, steel)
    for x in (-3.6, 3.6):
        a, b = stage.at(x - 2.0, 2.35, z), stage.at(x + 2.0, 3.5, z)
        sketch.rect(a[0] - 3, b[1] - 3, b[0] + 3, a[1] + 3, palette.shade("#f2f2ec", 0.7, 0.9))
        sketch.rect(a[0], b[1], b[0], a[1], palette.shade("#1f5fa8", 0.75, 0.95, 1.1))
        size, white = b[0] - a[0], palette.shade("#f7f7f2", 0.75, 0.95, 1.1)
        for share in (0.25, 0.75):
            cx, low, top = a[0] + size * share, a[1] - size * 0.04, a[1] - size * 0.16
            sketch.rect(cx - size * 0.018, top, cx + size * 0.018, low, white)
            sketch.poly([(cx - size * 0.055, top), (cx + size * 0.055, top), (cx, top - size * 0.06)], white)
    sketch.stamp()


def _traffic(stage: Stage) -> None:
    """Small cars far off: lights that come, lights that go."""
    sketch, palette, rng = stage.sketch(), stage.palette, stage.shot_rng
    tints, lights = ("#c94f3a", "#e6e2d6", "#3f6f9a", "#3a3f46"), []
    for x, z in ((-5.2, 9.0), (-3.4, 13.0), (-1.7, 20.0), (5.2, 12.0), (3.4, 24.0), (1.7, 15.5), (-5.2, 30.0)):
        local = tints[int(rng.integers(0, 4))]
        block(stage, sketch, (x - 0.42, x + 0.42), (0.08, 0.42), (z, z + 1.4), local)
        block(stage, sketch, (x - 0.33, x + 0.33), (0.42, 0.72), (z + 0.25, z + 1.1), local, 0.8)
        glow = "#ff4a36" if x * stage.hero_side > 0 else "#fff2c0"
        for dx in (-0.32, 0.32):
            lights.append((*stage.at(x + dx, 0.30, z), stage.focal_px / z, glow))
    sketch.stamp(haze=0.08, haze_colour=palette.low)
    for px, py, size, glow in lights:
        stage.canvas.glow(
            px, py, size * (0.09 + 0.30 * palette.darkness) + 1.5, rgb(glow), 0.7 + 0.3 * palette.darkness
        )
