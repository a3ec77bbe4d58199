"""The Film tab's handlers, called as the browser would."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.core.at_work import telling
from studio.core.session import Session
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.runs.doors import Doors
from studio.runs.model import Run, new_run
from studio.ui import book_fields, dub_fields, fields, opening, scene_fields, shell
from studio.ui.tabs import film, shots
from tests.conftest import SMALL, small_film
from tests.scene_media import small_scenes
from tests.ui.conftest import Tab

SHOT = ("shot-image", "shot-motion", "shot-camera", "shot-narration", "shot-seconds", "shot-seed")


def small_fields(tab: Tab, **changes: Any) -> list[Any]:
    return tab.type(
        words="A boat finds an island", seconds=14, shots=4, size="160x90", fps=12, narrator="fake/tone", music=False,
        text="fake", image="fake", **changes,
    )  # fmt: skip


@pytest.fixture
def queued(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names that were asked to be made; nothing is started."""
    asked: list[str] = []

    def make(project: str) -> Run:
        asked.append(project)
        return new_run("make", project)

    monkeypatch.setattr(doors.runs, "make", make)
    return asked


def edited(tab: Tab, **changes: Any) -> list[Any]:
    """What the shot editor sends: what it was filled with, then its fields with these changed."""
    return [tab["shot-was"], *(changes.get(name.removeprefix("shot-"), tab[name]) for name in SHOT)]


def test_make_saves_a_new_film_and_queues_it(tab: Callable[..., Tab], doors: Doors, queued: list[str]) -> None:
    window = tab()
    window.do(film.make, *small_fields(window))
    assert queued == [window["project"]]
    assert doors.studio.project(window["project"]).idea == "A boat finds an island"
    assert window["project"] in window["header"]


def test_make_without_an_idea_says_what_to_do_and_makes_no_project(
    tab: Callable[..., Tab], doors: Doors, queued: list[str]
) -> None:
    window = tab()
    window.do(film.make, *small_fields(window)[:1], "  ", *window.fields[2:])
    assert "Write an idea first" in window.last_said
    assert not queued
    assert not doors.studio.projects()


def test_plan_lists_files_and_time_before_anything_is_made(tab: Callable[..., Tab], queued: list[str]) -> None:
    window = tab()
    window.do(film.plan, *small_fields(window))
    assert "files to make" in window["plan"]
    assert "Pictures" in window["plan"]
    assert "costs nothing" in window["plan"]
    assert not queued


def test_a_wrong_size_is_named_in_words(tab: Callable[..., Tab]) -> None:
    window = tab()
    window.do(film.plan, *small_fields(window)[:4], "wide", *window.fields[5:])
    assert window.last_said == "Size: wide is not WIDTHxHEIGHT, such as 1280x720."


def test_a_script_becomes_a_file_of_the_project(tab: Callable[..., Tab], doors: Doors) -> None:
    window = tab()
    text = "INT. BOAT - DAY\n\nA sailor looks at the sea.\n\nSAILOR\nLand!"
    small_fields(window)
    window.do(film.plan, *window.type(kind="script", words=text))
    source = doors.studio.project(window["project"]).source
    assert source["kind"] == "script"
    assert (doors.studio.directory(window["project"]) / source["file"]).read_text().strip() == text


@pytest.mark.parametrize("kind", [fields, scene_fields, dub_fields, book_fields])
def test_new_frees_every_field_whatever_was_open(doors: Doors, kind: Any) -> None:
    blank = opening.blank(doors)
    assert [name for name in kind.IDS if blank[name].get("interactive") is not True] == []
    buttons = ("make", "plan-button", "scene-make", "dub", "book-make")
    assert [name for name in buttons if blank[name].get("interactive") is not True] == []


