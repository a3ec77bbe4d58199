"""Rooms of every use: one shell, one kit of furniture each."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.room_light import WALL_Z
from studio.engines.storyboard.sheet.stage import Stage


def room(stage: Stage) -> None:
    """A living room: window with curtains, bookcase, hearth rug, floor lamp, pictures."""
    it, far = Room(stage, "#c2a184", "#9a6b48"), -stage.hero_side
    it.window(-far * 2.1, 0.75, 1.35, 1.25, curtain="#9a4038")
    it.shelves(*around(far * 2.7, 1.5), high=2.1)
    it.picture(far * 0.75, 1.35, 0.95, 0.65)
    it.box(around(far * 0.75, 1.7), (0.0, 0.36), (WALL_Z - 1.0, WALL_Z - 0.35), "#4f6f6a")
    it.box(around(far * 0.75, 1.7), (0.36, 0.75), (WALL_Z - 0.5, WALL_Z - 0.35), "#4f6f6a", 0.9)
    it.floor_lamp(far * 1.85)
    it.rug(0.0, 2.9, 4.4, 1.9, "#9a4a3f")
    it.light()
    stand(stage, "furniture")


def kitchen(stage: Stage) -> None:
    """Tiles, a stove with pots, a dresser of plates, a table under a hanging lamp."""
    it, far = Room(stage, "#dccfae", "#b58d66", boards=False, panels=False), -stage.hero_side
    it.window(-far * 1.6, 0.95, 1.3, 1.1, panes=2, curtain="#d98c5a")
    it.box((-3.6, 3.6), (0, 0.55), (WALL_Z - 0.55, WALL_Z), "#6f8f8a")
    it.box((-3.65, 3.65), (0.55, 0.60), (WALL_Z - 0.6, WALL_Z), "#d8c3a0")
    for index in range(-6, 7):
        it.box(
            (index * 0.56 - 0.02, index * 0.56 + 0.02),
            (0.05, 0.52),
            (WALL_Z - 0.56, WALL_Z - 0.55),
            "#55736f",
        )
    it.box(around(far * 1.1, 0.8), (0, 0.6), (WALL_Z - 0.62, WALL_Z), "#3c3f45")
    for dx, high in ((-0.2, 0.22), (0.2, 0.16)):
        it.box(around(far * 1.1 + dx, 0.26), (0.6, 0.6 + high), (WALL_Z - 0.45, WALL_Z - 0.2), "#b5623f")
    it.shelves(*around(far * 2.6, 1.3), high=2.05, rows=4, books=False)
    hood = [
        it.at(far * 1.1 + dx, y, WALL_Z - 0.3)
        for dx, y in (
            (-0.5, 1.45),
            (0.5, 1.45),
            (0.5, 1.55),
            (0.16, 1.95),
            (0.16, 2.8),
            (-0.16, 2.8),
            (-0.16, 1.95),
            (-0.5, 1.55),
        )
    ]
    it.sketch.poly(hood, it.tone("#b5aea2"))
    it.table(far * 1.0, 3.7, 1.9, 0.8, 0.45, "#a5744a")
    for dx, tint in ((-0.4, "#d9b04a"), (-0.1, "#c2463c"), (0.25, "#e8dcc6")):
        it.box(around(far * 1.0 + dx, 0.16), (0.45, 0.56), (3.9, 4.05), tint)
    it.hanging_lamp(far * 1.0, 4.0)
    it.light()
    stand(stage, "none")


def bedroom(stage: Stage) -> None:
    """A bed with quilt and pillows, night table with lamp, tall window."""
    it, far = Room(stage, "#a3adc2", "#8f6b50"), -stage.hero_side
    it.window(-far * 1.5, 0.6, 1.4, 1.55, curtain="#6f7fa8")
    x = far * 1.7
    it.box(around(x, 1.95), (0.0, 0.95), (WALL_Z - 0.15, WALL_Z - 0.02), "#6b4730")
    it.box(around(x, 1.85), (0.0, 0.34), (WALL_Z - 1.5, WALL_Z - 0.1), "#e6dfd3")
    it.box(around(x, 1.9), (0.05, 0.38), (WALL_Z - 1.52, WALL_Z - 0.6), "#8f4f5a")
    for dx in (-0.45, 0.45):
        it.box(around(x + dx, 0.7), (0.34, 0.52), (WALL_Z - 0.5, WALL_Z - 0.2), "#f4efe6")
    it.box(around(x - far * 1.35, 0.5), (0, 0.42), (WALL_Z - 0.5, WALL_Z - 0.05), "#7a5236")
    it.floor_lamp(x - far * 1.35, WALL_Z - 0.2)
    it.picture(x, 1.5, 0.9, 0.6)
    it.rug(-far * 0.4, 3.0, 4.2, 1.5, "#7f6f9a")
    it.light()
    stand(stage, "none")


def attic(stage: Stage) -> None:
    """Sloping rafters, trunks and boxes, a small window with a shaft of light."""
    it, far = (
        Room(stage, "#8f6f52", "#7d5a40", panels=False, half=3.9, tall=2.9, ceiling="#6b4f3a"),
        -stage.hero_side,
    )
    it.window(-far * 0.4, 1.1, 0.95, 0.95, panes=2)
    for side in (-1, 1):
        it.sketch.poly(
            [it.at(side * 4.2, 0.5), it.at(side * 1.2, 2.95), it.at(side * 4.4, 2.95)],
            it.tone("#7a5c44", 0.72),
        )
        it.sketch.poly(
            [
                it.at(side * 3.9, 0.5),
                it.at(side * 3.9, 0.5, 0.8),
                it.at(side * 1.1, 3.0, 0.8),
                it.at(side * 1.1, 3.0),
            ],
            it.tone("#7a5c44", 0.6),
        )
        for z in (5.4, 4.4, 3.5, 2.7):
            it.sketch.line(
                [it.at(side * 3.9, 0.45, z), it.at(side * 1.1, 3.0, z)],
                0.16 * stage.focal_px / z,
                it.tone("#5a4030", 0.75),
            )
    for z in (5.4, 4.4, 3.5):
        it.sketch.line([it.at(-1.6, 2.55, z), it.at(1.6, 2.55, z)], 0.12 * stage.focal_px / z, it.tone("#5a4030", 0.85))
    for dx, wide, high, deep, tint in (
        (2.3, 1.0, 0.5, 0.6, "#6b4730"),
        (1.35, 0.6, 0.42, 0.4, "#b08d5f"),
        (2.45, 0.6, 0.86, 0.3, "#a37f55"),
        (3.2, 0.5, 0.7, 0.5, "#8a7a68"),
    ):
        low = 0.5 if high > 0.8 else 0.0
        it.box(around(far * dx, wide), (low, high), (WALL_Z - 0.3 - deep, WALL_Z - 0.3), tint)
    it.box(around(-far * 2.2, 0.7), (0, 0.4), (4.6, 5.1), "#b08d5f")
    it.box(around(-far * 2.1, 0.5), (0.4, 0.7), (4.7, 5.0), "#9a7a52")
    it.hanging_lamp(far * 0.9, 4.6, 0.5, "#4a4038")
    it.light(level=0.86)
    stand(stage, "furniture")


def library(stage: Stage) -> None:
    """Books from floor to ceiling, a ladder, reading tables with green lamps."""
    it, far = Room(stage, "#6d4c38", "#7a4f38", panels=False, tall=3.1), -stage.hero_side
    for middle in (-3.0, -1.5, 1.5, 3.0):
        it.shelves(middle - 0.72, middle + 0.72, 2.85, rows=7)
    it.window(0, 0.7, 1.1, 1.55, panes=3, arch=True)
    a, b = it.at(far * 1.9, 0, 4.7), it.at(far * 1.55, 2.4, WALL_Z - 0.35)
    for dx in (-1, 1):
        off = dx * 0.13 * stage.focal_px / 5
        it.sketch.line([(a[0] + off, a[1]), (b[0] + off, b[1])], 4 * stage.unit, it.tone("#a5744a"))
    for t in np.linspace(0.08, 0.95, 10):
        x, y = a[0] + (b[0] - a[0]) * float(t), a[1] + (b[1] - a[1]) * float(t)
        it.sketch.line(
            [(x - 0.13 * stage.focal_px / 5, y), (x + 0.13 * stage.focal_px / 5, y)],
            3 * stage.unit,
            it.tone("#a5744a"),
        )
    it.table(far * 1.5, 3.6, 1.8, 0.7, 0.46, "#6b3f2a")
    _desk_lamp(it, far * 1.2, 3.8, 0.46)
    it.hanging_lamp(0, 4.8, 0.7, "#c29a4a")
    it.light(level=0.9)
    stand(stage, "furniture")


def cafe(stage: Stage) -> None:
    """A counter with machine and cups, small tables, lamps over each, big window."""
    it, far = Room(stage, "#9a6f52", "#6f4f3d"), -stage.hero_side
    it.window(-far * 1.9, 0.55, 2.2, 1.65, panes=3)
    it.wall_rect(*wall_box(far * 2.2, 1.25, 2.0, 0.9), it.tone("#3d2f2a"))
    for row in (1.3, 1.7):
        for index in range(8):
            it.wall_rect(
                far * 2.2 - 0.9 + index * 0.24,
                row,
                far * 2.2 - 0.9 + index * 0.24 + 0.10,
                row + 0.22 + 0.06 * (index % 3),
                it.tone(("#c2463c", "#d9a84a", "#5a8a6f", "#e6dcc6")[index % 4]),
            )
    it.box(around(far * 2.2, 2.5), (0, 0.62), (4.5, 5.0), "#5a3f30")
    it.box(around(far * 2.2, 2.6), (0.62, 0.68), (4.45, 5.05), "#c29a66")
    it.box(around(far * 1.7, 0.6), (0.68, 1.08), (4.6, 4.9), "#b5b9bd")
    for dx in (0.3, 0.5, 0.7):
        it.box(around(far * 1.7 + far * dx, 0.12), (0.68, 0.78), (4.6, 4.7), "#f4efe6")
    for x, z in ((-far * 2.4, 4.6), (-far * 1.1, 4.9)):
        it.table(x, z, 0.7, 0.5, 0.46, "#8a5f3f")
        it.chair(x - 0.55, z + 0.1, "#5a3f30")
        it.chair(x + 0.55, z + 0.1, "#5a3f30")
    for x in (-far * 1.7, far * 1.2, far * 2.7):
        it.hanging_lamp(x, 4.6, 0.8, "#c2703a")
    it.light()
    stand(stage, "furniture")


def shop(stage: Stage) -> None:
    """Shelves of wares on every wall, a counter with a scale, a bright window."""
    it, far = Room(stage, "#b99a72", "#8a6448"), -stage.hero_side
    it.window(0.0, 0.7, 1.3, 1.3, panes=2)
    for middle in (-3.0, -1.6, 1.6, 3.0):
        it.shelves(middle - 0.66, middle + 0.66, 2.2, rows=5, books=False)
    it.box(around(far * 1.7, 2.5), (0, 0.55), (4.2, 4.7), "#7a5236")
    it.box(around(far * 1.7, 2.6), (0.55, 0.60), (4.15, 4.75), "#c29a66")
    for dx, tint, high in (
        (-0.8, "#c2463c", 0.25),
        (-0.4, "#d9b04a", 0.35),
        (0.1, "#5a8a6f", 0.2),
        (0.6, "#e6dcc6", 0.3),
    ):
        it.box(around(far * 1.7 + dx, 0.22), (0.6, 0.6 + high), (4.3, 4.5), tint)
    it.hanging_lamp(far * 1.4, 4.5, 0.6, "#3f6f5f")
    it.light()
    stand(stage, "crates")


def stand(stage: Stage, near: str) -> None:
    stage.near = near  # type: ignore[assignment]
    stage.surface, stage.tuft, stage.foot_limits = "floor", "", (0.80, 0.95)
    stage.backlight = 0.75


def around(middle: float, wide: float) -> tuple[float, float]:
    return middle - wide / 2, middle + wide / 2


def wall_box(x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    return x - wide / 2, y, x + wide / 2, y + high


def _desk_lamp(it: Room, x: float, z: float, y: float) -> None:
    size = it.stage.focal_px / z
    foot = it.at(x, y, z)
    it.sketch.line([foot, (foot[0], foot[1] - size * 0.26)], max(1.2, size * 0.025), it.tone("#c29a4a"))
    it.sketch.poly(
        [
            (foot[0] - size * 0.2, foot[1] - size * 0.22),
            (foot[0] - size * 0.12, foot[1] - size * 0.36),
            (foot[0] + size * 0.12, foot[1] - size * 0.36),
            (foot[0] + size * 0.2, foot[1] - size * 0.22),
        ],
        it.tone("#3f8a6a"),
    )
    it.lamps.append((foot[0], foot[1] - size * 0.2, size * 1.3))
