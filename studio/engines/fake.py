"""Deterministic engines that take no time: to try a pipeline, and for every test of the core.

They are part of the product and say what they are: a fake's picture is a plain colour field, its voice a tone.
"""

from __future__ import annotations

import math
import struct
import wave
import zlib
from pathlib import Path

from studio.engines.base import Voice
from studio.errors import UserError
from studio.model.story import Character, Scene, Story, StoryRequest

_RATE_HZ = 24_000
_WORD_S = 0.36


class FakeWriter:
    """A story of plain numbered sentences about the idea."""

    identity = "text/fake/1"
    is_deterministic = True
    uses_seed = False

    def check(self) -> None:
        """Always works."""

    def write(self, out: Path, request: StoryRequest) -> None:
        """Write ``request.scene_count`` scenes that name the idea."""
        scenes = tuple(
            Scene(
                location=f"place {number}",
                characters=("Somebody",),
                action=f"Somebody does thing {number}.",
                narration=f"This is part {number}. Then part {number} goes on.",
                duration_s=request.duration_s / request.scene_count,
            )
            for number in range(1, request.scene_count + 1)
        )
        cast = (Character(name="Somebody", look="a grey figure"),)
        story = Story(title=request.idea[:60], scenes=scenes, cast=cast, written_by=self.identity)
        out.write_text(story.model_dump_json(by_alias=True, indent=2), encoding="utf-8")


class FakeArtist:
    """A colour field with a bright square whose place follows from prompt and seed."""

    identity = "image/fake/1"
    is_deterministic = True
    uses_seed = True

    def check(self) -> None:
        """Always works."""

    def render(self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str) -> None:
        """Write a PNG of ``size``."""
        from PIL import Image

        from studio.media.picture import write_still

        number = zlib.crc32(f"{prompt}|{seed}|{style}".encode())
        width, height = size
        field = Image.new("RGB", size, (60 + number % 120, 60 + number // 256 % 120, 60 + number // 65536 % 120))
        side = max(2, min(size) // 4)
        corner = (number // 7 % (width - side), number // 11 % (height - side))
        field.paste((240, 240, 240), (*corner, corner[0] + side, corner[1] + side))
        write_still(out, field, text={"prompt": prompt, "seed": str(seed), "engine": self.identity})


class FakeVoice:
    """A tone for each word, its pitch by the word, with short gaps between."""

    identity = "tts/fake/1"
    is_deterministic = True
    uses_seed = False
    voices = (Voice("tone", "en", "none", 1 / _WORD_S),)

    def check(self) -> None:
        """Always works."""

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        """Write one tone a word. UserError for a voice it does not have, or text without words."""
        if voice != self.voices[0].name:
            raise UserError(f"{self.identity} has no voice {voice}; it has: {self.voices[0].name}.")
        if not any(letter.isalnum() for letter in text):
            raise UserError(f"There is nothing to say in “{text}”.")
        frames = bytearray()
        for word in text.split():
            pitch_hz = 180 + zlib.crc32(word.encode()) % 200
            length = int(_WORD_S / speed * _RATE_HZ)
            for n in range(length):
                loud = 9000 * math.sin(math.pi * n / length)
                frames += struct.pack("<h", int(loud * math.sin(2 * math.pi * pitch_hz * n / _RATE_HZ)))
        with wave.open(str(out), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_RATE_HZ)
            file.writeframes(bytes(frames))
