"""Places that a sentence names, as a painter needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.grammar import article
from studio.engines.writer.phrases import is_determined, noun_phrase
from studio.engines.writer.words import WordTable, name_gender

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACE_PREPS = frozenset(
    "in at on to through across inside near under into from along by around over beneath below behind beside aboard "
    "onto towards toward outside throughout within between".split()
)
_WHERE = ("under", "on", "by", "above", "below", "beneath", "near", "behind", "beside", "in")


def place_phrase(token: Token) -> str:
    """A place as a painter needs it: the noun phrase, with an article and without owners."""
    phrase = noun_phrase(token)
    phrase = re.sub(r"(?i)^(?:my|our|his|her|their|its|your)\s+", "the ", phrase)
    where = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in _WHERE), None)
    if where is not None and where.right_edge.i - where.i <= 3 and where.i == token.i + 1:
        phrase = f"{phrase} {token.doc[where.i : where.right_edge.i + 1].text}"
    if token.lower_ in ("earth", "heaven", "space", "town", "school", "home") and not is_determined(token):
        return phrase
    if token.pos_ == "PROPN" or re.match(r"(?i)(?:a|an|the|one|[\w-]+'s)\b", phrase) or token.tag_ == "NNS":
        return phrase
    return f"{article(phrase)} {phrase}"


def is_address(token: Token) -> bool:
    """True for ``letters to the moon``: a place that nobody is at."""
    if token.head.lower_ not in ("to", "from"):
        return False
    above = token.head.head
    is_sent = above.lemma_.lower() in (
        "send",
        "mail",
        "post",
        "write",
        "call",
        "phone",
        "talk",
        "speak",
        "sing",
        "wave",
        "listen",
    )
    return above.pos_ in ("NOUN", "PROPN") or is_sent


def is_upon(token: Token) -> bool:
    """True for the roof that somebody is on; one that is repaired or slept under is a thing."""
    return token.lemma_.lower() in ("roof", "rooftop") and token.dep_ == "pobj" and token.head.lower_ in ("on", "atop")


def place_among(table: WordTable, tokens: list[Token]) -> str:
    """The place that these tokens name after a preposition, or empty."""
    for token in tokens:
        if token.dep_ == "pobj" and token.pos_ in ("NOUN", "PROPN") and token.head.lower_ in PLACE_PREPS:
            if is_address(token):
                continue
            is_name = token.ent_type_ in ("GPE", "LOC", "FAC") and not name_gender(token.text)
            if is_name or table.is_place(token.lemma_) or is_upon(token):
                return place_phrase(token)
    return ""
