"""The sound of a dub, listened to by measuring."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.audio import loudness
from studio.media.bed import LEVELS
from studio.media.dub_mix import DubBed, TrackLine, assemble_track, mix_dub, track_blocks, weigh_bed
from studio.media.levels import loudness_of
from studio.media.stretch import at_speed
from tests.dub_media import RATE_HZ, film, heard, music, onset_s, si_sdr_db, speech, wav

SECONDS = 13.0
STARTS_S = (1.25, 5.5, 10.0)


def _take(folder: Path, name: str, **voice: float) -> Path:
    return wav(folder / f"{name}.wav", speech(2.0, **voice), rate_hz=24_000)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[TrackLine]:
    """Three lines, spoken at very different levels."""
    folder = tmp_path_factory.mktemp("takes")
    takes = [_take(folder, f"take{n}", level=level, hz=120 + 20 * n) for n, level in enumerate((0.03, 0.3, 0.9))]
    return [TrackLine(take, start_s) for take, start_s in zip(takes, STARTS_S, strict=True)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film with music and, where the lines are, a voice."""
    sound, folder = music(SECONDS), tmp_path_factory.mktemp("original")
    for start_s in STARTS_S:
        voice = speech(2.0, hz=210, rate_hz=RATE_HZ)
        sound[round(start_s * RATE_HZ) :][: len(voice)] += voice
    return film(folder / "original.mp4", [wav(folder / "bed.wav", sound)], seconds=SECONDS)


def _bed(original: Path, **options: bool) -> DubBed:
    levels = original.with_suffix(".json")
    weigh_bed(levels, original)
    return DubBed(original, LEVELS.validate_json(levels.read_bytes()), **options)


def _mixed(folder: Path, lines: list[TrackLine], original: Path, *, bed: DubBed | None = None, **options) -> Path:
    track, out = folder / "track.flac", folder / "mix.m4a"
    assemble_track(track, lines, duration_s=SECONDS)
    spans = [(line.start_s, line.start_s + 2.0) for line in lines]
    mix_dub(out, track=track, bed=bed or _bed(original), spans=spans, duration_s=SECONDS, **options)
    return out


def _track(lines: list[TrackLine], seconds: float = SECONDS):
    return np.concatenate(list(track_blocks(lines, duration_s=seconds)))


def test_each_line_begins_on_its_very_sample(tmp_path: Path) -> None:
    click = wav(tmp_path / "click.wav", np.full((4800, 1), 0.5, np.float32))
    starts_s = (0.0, 1.23456, 2.99999, 4.5)
    found = _track([TrackLine(click, start_s) for start_s in starts_s], 6.0)[:, 0]
    silent = found == 0
    rises = [at for at in np.flatnonzero(~silent) if at < 2 or silent[max(0, at - 1)]]
    assert rises == [round(start_s * RATE_HZ) + 1 for start_s in starts_s]


def test_the_track_is_as_long_as_the_film_to_the_sample(tmp_path: Path, lines: list[TrackLine]) -> None:
    assemble_track(tmp_path / "t.flac", lines, duration_s=SECONDS)
    assert len(heard(tmp_path / "t.flac")) == round(SECONDS * RATE_HZ)
    assert heard(tmp_path / "t.flac").shape[1] == 1


def test_lines_spoken_at_different_levels_are_equally_loud(lines: list[TrackLine]) -> None:
    found = _track(lines)
    levels = [loudness_of(found[round(at * RATE_HZ) : round((at + 2) * RATE_HZ)]) for at in STARTS_S]
    assert max(levels) - min(levels) < 1.0
    assert np.abs(found).max() <= 10 ** (-1 / 20)


def test_a_line_with_a_gain_of_its_own_is_so_much_louder(lines: list[TrackLine]) -> None:
    softer = TrackLine(lines[1].take, lines[1].start_s, gain_db=-6.0)
    part = slice(round(5.5 * RATE_HZ), round(7.5 * RATE_HZ))
    assert loudness_of(_track([softer])[part]) - loudness_of(_track([lines[1]])[part]) == pytest.approx(-6, abs=0.2)


