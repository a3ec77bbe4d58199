"""A person at the scenes of a scene video: reworded, inserted, moved, and only what changed is made again."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from studio.core.saving import OlderSave
from studio.errors import BadInput, UserError
from studio.model.scenes import SceneOptions
from studio.service import Studio
from tests.scene_media import small_scenes


def made(studio: Studio, name: str, until: str) -> list[str]:
    return studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until=until).made


def planned(studio: Studio, name: str, until: str = "videos") -> list[str]:
    return [item.name for item in studio.plan(name, until=until).make]


def document(studio: Studio, name: str, file: str = "scenes.json") -> list[dict]:
    return json.loads((studio.directory(name) / file).read_text())


@pytest.fixture
def bell(studio: Studio, tmp_path: Path) -> str:
    """Three scenes that are written, the first of two clips; nothing is drawn yet."""
    name = small_scenes(studio, tmp_path, narration=False)
    made(studio, name, "shots")
    return name


@pytest.fixture
def filmed_bell(studio: Studio, bell: str) -> str:
    made(studio, bell, "videos")
    return bell


def test_the_cards_say_what_the_documents_say(studio, bell):
    cards = studio.cards(bell)
    assert [card.clips for card in cards.scenes] == [(1, 2), (4,), (7,)]
    assert [card.duration_s for card in cards.scenes] == [10, 5, 5]
    assert [card.narration for card in cards.scenes] == [
        "Every morning Marta unties her boat.", "The sea is calm today.", "She is home. The bell rings.",
    ]  # fmt: skip
    assert [place.used for place in cards.environments] == [(1,), (2,), (3,)]
    assert cards.environments[0].text == document(studio, bell)[0]["scene_physical_environment"]


def test_another_camera_makes_the_clips_of_that_scene_again_and_none_of_its_pictures(studio, filmed_bell):
    studio.edit_scene(filmed_bell, 3, camera="slow push in")
    assert document(studio, filmed_bell)[2]["scene_camera_movement"] == "Push In"
    assert document(studio, filmed_bell, "scene_metadata_no_env.json")[2]["scene_camera_movement"] == "Push In"
    assert planned(studio, filmed_bell) == ["videos/shot_007.mp4"]
    assert made(studio, filmed_bell, "videos") == ["videos/shot_007.mp4"]


def test_what_a_person_said_of_a_single_clip_stays_when_its_scene_is_changed(studio, bell):
    studio.edit_shot(bell, 2, image_prompt="A gull on a mast")
    studio.edit_scene(bell, 1, camera="Pan Left")
    studio.edit_scene(bell, 2, action="A whale breathes.")
    shots = {one.shot.index: one.shot for one in studio.shots(bell)}
    assert (shots[2].image_prompt, shots[2].camera) == ("A gull on a mast", "Pan Left")
    assert "whale" in shots[4].image_prompt


def test_what_is_said_over_a_scene_is_spread_over_its_clips(studio, bell):
    studio.edit_scene(bell, 1, narration="The boat is old. The sea is older.")
    shots = {one.shot.index: one.shot.narration for one in studio.shots(bell)}
    assert (shots[1], shots[2], shots[4]) == ("The boat is old.", "The sea is older.", "The sea is calm today.")
    assert planned(studio, bell, until="shots") == []
    (studio.directory(bell) / "shots.json").unlink()
    made(studio, bell, "shots")
    assert studio.cards(bell).scenes[0].narration == "The boat is old. The sea is older."


def test_a_shorter_scene_has_fewer_clips_and_a_longer_one_its_old_ones(studio, filmed_bell):
    studio.edit_scene(filmed_bell, 1, duration=5)
    assert [one.shot.index for one in studio.shots(filmed_bell)] == [1, 4, 7]
    studio.edit_scene(filmed_bell, 1, duration=10)
    assert [one.shot.index for one in studio.shots(filmed_bell)] == [1, 2, 4, 7]
    studio.edit_scene(filmed_bell, 3, duration=15)
    assert [name for name in planned(studio, filmed_bell) if name.startswith("videos/")] == [
        "videos/shot_008.mp4", "videos/shot_009.mp4",
    ]  # fmt: skip


def test_a_reworded_environment_reaches_the_scenes_that_play_there(studio, bell):
    studio.edit_scene(bell, 3, environment=2)
    studio.edit_environment(bell, 2, "A sea of green glass.")
    assert [row["scene_physical_environment"] for row in document(studio, bell)][1:] == ["A sea of green glass."] * 2
    prompts = [one.shot.image_prompt for one in studio.shots(bell)]
    assert ["green glass" in prompt for prompt in prompts] == [False, False, True, True]


def test_an_environment_that_is_edited_in_its_file_reaches_the_scene_that_was_put_there(studio, bell):
    studio.edit_scene(bell, 3, environment=2)
    rows = document(studio, bell, "scene_physical_environment.json")
    rows[1]["scene_physical_environment"] = "A sea of ink."
    (studio.directory(bell) / "scene_physical_environment.json").write_text(json.dumps(rows))
    studio.edit_scene(bell, 1, name="The harbour")
    assert [row["scene_physical_environment"] for row in document(studio, bell)][1:] == ["A sea of ink."] * 2


def test_a_new_environment_can_be_gone_again_while_nobody_plays_there(studio, bell):
    number = studio.add_environment(bell, "A lighthouse.", scene=1).number
    assert document(studio, bell)[0]["scene_physical_environment"] == "A lighthouse."
    with pytest.raises(UserError, match="Environment 4 is where scene 1 plays"):
        studio.delete_environment(bell, number)
    studio.delete_environment(bell, 1)
    assert [place.used for place in studio.cards(bell).environments] == [(2,), (3,), (1,)]


def test_a_moved_scene_keeps_its_files(studio, bell, tmp_path):
    filmed = small_scenes(studio, tmp_path, name="camera", narration=False, first_frames=True)
    made(studio, filmed, "videos")
    studio.move_scene(filmed, 3, 1)
    assert [row["scene_number"] for row in document(studio, filmed)] == [1, 2, 3]
    assert [one.shot.index for one in studio.shots(filmed)] == [7, 1, 2, 4]
    assert planned(studio, filmed) == []


def test_a_new_scene_is_made_alone_under_a_number_of_its_own(studio, tmp_path):
    name = small_scenes(studio, tmp_path, narration=False, first_frames=True)
    made(studio, name, "videos")
    studio.insert_scene(name, 1, action="A gull flies over the harbour.")
    assert [card.clips for card in studio.cards(name).scenes] == [(1, 2), (10,), (4,), (7,)]
    assert planned(studio, name) == ["images/shot_010.png", "videos/shot_010.mp4"]
    studio.delete_scene(name, 2)
    assert planned(studio, name) == []


def test_the_documents_alone_say_the_same_as_the_cards_said(studio, bell):
    studio.insert_scene(bell, 1, action="A gull flies.", environment=3)
    studio.move_scene(bell, 4, 1)
    rows, shots = document(studio, bell), [one.shot.index for one in studio.shots(bell)]
    for file in ("scenes.json", "shots.json"):
        (studio.directory(bell) / file).unlink()
    made(studio, bell, "shots")
    assert document(studio, bell) == rows
    assert [one.shot.index for one in studio.shots(bell)] == shots


def test_undo_and_redo_walk_through_changes_of_scenes_environments_and_clips(studio, bell):
    assert studio.can_undo(bell) == (False, False)
    states = [studio.cards(bell)]
    for change in (
        lambda: studio.edit_scene(bell, 2, action="A whale breathes."),
        lambda: studio.add_environment(bell, "A lighthouse."),
        lambda: studio.edit_shot(bell, 4, camera="Pan Left"),
        lambda: studio.edit_environment(bell, 1, "A quay."),
        lambda: studio.delete_scene(bell, 1),
    ):
        change()
        states.append(studio.cards(bell))
    for state in reversed(states[:-1]):
        studio.undo(bell)
        assert studio.cards(bell) == state
        assert planned(studio, bell, until="shots") == []
    assert studio.can_undo(bell) == (False, True)
    for state in states[1:]:
        studio.redo(bell)
        assert studio.cards(bell) == state


def test_undo_says_which_scene_is_as_before(studio, bell):
    studio.edit_scene(bell, 2, action="A whale breathes.")
    assert studio.undo(bell) == "Scene 2: action as before."


def test_an_older_look_at_a_scene_changes_nothing(studio, bell):
    seen = studio.cards(bell).scenes[1].revision
    studio.edit_scene(bell, 2, if_revision=seen, action="A whale breathes.")
    with pytest.raises(OlderSave, match="Scene 2 of bell was changed"):
        studio.edit_scene(bell, 2, if_revision=seen, action="A ship sinks.")
    assert studio.cards(bell).scenes[1].action == "A whale breathes."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"duration": 7}, "Scene 2, duration: must be 5, 10 or 15 seconds"),
        ({"camera": "nicely"}, "names no move. There are Static, Move Left"),
        ({"environment": 9}, "environment: must be one of 1 to 3, is 9"),
    ],
)
def test_a_field_that_cannot_be_so_is_named(studio, bell, fields, said):
    before = studio.cards(bell)
    with pytest.raises(BadInput, match=said):
        studio.edit_scene(bell, 2, **fields)
    assert studio.cards(bell) == before


def test_the_last_scene_cannot_be_deleted(studio, bell):
    studio.delete_scene(bell, 3)
    studio.delete_scene(bell, 2)
    with pytest.raises(UserError, match="one scene at least"):
        studio.delete_scene(bell, 1)


def test_another_style_leaves_what_is_drawn_and_counts_for_what_is_not(studio, tmp_path):
    name = small_scenes(studio, tmp_path, narration=False, first_frames=True)
    made(studio, name, "videos")
    studio.edit_scene(name, 2, narration="The sea waits.")
    options = SceneOptions.model_validate(studio.project(name).options).model_copy(update={"style": "ink"})
    studio.set_scene_options(name, options)
    assert planned(studio, name) == []
    studio.edit_scene(name, 3, action="An owl cries.")
    assert planned(studio, name) == ["images/shot_007.png", "videos/shot_007.mp4"]
    assert "ink style" in studio.shots(name)[3].shot.image_prompt
    assert studio.cards(name).scenes[1].narration == "The sea waits."


def test_a_video_whose_scenes_are_not_written_has_no_cards(studio, tmp_path):
    name = small_scenes(studio, tmp_path)
    assert studio.cards(name).scenes == ()
    with pytest.raises(UserError, match="has no scenes yet"):
        studio.insert_scene(name, 0)
