"""From story to shots: counts, lengths to the frame, sizes, moves and the words of each prompt."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.model.camera import parse_camera
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.model.story import Character, Scene, Story
from studio.planning.filming.allotment import spread_narration
from studio.planning.filming.scripts import read_story, title_of_prompts
from studio.planning.filming.shots import complete_shots, estimate_shot_count, plan_shots, scene_count_for
from studio.planning.filming.timing import Need, share_time
from studio.planning.language import speech_s, split_sentences
from studio.planning.telling.scene_graph import build_scene_graph
from studio.steps.filming.assemble_film import chapter_titles, scenes_of

SAMPLE = Path(__file__).parents[2] / "assets" / "samples" / "story.json"
SIZE = re.compile(r"^(Extreme wide shot|Wide shot|Full shot|Medium shot|Medium close-up|Close-up|Extreme close-up), ")

VOCABULARY = ("the", "sea", "was", "calm", "and", "Maria", "waited", "by", "her", "lamp", "until", "dawn")
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14)
SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words).capitalize() + "."), max_size=4).map(" ".join)
SCENES = st.builds(
    Scene,
    location=st.sampled_from(["the harbour", "the lighthouse", "lighthouse, night", ""]),
    characters=st.sampled_from([(), ("Maria",), ("Maria", "old Tom"), ("two dogs",)]),
    action=SENTENCES,
    narration=SENTENCES,
    emotion=st.sampled_from(["joy", "fear", "neutral", "odd word"]),
)
STORIES = st.builds(Story, title=st.just("T"), scenes=st.lists(SCENES, min_size=1, max_size=8).map(tuple))


def planned(story: Story, options: FilmOptions) -> tuple[Shot, ...]:
    return plan_shots(story, build_scene_graph(story), options)


def one_scene(**fields: object) -> Story:
    given_fields = {"location": "the harbour", "characters": ("Ana",)} | fields
    cast = (Character(name="Ana", look="an old woman in a yellow raincoat"), Character(name="Rex", look="a black dog"))
    return Story(title="T", scenes=(Scene.model_validate(given_fields),), cast=cast)


def sample_story() -> Story:
    return read_story(SAMPLE)


def frames(shots: tuple[Shot, ...], fps: int) -> int:
    return sum(round(shot.duration_s * fps) for shot in shots)


@settings(max_examples=60, deadline=None)
@given(
    story=STORIES,
    seconds=st.integers(20, 300),
    shots=st.none() | st.integers(1, 30),
    fps=st.sampled_from([12, 24, 25, 30]),
)
def test_frames_add_up_to_the_asked_length_or_the_words_need_more(
    story: Story, seconds: int, shots: int | None, fps: int
):
    options = FilmOptions(seconds=seconds, shots=shots, fps=fps)
    plan = planned(story, options)
    total = frames(plan, fps)
    needed = sum(0.3 + speech_s(shot.narration, 2.5) if shot.narration else 0.75 for shot in plan)
    is_longer = total > seconds * fps
    assert total >= seconds * fps
    assert not is_longer or needed + len(plan) / fps > seconds
    assert all(abs(shot.duration_s * fps - round(shot.duration_s * fps)) < 1e-6 for shot in plan)


@settings(max_examples=60, deadline=None)
@given(story=STORIES, shots=st.none() | st.integers(1, 30))
def test_no_word_is_lost_and_none_is_said_twice(story: Story, shots: int | None):
    plan = planned(story, FilmOptions(shots=shots))
    said = " ".join(shot.narration for shot in plan if shot.narration)
    assert said.split() == " ".join(scene.narration for scene in story.scenes).split()


@settings(max_examples=40, deadline=None)
@given(story=STORIES, shots=st.integers(1, 40))
def test_the_asked_number_of_shots_is_planned_and_neighbours_differ(story: Story, shots: int):
    plan = planned(story, FilmOptions(shots=shots))
    assert [shot.index for shot in plan] == list(range(1, shots + 1))
    sizes = [SIZE.match(shot.image_prompt).group(1) for shot in plan]  # type: ignore[union-attr]
    assert all(a != b for a, b in pairwise(sizes))
    moves = [parse_camera(shot.camera) for shot in plan]
    assert not any(move.is_guess for move in moves)
    assert all(a.kind != b.kind for a, b in pairwise(moves))


@settings(max_examples=200, deadline=None)
@given(
    speech=st.lists(st.floats(0, 8), min_size=1, max_size=40),
    seconds=st.floats(4, 300),
    fps=st.sampled_from([1, 24, 25, 30, 60]),
)
def test_every_narration_fits_into_its_shot(speech: list[float], seconds: float, fps: int):
    needs = [Need(seconds_of_speech) for seconds_of_speech in speech]
    durations = share_time(needs, seconds=seconds, fps=fps)
    comfortable = sum(need.speech_s + 0.7 if need.speech_s else 1.5 for need in needs) + len(needs) / fps
    for need, duration in zip(needs, durations, strict=True):
        assert duration > need.speech_s
        if comfortable <= seconds:
            assert duration >= (need.speech_s + 0.7 if need.speech_s else 1.5) - 1e-6


def test_a_film_of_forty_seconds_has_about_nine_shots_of_two_seconds_or_more():
    plan = planned(sample_story(), FilmOptions(seconds=40))
    assert 7 <= len(plan) <= 10
    assert frames(plan, 24) == 40 * 24
    assert min(shot.duration_s for shot in plan) >= 2


def test_long_narration_makes_the_film_longer_and_is_never_cut():
    text = "One two three four five six seven eight nine ten. " * 30
    plan = planned(one_scene(narration=text), FilmOptions(seconds=20))
    assert sum(shot.duration_s for shot in plan) > 120
    assert all(shot.duration_s >= speech_s(shot.narration, 2.5) + 0.7 - 1e-6 for shot in plan if shot.narration)


def test_a_slow_language_gets_more_time_for_the_same_words():
    story = one_scene(narration="One two three four five six seven eight nine ten. " * 8)
    hindi, english = (planned(story, FilmOptions(seconds=20, language=lang)) for lang in ("hi", "en"))
    assert sum(shot.duration_s for shot in hindi) > 1.3 * sum(shot.duration_s for shot in english)


def test_without_narration_the_words_do_not_stretch_the_film():
    story = one_scene(narration="word " * 400)
    assert frames(planned(story, FilmOptions(seconds=10, narration=False)), 24) == 240


def test_fewer_shots_than_scenes_still_tell_everything():
    plan = planned(sample_story(), FilmOptions(shots=2, seconds=60))
    assert len(plan) == 2
    assert "girl" in plan[0].narration
    assert "forty years" in plan[1].narration


def test_scenes_with_a_given_length_keep_their_proportion():
    scenes = (Scene(location="a", scene_duration=30), Scene(location="b", scene_duration=10))
    plan = planned(Story(title="T", scenes=scenes), FilmOptions(seconds=40))
    first = sum(shot.duration_s for shot in plan if shot.scene == 1)
    assert first > 20


def test_a_scene_graph_edited_by_hand_changes_the_prompts():
    story = sample_story()
    graph = build_scene_graph(story)
    old = "an old man with a grey moustache in a brown apron"
    edited = graph.model_validate_json(graph.model_dump_json().replace(old, "a young man in a green waistcoat"))
    prompts = " ".join(shot.image_prompt for shot in plan_shots(story, edited, FilmOptions()))
    assert "a young man in a green waistcoat" in prompts
    assert old not in prompts


def test_a_look_goes_word_for_word_into_each_shot_of_its_character():
    plan = planned(sample_story(), FilmOptions(shots=12, seconds=60))
    acting = [
        shot.image_prompt.casefold()
        for shot in plan
        if "the girl" in shot.motion_prompt or "small girl" in shot.motion_prompt
    ]
    assert len(acting) >= 3
    assert all("a small girl with black hair in a green coat" in prompt for prompt in acting)


def test_names_never_stand_in_picture_prompts():
    plan = planned(sample_story(), FilmOptions(shots=20, seconds=90))
    assert not any(re.search(r"\b(?:Anselm|Lio)\b", shot.image_prompt) for shot in plan)


def test_a_pronoun_is_told_by_the_look_it_means():
    plan = planned(
        one_scene(action="Ana opens the door. She follows Rex. He leads her to the boat."), FilmOptions(shots=3)
    )
    assert plan[1].image_prompt.split(": ")[1].startswith("an old woman in a yellow raincoat follows a black dog")
    assert "She" not in plan[1].image_prompt


def test_her_lamp_after_her_look_stays_her_lamp():
    shot = planned(one_scene(action="Ana lifts her lamp."), FilmOptions(shots=1))[0]
    assert "an old woman in a yellow raincoat lifts her lamp." in shot.image_prompt


def test_a_second_verb_gets_its_doer():
    plan = planned(one_scene(action="Ana climbs the stairs and lights the lamp."), FilmOptions(shots=2))
    assert "an old woman in a yellow raincoat climbs the stairs." in plan[0].image_prompt
    assert "an old woman in a yellow raincoat lights the lamp." in plan[1].image_prompt


def test_an_action_without_a_doer_gets_the_scenes_character():
    shot = planned(one_scene(action="Climbing the stairs with a lantern"), FilmOptions(shots=1))[0]
    assert "an old woman in a yellow raincoat climbing the stairs with a lantern." in shot.image_prompt


def test_three_shots_of_one_action_show_place_action_and_face():
    plan = planned(one_scene(action="Ana mends a net.", emotion="joy"), FilmOptions(shots=3))
    assert re.match(r"(?:Extreme w|W)ide shot, [\w ]+\. The harbour", plan[0].image_prompt)
    assert "mends a net" in plan[1].image_prompt
    assert "smiles" in plan[2].image_prompt
    assert len({shot.image_prompt for shot in plan}) == 3


def test_a_prop_gets_its_detail():
    plan = planned(one_scene(action="Ana reads.", props=("a torn letter",)), FilmOptions(shots=4))
    assert any(re.search(r"lose-up, eye level: a torn letter\. ", shot.image_prompt) for shot in plan)


def test_the_first_close_look_at_a_prop_shows_who_cares_and_the_next_one_the_feeling():
    scene = {"action": "Ana reads.", "emotion": "joy", "props": ("torn letter",)}
    first, second = one_scene(**scene).scenes[0], one_scene(**scene, location="the pier").scenes[0]
    plan = planned(one_scene().model_copy(update={"scenes": (first, second)}), FilmOptions(shots=5, seconds=30))
    close = [shot.image_prompt for shot in plan if "closely at" in shot.image_prompt]
    assert [prompt.split(": ")[1].split(". ")[0] for prompt in close] == [
        "an old woman in a yellow raincoat looks closely at a torn letter"
    ]
    assert any("smiles" in shot.image_prompt for shot in plan)


def test_what_belongs_to_somebody_is_told_without_an_article_of_its_own():
    story = one_scene(action="Ana repairs the town's tower clock.", props=("tower clock",))
    shot = planned(story, FilmOptions(shots=1))[0]
    assert "repairs the town's tower clock." in shot.image_prompt


def test_a_new_place_opens_wide():
    plan = planned(sample_story(), FilmOptions(shots=12, seconds=60))
    seen: set[str] = set()
    for shot in plan:
        place = re.split(r"\. ", shot.image_prompt)[-1].split(",")[0]
        if place not in seen:
            assert re.match(r"Extreme wide|Wide|Full", shot.image_prompt)
        seen.add(place)


def test_sizes_are_evenly_spread_over_a_long_film():
    action = "Ana walks. Ana looks up. Ana kneels."
    scenes = tuple(Scene(location="the shore", characters=("Ana",), action=action, emotion="joy") for _ in range(20))
    plan = planned(Story(title="T", scenes=scenes), FilmOptions(seconds=300, shots=60))
    counts = Counter(SIZE.match(shot.image_prompt).group(1) for shot in plan)  # type: ignore[union-attr]
    assert len(counts) >= 5
    assert max(counts.values()) <= 60 * 0.4


def test_fear_is_seen_from_above_and_courage_from_below():
    above = planned(one_scene(action="Ana runs.", emotion="fear"), FilmOptions(shots=1))[0]
    below = planned(one_scene(action="Ana runs.", emotion="courage"), FilmOptions(shots=1))[0]
    assert "high angle" in above.image_prompt
    assert "low angle" in below.image_prompt


def test_place_time_weather_mood_and_style_end_the_prompt():
    story = one_scene(action="Ana waits.", time_of_day="night", weather="heavy rain", emotion="fear")
    shot = planned(story, FilmOptions(shots=1, style="ink"))[0]
    assert shot.image_prompt.endswith("The harbour, night, heavy rain, mood of fear, ink style.")


def test_rain_falls_in_the_motion_of_a_rainy_scene():
    shot = planned(one_scene(action="Ana waits.", weather="rain"), FilmOptions(shots=1))[0]
    move, subject, ambient = shot.motion_prompt.split("; ")
    assert move == shot.camera
    assert subject == "the old woman waits"
    assert "rain" in ambient or "drops" in ambient


def test_a_sentence_is_not_split_unless_it_is_very_long():
    assert spread_narration("The sea was calm, and she slept.", 2) == ["The sea was calm, and she slept.", ""]


def test_a_very_long_sentence_is_cut_where_a_clause_ends():
    text = (
        "The keeper lit the lamp as she had done for forty years, " * 2
        + "and then she sat down and listened to the sea until dawn."
    )
    first, second = spread_narration(text, 2)
    assert first.endswith(",")
    assert f"{first} {second}" == text


def test_abbreviations_do_not_end_a_sentence():
    assert split_sentences("Mr. Fox met Dr. J. Hare at 5 p.m. in St. Ives. He ran!") == [
        "Mr. Fox met Dr. J. Hare at 5 p.m. in St. Ives.",
        "He ran!",
    ]


@pytest.mark.parametrize(
    ("seconds", "shots", "count"), [(40, None, 6), (4, None, 1), (60, 3, 3), (7200, None, 24), (20, None, 3)]
)
def test_a_story_gets_as_many_scenes_as_its_length_bears(seconds: float, shots: int | None, count: int):
    assert scene_count_for(seconds, shots) == count


def test_the_estimate_for_a_story_is_what_the_plan_makes():
    story = sample_story()
    for options in (FilmOptions(), FilmOptions(shots=5), FilmOptions(seconds=120)):
        assert estimate_shot_count(options, story) == len(planned(story, options))
    assert estimate_shot_count(FilmOptions(seconds=45), "a fox in the snow") == 10


def test_own_prompts_get_camera_motion_and_share_the_time():
    shots = tuple(Shot(index=n, image_prompt=f"a boat {n}", **({"duration": 8} if n == 1 else {})) for n in (1, 2, 3))
    done = complete_shots(shots, FilmOptions(seconds=20))
    assert done[0].duration_s == 8
    assert frames(done, 24) == 480
    assert all(shot.camera and shot.motion_prompt.startswith(shot.camera) for shot in done)


def test_a_camera_the_user_wrote_stays():
    done = complete_shots((Shot(index=1, image_prompt="x", camera="whip pan"),), FilmOptions())
    assert done[0].camera == "whip pan"


def test_planning_twice_gives_the_same_shots():
    story = sample_story()
    assert planned(story, FilmOptions()) == planned(story, FilmOptions())


def test_two_thousand_shots_are_planned_in_seconds():
    scenes = tuple(
        Scene(location=f"hall {n}", characters=("Ana",), action="Ana walks.", narration="She walks on.")
        for n in range(800)
    )
    plan = planned(Story(title="T", scenes=scenes), FilmOptions(seconds=7200, shots=2000))
    assert len(plan) == 2000


def test_only_one_shot_of_a_film_shows_a_place_without_anybody() -> None:
    scenes = tuple(
        Scene(location=place, characters=("Ana",), action="Ana waits.")
        for place in ("the pier", "the market", "the tower", "the beach")
    )
    story = Story(title="Waiting", scenes=scenes)
    shots = plan_shots(story, build_scene_graph(story), FilmOptions(seconds=60, narration=False))
    empty = [shot for shot in shots if ":" not in shot.image_prompt.split(".")[0]]
    assert len(empty) <= 1


def test_a_snow_covered_pass_keeps_its_name() -> None:
    story = Story(title="Pass", scenes=(Scene(location="a snow-covered pass", action="A man waits."),))
    (shot, *_) = plan_shots(story, build_scene_graph(story), FilmOptions(seconds=5))
    assert "A snow-covered pass" in shot.image_prompt


PROMPTS = (
    "A night hill under stars, a boy with a telescope",
    "A beach at noon, a dog runs",
    "The dog sleeps",
    "A kitchen, a woman bakes bread",
    "The boy comes back to the night hill",
)


def test_prompts_of_different_places_are_different_scenes_named_after_them():
    shots = complete_shots([Shot(index=n, image_prompt=words) for n, words in enumerate(PROMPTS, 1)], FilmOptions())
    assert [shot.scene for shot in shots] == [1, 2, 2, 3, 1]
    assert chapter_titles(scenes_of(shots), [1, 2, 3, 1]) == [
        "The night hill",
        "The beach",
        "The kitchen",
        "The night hill again",
    ]


def test_scenes_that_the_user_numbered_stay():
    shots = [Shot(index=n, scene=7, image_prompt=words) for n, words in enumerate(PROMPTS, 1)]
    assert {shot.scene for shot in complete_shots(shots, FilmOptions())} == {7}


def test_an_unknown_camera_word_stays_the_users_but_is_no_part_of_the_motion():
    (shot,) = complete_shots([Shot(index=1, image_prompt="A lake", camera="wobble")], FilmOptions())
    assert shot.camera == "wobble"
    assert shot.motion_prompt.startswith("slow push in; ")


def test_a_list_of_prompts_is_called_after_what_its_first_picture_shows():
    assert title_of_prompts([Shot(index=1, image_prompt=PROMPTS[0])]) == "A night hill under stars"
    assert title_of_prompts([Shot(index=1, image_prompt="Wide shot, low angle: a fox. Snow.")]) == "A fox"


def test_snow_lies_in_every_place_until_a_warmer_season_or_other_weather_is_told() -> None:
    places = ("a snowy forest", "a lonely hut", "a frozen ford", "a village")
    actions = ("A man waits.", "A man sleeps.", "Rain falls on the ice.", "Spring comes, a man dances.")
    scenes = tuple(Scene(location=at, action=does) for at, does in zip(places, actions, strict=True))
    shots = planned(Story(title="Winter", scenes=scenes), FilmOptions(shots=4))
    assert ["snow" in shot.image_prompt.lower() for shot in shots] == [True, True, False, False]
