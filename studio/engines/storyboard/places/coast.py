"""Coasts that are no plain beach: cliff top, shingle, rocks, dunes, palms."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.terrain import (
    hill_line,
    paint_ground,
    paint_hill,
    paint_path,
    paint_rocks,
    paint_water,
)
from studio.engines.storyboard.places.vegetation import paint_grass, palm
from studio.engines.storyboard.places.waters import foam_line, headland, water_seed, wet_sand
from studio.engines.storyboard.places.weather import paint_sky
from studio.engines.storyboard.sheet.canvas import Array, mix, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage


def cliff_path(stage: Stage) -> None:
    """High grass above the sea: the land breaks off on one side, pale cliffs stand in the bay below."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_water(stage, top=hor, local="#1f6f9a", mirror=0.30, chop=0.9, seed=water_seed(stage))
    for end, drop, foot, near in ((0.97, 0.055, 0.030, 0.24), (0.84, 0.105, 0.075, 0.36), (0.68, 0.150, 0.165, 0.52)):
        _chalk(stage, end, hor - span * drop, hor + span * foot, near)
    u = _from_hero(stage)
    slope = np.clip((u - 0.36) / 0.66, 0, 1) ** np.float32(1.25)
    hill = np.clip(1 - u / 0.40, 0, 1) ** np.float32(1.5)
    rough = stage.wave(stage.place_rng, period_px=stage.width * 0.12, octaves=4) * np.float32(span * 0.012)
    ridge = hor + slope * np.float32(stage.height * 1.06 - hor) - hill * np.float32(span * 0.13) + rough
    edge = np.asarray(ridge + np.float32(span * 0.004), np.float32)
    paint_ground(stage, local="#6f9a48", top=float(edge.min()), ridge=edge, texture=0.12, far_fade=0.15, near_dark=0.30)
    _crumbling_edge(stage, edge, u)
    paint_path(stage, local="#d3bd8c", to_x=stage.side_x(0.16), far_y=hor - span * 0.02, near_width=0.9, bend=0.03)
    _cliff_fence(stage, edge)
    stage.near, stage.tuft = "grass", "#6d9443"
    stage.foot_limits, stage.water_foot = (0.74, 0.97), hor + span * 0.03


def _from_hero(stage: Stage) -> Array:
    """0 at the hero's edge of the picture, 1 at the other, for every column."""
    u = stage.canvas.columns / np.float32(stage.width)
    return u if stage.hero_side < 0 else np.asarray(1 - u, np.float32)


def _chalk(stage: Stage, end: float, top: float, foot: float, near: float) -> None:
    """A headland from the land out to ``end``: turf on a pale, furrowed wall that stands in the water."""
    palette, rng, span = stage.palette, stage.place_rng, stage.span
    u = _from_hero(stage)
    jag = stage.wave(rng, period_px=stage.width * 0.07, octaves=4)
    roof = top + jag * np.float32((foot - top) * 0.07) + np.clip(u - end + 0.25, 0, 1) * np.float32((foot - top) * 0.35)
    inside = u < np.float32(end) + jag * np.float32(0.006)
    ridge = np.where(inside, roof, stage.height + 9).astype(np.float32)
    furrows = stage.tile_box(stage.tiles.fine, (0, 0, stage.width, stage.height), 2.2 * stage.unit, 31, 0.16)
    lit = mix(palette.shade("#efe6d2", near + 0.15, 0.8, 1.06), palette.key, 0.12)
    dark = palette.shade("#9a8d7c", near + 0.1, 0.7, 0.82)
    colour = dark + (lit - dark) * np.clip(0.62 + (furrows - 0.5) * 1.5, 0, 1)[..., None]
    away = smoothstep(foot - (foot - top) * 0.3, foot + span * 0.01, stage.canvas.rows)[..., None]
    colour = colour + (palette.low - colour) * away * np.float32(0.30)
    before = stage.canvas.rgb.copy()
    stage.canvas.below(ridge, colour.astype(np.float32))
    turf = np.where(inside, roof + np.float32((foot - top) * 0.12) * (1 + jag * np.float32(0.4)), 0).astype(np.float32)
    mask = ((stage.canvas.rows >= ridge[None, :]) & (stage.canvas.rows < turf[None, :])).astype(np.float32)
    stage.canvas.blend(mask, palette.shade("#6f9a4c", near + 0.1, 0.75))
    base = foot + jag * np.float32(2 * stage.unit)
    below = np.clip(stage.canvas.rows - base[None, :], 0, 1)
    stage.canvas.rgb += (before - stage.canvas.rgb) * below[..., None]
    foam = np.where(inside, base, -99).astype(np.float32)
    near_foot = np.abs(stage.canvas.rows - foam[None, :]) / np.float32(2.4 * stage.unit + span * 0.004)
    stage.canvas.blend(
        np.asarray(np.clip(1 - near_foot, 0, 1) * 0.8, np.float32), mix(palette.low, rgb("#ffffff"), 0.6)
    )


