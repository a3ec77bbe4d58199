"""OpenAI's chat and image calls, and the servers that offer some of them."""

from __future__ import annotations

import base64
import io
import json
import wave
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.engines.fake import FakeListener
from tests.servers.base import Call, Double, Reply
from tests.servers.tales import Says, answer_to

SPEECH_HZ = 24_000
PICTURES = ("image/png", "image/jpeg", "image/webp")
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


def middle_of(content: bytes) -> tuple[str, tuple[int, int]]:
    """The strongest colour in the middle of a picture, and its sides."""
    with Image.open(io.BytesIO(content)) as opened:
        pixel = opened.convert("RGB").getpixel((opened.width // 2, opened.height // 2))
        return ("red", "green", "blue")[pixel.index(max(pixel))], opened.size


class OpenAi(Double):
    """``ways`` are the response formats it understands; ``says`` is what the model says before it does as it is asked.

    Of speech it hears FakeVoice's words; their times stand ``beside`` the segments, ``inside`` them, or ``nowhere``, as at
    ``gpt-4o-transcribe``. ``invents`` are segments that nobody said.
    """

    def __init__(
        self, *, key: str = "", models: tuple[str, ...] = ("gpt-5.4-mini", "gpt-image-2", "gpt-4o-mini-tts")
    ) -> None:
        super().__init__()
        self.key = key
        self.models = models
        self.ways = {"json_schema", "json_object", "text"}
        self.says: deque[Says] = deque()
        self.gives_url = False
        self.times = "beside"
        self.language = "english"
        self.invents: list[dict[str, Any]] = []

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
        if call.what == "POST /v1/images/edits":
            return self._edited(call)
        if call.what == "POST /v1/audio/speech":
            return self._speech(call.json)
        if call.what == "POST /v1/audio/transcriptions":
            return self._heard(call)
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

    def _edited(self, call: Call) -> Reply:
        """As ``_image``, by the pictures that came: ``shown`` in what is created, as (colour of its middle, sides)."""
        form = {part.name: part.content.decode() for part in call.form if not part.file}
        files = [part for part in call.form if part.file]
        wrong = next((part for part in files if part.name != "image[]" or part.kind not in PICTURES), None)
        if wrong or not 1 <= len(files) <= 16:
            said = f"Invalid file '{wrong.name}': unsupported mimetype ('{wrong.kind}')." if wrong else "1 to 16 images"
            return Reply({"error": {"message": said, "type": "invalid_request_error", "code": "invalid_image"}}, 400)
        return self._image({**form, "shown": [middle_of(part.content) for part in files]})

    def _speech(self, body: dict[str, Any]) -> Reply:
        if len(body["input"]) > 4096:
            error = {"message": "string too long", "type": "invalid_request_error", "code": "string_above_max_length"}
            return Reply({"error": error}, 400)
        with self.lock:
            self.created.append(body)
        return Reply(as_streamed(spoken(body["input"], body["speed"])))

    def _heard(self, call: Call) -> Reply:
        model = call.parts["model"][1].decode()
        if model not in self.models:
            said = f"The model `{model}` does not exist"
            return Reply({"error": {"message": said, "type": "invalid_request_error", "code": "model_not_found"}}, 404)
        name, content = call.parts["file"]
        with TemporaryDirectory() as folder, self.lock:
            sound = Path(folder) / name
            sound.write_bytes(content)
            FakeListener().transcribe(sound.with_suffix(".json"), sound)
            segments = json.loads(sound.with_suffix(".json").read_text()) + self.invents
            self.created.append("transcription")
        text = " ".join(segment["text"] for segment in segments)
        if self.times == "nowhere":
            return Reply({"text": text})
        words = [word for segment in segments for word in segment.get("words", ())]
        if self.times == "beside":  # there they come without their full stops
            bare = [{**word, "word": word["word"].strip(".")} for word in words]
            segments = [{key: value for key, value in segment.items() if key != "words"} for segment in segments]
            return Reply(
                {"language": self.language, "duration": 1.0, "text": text, "segments": segments, "words": bare}
            )
        return Reply({"language": self.language, "text": text, "segments": segments})


def spoken(text: str, speed: float = 1.0) -> NDArray[np.int16]:
    """A buzz of 60 ms a letter, with silence around it, at 24 kHz."""
    seconds = max(0.3, 0.06 * len(text) / speed)
    at_s = np.arange(int(seconds * SPEECH_HZ)) / SPEECH_HZ
    buzz = 0.5 * np.sin(2 * np.pi * 180 * at_s) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at_s))
    quiet = np.zeros(SPEECH_HZ // 3)
    return np.asarray(np.concatenate([quiet, buzz, quiet]) * 32767, np.int16)


def as_streamed(samples: NDArray[np.int16]) -> bytes:
    """A WAV whose length was not known when its head was sent."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SPEECH_HZ)
        file.writeframes(samples.tobytes())
    head = bytearray(out.getvalue())
    head[4:8] = head[40:44] = b"\xff\xff\xff\xff"
    return bytes(head)
