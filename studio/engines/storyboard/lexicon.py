"""The artist's vocabulary: phrases of each slot, and the longest of them found in a row of tokens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from studio.engines.storyboard.records import table
from studio.engines.storyboard.wardrobe import GARMENTS
from studio.engines.storyboard.words import Token
from studio.media.assets import asset_path

_LONGEST = 5
PROPS = {
    "lantern": "lantern", "oil lamp": "lantern", "lamp": "lantern", "umbrella": "umbrella", "sword": "sword", "blade": "sword", "staff": "staff",
    "walking stick": "stick", "stick": "stick", "cane": "cane", "spear": "spear", "book": "book", "diary": "book", "journal": "book", "notebook": "book", "newspaper": "newspaper",
    "letter": "letter", "note": "letter", "envelope": "letter", "paper": "letter", "map": "map", "chart": "map", "suitcase": "suitcase", "briefcase": "suitcase", "bag": "bag", "sack": "bag", "luggage": "suitcase",
    "basket": "basket", "bucket": "bucket", "pail": "bucket", "bouquet": "bouquet", "flowers": "bouquet", "flower": "flower", "rose": "flower", "red balloon": "balloon", "balloon": "balloon", "kite": "kite",
    "fishing rod": "fishing_rod", "rod": "fishing_rod", "fishing pole": "fishing_rod", "torch": "torch", "candle": "candle", "flashlight": "flashlight", "wand": "wand", "camera": "camera",
    "phone": "phone", "mobile phone": "phone", "smartphone": "phone", "telescope": "telescope", "spyglass": "telescope", "guitar": "guitar", "violin": "violin", "fiddle": "violin", "trumpet": "trumpet",
    "axe": "axe", "pickaxe": "axe", "broom": "broom", "box": "box", "parcel": "box", "crate": "box", "package": "box", "gift": "gift", "present": "gift", "bread": "bread", "loaf": "bread", "cup": "cup", "mug": "cup", "cup of tea": "cup", "cup of coffee": "cup", "coffee": "cup", "tea": "cup",
    "paintbrush": "brush", "brush": "brush", "palette": "palette", "bow": "bow", "shield": "shield", "baby": "baby", "teddy bear": "teddy", "teddy": "teddy", "doll": "teddy", "ball": "ball", "microphone": "microphone", "pipe": "pipe",
    "rifle": "gun", "gun": "gun", "musket": "gun", "pistol": "gun",
    "chair": "chair", "armchair": "armchair", "rocking chair": "armchair", "bench": "bench", "park bench": "bench", "rock": "rock", "stone": "rock", "boulder": "rock", "log": "log", "stool": "stool", "sofa": "armchair", "pew": "bench",
}  # fmt: skip
"""Words for things held or sat upon, to the props that figures know."""

SEATS = frozenset({"chair", "armchair", "bench", "rock", "log", "stool"})


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


@cache
def _slots() -> dict[str, dict[str, str]]:
    text = asset_path("storyboard/lexicon.json").read_text(encoding="utf-8")
    slots = {
        slot: {phrase.strip(): value for value, phrases in values.items() for phrase in phrases.split(",")}
        for slot, values in json.loads(text).items()
    }
    slots["subject"] = {word: record.kind for record in table().values() for word in record.words}
    slots["garment"] = {word: word for word in GARMENTS}
    slots["prop"] = dict(PROPS)
    return slots


def abstract_words() -> frozenset[str]:
    """Nouns that are never drawn for themselves."""
    return frozenset(_slots()["abstract"])


def place_of(word: str) -> str:
    """The kind of place ``word`` is, or empty."""
    return _slots()["place"].get(word, "")
