"""The one ffmpeg that the studio brings along: run it, feed it frames or sound, read from it.

Every call ends: a child that takes or gives no byte for ``STALL_S`` is killed, and so is one whose ``with``
block is left by an error or a cancel. Each child has a process group of its own: Ctrl-C in a terminal reaches the
studio alone, which lets what is in hand be finished; when the studio ends, killed or not, its children end (on Linux;
elsewhere at their time limit). Paths go to ffmpeg whole: it takes ``Talk:1.mp4`` for a protocol. Equal inputs give equal bytes: no creation time, no version strings,
a fixed number of encoder threads.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from studio.errors import StorageFailed, StudioError, ToolFailed
from studio.media.containers import CONTAINERS

_DISK_WORDS = {
    "No space left on device": "the disk is full; make room and run again",
    "Disk quota exceeded": "your disk quota is used up; make room and run again",
    "Read-only file system": "the disk is read-only; choose another folder with --sessions",
}
"""What the system says of a disk, by way of ffmpeg."""

STALL_S = 120.0
"""No byte in or out for so long means that ffmpeg hangs."""

_PR_SET_PDEATHSIG = 1

_COMMON = ("-hide_banner", "-nostats", "-loglevel", "error", "-y")
_THREADS = "4"
"""x264 gives other bytes for another number of threads, and the default follows the machine's cores."""

BITEXACT = (
    *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
    *("-map_metadata:g", "-1", "-map_metadata:s", "-1"),
)
"""Output options that keep times and version strings out of the file."""


def executable() -> Path:
    """Where ffmpeg is. Raises ``ToolFailed`` if the installation lacks it."""
    import imageio_ffmpeg

    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise ToolFailed("ffmpeg is missing: install the studio again (package imageio-ffmpeg).") from error


def x264(fps: int) -> list[str]:
    """Encoder options of every clip, equal for all, so that a film can copy its clips.

    No B-frames: decoding and showing order agree, no edit list, nothing shifts when clips are joined. A
    keyframe every two seconds; a timescale in which every whole frame rate is exact.
    """
    options = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-bf", "0"]
    options += ["-g", str(2 * fps), "-keyint_min", str(2 * fps), "-sc_threshold", "0", "-threads", _THREADS]
    return [*options, "-video_track_timescale", str(timescale(fps)), *colours()]


def timescale(fps: int) -> int:
    """Ticks a second of every clip with ``fps`` frames a second."""
    return fps * 1000


def colours() -> list[str]:
    """Tags for HD video: BT.709, limited range. Untagged 720p is shown in other colours by some players."""
    tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    return [*tags, "-color_range", "tv"]


def limit_s(duration_s: float, *, is_encoded: bool = False) -> float:
    """How long a call may take for so much film: far more than a slow machine needs, to copy it or to encode it."""
    return 600.0 + duration_s * (60.0 if is_encoded else 4.0)


