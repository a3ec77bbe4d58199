"""The index: every project's list entry, runs, journal and pictures in one database, for fast lists and for SQL.

It is a copy of what the project folders say and never the truth: delete it at any time, it fills itself again. SQLite
beside the user's settings by default; a team may give the URL of a PostgreSQL server. A folder is read again when its
modification time, its manifest's, or the size of its journal differs from what was read last.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    and_,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError

from studio.core.indexing.filling import forget, put, read
from studio.core.indexing.rows import Row, Stamp, folded, stamp_of
from studio.core.indexing.tables import (
    SCHEMA,
    About,
    Base,
    ProcessingCheckpoint,
    ProcessingLog,
    ProcessingSession,
    ProjectRow,
    SessionImage,
)
from studio.errors import BadInput, StorageFailed

_SORTS = {
    "updated": ProjectRow.updated_s, "created": ProjectRow.created_s, "accessed": ProjectRow.accessed_s,
    "title": ProjectRow.title_key, "name": ProjectRow.name_key, "size": ProjectRow.size_bytes,
    "kind": ProjectRow.kind, "state": ProjectRow.state,
}  # fmt: skip
SORTS = tuple(_SORTS)
_LISTED = [column for column in ProjectRow.__table__.columns if column.name not in ("search_text", "idea", "notes")]
_SWEEP_EVERY_S = 5.0
_PATIENCE_S = 3.0
"""How long a write waits for another process's: those of the studio's own take milliseconds."""
_BATCH = 500
_TICK_NS = 20_000_000
"""File times go in steps: a change within one after a look cannot be told by its time."""
_UNSETTLED = -1
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Query:
    """Which projects, in which order. Words of ``text`` must all occur in name, title, idea, video, notes or tags.

    ``since_s`` and ``until_s`` bound the last change, in seconds since 1970.
    """

    text: str = ""
    kind: str = ""
    language: str = ""
    state: str = ""
    tag: str = ""
    since_s: float | None = None
    until_s: float | None = None
    sort: str = "updated"
    is_descending: bool = True
    offset: int = 0
    limit: int = 50


class Index:
    """The database of one sessions folder. ``url`` empty means SQLite in ``data_dir``."""

    def __init__(self, sessions: Path, data_dir: Path, url: str = "") -> None:
        self._sessions = sessions.absolute()
        self._sqlite = None if url else data_dir / f"index-{_short(self._sessions)}.sqlite"
        self._url = _with_driver(url) if url else URL.create("sqlite", database=str(self._sqlite))
        self._engine: Engine | None = None
        self._swept_at_s = -1e9
        self._folder_mtime_ns = 0
        self._seen: dict[str, int] = {}
        self._lock = threading.RLock()

    def close(self) -> None:
        """The database's files are let go."""
        self._seen = {}
        if self._engine:
            self._engine.dispose()
            self._engine = None

    # Asking

    def page(self, query: Query) -> tuple[list[Row], int]:
        """The asked part of the list and how many there are in all. Rows that turn out stale are read again first."""
        if query.sort not in _SORTS:
            raise BadInput(f"Projects cannot be sorted by {query.sort}; choose one of {', '.join(SORTS)}.")
        return self._mended(lambda: self._page(query))

    def _page(self, query: Query) -> tuple[list[Row], int]:
        self._catch_up()
        rows, total = self._ask(query)
        stale = [row["name"] for row in rows if stamp_of(self._sessions / row["name"]) != _stamp_in(row)]
        if stale:
            self.refresh(stale)
            rows, total = self._ask(query)
        return rows, total

    def names(self) -> list[str]:
        """Every project, changed last first."""
        return self._mended(self._names)

    def languages(self) -> list[str]:
        """The codes of every language that a project is in, in order."""
        return self._mended(self._languages)

    def details(self, name: str) -> dict[str, list[Row]]:
        """The project's ``processing_sessions, processing_checkpoints, processing_logs`` and ``session_images``."""
        self._catch_up()
        with self._reading() as connection:
            is_full = connection.scalar(select(ProjectRow.has_details).where(ProjectRow.name == name))
        if is_full is not True or self._is_stale(name):
            self.refresh([name], with_details=True)
        runs = select(ProcessingSession.id).where(ProcessingSession.project == name)
        ordered: tuple[tuple[type[Base], Any], ...] = (
            (ProcessingCheckpoint, ProcessingCheckpoint.sequence_number),
            (ProcessingLog, ProcessingLog.created_at),
            (SessionImage, SessionImage.generation_order),
        )
        with self._reading() as connection:
            sessions = select(ProcessingSession.__table__).where(ProcessingSession.project == name)
            found = {"processing_sessions": _rows(connection, sessions.order_by(ProcessingSession.started_at))}
            for table, order in ordered:
                columns = table.__table__
                asked = select(columns).where(columns.c.session_id.in_(runs)).order_by(order)
                found[table.__tablename__] = _rows(connection, asked)
        return found

    # Filling

    def refresh(self, names: Iterable[str], *, with_details: bool = False) -> None:
        """These projects' rows are what their folders say now; rows of folders that are gone are gone.

        Details of a project that had them once are kept up with it.
        """
        wanted = list(names)
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            with self._writing() as connection:
                full = set(connection.scalars(
                    select(ProjectRow.name).where(ProjectRow.name.in_(batch), ProjectRow.has_details.is_(True))
                ))  # fmt: skip
                found = [read(self._sessions / name, with_details=with_details or name in full) for name in batch]
                forget(connection, batch)
                put(connection, [row for row in found if row])

    def sweep(self) -> int:
        """Every folder whose stamp differs from the row's is read again; returns how many."""
        self._opened()
        known = self._seen or self._indexed()
        folder_mtime_ns = self._mtime_ns()
        is_settled = time.time_ns() - folder_mtime_ns > _TICK_NS
        here = _folders(self._sessions)
        changed = [name for name, mtime_ns in here.items() if known.get(name) != mtime_ns]
        changed += [name for name in known if name not in here]
        if changed:
            self.refresh(changed)
        self._seen, self._swept_at_s = here, time.monotonic()
        self._folder_mtime_ns = folder_mtime_ns if is_settled else _UNSETTLED
        return len(changed)

    def reindex(self) -> int:
        """Thrown away and filled from the folders, with every detail; returns how many projects there are."""
        self._mended(self._throw_away)
        names = list(_folders(self._sessions))
        self.refresh(names, with_details=True)
        self._folder_mtime_ns = _UNSETTLED
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(ProjectRow)) or 0

    # Below: what the public methods stand on

    def _mended(self, ask: Callable[[], _T]) -> _T:
        """The answer; a damaged SQLite file is thrown away and filled again first."""
        try:
            return ask()
        except DBAPIError as error:
            if not self._sqlite or not _is_spoilt(error):
                raise StorageFailed(f"The index cannot be read ({_why(error)}); your projects are safe.") from error
            self.close()
            self._remove_sqlite()
            return ask()

    def _names(self) -> list[str]:
        self._catch_up()
        with self._reading() as connection:
            by_update = select(ProjectRow.name).order_by(ProjectRow.updated_s.desc(), ProjectRow.name)
            return list(connection.scalars(by_update))

    def _languages(self) -> list[str]:
        self._catch_up()
        with self._reading() as connection:
            keys = connection.scalars(select(ProjectRow.languages_key).distinct())
            return sorted({code for key in keys for code in key.split("|") if code})

    def _catch_up(self) -> None:
        """Projects that came, went or were saved are noticed: at once by the folder's time, else by the next sweep."""
        if self._sqlite and self._engine and not self._sqlite.exists():
            self.close()
        with self._lock:
            is_due = time.monotonic() - self._swept_at_s > _SWEEP_EVERY_S
            if self._engine is None or is_due or self._mtime_ns() != self._folder_mtime_ns:
                self.sweep()

    def _indexed(self) -> dict[str, int]:
        """Modification times of the folders as the rows have them; past the mapper, which costs more than the query."""
        with self._reading() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("SELECT name, folder_mtime_ns FROM projects")
            known = dict(cursor.fetchall())
            cursor.close()
            return known

    def _mtime_ns(self) -> int:
        try:
            return self._sessions.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _is_stale(self, name: str) -> bool:
        with self._reading() as connection:
            rows = _rows(connection, select(*_LISTED).where(ProjectRow.name == name))
        return not rows or stamp_of(self._sessions / name) != _stamp_in(rows[0])

    def _ask(self, query: Query) -> tuple[list[Row], int]:
        where = and_(True, *_conditions(query))
        column = _SORTS[query.sort]
        order = column.desc() if query.is_descending else column.asc()
        asked = select(*_LISTED).where(where).order_by(order, ProjectRow.name).offset(query.offset).limit(query.limit)
        with self._reading() as connection:
            total = connection.scalar(select(func.count()).select_from(ProjectRow).where(where)) or 0
            return _rows(connection, asked), total

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._opened().connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction; of two that write at the same time the later one waits."""
        try:
            with self._opened().begin() as connection:
                if not self._sqlite:
                    connection.execute(text("LOCK TABLE projects IN SHARE ROW EXCLUSIVE MODE"))
                yield connection
        except DBAPIError as error:
            if self._sqlite and _is_spoilt(error):
                raise
            raise StorageFailed(f"The index could not be written ({_why(error)}); your projects are safe.") from error

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = self._connected()
            return self._engine

    def _connected(self) -> Engine:
        try:
            return self._connect()
        except DBAPIError as error:
            if self._sqlite and _is_spoilt(error):
                self._remove_sqlite()
            try:  # once more: another process may have made the tables at the same moment
                return self._connect()
            except DBAPIError:
                raise StorageFailed(f"The index cannot be opened: {_why(error)}. Your projects are safe.") from error

    def _connect(self) -> Engine:
        if self._sqlite:
            self._sqlite.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            engine = create_engine(self._url, connect_args={"timeout": _PATIENCE_S} if self._sqlite else {})
        except ArgumentError as error:
            raise BadInput(f"The index's address is no database's: {error}") from error
        except ModuleNotFoundError as error:
            raise BadInput(
                f"The index's database needs {error.name}: install ai-film-studio[postgres], or keep the index in a file."
            ) from error
        if self._sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
        with ExitStack() as failed:
            failed.callback(engine.dispose)
            Base.metadata.create_all(engine)
            about = {"schema": str(SCHEMA), "sessions": str(self._sessions) if self._sqlite else "shared"}
            with engine.begin() as connection:
                saved = {row["key"]: row["value"] for row in _rows(connection, select(About.__table__))}
                if saved and saved != about:
                    Base.metadata.drop_all(connection)
                    Base.metadata.create_all(connection)
                    saved = {}
                if not saved:
                    connection.execute(insert(About), [{"key": key, "value": value} for key, value in about.items()])
            failed.pop_all()
        self._swept_at_s = -1e9
        return engine

    def _throw_away(self) -> None:
        self._seen = {}
        with self._writing() as connection:
            for table in (SessionImage, ProcessingLog, ProcessingCheckpoint, ProcessingSession, ProjectRow):
                connection.execute(delete(table))

    def _remove_sqlite(self) -> None:
        assert self._sqlite is not None
        for suffix in ("", "-wal", "-shm"):
            self._sqlite.with_name(self._sqlite.name + suffix).unlink(missing_ok=True)


def _conditions(query: Query) -> Iterator[ColumnElement[bool]]:
    for word in folded(query.text).split():
        yield ProjectRow.search_text.contains(word, autoescape=True)
    for column, value in ((ProjectRow.kind, query.kind), (ProjectRow.state, query.state)):
        if value:
            yield column == value
    for keys, value in ((ProjectRow.languages_key, query.language), (ProjectRow.tags_key, query.tag)):
        if value:
            yield keys.contains(f"|{folded(value)}|", autoescape=True)
    if query.since_s is not None:
        yield ProjectRow.updated_s >= query.since_s
    if query.until_s is not None:
        yield ProjectRow.updated_s < query.until_s


def _folders(sessions: Path) -> dict[str, int]:
    """Every folder that may be a project, with its modification time."""
    try:
        with os.scandir(sessions) as entries:
            named = (entry for entry in entries if not entry.name.startswith(".") and _is_text(entry.name))
            return {entry.name: entry.stat().st_mtime_ns for entry in named if entry.is_dir()}
    except FileNotFoundError:
        return {}


def _is_text(name: str) -> bool:
    return name.isascii() or not any("\udc80" <= character <= "\udcff" for character in name)


def _stamp_in(row: Row) -> Stamp:
    return Stamp(row["folder_mtime_ns"], row["manifest_mtime_ns"], row["journal_bytes"])


def _rows(connection: Connection, asked: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(asked).mappings()]


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _is_spoilt(error: DBAPIError) -> bool:
    return "not a database" in str(error.orig) or "malformed" in str(error.orig)


def _why(error: DBAPIError) -> str:
    if "database is locked" in str(error.orig):
        return "another program holds its file: close the program that looks at it or copies it, then try again"
    return str(error.orig)


def _with_driver(url: str) -> str:
    """PostgreSQL is spoken by pg8000, which needs no library of the system."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return f"postgresql+pg8000://{url.removeprefix(scheme)}"
    return url


def _short(sessions: Path) -> str:
    return hashlib.sha256(os.fsencode(sessions)).hexdigest()[:12]
