"""Following a journal that another process writes."""

from __future__ import annotations

from pathlib import Path

from studio.core.checkpoint import Record, record_of


class JournalTail:
    """Reads a journal on from where it was read last. Records are numbered from 1, as the index does; damaged lines are
    not counted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._number = 0

    def read(self) -> list[tuple[int, Record]]:
        """The whole lines that came since. A journal that became shorter was put back: it is read from its start."""
        try:
            with self._path.open("rb") as file:
                if self._path.stat().st_size < self._offset:
                    self._offset = self._number = 0
                file.seek(self._offset)
                content = file.read()
        except FileNotFoundError:
            return []
        whole = content[: content.rfind(b"\n") + 1]
        self._offset += len(whole)
        found = []
        for line in whole.split(b"\n")[:-1]:
            record = record_of(line)
            if record is not None:
                self._number += 1
                found.append((self._number, record))
        return found
