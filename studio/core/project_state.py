"""What has become of a project, from its journal's last words and what it is asked to become."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from studio.core.checkpoint import JOURNAL_READ, STEPPED, Checkpoint, Failure, Journal, Milestone, Record
from studio.core.fingerprint import inputs
from studio.core.project import Project, choices_of

PAUSED = {"run_paused", "session_paused"}
STARTED = {"run_started", "session_start"}
FINISHED = {"run_finished", "session_completed"}
ASKED = "asked"
"""The fact of a finished run that says which choices it was of."""


def asked_of(project: Project) -> str:
    """A short text that is another once the project's choices, or what it is made from, are others."""
    return inputs("", {ASKED: choices_of(project)})[ASKED]


def state_in(directory: Path, journal: Journal, project: Project) -> str:
    """The state of the project in ``directory``: one that came in without what it made is only ``started``."""
    state = state_of(journal, project)
    last = next((record for record in reversed(list(journal)) if isinstance(record, Checkpoint)), None)
    return "started" if state == "complete" and last and not (directory / last.name).is_file() else state


def state_of(journal: Journal, project: Project | None = None) -> str:
    """``new, started, running, paused, failed, problems, changed`` (since it was complete) or ``complete``.

    From the journal's last words; ``project`` says what it is asked to become now, and which of its steps are done: a
    run that was asked for the first ones only leaves it ``started``. ``running`` also stands for a run whose process
    was killed: who shows it asks the project's lock.
    """
    end = _Ending()
    for record in journal:
        end.note(record)
    if end.last is None:
        return "started" if any(True for _ in journal.names()) else "new"
    if end.last.type in PAUSED:
        return "paused"
    if end.last.type not in FINISHED:
        return "failed" if end.has_failed else "running"
    if end.is_edited or (project and end.last.facts.get(ASKED, asked_of(project)) != asked_of(project)):
        return "changed"
    if journal.failures:
        return "problems"
    is_whole = project is None or project.completed or all(project.steps.values())
    return "complete" if is_whole else "started"


@dataclass
class _Ending:
    """The last run's last word, and what was edited since; undo may bring back what stood there before."""

    last: Milestone | None = None
    has_failed: bool = False
    now: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def note(self, record: Record) -> None:
        """``record`` came next."""
        if isinstance(record, Milestone) and record.type not in (STEPPED, JOURNAL_READ):
            self.last, self.has_failed = record, False
            self.before.clear()
        elif isinstance(record, Failure):
            self.has_failed = record.name == record.step
        elif isinstance(record, Checkpoint):
            if record.origin in ("replaced", "picked"):
                self.before.setdefault(record.name, self.now.get(record.name, ""))
            self.now[record.name] = record.digest

    @property
    def is_edited(self) -> bool:
        return any(self.now[name] != digest for name, digest in self.before.items())
