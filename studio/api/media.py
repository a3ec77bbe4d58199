"""``/media/{project}/{path}``: the files that a project knows, in parts where a player asks for parts."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from studio.api.asking import Open, ThumbMaker, no_such
from studio.api.file_body import FileBody
from studio.errors import UserError
from studio.steps.books import names

TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif",
    ".mp4": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime", ".mkv": "video/x-matroska",
    ".wav": "audio/wav", ".mp3": "audio/mpeg", ".flac": "audio/flac", ".ogg": "audio/ogg", ".m4a": "audio/mp4",
    ".srt": "application/x-subrip; charset=utf-8", ".vtt": "text/vtt; charset=utf-8", ".json": "application/json",
    ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8", ".fountain": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
}  # fmt: skip
"""What browsers are told a file is. Anything else is saved, never shown: HTML and SVG could run scripts as the studio."""

router = APIRouter(tags=["media"])
_BOOKS = (names.PDF, names.EPUB, names.HTML, names.DOCX)


@router.head("/media/{project}/{path:path}", include_in_schema=False)
@router.get(
    "/media/{project}/{path:path}",
    summary="One file of a project, with Range; or its thumbnail",
    response_class=Response,
    responses={
        206: {"description": "The part that was asked for"},
        404: {"description": "The project has no such file"},
    },
)
def media(
    project: str,
    path: str,
    doors: Open,
    thumbs: ThumbMaker,
    thumb: Annotated[
        int | None, Query(ge=1, le=4096, description="Width in pixels of a JPEG thumbnail, 160 to 640")
    ] = None,
    download: Annotated[bool, Query(description="Save it instead of showing it")] = False,
) -> Response:
    """Only files that the project's journal knows, their takes, and what its user brought are given."""
    if not _is_plain(path):
        raise no_such("file")
    try:
        file = doors.studio.media_file(project, path)
    except UserError as error:
        raise no_such("file") from error
    _check_inside(file, doors.settings.sessions / project)
    try:
        if thumb is not None:
            return FileBody(thumbs.of(file, thumb), media_type="image/jpeg")
        kind = TYPES.get(file.suffix.lower(), "")
        own = f"{project}{file.suffix}" if path in _BOOKS else file.name  # as the window's links call it
        name = own if download or not kind else ""
        return FileBody(file, media_type=kind or "application/octet-stream", download_name=name)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise no_such("file") from error


def _is_plain(path: str) -> bool:
    """A relative path of ordinary steps; nothing hidden, nothing that another system reads differently."""
    steps = path.split("/")
    is_named = all(step and not step.startswith(".") for step in steps)
    return is_named and not any(c in "\\:" or unicodedata.category(c) == "Cc" for c in path)


def _check_inside(file: Path, directory: Path) -> None:
    """A link inside a project must not lead out of it."""
    if not file.resolve().is_relative_to(directory.resolve()):
        raise no_such("file")
