"""Step ``bed``: the film's music and ambiences without the narrator, as loud as they are in the film."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import verify
from studio.media.mix import gain_to, write_at
from studio.model.film import FilmOptions
from studio.steps.filming import names
from studio.steps.filming.assemble_film import beds_of, soundtrack
from studio.steps.filming.film_parts import narrated, read_shots


@dataclass(frozen=True)
class MixBed:
    """``sounds/bed.flac``; none for a film without music and ambiences."""

    options: FilmOptions
    name: str = "bed"
    typical_s: float = 2.0

    def run(self, ctx: Context) -> None:
        """Mix the bed if anything in it is new."""
        told = narrated(ctx, read_shots(ctx), self.options)
        beds = beds_of(ctx, told.timeline)
        if not beds:
            return
        takes = [(ctx.artifact(cue.name), round(cue.start_s, 6)) for cue in told.timeline.cues]
        voice = [(take, start_s) for take, start_s in takes if take]
        length_s = told.timeline.duration_s

        def produce(out: Path) -> None:
            whole, alone = soundtrack(ctx, voice, beds, length_s), soundtrack(ctx, (), beds, length_s)
            write_at(out, alone, length_s, gain_db=gain_to(whole, length_s))

        given = {"beds": beds, "voice": voice, "length_s": length_s}
        ctx.make(Wanted(names.BED, produce, verify.encoded_sound(length_s), given=given))

    def forecast(self) -> tuple[str, ...]:
        """The bed alone."""
        return (names.BED,)
