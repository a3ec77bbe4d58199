"""What a dub is made of: lines of the original, their translations, who speaks them, and how they are fitted."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from studio.model.source import FileInside
from studio.model.story import Value

Preset = Literal["dub", "voice-over", "narration", "bed-off"]
"""``dub``: the bed gives way to the voices, the original voice is gone as far as the bed allows; ``voice-over``: the
original voice stays audible below, UN style; ``narration``: the bed is always low; ``bed-off``: voices alone."""


MOST_LETTERS = 5000
"""Of what one line says, in any language: five minutes without a breath. A subtitle that is longer is shown by nothing."""
MOST_S = 360_000.0
"""A hundred hours: a time beyond is milliseconds, or no time."""
MOST_ID = 990_000
"""Ids of lines are below it: there is room above for those that splitting gives."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_NAME_BYTES = 200
"""File systems take 255 bytes (not letters) a name; the rest is for what stands around a mix's name in its files."""


def check_plain(text: str) -> str:
    """``text``; ValueError if there is a letter in it that no text has."""
    odd = _CONTROL.search(text)
    if odd:
        raise ValueError(f"letter {odd.start() + 1} is U+{ord(odd.group()):04X}, which no text has: take it out")
    return text


def check_sayable(text: str) -> str:
    """``text``; ValueError if one line cannot say that, or so much."""
    check_plain(text)
    if len(text) > MOST_LETTERS:
        raise ValueError(f"a line has at most {MOST_LETTERS} letters, this one has {len(text)}: split it")
    return text


def _fits_in_file_name(name: str) -> str:
    if len(name.encode()) > _MOST_NAME_BYTES:
        raise ValueError(f"takes {len(name.encode())} bytes as a file's name, {_MOST_NAME_BYTES} at most: shorten it")
    return name


def _has_room(line_id: str) -> str:
    if int(line_id) >= MOST_ID:
        raise ValueError(f"must be below {MOST_ID}: the ids of new lines are counted on from it")
    return line_id


Said = Annotated[str, AfterValidator(check_sayable)]
"""What one line says."""
Gain = Annotated[float, Field(ge=-24, le=12)]
"""Louder or softer, in dB."""
Time = Annotated[float, Field(ge=0, le=MOST_S, allow_inf_nan=False)]
"""Seconds of the source."""
Code = Annotated[str, Field(pattern=r"^[A-Za-z]{2,20}([-_][A-Za-z0-9]{1,20})*$")]
"""Of a language: it names files and folders."""


class Word(Value):
    """One recognised word, in seconds of the source."""

    start_s: Time = Field(alias="start")
    end_s: Time = Field(alias="end")
    word: str


class Line(Value):
    """One sentence-shaped line of the source. ``id`` never changes and names its files; times are in seconds."""

    id: Annotated[str, AfterValidator(_has_room)] = Field(pattern=r"^[0-9]{4,6}$")
    start_s: Time = Field(alias="start")
    end_s: Time = Field(alias="end")
    text: Said = Field(min_length=1)
    speaker: Annotated[str, AfterValidator(check_plain)] = ""
    words: tuple[Word, ...] = ()
    gain_db: Gain = 0.0
    """Of this line's dub in every language."""
    retakes: dict[str, int] = Field(default_factory=dict)
    """By language: how often this line was asked for again."""

    @model_validator(mode="after")
    def _lasts(self) -> Line:
        if self.end_s <= self.start_s:
            raise ValueError("a line ends after it starts")
        return self

    @property
    def duration_s(self) -> float:
        """How long the original takes."""
        return self.end_s - self.start_s


