"""News of one prompt from a server's socket: how far it is and how it looks. Nothing is decided by it, all works without."""

from __future__ import annotations

import io
import json
import struct
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from studio.engines.comfyui.client import Client, Graph

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

_SAMPLING_WEIGHT = 12
"""Next to a sampler the other nodes take hardly any time."""
_MOST_SOCKETS = 5
_OPEN_S = 3.0
_LARGEST_BYTES = 64 << 20
_PICTURES = tuple(struct.pack(">II", 1, kind) for kind in (1, 2))
"""What a frame begins with that shows the picture as it is by now: JPEG, PNG.

It does not say whose, and those of prompts without a client go to every socket: they count only in this prompt's turn.
"""
_PREVIEW_PX = 320


class Listener:
    """Hears of ``prompt_id`` until closed. ``at_end`` is called once, from another thread, when it says it is through."""

    def __init__(
        self, client: Client, prompt_id: str, client_id: str, graph: Graph, at_end: Callable[[], None]
    ) -> None:
        self._client = client
        self._prompt_id = prompt_id
        self._client_id = client_id
        self._weights = {node: _weight(given) for node, given in graph.items()}
        self._graph = graph
        self._at_end = at_end
        self._done: dict[str, float] = {}
        self._lock = threading.Lock()
        self._socket: ClientConnection | None = None
        self._thread: threading.Thread | None = None
        self._sockets = 0
        self._is_closed = False
        self._frame = b""
        self._is_its_turn = False
        self.share: float | None = None
        self.text = ""

    def open(self) -> None:
        """Listens when this returns, if a socket can be had; does nothing if it has one."""
        if self._thread is not None and self._thread.is_alive() or self._sockets >= _MOST_SOCKETS:
            return
        self._sockets += 1
        settled = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(settled,), daemon=True, name="comfyui-events")
        self._thread.start()
        settled.wait(_OPEN_S)

    def take_preview(self) -> bytes:
        """How it looks by now, a small JPEG; empty if nothing new was seen since this was asked last."""
        frame, self._frame = self._frame, b""
        return _small(frame) if frame else b""

    def close(self) -> None:
        """Hears no more."""
        self._is_closed = True
        socket = self._socket
        if socket is not None:
            socket.close()

    def _listen(self, settled: threading.Event) -> None:
        from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
        from websockets.sync.client import connect

        address = f"{self._client.place.replace('http', 'ws', 1)}/ws?clientId={self._client_id}"
        try:
            with connect(
                address, additional_headers=self._client.headers, open_timeout=_OPEN_S, close_timeout=1, max_size=_LARGEST_BYTES
            ) as socket:  # fmt: skip
                self._socket = socket
                settled.set()
                while not self._is_closed:
                    message = socket.recv()
                    if isinstance(message, str):
                        self._hear(message)
                    elif self._is_its_turn and message[:8] in _PICTURES:
                        self._frame = message[8:]
        except (ConnectionClosed, InvalidHandshake, InvalidURI, OSError):
            pass
        finally:
            self._socket = None
            settled.set()

    def _hear(self, message: str) -> None:
        try:
            event = json.loads(message)
            kind, told = event["type"], event["data"]
        except (ValueError, KeyError, TypeError):
            return
        if not isinstance(told, Mapping) or told.get("prompt_id") != self._prompt_id:
            return
        is_through = kind == "executing" and told.get("node") is None
        self._is_its_turn = not is_through
        if is_through and not self._is_closed:
            self._at_end()
        with self._lock:
            self._count(str(kind), told)

    def _count(self, kind: str, told: Mapping[str, Any]) -> None:
        if kind == "execution_cached":
            self._done.update({str(node): 1.0 for node in told.get("nodes", [])})
        elif kind == "executed":
            self._done[str(told.get("node"))] = 1.0
        elif kind == "progress":
            self._step(str(told.get("node")), told.get("value"), told.get("max"))
        elif kind == "progress_state" and isinstance(told.get("nodes"), Mapping):
            for node, at in told["nodes"].items():
                if isinstance(at, Mapping):
                    self._step(str(at.get("display_node_id", node)), at.get("value"), at.get("max"))
        whole = sum(self._weights.values())
        done = sum(self._weights.get(node, 0) * share for node, share in self._done.items())
        if whole and self._done:
            self.share = min(1.0, done / whole)

    def _step(self, node: str, value: Any, most: Any) -> None:
        if (
            node not in self._graph
            or not isinstance(value, (int, float))
            or not isinstance(most, (int, float))
            or most <= 0
        ):
            return
        share = min(1.0, value / most)
        if share < 1 or self._done.get(node) != share:
            self.text = f"{self._graph[node].get('class_type', 'node')} {value:g} of {most:g}"
        self._done[node] = share


def _small(frame: bytes) -> bytes:
    """The picture as a small JPEG; empty for what is none."""
    from PIL import Image, UnidentifiedImageError

    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(frame), formats=("JPEG", "PNG")) as picture:
            picture.thumbnail((_PREVIEW_PX, _PREVIEW_PX))
            picture.convert("RGB").save(out, "JPEG", quality=70)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return b""
    return out.getvalue()


def _weight(node: Mapping[str, Any]) -> int:
    return (
        _SAMPLING_WEIGHT
        if "Sampler" in str(node.get("class_type")) and "Select" not in str(node.get("class_type"))
        else 1
    )
