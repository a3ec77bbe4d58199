"""A graph that a user brings: read, held against a server, kept in their own folder beside what goes where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.engines.comfyui.binding import PICTURES, USUAL, named_in_titles, near, title_of
from studio.engines.comfyui.client import Graph
from studio.engines.comfyui.graphs import IMAGE_GRAPHS, VIDEO_GRAPHS, Template, graph_of, template_of
from studio.engines.own_graphs import Bound, Place, Reading, Row
from studio.errors import BadInput, StorageFailed

_TEXTS = ("prompt",)
_LONGEST_NAME = 60
_MOST_WAYS = 8


def read(name: str, text: str, bound: Bound | None, *, roles: Sequence[str], needed: str, folder: Path) -> Reading:
    """As ``studio.engines.own_graphs.TakesGraphs`` has it."""
    graph = _graph(name, text)
    is_titled = named_in_titles(graph)
    found = template(name, text, None)
    if bound is not None:
        _must_be_given(bound, roles)
        said = {role: tuple(_chosen(found, role)) for role in roles}
        if is_titled:
            _must_be_as_titled(name, bound, said)
        else:
            _must_fit(graph, bound, said)
            found = template(name, text, bound)
    rows = tuple(row for role in roles for row in _rows(graph, role, found))
    lack = ""
    if not found.has(needed):
        lack = f"Nothing takes the {_WORDS[needed]}: choose the input that does."
    kept = folder / f"{safe(name)}.json"
    return Reading(
        name=safe(name), rows=rows, said_by="titles" if is_titled else "guess" if bound is None else "user", lack=lack,
        is_there=kept.is_file() and _content(kept) != graph,
    )  # fmt: skip


def template(name: str, text: str, bound: Bound | None) -> Template:
    """The graph with everything at the places of ``bound``; None: as the graph itself says."""
    return template_of(safe(name), _graph(name, text), _beside(bound) if bound else None)


def keep(name: str, text: str, bound: Bound, folder: Path) -> str:
    """The graph, and beside it what goes where unless its titles say that, are in ``folder``. Raises StorageFailed."""
    graph, kept = _graph(name, text), safe(name)
    place, beside = folder / f"{kept}.json", folder / f"{kept}.bindings.json"
    files: dict[Path, Any] = {place: graph}
    if not named_in_titles(graph):
        files[beside] = _beside(bound)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_all(files)
        if beside not in files:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailed(f"{place} cannot be written ({error.strerror}): the graph is not kept.") from error
    return kept


def kept_in(folder: Path) -> tuple[str, ...]:
    """The names of the graphs in ``folder``."""
    return tuple(path.stem for path in sorted(folder.glob("*.json")) if not path.stem.endswith(".bindings"))


def safe(name: str) -> str:
    """What a graph from the file ``name`` is called: as a file can be, and unlike the studio's own."""
    plain = re.sub(r"[^\w-]+", "-", Path(name).stem, flags=re.ASCII).strip("-_")[:_LONGEST_NAME] or "graph"
    return f"{plain}-own" if plain in (*IMAGE_GRAPHS, *VIDEO_GRAPHS) else plain


_WORDS = {"prompt": "words of the picture", "image": "picture that begins to move"}


def _rows(graph: Graph, role: str, found: Template) -> Iterator[Row]:
    places = tuple(_places(graph, role))
    chosen = _chosen(found, role)
    known = {place.key for place in places}
    more = tuple(_place(graph, *key.split(".", 1)) for key in chosen if key not in known)
    for key in chosen or [""]:
        yield Row(role, key, (*places, *more))


def _chosen(found: Template, role: str) -> list[str]:
    return [f"{one.node}.{one.input}" for one in found.bindings if one.role == role]


def _must_be_given(bound: Bound, roles: Sequence[str]) -> None:
    strange = next((role for role in bound if role not in roles), None)
    if strange is not None:
        raise BadInput(
            f"“{strange[:60]}” is nothing that this graph is given.{near(strange, roles)} It is given: {', '.join(roles)}."
        )


def _must_be_as_titled(name: str, bound: Bound, said: Bound) -> None:
    other = next((role for role, keys in bound.items() if keys != said[role]), None)
    if other is not None:
        raise BadInput(
            f"The titles of its nodes say what goes where in {name}: to put the {other} elsewhere, change the titles in "
            "ComfyUI and export it again."
        )


def _must_fit(graph: Graph, bound: Bound, said: Bound) -> None:
    """Every place is one that can take its role, or that was read off the graph."""
    for role, keys in bound.items():
        able = [place.key for place in _places(graph, role)]
        wrong = next((key for key in keys if key not in (*able, *said[role])), None)
        if wrong is not None:
            ways = ", ".join(able[:_MOST_WAYS]) or "nothing in this graph"
            raise BadInput(f"{role} cannot go to {wrong[:60]}: {_why_not(graph, wrong)} What can take it: {ways}.")


def _why_not(graph: Graph, key: str) -> str:
    node, _, name = key.partition(".")
    if node not in graph:
        return "the graph has no such node."
    kind, inputs = graph[node]["class_type"], graph[node]["inputs"]
    if name not in inputs:
        return f"node {node} ({kind}) has no such input.{near(name, inputs)}"
    return f"that input of node {node} ({kind}) takes something else."


def _places(graph: Graph, role: str) -> list[Place]:
    """Every input that could take ``role``: those that are usually called so first."""
    usual = USUAL.get(role, (role, "value"))
    found = [
        _place(graph, node, name)
        for node, given in graph.items()
        for name, value in given["inputs"].items()
        if _can(role, str(given["class_type"]), name, value)
    ]
    return sorted(found, key=lambda place: usual.index(place.input) if place.input in usual else len(usual))


def _can(role: str, kind: str, name: str, value: Any) -> bool:
    if role in PICTURES:
        return isinstance(value, str) and name == "image"
    if role in _TEXTS:
        return isinstance(value, str) and (name in USUAL[role] or "text" in name or "prompt" in name)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _place(graph: Graph, node: str, name: str) -> Place:
    given = graph[node]
    return Place(node, name, title_of(given), str(given["class_type"]))


def _beside(bound: Bound) -> dict[str, list[dict[str, str]]]:
    """As the file beside a graph has it."""
    places = {role: [key.partition(".")[::2] for key in keys] for role, keys in bound.items() if keys}
    return {role: [{"node": node, "input": name} for node, name in found] for role, found in places.items()}


def _graph(name: str, text: str) -> Graph:
    try:
        content = json.loads(text)
        words = json.dumps(content, ensure_ascii=False)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"{name} cannot be read as JSON ({str(error)[:120]}). Export it anew: Workflow → Export (API)."
        ) from error
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise BadInput(
            f"{name} holds half a character in one of its texts (\\u{ord(error.object[error.start]):04x}): type that text "
            "anew in ComfyUI and export it again."
        ) from error
    return graph_of(content, name)


def _content(place: Path) -> Graph | None:
    try:
        return graph_of(json.loads(place.read_bytes()), place.name)
    except (OSError, ValueError, RecursionError, BadInput):
        return None


def _write_all(files: Mapping[Path, Any]) -> None:
    """Each file holds its content; if the disk refuses one of them, all are as before."""
    parts = {place: place.with_name(f".{place.name}.part") for place in files}
    try:
        for place, content in files.items():
            parts[place].write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
        for place, part in parts.items():
            part.replace(place)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
