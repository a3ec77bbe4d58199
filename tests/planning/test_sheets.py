from __future__ import annotations

import pytest

from studio.model.scene_graph import Edge, Node, SceneGraph
from studio.model.shot import Shot
from studio.planning.filming.appearances import goes_on, shown_in
from studio.planning.filming.clips import begins_anew
from studio.planning.filming.sheets import plan_sheets, sheets_by_shot

MARTA, JON = "an old woman in a green coat", "a boy of 10, red jacket"
GRAPH = SceneGraph(
    nodes=(
        Node(id="scene:1", kind="scene", name="Scene 1"),
        Node(id="scene:2", kind="scene", name="Scene 2"),
        Node(id="place:1", kind="place", name="sea", description="The sea"),
        Node(id="place:2", kind="place", name="sea cave", description="The sea cave"),
        Node(id="character:1", kind="character", name="Marta", description=MARTA),
        Node(id="character:2", kind="character", name="The Jon", description=JON),
        Node(id="prop:1", kind="prop", name="rope", description="a rope"),
    ),
    edges=(
        Edge(source="scene:1", relation="takes_place_at", target="place:1"),
        Edge(source="scene:2", relation="takes_place_at", target="place:2"),
        Edge(source="character:1", relation="appears_in", target="scene:1"),
    ),
)


def shot(index: int, words: str, *, scene: int = 1, **more: object) -> Shot:
    return Shot.model_validate({"index": index, "scene": scene, "image_prompt": words, **more})


def test_people_are_shown_in_the_order_in_which_they_are_named_and_then_the_place():
    assert shown_in(shot(1, f"Wide shot: {JON} waves at {MARTA}. The sea, dawn."), GRAPH) == (
        "character:2", "character:1", "place:1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "scene", "shown"),
    [
        ("Wide shot: Marta rows. Fog.", 1, ("character:1",)),
        ("Wide shot: Marta rows. Fog.", 2, ()),
        ("Close-up: martagon lilies. The seaside.", 1, ()),
        ("Wide shot: waves. The sea cave, night.", 2, ("place:2",)),
        ("Wide shot: a rope. The sea, night.", 1, ("place:1",)),
        ("", 1, ()),
    ],
)
def test_somebody_is_shown_where_the_words_hold_the_look_or_in_the_own_scene_the_name(words, scene, shown):
    assert shown_in(shot(1, words, scene=scene), GRAPH) == shown


def test_sheets_are_for_those_whom_two_shots_show_and_the_most_important_come_first():
    shots = [
        shot(1, f"{MARTA} and {JON} row. The sea."),
        shot(2, f"{MARTA} sleeps. The sea."),
        shot(3, "Gulls. The sea."),
    ]
    sheets = plan_sheets(GRAPH, "poster style")
    found = sheets_by_shot(shots, sheets, GRAPH, most=8)
    assert {index: [sheet.name for sheet in shown] for index, shown in found.items()} == {
        1: ["Marta", "sea"], 2: ["Marta", "sea"], 3: ["sea"],
    }  # fmt: skip
    assert [sheet.name for sheet in sheets_by_shot(shots, sheets, GRAPH, most=1)[1]] == ["Marta"]


def test_a_sheet_says_the_look_and_the_film_s_style_and_names_a_file_of_its_own():
    double = SceneGraph(
        nodes=(
            Node(id="place:1", kind="place", name="The Harbour!", description="The harbour"),
            Node(id="character:1", kind="character", name="harbour", description="a dog"),
            Node(id="character:2", kind="character", name="…"),
            Node(id="character:3", kind="character", name="Con"),
        )
    )
    sheets = plan_sheets(double, "ink style")
    assert [sheet.slug for sheet in sheets] == ["harbour", "harbour_2", "character", "con_"]
    assert sheets[1].prompt.startswith("A dog, the whole figure from head to toe")
    assert sheets[0].prompt.endswith("with nobody in it. Ink style.")


@pytest.mark.parametrize(
    ("words", "more", "continues"),
    [
        (f"Close-up: {MARTA} looks up. The sea, dawn.", {}, True),
        (f"Close-up: {MARTA} looks up. The sea, dawn.", {"scene": 2}, False),
        (f"Close-up: {MARTA} and {JON}. The sea, dawn.", {}, False),
        (f"Close-up: {MARTA}. The sea cave, dawn.", {}, False),
        ("Close-up: a rope. The sea, dawn.", {}, False),
        (f"Close-up: {MARTA} looks up. The sea.", {"motion_prompt": "cut to her face"}, False),
        (f"Close-up: {MARTA} looks up. The sea.", {"camera": "reverse angle, static"}, False),
    ],
)
def test_a_shot_goes_on_only_where_people_place_and_scene_stay_and_no_cut_is_asked(words, more, continues):
    before = shot(1, f"Wide shot: {MARTA} rows. The sea, dawn.")
    assert goes_on(before, shot(2, words, **more), GRAPH) is continues


def test_two_shots_with_nobody_in_them_do_not_go_on_from_each_other():
    assert not goes_on(shot(1, "Waves. The sea."), shot(2, "A far light. The sea."), GRAPH)


def test_a_shot_whose_picture_was_asked_for_again_begins_anew_and_without_a_graph_all_do():
    shots = [shot(n, f"{MARTA} rows. The sea.", **({"retakes": {"image": 1}} if n == 3 else {})) for n in range(1, 5)]
    assert begins_anew(shots, each="cut", graph=GRAPH) == {1, 3}
    assert begins_anew(shots, each="cut") == {1, 2, 3, 4}
