"""Rooms that are open to all: court, lobby, gym, bowling alley, restaurant, florist, pharmacy; and one that is not."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand, wall_box
from studio.engines.storyboard.places.room_light import WALL_Z
from studio.engines.storyboard.places.vegetation import leafy
from studio.engines.storyboard.sheet.canvas import rgb
from studio.engines.storyboard.sheet.stage import Stage

_PETALS = ("#e0406a", "#f2b93f", "#f4f1e6", "#b56ae0", "#e8734f", "#f28fb5")


def courtroom(stage: Stage) -> None:
    """The judge's high bench under scales of brass, flags, the box of the jury, a rail, panels of dark wood."""
    it, far = Room(stage, "#a8764a", "#7a4f34", tall=3.2, ceiling="#d9c7a8"), -stage.hero_side
    for x in np.arange(-3.6, 3.7, 0.9):
        it.wall_rect(*wall_box(float(x), 0.9, 0.72, 1.75), it.tone("#8a5a36"))
        it.wall_rect(*wall_box(float(x), 0.98, 0.58, 1.6), it.tone("#9a683f"))
    x = far * 0.75
    it.wall_rect(*wall_box(x, 1.0, 1.9, 2.0), it.tone("#6b4329"))
    _scales(it, x, 2.05)
    for dx, tint in ((-1.35, "#2f4f8f"), (1.35, "#a8323a")):
        it.sketch.line([it.at(x + dx, 0.2), it.at(x + dx, 2.7)], 4 * stage.unit, it.tone("#d9b04a"))
        a, b = it.at(x + dx, 2.6), it.at(x + dx + 0.38, 1.2)
        it.sketch.poly(
            [a, (b[0], a[1] + 8 * stage.unit), (b[0] - 9 * stage.unit, b[1]), (a[0], b[1] - 10 * stage.unit)],
            it.tone(tint),
        )
    it.box(around(x, 3.0), (0, 0.55), (4.3, WALL_Z), "#7a4f30")
    it.box(around(x, 2.6), (0.55, 1.15), (4.6, 5.0), "#8f5f3a")
    it.box(around(x, 2.75), (1.15, 1.23), (4.5, 5.1), "#b5834f")
    it.box(around(x, 0.62), (1.23, 1.95), (5.15, 5.25), "#5f2a2f")
    for index in range(5):
        it.box(around(x - 1.0 + index * 0.5, 0.36), (0.62, 1.05), (4.58, 4.6), "#7a4f30")
    it.box(around(x - 0.5, 0.3), (1.23, 1.28), (4.6, 4.8), "#f4efe0")
    it.box(around(x + 0.4, 0.22), (1.23, 1.27), (4.6, 4.8), "#4a2f22")
    for row, z in enumerate((4.6, 3.9)):
        it.box(around(-far * 3.0, 1.9), (0, 0.62 - 0.12 * row), (z, z + 0.12), "#8f5f3a")
        it.box(around(-far * 3.0, 2.0), (0.62 - 0.12 * row, 0.68 - 0.12 * row), (z - 0.05, z + 0.2), "#b5834f")
    it.lamp(x, 2.8, 2.2)
    it.light(level=0.98)
    stand(stage, "none")


