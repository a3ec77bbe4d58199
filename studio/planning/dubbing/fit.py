"""Where each dubbed line stands, and how it is made to stand there: decided from lengths alone, before any sound.

A line begins when its original began. What does not fit its place is helped in this order: the pause after it, a
shorter wording, speaking faster, holding the picture (where the user allows that). What is still too long is said in
full: it pushes the lines after it and is flagged. Two lines speak at once only as long as their originals did.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.model.dub import Fitted, Line

#: Left free before the next line, where the original paused at all.
_BREATH_S = 0.08
#: Below a frame of any film: nobody sees or hears it.
_EPSILON_S = 0.005
#: The longest that a picture is held.
_MOST_FREEZE_S = 8.0
#: So many lines back are looked at for one that is still spoken.
_NEAR = 32
#: Two wide characters are about as long as one word of a language with spaces.
_WIDE_A_WORD = 2.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line whose takes are there: its times in the original, the length of its take and of a shorter one."""

    id: str
    start_s: float
    end_s: float
    take_s: float
    short_s: float | None = None


def fit(spoken: Sequence[Spoken], *, total_s: float, most_speed: float, may_freeze: bool) -> tuple[Fitted, ...]:
    """The place of every line, in order of their starts. ``total_s`` is the length of the film.

    Speed is never below 1: a line shorter than its original is left to end sooner.
    """
    ordered = sorted(spoken, key=lambda line: (line.start_s, line.end_s, line.id))
    spans = [(line.start_s, line.end_s) for line in ordered]
    fitted: list[Fitted] = []
    for number, line in enumerate(ordered):
        limit_s = _limit_s(number, spans, total_s)
        before = range(max(0, number - _NEAR), number)
        start_s = max([line.start_s, *(_pushed_s(line, ordered[one], fitted[one]) for one in before)])
        fitted.append(_fitted(line, start_s, limit_s, most_speed, may_freeze and limit_s < total_s))
    return _kept_inside(fitted, total_s)


def too_long(lines: Sequence[Line], texts: Mapping[str, str], *, words_per_second: float) -> set[str]:
    """Ids of the lines whose text is not expected to fit its place, by the voice's rate; nothing is spoken for it."""
    ordered = sorted(lines, key=lambda line: (line.start_s, line.end_s, line.id))
    spans = [(line.start_s, line.end_s) for line in ordered]
    found = set()
    for number, line in enumerate(ordered):
        room_s = max(0.0, _limit_s(number, spans, math.inf) - line.start_s)
        if count_words(texts.get(line.id, "")) / max(0.1, words_per_second) > room_s + _EPSILON_S:
            found.add(line.id)
    return found


def count_words(text: str) -> float:
    """Words of ``text``; of a script without spaces two characters count as one."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" and letter.isalnum() for letter in text)
    narrow = "".join(" " if unicodedata.east_asian_width(letter) in "WF" else letter for letter in text)
    return wide / _WIDE_A_WORD + sum(any(letter.isalnum() for letter in word) for word in narrow.split())


def film_s(source_s: float, held: Sequence[tuple[float, float]]) -> float:
    """The time in the dubbed film of ``source_s`` in the source: later by every picture held before it."""
    return source_s + sum(hold_s for at_s, hold_s in held if at_s <= source_s + _EPSILON_S)


def holds(fitted: Sequence[Fitted]) -> tuple[tuple[float, float], ...]:
    """Where the picture is held (seconds of the source) and how long, in order."""
    return tuple(sorted((round(line.end_s, 6), line.freeze_s) for line in fitted if line.freeze_s > 0))


def _limit_s(number: int, spans: Sequence[tuple[float, float]], total_s: float) -> float:
    """When line ``number`` has to be over: before the next one, or when its original was if they overlapped."""
    start_s, end_s = spans[number]
    limit_s = total_s
    for next_start_s, next_end_s in (spans[later] for later in range(number + 1, len(spans))):
        if next_start_s >= limit_s:
            break
        if next_start_s >= end_s:
            limit_s = min(limit_s, max(end_s, next_start_s - _BREATH_S))
        elif next_end_s > end_s and next_start_s > start_s:
            limit_s = min(limit_s, end_s)
    return limit_s


def _pushed_s(line: Spoken, before: Spoken, placed: Fitted) -> float:
    """The soonest start that leaves ``line`` no more over the one ``before`` than their originals were."""
    if line.start_s < before.end_s and (line.end_s <= before.end_s or line.start_s == before.start_s):
        return line.start_s
    overlap_s = max(0.0, before.end_s - line.start_s)
    late_s = placed.end_s - overlap_s
    return late_s if late_s > line.start_s + _EPSILON_S / 50 else line.start_s


def _fitted(line: Spoken, start_s: float, limit_s: float, most_speed: float, may_freeze: bool) -> Fitted:
    room_s = max(0.0, limit_s - start_s)
    uses_short = line.short_s is not None and line.short_s < line.take_s > room_s + _EPSILON_S
    length_s = line.short_s if uses_short and line.short_s is not None else line.take_s
    speed = 1.0
    if length_s > room_s + _EPSILON_S:
        speed = min(most_speed, length_s / room_s) if room_s > 0 else most_speed
    lasts_s = length_s / speed
    over_s = max(0.0, lasts_s - room_s)
    over_s = over_s if over_s > _EPSILON_S else 0.0
    freeze_s = min(over_s, _MOST_FREEZE_S) if may_freeze else 0.0
    return Fitted(
        id=line.id,
        start_s=round(start_s, 6),
        end_s=round(start_s + lasts_s - freeze_s, 6),
        speed=round(speed, 6),
        uses_short=uses_short,
        overrun_s=round(over_s - freeze_s, 6),
        freeze_s=round(freeze_s, 6),
    )


def _kept_inside(fitted: Sequence[Fitted], total_s: float) -> tuple[Fitted, ...]:
    """Lines that would run over the end of the film start sooner, as far as what is before them leaves room."""
    kept: list[Fitted] = []
    for line in fitted:
        over_s = line.end_s - total_s
        if over_s > _EPSILON_S:
            before_s = max((other.end_s for other in kept), default=0.0)
            sooner_s = max(0.0, min(over_s, line.start_s - before_s))
            still_s = over_s - sooner_s
            places = {"start_s": line.start_s - sooner_s, "end_s": line.end_s - sooner_s}
            places["overrun_s"] = still_s if still_s > _EPSILON_S else 0.0
            line = line.model_copy(update={name: round(value, 6) for name, value in places.items()})
        kept.append(line)
    return tuple(kept)
