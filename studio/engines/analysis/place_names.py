"""What a place is called: nouns of places and of their parts, and the phrase that a painter reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.analysis.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS = frozenset(
    "end edge side rim crest top foot middle heart corner mouth door doors doorway gate gates window back front centre center "
    "bottom floor wall walls half depth depths entrance threshold brink outskirts head length shelter shadow shadows "
    "ceiling roof steps rest lee midst".split()
)
_FURNISHINGS = frozenset(
    "window table door floor wall stove fire hearth ceiling chair bed bench step steps stairs sink counter doorway shelf "
    "clock lamp rug dresser desk fireplace sill windowsill".split()
)
"""What stands in a room that is named before it: ``the kitchen table``."""
TREAD = frozenset("wall bank edge".split())
"""What one may walk on and is a place only by its name: ``the harbour wall``."""
_MASTS = frozenset("tiller gunwale helm oars thwart prow mast rigging bowsprit".split())
_ABOARD_PARTS = frozenset("bow bows stern deck bridge hold forecastle".split()) | _MASTS
_VESSELS = frozenset("boat ship dinghy raft canoe yacht ferry steamer schooner barge rowboat sailboat".split())
_ABOARD = frozenset("in on aboard".split())
_ONLY_WITH_SOMEBODY = frozenset("roof ruin sky".split())
"""Things of which a text speaks without anybody being there."""
BUILDINGS = frozenset(
    "house hut cabin cottage tower church chapel castle palace barn mill inn shop lighthouse temple foundry farmhouse "
    "theatre hall school station museum library lodge mansion shed shack villa monastery abbey hospital hotel cave "
    "factory workshop tavern café cafe pub prison".split()
)
_OVERHEAD = frozenset("sky heaven heavens roof rooftop".split())
_TREES = frozenset("tree trees trunk trunks birch birches oak oaks pine pines fir firs beech beeches larches".split())
_OWN = frozenset("the a an this that his her their my our its your".split())
_NO_ADJECTIVES = frozenset("other same own next last first second whole such only certain far further".split())
_BARE = frozenset("deck stage shore church school".split())
"""Places that need no article: ``on deck``."""


def is_part(noun: Token) -> bool:
    """True for the ``end`` of ``the end of the wall``."""
    return noun.lower_ in _PARTS


def afloat(vessel: str) -> str:
    """Where somebody is who is in a ``boat``, as a painter reads it."""
    return f"a {vessel} on the water"


def is_afloat(words: str) -> bool:
    """True for what ``afloat`` gives, on whatever water."""
    return words.startswith("a ") and " on the " in words


def is_place(token: Token, lexicon: Lexicon) -> bool:
    """True for a noun of a place that is not only stuff for something: no ``square of paper``."""
    if token.pos_ == "PROPN" or any(c.lower_ == "of" and _is_stuff(c) for c in token.children):
        return False
    return token.pos_ == "NOUN" and lexicon.is_place(token.lower_)


@dataclass(frozen=True, slots=True)
class Naming:
    """How a place is named: after which preposition, and if somebody is said to be there."""

    link: str
    is_there: bool


def phrase_of(noun: Token, naming: Naming, lexicon: Lexicon) -> str:
    """The phrase for the place that ``noun`` is; empty if it is none.

    ``Among the birches`` is a wood, ``in the boat`` a boat on the water, ``at the kitchen table`` the kitchen. What
    nobody is said to be in must be a place beyond doubt.
    """
    word, link = noun.lower_, naming.link
    if _is_only_said(noun, naming, lexicon):
        return ""
    if word in _TREES and (link in ("among", "between", "amid", "through") or _are_many(noun)):
        return "the wood"
    if is_part(noun) and any(child.lower_ == "of" for child in noun.children):
        return _aboard(noun, link) and afloat(_aboard(noun, link))
    if (vessel := _aboard(noun, link)) and (naming.is_there or word not in _MASTS):
        return afloat(vessel)
    if word in _FURNISHINGS and (room := _room_before(noun, lexicon)):
        return f"the {room} {word}" if word in TREAD else f"the {room}"
    if word in TREAD and link in ("on", "upon", "along", "alongside", "up"):
        return f"the {word}"
    if word == "train" and link in ("in", "on", "aboard"):
        return "the train compartment"
    return _phrase(noun) if is_place(noun, lexicon) else ""


def _is_only_said(noun: Token, naming: Naming, lexicon: Lexicon) -> bool:
    """``between the houses``, ``under the roof``; what may be no place at all where nobody is said to be in it."""
    word, link = noun.lower_, naming.link
    if link in ("among", "between", "amid"):
        return word not in _TREES
    if word in _OVERHEAD:
        return link not in ("in", "on", "onto", "upon", "to") or not naming.is_there
    is_sure = word in BUILDINGS | _TREES | _VESSELS | _ABOARD_PARTS | _FURNISHINGS | TREAD or lexicon.is_drawn_place(
        word
    )
    return not naming.is_there and (word in _ONLY_WITH_SOMEBODY or not is_sure)


def _are_many(noun: Token) -> bool:
    """``the birches began``."""
    return noun.dep_ == "nsubj" and noun.tag_ == "NNS" and any(child.lower_ == "the" for child in noun.children)


def _aboard(noun: Token, link: str) -> str:
    """The vessel that somebody is in who is ``in the boat``, ``in the bow``, ``on the bridge of the ship``."""
    word = noun.lower_
    of = next((c for link in noun.children if link.lower_ == "of" for c in link.children if is_vessel(c)), None)
    if word in _VESSELS and link in _ABOARD and any(c.lower_ in ("the", "a", "our", "my") for c in noun.children):
        return word
    if word in _ABOARD_PARTS and of is not None:
        return of.lower_
    if word == "deck":
        return "ship" if link in ("on", "across", "along", "to") else ""
    if word == "bridge" or word == "hold":
        return ""
    return "boat" if word in _MASTS or word in _ABOARD_PARTS and link in ("in", "at", "on", "over") else ""


def is_vessel(noun: Token) -> bool:
    """True for a boat or a ship."""
    return noun.lower_ in _VESSELS


def is_mast(noun: Token) -> bool:
    """True for a part that only boats have."""
    return noun.lower_ in _MASTS


def building_in(noun: Token) -> str:
    """``the hut`` for a building that one can go into; else empty."""
    is_one = noun.pos_ == "NOUN" and noun.lower_ in BUILDINGS and noun.dep_ not in ("compound", "poss")
    return f"the {noun.lower_}" if is_one else ""


def full_name(noun: Token, lexicon: Lexicon) -> str:
    """``the harbour wall``; empty for what is no such name."""
    room = _room_before(noun, lexicon) if noun.lower_ in TREAD else ""
    return f"the {room} {noun.lower_}" if room else ""


def _room_before(noun: Token, lexicon: Lexicon) -> str:
    """The ``kitchen`` of ``the kitchen table``; empty if there is none."""
    return next((c.lower_ for c in noun.children if c.dep_ == "compound" and lexicon.is_place(c.lower_)), "")


def _phrase(noun: Token) -> str:
    """``the old harbour of Brenn``, with an article of its own; empty if it is not clear which one is meant."""
    words = [
        child
        for child in noun.children
        if child.i < noun.i and child.dep_ in ("det", "poss", "amod", "compound", "nummod")
    ]
    if any(word.lower_ in ("no", "any", "every", "each") for word in words):
        return ""
    kept = [
        word.text for word in words if word.dep_ in ("amod", "compound", "nummod") and word.lower_ not in _NO_ADJECTIVES
    ]
    owner = next((word for word in words if word.dep_ == "poss" and word.pos_ == "PROPN"), None)
    lead = f"{owner.text}'s" if owner is not None else "the" if any(word.lower_ in _OWN for word in words) else ""
    if not lead and not kept and noun.tag_ == "NN":
        is_numbered = noun.i + 1 < len(noun.doc) and noun.nbor(1).like_num  # ward six
        return f"the {noun.text.lower()}" if noun.lower_ in _BARE or is_numbered else ""
    phrase = " ".join([*([lead] if lead else []), *kept, noun.text])
    more = next((child for child in noun.children if child.lower_ == "of" and child.i == noun.i + 1), None)
    if more is not None:
        of = [token for token in more.subtree if not token.is_punct]
        if 1 < len(of) <= 4:
            phrase = f"{phrase} {' '.join(token.text for token in of)}"
    return (
        phrase.replace(" '", "'").replace("*", "").replace("_", "").lower()
        if owner is None and more is None
        else phrase
    )


def _is_stuff(link: Token) -> bool:
    """``of paper``: what a square is cut from, not where it is."""
    return any(
        child.dep_ == "pobj"
        and not any(word.dep_ in ("det", "poss") for word in child.children)
        and child.pos_ == "NOUN"
        for child in link.children
    )
