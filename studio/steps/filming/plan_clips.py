"""Step ``shots``: the clips of every scene, and what is said over each, in ``shots.json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import Given
from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import verify
from studio.model.scene_video import VideoScene
from studio.model.scenes import SCENES, SceneOptions, film_numbers
from studio.model.shot import SHOTS
from studio.model.text_files import read_text_file
from studio.planning.filming.clips import described, plan_clips, said_over, spread_over
from studio.planning.filming.scenes import plan_scenes
from studio.planning.filming.voice_over import unsaid
from studio.steps.filming import names
from studio.steps.filming.plan_shots import shots_as_json
from studio.steps.filming.write_story import STORY_SHAPE
from studio.steps.finding import brought_file

_MOST_SHOWN = 8


@dataclass(frozen=True)
class PlanClips:
    """``shots.json`` from the scenes; ``narration`` is a text that was brought, empty where the story has the words."""

    options: SceneOptions
    words_per_second: float
    narration: str = ""
    name: str = "shots"
    typical_s: float = 0.2

    def run(self, ctx: Context) -> None:
        """Make the list of clips."""
        scenes, story = ctx.artifact(names.SCENES), ctx.artifact(names.STORY)
        assert scenes is not None
        brought = ctx.make(brought_file(self.narration)) if self.narration else None

        def produce(out: Path) -> None:
            listed = ctx.read(scenes, SCENES)
            said = self._said(ctx, listed, story, brought)
            out.write_bytes(shots_as_json(plan_clips(listed, said, initial_prompt=self.options.initial_prompt)))

        given: dict[str, Given] = {
            "scenes": scenes,
            "narration": brought or story,
            "pace": self.words_per_second,
            "initial_prompt": self.options.initial_prompt,
        }
        ctx.make(Wanted(names.SHOTS, produce, verify.json_of(SHOTS), given=given, is_hand_kept=True))

    def forecast(self) -> tuple[str, ...]:
        """The list alone."""
        return (names.SHOTS,)

    def _said(
        self, ctx: Context, scenes: tuple[VideoScene, ...], story: Artifact | None, brought: Artifact | None
    ) -> dict[int, str]:
        """By scene: as somebody wrote it there, else as the text or the story has it."""
        own = {scene.scene_number: scene.narration for scene in scenes if scene.narration is not None}
        others = tuple(scene for scene in scenes if scene.scene_number not in own)
        return {**self._told(ctx, others, story, brought), **own}

    def _told(
        self, ctx: Context, scenes: tuple[VideoScene, ...], story: Artifact | None, brought: Artifact | None
    ) -> dict[int, str]:
        if not scenes:
            return {}
        if brought:
            return spread_over(scenes, read_text_file(ctx.path(brought)))
        if story is None:
            return said_over(scenes, described(scenes), self.words_per_second)
        told = plan_scenes(ctx.read(story, STORY_SHAPE), self.options, self.words_per_second).narration
        of_scene = {number: told.get(in_film, "") for number, in_film in film_numbers(scenes).items()}
        said = said_over(scenes, of_scene, self.words_per_second)
        left_out = unsaid(list(of_scene.values()), [said[number] for number in of_scene])
        if left_out and self.options.narration:
            ctx.notice(names.SHOTS, _too_long(left_out))
        return said


def _too_long(sentences: Sequence[str]) -> str:
    """Which sentences nobody will hear, and how to hear them."""
    shown = " ".join(f"“{sentence}”" for sentence in sentences[:_MOST_SHOWN])
    more = f" and {len(sentences) - _MOST_SHOWN} more" if len(sentences) > _MOST_SHOWN else ""
    count = "1 sentence of the script is" if len(sentences) == 1 else f"{len(sentences)} sentences of the script are"
    return f"{count} not spoken, for the scenes are too short: {shown}{more}. To hear all, allow more scenes or make scenes longer"
