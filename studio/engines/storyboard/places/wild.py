"""Wild and open country."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.buildings import Windows, house
from studio.engines.storyboard.places.terrain import (
    dunes,
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_path,
    paint_rocks,
)
from studio.engines.storyboard.places.vegetation import broadleaf, leaf_of, paint_grass, tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Array, mix
from studio.engines.storyboard.sheet.stage import Stage


def desert(stage: Stage) -> None:
    """Mesas on the horizon, dune behind dune."""
    paint_sky(stage)
    _mesas(stage)
    dunes(stage)
    stage.near, stage.tuft, stage.backlight = "rocks", "", 0.7


def mountains(stage: Stage) -> None:
    """Great peaks in snow close ahead, firs at their feet, a stony slope with a path between boulders."""
    paint_sky(stage)
    span, hor, rng = stage.span, stage.horizon, stage.place_rng
    paint_mountains(
        stage,
        top=hor - span * 0.47,
        foot=hor + span * 0.02,
        nearness=0.22,
        local="#6f83a6",
        snow=0.52,
        peaks=4,
    )
    paint_mountains(
        stage,
        top=hor - span * 0.20,
        foot=hor + span * 0.03,
        nearness=0.42,
        local="#5f6f7c",
        snow=0.10,
        peaks=6,
    )
    paint_mist(stage, hor + span * 0.01, span * 0.06, 0.45)
    tree_row(stage, foot=hor + span * 0.035, tall=span * 0.10, nearness=0.52, count=40, haze=0.35, gap=(0.42, 0.66))
    ridge = hill_line(stage, hor + span * 0.05, span * 0.035, period=0.3, octaves=4)
    paint_ground(stage, local="#a9a58c", top=hor + span * 0.02, ridge=ridge, texture=0.15, near_dark=0.22)
    paint_path(stage, local="#d3c6a8", to_x=stage.side_x(0.62), far_y=hor + span * 0.07, near_width=0.9)
    spots = [
        (float(x) * stage.width, hor + span * (0.09 + 0.36 * float(y)), span * (0.014 + 0.055 * float(y)) * float(size))
        for x, y, size in rng.uniform((0, 0, 0.6), (1, 1, 1.2), (22, 3))
        if abs(float(x) - stage.side_x(0.36) / stage.width) > 0.09
    ]
    paint_rocks(stage, sorted(spots, key=lambda spot: spot[1]), local="#85807c")
    paint_grass(stage, local="#7f9a5c", top=hor + span * 0.12, amount=200)
    stage.near, stage.tuft = "rocks", "#6f8050"


def hills(stage: Stage) -> None:
    """Round hill behind round hill, each its own field with hedges; one stands high with a tree on top."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    tops = ((-0.17, 0.16, "#93b08f"), (-0.12, 0.28, "#c9bd6a"), (-0.055, 0.42, "#76a455"), (0.02, 0.56, "#b9c263"))
    for index, (y, near, local) in enumerate(tops):
        wave = hill_line(stage, hor + span * y, span * (0.09 + 0.012 * index), period=0.30 + 0.06 * index, octaves=2)
        if index == 2:
            away = (stage.canvas.columns - np.float32(stage.side_x(0.76))) / np.float32(stage.width * 0.20)
            wave = np.asarray(wave - np.exp(-(away**2)) * np.float32(span * 0.17), np.float32)
        paint_hill(stage, wave, nearness=near, local=local, keep=0.85, fade=0.30)
        _hedges(stage, wave, near)
        if index == 2:
            x = stage.side_x(0.76)
            _lone_tree(stage, x, float(wave[int(x)]) + span * 0.012, span * 0.22)
    _near_meadow(stage, "#7fa04c", 0.13)
    stage.near, stage.tuft = "grass", "#6d9443"


def _hedges(stage: Stage, crest: Array, near: float) -> None:
    """Dark lines of bushes that part the fields, down the slope from the crest."""
    rng, sketch, span = stage.place_rng, stage.sketch(), stage.span
    tone = stage.palette.shade("#8d98a3" if stage.has("snow") else "#4a7444", near, 0.75, 0.85)
    for share in rng.uniform(0.02, 0.98, 6):
        x, lean = float(share) * stage.width, (float(share) - 0.5) * 0.26 * span
        for t in np.linspace(0, 1, 26):
            size = span * (0.0022 + 0.0030 * near) * (1 + 0.9 * float(t)) * float(rng.uniform(0.8, 1.3))
            px = x + lean * (float(t) + 0.8 * float(t) ** 2)
            row = float(crest[int(np.clip(px, 0, stage.width - 1))]) + span * 0.12 * float(t) ** 1.2
            sketch.ellipse(px, row, size * 1.5, size, tone)
    sketch.stamp()


