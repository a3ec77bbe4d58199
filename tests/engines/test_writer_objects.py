"""What the built-in writer makes of the object of a deed: it is named again in the turn and in the end, in good English."""

from __future__ import annotations

import re

import pytest

from studio.engines.writer.tables import read_tables
from tests.engines.telling import Write, spoken

#: Ideas and the thing that their film may not lose sight of.
OBJECTS = {
    "A shepherd carves a whistle that only wolves can hear": "whistle",
    "The octopus builds a house out of coconut shells": "house",
    "A goalkeeper with broken glasses must save the last penalty": "penalty",
    "A boxer knits a sweater for his opponent": "sweater",
    "In 1815 a drummer loses his drum on the way to Waterloo": "drum",
    "A mountain guide carries a stranger's ashes to the summit": "ashes",
    "A thief breaks into a museum to return a painting": "painting",
    "A robot chef tastes strawberries for the first time": "strawberries",
    "Three monks share one bicycle": "bicycle",
    "A surgeon operates on the man who ruined her family": "the man",
    "A mother octopus guards her eggs until they hatch": "eggs",
    "Three penguins steal a fishing boat": "boat",
}
ILL_MADE = re.compile(
    r"(?i)\b(a|an|the|of|to|in|and|is|are|it|his|her) \1\b|\ba (?:[aeio]|hour)|\ban (?!hour|heir|honest|[aeiou])[a-z]|[{}<>\[\]]"
    r"|\b(?:strawberries|eggs|ashes|penguins|monks|they) (?:is|has|was|does)\b"
)


@pytest.mark.parametrize(("idea", "thing"), OBJECTS.items())
def test_the_object_of_the_deed_is_named_in_the_turn_and_in_the_end(write: Write, idea: str, thing: str) -> None:
    story = write(idea, seed=len(idea))
    told = {scene.beat: scene.narration for scene in story.scenes}
    assert thing in told["turn"]
    assert thing in told["ending"]
    assert not ILL_MADE.search(spoken(story)), spoken(story)
    assert all(scene.narration for scene in story.scenes)


@pytest.mark.parametrize(
    ("idea", "prop"),
    [
        ("A retired clockmaker repairs the town's tower clock in one stormy night", "tower clock"),
        ("Two sisters paint an old caravan before the summer ends", "old caravan"),
        ("An astronaut waters the last tomato plant on the station", "tomato plant"),
        ("A boy carves a wooden whistle for his deaf grandfather", "wooden whistle"),
    ],
)
def test_the_object_is_seen_in_most_pictures_under_one_name(write: Write, idea: str, prop: str) -> None:
    scenes = write(idea, seed=1).scenes
    assert sum(prop in scene.props for scene in scenes) >= len(scenes) - 1
    assert {name for scene in scenes for name in scene.props} == {prop}


@pytest.mark.parametrize(
    ("idea", "told"),
    [
        ("Two brothers build a raft but the river has other plans.", "But the river has other plans."),
        ("A cat and a mouse open a bakery", "A cat and a mouse open a bakery."),
    ],
)
def test_verbs_agree_with_those_who_act(write: Write, idea: str, told: str) -> None:
    story = write(idea, seed=1)
    assert told in spoken(story)
    assert "a story about" not in spoken(story)
    assert not any("river have" in scene.action for scene in story.scenes)


def test_where_one_is_is_no_object_to_hold(write: Write) -> None:
    scenes = write("A man waits at the station for a train", seed=1).scenes
    assert not any("with the station" in scene.action for scene in scenes)


def test_the_station_of_an_astronaut_has_no_trains(write: Write) -> None:
    story = write("An astronaut waters the last tomato plant on the station", seed=1)
    assert not any("platform" in scene.location or "train" in scene.location for scene in story.scenes)


@pytest.mark.parametrize(
    ("idea", "clause"),
    [
        ("A tailor sews a pocket that never ends", "the pocket never ends"),
        ("A shepherd carves a whistle that only wolves can hear", "only wolves can hear the whistle"),
        ("A nurse sings to a patient who cannot hear", "the patient cannot hear"),
        ("A hotel porter carries a suitcase that ticks", "the suitcase ticks"),
    ],
)
def test_what_the_idea_says_of_its_object_comes_true_in_the_film(write: Write, idea: str, clause: str) -> None:
    later = " ".join(scene.narration for scene in write(idea).scenes[2:])
    assert clause in later


@pytest.mark.parametrize(
    ("idea", "heard"),
    [
        ("Paint the moon blue", 'on a wall: "Paint the moon blue."'),
        ("Don't wake the baby", 'on a wall: "Don\'t wake the baby."'),
        ("Why is the dog howling at the empty field?", "The dog is howling at the empty field. Nobody knows why."),
        ("Who ate the moon?", "Nobody knows who ate the moon."),
        ("How my father learned to cook", "This is the story of how my father learned to cook."),
        ("She counts the stairs because she cannot count the days", "The woman"),
        ("A night bus driver who never speaks picks up a passenger who never stops talking", "A night bus driver who never speaks picks up"),
    ],
)  # fmt: skip
def test_orders_questions_and_half_sentences_are_told_as_they_are_meant(write: Write, idea: str, heard: str) -> None:
    assert heard in spoken(write(idea))


@pytest.mark.parametrize(
    ("idea", "nouns"),
    [
        ("Milk, bread, and a revolution", ("bread", "revolution")),
        ("Amina's kite gets stuck on the roof of the embassy", ("kite", "Amina")),
        ("Nobody wanted the ugly pumpkin", ("pumpkin",)),
        ("Somebody keeps leaving pianos in the woods", ("pianos",)),
    ],
)
def test_an_idea_without_a_hero_who_acts_ends_with_its_own_nouns(
    write: Write, idea: str, nouns: tuple[str, ...]
) -> None:
    end = " ".join(scene.narration for scene in write(idea).scenes[2:])
    assert [noun for noun in nouns if noun not in end] == []


def test_every_plot_about_an_object_names_it_in_its_turn_and_in_its_end() -> None:
    named = re.compile(r"(?i)\{(?:the )?(?:thing|other|object|matter|claim|into|one)\}")
    plots = [t for t in read_tables().threads["plain"] if any("does" in line.tags or "roughly" in line.tags for line in t.beats.values())]  # fmt: skip
    assert len(plots) > 40
    for plot in plots:
        assert {"attempt", "setback", "turn", "ending"} <= set(plot.beats), plot.name
        assert named.search(plot.beats["turn"].say) or named.search(plot.beats["ending"].say), plot.name


def test_a_thing_that_is_given_to_somebody_is_looked_at_by_that_one(write: Write) -> None:
    texts = [spoken(write("The seamstress sews a wedding dress for a ghost", seed=seed)) for seed in range(3)]
    assert all("the wedding dress" in text and "the ghost" in text.partition("for a ghost")[2] for text in texts)


def test_a_scene_has_words_even_where_the_idea_leaves_few(write: Write) -> None:
    idea = "When the river dries up, an otter family has to find a new home before the winter"
    for seed in range(3):
        assert all(scene.narration for scene in write(idea, seed=seed).scenes)


def test_pictures_of_several_with_their_object_are_in_good_english(write: Write) -> None:
    for seed in range(2):
        story = write("Three penguins steal a fishing boat", seed=seed, scene_count=8, duration_s=60)
        actions = [scene.action for scene in story.scenes]
        assert sum("boat" in action for action in actions) >= 4
        assert not re.search(r"penguins (?:looks|steals|is)\b", " ".join(actions))
