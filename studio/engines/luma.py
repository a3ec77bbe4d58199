"""``video/luma``: clips from Luma's Dream Machine, which are made of words alone.

Luma takes pictures from public addresses and has no upload, so a still on this computer cannot be sent: its words, the
motion and the camera move make the clip, which does not look like the still. ``identity``, ``notice`` and the help in
Settings say so. It keeps a list of what it was asked for: an asking without an answer is looked up there (by its words
and its time, which is the service's own) before anybody is asked to pay again.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from studio.engines.base import Caption
from studio.engines.clips import conform
from studio.engines.facts import Facts
from studio.engines.http import Http, Said
from studio.engines.limits import Limiter, Wait
from studio.engines.pictures import nearest_shape
from studio.engines.remote import ASK_ANEW, Accepted, Failed, Gone, Look, Patience, Ready, Waiting, obtain
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, BadInput, EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown
from studio.model.camera import CameraMove, describe
from studio.model.job import Job, JobNote

KEY = Setting("luma_api_key", "Luma key", "key", "", "From Luma's Dream Machine API.")
MODEL = Setting(
    "luma_model", "Luma model", "model", "ray-flash-2",
    "As Luma calls it, such as ray-2 or ray-flash-2. Luma takes no pictures from this computer: clips are made from each "
    "shot's words and do not look like its picture.",
)  # fmt: skip
ADDRESS = Setting("luma_url", "Luma address", "address", "https://api.lumalabs.ai", "For a proxy of your own.")

_ASPECTS = ((16, 9), (9, 16), (1, 1), (4, 3), (3, 4), (21, 9), (9, 21))
_RESOLUTIONS = (("540p", 540), ("720p", 720), ("1080p", 1080), ("4k", 2160))
_LENGTHS_S = (5, 9)
_BASE = "/dream-machine/v1"
_PATH = f"{_BASE}/generations"
_CHECK_S = 5.0
_PAGE, _MOST_PAGES = 100, 20
_SETTLE_S = 10.0
"""What was just sent may come into the list a little later."""
_DATE_S = 5.0
"""Its own time comes in whole seconds, and takes its way."""
_PATIENCE = Patience(poll_s=(3.0, 10.0), longest_s=3600.0)
_SIDES = {
    "left": "move left", "right": "move right", "up": "move up", "down": "move down", "in": "push in", "out": "pull out",
}  # fmt: skip
_WORDS = {
    **{("dolly", way): words for way, words in _SIDES.items()},
    **{("truck", way): words for way, words in _SIDES.items()},
    **{("tracking", way): words for way, words in _SIDES.items()},
    **{("drone", way): f"aerial drone {words}" for way, words in _SIDES.items()},
    ("pedestal", "up"): "crane up", ("pedestal", "down"): "crane down",
    ("drone", "up"): "crane up", ("drone", "down"): "crane down",
    ("pan", "up"): "tilt up", ("pan", "down"): "tilt down",
}  # fmt: skip
"""Moves by the names in its list of camera motions, where they are not the studio's own (``pan left``, ``zoom in``)."""


