"""The servers of one engine: each takes the next work when it is free; one that does not answer is left alone a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.engines.comfyui.client import Client
from studio.errors import Answer, EngineUnavailable

_LOOK_AGAIN_S = 0.1


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the client is. A server that starts anew takes 8 to 25 seconds; tests are in a hurry."""

    poll_s: tuple[float, float] = (0.5, 2.0)
    give_away_s: float = 30.0
    """So long a server may be silent before others get its work."""
    wait_for_any_s: float = 120.0
    """So long is waited for the only server, or for any."""
    rest_s: float = 15.0
    """So long a silent server is not offered anything."""


class Pool:
    """Thread-safe. A place at a server is held by the work that runs there, under that work's own name."""

    def __init__(self, clients: Sequence[Client], pace: Pace) -> None:
        self.clients = tuple(clients)
        self.pace = pace
        self._lock = threading.Lock()
        self._held: dict[str, set[str]] = {client.place: set() for client in clients}
        self._rests_until: dict[str, float] = {}
        self._unfit: dict[str, str] = {}

    def at(self, place: str) -> Client | None:
        """The server of that address; None if it is no longer in the settings."""
        return next((client for client in self.clients if client.place == place), None)

    def take(self, who: str, wait: Callable[[float], None]) -> Client:
        """A free server that answers, now held by ``who``. Raises EngineUnavailable if none does for long."""
        silent_since = time.monotonic()
        while True:
            client, any_alive = self._offer(who)
            if client is not None:
                if client.is_up():
                    return client
                self.is_silent(client, who)
            elif any_alive:
                silent_since = time.monotonic()
            elif all(client.place in self._unfit for client in self.clients):
                raise EngineUnavailable(" ".join(dict.fromkeys(self._unfit.values())))
            if time.monotonic() > silent_since + self.pace.wait_for_any_s:
                places = ", ".join(client.place for client in self.clients)
                raise EngineUnavailable(
                    f"No ComfyUI answers at {places}. Start it, then run again.",
                    answer=Answer(self.clients[0].engine, "submit"),
                )
            wait(_LOOK_AGAIN_S)

    def hold(self, client: Client, who: str) -> None:
        """``who`` already works there."""
        with self._lock:
            self._held[client.place].add(who)

    def release(self, who: str) -> None:
        """``who`` holds no server any more."""
        with self._lock:
            for held in self._held.values():
                held.discard(who)

    def is_silent(self, client: Client, who: str) -> None:
        """The server does not answer: nobody is sent there for a while."""
        with self._lock:
            self._held[client.place].discard(who)
            self._rests_until[client.place] = time.monotonic() + self.pace.rest_s

    def is_unfit(self, client: Client, who: str, why: str) -> None:
        """The server lacks what the graph needs: it gets none of this engine's work."""
        with self._lock:
            self._held[client.place].discard(who)
            self._unfit[client.place] = why

    def has_other(self, client: Client) -> bool:
        """True if another server is thought to be well."""
        with self._lock:
            return any(self._is_well(other) for other in self.clients if other is not client)

    def _offer(self, who: str) -> tuple[Client | None, bool]:
        with self._lock:
            well = [client for client in self.clients if self._is_well(client)]
            free = next((client for client in well if not self._held[client.place]), None)
            if free:
                self._held[free.place].add(who)
            return free, bool(well)

    def _is_well(self, client: Client) -> bool:
        rests = self._rests_until.get(client.place, 0.0) > time.monotonic()
        return not rests and client.place not in self._unfit
