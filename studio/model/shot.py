"""Shots: what the camera sees, for how long, and what is said meanwhile. Saved as ``shots.json``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter

from studio.model.story import Value

ShotSize = Literal[
    "extreme wide shot", "wide shot", "full shot", "medium shot", "medium close-up", "close-up", "extreme close-up"
]


class Shot(Value):
    """One shot. ``index`` counts from 1 and names its files (``images/shot_001.png``)."""

    index: int = Field(ge=1)
    scene: int = Field(default=1, ge=1)
    """Number of the scene it belongs to, from 1."""
    image_prompt: str
    motion_prompt: str = ""
    camera: str = ""
    narration: str = ""
    duration_s: float = Field(default=4.0, alias="duration", gt=0)
    """Planned length; a longer narration extends the picture."""
    emotion: str = "neutral"
    seed: int | None = None
    """Own seed of this shot; None means it follows from the film's seed and the shot's number."""
    retakes: dict[str, int] = Field(default_factory=dict)
    """How often ``image``, ``video`` or ``narration`` was asked for again."""


def _numbered_once(shots: tuple[Shot, ...]) -> tuple[Shot, ...]:
    if len({shot.index for shot in shots}) < len(shots):
        raise ValueError("two shots have the same index: each names its own files")
    return shots


SHOTS = TypeAdapter(Annotated[tuple[Shot, ...], AfterValidator(_numbered_once)])