def hotel_lobby(stage: Stage) -> None:
    """A marble desk with bell and lamp before a rack of keys, columns, palms in pots, sofas, a bright lamp of glass."""
    it, far = Room(stage, "#e0c391", "#c9b18f", panels=False, boards=False, tall=3.3, half=4.4, ceiling="#efe2c6"), -stage.hero_side  # fmt: skip
    _diagonal_floor(it, "#e8d8b8", "#b58f6a")
    x = far * 1.4
    it.wall_rect(*wall_box(x, 0.95, 2.9, 1.35), it.tone("#6b4329"))
    for row in range(4):
        for column in range(9):
            px, py = x - 1.28 + column * 0.32, 1.05 + row * 0.31
            it.wall_rect(*wall_box(px, py, 0.26, 0.25), it.tone("#8f5f3a"))
            if (row * 5 + column * 3) % 4:
                it.wall_rect(*wall_box(px, py + 0.05, 0.05, 0.15), it.tone("#e8c45a", 1.15))
    it.box(around(x, 3.4), (0, 0.72), (4.2, 4.7), "#8a5a3a")
    for index in range(6):
        it.box(around(x - 1.4 + index * 0.56, 0.42), (0.1, 0.6), (4.18, 4.2), "#a8724a")
    it.box(around(x, 3.6), (0.72, 0.80), (4.1, 4.8), "#efe6d6")
    px, py = it.at(x - 0.9, 0.80, 4.3)
    size = stage.focal_px / (4.3 * 0.86)
    it.sketch.ellipse(px, py, size * 0.12, size * 0.03, it.tone("#c9a04a"))
    it.sketch.poly([(px - size * 0.09, py), (px, py - size * 0.11), (px + size * 0.09, py)], it.tone("#f2d27a", 1.1))
    for z in (5.2, 3.4):
        for side in (-1, 1):
            it.box(around(side * 3.7, 0.36), (0, 3.3), (z, z + 0.3), "#d9c7a5")
            it.box(around(side * 3.7, 0.50), (0, 0.2), (z - 0.05, z + 0.3), "#b59a70")
    _potted_palm(it, -far * 2.9, 4.9)
    it.box(around(-far * 1.9, 1.5), (0.0, 0.36), (4.5, 5.1), "#8f2f3a")
    it.box(around(-far * 1.9, 1.5), (0.36, 0.78), (5.0, 5.15), "#a83a44")
    it.window(-far * 1.9, 1.2, 1.6, 1.3, panes=3, arch=True)
    it.hanging_lamp(-far * 0.4, 4.4, 0.7, "#d9b04a")
    it.lamp(x, 1.7, 1.6)
    it.light()
    stand(stage, "none")
    stage.reflects = 0.20


def gym(stage: Stage) -> None:
    """Racks of weights, a bench with its bar, wall bars, a punching bag, a great mirror, mats."""
    it, far = (
        Room(stage, "#8fa0ad", "#4f5a66", panels=False, boards=False, tall=3.0, ceiling="#c3ccd2"),
        -stage.hero_side,
    )
    it.wall_rect(*wall_box(far * 1.4, 0.3, 3.6, 2.0), it.tone("#b5cfdc", 1.05))
    for dx in (-0.6, 0.6):
        it.wall_rect(*wall_box(far * 1.4 + dx, 0.3, 0.03, 2.0), it.tone("#7f93a0"))
    for y in np.arange(0.35, 2.5, 0.22):
        it.wall_rect(*wall_box(-far * 2.6, float(y), 1.5, 0.07), it.tone("#d9a860"))
    for dx in (-0.75, 0.0, 0.75):
        it.wall_rect(*wall_box(-far * 2.6 + dx, 0.0, 0.09, 2.6), it.tone("#b5833f"))
    for row, y in enumerate((0.32, 0.72)):
        it.box(around(far * 1.9, 2.4), (y, y + 0.06), (4.8, 5.1), "#2f3640")
        for index in range(6):
            size = stage.focal_px / (4.75 * 0.86) * (0.12 + 0.012 * ((index + row) % 4))
            px, py = it.at(far * 1.9 - 1.0 + index * 0.4, y + 0.17, 4.75)
            it.sketch.rect(px - size * 1.2, py - size * 0.2, px + size * 1.2, py + size * 0.2, it.tone("#a5b0ba"))
            for side in (-1, 1):
                it.sketch.rect(px + side * size * 1.1 - size * 0.45, py - size, px + side * size * 1.1 + size * 0.45, py + size, it.tone("#c9343a" if index % 3 == 1 else "#23282f"))  # fmt: skip
    for dx in (-1.15, 1.15):
        it.box(around(far * 1.9 + dx, 0.08), (0, 0.8), (4.8, 5.1), "#2f3640")
    x = far * 1.0
    it.box(around(x, 0.9), (0.32, 0.42), (3.7, 4.1), "#c9343a")
    for dx in (-0.35, 0.35):
        it.box(around(x + dx, 0.07), (0, 0.32), (3.8, 3.9), "#2f3640")
    for dx in (-0.55, 0.55):
        it.box(around(x + dx, 0.06), (0, 0.95), (4.15, 4.2), "#a5b0ba")
    size, (px, py) = stage.focal_px / (4.1 * 0.86), it.at(x, 0.95, 4.1)
    it.sketch.rect(px - size * 1.0, py - size * 0.02, px + size * 1.0, py + size * 0.02, it.tone("#dfe5e8"))
    for side in (-1, 1):
        for reach, tall in ((0.78, 0.26), (0.88, 0.20)):
            it.sketch.rect(px + side * reach * size - size * 0.035, py - size * tall, px + side * reach * size + size * 0.035, py + size * tall, it.tone("#23282f"))  # fmt: skip
    bx, top = it.at(-far * 1.0, 3.0, 4.3)
    size = stage.focal_px / (4.3 * 0.86)
    it.sketch.line([(bx, top), (bx, top + size * 0.7)], 3 * stage.unit, it.tone("#3a3f46"))
    it.sketch.rect(bx - size * 0.20, top + size * 0.7, bx + size * 0.20, top + size * 1.85, it.tone("#a8323a"))
    it.sketch.rect(bx - size * 0.20, top + size * 0.95, bx + size * 0.20, top + size * 1.05, it.tone("#f0ece0"))
    it.flat_quad((-far * 0.2 - 1.3, -far * 0.2 + 1.3), (2.2, 3.4), 0.0, it.tone("#2f6fa8"))
    it.lamp(0, 2.8, 2.6)
    it.light(warm="#f4f8ff")
    stand(stage, "none")
    stage.reflects = 0.10


