"""Where items are made: any ``concurrent.futures.Executor``. It remembers nothing; the journal does."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from studio.errors import StudioError, UnusableOutput

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one item ended: ``error`` is None if the file at ``path`` is whole and verified."""

    path: Path
    took_s: float
    error: StudioError | OSError | None = None


def threads(workers: int) -> Executor:
    """``workers`` threads on this machine."""
    return ThreadPoolExecutor(max_workers=workers, thread_name_prefix="studio")


def attempt(produce: Callable[[Path], None], verify: Callable[[Path], None], path: Path) -> Outcome:
    """Make and verify one item; whatever goes wrong is in the outcome, and a failed ``path`` is gone.

    Faults of the studio itself are logged with their traceback and become a ``StudioError`` like the others: one
    item's fault never ends the run.
    """
    started = time.monotonic()
    try:
        produce(path)
        _must_exist(path)
        verify(path)
    except (StudioError, OSError) as error:
        path.unlink(missing_ok=True)
        return Outcome(path, time.monotonic() - started, error)
    except Exception as error:
        _log.exception("making %s failed in the studio itself", path.name)
        path.unlink(missing_ok=True)
        fault = StudioError(f"a fault of the studio ({type(error).__name__}: {error}); the log has the details")
        return Outcome(path, time.monotonic() - started, fault)
    return Outcome(path, time.monotonic() - started)


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise UnusableOutput("nothing was written")
