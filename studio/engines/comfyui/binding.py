"""Which input of which node gets the prompt, the seed, the picture …: what makes a graph a template.

Three ways, the first that says anything counts: titles in the graph (``$prompt.text``, several in one title with
spaces between), a file beside it (``{"prompt": {"node": "6", "input": "text"}, …}``), or a proposal read off the graph.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from studio.engines.comfyui.client import Graph
from studio.errors import BadInput

ROLES = (
    "prompt", "negative", "seed", "width", "height", "length", "fps", "image", "last_image", "reference", "motion", "prefix",
)  # fmt: skip
"""``length`` in frames; ``motion`` is how much moves, 1 to 255; ``prefix`` begins the names of the files that are saved.

``reference`` is a picture of somebody or some place that is to be seen: one a place, in the order of the places.
"""

PICTURES = ("image", "last_image", "reference")
"""The roles that a picture takes, which is uploaded."""

_TITLE = re.compile(r"\$([a-z_]+)(?:\.(\w+))?!?")
USUAL: Mapping[str, tuple[str, ...]] = {
    "prompt": ("text", "prompt", "string", "value"),
    "negative": ("text", "prompt", "string", "value"),
    "seed": ("seed", "noise_seed", "value"),
    "length": ("length", "video_frames", "num_frames", "value"),
    "fps": ("fps", "frame_rate", "value"),
    "last_image": ("image",),
    "reference": ("image",),
    "motion": ("motion_bucket_id", "value"),
    "prefix": ("filename_prefix",),
}
"""What the inputs that take a role are called; one that is not here is called as the role is."""
_NUMBERS = ("fps", "longest_frames")
"""What the file beside a graph may say as a number."""
_TEXTS = ("text", "prompt", "string", "value", "text_g", "t5xxl")
_NO_WAY_TO_WORDS = ("clip", "model", "vae", "image", "start_image", "end_image", "latent_image", "samples")


@dataclass(frozen=True, slots=True)
class Binding:
    """The value of ``role`` goes into ``input`` of ``node``."""

    role: str
    node: str
    input: str


def bindings_of(graph: Graph, beside: Mapping[str, Any] | None = None) -> tuple[Binding, ...]:
    """By titles, else by the file ``beside`` the graph, else as ``propose`` says. Raises BadInput naming what is wrong."""
    found = tuple(_by_titles(graph)) or (tuple(_by_file(graph, beside)) if beside else tuple(propose(graph)))
    named = {(binding.node, binding.input) for binding in found}
    prefixes = (binding for binding in _prefixes(graph) if (binding.node, binding.input) not in named)
    return (*found, *prefixes)


def near(word: str, known: Iterable[str]) -> str:
    """A question after the one of ``known`` that is nearly ``word``; empty if none is."""
    found = get_close_matches(word.lower(), list(known), n=1)
    return f" Did you mean “{found[0]}”?" if found else ""


def title_of(given: Mapping[str, Any]) -> str:
    """What the node is called in ComfyUI's window; empty if the graph does not say."""
    return str(meta_of(given).get("title", ""))


