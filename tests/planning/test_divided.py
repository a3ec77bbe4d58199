"""Translations go with their lines when those are split and joined."""

from __future__ import annotations

import pytest

from studio.model.dub import Line
from studio.planning.dubbing.divided import divided, following
from studio.planning.dubbing.line_edits import merge_with_next, split_line
from studio.planning.dubbing.translations import Entry

LINES = (
    Line(id="0001", start=0.0, end=4.0, text="We waited all night. Nobody came to the house"),
    Line(id="0002", start=5.0, end=7.0, text="and so we left."),
)


def entry(line: Line, text: str, draft: str = "") -> Entry:
    return Entry(id=line.id, start=line.start_s, end=line.end_s, text_translated=text, source=line.text, draft=draft)


@pytest.mark.parametrize(
    ("text", "share", "parts"),
    [
        ("Esperamos a noite toda. Ninguém veio.", 0.5, ("Esperamos a noite toda.", "Ninguém veio.")),
        ("Esperamos a noite toda, mas ninguém veio até a casa.", 0.5, ("Esperamos a noite toda,", "mas ninguém veio até a casa.")),
        ("Sim. Esperamos a noite toda mas ninguém veio até a casa.", 0.6, ("Sim. Esperamos a noite toda mas", "ninguém veio até a casa.")),
        ("夜通し待ちました。誰も来ませんでした。", 0.5, ("夜通し待ちました。", "誰も来ませんでした。")),
        ("Ninguém!", 0.5, ("Ninguém!", "")),
    ],
)  # fmt: skip
def test_a_text_is_cut_after_a_sentence_or_clause_near_its_place_else_between_words(text, share, parts):
    assert divided(text, share) == parts


def test_both_halves_of_a_split_line_have_their_words_and_are_marked():
    after = split_line(LINES, "0001", at_word=5)
    mine = following(LINES, after, [entry(LINES[0], "Esperamos a noite toda. Ninguém veio até a casa")])
    assert [(one.text, one.source, one.is_typed, one.is_divided) for one in mine.values()] == [
        ("Esperamos a noite toda.", after[0].text, True, True),
        ("Ninguém veio até a casa", after[1].text, True, True),
    ]


def test_a_draft_that_is_cut_stays_a_draft():
    text = "Esperamos a noite toda. Ninguém veio até a casa"
    after = split_line(LINES, "0001", at_word=5)
    assert not any(one.is_typed for one in following(LINES, after, [entry(LINES[0], text, text)]).values())


def test_joined_lines_join_their_words():
    after = merge_with_next(LINES, "0001")
    found = following(LINES, after, [entry(LINES[0], "Ninguém veio"), entry(LINES[1], "e fomos embora.")])
    assert {key: one.text for key, one in found.items()} == {"0001": "Ninguém veio e fomos embora."}


def test_other_edits_move_no_words():
    after = (LINES[0].model_copy(update={"text": "Something else"}), LINES[1])
    assert following(LINES, after, [entry(LINES[0], "Esperamos.")]) == {}
