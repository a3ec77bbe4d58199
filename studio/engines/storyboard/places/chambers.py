"""Rooms unlike rooms: an observatory's dome, a barn, the inside of a submarine, a car park underground."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.blocks import lamplit
from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand
from studio.engines.storyboard.places.room_light import WALL_Z, light_room
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def observatory(stage: Stage) -> None:
    """A ribbed dome opened on the stars, a great telescope on its pier, a desk with red lamps, a ladder."""
    span, hor, w = stage.span, stage.horizon, stage.width
    stage.is_indoors = True
    far = -stage.hero_side
    stage.canvas.rgb[:] = lamplit(stage, "#39456a")
    sketch, rng = stage.sketch(), stage.place_rng
    cx, foot, rx, ry = w / 2, hor + span * 0.10, w * 0.60, hor + span * 0.16
    for index in range(9, 0, -1):
        t = index / 9
        dome = [(cx - rx * t * float(np.cos(a)), foot - ry * float(np.sin(a))) for a in np.linspace(0, np.pi, 41)]
        sketch.poly([(cx - rx * t, foot + 4), *dome, (cx + rx * t, foot + 4)], lamplit(stage, "#4f5f8f" if index % 2 else "#46557f", 0.70 + 0.42 * (1 - t)))  # fmt: skip
    slit = far * w * 0.15
    left, right = cx + slit - span * 0.15, cx + slit + span * 0.15
    gap = [(left, -5), (right, -5), (right + span * 0.02, hor - span * 0.08), (left - span * 0.02, hor - span * 0.08)]
    sketch.poly([(x + (x - cx - slit) * 0.10, y) for x, y in gap], lamplit(stage, "#7f8fb8"))
    for band in range(20):
        y0, y1 = (hor - span * 0.08) * band / 20, (hor - span * 0.08) * (band + 1) / 20 + 1
        sketch.rect(left, y0, right, y1, mix(rgb("#0a1440"), rgb("#4a3f8f"), band / 19))
    for _ in range(60):
        x, y = float(rng.uniform(left + 3, right - 3)), float(rng.uniform(0, hor - span * 0.1))
        size = (0.7 + 1.6 * float(rng.random()) ** 5) * stage.unit
        sketch.ellipse(x, y, size, size, rgb("#ffffff"))
    sketch.rect(-5, foot, w + 5, stage.height + 5, lamplit(stage, "#59506a"))
    sketch.rect(-5, foot - span * 0.035, w + 5, foot, lamplit(stage, "#6f7aa0"))
    for step in range(5):
        half = w * (0.30 + 0.16 * step)
        ring = [(cx + half * float(np.cos(a)), foot + span * 0.10 + half * 0.16 * float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 49)]  # fmt: skip
        sketch.line(ring, 1.6 * stage.unit, lamplit(stage, "#6a6180"))
    sketch.stamp()
    _telescope(stage, (cx + far * span * 0.34, foot + span * 0.17), (cx + slit - far * span * 0.06, hor - span * 0.30))
    _control_desk(stage, stage.side_x(0.10), foot + span * 0.13)
    lamps = [(cx + slit, hor * 0.35, span * 0.75), (stage.side_x(0.14), foot + span * 0.05, span * 0.25)]
    light_room(stage, lamps, from_window=False, level=0.98, warm="#b5c4ff")
    stand(stage, "none")
    stage.key, stage.key_x, stage.backlight = rgb("#c3d0ff"), cx + slit, 1.2


def barn(stage: Stage) -> None:
    """Planks with light between them, bales of hay, a loft with its ladder, beams, the great door open on a field."""
    it, far = Room(stage, "#8a5f3c", "#b5935a", panels=False, tall=3.5, half=4.4, ceiling="#5f4028", boards=False), -stage.hero_side  # fmt: skip
    rng = stage.place_rng
    for index in range(-16, 17):
        x = index * 0.27
        if abs(x) < it.half - 0.1:
            it.wall_rect(x, 0.0, x + 0.25, it.tall, it.tone("#95683f", float(rng.uniform(0.82, 1.08))))
            if index % 3 == 0:
                it.wall_rect(x + 0.25, 0.5, x + 0.272, it.tall - 0.3, mix(it.tone("#ffe9b0", 1.2), stage.palette.low, 0.5))  # fmt: skip
    _open_door(it, -far * 1.6)
    it.box(around(far * 2.6, 3.6), (1.95, 2.12), (4.0, WALL_Z), "#7a5232")
    for x in (far * 0.85, far * 4.2):
        it.box(around(x, 0.16), (0, 3.5), (4.0, 4.15), "#6b4528")
    for z in (5.2, 3.9, 2.8):
        it.box((-it.half, it.half), (3.05, 3.25), (z, z + 0.18), "#6b4528", 0.9)
        for side in (-1, 1):
            it.sketch.line([it.at(side * 4.2, 2.2, z), it.at(side * 3.0, 3.1, z)], 0.13 * stage.focal_px / z, it.tone("#5f3f26"))  # fmt: skip
    for x, y, z in ((2.0, 0.0, 4.4), (3.0, 0.0, 4.4), (2.5, 0.55, 4.5), (3.4, 0.55, 4.5), (1.6, 2.12, 4.6), (2.6, 2.12, 4.6), (3.0, 2.62, 4.7)):  # fmt: skip
        _bale(it, far * x, y, z)
    size = stage.focal_px / (3.9 * 0.86)
    a, b = it.at(far * 1.25, 0, 3.8), it.at(far * 1.05, 2.4, 4.0)
    for dx in (-0.17, 0.17):
        it.sketch.line([(a[0] + dx * size, a[1]), (b[0] + dx * size, b[1])], size * 0.055, it.tone("#c9a06a"))
    for t in np.linspace(0.08, 0.94, 8).tolist():
        px, py = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
        it.sketch.line([(px - size * 0.17, py), (px + size * 0.17, py)], size * 0.045, it.tone("#c9a06a"))
    for _ in range(240):
        px, py = it.at(float(rng.uniform(-4, 4)), 0.0, float(rng.uniform(2.0, 5.4)))
        dx = float(rng.uniform(-9, 9)) * stage.unit
        it.sketch.line([(px, py), (px + dx, py - float(rng.uniform(0, 3)) * stage.unit)], 1.4 * stage.unit, it.tone("#e0c070", float(rng.uniform(0.8, 1.15))))  # fmt: skip
    it.hanging_lamp(far * 0.2, 4.0, 1.1, "#4a3a2c")
    it.light(level=0.88)
    stand(stage, "none")


def submarine(stage: Stage) -> None:
    """A steel tube of ribs, pipes with red wheels, dials and a green screen, the periscope, a round hatch at the end."""
    span, at, w = stage.span, stage.at, stage.width
    stage.is_indoors = True
    stage.canvas.rgb[:] = lamplit(stage, "#2a3a40")
    sketch, far = stage.sketch(), -stage.hero_side
    depths = np.geomspace(1.3, 9.0, 12)
    for index, z in enumerate(depths):
        tone = lamplit(stage, "#5f7f80" if index % 2 else "#557274", 0.62 + 0.44 * index / 11)
        sketch.poly(_tube(stage, float(z), 1.95), tone)
    for z in depths[:-1:2]:
        sketch.line(_tube(stage, float(z), 1.95), 0.12 * stage.focal_px / float(z), lamplit(stage, "#86a5a0", 0.92))
    sketch.poly([at(-1.35, 0, 0.8), at(1.35, 0, 0.8), at(1.35, 0, 9.0), at(-1.35, 0, 9.0)], lamplit(stage, "#5a6266"))
    for z in np.geomspace(1.2, 9.0, 22):
        sketch.line([at(-1.35, 0, float(z)), at(1.35, 0, float(z))], 1.6 * stage.unit, lamplit(stage, "#454c50"))
    hx, hy = at(0, 1.05, 9.0)
    size = stage.focal_px / 9.0
    for shrink, local in ((1.0, "#8fa5a0"), (0.86, "#35464a"), (0.78, "#c9b87a"), (0.66, "#6f8a88")):
        sketch.ellipse(hx, hy, size * 0.95 * shrink, size * 1.0 * shrink, lamplit(stage, local))
    _wheel(sketch, (hx, hy), size * 0.38, lamplit(stage, "#d9463a"))
    lamps = _pipes_and_dials(stage, far)
    for y, x, local in ((2.35, -0.75, "#b5703a"), (2.5, -0.35, "#8f9aa0"), (2.5, 0.4, "#8f9aa0"), (2.35, 0.8, "#4f8a6a")):  # fmt: skip
        run = [at(x, y, z) for z in (0.9, 9.0)]
        sketch.taper(run, 0.07 * stage.focal_px / 0.95, 0.12 * size, lamplit(stage, local))
    sketch.stamp()
    dials, glow = _dial_sketch(stage, far)
    dials.stamp()
    _periscope(stage, far)
    light_room(stage, [*lamps, *glow], from_window=False, level=0.92, warm="#ffd9a0")
    for x, y, radius in glow:
        stage.canvas.glow(x, y, radius * 0.8, rgb("#5fffa8"), 0.5)
    for z in (2.2, 4.2):
        lx, ly = at(-far * 0.1, 2.75, z)
        stage.canvas.glow(lx, ly, span * 0.30, rgb("#ff5a48"), 0.45)
    stand(stage, "none")
    stage.key, stage.key_x = rgb("#ffd0a8"), w / 2


def car_park(stage: Stage) -> None:
    """Low concrete on banded pillars, bays in white lines with cars in them, an arrow on the floor, tubes of light."""
    it, far = Room(stage, "#a9aaa6", "#83858a", panels=False, boards=False, tall=2.15, half=6.0, deep=11.0, ceiling="#b5b6b2"), -stage.hero_side  # fmt: skip
    white = it.tone("#f2f0e6")
    for side in (-1, 1):
        for z in np.arange(3.2, 10.8, 1.5):
            it.flat_quad((side * 2.6, side * 5.9), (float(z), float(z) + 0.09), 0.0, white)
    it.flat_quad((-0.12, 0.12), (2.2, 3.6), 0.0, it.tone("#f2c23f"))
    it.sketch.poly([it.at(-0.42, 0, 3.5), it.at(0.42, 0, 3.5), it.at(0, 0, 4.6)], it.tone("#f2c23f"))
    tints = ("#c9443a", "#e6e2d8", "#3f6f9f", "#3a3f46", "#8fa0a8", "#d9a03a")
    for index, z in enumerate((9.4, 7.9, 6.4, 4.9)):
        for side in (-1, 1):
            if (index + side) % 4 != 1:
                _parked(it, side * 4.2, z, tints[(index * 2 + side) % 6], side)
    for z in (9.2, 6.6, 4.3):
        for x in (-2.35, 2.35):
            it.box(around(x, 0.34), (0, 2.15), (z, z + 0.34), "#c3c2ba")
            for row in range(4):
                it.box(around(x, 0.345), (0.15 + row * 0.18, 0.24 + row * 0.18), (z - 0.01, z + 0.34), "#f2c23f" if row % 2 else "#2f3236")  # fmt: skip
    lamps = []
    for z in (2.4, 4.4, 7.4):
        for x in (-1.2, 1.2):
            it.flat_quad((x - 0.10, x + 0.10), (z, z * 1.28), it.tall - 0.02, rgb("#ffffff"))
        lamps.append((*it.at(0, it.tall, z), stage.span * 0.5))
    it.lamps.extend(lamps)
    it.box(around(far * 0.0, 1.2), (1.72, 2.0), (8.4, 8.45), "#2f8f4f")
    it.light(level=0.84, warm="#eef6ff", from_window=False)
    stand(stage, "none")
    stage.reflects = 0.12


def _telescope(stage: Stage, pier: tuple[float, float], aim: tuple[float, float]) -> None:
    """A white tube on a fork above its pier, pointing at ``aim``."""
    sketch, span = stage.sketch(), stage.span
    px, foot = pier
    hinge = (px, foot - span * 0.19)
    along = np.array([aim[0] - hinge[0], aim[1] - hinge[1]])
    along /= np.hypot(*along)
    across = np.array([-along[1], along[0]])

    def at(down: float, out: float) -> tuple[float, float]:
        spot = np.array(hinge) + along * down * span + across * out * span
        return float(spot[0]), float(spot[1])

    steel, tube, dark = lamplit(stage, "#5f6a86"), lamplit(stage, "#e6e9f2"), lamplit(stage, "#2f3650")
    sketch.poly([(px - span * 0.13, foot), (px - span * 0.07, foot - span * 0.15), (px + span * 0.07, foot - span * 0.15), (px + span * 0.13, foot)], steel)  # fmt: skip
    sketch.ellipse(px, foot, span * 0.16, span * 0.028, steel * np.float32(0.8))
    sketch.poly([at(-0.19, -0.055), at(0.0, -0.065), at(0.36, -0.065), at(0.36, 0.065), at(0.0, 0.065), at(-0.19, 0.055)], tube)  # fmt: skip
    sketch.poly([at(-0.19, 0.020), at(0.36, 0.022), at(0.36, 0.065), at(0.0, 0.065), at(-0.19, 0.055)], lamplit(stage, "#aab3cc"))  # fmt: skip
    for down, out in ((0.36, 0.076), (0.20, 0.070), (0.02, 0.072)):
        sketch.poly(
            [at(down - 0.022, -out), at(down, -out), at(down, out), at(down - 0.022, out)], lamplit(stage, "#c9a04a")
        )
    sketch.poly([at(-0.27, -0.022), at(-0.19, -0.030), at(-0.19, 0.030), at(-0.27, 0.022)], dark)
    sketch.poly([at(0.02, -0.105), at(0.30, -0.105), at(0.30, -0.080), at(0.02, -0.080)], lamplit(stage, "#8f9ab8"))
    sketch.ellipse(*hinge, span * 0.055, span * 0.055, steel)
    sketch.ellipse(*hinge, span * 0.030, span * 0.030, lamplit(stage, "#c9a04a"))
    sketch.stamp()


def _control_desk(stage: Stage, x: float, foot: float) -> None:
    sketch, span, rng = stage.sketch(), stage.span, stage.place_rng
    sketch.rect(x - span * 0.20, foot - span * 0.12, x + span * 0.20, foot, lamplit(stage, "#3f4664"))
    sketch.poly([(x - span * 0.21, foot - span * 0.12), (x - span * 0.18, foot - span * 0.16), (x + span * 0.18, foot - span * 0.16), (x + span * 0.21, foot - span * 0.12)], lamplit(stage, "#59628a"))  # fmt: skip
    for dx, wide in ((-0.11, 0.07), (0.07, 0.08)):
        sketch.rect(x + span * (dx - wide), foot - span * 0.27, x + span * (dx + wide), foot - span * 0.165, lamplit(stage, "#1c2138"))  # fmt: skip
        sketch.rect(x + span * (dx - wide * 0.88), foot - span * 0.26, x + span * (dx + wide * 0.88), foot - span * 0.175, rgb("#7f2f3f" if dx < 0 else "#2f5f8f"))  # fmt: skip
    for index in range(12):
        tint = ("#ff5a4a", "#ffc24a", "#7fe0a0")[int(rng.integers(0, 3))]
        sketch.ellipse(x + span * (index - 5.5) * 0.028, foot - span * 0.14, span * 0.006, span * 0.006, rgb(tint))
    sketch.stamp()


def _open_door(it: Room, x: float) -> None:
    """Both leaves stand open; fields and sky beyond."""
    palette, sketch = it.stage.palette, it.sketch
    a, b = it.at(x - 1.1, 0.0), it.at(x + 1.1, 2.5)
    it._sky(a[0], b[0], b[1], a[1])
    wide, tall = b[0] - a[0], a[1] - b[1]
    local = "#e4ebf4" if it.stage.has("snow") else "#8fae58"
    for rise, near, light in ((0.36, 0.3, 1.0), (0.24, 0.55, 1.0)):
        hill = [(a[0] + wide * t, a[1] - tall * (rise + 0.05 * float(np.sin(t * 4 + rise * 9)))) for t in np.linspace(0, 1, 13).tolist()]  # fmt: skip
        sketch.poly([(a[0], a[1]), *hill, (b[0], a[1])], palette.shade(local, near, 0.85, light))
    for side, edge in ((-1, a[0]), (1, b[0])):
        leaf = [(edge, b[1]), (edge + side * wide * 0.30, b[1] - tall * 0.06), (edge + side * wide * 0.30, a[1] + tall * 0.05), (edge, a[1])]  # fmt: skip
        sketch.poly(leaf, it.tone("#a8643c"))
        sketch.line([leaf[0], leaf[2]], 5 * it.stage.unit, it.tone("#d9a878"))
        sketch.line([leaf[1], leaf[3]], 5 * it.stage.unit, it.tone("#d9a878"))
    it.stage.windows.append((a[0], b[1], b[0], a[1]))


def _bale(it: Room, x: float, y: float, z: float) -> None:
    it.box(around(x, 0.92), (y, y + 0.52), (z, z + 0.6), "#dcb45a")
    a, b = it.at(x - 0.46, y, z), it.at(x + 0.46, y + 0.52, z)
    for share in (0.28, 0.72):
        px = a[0] + (b[0] - a[0]) * share
        it.sketch.line([(px, a[1]), (px, b[1])], 2 * it.stage.unit, it.tone("#a87a34"))
    rng = it.stage.place_rng
    for _ in range(16):
        px, py = a[0] + (b[0] - a[0]) * float(rng.random()), a[1] + (b[1] - a[1]) * float(rng.random())
        it.sketch.line([(px, py), (px + 7 * it.stage.unit, py - 2 * it.stage.unit)], 1.3 * it.stage.unit, it.tone("#f2d68a"))  # fmt: skip


def _tube(stage: Stage, z: float, radius: float) -> list[tuple[float, float]]:
    """The hull's round section ``z`` ahead, flat at the deck."""
    turns = np.linspace(-0.62, np.pi + 0.62, 33)
    return [stage.at(radius * float(np.cos(a)), 1.15 + radius * float(np.sin(a)), z) for a in turns]


