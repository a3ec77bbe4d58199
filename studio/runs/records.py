"""Runs on the disk: one small file each, written when a run's status changes, so that a killed server knows them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from studio.core.files import storage, write_whole
from studio.runs.model import Run, now, run_from

KEPT = 200
"""Older ones are removed at the start."""
_INTERRUPTED = "The studio was ended while this was being made. What was finished is kept."


class Records:
    """The runs in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with storage(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def load(self) -> list[Run]:
        """Every run there is, oldest first; those that were waiting or working when the server ended are ``interrupted``."""
        found = [run for path in self._folder.glob("*.json") if (run := self._read(path))]
        found.sort(key=lambda run: run.created_at)
        for old in found[:-KEPT]:
            self._forget(old)
        return [self._settled(run) for run in found[-KEPT:]]

    def save(self, run: Run) -> None:
        """The run as it is now is on the disk."""
        saved = asdict(run) | {"result": dict(run.result)}
        write_whole(self._folder / f"{run.id}.json", (json.dumps(saved, ensure_ascii=False) + "\n").encode())

    def log_path(self, run: Run) -> Path:
        """Where what the run's process says on stderr is kept."""
        return self._folder / f"{run.id}.log"

    def _settled(self, run: Run) -> Run:
        if not run.is_active:
            return run
        run = replace(run, status="interrupted", error=_INTERRUPTED, left_s=None, ended_at=now())
        self.save(run)
        return run

    def _read(self, path: Path) -> Run | None:
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            return run_from(json.loads(path.read_bytes()))
        return None

    def _forget(self, run: Run) -> None:
        for suffix in (".json", ".log"):
            (self._folder / f"{run.id}{suffix}").unlink(missing_ok=True)