def _crumbling_edge(stage: Stage, edge: Array, u: Array) -> None:
    """The broken rim of the turf: a strip of bare earth and a dark line above the drop."""
    depth = stage.canvas.rows - edge[None, :]
    thick = np.float32(stage.span) * (np.float32(0.006) + np.float32(0.03) * np.clip(u - 0.3, 0, 1))[None, :]
    bare = (depth > 0) * smoothstep(1.0, 0.6, np.asarray(depth / thick, np.float32)) * (u > 0.36)[None, :]
    stage.canvas.blend(np.asarray(bare, np.float32), stage.palette.shade("#d9c7a0", 0.8, 0.85))


def _cliff_fence(stage: Stage, edge: Array) -> None:
    """Posts and wire along the drop."""
    sketch, tops = stage.sketch(), []
    for share in (0.37, 0.41, 0.46, 0.52, 0.595, 0.685, 0.79):
        x = stage.side_x(share)
        foot = float(edge[int(np.clip(x, 0, stage.width - 1))]) + stage.span * 0.018
        tall = max(stage.span * 0.02, stage.person_at(foot) * 0.42)
        wood = stage.palette.shade("#6b513c", 0.75, 0.7)
        sketch.taper([(x, foot + 3), (x + tall * 0.04, foot - tall)], tall * 0.15, tall * 0.12, wood)
        tops.append((x, foot, tall))
    for level in (0.9, 0.55):
        sketch.line(
            [(x, foot - tall * level) for x, foot, tall in tops],
            1.5 * stage.unit,
            stage.palette.shade("#4a4038", 0.7, 0.6),
        )
    sketch.stamp()


