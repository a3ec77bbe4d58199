"""Words moved to where they are heard: a recogniser's times drift into the pauses by up to a second.

Measured on forty synthetic sentences with pauses of 0.3 to 2.5 s, clean and with noise 28 dB below: see the test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.engines.speech.invented import Stretch

FRAME_S = 0.01
_CLOSED_S = 0.13
"""A stop inside a word is silent for up to this long."""
_SHORTEST_SOUND_S = 0.03
_REACH_S = 0.45
"""How far a word may be stretched to the end of its sound; farther away it is another sound."""
_ABOVE_FLOOR_DB, _BELOW_SPEECH_DB = 7.0, 38.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One word as the recogniser placed it, in seconds."""

    start_s: float
    end_s: float
    word: str
    opens: bool = False
    """It is the first of a segment."""


_NEVER_S = 1e9
_GRAZED_S = 0.12
"""A word that has no more than this of the sound before a pause, and then goes on in silence, comes after it."""
_SQUEEZED_S = 0.08
_BED_DB = 25.0
"""Where the quietest moments are no farther below speech, music or noise fills the pauses."""
_ENDS = (".", "?", "!", "…", "。", "？", "！", "।")


def has_bed(samples: NDArray[np.float32], rate_hz: int) -> bool:
    """True if the pauses are not quiet, so that loudness does not tell where speech begins."""
    levels = _levels(samples, rate_hz)
    floor, speech = np.percentile(levels, (10, 95)) if len(levels) else (0.0, 99.0)
    return bool(speech - floor < _BED_DB)


def stretches_of_sound(samples: NDArray[np.float32], rate_hz: int) -> list[Stretch]:
    """Where something is louder than the background: start and end in seconds, pauses of 0.13 s and more between."""
    levels = _levels(samples, rate_hz)
    if not len(levels):
        return []
    floor, speech = np.percentile(levels, (5, 95))
    threshold = max(min(floor + _ABOVE_FLOOR_DB, speech - 6), speech - _BELOW_SPEECH_DB, -75.0)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], levels > threshold, [False])).astype(np.int8)))
    found: list[Stretch] = []
    for first, last in edges.reshape(-1, 2):
        start_s, end_s = float(first * FRAME_S), float(last * FRAME_S)
        if found and start_s - found[-1][1] < _CLOSED_S:
            found[-1] = (found[-1][0], end_s)
        else:
            found.append((start_s, end_s))
    return [stretch for stretch in found if stretch[1] - stretch[0] >= _SHORTEST_SOUND_S]


def _levels(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float64]:
    """The level of each 10 ms in dBFS, -100 at least."""
    size = round(FRAME_S * rate_hz)
    power = np.mean(samples[: len(samples) // size * size].reshape(-1, size).astype(np.float64) ** 2, axis=1)
    levels: NDArray[np.float64] = 10 * np.log10(np.maximum(power, 1e-10))
    return levels


def placed(words: Sequence[Heard], sound: Sequence[Stretch]) -> list[Heard]:
    """``words`` with no start or end inside a pause: the first word after a pause begins with the sound."""
    moved = list(words)
    before: Stretch | None = None
    for after in [*sound, None]:
        quiet_s, loud_s = before[1] if before else 0.0, after[0] if after else _NEVER_S
        for n, word in enumerate(moved):
            if word.end_s > quiet_s and word.start_s < loud_s:
                opens = n == 0 or word.opens or moved[n - 1].word.endswith(_ENDS)
                moved[n] = _moved(word, before, after, opens=opens, is_free=_is_free(before, moved, n))
        before = after
    return _ordered(_reaching(moved, sound))


def _is_free(stretch: Stretch | None, words: Sequence[Heard], but: int) -> bool:
    """True if no word other than ``words[but]`` is heard in ``stretch``."""
    others = (word for n, word in enumerate(words) if n != but)
    return stretch is not None and not any(w.start_s < stretch[1] and w.end_s > stretch[0] for w in others)


def _moved(word: Heard, before: Stretch | None, after: Stretch | None, *, opens: bool, is_free: bool) -> Heard:
    """``word`` out of the pause between ``before`` and ``after``, to the side where it belongs.

    One that reaches over the whole pause was begun too early, as recognisers do, unless it ends a sentence.
    """
    before_s = before[1] - word.start_s if before else 0.0
    after_s = word.end_s - after[0] if after else 0.0
    length_s = word.end_s - word.start_s
    if before_s <= 0 and after_s <= 0:
        if before and (is_free or after is None):
            return replace(word, start_s=max(before[0], before[1] - length_s), end_s=before[1])
        return replace(word, start_s=after[0], end_s=min(after[0] + length_s, after[1])) if after else word
    closes = word.word.endswith(_ENDS)
    is_grazing = before_s < (length_s / 2 if opens else min(_GRAZED_S, length_s / 2))
    goes_on = (after_s > 0 and (before_s <= 0 or opens >= closes)) or (is_grazing and not closes)
    if goes_on and after:
        return replace(word, start_s=after[0], end_s=max(word.end_s, min(after[0] + length_s, after[1])))
    return replace(word, end_s=before[1]) if before else word


def _reaching(words: Sequence[Heard], sound: Sequence[Stretch]) -> list[Heard]:
    """The first and last word of each stretch, drawn out to its ends."""
    reached = list(words)
    for from_s, to_s in sound:
        inside = [n for n, word in enumerate(words) if word.start_s < to_s and word.end_s > from_s]
        if not inside:
            continue
        first, last = inside[0], inside[-1]
        if 0 < reached[first].start_s - from_s <= _REACH_S:
            reached[first] = replace(reached[first], start_s=from_s)
        if 0 < to_s - reached[last].end_s <= _REACH_S:
            reached[last] = replace(reached[last], end_s=to_s)
    return reached


def _ordered(words: Sequence[Heard]) -> list[Heard]:
    """No word ends after the next begins, and each takes some time."""
    ordered: list[Heard] = []
    for word in words:
        start_s = word.start_s
        if ordered:
            share_s = min(_SQUEEZED_S, (word.end_s - ordered[-1].start_s) / 2)
            start_s = max(start_s, ordered[-1].start_s + max(FRAME_S, share_s))
        if ordered and ordered[-1].end_s > start_s:
            ordered[-1] = replace(ordered[-1], end_s=start_s)
        ordered.append(replace(word, start_s=start_s, end_s=max(word.end_s, start_s + FRAME_S)))
    return ordered
