"""Luma's Dream Machine, as its own client library and its pages describe it: words in, a clip at an address, a list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from studio.media import ffmpeg
from tests.servers.base import Call, Double, Reply

_BASE = "/dream-machine/v1"
_LIST = f"{_BASE}/generations"


class Luma(Double):
    """Each clip is queued, then dreaming, then done. ``fails`` are the reasons that the next ones end with.

    Its clock is ``ahead_s`` ahead; ``hides`` so many of the newest from its list; new ones come first unless ``is_upside_down``.
    """

    def __init__(self, *, key: str = "luma-secret-1234567890") -> None:
        super().__init__()
        self.key = key
        self.works: list[dict[str, Any]] = []
        self.fails: list[str] = []
        self.cents = 1000.0
        self.ahead_s = 0.0
        self.hides = 0
        self.is_upside_down = False
        self._reasons: dict[str, str] = {}

    def answer(self, call: Call) -> Reply:
        with self.lock:
            if call.path.startswith("/files/"):
                assert "authorization" not in call.headers, "an asset is told no key"
                return Reply(_film())
            reply = self._asked(call)
            return Reply(reply.body, reply.status, {"Date": f"{self.now():%a, %d %b %Y %H:%M:%S GMT}"})

    def _asked(self, call: Call) -> Reply:
        if call.headers.get("authorization") != f"Bearer {self.key}":
            return Reply({"detail": f"Invalid API key {call.headers.get('authorization')}"}, 401)
        if call.what == f"GET {_BASE}/credits":
            return Reply({"credit_balance": self.cents})
        if call.what == f"POST {_LIST}/video":
            return self._begun(call.json)
        if call.what == f"GET {_LIST}":
            return self._listed(int(call.query["limit"]), int(call.query["offset"]))
        work = next((one for one in self.works if one["id"] == call.path.rpartition("/")[2]), None)
        if work is None:
            return Reply({"detail": "Generation not found"}, 404)
        if call.method == "DELETE":
            self.works.remove(work)
            return Reply(status=204)
        return self._looked(work)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead_s)

    def add(self, asked: dict[str, Any], *, age_s: float = 0.0) -> str:
        """A work of ``asked``, begun so long ago."""
        name = f"0000-{len(self.works):04d}"
        at = self.now() - timedelta(seconds=age_s)
        self.works.append(
            {
                "id": name, "generation_type": "video", "state": "queued", "failure_reason": None, "assets": None,
                "created_at": at.isoformat().replace("+00:00", "Z"), "model": asked.get("model"),
                "request": {"generation_type": "video", "callback_url": None, **asked},
            }
        )  # fmt: skip
        return name

    def _begun(self, asked: dict[str, Any]) -> Reply:
        if "forbidden" in asked["prompt"]:
            return Reply({"detail": "Prompt was flagged by moderation"}, 400)
        if asked["duration"] not in ("5s", "9s") or asked["resolution"] not in ("540p", "720p", "1080p", "4k"):
            return Reply({"detail": [{"loc": ["body", "duration"], "msg": "Input should be '5s' or '9s'"}]}, 422)
        if self.cents <= 0:
            return Reply({"detail": "Insufficient credits"}, 400)
        self.created.append(asked)
        name = self.add(asked)
        if self.fails:
            self._reasons[name] = self.fails.pop(0)
        return Reply(self.works[-1], 201)

    def _listed(self, limit: int, offset: int) -> Reply:
        shown = self.works[: len(self.works) - self.hides]
        self.hides = 0
        entries = shown if self.is_upside_down else shown[::-1]
        page = entries[offset : offset + limit]
        has_more = offset + limit < len(entries)
        return Reply({"generations": page, "count": len(page), "limit": limit, "offset": offset, "has_more": has_more})

    def _looked(self, work: dict[str, Any]) -> Reply:
        """As it stands; the next look finds it farther on."""
        shown = dict(work)
        if work["state"] == "queued":
            work["state"] = "dreaming"
        elif work["id"] in self._reasons:
            work |= {"state": "failed", "failure_reason": self._reasons[work["id"]]}
        elif work["state"] == "dreaming":
            work |= {"state": "completed", "assets": {"video": f"{self.url}/files/{work['id']}.mp4"}}
        return Reply(shown)


@lru_cache(maxsize=1)
def _film() -> bytes:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "film.mp4"
        ffmpeg.run(["-f", "lavfi", "-i", "testsrc=size=128x72:rate=24:duration=5", "-pix_fmt", "yuv420p", out])
        return out.read_bytes()