def bowling(stage: Stage) -> None:
    """Lanes of pale wood that run to the pins, gutters, arrows, bright ends, balls on their rack."""
    it, far = Room(stage, "#2f2a52", "#d9a860", panels=False, boards=False, tall=2.6, half=5.0, deep=9.0, ceiling="#3a3466"), -stage.hero_side  # fmt: skip
    it.wall_rect(-5.0, 1.0, 5.0, 1.75, it.tone("#e0508f"))
    for index in range(8):
        it.wall_rect(
            *wall_box(-4.4 + index * 1.25, 1.12, 0.8, 0.5), it.tone(("#ffd23f", "#4fd0e8", "#ff8a4a")[index % 3], 1.15)
        )
    it.wall_rect(-5.0, 0.0, 5.0, 0.95, it.tone("#191632"))
    for lane in range(-2, 3):
        x = lane * 1.9
        it.flat_quad((x - 0.72, x + 0.72), (0.9, 9.0), 0.0, it.tone("#e8bd7a", 1.05))
        for edge in (-0.86, 0.86):
            it.flat_quad((x + edge - 0.11, x + edge + 0.11), (0.9, 9.0), 0.0, it.tone("#4a4458"))
        for dx in (-0.36, 0.0, 0.36):
            z = 4.2 - abs(dx) * 0.8
            it.sketch.poly(
                [it.at(x + dx - 0.07, 0, z), it.at(x + dx + 0.07, 0, z), it.at(x + dx, 0, z + 0.5)], it.tone("#a8323a")
            )
        for row in range(4):
            for pin in range(row + 1):
                _pin(it, x + (pin - row / 2) * 0.30, 8.0 + row * 0.22)
        it.lamps.append((*it.at(x, 0.5, 8.6), stage.span * 0.16))
    it.box(around(far * 2.9, 1.5), (0, 0.40), (3.4, 3.8), "#3f3a6a")
    for index, tint in enumerate(("#e0403f", "#3f8fd9", "#f2b93f", "#5fb55f")):
        px, py = it.at(far * 2.9 - 0.55 + index * 0.36, 0.55, 3.5)
        size = stage.focal_px / (3.5 * 0.86) * 0.17
        it.sketch.ellipse(px, py, size, size, it.tone(tint, 1.05))
        it.sketch.ellipse(px - size * 0.3, py - size * 0.35, size * 0.25, size * 0.2, it.tone("#ffffff", 1.1))
    for x in (-1.9, 0.0, 1.9):
        it.lamps.append((*it.at(x, 2.6, 4.5), stage.span * 0.5))
    it.light(level=0.80, warm="#ffe0c8", from_window=False)
    stand(stage, "none")
    stage.reflects = 0.26


