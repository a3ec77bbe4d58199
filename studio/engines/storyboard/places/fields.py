"""Where crowds meet: the stadium and the battlefield."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill
from studio.engines.storyboard.places.vegetation import leafy
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Sketch, mix, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage


def stadium(stage: Stage) -> None:
    """Tiers of people, floodlights, a striped pitch with its lines."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    sketch = stage.sketch()
    stand = palette.shade("#6d7688", 0.4, 0.6)
    sketch.poly(
        [
            (-5, hor - span * 0.26),
            (stage.width * 0.3, hor - span * 0.20),
            (stage.width * 0.7, hor - span * 0.20),
            (stage.width + 5, hor - span * 0.26),
            (stage.width + 5, hor + span * 0.05),
            (-5, hor + span * 0.05),
        ],
        stand,
    )
    sketch.poly(
        [
            (-5, hor - span * 0.30),
            (stage.width * 0.3, hor - span * 0.235),
            (stage.width * 0.7, hor - span * 0.235),
            (stage.width + 5, hor - span * 0.30),
            (stage.width + 5, hor - span * 0.25),
            (stage.width * 0.7, hor - span * 0.195),
            (stage.width * 0.3, hor - span * 0.195),
            (-5, hor - span * 0.25),
        ],
        stand * np.float32(0.7),
    )
    crowd = ("#d8785a", "#e8d9b5", "#5f86b5", "#b5b9c2", "#c2a052", "#8f6f9a", "#3d4a66")
    for row in range(11):
        y = hor - span * (0.005 + 0.0165 * row)
        for x in np.arange(0, stage.width, span * 0.0135):
            if rng.random() < 0.86:
                sag = abs(float(x) / stage.width - 0.5)
                colour = palette.shade(crowd[int(rng.integers(0, 7))], 0.42, 0.7)
                sketch.ellipse(
                    float(x) + float(rng.uniform(-2, 2)),
                    y - span * 0.09 * max(0.0, sag - 0.2),
                    span * 0.0052,
                    span * 0.0066,
                    colour,
                )
    sketch.rect(-5, hor + span * 0.012, stage.width + 5, hor + span * 0.05, palette.shade("#35507d", 0.5, 0.7))
    sketch.stamp(haze=0.16, haze_colour=palette.low)
    _pitch(stage, hor + span * 0.045)
    for share in (0.08, 0.36, 0.64, 0.92):
        _floodlight(stage, share * stage.width, hor - span * 0.22, span * 0.20)
    stage.near, stage.tuft = "none", "#5f9a45"


