"""Checks on what a dub is made of, the lengths of odd files, and the names of languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import UnusableOutput
from studio.media import ffmpeg, verify
from studio.media.languages import iso_639_2, language_name
from studio.media.probe import length_s, probe
from tests.dub_media import film, music, speech, wav


def test_a_take_much_too_short_or_too_long_for_its_words_is_unusable(tmp_path: Path) -> None:
    take = wav(tmp_path / "t.wav", speech(2.0), rate_hz=24_000)
    verify.speech_of(5)(take)
    with pytest.raises(UnusableOutput, match=r"2\.0 s for 60 words"):
        verify.speech_of(60)(take)
    long = wav(tmp_path / "l.wav", speech(12.0), rate_hz=24_000)
    with pytest.raises(UnusableOutput, match="left out or added"):
        verify.speech_of(2)(long)


@pytest.mark.parametrize(("name", "codec"), [("s.m4a", ["-c:a", "aac"]), ("s.flac", ["-c:a", "flac"])])
def test_an_encoded_sound_that_lost_its_end_is_unusable(tmp_path: Path, name: str, codec: list[str]) -> None:
    path = tmp_path / name
    ffmpeg.run(["-i", wav(tmp_path / "m.wav", music(6.0)), *codec, "-movflags", "+faststart", path])
    verify.encoded_sound(6.0)(path)
    with pytest.raises(UnusableOutput, match="lasts"):
        verify.encoded_sound(7.0)(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises(UnusableOutput):
        verify.encoded_sound(6.0)(path)


def test_a_finished_film_must_hold_what_was_put_into_it(tmp_path: Path) -> None:
    path = film(tmp_path / "f.mp4", [wav(tmp_path / "m.wav", music(2.0))], seconds=2.0)
    verify.dubbed_film(2.0, sounds=1, subtitles=0, has_picture=True, tolerance_s=0.05)(path)
    with pytest.raises(UnusableOutput, match="holds 1 sounds and 0 subtitles, not 2 and 1"):
        verify.dubbed_film(2.0, sounds=2, subtitles=1, has_picture=True, tolerance_s=0.05)(path)
    with pytest.raises(UnusableOutput, match="lasts"):
        verify.dubbed_film(3.0, sounds=1, subtitles=0, has_picture=True, tolerance_s=0.05)(path)


def test_the_length_of_a_file_whose_header_does_not_say_is_found(tmp_path: Path) -> None:
    path = tmp_path / "live.webm"
    whole = film(tmp_path / "w.mp4", [wav(tmp_path / "m.wav", music(3.0))], seconds=3.0)
    ffmpeg.run(["-i", whole, "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-live", "1", path])
    assert probe(path).duration_s == 0
    assert length_s(path) == pytest.approx(3.0, abs=0.05)


def test_languages_have_three_letters_in_files_and_a_name_to_choose_by() -> None:
    assert [iso_639_2(code) for code in ("pt", "pt-BR", "zh_CN", "por", "xx", "")] == [
        "por", "por", "zho", "por", "und", "und",
    ]  # fmt: skip
    assert [language_name(code) for code in ("pt", "fra", "xx")] == ["Portuguese", "French", "xx"]
