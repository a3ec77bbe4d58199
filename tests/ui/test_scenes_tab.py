"""The Scene video tab's handlers, called as the browser would."""

from __future__ import annotations

import dataclasses
import shutil
import threading
from pathlib import Path

import pytest

from studio.model.scenes import SceneOptions
from studio.runs import old_videos
from studio.runs.doors import Doors
from studio.runs.model import Run, new_run
from studio.service.scene_cards import SceneCard
from studio.ui import opening, scene_fields
from studio.ui.tabs import scene_cards, scenes, shots
from studio.ui.wiring import answered
from tests.api.conftest import eventually
from tests.scene_media import SCRIPT, SMALL, old_zip, small_scenes
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


def test_what_a_video_may_cost_is_kept_and_taken_away_again(doors: Doors) -> None:
    window = Tab(doors)
    window.do(scenes.plan, *values(window, script="Marta unties her boat.", narrator="none", most_usd="2"))
    assert doors.studio.project(window["project"]).most_usd == 2.0
    again = Tab(doors, window["project"])
    assert again["scene-most_usd"] == "2.00"
    again.do(scenes.save, *values(again, most_usd=""))
    assert doors.studio.project(window["project"]).most_usd is None


@pytest.fixture
def bell(doors: Doors, tmp_path: Path) -> Tab:
    """A window with a scene video whose three scenes are written."""
    name = small_scenes(doors.studio, tmp_path, narration=False)
    doors.studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    return Tab(doors, name)


def scene_of(window: Tab, number: int) -> SceneCard:
    return window.doors.studio.cards(window["project"]).scenes[number - 1]


def test_scenes_and_environments_are_shown_as_cards_and_each_field_saves_itself(bell: Tab) -> None:
    assert bell["scene-board"].count("<section") == 3
    assert "Scene 1 <span>2 clips · 10 s</span>" in bell["scene-board"]
    assert bell["scene-places"].count("<textarea") == 3
    told = {
        "act": "edit",
        "cell": "action",
        "line": "2",
        "was": scene_of(bell, 2).action,
        "value": "A <whale> breathes.",
    }
    bell.act(scene_cards.on_board, told)
    assert "A &lt;whale&gt; breathes." in bell["scene-board"]
    bell.act(scene_cards.on_board, {"act": "set", "set": "camera", "line": "2", "was": scene_of(bell, 2).camera, "value": "Crane Up"})  # fmt: skip
    bell.act(scene_cards.on_board, {"act": "set", "set": "duration", "line": "2", "was": "5", "value": "10"})
    assert (scene_of(bell, 2).camera, scene_of(bell, 2).duration_s) == ("Crane Up", 10)
    bell.act(scene_cards.on_places, {"act": "edit", "cell": "place", "line": "3", "was": "no such words", "value": "x"})
    assert bell.said[-1]["act"] == "reload"
    bell.act(scene_cards.on_board, {"act": "set", "set": "environment", "line": "2", "was": "2", "value": "new"})
    assert scene_of(bell, 2).environment == 4
    assert "Not used" in bell["scene-places"]
    bell.act(scene_cards.on_places, {"act": "drop-place", "place": "2"})
    assert scene_of(bell, 2).environment == 3


def test_scenes_are_moved_inserted_and_deleted_and_undo_takes_it_back(bell: Tab) -> None:
    assert 'id="scene-undo" disabled' in bell["scene-places"]
    bell.act(scene_cards.on_board, {"act": "later", "scene": "1"})
    bell.act(scene_cards.on_board, {"act": "insert", "scene": "3"})
    bell.act(scene_cards.on_board, {"act": "drop-scene", "scene": "1"})
    ids = [card.id for card in bell.doors.studio.cards("bell").scenes]
    assert ids == [1, 3, 4]
    assert bell.said[-1]["act"] == "undo"
    for _ in range(3):
        bell.act(scene_cards.on_places, {"act": "undo"})
    assert [card.id for card in bell.doors.studio.cards("bell").scenes] == [1, 2, 3]
    assert 'id="scene-undo" disabled' in bell["scene-places"]


