"""The three hands a picture can be drawn in. Each is a finish over the same painted scene."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from studio.engines.storyboard.picture.ink import ink
from studio.engines.storyboard.sheet.canvas import Array, blurred, luma, resized, rgb, smoothstep
from studio.engines.storyboard.sheet.stage import Stage, seed_of

_POSTER_COLOUR, _POSTER_CONTRAST = 1.12, 0.16
"""How much colours are lifted off grey, and values drawn apart (the share of an S curve)."""
Finish = Callable[[Array], Array]
"""From the painted scene (h, w, 3) to the finished picture of the same shape, both 0..1."""


def finish_of(stage: Stage, *, focus: tuple[float, float], sample: Array, accent: Array, seed: int) -> Finish:
    """The finish of the brief's style; tones are measured on ``sample``, the whole composed scene.

    ``accent`` (h, w) is 1 where an ink drawing may keep colour.
    The finish is fixed for the shot: where scenes with and without subject are equal, so are their finishes.
    """
    if stage.brief.style == "ink":
        return ink(stage, focus, sample, accent)
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
        grey = luma(out)[..., None]
        out = grey + (out - grey) * np.float32(_POSTER_COLOUR)
        np.clip(out, 0, 1, out=out)
        out += (out * out * (3 - 2 * out) - out) * np.float32(_POSTER_CONTRAST)
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
    blooms = _blooms(stage, focus, seed)
    density = density * (1 + blooms)

    def finish(scene: Array) -> Array:
        grey = luma(scene)[..., None]
        lifted = np.clip(grey + (scene - grey) * np.float32(1.12), 0.0, 1) ** np.float32(0.80)
        edges = _tone_edges(scene, unit)
        stain = (1 - lifted) * (density * (1 + edges * np.float32(0.9)))[..., None]
        wash = 1 - np.clip(stain * np.float32(0.94), 0, 0.96)
        out = wash * paper * (1 + emboss)[..., None]
        return np.asarray(np.clip(out, 0, 1), np.float32)

    return finish


def _tone_edges(scene: Array, unit: float) -> Array:
    """Where paint has dried in a dark line: at the border of a darker form."""
    grey = np.clip(luma(scene), 0, 1)
    soft = blurred(grey, 3.2 * unit + 0.6)
    return np.asarray(np.clip((soft - grey) * 3.2 - 0.03, 0, 0.75), np.float32)


def _blooms(stage: Stage, focus: tuple[float, float], seed: int) -> Array:
    """Where water ran back into drying paint: pale pools with a darker, frayed rim, never over the hero; about
    -0.15..0.15 of the pigment.

    The sheet is painted to its last pixel: a camera that moves over it never meets a border.
    """
    h, w = stage.height, stage.width
    small = (0, 0, w // 2, h // 2)
    broad = resized(stage.tile_box(stage.tiles.soft, small, 0.9 * stage.unit + 0.2, seed_of("bloom", seed)), w, h)
    frayed = stage.tile_box(stage.tiles.fine, (0, 0, w, h), 1.2 * stage.unit + 0.2, 94)
    pool = broad + (frayed - 0.5) * np.float32(0.05)
    pale = smoothstep(0.60, 0.72, pool) * np.float32(0.14)
    rim = smoothstep(0.56, 0.595, pool) * smoothstep(0.65, 0.60, pool) * np.float32(0.13)
    away = np.hypot(
        (stage.canvas.columns[None, :] - np.float32(focus[0])) / np.float32(0.36 * stage.span),
        (stage.canvas.rows - np.float32(focus[1])) / np.float32(0.50 * stage.span),
    )
    return np.asarray((rim - pale) * smoothstep(0.7, 1.3, away), np.float32)
