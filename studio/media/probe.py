"""What a media file is: read once, from its header and its first picture, in about 35 ms."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput

if TYPE_CHECKING:
    from av.container import InputContainer


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """One video stream. Sizes are as stored, before the player's turn by ``rotation_deg``, clockwise."""

    codec: str
    width_px: int
    height_px: int
    fps: float
    pix_fmt: str
    time_base: Fraction
    start_s: float
    duration_s: float
    frames: int
    """As the header says; 0 if it does not."""
    rotation_deg: int
    has_b_frames: bool
    extradata: bytes


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """One audio stream."""

    codec: str
    rate_hz: int
    channels: int
    start_s: float
    duration_s: float
    language: str


@dataclass(frozen=True, slots=True)
class SubtitleFacts:
    """One subtitle stream."""

    codec: str
    language: str


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A media file: its streams in file order, and its chapters as start in seconds and title."""

    name: str
    """Of the file, without its folder."""
    duration_s: float
    size_bytes: int
    video: tuple[VideoFacts, ...]
    audio: tuple[AudioFacts, ...]
    subtitles: tuple[SubtitleFacts, ...]
    chapters: tuple[tuple[float, str], ...]

    @property
    def picture(self) -> VideoFacts:
        """The first video stream. ``BadInput`` if there is none."""
        if not self.video:
            raise BadInput(f"{self.name} has no picture, only sound.")
        return self.video[0]


def probe(path: Path) -> MediaFacts:
    """Facts of ``path``. Raises ``BadInput`` if it is not a media file that can be read."""
    import av
    from av.error import FFmpegError

    try:
        with av.open(str(path)) as container:
            if not container.streams:
                raise BadInput(f"{path.name} holds neither picture nor sound.")
            return _facts(container, path)
    except (FFmpegError, OSError) as error:
        raise BadInput(f"{path.name} is not a media file that can be read ({error}).") from error


def _facts(container: InputContainer, path: Path) -> MediaFacts:
    total_s = container.duration / 1_000_000 if container.duration else 0.0
    streams, rotation_deg = container.streams, _rotation(container)
    video = tuple(
        VideoFacts(
            codec=stream.codec_context.name,
            width_px=stream.width,
            height_px=stream.height,
            fps=float(stream.average_rate or stream.base_rate or 0),
            pix_fmt=stream.pix_fmt or "",
            time_base=stream.time_base or Fraction(0),
            start_s=_seconds(stream.start_time, stream.time_base, 0.0),
            duration_s=_seconds(stream.duration, stream.time_base, total_s),
            frames=stream.frames,
            rotation_deg=rotation_deg if number == 0 else 0,
            has_b_frames=stream.codec_context.has_b_frames,
            extradata=stream.codec_context.extradata or b"",
        )
        for number, stream in enumerate(streams.video)
    )
    audio = tuple(
        AudioFacts(
            codec=stream.codec_context.name,
            rate_hz=stream.rate or 0,
            channels=stream.channels,
            start_s=_seconds(stream.start_time, stream.time_base, 0.0),
            duration_s=_seconds(stream.duration, stream.time_base, total_s),
            language=stream.language or "",
        )
        for stream in streams.audio
    )
    subtitles = tuple(SubtitleFacts(stream.codec_context.name, stream.language or "") for stream in streams.subtitles)
    chapters = tuple(
        (float(chapter["start"] * chapter["time_base"]), str(chapter["metadata"].get("title", "")))
        for chapter in container.chapters()
        if chapter["time_base"] is not None
    )
    return MediaFacts(path.name, total_s, path.stat().st_size, video, audio, subtitles, chapters)


def _seconds(ticks: int | None, time_base: Fraction | None, otherwise: float) -> float:
    return float(ticks * time_base) if ticks is not None and time_base is not None else otherwise


def _rotation(container: InputContainer) -> int:
    """The turn that the first picture asks for; 0 if it does not decode. Streams do not tell it, pictures do."""
    from av.error import FFmpegError

    if not container.streams.video:
        return 0
    try:
        frame = next(container.decode(video=0), None)
    except FFmpegError:
        return 0
    return 0 if frame is None else -frame.rotation % 360
