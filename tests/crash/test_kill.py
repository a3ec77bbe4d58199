"""SIGKILL at random moments, then run to the end: the project must equal one that was never disturbed."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.scene_media import SCRIPT

_FILM = [
    "film", "A boat finds an island", "--name", "boat", "--seconds", "12", "--shots", "4", "--size", "160x90",
    "--fps", "12", "--text", "fake", "--image", "fake", "--tts", "fake", "--no-music", "--json",
]  # fmt: skip
_SCENES = [
    "scenes", "SCRIPT", "--name", "boat", "--size", "160x90", "--fps", "12", "--image_gen_model", "fake",
    "--video_engine", "fake", "--tts", "fake", "--json",
]  # fmt: skip
_VIEWS = {"checkpoints.jsonl", "metadata.json", ".lock"}


def test_a_run_killed_at_random_moments_ends_like_an_undisturbed_one(tmp_path):
    _torture(_FILM, tmp_path, moments=6, seed=1)


def test_a_scene_video_killed_at_random_moments_ends_like_an_undisturbed_one(tmp_path):
    _torture(_of_script(tmp_path), tmp_path, moments=3, seed=3)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_fifty_kills_leave_no_trace(tmp_path):
    _torture(_FILM, tmp_path, moments=50, seed=2)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_thirty_kills_leave_no_trace_in_a_scene_video(tmp_path):
    _torture(_of_script(tmp_path), tmp_path, moments=30, seed=4)


def _of_script(folder: Path) -> list[str]:
    script = folder / "script.txt"
    script.write_text(SCRIPT, encoding="utf-8")
    return [str(script) if word == "SCRIPT" else word for word in _SCENES]


def _torture(words: list[str], tmp_path: Path, *, moments: int, seed: int) -> None:
    started = time.monotonic()
    whole = _finish(words, tmp_path / "undisturbed")
    took_s = time.monotonic() - started
    expected = _contents(whole)
    dice = random.Random(seed)
    project = None
    in_film = 0
    for number in range(moments):
        folder = tmp_path / f"killed{number // 3}"
        if number % 2 and project is not None:
            in_film += _kill_within_film(words, folder, dice.uniform(0.0, 0.9))
        else:
            _kill_after(words, folder, dice.uniform(0.3, took_s))
        if number % 3 == 2 or number == moments - 1:
            project = _finish(words, folder)
            assert _contents(project) == expected
            assert not _made_twice(project)
            assert not (project / "tmp").exists() or not list((project / "tmp").iterdir())
        project = folder / "boat"
    print(f"{moments} kills, {in_film} of them within the film step")


def _studio(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "studio.cli", *words],
        env={**os.environ, "STUDIO_SESSIONS": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _finish(words: list[str], folder: Path) -> Path:
    process = _studio(folder, *words)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    assert json.loads(out)["status"] == "completed"
    return folder / "boat"


def _kill_after(words: list[str], folder: Path, seconds: float) -> None:
    process = _studio(folder, *words)
    time.sleep(seconds)
    _kill(process)


def _kill_within_film(words: list[str], folder: Path, seconds: float) -> bool:
    """Forget the film, so that the film step has work, and kill it there; True if it was reached."""
    (folder / "boat" / "film.mp4").unlink(missing_ok=True)
    process = _studio(folder, *words)
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip() == "[film]":
            time.sleep(seconds)
            _kill(process)
            return True
    _kill(process)
    return False


def _kill(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _contents(project: Path) -> dict[str, bytes]:
    files = (path for path in project.rglob("*") if path.is_file() and path.name not in _VIEWS)
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def _made_twice(project: Path) -> list[str]:
    """Names of artifacts finished more than once from the same inputs; those this test deleted do not count."""
    lines = [json.loads(line) for line in (project / "checkpoints.jsonl").read_text().splitlines()]
    made = Counter(
        (line["name"], line["fingerprint"])
        for line in lines
        if line["kind"] == "artifact" and line.get("origin", "made") == "made" and line["name"] != "film.mp4"
    )
    return [name for (name, _), times in made.items() if times > 1]
