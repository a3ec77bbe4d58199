"""ProjectSessionManager: all projects of one sessions folder, as their owner keeps them.

Find, name, save, go back, duplicate, delete and bring back, send away and take in. What a project *makes* is elsewhere
(``studio.service``). Everything that changes a project holds its lock: one that is being worked on is refused with
``ProjectLocked``. Whatever is killed when, a project is as before or as after; ``clean_leftovers`` at the next start
removes what was half done.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from studio.core import archive, building, cleanup, saving, trash
from studio.core.changes import Change, completed, finish_change, finish_changes, is_locked, locked, staging
from studio.core.cleanup import KINDS, Cleaning, Kind
from studio.core.content import Tell, Watch
from studio.core.files import automatic_name, free_name, safe_name, storage, write_whole
from studio.core.project import MANIFEST, Project, load_project, now_text
from studio.core.relink import Relinked, relink
from studio.core.session import Session
from studio.core.session_info import SessionInfo, info_of
from studio.core.snapshots import Reverted, Snapshot, find_snapshot, remove_snapshot, revert, snapshots, take_snapshot
from studio.core.trash import Deleted
from studio.errors import BadInput, ProjectLocked, StorageFailed, StudioError, UserError

if TYPE_CHECKING:  # the database's library is loaded by the first list, not by every command
    from studio.core.index import Index, Query

_STEMS = {"dub": "dubbing_project", "film": "session"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one project of many fared: ``error`` is empty if it went well."""

    name: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list, as rows of the index's ``projects`` table, and how many there are in all."""

    rows: tuple[dict[str, Any], ...]
    total: int


