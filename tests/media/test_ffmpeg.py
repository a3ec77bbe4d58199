"""ffmpeg as a child: it fails with words, and never stays behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from studio.errors import Cancelled, StorageFailed, ToolFailed
from studio.media import ffmpeg

RAW = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s:v", "64x64", "-framerate", "10", "-i", "pipe:0"]


def _children() -> list[psutil.Process]:
    alive = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in alive if "ffmpeg" in child.name()]  # a translator of another test may still be there


def test_a_failure_carries_the_last_words(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed, match="nothing_here"):
        ffmpeg.run(["-i", tmp_path / "nothing_here.mp4", tmp_path / "out.mp4"])


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = ["-re", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=5", "-f", "null", "-"]
    with pytest.raises(ToolFailed, match="did not finish"):
        ffmpeg.run(endless, timeout_s=0.5)
    assert not _children()


def _feed(out: Path, frames: int, *, stop_with: Exception | None = None, container: str = "") -> None:
    with ffmpeg.feeding([*RAW, *(["-f", container] if container else []), out]) as feed:
        for _ in range(frames):
            feed.write(bytes(64 * 64 * 3 // 2))
        assert len(_children()) == 1
        if stop_with:
            raise stop_with


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_told_in_the_words_of_the_studio() -> None:
    full = Path("/dev/full")
    with pytest.raises(StorageFailed, match="the disk is full; make room and run again"):
        ffmpeg.run(["-f", "lavfi", "-i", "testsrc=size=320x180:duration=2", "-f", "mp4", full])
    with pytest.raises(StorageFailed, match="the disk is full"):
        _feed(full, 500, container="mp4")
    assert not _children()


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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends at its time limit")
def test_ffmpeg_ends_with_a_studio_that_is_killed() -> None:
    endless = ["-re", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=5", "-f", "null", "-"]
    code = f"from studio.media import ffmpeg; ffmpeg.run({endless!r})"
    studio = subprocess.Popen([sys.executable, "-c", code])
    mother, until = psutil.Process(studio.pid), time.monotonic() + 30
    while not (children := mother.children()) and time.monotonic() < until:
        studio.poll()
    studio.kill()
    studio.wait()
    assert children
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