def _wheel(sketch: Sketch, middle: tuple[float, float], radius: float, colour: Array) -> None:
    x, y = middle
    turns = np.linspace(0, 2 * np.pi, 25)
    sketch.line([(x + radius * float(np.cos(a)), y + radius * float(np.sin(a))) for a in turns], radius * 0.22, colour)
    for a in (0.3, 0.3 + np.pi / 3, 0.3 + 2 * np.pi / 3):
        dx, dy = radius * float(np.cos(a)), radius * float(np.sin(a))
        sketch.line([(x - dx, y - dy), (x + dx, y + dy)], radius * 0.16, colour)


def _pipes_and_dials(stage: Stage, far: int) -> list[tuple[float, float, float]]:
    """The lamps along the tube."""
    return [(*stage.at(-far * 0.1, 2.75, z), stage.span * 0.55) for z in (1.8, 3.4, 6.0)]


def _dial_sketch(stage: Stage, far: int) -> tuple[Sketch, list[tuple[float, float, float]]]:
    """Cabinets on both sides with dials, valves and a green sounding screen; where the screen glows."""
    sketch, at = stage.sketch(), stage.at
    glow: list[tuple[float, float, float]] = []
    for side in (-1, 1):
        x = side * 1.42
        sketch.poly([at(x, 0, 2.0), at(x, 1.0, 2.0), at(x, 1.0, 8.0), at(x, 0, 8.0)], lamplit(stage, "#4a6266", 0.9))
        sketch.poly([at(x, 1.0, 2.0), at(x * 1.25, 1.25, 2.0), at(x * 1.25, 1.25, 8.0), at(x, 1.0, 8.0)], lamplit(stage, "#6a8688"))  # fmt: skip
        for index, z in enumerate(np.geomspace(2.35, 6.6, 6).tolist()):
            size = stage.focal_px / z
            px, py = at(x * 1.22, 1.72, z)
            sketch.ellipse(px, py, size * 0.13, size * 0.17, lamplit(stage, "#c9b27a"))
            sketch.ellipse(px, py, size * 0.10, size * 0.135, lamplit(stage, "#f4f1e2", 1.05))
            sketch.line([(px, py), (px + size * 0.05, py - size * 0.09)], max(1.0, size * 0.018), rgb("#c9342f"))
            qx, qy = at(x, 0.55, z)
            if index % 2:
                _wheel(sketch, (qx, qy), size * 0.15, lamplit(stage, "#d9463a"))
            else:
                sketch.rect(
                    qx - size * 0.09, qy - size * 0.14, qx + size * 0.09, qy + size * 0.14, lamplit(stage, "#2f4044")
                )
                for dy, tint in ((-0.07, "#ffb83f"), (0.0, "#5fe08a"), (0.07, "#ff5a4a")):
                    sketch.ellipse(qx, qy + dy * size, size * 0.028, size * 0.028, rgb(tint))
    px, py = at(far * 1.38, 1.12, 2.9)
    size = stage.focal_px / 2.9
    sketch.ellipse(px, py, size * 0.20, size * 0.24, lamplit(stage, "#2a3438"))
    sketch.ellipse(px, py, size * 0.17, size * 0.205, rgb("#0f5a3a"))
    for share in (0.6, 0.25):
        turns = np.linspace(0, 2 * np.pi, 25)
        ring = [
            (px + size * 0.17 * share * float(np.cos(a)), py + size * 0.205 * share * float(np.sin(a))) for a in turns
        ]
        sketch.line(ring, 1.2 * stage.unit, rgb("#4fe08f"))
    sketch.poly([(px, py), (px + size * 0.10, py - size * 0.15), (px + size * 0.15, py - size * 0.07)], rgb("#6fffaf"))
    glow.append((px, py, size * 0.5))
    return sketch, glow


