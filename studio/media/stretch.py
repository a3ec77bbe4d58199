"""One spoken line, read whole and made ready to stand in a track: 48 kHz mono, at its speed, at its level."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.media.audio import RATE_HZ, read_blocks, to_channels
from studio.media.levels import SILENCE_LUFS, loudness_of

if TYPE_CHECKING:
    from studio.media.audio import Samples

LINE_LUFS = -20.0
"""Every line of a dub before it is mixed: low enough that hardly a peak has to be held."""
_MOST_GAIN_DB = 30.0
_CEILING = 10 ** (-1.0 / 20)
_QUIET = 10 ** (-45 / 20)
_LEAD_S = 0.03
"""Silence before the first sound of a take that is let pass; takes of people often have a second."""
_EDGE_FRAMES = 240


def ready_line(path: Path, *, speed: float = 1.0, gain_db: float = 0.0) -> Samples:
    """The take of ``path``, levelled, ``gain_db`` louder than the others and ``speed`` times as fast, shape (frames, 1).

    Pitch stays. Its length is that of the take divided by ``speed``, to the sample, but for silence before its first
    sound. Its ends are shaped over 5 ms, so that no cut clicks. Raises ``BadInput`` if it cannot be read.
    """
    import numpy as np

    samples = _without_lead(_read(path))
    factor = 10 ** ((_levelling_db(samples) + gain_db) / 20)
    if abs(speed - 1.0) > 1e-4:
        samples = at_speed(samples, speed)
    shaped = samples * np.float32(factor)
    peak = float(np.abs(shaped).max(initial=0.0))
    if peak > _CEILING:
        shaped *= np.float32(_CEILING / peak)
    edge = min(_EDGE_FRAMES, len(shaped) // 2)
    ramp = np.linspace(0, 1, edge, endpoint=False, dtype=np.float32)[:, None]
    shaped[:edge] *= ramp
    shaped[len(shaped) - edge :] *= ramp[::-1]
    return shaped


def at_speed(samples: Samples, speed: float) -> Samples:
    """``samples`` (48 kHz mono) in ``round(len / speed)`` frames, pitch as it was (libav ``atempo``, 0.5 to 2)."""
    import av
    import numpy as np
    from av.error import FFmpegError
    from av.filter import Graph

    frames = round(len(samples) / speed)
    graph = Graph()
    source = graph.add_abuffer(format="flt", sample_rate=RATE_HZ, layout="mono", time_base=None)
    graph.link_nodes(source, graph.add("atempo", f"{speed:.8f}"), graph.add("abuffersink")).configure()
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="flt", layout="mono")
    frame.sample_rate = RATE_HZ
    pieces: list[Samples] = []
    for pushed in (frame, None):
        graph.push(pushed)
        while True:
            try:
                ready = graph.pull()
            except (BlockingIOError, EOFError, FFmpegError):
                break
            assert isinstance(ready, av.AudioFrame)
            pieces.append(np.asarray(ready.to_ndarray(), np.float32).reshape(-1, 1))
    whole = np.concatenate([*pieces, np.zeros((frames, 1), np.float32)])[:frames]
    return np.ascontiguousarray(whole)


def _read(path: Path) -> Samples:
    import numpy as np

    samples = _plain_wav(path)
    if samples is None:
        blocks = [to_channels(block, 1) for block in read_blocks(path)]
        samples = np.concatenate(blocks) if blocks else np.zeros((0, 1), np.float32)
    if len(samples) == 0:
        raise BadInput(f"The take {path.name} is empty: speak the line again or delete the file.")
    return samples


def _plain_wav(path: Path) -> Samples | None:
    """A 16-bit mono WAV, as engines write it, in one go; None if it is another kind of file."""
    import av
    import numpy as np

    try:
        with wave.open(str(path), "rb") as sound:
            if sound.getsampwidth() != 2 or sound.getnchannels() != 1:
                return None
            rate_hz, body = sound.getframerate(), sound.readframes(sound.getnframes())
    except (wave.Error, EOFError, OSError):
        return None
    pressed = np.frombuffer(body[: len(body) // 2 * 2], "<i2")
    if rate_hz == RATE_HZ or len(pressed) == 0:
        return pressed[:, None].astype(np.float32) * np.float32(1 / 32768)
    frame = av.AudioFrame.from_ndarray(pressed[None, :], format="s16", layout="mono")
    frame.sample_rate = rate_hz
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
    ready = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([np.asarray(part.to_ndarray(), np.float32).reshape(-1, 1) for part in ready])


def _levelling_db(samples: Samples) -> float:
    """Gain that brings a take among the others: limited, and never so that it clips."""
    import numpy as np

    loudness_lufs = loudness_of(samples)
    if loudness_lufs <= SILENCE_LUFS:
        return 0.0
    peak_db = 20 * float(np.log10(max(float(np.abs(samples).max(initial=0.0)), 1e-6)))
    wished_db = max(-_MOST_GAIN_DB, min(_MOST_GAIN_DB, LINE_LUFS - loudness_lufs))
    return min(wished_db, -1.0 - peak_db)


def _without_lead(samples: Samples) -> Samples:
    import numpy as np

    level = np.abs(samples[:, 0])
    heard = np.flatnonzero(level > _QUIET * float(level.max(initial=0.0)))
    if len(heard) == 0:
        return samples
    return samples[max(0, int(heard[0]) - round(_LEAD_S * RATE_HZ)) :]
