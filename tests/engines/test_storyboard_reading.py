"""What the artist understands of a prompt."""

from __future__ import annotations

import pytest

from studio.engines.storyboard.reading.said import INDOORS
from studio.engines.storyboard.reading.sentences import read_prompt
from studio.engines.storyboard.sheet.brief import Brief, Subject


def _read(prompt: str, style: str = "") -> Brief:
    return read_prompt(prompt, style=style)


def _hero(prompt: str) -> Subject:
    return _read(prompt).subjects[0]


def test_a_planned_shot_is_understood_in_every_slot() -> None:
    brief = _read(
        "Wide shot, eye level: an old woman in a yellow raincoat, grey hair, walks along the shore with a lantern. "
        "The beach below the lighthouse on the cliff, at dusk, rain, melancholy mood."
    )
    woman = brief.subjects[0]
    assert (brief.place, brief.time, brief.weather, brief.mood) == ("shore", "dusk", ("rain",), "sad")
    assert (brief.framing, brief.angle) == ("wide", "eye")
    assert (woman.kind, woman.pose, woman.hair, woman.props) == ("old_woman", "walking", "grey", ("lantern",))
    assert woman.clothes == (("raincoat", "yellow"),)
    assert "lighthouse" in [subject.kind for subject in brief.subjects]


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("a market in a desert town", "market"),
        ("a beach house in the evening", "shore"),
        ("A caravan of camels crosses the desert at sunset", "desert"),
        ("A scarecrow stands in a cornfield at noon", "farm"),
        ("A spaceship lands in a poppyfield", "meadow"),
        ("An orphan girl reads a letter in an attic by candlelight", "attic"),
        ("The train arrives at the station, steam everywhere", "railway"),
        ("An astronaut stands on the moon", "planet"),
        ("A sea turtle swims over a coral reef", "underwater"),
        ("A violist plays in an empty church", "church_interior"),
        ("A hot-air balloon floats above the clouds", "sky"),
        ("a gondola on a canal in Venice", "river"),
        ("A clockmaker's workshop, hundreds of clocks", "workshop"),
        ("The queen sits on her throne in the great hall", "hall"),
    ],
)
def test_the_place_is_the_one_that_the_prompt_names(prompt: str, place: str) -> None:
    assert _read(prompt).place == place


@pytest.mark.parametrize(
    ("prompt", "place"),
    [("A loaf of bread", "kitchen"), ("A whale", "sea"), ("A dragon", "castle"), ("A penguin", "snowfield")],
)
def test_an_unnamed_place_follows_from_the_subject(prompt: str, place: str) -> None:
    assert _read(prompt).place == place


@pytest.mark.parametrize(
    ("prompt", "time"),
    [
        ("A boy fishes as the sun goes down", "golden"),
        ("A deer in a forest at first light", "dawn"),
        ("A monk reads by candlelight", "night"),
        ("A bench in the park at noon", "day"),
        ("A town as the street lamps come on", "dusk"),
        ("An owl under a full moon", "night"),
    ],
)
def test_the_hour_is_read_from_many_words(prompt: str, time: str) -> None:
    assert _read(prompt).time == time


def test_what_is_denied_is_not_drawn() -> None:
    brief = _read("No rain, no people: an empty beach without snow at noon")
    assert brief.weather == ()
    assert brief.subjects == ()
    assert brief.place == "shore"


def test_a_storm_that_is_over_is_not_painted() -> None:
    assert _read("After the storm, the sailor wades ashore on a desert island").weather == ()


@pytest.mark.parametrize(
    ("prompt", "kind", "count"),
    [
        ("wolves in the forest", "wolf", 3),
        ("Two children run through a meadow", "child", 2),
        ("A herd of bison crosses a river", "bison", 6),
        ("a pack of wolves howls", "wolf", 5),
        ("Three witches stir a cauldron in a cave", "witch", 3),
        ("A lone wolf in the snow", "wolf", 1),
    ],
)
def test_numbers_and_herds_are_counted(prompt: str, kind: str, count: int) -> None:
    assert (_hero(prompt).kind, _hero(prompt).count) == (kind, count)


