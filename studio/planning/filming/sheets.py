"""Which people and places have a sheet, what its picture shows, and which shots are drawn by it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count

from studio.model.letters import normal
from studio.model.scene_graph import Node, SceneGraph
from studio.model.sheet import Sheet
from studio.model.shot import Shot
from studio.planning.filming.appearances import described, shown_in
from studio.planning.language import capitalised, without_article

_LEAST_SHOTS = 2
"""Who is seen once need not look like before."""
_LONGEST_SLUG = 40
_NO_FILE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]")
"""Windows has no files of these names."""
_FRAMES = {
    "character": "the whole figure from head to toe, seen from the front, standing still in even light before a plain "
    "light background",
    "place": "seen as a whole in even daylight, with nobody in it",
}


def plan_sheets(graph: SceneGraph, style: str) -> tuple[Sheet, ...]:
    """A sheet for everybody and every place of ``graph``; ``style`` are the words that every picture of the film has."""
    taken: set[str] = set()
    return tuple(_sheet(node, style, taken) for node in graph.nodes if node.kind in _FRAMES)


def sheets_by_shot(
    shots: Sequence[Shot], sheets: Sequence[Sheet], graph: SceneGraph, *, most: int
) -> dict[int, tuple[Sheet, ...]]:
    """By the index of each of ``shots``, at most ``most`` sheets of whom and what it shows, the most important first.

    Only of those that two of ``shots`` show or more.
    """
    by_node = {sheet.of: sheet for sheet in sheets}
    shown = {shot.index: [id_ for id_ in shown_in(shot, graph) if id_ in by_node] for shot in shots}
    counts = Counter(id_ for ids in shown.values() for id_ in ids)
    return {
        index: tuple(by_node[id_] for id_ in ids if counts[id_] >= _LEAST_SHOTS)[:most] for index, ids in shown.items()
    }


def _sheet(node: Node, style: str, taken: set[str]) -> Sheet:
    slug = _slug(node)
    slug = next(one for number in count(1) if (one := slug if number == 1 else f"{slug}_{number}") not in taken)
    taken.add(slug)
    shown = f"{capitalised(described(node))}, {_FRAMES[node.kind]}"
    return Sheet(
        of=node.id,
        kind="character" if node.kind == "character" else "place",
        name=node.name,
        slug=slug,
        prompt=f"{shown}. {capitalised(style)}." if style else f"{shown}.",
    )


def _slug(node: Node) -> str:
    name = normal("NFC", without_article(node.name).casefold())
    words = re.sub(r"[^\w]+", "_", name).strip("_")[:_LONGEST_SLUG].strip("_") or node.kind
    return f"{words}_" if _NO_FILE.fullmatch(words) else words
