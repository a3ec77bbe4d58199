"""The idea's own sentences, for an idea that is told in its own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.deeds import plural_deeds
from studio.engines.writer.grammar import article, capital, sentence
from studio.engines.writer.idea import Event
from studio.engines.writer.trust import FINITE
from studio.engines.writer.wording import is_proper
from studio.engines.writer.words import WordTable, name_gender, singulars

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_KIN = frozenset("grandmother grandfather grandma grandpa granny mother father mum mom dad".split())
_LEADING = re.compile(r"(?i)(because|since|after|when|once) (.+)")
#: ``three monks take a vow of silence, then one of them hears a joke``
_NEXT_CLAUSE = re.compile(
    r"(?i), (?:and )?(?=then (?:one|the|an?|his|her|their|they|he|she|it|nobody|everyone|somebody) )"
)
_LATE_CLAUSE = re.compile(
    r",? and (?=(?:because|when|after|in the end|one day|(?:finally|suddenly|now|then|soon) (?:the|an?|he|she|it|they|his|her|everyone|nobody)) )"
)


_DETERMINERS = ("a", "an", "the", "his", "her", "their")
#: A verb of a relative clause, and the main verb at once after it.
_TWICE = re.compile(
    r"\b(?:who|that|which) (?:(?:never|always|only|still) )?([a-z]+s) ([a-z]+s) (?:up|off|out|an?|the|his|her|their|its)\b"
)
#: What is told of an idea that is an order.
ON_THE_WALL = "In large letters, somebody has written on a wall:"


def own_sentences(doc: Doc) -> list[str]:
    """The idea's own words, verbatim, as whole sentences: cut only where a clause with its own subject follows."""
    told: list[str] = []
    spans: list[Span] = []
    for span in doc.sents:
        if spans and not re.search(r"[.!?][\"']?$", spans[-1].text):
            span = doc[spans.pop().start : span.end]
        spans.append(span)
    for span in spans:
        start = span.start
        for token in span:
            if _opens_clause(token) and token.i - start > 3 and span.end - token.i > 3:
                told.append(span.doc[start : token.i].text.rstrip(" ,;"))
                start = token.i if token.lower_ in ("but", "so", "yet") else token.i + 1
        told += _after_clause(span) if start == span.start else [span.doc[start : span.end].text]
    told = [
        part for text in told for part in (_LATE_CLAUSE.split(text, maxsplit=1) if len(text.split()) > 26 else [text])
    ]
    told = [part for text in told for part in _NEXT_CLAUSE.split(text, maxsplit=1)]
    told = [part for text in told for part in _lasting(text)]
    return [sentence(text) for text in told if re.search(r"[A-Za-z]", text)]


def _lasting(text: str) -> list[str]:
    """A long sentence that ends with ``until …`` as two."""
    before, until, after = text.rpartition(" until ")
    is_long = (
        until and len(text.split()) > 26 and len(after.split()) > 3 and not re.search(r"\b(?:not|never|n't)\b", before)
    )
    return [before, f"So it goes on until {after}"] if is_long else [text]


def _after_clause(span: Span) -> list[str]:
    """``After the postwoman slips, her grandson goes out`` as what happens first and what happens then, if it is long."""
    root = span.root
    first = next((c for c in root.children if c.dep_ == "advcl" and c.left_edge.i == span.start), None)
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    linker = {"after": "Then", "when": "Then", "once": "Then", "because": "So", "since": "So"}.get(span[0].lower_)
    is_long = len(span) > 20 and linker is not None and first is not None and subject is not None
    if not is_long or first is None or subject is None or first.tag_ not in FINITE:
        return [span.text]
    cut = subject.left_edge.i
    if span.doc[cut - 1].text != "," or first.right_edge.i >= cut:
        return [span.text]
    return [span.doc[span.start + 1 : cut - 1].text, f"{linker} {span.doc[cut : span.end].text}"]


