"""What an idea names, so that a plot may name it again: the object of its deed, what that can do, its other nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.writer.fates import NOT_NAMED, can_be_touched, fate_of, is_object, sorts_of
from studio.engines.writer.grammar import Figure, article, present
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, WordTable, name_gender

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CARRIERS = frozenset(
    "want try learn decide hope need begin start plan vow promise agree refuse have manage dare".split()
)
#: What one does in order to do something else: ``breaks into a museum to return a painting``.
_ON_THE_WAY = frozenset(
    "break go come travel set climb walk sail drive fly run cross row dive swim return sneak leave hitchhike ride hike stay".split()
)
#: With these before it, a deed has not been done.
_UNDONE = frozenset("refuse fail stop forget never".split())
#: ``stops singing``: what follows these is a deed, and no object.
_OF_DOING = ("stop", "start", "begin", "keep", "quit", "love", "hate")
_PREPOSITIONS = ("for", "of", "after", "to", "at", "on", "with", "about", "against", "over")
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_DENIED = re.compile(r"(?i)\b(?:not|never|cannot|can't|won't|doesn't|don't|hardly)\b")
_HANDLING = ("creates", "repairs", "nurtures", "tends", "spoils", "recolours", "turns", "hands_over")
_NOT_LOOKS = frozenset("last first only next final whole entire same other own second third single".split())
_KIN = frozenset("mother father sister brother son daughter wife husband grandmother grandfather grandson granddaughter uncle aunt mum dad mom parents".split())  # fmt: skip
_LIVING = ("person", "animal", "robot", "creature", "group")
_CONCRETE = ("thing", "food", "plant", "place", *_LIVING)
#: ``a case`` is a matter, and ``a violin case`` a thing.
_BOXES = ("case", "board", "stand", "set", "box")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a plot may name; empty where the idea does not say it."""

    lemma: str = ""
    """The verb of the deed: ``carve``."""
    fate: str = ""
    """What kind of thing happens to the object, one of ``FATES``."""
    thing: Figure | None = None
    """The object, if it can be touched."""
    drawn: str = ""
    """The same with all that can be seen of it: ``the old green caravan``; empty if it is a place, not something handled."""
    matter: Figure | None = None
    """The object, if it cannot: ``the last penalty``."""
    whom: Figure | None = None
    """The object, if it is a living being."""
    into: Figure | None = None
    """What it is turned into."""
    recipient: Figure | None = None
    """For whom it is made."""
    claim: str = ""
    """What the idea says that the object does, as a clause: ``only wolves can hear the whistle``."""
    inner: frozenset[str] = frozenset()
    """Nouns of that clause, which take no part in the story themselves."""
    named: tuple[Figure, ...] = ()
    """All that can be seen, in the order of the idea."""
    sorts: frozenset[str] = frozenset()
    """What sort of thing the object is, of ``SORTS_OF_OBJECTS``: ``food, text, tune, picture, far``."""


def mentions_of(doc: Doc, table: WordTable, said: str, lemma: str) -> Mentions:
    """What the idea in ``doc`` names; ``said`` is what the hero does as it was read, ``lemma`` the verb of that."""
    named = _named(doc, table)
    verb, target = _deed_and_object(doc, said)
    if verb is None or target is None:
        return Mentions(lemma, named=named)
    lemma = lemma if verb.text == said.partition(" ")[0] and lemma else verb.lemma_.lower()
    head = target.lemma_.lower()
    if not is_object(head) or target.dep_ == "pobj" and table.kind(head) == "abstract":
        return Mentions(lemma, named=named)
    is_new = any(t.lower_ in ("a", "an") for t in target.lefts) or target.tag_ == "NNS"
    fate = fate_of(lemma, head, table, is_new=is_new)
    if lemma == "cut" and any(c.dep_ == "prt" for c in verb.children):
        fate = "fells"
    into = _into(verb) if fate == "turns" else None
    fate = "acts" if fate == "turns" and into is None else fate
    figure = mention(target, table)
    is_living = figure.kind in _LIVING
    is_thing = not is_living and can_be_touched(lemma, head, figure.kind, fate, is_new=is_new)
    inner = _relative(doc, target)
    return Mentions(
        lemma,
        fate,
        thing=figure if is_thing else None,
        drawn=f"the {_looks_of(target, figure.noun)}" if is_thing and _is_at_hand(target, figure, fate) else "",
        matter=None if is_thing or is_living else figure,
        whom=figure if is_living else None,
        into=mention(into, table) if into is not None else None,
        recipient=_recipient(target, verb, table),
        claim=_claim(inner, figure.short),
        inner=frozenset(t.lemma_.lower() for t in inner),
        named=named,
        sorts=sorts_of(lemma, head, figure.kind) | _aims(verb),
    )


