"""A shot in new words: looks and place stay the film's own, the camera moves in one way."""

from __future__ import annotations

import pytest

from studio.model.scene_graph import Edge, Node, SceneGraph
from studio.planning.filming.rewording import keep_looks, with_camera

KEEPER = "a tall woman, lighthouse keeper, in the forties, braided hair, a dark blue coat and a knitted cap"
WHALE = "a stranded whale with smooth dark skin"
BEFORE = (
    f"Wide shot, eye level: {KEEPER} finds {WHALE}. A small harbour under the cliffs, dusk, mood of joy, poster style."
)
SETTING = "A small harbour under the cliffs, dusk, mood of joy, poster style."
GRAPH = SceneGraph(
    nodes=(
        Node(id="scene:1", kind="scene", name="Scene 1", description="A find."),
        Node(id="place:1", kind="place", name="harbour", description="A small harbour under the cliffs"),
        Node(id="character:1", kind="character", name="lighthouse keeper", description=KEEPER),
        Node(id="character:2", kind="character", name="whale", description=WHALE),
    ),
    edges=(Edge(source="scene:1", relation="takes_place_at", target="place:1"),),
)


def reworded(words: str) -> str:
    return keep_looks(words, BEFORE, 1, GRAPH)


@pytest.mark.parametrize(
    "named", ["The keeper", "the lighthouse keeper", "A keeper", "Keeper", "Wide shot: the keeper"]
)
def test_who_is_named_keeps_the_look_and_the_place(named: str) -> None:
    assert reworded(f"{named} waves at the ship") == f"Wide shot, eye level: {KEEPER} waves at the ship. {SETTING}"


def test_a_size_of_its_own_stays_in_a_form_that_keeps_the_place() -> None:
    assert reworded("close-up of the keeper") == f"Close-up, eye level: {KEEPER}. {SETTING}"


def test_a_second_mention_is_the_same_one_and_not_another() -> None:
    told = reworded("Close-up: the keeper sleeps; the keeper dreams of the whale")
    assert (told.count(KEEPER), told.count(WHALE), told.count("keeper sleeps")) == (1, 1, 0)
    assert "the tall woman dreams" in told


def test_what_the_words_add_to_the_name_stays() -> None:
    assert reworded("the angry keeper shouts").startswith(f"Wide shot, eye level: an angry {KEEPER[2:]} shouts")


def test_a_named_time_replaces_that_of_before() -> None:
    assert reworded("the keeper sleeps, night").endswith("A small harbour under the cliffs, mood of joy, poster style.")


def test_the_bare_place_is_the_place_of_the_film() -> None:
    told = reworded("the keeper walks to the harbour")
    assert told.endswith(" walks to a small harbour under the cliffs. Dusk, mood of joy, poster style.")


def test_another_place_is_where_the_words_say() -> None:
    assert reworded("the keeper walks in the forest") == f"{KEEPER[0].upper()}{KEEPER[1:]} walks in the forest"


@pytest.mark.parametrize(
    "words",
    [
        "the keeper's hand on a rope",
        "A cat on a sofa",
        BEFORE.replace("dark blue coat", "red coat"),
        BEFORE,
    ],
)
def test_what_the_user_describes_stays_as_it_is_written(words: str) -> None:
    assert reworded(words) == words


def test_who_is_dressed_anew_stays_the_same_woman() -> None:
    told = reworded("The keeper in a red coat walks in the desert")
    assert told == "A tall woman, keeper, in the forties, braided hair, in a red coat walks in the desert"
    assert "braided" not in reworded("The keeper with red hair walks in the desert")


def test_the_camera_moves_as_its_field_says() -> None:
    assert with_camera("slow push in; the whale dives; waves roll in", "pan left") == (
        "pan left; the whale dives; waves roll in"
    )


@pytest.mark.parametrize("motion", ["the whale rises; waves roll in", "", "leaves fly up"])
def test_what_moves_by_itself_is_no_camera(motion: str) -> None:
    assert with_camera(motion, "pan left") == motion


def test_words_for_a_prompt_without_size_and_angle_get_both_so_that_the_place_is_read() -> None:
    before = f"{KEEPER} reads. {SETTING}"
    assert keep_looks("the keeper waves", before, 1, GRAPH) == f"Wide shot, eye level: {KEEPER} waves. {SETTING}"
