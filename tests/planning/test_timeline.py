from __future__ import annotations

import pytest

from studio.model.shot import Shot
from studio.model.timeline import Spoken
from studio.planning.filming.timeline import lay_out


def shots(*lengths: float, scenes: tuple[int, ...] = ()) -> list[Shot]:
    return [
        Shot(index=n, scene=scenes[n - 1] if scenes else 1, image_prompt="a boat", duration_s=length)
        for n, length in enumerate(lengths, 1)
    ]


def test_shots_follow_each_other_without_gaps():
    timeline = lay_out(shots(2.0, 3.0, 1.5), {}, fps=24)
    assert [(slot.start_frame, slot.frames) for slot in timeline.slots] == [(0, 48), (48, 72), (120, 36)]
    assert timeline.duration_s == 6.5


def test_a_long_line_extends_its_picture_and_is_not_cut():
    timeline = lay_out(shots(2.0, 2.0), {1: [Spoken("a", "long", 5.0)]}, fps=24)
    cue = timeline.slots[0].cues[0]
    assert cue.end_s - cue.start_s == 5.0
    assert timeline.slots[0].frames / 24 >= cue.end_s + 0.3
    assert timeline.start_s(timeline.slots[1]) == timeline.length_s(timeline.slots[0])


def test_sentences_of_a_shot_come_after_each_other_with_a_pause():
    timeline = lay_out(shots(8.0), {1: [Spoken("a", "one", 2.0), Spoken("b", "two", 1.0)]}, fps=24)
    first, second = timeline.cues
    assert second.start_s == pytest.approx(first.end_s + 0.25)
    assert 0.35 <= first.start_s <= 0.8


def test_runs_of_one_scene_are_joined():
    timeline = lay_out(shots(1.0, 2.0, 3.0, scenes=(1, 1, 2)), {}, fps=10)
    assert timeline.scenes() == ((1, 0.0, 3.0), (2, 3.0, 3.0))
