"""A tape loop to fill with sound: what leaves at its end comes in at its start, so it has no seam."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.engines.sound.wav import RATE_HZ

Mono = NDArray[np.float32]
#: A curve of any precision, as it comes out of arithmetic.
Curve = NDArray[np.floating[Any]]
Shape = Callable[[NDArray[np.float32]], NDArray[np.float32]]


class Loop:
    """``seconds`` of stereo tape, and the tools to fill it. Noise is made on the spectrum, hence circular."""

    def __init__(self, seconds: float, chance: np.random.Generator) -> None:
        self.length = max(1, round(seconds * RATE_HZ))
        self.seconds = self.length / RATE_HZ
        self.chance = chance
        self.tape = np.zeros((self.length, 2), np.float32)

    def noise(self, shape: Shape) -> Mono:
        """Noise whose spectrum follows ``shape`` (gains at frequencies in Hz), with an RMS of 1."""
        frequency = np.fft.rfftfreq(self.length, 1 / RATE_HZ).astype(np.float32)
        size = len(frequency)
        spectrum = np.empty(size, np.complex64)
        spectrum.real = self.chance.standard_normal(size, np.float32)
        spectrum.imag = self.chance.standard_normal(size, np.float32)
        spectrum *= shape(frequency)
        spectrum[0] = 0
        return _unit(np.fft.irfft(spectrum, self.length).astype(np.float32))

    def drift(self, slowest_hz: float, fastest_hz: float) -> Mono:
        """A smooth random curve between 0 and 1, moving at the given pace."""
        coarse = max(16, int(self.seconds * fastest_hz * 8))
        spectrum = np.zeros(coarse // 2 + 1, np.complex64)
        first = max(1, int(slowest_hz * self.seconds))
        last = min(len(spectrum) - 1, max(first, int(fastest_hz * self.seconds)))
        for bin_ in range(first, last + 1):
            spectrum[bin_] = complex(self.chance.standard_normal(), self.chance.standard_normal()) / math.sqrt(bin_)
        curve = np.fft.irfft(spectrum, coarse)
        curve = (curve - curve.min()) / max(float(np.ptp(curve)), 1e-9)
        place = np.arange(self.length) * (coarse / self.length)
        smooth = np.interp(place, np.arange(coarse + 1), np.append(curve, curve[0]))
        drifting: Mono = smooth.astype(np.float32)
        return drifting

    def spread(self, shape: Shape, gain: float, swell: Mono | float = 1.0) -> None:
        """Lay noise over the whole tape, independent left and right."""
        for side in (0, 1):
            self.tape[:, side] += np.float32(gain) * self.noise(shape) * swell

    def place(self, grain: Mono, at_s: float, gain: float = 1.0, pan: float = 0.0) -> None:
        """Add ``grain`` at ``at_s`` (modulo the loop), panned with equal power."""
        angle = (min(1.0, max(-1.0, pan)) + 1) * math.pi / 4
        sides = np.array([gain * math.cos(angle), gain * math.sin(angle)], np.float32)
        start = round(at_s * RATE_HZ) % self.length
        grain = grain[: self.length]
        first = min(len(grain), self.length - start)
        self.tape[start : start + first] += grain[:first, None] * sides
        self.tape[: len(grain) - first] += grain[first:, None] * sides

    def room(self, decay_s: float, wet: float, darkness_hz: float = 4000.0) -> None:
        """Let everything on the tape so far ring in a room."""
        length = min(self.length, int(decay_s * RATE_HZ))
        time = np.arange(length, dtype=np.float32)[:, None] / RATE_HZ
        impulse = self.chance.standard_normal((length, 2), np.float32) * np.exp(-6.9 * time / decay_s)
        spectrum = np.fft.rfft(impulse, self.length, axis=0)
        frequency = np.fft.rfftfreq(self.length, 1 / RATE_HZ)[:, None]
        spectrum *= 1 / (1 + (frequency / darkness_hz) ** 2) * (frequency > 120)
        spectrum /= np.sqrt((np.abs(impulse) ** 2).sum(axis=0))
        ringing = np.fft.irfft(np.fft.rfft(self.tape, axis=0) * spectrum, self.length, axis=0)
        self.tape += np.float32(wet) * ringing.astype(np.float32)

    def soften(self, cutoff_hz: float) -> None:
        """Low-pass the whole tape, 12 dB an octave."""
        frequency = np.fft.rfftfreq(self.length, 1 / RATE_HZ)[:, None]
        spectrum = np.fft.rfft(self.tape, axis=0) / (1 + (frequency / cutoff_hz) ** 2)
        self.tape = np.fft.irfft(spectrum, self.length, axis=0).astype(np.float32)

    def times(self, every_s: float, unevenness: float = 0.0) -> list[float]:
        """Moments ``every_s`` apart, fitted to a whole number in the loop; jittered by a share of the gap."""
        count = max(1, round(self.seconds / every_s))
        gap_s = self.seconds / count
        shifts = self.chance.uniform(-unevenness, unevenness, count) * gap_s
        return [index * gap_s + float(shift) for index, shift in enumerate(shifts)]

    def moments(self, per_second: float) -> list[float]:
        """Moments at random, so many a second."""
        count = max(1, round(self.seconds * per_second))
        return sorted(float(moment) for moment in self.chance.uniform(0, self.seconds, count))


def band(low_hz: float, high_hz: float, slope: float = 0.0) -> Shape:
    """A pass band with edges of 12 dB an octave; ``slope`` in dB an octave inside (-3 is pink)."""

    def shape(frequency: NDArray[np.float32]) -> NDArray[np.float32]:
        safe = np.maximum(frequency, 1.0)
        gain = 1 / (1 + (low_hz / safe) ** 2) / (1 + (safe / high_hz) ** 2)
        return (gain * (safe / 1000) ** (slope / 6.02)).astype(np.float32)

    return shape


def seconds_of(duration_s: float) -> Mono:
    """Time in seconds, for a grain of ``duration_s``."""
    return np.arange(max(1, int(duration_s * RATE_HZ)), dtype=np.float32) / np.float32(RATE_HZ)


def tone(frequency_hz: Curve | float, time: Curve) -> Mono:
    """A sine whose frequency may move."""
    phase = np.cumsum(np.broadcast_to(np.asarray(frequency_hz, np.float64), time.shape)) / RATE_HZ
    return np.sin(2 * np.pi * phase).astype(np.float32)


def harmonics(frequency_hz: Curve | float, time: Curve, strengths: list[float]) -> Mono:
    """A tone with overtones; ``strengths`` from the fundamental up."""
    voices = [np.float32(s) * tone(np.asarray(frequency_hz) * (n + 1), time) for n, s in enumerate(strengths) if s]
    summed: Mono = np.sum(voices, axis=0, dtype=np.float32)
    return summed


def hump(part: Curve, power: float) -> Mono:
    """0 at 0, 1 in the middle, 0 at 1; fuller for a smaller ``power``."""
    raised: Mono = (np.maximum(np.sin(np.pi * part), 0.0) ** power).astype(np.float32)
    return raised


def burst(duration_s: float, low_hz: float, high_hz: float, chance: np.random.Generator, decay_s: float) -> Mono:
    """A breath of band-passed noise that dies away; peak about 1."""
    time = seconds_of(duration_s)
    frequency = np.fft.rfftfreq(len(time), 1 / RATE_HZ).astype(np.float32)
    spectrum = np.fft.rfft(chance.standard_normal(len(time)))
    sound = np.fft.irfft(spectrum * band(low_hz, high_hz)(frequency), len(time)).astype(np.float32)
    return faded(_peak(sound) * np.exp(-time / decay_s))


def faded(grain: Curve, edge_s: float = 0.0015) -> Mono:
    """``grain`` with short fades at both ends, so that it never clicks."""
    edge = min(len(grain) // 2, max(1, int(edge_s * RATE_HZ)))
    soft: Mono = grain.astype(np.float32, copy=True)
    soft[:edge] *= np.linspace(0, 1, edge, dtype=np.float32)
    soft[len(soft) - edge :] *= np.linspace(1, 0, edge, dtype=np.float32)
    return soft


def _unit(sound: Mono) -> Mono:
    return sound / max(float(np.sqrt(np.mean(sound**2))), 1e-9)


def _peak(sound: Mono) -> Mono:
    return sound / max(float(np.max(np.abs(sound), initial=0.0)), 1e-9)
