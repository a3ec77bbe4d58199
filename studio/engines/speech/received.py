"""Speech that a service sent, in whatever form, becomes a take: mono, 16 bits, its ends trimmed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engines.base import Voice
from studio.errors import BadInput, UnusableOutput
from studio.media.containers import open_media

if TYPE_CHECKING:
    from studio.engines.speech.finish import Samples

USUAL_WORDS_PER_SECOND = 2.5
"""An estimate: nobody has measured how fast the voices of services speak."""
_RAW = re.compile(r"audio/(?:l16|pcm)\b.*?rate=(\d+)", re.IGNORECASE)
_LONGEST_S = 1800


def voices_of(names: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> tuple[Voice, ...]:
    """Each of ``names`` (with its gender) in each of ``languages``: voices of services speak many; the first is usual."""
    return tuple(
        Voice(name, language, gender, USUAL_WORDS_PER_SECOND) for language in languages for name, gender in names
    )


def must_fit(engine: str, text: str, most_chars: int) -> None:
    """Raise BadInput if ``text`` is longer than the service takes: it would be refused, or cut."""
    if len(text) > most_chars:
        raise BadInput(f"{engine} says at most {most_chars} letters at once, and this line has {len(text)}: split it.")


def write_received(out: Path, content: bytes, *, engine: str, mime: str = "") -> None:
    """Write what came as a take. ``mime`` tells the rate of raw samples (``audio/L16;rate=24000``).

    Raises UnusableOutput if it is no sound, UserError if nothing is said in it.
    """
    from studio.engines.speech.finish import write_speech

    raw = _RAW.search(mime)
    is_raw = raw is not None and content[:4] != b"RIFF"
    samples, rate_hz = (_of_raw(content), int(raw[1])) if raw and is_raw else _decoded(content, engine)
    write_speech(out, samples, rate_hz)


def _of_raw(content: bytes) -> Samples:
    import numpy as np

    return np.frombuffer(content[: len(content) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)


def _decoded(content: bytes, engine: str) -> tuple[Samples, int]:
    import av
    import numpy as np

    blocks: list[Samples] = []
    try:
        with open_media(io.BytesIO(content)) as container:
            stream = container.streams.audio[0]
            rate_hz = int(stream.rate)
            to_mono = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
            for frame in container.decode(stream):
                blocks += [one.to_ndarray()[0] for one in to_mono.resample(frame)]
                if float(frame.time or 0) > _LONGEST_S:
                    raise UnusableOutput(f"{engine}: what came is longer than half an hour: that is no line.")
            blocks += [one.to_ndarray()[0] for one in to_mono.resample(None)]
    except (OSError, ValueError, IndexError, StopIteration) as error:
        raise UnusableOutput(f"{engine}: what came is no sound that can be read ({error}).") from error
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32), rate_hz
