"""Plays a score: notes into a stereo room, a few seconds at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from studio.engines.sound.loudness import Stereo
from studio.engines.sound.notation import Note, Score
from studio.engines.sound.soundfont import SoundFont
from studio.engines.sound.wav import RATE_HZ

_BLOCK = 8 * RATE_HZ
_REVERB_S = 2.2
_PREDELAY_S = 0.018
_WET = 0.55
_FADE_IN_S, _FADE_OUT_S = 0.05, 1.4
_SIZE = 1 << 19


def played(score: Score, font: SoundFont) -> Iterator[Stereo]:
    """The piece in blocks of 8 s, not yet levelled, faded out at the end."""
    total = round(score.duration_s * RATE_HZ)
    room = _Room(_impulse())
    dry, sent = np.zeros((_BLOCK, 2), np.float32), np.zeros((_BLOCK, 2), np.float32)
    notes = iter(score.notes)
    waiting = next(notes, None)
    for start in range(0, total, _BLOCK):
        while waiting is not None and round(waiting.start_s * RATE_HZ) < start + _BLOCK:
            sound, (left, right), share = _sound(waiting, font)
            at = round(waiting.start_s * RATE_HZ) - start
            dry, sent = _reaching(dry, at + len(sound)), _reaching(sent, at + len(sound))
            for channel, gain in enumerate((left, right)):
                heard = sound * np.float32(gain)
                dry[at : at + len(sound), channel] += heard
                sent[at : at + len(sound), channel] += heard * np.float32(share)
            waiting = next(notes, None)
        block = dry[:_BLOCK] + np.float32(_WET) * room.answer(sent[:_BLOCK])
        yield _faded(block, start, total)
        dry, sent = _reaching(dry[_BLOCK:], _BLOCK), _reaching(sent[_BLOCK:], _BLOCK)


def _sound(note: Note, font: SoundFont) -> tuple[NDArray[np.float32], tuple[float, float], float]:
    """The note's samples, its gains left and right (equal power) and its share of the room."""
    part = note.part
    sound = font.note(part.program, note.key, note.velocity, note.held_s, note.character.brightness_hz)
    gain = 10 ** ((part.level_db + note.character.level_db) / 20)
    angle = (part.pan + 1) * math.pi / 4
    return sound, (gain * math.cos(angle), gain * math.sin(angle)), part.room


def _reaching(buffer: Stereo, length: int) -> Stereo:
    missing = length - len(buffer)
    return buffer if missing <= 0 else np.concatenate([buffer, np.zeros((missing + RATE_HZ, 2), np.float32)])


def _faded(block: Stereo, start: int, total: int) -> Stereo:
    """``block``, which begins at sample ``start``, under the piece's first and last fade."""
    place = np.arange(start, start + len(block), dtype=np.float64)
    rise = np.clip(place / (_FADE_IN_S * RATE_HZ), 0, 1)
    length = min(_FADE_OUT_S * RATE_HZ, total / 2)
    fall = np.clip((total - 1 - place) / length, 0, 1)
    faded: Stereo = block * (np.minimum(rise, np.sin(fall * np.pi / 2) ** 2)[:, None]).astype(np.float32)
    return faded


def _impulse() -> Stereo:
    """A hall made of noise: dark, 2.2 s, the two sides independent, no colour of its own below 150 Hz."""
    length = int(_REVERB_S * RATE_HZ)
    noise = np.random.default_rng(20).standard_normal((length, 2))
    spectrum = np.fft.rfft(noise, axis=0)
    frequency = np.fft.rfftfreq(length, 1 / RATE_HZ)[:, None]
    bass_cut = 1 / np.sqrt(1 + (150 / np.maximum(frequency, 1)) ** 4)
    low = np.fft.irfft(spectrum * bass_cut / np.sqrt(1 + (frequency / 1800) ** 4), length, axis=0)
    high = np.fft.irfft(spectrum * (frequency > 1800) / np.sqrt(1 + (frequency / 6500) ** 4), length, axis=0)
    time = np.arange(length)[:, None] / RATE_HZ
    tail = low * 10 ** (-3 * time / _REVERB_S) + 0.5 * high * 10 ** (-3 * time / (0.45 * _REVERB_S))
    tail *= np.clip(time / 0.012, 0, 1)
    tail = np.concatenate([np.zeros((int(_PREDELAY_S * RATE_HZ), 2)), tail])
    hall: Stereo = (tail / np.sqrt((tail**2).sum(axis=0))).astype(np.float32)
    return hall


class _Room:
    """Convolution with one impulse, block after block; what rings on is added to the blocks that follow."""

    def __init__(self, impulse: Stereo) -> None:
        self._length = len(impulse)
        self._spectrum = np.fft.rfft(impulse, _SIZE, axis=0).astype(np.complex64)
        self._ringing = np.zeros((0, 2), np.float32)

    def answer(self, block: Stereo) -> Stereo:
        """What the room gives back while ``block`` sounds. Blocks must fit the transform with the impulse."""
        spectrum = np.fft.rfft(block, _SIZE, axis=0) * self._spectrum
        full = np.fft.irfft(spectrum, _SIZE, axis=0)[: len(block) + self._length].astype(np.float32)
        full[: len(self._ringing)] += self._ringing
        self._ringing = full[len(block) :].copy()
        return full[: len(block)]
