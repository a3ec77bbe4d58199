"""Keeping projects from the terminal: the film goes out, away, back and over to another folder, and is still whole."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studio.cli.main import cli
from studio.core.project_sessions import ProjectSessionManager
from tests.dub_media import film, music, wav

_SMALL = "--seconds 8 --shots 3 --size 160x90 --fps 12 --text fake --image fake --tts fake --no-music".split()


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "STUDIO_SESSIONS": str(tmp_path / "sessions"), "STUDIO_DATA": str(tmp_path / "data")}


def studio(tmp_path: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "studio.cli", *words], env=environment(tmp_path), cwd=tmp_path,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done


def answered(tmp_path: Path, *words: str, code: int = 0) -> Result:
    """The same without a process of its own: for commands that run nothing."""
    with contextlib.chdir(tmp_path):
        done = CliRunner().invoke(cli, words, env=environment(tmp_path))
    assert done.exit_code == code, (done.output, done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def asked(tmp_path: Path, *words: str, code: int = 0) -> object:
    return json.loads(answered(tmp_path, "sessions", *words, "--json", code=code).stdout)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio with a finished film called boat, and its ZIP."""
    folder = tmp_path_factory.mktemp("made")
    studio(folder, "film", "A boat finds an island", "--name", "boat", *_SMALL)
    said = studio(folder, "sessions", "export", "boat").stdout
    assert str(folder / "boat_export.zip") in said
    return folder


@pytest.fixture
def boat(made: Path, tmp_path: Path) -> Path:
    """A folder of its own with the film in it."""
    shutil.copytree(made / "sessions", tmp_path / "sessions")
    return tmp_path


def test_a_film_goes_out_and_into_another_folder_and_nothing_is_left_to_make(made, tmp_path):
    taken = asked(tmp_path, "import", str(made / "boat_export.zip"), "--name", "ship")
    assert (taken["session"], taken["kind"]) == ("ship", "studio")
    ran = json.loads(studio(tmp_path, "resume", "ship", "--json").stdout)
    assert (ran["status"], ran["made"]) == ("completed", [])
    assert "whole" in answered(tmp_path, "sessions", "verify", "ship", "--deep").stdout


def test_a_deleted_film_is_told_how_it_comes_back_and_comes_back(boat):
    said = answered(boat, "sessions", "delete", "boat").stdout
    assert "studio sessions restore boat" in said
    assert "boat" in answered(boat, "sessions", "trash").stdout
    assert answered(boat, "sessions", "view", "boat", code=1).stderr
    assert asked(boat, "restore", "boat") == {"session": "boat"}
    assert json.loads(studio(boat, "resume", "boat", "--json").stdout)["made"] == []


def test_of_several_deleted_those_that_are_there_go_and_the_others_are_named(boat):
    done = answered(boat, "sessions", "delete", "nothing", "boat", code=1)
    assert "nothing" in done.stderr
    assert [entry["name"] for entry in asked(boat, "trash")] == ["boat"]


def test_a_renamed_film_and_its_copy_have_nothing_left_to_make(boat):
    assert asked(boat, "rename", "boat", "the ship") == {"session": "the_ship"}
    assert asked(boat, "duplicate", "the_ship", "copy") == {"session": "copy"}
    for name in ("the_ship", "copy"):
        assert json.loads(studio(boat, "resume", name, "--json").stdout)["made"] == []
    assert "copy already" in answered(boat, "sessions", "rename", "the_ship", "copy", code=1).stderr


def test_going_back_to_a_save_point_brings_the_film_of_then(boat):
    film = (boat / "sessions/boat/film.mp4").read_bytes()
    assert asked(boat, "snapshot", "boat", "--label", "first")["label"] == "first"
    answered(boat, "shot", "boat", "1", "--image-prompt", "a red lighthouse")
    assert json.loads(studio(boat, "resume", "boat", "--json").stdout)["made"]
    assert (boat / "sessions/boat/film.mp4").read_bytes() != film
    done = asked(boat, "revert", "boat", "first")
    assert "film.mp4" in done["changed"]
    assert (boat / "sessions/boat/film.mp4").read_bytes() == film
    assert json.loads(studio(boat, "resume", "boat", "--json").stdout)["made"] == []
    assert [snapshot["id"] for snapshot in asked(boat, "snapshots", "boat")][-1] == done["before"]


