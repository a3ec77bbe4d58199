"""Pictures as services send and take them: made into the stills that were asked for, and sent along with a prompt."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from studio.engines.agents import agent
from studio.engines.base import Reference
from studio.errors import BadInput, UnusableOutput

JPEG = "image/jpeg"
_MOST_SENT_PX = 1024
"""The longer side of what is sent along; services look at no more, and a dozen of them would be too much at once."""


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


def still_words(prompt: str, style: str, references: Sequence[Reference] = ()) -> str:
    """What a service is asked for: one frame of a film that shows ``prompt`` and whom the ``references`` show."""
    if not references:
        return agent("still", prompt=prompt, style=style)
    shown = "; ".join(f"{number}. {reference.shows}" for number, reference in enumerate(references, start=1))
    return agent("still", prompt=agent("references", prompt=prompt, shown=shown), style=style)


def sent_along(reference: Reference) -> bytes:
    """Its picture as a JPEG, small enough to be sent with others. Raises BadInput if it is none."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(reference.picture) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadInput(f"{reference.picture.name} is no picture that can be read ({error}).") from error
    picture.thumbnail((_MOST_SENT_PX, _MOST_SENT_PX), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()