def _opens_clause(token: Token) -> bool:
    """True for ``but`` in ``My sister never came home, but her letters kept arriving``."""
    if token.lower_ not in ("but", "and", "so", "yet") or token.dep_ != "cc" or token.head.pos_ not in ("VERB", "AUX"):
        return False
    if token.head.dep_ not in ("ROOT", "conj"):
        return False
    joined = next((c for c in token.head.children if c.dep_ == "conj" and c.i > token.i), None)
    if (
        joined is None
        or joined.tag_ not in ("VBZ", "VBD", "VBP")
        and not any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBD", "VBP", "MD") for c in joined.children)
    ):
        return False
    subject = next((c for c in joined.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and token.i + 1 in (subject.left_edge.i, joined.left_edge.i)


def verbatim(
    doc: Doc, table: WordTable, lead: str, *, is_phrase: bool, asked: str = "", is_noun: bool = False
) -> tuple[Event, ...]:
    """The idea's own sentences as events; a bare noun phrase (``is_noun``: surely one) becomes what the story is about."""
    events = []
    for index, text in enumerate(own_sentences(doc)):
        whole = text
        is_common = table.is_known(doc[0].text) and not name_gender(doc[0].text) and not is_proper(doc[0].text)
        is_common &= doc[0].ent_type_ != "PERSON" and not (len(doc) > 1 and doc[1].text[:1].isupper())
        is_name = doc[0].pos_ == "PROPN" and not is_common
        is_name |= doc[0].lower_ in _KIN and len(doc) > 1 and doc[1].text == "'s"
        rest = text if is_name or doc[0].lower_ == "i" else text[:1].lower() + text[1:]
        if index == 0 and asked:
            whole = sentence(asked)
        elif index == 0 and is_order(doc, table):
            whole = f'{ON_THE_WALL} "{sentence(doc.text)}"'
        elif (
            index == 0
            and not _is_deed_of_several(doc, table)
            and (
                is_noun
                or is_phrase
                and _is_named(doc, table)
                or len(doc) < 5
                and not any(t.tag_ in FINITE for t in doc)
            )
        ):
            is_bare = (
                doc[0].tag_ == "NN"
                and len(doc) > 2
                and doc[1].tag_ == "IN"
                and table.code(doc[0].lemma_)[:1] in ("t", "v", "p")
            )
            whole = f"This is a story about {article(rest) + ' ' if is_bare else ''}{rest}"
        elif index == 0 and re.match(r"How (?!do\b|does\b|did\b|to\b)[^?]+$", text):
            whole = f"This is the story of {rest}"
        elif index == 0 and lead and (first := _LEADING.match(lead)) and len(f"{lead} {text}".split()) > 24:
            because = first[1].lower() in ("because", "since")
            events.append(Event("", "", first[2], first[2], whole=sentence(capital(first[2]))))
            whole = f"{'So' if because else 'Then'} {rest}"
        elif index == 0 and lead:
            whole = f"{capital(lead)}, {rest}"
        drawn = _first_figure(doc) or text.rstrip(".") if index == 0 and asked else text.rstrip(".")
        events.append(Event("", "", drawn, drawn, whole=whole))
    return tuple(events)


def is_order(doc: Doc, table: WordTable) -> bool:
    """True for ``Paint the moon blue``, which tells nobody's deed and is what somebody should do."""
    if re.match(r"(?i)(?:don't|do not|never|always|please|let's) [a-z]+ (?!\w+ (?:is|are|was)\b)", doc.text):
        return all(t.dep_ not in ("nsubj", "nsubjpass") or t.head.tag_ not in FINITE for t in doc)
    if len(doc) < 3 or name_gender(doc[0].text) or not table.is_verb(doc[0].lower_):
        return False
    has_subject = any(t.dep_ in ("nsubj", "nsubjpass") and t.head.tag_ in FINITE for t in doc)
    return not has_subject and doc[1].lower_ in (
        "the",
        "a",
        "an",
        "your",
        "every",
        "all",
        "no",
        "this",
        "that",
        "me",
        "him",
        "them",
    )


def _first_figure(doc: Doc) -> str:
    """``A machine`` of ``A machine be lonely``, which is what a question leaves; empty if nobody is named."""
    chunks = (chunk for chunk in doc.noun_chunks if chunk.root.pos_ in ("NOUN", "PROPN"))
    return next((chunk.text for chunk in chunks), "")


def _is_deed_of_several(doc: Doc, table: WordTable) -> bool:
    """True for ``A cat and a mouse open a bakery``, whose verb the parser took for an adjective."""
    living = ("person", "animal", "creature", "robot")
    return any(
        table.is_verb(t.lower_) and t.nbor(1).lower_ in _DETERMINERS and table.kind(t.nbor(-1).lower_) in living
        for t in doc[2 : len(doc) - 1]
        if t.tag_ in ("JJ", "NN", "VB", "VBP") and any(one.lower_ == "and" for one in doc[: t.i])
    )


def _is_named(doc: Doc, table: WordTable) -> bool:
    """True if ``a story about`` may stand before it: nothing in it can be a verb that the parser has missed."""
    if re.match(r"(?i)(?:every|some|no)(?:one|body|thing)\b", doc.text):
        return False
    living = ("person", "animal", "creature", "robot")
    if len(doc) > 3 and doc[0].tag_ == "DT" and table.kind(doc[1].lower_) in living and doc[2].lower_.endswith("s") and not table.code(doc[2].lower_).strip("V"):  # fmt: skip
        return False  # ``a parrot testifies in court``
    twice = _TWICE.search(doc.text)
    if twice and all(any(table.is_verb(form) for form in singulars(word)) for word in twice.groups()):
        return False  # ``a driver who never speaks picks up a passenger``
    for token in doc[2 : len(doc) - 1]:  # ``a woman who hears colours moves next door``
        is_verb = token.tag_ == "NNS" and any(table.is_verb(form) for form in singulars(token.lower_))
        if is_verb and token.nbor(-1).tag_ in ("NNS", "NN") and token.nbor(1).tag_ in ("IN", "DT", "RB", "JJ", "PRP$", "TO", "RP"):  # fmt: skip
            return False
    if len(doc) > 3 and doc[0].tag_ == "NNS" and doc[1].tag_ == "IN" and not any(t.tag_ in FINITE or t.tag_ == "NNS" for t in doc[1:]):  # fmt: skip
        return True  # ``Wolves at the edge of town``
    several = "|".join(sorted(plural_deeds(), key=len, reverse=True))
    if re.match(rf"(?i)(?:two|three|four|five|six|seven|eight|nine|ten|some|many) (?:[\w'-]+ ){{0,2}}[\w'-]+ (?:{several}) (?:an?|the|his|her|their|one|every)\b", doc.text):  # fmt: skip
        return False  # ``two sisters-in-law smuggle a goat``
    last = doc[len(doc) - 1]
    if last.tag_ == "NNS" and last.i > 3 and last.nbor(-1).tag_ == "NN" and any(table.is_verb(form) for form in singulars(last.lower_)):  # fmt: skip
        return False  # ``the last payphone in the city rings``
    if any(table.is_verb(t.lower_) and t.nbor(1).pos_ == "NOUN" and table.kind(t.nbor(-1).lower_) in living for t in doc[2 : len(doc) - 1]):  # fmt: skip
        return False  # ``a widow and a burglar drink tea``
    if any(
        t.nbor(-1).tag_ == "NNS"
        and table.is_verb(t.lower_)
        and t.tag_ != "VBG"
        and t.nbor(1).tag_ in ("IN", "DT", "RB", "TO", "PRP$", "CD", "RP")
        and any(table.kind(form) in living for form in singulars(t.nbor(-1).lower_))
        for t in doc[2 : len(doc) - 1]
    ):
        return False  # ``two pilots land at the wrong airport``
    if re.match(r"(?i)(?:an?|the|one) [\w' -]+(?:, (?:an?|the|one) [\w' -]+)+,? and (?:an?|the|one) ", doc.text) and not any(t.tag_ in FINITE for t in doc):  # fmt: skip
        return True  # ``a cello, a bicycle and a very steep hill``
    if re.match(r"(?i)(?:an?|the) (?:[\w'-]+ ){1,3}between (?:an?|the|two) .+", doc.text) and not any(t.tag_ in FINITE for t in doc):  # fmt: skip
        return True  # ``a fight between a kite and the wind``
    if doc[0].tag_ == "VBG" or any(t.tag_ in ("WP", "WDT", "WRB", "POS") for t in doc):
        return True
    if re.match(r"(?i)(?:the )?\w+s of (?:an?|the|my|his|her) [\w' -]+$", doc.text) and doc[0 if doc[0].tag_ != "DT" else 1].tag_ == "NNS":  # fmt: skip
        return True  # ``ruins of a monastery``
    if re.fullmatch(r"(?i)[\w'-]+(?: [\w'-]+){0,2} and (?:a|an|one|two|three|the|his|her|their|my)(?: [\w'-]+){1,3}", doc.text.strip(" .")) and doc[len(doc) - 1].tag_ != "NNS":  # fmt: skip
        return True
    return sum(t.is_alpha for t in doc) < 4 or not any(
        t.lower_ == "and" or t.tag_ == "NNS" and not any(c.dep_ in ("nummod", "det", "poss") for c in t.lefts)
        for t in doc[: len(doc) - 1]
    )
