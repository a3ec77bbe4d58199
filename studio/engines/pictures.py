"""Pictures as services send them, made into the stills that the studio asked for."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from studio.errors import UnusableOutput


def write_received(out: Path, content: bytes, *, size: tuple[int, int], prompt: str, seed: int, engine: str) -> None:
    """``out`` is the picture in ``content``, scaled until it covers ``size`` and cut to it around its middle.

    Raises UnusableOutput if ``content`` is no picture.
    """
    from PIL import Image, ImageOps

    from studio.media.picture import write_still

    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnusableOutput(f"{engine} sent {len(content)} bytes that are no picture.") from error
    still = ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
    write_still(out, still, text={"prompt": prompt, "seed": str(seed), "engine": engine})


def nearest_shape(size: tuple[int, int], shapes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The one of ``shapes`` (width and height, or a ratio) of which least is cut away to fill ``size``."""
    wanted = size[0] / size[1]
    return max(shapes, key=lambda shape: min(wanted / (shape[0] / shape[1]), shape[0] / shape[1] / wanted))
