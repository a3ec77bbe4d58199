"""Sounds of people, machines and rooms. Each function fills a loop; levels are set later."""

from __future__ import annotations

import numpy as np

from studio.engines.sound.loop import Loop, band, burst, faded, harmonics, hump, seconds_of, tone

#: First three formants of five vowels, in Hz.
_VOWELS = ((730, 1090, 2440), (530, 1840, 2480), (390, 1990, 2550), (570, 840, 2410), (440, 1020, 2240))


def crowd(loop: Loop) -> None:
    """Many people talking at once in a large place; no word can be made out."""
    chance = loop.chance
    loop.spread(band(180, 900, -4), 0.06, 0.8 + 0.2 * loop.drift(0.2, 1.0))
    for person in range(16):
        pitch_hz = float(chance.uniform(95, 145) if person % 2 else chance.uniform(170, 240))
        syllables = [_syllable(loop, pitch_hz * float(chance.uniform(0.9, 1.15))) for _ in range(5)]
        pan, near = float(chance.uniform(-1, 1)), float(chance.uniform(0.3, 1.0))
        at_s = float(chance.uniform(0, 2))
        while at_s < loop.seconds:
            for _ in range(int(chance.integers(3, 11))):
                loop.place(syllables[chance.integers(5)], at_s, 0.22 * near * float(chance.uniform(0.5, 1)), pan)
                at_s += float(chance.uniform(0.13, 0.24))
            at_s += float(chance.exponential(1.1))
    loop.room(1.1, 0.5, 3000)


def applause(loop: Loop) -> None:
    """Many hands, none together."""
    chance = loop.chance
    claps = [burst(0.05, chance.uniform(600, 1100), chance.uniform(1800, 3600), chance, 0.008) for _ in range(24)]
    for _ in range(34):
        clap, pan, gain = claps[chance.integers(24)], float(chance.uniform(-1, 1)), float(chance.uniform(0.1, 0.4))
        for at_s in loop.times(float(chance.uniform(0.19, 0.3)), 0.15):
            loop.place(clap, at_s, gain, pan)
    loop.room(1.0, 0.4, 4000)


def traffic(loop: Loop) -> None:
    """A street: the far roar, and cars that pass from one side to the other, falling in pitch."""
    loop.spread(band(40, 420, -4), 0.14, 0.8 + 0.2 * loop.drift(0.1, 0.4))
    loop.spread(band(300, 1500, -5), 0.03)
    chance = loop.chance
    for at_s in loop.times(4.5, 0.35):
        length_s = float(chance.uniform(4.0, 6.5))
        time = seconds_of(length_s)
        place = (time / length_s - 0.5) * 2 * (1 if chance.random() < 0.5 else -1)
        nearness = 1 / (1 + (3.2 * place) ** 2)
        tyres = burst(length_s, 250, 1700, chance, 99) * nearness
        pitch_hz = float(chance.uniform(48, 85)) * (1 - 0.05 * np.tanh(4 * (time / length_s - 0.5)))
        motor = 0.3 * harmonics(pitch_hz.astype(np.float32), time, [1, 0.8, 0.5, 0.4, 0.2]) * nearness
        passing = faded(0.75 * tyres + motor, 0.4)
        gain = float(chance.uniform(0.25, 0.6))
        angle = (np.clip(1.5 * place, -1, 1) + 1) * np.pi / 4
        loop.place(passing * np.cos(angle).astype(np.float32), at_s, gain, -1.0)
        loop.place(passing * np.sin(angle).astype(np.float32), at_s, gain, 1.0)


def train(loop: Loop) -> None:
    """Inside a moving train: rumble, and the wheels over the joints of the rails."""
    loop.spread(band(35, 240, -3), 0.20, 0.85 + 0.15 * loop.drift(0.3, 2))
    loop.spread(band(400, 2600, -5), 0.07, 0.7 + 0.3 * loop.drift(0.2, 1))
    for at_s in loop.times(1.15, 0.01):
        for later_s, gain in ((0.0, 0.6), (0.13, 0.45), (0.5, 0.5), (0.63, 0.4)):
            loop.place(burst(0.14, 90, 900, loop.chance, 0.03), at_s + later_s, gain, float(loop.chance.normal(0, 0.2)))


def engine(loop: Loop) -> None:
    """A motor that runs steadily, a little unevenly."""
    time = np.arange(loop.length, dtype=np.float32) / 48000
    pitch_hz = round(46 * loop.seconds) / loop.seconds
    shake = 0.85 + 0.15 * loop.drift(3, 12)
    hum = harmonics(pitch_hz, time, [0.6, 1.0, 0.7, 0.6, 0.35, 0.3, 0.2, 0.15, 0.1, 0.1]) * shake
    loop.tape += 0.14 * hum[:, None]
    loop.spread(band(90, 700, -4), 0.14, shake)


