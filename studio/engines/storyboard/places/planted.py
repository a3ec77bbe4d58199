"""Land in rows: vineyard, orchard, fields of flowers in stripes, and a grove of bamboo."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import nearness_at, tone_at
from studio.engines.storyboard.places.buildings import Windows, house
from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill, paint_mountains, paint_path
from studio.engines.storyboard.places.vegetation import bare_tree, broadleaf, leaf_of, leafy, tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Sketch, mix
from studio.engines.storyboard.sheet.stage import Stage

_TULIPS = ("#d9403f", "#f2c23f", "#e87fa8", "#f4efe6", "#8f4fa8")
_FLOWERS = {"tulip": _TULIPS, "tulips": _TULIPS, "sunflower": ("#f2b92f",), "sunflowers": ("#f2b92f",)}
_LAVENDER = ("#8a6fc9", "#7a5cb8")


def vineyard(stage: Stage) -> None:
    """Vines on posts in rows that run to a villa among cypresses on its hill; dark grapes among the leaves."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_mountains(stage, top=hor - span * 0.17, foot=hor + 2, nearness=0.18, local="#8794a8", peaks=7)
    ridge = hill_line(stage, hor - span * 0.055, span * 0.045, period=0.6)
    paint_hill(stage, ridge, nearness=0.40, local="#8fa85a")
    villa_x = stage.side_x(0.74)
    foot = float(ridge[int(np.clip(villa_x, 0, stage.width - 1))]) + span * 0.02
    sketch, windows = stage.sketch(), Windows(stage)
    house(
        stage, sketch, windows, villa_x, foot, span * 0.17, span * 0.085, nearness=0.5, wall="#ecd9b0", roof="#b8603f"
    )
    house(stage, sketch, windows, villa_x + span * 0.13, foot, span * 0.05, span * 0.14, nearness=0.5, wall="#ecd9b0", roof="#b8603f")  # fmt: skip
    sketch.stamp()
    windows.light()
    _cypresses(stage, villa_x, foot)
    earth = "#b89a6a"
    paint_ground(stage, local=earth, top=hor + span * 0.02, texture=0.10, near_dark=0.25, far_fade=0.4)
    rows = sorted((float(x) for x in np.arange(-12.5, 12.6, 2.5) + 1.25), key=abs, reverse=True)
    for x in rows:
        _vine_row(stage, x)
    stage.near, stage.tuft = "none", "#8fa04a"


