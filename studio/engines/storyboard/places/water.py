"""Places by and under water."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.buildings import house_row
from studio.engines.storyboard.places.streets import quay
from studio.engines.storyboard.places.terrain import (
    haze_band,
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_water,
)
from studio.engines.storyboard.places.vegetation import palm, tree_row
from studio.engines.storyboard.places.waters import bank_in_front, foam_line, headland, water_seed, wet_sand
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def sea(stage: Stage) -> None:
    """Open water to the horizon, a far headland, swell."""
    paint_sky(stage)
    if stage.place_rng.random() < 0.7:
        headland(stage, stage.side_x(0.86), stage.span * 0.055, stage.width * 0.20)
    rough = stage.has("storm", "wind")
    paint_water(
        stage,
        top=stage.horizon,
        local="#1f6f93",
        mirror=0.42,
        chop=1.5 if rough else 1.0,
        seed=water_seed(stage),
    )
    if rough:
        _billows(stage)
    haze_band(stage, 0.25)
    stage.surface, stage.near, stage.reflects = "water", "rocks", 0.45


def shore(stage: Stage) -> None:
    """A beach: sea behind, lines of surf, wet sand that mirrors, dry sand in front."""
    paint_sky(stage)
    headland(stage, stage.side_x(0.92), stage.span * 0.10, stage.width * 0.26)
    paint_water(stage, top=stage.horizon, local="#3a9db0", mirror=0.4, chop=1.0, seed=water_seed(stage))
    edge = stage.horizon + (stage.height - stage.horizon) * 0.30
    tide = hill_line(stage, edge, stage.span * 0.022, period=0.6)
    sand = "#dcbf8e"
    foam = mix(stage.palette.low, rgb("#ffffff"), 0.6 * (1 - 0.6 * stage.palette.darkness))
    for step, strength in ((-0.10, 0.35), (-0.045, 0.6)):
        crest = (
            tide
            + np.float32(step * stage.span)
            + stage.wave(stage.place_rng, period_px=stage.width * 0.2) * np.float32(4 * stage.unit)
        )
        foam_line(stage, crest, foam, strength, 5 * stage.unit)
    paint_ground(stage, local=sand, top=edge, ridge=tide, texture=0.05, stretch=4, far_fade=0.3, near_dark=0.18)
    wet_sand(stage, tide)
    foam_line(stage, tide, foam, 0.95, 7 * stage.unit)
    stage.near, stage.reflects, stage.tuft = "grass", 0.12, ""
    stage.water_foot = stage.horizon + (edge - stage.horizon) * 0.55
    stage.foot_limits = (edge / stage.height + 0.08, 0.97)


def harbour(stage: Stage) -> None:
    """A quay with bollards, moored boats, a row of gabled houses across the basin."""
    paint_sky(stage)
    paint_hill(
        stage,
        hill_line(stage, stage.horizon - stage.span * 0.09, stage.span * 0.05),
        nearness=0.22,
        local="#5f7d6a",
    )
    house_row(stage, foot=stage.horizon + stage.span * 0.012, tall=stage.span * 0.13, nearness=0.42)
    _masts(stage)
    paint_water(
        stage,
        top=stage.horizon + stage.span * 0.012,
        local="#2c6a80",
        mirror=0.72,
        chop=0.55,
        seed=water_seed(stage),
    )
    quay(stage, top=stage.horizon + (stage.height - stage.horizon) * 0.52)
    stage.near, stage.surface, stage.tuft = "crates", "ground", ""
    stage.water_foot = stage.horizon + (stage.height - stage.horizon) * 0.36
    stage.foot_limits = (0.84, 0.97)


def island(stage: Stage) -> None:
    """A small island with palms, seen over a sand spit and clear water."""
    paint_sky(stage)
    x, foot = stage.side_x(0.68), stage.horizon + stage.span * 0.015
    wide, tall = stage.width * 0.21, stage.span * 0.12
    xs = stage.canvas.columns
    hump = np.clip(1 - ((xs - np.float32(x)) / np.float32(wide)) ** 2, 0, 1) ** np.float32(0.8)
    rugged = stage.wave(stage.place_rng, period_px=stage.width * 0.09) * np.float32(0.16) + 1
    ridge = np.where(hump > 0, foot - hump * rugged * tall, stage.height + 5).astype(np.float32)
    paint_hill(stage, ridge, nearness=0.48, local="#4f8a55", fade=0.3)
    sketch = stage.sketch()
    palette = stage.palette
    for share in (-0.62, -0.38, -0.1, 0.2, 0.5):
        px = x + share * wide
        size = tall * float(stage.place_rng.uniform(0.8, 1.3))
        palm(
            sketch,
            stage.place_rng,
            px,
            foot - tall * (1 - share**2) * 0.62,
            size,
            palette.shade("#2f6b47", 0.5),
            palette.shade("#5aa05f", 0.5),
            palette.shade("#6b4f3a", 0.5),
        )
    sketch.ellipse(x, foot, wide * 1.02, stage.span * 0.012, palette.shade("#f0d9a6", 0.6, 0.9))
    sketch.stamp(haze=0.12, haze_colour=palette.low)
    paint_water(stage, top=foot, local="#2fa6ac", mirror=0.42, chop=0.8, seed=water_seed(stage))
    edge = stage.horizon + (stage.height - stage.horizon) * 0.50
    tide = hill_line(stage, edge, stage.span * 0.03, period=0.7)
    paint_ground(stage, local="#ecd3a0", top=edge, ridge=tide, texture=0.05, stretch=4, far_fade=0.2, near_dark=0.15)
    wet_sand(stage, tide)
    foam_line(stage, tide, mix(palette.low, rgb("#ffffff"), 0.6), 0.9, 6 * stage.unit)
    stage.water_foot = stage.horizon + (edge - stage.horizon) * 0.72
    stage.near, stage.foot_limits = "palm", (edge / stage.height + 0.1, 0.97)


def lake(stage: Stage) -> None:
    """Mountains and firs doubled in still water, a stony bank in front."""
    paint_sky(stage)
    paint_mountains(
        stage,
        top=stage.horizon - stage.span * 0.30,
        foot=stage.horizon + 2,
        nearness=0.22,
        local="#7688a3",
        snow=0.34,
    )
    tree_row(
        stage,
        foot=stage.horizon + stage.span * 0.004,
        tall=stage.span * 0.075,
        nearness=0.42,
        count=46,
        haze=0.45,
    )
    paint_mist(stage, stage.horizon - stage.span * 0.01, stage.span * 0.05, 0.4)
    paint_water(stage, top=stage.horizon, local="#2f6f8c", mirror=0.85, chop=0.40, seed=water_seed(stage))
    bank_in_front(stage)
    stage.near, stage.tuft = "conifer", "#5f8a4a"


def _billows(stage: Stage) -> None:
    """Heavy seas: rolling crests one before the other."""
    rng, palette = stage.shot_rng, stage.palette
    for index in range(4):
        t = (index + 1) / 4
        y = stage.horizon + (stage.height - stage.horizon) * (0.06 + 0.62 * (index / 4) ** 1.2)
        crest = y - np.abs(stage.wave(rng, period_px=stage.width * (0.10 + 0.14 * t), octaves=3)) * np.float32(
            stage.span * (0.02 + 0.05 * t)
        )
        lit = mix(palette.shade("#4f8fa6", 0.4 + 0.4 * t, 0.7), palette.low, 0.25)
        stage.canvas.below(
            crest.astype(np.float32),
            mix(lit, palette.shade("#1b4a63", 0.5 + 0.4 * t, 0.7), 0.4 + 0.3 * t),
            opacity=0.62,
        )
        foam_line(
            stage,
            crest.astype(np.float32) + np.float32(3 * stage.unit),
            mix(palette.low, rgb("#ffffff"), 0.5),
            0.55,
            (3 + 5 * t) * stage.unit,
        )


def _masts(stage: Stage) -> None:
    sketch, palette, rng = stage.sketch(), stage.palette, stage.place_rng
    foot = stage.horizon + stage.span * 0.03
    for _ in range(9):
        x, tall = float(rng.uniform(0.02, 0.98)) * stage.width, stage.span * float(rng.uniform(0.07, 0.15))
        hull = tall * 0.42
        colour = palette.shade(("#b5503c", "#e6ddcb", "#2d5f7a", "#7a3b4a")[int(rng.integers(0, 4))], 0.55, 0.75)
        sketch.poly(
            [
                (x - hull, foot - hull * 0.34),
                (x + hull * 1.1, foot - hull * 0.42),
                (x + hull * 0.8, foot),
                (x - hull * 0.8, foot),
            ],
            colour,
        )
        sketch.line([(x, foot - hull * 0.3), (x, foot - tall)], 1.6 * stage.unit, palette.shade("#4a3a33", 0.55))
        sketch.line(
            [(x, foot - tall * 0.97), (x + hull, foot - hull * 0.4)],
            0.8 * stage.unit,
            palette.shade("#4a3a33", 0.5),
        )
        if rng.random() < 0.5:
            sketch.poly(
                [
                    (x + 1.5, foot - tall * 0.95),
                    (x + hull * 0.9, foot - hull * 0.6),
                    (x + 1.5, foot - hull * 0.6),
                ],
                palette.shade("#efe6d3", 0.5, 0.8),
            )
    sketch.stamp(haze=0.2, haze_colour=palette.low)
