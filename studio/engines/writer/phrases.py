"""Phrases cut out of a parsed sentence: noun phrases, infinitives, questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.grammar import capital, gerund, present

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def noun_phrase(token: Token) -> str:
    """The token with its determiner, adjectives, compounds and ``of`` and ``with`` phrases; no clauses."""
    stop = token.i + 1
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "with", "from", "without", "for") and child.i == stop:
            if not any(t.dep_ in ("relcl", "acl") for t in child.subtree):
                stop = child.right_edge.i + 1
                joins = [t.i for t in child.subtree if t.dep_ == "cc" and t.i > child.i]
                stop = min([stop, *joins]) if child.lower_ == "with" else stop
        else:
            break
    start = token.left_edge.i
    lefts = [
        t for t in token.lefts if t.dep_ not in ("cc", "punct", "advmod", "preconj", "mark") or t.lower_ in ("very",)
    ]
    start = min([token.i, *(t.left_edge.i for t in lefts)])
    while (
        start > token.sent.start
        and token.doc[start - 1].pos_ in ("DET", "ADJ", "NUM")
        and token.doc[start - 1].dep_ != "predet"
    ):
        start -= 1
    return re.split(r" (?:who|which)\b", token.doc[start:stop].text)[0].strip(" ,.")


def strip_determiner(phrase: str) -> str:
    """The phrase without ``a, an, the, my, his …``."""
    return re.sub(r"(?i)^(?:(?:all|both) )?(?:a|an|the|my|our|his|her|their|its|your|some|this|that)\s+", "", phrase)


def is_determined(token: Token) -> bool:
    """True if an article stands before the noun."""
    return any(t.dep_ == "det" for t in token.lefts)


def finite_text(verb: Token, stop: int) -> str:
    """The clause of ``verb`` without its relative pronoun."""
    start = verb.left_edge.i
    doc = verb.doc
    while start < stop and (doc[start].tag_ in ("WP", "WDT") or doc[start].lower_ in ("that", ",")):
        start += 1
    return doc[start:stop].text.strip(" ,.")


def present_clause(doc: Doc) -> str:
    """A clause or phrase with its past verbs in the present tense: ``When the war ended`` as ``When the war ends``."""
    words = []
    for token in doc:
        text = token.text
        if token.tag_ == "VBD":
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            is_plural = subject is not None and (
                subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "we", "i")
            )
            text = present(token.lemma_.lower(), is_plural=is_plural)
        words.append(text + token.whitespace_)
    return "".join(words).strip()


def present_trait(trait: str) -> str:
    """The clause with ``was``, ``had`` and ``could`` at its head in the present tense."""
    forms = {"was": "is", "were": "are", "could": "can", "couldn't": "can't", "had": "has", "would": "will"}
    trait = re.sub(r"(?i)^could not\b", "cannot", trait)
    return re.sub(r"(?i)^(was|were|could|couldn't|had|would)\b", lambda match: forms[match[1].lower()], trait)


def goal_text(verb: Token) -> str:
    """The infinitive phrase of ``verb``, cut before a new clause."""
    doc = verb.doc
    stop = verb.right_edge.i + 1
    for index in range(verb.i + 1, stop):
        if doc[index].lower_ in (
            "but",
            "until",
            "when",
            "before",
            "after",
            "because",
            "while",
            "only",
            ",",
            ";",
            ".",
            "and",
        ):
            if doc[index].lower_ == "and" and doc[index].head.pos_ in ("NOUN", "ADJ", "PROPN"):
                continue
            stop = index
            break
    rest = doc[verb.i + 1 : stop].text.strip(" .,!?")
    return f"{verb.lemma_.lower()} {rest}".strip()


def doing_text(goal: str) -> str:
    """``find the sender`` as ``finding the sender``."""
    verb, _, rest = goal.partition(" ")
    return f"{gerund(verb)} {rest}".strip()


def direct_question(text: str, doc: Doc) -> str:
    """``how bees make honey`` as ``How do bees make honey?``; a direct question is kept."""
    words = list(doc)
    helpers = ("do", "does", "did", "is", "are", "was", "were", "can", "will", "has", "have")
    if (
        len(words) > 1
        and words[1].lower_ in (*helpers, "to")
        or len(words) > 2
        and words[2].lower_ in helpers
        and words[0].lower_ == "how"
        and words[1].pos_ in ("ADJ", "ADV")
    ):
        return capital(text) + "?"
    subject = next(
        (
            t
            for t in doc
            if t.dep_ in ("nsubj", "nsubjpass")
            and t.i > 0
            and (t.head.tag_ in ("VBZ", "VBP", "VBD") or t.dep_ == "nsubjpass")
        ),
        None,
    )
    if subject is None:
        return f"{capital(text)}?"
    verb = subject.head
    helped = next((c for c in verb.children if c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP", "VBD")), None)
    if helped is not None and helped.i > subject.i:
        start, stop = subject.left_edge.i, helped.i
        return f"{capital(doc[:start].text)} {helped.text} {doc[start:stop].text} {doc[helped.i + 1 :].text}?"
    helper = {"VBZ": "does", "VBP": "do"}.get(verb.tag_, "did")
    start, stop = subject.left_edge.i, subject.right_edge.i + 1
    if verb.lemma_ == "be":
        return f"{capital(doc[:start].text)} {verb.text} {doc[start:stop].text} {doc[verb.i + 1 :].text}?".replace(
            "  ", " "
        ).replace(" ?", "?")
    tail = doc[verb.i + 1 :].text
    return (
        re.sub(r"\s+", " ", f"{capital(doc[:start].text)} {helper} {doc[start:stop].text} {verb.lemma_} {tail}").strip()
        + "?"
    )


def indirect_question(doc: Doc) -> str:
    """``Why do cats purr`` as ``why cats purr``; a clause that is indirect already is kept."""
    words = list(doc)
    subject = next((t for t in doc if t.dep_ in ("nsubj", "nsubjpass") and t.i > 1), None)
    helper = next(
        (t for t in words[1:3] if t.lower_ in ("do", "does", "did", "is", "are", "was", "were", "can", "will")),
        None,
    )
    if helper is None or subject is None or subject.left_edge.i != helper.i + 1:
        return (words[0].text.lower() + words[0].whitespace_ + doc[1:].text).rstrip("?. ")
    start, stop = subject.left_edge.i, subject.right_edge.i + 1
    phrase = doc[start:stop].text
    rest = doc[stop:].text.strip(" ?.")
    wh = doc[: helper.i].text.lower()
    if helper.lower_ in ("do", "does"):
        verb, _, tail = rest.partition(" ")
        is_plural = helper.lower_ == "do"
        return f"{wh} {phrase} {present(verb, is_plural=is_plural)} {tail}".strip()
    if helper.lower_ == "did":
        return f"{wh} {phrase} came to {rest}"
    return f"{wh} {phrase} {helper.lower_} {rest}".strip()


def is_to_come(token: Token) -> bool:
    """True in a clause of what has not happened yet: ``the day before he goes to prison``."""
    return any(
        c.dep_ == "mark" and c.lower_ in ("before", "until", "unless") for t in token.ancestors for c in t.children
    )
