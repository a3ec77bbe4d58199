"""What pictures and clips of the shots share: which shots begin with a picture of their own, and whom each one shows."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.pipeline import Context
from studio.model.scene_graph import SceneGraph
from studio.model.sheet import SHEETS, Sheet
from studio.model.shot import Shot
from studio.planning.filming.clips import Each, begins_anew
from studio.planning.filming.sheets import plan_sheets, sheets_by_shot
from studio.steps.filming import names
from studio.steps.filming.build_scene_graph import GRAPH_SHAPE
from studio.steps.finding import known


def begun_anew(ctx: Context, shots: Sequence[Shot], each: Each) -> frozenset[int]:
    """Indices of the shots that begin with a picture of their own, as ``each`` says."""
    return begins_anew(shots, each=each, graph=_graph(ctx) if each == "cut" else None)


def sheets_shown(ctx: Context, shots: Sequence[Shot], *, most: int, style: str = "") -> dict[int, tuple[Sheet, ...]]:
    """By the index of each of ``shots``, the sheets that it is drawn by; none in a film without sheets.

    In a plan before they are listed they are as they will be, if their pictures have this ``style``.
    """
    listed, graph = ctx.artifact(names.SHEETS), _graph(ctx)
    if listed is None or graph is None:
        return {}
    sheets = known(ctx, listed, SHEETS) or plan_sheets(graph, style)
    return sheets_by_shot(shots, sheets, graph, most=most)


def _graph(ctx: Context) -> SceneGraph | None:
    artifact = ctx.artifact(names.SCENE_GRAPH)
    return ctx.read(artifact, GRAPH_SHAPE) if artifact else None
