"""Words that nobody said: what a recogniser writes into music, noise and silence, told from what it hears."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Stretch = tuple[float, float]
"""Where there is sound: start and end in seconds."""

LOOP_RATIO = 2.4
"""Text that packs better than this is the model repeating itself (Whisper's own threshold)."""
_DOUBTFUL_LOGPROB, _UNHEARD = -1.0, 0.6
"""Whisper's own thresholds: unsure of the words, and sure that there are none."""
_HOPELESS_LOGPROB = -1.6
_IMPOSSIBLE_PACE = 50
"""Nobody speaks this many letters a second; a fast speaker has 25."""
_LEAST_SOUND = 0.2
_DRIFT_S = 0.75
"""A recogniser's times may be off by this much before its words are moved."""
_MOST_REPEATS = 2
"""People say a sentence twice; a third time in a row is the model in a loop."""
_NOT_SAID = re.compile(r"[\[(*♪♫][^\])*♪♫]*[\])*♪♫]|[♪♫]")


@dataclass(frozen=True, slots=True)
class Guess:
    """One segment as the recogniser gave it, with what it says of its own certainty."""

    start_s: float
    end_s: float
    text: str
    mean_logprob: float
    no_speech: float
    """How sure it is that nobody speaks, 0 to 1."""
    packing: float
    """How well the text compresses."""


def said(guesses: Sequence[Guess], sound: Sequence[Stretch]) -> list[int]:
    """The numbers (from 0) of those ``guesses`` that somebody said, given where there is sound at all."""
    kept: list[int] = []
    repeats = 0
    for number, guess in enumerate(guesses):
        is_repeated = bool(number) and _plain(guess.text) == _plain(guesses[number - 1].text)
        repeats = repeats + 1 if is_repeated else 0
        if repeats < _MOST_REPEATS and not _is_invented(guess, sound):
            kept.append(number)
    return kept


def sounding_s(start_s: float, end_s: float, sound: Sequence[Stretch]) -> float:
    """How much of ``start_s`` to ``end_s`` is sound, in seconds."""
    return sum(max(0.0, min(end_s, to_s) - max(start_s, from_s)) for from_s, to_s in sound)


def _is_invented(guess: Guess, sound: Sequence[Stretch]) -> bool:
    length_s = max(guess.end_s - guess.start_s, 0.05)
    is_doubtful = guess.mean_logprob < _DOUBTFUL_LOGPROB and guess.no_speech > _UNHEARD
    return (
        is_doubtful
        or guess.mean_logprob < _HOPELESS_LOGPROB
        or guess.packing > LOOP_RATIO
        or len(guess.text) > _IMPOSSIBLE_PACE * length_s
        or not any(letter.isalnum() for letter in _NOT_SAID.sub("", guess.text))
        or sounding_s(guess.start_s - _DRIFT_S, guess.end_s + _DRIFT_S, sound) < _LEAST_SOUND * length_s
    )


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())
