"""Filling the index: from a folder to rows, and rows into the tables."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, delete, insert, select

from studio.core.checkpoint import Journal
from studio.core.indexing.details import Details, details_of
from studio.core.indexing.rows import Row, damaged_row, project_row, stamp_of
from studio.core.indexing.tables import (
    Base,
    ProcessingCheckpoint,
    ProcessingLog,
    ProcessingSession,
    ProjectRow,
    SessionImage,
)
from studio.core.project import Project, load_project
from studio.core.session import JOURNAL
from studio.errors import StudioError, UserError


def read(directory: Path, *, with_details: bool) -> tuple[Row, Details | None] | None:
    """The folder's row and, if asked for, its details; None if it is no project."""
    stamp = stamp_of(directory)
    if stamp is None:
        return None
    try:
        journal = Journal(directory / JOURNAL)
        row = project_row(directory, stamp, journal)
        if not with_details:
            return row, None
        return {**row, "has_details": True}, details_of(directory, journal, _project_in(directory))
    except FileNotFoundError:
        return None  # deleted or renamed while it was read: the sweep that follows knows
    except OSError as error:
        return damaged_row(directory, stamp, f"{directory.name} cannot be read: {error.strerror}."), None
    except StudioError as error:
        return damaged_row(directory, stamp, str(error)), None
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError, RecursionError):  # by hand, or by a foe
        return damaged_row(directory, stamp), None


def _project_in(directory: Path) -> Project | None:
    with suppress(UserError):
        return load_project(directory)
    return None


def forget(connection: Connection, names: Sequence[str]) -> None:
    """Every row of these projects is gone."""
    runs = select(ProcessingSession.id).where(ProcessingSession.project.in_(names))
    for table in (SessionImage, ProcessingLog, ProcessingCheckpoint):
        connection.execute(delete(table).where(table.session_id.in_(runs)))
    connection.execute(delete(ProcessingSession).where(ProcessingSession.project.in_(names)))
    connection.execute(delete(ProjectRow).where(ProjectRow.name.in_(names)))


def put(connection: Connection, read: Sequence[tuple[Row, Details | None]]) -> None:
    """These projects are in the tables."""
    filled = [details for _, details in read if details]
    tables: tuple[tuple[type[Base], list[Row]], ...] = (
        (ProjectRow, [row for row, _ in read]),
        (ProcessingSession, [row for details in filled for row in details.sessions]),
        (ProcessingCheckpoint, [row for details in filled for row in details.checkpoints]),
        (ProcessingLog, [row for details in filled for row in details.logs]),
        (SessionImage, [row for details in filled for row in details.images]),
    )
    for table, rows in tables:
        if rows:
            bounds = {column.name: _bound(column) for column in table.__table__.columns}
            connection.execute(insert(table), [{k: _storable(v, bounds[k]) for k, v in row.items()} for row in rows])


def _bound(column: Any) -> int | None:
    """The longest text or the greatest number that the column takes; None for any text."""
    if isinstance(column.type, Integer):
        return 2**63 - 1 if isinstance(column.type, BigInteger) else 2**31 - 1
    return getattr(column.type, "length", None)


def _storable(value: Any, bound: int | None) -> Any:
    """``value`` as every database takes it, whatever somebody wrote into a manifest."""
    if isinstance(value, str) and (bound or not value.isascii() or "\0" in value):
        return value.encode("utf-8", "replace").decode().replace("\0", "")[:bound]
    if isinstance(value, int) and bound:
        return max(-bound, min(value, bound))
    return value
