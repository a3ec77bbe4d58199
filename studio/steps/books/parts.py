"""What several steps of a book read alike."""

from __future__ import annotations

from studio.core.pipeline import Context
from studio.model.illustration import ManuscriptOptions
from studio.model.manuscript import MANUSCRIPT, Chapter
from studio.planning.books.illustrations import illustrated
from studio.steps.books import names


def chapters_of(ctx: Context, options: ManuscriptOptions) -> tuple[Chapter, ...]:
    """The chapters that get pictures. In a plan, raises NotMadeYet while the text is still to be read."""
    artifact = ctx.artifact(names.MANUSCRIPT)
    assert artifact is not None
    return illustrated(ctx.read(artifact, MANUSCRIPT), options)


def forecast_ids(options: ManuscriptOptions, chapter_count: int | None) -> tuple[int, ...]:
    """Ids of the chapters that get pictures, as they will most likely be: a new book's are its numbers."""
    every = range(1, (chapter_count or 0) + 1)
    return tuple(number for number in every if not options.chapters or number in options.chapters)
