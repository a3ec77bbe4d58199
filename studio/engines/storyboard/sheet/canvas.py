"""The sheet that is painted on, and the pencil that draws smooth-edged shapes for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Array = NDArray[np.float32]
Point = tuple[float, float]
Points = Sequence[Point]


def rgb(hex_colour: str) -> Array:
    """``"#ff8000"`` as three floats from 0 to 1."""
    return np.array([int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


def mix(a: Array, b: Array, share: float) -> Array:
    """``a`` with ``share`` (0..1) of ``b``."""
    return np.asarray(a + (b - a) * np.float32(share), np.float32)


def luma(colour: Array) -> Array:
    """Brightness (Rec. 709 weights) of the last axis."""
    return np.asarray(colour @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)


def smoothstep(low: float, high: float, value: Array) -> Array:
    """0 below ``low``, 1 above ``high``, an S between; ``low`` may be the greater (a falling S)."""
    t = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


class Canvas:
    """A picture of ``height`` x ``width`` x 3 floats, 0..1, painted back to front.

    ``edge_pigment`` (0..1) is how much darker paint dries along its edge, as in watercolour.
    """

    def __init__(self, width: int, height: int, *, edge_pigment: float = 0.0) -> None:
        self.width = width
        self.height = height
        self.edge_pigment = edge_pigment
        self.rgb: Array = np.zeros((height, width, 3), np.float32)

    @property
    def rows(self) -> Array:
        """The y of every row's middle, as a column (height, 1)."""
        return np.arange(self.height, dtype=np.float32)[:, None] + np.float32(0.5)

    @property
    def columns(self) -> Array:
        """The x of every column's middle (width,)."""
        return np.arange(self.width, dtype=np.float32) + np.float32(0.5)

    def blend(self, mask: Array, colour: Array, left: int = 0, top: int = 0) -> None:
        """Lay ``colour`` (3,) or (h, w or 1, 3) on the box at ``left, top`` through ``mask`` (h, w or 1)."""
        height = mask.shape[0]
        width = max(mask.shape[1], colour.shape[1] if colour.ndim == 3 else 1)
        region = self.rgb[top : top + height, left : left + (width if width > 1 else self.width)]
        region += (colour - region) * mask[..., None]

    def below(self, ridge: Array, colour: Array, *, opacity: float = 1.0) -> None:
        """Fill all below ``ridge`` (y for each column) with ``colour``: (3,), (rows, 1, 3) or full size."""
        top = max(0, int(ridge.min()) - 1)
        if top >= self.height:
            return
        mask = np.clip(self.rows[top:] - ridge[None, :], 0, 1) * np.float32(opacity)
        if self.edge_pigment:
            depth = (self.rows[top:] - ridge[None, :]) / np.float32(max(4.0, self.height * 0.012))
            dark = np.clip(1 - depth, 0, 1) * mask * np.float32(self.edge_pigment * 0.35)
            self.blend(mask, colour[top:] if colour.ndim == 3 else colour, 0, top)
            self.rgb[top:] *= 1 - dark[..., None]
            return
        self.blend(mask, colour[top:] if colour.ndim == 3 else colour, 0, top)

    def glow(
        self,
        x: float,
        y: float,
        radius_px: float,
        colour: Array,
        strength: float = 1.0,
        *,
        squash: float = 1.0,
    ) -> None:
        """Add light that fades out at ``radius_px`` by *screen*; ``squash`` flattens it (pools of light)."""
        step = 1 if radius_px < 90 else 4
        patch = self._patch(x, y, radius_px, radius_px * squash, step)
        if patch is None or radius_px < 0.5:
            return
        region, dx, dy = patch
        light = np.asarray(np.clip(1 - np.sqrt(dx**2 + dy**2), 0, 1) ** 2 * np.float32(strength), np.float32)
        if step > 1:
            light = resized(light, region.shape[1], region.shape[0])
        region += (1 - region) * (light[..., None] * colour)

    def illuminate(
        self,
        x: float,
        y: float,
        radius_px: float,
        colour: Array,
        strength: float = 1.0,
        *,
        squash: float = 1.0,
    ) -> None:
        """Light falling on what is there: it brightens in its own colours, without fogging."""
        patch = self._patch(x, y, radius_px, radius_px * squash, 1)
        if patch is None or radius_px < 1:
            return
        region, dx, dy = patch
        fall = np.clip(1 - dx**2 - dy**2, 0, 1) ** 2 * np.float32(strength)
        region *= 1 + fall[..., None] * (colour * np.float32(2.6) - np.float32(0.7))
        np.clip(region, 0, 1, out=region)

    def _patch(self, x: float, y: float, rx: float, ry: float, step: int) -> tuple[Array, Array, Array] | None:
        """The box round ``x, y`` that lies on the canvas, and how far across (1, w) and down (h, 1) of the
        reach ``rx, ry`` every ``step``-th pixel of it is; None if it lies outside.
        """
        x0, x1 = max(0, int(x - rx)), min(self.width, int(x + rx) + 1)
        y0, y1 = max(0, int(y - ry)), min(self.height, int(y + ry) + 1)
        if x1 <= x0 or y1 <= y0:
            return None
        dx = (np.arange(x0, x1, step, dtype=np.float32) + step / 2 - np.float32(x)) / np.float32(max(rx, 1e-6))
        dy = (np.arange(y0, y1, step, dtype=np.float32) + step / 2 - np.float32(y)) / np.float32(max(ry, 1e-6))
        return self.rgb[y0:y1, x0:x1], np.asarray(dx[None, :], np.float32), np.asarray(dy[:, None], np.float32)

    def darken(self, mask: Array, left: int = 0, top: int = 0, colour: Array | None = None) -> None:
        """Multiply the box at ``left, top`` by ``1 - mask`` (toward ``colour`` where given)."""
        height, width = mask.shape
        region = self.rgb[top : top + height, left : left + (width if width > 1 else self.width)]
        if colour is None:
            region *= 1 - mask[..., None]
        else:
            region *= 1 - mask[..., None] * (1 - colour)


