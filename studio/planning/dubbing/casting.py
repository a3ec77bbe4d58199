"""Which voice of an engine stands for a speaker whom nobody cast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

#: Speaking voices of men lie around 115 Hz, of women around 205; between these two it may be either.
MOST_MALE_HZ, LEAST_FEMALE_HZ = 155.0, 165.0


class _Voice(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def gender(self) -> str: ...

    def speaks(self, language: str) -> bool:
        """True if it is a voice of that language."""
        ...


def usual_voice(voices: Sequence[_Voice], language: str, pitch_hz: float = 0.0) -> str:
    """The first of ``voices`` that speaks ``language`` and is male or female as ``pitch_hz`` says, else the first that
    speaks it; empty if none does. A pitch of 0 is not known."""
    here = [voice for voice in voices if voice.speaks(language)]
    gender = "male" if 0 < pitch_hz <= MOST_MALE_HZ else "female" if pitch_hz >= LEAST_FEMALE_HZ else ""
    alike = [voice for voice in here if voice.gender == gender]
    return next((voice.name for voice in (*alike, *here)), "")


def are_both_here(voices: Sequence[_Voice], language: str) -> bool:
    """True if ``voices`` has a man's and a woman's for ``language``: then there is something to be decided."""
    return {"male", "female"} <= {voice.gender for voice in voices if voice.speaks(language)}
