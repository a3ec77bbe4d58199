"""Bridges, roads, rails and roofs."""

from __future__ import annotations

import itertools

import numpy as np

from studio.engines.storyboard.places.buildings import house_row, skyline
from studio.engines.storyboard.places.spans import hanging_bridge, viaduct
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
from studio.engines.storyboard.places.wild import fence
from studio.engines.storyboard.sheet.canvas import mix
from studio.engines.storyboard.sheet.stage import ON_RAILS, PASSING, Stage, seed_of

_OLD = frozenset({"stone", "old", "arched", "ancient", "medieval"})


def rooftop(stage: Stage) -> None:
    """A flat roof with parapet, tank and chimneys above a sea of roofs."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    skyline(stage, foot=hor + span * 0.10, tall=span * 0.42, nearness=0.18, count=16, haze=0.55)
    skyline(stage, foot=hor + span * 0.16, tall=span * 0.26, nearness=0.36, count=12, haze=0.4)
    house_row(stage, foot=hor + span * 0.22, tall=span * 0.18, nearness=0.5, haze=0.2, steeple=False)
    edge = hor + (stage.height - hor) * 0.42
    paint_ground(stage, local="#8d827c", top=edge, texture=0.06, far_fade=0.1, near_dark=0.45)
    sketch = stage.sketch()
    wall = palette.shade("#a3948a", 0.65, 0.7)
    sketch.rect(-4, edge - span * 0.035, stage.width + 4, edge + span * 0.01, wall * np.float32(0.85))
    sketch.rect(-4, edge - span * 0.05, stage.width + 4, edge - span * 0.03, mix(wall, palette.key, 0.22))
    _water_tank(stage, stage.side_x(0.82), edge - span * 0.035, span * 0.30)
    for share in (0.60, 0.08):
        x = stage.side_x(share)
        brick = palette.shade("#8a5345", 0.65, 0.75)
        sketch.rect(x - span * 0.03, edge - span * 0.16, x + span * 0.03, edge + span * 0.03, brick)
        sketch.rect(
            x - span * 0.037,
            edge - span * 0.175,
            x + span * 0.037,
            edge - span * 0.155,
            brick * np.float32(0.8),
        )
        for dx in (-0.014, 0.014):
            sketch.rect(
                x + span * (dx - 0.008),
                edge - span * 0.205,
                x + span * (dx + 0.008),
                edge - span * 0.17,
                brick * np.float32(1.15),
            )
    sketch.stamp()
    stage.near, stage.tuft, stage.foot_limits = "rail", "", (edge / stage.height + 0.10, 0.885)


def bridge(stage: Stage) -> None:
    """A stone bridge of arches over a river, its reflection closing the circles; trains get a viaduct, cars a road."""
    crossing = {subject.kind for subject in stage.brief.subjects} & PASSING
    if crossing:
        return (
            viaduct(stage)
            if crossing & ON_RAILS or _OLD & set(stage.brief.place_key.split())
            else hanging_bridge(stage)
        )
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_hill(stage, hill_line(stage, hor - span * 0.09, span * 0.05), nearness=0.2, local="#7f9f80", keep=0.7)
    house_row(stage, foot=hor + span * 0.01, tall=span * 0.10, nearness=0.34, haze=0.5)
    tree_row(
        stage,
        foot=hor + span * 0.03,
        tall=span * 0.10,
        nearness=0.42,
        count=13,
        kind="broadleaf",
        haze=0.4,
        gap=(0.3, 0.7),
    )
    _arches(stage, hor + span * 0.055)
    paint_water(
        stage,
        top=hor + span * 0.055,
        local="#3f7a8c",
        mirror=0.7,
        chop=0.55,
        seed=seed_of(stage.brief.place_key) % 997,
    )
    edge = hor + (stage.height - hor) * 0.52
    ridge = hill_line(stage, edge, span * 0.03, period=0.6)
    paint_ground(stage, local="#7a9650", top=edge, ridge=ridge, texture=0.1, far_fade=0.2)
    paint_path(stage, local="#c2ac80", to_x=stage.side_x(0.55), far_y=edge + span * 0.02, near_width=1.0)
    paint_grass(stage, local="#7a9650", top=edge + span * 0.02, amount=220)
    stage.water_foot = hor + (edge - hor) * 0.66
    stage.near, stage.tuft, stage.foot_limits = "reeds", "#6d8c45", (edge / stage.height + 0.07, 0.97)


def road(stage: Stage) -> None:
    """A road running straight to the hills, with its white line, poles and fields."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_mountains(stage, top=hor - span * 0.15, foot=hor + 2, nearness=0.18, local="#7d8797", peaks=8)
    snowy = stage.has("snow")
    paint_ground(stage, local="#e6ecf4" if snowy else "#a9a45f", top=hor, texture=0.10, near_dark=0.3)
    sketch = stage.sketch()
    far = 60.0
    tar = palette.shade("#5a5960", 0.7, 0.75)
    sketch.poly([stage.at(-1.7, 0, 0.8), stage.at(-1.7, 0, far), stage.at(1.7, 0, far), stage.at(1.7, 0, 0.8)], tar)
    for side in (-1.55, 1.5):
        sketch.poly(
            [
                stage.at(side, 0, 0.8),
                stage.at(side, 0, far),
                stage.at(side + 0.07, 0, far),
                stage.at(side + 0.07, 0, 0.8),
            ],
            palette.shade("#e9e4d4", 0.7, 0.7),
        )
    z = 1.2
    while z < far:
        sketch.poly(
            [
                stage.at(-0.05, 0, z),
                stage.at(-0.05, 0, z + 1.2),
                stage.at(0.05, 0, z + 1.2),
                stage.at(0.05, 0, z),
            ],
            palette.shade("#efe3b0", 0.75, 0.8),
        )
        z += 2.6
    sketch.stamp()
    paint_mist(stage, hor + span * 0.01, span * 0.06, 0.45)
    _poles(stage)
    if not snowy:
        paint_grass(stage, local="#a9a45f", top=hor + span * 0.16, amount=160)
    stage.near, stage.tuft = "grass", ""


