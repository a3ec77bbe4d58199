"""A project with everything in it that an archive has to carry, and how to compare two folders."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.core.session import Session
from studio.core.snapshots import take_snapshot
from tests.core.conftest import text

picture = text
"""Called what a picture is called."""


@pytest.fixture
def project(make, session: Session) -> Path:
    """Pictures made and picked, a text, takes, a save point, a file that the user brought, names of other scripts."""
    make(picture("images/shot_001.png", "one"))
    make(picture("images/shot_001.png", "two"))
    make(picture("images/größe 映画.png", "three"))
    make(text("story.json", "a story " * 200))
    session.replace(
        picture("images/shot_002.png", "mine"), file_at(session.directory.parent.parent / "m.png", b"mine.")
    )
    file_at(session.directory / "source" / "original.mp4", random.Random(1).randbytes(50_000))
    take_snapshot(session, "before", now=datetime.now(UTC))
    make(picture("images/shot_001.png", "four"))
    return session.directory


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out" / "boat.zip"


@pytest.fixture
def elsewhere(tmp_path) -> Path:
    """The sessions folder of another computer."""
    return tmp_path / "elsewhere" / "sessions"


def file_at(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def tree(folder: Path, *, mtimes: bool = True) -> dict[str, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns * mtimes) for path in files
    }
