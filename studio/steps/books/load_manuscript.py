"""Step ``manuscript``: the book's text in chapters, from the file that the user brought."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.errors import UnusableOutput
from studio.media import verify
from studio.model.illustration import ManuscriptOptions
from studio.model.manuscript import MANUSCRIPT
from studio.planning.books.chapter_edits import with_kept_ids
from studio.planning.books.illustrations import illustrated
from studio.planning.books.manuscripts import read_manuscript
from studio.steps.books import names
from studio.steps.finding import brought_file, standing


@dataclass(frozen=True)
class LoadManuscript:
    """``manuscript.json``. When the file changes, chapters that are the same, or nearly so, keep their ids."""

    brought: str
    options: ManuscriptOptions
    name: str = "manuscript"
    typical_s: float = 1.0

    def run(self, ctx: Context) -> None:
        """Read the file, unless its text stands there already."""
        source = ctx.make(brought_file(self.brought))

        def produce(out: Path) -> None:
            found = read_manuscript(ctx.path(source))
            before = standing(ctx, names.MANUSCRIPT, MANUSCRIPT)
            kept = with_kept_ids(before, found) if before else found
            out.write_bytes(MANUSCRIPT.dump_json(kept, indent=1))

        artifact = ctx.make(Wanted(names.MANUSCRIPT, produce, _is_book, given={"source": source}, is_hand_kept=True))
        manuscript = ctx.read(artifact, MANUSCRIPT)
        ctx.passed(
            "manuscript_loaded",
            chapters=[chapter.id for chapter in manuscript.chapters],
            illustrated=[chapter.id for chapter in illustrated(manuscript, self.options)],
            words=manuscript.word_count,
            analysis_only=self.options.analysis_only,
            digest=artifact.digest,
        )

    def forecast(self) -> tuple[str, ...]:
        """The text."""
        return (names.MANUSCRIPT,)


def _is_book(path: Path) -> None:
    verify.json_of(MANUSCRIPT)(path)
    ids = [chapter.id for chapter in MANUSCRIPT.validate_json(path.read_bytes()).chapters]
    if not ids:
        raise UnusableOutput("the book has no chapters.")
    if len(set(ids)) < len(ids):
        raise UnusableOutput("two chapters have the same id: each names its own files.")
