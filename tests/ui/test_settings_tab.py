"""Services in the Settings tab: keys go in and never come out, and what works is known in the Film tab at once."""

from __future__ import annotations

import json
import os
import shutil
from types import SimpleNamespace
from typing import Any

import pytest

from studio.engines import registry, setup
from studio.runs.doors import Doors
from studio.ui.tabs import settings
from studio.ui.views import settings as view
from studio.ui.wiring import Answer, answered
from tests.servers.comfyui import Comfy
from tests.servers.elevenlabs import ElevenLabs
from tests.servers.openai import OpenAi

KEY = "sk-very-secret-key-1234567890"
LISTS = (*("builtin", "storyboard", "camera", "none") * 2, "auto", "whisper")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("STUDIO_")]:
        monkeypatch.delenv(name)


def pressed(doors: Doors, act: str, **told: Any) -> Answer:
    typed = {"fields": json.dumps(told.pop("fields"))} if "fields" in told else {}
    answer = answered(settings.act, doors, {"act": act, **told, **typed})
    assert KEY not in repr(answer)
    return answer


def looked(doors: Doors, answer: Answer) -> Answer:
    found = answered(settings.look, doors, answer["services-asked"], *LISTS)
    assert KEY not in repr(found)
    return found


def test_every_service_has_its_fields_and_starts_folded(doors):
    shown = settings.show(doors)
    assert 'data-field="comfyui_urls"' in shown["service-comfyui"]
    assert 'data-field="claude_api_key" type="password"' in shown["service-claude"]
    assert '<details class="card service">' in shown["service-gemini"]


def test_a_saved_key_is_dots_with_a_way_to_forget_it(doors):
    card = pressed(doors, "save-service", service="claude", fields={"claude_api_key": KEY})["service-claude"]
    assert setup.load()._saved["claude_api_key"] == KEY
    assert "•••••••• set" in card
    assert 'data-act="forget-setting"' in card
    assert KEY not in repr(settings.show(doors))


def test_a_key_field_left_empty_keeps_the_key_and_forget_deletes_it(doors):
    pressed(doors, "save-service", service="claude", fields={"claude_api_key": KEY})
    pressed(doors, "save-service", service="claude", fields={"claude_api_key": "", "claude_model": "claude-x"})
    assert setup.load()._saved == {"claude_api_key": KEY, "claude_model": "claude-x"}
    card = pressed(doors, "forget-setting", setting="claude_api_key")["service-claude"]
    assert "forget-setting" not in card
    assert "claude_api_key" not in setup.load()._saved


def test_another_field_left_empty_is_no_longer_set(doors):
    pressed(doors, "save-service", service="claude", fields={"claude_model": "claude-x"})
    pressed(doors, "save-service", service="claude", fields={"claude_model": ""})
    assert setup.load()._saved == {}


def test_what_the_environment_says_is_shown_as_such_and_cannot_be_typed_over(doors, monkeypatch):
    monkeypatch.setenv("STUDIO_CLAUDE_API_KEY", KEY)
    card = pressed(doors, "save-service", service="claude", fields={"claude_api_key": "other"})["service-claude"]
    assert "from the environment (STUDIO_CLAUDE_API_KEY)" in card
    assert 'data-field="claude_api_key"' not in card
    assert setup.load()._saved == {}


def test_an_address_that_is_none_is_refused_in_words_and_nothing_is_saved(doors):
    answer = pressed(doors, "save-service", service="comfyui", fields={"comfyui_urls": f"me:{KEY}@there"})
    assert "begins with http://" in answer["notice"]
    assert setup.load()._saved == {}


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_check_answers_at_once_then_says_what_is_there_and_the_film_tab_offers_it(doors):
    with OpenAi(key=KEY) as server:
        typed = {"openai_url": server.url, "openai_api_key": KEY, "openai_text_model": "gone"}
        first = pressed(doors, "check-service", service="openai", fields=typed)
        assert "Asking the service" in first["service-openai"]
        assert not [call for call in server.calls if call.path == "/v1/models"]
        found = looked(doors, first)
    assert "key accepted" in found["service-openai"]
    assert "the model gone is not offered there" in found["service-openai"]
    assert ("OpenAI", "openai") in found["film-image"]["choices"]
    assert ("OpenAI", "openai") in found["dub-asr"]["choices"]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_after_a_check_the_models_that_are_there_can_be_chosen_and_one_that_is_gone_is_named(doors):
    with OpenAi(models=("zephyr", "tts-small", "an-image-model")) as server:
        typed = {"openai_url": server.url, "openai_text_model": "retired", "openai_speech_model": "tts-small"}
        card = looked(doors, pressed(doors, "check-service", service="openai", fields=typed))["service-openai"]
    text, speech, picture = (card.split(f'data-fills="set-openai_{what}_model"')[1].split("</select>")[0] for what in ("text", "speech", "image"))  # fmt: skip
    assert "Not offered (any more): retired" in text
    assert text.index("zephyr") < text.index("tts-small")  # those that write come first
    assert picture.index("an-image-model") < picture.index("zephyr")
    assert '<option value="tts-small" selected>' in speech
    assert "data-fills" not in settings.show(doors)["service-openai"]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_check_of_all_engines_says_what_is_left_and_what_runs_there(doors):
    with ElevenLabs(key=KEY) as eleven, Comfy() as comfy:
        eleven.used = 4_000
        setup.save(
            {"elevenlabs_url": eleven.url, "elevenlabs_api_key": KEY, "comfyui_urls": f"{comfy.url},http://127.0.0.1:9"}
        )
        told = {one.name: one for one in registry.asked_statuses()}
    assert told["tts/elevenlabs"].told == "6,000 of 10,000 characters left this month"
    assert told["image/comfyui"].missing == ""
    assert f"{comfy.url}: ComfyUI 0.3.75" in told["image/comfyui"].told
    assert "http://127.0.0.1:9 does not answer: start it" in told["image/comfyui"].told
    assert "ComfyUI 0.3.75" in view.engines(tuple(told.values()))


def test_little_space_for_projects_is_a_warning_with_what_to_do(doors, monkeypatch):
    assert "GB free for projects" in settings.show(doors)["folders"]
    assert "little space" not in settings.show(doors)["folders"]
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=1_400_000_000))
    card = settings.show(doors)["folders"]
    assert "little space" in card
    assert "1.4 GB free" in card
    assert "STUDIO_SESSIONS" in card


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_wrong_key_is_not_shown_even_if_the_service_repeats_it(doors):
    with OpenAi(key="sk-the-right-one") as server:
        typed = {"openai_url": server.url, "openai_api_key": KEY}
        found = looked(doors, pressed(doors, "check-service", service="openai", fields=typed))
    assert "key not accepted" in found["service-openai"]
