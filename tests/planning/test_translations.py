"""What is doubtful in a translation, and whose wording stands in it."""

from __future__ import annotations

import pytest

from studio.model.dub import Line, Translated
from studio.planning.dubbing.translations import (
    Draft,
    Entry,
    Parts,
    doubts,
    held,
    left_words,
    settled,
    typed,
    with_texts,
)


def line(number, text):
    return Line(id=f"{number:04d}", start_s=2.0 * number, end_s=2.0 * number + 1, text=text)


LINES = (line(1, "One."), line(2, "Two."), line(3, "Three."))


def entry(number, text, *, source="", draft=""):
    return Entry(id=f"{number:04d}", start_s=0, end_s=1, text=text, source=source, draft=draft)


def test_only_what_differs_from_its_draft_was_typed():
    standing = [entry(1, "Um.", source="One.", draft="Um."), entry(2, "Dois!", source="Two.", draft="Dois.")]
    assert list(typed(LINES, standing)) == ["0002"]


def test_what_was_typed_for_another_source_does_not_hold_but_is_still_there():
    standing = [entry(2, "Dois!", source="Too.", draft="Dois.")]
    assert (list(typed(LINES, standing)), list(held(LINES, standing))) == ([], ["0002"])


def test_a_line_of_another_program_has_been_typed():
    plain = Translated(id="0003", start_s=0, end_s=1, text="Três.")
    assert typed(LINES, [plain])["0003"].text == "Três."


def test_a_standing_file_with_a_new_wording_is_asked_for_by_the_same_facts():
    drafts = {one.id: Draft(f"pt {one.text}") for one in LINES}
    first = settled(Parts(LINES, drafts, {}))
    edited = [one.model_copy(update={"text": "Dois!"}) if one.id == "0002" else one for one in first]
    again = settled(Parts(LINES, drafts, typed(LINES, edited), edited))
    assert [(one.draft, one.kept) for one in again] == [(one.draft, one.kept) for one in first]
    assert again[1].text == "Dois!"


def test_an_imported_text_stands_for_the_line_as_it_is_now_and_drops_the_shorter_wording():
    old = entry(2, "Zwei.", source="2.", draft="Zwei.").model_copy(update={"short": "2"})
    entries = with_texts(LINES, [old], {"0002": " Dois. "})
    assert [one.id for one in entries] == ["0001", "0002", "0003"]
    assert (entries[1].text, entries[1].source, entries[1].short) == ("Dois.", "Two.", "")
    assert list(typed(LINES, entries)) == ["0002"]


@pytest.mark.parametrize(
    ("source", "translation", "words"),
    [
        ("It weighs 12,500 kg.", "Pesa 12.500 kg.", ""),
        ("It weighs 12,500 kg.", "Pesa 1.250 kg.", "numbers"),
        ("In the 1990s.", "Nos anos 90.", ""),
        ("We all live here now.", "We all live here now.", "untranslated"),
        ("Hello there, my friend, how are you today?", "Oi", "shorter"),
        ("Hi.", "Olá.", ""),
        ("She looks into the beehive.", "Ela olha para o beehive.", "left untranslated: beehive"),
        ("The animal is in the hospital.", "O animal está no hospital.", ""),
        ("The robot waits.", "O robô espera.", "“robot” → “autômato”"),
    ],
)
def test_what_strikes_in_a_line_is_told(source, translation, words):
    found = "; ".join(doubts(source, translation, {"robot": "autômato"}, target="pt"))
    assert words in found if words else not found


def test_a_portuguese_word_that_stayed_in_a_spanish_line_is_told():
    assert left_words("The bees fly.", "Las abelhas vuelan muy lejos.", target="es") == ("abelhas",)