class ProjectSessionManager:
    """``index_url`` is the database of a team's server; empty means SQLite in ``data_dir``."""

    def __init__(
        self,
        sessions: Path,
        data_dir: Path,
        *,
        index_url: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:
        self.sessions = sessions
        self._data_dir = data_dir
        self._index_url = index_url
        self._clock = clock
        self._index: Index | None = None
        self._index_lock = threading.Lock()

    # Finding

    def generate_auto_session_name(self, video_filename: str | None = None, *, kind: str = "dub") -> str:
        """A free name from the video's and the time: ``Tutorial_Video_20250803_181102``."""
        stem = PurePosixPath(video_filename.replace("\\", "/")).stem if video_filename else _STEMS.get(kind, kind)
        return free_name(self.sessions, automatic_name(stem, self._clock()))

    def get_all_sessions(self) -> list[str]:
        """The names of all projects, changed last first."""
        return self.index.names()

    def search(self, query: Query) -> Page:
        """The asked part of the list. A row's ``state`` is ``running`` only while a process works on the project."""
        if query.state not in ("running", "interrupted"):
            rows, total = self.index.page(query)
            return Page(tuple(map(self._with_true_state, rows)), total)
        rows, _ = self.index.page(replace(query, state="running", offset=0, limit=10_000))
        found = [row for row in map(self._with_true_state, rows) if row["state"] == query.state]
        return Page(tuple(found[query.offset : query.offset + query.limit]), len(found))

    def languages(self) -> list[str]:
        """The codes of every language that a project is in, in order."""
        return self.index.languages()

    def get_session_info(self, session_name: str) -> SessionInfo:
        """All about one project: languages, progress, voices, space, save points. Raises what ``load_project`` raises."""
        return info_of(self.directory(session_name))

    def directory(self, session_name: str) -> Path:
        """Where the project stands. Raises UserError if there is none of that name."""
        if len(session_name.encode(errors="replace")) > 255 or "\0" in session_name:
            raise UserError(f"{session_name[:40]}… is too long for a project's name.")
        directory = self.sessions / session_name
        if Path(session_name).name != session_name or session_name.startswith("."):
            raise UserError(f"{session_name} is no project's name.")
        if not (directory / MANIFEST).is_file():
            raise UserError(f"There is no project {session_name} in {self.sessions}.")
        return directory

    @property
    def index(self) -> Index:
        """The database of all projects; opened by the first question."""
        with self._index_lock:
            if self._index is None:
                from studio.core.index import Index

                self._index = Index(self.sessions, self._data_dir, self._index_url)
            return self._index

    def reindex(self) -> int:
        """The index is filled anew from the folders; returns the number of projects."""
        return self.index.reindex()

    # Saving and loading

    def create_session_structure(self, session_name: str, *, kind: str = "dub") -> Path:
        """A new, empty project. Its folders come with what is put into them."""
        directory = self._new_directory(session_name)
        building.create(directory, kind, {}, {})
        return directory

    def save_session(
        self,
        session_name: str,
        session_data: Mapping[str, object],
        *,
        files: Mapping[str, Path] | None = None,
        kind: str = "dub",
        if_revision: int | None = None,
        new_name: str = "",
    ) -> Project:
        """The project has these fields and files (name inside → file to copy), all of them or none; made if new.

        With ``new_name`` it is renamed with them, as ``rename`` does.

        Fields that the studio derives itself are left as they are, and so is ``created_at``. A file that is there
        already, byte for byte, is not copied; one that differs becomes a take. The result's ``revision`` counts
        saves. Raises OlderSave if ``if_revision`` is not the project's, BadInput for a field or file that cannot be.
        """
        fields, brought = saving.checked(session_data), saving.brought(files or {})
        if not (self.sessions / session_name / MANIFEST).is_file():
            directory = self._new_directory(session_name)
            building.create(directory, kind, {"revision": 1, **fields}, brought)
            return load_project(directory)
        with self._held(session_name) as directory:
            name = self._new_directory(new_name, besides=directory).name if new_name else ""
            return saving.save(directory, fields, brought, if_revision, name if name != directory.name else "")

    def load_session(self, session_name: str) -> Project:
        """The project as saved, with ``last_accessed`` now (unless another process works on it, or the disk is read-only)."""
        directory = self.directory(session_name)
        project = load_project(directory)
        with suppress(ProjectLocked, StorageFailed), self._held(session_name) as directory:
            project = load_project(directory).model_copy(update={"last_accessed": now_text()})
            write_whole(directory / MANIFEST, (project.model_dump_json(indent=2) + "\n").encode())
        return project

    def annotate(self, session_name: str, *, tags: Iterable[str] | None = None, notes: str | None = None) -> Project:
        """The project bears these tags and notes; None leaves them as they are."""
        changes: dict[str, object] = {}
        if tags is not None:
            changes["tags"] = sorted({tag.strip() for tag in tags if tag.strip()})
        if notes is not None:
            changes["notes"] = notes
        return self.save_session(session_name, changes)

    # Save points

    def snapshot(
        self, session_name: str, label: str = "", *, tell: Tell | None = None, stop: threading.Event | None = None
    ) -> Snapshot:
        """The project as it is now can be gone back to; only what changed since the last save point is stored."""
        with self._opened(session_name) as session:
            return take_snapshot(session, label, now=self._clock(), tell=tell, stop=stop)

    def snapshots(self, session_name: str) -> tuple[Snapshot, ...]:
        """The project's save points, oldest first."""
        return snapshots(self.directory(session_name))

    def revert(
        self, session_name: str, snapshot: str, *, tell: Tell | None = None, stop: threading.Event | None = None
    ) -> Reverted:
        """The project is as it was at the save point; how it was until now is a save point too."""
        with self._opened(session_name) as session:
            wanted = find_snapshot(session.directory, snapshot)
            return revert(session, wanted, now=self._clock(), tell=tell, stop=stop)

    def delete_snapshot(self, session_name: str, snapshot: str) -> None:
        """The save point is gone; ``cleanup`` frees what only it held."""
        with self._held(session_name) as directory:
            remove_snapshot(directory, find_snapshot(directory, snapshot))

    # Keeping order

    def rename(self, old: str, new: str) -> str:
        """The project is called ``new`` (made safe); returns that name.

        Raises UserError if it is taken, and what ``load_project`` raises.
        """
        with self._held(old) as directory:
            target = self._new_directory(new, besides=directory)
            if target.name == directory.name:
                return directory.name
            load_project(directory)  # a damaged manifest is refused, not written anew
            manifest = json.loads((directory / MANIFEST).read_bytes())
            with staging(directory) as stage, storage(directory):
                manifest |= {"last_updated": now_text(), "revision": int(manifest.get("revision", 0)) + 1}
                return stage.commit(Change(manifest=manifest, session_name=target.name)).name

    def duplicate(
        self,
        session_name: str,
        new: str = "",
        *,
        is_linked: bool = False,
        tell: Tell | None = None,
        stop: threading.Event | None = None,
    ) -> str:
        """A second project like this one; returns its name (``<name>-2`` if none is given).

        Takes are shared between the two by hard links; live files by reflinks where the file system can, else they
        are copied, so that a picture edited by hand in one is not edited in the other. ``is_linked`` hard-links live
        files too: free everywhere, but a program that writes *into* a file changes both projects.
        """
        with self._held(session_name) as source:
            load_project(source)
            target = self._new_directory(new or free_name(self.sessions, session_name))
            building.duplicate(source, target, building.watch_for(source, tell, stop), is_linked=is_linked)
            return target.name

    def delete_session(self, session_name: str) -> Deleted:
        """The project is in the trash, whole."""
        with self._held(session_name):
            pass  # a change that a crash left half done is completed first
        return trash.delete(self.directory(session_name), self._clock())

    def trashed(self) -> tuple[Deleted, ...]:
        """What is in the trash, deleted last first."""
        return trash.trashed(self.sessions)

    def restore_session(self, session_name: str) -> str:
        """The project deleted last under that name is back; returns its name (``-2`` if its own is taken)."""
        return trash.restore(self.sessions, session_name).name

    def empty_trash(
        self,
        entries: Sequence[Deleted] | None = None,
        *,
        tell: Tell | None = None,
        stop: threading.Event | None = None,
    ) -> int:
        """These projects of the trash (None: all) are gone for good; returns the bytes freed."""
        return trash.empty(self.sessions, self.trashed() if entries is None else entries, tell, stop)

    def cleanup(
        self, session_name: str, *, kinds: Iterable[Kind] = KINDS, keep_snapshots: int = 3, is_dry_run: bool = True
    ) -> Cleaning:
        """What can go without harm to the project as it is: seen (``is_dry_run``) or gone."""
        if is_dry_run:
            return cleanup.plan_cleaning(self.directory(session_name), kinds, keep_snapshots=keep_snapshots)
        with self._held(session_name) as directory:
            return cleanup.clean(directory, kinds, keep_snapshots=keep_snapshots)

    def relink(
        self, session_name: str, folder: Path, *, tell: Tell | None = None, stop: threading.Event | None = None
    ) -> tuple[Relinked, ...]:
        """Files of the project that were moved away and are in ``folder`` now are copied back to their places.

        Raises BadInput if ``folder`` is none.
        """
        if not folder.is_dir():
            raise BadInput(f"{folder} is no folder.")
        with self._opened(session_name) as session:
            return relink(session, folder, Watch(0, tell, stop))

    def clean_leftovers(self) -> None:
        """What killed processes left is completed or gone; what living ones work on is left alone. For every start.

        What the disk does not let go stays: it keeps nobody from his projects.
        """
        if not self.sessions.is_dir():
            return
        building.clean_buildings(self.sessions)
        trash.clean_trash(self.sessions)
        archive.clean_leftovers(self.sessions)
        finish_changes(self.sessions)

    # Sending and taking in

    def export_session(
        self,
        session_name: str,
        export_path: Path,
        *,
        is_slim: bool = False,
        tell: Tell | None = None,
        stop: threading.Event | None = None,
    ) -> Path:
        """The project is one ZIP file; returns where. A folder as ``export_path`` gets ``<name>_export.zip``, or
        ``<name>_slim.zip``.

        ``is_slim`` leaves out takes, save points and what the project's steps can make again. Raises what
        ``archive.export_project`` raises.
        """
        directory = self.directory(session_name)
        name = f"{directory.name}_{'slim' if is_slim else 'export'}.zip"
        out = export_path / name if export_path.is_dir() else export_path
        archive.export_project(directory, out, slim=is_slim, progress=tell, stop=stop)
        return out

    def import_session(
        self,
        zip_path: Path,
        session_name: str | None = None,
        *,
        is_replacing: bool = False,
        adopt: archive.Adopt | None = None,
        tell: Tell | None = None,
        stop: threading.Event | None = None,
    ) -> archive.Imported:
        """The project in the ZIP is here; its name, ``-2`` if that is taken, is in the result.

        ``is_replacing`` puts the project of that name into the trash instead. ``adopt`` makes projects of the
        sessions of older programs. Raises what ``archive.import_archive`` raises.
        """
        return archive.import_archive(
            zip_path, self.sessions, name=session_name, replace=is_replacing, adopt=adopt, progress=tell, stop=stop
        )

    # Several at once

    def export_many(self, names: Iterable[str], folder: Path, *, is_slim: bool = False) -> tuple[Outcome, ...]:
        """Each of these is a ZIP file in ``folder``, or its outcome says why not."""
        with storage(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return tuple(_outcome(name, lambda name: self.export_session(name, folder, is_slim=is_slim)) for name in names)

    def delete_many(self, names: Iterable[str]) -> tuple[Outcome, ...]:
        """Each of these is in the trash, or its outcome says why not."""
        return tuple(_outcome(name, lambda name: self.delete_session(name)) for name in names)

    # Below: what the public methods stand on

    def _new_directory(self, name: str, *, besides: Path | None = None) -> Path:
        """Where a new project of that name will stand. ``besides`` is the project's own folder at a renaming."""
        safe = safe_name(name)
        if not safe:
            raise UserError(f"“{name}” has no letter or digit that a folder's name could keep.")
        target = self.sessions / safe
        is_own = besides is not None and target.exists() and target.samefile(besides)
        if os.path.lexists(target) and not is_own:
            raise UserError(f"There is a project {safe} already: choose another name.")
        return target

    @contextmanager
    def _held(self, name: str) -> Iterator[Path]:
        """The project's folder, locked and whole."""
        directory = self.directory(name)
        with locked(directory):
            yield finish_change(directory)

    @contextmanager
    def _opened(self, name: str) -> Iterator[Session]:
        with Session(completed(self.directory(name))) as session:
            yield session

    def _with_true_state(self, row: dict[str, Any]) -> dict[str, Any]:
        if row["state"] == "running" and not is_locked(self.sessions / row["name"]):
            return {**row, "state": "interrupted"}
        return row


def _outcome(name: str, act: Callable[[str], object]) -> Outcome:
    try:
        act(name)
    except StudioError as error:
        return Outcome(name, str(error))
    return Outcome(name)
