"""``studio scenes`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from studio.errors import BadInput
from studio.service import Studio
from studio.settings import Settings
from tests.scene_media import SCRIPT

_SMALL = [
    "--size", "112x64", "--fps", "8", "--image_gen_model", "fake", "--video-engine", "fake", "--tts", "fake",
    "--skip_sound_effects",
]  # fmt: skip


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "bell.txt"
    file.write_text(SCRIPT, encoding="utf-8")
    return file


def scenes(folder: Path, *words: object) -> tuple[int, str, str]:
    answer = CliRunner().invoke(cli, ["scenes", *map(str, words), "--sessions", str(folder / "sessions")])
    return answer.exit_code, answer.stdout, answer.stderr


def test_the_same_script_again_goes_on_with_its_video_and_makes_nothing(script, tmp_path):
    code, _, err = scenes(tmp_path, script, *_SMALL)
    assert code == 0, err
    code, out, _ = scenes(tmp_path, script, *_SMALL, "--json")
    assert code == 0
    assert json.loads(out)["made"] == []
    assert len(list((tmp_path / "sessions").iterdir())) == 1


def test_metadata_only_stops_when_the_documents_are_there(script, tmp_path):
    more = ["--name", "bell", "--max-environments", "1", "--most-usd", "3"]
    code, out, _ = scenes(tmp_path, script, *_SMALL, "--metadata-only", *more)
    assert code == 0
    assert Studio(Settings(tmp_path / "sessions", workers=1)).project("bell").most_usd == 3.0
    documents = [Path(line) for line in out.splitlines() if line.endswith(".json")]
    assert [len(json.loads(file.read_text())) for file in documents] == [1, 3, 3]
    assert not (tmp_path / "sessions/bell/images").exists()


def test_a_made_up_script_is_shown_with_its_seed_and_comes_back_by_it(tmp_path):
    words = ["--random_script", "--seed", "7", "--model", "fake", "--metadata_only"]
    first, again = (scenes(tmp_path, *words, "--name", name)[2] for name in ("one", "two"))
    assert "--seed 7" in first
    assert "Title: " in first
    assert first.split("\n\none")[0] == again.split("\n\ntwo")[0]


def test_a_name_that_is_another_scripts_is_refused(script, tmp_path):
    scenes(tmp_path, script, *_SMALL, "--metadata_only", "--name", "bell")
    script.write_text(SCRIPT.replace("Marta", "Greta"), encoding="utf-8")
    code, _, err = scenes(tmp_path, script, *_SMALL, "--name", "bell")
    assert code == 1
    assert "not made of that script" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "a SCRIPT, --random_script, or --continue_from_dir"),
        (["SCRIPT", "--random_script"], "a SCRIPT, --random_script, or --continue_from_dir"),
        (["SCRIPT", "--in-place"], "--in_place can only be said with --continue_from_dir"),
        (["SCRIPT", "--theme", "whales"], "--theme can only be said with --random_script"),
        (["SCRIPT", "--max_scenes", "0"], "must be between 1 and 100 scenes"),
        (["SCRIPT", "--initial-image-path", "SCRIPT", "--initial-image-prompt", "a fox"], "--initial_image_prompt"),
    ],
)
def test_what_makes_no_sense_together_is_refused_with_its_names(script, tmp_path, words, said):
    code, _, err = scenes(tmp_path, *(script if word == "SCRIPT" else word for word in words))
    assert code == 2
    assert said in err
    assert not (tmp_path / "sessions").exists()


def test_a_document_that_somebody_broke_is_refused_with_the_place(script, tmp_path):
    scenes(tmp_path, script, *_SMALL, "--metadata_only", "--name", "bell")
    (tmp_path / "sessions/bell/scenes.json").write_text("[]")
    with pytest.raises(BadInput, match="scenes.json: the document holds no scenes"):
        Studio(Settings(tmp_path / "sessions", workers=1)).plan("bell")


def cards(folder: Path, *words: object) -> tuple[int, str, str]:
    answer = CliRunner().invoke(cli, [*map(str, words), "--sessions", str(folder / "sessions")])
    return answer.exit_code, answer.stdout, answer.stderr


def test_scenes_and_environments_are_shown_and_changed_one_at_a_time(script, tmp_path):
    scenes(tmp_path, script, *_SMALL, "--metadata_only", "--name", "bell")
    code, out, err = cards(tmp_path, "scene", "bell")
    assert code == 0, err
    assert "  1  The harbour" in out
    assert "(scene 2)" in out
    words = ["--camera", "push in slowly", "--environment", "1", "--duration", "10", "--action", "A whale breathes."]
    changed = json.loads(cards(tmp_path, "scene", "bell", "2", *words, "--json")[1])
    assert [changed[key] for key in ("camera", "environment", "duration_s", "action")] == [
        "Push In", 1, 10, "A whale breathes.",
    ]  # fmt: skip
    assert "not used" in cards(tmp_path, "environment", "bell", "2", "--text", "A sea of glass.")[1]
    assert "A sea of glass." not in cards(tmp_path, "environment", "bell", "2", "--delete")[1]
    cards(tmp_path, "scene", "bell", "3", "--move", "1")
    cards(tmp_path, "scene", "bell", "0", "--insert", "--name", "A title")
    cards(tmp_path, "scene", "bell", "3", "--delete")
    shown = json.loads(cards(tmp_path, "scene", "bell", "--json")[1])
    assert [card["id"] for card in shown["scenes"]] == [4, 3, 2]
    assert cards(tmp_path, "undo", "bell")[1] == "Scene 3 is back.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scene", "bell", "--camera", "Static"], "Say which scene"),
        (["scene", "bell", "1", "--delete", "--camera", "Static"], "for one at a time"),
        (["environment", "bell", "--delete"], "--delete takes the NUMBER"),
    ],
)
def test_a_change_of_no_scene_in_particular_is_refused(tmp_path, words, said):
    code, _, err = cards(tmp_path, *words)
    assert code == 2
    assert said in err
