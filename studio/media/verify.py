"""Checks run on every file just made: each returns a function that raises ``UnusableOutput``, or nothing.

They are meant to be cheap beside the making, and to notice what really happens: torn files, wrong sizes,
silence, clipped sound, clips a frame short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from studio.errors import BadInput, UnusableOutput
from studio.model.faults import in_file

if TYPE_CHECKING:
    from av.container import InputContainer

Check = Callable[[Path], None]

_SILENT = 10 ** (-60 / 20)
"""A peak below -60 dBFS is silence: nobody hears it in a room."""
_CLIPPED_SHARE = 0.002
"""Speech and music at full scale for more than two samples in a thousand crackle."""
_BLOCK_FRAMES = 1 << 18
_LEAST_WORD_S, _MOST_WORD_S, _MOST_PAUSE_S = 0.06, 2.5, 3.0
"""A word that is said: numbers and long words take their time, and a pause may stand in the line."""
_MOST_PADDING_S = 0.5
_PNG_END = b"IEND\xaeB`\x82"
_TAIL_BYTES = 4096


def image_of(size: tuple[int, int] | None = None) -> Check:
    """The file is a picture, decodes to its last row, and is ``size`` (width, height in pixels) if given."""

    def check(path: Path) -> None:
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(path) as picture:
                picture.load()
                found, kind = picture.size, picture.format
        except UnidentifiedImageError as error:
            raise UnusableOutput(f"The picture {path.name} is no picture, or its beginning is missing.") from error
        except Image.DecompressionBombError as error:
            raise UnusableOutput(f"The picture {path.name} is far too large.") from error
        except (OSError, SyntaxError, ValueError) as error:
            raise UnusableOutput(f"The picture {path.name} is torn: a part of it is missing or damaged.") from error
        if kind == "PNG" and _PNG_END not in _tail(path):
            raise UnusableOutput(f"The picture {path.name} is torn: its end is missing.")
        if size is not None and found != size:
            raise UnusableOutput(f"The picture {path.name} is {_by(found)}, not {_by(size)}.")

    return check


def video_of(
    duration_s: float,
    size: tuple[int, int] | None = None,
    fps: int | None = None,
    *,
    tolerance_s: float = 0.05,
) -> Check:
    """The file is a video of ``duration_s``, and of ``size`` and ``fps`` if given; its ends decode.

    With ``fps`` the number of pictures must be ``round(duration_s * fps)`` give or take the tolerance.
    """

    def check(path: Path) -> None:
        found = _video_ends(path)
        if size is not None and (found.width_px, found.height_px) != size:
            raise UnusableOutput(f"The clip {path.name} is {found.width_px}x{found.height_px}, not {_by(size)}.")
        if abs(found.duration_s - duration_s) > tolerance_s:
            raise UnusableOutput(f"The clip {path.name} lasts {found.duration_s:.3f} s, not {duration_s:.3f} s.")
        if fps is not None and abs(found.packets - round(duration_s * fps)) > tolerance_s * fps:
            raise UnusableOutput(f"The clip {path.name} has {found.packets} pictures, not {round(duration_s * fps)}.")

    return check


def whole_video() -> Check:
    """The file is a video of any kind, length and size whose ends decode: what a user may bring as a clip."""

    def check(path: Path) -> None:
        _video_ends(path)

    return check


def sound_of(duration_s: float | None = None, *, silent_ok: bool = False, tolerance_s: float = 0.05) -> Check:
    """The file is a whole 16-bit WAV, neither silent nor clipped, of ``duration_s`` if given."""

    def check(path: Path) -> None:
        frames, rate_hz, peak, clipped = _wav_levels(path)
        if frames == 0:
            raise UnusableOutput(f"The sound {path.name} is empty.")
        if duration_s is not None and abs(frames / rate_hz - duration_s) > tolerance_s:
            raise UnusableOutput(f"The sound {path.name} lasts {frames / rate_hz:.3f} s, not {duration_s:.3f} s.")
        if not silent_ok and peak < _SILENT:
            raise UnusableOutput(f"The sound {path.name} is silent.")
        if clipped > _CLIPPED_SHARE:
            raise UnusableOutput(f"The sound {path.name} is clipped in {clipped:.1%} of its samples: it is too loud.")

    return check


def speech_of(words: float) -> Check:
    """The file is a WAV like ``sound_of``, about as long as somebody takes to say so many words."""

    def check(path: Path) -> None:
        sound_of()(path)
        frames, rate_hz, _, _ = _wav_levels(path)
        spoken_s = frames / rate_hz
        if not words * _LEAST_WORD_S <= spoken_s <= words * _MOST_WORD_S + _MOST_PAUSE_S:
            raise UnusableOutput(
                f"The take {path.name} lasts {spoken_s:.1f} s for {words:.0f} words: something was left out or added."
            )

    return check


def encoded_sound(duration_s: float, *, tolerance_s: float = 0.05) -> Check:
    """The file is sound in any codec, of ``duration_s``, and its end decodes."""

    def check(path: Path) -> None:
        found_s = _sound_end_s(path)
        if abs(found_s - duration_s) > tolerance_s:
            raise UnusableOutput(f"The sound {path.name} lasts {found_s:.3f} s, not {duration_s:.3f} s.")

    return check


def whole_sound() -> Check:
    """The file is sound in any codec, of any length, whose end decodes: what a user may bring.

    An MP3 that is cut off decodes to its last byte all the same: it must be as long as its own header says.
    """

    def check(path: Path) -> None:
        from studio.media.probe import probe

        found_s = _sound_end_s(path)
        with path.open("rb") as body:
            head = body.read(_TAIL_BYTES)
        says_length = path.suffix.lower() == ".mp3" and (b"Xing" in head or b"Info" in head)
        if says_length and found_s < probe(path).duration_s - _MOST_PADDING_S:
            raise UnusableOutput(f"The sound {path.name} is torn: it ends after {found_s:.1f} s.")

    return check


def dubbed_film(duration_s: float, *, sounds: int, subtitles: int, has_picture: bool, tolerance_s: float) -> Check:
    """The file holds a picture (or none), so many sounds, at least so many subtitles, lasts ``duration_s``, and its sound
    decodes. Empty subtitles of an original may have gone."""

    def check(path: Path) -> None:
        from studio.media.probe import probe

        _sound_end_s(path)
        try:
            facts = probe(path)
        except BadInput as error:
            raise UnusableOutput(str(error)) from error
        found = (facts.has_film, len(facts.audio), len(facts.subtitles))
        if found[:2] != (has_picture, sounds) or found[2] < subtitles:
            raise UnusableOutput(
                f"{path.name} holds {found[1]} sounds and {found[2]} subtitles, not {sounds} and {subtitles}."
            )
        if abs(facts.duration_s - duration_s) > tolerance_s:
            raise UnusableOutput(f"{path.name} lasts {facts.duration_s:.3f} s, not {duration_s:.3f} s.")

    return check


def json_of(adapter: TypeAdapter[Any]) -> Check:
    """The file is JSON that ``adapter`` accepts; an object with none of its own fields is one of another kind."""

    def check(path: Path) -> None:
        try:
            found = adapter.validate_json(path.read_bytes())
        except ValidationError as error:
            raise UnusableOutput(
                f"{in_file(error, path.name, item='shot' if path.stem == 'shots' else 'entry')}."
            ) from error
        except OSError as error:
            raise UnusableOutput(f"{path.name} cannot be read ({error}).") from error
        if isinstance(found, BaseModel) and found.model_fields_set.isdisjoint(own := type(found).model_fields):
            raise UnusableOutput(f"{path.name} holds something else: it has none of {', '.join(own)}.")

    return check


def subtitles_ok() -> Check:
    """The file holds at least one cue; cues are in order, do not overlap, and end after they start."""

    def check(path: Path) -> None:
        from studio.media.subtitles import read_cues

        try:
            cues = read_cues(path)
        except (BadInput, OSError) as error:
            raise UnusableOutput(f"The subtitles {path.name} cannot be read: {error}") from error
        if not cues:
            raise UnusableOutput(f"The subtitles {path.name} hold no line.")
        end_s = 0.0
        for number, cue in enumerate(cues, start=1):
            if cue.start_s < end_s - 0.0015 or cue.end_s <= cue.start_s:
                raise UnusableOutput(f"Line {number} of {path.name} starts before the one ahead of it ends.")
            end_s = cue.end_s

    return check


class _Ends:
    """What a look at both ends of a clip shows."""

    def __init__(self, width_px: int, height_px: int, packets: int, duration_s: float) -> None:
        self.width_px, self.height_px = width_px, height_px
        self.packets, self.duration_s = packets, duration_s


def _video_ends(path: Path) -> _Ends:
    """Decode the first picture and the last group of pictures, count the packets between."""
    with _opened(path, "clip", "video") as container:
        if not container.streams.video:
            raise UnusableOutput(f"The clip {path.name} has no picture.")
        stream = container.streams.video[0]
        packets, duration, last_key, last_group = 0, 0, 0, 0
        for packet in container.demux(stream):
            if packet.pts is None or packet.size == 0:
                continue
            packets += 1
            duration = max(duration, packet.pts + (packet.duration or 0) - (stream.start_time or 0))
            last_key, last_group = (packet.pts, 1) if packet.is_keyframe else (last_key, last_group + 1)
        if packets == 0 or stream.time_base is None:
            raise UnusableOutput(f"The clip {path.name} holds no picture.")
        container.seek(0)
        if next(container.decode(stream), None) is None:
            raise UnusableOutput(f"The clip {path.name} is torn: its first picture does not decode.")
        container.seek(last_key, stream=stream)
        decoded = sum(not frame.is_corrupt for frame in container.decode(stream))
        if decoded < last_group:
            raise UnusableOutput(f"The end of the clip {path.name} does not decode.")
        return _Ends(stream.width, stream.height, packets, float(duration * stream.time_base))


def _sound_end_s(path: Path) -> float:
    """Where the first sound of the file ends, in seconds, from decoding its last second."""
    with _opened(path, "sound", "sound") as container:
        if not container.streams.audio:
            raise UnusableOutput(f"{path.name} has no sound.")
        stream = container.streams.audio[0]
        last_s = (container.duration or 0) / 1_000_000 - 1.0
        if last_s > 0 and stream.time_base:
            container.seek(int(last_s / stream.time_base), stream=stream)
        end_s = 0.0
        for frame in container.decode(stream):
            if frame.pts is not None and frame.time_base:
                end_s = float(frame.pts * frame.time_base) + frame.samples / frame.sample_rate
    if end_s == 0.0:
        raise UnusableOutput(f"The sound {path.name} is torn: its end does not decode.")
    return end_s


@contextmanager
def _opened(path: Path, what: str, kind: str) -> Iterator[InputContainer]:
    """The file opened by libav, whose own words (numbers of errors, paths) are no help to who reads them."""
    from av.error import FFmpegError

    from studio.media.containers import open_media
    from studio.media.probe import why_unreadable

    try:
        container = open_media(path)
    except (FFmpegError, OSError) as error:
        raise UnusableOutput(f"The {what} {path.name} is torn or is no {kind}: {why_unreadable(path)}.") from error
    with container:
        try:
            yield container
        except (FFmpegError, OSError) as error:
            raise UnusableOutput(f"The {what} {path.name} is torn: a part of it does not decode.") from error


def _wav_levels(path: Path) -> tuple[int, int, float, float]:
    """Frames, rate, peak (1.0 is full scale) and share of clipped samples. ``UnusableOutput`` if torn."""
    import wave

    import numpy as np

    try:
        with wave.open(str(path), "rb") as sound:
            if sound.getsampwidth() != 2:
                raise UnusableOutput(f"The sound {path.name} is not 16-bit.")
            frames, rate_hz, channels = sound.getnframes(), sound.getframerate(), sound.getnchannels()
            read = peak = clipped = 0
            while block := sound.readframes(_BLOCK_FRAMES):
                samples = np.abs(np.frombuffer(block, "<i2").astype(np.int32))
                read += len(samples) // channels
                peak = max(peak, int(samples.max(initial=0)))
                clipped += int(np.count_nonzero(samples >= 32767))
    except (wave.Error, EOFError, OSError) as error:
        raise UnusableOutput(f"The sound {path.name} is torn, or is no WAV file with plain samples.") from error
    if read != frames:
        raise UnusableOutput(f"The sound {path.name} is torn: {read} of {frames} samples are there.")
    return frames, rate_hz, peak / 32768, clipped / max(1, frames * channels)


def _tail(path: Path) -> bytes:
    with path.open("rb") as body:
        body.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return body.read()


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
