"""Making a cut-out belong: light, rim, shadow, reflection, grass over the feet, its own lamps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.engines.storyboard.picture.ink import penned
from studio.engines.storyboard.sheet.canvas import Array, blurred, luma, mix, resized, rgb, smoothstep
from studio.engines.storyboard.sheet.sprites import Light, Sprite
from studio.engines.storyboard.sheet.stage import ON_RAILS, Stage, seed_of

if TYPE_CHECKING:
    from studio.engines.storyboard.picture.placed import Placed


_WATER_SHARE = 0.62
"""How far down the strip of water between horizon and beach boats lie."""


def relight_from(stage: Stage) -> Light:
    """The light that falls on subjects: the sun, or the lamp or fire that is stronger."""
    x = stage.key_x if stage.key_x is not None else stage.sun[0]
    hero = stage.side_x(0.36)
    direction = float(np.clip((x - hero) / (stage.width * 0.3), -1, 1))
    key = stage.palette.key if stage.key is None else stage.key
    return Light(direction, _triple(key), _triple(_ambient(stage)))


def paint_halo(stage: Stage, focus: tuple[float, float], hero: Sprite) -> None:
    """A soft glow of horizon colour behind the hero, which lifts the dark figure off a dark place."""
    palette, tall_px = stage.palette, float(hero.rgba.shape[0])
    strength = (0.20 + 0.34 * palette.darkness + (0.14 if stage.has("storm") else 0.0)) * stage.backlight
    colour = mix(palette.low, palette.sun, 0.25) if stage.key is None else mix(palette.low, stage.key, 0.5)
    radius = min(1.15 * max(tall_px, stage.span * 0.2), stage.span * 0.85)
    if stage.brief.style == "ink":
        if _is_pale(hero):
            return
        colour, strength = mix(palette.low, rgb("#ffffff"), 0.7), 0.58
    stage.canvas.glow(*focus, radius, colour, min(0.6, strength))


def _is_pale(sprite: Sprite) -> bool:
    inside = sprite.rgba[..., 3] > 128
    return bool(inside.any()) and float(sprite.rgba[..., :3][inside].mean()) > 190


def embed(stage: Stage, placed: Placed, solid: Array, seed: int) -> None:
    """Paint one cut-out into the picture; ``solid`` gathers where the picture is now the subject's."""
    sprite = placed.sprite
    colour = sprite.rgba[..., :3].astype(np.float32) / np.float32(255)
    alpha = sprite.rgba[..., 3].astype(np.float32) / np.float32(255)
    left, top = round(placed.x - sprite.foot_x), round(placed.y - sprite.foot_y)
    on_water = placed.is_afloat
    grounded = not placed.floats and not placed.is_bust
    if placed.record.kind in ON_RAILS and stage.brief.place != "railway" and stage.deck_foot is None and grounded:
        _rails(stage, placed)
    if grounded and on_water and placed.record.anchor not in ("water", "swim"):
        paint_islet(stage, placed, alpha.shape[1])
    if placed.record.anchor == "fire":
        _firelight(stage, placed, alpha.shape[0])
    lit = _relit(stage, placed, colour, alpha, left)
    if grounded:
        if (
            on_water
            and placed.record.anchor in ("water", "swim")
            or stage.reflects > 0
            or stage.is_wet
            and not stage.is_indoors
        ):
            _reflect(stage, lit, alpha, left, placed)
        _cast_shadow(stage, placed, alpha)
    if placed.is_bust:
        _set_apart(stage, alpha, left, top, solid)
    _lay(stage.canvas.rgb, lit, alpha, left, top, solid)
    if grounded and on_water:
        _waterline(stage, placed, alpha)
    elif grounded and stage.tuft and not stage.has("snow") and placed.y < stage.height:
        _tufts(stage, placed, alpha, seed)
    _own_lights(stage, placed, left, top)


