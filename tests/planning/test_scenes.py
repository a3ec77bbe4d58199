from __future__ import annotations

import json
from itertools import pairwise

import pytest

from studio.model.camera import describe, parse_camera
from studio.model.scene_video import VideoScene
from studio.model.scenes import CAMERA_WORDS, SCENES, SceneOptions, camera_word, scenes_as_json
from studio.model.shot import Shot
from studio.model.story import Scene, Story
from studio.planning.filming.clips import begins_anew, clip_indices, plan_clips, said_over, spread_over, waves
from studio.planning.filming.scenes import plan_scenes, with_environments
from studio.planning.filming.scripts import read_script
from studio.planning.telling.random_script import as_script, request_for

_PLACES = ("the harbour", "the open sea", "the harbour", "a kitchen", "a forest")


def story(*places: str, words: int = 8) -> Story:
    scenes = [
        Scene(location=place, action="A fox runs along the path.", narration=f"{'word ' * (words - 1)}end.")
        for place in places
    ]
    return Story(title="Fox", scenes=tuple(scenes))


def scene(number: int, seconds: int = 5, movement: str = "A fox runs.") -> VideoScene:
    return VideoScene(
        scene_number=number,
        scene_physical_environment="A forest.",
        scene_movement_description=movement,
        scene_camera_movement="Push In",
        scene_duration=seconds,
    )


@pytest.mark.parametrize("word", CAMERA_WORDS)
def test_each_of_the_fifteen_camera_words_is_a_move_and_comes_back_as_itself(word):
    move = parse_camera(word)
    assert not move.is_guess
    assert camera_word(move) == word
    assert camera_word(parse_camera(describe(move))) == word


@pytest.mark.parametrize("words", ["slow drone forward", "tracking shot right", "handheld", "slow tilt up", "whatever"])
def test_every_other_move_has_one_of_the_fifteen_words(words):
    assert camera_word(parse_camera(words)) in CAMERA_WORDS


def test_a_story_of_many_scenes_becomes_as_many_as_are_allowed_with_nothing_lost():
    planned = plan_scenes(story(*_PLACES * 3), SceneOptions(max_scenes=4), 2.5)
    assert len(planned.scenes) == 4
    assert sum(text.count("end.") for text in planned.narration.values()) == 15


def test_scenes_share_at_most_so_many_environments():
    planned = plan_scenes(story(*_PLACES), SceneOptions(max_environments=2), 2.5)
    assert len(planned.environments) == 2
    assert {scene.scene_physical_environment for scene in planned.scenes} == set(planned.environments)
    assert planned.scenes[0].scene_physical_environment == planned.scenes[2].scene_physical_environment


@pytest.mark.parametrize(("words", "seconds"), [(5, 5), (24, 10), (36, 15), (200, 15)])
def test_a_scene_is_as_long_as_what_is_told_over_it(words, seconds):
    planned = plan_scenes(story("a forest", words=words), SceneOptions(), 2.5)
    assert planned.scenes[0].scene_duration == seconds


def test_a_script_of_fifteen_lines_is_told_to_the_word():
    lines = [f"Tomas and Lina carry basket number {n} from the shop to the pier." for n in range(15)]
    story = read_script("\n".join(lines))
    planned = plan_scenes(story, SceneOptions(), 2.5)
    said = said_over(planned.scenes, planned.narration, 2.5)
    assert len(said) == 5
    assert " ".join(said.values()) == " ".join(lines)


def test_no_two_neighbouring_scenes_move_alike_and_all_words_are_of_the_fifteen():
    moves = [one.scene_camera_movement for one in plan_scenes(story(*_PLACES), SceneOptions(), 2.5).scenes]
    assert all(move in CAMERA_WORDS for move in moves)
    assert all(one != other for one, other in pairwise(moves))


def test_one_place_by_day_and_by_night_is_two_environments_if_so_many_are_allowed():
    told = [
        ("the harbour", "dawn", None),
        ("the sea", "day", None),
        ("the harbour", "night", "rain"),
        ("the harbour", "dawn", None),
    ]
    scenes = [Scene(location=p, time_of_day=t, weather=w, action="A fox runs.", narration="A fox.") for p, t, w in told]
    planned = plan_scenes(Story(title="Fox", scenes=tuple(scenes)), SceneOptions(max_environments=3), 2.5)
    assert planned.places == (0, 1, 2, 0)


def test_a_reworded_environment_goes_to_its_scenes():
    planned = plan_scenes(story(*_PLACES), SceneOptions(max_environments=3), 2.5)
    new = [f"{words} with red roofs" for words in planned.environments]
    assert [one.scene_physical_environment for one in with_environments(planned, new)] == [
        new[place] for place in planned.places
    ]


