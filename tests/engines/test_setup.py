"""What is set for services: where it is kept, what goes before what, what is refused, and what a check tells."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from studio.engines import registry, setup
from studio.engines.setup import DOTS, Setting, Setup
from studio.errors import BadInput, UserError
from tests.servers.base import Call, Hang, Reply, Status
from tests.servers.gemini import Gemini
from tests.servers.luma import Luma
from tests.servers.openai import OpenAi
from tests.servers.translators import Translators

KEY = "sk-very-secret-key-1234567890"
A_KEY = Setting("some_api_key", "Some key", "key")
AN_ADDRESS = Setting("some_url", "Some server", "address", "http://127.0.0.1:1")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("STUDIO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_keys_are_kept_where_only_their_owner_can_read(data):
    setup.save({"some_api_key": KEY})
    assert stat.S_IMODE((data / "services.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert setup.load()[A_KEY] == KEY


def test_what_many_save_at_the_same_time_is_all_there(data):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: setup.save({f"key_{number}": "x"}), range(24)))
    assert len(json.loads((data / "services.json").read_text())) == 24


def test_what_a_newer_studio_wrote_there_stays(data):
    data.mkdir()
    (data / "services.json").write_text('{"caps": {"luma": 5}, "some_url": "http://a.example"}')
    setup.save({"some_api_key": KEY})
    assert json.loads((data / "services.json").read_text())["caps"] == {"luma": 5}


def test_a_pipe_or_an_endless_nest_in_its_place_is_told(data):
    data.mkdir()
    (data / "services.json").write_text("[" * 200_000)
    with pytest.raises(BadInput, match="delete it"):
        setup.load()
    (data / "services.json").unlink()
    os.mkfifo(data / "services.json")
    with pytest.raises(BadInput, match="delete it"):
        setup.load()


def test_an_empty_value_is_forgotten_and_the_others_stay(data):
    setup.save({"some_api_key": KEY, "some_url": "http://a.example"})
    setup.save({"some_api_key": ""})
    assert KEY not in (data / "services.json").read_text()
    assert (setup.load()[A_KEY], setup.load()[AN_ADDRESS]) == ("", "http://a.example")


@pytest.mark.parametrize(
    ("saved", "environment", "value", "source"),
    [
        ({}, {}, "http://127.0.0.1:1", "default"),
        ({"some_url": "http://file"}, {}, "http://file", "file"),
        ({"some_url": "http://file"}, {"STUDIO_SOME_URL": "http://env"}, "http://env", "environment"),
        ({"some_url": "http://file"}, {"STUDIO_SOME_URL": " "}, "http://file", "file"),
    ],
)
def test_the_environment_goes_before_the_file_and_the_file_before_the_default(saved, environment, value, source):
    now = Setup(saved, environment)
    assert (now[AN_ADDRESS], now.source(AN_ADDRESS)) == (value, source)


def test_a_key_and_a_password_in_an_address_are_shown_as_dots():
    now = Setup({"some_api_key": KEY, "some_url": "http://me:secret@10.0.0.1"}, {})
    assert (now.shown(A_KEY), now.shown(AN_ADDRESS), repr(now)) == (DOTS, DOTS, "Setup(…)")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (A_KEY, f"{KEY}\nX-Other: 1"),
        (A_KEY, f"{KEY} and more"),
        (A_KEY, f"{KEY}…"),
        (AN_ADDRESS, f"me:{KEY}@server"),
        (AN_ADDRESS, "http://fine, localhost:8188"),
        (Setting("n", "A number", "number"), "many"),
    ],
)
def test_what_cannot_be_right_is_refused_without_being_repeated(setting, value):
    with pytest.raises(BadInput) as refused:
        setting.checked(value)
    assert KEY not in str(refused.value)


def test_every_setting_is_there_once_with_the_engines_that_use_it():
    known = {one.setting.name: one for one in registry.settings()}
    assert len(known) == len(registry.settings())
    assert set(known["openai_api_key"].engines) >= {"text/openai", "image/openai"}
    assert known["claude_model"].service == "claude"


def test_no_engine_shows_its_key(data):
    keys = {one.setting.name: KEY for one in registry.settings() if one.setting.kind == "key"}
    setup.save(keys)
    holders = {name for one in registry.settings() if one.setting.name in keys for name in one.engines}
    assert {"video/luma", "tts/elevenlabs", "asr/openai"} <= holders
    for engine in map(registry.engine, holders):
        assert KEY not in repr((engine, vars(engine), engine.identity))


def test_a_setting_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(UserError, match="There is no setting gemini_key.*gemini_api_key"):
        registry.setting("gemini_key")


class LlamaCpp(OpenAi):
    """A server of one's own that is llama.cpp."""

    def answer(self, call: Call) -> Reply:
        if call.what == "GET /props":
            return Reply({"build_info": "b6543-0a1b2c3"})
        if call.what == "GET /v1/models":
            return Reply({"data": [{"id": name, "owned_by": "llamacpp"} for name in self.models]})
        return super().answer(call)


