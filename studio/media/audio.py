"""Sound on plain files: WAV in and out by blocks, resampling, time-fitting, trimming, loudness.

Samples are float32 arrays of shape (frames, channels), full scale 1.0. Nothing here holds a whole file.
"""

from __future__ import annotations

import re
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.media import ffmpeg
from studio.media.containers import open_media

if TYPE_CHECKING:
    import numpy as np
    from av import AudioFrame
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE_HZ = 48_000
"""Rate of everything that is mixed."""
_BLOCK_S = 1.0
_SLOWEST, _FASTEST = 0.5, 2.0
"""What one libav ``atempo`` does well; more takes several in a row."""
_MARGIN_S = 0.04


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured by EBU R 128 / ITU-R BS.1770-4; -70 LUFS or less is silence."""

    integrated_lufs: float
    true_peak_dbtp: float


def duration_s(path: Path) -> float:
    """Length of a sound in seconds; of a WAV from its header alone. ``BadInput`` if it is none."""
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes() / sound.getframerate()
    except (wave.Error, EOFError):
        return _probed_s(path)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read ({error}).") from error


def read_blocks(path: Path, *, rate_hz: int = RATE_HZ, block_s: float = _BLOCK_S) -> Iterator[Samples]:
    """The sound of ``path`` (any format, first audio stream) at ``rate_hz`` in blocks; channels as they are.

    More than two channels are mixed to two. Raises ``BadInput`` if there is no sound in it.
    """
    try:
        with wave.open(str(path), "rb") as sound:
            is_plain = sound.getsampwidth() == 2 and sound.getframerate() == rate_hz and sound.getnchannels() <= 2
    except (wave.Error, EOFError):
        is_plain = False
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read ({error}).") from error
    if is_plain:
        yield from _wav_blocks(path, round(rate_hz * block_s))
    else:
        yield from _decoded_blocks(path, rate_hz, round(rate_hz * block_s))


def write_wav(out: Path, blocks: Iterable[Samples], *, rate_hz: int, channels: int) -> int:
    """Write ``blocks`` as 16-bit WAV; returns the number of frames. Samples beyond full scale are held."""
    import numpy as np

    frames = 0
    with wave.open(str(out), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        for block in blocks:
            shaped = to_channels(block, channels)
            sound.writeframesraw(np.rint(np.clip(shaped, -1.0, 32767 / 32768) * 32768).astype("<i2").tobytes())
            frames += len(shaped)
    return frames


def to_channels(block: Samples, channels: int) -> Samples:
    """``block`` with ``channels`` 1 or 2: one is copied to both at full level, two are averaged to one."""
    import numpy as np

    if block.shape[1] == channels:
        return block
    if channels == 2:
        return np.repeat(block[:, :1], 2, axis=1)
    mean: Samples = block.mean(axis=1, keepdims=True, dtype=np.float32)
    return mean


def resample(sound: Path, out: Path, *, rate_hz: int, channels: int, most_s: float | None = None) -> None:
    """Write ``sound`` as 16-bit WAV at ``rate_hz`` with 1 or 2 ``channels``.

    Raises ``BadInput`` as soon as it goes on for more than ``most_s``.
    """
    blocks = read_blocks(sound, rate_hz=rate_hz)
    if most_s is not None:
        blocks = _at_most(blocks, round(most_s * rate_hz), f"{sound.name} lasts more than {most_s:g} s.")
    write_wav(out, blocks, rate_hz=rate_hz, channels=channels)


def stretch(speech: Path, out: Path, *, to_s: float) -> None:
    """Write ``speech``, made ``to_s`` seconds long to the sample, to ``out`` (16-bit WAV, same rate).

    Pitch is kept (libav ``atempo``, 0.5 to 2.0 a pass, several passes beyond). What the filter leaves over or
    short, some milliseconds, is cut or filled with silence. Raises ``BadInput`` if ``speech`` has no sound.
    """
    from studio.media.probe import probe

    facts = probe(speech)
    if not facts.audio or to_s <= 0:
        raise BadInput(f"{speech.name} has no sound to fit into {to_s:.2f} s.")
    rate_hz, channels = facts.audio[0].rate_hz, min(2, facts.audio[0].channels)
    frames = round(to_s * rate_hz)
    tempo = duration_s(speech) / to_s
    blocks = exactly(_tempo_blocks(speech, tempo, channels), frames, channels)
    write_wav(out, blocks, rate_hz=rate_hz, channels=channels)


def trim_silence(sound: Path, out: Path, *, floor_db: float = -45.0, keep_s: float = _MARGIN_S) -> tuple[float, float]:
    """Write ``sound`` without the silence at its ends, but for ``keep_s``; returns the seconds cut at each.

    Silence is what stays more than ``-floor_db`` below the loudest sample. A silent file is copied whole.
    """
    rate_hz, channels = _shape(sound)
    first, last, total = _heard(sound, rate_hz, 10 ** (floor_db / 20))
    start = max(0, first - round(keep_s * rate_hz))
    end = min(total, last + 1 + round(keep_s * rate_hz))
    write_wav(out, _span(read_blocks(sound, rate_hz=rate_hz), start, end), rate_hz=rate_hz, channels=channels)
    return start / rate_hz, (total - end) / rate_hz


def change_level(sound: Path, out: Path, *, gain_db: float) -> None:
    """Write ``sound`` ``gain_db`` louder as 16-bit WAV; what goes beyond full scale is held there."""
    rate_hz, channels = _shape(sound)
    factor = 10 ** (gain_db / 20)
    blocks = (block * factor for block in read_blocks(sound, rate_hz=rate_hz))
    write_wav(out, blocks, rate_hz=rate_hz, channels=channels)


def loudness(sound: Path) -> Loudness:
    """Integrated loudness and true peak of the first audio stream of ``sound``."""
    command: list[str | Path] = [
        "-loglevel",
        "info",
        "-i",
        sound,
        "-map",
        "0:a:0",
        "-af",
        "ebur128=framelog=quiet:peak=true",
    ]
    return parse_loudness(ffmpeg.run([*command, "-f", "null", "-"]))


def parse_loudness(words: str) -> Loudness:
    """Numbers out of the summary of ffmpeg's ``ebur128`` filter."""
    summary = words[words.rfind("Summary:") :]
    integrated = re.search(r"I:\s+(-?[\d.]+|-inf|nan) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf|nan) dBFS", summary)
    return Loudness(_number(integrated), _number(peak))


