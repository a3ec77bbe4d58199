"""Everything that a face of the server needs, in one value that is handed in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from studio.core.project_sessions import ProjectSessionManager
from studio.errors import StudioError
from studio.keeping import keeper
from studio.runs.manager import RunManager
from studio.service import Studio
from studio.settings import Settings


class Changes:
    """Who wants to know that a project was changed by one window, so that the others show it."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str], None]] = []
        self._lock = threading.Lock()

    def tell(self, project: str) -> None:
        """``project`` was changed, came or went."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener(project)

    def watch(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """``listener`` hears of each change; returns how to end that."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock, suppress(ValueError):
                self._listeners.remove(listener)

        return end


@dataclass(frozen=True, slots=True)
class Doors:
    """``studio`` makes, ``keeper`` keeps, ``runs`` does what takes long, ``changes`` tells the other windows."""

    settings: Settings
    data_dir: Path
    studio: Studio
    keeper: ProjectSessionManager
    runs: RunManager
    changes: Changes = field(default_factory=Changes)

    def close(self) -> None:
        """What is under way is interrupted; everything is let go."""
        self.runs.close()
        self.keeper.index.close()


def open_doors(settings: Settings, data_dir: Path) -> Doors:
    """The doors to ``settings.sessions``. Raises ProjectLocked if another server has them open.

    Projects whose process was killed are looked for in the background and appear as interrupted runs.
    """
    runs = RunManager(settings, data_dir)
    doors = Doors(settings, data_dir, Studio(settings), keeper(settings, data=data_dir), runs)
    threading.Thread(target=_find_interrupted, args=(doors,), name="find interrupted", daemon=True).start()
    return doors


def _find_interrupted(doors: Doors) -> None:
    from studio.core.index import Query

    with suppress(StudioError):
        found = doors.keeper.search(Query(state="interrupted", limit=100))
        doors.runs.found_interrupted(row["name"] for row in found.rows)
