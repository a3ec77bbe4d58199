"""Reads a narrative idea: its hero, and where in its first sentence the telling begins."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.engines.writer.events import FINITE
from studio.engines.writer.figures import SUBJECTS
from studio.engines.writer.grammar import PRONOUNS, Figure, present
from studio.engines.writer.nominal import PhraseReading
from studio.engines.writer.phrases import finite_text, present_trait, strip_determiner
from studio.engines.writer.trust import is_bare_phrase
from studio.engines.writer.words import singulars

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: What merely happens to a thing; whatever else it does makes it a character.
HAPPENINGS = frozenset(
    "appear disappear stop fall begin start vanish erupt explode rise arrive break burn freeze melt head hit strike trap "
    "cover shine show make bring come end happen close crash collapse flood sink ring change turn be get".split()
)
_NOBODY = frozenset("nobody everybody everyone noone none all nothing everything something it there".split())


class Narrative(PhraseReading):
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
        self._prefer_somebody(doc)
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
            and self.found.place.split()[-1] in " ".join(event.said for event in events[1:])
        ):
            self.found.place = ""
        elif events and self.found.place == events[0].place:
            events[0].place = ""
        self._agree(doc)
        self._join_occasions()
        if len(events) == 1:
            events[0].place = ""
        if events and re.search(
            r"\b(?:every|each) (?:day|night|morning|evening|week|year|sunday|monday|friday|saturday|summer|winter)\b",
            re.split(r" (?:that|who|which|where|why|how) ", events[0].said.lower())[0],
        ):
            events[0].is_state = True

    def _agree(self, doc: Doc) -> None:
        """``but the river has`` as it was said, whatever the number of the hero."""
        for event in self.found.events:
            first, _, rest = event.said.partition(" ")
            match = (
                re.search(rf"(?i)\b{re.escape(event.subject)} ([a-z]+)\b", doc.text)
                if event.subject and event.linker == "but"
                else None
            )
            if match is not None and match[1] != first and match[1] == present(first, is_plural=False):
                event.said = f"{match[1]} {rest}".strip()
                event.drawn = re.sub(rf"^{first}\b", match[1], event.drawn)

    def _join_occasions(self) -> None:
        """Tell ``steps in when the soprano collapses`` as one event: what is told second comes first."""
        events = self.found.events
        for before, event in list(pairwise(events)):
            said = f"{before.said} when {event.subject} {event.said}"
            is_going_on = before.is_state or re.match(r"(?:is|are) \w+ing\b", before.said)
            if event.linker == "when" and event.subject and not is_going_on and len(said.split()) < 16:
                before.said, before.drawn = said, f"{before.drawn} when {event.subject} {event.drawn}"
                events.remove(event)

    def _prefer_somebody(self, doc: Doc) -> None:
        """Make the one who acts later the hero, where the first subject is a mere thing; asked of all, be a wonder."""
        found = self.found
        hero = found.hero
        if not found.events:
            return
        first = found.events[0]
        if hero is None:
            if first.subject in _NOBODY and len(found.events) > 1:
                first.is_state = self._take_actor(doc)
            return
        is_of_all = hero.is_plural and hero.first == hero.noun and found.pair is None
        is_asked = self.stripped.is_question and is_of_all and not first.subject
        if is_asked:
            first.subject, found.hero = hero.first, None
            return
        if hero.is_living or first.subject or not (first.is_state or first.lemma in HAPPENINGS):
            return
        if self._take_actor(doc):
            first.subject, first.is_state = hero.first, True

    def _take_actor(self, doc: Doc) -> bool:
        """Make the first living subject of a later event the hero; True if there is one."""
        for event in self.found.events[1:]:
            acting = [t for t in doc if t.text == (event.subject.split() or [""])[-1] and t.pos_ in ("NOUN", "PROPN")]
            if (
                acting
                and acting[0].lower_ not in _NOBODY
                and self._is_agent(acting[0], self.table.kind(acting[0].lemma_))
            ):
                self.found.hero = self.figure(acting[0], alone=True)
                event.subject = ""
                return True
        return False

    def _read_first(self, span: Span) -> None:
        verb = self._main_verb(span)
        self.found.is_phrase = (verb is None or verb.tag_ == "VBG") and is_bare_phrase(span)
        if (verb is None or verb.pos_ not in ("VERB", "AUX")) and self._read_couple(span):
            return
        if verb is None:
            self._read_phrase(span)
            return
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        while (
            subject is not None and subject.tag_ in ("VBZ", "VBD") and any(c.dep_ == "nsubj" for c in subject.children)
        ):
            verb, subject = subject, next(c for c in subject.children if c.dep_ == "nsubj")
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
                self.found.lead = span.doc[span.start : subject.left_edge.i].text.strip(" ,")
            return
        relative = next((c for c in subject.children if c.dep_ == "relcl"), None)
        teller = next((t for t in span.doc if t.lower_ == "i"), None)
        if teller is not None and subject.lower_ != "i" and any(c.lower_ == "my" for c in subject.children):
            self._read_told_by_me(span, verb, subject, teller)
            return
        self._take_hero(subject)
        if relative is not None and relative.i < start:
            trait = finite_text(relative, relative.right_edge.i + 1)
            self.found.trait = present_trait(trait)
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
        self._read_events(span, self._missed_verb(span, subject, verb, begin))
        if self.owned is not None and self.found.events and not self.found.events[0].subject:
            self.found.events[0].subject = span.doc[left : self.owned.i + 1].text

    def _read_told_by_me(self, span: Span, verb: Token, subject: Token, teller: Token) -> None:
        """Read ``My sister is leaving and I never told her``: the hero is the one who tells it."""
        other = self.figure(subject, alone=True)
        self.found.other = other
        me = self._pronoun_figure(teller)
        if me.gender == other.gender:
            noun = {"male": "young woman", "female": "young man"}.get(other.gender, me.noun)
            me = replace(
                me, noun=noun, first=f"a {noun}", short=f"the {noun}", drawn=f"the {noun}", head=noun.split()[-1]
            )
            me = replace(me, gender="female" if noun.endswith("woman") else "male")
        self.found.hero = me
        self._read_events(
            span, min(verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg")), verb.i)
        )
        if self.found.events:
            self.found.events[0].subject = f"{PRONOUNS[me.gender][2]} {subject.text}"

    def _main_verb(self, span: Span) -> Token | None:
        """The finite verb of the main clause; None for a bare noun phrase."""
        root = span.root
        is_noun = not self.table.is_verb(root.lemma_.lower()) and self.table.kind(root.lower_) == "person"
        if root.pos_ in ("VERB", "AUX") and not is_noun:
            has_finite = root.tag_ in FINITE or any(
                c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE for c in root.children
            )
            has_subject = any(c.dep_ in SUBJECTS for c in root.children)
            early = next((c for c in root.children if c.dep_ == "ccomp" and c.i < root.i and c.tag_ in FINITE), None)
            if early is not None and any(
                c.dep_ == "nsubj" and c.pos_ == "PRON" and c.i > early.i for c in root.children
            ):
                return early  # ``A teacher gets a letter from a pupil she failed``
            if has_finite and (has_subject or root.i > span.start):
                return root
            is_purpose = any(c.lower_ == "to" for c in root.children)
            if root.tag_ == "VB" and has_subject and not is_purpose:
                return root
            if root.i == span.start and root.tag_ in ("VB", "VBP"):
                return root
        return self._mistagged_verb(span)

    def _mistagged_verb(self, span: Span) -> Token | None:
        """A verb that the tagger took for a plural noun: ``A detective hunts a killer``."""
        for token in list(span)[1:]:
            if token.lower_ in ("who", "that", "which", "whose", "where", ",") or token.dep_ == "relcl":
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
            if self._is_plural_verb(span, token) or self._is_singular_verb(token):
                return token
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

    def _missed_verb(self, span: Span, subject: Token, verb: Token, begin: int) -> int:
        """Where the telling begins: at ``repairs`` in ``A woman in Lagos repairs radios and hears a voice``."""
        if verb.i == 0 or verb.nbor(-1).lower_ != "and":
            return begin
        for token in span.doc[subject.i + 1 : verb.i - 1]:
            is_verb = any(self.table.is_verb(form) for form in singulars(token.lower_))
            if token.tag_ == "NNS" and is_verb and token.nbor(-1).pos_ in ("NOUN", "PROPN"):
                return token.i
        return begin

    def _is_plural_verb(self, span: Span, token: Token) -> bool:
        """True for ``decide`` in ``Four gargoyles on a cathedral decide to see the world``."""
        if token.i + 2 >= span.end or token.nbor(1).lower_ != "to" or token.nbor(2).tag_ != "VB":
            return False
        is_many = any(t.tag_ == "NNS" for t in span.doc[span.start : token.i])
        return is_many and token.tag_ in ("NN", "VB", "VBP", "JJ") and self.table.is_verb(token.lower_)

    def _is_singular_verb(self, token: Token) -> bool:
        """True for ``dances`` in ``A widow dances alone``, taken for a plural noun with the article of a singular one."""
        has_article = any(c.lower_ in ("a", "an") for c in token.lefts)
        is_verb = any(self.table.is_verb(form) for form in singulars(token.lower_))
        is_noun = token.nbor(-1).dep_ == "compound" or self._is_noun_missed(token.nbor(-1))
        return token.tag_ == "NNS" and has_article and is_verb and is_noun

    def _is_noun_missed(self, token: Token) -> bool:
        """True for ``glacier`` in ``A glacier melts``, taken for the comparative of an adjective."""
        return token.tag_ in ("JJR", "RBR") and self.table.kind(token.lower_) != "abstract"

    def _subject_before(self, span: Span, end: int) -> Token | None:
        before = span.doc[span.start : end]
        last = span.doc[end - 1]
        is_missed = last.pos_ in ("VERB", "ADJ") and self.table.kind(last.lower_) == "person"
        if (is_missed or self._is_noun_missed(last)) and end - 1 > span.start:
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
                parts = [next(iter(self.nlp(part).sents)).root for part in re.split(r" and ", head)]
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