def _set_apart(stage: Stage, alpha: Array, left: int, top: int, solid: Array) -> None:
    """Air between a head near the lens and whoever stands behind it, so that no two make one shape."""
    pad = round(26 * stage.unit) + 1
    field = blurred(np.pad(alpha, pad), 10 * stage.unit + 0.6)
    behind = np.zeros_like(field)
    y, x = top - pad, left - pad
    y0, x0 = max(0, y), max(0, x)
    y1, x1 = min(solid.shape[0], y + field.shape[0]), min(solid.shape[1], x + field.shape[1])
    if y1 <= y0 or x1 <= x0:
        return
    behind[y0 - y : y1 - y, x0 - x : x1 - x] = solid[y0:y1, x0:x1]
    is_ink = stage.brief.style == "ink"
    air = rgb("#ffffff") if is_ink else mix(stage.palette.low, stage.palette.sun, 0.25)
    strength = np.clip(field * np.float32(1.9), 0, 1) * behind * np.float32(0.95 if is_ink else 0.72)
    _lay(stage.canvas.rgb, np.broadcast_to(air, (*field.shape, 3)), strength, x, y)


def _firelight(stage: Stage, placed: Placed, tall_px: int) -> None:
    """Warm light round a fire: in the air, and in a pool on the ground."""
    reach = max(tall_px * 3.2, stage.span * 0.34)
    power = 0.45 + 0.45 * stage.palette.darkness
    stage.canvas.glow(placed.x, placed.y - tall_px * 0.4, reach, rgb("#ff8a30"), 0.60 * power)
    stage.canvas.glow(placed.x, placed.y, reach * 1.15, rgb("#ff9a48"), 0.75 * power, squash=0.24)


def _triple(colour: Array) -> tuple[float, float, float]:
    return float(colour[0]), float(colour[1]), float(colour[2])


def _ambient(stage: Stage) -> Array:
    """Ambient light, never so dark that a yellow coat turns black."""
    ambient = stage.palette.ambient
    if stage.is_indoors and stage.surface == "floor":
        ambient = mix(ambient, np.array([1.0, 0.92, 0.80], np.float32), 0.55)
    floor = 0.60 if stage.palette.is_dark else 0.76
    level = float(luma(ambient))
    lifted = ambient * np.float32(max(1.0, floor / max(level, 0.05)))
    if stage.key is not None:
        lifted = mix(lifted, stage.key, 0.35)
    return np.asarray(np.clip(lifted, 0, 1.05), np.float32)


def _relit(stage: Stage, placed: Placed, colour: Array, alpha: Array, left: int) -> Array:
    """Local colour in the hour's light, with form, rim and a darker foot. Fire keeps its own."""
    if placed.record.anchor == "fire":
        return np.asarray(np.clip(colour * np.float32(1.08), 0, 1), np.float32)
    light_x = stage.key_x if stage.key_x is not None else stage.sun[0]
    turn = float(np.clip((light_x - placed.x) / (stage.width * 0.25), -1, 1))
    if stage.brief.style == "ink":
        shaded = _rim(alpha, -turn, max(1.0, alpha.shape[0] * 0.016)) * np.float32(0.0 if placed.is_bust else 0.38)
        return np.asarray(penned(colour, alpha) * (1 - shaded[..., None]), np.float32)
    palette = stage.palette
    grey = luma(colour)[..., None]
    toned = grey + (colour - grey) * np.float32(0.84 if not palette.is_dark else 0.72)
    toned = toned * _ambient(stage)
    h, w = alpha.shape
    depth = float(np.clip((placed.y - stage.horizon) / (stage.span * 0.30), 0.0, 1.0)) if not placed.is_bust else 1.0
    if placed.floats and not placed.is_bust:
        depth = float(np.clip(h / (0.30 * stage.span), 0.65, 1.0))
    fade = min(0.42, 0.04 + 0.30 * (1 - depth) + 0.36 * palette.haze * (1 - 0.8 * depth))
    toned = toned + (palette.ramp(0.5) - toned) * np.float32(0.10)
    toned = toned + (palette.low - toned) * np.float32(min(0.75, fade * (0.35 if placed.is_bust else 0.8)))
    key = palette.key if stage.key is None else stage.key
    across = (np.arange(w, dtype=np.float32)[None, :] / max(1, w) - np.float32(0.5)) * np.float32(turn)
    toned = toned * (1 + across * np.float32(0.34))[..., None]
    rows = np.arange(h, dtype=np.float32)[:, None] / max(1, h)
    if not placed.is_bust and not placed.floats:
        toned = toned * (1 - smoothstep(0.62, 1.0, rows) * np.float32(0.22))[..., None]
    rim = _rim(alpha, turn, max(1.0, min(h, w) * 0.016, 1.2 * stage.unit))
    power = (0.42 + 0.34 * palette.darkness) * (
        0.35 if stage.has("rain", "fog", "storm") and stage.key is None else 1.0
    )
    toned = toned + (key - toned) * (rim * np.float32(min(0.8, power)))[..., None]
    return np.asarray(np.clip(toned, 0, 1), np.float32)