class LumaVideos:
    """Words become a clip, at a service that is paid for each."""

    settings = (KEY, MODEL, ADDRESS)
    name = "video/luma"
    notice = "Luma is sent words only: its clips do not show the pictures of the shots"
    is_deterministic = False
    uses_seed = False
    reads_motion = True
    shows_still = False
    slots = 2

    def __init__(self, setup: Setup, *, patience: Patience | None = None) -> None:
        self._setup = setup
        self._model = setup[MODEL]
        self._http = self._service(60.0)
        self._limiter = Limiter(self.slots)
        self._patience = patience or _PATIENCE
        self._taken = _Taken()

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}/words-only"

    @property
    def unset(self) -> str:
        """What must be set first."""
        return "" if self._setup[KEY] else f"video/luma needs a key of Luma's ({KEY.variable}). Set it in Settings."

    def check(self) -> None:
        """Raise EngineUnavailable if no key is set, nobody answers, it is not accepted, or its credit is used up."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        left_cents = self._credit_cents()
        if left_cents is not None and left_cents <= 0:
            raise EngineUnavailable(
                "video/luma: the account has no credit left. Add some at Luma.",
                answer=Answer(self.name, "check", 200, "no_credit"),
            )

    def facts(self) -> Facts:
        """How much credit the account has."""
        left_cents = self._credit_cents()
        return Facts(left="" if left_cents is None else f"${left_cents / 100:.2f} of credit left")

    def _credit_cents(self) -> float | None:
        """In US cents, as Luma counts; None if it does not tell."""
        found = self._service(_CHECK_S, tries=1).get(f"{_BASE}/credits", stage="check")
        left = found.get("credit_balance") if isinstance(found, Mapping) else None
        return left if isinstance(left, (int, float)) else None

    def billed(self, call: Mapping[str, Any]) -> tuple[float, str]:
        """The seconds and the size that such a clip is charged for."""
        return length_s(call["duration_s"]), resolution(call["size"])

    def cancel(self, note: JobNote) -> bool:
        """That clip is taken out of Luma's queue; False if it is begun, done or gone there, which changes nothing."""
        place = f"{_PATH}/{note.remote_id}"
        found = self._http.try_get(place, stage="cancel")
        if not isinstance(found, Mapping) or found.get("state") != "queued":
            return False
        self._http.delete(place, stage="cancel")
        return True

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
        """Write the clip. The service knows no seed: each take is another. Raises EngineError, UnusableOutput.

        Raises BadInput if ``still`` does not say in words what it shows.
        """
        body = {
            "prompt": _prompt(still, motion, move), "model": self._model, "aspect_ratio": aspect(size),
            "resolution": resolution(size), "duration": f"{length_s(duration_s)}s", "loop": False,
        }  # fmt: skip

        def finish(raw: Path, clip: Path) -> None:
            conform(raw, clip, size=size, fps=fps, frames=round(duration_s * fps), captions=captions)

        work = _Work(self.name, self._http.heeding(job.wait), body, finish, self._taken, job.wait)
        obtain(out, job, work, self._limiter, patience=self._patience)

    def _service(self, timeout_s: float, tries: int = 5) -> Http:
        base = self._setup[ADDRESS].rstrip("/").removesuffix("/v1").removesuffix("/dream-machine")
        headers = {"Authorization": f"Bearer {self._setup[KEY]}"}
        return Http(self.name, base, headers, verdict=_verdict, timeout_s=timeout_s, tries=tries)


def aspect(size: tuple[int, int]) -> str:
    """Of the shapes that it makes, the one of which least is cut away."""
    wide, high = nearest_shape(size, _ASPECTS)
    return f"{wide}:{high}"


def resolution(size: tuple[int, int]) -> str:
    """The smallest that covers ``size``, else the largest."""
    wide, high = sorted(nearest_shape(size, _ASPECTS), reverse=True)
    long_px, short_px = sorted(size, reverse=True)
    covering = (name for name, px in _RESOLUTIONS if px >= short_px and px * wide >= long_px * high)
    return next(covering, _RESOLUTIONS[-1][0])


def length_s(duration_s: float) -> int:
    """The shorter that is as long as the shot; else the longer (it is slowed down, and its end is held then)."""
    return next((one for one in _LENGTHS_S if one >= duration_s), _LENGTHS_S[-1])


def camera_words(move: CameraMove) -> str:
    """``move`` as Luma names it: ``slow camera push in``."""
    way = _WORDS.get((move.kind, move.direction)) or describe(CameraMove(move.kind, move.direction))
    pace = "" if move.speed == "normal" or move.kind == "static" else f"{move.speed} "
    return f"{pace}camera {way}"


def _prompt(still: Path, motion: str, move: CameraMove) -> str:
    from studio.media.picture import read_text

    shown = read_text(still).get("prompt", "").strip()
    if not shown:
        raise BadInput(
            "video/luma is sent words and no pictures, and this shot's picture does not say what it shows: it is your own. "
            "Choose another engine for clips."
        )
    sentences = (part.strip().rstrip(".") for part in (shown, motion, camera_words(move).capitalize()))
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


