"""A chapter's text as a book reads it: what is emphasis, what is a break, and where pictures go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studio.media.books.prose import Block, blocks_of, laid_out
from studio.model.book import BookChapter, BookPicture
from studio.model.manuscript import Emphasis


def marked(text: str) -> str:
    """The one block of ``text``, which has ``<i>`` and ``<b>`` where it is emphasised, as it is set."""
    plain, emphasis = "", list[Emphasis]()
    for piece in re.split(r"(</?[ib]>)", text):
        kind = {"i": "italic", "b": "bold"}.get(piece.strip("</>")) if piece.startswith("<") else None
        if kind and piece[1] != "/":
            emphasis.append(Emphasis.model_validate({"start": len(plain), "end": 10**6, "kind": kind}))
        elif kind:
            last = max(at for at, one in enumerate(emphasis) if one.kind == kind)
            emphasis[last] = emphasis[last].model_copy(update={"end": len(plain)})
        else:
            plain += piece
    [block] = blocks_of(plain, emphasis)
    words = [f"<b>{run.text}</b>" if run.is_bold else run.text for run in block.runs]
    return "".join(f"<i>{word}</i>" if run.is_italic else word for word, run in zip(words, block.runs, strict=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <i>b</i> c", "a <i>b</i> c"),
        ("<b>a <i>b</i> c</b>", "<b>a </b><i><b>b</b></i><b> c</b>"),
        ("<i>to its end and far beyond", "<i>to its end and far beyond</i>"),
        ("*stars* and _lines_ as they stand", "*stars* and _lines_ as they stand"),
        ("a verse\nand <i>another</i>", "a verse\nand <i>another</i>"),
        ("w" * 60 + "\nand   its\n  <i>rest</i>", "w" * 60 + " and its <i>rest</i>"),
        ("w" * 60 + "  \nand another", "w" * 60 + "\nand another"),
        ("> She <i>said</i> it\n> <b>no</b>.", "She <i>said</i> it\n<b>no</b>."),
        ("## A <i>fine</i> head", "A <i>fine</i> head"),
    ],
)
def test_words_are_in_the_face_that_is_said_beside_the_text(text: str, shown: str) -> None:
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
