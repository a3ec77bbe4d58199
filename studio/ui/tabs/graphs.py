"""In Settings: a ComfyUI graph of the user's own is brought, read, corrected, tried and used."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any, cast

from studio.engines import registry
from studio.engines.own_graphs import Bound, Reading, Tried, kind_of
from studio.errors import BadInput
from studio.runs.doors import Doors
from studio.ui.views import graphs as view
from studio.ui.views.graphs import KINDS, Kind
from studio.ui.wiring import KEPT, Answer, Window, notice

HELD = "graph-held"
"""The graph that this window looks at, with what goes where, as JSON: each time it changes, the servers are asked."""


def build(window: Window) -> None:
    """Its card."""
    window.view("graphs", view.empty())
    window.value(HELD)


def wire(window: Window) -> None:
    """What is read answers at once; what the servers say to it follows."""
    window.on_act("graphs", act, (HELD,))
    held: Any = window[HELD]
    window.on(held.change, try_, (HELD,))


def act(doors: Doors, told: dict[str, str], held: str) -> Answer:
    """A graph comes, one of its places is changed, it is used or let go. Raises BadInput for what is no graph."""
    what = told.get("act")
    if what == "take-graph":
        text = told.get("text", "")
        return _shown(told.get("name", ""), text, kind_of(text), None)
    if what == "graph-let-go" or not held:
        return _gone()
    name, text, kind, bound = _of(held)
    if what == "set":
        read = _read(name, text, kind, bound)
        return {
            **_shown(name, text, kind, _with(read, int(told["row"]), told.get("value", ""))),
            KEPT: secrets.token_hex(4),
        }
    if what == "graph-kind" and told.get("kind") in KINDS:
        return _shown(name, text, cast(Kind, told["kind"]), None)
    return _used(name, text, kind, bound) if what == "use-graph" else {}


def try_(doors: Doors, held: str) -> Answer:
    """What the servers say to the graph."""
    if not held:
        return {}
    name, text, kind, bound = _of(held)
    read = _read(name, text, kind, bound)
    tried = registry.graph_taker(kind).try_graph(name, text, read.bound)
    return {"graphs": _brought(read, kind, tried)}


def _shown(name: str, text: str, kind: Kind, bound: Bound | None) -> Answer:
    read = _read(name, text, kind, bound)
    held = {"name": name, "text": text, "kind": kind, "bound": bound, "nonce": secrets.token_hex(4)}
    return {HELD: json.dumps(held), "graphs": _brought(read, kind, None)}


def _brought(read: Reading, kind: Kind, tried: Sequence[Tried] | None) -> str:
    return view.brought(read, kind, tried, use=registry.graph_taker(kind).use_of(read.bound).words)


def _used(name: str, text: str, kind: Kind, bound: Bound | None) -> Answer:
    read = _read(name, text, kind, bound)
    kept = registry.graph_taker(kind).keep_graph(name, text, read.bound)
    return {**_gone(), **notice(str(kept)), "services-asked": f"look|comfyui|{secrets.token_hex(4)}"}


def _gone() -> Answer:
    return {HELD: "", "graphs": view.empty()}


def _read(name: str, text: str, kind: Kind, bound: Bound | None) -> Reading:
    return registry.graph_taker(kind).read_graph(name, text, bound)


def _of(held: str) -> tuple[str, str, Kind, Bound | None]:
    try:
        said = json.loads(held)
        bound = said["bound"]
        places = None if bound is None else {str(role): tuple(map(str, keys)) for role, keys in bound.items()}
        return str(said["name"]), str(said["text"]), "video" if said["kind"] == "video" else "image", places
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput("What the page sent cannot be read. Reload it, then bring the graph again.") from None


def _with(read: Reading, number: int, key: str) -> dict[str, tuple[str, ...]]:
    """Where things go after the place in that row is another (empty: none)."""
    rows = [(row.role, key if place == number else row.chosen) for place, row in enumerate(read.rows)]
    roles = dict.fromkeys(role for role, _ in rows)
    return {role: tuple(dict.fromkeys(one for own, one in rows if own == role and one)) for role in roles}
