"""What a sentence says of how somebody looks: ``a grave woman``, ``her red hair``, ``Davy was twelve``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.analysis.deeds import subject_of
from studio.engines.analysis.lexicon import Lexicon
from studio.engines.analysis.mentions import DETERMINERS, PRONOUNS, bare_noun, noun_gender
from studio.model.counting import number_in

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_LONGEST_LOOK = 14
_COLOURS = frozenset(
    "black white grey gray red brown green blue yellow golden silver purple scarlet crimson dark fair pale copper orange pink".split()
)
_UNSEEN = frozenset("own both hind front left right other best first second hot cold last same free".split())
_NO_LOOK = frozenset(
    "voice breath side back lip lips mouth teeth tooth cheek cheeks knee knees elbow elbows heel heels toe toes foot feet "
    "finger fingers thumb hand hands arm arms leg legs shoulder shoulders".split()
)
"""Parts of the body that say little of how somebody always looks."""
_KINDS = ("ADJ", "NOUN", "VERB")
_HAIRCUTS = frozenset(
    "long short curly curled cropped shaved braided plaited straight wavy wild thick bushy bald silver coloured tangled untidy neat round".split()
)
_LONGEST_TAIL = 4
_LEAST_YEARS = 3
_ONCE = frozenset("when while before after until if as though once since".split())
_NOT_NOW = frozenset("had would could might 'd ’d".split())


@dataclass(frozen=True, slots=True)
class Feature:
    """What is said of ``whose`` look (a name, a role or a pronoun): ``a grave woman``, ``red hair``, ``twelve years old``.

    ``at`` is the number of the word that says so. ``bearer`` is the name that ``her`` in it can only mean.
    """

    whose: str
    words: str
    at: int = 0
    bearer: str = ""


def looks_in(tokens: Tokens, spoken: frozenset[int], lexicon: Lexicon) -> tuple[Feature, ...]:
    """What the sentence says of anybody's look, outside of speech."""
    found: list[Feature] = []
    for token in tokens:
        if token.i not in spoken:
            found += _told_of(token, lexicon)
    return tuple(found)


def _told_of(token: Token, lexicon: Lexicon) -> Iterator[Feature]:
    if token.pos_ == "NOUN" and _is_worn(token, lexicon):
        yield from _worn(token, lexicon)
    elif token.dep_ == "appos" and token.pos_ == "NOUN" and token.head.pos_ in ("PROPN", "NOUN"):
        yield from _known_as(token.head, token, lexicon)
    elif token.lemma_ == "be" and token.pos_ in ("AUX", "VERB"):
        yield from _said_to_be(token, lexicon)
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
        yield Feature(_owner(whose), look, whose.i)


def _worn(noun: Token, lexicon: Lexicon) -> Iterator[Feature]:
    """``her red hair``, ``he wore an old straw hat``."""
    kept = [word.lower_ for word in noun.lefts if _is_kept(word) for word in (*word.lefts, word) if _is_kept(word)]
    kept = [noun.head.lower_, *kept] if _is_cut_so(noun) else kept
    tail = _made_of(noun)
    is_body = noun.lower_ in lexicon.sights["body"]
    shown = (
        _HAIRCUTS if noun.lower_ == "head" else _COLOURS | _HAIRCUTS | lexicon.sights["figure"] | lexicon.sights["body"]
    )
    if noun.lower_ == "face":
        kept = [word for word in kept if word not in _COLOURS]  # white with fear
    if not (kept or tail) or is_body and not any(word in shown for word in (*kept, *tail.split())):
        return
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    owner = owner if owner is not None else _wearer(noun)
    if owner is not None and _owner(owner):
        words = " ".join([*kept, noun.lower_, *tail.split()])
        yield Feature(_owner(owner), f"{'' if _is_many(noun) else _a(words)}{words}", owner.i, _bearer(owner, noun))


def _is_kept(word: Token) -> bool:
    """``thick`` and ``red`` of a braid; not ``her own``, ``other``."""
    is_kind = word.dep_ in ("amod", "compound") and word.pos_ in _KINDS
    return (is_kind or word.lower_ in _COLOURS) and word.lower_ not in _UNSEEN


def _wearer(noun: Token) -> Token | None:
    """Who has or wears it, also as the second or third thing of a list; nobody in what once was."""
    while noun.head.pos_ == "NOUN" and noun.dep_ in ("conj", "appos") or _goes_on(noun):
        noun = noun.head if noun.head.pos_ == "NOUN" else noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "in"):
        return _of_whom(noun.head)
    is_worn = noun.head.lemma_ in ("wear", "have") and not _is_once(noun.head)
    is_had = noun.dep_ == "dobj" and (is_worn or _is_cut_so(noun))
    return subject_of(noun.head) if is_had else None


def _is_cut_so(noun: Token) -> bool:
    """``She had cropped grey hair``, which a parser takes for what she had done."""
    return noun.dep_ == "dobj" and noun.head.lower_ in _HAIRCUTS and any(c.lower_ == "had" for c in noun.head.children)


def _of_whom(link: Token) -> Token | None:
    """Who is told of in ``she was forty-two, with black hair`` and ``he was a broad man with a red scarf``."""
    described = link.head
    if described.dep_ in ("attr", "acomp") and described.head.lemma_ == "be":
        described = described.head
    if described.lemma_ == "be" and not _is_once(described):
        return subject_of(described)
    return described if described.pos_ == "PROPN" and described.i == link.i - 1 else None