def pebble_beach(stage: Stage) -> None:
    """A bank of grey and tawny stones that slants down to a steel-green sea, with groynes running out."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    headland(stage, stage.side_x(0.06), span * 0.13, stage.width * 0.30)
    paint_water(stage, top=hor, local="#4f7f86", mirror=0.35, chop=1.15, seed=water_seed(stage))
    u = _from_hero(stage)
    swing = stage.wave(stage.place_rng, period_px=stage.width * 0.30, octaves=3) * np.float32(span * 0.012)
    tide = np.asarray(hor + span * 0.035 + (stage.height * 0.90 - hor) * u ** np.float32(1.5) + swing, np.float32)
    foam = mix(palette.low, rgb("#ffffff"), 0.65 * (1 - 0.6 * palette.darkness))
    for step, strength in ((-0.060, 0.45), (-0.028, 0.7)):
        foam_line(
            stage, np.asarray(tide + np.float32(step * span) * (0.3 + u), np.float32), foam, strength, 6 * stage.unit
        )
    _groynes(stage, tide)
    paint_ground(
        stage,
        local="#8b8680",
        top=float(tide.min()),
        ridge=tide,
        texture=0.14,
        stretch=1.5,
        far_fade=0.35,
        near_dark=0.25,
    )
    _pebbles(stage, tide)
    foam_line(stage, tide, foam, 0.95, 9 * stage.unit)
    stage.near, stage.tuft, stage.reflects = "rocks", "", 0.0
    stage.water_foot = hor + span * 0.06
    stage.foot_limits = (0.74, 0.97)


def _pebbles(stage: Stage, tide: Array) -> None:
    rng, palette, sketch = stage.place_rng, stage.palette, stage.sketch()
    tints = ("#b9aa98", "#6f7a84", "#dcd6ca", "#9a7a66", "#55606a", "#c7c9c6", "#a4988c")
    tones = [palette.shade(tint, 0.85, 0.85) for tint in tints]
    for sx, sy, size, turn in rng.random((950, 4)):
        y = stage.horizon + (stage.height * 1.02 - stage.horizon) * (0.08 + 0.92 * float(sy) ** 0.85)
        x = float(sx) * stage.width
        if y < float(tide[min(stage.width - 1, int(x))]) + 3:
            continue
        half = stage.person_at(y) * 0.060 * (0.45 + float(size) ** 2)
        tone = tones[int(turn * 7) % 7]
        sketch.ellipse(x, y + half * 0.22, half * 1.06, half * 0.56, tone * np.float32(0.55))
        sketch.ellipse(x, y, half, half * 0.52, tone)
        if half > 5 * stage.unit:
            sketch.ellipse(x - half * 0.2, y - half * 0.16, half * 0.5, half * 0.18, mix(tone, palette.key, 0.30))
    sketch.stamp()


def _groynes(stage: Stage, tide: Array) -> None:
    """Rows of posts from the stones into the water."""
    sketch = stage.sketch()
    for start, y0, posts in ((0.34, 0.085, 9), (0.60, 0.22, 8)):
        for index in range(posts):
            x = stage.side_x(start + (0.036 + 0.03 * start) * index)
            y = stage.horizon + stage.span * (y0 - 0.004 * index)
            tall = stage.person_at(y) * 0.62 * (1 - 0.05 * index)
            wood = stage.palette.shade("#4a3f38", 0.7, 0.7)
            sketch.taper([(x, y + tall * 0.1), (x, y - tall)], tall * 0.24, tall * 0.20, wood)
        a, b = stage.side_x(start), stage.side_x(start + (0.036 + 0.03 * start) * (posts - 1))
        y = stage.horizon + stage.span * y0
        tall = stage.person_at(y) * 0.62
        sketch.line([(a, y - tall * 0.45), (b, y - tall * 0.30)], tall * 0.2, stage.palette.shade("#5a4c42", 0.7, 0.7))
    sketch.stamp()


def rocky_shore(stage: Stage) -> None:
    """Black ledges with pools, sea stacks off the land, spray where the swell breaks."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    paint_water(stage, top=hor, local="#24606f", mirror=0.32, chop=1.4, seed=water_seed(stage))
    for share, wide, tall, near in (
        (0.93, 0.11, 0.27, 0.40),
        (0.74, 0.045, 0.20, 0.46),
        (0.60, 0.022, 0.11, 0.42),
        (0.08, 0.10, 0.15, 0.34),
    ):
        _stack(stage, stage.side_x(share), stage.width * wide, span * tall, near)
    edge = hor + (stage.height - hor) * 0.26
    jag = stage.wave(rng, period_px=stage.width * 0.10, octaves=5, ridged=True)
    ridge = np.asarray(edge + span * 0.02 - jag * np.float32(span * 0.085), np.float32)
    white = mix(palette.low, rgb("#ffffff"), 0.75 * (1 - 0.5 * palette.darkness))
    for share, size in ((0.55, 0.15), (0.82, 0.19), (0.20, 0.10)):
        _spray(stage, stage.side_x(share), edge - span * 0.01, span * size, white)
    paint_ground(
        stage, local="#4d4a4e", top=edge, ridge=ridge, texture=0.24, stretch=2.0, far_fade=0.10, near_dark=0.35
    )
    foam_line(stage, np.asarray(ridge - 2, np.float32), white, 0.9, 6 * stage.unit)
    _pools(stage, edge)
    spots = [
        (
            float(x) * stage.width,
            edge + (stage.height - edge) * (0.06 + 0.9 * float(y) ** 1.3),
            (10 + 46 * float(y)) * float(s) * stage.unit,
        )
        for x, y, s in zip(rng.random(26), rng.random(26), rng.uniform(0.5, 1.2, 26), strict=True)
        if abs(float(x) - stage.side_x(0.36) / stage.width) > 0.10
    ]
    paint_rocks(stage, sorted(spots, key=lambda spot: spot[1]), local="#55535a")
    stage.near, stage.tuft, stage.reflects = "rocks", "", 0.10
    stage.water_foot = hor + (edge - hor) * 0.5
    stage.foot_limits = (0.76, 0.97)


