"""The sound of a dub: lines become a track of voices, and the track and the original's sound become a mix.

Nothing is held whole. How loud the mix will be is reckoned beforehand from the powers of its two parts, so that it
is made once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.media import ffmpeg, mix
from studio.media.audio import RATE_HZ
from studio.media.bed import Hold, Levels, bed_blocks, weigh
from studio.media.levels import SILENCE_LUFS, integrated
from studio.media.mix import Duck, Ducking, Placed, Soundtrack
from studio.media.stretch import LINE_LUFS, ready_line
from studio.model.dub import Preset

if TYPE_CHECKING:
    from studio.media.audio import Samples
    from studio.media.levels import Powers

_UNDUCKED = Ducking(depth_db=0.0)
_STYLES: dict[Preset, tuple[float, Ducking]] = {
    "dub": (0.0, Ducking(depth_db=-28.0)),
    "voice-over": (0.0, Ducking(depth_db=-15.0, release_s=0.6)),
    "narration": (-15.0, _UNDUCKED),
}
"""How loud the bed is beside the voices between lines, and how it gives way. A bed without anybody's voice in it
needs to give way less."""
_WORDLESS_DB, _WORDLESS_DUCK = -5.0, Ducking(depth_db=-9.0)
_BED_DB = (-30.0, 12.0)
"""A bed is not raised further than this: what is nearly silent is meant so, or it hisses."""
_MOST_GAIN_DB = 24.0
AAC = ("-c:a", "aac", "-aac_coder", "fast", "-q:a", "4", "-aac_is", "0")
"""As many bits as the sound needs for equal noise: some 130 kbit/s for music, 450 for the hiss of a room, which a fixed
rate would starve; and the encoder does not try again and again to spend what clean music has no use for. Both
sides are kept as they are, not one and its direction. The bed is kept with 40 to 60 dB of SI-SDR where it is music,
wind or music over hiss; steady rain with 25 and white noise with 19, at 400 kbit/s. 30 dB of white noise need 480 kbit/s
at least of any coder (rate-distortion bound, two channels at 48 kHz), of this one far more.
"""
_IN_FRAGMENTS = ("-movflags", "+delay_moov", "-frag_duration", "10000000")
"""The file's index is written every ten seconds instead of held to the end, 13 MB an hour; a dub that is made of it
has one index, as ever. Read alone it says to be 21 ms longer: fragments count what the encoder puts before the start."""


@dataclass(frozen=True, slots=True)
class TrackLine:
    """One take in its place: seconds of the film."""

    take: Path
    start_s: float
    speed: float = 1.0
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class DubBed:
    """What is heard under the voices. ``is_wordless``: nobody speaks in it, it is music and effects alone."""

    path: Path
    levels: Levels
    is_wordless: bool = False
    holds: tuple[Hold, ...] = ()


def assemble_track(out: Path, lines: Sequence[TrackLine], *, duration_s: float) -> None:
    """Write the voices alone to ``out`` (FLAC, 48 kHz mono), ``duration_s`` long to the sample.

    Each line begins at ``round(start_s * 48000)``, is as loud as every other but for its own gain, and fades out in
    the last 50 ms if the film ends before it does. Raises ``BadInput`` if a take cannot be read.
    """
    command: list[str | Path] = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "pipe:0"]
    command += ["-c:a", "flac", "-compression_level", "0", "-sample_fmt", "s16", *ffmpeg.BITEXACT, "-f", "flac", out]
    with ffmpeg.feeding(command) as feed:
        for block in track_blocks(lines, duration_s=duration_s):
            feed.write(block.data)


def track_blocks(lines: Sequence[TrackLine], *, duration_s: float) -> Iterator[Samples]:
    """The voices alone in mono blocks of a second; a line is read when its time comes and then let go."""
    import numpy as np

    total = round(duration_s * RATE_HZ)
    waiting = sorted(lines, key=lambda line: line.start_s, reverse=True)
    playing: list[tuple[int, Samples]] = []
    for start in range(0, total, RATE_HZ):
        block = np.zeros((min(RATE_HZ, total - start), 1), np.float32)
        end = start + len(block)
        while waiting and round(waiting[-1].start_s * RATE_HZ) < end:
            line = waiting.pop()
            samples = ready_line(line.take, speed=line.speed, gain_db=line.gain_db)
            at = round(line.start_s * RATE_HZ)
            playing.append((at, _ending(samples, total - at)))
        for at, samples in playing:
            first, last = max(at, start), min(at + len(samples), end)
            block[first - start : last - start] += samples[first - at : last - at]
        playing = [(at, samples) for at, samples in playing if at + len(samples) > end]
        yield block


def mix_dub(
    out: Path,
    *,
    track: Path,
    bed: DubBed | None,
    spans: Sequence[tuple[float, float]],
    duration_s: float,
    preset: Preset = "dub",
    target_lufs: float = mix.TARGET_LUFS,
    voice_gain_db: float = 0.0,
) -> None:
    """Write bed and voices to ``out`` (AAC in m4a, 48 kHz stereo), exactly ``duration_s`` long at ``target_lufs``.

    ``spans`` are the seconds of the film in which the bed gives way; outside of them it is the original times one
    constant gain. True peaks stay at or below -1 dBTP. Raises ``BadInput`` if one of them cannot be read.
    """
    whole = dub_soundtrack(track, bed, spans, duration_s=duration_s, preset=preset, voice_gain_db=voice_gain_db)
    gain_db = expected_gain_db(whole, bed, duration_s=duration_s, target_lufs=target_lufs)
    blocks = mix.levelled(whole, duration_s, gain_db)
    first = next(blocks, None)  # opening a long film takes most: before the encoder takes its share
    with ffmpeg.feeding([*mix.stdin_options(), *AAC, *ffmpeg.BITEXACT, *_IN_FRAGMENTS, "-f", "ipod", out]) as feed:
        for block in () if first is None else chain((first,), blocks):
            feed.write(block.data)


def dub_soundtrack(
    track: Path,
    bed: DubBed | None,
    spans: Sequence[tuple[float, float]],
    *,
    duration_s: float,
    preset: Preset,
    voice_gain_db: float = 0.0,
) -> Soundtrack:
    """What ``mix_dub`` mixes, before it is levelled; the bed as loud as the voices, but for what the preset says."""
    import numpy as np

    voice = Placed(track, 0.0, voice_gain_db, lasts_s=duration_s)
    if bed is None or preset == "bed-off":
        return Soundtrack((voice,), spans=())
    loudness = integrated(np.array(bed.levels.powers))
    below_db, ducking = _STYLES[preset]
    if bed.is_wordless and preset != "narration":
        below_db, ducking = _WORDLESS_DB, _WORDLESS_DUCK
    gain_db = 0.0
    if loudness > SILENCE_LUFS:
        gain_db = min(_BED_DB[1], max(_BED_DB[0], LINE_LUFS - loudness)) + below_db
    read = partial(bed_blocks, holds=bed.holds)
    placed = Placed(bed.path, 0.0, gain_db, lasts_s=duration_s, read=read, is_ducked=ducking.depth_db < 0)
    return Soundtrack((voice,), (placed,), ducking=ducking, spans=tuple(spans))


def expected_gain_db(whole: Soundtrack, bed: DubBed | None, *, duration_s: float, target_lufs: float) -> float:
    """Decibels from the mix as it is to ``target_lufs``, from the powers of its parts; 0 for silence."""
    import numpy as np

    voice = weigh(whole.voice[0].path, duration_s=duration_s)
    powers = 2 * np.array(voice.powers) * 10 ** (whole.voice[0].gain_db / 10)
    times_s = np.array(voice.times_s)
    if whole.beds and bed is not None and len(bed.levels.times_s) and len(times_s):
        source_s = times_s - sum((hold_s * (times_s > at_s) for at_s, hold_s in bed.holds), np.zeros(len(times_s)))
        under = np.interp(source_s, bed.levels.times_s, bed.levels.powers)
        shares = _duck_powers(Duck(whole), times_s) if whole.beds[0].is_ducked else 1.0
        powers = powers + under * shares * 10 ** (whole.beds[0].gain_db / 10)
    loudness = integrated(powers)
    if loudness <= SILENCE_LUFS:
        return 0.0
    return min(_MOST_GAIN_DB, target_lufs - loudness)


def weigh_bed(out: Path, path: Path) -> None:
    """Write how loud ``path`` is over its time to ``out`` (JSON); of one channel as if both had it."""
    from studio.media.probe import probe

    facts = probe(path)
    if not facts.audio:
        raise BadInput(f"{path.name} has no sound.")
    found = weigh(path, duration_s=facts.duration_s)
    if facts.audio[0].channels == 1:
        found = Levels(times_s=found.times_s, powers=tuple(2 * power for power in found.powers))
    out.write_text(found.model_dump_json(), encoding="utf-8")


def _duck_powers(duck: Duck, times_s: Powers) -> Powers:
    """The mean share of the bed's power in the 0.4 s from each of ``times_s``, from five looks."""
    import numpy as np

    looks = np.array([duck.at(times_s + 0.08 * step) for step in range(5)])
    return np.asarray((looks * looks).mean(axis=0))


def _ending(samples: Samples, room: int) -> Samples:
    """``samples`` as far as ``room`` frames allow, faded out where they are cut."""
    import numpy as np

    if len(samples) <= room:
        return samples
    kept = samples[: max(0, room)].copy()
    fade = min(round(0.05 * RATE_HZ), len(kept))
    kept[len(kept) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    return kept
