"""Step ``idea``: an idea in a language that the writer does not read, in one that it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, TypeAdapter

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import ToTranslate, Translator
from studio.media import verify
from studio.media.languages import language_name
from studio.model.story import Value
from studio.steps.filming import names
from studio.steps.translators import translator_for


class TranslatedIdea(Value):
    """``idea.json``: the user's words, and ``text``, which the story is written of."""

    idea: str
    language: str
    text: str = Field(min_length=1)
    translated_by: str = ""


IDEA_SHAPE = TypeAdapter(TranslatedIdea)


@dataclass(frozen=True)
class TranslateIdea:
    """``idea.json``. People may better its ``text``; whoever translated, it is not done again on another computer.

    Of ``translators`` the first that can is asked; where none can, an idea that is translated already stays.
    """

    idea: str
    language: str
    reads: str
    translators: Sequence[Translator]
    name: str = "idea"
    typical_s: float = 2.0

    def run(self, ctx: Context) -> None:
        """Translate the idea and say how it was understood."""
        given = {"idea": self.idea, "language": self.language, "reads": self.reads}
        made = ctx.make(Wanted(names.IDEA, self._produce, verify.json_of(IDEA_SHAPE), given=given, is_hand_kept=True))
        if ctx.is_new(made):
            told = ctx.read(made, IDEA_SHAPE)
            ctx.notice(
                names.IDEA,
                f"The idea was translated from {language_name(self.language)}: “{told.text}”. The film is told in "
                f"{language_name(self.reads)}; a dub gives it other languages.",
            )

    def forecast(self) -> tuple[str, ...]:
        """The idea alone."""
        return (names.IDEA,)

    def _produce(self, out: Path) -> None:
        engine = translator_for(self.translators, self.language, self.reads)
        line = ToTranslate("idea", self.idea, budget_s=0.0)
        said = engine.translate([line], source=self.language, target=self.reads, glossary={})
        text = said["idea"].text if "idea" in said else ""
        told = TranslatedIdea(idea=self.idea, language=self.language, text=text, translated_by=engine.identity)
        out.write_text(told.model_dump_json(indent=2), encoding="utf-8")
