"""What every route asks for: the doors of the studio, and that the project, shot or run in the address is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Depends, HTTPException
from fastapi import Path as PathPart
from fastapi.requests import HTTPConnection
from pydantic import BaseModel

from studio.api.thumbs import Thumbs
from studio.api.uploads import Uploads
from studio.errors import BadInput, UserError
from studio.runs.doors import Doors
from studio.runs.model import Run

_O = TypeVar("_O", bound=BaseModel)


def options_of(shape: type[_O], given: Mapping[str, Any], *, over: Mapping[str, Any] | None = None) -> _O:
    """The options that a request gives, ``over`` those that the project has; those may hold keys of other versions.

    Raises BadInput that names an option that there is not: a slip of the pen is no choice.
    """
    before = over or {}
    unknown = [key for key in given if key not in shape.model_fields and key not in before]
    if unknown:
        raise BadInput(f"options.{unknown[0][:80]}: there is no such option. There are {_listed(shape.model_fields)}.")
    return shape.model_validate({**before, **given})


def told(doors: Doors, name: str, sentence: str) -> dict[str, str]:
    """Everybody who looks at the project is told that it changed; the answer is ``sentence``."""
    doors.changes.tell(name)
    return {"said": sentence}


def known_project(doors: Doors, name: str) -> str:
    """The project's name, if there is one of that name; else 404."""
    try:
        doors.keeper.directory(name)
    except UserError as error:
        raise HTTPException(404, f"There is no project {name}.") from error
    return name


def revision_in(if_match: str) -> str:
    """The revision that an ``If-Match`` header names; empty for any."""
    return if_match.removeprefix("W/").strip().strip('"').strip("*")


def no_such(what: str) -> HTTPException:
    """Nothing of that name is here (404)."""
    return HTTPException(404, f"There is no such {what}.")


def _doors(connection: HTTPConnection) -> Doors:
    found: Doors = connection.app.state.doors
    return found


def _thumbs(connection: HTTPConnection) -> Thumbs:
    found: Thumbs = connection.app.state.thumbs
    return found


def _uploads(connection: HTTPConnection) -> Uploads:
    found: Uploads = connection.app.state.uploads
    return found


Open = Annotated[Doors, Depends(_doors)]
ThumbMaker = Annotated[Thumbs, Depends(_thumbs)]
UploadRoom = Annotated[Uploads, Depends(_uploads)]


def _known_project(name: Annotated[str, PathPart(description="The project's name")], doors: Open) -> str:
    return known_project(doors, name)


Name = Annotated[str, Depends(_known_project)]


_INDEX = "The shot's `index`: the number that its files bear and that it keeps. Its `place` in the film is another."


def _known_shot(index: Annotated[int, PathPart(description=_INDEX)], name: Name, doors: Open) -> int:
    known = [int(shot.get("index", 0)) for shot in doors.studio.project(name).shots]
    if index not in known:
        has = f" In the order of the film it has {_listed(map(str, known))}." if known else ""
        raise HTTPException(404, f"{name} has no shot with the index {index}.{has}")
    return index


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


ShotIndex = Annotated[int, Depends(_known_shot)]


def _known_run(run_id: Annotated[str, PathPart(description="The run's id")], doors: Open) -> Run:
    try:
        return doors.runs.get(run_id)
    except UserError as error:
        raise HTTPException(404, str(error)) from error


KnownRun = Annotated[Run, Depends(_known_run)]
