"""Stores of the older illustrator: what their sessions really hold, whatever their flags say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from studio.core.foreign import illustrator
from studio.core.foreign.illustrator import is_illustrator, open_illustrator
from studio.errors import BadInput
from studio.model.text_files import read_text_file

SESSION = "3f0c8d3e-0000-4000-8000-000000000001"
TEXT = "Mara ran. The bell rang over the harbour."


def _whole(path: Path) -> None:
    Image.open(path).load()


class Store:
    """A store as the old program leaves it."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.output = top / "illustrator_output"

    def write(self, place: str, value: object) -> Path:
        file = self.top / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return file

    def session(self, session_id: str = SESSION, **facts: object) -> None:
        said = {"session_id": session_id, "manuscript_id": "m1", "status": "running", "total_chapters": 2, **facts}
        self.write(f"illustrator_output/sessions/active_sessions/{session_id}.json", said)

    def checkpoint(self, number: int, at: str, **facts: object) -> None:
        said = {"session_id": SESSION, "sequence_number": number, "created_at": at, **facts}
        self.write(f"illustrator_output/sessions/checkpoints/{SESSION}_{number:04d}_{at[-2:]}.json", said)

    def picture(self, name: str) -> str:
        file = self.output / "generated_images" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8)).save(file)
        return f"C:\\old\\illustrator_output\\generated_images\\{name}"

    def manuscript(self, name: str = "m1_book.json") -> Path:
        chapters = [{"title": "One", "content": TEXT, "number": 1}, {"title": "Two", "content": TEXT, "number": 2}]
        return self.write(f"saved_manuscripts/{name}", {"metadata": {"title": "Bell"}, "chapters": chapters})

    def bytes_of_all(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.top.rglob("*") if path.is_file()}


def _moment(text: str, **facts: object) -> dict[str, object]:
    return {"text_excerpt": text, "start_position": 0, "end_position": len(text), "emotional_tones": ["Fear"], **facts}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "old")


def test_a_session_holds_what_its_files_prove(store):
    store.manuscript()
    there = store.picture("chapter_01_a.png")
    store.session(
        generated_images=[{"file_path": there, "chapter_number": 1, "prompt": "a bell"}, {"file_path": "gone.png"}],
        emotional_moments=[_moment("Mara ran.", chapter_number=1), {"text_excerpt": ""}],
        style_config={"art_style": "ink"},
    )
    before = store.bytes_of_all()
    (book,) = open_illustrator(store.top, _whole)
    assert (book.state, book.said, book.style_config) == ("IN_PROGRESS", "running", {"art_style": "ink"})
    assert [(one.file.name, one.chapter, one.prompt) for one in book.pictures] == [("chapter_01_a.png", 1, "a bell")]
    assert [(one.text_excerpt, one.emotional_tones) for one in book.moments[1]] == [("Mara ran.", ("fear",))]
    assert [one.name for one in book.missing] == ["gone.png", f"{SESSION}.json"]
    assert book.manuscript == store.top / "saved_manuscripts" / "m1_book.json"
    assert store.bytes_of_all() == before


def test_a_session_that_is_marked_completed_and_holds_nothing_is_new(store):
    store.manuscript()
    store.session(status="completed", progress_percent=100)
    (book,) = open_illustrator(store.top, _whole)
    assert book.state == "NEW"
    assert "no moment and no picture" in book.missing[0].reason


def test_a_picture_for_every_chapter_is_a_complete_book_though_its_program_died(store):
    names = [store.picture(f"ch{number}_01.png") for number in (1, 2)]
    store.session(generated_images=names)
    (book,) = open_illustrator(store.output, _whole)
    assert (book.state, [one.chapter for one in book.pictures]) == ("COMPLETE", [1, 2])
    assert "bring the manuscript" in book.missing[-1].reason


def test_checkpoints_whose_numbers_began_again_all_count_by_their_time(store):
    store.manuscript()
    store.session()
    store.checkpoint(1, "2024-01-01T00:00:02", chapter_number=2, emotional_moments_data=[_moment("The bell rang.")])
    store.checkpoint(1, "2024-01-01T00:00:01", chapter_number=1, emotional_moments_data=[_moment("Mara ran.")])
    (book,) = open_illustrator(store.top, _whole)
    assert {number: [one.text_excerpt for one in found] for number, found in book.moments.items()} == {
        1: ["Mara ran."],
        2: ["The bell rang."],
    }


def test_torn_files_are_told_of_and_cost_only_themselves(store):
    store.manuscript()
    bad = store.picture("chapter_02.png")
    (store.output / "generated_images" / "chapter_02.png").write_bytes(b"\x89PNG torn")
    store.session(generated_images=[bad])
    store.write("illustrator_output/sessions/active_sessions/torn.json", '{"session_id": ')
    books = open_illustrator(store.top, _whole)
    assert [book.session_id for book in books] == [SESSION]
    assert {one.name for one in books[0].torn} >= {"chapter_02.png"}


def test_the_session_that_holds_most_comes_first_and_a_manuscript_alone_is_a_new_one(store):
    store.manuscript()
    lonely = store.manuscript("lonely.json")
    store.session("aaa", manuscript_id="m1")
    store.session("bbb", manuscript_id="m1", generated_images=[store.picture("ch1.png")])
    books = open_illustrator(store.top, _whole)
    assert [book.session_id for book in books] == ["bbb", "aaa", ""]
    assert (books[-1].manuscript, books[-1].state) == (lonely, "NEW")


def test_files_that_links_bring_in_from_outside_are_no_part_of_the_store(store, tmp_path):
    secret = tmp_path / "secret.json"
    secret.write_text('{"metadata": {"title": "Secret"}, "chapters": [{"content": "x"}]}')
    store.session()
    (store.top / "saved_manuscripts").mkdir()
    (store.top / "saved_manuscripts" / "m1.json").symlink_to(secret)
    (store.top / "saved_manuscripts" / "m1_text.json").write_text("root:x:0:0")
    (store.output / "sessions" / "active_sessions" / "other.json").symlink_to(secret)
    (book,) = open_illustrator(store.top, _whole)
    assert (book.session_id, book.manuscript) == (SESSION, None)


def test_what_is_no_store_is_refused(tmp_path):
    (tmp_path / "x").mkdir()
    assert not is_illustrator(tmp_path / "x")
    with pytest.raises(BadInput, match="no session of the older illustrator"):
        open_illustrator(tmp_path / "x", _whole)


def test_each_checkpoint_is_looked_at_once_however_many_sessions_there_are(store, monkeypatch):
    store.manuscript()
    for number in range(40):
        store.session(f"s{number}")
        said = {"session_id": f"s{number}", "emotional_moments": [_moment("Mara ran.", chapter_number=1)]}
        store.write(f"illustrator_output/sessions/checkpoints/s{number}_0001.json", said)
    looked: list[str] = []
    is_file = Path.is_file
    monkeypatch.setattr(Path, "is_file", lambda self: looked.append(self.name) or is_file(self))
    read: list[str] = []
    monkeypatch.setattr(illustrator, "read_text_file", lambda file: read.append(file.name) or read_text_file(file))
    books = open_illustrator(store.top, _whole)
    assert all(book.moments[1][0].text_excerpt == "Mara ran." for book in books)
    assert set(Counter(name for name in read if name.endswith("_0001.json")).values()) == {1}
    assert max(Counter(name for name in looked if name.endswith("_0001.json")).values()) <= 2
