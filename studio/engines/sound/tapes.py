"""Each kind of sound by name, as a loop at the level it has beside the others."""

from __future__ import annotations

import zlib

import numpy as np

from studio.engines.sound import nature, places
from studio.engines.sound.loop import Loop
from studio.engines.sound.loudness import Loudness, Stereo
from studio.engines.sound.wav import RATE_HZ

_MAKERS = {
    maker.__name__: maker
    for maker in (
        nature.wind, nature.snow, nature.rain, nature.thunder, nature.sea, nature.river, nature.fire, nature.leaves,
        nature.birds, nature.gulls, nature.crickets, nature.frogs, nature.owl, nature.wolf, nature.drip,
        nature.underwater, places.crowd, places.applause, places.traffic, places.train, places.engine, places.machine,
        places.typing, places.clock, places.bell, places.footsteps, places.hooves, places.heartbeat, places.drone,
        places.room, places.kitchen,
    )
}  # fmt: skip
#: Level beside the others, in dB: what is far or always there stays back.
_LEVEL_DB = {"birds": -5, "gulls": -6, "crickets": -6, "owl": -5, "wolf": -4, "room": -8, "leaves": -3, "clock": -4}
_FAR_WEIGHT, _FAR_CUTOFF_HZ = 0.5, 1200.0


def kinds() -> tuple[str, ...]:
    """Every kind of sound there is."""
    return tuple(_MAKERS)


def tape(kind: str, seconds: float, seed: int, *, weight: float = 1.0) -> Stereo:
    """A seamless loop of ``kind``; one of little ``weight`` is far away: softer and darker."""
    loop = Loop(seconds, np.random.default_rng([zlib.crc32(kind.encode()), seed & 0xFFFFFFFF]))
    _MAKERS[kind](loop)
    if weight < _FAR_WEIGHT:
        loop.soften(_FAR_CUTOFF_HZ)
    return loop.tape * np.float32(_gain(loop.tape) * weight * 10 ** (_LEVEL_DB.get(kind, 0) / 20))


def _gain(sound: Stereo) -> float:
    """What brings ``sound`` to -24 LUFS, or a sparse one's loudest moment to -18."""
    loudness = Loudness(RATE_HZ)
    for start in range(0, len(sound), 4 * RATE_HZ):
        loudness.add(sound[start : start + 4 * RATE_HZ])
    needed_db = max(-24.0 - loudness.integrated_lufs, -24.0 - loudness.loudest_lufs)
    return float(10 ** (min(needed_db, -18.0 - loudness.loudest_lufs) / 20))
