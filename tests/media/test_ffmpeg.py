"""ffmpeg as a child: it fails with words, and never stays behind."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest

from studio.errors import Cancelled, ToolFailed
from studio.media import ffmpeg

RAW = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s:v", "64x64", "-framerate", "10", "-i", "pipe:0"]


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


def test_a_failure_carries_the_last_words(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed, match="nothing_here"):
        ffmpeg.run(["-i", tmp_path / "nothing_here.mp4", tmp_path / "out.mp4"])


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = ["-re", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=5", "-f", "null", "-"]
    with pytest.raises(ToolFailed, match="did not finish"):
        ffmpeg.run(endless, timeout_s=0.5)
    assert not _children()


def _feed(out: Path, frames: int, *, stop_with: Exception | None = None) -> None:
    with ffmpeg.feeding([*RAW, out]) as feed:
        for _ in range(frames):
            feed.write(bytes(64 * 64 * 3 // 2))
        assert len(_children()) == 1
        if stop_with:
            raise stop_with


def test_feeding_a_child_that_died_says_why(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed, match="no_such_folder"):
        _feed(tmp_path / "no_such_folder" / "out.mp4", 2000)


def test_a_cancel_in_the_middle_leaves_no_child(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        _feed(tmp_path / "out.mp4", 1, stop_with=Cancelled("stop"))
    assert not _children()


def test_a_child_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "STALL_S", 0.5)
    slow = ["-re", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=1", "-f", "rawvideo", "pipe:1"]
    started = time.monotonic()

    def read_on() -> None:
        with ffmpeg.reading([*slow[:-3], "-vf", "select=0", *slow[-3:]]) as feed:
            feed.read(1)

    with pytest.raises(ToolFailed):
        read_on()
    assert time.monotonic() - started < 10
    assert not _children()


def test_leaving_a_reader_early_is_no_failure() -> None:
    with ffmpeg.reading(
        ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=60", "-f", "rawvideo", "pipe:1"]
    ) as feed:
        assert len(feed.read(1000)) == 1000
    assert not _children()
