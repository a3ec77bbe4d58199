"""Long speech in pieces, cut where nobody speaks, so that each can be recognised and kept by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.media.audio import read_blocks, write_wav
from studio.media.containers import open_media
from studio.media.speech_track import SPEECH_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float64]
    Samples = NDArray[np.float32]

Piece = tuple[float, float]
"""Start and end in seconds of the whole."""

_FRAME_S = 0.02
_LEAST_S, _MOST_S = 28.0, 59.0
"""A recogniser hears 30 s at a time: two windows a piece, and little is lost in a crash."""
_LONG_ENOUGH_S = 1.2
"""A pause of this length is as good to cut in as any longer one; then the later one wins."""
_ABOVE_FLOOR_DB = 12.0
_QUIETEST_DB = -90.0
_SMOOTH_FRAMES = 9


def find_pieces(sound: Path, *, least_s: float = _LEAST_S, most_s: float = _MOST_S) -> tuple[Piece, ...]:
    """``sound`` from its start to its end in pieces of ``least_s`` to ``most_s``, the last one perhaps shorter.

    Each cut lies in the middle of the longest pause there, else (music, noise) where it is quietest. Raises BadInput
    if there is no sound in it.
    """
    levels = levels_of(sound)
    if not len(levels):
        raise BadInput(f"{sound.name} holds no sound.")
    total_s = len(levels) * _FRAME_S
    cuts = [0.0]
    while total_s - cuts[-1] > most_s:
        cuts.append(_cut(levels, cuts[-1] + least_s, cuts[-1] + most_s))
    return tuple(zip(cuts, [*cuts[1:], round(total_s, 3)], strict=True))


def write_piece(sound: Path, out: Path, piece: Piece) -> None:
    """Write ``piece`` of ``sound`` (a 16 kHz mono file) to ``out`` as WAV, exact to the sample."""
    first, last = (round(at_s * SPEECH_RATE_HZ) for at_s in piece)
    write_wav(out, _span(sound, first, last), rate_hz=SPEECH_RATE_HZ, channels=1)


def levels_of(sound: Path) -> Levels:
    """The level of each 20 ms of ``sound`` in dBFS; nothing is quieter than -90."""
    import numpy as np

    size = round(_FRAME_S * SPEECH_RATE_HZ)
    powers = [
        np.mean(_whole_frames(block[:, 0], size).astype(np.float64) ** 2, axis=1)
        for block in read_blocks(sound, rate_hz=SPEECH_RATE_HZ, block_s=10.0)
    ]
    power = np.concatenate(powers) if powers else np.empty(0)
    levels: Levels = np.maximum(10 * np.log10(np.maximum(power, 1e-12)), _QUIETEST_DB)
    return levels


def _whole_frames(samples: Samples, size: int) -> Samples:
    """``samples`` in rows of ``size``, the last one filled with silence."""
    import numpy as np

    return np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)


def _cut(levels: Levels, from_s: float, to_s: float) -> float:
    """Where to cut between ``from_s`` and ``to_s``."""
    import numpy as np

    start, end = round(from_s / _FRAME_S), round(to_s / _FRAME_S)
    window = levels[start:end]
    floor, loud = np.percentile(window, (5, 90))
    is_quiet = window < max(min(floor + _ABOVE_FLOOR_DB, (floor + loud) / 2), _QUIETEST_DB + 1)
    best_s, best = 0.0, -1
    for first, last in runs(is_quiet):
        length_s = (last - first) * _FRAME_S
        score_s = min(length_s, _LONG_ENOUGH_S) + 0.2 * first / len(window)
        if length_s >= 0.1 and score_s > best_s:
            best_s, best = score_s, (first + last) // 2
    if best < 0:
        kernel = np.ones(_SMOOTH_FRAMES) / _SMOOTH_FRAMES
        best = int(np.argmin(np.convolve(window, kernel, mode="same")[_SMOOTH_FRAMES:-_SMOOTH_FRAMES])) + _SMOOTH_FRAMES
    return round((start + best) * _FRAME_S, 3)


def runs(claims: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and past-the-last index of each stretch of True."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([False], claims, [False])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _span(sound: Path, first: int, last: int) -> Iterator[Samples]:
    """Samples ``first`` to ``last``: sought, then exact by the times that the frames bear."""
    import av
    import numpy as np
    from av.error import FFmpegError

    try:
        with open_media(sound) as container:
            stream = container.streams.audio[0]
            if stream.time_base is None or stream.rate != SPEECH_RATE_HZ:
                raise BadInput(f"{sound.name} is no 16 kHz sound.")
            resampler = av.AudioResampler(format="flt", layout="mono", rate=SPEECH_RATE_HZ)
            container.seek(int(max(0, first / SPEECH_RATE_HZ - 1.0) / stream.time_base), stream=stream)
            for frame in container.decode(stream):
                at = round((frame.pts or 0) * stream.time_base * SPEECH_RATE_HZ)
                if at >= last:
                    return
                for ready in resampler.resample(frame):
                    samples = np.asarray(ready.to_ndarray(), np.float32).reshape(-1, 1)
                    yield samples[max(0, first - at) : max(0, last - at)]
                    at += len(samples)
    except (FFmpegError, IndexError, OSError) as error:
        raise BadInput(f"{sound.name} is not a sound that can be read ({error}).") from error
