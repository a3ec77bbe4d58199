"""Processing sessions: the runs of one project that go on with each other, as one thing with one id.

A session begins with a run and lasts, through pauses, crashes and restarts of the server, until the project is
complete. What a session has behind it is read from the project's journal, by the index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studio.core.project import load_project
from studio.errors import StudioError, UserError
from studio.runs.doors import Doors
from studio.runs.model import Run

_MAKE = "make"
_UNFINISHED = ("paused", "interrupted", "failed", "cancelled")
_NEWEST_LOGS = 50


@dataclass(frozen=True, slots=True)
class Begun:
    """A session under way; ``is_resumed`` if it goes on with what an earlier run left, or was under way already."""

    run: Run
    is_resumed: bool


def session(doors: Doors, session_id: str) -> Run:
    """The newest run of the session. Raises UserError if there is none."""
    found = next((run for run in _made(doors) if run.session_id == session_id), None)
    if found is None:
        raise UserError(f"There is no session {session_id}.")
    return found


def latest(doors: Doors, project: str) -> Run | None:
    """The newest run of the project."""
    return next((run for run in _made(doors, project) if _is_of_now(doors, run)), None)


def begin(doors: Doors, project: str, *, key: str = "") -> Begun:
    """The project is being made: the session that is under way, the one that was left unfinished, or a new one.

    The same ``key`` gives the same session again, and starts nothing. Raises UserError for a key of another project.
    """
    with doors.runs.alone:
        known = next((run for run in _made(doors) if key and key in run.keys and _is_of_now(doors, run)), None)
        if known and known.project != project:
            raise UserError(f"The key {key} was used for {known.project}: take another one.")
        if known:
            run = session(doors, known.session_id)
            return Begun(run, is_resumed=run.is_active)
        last = latest(doors, project)
        if last and last.is_active:
            return Begun(doors.runs.join(last.id, key) if key else last, is_resumed=True)
        earlier = last.session_id if last and last.status in _UNFINISHED else ""
        return Begun(doors.runs.make(project, session=earlier, key=key), is_resumed=bool(earlier))


def resume(doors: Doors, session_id: str) -> Begun:
    """The session goes on. Raises UserError if there is none or it is complete."""
    run = session(doors, session_id)
    if run.is_active:
        return Begun(run, is_resumed=True)
    if run.status not in _UNFINISHED and not run.problems:
        raise UserError("That session is complete: there is nothing to go on with.")
    return Begun(doors.runs.resume(run.id), is_resumed=True)


def restart(doors: Doors, session_id: str) -> Begun:
    """A new session of the same project; what is finished, and still fits, is kept."""
    run = session(doors, session_id)
    if run.is_active:
        doors.runs.cancel(run.id)
    return Begun(doors.runs.make(run.project), is_resumed=False)


def resumable(doors: Doors) -> tuple[Run, ...]:
    """The newest run of every project that was left unfinished, newest first."""
    return tuple(run for run in _newest_of_each(doors) if run.status in _UNFINISHED and _is_of_now(doors, run))


def active(doors: Doors) -> tuple[Run, ...]:
    """What waits or works."""
    return tuple(run for run in doors.runs.active() if run.kind == _MAKE)


def told(doors: Doors, run: Run) -> dict[str, Any]:
    """All about the session of ``run``, its newest one: where it stands and what comes next."""
    details = doors.keeper.index.details(run.project)
    lines, images = details["processing_checkpoints"], details["session_images"]
    rows = details["processing_sessions"]
    row = rows[-1] if rows else {}
    last = lines[-1] if lines else None
    shown = ("checkpoint_type", "chapter_number", "step_name", "sequence_number", "created_at")
    return {
        **brief(doors, run),
        "current_chapter": row.get("current_chapter", 0),
        "total_chapters": row.get("total_chapters", 0),
        "last_completed_step": row.get("last_completed_step", ""),
        "last_completed_chapter": row.get("last_completed_chapter", 0),
        "last_checkpoint": {key: last[key] for key in shown} if last else None,
        "next_action": last["next_action"] if last else "begin",
        "total_images_generated": sum(bool(image["is_current"]) for image in images),
        "last_heartbeat": row.get("last_heartbeat", ""),
        "logs": details["processing_logs"][-_NEWEST_LOGS:],
    }


def brief(doors: Doors, run: Run) -> dict[str, Any]:
    """The session of ``run``, its newest one, in short."""
    return {
        "session_id": run.session_id,
        "run_id": run.id,
        "manuscript_id": run.project,
        "kind": doors.studio.project(run.project).kind,
        "status": run.status,
        "progress_percent": run.percent,
        "current_task": run.step,
        "can_resume": run.status in _UNFINISHED,
        "problems": list(run.problems),
        "error_message": run.error,
        "created_at": run.created_at,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
    }


def _is_of_now(doors: Doors, run: Run) -> bool:
    """True if the run was of the project that is there now, not of one of its name that was deleted."""
    try:
        return run.born in ("", load_project(doors.keeper.directory(run.project)).created_at)
    except StudioError:
        return False


def _newest_of_each(doors: Doors) -> list[Run]:
    seen: dict[str, Run] = {}
    for run in _made(doors):
        seen.setdefault(run.project, run)
    return list(seen.values())


def _made(doors: Doors, project: str = "") -> list[Run]:
    found = doors.runs.runs(project=project, limit=10_000)
    return [run for run in found if run.kind == _MAKE]
