"""Connections that begin to speak and do not go on."""

from __future__ import annotations

import asyncio

import pytest
import uvicorn
from uvicorn.server import ServerState

from studio.api.patience import Patient


class Hasty(Patient):
    check_s = 0.05


async def _echo(scope, receive, send):
    message = {"more_body": True}
    while message.get("more_body"):
        message = await receive()
    if message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _answer(words: bytes) -> bytes:
    """What comes back until the connection is closed."""
    config = uvicorn.Config(_echo, log_level="error", lifespan="off")
    config.load()
    state, loop = ServerState(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Hasty(config, state, {}), "127.0.0.1", 0)
    try:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(words)
        found = await asyncio.wait_for(reader.read(), 3)
        writer.close()
        return found
    finally:
        server.close()


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(
    "words",
    [b"", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"],
    ids=["nothing", "half a header", "half a body"],
)
def test_who_begins_and_does_not_go_on_is_hung_up_on(words):
    assert asyncio.run(_answer(words)) == b""


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_who_asks_is_answered_first():
    assert asyncio.run(_answer(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startswith(b"HTTP/1.1 204")
