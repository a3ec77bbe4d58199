"""Who speaks: the engines and voices that are here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from studio import pipelines
from studio.engines import registry
from studio.engines.base import SpeechSynthesizer, must_seem_ready
from studio.errors import EngineUnavailable, UserError
from studio.model.film import FilmOptions

_BY_PREFERENCE = ("hibari", "kokoro", "espeak")
_FOR_TESTS = "fake"


Options = TypeVar("Options", bound=FilmOptions)


def narrated(options: Options) -> Options:
    """``options`` with a narrator that is here and speaks the language, and one of its voices by name.

    Raises UserError if the narrator has no such voice, or none for the language.
    """
    if not options.narration:
        return options
    chosen = options.tts if options.tts != "auto" else first_speaker([options.language])
    engine = registry.tts(chosen)
    must_seem_ready(engine)
    voices = voices_for(engine, options.language)
    if not voices:
        raise UserError(f"{engine.identity} has no voice that speaks {options.language}. Try another --tts.")
    if options.voice and options.voice not in {v.name for v in engine.voices}:
        raise UserError(f"{engine.identity} has no voice {options.voice}. Its voices: {', '.join(voices[:12])}.")
    return options.model_copy(update={"tts": chosen, "voice": options.voice or voices[0]})


def first_speaker(languages: Sequence[str]) -> str:
    """The first engine here that speaks all of ``languages``. Raises EngineUnavailable if there is none."""
    here = registry.working("tts")
    for name in (one for one in _BY_PREFERENCE if one in here):
        if all(voices_for(registry.tts(name), language) for language in languages):
            return name
    spoken = " and ".join(languages)
    others = [name for name in here if all(voices_for(registry.tts(name), language) for language in languages)]
    if others := [name for name in others if name != _FOR_TESTS]:
        raise EngineUnavailable(
            f"No voice on this computer speaks {spoken}. Choose the speech engine {others[0]} for it."
        )
    raise EngineUnavailable(f"No voice here speaks {spoken}. `studio engines check` says what to install.")


def voices_for(engine: SpeechSynthesizer, language: str) -> list[str]:
    """The engine's voices that speak ``language``, its usual one first."""
    return [voice.name for voice in engine.voices if voice.language.split("-")[0] == language]


def speakers() -> tuple[str, ...]:
    """The speech engines that work here, the preferred ones first."""
    here = _here("tts")
    return tuple(sorted(here, key=lambda name: _BY_PREFERENCE.index(name) if name in _BY_PREFERENCE else len(here)))


def listeners() -> tuple[str, ...]:
    """The engines here that write down what is said."""
    return _here("asr")


def spoken_languages() -> dict[str, tuple[str, ...]]:
    """Every language that has a voice here, two letters, with the engines that speak it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in speakers():
        for voice in registry.tts(name).voices:
            language = voice.language.split("-")[0]
            if name not in found.get(language, ()):
                found[language] = (*found.get(language, ()), name)
    return found


def translators_for(source: str, targets: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By target, the translators that work here and know the two languages; ``manual`` is always among them."""
    here = {name: registry.translator(name) for name in _here("mt")}
    return {target: tuple(name for name, one in here.items() if one.knows(source, target)) for target in targets}


def automatic_translator(names: Sequence[str]) -> str:
    """Which of ``names`` is asked if nobody chose; empty if none: services are never asked by themselves."""
    return next((name for name in pipelines.TRANSLATORS if name in names and name != "manual"), "")


def _here(kind: str) -> tuple[str, ...]:
    return tuple(name for name in registry.working(kind) if name != _FOR_TESTS)
