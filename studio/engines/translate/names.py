"""People's names kept from being translated: ``Jordi Mas`` is not ``Jordi Pero``, and ``Dr. Stone`` not ``Dr. Pedra``.

What stands after a title (``Mr.``, ``Dra.``, ``Dona``) is a name, unless it is an office (``Mr. President``). Of other
capitalised words that stand beside each other, the first that the rules' own dictionary takes for a person's name, or
does not know, begins a name: it and what follows go through as a made-up word. ``Nova Zelândia`` is known, and translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

Analyse = Callable[[Sequence[str]], list[str]]
"""Apertium's analyses of texts: as many come back, in their order; none at all if that cannot be had here."""

_BESIDE = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)+")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’-]*\w"
_TITLED = re.compile(
    r"\b(?:(?:Mrs?|Ms|Mx|Dr|Dra|Prof|Profa|Sr|Sra|Srta|Capt|Sgt|Lt|Col|Gen|Rev|Mme|Mlle)\.?|Miss|Lady|Lord|Madame|"
    r"Captain|Capitão|Capitán|Professora?|Profesora?|Uncle|Aunt|Tio|Tia|Tío|Tía|Dona|Doña|Don|Seu|[Ss]enhora?|[Ss]eñora?|[Ss]eñorita|[Dd]outora?|[Dd]octora?)"
    rf"\s+({_NAME}(?:\s+(?:(?:de|da|do|dos|das|del|la|e|y|van|von)\s+)*{_NAME})*)"
)
_OFFICES = frozenset(
    "president presidente presidenta minister ministro ministra secretary secretário secretária secretario secretaria "
    "speaker chairman chair judge juiz juíza juez ambassador embaixador embaixadora embajador chancellor mayor prefeito "
    "prefeita alcalde governor governador governadora gobernador director diretor diretora professor professora profesor "
    "profesora doctor doutor doutora general capitão captain capitán senator senador senadora deputado deputada delegado "
    "delegada vice prime primeiro primeira comissário inspector inspetor".split()
)
_TOKEN = re.compile(r"\^([^/^$]*)/([^$]*)\$")
_STAND_IN = "Xn{}"


def titled_names(text: str) -> tuple[str, ...]:
    """What stands after titles in ``text``: names, in their order. Offices are none."""
    found = (match[1] for match in _TITLED.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name.split()[0].lower() not in _OFFICES))


def keep_names(
    texts: Sequence[str], say: Callable[[Sequence[str]], list[str]], analyse: Analyse, titles: Mapping[str, str]
) -> list[str]:
    """``texts`` as ``say`` translates them, with the names as they were; one in which a name got lost, as it said it.

    ``titles`` says what becomes of titles that ``say`` would take for another word.
    """
    names = _names(texts, analyse)
    hidden = [_hidden(text, (*names, *titled_names(text)), titles) for text in texts]
    answers = say([masked for masked, _ in hidden])
    shown = [_shown(answer, kept) for answer, (_, kept) in zip(answers, hidden, strict=True)]
    lost = [number for number, text in enumerate(shown) if not text and texts[number]]
    again = dict(zip(lost, say([texts[number] for number in lost]), strict=True)) if lost else {}
    return [again.get(number, text) for number, text in enumerate(shown)]


def _names(texts: Sequence[str], analyse: Analyse) -> tuple[str, ...]:
    found = list(dict.fromkeys(words for text in texts for words in _BESIDE.findall(text)))
    analyses = analyse(found) if found else []
    names = {_name_in(words, said) for words, said in zip(found, analyses, strict=True)} if analyses else set()
    return tuple(sorted(names - {""}))


def _name_in(words: str, said: str) -> str:
    for surface, readings in _TOKEN.findall(said):
        if readings.startswith("*") or "<np><ant>" in readings:
            return words[words.find(surface) :]
    return ""


def _hidden(text: str, names: Sequence[str], titles: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """``text`` with stand-ins for names, and for titles before them; and what each stands for."""
    kept: list[str] = []
    for name in sorted(dict.fromkeys(names), key=lambda one: (-len(one), one)):
        for title, becomes in (*titles.items(), ("", "")):
            known, put = f"{title} {name}".strip(), f"{becomes} {name}".strip()
            if re.search(rf"\b{re.escape(known)}\b", text):
                text = re.sub(rf"\b{re.escape(known)}\b", _STAND_IN.format(len(kept)), text)
                kept.append(put)
    return text, tuple(kept)


def _shown(text: str, kept: Sequence[str]) -> str:
    """Empty if a name got lost."""
    for number in reversed(range(len(kept))):
        mark = re.compile(rf"\b{_STAND_IN.format(number)}\b", re.IGNORECASE)
        if not mark.search(text):
            return ""
        text = kept[number].join(mark.split(text))
    return text
