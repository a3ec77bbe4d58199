"""Reads an idea that is no sentence: a bare noun phrase, with what its clause, its owner or its companion tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.events import FINITE, EventReading
from studio.engines.writer.figures import SUBJECTS
from studio.engines.writer.grammar import PRONOUNS, Figure, article
from studio.engines.writer.idea import Event
from studio.engines.writer.phrases import finite_text, goal_text, noun_phrase, present_trait

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: A thing that does one of these in a relative clause is a character: ``a teapot that dreams``.
_WISHES = frozenset(
    "want dream learn love fall meet befriend travel escape try remember forget believe hope decide search feel wish "
    "think speak talk sing dance fight save help hate miss refuse wait wander".split()
)


_AMOUNTS = ("pair", "piece", "cup", "bunch", "pile", "set", "box", "bag", "glass", "loaf", "stack", "handful")
_BETWEEN = re.compile(
    r"(?i)^((?:the |a |an |one )?(?:[\w-]+ ){0,3}?[\w-]+) between ((?:a|an|the|his|her|my|[A-Z])\b.*?) and "
    r"((?:a|an|the|his|her|my|[A-Z])\b.*?)(?: ((?:that|which) .+))?$"
)
_BETWEEN_VERBS = (
    (("game", "match", "duet"), ("play", "share")),
    (("race", "marathon"), ("run", "run")),
    (("war", "duel", "battle"), ("fight", "compete")),
    (("fight",), ("have", "compete")),
    (("contest", "competition"), ("compete in", "compete")),
    (("argument", "quarrel", "feud", "rivalry", "dispute"), ("have", "quarrel")),
    (("conversation", "talk", "exchange", "correspondence"), ("begin", "talk")),
)


class PhraseReading(EventReading):
    """The part of a reading that understands noun phrases."""

    def _read_phrase(self, span: Span) -> None:
        """A bare noun phrase: its head, what its relative clause or participle tells, its companion."""
        root = span.root
        if self._read_between(span):
            return
        moving = next((c for c in root.children if c.dep_ in SUBJECTS), None)
        if root.tag_ == "VBG" and moving is not None and moving.pos_ in ("NOUN", "PROPN"):
            self._take_hero(moving)
            self._read_events(span, root.i, root)
            return
        is_somebody = self.table.kind(root.lower_) in ("animal", "person", "creature", "robot")
        if root.pos_ not in ("NOUN", "PROPN", "PRON") and not is_somebody:
            nouns = [t for t in span if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in ("compound", "poss")]
            if not nouns:
                self.found.topic = span.text
                return
            root = nouns[0]
        if root.lower_ == "home" and root.i > span.start and span.doc[root.i - 1].pos_ == "NOUN":
            root = span.doc[root.i - 1]
        clause = next((c for c in root.children if c.dep_ in ("relcl", "acl") and c.i > root.i), None)
        if clause is None:
            relative = next((t for t in span if t.tag_ in ("WP", "WDT") and t.i > root.i), None)
            if relative is not None and relative.i + 1 < span.end:
                self._take_hero(root)
                self._read_events(span, relative.i + 1)
                return
        if (
            clause is not None
            and (clause.tag_ == "VB" or clause.tag_ == "VBN" and any(c.lower_ == "be" for c in clause.children))
            and any(c.dep_ == "neg" for c in clause.children)
            and any(c.tag_ == "MD" for c in clause.children)
        ):
            self._take_hero(root)
            self.found.trait = present_trait(finite_text(clause, clause.right_edge.i + 1))
            goal = goal_text(clause)
            if clause.tag_ == "VBN":  # ``who could not be hugged``
                goal = f"be {clause.text}{goal[len(clause.lemma_) :]}"
            wants = "want" if self.found.hero is not None and self.found.hero.is_plural else "wants"
            said = f"{wants} to {goal}"
            self.found.events.append(Event("", "", said, said, clause.lemma_.lower(), goal=goal, helper="want"))
            return
        inside = next((c for p in root.rights if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), None)
        is_amount = inside is not None and root.lemma_ in _AMOUNTS
        kind = self.table.kind(inside.lemma_ if is_amount and inside is not None else root.lemma_)
        topic = noun_phrase(root)
        is_common = root.pos_ == "NOUN" and self.table.is_known(topic.split()[0]) and topic[1:2].islower()
        self.found.topic = topic[:1].lower() + topic[1:] if is_common and topic[:1].isupper() else topic
        self.found.is_plural_topic = root.tag_ in ("NNS", "NNPS")
        if (
            clause is not None
            and clause.dep_ == "relcl"
            and kind in ("thing", "place")
            and clause.lemma_.lower() not in _WISHES
        ):
            finite = [t for t in span if t.tag_ in FINITE and t.i > clause.i]
            if finite:  # the parser has taken the main verb for a part of the clause
                at = finite[-1].i
                subject = span.doc[span.start : at].text
                subject = subject[:1].lower() + subject[1:]
                self.found.events.append(
                    self._event("", subject, span.doc[at : span.end].text.strip(" .!?"), finite[-1])
                )
                return
            phrase = span.text.rstrip(" .!?")
            phrase = (
                phrase[:1].lower() + phrase[1:] if phrase.split()[0].lower() in ("the", "a", "an", "my") else phrase
            )
            base = self.figure(root, alone=True)
            self.found.thing = Figure(
                base.noun,
                phrase,
                base.short,
                base.drawn,
                base.head,
                "place" if kind == "place" else "thing",
                base.gender,
            )
            return
        if clause is not None:
            self._take_hero(root)
            begin = clause.left_edge.i
            while begin < span.end and span.doc[begin].tag_ in ("WP", "WDT") or span.doc[begin].lower_ == "that":
                begin += 1
            inner = next(
                (
                    c
                    for c in clause.children
                    if c.dep_ in SUBJECTS and c.tag_ not in ("WP", "WDT") and c.lower_ != "that"
                ),
                None,
            )
            if inner is not None and self._read_suffered(span, clause, inner):
                return
            afraid = re.search(r"(?:afraid|scared|terrified|frightened) of (.+)$", span.text.rstrip(" .!?"))
            if afraid and len(afraid[1].split()) < 6:
                self.found.trait = finite_text(clause, span.end)
                self.found.trait = re.sub(
                    r"^(?:was|were) ",
                    "are " if self.found.hero is not None and self.found.hero.is_plural else "is ",
                    self.found.trait,
                )
                self.found.fear = afraid[1]
                return
            self._read_events(span, begin, clause)
            return
        owner = next((c for c in root.children if c.dep_ == "poss" and c.pos_ in ("NOUN", "PROPN")), None)
        if owner is not None and kind in ("abstract", "place"):
            self.found.hero = self.figure(owner, alone=True)
            self.found.topic = (
                "the " + span.doc[owner.i + 1 : span.end].text.removeprefix("'s").strip(" .!?")
                if span.doc[owner.i + 1].text in ("'s", "'")
                else self.found.topic
            )
            return
        second = next((c for c in root.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")), None)
        listed = [
            t
            for t in span
            if t.pos_ == "NOUN"
            and t.dep_ in ("appos", "conj")
            and self.table.kind(t.lemma_) in ("thing", "plant", "food")
        ]
        if self._is_agent(root, kind) and listed and (second is None or second in listed):
            self.found.hero, self.found.thing = (
                self.figure(root, alone=True),
                self.figure(listed[0], alone=True),
            )
            return
        if self._is_agent(root, kind):
            if (
                second is not None
                and not self._is_agent(second, self.table.kind(second.lemma_))
                and self.table.kind(second.lemma_) in ("food", "plant")
            ):
                self.found.hero, self.found.thing = (
                    self.figure(root, alone=True),
                    self.figure(second, alone=True),
                )
                return
            if second is not None and kind != "abstract" and self.table.kind(second.lemma_) in ("thing", "place"):
                self.found.hero, self.found.other = self.figure(root, alone=True), self.figure(second, alone=True)
                self.found.place = ""
                return
            if second is not None and self._is_agent(second, self.table.kind(second.lemma_)):
                self.found.hero = self.figure(root, alone=True)
                self.found.other = self.figure(second)
                return
            self._take_hero(root)
        elif (
            second is not None
            and kind in ("thing", "food", "plant", "place")
            and self.table.kind(second.lemma_) in ("thing", "food", "plant", "place")
        ):
            self.found.hero, self.found.other = self.figure(root, alone=True), self.figure(second, alone=True)
            self.found.place = ""
        elif kind == "place":
            phrase = span.text.strip(" .!?") if len(span) < 8 else noun_phrase(root)
            has_article = phrase.split()[0].lower() in ("the", "a", "an")
            self.found.place = (
                phrase[:1].lower() + phrase[1:]
                if has_article
                else phrase
                if root.pos_ == "PROPN"
                else f"the {phrase.lower()}"
            )
        elif kind in ("thing", "food", "plant"):
            self.found.thing = self.figure(root)

    def _read_suffered(self, span: Span, clause: Token, inner: Token) -> bool:
        """Read ``a baker whose bread makes people sing`` and ``a girl that nobody can see``; True if it is such."""
        hero = self.found.hero
        if hero is None or inner.i < clause.left_edge.i:
            return False
        own = next((c for c in inner.children if c.tag_ == "WP$"), None)
        rest = span.doc[inner.right_edge.i + 1 : span.end].text.strip(" .!?")
        if own is not None:
            owned = span.doc[own.i + 1 : inner.right_edge.i + 1].text
            self.found.events.append(self._event("", f"{PRONOUNS[hero.gender][2]} {owned}", rest, clause))
            return True
        if not hero.is_living:
            return False
        him = PRONOUNS[hero.gender][1]
        has_object = any(
            c.dep_ in ("dobj", "acomp", "xcomp") for c in clause.children if c.tag_ not in ("WP", "WDT", "WDT")
        )
        if has_object and span[-1].pos_ != "ADP":
            return False
        after = span.doc[clause.i + 1 : span.end].text.strip(" .!?")
        before = span.doc[inner.right_edge.i + 1 : clause.i + 1].text
        said = (
            f"{rest} {him}"
            if has_object or rest.split()[-1] in ("at", "for", "with", "about", "to")
            else f"{before} {him} {after}"
        )
        self.found.events.append(
            self._event("", span.doc[inner.left_edge.i : inner.right_edge.i + 1].text, said.strip(), clause)
        )
        return True

    def _read_between(self, span: Span) -> bool:
        """Read ``A chess game between a man and his son that lasts ten years``: the two share it; True if it is so."""
        match = _BETWEEN.match(span.text.strip(" .!?"))
        if not match:
            return False
        first, second = (
            self.figure(next(iter(self.nlp(part).sents)).root, alone=True) for part in (match[2], match[3])
        )
        if not (first.is_living or second.is_living):
            return False
        self.found.pair = (first, second)
        both = f"{first.first} and {second.first}"
        self.found.hero = Figure(
            both, both, "the two", f"{first.drawn} and {second.drawn}", first.head, first.kind, "plural"
        )
        what = match[1].lower().split()[-1]
        verb, lemma = next((pair for words, pair in _BETWEEN_VERBS if what in words), ("share", "share"))
        whole = match[1] if re.match(r"(?i)(?:the|a|an|one)\b", match[1]) else f"{article(match[1])} {match[1]}"
        said = f"{verb} {whole[:1].lower()}{whole[1:]}{' ' + match[4] if match[4] else ''}"
        self.found.events.append(Event("", "", said, said, lemma))
        return True

    def _take_hero(self, subject: Token) -> None:
        owner = next((c for c in subject.children if c.dep_ == "poss" and c.pos_ in ("NOUN", "PROPN")), None)
        if (
            owner is not None
            and not self._is_agent(subject, self.table.kind(subject.lemma_))
            and self._is_agent(owner, self.table.kind(owner.lemma_))
        ):
            self.found.hero = self.figure(owner, alone=True)
            self.owned = subject
            return
        self.found.hero = self.figure(subject)

    def _take_objects(self, span: Span, verb: Token) -> None:
        del span
        for token in verb.subtree:
            if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in (
                "dobj",
                "pobj",
                "attr",
                "conj",
                "dative",
            ):
                continue
            figure = self.figure(token)
            if self._is_agent(token, self.table.kind(token.lemma_)):
                self.found.other = self.found.other or figure
            elif token.dep_ == "dobj":
                self.found.thing = self.found.thing or figure
