"""A file as an answer: whole, in part, or not at all because the browser has it."""

from __future__ import annotations

import os
from email.utils import formatdate
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import anyio
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from studio.api.ranges import NotInFile, asked_part

_BLOCK_BYTES = 256 << 10
_CLOSED = (
    "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; sandbox; frame-ancestors 'none'"
)
"""A file is shown, never run."""


class FileBody(Response):
    """The file at ``path``, opened now: what is sent is of one piece even if another takes its place meanwhile.

    ``download_name`` makes the browser save it under that name. Raises OSError if it cannot be opened.
    """

    def __init__(
        self, path: Path, *, media_type: str, download_name: str = "", cache: str = "private, no-cache"
    ) -> None:
        self._file: BinaryIO = path.open("rb")
        facts = os.fstat(self._file.fileno())
        self._size_bytes = facts.st_size
        self._tag = f'"{facts.st_ino:x}-{facts.st_size:x}-{facts.st_mtime_ns:x}"'
        self._changed_at = formatdate(facts.st_mtime, usegmt=True)
        super().__init__(media_type=media_type)
        self.headers["etag"] = self._tag
        self.headers["last-modified"] = self._changed_at
        self.headers["accept-ranges"] = "bytes"
        self.headers["cache-control"] = cache
        self.headers["content-security-policy"] = _CLOSED
        if download_name:
            self.headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(download_name, safe='')}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            first, count = self._chosen(Headers(scope=scope))
            if scope["method"] == "HEAD" or self.status_code in (304, 416):
                count = 0
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async with anyio.create_task_group() as group:
                group.start_soon(_until_gone, receive, group.cancel_scope)
                await self._send_bytes(send, first, count)
                group.cancel_scope.cancel()
        finally:
            self._file.close()

    def _chosen(self, asked: Headers) -> tuple[int, int]:
        """Offset and number of the bytes to send; status and headers are set to say so."""
        if _knows(asked.get("if-none-match", ""), self._tag):
            self.status_code = 304
            del self.headers["content-length"]
            return 0, 0
        first, last = 0, self._size_bytes - 1
        header = asked.get("range", "")
        if header and asked.get("if-range", self._tag) in (self._tag, self._changed_at):
            try:
                part = asked_part(header, self._size_bytes)
            except NotInFile:
                self.status_code = 416
                self.headers["content-range"] = f"bytes */{self._size_bytes}"
                self.headers["content-length"] = "0"
                return 0, 0
            if part:
                first, last = part
                self.status_code = 206
                self.headers["content-range"] = f"bytes {first}-{last}/{self._size_bytes}"
        self.headers["content-length"] = str(last - first + 1)
        return first, last - first + 1

    async def _send_bytes(self, send: Send, first: int, count: int) -> None:
        await run_sync(self._file.seek, first)
        while count:
            block = await run_sync(self._file.read, min(count, _BLOCK_BYTES))
            if not block:
                raise OSError("The file became shorter while it was sent.")
            count -= len(block)
            await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    """Ends the sending when the browser has gone, as it does at every jump inside a film."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


def _knows(header: str, tag: str) -> bool:
    known = [one.strip().removeprefix("W/") for one in header.split(",")]
    return tag in known or known == ["*"]
