"""Where one plays and watches: swimming pool, ice rink, circus, playground."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import block, flat, lamplit, nearness_at, tone_at
from studio.engines.storyboard.places.inside import stand
from studio.engines.storyboard.places.room_light import light_room
from studio.engines.storyboard.places.terrain import paint_ground
from studio.engines.storyboard.places.vegetation import tree_row
from studio.engines.storyboard.places.weather import paint_sky
from studio.engines.storyboard.sheet.canvas import Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_CROWD = ("#d8785a", "#e8d9b5", "#5f86b5", "#b5b9c2", "#c2a052", "#8f6f9a", "#3d4a66")


def pool(stage: Stage) -> None:
    """Turquoise water with lane ropes in a pale deck, a springboard, ladders, loungers under bright parasols."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    tree_row(stage, foot=hor + span * 0.03, tall=span * 0.16, nearness=0.42, count=16, kind="palm", haze=0.35)
    sketch, far = stage.sketch(), -stage.hero_side
    block(stage, sketch, (far * 4.5 - 2.6, far * 4.5 + 2.6), (0, 1.7), (12.5, 14.0), "#f4efe2")
    block(stage, sketch, (far * 4.5 - 2.8, far * 4.5 + 2.8), (1.7, 1.9), (12.3, 14.0), "#3fa0b5")
    for dx in (-1.9, -0.65, 0.65, 1.9):
        block(stage, sketch, (far * 4.5 + dx - 0.42, far * 4.5 + dx + 0.42), (0.02, 1.35), (12.45, 12.5), "#e8734f" if dx < 0 else "#3f8fc2")  # fmt: skip
    sketch.rect(-5, hor + span * 0.035, stage.width + 5, hor + span * 0.09, palette.shade("#5f9a4f", 0.45, 0.75))
    sketch.stamp(haze=0.12, haze_colour=palette.low)
    paint_ground(stage, local="#eadfc8", top=hor + span * 0.085, texture=0.03, near_dark=0.12, far_fade=0.2)
    _basin(stage)
    things = stage.sketch()
    for x, z, local in ((-far * 4.6, 8.0, "#e8534a"), (far * 5.2, 8.2, "#f2b93f"), (far * 7.0, 9.5, "#3f8fc2")):
        _parasol(stage, things, x, z, local)
    _springboard(stage, things, far)
    things.stamp()
    stage.near, stage.tuft, stage.foot_limits = "none", "", (0.90, 0.97)
    stage.water_foot = hor + span * 0.25


