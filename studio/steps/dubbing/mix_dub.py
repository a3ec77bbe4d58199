"""Step ``mix``: takes become a track of voices, and the track and the original's own sound become a mix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import Given
from studio.core.pipeline import Context, NotMadeYet
from studio.core.session import Wanted
from studio.media import verify
from studio.media.bed import LEVELS
from studio.media.dub_mix import DubBed, TrackLine, assemble_track, mix_dub, weigh_bed
from studio.media.dub_stems import Part, write_stem
from studio.media.probe import length_s, probe
from studio.model.dub import LINES, DubOptions, Fitted, Line
from studio.planning.dubbing.fit import film_s, holds
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.parts import (
    Cut,
    cast_by_ear,
    cuts_of,
    fitted_lines,
    mix_name,
    plan_to_make,
    spoken_spans,
    tracks_of,
    voice_gain_db,
)
from studio.steps.finding import brought_beside, the_original

_MOST_NAMED = 12


@dataclass(frozen=True)
class MixDub:
    """``audio/<lang>_audio.flac`` and ``audio/<lang>_mix.m4a``, the mixes that have a name, and stems where wanted.

    ``original`` is the name of what the user brought; ``bed`` that of a sound without voices to be heard instead of
    the original's, which an earlier step made or the user brought.
    """

    original: str
    options: DubOptions
    bed: str = ""
    name: str = "mix"
    typical_s: float = 6.0

    def run(self, ctx: Context) -> None:
        """Mix again what anything in it is new."""
        replace(self, options=cast_by_ear(ctx, self.options))._mix_all(ctx)

    def _mix_all(self, ctx: Context) -> None:
        total_s = round(ctx.facts(the_original(ctx, self.original), length_s) or 0.0, 6)
        bed = self._bed(ctx)
        levels = self._levels(ctx, bed) if bed else None
        tracks: list[Wanted | None] = []
        for cut in tracks_of(self.options):
            try:
                tracks.append(self._track(ctx, cut, total_s))
            except NotMadeYet:
                plan_to_make(ctx, cut, dub_names.track(cut.key))
        ctx.make_all([track for track in tracks if track])
        self._tell_what_is_outside(ctx, total_s)
        mixes: list[Wanted] = []
        for cut in cuts_of(self.options):
            try:
                mixes += self._mixes(ctx, cut, total_s, bed, levels)
            except NotMadeYet:
                for name in _names(cut, self.options):
                    plan_to_make(ctx, cut, name)
        ctx.make_all(mixes)

    def forecast(self) -> tuple[str, ...]:
        """The track of each set of voices, and each mix."""
        tracks = [dub_names.track(cut.key) for cut in tracks_of(self.options)]
        return (*tracks, *(name for cut in cuts_of(self.options) for name in _names(cut, self.options)))

    def _tell_what_is_outside(self, ctx: Context, total_s: float) -> None:
        """Which lines begin after the film has ended: nobody hears them."""
        lines = ctx.artifact(dub_names.LINES)
        outside = [line.id for line in ctx.read(lines, LINES) if line.start_s >= total_s] if lines and total_s else []
        if outside:
            named = ", ".join(outside[:_MOST_NAMED]) + (" …" if len(outside) > _MOST_NAMED else "")
            which = f"line {named} lies" if len(outside) == 1 else f"{len(outside)} lines ({named}) lie"
            ctx.notice(dub_names.LINES, f"{which} after the end of the film, which is {total_s:.1f} s long: not heard")

    def _bed(self, ctx: Context) -> Artifact | None:
        """What is heard under the voices; None for a film without sound, or where no cut wants any."""
        if all(cut.preset == "bed-off" for cut in cuts_of(self.options)):
            return None
        name = self.options.bed or self.bed
        if name:
            return brought_beside(ctx, name)
        original = the_original(ctx, self.original)
        return original if ctx.facts(original, lambda path: bool(probe(path).audio)) else None

    def _levels(self, ctx: Context, bed: Artifact) -> Artifact:
        """How loud the bed is over its time: the same for all languages."""
        name = dub_names.bed_levels(Path(bed.name).stem)
        return ctx.make(
            Wanted(name, lambda out: weigh_bed(out, ctx.path(bed)), verify.json_of(LEVELS), given={"bed": bed})
        )

    def _track(self, ctx: Context, cut: Cut, total_s: float) -> Wanted | None:
        fitted, lines = fitted_lines(ctx, cut), ctx.artifact(dub_names.LINES)
        if fitted is None or lines is None:
            return None
        held = holds(fitted)
        by_id = {line.id: line for line in ctx.read(lines, LINES)}
        places = [
            (place, ctx.artifact(cut.take(by_id[place.id], self.options, is_short=place.uses_short)))
            for place in fitted
            if place.id in by_id
        ]
        placed = [
            (take, round(film_s(place.start_s, held), 6), place.speed, by_id[place.id].gain_db)
            for place, take in places
            if take
        ]
        length = round(film_s(total_s, held), 6)

        def produce(out: Path) -> None:
            ready = [TrackLine(ctx.path(take), start_s, speed, gain_db) for take, start_s, speed, gain_db in placed]
            assemble_track(out, ready, duration_s=length)

        check = verify.encoded_sound(length)
        return Wanted(dub_names.track(cut.key), produce, check, given={"lines": placed, "length_s": length})

    def _mixes(
        self, ctx: Context, cut: Cut, total_s: float, bed: Artifact | None, levels: Artifact | None
    ) -> list[Wanted]:
        """The mix of ``cut``, and its stems where the user wants them; nothing if nobody speaks in it."""
        track, lines, fitted = (
            ctx.artifact(dub_names.track(cut.key)),
            ctx.artifact(dub_names.LINES),
            fitted_lines(ctx, cut),
        )
        if track is None or lines is None or fitted is None:
            return []
        under = bed if cut.preset != "bed-off" else None
        originals: tuple[Line, ...] = ctx.read(lines, LINES)
        spans = spoken_spans(originals, fitted) if under else ()
        held = holds(fitted)
        length = round(film_s(total_s, held), 6)
        how: dict[str, Any] = {
            "preset": cut.preset,
            "target_lufs": self.options.target_lufs,
            "voice_gain_db": voice_gain_db(cut, self.options),
        }
        given: dict[str, Given] = {**how, "track": track, "bed": under, "is_wordless": self._is_wordless}
        given |= {"spans": spans, "holds": held if under else (), "length_s": length}

        def produce(out: Path, make: Callable[..., None]) -> None:
            bed = self._heard(ctx, under, levels, fitted)
            make(out, track=ctx.path(track), bed=bed, spans=spans, duration_s=length, **how)

        check = verify.encoded_sound(length)
        found = [Wanted(mix_name(cut), partial(produce, make=mix_dub), check, given=given)]
        for part in _parts(cut, self.options):
            making = partial(produce, make=partial(write_stem, part=part))
            stem = dub_names.stem(_stem_key(cut), part)
            if part == "voices" or under:
                found.append(Wanted(stem, making, check, given={**given, "part": part}))
        return found

    @property
    def _is_wordless(self) -> bool:
        return bool(self.options.bed or self.bed)

    def _heard(
        self, ctx: Context, bed: Artifact | None, levels: Artifact | None, fitted: tuple[Fitted, ...]
    ) -> DubBed | None:
        if bed is None or levels is None:
            return None
        return DubBed(ctx.path(bed), ctx.read(levels, LEVELS), self._is_wordless, holds(fitted))


def _names(cut: Cut, options: DubOptions) -> tuple[str, ...]:
    return (mix_name(cut), *(dub_names.stem(_stem_key(cut), part) for part in _parts(cut, options)))


def _stem_key(cut: Cut) -> str:
    return f"mix_{cut.mix.name}" if cut.mix else cut.language


def _parts(cut: Cut, options: DubOptions) -> tuple[Part, ...]:
    if not options.stems:
        return ()
    return ("voices",) if cut.preset == "bed-off" else ("voices", "bed")
