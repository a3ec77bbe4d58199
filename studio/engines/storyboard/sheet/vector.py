"""Words of vector art: shapes as SVG elements, colours by name, lighter and darker ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]

_NAMES = {
    "red": "#c23b34", "crimson": "#a8203a", "scarlet": "#d0342c", "maroon": "#6e2430", "burgundy": "#6b1f33",
    "pink": "#e58fa8", "rose": "#d9728a", "magenta": "#b83a86", "orange": "#dd7f33", "rust": "#a9552f",
    "amber": "#e0a02f", "gold": "#d9a93a", "golden": "#d9a93a", "yellow": "#e8b830", "mustard": "#c99a2e",
    "cream": "#ece0c4", "ivory": "#efe8d6", "beige": "#d3bf9c", "tan": "#bd9568", "khaki": "#a4966a",
    "brown": "#75502f", "chestnut": "#7d4526", "copper": "#b2683a", "bronze": "#94703b", "black": "#2a2b33",
    "ebony": "#26262c", "grey": "#858b94", "gray": "#858b94", "silver": "#b9c1ca", "white": "#ecebe6",
    "snow-white": "#f2f2f0", "green": "#4c8a4f", "emerald": "#2f8f68", "olive": "#77793b", "lime": "#93b93c",
    "teal": "#2c8a8a", "turquoise": "#3fb0ad", "cyan": "#49b3cf", "blue": "#3d6cb0", "navy": "#2b3c66",
    "azure": "#4f93d2", "sky-blue": "#7fb6de", "indigo": "#47408f", "purple": "#71479a", "violet": "#7d55ae",
    "lavender": "#a994cf", "lilac": "#bda2d2", "blonde": "#dcb863", "blond": "#dcb863", "ginger": "#bd5f2c",
    "auburn": "#85401f", "dark": "#353743", "pale": "#e6dfd2", "light": "#d9d6cf", "bright": "#e8b830",
}  # fmt: skip


def hex_of(colour: str, otherwise: str = "#8a8f98") -> str:
    """``colour`` (a name, or ``#rgb`` hex) as ``#rrggbb``; ``otherwise`` if it is no colour."""
    if colour.startswith("#"):
        return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:4])
    return _NAMES.get(colour.lower(), otherwise)


def is_colour(word: str) -> bool:
    """True if ``word`` names a colour."""
    return word.lower() in _NAMES


def shade(colour: str, factor: float) -> str:
    """``colour`` darkened (factor below 1, towards a cool dark) or lightened (above 1,
    towards a warm light).
    """
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    if factor <= 1:
        cool = (0.94, 0.97, 1.06)
        channels = [c * (factor + (1 - factor) * (w - 0.94)) for c, w in zip((r, g, b), cool, strict=True)]
    else:
        t = min(1.0, factor - 1)
        channels = [c + (w - c) * t for c, w in zip((r, g, b), (255, 248, 232), strict=True)]
    return "#" + "".join(f"{max(0, min(255, round(c))):02x}" for c in channels)


def mixed(one: str, other: str, share: float) -> str:
    """``share`` of ``other`` in ``one``; both ``#rrggbb``."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def path(d: str, fill: str, *, opacity: float = 1.0, more: str = "") -> str:
    """A filled outline."""
    alpha = "" if opacity >= 1 else f' fill-opacity="{opacity:.2f}"'
    return f'<path d="{d}" fill="{fill}"{alpha}{more}/>'


def stroke(d: str, colour: str, width: float, *, opacity: float = 1.0, fill: str = "none") -> str:
    """A line with round ends."""
    return (
        f'<path d="{d}" fill="{fill}" stroke="{colour}" stroke-width="{width:.2f}" stroke-linecap="round" '
        f'stroke-linejoin="round" stroke-opacity="{opacity:.2f}"/>'
    )


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, *, opacity: float = 1.0, turn: float = 0) -> str:
    """An ellipse, turned by ``turn`` degrees."""
    turned = f' transform="rotate({turn:.1f} {x:.2f} {y:.2f})"' if turn else ""
    alpha = "" if opacity >= 1 else f' fill-opacity="{opacity:.2f}"'
    return f'<ellipse cx="{x:.2f}" cy="{y:.2f}" rx="{rx:.2f}" ry="{ry:.2f}" fill="{fill}"{alpha}{turned}/>'


def rect(x: float, y: float, width: float, height: float, fill: str, *, round_: float = 0) -> str:
    """An upright box."""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" rx="{round_:.2f}" fill="{fill}"/>'


def polygon(points: Sequence[Point], fill: str, *, opacity: float = 1.0) -> str:
    """Straight-sided shape."""
    return path("M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points) + "Z", fill, opacity=opacity)


def taper(p: Point, q: Point, r0: float, r1: float, fill: str) -> str:
    """A limb: the hull of a circle of radius ``r0`` at ``p`` and one of ``r1`` at ``q``."""
    dx, dy = q[0] - p[0], q[1] - p[1]
    length = math.hypot(dx, dy)
    if length <= abs(r0 - r1) + 1e-6:
        x, y, r = (*p, r0) if r0 >= r1 else (*q, r1)
        return ellipse(x, y, r, r, fill)
    along, spread = math.atan2(dy, dx), math.acos((r0 - r1) / length)
    a, b = along + spread, along - spread
    corners = [
        (p[0] + r0 * math.cos(a), p[1] + r0 * math.sin(a)),
        (q[0] + r1 * math.cos(a), q[1] + r1 * math.sin(a)),
        (q[0] + r1 * math.cos(b), q[1] + r1 * math.sin(b)),
        (p[0] + r0 * math.cos(b), p[1] + r0 * math.sin(b)),
    ]
    (ax, ay), (bx, by), (cx, cy), (ex, ey) = corners
    near, far = int(r1 > r0), int(r0 > r1)
    return path(
        f"M{ax:.2f},{ay:.2f}L{bx:.2f},{by:.2f}A{r1:.2f},{r1:.2f} 0 {near} 0 {cx:.2f},{cy:.2f}"
        f"L{ex:.2f},{ey:.2f}A{r0:.2f},{r0:.2f} 0 {far} 0 {ax:.2f},{ay:.2f}Z",
        fill,
    )


def group(body: str, *, x: float = 0, y: float = 0, turn: float = 0, scale: float = 1, flip: bool = False) -> str:
    """``body`` turned by ``turn`` degrees and scaled about its origin, which then stands at ``x, y``."""
    width = -scale if flip else scale
    return f'<g transform="translate({x:.2f} {y:.2f}) rotate({turn:.2f}) scale({width:.4f} {scale:.4f})">{body}</g>'


def within(body: str, name: str, frame: tuple[float, float, float, float]) -> str:
    """What of ``body`` is inside ``frame`` (left, top, width, height), with round corners; ``name`` is its own."""
    x, y, width, height = frame
    round_by = 0.18 * min(width, height)
    rect = f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" rx="{round_by:.2f}"/>'
    return f'<clipPath id="{name}">{rect}</clipPath><g clip-path="url(#{name})">{body}</g>'


def gradient(name: str, stops: Sequence[tuple[float, str]], *, is_vertical: bool = True) -> str:
    """A linear gradient over the shape that fills with ``url(#name)``."""
    end = 'x2="0" y2="1"' if is_vertical else 'x2="1" y2="0"'
    inner = "".join(f'<stop offset="{at:.3f}" stop-color="{colour}"/>' for at, colour in stops)
    return f'<linearGradient id="{name}" x1="0" y1="0" {end}>{inner}</linearGradient>'
