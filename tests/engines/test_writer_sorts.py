"""Sorts of ideas that the built-in writer tells in ways of their own: lessons, offers, nature, long sentences, whiles."""

from __future__ import annotations

import re

import pytest

from tests.engines.telling import Write, spoken

LONG = (
    "After the old postwoman Greta, who had delivered every letter in the valley for forty years, slips on the ice, "
    "her grandson, who has never even ridden a bicycle, has to finish her round before Christmas Eve"
)


def test_a_lesson_is_about_its_question_and_not_about_its_pupils(write: Write) -> None:
    text = spoken(write("A lesson for 10-year-olds: why do leaves change colour in autumn?"))
    assert "why leaves change colour in autumn" in text or "Why do leaves change colour in autumn?" in text
    assert "10-year-olds" not in text


def test_what_is_explained_by_somebody_is_told_as_that_ones_deed(write: Write) -> None:
    assert "sunflower explains photosynthesis" in spoken(write("Photosynthesis explained by a sunflower"))


def test_a_long_sentence_is_told_in_the_order_of_what_happens(write: Write) -> None:
    text = spoken(write(LONG))
    assert re.search(r"slips on the ice\. .*Then her grandson, who has never even ridden a bicycle", text)


def test_a_long_idea_leaves_no_scene_without_words(write: Write) -> None:
    assert all(scene.narration for scene in write(LONG).scenes)


@pytest.mark.parametrize(
    "idea", ["A storm crosses a desert at night", "A glacier melts", "A river from its spring to the sea"]
)
def test_nature_is_told_without_people_who_talk_about_it(write: Write, idea: str) -> None:
    told = " ".join(scene.narration for scene in write(idea).scenes[2:])
    assert not re.search(r"\b(?:child|argue|story|opinions?|laughs?)\b", told)


def test_a_product_keeps_the_name_it_is_called_by(write: Write) -> None:
    text = spoken(write("A commercial for hiking boots named Alto that last for a thousand miles"))
    assert re.search(r"\bAlto\b", text)
    assert "asts for a thousand miles" in text


def test_a_shop_is_neither_unpacked_nor_taken_along(write: Write) -> None:
    for seed in range(2):
        text = spoken(write("A commercial for a small family bakery that delivers warm bread by bicycle", seed=seed))
        assert not re.search(r"tries|takes .* along|Take it|simply works|On the table", text)


def test_a_child_that_is_found_is_not_called_a_thing(write: Write) -> None:
    text = spoken(write("A tired nurse at the end of a double shift finds a baby on the hospital steps"))
    assert "a pair of eyes looks up" in text


def test_a_lack_after_other_events_is_no_new_wish(write: Write) -> None:
    text = spoken(write("Nadia writes love letters for other people, but she has never received one herself"))
    assert "wants to receive" not in text


def test_the_hours_before_something_are_told_and_not_studied(write: Write) -> None:
    assert "a story about the night before the exam" in spoken(write("The night before the exam"))


@pytest.mark.parametrize("idea", ["Sourdough", "Ramen", "Dinosaurs", "Leonardo da Vinci"])
def test_a_bare_word_for_a_thing_and_a_full_name_are_asked_about(write: Write, idea: str) -> None:
    text = spoken(write(idea))
    assert not re.search(r"ordinary day|This is a story about", text)


def test_how_to_do_something_is_learned_by_doing_it(write: Write) -> None:
    text = spoken(write("How to make the perfect omelette"))
    assert re.search(r"your turn|The rest is patience", text)


def test_what_a_grandparent_did_is_told_as_a_memory(write: Write) -> None:
    assert re.search(r"\bI\b", spoken(write("My grandfather built the first bicycle in our village")))


@pytest.mark.parametrize(
    ("idea", "told"),
    [
        ("Every year on the same evening, Walter books table nine", "Every year on the same evening, Walter books table nine."),
        ("Everyone in the office forgets Kevin's birthday", "Everyone in the office forgets Kevin's birthday."),
        ("The night the river froze", "One night, the river freezes."),
    ],
)  # fmt: skip
def test_a_verb_that_could_be_a_noun_is_still_what_happens(write: Write, idea: str, told: str) -> None:
    assert told in spoken(write(idea))


@pytest.mark.parametrize(
    "idea", ["The night nurses", "Love letters in the wrong mailbox", "Street cats of Istanbul", "Ghost train"]
)
def test_a_noun_that_could_be_a_verb_does_nothing(write: Write, idea: str) -> None:
    story = write(idea)
    assert story.title == idea.title().replace(" In ", " in ").replace(" The ", " the ").replace(" Of ", " of ")
    assert "One day" not in spoken(story)
    assert "One night" not in spoken(story)


def test_what_is_done_every_week_is_not_told_as_a_first_attempt(write: Write) -> None:
    text = spoken(write("Every Sunday, Rose bakes a cake for a son who never visits"))
    assert "The first one burns" not in text


def test_an_open_question_is_asked_and_not_answered_with_yes(write: Write) -> None:
    story = write("what would you do with one extra hour a day")
    assert "What would you do with one extra hour a day?" in spoken(story)
    assert "yes" not in spoken(story).lower()


def test_the_last_time_is_told_as_a_farewell(write: Write) -> None:
    assert any(
        word in spoken(write("A ferry crosses the river for the last time"))
        for word in ("Something is over now", "wave")
    )


def test_a_horror_story_does_not_end_well(write: Write) -> None:
    text = spoken(write("A short horror film: the babysitter hears the baby laugh, but there is no baby"))
    assert "goes well in the end" not in text


def test_a_film_for_a_hotel_on_a_mountain_has_no_empty_scene(write: Write) -> None:
    story = write("promo video for a mountain hotel")
    assert all(len(scene.action) > 5 for scene in story.scenes)
    assert "Try it." not in story.scenes[0].narration
