"""People's names kept from rules that would translate them: ``Jordi Mas`` is not ``Jordi Pero``.

Of capitalised words that stand beside each other, the first that the rules' own dictionary takes for a person's name, or
does not know, begins a name: it and what follows go through as a made-up word. ``Nova Zelândia`` is known, and translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Analyse = Callable[[Sequence[str]], list[str]]
"""Apertium's analyses of texts: as many come back, in their order; none at all if that cannot be had here."""

_BESIDE = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)+")
_TOKEN = re.compile(r"\^([^/^$]*)/([^$]*)\$")
_STAND_IN = "Xn{}"


def keep_names(texts: Sequence[str], say: Callable[[Sequence[str]], list[str]], analyse: Analyse) -> list[str]:
    """``texts`` as ``say`` translates them, with the names as they were; one in which a name got lost, as it said it."""
    names = _names(texts, analyse)
    hidden = [_hidden(text, names) for text in texts]
    answers = say([masked for masked, _ in hidden])
    shown = [_shown(answer, kept) for answer, (_, kept) in zip(answers, hidden, strict=True)]
    lost = [number for number, text in enumerate(shown) if not text and texts[number]]
    again = dict(zip(lost, say([texts[number] for number in lost]), strict=True)) if lost else {}
    return [again.get(number, text) for number, text in enumerate(shown)]


def _names(texts: Sequence[str], analyse: Analyse) -> tuple[str, ...]:
    """The longest first."""
    found = list(dict.fromkeys(words for text in texts for words in _BESIDE.findall(text)))
    analyses = analyse(found) if found else []
    names = {_name_in(words, said) for words, said in zip(found, analyses, strict=True)} if analyses else set()
    return tuple(sorted(names - {""}, key=lambda name: (-len(name), name)))


def _name_in(words: str, said: str) -> str:
    for surface, readings in _TOKEN.findall(said):
        if readings.startswith("*") or "<np><ant>" in readings:
            return words[words.find(surface) :]
    return ""


def _hidden(text: str, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    kept = tuple(name for name in names if name in text)
    for number, name in enumerate(kept):
        text = text.replace(name, _STAND_IN.format(number))
    return text, kept


def _shown(text: str, kept: Sequence[str]) -> str:
    """Empty if a name got lost."""
    for number in reversed(range(len(kept))):
        mark = re.compile(rf"\b{_STAND_IN.format(number)}\b", re.IGNORECASE)
        if not mark.search(text):
            return ""
        text = kept[number].join(mark.split(text))
    return text
