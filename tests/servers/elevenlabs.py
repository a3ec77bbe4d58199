"""ElevenLabs, as its client library and its help pages describe it: voices of the account, models, speech as MP3."""

from __future__ import annotations

from typing import Any

from tests.servers.base import Call, Double, Reply
from tests.servers.openai import SPEECH_HZ, spoken
from tests.servers.sounds import as_mp3

_LANGUAGES = ("en", "ja", "zh", "de", "hi", "fr", "ko", "pt", "it", "es")


def error(status: int, word: str, message: str) -> Reply:
    """As it says no."""
    return Reply({"detail": {"status": word, "message": message}}, status, {"request-id": "req-11"})


class ElevenLabs(Double):
    """``used`` letters of ``limit`` are spoken for; a key that ``may_only_speak`` is told nothing of the account."""

    def __init__(self, *, key: str = "sk_eleven-secret-1234") -> None:
        super().__init__()
        self.key = key
        self.used, self.limit = 0, 10_000
        self.may_only_speak = False
        self.voices = [
            _voice("21m00Tcm4TlvDq8ikWAM", "Rachel", "female", "en"),
            _voice("pNInz6obpgDQGcFmaJgB", "Ana", "female", "pt"),
            _voice("abcdefghijklmnop0001", "Rachel", "", ""),
        ]

    def answer(self, call: Call) -> Reply:
        if call.headers.get("xi-api-key") != self.key:
            return error(401, "invalid_api_key", f"Invalid API key {call.headers.get('xi-api-key')}")
        if call.what == "GET /v1/voices":
            return Reply({"voices": self.voices})
        if call.what == "GET /v1/models":
            return Reply([_model("eleven_multilingual_v2", 10_000), _model("eleven_flash_v2_5", 40_000), _model("eleven_sts", 1, speaks=False)])  # fmt: skip
        if call.what == "GET /v1/user/subscription":
            if self.may_only_speak:
                return error(401, "missing_permissions", "The API key you used is missing the permission user_read")
            return Reply({"character_count": self.used, "character_limit": self.limit})
        voice = next((one for one in self.voices if call.what == f"POST /v1/text-to-speech/{one['voice_id']}"), None)
        return (
            self._spoken(call.json) if voice else error(404, "voice_not_found", "A voice with that id was not found.")
        )

    def _spoken(self, body: dict[str, Any]) -> Reply:
        text = body["text"]
        if not 0 <= body["seed"] < 2**32:
            return Reply({"detail": [{"loc": ["body", "seed"], "msg": "Input should be less than 4294967296"}]}, 422)
        if "language_code" in body and body["model_id"] == "eleven_multilingual_v2":
            return error(400, "unsupported_language", "This model does not take a language.")
        with self.lock:
            if self.used + len(text) > self.limit:
                return error(401, "quota_exceeded", f"This request exceeds your quota of {self.limit}.")
            self.used += len(text)
            self.created.append(body)
        speed = body.get("voice_settings", {}).get("speed", 1.0)
        return Reply(as_mp3(spoken(text, speed), SPEECH_HZ, rate_hz=44_100, bit_rate=128_000))


def _voice(remote_id: str, name: str, gender: str, language: str) -> dict[str, Any]:
    labels = {"gender": gender, "language": language, "accent": "american"} if language else {}
    return {"voice_id": remote_id, "name": name, "category": "premade", "labels": labels, "verified_languages": None}


def _model(name: str, most_chars: int, *, speaks: bool = True) -> dict[str, Any]:
    languages = [{"language_id": code, "name": code.upper()} for code in _LANGUAGES]
    return {
        "model_id": name, "name": name, "can_do_text_to_speech": speaks, "languages": languages,
        "maximum_text_length_per_request": most_chars,
    }  # fmt: skip
