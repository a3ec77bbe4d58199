"""The original's own sound, under a dub: decoded by blocks, in time with the picture, never held whole.

Second 0 is second 0 of a player. A stream that starts late begins with silence, gaps in it are silence, samples that
an edit list cuts are not heard, packets that do not decode are left out; more than two channels become two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from studio.errors import BadInput
from studio.media.audio import RATE_HZ
from studio.media.containers import open_media
from studio.media.levels import GATE_FRAMES, GATE_S, powers
from studio.media.no_picture import WithoutPicture
from studio.model.story import Value

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream
    from av.container import InputContainer

    from studio.media.audio import Samples

Hold = tuple[float, float]
"""Second of the source at which the picture is held, and for how many seconds."""

_WHOLE_S = 600.0
"""Up to here all of a sound is weighed; of a longer one eight minutes, from all over it, are enough to know its loudness
to 0.2 LU: a quarter of half an hour, an eighth of an hour."""
_EVERY_S, _WINDOW_S, _MOST_WINDOWS = 12.0, 3.2, 150
_PUSHED = 16
"""So many decoded frames go into the filters before one looks whether a block is ready: looking costs more."""


class Levels(Value):
    """How loud a sound is over its time: weighted power of stretches of 0.4 s and where each starts, in seconds."""

    times_s: tuple[float, ...]
    powers: tuple[float, ...]


LEVELS = TypeAdapter(Levels)


def bed_blocks(path: Path, *, holds: Sequence[Hold] = ()) -> Iterator[Samples]:
    """The sound of ``path`` at 48 kHz in blocks of about a second, one or two channels.

    While the picture is held, what was just heard is heard backwards: a murmur goes on as it was.
    Raises ``BadInput`` if there is no sound in it or the file cannot be read.
    """
    blocks = _decoded(path)
    return _with_holds(blocks, holds) if holds else blocks


def windows(path: Path, spans: Sequence[tuple[float, float]], *, track: int | None = None) -> Iterator[Samples]:
    """For each of ``spans`` (start and length in seconds) what is heard there: 48 kHz, one or two channels.

    ``track`` counts audio tracks from 0; None is the one that players choose. Raises what ``bed_blocks`` raises.
    """
    import numpy as np

    with _opened(path, track) as sound:
        for start_s, length_s in spans:
            blocks = list(_window(sound, start_s, length_s))
            yield np.concatenate(blocks) if blocks else np.zeros((0, 1), np.float32)


def weigh(path: Path, *, duration_s: float) -> Levels:
    """The levels of ``path``; ``duration_s`` is its length. Raises what ``bed_blocks`` raises."""
    if duration_s <= _WHOLE_S:
        weighed = _weighed(_decoded(path), 0.0)
        return Levels(times_s=tuple(time_s for time_s, _ in weighed), powers=tuple(power for _, power in weighed))
    weighed = []
    at_s, every_s = 0.0, max(_EVERY_S, duration_s / _MOST_WINDOWS)
    with _opened(path) as sound:
        while at_s < duration_s - _WINDOW_S:
            weighed += _weighed(_window(sound, at_s, _WINDOW_S), at_s)
            at_s += every_s
    return Levels(times_s=tuple(time_s for time_s, _ in weighed), powers=tuple(power for _, power in weighed))


@dataclass(frozen=True, slots=True)
class _Opened:
    """One audio stream. ``zero`` is the film's first second, on the clock of its streams: there a player starts."""

    container: InputContainer
    stream: AudioStream
    zero: Fraction


@contextmanager
def _opened(path: Path, track: int | None = None) -> Iterator[_Opened]:
    """The audio ``track`` of ``path``, or the one that players choose; errors told in words."""
    from av.stream import Disposition

    with _readable(path) as sound:
        with _container(path, path) as container:
            zero = Fraction(container.start_time or 0, 1_000_000)
        _give_memory_back()
        with _container(path, sound if sound.hides else path) as container:
            _give_memory_back()
            streams = container.streams.audio
            if not streams:
                raise BadInput(f"{path.name} has no sound.")
            chosen = [stream for stream in streams if stream.disposition & Disposition.default]
            if track is not None:
                chosen = [stream for number, stream in enumerate(streams) if number == track]
            yield _Opened(container, (chosen or list(streams))[0], zero)


def _readable(path: Path) -> WithoutPicture:
    try:
        return WithoutPicture(path)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read ({error.strerror or error}).") from error


def _container(path: Path, file: Path | WithoutPicture) -> InputContainer:
    from av.error import FFmpegError

    try:
        return open_media(file)
    except (FFmpegError, OSError) as error:
        raise BadInput(f"{path.name} is not a sound that can be read ({error}).") from error


def _give_memory_back() -> None:
    """What opening a long film took for a moment, 15 MB an hour, is the system's again: glibc would keep it."""
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _decoded(path: Path) -> Iterator[Samples]:
    with _opened(path) as sound:
        yield from _resampled(_frames(sound), sound.zero, 0)


