"""Peaks held below a ceiling, block by block: what does not reach it passes untouched, at next to no cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.media.audio import Samples

    Gains = NDArray[np.float64]

CEILING = 0.84
"""-1.5 dB of sample peak leaves room for what an encoder and the filters of a player add between the samples."""
_HOP = 48
"""Frames between two values of the gain: a millisecond. In between it runs straight."""
_RADIUS = 20
"""So many hops before a peak the gain begins to go down, along a Hann window, and as many after it it is up again."""
_CONTEXT = 2 * _RADIUS + 1


def held(blocks: Iterable[Samples], ceiling: float = CEILING) -> Iterator[Samples]:
    """``blocks`` (48 kHz) with no sample beyond ``ceiling``; both sides go down together.

    Each block but the last must be whole milliseconds, 41 at least. Blocks are changed in place.
    """
    import numpy as np

    nothing = np.ones(_CONTEXT)
    before, waiting, needed = nothing, None, nothing
    for block in blocks:
        needs = _needs(block, ceiling)
        if waiting is not None:
            yield _lowered(waiting, np.concatenate([before, needed, needs, nothing]))
            before = needed[-_CONTEXT:]
        waiting, needed = block, needs
    if waiting is not None:
        yield _lowered(waiting, np.concatenate([before, needed, nothing]))


def _needs(block: Samples, ceiling: float) -> Gains:
    """The gain that each hop of ``block`` needs by itself, at most 1."""
    import numpy as np

    hops = -(-len(block) // _HOP)
    if max(block.max(initial=0.0), -block.min(initial=0.0)) <= ceiling:
        return np.ones(hops)
    peaks = np.abs(block).max(axis=1)
    whole = np.pad(peaks, (0, hops * _HOP - len(peaks))).reshape(hops, _HOP).max(axis=1).astype(np.float64)
    return np.asarray(ceiling / np.maximum(whole, ceiling))


def _lowered(block: Samples, needs: Gains) -> Samples:
    """``block`` with its gain; ``needs`` has ``_CONTEXT`` hops before it, and as many or more after it."""
    import numpy as np

    hops = -(-len(block) // _HOP)
    near = needs[: hops + 2 * _CONTEXT]
    if near.min() >= 1.0:
        return block
    between = np.minimum(near[:-1], near[1:])
    least = np.lib.stride_tricks.sliding_window_view(between, 2 * _RADIUS + 1).min(axis=1)
    gains = np.convolve(least, _hann(), mode="valid")
    block *= np.interp(np.arange(len(block)), np.arange(hops + 1) * _HOP, gains).astype(np.float32)[:, None]
    return block


@lru_cache(maxsize=1)
def _hann() -> Gains:
    import numpy as np

    window = np.hanning(2 * _RADIUS + 3)[1:-1]
    return np.asarray(window / window.sum())
