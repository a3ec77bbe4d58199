"""Titles of films, and the names under which figures stand in the cast."""

from __future__ import annotations

import re

from studio.engines.writer.grammar import Figure, capital

_SMALL = frozenset("a an the and but or of in on at to for with from by".split())


def title_case(text: str) -> str:
    """``the boy and the dog`` as ``The Boy and the Dog``."""
    words = re.split(r"[.!?] ", text)[0].split()
    return " ".join(
        word if word.lower() in _SMALL and index else capital(word) for index, word in enumerate(words)
    ).replace(" The ", " the ")


def cast_name(figure: Figure) -> str:
    return figure.name or re.sub(r"(?i)^(?:the|a|an|his|her|their|its) ", "", figure.drawn)


def placed(place: str) -> str:
    place = re.sub(r"(?i)^(the|a|an) (?:whole|entire|same|old familiar) ", r"\1 ", place)
    return re.sub(r"^(?:The|A|An) ", lambda m: m[0].lower(), place)
