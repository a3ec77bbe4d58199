"""What a recogniser gave becomes what was said: without what nobody said, its words where they are heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.engines.speech.invented import Guess, Stretch, said
from studio.engines.speech.onsets import Heard, placed

SCRIPT_EXAMPLES = {"hi": "यह एक हिन्दी वाक्य है।", "zh": "以下是普通话的句子。"}
"""Without an example of its script Whisper writes Hindi in Urdu letters."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """One segment with its words; ``words`` is empty where the recogniser has no times for them."""

    guess: Guess
    words: tuple[Heard, ...] = ()


def as_said(heard: Sequence[Recognised], sound: Sequence[Stretch]) -> list[dict[str, Any]]:
    """The segments of ``SpeechRecognizer.transcribe``, given where there is ``sound`` at all."""
    kept = [heard[number] for number in said([one.guess for one in heard], sound)]
    opened = [replace(word, opens=not number) for one in kept for number, word in enumerate(one.words)]
    words = placed(opened, sound)
    plain: list[dict[str, Any]] = []
    for one in kept:
        own, words = words[: len(one.words)], words[len(one.words) :]
        plain.append(_plain(one.guess, own))
    return plain


def _plain(guess: Guess, words: Sequence[Heard]) -> dict[str, Any]:
    return {
        "start": round(words[0].start_s if words else guess.start_s, 3),
        "end": round(words[-1].end_s if words else guess.end_s, 3),
        "text": guess.text.strip(),
        "words": [
            {"start": round(word.start_s, 3), "end": round(word.end_s, 3), "word": word.word.strip()} for word in words
        ],
    }
