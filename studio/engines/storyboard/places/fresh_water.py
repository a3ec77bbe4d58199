"""Places by still and running water, and the one under it."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.terrain import (
    hill_line,
    paint_ground,
    paint_hill,
    paint_mountains,
    paint_rocks,
    paint_water,
)
from studio.engines.storyboard.places.vegetation import reeds, tree_row
from studio.engines.storyboard.places.waters import bank_in_front, water_seed
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import mix, resized, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage

_NEAR_BANK = 0.62
"""Where a broad river ends before the lens, from the horizon (0) to the lower edge (1)."""


def underwater(stage: Stage) -> None:
    """Sunbeams through blue water, coral heads, weed, rising bubbles."""
    canvas, palette = stage.canvas, stage.palette
    light = 1 - 0.52 * palette.darkness
    t = (canvas.rows / np.float32(stage.height))[..., None]
    top, middle, deep = rgb("#7fe0d8"), rgb("#1f93a8"), rgb("#0c3f63")
    column = mix(top, palette.mid, 0.2) * light + 0 * t
    column = column + (middle * np.float32(light) - column) * smoothstep(0.0, 0.5, t)
    column = column + (deep * np.float32(light) - column) * smoothstep(0.35, 1.0, t)
    canvas.rgb[:] = column
    _sunbeams(stage)
    rng = stage.place_rng
    blue = rgb("#3aa0b4") * np.float32(light)
    for step, (y, near) in enumerate(((0.74, 0.25), (0.82, 0.5), (0.91, 0.8))):
        ridge = hill_line(stage, stage.height * y, stage.span * 0.045, period=0.35)
        local = mix(rgb("#d9c79a") * np.float32(0.75 * light), blue, 0.75 - 0.55 * near)
        canvas.below(ridge, mix(local, rgb("#0c3f63") * np.float32(light), 0.3))
        _corals(stage, ridge, near, blue, light, step)
    sketch = stage.sketch()
    for x, y, size in rng.random((34, 3)):
        radius = (1.2 + 4 * size**3) * stage.unit
        sketch.ellipse(x * stage.width, y * stage.height, radius, radius, rgb("#d8fbf6"), 0.5)
    sketch.stamp(opacity=0.7)
    stage.surface, stage.near, stage.foot_limits = "swim", "seaweed", (0.5, 0.9)
    stage.backlight = 0.6


def river(stage: Stage) -> None:
    """A river winding from far hills between meadows and trees."""
    paint_sky(stage)
    paint_mountains(
        stage,
        top=stage.horizon - stage.span * 0.17,
        foot=stage.horizon + 2,
        nearness=0.16,
        local="#7d8fa6",
        peaks=7,
    )
    paint_hill(
        stage,
        hill_line(stage, stage.horizon - stage.span * 0.03, stage.span * 0.03),
        nearness=0.32,
        local="#6f9a63",
    )
    paint_water(
        stage,
        top=stage.horizon + stage.span * 0.012,
        local="#3f8aa0",
        mirror=0.66,
        chop=0.6,
        seed=water_seed(stage),
    )
    _banks(stage)
    stage.near, stage.reflects, stage.tuft = "reeds", 0.0, "#6d9a4a"
    stage.water_foot = stage.horizon + (stage.height - stage.horizon) * 0.45
    stage.foot_limits = (0.86 if _carries(stage) else 0.72, 0.97)


def waterfall(stage: Stage) -> None:
    """A cliff with a white fall into a misty pool, ferns and wet rocks."""
    paint_sky(stage, clouds=False)
    palette, rng = stage.palette, stage.place_rng
    x = stage.side_x(0.63)
    lip, pool = stage.horizon - stage.span * 0.40, stage.horizon + stage.span * 0.05
    tree_row(
        stage,
        foot=lip + stage.span * 0.05,
        tall=stage.span * 0.14,
        nearness=0.3,
        count=22,
        kind="broadleaf",
        haze=0.4,
    )
    _cliff(stage, x, lip, pool)
    half = stage.span * 0.075
    for dx, width, strength in (
        (0, half, 1.0),
        (-half * 1.9, half * 0.35, 0.8),
        (half * 1.7, half * 0.25, 0.7),
    ):
        _falling_water(stage, x + dx, lip + abs(dx) * 0.25, pool, width, strength)
    paint_water(stage, top=pool, local="#3b8f92", mirror=0.45, chop=0.8, seed=water_seed(stage))
    white = mix(palette.low, rgb("#ffffff"), 0.6 * (1 - 0.5 * palette.darkness))
    stage.canvas.glow(x, pool, stage.span * 0.30, white, 0.85, squash=0.42)
    paint_mist(stage, pool, stage.span * 0.12, 0.35)
    paint_rocks(
        stage,
        [
            (
                float(rng.uniform(0, stage.width)),
                float(rng.uniform(pool, max(pool, stage.height * 0.84))),
                float(rng.uniform(16, 46)) * stage.unit,
            )
            for _ in range(9)
        ],
        local="#57625f",
    )
    bank_in_front(stage, local="#5d7d4c")
    stage.near, stage.tuft = "leaves", "#4f8a4a"


def swamp(stage: Stage) -> None:
    """Still dark water between mossy trunks, hanging moss, low mist."""
    paint_sky(stage, clouds=False)
    palette, rng = stage.palette, stage.place_rng
    green = rgb("#9db07a") * palette.ambient
    stage.canvas.blend(np.full((stage.height, 1), 0.35, np.float32), green)
    for near, foot, tall, count in ((0.2, 0.01, 0.42, 13), (0.42, 0.05, 0.62, 8)):
        _dead_trees(stage, stage.horizon + stage.span * foot, stage.span * tall, near, count)
        paint_mist(stage, stage.horizon + stage.span * foot, stage.span * 0.12, 0.55)
    paint_water(
        stage,
        top=stage.horizon + stage.span * 0.03,
        local="#4c6140",
        mirror=0.62,
        chop=0.35,
        seed=water_seed(stage),
    )
    sketch = stage.sketch()
    for sx, sy, size in rng.random((46, 3)):
        y = stage.horizon + (stage.height - stage.horizon) * (0.12 + 0.8 * sy**1.2)
        scale = stage.person_at(y) * 0.13 * (0.4 + size)
        sketch.ellipse(sx * stage.width, y, scale, scale * 0.26, palette.shade("#7c9a4c", 0.7, 0.8, 0.9))
    sketch.stamp()
    bank_in_front(stage, local="#55663d")
    paint_mist(stage, stage.horizon + stage.span * 0.09, stage.span * 0.10, 0.4)
    stage.near, stage.tuft = "reeds", "#6a7d3f"


def _sunbeams(stage: Stage) -> None:
    rng = stage.shot_rng
    w, h = max(8, stage.width // 4), max(8, stage.height // 4)
    xs = np.arange(w, dtype=np.float32)[None, :] / w
    ys = np.arange(h, dtype=np.float32)[:, None] / h
    origin = 0.5 - 0.25 * stage.hero_side
    angle = (xs - np.float32(origin)) / (ys + np.float32(0.45))
    knots = rng.random(64)
    beams = np.interp(angle.ravel() * 13 + 30, np.arange(64), knots).reshape(h, w)
    mask = smoothstep(0.45, 0.95, beams.astype(np.float32)) * np.clip(1 - ys * 1.15, 0, 1) * np.float32(0.42)
    stage.canvas.blend(
        resized(np.asarray(mask, np.float32), stage.width, stage.height),
        rgb("#d8fff4") * np.float32(1 - 0.5 * stage.palette.darkness),
    )
    stage.canvas.glow(
        origin * stage.width,
        -stage.span * 0.05,
        stage.width * 0.5,
        rgb("#e8fff6"),
        0.6 * (1 - 0.6 * stage.palette.darkness),
        squash=0.7,
    )


def _corals(stage: Stage, ridge: np.ndarray, near: float, blue: np.ndarray, light: float, step: int) -> None:
    rng, sketch = stage.place_rng, stage.sketch()
    tints = ("#ff7f6b", "#f4b860", "#c86fae", "#7f6bd0", "#5fbf9a", "#e8607f")
    for _ in range(9 - 2 * step):
        x = float(rng.uniform(0, stage.width))
        foot = float(ridge[min(stage.width - 1, int(x))]) + 6 * stage.unit
        size = stage.span * (0.03 + 0.07 * near) * float(rng.uniform(0.7, 1.4))
        colour = mix(rgb(tints[int(rng.integers(0, 6))]) * np.float32(light), blue, 0.72 - 0.45 * near)
        kind = int(rng.integers(0, 3))
        if kind == 0:
            for turn in np.linspace(-0.8, 0.8, 5):
                bend = [
                    (
                        x + float(np.sin(turn)) * size * t,
                        foot - float(np.cos(turn)) * size * t * (1 - 0.1 * t),
                    )
                    for t in (0, 0.4, 0.75, 1.0)
                ]
                sketch.taper(bend, size * 0.15, size * 0.05, colour)
                sketch.ellipse(*bend[-1], size * 0.06, size * 0.06, colour)
        elif kind == 1:
            sketch.ellipse(x, foot - size * 0.2, size * 0.6, size * 0.42, colour)
            for dx in (-0.3, -0.1, 0.12, 0.32):
                sketch.line(
                    [(x + dx * size, foot - size * 0.5), (x + dx * size * 1.1, foot)],
                    size * 0.03,
                    colour * np.float32(0.8),
                )
        else:
            for dx in (-0.3, -0.1, 0.1, 0.3):
                stalk = [
                    (x + dx * size + float(np.sin(t * 5 + dx * 9)) * size * 0.12 * t, foot - size * 1.7 * t)
                    for t in np.linspace(0, 1, 8)
                ]
                sketch.taper(
                    stalk,
                    size * 0.11,
                    size * 0.02,
                    mix(rgb("#3f9a5a") * np.float32(light), blue, 0.7 - 0.45 * near),
                )
    sketch.stamp()


def _carries(stage: Stage) -> bool:
    """True if a boat or a swimmer is in the picture: the river is broad there, with a bank before it."""
    return any(one.relation in ("on_water", "in_water") for one in stage.brief.subjects)


def _banks(stage: Stage) -> None:
    """Two meadows that close in toward the distance, leaving the river between."""
    palette, rng = stage.palette, stage.place_rng
    ys = stage.canvas.rows[:, 0]
    t = np.clip((ys - np.float32(stage.horizon + stage.span * 0.012)) / np.float32(stage.height - stage.horizon), 0, 1)
    middle = (
        stage.width * (0.5 + 0.12 * stage.hero_side * -1 * np.sin(t * 5.0) * (1 - t * 0.4))
        - stage.hero_side * stage.width * 0.20 * t
    )
    half = stage.width * (0.006 + (1.30 if _carries(stage) else 0.20) * t**1.15)
    columns = stage.canvas.columns[None, :]
    before = stage.canvas.rgb.copy()
    paint_ground(stage, local="#6f9f55", top=stage.horizon + stage.span * 0.012, texture=0.09, near_dark=0.35)
    rim = np.abs(columns - middle[:, None].astype(np.float32)) - half[:, None].astype(np.float32)
    wobble = stage.ground_tile(stage.tiles.soft, 0, scale=60, stretch=1, seed=9)
    rim = rim + (wobble - 0.5) * np.float32(60 * stage.unit) * t[:, None]
    if _carries(stage):
        near_bank = np.float32(stage.horizon + _NEAR_BANK * (stage.height - stage.horizon))
        rim = np.maximum(rim, stage.canvas.rows - near_bank + (wobble - 0.5) * np.float32(40 * stage.unit))
    water = smoothstep(1.5, -1.5, rim) * (t > 0)[:, None]
    edge = smoothstep(9 * stage.unit, 0, np.abs(rim)) * (t > 0)[:, None] * np.float32(0.45)
    stage.canvas.blend(edge.astype(np.float32), palette.shade("#4a4a35", 0.8, 0.7, 0.7))
    stage.canvas.blend(water.astype(np.float32), before)
    tree_row(
        stage,
        foot=stage.horizon + stage.span * 0.05,
        tall=stage.span * 0.15,
        nearness=0.5,
        count=15,
        kind="broadleaf",
        haze=0.35,
        gap=(0.36, 0.62),
    )
    sketch = stage.sketch()
    for _ in range(7):
        share = 0.25 + 0.6 * float(rng.random())
        row = min(stage.height - 1, int(stage.horizon + (stage.height - stage.horizon) * share))
        x = float(middle[row]) + float(rng.choice([-1, 1])) * float(half[row]) * 1.05
        reeds(
            sketch,
            rng,
            x,
            row,
            stage.person_at(row) * 0.5,
            palette.shade("#5d8040", 0.75, 0.8),
            palette.shade("#6b4528", 0.8),
        )
    sketch.stamp()


def _cliff(stage: Stage, x: float, lip: float, foot: float) -> None:
    rng, palette = stage.place_rng, stage.palette
    profile = stage.wave(rng, period_px=stage.width * 0.16, octaves=5)
    away = np.abs(stage.canvas.columns - np.float32(x)) / np.float32(stage.width)
    ridge = np.asarray(lip + profile * stage.span * 0.05 - np.clip(away - 0.1, 0, 1) * stage.span * 0.16, np.float32)
    y0 = max(0, int(ridge.min()))
    rows = stage.canvas.rows[y0:]
    strata = stage.tile_box(stage.tiles.fine, (0, y0, stage.width, stage.height), 1.5 * stage.unit, 21, 0.22)
    broad = stage.tile_box(stage.tiles.soft, (0, y0, stage.width, stage.height), 0.8 * stage.unit, 22, 0.35)
    light = np.clip(0.5 + (strata - 0.5) * 1.1 + (broad - np.roll(broad, 9, 1)) * 3.5, 0, 1)
    dark, pale = (
        palette.shade("#4d544f", 0.5, 0.65, 0.7),
        mix(palette.shade("#a39f8f", 0.5, 0.7, 1.1), palette.key, 0.15),
    )
    colour = dark + (pale - dark) * light[..., None]
    moss = smoothstep(0.55, 0.7, broad) * np.float32(0.6)
    colour = colour + (palette.shade("#5a8a4a", 0.55, 0.8) - colour) * moss[..., None]
    full = np.zeros((stage.height, stage.width, 3), np.float32)
    full[y0:] = colour + (palette.low - colour) * smoothstep(stage.span * 0.25, 0, np.abs(rows - foot))[
        ..., None
    ] * np.float32(0.35)
    stage.canvas.below(ridge, full)


def _falling_water(stage: Stage, x: float, lip: float, foot: float, half: float, strength: float) -> None:
    y0, y1 = int(lip), int(foot + 4)
    x0, x1 = max(0, int(x - half * 2)), min(stage.width, int(x + half * 2))
    if y1 <= y0 or x1 <= x0:
        return
    rows = np.arange(y0, y1, dtype=np.float32)[:, None]
    t = (rows - y0) / (y1 - y0)
    off = np.abs(np.arange(x0, x1, dtype=np.float32)[None, :] - np.float32(x)) / (np.float32(half) * (0.75 + 0.45 * t))
    threads = stage.tile_box(stage.tiles.fine, (x0, y0, x1, y1), 0.9 * stage.unit, 33, 0.05)
    mask = smoothstep(1.05, 0.72, off + (threads - 0.5) * 0.5) * np.float32(strength)
    white = mix(stage.palette.low, rgb("#ffffff"), 0.65 * (1 - 0.55 * stage.palette.darkness))
    blue = mix(stage.palette.mid, stage.palette.low, 0.4)
    colour = blue + (white - blue) * np.clip(0.25 + (threads - 0.25) * 1.5 + t * 0.2, 0, 1)[..., None]
    stage.canvas.blend(mask.astype(np.float32), colour.astype(np.float32), x0, y0)


def _dead_trees(stage: Stage, foot: float, tall: float, near: float, count: int) -> None:
    rng, palette, sketch = stage.place_rng, stage.palette, stage.sketch()
    for share in (np.arange(count) + rng.uniform(0.2, 0.8, count)) / count:
        x, size = float(share) * stage.width, tall * float(rng.uniform(0.75, 1.25))
        colour = palette.shade("#4b4a38", near + 0.1, 0.6, 0.85)
        lean = size * float(rng.uniform(-0.06, 0.06))
        wide = size * 0.075
        sketch.poly(
            [
                (x - wide * 1.5, foot + 4),
                (x - wide * 0.5, foot - size * 0.12),
                (x + wide * 0.5, foot - size * 0.12),
                (x + wide * 1.5, foot + 4),
            ],
            colour,
        )
        sketch.taper([(x, foot), (x + lean, foot - size * 0.5), (x + lean * 2, foot - size)], wide, wide * 0.45, colour)
        for _ in range(4):
            y, side = foot - size * float(rng.uniform(0.45, 0.92)), float(rng.choice([-1, 1]))
            tip = (
                x + lean + side * size * float(rng.uniform(0.14, 0.3)),
                y - size * float(rng.uniform(0.02, 0.16)),
            )
            sketch.taper(
                [(x + lean, y), ((x + lean + tip[0]) / 2, (y + tip[1]) / 2 - 3), tip],
                wide * 0.42,
                wide * 0.1,
                colour,
            )
            for step in np.linspace(0.4, 1.0, 4):
                mx, my = x + lean + (tip[0] - x - lean) * step, y + (tip[1] - y) * step
                sketch.poly(
                    [
                        (mx - 3 * stage.unit, my),
                        (mx + 3 * stage.unit, my),
                        (mx, my + size * float(rng.uniform(0.05, 0.14))),
                    ],
                    palette.shade("#7d8a52", near + 0.1, 0.6, 0.9),
                )
    sketch.stamp(haze=0.6, haze_colour=palette.low, foot_y=foot, foot_span_px=tall * 0.5)
