"""Step ``shots``: what the camera sees, how it moves, what is said and how long, in ``shots.json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import verify
from studio.model.film import FilmOptions
from studio.model.shot import SHOTS, Shot
from studio.planning.filming.scripts import read_prompts
from studio.planning.filming.shots import complete_shots, plan_shots
from studio.steps.filming import names
from studio.steps.filming.build_scene_graph import GRAPH_SHAPE
from studio.steps.filming.write_story import STORY_SHAPE
from studio.steps.finding import brought_file


@dataclass(frozen=True)
class PlanShots:
    """``shots.json`` from story and scene graph. ``words_per_second`` is the narrator's own pace."""

    options: FilmOptions
    words_per_second: float
    name: str = "shots"
    typical_s: float = 0.2

    def run(self, ctx: Context) -> None:
        """Make the list of shots."""
        story, graph = ctx.artifact(names.STORY), ctx.artifact(names.SCENE_GRAPH)
        assert story is not None
        assert graph is not None

        def produce(out: Path) -> None:
            shots = plan_shots(
                ctx.read(story, STORY_SHAPE),
                ctx.read(graph, GRAPH_SHAPE),
                self.options,
                words_per_second=self.words_per_second,
            )
            out.write_bytes(shots_as_json(shots))

        options = self.options
        given = {
            "story": story,
            "scene_graph": graph,
            **_length(options),
            "shots": options.shots,
            "style": options.style,
            "seed": options.seed,
            "pace": self.words_per_second,
        }
        ctx.make(Wanted(names.SHOTS, produce, verify.json_of(SHOTS), given=given, is_hand_kept=True))

    def forecast(self) -> tuple[str, ...]:
        """The list alone."""
        return (names.SHOTS,)


@dataclass(frozen=True)
class ReadPrompts:
    """``shots.json`` from the user's own list of prompts."""

    brought: str
    options: FilmOptions
    words_per_second: float
    name: str = "shots"
    typical_s: float = 0.2

    def run(self, ctx: Context) -> None:
        """Make the list of shots from the file as it is now."""
        source = ctx.make(brought_file(self.brought))

        def produce(out: Path) -> None:
            shots = read_prompts(ctx.path(source))
            out.write_bytes(shots_as_json(complete_shots(shots, self.options, words_per_second=self.words_per_second)))

        given = {"source": source, **_length(self.options), "pace": self.words_per_second}
        ctx.make(Wanted(names.SHOTS, produce, verify.json_of(SHOTS), given=given, is_hand_kept=True))

    def forecast(self) -> tuple[str, ...]:
        """The list alone."""
        return (names.SHOTS,)


def _length(options: FilmOptions) -> dict[str, object]:
    return {"seconds": options.seconds, "fps": options.fps, "narration": options.narration}


def shots_as_json(shots: Sequence[Shot]) -> bytes:
    """``shots`` as ``shots.json`` holds them, easy to edit by hand."""
    return SHOTS.dump_json(tuple(shots), by_alias=True, indent=2) + b"\n"
