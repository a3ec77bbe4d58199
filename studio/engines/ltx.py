"""``video/ltx``: clips from Lightricks' own service (version 2 of its interface), which takes the still and gives an MP4.

It keeps no list of what it was asked for: if the answer to an asking is lost, nobody can tell whether a clip is being
made and paid for, and the shot says so.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.engines.base import Caption
from studio.engines.clips import conform, words_of
from studio.engines.http import Http, Said
from studio.engines.limits import Limiter
from studio.engines.remote import ASK_ANEW, Accepted, Failed, Gone, Look, Patience, Ready, Waiting, obtain
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown
from studio.model.camera import CameraMove
from studio.model.job import Job, JobNote

KEY = Setting("ltx_api_key", "LTX key", "key", "", "From the console of Lightricks' LTX service.")
ADDRESS = Setting("ltx_url", "LTX address", "address", "https://api.ltx.video", "Newer accounts: https://api.ltx.io.")
MODEL = Setting(
    "ltx_model", "LTX model", "model", "ltx-2-3-fast", "As LTX calls it, such as ltx-2-fast or ltx-2-5-pro."
)

_SIZES = ((1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
_FIRST_SIZES = _SIZES[1:]
"""What the first models (``ltx-2-fast``, ``ltx-2-pro``) make."""
_LENGTHS_S = (6, 8, 10)
_LONG_LENGTHS_S = (*_LENGTHS_S, 12, 14, 16, 18, 20)
"""Only the fast models, up to 1080p."""
_FPS = 25
_WAYS = {
    ("dolly", "in"): "dolly_in", ("dolly", "out"): "dolly_out", ("dolly", "left"): "dolly_left",
    ("dolly", "right"): "dolly_right", ("zoom", "in"): "dolly_in", ("zoom", "out"): "dolly_out",
    ("truck", "left"): "dolly_left", ("truck", "right"): "dolly_right", ("truck", "in"): "dolly_in",
    ("truck", "out"): "dolly_out", ("tracking", "left"): "dolly_left", ("tracking", "right"): "dolly_right",
    ("tracking", "in"): "dolly_in", ("tracking", "out"): "dolly_out", ("pedestal", "up"): "jib_up",
    ("pedestal", "down"): "jib_down", ("drone", "up"): "jib_up", ("drone", "down"): "jib_down",
    ("static", "none"): "static",
}  # fmt: skip
"""Its words for camera moves. It has none for turning, orbiting or a shaking hand: those stand in the prompt alone."""
_PATH = "/v2/image-to-video"
_PATIENCE = Patience(poll_s=(5.0, 10.0), longest_s=1800.0)


class LtxVideos:
    """A still begins to move, at a service that is paid by the second."""

    settings = (KEY, MODEL, ADDRESS)
    name = "video/ltx"
    is_deterministic = False
    uses_seed = False
    reads_motion = True
    slots = 2

    def __init__(self, setup: Setup, *, patience: Patience = _PATIENCE) -> None:
        self._setup = setup
        self._model = setup[MODEL]
        base = setup[ADDRESS].rstrip("/").removesuffix("/v2").removesuffix("/v1")
        headers = {"Authorization": f"Bearer {setup[KEY]}"}
        self._http = Http(self.name, base, headers, verdict=_verdict, timeout_s=60.0)
        self._limiter = Limiter(self.slots)
        self._patience = patience

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}"

    @property
    def unset(self) -> str:
        """What must be set first."""
        return "" if self._setup[KEY] else f"video/ltx needs a key of Lightricks' ({KEY.variable}). Set it in Settings."

    def check(self) -> None:
        """Raise EngineUnavailable if no key is set, nobody answers, or the key is not accepted.

        There is nothing to ask there that costs nothing but a work that does not exist: 404 is the good answer.
        """
        if self.unset:
            raise EngineUnavailable(self.unset)
        self._http.try_get(f"{_PATH}/00000000-0000-0000-0000-000000000000", stage="check")

    def billed(self, call: Mapping[str, Any]) -> tuple[float, str]:
        """The seconds and the size that such a clip is charged for."""
        size = call["size"]
        return length_s(self._model, call["duration_s"], size), resolution(self._model, size)

    def animate(
        self,
        out: Path,
        still: Path,
        *,
        move: CameraMove,
        motion: str,
        duration_s: float,
        size: tuple[int, int],
        fps: int,
        seed: int,
        captions: Sequence[Caption] = (),
        job: Job,
    ) -> None:
        """Write the clip. The service knows no seed: each take is another. Raises EngineError, UnusableOutput."""
        body = {
            "prompt": words_of(motion, move), "model": self._model, "fps": _FPS, "generate_audio": False,
            "duration": length_s(self._model, duration_s, size), "resolution": resolution(self._model, size),
        }  # fmt: skip
        if way := _WAYS.get((move.kind, move.direction)):
            body["camera_motion"] = way

        def finish(raw: Path, clip: Path) -> None:
            conform(raw, clip, size=size, fps=fps, frames=round(duration_s * fps), captions=captions)

        work = _Work(self.name, self._http.heeding(job.wait), still, body, finish)
        obtain(out, job, work, self._limiter, patience=self._patience)


def resolution(model: str, size: tuple[int, int]) -> str:
    """The smallest that ``model`` makes and that covers ``size``, lying or standing as the film does."""
    sizes = _FIRST_SIZES if _is_first(model) else _SIZES
    long, short = max(size), min(size)
    width, height = next((one for one in sizes if one[0] >= long and one[1] >= short), sizes[-1])
    stands = size[1] > size[0] and not _is_first(model)
    return f"{height}x{width}" if stands else f"{width}x{height}"


def length_s(model: str, duration_s: float, size: tuple[int, int]) -> int:
    """The shortest that ``model`` makes and that is as long as the shot; else the longest (the end is held then)."""
    lengths = _LONG_LENGTHS_S if model.endswith("fast") and max(size) <= _SIZES[1][0] else _LENGTHS_S
    return next((one for one in lengths if one >= duration_s), lengths[-1])


def _is_first(model: str) -> bool:
    return model in ("ltx-2-fast", "ltx-2-pro")


@dataclass
class _Work:
    """One clip there, as ``studio.engines.remote`` walks it. ``place`` is where the still was stored."""

    name: str
    http: Http
    still: Path
    body: Mapping[str, Any]
    finish: Any
    place: str = ""

    def prepare(self) -> None:
        self.place = self._uploaded()

    def submit(self, key: str) -> Accepted:
        answer = self.http.post_json(_PATH, stage="submit", json={**self.body, "image_uri": self.place})
        if not isinstance(answer, Mapping) or not answer.get("id"):
            raise OutcomeUnknown(
                f"{self.name}, submit: the answer names no work. It may have been paid for: look there. {ASK_ANEW}",
                answer=Answer(self.name, "submit", 200),
            )
        return Accepted(str(answer["id"]))

    def find(self, note: JobNote) -> Accepted | None:
        raise OutcomeUnknown(
            f"{self.name} was asked for this clip and no answer came; it keeps no list to look it up in. It may have been "
            f"paid for: look at the account there. {ASK_ANEW}",
            answer=Answer(self.name, "submit"),
        )

    def look(self, note: JobNote) -> Look:
        found = self.http.try_get(f"{_PATH}/{note.remote_id}", stage="look")
        if not isinstance(found, Mapping):
            return Gone("it is not known there any more: works are kept for a day")
        status = found.get("status")
        if status == "failed":
            return Failed(self._why(found.get("error")))
        result = found.get("result")
        url = result.get("video_url") if status == "completed" and isinstance(result, Mapping) else ""
        return Ready({"url": str(url)}) if url else Waiting(None, "", is_begun=status != "pending")

    def fetch(self, ready: Ready, note: JobNote, out: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.mp4"
            self.http.download(str(ready.facts["url"]), raw)
            self.finish(raw, out)

    def _uploaded(self) -> str:
        """The still is there, under an address of its own. It costs nothing, and is done anew with each asking."""
        place = self.http.ask_json("/v1/upload", stage="upload")
        if not isinstance(place, Mapping) or not place.get("upload_url") or not place.get("storage_uri"):
            raise EngineUnavailable(
                f"{self.name}, upload: it gives no place for the still. Check the address in Settings."
            )
        required = place.get("required_headers")
        headers = {str(name): str(required[name]) for name in required} if isinstance(required, Mapping) else {}
        self.http.put_file(str(place["upload_url"]), self.still, stage="upload", headers=headers)
        return str(place["storage_uri"])

    def _why(self, error: Any) -> EngineError:
        said = error if isinstance(error, Mapping) else {}
        kind, words = str(said.get("type") or "failed"), str(said.get("message") or "it did not say why").rstrip(".")
        answer = Answer(self.name, "render", 200, kind)
        return EngineRefused(f"{self.name}, render: {words} ({kind}). Change the words or the still of this shot, then try again.", answer=answer)  # fmt: skip


def _verdict(status: int, said: Said) -> type[EngineError] | None:
    return EngineRefused if status == 422 else None