def _is_at_hand(target: Token, figure: Figure, fate: str) -> bool:
    """True for what is handled, and not for where one is: ``waits at the station``, ``robs the bank``."""
    return target.dep_ == "dobj" and (figure.kind != "place" or fate in _HANDLING)


def _looks_of(target: Token, noun: str) -> str:
    """``old caravan`` of ``their very last old caravan``, and ``loaves`` of ``every loaf``."""
    seen = (t.lower_ for t in target.lefts if t.dep_ == "amod" and t.tag_ == "JJ" and t.lower_ not in _NOT_LOOKS)
    return " ".join((*seen, noun))


def _deed_and_object(doc: Doc, said: str) -> tuple[Token | None, Token | None]:
    """The verb and what it is done to: what follows the verb that was read at once, else what the parser says."""
    at = _begin_of(doc, said)
    target = _object_after(doc, at) if at >= 0 and not _DENIED.search(said) else None
    if target is not None:
        return doc[at], target
    is_later = at >= 0 and doc[at].pos_ == "VERB" and doc[at].dep_ == "conj"
    verb = doc[at] if is_later else _deed(doc)
    return verb, _object(verb) if verb is not None else None


def mention(token: Token, table: WordTable) -> Figure:
    """The noun ``token`` as one speaks of it the second time: ``the fishing boat``, ``her mother``."""
    lemma = token.lemma_.lower()
    kind = "person" if token.pos_ == "PROPN" and name_gender(token.text) else table.kind(lemma)
    if token.pos_ == "PROPN" and token.text[:1].isupper() and kind == "person":
        return Figure(
            token.text, token.text, token.text, token.text, lemma, kind, name_gender(token.text) or "female", token.text
        )
    compound = " ".join(t.text.lower() for t in token.lefts if t.dep_ == "compound" and t.tag_ in ("NN", "NNS", "VBG"))
    if compound and lemma in _BOXES:
        kind = "thing"
    is_common = token.pos_ == "NOUN" or token.i == token.sent.start and table.is_known(token.text)
    is_every = token.tag_ == "NN" and any(t.lower_ in ("every", "each") for t in token.lefts)
    noun = f"{compound} {token.text.lower() if is_common else token.text}".strip()
    noun = _several(noun) if is_every else noun  # ``every clock``: the clocks
    is_plural = (
        is_every
        or token.tag_ in ("NNS", "NNPS")
        or any(t.dep_ == "nummod" and t.lower_ not in ("one", "1") for t in token.lefts)
    )
    owner = next((t for t in token.lefts if t.dep_ == "poss"), None)
    determiner = (
        owner.lower_
        if owner is not None and lemma in _KIN and owner.lower_ in ("his", "her", "their", "its")
        else "the"
    )
    short = f"{determiner} {noun}"
    gender = "female" if lemma in FEMALE_NOUNS else "male" if lemma in MALE_NOUNS else "neuter"
    if kind == "person" and gender == "neuter":
        gender = "male" if re.search(r"(?i)\bhe\b", token.doc.text) else "female"
    first = noun if is_plural else f"{article(noun)} {noun}"
    return Figure(noun, first, short, short, lemma, kind, "plural" if is_plural else gender)


