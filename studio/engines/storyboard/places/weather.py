"""Skies and what falls from them: sun and moon, stars, clouds, mist, rain, snow, lightning."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from studio.engines.storyboard.sheet.canvas import Array, mix, resized, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage, seed_of

Falling = tuple[Array, Array]
"""Opacity (h, w) and colour (3,) of what lies over everything."""


def paint_sky(stage: Stage, *, down_to: float | None = None, clouds: bool = True) -> None:
    """The whole canvas becomes sky; its horizon colour is reached at ``down_to`` (the horizon by default)."""
    foot = stage.horizon if down_to is None else down_to
    palette, canvas = stage.palette, stage.canvas
    t = np.clip(canvas.rows / np.float32(max(foot, 1)), 0, 1)
    upper = smoothstep(0.0, 0.62, t)[..., None]
    lower = smoothstep(0.42, 1.0, t)[..., None]
    column = palette.top + (palette.mid - palette.top) * upper
    column = column + (palette.low - column) * lower
    canvas.rgb[:] = column
    if not stage.has("storm", "rain", "fog", "snow"):
        _paint_lights(stage)
    else:
        _paint_veiled_light(stage)
    if not clouds:
        return
    if stage.has("storm", "rain", "snow", "clouds"):
        _paint_overcast(stage, foot)
    elif not stage.has("fog"):
        _paint_wisps(stage, foot)
        _paint_cumulus(stage, foot)


def place_sun(stage: Stage) -> None:
    """Decide where sun or moon stands: on the side away from the hero, as high as the hour says."""
    height = {"dawn": 0.86, "day": 0.26, "golden": 0.80, "dusk": 0.93, "night": 0.30}[stage.brief.time]
    x = stage.side_x(0.74) + float(stage.place_rng.uniform(-0.05, 0.05)) * stage.width
    stage.sun = (x, stage.horizon * height)


def _paint_lights(stage: Stage) -> None:
    x, y = stage.sun
    span, palette, canvas = stage.span, stage.palette, stage.canvas
    time = stage.brief.time
    if time == "night":
        _paint_stars(stage)
        canvas.glow(x, y, span * 0.62, palette.mid * np.float32(1.3), 0.55)
        canvas.glow(x, y, span * 0.16, palette.key, 0.45)
        _paint_moon(stage, x, y, span * 0.048)
        return
    warm = {"dawn": 0.75, "day": 0.45, "golden": 0.95, "dusk": 0.8}[time]
    canvas.glow(x, y, stage.width * 0.62, mix(palette.low, palette.sun, 0.3), warm * 0.5, squash=0.55)
    canvas.glow(x, y, span * 0.36, palette.sun, warm * 0.6)
    if time == "dusk":
        _paint_stars(stage, 0.35)
    sketch, radius = stage.sketch(), span * (0.036 if time == "day" else 0.046)
    sketch.ellipse(x, y, radius, radius, mix(palette.sun, rgb("#ffffff"), 0.3))
    sketch.stamp(blur_px=(3.0 if time == "day" else 0.8) * stage.unit)
    canvas.glow(x, y, radius * 3.2, palette.sun, 0.6)


def _paint_veiled_light(stage: Stage) -> None:
    x, y = stage.sun
    pale = mix(stage.palette.low, rgb("#ffffff"), 0.35 * (1 - stage.palette.darkness))
    stage.canvas.glow(x, y, stage.width * 0.5, pale, 0.42 if stage.has("storm") else 0.5, squash=0.8)


def _paint_stars(stage: Stage, strength: float = 1.0) -> None:
    rng = np.random.default_rng(seed_of("stars", stage.brief.place_key))
    canvas = stage.canvas
    limit = stage.horizon * 0.92
    for index in range(150):
        x, y = rng.random() * stage.width, limit * rng.random() ** 1.4
        size = (0.9 + 1.5 * rng.random() ** 6) * stage.unit
        bright = strength * (0.35 + 0.65 * rng.random()) * (1 - (y / limit) ** 2 * 0.8)
        canvas.glow(x, y, max(1.0, size * 1.6), rgb("#ffffff"), bright)
        if index < 7:
            canvas.glow(x, y, size * 7, stage.palette.key, bright * 0.35)


def _paint_moon(stage: Stage, x: float, y: float, radius: float) -> None:
    sketch = stage.sketch()
    pale = mix(stage.palette.sun, rgb("#ffffff"), 0.2)
    sketch.ellipse(x, y, radius, radius, pale)
    for dx, dy, size in (
        (-0.35, -0.2, 0.26),
        (0.25, 0.1, 0.2),
        (-0.1, 0.45, 0.16),
        (0.4, -0.4, 0.12),
        (-0.5, 0.3, 0.1),
    ):
        sketch.ellipse(
            x + dx * radius, y + dy * radius, size * radius, size * radius, mix(pale, stage.palette.mid, 0.22)
        )
    sketch.stamp(blur_px=0.5 * stage.unit)


def _paint_wisps(stage: Stage, foot: float) -> None:
    """High streaks, wide and thin, brighter toward the sun."""
    height = max(4, int(foot))
    field = stage.tile_box(
        stage.tiles.soft,
        (0, 0, stage.width // 2, height // 2),
        2.4 * stage.unit,
        seed_of("wisp", stage.brief.prompt),
        4.5,
    )
    field = resized(field, stage.width, height)
    rows = np.arange(height, dtype=np.float32)[:, None] / np.float32(height)
    mask = smoothstep(0.52, 0.86, field) * np.sin(np.clip(rows, 0, 1) * np.pi) * np.float32(0.5)
    colour = mix(stage.palette.low, stage.palette.sun, 0.35 if not stage.palette.is_dark else 0.0)
    stage.canvas.blend(np.asarray(mask, np.float32), colour)


def _paint_cumulus(stage: Stage, foot: float) -> None:
    rng = stage.shot_rng
    count = int(rng.integers(3, 6))
    for index in range(count):
        near = (index + 0.5) / count
        y = foot * (0.80 - 0.58 * near + float(rng.uniform(-0.05, 0.05)))
        x = float(rng.uniform(-0.05, 1.05)) * stage.width
        width = stage.width * (0.10 + 0.16 * near) * float(rng.uniform(0.8, 1.25))
        if abs(x - stage.sun[0]) < width * 0.45 and abs(y - stage.sun[1]) < width * 0.3 and stage.brief.time == "night":
            continue
        _paint_cloud(stage, x, y, width, near)


def _paint_cloud(stage: Stage, x: float, foot_y: float, width: float, near: float) -> None:
    """One heap of lobes on a flat foot: a lit crown, a shaded belly that melts into the sky."""
    rng = stage.shot_rng
    palette = stage.palette
    tall = width * float(rng.uniform(0.16, 0.24))
    box_w, box_h = int(width * 1.3) + 4, int(tall * 2.6) + 4
    scale = max(1, int(np.ceil(box_w / 420)))
    w, h = max(8, box_w // scale), max(8, box_h // scale)
    body, crown = Image.new("L", (w * 2, h * 2)), Image.new("L", (w * 2, h * 2))
    draw, lit = ImageDraw.Draw(body), ImageDraw.Draw(crown)
    to_sun = np.sign(stage.sun[0] - x) or 1.0
    base = h * 2 * 0.86
    for _ in range(16):
        t = float(np.clip(rng.normal(0, 0.28), -0.52, 0.52))
        swell = max(0.24, 1 - (abs(t) / 0.62) ** 1.5)
        radius = tall / scale * 2 * swell * float(rng.uniform(0.28, 0.58))
        cx, cy = (
            w * (1 + t * 1.45),
            base - radius * float(rng.uniform(0.2, 0.75)) - tall / scale * swell * float(rng.uniform(0, 0.9)),
        )
        draw.ellipse((cx - radius * 1.25, cy - radius, cx + radius * 1.25, cy + radius), fill=255)
        shift = radius * 0.34
        lx, ly = cx + shift * 0.6 * to_sun, cy - shift
        lit.ellipse((lx - radius * 1.15, ly - radius * 0.9, lx + radius * 1.15, ly + radius * 0.9), fill=255)
    mask = (
        np.asarray(
            body.filter(ImageFilter.GaussianBlur(1.6)).resize((box_w, box_h), Image.Resampling.BILINEAR),
            np.float32,
        )
        / 255
    )
    light = (
        np.asarray(
            crown.filter(ImageFilter.GaussianBlur(5)).resize((box_w, box_h), Image.Resampling.BILINEAR),
            np.float32,
        )
        / 255
    )
    rows = np.arange(box_h, dtype=np.float32)[:, None] / np.float32(box_h)
    mask = mask * smoothstep(0.88, 0.60, rows) * np.float32(0.93)
    belly = mix(mix(palette.mid, palette.low, 0.55), palette.far, 0.18 + 0.2 * palette.darkness)
    crest = mix(palette.low, palette.sun, 0.55 * (1 - 0.85 * palette.darkness))
    crest = mix(crest, rgb("#ffffff"), 0.35 if stage.brief.time == "day" else 0.0)
    colour = belly + (crest - belly) * (light * (1.0 - 0.55 * rows))[..., None]
    colour = colour + (palette.low - colour) * np.float32(0.45 * (1 - near))
    _blend_clipped(
        stage,
        mask.astype(np.float32),
        np.asarray(colour, np.float32),
        int(x - box_w / 2),
        int(foot_y - box_h * 0.8),
    )


def _blend_clipped(stage: Stage, mask: Array, colour: Array, left: int, top: int) -> None:
    x0, y0 = max(0, -left), max(0, -top)
    x1, y1 = min(mask.shape[1], stage.width - left), min(mask.shape[0], stage.height - top)
    if x1 > x0 and y1 > y0:
        stage.canvas.blend(mask[y0:y1, x0:x1], colour[y0:y1, x0:x1], left + x0, top + y0)


def _paint_overcast(stage: Stage, foot: float) -> None:
    """A lid of heavy banks, lit from the gap at the horizon."""
    height = max(4, int(foot))
    seed = seed_of("lid", stage.brief.prompt)
    storm = stage.has("storm")
    w, h = stage.width // 2, height // 2
    rows = np.arange(h, dtype=np.float32)[:, None] / np.float32(max(1, h))
    broad = stage.tile_box(stage.tiles.soft, (0, 0, w, h), 1.5 * stage.unit, seed, 2.2)
    detail = stage.tile_box(stage.tiles.soft, (0, 0, w, h), 0.7 * stage.unit, seed + 1, 2.6)
    field = broad * np.float32(0.7) + detail * np.float32(0.3)
    lit = np.clip(field - np.roll(field, -max(2, int(7 * stage.unit)), 0), -0.2, 0.2) * 3
    cover = smoothstep(0.30, 0.62, field + (1 - rows) * np.float32(0.30 if storm else 0.12))
    cover = cover * smoothstep(1.0, 0.55, rows) * np.float32(0.92 if storm else 0.62)
    palette = stage.palette
    dark = mix(palette.far, palette.near, 0.42 if storm else 0.06) * np.float32(0.9)
    pale = mix(palette.low, palette.mid, 0.5)
    tone = np.clip(0.42 + lit + (field - 0.5) * np.float32(0.9), 0, 1)
    colour = dark + (pale - dark) * tone[..., None]
    full = np.stack([resized(np.ascontiguousarray(colour[..., i]), stage.width, height) for i in range(3)], -1)
    stage.canvas.blend(resized(cover, stage.width, height), full)


def paint_mist(stage: Stage, y: float, half_px: float, strength: float) -> None:
    """A soft bank of horizon-coloured air centred on row ``y``."""
    top, bottom = max(0, int(y - half_px)), min(stage.height, int(y + half_px))
    if bottom <= top or strength <= 0:
        return
    rows = (np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)) / np.float32(half_px)
    fall = np.clip(1 - np.abs(rows), 0, 1) ** 2 * (3 - 2 * np.clip(1 - np.abs(rows), 0, 1))
    drift = stage.tile_box(stage.tiles.soft, (0, top, stage.width, bottom), 3.0 * stage.unit, 5, 3)
    mask = fall * np.float32(strength) * (np.float32(0.55) + np.float32(0.9) * drift)
    stage.canvas.blend(np.clip(mask, 0, 1).astype(np.float32), stage.palette.low, 0, top)


def paint_lightning(stage: Stage) -> None:
    """A forked bolt on the side away from the hero, with its flash in the clouds."""
    rng = stage.shot_rng
    x = stage.side_x(float(rng.uniform(0.55, 0.72)))
    y, end = 0.0, stage.horizon * 0.96
    stage.canvas.glow(x, end * 0.25, stage.width * 0.4, rgb("#cfd8ff"), 0.38, squash=0.8)
    sketch = stage.sketch()
    white = rgb("#f4f6ff")
    trunk = [(x, y)]
    while y < end:
        y += stage.span * float(rng.uniform(0.02, 0.06))
        x += stage.span * float(rng.uniform(-0.035, 0.035))
        trunk.append((x, min(y, end)))
    sketch.taper(trunk, 4.0 * stage.unit, 1.6 * stage.unit, white)
    for start in (len(trunk) // 4, len(trunk) // 2):
        bx, by = trunk[start]
        turn = float(rng.choice([-1, 1]))
        branch = [(bx, by)]
        for _ in range(5):
            bx += turn * stage.span * float(rng.uniform(0.008, 0.035))
            by += stage.span * float(rng.uniform(0.015, 0.04))
            branch.append((bx, by))
        sketch.taper(branch, 2.2 * stage.unit, 0.5 * stage.unit, white)
    sketch.stamp()
    for px, py in trunk[::2]:
        stage.canvas.glow(px, py, stage.span * 0.07, rgb("#dfe6ff"), 0.25)


def falling(stage: Stage) -> list[Falling]:
    """What falls or drifts before the lens: opacity and colour, in order. Empty in fair weather."""
    layers: list[Falling] = []
    palette = stage.palette
    if stage.has("rain", "storm"):
        colour = mix(palette.low, rgb("#ffffff"), 0.45)
        layers.append((_streaks(stage, 0.42 if stage.has("storm") else 0.34), colour))
    if stage.has("snow"):
        layers.append((_flakes(stage), mix(palette.low, rgb("#ffffff"), 0.8)))
    if stage.has("fog"):
        layers.append((_drift(stage), mix(palette.low, palette.mid, 0.15)))
    if stage.is_indoors:
        pane = _pane_mask(stage)
        layers = [(opacity * pane, colour) for opacity, colour in layers]
    return layers


def _streaks(stage: Stage, strength: float) -> Array:
    rng = stage.shot_rng
    scale = 1 if stage.width * stage.height < 300_000 else 2
    w, h = max(8, stage.width // scale * 2), max(8, stage.height // scale * 2)
    image = Image.new("L", (w, h))
    draw = ImageDraw.Draw(image)
    slant = float(rng.uniform(0.10, 0.18)) * (2.2 if stage.has("storm", "wind") else 1) * float(rng.choice([-1, 1]))
    amount = int(620 * (1.25 if stage.has("storm") else 1.0))
    points = rng.random((amount, 4))
    for x, y, depth, tone in points:
        length = h * (0.02 + 0.075 * depth**2)
        x0, y0 = x * w * 1.3 - w * 0.15, y * h * 1.1 - h * 0.1
        draw.line(
            (x0, y0, x0 + slant * length, y0 + length),
            fill=int(70 + 150 * tone * (0.4 + 0.6 * depth)),
            width=2 if depth > 0.85 else 1,
        )
    small = image.resize((stage.width, stage.height), Image.Resampling.BILINEAR)
    return np.asarray(small, np.float32) * np.float32(strength * 1.25 / 255)


def _flakes(stage: Stage) -> Array:
    rng = stage.shot_rng
    image = Image.new("L", (stage.width * 2, stage.height * 2))
    draw = ImageDraw.Draw(image)
    unit = stage.unit * 2
    for x, y, depth, tone in rng.random((430, 4)):
        radius = (0.9 + 2.3 * depth**3) * unit
        cx, cy = x * stage.width * 2, y * stage.height * 2
        draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=int(110 + 130 * tone))
    mask = np.array(image.reduce(2), np.float32) / np.float32(255)
    big = Image.new("L", (max(8, stage.width // 4), max(8, stage.height // 4)))
    draw = ImageDraw.Draw(big)
    for x, y, depth, tone in rng.random((26, 4)):
        radius = (5 + 8 * depth) * stage.unit / 4
        cx, cy = x * big.width, y * big.height
        draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=int(60 + 90 * tone))
    soft = big.filter(ImageFilter.GaussianBlur(max(0.5, 0.9 * stage.unit))).resize(
        (stage.width, stage.height), Image.Resampling.BILINEAR
    )
    return np.asarray(np.maximum(mask * np.float32(0.9), np.asarray(soft, np.float32) / np.float32(255)), np.float32)


def _drift(stage: Stage) -> Array:
    """Fog before the lens: banks low on the ground, thin above."""
    w, h = max(4, stage.width // 4), max(4, stage.height // 4)
    field = stage.tile_box(stage.tiles.soft, (0, 0, w, h), 0.9 * stage.unit, seed_of("fog", stage.brief.prompt), 2.4)
    rows = np.arange(h, dtype=np.float32)[:, None] / np.float32(h)
    bank = np.exp(-(((rows - stage.horizon / stage.height - 0.10) / 0.24) ** 2))
    return resized(
        np.asarray(np.clip(smoothstep(0.2, 0.8, field) * (0.12 + 0.34 * bank), 0, 0.45), np.float32),
        stage.width,
        stage.height,
    )


def _pane_mask(stage: Stage) -> Array:
    mask = np.zeros((stage.height, stage.width), np.float32)
    for x0, y0, x1, y1 in stage.windows:
        mask[max(0, int(y0)) : max(0, int(y1)), max(0, int(x0)) : max(0, int(x1))] = 1
    return mask
