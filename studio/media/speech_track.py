"""What a recogniser listens to: one audio track of a film, 16 kHz mono, in time with the picture."""

from __future__ import annotations

from pathlib import Path

from studio.errors import BadInput, UnusableOutput
from studio.media import ffmpeg
from studio.media.containers import open_media

SPEECH_RATE_HZ = 16_000
"""What recognisers were trained on; nobody's dub is made from it."""


def write_speech_track(media: Path, out: Path, *, track: int | None = None) -> None:
    """Write audio track ``track`` of ``media`` (from 0; None: the one players choose) to ``out`` as 16 kHz mono FLAC.

    Second 0 of ``out`` is second 0 of a player: a track that starts later than the picture begins with silence, gaps
    are filled with it. Raises BadInput if ``media`` cannot be read, has no sound, or no such track.
    """
    number, zero_us = _chosen(media, track)
    in_time = f"asetpts=PTS-({zero_us}/1000000)/TB,aresample={SPEECH_RATE_HZ}:async=1:first_pts=0"
    source: list[str | Path] = [
        "-copyts",
        "-i",
        media,
        "-map",
        f"0:a:{number}",
        "-vn",
        "-sn",
        "-dn",
        "-map_chapters",
        "-1",
    ]
    shape = ["-af", in_time, "-ac", "1", "-sample_fmt", "s16", "-c:a", "flac"]
    ffmpeg.run([*source, *shape, *ffmpeg.BITEXACT, "-f", "flac", out], timeout_s=4 * 3600.0)


def check_speech_track(path: Path) -> None:
    """Raises UnusableOutput unless ``path`` is 16 kHz mono sound of some length."""
    from studio.media.probe import probe

    try:
        facts = probe(path)
    except BadInput as error:
        raise UnusableOutput(f"The sound {path.name} is torn: {error}") from error
    first = facts.audio[0] if facts.audio else None
    if first is None or first.rate_hz != SPEECH_RATE_HZ or first.channels != 1 or first.duration_s <= 0:
        raise UnusableOutput(f"The sound {path.name} is not 16 kHz mono, or it is empty.")


def _chosen(media: Path, track: int | None) -> tuple[int, int]:
    """The track's number, and the time that players call 0, in microseconds: left to itself, ffmpeg forgets the picture
    of a transport stream and lets the sound begin at 0."""
    from av.error import FFmpegError
    from av.stream import Disposition

    try:
        with open_media(media) as container:
            streams = container.streams.audio
            defaults = [n for n, stream in enumerate(streams) if stream.disposition & Disposition.default]
            count, has_picture = len(streams), bool(container.streams.video)
            zero_us = container.start_time or 0
    except (FFmpegError, OSError) as error:
        raise BadInput(f"{media.name} is not a video or a sound that can be read ({error}).") from error
    if count == 0:
        kind = "has a picture but no sound" if has_picture else "holds no sound"
        raise BadInput(f"{media.name} {kind}: nothing is said in it. Bring its lines as SRT, VTT or ASS to dub it.")
    if track is None:
        return (defaults[0] if defaults else 0), zero_us
    if not 0 <= track < count:
        known = "only track 0" if count == 1 else f"tracks 0 to {count - 1}"
        raise BadInput(f"{media.name} has no audio track {track}: it has {known}.")
    return track, zero_us
