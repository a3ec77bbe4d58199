"""Who plays what in a bar: pads that move little, basses, arpeggios, pulses, drums and the theme."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

from studio.engines.sound.moods import CELLO, CONTRABASS, Part
from studio.engines.sound.notation import MAJOR, Bar, Note

#: Share of an arpeggio's notes left out, so that it breathes.
_DROPPED = 0.18


class Players:
    """Plays bar after bar and remembers where each voice stands, so that it moves little."""

    def __init__(self, home: int, motif: tuple[int, ...], chance: random.Random) -> None:
        self._home = home
        self._scale = [key for key in range(128) if (key - home) % 12 in MAJOR]
        self._motif = motif
        self._chance = chance
        self._voices: dict[tuple[str, str, int], list[int]] = {}
        self._sung: dict[int, int] = {}

    def play(self, bar: Bar) -> Iterator[Note]:
        themed: list[Note] = []
        for part in bar.section.character.parts:
            if bar.arc < part.enters and not (bar.is_last and part.role in {"pad", "bass"}):
                continue
            if part.role == "melody":
                themed = themed or list(self._melody(bar, part))
                yield from (self._doubled(note, part) for note in themed)
            else:
                yield from getattr(self, f"_{part.role}")(bar, part)

    def _pad(self, bar: Bar, part: Part) -> Iterator[Note]:
        place = (bar.section.character.name, part.role, part.program)
        voicing = led(self._voices.get(place), bar.chord, part.low, part.high)
        self._voices[place] = voicing
        for key in voicing:
            late_s = self._chance.uniform(0.0, 0.06)
            yield self._note(bar, part, late_s, bar.lasts_s - late_s + 0.15 * bar.beat_s, key, 70)

    def _drone(self, bar: Bar, part: Part) -> Iterator[Note]:
        if bar.index % 2 == 0 or bar.is_last:
            key = _within(self._tonic(bar), part.low, part.high)
            left_s = bar.section.start_s + bar.section.duration_s - bar.start_s
            yield self._note(bar, part, 0.0, min(2.1 * bar.beat_s * bar.section.beats, left_s), key, 68)

    def _bass(self, bar: Bar, part: Part) -> Iterator[Note]:
        root = _within(bar.chord[0], part.low, part.high)
        if bar.is_last or part.program in (CELLO, CONTRABASS):
            yield self._note(bar, part, 0.0, bar.lasts_s, root, 74)
            return
        yield self._note(bar, part, 0.0, 1.9 * bar.beat_s, root, 80)
        if bar.section.beats == 4:
            fifth = _within(bar.chord[2], part.low, part.high)
            yield self._note(bar, part, 2 * bar.beat_s, 1.8 * bar.beat_s, fifth, 68)

    def _arpeggio(self, bar: Bar, part: Part) -> Iterator[Note]:
        ladder = _ladder(bar.chord, part.low, part.high)
        if bar.is_last:
            for index, key in enumerate(ladder[: len(ladder) - len(ladder) % 2][:6]):
                yield self._note(bar, part, 0.09 * index, bar.lasts_s - 0.09 * index, key, 70 - 2 * index)
            return
        count = max(1, round(bar.section.beats * part.notes_a_beat))
        step_s = bar.beat_s * bar.section.beats / count
        turn = [*ladder, *ladder[-2:0:-1]] or ladder
        shift = bar.index % 2
        for index in range(count):
            is_on_beat = (index / part.notes_a_beat).is_integer()
            if not (index == 0 or self._chance.random() >= _DROPPED):
                continue
            at_s = index * step_s + self._chance.gauss(0.0, 0.006)
            velocity = 78 if index == 0 else 70 if is_on_beat else 62
            yield self._note(bar, part, at_s, max(1.6 * step_s, 0.5), turn[(index + shift) % len(turn)], velocity)

    def _pulse(self, bar: Bar, part: Part) -> Iterator[Note]:
        root, fifth = (_within(bar.chord[i], part.low, part.high) for i in (0, 2))
        if bar.is_last:
            yield self._note(bar, part, 0.0, min(bar.lasts_s, 3.0), root, 82)
            return
        count = max(1, round(bar.section.beats * part.notes_a_beat))
        step_s = bar.beat_s * bar.section.beats / count
        for index in range(count):
            is_accent = index * 8 // count in (0, 3, 6)
            key = fifth if index * 8 // count == 6 else root
            if not is_accent and self._chance.random() < _DROPPED / 2:
                continue
            at_s = index * step_s + self._chance.gauss(0.0, 0.004)
            yield self._note(bar, part, at_s, 0.75 * step_s, key, 84 if is_accent else 62)

    def _stab(self, bar: Bar, part: Part) -> Iterator[Note]:
        place = (bar.section.character.name, part.role, part.program)
        voicing = led(self._voices.get(place), bar.chord[:3], part.low, part.high)
        self._voices[place] = voicing
        beats = (0.0,) if bar.is_last or bar.index % 2 == 0 else (0.0, 1.5)
        for beat in beats:
            held_s = min(bar.lasts_s, 3.0) if bar.is_last else 0.9 * bar.beat_s
            for key in voicing:
                yield self._note(bar, part, beat * bar.beat_s, held_s, key, 76)

    def _drum(self, bar: Bar, part: Part) -> Iterator[Note]:
        key = _within(self._tonic(bar), part.low, part.high)
        if bar.is_last:
            yield self._note(bar, part, 0.0, 2.0, key, 84)
            return
        count = max(1, round(bar.section.beats * part.notes_a_beat))
        step_s = bar.beat_s * bar.section.beats / count
        is_roll = bar.index % 4 == 3 and part.notes_a_beat >= 1
        for index in range(count):
            is_accent = index * 8 // count in (0, 3, 6)
            if not (is_accent or is_roll) and self._chance.random() < 0.6:
                continue
            velocity = 50 + 40 * index // count if is_roll else 88 if index == 0 else 74 if is_accent else 54
            yield self._note(bar, part, index * step_s + self._chance.gauss(0, 0.004), 1.0, key, velocity)

    def _melody(self, bar: Bar, part: Part) -> Iterator[Note]:
        """The motif in the first bar of each pair, a long answer in the second; silence while it is thin."""
        if bar.is_last:
            key = self._near(self._sung.get(part.program), [bar.chord[0]], part)
            yield self._note(bar, part, 0.0, bar.lasts_s, key, 74)
            return
        if bar.index % 4 == 2 and bar.arc < 0.6:
            return
        if bar.index % 2 == 0:
            yield from self._theme(bar, part)
        elif bar.arc >= 0.55 and self._chance.random() < 0.8 and bar.section.character.motif_beats[-1] < 2:
            key = self._near(self._sung.get(part.program), list(bar.chord[:3]), part)
            self._sung[part.program] = key
            yield self._note(bar, part, 0.0, (bar.section.beats - 1) * bar.beat_s, key, 68)

    def _theme(self, bar: Bar, part: Part) -> Iterator[Note]:
        character = bar.section.character
        sign = -1 if character.is_motif_inverted else 1
        start = self._theme_start(bar, part, [sign * step for step in self._motif])
        at_s = 0.0
        left_s = bar.section.start_s + bar.section.duration_s - bar.start_s
        squeeze = min(1.0, left_s / (sum(character.motif_beats) * bar.beat_s))
        for index, (step, beats) in enumerate(zip(self._motif, character.motif_beats, strict=True)):
            key = self._scale[start + sign * step]
            beat_s = beats * bar.beat_s * squeeze
            velocity = 72 + (6, 2, 8, 0)[index]
            late_s = self._chance.uniform(0.0, 0.02)
            yield self._note(bar, part, at_s + late_s, beat_s * character.legato, key, velocity, is_motif=True)
            at_s += beat_s
            self._sung[part.program] = key

    def _theme_start(self, bar: Bar, part: Part, steps: list[int]) -> int:
        """Place in the scale from which the motif starts and ends on notes of the chord, near the last note."""
        last = self._sung.get(part.program, (part.low + part.high) // 2)
        tones = {key % 12 for key in bar.chord}

        def price(place: int) -> float:
            keys = [self._scale[place + step] for step in steps]
            outside = sum(max(0, part.low - key, key - part.high) for key in keys)
            strange = sum(keys[i] % 12 not in tones for i in (0, 3))
            return abs(keys[0] - last) + 8 * outside + 5 * strange

        middle = [i for i, key in enumerate(self._scale) if part.low - 12 <= key <= part.high + 12]
        return min(middle, key=price)

    def _near(self, last: int | None, tones: list[int], part: Part) -> int:
        target = last if last is not None else (part.low + part.high) // 2
        keys = [key for key in range(part.low, part.high + 1) if key % 12 in {tone % 12 for tone in tones}]
        return min(keys, key=lambda key: (abs(key - target), key))

    def _doubled(self, note: Note, part: Part) -> Note:
        """The melody's note for another of its players, in that one's octave."""
        octaves = round(((part.low + part.high) - (note.part.low + note.part.high)) / 24)
        key = note.key + 12 * octaves
        return Note(note.start_s, note.held_s, key, note.velocity, part, note.character, note.is_motif)

    def _tonic(self, bar: Bar) -> int:
        return self._home + MAJOR[bar.section.character.mode]

    def _note(
        self, bar: Bar, part: Part, at_s: float, held_s: float, key: int, velocity: int, *, is_motif: bool = False
    ) -> Note:
        """A note with a breath of unevenness; phrases of four bars swell, and the film's arc adds to it.

        Where few play they play out a little more, so that a thin opening is not lost.
        """
        swell = (0, 3, 5, 1)[bar.index % 4]
        thin, full = max(0.0, 0.75 - bar.arc), max(0.0, bar.arc - 0.75)
        loud = velocity + swell + round(20 * thin + 8 * full) + self._chance.randint(-4, 4)
        return Note(
            start_s=max(0.0, bar.start_s + at_s),
            held_s=max(0.08, held_s),
            key=key,
            velocity=min(120, max(24, loud)),
            part=part,
            character=bar.section.character,
            is_motif=is_motif,
        )


def led(previous: list[int] | None, chord: Sequence[int], low: int, high: int) -> list[int]:
    """``chord`` between ``low`` and ``high``, each voice moved as little as can be from ``previous``."""
    tones = [key % 12 for key in chord]
    places = {tone: [key for key in range(low, high + 1) if key % 12 == tone] for tone in tones}
    if previous is None or len(previous) != len(tones):
        middle = (low + high) / 2
        previous = [round(middle + (index - (len(tones) - 1) / 2) * 4) for index in range(len(tones))]
    options = []
    for order in itertools.permutations(tones):
        keys = [_nearest(places[tone], was) for tone, was in zip(order, previous, strict=True)]
        doubled = len(keys) - len(set(keys))
        options.append((sum(abs(key - was) for key, was in zip(keys, previous, strict=True)) + 12 * doubled, keys))
    return min(options)[1]


def _nearest(keys: list[int], target: int) -> int:
    return min(keys, key=lambda key: abs(key - target))


def _within(key: int, low: int, high: int) -> int:
    """``key`` in the octave that lies between ``low`` and ``high``."""
    while key > high:
        key -= 12
    while key < low:
        key += 12
    return key


def _ladder(chord: Sequence[int], low: int, high: int) -> list[int]:
    tones = {key % 12 for key in chord}
    return [key for key in range(low, high + 1) if key % 12 in tones]
