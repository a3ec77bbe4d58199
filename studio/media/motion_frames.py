"""Frames of a camera move: planes of Y, U and V cut from sheets, laid over each other, ready for the encoder.

Each plane is resampled once, bicubic, straight from where the view lies between the pixels: that is why slow
moves do not judder. Only the rectangle that a sheet covers on the screen is touched.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from studio.media.picture import Layer

Box = tuple[float, float, float, float]
Planes = tuple[Image.Image, Image.Image, Image.Image]

_SHEETS_MOST = 4
_SAME_DEPTH = 0.08
_SHARPEST = 1.5
"""A still is shrunk to this many times the screen's size first: more detail would only cost time."""
_BLEED_PX = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture in planes, and where it lies in the still. ``masks`` are None if it is opaque everywhere.

    A sheet's pixel is ``(still_px - corner) * scale``; planes U and V have half its size.
    """

    planes: Planes
    masks: tuple[Image.Image, Image.Image] | None
    corner: tuple[float, float]
    scale: float
    blend: Literal["normal", "add"] = "normal"


class Screen:
    """The frame being composed: three planes of ``size`` (even)."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._planes: list[Image.Image] = []
        self._pressed: tuple[Sheet, tuple[float, float], Planes] | None = None

    def fill(self, sheet: Sheet, view: Box) -> None:
        """Cover everything with the part ``view`` (pixels of the still) of an opaque sheet."""
        left, top, right, bottom = (edge * sheet.scale for edge in _moved(view, sheet.corner))
        source = self._prepared(sheet, (top, bottom))
        full = sheet.planes[0].height
        if source is not sheet.planes:
            top, bottom, full = 0.0, float(self._size[1]), self._size[1]
        box = (
            max(0.0, left),
            max(0.0, top),
            min(float(sheet.planes[0].width), right),
            min(float(full), bottom),
        )
        self._planes = [
            source[0].resize(self._size, Image.Resampling.BICUBIC, box=box),
            *(
                plane.resize(_half(self._size), Image.Resampling.BILINEAR, box=_halved(box, plane))
                for plane in source[1:]
            ),
        ]

    def lay(self, sheet: Sheet, view: Box) -> None:
        """Lay ``sheet`` over what is there, as seen through ``view`` (pixels of the still)."""
        if sheet.masks is None:
            self.fill(sheet, view)
            return
        across, down = self._size[0] / (view[2] - view[0]), self._size[1] / (view[3] - view[1])
        width, height = (length / sheet.scale for length in sheet.planes[0].size)
        x, y = sheet.corner
        spot = (
            max(0, _even_down((x - view[0]) * across) + 2),
            max(0, _even_down((y - view[1]) * down) + 2),
            min(self._size[0], _even_down((x + width - view[0]) * across)),
            min(self._size[1], _even_down((y + height - view[1]) * down)),
        )
        if spot[0] >= spot[2] or spot[1] >= spot[3]:
            return
        left, top = view[0] + spot[0] / across, view[1] + spot[1] / down
        seen = (left, top, view[0] + spot[2] / across, view[1] + spot[3] / down)
        self._place(sheet, spot, _scaled(_moved(seen, sheet.corner), sheet.scale))

    def stamp(self, planes: Planes, masks: tuple[Image.Image, Image.Image], corner: tuple[int, int]) -> None:
        """Lay ``planes``, already in the screen's pixels, with their left top at ``corner`` (even)."""
        half = (corner[0] // 2, corner[1] // 2)
        self._planes[0].paste(planes[0], corner, masks[0])
        self._planes[1].paste(planes[1], half, masks[1])
        self._planes[2].paste(planes[2], half, masks[1])

    def frame(self) -> bytes:
        """The frame as yuv420p bytes."""
        return b"".join(plane.tobytes() for plane in self._planes)

    def _prepared(self, sheet: Sheet, rows: tuple[float, float]) -> Planes:
        """Planes of ``sheet`` already resampled downwards, if ``rows`` are those of the last frame too.

        A move that is purely sideways needs its rows resampled once, which halves its cost.
        """
        if self._pressed is not None and self._pressed[0] is sheet and self._pressed[1] == rows:
            if self._pressed[2] is sheet.planes:
                self._pressed = (sheet, rows, _pressed_down(sheet.planes, rows, self._size[1]))
            return self._pressed[2]
        self._pressed = (sheet, rows, sheet.planes)
        return sheet.planes

    def _place(self, sheet: Sheet, spot: tuple[int, int, int, int], box: Box) -> None:
        assert sheet.masks is not None
        size = (spot[2] - spot[0], spot[3] - spot[1])
        small = _half(size)
        y = sheet.planes[0].resize(size, Image.Resampling.BICUBIC, box=_inside(box, sheet.planes[0]))
        u, v = (plane.resize(small, Image.Resampling.BILINEAR, box=_halved(box, plane)) for plane in sheet.planes[1:])
        if sheet.blend == "add":
            self._add((y, u, v), spot)
            return
        mask = sheet.masks[0].resize(size, Image.Resampling.BILINEAR, box=_inside(box, sheet.masks[0]))
        mask_small = sheet.masks[1].resize(small, Image.Resampling.BILINEAR, box=_halved(box, sheet.masks[1]))
        self.stamp((y, u, v), (mask, mask_small), (spot[0], spot[1]))

    def _add(self, planes: Planes, spot: tuple[int, int, int, int]) -> None:
        """Lay light on: planes hold luma above black and colour differences about 128."""
        half = (spot[0] // 2, spot[1] // 2, spot[2] // 2, spot[3] // 2)
        for number, (plane, place) in enumerate(zip(planes, (spot, half, half), strict=True)):
            below = self._planes[number].crop(place)
            lit = ImageChops.add(below, plane, 1, 0 if number == 0 else -128)
            self._planes[number].paste(lit, place[:2])


def flat_sheet(still: Image.Image, size: tuple[int, int]) -> tuple[Sheet, Box]:
    """``still`` as an opaque sheet, and the largest part of it in the shape of ``size``, in its pixels."""
    crop = covering(still.size, size)
    scale = min(1.0, _SHARPEST * size[0] / (crop[2] - crop[0]))
    rgb = still.convert("RGB")
    if scale < 1:
        shrunk = (max(2, round(still.width * scale)), max(2, round(still.height * scale)))
        rgb = rgb.resize(shrunk, Image.Resampling.LANCZOS, reducing_gap=2.0)
        scale = shrunk[0] / still.width
    return Sheet(planes_of(rgb), None, (0.0, 0.0), scale), crop


def covering(still: tuple[int, int], size: tuple[int, int]) -> Box:
    """The largest middle part of a picture of size ``still`` with the shape of ``size``."""
    shape = size[0] / size[1]
    width = min(float(still[0]), still[1] * shape)
    height = width / shape
    left, top = (still[0] - width) / 2, (still[1] - height) / 2
    return left, top, left + width, top + height


def sheets_of(layers: Sequence[Layer], still: Image.Image, size: tuple[int, int]) -> list[tuple[float, Sheet]]:
    """``layers`` as at most five sheets with their depths, far ones first; neighbours of like depth merged.

    Empty if the first layer is not an opaque plate as large as the still.
    """
    if not layers or layers[0].box != (0, 0, *still.size) or layers[0].cut.mode != "RGB":
        return []
    ground, above = _grounded(layers, still.size)
    plate, crop = flat_sheet(ground.cut, size)
    sheets = [(ground.depth, plate)]
    margin = int(6 * (crop[2] - crop[0]) / size[0]) + 4
    for layer in _merged(above):
        sheets.append((layer.depth, _cut_sheet(layer, margin, still.size)))
    return sheets


def _grounded(layers: Sequence[Layer], still: tuple[int, int]) -> tuple[Layer, list[Layer]]:
    """The plate with what lies flat on it, and the layers that may move against it.

    A layer that reaches all four edges is a veil (fog, the light of a fire): it was mixed with the very pixels
    below, and moving it against them would show every edge twice. So it keeps the plate's depth.
    """
    plate = layers[0]
    above: list[Layer] = []
    for layer in layers[1:]:
        is_veil = layer.box == (0, 0, *still)
        if is_veil and not above and layer.blend == "normal":
            whole = Image.alpha_composite(plate.cut.convert("RGBA"), layer.cut.convert("RGBA"))
            plate = Layer(plate.depth, plate.box, whole.convert("RGB"))
        else:
            above.append(Layer(plate.depth, layer.box, layer.image, layer.blend) if is_veil else layer)
    return plate, above


def planes_of(rgb: Image.Image) -> Planes:
    """``rgb`` as BT.709 planes in limited range; U and V have half the size (rounded up)."""
    pixels = np.asarray(rgb, np.float32) / np.float32(255)
    red, blue = pixels[..., 0], pixels[..., 2]
    luma = 0.2126 * red + 0.7152 * pixels[..., 1] + 0.0722 * blue
    y = _plane(16 + 219 * luma)
    u = _plane(128 + 224 * (blue - luma) / 1.8556)
    v = _plane(128 + 224 * (red - luma) / 1.5748)
    return y, u.reduce(2), v.reduce(2)


def overlay_planes(rgba: Image.Image) -> tuple[Planes, tuple[Image.Image, Image.Image]]:
    """Planes and masks of a picture of even size with alpha, colours carried on under its edges."""
    alpha = rgba.getchannel("A")
    return planes_of(_bled(rgba)), (alpha, alpha.reduce(2))


def _cut_sheet(layer: Layer, margin: int, still: tuple[int, int]) -> Sheet:
    """A layer with a margin, so that a view may start between its edge and the screen's grid.

    The margin is transparent, but carries the layer on where it ends only because the still does.
    """
    cut = np.asarray(layer.cut.convert("RGBA"))
    left, top, right, bottom = layer.box
    at_edge = ((top <= 0, bottom >= still[1]), (left <= 0, right >= still[0]))
    spare = (cut.shape[0] % 2, cut.shape[1] % 2)
    for axis in (0, 1):
        for end in (0, 1):
            beyond = margin + (spare[axis] if end else 0)
            room = [(0, 0), (0, 0), (0, 0)]
            room[axis] = (0, beyond) if end else (beyond, 0)
            cut = np.pad(cut, room, mode="edge") if at_edge[axis][end] else np.pad(cut, room)
    wide = Image.fromarray(cut)
    corner = (float(left - margin), float(top - margin))
    alpha = wide.getchannel("A")
    masks = (alpha, alpha.reduce(2))
    if layer.blend == "add":
        return Sheet(_light(wide), masks, corner, 1.0, "add")
    return Sheet(planes_of(_bled(wide)), masks, corner, 1.0)


def _bled(rgba: Image.Image) -> Image.Image:
    """RGB of ``rgba`` with the colours of its edge carried on where nothing shows, so that no rim is seen."""
    pixels = np.asarray(rgba, np.float32)
    alpha = pixels[..., 3:] / 255
    solid = Image.fromarray(np.rint(pixels[..., :3] * alpha).astype(np.uint8))
    blur = ImageFilter.BoxBlur(_BLEED_PX)
    colour = np.asarray(solid.filter(blur), np.float32)
    weight = np.asarray(rgba.getchannel("A").filter(blur), np.float32)[..., None] / 255
    around = np.clip(colour / np.maximum(weight, 1 / 255), 0, 255)
    return Image.fromarray(np.rint(np.where(alpha > 0, pixels[..., :3], around)).astype(np.uint8))


def _light(rgba: Image.Image) -> Planes:
    """What a layer of light adds: luma above black, colour differences about 128, both times alpha."""
    y, u, v = planes_of(rgba.convert("RGB"))
    alpha = np.asarray(rgba.getchannel("A"), np.float32) / np.float32(255)
    small = np.asarray(rgba.getchannel("A").reduce(2), np.float32) / np.float32(255)
    return (
        _plane((np.asarray(y, np.float32) - 16) * alpha),
        _plane(128 + (np.asarray(u, np.float32) - 128) * small),
        _plane(128 + (np.asarray(v, np.float32) - 128) * small),
    )


def _merged(layers: list[Layer]) -> list[Layer]:
    """Neighbours of about one depth as one layer, and the nearest neighbours while there are too many."""
    while True:
        gaps = [
            (near.depth - far.depth if near.depth > far.depth else far.depth - near.depth, number)
            for number, (far, near) in enumerate(itertools.pairwise(layers))
            if far.blend == near.blend == "normal"
        ]
        if not gaps or (min(gaps)[0] > _SAME_DEPTH and len(layers) <= _SHEETS_MOST):
            return layers
        at = min(gaps)[1]
        layers[at : at + 2] = [_together(layers[at], layers[at + 1])]


def _together(far: Layer, near: Layer) -> Layer:
    left, top = min(far.box[0], near.box[0]), min(far.box[1], near.box[1])
    right, bottom = max(far.box[2], near.box[2]), max(far.box[3], near.box[3])
    whole = Image.new("RGBA", (right - left, bottom - top), (0, 0, 0, 0))
    for layer in (far, near):
        whole.alpha_composite(layer.cut.convert("RGBA"), (layer.box[0] - left, layer.box[1] - top))
    return Layer((far.depth + near.depth) / 2, (left, top, right, bottom), whole)


def _pressed_down(planes: Planes, rows: tuple[float, float], height: int) -> Planes:
    y, u, v = planes
    tall = y.resize((y.width, height), Image.Resampling.BICUBIC, box=_inside((0, rows[0], y.width, rows[1]), y))
    box = _inside((0, rows[0] / 2, u.width, rows[1] / 2), u)
    small = [plane.resize((u.width, height // 2), Image.Resampling.BILINEAR, box=box) for plane in (u, v)]
    return tall, small[0], small[1]


def _plane(values: NDArray[np.floating[Any]]) -> Image.Image:
    return Image.fromarray(np.rint(np.clip(values, 0, 255)).astype(np.uint8))


def _half(size: tuple[int, int]) -> tuple[int, int]:
    return size[0] // 2, size[1] // 2


def _moved(box: Sequence[float], corner: tuple[float, float]) -> Box:
    return box[0] - corner[0], box[1] - corner[1], box[2] - corner[0], box[3] - corner[1]


def _scaled(box: Box, scale: float) -> Box:
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def _halved(box: Box, plane: Image.Image) -> Box:
    return _inside(_scaled(box, 0.5), plane)


def _inside(box: Box, plane: Image.Image) -> Box:
    """``box`` without the rounding errors that would put it outside ``plane``."""
    return (
        max(0.0, box[0]),
        max(0.0, box[1]),
        min(float(plane.width), box[2]),
        min(float(plane.height), box[3]),
    )


def _even_down(value: float) -> int:
    return int(value // 2) * 2
