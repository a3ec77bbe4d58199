"""Ambiences: the right sounds for the words, at the right length and level, without a seam."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from studio.engines.sound import BuiltinSound
from studio.engines.sound.loudness import Loudness
from studio.engines.sound.tapes import kinds, tape
from studio.errors import UserError

RATE_HZ = 48000


def _made(out: Path, prompt: str, duration_s: float = 6.0, seed: int = 1) -> np.ndarray:
    BuiltinSound().sound(out, prompt, duration_s=duration_s, seed=seed)
    with wave.open(str(out)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE_HZ)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32768.0


def _centroid_hz(samples: np.ndarray) -> float:
    power = np.abs(np.fft.rfft(samples.mean(axis=1))) ** 2
    return float((np.fft.rfftfreq(len(samples), 1 / RATE_HZ) * power).sum() / power.sum())


def _envelope(samples: np.ndarray, window_s: float = 0.02) -> np.ndarray:
    step = int(window_s * RATE_HZ)
    mono = samples.mean(axis=1)[: len(samples) // step * step]
    return np.sqrt((mono.reshape(-1, step) ** 2).mean(axis=1))


def _lufs(samples: np.ndarray) -> float:
    meter = Loudness(RATE_HZ)
    for start in range(0, len(samples), 4 * RATE_HZ):
        meter.add(samples[start : start + 4 * RATE_HZ].astype(np.float32))
    return meter.integrated_lufs


@pytest.mark.parametrize(
    ("prompt", "sounds"),
    [
        ("the lighthouse on the cliff, storm, night", ("sea", "wind", "rain", "thunder")),
        ("a calm meadow, no rain", ("birds", "wind")),
        ("heavy rain on a city street at night", ("rain", "traffic")),
        ("after the storm the sea is calm", ("sea",)),
        ("the rain has stopped; birds sing", ("birds",)),
        ("the storm is over", ()),
        ("distant thunder over the desert", ("thunder", "wind")),
        ("she didn't hear the bell, only the wind", ("wind",)),
        ("He walks down a corridor, clock ticking", ("footsteps", "clock")),
        ("the forest at night, wolves howl", ("leaves", "wolf", "owl", "crickets")),
        ("horses gallop across snowy fields", ("hooves", "snow", "wind")),
        ("she leaves the house", ("room",)),
        ("autumn leaves in the wind", ("leaves", "wind")),
        ("she waves the flag", ()),
        ("a grainy photo of Ukraine", ()),
        ("", ()),
    ],
)
def test_a_prompt_asks_for_the_sounds_of_its_words(prompt: str, sounds: tuple[str, ...]) -> None:
    assert BuiltinSound().hears(prompt) == sounds


def test_every_kind_that_words_can_ask_for_exists() -> None:
    from studio.engines.sound.kinds import _WORDS

    assert {kind for asked in _WORDS.values() for kind in asked} <= set(kinds())


@pytest.mark.parametrize("duration_s", [0.5, 7.3, 31.07])
def test_a_sound_is_exactly_as_long_as_asked(tmp_path: Path, duration_s: float) -> None:
    assert len(_made(tmp_path / "wind.wav", "wind", duration_s)) == round(duration_s * RATE_HZ)


@pytest.mark.parametrize("prompt", ["rain", "sea waves", "a market crowd", "city traffic"])
def test_steady_ambiences_stand_at_minus_24_lufs(tmp_path: Path, prompt: str) -> None:
    assert _lufs(_made(tmp_path / "a.wav", prompt)) == pytest.approx(-24, abs=1)


@pytest.mark.parametrize("kind", kinds())
def test_a_loop_has_no_seam_no_offset_and_is_heard(kind: str) -> None:
    loop = tape(kind, 8.0, 1)
    steps = np.abs(np.diff(loop, axis=0))
    assert np.abs(loop[0] - loop[-1]).max() < 1.5 * np.quantile(steps, 0.999)
    assert np.abs(loop.mean(axis=0)).max() < 0.01
    assert np.sqrt((loop**2).mean()) > 0.001


def test_left_and_right_of_a_noise_are_independent(tmp_path: Path) -> None:
    samples = _made(tmp_path / "rain.wav", "rain")
    assert abs(np.corrcoef(samples[:, 0], samples[:, 1])[0, 1]) < 0.2


def test_nothing_clips(tmp_path: Path) -> None:
    for prompt in ("footsteps", "fire and thunder", "typing"):
        assert np.abs(_made(tmp_path / "a.wav", prompt)).max() < 10 ** (-1 / 20)


def test_equal_prompts_and_seeds_give_equal_files_and_other_seeds_others(tmp_path: Path) -> None:
    first, again, other = (_made(tmp_path / f"{i}.wav", "wind and rain", seed=seed) for i, seed in enumerate((1, 1, 2)))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_footsteps_fall_at_a_walking_pace(tmp_path: Path) -> None:
    level = _envelope(_made(tmp_path / "steps.wav", "footsteps", 12.0))
    is_loud = level > 0.4 * level.max()
    steps = np.count_nonzero(is_loud[1:] & ~is_loud[:-1])
    assert 18 <= steps <= 23


def test_the_sea_swells_and_the_rain_does_not(tmp_path: Path) -> None:
    sea, rain = (_envelope(_made(tmp_path / "a.wav", prompt, 21.0), 0.5) for prompt in ("sea", "rain"))
    assert sea.max() / sea.min() > 2
    assert rain.max() / rain.min() < 1.6


def test_crickets_are_high_and_a_heartbeat_is_low(tmp_path: Path) -> None:
    assert _centroid_hz(_made(tmp_path / "a.wav", "crickets")) > 3000
    assert _centroid_hz(_made(tmp_path / "b.wav", "heartbeat")) < 200


def test_distant_thunder_is_darker_than_near_thunder(tmp_path: Path) -> None:
    near, far = (_made(tmp_path / "a.wav", prompt, 12.0) for prompt in ("thunder", "distant thunder"))
    assert _centroid_hz(far) < _centroid_hz(near)


def test_a_long_sound_goes_on_without_a_gap(tmp_path: Path) -> None:
    level = _envelope(_made(tmp_path / "long.wav", "rain", 90.0), 0.25)
    assert level.min() > 0.5 * level.max()


def test_no_time_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="0 seconds"):
        BuiltinSound().sound(tmp_path / "a.wav", "rain", duration_s=0, seed=1)


def test_the_meter_reads_a_reference_tone_as_the_standard_says() -> None:
    time = np.arange(10 * RATE_HZ) / RATE_HZ
    tone = 10 ** (-20 / 20) * np.sin(2 * np.pi * 997 * time)
    assert _lufs(np.stack([tone, tone], axis=1)) == pytest.approx(-20.0, abs=0.1)