def test_cleaning_says_what_it_would_free_then_frees_it_and_the_film_stays(boat):
    answered(boat, "shot", "boat", "1", "--image-prompt", "a red lighthouse")
    studio(boat, "resume", "boat")
    before = tree(boat / "sessions")
    would = asked(boat, "cleanup", "boat", "--dry-run")
    assert would["freed_bytes"] > 0
    assert not would["is_done"]
    refused = answered(boat, "sessions", "cleanup", code=2).stderr
    assert "old takes" in refused
    assert "--yes" in refused
    assert tree(boat / "sessions") == before
    assert asked(boat, "cleanup", "--yes")["freed_bytes"] == would["freed_bytes"]
    assert not list((boat / "sessions/boat/takes").rglob("*.png"))
    assert json.loads(studio(boat, "resume", "boat", "--json").stdout)["made"] == []


def test_cleaning_empties_the_trash_when_asked_to(boat):
    answered(boat, "sessions", "delete", "boat")
    answered(boat, "sessions", "cleanup", "--yes")
    assert len(asked(boat, "trash")) == 1
    answered(boat, "sessions", "cleanup", "--trash", "--yes")
    assert asked(boat, "trash") == []


def test_a_search_finds_a_film_by_words_of_its_idea_and_state(boat):
    assert [row["name"] for row in asked(boat, "search", "ISLAND boat", "--state", "complete")["projects"]] == ["boat"]
    assert asked(boat, "search", "submarine")["total"] == 0
    assert asked(boat, "reindex") == {"projects": 1}
    assert list((boat / "data").glob("index-*.sqlite"))


def test_the_card_of_a_film_says_what_takes_its_space(boat):
    card = asked(boat, "info", "boat")
    assert (card["state"], card["has_videos"]) == ("complete", True)
    assert card["space"]["work_bytes"] > 10_000
    assert "Space" in answered(boat, "sessions", "info", "boat").stdout


@pytest.mark.parametrize("flag", ["", "--replace"])
def test_a_second_import_stands_beside_the_first_or_replaces_it(boat, made, flag):
    taken = asked(boat, "import", str(made / "boat_export.zip"), *([flag] if flag else []))
    assert taken["session"] == ("boat" if flag else "boat-2")
    assert len(asked(boat, "trash")) == (1 if flag else 0)


def test_a_hostile_archive_is_refused_and_nothing_is_left(boat):
    with zipfile.ZipFile(boat / "evil.zip", "w") as archive:
        archive.writestr("metadata.json", (boat / "sessions/boat/metadata.json").read_bytes())
        archive.writestr("../../evil.txt", "evil")
    before = tree(boat)
    done = answered(boat, "sessions", "import", str(boat / "evil.zip"), code=1)
    assert done.stderr.startswith("studio: ")
    assert len(done.stderr.splitlines()) == 1
    assert tree(boat) == before


def test_a_dubbing_session_that_lost_its_video_is_refused_in_words(tmp_path):
    with zipfile.ZipFile(tmp_path / "dub.zip", "w") as archive:
        archive.writestr("metadata.json", json.dumps({"session_name": "talk", "video_name": "talk.mp4"}))
        archive.writestr("transcriptions/original_asr.json", json.dumps([{"start": 0, "end": 1, "text": "Hello"}]))
        archive.writestr("translations/hi.json", "[]")
    assert "original video" in answered(tmp_path, "sessions", "import", str(tmp_path / "dub.zip"), code=1).stderr
    assert tree(tmp_path / "sessions") == {}


def test_a_dubbing_session_becomes_a_project_with_everything_in_its_place_and_goes_on(tmp_path):
    video = film(tmp_path / "talk.mp4", [wav(tmp_path / "music.wav", music(6.0))])
    lines = [{"start": "0.5", "end": 2.0, "text": "Hello there."}, {"start": 3.0, "end": 4.5, "text": "Good night."}]
    dubbed = [{**line, "text_translated": f"pt {line['text']}"} for line in lines]
    with zipfile.ZipFile(tmp_path / "talk_export.zip", "w") as archive:
        about = {"session_name": "talk", "video_name": "talk.mp4", "languages": ["pt"], "voices": {"pt": "Kore"}}
        archive.writestr(
            "metadata.json", json.dumps({**about, "original_video_path": "sessions/talk/original_video.mp4"})
        )
        archive.write(video, "original_video.mp4")
        archive.writestr("transcriptions/original_asr.json", json.dumps({"segments": lines}))
        archive.writestr("translations/pt.json", json.dumps(dubbed))
        archive.write(tmp_path / "music.wav", "custom_voices/me.wav")
    assert asked(tmp_path, "import", str(tmp_path / "talk_export.zip"))["session"] == "talk"
    said = json.loads(answered(tmp_path, "lines", "talk", "--json").stdout)
    assert [(line["text"], line["translations"]["pt"]) for line in said] == [
        ("Hello there.", "pt Hello there."),
        ("Good night.", "pt Good night."),
    ]
    assert (tmp_path / "sessions/talk/source/me.wav").is_file()
    done = studio(tmp_path, "dub", "talk", "--from", "en", "--tts", "fake", "--translator", "pt=manual", "--json")
    assert json.loads(done.stdout)["film"] == "final_videos/pt_final.mp4"
    said = json.loads(answered(tmp_path, "lines", "talk", "--json").stdout)
    assert said[0]["translations"]["pt"] == "pt Hello there."


