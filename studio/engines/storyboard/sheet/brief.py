"""What the built-in artist is asked to draw: the prompt, understood. Made by ``reading``, drawn by ``painter``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Framing = Literal["extreme_wide", "wide", "full", "medium", "medium_close", "close", "extreme_close"]
Relation = Literal[
    "on_ground", "above", "under", "behind", "beside", "inside", "upon", "on_water", "in_water", "in_air"
]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something drawn as a figure. ``kind`` is a record of the subject table (``dog``, ``lighthouse``, ``man``)."""

    kind: str
    noun: str
    """The user's own word, e.g. ``terrier`` for kind ``dog``."""
    count: int = 1
    pose: str = ""
    """For people and animals: ``standing, walking, running, sitting, kneeling, dancing, reading, pointing, flying …``."""
    age: str = ""
    """``child, young, old`` or empty."""
    gender: str = ""
    """``male, female`` or empty."""
    clothes: tuple[tuple[str, str], ...] = ()
    """Garment and colour: ``(("coat", "yellow"), ("hat", "black"))``; colour may be empty."""
    hair: str = ""
    colour: str = ""
    props: tuple[str, ...] = ()
    """Carried things: ``lantern, umbrella, sword, book, suitcase, balloon, fishing_rod …``."""
    relation: Relation = "on_ground"
    relative_to: str = ""
    """Kind of the other subject that ``relation`` speaks of, or empty."""


def is_earth(subject: Subject) -> bool:
    """True for our own world among the planets."""
    return subject.kind == "planet" and subject.noun in {"earth", "globe", "world"}


@dataclass(frozen=True, slots=True)
class Brief:
    """A picture in words the painter knows. Equal ``place_key`` and film seed give the same-looking place."""

    prompt: str
    place: str
    """Kind of place (``sea, harbour, desert, forest …``)."""
    place_key: str
    """The place as named in the prompt, normalised; seeds the terrain, so that two shots of one place agree."""
    time: Literal["dawn", "day", "golden", "dusk", "night"] = "day"
    weather: tuple[str, ...] = ()
    """Of ``rain, storm, snow, fog, wind, clouds``; empty is fair."""
    season: str = ""
    """``autumn``, or empty: leaves are green."""
    mood: str = "neutral"
    style: Literal["poster", "watercolour", "ink"] = "poster"
    framing: Framing = "wide"
    angle: Literal["eye", "low", "high"] = "eye"
    subjects: tuple[Subject, ...] = ()
    """In order of importance; the first is the hero."""
    undrawn: tuple[str, ...] = field(default=())
    """Concrete nouns and doings of the prompt that cannot be drawn, in the user's words."""
    is_style_known: bool = True
    """False if the film's style was given in words that name none of the artist's hands."""
