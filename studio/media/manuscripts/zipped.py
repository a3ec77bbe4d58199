"""ZIP files that hold a book (Word, EPUB), opened only if they would not grow beyond all measure."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from types import TracebackType

from studio.errors import BadInput

_MOST_ENTRIES = 10_000
_MOST_TOTAL_BYTES = 2 << 30
_MOST_PART_BYTES = 64 << 20
"""One part is a chapter, or a whole novel in Word's XML (about 5 MB for 100,000 words)."""
_MOST_TEXT_BYTES = 64 << 20
_RATIO_FROM_BYTES = 16 << 20
_MOST_RATIO = 200
_ALLOWED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 0x1


class Zipped:
    """The parts of a ZIP file by their names.

    Nothing is unpacked before the sizes in its table of contents have been judged, and no part grows beyond what is
    said there. Raises BadInput for what is damaged, locked, or would grow too large.
    """

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self._read_bytes = 0
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise BadInput(f"{file.name} is damaged: it begins as a ZIP file and does not end as one.") from error
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        self._check(self._archive.infolist())

    def __enter__(self) -> Zipped:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def holds(self, folder: str) -> bool:
        """Whether any part lies in ``folder`` (``word/``)."""
        return any(name.startswith(folder) for name in self._entries)

    def read(self, name: str) -> bytes:
        """The part of that name. Raises BadInput if it is missing, damaged or too large."""
        entry = self._entries.get(name)
        if entry is None:
            raise BadInput(f"{self.name} is damaged: {name} is missing in it.")
        self._read_bytes += entry.file_size
        if entry.file_size > _MOST_PART_BYTES or self._read_bytes > _MOST_TEXT_BYTES:
            raise BadInput(
                f"{self.name} holds more text than any book: {name} alone is {entry.file_size:,} bytes long."
            )
        try:
            with self._archive.open(entry) as part:
                return part.read(entry.file_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise BadInput(f"{self.name} is damaged: {name} in it cannot be unpacked.") from error

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > _MOST_ENTRIES:
            self._refuse(f"it has {len(entries):,} parts, more than any book")
        total_bytes = sum(entry.file_size for entry in entries)
        if total_bytes > _MOST_TOTAL_BYTES:
            self._refuse(f"it would grow to {total_bytes:,} bytes")
        packed_bytes = sum(entry.compress_size for entry in entries)
        if total_bytes > _RATIO_FROM_BYTES and total_bytes > _MOST_RATIO * max(1, packed_bytes):
            self._refuse(f"it would grow from {packed_bytes:,} to {total_bytes:,} bytes")
        for entry in entries:
            if entry.flag_bits & _LOCKED:
                raise BadInput(f"{self.name} is locked with a password: save it without one, and bring that.")
            if entry.compress_type not in _ALLOWED:
                self._refuse(f"{entry.filename[:80]} is packed in a way that no book is")
            if entry.file_size > _RATIO_FROM_BYTES and entry.file_size > _MOST_RATIO * max(1, entry.compress_size):
                self._refuse(
                    f"{entry.filename[:80]} would grow from {entry.compress_size:,} to {entry.file_size:,} bytes"
                )

    def _refuse(self, why: str) -> None:
        self._archive.close()
        raise BadInput(f"{self.name} was not opened: {why}. Save the book anew from the program it was written in.")
