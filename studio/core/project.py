"""The project's manifest: ``metadata.json``, what the user named and chose, and views of the journal for people.

Every number and flag in it that can be derived *is* derived, at step boundaries, for people and other programs; the
studio itself trusts the journal alone. Keys it does not know are kept and written back.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio import __version__
from studio.core.files import write_whole
from studio.errors import BadInput, NewerFormat

FORMAT = 1
MANIFEST = "metadata.json"


class Project(BaseModel):
    """A project as saved. Times are ISO-8601 with microseconds and offset."""

    model_config = ConfigDict(frozen=True, extra="allow")

    format: int = FORMAT
    session_name: str
    kind: str
    title: str = ""
    idea: str = ""
    options: dict[str, Any] = Field(default_factory=dict)
    source: dict[str, Any] = Field(default_factory=dict)
    steps: dict[str, bool] = Field(default_factory=dict)
    shots: tuple[dict[str, Any], ...] = ()
    stats: dict[str, Any] = Field(default_factory=dict)
    session_metadata: dict[str, Any] = Field(default_factory=dict)
    started_at: str | None = None
    completed: bool = False
    completed_at: str | None = None
    created_at: str
    last_updated: str
    last_accessed: str


def new_project(name: str, kind: str, **fields: Any) -> Project:
    """A project that starts now."""
    now = now_text()
    return Project(
        session_name=name,
        kind=kind,
        created_at=now,
        last_updated=now,
        last_accessed=now,
        session_metadata={"created_with_version": __version__},
        **fields,
    )


def load_project(directory: Path) -> Project:
    """The manifest of the project in ``directory``, upgraded to the newest format.

    Raises BadInput if there is none or it cannot be read, NewerFormat if a newer studio wrote it.
    """
    path = directory / MANIFEST
    try:
        saved = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise BadInput(f"{directory} is no project of the studio: it has no {MANIFEST}.") from error
    except ValueError as error:
        raise BadInput(f"{path} is damaged ({error}); put a copy back, the rest of the project is safe.") from error
    if not isinstance(saved, dict) or not isinstance(saved.get("format"), int):
        raise BadInput(f"{path} is no manifest of the studio: it has no format number.")
    if saved["format"] > FORMAT:
        made_with = saved.get("session_metadata", {}).get("created_with_version", "a newer version")
        raise NewerFormat(
            f"{directory.name} was saved by a newer studio (made with version {made_with}, format {saved['format']}; "
            f"this one reads up to {FORMAT}). Update the studio to go on; nothing was changed."
        )
    try:
        return Project.model_validate(saved)
    except ValidationError as error:
        place = error.errors()[0]
        where = ".".join(str(part) for part in place["loc"])
        raise BadInput(f"{path} is damaged at {where}: {place['msg']}.") from error


def save_project(directory: Path, project: Project) -> Project:
    """The manifest on disk is ``project``, with ``last_updated`` now; ``created_at`` is never touched."""
    stamped = project.model_copy(update={"last_updated": now_text()})
    write_whole(directory / MANIFEST, (stamped.model_dump_json(indent=2) + "\n").encode())
    return stamped


def now_text() -> str:
    """This moment as saved in manifests."""
    return datetime.now(UTC).astimezone().isoformat(timespec="microseconds")
