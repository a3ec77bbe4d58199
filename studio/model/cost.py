"""What a plan costs at services, as far as that is known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.errors import BadInput


@dataclass(frozen=True, slots=True)
class Spent:
    """What was asked of services that want money for it, and accepted by them. ``works`` counts by engine
    (``video/ltx``). ``usd`` is by the price of its day; None if any of it had none. ``lost``: so many of them never came
    to a file, and were asked for again."""

    works: Mapping[str, int] = field(default_factory=dict)
    usd: float | None = 0.0
    lost: int = 0

    def __str__(self) -> str:
        if not self.works:
            return "nothing is spent"
        money = "an unknown amount" if self.usd is None else f"about ${written(self.usd)}"
        return f"{money} is spent ({_counted(self.works)}{f'; {self.lost} lost there' if self.lost else ''})"


@dataclass(frozen=True, slots=True)
class Cost:
    """``works`` counts, by engine, what would be asked of services that want money for it. ``usd`` is what that comes to by
    the price list of ``as_of``; None if the list lacks a price for any of it. ``most_usd`` is the project's limit, of
    which ``spent`` is used; None: it has none."""

    works: Mapping[str, int] = field(default_factory=dict)
    usd: float | None = 0.0
    as_of: str = ""
    spent: Spent = field(default_factory=Spent)
    most_usd: float | None = None

    @property
    def is_too_much(self) -> bool:
        """True if it is known that a run would stop at the limit."""
        if self.most_usd is None or not self.works:
            return False
        if self.usd is None or self.spent.usd is None:
            return True
        return not is_within(self.spent.usd + self.usd, self.most_usd)

    def __str__(self) -> str:
        parts = [self._price()]
        if self.spent.works:
            parts.append(str(self.spent))
        if self.is_too_much:
            parts.append(
                f"more than the limit of ${written(self.most_usd or 0)} allows: a run stops before it asks for that"
            )
        elif self.works and self.most_usd is not None:
            parts.append(f"within the limit of ${written(self.most_usd)}")
        return "; ".join(parts)

    def _price(self) -> str:
        if not self.works:
            return "costs nothing more" if self.spent.works else "costs nothing"
        if self.usd is None:
            return f"costs what the service asks ({_counted(self.works)}; a price is not on the list)"
        return f"about ${written(self.usd)} ({_counted(self.works)}; prices of {self.as_of})"


def dollars(text: str) -> float | None:
    """The limit that was typed (``2.50``, ``$2.50``, ``2,50``); None for nothing or ``none``. Raises BadInput."""
    said = text.strip().lower()
    if said in ("", "none"):
        return None
    try:
        amount = float(said.lstrip("$").replace(",", "."))
    except ValueError:
        amount = math.nan
    if not 0 <= amount < math.inf:
        raise BadInput(f"{text.strip()[:40]} is no amount in US dollars: write it like 2.50, or none for no limit.")
    return amount


def is_within(usd: float, most_usd: float) -> bool:
    """True if ``usd`` is no more than ``most_usd``; sums of prices are not exact to the last bit."""
    return usd <= most_usd + 1e-9


def written(usd: float) -> str:
    """To the cent; less than half a cent in full, so that it never looks like nothing."""
    return f"{usd:.2f}" if usd == 0 or usd >= 0.005 else f"{usd:.10f}".rstrip("0")


def _counted(works: Mapping[str, int]) -> str:
    return ", ".join(f"{count} by {engine}" for engine, count in works.items())
