from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from studio.core import events
from studio.engines import registry
from studio.engines.camera import CameraEngine
from studio.errors import BadInput, EngineRefused, EngineUnavailable, StorageFailed, UserError
from studio.media.probe import probe
from studio.model.film import FilmOptions
from studio.model.source import Source
from tests.conftest import SMALL, Run, small_film


def test_a_finished_film_plays_as_long_as_asked(studio, boat):
    facts = probe(studio.directory(boat) / "film.mp4")
    assert facts.duration_s == pytest.approx(14.0, abs=0.2)
    assert (facts.picture.codec, facts.picture.width_px, facts.picture.height_px) == ("h264", 160, 90)
    assert [stream.codec for stream in facts.audio] == ["aac"]
    assert [stream.codec for stream in facts.subtitles] == ["mov_text"]


def test_a_second_run_makes_nothing(studio, boat):
    assert Run(studio, boat).made == []


def test_one_changed_prompt_makes_its_image_its_clip_and_the_film(studio, boat):
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    planned = [item.name for item in studio.plan(boat).make]
    assert planned == ["images/shot_002.png", "videos/shot_002.mp4", "film.mp4"]
    assert Run(studio, boat).made == sorted(planned)


def test_picking_the_old_take_brings_its_clip_back_and_makes_only_the_film(studio, boat):
    directory = studio.directory(boat)
    still, clip = (directory / "images/shot_002.png").read_bytes(), (directory / "videos/shot_002.mp4").read_bytes()
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    Run(studio, boat)
    old = next(take for take in studio.takes(boat, 2) if take.name.endswith("png") and not take.is_current)
    studio.pick(boat, 2, "image", old.id)
    assert Run(studio, boat).made == []  # even the film is the old one again
    assert (directory / "images/shot_002.png").read_bytes() == still
    assert (directory / "videos/shot_002.mp4").read_bytes() == clip


def test_a_picked_take_with_another_change_makes_only_the_film(studio, boat):
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    Run(studio, boat)
    studio.edit_shot(boat, 3, image_prompt="a blue boat")
    Run(studio, boat)
    old = next(take for take in studio.takes(boat, 2) if take.name.endswith("png") and not take.is_current)
    studio.pick(boat, 2, "image", old.id)
    assert Run(studio, boat).made == ["film.mp4"]
    assert [status.has_other_words for status in studio.shots(boat)] == [False, True, False, False]


def test_a_still_retouched_by_hand_is_kept_and_its_clip_made_again(studio, boat):
    path = studio.directory(boat) / "images/shot_001.png"
    Image.new("RGB", (160, 90), (255, 0, 0)).save(path)
    assert [item.name for item in studio.plan(boat).make] == ["videos/shot_001.mp4", "film.mp4"]
    assert Run(studio, boat).made == ["film.mp4", "videos/shot_001.mp4"]
    assert Image.open(path).getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("name", ["images/shot_002.png", "videos/shot_002.mp4", "narration/shot_002_1.wav", "film.mp4"])
def test_a_file_deleted_by_hand_is_made_again_alone(studio, boat, name):
    (studio.directory(boat) / name).unlink()
    assert Run(studio, boat).made == [name]


@pytest.mark.parametrize(
    ("name", "keep"), [("images/shot_002.png", 0.5), ("videos/shot_002.mp4", 0), ("narration/shot_002_1.wav", 0.5)]
)
def test_a_torn_file_is_noticed_reported_and_made_again(studio, boat, name, keep):
    path = studio.directory(boat) / name
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    assert name in [fault.name for fault in studio.verify(boat)]
    run = Run(studio, boat)
    assert run.made == [name]
    assert path.read_bytes() == whole
    assert name in [event.item for event in run.events if isinstance(event, events.Noticed)]


def test_an_edited_narration_is_spoken_again(studio, boat):
    studio.edit_shot(boat, 1, narration="Short words.")
    made = Run(studio, boat).made
    assert "narration/shot_001_1.wav" in made
    assert "images/shot_001.png" not in made
    assert "Short words." in (studio.directory(boat) / "film.srt").read_text()


