"""Fixed words of a dub as a person writes them, one a line: ``robot = robô``, ``pt: boat = barco``, or a name alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_BECOMES = re.compile(r"\s*(?:=|→|\t)\s*")
_ONE_LANGUAGE = re.compile(r"^([a-z]{2,3})\s*:\s*(?=\S)")


def glossary_of(text: str, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """By language, each term and what it becomes; a term alone stays as it is, a line without a language is for all."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        said = _ONE_LANGUAGE.match(line.strip())
        is_for_one = said is not None and said.group(1) in languages
        rest = line.strip()[said.end() :] if said and is_for_one else line.strip()
        term, *fixed = (part.strip() for part in _BECOMES.split(rest, maxsplit=1))
        if not term:
            continue
        for language in [said.group(1)] if said and is_for_one else languages:
            found.setdefault(language, {})[term] = (fixed[0] if fixed else "") or term
    return found


def glossary_text(glossary: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> str:
    """As ``glossary_of`` reads it: what holds for every language once, without naming one."""
    here = {code: glossary.get(code, {}) for code in languages}
    common = {
        term: fixed
        for term, fixed in next(iter(here.values()), {}).items()
        if all(terms.get(term) == fixed for terms in here.values())
    }
    lines = [_line(term, fixed) for term, fixed in common.items()]
    for code, terms in here.items():
        lines += [f"{code}: {_line(term, fixed)}" for term, fixed in terms.items() if common.get(term) != fixed]
    return "\n".join(lines)


def _line(term: str, fixed: str) -> str:
    return term if term == fixed else f"{term} = {fixed}"
