"""SIGKILL before any change to the disk: after the next start a project is as before or as after."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.core.changes import Change, locked, staging
from studio.core.project_sessions import ProjectSessionManager
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio
from studio.settings import Settings
from tests.conftest import SMALL
from tests.core.keeping import written

_WRITES = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.utime", "os.truncate"}
_TIMES = ("last_updated", "last_accessed", "created_at", "at", "mtime_ns")
_NOON = datetime(2025, 8, 3, 18, 11, 2, tzinfo=UTC)

Act = Callable[[ProjectSessionManager], object]

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")

EVERY_PLACE = pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)])
"""Every fourth place quickly, every single one in the long run."""


def _save(manager: ProjectSessionManager) -> None:
    brought = {"a.mp4": manager.sessions.parent / "brought", "images/shot_001.png": manager.sessions.parent / "brought"}
    manager.save_session("film", {"idea": "a whale"}, files=brought)


def _save_new(manager: ProjectSessionManager) -> None:
    manager.save_session("other", {"idea": "a whale"}, files={"a.mp4": manager.sessions.parent / "brought"})


def _restore_beside(manager: ProjectSessionManager) -> None:
    manager.restore_session("old")


ACTS: dict[str, Act] = {
    "save": _save,
    "save as a new project": _save_new,
    "snapshot": lambda manager: manager.snapshot("film", "second"),
    "rename": lambda manager: manager.rename("film", "boat"),
    "duplicate": lambda manager: manager.duplicate("film", "copy"),
    "delete": lambda manager: manager.delete_session("film"),
    "restore": _restore_beside,
    "export": lambda manager: manager.export_session("film", manager.sessions),
    "import": lambda manager: manager.import_session(manager.sessions.parent / "film.zip"),
}


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    """A film with takes, a save point and a changed picture; a deleted project whose name is taken again."""
    manager = _manager(tmp_path / "sessions")
    (tmp_path / "brought").write_text("brought")
    film = manager.create_session_structure("film", kind="film")
    written(film, {"images/shot_001.png": "one", "film.mp4": "film"})
    manager.snapshot("film", "first")
    written(film, {"images/shot_001.png": "two"})
    manager.export_session("film", tmp_path / "film.zip")
    written(film, {"film.mp4": "newer"})
    manager.create_session_structure("old")
    manager.delete_session("old")
    manager.create_session_structure("old")
    return tmp_path / "sessions"


@EVERY_PLACE
@pytest.mark.parametrize("what", ACTS)
def test_killed_anywhere_a_project_is_as_before_or_as_after(sessions, tmp_path, what, every):
    outcomes = _kill_everywhere(sessions, tmp_path, ACTS[what], every)
    assert set(outcomes) == {"before", "after"}


@EVERY_PLACE
def test_killed_anywhere_an_import_that_replaces_loses_no_work(sessions, tmp_path, every):
    """Killed just before the two change places, the project is as before and the imported one is in the trash."""

    def replace(manager: ProjectSessionManager) -> None:
        manager.import_session(manager.sessions.parent / "film.zip", is_replacing=True)

    def nothing_is_lost(sessions: Path) -> None:
        assert "newer." in {path.read_text() for path in sessions.rglob("film.mp4") if path.is_file()}

    outcomes = _kill_everywhere(sessions, tmp_path, replace, every, own=(".trash",), then=nothing_is_lost)
    assert set(outcomes) == {"before", "after"}


@EVERY_PLACE
def test_killed_anywhere_going_back_happens_whole_or_not_at_all(sessions, tmp_path, every):
    """Before it goes back it makes a save point of its own, which may stay alone."""
    outcomes = _kill_everywhere(
        sessions, tmp_path, lambda manager: manager.revert("film", "first"), every, own=("snapshots", "takes")
    )
    assert set(outcomes) == {"before", "after"}


@EVERY_PLACE
def test_killed_anywhere_cleaning_harms_neither_the_work_nor_a_save_point(sessions, tmp_path, every):
    def clean(manager: ProjectSessionManager) -> None:
        manager.cleanup("film", keep_snapshots=1, is_dry_run=False)

    _manager(sessions).snapshot("film", "second")
    outcomes = _kill_everywhere(sessions, tmp_path, clean, every, own=("snapshots", "takes"), then=_goes_back)
    assert set(outcomes) == {"before"}


@EVERY_PLACE
def test_killed_anywhere_emptying_the_trash_leaves_a_project_or_nothing(sessions, tmp_path, every):
    outcomes = _kill_everywhere(sessions, tmp_path, lambda manager: manager.empty_trash(), every)
    assert set(outcomes) == {"before", "after"}


@EVERY_PLACE
def test_killed_anywhere_the_making_of_a_film_project_leaves_it_whole_or_nothing(tmp_path, every):
    """And whoever makes the next one finds nothing of it."""
    studio = Studio(Settings(tmp_path / "sessions", workers=1))
    script = tmp_path / "script.txt"
    script.write_text("A boat finds an island. It stays there for the night.")
    options = FilmOptions.model_validate(SMALL)
    for number in range(1, 1000, every):
        shutil.rmtree(studio.settings.sessions, ignore_errors=True)
        was_killed = _forked(
            lambda number=number: _dying_at(
                number, lambda: studio.create_film(Source(kind="script"), options, name="boat", brought=script)
            )
        )
        studio.create_film(Source(kind="idea", idea="A whale"), options, name="whale")
        left = {path.name for path in studio.settings.sessions.iterdir()}
        assert left in ({"whale"}, {"whale", "boat"})
        if "boat" in left:
            assert (studio.directory("boat") / "source/script.txt").read_text() == script.read_text()
            assert studio.plan("boat").make
        if not was_killed:
            assert "boat" in left
            return
    raise AssertionError("it never came to an end")


@pytest.mark.parametrize("look", [Studio.plan, Studio.project, Studio.discard_unstarted])
def test_a_change_that_a_killed_process_had_committed_is_complete_for_whoever_opens_the_film(tmp_path, look):
    studio = Studio(Settings(tmp_path / "sessions", workers=1))
    studio.create_film(Source(kind="idea", idea="A whale"), FilmOptions.model_validate(SMALL), name="whale")
    directory = studio.directory("whale")
    written(directory, {"images/shot_001.png": "one"})
    manifest = json.loads((directory / "metadata.json").read_bytes()) | {"title": "Changed"}
    with staging(directory) as stage:
        stage.prepare(Change(manifest=manifest))
    look(studio, "whale")
    assert studio.project("whale").title == "Changed"
    assert not (directory / ".pending").exists()


def test_a_film_is_shown_while_another_process_makes_a_save_point_of_it(tmp_path):
    studio = Studio(Settings(tmp_path / "sessions", workers=1))
    studio.create_film(Source(kind="idea", idea="A whale"), FilmOptions.model_validate(SMALL), name="whale")
    with locked(studio.directory("whale")), staging(studio.directory("whale")) as stage:
        stage.place().write_text("half")
        assert studio.project("whale").idea == "A whale"
        assert (studio.directory("whale") / ".pending/00001").exists()


@pytest.mark.soak
@pytest.mark.parametrize("what", ACTS)
def test_twenty_random_kills_each(sessions, tmp_path, what):
    _kill_at_random(sessions, tmp_path, ACTS[what], times=20, seed=2)


def _goes_back(sessions: Path) -> None:
    """The newest save point is good after the kill."""
    manager = _manager(sessions)
    manager.revert("film", manager.snapshots("film")[-1].id)


def _kill_everywhere(
    sessions: Path,
    tmp_path: Path,
    act: Act,
    every: int = 1,
    *,
    own: tuple[str, ...] = (),
    then: Callable[[Path], None] = lambda sessions: None,
) -> list[str]:
    """``act`` killed before its first, second … change to the disk, until it comes to its end; how each try ended.

    ``every`` leaves out all but each so manieth of them.
    """
    before, after = _before_and_after(sessions, tmp_path, act, own)
    outcomes = []
    for number in range(1, 1000, every):
        tried = _copy(sessions, tmp_path / "tried")
        was_killed = _forked(lambda tried=tried, number=number: _die_at(number, act, tried))
        second = number % 5 + 1  # and the start that follows is killed as well
        _forked(lambda tried=tried, second=second: _die_at(second, ProjectSessionManager.clean_leftovers, tried))
        _manager(tried).clean_leftovers()
        outcomes.append(_outcome(tried, before, after, own, f"killed before change {number}"))
        then(tried)
        if not was_killed:
            assert outcomes[-1] == ("after" if before != after else "before")
            assert number > 3
            print(f"killed at {len(outcomes) - 1} places")
            return outcomes
    raise AssertionError("it never came to an end")


def _kill_at_random(sessions: Path, tmp_path: Path, act: Act, *, times: int, seed: int) -> None:
    big = os.urandom(3_000_000)
    (sessions.parent / "brought").write_bytes(big)
    for number in range(10):
        (sessions / f"film/big_{number}.mp4").write_bytes(big + bytes([number]))
    before, after = _before_and_after(sessions, tmp_path, act, ())
    started = time.monotonic()
    act(_manager(_copy(sessions, tmp_path / "timed")))
    took_s = time.monotonic() - started
    dice = random.Random(seed)
    for _ in range(times):
        tried = _copy(sessions, tmp_path / "tried")
        after_s = dice.uniform(0, took_s)
        _forked(lambda tried=tried: act(_manager(tried)), kill_after_s=after_s)
        _manager(tried).clean_leftovers()
        _outcome(tried, before, after, (), f"killed after {after_s:.4f} s")


def _before_and_after(sessions: Path, tmp_path: Path, act: Act, own: tuple[str, ...]) -> tuple[dict, dict]:
    undisturbed = _copy(sessions, tmp_path / "undisturbed")
    before = _state(undisturbed, own)
    act(_manager(undisturbed))
    return before, _state(undisturbed, own)


def _outcome(sessions: Path, before: dict, after: dict, own: tuple[str, ...], when: str) -> str:
    state = _state(sessions, own)
    assert state in (before, after), f"{when}: neither as before nor as after: {sorted(state)}"
    return "before" if state == before else "after"


def _forked(act: Callable[[], object], *, kill_after_s: float | None = None) -> bool:
    """``act`` in a process of its own; True if that was killed."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException as error:  # the child must never come back into pytest
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _die_at(number: int, act: Act, sessions: Path) -> None:
    _dying_at(number, lambda: act(_manager(sessions)))


