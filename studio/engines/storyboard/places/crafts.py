"""Rooms of a trade: smithy, bakery, bar, barber, laundry, and the aisle of a great shop."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand, wall_box
from studio.engines.storyboard.places.room_light import WALL_Z
from studio.engines.storyboard.sheet.canvas import rgb
from studio.engines.storyboard.sheet.stage import Stage


def forge(stage: Stage) -> None:
    """A dark room of stone round a hearth of embers under its hood; bellows, anvil, tongs, horseshoes."""
    it, far = Room(stage, "#6a5a50", "#5a4c44", panels=False, boards=False, ceiling="#4a3f3a"), -stage.hero_side
    rough_stones(it, rows=9)
    it.window(-far * 2.6, 1.2, 0.8, 0.8, panes=2)
    x = far * 1.25
    fire_mouth(it, x, 0.52, 1.5, 0.62)
    it.box(around(x, 2.1), (0.0, 0.52), (4.7, WALL_Z), "#7d6a5e")
    hood = [it.at(x + dx, y, 4.8) for dx, y in ((-1.15, 1.32), (1.15, 1.32), (0.38, 2.1), (0.38, 2.9), (-0.38, 2.9), (-0.38, 2.1))]  # fmt: skip
    it.sketch.poly(hood, it.tone("#4f443e"))
    it.sketch.line([hood[0], hood[1]], 7 * stage.unit, it.tone("#8a7466"))
    coals(it, x, 0.52, 1.4)
    _bellows(it, x + far * 1.5)
    _anvil(it, -far * 2.1, 4.5)
    for index in range(5):
        _hung_tool(it, -far * (0.55 + 0.32 * index), 1.95, index)
    it.box(around(-far * 3.1, 0.62), (0.0, 0.62), (4.4, 4.9), "#6b4a32")
    px, py = it.at(x, 0.62, 4.9)
    it.lamps.append((px, py, stage.span * 0.62))
    it.light(warm="#ff9a50", level=0.84)
    stage.canvas.glow(px, py, stage.span * 0.42, rgb("#ff7a28"), 0.55)
    stage.canvas.glow(px, it.at(0, 0, 3.6)[1], stage.span * 0.6, rgb("#ff8a38"), 0.34, squash=0.22)
    for _ in range(34):
        t = float(stage.place_rng.random())
        sx = px + float(stage.place_rng.normal(0, 0.07)) * stage.span * (0.5 + t)
        stage.canvas.glow(sx, py - t * stage.span * 0.30, 3.4 * stage.unit, rgb("#ffc46a"), 0.9 * (1 - t))
    stand(stage, "none")
    stage.key, stage.key_x, stage.backlight = rgb("#ffb070"), px, 1.5


def bakery(stage: Stage) -> None:
    """A brick oven with its fire, shelves and baskets full of loaves, sacks of flour, a floury table."""
    it, far = Room(stage, "#ecdcbc", "#b98a5c", boards=False, panels=False), -stage.hero_side
    it.window(-far * 1.9, 0.95, 1.1, 1.1, panes=2, curtain="#c9604a")
    _brick_oven(it, far * 0.55)
    _bread_rack(it, far * 2.75)
    it.box(around(far * 1.55, 2.6), (0.0, 0.46), (3.7, 4.25), "#9a6a42")
    it.box(around(far * 1.55, 2.7), (0.46, 0.52), (3.65, 4.3), "#d9b27c")
    for index in range(7):
        _loaf(it, far * 1.55 - 1.1 + index * 0.36, 0.52, 3.85, index)
    for dx, tint in ((-2.7, "#efe6d0"), (-3.15, "#e3d6b8")):
        _sack(it, far * dx, 4.7, tint)
    it.hanging_lamp(far * 1.6, 4.2, 0.62, "#c9604a")
    px, py = it.at(far * 0.55, 0.85, WALL_Z - 0.5)
    it.lamps.append((px, py, stage.span * 0.30))
    it.light(level=1.0)
    stage.canvas.glow(px, py, stage.span * 0.16, rgb("#ff8a30"), 0.6)
    stand(stage, "none")


def bar(stage: Stage) -> None:
    """A long counter with taps and stools, bottles alight before a mirror, low lamps in a dark room."""
    it, far = Room(stage, "#5f3a30", "#4f3428", ceiling="#3a2824"), -stage.hero_side
    x = far * 1.3
    it.wall_rect(*wall_box(x, 1.0, 3.9, 1.35), it.tone("#3a241c"))
    it.wall_rect(*wall_box(x, 1.08, 3.7, 1.2), it.tone("#c98a4a", 1.1))
    tints = ("#4f8f5a", "#d9a03a", "#b5403a", "#e8dcc0", "#3f6f9a", "#8f4a2a")
    for row, y in enumerate((1.10, 1.66)):
        it.wall_rect(*wall_box(x, y - 0.05, 3.75, 0.06), it.tone("#4a2e22"))
        for index in range(19):
            bx, high = x - 1.72 + index * 0.19, 0.26 + 0.10 * ((index * 5 + row) % 3)
            tone = it.tone(tints[(index * 7 + row * 3) % 6], 1.05)
            it.wall_rect(bx - 0.045, y, bx + 0.045, y + high, tone)
            it.wall_rect(bx - 0.016, y + high, bx + 0.016, y + high + 0.12, tone)
    it.box(around(x, 4.2), (0, 0.66), (4.15, 4.6), "#6b3f2a")
    it.box(around(x, 4.35), (0.66, 0.73), (4.05, 4.65), "#a8683c")
    for index in range(6):
        it.box(around(x - 1.75 + index * 0.7, 0.56), (0.1, 0.56), (4.13, 4.15), "#7d4c32")
    for dx in (-0.6, -0.42, -0.24):
        it.box(around(x + dx, 0.06), (0.73, 1.02), (4.3, 4.36), "#d9b04a")
    for index in range(4):
        _stool(it, x - 1.5 + index * 0.95, 3.75)
    it.window(-far * 2.5, 0.8, 1.2, 1.2, panes=2)
    for dx in (-1.4, 0.0, 1.4):
        it.hanging_lamp(x + dx, 4.2, 0.72, "#8f2f2a")
    it.lamp(x, 1.6, 1.6)
    it.light(level=0.78, warm="#ffb060")
    stand(stage, "none")


def barber(stage: Stage) -> None:
    """Mirrors framed in light, red chairs on steel feet, a chequered floor, the striped pole."""
    it, far = Room(stage, "#a9cfc4", "#e6e0d2", boards=False, panels=False, ceiling="#eef0ea"), -stage.hero_side
    _chequers(it)
    it.wall_rect(-it.half, 0.0, it.half, 0.62, it.tone("#f0ece0"))
    it.wall_rect(-it.half, 0.60, it.half, 0.66, it.tone("#b5403a"))
    for x in (far * 0.55, far * 1.9, far * 3.25):
        it.wall_rect(*wall_box(x, 0.92, 0.98, 1.22), it.tone("#8f5a38"))
        it.wall_rect(*wall_box(x, 0.98, 0.86, 1.10), it.tone("#8fb5c6"))
        a, b = it.at(x - 0.36, 1.05), it.at(x + 0.1, 2.0)
        it.sketch.poly([(a[0], a[1]), (b[0], b[1]), (b[0] + 12 * stage.unit, b[1]), (a[0] + 22 * stage.unit, a[1])], it.tone("#b5d3df"))  # fmt: skip
        for y in (1.05, 1.45, 1.85):
            for side in (-1, 1):
                px, py = it.at(x + side * 0.46, y)
                it.sketch.ellipse(px, py, 5 * stage.unit, 5 * stage.unit, rgb("#fff6d8"))
        it.lamp(x, 1.5, 0.9)
        it.box(around(x, 1.0), (0.56, 0.62), (WALL_Z - 0.4, WALL_Z), "#f4f1e6")
        for dx, tint in ((-0.3, "#4f8fb5"), (-0.1, "#d9a03a"), (0.25, "#5a9a6a")):
            it.box(around(x + dx, 0.10), (0.62, 0.84), (WALL_Z - 0.3, WALL_Z - 0.2), tint)
    for x in (far * 0.75, far * 2.2):
        _barber_chair(it, x, 4.0)
    _striped_pole(it, -far * 1.05)
    it.window(-far * 2.5, 0.75, 1.5, 1.4, panes=2)
    it.light(level=1.0)
    stand(stage, "none")
    stage.reflects = 0.10


def laundry(stage: Stage) -> None:
    """A wall of machines with round glass doors, a folding table, baskets, a bench, cold tubes of light."""
    it, far = Room(stage, "#bfe0dc", "#d9dcd8", boards=False, panels=False, ceiling="#f2f5f2"), -stage.hero_side
    it.wall_rect(-it.half, 1.95, it.half, 2.12, it.tone("#e8734f"))
    for row, y in enumerate((0.05, 0.92)):
        for index in range(9):
            x = -3.4 + index * 0.85
            it.wall_rect(*wall_box(x, y, 0.80, 0.84), it.tone("#f4f6f4", 1.0 if (index + row) % 2 else 0.96))
            it.wall_rect(*wall_box(x, y + 0.70, 0.74, 0.10), it.tone("#4f7f9a"))
            px, py = it.at(x, y + 0.36)
            r = 0.29 * stage.focal_px / (WALL_Z * 0.86)
            it.sketch.ellipse(px, py, r, r, it.tone("#9fb0b8"))
            it.sketch.ellipse(px, py, r * 0.78, r * 0.78, it.tone("#3f5a6a"))
            wash = ("#d9573f", "#f0c94a", "#4f8fc2", "#8fb56a", "#c98fb5")[(index * 3 + row) % 5]
            if (index + row) % 3:
                it.sketch.ellipse(px, py + r * 0.24, r * 0.60, r * 0.46, it.tone(wash))
            it.sketch.ellipse(px - r * 0.25, py - r * 0.3, r * 0.16, r * 0.12, it.tone("#eaf6fa", 1.1))
    it.table(far * 1.7, 3.7, 1.9, 0.7, 0.46, "#f0e0c0")
    for dx, tint in ((-0.5, "#d9573f"), (0.0, "#f4f1e6"), (0.45, "#4f8fc2")):
        it.box(around(far * 1.7 + dx, 0.36), (0.46, 0.62), (3.8, 4.1), tint)
    it.box(around(far * 3.2, 0.6), (0.0, 0.42), (3.8, 4.2), "#e8c46a")
    for x in (-1.8, 0.6, 2.6):
        it.flat_quad((x - 0.6, x + 0.6), (3.6, 3.8), it.tall - 0.02, rgb("#ffffff"))
        it.lamps.append((*it.at(x, it.tall, 3.7), stage.span * 0.35))
    it.light(level=1.0, warm="#f2fbff", from_window=False)
    stand(stage, "none")
    stage.reflects = 0.12


def supermarket(stage: Stage) -> None:
    """An aisle between shelves of bright packets that run to the far wall, tubes of light, a polished floor."""
    it = Room(stage, "#e8ecea", "#e3e0d6", boards=False, panels=False, tall=2.9, half=2.5, deep=11.0, ceiling="#f4f6f4")
    rng = stage.place_rng
    tints = ("#d9483a", "#f0b93a", "#3f8fc2", "#5fa850", "#f2efe4", "#e8793a", "#8f5fa8", "#4fb5a8")
    for side in (-1, 1):
        it.side_quad(side, (1.0, 10.5), (0.0, 1.95), it.tone("#c9cfd0", 0.9))
        for row in range(5):
            y0 = 0.08 + row * 0.375
            z = 1.0
            while z < 10.2:
                wide = float(rng.uniform(0.28, 0.62))
                local, high = tints[int(rng.integers(0, 8))], float(rng.uniform(0.22, 0.31))
                it.side_quad(side, (z, min(10.4, z + wide * 0.92)), (y0, y0 + high), it.tone(local, 0.92 + 0.016 * z))
                z += wide
            it.side_quad(side, (1.0, 10.5), (y0 - 0.045, y0 - 0.005), it.tone("#f7f7f2"))
    it.wall_rect(-2.5, 0.0, 2.5, 1.5, it.tone("#b5d3dc"))
    for index in range(6):
        it.wall_rect(*wall_box(-2.0 + index * 0.8, 0.1, 0.7, 1.3), it.tone("#dff0f4", 1.1))
    for z0 in (1.6, 3.4, 5.6, 8.2):
        for x in (-1.1, 1.1):
            it.flat_quad((x - 0.16, x + 0.16), (z0, z0 * 1.32), it.tall - 0.02, rgb("#ffffff"))
    for z, tint in ((4.6, "#d9483a"), (7.4, "#3f8fc2")):
        for dx in (-0.6, 0.6):
            it.sketch.line([it.at(dx, 2.3, z), it.at(dx, it.tall, z)], 2 * stage.unit, it.tone("#8f989c"))
        it.box((-0.75, 0.75), (2.15, 2.55), (z, z + 0.05), tint)
    for z in (3.0, 6.0):
        it.lamps.append((*it.at(0, it.tall, z), stage.span * 0.28))
    it.light(level=0.80, warm="#fbfff6", from_window=False)
    stand(stage, "none")
    stage.reflects = 0.24


def rough_stones(it: Room, *, rows: int) -> None:
    """The back wall in courses of uneven stones."""
    rng = it.stage.place_rng
    high = it.tall / rows
    for row in range(rows):
        x = -it.half + float(rng.uniform(0, 0.4))
        while x < it.half:
            wide = float(rng.uniform(0.4, 0.8))
            tone = it.tone(it.wall, float(rng.uniform(0.84, 1.12)))
            it.wall_rect(x, row * high + 0.02, min(x + wide - 0.03, it.half), (row + 1) * high - 0.02, tone)
            x += wide


def fire_mouth(it: Room, x: float, y: float, wide: float, high: float) -> None:
    """A glowing opening in the back wall."""
    for shrink, local in ((1.0, "#2a1a14"), (0.86, "#a8401c"), (0.66, "#f0832c"), (0.40, "#ffd070")):
        a, b = it.at(x - wide * shrink / 2, y), it.at(x + wide * shrink / 2, y + high * shrink)
        middle, half, tall = (a[0] + b[0]) / 2, (b[0] - a[0]) / 2, a[1] - b[1]
        dome = [
            (middle - half * float(np.cos(t)), a[1] - tall * float(np.sin(t)) ** 0.7) for t in np.linspace(0, np.pi, 19)
        ]
        it.sketch.poly(dome, rgb(local))


def coals(it: Room, x: float, y: float, wide: float) -> None:
    """A bed of embers with tongues of flame."""
    rng, size = it.stage.place_rng, it.stage.focal_px / (4.85 * 0.86)
    for index in range(16):
        px, py = it.at(x + (index / 15 - 0.5) * wide * 0.86, y, 4.85)
        tall = size * float(rng.uniform(0.16, 0.42)) * (1.1 - abs(index / 7.5 - 1))
        for share, local in ((1.0, "#e8601c"), (0.6, "#ffb23a"), (0.3, "#fff0b0")):
            half = size * 0.075 * share
            it.sketch.poly([(px - half, py), (px - half * 0.8, py - tall * share * 0.5), (px + half * 0.4, py - tall * share), (px + half, py)], rgb(local))  # fmt: skip
    for index in range(22):
        px, py = it.at(x + (float(rng.random()) - 0.5) * wide, y - 0.02, 4.8)
        it.sketch.ellipse(px, py, size * 0.06, size * 0.035, rgb(("#ff8a30", "#5a2418", "#ffc050")[index % 3]))


def _bellows(it: Room, x: float) -> None:
    """Leather between two boards, its pipe toward the fire."""
    size, (cx, cy) = it.stage.focal_px / (4.7 * 0.86), it.at(x, 0.78, 4.7)
    turn = 1 if cx > it.stage.width / 2 else -1
    for share in (0.0, 0.25, 0.5, 0.75):
        half = size * (0.34 - 0.05 * abs(share - 0.4))
        y = cy - size * (0.30 - 0.5 * share)
        it.sketch.poly([(cx - turn * size * 0.55, cy), (cx + turn * size * 0.42, y - half * 0.2), (cx + turn * size * 0.46, y + half * 0.3)], it.tone("#6b4030", 0.8 + 0.2 * (share * 4 % 2)))  # fmt: skip
    for dy in (-0.32, 0.26):
        it.sketch.line([(cx - turn * size * 0.58, cy), (cx + turn * size * 0.55, cy + dy * size)], size * 0.07, it.tone("#a5744a"))  # fmt: skip
    it.sketch.line([(cx - turn * size * 0.55, cy), (cx - turn * size * 0.95, cy + size * 0.02)], size * 0.06, it.tone("#4a4f55"))  # fmt: skip
    it.box(around(x + turn * 0.2, 0.08), (0.0, 0.62), (4.7, 4.8), "#5a4030")


def _anvil(it: Room, x: float, z: float) -> None:
    size, (cx, y) = it.stage.focal_px / (z * 0.86), it.at(x, 0.34, z)
    it.box(around(x, 0.40), (0.0, 0.34), (z, z + 0.3), "#7a5236")
    steel, lit = it.tone("#6b737d"), it.tone("#b5bec8", 1.15)
    shape = [(-0.42, 0.27), (-0.16, 0.19), (-0.10, 0.12), (-0.14, 0.0), (0.20, 0.0), (0.14, 0.12), (0.24, 0.18), (0.30, 0.30), (-0.18, 0.30)]  # fmt: skip
    it.sketch.poly([(cx + dx * size, y - up * size) for dx, up in shape], steel)
    it.sketch.rect(cx - size * 0.20, y - size * 0.31, cx + size * 0.30, y - size * 0.27, lit)


def _hung_tool(it: Room, x: float, y: float, index: int) -> None:
    """A hammer, tongs or a horseshoe on its nail."""
    size, (px, py) = it.stage.focal_px / (WALL_Z * 0.86), it.at(x, y)
    steel, wood = it.tone("#8d949c"), it.tone("#a5744a")
    if index % 3 == 1:
        ring = [(px + size * 0.13 * float(np.cos(a)), py + size * 0.16 * float(np.sin(a))) for a in np.linspace(-0.6, np.pi + 0.6, 17)]  # fmt: skip
        it.sketch.line(ring, size * 0.05, steel)
    elif index % 3 == 0:
        it.sketch.rect(px - size * 0.02, py, px + size * 0.02, py + size * 0.5, wood)
        it.sketch.rect(px - size * 0.13, py - size * 0.06, px + size * 0.13, py + size * 0.08, steel)
    else:
        for side in (-1, 1):
            it.sketch.line([(px + side * size * 0.10, py + size * 0.55), (px + side * size * 0.02, py + size * 0.16), (px - side * size * 0.07, py)], size * 0.035, steel)  # fmt: skip


def _brick_oven(it: Room, x: float) -> None:
    it.box(around(x, 1.9), (0.0, 1.75), (WALL_Z - 0.5, WALL_Z), "#b8694c")
    z = WALL_Z - 0.5
    for row in range(8):
        for index in range(-4, 4):
            bx = x + index * 0.24 + 0.12 * (row % 2)
            if abs(bx + 0.1 - x) < 0.86:
                a, b = it.at(bx, row * 0.2 + 0.04, z), it.at(bx + 0.21, row * 0.2 + 0.17, z)
                it.sketch.rect(a[0], b[1], b[0], a[1], it.tone("#c97d5c", 0.92 + 0.08 * ((row + index) % 3)))
    a, b = it.at(x - 0.62, 0.58, z), it.at(x + 0.62, 1.30, z)
    middle, half, tall = (a[0] + b[0]) / 2, (b[0] - a[0]) / 2, a[1] - b[1]
    for shrink, local in ((1.16, "#8f4a34"), (1.0, "#1f1410"), (0.80, "#a8401c"), (0.56, "#f0832c"), (0.30, "#ffd070")):
        dome = [(middle - half * shrink * float(np.cos(t)), a[1] - tall * shrink * float(np.sin(t)) ** 0.7) for t in np.linspace(0, np.pi, 19)]  # fmt: skip
        it.sketch.poly(dome, it.tone(local) if shrink > 0.9 else rgb(local))
    p, q = it.at(x - 0.75, 0.50, z - 0.12), it.at(x + 0.75, 0.58, z - 0.12)
    it.sketch.rect(p[0], q[1], q[0], p[1], it.tone("#d9cfc0"))


def _bread_rack(it: Room, x: float) -> None:
    it.box(around(x, 1.5), (0, 2.1), (WALL_Z - 0.35, WALL_Z), "#7a5236", 0.75)
    for row in range(4):
        y = 0.14 + row * 0.5
        it.box(around(x, 1.46), (y - 0.06, y), (WALL_Z - 0.45, WALL_Z - 0.3), "#c99a66")
        for index in range(4):
            _loaf(it, x - 0.54 + index * 0.36, y, WALL_Z - 0.42, index + row)


def _loaf(it: Room, x: float, y: float, z: float, index: int) -> None:
    size, (px, py) = it.stage.focal_px / (z * 0.86), it.at(x, y, z)
    crust = it.tone(("#c9843f", "#b5702f", "#d99a50")[index % 3], 1.05)
    half, tall = size * 0.165, size * (0.17 if index % 2 else 0.13)
    it.sketch.poly([(px - half * float(np.cos(t)), py - tall * float(np.sin(t)) ** 0.8) for t in np.linspace(0, np.pi, 15)], crust)  # fmt: skip
    for dx in (-0.45, 0.0, 0.45):
        it.sketch.line([(px + half * dx - half * 0.1, py - tall * 0.5), (px + half * dx + half * 0.12, py - tall * 0.86)], max(1.0, size * 0.02), it.tone("#f2d9a0", 1.1))  # fmt: skip


def _sack(it: Room, x: float, z: float, local: str) -> None:
    size, (px, py) = it.stage.focal_px / (z * 0.86), it.at(x, 0, z)
    shape = [(-0.26, 0.0), (-0.30, 0.22), (-0.22, 0.52), (-0.10, 0.58), (-0.16, 0.70), (0.16, 0.70), (0.10, 0.58), (0.22, 0.52), (0.30, 0.22), (0.26, 0.0)]  # fmt: skip
    it.sketch.poly([(px + dx * size, py - up * size) for dx, up in shape], it.tone(local))
    it.sketch.line([(px - size * 0.11, py - size * 0.58), (px + size * 0.11, py - size * 0.58)], size * 0.035, it.tone("#8a6a42"))  # fmt: skip


def _stool(it: Room, x: float, z: float) -> None:
    for dx in (-0.10, 0.10):
        it.sketch.line([it.at(x, 0.46, z), it.at(x + dx * 1.5, 0, z)], 4 * it.stage.unit, it.tone("#2f2420"))
    px, py = it.at(x, 0.48, z)
    size = it.stage.focal_px / (z * 0.86)
    it.sketch.ellipse(px, py, size * 0.17, size * 0.055, it.tone("#a8323a"))
    it.sketch.ellipse(px, py - size * 0.02, size * 0.15, size * 0.04, it.tone("#c9504a"))


def _barber_chair(it: Room, x: float, z: float) -> None:
    it.box(around(x, 0.42), (0.0, 0.05), (z + 0.1, z + 0.5), "#9aa5ad")
    it.box(around(x, 0.10), (0.05, 0.30), (z + 0.25, z + 0.32), "#b9c2c8")
    it.box(around(x, 0.56), (0.30, 0.42), (z, z + 0.5), "#b5302f")
    it.box(around(x, 0.52), (0.42, 1.02), (z + 0.46, z + 0.54), "#c9403c")
    it.box(around(x, 0.26), (1.02, 1.20), (z + 0.46, z + 0.54), "#c9403c", 1.1)
    for side in (-1, 1):
        it.box(around(x + side * 0.30, 0.07), (0.54, 0.60), (z, z + 0.5), "#e3e6e8")
        it.box(around(x + side * 0.30, 0.04), (0.40, 0.56), (z + 0.1, z + 0.16), "#9aa5ad")


def _striped_pole(it: Room, x: float) -> None:
    a, b = it.at(x - 0.09, 1.15, WALL_Z - 0.2), it.at(x + 0.09, 2.05, WALL_Z - 0.2)
    wide, tall = b[0] - a[0], a[1] - b[1]
    it.sketch.rect(a[0], b[1], b[0], a[1], it.tone("#fbf8f0", 1.1))
    for index in range(6):
        y = b[1] + tall * index / 6
        tone = it.tone("#c9343a" if index % 2 else "#2f5fa8")
        it.sketch.poly([(a[0], y + tall * 0.09), (b[0], y), (b[0], y + tall * 0.07), (a[0], y + tall * 0.16)], tone)
    for y in (b[1], a[1]):
        it.sketch.ellipse((a[0] + b[0]) / 2, y, wide * 0.75, wide * 0.42, it.tone("#c9ced2"))


def _chequers(it: Room) -> None:
    step = 0.6
    for row in range(9):
        for column in range(-8, 8):
            if (row + column) % 2:
                z = it.deep - row * step
                if z - step > 0.5:
                    it.flat_quad((column * step, (column + 1) * step), (z - step, z), 0.0, it.tone("#3f4a50"))
    it.sketch.stamp()
    it.sketch = it.stage.sketch()
