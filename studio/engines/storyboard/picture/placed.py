"""A cut-out at its place in the picture."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Sprite
from studio.engines.storyboard.things.records import Record


@dataclass(frozen=True, slots=True)
class Placed:
    """One cut-out at its place: ``x, y`` is where its foot goes, ``person_px`` how tall a person is there."""

    subject: Subject
    record: Record
    sprite: Sprite
    x: float
    y: float
    person_px: float
    floats: bool = False
    """True if nothing carries it: no contact shadow."""
    is_bust: bool = False
    is_afloat: bool = False
    """True if water carries it."""
    order: float = 0.0
