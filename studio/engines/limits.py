"""How much of a service may be used at once: so many at a time, so many a minute, and not while it asks to wait."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK_AGAIN_S = 0.05
Wait = Callable[[float], None]
"""Sleeps that many seconds; raises to give up."""


class Limiter:
    """For one engine with one key. ``slots`` works at a time; ``per_minute`` submissions in any minute (0: as many as one likes).

    ``now`` in seconds; tests hand in a faster clock.
    """

    def __init__(self, slots: int, per_minute: int = 0, *, now: Callable[[], float] = time.monotonic) -> None:
        self.slots = slots
        self._per_minute = per_minute
        self._now = now
        self._lock = threading.Lock()
        self._taken = 0
        self._sent: deque[float] = deque()
        self._rests_until = 0.0

    @contextmanager
    def place(self, wait: Wait) -> Iterator[None]:
        """One of the slots, given back at the end."""
        while not self._take():
            wait(_LOOK_AGAIN_S)
        try:
            yield
        finally:
            with self._lock:
                self._taken -= 1

    def turn(self, wait: Wait) -> None:
        """Returns when one more may be sent, which is counted."""
        while (pause_s := self._pause_s()) > 0:
            wait(min(pause_s, 1.0))

    def rest(self, seconds: float) -> None:
        """The service asked for quiet: nobody sends for so long."""
        with self._lock:
            self._rests_until = max(self._rests_until, self._now() + seconds)

    def _take(self) -> bool:
        with self._lock:
            if self._taken >= self.slots:
                return False
            self._taken += 1
            return True

    def _pause_s(self) -> float:
        with self._lock:
            now = self._now()
            if now < self._rests_until:
                return self._rests_until - now
            while self._sent and self._sent[0] + 60 - now <= 0:  # the very sum that is returned below: never 0 there
                self._sent.popleft()
            if self._per_minute and len(self._sent) >= self._per_minute:
                return self._sent[0] + 60 - now
            self._sent.append(now)
            return 0.0
