"""Streets and everything built along the way: village, city, market, roof, bridge, road, railway."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.buildings import Windows, house, house_row, skyline
from studio.engines.storyboard.places.streets import street_lamps, street_walls
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
from studio.engines.storyboard.sheet.canvas import mix, rgb
from studio.engines.storyboard.sheet.stage import Stage, seed_of

_MOUNTAIN = frozenset(("mountain", "mountains", "alpine", "alps"))


def village(stage: Stage) -> None:
    """Cottages round a green, a church on the rise, hills behind."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    if _MOUNTAIN & set(stage.brief.place_key.split()):
        paint_mountains(stage, top=hor - span * 0.34, foot=hor + 2, nearness=0.12, local="#7d8797", snow=0.4)
    paint_hill(stage, hill_line(stage, hor - span * 0.10, span * 0.05), nearness=0.18, local="#86a58a", keep=0.7)
    paint_hill(stage, hill_line(stage, hor - span * 0.03, span * 0.03), nearness=0.3, local="#7f9f62", keep=0.7)
    house_row(stage, foot=hor + span * 0.012, tall=span * 0.085, nearness=0.36, spread=(0.05, 0.95), haze=0.5)
    tree_row(stage, foot=hor + span * 0.03, tall=span * 0.07, nearness=0.42, count=16, kind="broadleaf", haze=0.3)
    snowy = stage.has("snow")
    paint_ground(
        stage,
        local="#e9eef6" if snowy else "#86a257",
        top=hor + span * 0.02,
        texture=0.06 if snowy else 0.10,
        near_dark=0.25,
    )
    paint_path(
        stage,
        local="#c7cfdd" if snowy else "#cdb78a",
        to_x=stage.side_x(0.62),
        far_y=hor + span * 0.04,
        near_width=1.5,
    )
    _cottages(stage)
    if not snowy:
        paint_grass(stage, local="#86a257", top=hor + span * 0.12, amount=260)
    stage.near, stage.tuft = "grass", "#6f9443"


def town(stage: Stage) -> None:
    """A paved square: gabled fronts at both sides, a row of houses and a steeple at its end."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    house_row(stage, foot=hor + span * 0.03, tall=span * 0.19, nearness=0.36, haze=0.5)
    paint_mist(stage, hor, span * 0.10, 0.25)
    pavement(stage, "#a89a8c", top=hor + span * 0.025)
    street_walls(stage, half_width=3.4, storeys=2.6, near_z=2.6, far_z=8.5)
    street_lamps(stage, x=2.3, depths=(4.2, 8.0))
    stage.near, stage.tuft = "posts", ""


def city(stage: Stage) -> None:
    """A skyline over the water or park edge, seen from a promenade."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    skyline(stage, foot=hor + span * 0.01, tall=span * 0.40, nearness=0.16, count=17, haze=0.45)
    skyline(stage, foot=hor + span * 0.01, tall=span * 0.27, nearness=0.34, count=13, haze=0.4)
    tree_row(stage, foot=hor + span * 0.02, tall=span * 0.045, nearness=0.42, count=30, kind="broadleaf", haze=0.35)
    paint_water(
        stage,
        top=hor + span * 0.012,
        local="#2f5f7d",
        mirror=0.72,
        chop=0.6,
        seed=seed_of(stage.brief.place_key) % 997,
    )
    edge = hor + (stage.height - hor) * 0.46
    paint_ground(stage, local="#9a948f", top=edge, texture=0.05, far_fade=0.15, near_dark=0.4)
    _railing(stage, edge)
    street_lamps(stage, x=2.6, depths=(3.6,), tall=2.2)
    stage.water_foot = hor + (edge - hor) * 0.6
    stage.near, stage.tuft, stage.foot_limits = "none", "", (edge / stage.height + 0.09, 0.97)


