"""Places and hands of the storyboard artist, told apart by their pixels."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from studio.engines.storyboard.picture.compose import cast_of
from studio.engines.storyboard.picture.painter import _painted_place, paint
from studio.engines.storyboard.places.foreground import paint_near_frame
from studio.engines.storyboard.places.kinds import painters
from studio.engines.storyboard.places.variants import variant_of
from studio.engines.storyboard.reading.sentences import read_prompt
from studio.engines.storyboard.sheet.brief import Brief, Subject
from studio.engines.storyboard.sheet.palette import palette_of

SMALL = (320, 180)
THUMBNAIL = (32, 18)
SHORES = (
    "cliff path", "pebble beach", "rocky shore", "dune", "sandy beach", "tropical beach", "harbour quay", "pier",
    "lake shore", "river bank", "mangrove swamp", "frozen lake", "fjord", "pond", "waterfall",
)  # fmt: skip
KIND_OF = {
    "harbour quay": "harbour", "pier": "harbour", "lake shore": "lake", "river bank": "river", "frozen lake": "lake",
    "mangrove swamp": "swamp", "fjord": "lake", "pond": "lake", "waterfall": "waterfall",
}  # fmt: skip


def _brief(place: str, **given: object) -> Brief:
    facts: dict[str, object] = {"prompt": place, "place": place, "place_key": place}
    return Brief(**{**facts, **given})  # type: ignore[arg-type]


def _pixels(image: Image.Image, size: tuple[int, int] | None = None) -> npt.NDArray[np.float32]:
    picture = image.convert("RGB")
    return np.asarray(picture.resize(size, Image.Resampling.BOX) if size else picture, np.float32)


def _drawn(brief: Brief, size: tuple[int, int] = SMALL) -> npt.NDArray[np.float32]:
    return _pixels(paint(brief, size=size, seed=1).image)


def _apart(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float:
    return float(np.abs(a - b).mean())


@pytest.mark.parametrize(
    ("kind", "name", "variant"),
    [
        ("room", "school corridor", "corridor"),
        ("hospital", "corridor of hospital", "corridor"),
        ("room", "living room", "room"),
        ("room", "elevator", "lift"),
        ("shore", "cliff path", "cliff_path"),
        ("shore", "beach below lighthouse on cliff", "shore"),
        ("harbour", "old harbour below cliff", "harbour"),
        ("desert", "sand dune by sea", "sea_dunes"),
        ("desert", "sand dune", "desert"),
        ("railway", "train compartment", "compartment"),
        ("railway", "railway platform", "platform"),
        ("railway", "railway tracks", "railway"),
        ("railway", "subway station", "underground"),
        ("bridge", "railway viaduct", "viaduct"),
        ("workshop", "old forge", "forge"),
        ("workshop", "workshop", "workshop"),
        ("river", "canal", "canal"),
        ("tower", "spiral staircase", "winding_stair"),
        ("cafe", "jazz bar", "bar"),
        ("snowfield", "ski slope", "ski_slope"),
        ("spaceship", "spaceship cockpit", "spaceship"),
        ("lake", "frozen lake", "frozen_lake"),
    ],
)
def test_the_name_of_a_place_chooses_its_variant(kind: str, name: str, variant: str) -> None:
    assert variant_of(kind, name) == variant


def test_every_variant_has_a_painter() -> None:
    names = (
        "corridor",
        "lift",
        "staircase",
        "museum",
        "tunnel",
        "greenhouse",
        "compartment",
        "cockpit",
        "pebble_beach",
    )
    assert set(names) <= set(painters())


@pytest.mark.parametrize(
    ("words", "variant"),
    [
        ("Wide shot of a boy in a school corridor by day", "corridor"),
        ("Wide shot, eye level: a woman waits. The lift of the hotel, night.", "lift"),
        ("Wide shot of a girl on a pebble beach by day", "pebble_beach"),
        ("Wide shot, eye level: a girl runs. A cliff path, dusk.", "cliff_path"),
        ("A gardener in a greenhouse", "greenhouse"),
        ("A train crosses a viaduct over a green valley", "viaduct"),
        ("A woman climbs a spiral staircase in an old tower", "winding_stair"),
        ("A man stands before a waterfall", "waterfall"),
        ("A woman reads on a train", "compartment"),
        ("A diver swims over a coral reef", "coral_reef"),
        ("A fireman stands in front of a fire station", "fire_station"),
        ("A clown juggles in a circus tent", "circus"),
        ("A woman walks through a cornfield", "cornfield"),
        ("Wide shot, eye level: A woman waits. The platform of a small station, dusk.", "platform"),
    ],
)
def test_a_prompt_reaches_the_variant_it_names(words: str, variant: str) -> None:
    brief = read_prompt(words, style="")
    assert variant_of(brief.place, brief.place_key) == variant


def test_a_corridor_runs_to_a_vanishing_point_and_a_living_room_does_not() -> None:
    def mirrored_likeness(key: str) -> float:
        grey = _drawn(_brief("room", place_key=key)).mean(-1)
        edges = np.abs(np.diff(grey, axis=1))[60:150]
        return float(np.corrcoef(edges.ravel(), edges[:, ::-1].ravel())[0, 1])

    assert mirrored_likeness("school corridor") > mirrored_likeness("living room") + 0.2
    assert _apart(_drawn(_brief("room", place_key="corridor")), _drawn(_brief("room"))) > 20


def test_the_corridors_of_different_houses_differ() -> None:
    houses = ("school corridor", "hospital corridor", "hotel corridor", "ship corridor", "prison corridor")
    pictures = [_pixels(paint(_brief("room", place_key=key), size=SMALL, seed=1).image) for key in houses]
    assert min(_apart(a, b) for a, b in itertools.combinations(pictures, 2)) > 12


def test_shores_are_told_apart_at_thumbnail_size() -> None:
    thumbnails = {
        name: _pixels(
            paint(_brief(KIND_OF.get(name, "shore"), place_key=name), size=SMALL, seed=1).image, THUMBNAIL
        )
        for name in SHORES
    }  # fmt: skip
    pairs = itertools.combinations(SHORES, 2)
    nearest = min(
        (min(_apart(thumbnails[a], thumbnails[b]), _apart(thumbnails[a], thumbnails[b][:, ::-1])), a, b)
        for a, b in pairs
    )
    assert nearest[0] > 9, nearest


def test_two_shots_of_one_cliff_share_its_shape() -> None:
    def sky_line(**given: object) -> npt.NDArray[np.float32]:
        picture = _drawn(_brief("shore", **{"place_key": "cliff path", **given})).mean(-1)
        return np.asarray(np.abs(np.diff(picture, axis=0))[50:110].ravel(), np.float32)

    same = float(np.corrcoef(sky_line(), sky_line(prompt="a girl runs"))[0, 1])
    other = float(np.corrcoef(sky_line(), sky_line(place_key="old cliff path"))[0, 1])
    assert same > 0.8 > other


@pytest.mark.parametrize("place", ["room", "workshop", "library", "shop", "attic", "hall", "spaceship"])
def test_what_stands_near_the_lens_indoors_stays_low_or_at_the_edge(place: str) -> None:
    near = next(one for one in paint(_brief(place), size=SMALL, seed=1).layers if one.depth > 0.9)
    above = max(0, SMALL[1] * 8 // 10 - near.box[1])
    columns = np.flatnonzero((np.asarray(near.cut)[:above, :, 3] > 60).any(0))
    edge = near.box[0] + columns
    assert not edge.size or edge.max() < SMALL[0] * 0.06 or edge.min() > SMALL[0] * 0.94


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize("kind", ["detective", "sailor", "king"])
def test_a_face_in_ink_is_light_with_dark_features(time: str, kind: str) -> None:
    brief = _brief("street", style="ink", time=time, framing="close", subjects=(Subject(kind, kind),))
    painting = paint(brief, size=SMALL, seed=1)
    layer = painting.layers[1]
    height, width = layer.box[3] - layer.box[1], layer.box[2] - layer.box[0]
    face = (slice(int(height * 0.36), int(height * 0.60)), slice(int(width * 0.36), int(width * 0.62)))
    shown = np.asarray(layer.cut)[face]
    grey = shown[..., :3].mean(-1)[shown[..., 3] > 200]
    assert grey.mean() > 140
    assert np.percentile(grey, 2) < 100


@pytest.mark.parametrize(("framing", "time"), [("medium", "night"), ("wide", "day"), ("wide", "night")])
def test_a_figure_in_ink_is_no_black_silhouette(framing: str, time: str) -> None:
    brief = _brief("forest", style="ink", time=time, framing=framing, subjects=(Subject("detective", "detective"),))
    layer = paint(brief, size=(640, 360), seed=1).layers[1]
    sheet = np.asarray(layer.cut)
    tall = sheet.shape[0]
    grey = sheet[int(tall * 0.2) : int(tall * 0.9), :, :3].mean(-1)
    solid = sheet[int(tall * 0.2) : int(tall * 0.9), :, 3] > 250
    assert grey[solid].mean() > 105


def test_the_plate_behind_a_figure_in_ink_shows_no_ghost_of_it() -> None:
    man = Subject("man", "man")
    plate = _pixels(paint(_brief("lake", style="ink", subjects=(man,)), size=SMALL, seed=1).layers[0].image)
    alone = _pixels(paint(_brief("lake", style="ink"), size=SMALL, seed=1).layers[0].image)
    assert _apart(plate, alone) < 6


@pytest.mark.parametrize("place", ["forest", "sea", "room"])
def test_watercolour_is_painted_to_the_last_pixel(place: str) -> None:
    picture = _drawn(_brief(place, style="watercolour", time="night"))
    rim = np.concatenate([picture[:3].reshape(-1, 3), picture[-3:].reshape(-1, 3), picture[:, :3].reshape(-1, 3), picture[:, -3:].reshape(-1, 3)])  # fmt: skip
    inside = picture[30:-30, 30:-30].reshape(-1, 3)
    assert np.percentile(rim.mean(-1), 98) < 225
    assert rim.mean() < inside.mean() + 25


def test_watercolour_keeps_the_clouds_of_its_pigment() -> None:
    def mottling(style: str) -> float:
        painting = paint(_brief("sea", style=style), size=(640, 360), seed=1)
        sky = _pixels(painting.image, (160, 90)).mean(-1)[2:20]
        return float(np.abs(np.diff(sky, axis=1)).mean())

    assert mottling("watercolour") > 1.3 * mottling("poster")


@pytest.mark.parametrize("place", ["forest", "meadow", "park", "garden", "hills"])
def test_nothing_is_green_in_the_snow(place: str) -> None:
    def green(weather: tuple[str, ...]) -> float:
        picture = _drawn(_brief(place, weather=weather))
        return float(((picture[..., 1] > picture[..., 0] + 12) & (picture[..., 1] > picture[..., 2] + 6)).mean())

    assert green(()) > 0.15
    assert green(("snow",)) < 0.01


def test_a_forest_in_autumn_has_warm_leaves() -> None:
    def warm(season: str) -> float:
        picture = _drawn(_brief("forest", season=season))
        return float((picture[..., 0] > picture[..., 2] + 40).mean())

    assert warm("autumn") > 2 * warm("")


def test_furniture_in_ink_has_an_outline_even_before_a_wall_of_its_own_tone() -> None:
    """The cooker hood of the kitchen is as light as the wall behind it."""
    picture = _drawn(_brief("kitchen", style="ink", place_key="kitchen"), (640, 360)).mean(2)
    dark_runs = (np.diff((picture < 90).astype(int), axis=1) == 1).sum(1)
    assert int(dark_runs[60:130].min()) >= 4


@pytest.mark.parametrize("framing", ["medium_close", "close", "extreme_close"])
@pytest.mark.parametrize("size", [(320, 180), (180, 320)])
def test_of_two_faces_close_by_neither_covers_the_other(framing: str, size: tuple[int, int]) -> None:
    brief = _brief("harbour", framing=framing, subjects=(Subject("man", "man"), Subject("old_man", "old man")))
    one, other = sorted(cast_of(_painted_place(brief, size, 1), 1).placed, key=lambda placed: placed.x)
    face_px = 0.22 * max(one.person_px, other.person_px)
    assert other.x - one.x > 2 * face_px


def test_a_whale_beside_a_close_face_leaves_the_face_free() -> None:
    brief = _brief("harbour", framing="close", subjects=(Subject("man", "man"), Subject("whale", "whale")))
    whale, man = sorted(cast_of(_painted_place(brief, SMALL, 1), 1).placed, key=lambda placed: placed.is_bust)
    apart = abs(man.x - whale.x) - whale.sprite.rgba.shape[1] / 2
    assert apart > 0.25 * man.person_px


def test_a_boat_on_a_river_lies_in_the_water() -> None:
    rower = Subject("man", "man", pose="rowing", relation="on_water")
    picture = _drawn(_brief("river", subjects=(rower,)))
    (boat,) = cast_of(_painted_place(_brief("river", subjects=(rower,)), SMALL, 1), 1).placed
    reach = boat.sprite.rgba.shape[1] // 2 + 3
    beside = picture[round(boat.y) - 2, [round(boat.x) - reach, round(boat.x) + reach]]
    assert (beside[:, 2] > beside[:, 0] + 10).all()


@pytest.mark.parametrize("place", ["rooftop", "swamp"])
def test_what_is_near_the_lens_leaves_those_of_the_sentence_free(place: str) -> None:
    stage = _painted_place(_brief(place), SMALL, seed=1)
    for middle in (64, 160, 256):
        cast = np.zeros((SMALL[1], SMALL[0]), np.float32)
        cast[70:172, middle - 20 : middle + 20] = 1.0
        covered = paint_near_frame(stage, cast) * cast
        assert covered.sum() <= 0.02 * cast.sum()


@pytest.mark.parametrize(
    ("words", "place"), [("crosses a viaduct over a valley", "bridge"), ("waits at the platform", "railway")]
)
def test_a_train_goes_along_the_deck_that_the_place_has_for_it(words: str, place: str) -> None:
    brief = read_prompt(f"A train {words}", style="")
    stage = _painted_place(brief, SMALL, seed=1)
    train = next(one for one in cast_of(stage, 1).placed if one.subject.kind == "train")
    assert brief.place == place
    assert train.y == stage.deck_foot


def test_green_leaves_at_dawn_are_no_grey() -> None:
    leaf = palette_of(_brief("garden", time="dawn")).shade("#4f8a45", 0.4, 0.55)
    assert leaf.max() - leaf.min() > 0.10


def test_windows_are_lit_on_a_day_of_snow_and_dark_on_a_fair_one() -> None:
    def warm_share(*weather: str) -> float:
        picture = _drawn(_brief("street", weather=weather))
        return float((picture[..., 0] - picture[..., 2] > 90).mean())

    assert warm_share("snow") > 2 * warm_share()


def test_in_a_medium_shot_a_standing_person_is_cut_at_the_knees() -> None:
    brief = _brief("street", framing="medium", subjects=(Subject("man", "man"),))
    stage = replace(_painted_place(brief, SMALL, seed=1), full_size=SMALL)
    hero = cast_of(stage, 1).placed[0]
    tall = hero.sprite.foot_y
    head, shown = hero.y - tall, stage.height - (hero.y - tall)
    assert 0 < head < 0.2 * stage.height
    assert 0.65 < shown / tall < 0.85
