"""Graphs that users bring: what is read off one is shown, corrected and confirmed, and a server is asked, before its use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from studio.engines.setup import Setting

Bound = Mapping[str, tuple[str, ...]]
"""By role (``prompt``, ``seed``, ``image`` …) the keys of the places that it goes to."""


@dataclass(frozen=True, slots=True)
class Place:
    """An input of a node. ``node`` is its number, ``title`` what it is called in the graph, ``kind`` its class."""

    node: str
    input: str
    title: str
    kind: str

    @property
    def key(self) -> str:
        """Names it inside its graph."""
        return f"{self.node}.{self.input}"

    def __str__(self) -> str:
        named = f"{self.title} ({self.kind})" if self.title and self.title != self.kind else self.kind
        return f"{self.node} {named} → {self.input}"


@dataclass(frozen=True, slots=True)
class Row:
    """One role and one place that it goes to (``chosen`` empty: to none), with every place that it could go to."""

    role: str
    chosen: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A graph as it was read. ``said_by``: who says where things go. ``lack``: why it cannot be used so; mostly empty.

    ``is_there``: the user's folder has another graph of this name, which this one would replace.
    """

    name: str
    rows: tuple[Row, ...]
    said_by: Literal["titles", "guess", "user"]
    lack: str
    is_there: bool

    @property
    def bound(self) -> dict[str, tuple[str, ...]]:
        """Where things go."""
        roles = dict.fromkeys(row.role for row in self.rows)
        return {role: tuple(row.chosen for row in self.rows if row.role == role and row.chosen) for role in roles}


@dataclass(frozen=True, slots=True)
class Use:
    """What graphs are used for, in words (``clips``), and the setting that names the one that is."""

    words: str
    setting: Setting


@dataclass(frozen=True, slots=True)
class Kept:
    """A graph stands in the user's folder as ``name``. ``other``: the graph that the environment names instead of it;
    ``before``: what this one was used for until now, and is not any more."""

    name: str
    use: Use
    other: str = ""
    before: str = ""

    def __str__(self) -> str:
        if self.other:
            return (
                f"{self.name} is kept, but {self.use.setting.variable} in the environment names another graph "
                f"({self.other}): change it there."
            )
        more = f" It is no longer used for {self.before}." if self.before else ""
        return f"{self.name} is used for {self.use.words} from now on.{more}"


@dataclass(frozen=True, slots=True)
class Tried:
    """What one server lacks for a graph, each with the remedy, and what of the graph it would ignore."""

    server: str
    is_up: bool
    faults: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@runtime_checkable
class TakesGraphs(Protocol):
    """An engine whose work is told by a graph. ``text`` is the file's; ``bound`` None: as the graph itself says.

    Each raises BadInput for what is no graph, or names a place that the graph does not have.
    """

    def read_graph(self, name: str, text: str, bound: Bound | None = None) -> Reading:
        """What goes where; no server is asked."""
        ...

    def try_graph(self, name: str, text: str, bound: Bound) -> tuple[Tried, ...]:
        """Whether each server would run it."""
        ...

    def use_of(self, bound: Bound) -> Use:
        """What a graph is used for in which things go to these places."""
        ...

    def keep_graph(self, name: str, text: str, bound: Bound) -> Kept:
        """It is in the user's folder, and used from now on for what it is for."""
        ...


def kind_of(text: str) -> Literal["image", "video"]:
    """What a graph seems to make: clips, if it counts frames or saves a film."""
    return (
        "video" if any(word in text for word in ("Video", '"length"', "AnimatedWEBP", "VHS_", "SaveWEBM")) else "image"
    )
