"""Where dubbed lines stand: from lengths alone."""

from __future__ import annotations

import random

import pytest

from studio.model.dub import Line
from studio.planning.dubbing.fit import Spoken, count_words, film_s, fit, holds, too_long


def _fit(*spoken: Spoken, total_s: float = 60.0, most_speed: float = 1.2, may_freeze: bool = False):
    return fit(spoken, total_s=total_s, most_speed=most_speed, may_freeze=may_freeze)


def test_a_line_begins_with_its_original_and_is_left_as_spoken_where_it_fits():
    (line,) = _fit(Spoken("0001", 3.123456, 6.0, 2.0))
    assert (line.start_s, line.end_s, line.speed, line.overrun_s) == (3.123456, 5.123456, 1.0, 0)


def test_the_pause_after_a_line_is_used_before_anything_else():
    first, second = _fit(Spoken("0001", 0, 2, 3.8, short_s=1.0), Spoken("0002", 4, 6, 1))
    assert first.end_s == 3.8
    assert (first.speed, first.uses_short, first.overrun_s) == (1.0, False, 0)
    assert second.start_s == 4


def test_a_shorter_wording_is_taken_before_speaking_faster():
    first, _ = _fit(Spoken("0001", 0, 2, 2.2, short_s=1.5), Spoken("0002", 2, 4, 1))
    assert (first.uses_short, first.speed, first.end_s) == (True, 1.0, 1.5)


def test_a_line_a_little_too_long_is_spoken_just_so_much_faster_that_it_fits():
    first, second = _fit(Spoken("0001", 0, 2, 2.2), Spoken("0002", 2, 4, 1))
    assert first.speed == pytest.approx(1.1)
    assert first.end_s == pytest.approx(2.0)
    assert second.start_s == 2


def test_what_still_does_not_fit_is_said_in_full_flagged_and_pushes_the_next_line():
    first, second = _fit(Spoken("0001", 0, 2, 3.6), Spoken("0002", 2, 6, 2))
    assert first.speed == 1.2
    assert first.end_s == pytest.approx(3.0)
    assert first.overrun_s == pytest.approx(1.0)
    assert second.start_s == pytest.approx(3.0)
    assert second.overrun_s == 0


def test_after_a_push_later_lines_are_back_in_their_places():
    spoken = [Spoken("0001", 0, 2, 3.6), Spoken("0002", 2, 4, 1.0), Spoken("0003", 5, 7, 1)]
    assert [line.start_s for line in _fit(*spoken)] == pytest.approx([0, 3.0, 5])


def test_lines_that_were_over_each_other_may_be_so_again_but_no_longer_than_they_were():
    first, second = _fit(Spoken("0001", 0, 4, 3.9), Spoken("0002", 3.5, 6, 2), most_speed=1.0)
    assert second.start_s == 3.5
    assert first.end_s - second.start_s <= 0.5
    late, pushed = _fit(Spoken("0001", 0, 4, 5), Spoken("0002", 3.5, 6, 2), most_speed=1.0)
    assert late.overrun_s == pytest.approx(1.0)
    assert late.end_s - pushed.start_s == pytest.approx(0.5)


def test_an_interjection_inside_a_long_line_stays_where_it_was():
    long, short = _fit(Spoken("0001", 0, 10, 9.5), Spoken("0002", 4, 5, 1.5))
    assert (long.start_s, short.start_s) == (0, 4)


def test_a_line_at_the_end_starts_sooner_rather_than_being_cut():
    first, last = _fit(Spoken("0001", 0, 2, 1), Spoken("0002", 7, 9, 4), total_s=9.0, most_speed=1.0)
    assert first.end_s == 1
    assert last.end_s == pytest.approx(9.0)
    assert last.start_s == pytest.approx(5.0)
    (alone,) = _fit(Spoken("0001", 1, 2, 4), total_s=2.0, most_speed=1.0)
    assert alone.overrun_s == pytest.approx(2.0)


def test_where_the_user_allows_it_the_picture_waits_and_nobody_is_pushed():
    first, second = fitted = _fit(Spoken("0001", 0, 2, 3.6), Spoken("0002", 2, 4, 1), may_freeze=True)
    assert first.freeze_s == pytest.approx(1.0)
    assert (first.end_s, first.overrun_s, second.start_s) == (2.0, 0, 2)
    assert holds(fitted) == ((2.0, 1.0),)
    assert film_s(1.9, holds(fitted)) == 1.9
    assert film_s(2.0, holds(fitted)) == pytest.approx(3.0)
    assert film_s(10.0, holds(fitted)) == pytest.approx(11.0)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_is_cut_nothing_overlaps_anew_and_no_overrun_goes_unflagged(seed: int):
    dice = random.Random(seed)
    spoken, at_s = [], 0.0
    for number in range(60):
        length_s = dice.uniform(0.5, 6)
        spoken.append(Spoken(f"{number:04}", at_s, at_s + length_s, length_s * dice.uniform(0.4, 1.7)))
        at_s += length_s + dice.choice([0, 0, 0.3, 1.5])
    total_s = at_s + 2
    fitted = _fit(*spoken, total_s=total_s)
    assert [line.id for line in fitted] == [line.id for line in spoken]
    for line, take in zip(fitted, spoken, strict=True):
        assert line.end_s - line.start_s == pytest.approx(take.take_s / line.speed, abs=1e-4)
        assert 0.85 <= line.speed <= 1.2
        assert line.end_s <= total_s + 0.006 or line.overrun_s > 0
    for (line, take), (after, next_take) in zip(
        list(zip(fitted, spoken, strict=True)), list(zip(fitted, spoken, strict=True))[1:], strict=False
    ):
        assert after.start_s >= line.end_s - 1e-3 or take.end_s > next_take.start_s
        if after.start_s > next_take.start_s + 0.01:
            assert line.overrun_s > 0


def test_lines_are_expected_to_fit_or_not_from_the_rate_of_the_voice_before_anything_is_spoken():
    lines = [
        Line(id="0001", start=0, end=2, text="a"),
        Line(id="0002", start=2, end=4, text="b"),
        Line(id="0003", start=4, end=6, text="c"),
    ]
    texts = {"0001": "um dois três quatro", "0002": "um dois três quatro cinco", "0003": "palavra " * 30}
    assert too_long(lines, texts, words_per_second=2.2) == {"0002"}  # nothing comes after the last


def test_words_are_counted_in_scripts_with_and_without_spaces():
    assert count_words("um, dois — três!") == 3
    assert count_words("今日は良い天気です") == 4.5
