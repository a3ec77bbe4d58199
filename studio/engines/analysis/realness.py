"""What is so in a sentence, and what is only compared, thought of, seen from afar, or of another time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engines.analysis.lexicon import Lexicon
from studio.engines.writer.words import name_gender

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIKENED = frozenset("like as than".split())
_ANOTHER_TIME = frozenset("had 'd ’d would could might".split())
_UNREAL_MARKS = frozenset("if though unless because since before until for than".split())
_DENIED = frozenset("not n't n’t never".split())
_THOUGHT = frozenset(
    "think know feel hope wish suppose believe imagine wonder remember forget expect dream mean want intend decide plan "
    "plan hear tell talk speak read sing".split()
)
_LOOKING = frozenset(
    "look stare gaze point glance peer nod wave smile shout bow squint listen see watch notice spy spot recognise".split()
)
_SEEING = frozenset("see watch notice spy spot recognise".split())
_BEGUN = frozenset("begin start continue go come try".split())
_ON_FEET = frozenset("walk run trot climb crawl jump gallop leap creep".split())
"""What ``it`` does that is an animal."""
_WE = frozenset("he she they i we you who everyone everybody someone somebody both".split())


def is_elsewhere(token: Token) -> bool:
    """True for what is only compared (``like a hush in a wood``), was before (``had found``), is thought of or may be."""
    below = token
    if any(before.lower_ == "ago" for before in token.doc[token.sent.start : token.i]):
        return True
    for above in token.ancestors:
        if above.lower_ in _LIKENED and above.pos_ != "AUX" or above.tag_ == "MD":
            return True
        if above.pos_ in ("VERB", "AUX"):
            if _is_unreal(above) or above.lemma_ in _THOUGHT and below.dep_ != "advcl":
                return True
            if above.dep_ not in ("ccomp", "xcomp", "pcomp", "advcl", "conj", "dobj"):
                return False
            if above.dep_ == "conj" and _has_subject(above):
                return False
        below = above
    return False


def _is_unreal(verb: Token) -> bool:
    for child in verb.children:
        word = child.lower_
        if child.dep_ in ("aux", "neg") and (word in _ANOTHER_TIME or word in _DENIED or child.tag_ == "MD"):
            return True
        if child.dep_ == "mark" and word in _UNREAL_MARKS:
            return True
        if child.dep_ == "aux" and word == "to" and verb.head.lemma_ not in _BEGUN:
            return True
    return False


def _has_subject(verb: Token) -> bool:
    return any(child.dep_.startswith("nsubj") for child in verb.children)


def is_of_somebody(verb: Token, lexicon: Lexicon) -> bool:
    """True if a person or an animal does what ``verb`` says, also where that stands with the verb it goes on from."""
    for _ in range(6):
        subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
        before = [child for child in subjects if child.i < verb.i]
        subject = before[-1] if before else subjects[0] if subjects else None
        if subject is not None:
            return _is_somebody(subject, lexicon)
        if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN"):
            return False
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep") or verb.head.i == verb.i:
            return False
        verb = verb.head
        if verb.pos_ == "ADP":
            verb = verb.head
    return False


def _is_somebody(subject: Token, lexicon: Lexicon) -> bool:
    if subject.lower_ in _WE or subject.text[:1].isupper() and name_gender(subject.text):
        return True
    if subject.lower_ == "it":
        return subject.head.lemma_ in _ON_FEET
    if subject.pos_ == "PROPN":
        return not any(child.lower_ in ("the", "a", "an") for child in subject.children)
    return subject.pos_ == "NOUN" and lexicon.is_somebody(subject.lemma_.lower())


def is_seen_from_afar(above: Token, link: str) -> bool:
    """``looked over the harbour``, ``saw a boat in the bay``: where the eye goes, and not who looks."""
    return (
        above.pos_ == "VERB" and above.lemma_ in _LOOKING and (link not in ("in", "inside") or above.lemma_ in _SEEING)
    )
