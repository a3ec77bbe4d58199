"""Dubs in their files: what is in them, and that the picture is the one that was brought."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition

from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.dub_mix import TrackLine, assemble_track, mix_dub
from studio.media.mux import DubTrack, mux_dub, suffix_for
from studio.media.probe import length_s, probe
from studio.media.subtitles import Cue, read_cues, write_srt
from tests.dub_media import film, heard, music, onset_s, packets, shown_s, speech, wav

SECONDS = 6.0


def _dub(folder: Path, language: str = "pt", *, seconds: float = SECONDS, at_s: float = 2.0) -> DubTrack:
    """A finished sound with one line at ``at_s``, and its subtitles."""
    take = wav(folder / f"{language}_take.wav", speech(1.5), rate_hz=24_000)
    track, sound, subtitles = (folder / f"{language}{suffix}" for suffix in (".flac", ".m4a", ".srt"))
    assemble_track(track, [TrackLine(take, at_s)], duration_s=seconds)
    mix_dub(sound, track=track, bed=None, spans=(), duration_s=seconds)
    write_srt(subtitles, [Cue(at_s, at_s + 1.5, f"Uma fala em {language}.")])
    return DubTrack(sound, language, subtitles=subtitles)


def _music(folder: Path, seconds: float = SECONDS, channels: int = 2) -> Path:
    return wav(folder / f"music{channels}.wav", music(seconds, channels=channels))


def _streams(path: Path) -> list[tuple[str, str, str, bool]]:
    """Kind, language, title and whether players choose it, of each stream."""
    with av.open(str(path)) as container:
        return [
            (
                stream.type,
                stream.language or "",
                stream.metadata.get("title") or stream.metadata.get("handler_name", ""),
                bool(stream.disposition & Disposition.default),
            )
            for stream in container.streams
        ]


def test_the_picture_is_copied_to_the_bit_and_sound_and_subtitles_stand_beside_it(tmp_path: Path) -> None:
    original = film(tmp_path / "o.mp4", [_music(tmp_path)])
    out = tmp_path / "pt_final.mp4"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)], title="Uma palestra")
    assert packets(out) == packets(original)
    assert shown_s(out) == shown_s(original)
    (_, *beside) = _streams(out)
    assert beside == [
        ("audio", "por", "Portuguese (dub)", True),
        ("subtitle", "por", "Portuguese", False),
    ]
    assert abs(length_s(out) - length_s(original)) <= 1 / 25
    assert onset_s(heard(out), near_s=2.0) == pytest.approx(2.0, abs=0.05)


def test_the_subtitles_say_what_is_said_when_it_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    mux_dub(out, original=film(tmp_path / "o.mp4"), tracks=[_dub(tmp_path)])
    ffmpeg.run(["-i", out, "-map", "0:s:0", tmp_path / "back.srt"])
    (cue,) = read_cues(tmp_path / "back.srt")
    assert (cue.text, cue.start_s, cue.end_s) == ("Uma fala em pt.", 2.0, 3.5)


def test_one_file_holds_the_original_and_every_dub_by_language(tmp_path: Path) -> None:
    tracks = [_music(tmp_path), _music(tmp_path, channels=1)]
    original = film(
        tmp_path / "o.mp4",
        tracks,
        after=["-metadata:s:a:1", "language=fra", "-disposition:a:0", "default", "-disposition:a:1", "0"],
    )
    out = tmp_path / "multilang.mp4"
    mux_dub(out, original=original, tracks=[_dub(tmp_path, "pt"), _dub(tmp_path, "es")], original_language="en")
    assert packets(out) == packets(original)
    assert [stream[:2] + stream[3:] for stream in _streams(out)[1:]] == [
        ("audio", "eng", True),
        ("audio", "fra", False),
        ("audio", "por", False),
        ("audio", "spa", False),
        ("subtitle", "por", False),
        ("subtitle", "spa", False),
    ]
    assert _streams(out)[1][2] == "Original (English)"
    kept, was = heard(out), heard(original)
    assert np.abs(kept[: len(was)] - was[: len(kept)]).max() < 1e-4


@pytest.mark.parametrize(
    ("name", "video", "suffix"),
    [
        ("h265.mp4", ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"], ".mp4"),
        ("av1.mkv", ["-c:v", "libsvtav1", "-preset", "12", "-svtav1-params", "lp=1"], ".mp4"),
        ("vp9.webm", ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"], ".mp4"),
        ("vp8.mkv", ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"], ".mkv"),
        ("prores.mov", ["-c:v", "prores"], ".mkv"),
        ("mpeg4.avi", ["-c:v", "mpeg4", "-bf", "0"], ".mp4"),
    ],
)
def test_pictures_of_every_codec_are_copied_into_a_file_that_can_hold_them(
    tmp_path: Path, name: str, video: list[str], suffix: str
) -> None:
    audio = ["-c:a", "libopus"] if name.endswith(".webm") else ["-c:a", "aac"]
    original = film(tmp_path / name, [_music(tmp_path, 2.0)], seconds=2.0, video=video, audio=audio)
    assert suffix_for(probe(original)) == suffix
    out = tmp_path / f"final{suffix}"
    mux_dub(out, original=original, tracks=[_dub(tmp_path, seconds=2.0, at_s=0.3)])
    assert packets(out) == packets(original)
    assert onset_s(heard(out), near_s=0.3) == pytest.approx(0.3, abs=0.05)
    assert [stream[:2] for stream in _streams(out)[1:]] == [("audio", "por"), ("subtitle", "por")]


def test_a_sound_that_mp4_cannot_hold_puts_the_file_of_all_languages_into_matroska(tmp_path: Path) -> None:
    original = film(tmp_path / "o.mkv", [_music(tmp_path)], audio=["-c:a", "pcm_s16le"])
    facts = probe(original)
    assert (suffix_for(facts), suffix_for(facts, with_original=True)) == (".mp4", ".mkv")
    out = tmp_path / "multilang.mkv"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)], original_language="en")
    assert [stream[1] for stream in _streams(out)[1:]] == ["eng", "por", "por"]
    assert onset_s(heard(out, 1), near_s=2.0) == pytest.approx(2.0, abs=0.05)


def test_pictures_of_a_varying_rate_are_shown_when_they_were(tmp_path: Path) -> None:
    original = tmp_path / "vfr.mp4"
    picked = "select='not(mod(n\\,3))+gt(t\\,3)'"
    source = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=30:d=6", "-vf", picked, "-fps_mode", "vfr"]
    ffmpeg.run([*source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", original])
    out = tmp_path / "out.mp4"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)])
    assert packets(out) == packets(original)
    assert shown_s(out) == pytest.approx(shown_s(original), abs=0.001)


def test_a_turned_picture_stays_turned(tmp_path: Path) -> None:
    upright = film(tmp_path / "u.mp4", [_music(tmp_path)])
    turned = tmp_path / "turned.mp4"
    ffmpeg.run(["-display_rotation", "90", "-i", upright, "-c", "copy", turned])
    out = tmp_path / "out.mp4"
    mux_dub(out, original=turned, tracks=[_dub(tmp_path)])
    assert probe(turned).picture.rotation_deg != 0
    assert probe(out).picture.rotation_deg == probe(turned).picture.rotation_deg
    assert packets(out) == packets(turned)


def test_an_original_whose_clock_starts_late_and_whose_sound_comes_first_stays_in_sync(tmp_path: Path) -> None:
    original = film(
        tmp_path / "o.mkv", [_music(tmp_path)], after=["-output_ts_offset", "3"], before=["-itsoffset", "-0.4"]
    )
    facts = probe(original)
    out = tmp_path / "out.mkv"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)])
    was = [time_s - facts.start_s for time_s in shown_s(original)]
    assert shown_s(out) == pytest.approx(was, abs=0.025)
    assert onset_s(heard(out), near_s=2.0) == pytest.approx(2.0, abs=0.05)


def test_a_transport_stream_is_dubbed_in_time(tmp_path: Path) -> None:
    original = film(tmp_path / "o.ts", [_music(tmp_path)])
    facts = probe(original)
    out = tmp_path / "out.mp4"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)])
    was = [time_s - facts.start_s for time_s in shown_s(original)]
    assert shown_s(out) == pytest.approx(was, abs=0.002)
    assert onset_s(heard(out), near_s=2.0) == pytest.approx(2.0, abs=0.05)


def test_a_mute_film_gets_a_voice(tmp_path: Path) -> None:
    original = film(tmp_path / "mute.mp4")
    out = tmp_path / "out.mp4"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)], original_language="en")
    assert packets(out) == packets(original)
    assert _streams(out)[1][1:] == ("por", "Portuguese (dub)", True)


def test_a_film_of_sixty_pictures_a_second_is_not_a_picture_longer(tmp_path: Path) -> None:
    original = film(tmp_path / "o.mp4", [_music(tmp_path)], fps="60")
    out = tmp_path / "out.mp4"
    total_s = length_s(original)
    mux_dub(out, original=original, tracks=[_dub(tmp_path, seconds=total_s)])
    assert abs(length_s(out) - total_s) <= 1 / 60


def test_subtitles_of_the_original_stand_behind_those_of_the_dub_with_their_names(tmp_path: Path) -> None:
    for language, text in (("en", "Hello there."), ("fr", "Bonjour.")):
        write_srt(tmp_path / f"o_{language}.srt", [Cue(1.0, 2.0, text)])
    inputs = ["-i", film(tmp_path / "p.mp4", seconds=3.0), "-i", tmp_path / "o_en.srt", "-i", tmp_path / "o_fr.srt"]
    named = [
        "-metadata:s:s:0",
        "language=eng",
        "-metadata:s:s:1",
        "language=fra",
        "-metadata:s:s:1",
        "title=Pour sourds",
    ]
    original, dub = tmp_path / "o.mkv", _dub(tmp_path, seconds=3.0, at_s=1.0)
    maps = ["-map", "0", "-map", "1", "-map", "2", "-c", "copy", "-c:s:1", "ass", "-disposition:s:0", "default"]
    ffmpeg.run([*inputs, *maps, *named, original])
    for name in ("out.mp4", "out.mkv"):
        mux_dub(tmp_path / name, original=original, tracks=[dub])
        told = [stream[2:] for stream in _streams(tmp_path / name) if stream[0] == "subtitle"]
        assert told == [("Portuguese", False), ("Original (English)", False), ("Pour sourds", False)]
        ffmpeg.run(["-i", tmp_path / name, "-map", "0:s:2", tmp_path / "back.srt"])
        assert read_cues(tmp_path / "back.srt") == (Cue(1.0, 2.0, "Bonjour."),)


def test_subtitles_that_are_pictures_are_kept_where_the_whole_original_is(tmp_path: Path) -> None:
    drawn, original = tmp_path / "drawn.sup", tmp_path / "o.mkv"
    screen = bytes([1, 64, 0, 240, 16, 0, 0, 128, 0, 0, 0])
    kinds = ((0x16, screen), (0x80, b""))
    parts = (b"PG" + bytes([0, 1, 95, 144, 0, 0, 0, 0, kind, 0, len(body)]) + body for kind, body in kinds)
    drawn.write_bytes(b"".join(parts))
    ffmpeg.run(
        ["-i", film(tmp_path / "p.mp4", seconds=3.0), "-i", drawn, "-map", "0", "-map", "1", "-c", "copy", original]
    )
    facts = probe(original)
    assert (suffix_for(facts), suffix_for(facts, with_original=True)) == (".mp4", ".mkv")
    out = tmp_path / "multilang.mkv"
    mux_dub(out, original=original, tracks=[_dub(tmp_path, seconds=3.0, at_s=1.0)], original_language="en")
    assert [stream.codec for stream in probe(out).subtitles] == ["srt", "pgssub"]


def test_names_may_hold_any_letters(tmp_path: Path) -> None:
    folder = tmp_path / "L'été — 東京 100%: “final”"
    folder.mkdir()
    original = film(folder / "ação, 'cena' [1].mp4", [_music(tmp_path)])
    out = folder / "saída 'final'.mp4"
    dub = _dub(folder)
    mux_dub(out, original=original, tracks=[dub], burned=dub.subtitles, title="A “última” cena = 1; #2")
    with av.open(str(out)) as container:
        assert container.metadata["title"] == "A “última” cena = 1; #2"
        assert len(container.streams.video) == 1


def test_subtitles_are_drawn_into_the_picture_when_asked_and_only_while_they_are_said(tmp_path: Path) -> None:
    original = tmp_path / "grey.mp4"
    source = ["-f", "lavfi", "-i", "color=c=0x404040:s=641x361:r=25:d=4"]
    ffmpeg.run([*source, "-c:v", "libx264", "-pix_fmt", "yuv444p", original])
    dub = _dub(tmp_path, seconds=4.0)
    out = tmp_path / "burned.mp4"
    mux_dub(out, original=original, tracks=[DubTrack(dub.sound, "pt")], burned=dub.subtitles)
    with av.open(str(out)) as container:
        brightest = [int(frame.to_ndarray(format="gray").max()) for frame in container.decode(video=0)]
    assert len(brightest) == 100
    assert max(brightest[:48]) < 90
    assert min(brightest[52:85]) > 200
    assert probe(out).subtitles == ()


def test_a_held_picture_stands_still_and_what_follows_comes_later(tmp_path: Path) -> None:
    original = film(tmp_path / "o.mp4", [_music(tmp_path)], seconds=4.0)
    out = tmp_path / "held.mp4"
    mux_dub(out, original=original, tracks=[_dub(tmp_path, seconds=5.0)], holds=[(2.0, 1.0)])
    with av.open(str(out)) as container:
        pictures = [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)]
    moved = [float(np.abs(one - other).mean()) for one, other in pairwise(pictures)]
    assert len(pictures) == 125
    assert max(moved[51:73]) < 0.5 < min(moved[:48])
    assert length_s(out) == pytest.approx(5.0, abs=0.04)


def test_a_sound_alone_becomes_a_sound_alone(tmp_path: Path) -> None:
    original = tmp_path / "talk.mp3"
    ffmpeg.run(["-i", _music(tmp_path), "-c:a", "libmp3lame", original])
    assert suffix_for(probe(original)) == ".m4a"
    out = tmp_path / "pt_final.m4a"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)])
    assert [stream[:2] for stream in _streams(out)] == [("audio", "por")]
    assert length_s(original) == pytest.approx(SECONDS, abs=0.06)


def test_the_cover_of_a_song_is_no_film(tmp_path: Path) -> None:
    song, cover = tmp_path / "song.mp3", tmp_path / "cover.png"
    ffmpeg.run(["-f", "lavfi", "-i", "color=c=red:s=64x64", "-frames:v", "1", cover])
    arguments = ["-i", _music(tmp_path), "-i", cover, "-map", "0:a", "-map", "1:v", "-c:v", "copy"]
    ffmpeg.run([*arguments, "-disposition:v", "attached_pic", song])
    assert not probe(song).has_film
    assert suffix_for(probe(song)) == ".m4a"


def test_chapters_of_the_original_are_kept(tmp_path: Path) -> None:
    plain, marks, original = film(tmp_path / "p.mp4"), tmp_path / "marks.txt", tmp_path / "o.mp4"
    marks.write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=3000\ntitle=One\n")
    ffmpeg.run(
        ["-i", plain, "-f", "ffmetadata", "-i", marks, "-map", "0", "-map_chapters", "1", "-c", "copy", original]
    )
    out = tmp_path / "out.mp4"
    mux_dub(out, original=original, tracks=[_dub(tmp_path)])
    assert probe(out).chapters == ((0.0, "One"),)


def test_equal_inputs_give_equal_bytes(tmp_path: Path) -> None:
    original, dub = film(tmp_path / "o.mp4", [_music(tmp_path)]), _dub(tmp_path)
    for name in ("a.mp4", "b.mp4"):
        mux_dub(tmp_path / name, original=original, tracks=[dub])
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_without_a_dub_there_is_nothing_to_put_in(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no dub"):
        mux_dub(tmp_path / "out.mp4", original=film(tmp_path / "o.mp4"), tracks=[])
