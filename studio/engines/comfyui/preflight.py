"""What a server has is held against what a graph asks for, before anything is queued."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.engines.comfyui.binding import PICTURES, Binding, meta_of
from studio.engines.comfyui.client import Graph

NodeOf = Callable[[str], Mapping[str, Any] | None]
"""What the server says of a kind of node (``/object_info``); None if it has none."""

_MOST_NAMED = 8
_MODEL_FOLDERS = {
    "ckpt_name": "checkpoints", "unet_name": "diffusion_models", "clip_name": "text_encoders", "vae_name": "vae",
    "clip_name1": "text_encoders", "clip_name2": "text_encoders", "lora_name": "loras", "control_net_name": "controlnet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """Values that an input takes: ``least``, ``least + step`` … up to ``most``."""

    least: int = 1
    step: int = 1
    most: int = 1 << 20

    def near(self, value: float) -> int:
        """The nearest value on the grid."""
        return self._on(round((value - self.least) / self.step))

    def up(self, value: float) -> int:
        """The first value that is not less, or the greatest there is."""
        return self._on(-int(-(value - self.least) // self.step))

    def _on(self, count: int) -> int:
        most = (self.most - self.least) // self.step
        return self.least + self.step * max(0, min(count, most))


def grid_of(graph: Graph, place: Binding | None, node_of: NodeOf, usual: Grid) -> Grid:
    """What the server takes at ``place``; ``usual`` where it does not say."""
    if place is None:
        return usual
    spec = _specs(node_of(graph[place.node]["class_type"]) or {}).get(place.input)
    limits = spec[1] if isinstance(spec, Sequence) and len(spec) > 1 and isinstance(spec[1], Mapping) else {}
    least, step, most = (limits.get(name) for name in ("min", "step", "max"))
    step = step if isinstance(step, int) and step > 0 else usual.step
    low = least if isinstance(least, int) else usual.least
    return Grid(low if low > 0 else step, step, most if isinstance(most, int) else usual.most)


def with_models(graph: Graph, node_of: NodeOf, preferred: Sequence[str]) -> Graph:
    """A copy in which every model file that may be chosen (``_meta.fits``: input → pattern) is one the server lists.

    ``preferred`` names go before the first that fits. Where none fits the name stays, for ``faults`` to find.
    """
    chosen = {node: {**given, "inputs": dict(given["inputs"])} for node, given in graph.items()}
    for given in chosen.values():
        fits = meta_of(given).get("fits", {})
        listed = _specs(node_of(given["class_type"]) or {}) if fits else {}
        for name, pattern in fits.items():
            options = _options(listed.get(name)) or ()
            own = next((option for option in preferred if option in options), None)
            if own is None and given["inputs"].get(name) not in options:
                own = next((option for option in options if re.search(pattern, str(option), re.I)), None)
            if own is not None:
                given["inputs"][name] = own
    return chosen


def faults(graph: Graph, node_of: NodeOf, bindings: Sequence[Binding] = ()) -> list[str]:
    """Every reason why the server would not run ``graph``, each with what to do. Empty: it would.

    What stands at ``bindings`` is replaced, so a picture there need not be on the server.
    """
    bound = {(binding.node, binding.input): binding.role for binding in bindings}
    found: list[str] = []
    for node, given in graph.items():
        kind = given["class_type"]
        info = node_of(kind)
        where = f"node {node} ({kind})"
        if info is None:
            found.append(
                f"{where} is not installed there: update ComfyUI, or install the custom node that brings {kind} "
                "(Manager → Install Missing Custom Nodes)."
            )
            continue
        specs = _specs(info)
        missing = [name for name in (info.get("input") or {}).get("required", {}) if name not in given["inputs"]]
        found += [f"{where} lacks its input “{name}”." for name in missing if "." not in name]
        for name, value in given["inputs"].items():
            role = bound.get((node, name))
            if name not in specs and role:
                found.append(f"{where} has no input “{name}”, so ${role} would be ignored. It has: {', '.join(specs)}.")
            elif role not in PICTURES:
                found += [f"{where}, {words}" for words in _value_faults(name, value, specs.get(name), graph)]
    return found


def choices(info: Mapping[str, Any] | None, name: str) -> tuple[str, ...]:
    """What the input ``name`` of a kind of node may be chosen from; empty if it is no such input."""
    return tuple(str(option) for option in _options(_specs(info or {}).get(name)) or ())


def oddities(graph: Graph, node_of: NodeOf) -> list[str]:
    """Inputs that the server does not know: it accepts and ignores them, so a misspelt one goes unnoticed."""
    return [
        f"node {node} ({given['class_type']}) has no input “{name}”: it is ignored."
        for node, given in graph.items()
        if (info := node_of(given["class_type"])) is not None
        for name in given["inputs"]
        if name not in _specs(info) and name != "upload"
    ]


def _value_faults(name: str, value: Any, spec: Any, graph: Graph) -> Iterator[str]:
    if isinstance(value, list):
        if len(value) == 2 and str(value[0]) not in graph:
            yield f"input “{name}” comes from node {value[0]}, which is not in the graph."
        return
    options = _options(spec)
    if options is not None:
        if options and value not in options or (not options and name in _MODEL_FOLDERS):
            yield _not_listed(name, value, options)
        return
    limits = spec[1] if isinstance(spec, Sequence) and len(spec) > 1 and isinstance(spec[1], Mapping) else {}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        least, most = limits.get("min"), limits.get("max")
        if isinstance(least, (int, float)) and value < least:
            yield f"input “{name}”: {value} is less than {least}, the least there is."
        if isinstance(most, (int, float)) and value > most:
            yield f"input “{name}”: {value} is more than {most}, the most there is."


def _not_listed(name: str, value: Any, options: Sequence[Any]) -> str:
    named = ", ".join(str(option) for option in options[:_MOST_NAMED]) or "none"
    more = f" and {len(options) - _MOST_NAMED} more" if len(options) > _MOST_NAMED else ""
    folder = _MODEL_FOLDERS.get(name)
    remedy = f" Put the file into models/{folder} on the server, or choose one of those." if folder else ""
    return f"input “{name}”: “{value}” is not there. Installed: {named}{more}.{remedy}"


def _specs(info: Mapping[str, Any]) -> dict[str, Any]:
    given = info.get("input") or {}
    return {name: spec for part in ("required", "optional", "hidden") for name, spec in (given.get(part) or {}).items()}


def _options(spec: Any) -> Sequence[Any] | None:
    """The values of a list to choose from, in its old shape and its new one; None if it is no such input."""
    if not isinstance(spec, Sequence) or not spec:
        return None
    if isinstance(spec[0], list):
        return spec[0]
    if spec[0] == "COMBO" and len(spec) > 1 and isinstance(spec[1], Mapping):
        options = spec[1].get("options")
        return options if isinstance(options, list) else None
    return None
