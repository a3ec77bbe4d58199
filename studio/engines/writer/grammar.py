"""Small English grammar: articles, verb forms, pronouns, and templates filled with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PRONOUNS = {
    "male": ("he", "him", "his", "himself"),
    "female": ("she", "her", "her", "herself"),
    "neuter": ("it", "it", "its", "itself"),
    "plural": ("they", "them", "their", "themselves"),
}
_IRREGULAR_S = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_DOUBLING = re.compile(
    r"^(?:[^aeiou]*[aeiou][bdgklmnprt]|begin|forget|admit|regret|prefer|commit|control|travel|equip)$"
)
_A_SOUND = re.compile(r"(?i)(?:one\b|once|eu|ewe|uni[cfqtv]|unio|us[eua]|uten|uk|ur[ai])")
_AN_SOUND = re.compile(r"(?i)(?:[aeiou]|hour|honest|hono|heir|8|11\b|18\b)")
_AN_LETTERS = re.compile(r"[AEFHILMNORSX](?:[A-Z0-9-]|$)")


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody or something of the story, with the words that name it."""

    noun: str
    """Noun phrase without article: ``lonely lighthouse keeper``; for named ones the name."""
    first: str
    """As first told: ``a lonely lighthouse keeper``, ``Maria, a young baker``."""
    short: str
    """Afterwards: ``the keeper``, ``Maria``, ``the two``."""
    drawn: str
    """For painters, always recognisable: ``the lighthouse keeper``, ``the boy and the dog``."""
    head: str
    kind: str
    """``person, animal, robot, creature, thing, place`` or ``abstract``."""
    gender: str = "neuter"
    """Of its pronoun: ``male, female, neuter`` or ``plural``."""
    name: str = ""

    @property
    def is_plural(self) -> bool:
        return self.gender == "plural"

    @property
    def is_living(self) -> bool:
        return self.kind in ("person", "animal", "robot", "creature", "group")


def article(phrase: str) -> str:
    """``a`` or ``an``, by the sound of the first word."""
    if _AN_LETTERS.match(phrase):
        return "an"
    return "an" if _AN_SOUND.match(phrase) and not _A_SOUND.match(phrase) else "a"


def present(lemma: str, *, is_plural: bool) -> str:
    """The verb in the present tense, third person."""
    if is_plural:
        return "are" if lemma == "be" else lemma
    if lemma in _IRREGULAR_S:
        return _IRREGULAR_S[lemma]
    if re.search(r"(?:s|x|z|ch|sh|o)$", lemma):
        return lemma + "es"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def gerund(lemma: str) -> str:
    """The ``-ing`` form."""
    if lemma in ("be", "see", "flee", "free", "agree"):
        return lemma + "ing"
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("oe", "ye")):
        return lemma[:-1] + "ing"
    if _DOUBLING.match(lemma):
        return lemma + lemma[-1] + "ing"
    return lemma + "ing"


#: Past forms that no rule makes.
_PAST = dict(
    pair.split(":")
    for pair in (
        "be:was become:became begin:began bite:bit break:broke bring:brought build:built burn:burned buy:bought catch:caught choose:chose "
        "come:came cut:cut die:died do:did draw:drew drink:drank drive:drove eat:ate fall:fell feed:fed fight:fought find:found flee:fled "
        "fly:flew forget:forgot freeze:froze get:got give:gave go:went grow:grew have:had hear:heard hide:hid hit:hit hold:held keep:kept "
        "know:knew lay:laid lead:led learn:learned leave:left lose:lost make:made mean:meant meet:met pay:paid put:put read:read ride:rode "
        "ring:rang rise:rose run:ran say:said see:saw sell:sold send:sent set:set shake:shook shine:shone shoot:shot sing:sang sink:sank "
        "sit:sat sleep:slept speak:spoke spend:spent spread:spread stand:stood steal:stole strike:struck swim:swam take:took teach:taught "
        "tell:told think:thought throw:threw wake:woke wear:wore win:won write:wrote"
    ).split()
)


def past(lemma: str) -> str:
    """The past tense of the verb."""
    if lemma in _PAST:
        return _PAST[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ied"
    if _DOUBLING.match(lemma):
        return lemma + lemma[-1] + "ed"
    return lemma + "ed"


def capital(text: str) -> str:
    """The text with its first letter upper case."""
    for index, char in enumerate(text):
        if char.isalpha():
            return text[:index] + char.upper() + text[index + 1 :]
        if char.isdigit():
            return text
    return text


def sentence(text: str) -> str:
    """A whole sentence: capital at its start and after every stop, one full stop at its end, single spaces."""
    text = re.sub(r"\s+", " ", text).strip().rstrip(",;:")
    text = re.sub(r"\s+([,.!?;:])", r"\1", text)
    text = re.sub(r",+(?=[,.!?])", "", text)
    if not re.search(r"[.!?…][\"”']?$", text):
        text += "."
    text = re.sub(r"([.!?]\s+[\"“]?)([a-z])", lambda m: m[1] + m[2].upper(), text)
    return capital(text)


def word_count(text: str) -> int:
    """Words as a narrator speaks them."""
    return len(text.split())


def fill(template: str, figures: Mapping[str, Figure], words: Mapping[str, str], *, is_drawn: bool = False) -> str:
    """The template with every slot filled; ``is_drawn`` names figures as a painter needs them.

    Raises KeyError if a slot is unknown here.
    """

    named = [
        (match.start(), match[1])
        for match in re.finditer(r"(?i)\{(?:a |the )?(thing|other|matter|object|it)\}", template)
    ]

    def slot(match: re.Match[str]) -> str:
        if match[2]:
            return present(match[2], is_plural=figures["hero"].is_plural)
        if match[3]:
            nearest = next((name.lower() for at, name in reversed(named) if at < match.start()), "it")
            actor = figures.get(nearest) or figures.get("thing") or figures["other"]
            return present(match[3], is_plural=actor.is_plural)
        if match[1] == "it" and not template[match.end() :].startswith((" <", "'s")):
            actor = figures.get("thing") or figures["other"]
            return PRONOUNS[actor.gender][1]
        return _slot(match[1], figures, words, is_drawn=is_drawn)

    return re.sub(r"\{([^}]+)\}|\[(\w+)\]|<(\w+)>", slot, template)


def _slot(name: str, figures: Mapping[str, Figure], words: Mapping[str, str], *, is_drawn: bool) -> str:
    lower = name.lower()
    key = lower.split()[-1]
    if key in figures:
        figure = figures[key]
        text = figure.first if lower.startswith("a ") else figure.drawn if is_drawn else figure.short
    elif lower in ("he", "him", "his", "himself"):
        text = PRONOUNS[figures["hero"].gender][("he", "him", "his", "himself").index(lower)]
    elif lower in ("it", "its", "itself"):
        actor = figures.get("thing") or figures["other"]
        text = PRONOUNS[actor.gender][{"it": 0, "its": 2, "itself": 3}[lower]]
    else:
        text = words[lower]
    return capital(text) if name[0].isupper() else text
