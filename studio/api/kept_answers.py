"""The window's page and the files it is built of: put together and compressed once, not at each load.

Gradio writes the page anew, and compresses each of its sixty files, whenever a browser asks; that was half of the
server's work for a load. They do not change while the server runs. The names of the files say what is in them, so
browsers are told to keep those for good.

Each of the files names the next ones, five deep, so a browser that reads them in turn waits five times. The page comes
with the names of all that were asked for before (``Link``), to be fetched at once (0.93 s until it can be used became 0.88 s).
The first window after a start has to do without.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PAGE = "/"
_FILES = "/assets/"
_THEME = "/theme.css"
_MOST_BYTES = 16 << 20
_AHEAD = {"js": "rel=modulepreload", "css": "rel=preload; as=style; crossorigin"}
"""How a kind of file is fetched ahead: exactly as the page asks for it later, or it would be fetched twice."""
_MOST_AHEAD = 100
_FOR_GOOD = "private, max-age=31536000, immutable"
_PARTLY = ("range", "if-none-match", "if-modified-since")


@dataclass(slots=True)
class _Answer:
    """One answer, whole."""

    start: Message = field(default_factory=dict)
    body: bytes = b""

    async def take(self, message: Message) -> None:
        """The next part of it."""
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def give(self, send: Send, link: str) -> None:
        """All of it goes to who asked, with the header ``Link`` if there is one."""
        headers = list(self.start["headers"])  # a list of its own: what is added on the way is not kept
        if link:
            headers.append((b"link", link.encode("ascii")))
        await send({**self.start, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


class KeptAnswers:
    """Stands before everything that makes the page; what it keeps is bounded."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[tuple[str, str, str], _Answer] = {}
        self._size_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_of_the_page(scope):
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        path = str(scope["path"])
        key = (path, asked.get("accept-encoding", ""), asked.get("host", "") if path == _PAGE else "")
        answer = self._kept.get(key)
        if answer is None:
            answer = _Answer()
            await self._app(scope, receive, answer.take)
            self._keep(key, answer)
        await answer.give(send, self._ahead() if path == _PAGE else "")

    def _ahead(self) -> str:
        """The files that were asked for, in that order, as a header ``Link`` names them."""
        files = dict.fromkeys(path for path, *_ in self._kept if path.startswith(_FILES))
        kinds = ((path, path.rpartition(".")[2]) for path in files)
        named = [f"<{path}>; {_AHEAD[kind]}" for path, kind in kinds if kind in _AHEAD]
        return ", ".join(named[:_MOST_AHEAD])

    def _keep(self, key: tuple[str, str, str], answer: _Answer) -> None:
        headers = MutableHeaders(raw=list(answer.start["headers"]))
        if answer.start["status"] != 200 or "set-cookie" in headers:
            return
        if key[0].startswith(_FILES):
            headers["cache-control"] = _FOR_GOOD
            answer.start["headers"] = headers.raw
        if self._size_bytes + len(answer.body) <= _MOST_BYTES:
            self._kept[key] = answer
            self._size_bytes += len(answer.body)


def _is_of_the_page(scope: Scope) -> bool:
    """True for a request for all of the page, or of a file of it, that is the same for everybody."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    asked, path = Headers(scope=scope), str(scope["path"])
    is_same = path.startswith(_FILES) or path in (_PAGE, _THEME)
    return is_same and b"deep_link" not in scope["query_string"] and not any(name in asked for name in _PARTLY)
