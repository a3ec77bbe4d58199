"""Sounds of weather, water and animals. Each function fills a loop; levels are set later."""

from __future__ import annotations

import numpy as np

from studio.engines.sound.loop import Loop, band, burst, faded, harmonics, hump, seconds_of, tone


def wind(loop: Loop) -> None:
    """Gusts: four bands that swell on their own, so that the pitch of the wind wanders."""
    gust = loop.drift(0.04, 0.22) ** 1.5
    loop.spread(band(60, 320, -3), 0.6, 0.25 + gust)
    for centre_hz, gain in ((260, 0.5), (430, 0.42), (720, 0.26), (1250, 0.14)):
        loop.spread(band(centre_hz * 0.85, centre_hz * 1.18), gain, gust * (0.3 + loop.drift(0.1, 0.6)))
    loop.spread(band(1500, 6000, -6), 0.06, gust)


def snow(loop: Loop) -> None:
    """Snowfall: soft, muffled air with hardly a gust."""
    loop.spread(band(80, 380, -4), 0.7, 0.6 + 0.4 * loop.drift(0.04, 0.15))
    loop.spread(band(2500, 7000, -3), 0.025, 0.4 + 0.6 * loop.drift(0.1, 0.4))


def rain(loop: Loop) -> None:
    """A bed of far drops, and near ones that fall singly: short chirps of many sizes."""
    loop.spread(band(500, 5200, -4), 0.20, 0.85 + 0.15 * loop.drift(0.1, 0.5))
    chance = loop.chance
    small = [_drop(loop, float(chance.uniform(1800, 5200)), 0.006) for _ in range(14)]
    large = [_drop(loop, float(chance.uniform(500, 1300)), 0.022) for _ in range(10)]
    for at_s in loop.moments(90):
        loop.place(small[chance.integers(14)], at_s, 0.30 * float(chance.pareto(3.0) + 0.3), chance.uniform(-1, 1))
    for at_s in loop.moments(11):
        loop.place(large[chance.integers(10)], at_s, 0.22 * float(chance.pareto(3.0) + 0.4), chance.uniform(-0.9, 0.9))
    np.tanh(loop.tape * 0.7, out=loop.tape)


def thunder(loop: Loop) -> None:
    """A crack, then a rumble that rolls away in several waves."""
    for at_s in loop.times(13.0, 0.2):
        time = seconds_of(7.5)
        rumble = burst(7.5, 25, 140, loop.chance, 2.6)
        rolls = sum(
            np.exp(-(((time - float(loop.chance.uniform(0.2, 5.0))) / float(loop.chance.uniform(0.25, 0.8))) ** 2))
            for _ in range(6)
        )
        pan = float(loop.chance.uniform(-0.5, 0.5))
        loop.place(faded(rumble * (0.35 + rolls), 0.05), at_s + 0.08, 0.9, pan)
        loop.place(burst(1.2, 120, 1700, loop.chance, 0.22), at_s, 0.42, pan)
        for _ in range(3):
            loop.place(burst(0.5, 200, 2600, loop.chance, 0.07), at_s + float(loop.chance.uniform(0, 0.3)), 0.2, pan)
    loop.room(2.4, 0.5, 900)


def sea(loop: Loop) -> None:
    """Waves about seven seconds apart: a swell, a break, a wash that hisses back."""
    loop.spread(band(50, 350, -4), 0.035)
    for at_s in loop.times(6.8, 0.12):
        size, pan = float(loop.chance.uniform(0.6, 1.0)), float(loop.chance.uniform(-0.4, 0.4))
        time = seconds_of(7.5)
        rise = np.clip(time / 2.4, 0, 1) ** 2
        body = rise * np.exp(-np.maximum(time - 2.4, 0) / 1.1)
        wash = np.clip((time - 1.7) / 0.9, 0, 1) ** 1.5 * np.exp(-np.maximum(time - 2.6, 0) / 1.5)
        for side in (-0.8, 0.8):
            deep, hiss = burst(7.5, 80, 700, loop.chance, 99), burst(7.5, 900, 4800, loop.chance, 99)
            loop.place(faded(deep * body, 0.1), at_s, 0.5 * size, side + 0.3 * pan)
            loop.place(faded(hiss * wash, 0.1), at_s + 0.1, 0.34 * size, side + pan)


def river(loop: Loop) -> None:
    """Running water: a soft rush and many rising bubbles."""
    loop.spread(band(250, 2200, -3), 0.22, 0.8 + 0.2 * loop.drift(0.3, 2.0))
    loop.spread(band(1800, 6000, -3), 0.06, 0.6 + 0.4 * loop.drift(1.0, 5.0))
    chance = loop.chance
    bubbles = [_bubble(float(chance.uniform(350, 1500)), float(chance.uniform(0.02, 0.07))) for _ in range(24)]
    for at_s in loop.moments(34):
        loop.place(bubbles[chance.integers(24)], at_s, float(chance.uniform(0.05, 0.3)), chance.uniform(-0.8, 0.8))


