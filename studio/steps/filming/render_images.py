"""Step ``images``: one still a shot, drawn by the sheets of whom and what it shows where the film has sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import ImageEngine, Reference, most_references, slots_of
from studio.errors import UserError
from studio.media import verify
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.planning.filming.clips import Each
from studio.steps.filming import names
from studio.steps.filming.film_parts import read_shots
from studio.steps.filming.shot_parts import begun_anew, sheets_shown
from studio.steps.left_out import tell_left_out
from studio.steps.takes import seed_of


@dataclass(frozen=True)
class RenderImages:
    """``images/shot_001.png`` … for every shot that begins with a picture of its own, as ``each`` says."""

    engine: ImageEngine
    options: FilmOptions
    shot_count: int
    each: Each = "clip"
    name: str = "images"
    typical_s: float = 2.0

    def run(self, ctx: Context) -> None:
        """Make the stills that are missing, and say what the artist had to leave out."""
        stills = ctx.make_all(self._wanted(ctx))
        tell_left_out(ctx, self.name, stills)

    def forecast(self) -> tuple[str, ...]:
        """As many stills as the film will have shots."""
        return tuple(names.image(index) for index in range(1, self.shot_count + 1))

    def _wanted(self, ctx: Context) -> list[Wanted]:
        shots = read_shots(ctx)
        anew = begun_anew(ctx, shots, self.each)
        drawn = [shot for shot in shots if shot.index in anew]
        shown = sheets_shown(ctx, drawn, most=most_references(self.engine))
        wanted = []
        for shot in drawn:
            places = {names.sheet(sheet.slug): sheet.name for sheet in shown.get(shot.index, ())}
            pictures = [(artifact, words) for place, words in places.items() if (artifact := ctx.artifact(place))]
            if len(pictures) == len(places):
                wanted.append(self._still(ctx, shot, pictures))
            else:
                lacking = [place for place in places if ctx.artifact(place) is None]
                ctx.notice(names.image(shot.index), f"waits for {' and '.join(lacking)}, by which it is drawn")
        return wanted

    def _still(self, ctx: Context, shot: Shot, sheets: Sequence[tuple[Artifact, str]]) -> Wanted:
        options = self.options
        call: dict[str, Any] = {
            "prompt": shot.image_prompt,
            "size": options.size,
            "style": options.style,
            "seed": seed_of(shot, options, "image"),
        }

        render: Callable[..., None] = self.engine.render

        def produce(out: Path, **job: Any) -> None:
            if not shot.image_prompt.strip():
                raise UserError("the shot has no words yet: say what the picture shows")
            references = [Reference(ctx.path(picture), words) for picture, words in sheets]
            render(out, **call, **({"references": references} if references else {}), **job)

        shown = [{"shows": words, "picture": picture} for picture, words in sheets]
        return Wanted(
            names.image(shot.index),
            produce,
            verify.image_of(options.size),
            given={**call, **({"sheets": shown} if shown else {})},
            by=self.engine.identity,
            slots=slots_of(self.engine),
            accept=verify.image_of(),
        )
