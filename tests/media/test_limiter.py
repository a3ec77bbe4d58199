"""Peaks are held, and nothing else is touched."""

from __future__ import annotations

import numpy as np

from studio.media.limiter import CEILING, held
from tests.dub_media import RATE_HZ


def _held(sound: np.ndarray) -> np.ndarray:
    return np.concatenate(list(held(sound[at : at + RATE_HZ].copy() for at in range(0, len(sound), RATE_HZ))))


def test_no_sample_is_beyond_the_ceiling_wherever_its_peak_stands() -> None:
    sound = np.random.default_rng(1).uniform(-0.5, 0.5, (3 * RATE_HZ + 777, 2)).astype(np.float32)
    for at in (0, 47, RATE_HZ - 1, RATE_HZ, RATE_HZ + 1, 2 * RATE_HZ + 5, len(sound) - 1):
        sound[at, at % 2] = -1.7
    found = _held(sound)
    assert len(found) == len(sound)
    assert np.abs(found).max() <= CEILING + 1e-6


def test_what_is_not_near_a_peak_is_as_it_was_and_both_sides_go_down_together() -> None:
    sound = np.full((3 * RATE_HZ, 2), 0.3, np.float32)
    sound[RATE_HZ + 9, 0] = 1.68
    found = _held(sound)
    near = slice(RATE_HZ + 9 - 2100, RATE_HZ + 9 + 2100)
    assert np.array_equal(np.delete(found, near, axis=0), np.delete(sound, near, axis=0))
    gain = found[near] / sound[near]
    assert np.abs(gain[:, 0] - gain[:, 1]).max() < 1e-6
    assert np.abs(np.diff(gain[:, 1])).max() < 0.002
