"""What a sentence says of how somebody looks: ``a grave woman``, ``her red hair``, ``Davy was twelve``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.analysis.deeds import subject_of
from studio.engines.analysis.lexicon import Lexicon
from studio.engines.analysis.mentions import DETERMINERS, PRONOUNS, bare_noun

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_LONGEST_LOOK = 14
_COLOURS = frozenset(
    "black white grey gray red brown green blue yellow golden silver purple scarlet crimson dark fair pale copper orange pink".split()
)
_UNSEEN = frozenset("own both hind front left right other best first second hot cold last same free".split())


@dataclass(frozen=True, slots=True)
class Feature:
    """What is said of ``whose`` look (a name, a role or a pronoun): ``a grave woman``, ``red hair``, ``twelve years old``."""

    whose: str
    words: str


def looks_in(tokens: Tokens, spoken: frozenset[int], lexicon: Lexicon) -> tuple[Feature, ...]:
    """What the sentence says of anybody's look, outside of speech."""
    found: list[Feature] = []
    for token in tokens:
        if token.i not in spoken:
            found += _told_of(token, lexicon)
    return tuple(found)


def _told_of(token: Token, lexicon: Lexicon) -> Iterator[Feature]:
    if token.dep_ == "appos" and token.pos_ == "NOUN" and token.head.pos_ in ("PROPN", "NOUN"):
        yield from _known_as(token.head, token, lexicon)
    elif token.lemma_ == "be" and token.pos_ in ("AUX", "VERB"):
        yield from _said_to_be(token, lexicon)
    elif token.pos_ == "NOUN" and _is_worn(token, lexicon):
        yield from _worn(token, lexicon)
    elif token.pos_ == "NOUN" and lexicon.is_somebody(token.lemma_.lower()):
        named = next(
            (c for c in token.children if c.dep_ in ("acl", "relcl") and c.lower_ in ("called", "named")), None
        )
        name = next((c for c in named.children if c.pos_ == "PROPN"), None) if named is not None else None
        if name is not None:
            yield from _known_as(name, token, lexicon)


def _known_as(whose: Token, noun: Token, lexicon: Lexicon) -> Iterator[Feature]:
    look = _look_of(noun, lexicon) if lexicon.is_somebody(noun.lemma_.lower()) else ""
    if look and _owner(whose):
        yield Feature(_owner(whose), look)


def _worn(noun: Token, lexicon: Lexicon) -> Iterator[Feature]:
    """``her red hair``, ``he wore an old straw hat``."""
    kept = [
        c.lower_
        for c in noun.children
        if c.dep_ in ("amod", "compound") and c.i < noun.i and c.pos_ in ("ADJ", "NOUN") and c.lower_ not in _UNSEEN
    ]
    is_body = noun.lower_ in lexicon.sights["body"]
    if not kept or is_body and not any(word in _COLOURS or word in lexicon.sights["figure"] for word in kept):
        return
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None and noun.dep_ == "dobj" and noun.head.lemma_ in ("wear", "have"):
        owner = subject_of(noun.head)
    if owner is not None and _owner(owner):
        yield Feature(_owner(owner), f"{'' if _is_many(noun) else _a(kept[0])}{' '.join(kept)} {noun.lower_}")


def _said_to_be(verb: Token, lexicon: Lexicon) -> Iterator[Feature]:
    subject = subject_of(verb)
    if subject is None or any(child.dep_ == "neg" for child in verb.children):
        return
    for child in verb.children:
        if child.dep_ == "attr" and child.pos_ == "NOUN":
            yield from _known_as(subject, child, lexicon)
        elif child.dep_ in ("attr", "acomp") and child.pos_ == "NUM" and subject.pos_ in ("PROPN", "PRON"):
            age = "".join(token.text for token in child.subtree)
            if age.replace("-", "").isalpha():
                yield Feature(_owner(subject), f"{age.lower()} years old")
        elif child.dep_ == "acomp":
            yield from _is_like(subject, child, lexicon)


def _is_like(subject: Token, adjective: Token, lexicon: Lexicon) -> Iterator[Feature]:
    """``her eyes were blue``, ``he was tall and thin``."""
    owner = next((child for child in subject.children if child.dep_ == "poss"), None)
    if owner is not None and _is_worn(subject, lexicon):
        yield Feature(_owner(owner), f"{_phrase_of(adjective)} {subject.lower_}")
    elif owner is None and adjective.lower_ in lexicon.sights["figure"]:
        yield Feature(_owner(subject), _adjectives(adjective, lexicon))


def _is_worn(noun: Token, lexicon: Lexicon) -> bool:
    """True for clothes and parts of the body."""
    either = lexicon.sights["clothes"] | lexicon.sights["body"]
    return noun.lower_ in either or noun.lemma_.lower() in either


def _adjectives(adjective: Token, lexicon: Lexicon) -> str:
    """``tall and thin`` of ``tall and thin and clever``."""
    every = [adjective, *(token for token in adjective.subtree if token.dep_ == "conj" and token.pos_ == "ADJ")]
    return " and ".join(token.lower_ for token in every if token.lower_ in lexicon.sights["figure"])


def _look_of(noun: Token, lexicon: Lexicon) -> str:
    """``a small woman in black with a ring of keys``; empty if it says nothing that can be seen."""
    if not any(child.lower_ in ("a", "an") for child in noun.children):
        return ""
    parts = [
        token
        for token in noun.subtree
        if not _is_below(token, noun, ("relcl", "appos", "conj", "cc", "punct", "advcl"))
    ]
    words = [token.text for token in parts if not token.is_space][:_LONGEST_LOOK]
    seen = frozenset().union(lexicon.sights["figure"], lexicon.sights["clothes"], lexicon.sights["body"])
    is_seen = any(token.lower_ in seen or token.lemma_.lower() in seen or token.lower_ in _COLOURS for token in parts)
    return " ".join(words).lower().replace(" -", "-").replace("- ", "-") if is_seen and len(words) > 2 else ""


def _is_below(token: Token, top: Token, deps: tuple[str, ...]) -> bool:
    while token.i != top.i:
        if token.dep_ in deps:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _phrase_of(adjective: Token) -> str:
    every = [adjective, *(token for token in adjective.subtree if token.dep_ == "conj" and token.pos_ == "ADJ")]
    return " and ".join(token.lower_ for token in every[:2])


def _owner(token: Token) -> str:
    """How the mention of it is written: the whole name, ``the captain``, or the pronoun."""
    if token.lower_ in PRONOUNS:
        return token.lower_
    if token.pos_ == "PROPN":
        parts = [
            child
            for child in token.children
            if child.dep_ == "compound" and child.text[:1].isupper() and child.i < token.i
        ]
        return " ".join([*(part.text for part in parts), token.text])
    if token.pos_ == "NOUN" and any(child.lower_ in DETERMINERS for child in token.children):
        return f"the {bare_noun(token)}"
    return ""


def _is_many(noun: Token) -> bool:
    return noun.tag_ == "NNS" or noun.lower_ in ("hair", "skin", "armour", "fur", "clothing")


def _a(word: str) -> str:
    return "an " if word[:1] in "aeiou" else "a "
