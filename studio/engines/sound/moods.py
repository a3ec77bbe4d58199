"""The characters of the music: what each mood plays, how fast, how high and how brightly."""

from __future__ import annotations

from dataclasses import dataclass

#: General MIDI programs of the studio's font.
PIANO, CELESTA, GLOCKENSPIEL, VIBRAPHONE, MARIMBA, BELLS, GUITAR, BASS = 0, 8, 9, 11, 12, 14, 24, 32
CELLO, CONTRABASS, TREMOLO, PIZZICATO, HARP, TIMPANI, STRINGS, CHOIR = 42, 43, 44, 45, 46, 47, 48, 52
TROMBONE, HORN, OBOE, CLARINET, FLUTE, WARM_PAD, BOWED_PAD, TAIKO = 57, 60, 68, 71, 73, 89, 92, 116

#: Degrees of the home major scale on which a mode is built; all moods share its seven notes.
IONIAN, DORIAN, PHRYGIAN, LYDIAN, MIXOLYDIAN, AEOLIAN = 0, 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument in a character: what it does, between which keys, how loud and where it sits."""

    role: str
    """``pad, drone, bass, melody, arpeggio, pulse, stab`` or ``drum``."""
    program: int
    low: int
    high: int
    level_db: float
    pan: float = 0.0
    """-1 left, 1 right."""
    enters: float = 0.0
    """Plays while the film's arc (0 thin, 1 full) is at least this."""
    notes_a_beat: float = 2.0
    """For arpeggios and pulses."""
    room: float = 0.35
    """Share sent to the reverb."""


@dataclass(frozen=True, slots=True)
class Character:
    """A kind of music."""

    name: str
    tempo_bpm: float
    mode: int
    progressions: tuple[tuple[int, ...], ...]
    """Chords as degrees of the mode, a bar each."""
    parts: tuple[Part, ...]
    brightness_hz: float
    """Everything is low-passed here."""
    level_db: float = 0.0
    """Trim that makes characters equally loud, plus what this one should stand out."""
    beats: int = 4
    motif_beats: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    is_motif_inverted: bool = False
    colour: int | None = None
    """Scale steps above the root of a note added to each triad: 6 is a seventh, 8 a ninth."""
    legato: float = 1.0
    """Length of melody notes as a share of their beats."""


