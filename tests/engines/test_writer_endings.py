"""How the built-in writer ends what an idea leaves open, and what it says of things, of skies and of unusual sentences."""

from __future__ import annotations

import re

import pytest

from studio.engines.writer.idea import tone_of
from studio.engines.writer.skies import season_of
from tests.engines.telling import Write, spoken


@pytest.mark.parametrize(
    ("idea", "chosen"),
    [
        ("A dragon keeper finds a young dragon and must choose whether to set it free", "decides to set it free"),
        ("A student must decide whether to report his best friend", "decides not to report his best friend"),
        ("A mother penguin must choose between her egg and her own life", "chooses her egg"),
        ("A spy must decide whether to burn the letter or read it", "decides to read it"),
        ("An engineer must choose whether to save the lamp or the log book", "decides to save the log book"),
        ("The first colony on Mars has to decide who goes home", "So it is decided"),
    ],
)
def test_a_choice_is_made_in_the_end(write: Write, idea: str, chosen: str) -> None:
    assert chosen in write(idea).scenes[-1].narration


def test_a_question_that_ends_the_idea_is_asked_and_answered(write: Write) -> None:
    text = spoken(write("An opera singer loses her voice before the show. Will the cleaner sing in her place?"))
    assert "Will the cleaner sing in her place?" in text
    assert "The answer is yes." in text


def test_who_is_not_believed_is_believed_in_the_end(write: Write) -> None:
    story = write("A deaf girl can feel the water under the village, but nobody understands her")
    assert "It was true, all of it." in story.scenes[-1].narration


def test_there_is_no_fair_sky_over_a_storm(write: Write) -> None:
    for seed in range(4):
        text = spoken(write("A storm keeps twelve quarrelling guests on the ferry", seed=seed))
        assert not re.search(r"without a cloud|[Ss]tars|\bsun|wind is still|a bird draws", text)


def test_there_is_no_sky_in_a_lift(write: Write) -> None:
    for seed in range(4):
        text = spoken(write("Four strangers wake up in a lift with no buttons", seed=seed))
        assert not re.search(r"\b(?:sky|clouds?|sun|wind|bird)\b", text.lower())


@pytest.mark.parametrize(
    ("text", "weather", "season"),
    [
        ("An ice road trucker picks up a hitchhiker", "", "winter"),
        ("In the hottest summer an ice seller falls ill", "", "summer"),
        ("Snow falls in July", "snow", ""),
    ],
)
def test_a_season_is_read_from_what_names_it_best(text: str, weather: str, season: str) -> None:
    assert season_of(text, weather) == season


@pytest.mark.parametrize(
    ("idea", "line"),
    [
        ("The last payphone in the city rings", "Those who hear it stop"),
        ("A letter arrives forty years late", "Nobody is expecting the letter"),
        ("A lost suitcase travels around the world for eleven years", "left a mark on the suitcase"),
        ("Marta's bakery opens at four in the morning", "an open door is for"),
    ],
)
def test_a_thing_has_a_plot_of_what_it_does(write: Write, idea: str, line: str) -> None:
    assert line in spoken(write(idea))


@pytest.mark.parametrize(
    ("idea", "told"),
    [
        ("Three elderly sisters rob the bank that closed their library", "rob the bank that closed their library."),
        ("Two pilots land at the wrong airport", "the pilots land at the wrong airport."),
        ("Captain Osei and her crew search for a planet that is not on any map", "Captain Osei and her crew search for a planet that is not on any map."),
        ("Sofia's grandmother speaks only to the chickens", "The grandmother speaks only to the chickens."),
        ("Ten-year-old Priya builds a hospital for toys", "Priya, who is ten years old, builds a hospital for toys."),
        ("On the morning of her birthday, Rosalind decides to rob a museum", "Rosalind decides to rob a museum."),
        ("The hedgehog who could not be hugged", "The hedgehog wants to be hugged."),
        ("If dogs could vote", "What if dogs could vote?"),
    ],
)  # fmt: skip
def test_an_unusual_sentence_is_told_in_good_english(write: Write, idea: str, told: str) -> None:
    assert told in spoken(write(idea))


def test_a_light_that_goes_out_makes_no_horror_film() -> None:
    assert tone_of("the lighthouse goes dark") == ""
    assert tone_of("a dark tale of revenge") == "dark"


@pytest.mark.parametrize("idea", ["A raincoat for dogs that dries in one minute", "A mug that never spills"])
def test_a_thing_that_is_praised_is_for_sale(write: Write, idea: str) -> None:
    claim = idea.split(" that ")[1]
    assert re.search(rf"{claim}|{claim[0].upper()}{claim[1:]}", spoken(write(idea)))
    assert "One day" not in spoken(write(idea))
