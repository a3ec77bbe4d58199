"""A whole film by the command line, its story (and pictures) from a service; the plug pulled while one is awaited."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.servers.base import Hang
from tests.servers.openai import OpenAi

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

KEY = "sk-very-secret-key-1234567890"
SMALL = "--seconds 8 --shots 3 --size 160x90 --fps 12 --tts fake --no-music".split()
IDEA = "A keeper lights the lamp once more"


def environment(folder: Path, double: OpenAi) -> dict[str, str]:
    own = {"STUDIO_SESSIONS": str(folder), "STUDIO_DATA": str(folder / ".data")}
    return {**os.environ, **own, "STUDIO_OPENAI_URL": double.url, "STUDIO_OPENAI_API_KEY": KEY}


def film(folder: Path, double: OpenAi, *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "studio.cli", "film", IDEA, "--name", "lamp", "--text", "openai", *words, *SMALL, "--json"],
        env=environment(folder, double), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    assert KEY not in done.stdout + done.stderr
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def files_with(folder: Path, words: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_a_film_is_made_of_a_story_from_a_service(tmp_path):
    with OpenAi(key=KEY, models=("llama-small",)) as double:
        said = film(tmp_path, double, "--image", "fake")
        assert (said["status"], said["problems"]) == ("completed", [])
        assert len(double.created) == 2
    folder = tmp_path / "lamp"
    story = json.loads((folder / "story.json").read_text())
    assert (story["title"], story["written_by"]) == ("The Lamp", "text/openai/default")
    shots = json.loads((folder / "shots.json").read_text())
    assert any("yellow raincoat" in shot["image_prompt"] for shot in shots)
    assert shots[0]["camera"] == "slow push in"
    assert files_with(tmp_path, KEY) == []


def test_a_studio_that_is_killed_while_pictures_are_drawn_buys_none_of_them_twice(tmp_path):
    with OpenAi(key=KEY, models=("llama-small", "gpt-image-2")) as double:
        double.misbehave(r"POST .*generations", *[Hang(after=True)] * 3)
        running = subprocess.Popen(
            [sys.executable, "-m", "studio.cli", "film", IDEA, "--name", "lamp", "--text", "openai", "--image", "openai", *SMALL],
            env=environment(tmp_path, double), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        ends_at = time.monotonic() + 60
        while len(double.asked(r"POST .*generations")) < 3 and running.poll() is None and time.monotonic() < ends_at:
            time.sleep(0.02)
        running.kill()
        running.wait()
        paid = [body for body in double.created if body != "chat"]
        assert len(paid) == 3
        said = film(tmp_path, double, "--image", "openai")
        assert [body for body in double.created if body != "chat"] == paid
    stills = [problem for problem in said["problems"] if problem["item"].startswith("images/")]
    assert len(stills) == 3
    assert all(
        "was asked for this before" in problem["error"] and "--ask-again" in problem["error"] for problem in stills
    )
    assert files_with(tmp_path, KEY) == []
