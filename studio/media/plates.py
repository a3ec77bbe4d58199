"""Pictures for paper and screens: JPEG, no larger than a page shows them, however many they are."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_EDGE_PX, _LEAST_EDGE_PX = 1200, 480
_MANY = 80
"""So many pictures of full size are about 20 MB; of more, each is smaller."""
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture as JPEG."""

    content: bytes
    width_px: int
    height_px: int

    @property
    def shape(self) -> float:
        """Its height as a share of its width."""
        return self.height_px / self.width_px


def edge_px(count: int) -> int:
    """The longest side of each of ``count`` pictures in one file."""
    return max(_LEAST_EDGE_PX, round(_EDGE_PX * min(1.0, math.sqrt(_MANY / max(1, count)))))


def plate(file: Path, edge_px: int, *, tallest: float | None = None) -> Plate:
    """The picture with its longest side at most ``edge_px``; what is see-through lies on white.

    If it is higher than ``tallest`` times its width, the middle of it. Raises OSError if it is no whole picture.
    """
    from PIL import Image

    with Image.open(file) as picture:
        picture.draft("RGB", (edge_px, edge_px))
        small = _on_white(picture)
        if tallest is not None and small.height > small.width * tallest:
            over_px = small.height - round(small.width * tallest)
            small = small.crop((0, over_px // 2, small.width, small.height - over_px + over_px // 2))
        small.thumbnail((edge_px, edge_px), reducing_gap=2.0)
    content = io.BytesIO()
    small.save(content, "JPEG", quality=_QUALITY, optimize=True)
    return Plate(content.getvalue(), small.width, small.height)


def _on_white(picture: Picture) -> Picture:
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")
