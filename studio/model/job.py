"""A job at a service: work that is done elsewhere, may cost money, and outlives the process that asked for it.

Its states, in the journal, each written before the next thing is done::

    submitting ──► submitted ──► downloading ──► (the file's checkpoint)
        │              │              │
        │              ├── failed     └── failed       the service said no, or lost it too often: asked again, it is a new job
        │              ├── cancelled                   the user ended it there
        │              └── lost                        the service forgot it, or may do better: it is made again
        └── unknown                                    it may or may not have been accepted: ask before paying again
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, get_args

JobState = Literal["submitting", "submitted", "downloading", "failed", "cancelled", "lost", "unknown"]
JOB_STATES: tuple[str, ...] = get_args(JobState)


@dataclass(frozen=True, slots=True)
class JobNote:
    """What was written down last. ``tries`` counts how often the service accepted it since it last came to an end there
    (``failed``, ``cancelled``), through all restarts of the studio; ``at`` is ISO 8601 in UTC."""

    state: JobState
    remote_id: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    tries: int = 0
    at: str = ""


_ENDED = ("failed", "cancelled")


def last_of(notes: Sequence[JobNote]) -> JobNote | None:
    """The last of a job's ``notes`` (oldest first), with its tries counted; None if there are none."""
    if not notes:
        return None
    ended = max((at for at, note in enumerate(notes[:-1]) if note.state in _ENDED), default=-1)
    return replace(notes[-1], tries=len({note.remote_id for note in notes[ended + 1 :] if note.remote_id}))


class Job(Protocol):
    """What an engine that works at a service is given beside its arguments. All methods may be called from any thread."""

    @property
    def last(self) -> JobNote | None:
        """Where this work stands, as the journal has it; None if it was never begun."""
        ...

    @property
    def notes(self) -> Sequence[JobNote]:
        """All that was written down, oldest first, since the work came to a file last."""
        ...

    def begin(self, **facts: Any) -> str:
        """``submitting`` is on the disk when this returns. Gives the try's own id (a UUID of version 4, lower case).

        The id stands under ``key`` in the facts, and is the same wherever the same try of the same work is begun.
        """
        ...

    def note(self, state: JobState, remote_id: str = "", **facts: Any) -> None:
        """``state`` is on the disk when this returns. An empty ``remote_id`` and facts left out stay as they were."""
        ...

    def wait(self, seconds: float) -> None:
        """Sleep that long. Raises Cancelled as soon as the run is to end; the job itself goes on at its service."""
        ...

    def tell(self, share: float | None, text: str, preview: bytes = b"") -> None:
        """How far it is (0 to 1, None while unknown), in a few words, and how it looks by now: a small JPEG, if there is
        a new one. It is shown and kept nowhere."""
        ...
