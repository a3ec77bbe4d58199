"""Places with one great thing in them: castle, ruins, temple."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.buildings import Windows
from studio.engines.storyboard.places.terrain import (
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_path,
    paint_rocks,
)
from studio.engines.storyboard.places.vegetation import leafy, paint_grass, tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix
from studio.engines.storyboard.sheet.stage import Stage


def castle(stage: Stage) -> None:
    """A castle with many towers on its hill, a path leading up."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_mountains(stage, top=hor - span * 0.17, foot=hor + 2, nearness=0.16, local="#7d8aa0", peaks=8)
    x, top = stage.side_x(0.70), hor - span * 0.075
    xs = stage.canvas.columns
    rise = np.exp(-(((xs - np.float32(x)) / np.float32(stage.width * 0.22)) ** 2)) * np.float32(span * 0.115)
    ridge = np.asarray(
        hor + span * 0.04 - rise + stage.wave(stage.place_rng, period_px=stage.width * 0.08) * np.float32(span * 0.008),
        np.float32,
    )
    _castle_on(stage, x, top, span * 0.42)
    stage.landmark = (x, top - span * 0.42, top)
    paint_hill(stage, ridge, nearness=0.42, local="#6f8f5a", fade=0.35)
    tree_row(stage, foot=hor + span * 0.07, tall=span * 0.07, nearness=0.48, count=26, haze=0.4, gap=(0.36, 0.64))
    paint_ground(
        stage,
        local="#7f9a52",
        top=hor + span * 0.05,
        ridge=hill_line(stage, hor + span * 0.065, span * 0.018),
        texture=0.1,
    )
    paint_path(stage, local="#cbb384", to_x=x, far_y=hor + span * 0.075)
    paint_grass(stage, local="#7f9a52", top=hor + span * 0.13, amount=240)
    stage.near, stage.tuft = "grass", "#6f8c45"


