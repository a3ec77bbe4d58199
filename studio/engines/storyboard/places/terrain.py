"""Land and water: ridges, mountains, ground in perspective, water that mirrors, trees of several kinds."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.weather import paint_mist
from studio.engines.storyboard.sheet.canvas import Array, mix, smoothstep
from studio.engines.storyboard.sheet.stage import Stage


def paint_mountains(
    stage: Stage, *, top: float, foot: float, nearness: float, local: str, snow: float = 0.0, peaks: int = 6
) -> None:
    """A range from row ``top`` (its highest peak) to ``foot``, with snow on the upper ``snow`` part."""
    rng = stage.place_rng
    xs = stage.canvas.columns
    places = (np.arange(peaks) + rng.uniform(0.15, 0.85, peaks)) / peaks * stage.width * 1.1 - stage.width * 0.05
    heights = rng.uniform(0.45, 0.9, peaks)
    heights[int(rng.integers(0, peaks))] = 1.0
    tall = foot - top
    slope = tall / (stage.width / peaks) * rng.uniform(0.75, 1.25, peaks)
    roof = heights[:, None] * tall - np.abs(xs[None, :] - places[:, None]) * slope[:, None] * np.float32(0.95)
    owner = roof.argmax(0)
    rise = np.maximum(roof.max(0), tall * 0.10)
    crag = stage.wave(rng, period_px=stage.width / peaks / 2.2, octaves=5)
    ridge = np.asarray(foot - rise + crag * tall * 0.085, np.float32)
    y0, y1 = max(0, int(ridge.min()) - 2), min(stage.height, int(foot) + 2)
    if y1 <= y0:
        return
    rows = stage.canvas.rows[y0:y1]
    below = rows - ridge[None, :]
    zigzag = np.interp(np.arange(y0, y1), np.linspace(y0, y1, 13), rng.uniform(-1, 1, 13)).astype(np.float32)[:, None]
    spine = places[owner].astype(np.float32)[None, :] + zigzag * np.maximum(rows - np.float32(top), 0) * np.float32(
        0.22
    )
    sunward = np.float32(1 if stage.sun[0] > stage.width / 2 else -1)
    face = (xs[None, :] - spine) * sunward / np.float32(stage.unit)
    grain = stage.tile_box(stage.tiles.soft, (0, y0, stage.width, y1), 0.9 * stage.unit, 3, 0.8)
    face = face + (grain - 0.5) * np.float32(150)
    gully = np.take(crag, np.clip((xs[None, :] - below * 0.45 * sunward).astype(int), 0, stage.width - 1))
    light = smoothstep(-6, 10, face) * np.float32(0.72) + smoothstep(-0.05, 0.1, gully) * np.float32(0.28)
    dim = 1 - 0.35 * stage.palette.darkness
    shaded = stage.palette.shade(local, nearness, keep=0.42, light=0.74)
    lit = mix(
        stage.palette.shade(local, nearness, keep=0.5, light=1.16),
        stage.palette.key,
        0.26 * dim * (1 - stage.palette.haze),
    )
    colour = shaded + (lit - shaded) * light[..., None]
    if snow > 0:
        line = np.float32(top + tall * snow) + stage.wave(rng, period_px=26 * stage.unit, octaves=3) * np.float32(
            tall * 0.13
        )
        cap = smoothstep(
            2.0 * stage.unit,
            -2.0 * stage.unit,
            rows - line[None, :] + (grain - 0.5) * np.float32(tall * 0.18),
        )
        cap = cap * smoothstep(0, 2, below + 1)
        cold = mix(stage.palette.shade("#b9cbe6", nearness, keep=0.95), stage.palette.far, 0.22)
        warm = mix(stage.palette.shade("#fbfaf6", nearness, keep=1.0), stage.palette.key, 0.3)
        snowy = cold + (warm - cold) * light[..., None]
        snowy = snowy + (stage.palette.low - snowy) * np.float32(max(0.0, 0.4 - nearness))
        colour = colour + (snowy - colour) * cap[..., None]
    sink = smoothstep(tall * 0.35, tall * 1.02, rows - np.float32(top)) * np.float32(
        0.78 * (1 - nearness) + 0.18 * stage.palette.haze
    )
    colour = colour + (stage.palette.low - colour) * sink[..., None]
    stage.canvas.blend(np.clip(below, 0, 1).astype(np.float32), np.asarray(colour, np.float32), 0, y0)


def hill_line(stage: Stage, y: float, swing_px: float, *, period: float = 0.5, octaves: int = 3) -> Array:
    """A rolling line around row ``y``; ``period`` is a share of the width."""
    profile = stage.wave(stage.place_rng, period_px=stage.width * period, octaves=octaves)
    return np.asarray(y - profile * np.float32(swing_px), np.float32)


def paint_hill(
    stage: Stage, ridge: Array, *, nearness: float, local: str, keep: float = 0.6, fade: float = 0.5
) -> None:
    """A hill whose crest catches the light and whose foot sinks into haze."""
    if stage.has("snow"):
        local, keep = "#dfe7f3", 0.85
    y0 = max(0, int(ridge.min()) - 1)
    rows = stage.canvas.rows[y0:]
    depth = (rows - ridge[None, :]) / np.float32(stage.span * 0.20)
    crest = mix(stage.palette.shade(local, nearness, keep, 1.1), stage.palette.key, 0.10 * (1 - stage.palette.haze))
    body = stage.palette.shade(local, nearness, keep, 0.88)
    t = smoothstep(0, 0.55, depth)[..., None]
    colour = crest + (body - crest) * t
    haze = smoothstep(0.15, 1.0, depth)[..., None] * np.float32(fade * (1 - nearness))
    colour = colour + (stage.palette.low - colour) * haze
    full = np.zeros((stage.height, stage.width, 3), np.float32)
    full[y0:] = colour
    stage.canvas.below(ridge, full)


def paint_ground(
    stage: Stage,
    *,
    local: str,
    top: float | None = None,
    keep: float = 0.85,
    texture: float = 0.10,
    stretch: float = 2.5,
    scale: float = 60.0,
    far_fade: float = 0.75,
    near_dark: float = 0.45,
    ridge: Array | None = None,
) -> None:
    """The plane that is stood on: pale and hazy at the horizon, textured and darker toward the lens."""
    start = stage.horizon if top is None else top
    if stage.has("snow"):
        local, texture, keep = "#e8eef7", texture * 0.45, 0.9
    line = np.full(stage.width, start, np.float32) if ridge is None else ridge
    y0 = max(0, int(line.min()) - 1)
    rows = (stage.canvas.rows[y0:] - np.float32(start)) / np.float32(max(1.0, stage.height - start))
    near = np.clip(rows, 0, 1)[..., None]
    palette = stage.palette
    far_colour = mix(palette.shade(local, 0.35, keep), palette.low, far_fade * 0.6)
    mid_colour = palette.shade(local, 0.7, keep)
    front = mix(palette.shade(local, 0.85, keep, 0.78), palette.near, near_dark)
    colour = far_colour + (mid_colour - far_colour) * smoothstep(0.0, 0.38, near)
    colour = colour + (front - colour) * smoothstep(0.5, 1.05, near)
    seed = int(stage.place_rng.integers(1, 9999))
    broad = stage.ground_tile(stage.tiles.soft, y0, scale=scale * 0.7, stretch=stretch, seed=seed)
    small = stage.ground_tile(stage.tiles.fine, y0, scale=scale * 2.2, stretch=stretch * 0.8, seed=seed + 1)
    tone = 1 + (broad - 0.5) * np.float32(texture * 3.2) + (small - 0.5) * np.float32(texture * 2.0)
    full = np.zeros((stage.height, stage.width, 3), np.float32)
    full[y0:] = np.clip(colour * tone[..., None], 0, 1)
    stage.canvas.below(line, full)
    _light_pool(stage, y0)


def _light_pool(stage: Stage, top: int) -> None:
    """Sunlight lying on the ground under the sun, so that sky and land share one light."""
    strength = {"dawn": 0.16, "day": 0.07, "golden": 0.22, "dusk": 0.15, "night": 0.10}[stage.brief.time]
    if stage.has("rain", "storm", "fog"):
        strength *= 0.4
    stage.canvas.glow(stage.sun[0], float(top), stage.width * 0.55, stage.palette.key, strength, squash=0.42)


def paint_water(
    stage: Stage,
    *,
    top: float,
    bottom: float | None = None,
    local: str = "#2f7f96",
    mirror: float = 0.55,
    chop: float = 1.0,
    seed: int = 11,
) -> None:
    """Water from row ``top`` down: it mirrors what is painted above, broken by waves, with the sun's path."""
    y0, y1 = int(top), int(stage.height if bottom is None else bottom)
    if y1 - y0 < 2:
        return
    canvas, palette = stage.canvas, stage.palette
    rows = np.arange(y0, y1, dtype=np.float32)
    share = ((rows - y0) / np.float32(max(1.0, stage.height - y0)))[:, None]
    wave = stage.ground_tile(stage.tiles.soft, y0, scale=95, stretch=9.0, seed=seed)[: y1 - y0]
    small = stage.ground_tile(stage.tiles.soft, y0, scale=260, stretch=7.0, seed=seed + 1)[: y1 - y0]
    swell = (wave - 0.5) * np.float32(1.3) + (small - 0.5) * np.float32(0.7)
    shift = swell * (6 + 46 * share) * np.float32(stage.unit * chop)
    source = np.clip(y0 - 1 - (rows[:, None] - y0) * np.float32(0.86) - np.abs(shift) * 0.7, 0, y0 - 1).astype(np.int32)
    across = np.clip(canvas.columns[None, :] - 0.5 + shift, 0, stage.width - 1).astype(np.int32)
    reflection = canvas.rgb[source, across]
    deep = mix(palette.shade(local, 0.75, 0.75, 0.8), palette.near, 0.25)
    shallow = mix(palette.shade(local, 0.4, 0.6), palette.low, 0.45)
    body = shallow + (deep - shallow) * smoothstep(0.0, 0.9, share)[..., None]
    mirrored = np.clip(mirror * (1.05 - 0.45 * share), 0, 1)
    colour = body + (reflection - body) * mirrored[..., None]
    crest = smoothstep(0.16, 0.30, swell) * np.float32(0.34 * chop)
    trough = smoothstep(-0.10, -0.30, swell) * np.float32(0.30 * chop)
    colour += (mix(palette.low, palette.sun, 0.3) - colour) * crest[..., None]
    colour *= 1 - trough[..., None] * np.float32(0.5)
    _sun_path(stage, colour, rows, swell, share)
    canvas.rgb[y0:y1] = np.clip(colour, 0, 1)
    line = np.clip(1 - np.abs(rows - y0 - 1) / np.float32(2.2 * stage.unit + 1), 0, 1)[:, None] * np.float32(0.35)
    canvas.blend(np.broadcast_to(line, (y1 - y0, stage.width)), mix(palette.low, palette.sun, 0.4), 0, y0)


