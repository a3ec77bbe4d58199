"""Reads an idea with spaCy's small English model: its class, and who, does what, to what, where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.engines.writer import idea as ideas
from studio.engines.writer.choices import choice_in
from studio.engines.writer.clauses import Narrative
from studio.engines.writer.figures import (
    acts_together,
    called_by_kin,
    extended,
    owned_thing,
    siblings,
    subject_of,
    titled,
)
from studio.engines.writer.frames import decisive_event, is_plain_topic
from studio.engines.writer.grammar import capital, present
from studio.engines.writer.idea import Event, Idea, Stripped
from studio.engines.writer.inquiry import read_topic
from studio.engines.writer.matters import is_matter
from studio.engines.writer.mentions import all_named, is_list, mentions_of
from studio.engines.writer.own_words import verbatim
from studio.engines.writer.parsing import parse
from studio.engines.writer.phrases import (
    is_to_come,
    present_clause,
)
from studio.engines.writer.products import SLOGAN, is_product_phrase, read_product
from studio.engines.writer.trust import FINITE, distrust, is_bare_phrase, is_exact, widen_hero
from studio.engines.writer.whereabouts import PLACE_PREPS, is_address, is_upon, place_phrase
from studio.engines.writer.wording import mend
from studio.engines.writer.words import DARK_WORDS, WordTable, name_gender, singulars

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_FINITE_WORDS = frozenset(
    "is are has have does do can cannot can't will won't must may might should never always still only also not once doesn't don't isn't "
    "aren't hasn't haven't just soon first ca wo".split()
)
_PLACE_VERBS = frozenset(
    "sweep run repair restore paint own manage rebuild save close enter explore visit cross reach leave haunt guard clean discover find inherit buy open build".split()
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Understands ideas; made once, as the model takes a second to load."""

    nlp: Language
    table: WordTable

    def read(self, text: str, seed_bit: int) -> Idea:
        """The idea in ``text``; ``seed_bit`` (0 or 1) decides a gender that the words leave open."""
        told = ideas.strip_wrapping(ideas.clean(text))
        wording = mend(told.text, self.table)
        stripped = replace(told, text=wording.text, title=told.title or wording.title, around=wording.lead)
        doc = parse(self.nlp, stripped.text[:60_000], self.table)
        kind = "documentary" if wording.is_lesson else self._classify(stripped, doc)
        clause = self._clause_of_phrase(doc) or self._clause_of_doing(doc) if kind == "narrative" else ""
        if clause:
            stripped, doc = replace(stripped, text=clause), self.nlp(clause)
        whole = f"{told.form} {told.text}"
        around = ", ".join(part for part in (wording.lead, wording.quote) if part)
        placed = parse(self.nlp, f"{around}, {wording.text}", self.table) if around else doc
        found = Idea(
            kind=kind,
            text=stripped.text,
            tone=ideas.tone_of(whole),
            title=stripped.title,
            time_of_day=ideas.time_of(told.text),
            weather=ideas.weather_of(told.text),
            nouns=tuple(
                t.lemma_.lower()
                for t in placed
                if (t.pos_ == "NOUN" or t.pos_ == "PROPN" and t.dep_ != "compound")
                and not is_to_come(t)
                and not (t.pos_ == "PROPN" and name_gender(t.text))
                and not (t.dep_ == "compound" and self.table.kind(t.head.lemma_) == "abstract")
            ),
            genre=stripped.form.lower(),
        )
        place = found.place = self._place(placed)
        if kind == "documentary":
            read_topic(found, doc, self.nlp, self.table)
        elif kind == "product":
            read_product(found, doc, self.table)
        else:
            Narrative(self.nlp, self.table, found, seed_bit, stripped).read(doc)
            if wording.quote and found.hero is not None:
                verb = present("ask" if wording.quote.endswith("?") else "say", is_plural=found.hero.is_plural)
                stop = "" if wording.quote.endswith(("?", "!")) else "."
                said = f'{verb}: "{capital(wording.quote)}{stop}"'
                found.events = [Event("", "", said, "speaks", "say")]
            if found.hero is not None and found.place.lower().startswith(found.hero.first.lower()):
                place = found.place = ""
            spooky = set(re.findall(r"[a-z-]+", whole.lower())) & DARK_WORDS
            if found.hero is not None and found.hero.kind == "creature" and spooky == {found.hero.head}:
                found.tone = ""  # a shy ghost is no horror
            if found.hero is not None and found.events and acts_together(found.hero, found.events[0]):
                found.hero = replace(found.hero, kind="group")
            found.choice = choice_in(doc)
            deed = decisive_event(found.events) or Event("", "", "", "")
            found.mentions = mentions_of(doc, self.table, "" if deed.subject else deed.said, deed.lemma)
            found.lead = found.lead or present_clause(self.nlp(wording.lead))
            if re.fullmatch(r"the \w+ing", found.place):
                found.place = ""
            if found.hero is not None and found.hero.name and f"{found.hero.name} the " in found.text:
                found.hero = replace(
                    found.hero, first=found.hero.first.replace(f"{found.hero.name}, the ", f"{found.hero.name} the ")
                )
            found.hero = titled(found.text) or siblings(found.text) or found.hero
            if is_list(doc):
                found.hero, found.is_phrase = None, True
                found.mentions = replace(found.mentions, named=all_named(doc, self.table))
            is_noun = (
                is_list(doc)
                or self._is_made_of(doc)
                or not any(t.tag_ in FINITE for t in doc)
                and self._is_half_a_noun(found)
            )
            if is_noun:
                found.hero, found.is_phrase = None, True
            is_sound = self._is_sound(found, doc)
            is_bare = not any(t.tag_ in FINITE for t in doc) and self.table.kind(doc[-1].lower_) in ("animal", "person")
            found.is_phrase |= not is_sound and is_bare
            widen_hero(found)
            found.is_phrase = found.is_phrase and not clause
            found.wholes = verbatim(
                doc,
                self.table,
                wording.lead,
                is_phrase=found.is_phrase,
                asked=stripped.asked or stripped.what_if,
                is_noun=is_noun,
            )
            if (
                stripped.asked
                or is_noun
                or not is_sound
                or not wording.quote
                and (found.pair is None or " between " not in found.text)
                and not is_exact(found, doc, self.nlp)
            ):
                distrust(found, doc, self.table)
                found.place = place
            if self._is_half_a_noun(found) and found.hero is not None and not found.hero.is_living:
                hero, found.hero = found.hero, extended(found.hero, found.text, self.table, seed_bit)
                for event in found.events[:1]:  # ``lemon trees survive`` is read as ``lemon`` and ``trees survive``
                    event.said = event.said.removeprefix(found.hero.first.removeprefix(hero.first).strip()).strip()
            if found.hero is None and not found.is_exact:
                is_told = not (found.is_phrase or stripped.asked or stripped.what_if)
                found.hero = owned_thing(doc, self.table) or (
                    subject_of(doc, self.table, seed_bit) if is_told else None
                )
            if (
                found.hero is not None
                and doc[0].pos_ == "PROPN"
                and found.text.lower().startswith(found.hero.first.lower())
            ):
                first = found.text[: len(found.hero.first)]  # ``Sofia's grandmother``
                found.hero = replace(found.hero, first=first)
            found.hero = called_by_kin(found.hero, found.text)
            is_topic = is_matter(found, doc, self.table) or is_plain_topic(found, self.table)
            if (
                not stripped.asked
                and is_topic
                and (doc[0].tag_ != "VBG" or found.kind == "words" and found.thing is not None)
            ):
                found.kind = "documentary"
                read_topic(found, doc, self.nlp, self.table)
        return found

    def _is_half_a_noun(self, found: Idea) -> bool:
        """True for ``ghost`` in ``a ghost train``: the phrase goes on with the thing that is meant."""
        hero = found.hero
        if hero is None or hero.name:
            return False
        match = re.match(rf"(?i)(?:{re.escape(hero.first)}|{re.escape(hero.noun)}) (\S+)", found.text)
        after = [match[1]] if match else []
        word = after[0].strip(",.").lower() if after else ""
        is_name = bool(after) and after[0][:1].isupper() and found.text[:1] != found.text[:1].lower()
        if word in ("is", "was", "are", "were", "has", "had", "does", "did") or word in _FINITE_WORDS:
            return False
        kinds = ("thing", "place", "food", "plant", *(() if hero.is_living else ("animal", "person")))
        is_noun = any(self.table.kind(form) in kinds for form in (word, *singulars(word)))
        is_linked = word in (
            "in",
            "at",
            "for",
            "of",
            "on",
            "to",
            "with",
            "from",
            "by",
            "over",
            "under",
            "near",
            "into",
            "and",
            "or",
            "but",
        )
        return is_noun and not is_name and not is_linked

    def _clause_of_phrase(self, doc: Doc) -> str:
        """``A machine only accepts secrets`` for ``A machine that only accepts secrets``; empty if it is no such phrase."""
        spans = list(doc.sents)
        if len(spans) != 1 or re.search(r",| between ", doc.text) or not is_bare_phrase(spans[0]):
            return ""
        at = next((t.i for t in doc if t.lower_ in ("who", "that", "which")), 0)
        is_asking = any(t.tag_ == "WRB" for t in doc[:at])  # ``forgets where he buried the ring that …``
        is_asking |= doc[at].lower_ == "that" and bool(re.search(r" of (?:an?|the) [\w ]+$", doc[:at].text))
        if at < 2 or at + 2 >= len(doc) or doc[at - 1].pos_ not in ("NOUN", "PROPN") or is_asking:
            return ""
        living = ("person", "animal", "robot", "creature", "group")
        is_done = any(
            self.table.is_verb(t.lower_)
            and (t.nbor(-1).tag_ == "NNS" or doc[0].tag_ != "DT" and self.table.kind(t.nbor(-1).lower_) in living)
            and t.nbor(1).tag_ in ("DT", "PRP$", "IN")
            for t in doc[1:at]
        )
        if is_done:  # ``three sisters rob the bank that closed``
            return ""
        after = [t for t in doc[at + 1 :] if t.lower_ not in ("only", "never", "always", "still", "just", "once")]
        is_verb = bool(after) and any(self.table.is_verb(form) for form in singulars(after[0].lower_))
        if not after or after[0].tag_ not in FINITE and not (after[0].tag_ == "NNS" and is_verb):
            return ""
        if any(self.table.is_verb(form) for t in doc[after[0].i + 1 : after[0].i + 2] for form in singulars(t.lower_)):
            return ""  # ``a driver who never speaks picks up a passenger``
        is_lifeless = self.table.kind(doc[at - 1].lemma_) in ("thing", "place", "plant", "food", "abstract")
        is_lost = doc[at + 1].i != after[0].i or any(t.dep_ == "pobj" for t in doc[:at])
        is_lost |= after[0].lower_ == "would" or after[0].tag_ == "NNS" or spans[0].root.i > at
        return f"{doc[:at].text} {doc[at + 1 :].text}" if is_lifeless or is_lost else ""

    def _clause_of_doing(self, doc: Doc) -> str:
        """``Two snails race across a path`` for ``Two snails racing across a path``; empty if it is no such phrase."""
        at = next((t.i for t in doc if t.tag_ == "VBG"), 0)
        before = doc[:at]
        if at < (1 if doc[0].tag_ == "NNS" else 2) or at + 1 == len(doc) or any(t.tag_ in FINITE for t in doc):
            return ""
        is_plain = all(t.pos_ in ("DET", "NUM", "ADJ", "NOUN", "PROPN", "PRON") or t.lower_ == "and" for t in before)
        living = ("person", "animal", "robot", "creature", "group")
        if not is_plain or self.table.kind(doc[at - 1].lemma_) not in living:
            return ""
        is_plural = doc[at - 1].tag_ in ("NNS", "NNPS") or any(t.lower_ == "and" for t in before)
        doing = {at}
        for token in doc[at + 1 :]:
            if token.tag_ == "VBG" and token.dep_ == "conj" and token.head.i in doing:
                doing.add(token.i)
        said = (present(t.lemma_.lower(), is_plural=is_plural) if t.i in doing else t.text for t in doc)
        return "".join(word + t.whitespace_ for word, t in zip(said, doc, strict=True))

    def _is_sound(self, found: Idea, doc: Doc) -> bool:
        """True unless an event has lost its verb or its subject on the way: then the user's own words are safer."""
        for event in found.events:
            first = event.said.lower().split()[0].rstrip(":,") if event.said else ""
            forms = (first, *singulars(first))
            is_finite = (
                first in _FINITE_WORDS or first.endswith("ly") or any(self.table.is_verb(form) for form in forms)
            )
            helper = re.match(r"(?:is|are) \w+", event.said)
            is_added = helper is not None and helper[0] not in found.text
            is_more = any(self.table.is_verb(t.lower_) and t.nbor(1).lower_ == "that" for t in doc[1:-1])
            if (
                is_added
                and is_more
                or is_added
                and any(
                    t.tag_ in ("VBP", "VBZ", "VB")
                    and t.dep_ in ("ROOT", "conj", "ccomp", "advcl")
                    and t.nbor(-1).lower_ != "to"
                    for t in doc[1:]
                )
            ):
                return False  # ``strangers trapped in a lift discover``: the participle is not what they do
            if len(event.said.split()) == 1 and self.table.kind(first) in ("animal", "person", "creature", "robot"):
                return False  # ``a dog and his guide cat``
            if re.search(r"(?:,|\b(?:and|but|or))$", event.said):
                return False
            if self._has_two_verbs(event.said):
                return False  # ``a driver who never speaks picks up a passenger``
            if not is_finite or re.search(r"(?i)\b(?:who|that|which|and|to)$", event.subject):
                return False
        return True

    def _is_made_of(self, doc: Doc) -> bool:
        """True for ``A violin made of ice``, which is no deed."""
        return bool(
            re.match(r"(?i)(?:an?|the|my) [\w' -]{2,40} made (?:of|from|out of) [\w' -]+\.?$", doc.text)
        ) and all(t.tag_ not in FINITE for t in doc)

    def _has_two_verbs(self, said: str) -> bool:
        """True for ``never speaks picks up``: the first belongs to a relative clause."""
        match = re.match(
            r"(?:(?:never|always|only|still) )?([a-z]+s) ([a-z]+s) (?:up|off|out|an?|the|his|her|their|its)\b", said
        )
        if match is None or self.table.kind(match[2]) in ("thing", "food", "animal", "person", "plant"):
            return False
        return all(any(self.table.is_verb(form) for form in singulars(word)) for word in match.groups())

    def _classify(self, stripped: Stripped, doc: Doc) -> str:
        if stripped.is_documentary:
            return "documentary"
        if stripped.is_product or is_product_phrase(doc, self.table) or self._is_slogan(stripped.text):
            return "product"
        sentences = [span for span in doc.sents if sum(token.is_alpha for token in span) > 1]
        if len(sentences) >= 4:
            return "adapt"
        names = [token for token in doc if token.is_alpha]
        if re.search(r"\d", doc.text) and names and all(t.pos_ == "PROPN" and not name_gender(t.text) for t in names):
            return "documentary"  # ``Apollo 13``
        return "words" if sum(token.is_alpha for token in doc) <= 2 else "narrative"

    def _is_slogan(self, text: str) -> bool:
        """True for ``Our bread: baked at night``, but not for ``Our teacher is an astronaut``."""
        match = SLOGAN.match(text)
        kinds = ("person", "animal", "robot", "creature", "group", "place")
        if re.match(
            r"(?i)our [\w' -]+ (?:is|are|was|were) (?:secretly |really |actually )?(?:an?|the|full|afraid|in love)\b",
            text,
        ):
            return False  # ``Our school bus is a submarine``
        return match is not None and self.table.kind(match[1].split()[-1]) not in kinds

    def _place(self, doc: Doc) -> str:
        """The noun phrase of the first place that something happens in, with its article; empty if none."""
        ranked: list[tuple[int, int, str]] = []
        for token in doc:
            if token.dep_ not in ("pobj", "dobj", "conj", "ROOT", "nsubj") or token.pos_ not in (
                "NOUN",
                "PROPN",
            ):
                continue
            is_name = token.ent_type_ in ("GPE", "LOC", "FAC")
            if (
                not (is_name or self.table.is_place(token.lemma_) or is_upon(token))
                or name_gender(token.text)
                or token.ent_type_ == "PERSON"
            ):
                continue
            if token.dep_ in ("nsubj", "conj") or (token.dep_ == "dobj" and token.head.lemma_ not in _PLACE_VERBS):
                continue
            if any(t.dep_ == "advcl" and t.tag_ == "VB" for t in token.ancestors) and token.dep_ == "dobj":
                continue
            prep = token.head.lower_ if token.dep_ == "pobj" else ""
            if token.dep_ == "pobj" and (prep not in PLACE_PREPS or is_address(token)):
                continue
            if is_name and token.dep_ != "pobj":
                continue
            if re.match(r"\d", token.text) or is_to_come(token):
                continue
            rank = 0 if prep in ("in", "at", "on", "inside", "under", "aboard", "near", "beside") else 1 if prep else 2
            ranked.append((rank, token.i, place_phrase(token)))
        found = min(ranked)[2] if ranked else ""
        return (
            ""
            if re.search(
                r"\b(?:do|does|did|is|are)\b|^(?:an?|the) \w+ (?:an?|the) |^(?:arms|hands|love|trouble|danger)$", found
            )
            else found
        )
