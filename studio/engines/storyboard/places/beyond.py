"""Beyond the air: spaceship, space, other planets, and high among clouds."""

from __future__ import annotations

import numpy as np

from studio.engines.storyboard.places.inside import stand
from studio.engines.storyboard.places.room_light import WALL_Z
from studio.engines.storyboard.places.terrain import hill_line, paint_ground, paint_hill
from studio.engines.storyboard.places.weather import paint_sky
from studio.engines.storyboard.sheet.brief import is_earth
from studio.engines.storyboard.sheet.canvas import Array, mix, resized, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage, seed_of


def spaceship(stage: Stage) -> None:
    """A bridge: a great window on the stars and a planet, consoles with lights, ribs overhead."""
    palette, w, h, span = stage.palette, stage.width, stage.height, stage.span
    _deep_space(stage)
    _world(stage, stage.side_x(0.72), stage.horizon - span * 0.10, span * 0.25, ring=False)
    hull, dark, cool = rgb("#61769a"), rgb("#1f2a40"), rgb("#6fd3e8")
    sketch = stage.sketch()
    foot = stage.at(0, 0, WALL_Z)[1]
    sill, lintel = stage.at(0, 0.62, WALL_Z)[1], stage.at(0, 2.5, WALL_Z)[1]
    sketch.poly(
        [(-5, -5), (w + 5, -5), (w + 5, h * 0.02), (w * 0.86, lintel), (w * 0.14, lintel), (-5, h * 0.02)],
        hull * np.float32(0.7),
    )
    sketch.poly(
        [(-5, h * 0.0), (w * 0.14, lintel), (w * 0.10, sill), (-5, sill + span * 0.16)],
        hull * np.float32(0.85),
    )
    sketch.poly(
        [(w + 5, h * 0.0), (w * 0.86, lintel), (w * 0.90, sill), (w + 5, sill + span * 0.16)],
        hull * np.float32(0.85),
    )
    sketch.poly(
        [
            (-5, sill + span * 0.16),
            (w * 0.10, sill),
            (w * 0.90, sill),
            (w + 5, sill + span * 0.16),
            (w + 5, h + 5),
            (-5, h + 5),
        ],
        hull * np.float32(0.78),
    )
    sketch.poly([(w * 0.10, sill), (w * 0.90, sill), (w * 0.93, foot), (w * 0.07, foot)], hull)
    for t in (0.32, 0.5, 0.68):
        sketch.poly(
            [
                (w * t - span * 0.008, lintel),
                (w * t + span * 0.008, lintel),
                (w * (0.5 + (t - 0.5) * 1.06) + span * 0.010, sill),
                (w * (0.5 + (t - 0.5) * 1.06) - span * 0.010, sill),
            ],
            hull * np.float32(0.6),
        )
    for index in range(-9, 10):
        sketch.line(
            [stage.at(index * 0.5, 0, WALL_Z), stage.at(index * 0.5, 0, 0.7)],
            1.2 * stage.unit,
            hull * np.float32(0.6),
        )
    sketch.stamp()
    lights = stage.sketch()
    rng = stage.place_rng
    for row in range(3):
        for index in range(46):
            x = w * (0.12 + 0.76 * index / 45)
            y = sill + (foot - sill) * (0.25 + 0.25 * row)
            if rng.random() < 0.7:
                tint = (cool, rgb("#ffb45a"), rgb("#e8607a"), rgb("#8fe8a0"))[
                    int(rng.choice(4, p=(0.55, 0.25, 0.1, 0.1)))
                ]
                lights.rect(x, y, x + span * float(rng.uniform(0.004, 0.014)), y + span * 0.006, tint)
    for x in (0.22, 0.5, 0.78):
        lights.rect(
            w * x - span * 0.07,
            sill + (foot - sill) * 0.14,
            w * x + span * 0.07,
            sill + (foot - sill) * 0.2,
            cool,
        )
    lights.stamp()
    fall = smoothstep(float(foot), float(h), stage.canvas.rows) * np.float32(0.5)
    stage.canvas.darken(np.broadcast_to(fall, (h, 1)).astype(np.float32), 0, 0, dark)
    for x in (0.22, 0.5, 0.78):
        stage.canvas.glow(w * x, sill + (foot - sill) * 0.17, span * 0.16, cool, 0.45)
    stage.canvas.glow(w * 0.5, foot + span * 0.06, w * 0.42, cool, 0.30, squash=0.25)
    _seats_and_lamps(stage, lintel, foot)
    stage.is_indoors, stage.windows = True, []
    stand(stage, "console")
    stage.key, stage.key_x, stage.reflects = mix(palette.key, cool, 0.7), stage.side_x(0.72), 0.18


