"""Google's generateContent, for words and for pictures."""

from __future__ import annotations

import base64
from collections import deque
from typing import Any

from tests.servers.base import Call, Double, Reply
from tests.servers.openai import PICTURES, middle_of, picture, spoken
from tests.servers.tales import Says, answer_to


class Gemini(Double):
    """``takes_schema`` False refuses a JSON schema, as some models do."""

    def __init__(
        self, *, key: str = "AIza-secret-1234",
        models: tuple[str, ...] = ("gemini-flash-latest", "gemini-3.1-flash-image", "gemini-3.8-flash-tts"),
    ) -> None:  # fmt: skip
        super().__init__()
        self.key = key
        self.models = models
        self.takes_schema = True
        self.says: deque[Says] = deque()

    def answer(self, call: Call) -> Reply:
        if call.headers.get("x-goog-api-key") != self.key:
            detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
            return error(400, "INVALID_ARGUMENT", f"API key not valid: {call.headers.get('x-goog-api-key')}", detail)
        if call.what == "GET /v1beta/models":
            return Reply({"models": [{"name": f"models/{name}"} for name in self.models]})
        model = call.path.removeprefix("/v1beta/models/").removesuffix(":generateContent")
        if call.method != "POST" or model not in self.models:
            return error(404, "NOT_FOUND", f"models/{model} is not found for API version v1beta")
        form = call.json["generationConfig"]
        modalities = form.get("responseModalities", [])
        if "AUDIO" in modalities:
            return self._speech(call.json)
        return self._picture(call.json) if "IMAGE" in modalities else self._words(call.json)

    def _speech(self, body: dict[str, Any]) -> Reply:
        with self.lock:
            self.created.append(body)
            said = self.says.popleft() if self.says else None
        if said:
            return _candidate([], said.ending or "STOP")
        sound = base64.b64encode(spoken(body["contents"][0]["parts"][0]["text"]).tobytes()).decode()
        return _candidate([{"inlineData": {"mimeType": "audio/L16;codec=pcm;rate=24000", "data": sound}}], "STOP")

    def _words(self, body: dict[str, Any]) -> Reply:
        if "responseJsonSchema" in body["generationConfig"] and not self.takes_schema:
            return error(400, "INVALID_ARGUMENT", "Unknown name responseJsonSchema")
        with self.lock:
            self.created.append("words")
            said = self.says.popleft() if self.says else Says(answer_to(body["contents"][0]["parts"][0]["text"]))
        if said.refusal:
            return Reply({"promptFeedback": {"blockReason": said.refusal}, "usageMetadata": {}})
        parts: list[dict[str, Any]] = [
            {"text": "Let me think {hard}.", "thought": True},
            {"text": said.text[:20]},
            {"text": said.text[20:]},
        ]
        return _candidate(parts if said.text else [], said.ending or "STOP")

    def _picture(self, body: dict[str, Any]) -> Reply:
        """By the pictures that came: ``shown`` in what is created, as (colour of the middle, sides)."""
        sent = [part["inlineData"] for part in body["contents"][0]["parts"] if "inlineData" in part]
        if wrong := next((one["mimeType"] for one in sent if one["mimeType"] not in PICTURES), ""):
            return error(400, "INVALID_ARGUMENT", f"Unsupported MIME type: {wrong}")
        with self.lock:
            self.created.append({**body, "shown": [middle_of(base64.b64decode(one["data"])) for one in sent]})
            said = self.says.popleft() if self.says else None
        if said and said.refusal:
            return Reply({"promptFeedback": {"blockReason": said.refusal}})
        if said:
            return _candidate([{"text": said.text}] if said.text else [], said.ending or "STOP")
        drawn = base64.b64encode(picture((336, 192), "JPEG")).decode()
        return _candidate([{"text": "Here it is."}, {"inlineData": {"mimeType": "image/jpeg", "data": drawn}}], "STOP")


def _candidate(parts: list[dict[str, Any]], reason: str) -> Reply:
    content = {"content": {"role": "model", "parts": parts}} if parts else {}
    return Reply({"candidates": [{**content, "finishReason": reason}], "usageMetadata": {}})


def error(status: int, kind: str, words: str, *details: dict[str, str]) -> Reply:
    return Reply({"error": {"code": status, "status": kind, "message": words, "details": list(details)}}, status)