def test_a_field_that_another_window_changed_is_not_overwritten(bell: Tab) -> None:
    seen = scene_of(bell, 1).name
    bell.doors.studio.edit_scene("bell", 1, name="The quay")
    bell.act(scene_cards.on_board, {"act": "edit", "cell": "name", "line": "1", "was": seen, "value": "The pier"})
    assert bell.said[-1]["act"] == "reload"
    assert scene_of(bell, 1).name == "The quay"


def test_the_scenes_can_be_written_alone(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(doors.runs, "make", lambda name, *, until="": asked.append((name, until)))
    window = Tab(doors)
    window.do(scenes.write, *values(window, script=SCRIPT, narrator="none"))
    assert asked == [(window["project"], "shots")]


def test_takes_of_a_clip_stand_under_its_scene_to_be_picked(bell: Tab) -> None:
    studio = bell.doors.studio
    for _ in range(2):
        studio.run("bell", tell=lambda number, event: None, stop=threading.Event(), until="images")
        studio.retake("bell", 1, "image")
    window = Tab(bell.doors, "bell")
    assert "Take 2" in window["scene-board"]
    first = studio.clip_takes("bell")[1][0]
    window.act(scene_cards.on_board, {"act": "pick", "shot": "1", "what": "image", "take": first.id})
    assert studio.clip_takes("bell")[1][0].is_current
    window.values["shot"] = "1"
    window.do(shots.retake_of("image"))
    assert window.said[-1]["label"] == "Make video"


def test_a_folder_is_found_by_its_names_and_nothing_outside_the_roots_is(doors: Doors, tmp_path: Path) -> None:
    old = tmp_path / "videos"
    shutil.unpack_archive(old_zip(tmp_path), old)
    (tmp_path / "secret").mkdir()
    (old / "out").symlink_to(tmp_path / "secret")
    (old / ".hidden").mkdir()
    doors = dataclasses.replace(doors, settings=dataclasses.replace(doors.settings, folders=(old,)))
    window = Tab(doors)
    window.keep(scenes.on_folders(doors, {"act": "look", "root": "0", "parts": "[]"}))
    assert "video_20240601_123456" in window["scene-bring"]
    assert ">out<" not in window["scene-bring"]
    assert ".hidden" not in window["scene-bring"]
    for root, parts in (("0", '["out"]'), ("0", '[".."]'), ("0", '["/etc"]'), ("1", "[]"), ("0", '["."]'), ("x", "[")):
        window.keep(answered(scenes.on_folders, doors, {"act": "explain", "root": root, "parts": parts}))
        assert window.said[-1]["kind"] == "error"


def test_a_chosen_folder_gets_what_it_lacks_when_its_film_is_made_though_it_was_renamed(
    doors: Doors, queued: list[str], tmp_path: Path
) -> None:  # fmt: skip
    shutil.unpack_archive(old_zip(tmp_path), tmp_path / "videos")
    doors = dataclasses.replace(doors, settings=dataclasses.replace(doors.settings, folders=(tmp_path / "videos",)))
    old = tmp_path / "videos/video_20240601_123456"
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    window = Tab(doors)
    window.keep(scenes.on_folders(doors, {"act": "explain", "root": "0", "parts": f'["{old.name}"]'}))
    eventually(lambda: old_videos.newest(doors))
    key = old_videos.newest(doors)
    window.act(scenes.on_found, {"act": "in-place", "key": key, "value": "yes"}, *values(window))
    assert " checked>" in window["scene-found"]
    options = SceneOptions.model_validate({**SMALL, "narration": False})
    run = old_videos.go_on(doors, key, options, is_made=True)
    eventually(lambda: not doors.runs.get(run.id).is_active)
    stop = old_videos.watch(doors)
    name = doors.keeper.rename(queued[0], "forest film")
    doors.studio.run(name, tell=lambda number, event: None, stop=threading.Event())
    doors.runs.work("make", name, lambda tell, stop: {})  # a run of it is over
    eventually(lambda: any(run.kind == "write_back" and not run.is_active for run in doors.runs.runs()))
    stop()
    assert {path: path.read_bytes() for path in before} == before
    assert doors.studio.scan_scene_video(old).scenes[0].status == "done"
