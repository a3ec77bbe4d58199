"""Sound as services send it."""

from __future__ import annotations

import io

import av
import numpy as np
from numpy.typing import NDArray


def as_mp3(samples: NDArray[np.int16], from_hz: int, *, rate_hz: int, bit_rate: int) -> bytes:
    """Mono ``samples`` as an MP3 of ``rate_hz``: frames alone, as a stream has them."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream = container.add_stream("mp3", rate=rate_hz, bit_rate=bit_rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = from_hz
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate_hz, frame_size=1152)
        for ready in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return out.getvalue()
