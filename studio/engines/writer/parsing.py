"""Parses a sentence once more where the small model has taken its verb for a noun (``Walter books table nine``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engines.writer.things import MESSAGES, VESSELS
from studio.engines.writer.words import WordTable, name_gender, singulars

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_FINITE = ("VBZ", "VBP", "VBD", "MD")
_ONE = frozenset("a an the my our his her their its every each one".split())
_PAST = {
    "froze": "freeze", "sang": "sing", "sank": "sink", "flew": "fly", "wept": "weep", "woke": "wake", "drowned": "drown",
    "burned": "burn", "burnt": "burn", "stopped": "stop", "vanished": "vanish", "broke": "break", "fell": "fall",
    "disappeared": "disappear", "collapsed": "collapse", "exploded": "explode", "died": "die", "cried": "cry",
}  # fmt: skip
#: What ends a sentence more often than a phrase: ``The last payphone in the city rings``.
_ENDINGS = frozenset(
    "rings vanishes disappears closes opens wakes sings burns melts sinks dies speaks moves returns arrives starts begins breaks cries "
    "laughs explodes collapses sleeps waits stops blooms freezes talks sneezes awakens comes goes appears".split()
)
_ANYBODY = frozenset("everyone everybody nobody someone somebody everything nothing something".split())
_KIN = frozenset("grandpa grandma mum mom dad granny grandad granddad papa mama uncle aunt".split())
#: Nouns that are the same for one and for many, or have no singular.
_SAME_FOR_MANY = frozenset(
    "people police cattle sheep fish deer folk staff crew salmon trout bison moose shrimp aircraft spacecraft men women children mice geese feet teeth oxen swine".split()
)
_LIVING = ("person", "animal", "robot", "creature")


def parse(nlp: Language, text: str, table: WordTable) -> Doc:
    """The parsed text; a verb that was read as a plural noun is a verb in it, if the sentence has no other."""
    doc = nlp(text)
    for token in doc:
        is_one = token.tag_ == "NNS" and token.lower_ == token.lemma_ and not token.lower_.endswith("s")
        if is_one and token.lower_ not in _SAME_FOR_MANY and table.kind(token.lower_) in (*_LIVING, "thing"):
            token.tag_ = "NN"  # ``the hedgehog``
        if token.tag_ == "MD" and token.i == len(doc) - 1 and token.i and token.nbor(-1).tag_ in ("NN", "JJ", "DT"):
            token.tag_, token.pos_ = "NN", "NOUN"  # ``moves into a tin can``
        is_noun = token.tag_ == "VBP" and token.pos_ == "VERB" and table.code(token.lower_)[:1] in ("t", "x", "f", "h")
        if is_noun and not table.is_verb(token.lower_):
            token.tag_, token.pos_ = "NN", "NOUN"  # ``a kettle that whistles opera``
    first = doc[0] if len(doc) > 1 else None
    if (
        first is not None
        and first.text[:1].isupper()
        and first.tag_ in ("NN", "JJ")
        and not table.is_known(first.text)
        and doc[1].tag_ in _FINITE
    ):
        first.tag_, first.pos_ = "NNP", "PROPN"  # ``Rosalind decides``
    verb = _verb_read_as_noun(doc, table)
    if verb is None and (several := _deed_of_several(doc, table)) is not None:
        words = [token.text for token in doc]
        words[several.i] = "go"
        other = nlp("".join(word + token.whitespace_ for word, token in zip(words, doc, strict=True)))
        is_deed = len(other) == len(doc) and other[several.i].tag_ == "VBP" and other[several.i].dep_ == "ROOT"
        return _with_words_of(other, doc, several, table) if is_deed else doc
    if verb is None:
        return _as_phrase(nlp, doc, table)
    after = verb.nbor(1) if verb.i + 1 < len(doc) else None
    is_bare = after is None or after.is_punct or after.tag_ in ("IN", "RB", "RP", "TO", "CC")
    words = [token.text for token in doc]
    if verb.lower_ in _PAST:
        words[verb.i] = "slept"
        other = nlp("".join(word + token.whitespace_ for word, token in zip(words, doc, strict=True)))
        is_verb = len(other) == len(doc) and other[verb.i].tag_ == "VBD"
        return _with_words_of(other, doc, verb, table) if is_verb else doc
    words[verb.i] = "finds" if not is_bare else "sleeps" if after is None or after.is_punct else "thinks"
    if verb.i and doc[verb.i - 1].lower_ in _KIN:
        words[verb.i - 1] = "Anna"
    other = nlp("".join(word + token.whitespace_ for word, token in zip(words, doc, strict=True)))
    if len(other) != len(doc) or other[verb.i].tag_ != "VBZ" or other[verb.i].dep_ != "ROOT":
        return doc
    return _with_words_of(other, doc, verb, table)


def _as_phrase(nlp: Language, doc: Doc, table: WordTable) -> Doc:
    """``The night nurses`` as a noun phrase: what nurses is no night."""
    root = next(iter(doc.sents)).root
    if root.tag_ != "VBZ" or not 0 < root.i < 4 or root.i + 1 < len(doc) and doc[root.i + 1].tag_ != "IN":
        return doc
    is_somebody = root.i + 1 == len(doc) and any(table.kind(form) in _LIVING for form in singulars(root.lower_))
    is_thing = (
        doc[0].tag_ == "NN" and root.i == 1 and any(form in MESSAGES | VESSELS for form in singulars(root.lower_))
    )
    if not (is_somebody or is_thing) or table.kind(doc[root.i - 1].lower_) in _LIVING:
        return doc
    words = [t.text for t in doc]
    if is_thing:
        words[root.i] = "people"
        other = nlp("".join(word + token.whitespace_ for word, token in zip(words, doc, strict=True)))
        lemmas = [token.lemma_ for token in other]
        if len(other) != len(doc) or other[root.i].dep_ != "ROOT":
            return doc
        lemmas[root.i] = next(form for form in singulars(root.lower_) if form in MESSAGES | VESSELS)
        return _tree(
            doc,
            lemmas,
            [t.tag_ for t in other],
            [t.pos_ for t in other],
            [t.dep_ for t in other],
            [t.head.i for t in other],
        )
    deps = ["det" if t.tag_ in ("DT", "PRP$") else "amod" if t.pos_ == "ADJ" else "compound" for t in doc[: root.i]]
    tags = [t.tag_ for t in doc[: root.i]]
    pos = [t.pos_ for t in doc[: root.i]]
    lemma = next(form for form in singulars(root.lower_) if table.kind(form) in _LIVING)
    lemmas = [*(t.lemma_ for t in doc[: root.i]), lemma]
    return _tree(doc, lemmas, [*tags, "NNS"], [*pos, "NOUN"], [*deps, "ROOT"], [root.i] * len(doc))


def _verb_read_as_noun(doc: Doc, table: WordTable) -> Token | None:
    """``forgets`` in ``A squirrel forgets where it hid its nuts``: a plural right after one person or animal."""
    if len(doc) > 3 and doc[0].lower_ in _ANYBODY and not any(t.tag_ in _FINITE for t in doc):
        forms = [t for t in doc[1:-1] if t.tag_ == "NNS" and any(table.is_verb(f) for f in singulars(t.lower_))]
        return forms[0] if forms else None
    if len(doc) > 1 and doc[-1].lower_ in _PAST and not any(t.tag_ in _FINITE for t in doc):
        return doc[-1]  # ``the river froze``
    if (
        len(doc) > 4
        and doc[-1].lower_ in _ENDINGS
        and doc[-2].tag_ in ("NN", "NNP")
        and not any(t.tag_ in _FINITE for t in doc[:-1])
    ):
        return doc[-1]
    for token in doc[1:]:
        is_form = token.tag_ in ("NNS", "NNPS") or token.tag_ == "VBZ" and token.dep_ == "compound"
        if is_form and _is_subject(token.nbor(-1), table) and any(table.is_verb(f) for f in singulars(token.lower_)):
            others = [t for t in doc if t.tag_ in _FINITE and t is not token and t.dep_ != "compound"]
            is_free = all(t.i > token.i for t in others) if _is_surely_one(token.nbor(-1)) else not others
            is_word = token.nbor(-1).text[:1].isupper() and table.code(token.nbor(-1).lower_)[:1] not in (
                "",
                "l",
                "p",
                "M",
                "W",
            )  # ``Love letters``
            is_deed = _is_surely_one(token.nbor(-1)) and not is_word or table.kind(token.lemma_.lower()) == "abstract"
            return token if is_free and is_deed else None
    return _verb_after_relative(doc, table)


def _verb_after_relative(doc: Doc, table: WordTable) -> Token | None:
    """``investigates`` in ``A detective who is afraid of the dark investigates a blackout``, read as a plural."""
    relative = next((t.i for t in doc if t.tag_ in ("WP", "WDT")), 0)
    inside = [t for t in doc if t.tag_ in _FINITE]
    if relative < 2 or len(inside) != 1 or inside[0].i != relative + 1:
        return None
    for token in doc[relative + 3 : len(doc) - 1]:
        is_verb = token.tag_ == "NNS" and any(table.is_verb(form) for form in singulars(token.lower_))
        if is_verb and token.nbor(1).tag_ in ("DT", "PRP$"):
            return token
    return None


def _deed_of_several(doc: Doc, table: WordTable) -> Token | None:
    """``land`` in ``Two pilots land at the wrong airport``, read as a noun."""
    if any(t.tag_ in _FINITE for t in doc):
        return None
    for token in doc[1:-1]:
        before, after = token.nbor(-1), token.nbor(1)
        is_many = before.tag_ == "NNS" and any(table.kind(form) in _LIVING for form in singulars(before.lower_))
        is_pair = (
            before.tag_ in ("NN", "JJ") and table.kind(before.lower_) in _LIVING and _is_second_of_two(before, table)
        )
        if (is_many or is_pair) and token.tag_ in ("NN", "NNP", "JJ", "VB") and table.is_verb(token.lower_):
            return token if after.tag_ in ("IN", "RP", "RB") else None
    return None


def _is_second_of_two(token: Token, table: WordTable) -> bool:
    """True for ``mule`` in ``a farmer and his mule``."""
    doc = token.doc
    at = next((i for i in range(token.i - 1, max(0, token.i - 5), -1) if doc[i].lower_ == "and"), 0)
    return at > 0 and table.kind(doc[at - 1].lower_) in _LIVING


def _is_surely_one(token: Token) -> bool:
    """True for a name and for ``a squirrel``, after which no plural can stand; ``the boy scouts`` are many."""
    return token.text[:1].isupper() or not {"a", "an"}.isdisjoint(_words_before(token))


def _words_before(token: Token) -> list[str]:
    """Up to three words of the token's own phrase that stand before it: none of ``an orchestra of`` kitchen pots."""
    words: list[str] = []
    for other in reversed(token.doc[max(0, token.i - 3) : token.i]):
        if other.tag_ == "IN":
            break
        words.append(other.lower_)
    return words


