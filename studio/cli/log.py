"""The studio's own log: what runs did and, with tracebacks, what went wrong in the studio itself.

One file for all projects, in the user's data folder, never in a project: it names folders of this computer, and
projects are sent to others. It holds no more than two times ``_MOST_BYTES``.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
from contextlib import suppress
from pathlib import Path

from studio.core.events import Event, ItemFailed, Listener, Noticed, RunFailed, RunFinished, RunPaused, StepStarted

_MOST_BYTES = 1_000_000
_log = logging.getLogger("studio")


def place() -> Path:
    """Where the log is."""
    from studio.settings import data_dir

    return data_dir() / "log.txt"


def start() -> None:
    """What the studio logs from now on goes into the file; where none can be written, nowhere."""
    if _log.handlers:
        return
    _log.setLevel(logging.INFO)
    _log.propagate = False
    handler: logging.Handler = logging.NullHandler()
    with suppress(OSError):
        place().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _Log(place(), maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", errors="replace")
        handler.setFormatter(logging.Formatter(f"%(asctime)s [{os.getpid()}] %(levelname)s %(message)s"))
    _log.addHandler(handler)


def listening(name: str, tell: Listener) -> Listener:
    """``tell``, with what a run of ``name`` says written into the log too."""
    start()

    def told(number: int, event: Event) -> None:
        _write(name, event)
        tell(number, event)

    return told


def fault(error: BaseException) -> None:
    """A fault of the studio itself is in the log with its traceback."""
    start()
    _log.critical("a fault of the studio", exc_info=error)


def _write(name: str, event: Event) -> None:
    if isinstance(event, StepStarted):
        _log.info("%s: step %s", name, event.step)
    elif isinstance(event, ItemFailed):
        _log.error("%s: %s failed: %s", name, event.item, event.error)
    elif isinstance(event, RunFailed):
        _log.error("%s: step %s failed: %s", name, event.step, event.error)
    elif isinstance(event, Noticed):
        _log.warning("%s: %s %s", name, event.item, event.text)
    elif isinstance(event, RunPaused):
        _log.info("%s: paused in step %s", name, event.step)
    elif isinstance(event, RunFinished):
        _log.info("%s: finished with %d problems", name, event.problems)


class _Log(logging.handlers.RotatingFileHandler):
    """A log that cannot be written (full disk) stops no run and says nothing on the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """The line is lost."""