def _sun_path(stage: Stage, colour: Array, rows: Array, swell: Array, share: Array) -> None:
    strength = {"dawn": 0.75, "day": 0.45, "golden": 0.95, "dusk": 0.75, "night": 0.6}[stage.brief.time]
    if stage.has("storm", "fog", "rain"):
        strength *= 0.3
    half = np.float32(stage.span) * (0.035 + 0.16 * share)
    beside = np.abs(stage.canvas.columns[None, :] - np.float32(stage.sun[0])) / half
    glint = smoothstep(1.0, 0.15, beside) * smoothstep(-0.02, 0.14, swell + 0.10 * (1 - beside)) * np.float32(strength)
    colour += (mix(stage.palette.key, stage.palette.sun, 0.5) - colour) * np.clip(glint, 0, 1)[..., None]


def paint_path(
    stage: Stage, *, local: str, to_x: float, far_y: float, near_width: float = 1.2, bend: float = 0.05
) -> None:
    """A path from the lens past the hero to ``to_x, far_y`` in one lazy S, paler than the ground."""
    rows = np.linspace(far_y, stage.height + 4, 48)
    drop = (rows - stage.horizon) / (stage.height - stage.horizon)
    t = (rows - far_y) / (stage.height - far_y)
    near_x = stage.side_x(0.30)
    middle = to_x + (near_x - to_x) * t**0.8
    middle = middle + np.sin(t**0.55 * np.pi * 2) * stage.width * bend * (0.35 + drop) * -stage.hero_side
    half = np.maximum(0.8, (rows - stage.horizon) / stage.eye_height * near_width / 2)
    left = [(float(x - h), float(y)) for x, h, y in zip(middle, half, rows, strict=True)]
    right = [(float(x + h), float(y)) for x, h, y in zip(middle, half, rows, strict=True)]
    tone = "#cdd6e4" if stage.has("snow") else local
    sketch = stage.sketch()
    sketch.poly(left + right[::-1], mix(stage.palette.shade(tone, 0.75, 0.8), stage.palette.low, 0.10))
    sketch.stamp(haze=0.3, haze_colour=stage.palette.low, blur_px=1.6 * stage.unit, opacity=0.72)
    ruts = stage.sketch()
    for side in (-0.45, 0.5):
        ruts.line(
            [(float(x + h * side), float(y)) for x, h, y in zip(middle, half, rows, strict=True)],
            max(1.0, 2.2 * stage.unit),
            stage.palette.shade(tone, 0.8, 0.8, 0.72),
        )
    ruts.stamp(opacity=0.35, blur_px=1.5 * stage.unit)