def fire(loop: Loop) -> None:
    """A low flutter, and crackles in clusters."""
    flutter = 0.5 + 0.5 * loop.drift(1.0, 7.0)
    loop.spread(band(40, 260, -3), 0.13, flutter)
    loop.spread(band(500, 3500, -4), 0.02, flutter)
    chance = loop.chance
    snaps = [burst(0.02, chance.uniform(900, 2500), chance.uniform(4000, 9000), chance, 0.0025) for _ in range(16)]
    for at_s in loop.moments(2.6):
        for _ in range(int(chance.integers(1, 7))):
            later_s = at_s + float(chance.exponential(0.09))
            gain = min(0.9, 0.13 * float(chance.pareto(1.8) + 0.5))
            loop.place(snaps[chance.integers(16)], later_s, gain, float(chance.normal(0, 0.3)))
    np.tanh(loop.tape, out=loop.tape)


def leaves(loop: Loop) -> None:
    """Trees in a light wind."""
    gust = loop.drift(0.05, 0.3)
    loop.spread(band(1300, 5200, -3), 0.4, 0.15 + gust**1.4)
    loop.spread(band(120, 600, -4), 0.28, 0.4 + 0.6 * gust)


def birds(loop: Loop) -> None:
    """Five birds, each with its own song, calling now and then from its own place."""
    chance = loop.chance
    for bird in range(5):
        song, pan = _song(loop, bird), float(chance.uniform(-0.9, 0.9))
        distance = float(chance.uniform(0.25, 1.0))
        for at_s in loop.times(float(chance.uniform(5.0, 10.0)), 0.4):
            for repeat in range(int(chance.integers(1, 4))):
                loop.place(song, at_s + repeat * (len(song) / 48000 + 0.12), 0.35 * distance, pan)
    loop.room(1.3, 0.35, 5000)
    loop.spread(band(300, 1500, -5), 0.006)


def gulls(loop: Loop) -> None:
    """Gulls: falling cries in threes and fours."""
    chance = loop.chance
    for at_s in loop.times(5.0, 0.35):
        pan, pitch_hz, gain = float(chance.uniform(-0.9, 0.9)), float(chance.uniform(850, 1150)), chance.uniform(0.3, 1)
        for call in range(int(chance.integers(2, 5))):
            time = seconds_of(0.34)
            part = time / time[-1]
            glide = pitch_hz * (0.85 + 0.45 * np.sin(np.pi * part**0.6)) * (1 - 0.18 * part)
            cry = harmonics(glide, time, [1.0, 0.7, 0.45, 0.25]) * hump(part, 0.7)
            loop.place(faded(cry, 0.01), at_s + 0.42 * call, 0.2 * float(gain), pan)
    loop.room(1.5, 0.3, 4000)


def crickets(loop: Loop) -> None:
    """A night meadow: crickets at slightly different pitches and paces, all around."""
    chance = loop.chance
    for _ in range(9):
        pitch_hz, pan = float(chance.uniform(3600, 4900)), float(chance.uniform(-1, 1))
        time = seconds_of(0.13)
        chirp = faded(tone(pitch_hz, time) * np.maximum(0, np.sin(2 * np.pi * 31 * time)) ** 1.5, 0.004)
        gain = float(chance.uniform(0.04, 0.2))
        for at_s in loop.times(float(chance.uniform(0.42, 0.75)), 0.04):
            loop.place(chirp, at_s, gain, pan)
    loop.spread(band(200, 900, -5), 0.012)


def frogs(loop: Loop) -> None:
    """A pond at night: croaks that answer each other."""
    chance = loop.chance
    for _ in range(6):
        pitch_hz, pan = float(chance.uniform(180, 520)), float(chance.uniform(-0.9, 0.9))
        time = seconds_of(float(chance.uniform(0.22, 0.5)))
        rattle = np.maximum(0, np.sin(2 * np.pi * float(chance.uniform(22, 48)) * time)) ** 2
        croak = harmonics(pitch_hz, time, [0.6, 1.0, 0.8, 0.5, 0.3, 0.2]) * rattle * hump(time / time[-1], 0.5)
        for at_s in loop.times(float(chance.uniform(1.1, 3.2)), 0.25):
            loop.place(faded(croak, 0.01), at_s, float(chance.uniform(0.1, 0.35)), pan)
    loop.room(0.9, 0.2, 3000)


