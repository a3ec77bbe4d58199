"""How large the numbers that a user gives may be, with their units, and the sentence for one that is not.

Plain constants: the terminal checks its options with them before anything heavy is imported.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Bounds(NamedTuple):
    """``least`` and ``most`` are both allowed."""

    least: float
    most: float
    unit: str = ""

    def fault(self, value: object, written: str = "") -> str:
        """Empty if ``value`` is a number within the bounds, else ``must be between 1 and 120 frames a second, is 0``.

        ``written`` is the value as the user wrote it, where that is known.
        """
        if isinstance(value, int | float) and not isinstance(value, bool) and self._holds(value):
            return ""
        unit = f" {self.unit}" if self.unit else ""
        return f"must be between {_plain(self.least)} and {_plain(self.most)}{unit}, is {_shown(written or value)}"

    def _holds(self, value: float) -> bool:
        return (isinstance(value, int) or math.isfinite(value)) and self.least <= value <= self.most


FILM_S = Bounds(4, 7200, "seconds")
SHOT_S = Bounds(0.04, 3600, "seconds")
"""From one picture of 25 a second to an hour."""
SHOTS = Bounds(1, 2000, "shots")
SCENES = Bounds(1, 100, "scenes")
MOMENTS = Bounds(1, 50, "moments")
"""With a picture, of one chapter."""
WIDTH_PX = Bounds(64, 7680, "pixels")
HEIGHT_PX = Bounds(64, 4320, "pixels")
FPS = Bounds(1, 120, "frames a second")
SEED = Bounds(0, 2_147_483_647)
RETAKES = Bounds(0, 1_000_000)
NUMBER = Bounds(1, 10_000)
"""Of a shot or a scene."""
SCENE_S = Bounds(0.04, 7200, "seconds")

BY_FIELD = {
    "seconds": FILM_S,
    "shots": SHOTS,
    "max_scenes": SCENES,
    "max_environments": SCENES,
    "max_emotional_moments": MOMENTS,
    "width_px": WIDTH_PX,
    "height_px": HEIGHT_PX,
    "fps": FPS,
    "seed": SEED,
    "duration_s": SHOT_S,
    "duration": SHOT_S,
    "scene_duration": SCENE_S,
    "index": NUMBER,
    "scene": NUMBER,
    "retakes": RETAKES,
}
"""The bounds of each field of the models, by its name in Python and on disk."""


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:g}"


def _shown(value: object) -> str:
    """The value as a person wrote it, as far as it is short."""
    text = value if isinstance(value, str) else f"{value!r:.60}" if not _is_huge(value) else "a number of many digits"
    return text if len(text) <= 40 else f"{text[:39]}…"


def _is_huge(value: object) -> bool:
    return isinstance(value, int) and abs(value) >= 10**40
