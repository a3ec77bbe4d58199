"""Steep places: a slope for skis, a wall of rock to climb."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill, paint_mountains, paint_path
from studio.engines.storyboard.places.vegetation import tree_row
from studio.engines.storyboard.places.weather import paint_sky
from studio.engines.storyboard.places.woods import snowfield
from studio.engines.storyboard.sheet.canvas import mix
from studio.engines.storyboard.sheet.stage import Stage


def ski_slope(stage: Stage) -> None:
    """A white slope between firs with tracks of skis and coloured poles, a chair lift on its masts, sharp peaks."""
    snowfield(stage)
    span, hor, palette, w = stage.span, stage.horizon, stage.palette, stage.width
    paint_mountains(
        stage, top=hor - span * 0.36, foot=hor + span * 0.05, nearness=0.30, local="#8fa3c4", snow=0.95, peaks=4
    )
    sketch, white = stage.sketch(), palette.shade("#f4f7fc", 0.7, 0.95, 1.04)
    high, low = stage.side_x(1.05), stage.side_x(-0.05)
    sketch.poly([(high, hor - span * 0.10), (w / 2, hor + span * 0.06), (low, hor + span * 0.18), (low, stage.height + 5), (high, stage.height + 5)], white)  # fmt: skip
    blue = palette.shade("#a9c3e6", 0.75, 0.95)
    for share in (0.50, 0.57, 0.72, 0.80):
        x0, x1 = stage.side_x(share + 0.18), stage.side_x(share - 0.28)
        track = [(x0 + (x1 - x0) * t + span * 0.05 * float(np.sin(t * 14 + share * 9)), hor + span * (0.02 + 0.48 * t**1.2)) for t in np.linspace(0, 1, 41).tolist()]  # fmt: skip
        for dx in (0.0, 0.016):
            sketch.line([(x + dx * span * (0.4 + 1.2 * (y - hor) / span), y) for x, y in track], 1.8 * stage.unit, blue)
    for index, (share, row) in enumerate(((0.70, 0.06), (0.58, 0.14), (0.74, 0.24), (0.56, 0.36))):
        x, y, tall = stage.side_x(share), hor + span * row, span * (0.05 + 0.16 * row)
        tint = palette.shade("#e0343f" if index % 2 else "#2f6fd0", 0.8, 0.95)
        sketch.line([(x, y), (x, y - tall)], 2.4 * stage.unit, tint)
        sketch.poly([(x, y - tall), (x + tall * 0.55, y - tall * 0.82), (x, y - tall * 0.62)], tint)
    sketch.stamp()
    lift, steel = stage.sketch(), palette.shade("#4a5566", 0.6, 0.8)
    a, b = (stage.side_x(0.94), hor - span * 0.34), (stage.side_x(0.26), hor - span * 0.02)
    for t in (0.16, 0.48, 0.80):
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
        lift.rect(x - span * 0.006, y, x + span * 0.006, y + span * (0.16 + 0.04 * t), steel)
        lift.rect(x - span * 0.035, y - span * 0.006, x + span * 0.035, y + span * 0.004, steel)
    lift.line([a, b], 1.8 * stage.unit, steel)
    for t in (0.06, 0.28, 0.38, 0.60, 0.70, 0.92):
        x, y, s = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, span * 0.032
        lift.line([(x, y), (x, y + s * 1.4)], 1.6 * stage.unit, steel)
        lift.rect(x - s * 0.7, y + s * 1.4, x + s * 0.7, y + s * 1.75, palette.shade("#e0343f", 0.65, 0.9))
        lift.rect(x - s * 0.7, y + s * 0.8, x + s * 0.7, y + s * 0.95, steel)
    lift.stamp()
    stage.near = "none"


def rock_face(stage: Stage) -> None:
    """A wall of rock that fills one side from top to foot, cracks and ledges, a fixed rope; far below, woods and a river."""
    paint_sky(stage)
    span, hor, palette, rng, h = stage.span, stage.horizon, stage.palette, stage.place_rng, stage.height
    paint_mountains(stage, top=hor - span * 0.20, foot=hor + 2, nearness=0.16, local="#8794a8", snow=0.4, peaks=6)
    paint_hill(stage, hill_line(stage, hor + span * 0.06, span * 0.03), nearness=0.26, local="#6f9a68")
    tree_row(stage, foot=hor + span * 0.20, tall=span * 0.05, nearness=0.30, count=46, haze=0.5)
    paint_ground(stage, local="#5f8f58", top=hor + span * 0.17, texture=0.14, near_dark=0.1, far_fade=0.6)
    paint_path(stage, local="#7fbfdd", to_x=stage.side_x(0.9), far_y=hor + span * 0.18, near_width=1.4, bend=0.15)
    edges = [0.64, 0.60, 0.66, 0.62, 0.70, 0.66, 0.74, 0.72]
    rim = [(stage.side_x(share), h * index / 7 * 1.02 - 4) for index, share in enumerate(edges)]
    side = stage.side_x(-0.03)
    sketch, stone = stage.sketch(), palette.shade("#a8927c", 0.72, 0.85)
    sketch.poly([(side, -5), *rim, (side, h + 5)], stone)
    for _ in range(70):
        share, y = float(rng.uniform(-0.02, 0.60)), float(rng.uniform(-0.05, 1.0)) * h
        wide, tall = span * float(rng.uniform(0.05, 0.16)), span * float(rng.uniform(0.04, 0.13))
        x, lean = stage.side_x(share), float(rng.uniform(-0.4, 0.4))
        tone = mix(stone, palette.key, 0.25) if rng.random() < 0.45 else stone * np.float32(rng.uniform(0.72, 0.94))
        sketch.poly(
            [(x, y), (x + wide, y + lean * tall), (x + wide * 0.8, y + tall), (x - wide * 0.2, y + tall * 0.8)], tone
        )
    crack = stone * np.float32(0.52)
    for start in (0.08, 0.24, 0.46, 0.55):
        points, x = [], stage.side_x(start)
        for index in range(12):
            x += float(rng.uniform(-0.035, 0.035)) * span
            points.append((x, h * index / 11))
        sketch.line(points, 2.6 * stage.unit, crack)
    for share, y in ((0.30, 0.93), (0.10, 0.62), (0.50, 0.45)):
        x, half = stage.side_x(share), span * (0.34 if y > 0.9 else 0.12)
        sketch.poly([(x - half, h * y), (x + half, h * y - 3), (x + half * 0.86, h * y + span * 0.04), (x - half * 0.9, h * y + span * 0.045)], mix(stone, palette.key, 0.35))  # fmt: skip
        sketch.rect(x - half * 0.9, h * y + span * 0.035, x + half * 0.86, h * y + span * 0.06, crack)
    rope = [
        (stage.side_x(0.47) + span * 0.012 * float(np.sin(t * 9)), h * t) for t in np.linspace(-0.02, 0.93, 25).tolist()
    ]
    sketch.line(rope, 3.0 * stage.unit, palette.shade("#e8543a", 0.9, 0.95))
    sketch.stamp()
    stage.near, stage.tuft, stage.foot_limits = "none", "", (0.925, 0.935)
