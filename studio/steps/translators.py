"""Who translates: the first of several that can."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.base import Translator, must_seem_ready
from studio.errors import EngineUnavailable, StudioError, UserError


def translator_for(candidates: Sequence[Translator], source: str, target: str) -> Translator:
    """The first that works here and knows the pair. Raises EngineUnavailable or UserError that says what is missing."""
    faults: list[StudioError] = []
    for engine in candidates:
        try:
            must_seem_ready(engine)
        except EngineUnavailable as error:
            faults.append(error)
            continue
        if engine.knows(source, target):
            return engine
        name = engine.identity.rpartition("/")[0]
        faults.append(UserError(f"{name} does not translate {source} → {target}: choose another."))
    if faults:
        raise faults[0]
    raise UserError(f"No translator is chosen for {target}.")