def rink(stage: Stage) -> None:
    """White ice with red and blue lines inside boards and glass, a goal, tiers of people, lamps in a row."""
    span, hor, w = stage.span, stage.horizon, stage.width
    stage.is_indoors = True
    stage.canvas.rgb[:] = lamplit(stage, "#26304a")
    sketch, rng = stage.sketch(), stage.place_rng
    for x in np.linspace(-0.1, 1.1, 13):
        sketch.line([(w * float(x), -5), (w * (0.5 + (float(x) - 0.5) * 0.72), hor - span * 0.30)], 3 * stage.unit, lamplit(stage, "#3d4a6a"))  # fmt: skip
    for row in range(13):
        y = hor - span * (0.285 - 0.0195 * row)
        sketch.rect(-5, y, w + 5, y + span * 0.0195, lamplit(stage, "#39425f" if row % 2 else "#303854"))
        for x in np.arange(0, w, span * 0.0165):
            if rng.random() < 0.82:
                sketch.ellipse(float(x) + float(rng.uniform(-2, 2)), y + span * 0.006, span * 0.0062, span * 0.0080, lamplit(stage, _CROWD[int(rng.integers(0, 7))]))  # fmt: skip
    ice, board = lamplit(stage, "#d3e6f2"), lamplit(stage, "#e6eaec")
    top, foot = hor - span * 0.035, hor + span * 0.075
    sketch.rect(-5, foot, w + 5, stage.height + 5, ice)
    sketch.rect(-5, top - span * 0.07, w + 5, top, lamplit(stage, "#bfe0ee"), 0.35)
    for x in np.arange(0, w, span * 0.16):
        sketch.rect(float(x), top - span * 0.07, float(x) + 2 * stage.unit, top, lamplit(stage, "#dfe9f0"))
    sketch.rect(-5, top, w + 5, foot, board)
    sketch.rect(-5, top, w + 5, top + span * 0.012, lamplit(stage, "#2f62b0"))
    sketch.rect(-5, foot - span * 0.022, w + 5, foot, lamplit(stage, "#f2c23f"))
    for index, x in enumerate(np.arange(span * 0.06, w, span * 0.30)):
        sketch.rect(float(x), top + span * 0.026, float(x) + span * 0.20, foot - span * 0.035, lamplit(stage, ("#d9463a", "#2f7fb5", "#5fa850")[index % 3]))  # fmt: skip
    _ice_lines(stage, sketch)
    _goal(stage, sketch, stage.side_x(0.74), foot + span * 0.10)
    lamps = []
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        x = w * share
        sketch.rect(x - span * 0.045, span * 0.035, x + span * 0.045, span * 0.055, rgb("#ffffff"))
        lamps.append((x, span * 0.05, span * 0.40))
    sketch.rect(w / 2 - span * 0.13, span * 0.07, w / 2 + span * 0.13, span * 0.17, lamplit(stage, "#161b2a"))
    for dx, tint in ((-0.075, "#ffb83f"), (0.075, "#ffb83f"), (0.0, "#7fe0a0")):
        sketch.rect(w / 2 + span * (dx - 0.022), span * 0.095, w / 2 + span * (dx + 0.022), span * 0.145, rgb(tint))
    sketch.stamp()
    light_room(stage, lamps, from_window=False, level=0.90, warm="#eaf6ff")
    stand(stage, "none")
    stage.foot_limits, stage.reflects = (0.80, 0.97), 0.30


