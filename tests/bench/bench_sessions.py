"""What keeping a 2 GB project costs: CPU seconds of copying it, of its first save point, of the second, of a duplicate.

Run: ``python -m tests.bench.bench_sessions [FOLDER]``. FOLDER (default: the system's temporary folder) needs 9 GB.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from studio.core.project_sessions import ProjectSessionManager
from studio.core.session import Session, Wanted

_FILES, _FILE_BYTES = 400, 5_242_880


def main(folder: Path) -> None:
    """Print a line of CPU and wall seconds for each act."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        manager = ProjectSessionManager(Path(scratch) / "sessions", Path(scratch) / "data")
        directory = manager.create_session_structure("big", kind="film")
        _fill(directory)
        copying_s = _measured("copying (shutil.copytree)", lambda: shutil.copytree(directory, Path(scratch) / "copy"))
        _measured("first save point", lambda: manager.snapshot("big", "first"))
        again_s = min(
            _measured("save point, nothing changed", lambda: manager.snapshot("big", "again")) for _ in range(3)
        )
        saving_s = min(_measured("save, nothing changed", lambda: manager.save_session("big", {})) for _ in range(3))
        print(f"share of copying: save point {again_s / copying_s:.2%}, save {saving_s / copying_s:.2%}")
        _make(directory, 7, os.urandom(_FILE_BYTES))
        _measured("save point, one clip changed", lambda: manager.snapshot("big", "one"))
        _measured("going back to the first", lambda: manager.revert("big", "first"))
        _measured("duplicate", lambda: manager.duplicate("big"))
        _measured("duplicate, linked", lambda: manager.duplicate("big", "linked", is_linked=True))
        _measured("rename", lambda: manager.rename("big", "great"))
        _measured("delete", lambda: manager.delete_session("great"))


def _fill(directory: Path) -> None:
    block = os.urandom(_FILE_BYTES - 4)
    for number in range(_FILES):
        _make(directory, number, number.to_bytes(4, "big") + block)


def _make(directory: Path, number: int, content: bytes) -> None:
    wanted = Wanted(
        f"videos/shot_{number:03d}.mp4", lambda out: None, lambda out: None, {"n": number, "c": content[:8].hex()}
    )
    with Session(directory) as session:
        path = session.tmp_path(wanted.name)
        path.write_bytes(content)
        session.publish(wanted, path)


def _measured(what: str, act: Callable[[], object]) -> float:
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    act()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what:32s} {cpu_s:8.4f} CPU s {time.monotonic() - started:8.3f} s")
    return cpu_s


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()))
