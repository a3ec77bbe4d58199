"""Forest, jungle and the country under snow."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.terrain import (
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_path,
    paint_rocks,
)
from studio.engines.storyboard.places.vegetation import conifer, leaf_of, leafy, paint_grass, palm, tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Point, Sketch, mix, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage


def forest(stage: Stage) -> None:
    """Rank behind rank of trunks dissolving into light, a clearing with a path."""
    paint_sky(stage, clouds=False)
    palette, span, hor = stage.palette, stage.span, stage.horizon
    kind = "broadleaf" if stage.brief.season == "autumn" else "conifer"
    tint = "#c3cfde" if stage.has("snow") else "#c9a874" if kind == "broadleaf" else "#8fae8f"
    air = mix(palette.low, rgb(tint) * palette.ambient, 0.28)
    stage.canvas.blend(np.full((stage.height, 1), 0.55 if not palette.is_dark else 0.42, np.float32), air)
    stage.canvas.glow(
        stage.sun[0],
        hor - span * 0.1,
        stage.width * 0.5,
        mix(palette.low, palette.sun, 0.45),
        0.55,
        squash=0.9,
    )
    tree_row(stage, foot=hor + span * 0.02, tall=span * 0.36, nearness=0.14, count=34, kind=kind, haze=0.6)
    paint_mist(stage, hor, span * 0.18, 0.45)
    gap = (0.40, 0.56)
    tree_row(stage, foot=hor + span * 0.045, tall=span * 0.50, nearness=0.32, count=20, kind=kind, haze=0.6, gap=gap)
    paint_mist(stage, hor + span * 0.02, span * 0.16, 0.42)
    paint_ground(stage, local="#5f7d4a", top=hor + span * 0.035, texture=0.13, far_fade=0.8)
    paint_path(stage, local="#a58f68", to_x=stage.width * 0.48, far_y=hor + span * 0.05)
    _trunks(stage)
    paint_grass(stage, local="#5f8547", top=hor + span * 0.10, amount=230)
    _shafts(stage)
    stage.near, stage.tuft, stage.backlight = "branches", "#567a3f", 1.2


def jungle(stage: Stage) -> None:
    """Palms, lianas and great leaves, light falling in from above."""
    paint_sky(stage, clouds=False)
    palette, span, hor, rng = stage.palette, stage.span, stage.horizon, stage.place_rng
    air = mix(palette.low, rgb("#b9d68a") * palette.ambient, 0.5)
    stage.canvas.blend(np.full((stage.height, 1), 0.6, np.float32), air)
    stage.canvas.glow(stage.sun[0], hor * 0.4, stage.width * 0.45, mix(palette.low, palette.sun, 0.6), 0.6)
    _foliage(stage, hor - span * 0.06, 0.16, 26, 0.15)
    tree_row(
        stage,
        foot=hor + span * 0.03,
        tall=span * 0.44,
        nearness=0.28,
        count=11,
        kind="palm",
        local="#3f7a4a",
        haze=0.4,
    )
    paint_mist(stage, hor, span * 0.14, 0.4)
    _foliage(stage, hor + span * 0.02, 0.36, 20, 0.12)
    paint_ground(stage, local="#55753a", top=hor + span * 0.05, texture=0.14, far_fade=0.45)
    paint_path(stage, local="#8f7a4f", to_x=stage.width * 0.5, far_y=hor + span * 0.06)
    sketch = stage.sketch()
    for share, tall in ((0.06, 0.86), (0.29, 0.66), (0.77, 0.7), (0.95, 0.9)):
        x = share * stage.width
        palm(
            sketch,
            rng,
            x,
            hor + span * (0.10 + 0.05 * abs(share - 0.5)),
            span * tall,
            palette.shade("#2f6b3c", 0.6),
            palette.shade("#5f9a48", 0.62, 0.8),
            palette.shade("#5d4a36", 0.6),
        )
    for _ in range(9):
        x, drop = float(rng.uniform(0, stage.width)), span * float(rng.uniform(0.2, 0.5))
        swing = span * float(rng.uniform(0.02, 0.08))
        sketch.line(
            [(x + np.sin(t * 3.1) * swing, drop * t) for t in np.linspace(0, 1, 9)],
            2.4 * stage.unit,
            palette.shade("#4a5d33", 0.6),
        )
    sketch.stamp(haze=0.18, haze_colour=palette.low)
    _fronds(stage)
    _shafts(stage)
    stage.near, stage.tuft = "leaves", "#4f7f3a"


def snowfield(stage: Stage) -> None:
    """White drifts, blue shadows, laden firs, far peaks."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    paint_mountains(stage, top=hor - span * 0.27, foot=hor + 2, nearness=0.16, local="#8fa3c4", snow=0.75, peaks=7)
    paint_mist(stage, hor, span * 0.09, 0.6)
    for index, (y, near) in enumerate(((0.005, 0.3), (0.06, 0.5), (0.16, 0.75))):
        ridge = hill_line(stage, hor + span * y, span * 0.025 * (1 + index * 0.5), period=0.5)
        lit = mix(palette.shade("#f6f7fb", near, 1.0, 1.05), palette.low, 0.30 * (1 - near))
        y0 = max(0, int(ridge.min()) - 1)
        depth = smoothstep(0, span * 0.22, stage.canvas.rows[y0:] - ridge[None, :])
        blue = mix(palette.shade("#b4c8e8", near, 0.95, 0.92), palette.far, 0.18)
        drift = stage.ground_tile(stage.tiles.soft, y0, scale=44, stretch=5, seed=index + 50)
        shade = np.clip(depth * 0.9 + (drift - 0.5) * 1.5, 0, 1)
        full = np.zeros((stage.height, stage.width, 3), np.float32)
        full[y0:] = lit + (blue - lit) * shade[..., None]
        stage.canvas.below(ridge, full)
        if index < 2:
            _snowy_firs(stage, hor + span * (y + 0.035), span * (0.10 + 0.14 * index), near, 16 - 8 * index)
    stage.near, stage.tuft, stage.foot_limits = "snow", "", (0.62, 0.97)


