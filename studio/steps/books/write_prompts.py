"""Step ``prompts``: the words for each chapter's pictures, with everybody's look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import verify
from studio.model.illustration import PROMPTS, ChapterPrompts, ManuscriptOptions
from studio.model.manuscript import Chapter
from studio.model.moments import ANALYSIS, CAST, Cast
from studio.planning.books.illustrations import draft_prompts, settled_prompts
from studio.steps.books import names
from studio.steps.books.parts import chapters_of, forecast_ids
from studio.steps.finding import known, standing


@dataclass(frozen=True)
class WritePrompts:
    """``prompts/ch01.json`` …, made anew when a draft in it changes; what a person wrote stays."""

    options: ManuscriptOptions
    chapter_count: int | None = None
    name: str = "prompts"
    typical_s: float = 0.05

    def run(self, ctx: Context) -> None:
        """Write the prompts of every chapter that was read."""
        people = ctx.artifact(names.CAST)
        cast = (known(ctx, people, CAST) if people else None) or standing(ctx, names.CAST, CAST) or Cast()
        for chapter in chapters_of(ctx, self.options):
            analysis = ctx.artifact(names.analysis(chapter.id))
            if analysis:
                self._write(ctx, chapter, analysis, cast)

    def forecast(self) -> tuple[str, ...]:
        """One file a chapter."""
        return tuple(names.prompts(chapter) for chapter in forecast_ids(self.options, self.chapter_count))

    def _write(self, ctx: Context, chapter: Chapter, analysis: Artifact, cast: Cast) -> None:
        found = known(ctx, analysis, ANALYSIS)
        drafted = draft_prompts(found, cast, self.options) if found else ChapterPrompts()
        given: dict[str, Any] = {"drafts": drafted} if found else {"analysis": analysis}

        def produce(out: Path) -> None:
            settled = settled_prompts(drafted, standing(ctx, names.prompts(chapter.id), PROMPTS))
            out.write_bytes(PROMPTS.dump_json(settled, indent=1))

        wanted = Wanted(names.prompts(chapter.id), produce, verify.json_of(PROMPTS), given=given, is_hand_kept=True)
        prompts = ctx.make(wanted)
        written = known(ctx, prompts, PROMPTS)
        ctx.passed(
            "prompts_generated",
            chapter=chapter.id,
            chapter_number=chapter.number,
            file=prompts.name,
            digest=prompts.digest,
            analysis=analysis.digest,
            pictures=len(written.pictures) if written else 0,
        )
