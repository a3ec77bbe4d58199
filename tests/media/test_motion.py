"""Clips made of stills: what a viewer sees move, and what must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from studio.errors import BadInput
from studio.media.motion import Words, frames_of, render_move
from studio.media.motion_path import Path as CameraPath
from studio.media.picture import Layer, write_still
from studio.media.probe import probe
from studio.model.camera import CameraMove, parse_camera

SIZE = (320, 180)
Pixels = NDArray[np.uint8]
Decode = Callable[[Path], list[Pixels]]
ALL_MOVES = (
    "static", "pan left", "pan right", "tilt up", "tilt down", "zoom in", "zoom out", "push in", "pull out",
    "move left", "move right", "crane up", "crane down", "orbit left", "orbit right", "handheld",
    "tracking left", "tracking in", "drone in", "drone out", "drone left", "drone up",
)  # fmt: skip


def _clip(still: Path, words: str, *, seconds: float = 1.0, seed: int = 1, burned: tuple[Words, ...] = ()) -> Path:
    out = still.with_name(words.replace(" ", "_") + f"_{seed}.mp4")
    render_move(out, still, move=parse_camera(words), duration_s=seconds, size=SIZE, fps=12, seed=seed, words=burned)
    return out


def _seen(still: Path, words: str, *, fps: int = 12) -> list[Pixels]:
    """The pictures that a clip of one second is encoded from, RGB."""
    move = parse_camera(words)
    planes = frames_of(still, move=move, duration_s=1.0, size=SIZE, fps=fps)
    return [_rgb(np.frombuffer(frame, np.uint8).reshape(270, 320)) for frame in planes]


def _rgb(planes: Pixels) -> Pixels:
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    shown = frame.reformat(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709").to_ndarray()
    return shown.astype(np.uint8, copy=False)


def _centre_x(half: Pixels) -> float:
    """Brightness-weighted middle of the one dot in ``half``."""
    light = np.clip(half.astype(float).mean(axis=2) - 40, 0, None).sum(axis=0)
    return float((np.arange(len(light)) * light).sum() / light.sum())


def _shift(first: Pixels, last: Pixels) -> tuple[float, float]:
    """How far the picture slid from ``first`` to ``last`` in pixels, by phase correlation."""
    a, b = (np.fft.fft2(p.astype(float).mean(axis=2) - p.mean()) for p in (first, last))
    cross = np.fft.ifft2(b * np.conj(a)).real
    y, x = np.unravel_index(int(cross.argmax()), cross.shape)
    return (x + 160) % 320 - 160, (y + 90) % 180 - 90


@pytest.fixture
def blob(tmp_path: Path) -> Path:
    """One soft white blob in the middle."""
    y, x = np.mgrid[0:180, 0:320]
    light = np.exp(-((x - 160) ** 2 + (y - 90) ** 2) / (2 * 6.0**2))
    path = tmp_path / "blob.png"
    Image.fromarray((20 + 215 * light).astype(np.uint8)).convert("RGB").save(path)
    return path


@pytest.mark.parametrize(
    ("words", "x_px", "y_px"),
    [
        ("pan right", -70.4, 0),
        ("pan left", 70.4, 0),
        ("move right", -70.4, 0),
        ("tilt up", 0, 39.6),
        ("tilt down", 0, -39.6),
        ("crane up", 0, 39.6),
    ],
)
def test_the_picture_slides_against_the_camera_by_the_room_that_the_move_has(
    blob: Path, words: str, x_px: float, y_px: float
) -> None:
    pictures = _seen(blob, words)
    slid = _shift(pictures[0], pictures[-1])
    assert slid == pytest.approx((x_px, y_px), abs=1.1)


@pytest.mark.parametrize(("words", "ratio"), [("push in", 1.22), ("pull out", 1 / 1.22), ("zoom in", 1.34)])
def test_a_push_or_zoom_changes_the_distance_between_things(tmp_path: Path, words: str, ratio: float) -> None:
    y, x = np.mgrid[0:180, 0:320]
    light = sum(np.exp(-((x - at) ** 2 + (y - 90) ** 2) / (2 * 6.0**2)) for at in (100, 220))
    Image.fromarray((20 + 215 * light).astype(np.uint8)).convert("RGB").save(tmp_path / "two.png")
    pictures = _seen(tmp_path / "two.png", words)

    def apart(picture: Pixels) -> float:
        return 160 + _centre_x(picture[:, 160:]) - _centre_x(picture[:, :160])

    assert apart(pictures[-1]) / apart(pictures[0]) == pytest.approx(ratio, abs=0.005)


def test_a_locked_camera_shows_the_still_and_nothing_moves(dots: Path, frames: Decode) -> None:
    pictures = frames(_clip(dots, "static"))
    still = np.asarray(Image.open(dots), int)
    assert np.abs(pictures[-1].astype(int) - pictures[0]).max() <= 3
    assert np.abs(pictures[0].astype(int) - still).mean() < 2


def test_a_move_starts_and_ends_gently(blob: Path) -> None:
    views = CameraPath(parse_camera("pan right"), 97, 24, 1).views()
    speed = np.diff(views[:, 0])
    assert (speed >= 0).all()
    assert speed[0] < 0.05 * speed.max()
    assert speed[-1] < 0.05 * speed.max()
    assert speed[30:66] == pytest.approx(speed[48], rel=0.01)


@pytest.mark.parametrize("words", ALL_MOVES)
@pytest.mark.parametrize("speed", ["slow", "", "rapid"])
def test_no_move_ever_leaves_the_still(words: str, speed: str) -> None:
    path = CameraPath(parse_camera(f"{speed} {words}"), 97, 24, 3)
    for depth in (None, 0.0, 0.5, 1.0):
        views = path.views(depth)
        assert views.min() >= -1e-9
        assert views.max() <= 1 + 1e-9
        assert (views[:, 2] - views[:, 0]).min() > 0.3


def test_every_move_is_another_course() -> None:
    courses = {words: CameraPath(parse_camera(words), 25, 24, 1).views(0.6).round(4).tobytes() for words in ALL_MOVES}
    assert len(set(courses.values())) == len(ALL_MOVES)


def test_handheld_sways_by_its_seed_without_jumps() -> None:
    first, again, other = (CameraPath(CameraMove("handheld"), 97, 24, seed).views() for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert np.abs(first - other).max() > 0.003
    assert np.abs(np.diff(first, axis=0)).max() < 0.006


def _stage(out: Path, *, blend: str = "normal") -> Path:
    """A dark blue ground with a green mark far away, and a red block near, both near the middle."""
    plate = Image.new("RGB", SIZE, (10, 20, 60))
    plate.paste((20, 220, 40), (150, 40, 170, 60))
    block = Image.new("RGBA", (40, 60), (230, 30, 20, 255))
    whole = plate.copy()
    whole.paste((230, 30, 20), (140, 100, 180, 160))
    near = Layer(0.9, (140, 100, 180, 160), block, "add" if blend == "add" else "normal")
    write_still(out, whole, text={}, layers=[Layer(0.0, (0, 0, *SIZE), plate), near])
    return out


def _middle(picture: Pixels, channel: int) -> float:
    strong = picture[..., channel].astype(int) - picture.astype(int).sum(axis=2) + picture[..., channel] > 90
    return float(np.flatnonzero(strong.any(axis=0)).mean())


def test_when_the_camera_travels_near_things_pass_faster_than_far_ones(tmp_path: Path) -> None:
    pictures = _seen(_stage(tmp_path / "stage.png"), "move right")
    far = _middle(pictures[-1], 1) - _middle(pictures[0], 1)
    near = _middle(pictures[-1], 0) - _middle(pictures[0], 0)
    assert far < -20
    assert near < far - 15


def test_when_the_camera_only_turns_near_and_far_slide_alike(tmp_path: Path) -> None:
    pictures = _seen(_stage(tmp_path / "stage.png"), "pan right")
    far = _middle(pictures[-1], 1) - _middle(pictures[0], 1)
    near = _middle(pictures[-1], 0) - _middle(pictures[0], 0)
    assert near == pytest.approx(far, abs=1)


def test_an_orbit_moves_near_and_far_in_opposite_ways(tmp_path: Path) -> None:
    pictures = _seen(_stage(tmp_path / "stage.png"), "orbit right")
    far = _middle(pictures[-1], 1) - _middle(pictures[0], 1)
    near = _middle(pictures[-1], 0) - _middle(pictures[0], 0)
    assert far > 10
    assert near < -10


def test_a_push_in_begins_with_exactly_the_still(tmp_path: Path, frames: Decode) -> None:
    still = _stage(tmp_path / "stage.png")
    first = frames(_clip(still, "push in"))[0].astype(int)
    assert np.abs(first - np.asarray(Image.open(still), int)).mean() < 2.5


def test_a_layer_leaves_no_rim_and_no_gap_at_the_edge_of_the_frame(tmp_path: Path) -> None:
    plate = Image.new("RGB", SIZE, (250, 250, 250))
    ground = Image.new("RGBA", (320, 60), (10, 10, 10, 255))
    whole = plate.copy()
    whole.paste((10, 10, 10), (0, 120, 320, 180))
    layers = [Layer(0.0, (0, 0, *SIZE), plate), Layer(1.0, (0, 120, 320, 180), ground)]
    write_still(tmp_path / "ground.png", whole, text={}, layers=layers)
    for picture in _seen(tmp_path / "ground.png", "move right"):
        assert picture[150:, :, :].max() < 40


def test_a_layer_of_a_few_pixels_is_shown_too(tmp_path: Path) -> None:
    plate, box = Image.new("RGB", SIZE, (10, 20, 60)), (315, 100, 319, 103)
    whole = plate.copy()
    whole.paste((230, 30, 20), box)
    layers = [Layer(0.0, (0, 0, *SIZE), plate), Layer(0.9, box, Image.new("RGBA", (4, 3), (230, 30, 20, 255)))]
    write_still(tmp_path / "speck.png", whole, text={}, layers=layers)
    assert _seen(tmp_path / "speck.png", "push in")[0][101, 317, 0] > 150


def test_a_veil_over_the_whole_frame_does_not_slide_over_what_it_was_mixed_with(tmp_path: Path) -> None:
    """A veil that cancels a white moon but for a trace: slid aside, it would show a second, dark moon."""
    plate = Image.new("RGB", SIZE, (60, 60, 60))
    plate.paste((250, 250, 250), (150, 80, 170, 100))
    veil = Image.new("RGBA", SIZE, (60, 60, 60, 10))
    veil.paste((0, 0, 0, 120), (150, 80, 170, 100))
    whole = Image.alpha_composite(plate.convert("RGBA"), veil).convert("RGB")
    layers = [Layer(0.0, (0, 0, *SIZE), plate), Layer(0.9, (0, 0, *SIZE), veil)]
    write_still(tmp_path / "moon.png", whole, text={}, layers=layers)
    for picture in _seen(tmp_path / "moon.png", "orbit left"):
        assert picture.min() > 45


def test_light_adds_to_what_is_below(tmp_path: Path) -> None:
    lit = _seen(_stage(tmp_path / "lit.png", blend="add"), "push in")[0][130, 160].astype(int)
    assert lit[0] > 200
    assert lit[2] == pytest.approx(80, abs=12)


def test_a_clip_has_exactly_the_frames_asked_for_and_says_which_colours_it_means(dots: Path) -> None:
    facts = probe(_clip(dots, "push in", seconds=1.29)).picture
    assert (facts.frames, facts.fps, facts.pix_fmt) == (round(1.29 * 12), 12, "yuv420p")
    assert facts.start_s == 0
    assert facts.time_base.denominator == 12_000
    assert not facts.has_b_frames


def test_colours_come_out_as_they_were(tmp_path: Path, frames: Decode) -> None:
    colours = [(230, 30, 20), (20, 200, 40), (30, 40, 220), (240, 240, 240)]
    still = Image.new("RGB", SIZE)
    for number, colour in enumerate(colours):
        still.paste(colour, (80 * number, 0, 80 * number + 80, 180))
    still.save(tmp_path / "bars.png")
    with av.open(str(_clip(tmp_path / "bars.png", "static"))) as clip:
        frame = next(clip.decode(video=0))
        assert (int(frame.colorspace), int(frame.color_range)) == (1, 1)
        shown = frame.reformat(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709").to_ndarray()
    for number, colour in enumerate(colours):
        assert np.abs(shown[90, 80 * number + 40].astype(int) - colour).max() <= 6


def test_equal_arguments_give_equal_bytes(dots: Path) -> None:
    first = _clip(dots, "handheld").read_bytes()
    assert _clip(dots, "handheld").read_bytes() == first
    assert _clip(dots, "handheld", seed=2).read_bytes() != first


def test_words_are_burned_in_only_while_they_are_spoken(dots: Path, frames: Decode) -> None:
    plain = frames(_clip(dots, "static"))
    burned = frames(_clip(dots, "static", seed=5, burned=(Words(0.25, 0.75, "Every night the sea answers."),)))
    changed = [np.abs(a.astype(int) - b).max() > 60 for a, b in zip(plain, burned, strict=True)]
    assert changed == [3 <= number < 9 for number in range(12)]
    where = np.abs(burned[6].astype(int) - plain[6]).max(axis=2) > 60
    rows, columns = np.flatnonzero(where.any(axis=1)), np.flatnonzero(where.any(axis=0))
    assert rows.min() > 120
    assert rows.max() < 180 * 0.95
    assert columns.min() > 320 * 0.05
    assert columns.max() < 320 * 0.95


def test_a_still_of_another_shape_is_cut_to_the_middle_not_squeezed(tmp_path: Path) -> None:
    tall = Image.new("RGB", (320, 480), (200, 30, 30))
    tall.paste((30, 30, 200), (0, 150, 320, 330))
    tall.save(tmp_path / "tall.png")
    picture = _seen(tmp_path / "tall.png", "static")[0]
    assert (picture[4:176, :, 2].astype(int) - picture[4:176, :, 0] > 100).all()


def test_a_torn_still_is_refused_and_an_odd_size_too(tmp_path: Path, dots: Path) -> None:
    torn = tmp_path / "torn.png"
    torn.write_bytes(dots.read_bytes()[:-400])
    with pytest.raises(BadInput, match=r"torn\.png"):
        _clip(torn, "push in")
    with pytest.raises(BadInput, match="even"):
        render_move(tmp_path / "x.mp4", dots, move=CameraMove("static"), duration_s=1, size=(321, 180), fps=12)


def _figure(out: Path, left: int, top: int) -> Path:
    """A still with somebody in red at ``left``, ``top``, 40 by 80 pixels, in the middle distance."""
    plate = Image.new("RGB", SIZE, (40, 60, 90))
    whole = plate.copy()
    whole.paste((230, 30, 20), (left, top, left + 40, top + 80))
    box = (left, top, left + 40, top + 80)
    figure = Layer(0.55, box, Image.new("RGBA", (40, 80), (230, 30, 20, 255)))
    write_still(out, whole, text={}, layers=[Layer(0.0, (0, 0, *SIZE), plate), figure])
    return out


def _shown(pictures: list[Pixels]) -> list[float]:
    """How much of the figure each picture shows; 1 for all of it as large as in the still."""
    return [float(((p[..., 0] > 150) & (p[..., 1] < 90)).sum()) / (40 * 80) for p in pictures]


@pytest.fixture(scope="module", params=[(20, 96), (250, 20)])
def somebody(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _figure(tmp_path_factory.mktemp("figure") / "somebody.png", *request.param)


@pytest.mark.parametrize("words", ALL_MOVES)
def test_no_move_pushes_somebody_out_of_the_picture(somebody: Path, words: str) -> None:
    shown = _shown(_seen(somebody, words, fps=8))
    assert max(shown[0], shown[-1]) > 0.75
    assert np.mean([share > 0.5 for share in shown]) > 0.75


def test_a_push_in_goes_towards_somebody(tmp_path: Path) -> None:
    left, right = (_seen(_figure(tmp_path / f"{x}.png", x, 90), "fast zoom in")[-1].astype(int) for x in (60, 220))
    middle = [float(np.flatnonzero(((p[..., 0] > 150) & (p[..., 1] < 90)).any(0)).mean()) for p in (left, right)]
    assert 0 < middle[0] < 160 < middle[1] < 320


def test_a_pan_still_travels_when_somebody_stands_at_its_far_edge(tmp_path: Path) -> None:
    pictures = _seen(_figure(tmp_path / "edge.png", 4, 90), "fast pan right")
    assert np.abs(pictures[-1].astype(int) - pictures[0]).max() > 90