def cave(stage: Stage) -> None:
    """A vault of rock, stalactites, a far mouth full of light, a still pool."""
    palette, span, hor, rng = stage.palette, stage.span, stage.horizon, stage.place_rng
    paint_sky(stage)
    mouth_x, mouth_y = stage.side_x(0.66), hor - span * 0.10
    light = mix(palette.low, palette.sun, 0.5)
    stage.canvas.blend(np.full((stage.height, 1), 0.45, np.float32), light)
    paint_hill(stage, hill_line(stage, hor - span * 0.02, span * 0.02), nearness=0.2, local="#86a57a")
    angle = np.arctan2(stage.canvas.rows - mouth_y, (stage.canvas.columns - np.float32(mouth_x))[None, :] * 0.8)
    reach = np.hypot(stage.canvas.rows - mouth_y, (stage.canvas.columns - np.float32(mouth_x))[None, :] * 0.8)
    knots = rng.uniform(0.86, 1.14, 14)
    for index, (size, near) in enumerate(((0.20, 0.32), (0.36, 0.55), (0.60, 0.82))):
        ring = np.append(np.roll(knots, index * 3), np.roll(knots, index * 3)[0])
        along = (angle + np.pi) / (2 * np.pi) * len(knots)
        low = np.clip(along.astype(int), 0, len(knots) - 1)
        bumps = ring[low] + (ring[low + 1] - ring[low]) * smoothstep(0, 1, (along - low).astype(np.float32))
        off = reach - bumps.astype(np.float32) * np.float32(span * size)
        mask = smoothstep(-1.2, 1.2, off)
        rock = stage.tile_box(stage.tiles.fine, (0, 0, stage.width, stage.height), 2.0 * stage.unit, 60 + index, 0.8)
        body = palette.shade("#7a6a60", near, 0.55, 0.62 - 0.12 * index)
        dark = mix(body, palette.near, 0.5 + 0.2 * index)
        glowing = smoothstep(span * 0.16, 0, off) * np.float32(0.8 - 0.22 * index)
        colour = body + (dark - body) * smoothstep(0, span * 0.5, off)[..., None]
        colour = colour * (1 + (rock - 0.5)[..., None] * np.float32(0.7))
        colour = colour + (light * np.float32(0.85) - colour) * (glowing * (0.35 + 0.9 * rock))[..., None] * np.float32(
            0.6
        )
        stage.canvas.blend(mask, np.clip(colour, 0, 1).astype(np.float32))
    _cave_floor(stage, mouth_x, light)
    sketch = stage.sketch()
    for _ in range(26):
        x, near = float(rng.uniform(-0.02, 1.02)) * stage.width, float(rng.uniform(0.6, 1.0))
        long = span * float(rng.uniform(0.05, 0.24)) * near
        wide = long * float(rng.uniform(0.10, 0.2))
        sketch.poly(
            [
                (x - wide, -4),
                (x + wide, -4),
                (x + wide * 0.3, long * 0.6),
                (x, long),
                (x - wide * 0.35, long * 0.55),
            ],
            mix(palette.shade("#6a5a52", 0.8, 0.5, 0.5), palette.near, near * 0.6),
        )
    sketch.stamp()
    stage.canvas.glow(mouth_x, mouth_y, span * 0.55, light, 0.4)
    stage.sun = (mouth_x, mouth_y)
    stage.is_indoors, stage.near, stage.tuft, stage.backlight = True, "rocks", "", 1.6
    stage.windows = [(mouth_x - span * 0.2, mouth_y - span * 0.2, mouth_x + span * 0.2, mouth_y + span * 0.2)]


