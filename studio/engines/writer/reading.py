"""Reads an idea with spaCy's small English model: who, does what, to what, where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engines.writer import idea as ideas
from studio.engines.writer.grammar import Figure, article, capital, gerund, present
from studio.engines.writer.idea import Event, Idea, Stripped
from studio.engines.writer.words import FEMALE_NOUNS, HUMANLIKE, MALE_NOUNS, WordTable, name_gender, singulars

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_FINITE = ("VBZ", "VBP", "VBD", "MD")
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_CARRIERS = frozenset(
    "want try learn decide hope need long struggle attempt begin start plan refuse wish dare have go come seem use "
    "agree manage continue keep stop fail swear vow promise".split()
)
_STATES = frozenset("live work be have own keep love hate sell spend guard tend run like believe belong know".split())
_AGENT_VERBS = frozenset(
    "want dream learn love fall meet befriend travel escape try remember forget believe hope decide search find walk run "
    "fly feel wish think speak talk sing dance fight save help discover hate miss follow become refuse go leave live "
    "wait return visit explore hide sail long wander".split()
)
_CHARGED = frozenset("injured hurt wounded stray abandoned baby orphaned sick trapped starving newborn shivering frozen".split())
_SHORT_KEEP = frozenset("old young little blind".split())


@dataclass(frozen=True, slots=True)
class Reader:
    """Understands ideas; made once, as the model takes a second to load."""

    nlp: Language
    table: WordTable

    def read(self, text: str, seed_bit: int) -> Idea:
        """The idea in ``text``; ``seed_bit`` (0 or 1) decides a gender that the words leave open."""
        stripped = ideas.strip_wrapping(ideas.clean(text))
        doc = self.nlp(stripped.text[:60_000])
        kind = self._classify(stripped, doc)
        whole = f"{stripped.form} {stripped.text}"
        found = Idea(
            kind=kind,
            text=stripped.text,
            tone=ideas.tone_of(whole),
            title=stripped.title,
            time_of_day=ideas.time_of(stripped.text),
            weather=ideas.weather_of(stripped.text),
            nouns=tuple(t.lemma_.lower() for t in doc if t.pos_ == "NOUN" or (t.pos_ == "PROPN" and t.dep_ != "compound")),
            genre=stripped.form.lower(),
        )
        found.place = self._place(doc)
        if kind == "documentary":
            self._read_topic(found, doc)
        elif kind == "product":
            self._read_product(found, doc)
        else:
            Narrative(self, found, seed_bit, stripped).read(doc)
        return found

    def _classify(self, stripped: Stripped, doc: Doc) -> str:
        if stripped.is_documentary:
            return "documentary"
        if stripped.is_product or self._is_product_phrase(doc) or re.match(r"(?i)our [\w -]+:", stripped.text):
            return "product"
        sentences = [span for span in doc.sents if sum(token.is_alpha for token in span) > 1]
        if len(sentences) >= 4:
            return "adapt"
        return "words" if sum(token.is_alpha for token in doc) <= 2 else "narrative"

    def _is_product_phrase(self, doc: Doc) -> bool:
        """A thing with a relative clause that praises it: ``a backpack that charges your phone``."""
        text = doc.text.lower()
        sentences = list(doc.sents)
        if not sentences:
            return False
        root = sentences[0].root
        if root.pos_ not in ("NOUN", "PROPN") or self.table.kind(root.text) not in ("thing", "food"):
            return False
        relative = next((child for child in root.children if child.dep_ == "relcl"), None)
        if relative is None or any(child.dep_ in ("nsubj",) and child.lower_ == "who" for child in relative.children):
            return False
        return bool(re.search(r"\byour?\b", text)) or relative.lemma_ in (
            "keep charge clean help make fit fold track protect wake light brew cook cut cool heat last".split()
        )

    def place_among(self, tokens: list[Token]) -> str:
        """The place that these tokens name after a preposition, or empty."""
        for token in tokens:
            if token.dep_ == "pobj" and token.pos_ in ("NOUN", "PROPN") and token.head.lower_ in _PLACE_PREPS:
                is_name = token.ent_type_ in ("GPE", "LOC", "FAC") and not name_gender(token.text)
                if is_name or self.table.is_place(token.lemma_):
                    return place_phrase(token)
        return ""

    def _place(self, doc: Doc) -> str:
        """The noun phrase of the first place that something happens in, with its article; empty if none."""
        ranked: list[tuple[int, int, str]] = []
        for token in doc:
            if token.dep_ not in ("pobj", "dobj", "conj", "ROOT", "nsubj") or token.pos_ not in ("NOUN", "PROPN"):
                continue
            is_name = token.ent_type_ in ("GPE", "LOC", "FAC")
            if not (is_name or self.table.is_place(token.lemma_)) or name_gender(token.text) or token.ent_type_ == "PERSON":
                continue
            if token.dep_ in ("nsubj", "conj") or (token.dep_ == "dobj" and token.head.lemma_ not in _PLACE_VERBS):
                continue
            if any(t.dep_ == "advcl" and t.tag_ == "VB" for t in token.ancestors) and token.dep_ == "dobj":
                continue
            prep = token.head.lower_ if token.dep_ == "pobj" else ""
            if token.dep_ == "pobj" and prep not in _PLACE_PREPS:
                continue
            if is_name and token.dep_ != "pobj":
                continue
            rank = 0 if prep in ("in", "at", "on", "inside", "under", "aboard", "near", "beside") else 1 if prep else 2
            ranked.append((rank, token.i, place_phrase(token)))
        return min(ranked)[2] if ranked else ""

    def _read_topic(self, found: Idea, doc: Doc) -> None:
        text = re.sub(r"(?i)^(?:explain(?:ing)?|introduction to|(?:some )?facts about|all about)\s+", "", found.text).rstrip("?. ")
        doc = self.nlp(text)
        found.is_about_person = any(ent.label_ == "PERSON" for ent in doc.ents)
        subject = next((token for token in doc if token.dep_ in ("nsubj", "nsubjpass")), None)
        split = self._split_question(doc)
        if split is not None:
            wh, helper, phrase, verb, tail = split
            is_plural = helper == "do" or phrase.lower().endswith("s") and helper == "did"
            form = present(verb, is_plural=is_plural) if helper != "did" else f"once came to {verb}"
            found.question = f"{wh.lower()} {phrase} {form} {tail}".strip()
            found.direct = capital(text) + "?"
            found.topic, found.is_plural_topic = phrase, helper == "do"
            return
        if re.match(r"(?i)(?:how|why|what|where|when|who)\b", text):
            found.question = indirect_question(doc)
            found.direct = direct_question(text, doc)
            heads = [t for t in doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"]
            head = subject if subject is not None and subject.pos_ in ("NOUN", "PROPN") else (heads[0] if heads else None)
            found.topic = noun_phrase(head) if head is not None else text
            found.is_plural_topic = head is not None and head.tag_ in ("NNS", "NNPS")
            return
        root = next((t for t in doc if t.dep_ == "ROOT"), doc[0])
        found.topic = text
        short = noun_phrase(root) if root.pos_ in ("NOUN", "PROPN") else text
        found.is_plural_topic = root.tag_ in ("NNS", "NNPS")
        if len(text.split()) > 7:
            found.topic = short
        core = re.match(r"(?i)(?:the )?(?:behind the scenes|day in the life|inside|history|science|origins?|life cycle|importance|benefits|anatomy|chemistry|physics|biology|evolution|future|basics|wonders|secrets|rise and fall|life|story) (?:of|in|on) (.+)$", text)
        whole = text[:1].lower() + text[1:] if doc[0].pos_ not in ("PROPN",) else text
        if core:
            head = next((t for t in doc if t.dep_ == "pobj"), root)
            found.topic, found.is_plural_topic = core[1], head.tag_ in ("NNS", "NNPS")
            found.question = f"what is really known about {whole}"
            found.direct = f"What do we really know about {whole}?"
            return
        found.direct = f"What do we really know about {found.topic}?"
        found.question = f"what is really known about {found.topic}"

    def _split_question(self, doc: Doc) -> tuple[str, str, str, str, str] | None:
        """``How does a lighthouse work`` as its five parts; None if it is no such question."""
        words = [t for t in doc if not t.is_punct]
        if len(words) < 4 or words[0].lower_ not in ("how", "why", "when", "where") or words[1].lower_ not in ("do", "does", "did"):
            return None
        for index in range(3, len(words)):
            token = words[index]
            is_last = index == len(words) - 1
            if token.pos_ == "VERB" or (is_last and self.table.is_verb(token.lower_)):
                phrase = doc[words[2].i : token.i].text
                return words[0].text, words[1].lower_, phrase, token.text.lower(), doc[token.i + 1 :].text.strip(" ?.")
        return None

    def _read_product(self, found: Idea, doc: Doc) -> None:
        root = next((t for t in doc if t.dep_ == "ROOT"), doc[0])
        if root.pos_ not in ("NOUN", "PROPN"):
            root = next((t for t in doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"), root)
        relative = next((c for c in root.children if c.dep_ in ("relcl",)), None)
        apposed = next((c for c in root.children if c.dep_ == "appos"), None)
        if relative is None and apposed is not None:
            relative = next((c for c in apposed.children if c.dep_ == "relcl"), None)
        name = " ".join(t.text for t in root.subtree if t.pos_ == "PROPN" and t.i <= root.i) if root.pos_ == "PROPN" else ""
        noun_head = apposed if name and apposed is not None else root
        phrase = noun_phrase(noun_head)
        match = re.search(r"(?i)\b(?:that|which) (.+)$", found.text)
        claim = match[1].rstrip(".!? ") if match else ""
        if claim and re.match(r"(?i)(?:you|we|i|people|everyone|can't|is\b)", claim):
            claim = "" if not claim.lower().startswith("is") else claim
        slogan = re.match(r"(?i)our ([\w -]+): (.+)$", found.text)
        if slogan:
            name = ""
            claim = ""
        is_plural = noun_head.tag_ in ("NNS", "NNPS")
        found.claim, found.brand = claim, name
        bare = strip_determiner(phrase)
        first = name or (bare if is_plural else f"{article(bare)} {bare}")
        head = " ".join(t.text for t in noun_head.lefts if t.dep_ == "compound")
        short = name or f"the {head + ' ' if head else ''}{noun_head.text}".replace("  ", " ")
        found.topic = bare
        if slogan and found.thing is None:
            first = f"our {slogan[1]}"
            found.brand = f"Our {slogan[1]}: {slogan[2].rstrip('.')}"
        found.thing = Figure(
            noun=bare, first=f"{name}, {article(bare)} {bare}" if name and bare != name else first, short=short,
            drawn=f"the {bare}" if bare != name else name, head=noun_head.lemma_.lower(), kind="thing",
            gender="plural" if is_plural else "neuter",
        )  # fmt: skip


_SOCIAL = frozenset("play sing dance talk speak fall chat argue marry".split())
_NOBODY = frozenset("nobody everybody everyone noone none all nothing everything it there".split())
_PLACE_VERBS = frozenset("enter explore visit cross reach leave haunt guard clean discover find inherit buy open build".split())
_PLACE_PREPS = frozenset(
    "in at on to through across inside near under into from along by around over beneath below behind beside aboard "
    "onto towards toward outside throughout within between".split()
)


class Narrative:
    """One reading of a narrative idea; fills ``found``."""

    def __init__(self, reader: Reader, found: Idea, seed_bit: int, stripped: Stripped) -> None:
        self.reader = reader
        self.table = reader.table
        self.found = found
        self.seed_bit = seed_bit
        self.stripped = stripped
        self.owned: Token | None = None

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
        if len(events) > 1 and not events[0].place and self.found.place in [event.place for event in events[1:]] and not self.found.lead:
            self.found.place = ""
        elif len(events) > 1 and self.found.place and self.found.place.split()[-1] not in f"{self.found.lead} {events[0].said} {self.found.trait}":
            self.found.place = ""
        elif events and self.found.place == events[0].place:
            events[0].place = ""
        if len(events) == 1:
            events[0].place = ""
        if events and re.search(r"\b(?:every|each) (?:day|night|morning|evening|week|year|sunday|monday|friday|saturday|summer|winter)\b", events[0].said.lower()):
            events[0].is_state = True

    def _read_first(self, span: Span) -> None:
        verb = self._main_verb(span)
        if (verb is None or verb.pos_ not in ("VERB", "AUX")) and self._read_couple(span):
            return
        if verb is None:
            self._read_phrase(span)
            return
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
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
            begin = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i > subject.i)])
            self._read_events(span, begin)
            if self.found.events:
                self.found.events[0].subject = subject.text.lower()
            return
        relative = next((c for c in subject.children if c.dep_ == "relcl"), None)
        self._take_hero(subject)
        if relative is not None and relative.i < start:
            self.found.trait = finite_text(relative, relative.right_edge.i + 1)
        left = subject.left_edge.i
        while left > span.start and span.doc[left - 1].pos_ in ("DET", "ADJ", "NUM") and not span.doc[left - 1].is_punct:
            left -= 1
        lead = span.doc[span.start : left].text.strip(" ,")
        self.found.lead = "" if lead.lower() in ("when", "if", "that", "and", "but", "then", "one day") else lead
        begin = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i > subject.i)])
        self._read_events(span, begin)
        if self.owned is not None and self.found.events and not self.found.events[0].subject:
            self.found.events[0].subject = span.doc[left : self.owned.i + 1].text

    def _main_verb(self, span: Span) -> Token | None:
        """The finite verb of the main clause; None for a bare noun phrase."""
        root = span.root
        if root.pos_ in ("VERB", "AUX"):
            has_finite = root.tag_ in _FINITE or any(c.dep_ in ("aux", "auxpass") and c.tag_ in _FINITE for c in root.children)
            has_subject = any(c.dep_ in _SUBJECTS for c in root.children)
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
            if token.tag_ in ("VBZ", "VBD") and token.i > span.start + 1 and token.nbor(-1).pos_ in ("NOUN", "PROPN") and token.dep_ not in ("relcl", "acl", "amod"):
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

    def _looks_finite(self, token: Token) -> bool:
        if token.tag_ in ("VBZ", "VBD", "VBP", "MD"):
            return token.dep_ not in ("relcl", "amod", "acl") or token.tag_ == "VBZ"
        if token.i == 0 or not token.lower_.endswith("s") or token.i + 1 >= len(token.doc):
            return False
        is_verb = any(self.table.is_verb(form) for form in singulars(token.lower_))
        before, after = token.nbor(-1), token.nbor(1)
        return is_verb and before.pos_ in ("NOUN", "PROPN", "CCONJ", "ADV") and (
            after.tag_ in ("DT", "PRP$", "IN", "TO", "RP", "RB", "CD", "PRP") or after.dep_ == "punct" and False
        )

    def _subject_before(self, span: Span, end: int) -> Token | None:
        nouns = [t for t in span.doc[span.start : end] if t.pos_ in ("NOUN", "PROPN", "PRON")]
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
                parts = [list(self.reader.nlp(part).sents)[0].root for part in re.split(r" and ", head)]
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
        if clause is not None and clause.tag_ == "VB" and any(c.dep_ == "neg" for c in clause.children) and any(c.tag_ == "MD" for c in clause.children):
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
        if clause is not None:
            self._take_hero(root)
            begin = clause.left_edge.i
            while begin < span.end and span.doc[begin].tag_ in ("WP", "WDT") or span.doc[begin].lower_ == "that":
                begin += 1
            inner = next((c for c in clause.children if c.dep_ in _SUBJECTS and c.tag_ not in ("WP", "WDT") and c.lower_ != "that"), None)
            if inner is not None and inner.i >= begin:
                self.found.topic = noun_phrase(root)
                self.found.trait = ""
                return
            self._read_events(span, begin, clause)
            return
        second = next((c for c in root.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")), None)
        listed = [t for t in span if t.pos_ == "NOUN" and t.dep_ in ("appos", "conj") and self.table.kind(t.lemma_) in ("thing", "plant", "food")]
        if self._is_agent(root, kind) and listed and (second is None or second in listed):
            self.found.hero, self.found.thing = self.figure(root, alone=True), self.figure(listed[0], alone=True)
            return
        if self._is_agent(root, kind):
            if second is not None and not self._is_agent(second, self.table.kind(second.lemma_)) and self.table.kind(second.lemma_) in ("thing", "food", "plant"):
                self.found.hero, self.found.thing = self.figure(root, alone=True), self.figure(second, alone=True)
                return
            if second is not None and self._is_agent(second, self.table.kind(second.lemma_)):
                self.found.hero = self.figure(root, alone=True)
                self.found.other = self.figure(second)
                return
            self._take_hero(root)
        elif second is not None and kind in ("thing", "food", "plant", "place") and self.table.kind(second.lemma_) in ("thing", "food", "plant", "place"):
            self.found.hero, self.found.other = self.figure(root, alone=True), self.figure(second, alone=True)
            self.found.place = ""
        elif kind in ("thing", "food", "plant"):
            self.found.thing = self.figure(root)

    def _is_agent(self, token: Token, kind: str) -> bool:
        if token.pos_ == "PROPN" and name_gender(token.text):
            return True
        return kind in ("person", "animal", "robot", "creature", "group") or (
            token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "ORG", "") and kind in ("abstract", "thing") and not self.table.is_place(token.text)
            and (bool(name_gender(token.text)) or not self.table.code(token.text))
        )  # fmt: skip

    def _take_hero(self, subject: Token) -> None:
        owner = next((c for c in subject.children if c.dep_ == "poss" and c.pos_ in ("NOUN", "PROPN")), None)
        if owner is not None and not self._is_agent(subject, self.table.kind(subject.lemma_)) and self._is_agent(owner, self.table.kind(owner.lemma_)):
            self.found.hero = self.figure(owner, alone=True)
            self.owned = subject
            return
        self.found.hero = self.figure(subject)

    def _take_objects(self, span: Span, verb: Token) -> None:
        del span
        for token in verb.subtree:
            if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("dobj", "pobj", "attr", "conj", "dative"):
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
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if subject is None:
            return
        linker = "but" if span[0].lower_ in ("but", "however", "yet", "instead") else "and"
        begin = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i > subject.i)])
        self._read_events(span, begin, linker=linker, subject=subject)

    # -- events

    def _read_events(self, span: Span, begin: int, clause: Token | None = None, *, linker: str = "", subject: Token | None = None) -> None:
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
            if word not in ("and", "but", "then", "until", "till", "when", "only", "so", "yet", ";", "or"):
                continue
            link = {"till": "until", ";": "and", "yet": "but", "then": "and"}.get(word, word)
            if word == "only" and doc[index + 1].lower_ == "to":
                cuts.append((index, "only"))
                last = index
                continue
            if word in ("only", "or") or index - last < 2:
                continue
            if self._starts_clause(doc, index + 1, span.end, needs_subject=word in ("until", "till", "when", "so")):
                cuts.append((index, link))
                last = index
        return cuts

    def _starts_clause(self, doc: Doc, index: int, end: int, *, needs_subject: bool) -> bool:
        while index < end and doc[index].lower_ in ("then", "instead", "soon", "finally", "slowly", "quickly", "also", "eventually", "must", "one", "day") and doc[index].tag_ != "MD":
            index += 1
        if index >= end:
            return False
        token = doc[index]
        is_plural = self.found.hero is not None and self.found.hero.is_plural
        if not needs_subject and (token.tag_ in _FINITE or self._looks_finite(token) or (is_plural and token.tag_ == "VB" and token.dep_ == "conj")):
            return token.dep_ not in ("pobj",)
        for ahead in range(index, min(index + 7, end)):
            there = doc[ahead]
            if there.lower_ in ("who", "that", "which", "and", ",", "to", "of"):
                return False
            if there.tag_ in _FINITE and ahead > index and doc[ahead - 1].pos_ in ("NOUN", "PROPN", "PRON", "ADV", "PART"):
                return True
        return False

    def _take_piece(self, piece: Span, link: str, own: Token | None, *, is_past: bool, clause: Token | None) -> None:
        tokens = list(piece)
        while tokens and (tokens[0].lower_ in ("and", "but", "then", "until", "till", "when", "so", "yet", ";", "only", ",") or tokens[0].tag_ == "WRB"):
            tokens = tokens[1:]
        if not tokens:
            return
        if link == "only":
            tokens = tokens[1:]
        verb_at = next((i for i, t in enumerate(tokens) if t.tag_ in _FINITE or self._looks_finite(t) or (clause is not None and t.i == clause.i)), 0)
        if link == "only" or (clause is not None and clause.tag_ in ("VBG", "VBN") and verb_at == 0):
            verb_at = next((i for i, t in enumerate(tokens) if t.pos_ in ("VERB", "AUX")), 0)
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
        if subject_words.lower() in ("he", "she", "they", "it", "i", "we", "you", "who", "that"):
            subject_words = self._antecedent(subject_words.lower())
        plural = self.found.hero is not None and self.found.hero.is_plural
        said = self._finite(rest, is_past=is_past, clause=clause, is_only=link == "only", plural=plural)
        verb = next((t for t in rest if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")), first)
        if self._looks_finite(tokens[verb_at]) and tokens[verb_at].pos_ not in ("VERB", "AUX"):
            verb = tokens[verb_at]
        event = self._event(link, subject_words, said, verb, tokens=rest)
        self.found.events.append(event)
        self._note_lack(event, verb, piece)

    def _note_lack(self, event: Event, verb: Token, piece: Span) -> None:
        """Make ``can't breathe fire`` or ``has never won`` a state; where nothing follows, the wish does."""
        match = re.match(r"(?:can't|cannot|can not|has never|have never|never|could not|couldn't)\b", event.said)
        if not match or event.subject:
            return
        event.is_state = True
        if piece.end < piece.doc[piece.start].sent.end - 2:
            return
        goal = goal_text(verb)
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
            if figure is not None and (figure.gender == gender or (figure is other and gender in ("male", "female") and figure.is_living)):
                return figure.short
        return ""

    def _finite(self, tokens: list[Token], *, is_past: bool, clause: Token | None, is_only: bool, plural: bool) -> str:
        words: list[str] = []
        for index, token in enumerate(tokens):
            text = token.text
            if index == 0 and (is_only or (clause is not None and token.tag_ == "VBG")):
                text = present(token.lemma_.lower(), is_plural=plural)
            elif clause is not None and token.i == clause.i and token.tag_ == "VBG" and not any(c.dep_ == "aux" for c in token.children):
                text = present(token.lemma_.lower(), is_plural=plural)
            elif index == 0 and token.tag_ == "VB" and not plural:
                text = present(token.lemma_.lower(), is_plural=plural)
            elif index == 0 and clause is not None and token.tag_ == "VBN":
                text = ("are " if plural else "is ") + text
            elif is_past and token.tag_ == "VBD":
                text = self._present_of(token, plural=plural)
            elif is_past and token.lower_ in ("could", "would"):
                text = {"could": "can", "would": "will"}[token.lower_]
            words.append(text + token.whitespace_)
        return re.sub(r"\s+", " ", "".join(words)).strip(" .,;!?-")

    def _present_of(self, token: Token, *, plural: bool) -> str:
        subject = next((c for c in token.children if c.dep_ in _SUBJECTS), None)
        if subject is not None and subject.pos_ != "PRON":
            plural = subject.tag_ in ("NNS", "NNPS")
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
        if inner is not None and (lemma in _CARRIERS or lemma == "dream"):
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
        event.place = self.reader.place_among(span_tokens)
        self._take_event_nouns(event, tokens if tokens is not None else list(verb.subtree))
        return event

    def _take_event_nouns(self, event: Event, tokens: list[Token]) -> None:
        for token in tokens:
            if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "poss", "npadvmod"):
                continue
            kind = self.table.kind(token.lemma_)
            if token.ent_type_ in ("DATE", "TIME", "EVENT", "GPE", "LOC", "FAC") and not name_gender(token.text):
                continue
            if token.dep_ == "attr" or (token.dep_ == "pobj" and token.head.lower_ in ("as", "like", "than", "of", "on")):
                continue
            if self._is_agent(token, kind) or (token.dep_ == "pobj" and token.head.lower_ in ("with", "to") and event.lemma in _SOCIAL):
                if event.other is None and token.dep_ in ("dobj", "pobj", "attr", "conj", "dative", "nsubj"):
                    event.other = self.figure(token)
            elif event.thing is None and token.dep_ == "pobj" and token.head.lower_ == "for" and event.lemma in ("search", "look", "hunt", "seek", "wait"):
                event.thing = self.figure(token)
            elif event.thing is None and (token.dep_ in ("dobj", "attr", "nsubjpass") or (token.dep_ == "pobj" and token.head.lower_ == "upon")):
                if kind in ("thing", "food", "plant", "place", "abstract"):
                    event.thing = self.figure(token)
        if event.subject == "" and self.found.hero is not None and event.other is not None and event.other.head == self.found.hero.head:
            event.other = None
        self.found.other = self.found.other or event.other
        self.found.thing = self.found.thing or event.thing

    # -- figures

    def figure(self, token: Token, *, alone: bool = False) -> Figure:
        """The figure that ``token`` heads."""
        conjuncts = [] if alone else [c for c in token.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")]
        if token.pos_ == "PRON":
            return self._pronoun_figure(token)
        kind = self.table.kind(token.lemma_ if token.tag_ in ("NNS", "NN") else token.text)
        members = next((c for p in token.rights if p.dep_ == "prep" and p.lower_ == "of" for c in p.children if c.tag_ == "NNS"), None)
        if members is not None and token.lemma_ in ("group", "pair", "couple", "team", "gang", "band", "family", "crew", "handful", "troop", "herd", "pack"):
            inner = self._common(members, self.table.kind(members.lemma_))
            return Figure(inner.noun, noun_phrase(token), inner.short, inner.drawn, inner.head, inner.kind, "plural")
        if conjuncts and token.dep_ in (*_SUBJECTS, "ROOT"):
            if len(conjuncts) == 1:
                self.found.pair = (self.figure(token, alone=True), self.figure(conjuncts[0], alone=True))
            return self._pair(token, conjuncts)
        if token.pos_ == "PROPN" and (name_gender(token.text) or token.ent_type_ == "PERSON" or not self.table.code(token.lower_) or not is_determined(token)):
            if kind not in ("animal",) or name_gender(token.text):
                return self._named(token, kind if kind in ("animal", "robot", "creature") and not name_gender(token.text) else "person")
        return self._common(token, kind)

    def _pronoun_figure(self, token: Token) -> Figure:
        gender = {"he": "male", "she": "female"}.get(token.lower_, ("male", "female")[self.seed_bit])
        if token.lower_ in ("they", "we"):
            return Figure("two friends", "two friends", "the two friends", "the two friends", "friend", "person", "plural")
        noun = "young man" if gender == "male" else "young woman"
        return Figure(noun, f"a {noun}", f"the {noun}", f"the {noun}", noun.split()[1], "person", gender)

    def _named(self, token: Token, kind: str) -> Figure:
        name = " ".join(t.text for t in token.doc[token.left_edge.i : token.i + 1] if t.pos_ == "PROPN" or t.dep_ == "compound")
        name = name if name and name[0].isupper() else name.title() or token.text
        gender = name_gender(name) or ("male", "female")[self.seed_bit]
        apposed = next((c for c in token.children if c.dep_ == "appos"), None)
        first = f"{name}, {noun_phrase(apposed)}," if apposed is not None else name
        noun = strip_determiner(noun_phrase(apposed)) if apposed is not None else name
        head = apposed.lemma_.lower() if apposed is not None else name.lower()
        if apposed is not None:
            kind = self.table.kind(head)
            gender = "female" if head in FEMALE_NOUNS else "male" if head in MALE_NOUNS else gender
        return Figure(noun, first, name, name, head, kind, gender, name)

    def _pair(self, token: Token, conjuncts: list[Token]) -> Figure:
        parts = [self.figure(token, alone=True), *(self.figure(c, alone=True) for c in conjuncts)]
        first = " and ".join(part.first for part in parts)
        drawn = " and ".join(part.drawn for part in parts)
        is_named = all(part.name for part in parts)
        number = {2: "the two", 3: "the three"}.get(len(parts), "they all")
        kind = "person" if any(part.kind == "person" for part in parts) else parts[0].kind
        return Figure(first, first, first if is_named else number, drawn, token.lemma_.lower(), kind, "plural")

    def _common(self, token: Token, kind: str) -> Figure:
        phrase = noun_phrase(token)
        is_plural = token.tag_ in ("NNS", "NNPS")
        lemma = token.lemma_.lower()
        compound = " ".join(t.text for t in token.lefts if t.dep_ == "compound" and t.pos_ in ("NOUN", "PROPN") and t.tag_ != "VBG")
        bare = strip_determiner(phrase)
        adjectives = [t.text for t in token.lefts if t.dep_ == "amod"]
        keep = [word for word in adjectives if word.lower() in _SHORT_KEEP and lemma in ("man", "woman", "lady", "couple")]
        noun = token.text
        if token.i == token.sent.start and self.table.is_known(noun):
            noun = noun.lower()
        if compound and (kind not in ("person", "animal", "group") or lemma in ("player", "worker", "hand", "officer")):
            noun = f"{compound} {noun}"
        owner = next((t for t in token.lefts if t.dep_ == "poss" and t.tag_ == "PRP$"), None)
        determiner = "the"
        if owner is not None and self.found.hero is not None and token.dep_ not in _SUBJECTS:
            determiner = owner.lower_
        short = " ".join([determiner, *keep, noun])
        drawn = f"the {' '.join([*keep, compound, noun if noun.lower() == token.lower_ else token.text])}".replace("  ", " ")
        is_hero = token.dep_ in (*_SUBJECTS, "ROOT", "conj") or self.found.hero is None
        gender = self._gender(lemma, kind, phrase) if is_hero or kind not in ("animal", "robot", "thing") else "neuter"
        numbers = [t.text for t in token.lefts if t.dep_ == "nummod"]
        if phrase[:1].isupper() and token.left_edge.i == token.sent.start and self.table.is_known(phrase.split()[0]) and not phrase[1:2].isupper():
            phrase = phrase[:1].lower() + phrase[1:]
            bare = bare if bare[:1].islower() else bare[:1].lower() + bare[1:]
        first = phrase if re.match(r"(?i)(?:a|an|the|his|her|their|my|our|its|one|some|every|no|this|that|[\w-]+'s)\b", phrase) or numbers else (
            phrase if is_plural or kind == "abstract" and token.tag_ == "NN" else f"{article(phrase)} {phrase}"
        )
        first = re.sub(r"(?i)^(?:my|our) ", "the ", first)
        first = re.sub(r"^(?:The|A|An|Two|Three|Four|Five|Some|His|Her|Their|One|Every) ", lambda m: m[0].lower(), first)
        return Figure(bare, first, short, drawn, lemma, kind, "plural" if is_plural else gender)

    def _gender(self, lemma: str, kind: str, phrase: str) -> str:
        words = re.findall(r"[a-z]+", phrase.lower())
        if lemma in FEMALE_NOUNS or "female" in words or "pregnant" in words:
            return "female"
        if lemma in MALE_NOUNS or "male" in words:
            return "male"
        text = self.stripped.text.lower()
        if kind in ("person", "animal", "creature", "robot"):
            hers = len(re.findall(r"\b(?:she|her|herself|hers)\b", text))
            his = len(re.findall(r"\b(?:he|him|his|himself)\b", text))
            its = len(re.findall(r"\b(?:its|itself)\b", text))
            if hers > max(his, its):
                return "female"
            if his > max(hers, its):
                return "male"
            if kind != "person" and lemma not in HUMANLIKE:
                return "neuter"
            return ("male", "female")[self.seed_bit]
        if kind == "person":
            return ("male", "female")[self.seed_bit]
        return "plural" if kind == "group" and lemma in ("people", "police", "couple") else "neuter"


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
    lefts = [t for t in token.lefts if t.dep_ not in ("cc", "punct", "advmod", "preconj", "mark") or t.lower_ in ("very",)]
    start = min([token.i, *(t.left_edge.i for t in lefts)])
    while start > token.sent.start and token.doc[start - 1].pos_ in ("DET", "ADJ", "NUM") and token.doc[start - 1].dep_ != "predet":
        start -= 1
    return token.doc[start:stop].text.strip(" ,.")


def strip_determiner(phrase: str) -> str:
    """The phrase without ``a, an, the, my, his …``."""
    return re.sub(r"(?i)^(?:a|an|the|my|our|his|her|their|its|your|some|this|that)\s+", "", phrase)


def place_phrase(token: Token) -> str:
    """A place as a painter needs it: the noun phrase, with an article and without owners."""
    phrase = noun_phrase(token)
    phrase = re.sub(r"(?i)^(?:my|our|his|her|their|its|your)\s+", "the ", phrase)
    if token.pos_ == "PROPN" or re.match(r"(?i)(?:a|an|the|[\w-]+'s)\b", phrase) or token.tag_ == "NNS":
        return phrase
    return f"{article(phrase)} {phrase}"


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


def goal_text(verb: Token) -> str:
    """The infinitive phrase of ``verb``, cut before a new clause."""
    doc = verb.doc
    stop = verb.right_edge.i + 1
    for index in range(verb.i + 1, stop):
        if doc[index].lower_ in ("but", "until", "when", "before", "after", "because", "while", "only", ",", ";", ".", "and"):
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
    if len(words) > 1 and words[1].lower_ in (*helpers, "to") or len(words) > 2 and words[2].lower_ in helpers and words[0].lower_ == "how":
        return capital(text) + "?"
    subject = next((t for t in doc if t.dep_ in ("nsubj", "nsubjpass") and t.i > 0 and t.head.tag_ in ("VBZ", "VBP", "VBD")), None)
    if subject is None:
        return f"{capital(text)}: what is really known?"
    verb = subject.head
    helper = {"VBZ": "does", "VBP": "do"}.get(verb.tag_, "did")
    start, stop = subject.left_edge.i, subject.right_edge.i + 1
    if verb.lemma_ == "be":
        return f"{capital(doc[:start].text)} {verb.text} {doc[start:stop].text} {doc[verb.i + 1 :].text}?".replace("  ", " ").replace(" ?", "?")
    tail = doc[verb.i + 1 :].text
    return re.sub(r"\s+", " ", f"{capital(doc[:start].text)} {helper} {doc[start:stop].text} {verb.lemma_} {tail}").strip() + "?"


def indirect_question(doc: Doc) -> str:
    """``Why do cats purr`` as ``why cats purr``; a clause that is indirect already is kept."""
    words = list(doc)
    subject = next((t for t in doc if t.dep_ in ("nsubj", "nsubjpass") and t.i > 1), None)
    helper = next((t for t in words[1:3] if t.lower_ in ("do", "does", "did", "is", "are", "was", "were", "can", "will")), None)
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
