"""Stills and sounds to work on: small, exact, made in a moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from studio.media.audio import write_wav

SIZE = (320, 180)
Pixels = NDArray[np.uint8]


@pytest.fixture
def dots(tmp_path: Path) -> Path:
    """A still, dark, with soft white dots in a grid that is easy to find again: PNG of 320x180."""
    y, x = np.mgrid[0:180, 0:320]
    light = np.zeros((180, 320))
    for centre_y in range(30, 180, 40):
        for centre_x in range(40, 320, 80):
            light += np.exp(-((x - centre_x) ** 2 + (y - centre_y) ** 2) / (2 * 4.0**2))
    path = tmp_path / "dots.png"
    Image.fromarray((20 + 215 * np.clip(light, 0, 1)).astype(np.uint8)).convert("RGB").save(path)
    return path


@pytest.fixture
def frames() -> Callable[[Path], list[Pixels]]:
    """Decodes a clip into its pictures, RGB."""

    def decode(path: Path) -> list[Pixels]:
        with av.open(str(path)) as clip:
            return [frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0)]

    return decode


@pytest.fixture
def tone(tmp_path: Path) -> Callable[..., Path]:
    """Writes a sine as 16-bit WAV."""

    def write(
        name: str, *, hz: float, seconds: float, rate_hz: int = 48_000, channels: int = 2, level: float = 0.2
    ) -> Path:
        time_s = np.arange(round(seconds * rate_hz)) / rate_hz
        wave = (level * np.sin(2 * np.pi * hz * time_s)).astype(np.float32)
        path = tmp_path / name
        write_wav(path, [np.repeat(wave[:, None], channels, axis=1)], rate_hz=rate_hz, channels=channels)
        return path

    return write


@pytest.fixture
def heard() -> Callable[[Path], NDArray[np.float32]]:
    """Decodes the sound of a file at 48 kHz, shape (frames, channels)."""
    from studio.media.audio import read_blocks

    def decode(path: Path) -> NDArray[np.float32]:
        return np.concatenate(list(read_blocks(path)))

    return decode
