"""What several steps of the film read alike: the shots, and the timeline as far as it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.media.audio import duration_s
from studio.model.film import FilmOptions
from studio.model.shot import SHOTS, Shot
from studio.model.timeline import Spoken, Timeline
from studio.planning.language import speech_s, split_sentences, words_per_second
from studio.planning.timeline import LEAD_S, PAUSE_S, TAIL_S, lay_out
from studio.steps import names


@dataclass(frozen=True, slots=True)
class Narrated:
    """The timeline, and per shot the spoken sentences a plan cannot measure yet (always empty in a run)."""

    timeline: Timeline
    unmeasured: dict[int, tuple[Artifact, ...]]
    stretching: dict[int, tuple[Artifact, ...]]
    """Those of ``unmeasured`` that at the usual pace are longer than their shot: its length is open."""


def read_shots(ctx: Context) -> tuple[Shot, ...]:
    """``shots.json`` as it is now, with the user's edits."""
    artifact = ctx.artifact(names.SHOTS)
    assert artifact is not None
    return ctx.read(artifact, SHOTS)


def sentences_of(shot: Shot) -> tuple[str, ...]:
    """The shot's narration, sentence by sentence: each is spoken, timed and subtitled on its own."""
    return tuple(split_sentences(shot.narration))


def narrated(ctx: Context, shots: Sequence[Shot], options: FilmOptions) -> Narrated:
    """Where each shot and sentence falls, from the lengths of what was really spoken."""
    spoken: dict[int, list[Spoken]] = {}
    unmeasured: dict[int, tuple[Artifact, ...]] = {}
    stretching: dict[int, tuple[Artifact, ...]] = {}
    for shot in shots if options.narration else ():
        supposed_s = LEAD_S + TAIL_S - PAUSE_S
        for number, text in enumerate(sentences_of(shot), start=1):
            take = ctx.artifact(names.sentence(shot.index, number))
            length_s = take and ctx.facts(take, duration_s)
            supposed_s += PAUSE_S + (length_s or speech_s(text, words_per_second(options.language)))
            if length_s:
                name = names.sentence(shot.index, number)
                spoken.setdefault(shot.index, []).append(Spoken(name, text, length_s))
            elif take:
                unmeasured[shot.index] = (*unmeasured.get(shot.index, ()), take)
        if shot.index in unmeasured and supposed_s > shot.duration_s:
            stretching[shot.index] = unmeasured[shot.index]
    return Narrated(lay_out(shots, spoken, fps=options.fps), unmeasured, stretching)