def test_a_line_that_is_longer_extends_its_picture(studio, boat):
    before = probe(studio.directory(boat) / "videos/shot_001.mp4").duration_s
    studio.edit_shot(boat, 1, narration="one two three four five six seven eight nine ten eleven twelve.")
    Run(studio, boat)
    directory = studio.directory(boat)
    spoken = probe(directory / "narration/shot_001_1.wav").duration_s
    after = probe(directory / "videos/shot_001.mp4").duration_s
    assert after > before
    assert after >= spoken + 0.6


def test_a_retake_gives_another_picture_and_keeps_the_old(studio, boat):
    path = studio.directory(boat) / "images/shot_001.png"
    before = path.read_bytes()
    studio.retake(boat, 1, "image")
    Run(studio, boat)
    assert path.read_bytes() != before
    assert len([take for take in studio.takes(boat, 1) if take.name.endswith("png")]) == 2


def test_a_retake_that_would_come_out_the_same_is_refused_with_the_reason(studio, boat):
    with pytest.raises(UserError, match="same narration every time"):
        studio.retake(boat, 1, "narration")


def test_shots_edited_by_hand_in_the_file_are_taken_as_they_are(studio, boat):
    path = studio.directory(boat) / "shots.json"
    shots = json.loads(path.read_text())
    shots[0]["image_prompt"] = "a green boat"
    path.write_text(json.dumps(shots))
    assert Run(studio, boat).made == ["film.mp4", "images/shot_001.png", "videos/shot_001.mp4"]


class RefusingEngine(CameraEngine):
    """A video engine that refuses every shot but the first."""

    identity = "video/refusing/1"

    def animate(self, out, still, **call):
        if not still.name.endswith("_001.png"):
            raise EngineRefused("not this one")
        super().animate(out, still, **call)


def test_shots_that_a_video_engine_refuses_show_their_stills_in_the_film(studio, monkeypatch):
    monkeypatch.setitem(registry._BUILT_IN, "video/refusing", "tests.test_service:RefusingEngine")
    name = small_film(studio, video="refusing")
    result = Run(studio, name).result
    assert sorted((problem.item, problem.error) for problem in result.problems) == [
        (f"videos/shot_00{number}.mp4", "not this one") for number in (2, 3, 4)
    ]
    directory = studio.directory(name)
    assert len(list(directory.glob("standins/*.mp4"))) == 3
    assert probe(directory / "film.mp4").duration_s == pytest.approx(14.0, abs=0.2)


def test_a_file_where_a_folder_is_needed_ends_the_run_with_what_to_do(studio, boat):
    shutil.rmtree(studio.directory(boat) / "videos")
    (studio.directory(boat) / "videos").write_text("in the way")
    with pytest.raises(StorageFailed, match="move it away"):
        Run(studio, boat)


def test_a_film_without_narration_and_music_has_no_subtitles(studio):
    name = small_film(studio, narration=False, music=False)
    Run(studio, name)
    facts = probe(studio.directory(name) / "film.mp4")
    assert facts.subtitles == ()
    assert not (studio.directory(name) / "sounds/music.wav").exists()


def test_burned_subtitles_are_in_the_picture_and_not_in_a_stream(studio, boat):
    burned = small_film(studio, name="burned", subtitles="burned")
    Run(studio, burned)
    assert probe(studio.directory(burned) / "film.mp4").subtitles == ()
    plain = (studio.directory(boat) / "videos/shot_001.mp4").read_bytes()
    assert (studio.directory(burned) / "videos/shot_001.mp4").read_bytes() != plain


def test_a_film_from_a_list_of_prompts(studio, tmp_path):
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a harbour at dawn | | pan left | The day begins.\n# a remark\na market\n")
    name = studio.create_film(Source(kind="prompts"), FilmOptions.model_validate(SMALL), name="p", brought=prompts)
    assert Run(studio, name).result.problems == []
    assert [status.shot.image_prompt for status in studio.shots(name)] == ["a harbour at dawn", "a market"]
    assert (studio.directory(name) / "source/prompts.txt").read_bytes() == prompts.read_bytes()


def test_a_film_from_a_story_file_follows_the_file_when_it_is_edited(studio, tmp_path):
    story = tmp_path / "story.json"
    story.write_text(json.dumps([{"location": "a pier", "narration": "She waits.", "action": "A woman waits."}]))
    name = studio.create_film(Source(kind="story"), FilmOptions.model_validate(SMALL), name="s", brought=story)
    Run(studio, name)
    own = studio.directory(name) / "source/story.json"
    own.write_text(own.read_text().replace("She waits.", "She leaves."))
    Run(studio, name)
    assert "She leaves." in (studio.directory(name) / "film.srt").read_text()


