"""Files that come in: straight to the disk, and gone without a trace when they are refused."""

from __future__ import annotations

import json
import re
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.requests import ClientDisconnect

from studio.core.archive import export_project
from tests.api.conftest import HOME, Home, asgi, ended, eventually, home_in
from tests.core.archive_bytes import Raw, zip_of
from tests.core.test_archive_hostile import HOSTILE

ZIP = {"content-type": "application/zip"}


def test_a_project_comes_in_whole_from_a_form_and_from_a_raw_body(client, home, boat, tmp_path):
    exported = export_project(boat, tmp_path / "boat.zip") or tmp_path / "boat.zip"
    content = Path(exported).read_bytes()
    raw = ended(client, client.post("/api/imports", params={"name": "raw"}, content=content, headers=ZIP))
    form = ended(client, client.post("/api/imports", files={"file": ("boat.zip", content, "application/zip")}))
    assert (raw["status"], raw["result"]["project"]) == ("completed", "raw")
    assert (form["status"], form["result"]["project"]) == ("completed", "boat-2")
    assert (home.sessions / "raw/film.mp4").read_bytes() == (boat / "film.mp4").read_bytes()
    assert left_over(home) == []


def test_an_import_may_replace_the_project_of_its_name(client, home, boat, tmp_path):
    export_project(boat, tmp_path / "boat.zip")
    content = (tmp_path / "boat.zip").read_bytes()
    run = ended(client, client.post("/api/imports", params={"replace": True}, content=content, headers=ZIP))
    assert run["result"]["project"] == "boat"
    assert [entry["name"] for entry in client.get("/api/trash").json()] == ["boat"]