class _Taken:
    """The works there that belong to a shot already: another shot may have the same words."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: set[str] = set()

    def add(self, remote_id: str) -> None:
        with self._lock:
            self._ids.add(remote_id)

    def __contains__(self, remote_id: str) -> bool:
        with self._lock:
            return remote_id in self._ids


@dataclass(frozen=True)
class _Work:
    """One clip there, as ``studio.engines.remote`` walks it."""

    name: str
    http: Http
    body: Mapping[str, Any]
    finish: Callable[[Path, Path], None]
    taken: _Taken
    wait: Wait

    def submit(self, key: str) -> Accepted:
        answer = self.http.post_json(f"{_PATH}/video", stage="submit", json=self.body)
        if not isinstance(answer, Mapping) or not answer.get("id"):
            raise self._unknown("the answer names no work")
        return self._mine(str(answer["id"]))

    def find(self, note: JobNote) -> Accepted | None:
        since = float(note.facts["since"])
        found = self._begun_since(since)
        if not found:
            self.wait(_SETTLE_S)
            found = self._begun_since(since)
        if len(found) > 1:
            raise self._unknown(f"its list has {len(found)} clips of the same words from then")
        return self._mine(found[0]) if found else None

    def look(self, note: JobNote) -> Look:
        self.taken.add(note.remote_id)
        found = self.http.try_get(f"{_PATH}/{note.remote_id}", stage="look")
        if not isinstance(found, Mapping):
            return Gone("it is not known there any more")
        state = found.get("state")
        if state == "failed":
            return Failed(self._why(str(found.get("failure_reason") or "it did not say why")))
        url = (found.get("assets") or {}).get("video") if state == "completed" else ""
        return Ready({"url": str(url)}) if url else Waiting(None, "", is_begun=state != "queued")

    def fetch(self, ready: Ready, note: JobNote, out: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.mp4"
            self.http.download(str(ready.facts["url"]), raw)
            self.finish(raw, out)

    def _mine(self, remote_id: str) -> Accepted:
        self.taken.add(remote_id)
        return Accepted(remote_id)

    def _begun_since(self, since: float) -> list[str]:
        """The ids of works of these words that no other shot has, begun at ``since`` (this computer's time) or later."""
        found: list[str] = []
        for entries, earliest in self._pages(since):
            for entry in entries:
                begun, remote_id = _begun(entry), str(entry.get("id") or "")
                is_new = begun is None or begun >= earliest
                if is_new and self._is_like(entry) and remote_id and remote_id not in self.taken:
                    found.append(remote_id)
        return found

    def _pages(self, since: float) -> Iterator[tuple[Sequence[Mapping[str, Any]], float]]:
        """Its list, in pages, each with ``since`` by its own clock; as far as that is listed."""
        for number in range(_MOST_PAGES):
            answer, its_time = self.http.get_dated(_PATH, stage="find", limit=_PAGE, offset=number * _PAGE)
            listed = answer.get("generations") if isinstance(answer, Mapping) else None
            if its_time is None or not isinstance(listed, list):
                raise self._unknown("its list cannot be read")
            entries = [entry for entry in listed if isinstance(entry, Mapping)]
            earliest = since - (time.time() - its_time) - _DATE_S
            yield entries, earliest
            if len(listed) < _PAGE or _is_past(entries, earliest):
                return
        raise self._unknown("its list is too long to be looked through")

    def _is_like(self, entry: Mapping[str, Any]) -> bool:
        """True if it was asked for with these words and, where it tells them, these choices."""
        asked = entry.get("request") or {}
        is_same = str(asked.get("prompt", "")).split() == str(self.body["prompt"]).split()
        return is_same and all(
            asked.get(name) in (None, value) for name, value in self.body.items() if name != "prompt"
        )

    def _unknown(self, why: str) -> OutcomeUnknown:
        return OutcomeUnknown(
            f"{self.name} was asked for this clip and no clear answer came ({why}). It may have been paid for: look at the "
            f"account there. {ASK_ANEW}",
            answer=Answer(self.name, "submit"),
        )

    def _why(self, reason: str) -> EngineError:
        words = self.http.without_key(reason[:300]).rstrip(".")
        answer = Answer(self.name, "render", 200, "failed")
        return EngineRefused(
            f"{self.name}, render: {words}. Change the words of this shot, then try again.", answer=answer
        )


def _begun(entry: Mapping[str, Any]) -> float | None:
    try:
        at = datetime.fromisoformat(str(entry.get("created_at")))
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _is_past(entries: Sequence[Mapping[str, Any]], earliest: float) -> bool:
    """True if the list goes from new to old and has come to what is older than ``earliest``."""
    times = [begun for entry in entries if (begun := _begun(entry)) is not None]
    goes_back = len(times) == len(entries) and all(a >= b for a, b in pairwise(times))
    return goes_back and bool(times) and times[-1] < earliest


def _verdict(status: int, said: Said) -> type[EngineError] | None:
    if status in (400, 403) and "credit" in said.sentence.lower():
        return EngineUnavailable
    return EngineRefused if status == 422 else None
