"""A ComfyUI that behaves as the real one was seen to (0.3.75 and 0.8.0), and dies, forgets and lies on demand.

It checks graphs against the kinds of node in ``comfyui_nodes.json``, runs one prompt after another in a thread, and
gives a picture or a film of one colour, which is the seed's. ``fates`` are what becomes of the next prompts: a name in
``FATES``, or ``die`` (the server is gone) or ``wait`` (until ``go``); an empty one goes well. ``created`` are the
prompts that were taken in.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import socket
import struct
import threading
import zlib
from collections import deque
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from tests.servers.base import Call, Double, Reply

NODES = json.loads((Path(__file__).parent / "comfyui_nodes.json").read_text())
FATES = {
    "oom": (
        "torch.OutOfMemoryError",
        "Allocation on device\nThis error means you ran out of memory on your GPU.\n\nTIPS: …",
    ),
    "memory": ("MemoryError", "\n"),
    "alloc": (
        "RuntimeError",
        "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: …",
    ),
    "fail": ("ValueError", "conformance: expected failure"),
}
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Comfy(Double):
    """``late`` histories are empty at that many looks after the end; ``is_deaf``: sockets hear nothing;
    ``has_jobs_route``: works are cancelled at ``/api/jobs``, as newer servers do."""

    def __init__(self, *, render_s: float = 0.0) -> None:
        super().__init__()
        self.render_s = render_s
        self.fates: deque[str] = deque()
        self.go = threading.Event()
        self.late = 0
        self.is_deaf = False
        self.noise: list[str | bytes] = []
        self.noise_before: list[bytes] = []
        """What every socket hears before a prompt's turn: a prompt without a client is worked on."""
        self.drops_sockets = False
        self.has_jobs_route = False
        self.nodes: dict[str, Any] = dict(NODES)
        self.files: dict[tuple[str, str, str], bytes] = {}
        self.freed = 0
        self.interrupts: list[str] = []
        self.done: list[str] = []
        self._cache: dict[str, list[dict[str, str]]] = {}
        self._lost_memory()

    def _lost_memory(self) -> None:
        self.pending: list[tuple[int, str, dict[str, Any], str]] = []
        self.running: tuple[int, str, dict[str, Any], str] | None = None
        self.history: dict[str, Any] = {}
        self._late: dict[str, int] = {}
        self._number = 0
        self._sockets: dict[str, socket.socket] = {}
        self._wakes = threading.Condition(self.lock)
        self._stopped: set[str] = set()
        self._cache.clear()

    def start(self) -> None:
        self._life = life = threading.Event()
        super().start()
        threading.Thread(target=self._work, args=(life,), daemon=True).start()

    def stop(self) -> None:
        self._life.set()
        with self._wakes:
            self._wakes.notify_all()
        super().stop()

    def restart(self) -> None:
        """Killed and started again: nothing survives but the files."""
        self.stop()
        self._lost_memory()
        self.start()

    def answer(self, call: Call) -> Reply:
        path = call.path.removeprefix("/api")
        with self.lock:
            return self._answer(call, f"{call.method} {path}")

    def _answer(self, call: Call, what: str) -> Reply:
        if what == "GET /system_stats":
            return Reply({"system": {"comfyui_version": "0.3.75"}, "devices": []})
        if what.startswith("GET /object_info/"):
            kind = call.path.rpartition("/")[2]
            return Reply({kind: self.nodes[kind]} if kind in self.nodes else {})
        if what == "GET /queue":
            return Reply({
                "queue_running": [[*self.running[:3], {}, []]] if self.running else [],
                "queue_pending": [[*entry[:3], {}, []] for entry in reversed(self.pending)],
            })  # fmt: skip
        if what.startswith("GET /history/"):
            return self._told(call.path.rpartition("/")[2])
        if what == "GET /view":
            key = (call.query.get("type", "output"), call.query.get("subfolder", ""), call.query["filename"])
            return Reply(self.files[key]) if key in self.files else Reply(b"", status=404)
        return self._changed(call, what)

    def _told(self, prompt_id: str) -> Reply:
        if self._late.get(prompt_id, 0) > 0:
            self._late[prompt_id] -= 1
            return Reply({})
        return Reply({prompt_id: self.history[prompt_id]} if prompt_id in self.history else {})

    def _changed(self, call: Call, what: str) -> Reply:
        if what == "POST /prompt":
            return self._posted(call)
        if what == "POST /upload/image":
            return self._uploaded(call)
        if what == "POST /queue":
            gone = call.json.get("delete", [entry[1] for entry in self.pending] if call.json.get("clear") else [])
            self.pending = [entry for entry in self.pending if entry[1] not in gone]
        elif what == "POST /interrupt":
            wanted = call.json.get("prompt_id") if call.body else None
            self.interrupts.append(str(wanted))
            self._interrupt(wanted)
        elif self.has_jobs_route and what.startswith("POST /jobs/"):
            wanted = call.path.split("/")[-2]
            before = len(self.pending)
            self.pending = [entry for entry in self.pending if entry[1] != wanted]
            return Reply({"cancelled": len(self.pending) < before or self._interrupt(wanted)})
        elif what == "POST /free":
            self.freed += 1
        elif what == "POST /history":
            self.history.clear()
        else:
            return Reply("404: Not Found", status=404)
        return Reply(b"")

    def _interrupt(self, wanted: str | None) -> bool:
        """What runs is stopped, if it is what is ``wanted``; None: whatever it is."""
        if not self.running or wanted not in (None, self.running[1]):
            return False
        self._stopped.add(self.running[1])
        self.go.set()
        return True

    def _uploaded(self, call: Call) -> Reply:
        name, content = call.parts["image"]
        folder = call.parts.get("subfolder", ("", b""))[1].decode()
        if len(content) > 100 << 20:
            return Reply("Maximum request body size 104857600 exceeded.", status=413)
        key = ("input", folder, name)
        if key in self.files and self.files[key] != content and call.parts.get("overwrite", ("", b""))[1] != b"true":
            name = f"{Path(name).stem} (1){Path(name).suffix}"
        self.files["input", folder, name] = content
        return Reply({"name": name, "subfolder": folder, "type": "input"})

    def _posted(self, call: Call) -> Reply:
        try:
            graph = call.json["prompt"]
            assert isinstance(graph, dict)
        except (ValueError, AssertionError):
            return Reply("500 Internal Server Error\n\nServer got itself in trouble", status=500)
        for node, given in graph.items():
            kind = given.get("class_type")
            if kind not in self.nodes:
                why = "a node is missing the class_type property." if kind is None else f"node {kind} does not exist."
                return Reply(_no("invalid_prompt", f"Cannot execute because {why}", f"Node ID '#{node}'"), status=400)
        errors = {node: found for node, given in graph.items() if (found := self._faults(graph, given))}
        outputs = [node for node, given in graph.items() if self.nodes[given["class_type"]]["output_node"]]
        bad = [node for node in outputs if _above(graph, node) & set(errors)]
        told = {
            node: {"errors": found, "dependent_outputs": bad, "class_type": graph[node]["class_type"]}
            for node, found in errors.items()
        }
        if len(bad) == len(outputs):
            no = _no("prompt_outputs_failed_validation", "Prompt outputs failed validation", "")
            return Reply({**no, "node_errors": told}, status=400)
        prompt_id = call.json["prompt_id"]
        self.created.append(prompt_id)
        self.pending.append(
            (self._number, prompt_id, {n: g for n, g in graph.items() if n not in bad}, call.json["client_id"])
        )
        self._number += 1
        self._wakes.notify_all()
        return Reply({"prompt_id": prompt_id, "number": self._number - 1, "node_errors": told})

    def _faults(self, graph: dict[str, Any], given: dict[str, Any]) -> list[dict[str, Any]]:
        found = []
        takes = self.nodes[given["class_type"]]["input"]
        for name, spec in takes.get("required", {}).items():
            value = given["inputs"].get(name)
            if value is None:
                found.append(_fault("required_input_missing", "Required input is missing", name, name))
            elif given["class_type"] == "LoadImage" and name == "image":
                folder, _, file = value.rpartition("/")
                if ("input", folder, file) not in self.files:
                    found.append(
                        _fault(
                            "custom_validation_failed",
                            "Custom validation failed for node",
                            f"image - Invalid image file: {value}",
                            name,
                        )
                    )
            elif isinstance(spec[0], list) and value not in spec[0]:
                found.append(
                    _fault("value_not_in_list", "Value not in list", f"{name}: '{value}' not in {spec[0]}", name)
                )
            elif isinstance(value, int) and value > (spec[1:] or [{}])[0].get("max", value):
                found.append(
                    _fault("value_bigger_than_max", f"Value {value} bigger than max of {spec[1]['max']}", name, name)
                )
        return found

    def _work(self, life: threading.Event) -> None:
        while not life.is_set():
            with self._wakes:
                if not self.pending:
                    self._wakes.wait(0.2)
                    continue
                self.running = self.pending.pop(0)
                fate = self.fates.popleft() if self.fates else ""
            self._run(self.running, fate, life)

    def _run(self, entry: tuple[int, str, dict[str, Any], str], fate: str, life: threading.Event) -> None:
        _, prompt_id, graph, client_id = entry
        for frame in self.noise_before:
            self._send(client_id, frame)
        self._say(client_id, "execution_start", prompt_id)
        sampler = next((node for node, given in graph.items() if "Sampler" in given["class_type"]), next(iter(graph)))
        self._say(client_id, "executing", prompt_id, node=sampler)
        for value in (1, 2):
            self._say(client_id, "progress", prompt_id, node=sampler, value=value, max=4)
        nodes = {sampler: {"value": 3, "max": 4, "state": "running", "node_id": sampler, "display_node_id": sampler}}
        self._say(client_id, "progress_state", prompt_id, nodes=nodes)
        for thing in self.noise:
            self._send(client_id, thing)
        if self.drops_sockets and client_id in self._sockets:
            self._sockets.pop(client_id).shutdown(socket.SHUT_RDWR)
        if fate == "wait":
            self.go.wait(10)
            self.go.clear()
        if fate == "die":
            threading.Thread(target=self.stop, daemon=True).start()
            life.wait(5)
        if life.wait(self.render_s) if self.render_s else life.is_set():
            return
        with self.lock:
            self._close_up(prompt_id, graph, fate)
        self._say(client_id, "executing", prompt_id, node=None)

    def _close_up(self, prompt_id: str, graph: dict[str, Any], fate: str) -> None:
        start: list[Any] = ["execution_start", {"prompt_id": prompt_id}]
        node = next(node for node, given in graph.items() if self.nodes[given["class_type"]]["output_node"])
        above = {"node_id": "5", "node_type": graph.get("5", {}).get("class_type", "KSampler"), "prompt_id": prompt_id}
        if prompt_id in self._stopped:
            state, last, outputs = "error", ["execution_interrupted", above], {}
        elif fate.partition("+")[0] in FATES:
            kind, words = FATES[fate.partition("+")[0]]
            state, last = "error", ["execution_error", {**above, "exception_type": kind, "exception_message": words}]
            outputs = {node: self._saved(graph, node)} if fate.endswith("+partial") else {}
        else:
            state, last = "success", ["execution_success", {"prompt_id": prompt_id}]
            outputs = {node: self._saved(graph, node)}
            self.done.append(prompt_id)
        status = {"status_str": state, "completed": state == "success", "messages": [start, last]}
        self.history[prompt_id] = {
            "prompt": [0, prompt_id, graph, {}, []],
            "outputs": outputs,
            "status": status,
            "meta": {},
        }
        self._late[prompt_id] = self.late
        self.running = None

    def _saved(self, graph: dict[str, Any], node: str) -> dict[str, Any]:
        """The files of the output node; the same graph again gives the old names without looking whether they are there."""
        kind, key = graph[node]["class_type"], json.dumps(graph, sort_keys=True)
        if key not in self._cache:
            folder, _, stem = str(graph[node]["inputs"].get("filename_prefix", "temp")).rpartition("/")
            suffix = {"SaveVideo": ".mp4", "SaveAnimatedWEBP": ".webp"}.get(kind, ".png")
            where = "temp" if kind == "PreviewImage" else "output"
            taken = [
                name for place, sub, name in self.files if (place, sub) == (where, folder) and name.startswith(stem)
            ]
            name = f"{stem}_{len(taken) + 1:05}_{suffix}"
            seed = next((v for g in graph.values() for n, v in g["inputs"].items() if n in ("seed", "noise_seed")), 0)
            sizes = next(
                ((g["inputs"]["width"], g["inputs"]["height"]) for g in graph.values() if "width" in g["inputs"]),
                (64, 64),
            )
            self.files[where, folder, name] = a_film() if suffix == ".mp4" else a_picture(sizes, seed, suffix)
            self._cache[key] = [{"filename": name, "subfolder": folder, "type": where}]
        return {
            "images": self._cache[key],
            **({"animated": [True]} if kind in ("SaveVideo", "SaveAnimatedWEBP") else {}),
        }

    def upgraded(self, call: Call, connection: socket.socket) -> bool:
        if call.headers.get("upgrade", "").lower() != "websocket" or call.path.removeprefix("/api") != "/ws":
            return False
        accept = base64.b64encode(hashlib.sha1(call.headers["sec-websocket-key"].encode() + _GUID).digest()).decode()
        head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        connection.sendall(f"{head}Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        client_id = call.query["clientId"]
        with self.lock:
            self.calls.append(call)
            self._sockets[client_id] = connection
        self._send(client_id, json.dumps({"type": "status", "data": {"status": {}, "sid": client_id}}))
        try:
            while (frame := connection.recv(4096)) and frame[0] & 0x0F != 8:
                pass
            connection.sendall(b"\x88\x00")
        except OSError:
            pass
        with self.lock:
            if self._sockets.get(client_id) is connection:
                del self._sockets[client_id]
        return True

    def _say(self, client_id: str, kind: str, prompt_id: str, **told: Any) -> None:
        if not self.is_deaf:
            self._send(client_id, json.dumps({"type": kind, "data": {**told, "prompt_id": prompt_id}}))

    def _send(self, client_id: str, message: str | bytes) -> None:
        content = message.encode() if isinstance(message, str) else message
        length = bytes([len(content)]) if len(content) < 126 else b"\x7e" + struct.pack(">H", len(content))
        with self.lock:
            connection = self._sockets.get(client_id)
            try:
                if connection:
                    connection.sendall((b"\x81" if isinstance(message, str) else b"\x82") + length + content)
            except OSError:
                self._sockets.pop(client_id, None)


def _no(kind: str, message: str, details: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": message, "details": details, "extra_info": {}}, "node_errors": {}}


def _fault(kind: str, message: str, details: str, name: str) -> dict[str, Any]:
    return {"type": kind, "message": message, "details": details, "extra_info": {"input_name": name}}


def _above(graph: dict[str, Any], node: str) -> set[str]:
    found, open_ = set(), [node]
    while open_:
        node = open_.pop()
        if node in found or node not in graph:
            continue
        found.add(node)
        open_ += [str(value[0]) for value in graph[node]["inputs"].values() if isinstance(value, list)]
    return found


@cache
def a_film() -> bytes:
    """Nine pictures of 64 by 36 at 8 a second, each lighter than the one before, as an MP4."""
    import tempfile

    from studio.media import ffmpeg

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with ffmpeg.filming(path, size=(64, 36), fps=8) as feed:
            for number in range(9):
                feed.write(bytes([40 + 20 * number]) * (64 * 36) + b"\x80" * (64 * 18))
        return path.read_bytes()


@cache
def a_picture(size: tuple[int, int], seed: int, suffix: str = ".png") -> bytes:
    """One colour, which is the seed's."""
    number = zlib.crc32(str(seed).encode())
    file = io.BytesIO()
    colour = (number % 256, number // 256 % 256, number // 65536 % 256)
    Image.new("RGB", size, colour).save(
        file, format={".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG"}[suffix], compress_level=1
    )
    return file.getvalue()