def _number(match: re.Match[str] | None) -> float:
    value = float(match.group(1)) if match else -70.0
    return value if value > -200 else -120.0


def _probed_s(path: Path) -> float:
    from studio.media.probe import probe

    facts = probe(path)
    if not facts.audio:
        raise BadInput(f"{path.name} has no sound.")
    return facts.audio[0].duration_s


def _shape(sound: Path) -> tuple[int, int]:
    from studio.media.probe import probe

    facts = probe(sound)
    if not facts.audio:
        raise BadInput(f"{sound.name} has no sound.")
    return facts.audio[0].rate_hz, min(2, facts.audio[0].channels)


def _wav_blocks(path: Path, block_frames: int) -> Iterator[Samples]:
    import numpy as np

    with wave.open(str(path), "rb") as sound:
        channels = sound.getnchannels()
        while block := sound.readframes(block_frames):
            whole = len(block) // (2 * channels) * 2 * channels
            samples = np.frombuffer(block[:whole], "<i2").reshape(-1, channels)
            yield samples.astype(np.float32) * np.float32(1 / 32768)


def _decoded_blocks(path: Path, rate_hz: int, block_frames: int) -> Iterator[Samples]:
    """Blocks through libav; a stream that starts late begins with silence, so that it stays in time."""
    import av
    import numpy as np
    from av.error import FFmpegError

    try:
        with open_media(path) as container:
            if not container.streams.audio:
                raise BadInput(f"{path.name} has no sound.")
            stream = container.streams.audio[0]
            layout = "mono" if stream.channels == 1 else "stereo"
            resampler = av.AudioResampler(format="flt", layout=layout, rate=rate_hz, frame_size=block_frames)
            channels = 1 if layout == "mono" else 2
            late_s = float((stream.start_time or 0) * (stream.time_base or 0))
            if late_s > 0:
                yield np.zeros((round(late_s * rate_hz), channels), np.float32)
            for frame in container.decode(stream):
                for ready in resampler.resample(frame):
                    yield _samples(ready, channels)
            for ready in resampler.resample(None):
                yield _samples(ready, channels)
    except (FFmpegError, OSError) as error:
        raise BadInput(f"{path.name} is not a sound that can be read ({error.strerror or error}).") from error


