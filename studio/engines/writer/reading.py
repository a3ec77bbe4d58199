"""Reads an idea with spaCy's small English model: its class, and who, does what, to what, where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.engines.writer import idea as ideas
from studio.engines.writer.clauses import Narrative
from studio.engines.writer.figures import titled
from studio.engines.writer.frames import is_plain_topic
from studio.engines.writer.grammar import capital, gerund, past, present
from studio.engines.writer.idea import Event, Idea, Stripped
from studio.engines.writer.matters import is_matter
from studio.engines.writer.own_words import verbatim
from studio.engines.writer.parsing import parse
from studio.engines.writer.phrases import (
    direct_question,
    indirect_question,
    is_to_come,
    noun_phrase,
    present_clause,
)
from studio.engines.writer.products import SLOGAN, read_product
from studio.engines.writer.trust import FINITE, distrust, is_bare_phrase, is_exact, widen_hero
from studio.engines.writer.whereabouts import PLACE_PREPS, is_address, place_phrase
from studio.engines.writer.wording import mend
from studio.engines.writer.words import DARK_WORDS, NO_PLURALS, WordTable, name_gender, singulars

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
#: Questions whose helping verb comes before the subject.
_SPLIT_QUESTION = re.compile(r"(?i)(?:(?:how|why|when|where) (?:do|does|did|is|are|was|were)|what (?:do|does|did))\b")


@dataclass(frozen=True, slots=True)
class Reader:
    """Understands ideas; made once, as the model takes a second to load."""

    nlp: Language
    table: WordTable

    def read(self, text: str, seed_bit: int) -> Idea:
        """The idea in ``text``; ``seed_bit`` (0 or 1) decides a gender that the words leave open."""
        told = ideas.strip_wrapping(ideas.clean(text))
        wording = mend(told.text, self.table)
        stripped = replace(told, text=wording.text, title=told.title or wording.title)
        doc = parse(self.nlp, stripped.text[:60_000], self.table)
        kind = "documentary" if wording.is_lesson else self._classify(stripped, doc)
        clause = self._clause_of_phrase(doc) if kind == "narrative" else ""
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
            self._read_topic(found, doc)
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
            found.lead = found.lead or present_clause(self.nlp(wording.lead))
            if re.fullmatch(r"the \w+ing", found.place):
                found.place = ""
            if found.hero is not None and found.hero.name and f"{found.hero.name} the " in found.text:
                found.hero = replace(
                    found.hero, first=found.hero.first.replace(f"{found.hero.name}, the ", f"{found.hero.name} the ")
                )
            found.hero = titled(found.text) or found.hero
            is_noun = not any(t.tag_ in FINITE for t in doc) and self._is_half_a_noun(found)
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
            is_topic = is_matter(found, doc, self.table) or is_plain_topic(found, self.table)
            if not stripped.asked and is_topic and doc[0].tag_ != "VBG":
                found.kind = "documentary"
                self._read_topic(found, doc)
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
        kinds = ("thing", "place", "food", "plant", *(() if hero.is_living else ("animal", "person")))
        is_noun = any(self.table.kind(form) in kinds for form in (word, *singulars(word)))
        return is_noun and not is_name and word not in ("in", "at")

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
        after = [t for t in doc[at + 1 :] if t.lower_ not in ("only", "never", "always", "still", "just", "once")]
        if not after or after[0].tag_ not in FINITE:
            return ""
        is_lifeless = self.table.kind(doc[at - 1].lemma_) in ("thing", "place", "plant", "food", "abstract")
        is_lost = doc[at + 1].i != after[0].i or any(t.dep_ == "pobj" for t in doc[:at])
        is_lost |= after[0].lower_ == "would"
        return f"{doc[:at].text} {doc[at + 1 :].text}" if is_lifeless or is_lost else ""

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
            if not is_finite or re.search(r"(?i)\b(?:who|that|which|and|to)$", event.subject):
                return False
        return True

    def _classify(self, stripped: Stripped, doc: Doc) -> str:
        if stripped.is_documentary:
            return "documentary"
        if stripped.is_product or self._is_product_phrase(doc) or self._is_slogan(stripped.text):
            return "product"
        sentences = [span for span in doc.sents if sum(token.is_alpha for token in span) > 1]
        if len(sentences) >= 3:
            return "adapt"
        names = [token for token in doc if token.is_alpha]
        if re.search(r"\d", doc.text) and names and all(t.pos_ == "PROPN" and not name_gender(t.text) for t in names):
            return "documentary"  # ``Apollo 13``
        return "words" if sum(token.is_alpha for token in doc) <= 2 else "narrative"

    def _is_slogan(self, text: str) -> bool:
        """True for ``Our bread: baked at night``, but not for ``Our teacher is an astronaut``."""
        match = SLOGAN.match(text)
        kinds = ("person", "animal", "robot", "creature", "group", "place")
        return match is not None and self.table.kind(match[1].split()[-1]) not in kinds

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
        return (
            bool(re.search(r"\byour?\b", text))
            or relative.tag_ in ("VBZ", "VBP")
            and relative.lemma_
            in ("keep charge clean help make fit fold track protect wake light brew cook cut cool heat last".split())
        )

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
                not (is_name or self.table.is_place(token.lemma_))
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
        return "" if re.search(r"\b(?:do|does|did|is|are)\b|^(?:arms|hands|love|trouble|danger)$", found) else found

    def _read_topic(self, found: Idea, doc: Doc) -> None:
        text = re.sub(
            r"(?i)^(?:explain(?:ing)?|introduction to|(?:some )?facts about|all about)\s+", "", found.text
        ).rstrip("?. ")
        doc = self.nlp(text)
        found.is_about_person = (
            not found.is_about_people
            and any(ent.label_ == "PERSON" for ent in doc.ents)
            and not (len(doc) == 1 and self.table.is_known(text))
            and not re.search(r"(?i)'s |^the \w+s of ", text)
        )
        subject = next((token for token in doc if token.dep_ in ("nsubj", "nsubjpass")), None)
        split = self._split_question(doc)
        if split is not None:
            wh, helper, phrase, verb, tail = split
            is_plural = helper == "do" or phrase.lower().endswith("s") and helper == "did"
            form = (
                _present_phrase(verb, is_plural=is_plural)
                if helper in ("do", "does")
                else f"{verb[: -len(verb.split()[-1])]}{past(verb.split()[-1])}"
                if verb
                else helper
            )
            found.question = f"{wh.lower()} {phrase} {form} {tail}".strip()
            if phrase.lower() in ("i", "you") and verb and wh.lower() == "how" and helper == "do":
                found.question = f"how to {verb} {tail}".strip()
            if phrase.lower() in ("we", "i", "you", "people", "they", "it") and verb:
                phrase, helper = f"{gerund(verb.split()[-1])} {tail}".strip(), "does"
            found.direct = capital(text) + "?"
            found.topic, found.is_plural_topic = phrase, helper in ("do", "are", "were")
            return
        if re.match(r"(?i)(?:how|why|what|where|when|who)\b", text):
            found.question = indirect_question(doc)
            found.direct = direct_question(text, doc)
            heads = [t for t in doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"]
            head = (
                subject if subject is not None and subject.pos_ in ("NOUN", "PROPN") else (heads[0] if heads else None)
            )
            found.topic = noun_phrase(head) if head is not None else text
            found.is_plural_topic = head is not None and head.tag_ in ("NNS", "NNPS")
            return
        root = next((t for t in doc if t.dep_ == "ROOT"), doc[0])
        found.topic = text
        short = noun_phrase(root) if root.pos_ in ("NOUN", "PROPN") else text
        found.is_plural_topic = root.tag_ in ("NNS", "NNPS") and root.lower_ not in NO_PLURALS
        if len(text.split()) > 7:
            found.topic = short
        core = re.match(
            r"(?i)(?:the )?(?:behind the scenes|day in the life|inside|history|science|origins?|life cycle|importance|benefits|anatomy|chemistry|physics|biology|evolution|future|basics|wonders|secrets|rise and fall|invention|discovery|making|birth|building|(?:(?:secret|hidden|private) )?li(?:fe|ves)|story) (?:of|in|on) (.+)$",
            text,
        )
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
        if len(words) < 4 or not _SPLIT_QUESTION.match(doc.text):
            return None
        if words[1].lower_ in ("is", "are", "was", "were"):
            cut = next(
                (
                    i
                    for i in range(3, len(words))
                    if words[i].pos_ in ("ADJ", "ADP") or words[i].tag_ in ("VBN", "VBG") or words[i].lower_ == "so"
                ),
                len(words) - 1,
            )
            cut = len(words) - 1 if cut < 3 or words[cut - 1].pos_ in ("DET", "ADJ") else cut
            return (
                words[0].text,
                words[1].lower_,
                doc[words[2].i : words[cut].i].text,
                "",
                doc[words[cut].i :].text.strip(" ?."),
            )
        for index in range(3, len(words)):
            token = words[index]
            is_last = index == len(words) - 1
            is_mistaken = token.nbor(-1).pos_ == "NOUN" and not is_last and words[index + 1].pos_ == "ADP"
            if token.pos_ == "VERB" or ((is_last or is_mistaken) and self.table.is_verb(token.lower_)):
                first = token.i
                while first > words[2].i + 1 and doc[first - 1].pos_ == "ADV":
                    first -= 1
                phrase = doc[words[2].i : first].text
                return (
                    words[0].text,
                    words[1].lower_,
                    phrase,
                    doc[first : token.i + 1].text.lower(),
                    doc[token.i + 1 :].text.strip(" ?."),
                )
        return None


def _present_phrase(verb: str, *, is_plural: bool) -> str:
    """``always land`` as ``always land`` or ``always lands``."""
    *adverbs, last = verb.split()
    return " ".join([*adverbs, present(last, is_plural=is_plural)])
