"""What steps find and do not make: the files that the user brought, and what stands in a place already."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.errors import BadInput
from studio.model.text_files import read_regular

MOST_BYTES = 1 << 28
"""Of one document: a hundred thousand dubbed lines with all their words are a fifth of it."""
T = TypeVar("T")


def brought_file(name: str) -> Wanted:
    """A file that the user brought; it cannot be made, only found."""

    def gone(out: Path) -> None:
        raise BadInput(f"{name}, which you brought, is gone from the project: put it back and run again.")

    return Wanted(name, gone, lambda path: None, given={})


def the_original(ctx: Context, name: str) -> Artifact:
    """What the user brought, if no earlier step of this walk found it already."""
    return ctx.artifact(name) or ctx.make(brought_file(name))


def brought_beside(ctx: Context, name: str) -> Artifact:
    """What the user brought beside the film, to be found and not made.

    Raises BadInput where a link leads out of the project: a folder may come from anybody, a file outside is not its own.
    """
    place, project = (ctx.path(Artifact(one, "", 0)) for one in (name, ""))
    if not place.resolve().is_relative_to(project.resolve()):
        raise BadInput(f"{name} is a link that leads out of the project: put the file itself there and run again.")
    return the_original(ctx, name)


def known(ctx: Context, artifact: Artifact, shape: TypeAdapter[T]) -> T | None:
    """The artifact's JSON; None in a plan while it is still to be made."""

    def read(path: Path) -> T:
        return shape.validate_json(path.read_bytes())

    return ctx.facts(artifact, read)


def standing(ctx: Context, name: str, shape: TypeAdapter[T]) -> T | None:
    """What stands in the place of ``name`` before anybody asked for it; None if nothing there can be read."""
    return standing_at(ctx.path(Artifact(name, "", 0)), shape)


def standing_at(path: Path, shape: TypeAdapter[T]) -> T | None:
    """The JSON file as a value; None if it is not there or cannot be read."""
    try:
        return shape.validate_json(read_regular(path, MOST_BYTES))
    except (BadInput, ValidationError):
        return None