class TestChecking:
    """``registry.check`` against services on loopback."""

    pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

    def test_a_service_that_has_all_is_reachable_with_key_and_model(self, data):
        with OpenAi(key=KEY) as server:
            setup.save({"openai_url": server.url, "openai_api_key": KEY, "openai_text_model": "gpt-5.4-mini"})
            found = registry.check("text/openai")
        assert [(part.what, part.is_good) for part in found.parts] == [
            ("reachable", True), ("key", True), ("model", True),
        ]  # fmt: skip
        assert found.missing == ""

    @pytest.mark.parametrize("service", ["openai", "gemini"])
    def test_a_wrong_key_is_told_from_a_server_that_is_not_there_and_is_not_repeated(self, data, service):
        double = {"openai": OpenAi, "gemini": Gemini}[service]
        with double(key="sk-the-right-one") as server:
            setup.save({f"{service}_url": server.url, f"{service}_api_key": KEY})
            found = registry.check(f"text/{service}")
        assert [(part.heading) for part in found.parts] == ["reachable", "key not accepted"]
        assert KEY not in repr(found)

    def test_a_model_that_is_gone_is_named_with_those_that_are_there(self, data):
        with OpenAi(key=KEY, models=("other-model",)) as server:
            setup.save({"openai_url": server.url, "openai_api_key": KEY, "openai_text_model": "old-model"})
            found = registry.check("text/openai")
        assert [part.heading for part in found.parts] == ["reachable", "key accepted", "model not there"]
        assert "old-model" in found.missing
        assert "other-model" in found.missing

    def test_an_own_server_says_which_program_it_is_and_what_it_offers(self, data):
        with LlamaCpp(models=("small", "tts-1")) as server:
            setup.save({"openai_url": server.url})
            found = registry.check("text/openai")
        assert [part.says for part in found.parts if part.what == "version"] == ["llama.cpp b6543-0a1b2c3"]
        assert found.offers == {"openai_text_model": ("small", "tts-1")}

    @pytest.mark.parametrize(
        ("name", "says"),
        [("mt/deepl", "400,000 of 500,000 characters left this month"), ("video/luma", "$7.50 of credit left")],
    )
    def test_what_is_left_there_is_told(self, data, name, says):
        with Translators(key=KEY) as translators, Luma(key=KEY) as luma:
            translators.used, luma.cents = 100_000, 750.0
            setup.save({"deepl_url": translators.url, "deepl_api_key": KEY, "luma_url": luma.url, "luma_api_key": KEY})
            found = registry.check(name)
        assert [(part.heading, part.says) for part in found.parts if part.what == "quota"] == [("quota", says)]

    def test_a_server_that_does_not_run_is_not_reachable(self, data):
        with OpenAi() as server:
            gone = server.url
        setup.save({"openai_url": gone})
        found = registry.check("text/openai")
        assert [part.heading for part in found.parts] == ["not reachable"]
        assert "Is it running" in found.missing

    def test_a_server_that_never_answers_is_not_waited_for(self, data):
        with OpenAi() as server:
            server.misbehave("GET /v1/models", Hang())
            setup.save({"openai_url": server.url})
            found = registry.check("text/openai", longest_s=0.05)
        assert [part.heading for part in found.parts] == ["not reachable"]

    def test_a_service_in_trouble_does_not_take_the_list_of_engines_with_it(self, data):
        with OpenAi() as server:
            server.misbehave("GET /v1/models", *[Status(500)] * 4)
            setup.save({"openai_url": server.url})
            missing = {one.name: one.missing for one in registry.asked_statuses()}
        assert "status 500" in missing["text/openai"]
        assert missing["image/fake"] == ""


def test_the_list_of_engines_asks_no_service(data):
    setup.save({"claude_api_key": KEY})  # a look at the service would fail: tests have no sockets
    found = {one.name: one for one in registry.statuses()}
    assert (found["text/claude"].missing, found["text/claude"].is_asked) == ("", False)
    assert "claude" in registry.working("text")


def test_nothing_set_is_said_with_what_to_set(data):
    found = registry.check("text/claude")
    assert [part.heading for part in found.parts] == ["not set"]
    assert "STUDIO_CLAUDE_API_KEY" in found.missing