def meadow(stage: Stage) -> None:
    """Tall grass and drifts of flowers, a spreading tree, woods at the far edge."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_hill(stage, hill_line(stage, hor - span * 0.05, span * 0.035), nearness=0.16, local="#86a88f", keep=0.7)
    tree_row(
        stage,
        foot=hor + span * 0.015,
        tall=span * 0.085,
        nearness=0.34,
        count=24,
        kind="broadleaf",
        haze=0.5,
        local="#4d7d4a",
    )
    ridge = hill_line(stage, hor + span * 0.02, span * 0.018)
    paint_ground(stage, local="#a3ba58", top=hor, ridge=ridge, texture=0.11, near_dark=0.25)
    flowers = ("#f2c94c", "#e8604f", "#f4f0e6", "#a97fd0")[int(stage.place_rng.integers(0, 4))]
    _drifts(stage, flowers)
    _lone_tree(stage, stage.side_x(0.82), hor + span * 0.13, span * 0.48)
    paint_grass(stage, local="#86ac50", top=hor + span * 0.06, amount=520, tall_px=19 * stage.unit, flowers=flowers)
    stage.near, stage.tuft = "grass", "#769c46"


def _drifts(stage: Stage, colour: str) -> None:
    """Flowers in bands across the field, thick as a carpet far off, single heads near by."""
    if stage.has("snow"):
        return
    rng, sketch = stage.place_rng, stage.sketch()
    tones = [stage.palette.shade(colour, 0.8, 0.95, light) for light in (0.86, 1.0, 1.08)]
    for band in range(9):
        t = (band + 0.5) / 9
        y = stage.horizon + stage.span * (0.035 + 0.40 * t**1.6)
        middle = float(rng.random()) * stage.width
        for dx, dy, pick in rng.normal(0, 1, (95 - 6 * band, 3)):
            size = stage.person_at(y) * 0.030 + 0.8
            x = middle + float(dx) * stage.width * 0.20
            row = y + float(dy) * stage.span * 0.012 * (0.4 + 2 * t)
            sketch.ellipse(x, row, size, size * 0.8, tones[int(abs(pick) * 2) % 3])
    sketch.stamp()


def farm(stage: Stage) -> None:
    """Ploughed rows, a red barn with silo, a fence."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_hill(stage, hill_line(stage, hor - span * 0.04, span * 0.03), nearness=0.18, local="#86a57a", keep=0.7)
    tree_row(stage, foot=hor + span * 0.012, tall=span * 0.06, nearness=0.36, count=26, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#b9a04f", top=hor, texture=0.07, near_dark=0.25)
    _furrows(stage)
    sketch, windows = stage.sketch(), Windows(stage)
    x, foot, wide = stage.side_x(0.76) - span * 0.14, hor + span * 0.055, span * 0.26
    red, roof = palette.shade("#a8402f", 0.55, 0.8), palette.shade("#59504f", 0.55, 0.7)
    tall = wide * 0.42
    sx = x + wide * 1.14
    sketch.rect(sx, foot - wide * 0.78, sx + wide * 0.2, foot, palette.shade("#b9b6ae", 0.5, 0.7))
    sketch.ellipse(sx + wide * 0.1, foot - wide * 0.78, wide * 0.1, wide * 0.09, palette.shade("#8b8f96", 0.5, 0.7))
    sketch.rect(x, foot - tall, x + wide, foot, red)
    sketch.poly(
        [
            (x - 3, foot - tall),
            (x + wide * 0.14, foot - tall * 1.62),
            (x + wide * 0.5, foot - tall * 2.0),
            (x + wide * 0.86, foot - tall * 1.62),
            (x + wide + 3, foot - tall),
        ],
        roof,
    )
    sketch.poly(
        [
            (x + wide * 0.04, foot - tall),
            (x + wide * 0.17, foot - tall * 1.55),
            (x + wide * 0.5, foot - tall * 1.88),
            (x + wide * 0.83, foot - tall * 1.55),
            (x + wide * 0.96, foot - tall),
        ],
        red,
    )
    white = palette.shade("#efe6d8", 0.6, 0.8)
    sketch.rect(x + wide * 0.32, foot - tall * 0.72, x + wide * 0.68, foot, white)
    sketch.rect(x + wide * 0.34, foot - tall * 0.68, x + wide * 0.66, foot, red * np.float32(0.82))
    for a, b in (((0.34, 0.68), (0.66, 0)), ((0.66, 0.68), (0.34, 0))):
        sketch.line(
            [(x + wide * a[0], foot - tall * a[1]), (x + wide * b[0], foot - tall * b[1])],
            2 * stage.unit,
            white,
        )
    house(
        stage,
        sketch,
        windows,
        x - wide * 0.75,
        foot,
        wide * 0.42,
        wide * 0.26,
        nearness=0.5,
        wall="#e6dcc6",
        gable=True,
    )
    sketch.stamp(haze=0.28, haze_colour=palette.low, foot_y=foot, foot_span_px=wide * 0.6)
    windows.light(0.9, 10)
    fence(stage, hor + span * 0.16)
    paint_grass(stage, local="#a8a04f", top=hor + span * 0.15, amount=240)
    stage.near, stage.tuft = "grass", "#9a9447"


def fence(stage: Stage, y: float) -> None:
    """A rail fence across the picture with its foot at row ``y``."""
    sketch, tall = stage.sketch(), stage.person_at(y) * 0.62
    wood = stage.palette.shade("#8a7256", 0.7, 0.75)
    for rail in (0.42, 0.82):
        sketch.line(
            [(-4, y - tall * rail), (stage.width + 4, y - tall * rail * 1.02)],
            max(1.2, tall * 0.07),
            wood * np.float32(0.92),
        )
    for x in np.arange(-0.2 * tall, stage.width + tall, tall * 1.5):
        sketch.rect(float(x), y - tall, float(x) + tall * 0.11, y + 2, wood)
    sketch.stamp()


def _mesas(stage: Stage) -> None:
    rng, sketch, palette, hor = stage.place_rng, stage.sketch(), stage.palette, stage.horizon
    sunward = 1 if stage.sun[0] > stage.width / 2 else -1
    for share, size in (
        (stage.side_x(0.90) / stage.width, 1.0),
        (stage.side_x(0.60) / stage.width, 0.5),
        (stage.side_x(0.12) / stage.width, 0.62),
    ):
        x, tall, half = (
            share * stage.width,
            stage.span * 0.14 * size,
            stage.width * 0.085 * size * float(rng.uniform(0.8, 1.3)),
        )
        body = palette.shade("#b5694a", 0.2 + 0.08 * size, 0.6, 0.9)
        sketch.poly(
            [
                (x - half * 1.5, hor + 8),
                (x - half * 1.05, hor - tall * 0.45),
                (x - half, hor - tall),
                (x + half * 0.92, hor - tall * 1.02),
                (x + half, hor - tall * 0.45),
                (x + half * 1.5, hor + 8),
            ],
            body,
        )
        edge = x + half * 0.45 * sunward
        sketch.poly(
            [
                (edge, hor - tall * 1.0),
                (x + half * 0.95 * sunward, hor - tall),
                (x + half * 1.0 * sunward, hor - tall * 0.45),
                (x + half * 1.5 * sunward, hor + 8),
                (edge + half * 0.3 * sunward, hor + 8),
            ],
            mix(body, palette.key, 0.34),
        )
        sketch.rect(x - half, hor - tall * 0.72, x + half * 0.98, hor - tall * 0.66, body * np.float32(0.9), 0.5)
    sketch.stamp(haze=0.6, haze_colour=palette.low, foot_y=hor + 6, foot_span_px=stage.span * 0.15)


def _near_meadow(stage: Stage, local: str, drop: float) -> None:
    span, hor = stage.span, stage.horizon
    ridge = hill_line(stage, hor + span * drop, span * 0.02)
    paint_ground(stage, local=local, top=hor + span * drop, ridge=ridge, texture=0.10, near_dark=0.3, far_fade=0.3)
    paint_path(stage, local="#d2bd8f", to_x=stage.side_x(0.6), far_y=hor + span * (drop + 0.03))
    paint_grass(stage, local=local, top=hor + span * (drop + 0.04), amount=320)


def _lone_tree(stage: Stage, x: float, foot: float, tall: float) -> None:
    sketch, palette = stage.sketch(), stage.palette
    sunward = 1.0 if stage.sun[0] > x else -1.0
    stage.canvas.glow(x - sunward * tall * 0.16, foot, tall * 0.5, palette.near, 0.0)
    shadow = stage.sketch()
    shadow.ellipse(x - sunward * tall * 0.12, foot, tall * 0.34, tall * 0.035, palette.near)
    shadow.stamp(opacity=0.35, blur_px=5 * stage.unit)
    broadleaf(
        sketch,
        stage.place_rng,
        x,
        foot,
        tall,
        palette.shade(leaf_of(stage, "#3f6f3f", 0.3), 0.6, 0.75, 0.8),
        mix(palette.shade(leaf_of(stage, "#86ae55", 0.3), 0.62, 0.85, 1.08), palette.key, 0.14),
        palette.shade("#54402f", 0.6, 0.7, 0.85),
        sunward,
        is_bare=stage.has("snow"),
    )
    sketch.stamp(haze=0.16, haze_colour=palette.low)


def _furrows(stage: Stage) -> None:
    sketch, palette = stage.sketch(), stage.palette
    top = stage.horizon + stage.span * 0.10
    vanish = stage.side_x(0.55)
    for index in range(-34, 35):
        lower = vanish + index * stage.width * 0.07
        upper = vanish + (lower - vanish) * (top - stage.horizon) / (stage.height - stage.horizon)
        half = stage.width * 0.011
        thin = half * (top - stage.horizon) / (stage.height - stage.horizon)
        sketch.poly(
            [
                (upper - thin, top),
                (upper + thin, top),
                (lower + half, stage.height),
                (lower - half, stage.height),
            ],
            palette.shade("#7d6a3a", 0.75, 0.8, 0.85),
        )
    sketch.stamp(opacity=0.5, blur_px=0.8 * stage.unit)
