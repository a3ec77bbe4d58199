"""What crosses valleys and waters: viaducts, hanging bridges, dams, and the bridges of a city of canals."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import arch_outline, cut_out
from studio.engines.storyboard.places.buildings import house_row
from studio.engines.storyboard.places.terrain import (
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_path,
    paint_water,
)
from studio.engines.storyboard.places.vegetation import paint_grass, tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Sketch, mix
from studio.engines.storyboard.sheet.stage import Stage, seed_of


def viaduct(stage: Stage) -> None:
    """Tall slender arches from hill to hill across a green valley; trains run on top."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_mountains(stage, top=hor - span * 0.26, foot=hor + 2, nearness=0.16, local="#7f8fa8", snow=0.25, peaks=6)
    paint_hill(stage, hill_line(stage, hor - span * 0.05, span * 0.05), nearness=0.26, local="#86a878")
    paint_hill(stage, hill_line(stage, hor + span * 0.02, span * 0.04), nearness=0.40, local="#74a05a")
    tree_row(stage, foot=hor + span * 0.08, tall=span * 0.06, nearness=0.45, count=24, kind="broadleaf", haze=0.4)
    paint_ground(stage, local="#7fa850", top=hor + span * 0.075, texture=0.08, far_fade=0.4, near_dark=0.2)
    paint_path(stage, local="#5fa6cc", to_x=stage.side_x(0.72), far_y=hor + span * 0.085, near_width=2.6, bend=0.12)
    deck = hor - span * 0.075
    _tall_arches(stage, deck, hor + span * 0.26)
    paint_mist(stage, hor + span * 0.14, span * 0.07, 0.22)
    edge = hor + span * 0.26
    ridge = hill_line(stage, edge, span * 0.035, period=0.7)
    paint_ground(stage, local="#6f9848", top=edge, ridge=ridge, texture=0.12, far_fade=0.0)
    paint_grass(stage, local="#6f9848", top=edge + span * 0.03, amount=240, flowers="#f2e07a")
    stage.deck_foot = deck - span * 0.004
    stage.near, stage.tuft, stage.foot_limits = "grass", "#6f9848", (edge / stage.height + 0.08, 0.97)


def hanging_bridge(stage: Stage) -> None:
    """Two towers, a road hung from great cables over a wide water, a city on the far bank."""
    paint_sky(stage)
    span, hor, w = stage.span, stage.horizon, stage.width
    paint_mountains(stage, top=hor - span * 0.16, foot=hor + 2, nearness=0.18, local="#7f8fa8", peaks=7)
    house_row(stage, foot=hor + span * 0.015, tall=span * 0.05, nearness=0.3, haze=0.55)
    paint_water(stage, top=hor + span * 0.015, local="#3a7f98", mirror=0.5, chop=0.9, seed=17)
    deck = hor - span * 0.055
    palette, sketch = stage.palette, stage.sketch()
    steel, lit = palette.shade("#b8503a", 0.6, 0.8, 0.9), palette.shade("#d9694c", 0.65, 0.85, 1.1)
    towers = (w * 0.24, w * 0.78)
    head = hor - span * 0.40
    for left, right in ((-w * 0.30, towers[0]), (towers[0], towers[1]), (towers[1], w * 1.32)):
        wide = right - left
        low = deck - span * 0.02
        cable = [
            (
                left + wide * t,
                low - (low - head) * (2 * t - 1) ** 2 if 0 < left < w * 0.5 else _anchor(t, left, low, head),
            )
            for t in np.linspace(0, 1, 33).tolist()
        ]
        for x, y in cable[1:-1]:
            sketch.line([(x, y), (x, deck)], 1.1 * stage.unit, steel)
        sketch.line(cable, 4 * stage.unit, lit)
    sketch.rect(-5, deck - span * 0.008, w + 5, deck + span * 0.020, steel)
    sketch.rect(-5, deck - span * 0.008, w + 5, deck, lit)
    for x in towers:
        for dx in (-0.020, 0.020):
            sketch.rect(x + span * (dx - 0.009), head, x + span * (dx + 0.009), hor + span * 0.12, steel)
            sketch.rect(x + span * (dx - 0.009), head, x + span * (dx - 0.003), hor + span * 0.12, lit)
        for y in (head + span * 0.03, head + span * 0.14, deck - span * 0.06):
            sketch.rect(x - span * 0.03, y, x + span * 0.03, y + span * 0.018, steel)
        stone = palette.shade("#9aa0a6", 0.6, 0.7)
        sketch.rect(x - span * 0.055, hor + span * 0.085, x + span * 0.055, hor + span * 0.15, stone)
    sketch.stamp()
    edge = hor + (stage.height - hor) * 0.60
    ridge = hill_line(stage, edge, span * 0.02, period=0.6)
    paint_ground(stage, local="#7a9650", top=edge, ridge=ridge, texture=0.1, far_fade=0.1)
    paint_grass(stage, local="#7a9650", top=edge + span * 0.02, amount=200)
    stage.deck_foot, stage.water_foot = deck - span * 0.006, hor + (edge - hor) * 0.66
    stage.near, stage.tuft, stage.foot_limits = "grass", "#6d8c45", (edge / stage.height + 0.06, 0.97)


