"""``/api/status`` and ``/api/engines``: which server this is, and what it can work with."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from studio import __version__
from studio.api.asking import Open
from studio.api.shapes import EngineShape, StatusShape
from studio.core.index import Query
from studio.engines import registry
from studio.errors import EngineUnavailable

router = APIRouter(prefix="/api", tags=["studio"])


@router.get("/status", summary="The server is there", response_model=StatusShape)
def status(request: Request, doors: Open) -> dict[str, Any]:
    """Cheap enough to be asked again and again."""
    return {
        "version": __version__,
        "sessions": doors.settings.sessions.name,
        "projects": doors.keeper.search(Query(limit=1)).total,
        "active_runs": len(doors.runs.active()),
        "asks_password": request.app.state.asks_password,
        "server": request.app.state.server_id,
    }


@router.get("/engines", summary="Every engine, and what the others lack", response_model=list[EngineShape])
def engines() -> list[dict[str, Any]]:
    """In the order they are offered."""
    return [_engine(one) for one in registry.statuses()]


def _engine(status: registry.EngineStatus) -> dict[str, Any]:
    kind, _, name = status.name.partition("/")
    try:
        identity = registry.engine(status.name).identity
    except EngineUnavailable:
        identity = ""
    return {
        "kind": kind,
        "name": name,
        "identity": identity,
        "is_available": not status.missing,
        "missing": status.missing,
    }
