"""Sound on plain files: lengths to the sample, pitch kept, silence cut, levels measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.errors import BadInput
from studio.media import audio, ffmpeg

Tone = Callable[..., Path]
Heard = Callable[[Path], NDArray[np.float32]]


def _pitch_hz(samples: NDArray[np.float32], rate_hz: int = 48_000) -> float:
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples))))
    return float(spectrum.argmax() * rate_hz / len(samples))


@pytest.mark.parametrize("to_s", [0.6, 1.3, 2.0, 3.1, 7.5])
def test_speech_is_stretched_to_the_sample_and_keeps_its_pitch(
    tmp_path: Path, tone: Tone, heard: Heard, to_s: float
) -> None:
    speech = tone("speech.wav", hz=440, seconds=2.0, rate_hz=24_000, channels=1)
    audio.stretch(speech, tmp_path / "fit.wav", to_s=to_s)
    assert audio.duration_s(tmp_path / "fit.wav") == pytest.approx(to_s, abs=1 / 24_000)
    fitted = heard(tmp_path / "fit.wav")
    assert _pitch_hz(fitted) == pytest.approx(440, abs=3)
    tail = fitted[int(0.8 * len(fitted)) : int(0.95 * len(fitted))]
    assert np.sqrt((tail**2).mean()) > 0.08


def test_stretching_what_has_no_sound_is_refused(tmp_path: Path, dots: Path) -> None:
    with pytest.raises(BadInput, match=r"dots\.png"):
        audio.stretch(dots, tmp_path / "out.wav", to_s=1.0)


def test_silence_at_both_ends_is_cut_but_for_a_breath(tmp_path: Path, heard: Heard) -> None:
    loud = (0.5 * np.sin(np.arange(2400) / 5)).astype(np.float32)[:, None]
    padded = [np.zeros((12_000, 1), np.float32), loud, np.zeros((24_000, 1), np.float32)]
    audio.write_wav(tmp_path / "take.wav", padded, rate_hz=24_000, channels=1)
    cut = audio.trim_silence(tmp_path / "take.wav", tmp_path / "cut.wav")
    assert cut == pytest.approx((0.46, 0.96), abs=0.002)
    assert audio.duration_s(tmp_path / "cut.wav") == pytest.approx(0.18, abs=0.002)


def test_a_silent_take_is_left_whole(tmp_path: Path) -> None:
    audio.write_wav(tmp_path / "nothing.wav", [np.zeros((4800, 1), np.float32)], rate_hz=24_000, channels=1)
    audio.trim_silence(tmp_path / "nothing.wav", tmp_path / "cut.wav")
    assert audio.duration_s(tmp_path / "cut.wav") == pytest.approx(0.2)


def test_resampling_keeps_length_pitch_and_level(tmp_path: Path, tone: Tone, heard: Heard) -> None:
    source = tone("low.wav", hz=440, seconds=1.0, rate_hz=22_050, channels=1, level=0.4)
    audio.resample(source, tmp_path / "high.wav", rate_hz=48_000, channels=2)
    high = heard(tmp_path / "high.wav")
    assert high.shape[1] == 2
    assert len(high) == pytest.approx(48_000, abs=60)
    assert _pitch_hz(high) == pytest.approx(440, abs=2)
    assert np.abs(high).max() == pytest.approx(0.4, abs=0.02)


def test_one_channel_becomes_two_at_full_level_and_two_become_one() -> None:
    mono = np.array([[0.5], [-0.25]], np.float32)
    assert audio.to_channels(mono, 2).tolist() == [[0.5, 0.5], [-0.25, -0.25]]
    stereo = np.array([[0.5, 0.1]], np.float32)
    assert audio.to_channels(stereo, 1)[0, 0] == pytest.approx(0.3)


def test_level_changes_by_the_decibels_asked_for(tmp_path: Path, tone: Tone) -> None:
    source = tone("a.wav", hz=1000, seconds=4)
    audio.change_level(source, tmp_path / "b.wav", gain_db=-7.0)
    before, after = audio.loudness(source), audio.loudness(tmp_path / "b.wav")
    assert after.integrated_lufs - before.integrated_lufs == pytest.approx(-7.0, abs=0.15)


def test_loudness_of_a_known_tone_is_what_the_standard_says(tone: Tone) -> None:
    """A 997 Hz sine at -20 dBFS peak in both channels measures -20.0 LUFS (EBU Tech 3341)."""
    measured = audio.loudness(tone("a.wav", hz=997, seconds=6, level=0.1))
    assert measured.integrated_lufs == pytest.approx(-20.0, abs=0.15)
    assert measured.true_peak_dbtp == pytest.approx(-20.0, abs=0.2)


def test_a_sound_that_starts_late_in_its_file_stays_late(tmp_path: Path, tone: Tone, heard: Heard) -> None:
    source = tone("a.wav", hz=500, seconds=1.0)
    late = tmp_path / "late.mkv"
    ffmpeg.run(
        ["-f", "lavfi", "-i", "color=black:size=64x64:rate=10:duration=2", "-itsoffset", "0.5", "-i", source, late]
    )
    samples = np.abs(heard(late)).max(axis=1)
    assert np.flatnonzero(samples > 0.05)[0] / 48_000 == pytest.approx(0.5, abs=0.01)


def test_other_formats_are_read_as_well(tmp_path: Path, tone: Tone, heard: Heard) -> None:
    ffmpeg.run(["-i", tone("a.wav", hz=500, seconds=1.0, rate_hz=44_100), tmp_path / "a.flac"])
    samples = heard(tmp_path / "a.flac")
    assert len(samples) == pytest.approx(48_000, abs=60)
    assert _pitch_hz(samples) == pytest.approx(500, abs=2)


def test_a_file_without_sound_is_refused_by_name(tmp_path: Path, dots: Path) -> None:
    with pytest.raises(BadInput, match=r"dots\.png"):
        list(audio.read_blocks(dots))
    with pytest.raises(BadInput, match=r"gone\.wav"):
        audio.duration_s(tmp_path / "gone.wav")
