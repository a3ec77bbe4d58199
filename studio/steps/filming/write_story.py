"""Step ``story``: an idea, a script or a story file becomes ``story.json``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.engines.base import TextEngine, slots_of
from studio.media import verify
from studio.model.story import Story, StoryRequest
from studio.steps.filming import names
from studio.steps.filming.translate_idea import IDEA_SHAPE
from studio.steps.finding import brought_file

STORY_SHAPE = TypeAdapter(Story)


@dataclass(frozen=True)
class WriteStory:
    """The text engine writes the story from the user's idea, or from its translation where there is one."""

    engine: TextEngine
    request: StoryRequest
    name: str = "story"
    typical_s: float = 3.0

    def run(self, ctx: Context) -> None:
        """Make ``story.json``."""
        idea = ctx.artifact(names.IDEA)

        def produce(out: Path, **job: Any) -> None:
            told = self.request.model_copy(update={"idea": ctx.read(idea, IDEA_SHAPE).text}) if idea else self.request
            self.engine.write(out, request=told, **job)

        ctx.make(
            Wanted(
                names.STORY,
                produce,
                verify.json_of(STORY_SHAPE),
                given={"request": self.request, **({"idea": idea} if idea else {})},
                by=self.engine.identity,
                slots=slots_of(self.engine),
                is_hand_kept=True,
            )
        )

    def forecast(self) -> tuple[str, ...]:
        """The story alone."""
        return (names.STORY,)


@dataclass(frozen=True)
class ReadStory:
    """The user's own file ``brought`` (a name inside the project) is read into a story."""

    brought: str
    read: Callable[[Path], Story]
    name: str = "story"
    typical_s: float = 0.5

    def run(self, ctx: Context) -> None:
        """Make ``story.json`` from the file as it is now: an edit of the file makes a new story."""
        source = ctx.make(brought_file(self.brought))

        def produce(out: Path) -> None:
            story = self.read(ctx.path(source))
            out.write_text(story.model_dump_json(by_alias=True, indent=2), encoding="utf-8")

        ctx.make(Wanted(names.STORY, produce, verify.json_of(STORY_SHAPE), given={"source": source}, is_hand_kept=True))

    def forecast(self) -> tuple[str, ...]:
        """The story alone."""
        return (names.STORY,)
