"""Parts of planes cut from between the pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.media.motion_cut import Box, Cuttable, Pixels


@pytest.fixture
def hills() -> Pixels:
    """Two planes of 120x80, each another soft relief."""
    rough = np.random.default_rng(5).integers(0, 255, (2, 16, 24), dtype=np.uint8)
    return np.stack([np.asarray(Image.fromarray(plane).resize((120, 80), Image.Resampling.BICUBIC)) for plane in rough])


@pytest.mark.parametrize("box", [(7.3, 4.6, 101.2, 70.1), (0, 0, 120, 80), (0, 12.5, 33.3, 34.7)])
@pytest.mark.parametrize("size", [(120, 80), (61, 39), (200, 17)])
def test_a_part_looks_as_pillow_cuts_it(hills: Pixels, box: Box, size: tuple[int, int]) -> None:
    cut = Cuttable(hills).cut(box, size) + 128
    for plane, source in zip(cut, hills, strict=True):
        usual = np.asarray(Image.fromarray(source).resize(size, Image.Resampling.BICUBIC, box=box))
        assert plane.shape == usual.shape
        assert np.abs(np.clip(plane, 0, 255) - usual).max() < 3


@pytest.mark.parametrize("aside", [(1.7, 0.0), (0.0, 1.7)])
def test_what_is_remembered_of_the_last_part_changes_no_bit_of_the_next(aside: tuple[float, float]) -> None:
    """On a chessboard of single pixels, where sums are largest: one order of passes or the other, none is rounded."""
    board = (np.indices((80, 120)).sum(axis=0) % 2 * 255).astype(np.uint8)[None]
    boxes: list[Box] = [
        (5 + aside[0] * step, 4 + aside[1] * step, 75 + aside[0] * step, 54 + aside[1] * step) for step in range(3)
    ]
    moving = Cuttable(board)
    for box in [*boxes, (3.0, 3.0, 90.0, 60.0), boxes[0]]:
        assert np.array_equal(moving.cut(box, (90, 60)), Cuttable(board).cut(box, (90, 60)))


def test_an_even_plane_stays_exactly_even() -> None:
    cut = Cuttable(np.full((1, 50, 70), 201, np.uint8)).cut((0.31, 0.77, 69.13, 49.5), (97, 31))
    assert (cut + 128 == 201).all()
