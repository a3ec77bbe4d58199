"""What the storyboard artist puts into its pictures, judged by their pixels."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from studio.engines.storyboard import StoryboardArtist
from studio.engines.storyboard.picture.painter import Painting, paint
from studio.engines.storyboard.places.kinds import painters
from studio.engines.storyboard.sheet.brief import Brief, Subject
from studio.errors import UserError
from studio.media.picture import Layer, read_still, read_text

SMALL = (320, 180)
TEN = (
    "A sailboat on the sea at sunset",
    "A man in a forest at night",
    "Camels in the desert at noon",
    "A woman in a kitchen by day",
    "A street in the rain at night",
    "A castle on a hill at dawn",
    "A turtle under water",
    "A farmer in a snowy field",
    "A cat in the library at dusk",
    "A ringed planet in space",
)


def _drawn(tmp_path: Path, prompt: str, *, size: tuple[int, int] = SMALL, seed: int = 1, style: str = "poster") -> Path:
    out = tmp_path / f"{abs(seed)}-{len(list(tmp_path.iterdir()))}.png"
    StoryboardArtist().render(out, prompt, size=size, seed=seed, style=style)
    return out


def _pixels(image: Path | Image.Image) -> npt.NDArray[np.float32]:
    if isinstance(image, Path):
        with Image.open(image) as opened:
            return np.asarray(opened.convert("RGB"), np.float32)
    return np.asarray(image.convert("RGB"), np.float32)


def _brief(place: str = "meadow", **given: object) -> Brief:
    facts: dict[str, object] = {"prompt": place, "place": place, "place_key": place}
    return Brief(**{**facts, **given})  # type: ignore[arg-type]


def _apart(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float:
    return float(np.abs(a - b).mean())


def _recomposed(layers: tuple[Layer, ...]) -> npt.NDArray[np.float32]:
    base = layers[0].cut.convert("RGBA")
    for layer in layers[1:]:
        base.alpha_composite(layer.cut.convert("RGBA"), (layer.box[0], layer.box[1]))
    return _pixels(base)


@cache
def _place(place: str) -> npt.NDArray[np.float32]:
    """The empty place, small."""
    return _pixels(paint(_brief(place), size=(96, 54), seed=3).image)


def test_ten_prompts_give_ten_pictures_that_are_told_apart(tmp_path: Path) -> None:
    pictures = [_pixels(_drawn(tmp_path, prompt)) for prompt in TEN]
    nearest = min(_apart(a, b) for i, a in enumerate(pictures) for b in pictures[i + 1 :])
    assert nearest > 14


@pytest.mark.parametrize("place", sorted(painters()))
def test_every_place_is_painted_with_light_and_dark_in_it(place: str) -> None:
    picture = _place(place)
    assert picture.std() > 12
    assert 25 < picture.mean() < 235


def test_no_two_kinds_of_place_look_alike() -> None:
    pictures = {place: _place(place) for place in sorted(painters())}
    names = list(pictures)
    closest = min((_apart(pictures[a], pictures[b]), a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    assert closest[0] > 5, closest


def test_two_shots_of_one_place_share_their_background() -> None:
    one = paint(_brief("castle", prompt="a king at the castle"), size=SMALL, seed=1)
    two = paint(_brief("castle", prompt="a bell rings at the castle"), size=SMALL, seed=2)
    other = paint(_brief("castle", place_key="another castle"), size=SMALL, seed=1)
    horizon = slice(int(SMALL[1] * 0.3), int(SMALL[1] * 0.6))
    same = _apart(_pixels(one.image)[horizon], _pixels(two.image)[horizon])
    different = _apart(_pixels(one.image)[horizon], _pixels(other.image)[horizon])
    assert same * 2 < different


@pytest.mark.parametrize("changed", [{"time": "night"}, {"weather": ("snow",)}, {"time": "dusk", "weather": ("rain",)}])
def test_hour_and_weather_change_the_light_of_a_place_not_its_houses(changed: dict[str, object]) -> None:
    def edges(**given: object) -> npt.NDArray[np.float32]:
        picture = _pixels(paint(_brief("town", **given), size=SMALL, seed=1).layers[0].image).mean(-1)
        return np.asarray(np.abs(np.diff(picture, axis=1))[60:100].ravel(), np.float32)

    same = float(np.corrcoef(edges(), edges(**changed))[0, 1])
    other = float(np.corrcoef(edges(), edges(place_key="another town"))[0, 1])
    assert same > other + 0.2


def test_night_is_darker_and_bluer_than_day_but_readable() -> None:
    day, night = (_pixels(paint(_brief(time=time_), size=SMALL, seed=1).image) for time_ in ("day", "night"))
    assert night.mean() < day.mean() * 0.75
    assert night[..., 2].mean() > night[..., 0].mean() * 1.15
    assert night.mean() > 38


def test_the_three_styles_differ_clearly(tmp_path: Path) -> None:
    poster, watercolour, ink = (_pixels(_drawn(tmp_path, TEN[1], style=style)) for style in StoryboardArtist().styles)
    assert min(_apart(poster, watercolour), _apart(poster, ink), _apart(watercolour, ink)) > 18


def test_ink_is_almost_without_colour() -> None:
    picture = _pixels(paint(_brief("mountains", style="ink"), size=SMALL, seed=1).image)
    assert (picture.max(-1) - picture.min(-1)).mean() < 25


@pytest.mark.parametrize("style", ["poster", "watercolour", "ink"])
def test_layers_laid_one_over_the_other_give_the_still_again(style: str) -> None:
    hero = Subject("man", "man")
    painting: Painting = paint(_brief("lake", style=style, subjects=(hero,)), size=SMALL, seed=1)
    assert len(painting.layers) == 3
    assert np.abs(_recomposed(painting.layers) - _pixels(painting.image)).max() <= 3


def test_the_still_carries_its_layers_from_far_to_near(tmp_path: Path) -> None:
    out = _drawn(tmp_path, "A man by the lake at dawn")
    layers = read_still(out)[1]
    assert [layer.depth for layer in layers] == sorted(layer.depth for layer in layers)
    assert layers[0].box == (0, 0, *SMALL)
    assert _apart(_recomposed(layers), _pixels(out)) < 3


def test_the_background_plate_is_painted_where_the_hero_stands() -> None:
    hero = Subject("man", "man")
    with_man = paint(_brief("lake", subjects=(hero,)), size=SMALL, seed=1)
    without = paint(_brief("lake"), size=SMALL, seed=1)
    assert _apart(_pixels(with_man.layers[0].image), _pixels(without.layers[0].image)) < 1.5


def test_the_hero_stands_whole_inside_a_wide_picture() -> None:
    painting = paint(_brief("meadow", subjects=(Subject("man", "man"),)), size=SMALL, seed=1)
    alpha = np.asarray(painting.layers[1].image)[..., 3] > 200
    rows = np.flatnonzero(alpha.sum(1) > 1) + painting.layers[1].box[1]
    assert rows[0] > 0
    assert rows[-1] < SMALL[1] - 1
    assert 0.2 * SMALL[1] < rows[-1] - rows[0] < 0.6 * SMALL[1]


def test_a_close_up_shows_the_hero_far_larger_than_a_wide_shot() -> None:
    def share(framing: str) -> float:
        painting = paint(_brief("meadow", framing=framing, subjects=(Subject("man", "man"),)), size=SMALL, seed=1)
        alpha = np.asarray(painting.layers[1].image)[..., 3] > 200
        return float(alpha.sum()) / (SMALL[0] * SMALL[1])

    assert share("close") > 6 * share("wide")


def test_three_camels_take_more_room_than_one() -> None:
    def columns(count: int) -> int:
        painting = paint(_brief("desert", subjects=(Subject("camel", "camel", count),)), size=SMALL, seed=1)
        alpha = np.asarray(painting.layers[1].image)[..., 3] > 200
        return int((alpha.sum(0) > 3).sum())

    assert columns(3) > 1.8 * columns(1)


def test_what_is_above_something_hangs_higher_than_it() -> None:
    castle, dove = (
        Subject("church", "church"),
        Subject("eagle", "eagle", relation="above", relative_to="church"),
    )
    beside = Subject("eagle", "eagle", relation="beside", relative_to="church")

    def top(second: Subject) -> int:
        painting = paint(_brief("hills", subjects=(castle, second)), size=SMALL, seed=1)
        alpha = np.asarray(painting.layers[1].image)[..., 3] > 200
        return int(np.flatnonzero(alpha.any(1))[0]) + painting.layers[1].box[1]

    assert top(dove) < top(beside)


def test_a_low_camera_puts_the_horizon_lower_than_a_high_one() -> None:
    def sky_rows(angle: str) -> float:
        picture = _pixels(paint(_brief("desert", angle=angle), size=SMALL, seed=1).image)
        return float((picture[..., 2] > picture[..., 0] * 1.05).mean())

    assert sky_rows("low") > sky_rows("eye") > sky_rows("high")


def test_rain_indoors_stays_behind_the_window() -> None:
    dry = _pixels(paint(_brief("room"), size=SMALL, seed=1).layers[0].image)
    wet = _pixels(paint(_brief("room", weather=("rain",)), size=SMALL, seed=1).layers[0].image)
    streaks = np.abs(np.diff(wet, axis=1)).mean(-1)[100:] - np.abs(np.diff(dry, axis=1)).mean(-1)[100:]
    assert abs(float(streaks.mean())) < 1.0


def test_the_same_words_and_seed_give_the_same_pixels_in_another_process(tmp_path: Path) -> None:
    here = _drawn(tmp_path, TEN[4])
    there = tmp_path / "there.png"
    code = (
        "from pathlib import Path; from studio.engines.storyboard import StoryboardArtist as A;"
        f"A().render(Path({str(there)!r}), {TEN[4]!r}, size={SMALL}, seed=1, style='poster')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": "77", "PATH": ""})
    assert here.read_bytes() == there.read_bytes()


def test_another_seed_gives_another_picture_of_the_same_place(tmp_path: Path) -> None:
    one, two = (_pixels(_drawn(tmp_path, TEN[5], seed=seed)) for seed in (1, 2))
    assert 0.3 < _apart(one, two) < 30


@pytest.mark.parametrize("size", [(64, 64), (16, 16), (640, 360), (360, 640), (1000, 418)])
def test_a_picture_has_exactly_the_size_asked_for(tmp_path: Path, size: tuple[int, int]) -> None:
    with Image.open(_drawn(tmp_path, TEN[0], size=size)) as picture:
        assert picture.size == size
        assert picture.mode == "RGB"


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    text = read_text(_drawn(tmp_path, "A man on the shore at dawn", seed=5, style="ink"))
    assert text["prompt"] == "A man on the shore at dawn"
    assert (text["seed"], text["engine"], text["style"]) == ("5", "image/storyboard/9", "ink")
    assert "undrawn" in text


def test_an_impossible_size_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="0 x 90"):
        StoryboardArtist().render(tmp_path / "no.png", "a man", size=(0, 90), seed=1, style="")


def test_importing_the_engine_is_light() -> None:
    code = "import sys; import studio.engines.storyboard; sys.exit(bool({'numpy', 'PIL'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_frame_at_720p_takes_about_a_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _drawn(tmp_path, TEN[0])
    start = time.process_time()
    _drawn(tmp_path, TEN[4], size=(1280, 720))
    spent_s = time.process_time() - start
    with capsys.disabled():
        sys.stdout.write(f"\nstoryboard 1280x720: {spent_s:.2f} CPU s\n")
    assert spent_s < 12
