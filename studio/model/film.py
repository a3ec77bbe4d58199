"""What the user chose for a film; saved under ``options`` in ``metadata.json``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from studio.model.story import Value

Subtitles = Literal["soft", "burned", "none"]


class FilmOptions(Value):
    """Choices for one film. Sizes are pixels and even; times are seconds."""

    seconds: float = Field(default=40.0, ge=4, le=7200)
    shots: int | None = Field(default=None, ge=1, le=2000)
    width_px: int = Field(default=1280, ge=64, le=3840)
    height_px: int = Field(default=720, ge=64, le=2160)
    fps: int = Field(default=24, ge=1, le=60)
    style: str = "poster"
    seed: int = Field(default=1, ge=0)
    text: str = "builtin"
    image: str = "storyboard"
    video: str = "camera"
    tts: str = "hibari"
    voice: str = ""
    language: str = "en"
    narration: bool = True
    music: bool = True
    subtitles: Subtitles = "soft"

    @field_validator("width_px", "height_px")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("must be even: H.264 halves the colour planes")
        return value

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width_px, self.height_px
