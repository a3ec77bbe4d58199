"""Houses, churches and skylines, with windows that glow after dusk."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.sheet.canvas import Array, Sketch, blurred, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

WALLS = ("#d9b48f", "#c98f6f", "#e2cfae", "#b7796a", "#a9b3b0", "#d8a76a", "#8fa3ad", "#cbb9a6")


ROOFS = ("#8a4238", "#6d4a45", "#7d5a48", "#57606e", "#9a5440")


class Windows:
    """Panes gathered while buildings are drawn; ``light`` sets them glowing at once."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sketch = stage.sketch()
        self.count = 0

    def pane(self, points: list[tuple[float, float]], *, lit_share: float = 0.62) -> None:
        """One window: lit after dark by chance, else a dark or sky-coloured pane."""
        stage, rng = self.stage, self.stage.place_rng
        chance, warmth = (float(share) for share in rng.random(2))
        if stage.palette.darkness > 0.3 and chance < lit_share * min(1.0, stage.palette.darkness + 0.2):
            warm = mix(stage.palette.lamp, rgb("#ff9d4a"), warmth * 0.45)
            self.sketch.poly(points, warm)
            self.count += 1

    def light(self, strength: float = 1.0, reach_px: float = 16.0) -> None:
        """Paint the lit panes and their bloom by *screen*."""
        cut = self.sketch.cut()
        if cut is None or not self.count:
            return
        colour, mask, left, top = cut
        stage = self.stage
        stage.canvas.blend(mask * np.float32(0.95), colour, left, top)
        pad = int(reach_px * stage.unit * 2.5)
        h, w = stage.height, stage.width
        x0, y0 = max(0, left - pad), max(0, top - pad)
        x1, y1 = min(w, left + mask.shape[1] + pad), min(h, top + mask.shape[0] + pad)
        spread = np.zeros((y1 - y0, x1 - x0), np.float32)
        spread[top - y0 : top - y0 + mask.shape[0], left - x0 : left - x0 + mask.shape[1]] = mask
        bloom = blurred(spread, reach_px * stage.unit) * 1.5 + blurred(spread, reach_px * 0.3 * stage.unit) * 0.5
        region = stage.canvas.rgb[y0:y1, x0:x1]
        region += (1 - region) * np.clip(bloom * np.float32(strength * 0.55), 0, 0.8)[..., None] * stage.palette.lamp


def house(
    stage: Stage,
    sketch: Sketch,
    windows: Windows,
    x: float,
    foot: float,
    wide: float,
    tall: float,
    *,
    nearness: float,
    wall: str | None = None,
    roof: str | None = None,
    gable: bool = False,
) -> None:
    """A house front ``wide`` x ``tall`` (without roof) px: wall, roof, chimney, windows, door."""
    rng, palette = stage.place_rng, stage.palette
    keep = 0.5 + 0.25 * nearness
    local = wall or WALLS[int(rng.integers(0, len(WALLS)))]
    tiles = roof or ROOFS[int(rng.integers(0, len(ROOFS)))]
    if stage.has("snow"):
        tiles = "#e9eff8"
    front = palette.shade(local, nearness, keep, 0.95)
    cover = palette.shade(tiles, nearness, keep, 0.95)
    x1, eave = x + wide, foot - tall
    rise = wide * float(rng.uniform(0.34, 0.5)) if gable else tall * float(rng.uniform(0.38, 0.55))
    sunward = 1 if stage.sun[0] > x else -1
    if rng.random() < 0.6:
        cx = x + wide * float(rng.uniform(0.2, 0.75))
        sketch.rect(cx, eave - rise * 0.95, cx + wide * 0.09, eave, cover * np.float32(0.8))
    sketch.rect(x, eave, x1, foot, front)
    shade_w = wide * 0.16
    sketch.rect(
        *((x, eave, x + shade_w, foot) if sunward > 0 else (x1 - shade_w, eave, x1, foot)),
        front * np.float32(0.86),
    )
    lip = wide * 0.05
    if gable:
        sketch.poly([(x, eave), (x + wide / 2, eave - rise), (x1, eave)], front)
        for side, edge in ((-1, x), (1, x1)):
            tone = 1.1 if side == sunward else 0.82
            sketch.taper(
                [(x + wide / 2, eave - rise - lip * 0.3), (edge + side * lip, eave + lip * 0.6)],
                wide * 0.075,
                wide * 0.075,
                cover * np.float32(tone),
            )
    else:
        sketch.poly(
            [
                (x - lip, eave + 1),
                (x + wide * 0.10, eave - rise),
                (x1 - wide * 0.10, eave - rise),
                (x1 + lip, eave + 1),
            ],
            cover,
        )
        sketch.poly(
            [
                (x + wide * 0.10, eave - rise),
                (x1 - wide * 0.10, eave - rise),
                (x1 - wide * 0.085, eave - rise * 0.86),
                (x + wide * 0.085, eave - rise * 0.86),
            ],
            mix(cover, palette.key, 0.28),
        )
    sketch.rect(x, eave, x1, eave + tall * 0.035, front * np.float32(0.72))
    _windows_of(stage, sketch, windows, x, eave, wide, tall, front, gable)


