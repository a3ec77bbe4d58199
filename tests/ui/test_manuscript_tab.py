"""The Manuscript tab's handlers, called as the browser would."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from studio.model.illustration import ManuscriptOptions, StyleConfig
from studio.model.manuscript import Chapter, Emphasis
from studio.model.moments import EmotionalMoment
from studio.runs.doors import Doors
from studio.runs.model import Run, new_run
from studio.ui import book_fields, reading
from studio.ui.book_live import LOOK, style_preview
from studio.ui.tabs import listing, manuscript
from studio.ui.views import film as film_view
from studio.ui.wiring import KEPT
from tests.book_media import BOOK, small_book
from tests.ui.conftest import Tab


@pytest.fixture
def queued(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Names that were asked to be made, and until which step; nothing is started."""
    asked: list[tuple[str, str]] = []

    def make(project: str, *, until: str = "") -> Run:
        asked.append((project, until))
        return new_run("make", project)

    monkeypatch.setattr(doors.runs, "make", make)
    return asked


@pytest.fixture
def bell(doors: Doors, tmp_path: Path) -> str:
    """A small book that is drawn, but not bound."""
    name = small_book(doors.studio, tmp_path)
    doors.studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="images")
    return name


def values(window: Tab, **said: object) -> list[object]:
    looks = [window[name] for name in LOOK]
    return [*looks, *(said.get(field.key, window[field.elem_id]) for field in book_fields.FIELDS)]


def look(window: Tab) -> list[object]:
    return [window[name] for name in LOOK]


def test_a_manuscript_that_came_in_gets_the_fields_and_its_chapters_are_read(
    doors: Doors, queued: list[tuple[str, str]], tmp_path: Path
) -> None:
    name = small_book(doors.studio, tmp_path)
    window = Tab(doors)
    window.do(manuscript.make, *values(window))
    assert "Bring a manuscript first" in window.last_said
    ink = book_fields.style_values(book_fields.presets()["ink"])
    said = values(window, chapters="1-2", max_emotional_moments=2, **ink)
    window.act(manuscript.on_brought, {"act": "took", "name": name}, *said)
    assert queued == [(name, "manuscript")]
    options = ManuscriptOptions.model_validate(doors.studio.project(name).options)
    assert (options.style.preset, options.chapters, options.max_emotional_moments) == ("ink", (1, 2), 2)
    assert (window["project"], window["book-preset"], window["book-chapters"]) == (name, "ink", "1-2")
    assert not window.can_press("make")
    assert "Manuscript" in window["player"]


def test_a_newer_file_is_brought_where_the_chapters_are_and_is_read_but_not_drawn(
    doors: Doors, queued: list[tuple[str, str]], bell: str
) -> None:
    window = Tab(doors, bell)
    assert 'data-drop="newer"' in window["book-contents"]
    window.act(manuscript.on_book, {"act": "newer"}, *look(window))
    assert queued == [(bell, "manuscript")]
    assert "Make book goes on" in window.last_said


def test_the_page_says_which_words_of_a_style_the_built_in_artist_does_not_read() -> None:
    said = style_preview(StyleConfig(art_style="ink", color_palette="reds", lighting="dusk"), "storyboard")
    assert "does not read Palette: other artists do" in said
    assert "does not read" not in style_preview(StyleConfig(art_style="ink"), "storyboard")


def test_a_picture_of_one_s_own_is_marked_in_the_gallery(doors: Doors, bell: str) -> None:
    doors.studio.bring_picture(bell, 1, 1, doors.studio.directory(bell) / "images/ch02_m01.png")
    assert Tab(doors, bell)["book-gallery"].count("your own") == 1


def test_the_text_shows_each_moment_beside_its_picture(doors: Doors, bell: str) -> None:
    window = Tab(doors, bell)
    shown = window["book-reader"]
    moments = [one.moment for one in doors.studio.pictures(bell) if one.chapter == 1 and one.moment]
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", shown) == [one.text_excerpt for one in moments]
    assert shown.count('<img loading="lazy"') == len(moments)
    window.act(manuscript.on_book, {"act": "chapter", "chapter": "2"}, *look(window))
    assert "The Stranger" in window["book-reader"]
    window.act(manuscript.on_book, {"act": "picture", "chapter": "1", "number": "1"}, *look(window))
    assert (window["book-chapter"], window["book-open"]) == ("1", "1")
    assert "What it shows" in window["book-picture"]
    window.act(manuscript.on_book, {"act": "close-picture"}, *look(window))
    assert window["book-picture"] == ""


