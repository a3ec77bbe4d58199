"""Step ``story``: a text engine makes a story of the user's script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import TextEngine, slots_of
from studio.media import verify
from studio.model.scene_video import CLIP_S
from studio.model.scenes import SceneOptions
from studio.model.story import StoryRequest
from studio.model.text_files import read_text_file
from studio.planning.language import count_words
from studio.steps.filming import names
from studio.steps.filming.write_story import STORY_SHAPE
from studio.steps.finding import brought_file

_MOST_CLIPS = 3


@dataclass(frozen=True)
class AdaptScript:
    """``story.json``: the script is the idea that the engine is asked to tell, in as many scenes as there may be.

    As long as its own words, read aloud, but never longer than the scenes can be.
    """

    engine: TextEngine
    brought: str
    options: SceneOptions
    words_per_second: float
    name: str = "story"
    typical_s: float = 10.0

    def run(self, ctx: Context) -> None:
        """Make ``story.json`` from the script as it is now."""
        source = ctx.make(brought_file(self.brought))
        options = self.options
        asked = {
            "scenes": options.max_scenes,
            "style": options.style,
            "seed": options.seed,
            "language": options.language,
            "pace": self.words_per_second,
        }

        write: Callable[..., None] = self.engine.write

        def produce(out: Path, **job: object) -> None:
            write(out, request=self._request(read_text_file(ctx.path(source))), **job)

        ctx.make(
            Wanted(
                names.STORY,
                produce,
                verify.json_of(STORY_SHAPE),
                given={"source": source, **asked},
                by=self.engine.identity,
                slots=slots_of(self.engine),
                is_hand_kept=True,
            )
        )

    def forecast(self) -> tuple[str, ...]:
        """The story alone."""
        return (names.STORY,)

    def _request(self, script: str) -> StoryRequest:
        most_s = self.options.max_scenes * _MOST_CLIPS * CLIP_S
        read_s = count_words(script) / self.words_per_second
        return StoryRequest(
            idea=script.strip(),
            duration_s=min(most_s, max(CLIP_S * self.options.max_scenes, read_s)),
            scene_count=self.options.max_scenes,
            style=self.options.style,
            seed=self.options.seed,
            language=self.options.language,
            words_per_second=self.words_per_second,
        )
