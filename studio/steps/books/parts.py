"""What several steps of a book read alike."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.model.illustration import ManuscriptOptions
from studio.model.manuscript import MANUSCRIPT, Chapter
from studio.planning.books.illustrations import illustrated
from studio.steps.books import names

T = TypeVar("T")


def chapters_of(ctx: Context, options: ManuscriptOptions) -> tuple[Chapter, ...]:
    """The chapters that get pictures. In a plan, raises NotMadeYet while the text is still to be read."""
    artifact = ctx.artifact(names.MANUSCRIPT)
    assert artifact is not None
    return illustrated(ctx.read(artifact, MANUSCRIPT), options)


def known(ctx: Context, artifact: Artifact, shape: TypeAdapter[T]) -> T | None:
    """The artifact's JSON; None in a plan while it is still to be made."""

    def read(path: Path) -> T:
        return shape.validate_json(path.read_bytes())

    return ctx.facts(artifact, read)


def forecast_ids(options: ManuscriptOptions, chapter_count: int | None) -> tuple[int, ...]:
    """Ids of the chapters that get pictures, as they will most likely be: a new book's are its numbers."""
    every = range(1, (chapter_count or 0) + 1)
    return tuple(number for number in every if not options.chapters or number in options.chapters)
