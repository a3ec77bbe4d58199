"""Which voice stands for a speaker whom nobody cast."""

from __future__ import annotations

import pytest

from studio.engines.base import Voice
from studio.planning.dubbing.casting import are_both_here, usual_voice

VOICES = (
    Voice("dora", "pt-BR", "female", 3.0), Voice("alex", "pt-BR", "male", 3.0), Voice("siwis", "fr", "female", 3.0),
)  # fmt: skip


@pytest.mark.parametrize(("pitch_hz", "voice"), [(110.0, "alex"), (210.0, "dora"), (160.0, "dora"), (0.0, "dora")])
def test_a_low_voice_is_a_mans_and_what_is_not_clear_is_the_usual_one(pitch_hz, voice):
    assert usual_voice(VOICES, "pt", pitch_hz) == voice


def test_where_there_is_only_one_kind_of_voice_it_speaks_for_all():
    assert usual_voice(VOICES, "fr", 110.0) == "siwis"
    assert not are_both_here(VOICES, "fr")
    assert usual_voice(VOICES, "fi") == ""
