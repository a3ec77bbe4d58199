"""The original's own sound, under a dub: decoded by blocks, in time with the picture, never held whole.

Second 0 is second 0 of a player. A stream that starts late begins with silence, gaps in it are silence, samples that
an edit list cuts are not heard, packets that do not decode are left out; more than two channels become two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from studio.errors import BadInput
from studio.media.audio import RATE_HZ
from studio.media.levels import GATE_FRAMES, GATE_S, powers
from studio.model.story import Value

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream
    from av.container import InputContainer

    from studio.media.audio import Samples

Hold = tuple[float, float]
"""Second of the source at which the picture is held, and for how many seconds."""

_WHOLE_S = 600.0
"""Up to here all of a sound is weighed; of a longer one a quarter is enough to know its loudness to 0.2 LU."""
_EVERY_S, _WINDOW_S = 12.0, 3.2
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


def weigh(path: Path, *, duration_s: float) -> Levels:
    """The levels of ``path``; ``duration_s`` is its length. Raises what ``bed_blocks`` raises."""
    if duration_s <= _WHOLE_S:
        weighed = _weighed(_decoded(path), 0.0)
        return Levels(times_s=tuple(time_s for time_s, _ in weighed), powers=tuple(power for _, power in weighed))
    weighed = []
    at_s = 0.0
    with _opened(path) as (container, stream):
        while at_s < duration_s - _WINDOW_S:
            weighed += _weighed(_window(container, stream, at_s, _WINDOW_S), at_s)
            at_s += _EVERY_S
    return Levels(times_s=tuple(time_s for time_s, _ in weighed), powers=tuple(power for _, power in weighed))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """A container and the audio stream that players choose, errors told in words."""
    import av
    from av.error import FFmpegError
    from av.stream import Disposition

    try:
        container = av.open(str(path.absolute()))
    except (FFmpegError, OSError) as error:
        raise BadInput(f"{path.name} is not a sound that can be read ({error}).") from error
    _give_memory_back()
    with container:
        streams = container.streams.audio
        if not streams:
            raise BadInput(f"{path.name} has no sound.")
        chosen = [stream for stream in streams if stream.disposition & Disposition.default]
        yield container, (chosen or list(streams))[0]


def _give_memory_back() -> None:
    """What opening a long film took for a moment, 15 MB an hour, is the system's again: glibc would keep it."""
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _decoded(path: Path) -> Iterator[Samples]:
    with _opened(path) as (container, stream):
        yield from _resampled(_frames(container, stream), _zero(container), 0)


def _window(container: InputContainer, stream: AudioStream, at_s: float, length_s: float) -> Iterator[Samples]:
    """Blocks of ``length_s`` from ``at_s``; less, or nothing, where the sound has none."""
    from av.error import FFmpegError

    zero = _zero(container)
    time_base = stream.time_base or Fraction(1, RATE_HZ)
    try:
        container.seek(int((Fraction(at_s) + zero) / time_base), stream=stream)
    except FFmpegError:
        return
    stream.codec_context.flush_buffers()
    inside = (frame for frame in _frames(container, stream) if frame.pts is not None)
    near = _until(inside, zero, at_s, at_s + length_s)
    left = round(length_s * RATE_HZ)
    for block in _resampled(near, zero, round(at_s * RATE_HZ)):
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


def _zero(container: InputContainer) -> Fraction:
    """The container's first second, on the clock of its streams: there a player starts."""
    return Fraction(container.start_time or 0, 1_000_000)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    from av.error import FFmpegError

    packets = container.demux(stream)
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