def _named_once(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    if len({line.id for line in lines}) < len(lines):
        raise ValueError("two lines have the same id: each names its own files")
    return lines


LINES = TypeAdapter(Annotated[tuple[Line, ...], AfterValidator(_named_once)])
"""``transcriptions/chunked_transcript.json``: beside a line's own fields it bears what the old program wrote
(``duration, segment_count, word_count, char_count``)."""


class Translated(Value):
    """One line in another language, of ``translations/<lang>.json``. ``source`` is the text it was made from."""

    id: str
    start_s: float = Field(alias="start")
    end_s: float = Field(alias="end")
    text: Said = Field(alias="text_translated")
    """Empty: not translated yet (``mt/manual``)."""
    source: str = ""
    short: str = ""
    """A shorter wording for a line that does not fit, where the engine offers one."""
    left: tuple[str, ...] = ()
    """Words that the engine did not know and left as they were, in the source's language or one on the way."""
    is_divided: bool = False
    """The studio cut or joined its wording as its line was; nobody has looked at it since."""


TRANSLATION = TypeAdapter(tuple[Translated, ...])


class Fitted(Value):
    """Where and how one spoken line stands in the dub, of ``audio/<lang>_fit.json``. Times in seconds of the source."""

    id: str
    start_s: Time
    end_s: Time
    speed: float = Field(default=1.0, ge=0.1, le=10)
    """Above 1: faster than spoken. Pitch stays."""
    uses_short: bool = False
    overrun_s: Time = 0.0
    """How far it runs into the next line or over the end; above 0 it is in the review list."""
    freeze_s: Time = 0.0
    """How long the picture is held after it, only where the user allows that."""


FIT = TypeAdapter(tuple[Fitted, ...])


class Mix(Value):
    """A named combination: ``mixed_videos/<name>_mixed.mp4``."""

    name: Annotated[str, AfterValidator(_fits_in_file_name)] = Field(pattern=r"^[\w-]{1,60}$")
    language: Code
    preset: Preset = "dub"
    voices: dict[str, str] = Field(default_factory=dict)
    """By speaker, where it differs from the casting; under ``""`` everybody's."""
    voice_gain_db: Gain = 0.0
    """Beside the language's own gain."""
    bed_gain_db: Gain = 0.0
    """Beside the dub's own ``bed_gain_db``."""


class DubOptions(Value):
    """What the user chose for a dub. Languages are two-letter codes (``pt``), engines names of their kind."""

    source_language: str = ""
    """Empty: recognised."""
    languages: tuple[Code, ...] = ()
    asr: str = "whisper"
    translators: dict[str, str] = Field(default_factory=dict)
    """By language; ``auto`` (the first here that knows the pair, else ``manual``) where not said."""
    tts: str = "auto"
    voices: dict[str, str] = Field(default_factory=dict)
    """By language: the voice of everybody who is not cast."""
    by_ear: tuple[Code, ...] = ()
    """Languages whose voice of ``voices`` nobody chose: each speaker has one that is high or low as the original is."""
    casting: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Speaker → language → voice."""
    glossary: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Language → source term → its translation."""
    preset: Preset = "dub"
    mixes: tuple[Mix, ...] = ()
    target_lufs: float = Field(default=-16.0, ge=-31, le=-9)
    language_gain_db: dict[str, Gain] = Field(default_factory=dict)
    bed_gain_db: Gain = 0.0
    """Of what is heard under the voices, in every language and mix."""
    bed: str = Field(default="", pattern=r"^(original_bed(\.[a-z0-9]{1,8})?)?$")
    """A music-and-effects track that the user brought, instead of the original's own sound: a file of the project."""
    most_speed: float = Field(default=1.2, ge=1.0, le=1.5)
    may_freeze: bool = False
    burned: bool = False
    multi: bool = False
    """Also one file with the original and every dub as tagged tracks."""
    stems: bool = False
    """Also voices and bed apart, as loud as they are in each mix."""
    is_checked: bool = False
    """Each dubbed line is transcribed back and compared."""
    seed: int = Field(default=1, ge=0)

    @model_validator(mode="after")
    def _mixes_fit(self) -> DubOptions:
        if len({mix.name.lower() for mix in self.mixes}) < len(self.mixes):
            raise ValueError("two mixes have the same name: each names its own file")
        lost = [mix for mix in self.mixes if self.languages and mix.language not in self.languages]
        if lost:
            raise ValueError(f"mix {lost[0].name} is in {lost[0].language}, which the dub is not made into")
        return self

    @property
    def chosen(self) -> DubOptions:
        """What a person chose: without the voices that the studio found."""
        voices = {code: voice for code, voice in self.voices.items() if code not in self.by_ear}
        return self.model_copy(update={"voices": voices, "by_ear": ()})


class CastByEar(Value):
    """Who speaks for one speaker of the original (empty: whoever is not named) where nobody chose, and why."""

    speaker: str
    language: str
    voice: str
    pitch_hz: float = Field(default=0.0, ge=0)
    """The median of the original speaker's; 0 where too little was heard."""

    @property
    def why(self) -> str:
        """In words."""
        if not self.pitch_hz:
            return "the engine's usual voice: the original's was not heard clearly"
        return f"the original's voice is about {self.pitch_hz:.0f} Hz high"


CAST_BY_EAR = TypeAdapter(tuple[CastByEar, ...])
"""``audio/casting_by_ear.json``"""


class HeardBack(Value):
    """What a recogniser hears in one spoken line, of ``checks/<lang>/<id>.json``. Rates are 0 for a perfect match."""

    text: str
    """What was to be said."""
    heard: str
    wer: float = Field(ge=0)
    """Word errors a word."""
    cer: float = Field(ge=0)
    """Letter errors a letter."""


HEARD_BACK = TypeAdapter(HeardBack)


class DubSource(Value):
    """What is dubbed; all are names of files inside the project."""

    file: FileInside
    """The film, byte for byte."""
    transcript: FileInside = ""
    """Its lines, where the user brought them or the film was made here; empty: they are recognised."""
    bed: FileInside = ""
    """Its sound without voices, where the film was made here."""
    track: int | None = Field(default=None, ge=0)
    """Which of its audio tracks is dubbed, from 0; None: the one that players choose."""
