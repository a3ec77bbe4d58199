"""An MP4 as if it had no picture: what a player must know of each frame of an hour takes 6 MB that a mix has no use for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

_TRACK, _SKIPPED = b"trak", b"free"
_HEAD_BYTES = 16
_HANDLER_AT, _PICTURE = 16, b"vide"
"""Where in the box ``hdlr`` it stands which kind of track it is (ISO 14496-12, 8.4.3)."""

_Box = tuple[bytes, int, int, int]
"""Its kind, where it begins, and where what it holds begins and ends."""


class WithoutPicture:
    """The file ``path``, to be read, in which its tracks of pictures are called free space. Its length stays the same."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._hidden = _picture_tracks(self._file)
        self._file.seek(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    @property
    def hides(self) -> bool:
        """False for what is no MP4, has no picture, or is written in fragments: those name tracks as they come."""
        return bool(self._hidden)

    def read(self, size_bytes: int) -> bytes:
        """The next ``size_bytes`` at most."""
        at = self._file.tell()
        block = self._file.read(size_bytes)
        for place in self._hidden:
            if at - len(_TRACK) < place < at + len(block):
                whole = bytearray(block)
                for offset, letter in enumerate(_SKIPPED, start=place - at):
                    if 0 <= offset < len(whole):
                        whole[offset] = letter
                block = bytes(whole)
        return block

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Where the next byte is read from now on."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Where the next byte is read from."""
        return self._file.tell()


def _picture_tracks(file: BinaryIO) -> tuple[int, ...]:
    """Where the name of each box stands that describes a picture."""
    end = file.seek(0, os.SEEK_END)
    outer = list(_boxes(file, 0, end))
    if not outer or outer[0][0] != b"ftyp":
        return ()
    found: list[int] = []
    for kind, _, start, stop in outer:
        inner = list(_boxes(file, start, stop)) if kind == b"moov" else []
        if any(one == b"mvex" for one, *_ in inner):
            return ()
        found += [at + 4 for one, at, first, last in inner if one == _TRACK and _is_picture(file, first, last)]
    return tuple(found)


def _is_picture(file: BinaryIO, start: int, stop: int) -> bool:
    for kind, at, first, last in _boxes(file, start, stop):
        if kind == b"mdia":
            return _is_picture(file, first, last)
        if kind == b"hdlr":
            file.seek(at)
            return file.read(_HANDLER_AT + 4)[_HANDLER_AT:] == _PICTURE
    return False


def _boxes(file: BinaryIO, start: int, stop: int) -> Iterator[_Box]:
    """The boxes from ``start`` to ``stop``; none after one that cannot be."""
    while start + 8 <= stop:
        file.seek(start)
        head = file.read(_HEAD_BYTES)
        size, kind, body = int.from_bytes(head[:4]), head[4:8], 8
        if size == 1:
            size, body = int.from_bytes(head[8:16]), 16
        elif size == 0:
            size = stop - start
        if size < body or start + size > stop:
            return
        yield kind, start, start + body, start + size
        start += size