def _rim(alpha: Array, turn: float, thick_px: float) -> Array:
    """The edge turned toward the light: alpha minus alpha shifted away from it."""
    dx = round(np.copysign(max(1.0, thick_px * (0.35 + 0.65 * abs(turn))), turn if turn else 1.0))
    dy = max(1, round(thick_px * 0.6))
    shifted = np.zeros_like(alpha)
    h, w = alpha.shape
    ys, yd = slice(0, h - dy), slice(dy, h)
    xs, xd = (slice(dx, w), slice(0, w - dx)) if dx > 0 else (slice(0, w + dx), slice(-dx, w))
    if h > dy and w > abs(dx):
        shifted[yd, xd] = alpha[ys, xs]
    return np.asarray(np.clip(alpha - shifted, 0, 1), np.float32)


def _lay(target: Array, colour: Array, alpha: Array, left: int, top: int, solid: Array | None = None) -> None:
    height, width = target.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + alpha.shape[1]), min(height, top + alpha.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    cut = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    region = target[y0:y1, x0:x1]
    region += (colour[cut] - region) * alpha[cut][..., None]
    if solid is not None:
        np.maximum(solid[y0:y1, x0:x1], alpha[cut], out=solid[y0:y1, x0:x1])


def _cast_shadow(stage: Stage, placed: Placed, alpha: Array) -> None:
    """A soft dark seat under the feet, and in sun or moon a long shadow away from the light."""
    if placed.is_afloat and placed.record.anchor in ("water", "swim") or placed.record.anchor == "fire":
        return
    feet = alpha[max(0, int(min(placed.sprite.foot_y, alpha.shape[0]) - alpha.shape[0] * 0.10)) :]
    columns = np.flatnonzero(feet.max(0) > 0.4) if feet.size else np.array([], int)
    if not columns.size:
        return
    half = max(3.0, (columns[-1] - columns[0] + 1) / 2 * 1.12)
    middle = placed.x - placed.sprite.foot_x + (columns[0] + columns[-1]) / 2
    sketch = stage.sketch()
    dark = mix(stage.palette.near, stage.palette.shade("#000000", 1.0, 1.0), 0.3)
    flat = max(1.5, min(half * 0.22, placed.person_px * 0.06 + 2))
    sketch.ellipse(middle, placed.y, half, flat, dark)
    sketch.stamp(opacity=0.55, blur_px=max(1.0, flat * 0.6))
    if stage.is_wet or stage.has("fog", "snow"):
        return
    _long_shadow(stage, placed, alpha, dark)


def _long_shadow(stage: Stage, placed: Placed, alpha: Array, dark: Array) -> None:
    light_x = stage.key_x if stage.key_x is not None else stage.sun[0]
    lean = float(np.clip((placed.x - light_x) / (stage.width * 0.35), -1, 1))
    length = {"dawn": 0.42, "day": 0.20, "golden": 0.46, "dusk": 0.34, "night": 0.26}[stage.brief.time]
    height = int(alpha.shape[0] * length * 0.52)
    if height < 3 or stage.is_indoors and stage.key is None:
        return
    slant = lean * alpha.shape[0] * length * 1.15
    base = resized(alpha[: max(2, int(placed.sprite.foot_y))], alpha.shape[1], height)[::-1]
    pad = int(abs(slant)) + 2
    field = np.zeros((height, alpha.shape[1] + 2 * pad), np.float32)
    for row in range(height):
        shift = pad + round(slant * row / height)
        field[row, shift : shift + alpha.shape[1]] = base[row]
    fall = np.linspace(0.42, 0.05, height, dtype=np.float32)[:, None]
    strength = 1.0 if not stage.palette.is_dark else 0.75
    left = round(placed.x - placed.sprite.foot_x) - pad
    field = blurred(field, 1.5 * stage.unit + 0.4) * fall * np.float32(strength)
    _lay(stage.canvas.rgb, np.broadcast_to(dark, (*field.shape, 3)), field, left, round(placed.y) - 1)


def _reflect(stage: Stage, lit: Array, alpha: Array, left: int, placed: Placed) -> None:
    """The cut-out upside down below its foot, broken row by row."""
    on_water = placed.is_afloat
    strength = 0.5 if on_water else max(stage.reflects, 0.34 if stage.is_wet else 0.0)
    foot = max(2, int(min(placed.sprite.foot_y, alpha.shape[0])))
    height = min(int(foot * (0.72 if on_water else 0.6)), stage.height - int(placed.y))
    if on_water and stage.surface == "ground" and stage.water_foot is not None:
        height = min(height, int((stage.water_foot - stage.horizon) / _WATER_SHARE + stage.horizon - placed.y))
    if height < 3 or strength <= 0:
        return
    source = foot - 1 - (np.arange(height) / (0.72 if on_water else 0.6)).astype(int)
    source = np.clip(source, 0, foot - 1)
    rng = np.random.default_rng(seed_of("reflection", placed.subject.kind))
    waver = np.interp(
        np.arange(height),
        np.linspace(0, height, max(3, height // 5)),
        rng.uniform(-1, 1, max(3, height // 5)),
    )
    shift = (waver * (1 + np.arange(height) * 0.07) * stage.unit * 1.6).astype(int)
    columns = np.clip(np.arange(alpha.shape[1])[None, :] - shift[:, None], 0, alpha.shape[1] - 1)
    mirrored, mask = lit[source[:, None], columns], alpha[source[:, None], columns]
    fall = np.linspace(strength, strength * 0.25, height, dtype=np.float32)[:, None]
    toned = mirrored + (stage.palette.shade("#2f6f8c", 0.6, 0.6) - mirrored) * np.float32(0.38)
    _lay(stage.canvas.rgb, toned * np.float32(0.86), mask * fall, left, int(placed.y))


def _waterline(stage: Stage, placed: Placed, alpha: Array) -> None:
    """Foam and ripples where a hull or a body meets the water."""
    row = int(np.clip(placed.sprite.foot_y - 2, 0, alpha.shape[0] - 1))
    near = alpha[max(0, row - max(2, alpha.shape[0] // 12)) : row + 1].max(0)
    columns = np.flatnonzero(near > 0.4)
    if not columns.size:
        return
    left = placed.x - placed.sprite.foot_x
    middle, half = left + (columns[0] + columns[-1]) / 2, (columns[-1] - columns[0]) / 2
    sketch, rng = stage.sketch(), np.random.default_rng(seed_of("foam", placed.subject.kind))
    foam = mix(stage.palette.low, rgb("#ffffff"), 0.55)
    for _ in range(16):
        x = middle + float(rng.uniform(-1.1, 1.1)) * half
        sketch.ellipse(
            x,
            placed.y + float(rng.uniform(-0.5, 2.5)) * stage.unit,
            half * float(rng.uniform(0.08, 0.2)),
            1.6 * stage.unit + half * 0.008,
            foam,
        )
    for index in range(3):
        y = placed.y + (5 + 8 * index) * stage.unit
        reach = half * (1.12 + 0.2 * index)
        sketch.line([(middle - reach, y), (middle - reach * float(rng.uniform(0.1, 0.6)), y)], 1.4 * stage.unit, foam)
        sketch.line(
            [(middle + reach * float(rng.uniform(0.1, 0.6)), y + 2), (middle + reach, y + 2)],
            1.4 * stage.unit,
            foam,
        )
    sketch.stamp(opacity=0.62, blur_px=0.8 * stage.unit)


def _rails(stage: Stage, placed: Placed) -> None:
    """A stretch of track under a train, from edge to edge."""
    sketch, palette = stage.sketch(), stage.palette
    y, size = placed.y, placed.person_px
    sketch.rect(-5, y - size * 0.015, stage.width + 5, y + size * 0.10, palette.shade("#857a70", 0.75, 0.6))
    x = -float(placed.x) % (size * 0.22) - size * 0.22
    while x < stage.width + size:
        sketch.poly(
            [
                (x, y + size * 0.09),
                (x + size * 0.03, y),
                (x + size * 0.12, y),
                (x + size * 0.10, y + size * 0.09),
            ],
            palette.shade("#54443a", 0.8, 0.6),
        )
        x += size * 0.22
    steel = mix(palette.shade("#8d8f96", 0.8, 0.6), palette.low, 0.4)
    for drop in (0.0, 0.075):
        sketch.rect(
            -5,
            y + size * drop - max(1.0, size * 0.012),
            stage.width + 5,
            y + size * drop + max(1.0, size * 0.012),
            steel,
        )
    sketch.stamp()


def paint_islet(stage: Stage, placed: Placed, wide_px: float) -> None:
    """A flat rock in the water for those who cannot stand on it."""
    rng, palette = np.random.default_rng(seed_of("islet", placed.subject.kind)), stage.palette
    half = max(wide_px * 0.62, placed.person_px * 0.42)
    y = placed.y
    sketch = stage.sketch()
    xs = np.linspace(-1, 1, 15)
    bumps = rng.uniform(0.75, 1.15, 15)
    rise = half * 0.16
    rim = [
        (placed.x + float(x) * half * 1.2, y + rise * 0.75 - float((1 - abs(x) ** 3) * b) * rise)
        for x, b in zip(xs, bumps, strict=True)
    ]
    stone = palette.shade("#5d5b62", 0.8, 0.6, 0.75)
    sketch.poly([*rim, (placed.x + half * 1.28, y + rise * 1.3), (placed.x - half * 1.28, y + rise * 1.3)], stone)
    sketch.poly(
        [*rim, (placed.x + half * 0.8, y + rise * 0.45), (placed.x - half * 0.9, y + rise * 0.4)],
        mix(palette.shade("#8a868a", 0.8, 0.65), palette.key, 0.15),
    )
    foam = mix(palette.low, rgb("#ffffff"), 0.5)
    for _ in range(18):
        sketch.ellipse(
            placed.x + float(rng.uniform(-1.3, 1.3)) * half,
            y + rise * float(rng.uniform(1.15, 1.42)),
            half * 0.13,
            1.8 * stage.unit,
            foam,
        )
    sketch.stamp(blur_px=0.5)


def _tufts(stage: Stage, placed: Placed, alpha: Array, seed: int) -> None:
    """A few blades in front of the feet."""
    rng, sketch = np.random.default_rng(seed_of("tufts", seed, placed.x)), stage.sketch()
    half = max(6.0, min(alpha.shape[1] * 0.5, placed.person_px * 0.6))
    tall = placed.person_px * 0.085 + 2
    colour = stage.palette.shade(stage.tuft, 0.85, 0.85, 0.72)
    for _ in range(18):
        x = placed.x + float(rng.uniform(-1, 1)) * half
        y = placed.y + float(rng.uniform(0.0, 0.4)) * tall
        size = tall * float(rng.uniform(0.5, 1.2))
        sketch.poly(
            [
                (x - size * 0.12, y),
                (x + float(rng.uniform(-0.4, 0.4)) * size, y - size),
                (x + size * 0.12, y),
            ],
            mix(colour, stage.palette.key, 0.12 * float(rng.random())),
        )
    sketch.stamp()


def _own_lights(stage: Stage, placed: Placed, left: int, top: int) -> None:
    power = 0.45 + 0.55 * stage.palette.darkness
    tall = float(placed.sprite.rgba.shape[0])
    for x, y, radius_px, colour in placed.sprite.lights:
        tint = np.array(colour, np.float32)
        px, py = left + x, top + y
        reach = min(radius_px * 4.5, max(radius_px * 1.1, tall * 0.9))
        stage.canvas.glow(px, py, reach + stage.span * 0.02, tint, 0.55 * power)
        if placed.record.anchor == "fire":
            continue
        stage.canvas.glow(px, py, min(radius_px * 1.5, tall * 0.25), mix(tint, rgb("#fff6dc"), 0.6), 0.75 * power)
        if not placed.floats and not placed.is_bust:
            stage.canvas.glow(px, placed.y, reach * 1.1, tint, 0.32 * power, squash=0.22)
