"""``tts/elevenlabs``: the voices of the user's own account at ElevenLabs, which also says what its models speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio.engines.base import Voice
from studio.engines.facts import Facts
from studio.engines.http import Http, Said, read_error
from studio.engines.limits import Limiter
from studio.engines.models import must_offer
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.engines.speech.received import USUAL_WORDS_PER_SECOND, must_fit, write_received
from studio.engines.speech.remembered import Remembered
from studio.engines.speech.request import chosen, primary
from studio.errors import Answer, EngineError, EngineUnavailable, UserError
from studio.model.job import Job

KEY = Setting(
    "elevenlabs_api_key", "ElevenLabs key", "key", "",
    "From your profile there. Check also asks for the voices of your account anew.",
)  # fmt: skip
MODEL = Setting(
    "elevenlabs_model", "ElevenLabs model", "model", "eleven_multilingual_v2", "Such as eleven_flash_v2_5 or eleven_v3."
)
ADDRESS = Setting(
    "elevenlabs_url",
    "ElevenLabs address",
    "address",
    "https://api.elevenlabs.io",
    "For a region or a proxy of your own.",
)
_LANGUAGES = tuple(
    "en pt es de fr it nl pl ru tr ar bg cs da el fi fil hi hr id ja ko ms ro sk sv ta uk zh".split()
)  # fmt: skip
"""Those of Multilingual v2, where the service does not say."""
_MOST_CHARS = 10_000
_SLOWEST, _FASTEST = 0.7, 1.2
_FORMAT = "mp3_44100_128"
"""What every plan may have."""
_ANSWER_S = 120.0
_CHECK_S = 5.0
_QUOTA = "quota_exceeded"
_CROWDED_S = 1.0
"""Too many at once: the next is free as soon as one of them ends."""
_REMEDIES = {
    _QUOTA: "The account's characters are used up: wait for the next month, or choose another plan there.",
    "voice_not_found": "That voice is not there any more: choose another.",
}


class ElevenLabsVoice:
    """Speaks a line in one asking: it costs money whether or not its answer arrives, so it is asked for once."""

    settings = (KEY, MODEL, ADDRESS)
    name = "tts/elevenlabs"
    is_deterministic = False
    uses_seed = True
    slots = 2

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._model = setup[MODEL]
        self._http = self._service(_ANSWER_S)
        self._limiter = Limiter(self.slots)
        self._remembered = Remembered("elevenlabs", f"{setup[ADDRESS]} {setup[KEY]}", self._ask)
        self._said: Mapping[str, Any] = {}
        self._voices: tuple[Voice, ...] = ()

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}"

    @property
    def unset(self) -> str:
        """What must be set first."""
        return (
            "" if self._setup[KEY] else f"{self.name} needs a key of ElevenLabs' ({KEY.variable}). Set it in Settings."
        )

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Those of the account, in each language of the model; who is at home in a language is first in it."""
        if not self._voices and not self.unset:
            self._learn(self._remembered.known())
        return self._voices

    def check(self) -> None:
        """Raise EngineUnavailable if no key is set, nobody answers, it is not accepted, the model is gone, or nothing is left."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        self._learn(self._remembered.anew())
        must_offer(self.name, tuple(self._said["models"]), self._model)
        if self._is_used_up():
            answer = Answer(self.name, "check", 200, _QUOTA)
            raise EngineUnavailable(f"{self.name}: {_REMEDIES[_QUOTA]}", answer=answer)

    def facts(self) -> Facts:
        """The models that speak, and how many characters of this month are left."""
        used, most = _characters(self._subscription())
        left = f"{max(0, most - used):,} of {most:,} characters left this month" if most else ""
        return Facts({MODEL.name: tuple(self._remembered.known().get("models") or ())}, left)

    def speak(
        self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1, job: Job
    ) -> None:
        """Write the line. Raises EngineError, UnusableOutput, and UserError for what the service does not take."""
        if all(one.name != voice for one in self.voices):
            self._learn(self._remembered.anew())
        chosen(self.voices, voice=voice, language=language, speed=speed, engine=self.name)
        if not _SLOWEST <= speed <= _FASTEST:
            raise UserError(f"{self.name} speaks at {_SLOWEST:g} to {_FASTEST:g} of its usual speed, not at {speed:g}.")
        must_fit(self.name, text, self._offered().get("most_chars") or _MOST_CHARS)
        body: dict[str, Any] = {"text": text, "model_id": self._model, "seed": seed % 2**32}
        if "multilingual_v2" not in self._model:  # refuses to be told a language
            body["language_code"] = primary(language)
        if speed != 1.0:
            body["voice_settings"] = {"speed": speed}
        path = f"/v1/text-to-speech/{self._said['voices'][voice]['id']}?output_format={_FORMAT}"
        content = ask_once(
            self.name, job, self._limiter, lambda key: self._http.post(path, stage="speak", json=body).content
        )
        write_received(out, content, engine=self.name)

    def _learn(self, said: Mapping[str, Any]) -> None:
        self._said = said
        languages = self._offered().get("languages") or _LANGUAGES
        self._voices = _in_each(said.get("voices") or {}, languages)

    def _offered(self) -> Mapping[str, Any]:
        """What the service says of the model."""
        found: Mapping[str, Any] = (self._said.get("models") or {}).get(self._model) or {}
        return found

    def _ask(self) -> Mapping[str, Any]:
        http = self._service(_CHECK_S, tries=1)
        voices = http.get("/v1/voices", stage="check")
        models = http.get("/v1/models", stage="check")
        listed = voices.get("voices") if isinstance(voices, Mapping) else None
        return {"voices": _voices_in(listed), "models": _models_in(models)}

    def _is_used_up(self) -> bool:
        """True if this month's characters are gone and no more can be bought."""
        found = self._subscription()
        used, most = _characters(found)
        return 0 < most <= used and not found.get("allowed_to_extend_character_limit")

    def _subscription(self) -> Mapping[str, Any]:
        """What the account has; empty where the key may not ask that."""
        try:
            found = self._service(_CHECK_S, tries=1).get("/v1/user/subscription", stage="check")
        except EngineError as error:
            if error.answer and error.answer.status in (401, 403):
                return {}
            raise
        return found if isinstance(found, Mapping) else {}

    def _service(self, timeout_s: float, tries: int = 5) -> Http:
        base = self._setup[ADDRESS].rstrip("/").removesuffix("/v1")
        headers = {"xi-api-key": self._setup[KEY]}
        return Http(self.name, base, headers, read=_read, verdict=_verdict, timeout_s=timeout_s, tries=tries)


