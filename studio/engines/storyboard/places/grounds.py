"""Gardens, parks, graves, and fields of play and battle."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.buildings import Windows, church, skyline
from studio.engines.storyboard.places.streets import street_lamps
from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill, paint_path
from studio.engines.storyboard.places.vegetation import bare_tree, broadleaf, leaf_of, leafy, paint_grass, tree_row
from studio.engines.storyboard.places.weather import paint_mist, paint_sky
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def garden(stage: Stage) -> None:
    """Clipped hedges, roses, a gravel walk to a fountain."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    tree_row(
        stage,
        foot=hor + span * 0.02,
        tall=span * 0.16,
        nearness=0.32,
        count=17,
        kind="broadleaf",
        haze=0.5,
        local="#4d7d4a",
    )
    paint_ground(stage, local="#86ad58", top=hor + span * 0.01, texture=0.07, near_dark=0.3)
    sketch = stage.sketch()
    gravel = palette.shade("#cdd6e4" if stage.has("snow") else "#dccba6", 0.7, 0.8)
    sketch.poly([stage.at(-0.9, 0, 0.8), stage.at(-0.9, 0, 20), stage.at(0.9, 0, 20), stage.at(0.9, 0, 0.8)], gravel)
    sketch.stamp(opacity=0.85)
    _fountain(stage, *stage.at(0.0, 0, 10.5), span * 0.15)
    tints = ("#d9455a", "#f0c34a", "#f2efe6", "#c86fae", "#e8806a")
    is_white = stage.has("snow")
    for z in (12.0, 9.0, 6.8, 5.0, 3.7, 2.8):
        row = stage.sketch()
        near = float(np.clip(1.3 / (1 + 0.15 * z), 0.2, 0.9))
        for side in (-1, 1):
            hedge = palette.shade("#8b9aa0" if is_white else "#3f6f3f", near, 0.7, 0.9)
            x0, x1 = side * 1.15, side * 1.75
            row.poly(
                [stage.at(x0, 0, z), stage.at(x1, 0, z), stage.at(x1, 0.42, z), stage.at(x0, 0.42, z)],
                hedge * np.float32(0.85),
            )
            for _ in range(9):
                bx, by = stage.at(
                    float(rng.uniform(min(x0, x1), max(x0, x1))), 0.40 + float(rng.uniform(-0.06, 0.10)), z
                )
                lit = palette.shade("#f0f5fb", near, 0.9) if is_white else palette.key
                leaves = mix(hedge, lit, (0.75 if is_white else 0.1) * float(rng.random()))
                leafy(row, rng, bx, by, stage.focal_px / z * 0.13, leaves)
            for _ in range(0 if is_white else 16):
                bx, by = stage.at(side * float(rng.uniform(1.1, 1.9)), float(rng.uniform(0.22, 0.56)), z - 0.05)
                size = stage.focal_px / z * 0.034
                row.ellipse(bx, by, size, size, palette.shade(tints[int(rng.integers(0, 5))], near, 0.95))
        row.stamp(haze=0.5 * (1 - near), haze_colour=palette.low)
    paint_grass(stage, local="#86ad58", top=hor + span * 0.2, amount=120)
    stage.near, stage.tuft = "leaves", ""


