"""Step ``lines``: the transcript as lines, which people edit and everything else follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.errors import BadInput
from studio.media import verify
from studio.model.dub import LINES, Line
from studio.model.transcript import SEGMENTS, lines_json
from studio.planning.dubbing.line_ids import with_kept_ids
from studio.planning.dubbing.lines import lines_of
from studio.planning.dubbing.transcripts import read_lines
from studio.steps.dubbing import names
from studio.steps.finding import brought_beside, standing


@dataclass(frozen=True)
class SplitLines:
    """``transcriptions/chunked_transcript.json`` from what was recognised; new ids are above ``highest_id``."""

    highest_id: int = 0
    name: str = "lines"
    typical_s: float = 0.5

    def run(self, ctx: Context) -> None:
        """Make the lines; those that stay as they are keep their ids."""
        transcript = ctx.artifact(names.TRANSCRIPT)
        assert transcript is not None

        def lines_from(earlier: tuple[Line, ...]) -> tuple[Line, ...]:
            segments = ctx.read(transcript, SEGMENTS)
            return lines_of(segments, earlier=earlier, above=self.highest_id)

        _make_lines(ctx, transcript, lines_from)

    def forecast(self) -> tuple[str, ...]:
        """The lines alone."""
        return (names.LINES,)


@dataclass(frozen=True)
class ReadLines:
    """``transcriptions/chunked_transcript.json`` from subtitles or lines that the user brought: no recogniser."""

    brought: str
    highest_id: int = 0
    """The highest that a line ever had: new ones are above it."""
    name: str = "lines"
    typical_s: float = 0.5

    def run(self, ctx: Context) -> None:
        """Read the file as it is now: an edit of it makes new lines; those that stay as they are keep their ids."""
        source = brought_beside(ctx, self.brought)
        _make_lines(ctx, source, lambda old: with_kept_ids(read_lines(ctx.path(source)), old, self.highest_id))

    def forecast(self) -> tuple[str, ...]:
        """The lines alone."""
        return (names.LINES,)


def _make_lines(ctx: Context, source: Artifact, lines_from: Callable[[tuple[Line, ...]], tuple[Line, ...]]) -> None:
    """The earlier lines lend only ids and settings: they are no part of what is asked for, and age nothing."""

    def produce(out: Path) -> None:
        lines = lines_from(_earlier(ctx))
        if not lines:
            raise BadInput(
                "Nothing is said in this sound that could be understood: choose another audio track or a better model, or "
                "bring the lines as SRT, VTT or ASS."
            )
        out.write_text(lines_json(lines), encoding="utf-8")

    ctx.make(Wanted(names.LINES, produce, verify.json_of(LINES), given={"source": source}, is_hand_kept=True))


def _earlier(ctx: Context) -> tuple[Line, ...]:
    """The lines that stand there until the new ones are made; none if there are none that can be read."""
    return standing(ctx, names.LINES, LINES) or ()
