"""Camera words, as scripts and language models write them, become moves."""

from __future__ import annotations

import pytest

from studio.model.camera import COMMON_MOVES, CameraMove, describe, moves_like, parse_camera


@pytest.mark.parametrize(
    ("words", "kind", "direction"),
    [
        ("Static", "static", "none"),
        ("Move Left", "truck", "left"),
        ("Move Right", "truck", "right"),
        ("Move Up", "truck", "up"),
        ("Move Down", "truck", "down"),
        ("Push In", "dolly", "in"),
        ("Pull Out", "dolly", "out"),
        ("Zoom In", "zoom", "in"),
        ("Zoom Out", "zoom", "out"),
        ("Pan Left", "pan", "left"),
        ("Pan Right", "pan", "right"),
        ("Orbit Left", "orbit", "left"),
        ("Orbit Right", "orbit", "right"),
        ("Crane Up", "pedestal", "up"),
        ("Crane Down", "pedestal", "down"),
        ("locked-off tripod shot", "static", "none"),
        ("tilt up to the spire", "tilt", "up"),
        ("pan up to the spire", "tilt", "up"),
        ("the camera slowly pulls back", "dolly", "out"),
        ("dolly forward", "dolly", "in"),
        ("camera moves closer", "dolly", "in"),
        ("slide to the left", "truck", "left"),
        ("jib down", "pedestal", "down"),
        ("rising over the roofs", "pedestal", "up"),
        ("arc shot around the hero to the right", "orbit", "right"),
        ("hand-held", "handheld", "none"),
        ("handheld documentary style", "handheld", "none"),
        ("tracking shot from the left", "tracking", "left"),
        ("follows the dog", "tracking", "right"),
        ("sweeping aerial", "drone", "in"),
        ("drone flyover", "drone", "in"),
        ("pan from left to right", "pan", "right"),
        ("left-to-right pan", "pan", "right"),
        ("pan from the right to the left", "pan", "left"),
        ("tilt from top to bottom", "tilt", "down"),
        ("zoomIn", "zoom", "in"),
        ("PanLeft", "pan", "left"),
        ("PUSH_IN", "dolly", "in"),
        ("whip pan left", "pan", "left"),
    ],
)
def test_words_name_a_move_and_where_it_goes(words: str, kind: str, direction: str) -> None:
    move = parse_camera(words)
    assert (move.kind, move.direction, move.is_guess) == (kind, direction, False)


@pytest.mark.parametrize(
    ("words", "speed"),
    [
        ("slow pan left", "slow"),
        ("slow, majestic camera pan from left to right", "slow"),
        ("pan left", "normal"),
        ("rapid zoom in", "fast"),
        ("whip pan right", "fast"),
        ("pan left slowly, then a fast zoom in", "slow"),
    ],
)
def test_words_name_the_pace(words: str, speed: str) -> None:
    assert parse_camera(words).speed == speed


@pytest.mark.parametrize("words", ["", "   ", "cinematic", "???", "the lens breathes"])
def test_words_without_a_move_become_a_slow_push_in_that_is_marked_as_a_guess(words: str) -> None:
    assert parse_camera(words) == CameraMove("dolly", "in", "slow", is_guess=True)


def test_every_common_move_is_read_as_what_it_says() -> None:
    assert [words for words in COMMON_MOVES if parse_camera(words).is_guess] == []
    assert len({parse_camera(words) for words in COMMON_MOVES}) == len(COMMON_MOVES)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("tild up", ("tilt up", "tilt down")), ("slow zom", ("zoom in", "zoom out")), ("banana", ())],
)
def test_words_that_are_nearly_a_move_suggest_it(words: str, meant: tuple[str, ...]) -> None:
    assert moves_like(words) == meant


def test_of_two_moves_the_first_wins() -> None:
    assert parse_camera("Zoom out, then pan left") == CameraMove("zoom", "out")
    assert parse_camera("static, then slow push in") == CameraMove("static")
    assert parse_camera("pan and then zoom in") == CameraMove("pan", "right")


def test_a_words_inside_another_word_is_no_move() -> None:
    assert parse_camera("panorama of the company").is_guess


@pytest.mark.parametrize("kind", ["pan", "tilt", "zoom", "dolly", "truck", "pedestal", "orbit", "tracking", "drone"])
def test_a_described_move_is_read_back_as_itself(kind: str) -> None:
    for way in ("in", "out", "left", "right", "up", "down"):
        move = parse_camera(f"slow {kind} {way}")
        assert parse_camera(describe(move)) == move


def test_a_described_static_or_handheld_move_is_read_back() -> None:
    assert parse_camera(describe(CameraMove("static"))) == CameraMove("static")
    assert parse_camera(describe(CameraMove("handheld", speed="fast"))) == CameraMove("handheld", speed="fast")
