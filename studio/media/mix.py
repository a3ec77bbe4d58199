"""The sound of a film or a dub: voices over beds that give way to them, at one loudness, in blocks of a second.

Beds (music, ambience) are lowered from the *known* times of the voices, not by listening to them: the ramp
down ends when the first word starts. The mix is made twice, once to measure it and once to keep it: that is
cheaper than holding it. Memory does not grow with the film.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media import ffmpeg
from studio.media.audio import RATE_HZ, duration_s, parse_loudness, read_blocks
from studio.media.limiter import held

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.media.audio import Samples

TARGET_LUFS = -16.0
"""What streaming services and phones expect of speech with music (AES TD1008 asks -16 for mixed content)."""

_MOST_GAIN_DB = 24.0
_SILENCE_LUFS = -69.0


@dataclass(frozen=True, slots=True)
class Ducking:
    """How beds give way: down within ``look_ahead_s`` before the first word, up within ``release_s`` after the last."""

    depth_db: float = -11.0
    look_ahead_s: float = 0.08
    hold_s: float = 0.12
    release_s: float = 0.45
    bridge_s: float = 0.7
    """Voices closer than this are one stretch of speech: the music does not pump between two sentences."""


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
    lasts_s: float | None = None
    """Its length where that is known; else the file is asked."""
    read: Callable[[Path], Iterator[Samples]] = read_blocks
    """How its file is read: 48 kHz, one or two channels, in blocks."""

    @property
    def length_s(self) -> float:
        """How long it is, by itself."""
        return duration_s(self.path) if self.lasts_s is None else self.lasts_s


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """Everything heard in a film."""

    voice: tuple[Placed, ...] = ()
    beds: tuple[Placed, ...] = ()
    ducking: Ducking = Ducking()
    spans: tuple[tuple[float, float], ...] | None = None
    """When somebody speaks, in seconds; None where each voice speaks as long as it lasts."""

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
    write_at(out, track, duration_s, gain_db=gain_to(track, duration_s, target_lufs))


def write_at(out: Path, track: Soundtrack, duration_s: float, *, gain_db: float) -> None:
    """Write the mix at ``gain_db`` instead of a loudness: a part of a mix, as loud as it is in the whole."""
    with ffmpeg.feeding([*stdin_options(), *_codec(out.suffix), *ffmpeg.BITEXACT, out]) as feed:
        for block in levelled(track, duration_s, gain_db):
            feed.write(block.data)


def stdin_options() -> list[str]:
    """ffmpeg input options that the blocks of a mix written to stdin need."""
    return ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", "2", "-i", "pipe:0"]


def aac_options() -> list[str]:
    """ffmpeg output options of the finished track; the fast coder costs half at equal noise."""
    return ["-c:a", "aac", "-aac_coder", "fast", "-b:a", "192k"]


def gain_to(track: Soundtrack, duration_s: float, target_lufs: float = TARGET_LUFS) -> float:
    """Decibels from the mix as it is to ``target_lufs``; 0 for silence, never more than 24."""
    if track.is_silent:
        return 0.0
    command = ["-loglevel", "info", *stdin_options(), "-af", "ebur128=framelog=quiet", "-f", "null", "-"]
    with ffmpeg.feeding(command) as feed:
        for block in blocks(track, duration_s):
            feed.write(block.data)
    measured = parse_loudness(feed.words).integrated_lufs
    if measured <= _SILENCE_LUFS:
        return 0.0
    return min(_MOST_GAIN_DB, target_lufs - measured)


def levelled(track: Soundtrack, duration_s: float, gain_db: float) -> Iterator[Samples]:
    """The finished mix in ``blocks``: ``gain_db`` louder, its peaks held."""
    return held(blocks(louder(track, gain_db), duration_s))


def louder(track: Soundtrack, gain_db: float) -> Soundtrack:
    """``track`` with every sound in it ``gain_db`` louder."""
    voice, beds = (
        tuple(replace(sound, gain_db=sound.gain_db + gain_db) for sound in sounds)
        for sounds in (track.voice, track.beds)
    )
    return replace(track, voice=voice, beds=beds)


def blocks(track: Soundtrack, duration_s: float) -> Iterator[Samples]:
    """The mix as it is, before levelling: stereo blocks of a second, ``round(duration_s * 48000)`` frames.

    Each voice starts at exactly ``round(start_s * 48000)``; what lies beyond the end is not heard.
    """
    import numpy as np

    total = round(duration_s * RATE_HZ)
    duck = Duck(track)
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


class Duck:
    """How far the beds of ``track`` are lowered, by the film's time: a curve with corners, straight between."""

    def __init__(self, track: Soundtrack) -> None:
        import numpy as np

        ducking = track.ducking
        low = 10 ** (ducking.depth_db / 20)
        times, levels = [0.0], [1.0]
        for start_s, end_s in _stretches(track):
            held_s = end_s + ducking.hold_s
            times += [start_s - ducking.look_ahead_s, start_s, held_s, held_s + ducking.release_s]
            levels += [1.0, low, low, 1.0]
        self._at = np.maximum(np.array(times), 0.0) * RATE_HZ
        self._levels = np.array(levels)

    def at(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Factor at each of these seconds of the film."""
        import numpy as np

        return np.asarray(np.interp(times_s * RATE_HZ, self._at, self._levels))

    def over(self, start: int, frames: int) -> Samples:
        """Factor for each of ``frames`` frames from ``start``, shape (frames, 1), or (1, 1) where it stays."""
        import numpy as np

        first, last = np.searchsorted(self._at, (start, start + frames))
        corners = np.array([start, *np.ceil(self._at[first:last]), start + frames])
        levels = np.interp(corners, self._at, self._levels)
        if (levels == levels[0]).all():
            return np.full((1, 1), levels[0], np.float32)
        factors = np.empty((frames, 1), np.float32)
        for at, end, level, then in zip(corners, corners[1:], levels, levels[1:], strict=False):
            count = int(end - at)
            factors[int(at) - start : int(end) - start, 0] = (
                level if level == then else np.linspace(level, then, count, endpoint=False)
            )
        return factors


def _stretches(track: Soundtrack) -> list[tuple[float, float]]:
    """Start and end of each stretch of speech in seconds, in order, short gaps bridged."""
    spans = track.spans
    if spans is None:
        spans = tuple((voice.start_s, voice.start_s + voice.length_s) for voice in track.voice)
    ducking = track.ducking
    bridge_s = max(ducking.bridge_s, ducking.hold_s + ducking.release_s + ducking.look_ahead_s)
    found: list[tuple[float, float]] = []
    for start_s, end_s in sorted(spans):
        if found and start_s - found[-1][1] < bridge_s:
            found[-1] = (found[-1][0], max(found[-1][1], end_s))
        else:
            found.append((start_s, end_s))
    return found


class _Player:
    """One sound being played: reads its file as far as needed, no further."""

    def __init__(self, sound: Placed, is_ducked: bool) -> None:
        self._sound, self._is_ducked = sound, is_ducked
        self._start = round(sound.start_s * RATE_HZ)
        length = round(sound.length_s * RATE_HZ)
        until = None if sound.until_s is None else round(sound.until_s * RATE_HZ) - self._start
        self._length = length if until is None else max(0, min(length, until))
        self._at = max(0, -self._start)
        self._blocks = sound.read(sound.path)
        self._rest: Samples | None = None
        self._skip = self._at
        self.is_over = self._at >= self._length

    def add_to(self, block: Samples, start: int, duck: Duck) -> None:
        """Add this sound's part of the film's frames ``start`` to ``start + len(block)`` to ``block``."""
        offset = self._start + self._at - start
        frames = min(len(block) - offset, self._length - self._at)
        while frames > 0:
            piece = self._next(frames)
            if piece is None:
                self.is_over = True
                return
            level = self._level(len(piece))
            if self._is_ducked:
                level = level * duck.over(start + offset, len(piece))
            block[offset : offset + len(piece)] += piece * level
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