@pytest.mark.parametrize(
    ("prompt", "relation", "other"),
    [
        ("A dragon above a castle at night", "above", "castle"),
        ("A boy fishing under a bridge", "under", "bridge"),
        ("A fox sleeps beside an old oak", "beside", "oak"),
    ],
)
def test_where_one_thing_is_to_another_is_kept(prompt: str, relation: str, other: str) -> None:
    hero = _hero(prompt)
    assert (hero.relation, hero.relative_to) == (relation, other)


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("A terrier barks", "dog"),
        ("A violist waits on the platform", "musician"),
        ("A chemist pours a potion in his laboratory", "scientist"),
        ("A corvette leaves the harbour", "ocean_liner"),
        ("A lighthouse keeper at his door", "keeper"),
    ],
)
def test_an_unlisted_noun_is_drawn_as_what_it_is_a_kind_of(prompt: str, kind: str) -> None:
    assert kind in [subject.kind for subject in _read(prompt).subjects]


def test_abstract_words_set_a_mood_and_put_nothing_in_the_picture() -> None:
    brief = _read("Loneliness and sorrow")
    assert brief.subjects == ()
    assert brief.undrawn == ()
    assert brief.mood in {"lonely", "sad"}


def test_a_concrete_thing_that_cannot_be_drawn_is_reported() -> None:
    assert _read("A zipper on a table").undrawn == ("zipper",)


@pytest.mark.parametrize(
    ("style", "prompt", "expected"),
    [
        ("watercolour", "a cat", "watercolour"),
        ("ultra cinematic documentary", "a cat", "poster"),
        ("film noir", "a cat", "ink"),
        ("", "a cat, watercolor", "watercolour"),
        ("", "a cat", "poster"),
        ("ink", "a cat, watercolour", "ink"),
    ],
)
def test_free_style_words_lead_to_one_of_the_three(style: str, prompt: str, expected: str) -> None:
    assert _read(prompt, style).style == expected


@pytest.mark.parametrize(
    ("words", "framing", "angle"),
    [
        ("Extreme wide shot, high angle", "extreme_wide", "high"),
        ("Full shot, eye level", "full", "eye"),
        ("Medium shot, low angle", "medium", "low"),
        ("Medium close-up, eye level", "medium_close", "eye"),
        ("Close-up, eye level", "close", "eye"),
        ("Extreme close-up, high angle", "extreme_close", "high"),
        ("Aerial view", "extreme_wide", "high"),
    ],
)
def test_shot_sizes_and_angles_are_read(words: str, framing: str, angle: str) -> None:
    brief = _read(f"{words}: a knight before a castle")
    assert (brief.framing, brief.angle) == (framing, angle)
    assert brief.subjects[0].pose == ""


def test_two_shots_of_one_place_share_its_key() -> None:
    first = _read("Wide shot: a girl waits. The old harbour below the cliff, at dawn, fog.")
    second = _read("Close-up: an angry captain. The old harbour below the cliff, at night, rain.")
    assert first.place_key == second.place_key != ""


def test_somebody_who_sits_gets_a_seat_that_fits_the_place() -> None:
    assert "armchair" in _hero("An old man sits in an armchair in a library").props
    assert "bench" in _hero("Grandfather sits in the park").props
    assert "rock" in _hero("A shepherd sits on a hill").props


def test_a_rider_and_the_mount_are_one_subject() -> None:
    subjects = _read("A man rides a horse across the prairie at sunset").subjects
    assert [(one.kind, one.pose, one.props) for one in subjects] == [("man", "riding", ("mount:horse",))]


@pytest.mark.parametrize(
    ("prompt", "vehicle"),
    [
        ("A farmer drives a tractor through a wheat field", "tractor"),
        ("A woman drives home through the rain", "car"),
        ("Wide shot, eye level: A young woman drives an old bus. A mountain road, dusk, clear, calm, poster.", "bus"),
    ],
)
def test_who_drives_is_seen_in_the_vehicle_and_both_are_outdoors(prompt: str, vehicle: str) -> None:
    brief = _read(prompt)
    assert [(one.pose, one.props) for one in brief.subjects] == [("driving", (f"cab:{vehicle}",))]
    assert brief.place not in INDOORS


def test_who_falls_asleep_lies_and_is_at_no_waterfall() -> None:
    brief = _read("A dog falls asleep by the fire")
    assert (brief.subjects[0].pose, brief.place == "waterfall") == ("sleeping", False)


def test_who_drives_sheep_is_in_no_car() -> None:
    assert not any(
        prop.startswith("cab:") for one in _read("A shepherd drives his sheep").subjects for prop in one.props
    )


def test_a_portrait_that_is_painted_is_no_close_up_and_stands_on_the_easel() -> None:
    brief = _read("A girl paints a portrait in an attic")
    assert (brief.framing, [one.kind for one in brief.subjects], brief.undrawn) == ("full", ["girl"], ())


