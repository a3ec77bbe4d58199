"""OpenAI's chat and image calls, and the servers that offer some of them."""

from __future__ import annotations

import base64
import io
from collections import deque
from typing import Any

from PIL import Image

from tests.servers.base import Call, Double, Reply
from tests.servers.tales import Says, answer_to

REFUSED_FORMAT = {
    "error": {"message": "'response_format.type' is not supported", "type": "invalid_request_error", "code": None}
}


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    """Left half red, right half blue. The doubles draw a quarter as large as the services do: it is quicker."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    image.save(out, kind, **({"compress_level": 1} if kind == "PNG" else {}))
    return out.getvalue()


class OpenAi(Double):
    """``ways`` are the response formats it understands; ``says`` is what the model says before it does as it is asked."""

    def __init__(self, *, key: str = "", models: tuple[str, ...] = ("gpt-5.4-mini", "gpt-image-2")) -> None:
        super().__init__()
        self.key = key
        self.models = models
        self.ways = {"json_schema", "json_object", "text"}
        self.says: deque[Says] = deque()
        self.gives_url = False

    def answer(self, call: Call) -> Reply:
        if self.key and call.headers.get("authorization") != f"Bearer {self.key}":
            said = f"Incorrect API key provided: {call.headers.get('authorization', '').partition(' ')[2]}"
            return Reply({"error": {"message": said, "type": "invalid_request_error", "code": "invalid_api_key"}}, 401)
        if call.what == "GET /v1/models":
            return Reply({"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]})
        if call.what == "POST /v1/chat/completions":
            return self._chat(call.json)
        if call.what == "POST /v1/images/generations":
            return self._image(call.json)
        if call.path.startswith("/files/"):
            return Reply(picture((256, 256)))
        return Reply({"error": {"message": f"Unknown request URL: {call.what}", "type": "invalid_request_error"}}, 404)

    def _chat(self, body: dict[str, Any]) -> Reply:
        way = body.get("response_format", {}).get("type", "text")
        if way not in self.ways:
            return Reply(REFUSED_FORMAT, 400)
        if body["model"] not in self.models:
            said = f"The model `{body['model']}` does not exist"
            return Reply({"error": {"message": said, "type": "invalid_request_error", "code": "model_not_found"}}, 404)
        with self.lock:
            self.created.append("chat")
            said_next = self.says.popleft() if self.says else Says(answer_to(body["messages"][1]["content"]))
        message = {"role": "assistant", "content": said_next.text or None, "refusal": said_next.refusal or None}
        choice = {"index": 0, "message": message, "finish_reason": said_next.ending or "stop"}
        return Reply(
            {"id": "chatcmpl-1", "object": "chat.completion", "choices": [choice]}, headers={"x-request-id": "req-1"}
        )

    def _image(self, body: dict[str, Any]) -> Reply:
        if "forbidden" in body["prompt"]:
            error = {
                "message": "Your request was rejected by the safety system.",
                "type": "image_generation_user_error",
            }
            return Reply({"error": {**error, "code": "moderation_blocked"}}, 400, {"x-request-id": "req-9"})
        with self.lock:
            self.created.append(body)
        width, height = map(int, body["size"].split("x"))
        entry = {"url": f"{self.url}/files/1.png"} if self.gives_url else {}
        return Reply({"data": [entry or {"b64_json": base64.b64encode(picture((width // 4, height // 4))).decode()}]})
