"""What a newer version of a book changes is told before it is taken."""

from __future__ import annotations

import random

from studio.model.manuscript import Chapter, Emphasis, Manuscript
from studio.planning.books.newer import difference

WORDS = "boat rain kettle window harbour lamp bread letter brother winter stone ladder song ledger mountain".split()


def prose(seed: int) -> str:
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choices(WORDS, k=30)) + "." for _ in range(4))


def book(**chapters: str) -> Manuscript:
    return Manuscript(
        chapters=tuple(
            Chapter(id=number, number=number, title=title, content=content)
            for number, (title, content) in enumerate(chapters.items(), start=1)
        )
    )


OLD = book(Rain=prose(1), Sun=prose(2), Snow=prose(3), Fog=prose(4))


def test_chapters_are_told_by_what_becomes_of_them() -> None:
    found = difference(OLD, book(Rain=prose(1), Sun=f"{prose(2)} And more.", Hail=prose(9), Ice=prose(3)))
    assert (found.changed, found.new) == (("chapter 2 (Sun)",), ("chapter 3 (Hail)",))
    assert (found.retitled, found.gone, found.same) == (("chapter 4 (Ice)",), ("chapter 4 (Fog)",), 1)
    assert found.said == (
        "With other words: chapter 2 (Sun). New: chapter 3 (Hail). Gone: chapter 4 (Fog). With another heading or "
        "emphasis alone: chapter 4 (Ice). 1 chapter stays as before."
    )


def test_another_order_is_told_and_the_same_book_is_none() -> None:
    moved = difference(OLD, book(Sun=prose(2), Rain=prose(1), Snow=prose(3), Fog=prose(4)))
    assert (moved.same, moved.is_reordered, moved.is_none) == (4, True, False)
    assert difference(OLD, OLD).is_none


def test_new_emphasis_is_a_change_that_has_nothing_read_again() -> None:
    first = OLD.chapters[0].model_copy(update={"emphasis": (Emphasis(start=0, end=4, kind="italic"),)})
    found = difference(OLD, OLD.model_copy(update={"chapters": (first, *OLD.chapters[1:])}))
    assert (found.retitled, found.changed, found.same) == (("chapter 1 (Rain)",), (), 3)


def test_of_many_chapters_the_first_are_named() -> None:
    many = book(**{f"T{number}": prose(number) for number in range(20, 30)})
    assert "New: chapter 1 (T20), chapter 2 (T21), chapter 3 (T22), chapter 4 (T23), chapter 5 (T24) and 5 more." in (
        difference(Manuscript(), many).said
    )