def _is_subject(token: Token, table: WordTable) -> bool:
    """True for ``squirrel`` in ``a squirrel``, and for a first name."""
    if token.lower_ in _KIN or token.text[:1].isupper() and name_gender(token.text):
        return token.i == 0 or token.nbor(-1).tag_ not in ("NNP", "CC")
    is_one = not _ONE.isdisjoint(_words_before(token))
    is_actor = table.kind(token.lower_) in _LIVING or _is_surely_one(token)
    return is_one and token.tag_ in ("NN", "JJ") and is_actor


def _with_words_of(other: Doc, doc: Doc, verb: Token, table: WordTable) -> Doc:
    """The tree of ``other`` over the words of ``doc``."""
    from spacy.tokens import Span

    lemmas = [token.lemma_ for token in other]
    forms = (_PAST[verb.lower_],) if verb.lower_ in _PAST else (*singulars(verb.lower_), verb.lower_)
    lemmas[verb.i] = next((form for form in forms if table.is_verb(form)), forms[0])
    if verb.i:
        lemmas[verb.i - 1] = doc[verb.i - 1].lemma_
    tags, pos, deps = [t.tag_ for t in other], [t.pos_ for t in other], [t.dep_ for t in other]
    tree = _tree(doc, lemmas, tags, pos, deps, [t.head.i for t in other])
    tree.ents = [Span(tree, ent.start, ent.end, ent.label_) for ent in other.ents if not ent.start <= verb.i < ent.end]
    return tree


def _tree(doc: Doc, lemmas: list[str], tags: list[str], pos: list[str], deps: list[str], heads: list[int]) -> Doc:
    from spacy.tokens import Doc as Tree

    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    return Tree(doc.vocab, words=words, spaces=spaces, lemmas=lemmas, tags=tags, pos=pos, deps=deps, heads=heads)
