"""SIGKILL and servers that forget everything, at random, while services make a film: all of it comes, nothing is asked twice."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Protocol

import psutil
import pytest

from studio.core.checkpoint import Checkpoint, JobLine, Journal
from studio.core.project import load_project
from studio.core.session import JOURNAL
from studio.engines.comfyui import engine as comfyui_engine
from studio.engines.comfyui.pool import Pace
from studio.engines.ltx import LtxVideos
from studio.engines.remote import Patience
from studio.media import verify
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio
from studio.settings import Settings
from tests.conftest import SMALL
from tests.servers.base import Double
from tests.servers.comfyui import Comfy, a_film
from tests.servers.ltx import Ltx

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_NAME = "boat"
_UNKNOWN = re.compile("may have been paid|probably paid for")


class Process(Protocol):
    """Somebody who makes the film, in a group of processes of its own."""

    pid: int | None

    def join(self, timeout: float | None = None) -> None: ...

    def kill(self) -> None: ...


Start = Callable[[Path, Mapping[str, str]], Process]


class _Terminal(subprocess.Popen):
    """``studio resume`` as somebody types it."""

    def __init__(self, tmp_path: Path, environment: Mapping[str, str]) -> None:
        words = [sys.executable, "-m", "studio.cli", "resume", _NAME]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        super().__init__(words, env={**os.environ, **environment}, start_new_session=True, **quiet)

    def join(self, timeout: float | None = None) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(timeout)


def _quick(tmp_path: Path, environment: Mapping[str, str]) -> Process:
    """The same within a process that has everything loaded already, at servers that are polled without pause."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "numpy", "PIL.Image", "requests", "websockets.sync.client", *_USED])
    process = context.Process(target=_make, args=(tmp_path, environment))
    process.start()
    return process


_USED = ("studio.engines.fake", "studio.engines.sound")


def _make(tmp_path: Path, environment: Mapping[str, str]) -> None:
    os.setsid()
    os.environ.update(environment)
    comfyui_engine.Pace = lambda: Pace(poll_s=(0.05, 0.1), give_away_s=0.5, wait_for_any_s=5.0, rest_s=0.1)
    LtxVideos.__init__.__kwdefaults__["patience"] = Patience(poll_s=(0.05, 0.1))
    studio = Studio(Settings(tmp_path / "sessions", workers=2))
    studio.run(_NAME, tell=lambda number, event: None, stop=threading.Event())


