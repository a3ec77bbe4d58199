"""Step ``fit``: where each spoken line stands, and the subtitles of what is really said, at its real times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context, NotMadeYet
from studio.core.session import Wanted
from studio.media import verify
from studio.media.audio import duration_s
from studio.media.probe import length_s
from studio.media.subtitles import Cue, lay_out_cues, write_srt
from studio.model.dub import FIT, DubOptions, Fitted, Line, Translated
from studio.planning.dubbing.fit import Spoken, film_s, fit, holds
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.parts import Cut, cast_by_ear, plan_to_make, spoken_lines, tracks_of
from studio.steps.finding import the_original

_SHORTEST_S = 0.1


@dataclass(frozen=True)
class FitLines:
    """``audio/<lang>_fit.json`` and ``translations/<lang>.srt``. ``original`` is the name of what the user brought."""

    original: str
    options: DubOptions
    name: str = "fit"
    typical_s: float = 0.1

    def run(self, ctx: Context) -> None:
        """Fit every track of voices again whose lines, or whose takes' lengths, are new."""
        replace(self, options=cast_by_ear(ctx, self.options))._fit_all(ctx)

    def _fit_all(self, ctx: Context) -> None:
        total_s = ctx.facts(the_original(ctx, self.original), length_s) or 0.0
        if self.options.may_freeze and self.options.multi:
            ctx.notice(self.original, "its picture is not held anywhere: one file is to hold all languages")
        for cut in tracks_of(self.options):
            try:
                self._cut(ctx, cut, round(total_s, 6))
            except NotMadeYet:
                plan_to_make(ctx, cut, dub_names.fit(cut.key))
                plan_to_make(ctx, cut, dub_names.subtitles(cut.key))

    def forecast(self) -> tuple[str, ...]:
        """Fit and subtitles of each track."""
        keys = [cut.key for cut in tracks_of(self.options)]
        return tuple(name for key in keys for name in (dub_names.fit(key), dub_names.subtitles(key)))

    def _cut(self, ctx: Context, cut: Cut, total_s: float) -> None:
        lines = spoken_lines(ctx, cut.language)
        spoken, waiting = self._spoken(ctx, cut, lines)
        if not (spoken or waiting):
            ctx.notice(dub_names.fit(cut.key), f"has no spoken line in {cut.language}: it is left out")
            return
        options = self.options
        freezes = options.may_freeze and not options.multi
        fitted = fit(spoken, total_s=total_s, most_speed=options.most_speed, may_freeze=freezes)
        given = {"spoken": spoken, "total_s": total_s, "most_speed": options.most_speed, "may_freeze": freezes}
        late = {"waiting": waiting} if waiting else {}
        ctx.make(
            Wanted(dub_names.fit(cut.key), partial(_write, fitted=fitted), verify.json_of(FIT), given={**given, **late})
        )
        cues = lay_out_cues(_cues(lines, fitted, total_s))
        ctx.make(
            Wanted(
                dub_names.subtitles(cut.key),
                partial(write_srt, cues=cues),
                verify.subtitles_ok(),
                given={"cues": cues, **late},
            )
        )

    def _spoken(
        self, ctx: Context, cut: Cut, lines: tuple[tuple[Line, Translated], ...]
    ) -> tuple[list[Spoken], list[Artifact]]:
        """Lines with the lengths of their takes; takes that a plan cannot measure yet."""
        spoken: list[Spoken] = []
        waiting: list[Artifact] = []
        for line, _ in lines:
            take = ctx.artifact(cut.take(line, self.options))
            short = ctx.artifact(cut.take(line, self.options, is_short=True))
            take_s = ctx.facts(take, duration_s) if take else None
            short_s = ctx.facts(short, duration_s) if short else None
            waiting += [one for one, length in ((take, take_s), (short, short_s)) if one and length is None]
            if take_s:
                spoken.append(Spoken(line.id, line.start_s, line.end_s, take_s, short_s))
        return spoken, waiting


def _write(out: Path, fitted: tuple[Fitted, ...]) -> None:
    out.write_bytes(FIT.dump_json(fitted, by_alias=True, indent=1))


def _cues(lines: tuple[tuple[Line, Translated], ...], fitted: tuple[Fitted, ...], total_s: float) -> list[Cue]:
    """What is said, in the time of the film."""
    texts = {line.id: translated for line, translated in lines}
    held = holds(fitted)
    ends_s = film_s(total_s, held)
    cues = []
    for place in fitted:
        translated = texts[place.id]
        text = translated.short if place.uses_short else translated.text
        start_s, end_s = film_s(place.start_s, held), film_s(place.end_s, held)
        if start_s < ends_s:
            cues.append(Cue(start_s, max(min(end_s, ends_s), start_s + _SHORTEST_S), text))
    return cues
