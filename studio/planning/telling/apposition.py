"""``Ada, a young gardener, walks``: somebody told who they are, in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Container

from studio.planning.language import one_line, with_article, without_article
from studio.planning.telling.looks import derived_look, gender_of, head_noun, is_living_word, is_person_word

_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}"
_FEATURE = r"(?:\d{1,3}s?(?:[ -]years?[ -]old)?|in (?:her|his|their) \w+|(?:an?|the|his|her|their|my|our)\s[^,.;:!?()–—]{2,80})"
_INTRODUCED = re.compile(
    rf"\b(?P<name>{_NAME})(?:,\s+|\s+[–—-]+\s+)(?P<look>{_FEATURE}(?:,\s+(?:{_FEATURE}|(?:in|with|wearing)\s[^,.;:!?()]+))*)"
    r"(?P<end>(?:,|\s+[–—-]+)\s+(?=[a-z])|(?=[.;!?]))"
)
_OWNED = re.compile(r"(?i)^(?:the|his|her|their|my|our)\s+(?=\w)")
_DRESSED = re.compile(r"(?i)\b(?:in|with|wearing)\b")


def introductions(text: str, known: Container[str] = ()) -> tuple[str, dict[str, str]]:
    """``text`` without the asides that introduce somebody, and the look of each that was introduced.

    Only a name that is written in capitals or stands in ``known`` can be introduced, only as a person
    (``Rome, a city of hills,`` stays), and the first introduction is the one that counts.
    """
    looks: dict[str, str] = {}

    def told(match: re.Match[str]) -> str:
        name, words = match.group("name"), one_line(match.group("look"))
        is_somebody = name.isupper() or name in known
        if not is_somebody or not _is_person(words):
            return match.group()
        looks.setdefault(name, _look(name, words))
        return f"{name} " if match.group("end") else name

    return _INTRODUCED.sub(told, text), looks


def _is_person(words: str) -> bool:
    features = [part.strip() for part in words.split(",")]
    return any(part[:1].isdigit() or is_living_word(head_noun(_bare(part))) for part in features)


def _bare(phrase: str) -> str:
    """``her old uncle with a beard`` as he is called by strangers: ``old uncle with a beard``."""
    return without_article(_OWNED.sub("", phrase))


def _look(name: str, words: str) -> str:
    """A whole look of what was said: gender from the name, hair and clothes from the trade where none are told."""
    parts = [part.strip() for part in words.split(",")]
    worn = [part for part in parts if _DRESSED.match(part)]
    noun = next((_bare(part) for part in parts if part not in worn and is_living_word(head_noun(_bare(part)))), "")
    if not noun:
        return words
    years = next((int(found[0]) for part in parts if (found := re.match(r"\d+", part))), 40)
    gender = gender_of(name.capitalize() if name.isupper() else name)
    is_dressed = bool(worn or _DRESSED.search(noun))
    if is_person_word(head_noun(noun)):
        noun = _of_gender(noun, gender, is_dressed=is_dressed)
        noun = (
            f"{'old ' if years >= 60 else 'young '}{noun}"
            if not 30 <= years < 60 and " old" not in f" {noun}"
            else noun
        )
    return " ".join([with_article(noun), *worn]) if is_dressed else derived_look(noun, gender)


def _of_gender(noun: str, gender: str, *, is_dressed: bool) -> str:
    """``young gardener`` of a woman: ``young woman gardener``. A man's beard tells, unless his look was told."""
    if gender_of("", noun) in ("female", "male") or not (gender == "female" or (gender == "male" and is_dressed)):
        return noun
    kind = "woman" if gender == "female" else "man"
    return re.sub(rf"\b{re.escape(head_noun(noun))}\b", lambda head: f"{kind} {head.group()}", noun, count=1)