def test_a_faster_line_keeps_its_pitch_and_has_its_length_to_the_sample() -> None:
    time_s = np.arange(3 * RATE_HZ) / RATE_HZ
    tone = (0.3 * np.sin(2 * np.pi * 250 * time_s))[:, None].astype(np.float32)
    for speed in (0.85, 1.07, 1.2):
        found = at_speed(tone, speed)
        assert len(found) == round(3 * RATE_HZ / speed)
        spectrum = np.abs(np.fft.rfft(found[:, 0]))
        assert np.argmax(spectrum) * RATE_HZ / len(found) == pytest.approx(250, abs=1)
        tail = found[-round(0.15 * RATE_HZ) : -round(0.05 * RATE_HZ)]
        assert np.abs(tail).max() > 0.2


def test_silence_before_a_take_of_the_users_own_does_not_delay_it(tmp_path: Path) -> None:
    late = np.concatenate([np.zeros((30_000, 1), np.float32), speech(1.5)])
    found = _track([TrackLine(wav(tmp_path / "own.wav", late, rate_hz=24_000), 2.0)], 6.0)
    assert onset_s(found, near_s=2.0) == pytest.approx(2.03, abs=0.02)


def test_a_line_that_the_film_ends_in_fades_out(tmp_path: Path) -> None:
    take = wav(tmp_path / "t.wav", np.full((2 * RATE_HZ, 1), 0.2, np.float32))
    found = _track([TrackLine(take, 1.0)], 2.0)
    assert len(found) == 2 * RATE_HZ
    assert abs(found[-1, 0]) < 0.01 < abs(found[-4800, 0])


def test_a_torn_take_is_named(tmp_path: Path) -> None:
    (tmp_path / "0007.wav").write_bytes(b"RIFF\x00\x00")
    with pytest.raises(BadInput, match=r"0007\.wav"):
        _track([TrackLine(tmp_path / "0007.wav", 0.0)], 1.0)


def test_the_mix_is_as_loud_as_asked_with_room_above_its_peaks(
    tmp_path: Path, lines: list[TrackLine], original: Path
) -> None:
    bed = _bed(original)
    for target_lufs in (-16.0, -23.0):
        out = _mixed(tmp_path, lines, original, bed=bed, target_lufs=target_lufs)
        measured = loudness(out)
        assert measured.integrated_lufs == pytest.approx(target_lufs, abs=0.5)
        assert measured.true_peak_dbtp <= -1.0
        assert 0 <= len(heard(out)) - round(SECONDS * RATE_HZ) < 1024


def test_peaks_are_held_however_loud_it_is_to_be(tmp_path: Path, lines: list[TrackLine], original: Path) -> None:
    out = _mixed(tmp_path, lines, original, target_lufs=-9.0)
    assert loudness(out).true_peak_dbtp <= -1.0


@pytest.mark.parametrize("hiss", [0.0, 0.003])
def test_outside_speech_the_bed_is_the_original_times_one_gain(
    tmp_path: Path, lines: list[TrackLine], hiss: float
) -> None:
    sound = music(SECONDS)
    sound += (hiss * np.random.default_rng(2).standard_normal(sound.shape)).astype(np.float32)
    original = wav(tmp_path / "room.wav", sound)
    mixed, source = heard(_mixed(tmp_path, lines, original)), heard(original)
    free = np.ones(round(SECONDS * RATE_HZ), bool)
    for start_s in STARTS_S:
        free[round((start_s - 0.1) * RATE_HZ) : round((start_s + 2.7) * RATE_HZ)] = False
    free[:2000] = free[-2000:] = False
    kept, whole = mixed[: len(free)][free], source[: len(free)][free]
    assert si_sdr_db(kept, whole) > 30
    before, after = (np.corrcoef(part.T)[0, 1] for part in (whole, kept))
    assert after == pytest.approx(before, abs=0.01)


def test_lines_are_heard_at_their_times_in_the_encoded_mix(
    tmp_path: Path, lines: list[TrackLine], original: Path
) -> None:
    mixed = heard(_mixed(tmp_path, lines, original, preset="bed-off"))
    for start_s in STARTS_S:
        assert onset_s(mixed, near_s=start_s) == pytest.approx(start_s, abs=0.05)


