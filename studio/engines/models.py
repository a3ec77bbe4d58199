"""Models come and go at services: what is set is held against what is offered."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from studio.errors import Answer, EngineUnavailable


def must_offer(engine: str, models: Sequence[str], model: str) -> None:
    """Raise EngineUnavailable if there is a list of models and ``model`` is not on it. Some servers list ``whisper-*``."""
    if not model or not models or model in models or f"{model}:latest" in models:
        return
    if any("*" in one and fnmatchcase(model, one) for one in models):
        return
    shown = ", ".join(models[:12]) + (" …" if len(models) > 12 else "")
    raise EngineUnavailable(
        f"{engine}: the model {model} is not offered there (any more). Choose another in Settings: {shown}.",
        answer=Answer(engine, "check", kind="model_not_found"),
    )
