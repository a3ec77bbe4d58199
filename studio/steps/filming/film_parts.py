"""What several steps of the film read alike: the shots, and the timeline as far as it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.media.audio import duration_s
from studio.model.film import FilmOptions
from studio.model.scene_video import VideoScene
from studio.model.scenes import SCENES, film_numbers
from studio.model.shot import SHOTS, Shot
from studio.model.story import Scene
from studio.model.timeline import Spoken, Timeline
from studio.planning.filming.timeline import LEAD_S, PAUSE_S, TAIL_S, lay_out
from studio.planning.filming.voice_over import lay_over
from studio.planning.language import speech_s, split_sentences, words_per_second
from studio.steps.filming import names
from studio.steps.filming.write_story import STORY_SHAPE


@dataclass(frozen=True, slots=True)
class Narrated:
    """The timeline, and per shot the spoken sentences a plan cannot measure yet (always empty in a run)."""

    timeline: Timeline
    unmeasured: dict[int, tuple[Artifact, ...]]
    stretching: dict[int, tuple[Artifact, ...]]
    """Those of ``unmeasured`` that at the usual pace are longer than their shot: its length is open."""
    speed: float = 1.0
    """How fast the sentences are in it: 1 is as they were spoken."""

    @property
    def waiting(self) -> tuple[Artifact, ...]:
        """All that is not measured yet."""
        return tuple(take for takes in self.unmeasured.values() for take in takes)


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
    if options.is_told_through:
        if not (spoken or unmeasured):
            spoken, unmeasured = _told_in_one(ctx, shots, options)
        timeline, speed = lay_over(shots, spoken, fps=options.fps)
        late = tuple(take for takes in unmeasured.values() for take in takes)  # any of them may move every border
        return Narrated(timeline, unmeasured, dict.fromkeys((shot.index for shot in shots), late), speed)
    return Narrated(lay_out(shots, spoken, fps=options.fps), unmeasured, stretching)


def _told_in_one(
    ctx: Context, shots: Sequence[Shot], options: FilmOptions
) -> tuple[dict[int, list[Spoken]], dict[int, tuple[Artifact, ...]]]:
    """A narration that came spoken, as one long sentence that begins with the film."""
    whole = ctx.artifact(names.NARRATION)
    if not (whole and options.narration):
        return {}, {}
    length_s = ctx.facts(whole, duration_s)
    if not length_s:
        return {}, {shots[0].index: (whole,)}
    words = " ".join(shot.narration for shot in shots if shot.narration)
    return {shots[0].index: [Spoken(names.NARRATION, words, length_s)]}, {}


def scenes_told(ctx: Context) -> tuple[Scene, ...]:
    """The scenes of the film as its documents tell them, the first being scene 1; none for one of prompts alone."""
    document = ctx.artifact(names.SCENES)
    if document:
        listed = ctx.read(document, SCENES)
        numbers = film_numbers(listed)
        named = {numbers[scene.scene_number]: _told(scene) for scene in listed}
        return tuple(named.get(number, Scene(location="")) for number in range(1, max(named) + 1))
    story = ctx.artifact(names.STORY)
    return ctx.read(story, STORY_SHAPE).scenes if story else ()


def _told(scene: VideoScene) -> Scene:
    return Scene(
        location=scene.scene_name or scene.scene_physical_environment,
        action=scene.scene_movement_description,
        emotion=scene.scene_emotions,
    )
