"""Drawn subjects as pixels: vector art in, one cropped cut-out with its anchor out."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

Colour = tuple[float, float, float]
Facing = Literal["left", "right"]
Glow = tuple[float, float, float, Colour]
"""x, y, radius and colour (0..1) of something that shines."""


@dataclass(frozen=True, slots=True)
class Light:
    """Where the light comes from: ``direction`` -1 (left) to 1 (right); colours are floats 0..1."""

    direction: float
    key_rgb: Colour
    ambient_rgb: Colour


@dataclass(frozen=True, slots=True)
class Sprite:
    """A cut-out in local colour. Nothing of it is outside ``rgba``.

    The subject is ``height_px`` tall as asked for when it stands plainly; what it holds overhead makes the
    cut-out taller, sitting or lying makes it lower.
    """

    rgba: npt.NDArray[np.uint8]
    """H x W x 4, straight alpha."""
    foot_x: float
    foot_y: float
    """The pixel that stands on the ground (or floats at the water line, or hangs at its place in the air)."""
    lights: tuple[Glow, ...] = ()
    """In pixels of the cut-out."""
    faces: Facing = "right"

    def mirrored(self) -> Sprite:
        """The same, facing the other way."""
        width = self.rgba.shape[1]
        return replace(
            self,
            rgba=np.ascontiguousarray(self.rgba[:, ::-1]),
            foot_x=width - self.foot_x,
            lights=tuple((width - x, y, radius, colour) for x, y, radius, colour in self.lights),
            faces="left" if self.faces == "right" else "right",
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """Vector art in its own units, y downwards."""

    body: str
    """SVG elements."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom of everything that may be drawn; larger is harmless."""
    foot: tuple[float, float]
    height: float
    """Units that become the height asked for."""
    lights: tuple[Glow, ...] = ()
    faces: Facing = "right"
    is_cropped_height: bool = False
    """True if the height asked for means the drawn extent (icons), not ``height`` units."""


def rasterised(drawing: Drawing, height_px: float) -> Sprite:
    """``drawing`` as a cut-out, cropped to what is drawn."""
    scale = max(height_px, 4.0) / drawing.height
    left, top, right, bottom = drawing.box
    width_px, full_px = max(2, round((right - left) * scale)), max(2, round((bottom - top) * scale))
    pixels = _pixels(drawing, width_px, full_px)
    alpha = pixels[..., 3] > 6
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if rows.size == 0:
        rows = columns = np.array([0, 1])
    y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    if drawing.is_cropped_height and abs((y1 - y0) / max(height_px, 4.0) - 1) > 0.02:
        extent, lowest = (y1 - y0) / scale, top + y1 / scale
        exact = replace(drawing, height=extent, foot=(drawing.foot[0], lowest), is_cropped_height=False)
        return rasterised(exact, height_px)
    glows = tuple(
        ((x - left) * scale - x0, (y - top) * scale - y0, radius * scale, colour)
        for x, y, radius, colour in drawing.lights
    )
    foot_x, foot_y = (drawing.foot[0] - left) * scale - x0, (drawing.foot[1] - top) * scale - y0
    return Sprite(np.ascontiguousarray(pixels[y0:y1, x0:x1]), foot_x, foot_y, glows, drawing.faces)


def drawn_box(drawing: Drawing) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is really drawn, in the drawing's units, to about a hundredth."""
    left, top, right, bottom = drawing.box
    seen = np.argwhere(_pixels(drawing, 256, 256)[..., 3] > 6)
    (first_row, first_column), (last_row, last_column) = seen.min(0), seen.max(0) + 1
    wide, high = (right - left) / 256, (bottom - top) / 256
    return left + first_column * wide, top + first_row * high, left + last_column * wide, top + last_row * high


def _pixels(drawing: Drawing, width_px: int, height_px: int) -> npt.NDArray[np.uint8]:
    left, top, right, bottom = drawing.box
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{left:.2f} {top:.2f} {right - left:.2f} {bottom - top:.2f}" preserveAspectRatio="none" '
        f'width="{width_px}" height="{height_px}">{drawing.body}</svg>'
    )
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width_px, height=height_px, skip_system_fonts=True))
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGBA"), np.uint8)
