"""How far a reading may be trusted: whether it tells the user's own words, all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engines.writer.deeds import plural_deeds
from studio.engines.writer.grammar import Figure, gerund, present
from studio.engines.writer.idea import Idea
from studio.engines.writer.words import FEMALE_NOUNS, MALE_NOUNS, WordTable, name_gender

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token


FINITE = ("VBZ", "VBP", "VBD", "MD")
_FILLING = frozenset(
    "a an the and but or so then until till while when yet he she they it i we you him her them me us his its their my our your "
    "who that which whose this these those is are was were be been has have had there one day to".split()
)
#: What follows ``the comet comes`` and no ``the nurses``.
_AFTER_ITS_VERB = frozenset("only back home up down out away again once into onto".split())
_PARTS = frozenset("one ones other others rest part half none both".split())
_FIRST_PERSON = re.compile(r"(?i)\b(?:i|me|my|we|us|our)\b")
#: What is said of somebody who does not do it.
_DENIED = re.compile(r"(?i)(?:no|not|neither|hardly|nor)\b(?! one)")
#: A clause within a sentence that is told as it stands: ``and when he stays awake, he sees her``
_WHEN_INSIDE = re.compile(r"(?i)\b(?:and|but),? (?:when|while|after|as|once|before|if|because|since|although)\b")


def widen_hero(idea: Idea) -> None:
    """Give a hero back the words that place him: ``a taxi driver in Cairo``."""
    hero = idea.hero
    if (
        hero is None
        or not idea.events
        or idea.events[0].subject
        or not idea.text.lower().startswith(hero.first.lower())
    ):
        return
    rest = idea.text[len(hero.first) :]
    at = rest.find(f" {idea.events[0].said}")
    between = rest[:at].strip() if at > 0 else ""
    if (
        between
        and len(between.split()) < 6
        and re.match(r"(?:in|on|at|from|with|of|under|near|without) [^,]+$", between)
    ):
        idea.hero = replace(hero, first=f"{hero.first} {re.sub(' (?:who|that|which)$', '', between)}")


def is_exact(idea: Idea, doc: Doc, nlp: Language) -> bool:
    """True if lead, hero, trait and events of the reading say the idea's words, all of them and in their order."""
    if idea.hero is None and not idea.events:
        return True
    hero = idea.hero
    if hero is not None and not _FIRST_PERSON.search(doc.text):
        bare = re.sub(r"(?i)^(?:a|an|the|his|her|its|their) ", "", hero.first).lower()
        text = re.sub(r"(?i)\bmy\b", "his", doc.text).lower()
        if bare not in doc.text.lower() and re.sub(r"\b(?:her|their|its)\b", "his", bare) not in text:
            return False
        if re.search(r"(?i)\b(?:of|in|on|at|to|and|with|the|a)$", hero.first):
            return False
    if hero is not None and re.match(r"(?i)(?:my|our)\b", doc.text) and hero.noun.lower() in doc.text.lower():
        return False
    if re.match(r"(?:I|We) (?:was|were|had|once|never|always)\b", doc.text):
        return False
    if hero is not None and hero.head in _PARTS:
        return False  # ``three monks take a vow, then one of them …``
    if hero is not None and hero.noun == "two friends" and "friends" not in doc.text.lower():
        return False  # ``we were four sisters``
    if hero is None and any(not event.subject and not event.whole for event in idea.events):
        return False
    if idea.is_phrase and re.match(r"(?i)(?:the|an?) [\w ]+ of (?:an?|the|his|her) [\w ]+ that\b", doc.text):
        return False  # ``the architect of a bridge that leads nowhere``: it is the bridge that does
    if re.search(r"\b(?:and|but|or)$|'s$", idea.lead) or _DENIED.match(doc.text) or _WHEN_INSIDE.search(doc.text):
        return False
    if hero is not None and (is_verb_taken_for_noun(hero, idea.text) or _DENIED.match(hero.first)):
        return False
    if hero is not None and any(_is_another(t, hero) for t in doc[1:]):
        return False
    if any(re.search(r"(?i)\w+ (?:they|he|she|it|that|who|we|you)$", event.subject) for event in idea.events):
        return False
    starts = hero is not None and idea.text.lower().startswith(hero.first.lower())
    is_owned = idea.events and re.match(r"(?:his|her|its|their) ", idea.events[0].subject)
    if re.search(r"(?i)\b(?:my|our) \w+ and i\b", doc.text):
        return False
    if starts and not is_owned and idea.events and idea.events[0].subject and not _starts_itself(idea):
        return False
    is_teller = hero is not None and hero.noun.lower() not in doc.text.lower()
    parts = [
        hero.first if hero is not None and not is_teller and not _starts_itself(idea) else "",
        idea.trait,
        idea.fear and "",
    ]
    is_wishing = bool(re.search(r"(?i)\bwant", doc.text))  # else a wish was only concluded from what the hero lacks
    told_events = [event for event in idea.events if is_wishing or event.helper != "want"]
    parts += [f"{event.lead} {event.subject} {event.said}" for event in told_events]
    told = " ".join(part for part in parts if part)
    root = next(iter(doc.sents)).root
    if idea.lead.lower() in ("what", "how", "why", "where", "who", "which", "whatever"):
        return False
    if any(
        t.tag_ in ("VBD", "VBN")
        and t.lower_ == f"{t.lemma_.lower()}ed"
        and gerund(t.lemma_.lower()) != f"{t.lower_[:-2]}ing"
        for t in doc
    ):
        return False  # ``hated`` was read as a form of ``hat``
    relatives = len(re.findall(r"(?i)\b(?:who|which)\b", doc.text)) - len(re.findall(r"(?i)\b(?:who|which)\b", told))
    if relatives > (1 if idea.trait or idea.is_phrase else 0):
        return False
    if _FIRST_PERSON.search(told) or root.tag_ == "VBD" and root.i + 1 < len(doc) and doc[root.i + 1].tag_ == "IN":
        return False
    is_past = root.tag_ == "VBD" or idea.is_phrase and any(t.tag_ == "VBD" or t.lower_ == "could" for t in doc)
    if is_past or _FIRST_PERSON.search(doc.text):
        return _loose(doc) == _loose(nlp(told))
    wanted, found = _strict(doc.text), _strict(told)
    lead = _strict(idea.lead)
    return found in (wanted, wanted[len(lead) :], _without(wanted, lead))


