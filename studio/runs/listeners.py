"""Who wants to be told of something, from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Listeners(Generic[P]):
    """Everybody who asked is told, one after another, in the thread of whoever tells."""

    def __init__(self) -> None:
        self._all: list[Callable[P, None]] = []
        self._lock = threading.Lock()

    def watch(self, listener: Callable[P, None]) -> Callable[[], None]:
        """``listener`` is told from now on; returns how to end that."""
        with self._lock:
            self._all.append(listener)

        def end() -> None:
            with self._lock, suppress(ValueError):
                self._all.remove(listener)

        return end

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """What came, to all who listen now."""
        with self._lock:
            listeners = list(self._all)
        for listener in listeners:
            listener(*args, **kwargs)
