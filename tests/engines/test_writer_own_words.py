"""What the built-in writer tells when it is unsure: the idea in its own words, and around it only what is always true."""

from __future__ import annotations

import re

import pytest

from studio.engines.writer.deeds import TAGS
from studio.engines.writer.tables import read_tables
from tests.engines.telling import Write, spoken


@pytest.mark.parametrize(
    "idea",
    [
        "Two rival bakers on the same street discover they are twins",
        "The bear who hated honey",
        "A poem about autumn leaves",
        "The waves brought back everything we had thrown away",
        "Brothers who have not spoken since the funeral must carry the coffin together",
        "Grandpa Joe and his parrot run for mayor",
        "My best friend is a scarecrow",
        "Ten children sing on a broken bus until help arrives",
        "A fox cub and a hound puppy grow up together without knowing that they are enemies",
    ],
)
def test_an_idea_that_is_not_surely_understood_is_told_word_for_word(write: Write, idea: str) -> None:
    assert idea.lower() in spoken(write(idea)).lower()


@pytest.mark.parametrize("idea", ["Do fish get thirsty?", "Is anybody out there?", "Could a computer fall in love?"])
def test_a_question_of_yes_or_no_stays_a_question(write: Write, idea: str) -> None:
    assert idea in spoken(write(idea))


def test_a_clause_that_comes_first_is_never_lost(write: Write) -> None:
    text = spoken(write("If it rains on Sunday, the circus will not come back"))
    assert "If it rains on Sunday, the circus will not come back." in text


def test_what_is_read_in_other_words_is_not_told_in_them(write: Write) -> None:
    text = spoken(write("A writer burns a pie so good that thieves keep stealing it"))
    assert "so good that thieves keep stealing it" in text


@pytest.mark.parametrize(
    ("idea", "wrong"),
    [
        ("A father builds a spaceship out of cardboard for his sick daughter", "planet|hatch|orbit|floats past"),
        ("The last day of summer camp", "keys|cell|prison"),
        ("A crossing guard who dances", "marble|museum"),
        ("The candle burned all night in the window of the empty house", "kettle|tea"),
        ("Elena searches for her missing brother in the ruins of Aleppo", "vines"),
    ],
)
def test_sights_of_a_place_are_told_only_where_the_idea_is_set_there(write: Write, idea: str, wrong: str) -> None:
    for seed in range(2):
        assert not re.search(wrong, spoken(write(idea, seed=seed)).lower())


def test_somebody_of_the_house_is_no_product(write: Write) -> None:
    assert "Take it with you" not in spoken(write("Our teacher is secretly an astronaut"))


@pytest.mark.parametrize(
    ("idea", "line"),
    [
        ("A mouse writes a letter to the cat", "crossed out"),
        ("A hedgehog who opens a hair salon", "not a single guest"),
        ("A goalkeeper misses the penalty that would have saved her team", "nobody makes a sound"),
    ],
)
def test_a_deed_that_is_known_gets_a_plot_of_its_own(write: Write, idea: str, line: str) -> None:
    assert line in spoken(write(idea))


def test_every_deed_has_a_plot() -> None:
    told = {tag for thread in read_tables().threads["plain"] for line in thread.beats.values() for tag in line.tags}
    assert told >= TAGS


@pytest.mark.parametrize(("duration_s", "scenes"), [(20, 3), (40, 6), (90, 12)])
def test_a_plain_telling_fills_every_scene_at_any_length(write: Write, duration_s: float, scenes: int) -> None:
    for idea in ("The ocean returns everything it takes", "A lift operator who never goes home", "What the moon saw"):
        story = write(idea, duration_s=duration_s, scene_count=scenes)
        assert all(len(scene.narration.split()) > 2 for scene in story.scenes)
        assert not re.search(r"tries again|Giving up|Still nothing", spoken(story))


@pytest.mark.parametrize(
    "idea",
    ["The Berlin Wall", "the golden gate bridge", "The suffragettes", "Black holes", "Coral reefs", "The Dust Bowl"],
)
def test_a_thing_with_a_name_a_people_and_a_kind_of_things_are_asked_about(write: Write, idea: str) -> None:
    text = spoken(write(idea))
    assert idea.lower() in text.lower()
    assert re.search(r"\b(?:professor|researcher|teacher|reporter)\b", text)


def test_what_is_told_of_a_real_event_claims_nothing_about_its_past() -> None:
    kinds = {"fall", "war", "disaster", "voyage", "rising", "happened", "named", "people"}
    lines = [line for thread in read_tables().threads["documentary"] for line in thread.beats.values()]
    told = [part for line in lines if kinds & set(line.tags) for part in re.split(r"(?<=[.!?]) ", line.say)]
    assert len(told) > 60
    past = re.compile(r"\b(?:was|were|had|ran|stayed|began|wrote|died|lost|became|came|needed|took)\b")
    assert not [part for part in told if past.search(part) and not re.search(r"\?$|\bif\b|how a few voices", part)]


def test_my_grandmother_stays_mine(write: Write) -> None:
    story = write("My grandmother never throws anything away")
    assert story.title == "My Grandmother"
    assert spoken(story).count("y grandmother") >= 2


def test_a_question_about_the_past_is_told_in_the_past(write: Write) -> None:
    text = " ".join(spoken(write("Why did the Vikings stop sailing to Greenland?", seed=seed)) for seed in (1, 2))
    assert re.search(r"why the Vikings stopped sailing|Why did the Vikings stop sailing", text)
    assert "so usual" not in text


def test_what_is_denied_is_never_told_as_done(write: Write) -> None:
    text = spoken(write("Not even the fire brigade can get the mayor down from the tree"))
    assert "Not even the fire brigade can get the mayor down" in text
    assert "The brigade" not in text


def test_what_happens_first_is_not_told_last(write: Write) -> None:
    text = spoken(write("A cleaner at the opera knows every part and steps in when the soprano collapses"))
    assert "steps in when the soprano collapses" in text


def test_the_first_picture_shows_the_hero_whom_the_words_introduce(write: Write) -> None:
    story = write("A bellboy falls asleep in the lift")
    assert "bellboy" in story.scenes[0].action
