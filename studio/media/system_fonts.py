"""Fonts that this machine brings, for scripts that the studio's own have not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_OTHER_SCRIPTS = (
    "NotoSansCJK-Regular.ttc", "NotoSansJP-Regular.ttf", "NotoSansSC-Regular.ttf", "YuGothM.ttc",
    "meiryo.ttc", "SourceHanSans-Regular.ttc", "msyh.ttc", "malgun.ttf", "Hiragino Sans GB.ttc",
    "PingFang.ttc", "AppleSDGothicNeo.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf", "ipag.ttf",
    "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf", "DejaVuSans.ttf", "segoeui.ttf", "tahoma.ttf", "Nirmala.ttf",
    "Arial Unicode.ttf", "Arial.ttf",
)  # fmt: skip
"""As systems name them, in the order tried; Pillow knows the folders."""


def installed() -> Iterator[Path]:
    """The files of those that are here, each found when it is asked for."""
    from PIL import ImageFont

    for name in _OTHER_SCRIPTS:
        try:
            found = ImageFont.truetype(name, 12).path
        except OSError:
            continue
        if isinstance(found, (str, Path)):
            yield Path(found)
