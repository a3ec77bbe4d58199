"""Step ``cast``: where nobody chose a voice, each speaker has one that is high or low as the original is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import Voice
from studio.errors import BadInput
from studio.media import verify
from studio.media.pitch import median_pitch_hz
from studio.media.probe import probe
from studio.model.dub import CAST_BY_EAR, LINES, CastByEar, DubOptions, Line
from studio.planning.dubbing.casting import usual_voice
from studio.steps.dubbing import names as dub_names
from studio.steps.finding import the_original


@dataclass(frozen=True)
class CastVoices:
    """``audio/casting_by_ear.json``, for languages that nobody chose a voice for.

    Listened to anew only when there is another film, or other people in it: a line that is corrected changes no voice.
    """

    original: str
    options: DubOptions
    voices: Sequence[Voice]
    track: int | None = None
    name: str = "cast"
    typical_s: float = 1.0

    def run(self, ctx: Context) -> None:
        """Cast whoever is new."""
        artifact = ctx.artifact(dub_names.LINES)
        if artifact is None or not self.options.by_ear:
            return
        original = the_original(ctx, self.original)
        if not ctx.facts(original, lambda path: bool(probe(path).audio)):
            return
        lines: tuple[Line, ...] = ctx.read(artifact, LINES)
        people = sorted({line.speaker for line in lines})
        languages = self.options.by_ear
        candidates = {code: [(v.name, v.gender) for v in self.voices if v.speaks(code)] for code in languages}

        def produce(out: Path) -> None:
            spans = {who: [(line.start_s, line.end_s) for line in lines if line.speaker == who] for who in people}
            heard = {who: self._pitch_hz(ctx.path(original), spans[who]) for who in people}
            found = [
                CastByEar(
                    speaker=who, language=code, voice=usual_voice(self.voices, code, heard[who]), pitch_hz=heard[who]
                )
                for code in languages
                for who in people
            ]
            out.write_bytes(CAST_BY_EAR.dump_json(tuple(found), indent=1))

        given = {"original": original, "track": self.track, "people": people, "voices": candidates}
        ctx.make(Wanted(dub_names.CAST_BY_EAR, produce, verify.json_of(CAST_BY_EAR), given=given))

    def forecast(self) -> tuple[str, ...]:
        """The casting alone."""
        return (dub_names.CAST_BY_EAR,) if self.options.by_ear else ()

    def _pitch_hz(self, path: Path, spans: Sequence[tuple[float, float]]) -> float:
        """0 where nothing can be heard: that is no reason to speak nothing."""
        try:
            return median_pitch_hz(path, spans, track=self.track)
        except BadInput:
            return 0.0
