"""Films: pictures untouched, sound in time, everything else along."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.audio import loudness
from studio.media.film import Chapter, FilmClip, assemble_film, conform
from studio.media.mix import Placed, Soundtrack
from studio.media.motion import render_move
from studio.media.probe import probe
from studio.media.subtitles import Cue, write_srt
from studio.model.camera import parse_camera

SIZE, FPS = (320, 180), 12
Tone = Callable[..., Path]
Decode = Callable[[Path], list[NDArray[np.uint8]]]
Heard = Callable[[Path], NDArray[np.float32]]


@pytest.fixture
def clips(tmp_path: Path, dots: Path) -> list[FilmClip]:
    """Three clips of the built-in camera, one with a quote and a letter beyond ASCII in its name."""
    made = []
    for name, words, seconds in (("a", "push in", 1.0), ("b'é", "pan right", 1.5), ("c", "static", 0.75)):
        out = tmp_path / f"{name}.mp4"
        render_move(out, dots, move=parse_camera(words), duration_s=seconds, size=SIZE, fps=FPS)
        made.append(FilmClip(out, seconds))
    return made


def _packets(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        packets = [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]
    return [hashlib.sha256(packet).hexdigest() for packet in packets]


def _film(out: Path, clips: list[FilmClip], track: Soundtrack | None = None, **more: object) -> Path:
    assemble_film(out, clips=clips, track=track or Soundtrack(), size=SIZE, fps=FPS, **more)  # type: ignore[arg-type]
    return out


def test_pictures_are_copied_untouched_and_in_order(tmp_path: Path, clips: list[FilmClip]) -> None:
    film = _film(tmp_path / "film.mp4", clips)
    assert _packets(film) == [packet for clip in clips for packet in _packets(clip.path)]


def test_a_film_is_as_long_as_its_clips_and_its_pictures_are_evenly_spaced(
    tmp_path: Path, clips: list[FilmClip]
) -> None:
    film = _film(tmp_path / "film.mp4", clips)
    with av.open(str(film)) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert times == pytest.approx([number / FPS for number in range(12 + 18 + 9)], abs=0.001)
    facts = probe(film)
    assert facts.duration_s == pytest.approx(3.25, abs=0.05)
    assert facts.audio[0].duration_s == pytest.approx(3.25, abs=0.05)


def test_sound_stands_where_it_was_placed(tmp_path: Path, clips: list[FilmClip], tone: Tone, heard: Heard) -> None:
    click = tone("click.wav", hz=2000, seconds=0.05, level=0.8)
    track = Soundtrack((Placed(click, 0.5), Placed(click, 2.75)))
    samples = np.abs(heard(_film(tmp_path / "film.mp4", clips, track))).max(axis=1)
    for at_s in (0.5, 2.75):
        around = samples[round((at_s - 0.2) * 48_000) : round((at_s + 0.2) * 48_000)]
        onset = np.flatnonzero(around > 0.3 * around.max())[0] / 48_000 - 0.2
        assert onset == pytest.approx(0, abs=0.005)


def test_a_clip_with_sound_of_its_own_brings_none_and_shifts_nothing(
    tmp_path: Path, clips: list[FilmClip], tone: Tone, heard: Heard
) -> None:
    loud = tmp_path / "loud.mp4"
    noise = tone("noise.wav", hz=500, seconds=1.0, level=0.9)
    ffmpeg.run(["-i", clips[0].path, "-i", noise, "-c:v", "copy", "-c:a", "aac", loud])
    click = tone("click.wav", hz=2000, seconds=0.05, level=0.8)
    film = _film(tmp_path / "film.mp4", [FilmClip(loud, 1.0), *clips[1:]], Soundtrack((Placed(click, 2.0),)))
    samples = np.abs(heard(film)).max(axis=1)
    assert samples[: round(1.8 * 48_000)].max() < 0.01
    assert np.flatnonzero(samples > 0.3 * samples.max())[0] / 48_000 == pytest.approx(2.0, abs=0.005)


def test_the_film_sounds_at_minus_sixteen_lufs(tmp_path: Path, clips: list[FilmClip], tone: Tone) -> None:
    track = Soundtrack((Placed(tone("v.wav", hz=300, seconds=1.5, level=0.7), 0.5),))
    measured = loudness(_film(tmp_path / "film.mp4", clips, track))
    assert measured.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert measured.true_peak_dbtp <= -1


def test_a_film_without_sound_has_a_silent_track(tmp_path: Path, clips: list[FilmClip], heard: Heard) -> None:
    film = _film(tmp_path / "film.mp4", clips)
    assert probe(film).audio[0].codec == "aac"
    assert np.abs(heard(film)).max() < 1e-4


def test_subtitles_chapters_and_title_come_along(tmp_path: Path, clips: list[FilmClip]) -> None:
    write_srt(tmp_path / "s.srt", [Cue(0.2, 1.4, "Is anybody\nthere?"), Cue(1.5, 3.0, "Nobody.")])
    chapters = [Chapter(0.0, "One; two = #3"), Chapter(1.0, "Ende — 終")]
    film = _film(
        tmp_path / "film.mp4", clips, subtitles=tmp_path / "s.srt", chapters=chapters, title="Der Turm", language="de"
    )
    facts = probe(film)
    assert [(text.codec, text.language) for text in facts.subtitles] == [("mov_text", "deu")]
    assert facts.audio[0].language == "deu"
    assert facts.chapters == ((0.0, "One; two = #3"), (1.0, "Ende — 終"))
    with av.open(str(film)) as container:
        assert container.metadata["title"] == "Der Turm"
    ffmpeg.run(["-i", film, "-map", "0:s:0", tmp_path / "back.srt"])
    assert "00:00:01,500 --> 00:00:03,000\nNobody." in (tmp_path / "back.srt").read_text()


def test_subtitles_without_a_line_are_left_out(tmp_path: Path, clips: list[FilmClip]) -> None:
    write_srt(tmp_path / "s.srt", [])
    assert probe(_film(tmp_path / "film.mp4", clips, subtitles=tmp_path / "s.srt")).subtitles == ()


def test_only_the_odd_clip_is_encoded_again(tmp_path: Path, clips: list[FilmClip], frames: Decode) -> None:
    odd = tmp_path / "odd.mp4"
    source = "color=0xC82020:size=240x240:rate=25:duration=0.6"
    ffmpeg.run(["-f", "lavfi", "-i", source, "-c:v", "libx264", "-pix_fmt", "yuv420p", odd])
    film = _film(tmp_path / "film.mp4", [clips[0], FilmClip(odd, 1.0), clips[2]])
    packets = _packets(film)
    assert len(packets) == 12 + 12 + 9
    assert packets[:12] == _packets(clips[0].path)
    assert packets[-9:] == _packets(clips[2].path)
    shown = frames(film)[23]
    assert shown.shape == (180, 320, 3)
    assert shown[90, 160].astype(int) == pytest.approx([200, 32, 32], abs=14)
    assert shown[90, 20].max() < 12


def test_a_clip_of_the_wrong_length_is_held_or_cut(tmp_path: Path, clips: list[FilmClip], frames: Decode) -> None:
    wanted = [FilmClip(clips[0].path, 2.0), FilmClip(clips[1].path, 0.5)]
    film = _film(tmp_path / "film.mp4", wanted)
    pictures = frames(film)
    assert len(pictures) == 24 + 6
    assert np.abs(pictures[23].astype(int) - pictures[12]).mean() < 1.5


def test_clips_of_another_maker_that_agree_are_copied(tmp_path: Path) -> None:
    made = []
    for number in range(2):
        out = tmp_path / f"foreign{number}.mp4"
        source = f"testsrc=size=320x180:rate={FPS}:duration=1"
        ffmpeg.run(["-f", "lavfi", "-i", source, "-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p", out])
        made.append(FilmClip(out, 1.0))
    film = _film(tmp_path / "film.mp4", made)
    assert _packets(film) == [packet for clip in made for packet in _packets(clip.path)]


def test_a_conformed_clip_agrees_with_those_of_the_built_in_camera(tmp_path: Path, clips: list[FilmClip]) -> None:
    conform(clips[1].path, tmp_path / "same.mp4", size=SIZE, fps=FPS, duration_s=1.0)
    own, conformed = probe(clips[0].path).picture, probe(tmp_path / "same.mp4").picture
    assert conformed == own


def test_equal_clips_and_sounds_give_equal_films(tmp_path: Path, clips: list[FilmClip], tone: Tone) -> None:
    track = Soundtrack((Placed(tone("v.wav", hz=300, seconds=1.0), 0.5),))
    first, second = (_film(tmp_path / name, clips, track, title="T").read_bytes() for name in ("1.mp4", "2.mp4"))
    assert first == second


def test_a_film_of_nothing_and_a_torn_clip_are_refused(tmp_path: Path, clips: list[FilmClip]) -> None:
    with pytest.raises(BadInput, match="at least one clip"):
        _film(tmp_path / "film.mp4", [])
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(clips[0].path.read_bytes()[:300])
    with pytest.raises(BadInput, match=r"torn\.mp4"):
        _film(tmp_path / "film.mp4", [clips[0], FilmClip(torn, 1.0)])
    assert not list(tmp_path.glob("film-*"))
