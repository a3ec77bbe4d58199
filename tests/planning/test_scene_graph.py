"""The scene graph: one node and one description for every place, character and thing."""

from __future__ import annotations

import pytest

from studio.model.scene_graph import Node, SceneGraph
from studio.model.story import Character, Scene, Story
from studio.planning.telling.figures import Telling
from studio.planning.telling.inference import place_in
from studio.planning.telling.looks import derived_look, describe, short_form
from studio.planning.telling.scene_graph import build_scene_graph, split_names
from studio.planning.telling.setting import place_key, same_places, time_in, weather_in
from studio.steps.filming.assemble_film import chapter_titles


def story(*scenes: Scene, cast: tuple[Character, ...] = ()) -> Story:
    return Story(title="A film", scenes=scenes, cast=cast)


def nodes(graph: SceneGraph, kind: str) -> list[Node]:
    return [node for node in graph.nodes if node.kind == kind]


def test_one_place_under_three_names_is_one_node():
    graph = build_scene_graph(
        story(
            Scene(location="the lighthouse"), Scene(location="lighthouse, night"), Scene(location="Lighthouse - DAWN")
        )
    )
    assert [node.description for node in nodes(graph, "place")] == ["The lighthouse"]


def test_a_bare_name_is_the_only_fuller_place_of_that_name():
    graph = build_scene_graph(
        story(Scene(location="the lighthouse"), Scene(location="the lighthouse on the cliff, dusk"))
    )
    assert [node.description for node in nodes(graph, "place")] == ["The lighthouse on the cliff"]


def test_a_bare_street_is_neither_of_two_named_streets():
    assert same_places(["a street in Rome", "a street in Oslo", "a street"]) == [0, 1, 2]


def test_inside_and_outside_of_a_building_are_two_places():
    assert same_places(["the castle", "inside the castle", "castle, night", "INT. CASTLE - DAY"]) == [0, 1, 0, 1]


def test_a_scene_without_a_place_stays_where_the_one_before_was():
    assert same_places(["the harbour", "", "later that night"]) == [0, 0, 0]


@pytest.mark.parametrize(
    ("location", "key"),
    [
        ("INT. OLD MILL - NIGHT", ("old", "mill")),
        ("the night market", ("market",)),
        ("the windmill at sunset", ("windmill",)),
        ("a room with a window", ("room", "with", "window")),
        ("heavy rain, night", ()),
    ],
)
def test_time_and_weather_are_no_part_of_a_place(location: str, key: tuple[str, ...]):
    assert place_key(location) == key


def test_a_description_of_a_place_says_nothing_of_time():
    graph = build_scene_graph(story(Scene(location="the harbour at night in heavy rain")))
    assert nodes(graph, "place")[0].description == "The harbour"


def test_edges_say_who_is_where_and_what_follows():
    graph = build_scene_graph(
        story(
            Scene(location="the pier", characters=("Ana",), props=("a red kite",)),
            Scene(location="the sea", characters=("Ana",)),
        )
    )
    told = {(edge.source, edge.relation, edge.target) for edge in graph.edges}
    assert told == {
        ("scene:1", "takes_place_at", "place:1"),
        ("character:1", "appears_in", "scene:1"),
        ("prop:1", "appears_in", "scene:1"),
        ("scene:2", "follows", "scene:1"),
        ("scene:2", "takes_place_at", "place:2"),
        ("character:1", "appears_in", "scene:2"),
    }


def test_characters_as_free_text_are_taken_apart():
    assert split_names("Ana, the old fisherman and two dogs") == ["Ana", "the old fisherman", "two dogs"]


def test_a_look_inside_a_name_is_not_torn_apart():
    assert split_names("a man in a coat and a grey hat, Ana") == ["a man in a coat and a grey hat", "Ana"]


