"""What is refused after it was made: torn, short, silent, clipped, wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter

from studio.errors import UnusableOutput
from studio.media import verify
from studio.media.audio import write_wav
from studio.media.motion import render_move
from studio.media.subtitles import Cue, write_srt
from studio.model.camera import parse_camera

SIZE = (320, 180)


@pytest.fixture
def clip(tmp_path: Path, dots: Path) -> Path:
    out = tmp_path / "clip.mp4"
    render_move(out, dots, move=parse_camera("push in"), duration_s=4.0, size=SIZE, fps=12)
    return out


def test_a_whole_picture_passes(dots: Path) -> None:
    verify.image_of(SIZE)(dots)


@pytest.mark.parametrize("missing", [1, 40, 2000])
def test_a_torn_picture_is_refused(dots: Path, missing: int) -> None:
    body = dots.read_bytes()
    dots.write_bytes(body[: max(0, len(body) - 12 - missing)])
    with pytest.raises(UnusableOutput, match="torn"):
        verify.image_of(SIZE)(dots)


def test_a_picture_of_another_size_is_refused(dots: Path) -> None:
    with pytest.raises(UnusableOutput, match="320x180, not 640x360"):
        verify.image_of((640, 360))(dots)


def test_a_whole_clip_passes(clip: Path) -> None:
    verify.video_of(4.0, SIZE, 12)(clip)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_torn_clip_is_refused(clip: Path, kept: float) -> None:
    body = clip.read_bytes()
    clip.write_bytes(body[: int(len(body) * kept)])
    with pytest.raises(UnusableOutput):
        verify.video_of(4.0, SIZE, 12)(clip)


def test_a_clip_with_its_end_overwritten_is_refused(clip: Path) -> None:
    body = clip.read_bytes()
    lost = len(body) // 6
    clip.write_bytes(body[:-lost] + bytes(lost))
    with pytest.raises(UnusableOutput):
        verify.video_of(4.0, SIZE, 12)(clip)


def test_a_clip_that_is_too_short_or_of_another_size_is_refused(clip: Path) -> None:
    with pytest.raises(UnusableOutput, match=r"lasts 4\.000 s, not 5\.000 s"):
        verify.video_of(5.0, SIZE, 12)(clip)
    with pytest.raises(UnusableOutput, match="not 640x360"):
        verify.video_of(4.0, (640, 360), 12)(clip)
    with pytest.raises(UnusableOutput, match="48 pictures, not 96"):
        verify.video_of(4.0, SIZE, 24)(clip)


def test_a_sound_is_no_clip(tone: Callable[..., Path]) -> None:
    with pytest.raises(UnusableOutput, match="no picture"):
        verify.video_of(1.0)(tone("a.wav", hz=440, seconds=1.0))


def test_a_good_sound_passes(tone: Callable[..., Path]) -> None:
    verify.sound_of(1.5)(tone("a.wav", hz=440, seconds=1.5, level=0.5))


def test_a_torn_sound_is_refused(tone: Callable[..., Path]) -> None:
    path = tone("a.wav", hz=440, seconds=1.0)
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(UnusableOutput, match="torn"):
        verify.sound_of()(path)


def test_a_silent_sound_is_refused_unless_silence_was_asked_for(tone: Callable[..., Path]) -> None:
    path = tone("a.wav", hz=440, seconds=1.0, level=0.0005)
    with pytest.raises(UnusableOutput, match="silent"):
        verify.sound_of()(path)
    verify.sound_of(silent_ok=True)(path)


def test_a_clipped_sound_is_refused(tmp_path: Path) -> None:
    wave = np.clip(3 * np.sin(np.arange(48_000) / 20), -1, 1).astype(np.float32)[:, None]
    write_wav(tmp_path / "a.wav", [wave], rate_hz=48_000, channels=1)
    with pytest.raises(UnusableOutput, match="clipped"):
        verify.sound_of()(tmp_path / "a.wav")


def test_a_sound_of_another_length_and_an_empty_one_are_refused(tmp_path: Path, tone: Callable[..., Path]) -> None:
    with pytest.raises(UnusableOutput, match=r"lasts 1\.000 s, not 2\.000 s"):
        verify.sound_of(2.0)(tone("a.wav", hz=440, seconds=1.0))
    write_wav(tmp_path / "empty.wav", [], rate_hz=48_000, channels=1)
    with pytest.raises(UnusableOutput, match="empty"):
        verify.sound_of()(tmp_path / "empty.wav")


def test_json_must_fit_its_model(tmp_path: Path) -> None:
    check = verify.json_of(TypeAdapter(list[int]))
    (tmp_path / "a.json").write_text("[1, 2]")
    check(tmp_path / "a.json")
    (tmp_path / "a.json").write_text('[1, "two"]')
    with pytest.raises(UnusableOutput, match=r"^a\.json, entry 2: must be"):
        check(tmp_path / "a.json")
    (tmp_path / "a.json").write_text("[1, 2")
    with pytest.raises(UnusableOutput):
        check(tmp_path / "a.json")


def test_subtitles_must_hold_lines_that_do_not_overlap(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    write_srt(path, [Cue(0, 1, "a"), Cue(1, 2, "b")])
    verify.subtitles_ok()(path)
    write_srt(path, [Cue(0, 1.5, "a"), Cue(1, 2, "b")])
    with pytest.raises(UnusableOutput, match="Line 2"):
        verify.subtitles_ok()(path)
    write_srt(path, [])
    with pytest.raises(UnusableOutput, match="no line"):
        verify.subtitles_ok()(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda whole: whole[: len(whole) // 3], "a part of it does not decode|The end of the clip"),
        (
            lambda whole: b"\0\0\0\x18ftypisom\0\0\2\0isomiso2\0\0\x13\x88mdat" + bytes(2000),
            "its index is missing, as when a recording or a copy broke off",
        ),
        (lambda whole: b"<html>not found</html>", "it holds text, whatever its name says"),
        (lambda whole: bytes(5000), "it is damaged, or of a kind that the studio does not know"),
    ],
)
def test_why_a_clip_cannot_be_used_is_said_in_plain_words(
    clip: Path, content: Callable[[bytes], bytes], said: str
) -> None:
    clip.write_bytes(content(clip.read_bytes()))
    with pytest.raises(UnusableOutput, match=said) as refused:
        verify.whole_video()(clip)
    assert "Errno" not in str(refused.value)
    assert str(clip.parent) not in str(refused.value)


@pytest.mark.parametrize("check", [verify.image_of(), verify.whole_sound(), verify.sound_of()])
def test_no_number_of_an_error_and_no_path_is_in_what_is_said(tmp_path: Path, check: verify.Check) -> None:
    torn = tmp_path / "torn.bin"
    torn.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(UnusableOutput) as refused:
        check(torn)
    assert "rrno" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)