def _windows_of(
    stage: Stage,
    sketch: Sketch,
    windows: Windows,
    x: float,
    eave: float,
    wide: float,
    tall: float,
    front: Array,
    gable: bool,
) -> None:
    columns = max(2, round(wide / max(10 * stage.unit, tall * 0.34)))
    rows = max(1, round(tall / max(12 * stage.unit, wide * 0.36)))
    cell_w, cell_h = wide / columns, tall / rows
    dark = mix(front * np.float32(0.46), stage.palette.mid, 0.22)
    door = int(stage.place_rng.integers(0, columns))
    for row in range(rows):
        for column in range(columns):
            px, py = x + cell_w * (column + 0.29), eave + cell_h * (row + 0.26)
            pw, ph = cell_w * 0.42, cell_h * 0.5
            if row == rows - 1 and column == door:
                sketch.rect(px, py, px + pw, eave + tall, front * np.float32(0.42))
                continue
            if pw > 5 * stage.unit:
                sketch.rect(
                    px - pw * 0.1,
                    py - ph * 0.08,
                    px + pw * 1.1,
                    py + ph * 1.1,
                    mix(front, rgb("#ffffff"), 0.16),
                )
            sketch.rect(px, py, px + pw, py + ph, dark)
            windows.pane([(px, py), (px + pw, py), (px + pw, py + ph), (px, py + ph)])
            if pw > 9 * stage.unit:
                windows.sketch.rect(px + pw * 0.46, py, px + pw * 0.54, py + ph, front * np.float32(0.5), 0.0)
    if gable:
        px, py, pw = x + wide * 0.44, eave - wide * 0.16, wide * 0.12
        sketch.rect(px, py, px + pw, py + pw * 1.3, dark)
        windows.pane([(px, py), (px + pw, py), (px + pw, py + pw * 1.3), (px, py + pw * 1.3)])


def house_row(
    stage: Stage,
    *,
    foot: float,
    tall: float,
    nearness: float,
    spread: tuple[float, float] = (-0.02, 1.02),
    gap: tuple[float, float] | None = None,
    haze: float = 0.45,
    steeple: bool = True,
) -> None:
    """Houses wall to wall across ``spread`` of the width, a church among them."""
    rng, sketch, windows = stage.place_rng, stage.sketch(), Windows(stage)
    if steeple:
        church(stage, sketch, windows, stage.side_x(0.78), foot, tall * 1.1, nearness=nearness - 0.06)
    x = spread[0] * stage.width
    while x < spread[1] * stage.width:
        wide = tall * float(rng.uniform(0.55, 1.0))
        high = tall * float(rng.uniform(0.5, 0.85))
        if not (gap and gap[0] * stage.width < x + wide / 2 < gap[1] * stage.width):
            house(stage, sketch, windows, x, foot, wide, high, nearness=nearness, gable=bool(rng.random() < 0.5))
        x += wide * float(rng.uniform(0.94, 1.04))
    sketch.stamp(haze=haze, haze_colour=stage.palette.low, foot_y=foot, foot_span_px=tall * 1.6)
    windows.light(0.9, 9)


