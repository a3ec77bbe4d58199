"""Step ``images``: one still a shot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import ImageEngine, slots_of
from studio.errors import UserError
from studio.media import verify
from studio.media.picture import read_text
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.steps import names
from studio.steps.film_parts import read_shots
from studio.steps.takes import seed_of


@dataclass(frozen=True)
class RenderImages:
    """``images/shot_001.png`` … for every shot."""

    engine: ImageEngine
    options: FilmOptions
    shot_count: int
    name: str = "images"
    typical_s: float = 2.0

    def run(self, ctx: Context) -> None:
        """Make the stills that are missing, and say what the artist had to leave out."""
        stills = ctx.make_all([self._still(shot) for shot in self.drawn(read_shots(ctx))])
        written = {still.name: read_text(ctx.path(still)) for still in stills if still and ctx.is_new(still)}
        lacking: dict[str, list[str]] = {}
        for name, text in written.items():
            for word in filter(None, text.get("undrawn", "").split(", ")):
                lacking.setdefault(word, []).append(name)
        for word, names_ in lacking.items():
            ctx.notice(names_[0], _lacks(word, len(names_) - 1))
        for note in dict.fromkeys(text["style_note"] for text in written.values() if "style_note" in text):
            ctx.notice(self.name, note)

    def drawn(self, shots: Sequence[Shot]) -> Sequence[Shot]:
        """The shots that need a picture drawn: all."""
        return shots

    def forecast(self) -> tuple[str, ...]:
        """As many stills as the film will have shots."""
        return tuple(names.image(index) for index in range(1, self.shot_count + 1))

    def _still(self, shot: Shot) -> Wanted:
        options = self.options
        call: dict[str, Any] = {
            "prompt": shot.image_prompt,
            "size": options.size,
            "style": options.style,
            "seed": seed_of(shot, options, "image"),
        }
        return Wanted(
            names.image(shot.index),
            partial(self.engine.render, **call) if shot.image_prompt.strip() else _without_words,
            verify.image_of(options.size),
            given=call,
            by=self.engine.identity,
            slots=slots_of(self.engine),
            accept=verify.image_of(),
        )


def _lacks(word: str, others: int) -> str:
    """What is said of a still without ``word``, and of the ``others`` that lack it too: each thing is told once."""
    more = f", like {others} other picture{'s' if others > 1 else ''}" if others else ""
    return (
        f"is without “{word}”{more}: the artist cannot draw it there. Say it in other words, or put a picture of your "
        "own in its place"
    )


def _without_words(out: Path, **job: Any) -> None:
    raise UserError("the shot has no words yet: say what the picture shows")