def railway(stage: Stage) -> None:
    """Twin rails on sleepers sweeping toward far hills, signal and telegraph poles."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_mountains(stage, top=hor - span * 0.17, foot=hor + 2, nearness=0.18, local="#7d8797", snow=0.3, peaks=7)
    tree_row(stage, foot=hor + span * 0.015, tall=span * 0.07, nearness=0.36, count=34, haze=0.5, gap=(0.44, 0.56))
    snowy = stage.has("snow")
    paint_ground(stage, local="#e6ecf4" if snowy else "#8f9a5d", top=hor, texture=0.10, near_dark=0.3)
    _track(stage)
    _poles(stage)
    fence(stage, hor + span * 0.045)
    stage.near, stage.tuft = "grass", ""


def _water_tank(stage: Stage, x: float, foot: float, tall: float) -> None:
    sketch, palette = stage.sketch(), stage.palette
    wood = palette.shade("#7a5f4d", 0.62, 0.7, 0.9)
    wide = tall * 0.42
    for dx in (-0.4, -0.13, 0.13, 0.4):
        sketch.line(
            [(x + dx * wide, foot), (x + dx * wide * 0.9, foot - tall * 0.5)],
            3.5 * stage.unit,
            wood * np.float32(0.6),
        )
    sketch.line(
        [(x - 0.4 * wide, foot - tall * 0.1), (x + 0.4 * wide, foot - tall * 0.42)],
        2 * stage.unit,
        wood * np.float32(0.6),
    )
    sketch.rect(x - wide / 2, foot - tall * 0.88, x + wide / 2, foot - tall * 0.48, wood)
    sunward = 1 if stage.sun[0] > x else -1
    lit = sorted((x + sunward * wide * 0.5, x + sunward * wide * 0.28))
    sketch.rect(lit[0], foot - tall * 0.88, lit[1], foot - tall * 0.48, mix(wood, palette.key, 0.25))
    for row in (0.58, 0.7, 0.82):
        sketch.rect(
            x - wide / 2,
            foot - tall * row,
            x + wide / 2,
            foot - tall * row + 2 * stage.unit,
            wood * np.float32(0.7),
        )
    sketch.poly(
        [
            (x - wide * 0.57, foot - tall * 0.87),
            (x, foot - tall * 1.06),
            (x + wide * 0.57, foot - tall * 0.87),
        ],
        wood * np.float32(0.75),
    )
    sketch.stamp()


def _arches(stage: Stage, foot: float) -> None:
    palette, span, w = stage.palette, stage.span, stage.width
    sketch = stage.sketch()
    stone = palette.shade("#b3a28c", 0.5, 0.6)
    top = [
        (float(x) * w, foot - span * (0.115 + 0.075 * float(np.sin(np.clip(x, 0, 1) * np.pi))))
        for x in np.linspace(-0.02, 1.02, 33)
    ]
    body = [*top, (w * 1.02, foot + 2), (-0.02 * w, foot + 2)]
    sketch.poly(body, stone)
    clear = np.zeros(3, np.float32)
    for middle, half, rise in (
        (0.16, 0.085, 0.10),
        (0.38, 0.10, 0.135),
        (0.62, 0.10, 0.135),
        (0.84, 0.085, 0.10),
    ):
        arch = [((middle - half) * w, foot + 4)]
        arch += [
            ((middle - half * float(np.cos(a))) * w, foot - span * rise * float(np.sin(a)))
            for a in np.linspace(0, np.pi, 21)
        ]
        arch += [((middle + half) * w, foot + 4)]
        outer = [
            ((middle - half * 1.1 * float(np.cos(a))) * w, foot - span * rise * 1.12 * float(np.sin(a)))
            for a in np.linspace(0, np.pi, 21)
        ]
        sketch.poly(outer, stone * np.float32(0.86))
        sketch.poly(arch, stone * np.float32(0.55))
        inner = [(x - (x - middle * w) * 0.10 - stage.hero_side * span * 0.012, y + 2) for x, y in arch]
        sketch.poly(inner, clear, 0.0)
    lip = [(x, y - span * 0.018) for x, y in top]
    sketch.poly(lip + top[::-1], mix(stone, palette.key, 0.28))
    sketch.stamp(haze=0.30, haze_colour=palette.low, foot_y=foot, foot_span_px=span * 0.25)


def _poles(stage: Stage) -> None:
    sketch, palette = stage.sketch(), stage.palette
    side = -stage.hero_side
    tops = []
    for z in (24.0, 15.0, 9.6, 6.2, 4.0, 2.6):
        x = side * -3.2
        foot, head = stage.at(x, 0, z), stage.at(x, 3.3, z)
        near = float(np.clip(1.3 / (1 + 0.15 * z), 0.2, 0.9))
        colour = palette.shade("#54463c", near, 0.5, 0.7)
        size = stage.focal_px / z
        sketch.taper([foot, head], size * 0.075, size * 0.05, colour)
        for drop in (0.12, 0.4):
            sketch.line(
                [
                    (head[0] - size * 0.42, head[1] + size * drop),
                    (head[0] + size * 0.42, head[1] + size * drop),
                ],
                max(1, size * 0.05),
                colour,
            )
        tops.append((head[0], head[1] + size * 0.1, size))
    for (ax, ay, asize), (bx, by, bsize) in itertools.pairwise(tops):
        for offset in (-0.4, 0.4):
            wire = [
                (
                    ax + offset * asize + (bx + offset * bsize - ax - offset * asize) * t,
                    ay + (by - ay) * t + float(np.sin(t * np.pi)) * bsize * 0.12,
                )
                for t in np.linspace(0, 1, 11)
            ]
            sketch.line(wire, max(0.7, 1.0 * stage.unit), palette.shade("#3a3433", 0.5, 0.5))
    sketch.stamp(haze=0.12, haze_colour=palette.low)


def _track(stage: Stage) -> None:
    palette, at = stage.palette, stage.at
    sketch = stage.sketch()

    def bend(z: float) -> float:
        return stage.hero_side * -1 * (0.0016 * z * z)

    depths = [1.0 * 1.12**i for i in range(34)]
    bed = [at(-1.1 + bend(z), 0, z) for z in depths] + [at(1.1 + bend(z), 0, z) for z in depths[::-1]]
    sketch.poly(bed, palette.shade("#8a8078", 0.7, 0.65))
    z = 0.9
    while z < 16:
        sketch.poly(
            [
                at(-0.85 + bend(z), 0.02, z),
                at(0.85 + bend(z), 0.02, z),
                at(0.85 + bend(z), 0.02, z + 0.13),
                at(-0.85 + bend(z), 0.02, z + 0.13),
            ],
            palette.shade("#59463a", 0.75, 0.65),
        )
        z += 0.36
    for rail in (-0.55, 0.55):
        line = [at(rail - 0.035 + bend(z), 0.06, z) for z in depths] + [
            at(rail + 0.035 + bend(z), 0.06, z) for z in depths[::-1]
        ]
        sketch.poly(line, mix(palette.shade("#8d8f96", 0.75, 0.6), palette.low, 0.4))
    sketch.stamp()
    paint_mist(stage, stage.horizon + stage.span * 0.01, stage.span * 0.05, 0.35)
