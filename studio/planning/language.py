"""Plain-text tools for planning: sentences, clauses, spoken length, articles. All linear in the text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for lists of words that read better as a paragraph."""
    return frozenset(words.split())


_ABBREVIATIONS = word_set(
    "mr mrs ms dr st prof capt col gen lt sgt jr sr vs no fig mt ave rev hon etc approx dept est inc ltd e.g "
    "i.e a.m p.m"
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[」』”’]*|[।॥]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_CLAUSE_BORDER = re.compile(
    r"(?<=[,;:])\s+|(?<!\s)\s++(?=[—–])|(?<=[—–])\s+|(?<!\s)\s++(?=(?:and|but|while|because|until|where)\s)"
)
_UNSPACED_PER_WORD = 2.5
_WORDS_PER_SECOND = {"en": 2.5, "es": 2.5, "hi": 1.75, "fr": 2.6, "it": 2.5, "pt": 2.5, "ja": 2.2, "zh": 2.2}
_GAP_S = 0.25


def one_line(text: str) -> str:
    """``text`` with every run of white space made one space, and no lone surrogates."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text`` in order; joined by spaces they are ``one_line(text)`` again.

    ``Mr. Fox`` and initials do not end a sentence, nor does a stop before a small letter.
    """
    line = one_line(text)
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(line):
        if _is_border(line, start, end):
            sentences.append(line[start : end.end()].strip())
            start = end.end()
    rest = line[start:].strip()
    return [sentence for sentence in [*sentences, rest] if sentence]


def _is_border(line: str, start: int, end: re.Match[str]) -> bool:
    following = line[end.end() : end.end() + 2].strip()[:1]
    if following and following.islower():
        return False
    if not end.group().startswith(".") or end.group().startswith(".."):
        return True
    word = line[max(start, end.start() - 12) : end.start()].rsplit(" ", 1)[-1].strip("(\"'“‘")
    is_initial = len(word) == 1 and word.isalpha() and word.isupper() and word != "I"
    return not (following and (is_initial or word.lower() in _ABBREVIATIONS))


def split_clauses(sentence: str, *, longest_words: int) -> list[str]:
    """``sentence`` in pieces of at most about ``longest_words``, cut only at clause borders.

    A stretch without a border stays whole. Joined by spaces the pieces are the sentence again.
    """
    pieces: list[str] = []
    for part in _CLAUSE_BORDER.split(sentence):
        words = len(part.split())
        if pieces and len(pieces[-1].split()) + words <= longest_words:
            pieces[-1] = f"{pieces[-1]} {part}"
        else:
            pieces.append(part)
    if len(pieces) > 1 and len(pieces[-1].split()) < 3:
        last = pieces.pop()
        pieces[-1] = f"{pieces[-1]} {last}"
    return pieces


def count_words(text: str) -> float:
    """Words a voice has to say; scripts without spaces count 2.5 characters a word."""
    unspaced = len(_UNSPACED.findall(text))
    spaced = sum(any(letter.isalnum() for letter in word) for word in _UNSPACED.sub(" ", text).split())
    return spaced + unspaced / _UNSPACED_PER_WORD


def words_per_second(language: str) -> float:
    """How fast a narrator of ``language`` (``en``, ``pt-BR``) speaks, pauses inside sentences included."""
    return _WORDS_PER_SECOND.get(language.replace("_", "-").split("-")[0].lower(), 2.4)


def speech_s(text: str, rate: float) -> float:
    """Seconds that ``text`` takes at ``rate`` words a second, a short pause between sentences included."""
    if not text.strip():
        return 0.0
    return count_words(text) / rate + _GAP_S * (len(split_sentences(text)) - 1)


def with_article(phrase: str) -> str:
    """``phrase`` with ``a`` or ``an`` before it, unless it has a determiner or is a plural or a name."""
    first = phrase.split(" ", 1)[0].lower() if phrase else ""
    if not phrase or first in DETERMINERS or phrase[0].isupper() or phrase[0].isdigit():
        return phrase
    sounds_like_vowel = phrase[0].lower() in "aeiou" and not re.match(
        r"(?i)(?:uni|use|euro|one\b|u[bfrt][aeiou])", phrase
    )
    sounds_like_vowel = sounds_like_vowel or bool(re.match(r"(?i)(?:hour|honest|heir)", phrase))
    return f"{'an' if sounds_like_vowel else 'a'} {phrase}"


DETERMINERS = word_set(
    "a an the this that these those some several many few two three four five six seven eight nine ten twelve "
    "her his their its my our your each every both all another one no dozens hundreds thousands"
)


def without_article(phrase: str) -> str:
    """``phrase`` less a leading ``a``, ``an``, ``the``."""
    return re.sub(r"^(?:an?|the)\s+", "", phrase.strip(), flags=re.IGNORECASE)


def capitalised(sentence: str) -> str:
    """``sentence`` with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def chosen(options: Sequence[Choice], *key: object) -> Choice:
    """One of ``options``, the same for the same ``key`` on every machine."""
    digest = hashlib.sha256("|".join(str(part) for part in key).encode("utf-8", "replace")).digest()
    return options[int.from_bytes(digest[:8], "big") % len(options)]
