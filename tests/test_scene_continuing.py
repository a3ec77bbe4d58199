"""An old scene-video directory goes on here: real clips of instant engines under the old program's names."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from studio.cli.main import cli
from studio.engines.fake import FakeMover, FakeVoice
from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.probe import probe
from studio.model.camera import parse_camera
from studio.model.scenes import SceneOptions
from studio.service import Studio
from tests.conftest import Run
from tests.scene_media import SMALL

STAMP = "20240601_123456"
OPTIONS = SceneOptions.model_validate(SMALL)
_SCENES = [
    {"scene_number": "1", "scene_duration": "10", "scene_movement_description": "A fox runs. An owl lands."},
    {"scene_number": "2", "scene_duration": "5", "scene_movement_description": "The fox sleeps."},
]


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A clip of 5 s and a narration as MP3."""
    folder = tmp_path_factory.mktemp("pieces")
    Image.new("RGB", (112, 64), (40, 90, 40)).save(folder / "still.png")
    FakeMover().animate(
        folder / "clip.mp4", folder / "still.png", move=parse_camera("Static"), motion="", duration_s=5.0,
        size=(112, 64), fps=8, seed=1,
    )  # fmt: skip
    FakeVoice().speak(folder / "voice.wav", "A fox runs all day long.", language="en", voice="tone")
    ffmpeg.run(["-i", folder / "voice.wav", "-c:a", "libmp3lame", folder / "voice.mp3"])
    return {"clip": folder / "clip.mp4", "voice": folder / "voice.mp3", "still": folder / "still.png"}