def test_a_heading_and_a_prompt_are_saved_where_they_stand_and_an_older_one_is_refused(doors: Doors, bell: str) -> None:
    window = Tab(doors, bell)
    told = {"act": "edit", "cell": "title", "line": "1", "was": "The Storm", "value": "Wind"}
    window.act(manuscript.on_book, told, *look(window))
    assert doors.studio.manuscript(bell).chapters[0].title == "Wind"
    window.act(manuscript.on_book, {**told, "value": "Rain"}, *look(window))
    assert "Another window" in window.last_said
    before = doors.studio.pictures(bell)[0].prompt.prompt
    told = {"act": "edit", "cell": "prompt", "line": "1.1", "was": before, "value": "a lamp falls"}
    window.act(manuscript.on_book, told, *look(window))
    assert doors.studio.pictures(bell)[0].prompt.prompt == "a lamp falls"
    assert "to draw again" in window["book-reader"]


def test_a_look_is_saved_where_it_stands_and_an_older_one_is_refused(doors: Doors, bell: str) -> None:
    window = Tab(doors, bell)
    before = doors.studio.person(bell, "Joris").look
    assert 'data-cell="look" data-line="Joris"' in window["book-contents"]
    told = {"act": "edit", "cell": "look", "line": "Joris", "was": before, "value": "a blue cap"}
    window.act(manuscript.on_book, told, *look(window))
    assert doors.studio.person(bell, "Joris").look == "a blue cap"
    assert "in your words" in window["book-contents"]
    window.act(manuscript.on_book, {**told, "value": "a red cap"}, *look(window))
    assert "Another window" in window.last_said


def test_chapters_are_moved_joined_cut_and_taken_out(doors: Doors, bell: str) -> None:
    window = Tab(doors, bell)

    def numbers() -> list[str]:
        return [one.title for one in doors.studio.manuscript(bell).chapters]

    window.act(manuscript.on_book, {"act": "later", "chapter": "1"}, *look(window))
    assert numbers() == ["The Stranger", "The Storm", "The Key"]
    window.act(manuscript.on_book, {"act": "undo"}, *look(window))
    assert numbers() == ["The Storm", "The Stranger", "The Key"]
    window.act(manuscript.on_book, {"act": "redo"}, *look(window))
    window.act(manuscript.on_book, {"act": "merge", "chapter": "2"}, *look(window))
    assert numbers() == ["The Stranger", "The Key"]
    text = doors.studio.manuscript(bell).chapters[0].content
    cut = {"act": "split", "chapter": "2", "start": str(text.index("Then he opened")), "end": "0"}
    window.act(manuscript.on_book, cut, *look(window))
    assert len(numbers()) == 3
    window.act(manuscript.on_book, {"act": "remove", "chapter": "3"}, *look(window))
    assert numbers() == ["The Stranger", ""]


def test_selected_words_get_a_picture_and_a_picture_is_left_out(doors: Doors, bell: str) -> None:
    window = Tab(doors, bell)
    text = doors.studio.manuscript(bell).chapters[0].content
    start = text.index("She had not slept")
    marked = {"act": "mark", "chapter": "1", "start": str(start), "end": str(start + 18)}
    window.act(manuscript.on_book, marked, *look(window))
    assert "Make book draws it" in window.last_said
    drawn = doors.studio.pictures(bell)
    new = next(one for one in drawn if one.moment and one.moment.start_position == start)
    assert (new.mark, new.is_stale, new.prompt.prompt) == ("TODO", True, "")
    assert f'data-number="{new.number}">She had not slept' in window["book-reader"]
    assert "to draw" in window["book-reader"]
    window.act(manuscript.on_book, {"act": "picture", "chapter": "1", "number": str(new.number)}, *look(window))
    place = [one.number for one in drawn if one.chapter == 1].index(new.number) + 1
    assert f'aria-label="Picture {place} of chapter 1"' in window["book-picture"]
    window.act(manuscript.on_book, {"act": "leave-out", "chapter": "1", "number": "1"}, *look(window))
    assert doors.studio.pictures(bell)[0].mark == "OUT"
    window.act(manuscript.on_book, {"act": "put-back", "chapter": "1", "number": "1"}, *look(window))
    assert doors.studio.pictures(bell)[0].mark == "DONE"


