"""What is found in a chapter: its people, its scenes, and the moments that deserve a picture."""

from __future__ import annotations

from pydantic import Field, TypeAdapter

from studio.model.story import EMOTIONS, Value

TONES = tuple(tone for tone in EMOTIONS if tone != "wonder")
"""The 24 and ``neutral`` of which a moment has one or more."""


class EmotionalMoment(Value):
    """A passage that deserves a picture. ``content[start_position:end_position]`` of its chapter is ``text_excerpt``."""

    number: int = Field(ge=1)
    """From 1 in the order of the text; what is made of it is named by this and the chapter's id."""
    text_excerpt: str
    start_position: int = Field(ge=0)
    end_position: int = Field(ge=0)
    emotional_tones: tuple[str, ...] = ("neutral",)
    """Of ``TONES``, the strongest first."""
    intensity_score: float = Field(default=0.0, ge=0.0, le=1.0)
    """Of this chapter's own moments the strongest is near 1."""
    context: str = ""
    """The paragraph or paragraphs around it, word for word."""
    characters_present: tuple[str, ...] = ()
    """Names as in ``ChapterAnalysis.characters``."""
    setting_description: str = ""
    """Where and when, in words that a painter can use."""
    narrative_context: str = ""
    """What leads to it, in a sentence."""
    action: str = ""
    """What is to be seen, in present tense, with names: the heart of its picture's prompt."""


class Person(Value):
    """Somebody in a book."""

    name: str
    """The fullest name that is used."""
    aliases: tuple[str, ...] = ()
    gender: str = ""
    """``female``, ``male`` or empty where the text does not tell."""
    look: str = ""
    """What the text says of age, build, hair, clothes; empty if nothing."""
    found_look: str = ""
    """``look`` as it was found in the text; another ``look`` is the user's own and stays when the text changes."""
    found_gender: str | None = None
    """``gender`` as it was found, likewise; None in books that were read before this was written down."""
    mentions: int = 0

    @property
    def has_own_look(self) -> bool:
        """True if a person wrote the look."""
        return self.look != self.found_look

    @property
    def has_own_gender(self) -> bool:
        """True if a person chose the gender."""
        return self.has_own_look if self.found_gender is None else self.gender != self.found_gender


class ChapterScene(Value):
    """A part of a chapter in one place and time; ``content[start:end]`` is its text."""

    start: int
    end: int
    setting: str = ""
    time_of_day: str = ""
    weather: str = ""
    characters: tuple[str, ...] = ()


class ChapterAnalysis(Value):
    """Saved as ``analysis/ch01.json``. It depends on the chapter's own text alone, so other chapters may change."""

    summary: str = ""
    setting: str = ""
    themes: tuple[str, ...] = ()
    characters: tuple[Person, ...] = ()
    scenes: tuple[ChapterScene, ...] = ()
    moments: tuple[EmotionalMoment, ...] = ()


ANALYSIS: TypeAdapter[ChapterAnalysis] = TypeAdapter(ChapterAnalysis)


class Cast(Value):
    """The people of the whole book, each once; saved as ``cast.json`` and meant to be edited."""

    people: tuple[Person, ...] = ()


CAST: TypeAdapter[Cast] = TypeAdapter(Cast)
