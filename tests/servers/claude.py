"""Anthropic's Messages API."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

from tests.servers.base import Call, Double, Reply
from tests.servers.tales import Says, answer_to


class Claude(Double):
    """``takes_schema`` False is a model from before structured output."""

    def __init__(self, *, key: str = "sk-ant-secret-1234", models: tuple[str, ...] = ("claude-sonnet-5",)) -> None:
        super().__init__()
        self.key = key
        self.models = models
        self.takes_schema = True
        self.says: deque[Says] = deque()

    def answer(self, call: Call) -> Reply:
        if call.headers.get("x-api-key") != self.key:
            return _error(401, "authentication_error", f"invalid x-api-key {call.headers.get('x-api-key')}")
        if call.what == "GET /v1/models":
            return Reply({"data": [{"id": name, "type": "model"} for name in self.models], "has_more": False})
        if call.what == "POST /v1/messages":
            return self._message(call)
        return _error(404, "not_found_error", "Not found")

    def _message(self, call: Call) -> Reply:
        body: dict[str, Any] = call.json
        if "max_tokens" not in body or call.headers.get("anthropic-version") != "2023-06-01":
            return _error(400, "invalid_request_error", "max_tokens: Field required")
        if body["model"] not in self.models:
            return _error(404, "not_found_error", f"model: {body['model']}")
        if "output_config" in body and not self.takes_schema:
            return _error(400, "invalid_request_error", "output_config: Extra inputs are not permitted")
        with self.lock:
            self.created.append("message")
            said = self.says.popleft() if self.says else Says(answer_to(body["messages"][0]["content"]))
        if "tools" in body and not said.refusal:
            content = [
                {"type": "tool_use", "id": "toolu_1", "name": body["tools"][0]["name"], "input": json.loads(said.text)}
            ]
        else:
            content = [{"type": "text", "text": said.refusal or said.text}]
        ending = "refusal" if said.refusal else said.ending or ("tool_use" if "tools" in body else "end_turn")
        return Reply({"type": "message", "content": content, "stop_reason": ending}, headers={"request-id": "req-2"})


def _error(status: int, kind: str, words: str) -> Reply:
    body = {"type": "error", "error": {"type": kind, "message": words}, "request_id": "req-2"}
    return Reply(body, status, {"request-id": "req-2"})
