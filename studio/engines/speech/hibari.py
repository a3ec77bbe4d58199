"""Small, fast English voices (hibari-tts): the narrator that works out of the box."""

from __future__ import annotations

import importlib.util
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engines.base import Voice
from studio.engines.speech.request import chosen
from studio.errors import EngineUnavailable

if TYPE_CHECKING:
    from hibari import Hibari

#: Words per second including pauses, measured on six narration lines of 11 to 17 words.
_WORDS_PER_SECOND = {"heart": 3.6}
_USUAL_WORDS_PER_SECOND = 3.5


class HibariVoice:
    """Speaks English with the voices of ``hibari-tts`` that are on this computer.

    ``heart`` (American) comes with the package. Others (``emma`` and ``fable`` British, ``fenrir`` and
    ``kore`` American) are offered once their files lie in hibari's own cache; nothing is fetched from here.
    """

    identity = "tts/hibari/0.2"
    is_deterministic = True
    uses_seed = True

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._speakers: dict[str, Hibari] = {}

    def check(self) -> None:
        if importlib.util.find_spec("hibari") is None:
            raise EngineUnavailable("The voice package is missing: pip install hibari-tts")

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The voices whose model files are here, American female first; empty if the package is missing."""
        if importlib.util.find_spec("hibari") is None:
            return ()
        from hibari.voices import VOICES, voice_path

        here: list[Voice] = []
        for name, facts in VOICES.items():
            try:
                voice_path(name, download_missing=False)
            except FileNotFoundError:
                continue
            pace = _WORDS_PER_SECOND.get(name, _USUAL_WORDS_PER_SECOND)
            here.append(Voice(name, facts["language"], facts["gender"], pace))
        return tuple(here)

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        from studio.engines.speech.finish import strung, write_speech
        from studio.engines.speech.text import pieces, readable

        self.check()
        chosen(self.voices, voice=voice, language=language, speed=speed, engine="hibari")
        lines = pieces(readable(text, language))
        speaker = self._speaker(voice)
        with self._lock:
            phonemes = [(sound, line) for line in lines for sound in speaker.phonemize(line)]
        takes = [(speaker.from_phonemes(sound, speed, seed), line) for sound, line in phonemes]
        write_speech(out, strung(takes, speaker.sample_rate, speed), speaker.sample_rate)

    def _speaker(self, voice: str) -> Hibari:
        """The loaded voice; a load takes half a second and is done once."""
        from hibari import Hibari

        with self._lock:
            if voice not in self._speakers:
                self._speakers[voice] = Hibari(voice=voice, threads=1)
            return self._speakers[voice]
