"""Stairs in a house, and ways under the ground."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.furniture import Room
from studio.engines.storyboard.places.inside import around, stand
from studio.engines.storyboard.places.room_light import light_room
from studio.engines.storyboard.sheet.canvas import Array, Sketch, mix, rgb
from studio.engines.storyboard.sheet.stage import Stage

_STEPS, _RISE, _TREAD = 11, 0.15, 0.30


def staircase(stage: Stage) -> None:
    """A broad flight with carpet and banisters up to a landing with a tall window."""
    far = -stage.hero_side
    middle, half = far * 0.75, 1.25
    tall = 3.6
    it = Room(stage, "#b9a58c", "#8a6243", half=4.0, tall=tall, deep=7.6, ceiling="#d9cdb9")
    it.picture(-far * 2.5, 1.0, 0.9, 1.1)
    it.picture(-far * 1.25, 1.25, 0.7, 0.9)
    landing = _STEPS * _RISE
    it.box((middle - half - 0.2, middle + half + 0.2), (0, landing), (7.2, 7.6), "#9a7452", 0.75)
    it.window(middle, landing + 0.25, 1.3, 1.25, panes=3, arch=True)
    start = 3.75
    for step in range(_STEPS - 1, -1, -1):
        z, y = start + _TREAD * step, _RISE * (step + 1)
        it.box((middle - half, middle + half), (0, y), (z, z + _TREAD + 0.25), "#a87a52", 0.80 + 0.012 * step)
        it.box((middle - 0.72, middle + 0.72), (y - _RISE, y), (z - 0.01, z + _TREAD), "#a5333c", 0.86 + 0.02 * step)
        a, b = it.at(middle - half, y, z), it.at(middle + half, y, z)
        it.sketch.line([a, b], 2.2 * stage.unit, it.tone("#e0b888"))
    for side in (-1, 1):
        _banister(it, middle + side * (half + 0.06), start)
    it.hanging_lamp(-far * 0.9, 5.0, 1.0, "#c29a4a")
    it.light(level=0.96)
    stand(stage, "none")
    stage.foot_limits = (0.84, 0.95)


def _banister(it: Room, x: float, start: float) -> None:
    white, wood, unit = it.tone("#f0e6d4"), it.tone("#5f3b26"), it.stage.unit
    for step in range(_STEPS - 1, -1, -1):
        for part in (0.75, 0.25):
            z, y = start + _TREAD * (step + part), _RISE * (step + 1)
            size = it.stage.focal_px / (z * 0.86)
            a, b = it.at(x, y, z), it.at(x, y + 0.48, z)
            it.sketch.rect(a[0] - size * 0.018, b[1], a[0] + size * 0.018, a[1], white)
    ends = [(start + 0.05, _RISE + 0.50), (start + _TREAD * _STEPS, _RISE * (_STEPS + 1) + 0.48)]
    it.sketch.line([it.at(x, y, z) for z, y in ends], 10 * unit, wood)
    it.box(around(x, 0.20), (0, 0.86), (start - 0.10, start + 0.10), "#6b4329", 0.95)
    px, py = it.at(x, 0.93, start - 0.1)
    size = it.stage.focal_px / start
    it.sketch.ellipse(px, py, size * 0.11, size * 0.11, wood)


def tunnel(stage: Stage) -> None:
    """A vault that runs away to a spot of daylight: of brick, or a mine with props and a track, or a sewer."""
    words = set(stage.brief.place_key.split())
    is_mine = bool(words & {"mine", "shaft", "coal", "mineshaft", "miner"})
    is_sewer = bool(words & {"sewer", "drain", "canal"})
    local = "#6f5a48" if is_mine else "#6d7564" if is_sewer else "#84786c"
    half, spring = (1.7, 1.45) if is_mine else (2.0, 1.0)
    _rings(stage, local, half, spring, is_mine)
    sketch = stage.sketch()
    lamps = _tunnel_lamps(stage, half, is_mine)
    if is_mine:
        _props(stage, half)
    if is_mine or not is_sewer and words & {"railway", "train", "subway", "rail", "metro"}:
        _track(stage)
    if is_sewer:
        _quad(stage, (-0.8, 0.8), 0.0, (0.7, 26.0), stage.palette.shade("#5f8a6a", 0.8, 0.8))
        for z in np.geomspace(1.0, 18, 16):
            a, b = stage.at(-0.6 + 0.2 * (z % 1), 0, float(z)), stage.at(0.5, 0, float(z))
            sketch.line([a, b], max(1.0, 1.6 * stage.unit), mix(stage.palette.low, rgb("#9fc2a0"), 0.5), 0.6)
    for x, y, radius in lamps:
        sketch.ellipse(x, y, radius * 0.05, radius * 0.06, rgb("#ffe6b0"))
    sketch.stamp()
    light_room(stage, lamps, from_window=False, level=0.86, warm="#ffb868")
    x, y = stage.at(0, 0.75, 26.0)
    day = mix(stage.palette.low, stage.palette.sun, 0.4)
    stage.canvas.glow(x, y, stage.span * 0.30, day, 0.55 * (1 - 0.5 * stage.palette.darkness))
    stand(stage, "none")
    stage.is_indoors, stage.windows, stage.backlight = True, [], 1.1
    stage.reflects = 0.18 if is_sewer else 0.0


def _rings(stage: Stage, local: str, half: float, spring: float, is_rough: bool) -> None:
    """Vault, walls and floor, ring behind ring, with daylight in the last."""
    rng, palette = stage.place_rng, stage.palette
    stage.canvas.rgb[:] = palette.shade(local, 0.9, 0.8, 0.36)
    sketch = stage.sketch()
    depths = np.geomspace(1.15, 26.0, 24)
    for index, z in enumerate(depths):
        t = index / (len(depths) - 1)
        light = 0.50 + 0.30 * float(np.sin(t * 9)) * 0.3 + 0.42 * t**2
        tone = palette.shade(local, 0.92, 0.85, light * (0.94 if index % 2 else 1.04))
        sketch.poly(_arch(stage, half, spring, float(z), rng if is_rough else None), tone)
    sketch.poly(_arch(stage, half, spring, 26.0, None), mix(palette.low, palette.sun, 0.5))
    floor = palette.shade("#6a5c4c" if is_rough else "#77736c", 0.9, 0.85, 0.62)
    sketch.poly(
        [stage.at(-half, 0, 0.6), stage.at(-half, 0, 26.0), stage.at(half, 0, 26.0), stage.at(half, 0, 0.6)], floor
    )
    if not is_rough:
        for side in (-1, 1):
            a = [stage.at(side * half, 0, 0.6), stage.at(side * half, 0, 26.0)]
            b = [stage.at(side * half * 0.62, 0, 26.0), stage.at(side * half * 0.62, 0, 0.6)]
            sketch.poly([*a, *b], palette.shade("#8f8a80", 0.9, 0.85, 0.72))
        for index, z in enumerate(np.geomspace(1.2, 16.0, 20)):
            for turn in np.linspace(0.08, np.pi - 0.08, 17)[index % 2 :: 1]:
                p = _on_arch(stage, half, spring, float(turn), float(z))
                q = _on_arch(stage, half, spring, float(turn), float(z) * 1.075)
                sketch.line([p, q], max(0.8, 2.6 * stage.unit / float(z)), palette.shade("#4a423c", 0.9, 0.8, 0.6), 0.7)
    sketch.stamp()
    grain = stage.tile_box(stage.tiles.fine, (0, 0, stage.width, stage.height), 1.8 * stage.unit, 44, 1.0)
    stage.canvas.rgb *= (np.float32(0.80) + np.float32(0.40) * grain)[..., None]


def _on_arch(stage: Stage, half: float, spring: float, turn: float, z: float) -> tuple[float, float]:
    return stage.at(half * float(np.cos(turn)), spring + half * 0.72 * float(np.sin(turn)), z)


def _arch(
    stage: Stage, half: float, spring: float, z: float, rng: np.random.Generator | None
) -> list[tuple[float, float]]:
    points = [stage.at(half, 0, z)]
    for turn in np.linspace(0, np.pi, 19):
        x, y = _on_arch(stage, half, spring, float(turn), z)
        rough = float(rng.uniform(-0.07, 0.07)) * stage.focal_px / z if rng is not None else 0.0
        points.append((x + rough, y + rough * 0.8))
    return [*points, stage.at(-half, 0, z)]


def _tunnel_lamps(stage: Stage, half: float, is_mine: bool) -> list[tuple[float, float, float]]:
    lamps = []
    for index, z in enumerate((2.6, 4.2, 6.6, 10.0)):
        side = 0.0 if is_mine else (half * 0.86 if index % 2 else -half * 0.86)
        x, y = stage.at(side, 1.62 if not is_mine else 1.9, z)
        lamps.append((x, y, stage.focal_px / z * 1.1))
    return lamps


def _props(stage: Stage, half: float) -> None:
    """Pit props: two posts and a beam, frame behind frame."""
    sketch = stage.sketch()
    for z in (13.0, 9.0, 6.4, 4.5, 3.1, 2.15):
        size = stage.focal_px / z
        wood = stage.palette.shade("#9a6f45", 0.9, 0.85, 0.62 + 0.02 * z)
        for side in (-1, 1):
            x, top = stage.at(side * half * 0.92, 2.0, z)
            foot = stage.at(side * half * 0.98, 0, z)
            sketch.poly(
                [
                    (x - size * 0.09, top),
                    (x + size * 0.09, top),
                    (foot[0] + size * 0.10, foot[1]),
                    (foot[0] - size * 0.10, foot[1]),
                ],
                wood,
            )
        a, b = stage.at(-half * 1.05, 2.05, z), stage.at(half * 1.05, 2.05, z)
        sketch.rect(a[0], a[1] - size * 0.12, b[0], b[1] + size * 0.07, wood * np.float32(0.86))
    sketch.stamp()


def _track(stage: Stage) -> None:
    sketch = stage.sketch()
    for z in np.geomspace(0.9, 20, 30)[::-1]:
        _plank(stage, sketch, float(z))
    for x in (-0.42, 0.36):
        points = [
            stage.at(x, 0.05, 0.7),
            stage.at(x, 0.05, 24.0),
            stage.at(x + 0.07, 0.05, 24.0),
            stage.at(x + 0.07, 0.05, 0.7),
        ]
        sketch.poly(points, stage.palette.shade("#aab0b6", 0.9, 0.8, 0.9))
    sketch.stamp()


def _plank(stage: Stage, sketch: Sketch, z: float) -> None:
    tone = stage.palette.shade("#4f3a2a", 0.9, 0.85, 0.8)
    points = [
        stage.at(-0.62, 0.01, z),
        stage.at(-0.62, 0.01, z * 1.05),
        stage.at(0.62, 0.01, z * 1.05),
        stage.at(0.62, 0.01, z),
    ]
    sketch.poly(points, tone)


def _quad(stage: Stage, x: tuple[float, float], y: float, z: tuple[float, float], colour: Array) -> None:
    sketch = stage.sketch()
    sketch.poly(
        [stage.at(x[0], y, z[0]), stage.at(x[0], y, z[1]), stage.at(x[1], y, z[1]), stage.at(x[1], y, z[0])], colour
    )
    sketch.stamp()
