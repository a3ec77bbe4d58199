"""What a sentence weighs: which tones it speaks of, and how much of it a painter could show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.analysis.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_NOT = frozenset("no not never neither nor without hardly scarcely n't n’t nobody nothing".split())
_UNREAL = frozenset("would could might should may must can shall will 'd ’d".split())
_GENERAL = frozenset("always usually often generally every whenever sometimes seldom".split())
_IN_QUOTES = 0.5
_BACK = 4
_TURNS = 0.35
_MOST_WORDS = 60
_NOUNS_OF_NO_SIGHT = frozenset("time way thing moment reason matter sort kind question answer idea".split())


@dataclass(frozen=True, slots=True)
class Features:
    """``sight`` is about 0 for a thought and 4 for a scene full of movement; ``nouns`` are things that are seen."""

    tones: tuple[tuple[str, float], ...]
    sight: float
    strong: int
    """How many strong movements (leaps, breaks, embraces) it shows."""
    words: int
    nouns: tuple[str, ...]

    @classmethod
    def of(cls, tokens: Tokens, spoken: frozenset[int], lexicon: Lexicon) -> Features:
        """``spoken`` are the numbers of the tokens inside of quotation marks."""
        tones: defaultdict[str, float] = defaultdict(float)
        for token in tokens:
            for tone, worth in lexicon.tones.get(token.lemma_.lower(), ()):
                tones[tone] += worth * _tone_share(token, spoken)
        seen = [token for token in tokens if token.i not in spoken and token.is_alpha]
        strong = [t for t in seen if t.pos_ == "VERB" and t.lemma_.lower() in lexicon.sights["strong"] and is_real(t)]
        nouns = [t for t in seen if t.pos_ == "NOUN" and t.lemma_.lower() not in _NOUNS_OF_NO_SIGHT]
        things = tuple(t.lemma_.lower() for t in nouns if lexicon.is_thing(t.lemma_.lower()))
        return cls(
            tones=tuple((tone, round(worth, 2)) for tone, worth in tones.items() if worth > 0),
            sight=round(_sight(tokens, seen, things, lexicon), 3),
            strong=len(strong),
            words=len(seen),
            nouns=things,
        )


def is_real(verb: Token) -> bool:
    """False for what is only thought of: ``would leap``, ``did not leap``, ``had leapt``, ``if she leapt``."""
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "neg" or (child.dep_ == "aux" and (word in _UNREAL or word in ("had", "to"))):
            return False
        if child.dep_ == "mark" and word in ("if", "unless", "because", "since", "though", "although", "that"):
            return False
        if child.dep_ == "advmod" and word in _GENERAL:
            return False
    head = verb.head
    return not (
        verb.dep_ == "conj" and head.pos_ == "VERB" and head.i != verb.i and _is_unreal(head) and not _has_subject(verb)
    )


def _is_unreal(verb: Token) -> bool:
    return any(
        child.dep_ == "aux" and (child.lower_ in _UNREAL or child.lower_ in ("had", "to")) for child in verb.children
    )


def _has_subject(verb: Token) -> bool:
    return any(child.dep_.startswith("nsubj") for child in verb.children)


def _tone_share(token: Token, spoken: frozenset[int]) -> float:
    """1 for a word that counts whole, less in speech, nothing where it is denied or only describes somebody."""
    if any(token.doc[at].lower_ in _NOT for at in range(max(token.sent.start, token.i - _BACK), token.i)):
        return 0.0
    if token.pos_ in ("AUX", "DET", "PRON", "ADP"):
        return 0.0
    if token.dep_ in ("acomp", "attr", "amod") and _is_description(token):
        return 0.2
    return _IN_QUOTES if token.i in spoken else 1.0


def _is_description(token: Token) -> bool:
    """``He was a gentle man``, ``she had a bitter temper``: what somebody is like, not what happens."""
    head = token.head
    if token.dep_ == "amod":
        return head.dep_ in ("attr", "dobj") and head.head.lemma_ in ("be", "have")
    return token.dep_ == "attr" and head.lemma_ == "be"


def _sight(tokens: Tokens, seen: list[Token], things: tuple[str, ...], lexicon: Lexicon) -> float:
    if not seen:
        return 0.0
    sights = lexicon.sights
    score = 0.0
    verbs = [token for token in seen if token.pos_ == "VERB"]
    for verb in verbs:
        lemma = verb.lemma_.lower()
        worth = 1.0 if lemma in sights["strong"] else 0.6 if lemma in sights["deeds"] else 0.0
        if worth and not is_real(verb):
            worth = -0.3
        elif worth and verb.tag_ in ("VBG", "VBN") and verb.dep_ in ("amod", "advcl", "acl"):
            worth *= 0.5
        score += worth - (0.5 if lemma in sights["unseen"] else 0.0)
    score += 0.18 * min(6, len(set(things)))
    nouns = [token for token in seen if token.pos_ == "NOUN"]
    score -= 0.12 * (len(nouns) - len(things))
    score += 0.15 * sum(token.lower_ in lexicon.times or token.lower_ in lexicon.weathers for token in seen)
    score += 0.4 * any(_acts(verb) for verb in verbs)
    score -= 0.2 * (seen[0].lower_ in ("it", "that", "this", "there"))
    score -= 0.8 * tokens.text.rstrip("”\"’'").endswith("?")
    score -= 0.5 * any(token.lower_ in _GENERAL for token in seen)
    score -= 0.6 * any(token.lower_ in _UNREAL for token in seen)
    return score * min(1.0, len(seen) / 8) * (1.0 if len(seen) <= _MOST_WORDS else _MOST_WORDS / len(seen))


def _acts(verb: Token) -> bool:
    """True if somebody does it."""
    return any(
        child.dep_ == "nsubj"
        and (child.pos_ == "PROPN" or child.lower_ in ("he", "she", "they", "i", "we") or child.pos_ == "NOUN")
        for child in verb.children
    )
