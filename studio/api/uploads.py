"""Uploads: straight to the disk that the projects are on, a megabyte at a time, and gone if they are refused.

An import is then a rename away, and memory stays flat however large the file is.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

from anyio import CancelScope
from anyio.to_thread import run_sync
from filelock import FileLock
from starlette.requests import Request

from studio.api.multipart import Form
from studio.core.changes import locked
from studio.core.content import remove_tree
from studio.core.files import safe_name, storage
from studio.core.session import LOCK
from studio.errors import BadInput, ProjectLocked, StorageFailed, StudioError

_ROOM = ".uploads-"
_BLOCK_BYTES = 1 << 20
_SPARE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in, in a folder of its own, with the fields that came with it. ``file`` is None if none came."""

    folder: Path
    file: Path | None
    fields: Mapping[str, str]
    small_files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """Files that came beside it, by the name of their part: (name, content)."""

    def kept(self, part: str) -> Path:
        """The small file of that part, on the disk beside the large one."""
        name, content = self.small_files[part]
        place = self.folder / part / _plain_name(name)
        with storage(place):
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
        return place

    def discard(self) -> None:
        """It is gone from the disk."""
        remove_tree(self.folder)


class TooLarge(StudioError):
    """More bytes than this route takes."""


class Uploads:
    """The room for uploads beside the projects. Its lock shows other studios that it is in use."""

    def __init__(self, sessions: Path) -> None:
        self._sessions = sessions
        self._room: Path | None = None
        self._lock: FileLock | None = None
        self._opening = threading.Lock()

    def clean(self) -> None:
        """What killed servers left is gone."""
        for room in self._sessions.glob(f"{_ROOM}*"):
            with suppress(ProjectLocked, FileNotFoundError), locked(room):
                remove_tree(room)

    def close(self) -> None:
        """The room is gone, with what stood in it."""
        with self._opening:
            if self._room and self._lock:
                self._lock.release()
                remove_tree(self._room)
            self._room = self._lock = None

    @asynccontextmanager
    async def receive(
        self, request: Request, *, most_bytes: int | None = None, small: Collection[str] = ()
    ) -> AsyncIterator[Received]:
        """What the request carries: a form with one file, or a file alone. If the block raises, it is gone.

        The form's parts named in ``small`` may be files too, which are kept in memory.

        Raises BadInput for a form that cannot be read or is cut off, TooLarge, StorageFailed if there is no room.
        """
        announced = int(request.headers.get("content-length") or 0)
        if most_bytes is not None and announced > most_bytes:
            raise _too_large(most_bytes)
        folder = await run_sync(self._new_folder, announced)
        try:
            yield await self._received(request, folder, most_bytes, small)
        except BaseException:
            with CancelScope(shield=True):  # the browser may be gone already
                await run_sync(remove_tree, folder)
            raise

    async def _received(
        self, request: Request, folder: Path, most_bytes: int | None, small: Collection[str]
    ) -> Received:
        kind = request.headers.get("content-type", "")
        form = Form(kind, small=small) if kind.lower().startswith("multipart/form-data") else None
        half = folder / "upload"
        with storage(half):
            file = await run_sync(half.open, "wb", 0)
        try:
            await _stream(request, form, file, most_bytes)
        finally:
            await run_sync(file.close)
        if form is None:
            return Received(folder, half.rename(folder / "upload.zip"), {})
        form.finish()
        if not form.filename:
            return Received(folder, None, form.fields, form.small_files)
        file_name = _plain_name(form.filename)
        return Received(folder, half.rename(folder / file_name), form.fields, form.small_files)

    def _new_folder(self, announced_bytes: int) -> Path:
        with self._opening, storage(self._sessions):
            self._sessions.mkdir(parents=True, exist_ok=True)
            free_bytes = shutil.disk_usage(self._sessions).free
            if announced_bytes + _SPARE_BYTES > free_bytes:
                raise StorageFailed(
                    f"The upload needs {announced_bytes >> 20:,} MB and the disk has {free_bytes >> 20:,} MB free: make room."
                )
            if self._room is None:
                room = self._sessions / f"{_ROOM}{secrets.token_hex(6)}"
                room.mkdir()
                self._lock = FileLock(room / LOCK, timeout=0, thread_local=False)
                self._lock.acquire()
                self._room = room
            folder = self._room / secrets.token_hex(6)
            folder.mkdir()
            return folder


async def _stream(request: Request, form: Form | None, file: BinaryIO, most_bytes: int | None) -> None:
    waiting, count = bytearray(), 0
    async for chunk in request.stream():
        count += len(chunk)
        if most_bytes is not None and count > most_bytes:
            raise _too_large(most_bytes)
        waiting += chunk if form is None else form.feed(chunk)
        if len(waiting) >= _BLOCK_BYTES:
            await run_sync(_write, file, bytes(waiting))
            waiting.clear()
    await run_sync(_write, file, bytes(waiting))
    announced = request.headers.get("content-length")
    if announced is not None and int(announced) != count:
        raise BadInput("The upload was cut off. Send it again.")


def _write(file: BinaryIO, content: bytes) -> None:
    left = memoryview(content)
    with storage(Path(file.name)):
        while left:
            left = left[file.write(left) :]


def _too_large(most_bytes: int) -> TooLarge:
    return TooLarge(f"The upload is larger than the {most_bytes >> 20} MB that are taken here.")


def _plain_name(filename: str) -> str:
    """The user's own file name as far as it is safe: it comes back in sentences about the file."""
    name = PurePath(filename.replace("\\", "/")).name
    return f"{safe_name(PurePath(name).stem)[:80] or 'upload'}{_plain_suffix(name)}"


def _plain_suffix(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 12 else ""
