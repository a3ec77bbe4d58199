"""The paragraphs of a chapter by their positions, however its lines are broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_ENDED = re.compile(r"[.!?…:;*#\"'”’»)\]—–-]\s*$")
_BREAK = re.compile(r"^\W{1,40}$")


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` is a paragraph without white space around it."""

    start: int
    end: int


def paragraphs_of(text: str) -> list[Span]:
    """Every paragraph in order; those without a letter (``***``) too, for they part scenes.

    Where most lines end in the middle of a sentence (wrapped lines, verse), only blank lines part paragraphs; else each
    line is one.
    """
    pattern = _BLANK if _is_wrapped(text) else re.compile(r"\n\s*")
    spans: list[Span] = []
    at = 0
    for gap in pattern.finditer(text):
        spans += _trimmed(text, at, gap.start())
        at = gap.end()
    return spans + _trimmed(text, at, len(text))


def is_break(words: str) -> bool:
    """True for a line of stars or dashes."""
    return bool(_BREAK.match(words)) and not any(letter.isalnum() for letter in words)


def _is_wrapped(text: str) -> bool:
    inner = [line for line, after in pairwise(text.split("\n")) if line.strip() and after.strip()]
    return sum(not _ENDED.search(line) for line in inner) * 2 > len(inner)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if end > start else []
