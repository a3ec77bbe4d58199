"""The mix of a film, listened to by measuring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.errors import BadInput
from studio.media.audio import duration_s, loudness, write_wav
from studio.media.mix import Placed, Soundtrack, blocks, mix_track

Tone = Callable[..., Path]
Heard = Callable[[Path], NDArray[np.float32]]
RATE_HZ = 48_000


def _mixed(track: Soundtrack, seconds: float) -> NDArray[np.float32]:
    return np.concatenate(list(blocks(track, seconds)))


def _level_db(samples: NDArray[np.float32], from_s: float, to_s: float, hz: float) -> float:
    """Level of the tone ``hz`` between two times."""
    part = samples[round(from_s * RATE_HZ) : round(to_s * RATE_HZ), 0].astype(float)
    wave = np.exp(-2j * np.pi * hz * np.arange(len(part)) / RATE_HZ)
    return float(20 * np.log10(2 * abs((part * wave).mean()) + 1e-9))


def test_a_voice_starts_on_the_very_sample_it_was_placed_at(tmp_path: Path) -> None:
    write_wav(tmp_path / "click.wav", [np.full((10, 1), 0.5, np.float32)], rate_hz=RATE_HZ, channels=1)
    places_s = (0.0, 1.23456, 2.99999, 4.5)
    mixed = _mixed(Soundtrack(tuple(Placed(tmp_path / "click.wav", at) for at in places_s)), 5.0)
    starts = [at for at in np.flatnonzero(mixed[:, 0]) if at == 0 or mixed[at - 1, 0] == 0]
    assert starts == [round(at * RATE_HZ) for at in places_s]


def test_a_single_channel_voice_is_in_the_middle_and_leaves_the_bed_wide(tmp_path: Path, tone: Tone) -> None:
    voice = tone("voice.wav", hz=700, seconds=1.0, channels=1, level=0.3)
    write_wav(
        tmp_path / "left.wav", [np.tile(np.array([[0.2, 0.0]], np.float32), (96_000, 1))], rate_hz=RATE_HZ, channels=2
    )
    mixed = _mixed(Soundtrack((Placed(voice, 0.5),), (Placed(tmp_path / "left.wav", 0.5),)), 2.4)
    during = mixed[round(0.6 * RATE_HZ) : round(1.4 * RATE_HZ)]
    assert np.abs(during[:, 1]).max() == pytest.approx(0.3, abs=0.01)
    assert (during[:, 0] - during[:, 1]).mean() > 0.03
    assert mixed[-1].tolist() == pytest.approx([0.2, 0.0], abs=0.001)


def test_the_bed_is_eleven_decibels_lower_while_somebody_speaks_and_comes_back(tone: Tone) -> None:
    voice = tone("voice.wav", hz=1000, seconds=2.0, rate_hz=24_000, channels=1)
    bed = tone("bed.wav", hz=200, seconds=8.0)
    mixed = _mixed(Soundtrack((Placed(voice, 3.0),), (Placed(bed, 0.0),)), 8.0)
    before, during, after = (_level_db(mixed, at, at + 1.0, 200) for at in (1.0, 3.5, 6.5))
    assert during - before == pytest.approx(-11, abs=0.2)
    assert after == pytest.approx(before, abs=0.1)
    assert _level_db(mixed, 3.0, 3.1, 200) - before == pytest.approx(-11, abs=0.3)
    assert _level_db(mixed, 2.8, 2.9, 200) == pytest.approx(before, abs=0.1)


def test_the_bed_does_not_swell_between_two_sentences(tone: Tone) -> None:
    voice = tone("voice.wav", hz=1000, seconds=1.0, channels=1)
    bed = tone("bed.wav", hz=200, seconds=6.0)
    mixed = _mixed(Soundtrack((Placed(voice, 1.0), Placed(voice, 2.5)), (Placed(bed, 0.0),)), 6.0)
    assert _level_db(mixed, 2.0, 2.5, 200) - _level_db(mixed, 0.0, 0.8, 200) == pytest.approx(-11, abs=0.3)


def test_a_bed_that_is_not_ducked_stays(tone: Tone) -> None:
    voice, bed = tone("voice.wav", hz=1000, seconds=2.0), tone("bed.wav", hz=200, seconds=6.0)
    mixed = _mixed(Soundtrack((Placed(voice, 2.0),), (Placed(bed, 0.0, is_ducked=False),)), 6.0)
    assert _level_db(mixed, 2.5, 3.5, 200) == pytest.approx(_level_db(mixed, 0.5, 1.5, 200), abs=0.1)


def test_fades_gain_and_cut_are_heard_where_they_are_asked_for(tone: Tone) -> None:
    bed = tone("bed.wav", hz=200, seconds=6.0)
    placed = Placed(bed, 1.0, gain_db=-6.0, fade_in_s=1.0, fade_out_s=1.0, until_s=5.0)
    mixed = _mixed(Soundtrack(beds=(placed,)), 7.0)
    full = _level_db(mixed, 2.5, 3.5, 200)
    assert full == pytest.approx(20 * np.log10(0.2) - 6, abs=0.1)
    assert _level_db(mixed, 1.45, 1.55, 200) - full == pytest.approx(-6, abs=0.3)
    assert _level_db(mixed, 4.45, 4.55, 200) - full == pytest.approx(-6, abs=0.3)
    assert np.abs(mixed[: RATE_HZ - 1]).max() == 0
    assert np.abs(mixed[5 * RATE_HZ :]).max() == 0


def test_a_sound_that_begins_before_the_film_is_heard_from_its_middle(tmp_path: Path) -> None:
    ramp = np.linspace(0, 0.5, 2 * RATE_HZ, dtype=np.float32)[:, None]
    write_wav(tmp_path / "ramp.wav", [ramp], rate_hz=RATE_HZ, channels=1)
    mixed = _mixed(Soundtrack(beds=(Placed(tmp_path / "ramp.wav", -1.0),)), 2.0)
    assert mixed[0, 0] == pytest.approx(0.25, abs=0.001)
    assert np.abs(mixed[RATE_HZ:]).max() == 0


@pytest.fixture
def lively(tmp_path: Path) -> tuple[list[Placed], list[Placed]]:
    """Speech-like bursts with hard peaks over a noisy bed."""
    rng = np.random.default_rng(4)
    time_s = np.arange(3 * RATE_HZ) / RATE_HZ
    bursts = np.sin(2 * np.pi * 170 * time_s) * (rng.random(30).repeat(len(time_s) // 30) ** 3)
    bursts[:: RATE_HZ // 7] = 0.9
    write_wav(tmp_path / "v.wav", [(0.6 * bursts)[:, None].astype(np.float32)], rate_hz=RATE_HZ, channels=1)
    noise = (0.05 * rng.standard_normal((14 * RATE_HZ, 2))).astype(np.float32)
    write_wav(tmp_path / "b.wav", [noise], rate_hz=RATE_HZ, channels=2)
    return [Placed(tmp_path / "v.wav", 1.0), Placed(tmp_path / "v.wav", 7.5)], [Placed(tmp_path / "b.wav", 0.0)]


@pytest.mark.parametrize("name", ["mix.m4a", "mix.wav", "mix.flac"])
def test_the_finished_mix_is_at_minus_sixteen_lufs_with_room_above_its_peaks(
    tmp_path: Path, lively: tuple[list[Placed], list[Placed]], name: str
) -> None:
    out = tmp_path / name
    mix_track(out, duration_s=14.0, voice=lively[0], beds=lively[1])
    measured = loudness(out)
    assert measured.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert measured.true_peak_dbtp <= -1.0
    assert duration_s(out) == pytest.approx(14.0, abs=0.03)


def test_the_limiter_delays_nothing(tmp_path: Path, heard: Heard) -> None:
    write_wav(tmp_path / "click.wav", [np.full((480, 1), 0.9, np.float32)], rate_hz=RATE_HZ, channels=1)
    mix_track(tmp_path / "mix.wav", duration_s=3.0, voice=[Placed(tmp_path / "click.wav", 1.5)])
    onset = np.flatnonzero(np.abs(heard(tmp_path / "mix.wav"))[:, 0] > 0.05)[0]
    assert abs(int(onset) - round(1.5 * RATE_HZ)) <= 2


def test_silence_stays_silence(tmp_path: Path, heard: Heard) -> None:
    mix_track(tmp_path / "mix.wav", duration_s=1.5, voice=[])
    assert np.abs(heard(tmp_path / "mix.wav")).max() == 0
    assert duration_s(tmp_path / "mix.wav") == pytest.approx(1.5)


def test_equal_sounds_give_equal_bytes(tmp_path: Path, lively: tuple[list[Placed], list[Placed]]) -> None:
    for name in ("a.m4a", "b.m4a"):
        mix_track(tmp_path / name, duration_s=4.0, voice=lively[0], beds=lively[1])
    assert (tmp_path / "a.m4a").read_bytes() == (tmp_path / "b.m4a").read_bytes()


def test_a_torn_voice_stops_the_mix_and_says_which_file(tmp_path: Path) -> None:
    (tmp_path / "torn.wav").write_bytes(b"RIFF\x00\x00")
    with pytest.raises(BadInput, match=r"torn\.wav"):
        mix_track(tmp_path / "mix.wav", duration_s=2.0, voice=[Placed(tmp_path / "torn.wav", 0.0)])