@pytest.fixture(scope="module")
def open_door(tmp_path_factory) -> Iterator[tuple[TestClient, Home]]:
    """One server for all hostile archives: it must still be there after the last."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("hostile")
        patch.setenv("STUDIO_DATA", str(folder / "data"))
        home = home_in(folder)
        with TestClient(home.app(), base_url=HOME, headers={"origin": HOME}) as opened:
            yield opened, home


@pytest.mark.parametrize("as_form", [False, True], ids=["raw", "form"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused_in_words_and_nothing_is_left(open_door, kind, as_form):
    client, home = open_door
    content, reason = HOSTILE[kind]
    started = time.process_time()  # not the clock on the wall: others may be at work on this machine
    sent = {"files": {"file": ("in.zip", content)}} if as_form else {"content": content, "headers": ZIP}
    answer = client.post("/api/imports", **sent)
    sentence = answer.json()["error"] if answer.status_code != 202 else ended(client, answer)["error"]
    assert time.process_time() - started < 2
    assert re.search(f"{reason}|holds a dubbing session", sentence), sentence
    assert str(home.sessions) not in sentence
    eventually(lambda: list(tree(home)) == [])
    assert client.get("/api/status").json()["projects"] == 0


def test_an_archive_cut_anywhere_is_refused(open_door, finished_boat, tmp_path):
    client, home = open_door
    export_project(finished_boat, tmp_path / "boat.zip")
    whole = (tmp_path / "boat.zip").read_bytes()
    for part in range(20):
        answer = client.post("/api/imports", content=whole[: len(whole) * part // 20], headers=ZIP)
        assert answer.status_code == 422
        assert "whole ZIP" in answer.json()["error"]
    assert tree(home) == []


def test_a_hundred_thousand_entries_are_refused_at_once(open_door):
    client, home = open_door
    content = zip_of([Raw(f"f{number}", b"") for number in range(100_000)], count=3)
    started = time.process_time()
    answer = client.post("/api/imports", content=content, headers=ZIP)
    assert (answer.status_code, "longer than the entries" in answer.json()["error"]) == (422, True)
    assert time.process_time() - started < 2
    assert tree(home) == []


FORMS = {
    "cut off": (b"--x\r\nContent-Disposition: form-data; name=file; filename=a.zip\r\n\r\nPK", "cut off"),
    "no end": (b"--x\r\nContent-Disposition: form-data; name=file; filename=a.zip\r\n\r\nPK\r\n--x", "cut off"),
    "no form": (b"hello", "cannot be read"),
    "nothing": (b"", "cut off"),
    "no file": (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n', "holds no file"),
    "a wrong part": (b"--x\r\nContent-Disposition: form-data; name=zip; filename=a\r\n\r\nb\r\n--x--\r\n", "part “file”"),
    "two files": (b"--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nb\r\n" * 2 + b"--x--", "One file"),
    "long headers": (b"--x\r\nContent-Disposition: " + b"a" * 20_000 + b"\r\n\r\n\r\n--x--", "header"),
    "long fields": (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + b"b" * (2 << 20) + b"\r\n--x--", "too long"),
    "many parts": (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n" * 99 + b"--x--", "too many"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_that_is_none_is_refused(open_door, kind):
    client, home = open_door
    content, reason = FORMS[kind]
    answer = client.post("/api/imports", content=content, headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 422
    assert re.search(reason, answer.json()["error"]), answer.json()
    assert tree(home) == []


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "", "multipart/form-data"])
def test_a_body_of_another_kind_is_refused(open_door, kind):
    client, home = open_door
    answer = client.post("/api/imports", content=b"PK", headers={"content-type": kind})
    assert answer.status_code == 422
    assert tree(home) == []


@pytest.mark.parametrize(
    "filename", ["../../evil.zip", "/etc/evil.zip", "C:\\evil.zip", "a\0b.zip", "..", ".lock", "x" * 300]
)
def test_the_name_of_an_upload_leads_nowhere(open_door, filename):
    client, home = open_door
    answer = client.post("/api/imports", files={"file": (filename, zip_of([Raw("a.txt")]))})
    assert answer.status_code == 422
    assert tree(home) == []
    assert not (home.sessions.parent / "evil.zip").exists()


def test_memory_stays_flat_however_large_the_upload(open_door):
    client, home = open_door
    block = bytes(1 << 20)
    tracemalloc.start()
    status = asgi(client, "POST", "/api/imports", body=(block for _ in range(200)))
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert status == 422
    assert peak_bytes < 16 << 20
    assert tree(home) == []


def test_an_upload_whose_browser_goes_away_leaves_nothing(open_door):
    client, home = open_door
    heard: list[bytes] = []
    with pytest.raises(ClientDisconnect):
        asgi(client, "POST", "/api/imports", body=[b"PK" * 1_000_000], is_cut_off=True, hear=heard.append)
    assert tree(home) == []


def test_an_upload_larger_than_the_disk_is_refused_before_it_is_sent(open_door, monkeypatch):
    import shutil

    client, home = open_door
    real = shutil.disk_usage(home.sessions)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: real._replace(free=1000))
    answer = client.post("/api/imports", content=b"PK", headers=ZIP)
    assert (answer.status_code, "make room" in answer.json()["error"]) == (507, True)


def test_what_a_killed_server_left_of_uploads_is_gone_at_the_next_start(home):
    half = home.sessions / ".uploads-0123456789ab" / "0011"
    half.mkdir(parents=True)
    (half / "upload").write_bytes(b"PK")
    with TestClient(home.app(), base_url=HOME):
        assert left_over(home) == []


def test_a_film_is_made_from_a_script_that_is_brought(client, home):
    script = "INT. KITCHEN - NIGHT\n\nAnna boils water. The kettle sings.\n"
    fields = {
        "kind": "script",
        "name": "kitchen",
        "options": json.dumps({"text": "fake", "image": "fake", "tts": "fake"}),
    }
    answer = client.post("/api/projects", files={"file": ("My Script.fountain", script)}, data=fields)
    assert (answer.status_code, answer.json()) == (201, {"name": "kitchen"})
    assert (home.sessions / "kitchen/source/My_Script.fountain").read_text() == script
    assert left_over(home) == []


@pytest.mark.parametrize(
    ("fields", "content", "words"),
    [
        ({"kind": "prompts"}, b"{", "prompts|JSON|line"),
        ({"kind": "idea"}, b"x", "kind must be"),
        ({}, b"x", "kind must be"),
        ({"kind": "script", "options": "["}, b"INT. A - DAY\n\nx", "options must be"),
        ({"kind": "script", "options": '{"fps": 900}'}, b"INT. A - DAY\n\nx", "fps"),
        ({"kind": "script", "options": '{"fsp": 24}'}, b"INT. A - DAY\n\nx", "options.fsp"),
        ({"kind": "script"}, bytes(34 << 20), "33 MB|32 MB"),
    ],
)
def test_a_script_that_cannot_be_used_makes_no_project(client, home, fields, content, words):
    answer = client.post("/api/projects", files={"file": ("a.txt", content)}, data=fields)
    assert answer.status_code in (400, 413, 422)
    assert re.search(words, answer.json()["error"]), answer.json()
    assert left_over(home) == []
    assert client.get("/api/projects").json()["total"] == 0


def left_over(home: Home) -> list[Path]:
    """Files of uploads and half imports."""
    hidden = [path for path in home.sessions.glob(".*") if path.name != ".trash"]
    return [path for folder in hidden for path in folder.rglob("*") if path.name != ".lock"]


def tree(home: Home) -> list[Path]:
    """Everything in the projects' folder but the empty room for uploads."""
    return [path for path in home.sessions.rglob("*") if path.name != ".lock" and not path.name.startswith(".uploads-")]
