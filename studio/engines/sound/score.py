"""Writes the notes: one piece over the whole film, from moods and their lengths. Knows no samples."""

from __future__ import annotations

import itertools
import math
import random
import zlib
from collections.abc import Iterator, Sequence

from studio.engines.base import MoodCue
from studio.engines.sound.moods import Character, character_of
from studio.engines.sound.notation import MAJOR, Bar, Score, Section
from studio.engines.sound.players import Players

_HOMES = (60, 62, 63, 65, 55, 57, 58)
#: Scale steps of a four-note theme from its first note: singable, no two alike upside down.
_MOTIFS = (
    (0, 2, 4, 3),
    (0, 1, 2, 4),
    (0, 4, 3, 2),
    (0, 2, 1, 4),
    (0, 3, 2, 4),
    (0, 1, 4, 2),
    (0, 4, 2, 5),
    (0, 2, 5, 4),
)
#: The chord before the last, by mode: the one that leads home in it.
_LEADS_HOME = (4, 3, 1, 1, 6, 6)
#: A last chord rings at least this long where the film has room for it.
_LAST_CHORD_S = 2.4


def write(cues: Sequence[MoodCue], seed: int) -> Score:
    """The piece for ``cues``: equal arguments, equal notes. ``cues`` are not empty and longer than 0."""
    chance = random.Random(zlib.crc32(f"music|{seed}".encode()))
    home, motif = chance.choice(_HOMES), chance.choice(_MOTIFS)
    sections = _sections(cues)
    total_s = sum(cue.duration_s for cue in cues)
    bars = tuple(bar for section in sections for bar in _bars(section, sections, home, total_s, chance))
    players = Players(home, motif, chance)
    notes = sorted((note for bar in bars for note in players.play(bar)), key=lambda note: (note.start_s, note.key))
    return Score(total_s, home, motif, tuple(sections), bars, tuple(notes))


def _sections(cues: Sequence[MoodCue]) -> list[Section]:
    """Neighbours of one mood together; each in the bars that come nearest to its pace."""
    sections: list[Section] = []
    start_s = 0.0
    for mood, group in itertools.groupby(cues, key=lambda cue: cue.mood.strip().lower()):
        duration_s = sum(cue.duration_s for cue in group)
        character, tempo_bpm = character_of(mood)
        bars, beats = _metre(duration_s, tempo_bpm, character.beats)
        sections.append(Section(mood, character, start_s, duration_s, bars, beats))
        start_s += duration_s
    return sections


def _metre(duration_s: float, tempo_bpm: float, usual_beats: int) -> tuple[int, int]:
    choices = []
    for beats in (4, 3, 2):
        exact = duration_s * tempo_bpm / 60 / beats
        for bars in {max(1, math.floor(exact)), max(1, math.ceil(exact))}:
            odd = 0.0 if beats == usual_beats else 0.12 if beats > 2 else 0.3
            choices.append((abs(math.log2(bars / exact)) + odd, bars, beats))
    _, bars, beats = min(choices)
    return bars, beats


def _bars(
    section: Section, sections: Sequence[Section], home: int, total_s: float, chance: random.Random
) -> Iterator[Bar]:
    progression = chance.choice(section.character.progressions)
    degrees = [progression[i % len(progression)] for i in range(section.bars)]
    bar_s = section.duration_s / section.bars
    last = section.bars
    if section is sections[-1]:
        ringing = min(max(1, math.ceil(_LAST_CHORD_S / bar_s)), max(1, section.bars - 1))
        last = section.bars - ringing
        degrees = [*degrees[:last], 0]
        if last >= 1:
            degrees[last - 1] = _LEADS_HOME[section.character.mode]
    for index, degree in enumerate(degrees):
        start_s = section.start_s + index * bar_s
        yield Bar(
            section=section,
            index=index,
            start_s=start_s,
            chord=_chord(home, section.character, degree),
            arc=_arc(start_s / total_s),
            is_last=index == last,
            lasts_s=total_s - start_s if index == last else bar_s,
        )


def _chord(home: int, character: Character, degree: int) -> tuple[int, ...]:
    steps = [character.mode + degree + third for third in (0, 2, 4)]
    if character.colour is not None:
        steps.append(character.mode + degree + character.colour)
    return tuple(home + MAJOR[step % 7] + 12 * (step // 7) for step in steps)


def _arc(part: float) -> float:
    """How full the music is at ``part`` of the film: thin at first, fullest at seven tenths, calmer at the end."""
    if part < 0.7:
        return 0.42 + 0.58 * math.sin(part / 0.7 * math.pi / 2)
    return 1.0 - 0.3 * (part - 0.7) / 0.3
