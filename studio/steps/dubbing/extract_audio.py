"""Step ``extract``: the track that is dubbed, as the recogniser wants it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media.speech_track import check_speech_track, write_speech_track
from studio.steps.dubbing import names
from studio.steps.finding import brought_file


@dataclass(frozen=True)
class ExtractAudio:
    """``audio/original.flac`` from ``original``, the name of what the user brought. ``track`` counts from 0; None is
    the one that players choose."""

    original: str
    track: int | None = None
    name: str = "extract"
    typical_s: float = 3.0

    def run(self, ctx: Context) -> None:
        """Make the sound to listen to."""
        original = ctx.make(brought_file(self.original))
        ctx.make(
            Wanted(
                names.ORIGINAL_AUDIO,
                lambda out: write_speech_track(ctx.path(original), out, track=self.track),
                check_speech_track,
                given={"original": original, "track": self.track},
            )
        )

    def forecast(self) -> tuple[str, ...]:
        """The sound alone."""
        return (names.ORIGINAL_AUDIO,)
