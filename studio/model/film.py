"""What the user chose for a film; saved under ``options`` in ``metadata.json``."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, field_validator

from studio.model import bounds
from studio.model.story import Value

Subtitles = Literal["soft", "burned", "none"]


class FilmOptions(Value):
    """Choices for one film. Sizes are pixels and even; times are seconds."""

    is_told_through: ClassVar[bool] = False
    """True if the narration runs on over cuts, as long as the film, instead of sentence by sentence with its shot."""

    seconds: float = Field(default=40.0, ge=bounds.FILM_S.least, le=bounds.FILM_S.most)
    shots: int | None = Field(default=None, ge=bounds.SHOTS.least, le=bounds.SHOTS.most)
    width_px: int = Field(default=1280, ge=bounds.WIDTH_PX.least, le=bounds.WIDTH_PX.most)
    height_px: int = Field(default=720, ge=bounds.HEIGHT_PX.least, le=bounds.HEIGHT_PX.most)
    fps: int = Field(default=24, ge=bounds.FPS.least, le=bounds.FPS.most)
    style: str = "poster"
    seed: int = Field(default=1, ge=bounds.SEED.least, le=bounds.SEED.most)
    text: str = "builtin"
    image: str = "storyboard"
    video: str = "camera"
    tts: str = "hibari"
    voice: str = ""
    language: str = "en"
    narration: bool = True
    music: bool = True
    subtitles: Subtitles = "soft"
    sheets: bool = False
    """Everybody and every place seen more than once is drawn once first, for an artist who is shown pictures. Films are
    made with it; one of an older studio stays as it was drawn until somebody asks."""
    continue_shots: bool = False
    """A clip that shows the same people in the same place as the one before it begins with its last picture."""

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