def _stack(stage: Stage, x: float, half: float, tall: float, near: float) -> None:
    """A tower of rock in the sea, lit on one side."""
    rng, palette, foot = stage.place_rng, stage.palette, stage.horizon + stage.span * 0.02
    sketch = stage.sketch()
    heights = rng.uniform(0.72, 1.0, 6)
    left = [(x - half, foot), (x - half * 0.86, foot - tall * 0.5), (x - half * 0.7, foot - tall * float(heights[0]))]
    crest = [(x + half * (-0.4 + 0.3 * i), foot - tall * float(heights[i + 1])) for i in range(4)]
    right = [(x + half * 0.82, foot - tall * 0.45), (x + half * 1.05, foot)]
    dark = palette.shade("#5a5458", near, 0.6, 0.8)
    sketch.poly([*left, *crest, *right], dark)
    sun = 1 if stage.sun[0] > x else -1
    face = [
        (x + sun * half * 0.1, foot),
        (x + sun * half * 0.05, foot - tall * 0.6),
        crest[2 if sun > 0 else 1],
        crest[3] if sun > 0 else left[2],
        right[0] if sun > 0 else left[1],
        right[1] if sun > 0 else left[0],
    ]
    sketch.poly(face, mix(palette.shade("#8f867f", near, 0.65), palette.key, 0.18))
    sketch.ellipse(x, foot, half * 1.25, stage.span * 0.008, mix(palette.low, rgb("#ffffff"), 0.6))
    sketch.stamp(haze=0.25, haze_colour=palette.low)


def _spray(stage: Stage, x: float, y: float, size: float, white: Array) -> None:
    rng, sketch = stage.place_rng, stage.sketch()
    for angle, reach, radius in rng.random((70, 3)):
        turn = np.pi * (0.12 + 0.76 * float(angle))
        away = size * float(reach) ** 0.7
        r = size * 0.07 * (0.25 + float(radius)) * (1.15 - 0.7 * float(reach))
        sketch.ellipse(x + float(np.cos(turn)) * away, y - float(np.sin(turn)) * away, r, r, white, 0.85)
    sketch.stamp(opacity=0.8, blur_px=1.2 * stage.unit)
    stage.canvas.glow(x, y, size * 1.0, white, 0.45)


def _pools(stage: Stage, edge: float) -> None:
    """Sea left standing in the hollows, with the sky in it."""
    sketch, palette = stage.sketch(), stage.palette
    for share, down, wide in ((0.66, 0.30, 0.085), (0.16, 0.46, 0.07), (0.80, 0.62, 0.13), (0.52, 0.80, 0.07)):
        y = edge + (stage.height - edge) * down
        x, half = stage.side_x(share), stage.width * wide
        rim = stage.place_rng.uniform(0.72, 1.12, 16)
        turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
        shape = [(float(np.cos(a) * r), float(np.sin(a) * r)) for a, r in zip(turns, rim, strict=True)]
        sketch.poly(
            [(x + half * dx * 1.06, y + half * dy * 0.20) for dx, dy in shape], palette.shade("#2f2c30", 0.8, 0.7)
        )
        sky = mix(mix(palette.mid, palette.low, 0.4), palette.shade("#3f5a66", 0.8, 0.8), 0.35)
        sketch.poly([(x + half * dx, y + half * dy * 0.17 + 2) for dx, dy in shape], sky)
        sketch.rect(x - half * 0.35, y + half * 0.04, x + half * 0.45, y + half * 0.055, mix(sky, palette.low, 0.6))
    sketch.stamp(blur_px=0.6)


