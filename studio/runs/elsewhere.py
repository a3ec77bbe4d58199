"""Runs that another program does, a terminal perhaps, as the window shows them: watched from here, steered from there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.core.session_info import info_of
from studio.errors import StudioError
from studio.runs.model import Run, new_run, now

_ENDED = {"paused": "paused", "failed": "failed", "interrupted": "interrupted", "running": "interrupted"}
"""By the state that it left its project in; in any other it went through."""


def new_elsewhere(project: str, born: str) -> Run:
    """A run of another program that was noticed now."""
    return replace(new_run("make", project, "running", born=born), is_elsewhere=True, started_at=now())


def ended_elsewhere(directory: Path, run: Run) -> Run:
    """The run, whose program has ended, as it left the project."""
    try:
        found = info_of(directory)
    except (StudioError, OSError):  # it is gone
        return replace(run, status="completed", ended_at=now())
    status = _ENDED.get(found.state, "completed")
    error = {
        "failed": found.problems[-1] if found.problems else "The other program could not go on.",
        "interrupted": "The program that made it was ended. What was finished is kept.",
    }
    percent = 100 if status == "completed" else run.percent
    return replace(
        run, status=status, problems=found.problems, error=error.get(status, ""), percent=percent, ended_at=now()
    )
