"""Step ``analysis``: what each chapter holds, from its own text alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import inputs
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import AnalysisEngine, slots_of
from studio.errors import BadInput, UnusableOutput
from studio.media import verify
from studio.model.illustration import ManuscriptOptions
from studio.model.manuscript import MANUSCRIPT, Chapter
from studio.model.moments import ANALYSIS, ChapterAnalysis
from studio.model.text_files import read_regular
from studio.planning.books.illustrations import illustrated
from studio.steps.books import names
from studio.steps.books.parts import forecast_ids

_MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class AnalyseChapters:
    """``analysis/ch01.json`` … for every chapter that gets pictures.

    A new heading, or another chapter's new words, make no chapter read again. An empty chapter asks nobody.
    """

    engine: AnalysisEngine
    options: ManuscriptOptions
    chapter_count: int | None = None
    name: str = "analysis"
    typical_s: float = 4.0

    def run(self, ctx: Context) -> None:
        """Read the chapters that were not read yet."""
        manuscript = ctx.artifact(names.MANUSCRIPT)
        assert manuscript is not None
        book = ctx.read(manuscript, MANUSCRIPT)
        chapters = {names.analysis(chapter.id): chapter for chapter in illustrated(book, self.options)}

        def landed(analysis: Artifact) -> None:
            chapter = chapters[analysis.name]
            found = ANALYSIS.validate_json(ctx.path(analysis).read_bytes())
            ctx.passed(
                "chapter_analyzed",
                chapter=chapter.id,
                chapter_number=chapter.number,
                file=analysis.name,
                digest=analysis.digest,
                moments=len(found.moments),
            )

        ctx.make_all([self._wanted(ctx, chapter, book.language) for chapter in chapters.values()], landed)

    def forecast(self) -> tuple[str, ...]:
        """One file a chapter."""
        return tuple(names.analysis(chapter) for chapter in forecast_ids(self.options, self.chapter_count))

    def _wanted(self, ctx: Context, chapter: Chapter, language: str) -> Wanted:
        given: dict[str, Any] = {
            "text": chapter.content,
            "most_moments": self.options.max_emotional_moments,
            "language": language,
        }

        def produce(out: Path, **job: Any) -> None:
            ctx.passed(
                "chapter_start",
                chapter=chapter.id,
                chapter_number=chapter.number,
                title=chapter.title,
                of=inputs(self.engine.identity, given),
            )
            if chapter.content.strip():
                self.engine.analyse(out, **given, title=chapter.title, **job)
            else:
                out.write_bytes(ANALYSIS.dump_json(ChapterAnalysis(), indent=1))

        return Wanted(
            names.analysis(chapter.id),
            produce,
            _analysis_of(chapter.content),
            given=given,
            by=self.engine.identity,
            is_hand_kept=True,
            slots=slots_of(self.engine),
        )


def _analysis_of(text: str) -> Callable[[Path], None]:
    """The file is an analysis, and every moment's excerpt is exactly what stands at its place in ``text``."""
    is_analysis = verify.json_of(ANALYSIS)

    def check(path: Path) -> None:
        is_analysis(path)
        try:
            found = ANALYSIS.validate_json(read_regular(path, _MOST_BYTES))
        except BadInput as error:
            raise UnusableOutput(str(error)) from error
        for moment in found.moments:
            if text[moment.start_position : moment.end_position] != moment.text_excerpt:
                raise UnusableOutput(
                    f"moment {moment.number}: its excerpt is not what stands from character {moment.start_position} to "
                    f"{moment.end_position} of the chapter."
                )
        if len({moment.number for moment in found.moments}) < len(found.moments):
            raise UnusableOutput("two moments have the same number: each names its own picture.")

    return check
