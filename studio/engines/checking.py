"""What a check found, in parts: is the service reachable, is the key accepted, is the model there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from studio.engines.base import AtService
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, EngineError

LONGEST_S = 10.0
_ABOUT_THE_KEY = ("key", "auth", "permission", "forbidden")
_HEADINGS = {
    "set": ("not set", "set"),
    "reachable": ("not reachable", "reachable"),
    "key": ("key not accepted", "key accepted"),
    "model": ("model not there", "model there"),
    "ready": ("not ready", "ready"),
}
_NO_MODEL = "model_not_found"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was looked at. ``says`` is what is known of it, with the remedy if it is not good."""

    what: Literal["set", "reachable", "key", "model", "ready"]
    is_good: bool
    says: str = ""

    @property
    def heading(self) -> str:
        """In two words."""
        return _HEADINGS[self.what][self.is_good]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of the engine ``name`` now. ``missing`` is empty if it can work."""

    name: str
    missing: str
    parts: tuple[Part, ...]


def checked(name: str, engine: Any, setup: Setup, *, longest_s: float = LONGEST_S) -> Checked:
    """The engine's own ``check()``, taken apart. It is waited for ``longest_s`` at most."""
    settings: tuple[Setting, ...] = tuple(getattr(engine, "settings", ()))
    if isinstance(engine, AtService) and engine.unset:
        return Checked(name, engine.unset, (Part("set", False, engine.unset),))
    error = within(engine.check, longest_s)
    if error is None and not settings:
        return Checked(name, "", (Part("ready", True),))
    if error is None:
        return Checked(name, "", (Part("reachable", True), *_key(settings, setup), *_model(settings, setup)))
    return Checked(name, str(error), _parts_of(error, settings, setup))


def within(check: Callable[[], object], longest_s: float) -> EngineError | None:
    """What ``check`` complained of; that there was no answer if it took too long (it is left to end by itself)."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="check")
    try:
        pool.submit(check).result(longest_s)
    except TimeoutError:
        message = f"No answer came within {longest_s:g} s. Is the address right, and is it running?"
        return EngineError(message, answer=Answer("", "check"))
    except EngineError as error:
        return error
    finally:
        pool.shutdown(wait=False)
    return None


def _parts_of(error: EngineError, settings: tuple[Setting, ...], setup: Setup) -> tuple[Part, ...]:
    answer, words = error.answer, str(error)
    if answer is None:
        return (Part("ready", False, words),)
    if not answer.status and answer.kind != _NO_MODEL:
        return (Part("reachable", False, words),)
    there = Part("reachable", True)
    kind = answer.kind.lower()
    if (answer.status in (401, 403) and "quota" not in kind) or any(word in kind for word in _ABOUT_THE_KEY):
        return there, Part("key", False, words)
    if kind == _NO_MODEL:
        return there, *_key(settings, setup), Part("model", False, words)
    return there, Part("ready", False, words)


def _key(settings: tuple[Setting, ...], setup: Setup) -> tuple[Part, ...]:
    return (Part("key", True),) if any(one.kind == "key" and setup[one] for one in settings) else ()


def _model(settings: tuple[Setting, ...], setup: Setup) -> tuple[Part, ...]:
    named = ", ".join(setup[one] for one in settings if one.kind == "model" and setup[one])
    return (Part("model", True, named),) if named else ()
