"""What a person sees who gets something wrong: a sentence and an exit code, never a traceback, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_cli import _IDEA, _SMALL, answered, environment

_NOT_FILES = ["pipe", "socket", "/dev/zero", "folder"]


def studio(folder: Path, *words: str | bytes, code: int = 0, **streams: object) -> subprocess.CompletedProcess[str]:
    asked = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **streams}
    done = subprocess.run(
        [sys.executable, "-m", "studio.cli", *words],
        env=environment(folder), encoding="utf-8", timeout=120, check=False, **asked,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    for words_of_a_fault in ("Traceback", "a fault of the studio", "Aborted"):
        assert words_of_a_fault not in (done.stderr or "")
    return done


def refused(folder: Path, *words: str, code: int) -> str:
    """What is said on stderr, without a process of its own: for commands that run nothing."""
    return answered(folder, *words, code=code).stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished film called boat, of a list of prompts that stands beside it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "shots.txt").write_text("a boat at sea\nan island\n")
    studio(folder, "film", "--prompts", str(folder / "shots.txt"), "--name", "boat", *_SMALL)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "sessions"))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


# A name that is taken


def test_the_same_file_under_its_name_goes_on(folder):
    said = studio(folder, "film", "--prompts", str(folder / "shots.txt"), "--name", "boat", "--json")
    assert json.loads(said.stdout)["made"] == []


def test_another_file_under_a_taken_name_is_refused_with_what_to_do_and_nothing_changes(folder):
    (folder / "other.txt").write_text("a cat on a roof\n")
    before = contents(folder / "boat")
    said = refused(folder, "film", "--prompts", str(folder / "other.txt"), "--name", "boat", code=1)
    assert "--name" in said
    assert "source/shots.txt" in said
    assert contents(folder / "boat") == before


@pytest.mark.parametrize("words", [["--script", "shots.txt"], ["A cat on a roof"]])
def test_another_kind_of_source_under_a_taken_name_is_refused(folder, words):
    words = [str(folder / word) if word.endswith(".txt") else word for word in words]
    before = contents(folder / "boat")
    assert "made from a list of prompts, not from" in refused(folder, "film", *words, "--name", "boat", code=1)
    assert contents(folder / "boat") == before


def test_a_name_with_spaces_goes_on_with_its_project(folder):
    words = ["film", "--prompts", str(folder / "shots.txt"), "--name", "my boat"]
    assert json.loads(studio(folder, *words, *_SMALL, "--json").stdout)["session"] == "my_boat"
    assert json.loads(studio(folder, *words, "--json").stdout)["made"] == []


def test_options_given_with_an_existing_project_take_effect(folder):
    words = ["film", "--prompts", str(folder / "shots.txt"), "--name", "boat", "--size", "192x108", "--json"]
    assert "images/shot_001.png" in json.loads(studio(folder, *words).stdout)["made"]
    assert json.loads((folder / "boat/metadata.json").read_text())["options"]["width_px"] == 192


def test_an_option_that_cannot_change_the_film_is_named(folder):
    said = studio(folder, "film", "--prompts", str(folder / "shots.txt"), "--name", "boat", "--shots", "9")
    assert "--shots changes nothing" in said.stderr


def test_resuming_a_film_of_something_never_begins_another(folder):
    (folder / "boat/film.mp4").unlink()
    said = refused(folder, "film", "A cat on a roof", "--resume", code=1)
    assert "No unfinished project is of that" in said
    assert not (folder / "boat/film.mp4").exists()


# Numbers


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--size", "²x²", "1280x720"),
        ("--size", "9000x90", "width must be between 64 and 7680 pixels, is 9000"),
        ("--size", "100x99", "height must be even"),
        ("--shots", "0", "between 1 and 2000 shots, is 0"),
        ("--shots", "1e9", "no whole number"),
        ("--seconds", "nan", "between 4 and 7200 seconds, is nan"),
        ("--seconds", "inf", "between 4 and 7200 seconds, is inf"),
        ("--seconds", "-1", "between 4 and 7200 seconds, is -1"),
        ("--fps", "0", "between 1 and 120 frames a second, is 0"),
        ("--seed", "-5", "between 0 and 2147483647, is -5"),
        ("--seed", "9" * 5000, "no whole number"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_what_can(tmp_path, option, value, words):
    assert words in " ".join(refused(tmp_path, "film", _IDEA, option, value, code=2).split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--image-prompt", " "], "say what the picture shows"),
        (["--seed", "-5"], "between 0 and"),
        (["--duration", "99999999"], "between 0.04 and 3600 seconds, is 99999999"),
        (["--duration", "nan"], "is nan"),
        (["--pick", "image", ""], "--pick image 1a2b3c4d"),
    ],
)
def test_a_change_of_a_shot_that_cannot_be_is_refused_and_nothing_changes(folder, words, said):
    before = contents(folder / "boat")
    assert said in refused(folder, "shot", "boat", "1", *words, code=2)
    assert contents(folder / "boat") == before


@pytest.mark.parametrize("length", ["99999999", "Infinity", "NaN", "-1"])
def test_a_length_written_into_shots_json_that_cannot_be_is_told_with_its_place(folder, length):
    listed = folder / "boat/shots.json"
    shots = json.loads(listed.read_text())
    shots[1]["duration"] = 12321
    listed.write_text(json.dumps(shots).replace("12321", length))
    for command in ("shots", "sessions view"):
        said = refused(folder, *command.split(), "boat", code=1)
        assert "shots.json, shot 2, duration: must be between 0.04 and 3600 seconds" in said
    assert "shot 2, duration: must be" in refused(folder, "resume", "boat", code=1)
    assert length in listed.read_text()


# Names and words


@pytest.mark.parametrize("name", ["電" * 120, "a" * 5000])
def test_a_long_name_is_cut_between_letters_and_its_project_found_again(folder, name):
    words = ["film", "--prompts", str(folder / "shots.txt"), "--name", name, "--json"]
    session = json.loads(studio(folder, *words, *_SMALL).stdout)["session"]
    assert len(session.encode()) <= 200
    assert name.startswith(session)
    assert json.loads(studio(folder, *words).stdout)["made"] == []
    answered(folder, "sessions", "delete", session)
    answered(folder, "sessions", "restore", session)


def test_the_name_of_no_project_may_be_of_any_length(folder):
    assert "too long" in refused(folder, "plan", "a" * 5000, code=1)


@pytest.mark.parametrize("idea", [b"caf\xe9", b"\xed\xa0\x80"])
def test_an_idea_of_bytes_that_are_no_text_is_refused(tmp_path, idea):
    assert "no text" in studio(tmp_path, "film", idea, code=2).stderr


# Files that are none


@pytest.mark.parametrize("kind", ["--prompts", "--script", "--story"])
@pytest.mark.parametrize("what", _NOT_FILES)
def test_only_plain_files_are_read(tmp_path, monkeypatch, kind, what):
    place = tmp_path / what
    with socket.socket(socket.AF_UNIX) as listener:
        if what == "pipe":
            os.mkfifo(place)
        elif what == "socket":
            monkeypatch.chdir(tmp_path)  # a socket's whole path may have 108 letters
            listener.bind(what)
        elif what == "folder":
            place.mkdir()
        said = refused(tmp_path, "film", kind, str(place), code=2 if what == "folder" else 1)
    assert "directory" in said if what == "folder" else "not a file" in said


def test_a_text_that_is_too_long_for_a_film_is_refused(tmp_path):
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(21_000_000)
    assert "larger than 20 MB" in refused(tmp_path, "film", "--script", str(tmp_path / "long.txt"), code=1)


def test_an_empty_list_of_shots_is_refused(tmp_path):
    (tmp_path / "shots.json").write_text("[]")
    assert "no shot in it" in refused(tmp_path, "film", "--prompts", str(tmp_path / "shots.json"), code=1)


def test_a_folder_where_a_file_belongs_is_told(folder):
    (folder / "boat/film.mp4").unlink()
    (folder / "boat/film.mp4").mkdir()
    assert "a folder stands where a file is needed" in studio(folder, "resume", "boat", code=1).stderr


# The manifest


_ODD = {
    "options": ({"options": {"fps": "x"}}, "options, fps: must be between 1 and 120 frames a second, is x"),
    "source": ({"source": {"kind": "alien"}}, "source, kind: must be"),
    "newer": ({"format": 99, "session_metadata": 5}, "saved by a newer studio"),
    "title": ({"title": 5}, "title: must be text"),
    "tags": ({"tags": 5}, "tags: must be a list"),
    "revision": ({"revision": "x"}, "revision: must be a whole number"),
    "half": ({"idea": "\ud800"}, "half a character"),
    "deep": (b'{"format": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too deep"),
    "rather deep": (b'{"format": 1, "x": ' + b"[" * 300 + b"]" * 300 + b"}", "too deep"),
    "bytes": (b"\xff\xfe\xfa", "no UTF-8 text"),
    "latin": ('{"format": 1, "title": "café"}'.encode("latin-1"), "byte 28 is no UTF-8 text"),
    "zeros": (bytes(100), "line 1, column 1"),
    "huge": (b'{"format": ' + b"9" * 5000 + b"}", "too many digits"),
    "list": (b"[]", "holds no object"),
    "nothing": (b"", "line 1, column 1"),
}


@pytest.mark.parametrize("what", _ODD)
def test_an_odd_manifest_is_told_with_file_and_field_by_every_command(folder, what):
    written, words = _ODD[what]
    manifest = folder / "boat/metadata.json"
    whole = json.loads(manifest.read_bytes())
    content = written if isinstance(written, bytes) else json.dumps({**whole, **written}).encode()
    manifest.write_bytes(content)
    for command in ("plan", "shots", "sessions view", "sessions info", "sessions verify", "sessions duplicate"):
        said = refused(folder, *command.split(), "boat", code=1)
        assert words in said
        assert "metadata.json" in said or what == "newer"
    if what in ("options", "newer"):
        assert words in refused(folder, "resume", "boat", code=1)
    assert manifest.read_bytes() == content


def test_a_manifest_without_a_source_is_told(folder):
    manifest = folder / "boat/metadata.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "source": {}}))
    assert "metadata.json of the project, source, kind: is missing" in refused(folder, "plan", "boat", code=1)


def test_projects_that_cannot_be_read_are_listed_with_why_beside_the_others(folder):
    for name, manifest in (("torn", b'{"format": 1,'), ("newer", b'{"format": 99}')):
        (folder / name).mkdir()
        (folder / name / "metadata.json").write_bytes(manifest)
    (folder / "strange/metadata.json").mkdir(parents=True)
    os.mkfifo(folder / "pipe") if hasattr(os, "mkfifo") else None
    said = answered(folder, "sessions", "list").stdout
    assert "✓ COMPLETE | boat" in said
    for name, why in (("torn", "line 1"), ("newer", "newer studio"), ("strange", "folder")):
        line = next(line for line in said.splitlines() if f"{name} cannot be read:" in line)
        assert why in line
    listed = answered(folder, "sessions", "list", "--json")
    assert [project["session_name"] for project in json.loads(listed.stdout)] == ["boat"]
    assert "torn cannot be read" in listed.stderr


@pytest.mark.parametrize("how", [Path.rename, shutil.copytree])
def test_a_project_is_called_as_its_folder_is(folder, how):
    how(folder / "boat", folder / "ship")
    assert "ship" in answered(folder, "sessions", "list").stdout
    assert "Session: ship" in answered(folder, "sessions", "view", "ship").stdout
    ran = json.loads(studio(folder, "resume", "ship", "--json").stdout)
    assert (ran["session"], ran["made"]) == ("ship", [])
    assert json.loads(answered(folder, "sessions", "view", "ship", "--json").stdout)["session_name"] == "ship"
    assert json.loads((folder / "ship/metadata.json").read_text())["session_name"] == "ship"


@pytest.mark.parametrize("gone", ["film.mp4", "images/shot_001.png"])
def test_a_film_of_which_something_is_gone_is_not_called_complete(folder, gone):
    (folder / "boat" / gone).unlink()
    assert "⏳ IN PROGRESS | boat" in answered(folder, "sessions", "list").stdout
    assert json.loads(answered(folder, "sessions", "list", "--json").stdout)[0]["completed"] is False


# The log


def test_a_fault_of_the_studio_is_a_sentence_and_its_traceback_is_in_the_log(tmp_path):
    code = (
        "from studio.cli import live, start\n"
        "def broken(*args, **kwargs): raise TypeError('boom')\n"
        "live.run = broken\n"
        "start.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "resume", "boat"], env=environment(tmp_path), capture_output=True, text=True
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    log = tmp_path / ".data/log.txt"
    assert str(log) in done.stderr
    assert "TypeError: boom" in log.read_text()


def test_a_run_with_problems_says_where_the_log_is_and_the_log_has_them(folder):
    (folder / "boat/source/shots.txt").unlink()
    said = studio(folder, "resume", "boat", code=1).stderr
    log = folder / ".data/log.txt"
    assert f"Log: {log}" in said
    assert "source/shots.txt, which you brought, is gone" in log.read_text()


def test_a_log_that_cannot_be_written_stops_nothing(folder):
    shutil.rmtree(folder / ".data")
    (folder / ".data").write_text("in the way")
    assert "fault" not in studio(folder, "resume", "boat").stderr


def test_the_log_stays_small(folder):
    (folder / ".data/log.txt").write_text("x" * 1_100_000)
    studio(folder, "resume", "boat")
    assert (folder / ".data/log.txt").stat().st_size < 100_000
    assert sum(path.stat().st_size for path in (folder / ".data").iterdir()) < 2_100_000