def test_a_character_named_in_free_text_is_the_one_of_the_cast():
    cast = (Character(name="Ana Lopez", look="an old woman in a red coat"),)
    graph = build_scene_graph(story(Scene(location="x", characters=("Ana and her dog",)), cast=cast))
    assert [node.name for node in nodes(graph, "character")] == ["Ana Lopez", "dog"]
    assert nodes(graph, "character")[0].description == "an old woman in a red coat"


def test_the_pronoun_of_a_lone_hero_decides_the_look():
    graph = build_scene_graph(story(Scene(location="x", characters=("keeper",), action="The keeper lights her lamp.")))
    assert "beard" not in nodes(graph, "character")[0].description


def test_the_same_name_looks_the_same_in_every_film():
    assert derived_look("Maria") == derived_look("Maria")
    assert derived_look("Maria") != derived_look("Marta")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("old fisherman", "old fisherman"),
        ("girl", "girl"),
        ("robot", "robot"),
        ("dog", "dog"),
        ("children", "children"),
    ],
)
def test_a_derived_look_keeps_the_noun_and_adds_something_to_see(name: str, word: str):
    look = derived_look(name)
    assert word in look
    assert len(look.split()) > len(word.split()) + 1


def test_a_list_of_features_becomes_a_phrase():
    look = describe("Maria", "60 years old, weathered, grey braid, round glasses")
    assert look == "a weathered old woman of 60 with a grey braid and round glasses"


def test_clothes_in_a_list_are_worn():
    assert describe("Maria", "white hair, blue coat") == "a woman with white hair in a blue coat"
    assert describe("Ole", "12 years old, red jacket") == "a boy of 12 in a red jacket"


def test_a_thing_is_not_dressed():
    assert derived_look("lantern") == "a lantern"


@pytest.mark.parametrize(
    ("look", "short"),
    [
        ("an old woman in a yellow raincoat", "the old woman"),
        ("a group of children in bright raincoats", "the children"),
        ("three wolves", "the three wolves"),
    ],
)
def test_somebody_known_is_spoken_of_shortly(look: str, short: str):
    assert short_form(look) == short


def test_a_lantern_and_the_brass_lantern_are_one_thing():
    graph = build_scene_graph(
        story(Scene(location="x", props=("lantern",)), Scene(location="x", props=("a brass lantern",)))
    )
    assert [node.description for node in nodes(graph, "prop")] == ["a brass lantern"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("as the sun goes down", "dusk"),
        ("at first light", "dawn"),
        ("a nightmare", None),
        ("under the stars at midnight", "night"),
    ],
)
def test_time_of_day_is_read_from_words(text: str, time: str | None):
    assert time_in(text) == time


@pytest.mark.parametrize(
    ("text", "weather"),
    [("No rain fell", None), ("the storm is over", None), ("a raincoat", None), ("Snow covers the roof", "snow")],
)
def test_weather_is_read_from_words_unless_it_is_denied(text: str, weather: str | None):
    assert weather_in(text) == weather


def test_chapters_of_one_place_can_be_told_apart():
    harbour, inn = Scene(location="the harbour", time_of_day="dusk"), Scene(location="the inn", time_of_day="dusk")
    night = Scene(location="the harbour", time_of_day="night")
    assert chapter_titles([harbour, inn, night, harbour, harbour], [1, 2, 3, 4, 5, 6]) == [
        "The harbour, dusk",
        "The inn",
        "The harbour, night",
        "The harbour, dusk again",
        "The harbour, dusk again (2)",
        "Scene 6",
    ]


def test_an_article_is_taken_whole_and_a_trade_is_nothing_one_has_with_one() -> None:
    assert place_in("She walks in an empty desert.") == "an empty desert"
    look = "a tall woman, baker, in the thirties, straight blond hair, a white apron"
    assert describe("baker", look) == look
    assert describe("pigeons", "pigeons with glossy feathers") == "pigeons with glossy feathers"


def test_it_is_the_thing_that_was_taken_and_not_where_it_was() -> None:
    telling = Telling([])
    telling.tell("the man pulls a pistol from the river", {})
    assert telling.tell("hides it under his bed", {}).startswith("hides the pistol")
