"""How far what was heard is from what was to be said: errors a word and errors a letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from studio.model.letters import normal


def word_error_rate(said: str, heard: str) -> float:
    """Words that are wrong, missing or too many, a word of ``said``; case and punctuation do not count."""
    return _rate(_plain(said).split(), _plain(heard).split())


def letter_error_rate(said: str, heard: str) -> float:
    """The same for letters, spaces left out: fair to languages without them and to words written together."""
    return _rate(_plain(said).replace(" ", ""), _plain(heard).replace(" ", ""))


def _plain(text: str) -> str:
    folded = normal("NFKC", text).casefold()
    kept = (letter if letter.isalnum() or unicodedata.combining(letter) else " " for letter in folded.replace("'", ""))
    return " ".join("".join(kept).split())


def _rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Edit distance (Levenshtein) a part of ``said``."""
    if not said:
        return float(bool(heard))
    row = list(range(len(heard) + 1))
    for number, part in enumerate(said, start=1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(heard, start=1):
            cheapest = min(row[at] + 1, row[at - 1] + 1, diagonal + (part != other))
            diagonal, row[at] = row[at], cheapest
    return round(row[-1] / len(said), 4)