def _samples(frame: AudioFrame, channels: int) -> Samples:
    """Interleaved float samples of ``frame``."""
    import numpy as np

    return np.asarray(frame.to_ndarray(), np.float32).reshape(-1, channels)


def _tempo_blocks(speech: Path, tempo: float, channels: int) -> Iterator[Samples]:
    import av
    from av.error import FFmpegError
    from av.filter import Graph

    with open_media(speech) as container:
        stream = container.streams.audio[0]
        layout = "mono" if channels == 1 else "stereo"
        graph = Graph()
        links = [graph.add_abuffer(template=stream)]
        links += [graph.add("atempo", f"{step:.8f}") for step in _passes(tempo)]
        links += [graph.add("aformat", f"sample_fmts=flt:channel_layouts={layout}"), graph.add("abuffersink")]
        graph.link_nodes(*links).configure()
        frames: Iterator[AudioFrame | None] = iter([*container.decode(stream), None])
        for frame in frames:
            graph.push(frame)
            while True:
                try:
                    ready = graph.pull()
                except (BlockingIOError, EOFError, FFmpegError):
                    break
                assert isinstance(ready, av.AudioFrame)
                yield _samples(ready, channels)


def _passes(tempo: float) -> list[float]:
    """``tempo`` as a product of factors that one ``atempo`` does well."""
    steps = []
    while tempo > _FASTEST or tempo < _SLOWEST:
        step = _FASTEST if tempo > 1 else _SLOWEST
        steps.append(step)
        tempo /= step
    return [*steps, tempo]


def exactly(blocks: Iterable[Samples], frames: int, channels: int) -> Iterator[Samples]:
    """The first ``frames`` frames of ``blocks``, filled with silence if they end sooner."""
    import numpy as np

    left = frames
    for block in blocks:
        if left > 0:
            yield block[:left]
            left -= min(left, len(block))
    if left > 0:
        yield np.zeros((left, channels), np.float32)


def _at_most(blocks: Iterable[Samples], frames: int, refusal: str) -> Iterator[Samples]:
    left = frames
    for block in blocks:
        left -= len(block)
        if left < 0:
            raise BadInput(refusal)
        yield block


def _span(blocks: Iterable[Samples], start: int, end: int) -> Iterator[Samples]:
    """Frames ``start`` to ``end`` of ``blocks``."""
    at = 0
    for block in blocks:
        cut = block[max(0, start - at) : max(0, end - at)]
        if len(cut):
            yield cut
        at += len(block)


def _heard(sound: Path, rate_hz: int, share: float) -> tuple[int, int, int]:
    """First and last frame above ``share`` of the peak, and the number of frames."""
    import numpy as np

    peak = max((float(np.abs(block).max(initial=0)) for block in read_blocks(sound, rate_hz=rate_hz)), default=0.0)
    at, first, last = 0, -1, -1
    for block in read_blocks(sound, rate_hz=rate_hz):
        loud = np.flatnonzero(np.abs(block).max(axis=1) > share * peak) if peak > 0 else np.empty(0, int)
        if len(loud):
            first = at + int(loud[0]) if first < 0 else first
            last = at + int(loud[-1])
        at += len(block)
    return (first, last, at) if first >= 0 else (0, at - 1, at)
