"""How high somebody speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.media.pitch import median_pitch_hz
from tests.dub_media import RATE_HZ, music, speech, wav


@pytest.mark.parametrize("hz", [95, 120, 180, 240])
def test_the_pitch_of_a_voice_is_found_over_music(tmp_path: Path, hz: int) -> None:
    sound = 0.1 * music(8.0)
    voice = speech(3.0, hz=hz, rate_hz=RATE_HZ)
    sound[2 * RATE_HZ : 2 * RATE_HZ + len(voice)] += voice
    file = wav(tmp_path / "talk.wav", sound)
    assert median_pitch_hz(file, [(2.0, 5.0)]) == pytest.approx(hz, rel=0.02)


def test_music_alone_and_silence_have_no_voice(tmp_path: Path) -> None:
    file = wav(tmp_path / "music.wav", music(6.0))
    assert median_pitch_hz(file, [(1.0, 4.0)]) == 0.0
    assert median_pitch_hz(file, [(7.0, 9.0)]) == 0.0