def circus(stage: Stage) -> None:
    """Under the big top: stripes of cloth run up to the poles, tiers of people, the ring of sand in a spotlight."""
    span, hor, w, rng = stage.span, stage.horizon, stage.width, stage.place_rng
    stage.is_indoors = True
    stage.canvas.rgb[:] = lamplit(stage, "#4a1f2a")
    sketch = stage.sketch()
    peak, rim = (w / 2, -span * 0.16), hor - span * 0.13
    edges = np.linspace(-0.35, 1.35, 23)
    for index in range(22):
        a, b = w * float(edges[index]), w * float(edges[index + 1])
        sag = span * 0.03
        tone = lamplit(stage, "#c9303a" if index % 2 else "#f2dfb8", 0.92 - 0.35 * abs(index / 21 - 0.5))
        sketch.poly([peak, (peak[0] + (b - peak[0]) * 0.5, peak[1] + (rim - peak[1]) * 0.5 + sag), (b, rim), (a, rim), (peak[0] + (a - peak[0]) * 0.5, peak[1] + (rim - peak[1]) * 0.5 + sag)], tone)  # fmt: skip
        drop = (a + b) / 2
        sketch.poly(
            [(a, rim), (b, rim), (drop, rim + span * 0.045)], lamplit(stage, "#f2c23f" if index % 2 else "#c9303a")
        )
    for row in range(9):
        y = hor - span * (0.075 - 0.021 * row)
        sketch.rect(-5, y, w + 5, y + span * 0.021, lamplit(stage, "#5a2a34" if row % 2 else "#4f242e"))
        for x in np.arange(0, w, span * 0.021):
            if rng.random() < 0.85:
                sketch.ellipse(float(x) + float(rng.uniform(-2, 2)), y + span * 0.004, span * 0.0075, span * 0.0095, lamplit(stage, _CROWD[int(rng.integers(0, 7))], 0.75))  # fmt: skip
    sketch.rect(-5, hor + span * 0.105, w + 5, stage.height + 5, lamplit(stage, "#7a4a34"))
    cx, cy, rx, ry = w / 2, hor + span * 0.30, w * 0.56, span * 0.19
    sketch.ellipse(cx, cy + span * 0.018, rx, ry, lamplit(stage, "#8f1f2a"))
    sketch.ellipse(cx, cy, rx, ry, lamplit(stage, "#d9343f"))
    for a in np.linspace(0, 2 * np.pi, 40, endpoint=False):
        sketch.ellipse(cx + rx * 0.97 * float(np.cos(a)), cy + ry * 0.955 * float(np.sin(a)), span * 0.012, span * 0.012, lamplit(stage, "#ffd86a", 1.1))  # fmt: skip
    sketch.ellipse(cx, cy, rx * 0.93, ry * 0.90, lamplit(stage, "#e0b87a"))
    for share in (0.15, 0.85):
        x = w * share
        sketch.rect(x - span * 0.014, -5, x + span * 0.014, hor + span * 0.14, lamplit(stage, "#f2dfb8"))
        for y in np.arange(0, hor, span * 0.07):
            sketch.poly([(x - span * 0.014, float(y)), (x + span * 0.014, float(y) + span * 0.03), (x + span * 0.014, float(y) + span * 0.06), (x - span * 0.014, float(y) + span * 0.03)], lamplit(stage, "#c9303a"))  # fmt: skip
    _trapeze(stage, sketch)
    sketch.stamp()
    light_room(stage, [(w / 2, hor + span * 0.2, span * 0.75)], from_window=False, level=0.82, warm="#ffdf9a")
    spot, beam = stage.side_x(0.36), stage.sketch()
    for start in (0.25, 0.75):
        beam.poly([(w * start - 6, -20), (w * start + 6, -20), (spot + span * 0.22, cy + span * 0.1), (spot - span * 0.22, cy + span * 0.1)], rgb("#fff2cc"))  # fmt: skip
    beam.stamp(opacity=0.22, blur_px=6 * stage.unit)
    stage.canvas.glow(spot, cy + span * 0.08, span * 0.36, rgb("#fff0cc"), 0.6, squash=0.30)
    stand(stage, "none")
    stage.key, stage.key_x, stage.backlight = rgb("#ffe6b5"), w / 2, 1.1


def playground(stage: Stage) -> None:
    """A slide from a little tower, swings, a climbing dome, a sandpit, a seesaw; houses and trees behind a fence."""
    paint_sky(stage)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    tree_row(stage, foot=hor + span * 0.03, tall=span * 0.20, nearness=0.36, count=11, kind="broadleaf", haze=0.45, local="#4f8a45")  # fmt: skip
    paint_ground(stage, local="#86b455", top=hor + span * 0.01, texture=0.09, near_dark=0.25)
    sketch, far = stage.sketch(), -stage.hero_side
    for x in np.arange(-12, 12.1, 0.8):
        block(stage, sketch, (float(x) - 0.06, float(x) + 0.06), (0, 0.62), (11.0, 11.1), "#f2efe6")
    block(stage, sketch, (-13, 13), (0.42, 0.50), (10.95, 11.0), "#f2efe6")
    ring = [stage.at(far * 2.3 + 2.5 * float(np.cos(a)), 0, 6.2 + 2.1 * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 41)]  # fmt: skip
    sketch.poly(ring, palette.shade("#c99a5f", 0.7, 0.85))
    sketch.poly([(x, y + span * 0.006) for x, y in ring], palette.shade("#eed39a", 0.75, 0.9))
    sketch.stamp()
    gear = stage.sketch()
    _swings(stage, gear, -far * 3.3, 7.2)
    _dome(stage, gear, far * 5.2, 8.4)
    _slide(stage, gear, far * 1.5, 6.4, far)
    _seesaw(stage, gear, far * 3.5, 4.8)
    gear.stamp()
    stage.near, stage.tuft = "grass", "#86b455"