@pytest.mark.parametrize(
    ("preset", "between", "during"), [("dub", 0, -28), ("voice-over", 0, -15), ("narration", -15, -15)]
)
def test_how_much_of_the_original_is_left_is_what_the_preset_says(
    tmp_path: Path, lines: list[TrackLine], preset: str, between: float, during: float
) -> None:
    time_s = np.arange(round(SECONDS * RATE_HZ)) / RATE_HZ
    tone = np.repeat((0.1 * np.sin(2 * np.pi * 3000 * time_s))[:, None], 2, axis=1).astype(np.float32)
    path = wav(tmp_path / "tone.wav", tone)
    mixed = heard(_mixed(tmp_path, lines, path, preset=preset))

    def level_db(from_s: float, to_s: float) -> float:
        part = mixed[round(from_s * RATE_HZ) : round(to_s * RATE_HZ), 0].astype(float)
        turn = np.exp(-2j * np.pi * 3000 * np.arange(len(part)) / RATE_HZ)
        return float(20 * np.log10(2 * abs((part * turn).mean())))

    def voice_db() -> float:
        part = mixed[round(5.5 * RATE_HZ) : round(7.5 * RATE_HZ)]
        return loudness_of(part)

    assert level_db(5.6, 7.4) - level_db(8.6, 9.6) == pytest.approx(during - between, abs=1.0)
    quiet = loudness_of(mixed[round(8.6 * RATE_HZ) : round(9.8 * RATE_HZ)])
    assert quiet - voice_db() == pytest.approx(between - 3, abs=2.0)


def test_without_a_bed_there_are_only_the_voices(tmp_path: Path, lines: list[TrackLine], original: Path) -> None:
    mixed = heard(_mixed(tmp_path, lines, original, preset="bed-off"))
    assert np.abs(mixed[round(8 * RATE_HZ) : round(9.8 * RATE_HZ)]).max() < 0.001


def test_a_language_with_a_gain_of_its_own_stands_so_much_above_the_bed(
    tmp_path: Path, lines: list[TrackLine], original: Path
) -> None:
    bed = _bed(original)

    def distance_db(gain_db: float) -> float:
        found = heard(_mixed(tmp_path, lines, original, bed=bed, voice_gain_db=gain_db))
        spoken, free = (
            found[round(5.5 * RATE_HZ) : round(7.5 * RATE_HZ)],
            found[round(8.3 * RATE_HZ) : round(9.8 * RATE_HZ)],
        )
        return loudness_of(spoken) - loudness_of(free)

    assert distance_db(6.0) - distance_db(0.0) == pytest.approx(6, abs=0.5)


def test_equal_sounds_give_equal_bytes(tmp_path: Path, lines: list[TrackLine], original: Path) -> None:
    bed = _bed(original)
    first = _mixed(tmp_path, lines, original, bed=bed).read_bytes()
    assert _mixed(tmp_path, lines, original, bed=bed).read_bytes() == first


def test_a_silent_original_is_no_obstacle(tmp_path: Path, lines: list[TrackLine]) -> None:
    path = wav(tmp_path / "silent.wav", np.zeros((round(SECONDS * RATE_HZ), 1), np.float32))
    out = _mixed(tmp_path, lines, path)
    assert loudness(out).integrated_lufs == pytest.approx(-16, abs=0.5)


def test_an_original_of_one_channel_is_heard_on_both_sides(tmp_path: Path, lines: list[TrackLine]) -> None:
    path = tmp_path / "mono.mp4"
    ffmpeg.run(["-i", wav(tmp_path / "mono.wav", music(SECONDS, channels=1)), "-ar", "44100", "-c:a", "aac", path])
    mixed = heard(_mixed(tmp_path, lines, path))
    assert mixed.shape[1] == 2
    assert np.abs(mixed[:, 0] - mixed[:, 1]).max() < 0.02
    assert loudness(tmp_path / "mix.m4a").integrated_lufs == pytest.approx(-16, abs=0.5)
