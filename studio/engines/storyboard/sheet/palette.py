"""Colours of the hour, bent by weather and mood. Nothing in a picture is coloured from outside a palette."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.engines.storyboard.sheet.brief import Brief
from studio.engines.storyboard.sheet.canvas import Array, luma, mix, rgb


@dataclass(frozen=True, slots=True)
class Palette:
    """Roles, each three floats 0..1. ``low`` is the sky at the horizon, toward which all far things fade."""

    top: Array
    mid: Array
    low: Array
    sun: Array
    far: Array
    near: Array
    ambient: Array
    """What local colours are multiplied by."""
    key: Array
    """The colour of the sun, moon or lamp on edges."""
    lamp: Array
    """Windows and street lamps."""
    darkness: float
    """0 at noon, 1 at night: how much practical lights tell."""
    wash: float = 1.0
    """How much local colours tell: less at hours whose light is coloured itself."""
    haze: float = 0.0
    """0 in clear air, 0.8 in fog: how much more far things fade."""

    def ramp(self, nearness: float) -> Array:
        """The colour of a silhouette at ``nearness`` 0 (horizon) to 1 (in front of the lens)."""
        t = max(0.0, min(1.0, nearness)) * (1 - 0.62 * self.haze)
        return mix(self.low, self.far, t / 0.42) if t < 0.42 else mix(self.far, self.near, (t - 0.42) / 0.58)

    def shade(self, local: str | Array, nearness: float, keep: float = 0.6, light: float = 1.0) -> Array:
        """``local`` in this hour's light at ``nearness``; ``keep`` is its share against the silhouette's."""
        colour = rgb(local) if isinstance(local, str) else local
        lit = np.clip(colour * self.ambient * np.float32(light), 0, 1)
        kept = keep * self.wash * min(1.0, 0.35 + nearness) * (1 - 0.55 * self.haze)
        return _without_mud(self.ramp(nearness) * np.float32(0.5 + 0.5 * light), lit, kept, self.haze)

    @property
    def is_dark(self) -> bool:
        return self.darkness > 0.5


_TILT = 0.75
_DULL = 0.42
"""The darkness of a day of rain or snow: lamps are lit, and tell."""


def _without_mud(air: Array, paint: Array, share: float, haze: float) -> Array:
    """``air`` with ``share`` of ``paint``, and more of it where the two are complementary and would make grey.

    Green leaves in violet air stay green; under the ``haze`` of rain and snow all is greyer.
    """
    mixed = mix(air, paint, share)
    wanted = _strength(air) * (1 - share) + _strength(paint) * share
    lost = np.clip(1 - _strength(mixed) / np.maximum(wanted, np.float32(0.02)), 0, 1) * np.float32(
        _TILT * max(0.0, 1 - haze / 0.3)
    )
    leaning = paint * (luma(mixed) / np.maximum(luma(paint), np.float32(0.02)))[..., None]
    return np.asarray(np.clip(mixed + (leaning - mixed) * lost[..., None], 0, 1), np.float32)


def _strength(colour: Array) -> Array:
    """How far from grey, 0..1."""
    return np.asarray(colour.max(-1) - colour.min(-1), np.float32)


def palette_of(brief: Brief, *, indoors: bool = False) -> Palette:
    """The hour's palette, bent by the brief's weather and mood."""
    palette = _hours()[brief.time]
    if not indoors:
        for kind in brief.weather:
            palette = _weathered(palette, kind)
    return _in_mood(palette, brief.mood)


def _hours() -> dict[str, Palette]:
    lamp = rgb("#ffbf60")
    return {
        "dawn": Palette(
            rgb("#5f7fb8"), rgb("#d7a3bd"), rgb("#ffd9b0"), rgb("#fff2cf"), rgb("#a993b8"), rgb("#2c3358"),
            np.array([0.95, 0.87, 0.90], np.float32), rgb("#ffdcae"), lamp, 0.25, 0.94,
        ),
        "day": Palette(
            rgb("#3480cc"), rgb("#7fc0ec"), rgb("#f3f0e2"), rgb("#fff8dc"), rgb("#86b2d0"), rgb("#1d4a55"),
            np.array([1.04, 1.0, 0.94], np.float32), rgb("#ffeebc"), lamp, 0.0,
        ),
        "golden": Palette(
            rgb("#5d4b8f"), rgb("#ec7a63"), rgb("#ffcb74"), rgb("#fff3bd"), rgb("#c98468"), rgb("#3b2140"),
            np.array([1.0, 0.83, 0.68], np.float32), rgb("#ffd07c"), lamp, 0.2, 0.90,
        ),
        "dusk": Palette(
            rgb("#27285f"), rgb("#85549a"), rgb("#f49f83"), rgb("#ffd7a2"), rgb("#77588b"), rgb("#1c1b40"),
            np.array([0.76, 0.67, 0.86], np.float32), rgb("#ffb487"), lamp, 0.65, 0.90,
        ),
        "night": Palette(
            rgb("#0b1a44"), rgb("#1f4480"), rgb("#5a8fb8"), rgb("#f4f6e6"), rgb("#335f92"), rgb("#081430"),
            np.array([0.43, 0.57, 0.84], np.float32), rgb("#c3dbff"), lamp, 1.0, 0.88,
        ),
    }  # fmt: skip


def _weathered(palette: Palette, kind: str) -> Palette:
    saturation, value, haze, grey = {
        "storm": (0.50, 0.66, 0.30, "#4a525e"),
        "rain": (0.58, 0.84, 0.35, "#7f8a95"),
        "snow": (0.80, 1.02, 0.32, "#c5ccd8"),
        "fog": (0.55, 1.02, 0.68, "#d3d3cd"),
        "clouds": (0.80, 0.95, 0.10, "#aab2ba"),
    }.get(kind, (1.0, 1.0, 0.0, "#808080"))
    share = {"storm": 0.30, "rain": 0.24, "snow": 0.13, "fog": 0.30, "clouds": 0.10}.get(kind, 0.0)
    bright = 0.35 + 0.65 * (1 - palette.darkness)
    tint = rgb(grey) * np.float32(bright)
    bent = _graded(palette, saturation, value, tint, share)
    ambient = bent.ambient if kind == "snow" else np.maximum(bent.ambient, np.float32(0.36))
    dull = max(palette.darkness, _DULL) if kind in {"storm", "rain", "snow", "fog"} else palette.darkness
    haze = min(0.9, palette.haze + haze * (1 - palette.haze))
    return replace(bent, ambient=ambient, haze=haze, darkness=dull)


def _in_mood(palette: Palette, mood: str) -> Palette:
    saturation, value, tint, share = {
        "tense": (0.80, 0.92, "#2f4a52", 0.12),
        "fear": (0.72, 0.86, "#24404a", 0.16),
        "sad": (0.70, 0.94, "#5a6d86", 0.14),
        "lonely": (0.75, 0.96, "#5a6d86", 0.12),
        "calm": (0.95, 1.02, "#b9d3d6", 0.08),
        "joy": (1.15, 1.04, "#ffd98a", 0.10),
        "happy": (1.15, 1.04, "#ffd98a", 0.10),
        "hope": (1.06, 1.04, "#ffe2ae", 0.10),
        "love": (1.08, 1.02, "#ffb3a8", 0.12),
        "romantic": (1.08, 1.02, "#ffb3a8", 0.12),
        "anger": (1.05, 0.94, "#8a3a2e", 0.12),
        "wonder": (1.12, 1.03, "#9f8cff", 0.10),
        "mysterious": (0.88, 0.92, "#3a4a86", 0.14),
        "nostalgic": (0.78, 1.02, "#d9b07a", 0.18),
    }.get(mood, (1.0, 1.0, "#808080", 0.0))
    return _graded(palette, saturation, value, rgb(tint), share) if share else palette


def _graded(palette: Palette, saturation: float, value: float, tint: Array, share: float) -> Palette:
    def grade(colour: Array) -> Array:
        grey = luma(colour)
        toned = (grey + (colour - grey) * np.float32(saturation)) * np.float32(value)
        return np.clip(mix(toned, tint * np.float32(0.6) + tint * luma(toned) * np.float32(0.6), share), 0, 1)

    ambient = palette.ambient
    grey = luma(ambient)
    ambient = (grey + (ambient - grey) * np.float32(saturation)) * np.float32(0.5 + 0.5 * value)
    ambient = mix(ambient, tint / max(0.2, float(tint.max())) * grey, share * 0.6)
    return replace(
        palette,
        top=grade(palette.top),
        mid=grade(palette.mid),
        low=grade(palette.low),
        sun=mix(palette.sun, grade(palette.sun), 0.6),
        far=grade(palette.far),
        near=grade(palette.near),
        ambient=ambient,
        key=mix(palette.key, grade(palette.key), 0.6),
    )
