"""What an engine promises. One protocol a kind; one verb each, whose first argument is the output path.

``identity`` names the engine and everything inside it that changes its output (model, version of its
rules), e.g. ``image/storyboard/3``: it is part of every fingerprint. ``check()`` raises
``EngineUnavailable`` saying what is missing and how to get it, and is cheap. Verbs are called from worker
threads, several at a time; an engine that cannot bear that locks inside. A verb writes exactly ``out``,
deterministically for equal arguments where ``is_deterministic`` is true, and raises a ``StudioError`` on
failure; a half-written ``out`` is the caller's to delete. Heavy imports happen inside the verbs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from studio.errors import EngineUnavailable
from studio.model.camera import CameraMove
from studio.model.job import JobNote
from studio.model.story import StoryRequest


class Engine(Protocol):
    """What all kinds share."""

    @property
    def identity(self) -> str: ...

    @property
    def is_deterministic(self) -> bool:
        """True if equal arguments give equal files, so that a retake needs another seed."""
        ...

    @property
    def uses_seed(self) -> bool:
        """True if another seed gives another file."""
        ...

    def check(self) -> None:
        """Raise ``EngineUnavailable`` if this engine cannot work here."""
        ...


@runtime_checkable
class AtService(Protocol):
    """An engine that asks a service."""

    @property
    def unset(self) -> str:
        """What must be set before it can be asked, in a sentence; empty if all is. Asks nobody, unlike ``check``."""
        ...


@runtime_checkable
class RemoteEngine(AtService, Protocol):
    """One whose work costs money there. Its verb takes a ``job`` (``studio.model.job.Job``) as last keyword."""

    @property
    def slots(self) -> int:
        """How many works it can have in hand there at once; at least 1."""
        ...


@runtime_checkable
class Stoppable(Protocol):
    """An engine whose service can be told to end a work that it has in hand."""

    def cancel(self, note: JobNote) -> bool:
        """That work is ended there, and no other; False if it is not in hand there (any more). Raises EngineError."""
        ...


@runtime_checkable
class AsksOften(Protocol):
    """An engine that may ask its service several times for one work."""

    def askings(self, given: Mapping[str, Any], notes: Sequence[JobNote] = ()) -> int:
        """How often it asks for the work that is made of ``given``, after what ``notes`` say was done of it already."""
        ...


def must_seem_ready(engine: Engine) -> None:
    """Raise EngineUnavailable if ``engine`` cannot work here. A service is not asked: only what must be set is known."""
    if not isinstance(engine, AtService):
        engine.check()
    elif engine.unset:
        raise EngineUnavailable(engine.unset)


def is_paid(engine: Engine) -> bool:
    """True if the engine asks a service that wants money; one whose server is the user's own says ``is_free``."""
    return isinstance(engine, AtService) and not getattr(engine, "is_free", False)


def notice_of(engine: Engine) -> str:
    """What everybody must know of the files of this engine; empty for most, which have no ``notice``."""
    return str(getattr(engine, "notice", ""))


def slots_of(engine: Engine) -> int:
    """How many works the engine can have in hand at its service; 0 if it works here."""
    return engine.slots if isinstance(engine, RemoteEngine) else 0


def most_references(engine: Engine) -> int:
    """How many pictures of people and places the image engine can be shown with one prompt; 0 if it takes none."""
    return engine.most_references if isinstance(engine, ShownReferences) else 0


def can_go_on(engine: VideoEngine) -> bool:
    """True if its clips begin with their still and show more than it: the next can go on from the last picture."""
    return engine.reads_motion and bool(getattr(engine, "shows_still", True))


class TextEngine(Engine, Protocol):
    def write(self, out: Path, request: StoryRequest) -> None:
        """Write a ``Story`` as JSON. ``UserError`` if the idea cannot be used (language, empty)."""
        ...


@runtime_checkable
class ReadsOneLanguage(Protocol):
    """A text engine that reads ideas in one language alone (two letters): others are translated for it first."""

    reads: str

    def language_of(self, idea: str) -> str:
        """The language that ``idea`` seems to be in: ``reads`` if that cannot be told, ``und`` for one without a code."""
        ...


class AnalysisEngine(Engine, Protocol):
    def analyse(self, out: Path, text: str, *, title: str, most_moments: int, language: str) -> None:
        """Write the ``ChapterAnalysis`` of one chapter as JSON.

        ``text`` is its ``content``, in which all positions count; a text without words has an empty analysis.
        ``language`` is ISO 639-1. Raises UserError, with what to do, for a language that the engine cannot read.
        """
        ...


