"""Who a sentence speaks of: names, roles (``the captain``) and pronouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.analysis.lexicon import Lexicon
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, name_gender
from studio.model.people import TITLES, formal_name

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "i": "self", "me": "self", "my": "self", "myself": "self",
}  # fmt: skip
_NO_NAMES = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december christmas easter god lord heaven english french german spanish italian latin greek american "
    "chapter oh ah yes no well mr mrs ms miss dr sir madam bible europe england london france paris people everyone nobody somebody nothing tonight today tomorrow yesterday noon midnight spring summer autumn winter saint street road bay".split()
)
_ALSO_NAMES = ("animal", "creature", "plant", "person")
"""Robin, Rose, Hunter."""
_NEVER = frozenset("DET PRON ADP CCONJ SCONJ AUX NUM INTJ PUNCT ADV PART".split())
_SPEAKING = frozenset(
    "say ask reply answer whisper shout cry call murmur think laugh smile nod tell sigh mutter exclaim add".split()
)
_PLACE_LINKS = frozenset("in at from near to across towards toward through into around outside of".split())
DETERMINERS = frozenset("the this that".split())
_BEING_THERE = frozenset("sit stand lie come wait hang walk live".split())
_CALLS = {"boy": "male", "lad": "male", "girl": "female", "lass": "female"}
MANY = frozenset("they them their".split())
_ELSEWHEN = frozenset("had would could might 'd ’d if".split())
_KIN = frozenset("mother father grandmother grandfather grandma grandpa granny mum mummy mama papa dad daddy".split())


_ENDING = re.compile(r"['’](?:s|ll|d|re|ve)?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """``words`` is a name (``kind`` name), ``the captain`` (role) or a pronoun, small. ``is_subject``: it does what is told.

    ``A queen sat there`` and ``it was an old woman`` tell of a newcomer, whose words are ``the queen``; what is cried to
    somebody in speech (``Boy!``) is a call.

    ``evidence`` is how surely it is somebody: above 0 a person, below 0 a place or a ship.
    """

    words: str
    kind: str
    evidence: float = 0.0
    is_subject: bool = False
    is_sure: bool = True
    """False for a word at the beginning of a sentence that may only be large for that."""
    gender: str = ""
    is_object: bool = False
    """True for ``her`` in ``gave her a napkin``, to whom something is done."""
    is_human: bool = True
    """False for ``the dog``."""
    at: int = 0
    """The number of its word in the parse."""
    is_new: bool = False
    """True for ``he`` in ``he was the thinnest man``: somebody who is described before he is named."""
    is_own: bool = False
    """True for the name that somebody gives himself in speech: ``I’m Ottilie Kranz``."""
    is_there: bool = True
    """False for who is only spoken of, owner, likened to, thought of or from another time: ``as on the day that Agnes cut it``."""


def mentions_in(tokens: Tokens, spoken: frozenset[int], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Names, roles and pronouns in order; pronouns and roles inside of quotation marks are left out."""
    runs = _name_runs(tokens, lexicon)
    taken = {token.i for run in runs for token in run}
    order = [(run[0].i, _named(run, tokens, spoken, lexicon)) for run in runs]
    order += [(token.i, call) for token in tokens if token.i in spoken and (call := _call(token))]
    for token in tokens:
        if token.i in spoken or token.i in taken:
            continue
        if token.lower_ in PRONOUNS and token.pos_ == "PRON":
            is_new = _is_new(token, lexicon)
            order.append(
                (
                    token.i,
                    Mention(
                        token.lower_,
                        "pronoun",
                        is_subject=_is_subject(token),
                        is_object=token.dep_ in ("dobj", "dative", "pobj") and not token.lower_.endswith("self"),
                        at=token.i,
                        is_new=is_new,
                    ),
                )
            )
        elif token.lower_ in MANY and token.pos_ == "PRON":
            order.append((token.i, Mention(token.lower_, "many", is_subject=_is_subject(token), at=token.i)))
        elif token.tag_ == "NNS" and _is_subject(token):
            order.append((token.i, Mention(_group(token, lexicon), "group", is_subject=True, at=token.i)))
        elif _is_newcomer(token, lexicon):
            gender = noun_gender(token.lower_)
            order.append((token.i, Mention(f"the {bare_noun(token)}", "newcomer", gender=gender, at=token.i)))
        elif _is_role(token, lexicon):
            order.append(
                (
                    token.i,
                    Mention(
                        f"the {bare_noun(token)}",
                        "role",
                        1.0,
                        is_subject=_is_subject(token),
                        gender=noun_gender(token.lower_),
                        is_human=lexicon.table.kind(token.lemma_.lower()) == "person",
                        at=token.i,
                        is_there=_is_there(token, lexicon),
                    ),
                )
            )
    return tuple(mention for _, mention in sorted(order, key=lambda pair: pair[0]))


