"""Step ``scene_graph``: who and what appears where, so that a place or a person looks the same in each shot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from studio.core.pipeline import Context
from studio.core.session import Wanted
from studio.media import verify
from studio.model.scene_graph import SceneGraph
from studio.planning.telling.scene_graph import build_scene_graph
from studio.steps.filming import names
from studio.steps.filming.write_story import STORY_SHAPE

GRAPH_SHAPE = TypeAdapter(SceneGraph)


@dataclass(frozen=True)
class BuildSceneGraph:
    """``scene_graph.json`` from ``story.json``."""

    name: str = "scene_graph"
    typical_s: float = 0.1

    def run(self, ctx: Context) -> None:
        """Make the graph."""
        story = ctx.artifact(names.STORY)
        assert story is not None

        def produce(out: Path) -> None:
            graph = build_scene_graph(ctx.read(story, STORY_SHAPE))
            out.write_text(graph.model_dump_json(indent=2), encoding="utf-8")

        ctx.make(
            Wanted(names.SCENE_GRAPH, produce, verify.json_of(GRAPH_SHAPE), given={"story": story}, is_hand_kept=True)
        )

    def forecast(self) -> tuple[str, ...]:
        """The graph alone."""
        return (names.SCENE_GRAPH,)
