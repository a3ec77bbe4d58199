"""Where one waits to leave: a railway platform, an underground station, the hall of an airport."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import lamplit
from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand
from studio.engines.storyboard.places.room_light import light_room
from studio.engines.storyboard.places.vegetation import tree_row
from studio.engines.storyboard.places.weather import paint_sky
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_BED, _RAIL, _EDGE = 0.125, 0.150, 0.225
"""Rows under the horizon, in spans: where the bed of the track begins, where wheels stand, where one's own platform begins."""


def platform(stage: Stage) -> None:
    """A platform under a canopy on iron posts, its clock and bench; the track; the station's front beyond it."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    tree_row(stage, foot=hor + span * 0.04, tall=span * 0.12, nearness=0.36, count=18, kind="broadleaf", haze=0.5)
    _station_front(stage)
    sketch = stage.sketch()
    _track_bed(stage, sketch, "#8d8278")
    paving = palette.shade("#c4b7a4", 0.75, 0.8)
    _own_platform(stage, sketch, paving, palette.shade("#f0c94a", 0.8, 0.9))
    sketch.stamp()
    _canopy(stage)
    stage.deck_foot = hor + span * _RAIL
    stage.near, stage.tuft, stage.foot_limits = "none", "", (0.84, 0.97)


def underground(stage: Stage) -> None:
    """Tiles round a low vault, posters, a bright sign, the track between two dark tunnel mouths."""
    span, hor, w = stage.span, stage.horizon, stage.width
    stage.is_indoors = True
    tile, line = lamplit(stage, "#e9e4d6"), lamplit(stage, "#c9c2b2")
    stage.canvas.rgb[:] = tile
    sketch = stage.sketch()
    foot, ceiling = hor + span * _BED, hor - span * 0.40
    for row in np.arange(ceiling, foot, span * 0.030):
        sketch.rect(-5, float(row), w + 5, float(row) + 1.1 * stage.unit, line)
    for index, row in enumerate(np.arange(ceiling, foot, span * 0.030)):
        for x in np.arange(span * 0.03 * (index % 2), w, span * 0.06):
            sketch.rect(float(x), float(row), float(x) + 1.0 * stage.unit, float(row) + span * 0.030, line)
    sketch.rect(-5, foot - span * 0.045, w + 5, foot, lamplit(stage, "#35618f"))
    sketch.rect(-5, ceiling + span * 0.02, w + 5, ceiling + span * 0.05, lamplit(stage, "#35618f"))
    _posters(stage, sketch)
    for x in (0.0, w):
        mouth = [(x + span * 0.34 * float(np.cos(a)), foot + span * 0.09 - span * 0.42 * float(np.sin(a))) for a in np.linspace(0, np.pi, 25)]  # fmt: skip
        sketch.poly([(x + (px - x) * 1.10, foot + (py - foot) * 1.08) for px, py in mouth], lamplit(stage, "#8f8878"))
        sketch.poly(mouth, lamplit(stage, "#1c2028"))
    _track_bed(stage, sketch, "#4f4a46")
    _own_platform(stage, sketch, lamplit(stage, "#a9a69f"), lamplit(stage, "#f0c94a"))
    vault = [(0, -5), (w, -5), (w, ceiling), (w * 0.5, ceiling - span * 0.05), (0, ceiling)]
    sketch.poly([(-5, -5), *vault[1:], (-5, ceiling)], lamplit(stage, "#b9b4a8"))
    lamps = []
    for share in (0.14, 0.5, 0.86):
        x, y = w * share, ceiling - span * 0.035
        sketch.rect(x - span * 0.15, y - span * 0.010, x + span * 0.15, y + span * 0.010, rgb("#fffbe8"))
        lamps.append((x, y, span * 0.55))
    for share in (0.06, 0.95):
        x = stage.side_x(share)
        sketch.rect(x - span * 0.035, -5, x + span * 0.035, stage.height * 0.93, lamplit(stage, "#3f5f86"))
        sketch.rect(x - span * 0.035, -5, x - span * 0.018, stage.height * 0.93, lamplit(stage, "#6f93bd"))
    sketch.stamp()
    light_room(stage, lamps, from_window=False, level=0.92, warm="#fff2d0")
    stage.deck_foot = hor + span * _RAIL
    stand(stage, "none")
    stage.foot_limits, stage.reflects = (0.84, 0.97), 0.10


def airport(stage: Stage) -> None:
    """A hall of glass with an aeroplane and the tower outside, a board of flights, rows of seats, a bright floor."""
    it, far = Room(stage, "#c3ced6", "#9fb0bc", panels=False, boards=False, tall=3.6, half=5.2, ceiling="#eef2f4"), -stage.hero_side  # fmt: skip
    a, b = it.at(-5.0, 0.25), it.at(5.0, 3.2)
    it._sky(a[0], b[0], b[1], a[1])
    _apron(it, far)
    frame = it.tone("#8f9aa3")
    for x in np.linspace(-5.0, 5.0, 9):
        p, q = it.at(float(x) - 0.04, 0.25), it.at(float(x) + 0.04, 3.2)
        it.sketch.rect(p[0], q[1], q[0], p[1], frame)
    for y in (0.25, 1.9, 3.2):
        p, q = it.at(-5.0, y - 0.035), it.at(5.0, y + 0.035)
        it.sketch.rect(p[0], q[1], q[0], p[1], frame)
    stage.windows.append((a[0], b[1], b[0], a[1]))
    _flight_board(it, far * 1.75)
    for z in (4.5, 3.7):
        for step in range(5):
            x = far * (0.75 + 0.42 * step)
            it.box(around(x, 0.36), (0.22, 0.28), (z, z + 0.32), "#1f4f86")
            it.box(around(x, 0.36), (0.28, 0.62), (z + 0.29, z + 0.34), "#2a6ab0")
        it.box(around(far * 1.6, 2.1), (0.14, 0.20), (z + 0.12, z + 0.2), "#77828a")
        for x in (far * 0.75, far * 2.45):
            it.box(around(x, 0.06), (0, 0.16), (z + 0.12, z + 0.2), "#77828a")
    it.light(warm="#fff4e0", level=0.98, from_window=False)
    stand(stage, "none")
    stage.reflects = 0.22


def _station_front(stage: Stage) -> None:
    """Brick and pale stone, round-headed windows, a gable with a clock."""
    span, hor, palette, w = stage.span, stage.horizon, stage.palette, stage.width
    sketch, foot = stage.sketch(), hor + span * 0.095
    brick, pale, slate = palette.shade("#b8694c", 0.55, 0.8), palette.shade("#ead9b8", 0.55, 0.8), palette.shade("#5f6470", 0.55, 0.7)  # fmt: skip
    middle, half, tall = stage.side_x(0.66), span * 0.52, span * 0.25
    sketch.rect(middle - half, foot - tall, middle + half, foot, brick)
    sketch.poly([(middle - half * 1.04, foot - tall), (middle - half * 0.95, foot - tall * 1.38), (middle + half * 0.95, foot - tall * 1.38), (middle + half * 1.04, foot - tall)], slate)  # fmt: skip
    sketch.rect(
        middle - half * 1.02, foot - tall - span * 0.008, middle + half * 1.02, foot - tall + span * 0.012, pale
    )
    gable = [(middle - span * 0.14, foot), (middle - span * 0.14, foot - tall * 1.35), (middle, foot - tall * 1.9), (middle + span * 0.14, foot - tall * 1.35), (middle + span * 0.14, foot)]  # fmt: skip
    sketch.poly(gable, brick * np.float32(1.06))
    sketch.line(gable[1:4], span * 0.014, pale)
    cy, r = foot - tall * 1.32, span * 0.048
    sketch.ellipse(middle, cy, r * 1.22, r * 1.22, slate)
    sketch.ellipse(middle, cy, r, r, mix(palette.shade("#fbf6e6", 0.7, 0.95), palette.lamp, 0.5 * palette.darkness))
    sketch.line([(middle, cy - r * 0.68), (middle, cy), (middle + r * 0.5, cy + r * 0.25)], r * 0.13, palette.shade("#26262c", 0.7, 0.9))  # fmt: skip
    glass = mix(palette.shade("#4a5f70", 0.6, 0.8), palette.lamp, 0.9 if palette.darkness > 0.4 else 0.0)
    spots = [middle + span * dx for dx in (-0.45, -0.345, -0.24, 0.24, 0.345, 0.45)]
    for x in (*spots, middle):
        wide = span * (0.036 if x != middle else 0.065)
        top, low = foot - tall * 0.60, foot - (tall * 0.12 if x != middle else 0)
        head = [(x - wide * float(np.cos(a)), top - wide * float(np.sin(a))) for a in np.linspace(0, np.pi, 13)]
        sketch.poly([(x + (px - x) * 1.25, top + (py - top) * 1.25) for px, py in [(x - wide, low), *head, (x + wide, low)]], pale)  # fmt: skip
        sketch.poly([(x - wide, low), *head, (x + wide, low)], glass)
        sketch.rect(x - 1, top - wide, x + 1, low, pale)
    stone = palette.shade("#b5a894", 0.6, 0.75)
    sketch.rect(-5, foot, w + 5, hor + span * _BED + 2, stone * np.float32(0.7))
    sketch.rect(-5, foot - span * 0.006, w + 5, foot + span * 0.006, stone)
    sketch.stamp(haze=0.12, haze_colour=palette.low)
    if palette.darkness > 0.4:
        for x in spots:
            stage.canvas.glow(x, foot - tall * 0.4, span * 0.10, palette.lamp, 0.5)


def _track_bed(stage: Stage, sketch: Sketch, local: str) -> None:
    """A track seen from the side, wheels on row ``_RAIL``."""
    span, hor, palette, w = stage.span, stage.horizon, stage.palette, stage.width
    top, low = hor + span * _BED, hor + span * _EDGE
    sketch.rect(-5, top, w + 5, low, palette.shade(local, 0.65, 0.75, 0.85))
    wood = palette.shade("#54443a", 0.7, 0.7, 0.8)
    for x in np.arange(-(w % (span * 0.05)), w + span * 0.05, span * 0.05):
        lean = (float(x) - w / 2) * 0.06
        sketch.poly([(float(x), top + span * 0.016), (float(x) + span * 0.02, top + span * 0.016), (float(x) + lean + span * 0.024, top + span * 0.07), (float(x) + lean, top + span * 0.07)], wood)  # fmt: skip
    steel = mix(palette.shade("#a9adb5", 0.75, 0.7), palette.low, 0.45)
    for row, thick in ((_RAIL, 0.006), (_RAIL + 0.036, 0.008)):
        sketch.rect(-5, hor + span * row, w + 5, hor + span * (row + thick), steel)


def _own_platform(stage: Stage, sketch: Sketch, paving: Array, stripe: Array) -> None:
    span, hor, w, h = stage.span, stage.horizon, stage.width, stage.height
    edge = hor + span * _EDGE
    sketch.rect(-5, edge, w + 5, h + 5, paving)
    sketch.rect(-5, edge - span * 0.012, w + 5, edge + span * 0.006, paving * np.float32(1.14))
    sketch.rect(-5, edge + span * 0.028, w + 5, edge + span * 0.044, stripe)
    for z in (0.075, 0.125, 0.19):
        sketch.rect(-5, edge + span * z, w + 5, edge + span * z + 1.3 * stage.unit, paving * np.float32(0.86))
    for x in np.linspace(-0.3, 1.3, 21):
        a, b = w * float(x), w / 2 + (w * float(x) - w / 2) * 1.9
        sketch.line([(a, edge + span * 0.044), (b, h + 5)], 1.3 * stage.unit, paving * np.float32(0.86))


def _canopy(stage: Stage) -> None:
    """Iron posts with brackets, the glazed edge of the roof overhead, a hanging clock, a bench."""
    span, hor, palette, w = stage.span, stage.horizon, stage.palette, stage.width
    sketch = stage.sketch()
    iron = mix(palette.shade("#2f5a4c", 0.8, 0.8, 0.8), palette.near, 0.25)
    lit, roof, foot = mix(iron, palette.key, 0.22), hor - span * 0.40, hor + span * 0.30
    sketch.poly([(-5, -5), (w + 5, -5), (w + 5, roof), (-5, roof)], mix(iron, palette.low, 0.18))
    for x in np.arange(0, w + span * 0.1, span * 0.12):
        lean = (float(x) - w / 2) * 0.35
        sketch.line([(float(x), roof), (float(x) + lean, -5)], 2.4 * stage.unit, iron * np.float32(0.8))
    for x in np.arange(0, w + span * 0.05, span * 0.045):
        sketch.poly([(float(x), roof - 1), (float(x) + span * 0.045, roof - 1), (float(x) + span * 0.0225, roof + span * 0.034)], lit)  # fmt: skip
    sketch.rect(-5, roof - span * 0.022, w + 5, roof + span * 0.004, lit)
    for share in (0.06, 0.93):
        x = stage.side_x(share)
        sketch.rect(x - span * 0.013, roof, x + span * 0.013, foot, iron)
        sketch.rect(x - span * 0.013, roof, x - span * 0.005, foot, lit)
        sketch.rect(x - span * 0.024, foot - span * 0.035, x + span * 0.024, foot, iron)
        for side in (-1, 1):
            bow = [(x + side * span * 0.11 * (1 - float(np.cos(a))), roof + span * 0.11 * (1 - float(np.sin(a)))) for a in np.linspace(0, np.pi / 2, 9)]  # fmt: skip
            sketch.line(bow, span * 0.010, iron)
    cx, cy, r = stage.side_x(0.80), roof + span * 0.075, span * 0.040
    sketch.rect(cx - 1.5 * stage.unit, roof, cx + 1.5 * stage.unit, cy, iron)
    sketch.ellipse(cx, cy, r * 1.18, r * 1.18, iron)
    sketch.ellipse(cx, cy, r, r, mix(palette.shade("#fbf6e6", 0.9, 0.95), palette.lamp, 0.35 * palette.darkness))
    sketch.line([(cx - r * 0.5, cy - r * 0.2), (cx, cy), (cx, cy - r * 0.7)], r * 0.13, iron * np.float32(0.5))
    bx, by, size = stage.side_x(0.76), hor + span * 0.315, span * 0.125
    wood = palette.shade("#8f5a38", 0.85, 0.85)
    for row in (0.42, 0.60, 0.78):
        sketch.rect(
            bx - size,
            by - size * row,
            bx + size,
            by - size * (row - 0.12),
            wood * np.float32(1.0 if row < 0.7 else 1.12),
        )
    sketch.poly([(bx - size, by - size * 0.34), (bx + size, by - size * 0.34), (bx + size * 1.06, by - size * 0.20), (bx - size * 1.06, by - size * 0.20)], wood * np.float32(1.2))  # fmt: skip
    for dx in (-0.85, 0.85):
        sketch.rect(bx + dx * size - 3 * stage.unit, by - size * 0.8, bx + dx * size + 3 * stage.unit, by, iron)
    sketch.stamp()


def _posters(stage: Stage, sketch: Sketch) -> None:
    """Three pictures on the wall across the track, and the station's sign: a ring with a bar."""
    span, hor = stage.span, stage.horizon
    for share, tints in (
        (0.30, ("#f2b84b", "#d9573f")),
        (0.66, ("#4fa3b5", "#1f5f7a")),
        (0.86, ("#c98fb5", "#7a3f7f")),
    ):
        x, y, half = stage.side_x(share), hor - span * 0.12, span * 0.085
        sketch.rect(x - half * 1.08, y - span * 0.135, x + half * 1.08, y + span * 0.135, lamplit(stage, "#4a463f"))
        sketch.rect(x - half, y - span * 0.125, x + half, y + span * 0.125, lamplit(stage, tints[0]))
        sketch.ellipse(x + half * 0.2, y - span * 0.02, half * 0.5, half * 0.5, lamplit(stage, "#f7efd8"))
        sketch.poly([(x - half, y + span * 0.125), (x - half, y + span * 0.07), (x, y + span * 0.01), (x + half, y + span * 0.09), (x + half, y + span * 0.125)], lamplit(stage, tints[1]))  # fmt: skip
    x, y, r = stage.side_x(0.48), hor - span * 0.15, span * 0.075
    sketch.ellipse(x, y, r, r, lamplit(stage, "#c9343a"))
    sketch.ellipse(x, y, r * 0.66, r * 0.66, lamplit(stage, "#f4efe4"))
    sketch.rect(x - r * 1.35, y - r * 0.23, x + r * 1.35, y + r * 0.23, lamplit(stage, "#24407f"))


