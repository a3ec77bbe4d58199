"""The original's own sound, as it comes out of files of every kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.errors import BadInput
from studio.media import bed, ffmpeg
from studio.media.audio import loudness
from studio.media.bed import bed_blocks, weigh
from studio.media.dub_mix import AAC
from studio.media.levels import integrated, loudness_of
from tests.dub_media import RATE_HZ, film, music, onset_s, si_sdr_db, speech, wav


def _whole(path: Path, **options):
    return np.concatenate(list(bed_blocks(path, **options)))


def test_the_bed_is_the_original_to_the_sample(tmp_path: Path) -> None:
    sound = music(5.0)
    path = film(tmp_path / "a.mkv", [wav(tmp_path / "m.wav", sound)], seconds=5, audio=["-c:a", "pcm_s16le"])
    assert np.abs(_whole(path) - sound).max() < 1e-4


def test_a_sound_that_starts_after_the_picture_stays_that_late(tmp_path: Path) -> None:
    click = np.zeros((3 * RATE_HZ, 2), np.float32)
    click[RATE_HZ : RATE_HZ + 4800] = 0.5
    path = film(tmp_path / "late.mp4", [wav(tmp_path / "c.wav", click)], before=["-itsoffset", "0.5"])
    assert onset_s(_whole(path), near_s=1.5) == pytest.approx(1.5, abs=0.01)


def test_a_stream_whose_clock_does_not_start_at_nothing_is_in_time(tmp_path: Path) -> None:
    click = np.zeros((3 * RATE_HZ, 2), np.float32)
    click[RATE_HZ : RATE_HZ + 4800] = 0.5
    path = film(tmp_path / "clock.ts", [wav(tmp_path / "c.wav", click)], seconds=3)
    assert onset_s(_whole(path), near_s=1.0) == pytest.approx(1.0, abs=0.03)


def test_samples_that_an_edit_list_cuts_are_not_heard(tmp_path: Path) -> None:
    click = np.zeros((3 * RATE_HZ, 2), np.float32)
    click[2 * RATE_HZ : 2 * RATE_HZ + 4800] = 0.5
    whole = film(tmp_path / "whole.mp4", [wav(tmp_path / "c.wav", click)], after=["-g", "25"])
    path = tmp_path / "cut.mp4"
    ffmpeg.run(["-ss", "1", "-i", whole, "-c", "copy", path])
    assert onset_s(_whole(path), near_s=1.0) == pytest.approx(1.0, abs=0.01)


def test_six_channels_become_two_and_keep_what_was_in_the_middle(tmp_path: Path) -> None:
    six = np.zeros((2 * RATE_HZ, 6), np.float32)
    six[:, 2] = 0.2 * np.sin(2 * np.pi * 300 * np.arange(len(six)) / RATE_HZ)
    plain = tmp_path / "six.f32"
    plain.write_bytes(six.tobytes())
    path = tmp_path / "six.mka"
    ffmpeg.run(["-f", "f32le", "-ar", "48000", "-ch_layout", "5.1", "-i", plain, "-c:a", "ac3", path])
    found = _whole(path)
    assert found.shape[1] == 2
    assert np.abs(found[RATE_HZ:]).max(axis=0) == pytest.approx([0.14, 0.14], abs=0.02)


def test_a_mono_sound_of_another_rate_is_as_long_as_it_was(tmp_path: Path) -> None:
    path = wav(tmp_path / "m.wav", speech(3.0, rate_hz=44_100), rate_hz=44_100)
    found = _whole(path)
    assert found.shape[1] == 1
    assert len(found) == pytest.approx(3 * RATE_HZ, abs=2)


def test_packets_that_do_not_decode_leave_the_rest_in_time(tmp_path: Path) -> None:
    click = np.zeros((8 * RATE_HZ, 1), np.float32)
    click[7 * RATE_HZ : 7 * RATE_HZ + 4800] = 0.5
    path = tmp_path / "torn.mka"
    ffmpeg.run(["-i", wav(tmp_path / "c.wav", click), "-c:a", "aac", path])
    body = bytearray(path.read_bytes())
    middle = len(body) // 3
    body[middle : middle + 300] = bytes(300)
    path.write_bytes(body)
    assert onset_s(_whole(path), near_s=7.0) == pytest.approx(7.0, abs=0.03)


def test_while_the_picture_is_held_the_bed_goes_on_without_a_hole(tmp_path: Path) -> None:
    sound = music(4.0)
    path = wav(tmp_path / "m.wav", sound)
    found = _whole(path, holds=[(1.5, 0.7), (3.0, 0.4)])
    assert len(found) == round(5.1 * RATE_HZ)
    assert np.abs(found[: round(1.5 * RATE_HZ)] - sound[: round(1.5 * RATE_HZ)]).max() < 1e-4
    assert (
        np.abs(found[round(2.2 * RATE_HZ) : round(3.7 * RATE_HZ)] - sound[round(1.5 * RATE_HZ) : 3 * RATE_HZ]).max()
        < 1e-4
    )
    held = found[round(1.5 * RATE_HZ) : round(2.2 * RATE_HZ)]
    assert si_sdr_db(held, sound[round(0.8 * RATE_HZ) : round(1.5 * RATE_HZ)][::-1]) > 60


def test_loudness_is_that_of_a_full_meter(tmp_path: Path) -> None:
    path = wav(tmp_path / "m.wav", music(12.0))
    weighed = weigh(path, duration_s=12.0)
    assert integrated(np.array(weighed.powers)) == pytest.approx(loudness(path).integrated_lufs, abs=0.2)
    assert weighed.times_s[:3] == (0.0, 0.4, 0.8)


def test_a_few_words_are_weighed_as_a_full_meter_would(tmp_path: Path) -> None:
    line = np.concatenate([speech(1.3, rate_hz=RATE_HZ), np.zeros((RATE_HZ, 1), np.float32)])
    path = wav(tmp_path / "s.wav", line)
    assert loudness_of(line[: round(1.3 * RATE_HZ)]) == pytest.approx(loudness(path).integrated_lufs, abs=0.7)


def test_of_a_long_sound_a_part_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bed, "_WHOLE_S", 30.0)
    path = tmp_path / "long.m4a"
    ffmpeg.run(["-i", wav(tmp_path / "m.wav", np.tile(music(10.0), (6, 1))), *AAC, path])
    weighed = weigh(path, duration_s=60.0)
    assert len(weighed.powers) < 0.4 * 60 / 0.4
    assert integrated(np.array(weighed.powers)) == pytest.approx(loudness(path).integrated_lufs, abs=0.4)


def test_a_file_without_sound_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"mute\.mp4 has no sound"):
        _whole(film(tmp_path / "mute.mp4", seconds=1))
