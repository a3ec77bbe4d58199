"""What the speech engines check alike before they speak."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.base import Voice
from studio.errors import UserError

SLOWEST, FASTEST = 0.5, 2.0
_SHOWN = 60
"""So many voices are named in an error; services have hundreds."""


def primary(language: str) -> str:
    """The language without its region, in lower case: ``pt`` for ``pt-BR``."""
    return language.replace("_", "-").split("-")[0].lower()


def chosen(voices: Sequence[Voice], *, voice: str, language: str, speed: float, engine: str) -> Voice:
    """The voice named ``voice``; UserError if it is not there, speaks another language, or ``speed`` is odd."""
    if not SLOWEST <= speed <= FASTEST:
        raise UserError(f"The speaking speed {speed:g} is out of range: choose {SLOWEST:g} to {FASTEST:g}.")
    named = [one for one in voices if one.name == voice]
    found = next((one for one in named if primary(one.language) == primary(language)), next(iter(named), None))
    if found is None:
        names = list(dict.fromkeys(one.name for one in voices))
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        raise UserError(f"{engine} has no voice “{voice}”. Its voices here: {shown or 'none'}.")
    if primary(found.language) != primary(language):
        fitting = [one.name for one in voices if primary(one.language) == primary(language)]
        hint = f"for {language} choose {', '.join(fitting)}" if fitting else f"no voice here speaks {language}"
        raise UserError(f"The voice “{voice}” of {engine} speaks {found.language}, not {language}; {hint}.")
    return found
