"""The parts of a planned shot's prompt: framing, action, and the setting that its last sentence names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.engines.storyboard.reading.lexicon import Hit, hits_in
from studio.engines.storyboard.reading.scenery import ARTICLES, IN, compounds, inside_of
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token, word_set
from studio.engines.storyboard.words.vocabulary import vocabulary

_SPLITS = (IN - {"up", "down", "past"}) | word_set("with behind between beyond under where that overlooking")
_WITHIN = word_set("inside within in")
_PART_OF = word_set(
    "end edge side rim crest top foot middle heart corner mouth door gate window seat back front shadow rest part "
    "bottom floor wall half depth entrance threshold brink outskirts centre center surface far other first last row"
)
_DECOR = word_set(
    "well street_lamp mirror statue palm_tree table bench rock log piano fountain oak pine willow dead_tree "
    "cherry_tree throne fireplace bookshelf tent wagon headstone signpost swing cauldron easel telescope"
)
_WIDE = word_set("extreme_wide wide full")


@dataclass(frozen=True, slots=True)
class Sections:
    """Tokens of the framing, of what is done, of the place, and of hour, weather, mood and style."""

    head: list[Token]
    action: list[Token]
    place: list[Token]
    rest: list[Token]


def sections_of(tokens: Sequence[Token]) -> Sections | None:
    """The parts of ``Medium shot, eye level: somebody does something. The place, hour, weather, mood.``

    None if the prompt is not built that way.
    """
    end = next((at for at, token in enumerate(tokens) if token.text in {":", "."}), None)
    if end is None or end > 9:
        return None
    slots = {hit.slot for hit in hits_in(tokens[:end])}
    if not {"framing", "angle"} <= slots:
        return None
    stops = [at for at, token in enumerate(tokens) if token.text == "." and at < len(tokens) - 1]
    if not stops or stops[-1] < end:
        return None
    start = stops[-1] + 1
    body = list(tokens[start:])
    cut = _place_end(body)
    if cut == 0:
        return None
    return Sections(list(tokens[:end]), list(tokens[end + 1 : start]), body[:cut], body[cut:])


def _place_end(body: Sequence[Token]) -> int:
    """Where the place ends: before the first part between commas that is hour, weather, mood or style."""
    start = 0
    while start < len(body):
        end = next((at for at in range(start, len(body)) if not body[at].is_word), len(body))
        part = body[start:end]
        said = {
            at
            for hit in hits_in(part)
            if hit.slot in {"time", "weather", "mood", "style"}
            for at in range(hit.start, hit.end)
        }
        if start and part and (len(said) >= len(part) - 1 or part[0].text == "mood" or part[-1].text == "style"):
            return start
        start = end + 1
    return next((at for at, token in enumerate(body) if token.text == "."), len(body))


def place_in(place: Sequence[Token]) -> Hit | None:
    """The kind of place that ``place`` is: its head noun decides, then what follows ``in``, ``of``, ``at`` …"""
    tokens = list(place)
    hits = hits_in(tokens)
    named = [hit for hit in [*hits, *compounds(tokens)] if hit.slot == "place"]
    settings = vocabulary("setting")
    named += [
        Hit("place", settings[phrase], at, at + size, phrase)
        for at in range(len(tokens))
        for size in (3, 2, 1)
        for phrase in [
            " ".join([*(t.text for t in tokens[at : at + size - 1]), tokens[min(at + size, len(tokens)) - 1].noun])
        ]
        if at + size <= len(tokens) and phrase in settings
    ]
    if tokens and tokens[0].text in _WITHIN:
        inner = next((at for at, token in enumerate(tokens) if inside_of(token.noun)), None)
        if inner is not None:
            return Hit("place", inside_of(tokens[inner].noun), inner, inner + 1, tokens[inner].noun)
    buildings = [hit for hit in hits if hit.slot == "subject" and table()[hit.value].is_building]
    pieces = _pieces(tokens)
    for start, end in pieces:
        inside = [hit for hit in named if start <= hit.start and hit.end <= end]
        if inside:
            return max(inside, key=lambda hit: (hit.end, hit.end - hit.start, hit.phrase in settings))
    for start, end in pieces:
        for hit in buildings:
            if start <= hit.start < end:
                return Hit("place", table()[hit.value].home, hit.start, hit.start, hit.phrase)
    return None


def home_in(place: Sequence[Token]) -> str:
    """Where what ``place`` names is at home, if it names no place; else empty."""
    found = next((hit for hit in hits_in(place) if hit.slot == "subject"), None)
    return table()[found.value].home if found else ""


def _pieces(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """``tokens`` cut before each preposition; a part of a thing (``the end of``) leaves the lead to the thing."""
    bounds = [0]
    for at, token in enumerate(tokens):
        if at and token.is_word and token.text in _SPLITS:
            bounds.append(at)
    bounds.append(len(tokens))
    pieces = [(a, b) for a, b in pairwise(bounds) if b > a]
    if len(pieces) > 1 and tokens[pieces[0][1] - 1].noun in _PART_OF:
        return [*pieces[1:], pieces[0]]
    return pieces


def key_of(place: Sequence[Token]) -> str:
    """The place as it is named, without articles."""
    return " ".join(token.noun for token in place if token.is_word and token.text not in ARTICLES)


def is_decor(kind: str, *, is_plural: bool, framing: str, indoors: bool) -> bool:
    """True if ``kind``, named as part of a place, is drawn for itself there."""
    record = table()[kind]
    if framing not in _WIDE or record.is_living:
        return False
    if record.is_building or (record.is_landmark and kind != "door"):
        return not indoors and not is_plural
    return kind in _DECOR
