"""The pen: a scene in paper, washes, hatching and black, with figures kept light enough to be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from studio.engines.storyboard.people.wardrobe import look_of
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.canvas import Array, blurred, luma, resized, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage

_SHADE = rgb("#171a3a")
"""What portraits are shaded with (see ``busts``)."""
_PLACE_WASHES = ((0.82, 0.93), (0.62, 0.74), (0.36, 0.44))
_CAST_WASHES = ((0.88, 0.90), (0.66, 0.70), (0.40, 0.46))
"""Below which value a wash begins, and how light it is. Figures have lighter ones."""


def penned(colour: Array, alpha: Array) -> Array:
    """A cut-out's local ``colour`` (h, w, 3) as a pen draws it: pale skin, clothes by their own value.

    No hour of the day darkens it; the shaded side of skin falls to the value that is hatched.
    """
    grey = luma(colour)
    value = np.interp(grey, (0.0, 0.10, 0.17, 0.24, 0.40, 0.62, 1.0), (0.0, 0.04, 0.12, 0.34, 0.57, 0.80, 1.0)).astype(
        np.float32
    )
    skin = np.zeros_like(grey)
    for tone in _skins():
        if _has(colour, alpha, tone):
            value, skin = _paled(colour, grey, tone, value, skin)
    detail = value - blurred(value, max(2.0, colour.shape[0] * 0.012))
    value = value + np.minimum(detail, 0) * np.float32(0.75)
    hue = (colour - grey[..., None]) * (1 - skin)[..., None]
    return np.asarray(np.clip(np.clip(value, 0, 1)[..., None] + hue * np.float32(0.8), 0, 1), np.float32)


@cache
def _skins() -> tuple[tuple[float, float, float], ...]:
    """Every skin people are drawn with."""
    found = dict.fromkeys(look_of(Subject("man", f"man {index}")).skin for index in range(60))
    return tuple((float(r), float(g), float(b)) for r, g, b in (rgb(tone) for tone in found))


def _has(colour: Array, alpha: Array, tone: tuple[float, float, float]) -> bool:
    """True if a good part of the cut-out is exactly of this skin."""
    near = _alike(colour[::2, ::2], np.broadcast_to(np.array(tone, np.float32), colour[::2, ::2].shape)) > 0
    solid = alpha[::2, ::2] > 0.9
    return float((near & solid).sum()) > 0.004 * max(1.0, float(solid.sum()))


def _paled(
    colour: Array, grey: Array, tone: tuple[float, float, float], value: Array, skin: Array
) -> tuple[Array, Array]:
    """``value`` with all that is ``tone``, in light or in shade, near the white of the paper."""
    local = np.array(tone, np.float32)
    light = np.float32(0.72 + 0.14 * min(1.0, float(luma(local)) / 0.78))
    total = np.maximum(colour.sum(-1, keepdims=True), 0.02)
    for shade in (0.0, 0.15, 0.31, 0.46):
        reference = local * np.float32(1 - shade) + _SHADE * np.float32(shade)
        off = np.abs(colour / total - reference / reference.sum())
        off = np.maximum(np.maximum(off[..., 0], off[..., 1]), off[..., 2])
        ratio = grey / luma(reference)
        share = smoothstep(0.016, 0.008, off) * smoothstep(0.60, 0.70, ratio) * smoothstep(1.22, 1.12, ratio)
        wanted = light - np.float32(0.26) * smoothstep(0.1, 0.3, np.full_like(grey, shade))
        wanted = wanted * np.clip(np.float32(0.55) + ratio * np.float32(0.45), 0, 1)
        value = value + (wanted - value) * np.where(share > skin, share, 0)
        skin = np.maximum(skin, share)
    return value, skin


def ink(stage: Stage, focus: tuple[float, float], sample: Array, cast: Array) -> Callable[[Array], Array]:
    """The ink finish of a shot; ``cast`` (h, w) is 1 where ``sample``, the whole scene, shows somebody."""
    h, w, unit = stage.height, stage.width, stage.unit
    thin = (slice(None, None, max(1, h // 180)), slice(None, None, max(1, w // 320)))
    around = cast[thin] < 0.5
    reference = luma(sample[thin])[around if around.any() else ...]
    low, high = (float(v) for v in np.percentile(reference, (3, 97)))
    high = max(high, low + 0.08)
    rough, weave = _paper(stage)
    hatches = _hatching(w, h, unit, 1), _hatching(w, h, unit, -1)
    near = np.maximum(cast, _nearness(stage, focus) * np.float32(stage.palette.darkness**2))
    paper, black, accent = rgb("#f3eee0"), rgb("#15161c"), rgb("#c8452f")

    box = _box_of(cast)
    outline = cast[box] - _eroded(cast[box], 2.2 * unit) if box is not None else cast

    def finish(scene: Array) -> Array:
        grey = luma(scene)
        tone = np.clip((grey - low) / (high - low), 0, 1)
        tone = tone + (tone - blurred(tone, 26 * unit + 2)) * np.float32(0.55) - np.float32(0.03)
        level = _laid(tone + rough, _PLACE_WASHES, hatches, (0.42, 0.28, 0.16))
        line = _contours(grey, unit, low, high)
        if box is not None:
            shown = cast[box] * _alike(scene[box], sample[box])
            value = grey[box] + rough[box] * np.float32(0.5)
            figure = _laid(value, _CAST_WASHES, (hatches[0][box], hatches[1][box]), (0.60, 0.34, 0.13))
            level[box] += (figure - level[box]) * shown
            drawn = _contours(grey[box], unit, 0.0, 0.55)
            line[box] = np.maximum(line[box] + (drawn - line[box]) * shown, outline * shown)
        level = np.clip(np.minimum(level, 1 - line), 0, 1) + weave
        out = black + (paper - black) * np.clip(level, 0, 1)[..., None]
        warm = scene[..., 0] - np.maximum(scene[..., 1] * np.float32(0.55) + scene[..., 2] * np.float32(0.45), 0.02)
        spot = smoothstep(0.24, 0.40, warm) * near * (1 - line)
        tint = accent * np.clip(0.35 + level, 0, 1.12)[..., None]
        out += (tint - out) * (spot * np.float32(0.92))[..., None]
        return np.asarray(np.clip(out, 0, 1), np.float32)

    return finish


def _box_of(area: Array) -> tuple[slice, slice] | None:
    """Rows and columns where ``area`` is anything; None if it is nowhere."""
    rows, columns = np.flatnonzero(area.max(1) > 0), np.flatnonzero(area.max(0) > 0)
    if rows.size == 0:
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _alike(one: Array, other: Array) -> Array:
    """1 where two pictures are the same, else 0."""
    off = np.abs(one - other)
    return np.asarray(np.maximum(np.maximum(off[..., 0], off[..., 1]), off[..., 2]) < 0.006, np.float32)


def _paper(stage: Stage) -> tuple[Array, Array]:
    """How a dry brush breaks up on the sheet, and the weave of the sheet itself."""
    tiles, unit, box = stage.tiles, stage.unit, (0, 0, stage.width, stage.height)
    half = np.float32(0.5)
    dry = (stage.tile_box(tiles.fine, box, 1.3 * unit + 0.2, 95) - half) * np.float32(0.05)
    bristle = (stage.tile_box(tiles.fine, box, 1.6 * unit + 0.2, 96, 6.0) - half) * np.float32(0.06)
    small = stage.tile_box(tiles.soft, (0, 0, stage.width // 2, stage.height // 2), 0.35 * unit + 0.1, 98)
    slow = resized(small, stage.width, stage.height)
    weave = (stage.tile_box(tiles.fine, box, 0.9, 97) - half) * np.float32(0.05)
    return np.asarray(dry + bristle + (slow - half) * np.float32(0.09), np.float32), np.asarray(weave, np.float32)


def _laid(
    value: Array,
    washes: tuple[tuple[float, float], ...],
    hatches: tuple[Array, Array],
    starts: tuple[float, float, float],
) -> Array:
    """``value`` in washes, one hatching, two hatchings, black, each below its own of ``starts``."""
    level = np.ones_like(value)
    for threshold, wash in washes:
        level += (wash - level) * smoothstep(threshold + 0.02, threshold - 0.02, value)
    first, second, solid = starts
    level = level - 0.42 * hatches[0] * smoothstep(first + 0.02, first - 0.02, value)
    level = level - 0.30 * hatches[1] * smoothstep(second + 0.02, second - 0.02, value)
    return np.asarray(level * (1 - smoothstep(solid + 0.015, solid - 0.015, value)), np.float32)


def _eroded(area: Array, width_px: float) -> Array:
    size = 2 * max(1, round(width_px)) + 1
    image = Image.fromarray((np.clip(area, 0, 1) * 255).astype(np.uint8)).filter(ImageFilter.MinFilter(size))
    return np.asarray(image, np.float32) / np.float32(255)


def _contours(grey: Array, unit: float, low: float, high: float) -> Array:
    """Black lines where tones meet, heavier round darker forms."""
    stretched = np.clip((grey - low) / (high - low), 0, 1)
    image = Image.fromarray((stretched * 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(0.7 * unit))
    smooth = np.asarray(image, np.float32) / np.float32(255)
    step = max(1, round(1.1 * unit))
    across = np.abs(np.roll(smooth, -step, 1) - np.roll(smooth, step, 1))
    down = np.abs(np.roll(smooth, -step, 0) - np.roll(smooth, step, 0))
    across[:, :step], across[:, -step:], down[:step], down[-step:] = 0, 0, 0, 0
    return smoothstep(0.16, 0.34, np.asarray(np.maximum(across, down), np.float32))


def _hatching(w: int, h: int, unit: float, turn: int) -> Array:
    """Parallel pen strokes at 45 degrees, 0..1."""
    period = max(3.0, 7.0 * unit)
    phase = (
        np.arange(w, dtype=np.float32)[None, :] + turn * np.arange(h, dtype=np.float32)[:, None] * np.float32(0.8)
    ) / np.float32(period)
    wave = np.abs((phase % 1) - np.float32(0.5)) * 2
    return smoothstep(0.50, 0.22, np.asarray(wave, np.float32))


def _nearness(stage: Stage, focus: tuple[float, float]) -> Array:
    """1 round the focus, 0 far from it: only there may colour stand in an ink drawing."""
    w, h = max(4, stage.width // 8), max(4, stage.height // 8)
    image = Image.new("L", (w, h))
    x, y = focus[0] / 8, focus[1] / 8
    rx, ry = stage.span / 8 * 0.62, stage.span / 8 * 0.62
    ImageDraw.Draw(image).ellipse((x - rx, y - ry, x + rx, y + ry), fill=255)
    soft = image.filter(ImageFilter.GaussianBlur(max(1.0, stage.span / 8 * 0.10)))
    return resized(np.asarray(soft, np.float32) / np.float32(255), stage.width, stage.height)
