"""What a service says of itself beyond that it works: what may be chosen there, what is left, which version it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Facts:
    """``offers``: by a setting's name, what it may be set to. ``left``: what may still be used there, in words.

    ``version``: what runs there, in words. ``troubles``: what does not keep the engine from working, with the remedy.
    """

    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: str = ""
    version: str = ""
    troubles: tuple[str, ...] = ()


@runtime_checkable
class Telling(Protocol):
    """An engine whose service tells such things."""

    def facts(self) -> Facts:
        """As the service says now. Raises EngineError."""
        ...


def fitting_first(models: Iterable[str], pattern: str) -> tuple[str, ...]:
    """``models`` with those before the others whose names match ``pattern``; each part in the alphabet's order."""
    return tuple(sorted(dict.fromkeys(models), key=lambda name: (not re.search(pattern, name, re.I), name.lower())))
