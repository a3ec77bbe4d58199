"""Rooms where work is done, and rooms one would rather leave."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand, wall_box
from studio.engines.storyboard.places.room_light import WALL_Z
from studio.engines.storyboard.sheet.canvas import mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def workshop(stage: Stage) -> None:
    """A bench with a vice, tools on the wall, planks, a hanging lamp."""
    it, far = Room(stage, "#9a8468", "#86684c", panels=False), -stage.hero_side
    it.window(-far * 2.3, 0.85, 1.2, 1.05, panes=3)
    it.wall_rect(*wall_box(far * 1.3, 1.0, 2.6, 1.1), it.tone("#b08f62"))
    for index in range(9):
        x, high = far * 1.3 - 1.1 + index * 0.27, 0.35 + 0.25 * ((index * 7) % 3) / 2
        it.wall_rect(x - 0.025, 1.9 - high, x + 0.025, 1.95, it.tone("#6b4730"))
        it.wall_rect(
            x - (0.09 if index % 2 else 0.05),
            1.9 - high - 0.14,
            x + (0.09 if index % 2 else 0.05),
            1.9 - high,
            it.tone("#5c636b"),
        )
    it.box(around(far * 1.3, 3.0), (0.42, 0.52), (4.6, WALL_Z - 0.1), "#b5834f")
    for dx in (-1.4, 1.4):
        it.box(around(far * 1.3 + dx, 0.16), (0, 0.42), (4.65, 4.85), "#8a6240")
    for dx, high, tint in (
        (-0.9, 0.22, "#4a5058"),
        (-0.2, 0.12, "#c2463c"),
        (0.5, 0.3, "#7a8a5a"),
        (1.0, 0.15, "#d0a04a"),
    ):
        it.box(around(far * 1.3 + dx, 0.3), (0.52, 0.52 + high), (4.9, 5.2), tint)
    for index in range(5):
        it.sketch.taper(
            [it.at(-far * (3.3 - index * 0.13), 0, 4.9), it.at(-far * (3.6 - index * 0.15), 2.3, 5.4)],
            7 * stage.unit,
            6 * stage.unit,
            it.tone("#c29a66", 0.8 + 0.08 * index),
        )
    it.hanging_lamp(far * 1.2, 4.8, 0.65, "#55606b")
    it.light()
    stand(stage, "furniture")


def laboratory(stage: Stage) -> None:
    """White benches, flasks of bright liquid, screens, cool light."""
    it, far = (
        Room(stage, "#a9c0c6", "#8fa0a8", boards=False, panels=False, ceiling="#cfdde0"),
        -stage.hero_side,
    )
    it.window(-far * 2.4, 0.9, 1.2, 1.1, panes=2)
    it.shelves(*around(far * 2.8, 1.4), high=2.2, rows=5, books=False)
    it.box(around(far * 0.6, 2.7), (0, 0.5), (4.5, 5.1), "#dfe6e6")
    it.box(around(far * 0.6, 2.8), (0.5, 0.55), (4.45, 5.15), "#7f98a0")
    for index, tint in enumerate(("#3fc2a0", "#e05a7a", "#5a8fe8", "#e8b53a", "#8f5ad0")):
        _flask(it, far * 0.6 - 1.05 + index * 0.42, 4.7, 0.55, tint)
    it.wall_rect(*wall_box(far * 0.6, 1.3, 1.5, 0.85), it.tone("#2a3a42"))
    line = [
        it.at(
            far * 0.6 - 0.68 + 1.36 * t,
            1.68 + 0.2 * float(np.sin(t * 17)) * float(np.exp(-((t - 0.5) ** 2) * 9)),
            WALL_Z,
        )
        for t in np.linspace(0, 1, 40)
    ]
    it.sketch.line(line, 2.4 * stage.unit, rgb("#6ff0c2"))
    it.lamp(far * 0.6, 1.7, 1.4)
    it.hanging_lamp(-far * 0.5, 4.4, 0.35, "#e5ecec")
    it.light(warm="#d8f4ff")
    stand(stage, "none")


def hospital(stage: Stage) -> None:
    """Beds in a row with rails, curtains, a drip, a heart monitor."""
    it, far = (
        Room(stage, "#bfd4d0", "#a9b9b6", boards=False, panels=False, ceiling="#dde7e5"),
        -stage.hero_side,
    )
    it.window(-far * 1.9, 0.8, 1.3, 1.25, panes=2)
    for step, x in enumerate((far * 0.85, far * 2.65)):
        light = 1.0 - 0.06 * step
        it.box(around(x, 1.25), (0.15, 0.95), (WALL_Z - 0.25, WALL_Z - 0.18), "#b5c2c4", light)
        it.box(around(x, 1.1), (0.28, 0.44), (3.7, WALL_Z - 0.3), "#eef1ee", light)
        it.box(around(x, 1.16), (0.26, 0.48), (3.65, 4.75), "#4f95a5", light)
        it.box(around(x, 0.8), (0.44, 0.62), (WALL_Z - 0.7, WALL_Z - 0.35), "#ffffff", light)
        it.box(around(x, 1.2), (0.18, 0.62), (3.6, 3.64), "#9fb0b4", light)
        for dx in (-0.55, 0.55):
            it.box(around(x + dx, 0.06), (0, 0.3), (3.6, 3.66), "#7f8c90")
    a, b = it.at(far * 1.95, 1.3), it.at(far * 1.95 + far * 0.05, 2.75)
    it.sketch.rect(
        min(a[0], b[0]) - 3 * stage.unit,
        b[1],
        max(a[0], b[0]) + 22 * stage.unit,
        it.at(0, 0.15)[1],
        it.tone("#d5e4dc"),
    )
    it.wall_rect(*wall_box(far * 0.25, 1.15, 0.55, 0.42), it.tone("#26333a"))
    beat = [
        it.at(
            far * 0.25 - 0.23 + 0.46 * t,
            1.34 + (0.14 if 0.45 < t < 0.52 else -0.08 if 0.52 <= t < 0.58 else 0),
            WALL_Z,
        )
        for t in np.linspace(0, 1, 30)
    ]
    it.sketch.line(beat, 2 * stage.unit, rgb("#6fe89a"))
    pole = it.at(far * 1.55, 0, 4.9), it.at(far * 1.55, 1.45, 4.9)
    it.sketch.line(list(pole), 2.4 * stage.unit, it.tone("#9aa5a8"))
    it.sketch.ellipse(pole[1][0], pole[1][1] + 14 * stage.unit, 8 * stage.unit, 15 * stage.unit, it.tone("#dff2f4"))
    it.lamp(0, 2.6, 1.3)
    it.light(level=0.86, warm="#eafaff")
    stand(stage, "none")


def school(stage: Stage) -> None:
    """A green board, rows of desks, a globe, tall windows, a map."""
    it, far = Room(stage, "#d3c39a", "#a5794f"), -stage.hero_side
    it.window(-far * 2.9, 0.8, 1.0, 1.4, panes=2)
    it.wall_rect(*wall_box(far * 0.4, 0.95, 2.9, 1.15), it.tone("#8a6240"))
    it.wall_rect(*wall_box(far * 0.4, 1.0, 2.8, 1.05), it.tone("#3a5f4c"))
    chalk = it.tone("#e8efe6")
    x0, y0 = it.at(far * 0.4 - 0.9, 1.25)
    size = 0.7 * stage.focal_px / WALL_Z
    it.sketch.line(
        [(x0, y0), (x0 + size * 0.6, y0 - size * 0.75), (x0 + size * 1.2, y0), (x0, y0)],
        2 * stage.unit,
        chalk,
    )
    it.sketch.line(
        [
            (x0 + size * (1.9 + 0.4 * float(np.cos(a))), y0 - size * (0.4 + 0.4 * float(np.sin(a))))
            for a in np.linspace(0, 2 * np.pi, 25)
        ],
        2 * stage.unit,
        chalk,
    )
    it.box(around(far * 2.6, 0.9), (0, 0.45), (4.9, 5.3), "#8a6240")
    gx, gy = it.at(far * 2.6, 0.66, 5.0)
    it.sketch.ellipse(gx, gy, 0.19 * stage.focal_px / 5, 0.19 * stage.focal_px / 5, it.tone("#5a8fb5"))
    it.sketch.ellipse(
        gx - 5 * stage.unit,
        gy - 3 * stage.unit,
        0.09 * stage.focal_px / 5,
        0.07 * stage.focal_px / 5,
        it.tone("#7aa05a"),
    )
    for z in (4.5, 3.7):
        for x in (-2.2, -0.9, 0.9, 2.2):
            if x * stage.hero_side * -1 > 0 or z > 4:
                it.table(x, z, 0.8, 0.4, 0.40, "#b5834f")
                it.chair(x, z - 0.25, "#7a5236", back=False)
    it.lamp(0, 2.6, 2.4)
    it.light()
    stand(stage, "none")


def office(stage: Stage) -> None:
    """Desks with screens, a wide window on the town, files, a plant."""
    it, far = Room(stage, "#aeb7bd", "#7f7a78", boards=False, panels=False), -stage.hero_side
    it.window(-far * 0.9, 0.75, 3.1, 1.4, panes=5)
    it.shelves(*around(far * 3.0, 1.2), high=1.9, rows=4)
    for x, z in ((far * 1.3, 4.5), (far * 2.6, 3.7)):
        it.table(x, z, 1.4, 0.6, 0.46, "#c2a883")
        it.box(around(x, 0.62), (0.53, 0.92), (z + 0.3, z + 0.34), "#2a3038")
        a, b = it.at(x - 0.27, 0.57, z + 0.3), it.at(x + 0.27, 0.88, z + 0.3)
        it.sketch.rect(a[0], b[1], b[0], a[1], mix(it.tone("#7fc2e0"), rgb("#bfe8ff"), 0.5))
        it.box(around(x + 0.5, 0.24), (0.46, 0.54), (z + 0.1, z + 0.3), "#efe9dc")
        it.lamps.append((a[0] + (b[0] - a[0]) / 2, (a[1] + b[1]) / 2, stage.focal_px / z * 0.8))
    it.box(around(-far * 3.0, 0.36), (0, 0.3), (4.9, 5.2), "#a55f43")
    px, py = it.at(-far * 3.0, 0.3, 5.0)
    for a in np.linspace(0.4, 2.75, 7):
        it.sketch.taper(
            [(px, py), (px + float(np.cos(a)) * 34 * stage.unit, py - float(np.sin(a)) * 75 * stage.unit)],
            11 * stage.unit,
            1,
            it.tone("#4f7d4a", 0.8 + 0.05 * float(a)),
        )
    it.lamp(0, 2.6, 2.4)
    it.light(warm="#ffe8c2")
    stand(stage, "none")


def cellar(stage: Stage) -> None:
    """Vaulted stone, barrels, bottles, one bulb."""
    it, far = (
        Room(stage, "#7a7068", "#5f5750", boards=False, panels=False, ceiling="#5a524c", tall=2.3),
        -stage.hero_side,
    )
    _stones(it)
    _vaults(it)
    for x, low in ((far * 1.4, 0.0), (far * 2.3, 0.0), (far * 1.85, 0.62), (far * 3.2, 0.0)):
        _barrel(it, x, low, 4.9)
    it.shelves(*around(-far * 2.7, 1.3), high=1.6, rows=4, books=False)
    it.hanging_lamp(far * 0.3, 4.5, 0.5, "#3a3836")
    it.light(level=0.66, from_window=False)
    stand(stage, "crates")


def _vaults(it: Room) -> None:
    """Round arches on squat piers, one behind the other."""
    for z in (5.5, 4.5, 3.6, 2.8, 2.1):
        stone = it.tone("#938779", 0.52 + 0.075 * z)
        turns = np.linspace(0, np.pi, 17)
        arch = [it.at(3.0 * float(np.cos(a)), 1.05 + 1.15 * float(np.sin(a)), z) for a in turns]
        wide = 0.34 * it.stage.focal_px / z
        it.sketch.line(arch, wide, stone * np.float32(0.72))
        it.sketch.line(arch, wide * 0.72, stone)
        for side in (-1, 1):
            x, top = it.at(side * 3.0, 1.08, z)
            it.sketch.rect(x - wide * 0.55, top, x + wide * 0.55, it.at(0, 0, z)[1], stone * np.float32(0.92))
            it.sketch.rect(
                x - wide * 0.72, top - wide * 0.1, x + wide * 0.72, top + wide * 0.14, stone * np.float32(1.12)
            )


def prison(stage: Stage) -> None:
    """Bars, a high barred window with its beam, a cot against the stones."""
    it, far = (
        Room(stage, "#8a8c88", "#6f706c", boards=False, panels=False, ceiling="#6b6d6a", tall=2.6),
        -stage.hero_side,
    )
    _stones(it)
    it.window(far * 0.9, 1.5, 0.9, 0.65, panes=5)
    it.box(around(far * 2.3, 1.8), (0.24, 0.34), (4.5, WALL_Z - 0.1), "#6b7074")
    it.box(around(far * 2.3, 1.75), (0.34, 0.42), (4.5, WALL_Z - 0.1), "#a59a86")
    for index in range(-14, 15):
        x = index * 0.30
        if (x * stage.hero_side) > 0.9:
            it.sketch.line([it.at(x, 0, 4.6), it.at(x, 2.6, 4.6)], 5 * stage.unit, it.tone("#3f444a", 0.85))
    it.light(level=0.82)
    _beam(stage)
    stand(stage, "wall")


def factory(stage: Stage) -> None:
    """Machines with wheels and pipes, a row of high windows, hanging hooks."""
    it, far = (
        Room(stage, "#8a7f74", "#6b655f", boards=False, panels=False, tall=3.3, half=4.6),
        -stage.hero_side,
    )
    for x in (-2.7, -0.9, 0.9, 2.7):
        it.window(x, 1.9, 1.25, 0.9, panes=4)
    for x, wide, high, tint in (
        (far * 1.0, 1.2, 1.1, "#5a6f73"),
        (far * 2.5, 1.4, 1.5, "#6f6a5f"),
        (-far * 2.6, 1.2, 0.9, "#7a5a48"),
    ):
        it.box(around(x, wide), (0, high), (4.6, 5.3), tint)
        _gear(it, x - wide * 0.15, high * 0.55, 4.6, 0.30, "#3f444a")
        _gear(it, x + wide * 0.24, high * 0.35, 4.6, 0.17, "#b5703a")
        it.box(around(x, wide * 0.4), (high, high + 0.3), (4.8, 5.1), tint, 0.85)
    for y in (2.95, 2.75):
        it.sketch.line([it.at(-4.4, y, 5.3), it.at(4.4, y, 5.3)], 9 * stage.unit, it.tone("#8f5a42", 0.9))
    for x in (far * 0.2, far * 1.8):
        a, b = it.at(x, 3.3, 4.2), it.at(x, 2.0, 4.2)
        it.sketch.line([a, b], 2 * stage.unit, it.tone("#33363a"))
        it.sketch.line(
            [
                b,
                (b[0] + 9 * stage.unit, b[1] + 16 * stage.unit),
                (b[0] - 7 * stage.unit, b[1] + 24 * stage.unit),
            ],
            4 * stage.unit,
            it.tone("#33363a"),
        )
    it.hanging_lamp(-far * 0.8, 4.4, 0.9, "#4a545c")
    it.light(level=0.9)
    stand(stage, "rail")


def _flask(it: Room, x: float, z: float, y: float, tint: str) -> None:
    size = it.stage.focal_px / z * 0.14
    px, py = it.at(x, y, z)
    glass, liquid = it.tone("#dff2f4"), mix(it.tone(tint), rgb(tint), 0.5)
    it.sketch.rect(px - size * 0.3, py - size * 2.6, px + size * 0.3, py - size, glass)
    it.sketch.poly(
        [
            (px - size * 0.3, py - size * 1.6),
            (px + size * 0.3, py - size * 1.6),
            (px + size, py),
            (px - size, py),
        ],
        glass,
    )
    it.sketch.poly(
        [
            (px - size * 0.62, py - size * 0.85),
            (px + size * 0.62, py - size * 0.85),
            (px + size, py),
            (px - size, py),
        ],
        liquid,
    )


def _stones(it: Room) -> None:
    rng = it.stage.place_rng
    for row in range(9):
        y0 = it.tall / 9 * row
        x = -it.half + float(rng.uniform(0, 0.4))
        while x < it.half:
            wide = float(rng.uniform(0.4, 0.8))
            it.wall_rect(
                x,
                y0 + 0.02,
                min(x + wide - 0.03, it.half),
                y0 + it.tall / 9 - 0.02,
                it.tone(it.wall, float(rng.uniform(0.84, 1.10))),
            )
            x += wide


def _barrel(it: Room, x: float, low: float, z: float) -> None:
    cx, cy = it.at(x, low + 0.42, z)
    r = it.stage.focal_px / z * 0.42
    for size, tint, light in ((1.0, "#7a5236", 0.85), (0.9, "#a5744a", 0.95), (0.12, "#3a2f28", 1.0)):
        it.sketch.ellipse(cx, cy, r * size, r * size, it.tone(tint, light))
    for dx in (-0.5, 0.0, 0.5):
        it.sketch.line(
            [(cx + dx * r, cy - r * 0.72), (cx + dx * r, cy + r * 0.72)],
            max(1, r * 0.03),
            it.tone("#7a5236", 0.7),
        )


def _gear(it: Room, x: float, y: float, z: float, radius: float, tint: str) -> None:
    cx, cy = it.at(x, y, z)
    r = it.stage.focal_px / z * radius
    teeth = []
    for index in range(40):
        a = index / 40 * 2 * np.pi
        size = r * (1.0 if index % 4 < 2 else 0.84)
        teeth.append((cx + float(np.cos(a)) * size, cy + float(np.sin(a)) * size))
    it.sketch.poly(teeth, it.tone(tint))
    it.sketch.ellipse(cx, cy, r * 0.55, r * 0.55, it.tone(tint, 0.7))
    it.sketch.ellipse(cx, cy, r * 0.2, r * 0.2, it.tone("#c7c2b5"))


def _beam(stage: Stage) -> None:
    """The shaft that falls from a high window."""
    if not stage.windows:
        return
    x0, y0, x1, y1 = stage.windows[0]
    sketch = stage.sketch()
    lean = (stage.side_x(0.36) - (x0 + x1) / 2) * 0.9
    floor = stage.height * 0.88
    sketch.poly(
        [
            (x0, y0),
            (x1, y0),
            (x1, y1),
            (x1 + lean + stage.span * 0.06, floor),
            (x0 + lean - stage.span * 0.06, floor),
            (x0, y1),
        ],
        stage.palette.key,
    )
    sketch.stamp(opacity=0.20 * (1 - 0.4 * stage.palette.darkness), blur_px=5 * stage.unit)
