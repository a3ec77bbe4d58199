"""Commands that were typed for a project of another kind, and folders that are no other program's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from studio.model.dub import DubOptions
from studio.service import Studio
from studio.settings import Settings
from tests.book_media import small_book
from tests.conftest import small_film
from tests.dub_media import RATE_HZ, wav
from tests.scene_media import small_scenes

_FITTING = {
    "film": {"shots", "shot", "sheet"},
    "scenes": {"scene", "environment", "shots", "shot"},
    "dub": {"lines", "line", "review", "casting"},
    "manuscript": {"chapters", "pictures", "picture", "book", "people"},
}
_MORE = {
    "shot": ["1"], "sheet": ["Marta", "--retake"], "scene": ["1", "--delete"], "environment": ["--text", "a bay"],
    "line": ["1", "--delete"], "picture": ["1", "1", "--retake"], "book": ["--to", "html"],
    "people": ["Marta", "--text", "tall"],
}  # fmt: skip
_SAID = {"film": "is a film", "scenes": "is a scene video", "dub": "is a dub", "manuscript": "is a book"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Projects called film, scenes, dub and manuscript, just begun."""
    folder = tmp_path_factory.mktemp("kinds")
    studio = Studio(Settings(folder / "sessions", workers=1))
    small_film(studio, name="film")
    small_scenes(studio, folder, name="scenes")
    small_book(studio, folder, name="manuscript")
    sound = wav(folder / "talk.wav", np.zeros((RATE_HZ, 2), dtype=np.float32))
    studio.create_dub(sound, DubOptions(languages=("pt",), tts="fake", asr="fake", source_language="en"), name="dub")
    return folder


def said(folder: Path, *words: object) -> tuple[int, str]:
    answer = CliRunner().invoke(cli, [*map(str, words), "--sessions", str(folder / "sessions")])
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    return answer.exit_code, answer.stderr


@pytest.mark.parametrize("kind", _FITTING)
def test_a_command_for_another_kind_says_what_the_project_is_and_what_fits(folder, kind):
    others = {command for commands in _FITTING.values() for command in commands} - _FITTING[kind]
    for command in sorted(others):
        code, words = said(folder, command, kind, *_MORE.get(command, []))
        assert (code, f"{kind} {_SAID[kind]}" in words, f"studio {command}" in words or "studio dub" in words) == (
            1, True, True,
        ), words  # fmt: skip
        fits = [f"`studio {one} {kind}`" for one in _FITTING[kind]] + [f"studio dub {kind}"]
        assert any(one in words for one in fits), words


@pytest.mark.parametrize("kind", _FITTING)
@pytest.mark.parametrize("command", ["undo", "redo"])
def test_every_kind_says_that_there_is_nothing_to_take_back(folder, kind, command):
    code, words = said(folder, command, kind)
    assert (code, words) == (1, f"studio: There is nothing to {command}.\n")


@pytest.mark.parametrize("kind", ["scenes", "dub", "manuscript"])
@pytest.mark.parametrize("asked", [["A boat"], ["--resume", "--size", "640x360"]])
def test_a_film_under_the_name_of_another_kind_of_project_is_refused(folder, kind, asked):
    code, words = said(folder, "film", *asked, "--name", kind)
    assert (code, _SAID[kind] in words, f"`studio resume {kind}`" in words) == (1, True, True), words


@pytest.mark.parametrize("words", [["scenes", "--continue_from_dir"], ["open"]])
@pytest.mark.parametrize(
    ("inside", "told"), [("", "boat is a project"), ("images", "images belongs to boat, a project")]
)
def test_a_project_of_the_studio_is_no_other_program_s_directory(finished_boat, tmp_path, words, inside, told):
    shutil.copytree(finished_boat, tmp_path / "sessions/boat")
    code, err = said(tmp_path, *words, tmp_path / "sessions/boat" / inside)
    assert (code, err) == (1, f"studio: {told} of the studio: go on with `studio resume boat`.\n")
    assert [one.name for one in (tmp_path / "sessions").iterdir()] == ["boat"]


def test_of_projects_that_there_are_the_one_that_changed_last_is_named_first(folder):
    for number, name in enumerate(("film", "dub", "scenes", "manuscript")):
        os.utime(folder / "sessions" / name / "metadata.json", (10**9 + number, 10**9 + number))
    assert "Newest: manuscript, scenes, dub, film." in said(folder, "plan", "Nosuch")[1]


def test_a_scene_is_inserted_behind_a_number_of_which_0_is_the_front(folder):
    assert "0: at the front" in said(folder, "scene", "scenes", "--insert", "--action", "Rain.")[1]
