"""What a check found, in parts: is the service reachable, is the key accepted, is the model there, what is left to use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from studio.engines.base import AtService
from studio.engines.facts import Facts, Telling
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
    "everywhere": ("not everywhere", "everywhere"),
    "quota": ("used up", "quota"),
    "version": ("version", "version"),
    "disk": ("little space", "space"),
}
_NO_MODEL = "model_not_found"
_USED_UP = ("quota_exceeded", "no_credit")
_LEAST_FREE_BYTES = 2 * 10**9
"""A film of a few minutes takes about half of it with its takes, and is written anew beside the old one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was looked at. ``says`` is what is known of it, with the remedy if it is not good."""

    what: Literal["set", "reachable", "key", "model", "ready", "everywhere", "quota", "version", "disk"]
    is_good: bool
    says: str = ""

    @property
    def heading(self) -> str:
        """In two words."""
        return _HEADINGS[self.what][self.is_good]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of the engine ``name`` now. ``missing`` is empty if it can work.

    ``offers``: by a setting's name, what the service says it may be set to.
    """

    name: str
    missing: str
    parts: tuple[Part, ...]
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def checked(name: str, engine: Any, setup: Setup, *, longest_s: float = LONGEST_S) -> Checked:
    """The engine's own ``check()``, taken apart, and what its service tells of itself. Each is waited for ``longest_s``."""
    settings: tuple[Setting, ...] = tuple(getattr(engine, "settings", ()))
    if isinstance(engine, AtService) and engine.unset:
        return Checked(name, engine.unset, (Part("set", False, engine.unset),))
    error = within(engine.check, longest_s)
    if error is None and not settings:
        return Checked(name, "", (Part("ready", True),))
    if error is None:
        parts: tuple[Part, ...] = (Part("reachable", True), *_key(settings, setup), *_model(settings, setup))
    else:
        parts = _parts_of(error, settings, setup)
    is_heard = all(part.is_good for part in parts if part.what in ("reachable", "key"))
    facts = _facts(engine, longest_s) if is_heard and isinstance(engine, Telling) else Facts()
    return Checked(name, str(error or ""), (*parts, *_told(facts, parts)), facts.offers)


def disk_space(folder: Path) -> Part:
    """How much room there is where ``folder`` is, or will be."""
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    free_bytes = shutil.disk_usage(there).free
    says = f"{free_bytes / 1e9:.1f} GB free for projects"
    if free_bytes >= _LEAST_FREE_BYTES:
        return Part("disk", True, says)
    remedy = "Films may stop halfway: clean projects up, empty the trash, or set STUDIO_SESSIONS to a folder on another disk."
    return Part("disk", False, f"{says}. {remedy}")


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


def _facts(engine: Telling, longest_s: float) -> Facts:
    found: list[Facts] = []
    error = within(lambda: found.append(engine.facts()), longest_s)
    return found[0] if error is None and found else Facts()


def _told(facts: Facts, known: tuple[Part, ...]) -> Iterator[Part]:
    for trouble in facts.troubles:
        yield Part("everywhere", False, trouble)
    if facts.left and all(part.what != "quota" for part in known):
        yield Part("quota", True, facts.left)
    if facts.version:
        yield Part("version", True, facts.version)


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
    if answer.status == 402 or kind in _USED_UP:
        return there, *_key(settings, setup), Part("quota", False, words)
    return there, Part("ready", False, words)


def _key(settings: tuple[Setting, ...], setup: Setup) -> tuple[Part, ...]:
    return (Part("key", True),) if any(one.kind == "key" and setup[one] for one in settings) else ()


def _model(settings: tuple[Setting, ...], setup: Setup) -> tuple[Part, ...]:
    named = ", ".join(setup[one] for one in settings if one.kind == "model" and setup[one])
    return (Part("model", True, named),) if named else ()
