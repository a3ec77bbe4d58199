"""Clips become a film: pictures are copied, not encoded again; sound, subtitles and chapters come along."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from studio.errors import BadInput
from studio.media import ffmpeg, mix
from studio.media.languages import iso_639_2
from studio.media.probe import MediaFacts, VideoFacts, probe
from studio.media.subtitles import read_cues

_JOINED = ("-f", "concat", "-safe", "0", "-auto_convert", "0")
"""The joined clips agree, so their packets need no headers put in between."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named place in a film; it lasts until the next one."""

    start_s: float
    title: str


@dataclass(frozen=True, slots=True)
class FilmClip:
    """A clip in its place: held on its last picture up to ``duration_s`` if shorter, cut if longer."""

    path: Path
    duration_s: float


def assemble_film(
    out: Path,
    *,
    clips: Sequence[FilmClip],
    track: mix.Soundtrack,
    size: tuple[int, int],
    fps: int,
    title: str = "",
    subtitles: Path | None = None,
    language: str = "en",
    chapters: Sequence[Chapter] = (),
) -> None:
    """Write the film to ``out`` (MP4): ``clips`` one after another, ``track`` under them at -16 LUFS.

    The pictures of clips that agree (codec, size, rate, headers) are copied untouched; odd ones are conformed
    first. Sound comes from ``track`` alone and starts with the film; a film without sound has a silent track.
    ``subtitles`` (SRT) go in as a stream that a player can switch off. Time and memory: linear in clips and
    flat. Raises ``BadInput`` if there is no clip or one cannot be read.
    """
    if not clips:
        raise BadInput("A film needs at least one clip.")
    total_s = sum(round(clip.duration_s * fps) for clip in clips) / fps
    with tempfile.TemporaryDirectory(dir=out.parent, prefix="film-") as folder:
        work = Path(folder)
        paths = _agreeing(clips, work, size, fps)
        listing = work / "clips.txt"
        listing.write_text("".join(_entry(path) for path in paths), encoding="utf-8")
        arguments: list[str | Path] = [*_JOINED, "-i", listing, *mix.stdin_options()]
        streams = ["-map", "0:v:0", "-map", "1:a:0"]
        inputs = 2
        if subtitles is not None and read_cues(subtitles):
            arguments += ["-i", subtitles]
            streams += [
                "-map",
                f"{inputs}:s:0",
                "-c:s",
                "mov_text",
                "-metadata:s:s:0",
                f"language={iso_639_2(language)}",
            ]
            inputs += 1
        gain_db = mix.gain_to(track, total_s)
        if chapters:
            marks = work / "chapters.txt"
            marks.write_text(_chapter_file(chapters, total_s), encoding="utf-8")
            arguments += ["-f", "ffmetadata", "-i", marks]
            streams += ["-map_chapters", str(inputs)]
        arguments += [*streams, "-c:v", "copy", *mix.aac_options()]
        arguments += [
            "-metadata:s:a:0",
            f"language={iso_639_2(language)}",
            *ffmpeg.BITEXACT,
            "-metadata",
            f"title={title}",
        ]
        with ffmpeg.feeding([*arguments, "-movflags", "+faststart", "-f", "mp4", out]) as feed:
            for block in mix.levelled(track, total_s, gain_db):
                feed.write(block.data)


def conform(clip: Path, out: Path, *, size: tuple[int, int], fps: int, duration_s: float) -> None:
    """Write ``clip`` as a silent clip like those of the built-in camera: ``size``, ``fps``, BT.709.

    It is fitted into the frame with bars where the shape differs, its last picture stands until
    ``duration_s``, and what is beyond is cut. Raises ``ToolFailed`` if it cannot be decoded.
    """
    width, height = size
    fit = f"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic"
    shape = f"{fit}:out_color_matrix=bt709:out_range=tv,pad={width}:{height}:-1:-1,setsar=1,format=yuv420p"
    chain = f"fps={fps},{shape},tpad=stop_mode=clone:stop=-1"
    frames = max(1, round(duration_s * fps))
    arguments: list[str | Path] = ["-i", clip, "-map", "0:v:0", "-an", "-vf", chain, "-frames:v", str(frames)]
    ffmpeg.run([*arguments, *ffmpeg.x264(fps), *ffmpeg.BITEXACT, "-f", "mp4", out])


def _agreeing(clips: Sequence[FilmClip], work: Path, size: tuple[int, int], fps: int) -> list[Path]:
    """Paths of clips that can be joined by copying: as they are, or conformed into ``work``."""
    facts = [probe(clip.path) for clip in clips]
    is_right = [_is_right(clip, found, size, fps) for clip, found in zip(clips, facts, strict=True)]
    if all(is_right) and len({_shape(found.picture) for found in facts}) == 1:
        return [clip.path for clip in clips]
    pattern = _own_shape(work, size, fps)
    paths = []
    for number, (clip, found, right) in enumerate(zip(clips, facts, is_right, strict=True)):
        path = clip.path
        if not right or _shape(found.picture) != pattern:
            path = work / f"conformed_{number:05}.mp4"
            conform(clip.path, path, size=size, fps=fps, duration_s=clip.duration_s)
        paths.append(path)
    return paths


def _is_right(clip: FilmClip, facts: MediaFacts, size: tuple[int, int], fps: int) -> bool:
    picture = facts.picture
    return (
        (picture.width_px, picture.height_px) == size
        and picture.frames == round(clip.duration_s * fps)
        and abs(picture.fps - fps) < 0.001
        and picture.start_s == 0
        and picture.rotation_deg == 0
        and not picture.has_b_frames
    )


def _shape(picture: VideoFacts) -> tuple[str, str, Fraction, bytes]:
    return picture.codec, picture.pix_fmt, picture.time_base, picture.extradata


def _own_shape(work: Path, size: tuple[int, int], fps: int) -> tuple[str, str, Fraction, bytes]:
    """What a clip of the built-in camera looks like from outside: made by making one picture."""
    sample = work / "pattern.mp4"
    with ffmpeg.filming(sample, size=size, fps=fps) as feed:
        feed.write(bytes(size[0] * size[1] * 3 // 2))
    return _shape(probe(sample).picture)


def _entry(path: Path) -> str:
    quoted = str(path.resolve()).replace("'", "'\\''")
    return f"file 'file:{quoted}'\n"


def _chapter_file(chapters: Sequence[Chapter], total_s: float) -> str:
    ordered = sorted(chapters, key=lambda chapter: chapter.start_s)
    ends = [chapter.start_s for chapter in ordered[1:]] + [total_s]
    lines = [";FFMETADATA1"]
    for chapter, end_s in zip(ordered, ends, strict=True):
        span = [f"START={round(chapter.start_s * 1000)}", f"END={round(end_s * 1000)}"]
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", *span, f"title={_escaped(chapter.title)}"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    flat = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "=;#\\" else letter for letter in flat)
