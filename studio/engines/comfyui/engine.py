"""What the picture and the film engine have in common: servers, the graph that is used, models, the way through."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from studio.engines.comfyui import bringing
from studio.engines.comfyui.binding import Binding, fill
from studio.engines.comfyui.client import Client, Graph
from studio.engines.comfyui.graphs import Template, load
from studio.engines.comfyui.pool import Pace, Pool
from studio.engines.comfyui.preflight import NodeOf, choices, faults, oddities, with_models
from studio.engines.comfyui.work import UnfitServer, Work
from studio.engines.facts import Facts
from studio.engines.limits import Limiter
from studio.engines.own_graphs import Bound, Kept, Reading, Tried, Use, kind_of
from studio.engines.remote import Patience, obtain
from studio.engines.setup import Setting, Setup, save
from studio.engines.setup import load as setup_now
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
    uses: ClassVar[tuple[Use, ...]]
    """What graphs are used for, the usual first."""
    models_setting: ClassVar[Setting]
    roles: ClassVar[tuple[str, ...]]
    """What is put into a graph, where it takes that."""
    needed_role: ClassVar[str]
    model_inputs: ClassVar[tuple[tuple[str, str], ...]]
    """The kinds of node, and their inputs, that name the model files."""
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
        self._fitted: dict[tuple[str, str], tuple[Template, Graph]] = {}
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
        named = [part for name in self._graph_names for part in ((name, self._digest(name)) if name else ("auto",))]
        return "/".join([self._name, str(_VERSION), *named, *self._models])

    @property
    def _graph_names(self) -> tuple[str, ...]:
        """The graphs that are used; empty stands for the studio's own."""
        return (self._graph_name,)

    def _digest(self, graph_name: str) -> str:
        try:
            return load(graph_name, self._folder).digest
        except BadInput:
            return "missing"

    @property
    def unset(self) -> str:
        """What is wrong with the addresses, if anything is."""
        if self._wrong:
            return "An address of a ComfyUI server does not begin with http:// or https://. Mend it in Settings."
        if not self._pool.clients:
            return f"No ComfyUI server is set: give its address in Settings (comfyui_urls, {URLS.variable}), e.g. http://127.0.0.1:8188."
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
            for graph_name in self._graph_names:
                self._fit(client, graph_name)
        except EngineError as error:
            answer = error.answer or Answer(self._name, "check", 200, "unfit")
            raise EngineUnavailable(str(error), answer=answer) from error

    def facts(self) -> Facts:
        """The graphs and model files that may be chosen, which versions run, and which servers do not answer."""
        versions, silent, models = [], [], []
        for client in self._pool.clients:
            try:
                versions.append(f"{client.place}: {client.system()}")
                models += [
                    one for place in self.model_inputs for one in choices(self._node(client, place[0]), place[1])
                ]
            except EngineError:
                silent.append(
                    f"{client.place} does not answer: start it, or take its address away. The others do its work."
                )
        offers = {
            self.graph_setting.name: (*self.own_graphs, *self.kept_graphs),
            self.models_setting.name: tuple(dict.fromkeys(models)),
        }
        return Facts(offers, version="; ".join(versions), troubles=tuple(silent))

    @property
    def kept_graphs(self) -> tuple[str, ...]:
        """The user's own that make what this engine does."""
        return tuple(name for name in bringing.kept_in(self._folder) if self._is_mine(name))

    def read_graph(self, name: str, text: str, bound: Bound | None = None) -> Reading:
        """What goes where; no server is asked. Raises BadInput."""
        return bringing.read(name, text, bound, roles=self.roles, needed=self.needed_role, folder=self._folder)

    def try_graph(self, name: str, text: str, bound: Bound) -> tuple[Tried, ...]:
        """Whether each server would run it. Raises BadInput."""
        template = bringing.template(name, text, bound)
        return tuple(self._tried(template, client) for client in self._pool.clients)

    def use_of(self, bound: Bound) -> Use:
        """What a graph is used for in which things go to these places."""
        return self.uses[0]

    def keep_graph(self, name: str, text: str, bound: Bound) -> Kept:
        """It is in the user's folder, and used from now on for what it is for. Raises BadInput, StorageFailed."""
        read = self.read_graph(name, text, bound)
        if read.lack:
            raise BadInput(read.lack)
        kept, use, before = bringing.keep(name, text, bound, self._folder), self.use_of(read.bound), setup_now()
        left = [one for one in self.uses if one != use and before[one.setting] == kept]
        save({use.setting.name: kept, **{one.setting.name: "" for one in left}})
        now = setup_now()
        other = "" if now[use.setting] == kept else now[use.setting]
        return Kept(kept, use, other, " and ".join(one.words for one in left if now[one.setting] != kept))

    def _tried(self, template: Template, client: Client) -> Tried:
        node_of = partial(self._node, client)
        try:
            graph = with_models(template.graph, node_of, self._models)
            found = tuple(faults(graph, node_of, self._filled_of(template)))
            return Tried(client.place, True, found, tuple(oddities(graph, node_of)))
        except EngineError:
            return Tried(client.place, False)

    def _is_mine(self, name: str) -> bool:
        """True for a graph of the user's that makes what this engine does."""
        try:
            template = load(name, self._folder)
        except BadInput:
            return False
        return template.has(self.needed_role) and kind_of(json.dumps(template.graph)) == self.kind

    def cancel(self, note: JobNote) -> bool:
        """That job is ended at its server, and no other's; False if it is not there (any more).

        One of which no answer came goes by its key.
        """
        client = self._pool.at(str(note.facts.get("server", "")))
        prompt_id = note.remote_id or str(note.facts.get("key", ""))
        return client is not None and bool(prompt_id) and client.cancel(prompt_id)

    def _make(
        self, out: Path, job: Job, values: Values, finish: Callable[[Path, Path], None], *, smaller: str,
        graph_name: str = "",
    ) -> None:  # fmt: skip
        """``graph_name`` goes before the graph that was set."""
        work = Work(
            name=self._name, job=job, pool=self._pool,
            graph_for=partial(self._filled, values, graph_name or self._graph_name),
            suffixes=self.suffixes, finish=finish, smaller=smaller,
        )  # fmt: skip
        try:
            obtain(out, job, work, self._limiter, patience=Patience(poll_s=self._pace.poll_s), is_free=True)
        finally:
            work.close()

    def _filled(self, values: Values, graph_name: str, client: Client, key: str) -> Graph:
        template, graph = self._fit(client, graph_name)
        node_of = partial(self._node, client)
        given = {**values(client, template, node_of), "prefix": key[:8]}
        return fill(graph, template.bindings, given)

    def _fit(self, client: Client, graph_name: str) -> tuple[Template, Graph]:
        """The graph for this server, its models chosen; without a name the first of the studio's own that fits.

        Raises UnfitServer saying what is missing there.
        """
        with self._lock:
            known = self._fitted.get((client.place, graph_name))
        if known:
            return known
        node_of = partial(self._node, client)
        names = (graph_name,) if graph_name else self.own_graphs
        lacking: dict[str, list[str]] = {}
        for name in names:
            template = self._load(name)
            graph = with_models(template.graph, node_of, self._models)
            lacking[name] = faults(graph, node_of, self._filled_of(template))
            if not lacking[name]:
                with self._lock:
                    self._fitted[client.place, graph_name] = (template, graph)
                return template, graph
        raise UnfitServer(self._lack(client, lacking))

    def _filled_of(self, template: Template) -> tuple[Binding, ...]:
        """The places that this engine fills; elsewhere stays what the graph has, and must be on the server."""
        return tuple(binding for binding in template.bindings if binding.role in (*self.roles, "prefix"))

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
