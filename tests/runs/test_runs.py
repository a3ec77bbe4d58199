"""Runs as the server keeps them: real processes, real projects with the instant engines."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import psutil
import pytest

from studio.core.at_work import SIGNS, telling
from studio.core.events import RunStarted, StepStarted
from studio.core.session import Session
from studio.errors import Cancelled, ProjectLocked, StorageFailed, UserError
from studio.runs import model
from studio.runs.doors import Doors, open_doors
from studio.runs.manager import RunManager
from studio.runs.model import Run
from studio.settings import Settings
from tests.conftest import small_film


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    opened = open_doors(Settings(tmp_path / "sessions", workers=2), tmp_path / "data")
    yield opened
    opened.close()


def until(is_so: Callable[[], bool], *, seconds: float = 60.0) -> None:
    end_s = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end_s, "it did not happen in time"
        time.sleep(0.02)


def ended(doors: Doors, run: Run) -> Run:
    until(lambda: not doors.runs.get(run.id).is_active)
    return doors.runs.get(run.id)


def test_a_project_is_made_in_another_process_and_every_change_is_told(doors):
    name = small_film(doors.studio)
    told: list[Run] = []
    doors.runs.watch(told.append)
    run = ended(doors, doors.runs.make(name))
    assert (run.status, run.percent, run.problems, run.error) == ("completed", 100, (), "")
    assert run.result["made"] > 10
    assert doors.studio.plan(name).make == []
    until(lambda: bool(told) and told[-1].status == "completed")
    percents = [one.percent for one in told]
    assert percents == sorted(percents)
    assert "running" in {one.status for one in told}


def test_the_second_waits_for_the_first(doors):
    first, second = small_film(doors.studio, name="one"), small_film(doors.studio, name="two")
    doors.runs.make(first)
    waiting = doors.runs.make(second)
    assert doors.runs.get(waiting.id).status == "pending"
    assert ended(doors, waiting).status == "completed"
    assert [run.project for run in doors.runs.runs()] == ["two", "one"]


def test_a_project_is_not_made_twice_at_the_same_time(doors):
    name = small_film(doors.studio)
    doors.runs.make(name)
    with pytest.raises(UserError, match="being made already"):
        doors.runs.make(name)


def test_what_another_program_makes_is_watched_here_and_steered_there(still_doors):
    runs, name = still_doors.runs, small_film(still_doors.studio)
    with Session(still_doors.studio.directory(name)) as session, telling(session.directory, lambda *_: None) as tell:
        tell(1, RunStarted(name, ("story", "images", "videos", "film")))
        tell(2, StepStarted("images"))
        runs.look_elsewhere()
        (run,) = runs.active(name)
        assert (run.is_elsewhere, run.step, run.percent) == (True, "images", 25)
        for steer in (lambda: runs.make(name), lambda: runs.pause(run.id), lambda: runs.cancel(run.id)):
            with pytest.raises(ProjectLocked, match="being made by another program"):
                steer()
        assert runs.make(small_film(still_doors.studio, name="other")).status == "pending"
    runs.look_elsewhere()
    assert [one.project for one in runs.active()] == ["other"]
    assert not (still_doors.settings.sessions / SIGNS).exists()


def test_a_run_of_another_program_ends_here_as_that_left_the_project(still_doors):
    runs, studio, name, stop = still_doors.runs, still_doors.studio, small_film(still_doors.studio), threading.Event()
    seen: list[Run] = []

    def tell(number, event):
        if isinstance(event, StepStarted):
            runs.look_elsewhere()
            seen.extend(runs.active())
            stop.set() if event.step == "images" else None

    studio.run(name, tell=tell, stop=stop)
    runs.look_elsewhere()
    assert [run.step for run in seen][-1] == "images"
    assert len({run.id for run in seen}) == 1
    assert runs.get(seen[0].id).status == "paused"
    assert runs.resume(seen[0].id).status == "pending"


def test_the_sign_of_a_program_that_was_killed_goes(still_doors):
    name = small_film(still_doors.studio)
    folder = still_doors.settings.sessions / SIGNS
    folder.mkdir()
    for left in (name, "gone"):
        (folder / left).write_text("{torn")
    still_doors.runs.look_elsewhere()
    assert (still_doors.runs.active(), list(folder.iterdir())) == ((), [])


def test_paused_after_what_is_in_hand_and_resumed_to_the_end(doors):
    name = small_film(doors.studio)
    run = doors.runs.make(name)
    until(lambda: bool(doors.runs.get(run.id).step))
    doors.runs.pause(run.id)
    paused = ended(doors, run)
    assert paused.status == "paused"
    again = ended(doors, doors.runs.resume(run.id))
    assert again.status == "completed"
    assert again.result["kept"] >= paused.result["made"]


def test_stopping_ends_the_process_at_once_and_keeps_what_is_finished(doors):
    name = small_film(doors.studio, seconds=60.0, shots=20)
    run = doors.runs.make(name)
    until(lambda: doors.runs.get(run.id).step == "images")
    assert doors.runs.cancel(run.id).status == "cancelled"
    until(lambda: not _children(), seconds=5)
    assert ended(doors, doors.runs.make(name)).status == "completed"


def test_a_stopped_run_that_waits_never_starts(doors):
    doors.runs.make(small_film(doors.studio, name="one"))
    waiting = doors.runs.make(small_film(doors.studio, name="two"))
    assert doors.runs.cancel(waiting.id).status == "cancelled"
    until(lambda: not doors.runs.active())
    assert not any(doors.studio.project("two").steps.values())


def test_a_process_that_is_killed_is_a_failed_run_that_says_so(doors):
    run = doors.runs.make(small_film(doors.studio, seconds=60.0, shots=20))
    until(lambda: doors.runs.get(run.id).step == "images")
    for child in _children():
        child.kill()
    killed = ended(doors, run)
    assert killed.status == "failed"
    assert "SIGKILL" in killed.error


@pytest.mark.parametrize("name", ["nobody", "no\0body"])
def test_a_project_that_is_not_there_is_refused_and_the_others_go_on(doors, name):
    with pytest.raises(UserError, match="no project"):
        doors.runs.make(name)
    assert ended(doors, doors.runs.make(small_film(doors.studio))).status == "completed"


def test_a_fault_in_long_work_ends_its_run_with_a_sentence(doors):
    def faulty(tell, stop):
        raise KeyError("oh")

    failed = ended(doors, doors.runs.work("revert", "boat", faulty))
    assert failed.status == "failed"
    assert "fault of the studio" in failed.error


def test_an_item_that_fails_is_a_problem_of_a_completed_run(doors):
    name = small_film(doors.studio)
    ended(doors, doors.runs.make(name))
    place = doors.studio.directory(name) / "images/shot_002.png"
    place.unlink()
    place.mkdir()
    run = ended(doors, doors.runs.make(name))
    assert run.status in ("completed", "failed")
    assert run.problems or run.error


def test_long_work_tells_bytes_and_its_result(doors):
    def work(tell, stop):
        tell(50, 100)
        return {"project": "copy"}

    run = ended(doors, doors.runs.work("duplicate", "boat", work))
    assert (run.status, run.percent, run.project) == ("completed", 100, "copy")


def test_long_work_stops_when_asked_and_refuses_with_its_own_words(doors):
    started = threading.Event()

    def patient(tell, stop):
        started.set()
        stop.wait(30)
        raise Cancelled("stopped")

    def broken(tell, stop):
        raise StorageFailed("the disk is full")

    run = doors.runs.work("export", "boat", patient)
    started.wait(10)
    doors.runs.cancel(run.id)
    assert ended(doors, run).status == "cancelled"
    failed = ended(doors, doors.runs.work("export", "boat", broken))
    assert (failed.status, failed.error) == ("failed", "the disk is full")


def test_a_second_server_on_the_same_data_is_refused(doors):
    with pytest.raises(ProjectLocked, match="running already"):
        RunManager(doors.settings, doors.data_dir)


def test_what_a_closed_server_left_is_interrupted_and_goes_on(tmp_path):
    settings = Settings(tmp_path / "sessions", workers=2)
    doors = open_doors(settings, tmp_path / "data")
    run = doors.runs.make(small_film(doors.studio, seconds=60.0, shots=20))
    until(lambda: doors.runs.get(run.id).step == "images")
    doors.close()
    again = open_doors(settings, tmp_path / "data")
    try:
        assert again.runs.get(run.id).status == "interrupted"
        assert ended(again, again.runs.resume(run.id)).status == "completed"
    finally:
        again.close()


_SERVER = """
import sys, time
from pathlib import Path
from studio.runs.doors import open_doors
from studio.settings import Settings
doors = open_doors(Settings(Path(sys.argv[1]), workers=2), Path(sys.argv[2]))
run = doors.runs.make("boat")
while doors.runs.get(run.id).step != "images":
    time.sleep(0.01)