def run(arguments: Sequence[str | Path], *, timeout_s: float = 3600.0) -> str:
    """Run ffmpeg to its end; returns what it said on stderr.

    Raises ``ToolFailed`` if it fails or hangs, ``StorageFailed`` if the disk refused what it wrote.
    """
    command = _command(arguments, feeds=False)
    with tempfile.TemporaryFile() as said:
        try:
            code = subprocess.call(
                command, stdin=subprocess.DEVNULL, stderr=said, timeout=timeout_s, process_group=0,
                preexec_fn=_ending_with_us(),
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise ToolFailed(f"ffmpeg did not finish in {timeout_s:.0f} s. {_last_words(said)}") from error
        if code != 0:
            raise _failure(f"ffmpeg failed (exit code {code}).", said)
        return _all_words(said)


class Feed:
    """The way into a running ffmpeg."""

    def __init__(self, child: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        self._child = child
        self._said = said
        self.moved_at = time.monotonic()
        self.words = ""
        """What ffmpeg said, once the ``with`` block has been left."""

    def write(self, block: bytes | bytearray | memoryview) -> None:
        """Hand over ``block``; blocks while ffmpeg is busy. ``ToolFailed`` if it has gone."""
        stdin = self._child.stdin
        assert stdin is not None
        try:
            stdin.write(block)
        except (BrokenPipeError, OSError) as error:
            self._child.wait(10)
            raise _failure("ffmpeg stopped early.", self._said) from error
        self.moved_at = time.monotonic()

    def read(self, size_bytes: int) -> bytes:
        """Up to ``size_bytes`` of ffmpeg's output; empty at its end."""
        stdout = self._child.stdout
        assert stdout is not None
        block = stdout.read(size_bytes)
        self.moved_at = time.monotonic()
        return block


@contextmanager
def feeding(arguments: Sequence[str | Path]) -> Iterator[Feed]:
    """ffmpeg with an open stdin (``-i -`` or ``pipe:0``); leaving the block waits for its end.

    Raises ``ToolFailed`` if ffmpeg fails, at the write that notices or at the end.
    """
    with _child(_command(arguments, feeds=True), stdin=subprocess.PIPE, stdout=None) as feed:
        yield feed


@contextmanager
def filming(out: Path, *, size: tuple[int, int], fps: int) -> Iterator[Feed]:
    """A clip being encoded to ``out`` (MP4) from yuv420p frames of ``size``, as every clip of a film is."""
    source = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s:v", f"{size[0]}x{size[1]}", "-framerate", str(fps)]
    arguments = [*source, *colours(), "-i", "pipe:0", "-vf", "setsar=1", *x264(fps), *BITEXACT]
    with feeding([*arguments, "-movflags", "+faststart", "-f", "mp4", out]) as feed:
        yield feed


@contextmanager
def reading(arguments: Sequence[str | Path]) -> Iterator[Feed]:
    """ffmpeg whose stdout (``pipe:1``) is read. Leaving the block before its end kills ffmpeg silently."""
    with _child(_command(arguments, feeds=False), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as feed:
        yield feed


@contextmanager
def _child(command: list[str], *, stdin: int, stdout: int | None) -> Iterator[Feed]:
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            command, stdin=stdin, stdout=stdout, stderr=said, process_group=0, preexec_fn=_ending_with_us()
        )
        feed, done = Feed(child, said), threading.Event()
        guard = threading.Thread(target=_kill_if_stalled, args=(child, feed, done), daemon=True)
        guard.start()
        try:
            yield feed
            _finish(child, said)
            feed.words = _all_words(said)
        finally:
            done.set()
            if child.poll() is None:
                child.kill()
                child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None and not pipe.closed:
                    _close_quietly(pipe)
            guard.join()


def _finish(child: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if child.stdout is not None:
        if child.stdout.read(1):
            return
    elif child.stdin is not None:
        _close_quietly(child.stdin)
    code = child.wait()
    if code != 0:
        raise _failure(f"ffmpeg failed (exit code {code}).", said)


def _close_quietly(pipe: IO[bytes]) -> None:
    """Close ``pipe``; that its other end has gone shows in the exit code."""
    try:
        pipe.close()
    except OSError:
        return


def _kill_if_stalled(child: subprocess.Popen[bytes], feed: Feed, done: threading.Event) -> None:
    while not done.wait(1.0):
        if time.monotonic() - feed.moved_at > STALL_S:
            child.kill()
            return


def _command(arguments: Sequence[str | Path], *, feeds: bool) -> list[str]:
    quiet = () if feeds else ("-nostdin",)
    return [str(executable()), *_COMMON, *quiet, *_words(arguments)]


def _words(arguments: Sequence[str | Path]) -> Iterator[str]:
    """The arguments as ffmpeg takes them; a file whose format is not given may be one of the known kinds alone."""
    is_given = False
    for argument in arguments:
        if argument == "-i" and not is_given:
            yield from ("-format_whitelist", CONTAINERS)
        is_given = argument != "-i" and (is_given or argument == "-f")
        yield str(argument.absolute() if isinstance(argument, Path) else argument)


def _ending_with_us() -> Callable[[], None] | None:
    """What a child does before it becomes ffmpeg, so that the system ends it when the studio ends, however that ends."""
    if sys.platform != "linux":
        return None
    import ctypes

    prctl, studio = ctypes.CDLL(None).prctl, os.getpid()

    def end_with_studio() -> None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != studio:
            os._exit(1)

    return end_with_studio


def _failure(what: str, said: IO[bytes]) -> StudioError:
    """The error that says why: the disk's refusal if there was one, else what ffmpeg said last."""
    words = _all_words(said)
    disk = next((remedy for sign, remedy in _DISK_WORDS.items() if sign in words), "")
    if disk:
        return StorageFailed(f"A sound or a picture could not be written: {disk}. What was finished is kept.")
    return ToolFailed(f"{what} {_last_words(said)}")


def _all_words(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode("utf-8", "replace")


def _last_words(said: IO[bytes]) -> str:
    lines = [line for line in _all_words(said).splitlines() if line.strip()]
    return "It said: " + " / ".join(lines[-4:]) if lines else "It said nothing."
