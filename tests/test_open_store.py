"""Stores of the older illustrator become books of ours: what was drawn stays, the rest is made, the store is untouched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from studio.errors import BadInput
from studio.model.illustration import ManuscriptOptions
from studio.service import Studio
from tests.book_media import SMALL
from tests.conftest import Run
from tests.core.test_foreign_illustrator import SESSION, Store

_ONE = "Mara ran along the quay.\n\nThe bell rang over the harbour, and every lamp went out."
_TWO = "In the morning the sea was calm.\n\nTomas found the key in the sand."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Chapter 1, with a word in italics, with two moments and one picture; chapter 2 with a moment that is nowhere in it."""
    old = Store(tmp_path / "old")
    chapters = [
        {"title": "Night", "content": _ONE.replace("ran", "*ran*", 1), "number": 1},
        {"title": "Day", "content": _TWO, "number": 2},
    ]
    old.write("saved_manuscripts/m1_book.json", {"metadata": {"title": "The Bell"}, "chapters": chapters})
    moment = {"emotional_tones": ["tension"], "intensity_score": 0.8, "end_position": 5}
    old.session(
        status="completed",
        max_emotional_moments=2,
        style_config={"art_style": "ink drawing"},
        generated_images=[{"file_path": old.picture("chapter_01_a.png"), "chapter_number": 1, "prompt": "a quay"}],
        emotional_moments=[
            {**moment, "text_excerpt": "Mara *ran* along the quay.", "start_position": 3, "chapter_number": 1},
            {**moment, "text_excerpt": "The bell rang", "start_position": 26, "chapter_number": 1},
            {**moment, "text_excerpt": "Nobody knows this sentence.", "start_position": 0, "chapter_number": 2},
        ],
    )
    return old


def _quick(studio: Studio, name: str) -> None:
    studio.change_manuscript_options(name, SMALL)


def test_a_store_opens_with_what_is_done_and_is_finished_by_a_run(studio: Studio, store: Store) -> None:
    before = store.bytes_of_all()
    found = studio.open_foreign(store.top)
    assert found.done == ("chapter 1: 2 moments, 1 pictures", "chapter 2: 1 moments, 0 pictures")
    assert found.stale == ("chapter 2: 1 of its moments are no passages of its text",)
    options = ManuscriptOptions.model_validate(studio.project(found.name).options)
    assert (options.max_emotional_moments, options.style.art_style) == (2, "ink drawing")
    _quick(studio, found.name)
    picture = studio.directory(found.name) / "images/ch01_m01.png"
    drawn = picture.read_bytes()
    made = Run(studio, found.name).result
    assert (made.status, made.problems) == ("completed", [])
    assert not {"analysis/ch01.json", "images/ch01_m01.png"} & set(made.made)
    assert {"analysis/ch02.json", "images/ch01_m02.png", "book.pdf"} <= set(made.made)
    assert picture.read_bytes() == drawn
    moments = [one.moment for one in studio.pictures(found.name) if one.chapter == 1 and one.moment]
    assert [_ONE[one.start_position : one.end_position] for one in moments] == [
        "Mara ran along the quay.",
        "The bell rang",
    ]
    assert store.bytes_of_all() == before
    assert Run(studio, found.name).result.made == []


def test_one_of_several_sessions_is_chosen_by_its_id(studio: Studio, store: Store) -> None:
    store.session("aaa", manuscript_id="m1")
    found = studio.open_foreign(store.top, session="aaa", name="other")
    assert (found.name, found.done) == ("other", ())
    assert any(SESSION in one for one in found.missing)
    with pytest.raises(BadInput, match=f"It has .*{SESSION}"):
        studio.open_foreign(store.top, session="zzz")


def test_a_session_whose_text_is_gone_is_refused_with_what_to_do(studio: Studio, store: Store) -> None:
    (store.top / "saved_manuscripts" / "m1_book.json").unlink()
    with pytest.raises(BadInput, match="saved_manuscripts"):
        studio.open_foreign(store.top)
    assert not list(studio.settings.sessions.glob("[!.]*"))


def test_the_terminal_opens_a_store(studio: Studio, store: Store) -> None:
    words = ["open", str(store.top), "--session", SESSION, "--sessions", str(studio.settings.sessions), "--json"]
    answer = CliRunner().invoke(cli, words)
    assert json.loads(answer.stdout)["name"] == "The_Bell", answer.output
