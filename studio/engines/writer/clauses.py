"""Reads a narrative idea: its hero, and where in its first sentence the telling begins."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engines.writer.events import FINITE, EventReading
from studio.engines.writer.figures import SUBJECTS
from studio.engines.writer.grammar import Figure, present
from studio.engines.writer.idea import Event
from studio.engines.writer.phrases import finite_text, goal_text, noun_phrase, strip_determiner

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: What merely happens to a thing; whatever else it does makes it a character.
HAPPENINGS = frozenset(
    "appear disappear stop fall begin start vanish erupt explode rise arrive break burn freeze melt head hit strike trap "
    "cover shine show make bring come end happen close crash collapse flood sink ring change turn be get".split()
)
#: A thing that does one of these in a relative clause is a character: ``a teapot that dreams``.
_WISHES = frozenset(
    "want dream learn love fall meet befriend travel escape try remember forget believe hope decide search feel wish "
    "think speak talk sing dance fight save help hate miss refuse wait wander".split()
)
_NOBODY = frozenset("nobody everybody everyone noone none all nothing everything something it there".split())


class Narrative(EventReading):
    """One reading of a narrative idea; fills ``found``."""

    def read(self, doc: Doc) -> None:
        sentences = [span for span in doc.sents if any(token.is_alpha for token in span)]
        if not sentences:
            return
        self._read_first(sentences[0])
        if self.found.kind == "adapt":
            return
        for span in sentences[1:]:
            self._read_more(span)
        events = self.found.events
        hero = self.found.hero
        for event in events:
            if hero is not None and self.owned is None and hero.head in event.subject.lower().split():
                event.subject = ""
        if (
            len(events) > 1
            and not events[0].place
            and self.found.place in [event.place for event in events[1:]]
            and not self.found.lead
        ) or (
            len(events) > 1
            and self.found.place
            and self.found.place.split()[-1] not in f"{self.found.lead} {events[0].said} {self.found.trait}"
        ):
            self.found.place = ""
        elif events and self.found.place == events[0].place:
            events[0].place = ""
        if len(events) == 1:
            events[0].place = ""
        if events and re.search(
            r"\b(?:every|each) (?:day|night|morning|evening|week|year|sunday|monday|friday|saturday|summer|winter)\b",
            events[0].said.lower(),
        ):
            events[0].is_state = True

    def _read_first(self, span: Span) -> None:
        verb = self._main_verb(span)
        if (verb is None or verb.pos_ not in ("VERB", "AUX")) and self._read_couple(span):
            return
        if verb is None:
            self._read_phrase(span)
            return
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        start = verb.i
        if subject is None:
            if verb.i == span.start:
                self._read_imperative(span)
                return
            subject, start = self._subject_before(span, verb.i), verb.i
            if subject is None:
                self._read_phrase(span)
                return
        if subject.lower_ in _NOBODY:
            begin = min(
                [
                    verb.i,
                    *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i > subject.i),
                ]
            )
            self._read_events(span, begin)
            if self.found.events:
                self.found.events[0].subject = subject.text.lower()
            return
        relative = next((c for c in subject.children if c.dep_ == "relcl"), None)
        self._take_hero(subject)
        if relative is not None and relative.i < start:
            trait = finite_text(relative, relative.right_edge.i + 1)
            self.found.trait = re.sub(r"^(was|were)\b", lambda m: "is" if m[1] == "was" else "are", trait)
        left = subject.left_edge.i
        while (
            left > span.start and span.doc[left - 1].pos_ in ("DET", "ADJ", "NUM") and not span.doc[left - 1].is_punct
        ):
            left -= 1
        lead = span.doc[span.start : left].text.strip(" ,")
        if re.match(r"(?i)(?:a|an|the|my|one|two|three|four|five|some)\b", lead) and self.found.hero is not None:
            hero = self.found.hero
            noun = f"{strip_determiner(lead)} {hero.noun}"
            whole = lead[:1].lower() + lead[1:]
            self.found.hero = replace(hero, noun=noun, first=f"{whole} {hero.noun}")
            lead = ""
        self.found.lead = "" if lead.lower() in ("when", "if", "that", "and", "but", "then", "one day") else lead
        begin = min(
            [
                verb.i,
                *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i > subject.i),
            ]
        )
        self._read_events(span, begin)
        if self.owned is not None and self.found.events and not self.found.events[0].subject:
            self.found.events[0].subject = span.doc[left : self.owned.i + 1].text

    def _main_verb(self, span: Span) -> Token | None:
        """The finite verb of the main clause; None for a bare noun phrase."""
        root = span.root
        is_noun = not self.table.is_verb(root.lemma_.lower()) and self.table.kind(root.lower_) == "person"
        if root.pos_ in ("VERB", "AUX") and not is_noun:
            has_finite = root.tag_ in FINITE or any(
                c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE for c in root.children
            )
            has_subject = any(c.dep_ in SUBJECTS for c in root.children)
            if has_finite and (has_subject or root.i > span.start):
                return root
            if root.tag_ == "VB" and has_subject:
                return root
            if root.i == span.start and root.tag_ in ("VB", "VBP"):
                return root
        return self._mistagged_verb(span)

    def _mistagged_verb(self, span: Span) -> Token | None:
        """A verb that the tagger took for a plural noun: ``A detective hunts a killer``."""
        for token in list(span)[1:]:
            if token.lower_ in ("who", "that", "which", ",") or token.dep_ == "relcl":
                return None
            if self.table.kind(token.lower_) == "person" and not self.table.is_verb(token.lemma_.lower()):
                continue
            if (
                token.tag_ in ("VBZ", "VBD")
                and token.i > span.start + 1
                and (token.nbor(-1).pos_ in ("NOUN", "PROPN") or self.table.kind(token.nbor(-1).lower_) == "person")
                and token.dep_ not in ("relcl", "acl", "amod")
            ):
                return token
            before = token.nbor(-1)
            is_bare_verb = self.table.is_verb(token.lower_) and token.tag_ in ("NN", "VB", "VBP", "JJ")
            is_many = before.tag_ == "NNS" and self._is_agent(before, self.table.kind(before.lemma_))
            if is_bare_verb and is_many and token.i + 1 < span.end:
                return token
            if token.i + 1 < span.end and self._looks_finite(token):
                return token
            if (
                token.i + 2 < span.end and token.dep_ not in ("compound",) and self.table.is_verb(token.lower_)
                and token.nbor(-1).pos_ in ("NOUN", "PROPN") and token.nbor(1).tag_ in ("DT", "PRP$", "CD")
                and (token.nbor(-1).dep_ == "conj" or token.nbor(-1).tag_ == "NNS")
            ):  # fmt: skip
                return token
        return None

    def _subject_before(self, span: Span, end: int) -> Token | None:
        before = span.doc[span.start : end]
        last = span.doc[end - 1]
        is_missed = last.pos_ in ("VERB", "ADJ") and self.table.kind(last.lower_) == "person"
        if is_missed and end - 1 > span.start:
            return last
        nouns = [t for t in before if t.pos_ in ("NOUN", "PROPN", "PRON")]
        nouns = (
            nouns or [t for t in before if self.table.kind(t.lower_) in ("person", "animal", "creature", "robot")][-1:]
        )
        heads = [t for t in nouns if t.dep_ not in ("compound", "pobj", "poss")]
        return heads[0] if heads else (nouns[-1] if nouns else None)

    def _read_couple(self, span: Span) -> bool:
        """Read ``A nurse and a soldier exchange letters``, whose verb the tagger took for a noun; True if it is so."""
        text = span.text
        match = re.match(r"(?i)((?:a|an|the|my|two|three)\b [\w' -]+?) and ((?:a|an|the|his|her|my) [\w' -]+)", text)
        if not match:
            return False
        for token in span:
            before = token.nbor(-1) if token.i else token
            is_agent = before.pos_ == "NOUN" and self._is_agent(before, self.table.kind(before.lemma_))
            if token.idx - span.start_char > match.start(2) and is_agent and self.table.is_verb(token.lower_):
                head = text[: token.idx - span.start_char].strip()
                parts = [next(iter(self.reader.nlp(part).sents)).root for part in re.split(r" and ", head)]
                if len(parts) != 2:
                    return False
                first, second = (self.figure(part, alone=True) for part in parts)
                self.found.pair = (first, second)
                self.found.hero = Figure(
                    f"{first.first} and {second.first}", f"{first.first} and {second.first}", "the two",
                    f"{first.drawn} and {second.drawn}", first.head, first.kind, "plural",
                )  # fmt: skip
                self._read_events(span, token.i)
                return True
        return False

    def _read_imperative(self, span: Span) -> None:
        """``Find the lost dog`` and the like: the deed of a hero who is still to be chosen."""
        verb = span[0]
        said = f"{present(verb.lemma_, is_plural=False)} {span.doc[verb.i + 1 : span.end].text}".strip(" .!?")
        self.found.events.append(self._event("", "", said, verb))
        self._take_objects(span, verb)

    def _read_phrase(self, span: Span) -> None:
        """A bare noun phrase: its head, what its relative clause or participle tells, its companion."""
        root = span.root
        if root.pos_ not in ("NOUN", "PROPN", "PRON"):
            nouns = [t for t in span if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in ("compound", "poss")]
            if not nouns:
                self.found.topic = span.text
                return
            root = nouns[0]
        clause = next((c for c in root.children if c.dep_ in ("relcl", "acl") and c.i > root.i), None)
        if clause is None:
            relative = next((t for t in span if t.tag_ in ("WP", "WDT") and t.i > root.i), None)
            if relative is not None and relative.i + 1 < span.end:
                self._take_hero(root)
                self._read_events(span, relative.i + 1)
                return
        if (
            clause is not None
            and clause.tag_ == "VB"
            and any(c.dep_ == "neg" for c in clause.children)
            and any(c.tag_ == "MD" for c in clause.children)
        ):
            self._take_hero(root)
            self.found.trait = finite_text(clause, clause.right_edge.i + 1)
            goal = goal_text(clause)
            wants = "want" if self.found.hero is not None and self.found.hero.is_plural else "wants"
            said = f"{wants} to {goal}"
            self.found.events.append(Event("", "", said, said, clause.lemma_.lower(), goal=goal, helper="want"))
            return
        kind = self.table.kind(root.lemma_)
        self.found.topic = noun_phrase(root)
        self.found.is_plural_topic = root.tag_ in ("NNS", "NNPS")
        if (
            clause is not None
            and clause.dep_ == "relcl"
            and kind in ("thing", "place")
            and clause.lemma_.lower() not in _WISHES
        ):
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
            if inner is not None and inner.i >= begin:
                self.found.topic = noun_phrase(root)
                self.found.trait = ""
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
                and self.table.kind(second.lemma_) in ("thing", "food", "plant")
            ):
                self.found.hero, self.found.thing = (
                    self.figure(root, alone=True),
                    self.figure(second, alone=True),
                )
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

    def _read_more(self, span: Span) -> None:
        """A further sentence: one more event."""
        verb = self._main_verb(span)
        if verb is None:
            return
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if subject is None:
            return
        linker = "but" if span[0].lower_ in ("but", "however", "yet", "instead") else "and"
        begin = min(
            [
                verb.i,
                *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i > subject.i),
            ]
        )
        self._read_events(span, begin, linker=linker, subject=subject)
