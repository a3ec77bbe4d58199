"""``/api/runs``: start, watch, pause, go on, stop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from studio.api.asking import KnownRun, Open, known_project, no_such
from studio.api.file_body import FileBody
from studio.api.shapes import NewRun, RunShape

router = APIRouter(prefix="/api/runs", tags=["runs"])
_FILES = {"export": "application/zip", "audition": "audio/wav"}
"""What runs of a kind leave to be fetched."""


@router.post("", status_code=202, summary="Make a project", response_model=RunShape)
def make(asked: NewRun, doors: Open) -> object:
    """Queued at once; what is finished is kept, so going on is making again."""
    return doors.runs.make(known_project(doors, asked.project), until=asked.until).as_json()


@router.get("", summary="The newest runs first", response_model=list[RunShape])
def runs(doors: Open, project: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> object:
    """Of all projects, or of one."""
    return [run.as_json() for run in doors.runs.runs(project=project, limit=limit)]


@router.get("/{run_id}", summary="One run", response_model=RunShape)
def run(run: KnownRun) -> object:
    """As it is now."""
    return run.as_json()


@router.post("/{run_id}/pause", summary="Pause after the items in hand", response_model=RunShape)
def pause(run: KnownRun, doors: Open) -> object:
    """Only the making of a project can be paused."""
    return doors.runs.pause(run.id).as_json()


@router.post("/{run_id}/resume", status_code=202, summary="Go on", response_model=RunShape)
def resume(run: KnownRun, doors: Open) -> object:
    """A new run of the same project."""
    return doors.runs.resume(run.id).as_json()


@router.post("/{run_id}/cancel", summary="Stop now", response_model=RunShape)
def cancel(run: KnownRun, doors: Open) -> object:
    """What is finished is kept."""
    return doors.runs.cancel(run.id).as_json()


@router.head("/{run_id}/file", include_in_schema=False)
@router.get("/{run_id}/file", summary="The file that a run made: a ZIP, or a voice's sample", response_class=Response)
def exported(run: KnownRun) -> Response:
    """A ZIP is kept for a day."""
    if run.kind not in _FILES or "file" not in run.result:
        raise no_such("file of this run")
    file = Path(str(run.result["file"]))
    name = file.name if run.kind == "export" else ""
    try:
        return FileBody(file, media_type=_FILES[run.kind], download_name=name)
    except FileNotFoundError as error:
        raise HTTPException(404, "That file is not kept any more: ask for it again.") from error