def _is_another(token: Token, hero: Figure) -> bool:
    """True for ``it`` in ``Tomas wakes up and it is Monday``, and for ``She`` that opens a sentence and is not the hero."""
    if token.tag_ != "PRP" or token.dep_ != "nsubj" or token.head.dep_ not in ("ROOT", "conj"):
        return False
    gender = {"he": "male", "she": "female", "it": "neuter", "they": "plural"}.get(token.lower_, hero.gender)
    return gender != hero.gender and (token.lower_ == "it" or bool(token.is_sent_start))


def _starts_itself(idea: Idea) -> bool:
    return bool(idea.events and idea.events[0].subject and idea.hero is not None and idea.hero.first in idea.events[0].subject)  # fmt: skip


def _strict(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9'-]+", text.lower()) if word not in _FILLING]


def _without(words: list[str], cut: list[str]) -> list[str]:
    for at in range(len(words) - len(cut) + 1):
        if cut and words[at : at + len(cut)] == cut:
            return words[:at] + words[at + len(cut) :]
    return words


def _loose(doc: Doc) -> list[str]:
    return [
        token.lemma_.lower()
        for token in doc
        if token.is_alpha and token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and token.lower_ not in _FILLING
    ]


def distrust(idea: Idea, doc: Doc, table: WordTable) -> None:
    """Tell the idea in its own sentences; of what the reading made of them only a hero who opens them is kept."""
    root = next(iter(doc.sents)).root
    is_finite = root.tag_ in FINITE or any(c.tag_ in FINITE for c in root.children if c.dep_ in ("aux", "auxpass"))
    if not idea.is_phrase and not (is_finite and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in root.children)):
        idea.is_broken = True
    idea.is_exact = False
    idea.events = list(idea.wholes)
    opened = idea.lead.lower()
    idea.lead, idea.trait, idea.fear, idea.pair = "", "", "", None
    idea.other = idea.thing = None
    hero = idea.hero = _as_told(idea, table)
    together = _together(idea, table)
    if hero is not None:
        text = idea.text.lower()
        follows = text.partition(hero.first.lower())[2]
        is_cut = bool(re.search(r"(?i)\b(?:of|in|on|at|to|and|with|the|a)$", hero.first))
        after = ["of"] if follows.startswith("'s") else follows.split()[:1]
        is_opening = re.sub(rf"^{re.escape(opened)},? ", "", text).startswith(hero.first.lower())
        if is_cut or not is_opening or after in (["and"], ["of"]):
            idea.hero = None
    is_spoilt = (
        idea.hero is not None and idea.hero.first.lower().split()[-1] in plural_deeds()
    )  # ``Nadia and Karim dance``
    if idea.hero is None or together is not None and (not idea.hero.is_living or is_spoilt):
        idea.hero = together or _unnamed(idea.text, table)


