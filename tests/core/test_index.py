"""The index: a copy of the folders that can be thrown away, on SQLite and, where one is installed, on PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from studio.core import index as index_module
from studio.core.checkpoint import Failure, Milestone
from studio.core.index import Index, Query
from studio.core.project import new_project, save_project
from studio.core.project_state import asked_of
from studio.core.session import Session
from studio.errors import StorageFailed
from tests.core.keeping import written


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    folder = tmp_path / "sessions"
    for number, (kind, language) in enumerate([("film", "en"), ("dub", "de"), ("film", "de")]):
        _project(folder, f"project_{number}", kind=kind, title=f"Title {number}", options={"language": language})
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def index(request: pytest.FixtureRequest, sessions: Path, tmp_path: Path) -> Iterator[Index]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres")
    opened = Index(sessions, tmp_path / "data", url)
    opened.reindex()
    yield opened
    opened.close()


def test_a_list_is_the_folders(index, sessions):
    rows, total = index.page(Query(sort="name", is_descending=False))
    assert [(row["name"], row["kind"], row["languages"], row["state"]) for row in rows] == [
        ("project_0", "film", ["en"], "new"),
        ("project_1", "dub", ["de"], "new"),
        ("project_2", "film", ["de"], "new"),
    ]
    assert total == 3


def test_every_filter_and_order_answers(index, sessions):
    def names(**asked: object) -> list[str]:
        return [row["name"] for row in index.page(Query(**asked))[0]]

    assert names(text="TITLE 1") == ["project_1"]
    assert names(text="%") == names(text="_x") == []
    assert names(kind="film", language="DE") == ["project_2"]
    assert names(sort="title", is_descending=False) == ["project_0", "project_1", "project_2"]
    assert names(since_s=time.time() + 60) == []
    assert names(until_s=time.time() + 60, offset=1, limit=1) == ["project_1"]


def test_projects_are_in_the_order_of_their_names_as_people_read_them(index, sessions):
    for name in ("Boat_10", "boat_2", "anchor"):
        _project(sessions, name, kind="film", title="Zebra")
    rows, _ = index.page(Query(sort="name", is_descending=False))
    assert [row["name"] for row in rows][:3] == ["anchor", "boat_2", "Boat_10"]


def test_the_languages_of_all_projects_are_told_once(index, sessions):
    assert index.languages() == ["de", "en"]


def test_a_project_whose_choices_changed_since_its_last_run_is_told_as_changed(index, sessions):
    def state_after(**options: object) -> str:
        _project(sessions, "project_0", kind="film", options=options)
        return next(row["state"] for row in index.page(Query())[0] if row["name"] == "project_0")

    with Session(sessions / "project_0") as session:
        session.write_down(Milestone("run_finished", facts={"asked": asked_of(session.project)}))
    assert state_after(language="en") == "complete"
    assert state_after(language="en", seed=7) == "changed"
    assert state_after(language="en", seed=1, music=True) == "complete", "what is so by itself was not chosen"


def test_a_project_that_came_in_without_what_it_made_is_not_told_as_done(index, sessions):
    written(sessions / "project_0", {"film.mp4": "film"})
    with Session(sessions / "project_0") as session:
        session.write_down(Milestone("run_finished"))
    index.refresh(["project_0"])
    assert index.page(Query(state="complete"))[1] == 1
    (sessions / "project_0/film.mp4").unlink()
    index.sweep()
    assert [row["name"] for row in index.page(Query(state="started"))[0]] == ["project_0"]


def test_a_picture_that_is_not_in_the_folder_is_not_shown(index, sessions):
    written(sessions / "project_0", {"images/shot_001.png": "one", "images/shot_002.png": "two"})
    (sessions / "project_0/images/shot_001.png").unlink()
    index.refresh(["project_0"])
    rows = {row["name"]: row["thumbnail"] for row in index.page(Query())[0]}
    assert rows["project_0"] == "images/shot_002.png"


def test_a_project_saved_by_another_program_is_noticed_on_the_page(index, sessions):
    index.page(Query())
    _project(sessions, "project_1", kind="dub", title="Other title")
    rows, _ = index.page(Query())
    assert rows[0]["title"] == "Other title"


def test_projects_that_came_and_went_are_noticed_at_once(index, sessions):
    index.page(Query())
    shutil.rmtree(sessions / "project_0")
    _project(sessions, "new", kind="film")
    assert index.names() == ["new", "project_2", "project_1"]


def test_a_damaged_and_a_newer_project_are_listed_with_what_is_wrong(index, sessions):
    (sessions / "project_0/metadata.json").write_text("{")
    newer = json.loads((sessions / "project_1/metadata.json").read_bytes()) | {"format": 99}
    (sessions / "project_1/metadata.json").write_text(json.dumps(newer))
    index.sweep()
    found = {row["name"]: (row["state"], row["problem"]) for row in index.page(Query())[0]}
    assert found["project_0"][0] == "damaged"
    assert "put a copy back" in found["project_0"][1]
    assert found["project_1"][0] == "newer"
    assert "newer studio" in found["project_1"][1]


@pytest.mark.parametrize(
    ("manifest", "journal"),
    [
        ({"title": "\ud800 \0 broken", "created_at": "x" * 500, "tags": 3, "steps": [1]}, ""),
        ({"languages": {"a": 1}, "options": {"language": 7}, "last_updated": "9999-12-31T23:59:59+14:00"}, ""),
        (
            {},
            '{"kind":"artifact","name":"a.png","fingerprint":"","digest":"","size_bytes":"x","mtime_ns":0,"step":""}\n',
        ),
        ({}, '{"kind":"artifact","name":3,"fingerprint":"","digest":"","size_bytes":1,"mtime_ns":0,"step":""}\n'),
        (
            {},
            '{"kind":"milestone","type":"run_started","facts":[1]}\n{"kind":"failed","name":"a","error":7,"step":"s"}\n',
        ),
        ({}, '{"kind":"artifact","name":"a","fingerprint":"","digest":"","size_bytes":1e99,"mtime_ns":0,"step":""}\n'),
    ],
)
def test_no_project_however_odd_spoils_the_list(index, sessions, manifest, journal):
    saved = json.loads((sessions / "project_0/metadata.json").read_bytes())
    (sessions / "project_0/metadata.json").write_text(json.dumps(saved | manifest))
    (sessions / "project_0/checkpoints.jsonl").write_text(journal)
    assert index.reindex() == 3
    assert sorted(index.names()) == ["project_0", "project_1", "project_2"]
    assert index.page(Query(sort="size"))[1] == 3
    index.details("project_0")


def test_projects_that_cannot_be_read_are_listed_as_damaged(index, sessions, monkeypatch):
    for number in range(3):
        (sessions / f"project_{number}/checkpoints.jsonl").unlink(missing_ok=True)
    (sessions / "project_0/checkpoints.jsonl").mkdir()
    os.mkfifo(sessions / "project_1/checkpoints.jsonl")
    (sessions / "project_2/images").mkdir()
    scan = os.scandir

    def refused(folder: str) -> object:
        if str(folder).endswith("project_2/images"):
            raise PermissionError(13, "Permission denied", folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refused)  # permissions do not bind a superuser
    index.sweep()
    found = {row["name"]: (row["state"], row["problem"]) for row in index.page(Query())[0]}
    assert {state for state, _ in found.values()} == {"damaged"}
    for number, words in enumerate(["is a folder", "is a pipe", "Permission denied."]):
        assert words in found[f"project_{number}"][1]
    assert index.reindex() == 3


def test_an_index_that_another_program_holds_says_what_to_do(sessions, tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "_PATIENCE_S", 0.05)
    index = Index(sessions, tmp_path / "data")
    assert len(index.names()) == 3
    with closing(sqlite3.connect(next((tmp_path / "data").glob("*.sqlite")))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed, match="close the program that"):
            index.refresh(["project_0"])
    index.close()


def test_the_runs_of_a_project_are_told_as_the_journal_has_them(index, sessions):
    directory = sessions / "project_0"
    with Session(directory) as session:
        session.write_down(Milestone("run_started"))
    written(directory, {"images/shot_001.png": "one", "images/ch02_01.png": "page"})
    with Session(directory) as session:
        session.write_down(Milestone("step_finished", "images"))
        session.write_down(Milestone("run_started"))
        session.write_down(Failure("videos/shot_001.mp4", "no room", "videos"))
        session.write_down(Milestone("run_paused", "videos"))
    told = index.details("project_0")
    first, second = told["processing_sessions"]
    assert (first["status"], first["last_completed_step"], first["total_images_generated"]) == (
        "interrupted",
        "images",
        2,
    )
    assert (second["status"], second["can_resume"], second["error_message"]) == ("paused", True, "no room")
    assert [row["sequence_number"] for row in told["processing_checkpoints"]] == list(range(1, 8))
    assert [row["checkpoint_type"] for row in told["processing_checkpoints"]][-2:] == ["error_occurred", "run_paused"]
    assert {row["chapter_number"] for row in told["processing_checkpoints"]} == {None, 2}
    assert [row["web_url"] for row in told["session_images"]] == [
        "/media/project_0/images/shot_001.png",
        "/media/project_0/images/ch02_01.png",
    ]
    assert "videos/shot_001.mp4 could not be made: no room" in [row["message"] for row in told["processing_logs"]]
    assert index.page(Query(state="paused"))[1] == 1


def test_details_follow_the_journal(index, sessions):
    written(sessions / "project_0", {"images/shot_001.png": "one"})
    assert len(index.details("project_0")["session_images"]) == 1
    written(sessions / "project_0", {"images/shot_001.png": "two"})
    images = index.details("project_0")["session_images"]
    assert [row["is_current"] for row in images] == [False, True]


def test_reindexing_twice_gives_the_same_rows(index, sessions):
    written(sessions / "project_0", {"images/shot_001.png": "one"})
    first = (index.reindex(), index.page(Query()), index.details("project_0"))
    assert (index.reindex(), index.page(Query()), index.details("project_0")) == first


def test_two_processes_that_fill_one_index_agree(index, sessions, tmp_path):
    other = Index(sessions, tmp_path / "data", "" if index._sqlite else index._url)
    _project(sessions, "late", kind="film")
    assert other.names() == index.names()
    other.close()


def test_many_processes_may_fill_one_index_at_the_same_time(index, sessions, tmp_path):
    others = [Index(sessions, tmp_path / "data", "" if index._sqlite else index._url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda other: [other.refresh(["project_0", "project_1"]) for _ in range(5)], others))
    assert len(counts) == 4
    assert index.names() == ["project_2", "project_1", "project_0"]
    for other in others:
        other.close()


def test_a_server_that_does_not_answer_is_told_in_a_sentence(sessions, tmp_path):
    index = Index(sessions, tmp_path, f"postgresql://studio@/x?unix_sock={tmp_path}/nothing")
    with pytest.raises(StorageFailed, match="Your projects are safe"):
        index.page(Query())


def test_a_deleted_index_fills_itself_again(sessions, tmp_path):
    index = Index(sessions, tmp_path / "data")
    before = index.page(Query())
    for file in (tmp_path / "data").iterdir():
        file.unlink()
    assert index.page(Query()) == before
    index.close()


def test_a_damaged_index_is_thrown_away_and_filled_again(sessions, tmp_path):
    index = Index(sessions, tmp_path / "data")
    before = index.page(Query())
    index.close()
    next((tmp_path / "data").glob("*.sqlite")).write_bytes(b"no database at all" * 1000)
    again = Index(sessions, tmp_path / "data")
    assert again.page(Query()) == before
    again.close()


def test_an_index_damaged_inside_is_thrown_away_and_filled_again(sessions, tmp_path):
    index = Index(sessions, tmp_path / "data")
    before = index.page(Query())
    index.close()
    file = next((tmp_path / "data").glob("*.sqlite"))
    content = file.read_bytes()
    file.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    again = Index(sessions, tmp_path / "data")
    assert again.page(Query()) == before
    again.close()


def test_two_sessions_folders_do_not_mix(sessions, tmp_path):
    _project(tmp_path / "others", "lonely", kind="film")
    indices = [Index(folder, tmp_path / "data") for folder in (sessions, tmp_path / "others")]
    assert [len(index.names()) for index in indices] == [3, 1]
    for index in indices:
        index.close()


def test_an_empty_or_missing_folder_is_an_empty_list(tmp_path):
    index = Index(tmp_path / "sessions", tmp_path / "data")
    assert index.page(Query()) == ([], 0)
    index.close()


@pytest.mark.soak
def test_the_first_page_of_ten_thousand_projects_comes_in_fifty_milliseconds(tmp_path):
    for number in range(10_000):
        _fast_project(tmp_path / "sessions" / f"project_{number:05d}", number)
    index = Index(tmp_path / "sessions", tmp_path / "data")
    index.page(Query())
    for query in (Query(), Query(kind="film", sort="title"), Query(text="title 77", sort="size")):
        took_s = min(_seconds(lambda query=query: index.page(query)) for _ in range(5))
        assert took_s < 0.05
    index.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own, on a socket in a temporary folder.

    Not in a folder of pytest's: pytest shuts those from every other user whenever one of its runs begins.
    """
    pytest.importorskip("pg8000", reason="pg8000, which speaks to PostgreSQL, is not installed")
    initdb, pg_ctl = _tool("initdb"), _tool("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    folder = Path(tempfile.mkdtemp(prefix="studio-pg-"))
    server = folder / "server"
    as_user = _as_another_user(folder)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"

    def pg(*words: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        return subprocess.run([*as_user, *words], capture_output=True, text=True, env=env, cwd="/", timeout=120)

    try:
        for words in (
            [initdb, "-D", str(server), "-U", "studio", "--auth=trust", "--encoding=UTF8", "--no-sync"],
            [pg_ctl, "-D", str(server), "-o", options, "-w", "-t", "60", "-l", str(folder / "log"), "start"],
        ):
            done = pg(*words)
            if done.returncode:
                said = (done.stderr or done.stdout).strip().splitlines()[-1:]
                pytest.skip(f"PostgreSQL's {Path(words[0]).name} cannot run here: {' '.join(said)}")
        yield f"postgresql://studio@/postgres?unix_sock={folder}/.s.PGSQL.5432"
    finally:
        _stop(server, lambda: pg(pg_ctl, "-D", str(server), "-m", "immediate", "-t", "20", "stop"))
        shutil.rmtree(folder, ignore_errors=True)


def _tool(name: str) -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return shutil.which(name) or next(
        (str(folder / name) for folder in folders[::-1] if (folder / name).exists()), None
    )


def _stop(server: Path, ask: Callable[[], object]) -> None:
    """The server is gone, whatever becomes of the asking: a server that stays must not fail a test."""
    try:
        pid = int((server / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return  # it never started, or is gone
    with suppress(subprocess.TimeoutExpired, OSError):
        ask()
    if (server / "postmaster.pid").exists():
        with suppress(OSError):
            os.kill(pid, signal.SIGQUIT)


def _as_another_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as ``nobody``, who must reach the folder."""
    if os.geteuid() != 0:
        return []
    import pwd

    if not shutil.which("setpriv"):
        pytest.skip("PostgreSQL does not run as root, and setpriv is not installed")
    shutil.chown(folder, "nobody")
    return ["setpriv", "--reuid=nobody", f"--regid={pwd.getpwnam('nobody').pw_gid}", "--clear-groups"]


def _project(folder: Path, name: str, *, kind: str, **fields: object) -> None:
    (folder / name).mkdir(parents=True, exist_ok=True)
    save_project(folder / name, new_project(name, kind, **fields))


def _fast_project(directory: Path, number: int) -> None:
    directory.mkdir(parents=True)
    at = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}T10:00:00.000000+00:00"
    manifest = {
        "format": 1, "session_name": directory.name, "kind": ["film", "dub"][number % 2], "title": f"Title {number % 999}",
        "created_at": at, "last_updated": at, "last_accessed": at,
    }  # fmt: skip
    (directory / "metadata.json").write_text(json.dumps(manifest))


def _seconds(act) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