def meta_of(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the graph says about the node beside what it does; empty for what ComfyUI would not write."""
    meta = given.get("_meta")
    return meta if isinstance(meta, Mapping) else {}


def named_in_titles(graph: Graph) -> bool:
    """True if titles in the graph say where things go."""
    return any(True for _ in _by_titles(graph))


def fill(graph: Graph, bindings: tuple[Binding, ...], values: Mapping[str, Any]) -> Graph:
    """A copy of ``graph`` with every role that ``values`` names at its place; the others stay as they were.

    A tuple of values goes to the places of its role one by one; where there are more places, the last one stands in the rest.
    """
    filled = copy.deepcopy(graph)
    filled_before: Counter[str] = Counter()
    for binding in bindings:
        if binding.role in values:
            before = filled[binding.node]["inputs"].get(binding.input)
            value = values[binding.role]
            if isinstance(value, tuple):
                value = value[min(filled_before[binding.role], len(value) - 1)]
            filled_before[binding.role] += 1
            if binding.role == "prefix" and isinstance(before, str):
                value = f"{before}_{value}"
            filled[binding.node]["inputs"][binding.input] = value
    return filled


def propose(graph: Graph) -> Iterator[Binding]:
    """What the inputs' names and the links between the nodes say, to be shown before it is trusted."""
    yield from _words(graph)
    for node, given in graph.items():
        inputs = given.get("inputs", {})
        for name in ("seed", "noise_seed"):
            if _is_number(inputs.get(name)) and inputs.get("add_noise") != "disable":
                yield Binding("seed", node, name)
    yield from _frame(graph)
    yield from _pictures(graph)


def _by_titles(graph: Graph) -> Iterator[Binding]:
    for node, given in graph.items():
        title = title_of(given)
        for role, name in _TITLE.findall(title):
            if role not in ROLES:
                raise BadInput(
                    f"Node {node} is titled “{title}”, but ${role} is nothing known.{near(role, ROLES)} Known: {', '.join(ROLES)}."
                )
            yield Binding(role, node, _input(graph, node, role, name))


def _by_file(graph: Graph, beside: Mapping[str, Any]) -> Iterator[Binding]:
    for role, places in beside.items():
        if role not in (*ROLES, *_NUMBERS):
            raise BadInput(
                f"The bindings name “{role[:60]}”, which is nothing known.{near(role, ROLES)} Known: {', '.join(ROLES)}."
            )
        if role in _NUMBERS and _is_number(places):
            continue
        for place in places if isinstance(places, list) else [places]:
            if not isinstance(place, Mapping):
                raise BadInput(f'The bindings for {role} must be like {{"node": "6", "input": "text"}}.')
            node = str(place.get("node", ""))
            if node not in graph:
                raise BadInput(f"The bindings name node “{node[:60]}” for {role}; the graph has no such node.")
            yield Binding(role, node, _input(graph, node, role, str(place.get("input", ""))))


def _input(graph: Graph, node: str, role: str, name: str) -> str:
    """``name`` if it is said and the node has that; unsaid, or ``value``, the input that usually takes ``role``."""
    inputs = graph[node].get("inputs", {})
    unsaid = USUAL.get(role, (role, "value")) if name in ("", "value") else ()
    found = next((one for one in (name, *unsaid) if one in inputs), None)
    if found is None:
        kind, has = graph[node].get("class_type"), ", ".join(inputs) or "none"
        raise BadInput(
            f"Node {node} ({kind}) has no input “{name or role}” for ${role}.{near(name, inputs)} It has: {has}."
        )
    return found


def _words(graph: Graph) -> Iterator[Binding]:
    for role, name in (("prompt", "positive"), ("negative", "negative")):
        starts = [given["inputs"][name] for given in graph.values() if _is_link(given.get("inputs", {}).get(name))]
        if role == "prompt" and not starts:
            starts = [
                given["inputs"]["conditioning"]
                for given in graph.values()
                if "Guider" in str(given.get("class_type")) and _is_link(given.get("inputs", {}).get("conditioning"))
            ]
        found = {place for start in starts if (place := _text_above(graph, str(start[0]), name))}
        yield from (Binding(role, *place) for place in sorted(found))


def _text_above(graph: Graph, start: str, name: str) -> tuple[str, str] | None:
    """The first text that flows into the node ``start``: its own, or that of the nodes before it, however many."""
    other = "negative" if name == "positive" else "positive"
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        node = ahead.pop()
        if node in seen or node not in graph or "ZeroOut" in str(graph[node].get("class_type")):
            continue
        seen.add(node)
        inputs = graph[node].get("inputs", {})
        own = next((text for text in _TEXTS if isinstance(inputs.get(text), str)), None)
        if own:
            return node, own
        ways = sorted((way for way in inputs if way not in (other, *_NO_WAY_TO_WORDS)), key=lambda way: way != name)
        ahead += [str(inputs[way][0]) for way in reversed(ways) if _is_link(inputs[way])]
    return None


def _frame(graph: Graph) -> Iterator[Binding]:
    """The node that makes the empty picture or film says how large and how long."""
    for node, given in graph.items():
        inputs = given.get("inputs", {})
        length = next((name for name in USUAL["length"][:3] if _is_number(inputs.get(name))), None)
        if length:
            yield Binding("length", node, length)
        if _is_number(inputs.get("width")) and _is_number(inputs.get("height")) and (length or "batch_size" in inputs):
            yield Binding("width", node, "width")
            yield Binding("height", node, "height")


def _pictures(graph: Graph) -> Iterator[Binding]:
    loads = [node for node, given in graph.items() if given.get("class_type") == "LoadImage"]
    last = {
        str(given["inputs"][name][0])
        for given in graph.values()
        for name in ("end_image", "last_image", *(("image",) if _is_at_end(given) else ()))
        if _is_link(given.get("inputs", {}).get(name))
    }
    for node in loads:
        if node in last:
            yield Binding("last_image", node, "image")
    first = next((node for node in loads if node not in last), None)
    if first:
        yield Binding("image", first, "image")


def _is_at_end(given: Mapping[str, Any]) -> bool:
    """True for a guide that stands at the film's last frame."""
    return bool(given.get("inputs", {}).get("frame_idx") == -1)


def _prefixes(graph: Graph) -> Iterator[Binding]:
    """Saved files get names of their own: a name that was there before could be an old file."""
    for node, given in graph.items():
        if isinstance(given.get("inputs", {}).get("filename_prefix"), str):
            yield Binding("prefix", node, "filename_prefix")


def _is_link(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], (str, int))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