def dam(stage: Stage) -> None:
    """A curved wall of concrete between steep rocks, the lake behind it, water shooting from its gates."""
    paint_sky(stage)
    span, hor, palette, w = stage.span, stage.horizon, stage.palette, stage.width
    paint_mountains(stage, top=hor - span * 0.34, foot=hor + 2, nearness=0.22, local="#7d8894", snow=0.3, peaks=4)
    tree_row(stage, foot=hor - span * 0.05, tall=span * 0.10, nearness=0.42, count=30, haze=0.4, gap=(0.2, 0.8))
    sketch = stage.sketch()
    wall = palette.shade("#c3beb2", 0.6, 0.75)
    xs = np.linspace(0.12, 0.88, 33)
    crest = [(float(x) * w, hor - span * 0.13 + span * 0.055 * float(np.sin((x - 0.12) / 0.76 * np.pi))) for x in xs]
    foot = [(w * (0.5 + (float(x) - 0.5) * 0.72), hor + span * 0.24) for x in xs]
    sketch.poly([*crest, *foot[::-1]], wall)
    for index in range(0, 33, 2):
        shade = wall * np.float32(0.90 if index % 4 else 0.82)
        sketch.line([crest[index], foot[index]], 1.6 * stage.unit, shade)
    sketch.poly([*crest, *[(x, y + span * 0.022) for x, y in crest[::-1]]], mix(wall, palette.key, 0.35))
    for x, y in crest[::2]:
        sketch.rect(x - 1, y - span * 0.018, x + 1, y, wall * np.float32(0.7))
    foam = mix(palette.shade("#eaf6fa", 0.8, 0.9), palette.low, 0.2)
    for index in (11, 16, 21):
        (x, y), (fx, fy) = crest[index], foot[index]
        sketch.rect(x - span * 0.022, y + span * 0.035, x + span * 0.022, y + span * 0.065, wall * np.float32(0.45))
        sketch.poly([(x - span * 0.016, y + span * 0.06), (x + span * 0.016, y + span * 0.06), (fx + span * 0.06, fy), (fx - span * 0.06, fy)], foam, 0.9)  # fmt: skip
    rock = palette.shade("#6f6a66", 0.6, 0.7, 0.9)
    for side, edge_x in ((-1, 0.0), (1, 1.0)):
        cliff = [(w * (edge_x - side * reach), hor + span * rise) for reach, rise in ((-0.02, -0.22), (0.09, -0.19), (0.14, -0.10), (0.17, 0.02), (0.23, 0.12), (0.26, 0.26), (-0.02, 0.30))]  # fmt: skip
        sketch.poly([(x, y) for x, y in cliff], rock if side != stage.hero_side else rock * np.float32(1.15))
    sketch.stamp()
    paint_water(stage, top=hor + span * 0.235, local="#3f8a8c", mirror=0.45, chop=1.3, seed=23)
    for index in (11, 16, 21):
        stage.canvas.glow(foot[index][0], hor + span * 0.24, span * 0.12, foam, 0.8, squash=0.5)
    edge = hor + span * 0.33
    ridge = hill_line(stage, edge, span * 0.03, period=0.5)
    paint_ground(stage, local="#7f8a5f", top=edge, ridge=ridge, texture=0.14, far_fade=0.0)
    stage.near, stage.tuft, stage.foot_limits = "grass", "#6d8c45", (edge / stage.height + 0.05, 0.97)