def restaurant(stage: Stage) -> None:
    """Tables in white cloth with glasses and candles, red seats, pictures in gold, lamps, a window on the evening."""
    it, far = Room(stage, "#8f3f3a", "#6b4633", ceiling="#d9b890"), -stage.hero_side
    it.window(-far * 2.2, 0.8, 1.7, 1.5, panes=3, curtain="#c9a04a")
    for x, wide in ((far * 0.3, 0.9), (far * 1.6, 1.2), (far * 2.95, 0.9)):
        it.picture(x, 1.35, wide, 0.75)
    it.box((-4.1, 4.1), (0, 0.36), (WALL_Z - 0.5, WALL_Z), "#5f2429")
    it.box((-4.1, 4.1), (0.36, 0.80), (WALL_Z - 0.15, WALL_Z), "#73303a")
    for x, z in ((far * 0.5, 4.7), (far * 1.9, 4.7), (far * 3.2, 4.7), (-far * 1.5, 4.7), (-far * 3.1, 4.5), (far * 1.6, 3.6), (far * 3.0, 3.5)):  # fmt: skip
        it.chair(x - 0.62, z + 0.1, "#7a3038")
        it.chair(x + 0.62, z + 0.1, "#7a3038")
        it.box(around(x, 0.78), (0.10, 0.46), (z, z + 0.5), "#f4efe4")
        it.box(around(x, 0.86), (0.44, 0.48), (z - 0.05, z + 0.55), "#fffaf0")
        size, (px, py) = stage.focal_px / (z * 0.86), it.at(x, 0.48, z + 0.2)
        it.sketch.rect(px - size * 0.02, py - size * 0.14, px + size * 0.02, py, it.tone("#f8f2dc", 1.1))
        it.sketch.ellipse(px, py - size * 0.17, size * 0.016, size * 0.035, rgb("#ffe08a"))
        for side in (-1, 1):
            gx = px + side * size * 0.24
            it.sketch.poly([(gx - size * 0.05, py - size * 0.20), (gx + size * 0.05, py - size * 0.20), (gx, py - size * 0.09)], it.tone("#a8323a" if side > 0 else "#e8f2f4"))  # fmt: skip
            it.sketch.line([(gx, py - size * 0.10), (gx, py)], 1.4 * stage.unit, it.tone("#e8f2f4"))
        it.lamps.append((px, py - size * 0.17, size * 0.9))
    for x in (-far * 0.6, far * 1.4):
        it.hanging_lamp(x, 4.4, 0.6, "#d9b04a")
    it.light(level=0.88)
    stand(stage, "none")


