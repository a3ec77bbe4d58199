"""What the sound of a dub costs: an hour with 900 lines, against encoding that sound alone, and against other ways.

Aimed at: assembling and mixing, the encoding in it included, for at most 1.5x the CPU of encoding alone, at most 300 MB
with ffmpeg counted in, within 10 % of what a minute takes, and every line is to stand in the finished file within a
picture of its place. The mix is encoded by the fast coder at equal noise; beside it stand the same coder at 256 kbit/s,
which is a little cheaper and worse, and ffmpeg's default, thorough coder. Beside it, at five minutes: moviepy and pydub doing the same as one does
with them usually. Read the ratios, not the seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from studio.media import ffmpeg
from studio.media.audio import read_blocks
from studio.media.bed import LEVELS, bed_blocks
from studio.media.dub_mix import AAC, DubBed, TrackLine, assemble_track, mix_dub, weigh_bed
from studio.media.mux import DubTrack, mux_dub
from tests.dub_media import RATE_HZ, film, music, speech, wav

LINES_A_MINUTE = 15
FPS = 25
_PIECE_S = 16.0
"""750 AAC frames: what is joined from such pieces has no seam."""


@dataclass(frozen=True)
class Cost:
    """CPU seconds and the most memory held, children included; and how far the worst line is from its place."""

    cpu_s: float
    encoding_s: float
    plain_s: float
    thorough_s: float
    most_mb: float
    drift_ms: float
    mux_s: float
    mux_mb: float


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        minute = cost(folder, 1)
        hour = cost(folder, 60)
        growth = hour.most_mb / minute.most_mb
        print(f"an hour, 900 lines: {hour.cpu_s:.1f} CPU s, {hour.cpu_s / hour.encoding_s:.2f}x its encoding alone")
        others = f"at 256 kbit/s: {hour.cpu_s / hour.plain_s:.2f}x, thorough: {hour.cpu_s / hour.thorough_s:.2f}x"
        print(f"  (its encoding alone {hour.encoding_s:.1f} CPU s; beside AAC {others})")
        print(f"  {hour.most_mb:.0f} MB, {growth:.2f}x a minute's; worst line {hour.drift_ms:.1f} ms from its place")
        print(f"  putting it beside the picture: {hour.mux_s:.1f} CPU s, {hour.mux_mb:.0f} MB")
        print(f"five minutes: {', '.join(_others(folder))}")


def cost(folder: Path, minutes: float, *, beside_encoding: bool = True) -> Cost:
    """What a dub of so many minutes costs, measured in a process of its own; and its encoding alone, if asked."""
    source, takes = material(folder, minutes)
    work = folder / f"work{minutes}"
    work.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.bench_dub", str(source), str(takes), str(work), str(minutes)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    cpu_s, most_mb, mux_s, mux_mb, late_ms = (float(word) for word in said)
    if not beside_encoding:
        return Cost(cpu_s, 0.0, 0.0, 0.0, most_mb, late_ms, mux_s, mux_mb)
    plain = work / "plain.wav"
    ffmpeg.run(["-i", work / "final.mp4", "-map", "0:a:0", plain])
    thorough = ("-c:a", "aac", "-b:a", "256k")
    ways = (AAC, (*thorough, "-aac_coder", "fast"), thorough)
    encoding_s, plain_s, thorough_s = (_encoding_s(plain, work / "e.m4a", way) for way in ways)
    shutil.rmtree(work)
    return Cost(cpu_s, encoding_s, plain_s, thorough_s, most_mb, late_ms, mux_s, mux_mb)


def material(folder: Path, minutes: float) -> tuple[Path, Path]:
    """A film with music, voices and the hiss of a room, and a folder of thirty takes of two to four seconds."""
    takes = folder / "takes"
    if not takes.is_dir():
        takes.mkdir()
        for number in range(30):
            line = speech(2.0 + number % 5 * 0.5, hz=110 + 5 * number, level=0.1 + 0.02 * number)
            wav(takes / f"{number:02}.wav", line, rate_hz=24_000)
    piece = folder / "piece.mp4"
    if not piece.is_file():
        sound = music(_PIECE_S)
        sound += (0.003 * np.random.default_rng(3).standard_normal(sound.shape)).astype(np.float32)
        for at in range(0, int(_PIECE_S) - 4, 4):
            voice = speech(3.0, hz=180, rate_hz=RATE_HZ)
            sound[at * RATE_HZ :][: len(voice)] += voice
        film(piece, [wav(folder / "piece.wav", sound)], seconds=_PIECE_S, fps=str(FPS))
    source = folder / f"source{minutes}.mp4"
    if not source.is_file():
        ffmpeg.run(["-stream_loop", "-1", "-i", piece, "-t", str(60 * minutes), "-c", "copy", source])
    return source, takes


def lines_of(takes: Path, minutes: float) -> list[TrackLine]:
    """Fifteen lines a minute, every third a little faster than it was spoken."""
    chosen = sorted(takes.glob("*.wav"))
    return [
        TrackLine(chosen[number % len(chosen)], 4 * number + 0.3 + (number % 7) / 100, 1.0 if number % 3 else 1.12)
        for number in range(round(LINES_A_MINUTE * minutes))
    ]


def sound_of_dub(source: Path, takes: Path, work: Path, minutes: float) -> None:
    """From takes to ``mix.m4a``."""
    seconds, lines = 60.0 * minutes, lines_of(takes, minutes)
    assemble_track(work / "track.flac", lines, duration_s=seconds)
    weigh_bed(work / "levels.json", source)
    bed = DubBed(source, LEVELS.validate_json((work / "levels.json").read_bytes()))
    spans = [(line.start_s, line.start_s + 3.0) for line in lines]
    mix_dub(work / "mix.m4a", track=work / "track.flac", bed=bed, spans=spans, duration_s=seconds)


def dub(source: Path, takes: Path, work: Path, minutes: float, final: Path) -> None:
    """From takes to the finished file."""
    sound_of_dub(source, takes, work, minutes)
    mux_dub(final, original=source, tracks=[DubTrack(work / "mix.m4a", "pt")])


def drift_ms(track: Path, mixed: Path, minutes: float) -> float:
    """How far the finished sound is from the track of voices at the worst of twenty places, by correlation."""
    worst = 0.0
    length = 2 * RATE_HZ
    places = {round(60 * minutes * RATE_HZ * share) for share in np.linspace(0.0, 0.96, 20)}
    heard = {at: part for at, part in _parts(bed_blocks(mixed), places, length)}
    for at, part in _parts(read_blocks(track), places, length):
        first, other = (np.fft.rfft(one.mean(axis=1), 2 * length) for one in (part, heard[at]))
        likeness = np.fft.irfft(other * first.conj())
        late = int(np.argmax(likeness))
        late = late if late < length else late - 2 * length
        worst = max(worst, abs(late) / RATE_HZ * 1000) if np.abs(part).max() > 0 else worst
    return worst


@contextmanager
def memory() -> Iterator[list[float]]:
    """The most megabytes that this process and its children hold inside the ``with`` block, and the CPU seconds that
    looking took: it goes through all processes of the machine, and that is none of the work's cost."""
    most, done = [0.0, 0.0], threading.Event()

    def look() -> None:
        own = psutil.Process()
        while not done.wait(0.1):
            held = own.memory_info().rss
            for child in own.children(recursive=True):
                try:
                    held += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            most[:] = max(most[0], held / 1e6), time.thread_time()

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield most
    finally:
        done.set()
        watch.join()


