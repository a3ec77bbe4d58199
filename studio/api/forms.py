"""Forms with a file: how they are described to clients, and what is in one that came."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio.to_thread import run_sync
from fastapi import Request
from pydantic import Json, TypeAdapter, ValidationError

from studio.api.uploads import Received, Uploads
from studio.errors import BadInput

_OPTIONS: TypeAdapter[dict[str, Any]] = TypeAdapter(Json[dict[str, Any]])
BINARY = {"type": "string", "format": "binary"}
FILE_FORM = {"schema": {"type": "object", "required": ["file"], "properties": {"file": BINARY}}}
FILE_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"multipart/form-data": FILE_FORM}}}
ARCHIVE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/zip": {"schema": BINARY}, "multipart/form-data": FILE_FORM},
    }
}


def file_in(received: Received, what: str) -> Path:
    """The file of a form, which is ``what`` in words. Raises BadInput if there is none."""
    if received.file is None:
        raise BadInput(f"The form holds no file: the {what} goes into its part “file”.")
    return received.file


def options_in(received: Received) -> dict[str, Any]:
    """The options of a form, none if it gives none. Raises BadInput for what is no JSON object."""
    try:
        return _OPTIONS.validate_python(received.fields.get("options") or "{}")
    except ValidationError as error:
        raise BadInput("options must be a JSON object: the options by name.") from error


@asynccontextmanager
async def file_of(request: Request, uploads: Uploads, what: str, most_bytes: int | None) -> AsyncIterator[Path]:
    """The file that the request carries; gone from the uploads when the block ends."""
    async with uploads.receive(request, most_bytes=most_bytes) as received:
        yield file_in(received, what)
        await run_sync(received.discard)