def bathroom(stage: Stage) -> None:
    """Tiles, a tub on feet under its shower, a basin with a round mirror, towels, a mat."""
    it, far = Room(stage, "#a9d3d6", "#e6e3d8", boards=False, panels=False, ceiling="#f2f5f2"), -stage.hero_side
    for row in range(6):
        for column in range(-14, 14):
            it.wall_rect(column * 0.3 + 0.01, row * 0.24, column * 0.3 + 0.29, row * 0.24 + 0.225, it.tone("#f2f7f6", 0.95 + 0.04 * ((row + column) % 2)))  # fmt: skip
    it.wall_rect(-it.half, 1.44, it.half, 1.52, it.tone("#2f7f8f"))
    it.window(-far * 0.3, 1.6, 0.8, 0.75, panes=2)
    x = far * 1.75
    it.sketch.line([it.at(x + far * 0.95, 0.6, 5.0), it.at(x + far * 0.95, 2.3, 5.0), it.at(x + far * 0.6, 2.35, 5.0)], 5 * stage.unit, it.tone("#b9c3c8"))  # fmt: skip
    px, py = it.at(x + far * 0.6, 2.28, 5.0)
    it.sketch.ellipse(px, py, 17 * stage.unit, 6 * stage.unit, it.tone("#b9c3c8"))
    if all(subject.kind != "bathtub" for subject in stage.brief.subjects):
        _tub(it, x)
    bx = -far * 2.1
    it.box(around(bx, 0.9), (0.0, 0.55), (5.0, WALL_Z), "#5f8f8f")
    it.box(around(bx, 1.0), (0.55, 0.64), (4.95, WALL_Z), "#fbfbf8")
    mx, my = it.at(bx, 1.75)
    r = 0.48 * stage.focal_px / (WALL_Z * 0.86)
    it.sketch.ellipse(mx, my, r * 1.12, r * 1.12, it.tone("#c9a04a"))
    it.sketch.ellipse(mx, my, r, r, it.tone("#8fbfcc"))
    it.sketch.line([(mx - r * 0.5, my + r * 0.3), (mx + r * 0.2, my - r * 0.5)], r * 0.14, it.tone("#dff2f6"))
    it.wall_rect(*wall_box(-far * 3.3, 0.8, 0.5, 0.85), it.tone("#e8734f"))
    it.rug(-far * 0.3, 2.9, 3.7, 1.1, "#3f8fa0")
    it.lamp(bx, 2.3, 1.6)
    it.light(warm="#fff2d8", level=0.94)
    stand(stage, "none")
    stage.reflects = 0.10


def flower_shop(stage: Stage) -> None:
    """Buckets of flowers on steps to both sides, garlands overhead, a counter with ribbon and paper."""
    it, far = Room(stage, "#b9cfae", "#b5906a", ceiling="#e8ead8"), -stage.hero_side
    it.window(-far * 0.6, 0.8, 1.6, 1.5, panes=3)
    rng = stage.place_rng
    it.box(around(far * 0.9, 1.7), (0, 0.58), (4.4, 4.8), "#e8dcc0")
    it.box(around(far * 0.9, 1.8), (0.58, 0.64), (4.3, 4.9), "#c99a66")
    it.box(around(far * 1.3, 0.4), (0.64, 0.74), (4.4, 4.6), "#f2b9c9")
    for tier, (z, y) in enumerate(((5.3, 0.9), (4.8, 0.5), (4.2, 0.0))):
        for side, start in ((far, 2.3), (-far, 2.0)):
            if y:
                it.box(around(side * (start + 0.9), 2.1), (0, y), (z, z + 0.45), "#a8794a", 0.9)
            for index in range(4):
                _bucket(it, side * (start + 0.1 + index * 0.5), y, z, _PETALS[(index + tier * 2) % 6])
    for index in range(40):
        x = -3.9 + index * 0.2
        px, py = it.at(x, 2.45 + 0.14 * float(np.cos(x * 2.4)), 4.8)
        leafy(it.sketch, rng, px, py, 9 * stage.unit, it.tone("#5f9a4f", float(rng.uniform(0.8, 1.1))))
        if index % 3 == 0:
            it.sketch.ellipse(
                px, py + 5 * stage.unit, 6 * stage.unit, 6 * stage.unit, it.tone(_PETALS[index % 6], 1.05)
            )
    it.hanging_lamp(far * 0.9, 4.4, 0.7, "#e8dcc0")
    it.light()
    stand(stage, "none")


