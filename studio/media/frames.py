"""Single pictures of a clip: what the next clip goes on from, what an older program's clip began with."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BadInput
from studio.media.containers import open_media

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer

_NEAR_END_S = 2.0
_HD_ROWS = 720
"""Pictures of so many rows are BT.709 where the file says nothing, smaller ones BT.601, as players take it."""


def last_frame(clip: Path, out: Path) -> None:
    """Write the last picture of ``clip`` as a PNG to ``out``. Raises BadInput if it has none that can be read."""
    _write(_frame(clip, from_end=True), clip, out)


def first_frame(clip: Path, out: Path) -> None:
    """Write the first picture of ``clip`` as a PNG to ``out``. Raises BadInput if it has none that can be read."""
    _write(_frame(clip, from_end=False), clip, out)


def _frame(clip: Path, *, from_end: bool) -> VideoFrame:
    from av.error import FFmpegError

    try:
        with open_media(clip) as container:
            if not from_end:
                return next(container.decode(video=0))
            return _last(container)
    except (FFmpegError, OSError, IndexError, StopIteration) as error:
        raise BadInput(f"{clip.name} has no picture that can be read ({error or 'it is empty'}).") from error


def _last(container: InputContainer) -> VideoFrame:
    """The picture shown last; decoded from shortly before the end, from the beginning where that finds none."""
    stream = container.streams.video[0]
    if stream.duration and stream.time_base:
        start = stream.start_time or 0
        near = start + max(0, stream.duration - round(_NEAR_END_S / stream.time_base))
        container.seek(near, stream=stream, backward=True)
        found = [frame for frame in container.decode(video=0) if frame.pts is not None][-1:]
        if found:
            return found[0]
        container.seek(start, stream=stream, backward=True)
    return deque(container.decode(video=0), maxlen=1).pop()


def _write(frame: VideoFrame, clip: Path, out: Path) -> None:
    from av.video.reformatter import Colorspace
    from PIL import Image

    from studio.media.picture import write_still

    said = Colorspace.ITU709 if int(frame.colorspace) == 1 else Colorspace.ITU601
    is_hd = int(frame.colorspace) in (0, 2) and frame.height >= _HD_ROWS
    rgb = frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709 if is_hd else said)
    write_still(out, Image.fromarray(rgb.to_ndarray()), text={"frame_of": clip.name})