def _name_runs(tokens: Tokens, lexicon: Lexicon) -> list[list[Token]]:
    """Words written large that follow each other, with a title before them."""
    runs: list[list[Token]] = []
    for token in tokens:
        if not _is_name_word(token, tokens, lexicon):
            continue
        if runs and runs[-1][-1].i == token.i - 1 and not runs[-1][-1].text.endswith(("'s", "’s")):
            runs[-1].append(token)
        else:
            runs.append([token])
    return [run for run in runs if not (len(run) == 1 and run[0].lower_.rstrip(".") in _NO_NAMES)]


def _is_name_word(token: Token, tokens: Tokens, lexicon: Lexicon) -> bool:
    word, bare = token.text, token.lower_.rstrip(".")
    if not word[:1].isupper() or not any(letter.islower() for letter in word) or len(word) < 2:
        return False
    is_followed = token.i + 1 < tokens.end and token.nbor(1).text[:1].isupper() and token.nbor(1).is_alpha
    if bare in TITLES or bare in _KIN:
        return is_followed or bare in _KIN
    if token.lower_ in _NO_NAMES or token.pos_ in _NEVER:
        return False
    return token.pos_ in ("PROPN", "NOUN", "ADJ", "VERB")


def _is_unsure(token: Token, tokens: Tokens, lexicon: Lexicon) -> bool:
    """True for a large word at a sentence's start that is an English word too."""
    is_name = token.pos_ == "PROPN" and (
        bool(name_gender(token.text)) or lexicon.table.kind(token.lower_) in _ALSO_NAMES
    )
    return _is_at_start(token, tokens) and lexicon.table.is_known(token.text) and not is_name


def _is_at_start(token: Token, tokens: Tokens) -> bool:
    before = token.nbor(-1) if token.i > tokens.start else None
    return before is None or before.is_quote or before.text in "“”‘’\"'—*_(:" or before.text in ".!?"


def _named(run: list[Token], tokens: Tokens, spoken: frozenset[int], lexicon: Lexicon) -> Mention:
    words = _ENDING.sub("", " ".join(token.text for token in run))
    head = run[-1]
    evidence = 3.0 if run[0].lower_.rstrip(".") in TITLES else 0.0
    evidence += 2.0 * bool(name_gender(run[0].text))
    if _does(head):
        evidence += 1.5 if head.head.lemma_ in _SPEAKING else 1.0 if head.head.pos_ == "VERB" else 0.3
    evidence += 0.3 * any(child.dep_ == "case" for child in head.children)
    evidence += 0.5 * (head.i in spoken and head.dep_ in ("npadvmod", "intj", "vocative", "ROOT"))
    called = _is_told_as_name(head)
    evidence += 2.0 * bool(called)
    before = run[0].nbor(-1).lower_ if run[0].i > tokens.start else ""
    evidence += 0.8 * (before == "with")
    evidence -= 0.8 * (before in _PLACE_LINKS) + 2.0 * (before in ("the", "a", "an", "*", "_"))
    is_sure = len(run) > 1 or not _is_unsure(run[0], tokens, lexicon)
    return Mention(
        words,
        "name",
        round(evidence, 2),
        _is_subject(head),
        is_sure,
        _gender_by_name(run) or called.strip("?"),
        at=head.i,
        is_own=head.i in spoken and _is_given(head),
        is_there=head.i not in spoken and _is_there(head, lexicon),
    )


def _is_new(pronoun: Token, lexicon: Lexicon) -> bool:
    """True for ``he was the thinnest man``, ``she was a small woman``."""
    if pronoun.dep_ != "nsubj" or pronoun.head.lemma_ != "be":
        return False
    nouns = (c for c in pronoun.head.children if c.dep_ == "attr" and lexicon.is_somebody(c.lemma_.lower()))
    return any(child.dep_ == "amod" for noun in nouns for child in noun.children)


def _call(token: Token) -> Mention | None:
    """What is cried to somebody: ``Boy!``; None for other words."""
    if token.lower_ not in _CALLS or not all(child.is_punct for child in token.children):
        return None
    return Mention(token.lower_, "call", gender=_CALLS[token.lower_], at=token.i)


def _is_newcomer(noun: Token, lexicon: Lexicon) -> bool:
    """``A queen sat there``, ``it was an old woman``; not ``she was an old woman``, which tells of somebody known."""
    if noun.tag_ != "NN" or not lexicon.is_somebody(noun.lemma_.lower()):
        return False
    if not any(child.lower_ in ("a", "an") for child in noun.children) or not _is_there(noun, lexicon):
        return False
    if noun.dep_ == "attr":
        return any(child.lower_ in ("it", "there") for child in noun.head.children)
    is_after = noun.dep_ == "dobj" and noun.head.lemma_ in _BEING_THERE  # at the fire sat a queen
    return is_after and not any(child.dep_ == "nsubj" for child in noun.head.children) or _is_subject(noun)


