"""How long the server waits for somebody who has begun to speak: a connection that only trickles is closed."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

_CHECK_S = 30.0
_LEAST_BYTES = 1 << 10


class Patient(H11Protocol):
    """HTTP/1.1 that ends a connection whose headers or body bring less than 1 KB in 30 s while they are waited for."""

    check_s = _CHECK_S

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn's, and watched from now on."""
        super().connection_made(transport)
        self._came_bytes = 0
        self._look_later()

    def data_received(self, data: bytes) -> None:
        """As uvicorn's, counted."""
        self._came_bytes += len(data)
        super().data_received(data)

    def _look_later(self) -> None:
        self.loop.call_later(self.check_s, self._look)

    def _look(self) -> None:
        transport = cast(Any, self.transport)
        if transport.is_closing() or transport.get_protocol() is not self:  # gone, or a socket by now
            return
        came_bytes, self._came_bytes = self._came_bytes, 0
        if self._is_waiting() and came_bytes < _LEAST_BYTES:
            transport.close()
        else:
            self._look_later()

    def _is_waiting(self) -> bool:
        """True while it is the other side's turn."""
        if self.cycle is None or self.cycle.response_complete:
            return True
        return self.cycle.more_body and not self.flow.read_paused