BRIGHT = Character(
    "bright", 118, IONIAN, ((0, 4, 5, 3), (0, 5, 3, 4), (0, 3, 0, 4)),
    (
        Part("pad", STRINGS, 62, 79, -8, -0.2, 0.55),
        Part("bass", BASS, 38, 52, 0, 0.1, 0.3),
        Part("arpeggio", PIZZICATO, 64, 84, 4, 0.35),
        Part("arpeggio", GUITAR, 55, 76, -4, -0.4, 0.6),
        Part("melody", FLUTE, 76, 92, -3, 0.15),
        Part("melody", GLOCKENSPIEL, 88, 103, -4, -0.15, 0.7),
    ),
    16000, level_db=-1.1, motif_beats=(0.5, 0.5, 1.0, 1.0), legato=0.8,
)  # fmt: skip
SORROW = Character(
    "sorrow", 62, AEOLIAN, ((0, 5, 2, 6), (0, 3, 5, 4), (0, 2, 3, 5)),
    (
        Part("pad", STRINGS, 48, 65, -5, -0.25, 0.6, room=0.5),
        Part("bass", CONTRABASS, 31, 45, -8, 0.2, 0.5),
        Part("arpeggio", PIANO, 48, 67, -2, -0.1, notes_a_beat=1.0, room=0.5),
        Part("melody", CELLO, 52, 69, -3, 0.2, room=0.5),
    ),
    1700, level_db=1.1, motif_beats=(1.0, 1.0, 1.0, 2.0), is_motif_inverted=True, legato=1.05,
)  # fmt: skip
TENDER = Character(
    "tender", 80, IONIAN, ((0, 5, 3, 4), (0, 2, 3, 3), (0, 3, 1, 4)),
    (
        Part("pad", STRINGS, 53, 76, -5, -0.2, 0.5, room=0.45),
        Part("bass", BASS, 36, 50, -4, 0.1, 0.35),
        Part("arpeggio", GUITAR, 52, 74, 1, -0.25, notes_a_beat=2.0),
        Part("melody", OBOE, 67, 82, -7, 0.2, room=0.45),
    ),
    4200, beats=3, motif_beats=(1.0, 0.5, 0.5, 1.0), colour=6,
)  # fmt: skip
CALM = Character(
    "calm", 58, IONIAN, ((0, 3, 0, 3), (0, 5, 3, 0), (0, 1, 3, 0)),
    (
        Part("pad", WARM_PAD, 53, 70, -5, 0.0, room=0.5),
        Part("pad", STRINGS, 48, 62, -9, 0.2, 0.75, room=0.5),
        Part("bass", CELLO, 36, 48, -12, 0.2, 0.55, room=0.5),
        Part("arpeggio", HARP, 55, 79, 0, -0.3, notes_a_beat=1.0, room=0.5),
        Part("melody", CLARINET, 62, 77, -9, 0.25, 0.45, room=0.55),
    ),
    2600, level_db=0.9, motif_beats=(1.0, 1.0, 2.0, 2.0), colour=8, legato=1.05,
)  # fmt: skip
WONDER = Character(
    "wonder", 88, LYDIAN, ((0, 1, 0, 1), (0, 4, 1, 0), (0, 1, 5, 4)),
    (
        Part("pad", CHOIR, 62, 79, -6, -0.2, 0.45, room=0.6),
        Part("drone", CONTRABASS, 36, 48, -10, 0.1, 0.5),
        Part("arpeggio", CELESTA, 74, 98, -1, 0.4, notes_a_beat=3.0, room=0.5),
        Part("arpeggio", HARP, 60, 84, 0, -0.4, 0.6, notes_a_beat=2.0, room=0.5),
        Part("melody", GLOCKENSPIEL, 86, 101, 2, -0.1, room=0.6),
        Part("melody", FLUTE, 74, 89, -9, 0.1, 0.65, room=0.5),
    ),
    18000, level_db=-2.0, motif_beats=(1.0, 1.0, 1.0, 1.0), colour=8,
)  # fmt: skip
MYSTERY = Character(
    "mystery", 70, DORIAN, ((0, 3, 0, 6), (0, 1, 0, 3), (0, 6, 3, 0)),
    (
        Part("pad", BOWED_PAD, 50, 66, -7, 0.1, 0.0, room=0.6),
        Part("bass", PIZZICATO, 40, 52, 0, 0.2, 0.4),
        Part("arpeggio", VIBRAPHONE, 58, 80, 0, -0.35, notes_a_beat=1.5, room=0.55),
        Part("melody", CLARINET, 53, 68, -6, 0.25, 0.35, room=0.5),
    ),
    3200, level_db=0.9, motif_beats=(0.75, 0.25, 1.0, 2.0), is_motif_inverted=True, colour=6,
)  # fmt: skip
DREAD = Character(
    "dread", 48, PHRYGIAN, ((0, 1, 0, 1), (0, 0, 1, 5), (0, 5, 1, 0)),
    (
        Part("drone", CONTRABASS, 28, 40, 0, -0.1, room=0.5),
        Part("pad", CHOIR, 41, 55, -6, 0.2, 0.5, room=0.65),
        Part("pad", TREMOLO, 40, 55, -5, -0.3, 0.4, room=0.5),
        Part("melody", CELLO, 40, 55, -5, 0.25, 0.3, room=0.6),
        Part("drum", TAIKO, 33, 40, -1, 0.0, 0.6, notes_a_beat=0.25, room=0.6),
    ),
    850, level_db=0.1, motif_beats=(2.0, 1.0, 1.0, 4.0), is_motif_inverted=True, legato=1.1,
)  # fmt: skip
TENSION = Character(
    "tension", 112, AEOLIAN, ((0, 0, 5, 5), (0, 0, 3, 4), (0, 5, 0, 6)),
    (
        Part("pulse", MARIMBA, 52, 64, 2, 0.3, notes_a_beat=2.0),
        Part("pulse", PIZZICATO, 43, 55, 0, -0.3, 0.55, notes_a_beat=4.0),
        Part("pad", TREMOLO, 55, 70, -8, -0.1, 0.5, room=0.45),
        Part("drone", CONTRABASS, 33, 45, -7, 0.1, 0.4),
        Part("melody", CLARINET, 60, 75, -2, 0.2, 0.6),
        Part("drum", TAIKO, 33, 40, 2, 0.0, 0.7, notes_a_beat=0.5),
    ),
    5200, level_db=-2.9, motif_beats=(0.5, 0.5, 0.5, 1.5), legato=0.6,
)  # fmt: skip
FURY = Character(
    "fury", 138, PHRYGIAN, ((0, 1, 0, 5), (0, 0, 1, 1), (0, 5, 1, 0)),
    (
        Part("pulse", CELLO, 45, 57, 0, -0.25, notes_a_beat=2.0, room=0.25),
        Part("stab", TROMBONE, 45, 60, -9, 0.3, 0.4, room=0.3),
        Part("drum", TAIKO, 33, 40, 0, 0.0, notes_a_beat=2.0, room=0.3),
        Part("pulse", CONTRABASS, 28, 40, -2, 0.15, notes_a_beat=2.0, room=0.25),
        Part("melody", HORN, 55, 70, 0, -0.1, 0.55),
    ),
    7000, level_db=2.6, motif_beats=(0.5, 0.5, 1.0, 2.0), is_motif_inverted=True, legato=0.7,
)  # fmt: skip
HEROIC = Character(
    "heroic", 120, MIXOLYDIAN, ((0, 6, 3, 0), (0, 3, 6, 4), (0, 4, 6, 3)),
    (
        Part("pad", STRINGS, 60, 77, -4, -0.25, 0.3),
        Part("pulse", STRINGS, 55, 67, 0, 0.3, notes_a_beat=2.0),
        Part("bass", CONTRABASS, 31, 45, -5, 0.2, 0.3),
        Part("stab", TROMBONE, 50, 65, -13, 0.25, 0.7),
        Part("melody", HORN, 58, 74, 1, -0.15, room=0.45),
        Part("drum", TIMPANI, 36, 48, 2, 0.0, 0.5, notes_a_beat=1.0, room=0.4),
    ),
    13000, level_db=0.9, motif_beats=(1.0, 0.5, 0.5, 2.0), legato=0.95,
)  # fmt: skip
PLAIN = Character(
    "plain", 78, IONIAN, ((0, 5, 3, 4), (0, 3, 5, 4), (0, 2, 5, 3)),
    (
        Part("pad", WARM_PAD, 53, 74, -7, 0.0, 0.4, room=0.45),
        Part("bass", BASS, 36, 50, -5, 0.1, 0.45),
        Part("arpeggio", PIANO, 53, 74, 0, -0.15, notes_a_beat=2.0, room=0.4),
        Part("melody", PIANO, 70, 84, 0, 0.15, 0.4, room=0.4),
    ),
    5500, level_db=2.3, motif_beats=(1.0, 1.0, 1.0, 1.0), colour=8,
)  # fmt: skip