def test_a_script_gives_its_title_to_the_project_and_a_second_one_of_that_title_a_number(studio, tmp_path):
    script = tmp_path / "draft3.fountain"
    script.write_text("Title: The Last Boat!\n\nEXT. HARBOUR - DAWN\n\nA boat leaves.\n")
    options = FilmOptions.model_validate(SMALL)
    made = [studio.create_film(Source(kind="script"), options, brought=script) for _ in range(2)]
    assert made == ["The_Last_Boat", "The_Last_Boat-2"]


def test_a_missing_engine_is_said_before_anything_is_made(studio):
    with pytest.raises(UserError, match="no engine image/nothing"):
        small_film(studio, image="nothing")
    assert studio.projects() == ()


def test_a_taken_name_is_refused(studio, boat):
    with pytest.raises(UserError, match="boat already"):
        small_film(studio)


@pytest.mark.parametrize("name", ["../boat", "/etc", "nothing here", "", "."])
def test_a_name_that_is_no_project_is_refused(studio, boat, name):
    with pytest.raises(UserError):
        studio.plan(name)


def test_an_impossible_edit_is_refused_and_changes_nothing(studio, boat):
    before = (studio.directory(boat) / "shots.json").read_bytes()
    with pytest.raises(BadInput, match="duration"):
        studio.edit_shot(boat, 1, duration_s=-1)
    with pytest.raises(UserError, match="shot_009"):
        studio.edit_shot(boat, 9, camera="static")
    assert (studio.directory(boat) / "shots.json").read_bytes() == before


def test_the_manifest_says_what_is_done(studio, boat):
    saved = json.loads((studio.directory(boat) / "metadata.json").read_text())
    assert saved["completed"] is True
    assert saved["steps"] == {
        "story": True, "scene_graph": True, "shots": True, "images": True, "narration": True, "videos": True, "film": True,
    }  # fmt: skip
    assert saved["stats"] == {"total_shots": 4, "images_generated": 4, "videos_rendered": 4}
    assert saved["shots"][0]["image_path"] == "images/shot_001.png"


def test_a_film_of_prompts_does_not_wait_for_a_story(studio, tmp_path):
    prompts = tmp_path / "my prompts.txt"
    prompts.write_text("A beach at noon, a dog runs\n")
    name = studio.create_film(Source(kind="prompts"), FilmOptions(narration=False), brought=prompts)
    project = studio.project(name)
    assert set(project.steps) == {"shots", "images", "videos", "sounds", "film"}
    assert project.title == "A beach at noon"


def test_a_project_folder_can_be_moved_and_goes_on(studio, boat):
    moved = studio.settings.sessions / "moved"
    Path(studio.directory(boat)).rename(moved)
    assert Run(studio, "moved").made == []


def test_a_whole_project_verifies_clean(studio, boat):
    assert studio.verify(boat, deep=True) == ()


def test_an_engine_that_is_not_installed_says_how_to_get_it(studio, monkeypatch):
    from studio.engines.fake import FakeArtist

    def missing(self: FakeArtist) -> None:
        raise EngineUnavailable("needs a thing: pip install thing")

    monkeypatch.setattr(FakeArtist, "check", missing)
    with pytest.raises(EngineUnavailable, match="pip install thing"):
        small_film(studio)


def test_a_film_without_narration_needs_no_voice(studio):
    name = small_film(studio, narration=False, tts="auto")
    assert Run(studio, name).result.problems == []


def test_a_file_the_user_brought_is_no_change_by_hand(studio, tmp_path):
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a harbour\n")
    name = studio.create_film(Source(kind="prompts"), FilmOptions.model_validate(SMALL), name="p", brought=prompts)
    assert [event for event in Run(studio, name).events if isinstance(event, events.Noticed)] == []


def test_a_plan_tells_which_earlier_takes_come_back(studio, boat):
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    Run(studio, boat)
    old = next(take for take in studio.takes(boat, 2) if take.name.endswith("png") and not take.is_current)
    studio.pick(boat, 2, "image", old.id)
    assert studio.plan(boat).back == ["videos/shot_002.mp4", "film.mp4"]
