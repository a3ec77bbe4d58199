"""No translator at all: the lines are typed, or imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.engines.base import ToTranslate, TranslatedText


class ManualTranslation:
    """Leaves every line empty: it counts as missing until somebody has typed it, never as failed."""

    identity = "mt/manual/1"
    is_deterministic = True
    uses_seed = False
    batch_lines = 1
    is_typed = True
    """The step asks it for nothing."""

    def check(self) -> None:
        """Always works."""

    def knows(self, source: str, target: str) -> bool:
        """People know every language."""
        return True

    def translate(
        self, lines: Sequence[ToTranslate], *, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[str, TranslatedText]:
        """Nothing, for every line."""
        return {line.id: TranslatedText("") for line in lines}
