"""One ComfyUI server: what it is asked and how its answers are read. It knows nothing of films.

Seen on versions 0.3.75 and 0.8.0. The queue and the history are the truth; what a socket says (``events``) is news.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, unquote, urlencode, urlsplit

from studio.engines.http import Http, Said
from studio.errors import Answer, EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown

Graph = dict[str, dict[str, Any]]
"""ComfyUI's API format: ``{node id: {"class_type", "inputs", "_meta": {"title"}}}``."""

_SHOWS_PREVIEWS = {"preview_method": "auto"}
"""Servers since the end of 2025 (ComfyUI pull request 11261) show how a picture grows if that is said with each prompt; older
ones only if they were started so."""
_QUICK_S = 3.0
_ANSWER_S = 60.0


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a node of a graph gave. ``folder`` is ``output``, ``temp`` or ``input``."""

    node: str
    name: str
    subfolder: str
    folder: str

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Ended:
    """What the history says of a prompt. ``error`` is the message of the node that failed, if one did."""

    state: Literal["done", "failed", "cancelled"]
    outputs: tuple[Output, ...] = ()
    error: Mapping[str, Any] = field(default_factory=dict)


class Client:
    """The server at ``url`` (``http://host:8188``, with ``user:password@`` if something before it asks for that)."""

    def __init__(self, url: str, engine: str) -> None:
        parts = urlsplit(url)
        place = parts.hostname or ""
        place = f"[{place}]" if ":" in place else place
        self.place = f"{parts.scheme}://{place}" + (f":{parts.port}" if parts.port else "") + parts.path.rstrip("/")
        self.headers = _authorization(parts.username, parts.password)
        self.engine = engine
        self._http = Http(engine, self.place, self.headers, read=read_refusal, timeout_s=_ANSWER_S)
        self._quick = Http(engine, self.place, self.headers, read=read_refusal, timeout_s=_QUICK_S, tries=1)

    def is_up(self) -> bool:
        """True if a ComfyUI answers now."""
        try:
            return "system" in self._quick.get("/system_stats", stage="look")
        except EngineError:
            return False

    def system(self) -> str:
        """Which ComfyUI it is and what it computes on, in words. Raises EngineError."""
        said = self._quick.get("/system_stats", stage="look")
        system = said.get("system") if isinstance(said, Mapping) else None
        number = str(system.get("comfyui_version") or "") if isinstance(system, Mapping) else ""
        devices = said.get("devices") if isinstance(said, Mapping) else None
        found = [_device(one) for one in devices or () if isinstance(one, Mapping)]
        return ", ".join([f"ComfyUI {number}".rstrip(), *found])

    def node(self, class_type: str) -> Mapping[str, Any] | None:
        """What the server says of a kind of node; None if it has none of that name."""
        found = self._quick.get(f"/object_info/{quote(class_type, safe='')}", stage="read nodes")
        inner = found.get(class_type) if isinstance(found, dict) else None
        return inner if isinstance(inner, dict) else None

    def upload(self, picture: Path) -> str:
        """The name by which ``LoadImage`` finds a picture with this content."""
        content = picture.read_bytes()
        name = f"{hashlib.sha256(content).hexdigest()[:32]}{picture.suffix.lower()}"
        form = {"type": "input", "subfolder": "studio", "overwrite": "true"}
        said = self._http.post_json(
            "/upload/image", stage="upload", files={"image": (name, content)}, data=form, timeout_s=300
        )
        folder, given = said.get("subfolder", ""), said.get("name", name)
        return f"{folder}/{given}" if folder else str(given)

    def submit(self, graph: Graph, prompt_id: str, client_id: str) -> str:
        """Queue ``graph``; returns the id it goes by, which old servers choose themselves.

        Raises EngineRefused with node, class, input and reason; also where the server dropped a part of the graph.
        """
        body = {"prompt": graph, "prompt_id": prompt_id, "client_id": client_id, "extra_data": _SHOWS_PREVIEWS}
        said = self._http.post_json("/prompt", stage="submit", json=body)
        given = str(said.get("prompt_id") or prompt_id)
        if said.get("node_errors"):
            self.cancel(given)
            words = read_refusal(said).sentence
            raise EngineRefused(
                f"{self.engine} at {self.place} would leave out a part of the graph: {words}",
                answer=Answer(self.engine, "submit", 200),
            )
        return given

    def place_in_queue(self, prompt_id: str) -> int | None:
        """0 while it runs, else how many are before it and itself; None if it is not in the queue."""
        queue = self._quick.get("/queue", stage="look")
        if any(entry[1] == prompt_id for entry in queue.get("queue_running", [])):
            return 0
        pending = sorted(queue.get("queue_pending", []), key=lambda entry: entry[0])
        return next((at for at, entry in enumerate(pending, start=1) if entry[1] == prompt_id), None)

    def ended(self, prompt_id: str) -> Ended | None:
        """How it ended; None while the history knows nothing of it."""
        entry = self._quick.get(f"/history/{quote(prompt_id, safe='')}", stage="look").get(prompt_id)
        return read_history(entry) if isinstance(entry, dict) else None

    def knows(self, prompt_id: str) -> bool:
        """True if it is queued, running or ended there."""
        return self.place_in_queue(prompt_id) is not None or self.ended(prompt_id) is not None

    def needs_no_more(self, prompt_id: str) -> bool:
        """True if asking for it would make it twice: it is queued, running or done."""
        if self.place_in_queue(prompt_id) is not None:
            return True
        ended = self.ended(prompt_id)
        return ended is not None and ended.state == "done"

    def cancel(self, prompt_id: str) -> bool:
        """Its work there is ended, and nobody else's; False if there was none. A model being loaded is loaded first."""
        if self._cancel_job(prompt_id):
            return True
        for _ in range(3):  # it may begin to run between the look and the word
            place = self.place_in_queue(prompt_id)
            if place is None:
                return False
            if place == 0:
                self._quick.post("/interrupt", stage="cancel", json={"prompt_id": prompt_id})
                return True
            self._quick.post("/queue", stage="cancel", json={"delete": [prompt_id]})
            if self.place_in_queue(prompt_id) is None:
                return True
        return False

    def _cancel_job(self, prompt_id: str) -> bool:
        """By the route that newer servers have for this; False if this one has not, or has no such work in hand."""
        try:
            said = self._quick.post_json(f"/api/jobs/{quote(prompt_id, safe='')}/cancel", stage="cancel", json={})
        except EngineError as error:
            if error.answer is None or not error.answer.status:
                raise
            return False
        return isinstance(said, Mapping) and said.get("cancelled") is True

    def free(self) -> None:
        """The server gives up the memory that its models hold, as soon as it is idle."""
        try:
            self._quick.post("/free", stage="free memory", json={"unload_models": True, "free_memory": True})
        except (EngineUnavailable, OutcomeUnknown):
            return

    def download(self, output: Output, out: Path) -> None:
        """The file is in ``out``, whole. EngineError with status 404 if it is gone there."""
        query = urlencode({"filename": output.name, "subfolder": output.subfolder, "type": output.folder})
        self._http.download(f"/view?{query}", out, with_key=True)


def _device(told: Mapping[str, Any]) -> str:
    """``NVIDIA H200 with 96 of 139 GB free``, as ``/system_stats`` has it."""
    name = str(told.get("name") or told.get("type") or "a device").split(" : ")[0].strip()
    free, whole = told.get("vram_free"), told.get("vram_total")
    if not (isinstance(free, (int, float)) and isinstance(whole, (int, float)) and whole > 0):
        return name
    return f"{name} with {free / 1e9:.0f} of {whole / 1e9:.0f} GB free"


def read_refusal(body: Any) -> Said:
    """Node, class, input and reason of every fault in the answer of ``/prompt``, from old and new servers."""
    if not isinstance(body, Mapping):
        return Said()
    error = body.get("error")
    error = error if isinstance(error, Mapping) else {"message": error or ""}
    faults = list(_node_faults(body.get("node_errors")))
    if faults:
        return Said(faults[0][0], "; ".join(words for _, words in faults[:6]))
    parts = [str(error.get("message") or "").rstrip("."), str(error.get("details") or "")]
    sentence = ": ".join(part for part in parts if part)
    if error.get("type") == "prompt_outputs_failed_validation":
        sentence = f"{sentence}: no node is named; the graph may run in a circle"
    return Said(str(error.get("type") or ""), sentence)


def _node_faults(node_errors: Any) -> Iterator[tuple[str, str]]:
    for node, found in node_errors.items() if isinstance(node_errors, Mapping) else ():
        for error in found.get("errors", []):
            given = error.get("extra_info", {}).get("input_name", "")
            details = str(error.get("details", ""))
            words = f"node {node} ({found.get('class_type')})" + (f", input {given}" if given else "")
            reason = str(error.get("message", "")) + (f" ({details})" if details and details != given else "")
            yield str(error.get("type", "")), f"{words}: {reason}"


def read_history(entry: Mapping[str, Any]) -> Ended:
    """An interrupted prompt has the status ``error`` too: only its messages tell it from a failed one."""
    outputs = tuple(read_outputs(entry.get("outputs", {})))
    status = entry.get("status") or {}
    messages = {message[0]: message[1] for message in status.get("messages", []) if len(message) == 2}
    if "execution_interrupted" in messages:
        return Ended("cancelled", outputs)
    if "execution_error" in messages or status.get("status_str") == "error":
        return Ended("failed", outputs, messages.get("execution_error", {}))
    return Ended("done", outputs)


def read_outputs(outputs: Mapping[str, Any]) -> Iterator[Output]:
    """Every file that any node gave, under whatever key; what is kept before what is temporary."""
    found = [
        Output(str(node), str(file["filename"]), str(file.get("subfolder", "")), str(file.get("type", "output")))
        for node, given in outputs.items()
        if isinstance(given, Mapping)
        for files in given.values()
        if isinstance(files, Sequence)
        for file in files
        if isinstance(file, Mapping) and file.get("filename")
    ]
    yield from sorted(found, key=lambda output: output.folder != "output")


_NO_MEMORY = re.compile(
    r"out of memory|OutOfMemory|allocation on device|can't allocate memory|cannot allocate memory", re.I
)


def is_out_of_memory(error: Mapping[str, Any]) -> bool:
    """True for all the shapes in which a server says that its memory was too small."""
    kind, words = str(error.get("exception_type", "")), str(error.get("exception_message", ""))
    return kind == "MemoryError" or bool(_NO_MEMORY.search(f"{kind} {words}"))


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    import base64

    if not user:
        return {}
    pair = base64.b64encode(f"{unquote(user)}:{unquote(password or '')}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}