def ruins(stage: Stage) -> None:
    """Broken arches and columns in the grass, ivy, fallen blocks."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_hill(stage, hill_line(stage, hor - span * 0.05, span * 0.045), nearness=0.2, local="#86a080", keep=0.7)
    tree_row(stage, foot=hor + span * 0.015, tall=span * 0.09, nearness=0.34, count=20, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#c2b287", top=hor + span * 0.01, texture=0.12, near_dark=0.25)
    sketch, palette, rng = stage.sketch(), stage.palette, stage.place_rng
    stone = palette.shade("#cbb692", 0.70, 0.75)
    for share, tall, drop in (
        (0.50, 0.30, 0.05),
        (0.58, 0.42, 0.07),
        (0.16, 0.26, 0.06),
        (0.97, 0.62, 0.16),
        (0.04, 0.56, 0.15),
    ):
        _column(
            stage,
            sketch,
            stage.side_x(share),
            hor + span * drop,
            span * tall,
            stone,
            broken=bool(rng.random() < 0.6),
        )
    _broken_arch(stage, sketch, stage.side_x(0.76), hor + span * 0.13, span * 0.66, stone)
    sketch.stamp(haze=0.12, haze_colour=palette.low, foot_y=hor + span * 0.1, foot_span_px=span * 0.4)
    paint_rocks(
        stage,
        [
            (
                float(rng.uniform(0, stage.width)),
                float(rng.uniform(hor + span * 0.10, stage.height * 0.82)),
                float(rng.uniform(12, 34)) * stage.unit,
            )
            for _ in range(9)
        ],
        local="#b3a690",
    )
    paint_grass(stage, local="#8c9a5a", top=hor + span * 0.08, amount=150)
    stage.near, stage.tuft = "rocks", "#7d8c4a"


def temple(stage: Stage) -> None:
    """A tiered temple above a broad flight of steps, lanterns, cypress."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_mountains(stage, top=hor - span * 0.22, foot=hor + 2, nearness=0.17, local="#8093a6", peaks=6)
    paint_mist(stage, hor, span * 0.10, 0.5)
    tree_row(stage, foot=hor + span * 0.03, tall=span * 0.15, nearness=0.36, count=22, haze=0.5)
    paint_ground(stage, local="#b5a98a", top=hor + span * 0.03, texture=0.05, near_dark=0.35)
    x, foot = stage.side_x(0.66), hor + span * 0.055
    sketch, windows = stage.sketch(), Windows(stage)
    red, tiles, gold = (
        palette.shade("#b0463a", 0.55, 0.75),
        palette.shade("#4a5a63", 0.55, 0.7),
        palette.shade("#e0b45a", 0.6, 0.8),
    )
    wide, tall = span * 0.40, span * 0.115
    y = foot
    for level in range(3):
        w = wide * (1 - 0.22 * level)
        sketch.rect(x - w / 2, y - tall, x + w / 2, y, red * np.float32(1 - 0.04 * level))
        count = 5 - level
        for index in range(count):
            px = x - w / 2 + w * (index + 0.5) / count
            box = [
                (px - w * 0.05, y - tall * 0.68),
                (px + w * 0.05, y - tall * 0.68),
                (px + w * 0.05, y),
                (px - w * 0.05, y),
            ]
            sketch.poly(box, red * np.float32(0.5))
            windows.pane(box, lit_share=1.0)
        eave, r = y - tall, w * 0.16
        sketch.poly(
            [
                (x - w / 2 - r, eave - tall * 0.14),
                (x - w / 2 - r * 0.4, eave + tall * 0.06),
                (x + w / 2 + r * 0.4, eave + tall * 0.06),
                (x + w / 2 + r, eave - tall * 0.14),
                (x + w * 0.30, eave - tall * 0.44),
                (x - w * 0.30, eave - tall * 0.44),
            ],
            tiles,
        )
        sketch.line(
            [
                (x - w / 2 - r, eave - tall * 0.14),
                (x - w / 2 - r * 0.4, eave + tall * 0.06),
                (x + w / 2 + r * 0.4, eave + tall * 0.06),
                (x + w / 2 + r, eave - tall * 0.14),
            ],
            max(1.2, 2.4 * stage.unit),
            gold,
        )
        y = eave - tall * 0.36
    sketch.poly([(x - wide * 0.18, y + 2), (x, y - tall * 0.7), (x + wide * 0.18, y + 2)], tiles)
    stage.landmark = (x, y - tall * 0.7, foot)
    sketch.taper([(x, y - tall * 0.5), (x, y - tall * 1.1)], 4 * stage.unit, 1 * stage.unit, gold)
    sketch.stamp(haze=0.25, haze_colour=palette.low, foot_y=foot, foot_span_px=tall * 2)
    windows.light(1.0, 14)
    _steps(stage, x, foot)
    _stone_lanterns(stage, x, foot)
    stage.near, stage.tuft = "branches", ""


def _castle_on(stage: Stage, x: float, foot: float, tall: float) -> None:
    sketch, windows, palette = stage.sketch(), Windows(stage), stage.palette
    stone, roof = palette.shade("#a3948a", 0.62, 0.7), palette.shade("#44508a", 0.62, 0.75)
    wide = tall * 0.9
    plan = (
        (-0.46, 0.50, 0.11),
        (0.46, 0.46, 0.11),
        (-0.24, 0.66, 0.12),
        (0.25, 0.72, 0.12),
        (0.02, 1.0, 0.15),
        (-0.08, 0.56, 0.10),
        (0.12, 0.5, 0.09),
    )
    for dx, high, thick in sorted(plan, key=lambda one: -one[1]):
        _castle_tower(stage, sketch, windows, x + dx * wide, foot, tall * high, wide * thick, stone, roof)
    top = foot - tall * 0.27
    sketch.rect(x - wide * 0.46, top, x + wide * 0.46, foot + tall * 0.16, stone * np.float32(0.93))
    merlon = wide * 0.022
    for mx in np.arange(x - wide * 0.46, x + wide * 0.46, merlon * 2):
        sketch.rect(float(mx), top - merlon * 1.3, float(mx) + merlon, top + 1, stone * np.float32(0.93))
    half = wide * 0.055
    arch = [
        (x - half, foot + tall * 0.1),
        (x - half, foot - tall * 0.08),
        (x, foot - tall * 0.14),
        (x + half, foot - tall * 0.08),
        (x + half, foot + tall * 0.1),
    ]
    sketch.poly(arch, stone * np.float32(0.4))
    for index in range(-5, 6):
        px = x + index * wide * 0.08
        if abs(index) > 0:
            box = [
                (px - 1.6 * stage.unit, top + tall * 0.06),
                (px + 1.6 * stage.unit, top + tall * 0.06),
                (px + 1.6 * stage.unit, top + tall * 0.11),
                (px - 1.6 * stage.unit, top + tall * 0.11),
            ]
            sketch.poly(box, stone * np.float32(0.5))
            windows.pane(box, lit_share=0.9)
    sketch.stamp(haze=0.22, haze_colour=palette.low, foot_y=foot + tall * 0.1, foot_span_px=tall * 0.7)
    windows.light(1.0, 9)


