from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studio.cli.main import cli

_SMALL = "--seconds 8 --shots 3 --size 160x90 --fps 12 --text fake --image fake --tts fake --no-music".split()
_IDEA = "A boat finds an island"


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "STUDIO_SESSIONS": str(tmp_path), "STUDIO_DATA": str(tmp_path / ".data")}


def studio(tmp_path: Path, *words: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "studio.cli", *words],
        env=environment(tmp_path),
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    assert code is None or done.returncode == code, done.stderr
    return done


def answered(tmp_path: Path, *words: str, code: int = 0) -> Result:
    """The same without a process of its own: for commands that run nothing."""
    done = CliRunner().invoke(cli, words, env=environment(tmp_path))
    assert done.exit_code == code, (done.output, done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def test_the_json_of_a_run_names_what_was_made(tmp_path):
    said = json.loads(studio(tmp_path, "film", _IDEA, *_SMALL, "--json").stdout)
    assert set(said) == {"session", "status", "made", "kept", "problems", "film", "seconds"}
    assert said["status"] == "completed"
    assert (tmp_path / said["session"] / said["film"]).is_file()
    assert "images/shot_001.png" in said["made"]


def test_the_same_command_again_goes_on_with_the_project_of_that_name(folder):
    said = json.loads(studio(folder, "film", _IDEA, "--name", "boat", "--json").stdout)
    assert (said["session"], said["made"]) == ("boat", [])


def test_the_same_command_again_goes_on_with_the_film_of_that_idea(folder):
    done = studio(folder, "film", _IDEA, "--json")
    said = json.loads(done.stdout)
    assert (said["session"], said["made"]) == ("boat", [])
    assert "Going on with boat" in done.stderr


def test_a_killed_film_is_gone_on_with_by_the_same_command_and_a_finished_one_is_not_changed(folder):
    (folder / "boat/film.mp4").unlink()
    (folder / "boat/images/shot_002.png").unlink()
    unfinished = json.loads((folder / "boat/metadata.json").read_text()) | {"completed": False}
    (folder / "boat/metadata.json").write_text(json.dumps(unfinished))
    said = json.loads(studio(folder, "film", _IDEA, "--json").stdout)
    assert (said["session"], sorted(said["made"])) == ("boat", ["film.mp4", "images/shot_002.png"])
    other = json.loads(studio(folder, "film", _IDEA, *_SMALL, "--seed", "7", "--no-narration", "--json").stdout)
    assert other["session"] != "boat"


def test_another_idea_under_a_taken_name_is_refused(folder):
    done = answered(folder, "film", "Something else", "--name", "boat", code=1)
    assert "another idea" in done.stderr


def test_a_plan_of_finished_work_has_nothing_to_make(folder):
    said = json.loads(answered(folder, "plan", "boat", "--json").stdout)
    assert said["make"] == []
    assert said["estimate_s"] == 0
    assert set(said) == {"make", "keep", "estimate_s", "estimate_cost"}


def test_view_shows_bars_and_shots(folder):
    said = answered(folder, "sessions", "view", "boat").stdout
    assert "Images       [████████████████████] 100%  ✓ (4/4)" in said
    assert "[DONE] Shot 1:" in said


def test_list_shows_complete_and_unfinished_sessions(folder):
    said = answered(folder, "sessions", "list").stdout
    assert "✓ COMPLETE | boat" in said
    assert f"Idea: {_IDEA}" in said
    assert json.loads(answered(folder, "sessions", "list", "--json").stdout)[0]["session_name"] == "boat"


def test_a_shot_shows_how_its_camera_was_understood(folder):
    answered(folder, "shot", "boat", "1", "--camera", "slow pan to the left")
    said = answered(folder, "shot", "boat", "1").stdout
    assert "pan" in said.split("camera means")[1]
    planned = json.loads(answered(folder, "plan", "boat", "--json").stdout)["make"]
    assert said.split("a run makes")[1].strip() == ", ".join(item["name"] for item in planned)


def test_camera_words_that_name_no_move_are_told_at_once_with_those_there_are(folder):
    said = answered(folder, "shot", "boat", "1", "--camera", "banana")
    assert "“banana” is no camera move that is known: it will be a slow push in" in said.stderr
    assert "pan left" in said.stderr
    assert "Perhaps: tilt up, tilt down." in answered(folder, "shot", "boat", "1", "--camera", "tild up").stderr
    assert answered(folder, "shot", "boat", "1", "--camera", "tilt up").stderr == ""


def test_usage_errors_end_with_2(tmp_path):
    assert "one of them" in answered(tmp_path, "film", _IDEA, "--script", __file__, code=2).stderr.lower()
    assert "fps" in answered(tmp_path, "film", _IDEA, "--fps", "0", code=2).stderr
    assert "1280x720" in answered(tmp_path, "film", _IDEA, "--size", "big", code=2).stderr
    assert "even" in answered(tmp_path, "film", _IDEA, "--size", "161x90", code=2).stderr
    answered(tmp_path, "film", code=2)
    assert "what the film is about" in answered(tmp_path, "film", "   ", code=2).stderr
    assert not list(tmp_path.iterdir())


def test_an_unknown_project_ends_with_1_and_names_those_there_are(folder):
    assert "boat" in answered(folder, "plan", "nothing", code=1).stderr


def test_help_is_quick_and_imports_nothing_heavy():
    code = (
        "import sys, click.testing\nfrom studio.cli.main import cli\n"
        "assert click.testing.CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
        "print([m for m in ('gradio', 'moviepy', 'scipy', 'numpy', 'PIL', 'av', 'spacy', 'pydantic') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_a_damaged_story_is_refused_with_its_place(tmp_path):
    bad = tmp_path / "story.json"
    bad.write_text('{"title": "x",\n "scenes": [{"location": "a", }]}')
    done = answered(tmp_path, "film", "--story", str(bad), *_SMALL, code=1)
    assert "line 2" in done.stderr


def test_engines_are_listed_with_what_is_missing(tmp_path):
    said = answered(tmp_path, "engines", "list").stdout
    assert "✓ image/storyboard" in said
    assert "✓ tts/hibari" in said


def test_ctrl_c_pauses_after_what_is_in_hand_and_ends_with_3(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "studio.cli", "film", _IDEA, "--name", "boat", *_SMALL, "--shots", "8", "--json"],
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "images/shot_001.png" in line:
            process.send_signal(signal.SIGINT)
            break
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, json.loads(out)["status"]) == (3, "paused")
    again = json.loads(studio(tmp_path, "resume", "boat", "--json").stdout)
    assert again["status"] == "completed"
    assert "images/shot_001.png" in again["kept"]


@pytest.mark.parametrize(("answer", "goes_on"), [("y", True), ("n", False)])
def test_a_terminal_is_asked_whether_to_go_on_with_an_unfinished_session(folder, answer, goes_on):
    (folder / "boat" / "images" / "shot_002.png").unlink()
    (folder / "boat" / "videos" / "shot_003.mp4").unlink()
    manifest = folder / "boat" / "metadata.json"
    manifest.write_text(manifest.read_text().replace('"completed": true', '"completed": false'))
    screen = _in_a_terminal(folder, ["film", "Another idea of mine", *_SMALL], answer)
    assert "INCOMPLETE SESSION FOUND" in screen
    assert "[TODO] Shot 2:" in screen
    assert "[IMG]  Shot 3:" in screen
    assert len([path for path in folder.iterdir() if (path / "metadata.json").exists()]) == (1 if goes_on else 2)
    assert (folder / "boat" / "images" / "shot_002.png").exists() is goes_on


def _in_a_terminal(folder: Path, words: list[str], answer: str) -> str:
    """What the screen shows when the question is answered with ``answer``."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= environment(folder)
        os.execv(sys.executable, [sys.executable, "-m", "studio.cli", *words])
    shown = b""
    is_answered = False
    while True:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            break
        if not is_answered and b"continue this session?" in shown:
            os.write(terminal, f"{answer}\n".encode())
            is_answered = True
    os.waitpid(pid, 0)
    return shown.decode(errors="replace")
