from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.model.shot import Shot
from studio.model.timeline import Spoken
from studio.planning.filming.voice_over import FASTEST, SLOWEST, lay_over, unsaid, within_budget
from studio.planning.language import split_sentences


def clips(*scenes: int) -> list[Shot]:
    return [Shot(index=n, scene=scene, image_prompt="a boat", duration_s=5.0) for n, scene in enumerate(scenes, 1)]


def sentences(*lengths: float) -> list[Spoken]:
    return [Spoken(f"s{n}", f"Sentence {n}.", length) for n, length in enumerate(lengths)]


def test_a_text_that_fits_into_the_film_is_said_to_the_word():
    texts = ["One two three four five.", "Six seven eight nine ten."]
    assert within_budget(texts, [5.0, 5.0], 2.5) == tuple(texts)


def test_a_text_that_is_too_long_loses_last_sentences_where_most_is_said():
    long = " ".join(f"This is sentence number {n} of a long one." for n in range(6))
    first, second = within_budget([long, "Short."], [5.0, 5.0], 2.5)
    assert second == "Short."
    assert 1 <= len(split_sentences(first)) < 6
    assert long.startswith(first)


def test_what_is_left_out_can_be_told():
    texts = ["One two. Three four. Five six.", "Seven eight."]
    assert unsaid(texts, ["One two.", "Seven eight."]) == ("Three four.", "Five six.")


def test_every_scene_says_its_first_sentence_however_long():
    endless = " ".join(["word"] * 80) + "."
    assert within_budget([endless, endless], [5.0, 5.0], 2.5) == (endless, endless)


def test_a_voice_with_time_to_spare_keeps_its_pace_and_speaks_with_its_clip():
    timeline, speed = lay_over(clips(1, 2), {1: sentences(2.0), 2: sentences(1.5)}, fps=24)
    assert speed == 1.0
    assert timeline.duration_s == 10.0
    assert [cue.start_s for cue in timeline.cues] == [pytest.approx(0.35), pytest.approx(5.35)]


def test_a_voice_that_needs_a_little_more_speaks_a_little_faster():
    timeline, speed = lay_over(clips(1, 2), {1: sentences(9.7)}, fps=24)
    assert 1.0 < speed <= FASTEST
    assert timeline.duration_s == 10.0
    assert timeline.cues[0].end_s <= 10.0


def test_a_sentence_runs_on_over_the_cut_and_the_next_one_waits_for_it():
    timeline, speed = lay_over(clips(1, 2), {1: sentences(6.0), 2: sentences(2.0)}, fps=24)
    first, second = timeline.cues
    assert speed < 1.0 or first.end_s > 5.0
    assert second.start_s >= first.end_s + 0.2


def test_what_no_pace_can_hold_makes_the_picture_of_its_scene_stand_longer():
    timeline, speed = lay_over(clips(1, 1, 2), {1: sentences(16.0), 3: sentences(3.0)}, fps=24)
    assert speed == FASTEST
    assert timeline.length_s(timeline.slots[0]) == 5.0
    assert timeline.length_s(timeline.slots[1]) > 5.0
    assert timeline.cues[-1].end_s <= timeline.duration_s


@given(st.lists(st.tuples(st.integers(1, 3), st.lists(st.floats(0.2, 9.0), max_size=4)), min_size=1, max_size=8))
def test_no_two_sentences_overlap_and_all_are_within_the_film(parts):
    shots = clips(*sorted(scene for scene, _ in parts))
    timeline, speed = lay_over(shots, {n: sentences(*said) for n, (_, said) in enumerate(parts, 1)}, fps=24)
    assert SLOWEST <= speed <= FASTEST
    end_s = 0.0
    for cue in timeline.cues:
        assert cue.start_s >= end_s
        end_s = cue.end_s
    assert end_s <= timeline.duration_s
    assert timeline.duration_s >= 5.0 * len(shots)
