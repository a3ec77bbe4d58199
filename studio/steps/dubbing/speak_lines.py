"""Step ``speak``: one take a line and language. Nothing but its words and its voice decides a take, so that a dub that
is fitted or mixed anew is not spoken anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from studio.core.pipeline import Context, NotMadeYet
from studio.core.session import Wanted
from studio.engines.base import SpeechSynthesizer, slots_of
from studio.errors import EngineUnavailable
from studio.media import verify
from studio.media.audio import trim_silence
from studio.model.dub import LINES, DubOptions, Line, Translated
from studio.planning.dubbing.fit import count_words, too_long
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.parts import Cut, cast_by_ear, spoken_lines, tracks_of, voice_of
from studio.steps.finding import known
from studio.steps.takes import counting_seed

_LEAD_S = 0.02
_USUAL_WORDS_PER_SECOND = 2.5


@dataclass(frozen=True)
class SpeakLines:
    """``audio/<lang>/0001.wav`` …, and a shorter wording where the usual one is not expected to fit."""

    engine: SpeechSynthesizer
    options: DubOptions
    name: str = "speak"
    typical_s: float = 1.0

    def run(self, ctx: Context) -> None:
        """Speak what is missing, in all languages and mixes at once."""
        cast = replace(self, options=cast_by_ear(ctx, self.options))
        ctx.make_all(list(cast._takes(ctx).values()))

    def forecast(self) -> tuple[str, ...]:
        """How many lines there are is known when they are."""
        return ()

    def _takes(self, ctx: Context) -> dict[str, Wanted]:
        wanted: dict[str, Wanted] = {}
        for cut in tracks_of(self.options):
            try:
                lines = spoken_lines(ctx, cut.language)
            except NotMadeYet:
                wanted |= {take.name: take for take in self._to_come(ctx, cut)}
                continue
            too_long = self._too_long(cut, lines)
            for line, translated in lines:
                takes = [self._take(cut, line, translated.text, is_short=False)]
                if line.id in too_long and translated.short.strip():
                    takes.append(self._take(cut, line, translated.short, is_short=True))
                wanted |= {take.name: take for take in takes}
        return wanted

    def _to_come(self, ctx: Context, cut: Cut) -> Iterator[Wanted]:
        """In a plan: the takes of lines whose words are still to be found; what the original says stands for them."""
        lines = ctx.artifact(dub_names.LINES)
        for line in (known(ctx, lines, LINES) or ()) if lines else ():
            draft = ctx.artifact(dub_names.translated_line(cut.language, line.id))
            if draft and ctx.facts(draft, lambda path: True) is None:
                take = self._take(cut, line, line.text, is_short=False)
                yield replace(take, given={**take.given, "waiting": draft})

    def _too_long(self, cut: Cut, lines: tuple[tuple[Line, Translated], ...]) -> set[str]:
        """Lines whose usual wording is not expected to fit as it is, by the rate of whoever speaks them."""
        by_voice: dict[str, dict[str, str]] = {}
        for line, translated in lines:
            if translated.short.strip():
                voice = voice_of(self.options, self.engine.voices, cut, line)
                by_voice.setdefault(voice, {})[line.id] = translated.text
        originals = [line for line, _ in lines]
        return {
            line_id
            for voice, texts in by_voice.items()
            for line_id in too_long(originals, texts, words_per_second=self._words_per_second(voice))
        }

    def _words_per_second(self, voice: str) -> float:
        return next((v.words_per_second for v in self.engine.voices if v.name == voice), _USUAL_WORDS_PER_SECOND)

    def _take(self, cut: Cut, line: Line, text: str, *, is_short: bool) -> Wanted:
        voice = voice_of(self.options, self.engine.voices, cut, line)
        call: dict[str, Any] = {"text": " ".join(text.split()), "language": cut.language, "voice": voice}
        retakes = line.retakes.get(cut.language, 0)
        seed = self.options.seed + retakes
        return Wanted(
            cut.take(line, self.options, is_short=is_short),
            partial(_speak, engine=self.engine, **call, seed=seed),
            verify.speech_of(count_words(text)),
            given={**call, "seed": counting_seed(self.engine, seed, usual=1, retakes=retakes)},
            by=self.engine.identity,
            slots=slots_of(self.engine),
            accept=verify.sound_of(),
        )


def _speak(
    out: Path, *, engine: SpeechSynthesizer, text: str, language: str, voice: str, seed: int, **job: Any
) -> None:
    """``job`` is handed on to an engine at a service."""
    if not voice:
        raise EngineUnavailable(
            f"{engine.identity} has no voice that speaks “{language}”: choose a voice for it, or another speech engine."
        )
    spoken = out.with_suffix(".spoken.wav")
    try:
        engine.speak(spoken, text, language=language, voice=voice, seed=seed, **job)
        trim_silence(spoken, out, keep_s=_LEAD_S)
    finally:
        spoken.unlink(missing_ok=True)