def _dying_at(number: int, act: Callable[[], object]) -> None:
    count = 0

    def hook(event: str, args: tuple) -> None:
        nonlocal count
        writes = event in _WRITES or (
            event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        )
        count += bool(writes)
        if writes and count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    act()


def _manager(sessions: Path) -> ProjectSessionManager:
    return ProjectSessionManager(sessions, sessions.parent / "data", clock=lambda: _NOON)


def _copy(sessions: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sessions, folder / "sessions", copy_function=shutil.copy2)
    for name in ("brought", "film.zip"):
        shutil.copyfile(sessions.parent / name, folder / name)
    return folder / "sessions"


def _state(sessions: Path, own: tuple[str, ...]) -> dict[str, object]:
    """Every file there is, hidden ones too, but for locks, folders of the act's ``own`` and moments in time."""
    state: dict[str, object] = {}
    for path in sessions.rglob("*"):
        name = re.sub(r"~[\d-]+", "~", path.relative_to(sessions).as_posix())
        if path.is_file() and path.name != ".lock" and not any(f"/{folder}/" in f"/{name}" for folder in own):
            state[name] = _timeless(path)
        elif path.is_dir() and path.name.startswith(".") and path.name != ".trash":
            state[name] = "a folder of the studio's own"
    return state


def _timeless(path: Path) -> object:
    if path.suffix not in (".json", ".jsonl"):
        return path.read_bytes()
    lines = path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]
    return [_without_times(json.loads(line)) for line in lines]


def _without_times(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_times(item) for key, item in value.items() if key not in _TIMES}
    return value
