"""What Gradio is never asked for: files. The window sends text and numbers; files go through our own routes.

Gradio lets a request name a file of this computer as the value of any control, and reads it (a device for ever). So a
request to it that bears such a value is refused before Gradio sees it, and its upload route is closed.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PREFIX = "/gradio_api/"
_CLOSED = ("/gradio_api/upload", "/gradio_api/upload_progress")
_MOST_BYTES = 8 << 20
_DEEPEST = 12


class GradioDoor:
    """Stands before Gradio's routes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = "/" + str(scope.get("path", "")).lstrip("/")
        if scope["type"] != "http" or not path.startswith(_PREFIX) or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        if path.rstrip("/").startswith(_CLOSED):
            await _no("Files are sent to /api, not here.")(scope, receive, send)
            return
        body = await _whole(receive)
        if body is None:
            await _no("That is more than the window ever sends.", 413)(scope, receive, send)
        elif _names_a_file(body):
            await _no("A control of the window takes no file of this computer.")(scope, receive, send)
        else:
            await self._app(scope, _again(body, receive), send)


def _no(words: str, status: int = 403) -> JSONResponse:
    return JSONResponse({"error": words}, status)


async def _whole(receive: Receive) -> bytes | None:
    """The body; None if it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > _MOST_BYTES:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the whole body first."""
    is_given = False

    async def next_message() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return next_message


def _names_a_file(body: bytes) -> bool:
    """True for JSON with a value of Gradio's file type anywhere in it, and for what nests too deep to be the window's."""
    try:
        return _has_file(json.loads(body), 0)
    except (ValueError, RecursionError):
        return False  # no JSON: Gradio refuses it by itself


def _has_file(value: Any, depth: int) -> bool:
    if depth > _DEEPEST:
        return True
    if isinstance(value, dict):
        meta = value.get("meta")
        is_file = "path" in value or "_type" in value or (isinstance(meta, dict) and "_type" in meta)
        return is_file or any(_has_file(one, depth + 1) for one in value.values())
    return isinstance(value, list) and any(_has_file(one, depth + 1) for one in value)