def test_brought_prompts_are_shown_a_line_a_shot_and_taken_over_pictures_are_told(
    tab: Callable[..., Tab], doors: Doors, tmp_path: Path
) -> None:
    shots = [{"index": 1, "image_prompt": "a | bell", "narration": "It rang."}, {"index": 2, "image_prompt": "the sea"}]
    brought = tmp_path / "moments.json"
    brought.write_text(json.dumps(shots))
    still = tmp_path / "still.png"
    Image.new("RGB", (64, 48)).save(still)
    options = FilmOptions(narration=False)
    name = doors.studio.create_film(Source(kind="prompts"), options, brought=brought, stills={1: still})
    window = tab(name)
    assert window["film-words"] == "a \\| bell |  |  | It rang.\nthe sea"
    assert "The pictures are taken over" in window["board"]
    assert "No film yet<" in window["player"]
    window.do(film.save, *window.fields)
    assert doors.studio.project(name).source["file"].endswith(".json")


def test_a_list_of_prompts_edited_in_lines_keeps_what_lines_do_not_say(
    tab: Callable[..., Tab], doors: Doors, tmp_path: Path
) -> None:
    shots = [
        {"image_prompt": "a bell", "duration": 7, "seed": 5},
        {"image_prompt": "the sea", "duration": 3},
        {"image_prompt": "a gull", "duration": 9},
    ]
    brought = tmp_path / "moments.json"
    brought.write_text(json.dumps(shots))
    name = doors.studio.create_film(Source(kind="prompts"), FilmOptions(narration=False), brought=brought)
    window = tab(name)
    window.do(film.save, *window.type(words="# by Ann\na bell\na boat | it drifts\nthe sea, at night\na gull"))
    assert not window.said
    assert tab(name)["film-words"] == "a bell\na boat | it drifts\nthe sea, at night\na gull"
    window.do(film.save, *window.type(words="a bell at dawn\na boat | it drifts\na gull"))
    saved = json.loads((doors.studio.directory(name) / doors.studio.project(name).source["file"]).read_bytes())
    kept = [(one["image_prompt"], one.get("duration"), one.get("seed")) for one in saved]
    assert kept == [("a bell at dawn", 7, 5), ("a boat", None, None), ("a gull", 9, None)]


def test_loading_the_page_rebuilds_every_field(tab: Callable[..., Tab]) -> None:
    first = tab()
    first.do(film.plan, *small_fields(first, style="ink", seed=7))
    again = tab(first["project"])
    assert again.fields == first.fields


def test_the_page_of_a_finished_film_has_player_cards_and_downloads(tab: Callable[..., Tab], boat: str) -> None:
    window = tab(boat)
    assert "/media/boat/film.mp4?v=" in window["player"]
    assert window["board"].count('data-act="shot"') == 4
    assert "thumb=320" in window["board"]
    assert "/api/projects/boat/storyboard.pdf" in window["downloads"]
    assert "nothing needs to be made" in window["reason"]


def test_a_scene_video_opens_with_its_clips_and_is_made_on_its_own_tab(
    tab: Callable[..., Tab], doors: Doors, tmp_path: Path
) -> None:
    name = small_scenes(doors.studio, tmp_path)
    doors.studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="shots")
    window = tab(name)
    assert "scene video" in window["header"]
    assert 'data-shot="1"' in window["board"]
    assert "Every morning Marta unties her boat." in window["scene-script"]
    assert window.can_press("scene-make")
    assert not window.can_press("make")
    assert "Scene video" in window["reason"]


def test_an_unknown_project_opens_a_new_film_and_says_so(tab: Callable[..., Tab]) -> None:
    window = tab("gone")
    assert window["project"] == ""
    assert "There is no project gone" in window.last_said


def test_autosave_of_unchanged_fields_saves_nothing(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat)
    window.do(film.save, *window.fields)
    assert doors.studio.project(boat).model_dump().get("revision", 0) == 0


