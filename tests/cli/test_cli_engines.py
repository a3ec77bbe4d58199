"""``studio engines``: setting, forgetting and checking what services need."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studio.cli.main import cli
from tests.servers.openai import OpenAi

KEY = "sk-very-secret-key-1234567890"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("STUDIO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def said(*words: str, typed: str = "", code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["engines", *words], input=typed)
    assert done.exit_code == code, done.output
    assert KEY not in done.output
    return done


def row(name: str) -> dict[str, object]:
    rows = json.loads(said("settings", "--json").stdout)
    return next(one for one in rows if one["name"] == name)


def test_a_key_comes_from_the_input_and_is_shown_as_dots(data):
    said("set", "claude_api_key", typed=f"{KEY}\n")
    assert KEY in (data / "services.json").read_text()
    assert (row("claude_api_key")["value"], row("claude_api_key")["source"]) == ("••••••••", "file")
    assert "claude_api_key             ••••••••  (file)" in said("settings").stdout


def test_an_empty_value_forgets_the_key(data):
    said("set", "claude_api_key", typed=f"{KEY}\n")
    assert "no longer set" in said("set", "claude_api_key", "").stdout
    assert KEY not in (data / "services.json").read_text()
    assert row("claude_api_key")["source"] == ""


def test_no_value_and_no_input_forgets_nothing(data):
    said("set", "claude_api_key", typed=f"{KEY}\n")
    assert "VALUE is missing" in said("set", "claude_api_key", code=2).output
    assert row("claude_api_key")["source"] == "file"


def test_the_environment_is_said_to_go_before_the_file(monkeypatch):
    monkeypatch.setenv("STUDIO_CLAUDE_MODEL", "claude-from-there")
    assert "STUDIO_CLAUDE_MODEL goes before it" in said("set", "claude_model", "claude-other").stdout
    assert (row("claude_model")["value"], row("claude_model")["source"]) == ("claude-from-there", "environment")


def test_a_setting_is_found_by_its_name_in_the_environment_too():
    said("set", "STUDIO_COMFYUI_URLS", "http://127.0.0.1:8188")
    assert row("comfyui_urls")["value"] == "http://127.0.0.1:8188"


def test_a_broken_key_is_refused_without_being_repeated():
    assert "Copy it anew" in said("set", "claude_api_key", f"{KEY} {KEY}", code=1).output


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_check_says_what_is_there_and_what_is_missing():
    with OpenAi(key=KEY, models=("small",)) as server:
        said("set", "openai_url", server.url)
        said("set", "openai_api_key", typed=f"{KEY}\n")
        said("set", "openai_text_model", "large")
        told = said("check", "text/openai", code=1).stdout
        assert "✓ reachable" in told
        assert "✓ key accepted" in told
        assert "✗ model not there: text/openai: the model large is not offered there" in told
        said("set", "openai_text_model", "small")
        told = said("check", "text/openai").stdout
        assert "✓ text/openai" in told
        assert "openai_text_model may be: small" in told
        parts = json.loads(said("check", "text/openai", "--json").stdout)["parts"]
    assert [part["what"] for part in parts] == ["reachable", "key", "model"]


def test_a_check_of_all_says_how_much_room_there_is_for_projects(tmp_path):
    told = said("check", "--sessions", str(tmp_path / "not" / "yet")).stdout.splitlines()
    assert told[-1].startswith("✓ disk ")
    assert told[-1].endswith(" GB free for projects")