def _seats_and_lamps(stage: Stage, lintel: float, foot: float) -> None:
    """Strips of light overhead, two seats at the consoles, a commander's chair turned to the stars."""
    w, span, sketch = stage.width, stage.span, stage.sketch()
    pale = rgb("#cfeeff")
    for t in (0.30, 0.70):
        a, b = w * t, w * (0.5 + (t - 0.5) * 1.9)
        sketch.poly([(a - span * 0.03, lintel * 0.92), (a + span * 0.03, lintel * 0.92), (b + span * 0.07, -5), (b - span * 0.07, -5)], pale)  # fmt: skip
    for share, size in ((0.60, 0.13), (0.86, 0.13), (0.74, 0.22)):
        x, y = stage.side_x(share), foot + span * (0.05 if size < 0.2 else 0.20)
        s, back, side = span * size, rgb("#2b3650"), rgb("#8fa5c9")
        sketch.rect(x - s * 0.10, y - s * 0.45, x + s * 0.10, y, back * np.float32(0.8))
        sketch.ellipse(x, y, s * 0.34, s * 0.08, back * np.float32(0.8))
        sketch.poly([(x - s * 0.42, y - s * 0.34), (x - s * 0.34, y - s * 1.25), (x - s * 0.16, y - s * 1.42), (x + s * 0.16, y - s * 1.42), (x + s * 0.34, y - s * 1.25), (x + s * 0.42, y - s * 0.34)], back)  # fmt: skip
        sketch.line([(x - s * 0.34, y - s * 1.25), (x - s * 0.16, y - s * 1.42), (x + s * 0.16, y - s * 1.42), (x + s * 0.34, y - s * 1.25)], s * 0.045, side)  # fmt: skip
        for turn in (-1, 1):
            sketch.rect(x + turn * s * 0.48 - s * 0.09, y - s * 0.62, x + turn * s * 0.48 + s * 0.09, y - s * 0.36, side * np.float32(0.6))  # fmt: skip
            sketch.rect(x + turn * s * 0.48 - s * 0.06, y - s * 0.61, x + turn * s * 0.48 + s * 0.06, y - s * 0.57, rgb("#6fd3e8"))  # fmt: skip
    sketch.stamp()
    for t in (0.30, 0.70):
        stage.canvas.glow(w * (0.5 + (t - 0.5) * 1.5), 0, span * 0.35, pale, 0.35)


def space(stage: Stage) -> None:
    """Stars, a veil of nebula, a ringed planet with its moon."""
    _deep_space(stage)
    if not any(map(is_earth, stage.brief.subjects)):
        _world(stage, stage.side_x(0.72), stage.height * 0.36, stage.span * 0.20, ring=True)
    _world(stage, stage.side_x(0.90), stage.height * 0.70, stage.span * 0.045, ring=False)
    stage.surface, stage.near, stage.tuft, stage.backlight = "air", "none", "", 1.0
    stage.horizon = stage.height * 0.92


def planet(stage: Stage) -> None:
    """Cratered ground under a great ringed world; on our moon grey under a black sky with the Earth."""
    is_moon = _is_our_moon(stage)
    _deep_space(stage, is_black=is_moon)
    span, hor, palette = stage.span, stage.horizon, stage.palette
    if not any(map(is_earth, stage.brief.subjects)):
        x, y = stage.side_x(0.76), hor - span * 0.26
        if is_moon:
            _earth(stage, x, y, span * 0.11)
        else:
            _world(stage, x, y, span * 0.17, ring=True)
    soil = ("#9a6a55", "#7f86a8", "#a8906a", "#6f8f8a")[int(stage.place_rng.integers(0, 4))]
    soil = "#a3a29e" if is_moon else soil
    ground = mix(rgb(soil), palette.far, 0.25) * np.float32(0.8)
    paint_hill(
        stage,
        hill_line(stage, hor - span * 0.02, span * 0.05, period=0.3),
        nearness=0.45,
        local=soil,
        keep=0.8,
        fade=0.2,
    )
    stage.canvas.glow(stage.side_x(0.76), hor, stage.width * 0.4, palette.low, 0.35, squash=0.2)
    paint_ground(
        stage,
        local=soil,
        top=hor + span * 0.01,
        ridge=hill_line(stage, hor + span * 0.02, span * 0.015),
        texture=0.14,
        keep=0.85,
        far_fade=0.2,
    )
    sketch, rng = stage.sketch(), stage.place_rng
    for _ in range(22):
        z = float(rng.uniform(2.6, 13))
        x = float(rng.uniform(-0.85, 0.85)) * z
        px, py = stage.at(x, 0, z)
        rx = stage.focal_px / z * float(rng.uniform(0.25, 0.8))
        ry = rx * 0.22 * 3.4 / (z**0.5 + 1.6)
        sketch.ellipse(px, py, rx, ry, ground * np.float32(1.22), 0.8)
        sketch.ellipse(px, py + ry * 0.16, rx * 0.9, ry * 0.84, ground * np.float32(0.60), 0.9)
    sketch.stamp(opacity=0.75, blur_px=0.7)
    stage.near, stage.tuft, stage.backlight = "rocks", "", 1.3


