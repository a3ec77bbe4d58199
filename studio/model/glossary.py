"""Terms that must become what the user says: where they stand in a text, and whether a translation holds them.

A term in small letters is found in any case and in its plural (``robot`` in ``Robots``); one with a capital is a
name and is found as it is written, or all in capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_VOWELS = "aeiouáéíóúâêôàü"
_HISSING = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True)
class Found:
    """``text[start:end]`` is ``term``; ``becomes`` is its translation with the number and the capitals of that place."""

    start: int
    end: int
    term: str
    becomes: str


def terms_in(text: str, glossary: Mapping[str, str]) -> dict[str, str]:
    """The part of ``glossary`` that concerns ``text``, by term in alphabetical order."""
    found = {place.term for place in places_in(text, glossary)}
    return {term: glossary[term] for term in sorted(found)}


def places_in(text: str, glossary: Mapping[str, str], *, target: str = "") -> tuple[Found, ...]:
    """Where terms stand in ``text``, from left to right, none over another; the longer term goes first.

    ``target`` is the language of the translations, for their plural; without it they stay as they are.
    """
    found: list[Found] = []
    for term in sorted((term for term in glossary if term.strip()), key=lambda term: (-len(term), term)):
        for match in _pattern(term).finditer(text):
            start, end = match.span()
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Found(start, end, term, _becomes(match.group(), term, glossary[term], target)))
    return tuple(sorted(found, key=lambda place: place.start))


def lost_terms(text: str, translation: str, glossary: Mapping[str, str], *, target: str) -> tuple[str, ...]:
    """Terms that stand in ``text`` and whose translation does not stand in ``translation``."""
    places = places_in(text, glossary, target=target)
    return tuple(
        dict.fromkeys(
            place.term
            for place in places
            if not any(_pattern(form).search(translation) for form in {place.becomes, glossary[place.term]} if form)
        )
    )


def plural(word: str, language: str) -> str:
    """``word`` in the plural by the plain rules of ``language``; unchanged where none is known, or several words."""
    low = word.lower()
    rule = _PLURALS.get(language.split("-")[0].lower())
    if rule is None or not word or " " in word or not low[-1].isalpha():
        return word
    return rule(word, low)


def _english(word: str, low: str) -> str:
    if low.endswith(_HISSING):
        return f"{word}es"
    if low.endswith("y") and low[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


def _portuguese(word: str, low: str) -> str:
    if low.endswith("ão"):
        return f"{word[:-2]}ões"
    if low.endswith("m"):
        return f"{word[:-1]}ns"
    if low.endswith(("al", "ol", "ul")):
        return f"{word[:-1]}is"
    if low.endswith("el"):
        return f"{word[:-2]}éis"
    if low.endswith(("r", "z")):
        return f"{word}es"
    return word if low.endswith(("s", "x")) else f"{word}s"


def _spanish(word: str, low: str) -> str:
    if low.endswith("z"):
        return f"{word[:-1]}ces"
    if low[-1] in _VOWELS:
        return f"{word}s"
    return word if low.endswith(("s", "x")) else f"{word}es"


def _french(word: str, low: str) -> str:
    return word if low.endswith(("s", "x", "z")) else f"{word}s"


_PLURALS = {"en": _english, "pt": _portuguese, "es": _spanish, "gl": _spanish, "fr": _french}


def _pattern(term: str) -> re.Pattern[str]:
    """Whole words only, except in scripts that put no spaces between words."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    if any(unicodedata.category(letter) == "Lo" for letter in term):
        return re.compile(words)
    bare = rf"(?<!\w){words}"
    if term != term.lower():
        return re.compile(rf"(?:{bare}|(?<!\w){words.upper() if words.isalpha() else words})(?!\w)")
    more = rf"(?:{bare}(?:e?s)?|(?<!\w){words[:-1]}ies)" if words.endswith("y") else rf"{bare}(?:e?s)?"
    return re.compile(rf"{more}(?!\w)", re.IGNORECASE)


def _becomes(here: str, term: str, translation: str, target: str) -> str:
    is_plural = len(here) > len(" ".join(term.split())) and here.lower().endswith("s")
    form = plural(translation, target) if is_plural and target else translation
    is_shouted = here.isupper() and not term.isupper() and sum(letter.isalpha() for letter in here) > 1
    return form.upper() if is_shouted else form
