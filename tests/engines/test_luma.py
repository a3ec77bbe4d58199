"""Clips from Luma: made of words, paid for once, looked up in its list where its answer was lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from studio.core.events import Noticed
from studio.engines.luma import LumaVideos, aspect, camera_words, length_s, resolution
from studio.engines.remote import Patience
from studio.engines.setup import Setup
from studio.errors import BadInput, EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown
from studio.media.picture import write_still
from studio.media.probe import probe
from studio.model.camera import COMMON_MOVES, CameraMove, parse_camera
from studio.service import Studio
from tests.conftest import Run, small_film
from tests.servers.base import Drop, Hang, Status, Torn
from tests.servers.jobs import Job, KilledHere
from tests.servers.luma import Luma

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

ASK = "POST .*/generations/video"
LIST = "GET .*/generations"


@pytest.fixture
def luma() -> Iterator[Luma]:
    with Luma() as running:
        yield running


@pytest.fixture
def still(tmp_path: Path) -> Path:
    write_still(tmp_path / "still.png", Image.new("RGB", (128, 72), (90, 20, 20)), text={"prompt": "A grey lighthouse"})
    return tmp_path / "still.png"


def engine(luma: Luma, **saved: str) -> LumaVideos:
    setup = Setup({"luma_url": luma.url, "luma_api_key": luma.key, **saved}, {})
    return LumaVideos(setup, patience=Patience(poll_s=(0.01, 0.01)))


def animate(
    luma: Luma, still: Path, job: Job | None = None, *, motion: str = "Waves roll.", by: LumaVideos | None = None
) -> Path:
    out = still.with_name("clip.mp4")
    (by or engine(luma)).animate(
        out, still, move=CameraMove("dolly", "in", "slow"), motion=motion, duration_s=1.0, size=(128, 72), fps=12, seed=1,
        job=job or Job(),
    )  # fmt: skip
    return out


def test_a_clip_is_made_of_the_picture_s_words_the_motion_and_the_move(luma: Luma, still: Path) -> None:
    facts = probe(animate(luma, still))
    assert (facts.picture.width_px, facts.picture.height_px, facts.picture.frames) == (128, 72, 12)
    assert not facts.audio
    (asked,) = luma.created
    assert asked["prompt"] == "A grey lighthouse. Waves roll. Slow camera push in."
    assert (asked["model"], asked["aspect_ratio"], asked["resolution"], asked["duration"]) == (
        "ray-flash-2", "16:9", "540p", "5s",
    )  # fmt: skip
    assert "keyframes" not in asked


def test_a_picture_of_the_user_s_own_that_says_nothing_of_itself_is_told_before_anything_is_paid(
    luma: Luma, still: Path
) -> None:
    Image.new("RGB", (128, 72)).save(still)
    with pytest.raises(BadInput, match="does not say what it shows"):
        animate(luma, still)
    assert luma.calls == []


def test_every_move_that_the_studio_knows_has_words_there() -> None:
    said = {move: camera_words(parse_camera(move)) for move in COMMON_MOVES}
    assert said["crane down"] == "camera crane down"
    assert said["truck left"] == "camera move left"
    assert said["orbit right"] == "camera orbit right"
    assert said["static"] == "camera static"
    assert said["drone shot"] == "camera aerial drone push in"
    assert not [words for words in said.values() if words.endswith(("none", " "))]


def test_sizes_and_lengths_are_those_that_luma_makes_and_charges_for(luma: Luma) -> None:
    assert engine(luma).billed({"duration_s": 6.0, "size": (1280, 720)}) == (9, "720p")
    assert (aspect((1080, 1920)), aspect((2048, 858))) == ("9:16", "21:9")
    assert [resolution(size) for size in ((960, 540), (1280, 720), (720, 1280), (1920, 1080), (3840, 2160), (7680, 4320))] == [
        "540p", "720p", "720p", "1080p", "4k", "4k",
    ]  # fmt: skip
    assert (length_s(4.0), length_s(5.5), length_s(30.0)) == (5, 9, 9)


@pytest.mark.parametrize("state", ["submitted", "downloading"])
def test_a_studio_killed_after_it_was_accepted_collects_it_and_pays_once(luma: Luma, still: Path, state: str) -> None:
    job = Job(dies_at=state)
    with pytest.raises(KilledHere):
        animate(luma, still, job)
    assert probe(animate(luma, still, Job(job.notes))).picture.frames == 12
    assert len(luma.created) == 1


@pytest.mark.parametrize("ahead_s", [-3600.0, 0.0, 3600.0])
def test_a_lost_answer_is_found_in_its_list_whatever_the_clocks_say(luma: Luma, still: Path, ahead_s: float) -> None:
    luma.ahead_s = ahead_s
    asked_before = {"prompt": "A grey lighthouse. Waves roll. Slow camera push in.", "model": "ray-flash-2"}
    luma.add(asked_before, age_s=60)  # an earlier take of the same words
    luma.misbehave(ASK, Drop(after=True))
    job = Job()
    assert probe(animate(luma, still, job)).picture.frames == 12
    assert job.last is not None
    assert job.last.remote_id == "0000-0001"
    assert len(luma.created) == 1


def test_one_that_comes_late_into_the_list_is_waited_for(luma: Luma, still: Path) -> None:
    luma.hides = 1
    luma.misbehave(ASK, Drop(after=True))
    animate(luma, still)
    assert len(luma.asked(LIST)) == 2
    assert len(luma.created) == 1


def test_one_that_never_arrived_is_asked_for_again(luma: Luma, still: Path) -> None:
    luma.add({"prompt": "Something else"})
    luma.misbehave(ASK, Drop())
    animate(luma, still)
    assert len(luma.created) == 1
    assert len(luma.asked(ASK)) == 2


@pytest.mark.parametrize("is_upside_down", [False, True])
def test_a_long_list_is_read_until_it_is_found(luma: Luma, still: Path, is_upside_down: bool) -> None:
    luma.is_upside_down = is_upside_down
    for number in range(230):
        luma.add({"prompt": f"Another {number}"}, age_s=600 - number)
    luma.misbehave(ASK, Drop(after=True))
    animate(luma, still)
    assert len(luma.created) == 1
    assert len(luma.asked(LIST)) == (3 if is_upside_down else 1)


def test_where_two_may_be_it_the_user_is_asked_first(luma: Luma, still: Path) -> None:
    luma.add({"prompt": "A grey lighthouse. Waves roll. Slow camera push in."})
    luma.misbehave(ASK, Drop(after=True))
    job = Job()
    with pytest.raises(OutcomeUnknown, match="2 clips of the same words"):
        animate(luma, still, job)
    assert (job.states[-1], len(luma.created)) == ("unknown", 1)


def test_another_shot_s_clip_of_the_same_words_is_not_taken_for_this_one(luma: Luma, still: Path) -> None:
    one = engine(luma)
    animate(luma, still, Job(name="first"), by=one)
    luma.misbehave(ASK, Drop())
    second = Job(name="second")
    animate(luma, still, second, by=one)
    assert second.last is not None
    assert second.last.remote_id == "0000-0001"
    assert len(luma.created) == 2


def test_a_list_that_cannot_be_read_leaves_it_unknown(luma: Luma, still: Path) -> None:
    luma.misbehave(ASK, Drop(after=True))
    luma.misbehave(LIST, Status(200, {"Content-Type": "application/json"}, {"generations": None}))
    with pytest.raises(OutcomeUnknown, match="list cannot be read"):
        animate(luma, still)


def test_a_busy_service_and_a_torn_download_cost_nothing_more(luma: Luma, still: Path) -> None:
    luma.misbehave(ASK, Status(429, {"Retry-After": "0.01"}))
    luma.misbehave("GET /files/.*", Torn(1000))
    assert probe(animate(luma, still)).picture.frames == 12
    assert len(luma.created) == 1


def test_a_clip_in_its_queue_is_taken_out_and_one_that_is_begun_is_left(luma: Luma, still: Path) -> None:
    job = Job(dies_at="downloading")
    with pytest.raises(KilledHere):
        animate(luma, still, job)
    assert job.last is not None
    assert not engine(luma).cancel(job.last)
    job.last.facts.clear()
    queued = luma.add({"prompt": "Waiting"})
    job.note("submitted", queued)
    assert engine(luma).cancel(job.last)
    assert queued not in [work["id"] for work in luma.works]
    assert not engine(luma).cancel(job.last)


@pytest.mark.parametrize(
    ("prompt", "status", "error", "says"),
    [
        ("A forbidden thing", 400, EngineRefused, "flagged by moderation"),
        ("A boat", 401, EngineUnavailable, "Check the key"),
        ("A boat", 402, EngineUnavailable, "no credit left"),
    ],
)
def test_each_no_is_the_right_error(
    luma: Luma, still: Path, prompt: str, status: int, error: type[EngineError], says: str
) -> None:
    if status != 400:
        luma.misbehave(ASK, Status(status, {}, b'{"detail": "no"}'))
    with pytest.raises(error, match=says) as told:
        animate(luma, still, motion=prompt)
    assert told.value.answer
    assert (told.value.answer.engine, told.value.answer.stage, told.value.answer.status) == (
        "video/luma",
        "submit",
        status,
    )


def test_an_account_without_credit_is_told_by_the_check_and_by_the_shot(luma: Luma, still: Path) -> None:
    engine(luma).check()
    luma.cents = 0
    with pytest.raises(EngineUnavailable, match="no credit left"):
        engine(luma).check()
    with pytest.raises(EngineUnavailable, match="Insufficient credits"):
        animate(luma, still)


def test_what_fails_there_says_why(luma: Luma, still: Path) -> None:
    luma.fails.append("Output was flagged.")
    with pytest.raises(EngineRefused, match=r"render: Output was flagged\. Change the words"):
        animate(luma, still)


def test_a_wrong_key_is_told_and_never_repeated(luma: Luma, still: Path) -> None:
    wrong = "luma-wrong-key-987"
    for ask in (
        engine(luma, luma_api_key=wrong).check,
        lambda: animate(luma, still, by=engine(luma, luma_api_key=wrong)),
    ):
        with pytest.raises(EngineUnavailable) as told:
            ask()
        assert wrong not in str(told.value)


def test_settings_say_that_the_picture_is_not_sent() -> None:
    assert any("takes no pictures from this computer" in setting.help for setting in LumaVideos.settings)
    assert LumaVideos(Setup({}, {})).identity == "video/luma/ray-flash-2/words-only"


def test_a_film_says_that_its_clips_are_made_of_words_and_holds_no_key(
    luma: Luma, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_LUMA_URL", luma.url)
    monkeypatch.setenv("STUDIO_LUMA_API_KEY", luma.key)
    monkeypatch.setattr("studio.engines.luma._PATIENCE", Patience(poll_s=(0.01, 0.01)))
    luma.fails.append(f"It was refused for {luma.key}")
    run = Run(studio, small_film(studio, video="luma", seconds=6.0, shots=2, narration=False))
    assert [event.text for event in run.events if isinstance(event, Noticed)] == [LumaVideos.notice]
    assert len(run.result.problems) == 1
    assert len(luma.created) == 2
    assert luma.key not in repr((run.events, run.result))
    assert [path for path in tmp_path.rglob("*") if path.is_file() and luma.key.encode() in path.read_bytes()] == []


def test_a_hanging_answer_counts_as_lost(luma: Luma, still: Path) -> None:
    impatient = engine(luma)
    impatient._http = type(impatient._http)("video/luma", luma.url, impatient._http.headers, timeout_s=0.2)
    luma.misbehave(ASK, Hang(after=True))
    animate(luma, still, by=impatient)
    assert len(luma.created) == 1