def _apron(it: Room, far: int) -> None:
    """What is seen through the glass: runway, control tower, hangars, an aeroplane at its stand."""
    stage, palette, sketch = it.stage, it.stage.palette, it.sketch
    a, b = it.at(-5.0, 0.25), it.at(5.0, 0.80)
    sketch.rect(a[0], b[1], b[0], a[1], palette.shade("#8d959c", 0.5, 0.7))
    p, q = it.at(-5.0, 0.80), it.at(5.0, 0.90)
    sketch.rect(p[0], q[1], q[0], p[1], palette.shade("#86a07a", 0.4, 0.6))
    x, foot = it.at(-far * 3.3, 0.85)
    size = stage.focal_px / (it.deep * 0.86)
    pale = palette.shade("#dfe3e6", 0.5, 0.7)
    sketch.rect(x - size * 0.13, foot - size * 1.25, x + size * 0.13, foot, pale * np.float32(0.9))
    sketch.poly([(x - size * 0.2, foot - size * 1.2), (x - size * 0.33, foot - size * 1.55), (x + size * 0.33, foot - size * 1.55), (x + size * 0.2, foot - size * 1.2)], palette.shade("#3f6f86", 0.6, 0.8))  # fmt: skip
    sketch.rect(x - size * 0.36, foot - size * 1.64, x + size * 0.36, foot - size * 1.55, pale)
    _aeroplane(stage, sketch, it.at(far * 0.1, 0.72), size, far)