def _group(noun: Token, lexicon: Lexicon) -> str:
    """``the two old men``; empty for waves and boats."""
    if not lexicon.is_somebody(noun.lemma_.lower()):
        return ""
    kept = [c.text for c in noun.children if c.i < noun.i and c.dep_ in ("det", "nummod", "amod", "compound")]
    return " ".join([*kept, noun.text]).lower()


def _is_there(token: Token, lexicon: Lexicon) -> bool:
    """False for ``Joss's father``, ``like Joss``, ``that Agnes cut``, ``what Agnes had written``."""
    if token.dep_ == "poss" and token.head.lower_ not in lexicon.sights["body"]:
        return False
    for above in token.ancestors:
        is_aside = above.dep_ == "relcl" and _does(token) and above.i == token.head.i
        if above.lower_ in ("like", "than") or is_aside and all(c.lower_ != "where" for c in above.children):
            return False
        if above.pos_ in ("VERB", "AUX"):
            words = {child.lower_ for child in above.children if child.dep_ in ("aux", "mark")}
            return not (words & _ELSEWHEN)
    return True


def _is_told_as_name(head: Token) -> str:
    """The gender, or ``?``, for ``a girl called Sunna`` and ``her name was Jocasta Bell``; else empty."""
    if head.dep_ in ("oprd", "appos", "attr") and head.head.lower_ in ("called", "named"):
        return noun_gender(head.head.head.lower_) or "?"
    if head.dep_ == "attr" and head.head.lemma_ == "be":
        subject = next(
            (child for child in head.head.children if child.dep_ == "nsubj" and child.lower_ == "name"), None
        )
        owner = (
            next((child.lower_ for child in subject.children if child.dep_ == "poss"), "")
            if subject is not None
            else ""
        )
        return (PRONOUNS.get(owner, "?") if subject is not None else "").replace("self", "?")
    return ""


def _is_given(head: Token) -> bool:
    """``I’m Ottilie Kranz``, ``my name is Pike``."""
    if head.dep_ != "attr" or head.head.lemma_ not in ("be", "'m", "’m"):
        return False
    subject = next((child for child in head.head.children if child.dep_ == "nsubj"), None)
    is_mine = subject is not None and any(child.lower_ == "my" for child in subject.children)
    return subject is not None and (subject.lower_ == "i" or subject.lower_ == "name" and is_mine)


def noun_gender(noun: str) -> str:
    """``female`` for ``girl``; empty for ``captain``."""
    return "female" if noun in FEMALE_NOUNS else "male" if noun in MALE_NOUNS else ""


def _gender_by_name(run: list[Token]) -> str:
    title = TITLES.get(run[0].lower_.rstrip("."), "")
    bare = [token.text for token in run if token.lower_.rstrip(".") not in TITLES]
    firsts = bare[:-1] or (bare if len(bare) == len(run) else [])
    told = (name_gender(first) or name_gender(formal_name(first.lower())) for first in firsts)
    return title or next((gender for gender in told if gender), "")


def _does(token: Token) -> bool:
    if token.dep_ == "attr" and token.head.lemma_ == "be" and token.pos_ == "PROPN":
        return any(child.dep_ == "nsubj" and child.lower_ == "it" for child in token.head.children)  # it was Silas who
    return token.dep_ in ("nsubj", "nsubjpass") or token.dep_ == "conj" and token.head.dep_ in ("nsubj", "nsubjpass")


def _is_subject(token: Token) -> bool:
    """True for who does what is told; not inside of ``that the solicitor had drawn``."""
    return _does(token) and not any(above.dep_ in ("relcl", "acl", "ccomp") for above in token.ancestors)


def _is_role(token: Token, lexicon: Lexicon) -> bool:
    """``the captain``: one person or animal of whom the text has told already."""
    if token.tag_ != "NN" or not lexicon.is_somebody(token.lemma_.lower()):
        return False
    return any(child.dep_ == "det" and child.lower_ in DETERMINERS for child in token.children) and not any(
        child.dep_ == "appos" and child.pos_ == "PROPN" for child in token.children
    )


def bare_noun(token: Token) -> str:
    """The noun with what tells it from others: ``old man``, ``frost baron``."""
    kept = [
        c.text
        for c in token.children
        if c.i < token.i and c.dep_ == "compound" or c.lower_ in ("old", "young", "little")
    ]
    return " ".join([*kept, token.text]).lower()
