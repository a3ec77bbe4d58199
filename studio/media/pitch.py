"""How high somebody speaks: the middle of the pitch of what is voiced, by normalised autocorrelation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media.audio import RATE_HZ
from studio.media.bed import windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.media.audio import Samples

    Floats = NDArray[np.float64]

_THINNED = 4
"""12 kHz is enough to tell 150 Hz from 160."""
_LOWEST_HZ, _HIGHEST_HZ = 65.0, 400.0
_FRAME_S, _HOP_S = 0.04, 0.02
_VOICED = 0.7
"""Likeness of a stretch with itself a period later; music with several notes at once stays below it."""
_NEAR_BEST = 0.9
"""The shortest period that is nearly as good as the best one: two periods are alike as well."""
_LOUD_DB = 18.0
"""What is so far below the loudest is a pause, or what is heard under the voice."""
_LEAST_FRAMES = 40
_MOST_SPANS, _SPAN_S = 16, 3.0


def median_pitch_hz(path: Path, spans: Sequence[tuple[float, float]], *, track: int | None = None) -> float:
    """The median pitch of the voice in ``spans`` (seconds of a player's time) of ``path``; 0 if too little is voiced.

    Of many spans sixteen are heard, evenly from all over the film. Raises ``BadInput`` if there is no sound.
    """
    import numpy as np

    step = max(1, -(-len(spans) // _MOST_SPANS))
    chosen = [(start_s, min(end_s - start_s, _SPAN_S)) for start_s, end_s in sorted(spans)[::step]]
    found = [hz for sound in windows(path, chosen, track=track) for hz in _pitches(sound)]
    return round(float(np.median(found)), 1) if len(found) >= _LEAST_FRAMES else 0.0


def _pitches(sound: Samples) -> Iterator[float]:
    """The pitch of each voiced stretch of 40 ms in ``sound`` (48 kHz)."""
    import numpy as np

    rate_hz = RATE_HZ // _THINNED
    mono = sound.mean(axis=1)
    thin = mono[: len(mono) // _THINNED * _THINNED].reshape(-1, _THINNED).mean(axis=1).astype(np.float64)
    size, longest, shortest = round(_FRAME_S * rate_hz), round(rate_hz / _LOWEST_HZ), round(rate_hz / _HIGHEST_HZ)
    starts = range(0, len(thin) - size - longest, round(_HOP_S * rate_hz))
    powers = [float(np.square(thin[at : at + size]).mean()) for at in starts]
    least = max(powers, default=0.0) * 10 ** (-_LOUD_DB / 10)
    for at, power in zip(starts, powers, strict=True):
        if power > least > 0:
            period = _period(thin[at : at + size + longest], size, shortest)
            if period:
                yield rate_hz / period


def _period(stretch: Floats, size: int, shortest: int) -> int:
    """The period of ``stretch`` in samples, ``shortest`` at least; 0 if it is not voiced."""
    import numpy as np

    first = stretch[:size] - stretch[:size].mean()
    likeness = np.correlate(stretch, first, mode="valid")
    sums = np.concatenate(([0.0], np.cumsum(np.square(stretch))))
    energies = (sums[size:] - sums[:-size]) * np.square(first).sum()
    likeness = likeness / np.sqrt(np.maximum(energies, 1e-12))
    inner = likeness[shortest:]
    best = float(inner.max(initial=0.0))
    if best < _VOICED:
        return 0
    peaks = np.flatnonzero((inner[1:-1] >= inner[:-2]) & (inner[1:-1] > inner[2:]) & (inner[1:-1] > _NEAR_BEST * best))
    return shortest + 1 + int(peaks[0]) if len(peaks) else 0