def test_the_older_of_two_windows_is_refused_and_offered_a_reload(
    tab: Callable[..., Tab], doors: Doors, boat: str
) -> None:
    first, second = tab(boat), tab(boat)
    first.do(film.save, *first.type(words="A boat finds a harbour"))
    second.do(film.save, *second.type(words="A boat sinks"))
    assert doors.studio.project(boat).idea == "A boat finds a harbour"
    assert second.said[-1]["act"] == "reload"
    second.act(shell.go, {"act": "reload"})
    assert second["film-words"] == "A boat finds a harbour"


def test_a_refresh_tells_of_another_windows_save_and_leaves_what_is_typed(tab: Callable[..., Tab], boat: str) -> None:
    first, second = tab(boat), tab(boat)
    first.do(film.save, *first.type(words="A boat finds a harbour"))
    answer = second.do(shell.refresh)
    assert "Saved in another window" in answer["header"]
    assert "film-words" not in answer or "value" not in answer["film-words"]


def test_while_a_film_is_made_it_can_be_paused_and_nothing_else_changed(
    tab: Callable[..., Tab], doors: Doors, boat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = new_run("make", boat, "running")
    with monkeypatch.context() as while_made:
        while_made.setattr(doors.runs, "runs", lambda **_: (run,))
        while_made.setattr(doors.runs, "active", lambda *_: (run,))
        window = tab(boat, "1")
    assert window.can_press("pause")
    assert window.can_press("stop")
    assert not window.can_press("make")
    assert not window.can_press("shot-delete")
    assert not window.can_press("film-words")
    assert "pause it to change shots" in window["shot-why"]


def test_an_interrupted_film_offers_to_resume(
    tab: Callable[..., Tab], doors: Doors, studio: Any, queued: list[str]
) -> None:
    name = small_film(studio)
    doors.runs.found_interrupted([name])
    window = tab(name)
    assert window.states["pause"]["value"] == "Resume"
    assert window.can_press("pause")
    window.do(film.pause_or_resume)
    assert queued == [name]


def test_changing_words_of_one_shot_marks_only_its_card(tab: Callable[..., Tab], boat: str) -> None:
    window = tab(boat)
    window.act(film.on_shot, {"act": "shot", "shot": "2"})
    window.do(shots.save, *edited(window, image="A whale under the moon"))
    cards = window["board"].split("<li>")[1:]
    assert ["changed" in card for card in cards] == [False, True, False, False]


def test_saving_an_unchanged_shot_changes_nothing(tab: Callable[..., Tab], boat: str) -> None:
    window = tab(boat, "2")
    assert window.do(shots.save, *edited(window)) == {}


def test_of_two_windows_on_one_shot_the_older_words_are_refused_and_others_are_joined(
    tab: Callable[..., Tab], doors: Doors, boat: str
) -> None:
    here, there = tab(boat, "2"), tab(boat, "2")
    there.do(shots.save, *edited(there, narration="Three from there."))
    here.do(shots.save, *edited(here, narration="Two from here."))
    assert here.said[-1]["act"] == "reload"
    assert doors.studio.shots(boat)[1].shot.narration == "Three from there."
    here.do(shots.save, *edited(here, camera="slow zoom in"))
    shot = doors.studio.shots(boat)[1].shot
    assert (shot.narration, shot.camera) == ("Three from there.", "slow zoom in")


def test_an_open_shot_follows_another_window_unless_something_is_typed_in_it(
    tab: Callable[..., Tab], boat: str
) -> None:
    here, there, typing = tab(boat, "2"), tab(boat, "2"), tab(boat, "2")
    there.do(shots.save, *edited(there, narration="Three from there."))
    here.do(shots.follow, *edited(here))
    assert here["shot-narration"] == "Three from there."
    assert typing.do(shots.follow, *edited(typing, narration="I am typing")) == {}


def test_the_camera_is_drawn_as_it_is_understood(doors: Doors) -> None:
    card = shots.show_move(doors, "fast pan left", "")["shot-move"]
    assert 'aria-label="fast pan left"' in card
    assert "turns left" in card


def test_a_film_that_another_program_makes_can_be_watched_and_says_where_it_is_steered(
    tab: Callable[..., Tab], doors: Doors, boat: str
) -> None:
    with Session(doors.studio.directory(boat)) as session, telling(session.directory, lambda number, event: None):
        doors.runs.look_elsewhere()
        window = tab(boat)
        assert "Another program on this computer is making this film" in window["reason"]
        assert "being made" in window["job"]
        assert not any(window.can_press(name) for name in ("make", "plan-button", "pause", "stop"))
        window.do(film.make, *window.fields)
        assert "made by another program" in window.last_said


def test_a_film_that_a_terminal_paused_says_so_and_can_go_on(
    tab: Callable[..., Tab], doors: Doors, queued: list[str]
) -> None:
    name, stop = small_film(doors.studio), threading.Event()
    doors.studio.run(name, tell=lambda number, event: stop.set() if number > 5 else None, stop=stop)
    window = tab(name)
    assert "paused" in window["job"]
    assert window.states["pause"]["value"] == "Resume"
    window.do(film.pause_or_resume)
    assert queued == [name]


def test_a_shot_moves_and_undo_moves_it_back(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat, "1")
    window.do(shots.later)
    assert [one.shot.index for one in doors.studio.shots(boat)] == [2, 1, 3, 4]
    window.do(film.undo)
    assert [one.shot.index for one in doors.studio.shots(boat)] == [1, 2, 3, 4]


def test_an_inserted_shot_is_open_and_stands_behind(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat, "2")
    window.do(shots.insert)
    assert window["shot"] == "5"
    assert [one.shot.index for one in doors.studio.shots(boat)] == [1, 2, 5, 3, 4]


def test_an_inserted_shot_has_no_words_and_no_film_is_made_of_it(
    tab: Callable[..., Tab], queued: list[str], boat: str
) -> None:
    window = tab(boat, "2")
    window.do(shots.insert)
    assert (window["shot-image"], window["shot-camera"]) == ("", "")
    window.do(film.make, *[window[name] for name in fields.IDS])
    assert "Shot 3 has no words yet" in window.said[-1]["text"]
    assert queued == []


def test_a_shot_without_words_is_made_of_the_picture_that_somebody_put_there(
    tab: Callable[..., Tab], queued: list[str], doors: Doors, boat: str
) -> None:
    window = tab(boat, "2")
    window.do(shots.insert)
    pictures = doors.studio.directory(boat) / "images"
    shutil.copyfile(pictures / "shot_001.png", pictures / "shot_005.png")
    window.do(film.make, *[window[name] for name in fields.IDS])
    assert queued == [boat]


def test_a_shot_whose_clip_was_changed_by_another_program_is_told_as_changed(
    tab: Callable[..., Tab], doors: Doors, boat: str
) -> None:
    clips = doors.studio.directory(boat) / "videos"
    shutil.copyfile(clips / "shot_001.mp4", clips / "shot_003.mp4")
    cards = tab(boat)["board"].split("<li>")[1:]
    assert ["changed" in card for card in cards] == [False, False, True, False]


def test_a_shot_without_a_picture_has_nothing_to_take_again(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat, "2")
    window.do(shots.insert)
    window.do(shots.retake_of("image"))
    assert "no picture yet" in window.said[-1]["text"]
    found = next(one.shot for one in doors.studio.shots(boat) if one.shot.index == 5)
    assert found.retakes == {}


def test_a_film_whose_shot_was_changed_is_not_told_as_done(tab: Callable[..., Tab], boat: str) -> None:
    window = tab(boat, "2")
    window.do(shots.save, *edited(window, image="A whale under the moon"))
    assert "changed since it was made" in window["job"]
    assert "finished" not in window["shot-head"]
    assert "changed" in window["shot-head"]


def test_a_shot_without_a_seed_of_its_own_shows_none(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat, "2")
    assert window["shot-seed"] in (None, "")
    window.do(shots.save, *edited(window, image="A whale under the moon", seed=""))
    assert doors.studio.shots(boat)[1].shot.seed is None


def test_a_deleted_shot_leaves_the_film_and_the_editor(tab: Callable[..., Tab], doors: Doors, boat: str) -> None:
    window = tab(boat, "2")
    window.do(shots.delete)
    assert [one.shot.index for one in doors.studio.shots(boat)] == [1, 3, 4]
    assert window["shot"] == ""
    assert window.states["editor"]["visible"] is False


def test_takes_stand_side_by_side_and_one_can_be_picked(
    tab: Callable[..., Tab], doors: Doors, studio: Any, boat: str
) -> None:
    import threading

    studio.retake(boat, 1, "image")
    studio.run(boat, tell=lambda number, event: None, stop=threading.Event())
    window = tab(boat, "1")
    assert window["shot-takes"].count("in the film") >= 1
    older = next(take for take in studio.takes(boat, 1) if take.name.startswith("images/") and not take.is_current)
    assert f"takes/images/shot_001.png/{older.id}.png" in window["shot-takes"]
    window.act(shots.pick, {"act": "pick", "what": "image", "take": older.id})
    assert "chosen: press Make" in window["shot-takes"]
    assert "in the film" not in window["shot-takes"]
    assert next(take for take in studio.takes(boat, 1) if take.id == older.id).is_current


def test_a_retake_that_would_be_the_same_is_off_and_says_why(tab: Callable[..., Tab], boat: str) -> None:
    window = tab(boat, "1")
    assert window.can_press("retake-image")
    assert not window.can_press("retake-narration")
    assert "change the words" in window["shot-why"]


def test_words_of_the_user_are_never_markup(tab: Callable[..., Tab], doors: Doors, studio: Any) -> None:
    bad = "<img src=x onerror=alert(1)>"
    name = small_film(studio, **{**SMALL, "style": bad})
    studio.set_title(name, bad)
    doors.runs.found_interrupted([name])
    window = tab(name)
    shown = "".join(value for value in window.values.values() if isinstance(value, str) and "<div" in value)
    assert "<img src=x" not in shown + window["header"] + window["list"]


def test_a_limit_is_typed_in_and_the_price_stands_beside_the_buttons_before_anything_is_asked(
    tab: Callable[..., Tab], doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_LTX_API_KEY", "sk-secret-secret-1")
    window = tab()
    small_fields(window)
    window.do(film.plan, *window.type(seconds=6, shots=2, size="1280x720", video="ltx", most_usd="lots"))
    assert "Spend at most: lots is no amount in US dollars" in window.last_said
    window.do(film.plan, *window.type(most_usd="$0,35"))
    assert doors.studio.project(window["project"]).most_usd == 0.35
    for place in ("reason", "plan"):
        assert "about $0.36 (2 by LTX; prices of" in window[place]
        assert "more than the limit of $0.35 allows" in window[place]
    again = tab(window["project"])
    assert again["film-most_usd"] == "0.35"
    again.do(film.save, *again.type(most_usd=""))
    assert doors.studio.project(window["project"]).most_usd is None
    assert "limit" not in again["reason"]


def test_what_only_some_engines_can_do_is_offered_with_these_and_kept(
    tab: Callable[..., Tab], doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_GEMINI_API_KEY", "AIza-secret-secret-1")
    ticks = ("film-sheets", "film-continue_shots")
    for image, video, seen in (("storyboard", "camera", [False, False]), ("gemini", "fake", [True, True])):
        answer = film.choose_engine(doors, image, video)
        assert [answer[name]["visible"] for name in ticks] == seen
    window = tab()
    small_fields(window)
    window.do(film.plan, *window.type(image="gemini", video="fake", sheets=False, continue_shots=True))
    options = doors.studio.project(window["project"]).options
    assert (options["sheets"], options["continue_shots"]) == (False, True)
    again = tab(window["project"])
    assert [again[name] for name in ticks] == [False, True]
