"""Files that no longer hold what was written, though size and time are as they were: found where one is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from studio.core.checkpoint import Artifact
from studio.core.session import Session, Wanted
from studio.errors import BadInput, StudioError
from studio.model.faults import in_file

T = TypeVar("T")


class DamagedFile(Exception):
    """A file that counted as finished no longer holds what was written, though size and time are as they were."""


def read_artifact(session: Session, artifact: Artifact, path: Path, read: Callable[[Path], T]) -> T:
    """What ``read`` finds in the artifact's file at ``path``. Raises DamagedFile, and BadInput if it cannot be read."""
    try:
        return read(path)
    except (StudioError, OSError, ValueError) as error:
        if not session.is_intact(artifact) and not session.looks_deep:
            raise DamagedFile(artifact.name) from error
        if isinstance(error, StudioError):
            raise
        if isinstance(error, ValidationError):
            raise BadInput(f"{in_file(error, artifact.name)}.") from error
        raise BadInput(f"{artifact.name} cannot be read: {error}.") from error


def find_damage(session: Session, wanted: Wanted) -> None:
    """Raise DamagedFile if what ``wanted`` was to be made of is no longer what was written."""
    if session.looks_deep:
        return
    for artifact in artifacts_in(wanted.given):
        if not session.is_intact(artifact):
            raise DamagedFile(artifact.name)


def artifacts_in(value: object) -> list[Artifact]:
    """Every artifact in a value that decides a file's content."""
    if isinstance(value, Artifact):
        return [value]
    if isinstance(value, dict):
        return [found for item in value.values() for found in artifacts_in(item)]
    if isinstance(value, (list, tuple)):
        return [found for item in value for found in artifacts_in(item)]
    return []
