"""Step ``check``: each spoken line is heard back by a recogniser and compared with what was to be said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context, NotMadeYet
from studio.core.session import Wanted
from studio.engines.base import SpeechRecognizer, slots_of
from studio.media import verify
from studio.model.dub import HEARD_BACK, DubOptions, HeardBack
from studio.model.transcript import SEGMENTS
from studio.planning.dubbing.likeness import letter_error_rate, word_error_rate
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.parts import Cut, fitted_lines, spoken_lines


@dataclass(frozen=True)
class CheckLines:
    """``checks/<lang>/0001.json`` …, of the takes that are in the dub."""

    engine: SpeechRecognizer
    options: DubOptions
    name: str = "check"
    typical_s: float = 2.0

    def run(self, ctx: Context) -> None:
        """Hear back what is new."""
        wanted: list[Wanted] = []
        for language in self.options.languages:
            try:
                wanted += self._language(ctx, language)
            except NotMadeYet:
                continue
        ctx.make_all(wanted)

    def forecast(self) -> tuple[str, ...]:
        """How many lines there are is known when they are."""
        return ()

    def _language(self, ctx: Context, language: str) -> list[Wanted]:
        cut = Cut(language, self.options.preset)
        places = {place.id: place for place in fitted_lines(ctx, cut) or ()}
        wanted = []
        for line, translated in spoken_lines(ctx, language):
            place = places.get(line.id)
            if place:
                take = ctx.artifact(cut.take(line, self.options, is_short=place.uses_short))
                text = translated.short if place.uses_short else translated.text
                wanted += [self._check(ctx, language, line.id, take, text)] if take else []
        return wanted

    def _check(self, ctx: Context, language: str, line_id: str, take: Artifact, text: str) -> Wanted:
        def produce(out: Path, **job: Any) -> None:
            heard_out = out.with_suffix(".heard.json")
            try:
                self.engine.transcribe(heard_out, ctx.path(take), language=language, **job)
                segments = SEGMENTS.validate_json(heard_out.read_bytes())
            finally:
                heard_out.unlink(missing_ok=True)
            heard = " ".join(segment.text.strip() for segment in segments)
            rates = {"wer": word_error_rate(text, heard), "cer": letter_error_rate(text, heard)}
            found = HeardBack(text=text, heard=heard, **rates)
            out.write_text(found.model_dump_json(indent=1), encoding="utf-8")

        name = dub_names.check(language, line_id)
        given = {"take": take, "text": text, "language": language}
        return Wanted(
            name,
            produce,
            verify.json_of(HEARD_BACK),
            given=given,
            by=self.engine.identity,
            slots=slots_of(self.engine),
        )
