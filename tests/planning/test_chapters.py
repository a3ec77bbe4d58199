"""Chapters found in plain text: what an author calls a heading is one, and no word of the book is lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.media.manuscripts.book_text import BookText
from studio.model.manuscript import Chapter, Manuscript
from studio.planning.books.chapters import manuscript_of
from studio.planning.books.front_pages import to_bind

RAIN = (
    "The rain had been falling since noon, and nobody in the house had said a word about it. Ada put the kettle on, "
    "and then she stood at the window and counted the boats that had not come home. There were three of them. "
)


def text(paragraphs=2):
    return "\n\n".join([RAIN.strip()] * paragraphs)


def book(written):
    return manuscript_of(BookText(written=written))


def titles(written):
    return [chapter.title for chapter in book(written).chapters]


@pytest.mark.parametrize(
    "headings",
    [
        ("Chapter 1", "Chapter 2", "Chapter 3"),
        ("CHAPTER ONE", "CHAPTER TWO", "CHAPTER TWENTY-ONE"),
        ("Chapter the First", "Chapter the Second", "Chapter the Last"),
        ("Chapter One: The Storm", "Chapter Two: The Calm"),
        ("CHAPTER XXIX", "CHAPTER XXX"),
        ("I", "II", "III"),
        ("1", "2", "3"),
        ("One", "Two", "Three"),
        ("Prologue", "Chapter 1", "Interlude", "Chapter 2", "Epilogue"),
        ("Letter 1", "Letter 2", "Chapter 1"),
        ("Erstes Kapitel", "Zweites Kapitel: Nacht", "Einundzwanzigstes Kapitel", "Nachwort"),
        ("Chapitre premier", "Chapitre II: La mer", "Épilogue"),
        ("Prólogo", "Capítulo Primero", "Capítulo 2: El mar"),
        ("Capitolo I", "Capitolo II", "Epilogo"),
        ("CAPÍTULO TRÊS", "CAPÍTULO QUATRO"),
        ("THE STORM", "THE CALM", "THE WAY HOME"),
    ],
)
def test_headings_of_many_kinds_begin_chapters(headings):
    written = "\n\n\n".join(f"{heading}\n\n{text()}" for heading in ("A Book of Boats", *headings)[1:])
    found = book(f"A Book of Boats\n\n{written}")
    assert [chapter.title for chapter in found.chapters] == list(headings)
    assert {chapter.content for chapter in found.chapters} == {text()}
    assert found.title == "A Book of Boats"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Chapter 1 - The Storm", "Chapter 1: The Storm"),
        ("CHAPTER I.", "CHAPTER I"),
        ("Chapter 1\n\nThe Storm", "Chapter 1: The Storm"),
        ("CHAPTER ONE\nTHE STORM", "CHAPTER ONE: THE STORM"),
        ("1. The Storm", "1: The Storm"),
        ("**Chapter 1**", "Chapter 1"),
        ("# Chapter 1: The Storm #", "Chapter 1: The Storm"),
        ("Chapter 1\n=========", "Chapter 1"),
        ("CHAPTER I. IN WHICH ADA IS BORN, AND CRIES", "CHAPTER I: IN WHICH ADA IS BORN, AND CRIES"),
    ],
)
def test_a_chapter_is_called_by_its_whole_heading(heading, title):
    found = titles(
        f"{heading}\n\n{text()}\n\n{heading.replace('1', '2').replace('I.', 'II.').replace('ONE', 'TWO')}\n\n{text()}"
    )
    assert found[0] == title
    assert len(found) == 2


def test_a_heading_needs_no_blank_line_after_it():
    found = book(f"Chapter 1\n{text(1)}\n\nChapter 2: The Calm\n{text(1)}")
    assert [chapter.title for chapter in found.chapters] == ["Chapter 1", "Chapter 2: The Calm"]
    assert found.chapters[1].content == text(1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Chapter 3 was the one that she liked best.",
        "Part one of the plan was to find the boat.",
        "“Chapter 4,” said Ada, “is missing.”",
        "1984 was the year of the flood.",
        "III of the boats were lost.",
        "The prologue had bored her.",
    ],
)
def test_a_sentence_about_a_chapter_is_no_heading(sentence):
    found = book(f"Chapter 1\n\n{text()}\n\n{sentence}\n\n{text()}\n\nChapter 2\n\n{text()}")
    assert [chapter.title for chapter in found.chapters] == ["Chapter 1", "Chapter 2"]
    assert sentence in found.chapters[0].content


def test_numbers_that_do_not_count_up_are_text():
    found = book(f"1\n\n{text()}\n\n2\n\n{text()}\n\n1812\n\n17\n\n{text()}\n\n3\n\n{text()}")
    assert [chapter.title for chapter in found.chapters] == ["1", "2", "3"]
    assert "1812\n\n17" in found.chapters[1].content


def test_a_shopping_list_is_not_a_book_of_chapters():
    assert titles(f"He wrote:\n\n1. Milk\n\n2. Bread\n\n3. Eggs\n\n{text(4)}") == [""]


@pytest.mark.parametrize(
    "contents",
    [
        "Contents\n\nChapter 1: The Storm\n\nChapter 2: The Calm\n\nChapter 3: Home",
        "CONTENTS\nChapter 1: The Storm ..... 3\nChapter 2: The Calm ..... 9\nChapter 3: Home .... 20",
        "Chapter 1: The Storm\nChapter 2: The Calm\nChapter 3: Home",
        "Chapter 1: The Storm\t3\n\nChapter 2: The Calm\t9\n\nChapter 3: Home\t20",
    ],
)
def test_a_table_of_contents_makes_no_chapters(contents):
    chapters = "\n\n".join(
        f"{heading}\n\n{text()}" for heading in ("Chapter 1: The Storm", "Chapter 2: The Calm", "Chapter 3: Home")
    )
    found = book(f"Boats\n\n{contents}\n\n{chapters}")
    assert [chapter.title for chapter in found.chapters] == [
        "Chapter 1: The Storm",
        "Chapter 2: The Calm",
        "Chapter 3: Home",
    ]
    assert all(chapter.content == text() for chapter in found.chapters)


def test_a_part_goes_into_the_title_of_its_first_chapter_and_its_motto_into_the_text():
    found = book(
        f"# Boats\n\n# Part One: Out\n\n## The Harbour\n\n{text()}\n\n### Later\n\n{text()}\n\n## The Ship\n\n{text()}\n\n"
        f"# Part Two: Back\n\n*All ships come home.*\n\n## The Storm\n\n{text()}"
    )
    assert [chapter.title for chapter in found.chapters] == [
        "Part One: Out – The Harbour",
        "The Ship",
        "Part Two: Back – The Storm",
    ]
    assert found.chapters[0].content == f"{text()}\n\nLater\n\n{text()}"
    assert found.chapters[2].content.startswith("All ships come home.\n\nThe rain")


def test_chapters_may_count_anew_in_each_book():
    written = "\n\n".join(f"BOOK {n}\n\n1\n\n{text()}\n\n2\n\n{text()}" for n in ("I", "II"))
    assert titles(written) == ["BOOK I – 1", "2", "BOOK II – 1", "2"]


def test_title_page_and_dedication_are_no_chapter_and_are_kept():
    found = book(f"THE BOATS\n\nA Novel by Ann Lee\n\nFor Mia\n\nChapter 1\n\n{text()}")
    assert (found.title, found.author) == ("THE BOATS", "Ann Lee")
    assert found.front_matter == "THE BOATS\n\nA Novel by Ann Lee\n\nFor Mia"
    assert len(found.chapters) == 1


@pytest.mark.parametrize(
    ("front", "bound"),
    [
        ("THE BOATS\n\nA Novel\n\nby Ann Lee\n\nFor Mia", "For Mia"),
        ("The Boats by Ann Lee\n\n© 2024 Ann Lee\n\nDedication\n\nTo my boat.", "© 2024 Ann Lee\n\nTo my boat."),
        ("The Boats\n\nContents\n\nThe Storm\n\nHome .... 12", ""),
        ("Contents\nChapter One\nChapter Two\n\n“All boats leak.”\n— a sailor", "“All boats leak.”\n— a sailor"),
        ("", ""),
    ],
)
def test_behind_the_title_page_is_bound_what_the_book_does_not_say_by_itself(front, bound):
    chapter = Chapter(id=1, number=1, title="The Storm", content="It rained.")
    assert to_bind(Manuscript(title="The Boats", author="Ann Lee", front_matter=front, chapters=(chapter,))) == bound


def test_pages_of_prose_before_the_first_heading_are_an_opening_chapter():
    found = book(f"The Boats\n\n{text(4)}\n\nChapter 2\n\n{text()}")
    assert [chapter.title for chapter in found.chapters] == ["Opening", "Chapter 2"]
    assert (found.front_matter, found.chapters[0].content) == ("The Boats", text(4))


def test_a_book_without_headings_is_one_chapter():
    found = book(f"The Boats\n\nby Ann Lee\n\n{text(90)}")
    assert (found.title, found.author, book(text(3)).title) == ("The Boats", "Ann Lee", "")
    assert [chapter.content for chapter in found.chapters] == [text(90)]


def test_a_heading_without_text_is_an_empty_chapter():
    found = book(f"# Chapter 1\n\n{text()}\n\n# Chapter 2\n\n# Chapter 3\n\n{text()}")
    assert [chapter.word_count > 0 for chapter in found.chapters] == [True, False, True]
    assert [chapter.number for chapter in found.chapters] == [1, 2, 3]


def test_yaml_says_title_authors_and_language():
    found = book(f'---\ntitle: "Les Bateaux"\nauthor:\n  - Ann Lee\n  - Bo May\nlang: fr-FR\n---\n\n# Un\n\n{text()}')
    assert (found.title, found.author, found.language) == ("Les Bateaux", "Ann Lee, Bo May", "fr")


def test_project_gutenbergs_own_pages_are_no_part_of_the_book():
    found = book(
        "The Project Gutenberg eBook of Boats\n\nTitle: Boats\n\nAuthor: Ann Lee\n\nLanguage: English\n\n"
        f"*** START OF THE PROJECT GUTENBERG EBOOK BOATS ***\n\nCHAPTER I.\n\n{text()}\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK BOATS ***\n\nUpdated editions will replace the previous one."
    )
    assert (found.title, found.author) == ("Boats", "Ann Lee")
    assert [chapter.content for chapter in found.chapters] == [text()]


def test_lines_wrapped_by_hand_become_paragraphs_and_verse_keeps_its_lines():
    wrapped = re.sub(r"(.{1,68})(?: |$)", r"\1\n", RAIN.strip())
    verse = "    Roses are red,\n    violets are blue,\n    sugar is sweet,\n    and so are you."
    found = book(f"Chapter 1\n\n{wrapped}\n{wrapped}\n{verse}\n\n{wrapped}")
    song = "Roses are red,\nviolets are blue,\nsugar is sweet,\nand so are you."
    assert found.chapters[0].content == "\n\n".join([text(1), text(1), song, text(1)])


def test_indented_lines_begin_paragraphs_where_no_blank_lines_do():
    paragraph = re.sub(r"(.{1,68})(?: |$)", r"\1\n", f"    {RAIN.strip()}")
    assert book(f"Chapter 1\n\n{paragraph * 3}").chapters[0].content == text(3)


def test_a_paragraph_may_be_a_line():
    assert book("Chapter 1\n" + f"{RAIN.strip()}\n" * 3 + "Chapter 2\n" + RAIN).chapters[0].content == text(3)


@pytest.mark.parametrize("mark", ["***", "* * *", "---", "#", "~~~", "⁂", "• • •"])
def test_every_scene_break_is_written_in_one_way(mark):
    found = book(f"Chapter 1\n\n{mark}\n\n{text(1)}\n\n{mark}\n\n{text(1)}\n\n{mark}\n\nChapter 2\n\n{text(1)}")
    assert found.chapters[0].content == f"{text(1)}\n\n* * *\n\n{text(1)}"


def test_marks_of_typing_and_markdown_are_taken_away():
    found = book(
        "Chapter 1\n\nHe *really* did __say__ so\u00ad in his _cafe\u0301_, see [here](http://x.y/z_(1)).  \r\n\r\n"
        "![a boat](boat.png)\n\n<!-- rewrite -->Snake_case_name, 2 * 3 * 4 and \\*stars\\* stay."
    )
    assert found.chapters[0].content == (
        "He really did say so in his café, see here.\n\nSnake_case_name, 2 * 3 * 4 and *stars* stay."
    )


WORD = st.text("abcdefghijklmnopqrstuvwxyzäéß", min_size=1, max_size=9).filter(lambda word: not word.startswith("von"))
SENTENCE = st.lists(WORD, min_size=4, max_size=40).map(lambda words: f"The {' '.join(words)}.")
CHAPTER = st.lists(SENTENCE, min_size=1, max_size=5)


@settings(max_examples=20, deadline=None)
@given(st.lists(CHAPTER, min_size=1, max_size=5), st.integers(50, 90), st.booleans())
def test_no_word_of_the_body_is_lost(chapters, width, is_wrapped):
    wrap = re.compile(rf"(.{{1,{width}}})(?: |$)")
    written = "\n\n".join(
        "\n\n".join([f"Chapter {number}", *(wrap.sub(r"\1\n", one) if is_wrapped else one for one in paragraphs)])
        for number, paragraphs in enumerate(chapters, start=1)
    )
    found = book(written)
    assert [chapter.content.split() for chapter in found.chapters] == [" ".join(one).split() for one in chapters]


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from("aB 1.\n\n#*-_—“”:IVX\t\u00ad|>[]()=~\\"), max_size=200))
def test_any_signs_at_all_can_be_read(written):
    found = book(written)
    assert [chapter.number for chapter in found.chapters] == list(range(1, len(found.chapters) + 1))
    assert all(
        "\n\n\n" not in chapter.content and chapter.content == chapter.content.strip() for chapter in found.chapters
    )


def test_a_long_novel_is_read_in_seconds():
    written = "\n\n".join(f"Chapter {number}\n\n{text(55)}" for number in range(1, 121))
    began_s = time.process_time()
    found = book(written)
    assert (len(found.chapters), found.word_count > 270_000) == (120, True)
    assert time.process_time() - began_s < 4, "it takes 0.8 s here"


def test_one_chapter_of_a_million_characters_is_one_chapter():
    endless = "word " * 200_000
    began_s = time.process_time()
    assert [len(chapter.content) for chapter in book(f"Chapter 1\n\n{endless}").chapters] == [999_999]
    assert time.process_time() - began_s < 4