def _others(folder: Path) -> list[str]:
    """The same five minutes by us, by moviepy and by pydub, in CPU seconds and as ratios."""
    source, takes = material(folder, 5)
    out = folder / "other.mp4"
    own_s = _cpu_s(lambda: dub(source, takes, folder, 5, out))
    said = [f"ours {own_s:.1f} CPU s"]
    for name, way in (("moviepy", _moviepy), ("pydub", _pydub)):
        took_s = _cpu_s(lambda way=way: way(source, takes, out))  # type: ignore[misc]
        said.append(f"{name} {took_s / own_s:.1f}x of ours")
    return said


def _moviepy(source: Path, takes: Path, out: Path) -> None:
    """Every line an audio clip, the original turned down, the film written again."""
    from moviepy import AudioFileClip, CompositeAudioClip, VideoFileClip

    with VideoFileClip(str(source)) as clip:
        voices = [AudioFileClip(str(line.take)).with_start(line.start_s) for line in lines_of(takes, 5)]
        bed = clip.audio.with_volume_scaled(0.1)
        whole = clip.with_audio(CompositeAudioClip([bed, *voices]))
        whole.write_videofile(str(out), codec="libx264", preset="veryfast", audio_codec="aac", logger=None)


def _pydub(source: Path, takes: Path, out: Path) -> None:
    """Every line laid over one segment that is the whole track."""
    from pydub import AudioSegment

    plain, sound = out.with_suffix(".wav"), out.with_suffix(".m4a")
    ffmpeg.run(["-i", source, "-vn", "-ar", str(RATE_HZ), plain])
    whole = AudioSegment.from_wav(plain) - 20
    for line in lines_of(takes, 5):
        whole = whole.overlay(AudioSegment.from_wav(line.take), position=round(1000 * line.start_s))
    whole.export(plain, format="wav")
    ffmpeg.run(["-i", plain, *AAC, sound])
    ffmpeg.run(["-i", source, "-i", sound, "-map", "0:v", "-map", "1:a", "-c", "copy", out])


def _parts(blocks: Iterator[np.ndarray], places: set[int], length: int) -> Iterator[tuple[int, np.ndarray]]:
    """Place and sound of each part of ``length`` frames that begins at one of ``places``."""
    at, kept = 0, np.zeros((0, 1), np.float32)
    waiting = sorted(places)
    for block in blocks:
        kept = block if len(kept) == 0 else np.concatenate([kept, block])
        while waiting and waiting[0] + length <= at + len(kept):
            place = waiting.pop(0)
            yield place, kept[place - at : place - at + length]
        gone = max(0, min(len(kept), (waiting[0] if waiting else at + len(kept)) - at))
        kept, at = kept[gone:], at + gone


def _encoding_s(plain: Path, out: Path, way: Sequence[str]) -> float:
    return _cpu_s(lambda: ffmpeg.run(["-i", plain, *way, out]) and None)


def _cpu_s(work: Callable[[], None]) -> float:
    """CPU seconds of ``work``, children included."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def _measured(source: Path, takes: Path, work: Path, minutes: float) -> None:
    with memory() as most:
        cpu_s = _cpu_s(lambda: sound_of_dub(source, takes, work, minutes))
    final, track = work / "final.mp4", DubTrack(work / "mix.m4a", "pt")
    with memory() as most_to_mux:
        mux_s = _cpu_s(lambda: mux_dub(final, original=source, tracks=[track]))
    cpu_s, mux_s = cpu_s - most[1], mux_s - most_to_mux[1]
    print(cpu_s, most[0], mux_s, most_to_mux[0], drift_ms(work / "track.flac", work / "final.mp4", minutes))


if __name__ == "__main__":
    if len(sys.argv) == 5:
        _measured(*(Path(word) for word in sys.argv[1:4]), float(sys.argv[4]))
    else:
        main()
