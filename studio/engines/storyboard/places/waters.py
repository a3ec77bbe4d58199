"""What watery places share: headlands, foam, wet sand, banks."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill, paint_path, paint_rocks
from studio.engines.storyboard.places.vegetation import paint_grass
from studio.engines.storyboard.sheet.canvas import mix, smoothstep
from studio.engines.storyboard.sheet.stage import Stage, seed_of


def water_seed(stage: Stage) -> int:
    return seed_of("water", stage.brief.place_key) % 9973


def headland(stage: Stage, x: float, tall: float, half: float) -> None:
    xs = stage.canvas.columns
    hump = np.clip(1 - ((xs - np.float32(x)) / np.float32(half)) ** 2, 0, 1)
    rough = 1 + 0.25 * stage.wave(stage.place_rng, period_px=half * 0.5)
    ridge = np.where(hump > 0, stage.horizon + 1 - hump**0.7 * rough * tall, stage.height + 9).astype(np.float32)
    paint_hill(stage, ridge, nearness=0.24, local="#6b7f78", fade=0.4)


def foam_line(stage: Stage, line: np.ndarray, colour: np.ndarray, strength: float, thick_px: float) -> None:
    top, bottom = max(0, int(line.min() - thick_px * 2)), min(stage.height, int(line.max() + thick_px * 3))
    if bottom <= top:
        return
    off = stage.canvas.rows[top:bottom] - line[None, :]
    lace = stage.tile_box(stage.tiles.fine, (0, top, stage.width, bottom), 1.6 * stage.unit, 8, 2)
    core = smoothstep(-thick_px * 1.6, 0, off) * smoothstep(thick_px * 0.5, 0, off)
    mask = np.clip(core * (0.5 + lace), 0, 1) * np.float32(strength)
    stage.canvas.blend(mask.astype(np.float32), colour, 0, top)


def wet_sand(stage: Stage, tide: np.ndarray) -> None:
    """The strip the last wave left: darker, with the sky in it."""
    top = max(0, int(tide.min()))
    off = stage.canvas.rows[top:] - tide[None, :]
    mask = smoothstep(stage.span * 0.10, 0, off) * (off > 0) * np.float32(0.42)
    stage.canvas.blend(
        mask.astype(np.float32), mix(stage.palette.mid, stage.palette.low, 0.35) * np.float32(0.86), 0, top
    )


def bank_in_front(stage: Stage, local: str = "#6c8a4e") -> None:
    edge = stage.horizon + (stage.height - stage.horizon) * 0.50
    ridge = hill_line(stage, edge, stage.span * 0.035, period=0.5)
    shade = smoothstep(-10 * stage.unit, 0, stage.canvas.rows - ridge[None, :]) * np.float32(0.35)
    stage.canvas.darken(np.asarray(shade * (stage.canvas.rows < ridge[None, :] + 2), np.float32))
    paint_ground(stage, local=local, top=edge, ridge=ridge, texture=0.10, far_fade=0.2, near_dark=0.4)
    paint_path(stage, local="#b59f77", to_x=stage.side_x(0.5), far_y=edge + stage.span * 0.03, near_width=0.8)
    rng = stage.place_rng
    paint_rocks(
        stage,
        [
            (
                float(rng.uniform(0, stage.width)),
                float(ridge[int(rng.integers(0, stage.width))]) + 8,
                float(rng.uniform(8, 26)) * stage.unit,
            )
            for _ in range(7)
        ],
    )
    paint_grass(stage, local=local, top=edge + stage.span * 0.02, amount=240)
    stage.foot_limits = (edge / stage.height + 0.07, 0.97)
    stage.water_foot = stage.horizon + (edge - stage.horizon) * 0.62