def battlefield(stage: Stage) -> None:
    """Torn ground, stakes and broken wheels, smoke and far fires."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    smoke = mix(palette.low, palette.shade("#8a5a3a", 0.8, 0.9), 0.55)
    veil = smoothstep(0.0, hor, stage.canvas.rows) * np.float32(0.62)
    stage.canvas.blend(np.asarray(veil, np.float32), smoke)
    paint_hill(stage, hill_line(stage, hor - span * 0.06, span * 0.04), nearness=0.2, local="#7d6453")
    for share in (0.12, 0.44, 0.72, 0.93):
        x = share * stage.width
        stage.canvas.glow(x, hor - span * 0.02, span * 0.20, rgb("#ff8a3c"), 0.55, squash=0.6)
        plume = stage.sketch()
        drift = stage.hero_side * -1 * span * float(rng.uniform(0.05, 0.16))
        for t in np.linspace(0, 1, 12):
            leafy(
                plume,
                rng,
                x + drift * float(t) ** 1.4,
                hor - span * 0.40 * float(t),
                span * (0.014 + 0.06 * float(t)),
                mix(palette.near, smoke, 0.25 + 0.6 * float(t)),
            )
        plume.stamp(opacity=0.42, blur_px=7 * stage.unit)
    paint_ground(stage, local="#6b4f38", top=hor + span * 0.005, texture=0.22)
    _craters(stage)
    sketch = stage.sketch()
    for _ in range(26):
        z = float(rng.uniform(3.4, 13))
        x = float(rng.uniform(-0.75, 0.75)) * z
        near = float(np.clip(1.3 / (1 + 0.15 * z), 0.2, 0.9))
        foot, head = (
            stage.at(x, 0, z),
            stage.at(x + float(rng.uniform(-0.5, 0.5)), float(rng.uniform(0.7, 1.7)), z),
        )
        wood = palette.shade("#4a3c33", near, 0.55, 0.8)
        sketch.taper([foot, head], stage.focal_px / z * 0.055, stage.focal_px / z * 0.02, wood)
        if rng.random() < 0.32:
            tip = (head[0] + stage.focal_px / z * 0.5, head[1] + stage.focal_px / z * 0.13)
            cloth = palette.shade(("#a83a33", "#3f5f8a", "#c2a052")[int(rng.integers(0, 3))], near, 0.7)
            sketch.poly([head, tip, (head[0] - 2, head[1] + stage.focal_px / z * 0.34)], cloth)
    _cartwheel(stage, sketch, stage.side_x(0.74), hor + span * 0.17, span * 0.085)
    sketch.stamp()
    paint_mist(stage, hor + span * 0.02, span * 0.13, 0.5)
    stage.near, stage.tuft = "rocks", "#6a5f45"


def _craters(stage: Stage) -> None:
    """Shell holes with a raised rim and standing water."""
    sketch, palette = stage.sketch(), stage.palette
    for x, y, size in stage.place_rng.random((8, 3)):
        row = stage.horizon + stage.span * (0.05 + 0.40 * float(y) ** 1.3)
        half = stage.person_at(row) * (0.35 + 0.5 * float(size))
        px = float(x) * stage.width
        sketch.ellipse(px, row, half * 1.15, half * 0.30, palette.shade("#7a5c42", 0.8, 0.8))
        sketch.ellipse(px, row + half * 0.03, half * 0.95, half * 0.22, palette.shade("#4a3626", 0.8, 0.85))
        sketch.ellipse(
            px, row + half * 0.09, half * 0.5, half * 0.07, mix(palette.low, palette.shade("#5a4a3c", 0.8, 0.9), 0.7)
        )
    sketch.stamp(blur_px=2.2 * stage.unit)


def _pitch(stage: Stage, top: float) -> None:
    paint_ground(stage, local="#5f9a45", top=top, texture=0.05, near_dark=0.2, far_fade=0.3)
    sketch, palette = stage.sketch(), stage.palette
    z, index = 1.0, 0
    while z < 26:
        if index % 2:
            sketch.poly(
                [
                    stage.at(-30, 0, z),
                    stage.at(30, 0, z),
                    stage.at(30, 0, z * 1.28),
                    stage.at(-30, 0, z * 1.28),
                ],
                palette.shade("#76b052", 0.7, 0.85),
            )
        z *= 1.28
        index += 1
    sketch.stamp(opacity=0.5)
    lines = stage.sketch()
    chalk = palette.shade("#f2f2ea", 0.8, 0.85)
    for z in (3.4, 13.0):
        lines.poly(
            [
                stage.at(-20, 0, z),
                stage.at(20, 0, z),
                stage.at(20, 0, z * 1.015 + 0.05),
                stage.at(-20, 0, z * 1.015 + 0.05),
            ],
            chalk,
        )
    ring = [stage.at(2.6 * float(np.cos(a)), 0, 8.0 + 2.6 * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 49)]
    lines.line(ring, 2.2 * stage.unit, chalk)
    lines.poly(
        [stage.at(-0.04, 0, 3.4), stage.at(-0.04, 0, 13), stage.at(0.04, 0, 13), stage.at(0.04, 0, 3.4)],
        chalk,
    )
    lines.stamp(opacity=0.75)


def _floodlight(stage: Stage, x: float, foot: float, tall: float) -> None:
    sketch, palette = stage.sketch(), stage.palette
    steel = palette.shade("#555c68", 0.5, 0.6)
    sketch.taper([(x, foot + 8), (x, foot - tall)], tall * 0.05, tall * 0.03, steel)
    for row in range(3):
        for column in range(5):
            sketch.ellipse(
                x + (column - 2) * tall * 0.10,
                foot - tall - row * tall * 0.09,
                tall * 0.042,
                tall * 0.036,
                mix(rgb("#ffffff"), palette.lamp, 0.2),
            )
    sketch.stamp()
    stage.canvas.glow(
        x,
        foot - tall * 1.05,
        tall * (1.0 + 0.9 * palette.darkness),
        rgb("#f4f8ff"),
        0.45 + 0.4 * palette.darkness,
    )


def _cartwheel(stage: Stage, sketch: Sketch, x: float, foot: float, radius: float) -> None:
    wood = stage.palette.shade("#54402f", 0.75, 0.6, 0.85)
    ring = [
        (x + float(np.cos(a)) * radius * 0.8, foot - radius * 0.85 - float(np.sin(a)) * radius)
        for a in np.linspace(0, 2 * np.pi, 33)
    ]
    sketch.line(ring, radius * 0.14, wood)
    for a in np.linspace(0, np.pi, 6)[:-1]:
        dx, dy = float(np.cos(a)) * radius * 0.8, float(np.sin(a)) * radius
        sketch.line([(x - dx, foot - radius * 0.85 + dy), (x + dx, foot - radius * 0.85 - dy)], radius * 0.07, wood)
    sketch.taper(
        [(x, foot - radius * 0.85), (x + radius * 2.2, foot + radius * 0.05)],
        radius * 0.12,
        radius * 0.09,
        wood,
    )
