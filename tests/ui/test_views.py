"""Values as HTML."""

from __future__ import annotations

import pytest

from studio.core.pipeline import Plan, Planned
from studio.model.camera import parse_camera
from studio.runs.model import new_run
from studio.ui.views import camera, film, words


@pytest.mark.parametrize("text", ["pan left", "tilt up", "zoom out", "dolly in", "truck right", "truck up", "crane down", "orbit left", "handheld", "tracking shot", "tracking in", "drone flies in", "drone left", "static", ""])  # fmt: skip
def test_every_camera_move_has_a_picture_and_a_meaning(text: str) -> None:
    move = parse_camera(text)
    drawn = camera.camera_picture(move)
    assert drawn.count("cam-") > 3
    assert "None" not in drawn
    assert camera.meaning(move).startswith(("The", "Held"))


def test_opposite_moves_are_drawn_differently() -> None:
    for one, other in (
        ("pan left", "pan right"),
        ("tilt up", "tilt down"),
        ("zoom in", "zoom out"),
        ("orbit left", "orbit right"),
    ):
        assert camera.camera_picture(parse_camera(one)) != camera.camera_picture(parse_camera(other)).replace(
            other, one
        )


def test_a_plan_names_files_and_why_once_for_each_reason() -> None:
    plan = Plan(
        make=[Planned(f"images/shot_{n:03d}.png", "its words changed", "images") for n in (1, 2, 3, 4)],
        each_s={"images": 3.0},
    )
    card = film.plan_card(plan, is_open=True)
    assert card.count("its words changed") == 1
    assert "<b>shots 1 to 4</b> · its words changed" in card
    assert "about 12 s" in card


def test_a_plan_and_a_problem_call_a_shot_by_its_place_in_the_film() -> None:
    plan = Plan(
        make=[Planned(f"videos/shot_{n:03d}.mp4", f"images/shot_{n:03d}.png will be new", "videos") for n in (5, 7)],
        each_s={"videos": 3.0},
    )
    card = film.plan_card(plan, is_open=True, places={5: 2, 7: 3})
    assert "<b>shots 2, 3</b> · the picture will be new" in card
    told = film.job_card(None, {"images": False}, ["images/shot_005.png: no room"], ahead=0, places={5: 2})
    assert "The picture of shot 2: no room" in told
    assert 'data-shot="5"><span>Shot 2<' in told


def test_a_problem_leads_to_its_shot() -> None:
    assert film.shot_in("images/shot_003.png: the disk is full") == 3
    assert film.shot_in("film: shot_003 is missing") == 0


def test_problems_are_told_with_the_run(  # the bar and the card say the same
) -> None:
    card = film.job_card(
        new_run("make", "boat", "running"), {"images": False}, ["images/shot_002.png: <b>no</b>"], ahead=0
    )
    assert 'data-shot="2"' in card
    assert "<b>no</b>" not in card


def test_addresses_of_odd_names_are_quoted() -> None:
    assert (
        words.media_url('a"b &c', "images/1.png", "x", thumb_px=160) == "/media/a%22b%20%26c/images/1.png?thumb=160&v=x"
    )


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "a moment"), (42, "about 42 s"), (200, "about 3 min"), (9000, "about 2.5 h")]
)
def test_times_are_said_as_people_do(seconds: float, said: str) -> None:
    assert words.about(seconds) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "nothing"), (999, "999 bytes"), (5000, "5.0 KB"), (27_000_000, "27 MB"), (3_200_000_000, "3.2 GB")],
)
def test_sizes_are_short(count: int, said: str) -> None:
    assert words.size(count) == said
