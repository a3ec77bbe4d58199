"""Makes figures of nouns: how somebody is named first, afterwards and for painters, and with which pronoun."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engines.writer.grammar import Figure, article
from studio.engines.writer.idea import Event, Idea, Stripped
from studio.engines.writer.phrases import is_determined, noun_phrase, strip_determiner
from studio.engines.writer.words import FEMALE_NOUNS, HUMANLIKE, MALE_NOUNS, NO_PLURALS, ROBOTS, name_gender, singulars

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from studio.engines.writer.words import WordTable

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_SHORT_KEEP = frozenset("old young little blind".split())


class FigureReading:
    """The part of a reading that names figures."""

    def __init__(self, nlp: Language, table: WordTable, found: Idea, seed_bit: int, stripped: Stripped) -> None:
        self.nlp = nlp
        self.table = table
        self.found = found
        self.seed_bit = seed_bit
        self.stripped = stripped
        self.owned: Token | None = None
        self.is_first_person = False

    def figure(self, token: Token, *, alone: bool = False) -> Figure:
        """The figure that ``token`` heads."""
        conjuncts = [] if alone else [c for c in token.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")]
        if token.pos_ == "PRON":
            return self._pronoun_figure(token)
        is_lemma = token.tag_ in ("NNS", "NN") and token.lower_ not in NO_PLURALS
        kind = self.table.kind(token.lemma_ if is_lemma else token.text)
        called = next(
            (c for c in token.lefts if c.dep_ == "nmod" and f"{c.text} called {token.text}" in token.doc.text), None
        )
        if called is not None:
            first, head = noun_phrase(token), called.lemma_.lower()
            kind = self.table.kind(head)
            gender = self._gender(head, kind, "") if self.found.hero is None else "neuter"
            return Figure(first, first, token.text, f"the {called.text}", head, kind, gender, token.text)
        members = next(
            (c for p in token.rights if p.dep_ == "prep" and p.lower_ == "of" for c in p.children if c.tag_ == "NNS"),
            None,
        )
        if members is not None and token.lemma_ in (
            "group",
            "pair",
            "couple",
            "team",
            "gang",
            "band",
            "family",
            "generation",
            "dozen",
            "crew",
            "handful",
            "troop",
            "herd",
            "pack",
        ):
            inner = self._common(members, self.table.kind(members.lemma_))
            whole = re.sub(
                r"^(?:The|A|An|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten) ",
                lambda m: m[0].lower(),
                noun_phrase(token),
            )
            return Figure(inner.noun, whole, inner.short, inner.drawn, inner.head, inner.kind, "plural")
        if conjuncts and token.dep_ in (*SUBJECTS, "ROOT"):
            if len(conjuncts) == 1:
                self.found.pair = (self.figure(token, alone=True), self.figure(conjuncts[0], alone=True))
            return self._pair(token, conjuncts)
        if self._is_first_name(token):
            return self._named(token, "person")
        if (
            token.pos_ == "PROPN"
            and (
                name_gender(token.text)
                or token.ent_type_ == "PERSON"
                or not self.table.code(token.lower_)
                or not is_determined(token)
            )
            and (kind not in ("animal",) or name_gender(token.text))
        ):
            return self._named(
                token,
                kind if kind in ("animal", "robot", "creature") and not name_gender(token.text) else "person",
            )
        return self._common(token, kind)

    def _is_first_name(self, token: Token) -> bool:
        """True for a known first name, also where the tagger takes ``Sofia paints`` for a common noun."""
        if not name_gender(token.text) or not token.text[:1].isupper() or is_determined(token):
            return False
        is_one = token.i == token.sent.start and token.tag_ == "NN" and token.dep_ in SUBJECTS
        if is_one and self.table.code(token.text)[:1] in ("n", "t", "o"):
            return True  # ``Rose paints doors``: a thing that one can count would have an article
        return token.pos_ == "PROPN" or self.table.code(token.text)[:1] in ("", "l")

    def _pronoun_figure(self, token: Token) -> Figure:
        gender = {"he": "male", "she": "female"}.get(token.lower_, ("male", "female")[self.seed_bit])
        self.is_first_person = token.lower_ in ("i", "we")
        if token.lower_ in ("they", "we"):
            return Figure(
                "two friends",
                "two friends",
                "the two friends",
                "the two friends",
                "friend",
                "person",
                "plural",
            )
        noun = "young man" if gender == "male" else "young woman"
        return Figure(noun, f"a {noun}", f"the {noun}", f"the {noun}", noun.split()[1], "person", gender)

    def _named(self, token: Token, kind: str) -> Figure:
        name = " ".join(
            t.text for t in token.doc[token.left_edge.i : token.i + 1] if t.pos_ == "PROPN" or t.dep_ == "compound"
        )
        name = name if name and name[0].isupper() else name.title() or token.text
        is_hers = name.endswith("a") and not re.search(r"(?i)\b(?:he|him|his)\b", self.stripped.text)
        gender = name_gender(name) or self._gender("", "person", "female" if is_hers else "")
        apposed = next((c for c in token.children if c.dep_ == "appos"), None)
        if apposed is not None and apposed.like_num:  # ``Zoe, 8,``
            return Figure(name, f"{name}, {apposed.text},", name, name, name.lower(), kind, gender, name)
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
        if any(part.is_plural for part in parts):
            number = drawn
        kind = "person" if any(part.kind == "person" for part in parts) else parts[0].kind
        return Figure(first, first, first if is_named else number, drawn, token.lemma_.lower(), kind, "plural")

    def _common(self, token: Token, kind: str) -> Figure:
        phrase = noun_phrase(token)
        is_many = any(t.dep_ == "nummod" and t.lower_ not in ("one", "1") for t in token.lefts)
        is_plural = token.tag_ in ("NNS", "NNPS") or is_many  # ``six reindeer``
        lemma = token.lemma_.lower()
        compound = " ".join(
            part.text
            for t in token.lefts
            if t.dep_ == "compound" and t.pos_ in ("NOUN", "PROPN") and t.tag_ != "VBG"
            for part in t.subtree
        )
        if any(t.dep_ == "compound" and t.lower_ in ROBOTS for t in token.lefts):
            kind = "robot"
        phrase = re.sub(r"(?i)^(?:all|both) (?=the\b|my\b|his\b|her\b|their\b)", "", phrase)
        bare = strip_determiner(phrase)
        adjectives = [t.text for t in token.lefts if t.dep_ == "amod"]
        keep = [
            word for word in adjectives if word.lower() in _SHORT_KEEP and lemma in ("man", "woman", "lady", "couple")
        ]
        noun = token.text
        if token.i == token.sent.start and self.table.is_known(noun):
            noun = noun.lower()
        if compound and (kind not in ("person", "animal", "group") or lemma in ("player", "worker", "hand", "officer")):
            noun = f"{compound} {noun}"
        owner = next((t for t in token.lefts if t.dep_ == "poss" and t.tag_ == "PRP$"), None)
        determiner = "the"
        if owner is not None and self.found.hero is not None and token.dep_ not in SUBJECTS:
            determiner = "the" if owner.lower_ in ("my", "our", "your") else owner.lower_
        is_idea = kind == "abstract" and not (
            is_plural or is_determined(token) or owner is not None or compound or adjectives
        )
        short = noun if is_idea else " ".join([determiner, *keep, noun])
        drawn = f"the {' '.join([*keep, compound, noun if noun.lower() == token.lower_ else token.text])}".replace(
            "  ", " "
        )
        drawn = noun if is_idea else drawn
        is_hero = token.dep_ in (*SUBJECTS, "ROOT", "conj") or self.found.hero is None
        gender = self._gender(lemma, kind, phrase) if is_hero or kind not in ("animal", "robot", "thing") else "neuter"
        numbers = [t.text for t in token.lefts if t.dep_ == "nummod"]
        if (
            phrase[:1].isupper()
            and token.left_edge.i == token.sent.start
            and self.table.is_known(phrase.split()[0])
            and not phrase[1:2].isupper()
        ):
            phrase = phrase[:1].lower() + phrase[1:]
            bare = bare if bare[:1].islower() else bare[:1].lower() + bare[1:]
        first = (
            phrase
            if re.match(r"(?i)(?:a|an|the|his|her|their|my|our|its|one|some|every|no|this|that|[\w-]+'s)\b", phrase)
            or numbers
            else (
                phrase
                if is_plural or kind in ("abstract", "weather") and token.tag_ == "NN"
                else f"{article(phrase)} {phrase}"
            )
        )
        first = re.sub(r"(?i)^(?:my|our) ", "the ", first)
        first = re.sub(
            r"^(?:The|A|An|Two|Three|Four|Five|Some|His|Her|Their|One|Every) ", lambda m: m[0].lower(), first
        )
        return Figure(bare, first, short, drawn, lemma, kind, "plural" if is_plural else gender)

    def _gender(self, lemma: str, kind: str, phrase: str) -> str:
        words = re.findall(r"[a-z]+", phrase.lower())
        if kind == "person" and re.search(r"\w(?:woman|girl|lady)$", lemma):
            return "female"
        if lemma in FEMALE_NOUNS or "female" in words or "pregnant" in words:
            return "female"
        if lemma in MALE_NOUNS or "male" in words:
            return "male"
        text = f"{self.stripped.around} {self.stripped.text}".lower()
        if kind in ("person", "animal", "creature", "robot"):
            hers = len(re.findall(r"\b(?:she|her|herself|hers)\b", text))
            his = len(re.findall(r"\b(?:he|him|his|himself)\b", text))
            its = len(re.findall(r"\b(?:its|itself)\b", text))
            nearest = re.search(r"\b(?:he|him|his|himself|she|her|herself|hers)\b", text)
            if nearest is not None and hers and his and kind == "person":  # ``his assistant …, and she``
                return "male" if nearest[0].startswith("h") and not nearest[0].startswith("her") else "female"
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

    def _is_agent(self, token: Token, kind: str) -> bool:
        if self._is_first_name(token):
            return True
        return kind in ("person", "animal", "robot", "creature", "group") or (
            token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "ORG", "") and kind in ("abstract", "thing") and not self.table.is_place(token.text)
            and (bool(name_gender(token.text)) or not self.table.code(token.text))
        )  # fmt: skip


_SETTLED = frozenset("village town city country nation school neighbourhood colony kingdom".split())


_PEOPLES_DEEDS = frozenset(
    "vote decide hire choose build plan agree refuse elect celebrate prepare fight hope believe send welcome argue quarrel invite hunt hide "
    "raise save help search wait forget learn pretend dance sing pray ask want try need hold share speak win play rebel".split()
)


def acts_together(hero: Figure, event: Event) -> bool:
    """True for a village that votes: its people are meant."""
    return hero.head in _SETTLED and not event.subject and event.lemma in _PEOPLES_DEEDS


_AFTER_VERB = frozenset(
    " asleep silent apart ill open only once again in on at to into the a an from for his her with over up down out back away under".split(
        " "
    )
)


def extended(hero: Figure, text: str, table: WordTable, seed_bit: int) -> Figure:
    """``a thousand paper lanterns`` for ``a thousand paper``, where the idea's next word is the noun that is meant."""
    match = re.match(rf"(?i){re.escape(hero.first)} ([a-z]+)(?: ([a-z]+))?", text)
    forms = (match[1].lower(), *singulars(match[1].lower())) if match is not None else ()
    follows = (match[2] or "").lower() if match is not None else ""
    could_be_verb = any(table.is_verb(form) for form in forms)
    is_verb = could_be_verb and (follows in _AFTER_VERB or " of " not in hero.first and hero.first.startswith(("a ", "an ")))  # fmt: skip
    if match is None or is_verb:  # ``a weather balloon lands in``
        return hero
    word = match[1].lower()
    first, noun = f"{hero.first} {word}", f"{hero.noun} {word}"
    if " of " in hero.first:
        return replace(hero, first=first, noun=noun)
    gender = "plural" if singulars(word) else hero.gender
    head = (singulars(word) or (word,))[0]
    kind = table.kind(head)
    if kind != "person" and head.endswith(("er", "or", "ist")) and re.search(r"(?i)\b(?:his|her|he|she)\b", text):
        kind = "person"  # ``a bell founder melts down his best bell``
    if kind == "person" and gender != "plural":  # ``a sign painter``
        gender = ("male", "female")[seed_bit]
    return Figure(noun, first, f"the {word}", f"the {word}", head, kind, gender)


