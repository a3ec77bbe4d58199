"""The sound of a film: voices over beds that give way to them, at one loudness, in blocks of a second.

Beds (music, ambience) are lowered from the *known* times of the voices, not by listening to them: the ramp
down ends when the first word starts. The mix is made twice, once to measure it and once to keep it: that is
cheaper than holding it. Memory does not grow with the film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media import ffmpeg
from studio.media.audio import RATE_HZ, duration_s, parse_loudness, read_blocks, to_channels

if TYPE_CHECKING:
    from studio.media.audio import Samples

TARGET_LUFS = -16.0
"""What streaming services and phones expect of speech with music (AES TD1008 asks -16 for mixed content)."""
LIMITER = "alimiter=limit=0.84:level=0:latency=1"
"""-1.5 dB of sample peak leaves room for what AAC and the filters of a player add between the samples."""

_DUCK_DB = -11.0
_LOOK_AHEAD_S = 0.08
_RELEASE_S = 0.45
_HOLD_S = 0.12
_BRIDGE_S = 0.7
"""Voices closer than this are one stretch of speech: the music does not pump between two sentences."""
_MOST_GAIN_DB = 24.0
_SILENCE_LUFS = -69.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound that starts ``start_s`` into the film. Ramps are straight, at its own ends."""

    path: Path
    start_s: float
    gain_db: float = 0.0
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0
    until_s: float | None = None
    """Where in the film it is cut; None plays it to its end."""
    is_ducked: bool = True
    """A bed that gives way to the voices."""


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """Everything heard in a film."""

    voice: tuple[Placed, ...] = ()
    beds: tuple[Placed, ...] = ()

    @property
    def is_silent(self) -> bool:
        return not self.voice and not self.beds


def mix_track(
    out: Path,
    *,
    duration_s: float,
    voice: Sequence[Placed],
    beds: Sequence[Placed] = (),
    target_lufs: float = TARGET_LUFS,
) -> None:
    """Write the mix, exactly ``duration_s`` long at ``target_lufs``, 48 kHz stereo: WAV, FLAC or AAC (m4a).

    The suffix of ``out`` chooses; true peaks stay at or below -1 dBTP. Raises ``BadInput`` if a sound cannot
    be read.
    """
    track = Soundtrack(tuple(voice), tuple(beds))
    arguments = [*stdin_options(), "-af", levelling(track, duration_s, target_lufs), *_codec(out.suffix)]
    with ffmpeg.feeding([*arguments, *ffmpeg.BITEXACT, out]) as feed:
        for block in blocks(track, duration_s):
            feed.write(block.tobytes())


def stdin_options() -> list[str]:
    """ffmpeg input options that ``blocks`` written to stdin need."""
    return ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", "2", "-i", "pipe:0"]


def aac_options() -> list[str]:
    """ffmpeg output options of the finished track; the fast coder costs half at equal noise."""
    return ["-c:a", "aac", "-aac_coder", "fast", "-b:a", "192k"]


def levelling(track: Soundtrack, duration_s: float, target_lufs: float = TARGET_LUFS) -> str:
    """The ffmpeg filter that brings ``track`` to ``target_lufs``: one gain, then a limiter. Mixes it once."""
    return f"volume={gain_to(track, duration_s, target_lufs):.2f}dB,{LIMITER}"


def gain_to(track: Soundtrack, duration_s: float, target_lufs: float = TARGET_LUFS) -> float:
    """Decibels from the mix as it is to ``target_lufs``; 0 for silence, never more than 24."""
    if track.is_silent:
        return 0.0
    command = ["-loglevel", "info", *stdin_options(), "-af", "ebur128=framelog=quiet", "-f", "null", "-"]
    with ffmpeg.feeding(command) as feed:
        for block in blocks(track, duration_s):
            feed.write(block.tobytes())
    measured = parse_loudness(feed.words).integrated_lufs
    if measured <= _SILENCE_LUFS:
        return 0.0
    return min(_MOST_GAIN_DB, target_lufs - measured)


def blocks(track: Soundtrack, duration_s: float) -> Iterator[Samples]:
    """The mix as it is, before levelling: stereo blocks of a second, ``round(duration_s * 48000)`` frames.

    Each voice starts at exactly ``round(start_s * 48000)``; what lies beyond the end is not heard.
    """
    import numpy as np

    total = round(duration_s * RATE_HZ)
    duck = _Duck(track.voice)
    waiting = sorted(
        [(sound, False) for sound in track.voice] + [(bed, bed.is_ducked) for bed in track.beds],
        key=lambda entry: entry[0].start_s,
    )
    playing: list[_Player] = []
    for start in range(0, total, RATE_HZ):
        block = np.zeros((min(RATE_HZ, total - start), 2), np.float32)
        end = start + len(block)
        while waiting and round(waiting[0][0].start_s * RATE_HZ) < end:
            playing.append(_Player(*waiting.pop(0)))
        for player in playing:
            player.add_to(block, start, duck)
        playing = [player for player in playing if not player.is_over]
        yield block


