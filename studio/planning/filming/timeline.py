"""The timeline: planned shot lengths, and sentences as they were really spoken."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from studio.model.shot import Shot
from studio.model.timeline import Cue, Slot, Spoken, Timeline

#: Air before the first word, between two sentences and after the last word of a shot, at least.
LEAD_S, PAUSE_S, TAIL_S = 0.35, 0.25, 0.35
_MOST_LEAD_S = 0.8


def lay_out(shots: Sequence[Shot], spoken: Mapping[int, Sequence[Spoken]], *, fps: int) -> Timeline:
    """Every shot at its planned length, or longer where its sentences need it; never a word cut or hurried."""
    slots: list[Slot] = []
    start = 0
    for shot in shots:
        sentences = spoken.get(shot.index, ())
        speech_s = sum(sentence.length_s for sentence in sentences) + PAUSE_S * max(0, len(sentences) - 1)
        needed = math.ceil((LEAD_S + speech_s + TAIL_S) * fps - 1e-6) if sentences else 1
        frames = max(1, round(shot.duration_s * fps), needed)
        lead_s = min(_MOST_LEAD_S, max(LEAD_S, (frames / fps - speech_s) / 3))
        slots.append(Slot(shot.index, shot.scene, start, frames, _cues(sentences, start / fps + lead_s)))
        start += frames
    return Timeline(fps, tuple(slots))


def _cues(sentences: Sequence[Spoken], start_s: float) -> tuple[Cue, ...]:
    cues: list[Cue] = []
    for sentence in sentences:
        cues.append(Cue(sentence.name, sentence.text, start_s, start_s + sentence.length_s))
        start_s += sentence.length_s + PAUSE_S
    return tuple(cues)
