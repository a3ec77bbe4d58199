"""The last touch on spoken audio: trim the silence, tame the peaks, write the WAV."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.errors import UserError

Samples = NDArray[np.float32]

#: Silence that stays at both ends.
KEPT_SILENCE_S = 0.04
#: -1 dBFS, less a hair for the rounding to 16 bits.
CEILING = 0.8905
#: A window is speech if it is louder than this below the loudest one.
_SPEECH_DB = -46.0
_WINDOW_S = 0.005
_LIMITER_S = 0.006
#: Together with the 80 ms that stay around each piece: half a second after a sentence.
_SENTENCE_PAUSE_S = 0.4
_CLAUSE_PAUSE_S = 0.12


def write_speech(out: Path, speech: Samples, rate_hz: int) -> None:
    """Write ``speech`` (mono, about -1 to 1) as a 16-bit WAV: ends trimmed to 40 ms, peak below -1 dBFS.

    Raises UserError if there is nothing to hear in it.
    """
    spoken = limited(trimmed(speech, rate_hz), rate_hz)
    pcm = np.round(spoken * 32767.0).astype("<i2")
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(pcm.tobytes())


def trimmed(speech: Samples, rate_hz: int) -> Samples:
    """``speech`` without the silence before and after it, but 40 ms; short when the input is.

    The ends are faded over 5 ms so that a cut never clicks. Raises UserError for silence.
    """
    window = max(1, int(_WINDOW_S * rate_hz))
    count = -(-len(speech) // window)
    padded = np.zeros(count * window, np.float32)
    padded[: len(speech)] = speech
    level = np.sqrt(np.mean(padded.reshape(count, window) ** 2, axis=1)) if count else np.zeros(0)
    if not count or level.max() < 1e-4:
        raise UserError("The voice said nothing: the line has no words it can speak.")
    loud = np.flatnonzero(level > level.max() * 10 ** (_SPEECH_DB / 20))
    kept = int(KEPT_SILENCE_S * rate_hz)
    start = int(loud[0]) * window - kept
    end = (int(loud[-1]) + 1) * window + kept
    cut = padded[max(0, start) : end]
    cut = np.concatenate([np.zeros(max(0, -start), np.float32), cut])
    cut = np.concatenate([cut, np.zeros(end - max(0, start) - len(cut) + max(0, -start), np.float32)])
    fade = np.linspace(0.0, 1.0, window, dtype=np.float32)
    cut[:window] *= fade
    cut[-window:] *= fade[::-1]
    return cut


def limited(speech: Samples, rate_hz: int) -> Samples:
    """``speech`` with no sample above the ceiling; the gain dips smoothly around each peak.

    A sliding minimum over the needed gain, then a moving average of the same width: the gain never changes
    faster than the window and is never more than what the loudest sample in reach allows.
    """
    peak = float(np.max(np.abs(speech), initial=0.0))
    if peak <= CEILING:
        return speech
    half = max(1, int(_LIMITER_S * rate_hz))
    need = np.minimum(1.0, CEILING / np.maximum(np.abs(speech.astype(np.float64)), 1e-9))
    held = _sliding_min(need, half)
    total = np.concatenate([[0.0], np.cumsum(np.pad(held, half, mode="edge"))])
    gain = (total[2 * half + 1 :] - total[: -2 * half - 1]) / (2 * half + 1)
    shaped = speech * gain
    tamed: Samples = np.clip(shaped, -CEILING, CEILING).astype(np.float32)
    return tamed


def strung(takes: Sequence[tuple[Samples, str]], rate_hz: int, speed: float = 1.0) -> Samples:
    """Spoken pieces in order, each with the text it says, with a breath between them that fits their ends.

    Silent pieces are left out; nothing comes after the last one.
    """
    line: list[Samples] = []
    for take, text in takes:
        if np.max(np.abs(take), initial=0.0) < 1e-3:
            continue
        is_sentence = text.rstrip("\"')")[-1:] in set(".!?…。！？।")
        pause_s = _SENTENCE_PAUSE_S if is_sentence else _CLAUSE_PAUSE_S
        line += [trimmed(take, rate_hz), np.zeros(int(pause_s / speed * rate_hz), np.float32)]
    return np.concatenate(line[:-1]) if line else np.zeros(0, np.float32)


def _sliding_min(values: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    """The minimum of ``values`` within ``half`` to either side, by doubling the reach."""
    width = 2 * half + 1
    low = np.pad(values, half, mode="edge")
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        low = np.minimum(low[:-step], low[step:])
        reach += step
    return low
