"""Splits what a sentence tells into events, in the user's own words and in the present tense."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.engines.writer.figures import SUBJECTS, FigureReading
from studio.engines.writer.grammar import PRONOUNS, present
from studio.engines.writer.idea import Event
from studio.engines.writer.phrases import goal_text
from studio.engines.writer.whereabouts import place_among
from studio.engines.writer.words import name_gender, singulars

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_AFTER_VERB = ("DT", "PRP$", "IN", "TO", "RP", "RB", "CD", "PRP", "WDT", "WP", "WRB", "EX")
FINITE = ("VBZ", "VBP", "VBD", "MD")
_CARRIERS = frozenset(
    "want try learn decide hope need long struggle attempt begin start plan refuse wish dare have go come seem use "
    "agree manage continue keep stop fail swear vow promise".split()
)
_STATES = frozenset("live work be have own keep love hate sell spend guard tend run like believe belong know".split())
#: ``so he can see his grandson`` belongs to what comes before.
_PURPOSE = re.compile(r"(?i)so (?:that )?(?:he|she|they|it) (?:can|could|will|would|may|might)\b")
#: ``one night a child`` and ``on a windy morning she``: when, and who.
_WHEN_WHO = re.compile(
    r"(?i)^((?:then )?(?:one \w+|the next \w+|suddenly|finally|(?:on|in|at|after|during) .+?)),? "
    r"((?:a|an|the|his|her|their|two|three|some|somebody|someone|nobody|he|she|they|it)\b.*)$"
)
_SOCIAL = frozenset("play sing dance talk speak fall chat argue marry".split())

#: What one cannot do without wishing for it as for a skill: ``cannot find the keys``.
UNWISHED = frozenset(
    "be have find remember decide agree stop stand wait afford believe help forget get leave open resist count see hear believe".split()
)


class EventReading(FigureReading):
    """The part of a reading that finds events."""

    def _read_events(
        self,
        span: Span,
        begin: int,
        clause: Token | None = None,
        *,
        linker: str = "",
        subject: Token | None = None,
    ) -> None:
        """Split ``span`` from token ``begin`` at its coordinations and take one event from each piece."""
        is_past = any(t.tag_ == "VBD" for t in span.doc[begin : min(begin + 3, span.end)])
        cuts = self._cuts(span, begin)
        starts = [(begin, linker, subject)] + [(cut, link, None) for cut, link in cuts]
        for index, (start, link, own) in enumerate(starts):
            stop = starts[index + 1][0] if index + 1 < len(starts) else span.end
            self._take_piece(span.doc[start:stop], link, own, is_past=is_past, clause=clause if index == 0 else None)

    def _cuts(self, span: Span, begin: int) -> list[tuple[int, str]]:
        cuts: list[tuple[int, str]] = []
        doc = span.doc
        last = begin
        for index in range(begin + 2, span.end - 1):
            word = doc[index].lower_
            if word == "," and self._is_listed_verb(doc[index + 1]) and index - last >= 2:
                cuts.append((index, "and"))
                last = index
                continue
            if word not in ("and", "but", "while", "then", "until", "till", "when", "only", "so", "yet", ";", "or"):
                continue
            link = {"till": "until", "while": "and", ";": "and", "yet": "but", "then": "and"}.get(word, word)
            if word in ("when", "until", "while") and any(
                t.dep_ == "relcl" and t.i > begin for t in doc[index].ancestors
            ):
                continue
            if word == "while" and doc[index + 1].tag_ == "PRP" and len(span) < 16:
                continue  # ``play cards while they wait``
            if word == "only" and doc[index + 1].lower_ == "to":
                cuts.append((index, "only"))
                last = index
                continue
            if (
                word in ("only", "or")
                or index - last < 2
                or (word == "so" and doc[index + 1].pos_ in ("ADJ", "ADV"))
                or (word == "so" and _PURPOSE.match(doc[index : index + 4].text))
            ):
                continue
            if self._starts_clause(
                doc, index + 1, span.end, needs_subject=word in ("until", "till", "when", "while", "so")
            ):
                cuts.append((index, link))
                last = index
        return cuts

    def _is_listed_verb(self, token: Token) -> bool:
        """True for ``share`` and ``tell`` in ``they meet on the stairs, share what is left, tell stories``."""
        if token.dep_ == "ROOT" and token.tag_ in ("VBZ", "VBD"):
            return all(c.dep_ not in SUBJECTS or c.tag_ in ("VBZ", "VBD") for c in token.children)
        return (
            token.dep_ == "conj"
            and token.pos_ == "VERB"
            and token.tag_ in (*FINITE, "VB")
            and token.head.pos_ == "VERB"
        )

    def _starts_clause(self, doc: Doc, index: int, end: int, *, needs_subject: bool) -> bool:
        while (
            index < end
            and doc[index].lower_
            in (
                "then",
                "instead",
                "soon",
                "finally",
                "slowly",
                "quickly",
                "also",
                "eventually",
                "must",
                "one",
                "day",
            )
            and doc[index].tag_ != "MD"
        ):
            index += 1
        if index >= end:
            return False
        token = doc[index]
        noun = next((t for t in doc[index : min(index + 4, end)] if t.pos_ in ("NOUN", "PROPN")), None)
        if noun is not None and noun.dep_ in SUBJECTS and noun.head.tag_ in FINITE and noun.head.i > noun.i:
            return True
        is_plural = self.found.hero is not None and self.found.hero.is_plural
        if not needs_subject and (
            token.tag_ in FINITE
            or self._looks_finite(token)
            or (is_plural and token.tag_ == "VB" and token.dep_ == "conj")
        ):
            return token.dep_ not in ("pobj",)
        for ahead in range(index, min(index + 10, end)):
            there = doc[ahead]
            if there.lower_ in ("who", "that", "which", "and", ",", "to", "of"):
                return False
            if (
                there.tag_ in FINITE
                and ahead > index
                and doc[ahead - 1].pos_ in ("NOUN", "PROPN", "PRON", "ADV", "PART")
            ):
                return True
        return False

    def _take_piece(self, piece: Span, link: str, own: Token | None, *, is_past: bool, clause: Token | None) -> None:
        tokens = list(piece)
        while tokens and (
            tokens[0].lower_ in ("and", "but", "while", "then", "until", "till", "when", "so", "yet", ";", "only", ",")
            or tokens[0].tag_ == "WRB"
        ):
            tokens = tokens[1:]
        if not tokens:
            return
        if link == "only":
            tokens = tokens[1:]
        verb_at = next(
            (
                i
                for i, t in enumerate(tokens)
                if (t.tag_ in FINITE and (t.dep_ != "relcl" or clause is not None))
                or self._looks_finite(t)
                or (clause is not None and t.i == clause.i)
            ),
            0,
        )
        if link == "only" or (clause is not None and clause.tag_ in ("VBG", "VBN") and verb_at == 0):
            verb_at = next((i for i, t in enumerate(tokens) if t.pos_ in ("VERB", "AUX")), 0)
        if link and self._is_listed_verb(tokens[0]):
            verb_at = 0
        adverbs = 0
        while adverbs < verb_at and tokens[adverbs].pos_ == "ADV":
            adverbs += 1
        subject_words = "" if adverbs == verb_at else "".join(t.text_with_ws for t in tokens[:verb_at]).strip(" ,")
        if own is not None and own.pos_ != "PRON":
            subject_words = own.doc[own.left_edge.i : own.right_edge.i + 1].text
            if self.found.hero is not None and own.lemma_.lower() == self.found.hero.head:
                subject_words = ""
        first = tokens[verb_at] if subject_words else tokens[0]
        rest = tokens[verb_at:] if subject_words else tokens
        said_of = re.match(r"(?i)(i|we|he|she|they|it) (\w+)$", subject_words)
        if said_of and own is None:  # ``I never``: the adverb belongs to the verb
            verb_at -= 1
            subject_words, rest = said_of[1], tokens[verb_at:]
        when = _WHEN_WHO.match(subject_words)
        if when:
            subject_words = when[2]
        if subject_words.lower() in ("he", "she", "they", "it", "i", "we", "you", "who", "that"):
            subject_words = self._antecedent(subject_words.lower())
        plural = self.found.hero is not None and self.found.hero.is_plural
        said = self._finite(rest, is_past=is_past, clause=clause, is_only=link == "only", plural=plural)
        verb = next((t for t in rest if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")), first)
        if self._looks_finite(tokens[verb_at]) and tokens[verb_at].pos_ not in ("VERB", "AUX"):
            verb = tokens[verb_at]
        before = self.found.events[-1] if self.found.events else None
        if link == "and" and not subject_words and own is None and before is not None and before.subject:
            if len(f"{before.said} {said}".split()) <= 14:
                before.said, before.drawn = f"{before.said} and {said}", f"{before.drawn} and {said}"
                return
            subject_words = f"the {re.split(r',| who | that | which ', before.subject)[0].split()[-1]}"
        event = self._event(link, subject_words, said, verb, tokens=rest)
        event.lead = when[1] if when else ""
        self.found.events.append(event)
        self._note_lack(event, verb, piece)

    def _note_lack(self, event: Event, verb: Token, piece: Span) -> None:
        """Make ``can't breathe fire`` or ``has never won`` a state; where nothing follows, the wish does."""
        match = re.match(r"(?:can't|cannot|can not|has never|have never|could not|couldn't)\b", event.said)
        if not match or event.subject:
            return
        event.is_state = True
        is_skill = verb.lemma_.lower() not in UNWISHED
        if not is_skill or len(self.found.events) > 1 or piece.end < piece.doc[piece.start].sent.end - 2:
            return
        goal = goal_text(verb)
        if re.search(r"\b(?:any\w*|ever|either)\b", goal):
            return  # nobody ``wants to tell anyone``
        wants = "want" if self.found.hero is not None and self.found.hero.is_plural else "wants"
        said = f"{wants} to {goal}"
        self.found.events.append(Event("and", "", said, said, verb.lemma_.lower(), goal=goal, helper="want"))

    def _antecedent(self, pronoun: str) -> str:
        """Empty if the hero is meant, else the other figure whose gender the pronoun has."""
        gender = {"he": "male", "she": "female", "it": "neuter", "they": "plural"}.get(pronoun, "")
        hero, other, thing = self.found.hero, self.found.other, self.found.thing
        if hero is None or not gender or hero.gender == gender:
            return ""
        for figure in (other, thing):
            if figure is not None and (
                figure.gender == gender or (figure is other and gender in ("male", "female") and figure.is_living)
            ):
                return figure.short
        return ""

    def _finite(self, tokens: list[Token], *, is_past: bool, clause: Token | None, is_only: bool, plural: bool) -> str:
        words: list[str] = []
        for index, token in enumerate(tokens):
            text = token.text
            is_participle = (
                clause is not None and token.tag_ == "VBG" and not any(c.dep_ == "aux" for c in token.children)
            )
            is_bare = index == 0 and (
                is_only or (token.tag_ == "VB" and not plural) or (token.tag_ in ("VBZ", "NNS") and plural)
            )
            if is_bare or (is_participle and clause is not None and (index == 0 or token.i == clause.i)):
                text = present(token.lemma_.lower(), is_plural=plural)
            elif index == 0 and clause is not None and token.tag_ == "VBN":
                text = ("are " if plural else "is ") + text
            elif is_past and token.tag_ == "VBD":
                text = self._present_of(token, plural=plural)
            elif (is_past or self.stripped.is_question) and token.lower_ in ("could", "would"):
                text = {"could": "can", "would": "will"}[token.lower_]
            if self.is_first_person:
                text = self._third_person(token, text, is_first=index == 0)
            words.append(text + token.whitespace_)
        return re.sub(r"\s+", " ", "".join(words)).strip(" .,;!?-")

    def _third_person(self, token: Token, text: str, *, is_first: bool) -> str:
        """A word of a sentence that the user tells of themselves, told of the hero."""
        hero = self.found.hero
        if hero is None:
            return text
        is_own_verb = token.tag_ == "VBP" and any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in token.children)
        if (is_first and token.tag_ in ("VBP", "VBD", "VB")) or is_own_verb:
            return present(token.lemma_.lower(), is_plural=hero.is_plural)
        forms = PRONOUNS[hero.gender]
        mine = {"i": forms[0], "we": forms[0], "me": forms[1], "us": forms[1], "my": forms[2], "our": forms[2]}
        return mine.get(token.lower_, text)

    def _present_of(self, token: Token, *, plural: bool) -> str:
        subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
        if subject is not None and subject.pos_ != "PRON":
            plural = subject.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in subject.children)
        elif subject is not None and subject.lower_ in ("they", "we", "you", "i"):
            plural = True
        if token.lower_ in ("was", "were"):
            return "are" if plural or token.lower_ == "were" else "is"
        return present(token.lemma_.lower(), is_plural=plural)

    def _event(self, link: str, subject: str, said: str, verb: Token, tokens: list[Token] | None = None) -> Event:
        lemma = verb.lemma_.lower()
        if verb.pos_ not in ("VERB", "AUX"):
            lemma = next((form for form in singulars(verb.lower_) if self.table.is_verb(form)), lemma)
        event = Event(link, subject, said, said, lemma, is_state=lemma in _STATES and not subject)
        inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ in ("VB", "VBG")), None)
        is_for = lemma == "stop" and inner is not None and inner.tag_ == "VB"  # ``stops time to save a kitten``
        if inner is not None and is_for:
            event.goal = goal_text(inner)
        elif inner is not None and (lemma in _CARRIERS or lemma == "dream"):
            event.helper, event.lemma = lemma, inner.lemma_.lower()
            event.goal = goal_text(inner)
            event.is_state = False
        elif lemma == "dream":
            inner = next((t for t in verb.subtree if t.tag_ == "VBG" and t.head.lower_ in ("of", "about")), None)
            if inner is not None:
                event.helper, event.lemma, event.goal = "dream", inner.lemma_.lower(), goal_text(inner)
        else:
            purpose = next((c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VB"), None)
            event.goal = goal_text(purpose) if purpose is not None else ""
        span_tokens = tokens if tokens is not None else list(verb.subtree)
        event.place = place_among(self.table, span_tokens)
        self._take_event_nouns(event, tokens if tokens is not None else list(verb.subtree))
        return event

    def _take_event_nouns(self, event: Event, tokens: list[Token]) -> None:
        for token in tokens:
            if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "poss", "npadvmod"):
                continue
            kind = self.table.kind(token.lemma_)
            if token.ent_type_ in ("DATE", "TIME", "EVENT", "GPE", "LOC", "FAC") and not name_gender(token.text):
                continue
            if token.dep_ == "attr" or (
                token.dep_ == "pobj"
                and token.head.lower_ in ("as", "like", "than", "of", "on")
                and not re.match(r"(?:takes?|took|taking) care of", " ".join(t.lower_ for t in tokens[:3]))
            ):
                continue
            if self._is_agent(token, kind) or (
                token.dep_ == "pobj" and token.head.lower_ in ("with", "to") and event.lemma in _SOCIAL
            ):
                if event.other is None and token.dep_ in ("dobj", "pobj", "attr", "conj", "dative", "nsubj", "appos"):
                    event.other = self.figure(token)
            elif (
                (
                    event.thing is None
                    and token.dep_ == "pobj"
                    and token.head.lower_ == "for"
                    and event.lemma in ("search", "look", "hunt", "seek", "wait")
                )
                or event.thing is None
                and (
                    token.dep_ in ("dobj", "attr", "nsubjpass")
                    or (token.dep_ == "pobj" and token.head.lower_ == "upon")
                )
                and kind in ("thing", "food", "plant", "place", "abstract")
            ):
                event.thing = self.figure(token)
        if (
            event.subject == ""
            and self.found.hero is not None
            and event.other is not None
            and event.other.head == self.found.hero.head
        ):
            event.other = None
        self.found.other = self.found.other or event.other
        self.found.thing = self.found.thing or event.thing

    def _looks_finite(self, token: Token) -> bool:
        if token.tag_ in ("VBZ", "VBD", "VBP", "MD"):
            return token.dep_ not in ("relcl", "amod", "acl") or token.tag_ == "VBZ"
        if token.i == 0 or not token.lower_.endswith("s") or token.i + 1 >= len(token.doc):
            return False
        is_verb = any(self.table.is_verb(form) for form in singulars(token.lower_))
        before, after = token.nbor(-1), token.nbor(1)
        follows = before.pos_ in ("NOUN", "PROPN", "CCONJ", "ADV") or self.table.kind(before.lower_) == "person"
        is_whole = after.tag_ == "CC" and token.dep_ == "ROOT"  # ``The clock stops and nobody knows why``
        return is_verb and follows and (after.tag_ in _AFTER_VERB or is_whole)
