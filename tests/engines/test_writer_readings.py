"""What the built-in writer makes of sentences that are easily misread: one behaviour a test, each found by reading stories."""

from __future__ import annotations

import re

import pytest

from studio.engines.writer.draft import SceneDraft, narrate
from tests.engines.telling import Write, spoken


@pytest.mark.parametrize(
    ("idea", "heard"),
    [
        ("make a short film about two snails racing across a garden path", "race across a garden path"),
        ("an old man feeding pigeons and telling them stories", "The old man tells them stories."),
        ("Can a crow and a scarecrow be friends?", "The two want to be friends."),
        ("A film about a city where elevators are afraid of the top floor", "In a city, elevators are afraid"),
        (
            "On the top floor of an old hotel an elderly pianist plays for guests who left long ago",
            "hotel, an elderly pianist plays for guests who left long ago.",
        ),
        ("In the old harbour a girl sells stories for a coin each", "In the old harbour, a girl"),
        ("In the summer of 1976 four friends hitchhike to Athens without money", "In the summer of 1976, four friends"),
        ("A detective who is afraid of the dark investigates a blackout", "the detective investigates a blackout."),
        ("After the flood a farmer and his mule search for dry land", "a farmer and his mule search for dry land."),
        ("a crab who moves into a tin can", "A crab moves into a tin can."),
        ("a kettle that whistles opera", "A kettle whistles opera."),
        ("Tomas wakes up and it is Monday again. Only the cat seems to notice.", "it is Monday again."),
        ("A clumsy waiter drops a tray on a famous director. She offers him a part.", "She offers him a part."),
        ("a documentary about the Great Fire of London", "the Great Fire of London"),
        ("what happens to lost luggage?", "lost luggage will never look the same"),
    ],
)
def test_a_sentence_is_told_as_it_is_meant(write: Write, idea: str, heard: str) -> None:
    assert heard in spoken(write(idea, seed=1))


@pytest.mark.parametrize(
    ("idea", "wrong"),
    [
        ("an orchestra of kitchen pots", r"orchestra pots\b"),
        ("Rosa has never told anyone that she can fly", r"wants to tell anyone"),
        ("an ad for oat milk", r"\ban oat milk"),
        ("Spot for a thermos that keeps tea hot for two days", r"\b[Tt]he(?:y|m)\b"),
        ("Samira climbs the tallest crane in Rotterdam to hang up a flag", r"\b(?:he|his)\b"),
        ("An astronaut's daughter talks to the moon every night", r"\b(?:drifts from|planet|airlock)\b"),
        ("an octopus playing eight drums in a jazz bar", r"\b(?:[Kk]elp|reef|current)\b"),
        ("A beekeeper loses all her bees and goes looking for them in the city", r"\b(?:lavender|blackbird|rose)\b"),
        ("Two strangers keep finding the same book on park benches", r"nothing of this can be taken back"),
        ("A ghost who is bad at scaring people", r"[Tt]he people answer"),
        ("Will the swallows come back?", r"What for\?"),
        ("the dog next door", r"patience to see it"),
        ("my first winter in Canada", r"winter is everywhere"),
        ("a submarine in a swimming pool", r"suitcase|steps onto"),
        ("Leila repairs radios and one of them starts talking to her", r"not what she had in mind"),
        ("A burglar breaks into a house and finds the owner waiting with tea", r"touches nothing"),
    ],
)
def test_nothing_is_told_that_the_idea_does_not_bear(write: Write, idea: str, wrong: str) -> None:
    text = " ".join(spoken(write(idea, seed=seed)) for seed in (1, 2))
    assert not re.search(wrong, text)


def test_rain_that_never_stops_falls_in_the_film(write: Write) -> None:
    story = write("In a town where it never stops raining, a boy opens a shop for umbrellas")
    assert {scene.weather for scene in story.scenes} == {"rain"}


def test_three_sentences_are_told_in_order_and_brought_to_an_end(write: Write) -> None:
    idea = "A girl finds a key in the belly of a fish. She tries it in every door of the village. The last door is her own."
    story = write(idea)
    told = [scene.narration for scene in story.scenes]
    places = [
        next(at for at, text in enumerate(told) if part in text)
        for part in ("finds a key in the belly of a fish", "tries it in every door", "The last door is her own.")
    ]
    assert places == sorted(places)
    assert places[-1] < len(told) - 1
    assert [character.name for character in story.cast] == ["girl"]


def test_a_title_ends_where_the_first_sentence_ends(write: Write) -> None:
    story = write("The night shift at a hospital. A nurse, a newborn and a power cut.")
    assert story.title == "The Night Shift at a Hospital"


def test_two_who_share_have_it_between_them(write: Write) -> None:
    text = spoken(write("A miner and his canary share one last sandwich in the dark"))
    assert "not quite enough for two" in text


def test_an_opening_that_names_nobody_gives_way_to_the_story() -> None:
    opening = SceneDraft("setup", "a street", "", "neutral", spare="It begins like this.", is_mere_opening=True)
    opening.say("There are stories that one does not forget. Here is one.", 1, is_core=True)
    setback = SceneDraft("setback", "a street", "", "neutral", spare="Time goes by.")
    setback.say("Others shake their heads. The boy begins to wonder whether they are right.", 5, is_core=True)
    told = narrate([opening, setback], 18)
    assert told == [
        "It begins like this.",
        "Others shake their heads. The boy begins to wonder whether they are right.",
    ]
