"""A thing in the hand, in layers."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engines.storyboard.sheet.sprites import Colour, Glow

WARM: Colour = (1.0, 0.78, 0.42)


@dataclass(frozen=True, slots=True)
class Held:
    """A prop in three layers: behind the body, between body and hand, over the hand."""

    behind: str = ""
    middle: str = ""
    front: str = ""
    lights: tuple[Glow, ...] = ()