def _goes_on(noun: Token) -> bool:
    """True for the scarf of ``a braid that reached to her belt, a scarf``: it was not the braid that reached it."""
    is_after_comma = noun.left_edge.i > 0 and noun.left_edge.nbor(-1).text == ","
    return is_after_comma and noun.dep_ == "dobj" and noun.head.dep_ == "relcl" and noun.head.head.pos_ == "NOUN"


def _made_of(noun: Token) -> str:
    """``of dark red``, ``full of freckles``: what stands after it and can be seen."""
    link = next(
        (c for c in noun.children if c.i == noun.i + 1 and (c.lower_ == "of" or c.lower_ == "full" and c.n_rights)),
        None,
    )
    words = [token for token in link.subtree if not token.is_punct] if link is not None else []
    is_plain = 1 < len(words) <= _LONGEST_TAIL and all(w.pos_ in ("ADP", "ADJ", "NOUN") for w in words)
    return " ".join(word.lower_ for word in words) if is_plain else ""


def _bearer(owner: Token, noun: Token) -> str:
    """The name that ``her`` in ``Captain Vane, straight as a mast in her navy coat`` can only mean; else empty."""
    if owner.lower_ not in PRONOUNS:
        return ""
    for above in noun.ancestors:
        if above.pos_ == "PROPN":
            return _owner(above)
        if above.pos_ in ("VERB", "AUX"):
            subject = subject_of(above)
            if subject is not None:
                return _owner(subject) if subject.pos_ == "PROPN" and subject.i < owner.i else ""
    return ""


def _is_once(verb: Token) -> bool:
    """True for ``when she was small`` and ``she had been small``: how somebody looked at another time."""
    words = [(child.lower_, child.dep_) for child in verb.children]
    return any(dep in ("mark", "advmod") and word in _ONCE for word, dep in words) or any(
        dep == "aux" and word in _NOT_NOW for word, dep in words
    )


def _said_to_be(verb: Token, lexicon: Lexicon) -> Iterator[Feature]:
    subject = subject_of(verb)
    if subject is None or _is_once(verb) or any(child.dep_ == "neg" for child in verb.children):
        return
    for child in verb.children:
        if child.dep_ == "attr" and child.pos_ == "NOUN":
            yield from _introduced(child, lexicon) if subject.lower_ == "it" else _known_as(subject, child, lexicon)
        elif child.dep_ in ("attr", "acomp") and (age := _years(child)):
            yield Feature(_owner(subject) or subject.text, f"{age} years old", subject.i)
        elif child.dep_ == "acomp":
            yield from _is_like(subject, child, lexicon)


def _introduced(noun: Token, lexicon: Lexicon) -> Iterator[Feature]:
    """``It was an old woman in a purple coat``: told of whoever ``she`` is from then on."""
    look = _look_of(noun, lexicon) if lexicon.is_somebody(noun.lemma_.lower()) else ""
    pronoun = {"female": "she", "male": "he"}.get(noun_gender(noun.lower_), "")
    if look and pronoun:
        yield Feature(pronoun, look, noun.i + 1)


def _years(told: Token) -> str:
    """``thirteen`` of ``she was thirteen that autumn``, ``seventy-one`` of ``he was seventy-one years old``; else empty."""
    of_years = [year for year in told.children if year.lemma_ == "year"] if told.lower_ == "old" else []
    number = next((child for year in of_years for child in year.children if child.dep_ == "nummod"), told)
    first = next((child for child in number.children if child.dep_ == "compound"), None)
    age = f"{first.lower_}-{number.lower_}" if first is not None else number.lower_
    is_one_of = any(child.lower_ in ("of", "o'clock") for child in told.children)
    return age if (number_in(age) or 0) >= _LEAST_YEARS and not is_one_of else ""


def _is_like(subject: Token, adjective: Token, lexicon: Lexicon) -> Iterator[Feature]:
    """``her eyes were blue``, ``he was tall and thin``."""
    owner = next((child for child in subject.children if child.dep_ == "poss"), None)
    if owner is not None and _is_worn(subject, lexicon):
        if look := _adjectives(adjective, lexicon.sights["figure"] | _COLOURS):
            words = f"{look} {subject.lower_}"
            yield Feature(_owner(owner), f"{'' if _is_many(subject) else _a(words)}{words}", owner.i)
    elif owner is None and (look := _adjectives(adjective, lexicon.sights["figure"])):
        yield Feature(_owner(subject), look, subject.i)


def _is_worn(noun: Token, lexicon: Lexicon) -> bool:
    """True for clothes and parts of the body."""
    either = (lexicon.sights["clothes"] | lexicon.sights["body"]) - _NO_LOOK
    return noun.lower_ in either or noun.lemma_.lower() in either


def _adjectives(adjective: Token, seen: frozenset[str]) -> str:
    """``tall and thin`` of ``tall and thin, and clever, and not young``."""
    every = [adjective, *(token for token in adjective.conjuncts if token.pos_ == "ADJ")]
    every = [token for token in every if not (token.i and token.nbor(-1).lower_ in ("not", "never", "so", "as"))]
    return " and ".join(token.lower_ for token in every if token.lower_ in seen)


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
