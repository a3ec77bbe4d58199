"""Rooms in one-point perspective and the things that stand in them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from studio.engines.storyboard.places.room_light import WALL_Z, light_room
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_CLOSER = 0.86
"""Rooms are drawn a little nearer than their plan says: small rooms read better."""


@dataclass(slots=True)
class Room:
    """A box of ``half`` x ``tall`` people, its back wall ``WALL_Z`` ahead; methods draw, then light it."""

    stage: Stage
    wall: str
    floor: str
    half: float = 4.1
    tall: float = 2.75
    ceiling: str = "#d9cfbf"
    boards: bool = True
    panels: bool = True
    deep: float = WALL_Z
    """How far ahead the back wall is."""
    lamps: list[tuple[float, float, float]] = field(default_factory=list)
    """x, y, radius in pixels."""
    sketch: Sketch = field(init=False)

    def __post_init__(self) -> None:
        self._shell()
        self.sketch = self.stage.sketch()
        if self.stage.brief.style == "ink":
            self.sketch.pen = (rgb("#0d0d12"), 1.5 * self.stage.unit)

    def tone(self, local: str, light: float = 1.0) -> Array:
        """``local`` colour in this room's light, never outside the hour's palette."""
        palette = self.stage.palette
        lit = np.clip(
            rgb(local)
            * mix(palette.ambient, np.array([1.0, 0.93, 0.84], np.float32), 0.35 + 0.25 * palette.darkness)
            * np.float32(light),
            0,
            1,
        )
        return mix(lit, palette.far, 0.10)

    def at(self, x: float, y: float, z: float | None = None) -> tuple[float, float]:
        """Pixel of a point of the room; without ``z`` on its back wall."""
        return self.stage.at(x, y, (self.deep if z is None else z) * _CLOSER)

    def side_quad(self, side: int, z: tuple[float, float], y: tuple[float, float], colour: Array) -> None:
        """A rectangle on the left (-1) or right (1) wall."""
        x = side * self.half
        self.sketch.poly(
            [self.at(x, y[0], z[0]), self.at(x, y[1], z[0]), self.at(x, y[1], z[1]), self.at(x, y[0], z[1])], colour
        )

    def flat_quad(self, x: tuple[float, float], z: tuple[float, float], y: float, colour: Array) -> None:
        """A rectangle lying at height ``y``: a carpet, a light in the ceiling."""
        self.sketch.poly(
            [self.at(x[0], y, z[0]), self.at(x[1], y, z[0]), self.at(x[1], y, z[1]), self.at(x[0], y, z[1])], colour
        )

    def wall_rect(self, x0: float, y0: float, x1: float, y1: float, colour: Array) -> None:
        """A rectangle on the back wall, in people."""
        (ax, ay), (bx, by) = self.at(x0, y0), self.at(x1, y1)
        self.sketch.rect(ax, by, bx, ay, colour)

    def box(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: tuple[float, float],
        local: str,
        light: float = 1.0,
    ) -> None:
        """A block: top, the side that is seen, front."""
        front, top, side = (
            self.tone(local, light),
            self.tone(local, light * 1.22),
            self.tone(local, light * 0.66),
        )
        (x0, x1), (y0, y1), (z0, z1) = x, y, z
        at, sketch = self.at, self.sketch
        if y1 < self.stage.eye_height:
            sketch.poly([at(x0, y1, z0), at(x1, y1, z0), at(x1, y1, z1), at(x0, y1, z1)], top)
        if x0 > 0:
            sketch.poly([at(x0, y0, z0), at(x0, y0, z1), at(x0, y1, z1), at(x0, y1, z0)], side)
        if x1 < 0:
            sketch.poly([at(x1, y0, z0), at(x1, y0, z1), at(x1, y1, z1), at(x1, y1, z0)], side)
        sketch.poly([at(x0, y0, z0), at(x1, y0, z0), at(x1, y1, z0), at(x0, y1, z0)], front)

    def table(self, x: float, z: float, wide: float, deep: float, high: float, local: str) -> None:
        for dx in (-1, 1):
            for dz in (1, 0):
                px, pz = x + dx * wide * 0.45, z + dz * deep * 0.9
                self.box((px - 0.03, px + 0.03), (0, high), (pz, pz + 0.05), local, 0.7)
        self.box((x - wide / 2, x + wide / 2), (high - 0.05, high), (z, z + deep), local)

    def chair(self, x: float, z: float, local: str, *, back: bool = True) -> None:
        for dx in (-0.13, 0.13):
            self.box((x + dx - 0.02, x + dx + 0.02), (0, 0.28), (z, z + 0.03), local, 0.75)
        self.box((x - 0.16, x + 0.16), (0.26, 0.30), (z, z + 0.3), local)
        if back:
            self.box((x - 0.15, x + 0.15), (0.30, 0.62), (z + 0.28, z + 0.31), local, 0.85)

    def shelves(
        self, x0: float, x1: float, high: float, *, rows: int = 5, books: bool = True, z: float = WALL_Z - 0.3
    ) -> None:
        """A case full of books, or of jars and boxes."""
        rng = self.stage.place_rng
        self.box((x0, x1), (0, high), (z, WALL_Z), "#6b4730", 0.8)
        inner = self.tone("#3d2a20", 0.8)
        tints = ("#8f3b32", "#3f5f6f", "#b5893f", "#4f6b45", "#6f4a6b", "#c2b08a", "#2f4258", "#9a5a3a")
        for row in range(rows):
            y0, y1 = high * (row + 0.10) / rows, high * (row + 0.92) / rows
            a, b = self.at(x0 + 0.05, y0, z), self.at(x1 - 0.05, y1, z)
            self.sketch.rect(a[0], b[1], b[0], a[1], inner)
            x = x0 + 0.07
            while x < x1 - 0.14:
                wide = float(rng.uniform(0.04, 0.085)) if books else float(rng.uniform(0.10, 0.2))
                top = y0 + (y1 - y0) * float(rng.uniform(0.66, 0.94))
                tone = self.tone(tints[int(rng.integers(0, 8))], float(rng.uniform(0.8, 1.15)))
                if not books:
                    self._jar(x, y0, wide, (y1 - y0) * float(rng.uniform(0.4, 0.85)), z, tone)
                elif rng.random() < 0.9:
                    p, q = self.at(x, y0, z), self.at(x + wide * 0.92, top, z)
                    self.sketch.rect(p[0], q[1], q[0], p[1], tone)
                    if wide > 0.06:
                        self.sketch.rect(
                            p[0],
                            q[1] + (p[1] - q[1]) * 0.2,
                            q[0],
                            q[1] + (p[1] - q[1]) * 0.27,
                            mix(tone, self.tone("#e0c27a"), 0.6),
                        )
                x += wide

    def _jar(self, x: float, y: float, wide: float, high: float, z: float, tone: Array) -> None:
        """A jar, a box or a plate on a shelf."""
        kind = int(self.stage.place_rng.integers(0, 3))
        p, q = self.at(x, y, z), self.at(x + wide * 0.8, y + high, z)
        middle, half = (p[0] + q[0]) / 2, (q[0] - p[0]) / 2
        if kind == 0:
            self.sketch.rect(p[0], q[1] + (p[1] - q[1]) * 0.25, q[0], p[1], tone)
        elif kind == 1:
            tall = p[1] - q[1]
            self.sketch.poly(
                [
                    (p[0], p[1]),
                    (p[0], p[1] - tall * 0.6),
                    (middle - half * 0.5, p[1] - tall * 0.8),
                    (middle - half * 0.5, q[1]),
                    (middle + half * 0.5, q[1]),
                    (middle + half * 0.5, p[1] - tall * 0.8),
                    (q[0], p[1] - tall * 0.6),
                    (q[0], p[1]),
                ],
                tone,
            )
        else:
            self.sketch.ellipse(middle, p[1] - half, half, half, tone)
            self.sketch.ellipse(middle, p[1] - half, half * 0.55, half * 0.55, tone * np.float32(0.86))

    def picture(self, x: float, y: float, wide: float, high: float) -> None:
        """A framed landscape of no place in particular."""
        rng = self.stage.place_rng
        self.wall_rect(x - wide / 2, y, x + wide / 2, y + high, self.tone("#8a6a3f"))
        sky, land = (
            self.tone(("#9fc0cf", "#e0b98a", "#c7b5cf")[int(rng.integers(0, 3))]),
            self.tone(("#6d8a5a", "#4f6f83", "#a5704f")[int(rng.integers(0, 3))]),
        )
        m = 0.05
        self.wall_rect(x - wide / 2 + m, y + m, x + wide / 2 - m, y + high - m, sky)
        a, b = self.at(x - wide / 2 + m, y + m), self.at(x + wide / 2 - m, y + high - m)
        steps = [
            (a[0] + (b[0] - a[0]) * t, a[1] - (a[1] - b[1]) * (0.3 + 0.22 * float(np.sin(t * 7 + wide * 9))))
            for t in np.linspace(0, 1, 12)
        ]
        self.sketch.poly([(a[0], a[1]), *steps, (b[0], a[1])], land)

    def window(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        panes: int = 2,
        curtain: str = "",
        arch: bool = False,
    ) -> None:
        """A window in the back wall with the hour's sky in it; weather shows there."""
        stage, palette = self.stage, self.stage.palette
        (x0, y1), (x1, y0) = self.at(x - wide / 2, y), self.at(x + wide / 2, y + high)
        frame = self.tone("#efe6d6", 0.9)
        edge = 0.05 * stage.focal_px / WALL_Z
        head = (
            [
                (x0 + (x1 - x0) * (0.5 - 0.5 * float(np.cos(a))), y0 - (x1 - x0) * 0.5 * float(np.sin(a)))
                for a in np.linspace(0, np.pi, 13)
            ]
            if arch
            else [(x0, y0), (x1, y0)]
        )
        outer = [(px + (-edge if px < (x0 + x1) / 2 else edge), py - edge) for px, py in head]
        self.sketch.poly([(x0 - edge, y1 + edge), *outer, (x1 + edge, y1 + edge)], frame)
        self._sky(x0, x1, y0, y1)
        if arch:
            self.sketch.poly([(px, py) for px, py in head], mix(palette.top, palette.mid, 0.1))
        hill = [
            (x0 + (x1 - x0) * t, y1 - (y1 - y0) * (0.16 + 0.07 * float(np.sin(t * 5 + x * 3))))
            for t in np.linspace(0, 1, 9)
        ]
        land = palette.shade("#e4ebf4" if stage.has("snow") else "#6f9468", 0.5, 0.7)
        self.sketch.poly([(x0, y1), *hill, (x1, y1)], mix(land, palette.low, 0.25))
        for pane in range(1, panes):
            px = x0 + (x1 - x0) * pane / panes
            self.sketch.rect(px - edge * 0.3, y0 - (x1 - x0) * 0.4 * arch, px + edge * 0.3, y1, frame)
        self.sketch.rect(x0, y0 + (y1 - y0) * 0.45, x1, y0 + (y1 - y0) * 0.45 + edge * 0.5, frame)
        self.sketch.rect(x0 - edge * 1.8, y1, x1 + edge * 1.8, y1 + edge * 1.2, frame * np.float32(0.86))
        if curtain:
            self._curtains(x0, x1, y0, y1, curtain)
        stage.windows.append((x0, y0, x1, y1))

    def _sky(self, x0: float, x1: float, y0: float, y1: float) -> None:
        """The hour's sky between these pixels; no line parts its bands."""
        palette, bands = self.stage.palette, max(14, round((y1 - y0) / 3))
        pen, self.sketch.pen = self.sketch.pen, None
        grey = 0.5 if self.stage.has("rain", "storm", "fog", "snow") else 0.0
        for band in range(bands):
            t = band / (bands - 1)
            colour = mix(mix(palette.top, palette.mid, min(1.0, t * 1.6)), palette.low, max(0.0, t * 1.5 - 0.5))
            colour = mix(colour, mix(palette.low, palette.far, 0.4), grey)
            ya, yb = y0 + (y1 - y0) * band / bands, y0 + (y1 - y0) * (band + 1) / bands
            self.sketch.rect(x0, ya - 0.5, x1, yb + 0.5, colour)
        self.sketch.pen = pen

    def lamp(self, x: float, y: float, radius: float = 2.3) -> None:
        """Something at ``x, y`` (back wall people) shines as far as ``radius``."""
        px, py = self.at(x, y)
        self.lamps.append((px, py, radius * self.stage.focal_px / WALL_Z))

    def hanging_lamp(self, x: float, z: float = 4.4, drop: float = 0.75, shade: str = "#3f6f5f") -> None:
        top, foot = self.at(x, self.tall, z), self.at(x, self.tall - drop, z)
        size = self.stage.focal_px / z
        self.sketch.line([top, foot], max(1.0, size * 0.012), self.tone("#2a2624"))
        self.sketch.poly(
            [
                (foot[0] - size * 0.05, foot[1] - size * 0.12),
                (foot[0] + size * 0.05, foot[1] - size * 0.12),
                (foot[0] + size * 0.2, foot[1] + size * 0.04),
                (foot[0] - size * 0.2, foot[1] + size * 0.04),
            ],
            self.tone(shade),
        )
        self.sketch.ellipse(foot[0], foot[1] + size * 0.045, size * 0.15, size * 0.03, rgb("#ffe9b5"))
        self.lamps.append((foot[0], foot[1] + size * 0.05, size * 2.0))

    def floor_lamp(self, x: float, z: float = WALL_Z - 0.5) -> None:
        size = self.stage.focal_px / z
        foot, head = self.at(x, 0, z), self.at(x, 0.98, z)
        self.sketch.line([foot, head], max(1.2, size * 0.025), self.tone("#3a302a"))
        self.sketch.ellipse(foot[0], foot[1], size * 0.12, size * 0.03, self.tone("#3a302a"))
        glow = mix(self.tone("#e8cf9a"), rgb("#ffe3a0"), 0.4 + 0.5 * self.stage.palette.darkness)
        self.sketch.poly(
            [
                (head[0] - size * 0.11, head[1] - size * 0.24),
                (head[0] + size * 0.11, head[1] - size * 0.24),
                (head[0] + size * 0.2, head[1]),
                (head[0] - size * 0.2, head[1]),
            ],
            glow,
        )
        self.lamps.append((head[0], head[1], size * 2.2))

    def rug(self, x: float, z0: float, z1: float, half: float, local: str) -> None:
        for shrink, tone in ((1.0, 0.8), (0.9, 1.05), (0.82, 0.85), (0.5, 1.0)):
            points = []
            for a in np.linspace(0, 2 * np.pi, 40, endpoint=False):
                points.append(
                    self.at(
                        x + half * shrink * float(np.cos(a)),
                        0,
                        (z0 + z1) / 2 + (z1 - z0) / 2 * shrink * float(np.sin(a)),
                    )
                )
            self.sketch.poly(points, self.tone(local, tone))

    def light(self, *, from_window: bool = True, level: float = 1.0, warm: str = "#ffc070") -> None:
        """Lay the drawn things down and light them."""
        self.sketch.stamp()
        light_room(self.stage, self.lamps, from_window=from_window, level=level, warm=warm)

    def _curtains(self, x0: float, x1: float, y0: float, y1: float, local: str) -> None:
        wide = (x1 - x0) * 0.26
        for side, edge in ((-1, x0), (1, x1)):
            outer, inner = edge + side * wide * 0.7, edge - side * wide * 0.35
            self.sketch.poly(
                [
                    (outer, y0 - wide * 0.3),
                    (inner, y0 - wide * 0.3),
                    (edge - side * wide * 0.05, y1 - wide * 0.4),
                    (edge - side * wide * 0.1, y1 + wide * 1.0),
                    (outer, y1 + wide * 1.0),
                ],
                self.tone(local),
            )
            for t in (0.25, 0.55, 0.8):
                x = outer + (inner - outer) * t
                self.sketch.line(
                    [(x, y0 - wide * 0.3), (outer + (edge - outer) * t, y1 + wide)],
                    max(1, wide * 0.07),
                    self.tone(local, 0.78),
                )

    def _panelling(self, sketch: Sketch) -> None:
        """Striped paper above, wainscot below."""
        at, half = self.at, self.half
        for index in range(-16, 16):
            x = index * 0.28
            if x > -half and x + 0.14 < half:
                a, b = at(x, 0.72), at(x + 0.14, self.tall - 0.07)
                sketch.rect(a[0], b[1], b[0], a[1], self.tone(self.wall, 1.045))
        a, b = at(-half, 0.11), at(half, 0.70)
        sketch.rect(a[0], b[1], b[0], a[1], self.tone(self.wall, 0.80))
        a, b = at(-half, 0.68), at(half, 0.74)
        sketch.rect(a[0], b[1], b[0], a[1], self.tone(self.wall, 1.12))
        for index in range(-6, 7):
            x = index * 0.7
            if abs(x) + 0.6 < half:
                a, b = at(x + 0.05, 0.18), at(x + 0.62, 0.60)
                sketch.rect(a[0], b[1], b[0], a[1], self.tone(self.wall, 0.86))
                sketch.rect(a[0], a[1] - 2 * self.stage.unit, b[0], a[1], self.tone(self.wall, 0.96))

    def _shell(self) -> None:
        stage, at = self.stage, self.at
        stage.is_indoors = True
        far, near = self.deep, 0.6
        half, tall = self.half, self.tall
        stage.canvas.rgb[:] = self.tone(self.wall)
        sketch = stage.sketch()
        for side in (-1, 1):
            sketch.poly(
                [
                    at(side * half, 0, far),
                    at(side * half, tall, far),
                    at(side * half, tall, near),
                    at(side * half, 0, near),
                ],
                self.tone(self.wall, 0.80 if side == stage.hero_side else 0.88),
            )
        sketch.poly(
            [at(-half, tall, far), at(half, tall, far), at(half, tall, near), at(-half, tall, near)],
            self.tone(self.ceiling, 0.86),
        )
        sketch.poly(
            [at(-half, 0, far), at(half, 0, far), at(half, 0, near), at(-half, 0, near)],
            self.tone(self.floor),
        )
        if self.boards:
            for index in range(-14, 15):
                x = index * 0.32
                if abs(x) >= half:
                    continue
                sketch.line([at(x, 0, far), at(x, 0, near)], max(0.8, 1.3 * stage.unit), self.tone(self.floor, 0.84))
        else:
            z = far
            while z > 0.9:
                sketch.line([at(-half, 0, z), at(half, 0, z)], max(0.7, 1.1 * stage.unit), self.tone(self.floor, 0.85))
                z *= 0.92
            for index in range(-10, 11):
                if abs(index * 0.45) >= half:
                    continue
                sketch.line(
                    [at(index * 0.45, 0, far), at(index * 0.45, 0, near)],
                    max(0.7, 1.1 * stage.unit),
                    self.tone(self.floor, 0.85),
                )
        for y, thick, light in ((0.0, 0.11, 1.15), (tall - 0.07, 0.07, 1.1)):
            a, b = at(-half, y, far), at(half, y + thick, far)
            sketch.rect(a[0], b[1], b[0], a[1], self.tone(self.wall, light))
        if self.panels:
            self._panelling(sketch)
        sketch.stamp()
        floor_y = at(0, 0, far)[1]
        shade = np.exp(-np.abs(stage.canvas.rows - floor_y) / np.float32(stage.span * 0.03)) * np.float32(0.28)
        stage.canvas.darken(np.broadcast_to(shade, (stage.height, 1)).astype(np.float32))
        grain = stage.tile_box(stage.tiles.fine, (0, 0, stage.width, stage.height), 1.6 * stage.unit, 15, 1.0)
        stage.canvas.rgb *= (np.float32(0.94) + np.float32(0.12) * grain)[..., None]
