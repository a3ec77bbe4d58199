"""What every route asks for: the doors of the studio, and that the project, shot or run in the address is there."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi import Path as PathPart
from fastapi.requests import HTTPConnection

from studio.api.live import Live
from studio.api.thumbs import Thumbs
from studio.api.uploads import Uploads
from studio.errors import UserError
from studio.runs.doors import Doors
from studio.runs.model import Run


def no_such(what: str) -> HTTPException:
    """Nothing of that name is here (404)."""
    return HTTPException(404, f"There is no such {what}.")


def _doors(connection: HTTPConnection) -> Doors:
    found: Doors = connection.app.state.doors
    return found


def _live(connection: HTTPConnection) -> Live:
    found: Live = connection.app.state.live
    return found


def _thumbs(connection: HTTPConnection) -> Thumbs:
    found: Thumbs = connection.app.state.thumbs
    return found


def _uploads(connection: HTTPConnection) -> Uploads:
    found: Uploads = connection.app.state.uploads
    return found


Open = Annotated[Doors, Depends(_doors)]
Bell = Annotated[Live, Depends(_live)]
ThumbMaker = Annotated[Thumbs, Depends(_thumbs)]
UploadRoom = Annotated[Uploads, Depends(_uploads)]


def _known_project(name: Annotated[str, PathPart(description="The project's name")], doors: Open) -> str:
    try:
        doors.keeper.directory(name)
    except (UserError, ValueError) as error:  # ValueError: a NUL in the name
        raise HTTPException(404, f"There is no project {name}.") from error
    return name


Name = Annotated[str, Depends(_known_project)]


def _known_shot(index: Annotated[int, PathPart(description="The shot's number")], name: Name, doors: Open) -> int:
    if not any(shot.get("index") == index for shot in doors.studio.project(name).shots):
        raise HTTPException(404, f"{name} has no shot {index}.")
    return index


ShotIndex = Annotated[int, Depends(_known_shot)]


def _known_run(run_id: Annotated[str, PathPart(description="The run's id")], doors: Open) -> Run:
    try:
        return doors.runs.get(run_id)
    except UserError as error:
        raise HTTPException(404, str(error)) from error


KnownRun = Annotated[Run, Depends(_known_run)]