def _basin(stage: Stage) -> None:
    span, palette, at = stage.span, stage.palette, stage.at
    x, z = (-5.2, 5.2), (3.75, 11.5)
    sketch = stage.sketch()
    flat(
        stage, sketch, (x[0] - 0.35, x[1] + 0.35), (z[0] - 0.22, z[1] + 0.5), palette.shade("#fbf8ee", 0.75, 0.95, 1.05)
    )
    wall = palette.shade("#5fc2d0", 0.7, 0.9, 0.85)
    flat(stage, sketch, x, z, wall)
    flat(stage, sketch, x, (z[0], z[1] - 0.3), palette.shade("#2fb5cc", 0.75, 0.95, 1.05), -0.0)
    sketch.stamp()
    rng, ripples = stage.place_rng, stage.sketch()
    pale = mix(palette.shade("#bff0f4", 0.8, 0.95, 1.1), palette.key, 0.3)
    for _ in range(150):
        rz = float(z[0] + 0.1 + (z[1] - z[0] - 0.4) * rng.random() ** 1.6)
        rx, long = float(rng.uniform(-5.0, 5.0)), float(rng.uniform(0.15, 0.5))
        if abs(rx) + long > 5.1:
            continue
        bow = [at(rx + long * t, 0, rz + 0.05 * float(np.sin(t * 6))) for t in np.linspace(-1, 1, 7).tolist()]
        ripples.line(bow, max(0.8, 0.022 * stage.focal_px / rz), pale)
    ripples.stamp(opacity=0.5)
    ropes = stage.sketch()
    for rx in (-3.12, -1.04, 1.04, 3.12):
        for index, rz in enumerate(np.geomspace(z[0] + 0.05, z[1] - 0.4, 46)):
            px, py = at(rx, 0.02, float(rz))
            size = 0.055 * stage.focal_px / float(rz)
            ropes.ellipse(px, py, size, size * 0.7, palette.shade("#f7f5ee" if index % 4 < 2 else "#e0483a", 0.8, 0.95))
    for lx in (-4.4, 4.4):
        for dx in (-0.16, 0.16):
            rail = [
                at(lx + dx, y, rz) for y, rz in ((-0.05, 3.9), (0.42, 3.75), (0.50, 3.6), (0.42, 3.48), (0.0, 3.42))
            ]
            ropes.line(rail, 3.4 * stage.unit, palette.shade("#dfe5e8", 0.85, 0.9, 1.1))
    ropes.stamp()
    stage.canvas.glow(stage.sun[0], at(0, 0, 8.0)[1], span * 0.45, palette.key, 0.22, squash=0.3)


def _parasol(stage: Stage, sketch: Sketch, x: float, z: float, local: str) -> None:
    (px, foot), size = stage.at(x, 0, z), stage.focal_px / z
    block(stage, sketch, (x - 0.9, x + 0.5), (0.16, 0.24), (z - 0.2, z + 0.3), "#fbf8ee")
    sketch.poly([stage.at(x - 0.9, 0.2, z), stage.at(x - 1.3, 0.62, z), stage.at(x - 1.3, 0.68, z), stage.at(x - 0.85, 0.26, z)], tone_at(stage, "#fbf8ee", z))  # fmt: skip
    sketch.line([(px, foot), (px, foot - size * 1.55)], max(1.2, size * 0.045), tone_at(stage, "#e6ddc8", z))
    for index in range(6):
        a, b = px + size * (index - 3) * 0.34, px + size * (index - 2) * 0.34
        sketch.poly([(px, foot - size * 1.85), (a, foot - size * 1.36), ((a + b) / 2, foot - size * 1.31), (b, foot - size * 1.36)], tone_at(stage, local if index % 2 else "#fbf8ee", z, 1.05))  # fmt: skip