def park(stage: Stage) -> None:
    """Lawns under broad trees, a winding walk, bench and lamps, a pond, the town beyond."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    skyline(stage, foot=hor + span * 0.01, tall=span * 0.20, nearness=0.14, count=15, haze=0.6)
    tree_row(stage, foot=hor + span * 0.02, tall=span * 0.12, nearness=0.34, count=19, kind="broadleaf", haze=0.5)
    paint_ground(stage, local="#83a956", top=hor + span * 0.01, texture=0.09, near_dark=0.3)
    paint_path(stage, local="#d8c7a0", to_x=stage.side_x(0.58), far_y=hor + span * 0.03, near_width=1.3)
    for share, drop, tall in ((0.90, 0.10, 0.44), (0.06, 0.12, 0.50), (0.60, 0.045, 0.22)):
        sketch = stage.sketch()
        x = stage.side_x(share)
        sunward = 1.0 if stage.sun[0] > x else -1.0
        broadleaf(
            sketch,
            stage.place_rng,
            x,
            hor + span * drop,
            span * tall,
            palette.shade(leaf_of(stage, "#3f6f3f", share), 0.6, 0.7, 0.8),
            mix(palette.shade(leaf_of(stage, "#83ab52", share), 0.6, 0.8, 1.08), palette.key, 0.12),
            palette.shade("#54402f", 0.6, 0.7, 0.8),
            sunward,
            is_bare=stage.has("snow"),
        )
        sketch.stamp(haze=0.2, haze_colour=palette.low)
    _bench(stage, stage.side_x(0.68), hor + span * 0.17)
    street_lamps(stage, x=1.9, depths=(5.0,), tall=2.0, sides=(-stage.hero_side,))
    paint_grass(stage, local="#83a956", top=hor + span * 0.12, amount=200)
    stage.near, stage.tuft = "grass", "#6d9443"


def graveyard(stage: Stage) -> None:
    """Leaning stones, crosses, bare trees, a chapel, mist over the ground."""
    paint_sky(stage)
    span, hor, palette, rng = stage.span, stage.horizon, stage.palette, stage.place_rng
    paint_hill(stage, hill_line(stage, hor - span * 0.03, span * 0.03), nearness=0.22, local="#74857a")
    sketch, windows = stage.sketch(), Windows(stage)
    church(stage, sketch, windows, stage.side_x(0.74), hor + span * 0.03, span * 0.16, nearness=0.34)
    sketch.stamp(haze=0.4, haze_colour=palette.low, foot_y=hor + span * 0.03, foot_span_px=span * 0.3)
    windows.light()
    paint_ground(stage, local="#74824f", top=hor + span * 0.015, texture=0.1)
    for share, tall in ((0.93, 0.5), (0.04, 0.42)):
        tree = stage.sketch()
        bark = palette.shade("#40362f", 0.6, 0.5, 0.75)
        bare_tree(tree, rng, stage.side_x(share), hor + span * 0.12, span * tall, bark)
        tree.stamp()
    for z in (12.0, 9.0, 7.0, 5.4, 4.3):
        row = stage.sketch()
        near = float(np.clip(1.3 / (1 + 0.15 * z), 0.2, 0.9))
        for lane in range(-5, 6):
            x = lane * 1.05 + float(rng.uniform(-0.25, 0.25))
            if abs(stage.at(x, 0, z)[0] - stage.side_x(0.36)) < stage.width * 0.09 and z < 6 or rng.random() < 0.25:
                continue
            _grave(stage, row, x, z, palette.shade("#a3a49f", near, 0.6, float(rng.uniform(0.8, 1.0))))
        row.stamp(haze=0.5 * (1 - near), haze_colour=palette.low)
    paint_grass(stage, local="#74824f", top=hor + span * 0.08, amount=260)
    paint_mist(stage, hor + span * 0.07, span * 0.12, 0.45)
    stage.near, stage.tuft = "grass", "#66743f"


def _fountain(stage: Stage, x: float, foot: float, tall: float) -> None:
    sketch, palette = stage.sketch(), stage.palette
    stone = palette.shade("#cfc8b8", 0.5, 0.7)
    water = mix(palette.low, rgb("#ffffff"), 0.5)
    sketch.ellipse(x, foot, tall * 0.6, tall * 0.12, stone * np.float32(0.85))
    sketch.ellipse(x, foot - tall * 0.05, tall * 0.54, tall * 0.09, palette.shade("#6fb0c0", 0.5, 0.7))
    sketch.rect(x - tall * 0.05, foot - tall * 0.62, x + tall * 0.05, foot - tall * 0.03, stone)
    sketch.ellipse(x, foot - tall * 0.40, tall * 0.28, tall * 0.055, stone)
    for side in (-1, 1):
        for reach in (0.2, 0.42):
            arc = [
                (
                    x + side * reach * tall * float(t),
                    foot
                    - tall * (0.75 - 0.0 * t)
                    - tall * 0.3 * float(t) * (1 - float(t)) * 4 * 0.4
                    + tall * 0.62 * float(t) ** 2,
                )
                for t in np.linspace(0, 1, 9)
            ]
            sketch.line(arc, 1.5 * stage.unit, water)
    sketch.stamp(haze=0.25, haze_colour=palette.low)


def _bench(stage: Stage, x: float, foot: float) -> None:
    sketch, size = stage.sketch(), stage.person_at(foot)
    wood, iron = stage.palette.shade("#8a5f3f", 0.7, 0.75), stage.palette.shade("#33363d", 0.75, 0.6)
    half = size * 0.55
    for side in (-0.85, 0.85):
        sketch.rect(x + side * half - size * 0.02, foot - size * 0.48, x + side * half + size * 0.02, foot, iron)
    for y in (0.25, 0.36, 0.43, 0.5):
        sketch.rect(x - half, foot - size * y, x + half, foot - size * (y - 0.045), wood * np.float32(0.8 + y * 0.5))
    sketch.stamp()


def _grave(stage: Stage, sketch: Sketch, x: float, z: float, stone: Array) -> None:
    rng = stage.place_rng
    px, foot = stage.at(x, 0, z)
    size = stage.focal_px / z
    lean, tall, half = (
        float(rng.uniform(-0.07, 0.07)) * size,
        size * float(rng.uniform(0.42, 0.66)),
        size * float(rng.uniform(0.15, 0.21)),
    )
    if rng.random() < 0.3:
        sketch.taper([(px, foot), (px + lean, foot - tall * 1.25)], half * 0.55, half * 0.55, stone)
        sketch.taper(
            [(px + lean * 0.7 - half, foot - tall * 0.86), (px + lean * 0.7 + half, foot - tall * 0.88)],
            half * 0.5,
            half * 0.5,
            stone,
        )
        return
    round_top = [
        (px + lean - half * float(np.cos(a)), foot - tall + half * 0.6 - half * float(np.sin(a)) * 0.85)
        for a in np.linspace(0, np.pi, 9)
    ]
    sketch.poly([(px - half, foot), *round_top, (px + half, foot)], stone)
    sunward = 1 if stage.sun[0] > px else -1
    rim = [(ax - sunward * half * 0.28, ay + half * 0.16) for ax, ay in round_top]
    if half > 4:
        sketch.poly(
            [(px - half - sunward * half * 0.28, foot), *rim, (px + half - sunward * half * 0.28, foot)],
            stone * np.float32(0.84),
        )
