"""Parts of planes cut from between the pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.media.motion_cut import Box, Cuttable, Light, Part, Pixels
from studio.media.motion_weights import Weigher, Weights


def _weighed(planes: Cuttable, box: Box, size: tuple[int, int], weigher: Weigher) -> list[tuple[Weights, Weights]]:
    lines = planes.lines(box, size)
    known = weigher.weights(line for pair in lines for line in pair)
    return [(known[columns], known[rows]) for columns, rows in lines]


def _cut(planes: Cuttable, box: Box, size: tuple[int, int]) -> list[Light]:
    return planes.cut(_weighed(planes, box, size, Weigher()))


def _parts(planes: Cuttable, box: Box, size: tuple[int, int]) -> list[Part]:
    return planes.parts(_weighed(planes, box, size, Weigher()))[0]


@pytest.fixture
def hills() -> Pixels:
    """Two planes of 120x80, each another soft relief."""
    rough = np.random.default_rng(5).integers(0, 255, (2, 16, 24), dtype=np.uint8)
    return np.stack([np.asarray(Image.fromarray(plane).resize((120, 80), Image.Resampling.BICUBIC)) for plane in rough])


@pytest.mark.parametrize("box", [(7.3, 4.6, 101.2, 70.1), (0, 0, 120, 80), (0, 12.5, 33.3, 34.7)])
@pytest.mark.parametrize("size", [(120, 80), (61, 39), (200, 17)])
def test_a_part_looks_as_pillow_cuts_it(hills: Pixels, box: Box, size: tuple[int, int]) -> None:
    cut = _cut(Cuttable(hills), box, size)[0] + 128
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
    moving, weigher = Cuttable(board), Weigher()
    for box in [*boxes, (3.0, 3.0, 90.0, 60.0), boxes[0]]:
        cut = moving.cut(_weighed(moving, box, (90, 60), weigher))
        assert np.array_equal(cut, _cut(Cuttable(board), box, (90, 60)))


def test_an_even_plane_stays_exactly_even() -> None:
    cut = _cut(Cuttable(np.full((1, 50, 70), 201, np.uint8)), (0.31, 0.77, 69.13, 49.5), (97, 31))[0]
    assert (cut + 128 == 201).all()


def _spot(part: Part) -> tuple[slice, slice]:
    return np.s_[part.top : part.top + part.height, part.left : part.left + part.width]


@pytest.fixture
def corners() -> Pixels:
    """A plane and what it lets through, 400x300: something in two corners and on the way between, nothing else."""
    planes = np.stack([np.full((300, 400), 128, np.uint8), np.full((300, 400), 255, np.uint8)])
    rough = np.random.default_rng(6)
    for spot in (np.s_[:, :60, :130], np.s_[:, 60:64, 100:300], np.s_[:, 64:300, 300:400]):
        planes[spot] = rough.integers(0, 255, planes[spot].shape, dtype=np.uint8)
    return planes


@pytest.mark.parametrize("box", [(0, 0, 400, 300), (31.7, 12.2, 371.9, 261.3), (280.1, 40.4, 330.5, 80.2)])
@pytest.mark.parametrize("size", [(400, 300), (478, 366), (640, 480)])
def test_parts_show_each_pixel_that_is_not_empty_once(corners: Pixels, box: Box, size: tuple[int, int]) -> None:
    whole = _cut(Cuttable(corners), box, size)[0]
    laid, times = np.empty_like(whole), np.zeros(whole.shape[1:], int)
    laid[0], laid[1] = 0, 127
    for part in _parts(Cuttable(corners, empty=((128, 255),)), box, size):
        spot = _spot(part)
        laid[:, *spot] = part.light[:, : part.height, : part.width]
        times[spot] += 1
    assert np.array_equal(laid, whole)
    assert times.max() == 1


def test_parts_leave_most_of_what_is_empty_out(corners: Pixels) -> None:
    parts = _parts(Cuttable(corners, empty=((128, 255),)), (10.5, 10.5, 390.2, 290.7), (480, 354))
    assert sum(part.width * part.height for part in parts) < 0.6 * 480 * 354


@pytest.fixture
def hill() -> Pixels:
    """A plane of noise and what it lets through, 400x300: all at its rim, nothing in its middle."""
    y, x = np.mgrid[0:300, 0:400]
    through = np.clip(np.hypot((x - 200) / 190, (y - 150) / 140) * 2000 - 1745, 0, 255).astype(np.uint8)
    colour = np.random.default_rng(7).integers(0, 255, through.shape, dtype=np.uint8)
    return np.stack([np.where(through == 255, 128, colour).astype(np.uint8), through])


@pytest.mark.parametrize("size", [(400, 300), (478, 366), (640, 480)])
def test_where_a_hill_hides_what_is_below_it_is_cut_without_what_it_lets_through(
    hill: Pixels, size: tuple[int, int]
) -> None:
    box = (0.7, 1.2, 398.9, 299.3)
    whole, times = _cut(Cuttable(hill), box, size)[0], np.zeros((size[1], size[0]), int)
    parts = _parts(Cuttable(hill, empty=((128, 255),)), box, size)
    for part in parts:
        seen, times[_spot(part)] = whole[:, *_spot(part)], times[_spot(part)] + 1
        if part.is_solid:
            assert (seen[1] == -128).all()
        assert np.array_equal(part.light[:, : part.height, : part.width], seen[: 2 - part.is_solid])
    assert times.max() == 1
    assert (whole[1][times == 0] == 127).all()
    assert sum(part.width * part.height for part in parts if part.is_solid) > 0.2 * times.size


def test_a_sheet_with_nothing_on_it_has_no_parts() -> None:
    nothing = np.full((1, 200, 300), 128, np.uint8)
    assert _parts(Cuttable(nothing, empty=((128,),)), (0, 0, 300, 200), (300, 200)) == []


def test_halves_are_cut_at_the_same_places(hills: Pixels) -> None:
    full, half = _cut(Cuttable(hills, hills[:, ::2, ::2]), (10.4, 8.6, 90.4, 68.6), (80, 60))
    alone = _cut(Cuttable(hills[:, ::2, ::2]), (5.2, 4.3, 45.2, 34.3), (40, 30))[0]
    assert full.shape[1:] == (60, 80)
    assert np.array_equal(half, alone)
