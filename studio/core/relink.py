"""Files that were moved out of a project, found again by what they hold.

Somebody tidied up: the script, a recording or the film itself is in another folder, perhaps under another name. The
journal knows size and hash of everything that was ever finished, so any file of the same content will do.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.core.content import Watch, clone
from studio.core.files import digest_of, publish, storage
from studio.core.session import Session


@dataclass(frozen=True, slots=True)
class Relinked:
    """``found`` is the file that holds what ``name`` held; None if there is none in the folder."""

    name: str
    found: Path | None


def missing_files(session: Session) -> tuple[str, ...]:
    """The finished files that do not stand in their places, in the journal's order."""
    return tuple(name for name in session.journal.names() if not session.path(name).is_file())


def relink(session: Session, folder: Path, watch: Watch) -> tuple[Relinked, ...]:
    """Every missing file that ``folder`` (or a folder in it) holds is copied back to its place; what moved stays there.

    Only files of a wanted size are read. Raises StorageFailed if the disk refuses, Cancelled if stopped.
    """
    wanted = {name: line for name in missing_files(session) if (line := session.journal.current(name))}
    sizes = {line.size_bytes for line in wanted.values()}
    by_digest: dict[str, Path] = {}
    for file in _files(folder, sizes, session.directory):
        by_digest.setdefault(digest_of(file), file)
        watch.add(file.stat().st_size)
    back = tuple(Relinked(name, by_digest.get(line.digest)) for name, line in wanted.items())
    for one in back:
        if one.found:
            half = session.tmp_path(one.name)
            with storage(half):
                clone(one.found, half)
                publish(half, session.path(one.name))
    return back


def _files(folder: Path, sizes: set[int], besides: Path) -> Iterator[Path]:
    """Regular files of one of ``sizes`` under ``folder``, in order; not those of the project itself."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and not (Path(place) / one).samefile(besides)
        )
        for name in sorted(names):
            path = Path(place) / name
            try:
                facts = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(facts.st_mode) and facts.st_size in sizes:
                yield path
