"""What routes about dubs ask for: that the project is a dub, its language or line is there, and the file of a form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import Depends, HTTPException, Request
from fastapi import Path as PathPart

from studio.api.asking import Name, Open
from studio.api.uploads import Received, Uploads
from studio.errors import BadInput
from studio.runs.doors import Doors

BINARY = {"type": "string", "format": "binary"}
FILE_FORM = {"schema": {"type": "object", "required": ["file"], "properties": {"file": BINARY}}}


def _known_dub(name: Name, doors: Open) -> str:
    kind = doors.studio.project(name).kind
    if kind != "dub":
        raise HTTPException(400, f"{name} is a {kind}, no dub: POST /api/dubs makes one of it.")
    return name


Dub = Annotated[str, Depends(_known_dub)]


def _known_language(language: Annotated[str, PathPart(description="Two letters")], name: Dub, doors: Open) -> str:
    if language not in doors.studio.project(name).options.get("languages", ()):
        raise HTTPException(404, f"{name} is not dubbed into {language}.")
    return language


def _known_line(line_id: Annotated[str, PathPart(description="The line's id")], name: Dub, doors: Open) -> str:
    if not any(line.id == line_id for line in doors.studio.source_lines(name)):
        raise HTTPException(404, f"{name} has no line {line_id}.")
    return line_id


Language = Annotated[str, Depends(_known_language)]
LineId = Annotated[str, Depends(_known_line)]


def file_in(received: Received, what: str) -> Path:
    """The file of a form, which is ``what`` in words. Raises BadInput if there is none."""
    if received.file is None:
        raise BadInput(f"The form holds no file: the {what} goes into its part “file”.")
    return received.file


@asynccontextmanager
async def file_of(request: Request, uploads: Uploads, what: str, most_bytes: int | None) -> AsyncIterator[Path]:
    """The file that the request carries; gone from the uploads when the block ends."""
    async with uploads.receive(request, most_bytes=most_bytes) as received:
        yield file_in(received, what)
        await run_sync(received.discard)


def told(doors: Doors, name: str, sentence: str) -> dict[str, str]:
    """Everybody who looks at the project is told that it changed; the answer is ``sentence``."""
    doors.changes.tell(name)
    return {"said": sentence}