def paint_rocks(
    stage: Stage, spots: list[tuple[float, float, float]], *, local: str = "#6b6a70", nearness: float = 0.75
) -> None:
    """Boulders at ``(x, foot, size)`` px: lit top facet, dark foot."""
    rng = stage.place_rng
    sketch = stage.sketch()
    palette = stage.palette
    sunward = 1.0 if stage.sun[0] > stage.width / 2 else -1.0
    for x, foot, size in spots:
        angles = np.linspace(np.pi, 2 * np.pi, 8)
        radii = rng.uniform(0.75, 1.05, 8)
        rim = [
            (x + float(np.cos(a) * r) * size, foot + float(np.sin(a) * r) * size * 0.62)
            for a, r in zip(angles, radii, strict=True)
        ]
        sketch.poly(
            [*rim, (x + size, foot + size * 0.08), (x - size, foot + size * 0.08)],
            palette.shade(local, nearness, 0.7, 0.72),
        )
        peak = rim[4] if sunward > 0 else rim[3]
        facet = rim[4:] if sunward > 0 else rim[:4]
        sketch.poly(
            [
                *facet,
                (x + sunward * size * 0.45, foot - size * 0.12),
                (peak[0] - sunward * size * 0.1, peak[1] + size * 0.25),
            ],
            mix(palette.shade(local, nearness, 0.75, 1.1), palette.key, 0.18),
        )
    sketch.stamp()