class ImageEngine(Engine, Protocol):
    def render(self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str) -> None:
        """Write an RGB PNG of exactly ``size`` with ``prompt, seed, engine`` in its text metadata.

        What could not be drawn stands, comma separated, under the text key ``undrawn``.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture of somebody or some place, which is to look the same in a still; ``shows`` says who or what it is."""

    picture: Path
    shows: str


@runtime_checkable
class ShownReferences(Protocol):
    """An image engine whose ``render`` takes ``references`` as a keyword: a sequence of ``Reference``."""

    @property
    def most_references(self) -> int:
        """How many it can be shown at once, the most important first; 0 as it is set up now: none."""
        ...


@dataclass(frozen=True, slots=True)
class Caption:
    """Words to burn into the picture, in seconds from the clip's start."""

    start_s: float
    end_s: float
    text: str


class VideoEngine(Engine, Protocol):
    @property
    def reads_motion(self) -> bool:
        """True if ``motion`` changes the clip; an engine that only moves the camera ignores it."""
        ...

    def animate(
        self,
        out: Path,
        still: Path,
        *,
        move: CameraMove,
        motion: str,
        duration_s: float,
        size: tuple[int, int],
        fps: int,
        seed: int,
        captions: Sequence[Caption] = (),
    ) -> None:
        """Write a silent MP4 of ``round(duration_s * fps)`` frames."""
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of a speech engine; ``words_per_second`` includes pauses (measured)."""

    name: str
    language: str
    gender: str
    words_per_second: float

    def speaks(self, language: str) -> bool:
        """True if it is a voice of that language, whichever country's."""
        mine, asked = (code.replace("_", "-").split("-")[0].lower() for code in (self.language, language))
        return mine == asked


class SpeechSynthesizer(Engine, Protocol):
    @property
    def voices(self) -> tuple[Voice, ...]:
        """Voices that are here now; the first is the default."""
        ...

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        """Write a mono 16-bit WAV, silence at both ends trimmed to about 40 ms, peak at most -1 dBFS."""
        ...


class SoundEngine(Engine, Protocol):
    def sound(self, out: Path, prompt: str, *, duration_s: float, seed: int) -> None:
        """Write a 48 kHz stereo 16-bit WAV of an ambience for ``prompt``, exactly ``duration_s`` long."""
        ...

    def hears(self, prompt: str) -> tuple[str, ...]:
        """Kinds of sound that ``prompt`` asks for (``("rain", "thunder")``); empty if none is known."""
        ...


@dataclass(frozen=True, slots=True)
class MoodCue:
    """A stretch of music: an emotion of the story and how long it lasts."""

    mood: str
    duration_s: float


class MusicEngine(Engine, Protocol):
    def compose(self, out: Path, cues: Sequence[MoodCue], *, seed: int) -> None:
        """Write a 48 kHz stereo 16-bit WAV as long as all cues together, about -20 LUFS."""
        ...


@dataclass(frozen=True, slots=True)
class ToTranslate:
    """One line for a translator. ``budget_s`` is how long its dub may take; ``before`` and ``after`` are context."""

    id: str
    text: str
    budget_s: float
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """``short`` is a shorter wording, empty where the engine offers none; ``left`` are words of ``text`` that it did not
    know and left as they were, where the engine can tell."""

    text: str
    short: str = ""
    left: tuple[str, ...] = ()


class Translator(Engine, Protocol):
    @property
    def batch_lines(self) -> int:
        """How many lines it likes to get at once; 1 for an engine to which it makes no difference."""
        ...

    def knows(self, source: str, target: str) -> bool:
        """True if it translates from ``source`` to ``target`` (two-letter codes)."""
        ...

    def translate(
        self, lines: Sequence[ToTranslate], *, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[str, TranslatedText]:
        """Each line's translation by its id; ids that are missing were not translated and are asked again.

        ``glossary`` maps terms of the source to what they must become.
        """
        ...


class SpeechRecognizer(Engine, Protocol):
    def detect(self, audio: Path) -> str:
        """Code of the language that is spoken first in ``audio`` (``en``); empty if nobody speaks in it."""
        ...

    def transcribe(self, out: Path, audio: Path, *, language: str | None = None) -> None:
        """Write ``[{"start", "end", "text", "words": [{"start", "end", "word"}]}]`` (seconds) as JSON."""
        ...
