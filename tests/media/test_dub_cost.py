"""The benchmark of a dub's sound, a short piece of it: enough to notice that it holds a film or drifts."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.media import ffmpeg
from studio.media.dub_mix import assemble_track
from tests.bench.bench_dub import cost, drift_ms, lines_of, material


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dub")


def test_a_longer_dub_takes_no_more_memory_and_stays_in_place(folder: Path) -> None:
    short, long = (cost(folder, minutes, beside_encoding=False) for minutes in (1, 2))
    assert long.most_mb < 1.1 * short.most_mb
    assert long.most_mb < 300
    assert max(short.drift_ms, long.drift_ms) < 1.0


def test_a_delayed_sound_would_be_noticed(folder: Path) -> None:
    _, takes = material(folder, 0.25)
    track, late = folder / "track.flac", folder / "late.m4a"
    assemble_track(track, lines_of(takes, 0.25), duration_s=15.0)
    ffmpeg.run(["-i", track, "-af", "adelay=25", "-c:a", "aac", late])
    assert drift_ms(track, late, 0.25) == pytest.approx(25, abs=1)