def _springboard(stage: Stage, sketch: Sketch, far: int) -> None:
    x, z = far * 2.1, 11.6
    for dx in (-0.28, 0.28):
        block(stage, sketch, (x + dx - 0.05, x + dx + 0.05), (0, 1.75), (z, z + 0.1), "#c9d0d4")
    for y in np.arange(0.25, 1.6, 0.25):
        block(stage, sketch, (x - 0.28, x + 0.28), (float(y), float(y) + 0.05), (z, z + 0.05), "#c9d0d4")
    block(stage, sketch, (x - 0.34, x + 0.34), (1.05, 1.15), (z - 1.9, z), "#3f8fc2")
    block(stage, sketch, (x - 0.40, x + 0.40), (1.70, 1.80), (z - 0.1, z + 0.5), "#e8734f")


def _ice_lines(stage: Stage, sketch: Sketch) -> None:
    red, blue = lamplit(stage, "#d9463a"), lamplit(stage, "#2f62b0")
    flat(stage, sketch, (-0.14, 0.14), (1.0, 9.0), red)
    for x in (-4.2, 4.2):
        flat(stage, sketch, (x - 0.12, x + 0.12), (1.0, 9.0), blue)
    for x, radius, tone in ((0.0, 1.35, blue), (-stage.hero_side * 5.8, 1.3, red)):
        ring = [stage.at(x + radius * float(np.cos(a)), 0, 5.0 + radius * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 49)]  # fmt: skip
        sketch.line(ring, 3 * stage.unit, tone)
    rng = stage.place_rng
    for _ in range(26):
        x, z, bend = float(rng.uniform(-4, 4)), float(rng.uniform(2.2, 7)), float(rng.uniform(-0.5, 0.5))
        scratch = [stage.at(x + t * 0.8, 0, z + bend * t * t) for t in np.linspace(-1, 1, 9).tolist()]
        sketch.line(scratch, 1.2 * stage.unit, lamplit(stage, "#c3d9e6"))


def _goal(stage: Stage, sketch: Sketch, x: float, foot: float) -> None:
    span, red, net = stage.span, lamplit(stage, "#d9362f"), lamplit(stage, "#c9d3da")
    half, tall = span * 0.115, span * 0.135
    sketch.poly([(x - half, foot), (x - half, foot - tall), (x + half, foot - tall), (x + half, foot)], lamplit(stage, "#8f9fb0"), 0.5)  # fmt: skip
    for t in np.linspace(-1, 1, 13).tolist():
        sketch.line([(x + half * t, foot - tall), (x + half * t * 0.92, foot - span * 0.02)], 1.2 * stage.unit, net)
    for t in np.linspace(0.08, 0.92, 7).tolist():
        sketch.line([(x - half, foot - tall * t), (x + half, foot - tall * t)], 1.2 * stage.unit, net)
    sketch.line(
        [(x - half, foot), (x - half, foot - tall), (x + half, foot - tall), (x + half, foot)], span * 0.012, red
    )


def _trapeze(stage: Stage, sketch: Sketch) -> None:
    span, x = stage.span, stage.side_x(0.66)
    low = stage.horizon - span * 0.20
    for dx in (-0.045, 0.045):
        sketch.line([(x + span * dx * 0.7, -5), (x + span * dx, low)], 1.8 * stage.unit, lamplit(stage, "#f7efe0"))
    sketch.line([(x - span * 0.06, low), (x + span * 0.06, low)], 5 * stage.unit, lamplit(stage, "#f2c23f"))


