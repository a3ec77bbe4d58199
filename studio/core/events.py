"""What a run tells its listeners: frozen values, numbered in order. Terminal, tab and socket listen alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run began; ``steps`` in the order they will come."""

    session: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step began."""

    step: str


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` items of ``step`` are finished; ``left_s`` is the time left, None while unknown."""

    step: str
    done: int
    total: int
    left_s: float | None


@dataclass(frozen=True, slots=True)
class ArtifactMade:
    """``name`` stands in its place; ``is_reused`` if it was finished before."""

    step: str
    name: str
    is_reused: bool


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something the user should know that stops nothing (a torn file is made again, a noun not drawn)."""

    step: str
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemFailed:
    """One item could not be made; the rest goes on."""

    step: str
    item: str
    error: str


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far the work for ``item`` is at its service: ``share`` of 1, None while unknown, and a few words.

    ``preview``: how it looks by now, a small JPEG in base64; empty if there is no new one.
    """

    step: str
    item: str
    share: float | None
    text: str
    preview: str = ""


@dataclass(frozen=True, slots=True)
class StepFinished:
    """A step ended, with or without problems."""

    step: str


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The user stopped the run; it goes on from here."""

    step: str


@dataclass(frozen=True, slots=True)
class RunFailed:
    """The run cannot go on."""

    step: str
    error: str


@dataclass(frozen=True, slots=True)
class RunFinished:
    """Every step ran; ``problems`` items are missing."""

    problems: int


Event = (
    RunStarted
    | StepStarted
    | Progress
    | ArtifactMade
    | Noticed
    | ItemFailed
    | JobProgress
    | StepFinished
    | RunPaused
    | RunFailed
    | RunFinished
)
Listener = Callable[[int, Event], None]
"""Called with the event's number (from 1, in order) and the event; one call at a time, of a job's progress perhaps on another thread."""
