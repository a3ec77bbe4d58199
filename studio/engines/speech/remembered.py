"""What a service said of itself (its voices), kept in the user's cache folder: lists are shown while nobody answers."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from studio.engines.checking import within
from studio.engines.speech.cache import cache_folder

_LET_BE_S = 60.0
"""A service that did not answer is not asked again for a list before this."""
_LONGEST_S = 3.0
"""A list is shown without what has not come by then; it is there the next time."""


class Remembered:
    """One service's answer for one ``account``, which is told apart by a digest: no key comes to the disk.

    ``ask`` gives the answer as JSON values and raises EngineError.
    """

    def __init__(self, service: str, account: str, ask: Callable[[], Mapping[str, Any]]) -> None:
        self._name = f"{service}-{sha256(account.encode()).hexdigest()[:16]}.json"
        self._ask = ask
        self._said: Mapping[str, Any] = {}

    def known(self) -> Mapping[str, Any]:
        """What it said last; it is asked where it never did. Empty while nobody answers."""
        if not self._said:
            kept = self._kept()
            self._said = kept.get("said") or {}
            if not self._said and time.time() >= float(kept.get("until", 0.0)) and within(self.anew, _LONGEST_S):
                self._keep({"until": time.time() + _LET_BE_S})
        return self._said

    def anew(self) -> Mapping[str, Any]:
        """What it says now. Raises EngineError."""
        self._said = self._ask()
        self._keep({"said": self._said})
        return self._said

    @property
    def _place(self) -> Path:
        return cache_folder() / "services" / self._name

    def _kept(self) -> dict[str, Any]:
        try:
            found = json.loads(self._place.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _keep(self, what: Mapping[str, Any]) -> None:
        """On the disk, whole; nowhere if the folder cannot be written, and then it is asked for again."""
        beside = self._place.with_suffix(f".{os.getpid()}.{threading.get_ident()}.part")
        try:
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(what, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._place)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
