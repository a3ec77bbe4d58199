"""From an understood prompt to a finished picture and the sheets it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageFilter

from studio.engines.storyboard.picture.compose import cast_of, paint_cast
from studio.engines.storyboard.picture.styles import finish_of, loosen
from studio.engines.storyboard.places.foreground import paint_near_frame
from studio.engines.storyboard.places.kinds import indoor_places, painters
from studio.engines.storyboard.places.weather import Falling, falling, paint_lightning, place_sun
from studio.engines.storyboard.sheet.brief import Brief
from studio.engines.storyboard.sheet.canvas import Array, Canvas
from studio.engines.storyboard.sheet.palette import palette_of
from studio.engines.storyboard.sheet.stage import Stage, Tiles, seed_of
from studio.media.picture import Layer

_ZOOM = {
    "extreme_wide": 1.0, "wide": 1.0, "full": 1.12, "medium": 1.35, "medium_close": 1.6,
    "close": 1.9, "extreme_close": 2.3,
}  # fmt: skip
_BLUR_PX = {"full": 0.8, "medium": 1.8, "medium_close": 4.0, "close": 6.0, "extreme_close": 8.0}


@dataclass(frozen=True, slots=True)
class Painting:
    """``image`` is the whole picture; ``layers``, laid one over the other, give it again."""

    image: Image.Image
    layers: tuple[Layer, ...]


def paint(brief: Brief, *, size: tuple[int, int], seed: int) -> Painting:
    """Paint ``brief`` at ``size``; the place depends on ``place_key`` only, the rest also on ``seed``."""
    stage = _frame(_painted_place(brief, size, seed))
    loosen(stage)
    cast = cast_of(stage, seed)
    backdrop = stage.canvas.rgb.copy()
    cast_solid = paint_cast(stage, cast, seed)
    with_cast = stage.canvas.rgb.copy()
    if _is_crowded(brief):
        stage.near = "none"
    near_solid = paint_near_frame(stage, cast_solid, blur_px=_BLUR_PX.get(brief.framing, 0.0) * stage.unit * 0.6)
    overlays = falling(stage)
    finish = finish_of(stage, focus=cast.focus, sample=_under(stage.canvas.rgb, overlays), accent=cast_solid, seed=seed)
    sheets = [_pixels(finish(_under(scene, overlays))) for scene in (backdrop, with_cast, stage.canvas.rgb)]
    return Painting(Image.fromarray(sheets[-1]), _layers(sheets, (cast_solid, near_solid)))


def _is_crowded(brief: Brief) -> bool:
    """True where something near the lens would hide somebody."""
    is_near = brief.framing in {"medium", "medium_close", "close", "extreme_close"}
    return bool(brief.subjects) and (is_near or (brief.framing == "full" and len(brief.subjects) > 1))


def _painted_place(brief: Brief, size: tuple[int, int], seed: int) -> Stage:
    """The place, seen wide. Close framings are cropped from it and blurred, so it may be painted smaller."""
    zoom = _ZOOM[brief.framing]
    share = 0.62 if zoom > 1.5 and min(size) > 200 else 1.0
    width, height = max(16, round(size[0] * share)), max(16, round(size[1] * share))
    rng = np.random.default_rng(seed_of("place", brief.place, brief.place_key))
    indoors = brief.place in indoor_places()
    level, eye = {"eye": (0.52, 1.33), "low": (0.72, 0.62), "high": (0.30, 2.3)}[brief.angle]
    side = -1 if rng.random() < 0.5 else 1
    stage = Stage(
        canvas=Canvas(width, height),
        palette=palette_of(brief, indoors=indoors),
        brief=brief,
        tiles=Tiles(seed_of("tiles", brief.place_key)),
        place_rng=rng,
        shot_rng=np.random.default_rng(seed_of("shot", brief.prompt, seed)),
        horizon=height * level,
        eye_height=eye,
        hero_side=side,
    )
    place_sun(stage)
    places = painters()
    places.get(brief.place, places["meadow"])(stage)
    if stage.has("storm") and not stage.is_indoors:
        paint_lightning(stage)
    return replace(stage, canvas=stage.canvas, full_size=size)


def _frame(stage: Stage) -> Stage:
    """What the lens sees of the place: cropped round horizon and hero, enlarged, out of focus when close."""
    brief = stage.brief
    width, height = stage.full_size
    zoom = _ZOOM[brief.framing]
    scale = zoom * width / stage.width
    if zoom == 1.0 and stage.width == width:
        return stage
    window_w, window_h = stage.width / zoom, stage.height / zoom
    left = float(np.clip(stage.side_x(0.44) - window_w / 2, 0, stage.width - window_w))
    level = stage.horizon * (1.0 if zoom > 1.5 else 1.04)
    top = float(np.clip(level - window_h * 0.47, 0, stage.height - window_h))
    image = Image.fromarray((np.clip(stage.canvas.rgb, 0, 1) * 255 + 0.5).astype(np.uint8))
    box = (left, top, float(left + window_w), float(top + window_h))
    image = image.resize((width, height), Image.Resampling.BICUBIC, box=box)
    canvas = Canvas(width, height)
    blur_px = _BLUR_PX.get(brief.framing, 0.0) * min(height, 1.2 * width) / 720
    canvas.rgb[:] = np.asarray(_out_of_focus(image, blur_px), np.float32) / np.float32(255)
    return replace(
        stage,
        canvas=canvas,
        horizon=(stage.horizon - top) * scale,
        sun=((stage.sun[0] - left) * scale, (stage.sun[1] - top) * scale),
        key_x=None if stage.key_x is None else (stage.key_x - left) * scale,
        landmark=_framed_landmark(stage, left, top, scale),
        water_foot=None if stage.water_foot is None else (stage.water_foot - top) * scale,
        deck_foot=None if stage.deck_foot is None else (stage.deck_foot - top) * scale,
        windows=[
            ((x0 - left) * scale, (y0 - top) * scale, (x1 - left) * scale, (y1 - top) * scale)
            for x0, y0, x1, y1 in stage.windows
        ],
    )


def _framed_landmark(stage: Stage, left: float, top: float, scale: float) -> tuple[float, float, float] | None:
    if stage.landmark is None:
        return None
    x, head, foot = stage.landmark
    return (x - left) * scale, (head - top) * scale, (foot - top) * scale


def _out_of_focus(image: Image.Image, blur_px: float) -> Image.Image:
    if blur_px < 0.5:
        return image
    if blur_px < 3:
        return image.filter(ImageFilter.GaussianBlur(blur_px))
    small = image.resize((max(2, image.width // 2), max(2, image.height // 2)), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(blur_px / 2)).resize(image.size, Image.Resampling.BILINEAR)


def _under(scene: Array, overlays: list[Falling]) -> Array:
    """``scene`` seen through what falls before the lens."""
    out = scene.copy()
    for opacity, colour in overlays:
        out += (colour - out) * opacity[..., None]
    return np.clip(out, 0, 1, out=out)


def _pixels(scene: Array) -> np.ndarray:
    return np.asarray(scene * np.float32(255) + np.float32(0.5)).astype(np.uint8)


def _layers(sheets: list[np.ndarray], solids: tuple[Array, Array]) -> tuple[Layer, ...]:
    plate, with_cast, whole = sheets
    layers = [Layer(0.0, (0, 0, plate.shape[1], plate.shape[0]), Image.fromarray(plate))]
    for depth, below, above, solid in (
        (0.55, plate, with_cast, solids[0]),
        (0.95, with_cast, whole, solids[1]),
    ):
        cut = _cut_out(below, above, solid, depth)
        if cut is not None:
            layers.append(cut)
    return tuple(layers)


def _cut_out(below: np.ndarray, above: np.ndarray, solid: Array, depth: float) -> Layer | None:
    """The thinnest sheet that, laid over ``below``, gives ``above``: its colour is as strong as can be."""
    change = np.abs(above.astype(np.int16) - below.astype(np.int16)).max(-1)
    rows, columns = np.flatnonzero((change > 1).any(1)), np.flatnonzero((change > 1).any(0))
    if rows.size == 0:
        return None
    y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    under, over = below[y0:y1, x0:x1].astype(np.float32), above[y0:y1, x0:x1].astype(np.float32)
    difference = over - under
    room = np.where(difference > 0, 255 - under, under)
    alpha = (np.abs(difference) / np.maximum(room, 1)).max(-1)
    alpha = np.where(change[y0:y1, x0:x1] > 0, alpha, 0)
    alpha = np.clip(np.maximum(alpha, solid[y0:y1, x0:x1]), 0, 1)
    alpha = np.ceil(alpha * 255) / 255
    colour = np.clip(under + difference / np.maximum(alpha, 1 / 255)[..., None], 0, 255)
    sheet = np.concatenate([colour + 0.5, alpha[..., None] * 255 + 0.5], -1).astype(np.uint8)
    sheet[alpha == 0] = 0
    return Layer(depth, (x0, y0, x1, y1), Image.fromarray(sheet))
