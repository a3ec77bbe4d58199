"""What goes over the wire about dubs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from studio.api.shapes import Body
from studio.model.dub import Preset
from studio.service.dub_lines import DubLine


class NewDubOfFilm(Body):
    """A dub of the project ``film`` of this studio. ``options`` may hold any of the dub's options."""

    film: str = Field(min_length=1)
    options: dict[str, Any] = Field(default_factory=dict)
    name: str = ""
    most_usd: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """What services may cost it in all, in dollars; null: as much as it takes."""


class LineChanges(Body):
    """What is given changes; what is not stays. Times in seconds; ``translations`` are texts by language."""

    text: str | None = Field(default=None, min_length=1, max_length=5000)
    start: float | None = Field(default=None, ge=0)
    end: float | None = Field(default=None, gt=0)
    speaker: str | None = Field(default=None, max_length=100)
    gain_db: float | None = Field(default=None, ge=-24, le=12)
    translations: dict[str, str] = Field(default_factory=dict)


class SplitAt(Body):
    """The word that begins the second line, counted from 1."""

    at_word: int = Field(ge=2)


class Spoken(Body):
    """A language of the dub, two letters."""

    language: str


class Texts(Body):
    """Translations by the line's id."""

    texts: dict[str, str] = Field(min_length=1)


class Replace(Body):
    """``find`` reads ``put``: in the original where ``language`` is empty, else in that translation."""

    find: str = Field(min_length=1, max_length=500)
    put: str = Field(default="", max_length=500)
    language: str = ""
    whole_words: bool = True
    match_case: bool = False


class MixChoices(Body):
    """A named mix; ``voices`` by speaker (under an empty name everybody's) where it differs from the casting."""

    language: str
    preset: Preset = "dub"
    voices: dict[str, str] = Field(default_factory=dict)
    voice_gain_db: float = Field(default=0.0, ge=-24, le=12)
    bed_gain_db: float = Field(default=0.0, ge=-24, le=12)


class Audition(Body):
    """A voice of a speech engine, and the language to hear it in."""

    engine: str
    voice: str
    language: str


class DubLineShape(BaseModel):
    """One line. ``states`` by language: missing, translated, spoken, stale or overrun; ``overruns`` in seconds."""

    id: str
    start: float
    end: float
    text: str
    speaker: str
    gain_db: float
    translations: dict[str, str]
    states: dict[str, str]
    overruns: dict[str, float]


class HistoryShape(BaseModel):
    """Whether there is something to undo, and to redo."""

    undo: bool
    redo: bool


class ReplacedShape(BaseModel):
    """How often it was found, and all lines as they are now."""

    count: int
    lines: list[DubLineShape]


class MixShape(BaseModel):
    """A named mix; ``file`` is its film inside the project, empty while it is not made."""

    name: str
    language: str
    preset: Preset
    voices: dict[str, str]
    voice_gain_db: float
    bed_gain_db: float
    file: str


class CastingShape(BaseModel):
    """Who speaks: the engine, voices by language, and by speaker and language; ``automatic``: who was found for whom
    nobody cast, by speaker and language, as ``voice`` and ``why``."""

    engine: str
    voices: dict[str, str]
    casting: dict[str, dict[str, str]]
    automatic: dict[str, dict[str, dict[str, str]]] = Field(default_factory=dict)


class RiskShape(BaseModel):
    """One thing to look at; ``weight`` from 0 to 1."""

    kind: str
    weight: float
    words: str


class ReviewedShape(BaseModel):
    """One line and its risks, the worst first."""

    id: str
    start: float
    weight: float
    risks: list[RiskShape]


class ImportedShape(BaseModel):
    """How many texts found their line, which lines have none, and what found no line, with why."""

    count: int
    missing: list[str]
    unmatched: list[str]


def line_shape(one: DubLine) -> dict[str, Any]:
    """A line as it goes over the wire."""
    line = one.line
    return {
        "id": line.id, "start": line.start_s, "end": line.end_s, "text": line.text, "speaker": line.speaker,
        "gain_db": line.gain_db, "translations": dict(one.texts),
        "states": {language: one.state(language) for language in one.texts}, "overruns": dict(one.overruns),
    }  # fmt: skip
