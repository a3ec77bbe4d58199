"""A long work with files as the terminal shows it: how far it is, on stderr; Ctrl-C stops it and leaves nothing half."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

_FIRST_S = 0.5
_EVERY_S, _EVERY_LINE_S = 0.2, 5.0


@contextmanager
def watched(doing: str) -> Iterator[tuple[Callable[[int, int], None], threading.Event]]:
    """What to tell bytes done and in all to, and the event that Ctrl-C (or SIGTERM) sets; the second ends at once."""
    stop = threading.Event()
    progress = _Progress(doing)

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield progress, stop
    finally:
        progress.close()
        for number, handler in before.items():
            signal.signal(number, handler)


class _Progress:
    """One line that changes on a terminal, a line now and then elsewhere; nothing of what is done in a moment."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._is_terminal = sys.stderr.isatty()
        self._next_s = time.monotonic() + _FIRST_S
        self._is_shown = False

    def __call__(self, done_bytes: int, total_bytes: int) -> None:
        now_s = time.monotonic()
        if now_s < self._next_s:
            return
        self._next_s = now_s + (_EVERY_S if self._is_terminal else _EVERY_LINE_S)
        share = min(1.0, done_bytes / total_bytes) if total_bytes else 1.0
        words = f"{self._doing}: {share:.0%} of {total_bytes / 1e6:,.0f} MB"
        click.echo(f"\r{words:<60}" if self._is_terminal else words, nl=not self._is_terminal, err=True)
        self._is_shown = True

    def close(self) -> None:
        """The terminal's line is free again."""
        if self._is_shown and self._is_terminal:
            click.echo(f"\r{'':<60}\r", nl=False, err=True)