def machine(loop: Loop) -> None:
    """A factory hall: mains hum, a press that falls, steam that hisses."""
    time = np.arange(loop.length, dtype=np.float32) / 48000
    loop.tape += 0.05 * harmonics(100.0, time, [1.0, 0.5, 0.4, 0.15, 0.2])[:, None]
    loop.spread(band(60, 500, -4), 0.10)
    for index, at_s in enumerate(loop.times(1.6)):
        loop.place(_struck((310, 742, 1190, 1830), 0.12), at_s, 0.22, -0.4)
        loop.place(burst(0.3, 50, 260, loop.chance, 0.07), at_s, 0.8, -0.3)
        if index % 2:
            loop.place(faded(burst(0.7, 1500, 6000, loop.chance, 0.35), 0.05), at_s + 0.7, 0.16, 0.5)
    loop.room(1.8, 0.5, 2500)


def typing(loop: Loop) -> None:
    """Somebody writes on a keyboard, in bursts."""
    chance = loop.chance
    keys = [burst(0.05, chance.uniform(900, 1500), chance.uniform(3000, 6000), chance, 0.006) for _ in range(10)]
    at_s = 0.3
    while at_s < loop.seconds:
        for _ in range(int(chance.integers(4, 16))):
            loop.place(keys[chance.integers(10)], at_s, float(chance.uniform(0.25, 0.6)), float(chance.normal(0, 0.2)))
            at_s += float(chance.uniform(0.08, 0.22))
        at_s += float(chance.uniform(0.4, 1.4))
    loop.room(0.4, 0.25)


def clock(loop: Loop) -> None:
    """A clock on the wall: tick, tock."""
    for index, at_s in enumerate(loop.times(0.5)):
        pitches = (1900, 3150, 4700) if index % 2 == 0 else (1550, 2700, 4100)
        loop.place(_struck(pitches, 0.012), at_s, 0.5, 0.15)
        loop.place(burst(0.03, 1200, 5000, loop.chance, 0.003), at_s, 0.3, 0.15)
    loop.room(0.5, 0.3)


def bell(loop: Loop) -> None:
    """A church bell: hum, prime, minor third, fifth and nominal, each dying at its own pace."""
    for at_s in loop.times(5.0, 0.02):
        time = seconds_of(9.0)
        partials = (
            (0.5, 0.5, 4.0),
            (1, 0.8, 2.6),
            (1.19, 0.7, 2.1),
            (1.5, 0.35, 1.5),
            (2, 1.0, 1.3),
            (2.67, 0.3, 0.8),
            (4, 0.25, 0.4),
        )
        sound = sum(
            np.float32(gain) * tone(262 * ratio, time) * np.exp(-time / decay) for ratio, gain, decay in partials
        )
        loop.place(faded(np.asarray(sound, np.float32), 0.002), at_s, 0.25, 0.1)
        loop.place(burst(0.08, 900, 4000, loop.chance, 0.012), at_s, 0.15, 0.1)
    loop.room(2.5, 0.35, 3000)


def footsteps(loop: Loop) -> None:
    """Somebody walks past on a hard floor: heel, then toe."""
    chance = loop.chance
    for index, at_s in enumerate(loop.times(0.58, 0.03)):
        pan = 0.5 * float(np.sin(2 * np.pi * at_s / loop.seconds)) + (0.08 if index % 2 else -0.08)
        gain = float(chance.uniform(0.75, 1.0))
        loop.place(burst(0.09, 90, 700, chance, 0.018), at_s, 0.8 * gain, pan)
        loop.place(burst(0.04, 900, 3200, chance, 0.007), at_s + 0.004, 0.28 * gain, pan)
        loop.place(burst(0.07, 300, 1800, chance, 0.014), at_s + 0.085, 0.25 * gain, pan)
    loop.room(0.7, 0.3, 3000)


def hooves(loop: Loop) -> None:
    """A horse at a canter: three beats and a rest."""
    for at_s in loop.times(0.56, 0.02):
        for later_s, gain in ((0.0, 0.7), (0.13, 0.8), (0.25, 1.0)):
            loop.place(
                burst(0.09, 160, 900, loop.chance, 0.016), at_s + later_s, 0.7 * gain, float(loop.chance.normal(0, 0.1))
            )
            loop.place(burst(0.05, 60, 200, loop.chance, 0.02), at_s + later_s, 0.4 * gain)
    loop.room(0.5, 0.2, 2500)


