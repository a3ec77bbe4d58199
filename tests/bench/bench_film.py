"""What putting a film together costs, for 7, 50 and 200 clips of 4 s, each with a spoken line, over one bed.

Good: CPU per clip grows by at most 1.3x from 7 to 200 clips, the memory of this process and its children stays
below 250 MB, and every video packet of the film is that of its clip.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path

import av
import numpy as np
import psutil

from studio.media.audio import write_wav
from studio.media.film import FilmClip, assemble_film
from studio.media.mix import Placed, Soundtrack
from studio.media.motion import render_move
from studio.model.camera import parse_camera
from tests.bench.bench_clip import FPS, SECONDS, SIZE, cpu_s, stills


def main() -> None:
    """Print the figures, found by a process of its own: the memory of other benchmarks is not the film's."""
    subprocess.run([sys.executable, "-m", "tests.bench.bench_film"], check=True)


def measure() -> None:
    """Print the figures of this process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        flat, _ = stills(folder)
        clips = []
        for words in ("push in", "pan right", "static", "orbit left", "tilt up", "zoom out", "crane down"):
            clip = folder / f"{words.replace(' ', '_')}.mp4"
            render_move(clip, flat, move=parse_camera(words), duration_s=SECONDS, size=SIZE, fps=FPS)
            clips.append(FilmClip(clip, SECONDS))
        voice = _sound(folder / "voice.wav", 24_000, 1, 2.5)
        first_s = 0.0
        for count in (7, 50, 200):
            chosen = [clips[number % len(clips)] for number in range(count)]
            bed = _sound(folder / "bed.wav", 48_000, 2, count * SECONDS)
            lines = tuple(Placed(voice, SECONDS * number + 0.5) for number in range(count))
            film = folder / "film.mp4"
            with _Memory() as memory:
                took_s = cpu_s(partial(_film, film, chosen, Soundtrack(lines, (Placed(bed, 0.0),))))
            first_s = first_s or took_s / count
            kept = _packets(film) == [packet for clip in chosen for packet in _packets(clip.path)]
            growth, same = took_s / count / first_s, "untouched" if kept else "CHANGED"
            print(f"{count} clips: {took_s:.2f} CPU s, {growth:.2f}x a clip, {memory.most_mb:.0f} MB, packets {same}")


class _Memory:
    """The most memory that this process and its children held inside a ``with`` block."""

    def __enter__(self) -> _Memory:
        self.most_mb = 0.0
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        own = psutil.Process()
        while not self._done.wait(0.1):
            held = own.memory_info().rss
            for child in own.children(recursive=True):
                try:
                    held += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.most_mb = max(self.most_mb, held / 1e6)


def _film(out: Path, clips: list[FilmClip], track: Soundtrack) -> None:
    assemble_film(out, clips=clips, track=track, size=SIZE, fps=FPS, title="Bench")


def _sound(out: Path, rate_hz: int, channels: int, seconds: float) -> Path:
    noise = np.random.default_rng(2)
    blocks = (
        (0.05 * noise.standard_normal((rate_hz // 2, channels))).astype(np.float32) for _ in range(round(seconds * 2))
    )
    write_wav(out, blocks, rate_hz=rate_hz, channels=channels)
    return out


def _packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        packets = [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]
    return [hashlib.blake2b(packet).digest() for packet in packets]


if __name__ == "__main__":
    measure()
