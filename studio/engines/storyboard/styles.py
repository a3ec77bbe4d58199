"""The three hands a picture can be drawn in. Each is a finish over the same painted scene."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from studio.engines.storyboard.canvas import Array, blurred, luma, resized, rgb, smoothstep
from studio.engines.storyboard.stage import Stage, seed_of

Finish = Callable[[Array], Array]
"""From the painted scene (h, w, 3) to the finished picture of the same shape, both 0..1."""


def finish_of(stage: Stage, *, focus: tuple[float, float], sample: Array, accent: Array, seed: int) -> Finish:
    """The finish of the brief's style; tones are measured on ``sample``, the whole composed scene.

    ``accent`` (h, w) is 1 where an ink drawing may keep colour.
    The finish is fixed for the shot: where scenes with and without subject are equal, so are their finishes.
    """
    if stage.brief.style == "ink":
        return _ink(stage, focus, sample, accent)
    maker = {"poster": _poster, "watercolour": _watercolour}[stage.brief.style]
    return maker(stage, focus, seed)


def loosen(stage: Stage) -> None:
    """For watercolour: forms on the canvas wander by 2 or 3 pixels, as a loaded brush does."""
    if stage.brief.style != "watercolour":
        return
    h, w = stage.height, stage.width
    reach = np.float32(5.5 * stage.unit)
    box = (0, 0, w // 2, h // 2)
    dx = resized(stage.tile_box(stage.tiles.soft, box, 0.35 * stage.unit + 0.1, 71), w, h) - np.float32(0.5)
    dy = resized(stage.tile_box(stage.tiles.soft, box, 0.35 * stage.unit + 0.1, 72), w, h) - np.float32(0.5)
    rows = np.clip(np.arange(h)[:, None] + (dy * reach), 0, h - 1).astype(np.int32)
    columns = np.clip(np.arange(w)[None, :] + (dx * reach), 0, w - 1).astype(np.int32)
    stage.canvas.rgb[:] = stage.canvas.rgb[rows, columns]


def _vignette(stage: Stage, focus: tuple[float, float], strength: float) -> Array:
    w, h = max(4, stage.width // 8), max(4, stage.height // 8)
    x = (np.arange(w, dtype=np.float32)[None, :] + 0.5) / w - np.float32(0.5 * 0.5 + 0.5 * focus[0] / stage.width)
    y = (np.arange(h, dtype=np.float32)[:, None] + 0.5) / h - np.float32(0.5 * 0.5 + 0.5 * focus[1] / stage.height)
    fall = smoothstep(0.30, 0.95, np.hypot(x, y * np.float32(0.9))) * np.float32(strength)
    return resized(1 - fall, stage.width, stage.height)


def _grain(stage: Stage, seed: int, strength: float) -> Array:
    """Film grain that tells in the middle tones; the tile repeats unseen."""
    rng = np.random.default_rng(seed_of("grain", seed))
    tile = rng.standard_normal((256, 256), dtype=np.float32) * np.float32(strength)
    across, down = stage.width // 256 + 1, stage.height // 256 + 1
    return np.asarray(np.tile(tile, (down, across))[: stage.height, : stage.width], np.float32)


def _poster(stage: Stage, focus: tuple[float, float], seed: int) -> Finish:
    shade = _vignette(stage, focus, 0.30)
    slow = resized(
        stage.tile_box(stage.tiles.soft, (0, 0, stage.width // 4, stage.height // 4), 0.7 * stage.unit + 0.2, 81),
        stage.width,
        stage.height,
    )
    field = shade * (1 + (slow - 0.5) * np.float32(0.07))
    grain = _grain(stage, seed, 0.010)

    def finish(scene: Array) -> Array:
        out = scene * field[..., None]
        out += grain[..., None]
        return np.clip(out, 0, 1, out=out)

    return finish


def _watercolour(stage: Stage, focus: tuple[float, float], seed: int) -> Finish:
    h, w = stage.height, stage.width
    tiles, unit = stage.tiles, stage.unit
    paper = rgb("#fbf6ea")
    box = (0, 0, w, h)
    pigment = stage.tile_box(tiles.fine, box, 1.1 * unit + 0.2, 91)
    pool = resized(stage.tile_box(tiles.soft, (0, 0, w // 4, h // 4), 0.5 * unit + 0.1, 92), w, h)
    density = np.float32(0.90) + (pigment - 0.5) * np.float32(0.26) + (pool - 0.5) * np.float32(0.42)
    tooth = stage.tile_box(tiles.fine, box, 0.8, 93)
    emboss = (tooth - np.roll(tooth, (1, 1), (0, 1))) * np.float32(0.10)
    sheet = _ragged_sheet(stage, seed)
    rim = np.clip(sheet - blurred(sheet, 7 * unit + 1), 0, 1) * np.float32(0.8)
    density = density * (1 + rim)

    def finish(scene: Array) -> Array:
        grey = luma(scene)[..., None]
        lifted = np.clip(grey + (scene - grey) * np.float32(1.12), 0.0, 1) ** np.float32(0.80)
        edges = _tone_edges(scene, unit)
        stain = (1 - lifted) * (density * (1 + edges * np.float32(0.9)))[..., None]
        wash = 1 - np.clip(stain * np.float32(0.94), 0, 0.96)
        out = wash * paper * (1 + emboss)[..., None]
        out = paper + (out - paper) * sheet[..., None]
        return np.asarray(np.clip(out, 0, 1), np.float32)

    return finish


def _tone_edges(scene: Array, unit: float) -> Array:
    """Where paint has dried in a dark line: at the border of a darker form."""
    grey = np.clip(luma(scene), 0, 1)
    soft = blurred(grey, 3.2 * unit + 0.6)
    return np.asarray(np.clip((soft - grey) * 3.2 - 0.03, 0, 0.75), np.float32)


def _ragged_sheet(stage: Stage, seed: int) -> Array:
    """1 where the sheet is painted, 0 on its white border with a brushed, uneven rim."""
    h, w = stage.height, stage.width
    margin = np.float32(0.024 * stage.span)
    rough = resized(
        stage.tile_box(stage.tiles.soft, (0, 0, w // 2, h // 2), 0.30 * stage.unit + 0.1, seed_of("rim", seed)),
        w,
        h,
    )
    fine = stage.tile_box(stage.tiles.fine, (0, 0, w, h), 1.2 * stage.unit + 0.2, 94)
    x = np.minimum(stage.canvas.columns, w - stage.canvas.columns)[None, :]
    y = np.minimum(stage.canvas.rows, h - stage.canvas.rows)
    inset = np.minimum(x, y) - margin * (np.float32(0.25) + rough * np.float32(1.3) + (fine - 0.5) * np.float32(0.7))
    return smoothstep(-1.0, 1.6, np.asarray(inset, np.float32))


def _ink(stage: Stage, focus: tuple[float, float], sample: Array, accent_area: Array) -> Finish:
    h, w, unit = stage.height, stage.width, stage.unit
    reference = luma(sample[:: max(1, h // 180), :: max(1, w // 320)])
    low, high = (float(v) for v in np.percentile(reference, (3, 97)))
    high = max(high, low + 0.08)
    box = (0, 0, w, h)
    dry = (stage.tile_box(stage.tiles.fine, box, 1.3 * unit + 0.2, 95) - np.float32(0.5)) * np.float32(0.05)
    bristle = (stage.tile_box(stage.tiles.fine, box, 1.6 * unit + 0.2, 96, 6.0) - np.float32(0.5)) * np.float32(0.06)
    slow = resized(stage.tile_box(stage.tiles.soft, (0, 0, w // 2, h // 2), 0.35 * unit + 0.1, 98), w, h)
    rough = dry + bristle + (slow - np.float32(0.5)) * np.float32(0.09)
    hatch_a, hatch_b = _hatching(w, h, unit, 1), _hatching(w, h, unit, -1)
    lamps = _nearness(stage, focus) * np.float32(stage.palette.darkness**2)
    near = np.maximum(accent_area, lamps)
    paper, black, accent = rgb("#f3eee0"), rgb("#15161c"), rgb("#c8452f")
    washes = ((0.82, 0.93), (0.62, 0.74), (0.36, 0.44))
    weave = (stage.tile_box(stage.tiles.fine, box, 0.9, 97) - np.float32(0.5)) * np.float32(0.05)

    def finish(scene: Array) -> Array:
        tone = np.clip((luma(scene) - low) / (high - low), 0, 1)
        tone = tone + (tone - blurred(tone, 26 * unit + 2)) * np.float32(0.55) - np.float32(0.03)
        value = tone + rough
        level = np.ones((h, w), np.float32)
        for threshold, wash in washes:
            level += (wash - level) * smoothstep(threshold + 0.02, threshold - 0.02, value)
        level = level - 0.42 * hatch_a * smoothstep(0.44, 0.40, value) - 0.30 * hatch_b * smoothstep(0.30, 0.26, value)
        solid = smoothstep(0.175, 0.145, value)
        line = _contours(scene, unit, low, high)
        level = np.clip(np.minimum(level * (1 - solid), 1 - line), 0, 1) + weave
        out = black + (paper - black) * np.clip(level, 0, 1)[..., None]
        warm = scene[..., 0] - np.maximum(scene[..., 1] * np.float32(0.55) + scene[..., 2] * np.float32(0.45), 0.02)
        spot = smoothstep(0.24, 0.40, warm) * near * (1 - line)
        tint = accent * np.clip(0.35 + level, 0, 1.12)[..., None]
        out += (tint - out) * (spot * np.float32(0.92))[..., None]
        return np.asarray(np.clip(out, 0, 1), np.float32)

    return finish


def _contours(scene: Array, unit: float, low: float, high: float) -> Array:
    """Black lines where tones meet, heavier round darker forms."""
    grey = np.clip((luma(scene) - low) / (high - low), 0, 1).astype(np.float32)
    image = Image.fromarray((grey * 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(0.7 * unit))
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
