"""Two things around every answer: bodies that are too large are cut off, and text goes out small."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MOST_BODY_BYTES = 33 << 20
_STREAMED = ("/api/imports", "/api/dubs")
_SENT_AS_THEY_ARE = ("/media/", "/api/runs/", "/gradio_api/file=", "/gradio_api/stream/")


class BodyLimit:
    """The routes of the API read at most 33 MB; only imports and films to dub, which go straight to the disk, take any length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not path.startswith("/api/") or path in _STREAMED:
            await self._app(scope, receive, send)
            return
        count = 0

        async def counting() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            if count > _MOST_BODY_BYTES:
                raise HTTPException(
                    413, f"The request is larger than the {_MOST_BODY_BYTES >> 20} MB that are taken here."
                )
            return message

        await self._app(scope, counting, send)


class Compress:
    """Pages, scripts and JSON are sent compressed; files, which are asked for in parts, as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._small = GZipMiddleware(app, minimum_size=1024, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_file = str(scope.get("path", "")).startswith(_SENT_AS_THEY_ARE)
        await (self._plain if is_file else self._small)(scope, receive, send)