def _castle_tower(
    stage: Stage,
    sketch: Sketch,
    windows: Windows,
    x: float,
    foot: float,
    high: float,
    thick: float,
    stone: Array,
    roof: Array,
) -> None:
    top, half = foot - high * 0.72, thick / 2
    sunward = 1 if stage.sun[0] > x else -1
    sketch.rect(x - half, top, x + half, foot + thick, stone)
    shade = (
        (x - half, top, x - half * 0.2, foot + thick) if sunward > 0 else (x + half * 0.2, top, x + half, foot + thick)
    )
    sketch.rect(*shade, stone * np.float32(0.82))
    sketch.rect(x - half * 1.18, top - half * 0.2, x + half * 1.18, top + half * 0.35, stone * np.float32(0.9))
    peak = foot - high
    sketch.poly([(x - half * 1.35, top - half * 0.15), (x, peak), (x + half * 1.35, top - half * 0.15)], roof)
    sketch.poly(
        [
            (x, peak),
            (x + sunward * half * 1.35, top - half * 0.15),
            (x + sunward * half * 0.3, top - half * 0.15),
        ],
        mix(roof, stage.palette.key, 0.22),
    )
    sketch.line([(x, peak + 2), (x, peak - half * 1.0)], max(0.8, half * 0.1), roof * np.float32(0.7))
    sketch.poly(
        [(x, peak - half * 1.0), (x + half * 0.9, peak - half * 0.78), (x, peak - half * 0.55)],
        stage.palette.shade("#c2463c", 0.45, 0.8),
    )
    for y in np.arange(top + half * 0.9, foot - half, half * 1.9):
        box = [
            (x - half * 0.18, y),
            (x - half * 0.18, float(y) + half * 0.6),
            (x + half * 0.18, float(y) + half * 0.6),
            (x + half * 0.18, y),
        ]
        points = [(float(a), float(b)) for a, b in box]
        sketch.poly(points, stone * np.float32(0.5))
        windows.pane(points, lit_share=0.7)


def _column(stage: Stage, sketch: Sketch, x: float, foot: float, tall: float, stone: Array, *, broken: bool) -> None:
    half = tall * 0.075
    sunward = 1 if stage.sun[0] > x else -1
    top = foot - tall * (0.62 if broken else 1.0)
    sketch.rect(x - half * 1.5, foot - half * 0.7, x + half * 1.5, foot, stone * np.float32(0.9))
    crown = (
        [
            (x - half, top + half * 0.5),
            (x - half * 0.3, top - half * 0.4),
            (x + half * 0.3, top + half * 0.7),
            (x + half, top),
        ]
        if broken
        else [(x - half, top), (x + half, top)]
    )
    sketch.poly([(x - half * 1.1, foot - half * 0.6), *crown, (x + half * 1.1, foot - half * 0.6)], stone)
    for t, tone in ((-0.55, 0.8), (-0.1, 0.86), (0.35, 0.92)):
        sketch.line(
            [(x - sunward * t * half * -1, top + half), (x - sunward * t * half * -1.05, foot - half * 0.7)],
            half * 0.26,
            stone * np.float32(tone),
        )
    if not broken:
        sketch.poly(
            [
                (x - half * 1.6, top - half * 0.9),
                (x + half * 1.6, top - half * 0.9),
                (x + half * 1.05, top + 1),
                (x - half * 1.05, top + 1),
            ],
            stone * np.float32(1.05),
        )


