"""What the picture and the film engine have in common: servers, the graph that is used, models, the way through."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from studio.engines.comfyui.binding import fill
from studio.engines.comfyui.client import Client, Graph
from studio.engines.comfyui.graphs import Template, load
from studio.engines.comfyui.pool import Pace, Pool
from studio.engines.comfyui.preflight import NodeOf, faults, with_models
from studio.engines.comfyui.work import UnfitServer, Work
from studio.engines.limits import Limiter
from studio.engines.remote import Patience, obtain
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, BadInput, EngineError, EngineUnavailable
from studio.model.job import Job, JobNote
from studio.settings import data_dir

URLS = Setting(
    "comfyui_urls", "ComfyUI servers", "address",
    help="Addresses with commas between; http://127.0.0.1:8188 for one on this computer. All of them are used at once.",
)  # fmt: skip
_VERSION = 1
_MOST_FAULTS = 4

Values = Callable[[Client, Template, NodeOf], Mapping[str, Any]]


class ComfyEngine:
    """A kind of work at a pool of servers. ``own_graphs`` are tried in order where the user names none."""

    kind: ClassVar[str]
    own_graphs: ClassVar[tuple[str, ...]]
    suffixes: ClassVar[tuple[str, ...]]
    graph_setting: ClassVar[Setting]
    models_setting: ClassVar[Setting]
    needed_role: ClassVar[str]
    is_deterministic = True
    uses_seed = True

    def __init__(self, setup: Setup, *, pace: Pace | None = None, folder: Path | None = None) -> None:
        self._name = f"{self.kind}/comfyui"
        self._graph_name = setup[self.graph_setting]
        self._models = tuple(name.strip() for name in setup[self.models_setting].split(",") if name.strip())
        self._folder = folder or data_dir() / "comfyui"
        self._pace = pace or Pace()
        urls = dict.fromkeys(url.strip().rstrip("/") for url in setup[URLS].split(",") if url.strip())
        self._wrong = next((url for url in urls if not url.startswith(("http://", "https://"))), "")
        self._pool = Pool([Client(url, self._name) for url in urls if url != self._wrong], self._pace)
        self._limiter = Limiter(self.slots)
        self._lock = threading.Lock()
        self._fitted: dict[str, tuple[Template, Graph]] = {}
        self._nodes: dict[str, dict[str, Mapping[str, Any] | None]] = {}

    is_free = True
    """The servers are the user's own."""

    @property
    def slots(self) -> int:
        """Two a server: while one is fetched and finished, the next is made."""
        return max(1, 2 * len(self._pool.clients))

    @property
    def identity(self) -> str:
        """With the graph and its content, and the models that were named."""
        if not self._graph_name:
            return "/".join([self._name, str(_VERSION), "auto", *self._models])
        try:
            digest = load(self._graph_name, self._folder).digest
        except BadInput:
            digest = "missing"
        return "/".join([self._name, str(_VERSION), self._graph_name, digest, *self._models])

    @property
    def unset(self) -> str:
        """What is wrong with the addresses, if anything is."""
        if self._wrong:
            return "An address in comfyui_urls does not begin with http:// or https://. Mend it in Settings."
        if not self._pool.clients:
            return f"No ComfyUI server is set. Set comfyui_urls ({URLS.variable}), e.g. http://127.0.0.1:8188."
        return ""

    def check(self) -> None:
        """Raise EngineUnavailable unless a server answers that has all that the graph needs."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        client = next((client for client in self._pool.clients if client.is_up()), None)
        if client is None:
            places = ", ".join(client.place for client in self._pool.clients)
            raise EngineUnavailable(
                f"No ComfyUI answers at {places}. Start it, or mend the address in Settings.",
                answer=Answer(self._name, "check"),
            )
        try:
            self._fit(client)
        except EngineError as error:
            raise EngineUnavailable(str(error), answer=error.answer) from error

    def cancel(self, note: JobNote) -> bool:
        """That job is ended at its server, and no other's; False if it is not there (any more).

        One of which no answer came goes by its key.
        """
        client = self._pool.at(str(note.facts.get("server", "")))
        prompt_id = note.remote_id or str(note.facts.get("key", ""))
        return client is not None and bool(prompt_id) and client.cancel(prompt_id)

    def _make(self, out: Path, job: Job, values: Values, finish: Callable[[Path, Path], None], *, smaller: str) -> None:
        work = Work(
            name=self._name, job=job, pool=self._pool, graph_for=partial(self._filled, values),
            suffixes=self.suffixes, finish=finish, smaller=smaller,
        )  # fmt: skip
        try:
            obtain(out, job, work, self._limiter, patience=Patience(poll_s=self._pace.poll_s))
        finally:
            work.close()

    def _filled(self, values: Values, client: Client, key: str) -> Graph:
        template, graph = self._fit(client)
        node_of = partial(self._node, client)
        given = {**values(client, template, node_of), "prefix": key[:8]}
        return fill(graph, template.bindings, given)

    def _fit(self, client: Client) -> tuple[Template, Graph]:
        """The graph for this server, its models chosen. Raises UnfitServer saying what is missing there."""
        with self._lock:
            known = self._fitted.get(client.place)
        if known:
            return known
        node_of = partial(self._node, client)
        names = (self._graph_name,) if self._graph_name else self.own_graphs
        lacking: dict[str, list[str]] = {}
        for name in names:
            template = self._load(name)
            graph = with_models(template.graph, node_of, self._models)
            lacking[name] = faults(graph, node_of, template.bindings)
            if not lacking[name]:
                with self._lock:
                    self._fitted[client.place] = (template, graph)
                return template, graph
        raise UnfitServer(self._lack(client, lacking))

    def _load(self, name: str) -> Template:
        try:
            template = load(name, self._folder)
        except BadInput as error:
            raise UnfitServer(str(error)) from error
        if not template.has(self.needed_role):
            raise UnfitServer(
                f"The graph {name} takes no {self.needed_role}: title the node that should get it “${self.needed_role}”, "
                f"or name it in {name}.bindings.json."
            )
        return template

    def _lack(self, client: Client, lacking: Mapping[str, list[str]]) -> str:
        name, found = min(lacking.items(), key=lambda item: len(item[1]))
        more = f" (and {len(found) - _MOST_FAULTS} more)" if len(found) > _MOST_FAULTS else ""
        which = f"the graph {name}" if len(lacking) == 1 else f"any of the studio's graphs; nearest is {name}"
        return f"{self._name}: {client.place} cannot run {which}: {' '.join(found[:_MOST_FAULTS])}{more}"

    def _node(self, client: Client, class_type: str) -> Mapping[str, Any] | None:
        """Asked once a server and kind of node."""
        with self._lock:
            known = self._nodes.setdefault(client.place, {})
        if class_type not in known:
            known[class_type] = client.node(class_type)
        return known[class_type]


def render_size(asked: tuple[int, int], pixels: int) -> tuple[float, float]:
    """Sides of the film's shape with about ``pixels`` pixels."""
    scale = (pixels / (asked[0] * asked[1])) ** 0.5
    return asked[0] * scale, asked[1] * scale


def half_the_pixels(size: tuple[int, int]) -> str:
    """A smaller size to offer, as in ``904x508``."""
    width, height = render_size(size, size[0] * size[1] // 2)
    return f"{round(width / 2) * 2}x{round(height / 2) * 2}"