def canal(stage: Stage) -> None:
    """Old fronts standing in the water on both sides, striped mooring posts, a humped bridge, a quay to stand on."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    house_row(stage, foot=hor + span * 0.02, tall=span * 0.13, nearness=0.34, haze=0.45)
    for side in (-1, 1):
        _canal_fronts(stage, side)
    _humped_bridge(stage, hor + span * 0.045)
    paint_water(stage, top=hor + span * 0.045, local="#2f8f8c", mirror=0.68, chop=0.75, seed=seed_of("canal") % 997)
    sketch, palette = stage.sketch(), stage.palette
    for share, row in ((0.60, 0.16), (0.66, 0.17), (0.80, 0.26), (0.18, 0.13)):
        _mooring_post(stage, sketch, stage.side_x(share), hor + span * row, span * (0.08 + row * 0.75))
    edge = hor + span * 0.37
    stone = palette.shade("#cbbfa8", 0.75, 0.8)
    sketch.rect(-5, edge, stage.width + 5, stage.height + 5, stone)
    sketch.rect(-5, edge, stage.width + 5, edge + span * 0.016, mix(stone, palette.key, 0.3))
    sketch.rect(-5, edge + span * 0.016, stage.width + 5, edge + span * 0.026, stone * np.float32(0.62))
    for row in (0.055, 0.10):
        sketch.rect(
            -5, edge + span * row, stage.width + 5, edge + span * row + 1.4 * stage.unit, stone * np.float32(0.8)
        )
    for index in range(12):
        x = stage.width * index / 11
        sketch.line([(x, edge + span * 0.026), (x + (x - stage.width / 2) * 0.16, stage.height)], 1.4 * stage.unit, stone * np.float32(0.8))  # fmt: skip
    sketch.stamp()
    stage.water_foot = hor + span * 0.255
    stage.near, stage.tuft, stage.foot_limits = "none", "", (edge / stage.height + 0.04, 0.97)


def _anchor(t: float, left: float, low: float, head: float) -> float:
    """The row of a side cable at ``t`` of its way: from the tower down to the shore."""
    rise = t if left < 0 else 1 - t
    return low - (low - head) * max(0.0, 2 * rise - 1) ** 2


def _tall_arches(stage: Stage, deck: float, foot: float) -> None:
    span, w, palette = stage.span, stage.width, stage.palette
    sketch = stage.sketch()
    stone = palette.shade("#c9a98a", 0.52, 0.72)
    sketch.rect(-5, deck, w + 5, foot, stone)
    pitch = span * 0.225
    half, start = pitch * 0.39, (w / 2) % pitch - pitch
    spring = deck + span * 0.035 + half
    for step in range(int(w / pitch) + 3):
        middle = start + step * pitch
        sketch.poly(arch_outline(middle, half * 1.10, spring, foot + 9), stone * np.float32(0.84))
        inner = arch_outline(middle, half, spring, foot + 9)
        sketch.poly(inner, stone * np.float32(0.6))
        cut_out(sketch, [(x - (x - middle) * 0.08 - stage.hero_side * span * 0.012, y) for x, y in inner])
        pier = middle + pitch / 2
        lit = pier - half * 0.26 if stage.sun[0] < pier else pier + half * 0.10
        sketch.rect(lit, spring - half * 0.3, lit + half * 0.14, foot, mix(stone, palette.key, 0.30))
    sketch.rect(-5, deck - span * 0.018, w + 5, deck + span * 0.012, mix(stone, palette.key, 0.30))
    sketch.rect(-5, deck + span * 0.012, w + 5, deck + span * 0.018, stone * np.float32(0.66))
    sketch.stamp(haze=0.30, haze_colour=palette.low, foot_y=foot, foot_span_px=span * 0.22)


def _canal_fronts(stage: Stage, side: int) -> None:
    """A wall of tall narrow houses along one side, seen slantwise, with round-headed windows and doors in the water."""
    sketch, palette, rng, at = stage.sketch(), stage.palette, stage.place_rng, stage.at
    tints = ("#d98f6a", "#e6c27a", "#c9705a", "#d8b59a", "#b5655a", "#e0a878")
    glow = []
    depths = np.geomspace(2.7, 14.0, 8)
    base = -0.35
    for index in range(len(depths) - 2, -1, -1):
        z0, z1 = float(depths[index]), float(depths[index + 1])
        near, tall, x = 0.30 + 0.42 * (1 - index / 7), 2.5 + 1.3 * float(rng.random()), side * 2.75
        local = tints[int(rng.integers(0, len(tints)))]
        wall = palette.shade(local, near, 0.8, 0.92 if side == stage.hero_side else 1.06)
        sketch.poly([at(x, base, z0), at(x, tall, z0), at(x, tall, z1), at(x, base, z1)], wall)
        sketch.poly([at(x, tall, z0), at(x * 0.97, tall + 0.10, z0), at(x * 0.97, tall + 0.10, z1), at(x, tall, z1)], palette.shade("#8a4f3a", near, 0.7))  # fmt: skip
        sketch.poly([at(x, base, z0), at(x, 0.0, z0), at(x, 0.0, z1), at(x, base, z1)], wall * np.float32(0.66))
        for floor in range(3):
            for share in (0.28, 0.68):
                za, zb = z0 + (z1 - z0) * (share - 0.11), z0 + (z1 - z0) * (share + 0.11)
                y0, y1 = 0.28 + floor * 0.80, 0.80 + floor * 0.80
                if y1 > tall - 0.1:
                    continue
                is_lit = palette.darkness > 0.4 and rng.random() < 0.6
                pane = palette.lamp if is_lit else palette.shade("#3f4a58", near, 0.8)
                frame = [at(x, y0 - 0.04, za), at(x, y1 + 0.1, za), at(x, y1 + 0.1, zb), at(x, y0 - 0.04, zb)]
                sketch.poly(frame, palette.shade("#f2e6d0", near, 0.8))
                a, b = at(x * 0.999, y0, za * 0.2 + zb * 0.8), at(x * 0.999, y1, za * 0.8 + zb * 0.2)
                sketch.rect(min(a[0], b[0]), b[1], max(a[0], b[0]), a[1], pane)
                if is_lit:
                    glow.append(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, abs(a[1] - b[1])))
    sketch.stamp()
    for x, y, size in glow:
        stage.canvas.glow(x, y, size * 2.2, palette.lamp, 0.5)


def _humped_bridge(stage: Stage, foot: float) -> None:
    sketch, palette, span = stage.sketch(), stage.palette, stage.span
    middle, half = stage.width / 2, span * 0.34
    stone = palette.shade("#d8cbb4", 0.55, 0.75)
    hump = [
        (middle + half * float(t), foot - span * (0.075 + 0.085 * (1 - float(t) ** 2))) for t in np.linspace(-1, 1, 25)
    ]
    sketch.poly([*hump, (middle + half, foot + 2), (middle - half, foot + 2)], stone)
    hole = [(middle - span * 0.15 * float(np.cos(a)), foot + 3 - span * 0.105 * float(np.sin(a))) for a in np.linspace(0, np.pi, 21)]  # fmt: skip
    sketch.poly([(middle + (x - middle) * 1.12, foot + (y - foot) * 1.12) for x, y in hole], stone * np.float32(0.8))
    cut_out(sketch, hole)
    sketch.line([(x, y - span * 0.025) for x, y in hump], span * 0.010, mix(stone, palette.key, 0.35))
    for x, y in hump[::2]:
        sketch.line([(x, y), (x, y - span * 0.025)], span * 0.007, stone * np.float32(0.9))
    sketch.stamp(haze=0.12, haze_colour=palette.low)


def _mooring_post(stage: Stage, sketch: Sketch, x: float, foot: float, tall: float) -> None:
    palette, half = stage.palette, tall * 0.055
    for band in range(8):
        local = "#f2e9da" if band % 2 else "#a83a3a"
        y0, y1 = foot - tall * band / 8, foot - tall * (band + 1) / 8
        sketch.poly([(x - half, y0), (x + half, y0 + half), (x + half, y1 + half), (x - half, y1)], palette.shade(local, 0.75, 0.85))  # fmt: skip
    sketch.ellipse(x, foot - tall, half * 1.3, half * 1.3, palette.shade("#d9a83f", 0.8, 0.9))
