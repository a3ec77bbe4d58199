"""The studio's own sounds: ambiences made of noise, tones and grains, from the words of a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engines.sound.kinds import Heard, heard
from studio.errors import UserError

if TYPE_CHECKING:
    from studio.engines.sound.loudness import Stereo

_LUFS = -24.0
#: Lengths of the loops of a mixture: they share no short common multiple, so the mixture does not repeat.
_LOOPS_S = (24.0, 27.0, 20.0, 30.0)
_MOST_AT_ONCE = 4
_BLOCK_S = 4


class BuiltinSound:
    """Ambiences by synthesis: weather, water, animals, places, machines; about 35 kinds, mixed as asked.

    Each kind is a seamless loop of 20 to 30 s, repeated for longer films. A prompt in which nothing is known
    (``hears`` is empty) gives the quiet of a room.
    """

    identity = "sound/builtin/1"
    is_deterministic = True
    uses_seed = True

    def check(self) -> None:
        """Always works."""

    def hears(self, prompt: str) -> tuple[str, ...]:
        return tuple(one.kind for one in heard(prompt))

    def sound(self, out: Path, prompt: str, *, duration_s: float, seed: int) -> None:
        from studio.engines.sound.wav import RATE_HZ, write_levelled

        samples = round(duration_s * RATE_HZ)
        if samples < 1:
            raise UserError(f"A sound of {duration_s:g} seconds cannot be made: ask for more than 0.")
        wanted = sorted(heard(prompt), key=lambda one: -one.weight)[:_MOST_AT_ONCE] or [Heard("room", 1.0)]
        write_levelled(out, _mixed(wanted, samples, seed), samples=samples, lufs=_LUFS)


def _mixed(wanted: list[Heard], samples: int, seed: int) -> Iterator[Stereo]:
    """The kinds of ``wanted``, each on its loop, added up block by block."""
    import numpy as np

    from studio.engines.sound.tapes import tape
    from studio.engines.sound.wav import RATE_HZ

    loops = [
        tape(one.kind, min(_LOOPS_S[index], max(samples / RATE_HZ, 6.0)), seed, weight=one.weight)
        for index, one in enumerate(wanted)
    ]
    for start in range(0, samples, _BLOCK_S * RATE_HZ):
        place = np.arange(start, min(samples, start + _BLOCK_S * RATE_HZ))
        block: Stereo = np.sum([loop[place % len(loop)] for loop in loops], axis=0, dtype=np.float32)
        yield block