@pytest.fixture
def old(tmp_path: Path, pieces: dict[str, Path]) -> Path:
    """Scene 1 of two clips with its second missing, scene 2 torn; nothing spoken."""
    root = tmp_path / f"video_{STAMP}"
    (root / f"scene_1_all_vid_{STAMP}").mkdir(parents=True)
    rows = [
        {**row, "scene_name": f"Scene {n}", "scene_physical_environment": "A forest.", "sound_effects_prompt": "birds"}
        for n, row in enumerate(_SCENES, 1)
    ]
    (root / f"scenes_{STAMP}.json").write_text(json.dumps({"scenes": rows}))
    shutil.copy(pieces["clip"], root / f"scene_1_all_vid_{STAMP}/scene_1_vid_1_{STAMP}.mp4")
    whole = pieces["clip"].read_bytes()
    (root / f"scene_2_{STAMP}.mp4").write_bytes(whole[: len(whole) // 2])
    (root / f"narration_text_{STAMP}.txt").write_text("A fox runs all day long. Then it sleeps.")
    return root


def digests(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in root.rglob("*")
        if path.is_file()
    }


def clips(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("videos/")]


def made_clips(studio: Studio, name: str) -> list[str]:
    """The clips that a run makes, which goes no further than to them."""
    return clips(studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until="videos").made)


def begun(studio: Studio, old: Path, **choices: object) -> str:
    options = OPTIONS.model_copy(update=choices)
    return studio.continue_scene_video(studio.scan_scene_video(old), options)


def test_only_what_is_missing_is_made_and_the_old_directory_stays_to_the_byte(studio, old, pieces):
    before = digests(old)
    name = begun(studio, old)
    run = Run(studio, name)
    assert run.result.problems == []
    assert clips(run.made) == ["videos/shot_002.mp4", "videos/shot_004.mp4"]
    assert (studio.directory(name) / "videos/shot_001.mp4").read_bytes() == pieces["clip"].read_bytes()
    assert probe(studio.directory(name) / "film.mp4").duration_s == pytest.approx(15.0, abs=0.2)
    assert digests(old) == before
    assert Run(studio, name).made == []


def test_clips_of_which_nothing_is_told_are_not_made_up(studio, old):
    (old / f"scenes_{STAMP}.json").unlink()
    with pytest.raises(BadInput, match="lacks clip 1 of scene 2, and no JSON file says"):
        begun(studio, old)
    assert studio.projects() == ()


def test_a_finished_clip_stays_though_the_one_before_it_is_made_again(studio, old, pieces):
    folder = old / f"scene_1_all_vid_{STAMP}"
    (folder / f"scene_1_vid_1_{STAMP}.mp4").rename(folder / f"scene_1_vid_2_{STAMP}.mp4")
    name = begun(studio, old)
    assert made_clips(studio, name) == ["videos/shot_001.mp4", "videos/shot_004.mp4"]
    studio.retake(name, 1, "video")
    assert made_clips(studio, name) == ["videos/shot_001.mp4"]


def test_other_choices_later_make_only_what_they_add(studio, old):
    name = begun(studio, old, narration=False)
    made_clips(studio, name)
    assert begun(studio, old, video="camera", first_frames=True) == name
    made = [planned.name for planned in studio.plan(name).make]
    assert not [file for file in made if file.startswith(("videos/", "images/"))]
    assert "narration/narration_adjusted.wav" in made


def test_a_directory_with_everything_is_only_stitched(studio, old, pieces):
    shutil.copy(pieces["clip"], old / f"scene_1_all_vid_{STAMP}/scene_1_vid_2_{STAMP}.mp4")
    shutil.copy(pieces["clip"], old / f"scene_2_{STAMP}.mp4")
    shutil.copy(pieces["voice"], old / f"narration_audio_{STAMP}.mp3")
    name = begun(studio, old)
    made = Run(studio, name).made
    assert not [file for file in made if file.startswith(("images/", "videos/", "narration/shot"))]
    assert "film.mp4" in made


def test_a_stitched_scene_without_its_clips_is_used_as_it_is(studio, old, pieces, tmp_path):
    shutil.rmtree(old / f"scene_1_all_vid_{STAMP}")
    whole = tmp_path / "whole.mp4"
    FakeMover().animate(
        whole, pieces["still"], move=parse_camera("Static"), motion="", duration_s=9.5, size=(112, 64), fps=8, seed=1
    )
    shutil.copy(whole, old / f"scene_1_{STAMP}.mp4")
    name = begun(studio, old, narration=False)
    assert made_clips(studio, name) == ["videos/shot_004.mp4"]
    assert [status.shot.duration_s for status in studio.shots(name)] == [pytest.approx(9.5, abs=0.1), 5.0]


def test_written_back_under_the_old_names_the_directory_is_complete_and_nothing_was_touched(studio, old):
    before = digests(old)
    name = begun(studio, old, sounds=True)
    Run(studio, name)
    written = studio.write_back(name, studio.scan_scene_video(old))
    assert f"scene_1_all_vid_{STAMP}/scene_1_vid_2_{STAMP}.mp4" in written
    assert before.items() <= digests(old).items()
    found = studio.scan_scene_video(old)
    assert found.state == "COMPLETE"
    assert studio.write_back(name, found) == ()
    assert probe(old / next(file for file in written if file.startswith("final_video"))).duration_s == pytest.approx(
        15.0, abs=0.2
    )


def test_nothing_is_written_through_a_link_that_waits_in_the_old_directory(studio, old, tmp_path):
    name = begun(studio, old)
    (studio.directory(name) / "film.mp4").write_text("a film")
    twin = tmp_path / "twin" / old.name
    shutil.copytree(old, twin)
    (film,) = (
        file for file in studio.write_back(name, studio.scan_scene_video(twin)) if file.startswith("final_video")
    )
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    waiting = old / f".{film}.part"
    waiting.symlink_to(victim)
    assert film in studio.write_back(name, studio.scan_scene_video(old))
    assert (victim.read_text(), (old / film).read_text()) == ("mine", "a film")
    assert list(old.glob(".*")) == [waiting]


def test_nothing_is_written_into_a_folder_that_became_a_link_since_it_was_looked_at(studio, old, tmp_path):
    name = begun(studio, old)
    clips, outside = old / f"scene_1_all_vid_{STAMP}", tmp_path / "outside"
    next(clips.iterdir()).unlink()
    found = studio.scan_scene_video(old)
    clips.rename(outside)
    clips.symlink_to(outside)
    with pytest.raises(BadInput, match=f"{clips.name} in {old.name} is a link"):
        studio.write_back(name, found)
    assert list(outside.iterdir()) == []


def studio_scenes(folder: Path, *words: object) -> tuple[int, str, str]:
    small = [
        "--skip-sound-effects",
        "--size",
        "112x64",
        "--fps",
        "8",
        "--image-gen-model",
        "fake",
        "--video-engine",
        "fake",
        "--tts",
        "fake",
    ]
    answer = CliRunner().invoke(cli, ["scenes", *map(str, words), *small, "--sessions", str(folder)])
    return answer.exit_code, answer.stdout, answer.stderr


def test_the_terminal_tells_first_what_is_there_and_what_remains(old, tmp_path):
    code, out, err = studio_scenes(tmp_path / "sessions", "--continue_from_dir", old, "--skip_narration", "--json")
    assert code == 0, err
    answer = json.loads(out)
    rows = {row["what"]: row["status"] for row in answer["found"]["rows"]}
    assert [rows[what] for what in ("clip 1 of scene 1", "clip 2 of scene 1", "scene 2")] == ["done", "missing", "torn"]
    assert clips(answer["made"]) == ["videos/shot_002.mp4", "videos/shot_004.mp4"]


def test_an_initial_picture_changes_no_scene_that_is_finished(old, tmp_path, pieces):
    words = ["--continue_from_dir", old, "--skip_narration", "--initial-image-path", pieces["still"], "--json"]
    code, out, err = studio_scenes(tmp_path / "sessions", *words)
    assert code == 0, err
    assert "Scene 1 is finished" in err
    assert clips(json.loads(out)["made"]) == ["videos/shot_002.mp4", "videos/shot_004.mp4"]


def test_the_terminal_lists_json_files_and_makes_nothing(old, tmp_path):
    code, out, err = studio_scenes(tmp_path / "sessions", "--continue-from-dir", old, "--list-json-files")
    assert (code, err) == (0, "")
    assert f"scenes_{STAMP}.json" in out
    assert "2 items" in out
    assert not (tmp_path / "sessions").exists()


def test_both_initial_pictures_at_once_are_refused_with_their_names(old, tmp_path):
    words = ["--continue_from_dir", old, "--initial_image_path", __file__, "--initial_image_prompt", "a fox"]
    code, _, err = studio_scenes(tmp_path / "sessions", *words)
    assert code == 2
    assert "--initial_image_path" in err
    assert "--initial_image_prompt" in err


def test_the_general_door_opens_such_a_directory_too(studio, old):
    found = studio.open_foreign(old)
    assert studio.project(found.name).kind == "scenes"
    assert "clip 2 of scene 1" in found.missing[0]
    assert [line.split(":")[0] for line in found.torn] == [f"scene_2_{STAMP}.mp4"]
