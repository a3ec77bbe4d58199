"""Plays the notes of a compressed SoundFont (sf3): finds the sample for a key, tunes, loops and shapes it.

Only what the studio's own font needs of the SoundFont 2.04 specification: key and velocity ranges, tuning,
loops, the volume envelope, attenuation and the filter's resting place. Samples are Ogg Vorbis, decoded when a
note first asks for them.
"""

from __future__ import annotations

import io
import itertools
import math
import struct
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_WIDTH = {"phdr": 38, "pbag": 4, "pgen": 4, "inst": 22, "ibag": 4, "igen": 4, "shdr": 46}
#: Generator numbers (specification 8.1.2) and their resting values where they are not 0.
_LOOP_SHIFT_START, _LOOP_SHIFT_END = 2, 3
_CUTOFF, _HOLD, _ATTACK, _DECAY, _SUSTAIN, _RELEASE = 8, 35, 34, 36, 37, 38
_INSTRUMENT, _KEYS, _VELOCITIES, _ATTENUATION = 41, 43, 44, 48
_COARSE, _FINE, _SAMPLE, _LOOPS, _SCALE, _ROOT = 51, 52, 53, 54, 56, 58
_RESTING = {_CUTOFF: 13500, _HOLD: -12000, _ATTACK: -12000, _DECAY: -12000, _RELEASE: -12000, _SCALE: 100, _ROOT: -1}
_RANGES = (_KEYS, _VELOCITIES)
_EVERYTHING = 127 << 8
#: EMU's hardware, on which fonts were voiced, attenuates 0.4 of what the number says.
_ATTENUATION_SCALE = 0.4
_SHORTEST_RELEASE_S = 0.08
_LEAD_IN = 128
_SUBSONIC_HZ = 24.0
#: 40 MB a shelf.
_KEPT_SAMPLES = 10_000_000