def _unnamed(text: str, table: WordTable) -> Figure | None:
    """The one of whom the idea only says ``she`` or ``he``, or ``my aunt``."""
    own = re.match(r"(My|Our) ((?:[a-z-]+ )??)([a-z-]+) (\w+)s \w+", text)
    if (
        own
        and table.kind(own[3]) == "person"
        and not own[3].endswith("s")
        and table.is_verb(own[4].removesuffix("e")) | table.is_verb(own[4])
    ):
        short = f"{own[1].lower()} {own[3]}"
        gender = (
            "female"
            if own[3] in FEMALE_NOUNS
            else "male"
            if own[3] in MALE_NOUNS
            else "plural"
            if own[3] == "people"
            else "female"
        )
        return Figure(
            f"{own[2]}{own[3]}", f"{own[1].lower()} {own[2]}{own[3]}", short, f"the {own[3]}", own[3], "person", gender
        )
    match = re.match(r"(She|He) [a-z]+", text)
    if match is None:
        return None
    noun, gender = ("woman", "female") if match[1] == "She" else ("man", "male")
    return Figure(noun, match[1].lower(), f"the {noun}", f"the {noun}", noun, "person", gender)


def _together(idea: Idea, table: WordTable) -> Figure | None:
    """Those who do it together, in the idea's words: ``Captain Moreno and her crew of three``; None if it is not so."""
    verbs = "|".join(sorted(plural_deeds(), key=len, reverse=True))
    match = re.match(rf"((?:[Aa]n? |[Tt]he |[Mm]y |(?=[A-Z]))[\w' -]{{2,40}}?(?:, \d+,)?) and ((?:(?:an?|the|his|her|their|my) |(?=[A-Z]))[\w' -]{{2,40}}?) (?:{verbs}) ", idea.text)  # fmt: skip
    if not match or re.search(r"\b(?:who|that|which|and|is|was|has)\b", f"{match[1]} {match[2]}"):
        return None
    first = match[1] if match[1].split()[0] not in ("A", "An", "The", "My") else match[1][:1].lower() + match[1][1:]
    main = re.split(r" (?:of|in|on|from|with) ", first)[0]
    kind = table.kind(main.split()[-1].lower() if first[:1].islower() else main.split()[-1])
    if kind not in ("person", "animal", "robot", "creature", "group") and first[:1].islower():
        return None
    kind = kind if first[:1].islower() else "person"
    whole = f"{first} and {match[2]}"
    is_pair = (
        re.match(r"an? |[A-Z]", first)
        and re.match(r"(?:an?|his|her) [\w' -]*(?<!s)$", match[2])
        and " of " not in match[2]
    )
    short = (
        "the two"
        if is_pair
        else f"{re.sub(r'^(?:an?) ', 'the ', main)} and the others"
        if " of " in match[2] or len(whole.split()) > 6
        else whole
    )
    short = re.sub(r", \d+,", "", short)
    return Figure(whole, whole, short, short, main.split()[-1].lower(), kind, "plural")


