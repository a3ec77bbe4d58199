"""Step ``voice_over``: the spoken sentences as one narration, as long as the film, at the same pitch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import Given
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import verify
from studio.media.audio import RATE_HZ, resample, write_wav
from studio.media.dub_mix import TrackLine, track_blocks
from studio.model.film import FilmOptions
from studio.planning.filming.timeline import PAUSE_S, TAIL_S
from studio.steps.filming import names
from studio.steps.filming.film_parts import narrated, read_shots
from studio.steps.finding import brought_file


@dataclass(frozen=True)
class ReadNarration:
    """``narration/narration.wav`` from a recording that came with the scenes, and its words."""

    brought: str
    name: str = "narration"
    typical_s: float = 1.0

    def run(self, ctx: Context) -> None:
        """Take the recording as it is now."""
        source = ctx.make(brought_file(self.brought))
        text = "\n".join(shot.narration for shot in read_shots(ctx) if shot.narration)

        def produce(out: Path) -> None:
            resample(ctx.path(source), out, rate_hz=RATE_HZ, channels=1)

        def write(out: Path) -> None:
            out.write_text(text + "\n", encoding="utf-8")

        ctx.make(Wanted(names.NARRATION_TEXT, write, lambda path: None, given={"text": text}))
        ctx.make(Wanted(names.NARRATION, produce, verify.sound_of(), given={"recording": source}))

    def forecast(self) -> tuple[str, ...]:
        """The words and the recording."""
        return (names.NARRATION_TEXT, names.NARRATION)


@dataclass(frozen=True)
class FitNarration:
    """``narration/narration.wav``, one sentence after another as they were spoken, and ``narration_adjusted.wav``."""

    options: FilmOptions
    name: str = "voice_over"
    typical_s: float = 0.5

    def run(self, ctx: Context) -> None:
        """Lay the sentences over the film again if one of them, or the film's length, is new."""
        told = narrated(ctx, read_shots(ctx), self.options)
        placed = [(ctx.artifact(cue.name), round(cue.start_s, 6), told.speed) for cue in told.timeline.cues]
        spoken = [(take, start_s, speed) for take, start_s, speed in placed if take]
        if not (spoken or told.waiting):
            return
        late: dict[str, Given] = {"narration": told.waiting} if told.waiting else {}
        is_recorded = names.NARRATION in {take.name for take in (*(take for take, _, _ in spoken), *told.waiting)}
        as_spoken: list[tuple[Artifact, float, float]] = []
        start_s = 0.0
        for cue in told.timeline.cues:
            take = ctx.artifact(cue.name)
            if take:
                as_spoken.append((take, round(start_s, 6), 1.0))
                start_s += (cue.end_s - cue.start_s) * told.speed + PAUSE_S
        whole_s = round(max(TAIL_S, start_s - PAUSE_S), 6)
        if not is_recorded:
            ctx.make(_track(ctx, names.NARRATION, as_spoken, whole_s, late))
        ctx.make(_track(ctx, names.ADJUSTED, spoken, told.timeline.duration_s, late))

    def forecast(self) -> tuple[str, ...]:
        """Both tracks."""
        return (names.NARRATION, names.ADJUSTED)


def _track(
    ctx: Context, name: str, voice: Sequence[tuple[Artifact, float, float]], length_s: float, late: dict[str, Given]
) -> Wanted:
    """``voice`` are takes with their starts and speeds."""

    def produce(out: Path) -> None:
        lines = [TrackLine(ctx.path(take), at_s, speed) for take, at_s, speed in voice]
        write_wav(out, track_blocks(lines, duration_s=length_s), rate_hz=RATE_HZ, channels=1)

    return Wanted(name, produce, verify.sound_of(length_s), given={"voice": voice, "length_s": length_s, **late})
