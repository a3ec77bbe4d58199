"""Saving: fields and files of a project changed as one, and never by the older of two windows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from studio.core.changes import Change, Put, staging
from studio.core.content import clone
from studio.core.files import digest_of, storage
from studio.core.project import FORMAT, Project, load_project, now_text, save_project
from studio.errors import BadInput, UserError

_OURS = {
    "format", "session_name", "created_at", "last_updated", "last_accessed", "revision", "steps", "shots", "stats",
    "session_metadata", "started_at", "completed", "completed_at",
}  # fmt: skip
"""What the studio writes into the manifest itself; saving leaves it as it is."""


class OlderSave(UserError):
    """Another window saved the project since this one loaded it; load it again, then save."""


def save(
    directory: Path, given: Mapping[str, Any], files: Mapping[str, Path], if_revision: int | None, new_name: str = ""
) -> Project:
    """The project, whose lock the caller holds, has these fields and files, and that folder's name if one is given.

    All of it or nothing. Raises OlderSave, BadInput.
    """
    project = load_project(directory)
    if if_revision is not None and if_revision != revision_of(project):
        raise OlderSave(
            f"{directory.name} was saved in another window since you loaded it. Load it again, then save; "
            "nothing was overwritten."
        )
    changes = {key: value for key, value in given.items() if key not in _OURS}
    merged = {**project.model_dump(mode="json"), **changes, "revision": revision_of(project) + 1}
    saved = _as_project(merged)
    new = {name: file for name, file in files.items() if not _is_there(directory / name, file)}
    if not (new or new_name):
        return save_project(directory, saved)
    with staging(directory) as stage, storage(directory):
        puts = [_staged(stage.place(), name, file) for name, file in new.items()]
        stamped = saved.model_copy(update={"last_updated": now_text()})
        manifest = stamped.model_dump(mode="json")
        directory = stage.commit(Change(puts=tuple(puts), manifest=manifest, session_name=new_name or None))
    return load_project(directory)


def revision_of(project: Project) -> int:
    """How often the project was saved by its user."""
    return int((project.model_extra or {}).get("revision", 0))


def checked(fields: Mapping[str, object]) -> dict[str, Any]:
    """``fields`` without what only the studio says. Raises BadInput if they are no JSON."""
    try:
        json.dumps(fields)
    except (TypeError, ValueError) as error:
        raise BadInput(f"The session cannot be saved: {error}.") from error
    return {key: value for key, value in fields.items() if key not in ("format", "session_name")}


def brought(files: Mapping[str, Path]) -> dict[str, Path]:
    """``files`` as they are. Raises BadInput for a name that leads out of the project, or a file that is not there."""
    for name, file in files.items():
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or "\\" in name or any(part.startswith(".") for part in parts):
            raise BadInput(f"{name} is no file name inside a project.")
        if not file.is_file():
            raise BadInput(f"{file} cannot be brought into the project: there is no such file.")
    return dict(files)


def _as_project(fields: dict[str, Any]) -> Project:
    try:
        return Project.model_validate({**fields, "format": FORMAT})
    except ValidationError as error:
        place = error.errors()[0]
        raise BadInput(f"The session's {place['loc'][0]} cannot be saved: {place['msg']}.") from error


def _is_there(place: Path, file: Path) -> bool:
    return place.is_file() and place.stat().st_size == file.stat().st_size and digest_of(place) == digest_of(file)


def _staged(place: Path, name: str, file: Path) -> Put:
    clone(file, place)
    return Put(name, place.name, digest_of(place))
