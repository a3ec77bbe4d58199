"""A studio's folder with a finished film in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(finished_boat: Path, tmp_path: Path) -> Path:
    """A studio's folder with a finished film called boat."""
    shutil.copytree(finished_boat, tmp_path / "boat")
    return tmp_path
