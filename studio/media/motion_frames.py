"""Frames of a camera move: planes of Y, U and V cut from sheets, laid over each other, ready for the encoder.

Each plane is resampled once, straight from where the view lies between the pixels, and rounded once, when all
sheets are laid: that is why slow moves do not judder. Only the rectangle that a sheet covers on the screen is
touched.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from PIL import Image

from studio.media.motion_cut import Box, Cuttable, Light, Pixels, centred
from studio.media.motion_weights import Line, Weigher, Weights
from studio.media.picture import Layer

_SHEETS_MOST = 4
_SAME_DEPTH = 0.08
_BUFFER_PX = 1024
"""What numpy may copy together before it works on it. Its 8192 would copy rows of part of a frame: twice the time."""
_SHARPEST = 1.5
"""A still is shrunk to this many times the screen's size first: more detail would only cost time."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture in planes, and where it lies in the still.

    ``planes`` are Y, then U and V in half the size; if ``blend`` is "normal", what it lets through is the last
    plane of each (see ``_planes_of``). "add" is light: luma above black, colour differences about 128. A pixel of
    Y is ``(still_px - corner) * scale``.
    """

    planes: Cuttable
    corner: tuple[float, float]
    scale: float
    blend: Literal["opaque", "normal", "add"]


class _Place(NamedTuple):
    """Where a sheet comes to lie, in pixels of the screen, and the lines to be weighed for that."""

    sheet: Sheet
    left: int
    top: int
    lines: list[tuple[Line, Line]]


class Screen:
    """The frame being composed: planes of ``size`` (even)."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        full: Light = np.zeros((1, size[1], size[0]), np.float32)
        half: Light = np.zeros((2, size[1] // 2, size[0] // 2), np.float32)
        self._planes = [full, half]
        self._weigher = Weigher()

    def lay(self, views: Sequence[tuple[Sheet, Box]]) -> None:
        """Lay sheets over what is there, each as seen through its view (pixels of the still)."""
        places = [place for sheet, view in views if (place := self._place(sheet, view))]
        known = self._weigher.weights(line for place in places for pair in place.lines for line in pair)
        for place in places:
            weighed = [(known[columns], known[rows]) for columns, rows in place.lines]
            if place.sheet.blend == "opaque":
                self._planes = place.sheet.planes.cut(weighed)
            else:
                self._lay(place, weighed)

    def _place(self, sheet: Sheet, view: Box) -> _Place | None:
        """Where ``sheet`` comes to lie; None if outside."""
        if sheet.blend == "opaque":
            lines = sheet.planes.lines(_scaled(_moved(view, sheet.corner), sheet.scale), self._size)
            return _Place(sheet, 0, 0, lines)
        spot = self._covered(sheet, view)
        if spot[0] >= spot[2] or spot[1] >= spot[3]:
            return None
        across, down = self._size[0] / (view[2] - view[0]), self._size[1] / (view[3] - view[1])
        left, top = view[0] + spot[0] / across, view[1] + spot[1] / down
        seen = (left, top, view[0] + spot[2] / across, view[1] + spot[3] / down)
        size = (spot[2] - spot[0], spot[3] - spot[1])
        lines = sheet.planes.lines(_scaled(_moved(seen, sheet.corner), sheet.scale), size)
        return _Place(sheet, spot[0], spot[1], lines)

    def _lay(self, place: _Place, weighed: Sequence[tuple[Weights, Weights]]) -> None:
        for number, parts in enumerate(place.sheet.planes.parts(weighed)):
            x, y = place.left >> number, place.top >> number
            for part in parts:
                below = self._below(number, x + part.left, y + part.top, part.width, part.height)
                own = part.light[:, : part.height, : part.width]
                if place.sheet.blend == "add":
                    below += own if number else own + np.float32(128)
                elif part.is_solid:
                    below[:] = own
                else:
                    _blend(below, part.light)

    def stamp(self, full: Light, half: Light, corner: tuple[int, int]) -> None:
        """Lay planes, already in the screen's pixels, with their left top at ``corner`` (even)."""
        for number, over in enumerate((full, half)):
            high, wide = over.shape[1:]
            _blend(self._below(number, corner[0] >> number, corner[1] >> number, wide, high), over.copy())

    def show(self, frame: bytes) -> None:
        """Begin with a frame that is already made: yuv420p bytes of the screen's size."""
        planes, pixels = np.frombuffer(frame, np.uint8), self._size[0] * self._size[1]
        parts = (planes[:pixels], planes[pixels:])
        self._planes = [centred(part.reshape(old.shape)) for part, old in zip(parts, self._planes, strict=True)]

    def frame(self) -> memoryview:
        """The frame as yuv420p bytes. What comes next begins with an opaque sheet."""
        shown, at = np.empty(self._size[0] * self._size[1] * 3 // 2, np.uint8), 0
        for planes in self._planes:
            _round(planes, shown[at : at + planes.size].reshape(planes.shape))
            at += planes.size
        return shown.data

    def _covered(self, sheet: Sheet, view: Box) -> tuple[int, int, int, int]:
        """The rectangle of the screen that ``sheet`` fills, on even pixels."""
        across, down = self._size[0] / (view[2] - view[0]), self._size[1] / (view[3] - view[1])
        width, height = (length / sheet.scale for length in sheet.planes.size)
        x, y = sheet.corner
        return (
            max(0, _even_down((x - view[0]) * across) + 2),
            max(0, _even_down((y - view[1]) * down) + 2),
            min(self._size[0], _even_down((x + width - view[0]) * across)),
            min(self._size[1], _even_down((y + height - view[1]) * down)),
        )

    def _below(self, number: int, left: int, top: int, wide: int, high: int) -> Light:
        """A rectangle of the full planes (``number`` 0) or the half ones (1)."""
        return self._planes[number][:, top : top + high, left : left + wide]


def flat_sheet(still: Image.Image, size: tuple[int, int]) -> tuple[Sheet, Box]:
    """``still`` as an opaque sheet, and the largest part of it in the shape of ``size``, in its pixels."""
    crop = covering(still.size, size)
    scale = min(1.0, _SHARPEST * size[0] / (crop[2] - crop[0]))
    rgb = still.convert("RGB")
    if scale < 1:
        shrunk = (max(2, round(still.width * scale)), max(2, round(still.height * scale)))
        rgb = rgb.resize(shrunk, Image.Resampling.LANCZOS, reducing_gap=2.0)
        scale = shrunk[0] / still.width
    return Sheet(Cuttable(*_planes_of(rgb)), (0.0, 0.0), scale, "opaque"), crop


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


def overlay_planes(rgba: Image.Image) -> tuple[Light, Light]:
    """Planes of a picture of even size with alpha, for ``Screen.stamp``."""
    full, half = _planes_of(rgba)
    return centred(full), centred(half)


def _planes_of(picture: Image.Image) -> tuple[Pixels, Pixels]:
    """Y of ``picture``, and U and V in half the size (rounded up): BT.709, limited range.

    Those of an RGBA picture are drawn towards 128 by what it lacks in alpha, and what it lets through is the last
    plane of each: 255 where it is transparent.
    """
    pixels = np.asarray(picture)
    red, green, blue, *alpha = (_share(pixels[..., channel]) for channel in range(pixels.shape[2]))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    for difference, most in ((blue, 1.8556), (red, 1.5748)):
        difference -= luma
        difference *= 224
        difference /= most
    luma *= 219
    luma -= 112
    shades = [luma, blue, red]
    for shown in alpha:
        for shade in shades:
            shade *= shown
        shades.append(127 - 255 * shown)
    y, *halves = (_plane(shade) for shade in shades)
    return _stacked(y, *halves[2:]), _stacked(*(half.reduce(2) for half in halves))


def _cut_sheet(layer: Layer, margin: int, still: tuple[int, int]) -> Sheet:
    """A layer with a margin, so that a view may start between its edge and the screen's grid.

    The margin is transparent, but carries the layer on where it ends only because the still does.
    """
    cut = np.asarray(layer.cut.convert("RGBA"))
    left, top, right, bottom = layer.box
    high, across = cut.shape[:2]
    framed = np.zeros((high + high % 2 + 2 * margin, across + across % 2 + 2 * margin, 4), np.uint8)
    first, last = (margin, margin), (margin + high - 1, margin + across - 1)
    framed[first[0] : last[0] + 1, first[1] : last[1] + 1] = cut
    if top <= 0:
        framed[: first[0]] = framed[first[0]]
    if bottom >= still[1]:
        framed[last[0] + 1 :] = framed[last[0]]
    if left <= 0:
        framed[:, : first[1]] = framed[:, first[1], None]
    if right >= still[0]:
        framed[:, last[1] + 1 :] = framed[:, last[1], None]
    wide = Image.fromarray(framed)
    corner = (float(left - margin), float(top - margin))
    if layer.blend == "add":
        planes = Cuttable(*_light(wide), empty=((0,), (128, 128)))
    else:
        planes = Cuttable(*_planes_of(wide), empty=((128, 255), (128, 128, 255)))
    return Sheet(planes, corner, 1.0, layer.blend)


def _light(rgba: Image.Image) -> tuple[Pixels, Pixels]:
    """What a layer of light adds: luma above black, colour differences about 128, both times alpha."""
    full, half = _planes_of(rgba.convert("RGB"))
    alpha = _share(np.asarray(rgba.getchannel("A")))
    small = _share(np.asarray(rgba.getchannel("A").reduce(2)))
    luma = _plane((full[0].astype(np.float32) - 16) * alpha - 128)
    return _stacked(luma), _stacked(*(_plane(colour * small) for colour in centred(half)))


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


def _blend(below: Light, over: Light) -> None:
    """Lay ``over``, whose last plane is what it lets through of ``below``, on that. ``over`` is used up.

    What it has beyond the width and height of ``below`` is left out.
    """
    through, (high, wide) = over[-1], below.shape[1:]
    through += np.float32(128)
    through *= np.float32(1 / 255)
    buffered = np.setbufsize(_BUFFER_PX)
    below *= through[:high, :wide]
    below += over[:-1, :high, :wide]
    np.setbufsize(buffered)


def _round(planes: Light, shown: Pixels) -> None:
    """Write ``planes`` to ``shown`` as they are seen. ``planes`` are used up."""
    np.clip(planes, np.float32(-128.5), np.float32(126.5), out=planes)
    np.add(planes, np.float32(128.5), out=shown, casting="unsafe")


def _stacked(*planes: Image.Image) -> Pixels:
    return np.stack([np.asarray(plane) for plane in planes])


def _share(channel: Pixels) -> Light:
    """0 to 255 as 0 to 1."""
    return np.divide(channel, np.float32(255), dtype=np.float32)


def _plane(about_128: Light) -> Image.Image:
    """The values less 128 as a plane. They are used up."""
    about_128 += 128
    np.clip(about_128, 0, 255, out=about_128)
    return Image.fromarray(np.rint(about_128, out=about_128).astype(np.uint8))


def _moved(box: Sequence[float], corner: tuple[float, float]) -> Box:
    return box[0] - corner[0], box[1] - corner[1], box[2] - corner[0], box[3] - corner[1]


def _scaled(box: Box, scale: float) -> Box:
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def _even_down(value: float) -> int:
    return int(value // 2) * 2
