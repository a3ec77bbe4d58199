"""Graphs as templates: the studio's own (``assets/comfyui``) and the user's (``comfyui`` in the data folder)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.engines.comfyui.binding import Binding, bindings_of
from studio.engines.comfyui.client import Graph
from studio.errors import BadInput

IMAGE_GRAPHS = ("sd", "flux")
VIDEO_GRAPHS = ("ltx", "wan22", "wan22-5b", "wan21", "svd", "wan-first-last", "ltx-first-last")
"""In the order in which they are tried where the user names none; the last two need a move to make their last frame."""

_MOST_BYTES = 16 << 20
_LONGEST = {
    "LTXVImgToVideo": 257, "EmptyLTXVLatentVideo": 257, "WanImageToVideo": 121, "WanFirstLastFrameToVideo": 121,
    "Wan22ImageToVideoLatent": 121, "SVD_img2vid_Conditioning": 25,
}  # fmt: skip
"""Frames up to which these models were made to go; beyond, they repeat themselves or fall apart."""


@dataclass(frozen=True)
class Template:
    """A graph and where things go in it. ``fps`` and ``longest_frames`` are None where the graph does not say."""

    name: str
    graph: Graph
    bindings: tuple[Binding, ...]
    digest: str
    fps: float | None = None
    longest_frames: int | None = None

    def has(self, role: str) -> bool:
        """True if the graph takes that."""
        return self.count(role) > 0

    def count(self, role: str) -> int:
        """At how many places the graph takes that."""
        return sum(binding.role == role for binding in self.bindings)

    def place(self, role: str) -> Binding | None:
        """Where ``role`` goes first."""
        return next((binding for binding in self.bindings if binding.role == role), None)

    def literal(self, role: str) -> Any:
        """What the graph itself has at the place of ``role``; None if it takes none."""
        place = self.place(role)
        return self.graph[place.node]["inputs"].get(place.input) if place else None


def load(name: str, folder: Path) -> Template:
    """The graph ``name``: the user's, if ``folder`` has one, else the studio's own. Raises BadInput."""
    for place in (folder / f"{name}.json", *_own(name)):
        if place.is_file():
            return read(place)
    mine = ", ".join(path.stem for path in sorted(folder.glob("*.json")) if not path.stem.endswith(".bindings"))
    known = ", ".join((*IMAGE_GRAPHS, *VIDEO_GRAPHS))
    raise BadInput(f"There is no ComfyUI graph “{name}”. The studio's own: {known}. In {folder}: {mine or 'none'}.")


def read(path: Path) -> Template:
    """The graph in ``path`` with the bindings beside it. Raises BadInput saying what to do about it."""
    content = _json(path)
    graph = graph_of(content, path.name)
    beside_path = path.with_name(f"{path.stem}.bindings.json")
    beside = _json(beside_path) if beside_path.is_file() else None
    if beside is not None and not isinstance(beside, dict):
        raise BadInput(
            f'{beside_path.name} must map roles to places, as in {{"prompt": {{"node": "6", "input": "text"}}}}.'
        )
    return template_of(path.stem, graph, beside)


def template_of(name: str, graph: Graph, beside: Mapping[str, Any] | None) -> Template:
    """``graph`` with what is said ``beside`` it of where things go. Raises BadInput saying what is wrong there."""
    given = beside or {}
    words = json.dumps([graph, given], sort_keys=True)
    return Template(
        name=name,
        graph=graph,
        bindings=bindings_of(graph, beside),
        digest=hashlib.sha256(words.encode()).hexdigest()[:16],
        fps=_number(given.get("fps")) or _fps_of(graph),
        longest_frames=int(_number(given.get("longest_frames")) or 0) or _longest_of(graph),
    )


def graph_of(content: Any, name: str) -> Graph:
    """``content`` if it is a graph in API format. Raises BadInput for what ComfyUI saves by itself and for all else."""
    if isinstance(content, Mapping) and isinstance(content.get("nodes"), Sequence):
        raise BadInput(
            f"{name} is a workflow as ComfyUI's window saves it. Open it there, choose Workflow → Export (API), and take "
            "that file instead. (Older versions: Settings → Enable Dev mode, then Save (API Format).)"
        )
    inner = content.get("prompt", content) if isinstance(content, Mapping) else None
    if not isinstance(inner, Mapping) or not inner:
        raise BadInput(f"{name} is no ComfyUI graph: it must be a JSON object of nodes (Workflow → Export (API)).")
    for node, given in inner.items():
        if not isinstance(given, Mapping) or not isinstance(given.get("class_type"), str):
            raise BadInput(f"{name} is no ComfyUI graph in API format: node {node} has no class_type.")
        if not isinstance(given.get("inputs", {}), Mapping):
            raise BadInput(f"{name}: the inputs of node {node} ({given['class_type']}) must be an object.")
    return {str(node): {"inputs": {}, **given} for node, given in inner.items()}


def _own(name: str) -> list[Path]:
    from studio.media.assets import asset_path

    return [asset_path(f"comfyui/{name}.json")] if name in (*IMAGE_GRAPHS, *VIDEO_GRAPHS) else []


def _json(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            return json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError) as error:
        raise BadInput(f"{path.name} cannot be read as JSON ({error}).") from error


def _fps_of(graph: Graph) -> float | None:
    """The rate at which the graph's own film is saved."""
    for name in ("fps", "frame_rate"):
        for given in graph.values():
            if name in given["inputs"] and "Cond" not in given["class_type"]:
                return _followed(graph, given["inputs"][name])
    return None


def _followed(graph: Graph, value: Any) -> float | None:
    if isinstance(value, list) and value and str(value[0]) in graph:
        inputs = graph[str(value[0])]["inputs"].values()
        return next((number for inner in inputs if (number := _number(inner))), None)
    return _number(value)


def _longest_of(graph: Graph) -> int | None:
    known = [_LONGEST[given["class_type"]] for given in graph.values() if given["class_type"] in _LONGEST]
    return min(known) if known else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else None
