"""A new project folder, put together beside its place under ``.building-…`` and renamed when it is whole.

While it is being built its lock is held, so that another process can tell a building in hand from one whose builder
was killed.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from studio.core.changes import if_possible, locked
from studio.core.cleanup import space_of
from studio.core.content import (
    SNAPSHOTS,
    Tell,
    Watch,
    clone,
    files_aside,
    link_or_clone,
    live_files,
    remove_tree,
)
from studio.core.files import storage, sync_folder
from studio.core.project import MANIFEST, new_project, now_text, save_project
from studio.core.session import JOURNAL, TAKES
from studio.errors import ProjectLocked, UserError

NEW = ".building-"
_GONE = ".gone-"


@contextmanager
def new_folder(directory: Path) -> Iterator[Path]:
    """What is put into the yielded folder stands in ``directory`` when the block ends, or is gone if it raises.

    Raises UserError if ``directory`` is there already.
    """
    sessions = directory.parent
    _must_be_free(directory)
    with storage(sessions):
        sessions.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        beside = _locked_folder(sessions, held)
        held.enter_context(storage(directory))
        yield beside
        for folder in (path for path in beside.rglob("*") if path.is_dir()):
            sync_folder(folder)
        beside.chmod(0o755)
        sync_folder(beside)
        _take_name(beside, directory)
        sync_folder(sessions)


def _must_be_free(directory: Path) -> None:
    if os.path.lexists(directory):
        raise UserError(f"There is a project {directory.name} already: choose another name.")


def _take_name(beside: Path, directory: Path) -> None:
    """Raises UserError if somebody took the name while the folder was put together."""
    try:
        beside.rename(directory)
    except OSError:
        _must_be_free(directory)
        raise


def _locked_folder(sessions: Path, held: ExitStack) -> Path:
    """A fresh folder whose lock is held; both go when ``held`` ends, unless the folder has its own name by then.

    Between its making and its locking another process may take it for a dead builder's: then another one is made.
    """
    while True:
        with storage(sessions):
            beside = Path(tempfile.mkdtemp(prefix=NEW, dir=sessions))
        held.callback(remove_tree, beside)
        try:
            held.enter_context(locked(beside))
        except (ProjectLocked, FileNotFoundError):
            continue
        return beside


def create(directory: Path, kind: str, fields: dict[str, Any], files: dict[str, Path]) -> None:
    """A project that starts now, with these files in it."""
    with new_folder(directory) as beside:
        for name, file in files.items():
            clone(file, beside / name)
        save_project(beside, new_project(directory.name, kind, **fields))


def duplicate(source: Path, directory: Path, watch: Watch, *, is_linked: bool) -> None:
    """``directory`` holds a project like ``source``, whose lock the caller holds: its work, takes and save points.

    Takes are hard links: nobody writes into them. Live files are reflinks or copies, because a person may write into
    them with another program; with ``is_linked`` they are hard links too, which costs nothing on any file system but
    makes such a program write into both projects.
    """
    with new_folder(directory) as beside:
        for file in live_files(source, is_copied=True):
            (link_or_clone if is_linked else clone)(file.path, beside / file.name, watch)
        for file in files_aside(source, TAKES):
            link_or_clone(file.path, beside / file.name, watch)
        for file in files_aside(source, SNAPSHOTS):
            clone(file.path, beside / file.name)
        if (source / JOURNAL).exists():
            clone(source / JOURNAL, beside / JOURNAL)
        manifest = json.loads((source / MANIFEST).read_bytes())
        manifest |= {"session_name": directory.name, "created_at": now_text(), "last_accessed": now_text()}
        (beside / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def watch_for(source: Path, tell: Tell | None, stop: threading.Event | None) -> Watch:
    """A watch over the copying of all of ``source``."""
    space = space_of(source)
    return Watch(space.total_bytes - space.tmp_bytes, tell, stop)


def clean_buildings(sessions: Path) -> None:
    """Folders of killed builders are gone, as far as they can be removed; what a living process builds is left alone."""
    for beside in sessions.glob(f"{NEW}*"):
        with if_possible(), locked(beside):
            beside.rename(beside.with_name(_GONE + beside.name.removeprefix(NEW)))
    for gone in sessions.glob(f"{_GONE}*"):
        with if_possible():
            remove_tree(gone)
