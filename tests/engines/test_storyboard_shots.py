"""What the artist makes of the prompts that the shot planner writes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.engines.storyboard.picture.compose import cast_of, paint_cast
from studio.engines.storyboard.picture.painter import Painting, _frame, _painted_place, paint
from studio.engines.storyboard.places.kinds import painters
from studio.engines.storyboard.reading.sentences import read_prompt
from studio.engines.storyboard.sheet.brief import Brief, Subject
from studio.engines.storyboard.sheet.stage import Stage
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import kind_of_noun
from studio.engines.storyboard.words.vocabulary import vocabulary
from studio.model.film import FilmOptions
from studio.model.story import Character, Scene, Story
from studio.planning.filming.shots import plan_shots
from studio.planning.telling.scene_graph import build_scene_graph

KEEPER = "a slim woman, lighthouse keeper, in the forties, straight blond hair, a dark blue coat and a knitted cap"
SIZE = (320, 180)


def _read(action: str, setting: str, size: str = "Wide shot") -> Brief:
    return read_prompt(f"{size}, eye level: {action}. {setting}, day, poster style.", style="")


def _kinds(brief: Brief) -> list[str]:
    return [subject.kind for subject in brief.subjects]


def _cast_box(painting: Painting) -> tuple[int, int, int, int]:
    layer = painting.layers[1]
    alpha = np.asarray(layer.image)[..., 3] > 128
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    left, top = layer.box[:2]
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]), top + int(rows[-1])


def test_a_look_with_a_trade_age_hair_and_clothes_is_one_person() -> None:
    (keeper,) = _read(f"{KEEPER} walks along the water", "The pebble beach").subjects
    assert (keeper.kind, keeper.gender, keeper.age, keeper.hair) == ("keeper", "female", "grown", "straight blond")
    assert keeper.clothes == (("coat", "blue"), ("knitted cap", ""))


def test_a_trade_of_two_words_is_the_same_person() -> None:
    man = "a tall man, museum guard, in the thirties, blond hair, a dark uniform with a ring of keys"
    (guard,) = _read(f"{man} smiles", "A long gallery of portraits").subjects
    assert (guard.gender, guard.clothes) == ("male", (("uniform", "dark"),))


@pytest.mark.parametrize(
    "action",
    [
        "{} stands before a silent crowd",
        "a boy takes {} by the hand",
        "a bell rings while {} waits",
        "{} and an old dog climb the hill",
        "{} befriends a stranded whale with smooth dark blue skin",
    ],
)
def test_one_look_gives_one_figure_whatever_happens_around_it(action: str) -> None:
    alone = _read(KEEPER + " stands", "The pebble beach").subjects[0]
    found = next(one for one in _read(action.format(KEEPER), "The harbour").subjects if one.kind == "keeper")
    assert (found.noun, found.age, found.gender, found.hair, found.clothes) == (
        alone.noun,
        alone.age,
        alone.gender,
        alone.hair,
        alone.clothes,
    )


@pytest.mark.parametrize(
    ("look", "kind", "colour"),
    [
        ("a small bird of copper with blue glass eyes", "bird", "copper"),
        ("a whale with smooth dark blue skin", "whale", "blue"),
        ("a gentle dragon with copper-green scales and folded wings", "dragon", "green"),
        ("a fox with red fur and white paws", "fox", "red"),
        ("a small robot with dented grey metal and round blue eyes", "robot", "grey"),
    ],
)
def test_body_and_material_colour_the_animal_and_are_nothing_beside_it(look: str, kind: str, colour: str) -> None:
    (animal,) = _read(f"{look} looks ahead", "The shore").subjects
    assert (animal.kind, animal.colour) == (kind, colour)


def test_the_colour_that_is_said_is_seen_on_a_vendored_animal() -> None:
    def redness(colour: str) -> float:
        whale = Subject("whale", "whale", colour=colour, relation="on_ground")
        picture = paint(
            Brief(prompt="w", place="shore", place_key="w", framing="full", subjects=(whale,)), size=SIZE, seed=1
        )
        cut = np.asarray(picture.layers[1].image).astype(float)
        return float((cut[..., 0] - cut[..., 2])[cut[..., 3] > 200].mean())

    assert redness("red") > redness("blue") + 40


def test_the_coat_of_a_camel_is_not_worn_by_the_woman_who_leads_it() -> None:
    woman = _read("a woman in a teal jumper leads a camel with a sand-coloured coat", "The desert").subjects[0]
    assert woman.clothes == (("jumper", "teal"),)


@pytest.mark.parametrize(
    ("setting", "place"),
    [
        ("The workshop in the old town", "workshop"),
        ("The stairs inside the clock tower", "tower"),
        ("The belfry", "tower"),
        ("The lamp room", "tower"),
        ("The end of the pier", "harbour"),
        ("The cliff path", "shore"),
        ("The lighthouse on the cliff", "shore"),
        ("The side of the stage", "theatre"),
        ("The rim of a crater", "planet"),
        ("The moon", "planet"),
        ("A stone hut below the summit", "mountains"),
        ("The lane behind the church", "street"),
        ("A flat rooftop above the city", "rooftop"),
        ("The steel door of the laboratory", "laboratory"),
        ("A bridge over the river", "bridge"),
    ],
)
def test_the_head_of_the_last_sentence_is_the_place(setting: str, place: str) -> None:
    assert _read(f"{KEEPER} falls to her knees in the garden by the sea", setting).place == place


def test_hour_and_weather_are_those_of_the_last_sentence() -> None:
    brief = read_prompt(
        "Full shot, eye level: a man dreams of snow at night. The winter shore, dawn, rain, mood of fear, ink style.",
        style="",
    )
    assert (brief.time, brief.weather, brief.mood, brief.style) == ("dawn", ("rain",), "fear", "ink")


def test_a_tiny_wheel_fitted_into_a_bird_is_no_car_wheel() -> None:
    old = "an old man in a brown apron"
    brief = _read(f"{old} bends over the workbench and fits a tiny brass wheel into a small bird", "The workshop")
    assert _kinds(brief) == ["old_man", "bird"]


@pytest.mark.parametrize(
    "action",
    ["a bell rings and a girl listens", "a man opens the door to her", "a woman wipes her hands", "a man watches"],
)
def test_doings_and_doors_are_not_things_that_lie_about(action: str) -> None:
    assert not {"ring", "door", "hand", "watch"} & set(_kinds(_read(action, "The kitchen")))


@pytest.mark.parametrize(
    ("doing", "pose"),
    [
        ("kneels", "kneeling"),
        ("climbs the spiral stairs and polishes the great lamp", "walking"),
        ("climbs a rope", "on_rope"),
        ("watches the clouds come over the ridge", "looking"),
        ("runs", "running"),
        ("falls to her knees", "kneeling"),
        ("reads a letter", "reading"),
        ("polishes the glass", "wiping"),
        ("yodels", ""),
        ("juggles", "juggling"),
    ],
)
def test_the_verb_after_the_look_gives_the_pose(doing: str, pose: str) -> None:
    assert _read(f"{KEEPER} {doing}", "The harbour").subjects[0].pose == pose


def test_both_of_two_do_what_is_said_of_them() -> None:
    brief = _read(f"{KEEPER} and an old man with a grey beard in a brown coat kneel", "The harbour")
    assert [one.pose for one in brief.subjects] == ["kneeling", "kneeling"]


def test_a_stranded_whale_lies_on_the_sand_and_another_swims() -> None:
    stranded, free = (
        paint(_read(f"a {word} whale with grey skin rests", "The beach"), size=SIZE, seed=1)
        for word in ("stranded", "large")
    )
    assert _cast_box(stranded)[3] > _cast_box(free)[3] + 10


def test_nothing_near_the_lens_hides_two_who_stand_together() -> None:
    painting = paint(_read(f"{KEEPER} talks with a boy", "The meadow", "Medium shot"), size=SIZE, seed=1)
    assert len(painting.layers) == 2


@pytest.mark.parametrize("size", ["Wide shot", "Full shot", "Medium shot", "Medium close-up"])
def test_no_head_is_cut_off_at_the_top(size: str) -> None:
    painting = paint(_read(f"{KEEPER} talks with an old man", "The meadow", size), size=SIZE, seed=1)
    assert _cast_box(painting)[1] > 0


def test_a_bird_stays_small_beside_a_person() -> None:
    def height(action: str) -> int:
        _, top, _, bottom = _cast_box(paint(_read(action, "The meadow", "Full shot"), size=SIZE, seed=1))
        return bottom - top

    assert height("a small bird sings") > 0
    both = paint(_read("a woman looks at a bird", "The meadow", "Full shot"), size=SIZE, seed=1)
    left, top, right, bottom = _cast_box(both)
    assert bottom - top > 0.5 * SIZE[1]
    assert right - left < 0.8 * SIZE[0]


def test_every_kind_that_reading_can_emit_has_a_record_and_every_place_a_painter() -> None:
    nouns = {word for record in table().values() for word in record.words}
    kinds = {kind_of_noun(word) for word in sorted(nouns)} | {
        read.kind for word in sorted(nouns) for read in _all(word)
    }
    assert {kind for kind in kinds if kind and kind[0] not in "!@"} <= set(table())
    places = {*vocabulary("place").values(), *vocabulary("setting").values()}
    places |= {record.home for record in table().values()}
    assert places <= set(painters())


def _all(word: str) -> tuple[Subject, ...]:
    return read_prompt(f"Wide shot, eye level: a man and a {word} wait. The meadow, day.", style="").subjects


@pytest.fixture(scope="module")
def meadows() -> tuple[Stage, ...]:
    """One meadow, from afar and close, for many casts."""
    return tuple(
        _frame(_painted_place(Brief(prompt="", place="meadow", place_key="m", framing=framing), (64, 36), 1))
        for framing in ("wide", "close")
    )


@pytest.mark.parametrize("kind", sorted(table())[::9])
def test_every_sort_of_kind_can_be_composed_beside_a_person(kind: str, meadows: tuple[Stage, ...]) -> None:
    pair = (Subject("man", "man"), Subject(kind, kind, count=2, relation="beside", relative_to="man"))
    for meadow in meadows:
        empty = meadow.canvas.rgb.copy()
        stage = replace(meadow, brief=replace(meadow.brief, prompt=kind, subjects=pair))
        paint_cast(stage, cast_of(stage, 1), 1)
        assert not np.array_equal(stage.canvas.rgb, empty)
        meadow.canvas.rgb[:] = empty


def test_a_place_without_a_painter_is_a_meadow_not_an_error() -> None:
    assert paint(Brief(prompt="x", place="nowhere", place_key="x"), size=(64, 36), seed=1).image.size == (64, 36)


def test_the_belfry_has_its_bell_and_the_stairs_their_steps() -> None:
    pictures = [
        np.asarray(paint(Brief(prompt=key, place="tower", place_key=key), size=SIZE, seed=1).image, float)
        for key in ("belfry", "lamp room", "winding stair")
    ]
    assert min(np.abs(a - b).mean() for i, a in enumerate(pictures) for b in pictures[i + 1 :]) > 6


def test_a_film_shows_its_hero_as_the_same_figure_in_every_shot() -> None:
    story = Story(
        title="The Keeper",
        cast=(Character(name="the keeper", look=KEEPER),),
        scenes=tuple(
            Scene(location=place, characters=("the keeper",), action=f"The keeper {doing}.")
            for place, doing in (
                ("the lamp room", "polishes the great lamp and looks out"),
                ("the cliff path", "climbs down"),
                ("the pebble beach", "kneels beside a shell and opens a letter"),
            )
        ),
    )
    shots = plan_shots(story, build_scene_graph(story), FilmOptions(seconds=40))
    heroes = [read_prompt(shot.image_prompt, style="").subjects[:1] for shot in shots]
    looks = {(one.kind, one.gender, one.age, one.hair, one.clothes[:2]) for hero in heroes for one in hero}
    assert len(looks) == 1
    assert sum(not hero for hero in heroes) <= 1
