"""Old AI Film Studio sessions, with real pictures and clips: opened, shown, finished, and never touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from studio.engines import registry
from studio.media.probe import probe
from studio.model.camera import parse_camera
from studio.model.film import FilmOptions
from studio.service import Studio
from tests.conftest import SMALL, Run

_ID = "session_20250208_002238"
_SCENES = [
    {"location": "a river", "characters": "a farmer, a child", "action": "A farmer plants.", "emotion": "peace",
     "narration": "They planted by the river."},
    {"location": "a city", "characters": ["a potter"], "action": "A potter works.", "emotion": "joy",
     "narration": "They built a city of brick."},
]  # fmt: skip


def old_session(root: Path, *, shots_in: str = "shots.json", paths: str = "relative", story: str = "object") -> Path:
    """Four shots: 1 has image and clip, 2 an image, 3 a torn image that is flagged as done, 4 nothing."""
    folder = root / "output" / "sessions" / _ID
    (folder / "images").mkdir(parents=True)
    (folder / "videos").mkdir()
    for index in (1, 2, 3):
        Image.new("RGB", (200, 112), (40 * index, 90, 120)).save(folder / f"images/shot_{index:03d}.png")
    torn = folder / "images/shot_003.png"
    torn.write_bytes(torn.read_bytes()[:60])
    registry.video("camera").animate(
        folder / "videos/shot_001.mp4", folder / "images/shot_001.png", move=parse_camera("pan left"), motion="",
        duration_s=3.0, size=(200, 112), fps=25, seed=1,
    )  # fmt: skip
    forms = {
        "relative": f"images/shot_{{:03d}}.{'png'}",
        "root": f"output/sessions/{_ID}/images/shot_{{:03d}}.png",
        "windows": f"C:\\AI\\ai_video_factory\\output\\sessions\\{_ID}\\images\\shot_{{:03d}}.png",
    }
    shots = [
        {
            "index": index, "image_prompt": f"prompt {index}", "motion_prompt": "slow camera pan", "camera": "slow pan",
            "narration": f"Line {index}.", "image_generated": index < 4, "image_path": forms[paths].format(index),
            "video_rendered": index == 1,
        }
        for index in (1, 2, 3, 4)
    ]  # fmt: skip
    meta = {"session_id": _ID, "timestamp": _ID[8:], "idea": "A documentary about the Indus Valley",
            "started_at": "2025-02-08T00:22:38.123456", "completed": False,
            "steps": {"story": True, "scene_graph": True, "shots": True, "images": False, "videos": False},
            "stats": {"total_shots": 4, "images_generated": 3, "videos_rendered": 1}}  # fmt: skip
    if shots_in == "meta":
        meta["shots"] = shots
    else:
        (folder / "shots.json").write_text(json.dumps(shots))
    whole = {"title": "Indus", "style": "documentary", "scenes": _SCENES}
    shapes = {"object": whole, "scenes": _SCENES, "list": [whole]}
    if story in shapes:
        (folder / "story.json").write_text(json.dumps(shapes[story]))
    (folder / f"{_ID}_meta.json").write_text(json.dumps(meta))
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("shots_in", ["shots.json", "meta"])
@pytest.mark.parametrize("paths", ["relative", "root", "windows"])
@pytest.mark.parametrize("story", ["object", "scenes", "list", "none"])
def test_every_old_shape_opens_with_the_right_status_for_each_shot(studio, tmp_path, shots_in, paths, story):
    folder = old_session(tmp_path, shots_in=shots_in, paths=paths, story=story)
    before = bytes_of(folder)
    opened = studio.open_foreign(folder)
    assert [status.mark for status in studio.shots(opened.name)] == ["DONE", "IMG", "TODO", "TODO"]
    assert any("shot_003.png" in line for line in opened.torn)
    assert bytes_of(folder) == before


@pytest.mark.parametrize("story", ["object", "none"])
def test_an_opened_session_is_finished_without_making_again_what_was_done(studio, tmp_path, story):
    folder = old_session(tmp_path, story=story)
    before = bytes_of(folder)
    name = _open_with_fakes(studio, folder)
    result = Run(studio, name).result
    assert result.problems == []
    assert {"images/shot_001.png", "images/shot_002.png", "videos/shot_001.mp4"} <= set(result.kept)
    assert {"images/shot_003.png", "images/shot_004.png", "videos/shot_002.mp4"} <= set(result.made)
    directory = studio.directory(name)
    assert (directory / "images/shot_001.png").read_bytes() == before["images/shot_001.png"]
    assert (directory / "videos/shot_001.mp4").read_bytes() == before["videos/shot_001.mp4"]
    assert probe(directory / "film.mp4").duration_s > 10
    assert bytes_of(folder) == before
    assert Run(studio, name).made == []


def test_an_opened_session_keeps_its_prompts(studio, tmp_path):
    name = studio.open_foreign(old_session(tmp_path)).name
    assert [status.shot.image_prompt for status in studio.shots(name)] == [f"prompt {n}" for n in (1, 2, 3, 4)]


def test_variations_and_files_of_equal_names_are_all_kept(studio, tmp_path):
    folder = old_session(tmp_path)
    colours = {"images/shot_001_v2.png": 10, "extra/Poster.png": 20, "more/poster.png": 30, "images/story.png": 40}
    for name, colour in colours.items():
        (folder / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (32, 18), (colour, 0, 0)).save(folder / name)
    name = studio.open_foreign(folder).name
    kept = [path for path in (studio.directory(name) / "source").iterdir() if path.suffix == ".png"]
    assert sorted(Image.open(path).convert("RGB").getpixel((0, 0))[0] for path in kept) == [10, 20, 30, 40]
    assert {path.name.casefold() for path in kept} >= {"poster.png", "poster-2.png", "shot_001_v2.png"}


def test_a_torn_recording_of_an_old_session_is_named_and_not_kept(studio, tmp_path):
    folder = old_session(tmp_path)
    (folder / "narration").mkdir()
    (folder / "narration/shot_001.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt ")
    opened = studio.open_foreign(folder)
    assert [torn for torn in opened.torn if torn.startswith("narration/shot_001.wav: the narration is torn")]
    assert not list((studio.directory(opened.name) / "source").glob("*.wav"))


def test_opening_twice_makes_two_projects(studio, tmp_path):
    folder = old_session(tmp_path)
    assert studio.open_foreign(folder).name != studio.open_foreign(folder).name


def test_a_folder_that_is_no_session_is_refused(studio, tmp_path):
    with pytest.raises(Exception, match="no session"):
        studio.open_foreign(tmp_path)
    assert studio.projects() == ()


def _open_with_fakes(studio: Studio, folder: Path) -> str:
    name = studio.open_foreign(folder).name
    options = FilmOptions.model_validate({**studio.project(name).options, **SMALL})
    studio.set_options(name, options)
    return name