@dataclass(frozen=True)
class Plan:
    """``start`` begins to make the film; ``restarts`` are of servers. Each of the ``kills`` comes after so many times what
    the first start took until it asked something: machines differ."""

    start: Start
    shots: int
    kills: int
    restarts: int
    lives: tuple[float, float]
    seed: int


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and of them those of a processor."""

    wall_s: float
    cpu_s: float


def test_killed_at_random_a_film_of_two_servers_is_whole_and_nothing_was_asked_twice(tmp_path):
    with Comfy(render_s=0.02) as first, Comfy(render_s=0.02) as second:
        _comfy_film(tmp_path, (first, second), Plan(_quick, shots=3, kills=5, restarts=2, lives=(0.5, 6.0), seed=3))


def test_killed_at_random_a_film_of_a_paid_service_is_whole_and_paid_for_once(tmp_path):
    with Ltx() as ltx:
        _ltx_film(tmp_path, ltx, Plan(_quick, shots=2, kills=3, restarts=1, lives=(0.5, 6.0), seed=4))


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_forty_kills_and_five_restarts_lose_nothing_of_a_film_of_two_servers(tmp_path):
    with Comfy(render_s=0.3) as first, Comfy(render_s=0.6) as second:
        plan = Plan(_Terminal, shots=12, kills=40, restarts=5, lives=(0.5, 4.0), seed=5)
        _comfy_film(tmp_path, (first, second), plan)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_forty_kills_and_five_restarts_lose_nothing_of_a_film_of_a_paid_service(tmp_path):
    with Ltx() as ltx:
        _ltx_film(tmp_path, ltx, Plan(_Terminal, shots=12, kills=40, restarts=5, lives=(0.5, 8.0), seed=6))


@pytest.mark.soak
def test_after_a_kill_the_studio_is_at_work_again_within_two_seconds(tmp_path):
    with Comfy(render_s=30.0) as comfy:
        environment = _environment(tmp_path, comfyui_urls=comfy.url, comfyui_image_graph="sd")
        _new_film(tmp_path, environment, shots=12, image="comfyui", video="comfyui")
        took = [_started(tmp_path, environment, _Terminal, [comfy]) for _ in range(4)][1:]
    print(f"at work after {', '.join(f'{one.wall_s:.2f} s ({one.cpu_s:.2f} s of work)' for one in took)}")
    assert median(one.cpu_s for one in took) < 2.0  # of a processor's time: others may use it as well


def _comfy_film(tmp_path: Path, servers: Sequence[Comfy], plan: Plan) -> None:
    environment = _environment(
        tmp_path, comfyui_urls=",".join(server.url for server in servers), comfyui_image_graph="sd",
        comfyui_video_graph="ltx",
    )  # fmt: skip
    studio = _new_film(tmp_path, environment, shots=plan.shots, image="comfyui", video="comfyui")
    a_film()  # made once, before the clock runs
    dice = random.Random(plan.seed)
    start_s = _started(tmp_path, environment, plan.start, servers).wall_s
    _torment(tmp_path, environment, plan, dice, start_s, lambda: dice.choice(servers).restart())
    _finished(tmp_path, environment, plan.start)
    journal = _whole(studio, plan.shots)
    created = [prompt for server in servers for prompt in server.created]
    assert len(set(created)) == len(created), "the same work was asked for twice"
    lost = _lost(journal)
    assert len(created) - len(lost & set(created)) == 2 * plan.shots
    print(
        f"{plan.kills} kills, {plan.restarts} restarts: {len(created)} works, {len(lost & set(created))} of them lost, each told"
    )


def _ltx_film(tmp_path: Path, ltx: Ltx, plan: Plan) -> None:
    environment = _environment(tmp_path, ltx_url=ltx.url, ltx_api_key=ltx.key)
    studio = _new_film(tmp_path, environment, shots=plan.shots, video="ltx")
    ltx.warm_up()
    start_s = _started(tmp_path, environment, plan.start, [ltx]).wall_s
    _torment(tmp_path, environment, plan, random.Random(plan.seed), start_s, ltx.forget)
    unknown = _finished(tmp_path, environment, plan.start, studio)
    journal = _whole(studio, plan.shots)
    lost, spent = _lost(journal), studio.spent(_NAME)
    assert 0 <= len(ltx.created) - plan.shots - len(lost) <= unknown
    assert (sum(spent.works.values()), spent.lost) == (plan.shots + len(lost) + unknown, len(lost))
    print(
        f"{plan.kills} kills: {len(ltx.created)} clips paid for, {len(lost)} lost there, {unknown} that nobody can tell"
    )


def _environment(tmp_path: Path, **settings: str) -> dict[str, str]:
    data = tmp_path / "data"
    data.mkdir()
    named = {f"STUDIO_{name.upper()}": value for name, value in settings.items()}
    return {**named, "STUDIO_DATA": str(data), "STUDIO_SESSIONS": str(tmp_path / "sessions")}


def _new_film(tmp_path: Path, environment: Mapping[str, str], *, shots: int, **engines: str) -> Studio:
    studio = Studio(Settings(tmp_path / "sessions", workers=2))
    options = FilmOptions.model_validate(
        {**SMALL, "shots": shots, "seconds": 2.0 * shots, "narration": False, **engines}
    )
    with _set(environment):
        studio.create_film(Source(kind="idea", idea="A boat finds an island"), options, name=_NAME)
    return studio


def _started(
    tmp_path: Path, environment: Mapping[str, str], start: Start, servers: Sequence[Double]
) -> Took:  # fmt: skip
    """What it took until a server was asked something; killed then."""
    while not all(server.is_alone for server in servers):
        time.sleep(0.01)
    asked, started = sum(len(server.calls) for server in servers), time.monotonic()
    process = start(tmp_path, environment)
    while sum(len(server.calls) for server in servers) == asked:
        time.sleep(0.01)
    times = psutil.Process(process.pid).cpu_times()
    took = Took(time.monotonic() - started, times.user + times.system)
    _killed_after(process, 0.0)
    return took


def _torment(
    tmp_path: Path, environment: Mapping[str, str], plan: Plan, dice: random.Random, start_s: float,
    forget: Callable[[], object],
) -> None:  # fmt: skip
    """Begun and killed, again and again; in some of the lives a server loses its memory."""
    forgetful = {1 + number * (plan.kills - 1) // plan.restarts for number in range(plan.restarts)}
    for number in range(1, plan.kills):
        process, life_s = plan.start(tmp_path, environment), start_s * dice.uniform(*plan.lives)
        before_s = dice.uniform(0.3, 0.9) * life_s if number in forgetful else 0.0
        process.join(before_s)
        if number in forgetful:
            forget()
        _killed_after(process, life_s - before_s)


def _killed_after(process: Process, seconds: float) -> None:
    process.join(seconds)
    process.kill()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid or 0, signal.SIGKILL)  # ffmpeg and the like go too
    process.join()


def _finished(
    tmp_path: Path,
    environment: Mapping[str, str],
    start: Callable[[Path, Mapping[str, str]], Process],
    studio: Studio | None = None,
) -> int:
    """Run until nothing is left to be made; returns how many clips that nobody can tell of, or that were forgotten there, the user asked for anew."""
    retaken = 0
    for _ in range(8):  # what was asked for anew may be lost in its turn
        start(tmp_path, environment).join()
        failures = Journal(tmp_path / "sessions" / _NAME / JOURNAL).failures
        for failure in failures if studio else ():
            if _UNKNOWN.search(failure.error):
                with _set(environment):
                    studio.retake(_NAME, int(re.search(r"shot_(\d+)", failure.name).group(1)), "video")
                retaken += 1
        if not failures and load_project(tmp_path / "sessions" / _NAME).is_complete:
            break  # else who was killed last may still have held the project, while he died
    return retaken


def _whole(studio: Studio, shots: int) -> Journal:
    """The journal of the finished film, all files of which are as they should be."""
    project, directory = studio.project(_NAME), studio.directory(_NAME)
    assert project.is_complete, [failure.error for failure in Journal(directory / JOURNAL).failures]
    assert studio.verify(_NAME, deep=True) == ()
    for place in sorted((directory / "images").glob("*.png")):
        verify.image_of((160, 90))(place)
    clips = sorted((directory / "videos").glob("*.mp4"))
    assert len(clips) == shots
    for place in (*clips, directory / "film.mp4"):
        verify.whole_video()(place)
    journal = Journal(directory / JOURNAL)
    lines = [line for line in journal if isinstance(line, Checkpoint)]
    made = Counter((line.name, line.fingerprint) for line in lines if line.origin == "made")  # a retake edits the list
    assert max(made.values()) == 1, "something was made twice"
    return journal


def _lost(journal: Journal) -> set[str]:
    """The keys of the askings of which the journal says that they came to nothing."""
    return {str(line.facts["key"]) for line in journal if isinstance(line, JobLine) and line.state == "lost"}


@contextlib.contextmanager
def _set(environment: Mapping[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield
