"""Step ``cast``: the people of all chapters, each once, with one look for the whole book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import verify
from studio.model.illustration import ManuscriptOptions
from studio.model.moments import ANALYSIS, CAST, Cast, ChapterAnalysis
from studio.planning.books.cast import merged_cast
from studio.planning.books.illustrations import settled_cast
from studio.steps.books import names
from studio.steps.books.parts import chapters_of
from studio.steps.finding import known, standing


@dataclass(frozen=True)
class GatherCast:
    """``cast.json``, made anew when other people, or other looks, are found; what a person wrote of a look stays."""

    options: ManuscriptOptions
    name: str = "cast"
    typical_s: float = 0.2

    def run(self, ctx: Context) -> None:
        """Put together who was found."""
        ids = sorted(chapter.id for chapter in chapters_of(ctx, self.options))  # moving a chapter changes no look
        artifacts = [ctx.artifact(names.analysis(chapter)) for chapter in ids]
        here = [artifact for artifact in artifacts if artifact is not None]
        analyses = [(artifact, known(ctx, artifact, ANALYSIS)) for artifact in here]
        ahead = [artifact for artifact, found in analyses if found is None]
        found = [one for _, one in analyses if one is not None]
        given: dict[str, Any] = {"analyses": ahead} if ahead else {"people": _told(found)}

        def produce(out: Path) -> None:
            cast = settled_cast(merged_cast(found), standing(ctx, names.CAST, CAST) or Cast())
            out.write_bytes(CAST.dump_json(cast, indent=1))

        ctx.make(Wanted(names.CAST, produce, verify.json_of(CAST), given=given, is_hand_kept=True))

    def forecast(self) -> tuple[str, ...]:
        """The people."""
        return (names.CAST,)


def _told(analyses: Sequence[ChapterAnalysis]) -> list[dict[str, Any]]:
    """Whom the cast holds, less how often each is named: a word more in a chapter changes nobody's look."""
    return [
        person.model_dump(mode="json", exclude={"mentions", "found_gender"}) for person in merged_cast(analyses).people
    ]