def _is_our_moon(stage: Stage) -> bool:
    words = set(stage.brief.place_key.split())
    return bool(words & {"moon", "lunar"}) or ("crater" in words and not words & {"mars", "planet", "volcano"})


def sky(stage: Stage) -> None:
    """High above a floor of clouds."""
    stage.horizon = stage.height * 0.80
    paint_sky(stage, down_to=stage.height * 0.84)
    rng, palette = stage.shot_rng, stage.palette
    for layer in range(5):
        t = (layer + 1) / 5
        y = stage.height * (0.72 + 0.26 * t)
        lobes = np.full(stage.width, float(y), np.float32)
        for _ in range(26):
            cx, r = (
                float(rng.uniform(-0.05, 1.05)) * stage.width,
                stage.span * (0.03 + 0.07 * t) * float(rng.uniform(0.6, 1.3)),
            )
            inside = np.clip(1 - ((stage.canvas.columns - np.float32(cx)) / np.float32(r * 1.5)) ** 2, 0, 1)
            lobes = np.minimum(lobes, y - np.sqrt(inside) * np.float32(r))
        crest = mix(palette.low, palette.sun, 0.5 - 0.35 * palette.darkness)
        belly = mix(mix(palette.mid, palette.low, 0.4), palette.far, 0.2)
        y0 = max(0, int(lobes.min()))
        depth = smoothstep(0, stage.span * 0.10, stage.canvas.rows[y0:] - lobes[None, :])
        full = np.zeros((stage.height, stage.width, 3), np.float32)
        full[y0:] = crest + (belly - crest) * depth[..., None]
        stage.canvas.below(lobes, full, opacity=0.75)
    stage.surface, stage.near, stage.tuft, stage.backlight = "air", "cloud", "", 0.8


def _deep_space(stage: Stage, *, is_black: bool = False) -> None:
    """Stars before a veil of nebula, or before plain black."""
    t = (stage.canvas.rows / np.float32(stage.height))[..., None]
    top, low = (rgb("#030408"), rgb("#0a0c14")) if is_black else (rgb("#060a1f"), rgb("#1b2c5e"))
    stage.canvas.rgb[:] = top + (low - top) * t
    seed = seed_of("nebula", stage.brief.place_key)
    if not is_black:
        _nebula(stage, seed)
    _stars(stage, seed)


