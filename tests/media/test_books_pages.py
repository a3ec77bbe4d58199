"""Lines and pages of a book: nothing overflows, gaps are even, pictures have company."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from studio.media.books.chapter_pages import Figure, Opening, Step, best_pages
from studio.media.books.pages import ROWS, Mark, Page, Pages, Shown
from studio.media.books.prose import Run
from studio.media.books.setting import Line, Piece, justified, words_of
from studio.media.plates import Plate

WIDTH, ROW, GAP = 300.0, 15.0, 3.0
LANDSCAPE, PORTRAIT = Plate(b"", 400, 300), Plate(b"", 300, 900)


def measure(text: str, style: str) -> Piece:
    return Piece(text, style, 5.0 * len(text))


def set_in_lines(text: str, width: float = WIDTH) -> list[Line]:
    return justified(words_of([Run(text)], measure, width), GAP, lambda number: (0.0, width))


def length(line: Line) -> float:
    gaps = sum(word.has_gap for word in line.words[:-1])
    return sum(word.width for word in line.words) + gaps * line.gap


def words_in(line: Line) -> str:
    pieces = ("".join(piece.text for piece in word.pieces) + " " * word.has_gap for word in line.words)
    return "".join(pieces).strip()


def some_prose(seed: int, count: int = 200) -> str:
    dice = Random(seed)
    return " ".join("a" * dice.choice((1, 2, 3, 3, 4, 4, 5, 6, 8, 11)) for _ in range(count))


@pytest.mark.parametrize("seed", range(3))
def test_every_line_but_the_last_is_as_long_as_the_text_is_wide(seed: int) -> None:
    text = some_prose(seed)
    lines = set_in_lines(text)
    assert {round(length(line), 3) for line in lines[:-1]} == {WIDTH}
    assert length(lines[-1]) <= WIDTH + 1e-6
    assert " ".join(words_in(line) for line in lines) == text


@pytest.mark.parametrize("seed", range(3))
def test_the_widest_gap_is_narrower_than_where_each_line_takes_all_it_can(seed: int) -> None:
    widths = [5.0 * len(word) for word in some_prose(seed).split()]
    greedy, row = [], [widths[0]]
    for width in widths[1:]:
        if sum(row) + width + GAP * len(row) > WIDTH:
            greedy.append((WIDTH - sum(row)) / (len(row) - 1))
            row = []
        row.append(width)
    assert max(line.gap for line in set_in_lines(some_prose(seed))) <= max(greedy)


def test_a_word_longer_than_the_line_is_broken_and_none_of_it_lost() -> None:
    lines = set_in_lines("short " + "x" * 1000 + " end")
    assert "".join(words_in(line) for line in lines).replace(" ", "") == "short" + "x" * 1000 + "end"
    assert all(length(line) <= WIDTH + 1e-6 for line in lines)


def test_a_line_breaks_after_a_dash_but_has_no_gap_there() -> None:
    lines = set_in_lines("so—" + "b" * 55)
    assert [words_in(line) for line in lines] == ["so—" + "b" * 55]
    lines = set_in_lines("so—" + "b" * 59)
    assert [words_in(line) for line in lines] == ["so—", "b" * 59]


def made_up(seed: int) -> list[Page]:
    """Three chapters of paragraphs, breaks and pictures by chance."""
    dice = Random(seed)
    pages = Pages(ROW, WIDTH)
    for chapter in range(3):
        pages.open_chapter(chapter, dice.randint(5, 14))
        pages.add_lines(set_in_lines(some_prose(seed)))
        for _ in range(dice.randint(0, 30)):
            what = dice.random()
            if what < 0.25:
                pages.add_picture(dice.choice((LANDSCAPE, PORTRAIT)), "")
            elif what < 0.3:
                pages.add_break("*")
            else:
                pages.add_lines(set_in_lines(some_prose(dice.randint(0, 99), dice.randint(1, 120))))
        pages.close_chapter("o")
    return pages.pages


@pytest.mark.parametrize("seed", range(4))
def test_nothing_overflows_or_overlaps_on_any_page(seed: int) -> None:
    for page in made_up(seed):
        at = 0
        for placed in page.items:
            assert placed.row >= at
            at = placed.row + (placed.item.rows if isinstance(placed.item, Shown) else 1)
            if isinstance(placed.item, Shown):
                assert placed.item.width <= WIDTH + 1e-6
                assert placed.item.height <= (placed.item.rows - 1) * ROW + 1e-6
        assert at <= ROWS


@pytest.mark.parametrize("seed", range(4))
def test_no_picture_is_lost_and_none_is_turned_into_another_shape(seed: int) -> None:
    dice = Random(seed)
    plates = [Plate(b"", dice.randint(200, 900), dice.randint(200, 900)) for _ in range(12)]
    pages = Pages(ROW, WIDTH)
    pages.open_chapter(0, 6)
    for plate in plates:
        pages.add_lines(set_in_lines(some_prose(seed, dice.randint(1, 60))))
        pages.add_picture(plate, "")
    pages.close_chapter()
    shown = [placed.item for page in pages.pages for placed in page.items if isinstance(placed.item, Shown)]
    assert [one.plate for one in shown] == plates
    assert all(one.height / one.width == pytest.approx(one.plate.shape) for one in shown)


def test_a_picture_at_the_end_of_a_chapter_takes_its_last_lines_along() -> None:
    pages = Pages(ROW, WIDTH)
    pages.open_chapter(0, 5)
    pages.add_lines(set_in_lines("a " * 30 * (ROWS - 6)))
    pages.add_picture(PORTRAIT, "")
    pages.close_chapter()
    first, last = pages.pages
    kinds = [type(placed.item) for placed in last.items]
    assert kinds[-1] is Shown
    assert kinds.count(Line) >= 2
    assert sum(isinstance(placed.item, Line) for placed in first.items) >= 2


def test_lines_that_go_along_with_a_picture_leave_none_alone() -> None:
    for length in range(2, 9):
        pages = Pages(ROW, WIDTH)
        pages.open_chapter(0, 5)
        paragraph = set_in_lines("a " * 29 * length)
        for _ in range(ROWS - 6 - len(paragraph)):
            pages.add_lines(set_in_lines("b"))
        pages.add_lines(paragraph)
        pages.add_picture(PORTRAIT, "")
        pages.close_chapter()
        assert 1 not in [sum(placed.item in paragraph for placed in page.items) for page in pages.pages]


def test_no_page_begins_or_ends_with_a_single_line_of_a_longer_paragraph() -> None:
    three = set_in_lines("a " * 100)
    assert len(three) == 3
    for ahead in range(1, ROWS):
        pages = Pages(ROW, WIDTH)
        pages.open_chapter(0, 0)
        for _ in range(ahead):
            pages.add_lines(set_in_lines("b"))
        pages.add_lines(three)
        split = [sum(placed.item in three for placed in page.items) for page in pages.pages]
        assert split in ([3], [0, 3])


def test_a_break_is_never_the_last_of_a_page() -> None:
    for ahead in range(1, ROWS + 1):
        pages = Pages(ROW, WIDTH)
        pages.open_chapter(0, 0)
        for _ in range(ahead):
            pages.add_lines(set_in_lines("b"))
        pages.add_break("*")
        pages.add_lines(set_in_lines("c"))
        assert not any(isinstance(page.items[-1].item, Mark) for page in pages.pages)


def best_of(seed: int) -> tuple[list[Page], list[tuple[int, int]]]:
    """A chapter of long paragraphs with a picture among every few; and for each picture, its page and that of its words."""
    dice = Random(seed)
    steps: list[Step] = []
    before: list[Line] = []
    for number in range(dice.randint(20, 60)):
        lines = set_in_lines(some_prose(seed + number, dice.randint(10, 150)))
        steps.append(partial(Pages.add_lines, lines=lines))
        if dice.random() < 0.15:
            steps.append(Figure(dice.choice((LANDSCAPE, LANDSCAPE, PORTRAIT)), ""))
            before.append(lines[-1])
    pages = best_pages(Opening(0, 9), steps, ROW, WIDTH)
    on = {id(placed.item): at for at, page in enumerate(pages) for placed in page.items}
    shown = [at for at, page in enumerate(pages) for placed in page.items if isinstance(placed.item, Shown)]
    return pages, [(at, on[id(line)]) for at, line in zip(shown, before, strict=True)]


@pytest.mark.parametrize("seed", range(4))
def test_a_chapter_fills_its_pages_and_its_pictures_are_near_their_words(seed: int) -> None:
    pages, places = best_of(seed)
    assert all(ROWS - page.filled_rows <= 3 for page in pages[:-1])
    assert all(abs(at - words) <= 1 for at, words in places)


def test_a_last_picture_that_does_not_fit_below_its_words_comes_before_the_end_of_them() -> None:
    paragraphs = [set_in_lines("a " * 90) for _ in range(8)]
    steps: list[Step] = [partial(Pages.add_lines, lines=lines) for lines in paragraphs]
    pages = best_pages(Opening(0, 4), [*steps, Figure(LANDSCAPE, "")], ROW, WIDTH)
    assert len(pages) == 2
    assert [page.filled_rows > ROWS - 3 for page in pages] == [True, False]
    assert isinstance(pages[-1].items[-1].item, Line)
