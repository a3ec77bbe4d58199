"""The limit that a project sets to its spending, kept before each asking."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from studio.core.session import Session, Wanted
from studio.engines import registry
from studio.engines.base import Engine, is_paid
from studio.errors import EngineUnavailable, UserError
from studio.model.cost import is_within, written
from studio.service.costs import USD, Prices, askings_of, is_one_of, price_of, prices_now, spent_in, total

_HAS_PAID = ("submitting", "submitted", "downloading", "unknown")


class ProjectPurse:
    """What the project may spend at services in all (``most_usd``), and has. Fulfils ``studio.core.jobs.Purse``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.RLock()
        self._engines: dict[str, Engine | None] = {}

    def must_suffice(self, wanted: Sequence[Wanted]) -> None:
        """Raise UserError if all of ``wanted`` together would pass the limit; what was asked for already counts once."""
        if self._session.project.most_usd is None:
            return
        asked = {
            (line.name, line.fingerprint) for line in self._session.journal.open_jobs if is_one_of(line, _HAS_PAID)
        }
        new = [
            item
            for item in wanted
            if (item.name, item.fingerprint) not in asked and (engine := self._engine(item)) and is_paid(engine)
            for _ in range(askings_of(engine, item, self._session))
        ]
        if new:
            works = Counter(_name_of(item) for item in new)
            what = " and ".join(
                f"{count} {'work' if count == 1 else 'works'} by {name}" for name, count in works.items()
            )
            self._must_hold(what, [self._usd(item) for item in new])

    def price(self, wanted: Wanted) -> Mapping[str, Any]:
        """As ``studio.core.jobs.Purse`` has it."""
        return {USD: self._usd(wanted)} if self._paid(wanted) else {}

    @contextmanager
    def pay(self, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
        """As ``studio.core.jobs.Purse`` has it. Two askings never share what is left for one."""
        price = self.price(wanted)
        if not price:
            yield price
            return
        with self._lock:
            if self._session.project.most_usd is not None:
                self._must_hold(f"{wanted.name} by {_name_of(wanted)}", [price[USD]])
            yield price

    def _must_hold(self, what: str, prices: Sequence[float | None]) -> None:
        name, most_usd = self._session.directory.name, self._session.project.most_usd
        assert most_usd is not None
        spent, more = spent_in(self._session), total(prices)
        ways = f"Raise the limit (in its settings, or studio resume {name} --most-usd …), or choose another engine."
        if more is None or spent.usd is None:
            raise UserError(
                f"{what}: not asked for, because the list of prices lacks one, so that the limit of ${written(most_usd)} cannot be "
                f"kept. Put it into a prices.json of your own, or take the limit away (in its settings, or studio resume {name} "
                "--most-usd none)."
            )
        if not is_within(spent.usd + more, most_usd):
            raise UserError(
                f"{what}: not asked for. That costs about ${written(more)}, and of the limit of ${written(most_usd)} ${written(spent.usd)} is "
                f"spent. {ways}"
            )

    def _usd(self, wanted: Wanted) -> float | None:
        engine = self._engine(wanted)
        return price_of(engine, wanted.given, self._prices) if engine else None

    def _paid(self, wanted: Wanted) -> bool:
        engine = self._engine(wanted)
        return engine is not None and is_paid(engine)

    def _engine(self, wanted: Wanted) -> Engine | None:
        name = _name_of(wanted)
        with self._lock:
            if name not in self._engines:
                try:
                    self._engines[name] = registry.engine(name)
                except (UserError, EngineUnavailable):
                    self._engines[name] = None
            return self._engines[name]

    @cached_property
    def _prices(self) -> Prices:
        return prices_now()


def _name_of(wanted: Wanted) -> str:
    return "/".join(wanted.by.split("/")[:2])
