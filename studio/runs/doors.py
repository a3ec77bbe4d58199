"""Everything that a face of the server needs, in one value that is handed in."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from studio.core.project_sessions import ProjectSessionManager
from studio.errors import StudioError
from studio.keeping import keeper
from studio.runs.listeners import Listeners
from studio.runs.manager import RunManager
from studio.service import Studio
from studio.settings import Settings


@dataclass(frozen=True, slots=True)
class Doors:
    """``studio`` makes, ``keeper`` keeps, ``runs`` does what takes long, ``changes`` tells the other windows."""

    settings: Settings
    data_dir: Path
    studio: Studio
    keeper: ProjectSessionManager
    runs: RunManager
    changes: Listeners[[str]] = field(default_factory=Listeners)
    """Told of each project that a window changed, so that the others show it."""

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
