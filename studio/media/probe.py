"""What a media file is: read once, from its header and its first picture, in about 35 ms."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.media.containers import open_media

if TYPE_CHECKING:
    from av.container import InputContainer

_HDR = (16, 18)
"""Transfer functions by their ITU-T H.273 numbers: PQ and HLG."""

_LISTS = (b"#EXTM3U", b"ffconcat", b"[playlist]", b"<MPD", b"v=0")
"""How playlists begin: HLS, ffmpeg's own, PLS, DASH, SDP."""


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
    is_cover: bool = False
    """A picture that stands for a sound, not a film."""
    is_hdr: bool = False
    """PQ or HLG: it has to be brought down before it is encoded for screens of today."""


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """One audio stream."""

    codec: str
    rate_hz: int
    channels: int
    start_s: float
    duration_s: float
    language: str
    title: str = ""
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class SubtitleFacts:
    """One subtitle stream."""

    codec: str
    language: str
    title: str = ""


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
    start_s: float = 0.0
    """On the clock of its streams; a player shows it as second 0."""

    @property
    def picture(self) -> VideoFacts:
        """The first video stream. ``BadInput`` if there is none."""
        if not self.video:
            raise BadInput(f"{self.name} has no picture, only sound.")
        return self.video[0]

    @property
    def has_film(self) -> bool:
        """True if there is a moving picture; the cover of a song is none."""
        return any(not video.is_cover for video in self.video)


def probe(path: Path) -> MediaFacts:
    """Facts of ``path``. Raises ``BadInput`` if it is not a media file that can be read."""
    from av.error import FFmpegError

    try:
        with open_media(path) as container:
            if not container.streams:
                raise BadInput(f"{path.name} holds neither picture nor sound.")
            return _facts(container, path)
    except (FFmpegError, OSError) as error:
        raise BadInput(_unreadable(path)) from error


def check_dubbable(path: Path) -> MediaFacts:
    """Facts of ``path``, a film or a sound of some length. ``BadInput`` that says what it is instead."""
    facts = probe(path)
    if not facts.video and not facts.audio:
        raise BadInput(f"{path.name} has neither picture nor sound that can be dubbed.")
    long_s = length_s(path)
    if long_s <= 0:
        raise BadInput(f"{path.name} is 0 seconds long: there is nothing in it to dub.")
    if not facts.audio and (
        not facts.has_film or (facts.picture.frames <= 1 and long_s <= 1 / max(1, facts.picture.fps))
    ):
        raise BadInput(f"{path.name} is a single picture: a dub takes a film or a sound.")
    return facts


def length_s(path: Path) -> float:
    """How long a player plays ``path``: from its header, or, where that does not say or only guesses, by its packets.

    Raises ``BadInput`` if it is not a media file that can be read.
    """
    from av.error import FFmpegError

    facts = probe(path)
    if facts.has_film and facts.duration_s > 0:
        return facts.duration_s
    end_s = 0.0
    try:
        with open_media(path) as container:
            for packet in container.demux():
                if packet.pts is not None and packet.stream.type in ("audio", "video") and packet.size:
                    end_s = max(end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    except (FFmpegError, OSError) as error:
        if not end_s:
            raise BadInput(_unreadable(path)) from error
    return end_s - facts.start_s


def _unreadable(path: Path) -> str:
    """The sentence for a file that libav refuses, with what is wrong with it as far as its beginning shows."""
    return f"{path.name} is not a media file that can be read: {why_unreadable(path)}."


def why_unreadable(path: Path) -> str:
    """What is wrong with a file that libav refuses, as far as its beginning shows; half a sentence in plain words."""
    try:
        with path.open("rb") as body:
            head = body.read(4096)
    except OSError as refusal:
        return str(refusal.strerror or refusal)
    if not head:
        return "it is empty (0 bytes). Copy or download it again"
    if head[4:8] == b"ftyp":
        return "its index is missing, as when a recording or a copy broke off. Copy it again, or repair it"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_LISTS):
        return "it is a list that names other files. Bring the film itself"
    if b"\0" not in head:
        return "it holds text, whatever its name says"
    return "it is damaged, or of a kind that the studio does not know"


def _facts(container: InputContainer, path: Path) -> MediaFacts:
    from av.stream import Disposition

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
            is_cover=bool(stream.disposition & Disposition.attached_pic),
            is_hdr=stream.codec_context.color_trc in _HDR,
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
            title=_title(stream.metadata),
            is_default=bool(stream.disposition & Disposition.default),
        )
        for stream in streams.audio
    )
    subtitles = tuple(
        SubtitleFacts(stream.codec_context.name, stream.language or "", _title(stream.metadata))
        for stream in streams.subtitles
    )
    chapters = tuple(
        (float(chapter["start"] * chapter["time_base"]), str(chapter["metadata"].get("title", "")))
        for chapter in container.chapters()
        if chapter["time_base"] is not None
    )
    start_s = (container.start_time or 0) / 1_000_000
    return MediaFacts(path.name, total_s, path.stat().st_size, video, audio, subtitles, chapters, start_s)


def _title(words: dict[str, str]) -> str:
    """What a track is called: MP4 keeps that where others keep the name of the program that wrote it."""
    handler = words.get("handler_name", "")
    is_program = any(part in handler for part in ("Handler", "handler", "Media", "GPAC", "Bento4", "VideoLAN"))
    return words.get("title") or ("" if is_program else handler)


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
