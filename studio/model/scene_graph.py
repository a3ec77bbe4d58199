"""The scene graph: scenes, places, characters and props as nodes, and what ties them together."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from studio.model.story import Value

NodeKind = Literal["scene", "place", "character", "prop"]
Relation = Literal["appears_in", "takes_place_at", "follows"]


class Node(Value):
    """``id`` is ``kind:number`` (``place:2``); ``description`` goes word for word into each prompt."""

    id: str
    kind: NodeKind
    name: str
    description: str = ""


class Edge(Value):
    """``source relation target``: a character or prop *appears_in* a scene, a scene *takes_place_at*
    a place, a scene *follows* the scene before it."""

    source: str
    relation: Relation
    target: str


class SceneGraph(Value):
    """All nodes and edges; every edge's ends are nodes."""

    nodes: tuple[Node, ...] = Field(min_length=1)
    edges: tuple[Edge, ...] = ()