def test_what_is_carried_is_a_prop_and_not_a_second_subject() -> None:
    subjects = _read("A woman with a red umbrella walks across a snowy town square").subjects
    assert [one.kind for one in subjects] == ["woman"]
    assert subjects[0].props == ("umbrella",)
    assert ("umbrella", "red") in subjects[0].clothes


def test_words_that_only_look_like_doings_do_not_move_anybody() -> None:
    assert _hero("A sailor by the sea, waves crash on the rocks").pose == ""


@pytest.mark.parametrize("prompt", ["", "   ", "!!!", "42", "\u30ed\u30dc\u30c3\u30c8", "a" * 3000, "the of and with"])
def test_no_prompt_is_too_odd_to_read(prompt: str) -> None:
    brief = _read(prompt)
    assert brief.place
    assert brief.time in {"dawn", "day", "golden", "dusk", "night"}


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("An old man drinking tea", "room"),
        ("An old woman drinks tea in a mountain hut", "room"),
        ("A samurai drinks tea in a garden", "garden"),
        ("A couple drinking tea on a mountain top", "mountains"),
        ("Full shot, eye level: an old couple drink tea. A mountain hut, day, snow, calm mood, poster style.", "room"),
        ("Wide shot, eye level. A mountain hut, dawn, snow, calm mood, poster style.", "mountains"),
    ],
)
def test_what_is_drunk_makes_no_cafe_of_a_place(prompt: str, place: str) -> None:
    assert read_prompt(prompt, style="").place == place


def test_of_a_boy_and_his_dog_who_watch_something_both_are_there_and_no_wristwatch() -> None:
    brief = read_prompt("A boy and his dog watch the stars from a rooftop", style="")
    assert [(one.kind, one.pose) for one in brief.subjects] == [("boy", "looking_up"), ("dog", "looking_up")]


def test_a_held_thing_with_its_colour_is_there_once() -> None:
    (girl,) = read_prompt("A girl holds a red balloon on a bridge", style="").subjects
    assert girl.props == ("balloon",)


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("A man stirs his coffee and does not drink it", ["man"]),
        ("Two brown does stand in the forest", ["deer"]),
        ("The sun rose over the hill where a man waits", ["man"]),
        ("A boy ducks behind the wall and bats the ball away", ["boy", "ball"]),
        ("Two sisters stand on the shore with their father's ashes", ["woman"]),
        ("Two lovers meet under the clock at the station", ["man", "woman"]),
        ("A boy waits under the clock in the town square", ["boy", "clock_tower"]),
    ],
)
def test_verbs_owners_who_are_not_there_and_clocks_overhead_are_no_things_on_the_ground(
    prompt: str, kinds: list[str]
) -> None:
    assert [subject.kind for subject in _read(prompt).subjects] == kinds


@pytest.mark.parametrize(
    ("prompt", "tinted"),
    [
        ("A girl rides a green bicycle", ("bicycle", "green")),
        ("A boy rides a black horse", ("horse", "black")),
        ("A man picks up a red umbrella from the floor", ("closed_umbrella", "red")),
    ],
)
def test_what_is_ridden_or_picked_up_keeps_the_colour_that_was_said(prompt: str, tinted: tuple[str, str]) -> None:
    assert tinted in _hero(prompt).clothes


def test_things_that_are_not_drawn_are_named_before_doings() -> None:
    assert _read("A fox crosses the road while dolphins jump in the sea").undrawn == ("road", "jump")


def test_a_colour_belongs_to_what_it_stands_before_and_a_bread_oven_is_no_bread() -> None:
    assert _read("A man in a blue coat watches dolphins").subjects[1].colour == ""
    assert [one.kind for one in _read("A woman finds a fox asleep in her bread oven").subjects] == ["woman", "fox"]


@pytest.mark.parametrize("deed", ["draws down the rope", "draws a long breath", "draws near"])
def test_who_draws_a_rope_or_a_breath_paints_no_picture(deed: str) -> None:
    assert "painting" not in _hero(f"Full shot, eye level: a man {deed}. The harbour, night.").pose


def test_who_is_in_a_boat_on_the_sea_sits_in_it_and_kneels_in_its_bow_without_a_bow() -> None:
    girl = _hero("Full shot, eye level: a girl kneels in the bow. A boat on the sea, fog.")
    assert (girl.pose, girl.relation) == ("boating", "on_water")
    assert "bow" not in girl.props
