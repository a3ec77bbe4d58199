"""Step ``narration``: every sentence is spoken on its own, so that each is timed, retaken and subtitled exactly.

It comes before the clips, unlike in the old studio: a line that is longer than its shot extends the picture, and a
clip should be rendered (or bought) once, at its right length.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import SpeechSynthesizer, slots_of
from studio.media import verify
from studio.model.film import FilmOptions
from studio.model.shot import Shot
from studio.steps.filming import names
from studio.steps.filming.film_parts import read_shots, sentences_of
from studio.steps.takes import counting_seed


@dataclass(frozen=True)
class SpeakNarration:
    """``narration/shot_001_1.wav`` … and the whole text in ``narration/narration.txt``."""

    engine: SpeechSynthesizer
    options: FilmOptions
    name: str = "narration"
    typical_s: float = 1.0

    def run(self, ctx: Context) -> None:
        """Speak what is missing."""
        shots = read_shots(ctx)
        text = "\n".join(shot.narration for shot in shots if shot.narration)
        ctx.make(
            Wanted(
                names.NARRATION_TEXT,
                lambda out: _write(out, text),
                lambda path: None,
                given={"text": text},
            )
        )
        ctx.make_all([take for shot in shots for take in self._takes(shot)])

    def forecast(self) -> tuple[str, ...]:
        """The text; how many sentences it has is known when it is written."""
        return (names.NARRATION_TEXT,)

    def _takes(self, shot: Shot) -> list[Wanted]:
        voice = self.options.voice or self.engine.voices[0].name
        takes: list[Wanted] = []
        for number, sentence in enumerate(sentences_of(shot), start=1):
            call: dict[str, Any] = {"text": sentence, "language": self.options.language, "voice": voice}
            retakes = shot.retakes.get("narration", 0)
            produce = partial(self.engine.speak, **call, seed=1 + retakes)
            given = {**call, "seed": counting_seed(self.engine, 1 + retakes, usual=1, retakes=retakes)}
            name = names.sentence(shot.index, number)
            takes.append(
                Wanted(
                    name, produce, verify.sound_of(), given=given, by=self.engine.identity, slots=slots_of(self.engine)
                )
            )
        return takes


def _write(out: Path, text: str) -> None:
    out.write_text(text + "\n", encoding="utf-8")
