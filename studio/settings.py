"""Where the studio keeps things and how hard it works; read once at the start, handed in from there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APP = "ai-film-studio"


def data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the studio keeps what is the user's and no project's (index, keys): STUDIO_DATA, else this system's folder."""
    given = environment.get("STUDIO_DATA")
    return Path(given or platformdirs.user_data_dir(_APP, appauthor=False)).absolute()


@dataclass(frozen=True, slots=True)
class Settings:
    """``sessions`` holds one folder a project; ``workers`` items are made at the same time.

    ``folders``: where the window may look for directories of older programs.
    """

    sessions: Path
    workers: int
    folders: tuple[Path, ...] = ()

    @staticmethod
    def from_environment(environment: Mapping[str, str], *, sessions: Path | None = None) -> Settings:
        """``sessions`` as given, else STUDIO_SESSIONS, else ``sessions/`` of the working directory.

        ``folders``: those in STUDIO_ROOTS, else the working directory and the user's own for videos.
        """
        folder = sessions or Path(environment.get("STUDIO_SESSIONS") or "sessions")
        named = [Path(one) for one in environment.get("STUDIO_ROOTS", "").split(os.pathsep) if one.strip()]
        folders = named or [Path.cwd(), Path(platformdirs.user_videos_dir())]
        return Settings(
            sessions=folder.absolute(),
            workers=max(1, os.cpu_count() or 1),
            folders=tuple(dict.fromkeys(one.expanduser().absolute() for one in folders)),
        )
