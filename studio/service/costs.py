"""What a plan costs, and what a project has cost: what was asked of paid services, by a list of prices with a date.

The list is ``assets/prices.json``; a ``prices.json`` of the same form in the data folder goes before it, price by price.
A price is for ``each`` work, for a ``second`` (of the size that is billed, or of any), or for a ``million_letters``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from studio.core.checkpoint import JobLine
from studio.core.jobs import note_of
from studio.core.pipeline import Pipeline, Plan, Planned
from studio.core.session import Session, Wanted
from studio.engines.base import AsksOften, Engine, is_paid
from studio.engines.remote import ASKS_AGAIN
from studio.errors import BadInput
from studio.media.assets import asset_path
from studio.model.cost import Cost, Spent
from studio.model.text_files import read_regular
from studio.settings import data_dir

_FILE = "prices.json"


class Price(BaseModel):
    """In US dollars; the one that is given counts."""

    each: float | None = Field(default=None, ge=0)
    second: float | dict[str, float] | None = None
    million_letters: float | None = Field(default=None, ge=0)


class Prices(BaseModel):
    """By the engine's identity (``video/ltx/ltx-2-3-fast``)."""

    as_of: str = ""
    prices: dict[str, Price] = Field(default_factory=dict)


USD = "usd"
"""What an asking costs, among the facts of its job; None if it has no price. What costs no money has no such fact."""
_IS_ACCEPTED = ("submitted", "downloading", "unknown")
_IS_COMING = ("submitted", "downloading")


def cost_of(plan: Plan, pipeline: Pipeline, session: Session) -> Cost:
    """What the ``plan`` of ``pipeline`` costs beside what is asked for already. Raises BadInput if the user's own list of
    prices is damaged."""
    spent, most_usd = spent_in(session), session.project.most_usd
    steps = {step.name: step for step in pipeline.steps}
    coming = {(line.name, line.fingerprint) for line in session.journal.open_jobs if is_one_of(line, _IS_COMING)}
    asked = [
        planned
        for planned in plan.make
        if not (wanted := plan.wanted.get(planned.name)) or (wanted.name, wanted.fingerprint) not in coming
    ]
    paid = [
        (engine, planned)
        for planned in asked
        if (engine := _paid_engine(steps[planned.step], planned, plan.wanted.get(planned.name)))
    ]
    if not paid:
        return Cost(spent=spent, most_usd=most_usd)
    prices = prices_now()
    works: Counter[str] = Counter()
    counts = Counter(planned.step for _, planned in paid)
    found: list[float | None] = []
    for engine, planned in paid:
        wanted = plan.wanted.get(planned.name)
        call = wanted.given if wanted else _usual(steps[planned.step], counts[planned.step])
        count = askings_of(engine, wanted, session) if wanted else 1
        works["/".join(engine.identity.split("/")[:2])] += count
        found += [price_of(engine, call, prices)] * count
    return Cost(dict(+works), total(found), prices.as_of, spent, most_usd)


def askings_of(engine: Engine, wanted: Wanted, session: Session) -> int:
    """How often ``engine`` will still ask for what is ``wanted``."""
    if not isinstance(engine, AsksOften):
        return 1
    lines = session.journal.jobs_in_hand(wanted.name, wanted.fingerprint)
    return engine.askings(wanted.given, [note_of(line) for line in lines])


def is_one_of(line: JobLine, states: Sequence[str]) -> bool:
    """True if the job is in one of the ``states`` and will not be asked for, and paid, again."""
    return line.state in states and not line.facts.get(ASKS_AGAIN)


def spent_in(session: Session) -> Spent:
    """What the project has cost, by its journal; also what is still under way, and what became of nothing there."""
    paid = [asking for lines in session.journal.all_jobs for asking in _askings(lines) if USD in asking[0].facts]
    accepted = [asking for asking in paid if _may_cost(asking)]
    works = Counter("/".join(asking[0].engine.split("/")[:2]) for asking in accepted)
    lost = sum(asking[-1].state == "lost" for asking in accepted)
    return Spent(dict(works), total(asking[0].facts[USD] for asking in accepted), lost)


def total(found: Iterable[float | None]) -> float | None:
    """The sum; None if any part of it is not known."""
    parts = list(found)
    known = [one for one in parts if one is not None]
    return round(sum(known), 9) if len(known) == len(parts) else None


def _askings(lines: Sequence[JobLine]) -> Iterator[list[JobLine]]:
    """The lines of one work, each time it was asked for."""
    found: list[JobLine] = []
    for line in lines:
        key = line.facts.get("key")
        if found and line.state == "submitting" and (key is None or key != found[0].facts.get("key")):
            yield found
            found = []
        found.append(line)
    if found:
        yield found


def _may_cost(asking: Sequence[JobLine]) -> bool:
    """True unless the service surely did not take it."""
    return asking[-1].state == "submitting" or any(line.state in _IS_ACCEPTED for line in asking)


def _paid_engine(step: Any, planned: Planned, wanted: Wanted | None) -> Engine | None:
    """The engine that wants money for ``planned``. While it is not known what will be ``wanted``, that of its step."""
    candidates = (engine for engine in _engines_of(step, planned) if wanted is None or wanted.by == engine.identity)
    return next((engine for engine in candidates if is_paid(engine)), None)


def _engines_of(step: Any, planned: Planned) -> Iterator[Engine]:
    """The engine of the step; of a step with one for each language, the preferred one of the file's language."""
    if hasattr(step, "engine"):
        yield step.engine
    for language, candidates in getattr(step, "engines", {}).items():
        if f"/{language}" in planned.name and candidates:
            yield candidates[0]


def _usual(step: Any, count: int) -> Mapping[str, Any]:
    """What the step's engine will be asked for each of ``count`` works that are not planned yet."""
    options = getattr(step, "options", None)
    return {"duration_s": getattr(options, "seconds", 0.0) / count, "size": getattr(options, "size", (0, 0))}


def price_of(engine: Engine, call: Mapping[str, Any], prices: Prices) -> float | None:
    """What one asking costs in US dollars; None if the list does not say."""
    price = prices.prices.get(engine.identity)
    if price is None:
        return None
    if price.each is not None:
        return price.each
    if price.million_letters is not None:
        return price.million_letters * len(str(call.get("text", ""))) / 1e6 / _in_all(engine, call)
    billed = getattr(engine, "billed", None)
    seconds, size = billed(call) if billed else (float(call.get("duration_s", 0.0)), "")
    rate = price.second.get(size) if isinstance(price.second, dict) else price.second
    return None if rate is None else rate * seconds


def _in_all(engine: Engine, call: Mapping[str, Any]) -> int:
    """How many askings share the letters of one work."""
    return max(1, engine.askings(call)) if isinstance(engine, AsksOften) and "text" in call else 1


def prices_now() -> Prices:
    """The studio's list, with the user's own before it. Raises BadInput if that is damaged."""
    listed = Prices.model_validate_json(asset_path(_FILE).read_bytes())
    own = data_dir() / _FILE
    if not own.exists():
        return listed
    mine = _own(own)
    return Prices(as_of=mine.as_of or listed.as_of, prices={**listed.prices, **mine.prices})


def _own(place: Path) -> Prices:
    try:
        return Prices.model_validate(json.loads(read_regular(place)))
    except (ValidationError, ValueError, RecursionError) as error:
        raise BadInput(
            f"{place} is no list of prices ({str(error).splitlines()[0]}). Mend it, or delete it."
        ) from error