Generators = dict[int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """One sample as it answers a key: pitch, level and envelope worked out."""

    sample: int
    ratio: float
    """Steps through the sample for each step of the output."""
    gain: float
    loop: tuple[int, int] | None
    band_hz: tuple[float, float]
    """What is kept of the sample, in its own time: a third of an octave too much or too little is no matter."""
    attack_s: float
    hold_s: float
    decay_s: float
    sustain: float
    release_s: float


class SoundFont:
    """A font in memory; ``note`` gives the sound of a key. Not for two threads at once."""

    def __init__(self, path: Path, rate_hz: int = 48000) -> None:
        lists = {body[:4]: body[4:] for _, body in _chunks(path.read_bytes()[12:])}
        tables = {name: _rows(body, _WIDTH[name]) for name, body in _chunks(lists[b"pdta"]) if name in _WIDTH}
        (self._pool,) = [body for name, body in _chunks(lists[b"sdta"]) if name == "smpl"]
        self._headers = tables["shdr"]
        self._presets = {
            struct.unpack_from("<H", head, 20)[0]: zones
            for head, zones in zip(tables["phdr"], _zones(tables, "phdr", "pbag", "pgen", 24), strict=False)
        }
        self._instruments = _zones(tables, "inst", "ibag", "igen", 20)
        self._rate_hz = rate_hz
        self._decoded = _Shelf(_KEPT_SAMPLES)
        self._tuned = _Shelf(_KEPT_SAMPLES)

    @property
    def programs(self) -> tuple[int, ...]:
        """The General MIDI numbers of the instruments in the font."""
        return tuple(sorted(self._presets))

    def note(self, program: int, key: int, velocity: int, held_s: float, brightness_hz: float = 20000.0) -> Samples:
        """The mono sound of ``key`` held for ``held_s``, with its release, low-passed at ``brightness_hz``.

        Raises KeyError if the font has no such instrument.
        """
        sounds = [self._layer_sound(layer, held_s) for layer in self._layers(program, key, velocity, brightness_hz)]
        mixed = np.zeros(max((len(sound) for sound in sounds), default=0), np.float32)
        for sound in sounds:
            mixed[: len(sound)] += sound
        return mixed * np.float32((velocity / 127) ** 2)

    def _layers(self, program: int, key: int, velocity: int, brightness_hz: float) -> list[Layer]:
        return [
            self._layer(merged, key, brightness_hz)
            for preset in self._presets[program]
            if _INSTRUMENT in preset and _answers(preset, key, velocity)
            for zone in self._instruments[preset[_INSTRUMENT]]
            if _SAMPLE in zone and _answers(zone, key, velocity)
            for merged in [_sum(zone, preset)]
        ]

    def _layer(self, zone: Generators, key: int, brightness_hz: float) -> Layer:
        _, _, loop_start, loop_end, rate_hz, root, correction = struct.unpack_from(
            "<IIIIIBb", self._headers[zone[_SAMPLE]], 20
        )
        root = zone[_ROOT] if zone[_ROOT] >= 0 else root
        cents = (key - root) * zone[_SCALE] + 100 * zone.get(_COARSE, 0) + zone.get(_FINE, 0) + correction
        loop = (loop_start + zone.get(_LOOP_SHIFT_START, 0), loop_end + zone.get(_LOOP_SHIFT_END, 0))
        is_looped = zone.get(_LOOPS, 0) & 1 and loop[1] - loop[0] > 8
        shift = 2 ** (round(cents / 400) / 3)
        return Layer(
            sample=zone[_SAMPLE],
            ratio=2 ** (cents / 1200) * rate_hz / self._rate_hz,
            gain=10 ** (-zone.get(_ATTENUATION, 0) * _ATTENUATION_SCALE / 200),
            loop=loop if is_looped else None,
            band_hz=(_SUBSONIC_HZ / shift, min(8.176 * 2 ** (zone[_CUTOFF] / 1200), brightness_hz) / shift),
            attack_s=_seconds(zone[_ATTACK]),
            hold_s=_seconds(zone[_HOLD]),
            decay_s=_seconds(zone[_DECAY]),
            sustain=10 ** (-max(0, zone.get(_SUSTAIN, 0)) / 200),
            release_s=max(_SHORTEST_RELEASE_S, min(_seconds(zone[_RELEASE]), 4.0)),
        )

    def _layer_sound(self, layer: Layer, held_s: float) -> Samples:
        length = round((held_s + layer.release_s) * self._rate_hz)
        raw = self._raw(layer, length)[:length]
        return raw * _envelope(layer, held_s, len(raw), self._rate_hz)

    def _raw(self, layer: Layer, length: int) -> Samples:
        """The tuned, looped sample, at least ``length`` long if it can be; kept for the next note of its kind."""
        place = (layer.sample, layer.ratio, *layer.band_hz)
        held = self._tuned.get(place)
        if held is None or (len(held) < length and layer.loop is not None):
            held = _tuned(self._sample(layer), layer, max(length, self._rate_hz))
            self._tuned.put(place, held)
        return held

    def _sample(self, layer: Layer) -> Samples:
        place = (layer.sample, *layer.band_hz)
        sample = self._decoded.get(place)
        if sample is None:
            start, end, _, _, rate_hz = struct.unpack_from("<IIIII", self._headers[layer.sample], 20)
            sample = _centred(_filtered(_decoded(self._pool[start:end]), layer.band_hz, rate_hz), layer.loop)
            self._decoded.put(place, sample)
        return sample


class _Shelf:
    """Keeps the sounds used last, up to so many samples in all."""

    def __init__(self, most_samples: int) -> None:
        self._most_samples = most_samples
        self._sounds: OrderedDict[tuple[float, ...], Samples] = OrderedDict()
        self._count = 0

    def get(self, place: tuple[float, ...]) -> Samples | None:
        if place in self._sounds:
            self._sounds.move_to_end(place)
        return self._sounds.get(place)

    def put(self, place: tuple[float, ...], sound: Samples) -> None:
        self._count += len(sound) - len(self._sounds.pop(place, ()))
        self._sounds[place] = sound
        while self._count > self._most_samples and len(self._sounds) > 1:
            self._count -= len(self._sounds.popitem(last=False)[1])


def _chunks(data: bytes) -> list[tuple[str, bytes]]:
    found, at = [], 0
    while at + 8 <= len(data):
        size = struct.unpack_from("<I", data, at + 4)[0]
        found.append((data[at : at + 4].decode("latin-1"), data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return found


def _rows(body: bytes, width: int) -> list[bytes]:
    return [body[at : at + width] for at in range(0, len(body), width)]


def _zones(tables: dict[str, list[bytes]], head: str, bag: str, gen: str, at: int) -> list[list[Generators]]:
    """The zones of each header but the last (a terminator), the global zone's values filled in."""
    starts = [struct.unpack_from("<H", row, at)[0] for row in tables[head]]
    bags = [struct.unpack_from("<H", row)[0] for row in tables[bag]]
    target = _SAMPLE if gen == "igen" else _INSTRUMENT
    levels = []
    for first, end in itertools.pairwise(starts):
        zones = [_generators(tables[gen][bags[z] : bags[z + 1]]) for z in range(first, end)]
        common = zones[0] if zones and target not in zones[0] else {}
        levels.append([{**common, **zone} for zone in zones if target in zone])
    return levels


def _generators(rows: list[bytes]) -> Generators:
    """Signed amounts by number; ranges stay as two bytes in one number."""
    found: Generators = {}
    for row in rows:
        number, amount = struct.unpack("<Hh", row)
        found[number] = amount & 0xFFFF if number in (*_RANGES, _INSTRUMENT, _SAMPLE, _LOOPS) else amount
    return found


def _answers(zone: Generators, key: int, velocity: int) -> bool:
    return all(
        zone.get(number, _EVERYTHING) & 0xFF <= value <= zone.get(number, _EVERYTHING) >> 8
        for number, value in ((_KEYS, key), (_VELOCITIES, velocity))
    )


def _sum(zone: Generators, preset: Generators) -> Generators:
    """Instrument values, absolute, plus the preset's, relative (specification 9.4)."""
    merged = {**_RESTING, **zone}
    for number, amount in preset.items():
        if number not in (*_RANGES, _INSTRUMENT, _ROOT, _LOOPS):
            merged[number] = merged.get(number, 0) + amount
    return merged


def _seconds(timecents: int) -> float:
    return 0.0 if timecents <= -11950 else float(2 ** (timecents / 1200))


def _decoded(stream: bytes) -> Samples:
    """An Ogg stream as mono samples, to its very end.

    Left to itself libav drops up to 128 samples from the end of short streams, in the midst of loops. Told
    not to, it also gives the 128 that lead in.
    """
    import av
    from av.codec.context import Flags2

    with av.open(io.BytesIO(stream), "r") as file:
        file.streams.audio[0].codec_context.flags2 |= Flags2.skip_manual
        frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
    samples: Samples = np.concatenate([frame.reshape(frame.shape[0], -1)[0] for frame in frames])[_LEAD_IN:]
    return samples


def _centred(sample: Samples, loop: tuple[int, int] | None) -> Samples:
    """``sample`` without offset, above all in its loop, where it would sound on as a thump at both ends."""
    steady = sample[loop[0] : loop[1]] if loop is not None else sample
    return sample - np.float32(steady.mean())


def _filtered(sample: Samples, band_hz: tuple[float, float], rate_hz: int) -> Samples:
    """``sample`` through the note's resting low-pass, without what it has below hearing (second order, by FFT)."""
    low_hz, high_hz = band_hz
    frequency = np.fft.rfftfreq(len(sample), 1 / rate_hz)
    gain = 1 / np.sqrt(1 + (frequency / high_hz) ** 4) / np.sqrt(1 + (low_hz / np.maximum(frequency, 0.1)) ** 8)
    filtered: Samples = np.fft.irfft(np.fft.rfft(sample) * gain, len(sample)).astype(np.float32)
    return filtered


def _tuned(sample: Samples, layer: Layer, length: int) -> Samples:
    """``sample`` read at the note's pitch with cubic (Catmull-Rom) interpolation, going round its loop."""
    place = np.arange(length) * layer.ratio
    if layer.loop is not None:
        start, end = layer.loop[0], min(layer.loop[1], len(sample))
        sample = np.concatenate([sample[:end], sample[start : start + 4]])
        place = np.where(place >= end, start + (place - start) % (end - start), place)
    else:
        place = place[: max(1, math.floor((len(sample) - 3) / layer.ratio))]
    step = place.astype(np.int64)
    part = (place - step).astype(np.float32)
    before, here, after, later = (sample[np.maximum(step + shift, 0)] for shift in (-1, 0, 1, 2))
    bend = 2 * before - 5 * here + 4 * after - later + part * (3 * (here - after) + later - before)
    tuned: Samples = here + 0.5 * part * (after - before + part * bend)
    return tuned


def _envelope(layer: Layer, held_s: float, length: int, rate_hz: int) -> Samples:
    """The volume envelope: rise, hold, fall in decibels to the sustained level, and the release."""
    time = np.arange(length, dtype=np.float32) / np.float32(rate_hz)
    attack = max(layer.attack_s, 0.004)
    shape = np.minimum(time / attack, 1.0)
    if layer.sustain < 0.999:
        falling = np.maximum(time - attack - layer.hold_s, 0.0) / max(layer.decay_s, 0.01)
        shape = shape * np.maximum(10 ** (-5 * np.minimum(falling, 1.0)), layer.sustain)
    after = np.maximum(time - held_s, 0.0) / layer.release_s
    shape = shape * np.exp(-5 * after) * np.clip(1.25 * (1 - after), 0, 1)
    tail = min(length, int(0.01 * rate_hz))
    shape[length - tail :] *= np.linspace(1, 0, tail)
    enveloped: Samples = shape.astype(np.float32)
    return enveloped
