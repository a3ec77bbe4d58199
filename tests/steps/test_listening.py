"""From a file with sound to lines: extract, transcribe in pieces, split; each remade only when it must be."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from studio.core.executor import threads
from studio.core.pipeline import Pipeline, Plan, RunResult
from studio.core.plan import plan
from studio.core.project import new_project, save_project
from studio.core.run import run
from studio.core.session import Session
from studio.engines.fake import FakeListener
from studio.media.audio import write_wav
from studio.model.dub import LINES, Line
from studio.steps.dubbing import names
from studio.steps.dubbing.extract_audio import ExtractAudio
from studio.steps.dubbing.split_lines import ReadLines, SplitLines
from studio.steps.dubbing.transcribe import Transcribe

RATE_HZ = 16_000


class Listener(FakeListener):
    """Counts what it listens to; ``deaf_in`` pieces fail."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.detected = 0

    def detect(self, audio: Path) -> str:
        self.detected += 1
        return super().detect(audio)

    def transcribe(self, out: Path, audio: Path, *, language: str | None = None) -> None:
        self.heard.append(audio.name)
        super().transcribe(out, audio, language=language)


def talk(path: Path, pitches: list[int]) -> None:
    """Ten seconds each: four words of one pitch, then quiet."""
    time_s = np.arange(4 * 5760) / RATE_HZ
    parts = [
        np.concatenate([0.3 * np.sin(2 * np.pi * hz * time_s), np.zeros(10 * RATE_HZ - len(time_s))]) for hz in pitches
    ]
    write_wav(path, [np.concatenate(parts).astype(np.float32)[:, None]], rate_hz=RATE_HZ, channels=1)


