"""What a piece of music is made of: sections, bars, notes."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engines.sound.moods import Character, Part

#: Semitones of the major scale.
MAJOR = (0, 2, 4, 5, 7, 9, 11)


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the piece; ``part`` says who plays it and how it sits in the mix."""

    start_s: float
    held_s: float
    key: int
    velocity: int
    part: Part
    character: Character
    is_motif: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of one mood, in whole bars that fill it exactly."""

    mood: str
    character: Character
    start_s: float
    duration_s: float
    bars: int
    beats: int

    @property
    def beat_s(self) -> float:
        return self.duration_s / (self.bars * self.beats)

    @property
    def tempo_bpm(self) -> float:
        return 60 / self.beat_s


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with all that its players need to know."""

    section: Section
    index: int
    start_s: float
    chord: tuple[int, ...]
    """Keys of the chord in the octave from its root at about middle C."""
    arc: float
    """0 thin to 1 full."""
    is_last: bool
    """The last chord of the film: it rings, and nobody moves."""
    lasts_s: float

    @property
    def beat_s(self) -> float:
        return self.section.beat_s


@dataclass(frozen=True, slots=True)
class Score:
    """The whole piece."""

    duration_s: float
    home: int
    motif: tuple[int, ...]
    sections: tuple[Section, ...]
    bars: tuple[Bar, ...]
    notes: tuple[Note, ...]