class _Duck:
    """How far beds are lowered, by the film's time: a curve with corners, straight between."""

    def __init__(self, voice: Sequence[Placed]) -> None:
        import numpy as np

        low = 10 ** (_DUCK_DB / 20)
        times, levels = [0.0], [1.0]
        for start_s, end_s in _stretches(voice):
            times += [start_s - _LOOK_AHEAD_S, start_s, end_s + _HOLD_S, end_s + _HOLD_S + _RELEASE_S]
            levels += [1.0, low, low, 1.0]
        self._at = np.maximum(np.array(times), 0.0) * RATE_HZ
        self._levels = np.array(levels)

    def over(self, start: int, frames: int) -> Samples:
        """Factor for each of ``frames`` frames from ``start``, shape (frames, 1)."""
        import numpy as np

        curve = np.interp(np.arange(start, start + frames), self._at, self._levels)
        factors: Samples = curve.astype(np.float32)[:, None]
        return factors


def _stretches(voice: Sequence[Placed]) -> list[tuple[float, float]]:
    """Start and end of each stretch of speech in seconds, in order, short gaps bridged."""
    found: list[tuple[float, float]] = []
    for sound in sorted(voice, key=lambda placed: placed.start_s):
        end_s = sound.start_s + duration_s(sound.path)
        if found and sound.start_s - found[-1][1] < _BRIDGE_S:
            found[-1] = (found[-1][0], max(found[-1][1], end_s))
        else:
            found.append((sound.start_s, end_s))
    return found


class _Player:
    """One sound being played: reads its file as far as needed, no further."""

    def __init__(self, sound: Placed, is_ducked: bool) -> None:
        self._sound, self._is_ducked = sound, is_ducked
        self._start = round(sound.start_s * RATE_HZ)
        length = round(duration_s(sound.path) * RATE_HZ)
        until = None if sound.until_s is None else round(sound.until_s * RATE_HZ) - self._start
        self._length = length if until is None else max(0, min(length, until))
        self._at = max(0, -self._start)
        self._blocks = read_blocks(sound.path)
        self._rest: Samples | None = None
        self._skip = self._at
        self.is_over = self._at >= self._length

    def add_to(self, block: Samples, start: int, duck: _Duck) -> None:
        """Add this sound's part of the film's frames ``start`` to ``start + len(block)`` to ``block``."""
        offset = self._start + self._at - start
        frames = min(len(block) - offset, self._length - self._at)
        while frames > 0:
            piece = self._next(frames)
            if piece is None:
                self.is_over = True
                return
            shaped = to_channels(piece, 2) * self._level(len(piece))
            if self._is_ducked:
                shaped = shaped * duck.over(start + offset, len(piece))
            block[offset : offset + len(piece)] += shaped
            self._at += len(piece)
            offset += len(piece)
            frames -= len(piece)
        self.is_over = self._at >= self._length

    def _next(self, most: int) -> Samples | None:
        """The next frames of the file, ``most`` at most; None at its end."""
        while self._rest is None or len(self._rest) == 0:
            self._rest = next(self._blocks, None)
            if self._rest is None:
                return None
            skipped = min(self._skip, len(self._rest))
            self._rest, self._skip = self._rest[skipped:], self._skip - skipped
        piece, self._rest = self._rest[:most], self._rest[most:]
        return piece

    def _level(self, frames: int) -> Samples:
        """Gain and fades for the next ``frames`` frames, shape (frames, 1) or (1, 1)."""
        import numpy as np

        sound = self._sound
        gain = np.float32(10 ** (sound.gain_db / 20))
        fade_in, fade_out = sound.fade_in_s * RATE_HZ, sound.fade_out_s * RATE_HZ
        if self._at >= fade_in and self._at + frames <= self._length - fade_out:
            return np.full((1, 1), gain, np.float32)
        at = np.arange(self._at, self._at + frames, dtype=np.float32)
        level = np.ones(frames, np.float32)
        if fade_in > 0:
            level = np.minimum(level, at / np.float32(fade_in))
        if fade_out > 0:
            level = np.minimum(level, (self._length - at) / np.float32(fade_out))
        return (np.clip(level, 0, 1) * gain)[:, None]


def _codec(suffix: str) -> list[str]:
    if suffix.lower() == ".wav":
        return ["-c:a", "pcm_s16le"]
    if suffix.lower() == ".flac":
        return ["-c:a", "flac", "-sample_fmt", "s16"]
    return aac_options()