def _swings(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    steel, at = tone_at(stage, "#3f7fb5", z, 1.0), stage.at
    thick = 0.09 * stage.focal_px / z
    for dx in (-1.5, 1.5):
        for lean in (-0.35, 0.35):
            sketch.line([at(x + dx + lean, 0, z), at(x + dx, 1.9, z)], thick, steel)
    sketch.line([at(x - 1.5, 1.9, z), at(x + 1.5, 1.9, z)], thick, steel)
    for dx in (-0.6, 0.6):
        for side in (-0.2, 0.2):
            sketch.line(
                [at(x + dx + side, 1.88, z), at(x + dx + side, 0.42, z)], thick * 0.3, tone_at(stage, "#4a4a50", z)
            )
        block(stage, sketch, (x + dx - 0.26, x + dx + 0.26), (0.36, 0.43), (z, z + 0.2), "#d9463a")


def _dome(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    tone, size, (cx, foot) = tone_at(stage, "#f2b93f", z, 1.05), stage.focal_px / z, stage.at(x, 0, z)
    for share in (0.0, 0.35, 0.7, 1.0):
        rib = [(cx + side * size * 1.15 * share * float(np.cos(a)), foot - size * 1.25 * float(np.sin(a))) for side, a in [(1, t) for t in np.linspace(0, np.pi / 2, 9).tolist()] + [(-1, t) for t in np.linspace(np.pi / 2, 0, 9).tolist()]]  # fmt: skip
        sketch.line(rib, size * 0.05, tone)
    for up in (0.4, 0.8):
        half = size * 1.15 * float(np.sqrt(1 - (up / 1.25) ** 2))
        sketch.line([(cx - half, foot - up * size), (cx + half, foot - up * size)], size * 0.045, tone)


def _slide(stage: Stage, sketch: Sketch, x: float, z: float, far: int) -> None:
    at = stage.at
    for dx in (-0.5, 0.5):
        for dz in (0.8, 0.0):
            block(stage, sketch, (x + dx - 0.06, x + dx + 0.06), (0, 2.1), (z + dz, z + dz + 0.12), "#a5713f")
    block(stage, sketch, (x - 0.6, x + 0.6), (1.02, 1.12), (z - 0.1, z + 0.95), "#c9904f")
    for y in (1.25, 1.45):
        block(stage, sketch, (x - 0.55, x + 0.55), (y, y + 0.09), (z - 0.08, z - 0.05), "#e0a85f")
    tip, tone = at(x, 2.75, z + 0.4), tone_at(stage, "#d9463a", z, 1.0)
    sketch.poly([at(x - 0.78, 2.08, z - 0.1), tip, at(x + 0.78, 2.08, z - 0.1)], tone)
    sketch.poly([tip, at(x + 0.78, 2.08, z - 0.1), at(x + 0.7, 2.12, z + 0.9)], tone * np.float32(0.75))
    chute, wide = [(0.55, 1.08), (0.95, 0.95), (1.75, 0.36), (2.15, 0.16), (2.5, 0.14)], 0.30
    for dz, light in ((0.6, 0.8), (0.0, 1.08)):
        line = [at(x + far * dx, y + 0.1, z + dz) for dx, y in chute]
        sketch.line(line, 0.11 * stage.focal_px / z, tone_at(stage, "#f2c23f", z, light))
    top = [at(x + far * dx, y, z + 0.6) for dx, y in chute] + [at(x + far * dx, y, z) for dx, y in chute[::-1]]
    sketch.poly(top, tone_at(stage, "#ffdc6a", z, 1.1))
    for y in np.arange(0.2, 1.0, 0.2):
        block(stage, sketch, (x - far * 0.75 - wide, x - far * 0.75 + wide), (float(y), float(y) + 0.06), (z, z + 0.1), "#a5713f")  # fmt: skip
    for dx in (-wide, wide):
        block(
            stage, sketch, (x - far * 0.75 + dx - 0.04, x - far * 0.75 + dx + 0.04), (0, 1.1), (z, z + 0.08), "#a5713f"
        )


def _seesaw(stage: Stage, sketch: Sketch, x: float, z: float) -> None:
    at, near = stage.at, nearness_at(z)
    sketch.poly([at(x - 0.25, 0, z), at(x, 0.42, z), at(x + 0.25, 0, z)], tone_at(stage, "#3f7fb5", z))
    beam = [at(x - 1.35, 0.14, z), at(x - 1.35, 0.24, z), at(x + 1.35, 0.76, z), at(x + 1.35, 0.66, z)]
    sketch.poly(beam, stage.palette.shade("#5fa850", near, 0.85, 1.05))
    for dx, y in ((-1.0, 0.28), (1.0, 0.66)):
        sketch.line([at(x + dx, y, z), at(x + dx, y + 0.26, z)], 3 * stage.unit, tone_at(stage, "#d9463a", z))
