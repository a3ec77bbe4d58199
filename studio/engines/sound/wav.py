"""Stereo sound written block by block: first as it comes, then at the right level as a WAV."""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.engines.sound.loudness import Loudness, Stereo

RATE_HZ = 48000
#: No sample is louder than this (-1.5 dBFS): a sound with sharper peaks stays softer as a whole.
_CEILING = 0.84
_BLOCK = RATE_HZ * 4


def write_levelled(
    out: Path, blocks: Iterable[Stereo], *, samples: int, lufs: float, most_above_lu: float = 6.0
) -> None:
    """Write exactly ``samples`` of ``blocks`` as 48 kHz stereo 16-bit, at ``lufs`` integrated.

    The blocks pass through a temporary file, so that memory does not grow with length. Sounds so sparse that
    their loudest 0.4 s would stand more than ``most_above_lu`` above ``lufs`` are set by that moment instead.
    """
    with tempfile.TemporaryFile() as raw:
        loudness, peak = Loudness(RATE_HZ), 0.0
        for block in _exactly(blocks, samples):
            loudness.add(block)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            raw.write(block.astype("<f4").tobytes())
        raw.seek(0)
        gain = min(_gain(loudness, lufs, most_above_lu), _CEILING / max(peak, 1e-9))
        with wave.open(str(out), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.setnframes(samples)
            while piece := raw.read(_BLOCK * 8):
                levelled = np.frombuffer(piece, "<f4") * np.float32(gain)
                file.writeframes(np.round(levelled * 32767).astype("<i2").tobytes())


def _gain(loudness: Loudness, lufs: float, most_above_lu: float) -> float:
    loudest = loudness.loudest_lufs
    if not np.isfinite(loudest):
        return 1.0
    whole = loudness.integrated_lufs
    target_db = lufs - whole if np.isfinite(whole) else -np.inf
    return float(10 ** (min(max(target_db, lufs - loudest), lufs + most_above_lu - loudest) / 20))


def _exactly(blocks: Iterable[Stereo], samples: int) -> Iterator[Stereo]:
    """``blocks`` cut anew to 4 s each and ``samples`` in all, with silence if they end early."""
    waiting: list[NDArray[np.float32]] = []
    held = done = 0
    for block in blocks:
        waiting.append(block)
        held += len(block)
        while held >= _BLOCK and done + _BLOCK <= samples:
            joined = np.concatenate(waiting)
            yield joined[:_BLOCK]
            waiting, held, done = [joined[_BLOCK:]], held - _BLOCK, done + _BLOCK
        if done + held >= samples:
            break
    rest = np.concatenate([*waiting, np.zeros((max(0, samples - done - held), 2), np.float32)])
    yield from (rest[at : min(at + _BLOCK, samples - done)] for at in range(0, samples - done, _BLOCK))
