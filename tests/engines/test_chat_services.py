"""Every text engine at a service: the story comes, and each way of saying no is the right error with what to do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from studio.engines import registry
from studio.engines.chat.claude import ClaudeWriter
from studio.engines.chat.gemini import GeminiWriter
from studio.engines.chat.openai import OpenAiWriter
from studio.engines.setup import Setup
from studio.errors import EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown, StudioError
from studio.model.job import JobNote
from studio.model.story import Story, StoryRequest
from tests.servers.base import Drop, Status, Torn
from tests.servers.claude import Claude
from tests.servers.gemini import Gemini
from tests.servers.jobs import Job, KilledHere
from tests.servers.openai import OpenAi
from tests.servers.tales import Says, outline, scene

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-key-1234567890"
REQUEST = StoryRequest(idea="A keeper lights the lamp once more", duration_s=30.0, scene_count=4)
ASK = r"POST .*(completions|messages|generateContent)"


@dataclass(frozen=True)
class Kind:
    """One service: its double, its engine, and its own words for things."""

    double: Callable[..., Any]
    engine: Callable[[Setup], Any]
    prefix: str
    model: str
    cut: str
    no_credit: Status


def _google(status: int, kind: str, *details: dict[str, str]) -> dict[str, Any]:
    return {"error": {"code": status, "status": kind, "message": "Quota exceeded", "details": list(details)}}


KINDS = {
    "openai": Kind(
        OpenAi, OpenAiWriter, "openai", "openai_text_model", "length",
        Status(429, {"x-request-id": "req-7"}, {"error": {"message": "You exceeded your quota", "type": "insufficient_quota", "code": "insufficient_quota"}}),
    ),
    "claude": Kind(
        Claude, ClaudeWriter, "claude", "claude_model", "max_tokens",
        Status(400, {"request-id": "req-7"}, {"type": "error", "error": {"type": "invalid_request_error", "message": "Your credit balance is too low"}}),
    ),
    "gemini": Kind(
        Gemini, GeminiWriter, "gemini", "gemini_text_model", "MAX_TOKENS",
        Status(403, {"x-request-id": "req-7"}, _google(403, "PERMISSION_DENIED", {"reason": "BILLING_DISABLED"})),
    ),
}  # fmt: skip


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def double(kind: Kind) -> Iterator[Any]:
    with kind.double(key=KEY) as running:
        yield running


def engine_at(kind: Kind, double: Any, **saved: str) -> Any:
    set_up = {f"{kind.prefix}_url": double.url, f"{kind.prefix}_api_key": KEY, kind.model: double.models[0], **saved}
    return kind.engine(Setup(set_up, {}))


def written(engine: Any, out: Path, job: Job | None = None) -> Story:
    engine.write(out, REQUEST, job=job or Job())
    return Story.model_validate_json(out.read_text(encoding="utf-8"))


def failing(engine: Any, out: Path, job: Job | None = None) -> StudioError:
    with pytest.raises(StudioError) as caught:
        engine.write(out, REQUEST, job=job or Job())
    return caught.value


def test_a_story_comes(kind, double, tmp_path):
    engine = engine_at(kind, double)
    engine.check()
    story = written(engine, tmp_path / "story.json")
    assert len(story.scenes) == 4
    assert story.written_by == engine.identity
    assert story.scenes[0].camera == "slow push in"
    assert len(double.created) == 2  # the plan and the scenes


def test_without_a_key_it_says_which_one_and_where(kind):
    with pytest.raises(EngineUnavailable, match=rf"STUDIO_{kind.prefix.upper()}_API_KEY.*Settings"):
        kind.engine(Setup({}, {})).check()


def test_a_key_that_is_not_accepted_is_shown_nowhere(kind, double, tmp_path, caplog):
    wrong = "sk-wrong-and-secret-99999999"
    engine, job = engine_at(kind, double, **{f"{kind.prefix}_api_key": wrong}), Job()
    error = failing(engine, tmp_path / "story.json", job)
    assert isinstance(error, EngineUnavailable)
    assert error.answer
    assert (error.answer.engine, error.answer.stage) == (engine.name, "write")
    with pytest.raises(EngineUnavailable) as checked:
        engine.check()
    shown = f"{error!r} {error} {checked.value} {job.notes} {job.told} {caplog.text} {engine!r} {vars(engine)!r}"
    assert wrong not in shown
    assert "secret-99999999" not in shown
    assert not double.created


def test_a_model_that_is_gone_is_named_with_those_that_are_there(kind, double, tmp_path):
    engine = engine_at(kind, double, **{kind.model: "retired-1"})
    with pytest.raises(EngineUnavailable, match=rf"retired-1 .*{double.models[0]}"):
        engine.check()
    error = failing(engine, tmp_path / "story.json")
    assert isinstance(error, EngineUnavailable)
    assert error.answer
    assert error.answer.status == 404
    assert "retired-1" in str(error)


def test_an_account_without_credit_is_no_reason_to_wait(kind, double, tmp_path):
    double.misbehave(ASK, kind.no_credit)
    error = failing(engine_at(kind, double), tmp_path / "story.json")
    assert isinstance(error, EngineUnavailable)
    assert error.answer
    assert error.answer.status == kind.no_credit.status
    assert "account" in str(error) or "key" in str(error)
    assert len(double.asked(ASK)) == 1


@pytest.mark.parametrize("status", [429, 503, 529])
def test_a_busy_service_is_waited_for_as_long_as_it_says(kind, double, tmp_path, status):
    double.misbehave(ASK, Status(status, {"Retry-After": "0.02"}), Status(status, {"Retry-After": "0.01"}))
    job = Job()
    assert len(written(engine_at(kind, double), tmp_path / "story.json", job).scenes) == 4
    assert job.states.count("lost") == 2
    assert (None, "waiting: the service is busy") in job.told


def test_googles_own_way_of_naming_a_delay_is_kept_to(tmp_path):
    with Gemini(key=KEY) as double:
        delay = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.03s"}
        double.misbehave(ASK, Status(429, {}, _google(429, "RESOURCE_EXHAUSTED", delay)))
        waited: list[float] = []
        written(engine_at(KINDS["gemini"], double), tmp_path / "story.json", Job(wait=waited.append))
        assert max(waited) <= 0.03
        assert len([pause for pause in waited if pause]) > 0


@pytest.mark.parametrize("misdeed", [Drop(), Drop(after=True), Torn(30), Status(502)])
def test_a_lost_answer_is_asked_for_again_for_it_costs_next_to_nothing(kind, double, tmp_path, misdeed):
    double.misbehave(ASK, misdeed)
    assert len(written(engine_at(kind, double), tmp_path / "story.json").scenes) == 4


def test_a_service_that_never_answers_is_left_after_three_tries(kind, double, tmp_path):
    double.misbehave(ASK, *[Drop()] * 9)
    error = failing(engine_at(kind, double), tmp_path / "story.json")
    assert isinstance(error, OutcomeUnknown)
    assert len(double.asked(ASK)) == 3


def test_a_process_that_is_killed_while_it_waits_is_followed_by_one_that_asks_again(kind, double, tmp_path):
    notes: list[JobNote] = []
    with pytest.raises(KilledHere):
        engine_at(kind, double).write(tmp_path / "story.json", REQUEST, job=Job(notes, dies_at="downloading"))
    assert len(written(engine_at(kind, double), tmp_path / "story.json", Job(notes)).scenes) == 4


def test_a_story_that_broke_off_is_gone_on_with_and_its_plan_is_not_asked_for_twice(kind, double, tmp_path):
    notes: list[JobNote] = []
    double.says.extend([Says(json.dumps(outline(4, title="First"))), Says(refusal="Not now")])
    failing(engine_at(kind, double), tmp_path / "story.json", Job(notes))
    assert len(double.asked(ASK)) == 2
    assert written(engine_at(kind, double), tmp_path / "story.json", Job(notes)).title == "First"
    assert len(double.asked(ASK)) == 3


def test_answers_of_which_no_story_could_be_made_are_asked_for_anew(kind, double, tmp_path):
    notes: list[JobNote] = []
    double.says.extend([Says("I am sorry."), Says("I am sorry.")])
    assert "did not send what it was asked for, twice" in str(
        failing(engine_at(kind, double), tmp_path / "story.json", Job(notes))
    )
    assert len(written(engine_at(kind, double), tmp_path / "story.json", Job(notes)).scenes) == 4


@pytest.mark.parametrize("given", [{"request": REQUEST.model_copy(update={"scene_count": 9})}, {"scenes": 9}])
def test_how_often_it_asks_for_a_story_is_known_before(kind, double, given):
    assert engine_at(kind, double).askings(given) == 3  # the plan, eight scenes, and one


def test_a_refusal_is_an_error_that_says_so_and_is_not_repeated(kind, double, tmp_path):
    double.says.append(Says(refusal="I will not write about that"))
    error = failing(engine_at(kind, double), tmp_path / "story.json")
    assert isinstance(error, EngineRefused)
    assert error.answer
    assert (error.answer.status, error.answer.stage) == (200, "write")
    assert "I will not write about that" in str(error)
    assert "Change" in str(error)
    assert len(double.asked(ASK)) == 1


def test_an_answer_that_was_cut_off_is_made_whole_by_asking_for_the_rest(kind, double, tmp_path):
    whole = json.dumps({"scenes": [scene(number, 16) for number in (1, 2, 3)]})
    double.says.extend([Says(json.dumps(outline(4))), Says(whole[:-40], kind.cut)])
    assert len(written(engine_at(kind, double), tmp_path / "story.json").scenes) == 4
    assert len(double.created) == 3


def test_something_else_at_the_address_is_named(kind, double, tmp_path):
    double.misbehave(ASK, *[Status(200, {"Content-Type": "text/html"}, "<html>router</html>")] * 3)
    error = failing(engine_at(kind, double), tmp_path / "story.json")
    assert isinstance(error, OutcomeUnknown)
    assert "text/html" in str(error)
    assert "address" in str(error)


def test_nobody_at_the_address_is_an_error_that_names_it(kind, tmp_path):
    with kind.double(key=KEY) as double:
        engine = engine_at(kind, double)
    for error in (failing(engine, tmp_path / "story.json"), _checked(engine)):
        assert isinstance(error, EngineUnavailable)
        assert double.url in str(error)


def _checked(engine: Any) -> EngineError:
    with pytest.raises(EngineError) as caught:
        engine.check()
    return caught.value


def test_the_request_id_stands_in_the_error(kind, double, tmp_path):
    name = "request-id" if kind.prefix == "claude" else "x-request-id"
    double.misbehave(
        ASK, *[Status(413, {name: "req-42"}, {"error": {"message": "too large", "type": "request_too_large"}})] * 3
    )
    error = failing(engine_at(kind, double), tmp_path / "story.json")
    assert isinstance(error, EngineError)
    assert error.answer
    assert error.answer.request_id == "req-42"
    assert "req-42" in str(error)


@pytest.mark.parametrize(("ways", "asked"), [
    ({"json_schema", "json_object", "text"}, ["json_schema", "json_schema"]),
    ({"json_object", "text"}, ["json_schema", "json_object", "json_object"]),
    ({"text"}, ["json_schema", "json_object", "text", "text"]),
])  # fmt: skip
def test_what_a_server_does_not_understand_is_asked_for_otherwise_and_that_is_remembered(tmp_path, ways, asked):
    with OpenAi(key=KEY) as double:
        double.ways = ways
        assert len(written(engine_at(KINDS["openai"], double), tmp_path / "story.json").scenes) == 4
        bodies = [call.json for call in double.asked(ASK)]
    assert [body.get("response_format", {}).get("type", "text") for body in bodies] == asked
    for body in bodies:
        has_schema_in_words = "additionalProperties" in body["messages"][0]["content"]
        assert has_schema_in_words == (body.get("response_format", {}).get("type") != "json_schema")
        assert "JSON" in body["messages"][1]["content"]


@pytest.mark.parametrize("name", ["claude", "gemini"])
def test_a_model_from_before_schemas_is_asked_otherwise(tmp_path, name):
    with KINDS[name].double(key=KEY) as double:
        double.takes_schema = False
        assert len(written(engine_at(KINDS[name], double), tmp_path / "story.json").scenes) == 4
        assert len(double.asked(ASK)) == 3


def test_prose_around_the_json_of_a_plain_server_is_no_hindrance(tmp_path):
    with OpenAi(key=KEY) as double:
        double.ways = {"text"}
        double.says.append(Says("Here you are:\n```json\n" + json.dumps(outline(4, title="Prose")) + "\n```\nEnjoy!"))
        assert written(engine_at(KINDS["openai"], double), tmp_path / "story.json").title == "Prose"


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
def test_an_own_server_needs_no_key_and_no_model(tmp_path, ending):
    with OpenAi(models=("llama-small", "llama-large")) as double:
        engine = OpenAiWriter(Setup({"openai_url": double.url + ending}, {}))
        engine.check()
        assert len(written(engine, tmp_path / "story.json").scenes) == 4
        bodies = [call.json for call in double.asked(ASK)]
        assert {body["model"] for body in bodies} == {"llama-small"}
        assert all("authorization" not in call.headers for call in double.asked(ASK))


def test_an_error_that_is_sent_with_status_200_is_an_error(tmp_path):
    with OpenAi(key=KEY) as double:
        double.misbehave(ASK, Status(200, {}, {"error": {"message": f"no slot for {KEY}", "code": 500}}))
        error = failing(engine_at(KINDS["openai"], double), tmp_path / "story.json")
    assert isinstance(error, EngineRefused)
    assert "no slot" in str(error)
    assert KEY not in str(error)


@pytest.mark.parametrize("name", ["text/openai", "text/claude", "text/gemini", "image/openai", "image/gemini"])
def test_the_registry_knows_it_and_its_identity_names_the_model_but_no_key(name, monkeypatch, tmp_path):
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    for service in ("OPENAI", "CLAUDE", "GEMINI"):
        monkeypatch.setenv(f"STUDIO_{service}_API_KEY", KEY)
    engine = registry.engine(name)
    assert engine.identity.startswith(f"{name}/")
    assert KEY not in repr(vars(engine))


@pytest.mark.skipif("STUDIO_TEST_OPENAI_URL" not in os.environ, reason="STUDIO_TEST_OPENAI_URL names no server")
@pytest.mark.allow_hosts([])
@pytest.mark.enable_socket
def test_a_real_server_writes_a_story(tmp_path):
    engine = OpenAiWriter(Setup({}, {"STUDIO_OPENAI_URL": os.environ["STUDIO_TEST_OPENAI_URL"]}))
    engine.check()
    out, request = (
        tmp_path / "story.json",
        StoryRequest(idea="A keeper lights the lamp", duration_s=16.0, scene_count=2),
    )
    engine.write(out, request, job=Job())
    assert len(Story.model_validate_json(out.read_text(encoding="utf-8")).scenes) == 2