class Dub:
    """A project with a talk of 150 seconds, and its first three steps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = Listener()
        self.source_language = ""
        if not folder.exists():
            folder.mkdir(parents=True)
            save_project(folder, new_project(folder.name, "dub"))
            talk(folder / "original_audio.wav", list(range(200, 350, 10)))

    @property
    def pipeline(self) -> Pipeline:
        steps = (ExtractAudio("original_audio.wav"), Transcribe(self.engine, self.source_language), SplitLines())
        return Pipeline("dub", steps, lambda session: {})

    def run(self) -> RunResult:
        with Session(self.folder) as session, threads(2) as pool:
            return run(session, self.pipeline, pool, tell=lambda number, event: None, stop=threading.Event())

    def plan(self) -> Plan:
        with Session(self.folder) as session:
            return plan(session, self.pipeline)

    @property
    def lines(self) -> tuple[Line, ...]:
        return LINES.validate_json((self.folder / names.LINES).read_bytes())


def pieces(folder: Path) -> list[str]:
    """The pieces that are heard and saved."""
    return sorted(path.name for path in (folder / "transcriptions/pieces").glob("0*.json"))


@pytest.fixture
def dub(tmp_path: Path) -> Dub:
    return Dub(tmp_path / "dub")


def test_a_talk_becomes_lines_at_their_times(dub: Dub) -> None:
    result = dub.run()
    assert (result.status, result.problems) == ("completed", [])
    assert len(dub.engine.heard) == 3
    assert [round(line.start_s, 1) for line in dub.lines] == [10.0 * n for n in range(15)]
    assert all(line.duration_s == pytest.approx(1.44, abs=0.03) for line in dub.lines)
    assert [line.text.split()[1] for line in dub.lines] == [f"tone{hz}" for hz in range(200, 350, 10)]


def test_a_second_run_listens_to_nothing(dub: Dub) -> None:
    dub.run()
    dub.engine.heard.clear()
    assert dub.run().made == []
    assert (dub.engine.heard, dub.engine.detected) == ([], 1)


def test_a_plan_of_a_new_talk_names_what_will_be_made(dub: Dub) -> None:
    assert [one.name for one in dub.plan().make] == [
        names.ORIGINAL_AUDIO, names.CUTS, names.LANGUAGE, names.TRANSCRIPT, names.LINES,
    ]  # fmt: skip


def test_a_chosen_language_is_not_listened_for(dub: Dub) -> None:
    dub.source_language = "pt"
    dub.run()
    assert dub.engine.detected == 0
    assert json.loads((dub.folder / names.LANGUAGE).read_text()) == {"language": "pt"}


def test_a_lost_piece_is_heard_again_alone(dub: Dub) -> None:
    dub.run()
    (dub.folder / names.piece(2)).unlink()
    dub.engine.heard.clear()
    assert dub.run().made == [names.piece(2)]
    assert len(dub.engine.heard) == 1


def test_lines_that_stay_keep_their_ids_when_the_talk_is_made_again(dub: Dub) -> None:
    dub.run()
    talk(dub.folder / "original_audio.wav", [200, 0, *range(220, 350, 10)])
    assert names.TRANSCRIPT in dub.run().made
    assert [line.id for line in dub.lines] == ["0001", *(f"{n:04d}" for n in range(3, 16))]


def test_silence_is_refused_with_a_way_out(dub: Dub) -> None:
    write_wav(dub.folder / "original_audio.wav", [np.zeros((RATE_HZ * 5, 1), np.float32)], rate_hz=RATE_HZ, channels=1)
    (problem,) = dub.run().problems
    assert "No speech was found" in problem.error
    assert "SRT" in problem.error


def test_a_transcript_corrected_by_hand_is_kept_and_cut_again(dub: Dub) -> None:
    dub.run()
    heard = json.loads((dub.folder / names.TRANSCRIPT).read_text())
    heard[0]["text"] = "Good evening."
    (dub.folder / names.TRANSCRIPT).write_text(json.dumps(heard))
    dub.run()
    assert dub.lines[0].text == "Good evening."
    assert dub.lines[1].id == "0002"


def test_brought_subtitles_are_the_lines_and_stay_so(tmp_path: Path) -> None:
    folder = tmp_path / "dub"
    folder.mkdir()
    save_project(folder, new_project("dub", "dub"))
    cues = [f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},800\nLine {n}.\n" for n in range(1, 10)]
    (folder / "talk.srt").write_text("\n".join(cues))
    pipeline = Pipeline("dub", (ReadLines("talk.srt"),), lambda session: {})

    def lines() -> list[tuple[str, str]]:
        with Session(folder) as session, threads(1) as pool:
            run(session, pipeline, pool, tell=lambda number, event: None, stop=threading.Event())
        return [(line.id, line.text) for line in LINES.validate_json((folder / names.LINES).read_bytes())]

    assert lines() == [(f"{n:04d}", f"Line {n}.") for n in range(1, 10)]
    (folder / "talk.srt").write_text("\n".join([*cues[:3], *cues[4:]]))
    assert [line_id for line_id, _ in lines()] == ["0001", "0002", "0003", "0005", "0006", "0007", "0008", "0009"]


_KILLED = """
import os, signal, sys, time
from pathlib import Path
from tests.steps.test_listening import Dub, Listener, pieces

class Dying(Listener):
    def transcribe(self, out, audio, *, language=None):
        before = len(self.heard)
        if before == int(sys.argv[2]):
            give_up_s = time.monotonic() + 30
            while len(pieces(dub.folder)) < before - 1:  # what was heard before the last is being saved meanwhile
                if time.monotonic() > give_up_s:
                    sys.exit("nothing is saved before all is heard")
                time.sleep(0.01)
            os.kill(os.getpid(), signal.SIGKILL)
        super().transcribe(out, audio, language=language)

dub = Dub(Path(sys.argv[1]))
dub.engine = Dying()
dub.run()
"""


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_kill_loses_at_most_the_pieces_in_hand(tmp_path: Path, at: int) -> None:
    whole, killed = Dub(tmp_path / "whole"), Dub(tmp_path / "killed")
    whole.run()
    code = subprocess.call([sys.executable, "-c", _KILLED, str(killed.folder), str(at)], cwd=Path(__file__).parents[2])
    assert code == -signal.SIGKILL
    saved = pieces(killed.folder)
    result = killed.run()
    assert result.status == "completed"
    assert len(killed.engine.heard) <= min(3 - len(saved), 3 - at + 1)  # a line in the journal may be ahead of its file
    assert (killed.folder / names.LINES).read_bytes() == (whole.folder / names.LINES).read_bytes()
    assert not list((killed.folder / "tmp").glob("*"))
