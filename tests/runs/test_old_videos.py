"""Whose old folder is written into, and what two who go on with one folder are told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable

import pytest

from studio.errors import UserError
from studio.model.scenes import SceneOptions
from studio.runs import old_videos
from studio.runs.doors import Doors
from studio.runs.model import Run
from studio.service import Studio
from tests.conftest import small_film

KEY = "a1b2c3"


def until(is_so: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end_s, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def chosen(still_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> Doors:
    """An old folder was explained; going on with it makes the project ``boat``."""
    folder = still_doors.data_dir / "old_videos" / KEY
    folder.mkdir(parents=True)
    (folder / "found.json").write_text(json.dumps({"directory": "old", "can_be_in_place": True}))
    (folder / "chosen.json").write_text(json.dumps({"root": "/old", "parts": ["video"]}))
    monkeypatch.setattr(old_videos.folders, "chosen_again", lambda folders, choice: folder)
    monkeypatch.setattr(Studio, "scan_scene_video", lambda self, directory: None)
    monkeypatch.setattr(Studio, "continue_scene_video", lambda self, found, options, name: small_film(self))
    return still_doors


def ended(doors: Doors, run: Run) -> Run:
    until(lambda: not doors.runs.get(run.id).is_active)
    return doors.runs.get(run.id)


def renamed(doors: Doors) -> str:
    return doors.keeper.rename("boat", "ship")


def made_anew(doors: Doors) -> str:
    doors.keeper.delete_session("boat")
    return small_film(doors.studio)


def taken_by_another(doors: Doors) -> str:
    doors.keeper.rename("boat", "ship")
    return small_film(doors.studio)


@pytest.mark.parametrize(("happens", "is_written"), [(renamed, True), (made_anew, False), (taken_by_another, False)])
def test_the_old_folder_gets_the_film_of_its_own_project_alone(chosen, happens, is_written):
    old_videos.set_in_place(chosen, KEY, True)
    assert ended(chosen, old_videos.go_on(chosen, KEY, SceneOptions(), is_made=False)).status == "completed"
    name = happens(chosen)
    told: list[Run] = []
    stops = [old_videos.watch(chosen), chosen.runs.watch(told.append)]
    chosen.runs.work("make", name, lambda tell, stop: {})  # a run of it is over
    until(lambda: any(run.kind == "make" and run.status == "completed" for run in told))
    assert [run.project for run in chosen.runs.runs() if run.kind == "write_back"] == [name] * is_written
    for stop in stops:
        stop()


def test_who_goes_on_with_a_folder_a_moment_after_another_is_told_so(chosen, monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(Studio, "scan_scene_video", lambda self, directory: go.wait(20) and None)
    first = old_videos.go_on(chosen, KEY, SceneOptions(), is_made=False)
    for _ in range(7):
        with pytest.raises(UserError, match="is being gone on with already"):
            old_videos.go_on(chosen, KEY, SceneOptions(), is_made=False)
    go.set()
    assert ended(chosen, first).result == {"project": "boat"}
    with pytest.raises(UserError, match="is not here any more"):
        old_videos.go_on(chosen, KEY, SceneOptions(), is_made=False)


def test_a_folder_that_could_not_be_gone_on_with_can_be_tried_again(chosen, monkeypatch):
    def fails(self: Studio, directory: object) -> None:
        raise UserError("It cannot be read.")

    with monkeypatch.context() as now:
        now.setattr(Studio, "scan_scene_video", fails)
        assert ended(chosen, old_videos.go_on(chosen, KEY, SceneOptions(), is_made=False)).status == "failed"
    assert ended(chosen, old_videos.go_on(chosen, KEY, SceneOptions(), is_made=False)).status == "completed"
