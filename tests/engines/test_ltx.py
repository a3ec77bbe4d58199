"""Clips from the LTX service: asked for once, whatever is pulled out in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from studio.engines.ltx import LtxVideos, length_s, resolution
from studio.engines.remote import Patience
from studio.engines.setup import Setup
from studio.errors import EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown
from studio.media.probe import probe
from studio.model.camera import CameraMove
from tests.servers.base import Drop, Status, Torn
from tests.servers.jobs import Job, KilledHere
from tests.servers.ltx import Ltx

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_ASK = "POST /v2/image-to-video"


@pytest.fixture
def ltx() -> Iterator[Ltx]:
    with Ltx() as running:
        yield running


@pytest.fixture
def still(tmp_path: Path) -> Path:
    Image.new("RGB", (128, 72), (90, 20, 20)).save(tmp_path / "still.png")
    return tmp_path / "still.png"


def engine(ltx: Ltx, **saved: str) -> LtxVideos:
    setup = Setup({"ltx_url": ltx.url, "ltx_api_key": ltx.key, **saved}, {})
    return LtxVideos(setup, patience=Patience(poll_s=(0.01, 0.01)))


def animate(
    ltx: Ltx, still: Path, job: Job | None = None, *, motion: str = "Waves roll", move: CameraMove | None = None
) -> Path:
    out = still.with_name("clip.mp4")
    engine(ltx).animate(
        out, still, move=move or CameraMove("dolly", "in"), motion=motion, duration_s=4.0, size=(128, 72), fps=12, seed=1,
        job=job or Job(),
    )  # fmt: skip
    return out


def test_a_clip_has_the_film_s_size_rate_and_length(ltx: Ltx, still: Path) -> None:
    facts = probe(animate(ltx, still))
    assert (facts.picture.width_px, facts.picture.height_px, facts.picture.frames) == (128, 72, 48)
    assert not facts.audio
    assert ltx.uploads["still-0"] == still.read_bytes()
    (asked,) = ltx.created
    assert (asked["camera_motion"], asked["duration"], asked["resolution"]) == ("dolly_in", 6, "1280x720")


def test_a_move_that_it_has_no_word_for_stands_in_the_prompt(ltx: Ltx, still: Path) -> None:
    animate(ltx, still, move=CameraMove("orbit", "left", "slow"))
    (asked,) = ltx.created
    assert "camera_motion" not in asked
    assert "orbit" in asked["prompt"]


@pytest.mark.parametrize("state", ["submitted", "downloading"])
def test_a_studio_killed_after_it_was_accepted_collects_it_and_pays_once(ltx: Ltx, still: Path, state: str) -> None:
    job = Job(dies_at=state)
    with pytest.raises(KilledHere):
        animate(ltx, still, job)
    if state == "submitted":  # nobody wrote down what came back: it cannot be looked up
        with pytest.raises(OutcomeUnknown, match="may have been paid"):
            animate(ltx, still, Job(job.notes))
    else:
        assert probe(animate(ltx, still, Job(job.notes))).picture.frames == 48
    assert len(ltx.created) == 1


def test_a_lost_answer_is_told_again_and_again_and_never_paid_for(ltx: Ltx, still: Path) -> None:
    job = Job()
    ltx.misbehave(_ASK, Drop(after=True))
    for _ in range(2):
        with pytest.raises(OutcomeUnknown, match="--ask-again"):
            animate(ltx, still, job)
    assert len(ltx.created) == 1


def test_a_busy_service_and_a_torn_download_cost_nothing_more(ltx: Ltx, still: Path) -> None:
    ltx.misbehave(_ASK, Status(429, {"Retry-After": "1"}))
    ltx.misbehave(r"GET /signed/.*", Torn(1000))
    assert probe(animate(ltx, still)).picture.frames == 48
    assert len(ltx.created) == 1


def test_a_clip_that_is_gone_there_is_bought_again_only_when_the_user_says_so(ltx: Ltx, still: Path) -> None:
    job = Job(dies_at="downloading")
    with pytest.raises(KilledHere):
        animate(ltx, still, job)
    ltx.looks.clear()
    after = Job(job.notes)
    with pytest.raises(OutcomeUnknown, match="works are kept for a day.*--ask-again"):
        animate(ltx, still, after)
    after.note("lost", why="asked for again by the user")
    assert probe(animate(ltx, still, after)).picture.frames == 48
    assert len(ltx.created) == 2


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        (400, "invalid_request_error", EngineRefused),
        (401, "authentication_error", EngineUnavailable),
        (402, "insufficient_funds_error", EngineUnavailable),
        (422, "content_filtered_error", EngineRefused),
    ],
)
def test_each_no_is_the_right_error(ltx: Ltx, still: Path, status: int, kind: str, error: type[EngineError]) -> None:
    body = f'{{"type": "error", "error": {{"type": "{kind}", "message": "no"}}}}'.encode()
    ltx.misbehave(_ASK, Status(status, {"x-request-id": "req-3"}, body))
    with pytest.raises(error, match="video/ltx, submit") as told:
        animate(ltx, still)
    answer = told.value.answer
    assert answer
    assert (answer.status, answer.kind, answer.request_id) == (status, kind, "req-3")


def test_what_fails_there_says_why(ltx: Ltx, still: Path) -> None:
    ltx.fails.append({"type": "content_filtered_error", "message": "The result was blocked."})
    with pytest.raises(EngineRefused, match="The result was blocked"):
        animate(ltx, still)


def test_a_wrong_key_is_told_and_never_repeated(ltx: Ltx, still: Path) -> None:
    wrong = "ltx-wrong-key-987"
    for ask in (
        engine(ltx, ltx_api_key=wrong).check,
        lambda: engine(ltx, ltx_api_key=wrong).animate(
            still, still, move=CameraMove("static"), motion="", duration_s=1, size=(64, 36), fps=12, seed=1, job=Job()
        ),
    ):
        with pytest.raises(EngineUnavailable) as told:
            ask()
        assert wrong not in str(told.value)
    engine(ltx).check()


def test_sizes_and_lengths_are_those_that_the_model_makes() -> None:
    assert resolution("ltx-2-fast", (1280, 720)) == "1920x1080"
    assert resolution("ltx-2-3-fast", (720, 1280)) == "720x1280"
    assert resolution("ltx-2-5-pro", (4096, 2160)) == "3840x2160"
    assert length_s("ltx-2-3-fast", 11.0, (1280, 720)) == 12
    assert length_s("ltx-2-5-pro", 11.0, (1280, 720)) == 10