def _nebula(stage: Stage, seed: int) -> None:
    w, h = stage.width, stage.height
    veil = resized(stage.tile_box(stage.tiles.soft, (0, 0, w // 3, h // 3), 0.85 * stage.unit + 0.1, seed, 1.3), w, h)
    fine = resized(
        stage.tile_box(stage.tiles.soft, (0, 0, w // 2, h // 2), 0.5 * stage.unit + 0.1, seed + 1, 1.0), w, h
    )
    tints = (("#8a3f9a", "#3f7fd0"), ("#c2506f", "#4f5fd0"), ("#2f9a9a", "#7f4fc2"))[seed % 3]
    for index, tint in enumerate(tints):
        field = veil if index == 0 else veil[::-1, ::-1]
        mask = smoothstep(0.48, 0.86, field * np.float32(0.75) + fine * np.float32(0.25)) * np.float32(0.72)
        stage.canvas.rgb += (1 - stage.canvas.rgb) * mask[..., None] * rgb(tint)


def _stars(stage: Stage, seed: int) -> None:
    palette, w, h = stage.palette, stage.width, stage.height
    rng = np.random.default_rng(seed)
    for index in range(240):
        x, y, size = rng.random() * w, rng.random() * h, 0.8 + 1.7 * rng.random() ** 7
        stage.canvas.glow(x, y, max(1.0, size * 1.5 * stage.unit), rgb("#ffffff"), 0.3 + 0.7 * rng.random())
        if index < 9:
            stage.canvas.glow(x, y, size * 9 * stage.unit, mix(palette.key, rgb("#bcd4ff"), 0.6), 0.35)


def _world(stage: Stage, x: float, y: float, radius: float, *, ring: bool) -> None:
    """A banded globe in half light, with rings before and behind it."""
    seed = seed_of("world", stage.brief.place_key, radius > stage.span * 0.1)
    rng = np.random.default_rng(seed)
    tint = rgb(("#d98f5a", "#7fa8d8", "#c27f9a", "#9ab87a", "#d8b87f")[int(rng.integers(0, 5))])
    tilt = -0.28
    if ring:
        _ring(stage, x, y, radius, tilt, tint, behind=True)
    stage.canvas.glow(x, y, radius * 1.9, tint, 0.30)
    dx, dy, swirl = _sphere(stage, x, y, radius, seed)
    band = np.sin((dy * np.cos(tilt) - dx * np.sin(tilt)) * 11 + swirl * 5) * np.float32(0.5) + np.float32(0.5)
    base = tint * np.float32(0.72) + (mix(tint, rgb("#fff0d8"), 0.55) - tint * np.float32(0.72)) * band[..., None]
    _lay_sphere(stage, x, y, radius, base, (dx, dy))
    if ring:
        _ring(stage, x, y, radius, tilt, tint, behind=False)


def _earth(stage: Stage, x: float, y: float, radius: float) -> None:
    """Our world from afar: seas, land and white cloud, in half light."""
    stage.canvas.glow(x, y, radius * 1.8, rgb("#6fa8e8"), 0.28)
    dx, dy, swirl = _sphere(stage, x, y, radius, seed_of("earth"))
    land = smoothstep(0.52, 0.58, swirl)[..., None]
    base = rgb("#2f6fc0") + (rgb("#5f8f55") - rgb("#2f6fc0")) * land
    streaks = np.sin(dy * 9 + swirl * 9 + dx * 2) * np.float32(0.5) + np.float32(0.5)
    cloud = np.maximum(smoothstep(0.86, 1.0, streaks), smoothstep(0.80, 0.92, np.abs(dy)))[..., None]
    _lay_sphere(stage, x, y, radius, base + (rgb("#ffffff") - base) * cloud * np.float32(0.8), (dx, dy))


def _sphere(stage: Stage, x: float, y: float, radius: float, seed: int) -> tuple[Array, Array, Array]:
    """Across, down (in radii, over the square round the globe) and soft noise."""
    x0, y0 = int(x - radius - 2), int(y - radius - 2)
    side = int(2 * radius + 5)
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32)
    dx, dy = (xs + x0 - np.float32(x)) / np.float32(radius), (ys + y0 - np.float32(y)) / np.float32(radius)
    swirl = stage.tile_box(stage.tiles.soft, (0, 0, side, side), max(0.3, radius / 150), seed)
    return dx, dy, swirl


def _lay_sphere(stage: Stage, x: float, y: float, radius: float, base: Array, away_by: tuple[Array, Array]) -> None:
    """Paint ``base`` as a globe lit from the empty side."""
    dx, dy = away_by
    away = np.sqrt(dx * dx + dy * dy)
    mask = np.clip((1 - away) * radius + 0.5, 0, 1)
    depth = np.sqrt(np.clip(1 - away * away, 0, 1))
    toward = -stage.hero_side
    light = np.clip((-dx * toward * 0.75 - dy * 0.45) + depth * 0.55, 0, 1)
    shade = rgb("#1a1838")
    colour = shade + (base - shade) * light[..., None]
    rim = smoothstep(0.86, 1.0, away) * light
    colour = colour + (rgb("#ffffff") - colour) * (rim * np.float32(0.4))[..., None]
    _blend_box(stage, np.asarray(mask, np.float32), colour, int(x - radius - 2), int(y - radius - 2))


def _ring(stage: Stage, x: float, y: float, radius: float, tilt: float, tint: Array, *, behind: bool) -> None:
    sketch = stage.sketch()
    angles = np.linspace(np.pi, 2 * np.pi, 61) if behind else np.linspace(0, np.pi, 61)
    for outer, inner, tone in ((2.05, 1.82, 0.75), (1.78, 1.45, 1.1), (1.42, 1.32, 0.6)):

        def edge(size: float) -> list[tuple[float, float]]:
            ex, ey = np.cos(angles) * radius * size, np.sin(angles) * radius * size * 0.26
            return [
                (
                    float(x + a * np.cos(tilt) - b * np.sin(tilt)),
                    float(y + a * np.sin(tilt) + b * np.cos(tilt)),
                )
                for a, b in zip(ex, ey, strict=True)
            ]

        sketch.poly(edge(outer) + edge(inner)[::-1], mix(tint, rgb("#fff4e0"), 0.5) * np.float32(tone))
    sketch.stamp(opacity=0.72 if not behind else 0.5)


def _blend_box(stage: Stage, mask: Array, colour: Array, left: int, top: int) -> None:
    x0, y0 = max(0, -left), max(0, -top)
    x1, y1 = min(mask.shape[1], stage.width - left), min(mask.shape[0], stage.height - top)
    if x1 > x0 and y1 > y0:
        stage.canvas.blend(
            mask[y0:y1, x0:x1].astype(np.float32),
            colour[y0:y1, x0:x1].astype(np.float32),
            left + x0,
            top + y0,
        )
