"""Great rooms: theatre, gallery, church, hall."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand, wall_box
from studio.engines.storyboard.places.room_light import WALL_Z
from studio.engines.storyboard.sheet.canvas import mix, rgb
from studio.engines.storyboard.sheet.stage import Stage


def theatre(stage: Stage) -> None:
    """Red curtains, gilded arch, footlights, a spot on the boards."""
    it, far = (
        Room(stage, "#3d1f2a", "#8a5f3f", panels=False, tall=3.4, half=4.4, ceiling="#2a1820"),
        -stage.hero_side,
    )
    w, h = stage.width, stage.height
    for side in (-1, 1):
        edge = w / 2 + side * w * 0.62
        inner = w / 2 + side * w * 0.33
        for fold in range(9):
            t0, t1 = fold / 9, (fold + 1) / 9
            x0, x1 = edge + (inner - edge) * t0, edge + (inner - edge) * t1
            it.sketch.poly(
                [
                    (x0, -5),
                    (x1, -5),
                    (x1 + side * w * 0.015 * fold / 9, h * 0.80),
                    (x0 + side * w * 0.015 * fold / 9, h * 0.80),
                ],
                it.tone("#a52a33", 0.72 + 0.42 * (fold % 2)),
            )
    for fold in range(16):
        x0, x1 = w * fold / 16, w * (fold + 1) / 16
        sag = h * 0.09 + h * 0.05 * abs(float(np.sin(fold * 0.9)))
        it.sketch.poly(
            [(x0, -5), (x1, -5), (x1, h * 0.11), ((x0 + x1) / 2, h * 0.11 + sag * 0.45), (x0, h * 0.11)],
            it.tone("#a52a33", 0.8 + 0.3 * (fold % 2)),
        )
    it.sketch.rect(-5, h * 0.105, w + 5, h * 0.118, it.tone("#d9b04a", 0.9), 0.0)
    foot = it.at(0, 0, WALL_Z)[1]
    it.sketch.rect(-5, foot - 2, w + 5, foot + 2, it.tone("#5a3a2a"))
    it.light(level=1.15, from_window=False)
    for index in range(13):
        stage.canvas.glow(w * (index + 0.5) / 13, h * 0.985, stage.span * 0.05, rgb("#ffd98a"), 0.7)
    spot = stage.side_x(0.36)
    beam = stage.sketch()
    beam.poly(
        [
            (w / 2 + far * -w * 0.02, -20),
            (w / 2 + far * -w * 0.05, -20),
            (spot - stage.span * 0.22, h * 0.87),
            (spot + stage.span * 0.22, h * 0.87),
        ],
        rgb("#fff0cc"),
    )
    beam.stamp(opacity=0.24, blur_px=6 * stage.unit)
    stage.canvas.glow(spot, h * 0.87, stage.span * 0.34, rgb("#fff0cc"), 0.75, squash=0.26)
    stand(stage, "none")
    stage.key, stage.key_x, stage.backlight = rgb("#ffe6b5"), w / 2, 1.2


def gallery(stage: Stage) -> None:
    """White walls, large canvases, a bench, track lights."""
    it, far = Room(stage, "#e3ddd3", "#b08f6a", panels=False, tall=3.1, ceiling="#efeae2"), -stage.hero_side
    for x, wide, high in ((-2.75, 1.15, 1.0), (-1.0, 1.6, 1.25), (1.05, 1.5, 1.1), (2.8, 1.1, 1.3)):
        it.picture(x, 0.85, wide, high)
        it.lamp(x, 2.55, 1.1)
    it.box(around(far * 1.5, 1.5), (0.16, 0.26), (3.9, 4.4), "#5a4a40")
    it.box(around(far * 1.5, 1.1), (0, 0.16), (4.0, 4.3), "#3f3530")
    it.light(from_window=False, warm="#fff0d8")
    stand(stage, "none")


def church_interior(stage: Stage) -> None:
    """A nave of pointed arches toward a rose of coloured glass, pews, candles."""
    it = Room(stage, "#9f968a", "#8a8078", panels=False, tall=4.6, half=3.3, boards=False, ceiling="#857d74")
    _glass(it, 0.0, 1.0, 1.5, 2.6)
    for x in (-2.1, 2.1):
        _glass(it, x, 0.9, 0.8, 2.0)
    for z in (5.2, 4.1, 3.2, 2.5):
        size = stage.focal_px / z
        for side in (-1, 1):
            foot, top = it.at(side * 2.7, 0, z), it.at(side * 2.7, 2.4, z)
            stone = it.tone("#b5aca0", 0.6 + 0.07 * z)
            it.sketch.rect(foot[0] - size * 0.17, top[1], foot[0] + size * 0.17, foot[1], stone)
            it.sketch.rect(
                foot[0] - size * 0.24,
                top[1] - size * 0.12,
                foot[0] + size * 0.24,
                top[1],
                stone * np.float32(1.1),
            )
            rib = [
                (
                    top[0] + (stage.width / 2 - top[0]) * t,
                    top[1] - size * 1.55 * float(np.sqrt(max(0.0, 1 - (1 - t) ** 2))),
                )
                for t in np.linspace(0, 1, 12)
            ]
            it.sketch.line(rib, size * 0.12, stone * np.float32(0.92))
    for z in (5.0, 4.4, 3.8):
        for side in (-1, 1):
            it.box(around(side * 1.55, 1.5), (0, 0.34), (z, z + 0.06), "#6b4730", 0.9)
            it.box(around(side * 1.55, 1.5), (0.34, 0.38), (z, z + 0.12), "#7a5236")
    for x in (-0.55, 0.55):
        px, py = it.at(x, 0.75)
        it.sketch.rect(px - 2 * stage.unit, py, px + 2 * stage.unit, it.at(x, 0.4)[1], it.tone("#f4efe0"))
        it.lamps.append((px, py - 4 * stage.unit, stage.focal_px / WALL_Z * 0.9))
    it.light(level=0.82)
    stage.canvas.glow(*it.at(0, 2.4), stage.span * 0.5, mix(stage.palette.low, rgb("#ffe3b0"), 0.5), 0.30)
    stand(stage, "wall")


def hall(stage: Stage) -> None:
    """A great hall: columns, banners, tall windows, chequered floor, chandelier."""
    it = Room(stage, "#b09a82", "#a5947f", panels=False, tall=3.9, half=4.2, boards=False)
    for x in (-2.4, 0.0, 2.4):
        it.window(x, 0.9, 0.85, 1.75, panes=2, arch=True)
    is_ballroom = bool({"ballroom", "dance", "ball"} & set(stage.brief.place_key.split()))
    if is_ballroom:
        _ballroom(it)
    for x in () if is_ballroom else (-1.2, 1.2):
        it.wall_rect(*wall_box(x, 1.1, 0.55, 1.7), it.tone("#8f3038"))
        a, b = it.at(x - 0.275, 1.1), it.at(x + 0.275, 1.1)
        it.sketch.poly(
            [a, b, (b[0], b[1] + 16 * stage.unit), ((a[0] + b[0]) / 2, b[1]), (a[0], a[1] + 16 * stage.unit)],
            it.tone("#8f3038"),
        )
        px, py = it.at(x, 2.0)
        it.sketch.ellipse(px, py, 17 * stage.unit, 17 * stage.unit, it.tone("#d9b04a"))
    for z in (4.9, 3.7, 2.8):
        size = stage.focal_px / z
        for side in (-1, 1):
            foot, top = it.at(side * 3.3, 0, z), it.at(side * 3.3, 3.9, z)
            it.sketch.rect(
                foot[0] - size * 0.2,
                top[1],
                foot[0] + size * 0.2,
                foot[1],
                it.tone("#cbbba3", 0.62 + 0.07 * z),
            )
            it.sketch.rect(
                foot[0] - size * 0.28,
                foot[1] - size * 0.18,
                foot[0] + size * 0.28,
                foot[1],
                it.tone("#cbbba3", 0.55 + 0.07 * z),
            )
    if not is_ballroom:
        carpet = [it.at(-0.8, 0), it.at(0.8, 0), it.at(0.8, 0, 0.9), it.at(-0.8, 0, 0.9)]
        it.sketch.poly(carpet, it.tone("#8f3038"))
    for x, z in ((-2.3, 4.6), (2.3, 4.6), (0.0, 3.6)) if is_ballroom else ((0.0, 4.4),):
        _chandelier(it, x, z)
    it.light()
    stand(stage, "none" if is_ballroom else "wall")
    stage.reflects = 0.32 if is_ballroom else 0.0


def _ballroom(it: Room) -> None:
    """Gilded panels, tall drapes, a floor of polished squares set on edge."""
    it.flat_quad((-it.half, it.half), (0.7, it.deep), 0.0, it.tone("#c98a4f"))
    for row in range(-9, 10):
        for column in range(10):
            x, z = row * 0.9, it.deep - column * 0.55
            if z > 1.2 and (row + column) % 2:
                tile = [
                    it.at(x, 0, z),
                    it.at(x + 0.45, 0, z - 0.275),
                    it.at(x, 0, z - 0.55),
                    it.at(x - 0.45, 0, z - 0.275),
                ]
                it.sketch.poly(tile, it.tone("#e0aa6a"))
    for x in (-1.2, 1.2):
        it.wall_rect(*wall_box(x, 0.75, 0.75, 2.2), it.tone("#d9b04a"))
        it.wall_rect(*wall_box(x, 0.80, 0.65, 2.1), it.tone("#a9c3c9", 1.05))
        it.lamp(x, 1.9, 0.9)
    for x in (-2.4, 0.0, 2.4):
        for side in (-1, 1):
            it.wall_rect(*wall_box(x + side * 0.52, 0.55, 0.24, 2.3), it.tone("#8f2f4a"))
    it.wall_rect(-it.half, 3.45, it.half, 3.58, it.tone("#d9b04a"))


def _chandelier(it: Room, x: float, z: float) -> None:
    (cx, cy), size, unit = it.at(x, 2.9, z), it.stage.focal_px / z, it.stage.unit
    it.sketch.line([it.at(x, 3.9, z), (cx, cy)], 2 * unit, it.tone("#3a302a"))
    it.sketch.ellipse(cx, cy, size * 0.6, size * 0.08, it.tone("#c29a4a"))
    for dx in np.linspace(-0.55, 0.55, 7):
        px = cx + float(dx) * size
        it.sketch.rect(px - 2, cy - size * 0.16, px + 2, cy, it.tone("#fff3d0", 1.3))
        it.lamps.append((px, cy - size * 0.18, size * 0.9))


def _glass(it: Room, x: float, y: float, wide: float, high: float) -> None:
    """A pointed window of coloured glass."""
    rng = it.stage.place_rng
    bright = 1.15 - 0.45 * it.stage.palette.darkness
    (x0, y1), (x1, y0) = it.at(x - wide / 2, y), it.at(x + wide / 2, y + high)
    middle, tall = (x0 + x1) / 2, y1 - y0

    def outline(grow: float) -> list[tuple[float, float]]:
        half = (x1 - x0) / 2 + grow
        curve = [
            (
                middle - half * (1 - t),
                y0 + tall * 0.25 - (tall * 0.25 + grow) * float(np.sin(t * np.pi / 2)) ** 0.8,
            )
            for t in np.linspace(0, 1, 9)
        ]
        return [
            (middle - half, y1 + grow),
            *curve,
            *[(2 * middle - px, py) for px, py in curve[::-1]],
            (middle + half, y1 + grow),
        ]

    it.sketch.poly(outline(6 * it.stage.unit), it.tone("#5a544c"))
    it.sketch.poly(outline(0), it.tone("#3f5f9a", bright))
    tints = ("#c2403a", "#3f6fb5", "#e0b040", "#3f8f6a", "#8a4f9a", "#e8d9a0")
    rows = max(4, round(high * 4))
    for row in range(rows):
        ya, yb = y1 - tall * 0.78 * row / rows, y1 - tall * 0.78 * (row + 1) / rows
        for column in range(4):
            xa, xb = x0 + (x1 - x0) * column / 4, x0 + (x1 - x0) * (column + 1) / 4
            it.sketch.rect(xa + 1, yb + 1, xb - 1, ya - 1, it.tone(tints[int(rng.integers(0, 6))], bright))
    r = (x1 - x0) * 0.24
    for a in np.linspace(0, 2 * np.pi, 8, endpoint=False):
        it.sketch.ellipse(
            middle + float(np.cos(a)) * r * 0.8,
            y0 + tall * 0.17 + float(np.sin(a)) * r * 0.8,
            r * 0.3,
            r * 0.3,
            it.tone(tints[int(a * 2) % 6], bright),
        )
    it.sketch.ellipse(middle, y0 + tall * 0.17, r * 0.36, r * 0.36, it.tone("#e8c860", bright))
    it.stage.windows.append((x0, y0, x1, y1))


def museum(stage: Stage) -> None:
    """A marble hall with the bones of a great lizard on its dais, vases in cases, a rope before them."""
    it, far = (
        Room(stage, "#7f8f8c", "#a99f92", panels=False, tall=3.6, half=4.4, boards=False, ceiling="#e6dfcf"),
        -stage.hero_side,
    )
    for x in (-3.1, -1.05, 1.05, 3.1):
        it.wall_rect(*wall_box(x, 0.0, 0.42, 3.4), it.tone("#e3dac6"))
        it.wall_rect(*wall_box(x, 3.2, 0.62, 0.25), it.tone("#f0e8d6"))
        it.wall_rect(*wall_box(x, 0.0, 0.62, 0.18), it.tone("#b5aa96"))
    it.window(-far * 2.08, 1.3, 1.0, 1.2, panes=2, arch=True)
    for x, tint in ((-far * 3.0, "#4f7f9a"), (-far * 2.0, "#b5603f")):
        _case(it, x, tint)
    _dinosaur(it, far * 1.25, far)
    for dx in np.linspace(-1.9, 1.9, 5):
        a, b = it.at(far * 1.25 + float(dx), 0, 3.9), it.at(far * 1.25 + float(dx), 0.42, 3.9)
        it.sketch.line([a, b], 5 * stage.unit, it.tone("#c9a04a"))
    for dx in np.linspace(-1.9, 0.95, 4):
        rope = [
            it.at(far * 1.25 + float(dx) + 0.95 * t, 0.40 - 0.14 * float(np.sin(t * np.pi)), 3.9)
            for t in np.linspace(0, 1, 9)
        ]
        it.sketch.line(rope, 5 * stage.unit, it.tone("#8f2f3a"))
    it.lamp(far * 1.2, 3.2, 1.8)
    it.light(warm="#fff0d8", level=0.84)
    stand(stage, "none")
    stage.reflects = 0.10


def _case(it: Room, x: float, tint: str) -> None:
    """A vase under glass on its plinth."""
    it.box(around(x, 0.62), (0, 0.5), (4.7, 5.2), "#e6ddc9")
    px, py = it.at(x, 0.5, 4.9)
    size = it.stage.focal_px / 4.2
    shape = ((0.10, 0.0), (0.20, 0.16), (0.22, 0.28), (0.09, 0.42), (0.08, 0.46), (0.13, 0.5))
    right = [(px + size * w, py - size * y) for w, y in shape]
    left = [(px - size * w, py - size * y) for w, y in shape]
    it.sketch.poly([*left, *right[::-1]], it.tone(tint))
    it.sketch.rect(px - size * 0.2, py - size * 0.24, px + size * 0.2, py - size * 0.20, it.tone("#f0e2b8"))
    glass = [(px - size * 0.30, py), (px - size * 0.30, py - size * 0.66), (px + size * 0.30, py - size * 0.66)]
    it.sketch.line([*glass, (px + size * 0.30, py)], 2.0 * it.stage.unit, it.tone("#eaf6fa", 1.1))


def _dinosaur(it: Room, x: float, far: int) -> None:
    """The skeleton of a long-necked lizard in side view, its head toward the middle of the room."""
    it.box(around(x, 3.9), (0, 0.22), (4.5, 5.3), "#6f655a")
    size = it.stage.focal_px / (4.8 * 0.86)
    cx, foot = it.at(x, 0.22, 4.8)
    bone = it.tone("#f4ecd8", 1.12)

    def at(dx: float, y: float) -> tuple[float, float]:
        return cx - far * dx * size, foot - y * size

    spine = [(-1.85, 0.42), (-1.45, 0.62), (-1.0, 0.92), (-0.5, 1.16), (0.0, 1.22), (0.45, 1.18), (0.85, 1.42), (1.12, 1.86), (1.35, 2.16), (1.62, 2.22)]  # fmt: skip
    it.sketch.line([at(*p) for p in spine], size * 0.075, bone)
    it.sketch.ellipse(*at(1.74, 2.20), size * 0.19, size * 0.10, bone)
    it.sketch.ellipse(*at(1.70, 2.23), size * 0.035, size * 0.035, it.tone("#4a4036"))
    for dx in np.linspace(-0.55, 0.5, 9):
        drop = 0.62 - 0.5 * abs(float(dx))
        ribs = [at(float(dx), 1.18), at(float(dx) - 0.13, 1.18 - drop * 0.6), at(float(dx) - 0.02, 1.18 - drop)]
        it.sketch.line(ribs, size * 0.035, bone)
    for dx, lean in ((-0.62, -0.12), (-0.42, 0.14), (0.42, -0.10), (0.60, 0.12)):
        legs = [at(dx, 1.12), at(dx + lean, 0.58), at(dx + lean * 0.3, 0.06), at(dx + lean * 0.3 + 0.16, 0.02)]
        it.sketch.line(legs, size * 0.075, bone)
