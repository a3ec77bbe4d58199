"""Scene videos as a person makes them, with the instant engines."""

from __future__ import annotations

import json
import shutil
import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.core.events import Noticed
from studio.core.pipeline import RunResult
from studio.engines.fake import FakeMover
from studio.errors import BadInput, UserError
from studio.media.audio import duration_s
from studio.media.frames import first_frame, last_frame
from studio.media.probe import probe
from studio.media.subtitles import read_cues
from studio.model.scenes import SceneOptions
from studio.service import Studio
from studio.settings import Settings
from tests.conftest import Run
from tests.scene_media import SCRIPT, SMALL, small_scenes

CLIPS = ["videos/shot_001.mp4", "videos/shot_002.mp4", "videos/shot_004.mp4", "videos/shot_007.mp4"]


@pytest.fixture(scope="module")
def finished_bell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bell")
    studio = Studio(Settings(folder / "sessions", workers=2))
    result = Run(studio, small_scenes(studio, folder, sounds=True)).result
    assert (result.status, result.problems) == ("completed", [])
    return studio.directory("bell")


@pytest.fixture
def bell(studio: Studio, finished_bell: Path) -> str:
    """A finished small scene video: a copy of one that is made once."""
    return shutil.copytree(finished_bell, studio.settings.sessions / "bell").name


@pytest.fixture
def quiet_bell(studio: Studio, bell: str) -> str:
    """The same without sounds, which take the longest."""
    options = SceneOptions.model_validate(studio.project(bell).options)
    studio.set_scene_options(bell, options.model_copy(update={"sounds": False}))
    return bell