def heartbeat(loop: Loop) -> None:
    """Lub, dub; with overtones, so that small loudspeakers give it too."""
    for at_s in loop.times(0.95):
        for later_s, pitch_hz, gain in ((0.0, 52.0, 1.0), (0.30, 64.0, 0.7)):
            time = seconds_of(0.28)
            beat = harmonics(pitch_hz * (1 - 0.25 * time / time[-1]), time, [1.0, 0.6, 0.35, 0.15])
            loop.place(
                faded(beat * np.sin(np.pi * np.minimum(time / 0.06, 0.5)) * np.exp(-time / 0.07), 0.004),
                at_s + later_s,
                gain,
            )


def drone(loop: Loop) -> None:
    """Space: deep tones that beat slowly, and a shimmer far above."""
    time = np.arange(loop.length, dtype=np.float32) / 48000
    for pitch_hz, gain in (
        (41.2, 0.5),
        (55.0, 0.6),
        (82.4, 0.45),
        (110.2, 0.3),
        (164.8, 0.16),
        (247.5, 0.07),
        (659.3, 0.012),
    ):
        for side in (0, 1):
            fitted_hz = round((pitch_hz + float(loop.chance.uniform(-0.25, 0.25))) * loop.seconds) / loop.seconds
            swell = 0.35 + 0.65 * loop.drift(0.04, 0.15)
            loop.tape[:, side] += np.float32(gain) * tone(fitted_hz, time) * swell
    loop.spread(band(60, 320, -4), 0.10, 0.3 + 0.7 * loop.drift(0.04, 0.2))
    loop.spread(band(2500, 6000, -3), 0.006, loop.drift(0.05, 0.3))


def room(loop: Loop) -> None:
    """The quiet of a room: air, and a trace of the mains."""
    time = np.arange(loop.length, dtype=np.float32) / 48000
    loop.spread(band(50, 380, -4), 0.5, 0.9 + 0.1 * loop.drift(0.05, 0.3))
    loop.tape += 0.03 * harmonics(50.0, time, [0.5, 1.0, 0.2, 0.3])[:, None]


def kitchen(loop: Loop) -> None:
    """A pan that sizzles, dishes now and then."""
    chance = loop.chance
    loop.spread(band(2200, 6500, -3), 0.05, 0.6 + 0.4 * loop.drift(2, 9))
    loop.spread(band(80, 400, -4), 0.06)
    for at_s in loop.moments(1.1):
        pitch_hz, pan = float(chance.uniform(1400, 3600)), float(chance.uniform(-0.8, 0.8))
        dish = _struck((pitch_hz, pitch_hz * 1.58, pitch_hz * 2.31), float(chance.uniform(0.03, 0.12)))
        loop.place(dish, at_s, float(chance.uniform(0.05, 0.25)), pan)
        loop.place(burst(0.03, 1500, 5000, chance, 0.004), at_s, 0.15, pan)
    loop.room(0.5, 0.3, 5000)


def _syllable(loop: Loop, pitch_hz: float) -> np.ndarray:
    """A voiced syllable: a buzz through three formants, sometimes with a consonant's breath before it."""
    chance = loop.chance
    time = seconds_of(float(chance.uniform(0.11, 0.22)))
    part = time / time[-1]
    glide = pitch_hz * (1.06 - 0.14 * part)
    phase = np.cumsum(glide) / 48000
    buzz = (2 * (phase % 1.0) - 1).astype(np.float32)
    frequency = np.fft.rfftfreq(len(time), 1 / 48000)
    formants = _VOWELS[int(chance.integers(5))]
    gain = sum(
        strength / (1 + ((frequency - centre * float(chance.uniform(0.94, 1.08))) / width) ** 2)
        for centre, width, strength in zip(formants, (70, 90, 130), (1.0, 0.55, 0.25), strict=True)
    )
    voiced = np.fft.irfft(np.fft.rfft(buzz) * gain, len(time)).astype(np.float32)
    voiced = voiced / max(float(np.abs(voiced).max()), 1e-6) * hump(part, 0.6)
    if chance.random() < 0.4:
        breath = burst(0.05, 2200, 6000, chance, 0.02)[: len(voiced)]
        voiced[: len(breath)] += 0.25 * breath
    return faded(voiced, 0.01)


def _struck(pitches_hz: tuple[float, ...], decay_s: float) -> np.ndarray:
    """Something hard that rings when hit."""
    time = seconds_of(6 * decay_s)
    ringing = [
        tone(pitch, time) * np.exp(-time * (1 + 0.4 * n) / decay_s) / (n + 1) for n, pitch in enumerate(pitches_hz)
    ]
    return faded(np.sum(ringing, axis=0, dtype=np.float32), 0.0008)
