"""What a plan costs at services, as far as that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cost:
    """``works`` counts, by engine (``video/ltx``), what would be asked of services that want money for it. ``usd`` is what
    that comes to by the price list of ``as_of``; None if the list lacks a price for any of it."""

    works: Mapping[str, int] = field(default_factory=dict)
    usd: float | None = 0.0
    as_of: str = ""

    def __str__(self) -> str:
        if not self.works:
            return "costs nothing"
        asked = ", ".join(f"{count} by {engine}" for engine, count in self.works.items())
        if self.usd is None:
            return f"costs what the service asks ({asked}; a price is not on the list)"
        return f"about ${self.usd:.2f} ({asked}; prices of {self.as_of})"
