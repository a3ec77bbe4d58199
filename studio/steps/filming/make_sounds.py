"""Step ``sounds``: an ambience for each scene that asks for one, and a music bed over the whole film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from studio.core.checkpoint import Artifact
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import MoodCue, MusicEngine, SoundEngine
from studio.media import verify
from studio.model.film import FilmOptions
from studio.model.scene_video import VideoScene
from studio.model.scenes import SCENES, film_numbers
from studio.model.shot import Shot
from studio.model.timeline import Timeline
from studio.steps.filming import names
from studio.steps.filming.film_parts import narrated, read_shots
from studio.steps.filming.write_story import STORY_SHAPE
from studio.steps.finding import brought_file

_QUIET = "a room"
_NOTHING = ("none", "n/a", "no sound", "silence")
"""What a scene says that is to have no sound."""


@dataclass(frozen=True)
class MakeSounds:
    """``sounds/scene_1.wav`` … and ``sounds/music.wav``, as long as their pictures."""

    sound: SoundEngine
    music: MusicEngine | None
    options: FilmOptions
    brought: tuple[int, ...] = ()
    """Scenes whose sounds the user brought."""
    name: str = "sounds"
    typical_s: float = 3.0

    def run(self, ctx: Context) -> None:
        """Make what is missing. A scene that comes back sounds the same: one sound, as long as its longest part."""
        shots = read_shots(ctx)
        told = narrated(ctx, shots, self.options)
        waiting: dict[int, tuple[Artifact, ...]] = {}
        for shot in shots:
            waiting[shot.scene] = (*waiting.get(shot.scene, ()), *told.stretching.get(shot.index, ()))
        heard = self._prompts(ctx, shots)
        longest: dict[int, float] = {}
        for scene, _, length_s in told.timeline.scenes():
            longest[scene] = max(length_s, longest.get(scene, 0.0))
        wanted = []
        for scene, length_s in longest.items():
            kinds = self._kinds(heard.get(scene, ""))
            if scene in self.brought:
                wanted.append(replace(brought_file(names.sound(scene)), verify=verify.sound_of()))
            elif kinds:
                wanted.append(self._ambience(scene, kinds, length_s, waiting[scene]))
        if self.music:
            wanted.append(self._bed(self.music, shots, told.timeline, tuple(chain(*waiting.values()))))
        ctx.make_all(wanted)

    def forecast(self) -> tuple[str, ...]:
        """The music; which scenes have a sound is known from the story."""
        return (names.MUSIC,) if self.music else ()

    def _prompts(self, ctx: Context, shots: Sequence[Shot]) -> dict[int, str]:
        """What each scene sounds of: the words it has for that, else the story's, else those of its shots."""
        document = ctx.artifact(names.SCENES)
        if document:
            listed = ctx.read(document, SCENES)
            numbers = film_numbers(listed)
            return {numbers[scene.scene_number]: _sound_words(scene) for scene in listed}
        story = ctx.artifact(names.STORY)
        if story is None:
            words: dict[int, str] = {}
            for shot in shots:
                words[shot.scene] = f"{words.get(shot.scene, '')} {shot.image_prompt}"
            return words
        scenes = ctx.read(story, STORY_SHAPE).scenes
        return {
            number: f"{scene.location}. {scene.action} {scene.weather or ''} {scene.time_of_day or ''}"
            for number, scene in enumerate(scenes, start=1)
        }

    def _kinds(self, words: str) -> tuple[str, ...]:
        """What is heard; where nothing of it is known, a told-through film is as quiet as a room, not dead."""
        if words.strip().casefold() in _NOTHING:
            return ()
        return self.sound.hears(words) or (self.sound.hears(_QUIET) if self.options.is_told_through else ())

    def _ambience(self, scene: int, kinds: tuple[str, ...], length_s: float, waiting: tuple[Artifact, ...]) -> Wanted:
        call: dict[str, Any] = {
            "prompt": ", ".join(kinds),
            "duration_s": round(length_s, 6),
            "seed": self.options.seed * 1000 + scene,
        }
        return Wanted(
            names.sound(scene),
            partial(self.sound.sound, **call),
            verify.sound_of(length_s),
            given=_with(call, waiting),
            by=self.sound.identity,
        )

    def _bed(
        self, music: MusicEngine, shots: Sequence[Shot], timeline: Timeline, waiting: tuple[Artifact, ...]
    ) -> Wanted:
        mood = {shot.scene: shot.emotion for shot in reversed(shots)}
        cues = tuple(MoodCue(mood[scene], round(length_s, 6)) for scene, _, length_s in timeline.scenes())
        return Wanted(
            names.MUSIC,
            partial(music.compose, cues=cues, seed=self.options.seed),
            verify.sound_of(timeline.duration_s),
            given=_with({"cues": cues, "seed": self.options.seed}, waiting),
            by=music.identity,
        )


def _sound_words(scene: VideoScene) -> str:
    return scene.sound_effects_prompt or f"{scene.scene_physical_environment} {scene.scene_movement_description}"


def _with(call: dict[str, object], waiting: tuple[Artifact, ...]) -> dict[str, object]:
    return {**call, "narration": waiting} if waiting else call
