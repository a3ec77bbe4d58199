"""The figures and things that the artist draws, looked at as pixels."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from studio.engines.storyboard.people.poses import POSES
from studio.engines.storyboard.people.wardrobe import look_of
from studio.engines.storyboard.picture import subjects
from studio.engines.storyboard.reading.sentences import read_prompt
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Light, Sprite
from studio.engines.storyboard.things import kinds
from studio.engines.storyboard.things.records import table

_LIGHT = Light(0.6, (1.0, 0.95, 0.86), (0.8, 0.84, 0.95))
_MAN = Subject("man", "man")


def _draw(subject: Subject, height_px: int = 120, seed: int = 1) -> Sprite:
    return subjects.draw(subject, height_px=height_px, light=_LIGHT, seed=seed)


def _bust(subject: Subject, mood: str = "calm", direction: float = 0.6) -> Sprite:
    light = replace(_LIGHT, direction=direction)
    return subjects.draw_bust(subject, height_px=160, mood=mood, light=light, seed=1)


def _share_of_colour(sprite: Sprite, is_it: np.ndarray) -> float:
    return float((is_it & (sprite.rgba[..., 3] > 200)).mean())


def _yellow(sprite: Sprite) -> np.ndarray:
    r, g, b = (sprite.rgba[..., i].astype(int) for i in range(3))
    return np.asarray((r > 140) & (g > 90) & (b < 0.55 * g))


@pytest.mark.parametrize("kind", sorted(table()))
def test_every_record_draws_something_solid_that_stands_on_its_foot(kind: str) -> None:
    sprite = _draw(Subject(kind, kind), 64)
    height, width, channels = sprite.rgba.shape
    assert channels == 4
    assert (sprite.rgba[..., 3] > 127).mean() > 0.04
    assert -2 <= sprite.foot_x <= width + 2
    assert 0.3 * height <= sprite.foot_y <= height + 3
    assert height == pytest.approx(64, rel=0.8) or table()[kind].is_person


def test_there_are_at_least_three_hundred_kinds_and_every_word_has_one_meaning() -> None:
    words = [word for record in table().values() for word in record.words]
    assert len(table()) >= 300
    assert len(words) == len(set(words))


def test_every_drawing_by_code_is_reachable_by_a_word() -> None:
    used = {record.art.removeprefix("code:") for record in table().values() if record.art.startswith("code:")}
    assert used == kinds.names()


@pytest.mark.parametrize("pose", sorted(POSES))
def test_every_pose_rests_on_the_ground_but_those_in_air_or_water(pose: str) -> None:
    sprite = _draw(replace(_MAN, pose=pose), 160)
    if pose not in {
        "flying",
        "swimming",
        "rowing",
        "boating",
        "at_the_helm",
        "jumping",
        "piggyback",
        "on_rope",
        "diving",
        "skipping",
        "swinging",
    }:
        assert sprite.foot_y == pytest.approx(sprite.rgba.shape[0], abs=6)


def test_a_seated_man_is_lower_than_a_standing_one_and_has_a_seat() -> None:
    standing = _draw(_MAN, 200)
    seated = _draw(replace(_MAN, pose="sitting", props=("rock",)), 200)
    assert seated.rgba.shape[0] < 0.85 * standing.rgba.shape[0]
    lower = seated.rgba[-20:, :, 3] > 127
    assert lower.any(axis=0).sum() > 60


def test_a_child_is_smaller_and_has_the_larger_head() -> None:
    record = subjects.record
    assert record("child").height_in_people < 0.75 * record("man").height_in_people


def test_the_coat_has_the_colour_that_was_asked_for() -> None:
    plain = _draw(Subject("woman", "w", clothes=(("raincoat", "blue"),)), 200)
    yellow = _draw(Subject("woman", "w", clothes=(("raincoat", "yellow"),)), 200)
    assert _share_of_colour(yellow, _yellow(yellow)) > 0.15 > 3 * _share_of_colour(plain, _yellow(plain))


def test_a_character_looks_the_same_at_every_seed() -> None:
    one, other = _draw(_MAN, seed=1), _draw(_MAN, seed=99)
    assert np.array_equal(one.rgba, other.rgba)


def test_two_strangers_look_different() -> None:
    looks = {_draw(Subject("woman", name), 100).rgba.tobytes() for name in ("anna", "berta", "clara", "dora")}
    assert len(looks) >= 3


def test_a_lantern_shines_where_it_hangs() -> None:
    sprite = _draw(Subject("old_man", "keeper", props=("lantern",)), 300)
    (x, y, radius, colour) = sprite.lights[0]
    around = sprite.rgba[int(y) - 4 : int(y) + 5, int(x) - 4 : int(x) + 5].reshape(-1, 4)
    assert around[:, 0].max() > 240
    assert around[:, 3].min() > 200
    assert radius > 20
    assert colour[0] > colour[2]


def test_an_open_umbrella_is_over_the_head() -> None:
    without, with_one = _draw(_MAN, 200), _draw(replace(_MAN, props=("umbrella",)), 200)
    assert with_one.rgba.shape[0] > without.rgba.shape[0] + 20


def test_a_rider_sits_above_the_ground_on_the_horse() -> None:
    rider = _draw(replace(_MAN, pose="riding", props=("mount:horse",)), 150)
    assert rider.rgba.shape[0] > 165
    assert rider.rgba.shape[1] > 110


def test_a_mirrored_sprite_faces_the_other_way_with_foot_and_lights() -> None:
    sprite = _draw(Subject("old_man", "keeper", props=("lantern",)), 200)
    mirror = sprite.mirrored()
    assert mirror.faces != sprite.faces
    assert np.array_equal(mirror.rgba[:, ::-1], sprite.rgba)
    assert mirror.lights[0][0] == pytest.approx(sprite.rgba.shape[1] - sprite.lights[0][0])


def test_the_side_of_a_face_away_from_the_light_is_darker() -> None:
    def left_minus_right(direction: float) -> float:
        sprite = _bust(_MAN, direction=direction)
        grey = sprite.rgba[..., :3].mean(-1)
        solid = sprite.rgba[..., 3] > 200
        rows = slice(-30, None)
        half = int(sprite.foot_x)
        left, right = grey[rows, :half][solid[rows, :half]], grey[rows, half:][solid[rows, half:]]
        return float(left.mean() - right.mean())

    assert left_minus_right(-0.8) - left_minus_right(0.8) > 20


def test_a_mood_shows_in_the_face_only() -> None:
    calm, angry = _bust(_MAN, "calm"), _bust(_MAN, "anger")
    assert calm.rgba.shape == angry.rgba.shape
    differs = np.any(calm.rgba != angry.rgba, axis=-1)
    assert 0.001 < differs.mean() < 0.12


def test_the_same_person_wears_the_same_hair_near_and_far() -> None:
    person = Subject("woman", "woman", hair="red", clothes=(("coat", "green"),))
    for sprite in (_draw(person, 300), _bust(person)):
        r, g, b = (sprite.rgba[..., i].astype(int) for i in range(3))
        assert _share_of_colour(sprite, (r > 95) & (r > 1.6 * g) & (g > b)) > 0.01


def test_a_figure_of_400_pixels_costs_less_than_150_ms_at_most() -> None:
    costs = []
    for kind in ("keeper", "castle", "horse", "robot"):
        started = time.process_time()
        _draw(Subject(kind, f"{kind} of its own"), 400)
        costs.append(time.process_time() - started)
    assert sorted(costs)[1] < 0.15


def test_a_thing_is_drawn_in_the_colour_that_was_said_and_its_wheels_stay_dark() -> None:
    def red(sprite: Sprite) -> np.ndarray:
        r, g, b = (sprite.rgba[..., i].astype(int) for i in range(3))
        return np.asarray((r > 120) & (r > 1.8 * g) & (r > 1.8 * b))

    usual, painted = (_draw(Subject("bicycle", "bicycle", colour=colour)) for colour in ("", "red"))
    assert _share_of_colour(usual, red(usual)) < 0.01 < 0.03 < _share_of_colour(painted, red(painted)) < 0.5


def test_who_holds_a_coloured_thing_keeps_the_own_face_and_clothes() -> None:
    held = replace(_MAN, clothes=(("umbrella", "red"),))
    assert look_of(held) == look_of(_MAN)


def test_somebody_in_other_clothes_has_the_same_skin():
    prompts = [
        f"a girl with red hair in a {garment} stands on the quay" for garment in ("yellow raincoat", "blue dress")
    ]
    looks = [look_of(read_prompt(prompt, style="").subjects[0]) for prompt in prompts]
    assert looks[0].skin == looks[1].skin
    assert looks[0].garments != looks[1].garments


def test_a_woman_in_a_trade_that_is_drawn_as_a_mans_has_a_womans_hair() -> None:
    woman = look_of(Subject("baker", "baker", gender="female", hair="straight blond"))
    assert (woman.beard, woman.hair_style) == ("", "bob")