def church(
    stage: Stage, sketch: Sketch, windows: Windows, x: float, foot: float, tall: float, *, nearness: float
) -> None:
    """A nave and a pointed steeple ``2 x tall`` high."""
    palette = stage.palette
    stone = palette.shade("#c9c0b2", nearness, 0.55)
    slate = palette.shade("#5b6472", nearness, 0.6)
    wide = tall * 0.30
    sketch.rect(x, foot - tall * 0.62, x + tall * 0.85, foot, stone * np.float32(0.94))
    sketch.poly(
        [
            (x, foot - tall * 0.60),
            (x + tall * 0.12, foot - tall * 0.95),
            (x + tall * 0.76, foot - tall * 0.95),
            (x + tall * 0.9, foot - tall * 0.60),
        ],
        slate,
    )
    sketch.rect(x - wide / 2, foot - tall * 1.25, x + wide / 2, foot, stone)
    sketch.rect(x - wide / 2, foot - tall * 1.25, x - wide * 0.2, foot, stone * np.float32(0.86))
    sketch.poly(
        [(x - wide * 0.6, foot - tall * 1.24), (x, foot - tall * 2.05), (x + wide * 0.6, foot - tall * 1.24)],
        slate,
    )
    sketch.poly(
        [(x, foot - tall * 2.05), (x + wide * 0.6, foot - tall * 1.24), (x + wide * 0.1, foot - tall * 1.24)],
        mix(slate, palette.key, 0.15),
    )
    sketch.line([(x, foot - tall * 2.03), (x, foot - tall * 2.2)], max(1, tall * 0.014), slate)
    sketch.line(
        [(x - tall * 0.035, foot - tall * 2.14), (x + tall * 0.035, foot - tall * 2.14)],
        max(1, tall * 0.014),
        slate,
    )
    for px, py in (
        (x, foot - tall * 1.06),
        (x + tall * 0.34, foot - tall * 0.36),
        (x + tall * 0.58, foot - tall * 0.36),
    ):
        half = tall * 0.045
        arch = [
            (px - half, py + half * 2),
            (px - half, py - half),
            (px, py - half * 2.2),
            (px + half, py - half),
            (px + half, py + half * 2),
        ]
        sketch.poly(arch, stone * np.float32(0.5))
        windows.pane(arch, lit_share=0.9)


def skyline(
    stage: Stage,
    *,
    foot: float,
    tall: float,
    nearness: float,
    count: int,
    haze: float,
    gap: tuple[float, float] | None = None,
) -> None:
    """Towers of a great city, one row of them."""
    rng, sketch, windows, palette = stage.place_rng, stage.sketch(), Windows(stage), stage.palette
    for share in (np.arange(count) + rng.uniform(0.0, 1.0, count)) / count * 1.1 - 0.08:
        wide = stage.width / count * float(rng.uniform(0.6, 1.25))
        if gap and gap[0] < share + wide / stage.width / 2 < gap[1]:
            continue
        high = tall * float(rng.uniform(0.35, 1.0)) * (1 - 0.35 * abs(float(share) - 0.5))
        x = float(share) * stage.width
        colour = palette.shade(
            ("#7f8ea0", "#9aa0a8", "#8c7f86", "#6f8296", "#a8988c")[int(rng.integers(0, 5))],
            nearness,
            0.42,
            float(rng.uniform(0.86, 1.06)),
        )
        _tower(stage, sketch, windows, x, foot, wide, high, colour)
    sketch.stamp(haze=haze, haze_colour=palette.low, foot_y=foot, foot_span_px=tall * 0.9)
    windows.light(0.6 + 0.3 * nearness, 6)


def _tower(
    stage: Stage,
    sketch: Sketch,
    windows: Windows,
    x: float,
    foot: float,
    wide: float,
    high: float,
    colour: Array,
) -> None:
    rng = stage.place_rng
    top = foot - high
    sketch.rect(x, top, x + wide, foot, colour)
    sunward = stage.sun[0] > x + wide / 2
    side = (x + wide * 0.68, top, x + wide, foot) if not sunward else (x, top, x + wide * 0.32, foot)
    sketch.rect(*side, colour * np.float32(0.84))
    crown = float(rng.random())
    if crown < 0.3:
        sketch.rect(x + wide * 0.2, top - high * 0.06, x + wide * 0.8, top + 1, colour * np.float32(0.94))
        sketch.line(
            [(x + wide / 2, top - high * 0.06), (x + wide / 2, top - high * 0.22)],
            max(1.0, wide * 0.035),
            colour * np.float32(0.8),
        )
    elif crown < 0.5:
        sketch.poly([(x, top + 1), (x + wide, top + 1), (x + wide, top - wide * 0.35)], colour * np.float32(0.96))
    elif crown < 0.62:
        sketch.poly(
            [(x + wide * 0.1, top + 1), (x + wide * 0.5, top - wide * 0.9), (x + wide * 0.9, top + 1)],
            colour * np.float32(0.94),
        )
    cell = max(5.0 * stage.unit, wide / 7)
    dark = colour * np.float32(0.82)
    columns, rows = max(1, int(wide / cell) - 1), max(1, int(high / (cell * 1.35)) - 1)
    for row in range(rows):
        for column in range(columns):
            px, py = x + cell * (column + 0.75), top + cell * 1.35 * (row + 0.7)
            box = [(px, py), (px + cell * 0.5, py), (px + cell * 0.5, py + cell * 0.7), (px, py + cell * 0.7)]
            if stage.palette.darkness < 0.3:
                sketch.poly(box, dark)
            windows.pane(box, lit_share=0.46)
