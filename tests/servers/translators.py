"""DeepL, Google Translate and LibreTranslate, as they document themselves. All say the same few words of Portuguese."""

from __future__ import annotations

import html
from collections.abc import Sequence

from tests.servers.base import Call, Double, Reply

_WORDS = {
    "the": "o",
    "ship": "navio",
    "sea": "mar",
    "leaves": "parte",
    "is": "está",
    "calm": "calmo",
    "pilot": "piloto",
}


def in_portuguese(text: str) -> str:
    """Word by word; what it does not know stays."""
    words = [_WORDS.get(word.lower().strip("."), word.strip(".")) for word in text.split()]
    said = " ".join(words) + ("." if text.endswith(".") else "")
    return said[:1].upper() + said[1:]


class Translators(Double):
    """All three at one address. ``used`` are characters that DeepL billed, of ``limit``; ``loses`` so many answers of a call."""

    def __init__(self, *, key: str = "abcdef-secret-1234") -> None:
        super().__init__()
        self.key = key
        self.used, self.limit = 0, 500_000
        self.loses = 0

    def answer(self, call: Call) -> Reply:
        if call.path.startswith("/v2/"):
            return self._deepl(call)
        if call.path.startswith("/language/translate/v2"):
            return self._google(call)
        return self._libre(call)

    def _said(self, texts: Sequence[str]) -> list[str]:
        with self.lock:
            self.created.append(list(texts))
            self.used += sum(map(len, texts))
        said = [in_portuguese(text) for text in texts]
        return said[: len(said) - self.loses]

    def _deepl(self, call: Call) -> Reply:
        if call.headers.get("authorization") != f"DeepL-Auth-Key {self.key}":
            return Reply({"message": f"Invalid auth key {call.headers.get('authorization')}"}, 403)
        if call.what == "GET /v2/usage":
            return Reply({"character_count": self.used, "character_limit": self.limit})
        body = call.json
        if self.used >= self.limit:
            return Reply({"message": "Quota for this billing period has been exceeded."}, 456)
        if len(body["text"]) > 50 or body["target_lang"] in ("EN", "PT"):
            return Reply({"message": "Value for 'target_lang' not supported."}, 400)
        return Reply(
            {"translations": [{"detected_source_language": "EN", "text": one} for one in self._said(body["text"])]},
            headers={"x-trace-id": "t-1"},
        )

    def _google(self, call: Call) -> Reply:
        if call.headers.get("x-goog-api-key") != self.key:
            said = "API key not valid. Please pass a valid API key."
            return Reply({"error": {"code": 400, "message": said, "status": "INVALID_ARGUMENT"}}, 400)
        if call.path.endswith("/languages"):
            return Reply({"data": {"languages": [{"language": "en"}, {"language": "pt"}]}})
        body = call.json
        if sum(map(len, body["q"])) > 30_000 or len(body["q"]) > 128:
            return Reply({"error": {"code": 400, "message": "Text too long", "status": "INVALID_ARGUMENT"}}, 400)
        texts = self._said(body["q"])
        shown = texts if body.get("format") == "text" else [html.escape(one) for one in texts]
        return Reply({"data": {"translations": [{"translatedText": one} for one in shown]}})

    def _libre(self, call: Call) -> Reply:
        if call.what == "GET /languages":
            return Reply([{"code": "en", "name": "English", "targets": ["en", "pt"]}])
        body = call.json
        if self.key and body.get("api_key") != self.key:
            return Reply({"error": f"Invalid API key {body.get('api_key')}"}, 403)
        if sum(map(len, body["q"])) > 5_000:
            return Reply({"error": "Invalid request: request exceeds text limit (5000)"}, 400)
        return Reply({"translatedText": self._said(body["q"])})
