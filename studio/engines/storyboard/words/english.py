"""English words: tokens, base forms, numbers, and what unknown nouns are kinds of."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache

from studio.engines.storyboard.words.vocabulary import vocabulary
from studio.media.assets import asset_path

_TOKEN = re.compile(r"[a-zà-ÿ0-9]+(?:['’-][a-zà-ÿ0-9]+)*|[.,;:!?()\"—–-]")
_NOUN_RULES = (
    ("ches", "ch"),
    ("shes", "sh"),
    ("sses", "ss"),
    ("xes", "x"),
    ("zes", "z"),
    ("ies", "y"),
    ("ves", "f"),
    ("oes", "o"),
    ("men", "man"),
    ("s", ""),
)
_VERB_RULES = (
    ("ying", "y"),
    ("ies", "y"),
    ("ied", "y"),
    ("ching", "ch"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", "e"),
    ("s", ""),
)
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "dozen": 12,
}


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of the prompt, in small letters. ``noun`` and ``verb`` are its possible base forms."""

    text: str
    noun: str
    verbs: tuple[str, ...]
    is_plural: bool
    owns: bool = False
    """True for ``dragon's``."""

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def tokens_of(text: str) -> list[Token]:
    """Words and punctuation of ``text`` in order."""
    found = _TOKEN.findall(text.lower().replace("’", "'").replace("_", " "))
    return [_token(word.removesuffix("'s") or word, owns=word.endswith("'s") and word not in _SHORT) for word in found]


_SHORT = word_set("it's he's she's that's there's what's who's let's here's o'clock")


def _token(word: str, *, owns: bool) -> Token:
    noun = singular(word)
    return Token(word, noun, tuple(dict.fromkeys((word, *verb_bases(word)))), noun != word, owns)


def singular(word: str) -> str:
    """The base form of a noun (``wolves`` -> ``wolf``); ``word`` itself if it is one already."""
    if word in _SAME or word.endswith(("ss", "us", "is", "ous")) or len(word) < 4:
        return _exceptions("noun").get(word, word) if word in {"men", "oxen"} else word
    irregular = _exceptions("noun").get(word)
    if irregular:
        return irregular
    for ending, base in _NOUN_RULES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: len(word) - len(ending)] + base
            if ending == "ves" and not _is_known(stem):
                stem = word[:-1]
            return stem
    return word


_SAME = word_set(
    "bus gas glass grass dress princess actress canvas waitress christmas always "
    "this his its is was as yes less across paris news lens moss boss cross kiss "
    "us hours series species jeans trousers glasses clothes shorts pyjamas pajamas "
    "binoculars ruins falls sands stairs stars downs trenches tracks rails gallows "
    "alps stables highlands docks woods"
)


def verb_bases(word: str) -> list[str]:
    """All base forms that ``word`` could be of as a verb."""
    bases = []
    irregular = _exceptions("verb").get(word)
    if irregular:
        bases.append(irregular)
    for ending, base in _VERB_RULES:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: len(word) - len(ending)] + base
            bases.append(stem)
            if len(stem) > 3 and stem[-1] == stem[-2] and not base:
                bases.append(stem[:-1])
    return bases


def kind_of_noun(noun: str) -> str:
    """What an unlisted noun is drawn as: a kind, ``@place``, ``!concrete``, ``!abstract``,
    or empty if unknown.
    """
    kind = _nouns().get(noun, "")
    is_unlike = kind in _NO_LIKENESS and noun != kind
    return "!concrete" if is_unlike or noun in vocabulary("thing") else kind


_NO_LIKENESS = word_set("pumpkin apple potted_plant teddy_bear")
"""Kinds that do not stand for their kin: a potato is no jack-o'-lantern, a slingshot no teddy bear."""


def _is_known(word: str) -> bool:
    return word in _nouns() or word in {
        "knife",
        "wolf",
        "calf",
        "leaf",
        "loaf",
        "thief",
        "scarf",
        "shelf",
        "elf",
        "dwarf",
    }


@cache
def _exceptions(part: str) -> dict[str, str]:
    lines = asset_path(f"third_party/wordnet/{part}_exceptions.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ") for line in lines)


@cache
def _nouns() -> dict[str, str]:
    packed = asset_path("third_party/wordnet/nouns.txt.gz").read_bytes()
    table: dict[str, str] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        kind, _, words = line.partition("\t")
        for word in words.split(" "):
            table[word] = kind
    return table