def resized(field: Array, width: int, height: int) -> Array:
    """``field`` (h, w) smoothly resized."""
    image = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR), np.float32)


def blurred(field: Array, radius_px: float) -> Array:
    """``field`` (h, w, values 0..1) blurred; wide blurs are made at a smaller size."""
    height, width = field.shape
    step = 1 if radius_px < 3 else 2 if radius_px < 8 else 4 if radius_px < 24 else 8
    image = Image.fromarray((np.clip(field, 0, 1) * 255).astype(np.uint8))
    if step > 1:
        image = image.resize((max(2, width // step), max(2, height // step)), Image.Resampling.BOX)
    image = image.filter(ImageFilter.GaussianBlur(radius_px / step))
    if step > 1:
        image = image.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(image, np.float32) / np.float32(255)


class Sketch:
    """Flat shapes of one depth, drawn at two or three times the size and laid on the canvas at once.

    Only the box that was drawn in is reduced and painted. All coordinates are canvas pixels.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.factor = 2 if canvas.width * canvas.height > 300_000 else 3
        self._image = Image.new("RGBA", (canvas.width * self.factor, canvas.height * self.factor))
        self._draw = ImageDraw.Draw(self._image)
        self._box: list[float] | None = None
        self.pen: tuple[Array, float] | None = None
        """Colour and width in pixels of a line round every shape that is large enough; None: no lines."""

    def poly(self, points: Points, colour: Array, opacity: float = 1.0) -> None:
        if len(points) < 3:
            return
        self._grow(points, 1)
        self._draw.polygon([(x * self.factor, y * self.factor) for x, y in points], fill=_ink(colour, opacity))
        if self.pen and opacity == 1 and _reach(points) > 12 * self.pen[1]:
            self.line([*points, points[0]], self.pen[1], self.pen[0])

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Array, opacity: float = 1.0) -> None:
        self.poly(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), colour, opacity)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Array, opacity: float = 1.0) -> None:
        self._grow(((x - rx, y - ry), (x + rx, y + ry)), 1)
        f = self.factor
        box = (round((x - rx) * f), round((y - ry) * f), round((x + rx) * f), round((y + ry) * f))
        self._draw.ellipse(box, fill=_ink(colour, opacity))

    def line(self, points: Points, width_px: float, colour: Array, opacity: float = 1.0) -> None:
        self._grow(points, width_px)
        stroke = max(1, round(width_px * self.factor))
        scaled = [(x * self.factor, y * self.factor) for x, y in points]
        self._draw.line(scaled, fill=_ink(colour, opacity), width=stroke, joint="curve")

    def taper(self, points: Points, start_px: float, end_px: float, colour: Array) -> None:
        """A stroke along ``points``, ``start_px`` wide at first and ``end_px`` at last: branches, blades."""
        line = np.array(points, np.float32)
        along = np.gradient(line, axis=0)
        normal = np.stack([-along[:, 1], along[:, 0]], 1)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
        half = np.linspace(start_px, end_px, len(line), dtype=np.float32)[:, None] / 2
        outline = np.concatenate([line + normal * half, (line - normal * half)[::-1]])
        self.poly([(float(x), float(y)) for x, y in outline], colour)

    def stamp(
        self,
        *,
        haze: float = 0.0,
        haze_colour: Array | None = None,
        foot_y: float | None = None,
        foot_span_px: float = 1.0,
        opacity: float = 1.0,
        blur_px: float = 0.0,
    ) -> None:
        """Lay the shapes on the canvas.

        ``haze`` mixes in ``haze_colour``; with ``foot_y`` it grows to ``haze`` there from 0 at
        ``foot_span_px`` above.
        """
        cut = self.cut(blur_px)
        if cut is None:
            return
        colour, mask, left, top = cut
        if haze > 0 and haze_colour is not None:
            colour += (haze_colour - colour) * self._haze(haze, foot_y, foot_span_px, top, mask.shape[0])
        if self.canvas.edge_pigment:
            edge = np.clip(mask - blurred(mask, max(1.5, self.canvas.height * 0.006)), 0, 1)
            colour *= 1 - edge[..., None] * np.float32(self.canvas.edge_pigment)
        self.canvas.blend(mask * np.float32(opacity), colour, left, top)

    def cut(self, blur_px: float = 0.0) -> tuple[Array, Array, int, int] | None:
        """Colour (h, w, 3), mask (h, w), left and top of what was drawn; None if nothing was."""
        if self._box is None:
            return None
        pad = 2 + int(blur_px * 3)
        x0, y0 = max(0, int(self._box[0]) - pad), max(0, int(self._box[1]) - pad)
        x1 = min(self.canvas.width, int(self._box[2]) + pad)
        y1 = min(self.canvas.height, int(self._box[3]) + pad)
        if x1 <= x0 or y1 <= y0:
            return None
        f = self.factor
        small = self._image.crop((x0 * f, y0 * f, x1 * f, y1 * f)).convert("RGBa").reduce(f)
        if blur_px > 0:
            small = small.filter(ImageFilter.GaussianBlur(blur_px))
        drawn = np.asarray(small, np.float32)
        alpha = drawn[..., 3]
        colour = np.asarray(drawn[..., :3] / np.maximum(alpha, 1)[..., None], np.float32)
        return colour, np.asarray(alpha / np.float32(255), np.float32), x0, y0

    def _haze(self, haze: float, foot_y: float | None, span_px: float, top: int, height: int) -> Array | np.float32:
        if foot_y is None:
            return np.float32(haze)
        rows = np.arange(top, top + height, dtype=np.float32)[:, None, None]
        rise = np.clip(1 - (np.float32(foot_y) - rows) / np.float32(max(span_px, 1)), 0, 1)
        return np.asarray(rise * np.float32(haze), np.float32)

    def _grow(self, points: Points, margin_px: float) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = [min(xs) - margin_px, min(ys) - margin_px, max(xs) + margin_px, max(ys) + margin_px]
        if self._box is None:
            self._box = box
        else:
            old = self._box
            self._box = [min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3])]


def _reach(points: Points) -> float:
    """The longer side of the box round ``points``."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _ink(colour: Array, opacity: float) -> tuple[int, int, int, int]:
    r, g, b = (int(min(1.0, max(0.0, float(c))) * 255 + 0.5) for c in colour)
    return r, g, b, int(opacity * 255 + 0.5)