def street(stage: Stage) -> None:
    """A street between tall fronts that runs to the vanishing point, lamps and wet kerbs."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    modern = bool(stage.place_rng.random() < 0.45) or "city" in stage.brief.place_key
    skyline(stage, foot=hor + span * 0.01, tall=span * 0.28, nearness=0.15, count=12, haze=0.6)
    pavement(stage, "#7d7a7d", top=hor)
    _kerbs(stage)
    street_walls(stage, half_width=2.5, storeys=4.2 if modern else 3.4, near_z=1.7, far_z=15, modern=modern, shops=True)
    paint_mist(stage, hor, span * 0.12, 0.35 + 0.3 * stage.palette.haze)
    street_lamps(stage, x=1.75, depths=(3.1, 5.2, 8.4, 13.0))
    stage.near, stage.tuft, stage.reflects = "wall", "", 0.10
    stage.backlight = 1.25


def market(stage: Stage) -> None:
    """Striped awnings over stalls of fruit along a square, strings of lamps."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    house_row(stage, foot=hor + span * 0.02, tall=span * 0.24, nearness=0.34, haze=0.5)
    pavement(stage, "#b5a48a", top=hor + span * 0.015)
    for z in (9.5, 6.4, 4.2):
        for side in (-1, 1):
            _stall(stage, side * (2.0 + 0.06 * z), z)
    _lamp_string(stage)
    stage.near, stage.tuft = "crates", ""


def pavement(stage: Stage, local: str, *, top: float) -> None:
    """Flagstones in perspective, shining when wet."""
    palette = stage.palette
    wet = stage.is_wet
    snowy = stage.has("snow")
    tone = "#dfe6f0" if snowy else local
    paint_ground(stage, local=tone, top=top, texture=0.05, far_fade=0.55, near_dark=0.35, keep=0.7)
    sketch = stage.sketch()
    line = palette.shade(local, 0.75, 0.6, 0.72)
    z = stage.eye_height * stage.focal_px / (stage.height - stage.horizon) * 0.95
    step = 0.22
    while z < 14:
        y = stage.at(0, 0, z)[1]
        sketch.line([(-3, y), (stage.width + 3, y)], max(0.5, 1.7 * stage.unit / z**0.6), line)
        z += step
        step *= 1.10
    for index in range(-22, 23):
        x = index * 0.42
        sketch.line([stage.at(x, 0, 0.7), stage.at(x, 0, 14)], max(0.6, 1.0 * stage.unit), line)
    sketch.stamp(opacity=0.16 if snowy else 0.38)
    if wet:
        _shine(stage, top)
        stage.reflects = 0.3


def _shine(stage: Stage, top: float) -> None:
    """What stands above lies broken in the wet stones."""
    y0 = int(top) + 1
    rows = np.arange(y0, stage.height)
    swell = stage.ground_tile(stage.tiles.soft, y0, scale=120, stretch=5, seed=77) - np.float32(0.5)
    source = np.clip(2 * y0 - rows[:, None] + swell * 60 * stage.unit, 0, y0 - 1).astype(np.int32)
    across = np.clip(stage.canvas.columns[None, :] + swell * 26 * stage.unit, 0, stage.width - 1).astype(np.int32)
    mirror = stage.canvas.rgb[source, across]
    mask = np.clip(0.34 + swell * 1.6, 0.06, 0.62)
    stage.canvas.blend(mask.astype(np.float32), mirror, 0, y0)


def _cottages(stage: Stage) -> None:
    hor, span = stage.horizon, stage.span
    for share, size, drop in ((0.58, 0.20, 0.05), (0.72, 0.26, 0.075), (0.05, 0.40, 0.13), (0.92, 0.50, 0.17)):
        sketch, windows = stage.sketch(), Windows(stage)
        wide = span * size
        x = stage.side_x(share) - wide / 2
        foot = hor + span * drop
        house(stage, sketch, windows, x, foot, wide, wide * 0.44, nearness=0.5 + size * 0.5, gable=share > 0.8)
        sketch.stamp(haze=0.3, haze_colour=stage.palette.low, foot_y=foot, foot_span_px=wide)
        windows.light(1.0, 16)


def _railing(stage: Stage, y: float) -> None:
    sketch, tall = stage.sketch(), stage.person_at(y) * 0.55
    iron = stage.palette.shade("#3d434c", 0.75, 0.6, 0.8)
    for rail in (1.0, 0.55, 0.2):
        sketch.line(
            [(-3, y - tall * rail), (stage.width + 3, y - tall * rail)],
            max(1.2, tall * (0.09 if rail == 1.0 else 0.045)),
            iron,
        )
    for x in np.arange(0, stage.width, tall * 0.9):
        sketch.rect(float(x), y - tall, float(x) + tall * 0.06, y, iron)
    sketch.stamp()


