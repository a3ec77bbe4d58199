"""Ways through a building: corridors of every kind of house, a lift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand
from studio.engines.storyboard.sheet.canvas import mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_DEEP = 15.0
_HALF = 1.72
_DOORS = ((2.35, 3.05), (4.0, 4.7), (5.9, 6.6), (8.2, 8.9), (11.0, 11.7))
"""From which to which depth each door in a side wall reaches."""


@dataclass(frozen=True, slots=True)
class _Trim:
    """What a corridor is lined with."""

    wall: str
    dado: str
    floor: str
    ceiling: str
    door: str
    lamp: str = "#fff0d0"
    level: float = 1.0
    tall: float = 2.35


_HOME = _Trim("#cdb592", "#f0e6d2", "#9a6b45", "#e2d8c6", "#f2e8d6", "#ffc070", 0.95)
_TRIMS = {
    "school": _Trim("#e6d9a8", "#5f9a8a", "#b9ab93", "#eee8d6", "#b5763c", "#fff6e0", 1.05),
    "hospital": _Trim("#dcebe8", "#86bcb8", "#a9c2c0", "#f0f5f3", "#79aebf", "#eafaff", 1.08),
    "hotel": _Trim("#c79a6a", "#6b3a2c", "#8f2f3a", "#dcc6a0", "#5a3222", "#ffb860", 0.86, 2.25),
    "ship": _Trim("#c3ccd0", "#7f95a3", "#566671", "#aab6bb", "#d9dde0", "#ffe2b0", 0.80, 2.05),
    "space": _Trim("#8fa0b8", "#56657f", "#39435a", "#77879f", "#c9d4e2", "#9fe0ff", 0.86, 2.2),
    "prison": _Trim("#8f9690", "#6a716d", "#6b6c6a", "#7a7f7b", "#3a3f42", "#e8f0d8", 0.72, 2.5),
    "castle": _Trim("#9a8d7c", "#7d7163", "#6f665c", "#6b6157", "#5a3c26", "#ff9a48", 0.66, 2.9),
    "office": _Trim("#d5dade", "#b9c2c9", "#6f7f8f", "#eef1f2", "#a9bccb", "#fff6e6", 1.05),
}
_WORDS = {
    "school": "school classroom university college academy locker lockers",
    "hospital": "hospital clinic ward asylum surgery sanatorium laboratory lab",
    "hotel": "hotel inn hostel motel guesthouse theatre opera",
    "space": "spaceship starship spacecraft space station shuttle spaceship",
    "ship": "ship submarine ferry steamer liner boat vessel cabin",
    "prison": "prison jail gaol cell penitentiary dungeon asylum",
    "castle": "castle palace monastery abbey tower fortress crypt stone medieval temple",
    "office": "office company ministry newspaper bank station",
}


def corridor(stage: Stage) -> None:
    """Doors on both sides toward a far end; the name of the place says what kind of house it is in."""
    kind = _kind(stage)
    trim = _TRIMS.get(kind, _HOME)
    tall = max(trim.tall, stage.eye_height + 0.45)
    it = Room(
        stage, trim.wall, trim.floor, half=_HALF, tall=tall, ceiling=trim.ceiling, panels=False, deep=_DEEP,
        boards=kind == "",
    )  # fmt: skip
    _walls(it, trim, kind)
    _floor(it, kind)
    _far_end(it, trim, kind)
    for side in (-1, 1):
        for index in range(len(_DOORS) - 1, -1, -1):
            _door(it, trim, kind, side, _DOORS[index])
        _between(it, kind, side)
    _ceiling_lights(it, trim, kind)
    it.light(level=trim.level, warm=trim.lamp, from_window=False)
    stand(stage, "none")
    stage.reflects = 0.16 if kind in {"school", "hospital", "office", "space"} else 0.0


def _kind(stage: Stage) -> str:
    words = {*stage.brief.place_key.split(), stage.brief.place}
    return next((kind for kind, said in _WORDS.items() if words & set(said.split())), "")


def _walls(it: Room, trim: _Trim, kind: str) -> None:
    """Dado, rail and skirting, running away."""
    for side in (-1, 1):
        shade = 0.80 if side == it.stage.hero_side else 0.90
        it.side_quad(side, (0.6, _DEEP), (0.0, 0.62), it.tone(trim.dado, shade))
        it.side_quad(side, (0.6, _DEEP), (0.62, 0.67), it.tone(trim.dado, shade * 0.72))
        it.side_quad(side, (0.6, _DEEP), (0.0, 0.08), it.tone(trim.dado, shade * 0.6))
        it.side_quad(side, (0.6, _DEEP), (it.tall - 0.07, it.tall), it.tone(trim.wall, shade * 0.78))
        if kind == "castle":
            for row in range(1, 12):
                y = row * 0.25
                it.sketch.line(
                    [it.at(side * _HALF, y, 0.9), it.at(side * _HALF, y, _DEEP)],
                    1.3 * it.stage.unit,
                    it.tone(trim.dado, 0.7),
                )


def _floor(it: Room, kind: str) -> None:
    if kind in {"hotel", ""}:
        it.flat_quad((-0.95, 0.95), (0.6, _DEEP), 0.0, it.tone("#7d2632" if kind else "#8a3a34", 0.95))
        for x in (-0.84, 0.78):
            it.flat_quad((x, x + 0.06), (0.6, _DEEP), 0.0, it.tone("#d9b060"))
        z = _DEEP
        while kind and z > 1.0:
            it.sketch.poly(
                [it.at(0, 0, z * 0.94), it.at(0.3, 0, z * 0.97), it.at(0, 0, z), it.at(-0.3, 0, z * 0.97)],
                it.tone("#c9974f"),
            )
            z *= 0.90
    elif kind in {"school", "hospital", "office"}:
        for x in (-1.45, 1.40):
            it.flat_quad((x, x + 0.05), (0.6, _DEEP), 0.0, it.tone("#4f8f86" if kind != "office" else "#55606b", 0.9))


def _far_end(it: Room, trim: _Trim, kind: str) -> None:
    """The back wall: a door, a window full of light, or a hatch."""
    it.wall_rect(-_HALF, 0, _HALF, it.tall, it.tone(trim.wall, 0.72))
    it.wall_rect(-_HALF, 0, _HALF, 0.62, it.tone(trim.dado, 0.66))
    if kind in {"", "hotel", "castle", "office"}:
        it.window(0.0, 0.72, 1.5, 1.15, panes=2, arch=kind == "castle", curtain="#8f3a34" if kind == "hotel" else "")
    elif kind in {"ship", "space"}:
        x, y = it.at(0, 0.95)
        size = it.stage.focal_px / (_DEEP * 0.86)
        it.sketch.ellipse(x, y, size * 0.95, size * 0.95, it.tone(trim.dado, 0.7))
        it.sketch.ellipse(x, y, size * 0.78, size * 0.78, it.tone(trim.door, 1.0))
        it.sketch.ellipse(x, y, size * 0.30, size * 0.30, it.tone("#bfe6ff", 1.2))
    else:
        it.wall_rect(-1.0, 0, 1.0, 1.6, it.tone(trim.door, 0.62))
        for x in (-0.95, 0.05):
            it.wall_rect(x, 0, x + 0.9, 1.5, it.tone(trim.door, 1.05))
            it.wall_rect(x + 0.25, 0.75, x + 0.65, 1.3, mix(it.tone("#dff2f4"), it.stage.palette.low, 0.5))
    it.lamp(0, 1.2, 3.0)


def _door(it: Room, trim: _Trim, kind: str, side: int, z: tuple[float, float]) -> None:
    shade = (0.82 if side == it.stage.hero_side else 0.96) * (1.05 - 0.02 * z[0])
    wide = z[1] - z[0]
    if kind == "prison":
        it.side_quad(side, (z[0] - 0.15, z[1] + 0.15), (0, 1.6), it.tone("#23282a", shade))
        for index in range(8):
            bar = z[0] - 0.1 + (wide + 0.2) * index / 7
            it.side_quad(side, (bar, bar + 0.045), (0, 1.6), it.tone("#98a2a6", shade))
        it.side_quad(side, (z[0] - 0.15, z[1] + 0.15), (0.78, 0.84), it.tone("#98a2a6", shade))
        return
    frame = 0.10 if kind in {"ship", "space"} else 0.07
    low = 0.14 if kind == "ship" else 0.0
    it.side_quad(
        side, (z[0] - frame, z[1] + frame), (low and low - 0.06, 1.38 + frame), it.tone(trim.door, shade * 0.58)
    )
    it.side_quad(side, z, (low, 1.38), it.tone(trim.door, shade))
    a, b = z[0] + wide * 0.2, z[1] - wide * 0.2
    if kind in {"school", "hospital", "office"}:
        it.side_quad(side, (a, b), (0.78, 1.24), it.tone("#dff0f2", shade * 1.1))
    elif kind in {"ship", "space"}:
        it.side_quad(side, (a, b), (0.9, 1.2), it.tone("#bfe6ff" if kind == "space" else "#39505c", shade * 1.1))
        it.side_quad(side, (a, b), (0.55, 0.60), it.tone("#4a565e", shade))
    else:
        for y in ((0.14, 0.55), (0.68, 1.24)):
            it.side_quad(side, (a, b), y, it.tone(trim.door, shade * 0.84))
    knob = z[0] + wide * 0.10
    it.side_quad(side, (knob, knob + 0.05), (0.56, 0.64), it.tone("#e8c86a", shade * 1.1))


def _between(it: Room, kind: str, side: int) -> None:
    """What hangs or stands between the doors."""
    shade = 0.86 if side == it.stage.hero_side else 0.98
    for index, (_, end) in enumerate(_DOORS[:-1]):
        start, stop = end + 0.18, _DOORS[index + 1][0] - 0.18
        if kind == "school":
            _lockers(it, side, start, stop, shade)
        elif kind == "hospital":
            it.side_quad(side, (start, stop), (0.56, 0.63), it.tone("#f2f6f4", shade))
        elif kind in {"", "office"}:
            middle = (start + stop) / 2
            it.side_quad(side, (middle - 0.32, middle + 0.32), (0.92, 1.45), it.tone("#6b4730", shade))
            it.side_quad(
                side, (middle - 0.26, middle + 0.26), (0.97, 1.40), it.tone(("#9fc0cf", "#e0b98a")[index % 2], shade)
            )
        elif kind in {"hotel", "castle"}:
            middle = (start + stop) / 2
            x, y = it.at(side * (_HALF - 0.05), 1.18, middle)
            size = it.stage.focal_px / middle
            it.sketch.rect(
                x - size * 0.03,
                y,
                x + size * 0.03,
                y + size * 0.22,
                it.tone("#c29a4a" if kind == "hotel" else "#3a2c22"),
            )
            it.sketch.ellipse(x, y - size * 0.03, size * 0.07, size * 0.10, rgb("#ffe2a0"))
            it.lamps.append((x, y, size * 0.95))
        elif kind == "ship":
            for y in (1.72, 1.86):
                it.side_quad(
                    side, (start - 1.2, stop + 1.2), (y, y + 0.06), it.tone("#b5603f" if y > 1.8 else "#8f9ba3", shade)
                )
        elif kind == "space":
            it.side_quad(side, (start, start + 0.16), (0, it.tall), it.tone("#c9d4e2", shade))
            it.side_quad(side, (start + 0.16, stop), (0.7, 0.74), rgb("#7fe8ff"))


def _lockers(it: Room, side: int, start: float, stop: float, shade: float) -> None:
    count = max(2, round((stop - start) / 0.26))
    for index in range(count):
        a = start + (stop - start) * index / count
        b = start + (stop - start) * (index + 1) / count
        it.side_quad(side, (a, b), (0.06, 1.22), it.tone("#2f5f78", shade))
        it.side_quad(side, (a + 0.02, b - 0.02), (0.09, 1.19), it.tone("#4f8fae" if index % 2 else "#478aa8", shade))
        it.side_quad(side, (a + 0.06, b - 0.06), (1.02, 1.05), it.tone("#2f5f78", shade))
        it.side_quad(side, (a + 0.06, b - 0.06), (1.09, 1.12), it.tone("#2f5f78", shade))


def _ceiling_lights(it: Room, trim: _Trim, kind: str) -> None:
    if kind in {"hotel", "castle"}:
        return
    for z in (2.6, 4.2, 6.2, 9.0, 12.5):
        if kind == "":
            if z in (4.2, 9.0):
                it.hanging_lamp(0, z, 0.42, "#c2703a")
            continue
        wide = 0.45 if kind not in {"ship", "prison"} else 0.16
        it.flat_quad((-wide, wide), (z - 0.45, z + 0.45), it.tall - 0.01, mix(rgb(trim.lamp), rgb("#ffffff"), 0.5))
        x, y = it.at(0, it.tall, z)
        it.lamps.append((x, y, it.stage.focal_px / z * 1.5))


def lift(stage: Stage) -> None:
    """A small steel box: two sliding doors with their seam, a panel of buttons, rails, a lit ceiling."""
    far = -stage.hero_side
    tall = max(2.2, stage.eye_height + 0.4)
    it = Room(
        stage, "#a7adb3", "#5a5148", half=1.75, tall=tall, ceiling="#d9dcdd", panels=False, boards=False, deep=4.4
    )
    it.wall_rect(-1.22, 0, 1.22, 1.78, it.tone("#4f555b"))
    for index in range(24):
        x = -1.12 + 2.24 * index / 24
        shine = 0.92 + 0.16 * float(np.sin(index * 0.9) ** 2)
        it.wall_rect(x, 0, x + 2.24 / 24 + 0.01, 1.66, it.tone("#c3c9ce", shine))
    it.wall_rect(-0.022, 0, 0.022, 1.66, it.tone("#33383d"))
    it.wall_rect(-0.42, 1.86, 0.42, 2.06, it.tone("#1d2226"))
    for dx, up in ((-0.18, 1), (0.18, -1)):
        x, y = it.at(dx, 1.96)
        size = 0.07 * stage.focal_px / 3.8 * up
        it.sketch.poly(
            [(x, y - size), (x - abs(size), y + size * 0.7), (x + abs(size), y + size * 0.7)],
            rgb("#ff9a3a" if up > 0 else "#5a4030"),
        )
    panel = far * 1.48
    it.wall_rect(panel - 0.17, 0.62, panel + 0.17, 1.50, it.tone("#e3e6e8", 1.05))
    for row in range(6):
        for dx in (-0.07, 0.07):
            x, y = it.at(panel + dx, 0.72 + 0.13 * row)
            size = 0.045 * stage.focal_px / 3.8
            lit = (row, dx > 0) == (3, True)
            it.sketch.ellipse(x, y, size * 1.2, size * 1.2, it.tone("#7d848a"))
            it.sketch.ellipse(x, y, size, size, rgb("#ffcf5a") if lit else it.tone("#f6f6f2"))
    for side in (-1, 1):
        it.side_quad(side, (1.4, 4.2), (0.58, 0.66), it.tone("#e8ebed", 1.0))
        it.side_quad(side, (1.2, 4.4), (0.0, 0.16), it.tone("#4f555b", 0.8))
        for z in (2.2, 3.2):
            it.side_quad(side, (z, z + 0.02), (0.16, tall), it.tone("#6f767c", 0.8))
    for x in around(0.0, 1.5):
        it.flat_quad((x - 0.28, x + 0.28), (1.3, 4.0), tall - 0.01, rgb("#fffdf2"))
    it.lamps.append((*it.at(0, tall, 3.0), stage.span * 0.75))
    it.light(level=0.98, warm="#fff2dc", from_window=False)
    stand(stage, "none")
    stage.reflects = 0.12
