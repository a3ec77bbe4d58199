"""Where and when a sentence plays, by its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.analysis.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_AT = frozenset(
    "in on upon at inside aboard into onto through across along under below beneath among between amid".split()
)
_BY = frozenset("over up down beside near behind by outside around toward towards from above before past out".split())
_BESIDE = frozenset("beside near behind by outside around".split())
_WAYS = frozenset(
    "lane street road path stairs staircase steps hill slope hillside track alley ladder stairway".split()
)
_LOOKING = frozenset("look stare gaze point glance peer nod wave smile shout bow squint listen".split())
_STANDING = frozenset("stand lie lean rise be".split())
AFLOAT = "on the water"
_ABOARD = frozenset("in on aboard".split())
_SKIES = frozenset("sky heaven heavens".split())
_TREES = frozenset("tree trees trunk trunks birch birches oak oaks pine pines fir firs beech beeches larches".split())
_VESSELS = frozenset("boat ship dinghy raft canoe yacht ferry steamer schooner barge rowboat sailboat".split())
_ARRIVE = frozenset("enter reach cross leave climb approach".split())
_OWN = frozenset("the a an this that his her their my our its your".split())
_NO_ADJECTIVES = frozenset("other same own next last first second whole such only certain".split())
_BARE = frozenset("deck stage shore church school".split())
"""Places that need no article: ``on deck``."""
_EACH = frozenset("every each any last next all some most".split())


@dataclass(frozen=True, slots=True)
class Where:
    """``place`` is a phrase (``the narrow white room``), ``is_here`` False for one that is only near or left."""

    place: str = ""
    is_here: bool = False
    time: str = ""
    weather: str = ""
    is_beside: bool = False
    """True where it is near enough to be seen: ``beside the river``."""


def where_in(tokens: Tokens, spoken: frozenset[int], lexicon: Lexicon) -> Where:
    """What the sentence's own words say, outside of speech."""
    told = [token for token in tokens if token.i not in spoken]
    found: list[tuple[int, str]] = []
    for token in told:
        link = "in" if _is_where_it_plays(token) else _link(token)
        if link and not _is_elsewhere(token) and (phrase := _place(token, link, lexicon)):
            is_in = link in _AT or link in ("up", "down") and token.lower_ in _WAYS
            is_only_there = any(child.dep_ == "expl" for above in token.ancestors for child in above.children)
            found.append((0 if is_only_there else 2 if is_in else 1 if link in _BESIDE else 0, phrase))
    nearness, place = max(found, key=lambda one: one[0], default=(0, ""))
    times = (t for t in told if t.lower_ in lexicon.times and _is_now(t) and not _is_elsewhere(t))
    weathers = (t for t in told if t.lower_ in lexicon.weathers and _is_there(t) and not _is_elsewhere(t))
    return Where(
        place=place,
        is_here=nearness == 2,
        is_beside=nearness == 1,
        time=next((lexicon.times[t.lower_] for t in times), ""),
        weather=next((lexicon.weathers[t.lower_] for t in weathers), ""),
    )


def _place(noun: Token, link: str, lexicon: Lexicon) -> str:
    """The phrase for a place; ``among the birches`` is a wood, ``in the boat`` a boat on the water."""
    if link in ("among", "between", "amid"):
        return "the wood" if noun.lower_ in _TREES and noun.tag_ in ("NNS", "NN") else ""
    if noun.lower_ in _SKIES and link in ("at", "on", "under", "below", "beneath"):
        return ""
    if noun.lower_ in _VESSELS and link in _ABOARD and any(c.lower_ == "the" for c in noun.children):
        return f"a {noun.lower_} {AFLOAT}"
    return _phrase(noun) if _is_place(noun, lexicon) else ""


def _is_elsewhere(token: Token) -> bool:
    """True for what is only compared (``like a hush in a wood``), was before (``had found``) or may be."""
    for above in token.ancestors:
        if above.lower_ in ("like", "as", "than") or above.tag_ == "MD":
            return True
        if above.pos_ in ("VERB", "AUX"):
            if any(
                child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d", "would", "could", "might")
                for child in above.children
            ):
                return True
            if above.dep_ not in ("ccomp", "xcomp", "relcl", "acl"):
                return False
    return False


def _link(token: Token) -> str:
    """The preposition by which ``token`` is a place, or the verb of coming there; empty if it is none."""
    if token.dep_ == "pobj" and token.head.lower_ in _AT | _BY:
        is_seen_from_afar = token.head.head.lemma_ in _LOOKING and token.head.lower_ not in ("in", "on", "inside")
        return "" if is_seen_from_afar else token.head.lower_
    if token.dep_ == "dobj" and token.head.lemma_ in _ARRIVE:
        return "in"
    return ""


def _is_where_it_plays(token: Token) -> bool:
    """``The foundry stood at the top of the lane``, ``the bay was blue``."""
    is_subject = token.dep_ == "nsubj" and token.head.dep_ in ("ROOT", "conj") and token.head.lemma_ in _STANDING
    return is_subject and any(child.lower_ == "the" for child in token.children)


def _is_place(token: Token, lexicon: Lexicon) -> bool:
    if token.pos_ == "PROPN" or any(c.lower_ == "of" and _is_stuff(c) for c in token.children):
        return False
    return token.pos_ == "NOUN" and lexicon.is_place(token.lower_)


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
        return f"the {noun.text.lower()}" if noun.lower_ in _BARE else ""
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


def _is_now(token: Token) -> bool:
    if token.i and token.nbor(-1).lower_ in ("as", "like"):
        return False
    return not any(child.lower_ in _EACH for child in token.children) and token.dep_ not in ("poss", "compound")


def _is_there(token: Token) -> bool:
    """``the rain``, but not ``before the rain``, ``no rain`` or ``the rain had stopped``."""
    if any(child.lower_ in ("no", "any", "every") for child in token.children) or token.dep_ == "compound":
        return False
    head = token.head
    if (
        token.i
        and token.nbor(-1).lower_ in ("as", "like")
        or token.dep_ in ("poss", "amod")
        and head.dep_ == "pobj"
        and head.head.lower_ == "of"
    ):
        return False
    if head.lower_ in ("before", "after", "without", "until", "like", "of"):
        return False
    return head.lemma_ not in ("stop", "end", "cease", "fear", "expect", "pass") and not any(
        c.dep_ == "neg" for c in head.children
    )
