"""Numbers and marks: what a listener notices first when a translation lost it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_HALF_DAY = re.compile(r"\b(\d{1,2}):(\d\d)\s*([ap])\.?\s?m\b(\.?)", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d{1,2})\s?h\s?(\d\d)\b")
_END_MARKS, _CLOSING = ".!?…:;,", "\"'”’»)]"
_SPACELESS = frozenset(("zh", "ja", "ko", "th", "hi"))
"""Their own marks end a sentence."""
_COMMA_DECIMALS = frozenset("pt es fr de it ca gl ro nl pl ru sv da nb nn".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """``text[start:end]`` is a number that must come through."""

    start: int
    end: int
    text: str


def with_plain_times(text: str) -> str:
    """``10:30 p.m.`` and ``10h30`` as ``22:30`` and ``10:30``: some models lose the half of the day."""

    def whole_day(match: re.Match[str]) -> str:
        hour, minutes, half, dot = match.groups()
        is_end = bool(dot) and (match.end() == len(text) or text[match.end() :].lstrip()[:1].isupper())
        if not 1 <= int(hour) <= 12:
            return match.group()
        return f"{int(hour) % 12 + (12 if half in 'pP' else 0)}:{minutes}{'.' if is_end else ''}"

    return _HOURS.sub(r"\1:\2", _HALF_DAY.sub(whole_day, text))


def lost_figures(text: str, translation: str) -> tuple[Figure, ...]:
    """Numbers of ``text`` that ``translation`` does not hold, however it writes thousands and decimals.

    Only those that nobody writes as a word: with decimals, thousands or minutes, or of three digits and more. Decades
    (``1990s``) become other figures in other languages.
    """
    here = Counter(_digits(match.group()) for match in _FIGURE.finditer(translation))
    lost: list[Figure] = []
    for match in _FIGURE.finditer(text):
        digits = _digits(match.group())
        follows = text[match.end() :].lstrip()[:4].lower()
        is_worded = text[match.end() : match.end() + 1].isalpha() or follows[:1] in "ap" and follows[1:2] in (".", "m")
        if here[digits]:
            here[digits] -= 1
        elif not is_worded and len(digits.replace(" ", "")) > 2:
            lost.append(Figure(match.start(), match.end(), match.group()))
    return tuple(lost)


def written_for(figure: str, *, source: str, target: str) -> str:
    """``21.5`` as ``target`` writes it: ``21,5``; times stay."""
    if ":" in figure or (source in _COMMA_DECIMALS) == (target in _COMMA_DECIMALS):
        return figure
    return figure.translate(str.maketrans(".,", ",."))


def tidy(text: str, translation: str, *, source: str, target: str) -> str:
    """``translation`` with the end marks and the first capital of ``text``, and marks spaced as in print."""
    words = " ".join(translation.split(" ")).strip()
    words = re.sub(r"(?<=\S) +(?=[,.;!?…](?:\s|$))", "", words)
    words = re.sub(r"\b(US|R|A|C) ?\$ ?(?=\d)", r"\1$ ", words)
    words = re.sub(r" {2,}", " ", words)
    if not words:
        return words
    words = _with_thousands(text, words, source, target)
    if target not in _SPACELESS:
        words = _with_end_of(text, words)
    if target == "es":
        words = _with_opening_marks(words)
    return _with_first_letter_of(text, words)


def _with_thousands(text: str, words: str, source: str, target: str) -> str:
    """Large numbers written as the target writes them: models mix both ways (``1.234.56``)."""
    mark, point = (r"\.", ",") if source in _COMMA_DECIMALS else (",", r"\.")
    large = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{mark}\d{{3}})+(?:{point}\d+)?(?![\d]|[.,]\d)")
    right = {_digits(found): written_for(found, source=source, target=target) for found in large.findall(text)}
    return _FIGURE.sub(lambda found: right.get(_digits(found.group()), found.group()), words)


def _digits(figure: str) -> str:
    return re.sub(r"[.,:]", " ", figure)


def _with_end_of(text: str, words: str) -> str:
    """The marks at the end are those of ``text``; quotes and brackets stay as they came."""
    (_, asked, asked_closing), (stem, got, got_closing) = _ended(text), _ended(words)
    if asked == got or asked_closing or got_closing or (not asked and got != "."):
        return words
    return stem.rstrip() + asked


def _ended(text: str) -> tuple[str, str, str]:
    """``text`` before the marks at its end, these marks, and the quotes and brackets that close after them."""
    whole = text.rstrip()
    open_ = whole.rstrip(_CLOSING)
    stem = open_.rstrip(_END_MARKS)
    return stem, open_[len(stem) :], whole[len(open_) :]


def _with_opening_marks(words: str) -> str:
    """``¿`` and ``¡`` where a question or a cry begins: after the last end of a sentence."""
    out, start = "", 0
    for end in re.finditer(r"[.!?…]+(?=\s|$|[\"'”»)])", words):
        sentence, mark = words[start : end.end()], end.group()[-1]
        opening = {"?": "¿", "!": "¡"}.get(mark, "")
        if opening and opening not in sentence:
            first = re.search(r"\w", sentence)
            at = first.start() if first else 0
            sentence = sentence[:at] + opening + sentence[at:]
        out, start = out + sentence, end.end()
    return out + words[start:]


def _with_first_letter_of(text: str, words: str) -> str:
    asked = re.search(r"[^\W\d_]", text)
    got = re.search(r"[^\W\d_]", words)
    if (
        asked
        and got
        and asked.group().isupper()
        and got.group().islower()
        and not words[: got.start()].strip("\"'“‘«([¿¡-–— ")
    ):
        return words[: got.start()] + got.group().upper() + words[got.end() :]
    return words
