"""Manuscripts over REST: brought, read, edited chapter by chapter, drawn, bound."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from studio.service import Studio
from tests.api.conftest import Home, eventually
from tests.book_media import BOOK, SMALL, small_book


def _bring(client: TestClient, content: bytes = BOOK.encode(), *, name: str = "bell", **options: object):
    form = {"name": name, "options": json.dumps({**SMALL, **options})}
    return client.post("/api/manuscripts", files={"file": ("bell.md", content)}, data=form)


@pytest.fixture
def read_bell(client: TestClient, home: Home, tmp_path: Path) -> TestClient:
    """The book is there and its prompts are written."""
    studio = Studio(home.settings)
    small_book(studio, tmp_path)
    studio.run("bell", tell=lambda number, event: None, stop=threading.Event(), until="prompts")
    return client


def test_a_manuscript_is_brought_made_by_a_session_and_its_book_fetched(client):
    assert _bring(client, style="noir").status_code == 201
    assert [row["name"] for row in client.get("/api/manuscripts").json()] == ["bell"]
    assert client.get("/api/manuscripts/bell").json()["chapters"] == []
    client.post("/api/process", json={"manuscript_id": "bell", "max_emotional_moments": 1})
    assert eventually(lambda: not client.get("/api/sessions/active").json())
    status = client.get("/api/process/status/bell").json()
    assert (status["status"], status["next_action"], status["total_chapters"]) == ("completed", "none", 3)
    assert status["last_checkpoint"]["checkpoint_type"] == "session_completed"
    shown = client.get("/api/manuscripts/bell").json()
    assert [one["title"] for one in shown["chapters"]] == ["The Storm", "The Stranger", "The Key"]
    assert [len(one["pictures"]) for one in shown["chapters"]] == [1, 1, 1]
    assert client.get("/media/bell/book.pdf").content.startswith(b"%PDF")
    epub = client.get("/media/bell/book.epub")
    assert epub.content[:2] == b"PK"
    assert epub.headers["content-disposition"].endswith("''bell.epub"), "a browser saves it under its project's name"
    assert (
        client.get(f"/media/bell/{shown['chapters'][0]['pictures'][0]['file']}").headers["content-type"] == "image/png"
    )


def test_a_newer_file_is_compared_and_then_taken(read_bell, home):
    newer = BOOK.replace("The net was green", "The net was torn").split("## The Key")[0] + "## The Bell\n\nIt rang."
    form = {"file": ("bell.md", newer.encode())}
    found = read_bell.post("/api/manuscripts/bell/file/changes", files=form).json()
    assert (found["changed"], found["new"], found["gone"], found["same"]) == (
        ["chapter 2 (The Stranger)"], ["chapter 3 (The Bell)"], ["chapter 3 (The Key)"], 1,
    )  # fmt: skip
    same = read_bell.post("/api/manuscripts/bell/file/changes", files={"file": ("bell.md", BOOK.encode())}).json()
    assert same["is_none"], "a question changes nothing"
    taken = read_bell.put("/api/manuscripts/bell/file", files=form)
    assert taken.status_code == 200
    planned = {one.name for one in Studio(home.settings).plan("bell").make}
    assert "manuscript.json" in planned, "the next run reads it"
    refused = read_bell.put("/api/manuscripts/bell/file", files={"file": ("bell.png", b"\x89PNG\r\n\x1a\n")})
    assert (refused.status_code, "picture" in refused.json()["error"]) == (422, True)


def test_every_moment_that_is_told_of_is_its_slice_of_the_chapter(read_bell):
    for chapter in read_bell.get("/api/manuscripts/bell/chapters").json():
        assert chapter["pictures"]
        for picture in chapter["pictures"]:
            moment = picture["moment"]
            excerpt = chapter["content"][moment["start_position"] : moment["end_position"]]
            assert excerpt == moment["text_excerpt"]


def test_chapters_are_renamed_moved_split_joined_rewritten_and_taken_out(read_bell):
    client, top = read_bell, "/api/manuscripts/bell/chapters"
    titles = lambda answer: [one["title"] for one in answer.json()["chapters"]]  # noqa: E731
    assert titles(client.patch(f"{top}/1", json={"title": "Wind", "number": 2})) == ["The Stranger", "Wind", "The Key"]
    text = client.get(f"{top}/1").json()["content"]
    nowhere = client.patch(f"{top}/1", json={"content": "Gone.", "title": "x", "number": 99})
    assert (nowhere.status_code, client.get(f"{top}/1").json()["content"]) == (422, text)
    split = client.post(f"{top}/1/split", json={"position": text.index("Then the bell"), "title": "The Bell"})
    assert titles(split) == ["The Stranger", "Wind", "The Bell", "The Key"]
    assert titles(client.post(f"{top}/1/merge")) == ["The Stranger", "Wind", "The Key"]
    assert client.patch(f"{top}/3", json={"content": "It was over."}).status_code == 200
    assert client.get(f"{top}/3").json()["content"] == "It was over."
    assert titles(client.delete(f"{top}/2")) == ["Wind", "The Key"]
    assert client.get(f"{top}/2").status_code == 404


def test_people_are_listed_and_look_as_they_are_told_to(read_bell):
    client, top = read_bell, "/api/manuscripts/bell/people"
    assert {one["is_own_look"] for one in client.get(top).json()} == {False}
    changed = client.patch(top, json={"name": "Joris", "look": "a blue cap", "gender": "male"}).json()
    joris = next(one for one in changed if one["name"] == "Joris")
    assert (joris["look"], joris["gender"], joris["is_own_look"]) == ("a blue cap", "male", True)
    assert client.patch(top, json={"name": "Nobody", "look": "tall"}).status_code == 400
    assert client.patch(top, json={"name": "Joris", "gender": "odd"}).status_code == 422


def test_a_picture_s_words_are_changed_and_a_passage_gets_one(read_bell):
    client, top = read_bell, "/api/manuscripts/bell/chapters/1/pictures"
    changed = client.patch(f"{top}/1", json={"prompt": "a lamp falls"})
    assert (changed.status_code, changed.json()["prompt"]) == (200, "a lamp falls")
    assert "Picture 1 of chapter 1" in client.post(f"{top}/1/retake").json()["said"]
    text = client.get("/api/manuscripts/bell/chapters/1").json()["content"]
    start = text.index("She had not slept")
    added = client.post(top, json={"start": start, "end": start + 18})
    assert (added.status_code, "is made at the next run" in added.json()["said"]) == (201, True)
    plan = client.get("/api/projects/bell/plan").json()
    assert "prompts/ch01.json" in {one["name"] for one in plan["make"]}


def test_what_cannot_be_is_said_and_nothing_is_kept_of_it(client, home):
    assert "no file" in client.post("/api/manuscripts", files={"name": (None, "x")}).json()["error"]
    bad = _bring(client, b"\0\1\2\3 not a book")
    assert (bad.status_code, list(home.sessions.glob("[!.]*"))) == (422, [])
    assert "There is no style /etc/passwd" in _bring(client, style="/etc/passwd").json()["error"]
    assert "there is no such option" in _bring(client, styel="noir").json()["error"]
    home.film()
    for path in ("boat", "boat/chapters", "nobody", "boat/chapters/1"):
        assert client.get(f"/api/manuscripts/{path}").status_code == 404


def test_a_style_is_seen_before_anything_is_made(client):
    answer = client.get("/api/illustration-sample", params={"style": "ink"})
    assert (answer.headers["content-type"], answer.content[:4]) == ("image/png", b"\x89PNG")