def _characters(subscription: Mapping[str, Any]) -> tuple[int, int]:
    """How many of this month are used, and how many it has; zeros where that is not told."""
    used, most = (subscription.get(f"character_{what}") for what in ("count", "limit"))
    return (used, most) if isinstance(used, int) and isinstance(most, int) else (0, 0)


def _voices_in(listed: Any) -> dict[str, dict[str, Any]]:
    """By name, which is made different where two have the same: their ids, genders and languages."""
    found: dict[str, dict[str, Any]] = {}
    for one in listed if isinstance(listed, list) else ():
        remote_id = str(one.get("voice_id") or "") if isinstance(one, Mapping) else ""
        name = " ".join(str(one.get("name") or remote_id).split()) if remote_id else ""
        if not name:
            continue
        labels = one.get("labels") or {}
        spoken = [labels.get("language"), *(more.get("language") for more in one.get("verified_languages") or ())]
        found[name if name not in found else f"{name} {remote_id[-4:]}"] = {
            "id": remote_id,
            "gender": str(labels.get("gender") or ""),
            "languages": list(dict.fromkeys(primary(code) for code in spoken if isinstance(code, str) and code)),
        }
    return found


def _models_in(listed: Any) -> dict[str, dict[str, Any]]:
    """Those that speak, by their ids: their languages, and how many letters they take at once."""
    found: dict[str, dict[str, Any]] = {}
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, Mapping) and one.get("model_id") and one.get("can_do_text_to_speech") is not False:
            codes = (language.get("language_id") for language in one.get("languages") or ())
            most = one.get("maximum_text_length_per_request")
            found[str(one["model_id"])] = {
                "languages": list(dict.fromkeys(primary(code) for code in codes if isinstance(code, str) and code)),
                "most_chars": most if isinstance(most, int) and most > 0 else 0,
            }
    return found


def _in_each(known: Mapping[str, Mapping[str, Any]], languages: Sequence[str]) -> tuple[Voice, ...]:
    found: list[Voice] = []
    for language in sorted(languages, key=lambda code: code != "en"):
        at_home = sorted(known, key=lambda name: language not in known[name]["languages"])
        found += [Voice(name, language, known[name]["gender"], USUAL_WORDS_PER_SECOND) for name in at_home]
    return tuple(found)


def _read(body: Any) -> Said:
    """As ``read_error``, but its own word (``quota_exceeded``) before the sort of error, which is the same for many."""
    said = read_error(body)
    detail = body.get("detail") if isinstance(body, Mapping) else None
    words = [detail.get(key) for key in ("status", "code")] if isinstance(detail, Mapping) else []
    kind = next((word for word in words if isinstance(word, str) and word), said.kind)
    wait_s = _CROWDED_S if kind == "too_many_concurrent_requests" else said.retry_after_s
    return replace(said, kind=kind, retry_after_s=wait_s, remedy=_REMEDIES.get(kind, ""))


def _verdict(status: int, said: Said) -> type[EngineError] | None:
    return EngineUnavailable if said.kind == _QUOTA else None
