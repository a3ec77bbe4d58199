"""Tells a project of the studio from another program's directory, so that none is taken in as if it were old work."""

from __future__ import annotations

from pathlib import Path

from studio.core.project import MANIFEST, load_project
from studio.core.session import JOURNAL
from studio.errors import BadInput, NewerFormat


def must_be_foreign(directory: Path) -> None:
    """Raises BadInput if ``directory`` is a project of the studio, or stands inside one."""
    place = directory.resolve()
    own = next((one for one in (place, *place.parents) if _is_own(one)), None)
    if own:
        what = f"{own.name} is" if own == place else f"{directory.name} belongs to {own.name},"
        raise BadInput(f"{what} a project of the studio: go on with `studio resume {own.name}`.")


def _is_own(directory: Path) -> bool:
    try:
        if not (directory / MANIFEST).is_file():
            return False
        if not (directory / JOURNAL).is_file():  # it was only just begun, or the manifest is another program's
            load_project(directory)
    except NewerFormat:
        return True
    except (BadInput, OSError):
        return False
    return True
