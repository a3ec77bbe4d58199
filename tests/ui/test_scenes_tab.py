"""The Scene video tab's handlers, called as the browser would."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.runs import old_videos
from studio.runs.doors import Doors
from studio.runs.model import Run, new_run
from studio.ui import opening, scene_fields
from studio.ui.tabs import scenes
from tests.api.conftest import eventually
from tests.scene_media import SCRIPT, old_zip
from tests.ui.conftest import Tab


@pytest.fixture
def queued(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names that were asked to be made; nothing is started."""
    asked: list[str] = []

    def make(project: str, *, until: str = "") -> Run:
        asked.append(project)
        return new_run("make", project)

    monkeypatch.setattr(doors.runs, "make", make)
    return asked


def values(window: Tab, **said: object) -> list[object]:
    return [said.get(field.key, window[field.elem_id]) for field in scene_fields.FIELDS]


def test_a_pasted_script_becomes_a_video_that_is_queued_and_whose_script_stays(doors: Doors, queued: list[str]) -> None:
    window = Tab(doors)
    window.do(scenes.make, *values(window))
    assert "no script yet" in window.said[-1]["text"]
    assert not queued
    window.do(scenes.make, *values(window, script=SCRIPT, narrator="none", max_scenes=2))
    assert queued == [window["project"]]
    project = doors.studio.project(window["project"])
    assert (project.kind, project.options["max_scenes"], project.options["narration"]) == ("scenes", 2, False)
    again = Tab(doors, window["project"])
    assert again["scene-script"] == SCRIPT.strip()
    assert again["scene-max_scenes"] == 2
    assert again.states["scene-script"]["interactive"] is False
    assert again.states["make"]["interactive"] is False
    assert "Scene video" in again["reason"]


def test_settings_are_saved_unless_another_window_did_so_first(doors: Doors, queued: list[str]) -> None:
    window = Tab(doors)
    window.do(scenes.plan, *values(window, script=SCRIPT, narrator="none"))
    assert "files to make" in window["scene-plan"]
    other = Tab(doors, window["project"])
    window.do(scenes.save, *values(window, narrator="none", sounds=False))
    assert doors.studio.project(window["project"]).options["sounds"] is False
    other.do(scenes.save, *values(other, narrator="none", fps=12))
    assert other.said[-1]["act"] == "reload"
    assert doors.studio.project(window["project"]).options["fps"] == 24


def test_an_explained_directory_is_there_after_a_reload_until_it_is_let_go(doors: Doors, tmp_path: Path) -> None:
    run = old_videos.explain(doors, old_zip(tmp_path), discard=lambda: None)
    eventually(lambda: not doors.runs.get(run.id).is_active)
    window = Tab(doors)
    assert "clip 2 of scene 1" in window["scene-found"]
    key = old_videos.newest(doors)
    window.act(scenes.on_found, {"act": "let-go", "key": key}, *values(window))
    assert window["scene-found"] == ""
    window.act(scenes.on_found, {"act": "continue", "key": key}, *values(window))
    assert "not here any more" in window.said[-1]["text"]


def test_a_made_up_script_comes_again_with_the_next_seed(doors: Doors) -> None:
    window = Tab(doors)
    window.keep(scenes.make_up(doors, "", 3, "a fox", "", 20))
    first = window["scene-script"]
    assert "fox" in first.lower()
    assert window["scene-seed"] == 3
    window.keep(scenes.make_up(doors, first, 3, "a fox", "", 20))
    assert window["scene-seed"] == 4
    assert window["scene-script"] != first
    assert opening.blank(doors)["scene-script"]["value"] == ""
