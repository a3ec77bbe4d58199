"""Shots: what the camera sees, for how long, and what is said meanwhile. Saved as ``shots.json``."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from studio.errors import BadInput
from studio.model import bounds
from studio.model.faults import in_file
from studio.model.story import Value

ShotSize = Literal[
    "extreme wide shot", "wide shot", "full shot", "medium shot", "medium close-up", "close-up", "extreme close-up"
]

_Number = Annotated[int, Field(ge=bounds.NUMBER.least, le=bounds.NUMBER.most)]
_Count = Annotated[int, Field(ge=bounds.RETAKES.least, le=bounds.RETAKES.most)]


class Shot(Value):
    """One shot. ``index`` counts from 1 and names its files (``images/shot_001.png``)."""

    index: _Number
    scene: _Number = 1
    """Number of the scene it belongs to, from 1."""
    image_prompt: str
    motion_prompt: str = ""
    camera: str = ""
    narration: str = ""
    duration_s: float = Field(default=4.0, alias="duration", ge=bounds.SHOT_S.least, le=bounds.SHOT_S.most)
    """Planned length; a longer narration extends the picture."""
    emotion: str = "neutral"
    seed: int | None = Field(default=None, ge=bounds.SEED.least, le=bounds.SEED.most)
    """Own seed of this shot; None means it follows from the film's seed and the shot's number."""
    retakes: dict[str, _Count] = Field(default_factory=dict)
    """How often ``image``, ``video`` or ``narration`` was asked for again."""

    @property
    def revision(self) -> str:
        """Another text for another content: who changes a shot can say which one they saw."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:16]


def _numbered_once(shots: tuple[Shot, ...]) -> tuple[Shot, ...]:
    if len({shot.index for shot in shots}) < len(shots):
        raise ValueError("two shots have the same index: each names its own files")
    return shots


SHOTS = TypeAdapter(Annotated[tuple[Shot, ...], Field(min_length=1), AfterValidator(_numbered_once)])


def shots_in(content: bytes, source: str) -> tuple[Shot, ...]:
    """The shots of a ``shots.json``. Raises BadInput with the place: ``shots.json, shot 3, duration: must be …``."""
    try:
        return SHOTS.validate_json(content)
    except ValidationError as error:
        raise BadInput(f"{in_file(error, source, item='shot')}.") from error