def _several(noun: str) -> str:
    """``clocks`` of ``clock``, ``loaves`` of ``loaf``."""
    if noun.endswith(("lf", "af", "ife", "eaf")) and not noun.endswith("gulf"):
        return f"{noun.removesuffix('e')[:-1]}ves"
    return present(noun, is_plural=False)


def _deed(doc: Doc) -> Token | None:
    """The main verb, or what somebody wants or tries to do; None if there is none, or if it is denied."""
    span = next((s for s in doc.sents if sum(t.is_alpha for t in s) > 1), None)
    if span is None or span.root.pos_ != "VERB":
        return None
    verb = span.root
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)
    if verb.lemma_.lower() in _ON_THE_WAY and all(c.dep_ != "dobj" for c in verb.children):
        inner = inner or next((c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VB" and c.i > verb.i), None)
        return inner if inner is not None and inner.nbor(-1).lower_ == "to" else verb
    if any(
        c.dep_ == "neg" or c.lower_ in ("never", "hardly") for t in (verb, inner) if t is not None for c in t.children
    ):
        return None
    if verb.lemma_.lower() in _UNDONE and inner is not None:
        return None
    return inner if inner is not None and verb.lemma_.lower() in _CARRIERS else verb


def _object(verb: Token) -> Token | None:
    """What the deed is done to: ``a whistle`` of ``carves a whistle``, ``a ship`` of ``dreams of a ship``."""
    direct = next((c for c in verb.rights if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN")), None)
    is_doing = direct is not None and direct.lower_.endswith("ing") and verb.lemma_ in _OF_DOING
    if direct is not None and direct.tag_ != "VBG" and not is_doing:
        return direct
    if (
        direct is not None
        or verb.lemma_.lower() in _ON_THE_WAY
        or any(c.dep_ in ("xcomp", "ccomp", "attr", "acomp") for c in verb.children)
    ):
        return None
    preps = (c for c in verb.rights if c.dep_ == "prep" and c.lower_ in _PREPOSITIONS)
    found = (c for prep in preps for c in prep.children if c.dep_ == "pobj" and c.pos_ == "NOUN" and c.tag_ != "VBG")
    return next((t for t in found if t.ent_type_ not in ("DATE", "TIME") and t.lemma_.lower() not in NOT_NAMED), None)


def _begin_of(doc: Doc, said: str) -> int:
    """Where ``carves a whistle`` begins in the idea; -1 if it is told in other words."""
    words = said.split()[:2]
    if len(words) < 2:
        return -1
    follows = [t for t in doc[:-1] if t.nbor().text == words[1].strip(",.")]
    return next((t.i for t in follows if words[0] in (t.text, present(t.lemma_.lower(), is_plural=False))), -1)


def _object_after(doc: Doc, at: int) -> Token | None:
    """The noun that follows a verb at once, where the parser does not know the verb: ``repairs a watch``."""
    found = None
    for token in doc[at + 1 : at + 7]:
        if token.pos_ in ("NOUN", "PROPN"):
            found = token
        elif token.tag_ == "POS":
            found = None  # ``a stranger's ashes``
        elif found is not None or token.pos_ not in ("DET", "ADJ", "NUM", "PRON") or token.tag_ == "PRP":
            break
    return found


def _relative(doc: Doc, target: Token) -> list[Token]:
    """The words of the relative clause that follows ``target`` at once."""
    at = target.i + 1
    if at + 1 >= len(doc) or doc[at].lower_ not in ("that", "which", "who"):
        return []
    words: list[Token] = []
    for token in doc[at : target.sent.end]:
        if token.is_punct or token.lower_ in ("and", "but") and any(t.tag_ in _FINITE for t in words):
            break
        words.append(token)
    return words


def _recipient(target: Token, verb: Token, table: WordTable) -> Figure | None:
    """``the opponent`` of ``knits a sweater for his opponent``; None if it is nobody alive."""
    preps = (c for head in (target, verb) for c in head.rights if c.dep_ in ("prep", "dative") and c.lower_ == "for")
    nouns = (c for prep in preps for c in prep.children if c.dep_ == "pobj" and c.pos_ == "NOUN")
    figures = (mention(token, table) for token in nouns)
    return next((figure for figure in figures if figure.kind in _LIVING), None)


def _into(verb: Token) -> Token | None:
    """``a teapot`` of ``turns his teacher into a teapot``."""
    prep = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "into"), None)
    return next((c for c in prep.children if c.dep_ == "pobj" and c.pos_ == "NOUN"), None) if prep is not None else None


def _claim(inner: list[Token], short: str) -> str:
    """``only wolves can hear the whistle`` for ``a whistle that only wolves can hear``; empty if it is not in the present."""
    text = "".join(t.text_with_ws for t in inner[1:]).strip()
    finite = next((t for t in inner[1:] if t.tag_ in _FINITE), None)
    if finite is None or finite.tag_ == "VBD" or finite.lower_ in ("could", "would", "should", "might"):
        return ""
    if len(inner) > 11 or re.search(r"(?i)\b(?:he|she|they|i|we|my|me|his|her|their|him|them)\b", text):
        return ""
    pronoun = inner[0]
    before = [t for t in inner[1 : inner.index(finite)] if t.pos_ != "ADV" and t.dep_ != "neg"]
    if not before:
        return f"{short} {text}"
    at = max(i for i, t in enumerate(inner) if t.pos_ in ("VERB", "AUX"))
    rest = inner[at + 1 :]
    if pronoun.dep_ not in ("dobj", "pobj", "mark") or any(t.pos_ not in ("ADP", "ADV") for t in rest):
        return ""
    until = at + 1 + sum(t.dep_ == "prep" and t.lower_ != "before" for t in rest)  # ``nobody listens to the bell``
    words = [t.text for t in inner[1:until]], [t.text for t in inner[until:]]
    return " ".join([*words[0], short, *words[1]])


def _named(doc: Doc, table: WordTable) -> tuple[Figure, ...]:
    """What can be seen of the idea, each once."""
    found: dict[str, Figure] = {}
    for token in doc:
        if (
            token.pos_ not in ("NOUN", "PROPN")
            or token.dep_ in ("compound", "npadvmod")
            or token.lemma_.lower() in NOT_NAMED
        ):
            continue
        if (
            token.ent_type_ in ("DATE", "TIME", "GPE", "LOC", "CARDINAL", "NORP")
            or token.pos_ == "PROPN"
            and not name_gender(token.text)
        ):
            continue
        figure = mention(token, table)
        if any(c.lower_ in ("late", "dead", "deceased", "every", "each", "no", "any") for c in token.lefts):
            continue
        if figure.kind in _CONCRETE and table.code(figure.head)[:1] != "b":
            found.setdefault(figure.head, figure)
    return tuple(sorted(found.values(), key=lambda one: one.kind == "place"))


def _aims(verb: Token) -> frozenset[str]:
    """``far_off`` where somebody goes far for the deed, ``on_purpose`` where it is done for something else."""
    has_aim = any(c.dep_ in ("advcl", "xcomp") and c.tag_ == "VB" for c in verb.children)
    is_errand = verb.dep_ == "advcl" and verb.head.lemma_.lower() in _ON_THE_WAY
    return frozenset(name for name, is_so in (("far_off", is_errand), ("on_purpose", has_aim)) if is_so)


def is_list(doc: Doc) -> bool:
    """True for ``Milk, bread, and a revolution``."""
    is_verbless = len(doc) < 22 and not any(t.tag_ in _FINITE for t in doc)
    return is_verbless and bool(re.fullmatch(r"[\w' -]+(?:, [\w' -]+)+,? and [\w' -]+\.?", doc.text))


def all_named(doc: Doc, table: WordTable) -> tuple[Figure, ...]:
    """What a list names, one noun for each of its parts."""
    heads = [t for t in doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"]
    parts: dict[int, Token] = {}
    for token in heads:
        parts.setdefault(sum(t.text in (",", "and") and t.nbor(-1).text != "," for t in doc[1 : token.i]), token)
    return tuple(mention(token, table) for token in parts.values())
