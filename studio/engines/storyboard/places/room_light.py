"""How a room is lit: lamps, windows, dim corners."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.sheet.canvas import mix, resized, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage

WALL_Z = 5.6
"""How far ahead the back wall of a room stands, in people."""

_DIM = np.array([0.36, 0.33, 0.24], np.float32)
"""How much of red, green and blue the corners lose: shadows are cool, never grey."""


def light_room(
    stage: Stage, lamps: list[tuple[float, float, float]], *, from_window: bool, level: float, warm: str
) -> None:
    """Let the room be bright by ``lamps`` (x, y, radius px) and windows, and dim in its corners.

    The strongest lamp, or by day the window, becomes the stage's key light.
    """
    dark = stage.palette.darkness
    w, h = max(4, stage.width // 8), max(4, stage.height // 8)
    xs = (np.arange(w, dtype=np.float32)[None, :] + 0.5) * stage.width / w
    ys = (np.arange(h, dtype=np.float32)[:, None] + 0.5) * stage.height / h
    day = np.full((h, w), np.float32((0.94 - 0.42 * dark) * level), np.float32)
    glow = np.zeros((h, w), np.float32)
    power = 0.20 + 0.80 * max(dark, 0.25 if stage.brief.weather else 0.12)
    for x, y, radius in lamps:
        away = np.hypot(xs - x, (ys - y) * 0.9) / np.float32(radius * 1.35)
        glow += np.float32(0.95 * power) * np.exp(-away * away)
    for x0, y0, x1, y1 in stage.windows if from_window else []:
        away = np.hypot(xs - (x0 + x1) / 2, ys - (y0 + y1) / 2) / np.float32(stage.span * 0.6)
        day += np.float32(0.30 * (1 - 0.6 * dark)) * np.exp(-away * away)
    away = np.hypot((xs / stage.width - 0.5) * 1.1, ys / stage.height - 0.55)
    dim = smoothstep(0.30, 0.75, np.asarray(away, np.float32))
    glow = np.clip(glow, 0, 1.1)
    cool = mix(np.ones(3, np.float32), stage.palette.ambient / stage.palette.ambient.max(), 0.35)
    light = np.stack(
        [
            resized((day * cool[i] + glow * rgb(warm)[i]) * (1 - dim * _DIM[i]), stage.width, stage.height)
            for i in range(3)
        ],
        -1,
    )
    stage.canvas.rgb *= np.clip(light, 0.22, 1.35)
    for x, y, radius in lamps:
        stage.canvas.glow(x, y, radius * 1.15, rgb(warm), 0.52 * power)
        stage.canvas.glow(x, y, radius * 0.22, rgb("#fff0cc"), 0.75 * power)
    if from_window:
        _window_light(stage)
    np.clip(stage.canvas.rgb, 0, 1, out=stage.canvas.rgb)
    if lamps and dark > 0.2 or not stage.windows and lamps:
        lead = max(lamps, key=lambda lamp: lamp[2])
        stage.key, stage.key_x = rgb(warm), lead[0]
    elif stage.windows:
        stage.key_x = (stage.windows[0][0] + stage.windows[0][2]) / 2


def _window_light(stage: Stage) -> None:
    """Daylight round the panes and lying on the floor."""
    strength = 0.26 * (1 - 0.75 * stage.palette.darkness) * (0.5 if stage.brief.weather else 1.0)
    sketch = stage.sketch()
    for x0, y0, x1, y1 in stage.windows:
        slide = (stage.width / 2 - (x0 + x1) / 2) * 0.35
        floor = stage.at(0, 0, WALL_Z)[1]
        sketch.poly(
            [
                (x0 + slide, floor + stage.span * 0.03),
                (x1 + slide, floor + stage.span * 0.03),
                (x1 + slide * 1.9 + (x1 - x0) * 0.35, floor + stage.span * 0.16),
                (x0 + slide * 1.9 - (x1 - x0) * 0.05, floor + stage.span * 0.16),
            ],
            stage.palette.key,
        )
        stage.canvas.glow(
            (x0 + x1) / 2,
            (y0 + y1) / 2,
            (x1 - x0) * 1.5,
            mix(stage.palette.low, stage.palette.key, 0.4),
            strength * 1.6,
        )
    sketch.stamp(opacity=strength, blur_px=3 * stage.unit)
