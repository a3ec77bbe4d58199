"""``tts/openai``: voices of OpenAI, or of a server that offers the same call (Kokoro-FastAPI, LocalAI, Speaches …)."""

from __future__ import annotations

from pathlib import Path

from studio.engines.base import Voice
from studio.engines.facts import Facts
from studio.engines.limits import Limiter
from studio.engines.openai_service import ADDRESS, KEY, check_model, facts_of, is_own, service, unset
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.engines.speech.received import must_fit, voices_of, write_received
from studio.engines.speech.request import chosen
from studio.errors import UnusableOutput
from studio.model.job import Job

MODEL = Setting(
    "openai_speech_model", "Speech model (OpenAI-compatible)", "model", "gpt-4o-mini-tts", "As the server calls it."
)
VOICES = Setting(
    "openai_voices", "Voices (OpenAI-compatible)", "text", "", "Those of your own server, with commas; empty: OpenAI's."
)  # fmt: skip
_AT_OPENAI = (
    ("nova", "female"), ("onyx", "male"), ("alloy", ""), ("ash", "male"), ("ballad", "male"), ("coral", "female"),
    ("echo", "male"), ("fable", ""), ("sage", "female"), ("shimmer", "female"), ("verse", "male"),
)  # fmt: skip
_LANGUAGES = tuple(
    "en pt es de fr it nl pl ru tr ar bg bs ca cs cy da el et fa fi gl he hi hr hu id is ja kk kn ko lt lv mi mk mr ms ne no ro "
    "sk sl sr sv sw ta th tl uk ur vi zh".split()
)
_MOST_CHARS = 4096
_ANSWER_S = 120.0


class OpenAiVoice:
    """Speaks a line in one asking: it costs money whether or not its answer arrives, so it is asked for once."""

    settings = (ADDRESS, KEY, MODEL, VOICES)
    name = "tts/openai"
    is_deterministic = False
    uses_seed = False
    slots = 3

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._http = service(self.name, setup, timeout_s=_ANSWER_S)
        self._model = setup[MODEL]
        self._limiter = Limiter(self.slots)

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}"

    @property
    def is_free(self) -> bool:
        """True at a server of the user's own."""
        return is_own(self._setup)

    @property
    def unset(self) -> str:
        """What must be set first."""
        return unset(self.name, self._setup)

    @property
    def voices(self) -> tuple[Voice, ...]:
        own = tuple((name.strip(), "") for name in self._setup[VOICES].split(",") if name.strip())
        return voices_of(own or _AT_OPENAI, _LANGUAGES)

    def check(self) -> None:
        """Raise EngineUnavailable if no key and no address is set, nobody answers there, or the model is not there."""
        check_model(self.name, self._setup, self._model)

    def facts(self) -> Facts:
        """The models that are offered there."""
        return facts_of(self.name, self._setup, MODEL, r"tts|speech|kokoro|piper|orpheus")

    def speak(
        self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1, job: Job
    ) -> None:
        """Write the line. The service knows no seed: each take is another. Raises EngineError, UnusableOutput."""
        chosen(self.voices, voice=voice, language=language, speed=speed, engine=self.name)
        must_fit(self.name, text, _MOST_CHARS)
        body = {"model": self._model, "input": text, "voice": voice, "response_format": "wav", "speed": speed}
        content = ask_once(
            self.name, job, self._limiter,
            lambda key: self._http.post("/v1/audio/speech", stage="speak", json=body).content,
        )  # fmt: skip
        if content[:1] == b"{":
            raise UnusableOutput(
                f"{self.name}, speak: the answer (status 200) holds no sound. Look at the server's own log."
            )
        write_received(out, content, engine=self.name)