def _trunks(stage: Stage) -> None:
    """Tall near trunks without crowns, at the sides of the clearing."""
    rng, palette, hor = stage.place_rng, stage.palette, stage.horizon
    sunward = 1 if stage.sun[0] > stage.width / 2 else -1
    sketch = stage.sketch()
    for share, near in ((0.14, 0.55), (0.27, 0.45), (0.72, 0.46), (0.84, 0.58), (0.97, 0.7)):
        x = (share + float(rng.uniform(-0.03, 0.03))) * stage.width
        foot = hor + stage.span * (0.05 + 0.16 * (near - 0.4) / 0.3)
        wide = stage.span * (0.016 + 0.055 * (near - 0.4))
        bark = palette.shade("#5a463a", near, 0.5, 0.78)
        sketch.poly(
            [
                (x - wide * 1.5, foot + wide * 0.3),
                (x - wide * 0.55, foot - wide * 2.4),
                (x + wide * 0.55, foot - wide * 2.4),
                (x + wide * 1.5, foot + wide * 0.3),
            ],
            bark,
        )
        sketch.rect(x - wide * 0.55, -4, x + wide * 0.55, foot - wide * 2, bark)
        lit = mix(bark, palette.key, 0.34)
        sketch.rect(
            *(
                (x + wide * 0.28, -4, x + wide * 0.55, foot - wide * 2)
                if sunward > 0
                else (x - wide * 0.55, -4, x - wide * 0.28, foot - wide * 2)
            ),
            lit,
        )
        for _ in range(3):
            y, side = stage.span * float(rng.uniform(0.05, 0.36)), float(rng.choice([-1, 1]))
            tip = (x + side * wide * float(rng.uniform(2.5, 5)), y + wide * float(rng.uniform(-1, 1.5)))
            sketch.taper([(x, y), tip], wide * 0.25, wide * 0.06, bark)
            _spray(stage, sketch, tip, wide, near)
    sketch.stamp(haze=0.45, haze_colour=palette.low, foot_y=hor + stage.span * 0.2, foot_span_px=stage.span * 0.9)


def _spray(stage: Stage, sketch: Sketch, tip: Point, wide: float, near: float) -> None:
    """What grows at the end of a bough: needles, white under snow; leaves in autumn."""
    rng, palette = stage.place_rng, stage.palette
    if stage.brief.season == "autumn" and not stage.has("snow"):
        leaf = leaf_of(stage, "", float(rng.random()))
        leafy(sketch, rng, tip[0], tip[1], wide * 2.0, palette.shade(leaf, near, 0.7, 0.8))
        leafy(sketch, rng, tip[0] + wide * 0.4, tip[1] - wide * 0.5, wide * 1.2, palette.shade(leaf, near, 0.8, 1.05))
        return
    lit = palette.shade("#f0f5fb" if stage.has("snow") else "#3d6f4f", near, 0.6, 0.95)
    conifer(sketch, rng, tip[0], tip[1] + wide * 3.2, wide * 3.5, palette.shade("#2d5a45", near, 0.55, 0.7), lit)


def _shafts(stage: Stage) -> None:
    """Light falling slantwise between the crowns."""
    if stage.has("rain", "storm", "snow"):
        return
    rng = stage.place_rng
    strength = {"dawn": 0.26, "day": 0.20, "golden": 0.32, "dusk": 0.14, "night": 0.16}[stage.brief.time]
    turn = 1 if stage.sun[0] < stage.width / 2 else -1
    sketch = stage.sketch()
    for _ in range(6):
        x = stage.sun[0] + turn * float(rng.uniform(-0.05, 0.5)) * stage.width
        wide, drift = (
            stage.width * float(rng.uniform(0.015, 0.05)),
            turn * stage.width * float(rng.uniform(0.10, 0.2)),
        )
        sketch.poly(
            [
                (x, -5),
                (x + wide, -5),
                (x + wide * 1.8 + drift, stage.height * 0.82),
                (x + drift - wide * 0.8, stage.height * 0.82),
            ],
            stage.palette.key,
        )
    cut = sketch.cut(7 * stage.unit)
    if cut is None:
        return
    _, mask, left, top = cut
    fall = 1 - (np.arange(top, top + mask.shape[0], dtype=np.float32)[:, None] / np.float32(stage.height * 0.84))
    region = stage.canvas.rgb[top : top + mask.shape[0], left : left + mask.shape[1]]
    region += (1 - region) * (mask * np.clip(fall, 0, 1) * np.float32(strength))[..., None] * stage.palette.key


