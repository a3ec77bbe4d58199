"""Music beds from moods: one piece over the whole film, played by a small orchestra of samples."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engines.base import MoodCue
from studio.errors import EngineUnavailable, UserError
from studio.media.assets import asset_path

if TYPE_CHECKING:
    from studio.engines.sound.soundfont import SoundFont

_FONT = "third_party/soundfont/film.sf3"
_LUFS = -20.0
#: From a thin, quiet opening to a struck chord.
_MOST_ABOVE_LU = 10.0


class BuiltinMusic:
    """Composes by rule: a four-note theme of the seed's choosing goes through every mood of the film.

    The moods are modes of one scale, so that each leads into the next; each mood has instruments, a pace, a
    register and a brightness of its own. Bars are fitted to the cues exactly; the last chord comes to rest.
    """

    identity = "music/builtin/1"
    is_deterministic = True
    uses_seed = True

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def check(self) -> None:
        try:
            asset_path(_FONT)
        except FileNotFoundError as error:
            raise EngineUnavailable(str(error)) from error

    def compose(self, out: Path, cues: Sequence[MoodCue], *, seed: int) -> None:
        from studio.engines.sound.mixdown import played
        from studio.engines.sound.score import write
        from studio.engines.sound.wav import RATE_HZ, write_levelled

        if not cues or any(cue.duration_s <= 0 for cue in cues):
            raise UserError("Music needs at least one mood, each longer than 0 seconds.")
        self.check()
        score = write(cues, seed)
        with self._lock:
            blocks = played(score, self._font)
            length = round(score.duration_s * RATE_HZ)
            write_levelled(out, blocks, samples=length, lufs=_LUFS, most_above_lu=_MOST_ABOVE_LU)

    @cached_property
    def _font(self) -> SoundFont:
        from studio.engines.sound.soundfont import SoundFont

        return SoundFont(asset_path(_FONT))