def orchard(stage: Stage) -> None:
    """Round trees full of fruit on both sides of a grassy lane, a ladder against one, baskets of apples."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_hill(stage, hill_line(stage, hor - span * 0.05, span * 0.04), nearness=0.25, local="#86a878")
    tree_row(stage, foot=hor + span * 0.02, tall=span * 0.07, nearness=0.36, count=26, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#7fae4c", top=hor + span * 0.005, texture=0.12, near_dark=0.3)
    paint_path(stage, local="#b9c07a", to_x=stage.width * 0.5, far_y=hor + span * 0.03, near_width=1.5, bend=0.01)
    for z in (15.0, 11.0, 8.2, 6.0, 4.5):
        sketch = stage.sketch()
        for side in (-1, 1):
            _fruit_tree(stage, sketch, side * 2.55, z)
            if z > 5.5:
                _fruit_tree(stage, sketch, side * 6.2, z)
        sketch.stamp(haze=0.30 * (1 - nearness_at(z)), haze_colour=stage.palette.low)
    sketch, far = stage.sketch(), -stage.hero_side
    _ladder(stage, sketch, far * 2.0, 4.3)
    for dx, z in ((1.25, 3.9), (1.75, 3.7)):
        _basket(stage, sketch, far * dx, z)
    sketch.stamp()
    stage.near, stage.tuft = "grass", "#7fae4c"


def flower_rows(stage: Stage) -> None:
    """Stripes of one flower, or of tulips in every colour, that run together at a stone farm and a line of trees."""
    paint_sky(stage)
    span, hor = stage.span, stage.horizon
    paint_mountains(stage, top=hor - span * 0.15, foot=hor + 2, nearness=0.16, local="#8f97b5", peaks=7)
    tree_row(stage, foot=hor + span * 0.015, tall=span * 0.06, nearness=0.4, count=26, kind="broadleaf", haze=0.5)
    sketch, windows, x = stage.sketch(), Windows(stage), stage.side_x(0.72)
    house(stage, sketch, windows, x, hor + span * 0.02, span * 0.15, span * 0.075, nearness=0.5, wall="#d9c7a5", roof="#b8703f")  # fmt: skip
    sketch.stamp()
    windows.light()
    _cypresses(stage, x, hor + span * 0.02)
    paint_ground(stage, local="#8a9a58", top=hor + span * 0.015, texture=0.10, near_dark=0.2)
    words = set(stage.brief.place_key.split())
    tints = next((tints for word, tints in _FLOWERS.items() if word in words), _LAVENDER)
    if stage.has("snow"):
        tints = ("#dfe7f3",)
    rows = [(float(x), tints[step // 2 % len(tints)]) for step, x in enumerate(np.arange(-13.75, 13.8, 1.25))]
    sketch = stage.sketch()
    for z in np.geomspace(1.7, 30, 38)[::-1].tolist():
        for x, local in rows:
            _tuft(stage, sketch, x, z, local)
    sketch.stamp()
    stage.near, stage.tuft = "none", "#8a9a58"


def bamboo(stage: Stage) -> None:
    """Green stems with pale joints, rank behind rank into the mist, leaves hanging in from above, a path between."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    glow = mix(palette.low, palette.shade("#d9ecb0", 0.4, 0.9), 0.6)
    stage.canvas.blend(np.full((stage.height, 1), 0.75, np.float32), glow)
    for near, count, foot in ((0.26, 46, 0.02), (0.42, 30, 0.05)):
        _stems(stage, near, count, hor + span * foot, gap=0.04)
        paint_mist(stage, hor + span * 0.02, span * 0.20, 0.35)
    paint_ground(stage, local="#8f9a58", top=hor + span * 0.03, texture=0.14, near_dark=0.35)
    paint_path(stage, local="#d3c79a", to_x=stage.width * 0.5, far_y=hor + span * 0.04, near_width=1.3, bend=0.03)
    _stems(stage, 0.62, 15, hor + span * 0.13, gap=0.20)
    _stems(stage, 0.82, 9, hor + span * 0.30, gap=0.36)
    stage.near, stage.tuft = "none", "#7f9a48"


def _cypresses(stage: Stage, x: float, foot: float) -> None:
    sketch, palette, span = stage.sketch(), stage.palette, stage.span
    for dx, tall in ((-0.17, 0.14), (-0.13, 0.17), (0.19, 0.15), (0.24, 0.12), (0.28, 0.16)):
        cx, high = x + dx * span, tall * span
        half = high * 0.11
        dark = palette.shade("#2f5a3f", 0.5, 0.7, 0.8)
        flame = [(cx - half * 0.7, foot), (cx - half, foot - high * 0.4), (cx, foot - high), (cx + half, foot - high * 0.4), (cx + half * 0.7, foot)]  # fmt: skip
        sketch.poly(flame, dark)
        sketch.poly([(cx, foot), flame[2], flame[3], flame[4]], mix(dark, palette.shade("#5f8a4f", 0.55, 0.8), 0.55))
    sketch.stamp(haze=0.2, haze_colour=palette.low)


def _vine_row(stage: Stage, x: float) -> None:
    """One row from near the lens to the foot of the hill."""
    rng, sketch, palette, at = stage.place_rng, stage.sketch(), stage.palette, stage.at
    is_bare = stage.has("snow")
    depths = np.geomspace(2.4 if abs(x) > 2 else 3.3, 17.0, 38)[::-1]
    for step, z in enumerate(depths):
        near, size = nearness_at(float(z)), stage.focal_px / float(z)
        foot, head = at(x, 0, float(z)), at(x, 0.95, float(z))
        if step % 4 == 0:
            sketch.taper([foot, at(x, 1.2, float(z))], size * 0.05, size * 0.05, palette.shade("#a58a66", near, 0.8))
        sketch.taper([foot, at(x + 0.03, 0.35, float(z)), head], size * 0.05, size * 0.035, palette.shade("#5f4632", near, 0.7, 0.8))  # fmt: skip
        if is_bare:
            continue
        leaf = leaf_of(stage, "#5f9a3f", float(rng.random()))
        for y, wide, light in ((0.42, 0.16, 0.66), (0.60, 0.20, 0.80), (0.80, 0.19, 0.98), (0.96, 0.13, 1.2)):
            px, py = at(x + float(rng.uniform(-0.13, 0.13)), y + float(rng.uniform(-0.06, 0.06)), float(z))
            leafy(
                sketch,
                rng,
                px,
                py,
                size * wide * float(rng.uniform(0.85, 1.15)),
                palette.shade(leaf, near, 0.85, light),
            )
        if z < 8 and step % 2:
            gx, gy = at(x + float(rng.uniform(-0.2, 0.2)), 0.55, float(z))
            for dx, dy in ((0, 0), (-0.03, -0.04), (0.03, -0.04), (0, -0.07), (0, 0.04)):
                sketch.ellipse(gx + dx * size, gy + dy * size, size * 0.028, size * 0.028, palette.shade("#5a2f6f", near, 0.9, 0.95))  # fmt: skip
    sketch.stamp(haze=0.0)