def _window(sound: _Opened, at_s: float, length_s: float) -> Iterator[Samples]:
    """Blocks of ``length_s`` from ``at_s``; less, or nothing, where the sound has none."""
    from av.error import FFmpegError

    time_base = sound.stream.time_base or Fraction(1, RATE_HZ)
    try:
        sound.container.seek(int((Fraction(at_s) + sound.zero) / time_base), stream=sound.stream)
    except FFmpegError:
        return
    sound.stream.codec_context.flush_buffers()
    inside = (frame for frame in _frames(sound) if frame.pts is not None)
    near = _until(inside, sound.zero, at_s, at_s + length_s)
    left = round(length_s * RATE_HZ)
    for block in _resampled(near, sound.zero, round(at_s * RATE_HZ)):
        yield block[:left]
        left -= len(block)
        if left <= 0:
            return


def _until(frames: Iterator[AudioFrame], zero: Fraction, from_s: float, to_s: float) -> Iterator[AudioFrame]:
    for frame in frames:
        starts_s = float((frame.pts or 0) * (frame.time_base or 0) - zero)
        if starts_s > to_s:
            return
        if starts_s + frame.samples / frame.sample_rate > from_s:
            yield frame


def _frames(sound: _Opened) -> Iterator[AudioFrame]:
    from av.error import FFmpegError

    packets = sound.container.demux(sound.stream)
    while True:
        try:
            packet = next(packets, None)
        except FFmpegError:
            return
        if packet is None:
            return
        with suppress(FFmpegError):
            yield from packet.decode()


def _resampled(frames: Iterator[AudioFrame], zero: Fraction, first: int) -> Iterator[Samples]:
    """``frames`` at 48 kHz; the first sample that comes out is sample ``first`` of the player's time."""
    import av
    import numpy as np
    from av.error import FFmpegError
    from av.filter import Graph

    start = next(frames, None)
    if start is None:
        return
    time_base = start.time_base or Fraction(1, start.sample_rate)
    channels = 1 if start.layout.nb_channels == 1 else 2
    graph = Graph()
    links = [
        graph.add_abuffer(
            sample_rate=start.sample_rate, format=start.format.name, layout=start.layout.name, time_base=time_base
        ),
        graph.add("aresample", f"{RATE_HZ}:async=1:first_pts={first}"),
        graph.add("aformat", f"sample_fmts=flt:channel_layouts={'mono' if channels == 1 else 'stereo'}"),
        graph.add("asetnsamples", f"n={RATE_HZ}:p=0"),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*links).configure()
    shift = round(zero / time_base)
    for number, frame in enumerate(chain([start], frames, [None]), start=1):
        if frame is not None and frame.pts is not None:
            frame.pts -= shift
        with suppress(FFmpegError):
            graph.push(frame)
        if frame is not None and number % _PUSHED:
            continue
        while True:
            try:
                ready = graph.pull()
            except (BlockingIOError, EOFError, FFmpegError):
                break
            assert isinstance(ready, av.AudioFrame)
            yield np.asarray(ready.to_ndarray(), np.float32).reshape(-1, channels)


def _with_holds(blocks: Iterator[Samples], holds: Sequence[Hold]) -> Iterator[Samples]:
    import numpy as np

    waiting = [(round(at_s * RATE_HZ), round(hold_s * RATE_HZ)) for at_s, hold_s in sorted(holds)]
    most = max(frames for _, frames in waiting)
    at, tail = 0, np.zeros((0, 1), np.float32)
    for block in blocks:
        while waiting and waiting[0][0] <= at + len(block):
            cut, frames = waiting.pop(0)
            part = block[: cut - at]
            tail = _tail(tail, part, most)
            if len(part):
                yield part
            yield from _backwards(tail, frames, block.shape[1])
            block, at = block[cut - at :], cut
        tail = _tail(tail, block, most)
        at += len(block)
        if len(block):
            yield block
    for _, frames in waiting:
        yield from _backwards(tail, frames, tail.shape[1])


def _tail(tail: Samples, block: Samples, most: int) -> Samples:
    import numpy as np

    return block[-most:] if len(tail) == 0 else np.concatenate([tail, block])[-most:]


def _backwards(tail: Samples, frames: int, channels: int) -> Iterator[Samples]:
    """``frames`` of ``tail`` to and fro from its end; silence if there is none."""
    import numpy as np

    if len(tail) == 0:
        yield np.zeros((frames, channels), np.float32)
        return
    there = np.concatenate([tail[::-1], tail])
    for start in range(0, frames, len(there)):
        yield there[: min(len(there), frames - start)]


def _weighed(blocks: Iterator[Samples], from_s: float) -> list[tuple[float, float]]:
    """Start and power of each stretch of 0.4 s."""
    import numpy as np

    found: list[tuple[float, float]] = []
    rest: Samples | None = None
    for block in blocks:
        whole = block if rest is None else np.concatenate([rest, block])
        used = len(whole) // GATE_FRAMES * GATE_FRAMES
        for power in powers(whole[:used]):
            found.append((round(from_s + len(found) * GATE_S, 3), float(f"{power:.4e}")))
        rest = whole[used:]
    return found
