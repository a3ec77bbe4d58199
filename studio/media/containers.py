"""The kinds of files that films, sounds and pictures come in, and the one way to open one.

libav also opens lists that name other files (HLS, DASH, concat, SDP, ``picture%d.png``) and devices: whoever sends such a
list as a film would be given what other files of this computer hold. Nothing but the kinds below is opened, by libav here
or by ffmpeg (``studio.media.ffmpeg``), whatever the file is called. QuickTime's own references to other files are off in
libav by default.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from av.container import InputContainer

_FILMS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,asf,flv,ogg,mxf,nut,rm,wtv,nsv,dv,gxf,ivf,"
    "h264,hevc,av1,obu,vc1,mjpeg,yuv4mpegpipe,gif,apng,swf"
)
_SOUNDS = (
    "wav,w64,flac,mp3,aac,loas,ac3,eac3,dts,dtshd,truehd,mlp,aiff,au,caf,amr,amrnb,amrwb,ape,wv,tta,tak,mpc,mpc8,dsf,"
    "voc,gsm,oma,act,qcp,iff,ircam,sox"
)
_PICTURES = "png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe,gif_pipe,jpegxl_pipe"
_WORDS = "srt,webvtt,ass,sup"

CONTAINERS = ",".join((_FILMS, _SOUNDS, _PICTURES, _WORDS))
"""By libav's names, as its option ``format_whitelist`` takes them. All hold what they show themselves."""


class Readable(Protocol):
    """A file in memory, or one that is read in a way of its own."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``."""
        ...


def open_media(file: Path | Readable) -> InputContainer:
    """``file``, opened by libav. Raises its FFmpegError (some are OSErrors too) if it is none of ``CONTAINERS``."""
    import av

    source = str(file.absolute()) if isinstance(file, Path) else file
    return av.open(source, "r", options={"format_whitelist": CONTAINERS})
