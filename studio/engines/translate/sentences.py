"""A line in the pieces that a translator of single sentences wants, and back.

Models are trained on sentences: given four hundred words they lose themselves, given a line break some drop what
stands before it, given capitals they do not know the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Say = Callable[[Sequence[str]], list[str]]
"""Translates texts: as many come back, in their order."""

_LONGEST_CHARS = 240
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st jr sr vs etc e.g i.e a.m p.m no vol fig inc ltd co sra dra srta ud uds av pág".split()
)
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]]*(?=\s+["'“‘«(\[¿¡]*[A-ZÀ-ÖØ-Þ0-9])""")
_DIALOGUE = re.compile(r"(?<!\s)[^\S\n]*+(\n\s*+)(?=[-–—])")
_BEFORE = re.compile(r"[\s♪♫*~_#–—-]*+")
_AFTER = "♪♫*~_#"


@dataclass(frozen=True, slots=True)
class _Piece:
    """``before`` and ``after`` go back as they are; ``text`` is empty where there is nothing to translate."""

    before: str
    text: str
    after: str
    is_shouted: bool = False


def say_in_sentences(texts: Mapping[str, str], say: Say, *, at_once: bool = True) -> dict[str, str]:
    """Each of ``texts`` by its key, translated sentence by sentence with as few calls of ``say`` as can be.

    ``at_once`` False leaves sentences of a text together, for an engine that cuts them itself. What holds no letter
    (``♪``, ``1969``) comes back as it is. Raises ValueError if ``say`` gives back another number of texts.
    """
    pieces = {key: _pieces(text, at_once) for key, text in texts.items()}
    asked = list(dict.fromkeys(piece.text for found in pieces.values() for piece in found if piece.text))
    answers = dict(zip(asked, say(asked), strict=True)) if asked else {}
    return {key: "".join(_back(piece, answers) for piece in found).strip() for key, found in pieces.items()}


def _pieces(text: str, at_once: bool) -> list[_Piece]:
    parts = [" ".join(part.split()) for part in _turns(text.strip())]
    found: list[_Piece] = []
    for number, part in enumerate(parts):
        own = [_piece(sentence) for sentence in (_sentences(part) if at_once else [part])]
        found += own
        if number < len(parts) - 1:
            found.append(_Piece("\n", "", ""))
    return found


def _turns(text: str) -> list[str]:
    """``text`` cut at every line break with nothing but space between it and a dash: there somebody else speaks."""
    first, *others = _DIALOGUE.split(text)
    parts = [first]
    for breaks, words in zip(others[::2], others[1::2], strict=True):
        parts += [*([""] * (breaks.count("\n") - 1)), words]
    return parts


def _piece(sentence: str) -> _Piece:
    start, end = _edges(sentence)
    before, words, after = sentence[:start], sentence[start:end], sentence[end:]
    if not any(letter.isalpha() for letter in words):
        return _Piece(sentence, "", "")
    is_shouted = words.isupper() and len(words.split()) > 1 and sum(letter.isalpha() for letter in words) > 7
    return _Piece(before, _quiet(words) if is_shouted else words, after, is_shouted)


def _edges(sentence: str) -> tuple[int, int]:
    """Where what is said begins and ends, without the spaces and signs around it."""
    begins = _BEFORE.match(sentence)
    start, end = begins.end() if begins else 0, len(sentence)
    while end > start and (sentence[end - 1].isspace() or sentence[end - 1] in _AFTER):
        end -= 1
    return start, end


def _quiet(words: str) -> str:
    low = words.lower()
    return re.sub(r"\bi\b", "I", low[:1].upper() + low[1:])


def _back(piece: _Piece, answers: Mapping[str, str]) -> str:
    answer = answers.get(piece.text, "")
    return f"{piece.before}{answer.upper() if piece.is_shouted else answer}{piece.after}"


def _sentences(text: str) -> list[str]:
    """Sentences with the spaces after them; those that are too long once more, at their clauses."""
    cuts = [match.end() for match in _END.finditer(text) if not _is_abbreviation(text, match)]
    borders = [0, *cuts, len(text)]
    whole = [text[start:end] for start, end in pairwise(borders) if text[start:end]]
    return [part for sentence in whole for part in _short_enough(sentence)]


def _is_abbreviation(text: str, end: re.Match[str]) -> bool:
    if end.group()[0] != ".":
        return False
    word = text[: end.start()].rsplit(None, 1)[-1].lower().strip("\"'“‘«([")
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _short_enough(sentence: str) -> list[str]:
    if len(sentence) <= _LONGEST_CHARS:
        return [sentence]
    middle = len(sentence) // 2
    for marks in (r"[;:](?=\s)", r",(?=\s)", r"\s"):
        places = [match.end() for match in re.finditer(marks, sentence) if match.end() < len(sentence)]
        if places:
            at = min(places, key=lambda place: abs(place - middle))
            if 0 < at < len(sentence):
                return [*_short_enough(sentence[:at]), *_short_enough(sentence[at:])]
    return [sentence]
