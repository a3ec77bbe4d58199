"""ZIP files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

_FIXED = (2000, 1, 1, 0, 0, 0)


class PlainZip:
    """A ZIP file being written, as a context manager: entries in the order given, all of one date."""

    def __init__(self, out: Path) -> None:
        self._zip = zipfile.ZipFile(out, "w")

    def add(self, name: str, content: str | bytes, *, is_stored: bool = False) -> None:
        """One entry, deflated unless it is to be stored as it is."""
        entry = zipfile.ZipInfo(name, _FIXED)
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
