"""Pictures from services that answer in the asking: exact sizes, refusals, and nothing paid for twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.engines.base import Reference, most_references
from studio.engines.gemini_image import GeminiArtist
from studio.engines.openai_image import OpenAiArtist
from studio.engines.setup import Setup
from studio.errors import BadInput, EngineRefused, EngineUnavailable, OutcomeUnknown, StudioError, UnusableOutput
from studio.media.picture import read_text
from studio.media.verify import image_of
from studio.model.job import JobNote
from tests.servers.base import Drop, Status, Torn
from tests.servers.gemini import Gemini
from tests.servers.jobs import Job, KilledHere
from tests.servers.openai import OpenAi
from tests.servers.tales import Says

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-key-1234567890"
ASK = r"POST .*(generations|generateContent)"


@dataclass(frozen=True)
class Kind:
    double: Callable[..., Any]
    engine: Callable[[Setup], Any]
    prefix: str


KINDS = {"openai": Kind(OpenAi, OpenAiArtist, "openai"), "gemini": Kind(Gemini, GeminiArtist, "gemini")}


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def double(kind: Kind) -> Iterator[Any]:
    with kind.double(key=KEY) as running:
        yield running


def engine_at(kind: Kind, double: Any, **saved: str) -> Any:
    return kind.engine(Setup({f"{kind.prefix}_url": double.url, f"{kind.prefix}_api_key": KEY, **saved}, {}))


def drawn(
    engine: Any, out: Path, job: Job | None = None, *, prompt: str = "A boat at sea", size: tuple[int, int] = (640, 360)
) -> Path:
    engine.render(out, prompt, size=size, seed=7, style="poster", job=job or Job())
    return out


def failing(engine: Any, out: Path, job: Job | None = None, **asked: Any) -> StudioError:
    with pytest.raises(StudioError) as caught:
        drawn(engine, out, job, **asked)
    return caught.value


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (512, 512), (1280, 544), (1920, 1080)])
def test_a_still_has_exactly_the_size_that_was_asked_for_and_says_what_it_is(kind, double, tmp_path, size):
    engine = engine_at(kind, double)
    engine.check()
    out = drawn(engine, tmp_path / "still.png", size=size)
    image_of(size)(out)
    assert read_text(out) == {"prompt": "A boat at sea", "seed": "7", "engine": engine.identity}
    with Image.open(out) as still:
        assert still.format == "PNG"
        pixels = still.convert("RGB")
        left, right = pixels.getpixel((size[0] // 4, size[1] // 2)), pixels.getpixel((size[0] * 3 // 4, size[1] // 2))
    assert left[0] > 150 > 90 > left[2]  # the picture's middle is in the middle: red to the left, blue to the right
    assert right[2] > 150 > 90 > right[0]
    assert len(double.created) == 1


def test_the_service_is_asked_for_the_shape_of_which_least_is_cut_away(tmp_path):
    with OpenAi(key=KEY) as openai, Gemini(key=KEY) as gemini:
        drawn(engine_at(KINDS["openai"], openai), tmp_path / "a.png", size=(1280, 720))
        drawn(engine_at(KINDS["openai"], openai), tmp_path / "b.png", size=(720, 1280))
        drawn(engine_at(KINDS["gemini"], gemini), tmp_path / "c.png", size=(1280, 720))
        drawn(engine_at(KINDS["gemini"], gemini), tmp_path / "d.png", size=(1920, 820))
    assert [body["size"] for body in openai.created] == ["1536x1024", "1024x1536"]
    frames = [body["generationConfig"]["imageConfig"] for body in gemini.created]
    assert frames == [{"aspectRatio": "16:9"}, {"aspectRatio": "21:9", "imageSize": "2K"}]


def test_the_prompt_goes_out_with_the_rules_for_a_frame(kind, double, tmp_path):
    drawn(engine_at(kind, double), tmp_path / "still.png")
    assert "A boat at sea" in str(double.created[0])
    assert "No text, letters, captions" in str(double.created[0])


def references_in(folder: Path) -> list[Reference]:
    """A large red picture of Marta and a small green one of the harbour."""
    found = []
    for shows, size, colour in (("Marta", (1600, 800), (200, 0, 0)), ("harbour", (64, 64), (0, 200, 0))):
        path = folder / f"{shows}.png"
        Image.new("RGB", size, colour).save(path)
        found.append(Reference(path, shows))
    return found


def test_pictures_of_people_and_places_are_sent_along_in_order_and_told_by_name(kind, double, tmp_path):
    engine = engine_at(kind, double, openai_image_references="2")
    out = tmp_path / "still.png"
    engine.render(
        out, "She waves", size=(640, 360), seed=7, style="poster", references=references_in(tmp_path), job=Job()
    )
    image_of((640, 360))(out)
    assert double.created[0]["shown"] == [("red", (1024, 512)), ("green", (64, 64))]
    assert "1. Marta; 2. harbour" in str(double.created[0])
    assert "She waves" in str(double.created[0])
    assert "No text, letters, captions" in str(double.created[0])


def test_a_picture_with_others_sent_along_is_paid_for_once_as_well(kind, double, tmp_path):
    double.misbehave(r"POST .*(edits|generateContent)", Drop(after=True))
    engine, notes = engine_at(kind, double, openai_image_references="2"), []
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            engine.render(
                tmp_path / "still.png", "She waves", size=(640, 360), seed=7, style="poster",
                references=references_in(tmp_path), job=Job(notes),
            )  # fmt: skip
    assert len(double.created) == 1


def test_a_picture_to_be_sent_along_that_is_none_is_named_before_anything_is_asked(kind, double, tmp_path):
    (tmp_path / "marta.png").write_text("no picture")
    with pytest.raises(BadInput, match=r"marta\.png is no picture"):
        engine_at(kind, double).render(
            tmp_path / "still.png", "She waves", size=(640, 360), seed=7, style="",
            references=[Reference(tmp_path / "marta.png", "Marta")], job=Job(),
        )  # fmt: skip
    assert double.created == []


@pytest.mark.parametrize(
    ("saved", "most"),
    [
        ({}, 16),
        ({"openai_url": "http://localhost:1234"}, 0),
        ({"openai_url": "http://localhost:1234", "openai_image_references": "3"}, 3),
        ({"openai_image_references": "99"}, 16),
        ({"openai_image_references": "0"}, 0),
    ],
)
def test_a_server_of_one_s_own_is_sent_pictures_only_where_it_is_said_that_it_takes_them(saved, most):
    assert most_references(OpenAiArtist(Setup(saved, {}))) == most


@pytest.mark.parametrize("misdeed", [Drop(), Drop(after=True), Torn(50), Status(500), Status(502), Status(504)])
def test_an_answer_that_is_lost_is_never_asked_for_again_until_the_user_says_so(kind, double, tmp_path, misdeed):
    double.misbehave(ASK, misdeed)
    notes: list[JobNote] = []
    first = failing(engine_at(kind, double), tmp_path / "still.png", Job(notes))
    again = failing(engine_at(kind, double), tmp_path / "still.png", Job(notes))
    assert isinstance(first, OutcomeUnknown)
    assert isinstance(again, OutcomeUnknown)
    assert "--ask-again" in str(again)
    assert len(double.asked(ASK)) == 1
    Job(notes).note("lost")  # as the user said
    assert drawn(engine_at(kind, double), tmp_path / "still.png", Job(notes)).is_file()
    assert len(double.asked(ASK)) == 2


@pytest.mark.parametrize("state", ["downloading", "written"])
def test_a_process_that_is_killed_after_it_asked_is_followed_by_one_that_does_not_pay_again(
    kind, double, tmp_path, state
):
    notes: list[JobNote] = []
    if state == "written":
        drawn(engine_at(kind, double), tmp_path / "gone.png", Job(notes))  # killed before the file was in its place
    else:
        with pytest.raises(KilledHere):
            drawn(engine_at(kind, double), tmp_path / "still.png", Job(notes, dies_at=state))
    assert isinstance(failing(engine_at(kind, double), tmp_path / "still.png", Job(notes)), OutcomeUnknown)
    assert len(double.created) == 1


def test_a_process_that_is_killed_before_it_asked_has_paid_for_nothing(kind, double, tmp_path):
    notes: list[JobNote] = []
    with pytest.raises(KilledHere):
        drawn(engine_at(kind, double), tmp_path / "still.png", Job(notes, dies_at="submitting"))
    assert not double.asked(ASK)
    drawn(engine_at(kind, double), tmp_path / "still.png", Job(notes))
    assert len(double.created) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again_for_it_did_not_begin(kind, double, tmp_path, status):
    double.misbehave(ASK, Status(status, {"Retry-After": "0.01"}), Status(status, {"Retry-After": "0.02"}))
    drawn(engine_at(kind, double), tmp_path / "still.png")
    assert len(double.created) == 1


def test_a_key_that_is_not_accepted_is_shown_nowhere(kind, double, tmp_path):
    wrong = "sk-wrong-and-secret-99999999"
    job = Job()
    engine = engine_at(kind, double, **{f"{kind.prefix}_api_key": wrong})
    error = failing(engine, tmp_path / "still.png", job)
    assert isinstance(error, EngineUnavailable)
    assert "secret-99999999" not in f"{error!r} {job.notes} {job.told} {vars(engine)!r}"


def test_a_prompt_that_is_not_allowed_is_refused_with_what_to_do(tmp_path):
    with OpenAi(key=KEY) as double:
        error = failing(engine_at(KINDS["openai"], double), tmp_path / "a.png", prompt="something forbidden")
    assert isinstance(error, EngineRefused)
    assert error.answer
    assert (error.answer.kind, error.answer.status, error.answer.request_id) == ("moderation_blocked", 400, "req-9")
    assert "Change the words" in str(error)


@pytest.mark.parametrize(
    ("says", "kind_word", "words"),
    [
        (Says(refusal="SAFETY"), "SAFETY", "blocked"),
        (Says("I cannot draw a living person."), "STOP", "I cannot draw a living person"),
        (Says(ending="IMAGE_SAFETY"), "IMAGE_SAFETY", "blocked"),
        (Says(ending="NO_IMAGE"), "NO_IMAGE", "blocked"),
    ],
)
def test_a_blocked_prompt_that_is_answered_200_is_a_refusal(tmp_path, says, kind_word, words):
    with Gemini(key=KEY) as double:
        double.says.append(says)
        error = failing(engine_at(KINDS["gemini"], double), tmp_path / "a.png")
    assert isinstance(error, EngineRefused)
    assert error.answer
    assert (error.answer.kind, error.answer.status, error.answer.stage) == (kind_word, 200, "draw")
    assert words in str(error)
    assert "Change the words" in str(error)


def test_a_picture_that_stands_at_an_address_is_fetched_without_the_key(tmp_path):
    with OpenAi(key="") as double:
        double.gives_url = True
        drawn(engine_at(KINDS["openai"], double), tmp_path / "still.png")
        assert "authorization" not in double.asked("GET /files/.*")[0].headers
    image_of((640, 360))(tmp_path / "still.png")


@pytest.mark.parametrize(
    "body", [{"data": []}, {"data": [{"b64_json": "bm8gcGljdHVyZQ=="}]}, {"data": [{"b64_json": "%"}]}]
)
def test_an_answer_without_a_picture_is_an_error_and_was_perhaps_paid_for(tmp_path, body):
    notes: list[JobNote] = []
    with OpenAi(key=KEY) as double:
        double.misbehave(ASK, Status(200, {}, body))
        engine = engine_at(KINDS["openai"], double)
        assert isinstance(failing(engine, tmp_path / "a.png", Job(notes)), UnusableOutput)
        assert isinstance(failing(engine, tmp_path / "a.png", Job(notes)), OutcomeUnknown)
        assert len(double.asked(ASK)) == 1