def pharmacy(stage: Stage) -> None:
    """A wall of small drawers and white jars, a green cross of light, a clear counter with scales."""
    it, far = Room(stage, "#dfece6", "#c9d0cc", boards=False, panels=False, ceiling="#f4f7f4"), -stage.hero_side
    for row in range(4):
        for column in range(-12, 12):
            it.wall_rect(
                column * 0.33 + 0.015, 0.05 + row * 0.24, column * 0.33 + 0.315, 0.27 + row * 0.24, it.tone("#a8744a")
            )
            it.wall_rect(
                column * 0.33 + 0.14, 0.15 + row * 0.24, column * 0.33 + 0.19, 0.18 + row * 0.24, it.tone("#f2e0b0")
            )
    tints = ("#fbfbf6", "#4f8fb5", "#fbfbf6", "#5f9a6a", "#c9a04a")
    for row, y in enumerate((1.10, 1.58, 2.06)):
        it.wall_rect(-it.half, y - 0.05, it.half, y, it.tone("#8a5f3c"))
        for column in range(-16, 17):
            high = 0.26 + 0.05 * ((column * 3 + row) % 3)
            it.wall_rect(*wall_box(column * 0.245, y, 0.17, high), it.tone(tints[(column * 2 + row) % 5]))
            it.wall_rect(*wall_box(column * 0.245, y + high * 0.35, 0.17, high * 0.25), it.tone("#f4efe0"))
    x, y, half, arm = far * 1.2, 1.75, 0.16, 0.46
    it.wall_rect(*wall_box(x, y - arm - 0.12, 2 * arm + 0.24, 2 * arm + 0.24), it.tone("#fbfffb", 1.05))
    it.wall_rect(*wall_box(x, y - arm, 2 * half, 2 * arm), rgb("#1fa860"))
    it.wall_rect(*wall_box(x, y - half, 2 * arm, 2 * half), rgb("#1fa860"))
    it.box(around(far * 1.6, 3.0), (0, 0.62), (4.2, 4.7), "#f4f7f4")
    it.box(around(far * 1.6, 2.9), (0.12, 0.50), (4.18, 4.2), "#8fc9b0")
    it.box(around(far * 1.6, 3.1), (0.62, 0.68), (4.1, 4.8), "#ffffff")
    for dx, tint, high in ((-0.9, "#4f8fb5", 0.26), (-0.6, "#c9403f", 0.20), (0.6, "#f2c23f", 0.22)):
        it.box(around(far * 1.6 + dx, 0.18), (0.68, 0.68 + high), (4.3, 4.45), tint)
    _scales(it, far * 1.75, 0.72, z=4.3, size=0.55)
    it.lamp(x, 1.75, 0.8)
    it.light(level=0.90, warm="#f2fff8")
    stand(stage, "none")
    stage.reflects = 0.12


def _tub(it: Room, x: float) -> None:
    """A white bath on brass feet, full of foam."""
    size, (cx, foot) = it.stage.focal_px / (4.5 * 0.86), it.at(x, 0.12, 4.5)
    tub = [(-1.15, 0.62), (-1.0, 0.30), (-0.75, 0.06), (0.75, 0.06), (1.0, 0.30), (1.15, 0.62)]
    it.sketch.poly([(cx + dx * size, foot - up * size) for dx, up in tub], it.tone("#fbfbf8", 1.05))
    it.sketch.poly([(cx + dx * size, foot - up * size) for dx, up in tub[1:5]], it.tone("#d9e3e6"))
    it.sketch.ellipse(cx, foot - size * 0.62, size * 1.2, size * 0.10, it.tone("#ffffff", 1.1))
    it.sketch.ellipse(cx, foot - size * 0.61, size * 1.05, size * 0.07, it.tone("#7fc3d6"))
    for index in range(13):
        bx, r = cx + size * (index - 6) * 0.15, size * (0.09 + 0.04 * (index * 7 % 3))
        it.sketch.ellipse(bx, foot - size * 0.66, r, r * 0.8, it.tone("#ffffff", 1.1))
    for dx in (-0.75, 0.75):
        it.sketch.ellipse(cx + dx * size, foot + size * 0.02, size * 0.10, size * 0.10, it.tone("#c9a04a"))


