"""Streets that run to the vanishing point, their lamps, and the quay."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.buildings import ROOFS, WALLS, Windows
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def street_walls(
    stage: Stage,
    *,
    half_width: float,
    storeys: float,
    near_z: float,
    far_z: float,
    modern: bool = False,
    shops: bool = False,
) -> None:
    """House fronts along both sides of a street that runs to the vanishing point, far ones first."""
    rng, palette = stage.place_rng, stage.palette
    cuts = []
    z = near_z
    while z < far_z:
        long = float(rng.uniform(1.5, 2.4)) * (1.3 if modern else 1.0)
        cuts.append((z, min(far_z, z + long)))
        z += long
    for z0, z1 in reversed(cuts):
        near = float(np.clip(1.25 / (1 + 0.16 * z0), 0.2, 0.88))
        sketch, windows = stage.sketch(), Windows(stage)
        for side in (-1, 1):
            tall = storeys * float(rng.uniform(0.75, 1.25)) * (float(rng.uniform(0.7, 1.9)) if modern else 1)
            tints = ("#8d96a3", "#a59a90", "#76828f", "#9b8a84") if modern else WALLS
            wall = palette.shade(
                tints[int(rng.integers(0, len(tints)))],
                near,
                0.62,
                0.98 if side * (stage.sun[0] - stage.width / 2) < 0 else 0.8,
            )
            roof = palette.shade(ROOFS[int(rng.integers(0, len(ROOFS)))], near, 0.62, 0.9)
            _facade(stage, sketch, windows, side * half_width, z0, z1, tall, wall, roof, modern, shops)
        sketch.stamp(haze=0.55 * (1 - near), haze_colour=palette.low)
        windows.light(0.85, 5 + 12 * near)


def _facade(
    stage: Stage,
    sketch: Sketch,
    windows: Windows,
    x: float,
    z0: float,
    z1: float,
    tall: float,
    wall: Array,
    roof: Array,
    modern: bool,
    shops: bool,
) -> None:
    at = stage.at
    side = 1 if x > 0 else -1
    deep = x + side * 2.0
    sketch.poly([at(x, 0, z0), at(deep, 0, z0), at(deep, tall, z0), at(x, tall, z0)], wall * np.float32(0.78))
    sketch.poly([at(x, 0, z0), at(x, 0, z1), at(x, tall, z1), at(x, tall, z0)], wall)
    if not modern:
        ridge = x + side * 0.9
        sketch.poly(
            [
                at(x - side * 0.12, tall, z0 - 0.05),
                at(x - side * 0.12, tall, z1),
                at(ridge, tall + 0.9, z1),
                at(ridge, tall + 0.9, z0 - 0.05),
            ],
            roof,
        )
        sketch.poly(
            [at(x - side * 0.12, tall, z0 - 0.05), at(ridge, tall + 0.9, z0 - 0.05), at(deep, tall, z0)],
            wall * np.float32(0.74),
        )
    sketch.poly([at(x, 0, z0), at(x, 0, z1), at(x, 0.16, z1), at(x, 0.16, z0)], wall * np.float32(0.6))
    sketch.poly(
        [at(x, tall - 0.1, z0), at(x, tall - 0.1, z1), at(x, tall, z1), at(x, tall, z0)],
        wall * np.float32(1.12),
    )
    pane_dark = mix(wall * np.float32(0.5), stage.palette.mid, 0.25)
    columns = max(2, round((z1 - z0) / 0.62))
    rows = max(1, round(tall / 1.25))
    for row in range(rows):
        base = tall / rows * row
        for column in range(columns):
            za = z0 + (z1 - z0) * (column + 0.26) / columns
            zb = z0 + (z1 - z0) * (column + 0.74) / columns
            low, high = base + tall / rows * 0.28, base + tall / rows * 0.78
            if row == 0:
                low = 0.5 if shops else 0.45
                if column == columns // 2:
                    low = 0.0
                high = min(high, 1.3)
            box = [at(x, low, za), at(x, low, zb), at(x, high, zb), at(x, high, za)]
            sketch.poly(box, pane_dark * np.float32(0.8 if low == 0.0 else 1))
            if low > 0:
                windows.pane(box, lit_share=0.85 if shops and row == 0 else 0.5)
    if shops:
        cloth = stage.palette.shade(
            ("#b5483f", "#3f7a6b", "#c99a3f", "#43618f")[int(stage.place_rng.integers(0, 4))], 0.7, 0.8
        )
        out = x - side * 0.55
        sketch.poly(
            [at(x, 1.62, z0 + 0.1), at(x, 1.62, z1 - 0.1), at(out, 1.34, z1 - 0.1), at(out, 1.34, z0 + 0.1)],
            cloth,
        )
        sketch.poly(
            [
                at(out, 1.34, z0 + 0.1),
                at(out, 1.34, z1 - 0.1),
                at(out, 1.22, z1 - 0.1),
                at(out, 1.22, z0 + 0.1),
            ],
            cloth * np.float32(0.78),
        )


def street_lamps(
    stage: Stage, *, x: float, depths: tuple[float, ...], tall: float = 2.3, sides: tuple[int, ...] = (-1, 1)
) -> None:
    """Lamp posts along a street, with pools of light on the ground after dusk."""
    palette = stage.palette
    for z in sorted(depths, reverse=True):
        near = float(np.clip(1.3 / (1 + 0.16 * z), 0.25, 0.95))
        sketch = stage.sketch()
        post = palette.shade("#3a3d45", near, 0.5, 0.7)
        heads = []
        for side in sides:
            foot, top = stage.at(side * x, 0, z), stage.at(side * x, tall, z)
            size = stage.focal_px / z
            sketch.taper([foot, top], size * 0.06, size * 0.035, post)
            sketch.rect(foot[0] - size * 0.06, foot[1] - size * 0.14, foot[0] + size * 0.06, foot[1], post)
            hx, hy = top[0], top[1] - size * 0.10
            sketch.poly(
                [
                    (hx - size * 0.06, hy + size * 0.10),
                    (hx - size * 0.10, hy - size * 0.10),
                    (hx + size * 0.10, hy - size * 0.10),
                    (hx + size * 0.06, hy + size * 0.10),
                ],
                palette.lamp if palette.darkness > 0.3 else mix(palette.low, post, 0.4),
            )
            sketch.poly(
                [
                    (hx - size * 0.14, hy - size * 0.10),
                    (hx, hy - size * 0.2),
                    (hx + size * 0.14, hy - size * 0.10),
                ],
                post,
            )
            heads.append((hx, hy, size, foot[1]))
        sketch.stamp(haze=0.5 * (1 - near), haze_colour=palette.low)
        if palette.darkness > 0.3 or stage.has("fog", "storm"):
            power = max(palette.darkness, 0.45)
            for hx, hy, size, foot_y in heads:
                stage.canvas.glow(hx, hy, size * 1.5, palette.lamp, 0.55 * power)
                stage.canvas.glow(hx, hy, size * 0.42, rgb("#fff1cc"), 0.9 * power)
                stage.canvas.illuminate(
                    hx,
                    foot_y,
                    size * 2.0,
                    mix(palette.lamp, rgb("#ff7a30"), 0.5),
                    1.1 * palette.darkness,
                    squash=0.26,
                )
            stage.canvas.glow(hx, foot_y, size * 1.6, palette.lamp, 0.22 * power, squash=0.26)


def quay(stage: Stage, *, top: float) -> None:
    """A stone quay in front of water: capstones, a wall face, bollards, planks in perspective."""
    palette = stage.palette
    y0 = int(top)
    joints = stage.sketch()
    stone = palette.shade("#a59a8c", 0.75, 0.8)
    joints.rect(-2, top, stage.width + 2, stage.height + 2, stone)
    joints.rect(
        -2,
        top - stage.span * 0.012,
        stage.width + 2,
        top + stage.span * 0.012,
        palette.shade("#cfc6b6", 0.7, 0.85),
    )
    drop = top - stage.horizon
    for index in range(1, 8):
        y = stage.horizon + drop * (1 + index * 0.16 + index**2 * 0.012)
        joints.line([(-2, y), (stage.width + 2, y)], max(1, 0.5 + index * 0.28) * stage.unit, stone * np.float32(0.8))
    for index in range(-16, 17):
        x = stage.width / 2 + index * stage.width * 0.085
        lower = stage.width / 2 + (x - stage.width / 2) * (stage.height - stage.horizon) / drop
        joints.line([(x, top + 8 * stage.unit), (lower, stage.height)], 1.2 * stage.unit, stone * np.float32(0.84))
    for share in (0.12, 0.5, 0.9):
        x, size = share * stage.width, stage.person_at(top) * 0.34
        joints.rect(x - size * 0.3, top - size, x + size * 0.3, top, palette.shade("#34373f", 0.85, 0.7))
        joints.ellipse(x, top - size, size * 0.48, size * 0.2, palette.shade("#4a4e57", 0.85, 0.7))
    joints.stamp()
    grime = stage.ground_tile(stage.tiles.fine, y0, scale=130, stretch=2, seed=4)
    stage.canvas.rgb[y0:] *= (np.float32(0.84) + np.float32(0.32) * grime)[..., None]
    fade = (np.arange(y0, stage.height, dtype=np.float32)[:, None] - y0) / max(1, stage.height - y0)
    stage.canvas.darken(np.asarray(fade**2 * 0.4, np.float32), 0, y0, palette.near)
