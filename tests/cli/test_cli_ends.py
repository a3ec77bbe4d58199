"""How commands end: at Ctrl-C, with a full or closed stdout, and with JSON alone on stdout."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.test_cli import _IDEA, _SMALL, environment
from tests.cli.test_cli_misuse import studio

_MEET = """
import os, signal, sys
moment = sys.argv.pop(1)
class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            os.kill(os.getpid(), signal.{signal})
sys.meta_path.insert(0, Interrupter())
from studio.cli.start import main
main()
"""


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("moment", ["click", "pydantic", "studio.cli.films", "studio.steps.filming.assemble_film"])
def test_ctrl_c_before_the_work_begins_ends_calmly_with_3(tmp_path, moment, number):
    done = subprocess.run(
        [sys.executable, "-c", _MEET.format(signal=number), moment, "film", _IDEA, *_SMALL],
        env=environment(tmp_path), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.strip() == "studio: Stopped. What was finished is kept."


def test_a_second_ctrl_c_ends_at_once(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "studio.cli", "film", _IDEA, "--name", "boat", *_SMALL, "--size", "1920x1080",
         "--seconds", "600", "--shots", "1"],
        env=environment(tmp_path), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "[videos]" in line:
            break
    process.send_signal(signal.SIGINT)
    assert "Pausing" in process.stderr.readline()
    asked_at = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (3, "")
    assert time.monotonic() - asked_at < 5


def test_ctrl_c_in_a_terminal_lets_what_is_in_hand_be_finished(tmp_path):
    words = ["film", _IDEA, "--name", "boat", *_SMALL, "--size", "1280x720", "--seconds", "24"]
    screen, code = in_a_terminal(tmp_path, words, on="videos", keys=b"\x03")
    assert code == 3
    assert "✗" not in screen
    assert "Paused. Go on with: studio resume boat" in screen


@pytest.mark.parametrize("flags", [[], ["--resume"]])
def test_json_is_alone_on_stdout_and_nothing_is_asked_in_a_terminal(folder, flags):
    (folder / "boat/film.mp4").unlink()
    out = folder / "out.json"
    words = ["film", *([] if flags else ["A cat on a roof"]), *_SMALL, "--json", *flags]
    screen, code = in_a_terminal(folder, words, stdout=out)
    assert code == 0
    assert "INCOMPLETE" not in screen
    assert (json.loads(out.read_text())["session"] == "boat") is bool(flags)


def test_the_question_whether_to_go_on_is_asked_beside_stdout(folder):
    (folder / "boat/film.mp4").unlink()
    out = folder / "out.txt"
    screen, _ = in_a_terminal(folder, ["film", _IDEA, *_SMALL], on="continue this session?", keys=b"y\n", stdout=out)
    assert "INCOMPLETE SESSION FOUND" in screen
    assert "INCOMPLETE" not in out.read_text()
    assert (folder / "boat/film.mp4").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", ["sessions list", "sessions list --json", "--help", "engines list"])
def test_output_that_cannot_be_written_is_a_problem_in_words(tmp_path, words):
    with Path("/dev/full").open("w") as full:
        done = studio(tmp_path, *words.split(), code=1, stdout=full)
    assert "No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_who_has_gone_is_told_nothing(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        done = studio(tmp_path, "sessions", "list", code=1, stdout=pipe)
    assert done.stderr == ""


@pytest.mark.parametrize("number", [1, 2])
def test_a_closed_stream_stops_nothing(tmp_path, number):
    command = f"{sys.executable} -m studio.cli sessions list {number}>&-"
    done = subprocess.run(command, shell=True, env=environment(tmp_path), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def in_a_terminal(
    folder: Path, words: list[str], *, on: str = "", keys: bytes = b"", stdout: Path | None = None
) -> tuple[str, int]:
    """What the screen shows and the exit code; ``keys`` are pressed when it shows ``on``."""
    pid, terminal = pty.fork()
    if pid == 0:
        if stdout:
            os.dup2(os.open(stdout, os.O_WRONLY | os.O_CREAT), 1)
        os.execve(sys.executable, [sys.executable, "-m", "studio.cli", *words], environment(folder))
    guard = threading.Timer(60, os.kill, (pid, signal.SIGKILL))
    guard.start()
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            break
        if keys and on.encode() in shown:
            os.write(terminal, keys)
            keys = b""
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    guard.cancel()
    os.close(terminal)
    return shown.decode(errors="replace"), code
