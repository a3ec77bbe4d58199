"""What tells the takes of one item apart."""

from __future__ import annotations

from studio.engines.base import Engine
from studio.model.film import FilmOptions
from studio.model.shot import Shot

_STRIDE = 1_000_003


def seed_of(shot: Shot, options: FilmOptions, what: str) -> int:
    """The seed of one shot's take: its own, else the film's; each retake gives another."""
    first = shot.seed if shot.seed is not None else options.seed * 1000 + shot.index
    return retake_seed(first, shot.retakes.get(what, 0))


def retake_seed(first: int, retakes: int) -> int:
    """The seed after so many retakes of what ``first`` gave."""
    return first + _STRIDE * retakes


def counting_seed(engine: Engine, seed: int, *, usual: int, retakes: int) -> int:
    """``seed`` as far as it counts for ``engine``: one that knows none always has the ``usual``.

    But a retake by an engine that makes each take differently is another take, although no seed tells it so.
    """
    if engine.uses_seed:
        return seed
    return usual if engine.is_deterministic else usual + _STRIDE * retakes
