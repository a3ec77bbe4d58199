"""What the artist says it left out."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.storyboard.picture import subjects
from studio.engines.storyboard.picture.compose import cast_of
from studio.engines.storyboard.picture.painter import _painted_place, paint
from studio.engines.storyboard.reading.sentences import read_prompt
from studio.engines.storyboard.sheet.brief import Brief, Subject
from studio.engines.storyboard.sheet.sprites import Light


def _read(prompt: str) -> Brief:
    return read_prompt(prompt, style="")


@pytest.mark.parametrize(
    ("prompt", "undrawn"),
    [
        ("A violinist playing before an audience", ("audience",)),
        ("An elephant drinking at a waterhole", ("drinking",)),
        ("A train crossing a stone bridge in autumn", ("autumn",)),
        ("A lighthouse on a cliff, a whale jumping from the sea", ("jumping", "cliff")),
        ("An old woman keeps treasures in a biscuit tin", ("treasures", "tin")),
        ("A penguin reading a newspaper on an iceberg", ("reading", "iceberg")),
        ("A whale closes its eye", ("closes",)),
        ("A woman closes her eyes", ("closes",)),
        ("A whale lies in shallow water", ("lies",)),
        ("A girl lays wet blankets on a whale", ("blankets", "lays")),
        ("A woman and a slingshot stand in a room", ("slingshot",)),
        ("A man with a spade attacks a dragon", ("spade",)),
        ("A cook peels a potato in a kitchen", ("potato",)),
        ("A girl rides a toboggan down the street", ("rides",)),
        ("A farmer pushes a wheelbarrow full of potatoes", ("potatoes",)),
        ("A kitchen in autumn", ("autumn",)),
        ("A fisherman mends a net on a pier", ()),
        ("An old man pulls a net from the sea", ("net",)),
        ("A watchmaker repairs the clockwork of a tower clock", ()),
        ("A boy kneels and picks up a shell on the beach", ("picks",)),
        ("A man lifts a stone and throws it into the river", ("throws",)),
        ("A man puts his bag down and knocks on the door", ("bag",)),
        ("A soldier ties a rope to a post", ()),
        ("Close-up: a woman with a basket in a market", ("basket",)),
        ("Medium shot, eye level: a man waits. A harbour full of nets, dawn, poster style.", ("nets",)),
        (
            "Full shot, eye level: a watchmaker bends over a clockwork. A small workshop, night, ink style.",
            ("clockwork",),
        ),
    ],
)
def test_what_the_sentence_asks_and_the_picture_lacks_is_named(prompt: str, undrawn: tuple[str, ...]) -> None:
    assert set(_read(prompt).undrawn) == set(undrawn)


@pytest.mark.parametrize(
    "prompt",
    [
        "A fox sleeping under an apple tree",
        "A mountain village in winter",
        "A single blue flower",
        "An astronaut planting a flag on the moon",
        "A horse gallops across the meadow",
        "A knight rides a horse along a cliff path above the sea, storm",
        "A young teacher writes on the blackboard, a classroom, morning",
        "A whale swims beneath a ship on the stormy sea",
        "An eagle flies over snowy mountains",
        "A beekeeper with a veil stands beside a beehive on a meadow",
        "A young astronaut grows a tomato on the moon",
        "A woman sleeps on a bench in an autumn park",
        "A postman with a bag walks down a village street",
        "A girl carries a bag of letters over a bridge",
        "A doctor's bag stands on a table",
        "A bird sits on a table",
        "A thief climbs through a window with a sack",
        "A family drinking tea in the garden",
        "A baker kneads dough before the street wakes, a kitchen",
        "A deer in an autumn forest",
        "A dragon with folded wings in a library",
        "Full shot, high angle: Soft light over a workshop full of tools. A workshop full of tools, dawn, poster style.",
        "Medium shot, eye level: a slim woman in a blue coat smiles. A small harbour under the cliffs, day, poster style.",
    ],
)
def test_nothing_is_named_where_all_is_drawn(prompt: str) -> None:
    assert _read(prompt).undrawn == ()


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [("A robot walks down a ship corridor", ["robot"]), ("A boy in the hallway of a house", ["boy"])],
)
def test_words_of_a_places_name_are_no_subjects(prompt: str, kinds: list[str]) -> None:
    assert [one.kind for one in _read(prompt).subjects] == kinds


def test_a_violinist_plays_the_violin() -> None:
    hero = _read("A violinist playing before an audience").subjects[0]
    assert (hero.pose, hero.props) == ("playing", ("violin",))


def test_a_flag_is_held_by_who_plants_it() -> None:
    hero = _read("An astronaut planting a flag on the moon").subjects[0]
    assert (hero.pose, hero.props) == ("holding", ("flag",))


def test_winter_out_of_doors_is_snow() -> None:
    assert _read("A mountain village in winter").weather == ("snow",)
    assert _read("A kitchen in winter").weather == ()


def test_a_whale_before_a_cliff_is_in_the_water_and_not_on_the_path() -> None:
    assert _read("A lighthouse on a cliff, a whale jumping from the sea").place_key == "shore"


def test_backwards_names_no_hospital_ward() -> None:
    brief = _read("A fox walks backwards over footprints")
    assert (brief.place, brief.undrawn) == ("forest", ("footprints",))


def test_the_earth_in_the_sky_of_the_moon_is_the_earth_and_hangs_above_the_ground() -> None:
    brief = _read("An astronaut on the moon looks at the earth in the sky")
    assert brief.place == "planet"
    sheet = paint(brief, size=(320, 180), seed=1).layers[1]
    picture = np.asarray(sheet.image).astype(int)
    is_sea = (picture[..., 2] > picture[..., 0] + 90) & (picture[..., 3] > 200)
    assert is_sea.sum() > 400
    assert np.median(np.nonzero(is_sea)[0]) + sheet.box[1] < 60


def test_a_held_flower_has_the_colour_that_is_said() -> None:
    red, blue = (
        subjects.draw(
            Subject("girl", "girl", props=("flower",), clothes=(("flower", colour),)),
            height_px=300,
            light=Light(-0.6, (1.0, 0.95, 0.86), (0.8, 0.84, 0.95)),
            seed=1,
        )
        for colour in ("red", "blue")
    )
    assert np.abs(red.rgba.astype(int) - blue.rgba.astype(int)).max() > 60


@pytest.mark.parametrize(
    ("prompt", "borne"),
    [
        ("A birthday table with a cake and candles in a kitchen", {"cake": "table", "candle": "table"}),
        ("A black cat on a red armchair in a living room", {"cat": "armchair"}),
    ],
)
def test_what_is_on_furniture_stands_on_it(prompt: str, borne: dict[str, str]) -> None:
    found = {one.kind: one.relative_to for one in _read(prompt).subjects if one.relation == "upon"}
    assert found == borne


def test_a_cake_on_a_table_is_painted_above_the_floor_that_the_table_stands_on() -> None:
    stage = _painted_place(_read("A cake on a table in a kitchen"), (320, 180), 1)
    cake, table = sorted(cast_of(stage, 1).placed, key=lambda one: one.y)
    assert (cake.subject.kind, table.subject.kind) == ("cake", "table")
    assert cake.y < table.y - 0.9 * table.sprite.foot_y
    assert abs(cake.x - table.x) < table.sprite.rgba.shape[1] / 2


@pytest.mark.parametrize(
    ("seat", "pose"), [("bench", "lying_bench"), ("sofa", "lying_sofa"), ("armchair", "sitting+sleeping")]
)
def test_who_sleeps_on_furniture_is_on_it(seat: str, pose: str) -> None:
    assert _read(f"A woman sleeps on a {seat} in a park").subjects[0].pose == pose
