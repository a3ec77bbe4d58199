"""A run's own process, seen from the server: started, listened to, paused, ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from studio.runs.gauge import Gauge
from studio.runs.model import NOTICES_KEPT, Run

_END_S = 5.0

Update = Callable[[Callable[[Run], Run]], None]
"""Takes a change of the run; the manager applies it to the run as it is by then."""


Show = Callable[[str, str], None]
"""Takes an item and how it looks by now (a small JPEG in base64); empty when it is no longer being made."""


class Making:
    """One child process that makes a project. ``listen`` returns when it has ended."""

    def __init__(self, sessions: Path, project: str, log: Path, *, until: str = "") -> None:
        self.project = project
        self._log = log
        self._gauge: Gauge | None = None
        self._started_s = time.monotonic()
        self._is_over = False
        self._shown: set[str] = set()
        with _opened(log) as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "studio.runs.child", str(sessions), project, until],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )

    def pause(self) -> None:
        """It ends after the items in hand."""
        with suppress(OSError, ValueError):  # it has just ended by itself
            assert self._process.stdin
            self._process.stdin.write(b"pause\n")
            self._process.stdin.flush()

    def end(self) -> None:
        """It and what it started are gone now; what was finished is kept."""
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_S)  # until then it holds the project's lock

    def listen(self, update: Update, show: Show) -> None:
        """Tell ``update`` everything the process says, and at last how it ended; ``show`` what can be seen meanwhile."""
        assert self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                self._hear(line, update, show)
        for item in self._shown:
            show(item, "")
        code = self._process.wait()
        with suppress(OSError):
            assert self._process.stdin
            self._process.stdin.close()
        if not self._is_over:
            error = f"The process that made this ended unexpectedly ({_how(code)}). {self._last_words()}".strip()
            update(lambda run: replace(run, status="failed", error=error, left_s=None))

    def _hear(self, line: bytes, update: Update, show: Show) -> None:
        try:
            said = json.loads(line)
            event = said["event"]
        except (ValueError, TypeError, KeyError):
            return
        change = getattr(self, f"_on_{event.lower()}", None)
        if change:
            update(change(said))
        self._see(event, said, show)

    def _see(self, event: str, said: Mapping[str, Any], show: Show) -> None:
        if event == "JobProgress" and said["preview"]:
            self._shown.add(said["item"])
            show(said["item"], said["preview"])
        item = {"ArtifactMade": said.get("name"), "ItemFailed": said.get("item")}.get(event)
        if item in self._shown:
            self._shown.discard(item)
            show(item, "")

    def _on_planned(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        self._gauge = Gauge(said["each_s"], said["to_make"])
        return self._measured

    def _on_stepstarted(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        return lambda run: replace(self._measured(run), step=said["step"], done=0, total=0)

    def _on_progress(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        if self._gauge:
            self._gauge.expect(said["step"], said["total"] - said["done"])
        return lambda run: replace(self._measured(run), step=said["step"], done=said["done"], total=said["total"])

    def _on_artifactmade(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        if self._gauge and not said["is_reused"]:
            self._gauge.made(said["step"])
        return self._measured

    def _on_stepfinished(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        if self._gauge:
            self._gauge.finished(said["step"])
        return self._measured

    def _on_noticed(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        words = f"{said['item']}: {said['text']}"
        return lambda run: replace(run, notices=(*run.notices, words)[-NOTICES_KEPT:])

    def _on_itemfailed(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        words = f"{said['item']}: {said['error']}"
        return lambda run: replace(run, problems=(*run.problems, words))

    def _on_runfailed(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        return lambda run: replace(run, error=said["error"])

    def _on_refused(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        self._is_over = True
        return lambda run: replace(run, status="failed", error=said["error"], left_s=None)

    def _on_ended(self, said: Mapping[str, Any]) -> Callable[[Run], Run]:
        self._is_over = True
        percent = 100 if said["status"] == "completed" else 0
        return lambda run: replace(
            run, status=said["status"], problems=tuple(said["problems"]), result=said["result"], left_s=None,
            percent=max(run.percent, percent),
        )  # fmt: skip

    def _measured(self, run: Run) -> Run:
        if self._gauge is None:
            return run
        elapsed_s = time.monotonic() - self._started_s
        return replace(run, percent=max(run.percent, self._gauge.percent), left_s=self._gauge.left_s(elapsed_s))

    def _last_words(self) -> str:
        with suppress(OSError):
            lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return f"Its last words: {lines[-1][:300]}" if lines else ""
        return ""


def _opened(log: Path) -> IO[bytes]:
    """Where the process's last words go; nowhere if the studio's own folder takes nothing more."""
    try:
        return log.open("wb")
    except OSError:
        return Path(os.devnull).open("wb")


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}" + ("; was memory short?" if code == -9 else "")
    return f"signal {-code}"
