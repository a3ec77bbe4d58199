"""Several films dubbed with the same settings from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from studio.cli.main import cli
from tests.dub_media import RATE_HZ, film, music, speech, wav

FAKES = ["--to", "pt", "--from", "en", "--tts", "fake", "--asr", "fake", "--translator", "pt=fake"]


def said(folder: Path, name: str) -> str:
    """A film of five seconds in which somebody speaks from 1 s."""
    sound = music(5.0) * 0.1
    words = speech(1.4, rate_hz=RATE_HZ)
    sound[RATE_HZ : RATE_HZ + len(words)] += words
    return str(film(folder / name, [wav(folder / f"{name}.wav", sound)], seconds=5.0))


def test_one_film_that_fails_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "torn.mp4").write_bytes(b"no film")
    films = [said(tmp_path, "a.mp4"), str(tmp_path / "torn.mp4"), said(tmp_path, "b.mp4")]
    words = ["dub", *films, *FAKES, "--mix", "over=pt:voice-over:bed=-6", "--sessions", str(tmp_path / "s"), "--json"]
    answer = CliRunner().invoke(cli, words)
    assert answer.exit_code == 1, answer.output
    told = json.loads(answer.stdout)["films"]
    assert [one["status"] for one in told] == ["completed", "failed", "completed"]
    assert "torn.mp4" in told[1]["problems"][0]
    for one in (told[0], told[2]):
        assert one["files"] == ["final_videos/pt_final.mp4", "mixed_videos/over_mixed.mp4"]


@pytest.mark.parametrize(
    ("mix", "words"), [("over", "not of the form"), ("a=pt:loud", "no preset"), ("a=pt:dub:v:hum=2", "voices=DB")]
)
def test_a_mix_that_cannot_be_read_says_how_it_is_written(tmp_path: Path, mix: str, words: str) -> None:
    answer = CliRunner().invoke(cli, ["dub", "a.mp4", *FAKES, "--mix", mix, "--sessions", str(tmp_path)])
    assert answer.exit_code == 2
    assert words in " ".join(answer.output.split())
