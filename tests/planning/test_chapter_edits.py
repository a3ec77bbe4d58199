"""Chapters split, merged, moved and renamed: nothing is lost, and what was made of a chapter stays with it."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import BadInput
from studio.model.manuscript import Chapter, Manuscript
from studio.planning.books.chapter_edits import merge, move, rename, rewrite, split, with_kept_ids
from studio.planning.books.emphasis import read_marks

WORDS = (
    "boat rain kettle window harbour lamp bread letter brother winter stone ladder song ledger mountain bell".split()
)


def prose(seed, paragraphs=4):
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choices(WORDS, k=40)) + "." for _ in range(paragraphs))


def book(*contents, titled=True):
    return Manuscript(
        chapters=tuple(
            Chapter(id=n, number=n, title=f"Chapter {n}" if titled else "", content=content)
            for n, content in enumerate(contents, start=1)
        )
    )


THREE = book(prose(1), prose(2), prose(3))


def ids(manuscript):
    return [chapter.id for chapter in manuscript.chapters]


def test_a_chapter_is_split_before_the_paragraph_nearest_to_the_position():
    second_at = THREE.chapters[1].content.index("\n\n") + 2
    found = split(THREE, 2, second_at + 5)
    assert ids(found) == [1, 2, 4, 3]
    assert [chapter.number for chapter in found.chapters] == [1, 2, 3, 4]
    assert found.chapters[1].content == prose(2)[: second_at - 2]
    assert found.chapters[2].content == prose(2)[second_at:]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            lambda: split(book("One paragraph only."), 1, 4),
            "Chapter 1 .Chapter 1. is one paragraph and cannot be split",
        ),
        (lambda: split(THREE, 1, 10**6), "there is no position 1000000 in it"),
        (lambda: split(THREE, 9, 0), "There is no chapter with the id 9"),
        (lambda: merge(THREE, 3), "Chapter 3 .Chapter 3. is the last"),
        (lambda: move(THREE, 1, 4), "There is no place 4: the book has chapters 1 to 3"),
        (lambda: rename(THREE, 7, "x"), "There is no chapter with the id 7"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(edit, sentence):
    with pytest.raises(BadInput, match=sentence):
        edit()


def test_merging_undoes_a_split_and_its_id_is_never_given_again():
    parted = split(THREE, 2, 0)
    whole = merge(parted, 2)
    assert [(one.id, one.title, one.content) for one in whole.chapters] == [
        (one.id, one.title, one.content) for one in THREE.chapters
    ]
    assert ids(split(whole, 1, 0)) == [1, 5, 2, 3]


def test_an_empty_chapter_merged_leaves_no_blank_lines():
    found = merge(book("", prose(2)), 1)
    assert [(one.id, one.title, one.content) for one in found.chapters] == [(1, "Chapter 1", prose(2))]


def test_a_moved_chapter_keeps_its_id_and_all_are_numbered_anew():
    found = move(THREE, 3, 1)
    assert [(one.id, one.number, one.content) for one in found.chapters] == [
        (3, 1, prose(3)), (1, 2, prose(1)), (2, 3, prose(2)),
    ]  # fmt: skip


def test_renaming_changes_the_title_alone():
    found = rename(THREE, 2, "  The  Calm ")
    assert found.chapters[1].title == "The Calm"
    assert found.chapters[1].content == prose(2)
    assert ids(found) == [1, 2, 3]


def test_no_control_character_or_half_letter_gets_into_a_chapter():
    found = rewrite(rename(THREE, 2, "The\x00 Ca\ud800lm\x9f"), 2, "\nShe\x00 wept.\r\n\n\tA\udc00 bell\x07.\n")
    assert (found.chapters[1].title, found.chapters[1].content) == ("The Calm", "She wept.\n\n\tA bell.")


def test_a_chapter_put_between_gets_a_new_id_and_the_others_keep_theirs():
    after = book(prose(1), prose(9), prose(2), prose(3))
    assert ids(with_kept_ids(THREE, after)) == [1, 4, 2, 3]


def test_a_changed_paragraph_does_not_change_the_id_even_when_all_titles_move():
    parts = prose(2).split("\n\n")
    after = book(prose(9), prose(1), "\n\n".join(["Something else began it.", *parts[1:]]), prose(3))
    assert ids(with_kept_ids(THREE, after)) == [4, 1, 2, 3]


def test_a_chapter_written_anew_is_known_by_its_title():
    assert ids(with_kept_ids(THREE, book(prose(1), prose(8), prose(3)))) == [1, 2, 3]
    assert ids(with_kept_ids(THREE, book(prose(1), prose(8), prose(3), titled=False))) == [1, 4, 3]


def test_a_deleted_chapters_id_does_not_come_back():
    shorter = with_kept_ids(THREE, book(prose(1), prose(2)))
    assert ids(shorter) == [1, 2]
    assert ids(with_kept_ids(shorter, book(prose(1), prose(2), prose(7), titled=False))) == [1, 2, 4]


def test_the_half_that_is_larger_keeps_the_id_of_a_chapter_cut_in_two():
    parts = prose(2, 10).split("\n\n")
    before = book(prose(1), prose(2, 10), titled=False)
    after = book(prose(1), "\n\n".join(parts[:3]), "\n\n".join(parts[3:]), titled=False)
    assert ids(with_kept_ids(before, after)) == [1, 3, 2]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 8), max_size=8), st.lists(st.integers(0, 8), max_size=8))
def test_no_id_is_given_twice_and_equal_texts_meet(old, new):
    before, after = (book(*(prose(seed, 1) if seed else "" for seed in seeds)) for seeds in (old, new))
    found = with_kept_ids(before, after)
    assert len(set(ids(found))) == len(found.chapters)
    assert [one.content for one in found.chapters] == [one.content for one in after.chapters]
    for chapter in found.chapters:
        if chapter.content and old.count(new[chapter.number - 1]) == new.count(new[chapter.number - 1]):
            assert before.chapters[chapter.id - 1].content == chapter.content


def test_a_long_book_changed_everywhere_is_matched_in_seconds():
    chapters = [prose(n, 25) for n in range(100)]
    before, after = book(*chapters), book(*(f"New. {content}" for content in reversed(chapters)))
    began_s = time.process_time()
    assert ids(with_kept_ids(before, after)) == list(range(100, 0, -1))
    assert time.process_time() - began_s < 4, "it takes 0.4 s here"


SHIP = "The *Mary* sank.\n\nNobody *on board* was **ever** found.\n\nIt was *spring*."


def shown(manuscript):
    return [[(one.content[e.start : e.end], e.kind) for e in one.emphasis] for one in manuscript.chapters]


@pytest.fixture
def ship():
    text, emphasis = read_marks(SHIP)
    chapter = Chapter(id=1, number=1, content=text, emphasis=emphasis)
    return Manuscript(chapters=(chapter, chapter.model_copy(update={"id": 2, "number": 2})))


def test_emphasis_goes_with_its_words_when_a_chapter_is_split_or_merged(ship):
    mary, others = [("Mary", "italic")], [("on board", "italic"), ("ever", "bold"), ("spring", "italic")]
    parted = split(ship, 1, 20)
    assert shown(parted) == [mary, others, [*mary, *others]]
    assert shown(merge(parted, 1)) == [[*mary, *others], [*mary, *others]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The Mary", "Long ago the Mary", ["Mary", "on board", "ever", "spring"]),
        ("on board", "on the board", ["Mary", "on the board", "ever", "spring"]),
        ("Nobody on board was", "*Nobody* was", ["Mary", "Nobody", "ever", "spring"]),
        ("spring", "May", ["Mary", "on board", "ever", "May"]),
        ("was spring", "was a spring", ["Mary", "on board", "ever", "spring"]),
        ("spring.", "spring then.", ["Mary", "on board", "ever", "spring"]),
        ("sank", "*sank*", ["Mary", "sank", "on board", "ever", "spring"]),
    ],
)
def test_a_rewritten_chapter_keeps_the_emphasis_of_words_that_stay(ship, old, new, expected):
    found = rewrite(ship, 1, ship.chapters[0].content.replace(old, new))
    assert [words for words, _ in shown(found)[0]] == expected
    assert "*" not in found.chapters[0].content
