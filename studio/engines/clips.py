"""What a service is told of a shot; and what it gives becomes a clip: the film's size, rate and length, its captions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engines.base import Caption
from studio.errors import BadInput, ToolFailed, UnusableOutput
from studio.model.camera import CameraMove, describe

if TYPE_CHECKING:
    from studio.media.probe import VideoFacts

_LEAST_SHARE = 8
"""A clip of less than an eighth of the film's width is none."""
_SLOWEST = 1.25
"""A clip that is too short is slowed down to at most so much; then its last picture stands."""
_CLOSE_ENOUGH = 0.9
"""Below this share of the film's rate the pictures in between are made up rather than shown twice."""
_HEAD_BYTES = 16


def words_of(motion: str, move: CameraMove) -> str:
    """What moves, and how the camera does, for a model that reads."""
    camera = "The camera stands still" if move.kind == "static" else f"Camera: {describe(move)}"
    what = motion.strip().rstrip(".")
    return f"{what}. {camera}." if what else f"{camera}."


def conform(
    raw: Path, out: Path, *, size: tuple[int, int], fps: int, frames: int, captions: Sequence[Caption] = ()
) -> None:
    """Write the film ``raw`` as a silent MP4 of exactly ``frames`` frames of ``size`` (even) to ``out``.

    It fills the frame and is cut to its middle. What is too long ends early; what is too short is slowed down a
    little, and then its last picture stands. Raises UnusableOutput if ``raw`` is no film.
    """
    from studio.media import ffmpeg

    lines = [_Line(caption, size) for caption in captions if caption.text.strip()]
    with tempfile.TemporaryDirectory() as folder, ffmpeg.filming(out, size=size, fps=fps) as feed:
        for number, picture in enumerate(_pictures(_readable(raw, Path(folder)), size, fps, frames)):
            now = number / fps
            for line in lines:
                if line.caption.start_s <= now < line.caption.end_s:
                    picture = line.over(picture)
            feed.write(picture)


def _pictures(raw: Path, size: tuple[int, int], fps: int, frames: int) -> Iterator[bytes]:
    """``frames`` pictures as yuv420p."""
    from studio.media import ffmpeg

    length_bytes, given, last = size[0] * size[1] * 3 // 2, 0, b""
    facts = _facts(raw)
    if _LEAST_SHARE * facts.width_px < size[0]:
        raise UnusableOutput(f"What came is {facts.width_px} x {facts.height_px} pixels: too few to show anything.")
    filters = _filters(facts, size, fps, frames)
    arguments: list[str | Path] = ["-i", raw, "-an", "-vf", filters, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]
    try:
        with ffmpeg.reading(arguments) as feed:
            while given < frames and len(picture := feed.read(length_bytes)) == length_bytes:
                yield picture
                given, last = given + 1, picture
    except ToolFailed as error:
        if not last:
            raise UnusableOutput(f"What came is no film that can be read ({error}).") from error
    if not last:
        raise UnusableOutput("What came is a film without pictures.")
    for _ in range(frames - given):
        yield last


def _filters(facts: VideoFacts, size: tuple[int, int], fps: int, frames: int) -> str:
    rate = facts.fps if facts.fps > 0 else float(fps)
    has_s = facts.frames / rate if facts.frames else facts.duration_s
    slower = min(_SLOWEST, max(1.0, frames / fps / has_s)) if has_s > 0 else 1.0
    steps = [f"setpts=(PTS-STARTPTS)*{slower:.6f}"]
    if rate / slower < _CLOSE_ENOUGH * fps and facts.frames > 2:
        steps.append("tpad=stop_mode=clone:stop=2")  # the filter keeps its last pictures to itself
        steps.append(f"minterpolate=fps={fps}:mi_mode=mci:mc_mode=obmc:me_mode=bilat")
    else:
        steps.append(f"fps={fps}")
    steps.append(
        f"scale={size[0]}:{size[1]}:force_original_aspect_ratio=increase:flags=lanczos:out_color_matrix=bt709:out_range=tv"
    )
    steps.append(f"crop={size[0]}:{size[1]}")
    return ",".join([*steps, "setsar=1", "format=yuv420p"])


def _facts(raw: Path) -> VideoFacts:
    from studio.media.probe import probe

    try:
        return probe(raw).picture
    except BadInput as error:
        raise UnusableOutput(f"What came is no film that can be read ({error}).") from error


def _readable(raw: Path, folder: Path) -> Path:
    """``raw``, or a copy in a kind that ffmpeg reads: it knows no animated WebP."""
    with raw.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return raw
    from PIL import Image, UnidentifiedImageError

    copy = folder / "film.png"
    try:
        with Image.open(raw) as film:
            film.save(copy, format="PNG", save_all=True, compress_level=1)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnusableOutput(f"What came is no film that can be read ({error}).") from error
    return copy.replace(copy.with_suffix(".apng"))


class _Line:
    """A caption ready to be laid over yuv420p pictures."""

    def __init__(self, caption: Caption, size: tuple[int, int]) -> None:
        from studio.media.lettering import caption_overlay
        from studio.media.motion_frames import Screen, overlay_planes

        self.caption = caption
        self._screen = Screen(size)
        overlay, self._corner = caption_overlay(caption.text, size)
        self._full, self._half = overlay_planes(overlay)

    def over(self, picture: bytes) -> bytes:
        self._screen.show(picture)
        self._screen.stamp(self._full, self._half, self._corner)
        return bytes(self._screen.frame())
