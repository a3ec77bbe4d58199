"""Facts about files as they are found in the wild."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.probe import probe


def test_streams_of_a_film_are_told_apart(tmp_path: Path, tone: Callable[..., Path]) -> None:
    sound = tone("a.wav", hz=440, seconds=2.0, rate_hz=44_100, channels=1)
    film = tmp_path / "a.mkv"
    source = "testsrc=size=128x72:rate=25:duration=2"
    ffmpeg.run(["-f", "lavfi", "-i", source, "-i", sound, "-i", sound, "-map", "0", "-map", "1", "-map", "2", film])
    facts = probe(film)
    picture = facts.picture
    assert (picture.width_px, picture.height_px, picture.fps) == (128, 72, 25.0)
    assert [(track.rate_hz, track.channels) for track in facts.audio] == [(44_100, 1), (44_100, 1)]
    assert facts.duration_s == pytest.approx(2.0, abs=0.05)
    assert facts.subtitles == ()


def test_a_turned_phone_video_says_so(tmp_path: Path) -> None:
    plain, turned = tmp_path / "plain.mp4", tmp_path / "turned.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc=size=128x72:rate=25:duration=0.2", plain])
    ffmpeg.run(["-display_rotation", "-90", "-i", plain, "-c", "copy", turned])
    assert probe(plain).picture.rotation_deg == 0
    assert probe(turned).picture.rotation_deg == 90


def test_a_sound_has_no_picture(tone: Callable[..., Path]) -> None:
    with pytest.raises(BadInput, match="only sound"):
        _ = probe(tone("a.wav", hz=440, seconds=0.2)).picture


def test_a_file_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "letter.mp4").write_text("Dear mother")
    with pytest.raises(BadInput, match=r"letter\.mp4"):
        probe(tmp_path / "letter.mp4")
