"""The door to keeping projects: find, rename, copy, save, go back, delete, send away and take in.

What a project makes is behind the other door, ``studio.service``. Terminal and window use these two.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path

from studio.core import archive
from studio.core.content import Tell
from studio.core.files import storage
from studio.core.project_sessions import ProjectSessionManager
from studio.settings import Settings, data_dir


def keeper(
    settings: Settings, environment: Mapping[str, str] = os.environ, *, data: Path | None = None
) -> ProjectSessionManager:
    """The keeper of all projects in ``settings.sessions``, with what killed processes left there put in order.

    STUDIO_INDEX is the URL of a team's PostgreSQL server; without it the index is a file in ``data`` (else ``data_dir``).
    """
    manager = ProjectSessionManager(
        settings.sessions, data or data_dir(environment), index_url=environment.get("STUDIO_INDEX", "")
    )
    with storage(settings.sessions):
        manager.clean_leftovers()
    return manager


def take_in(
    manager: ProjectSessionManager,
    settings: Settings,
    zip_path: Path,
    *,
    name: str | None = None,
    is_replacing: bool = False,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
) -> archive.Imported:
    """The project in the ZIP is here; a session of an older program becomes a project of this one.

    Raises what ``archive.import_archive`` raises, and BadInput for an old session that cannot be used.
    """

    def adopt(unpacked: archive.Unpacked) -> str:
        from studio.service import Studio

        return Studio(settings).open_foreign(unpacked.directory, name=unpacked.name).name

    return manager.import_session(zip_path, name, is_replacing=is_replacing, adopt=adopt, tell=tell, stop=stop)
