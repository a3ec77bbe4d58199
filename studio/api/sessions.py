"""Keeping projects: copies, archives, save points, room on the disk, health."""

from __future__ import annotations

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request

from studio.api.asking import Name, Open, UploadRoom
from studio.api.forms import ARCHIVE_BODY, file_in
from studio.api.shapes import (
    CleaningShape,
    Cleanup,
    Copy,
    Export,
    NewSnapshot,
    RunShape,
    SnapshotShape,
    Verify,
)
from studio.core.archive import examine
from studio.core.cleanup import KINDS, Kind
from studio.errors import BadInput
from studio.runs import works

router = APIRouter(prefix="/api", tags=["keeping"])


@router.post(
    "/projects/{name}/duplicate", status_code=202, summary="A second project like this", response_model=RunShape
)
def duplicate(name: Name, copy: Copy, doors: Open) -> object:
    """As a run; its result names the new project."""
    return works.duplicate(doors, name, copy.name).as_json()


@router.post(
    "/projects/{name}/export", status_code=202, summary="Pack a project into a ZIP file", response_model=RunShape
)
def export(name: Name, export: Export, doors: Open) -> object:
    """As a run; then ``/api/runs/{id}/file`` is the ZIP."""
    return works.export(doors, name, is_slim=export.is_slim).as_json()


@router.post(
    "/imports",
    status_code=202,
    summary="Take in a project from a ZIP file",
    response_model=RunShape,
    openapi_extra=ARCHIVE_BODY,
)
async def import_project(
    request: Request,
    doors: Open,
    uploads: UploadRoom,
    name: Annotated[str, Query(description="What the project will be called; else as in the ZIP")] = "",
    replace: Annotated[bool, Query(description="Put the project of that name into the trash")] = False,
) -> object:
    """What the archive says of itself is looked at before anything is unpacked: 422 with the reason if it is refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (
        "application/zip",
        "application/octet-stream",
        "application/x-zip-compressed",
        "multipart/form-data",
    ):
        raise BadInput("Send the ZIP file as application/zip, or in a form as “file”.")
    async with uploads.receive(request) as received:
        file = file_in(received, "ZIP file")
        await run_sync(examine, file)
        run = works.import_(doors, file, discard=received.discard, name=name or None, is_replacing=replace)
    return run.as_json()


@router.get("/projects/{name}/snapshots", summary="Save points, oldest first", response_model=list[SnapshotShape])
def snapshots(name: Name, doors: Open) -> list[dict[str, Any]]:
    """What can be gone back to."""
    return [
        {
            "id": one.id,
            "label": one.label,
            "at": one.at,
            "size_bytes": one.size_bytes,
            "stored_bytes": one.stored_bytes,
            "is_automatic": one.is_automatic,
            "files": len(one.files),
        }
        for one in doors.keeper.snapshots(name)
    ]


@router.post("/projects/{name}/snapshots", status_code=202, summary="A new save point", response_model=RunShape)
def snapshot(name: Name, asked: NewSnapshot, doors: Open) -> object:
    """As a run; only what changed since the last one is stored."""
    return works.snapshot(doors, name, asked.label).as_json()


@router.post(
    "/projects/{name}/snapshots/{snapshot_id}/revert", status_code=202, summary="Go back", response_model=RunShape
)
def revert(name: Name, snapshot_id: str, doors: Open) -> object:
    """As a run; how the project was until now becomes a save point first."""
    return works.revert(doors, name, snapshot_id).as_json()


@router.delete(
    "/projects/{name}/snapshots/{snapshot_id}", status_code=204, summary="Remove a save point", response_model=None
)
def delete_snapshot(name: Name, snapshot_id: str, doors: Open) -> None:
    """Cleanup frees what only it held."""
    doors.keeper.delete_snapshot(name, snapshot_id)
    doors.changes.tell(name)


@router.get("/projects/{name}/cleanup", summary="What could be freed", response_model=CleaningShape)
def plan_cleanup(
    name: Name,
    doors: Open,
    kinds: Annotated[list[Kind] | None, Query(description="All, if none is given")] = None,
    keep_snapshots: Annotated[int, Query(ge=0)] = 3,
) -> object:
    """Nothing is changed."""
    return doors.keeper.cleanup(name, kinds=kinds or KINDS, keep_snapshots=keep_snapshots)


@router.post("/projects/{name}/cleanup", status_code=202, summary="Free it", response_model=RunShape)
def cleanup(name: Name, asked: Cleanup, doors: Open) -> object:
    """As a run. The work as it is now stays whole."""
    return works.cleanup(doors, name, asked.kinds, asked.keep_snapshots).as_json()


@router.post("/projects/{name}/verify", status_code=202, summary="Check a project's files", response_model=RunShape)
def verify(name: Name, asked: Verify, doors: Open) -> object:
    """As a run; its result lists what is wrong."""
    return works.verify(doors, name, deep=asked.deep).as_json()
