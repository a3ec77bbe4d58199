"""``/api/process`` and ``/api/sessions/active``: sessions that go on from their last checkpoint, of every kind of project.

``manuscript_id`` is the project's name; a session keeps its id through pauses, crashes and restarts of the server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, WebSocket
from fastapi import Path as PathPart

from studio.api.asking import Name, Open, known_project
from studio.api.book_shapes import ProcessingRow, ProcessingSession, ProcessingStarted, StartProcessing
from studio.errors import BadInput, UserError
from studio.runs import processing
from studio.runs.doors import Doors
from studio.runs.model import Run

router = APIRouter(tags=["processing sessions"])


def _known_session(session_id: Annotated[str, PathPart(description="The session's id")], doors: Open) -> Run:
    try:
        return processing.session(doors, session_id)
    except UserError as error:
        raise HTTPException(404, str(error)) from error


Session = Annotated[Run, Depends(_known_session)]


@router.post(
    "/api/process", status_code=202, summary="Make a project, or go on with it", response_model=ProcessingStarted
)
def start_session(
    asked: StartProcessing,
    doors: Open,
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> dict[str, Any]:
    """A session that was left unfinished goes on, and the answer says so; one that is under way is told of.

    The same ``idempotency_key`` (in the body or the header) is the same session, however often it is asked for.
    """
    project = known_project(doors, asked.manuscript_id)
    _choose(doors, project, asked)
    begun = processing.begin(doors, project, key=asked.idempotency_key or idempotency_key)
    return _started(doors, begun)


@router.post(
    "/api/process/resume/{session_id}",
    status_code=202,
    summary="Go on from the last checkpoint",
    response_model=ProcessingStarted,
)
def resume_session(run: Session, doors: Open) -> dict[str, Any]:
    """What is finished is kept; an item that failed is tried again."""
    return _started(doors, processing.resume(doors, run.session_id))


@router.get("/api/process/resumable", summary="Sessions that can go on", response_model=list[ProcessingSession])
def resumable_sessions(doors: Open) -> list[dict[str, Any]]:
    """Those that were paused, stopped or interrupted, or that failed; the newest first."""
    return [processing.told(doors, run) for run in _here(doors, processing.resumable(doors))]


@router.get(
    "/api/process/status/{name}", summary="Where a project's newest session stands", response_model=ProcessingSession
)
def session_status(name: Name, doors: Open) -> dict[str, Any]:
    """With its last checkpoint, what comes next, and the newest lines of its log."""
    run = processing.latest(doors, name)
    if run is None:
        raise HTTPException(404, f"{name} has no session yet: start one.")
    return processing.told(doors, run)


@router.post("/api/process/{session_id}/pause", summary="Pause after the items in hand", response_model=ProcessingRow)
def pause_session(run: Session, doors: Open) -> dict[str, Any]:
    """One that is paused already stays so."""
    return _steered(doors, run, doors.runs.pause, unless="paused")


@router.post("/api/process/{session_id}/cancel", summary="Stop now", response_model=ProcessingRow)
def cancel_session(run: Session, doors: Open) -> dict[str, Any]:
    """What is finished is kept, and the session can go on later."""
    return _steered(doors, run, doors.runs.cancel, unless="cancelled")


@router.post(
    "/api/process/{session_id}/restart",
    status_code=202,
    summary="Begin a new session of the same project",
    response_model=ProcessingStarted,
)
def restart_session(run: Session, doors: Open) -> dict[str, Any]:
    """What is finished, and still fits, is kept; one that is under way is stopped first."""
    return _started(doors, processing.restart(doors, run.session_id))


@router.get("/api/sessions/active", summary="Sessions under way", response_model=list[ProcessingRow])
def active_sessions(doors: Open) -> list[dict[str, Any]]:
    """Those that wait or work."""
    return [processing.brief(doors, run) for run in _here(doors, processing.active(doors))]


@router.websocket("/ws/processing/{session_id}")
async def follow(socket: WebSocket, session_id: str, after: int | None = None) -> None:
    """See ``ProcessingLive``. ``after`` is the number of the last message that was read before."""
    await socket.app.state.processing.serve(socket, session_id, after)


def _choose(doors: Doors, project: str, asked: StartProcessing) -> None:
    """The choices that the request brings hold from now on."""
    given = {
        "style": asked.style_config,
        "max_emotional_moments": asked.max_emotional_moments,
    }
    chosen = {key: value for key, value in given.items() if value is not None}
    if not chosen:
        return
    if doors.studio.project(project).kind != "manuscript":
        raise BadInput(f"{project} is no manuscript: style_config and max_emotional_moments are for those alone.")
    doors.studio.change_manuscript_options(project, chosen)
    doors.changes.tell(project)


def _started(doors: Doors, begun: processing.Begun) -> dict[str, Any]:
    return {**processing.told(doors, begun.run), "is_resumed": begun.is_resumed}


def _steered(doors: Doors, run: Run, steer: Callable[[str], Run], *, unless: str) -> dict[str, Any]:
    return processing.brief(doors, run if run.status == unless else steer(run.id))


def _here(doors: Doors, runs: tuple[Run, ...]) -> list[Run]:
    """Those whose project was not deleted meanwhile."""
    return [run for run in runs if (doors.settings.sessions / run.project).is_dir()]