def _periscope(stage: Stage, far: int) -> None:
    sketch, at, z = stage.sketch(), stage.at, 3.6
    size = stage.focal_px / z
    steel, brass = lamplit(stage, "#a9b8bc"), lamplit(stage, "#d9b04a")
    x = at(far * 0.62, 0, z)[0]
    top, low = at(0, 3.0, z)[1], at(0, 0.85, z)[1]
    sketch.rect(x - size * 0.10, top, x + size * 0.10, low, steel)
    sketch.rect(x - size * 0.10, top, x - size * 0.04, low, lamplit(stage, "#dfe8ea", 1.05))
    sketch.rect(x + size * 0.06, top, x + size * 0.10, low, lamplit(stage, "#6f8084"))
    y = at(0, 1.05, z)[1]
    sketch.rect(x - size * 0.19, y - size * 0.20, x + size * 0.19, y + size * 0.22, lamplit(stage, "#4a5a5e"))
    for side in (-1, 1):
        sketch.rect(x + side * size * 0.19, y - size * 0.02, x + side * size * 0.48, y + size * 0.05, brass)
        sketch.ellipse(x + side * size * 0.08, y - size * 0.06, size * 0.06, size * 0.06, lamplit(stage, "#161d20"))
    sketch.stamp()


def _parked(it: Room, x: float, z: float, local: str, side: int) -> None:
    """A car in its bay, seen from its end."""
    lo, hi = x - 0.72, x + 0.72
    it.box((lo, hi), (0.14, 0.52), (z, z + 1.2), local)
    it.box((lo + 0.12, hi - 0.12), (0.52, 0.88), (z + 0.25, z + 1.0), local, 0.9)
    a, b = it.at(lo + 0.2, 0.56, z + 0.24), it.at(hi - 0.2, 0.82, z + 0.24)
    it.sketch.rect(a[0], b[1], b[0], a[1], it.tone("#2f3f4a"))
    size = it.stage.focal_px / (z * 0.86)
    for dx in (-0.52, 0.52):
        px, py = it.at(x + dx, 0.38, z)
        it.sketch.rect(px - size * 0.10, py - size * 0.05, px + size * 0.10, py + size * 0.05, rgb("#ff5a48" if side > 0 else "#fff2c8"))  # fmt: skip
        px, py = it.at(x + dx, 0.12, z)
        it.sketch.ellipse(px, py, size * 0.10, size * 0.12, it.tone("#26282c"))
