"""Vendored drawings (Noto Emoji in colour, game-icons as silhouettes) as vector art."""

from __future__ import annotations

import re
from collections import Counter
from colorsys import rgb_to_hls
from functools import lru_cache

from studio.engines.storyboard.sheet.sprites import Drawing, Glow
from studio.engines.storyboard.things.records import Record
from studio.media.assets import asset_path

_FLOWERS = frozenset(("tulip", "rose"))
_HUES, _COLOURED = 12, 0.18
_FOLDERS = {"noto": "noto", "icon": "game-icons"}
_SHINES: dict[str, tuple[float, float, float, tuple[float, float, float]]] = {
    "fire": (0.5, 0.62, 1.3, (1.0, 0.62, 0.28)),
    "candle": (0.5, 0.2, 1.6, (1.0, 0.78, 0.42)),
    "light-bulb": (0.5, 0.35, 1.2, (1.0, 0.88, 0.55)),
    "red-paper-lantern": (0.5, 0.5, 0.9, (1.0, 0.5, 0.3)),
    "crystal-ball": (0.5, 0.4, 0.9, (0.72, 0.6, 1.0)),
    "television": (0.5, 0.55, 0.8, (0.6, 0.8, 1.0)),
    "mobile-phone": (0.5, 0.5, 0.8, (0.7, 0.85, 1.0)),
    "laptop": (0.5, 0.4, 0.8, (0.7, 0.85, 1.0)),
    "desktop-computer": (0.5, 0.4, 0.8, (0.7, 0.85, 1.0)),
    "flying-saucer": (0.5, 0.7, 0.7, (0.6, 1.0, 0.9)),
    "phoenix": (0.5, 0.5, 0.8, (1.0, 0.6, 0.25)),
    "jack-o-lantern": (0.5, 0.6, 0.8, (1.0, 0.7, 0.3)),
    "comet": (0.25, 0.75, 0.7, (0.75, 0.9, 1.0)),
    "volcano": (0.5, 0.15, 0.5, (1.0, 0.45, 0.2)),
    "house": (0.5, 0.62, 0.25, (1.0, 0.8, 0.45)),
}
"""x, y in shares of the icon, radius in shares of its height, colour."""


@lru_cache(maxsize=48)
def _source(folder: str, name: str) -> tuple[str, float, float]:
    text = asset_path(f"third_party/{folder}/{name}.svg").read_text(encoding="utf-8")
    found = re.match(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)">(.*)</svg>\s*$', text, re.DOTALL)
    if found is None:
        raise ValueError(f"The vendored drawing {folder}/{name}.svg is not in the expected form.")
    return found[3], float(found[1]), float(found[2])


def drawing(source: str, art: str, found: Record, tint: str = "") -> Drawing:
    """The vendored drawing ``art`` (``name`` or ``name:#colour``),
    its foot at the lower edge of what is drawn.
    """
    name, _, colour = art.partition(":")
    body, width, height = _source(_FOLDERS[source], name)
    if source == "icon":
        body = body.replace("currentColor", tint or colour or "#3a3d48")
    elif tint:
        is_flower = name in _FLOWERS
        paint = frozenset() if found.is_living or is_flower else _paint_of(body)
        body = _tinted(body, tint, keeps_green=is_flower, paint=paint)
    glow: tuple[Glow, ...] = ()
    if name in _SHINES:
        x, y, radius, shine = _SHINES[name]
        glow = ((x * width, y * height, radius * height, shine),)
    return Drawing(
        body,
        (0.0, 0.0, width, height),
        (width / 2, height),
        height,
        glow,
        found.faces,
        is_cropped_height=True,
    )


def _paint_of(body: str) -> frozenset[str]:
    """The colours of ``body`` in the hue that most of its coloured shapes have: the frame of a bicycle, a roof."""
    hues: dict[str, int] = {}
    for colour in re.findall(r"#([0-9a-fA-F]{6})\b", body):
        hue, _, saturation = rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)))
        if saturation > _COLOURED:
            hues[colour] = round(_HUES * hue) % _HUES
    counts = Counter(hues[colour] for colour in re.findall(r"#([0-9a-fA-F]{6})\b", body) if colour in hues)
    main = min(counts, key=lambda hue: (-counts[hue], hue), default=-1)
    near = {main, (main + 1) % _HUES, (main - 1) % _HUES}
    return frozenset(colour for colour, hue in hues.items() if hue in near)


def _tinted(body: str, tint: str, *, keeps_green: bool = False, paint: frozenset[str] = frozenset()) -> str:
    """``body`` in shades of ``tint``; what is almost black or white (eyes, teeth) stays, and the leaves of a flower.

    With ``paint`` all stays that is not of these colours.
    """
    goal = [int(tint[i : i + 2], 16) for i in (1, 3, 5)]
    level = max(1.0, sum(goal) / 3)

    def shaded(match: re.Match[str]) -> str:
        r, g, b = (int(match[1][i : i + 2], 16) for i in (0, 2, 4))
        light = (r + g + b) / 3
        if paint and match[1] not in paint:
            return match[0]
        if keeps_green and g > r and g > b:
            return match[0]
        if light < 60 or (light > 205 and max(r, g, b) - min(r, g, b) < 60):
            return match[0]
        factor = (0.45 + 0.55 * light / 150) * min(1.6, max(0.75, 128 / level))
        return "#" + "".join(f"{min(255, round(channel * factor)):02x}" for channel in goal)

    return re.sub(r"#([0-9a-fA-F]{6})\b", shaded, body)