def picture(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB").resize((40, 22)), dtype=float)


def run_until(studio: Studio, name: str, step: str) -> RunResult:
    return studio.run(name, tell=lambda number, event: None, stop=threading.Event(), until=step)


def made_clips(studio: Studio, name: str) -> list[str]:
    """The clips that a run makes, which goes no further than to them."""
    return [file for file in run_until(studio, name, "videos").made if file.startswith("videos/")]


def test_a_script_becomes_a_film_of_its_scenes_with_narration_sounds_and_subtitles(studio, bell):
    directory = studio.directory(bell)
    facts = probe(directory / "film.mp4")
    assert facts.duration_s == pytest.approx(20.0, abs=0.2)
    assert [stream.codec for stream in facts.subtitles] == ["mov_text"]
    assert [len(json.loads((directory / name).read_text())) for name in (
        "scene_physical_environment.json", "scene_metadata_no_env.json", "scenes.json")] == [3, 3, 3]  # fmt: skip
    assert sorted(path.name for path in (directory / "sounds").iterdir()) == [f"scene_{n}.wav" for n in (1, 2, 3)]
    said = " ".join(cue.text.replace("\n", " ") for cue in read_cues(directory / "film.srt"))
    assert said == "Every morning Marta unties her boat. The sea is calm today. She is home. The bell rings."
    assert studio.project(bell).is_complete


def test_a_second_run_makes_nothing(studio, bell):
    assert Run(studio, bell).made == []


def test_the_sound_of_each_scene_is_as_long_as_its_picture(studio, bell):
    sounds = studio.directory(bell) / "sounds"
    assert [round(duration_s(sounds / f"scene_{n}.wav"), 2) for n in (1, 2, 3)] == [10.0, 5.0, 5.0]


def test_the_narration_is_as_long_as_the_film(studio, bell):
    narration = studio.directory(bell) / "narration/narration_adjusted.wav"
    assert duration_s(narration) == pytest.approx(probe(studio.directory(bell) / "film.mp4").duration_s, abs=0.2)


def test_each_clip_begins_with_the_last_picture_of_the_one_before_over_scenes_too(studio, bell, tmp_path):
    directory = studio.directory(bell)
    for before, after in pairwise(CLIPS):
        last_frame(directory / before, tmp_path / "last.png")
        still = directory / after.replace("videos", "images").replace("mp4", "png")
        assert np.abs(picture(tmp_path / "last.png") - picture(still)).mean() < 1.0
        first_frame(directory / before, tmp_path / "first.png")
        assert np.abs(picture(tmp_path / "first.png") - picture(still)).mean() > 2.0


def test_only_the_first_scene_has_a_drawn_picture_unless_one_is_asked_for_each(studio, bell, tmp_path):
    drawn = [
        path.name
        for path in sorted((studio.directory(bell) / "images").iterdir())
        if Image.open(path).text.get("engine") == "image/fake/1"  # type: ignore[attr-defined]
    ]
    assert drawn == ["shot_001.png"]
    other = small_scenes(studio, tmp_path, name="other", first_frames=True)
    planned = [item.name for item in studio.plan(other, until="images").make]
    assert [name for name in planned if name.startswith("images/")] == [
        "images/shot_001.png", "images/shot_004.png", "images/shot_007.png",
    ]  # fmt: skip


def test_the_built_in_camera_gets_a_picture_for_every_clip(studio, tmp_path):
    name = small_scenes(studio, tmp_path, video="camera", narration=False)
    run_until(studio, name, "images")
    assert [path.name for path in sorted((studio.directory(name) / "images").iterdir())] == [
        "shot_001.png", "shot_002.png", "shot_004.png", "shot_007.png",
    ]  # fmt: skip


def test_a_changed_environment_reaches_the_scenes_that_play_there_and_no_other(studio, quiet_bell):
    document = studio.directory(quiet_bell) / "scene_physical_environment.json"
    rows = json.loads(document.read_text())
    rows[1]["scene_physical_environment"] = "A sea of green glass."
    document.write_text(json.dumps(rows))
    run_until(studio, quiet_bell, "scenes")
    places = [row["scene_physical_environment"] for row in json.loads((document.parent / "scenes.json").read_text())]
    assert places[1] == "A sea of green glass."
    assert places[0] == rows[0]["scene_physical_environment"]


def test_own_environments_are_used_as_they_are(studio, tmp_path):
    places = tmp_path / "places.json"
    places.write_text(json.dumps([{"scene_physical_environment": "A harbour of paper boats."}]))
    script = tmp_path / "bell.txt"
    script.write_text(SCRIPT)
    studio.create_scenes(script, SceneOptions.model_validate({"tts": "fake"}), name="paper", environments=places)
    run_until(studio, "paper", "scenes")
    rows = json.loads((studio.directory("paper") / "scenes.json").read_text())
    assert {row["scene_physical_environment"] for row in rows} == {"A harbour of paper boats."}


def test_a_longer_scene_makes_none_of_the_clips_before_it_again(studio, quiet_bell):
    notes = studio.directory(quiet_bell) / "scene_metadata_no_env.json"
    rows = json.loads(notes.read_text())
    rows[2]["scene_duration"] = 10
    notes.write_text(json.dumps(rows))
    assert made_clips(studio, quiet_bell) == ["videos/shot_008.mp4"]


def test_other_words_of_the_narrator_make_no_clip_again_even_if_the_film_gets_longer(studio, quiet_bell):
    before_s = probe(studio.directory(quiet_bell) / "film.mp4").duration_s
    studio.edit_shot(quiet_bell, 7, narration=" ".join(["wave"] * 60) + ".")
    assert not [file for file in Run(studio, quiet_bell).made if file.startswith("videos/")]
    assert probe(studio.directory(quiet_bell) / "film.mp4").duration_s > before_s + 1


def test_a_clip_made_again_makes_those_that_go_on_from_it(studio, quiet_bell):
    studio.retake(quiet_bell, 4, "video")
    assert made_clips(studio, quiet_bell) == ["videos/shot_004.mp4", "videos/shot_007.mp4"]


def test_other_engines_and_choices_make_only_what_they_add(studio, quiet_bell):
    options = SceneOptions.model_validate(studio.project(quiet_bell).options)
    other = options.model_copy(update={"video": "camera", "first_frames": True, "narration": False})
    studio.set_scene_options(quiet_bell, other)
    (studio.directory(quiet_bell) / "videos/shot_007.mp4").unlink()
    made = run_until(studio, quiet_bell, "videos").made
    assert [file for file in made if file.startswith(("videos/", "images/"))] == ["videos/shot_007.mp4"]
    assert made_clips(studio, quiet_bell) == []


def test_a_clip_that_fails_leaves_a_film_and_those_after_it_wait(studio, tmp_path, monkeypatch):
    name = small_scenes(studio, tmp_path, narration=False)
    animate = FakeMover.animate

    def fails(self, out, still, **call):
        if "shot_004" in out.name:
            raise UserError("the engine is tired")
        animate(self, out, still, **call)

    monkeypatch.setattr(FakeMover, "animate", fails)
    run = Run(studio, name)
    assert [problem.item for problem in run.result.problems] == ["videos/shot_004.mp4"]
    assert (studio.directory(name) / "film.mp4").is_file()
    monkeypatch.setattr(FakeMover, "animate", animate)
    assert made_clips(studio, name) == ["videos/shot_004.mp4", "videos/shot_007.mp4"]


def test_an_initial_picture_is_what_the_film_begins_with(studio, tmp_path):
    red = tmp_path / "red.jpg"
    Image.new("RGB", (160, 90), (200, 20, 20)).save(red)
    script = tmp_path / "bell.txt"
    script.write_text(SCRIPT)
    options = SceneOptions.model_validate({**SMALL, "narration": False})
    name = studio.create_scenes(script, options, picture=red, name="red")
    run_until(studio, name, "videos")
    first_frame(studio.directory(name) / CLIPS[0], tmp_path / "first.png")
    assert np.abs(picture(tmp_path / "first.png") - [200, 20, 20]).mean() < 6


def test_an_initial_picture_that_comes_later_makes_scene_1_and_what_goes_on_from_it_again(studio, quiet_bell, tmp_path):
    red = tmp_path / "red.png"
    Image.new("RGB", (160, 90), (200, 20, 20)).save(red)
    studio.set_first_picture(quiet_bell, red)
    assert made_clips(studio, quiet_bell) == CLIPS
    studio.set_first_picture(quiet_bell, red)
    assert made_clips(studio, quiet_bell) == []


def test_a_later_initial_prompt_is_shown_by_the_first_picture(studio, quiet_bell):
    studio.set_first_prompt(quiet_bell, "A misty forest at dawn")
    assert "images/shot_001.png" in run_until(studio, quiet_bell, "images").made
    assert studio.shots(quiet_bell)[0].shot.image_prompt == "A misty forest at dawn"


def test_a_picture_that_cannot_be_read_is_refused_and_leaves_nothing(studio, tmp_path):
    torn = tmp_path / "torn.png"
    torn.write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    script = tmp_path / "bell.txt"
    script.write_text(SCRIPT)
    with pytest.raises(BadInput, match="torn.png is not a picture"):
        studio.create_scenes(script, SceneOptions(tts="fake"), picture=torn)
    assert studio.projects() == ()


def test_an_empty_script_is_refused(studio, tmp_path):
    with pytest.raises(BadInput):
        small_scenes(studio, tmp_path, script=" \n")


def test_another_text_engine_is_asked_for_as_many_scenes_as_there_may_be(studio, tmp_path):
    name = small_scenes(studio, tmp_path, text="fake", max_scenes=4)
    run_until(studio, name, "scenes")
    assert len(json.loads((studio.directory(name) / "scenes.json").read_text())) == 4


def test_sentences_that_the_scenes_have_no_room_for_are_named_with_what_to_do(studio: Studio, tmp_path: Path) -> None:
    script = "\n".join(f"Marta carries basket number {n} from the old boat to the house." for n in range(11))
    name = small_scenes(studio, tmp_path, script=script, max_scenes=1)
    told: list[object] = []
    studio.run(name, tell=lambda number, event: told.append(event), stop=threading.Event(), until="shots")
    (notice,) = [event for event in told if isinstance(event, Noticed)]
    said = " ".join(shot["narration"] for shot in json.loads((studio.directory(name) / "shots.json").read_text()))
    assert [f"number {n} " in notice.text for n in range(11)] == [f"number {n} " not in said for n in range(11)]
    assert "8 sentences of the script are not spoken" in notice.text
    assert "allow more scenes" in notice.text
