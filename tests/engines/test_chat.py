"""Answers of language models: read, mended once, asked for in smaller parts, made into a story that can be filmed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from studio.engines.agents import agent, narration_styles
from studio.engines.chat.ladder import Question, Reply, read_json, schema_of, without_bounds
from studio.engines.chat.storyteller import CAMERA_WORDS, _Outline, _Scenes, cut_to, spoken_words, tell_story
from studio.errors import Cancelled, UnusableOutput, UserError
from studio.model.camera import describe, parse_camera
from studio.model.film import FilmOptions
from studio.model.story import Story, StoryRequest
from studio.planning.filming.shots import plan_shots
from studio.planning.telling.scene_graph import build_scene_graph
from tests.servers.jobs import Job
from tests.servers.tales import answer_to, asked, outline, scene

IDEA = "A keeper lights the lamp once more"


class Model:
    """Says what it is told to, in order, then does as it is asked. Keeps its questions."""

    name = "text/model"

    def __init__(self, *says: str | Reply | Callable[[str], str]) -> None:
        self.says = list(says)
        self.questions: list[Question] = []

    def reply(self, question: Question, job: Job) -> Reply:
        self.questions.append(question)
        said = self.says.pop(0) if self.says else answer_to
        words = said(question.turns[0].text) if callable(said) else said
        return words if isinstance(words, Reply) else Reply(words)


def told(model: Model, *, style: str = "", job: Job | None = None, **request: object) -> Story:
    whole = StoryRequest.model_validate({"idea": IDEA, "duration_s": 30.0, "scene_count": 4, **request})
    return tell_story(model, job or Job(), whole, style=style, written_by="text/model/1")


def scenes(*numbers: int, **changes: object) -> str:
    return json.dumps({"scenes": [scene(number, **changes) for number in numbers]})


PLAN = json.dumps(outline(4))


def test_a_story_has_the_scenes_that_were_asked_for_within_its_words():
    story = told(Model())
    assert [one.narration.split()[1] for one in story.scenes] == ["1", "2", "3", "4"]
    words = sum(spoken_words(one.narration) for one in story.scenes)
    assert 0.6 * 63 < words <= 63  # (30 s - 4 x 1.2 s of air) x 2.5
    assert (story.title, story.written_by, story.duration_s) == ("The Lamp", "text/model/1", 30.0)


@pytest.mark.parametrize(
    "wrapped",
    [
        "```json\n{}\n```",
        "Sure! Here it is:\n{}\nI hope you like it {{smile}}.",
        "<think>a {{plan}} of [it]</think>{}",
        "\ufeff{}",
    ],
)
def test_prose_fences_and_thoughts_around_the_json_are_no_hindrance(wrapped):
    assert read_json(wrapped.replace("{}", '{"title": "The Lamp"}')) == {"title": "The Lamp"}


@pytest.mark.parametrize("text", ["", "I am sorry.", '{"title": "The La', "{}  nothing", "no [] at all"])
def test_what_holds_no_whole_json_is_no_answer(text):
    with pytest.raises(ValueError, match="no complete JSON"):
        read_json(text)


def test_what_is_wrong_is_said_to_the_model_once_and_its_second_answer_counts():
    model = Model(PLAN, '{"scenes": [{"number": 1, "place": "the harbour"}]}')
    assert len(told(model, scene_count=4).scenes) == 4
    mend = model.questions[2].turns
    assert [turn.who for turn in mend] == ["user", "model", "user"]
    assert "scenes.0.action: field required" in mend[2].text


def test_two_answers_that_cannot_be_used_are_asked_for_in_smaller_parts():
    model = Model(PLAN, "no", "no")
    assert len(told(model).scenes) == 4
    assert [asked(question.turns[0].text) for question in model.questions[1:]] == [
        [1, 2, 3, 4], [1, 2, 3, 4], [1, 2], [3, 4],
    ]  # fmt: skip


def test_of_an_answer_that_was_cut_off_the_whole_scenes_count():
    model = Model(PLAN, Reply(scenes(1, 2, 3, words=16)[:-40], is_cut=True))
    assert len(told(model).scenes) == 4
    assert [asked(question.turns[0].text) for question in model.questions[1:]] == [[1, 2, 3, 4], [3, 4]]


def test_an_answer_that_was_cut_off_before_anything_was_whole_is_asked_for_in_smaller_parts_at_once():
    model = Model(PLAN, Reply(scenes(1)[:60], is_cut=True))
    assert len(told(model).scenes) == 4
    assert [asked(question.turns[0].text) for question in model.questions[1:]] == [[1, 2, 3, 4], [1, 2], [3, 4]]


def test_a_plan_that_was_cut_off_is_asked_for_more_briefly():
    model = Model(Reply(PLAN[:100], is_cut=True))
    assert told(model).title == "The Lamp"
    assert "Be brief" in model.questions[1].turns[0].text


def test_at_most_eight_scenes_are_asked_for_at_once():
    model = Model()
    assert len(told(model, scene_count=20, duration_s=120.0).scenes) == 20
    parts = [asked(question.turns[0].text) for question in model.questions[1:]]
    assert [len(part) for part in parts] == [8, 8, 4]


def test_scenes_are_laid_in_by_their_numbers_and_only_missing_ones_are_asked_for_again():
    model = Model(PLAN, scenes(4, 2, 1, words=16))
    assert [one.action for one in told(model).scenes] == [f"Mara lights lamp {number}." for number in (1, 2, 3, 4)]
    assert [asked(question.turns[0].text) for question in model.questions[1:]] == [[1, 2, 3, 4], [3]]


def test_a_model_that_counts_from_nought_on_its_own_is_understood():
    model = Model(PLAN, scenes(10, 11, 12, 13, words=16))
    assert [one.action[-3:] for one in told(model).scenes] == ["10.", "11.", "12.", "13."]


def test_a_model_that_cannot_even_write_one_scene_is_an_error_with_a_remedy():
    with pytest.raises(UnusableOutput, match=r"text/model .*larger model"):
        told(Model(PLAN, *["no"] * 40))


def test_words_for_nothing_are_nothing():
    model = Model(
        PLAN, scenes(1, 2, 3, 4, words=16, weather="null", time_of_day="undefined", props=["None"], characters=None)
    )
    first = told(model).scenes[0]
    assert (first.weather, first.time_of_day, first.props, first.characters) == (None, None, (), ())


def test_a_word_for_nothing_where_words_must_be_is_asked_for_again():
    model = Model(PLAN, scenes(1, 2, 3, 4, words=16, action="null"))
    assert all("Mara lights" in one.action for one in told(model).scenes)


def test_a_bare_list_and_one_bare_scene_are_taken():
    model = Model(PLAN, json.dumps([scene(1, 16), scene(2, 16), scene(3, 16)]), json.dumps(scene(4, 16)))
    assert len(told(model).scenes) == 4


def test_narration_that_is_too_long_is_sent_back_with_its_count():
    model = Model(PLAN, scenes(1, 2, 3, 4, words=40))
    told(model)
    assert "together; it must have at most 58" in model.questions[2].turns[2].text


def test_narration_that_stays_too_long_loses_whole_sentences_but_never_the_last():
    long = [scene(number, 40) for number in (1, 2, 3, 4)]
    long[3]["narration"] += " And the lamp burned."
    said = json.dumps({"scenes": long})
    story = told(Model(PLAN, said, said))
    assert sum(spoken_words(one.narration) for one in story.scenes) <= 63
    assert story.scenes[3].narration.endswith("And the lamp burned.")
    assert all(one.narration.endswith(".") and one.narration.startswith("Scene") for one in story.scenes)


def test_narration_with_nothing_to_take_out_is_left_whole():
    assert cut_to(2, ["One long sentence.", "Another one."]) == ["One long sentence.", "Another one."]


def test_words_of_scripts_without_spaces_are_counted():
    assert spoken_words("灯台守は船を見た。") == pytest.approx(8 / 2.5, abs=1.1)


def test_people_and_places_are_called_by_the_words_of_the_plan():
    plan = json.dumps(outline(2, cast=[{"name": "Mara", "look": "in yellow"}, {"name": "mara", "look": "in green"}]))
    model = Model(plan, json.dumps({"scenes": [
        scene(1, 30, place="The Lighthouse", characters=["old Mara", "mara", "two fishermen"]), scene(2, 30),
    ]}))  # fmt: skip
    story = told(model, scene_count=2)
    assert [(one.name, one.look) for one in story.cast] == [("Mara", "in yellow")]
    assert story.scenes[0].characters == ("Mara", "two fishermen")
    assert story.scenes[0].location == "the lighthouse on the cliff"


@pytest.mark.parametrize("words", CAMERA_WORDS)
def test_every_camera_word_that_is_offered_is_a_move(words):
    move = parse_camera(words)
    assert not move.is_guess
    assert parse_camera(describe(move)) == move


def test_the_storys_camera_moves_the_first_shot_of_its_scene():
    story = told(Model(PLAN, scenes(1, 2, 3, 4, words=16, camera="Slow ORBIT to the left!")))
    assert story.scenes[0].camera == "slow orbit left"
    shots = plan_shots(story, build_scene_graph(story), FilmOptions(seconds=30.0, shots=8))
    firsts = {shot.scene: shot for shot in reversed(shots)}
    assert {shot.camera for shot in firsts.values()} == {"slow orbit left"}
    assert any(shot.camera != "slow orbit left" for shot in shots)


def test_camera_words_that_name_no_move_leave_the_choice_to_the_studio():
    assert told(Model(PLAN, scenes(1, 2, 3, 4, words=16, camera="cinematic"))).scenes[0].camera is None


def test_a_feeling_that_is_unknown_is_neutral():
    assert told(Model(PLAN, scenes(1, 2, 3, 4, words=16, emotion="hangry"))).scenes[0].emotion == "neutral"


def test_an_empty_idea_and_an_unknown_style_are_the_users_to_mend():
    with pytest.raises(UserError, match="no idea"):
        told(Model(), idea="  ")
    with pytest.raises(UserError, match="documentary"):
        told(Model(), style="operatic")


def test_the_style_of_narration_is_the_users_else_the_models_choice():
    model = Model()
    told(model)
    assert agent("narration/dramatic") in model.questions[1].system
    chosen = Model()
    told(chosen, style="comedy")
    assert agent("narration/comedy") in chosen.questions[1].system
    assert "Ways of telling" not in chosen.questions[0].turns[0].text


def test_the_users_own_agents_go_before_the_studios(tmp_path, monkeypatch):
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    (tmp_path / "agents" / "narration").mkdir(parents=True)
    (tmp_path / "agents" / "story.md").write_text("Write only about cats.")
    (tmp_path / "agents" / "narration" / "noir.md").write_text("for crime\n\nIt rained.")
    model = Model()
    told(model, style="noir")
    assert model.questions[1].system.startswith("Write only about cats.")
    assert model.questions[1].system.endswith("It rained.")
    assert narration_styles()["noir"] == "for crime"


def test_narration_is_asked_for_in_the_films_language():
    model = Model()
    told(model, language="pt-BR")
    assert "Narration in Portuguese; names, looks, places and actions in English." in model.questions[1].turns[0].text


def test_a_stopped_run_asks_nothing_more():
    job, model = Job(), Model()
    job.stop.set()
    with pytest.raises(Cancelled):
        told(model, job=job)
    assert model.questions == []


@pytest.mark.parametrize("shape", [_Outline, _Scenes])
def test_the_schema_is_one_that_strict_services_take(shape):
    for part in _parts(without_bounds(schema_of(shape))):
        assert set(part) <= {"type", "properties", "required", "additionalProperties", "items", "enum", "description"}
        if part["type"] == "object":
            assert part["required"] == list(part["properties"])
            assert part["additionalProperties"] is False


@pytest.mark.parametrize("shape", [_Outline, _Scenes])
def test_no_text_and_no_list_of_the_schema_is_without_an_end(shape):
    parts = _parts(schema_of(shape))
    assert all("maxItems" in part for part in parts if part["type"] == "array")
    assert all("maxLength" in part or "enum" in part for part in parts if part["type"] == "string")


def _parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return [schema, *(part for one in inner for part in _parts(one))]