def sea_dunes(stage: Stage) -> None:
    """Sand hills with marram grass on both sides of a gap; a strip of sea lies in it."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_water(stage, top=hor, bottom=hor + span * 0.12, local="#3a93ad", mirror=0.4, chop=1.0, seed=water_seed(stage))
    foam = mix(palette.low, rgb("#ffffff"), 0.6 * (1 - 0.6 * palette.darkness))
    for y in (0.055, 0.075):
        foam_line(stage, hill_line(stage, hor + span * y, span * 0.004, period=0.3), foam, 0.9, 4 * stage.unit)
    u = _from_hero(stage)
    for near, lift, gap, local in (
        (0.45, 0.14, 0.58, "#e6cf9a"),
        (0.62, 0.23, 0.56, "#dcc083"),
        (0.82, 0.12, 0.50, "#d5b778"),
    ):
        bank = np.clip(np.abs(u - np.float32(gap)) / 0.5 - 0.10, 0, 1) ** np.float32(0.75)
        rough = stage.wave(stage.place_rng, period_px=stage.width * 0.22, octaves=3) * np.float32(span * 0.022)
        base = hor + span * (0.10 + 0.16 * (near - 0.45) / 0.37)
        ridge = np.asarray(base - bank * np.float32(span * lift * 1.5) + rough, np.float32)
        paint_ground(
            stage,
            local=local,
            top=float(ridge.min()),
            ridge=ridge,
            texture=0.05,
            stretch=4,
            far_fade=0.12,
            near_dark=0.12,
        )
        _marram(stage, ridge, near, u, gap)
    stage.near, stage.tuft, stage.reflects = "grass", "#8f9a58", 0.0
    stage.water_foot, stage.foot_limits = hor + span * 0.03, (0.76, 0.97)


def _marram(stage: Stage, ridge: Array, near: float, u: Array, gap: float) -> None:
    """Stiff tufts along a crest, thick at the sides, none in the gap."""
    rng, sketch = stage.place_rng, stage.sketch()
    for share in rng.random(90):
        x = float(share) * stage.width
        column = min(stage.width - 1, int(x))
        if abs(float(u[column]) - gap) < 0.13:
            continue
        foot, tall = (
            float(ridge[column]) + 4 * stage.unit,
            stage.span * (0.03 + 0.06 * near) * float(rng.uniform(0.6, 1.2)),
        )
        for turn in (-0.55, -0.25, 0.05, 0.35, 0.65):
            tip = (x + tall * turn * 0.9 + tall * 0.12, foot - tall * (1 - 0.4 * abs(turn)))
            tone = stage.palette.shade(("#7f9a55", "#a5ab62", "#64834a")[int(rng.integers(0, 3))], near, 0.8)
            sketch.taper(
                [(x, foot), ((x + tip[0]) / 2, (foot + tip[1]) / 2 - tall * 0.08), tip], tall * 0.05, tall * 0.012, tone
            )
    sketch.stamp()


def tropical_beach(stage: Stage) -> None:
    """White sand, a lagoon in bands of turquoise, tall palms leaning over it."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    hump = np.exp(-(((_from_hero(stage) - np.float32(0.18)) / np.float32(0.20)) ** 2))
    rugged = 1 + 0.18 * stage.wave(rng, period_px=stage.width * 0.06, octaves=4)
    ridge = np.where(hump > 0.06, hor + 2 - hump * rugged * np.float32(span * 0.15), stage.height + 9).astype(
        np.float32
    )
    paint_hill(stage, ridge, nearness=0.34, local="#3f8a55", fade=0.35)
    edge = hor + (stage.height - hor) * 0.36
    for y, local in ((0.0, "#1684a8"), (0.30, "#22b0bd"), (0.66, "#63d8cc")):
        paint_water(
            stage,
            top=hor + (edge - hor) * y + (1 if y else 0),
            local=local,
            mirror=0.18,
            chop=0.5,
            seed=water_seed(stage),
        )
    u = _from_hero(stage)
    curve = np.asarray(edge + (u - 0.5) ** 2 * np.float32(span * 0.22) + hill_line(stage, 0, span * 0.008), np.float32)
    paint_ground(stage, local="#fbf0d6", top=edge, ridge=curve, texture=0.03, stretch=4, far_fade=0.08, near_dark=0.06)
    wet_sand(stage, curve)
    foam_line(stage, curve, mix(palette.low, rgb("#ffffff"), 0.75), 0.95, 5 * stage.unit)
    sketch = stage.sketch()
    for share, foot, tall in ((0.90, 0.26, 0.60), (0.80, 0.20, 0.46), (0.98, 0.33, 0.74)):
        palm(
            sketch, rng, stage.side_x(share), hor + span * foot, span * tall,
            palette.shade("#2f7a4a", 0.7, 0.8), palette.shade("#62b060", 0.7, 0.8), palette.shade("#8a6a48", 0.7, 0.8),
        )  # fmt: skip
    sketch.stamp()
    paint_grass(stage, local="#5a9a4a", top=hor + span * 0.40, amount=40)
    stage.near, stage.tuft, stage.reflects = "palm", "", 0.10
    stage.water_foot, stage.foot_limits = hor + (edge - hor) * 0.6, (edge / stage.height + 0.09, 0.97)