print(run.id, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_server_takes_its_processes_along_and_the_next_offers_to_go_on(tmp_path, studio):
    name = small_film(studio, seconds=60.0, shots=30)
    words = [sys.executable, "-c", _SERVER, str(tmp_path / "sessions"), str(tmp_path / "data")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        run_id = server.stdout.readline().strip()
        children = psutil.Process(server.pid).children(recursive=True)
        assert children
        os.kill(server.pid, signal.SIGKILL)
    until(lambda: not any(child.is_running() and child.status() != "zombie" for child in children), seconds=5)
    doors = open_doors(Settings(tmp_path / "sessions", workers=2), tmp_path / "data")
    try:
        assert doors.runs.get(run_id).status == "interrupted"
        run = ended(doors, doors.runs.resume(run_id))
        assert run.status == "completed"
        assert doors.studio.plan(name).make == []
    finally:
        doors.close()


def test_a_project_whose_terminal_was_killed_is_offered_too(tmp_path, studio):
    small_film(studio, seconds=60.0, shots=30)
    words = [sys.executable, "-m", "studio.cli", "resume", "boat", "--sessions", str(tmp_path / "sessions")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as terminal:
        while "[images]" not in terminal.stderr.readline():
            pass
        terminal.kill()
    doors = open_doors(Settings(tmp_path / "sessions", workers=2), tmp_path / "data")
    try:
        until(lambda: bool(doors.runs.runs()))
        assert [(run.project, run.status) for run in doors.runs.runs()] == [("boat", "interrupted")]
    finally:
        doors.close()


def test_damaged_records_of_old_runs_are_left_out(tmp_path):
    folder = tmp_path / "data" / "runs"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text("{")
    (folder / "b.json").write_text('{"id": 5, "kind": "make", "project": "x", "status": "odd"}')
    doors = open_doors(Settings(tmp_path / "sessions", workers=1), tmp_path / "data")
    assert doors.runs.runs() == ()
    doors.close()


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if "studio.runs.child" in child.cmdline()]


def test_only_the_first_steps_are_made_where_that_is_asked(doors):
    name = small_film(doors.studio)
    run = ended(doors, doors.runs.make(name, until="shots"))
    assert (run.status, run.until, run.percent) == ("completed", "shots", 100)
    assert (doors.studio.directory(name) / "shots.json").is_file()
    assert not list(doors.studio.directory(name).glob("images/*"))
    assert doors.studio.plan(name).make


def test_a_run_ends_and_says_so_where_the_studios_own_folder_takes_nothing_more(doors, tmp_path):
    name = small_film(doors.studio)
    shutil.rmtree(tmp_path / "data" / "runs")
    (tmp_path / "data" / "runs").write_text("a file stands in the way")
    run = ended(doors, doors.runs.make(name, until="shots"))
    assert (run.status, run.error) == ("completed", "")
    assert "takes nothing more" in run.problems[-1]


def test_the_newest_run_is_the_first_though_the_clock_was_set_back(doors, monkeypatch):
    small_film(doors.studio)
    first = ended(doors, doors.runs.make("boat", until="shots"))
    monkeypatch.setattr(model, "datetime", _YesterdaysClock)
    second = ended(doors, doors.runs.make("boat", until="shots"))
    assert second.created_at < first.created_at
    assert [run.id for run in doors.runs.runs()] == [second.id, first.id]
    assert (second.status, second.left_s) == ("completed", None)


class _YesterdaysClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) - timedelta(days=1)