def _scales(it: Room, x: float, y: float, z: float | None = None, size: float = 1.0) -> None:
    """A balance of brass."""
    unit = it.stage.focal_px / ((it.deep if z is None else z) * 0.86) * size
    (px, py), brass = it.at(x, y, z), it.tone("#e0b850", 1.1)
    it.sketch.line([(px, py), (px, py - unit * 0.7)], unit * 0.05, brass)
    it.sketch.line([(px - unit * 0.45, py - unit * 0.62), (px + unit * 0.45, py - unit * 0.62)], unit * 0.045, brass)
    it.sketch.rect(px - unit * 0.18, py - unit * 0.05, px + unit * 0.18, py, brass)
    for side in (-1, 1):
        cx = px + side * unit * 0.42
        for dx in (-0.16, 0.16):
            it.sketch.line([(cx, py - unit * 0.62), (cx + dx * unit, py - unit * 0.28)], unit * 0.02, brass)
        it.sketch.poly(
            [(cx - unit * 0.18, py - unit * 0.28), (cx + unit * 0.18, py - unit * 0.28), (cx, py - unit * 0.18)], brass
        )


def _diagonal_floor(it: Room, pale: str, dark: str) -> None:
    it.flat_quad((-it.half, it.half), (0.7, it.deep), 0.0, it.tone(pale))
    for row in range(-5, 6):
        for column in range(10):
            x, z = row * 0.9, it.deep - column * 0.55
            if z > 1.3:
                tile = [
                    it.at(x, 0, z),
                    it.at(x + 0.42, 0, z - 0.26),
                    it.at(x, 0, z - 0.52),
                    it.at(x - 0.42, 0, z - 0.26),
                ]
                it.sketch.poly(tile, it.tone(dark))


def _potted_palm(it: Room, x: float, z: float) -> None:
    it.box(around(x, 0.5), (0, 0.42), (z, z + 0.4), "#b5653f")
    (px, py), size = it.at(x, 0.42, z + 0.1), it.stage.focal_px / (z * 0.86)
    for a in np.linspace(0.25, np.pi - 0.25, 9):
        reach = size * (0.75 + 0.35 * float(np.sin(a)))
        tip = (px + float(np.cos(a)) * reach, py - float(np.sin(a)) * reach * 1.05 + size * 0.12)
        mid = (px + float(np.cos(a)) * reach * 0.5, py - float(np.sin(a)) * reach * 0.85)
        it.sketch.taper([(px, py), mid, tip], size * 0.13, size * 0.015, it.tone("#4f8f45", 0.8 + 0.08 * float(a)))


def _pin(it: Room, x: float, z: float) -> None:
    (px, py), size = it.at(x, 0, z), it.stage.focal_px / (z * 0.86)
    it.sketch.ellipse(px, py - size * 0.13, size * 0.065, size * 0.13, it.tone("#fbfaf4", 1.15))
    it.sketch.ellipse(px, py - size * 0.32, size * 0.038, size * 0.08, it.tone("#fbfaf4", 1.15))
    it.sketch.rect(px - size * 0.036, py - size * 0.26, px + size * 0.036, py - size * 0.235, it.tone("#d9343a"))


def _bucket(it: Room, x: float, y: float, z: float, petals: str) -> None:
    rng, (px, py), size = it.stage.place_rng, it.at(x, y, z), it.stage.focal_px / (z * 0.86)
    for _ in range(7):
        dx, up = float(rng.uniform(-0.22, 0.22)), float(rng.uniform(0.34, 0.62))
        it.sketch.line([(px, py - size * 0.2), (px + dx * size, py - up * size)], 2 * it.stage.unit, it.tone("#4f8a45"))
    for _ in range(12):
        dx, up, r = (
            float(rng.uniform(-0.25, 0.25)),
            float(rng.uniform(0.36, 0.68)),
            size * float(rng.uniform(0.045, 0.075)),
        )
        it.sketch.ellipse(px + dx * size, py - up * size, r, r, it.tone(petals, float(rng.uniform(0.85, 1.1))))
    it.sketch.poly([(px - size * 0.19, py - size * 0.32), (px + size * 0.19, py - size * 0.32), (px + size * 0.13, py), (px - size * 0.13, py)], it.tone("#a5b5bd"))  # fmt: skip
