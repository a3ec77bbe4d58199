"""A voice heard before it is cast: one short sentence, spoken once and kept."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.core.files import storage
from studio.engines import registry
from studio.engines.base import slots_of
from studio.errors import UserError
from studio.model.job import JobNote, JobState
from studio.service.voices import voices_for

_SENTENCES = {
    "de": "Guten Tag. So klinge ich in Ihrem Film.",
    "en": "Good morning. This is how I sound in your film.",
    "es": "Buenos días. Así sueno en su película.",
    "fr": "Bonjour. Voici ma voix dans votre film.",
    "hi": "नमस्ते। आपकी फ़िल्म में मेरी आवाज़ ऐसी है।",
    "it": "Buongiorno. Ecco la mia voce nel suo film.",
    "nl": "Goedemorgen. Zo klink ik in uw film.",
    "pl": "Dzień dobry. Tak brzmię w tym filmie.",
    "pt": "Bom dia. É assim que eu soo no seu filme.",
    "ru": "Доброе утро. Так я звучу в этом фильме.",
    "sv": "God morgon. Så här låter jag i din film.",
    "tr": "Günaydın. Filminizde sesim böyle.",
}
_COUNTING = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10."
"""In any other language: engines read figures in their own."""


def audition(engine_name: str, voice: str, language: str, folder: Path) -> Path:
    """A WAV file in ``folder`` in which ``voice`` of the speech engine says a sentence in ``language``.

    Raises UserError for a voice that the engine does not have.
    """
    engine = registry.tts(engine_name)
    engine.check()
    here = voices_for(engine, language)
    if voice not in here:
        raise UserError(f"{engine.identity} has no voice {voice} for {language}: {', '.join(here[:12]) or 'none'}.")
    sentence = _SENTENCES.get(language, _COUNTING)
    key = hashlib.sha256("|".join((engine.identity, voice, language, sentence)).encode()).hexdigest()[:24]
    place = folder / f"{key}.wav"
    if place.is_file():
        return place
    half = folder / f"{key}.{os.getpid()}.half.wav"
    with storage(place):
        folder.mkdir(parents=True, exist_ok=True)
        job: dict[str, Any] = {"job": _Unwritten()} if slots_of(engine) else {}
        engine.speak(half, sentence, language=language, voice=voice, **job)
        half.replace(place)
    return place


class _Unwritten:
    """The job of work that belongs to no project: nobody comes back for it. Fulfils ``studio.model.job.Job``."""

    last: JobNote | None = None
    notes: Sequence[JobNote] = ()

    def begin(self, **facts: Any) -> str:
        return str(uuid.uuid4())

    def note(self, state: JobState, remote_id: str = "", **facts: Any) -> None:
        """Kept nowhere."""

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def tell(self, share: float | None, text: str, preview: bytes = b"") -> None:
        """Nobody listens."""
