"""Who and what each shot shows, read off its words and the scene graph; so, too, which shots go on from each other."""

from __future__ import annotations

import re

from studio.model.scene_graph import Node, SceneGraph
from studio.model.shot import Shot
from studio.planning.language import without_article

_CUT = re.compile(r"(?i)\bcuts? to\b|\b(?:new|reverse|other|different) angle\b")


def shown_in(shot: Shot, graph: SceneGraph) -> tuple[str, ...]:
    """The nodes of the people in ``shot`` in the order in which its words name them, then that of its place.

    Its words name one if they hold its description, as planned shots do word for word; or, for one of its own scene,
    its name.
    """
    words = shot.image_prompt.casefold()
    here = _ids_of_scene(shot.scene, graph)
    people = [(at, node.id) for node in graph.nodes if node.kind == "character" and (at := _at(words, node, here)) >= 0]
    by_length = sorted((node for node in graph.nodes if node.kind == "place"), key=lambda node: len(described(node)))
    named = {_at(words, node, here): node for node in by_length}  # “The sea cave” is no sea
    place = max((node for at, node in named.items() if at >= 0), key=lambda node: node.id in here, default=None)
    return (*(id_ for _, id_ in sorted(people)), *((place.id,) if place else ()))


def goes_on(before: Shot, shot: Shot, graph: SceneGraph) -> bool:
    """True if ``shot`` shows the same people in the same place of the same scene as the one ``before``, with no cut asked.

    Shots without anybody never do: what they show is somewhere else more often than not.
    """
    shown = shown_in(shot, graph)
    is_same = before.scene == shot.scene and set(shown_in(before, graph)) == set(shown)
    words = f"{shot.camera} {shot.motion_prompt} {shot.image_prompt}"
    return is_same and any(id_.startswith("character:") for id_ in shown) and not _CUT.search(words)


def described(node: Node) -> str:
    """The words that say how ``node`` looks, without their full stop."""
    return (node.description or node.name).rstrip(" .")


def _ids_of_scene(scene: int, graph: SceneGraph) -> frozenset[str]:
    id_ = f"scene:{scene}"
    tied = [edge.source for edge in graph.edges if edge.target == id_ and edge.relation == "appears_in"]
    return frozenset([*tied, *(edge.target for edge in graph.edges if edge.source == id_)])


def _at(words: str, node: Node, here: frozenset[str]) -> int:
    """Where ``words`` (small letters) name ``node``; -1 if they do not."""
    names = [described(node), *([without_article(node.name)] if node.id in here else [])]
    found = (re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", words) for name in names if name)
    return min((match.start() for match in found if match), default=-1)