def test_a_change_without_a_notice_lets_the_page_go_on(doors: Doors, bell: str) -> None:
    window = Tab(doors, bell)
    told = {"act": "edit", "cell": "title", "line": "1", "was": "The Storm", "value": "Wind"}
    assert KEPT in window.act(manuscript.on_book, told, *look(window))


def test_a_book_whose_chapters_were_read_is_not_told_as_done_and_its_card_says_what_it_holds(
    doors: Doors, bell: str
) -> None:
    steps = {"manuscript": True, "analysis": False}
    read = replace(new_run("make", bell, "completed"), until="manuscript")
    card = film_view.job_card(read, steps, (), ahead=0)
    assert "chapters read" in card
    assert ">done<" not in card.split("steps")[0]
    window = Tab(doors, bell)
    window.act(listing.act, {"act": "show", "name": bell}, *(window[name] for name in listing.LIST))
    assert "3 chapters" in window["info"]
    assert "started" in window["info"]
    assert "Voices" not in window["info"]


def test_settings_are_saved_and_a_wrong_one_is_named(doors: Doors, bell: str) -> None:
    window = Tab(doors, bell)
    window.do(manuscript.save, *values(window, headers=True, adaptations="fear: cold light"))
    options = ManuscriptOptions.model_validate(doors.studio.project(bell).options)
    assert (options.headers, options.style.emotional_adaptations, options.style.preset) == (
        True,
        {"fear": "cold light"},
        "",
    )
    window.do(manuscript.save, *values(window, chapters="two"))
    assert "Chapters: two is not like 1-3, 5" in window.last_said
    window.do(manuscript.save, *values(window, adaptations="hunger: red"))
    assert "names none of" in window.last_said


def test_pages_of_a_long_chapter_hold_all_of_it_and_each_moment_once() -> None:
    text = "\n\n".join(f"Paragraph {number} " + "word " * 60 for number in range(400))
    start = text.index("Paragraph 399")
    moment = EmotionalMoment(number=7, text_excerpt="Paragraph 399", start_position=start, end_position=start + 13)
    chapter = Chapter(id=1, number=1, content=text)
    pages = [reading.page(chapter, [moment], number) for number in range(reading.page_count(text))]
    joined = " ".join("".join(part.text for part in one.parts) for page in pages for one in page)
    assert joined.split() == text.split()
    assert [part.text for page in pages for one in page for part in one.parts if part.moment == 7] == ["Paragraph 399"]
    assert reading.page_of(text, start) == len(pages) - 1
    for page in pages:
        for one in page:
            assert text[one.start :].startswith("".join(part.text for part in one.parts))


def test_the_text_shows_what_is_emphasised_also_where_a_moment_begins_inside_it(doors: Doors, tmp_path: Path) -> None:
    text = BOOK.replace("the bell rang, and Marta", "the *bell rang*, and **Marta**")
    name = small_book(doors.studio, tmp_path, text=text)
    doors.studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="manuscript")
    assert "the <em>bell rang</em>, and <strong>Marta</strong> dropped" in Tab(doors, name)["book-reader"]
    emphasis = (Emphasis(start=4, end=12, kind="italic"),)
    chapter = Chapter(id=1, number=1, content="The bell rang. Then she ran.", emphasis=emphasis)
    moment = EmotionalMoment(number=7, text_excerpt="rang. Then", start_position=9, end_position=19)
    [paragraph] = reading.page(chapter, [moment], 0)
    told = [(run.text, run.is_italic, part.moment) for part in paragraph.parts for run in part.runs]
    assert told == [
        ("The ", False, 0), ("bell ", True, 0), ("ran", True, 7), ("g. Then", False, 7), (" she ran.", False, 0),
    ]  # fmt: skip


def test_one_paragraph_of_a_million_letters_has_pages_too() -> None:
    text = "x" * 1_000_000
    assert reading.page_count(text) > 50
    assert (
        "".join(part.text for part in reading.page(Chapter(id=1, number=1, content=text), (), 1)[0].parts)
        == text[16_000:32_000]
    )