def owl(loop: Loop) -> None:
    """An owl: one long call, then two short ones with a quaver."""
    for at_s in loop.times(9.0, 0.2):
        pan = float(loop.chance.uniform(-0.6, 0.6))
        for later_s, length_s in ((0.0, 0.5), (0.95, 0.22), (1.3, 0.75)):
            time = seconds_of(length_s)
            part = time / time[-1]
            pitch_hz = 372 * (1 + 0.03 * np.sin(np.pi * part) + 0.008 * np.sin(2 * np.pi * 6 * time))
            hoot = harmonics(pitch_hz, time, [1.0, 0.12, 0.05]) * hump(part, 0.8)
            loop.place(faded(hoot, 0.02), at_s + later_s, 0.5, pan)
    loop.room(1.8, 0.4, 2500)


def wolf(loop: Loop) -> None:
    """A wolf far off: a howl that climbs, holds and sinks."""
    for at_s in loop.times(11.0, 0.2):
        time = seconds_of(4.2)
        part = time / time[-1]
        glide = np.interp(part, [0, 0.12, 0.25, 0.7, 1.0], [290, 430, 520, 500, 330])
        glide = glide * (1 + 0.01 * np.sin(2 * np.pi * 4.5 * time) * part) * float(loop.chance.uniform(0.9, 1.1))
        howl = harmonics(glide.astype(np.float32), time, [1.0, 0.4, 0.16, 0.07])
        howl *= np.interp(part, [0, 0.1, 0.75, 1], [0, 1, 0.8, 0]).astype(np.float32)
        loop.place(faded(howl, 0.02), at_s, 0.4, float(loop.chance.uniform(-0.7, 0.7)))
    loop.room(2.8, 0.6, 2200)


def drip(loop: Loop) -> None:
    """A cave: drops into a pool, and the dark that answers."""
    chance = loop.chance
    for at_s in loop.moments(0.9):
        pitch_hz = float(chance.uniform(650, 1700))
        loop.place(_bubble(pitch_hz, 0.06), at_s, float(chance.uniform(0.2, 0.6)), float(chance.uniform(-0.8, 0.8)))
    loop.room(3.2, 0.7, 3500)
    loop.spread(band(40, 180, -3), 0.012, 0.6 + 0.4 * loop.drift(0.05, 0.2))


def underwater(loop: Loop) -> None:
    """Under the surface: a dark pressure and strings of bubbles."""
    loop.spread(band(35, 170, -3), 0.25, 0.6 + 0.4 * loop.drift(0.05, 0.3))
    loop.spread(band(200, 700, -6), 0.10, 0.3 + 0.7 * loop.drift(0.1, 0.5))
    chance = loop.chance
    for at_s in loop.times(3.2, 0.4):
        pan = float(chance.uniform(-0.7, 0.7))
        for bubble in range(int(chance.integers(4, 12))):
            sound = _bubble(float(chance.uniform(220, 700)), 0.09)
            loop.place(
                sound, at_s + 0.07 * bubble * float(chance.uniform(0.6, 1.4)), float(chance.uniform(0.1, 0.4)), pan
            )
    loop.room(1.2, 0.4, 900)
    loop.soften(1400)


def _drop(loop: Loop, pitch_hz: float, length_s: float) -> np.ndarray:
    """A raindrop: a click of noise and a short falling ring."""
    time = seconds_of(4 * length_s)
    ring = tone(pitch_hz * (1 - 0.25 * time / time[-1]), time) * np.exp(-time / length_s)
    click = burst(4 * length_s, pitch_hz * 0.7, pitch_hz * 2, loop.chance, 0.4 * length_s)
    return faded(0.6 * ring + 0.6 * click, 0.0008)


def _bubble(pitch_hz: float, length_s: float) -> np.ndarray:
    """A bubble: a ring that rises as it dies (Minnaert)."""
    time = seconds_of(3 * length_s)
    return faded(tone(pitch_hz * (1 + 0.9 * time / time[-1]), time) * np.exp(-time / length_s), 0.002)


def _song(loop: Loop, bird: int) -> np.ndarray:
    """One bird's phrase: whistles, trills or sweeps, by its number."""
    chance = loop.chance
    pitch_hz = float(chance.uniform(2400, 5200))
    notes = []
    for note in range(int(chance.integers(2, 6))):
        time = seconds_of(float(chance.uniform(0.05, 0.16)))
        part = time / time[-1]
        if bird % 3 == 0:
            glide = pitch_hz * (1 + 0.25 * np.sin(np.pi * part * (1 + note % 2)))
        elif bird % 3 == 1:
            glide = pitch_hz * (1 + 0.10 * np.sin(2 * np.pi * 38 * time))
        else:
            glide = pitch_hz * (1.25 - 0.4 * part)
        notes.append(faded(tone(glide.astype(np.float32), time) * hump(part, 0.6), 0.004))
        notes.append(np.zeros(int(chance.uniform(0.02, 0.09) * 48000), np.float32))
        pitch_hz *= float(chance.uniform(0.88, 1.12))
    return np.concatenate(notes)
