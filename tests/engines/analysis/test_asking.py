"""Chapters read by a language model: its quotations are held against the text, long chapters are read in pieces."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from studio.engines.analysis.asking import askings_left, read_chapter
from studio.engines.analysis.quoting import find_quote
from studio.engines.chat.ladder import MOST_ITEMS, Question, Reply, Unreadable
from studio.errors import EngineUnavailable
from studio.model.job import JobNote
from studio.model.moments import ChapterAnalysis
from tests.servers.jobs import Job
from tests.servers.tales import answer_to, quoted, reading

TEXT = "“Don’t go,” said Mara — and the lamp went out.\n\nTobi ran over the black rocks to the boat.\n\nMara lit the lamp once more."


class Model:
    """Answers with ``says`` in turn, then as a well-behaved model; keeps what it was asked."""

    name = "analysis/model"

    def __init__(self, *says: Callable[[str], Reply]) -> None:
        self._says = list(says)
        self.asked: list[str] = []

    def reply(self, question: Question, job: Any) -> Reply:
        words = question.turns[-1].text
        self.asked.append(words)
        return self._says.pop(0)(question.turns[0].text) if self._says else Reply(answer_to(question.turns[0].text))


def says(**changes: Any) -> Callable[[str], Reply]:
    return lambda words: Reply(json.dumps(reading(words, **changes)))


def read(model: Model, text: str = TEXT, *, most: int = 5, language: str = "en") -> ChapterAnalysis:
    return read_chapter(model, Job(), text, title="The Lamp", most_moments=most, language=language)


@pytest.mark.parametrize("quote", [
    "\"Don't go,\" said Mara - and the lamp went out.", "Don’t  go,” said Mara —\nand the lamp went out.", "…and the lamp went out.",
])  # fmt: skip
def test_a_quotation_is_found_however_its_marks_are_typed(quote):
    place = find_quote(TEXT, quote)
    assert place
    assert TEXT[slice(*place)].endswith("and the lamp went out.")


def test_words_that_are_not_in_the_text_are_asked_for_once_more_and_then_left_out():
    invented = [quoted("A dragon flew over the harbour."), quoted("Tobi ran over the black rocks to the boat.")]
    model = Model(says(moments=invented), says(moments=invented))
    found = read(model)
    assert [moment.text_excerpt for moment in found.moments] == ["Tobi ran over the black rocks to the boat."]
    assert len(model.asked) == 2
    assert "A dragon flew over the harbour." in model.asked[1]
    assert "letter by letter" in model.asked[1]


def test_a_quotation_that_is_mended_counts():
    model = Model(
        says(moments=[quoted("Mara lighted her lamp again.")]), says(moments=[quoted("Mara lit the lamp once more.")])
    )
    assert [moment.start_position for moment in read(model).moments] == [TEXT.index("Mara lit")]


def test_tones_that_nobody_knows_are_left_out():
    model = Model(says(moments=[quoted("Mara lit the lamp once more.", tones=["grandeur", "Joy"], intensity=7)]))
    (moment,) = read(model).moments
    assert moment.emotional_tones == ("joy",)
    assert moment.intensity_score == 1.0


def test_a_long_chapter_is_read_in_pieces_and_no_moment_comes_twice():
    text = "\n\n".join(
        f"Mara carried lamp number {number} up the stairs of the tower. The wind blew." for number in range(600)
    )
    model = Model()
    found = read(model, text, most=12)
    assert len(model.asked) == 5  # four pieces, and the whole summed up
    assert found.summary == "It is told in parts."
    assert len(found.moments) == 12
    assert len({moment.text_excerpt for moment in found.moments}) == 12
    assert max(int(re.findall(r"at most (\d+), strongest", words)[0]) for words in model.asked[:-1]) <= MOST_ITEMS
    assert found.moments[-1].start_position > 0.7 * len(text)
    assert [person.name for person in found.characters] == ["Mara"]


def test_an_answer_that_was_cut_off_is_asked_for_in_halves():
    text = "\n\n".join(f"Mara carried lamp number {number} up the stairs of the tower." for number in range(60))
    model = Model(lambda words: Reply('{"summary": "Mara', is_cut=True))
    found = read(model, text)
    assert len(model.asked) == 4  # the whole, two halves, and these summed up
    assert found.moments


def test_a_text_in_another_language_is_quoted_as_it_is_and_told_in_english():
    model = Model()
    read(model, "Mara acendeu a lâmpada mais uma vez.", language="pt")
    assert "The text is in Portuguese" in model.asked[0]
    assert "in English" in model.asked[0]


LONG = "\n\n".join(f"Mara carried lamp number {n} up the stairs of the tower. The wind blew." for n in range(600))


def broken(words: str) -> Reply:
    raise EngineUnavailable("the line is cut")


def test_a_chapter_that_broke_off_is_gone_on_with_and_no_piece_is_asked_for_twice():
    notes: list[JobNote] = []
    first = Model(*[says()] * 3, broken)
    with pytest.raises(EngineUnavailable):
        read_chapter(first, Job(notes), LONG, title="The Lamp", most_moments=12, language="en")
    assert (askings_left(LONG, []), askings_left(LONG, notes)) == (5, 2)
    second = Model()
    found = read_chapter(second, Job(notes), LONG, title="The Lamp", most_moments=12, language="en")
    assert len(second.asked) == 2
    assert found == read(Model(), LONG, most=12)
    assert askings_left(LONG, notes) == 0


def test_answers_that_were_of_no_use_are_asked_for_anew():
    notes: list[JobNote] = []
    with pytest.raises(Unreadable):
        read_chapter(
            Model(*[lambda words: Reply("No.")] * 2), Job(notes), TEXT, title="", most_moments=5, language="en"
        )
    assert read_chapter(Model(), Job(notes), TEXT, title="", most_moments=5, language="en").moments