def _broken_arch(stage: Stage, sketch: Sketch, x: float, foot: float, tall: float, stone: Array) -> None:
    half, thick = tall * 0.30, tall * 0.12
    outer = [
        (x + float(np.cos(a)) * (half + thick), foot - tall * 0.55 - float(np.sin(a)) * (half + thick))
        for a in np.linspace(np.pi, 0.75, 15)
    ]
    inner = [
        (x + float(np.cos(a)) * half, foot - tall * 0.55 - float(np.sin(a)) * half)
        for a in np.linspace(0.62, np.pi, 15)
    ]
    sketch.poly([(x - half - thick, foot), *outer, *inner, (x - half, foot)], stone)
    sketch.poly(
        [
            (x - half, foot),
            (x - half, foot - tall * 0.55),
            (x - half - thick * 0.3, foot - tall * 0.55),
            (x - half - thick * 0.3, foot),
        ],
        stone * np.float32(0.72),
    )
    sketch.poly(
        [
            (x + half, foot),
            (x + half, foot - tall * 0.5),
            (x + half + thick * 0.5, foot - tall * 0.62),
            (x + half + thick, foot - tall * 0.42),
            (x + half + thick, foot),
        ],
        stone * np.float32(0.92),
    )
    ivy = stage.palette.shade("#55783f", 0.6, 0.8, 0.85)
    for t in np.linspace(0, 1, 12):
        leafy(
            sketch,
            stage.place_rng,
            x - half - thick * float(stage.place_rng.uniform(0.2, 1.0)),
            foot - tall * 0.7 * float(t),
            tall * 0.03,
            ivy,
        )


def _steps(stage: Stage, x: float, foot: float) -> None:
    sketch, palette = stage.sketch(), stage.palette
    stone = palette.shade("#c9bda3", 0.65, 0.75)
    for index in range(8):
        y0, y1 = foot + stage.span * 0.011 * index, foot + stage.span * 0.011 * (index + 1)
        half = stage.span * (0.09 + 0.014 * index)
        sketch.rect(x - half, y0, x + half, y1, stone * np.float32(1.05))
        sketch.rect(x - half, y0 + (y1 - y0) * 0.45, x + half, y1, stone * np.float32(0.76))
    sketch.stamp()


def _stone_lanterns(stage: Stage, x: float, foot: float) -> None:
    sketch, palette = stage.sketch(), stage.palette
    stone = palette.shade("#9a968c", 0.7, 0.65, 0.85)
    lamps = []
    for side in (-1, 1):
        for step, size in ((0.30, 0.055), (0.46, 0.085)):
            px, py, s = (
                x + side * stage.span * step,
                foot + stage.span * (0.03 + step * 0.16),
                stage.span * size,
            )
            sketch.rect(px - s * 0.14, py - s * 0.9, px + s * 0.14, py, stone)
            sketch.rect(
                px - s * 0.36,
                py - s * 1.35,
                px + s * 0.36,
                py - s * 0.88,
                mix(stone, palette.lamp, 0.25 + 0.6 * palette.darkness),
            )
            sketch.poly(
                [(px - s * 0.62, py - s * 1.32), (px, py - s * 1.8), (px + s * 0.62, py - s * 1.32)],
                stone * np.float32(0.85),
            )
            sketch.rect(px - s * 0.34, py - s * 0.08, px + s * 0.34, py + 1, stone * np.float32(0.8))
            lamps.append((px, py - s * 1.1, s))
    sketch.stamp()
    for px, py, s in lamps:
        stage.canvas.glow(px, py, s * 3, palette.lamp, 0.75 * palette.darkness)