def _foliage(stage: Stage, foot: float, near: float, count: int, size: float) -> None:
    rng, sketch, palette = stage.place_rng, stage.sketch(), stage.palette
    for _ in range(count):
        x, radius = (
            float(rng.uniform(-0.03, 1.03)) * stage.width,
            stage.span * size * float(rng.uniform(0.5, 1.1)),
        )
        y = foot - float(rng.uniform(-0.2, 0.8)) * radius
        leafy(sketch, rng, x, y, radius, palette.shade("#3f7a45", near, 0.6, 0.85))
        leafy(
            sketch,
            rng,
            x + radius * 0.2,
            y - radius * 0.25,
            radius * 0.6,
            palette.shade("#5f9a4c", near, 0.7, 1.0),
        )
    sketch.rect(
        -5,
        foot + stage.span * size * 0.3,
        stage.width + 5,
        foot + stage.span * 0.1,
        palette.shade("#3f7a45", near, 0.6, 0.85),
    )
    sketch.stamp(haze=0.5, haze_colour=palette.low, foot_y=foot + stage.span * 0.06, foot_span_px=stage.span * 0.24)


def _fronds(stage: Stage) -> None:
    rng, sketch, palette = stage.place_rng, stage.sketch(), stage.palette
    for share in (0.02, 0.13, 0.24, 0.74, 0.86, 0.98):
        x, foot = share * stage.width, stage.horizon + stage.span * float(rng.uniform(0.12, 0.2))
        size = stage.span * float(rng.uniform(0.12, 0.19))
        for angle in np.linspace(-2.7, -0.45, 6):
            tip = (x + float(np.cos(angle)) * size * 1.25, foot + float(np.sin(angle)) * size + size * 0.15)
            bow = (x + float(np.cos(angle)) * size * 0.55, foot + float(np.sin(angle)) * size * 0.85)
            half = size * 0.12
            colour = palette.shade("#3f8a48", 0.65, 0.75, 0.75 + 0.4 * float(rng.random()))
            sketch.poly(
                [(x, foot), (bow[0] - half, bow[1] - half * 0.4), tip, (bow[0] + half, bow[1] + half * 0.5)],
                colour,
            )
    sketch.stamp()


def _snowy_firs(stage: Stage, foot: float, tall: float, near: float, count: int) -> None:
    rng, sketch, palette = stage.place_rng, stage.sketch(), stage.palette
    for share in (np.arange(count) + rng.uniform(0, 1, count)) / count:
        if 0.25 < share < 0.6 and near > 0.4:
            continue
        size = tall * float(rng.uniform(0.6, 1.15))
        conifer(
            sketch,
            rng,
            float(share) * stage.width,
            foot + size * 0.03,
            size,
            palette.shade("#3d5f62", near, 0.6, 0.85),
            mix(palette.shade("#eef3fa", near, 0.95), palette.key, 0.1),
        )
    sketch.stamp(haze=0.5, haze_colour=palette.low, foot_y=foot, foot_span_px=tall)


def _cave_floor(stage: Stage, mouth_x: float, light: np.ndarray) -> None:
    top = stage.horizon + stage.span * 0.02
    ridge = hill_line(stage, top, stage.span * 0.012, period=0.2)
    paint_ground(stage, local="#5d5049", top=top, ridge=ridge, texture=0.16, keep=0.55, far_fade=0.25, near_dark=0.55)
    stage.canvas.glow(mouth_x, top + stage.span * 0.10, stage.span * 0.5, light, 0.55, squash=0.32)
    rng = stage.place_rng
    paint_rocks(
        stage,
        [
            (
                float(rng.uniform(0, stage.width)),
                float(rng.uniform(top, max(top, stage.height * 0.86))),
                float(rng.uniform(10, 34)) * stage.unit,
            )
            for _ in range(12)
        ],
        local="#6a5b54",
    )
