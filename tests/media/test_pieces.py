"""The track to listen to stays in time, and long sound is cut where it is quiet."""

from __future__ import annotations

import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from studio.errors import BadInput, UnusableOutput
from studio.media import ffmpeg
from studio.media.audio import read_blocks, write_wav
from studio.media.pieces import find_pieces, write_piece
from studio.media.speech_track import check_speech_track, write_speech_track

RATE_HZ = 16_000


def _noise(seconds: float, level: float) -> np.ndarray:
    return level * np.random.default_rng(round(seconds * 1000)).standard_normal(round(seconds * RATE_HZ))


def _sound(tmp_path: Path, *parts: tuple[float, float], name: str = "talk.wav") -> Path:
    """A mono WAV of stretches of noise: (seconds, level) each."""
    samples = np.concatenate([_noise(*part) for part in parts]).astype(np.float32)[:, None]
    write_wav(tmp_path / name, [samples], rate_hz=RATE_HZ, channels=1)
    return tmp_path / name


def _onset_s(path: Path) -> float:
    samples = np.concatenate(list(read_blocks(path, rate_hz=RATE_HZ)))[:, 0]
    return float(np.flatnonzero(np.abs(samples) > 0.02)[0] / RATE_HZ)


def _video(out: Path, *sounds: Path, delay_s: float = 0.0, more: tuple[str, ...] = (), seconds: float = 2.0) -> Path:
    picture = ["-f", "lavfi", "-i", f"testsrc=size=64x48:rate=10:duration={seconds}"]
    inputs = [part for sound in sounds for part in ("-itsoffset", str(delay_s), "-i", sound)]
    maps = [part for number in range(len(sounds)) for part in ("-map", f"{number + 1}:a")]
    ffmpeg.run([*picture, *inputs, "-map", "0:v", *maps, "-c:v", "libx264", "-c:a", "aac", *more, out])
    return out


def test_cuts_lie_in_pauses_and_the_pieces_cover_everything(tmp_path: Path) -> None:
    parts = [part for length_s in (40, 12, 33, 26, 9) for part in ((length_s, 0.1), (0.6, 0.0005))]
    pieces = find_pieces(_sound(tmp_path, *parts))
    pauses = np.cumsum([length_s + 0.6 for length_s in (40, 12, 33, 26, 9)]) - 0.3
    assert pieces[0][0] == 0.0
    assert pieces[-1][1] == pytest.approx(123.0, abs=0.03)
    assert all(first[1] == second[0] for first, second in pairwise(pieces))
    assert len(pieces) == 3
    assert all(min(abs(end - pause) for pause in pauses) < 0.1 for _, end in pieces[:-1])
    assert all(28 <= end - start <= 59 for start, end in pieces[:-1])


def test_sound_without_a_pause_is_cut_where_it_is_quietest(tmp_path: Path) -> None:
    pieces = find_pieces(_sound(tmp_path, (45, 0.1), (0.4, 0.05), (30, 0.1)))
    assert pieces[0][1] == pytest.approx(45.2, abs=0.2)


def test_a_short_sound_is_one_piece(tmp_path: Path) -> None:
    assert find_pieces(_sound(tmp_path, (20, 0.1))) == ((0.0, 20.0),)


def test_silence_can_be_cut_as_well(tmp_path: Path) -> None:
    assert len(find_pieces(_sound(tmp_path, (130, 0.0)))) == 3


def test_pieces_of_a_flac_joined_are_the_whole_to_the_sample(tmp_path: Path) -> None:
    whole = _sound(tmp_path, (45, 0.1), (0.5, 0.0), (47, 0.1))
    write_speech_track(whole, tmp_path / "whole.flac")
    pieces = find_pieces(tmp_path / "whole.flac")
    joined = []
    for number, piece in enumerate(pieces):
        write_piece(tmp_path / "whole.flac", tmp_path / f"{number}.wav", piece)
        with wave.open(str(tmp_path / f"{number}.wav")) as file:
            joined.append(np.frombuffer(file.readframes(file.getnframes()), "<i2"))
    with wave.open(str(whole)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert len(pieces) == 2
    assert np.array_equal(np.concatenate(joined)[: len(samples)], samples)


def test_sound_that_starts_after_the_picture_stays_in_time(tmp_path: Path) -> None:
    sound = _sound(tmp_path, (0.25, 0.0), (1.0, 0.1))
    write_speech_track(_video(tmp_path / "late.mp4", sound, delay_s=0.5), tmp_path / "x.flac")
    assert _onset_s(tmp_path / "x.flac") == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize("kind", [".mkv", ".mov", ".ts"])
def test_every_container_keeps_the_offset(tmp_path: Path, kind: str) -> None:
    sound = _sound(tmp_path, (0.25, 0.0), (1.0, 0.1))
    write_speech_track(_video(tmp_path / f"late{kind}", sound, delay_s=0.5), tmp_path / "x.flac")
    assert _onset_s(tmp_path / "x.flac") == pytest.approx(0.75, abs=0.05)


def test_the_track_marked_as_default_is_taken_unless_another_is_chosen(tmp_path: Path) -> None:
    early = _sound(tmp_path, (0.2, 0.0), (1.0, 0.1), name="early.wav")
    late = _sound(tmp_path, (0.8, 0.0), (1.0, 0.1), name="late.wav")
    marks = ("-disposition:a:0", "0", "-disposition:a:1", "default")
    film = _video(tmp_path / "two.mkv", early, late, more=marks)
    write_speech_track(film, tmp_path / "default.flac")
    write_speech_track(film, tmp_path / "first.flac", track=0)
    assert _onset_s(tmp_path / "default.flac") == pytest.approx(0.8, abs=0.03)
    assert _onset_s(tmp_path / "first.flac") == pytest.approx(0.2, abs=0.03)


def test_a_track_that_is_not_there_is_refused(tmp_path: Path) -> None:
    film = _video(tmp_path / "one.mp4", _sound(tmp_path, (1.0, 0.1)))
    with pytest.raises(BadInput, match=r"no audio track 3: it has only track 0"):
        write_speech_track(film, tmp_path / "x.flac", track=3)


def test_a_silent_film_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"has a picture but no sound.*SRT"):
        write_speech_track(_video(tmp_path / "mute.mp4"), tmp_path / "x.flac")


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "poem.mp4").write_text("no film")
    with pytest.raises(BadInput, match=r"poem\.mp4"):
        write_speech_track(tmp_path / "poem.mp4", tmp_path / "x.flac")


def test_names_with_quotes_and_other_scripts_are_read(tmp_path: Path) -> None:
    film = _video(tmp_path / "it's “наш” 映画.mp4", _sound(tmp_path, (1.0, 0.1)))
    write_speech_track(film, tmp_path / "x.flac")
    check_speech_track(tmp_path / "x.flac")


def test_stereo_with_one_silent_side_is_heard(tmp_path: Path, tone: Callable[..., Path]) -> None:
    ffmpeg.run(
        ["-i", tone("mono.wav", hz=300, seconds=1.0, channels=1), "-af", "pan=stereo|c0=0*c0|c1=c0", tmp_path / "s.wav"]
    )
    write_speech_track(tmp_path / "s.wav", tmp_path / "x.flac")
    assert _onset_s(tmp_path / "x.flac") < 0.05


def test_a_torn_track_does_not_pass(tmp_path: Path) -> None:
    write_wav(tmp_path / "fast.wav", [np.zeros((100, 1), np.float32)], rate_hz=48_000, channels=1)
    with pytest.raises(UnusableOutput, match="not 16 kHz"):
        check_speech_track(tmp_path / "fast.wav")
