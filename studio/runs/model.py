"""A run as every window sees it: a frozen value, replaced whenever something happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any
from uuid import uuid4

STATUSES = ("pending", "running", "paused", "completed", "failed", "cancelled", "interrupted")
NOTICES_KEPT = 20


@dataclass(frozen=True, slots=True)
class Run:
    """One execution. ``kind`` is ``make`` for a project's pipeline, else the keeper's work (``export``, ``import`` …).

    ``done`` and ``total`` count items of the current step (``make``) or bytes; ``percent`` is of the whole run and never
    falls; ``left_s`` is None while unknown; ``until`` is the last step that was asked for, if not all were. Times are
    ISO-8601 with zone, empty while they are not.
    """

    id: str
    kind: str
    project: str
    status: str
    step: str = ""
    done: int = 0
    total: int = 0
    percent: int = 0
    left_s: float | None = None
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    error: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    until: str = ""
    session: str = ""
    """The id of the run that this one goes on with, through all pauses and crashes; empty if it is the first."""
    keys: tuple[str, ...] = ()
    """What programs called their requests: asked again with the same word, they get this run."""
    born: str = ""
    """When its project began: a later project of the same name began at another moment. Empty if it has none."""
    is_elsewhere: bool = False
    """True if another program makes it: it can be watched here and steered there."""
    created_at: str = ""
    started_at: str = ""
    ended_at: str = ""

    @property
    def session_id(self) -> str:
        """The same for a run and those that went on with it."""
        return self.session or self.id

    @property
    def is_active(self) -> bool:
        """True while it waits or works."""
        return self.status in ("pending", "running")

    def as_json(self) -> dict[str, Any]:
        """What leaves the server: no path of this machine, of a made file only its name."""
        shown = asdict(self) | {"result": dict(self.result), "is_active": self.is_active}
        del shown["born"]
        if "file" in self.result:
            shown["result"]["file"] = PurePath(str(self.result["file"])).name
        return shown


def new_run(
    kind: str,
    project: str,
    status: str = "pending",
    *,
    until: str = "",
    session: str = "",
    key: str = "",
    born: str = "",
) -> Run:
    """A run of now."""
    keys = (key,) if key else ()
    return Run(
        str(uuid4()), kind, project, status, until=until, session=session, keys=keys, born=born, created_at=now()
    )


def run_from(saved: Mapping[str, Any]) -> Run:
    """The run in a saved record. Raises TypeError, ValueError or KeyError for what was not saved by the studio."""
    known = {one.name for one in fields(Run)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in saved.items() if key in known
    }
    run = Run(**values)
    if run.status not in STATUSES or not all(isinstance(text, str) for text in (run.id, run.kind, run.project)):
        raise ValueError("no run")
    return run


def now() -> str:
    """This moment, ISO-8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
