"""How a character looks and what a face does, as values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Look:
    """How one character looks, in every shot the same."""

    gender: str
    age: str
    skin: str
    hair: str
    """Colour."""
    hair_style: str
    """``short, bald, bob, long, bun, ponytail, curly, braids, mop``."""
    beard: str = ""
    """``full, long, moustache, stubble`` or empty."""
    garments: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Slot (``top, bottom, hat, shoes, scarf, cape, apron, mask, glasses, freckles``) to style and colour (hex)."""
    props: tuple[str, ...] = ()

    def wears(self, slot: str) -> str:
        """Style in ``slot``, or empty."""
        return self.garments.get(slot, ("", ""))[0]

    def colour(self, slot: str, otherwise: str = "#777c86") -> str:
        """Colour in ``slot``."""
        return self.garments.get(slot, ("", otherwise))[1]


@dataclass(frozen=True, slots=True)
class Mood:
    """What a face does; lengths in head units."""

    brow_tilt: float = 0
    """Positive: inner ends up (sorrow, fear); negative: down (anger)."""
    brow_lift: float = 0
    smile: float = 2
    mouth: str = "line"
    """``line``, ``open``, ``o`` (surprise), ``teeth`` (clenched) or ``laugh``."""
    eye_open: float = 1
    """0 closed, 1 at rest."""
    gaze: float = 0
    """Down is positive."""
    tear: bool = False
    is_squinting: bool = False
    """Eyes shut to arcs by laughter."""
    has_bags: bool = False
    """Shadows under the eyes."""
    is_sweating: bool = False


_MOODS = {
    "joy": Mood(1, 3, 9, "open", 0.9),
    "love": Mood(3, 2, 6, "line", 0.8, 1),
    "romantic": Mood(3, 2, 6, "line", 0.8, 1),
    "laughing": Mood(2, 5, 10, "laugh", 0.5, is_squinting=True),
    "singing": Mood(3, 4, 3, "o", 0.6),
    "sad": Mood(10, 2, -7, "line", 0.72, 3),
    "crying": Mood(11, 2, -7, "open", 0.3, 2, tear=True),
    "nostalgic": Mood(5, 1, 2, "line", 0.72, 2),
    "lonely": Mood(7, 1, -4, "line", 0.78, 2),
    "anger": Mood(-11, -4, -5, "teeth", 0.86),
    "shouting": Mood(-9, -2, -2, "laugh", 0.9),
    "tense": Mood(-2.5, -1, -2.5, "line", 0.95),
    "brave": Mood(-3.5, -1, 2.5, "line", 0.95),
    "fear": Mood(11, 7, -6, "open", 1.45, is_sweating=True),
    "surprise": Mood(0, 11, 0, "o", 1.5),
    "wonder": Mood(2, 7, 4, "line", 1.22, -3),
    "hope": Mood(3, 4, 5, "line", 1.05, -2),
    "calm": Mood(1, 1, 4, "line", 0.7, 1),
    "mysterious": Mood(-3, -1, -1, "line", 0.72),
    "tired": Mood(4, -3, -3, "line", 0.42, 2, has_bags=True),
    "sleep": Mood(1, 0, 2, "line", 0.0),
}


def mood_of(mood: str) -> Mood:
    """The expression for a mood word; calm attention if none is known."""
    return _MOODS.get(mood, Mood())
