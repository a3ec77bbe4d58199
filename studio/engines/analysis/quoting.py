"""Where a quotation stands in a text, though white space, quotation marks or dashes were written in another way."""

from __future__ import annotations

import re

_QUOTES = "\"'“”„«»‘’‚`´"
_DASHES = "-‐‑‒–—―"
_LONGEST_CHARS = 1500
_LEAST_LETTERS = 8
_ENDS = f"{re.escape(_QUOTES)}…. \t\n"


def find_quote(text: str, quote: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """The first place in ``text[start:end]`` that says ``quote``; None if it says it nowhere, or it is too short to tell.

    Letters and stops must be the same, in the same case; marks of quotation and ellipses around it do not matter.
    """
    words = quote.strip(_ENDS.replace(".", "")).removesuffix("...").split()
    letters = sum(letter.isalnum() for word in words for letter in word)
    if letters < _LEAST_LETTERS or len(quote) > _LONGEST_CHARS:
        return None
    pattern = re.compile(r"\s+".join(_loosely(word) for word in words))
    found = pattern.search(text, start, len(text) if end is None else end)
    return (found.start(), found.end()) if found else None


def _loosely(word: str) -> str:
    """``don’t`` also finds ``don't``."""
    out = []
    for letter in word:
        if letter in _QUOTES:
            out.append(f"[{re.escape(_QUOTES)}]{{1,2}}")
        elif letter in _DASHES:
            out.append(rf"[{re.escape(_DASHES)}]{{1,3}}")
        else:
            out.append(r"(?:…|\.{3})" if letter == "…" else re.escape(letter))
    return "".join(out)
