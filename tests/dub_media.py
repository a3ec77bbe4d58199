"""Films and takes to dub: small, exact, made in a moment; and ways to look at what came of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from studio.media import ffmpeg
from studio.media.audio import read_blocks, write_wav

RATE_HZ = 48_000
Sound = NDArray[np.float32]


def music(seconds: float, *, seed: int = 1, channels: int = 2) -> Sound:
    """Chords that change every half second, other ones left and right."""
    dice = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    sides = []
    for _ in range(channels):
        side = np.zeros(len(time_s))
        for start in range(0, len(time_s), RATE_HZ // 2):
            part = slice(start, start + RATE_HZ // 2)
            swell = np.sin(np.pi * np.arange(len(time_s[part])) / (RATE_HZ // 2)) ** 0.5
            for hz in dice.choice([196, 220, 262, 294, 330, 392, 440, 523], 3, replace=False):
                side[part] += 0.05 * swell * np.sin(2 * np.pi * hz * time_s[part])
        sides.append(side)
    return np.stack(sides, axis=1).astype(np.float32)


def speech(seconds: float, *, hz: float = 140, level: float = 0.3, rate_hz: int = 24_000) -> Sound:
    """Syllables of a buzzing voice; the first begins at once."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    swell = np.clip(np.cos(2 * np.pi * 3 * time_s) * 1.3 + 0.2, 0, 1)
    buzz = sum(np.sin(2 * np.pi * hz * number * time_s) / number for number in range(1, 12))
    return (level * swell * buzz / 1.8)[:, None].astype(np.float32)


def wav(path: Path, sound: Sound, rate_hz: int = RATE_HZ) -> Path:
    """``sound`` as 16-bit WAV."""
    write_wav(path, [sound], rate_hz=rate_hz, channels=sound.shape[1])
    return path


def film(
    path: Path,
    sounds: Sequence[Path] = (),
    *,
    seconds: float = 6.0,
    size: str = "160x90",
    fps: str = "25",
    video: Sequence[str] = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2"),
    audio: Sequence[str] = ("-c:a", "aac", "-b:a", "256k"),
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> Path:
    """A film of a moving test picture with ``sounds`` as its tracks; ``before`` are options of the first sound."""
    arguments: list[str | Path] = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={fps}:d={seconds}"]
    for number, sound in enumerate(sounds):
        arguments += [*(before if number == 0 else ()), "-i", sound]
    arguments += ["-map", "0:v"]
    for number in range(len(sounds)):
        arguments += ["-map", f"{number + 1}:a"]
    ffmpeg.run([*arguments, *video, "-pix_fmt", "yuv420p", *(audio if sounds else ()), *after, path])
    return path


def packets(path: Path) -> list[bytes]:
    """A hash of each packet of the picture."""
    with av.open(str(path)) as container:
        chosen = container.streams.video[0]
        return [hashlib.blake2b(bytes(packet)).digest() for packet in container.demux(chosen) if packet.size]


def shown_s(path: Path) -> list[float]:
    """When each picture is shown."""
    with av.open(str(path)) as container:
        times = [packet.pts * packet.time_base for packet in container.demux(video=0) if packet.pts is not None]
    return sorted(round(float(time_s), 4) for time_s in times)


def heard(path: Path, stream: int = 0) -> Sound:
    """A track at 48 kHz, shape (frames, channels); a late start is silence."""
    if stream == 0:
        return np.concatenate(list(read_blocks(path)))
    alone = path.with_name(f"{path.stem}_{stream}.wav")
    ffmpeg.run(["-i", path, "-map", f"0:a:{stream}", "-ar", str(RATE_HZ), alone])
    return np.concatenate(list(read_blocks(alone)))


def si_sdr_db(sound: Sound, reference: Sound) -> float:
    """How much of ``sound`` is ``reference`` times one gain, against the rest."""
    one, other = sound.astype(float).ravel(), reference.astype(float).ravel()
    target = other * (one @ other) / (other @ other)
    return float(10 * np.log10((target @ target) / ((one - target) @ (one - target))))


def onset_s(sound: Sound, *, near_s: float, within_s: float = 0.4, share: float = 0.1) -> float:
    """Where the sound rises around ``near_s``: the first 5 ms window louder than ``share`` of the loudest."""
    start = max(0, round((near_s - within_s) * RATE_HZ))
    part = np.abs(sound[start : round((near_s + within_s) * RATE_HZ)]).max(axis=1)
    windows = part[: len(part) // 240 * 240].reshape(-1, 240).max(axis=1)
    return (start + 240 * int(np.flatnonzero(windows > share * windows.max())[0])) / RATE_HZ