def called_by_kin(hero: Figure | None, text: str) -> Figure | None:
    """``Grandpa`` as a name, where the idea calls him so."""
    match = re.match(r"(Grandpa|Grandma|Granny|Grandad|Mum|Mom|Dad|Papa|Mama) (?!and\b|[A-Z])", text)
    if match is None or hero is None or hero.head != match[1].lower():
        return hero
    name = match[1]
    return replace(hero, noun=name, first=name, short=name, drawn=name, name=name)


def owned_thing(doc: Doc, table: WordTable) -> Figure | None:
    """``an astronaut's glove`` as the one who acts, where it opens the idea; None if it does not."""
    subject = next((c for c in next(iter(doc.sents)).root.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.pos_ != "NOUN" or subject.tag_ == "NNS" or subject.left_edge.i != 0:
        return None
    if (
        doc[0].tag_ not in ("DT", "NNP")
        or not any(c.dep_ == "poss" for c in subject.lefts)
        or table.kind(subject.lemma_) != "thing"
        and subject.lemma_ not in ("shadow", "reflection", "echo", "voice")
    ):
        return None
    phrase = doc[: subject.i + 1].text
    first = phrase if doc[0].tag_ == "NNP" else phrase[:1].lower() + phrase[1:]
    short = f"the {subject.text}"
    return Figure(re.sub("^(?:an?|the) ", "", first), first, short, short, subject.lemma_, "thing")


def subject_of(doc: Doc, table: WordTable, seed_bit: int) -> Figure | None:
    """Who acts in the main clause, ``a girl`` after a long lead; None unless it is one living being with an article."""
    subject = next((c for c in next(iter(doc.sents)).root.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.tag_ != "NN" or doc[subject.left_edge.i].lower_ not in ("a", "an", "the"):
        return None
    kind = table.kind(subject.lemma_)
    phrase = doc[subject.left_edge.i : subject.i + 1].text
    if (
        kind not in ("person", "animal", "robot", "creature")
        or "," in phrase
        or any(c.dep_ == "conj" for c in subject.rights)
    ):
        return None
    first, head = phrase[:1].lower() + phrase[1:], subject.lemma_.lower()
    gender = "neuter" if kind != "person" else ("male", "female")[seed_bit]
    gender = "female" if head in FEMALE_NOUNS else "male" if head in MALE_NOUNS else gender
    short = f"the {subject.text}"
    return Figure(strip_determiner(first), first, short, short, head, kind, gender)


def siblings(text: str) -> Figure | None:
    """``Sisters Ada and Mia`` at the head of an idea, whom one calls the sisters afterwards."""
    match = re.match(
        r"(?i:the )?(Sisters|Brothers|Twins|Friends|sisters|brothers|twins|friends) ([A-Z][\w-]+ and [A-Z][\w-]+) [a-z]",
        text,
    )
    if match is None:
        return None
    short = f"the {match[1].lower()}"
    first = f"{'' if text[:4].lower() != 'the ' else 'the '}{match[1].lower()} {match[2]}"
    return Figure(first, first, short, short, match[1].lower().removesuffix("s"), "person", "plural")


def titled(text: str) -> Figure | None:
    """``Old Mr. Finch`` at the head of an idea as somebody by name; None if nobody with a title opens it alone."""
    match = re.match(r"((?:Old|Young|Poor|Little|Dear) )?((?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][\w'-]+) (?!and\b|[A-Z])", text)
    if match is None or match[2].endswith("'s"):
        return None
    gender = "female" if match[2].startswith(("Mrs", "Ms", "Miss")) else "male"
    first = f"{(match[1] or '').lower()}{match[2]}"
    return Figure(match[2], first, match[2], match[2], match[2].split()[-1].lower(), "person", gender, match[2])
