"""Shots that show the same people in the same place go on from each other, where that was asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from click.testing import CliRunner
from PIL import Image

from studio.cli.main import cli
from studio.media import frames
from studio.service import Studio
from tests.scene_media import small_scenes
from tests.test_sheets import Drawing, bell, planned


def going_on(studio: Studio, tmp_path: Path, **choices: object) -> str:
    return bell(studio, tmp_path, **{"video": "fake", "continue_shots": True, "sheets": False, **choices})


def test_a_clip_begins_with_the_last_picture_of_the_one_before_it(studio, tmp_path):
    name = going_on(studio, tmp_path)
    result = Drawing(studio, name, until="videos").result
    assert (result.status, result.problems) == ("completed", [])
    folder = studio.directory(name)
    frames.last_frame(folder / "videos/shot_001.mp4", tmp_path / "last.png")
    with Image.open(tmp_path / "last.png") as last, Image.open(folder / "images/shot_002.png") as still:
        assert np.array_equal(np.asarray(last.convert("RGB")), np.asarray(still.convert("RGB")))
    assert planned(studio, name, "images", "videos") == []


def test_what_changes_in_a_shot_changes_those_that_go_on_from_it_and_no_others(studio, tmp_path):
    name = going_on(studio, tmp_path)
    Drawing(studio, name, until="videos")
    studio.edit_shot(name, 1, motion_prompt="static; the gulls leave")
    expected = ["videos/shot_001.mp4", "images/shot_002.png", "videos/shot_002.mp4"]
    assert planned(studio, name, "images", "videos") == expected
    assert sorted(Drawing(studio, name, until="videos").result.made) == sorted(expected)


def test_a_cut_that_is_asked_for_gives_the_shot_a_picture_of_its_own(studio, tmp_path):
    name = going_on(studio, tmp_path)
    Drawing(studio, name, until="videos")
    studio.retake(name, 2, "image")
    assert planned(studio, name, "images", "videos") == ["images/shot_002.png", "videos/shot_002.mp4"]
    assert {item.name: item.step for item in studio.plan(name).make}["images/shot_002.png"] == "images"


def test_an_engine_that_only_moves_the_camera_makes_every_shot_of_its_own_picture(studio, tmp_path):
    name = going_on(studio, tmp_path, video="camera")
    Drawing(studio, name)
    wanted = studio.plan(name).wanted
    assert all(wanted[f"images/shot_{n:03d}.png"].by == "image/fake/1" for n in range(1, 7))


def test_clips_that_do_not_show_their_still_each_have_a_picture_of_their_own(studio, tmp_path, monkeypatch):
    monkeypatch.setenv("STUDIO_LUMA_API_KEY", "luma-secret-secret")
    film = going_on(studio, tmp_path, video="luma")
    scenes = small_scenes(studio, tmp_path, video="luma", narration=False, name="scenes")
    for name, count in ((film, 6), (scenes, 4)):
        Drawing(studio, name)
        assert len(list((studio.directory(name) / "images").glob("*.png"))) == count


def test_choices_that_cannot_do_anything_are_named(tmp_path):
    film = "film Boats --seconds 4 --shots 1 --size 160x90 --fps 4 --text fake --image fake --no-narration --no-music"
    told = CliRunner().invoke(cli, [*film.split(), "--sheets", "--continue-shots", "--sessions", str(tmp_path)])
    assert told.exit_code == 0
    assert "--sheets changes nothing with image/fake" in told.output
    assert "--continue-shots changes nothing with video/camera" in told.output