def _as_told(idea: Idea, table: WordTable) -> Figure | None:
    """The hero in the words that open the idea: ``my grandmother``, and no more than the subject of what is told."""
    hero = idea.hero
    if hero is None or _DENIED.match(hero.first) or hero.head in _PARTS:
        return None
    own = re.match(r"(?i)(my|our) ", idea.text)
    if own and hero.first.startswith("the ") and idea.text[own.end() :].lower().startswith(hero.first[4:].lower()):
        if "'s" in hero.first:
            return replace(hero, first=f"{own[1].lower()} {hero.first[4:]}")
        owner = own[1].lower()
        return replace(hero, first=f"{owner} {hero.first[4:]}", short=re.sub("^the ", f"{owner} ", hero.short))
    if is_verb_taken_for_noun(hero, idea.text):  # ``a squirrel forgets``
        words = hero.first.split()[:-1]
        if len(words) == 1:
            name, gender = words[0], name_gender(words[0])
            return Figure(name, name, name, name, name.lower(), "person", gender, name)
        head = words[-1].lower()
        short, noun = f"the {head}", " ".join(words[1:])
        kind = table.kind(head)
        return replace(
            hero, first=" ".join(words), noun=noun, short=short, drawn=short, head=head, kind=kind, gender="neuter"
        )
    inside = re.match(r"(?i)((?:the|a|an) (?:[\w'-]+ ){1,4}?(?:of|from) (?:(?:the|a|an|his|her) )?(?:[\w'-]+ ){1,3}?)(\w+s) (?:a|an|the|his|her|their|its|for|at|in|on|to|with|him|them|every|each|by|from|into|that)\b", hero.first)  # fmt: skip
    if inside and present(inside[2][:-1], is_plural=False) == inside[2].lower():
        return replace(hero, first=inside[1].strip(), noun=re.sub(r"(?i)^(?:the|a|an) ", "", inside[1].strip()))
    return hero


def is_verb_taken_for_noun(hero: Figure, told: str) -> bool:
    """True for ``a squirrel forgets``: a plural with the article of a singular."""
    words = hero.first.split()
    if len(words) == 2 and words[0][:1].isupper() and name_gender(words[0]) and words[1].islower():
        return words[1].endswith("s")  # ``Walter books``
    if len(words) > 2 and words[0].lower() == "the" and hero.is_plural and hero.first.endswith("s"):
        follows = re.search(rf"(?i){re.escape(hero.first)} (\w+)", told)
        return follows is not None and follows[1].lower() in _AFTER_ITS_VERB
    is_singular = len(words) > 2 and words[0].lower() in ("a", "an") and words[-1].endswith("s")
    return is_singular and hero.is_plural and hero.kind in ("abstract", "thing") and hero.head not in ("couple", "pair")


def is_bare_phrase(span: Span) -> bool:
    """True unless a finite verb stands in the sentence itself, and not only in a relative clause of it."""
    if span[0].tag_ == "VB":
        return False
    finite = [t.i for t in span if t.tag_ in FINITE]
    relative = next((t.i for t in span[1:5] if t.tag_ in ("WP", "WDT", "WRB")), 0)
    if span[0].tag_ == "DT" and relative > 0 and len(finite) == 1 and finite[0] > relative:
        return True  # ``a funeral where the wrong man is buried``
    last: Token | None = None
    for token in span:
        if token.tag_ in ("WP", "WDT", "WRB", "CC") or token.is_punct or token.lower_ in ("that", "because", "if"):
            last = None
        elif token.tag_ in FINITE:
            if last is not None and token.nbor(-1).lower_ not in ("he", "she", "it", "they", "i", "we"):
                return False  # ``brothers who have not spoken must carry``: the second is the main verb
            last = token
    for token in span:
        if token.tag_ in FINITE:
            chain = [token, *token.ancestors]
            if not any(t.dep_ in ("relcl", "acl", "advcl") for t in chain):
                return False
    return True
