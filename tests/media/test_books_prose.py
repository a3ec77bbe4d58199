"""A chapter's text as a book reads it: what is emphasis, what is a break, and where pictures go."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.media.books.prose import Block, blocks_of, laid_out
from studio.model.book import BookChapter, BookPicture


def marked(text: str) -> str:
    """The one block of ``text`` with ``<i>`` and ``<b>`` where it is set so."""
    [block] = blocks_of(text)
    words = [f"<b>{run.text}</b>" if run.is_bold else run.text for run in block.runs]
    return "".join(f"<i>{word}</i>" if run.is_italic else word for word, run in zip(words, block.runs, strict=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* c", "a <i>b</i> c"),
        ("“*Joss!*”", "“<i>Joss!</i>”"),
        ("**a *b* c**", "<b>a </b><i><b>b</b></i><b> c</b>"),
        ("***both***", "<i><b>both</b></i>"),
        ("_under_ snake_case_name", "<i>under</i> snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("one *star alone", "one *star alone"),
        (r"\*no\*", "*no*"),
        ("a verse\nand *another*", "a verse\nand <i>another</i>"),
        ("w" * 60 + "\nand its\nrest", "w" * 60 + " and its rest"),
        ("w" * 60 + "  \nand another", "w" * 60 + "\nand another"),
    ],
)
def test_emphasis_is_what_pairs_of_marks_hold(text: str, shown: str) -> None:
    assert marked(text) == shown


def test_headings_breaks_and_quotations_are_told_from_paragraphs() -> None:
    text = "## A head\nUnder it.\n\n***\n\n* * *\n\n---\n\n> Said\n> once.\n\n—Yes.\n\n…\n\n#1 is the best."
    kinds = [(block.kind, block.text) for block in blocks_of(text)]
    assert kinds == [
        ("heading", "A head"),
        ("paragraph", "Under it."),
        ("break", ""),
        ("break", ""),
        ("break", ""),
        ("quotation", "Said\nonce."),
        ("paragraph", "—Yes."),
        ("paragraph", "…"),
        ("paragraph", "#1 is the best."),
    ]


def test_a_picture_stands_after_the_paragraph_that_holds_its_position() -> None:
    text = "First words.\n\nSecond words.\n\nThird words."
    places = {"a": 0, "b": text.index("Second"), "c": text.index("words.\n\nThird") + 5, "d": len(text) + 9}
    pictures = tuple(BookPicture(place, Path(name), "") for name, place in reversed(places.items()))
    order = [
        piece.text if isinstance(piece, Block) else piece.file.name
        for piece in laid_out(BookChapter("", text, pictures=pictures))
    ]
    assert order == ["First words.", "a", "Second words.", "b", "c", "Third words.", "d"]


def test_nothing_of_a_paragraph_full_of_marks_without_partners_is_lost() -> None:
    [block] = blocks_of("*a **b _c " * 5_000)
    assert [block.text.count(letter) for letter in "abc"] == [5_000] * 3