#: Emotion: its character, and how much faster than the character's own pace it goes.
_MOODS = {
    "joy": (BRIGHT, 1.0), "excitement": (BRIGHT, 1.12), "surprise": (BRIGHT, 0.94),
    "sadness": (SORROW, 0.96), "melancholy": (SORROW, 1.06),
    "romance": (TENDER, 0.92), "warmth": (TENDER, 1.0), "nostalgia": (TENDER, 0.88), "trust": (TENDER, 1.05),
    "peace": (CALM, 1.0), "serenity": (CALM, 0.92),
    "wonder": (WONDER, 0.96), "curiosity": (WONDER, 1.12),
    "mystery": (MYSTERY, 1.0), "unease": (MYSTERY, 0.88),
    "fear": (DREAD, 1.05), "disgust": (DREAD, 0.95),
    "tension": (TENSION, 1.0), "suspense": (TENSION, 0.88), "anticipation": (TENSION, 0.94),
    "anger": (FURY, 1.0),
    "adventure": (HEROIC, 1.05), "courage": (HEROIC, 0.95), "triumph": (HEROIC, 0.9),
    "neutral": (PLAIN, 1.0),
}  # fmt: skip
CHARACTERS = (BRIGHT, SORROW, TENDER, CALM, WONDER, MYSTERY, DREAD, TENSION, FURY, HEROIC, PLAIN)


def character_of(mood: str) -> tuple[Character, float]:
    """The character of ``mood`` and its tempo; a word nobody knows is neutral."""
    character, pace = _MOODS.get(mood.strip().lower(), (PLAIN, 1.0))
    return character, character.tempo_bpm * pace
