"""Sheets: what the people and places of a film look like, in words and each in one picture. Saved as ``sheets.json``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter

from studio.model import bounds
from studio.model.story import Value


class Sheet(Value):
    """Somebody or some place. ``of`` is its node of the scene graph; ``slug`` names its picture (``sheets/marta.png``)."""

    of: str
    kind: Literal["character", "place"]
    name: str
    slug: str = Field(pattern=r"^[\w-]{1,60}$")
    prompt: str
    """What its picture shows."""
    seed: int | None = Field(default=None, ge=bounds.SEED.least, le=bounds.SEED.most)
    """Its own seed; None means the film's."""
    retakes: int = Field(default=0, ge=bounds.RETAKES.least, le=bounds.RETAKES.most)
    """How often its picture was asked for again."""


def _of_its_own(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    if len({sheet.slug for sheet in sheets}) < len(sheets):
        raise ValueError("two sheets have the same slug: each names its own picture")
    return sheets


SHEETS = TypeAdapter(Annotated[tuple[Sheet, ...], AfterValidator(_of_its_own)])
