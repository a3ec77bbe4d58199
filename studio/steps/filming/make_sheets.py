"""Step ``sheets``: everybody and every place that is seen more than once, drawn once first.

The list is ``sheets.json``, to be edited like the shots; the pictures are ``sheets/marta.png`` …, and a picture of
somebody's own put there counts as theirs. The artist is shown them with every shot that they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import ImageEngine, most_references, slots_of
from studio.media import verify
from studio.model.film import FilmOptions
from studio.model.sheet import SHEETS, Sheet
from studio.planning.filming.clips import Each
from studio.planning.filming.sheets import plan_sheets
from studio.planning.filming.wording import style_words
from studio.steps.filming import names
from studio.steps.filming.build_scene_graph import GRAPH_SHAPE
from studio.steps.filming.film_parts import read_shots
from studio.steps.filming.shot_parts import begun_anew, sheets_shown
from studio.steps.filming.write_story import STORY_SHAPE
from studio.steps.takes import retake_seed


@dataclass(frozen=True)
class MakeSheets:
    """``sheets.json`` and ``sheets/….png``, for the shots that are drawn: those that begin anew, as ``each`` says."""

    engine: ImageEngine
    options: FilmOptions
    each: Each
    name: str = "sheets"
    typical_s: float = 2.0

    def run(self, ctx: Context) -> None:
        """Make the list, and the pictures that are missing."""
        story = ctx.artifact(names.STORY)
        assert story is not None
        style = style_words(self.options.style, ctx.read(story, STORY_SHAPE).style)
        self._list(ctx, style)
        shots = read_shots(ctx)
        anew = begun_anew(ctx, shots, self.each)
        drawn = [shot for shot in shots if shot.index in anew]
        shown = sheets_shown(ctx, drawn, most=most_references(self.engine), style=style)
        used = {sheet.slug: sheet for sheets in shown.values() for sheet in sheets}
        ctx.make_all([self._picture(sheet) for sheet in used.values()])

    def forecast(self) -> tuple[str, ...]:
        """Somebody and some place: a film has one of each as a rule."""
        return names.sheet("somebody"), names.sheet("some_place")

    def _list(self, ctx: Context, style: str) -> None:
        graph = ctx.artifact(names.SCENE_GRAPH)
        assert graph is not None

        def produce(out: Path) -> None:
            out.write_bytes(sheets_as_json(plan_sheets(ctx.read(graph, GRAPH_SHAPE), style)))

        given = {"scene_graph": graph, "style": style}
        ctx.make(Wanted(names.SHEETS, produce, verify.json_of(SHEETS), given=given, is_hand_kept=True))

    def _picture(self, sheet: Sheet) -> Wanted:
        options = self.options
        first = sheet.seed if sheet.seed is not None else options.seed
        shorter_px = min(options.size)
        call: dict[str, Any] = {
            "prompt": sheet.prompt,
            "size": options.size if sheet.kind == "place" else (shorter_px, shorter_px),
            "style": options.style,
            "seed": retake_seed(first, sheet.retakes),
        }
        return Wanted(
            names.sheet(sheet.slug),
            partial(self.engine.render, **call),
            verify.image_of(call["size"]),
            given=call,
            by=self.engine.identity,
            slots=slots_of(self.engine),
            accept=verify.image_of(),
        )


def sheets_as_json(sheets: tuple[Sheet, ...]) -> bytes:
    """``sheets`` as ``sheets.json`` holds them, easy to edit by hand."""
    return SHEETS.dump_json(sheets, indent=2) + b"\n"
