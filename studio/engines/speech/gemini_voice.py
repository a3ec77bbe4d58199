"""``tts/gemini``: Gemini's voices."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Any

from studio.engines.base import Voice
from studio.engines.facts import Facts
from studio.engines.gemini_service import ADDRESS, KEY, check_model, facts_of, parts_of, path_of, service, unset
from studio.engines.limits import Limiter
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.engines.speech.received import must_fit, voices_of, write_received
from studio.engines.speech.request import chosen
from studio.errors import Answer, EngineRefused
from studio.model.job import Job

MODEL = Setting("gemini_speech_model", "Gemini speech model", "model", "gemini-3.8-flash-tts", "As Google calls it.")
_VOICES = tuple(
    (name, "")
    for name in (
        "Kore Puck Zephyr Charon Fenrir Leda Orus Aoede Callirrhoe Autonoe Enceladus Iapetus Umbriel Algieba Despina Erinome "
        "Algenib Rasalgethi Laomedeia Achernar Alnilam Schedar Gacrux Pulcherrima Achird Zubenelgenubi Vindemiatrix Sadachbia "
        "Sadaltager Sulafat"
    ).split()
)
_LANGUAGES = tuple("en pt es de fr it nl pl ru tr ar bn hi id ja ko mr ro ta te th uk vi".split())
_MOST_CHARS = 4000
_ANSWER_S = 180.0


class GeminiVoice:
    """Speaks a line in one asking: it costs money whether or not its answer arrives, so it is asked for once."""

    settings = (KEY, MODEL, ADDRESS)
    name = "tts/gemini"
    is_deterministic = False
    uses_seed = False
    slots = 2

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._http = service(self.name, setup, timeout_s=_ANSWER_S)
        self._model = setup[MODEL]
        self._limiter = Limiter(self.slots, per_minute=10)

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}"

    @property
    def unset(self) -> str:
        """What must be set first."""
        return unset(self.name, self._setup)

    @property
    def voices(self) -> tuple[Voice, ...]:
        return voices_of(_VOICES, _LANGUAGES)

    def check(self) -> None:
        """Raise EngineUnavailable if no key is set, nobody answers, the key is not accepted or the model is gone."""
        check_model(self.name, self._setup, self._model)

    def facts(self) -> Facts:
        """The models that are offered there."""
        return facts_of(self.name, self._setup, MODEL, "tts")

    def speak(
        self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1, job: Job
    ) -> None:
        """Write the line; the service knows neither a speed nor a seed. Raises EngineError, UnusableOutput."""
        chosen(self.voices, voice=voice, language=language, speed=speed, engine=self.name)
        must_fit(self.name, text, _MOST_CHARS)
        speech = {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": voice}}}
        body = {
            "contents": [{"parts": [{"text": text}]}],
            "generationConfig": {"responseModalities": ["AUDIO"], "speechConfig": speech},
        }
        content, mime = ask_once(
            self.name, job, self._limiter,
            lambda key: self._sound(self._http.post_json(path_of(self._model), stage="speak", json=body)),
        )  # fmt: skip
        write_received(out, content, engine=self.name, mime=mime)

    def _sound(self, answer: Any) -> tuple[bytes, str]:
        parts, reason = parts_of(self.name, "speak", answer)
        for part in parts:
            sound = part.get("inlineData") or part.get("inline_data") or {}
            try:
                if sound.get("data"):
                    mime = str(sound.get("mimeType") or sound.get("mime_type") or "")
                    return base64.b64decode(sound["data"], validate=True), mime
            except (binascii.Error, TypeError, ValueError):
                continue
        raise EngineRefused(
            f"{self.name}, speak: it sent no sound (status 200, {reason or 'no reason'}). Change the words of this line, "
            "then try again.",
            answer=Answer(self.name, "speak", 200, reason),
        )