def haze_band(stage: Stage, strength: float = 0.5) -> None:
    """Air lying along the horizon, stronger in fog."""
    paint_mist(stage, stage.horizon, stage.span * 0.16, min(0.85, strength * (0.6 + stage.palette.haze)))


def dunes(stage: Stage, *, count: int = 4, local: str = "#dba765") -> None:
    """Dunes one behind another: each a sharp crest with a sunny windward and a blue lee side."""
    rng = stage.place_rng
    sunward = 1.0 if stage.sun[0] > stage.width / 2 else -1.0
    for index in range(count):
        t = (index + 1) / count
        nearness = 0.25 + 0.5 * t
        base = stage.horizon + (stage.height - stage.horizon) * (0.02 + 0.42 * (index / count) ** 1.3)
        ridge = hill_line(stage, base, stage.span * (0.03 + 0.05 * t), period=0.42 + 0.2 * t, octaves=2)
        palette = stage.palette
        lit = mix(palette.shade(local, nearness, 0.92, 1.08), palette.key, 0.12)
        lee = mix(palette.shade(local, nearness, 0.9, 0.72), palette.far, 0.14)
        y0 = max(0, int(ridge.min()) - 1)
        rows = stage.canvas.rows[y0:]
        depth = rows - ridge[None, :]
        bend = stage.wave(rng, period_px=stage.width * 0.5, octaves=2)
        width = max(3, stage.width // 9)
        padded = np.pad(np.gradient(ridge), width, mode="edge")
        slope = np.convolve(padded, np.ones(width) / width, "same")[width:-width].astype(np.float32)
        slope = slope * np.float32(sunward * 40)
        reach = np.clip(-slope, 0, None) * np.float32(stage.span * 0.055) + 1
        shadow = (
            smoothstep(1.0, 0.35, depth / reach[None, :] + bend[None, :] * 0.08) * smoothstep(0.0, 2.2, -slope)[None, :]
        )
        ripple = stage.ground_tile(stage.tiles.soft, y0, scale=150, stretch=6, seed=index + 31)
        colour = lit + (lee - lit) * shadow[..., None]
        colour = colour * (1 + (ripple - 0.5) * np.float32(0.22))[..., None]
        fade = smoothstep(0, stage.span * 0.25, depth)[..., None] * np.float32(0.5 * (1 - t))
        colour = colour + (palette.low - colour) * np.clip(fade + 0.35 * (1 - t), 0, 1)
        full = np.zeros((stage.height, stage.width, 3), np.float32)
        full[y0:] = np.clip(colour, 0, 1)
        stage.canvas.below(ridge, full)
