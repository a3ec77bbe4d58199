"""A service on loopback that tells what it was asked and misbehaves on demand. The doubles of real ones build on it.

A double says in ``answer`` what it does with a call; whatever costs money there is put into ``created``. ``misbehave``
makes the next calls of a kind go wrong, each misdeed once and in order::

    with Shop() as shop:
        shop.misbehave("POST /orders", Status(429, {"Retry-After": "1"}), Drop(after=True))
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Part:
    """One part of a form."""

    name: str
    file: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Call:
    """What was asked. ``headers`` are by their lower-case names."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def what(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def parts(self) -> dict[str, tuple[str, bytes]]:
        """A form's parts by their names: file name and content."""
        return {part.name: (part.file, part.content) for part in self.form}

    @property
    def form(self) -> list[Part]:
        """A form's parts in their order; several may have one name."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        return [
            Part(
                str(part.get_param("name", header="Content-Disposition")), part.get_filename() or "",
                part.get_content_type(), part.get_payload(decode=True),
            )
            for part in BytesParser(policy=HTTP).parsebytes(head + self.body).iter_parts()  # type: ignore[attr-defined]
        ]  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What is answered: ``body`` as JSON, as text or as it is; a file (``bytes``) may be asked for from the middle."""

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    takes_ranges: bool = True

    @property
    def content(self) -> tuple[bytes, str]:
        if isinstance(self.body, bytes):
            return self.body, "application/octet-stream"
        if isinstance(self.body, str):
            return self.body.encode(), "text/plain; charset=utf-8"
        return json.dumps(self.body).encode(), "application/json; charset=utf-8"


@dataclass(frozen=True)
class Status:
    """Refused with this status; nothing is done."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = b""


@dataclass(frozen=True)
class Drop:
    """The connection is closed without an answer: before anything was done, or after it was."""

    after: bool = False


@dataclass(frozen=True)
class Hang:
    """No answer until the client has given up or the server ends: before anything was done, or after it was."""

    after: bool = False


@dataclass(frozen=True)
class Torn:
    """The answer breaks off after so many bytes of its body, though more were announced."""

    bytes: int


Misdeed = Status | Drop | Hang | Torn


class Double:
    """A server in threads of its own. ``calls`` is all it was asked, ``created`` all that would have cost money."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.created: list[Any] = []
        self.lock = threading.RLock()
        self._misdeeds: dict[str, deque[Misdeed]] = defaultdict(deque)
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self._http: ThreadingHTTPServer | None = None
        self._port = 0

    def answer(self, call: Call) -> Reply:
        """What the service does."""
        raise NotImplementedError

    def upgraded(self, call: Call, connection: socket.socket) -> bool:
        """True if the call was a WebSocket's, which has been served to its end."""
        return False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def is_alone(self) -> bool:
        """True if nobody is connected: who was killed has been heard to the end."""
        with self.lock:
            return not self._open

    def asked(self, what: str) -> list[Call]:
        """The calls whose method and path match the regular expression ``what``."""
        with self.lock:
            return [call for call in self.calls if re.fullmatch(what, call.what)]

    def misbehave(self, what: str, *misdeeds: Misdeed) -> None:
        """The next calls that match ``what`` (a regular expression of method and path) go wrong like this."""
        with self.lock:
            self._misdeeds[what].extend(misdeeds)

    def start(self) -> None:
        """Serves, at the same port as before if it was stopped in between."""
        self._ended.clear()
        self._http = _Server(("127.0.0.1", self._port), _handler_of(self))
        self._port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        """As if killed: nobody listens any more, and every open connection is gone."""
        with self.lock:
            http, self._http = self._http, None
            connections = list(self._open)
        if http is None:
            return
        self._ended.set()
        http.shutdown()
        http.server_close()
        for connection in connections:
            _cut(connection)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def serve(self, call: Call) -> Reply | None:
        """The reply, torn or whole; None if there is none."""
        with self.lock:
            self.calls.append(call)
            found = next(
                (queue for what, queue in self._misdeeds.items() if queue and re.fullmatch(what, call.what)), None
            )
            misdeed = found.popleft() if found else None
        if isinstance(misdeed, Status):
            return Reply(misdeed.body, misdeed.status, misdeed.headers)
        if isinstance(misdeed, (Drop, Hang)):
            if misdeed.after:
                self.answer(call)
            if isinstance(misdeed, Hang):
                self._ended.wait(10)
            return None
        reply = self.answer(call)
        if misdeed:
            return _Cut(reply.body, reply.status, reply.headers, reply.takes_ranges, misdeed.bytes)
        return reply

    def opened(self, connection: socket.socket) -> None:
        with self.lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self.lock:
            self._open.discard(connection)


@dataclass(frozen=True)
class _Cut(Reply):
    bytes: int = 0


class _Server(ThreadingHTTPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what these tests are about."""


def _handler_of(double: Double) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            double.opened(self.connection)

        def finish(self) -> None:
            double.closed(self.connection)
            super().finish()

        def log_message(self, *_: object) -> None:
            pass

        def _served(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            call = Call(self.command, unquote(parts.path), dict(parse_qsl(parts.query)), headers, body)
            if double.upgraded(call, self.connection):
                self.close_connection = True
                return
            reply = double.serve(call)
            if reply is None:
                self.close_connection = True
                _cut(self.connection)
                return
            self._send(call, reply)

        def _send(self, call: Call, reply: Reply) -> None:
            content, kind = reply.content
            status, extra = reply.status, {}
            start = re.fullmatch(r"bytes=(\d+)-", call.headers.get("range", ""))
            if start and status == 200 and isinstance(reply.body, bytes) and reply.takes_ranges:
                at = int(start.group(1))
                status = 206 if at < len(content) else 416
                extra = {"Content-Range": f"bytes {at}-{len(content) - 1}/{len(content)}"}
                content = content[at:]
            self.send_response_only(status)
            for name, value in {
                "Date": self.date_time_string(),
                "Content-Type": kind,
                **extra,
                **reply.headers,
            }.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if isinstance(reply, _Cut):
                self.wfile.write(content[: reply.bytes])
                self.close_connection = True
                _cut(self.connection)
            else:
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _served  # noqa: N815  http.server's own names

    return Handler


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
