"""The artist's vocabulary: phrases of each slot, and the longest of them found in a row of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token
from studio.engines.storyboard.words.vocabulary import vocabulary

_LONGEST = 5
SEATS = frozenset({"chair", "armchair", "sofa", "bench", "rock", "log", "stool", "throne"})


@dataclass(frozen=True, slots=True)
class Hit:
    """``value`` of ``slot`` said by tokens ``start`` to ``end`` (exclusive)."""

    slot: str
    value: str
    start: int
    end: int
    phrase: str


def hits_in(tokens: Sequence[Token]) -> list[Hit]:
    """For every slot the longest phrases, left to right; slots may overlap each other."""
    found: list[Hit] = []
    for slot, phrases in _slots().items():
        at = 0
        while at < len(tokens):
            hit = _longest(tokens, at, slot, phrases)
            if hit is None:
                at += 1
            else:
                found.append(hit)
                at = hit.end
    return sorted(found, key=lambda hit: (hit.start, -hit.end))


def _longest(tokens: Sequence[Token], at: int, slot: str, phrases: dict[str, str]) -> Hit | None:
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        window = tokens[at : at + length]
        if not all(token.is_word for token in window):
            continue
        for phrase in _readings(window, slot):
            if phrase in phrases:
                return Hit(slot, phrases[phrase], at, at + length, phrase)
    return None


def _readings(window: Sequence[Token], slot: str) -> list[str]:
    words = [token.text for token in window]
    readings = [" ".join(words), " ".join([*words[:-1], window[-1].noun])]
    if slot == "pose":
        rest = [token.text for token in window[1:]]
        readings += [" ".join([verb, *rest]) for verb in window[0].verbs]
    if slot in {"time", "mood"}:
        readings += [" ".join([*words[:-1], verb]) for verb in window[-1].verbs]
    if slot in {"subject", "place", "garment", "prop"} and len(window) == 1 and "-" in words[0]:
        readings.append(words[0].replace("-", " "))
    return readings


_SAID = ("time", "weather", "mood", "style", "framing", "angle", "place", "pose", "group", "prop")


@cache
def _slots() -> dict[str, dict[str, str]]:
    slots = {slot: vocabulary(slot) for slot in _SAID}
    slots["subject"] = {word: record.kind for record in table().values() for word in record.words}
    slots["garment"] = {word: word for word in vocabulary("garment")}
    return slots


def abstract_words() -> frozenset[str]:
    """Nouns that are never drawn for themselves."""
    return frozenset(vocabulary("abstract"))


def place_of(word: str) -> str:
    """The kind of place ``word`` is, or empty."""
    return vocabulary("place").get(word, "")
