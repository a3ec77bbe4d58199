"""What undo and redo did, in words: what came back, what went, and which fields of what are another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

K = TypeVar("K")
V = TypeVar("V", bound=BaseModel)
_MOST_TOLD = 4


def steps_back(by: int) -> str:
    """How a thing is after a step: undo (``by`` -1) or redo (+1)."""
    return "as before" if by < 0 else "changed again"


def differences(before: Mapping[K, V], after: Mapping[K, V], *, noun: str, how: str) -> list[str]:
    """Each thing of ``after`` that is back, out, or another than in ``before``, in half a sentence; by its key."""
    came = [f"{noun} {key} is back" for key in after if key not in before]
    went = [f"{noun} {key} is out again" for key in before if key not in after]
    other = [
        f"{noun} {key}: {', '.join(fields)} {how}"
        for key, now in after.items()
        if key in before and (fields := _fields(before[key], now))
    ]
    return [*came, *went, *other]


def sentence(parts: Sequence[str]) -> str:
    """``parts`` as one sentence; of many the first few."""
    more = [f"and {len(parts) - _MOST_TOLD} more"] if len(parts) > _MOST_TOLD else []
    words = "; ".join([*parts[:_MOST_TOLD], *more])
    return f"{words[:1].upper()}{words[1:]}."


def _fields(one: BaseModel, other: BaseModel) -> list[str]:
    return [
        name.removesuffix("_s").removesuffix("_db").replace("_", " ")
        for name in type(one).model_fields
        if getattr(one, name) != getattr(other, name)
    ]
