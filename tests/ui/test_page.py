"""The page as Gradio is told of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from studio.media.assets import asset_path
from studio.ui import fields
from studio.ui.page import SCRIPTS

_TELL = """
import json, os, sys
from pathlib import Path
os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_OFFLINE="1")
from studio.runs.doors import open_doors
from studio.settings import Settings
from studio.ui import page
home = Path(sys.argv[1])
doors = open_doors(Settings(home / "sessions", 1), home / "data")
built = page.page(doors)
rests = {name: value for name, value in vars(built._queue).items() if "sleep" in name}
print(json.dumps({**built.get_config_file(), "rests": rests}, default=str))
doors.close()
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Of a process of its own: gradio leaves event loops open, which is an error here."""
    home = tmp_path_factory.mktemp("home")
    told = subprocess.run(
        [sys.executable, "-c", _TELL, str(home)], capture_output=True, check=True, timeout=120,
        env={**os.environ, "STUDIO_DATA": str(home / "data")},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_every_handler_is_private_short_and_outside_the_queue(config: dict[str, Any]) -> None:
    for event in config["dependencies"]:
        assert event["api_visibility"] == "private"
        assert not event["queue"]


def test_no_state_is_kept_by_the_server_and_nothing_polls(config: dict[str, Any]) -> None:
    kinds = {component["type"] for component in config["components"]}
    assert not kinds & {"state", "timer", "browserstate"}
    assert not any(target[1] == "unload" for event in config["dependencies"] for target in event["targets"])


def test_gradios_queue_that_nothing_goes_through_hardly_ever_wakes(config: dict[str, Any]) -> None:
    assert config["rests"], "Gradio's queue rests in another way now: measure an idle server"
    assert all(seconds >= 0.5 for seconds in config["rests"].values()), config["rests"]


def test_the_page_stays_light(config: dict[str, Any]) -> None:
    assert len(config["components"]) < 300
    assert sum(len(event["targets"]) for event in config["dependencies"]) < 75, "each is looked for at each load"
    assert all(event["show_progress_on"] == [] for event in config["dependencies"] if event["outputs"])


def test_every_control_that_is_seen_has_a_label(config: dict[str, Any]) -> None:
    for component in config["components"]:
        given = component["props"]
        if component["type"] in ("textbox", "number", "dropdown", "radio", "checkbox"):
            assert given["label"], given.get("elem_id")


def test_each_savable_field_is_on_the_page_once(config: dict[str, Any]) -> None:
    ids = [component["props"].get("elem_id") for component in config["components"]]
    assert all(ids.count(name) == 1 for name in fields.IDS)


def test_the_windows_own_files_ask_no_other_computer() -> None:
    for name in ("studio.css", *(f"{script}.js" for script in SCRIPTS)):
        text = asset_path(f"window/{name}").read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text
        assert "https://" not in text
        assert "//cdn" not in text
