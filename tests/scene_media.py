"""A small script and small scene videos of instant engines, for the tests."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PIL import Image

from studio.engines.fake import FakeMover
from studio.model.camera import parse_camera
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


STAMP = "20240601_123456"
_MOVES = ("A fox runs. An owl lands.", "The fox sleeps.")


def old_zip(folder: Path) -> Path:
    """The ZIP of an old directory: scene 1 of two clips without its second, scene 2 torn, nothing spoken."""
    root = folder / f"video_{STAMP}"
    inside = root / f"scene_1_all_vid_{STAMP}"
    inside.mkdir(parents=True)
    rows = [
        {
            "scene_number": str(number), "scene_name": f"Scene {number}", "scene_duration": str(10 if number == 1 else 5),
            "scene_movement_description": moves, "scene_physical_environment": "A forest.",
            "sound_effects_prompt": "birds",
        }
        for number, moves in enumerate(_MOVES, 1)
    ]  # fmt: skip
    (root / f"scenes_{STAMP}.json").write_text(json.dumps({"scenes": rows}))
    Image.new("RGB", (160, 90), (40, 90, 40)).save(folder / "still.png")
    clip = inside / f"scene_1_vid_1_{STAMP}.mp4"
    FakeMover().animate(
        clip, folder / "still.png", move=parse_camera("Static"), motion="", duration_s=5.0, size=(160, 90), fps=12, seed=1
    )  # fmt: skip
    whole = clip.read_bytes()
    (root / f"scene_2_{STAMP}.mp4").write_bytes(whole[: len(whole) // 2])
    (root / f"narration_text_{STAMP}.txt").write_text("A fox runs all day long. Then it sleeps.")
    return Path(shutil.make_archive(str(folder / root.name), "zip", folder, root.name))
