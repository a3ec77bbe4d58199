"""Where a prompt plays: the best of its place words, compounds, interiors, and the key of the place."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from studio.engines.storyboard.places.variants import naming_words
from studio.engines.storyboard.reading.lexicon import Hit, place_of
from studio.engines.storyboard.words.english import Token, kind_of_noun, word_set
from studio.engines.storyboard.words.vocabulary import vocabulary

IN = word_set(
    "in on at through under over along across into inside beneath by near beside "
    "from above below outside within onto towards toward around to up down past of"
)


_SETTLEMENTS = word_set("town city village")
_STRONG_IN = word_set("in on at through along across inside into within under")


NEGATIVE = word_set("no without not never nor neither lacking minus cannot don't doesn't isn't aren't hardly")


ARTICLES = word_set("a an the his her their its my our this that these those some any another each every")


_LEADS = {"to": 0.4, "from": -1.2, "of": 0.4, "towards": 0.4, "toward": 0.4} | dict.fromkeys(sorted(_STRONG_IN), 3.0)
_INSIDE = {
    "church": "church_interior",
    "cathedral": "church_interior",
    "chapel": "church_interior",
    "abbey": "church_interior",
    "house": "room",
    "cabin": "room",
    "cottage": "room",
    "lighthouse": "room",
    "hut": "room",
    "tower": "tower",
    "train": "railway",
    "mansion": "hall",
    "palace": "hall",
    "submarine": "spaceship",
    "mosque": "hall",
    "barn": "workshop",
    "stable": "workshop",
    "cowshed": "workshop",
    "farmhouse": "kitchen",
    "igloo": "cave",
    "villa": "room",
    "lodge": "room",
    "shack": "room",
    "skyscraper": "office",
}


def inside_of(noun: str) -> str:
    """What ``noun`` is from inside: a ``chapel`` is a church interior; empty for what has no inside."""
    return _INSIDE.get(noun, "")


def compounds(tokens: list[Token]) -> list[Hit]:
    """Places in compound words: ``poppyfield``."""
    found = (
        (at, split_compound(token.noun)) for at, token in enumerate(tokens) if token.is_word and len(token.noun) > 6
    )
    return [Hit("place", place, at, at + 1, tokens[at].noun) for at, place in found if place]


def interiors(tokens: list[Token]) -> list[Hit]:
    """``in an empty church`` is inside it."""
    found = []
    for at, token in enumerate(tokens):
        if token.noun in _INSIDE and not token.is_plural and leading_word(at, tokens) in {"in", "inside", "within"}:
            found.append(Hit("place", _INSIDE[token.noun], at, at + 1, token.noun))
    return found


def best_place(hits: list[Hit], tokens: list[Token]) -> Hit | None:
    best: tuple[float, int] | None = None
    chosen: Hit | None = None
    places = [hit for hit in hits if hit.slot == "place"]
    for hit in places:
        score = _place_score(hit, hits, tokens)
        if score > 0 and (best is None or (score, -hit.start) > best):
            best, chosen = (score, -hit.start), hit
    if chosen is None:
        return None
    alike = [hit for hit in places if hit.value == chosen.value and hit.phrase not in NEGATIVE]
    return max(alike, key=lambda hit: (len(hit.phrase.split()) - 2 * is_elsewhere(hit, tokens), hit is chosen))


def _place_score(hit: Hit, hits: list[Hit], tokens: list[Token]) -> float:
    """How surely ``hit`` is where the picture plays; 0 if it is part of another word."""
    if _is_part_of_another(hit, hits):
        return 0.0
    lead = leading_word(hit.start, tokens)
    score = 1.0 + 0.3 * (hit.end - hit.start) + _LEADS.get(lead, 1.6 if lead in IN else 0.0)
    if hit.end < len(tokens) and tokens[hit.end].noun != "light":
        score -= 1.4 * any(other.slot in {"subject", "place"} and other.start == hit.end for other in hits)
    score += 2.5 * _is_within_another(hit, hits, tokens)
    score -= 0.8 * (hit.phrase in vocabulary("weak_place")) + 2.0 * is_elsewhere(hit, tokens)
    if hit.value in {"castle", "bridge", "temple", "ruins"}:
        score -= 0.9 * (lead not in _STRONG_IN) + 0.4 * (lead in {"above", "over"})
    if hit.value == "sky" and any(other.value == "planet" for other in hits if other.slot == "place"):
        score -= 4.0
    if hit.value == "bridge" and any("cross" in token.verbs for token in tokens[max(0, hit.start - 3) : hit.start]):
        score += 4.0
    if hit.value == "underwater" and lead in {"under", "beneath", "below"}:
        score += 1.0
    return score + 1.2 * _opens_a_sentence(hit, tokens)


def _is_within_another(hit: Hit, hits: list[Hit], tokens: list[Token]) -> bool:
    """True for the market in ``a market in a desert town``: the town around it is farther than what is there."""
    if hit.end >= len(tokens) or tokens[hit.end].text not in {"in", "inside", "within"}:
        return False
    rest = len(list(itertools.takewhile(lambda token: token.is_word, tokens[hit.end + 1 : hit.end + 5])))
    around = (other for other in hits if other.slot == "place" and 0 < other.start - hit.end <= rest)
    return any(hit.value == "market" or other.value in _SETTLEMENTS for other in around)


def is_elsewhere(hit: Hit, tokens: Sequence[Token]) -> bool:
    """True for a place that is only spoken of: ``before the street wakes``, ``bread for a village``.

    Who ``stands before a waterfall`` is there.
    """
    lead = next((at for at in range(max(0, hit.start - 2), hit.start) if tokens[at].text in _NOT_HERE), -1)
    return lead >= 0 and not (tokens[lead].text == "before" and _POSTURES & set(tokens[lead - 1].verbs))


_NOT_HERE = word_set("before for until since")
_POSTURES = word_set("stand sit kneel wait lie pose bow stop pause rest")


def _is_part_of_another(hit: Hit, hits: list[Hit]) -> bool:
    slots = {"subject", "place", "time", "garment", "framing", "style", "angle"}
    return hit.phrase not in _INSIDE and any(
        (other.start == hit.start and other.end > hit.end) or other.start < hit.start < other.end
        for other in hits
        if other.slot in slots
    )


def _opens_a_sentence(hit: Hit, tokens: list[Token]) -> bool:
    at = hit.start - 1
    if at >= 0 and tokens[at].text in ARTICLES:
        at -= 1
    return at < 0 or tokens[at].text in {".", ":"}


def leading_word(start: int, tokens: list[Token]) -> str:
    """The preposition before the noun phrase that ends at ``start``, if near."""
    for at in range(start - 1, max(-1, start - 5), -1):
        word = tokens[at].text
        if not tokens[at].is_word:
            return ""
        if word in IN:
            return word
    return ""


def place_key(tokens: list[Token], hit: Hit | None, place: str, hits: list[Hit]) -> str:
    """The noun phrase round the place word, without articles: two shots naming a place alike agree."""
    if hit is None:
        return place
    start, end = hit.start, hit.end
    other = {
        at
        for o in hits
        if o.slot in {"time", "mood", "pose", "framing", "style", "angle"}
        for at in range(o.start, o.end)
    }
    other |= {at for o in hits if o.slot == "weather" and not place_of(o.phrase) for at in range(o.start, o.end)}
    while (
        start > 0
        and tokens[start - 1].is_word
        and tokens[start - 1].text not in IN | ARTICLES
        and start - 1 not in other
        and _is_descriptive(tokens[start - 1])
    ):
        start -= 1
    while (
        end < len(tokens)
        and end - hit.end < 8
        and end not in other
        and tokens[end].is_word
        and tokens[end].text
        not in NEGATIVE | {"with", "while", "as", "and", "when", "where", "who", "that", "is", "are"}
    ):
        if (tokens[end].verbs[1:] and tokens[end].text.endswith("ing")) or tokens[end].text in {"at", "during"}:
            break
        end += 1
    words = [t.noun for t in tokens[start:end] if t.text not in ARTICLES]
    while words and words[-1] in IN | {"of", "before", "after", "during"}:
        words.pop()
    while words and words[0] in IN:
        words.pop(0)
    return " ".join(words)


def _is_descriptive(token: Token) -> bool:
    return token.noun in naming_words() or token.text.endswith(
        (
            "y",
            "ed",
            "en",
            "al",
            "ic",
            "ous",
            "ern",
            "old",
            "ld",
            "ient",
            "ll",
            "g",
            "ow",
            "ige",
            "ey",
            "rk",
            "ge",
        )
    )


def split_compound(word: str) -> str:
    """The place in a compound word: ``poppyfield`` holds ``field``; ``backward`` holds no ward."""
    if word.endswith("ward"):
        return ""
    return next(
        (
            place_of(word[at:])
            for at in range(3, len(word) - 2)
            if len(word) - at > 3 and place_of(word[at:]) and kind_of_noun(word[:at])
        ),
        "",
    )
