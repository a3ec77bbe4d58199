"""Lightricks' LTX service, version 2, as it documents itself: upload, asynchronous work, signed addresses."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from studio.media import ffmpeg
from tests.servers.base import Call, Double, Reply

_WORK = "/v2/image-to-video"


class Ltx(Double):
    """Each clip is done at the second look (``patience``). ``fails`` are the errors that the next works end with."""

    def __init__(self, *, key: str = "ltx-secret-1234567890") -> None:
        super().__init__()
        self.key = key
        self.patience = 2
        self.looks: dict[str, int] = {}
        self.uploads: dict[str, bytes] = {}
        self.fails: list[dict[str, str]] = []
        self._failed: dict[str, dict[str, str]] = {}

    def warm_up(self) -> None:
        """Its film is made, so that nobody waits for that."""
        _film()

    def forget(self) -> None:
        """It knows none of its works any more, as a day later."""
        with self.lock:
            self.looks.clear()

    def answer(self, call: Call) -> Reply:
        with self.lock:
            if call.path.startswith("/signed/"):
                return self._signed(call)
            if call.headers.get("authorization") != f"Bearer {self.key}":
                return _error(401, "authentication_error", f"Invalid API key {call.headers.get('authorization')}")
            if call.what == "POST /v1/upload":
                name = f"still-{len(self.uploads)}"
                self.uploads[name] = b""
                place = f"{self.url}/signed/{name}"
                return Reply(
                    {"upload_url": place, "storage_uri": f"storage://{name}", "required_headers": {"x-up": "1"}}
                )
            if call.what == f"POST {_WORK}":
                return self._begun(call.json)
            return self._looked(call.path.rpartition("/")[2])

    def _signed(self, call: Call) -> Reply:
        name = call.path.rpartition("/")[2]
        assert "authorization" not in call.headers, "a signed address is told no key"
        if call.method == "PUT":
            assert call.headers["x-up"] == "1"
            self.uploads[name] = call.body
            return Reply()
        return Reply(_film())

    def _begun(self, body: dict[str, Any]) -> Reply:
        if not self.uploads.get(str(body["image_uri"]).removeprefix("storage://")):
            return _error(400, "invalid_request_error", "image_uri: nothing is stored there")
        if "forbidden" in body["prompt"]:
            return _error(422, "content_filtered_error", "The prompt was blocked")
        if body.get("camera_motion") == "none" or body["duration"] not in (6, 8, 10, 12, 14, 16, 18, 20):
            return _error(400, "invalid_request_error", "duration or camera_motion is not allowed")
        self.created.append(body)
        name = f"job-{len(self.created)}"
        self.looks[name] = 0
        if self.fails:
            self._failed[name] = self.fails.pop(0)
        return Reply({"id": name}, 202)

    def _looked(self, name: str) -> Reply:
        if name not in self.looks:
            return _error(404, "not_found_error", "No such work")
        self.looks[name] += 1
        if self.looks[name] < self.patience:
            return Reply({"id": name, "status": "processing"})
        if name in self._failed:
            return Reply({"id": name, "status": "failed", "error": self._failed[name]})
        return Reply({"id": name, "status": "completed", "result": {"video_url": f"{self.url}/signed/{name}.mp4"}})


def _error(status: int, kind: str, message: str) -> Reply:
    return Reply({"type": "error", "error": {"type": kind, "message": message}}, status, {"x-request-id": "req-3"})


@lru_cache(maxsize=1)
def _film() -> bytes:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "film.mp4"
        ffmpeg.run(["-f", "lavfi", "-i", "testsrc=size=128x72:rate=25:duration=6", "-pix_fmt", "yuv420p", out])
        return out.read_bytes()