def test_own_environments_go_where_their_words_fit():
    planned = plan_scenes(story(*_PLACES), SceneOptions(max_environments=5), 2.5)
    found = with_environments(planned, ["A kitchen full of copper pots", "The grey harbour"])
    assert found[0].scene_physical_environment == "The grey harbour"
    assert found[3].scene_physical_environment == "A kitchen full of copper pots"


def test_the_documents_have_the_fields_of_the_old_program_and_mirror_the_scene_before():
    planned = plan_scenes(story("a forest", "a kitchen"), SceneOptions(), 2.5)
    first, second = json.loads(scenes_as_json(planned.scenes))
    assert set(first) >= {
        "scene_number", "scene_name", "scene_physical_environment", "scene_movement_description", "scene_emotions",
        "scene_camera_movement", "scene_duration", "sound_effects_prompt", "artistic_style",
    }  # fmt: skip
    assert second["previous_scene_physical_environment"] == first["scene_physical_environment"]
    assert "scene_physical_environment" not in json.loads(scenes_as_json(planned.scenes, with_environment=False))[0]
    assert SCENES.validate_json(scenes_as_json(planned.scenes))[1].scene_name == planned.scenes[1].scene_name


def test_scenes_of_5_10_and_15_s_are_one_two_and_three_clips_that_move_as_the_scene_does():
    shots = plan_clips([scene(1), scene(2, 10), scene(3, 15)], {})
    assert [shot.scene for shot in shots] == [1, 2, 2, 3, 3, 3]
    assert {shot.duration_s for shot in shots} == {5.0}
    assert {shot.camera for shot in shots} == {"Push In"}


def test_a_scene_that_gets_longer_moves_no_file_of_another():
    before, after = clip_indices([scene(1), scene(2)]), clip_indices([scene(1, 15), scene(2)])
    assert before.items() <= after.items()


def test_clips_of_scenes_with_more_clips_than_usual_have_numbers_of_their_own():
    indices = clip_indices([scene(0), scene(1, 40), scene(2)])
    assert len(set(indices.values())) == len(indices) == 10
    assert min(indices.values()) >= 1


def test_scenes_that_count_from_0_are_two_scenes_of_the_film():
    assert [shot.scene for shot in plan_clips([scene(0), scene(1)], {})] == [1, 2]


def test_each_clip_shows_another_thing_that_happens():
    shots = plan_clips([scene(1, 10, "A fox runs. An owl lands on a branch.")], {})
    assert "fox" in shots[0].image_prompt
    assert "owl" in shots[1].image_prompt


def test_the_initial_prompt_is_shown_by_the_first_clip_alone():
    shots = plan_clips([scene(1, 10), scene(2)], {}, initial_prompt="A misty forest at dawn")
    assert [shot.image_prompt == "A misty forest at dawn" for shot in shots] == [True, False, False]


def test_one_text_is_spread_over_the_scenes_in_order_with_nothing_lost():
    spread = spread_over([scene(1), scene(2, 15)], "One. Two is here. Three. Four goes on.")
    assert " ".join(spread.values()) == "One. Two is here. Three. Four goes on."


def test_without_a_picture_of_its_own_each_clip_goes_on_from_the_one_before_over_scenes_too():
    shots = plan_clips([scene(1, 10), scene(2)], {})
    made = waves(shots, begins_anew(shots, each="film"))
    assert [[(one.index, before and before.index) for one, before in wave] for wave in made] == [
        [(1, None)], [(2, 1)], [(4, 2)],
    ]  # fmt: skip


def test_with_a_picture_for_every_scene_scenes_are_made_side_by_side():
    shots = plan_clips([scene(1, 10), scene(2)], {})
    made = waves(shots, begins_anew(shots, each="scene"))
    assert [[one.index for one, _ in wave] for wave in made] == [[1, 4], [2]]


def test_with_a_picture_for_every_clip_none_waits_for_another():
    shots = plan_clips([scene(1, 10), scene(2)], {})
    assert [[one.index for one, _ in wave] for wave in waves(shots, begins_anew(shots, each="clip"))] == [[1, 2, 4]]


def test_a_clip_whose_picture_was_asked_for_begins_anew():
    shots: list[Shot] = list(plan_clips([scene(1, 15)], {}))
    shots[1] = shots[1].model_copy(update={"retakes": {"image": 1}})
    assert begins_anew(shots, each="film") == {1, 2}


def test_a_made_up_script_is_read_back_as_the_story_it_is_of():
    written = story("the harbour", "a kitchen")
    read = read_script(as_script(written))
    assert read.title == "Fox"
    assert [one.location for one in read.scenes] == ["the harbour", "a kitchen"]
    assert [one.narration for one in read.scenes] == [one.narration for one in written.scenes]


def test_a_made_up_script_follows_from_its_seed():
    asked = [request_for("", "", 45.0, seed=seed).idea for seed in (1, 1, 2)]
    assert asked[0] == asked[1] != asked[2]
    assert request_for("a whale", "sad", 45.0, seed=1).idea == "A sad story about a whale"
