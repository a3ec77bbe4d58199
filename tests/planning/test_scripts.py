"""The user's own words: prose, screenplays, stories in JSON, lists of prompts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import BadInput
from studio.model.film import FilmOptions
from studio.model.story import Story
from studio.planning.filming.scripts import read_prompts, read_script, read_story
from studio.planning.filming.shots import complete_shots, plan_shots
from studio.planning.telling.scene_graph import build_scene_graph

SAMPLES = Path(__file__).parents[2] / "assets" / "samples"
PROSE = """The Last Light

Old Maria climbed the path to the lighthouse at dusk. The wind pulled at her coat.

"You are late," said the gull. "I am old," said Maria.

That night a storm rose over the harbour. A young fisherman rowed towards the rocks, and he was afraid.
"""
SCREENPLAY = """INT. KITCHEN - NIGHT

MARIA (60, grey braid) kneads bread. Rain on the window.

MARIA
(softly)
Is anyone out there?

TOM (V.O.)
I was. I always was.

CUT TO:

EXT. HARBOUR - DAWN

Tom ties a boat to the pier.

TOM
The light held.

TOM (CONT'D)
You held.
"""


def write(path: Path, content: str | bytes | object) -> Path:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def words_of(story: Story) -> str:
    return " ".join(" ".join(scene.narration for scene in story.scenes).split())


def test_prose_is_narrated_word_for_word():
    assert words_of(read_script(PROSE)) == " ".join(PROSE.split()).removeprefix("The Last Light ")


def test_a_first_short_line_is_the_title():
    assert read_script(PROSE).title == "The Last Light"


def test_place_time_and_weather_are_read_from_prose():
    first, *_, last = read_script(PROSE).scenes
    assert (first.location, first.time_of_day, first.weather) == ("the lighthouse", "dusk", "wind")
    assert (last.location, last.time_of_day, last.weather, last.emotion) == ("the harbour", "night", "storm", "fear")


def test_people_of_prose_are_named_and_speech_is_not_painted():
    _, talk, rescue = read_script(PROSE).scenes
    assert talk.characters == ("old Maria", "gull")
    assert talk.action == "old Maria talks to gull."
    assert rescue.characters == ("young fisherman",)


def test_a_long_paragraph_becomes_several_scenes():
    text = "The boat went out to sea and nobody on the pier looked up. " * 20
    story = read_script(text)
    assert len(story.scenes) >= 4
    assert words_of(story) == text.strip()


def test_a_text_without_any_stop_is_not_one_endless_scene():
    story = read_script("and on and on " * 400)
    assert len(story.scenes) > 10
    assert words_of(story) == ("and on and on " * 400).strip()


def test_a_markdown_heading_is_the_title_and_not_narrated():
    story = read_script("# North\n\nThe bear sleeps in the cave.\n\n***\n\nThe bear wakes and walks down to the river.")
    assert story.title == "North"
    assert [scene.location for scene in story.scenes] == ["the cave", "the river"]


def test_a_screenplay_shows_action_and_speaks_dialogue():
    first, second = read_script(SCREENPLAY).scenes
    assert (first.location, first.time_of_day, first.weather) == ("the kitchen", "night", "rain")
    assert first.action == "Maria kneads bread. Rain on the window."
    assert first.narration == "“Is anyone out there?” asks Maria. I was. I always was."
    assert second.narration == "“The light held,” says Tom. “You held.”"
    assert second.location == "the harbour"


LETTER = """INT. POST OFFICE - DAY

A POSTMAN (60, in a blue coat) sorts letters at a wooden table.

He finds an old envelope at the bottom of a sack.

POSTMAN
Forty years late. Better than never.

EXT. VILLAGE STREET - DAY

The postman rides a bicycle past small houses.

A GIRL (9, in a red dress) opens a door and takes the letter.

GIRL
Grandmother! It is for you!

POSTMAN
Will she read it?
"""


@pytest.mark.parametrize("count", [None, 4, 8])
def test_each_speech_is_told_over_a_picture_of_its_speaker_after_the_action_it_follows(count: int | None):
    story = read_script(LETTER)
    shots = plan_shots(story, build_scene_graph(story), FilmOptions(seconds=30, shots=count))
    found, late, grandmother, read_it = (
        next(n for n, shot in enumerate(shots) if words in f"{shot.image_prompt} {shot.narration}")
        for words in ("finds an old envelope", "Forty years", "Grandmother!", "Will she")
    )
    assert found <= late < grandmother <= read_it
    assert [shot.narration for shot in shots[:late]] == [""] * late
    assert "blue coat" in shots[late].image_prompt
    assert "red dress" in shots[grandmother].image_prompt
    assert count == 4 or "blue coat" in shots[read_it].image_prompt


def test_speech_is_told_as_prose_and_a_role_with_its_article():
    first, second = read_script(LETTER).scenes
    assert first.narration == "“Forty years late,” says the postman. “Better than never.”"
    assert second.narration == ("“Grandmother!” says the girl. “It is for you!” “Will she read it?” asks the postman.")


def test_a_story_whose_narration_was_rewritten_by_hand_is_told_in_the_new_words():
    story = read_script(LETTER)
    scene = story.scenes[0].model_copy(update={"narration": "A letter was found."})
    story = story.model_copy(update={"scenes": (scene,)})
    shots = plan_shots(story, build_scene_graph(story), FilmOptions(seconds=8))
    assert " ".join(shot.narration for shot in shots).strip() == "A letter was found."


def test_a_character_introduced_in_brackets_has_that_look():
    graph = build_scene_graph(read_script(SCREENPLAY))
    looks = {node.name: node.description for node in graph.nodes if node.kind == "character"}
    assert looks["Maria"] == "an old woman of 60 with a grey braid"


def test_transitions_parentheticals_and_notes_are_neither_shown_nor_said():
    story = read_script(SCREENPLAY.replace("Tom ties", "/* cut this */ [[note to self]] Tom ties"))
    everything = story.model_dump_json()
    assert not any(word in everything for word in ("CUT TO", "softly", "cut this", "note to self"))


def test_a_screenplay_without_dialogue_has_its_action_told():
    story = read_script("EXT. SHORE - DAY\n\nA seal sleeps on a rock.\n\nEXT. SHORE - NIGHT\n\nThe rock is empty.")
    assert words_of(story) == "A seal sleeps on a rock. The rock is empty."


def test_the_inside_of_a_building_is_another_place_than_its_outside():
    story = read_script("EXT. LIGHTHOUSE - DAY\n\nGulls.\n\nINT. LIGHTHOUSE - DAY\n\nStairs.")
    assert [scene.location for scene in story.scenes] == ["the lighthouse", "inside the lighthouse"]


def test_the_sample_screenplay_becomes_a_film_of_forty_seconds():
    story = read_script(SAMPLES / "lighthouse_script.fountain")
    shots = plan_shots(story, build_scene_graph(story), FilmOptions(seconds=40))
    assert story.title == "The Bell Under the Water"
    assert len(story.scenes) == 5
    assert sum(round(shot.duration_s * 24) for shot in shots) == 960


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_found_out(tmp_path: Path, encoding: str):
    path = write(tmp_path / "a.txt", "Zoë drinks café crème — “alone” — in the old harbour.\r\n".encode(encoding))
    assert read_script(path).scenes[0].narration == "Zoë drinks café crème — “alone” — in the old harbour."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "script.txt is empty"),
        (b" \n\t\n", "script.txt is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04rest", "Word document"),
        (b"One line.\nTwo\x01three", "script.txt, line 2"),
        (b"\xff\xfe\x00\xd8\x00\x00", "byte"),
        (b"...", "no words"),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(tmp_path: Path, content: bytes, words: str):
    with pytest.raises(BadInput, match=words):
        read_script(write(tmp_path / "script.txt", content))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path):
    with pytest.raises(BadInput, match=r"There is no file .*gone\.txt"):
        read_script(tmp_path / "gone.txt")
    with pytest.raises(BadInput, match="is a folder"):
        read_script(tmp_path)


FOUNTAINISH = st.text(alphabet="AaBb .:()\n\"'-#@>!*_[]/~=^INTEXT", max_size=200)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=300) | FOUNTAINISH)
def test_any_text_is_a_film_or_is_refused(text: str):
    try:
        story = read_script(text)
    except BadInput:
        return
    assert plan_shots(story, build_scene_graph(story), FilmOptions(seconds=12))


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=120))
def test_any_bytes_are_a_script_or_are_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    path = tmp_path_factory.mktemp("bytes") / "a.txt"
    path.write_bytes(content)
    refused = None
    try:
        assert read_script(path).scenes
    except BadInput as error:
        refused = str(error)
    assert refused is None or "a.txt" in refused


SCENE = {
    "location": "the sea",
    "characters": ["Ana"],
    "action": "Ana rows.",
    "emotion": "joy",
    "narration": "She rows.",
}


@pytest.mark.parametrize(
    "shape",
    [
        {"title": "T", "scenes": [SCENE, SCENE]},
        [SCENE, SCENE],
        [{"title": "T", "style": "ink", "scenes": [SCENE, SCENE]}],
        {"story": {"title": "T", "scenes": [SCENE, SCENE]}},
        {"Title": "T", "Scenes": {"2": SCENE, "1": SCENE}},
    ],
)
def test_every_shape_of_a_story_is_read(tmp_path: Path, shape: object):
    story = read_story(write(tmp_path / "my_story.json", shape))
    assert [scene.narration for scene in story.scenes] == ["She rows.", "She rows."]
    assert story.title in ("T", "My story")


@pytest.mark.parametrize(
    "characters",
    ["Ana, Ben and the dog", ["Ana", "Ben", "the dog"], [{"name": "Ana"}, {"name": "Ben", "look": ""}, "the dog"]],
)
def test_characters_are_read_as_text_list_or_objects(tmp_path: Path, characters: object):
    story = read_story(write(tmp_path / "s.json", [SCENE | {"characters": characters}]))
    assert story.scenes[0].characters == ("Ana", "Ben", "the dog")


def test_a_look_given_inside_a_scene_reaches_the_pictures(tmp_path: Path):
    scene = SCENE | {"characters": [{"name": "Ana", "description": "a girl in a red hat"}]}
    story = read_story(write(tmp_path / "s.json", [scene]))
    assert (
        "a girl in a red hat rows" in plan_shots(story, build_scene_graph(story), FilmOptions(shots=1))[0].image_prompt
    )


@pytest.mark.parametrize(
    ("written", "seconds"), [(5, 5), ("5", 5), ("7.5 s", 7.5), ("1:30", 90), ("2 min", 120), (0, None), (None, None)]
)
def test_durations_are_read_as_people_write_them(tmp_path: Path, written: object, seconds: float | None):
    story = read_story(write(tmp_path / "s.json", [SCENE | {"scene_duration": written}]))
    assert story.scenes[0].duration_s == seconds


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            {"scenes": [SCENE, SCENE, SCENE | {"narration": 7}]},
            r"scenes\[2\]\.narration: expected text, found a number",
        ),
        ([SCENE, 3], r"\[1\]: expected a scene \(an object\), found a number"),
        (
            {"scenes": [SCENE | {"scene_duration": "long"}]},
            r'scenes\[0\]\.scene_duration: expected seconds .* found "long"',
        ),
        ({"scenes": [SCENE | {"characters": [5]}]}, r"scenes\[0\]\.characters\[0\]: expected a name"),
        ({"scenes": [{"emotion": "joy"}]}, r"scenes\[0\]: nothing to show"),
        ({"scenes": []}, "at least one scene"),
        ({"title": "T"}, "scenes: missing"),
        ({"scenes": "none"}, "scenes: expected a list of scenes, found text"),
        (5, "expected a story"),
        ({"scenes": [SCENE], "cast": [{"look": "x"}]}, r"cast\[0\]\.name"),
    ],
)
def test_a_bad_story_is_refused_with_the_exact_place(tmp_path: Path, value: object, words: str):
    with pytest.raises(BadInput, match=rf"story\.json: {words}" if not words.startswith("at") else words):
        read_story(write(tmp_path / "story.json", value))


@pytest.mark.parametrize("length", [-4, 99999999, float("inf"), float("nan"), 10**400, "2000 minutes"])
def test_a_scene_of_no_possible_length_is_refused_with_what_is_possible(tmp_path: Path, length: object):
    story = {"scenes": [SCENE, SCENE | {"scene_duration": length}]}
    with pytest.raises(
        BadInput, match=r"^story\.json, scene 2, scene_duration: must be between 0.04 and 7200 seconds, is"
    ):
        read_story(write(tmp_path / "story.json", story))


@pytest.mark.parametrize("length", [-4, 99999999, float("inf"), float("nan"), 0.001])
def test_a_shot_of_no_possible_length_is_refused_with_what_is_possible(tmp_path: Path, length: object):
    shots = [{"image_prompt": "a"}, {"image_prompt": "b", "duration_s": length}]
    with pytest.raises(BadInput, match=r"^shots\.json, shot 2, duration_s: must be between 0.04 and 3600 seconds, is"):
        read_prompts(write(tmp_path / "shots.json", shots))


def test_broken_json_is_refused_with_line_and_column(tmp_path: Path):
    with pytest.raises(BadInput, match=r"story\.json, line 2, column 13"):
        read_story(write(tmp_path / "story.json", '{"title": "T",\n "scenes": [,]}'))


def test_endless_nesting_and_digits_are_refused(tmp_path: Path):
    for text in ("[" * 200_000, "9" * 5000):
        with pytest.raises(BadInput):
            read_story(write(tmp_path / "story.json", text))


def test_keys_the_studio_does_not_know_are_kept(tmp_path: Path):
    story = read_story(write(tmp_path / "s.json", {"scenes": [SCENE | {"lens": "35mm"}], "author": "me"}))
    dumped = story.model_dump()
    assert dumped["author"] == "me"
    assert dumped["scenes"][0]["lens"] == "35mm"


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["scenes", "title", "location", "characters", "action", "narration", "scene_duration", "cast", "name",
                         "shots", "image_prompt", "index", "duration", "extra", "story", "model_config"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(value=JSONISH)
def test_any_json_is_a_story_or_shots_or_is_refused(tmp_path_factory: pytest.TempPathFactory, value: object):
    path = tmp_path_factory.mktemp("json") / "x.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    for read in (read_story, read_prompts):
        refused = None
        try:
            assert read(path)
        except BadInput as error:
            refused = str(error)
        assert refused is None or "x.json" in refused


def test_prompts_are_read_one_a_line(tmp_path: Path):
    text = "# my film\n\na red boat at sea | the boat rocks | slow pan left | It rocked.\na lamp\na \\| b | | static\n"
    first, second, third = read_prompts(write(tmp_path / "p.txt", text))
    assert (first.image_prompt, first.motion_prompt, first.camera, first.narration) == (
        "a red boat at sea", "the boat rocks", "slow pan left", "It rocked.",
    )  # fmt: skip
    assert (second.index, second.image_prompt, second.camera) == (2, "a lamp", "")
    assert (third.image_prompt, third.camera) == ("a | b", "static")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n| b", "line 2: the picture is not described"),
        ("a|b|c|d|e", "line 1: 5 parts"),
        ("# nothing", "no line in it"),
    ],
)
def test_a_bad_line_of_prompts_is_named(tmp_path: Path, text: str, words: str):
    with pytest.raises(BadInput, match=words):
        read_prompts(write(tmp_path / "p.txt", text))


@pytest.mark.parametrize(
    ("indexes", "order"),
    [
        ([2, 1, 3], "bac"),
        (["2", "1", "3"], "bac"),
        ([1, 1, 2], "abc"),
        ([None, 5, 1], "abc"),
        ([0, 1, 2], "abc"),
        ([7, 3, 9], "bac"),
    ],
)
def test_shot_numbers_are_mended_by_order(tmp_path: Path, indexes: list[object], order: str):
    shots = [{"index": index, "image_prompt": letter} for index, letter in zip(indexes, "abc", strict=True)]
    read = read_prompts(write(tmp_path / "shots.json", {"shots": shots}))
    assert "".join(shot.image_prompt for shot in read) == order
    assert [shot.index for shot in read] == [1, 2, 3]


def test_a_shot_without_a_prompt_is_named(tmp_path: Path):
    with pytest.raises(BadInput, match=r"shots\.json: \[1\]\.image_prompt: missing"):
        read_prompts(write(tmp_path / "shots.json", [{"image_prompt": "a"}, {"camera": "pan"}]))


def test_more_prompts_than_one_film_holds_are_refused_at_the_line(tmp_path: Path):
    path = tmp_path / "long.txt"
    path.write_text("# a boat\n" + "a boat\n" * 10_001)
    with pytest.raises(BadInput, match=r"long\.txt, line 10002: one film can hold 10000 shots"):
        read_prompts(path)


def test_two_thousand_lines_of_prompts_are_read_and_completed(tmp_path: Path):
    path = write(tmp_path / "p.txt", "\n".join(f"boat number {n} on the sea" for n in range(2000)))
    shots = complete_shots(read_prompts(path), FilmOptions(seconds=7200))
    assert (len(shots), sum(round(shot.duration_s * 24) for shot in shots)) == (2000, 7200 * 24)


@pytest.mark.parametrize(
    "text",
    [
        "INT. GREENHOUSE - DAY\n\nADA, a young gardener, waters the pots.\n\nADA\nGrow!",
        "INT. GREENHOUSE - DAY\n\nADA, a young gardener, waters the pots.",
        "Ada, a young gardener, waters the pots. Then Ada sleeps in the greenhouse.",
    ],
)
def test_somebody_introduced_in_an_aside_is_one_person_with_that_look(text: str):
    story = read_script(text)
    graph = build_scene_graph(story)
    people = [node.description for node in graph.nodes if node.kind == "character"]
    assert len(people) == 1
    assert people[0].startswith("a young woman gardener with ")
    assert "gardener" not in story.scenes[0].action


def test_an_aside_about_a_place_or_a_thing_stays_in_the_action():
    story = read_script("INT. ROOM - DAY\n\nROME, a city of hills, is seen from the window. TOM, 70, a sailor, waits.")
    assert story.scenes[0].action == "ROME, a city of hills, is seen from the window. Tom waits."
    assert [character.look.split(" with ")[0] for character in story.cast] == ["an old sailor"]


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("The old baker Tomas kneads dough. Later Tomas sleeps. The baker snores.", "an old baker"),
        ("Tomas, the baker, kneads dough. He yawns. The baker goes to bed. Then Tomas snores.", "baker"),
        ("The baker, Tomas, kneads dough. He yawns. Tomas goes to bed.", "baker"),
        ("A baker stands in the dark. His name is Tomas. The tired baker goes to bed.", "baker"),
        ('A baker opens the door. "I am Tomas," says the baker. Tomas goes to bed.', "baker"),
    ],
)
def test_somebody_told_by_name_and_by_trade_is_one_person_with_one_look(text: str, look: str):
    graph = build_scene_graph(read_script(text))
    (node,) = [node for node in graph.nodes if node.kind == "character"]
    assert node.name == "Tomas"
    assert look in node.description
    assert "woman" not in node.description


def test_two_bakers_stay_two():
    story = read_script("The baker Tomas waves. The baker Maria waves back to Tomas. The baker laughs at Maria.")
    assert {"Tomas", "Maria"} <= {person.name for person in story.cast}
    assert "The baker laughs" in story.scenes[0].action


def test_a_girl_named_later_is_the_girl_from_the_beginning_and_another_girl_is_not():
    text = "A small girl knocks at the door. The girl is called Lina. Lina smiles. A girl in the street looks at Lina."
    (scene,) = read_script(text).scenes
    assert scene.action.startswith("Lina knocks")
    assert "A girl in the street looks at Lina" in scene.action


def test_kneading_and_firesides_are_indoors_and_a_fire_that_is_lit_on_the_beach_is_not():
    inside = read_script(
        "Tomas has his shop at the old square.\nHe kneads dough until the sun comes up again.\n"
        "Then Tomas walks slowly down to the frozen river.\nAt night he sits by the fire and drinks his tea."
    )
    assert [scene.location for scene in inside.scenes] == ["the old square", "the shop", "the frozen river", "the shop"]
    outside = read_script(
        "Pia walks along the beach.\nShe lights a fire out of driftwood.\nPia sits by the fire and sings."
    )
    assert {scene.location for scene in outside.scenes} == {"the beach"}


def test_a_look_in_brackets_after_a_role_is_of_that_person_in_every_scene():
    text = "Scene 1: a kitchen\n\nThe baker (an old man in a red hat) yawns.\n\nScene 2: a street\n\nThe baker runs."
    story = read_script(text)
    assert [(one.name, one.look) for one in story.cast] == [("baker", "an old man in a red hat")]
    assert [scene.characters for scene in story.scenes] == [("baker",), ("baker",)]
    assert "(" not in story.scenes[0].action