def _aeroplane(stage: Stage, sketch: Sketch, foot: tuple[float, float], size: float, far: int) -> None:
    """An airliner in side view, its nose toward the hero's side."""
    palette, (cx, y) = stage.palette, foot

    def at(dx: float, up: float) -> tuple[float, float]:
        return cx + far * dx * size, y - up * size

    white, shade, blue = palette.shade("#fbfbf8", 0.8, 0.95), palette.shade("#b9c6d2", 0.7, 0.9), palette.shade("#2f6fb0", 0.8, 0.95)  # fmt: skip
    sketch.poly([at(3.05, 0.62), at(3.75, 1.62), at(4.15, 1.62), at(3.95, 0.62)], blue)
    sketch.poly([at(-0.6, 0.22), at(-0.3, 0.12), at(3.1, 0.16), at(4.2, 0.62), at(4.1, 0.72), at(0.0, 0.74), at(-0.45, 0.62), at(-0.72, 0.38)], white)  # fmt: skip
    sketch.poly([at(-0.6, 0.22), at(-0.3, 0.12), at(3.1, 0.16), at(3.7, 0.40), at(-0.66, 0.30)], shade)
    for index in range(18):
        px, py = at(0.15 + index * 0.165, 0.53)
        sketch.ellipse(px, py, size * 0.030, size * 0.040, palette.shade("#3f5a70", 0.8, 0.9))
    sketch.poly([at(-0.5, 0.50), at(-0.33, 0.60), at(-0.12, 0.60), at(-0.14, 0.50)], palette.shade("#2f4456", 0.8, 0.9))
    sketch.poly([at(1.1, 0.34), at(1.7, 0.30), at(2.9, 0.02), at(2.55, 0.0)], palette.shade("#8fa0b0", 0.8, 0.9))
    sketch.ellipse(*at(1.55, 0.10), size * 0.25, size * 0.12, blue)
    for dx in (0.1, 1.9):
        sketch.line([at(dx, 0.16), at(dx, -0.06)], size * 0.05, shade * np.float32(0.6))
        sketch.ellipse(*at(dx, -0.08), size * 0.09, size * 0.09, palette.shade("#26282c", 0.8, 0.9))


def _flight_board(it: Room, x: float) -> None:
    """A dark board under the ceiling, its lines of light too small to read."""
    it.box(around(x, 2.4), (2.25, 3.15), (4.4, 4.5), "#1c222b")
    rng, size = it.stage.place_rng, it.stage.focal_px / (4.4 * 0.86)
    left, top = it.at(x - 1.1, 3.05, 4.4)
    for row in range(6):
        y = top + size * (0.04 + 0.135 * row)
        reach = left
        for wide in (0.26, 0.62, 0.24, 0.40):
            part = wide * float(rng.uniform(0.7, 1.0))
            tint = ("#ffd36a", "#f7f2e0", "#f7f2e0", "#7fe0a0")[(row + round(wide * 10)) % 4]
            it.sketch.rect(reach, y, reach + size * part, y + size * 0.065, rgb(tint))
            reach += size * (wide + 0.10)
    it.lamps.append((*it.at(x, 2.6, 4.4), size * 1.2))