def _kerbs(stage: Stage) -> None:
    sketch, palette = stage.sketch(), stage.palette
    for side in (-1, 1):
        inner, outer = side * 1.45, side * 2.5
        stone = palette.shade("#a8a29c", 0.72, 0.6)
        sketch.poly(
            [
                stage.at(inner, 0.06, 0.7),
                stage.at(inner, 0.06, 15),
                stage.at(outer, 0.06, 15),
                stage.at(outer, 0.06, 0.7),
            ],
            stone,
        )
        sketch.poly(
            [
                stage.at(inner, 0, 0.7),
                stage.at(inner, 0, 15),
                stage.at(inner, 0.06, 15),
                stage.at(inner, 0.06, 0.7),
            ],
            stone * np.float32(0.62),
        )
    sketch.stamp(opacity=0.72)


def _stall(stage: Stage, x: float, z: float) -> None:
    rng, palette, at = stage.place_rng, stage.palette, stage.at
    sketch = stage.sketch()
    near = float(np.clip(1.3 / (1 + 0.15 * z), 0.2, 0.85))
    cloth = palette.shade(("#c2463c", "#3f7f6f", "#d29a3c", "#4a6a9a", "#8a4a7a")[int(rng.integers(0, 5))], near, 0.8)
    pale = palette.shade("#f2e8d5", near, 0.8)
    wood = palette.shade("#7a5a40", near, 0.7, 0.85)
    half = 0.95
    for px in (-half, half):
        sketch.line([at(x + px, 0, z), at(x + px, 1.5, z)], max(1, stage.focal_px / z * 0.035), wood)
    sketch.poly([at(x - half, 0, z), at(x + half, 0, z), at(x + half, 0.52, z), at(x - half, 0.52, z)], wood)
    sketch.poly(
        [
            at(x - half, 0.52, z),
            at(x + half, 0.52, z),
            at(x + half, 0.62, z + 0.5),
            at(x - half, 0.62, z + 0.5),
        ],
        wood * np.float32(1.2),
    )
    tints = ("#d9452f", "#e8952f", "#7fa83a", "#e2c53a", "#9a3f6a")
    for column in range(5):
        fruit = palette.shade(tints[int(rng.integers(0, 5))], near, 0.85)
        cx = x - half + (column + 0.5) * half * 0.4
        for dx, dy in ((-0.1, 0.56), (0.1, 0.56), (0.0, 0.60), (-0.05, 0.66), (0.06, 0.65)):
            px, py = at(cx + dx, dy, z)
            size = stage.focal_px / z * 0.075
            sketch.ellipse(px, py, size, size, fruit * np.float32(0.85 + 0.5 * (dy - 0.5)))
    stripes = 8
    for index in range(stripes):
        a, b = (
            x - half * 1.15 + index * half * 2.3 / stripes,
            x - half * 1.15 + (index + 1) * half * 2.3 / stripes,
        )
        tone = cloth if index % 2 else pale
        sketch.poly([at(a, 1.30, z - 0.35), at(b, 1.30, z - 0.35), at(b, 1.72, z + 0.4), at(a, 1.72, z + 0.4)], tone)
        edge = [
            at(a, 1.30, z - 0.35),
            at(b, 1.30, z - 0.35),
            at((a + b) / 2 + 0.05, 1.17, z - 0.35),
            at((a + b) / 2 - 0.05, 1.17, z - 0.35),
        ]
        sketch.poly(edge, tone * np.float32(0.85))
    sketch.stamp(haze=0.5 * (1 - near), haze_colour=palette.low)
    if palette.darkness > 0.4:
        reach = stage.focal_px / z
        stage.canvas.illuminate(
            *at(x, 0.8, z), reach * 1.5, mix(palette.lamp, rgb("#ff7a30"), 0.5), 0.95 * palette.darkness
        )
        stage.canvas.glow(*at(x, 1.15, z), reach * 0.9, palette.lamp, 0.45 * palette.darkness)


def _lamp_string(stage: Stage) -> None:
    sketch, palette = stage.sketch(), stage.palette
    bulbs = []
    for z in (4.4, 6.6, 9.6):
        points = [stage.at(-2.6 + 5.2 * t, 2.3 - 0.42 * float(np.sin(t * np.pi)), z) for t in np.linspace(0, 1, 17)]
        sketch.line(points, max(1, 5 * stage.unit / z), palette.shade("#3a3433", 0.7, 0.6))
        bulbs += [(x, y, stage.focal_px / z * 0.03) for x, y in points[1::2]]
    for x, y, size in bulbs:
        sketch.ellipse(x, y + size, size, size * 1.2, mix(palette.lamp, rgb("#ffffff"), 0.3))
    sketch.stamp()
    for x, y, size in bulbs:
        stage.canvas.glow(x, y, size * 6, palette.lamp, 0.25 + 0.5 * palette.darkness)
