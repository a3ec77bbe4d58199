"""Doors whose runs wait for ever: what is asked for can be looked at, nothing is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.runs.doors import Doors, open_doors
from studio.runs.manager import RunManager
from studio.settings import Settings


@pytest.fixture
def still_doors(tmp_path: Path) -> Iterator[Doors]:
    settings = Settings(tmp_path / "sessions", workers=2)
    opened = open_doors(settings, tmp_path / "data")
    opened.runs.close()
    waiting = RunManager(settings, tmp_path / "data", at_once=0)
    yield dataclasses.replace(opened, runs=waiting)
    waiting.close()
    opened.close()
