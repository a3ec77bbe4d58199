"""Inside a tower: stone walls with winding stairs, a belfry with its bell, the lamp room of a lighthouse."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.heights import tower_room, winding_stair
from studio.engines.storyboard.places.inside import around, stand
from studio.engines.storyboard.places.room_light import WALL_Z
from studio.engines.storyboard.sheet.stage import Stage


def tower(stage: Stage) -> None:
    """A stone room; what hangs or turns in it follows from the name of the place."""
    words = set(stage.brief.place_key.split())
    is_lamp_room = bool(words & {"lamp", "lantern"})
    if not is_lamp_room and not words & {"belfry", "bell", "clock"}:
        return tower_room(stage) if words & {"room", "chamber", "turret"} else winding_stair(stage)
    it = Room(stage, "#a09788", "#8d8274", panels=False, tall=3.4, half=3.6, boards=is_lamp_room, ceiling="#6f665c")
    far = -stage.hero_side
    _courses(it)
    if is_lamp_room:
        _panes(it)
        _great_lamp(it, far * 1.2)
    else:
        it.window(-far * 1.7, 0.9, 1.0, 1.3, panes=1, arch=True)
        it.window(far * 2.3, 0.9, 1.0, 1.3, panes=1, arch=True)
        _beams(it)
        _gears(it, -far * 0.1)
        _bell(it, far * 1.0)
        it.hanging_lamp(-far * 0.9, 4.6, 1.0, "#5a4a38")
    it.light(level=0.92)
    stand(stage, "none")


def _courses(it: Room) -> None:
    """Rows of stone on the back wall."""
    rng, unit = it.stage.place_rng, it.stage.unit
    for row in range(11):
        y = 0.3 * row + 0.15
        it.sketch.line([it.at(-it.half, y), it.at(it.half, y)], 1.4 * unit, it.tone("#7f766a"))
        for column in range(-6, 7):
            x = column * 0.62 + 0.31 * (row % 2) + float(rng.uniform(-0.06, 0.06))
            if abs(x) < it.half:
                it.sketch.line([it.at(x, y), it.at(x, y + 0.3)], 1.2 * unit, it.tone("#7f766a"))


def _beams(it: Room) -> None:
    for z in (5.2, 4.2):
        it.box((-it.half, it.half), (2.75, 2.98), (z, z + 0.22), "#5a4230", 0.9)
    for x in (-2.9, 2.9):
        it.box(around(x, 0.26), (0.0, 2.9), (5.0, 5.3), "#5a4230", 0.8)


def _bell(it: Room, x: float) -> None:
    """A bronze bell under the beam."""
    size = it.stage.focal_px / 4.4
    cx, top = it.at(x, 2.75, 4.4)
    half, tall = 0.62 * size, 1.1 * size
    shape = [(0.16, 0.0), (0.34, 0.08), (0.44, 0.35), (0.56, 0.72), (0.86, 0.94), (1.0, 1.0)]
    right = [(cx + half * w, top + tall * h) for w, h in shape]
    left = [(cx - half * w, top + tall * h) for w, h in shape]
    it.sketch.rect(cx - half * 0.12, top - size * 0.12, cx + half * 0.12, top + 2, it.tone("#3f342a"))
    it.sketch.ellipse(cx, top + tall * 1.03, half * 0.16, half * 0.16, it.tone("#4f3f2c"))
    it.sketch.poly([*left, *right[::-1]], it.tone("#b0803a"))
    it.sketch.poly(
        [(cx - half * w * 0.72, top + tall * h) for w, h in shape]
        + [(cx - half * w * 0.36, top + tall * h) for w, h in shape[::-1]],
        it.tone("#d9b068", 1.1),
    )
    it.sketch.rect(cx - half * 0.9, top + tall * 0.9, cx + half * 0.9, top + tall * 0.94, it.tone("#7a5626"))


def _gears(it: Room, x: float) -> None:
    """The clockwork on its frame: toothed wheels of brass."""
    size = it.stage.focal_px / (WALL_Z - 0.4)
    it.box(around(x, 1.7), (0.0, 0.5), (WALL_Z - 0.7, WALL_Z - 0.2), "#5a4230")
    for dx, y, r, tint in ((-0.45, 0.95, 0.42, "#b08a4a"), (0.22, 1.28, 0.34, "#94703b"), (0.5, 0.78, 0.24, "#c29a5a")):
        cx, cy = it.at(x + dx, y, WALL_Z - 0.4)
        teeth = 14
        ring = []
        for tooth in range(teeth * 4):
            a = 2 * np.pi * tooth / (teeth * 4)
            reach = size * r * (1.0 if tooth % 4 < 2 else 0.84)
            ring.append((cx + float(np.cos(a)) * reach, cy + float(np.sin(a)) * reach))
        it.sketch.poly(ring, it.tone(tint))
        it.sketch.ellipse(cx, cy, size * r * 0.55, size * r * 0.55, it.tone("#4a3a28", 0.9))
        for a in np.linspace(0, np.pi, 3, endpoint=False):
            ox, oy = float(np.cos(a)) * size * r * 0.6, float(np.sin(a)) * size * r * 0.6
            it.sketch.line([(cx - ox, cy - oy), (cx + ox, cy + oy)], size * 0.05, it.tone(tint, 1.05))
        it.sketch.ellipse(cx, cy, size * r * 0.16, size * r * 0.16, it.tone("#d9b974"))


def _panes(it: Room) -> None:
    """Glass all round, with the sky in it."""
    for x in (-2.7, -0.9, 0.9, 2.7):
        it.window(x, 0.75, 1.6, 1.75, panes=2)


def _great_lamp(it: Room, x: float) -> None:
    """The light of the lighthouse: a lens of glass rings on an iron foot."""
    z = 4.5
    size = it.stage.focal_px / z
    it.box(around(x, 0.8), (0.0, 0.55), (z, z + 0.5), "#4a5058")
    it.box(around(x, 1.0), (0.55, 0.66), (z - 0.05, z + 0.55), "#6a7078")
    cx, cy = it.at(x, 1.35, z)
    for ring in range(7):
        t = (ring - 3) / 3.6
        half = size * 0.52 * float(np.sqrt(1 - t * t))
        y = cy - t * size * 0.66
        it.sketch.rect(
            cx - half, y - size * 0.085, cx + half, y + size * 0.085, it.tone("#ffe9b0", 1.2 - 0.06 * (ring % 2))
        )
        it.sketch.rect(cx - half, y + size * 0.075, cx + half, y + size * 0.095, it.tone("#b08a4a"))
    for dx in (-0.54, 0.54):
        it.sketch.rect(
            cx + size * dx - 2.5 * it.stage.unit,
            cy - size * 0.72,
            cx + size * dx + 2.5 * it.stage.unit,
            cy + size * 0.72,
            it.tone("#6a5a3a"),
        )
    it.sketch.ellipse(cx, cy, size * 0.16, size * 0.2, it.tone("#fffbe6", 1.4))
    it.lamps.append((cx, cy, size * 1.9))
