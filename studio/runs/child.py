"""The process that makes one project: events as JSON lines on stdout, commands on stdin.

Its own process, so that a crash of a model's library never takes the server down, memory is given back at the end, and
stopping is certain. ``pause`` on stdin ends it after the items in hand. When stdin ends, the server is gone and it ends
at once: what is half made is dropped at the next opening, as after any kill.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.core.events import Event
from studio.errors import StudioError
from studio.service import Studio
from studio.settings import Settings

Say = Callable[[Mapping[str, Any]], None]


def main(sessions: Path, name: str, until: str = "") -> int:
    """Make the project, to the step ``until`` if one is named, and tell of it; returns the exit code."""
    say = _mouth()
    stop = threading.Event()
    threading.Thread(target=_obey, args=(stop,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer; it closes our stdin
    studio = Studio(Settings.from_environment(os.environ, sessions=sessions))
    try:
        plan = studio.plan(name, until=until)
        say({"event": "Planned", "each_s": plan.each_s, "to_make": Counter(planned.step for planned in plan.make)})
        result = studio.run(name, tell=lambda number, event: say(_words(event)), stop=stop, until=until)
    except StudioError as error:
        say({"event": "Refused", "error": str(error)})
        return 1
    problems = [f"{problem.item}: {problem.error}" for problem in result.problems]
    counts = {"made": len(result.made), "kept": len(result.kept)}
    say({"event": "Ended", "status": result.status, "problems": problems, "result": counts})
    return 0


def _words(event: Event) -> Mapping[str, Any]:
    return {"event": type(event).__name__, **asdict(event)}


def _mouth() -> Say:
    """Writes to what was stdout; whatever a library prints goes to stderr from now on."""
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    lock = threading.Lock()

    def say(words: Mapping[str, Any]) -> None:
        with lock:
            lines.write(json.dumps(words, ensure_ascii=True) + "\n")
            lines.flush()

    return say


def _obey(stop: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "pause":
            stop.set()
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # ffmpeg and the like go too
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:4]))