def _fruit_tree(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    rng, palette = stage.place_rng, stage.palette
    near, (px, foot) = nearness_at(z), stage.at(x + float(rng.uniform(-0.15, 0.15)), 0, z)
    tall = 2.35 * stage.focal_px / z
    leaf = leaf_of(stage, "#4f8f3f", float(rng.random()))
    trunk = palette.shade("#6b5140", near, 0.7, 0.85)
    if stage.has("snow"):
        bare_tree(sketch, rng, px, foot, tall * 0.9, trunk)
        return
    sunward = 1.0 if stage.sun[0] > stage.width / 2 else -1.0
    lit = mix(palette.shade(leaf, near, 0.85, 1.15), palette.key, 0.12)
    broadleaf(sketch, rng, px, foot, tall, palette.shade(leaf, near, 0.8, 0.82), lit, trunk, sunward)
    size = max(1.3, tall * 0.020)
    for _ in range(26):
        turn, reach = float(rng.uniform(0, 2 * np.pi)), float(rng.random()) ** 0.5
        ax = px + float(np.cos(turn)) * tall * 0.34 * reach
        ay = foot - tall * 0.64 + float(np.sin(turn)) * tall * 0.25 * reach
        sketch.ellipse(ax, ay, size, size, palette.shade("#d9382f", near, 1.0, 1.05))
        sketch.ellipse(
            ax - size * 0.3, ay - size * 0.3, size * 0.3, size * 0.3, palette.shade("#ff9a80", near, 1.0, 1.1)
        )


def _ladder(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    wood = tone_at(stage, "#c9a06a", z, 1.0)
    size, (ax, ay), (bx, by) = stage.focal_px / z, stage.at(x, 0, z), stage.at(x * 1.2, 1.75, z)
    for dx in (-0.17, 0.17):
        sketch.line([(ax + dx * size, ay), (bx + dx * size * 0.7, by)], size * 0.05, wood)
    for t in np.linspace(0.12, 0.92, 7).tolist():
        cx, cy, half = ax + (bx - ax) * t, ay + (by - ay) * t, size * (0.17 - 0.05 * t)
        sketch.line([(cx - half, cy), (cx + half, cy)], size * 0.04, wood)


def _basket(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    size, (px, py) = stage.focal_px / z, stage.at(x, 0, z)
    red = tone_at(stage, "#d9382f", z, 1.05)
    for dx, up in ((-0.15, 0.27), (0.0, 0.29), (0.15, 0.27), (-0.08, 0.34), (0.08, 0.34)):
        sketch.ellipse(px + dx * size, py - up * size, size * 0.085, size * 0.085, red)
    half = size * 0.26
    sketch.poly([(px - half, py - size * 0.26), (px + half, py - size * 0.26), (px + half * 0.78, py), (px - half * 0.78, py)], tone_at(stage, "#b5803f", z))  # fmt: skip
    sketch.rect(px - half * 1.06, py - size * 0.28, px + half * 1.06, py - size * 0.22, tone_at(stage, "#d9a860", z))


def _tuft(stage: Stage, sketch: Sketch, x: float, z: float, local: str) -> None:
    """A piece of one stripe, ``z`` people ahead: a dab of colour far off, blossoms close by; none out of sight."""
    rng, size = stage.place_rng, stage.focal_px / z
    for _ in range(3 if z < 8 else 1):
        px, py = stage.at(x + float(rng.uniform(-0.28, 0.28)), float(rng.uniform(0.06, 0.20)), z)
        light = 0.72 + 0.5 * float(rng.random())
        if not -size < px < stage.width + size:
            continue
        colour = stage.palette.shade(local, nearness_at(z), 0.95, light)
        if z > 9:
            sketch.ellipse(px, py, max(1.6, 0.42 * size), max(1.2, 0.22 * size), colour)
        elif z > 5:
            leafy(sketch, rng, px, py, 0.30 * size, colour)
        else:
            _sprays(stage, sketch, px, py, 0.26 * size, local, light)


def _sprays(stage: Stage, sketch: Sketch, x: float, foot: float, tall: float, local: str, light: float) -> None:
    """Spikes of blossom close by."""
    green = stage.palette.shade("#6f8a58", 0.85, 0.9, 0.9)
    bloom = stage.palette.shade(local, 0.85, 0.95, light)
    for dx, high, tone in stage.place_rng.uniform((-0.7, 0.5, 0.85), (0.7, 1.0, 1.15), (5, 3)).tolist():
        px, top, half = x + dx * tall, foot - high * tall, tall * 0.085
        sketch.poly([(x + dx * 0.4 * tall, foot + tall * 0.5), (px - half * 0.4, foot), (px + half * 0.4, foot)], green)
        tip = px + dx * 0.35 * tall
        sketch.poly(
            [(px - half, foot), (tip - half * 0.4, top), (tip + half * 0.4, top), (px + half, foot)],
            bloom * np.float32(tone),
        )


def _stems(stage: Stage, near: float, count: int, foot: float, *, gap: float) -> None:
    """One rank of bamboo; none within ``gap`` of the middle (a share of the width to each side)."""
    rng, sketch, palette, span = stage.place_rng, stage.sketch(), stage.palette, stage.span
    sunward = 1 if stage.sun[0] > stage.width / 2 else -1
    for share in (np.arange(count) + rng.uniform(0.1, 0.9, count)) / count * 1.08 - 0.04:
        if abs(float(share) - 0.5) < gap:
            continue
        x, wide = float(share) * stage.width, span * (0.004 + 0.030 * near**2)
        lean = span * float(rng.uniform(-0.05, 0.05))
        body = palette.shade(("#5f9a3f", "#7fae4a", "#4f8a48")[int(rng.integers(0, 3))], near, 0.9, 0.9)
        low = foot + span * float(rng.uniform(-0.01, 0.05)) * near
        sketch.taper([(x, low), (x + lean, -10)], wide * 2, wide * 1.7, body)
        sketch.taper([(x + sunward * wide * 0.45, low), (x + lean + sunward * wide * 0.4, -10)], wide * 0.6, wide * 0.5, mix(body, palette.key, 0.38))  # fmt: skip
        y = low - wide * float(rng.uniform(2, 6))
        while y > 0:
            t = (low - y) / (low + 10)
            cx = x + lean * t
            sketch.rect(
                cx - wide * 1.12, y - wide * 0.16, cx + wide * 1.12, y + wide * 0.16, mix(body, palette.low, 0.45)
            )
            y -= wide * float(rng.uniform(6.5, 8.5))
        if near > 0.4:
            _bamboo_leaves(stage, sketch, x + lean * 0.9, span * float(rng.uniform(0.0, 0.2)), span * 0.09 * near, near)
    sketch.stamp(haze=0.5 * (1 - near), haze_colour=mix(palette.low, palette.shade("#d9ecb0", 0.4, 0.9), 0.4))


def _bamboo_leaves(stage: Stage, sketch: Sketch, x: float, y: float, size: float, near: float) -> None:
    rng, palette = stage.place_rng, stage.palette
    for _ in range(7):
        a = float(rng.uniform(0.1, np.pi - 0.1))
        tip = (x + float(np.cos(a)) * size * 1.6, y + abs(float(np.sin(a))) * size)
        mid = ((x + tip[0]) / 2, (y + tip[1]) / 2 - size * 0.14)
        leaf = palette.shade("#6fa843", near, 0.9, float(rng.uniform(0.7, 1.15)))
        sketch.poly([(x, y), mid, tip, ((x + tip[0]) / 2, (y + tip[1]) / 2 + size * 0.10)], leaf)
