"""A few seconds of a dub, as the whole mix has them, without mixing the whole."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media import ffmpeg, mix
from studio.media.audio import RATE_HZ, read_blocks, write_wav
from studio.media.bed import Hold
from studio.media.dub_mix import DubBed, TrackLine, dub_soundtrack, track_blocks
from studio.media.levels import SILENCE_LUFS, integrated
from studio.media.stretch import LINE_LUFS
from studio.model.dub import Preset

if TYPE_CHECKING:
    from studio.media.levels import Powers

_LEAD_S = 1.0
"""So much is mixed before the window: the bed has then given way to whoever speaks as the window begins."""
_RAMP_S = 0.2
_MOST_GAIN_DB = 24.0
_GRID_S = 0.4
_LUFS_OFFSET_DB = 0.691


@dataclass(frozen=True, slots=True)
class WholeDub:
    """Everything heard in a dub, at its times in the film. ``spoken`` is when each of ``lines`` begins and ends."""

    lines: tuple[TrackLine, ...]
    spoken: tuple[tuple[float, float], ...]
    spans: tuple[tuple[float, float], ...]
    bed: DubBed | None
    preset: Preset
    duration_s: float
    target_lufs: float = mix.TARGET_LUFS
    voice_gain_db: float = 0.0


def write_window(out: Path, whole: WholeDub, *, start_s: float, duration_s: float) -> None:
    """Write ``duration_s`` of the dub from ``start_s`` to ``out`` (WAV, 48 kHz stereo), as loud as in the whole mix.

    Only what is heard in these seconds is read. Raises ``BadInput`` for a sound that cannot be read.
    """
    from_s = max(0.0, start_s - _LEAD_S)
    length_s = start_s + duration_s - from_s
    lines = [
        replace(line, start_s=line.start_s - from_s)
        for line, (begins_s, ends_s) in zip(whole.lines, whole.spoken, strict=True)
        if begins_s < from_s + length_s and ends_s > from_s
    ]
    spans = [
        (max(begins_s - from_s, _RAMP_S if from_s else 0.0), ends_s - from_s)
        for begins_s, ends_s in whole.spans
        if ends_s - from_s > (_RAMP_S if from_s else 0.0) and begins_s < from_s + length_s + _LEAD_S
    ]
    with tempfile.TemporaryDirectory() as folder:
        track, mixed = Path(folder) / "track.wav", Path(folder) / "mixed.wav"
        write_wav(track, track_blocks(lines, duration_s=length_s), rate_hz=RATE_HZ, channels=1)
        bed = _bed_window(Path(folder) / "bed.wav", whole.bed, from_s, length_s) if whole.bed else None
        sound = dub_soundtrack(
            track, bed, spans, duration_s=length_s, preset=whole.preset, voice_gain_db=whole.voice_gain_db
        )
        mix.write_at(mixed, sound, length_s, gain_db=_gain_db(whole, sound))
        _cut(mixed, out, round((start_s - from_s) * RATE_HZ))


def _cut(sound: Path, out: Path, first: int) -> None:
    import numpy as np

    write_wav(out, [np.concatenate(list(read_blocks(sound)))[first:]], rate_hz=RATE_HZ, channels=2)


def _bed_window(out: Path, bed: DubBed, from_s: float, length_s: float) -> DubBed:
    """The bed's seconds alone, with the holds of the picture that fall into them."""
    source_s, held = _before(bed.holds, from_s)
    cut: list[str | Path] = ["-ss", f"{source_s:.6f}", "-t", f"{length_s:.6f}", "-i", bed.path, "-map", "0:a:0"]
    shape = ["-af", f"aresample={RATE_HZ}:async=1:first_pts=0", "-c:a", "pcm_s16le"]
    ffmpeg.run([*cut, *shape, out])
    return replace(bed, path=out, holds=held)


def _before(holds: Sequence[Hold], film_s: float) -> tuple[float, tuple[Hold, ...]]:
    """Second of the source that is heard at ``film_s``, and the holds from there on, on the window's own clock."""
    late_s = 0.0
    for number, (at_s, hold_s) in enumerate(sorted(holds)):
        if film_s <= at_s + late_s:
            break
        if film_s < at_s + late_s + hold_s:
            rest = [(0.0, at_s + late_s + hold_s - film_s), *((s - at_s, h) for s, h in sorted(holds)[number + 1 :])]
            return at_s, tuple(rest)
        late_s += hold_s
    source_s = film_s - late_s
    return source_s, tuple((at_s - source_s, hold_s) for at_s, hold_s in sorted(holds) if at_s >= source_s)


def _gain_db(whole: WholeDub, sound: mix.Soundtrack) -> float:
    """Decibels that bring the whole dub to its loudness, reckoned from when somebody speaks and how loud its bed is."""
    import numpy as np

    times_s = np.arange(0.0, whole.duration_s, _GRID_S)
    powers = 2 * _power(LINE_LUFS + whole.voice_gain_db) * _share(times_s, whole.spoken)
    if sound.beds and whole.bed is not None and whole.bed.levels.times_s:
        late_s = sum((hold_s * (times_s > at_s) for at_s, hold_s in whole.bed.holds), np.zeros(len(times_s)))
        under = np.interp(times_s - late_s, whole.bed.levels.times_s, whole.bed.levels.powers)
        low = 10 ** (sound.ducking.depth_db / 10) if sound.beds[0].is_ducked else 1.0
        kept = 1.0 - (1.0 - low) * _share(times_s, whole.spans)
        powers = powers + under * kept * 10 ** (sound.beds[0].gain_db / 10)
    loudness = integrated(powers)
    return 0.0 if loudness <= SILENCE_LUFS else min(_MOST_GAIN_DB, whole.target_lufs - loudness)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + _LUFS_OFFSET_DB) / 10))


def _share(times_s: Powers, spans: Sequence[tuple[float, float]]) -> Powers:
    """How much of each stretch of the grid lies in ``spans``."""
    import numpy as np

    shares = np.zeros(len(times_s))
    for start_s, end_s in spans:
        first, last = int(start_s // _GRID_S), min(len(shares), int(end_s // _GRID_S) + 1)
        near = times_s[first:last]
        shares[first:last] += np.clip(np.minimum(near + _GRID_S, end_s) - np.maximum(near, start_s), 0, None) / _GRID_S
    return np.minimum(shares, 1.0)
