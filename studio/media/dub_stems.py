"""The parts of a dub's mix, each alone and as loud as it is in it: together they are the mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from studio.media import mix
from studio.media.dub_mix import DubBed, dub_soundtrack, expected_gain_db
from studio.model.dub import Preset

Part = Literal["voices", "bed"]


def write_stem(
    out: Path,
    *,
    part: Part,
    track: Path,
    bed: DubBed | None,
    spans: Sequence[tuple[float, float]],
    duration_s: float,
    preset: Preset = "dub",
    target_lufs: float = mix.TARGET_LUFS,
    voice_gain_db: float = 0.0,
) -> None:
    """Write one part of what ``mix_dub`` makes of the same to ``out`` (FLAC, 48 kHz stereo). Raises what it raises."""
    whole = dub_soundtrack(track, bed, spans, duration_s=duration_s, preset=preset, voice_gain_db=voice_gain_db)
    gain_db = expected_gain_db(whole, bed, duration_s=duration_s, target_lufs=target_lufs)
    alone = replace(whole, beds=()) if part == "voices" else replace(whole, voice=())
    mix.write_at(out, alone, duration_s, gain_db=gain_db)
