"""Choices that depend on the idea and the seed only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A source of choices; equal ``key`` and equal questions give equal answers."""

    def __init__(self, key: str) -> None:
        self._key = key

    def number(self, what: str) -> int:
        """A large whole number for the choice named ``what``."""
        return int.from_bytes(hashlib.sha256(f"{self._key}|{what}".encode()).digest()[:6], "big")

    def pick(self, what: str, options: Sequence[T]) -> T:
        """One of ``options``."""
        return options[self.number(what) % len(options)]

    def shuffled(self, what: str, options: Sequence[T]) -> list[T]:
        """All ``options`` in an order of their own."""
        order = sorted(range(len(options)), key=lambda index: self.number(f"{what}|{index}"))
        return [options[index] for index in order]