def test_a_session_of_the_older_film_studio_becomes_a_project(tmp_path):
    name = "session_20250208_002238"
    shots = [{"index": 1, "image_prompt": "a river", "motion_prompt": "", "camera": "", "narration": "A river."}]
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr(f"{name}/{name}_meta.json", json.dumps({"session_id": name, "idea": "A river"}))
        archive.writestr(f"{name}/shots.json", json.dumps(shots))
    taken = asked(tmp_path, "import", str(tmp_path / "old.zip"))
    assert taken["kind"] == "film_studio"
    assert json.loads(answered(tmp_path, "shots", taken["session"], "--json").stdout)[0]["image_prompt"] == "a river"


def test_ctrl_c_stops_a_copy_and_leaves_nothing_of_it(tmp_path):
    manager = ProjectSessionManager(tmp_path / "sessions", tmp_path / "data")
    directory = manager.create_session_structure("big")
    for number in range(3000):
        (directory / f"{number}.bin").write_bytes(b"x" * 1000)
    process = subprocess.Popen(
        [sys.executable, "-m", "studio.cli", "sessions", "duplicate", "big", "copy"],
        env=environment(tmp_path), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until_s = time.monotonic() + 60
    while not list((tmp_path / "sessions").glob(".building-*/*.bin")) and time.monotonic() < until_s:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3, said
    assert "as it was before" in said
    assert sorted(path.name for path in (tmp_path / "sessions").iterdir()) == ["big"]


def test_help_of_the_group_is_quick_to_load():
    code = (
        "import sys, click.testing\nfrom studio.cli.main import cli\n"
        "result = click.testing.CliRunner().invoke(cli, ['sessions', '--help'])\n"
        "assert result.exit_code == 0 and 'snapshot' in result.output\n"
        "print([m for m in ('sqlalchemy', 'pydantic', 'numpy', 'blake3', 'filelock') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_saving_keeps_a_point_to_go_back_to_and_words_to_find_it_by(boat):
    said = asked(boat, "save", "boat", "--tags", "sea, draft", "--notes", "for Ann", "--label", "first")
    assert [point["id"] for point in asked(boat, "snapshots", "boat")] == [said["snapshot"]]
    card = asked(boat, "info", "boat")
    assert (card["tags"], card["notes"]) == (["draft", "sea"], "for Ann")
    assert [row["name"] for row in asked(boat, "search", "draft")["projects"]] == ["boat"]


def test_a_file_that_was_moved_away_is_found_by_what_it_holds(boat, tmp_path_factory):
    tidy = tmp_path_factory.mktemp("tidy")
    film = boat / "sessions/boat/film.mp4"
    content = film.read_bytes()
    film.rename(tidy / "holiday.mp4")
    assert asked(boat, "relink", "boat", str(tidy))["missing"] == []
    assert film.read_bytes() == content
    assert "Nothing is missing" in answered(boat, "sessions", "relink", "boat", str(tidy)).stdout


def test_a_change_of_a_shot_is_undone_and_done_again(boat):
    answered(boat, "shot", "boat", "2", "--image-prompt", "a red boat")
    assert "Shot 2: image prompt as before" in answered(boat, "undo", "boat").stdout
    assert json.loads(answered(boat, "plan", "boat", "--json").stdout)["make"] == []
    answered(boat, "redo", "boat")
    assert "red boat" in (boat / "sessions/boat/shots.json").read_text()
    assert "nothing to redo" in answered(boat, "redo", "boat", code=1).stderr


def test_a_deep_run_mends_what_a_failing_disk_spoiled(boat):
    film = boat / "sessions/boat/film.mp4"
    facts, content = film.stat(), bytearray(film.read_bytes())
    content[3000:3400] = bytes(400)
    film.write_bytes(content)
    os.utime(film, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    answered(boat, "sessions", "verify", "boat")
    assert "film.mp4" in answered(boat, "sessions", "verify", "boat", "--deep", code=1).stdout
    assert json.loads(studio(boat, "resume", "boat", "--deep", "--json").stdout)["made"] == ["film.mp4"]
    answered(boat, "sessions", "verify", "boat", "--deep")
