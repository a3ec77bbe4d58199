"""Stop reaches what is in hand at services; Pause leaves it there, so that nothing is paid for twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.core.checkpoint import Journal
from studio.core.session import JOURNAL
from studio.engines.comfyui.pool import Pace
from studio.engines.ltx import LtxVideos
from studio.engines.remote import Patience
from studio.runs.doors import open_doors
from studio.service import Studio
from studio.settings import Settings
from tests.conftest import small_film
from tests.servers.comfyui import Comfy
from tests.servers.ltx import Ltx

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def comfy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Comfy]:
    monkeypatch.setattr("studio.engines.comfyui.engine.Pace", lambda: Pace(poll_s=(0.02, 0.05)))
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    with Comfy() as server:
        monkeypatch.setenv("STUDIO_COMFYUI_URLS", server.url)
        monkeypatch.setenv("STUDIO_COMFYUI_IMAGE_GRAPH", "sd")
        yield server


def until(is_so: Callable[[], object], *, seconds: float = 30.0) -> None:
    end_s = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end_s, "it did not happen in time"
        time.sleep(0.01)


def paused(studio: Studio, name: str, *, when: Callable[[], object]) -> None:
    """The film is begun, and paused as soon as ``when`` is true."""
    stop = threading.Event()
    making = threading.Thread(target=lambda: studio.run(name, tell=lambda number, event: None, stop=stop))
    making.start()
    until(when)
    stop.set()
    making.join()


def states(studio: Studio, name: str) -> list[str]:
    """Of the works that a server has, or had; others wait for a server to be free."""
    open_jobs = Journal(studio.directory(name) / JOURNAL).open_jobs
    return [line.state for line in open_jobs if line.state != "submitting"]


def test_a_pause_leaves_the_work_at_its_server_and_the_next_run_collects_it(studio: Studio, comfy: Comfy) -> None:
    comfy.fates.append("wait")
    name = small_film(studio, image="comfyui", narration=False)
    paused(studio, name, when=lambda: comfy.running and states(studio, name) == ["submitted"])
    assert (comfy.interrupts, len(comfy.created)) == ([], 1)
    comfy.go.set()
    studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="images")
    assert len(comfy.created) == 4


def test_what_is_stopped_ends_at_its_server_and_is_asked_for_anew(studio: Studio, comfy: Comfy) -> None:
    comfy.fates.append("wait")
    name = small_film(studio, image="comfyui", narration=False)
    paused(studio, name, when=lambda: comfy.running and states(studio, name) == ["submitted"])
    assert str(studio.stop_jobs(name)) == "Stopped as well: 1 at image/comfyui."
    assert comfy.interrupts == comfy.created
    assert states(studio, name) == ["cancelled"]
    assert studio.stop_jobs(name).ended == ()
    result = studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="images")
    assert (result.problems, len(comfy.created)) == ([], 5)


def test_a_server_that_does_not_answer_keeps_its_work_to_be_collected(studio: Studio, comfy: Comfy) -> None:
    comfy.fates.append("wait")
    name = small_film(studio, image="comfyui", narration=False)
    paused(studio, name, when=lambda: comfy.running and states(studio, name) == ["submitted"])
    comfy.stop()
    assert studio.stop_jobs(name).left == ("image/comfyui",)
    assert states(studio, name) == ["submitted"]


def test_a_service_that_cannot_be_told_goes_on_and_its_clip_is_collected(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LtxVideos.__init__.__kwdefaults__, "patience", Patience(poll_s=(0.02, 0.02)))
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path / "data"))
    with Ltx() as ltx:
        monkeypatch.setenv("STUDIO_LTX_URL", ltx.url)
        monkeypatch.setenv("STUDIO_LTX_API_KEY", ltx.key)
        ltx.patience = 10**9
        name = small_film(studio, video="ltx", narration=False, shots=1, seconds=4.0)
        paused(studio, name, when=lambda: states(studio, name) == ["submitted"])
        words = str(studio.stop_jobs(name))
        assert words == "In hand there still, and collected by the next run: 1 at video/ltx."
        ltx.patience = 2
        studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="videos")
        assert len(ltx.created) == 1
        assert studio.spent(name).works == {"video/ltx": 1}


def test_stop_in_the_window_ends_it_at_the_server_and_making_it_again_waits_for_that(
    tmp_path: Path, comfy: Comfy
) -> None:
    comfy.fates.append("wait")
    doors = open_doors(Settings(tmp_path / "sessions", workers=2), tmp_path / "data")
    try:
        name = small_film(doors.studio, image="comfyui", narration=False)
        run = doors.runs.make(name, until="images")
        until(lambda: comfy.running and states(doors.studio, name) == ["submitted"])
        with comfy.lock:  # it answers nobody
            assert doors.runs.cancel(run.id).status == "cancelled"
            again = doors.runs.make(name, until="images")
            assert again.status == "pending"
        until(lambda: doors.runs.get(run.id).notices)
        assert doors.runs.get(run.id).notices == ("Stopped as well: 1 at image/comfyui.",)
        assert comfy.interrupts == comfy.created[:1]
        until(lambda: not doors.runs.get(again.id).is_active)
        assert (doors.runs.get(again.id).status, len(comfy.created)) == ("completed", 5)
    finally:
        doors.close()
