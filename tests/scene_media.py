"""A small script and small scene videos of instant engines, for the tests."""

from __future__ import annotations

from pathlib import Path

from studio.model.scenes import SceneOptions
from studio.service import Studio

SMALL = {
    "width_px": 112, "height_px": 64, "fps": 8, "image": "fake", "video": "fake", "tts": "fake", "sounds": False,
}  # fmt: skip
SCRIPT = """Title: The Bell

EXT. HARBOUR - DAWN

MARTA (68, green coat) unties a boat. Gulls cry. She looks at the sea.

NARRATOR (V.O.)
Every morning Marta unties her boat.

EXT. OPEN SEA - DAY

Waves roll against the boat.

NARRATOR (V.O.)
The sea is calm today.

EXT. HARBOUR - NIGHT

Marta ties the boat to a ring.

NARRATOR (V.O.)
She is home. The bell rings.
"""


def small_scenes(studio: Studio, folder: Path, *, name: str = "bell", script: str = SCRIPT, **choices: object) -> str:
    """A new scene video of three scenes, the first of two clips."""
    file = folder / "bell.txt"
    file.write_text(script, encoding="utf-8")
    return studio.create_scenes(file, SceneOptions.model_validate({**SMALL, **choices}), name=name)
