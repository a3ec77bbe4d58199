"""What is worth telling of an old session: found whole, torn, older than something else, missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

State = Literal["NEW", "IN_PROGRESS", "COMPLETE"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the old session worth telling: ``name`` is a path in it or a shot, ``reason`` a sentence."""

    name: str
    reason: str


@dataclass
class Findings:
    """Findings as they come up."""

    done: list[Finding] = field(default_factory=list)
    torn: list[Finding] = field(default_factory=list)
    stale: list[Finding] = field(default_factory=list)
    missing: list[Finding] = field(default_factory=list)

    def miss(self, name: str, reason: str) -> None:
        """``name`` is not there, or cannot be used, for that reason."""
        self.missing.append(Finding(name, reason))
