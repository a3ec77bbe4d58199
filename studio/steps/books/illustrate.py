"""Step ``images``: a picture of every moment, and a strip over every chapter's heading where the book has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import inputs
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import ImageEngine, slots_of
from studio.errors import UserError
from studio.media import verify
from studio.model.illustration import PROMPTS, ChapterPrompts, ManuscriptOptions
from studio.model.manuscript import Chapter
from studio.model.moments import ANALYSIS
from studio.planning.books.illustrations import header_size, with_new_moments
from studio.steps.books import names
from studio.steps.books.parts import chapters_of, forecast_ids
from studio.steps.finding import known, standing
from studio.steps.left_out import tell_left_out_of_each
from studio.steps.takes import retake_seed


@dataclass(frozen=True)
class Illustrate:
    """``images/ch01_m01.png`` …, and ``images/ch01_header.png``."""

    engine: ImageEngine
    options: ManuscriptOptions
    chapter_count: int | None = None
    name: str = "images"
    typical_s: float = 2.0

    def run(self, ctx: Context) -> None:
        """Make the pictures that are missing, and say what the artist had to leave out."""
        ways = [way for chapter in chapters_of(ctx, self.options) if (way := self._way(ctx, chapter))]
        by_name = {wanted.name: way for way in ways for wanted in way.wanted}
        for way in ways:
            way.tell_if_complete(ctx)

        def landed(picture: Artifact) -> None:
            way = by_name[picture.name]
            way.landed[picture.name] = picture.digest
            way.tell_if_complete(ctx)

        stills = ctx.make_all([wanted for way in ways for wanted in way.wanted], landed)
        tell_left_out_of_each(ctx, self.name, stills)

    def forecast(self) -> tuple[str, ...]:
        """As many pictures as a chapter may have."""
        numbers = range(1, self.options.max_emotional_moments + 1)
        chapters = forecast_ids(self.options, self.chapter_count)
        headers = [names.header(chapter) for chapter in chapters if self.options.headers]
        return (*headers, *(names.image(chapter, number) for chapter in chapters for number in numbers))

    def _way(self, ctx: Context, chapter: Chapter) -> _Way | None:
        """What the chapter needs; None if it has no prompts. While they are still to be written, as they stand."""
        prompts = ctx.artifact(names.prompts(chapter.id))
        if prompts is None:
            return None
        written = known(ctx, prompts, PROMPTS)
        shown = written or self._ahead(ctx, chapter)
        way = _Way(chapter, prompts)
        ahead = None if written else prompts
        if self.options.headers and shown.header:
            size, seed = header_size(self.options.size), self._seed(chapter, 0)
            call = {"prompt": shown.header, "size": size, "style": shown.header_style, "seed": seed}
            way.wanted.append(self._picture(ctx, way, names.header(chapter.id), call, ahead))
        for picture in shown.pictures:
            if not picture.is_left_out:
                first = picture.seed if picture.seed is not None else self._seed(chapter, picture.number)
                call = {
                    "prompt": picture.prompt,
                    "size": self.options.size,
                    "style": picture.style,
                    "seed": retake_seed(first, picture.retakes),
                }
                way.wanted.append(self._picture(ctx, way, names.image(chapter.id, picture.number), call, ahead))
        return way

    def _ahead(self, ctx: Context, chapter: Chapter) -> ChapterPrompts:
        """What is planned while the prompts are still to be written: those of before, with the moments that are new."""
        before = standing(ctx, names.prompts(chapter.id), PROMPTS)
        analysis = ctx.artifact(names.analysis(chapter.id))
        return (
            with_new_moments(before, known(ctx, analysis, ANALYSIS) if analysis else None) if before else self._usual()
        )

    def _usual(self) -> ChapterPrompts:
        """What is planned for a chapter of which nothing is known."""
        numbers = range(1, self.options.max_emotional_moments + 1)
        pictures = [{"number": number, "prompt": ""} for number in numbers]
        return ChapterPrompts.model_validate({"header": "?" if self.options.headers else "", "pictures": pictures})

    def _seed(self, chapter: Chapter, number: int) -> int:
        return self.options.seed * 1000 + chapter.id * 100 + number

    def _picture(self, ctx: Context, way: _Way, name: str, call: dict[str, Any], ahead: Artifact | None) -> Wanted:
        """``ahead`` are the prompts while they are still to be written."""

        def produce(out: Path, **job: Any) -> None:
            if not call["prompt"].strip():
                raise UserError("the picture has no words yet: say what it shows")
            way.tell_begun(ctx)
            self.engine.render(out, **call, **job)

        return Wanted(
            name,
            produce,
            verify.image_of(call["size"]),
            given={**call, **({"prompts": ahead} if ahead else {})},
            by=self.engine.identity,
            slots=slots_of(self.engine),
            accept=verify.image_of(),
        )


@dataclass
class _Way:
    """One chapter's pictures on the way; the journal learns when the first is begun and when all stand there."""

    chapter: Chapter
    prompts: Artifact
    wanted: list[Wanted] = field(default_factory=list)
    landed: dict[str, str] = field(default_factory=dict)

    def tell_begun(self, ctx: Context) -> None:
        ctx.passed("images_generating", **self._facts, of=_hash([(one.name, one.by, one.given) for one in self.wanted]))

    def tell_if_complete(self, ctx: Context) -> None:
        if len(self.landed) == len(self.wanted):
            done = sorted(self.landed.items())
            ctx.passed("chapter_completed", **self._facts, of=_hash(done), pictures=len(done))

    @property
    def _facts(self) -> dict[str, Any]:
        facts = {"chapter": self.chapter.id, "chapter_number": self.chapter.number}
        return {**facts, "prompts": self.prompts.digest}


def _hash(pictures: Sequence[object]) -> str:
    return inputs("", {"pictures": pictures})["pictures"]
