"""A small project of text files: ``number`` files, each depending on the words it is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.core.project import new_project, save_project
from studio.core.session import Session, Wanted
from studio.errors import UnusableOutput


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    folder = tmp_path / "sessions" / "project"
    folder.mkdir(parents=True)
    save_project(folder, new_project("project", "film"))
    return folder


@pytest.fixture
def session(directory: Path):
    with Session(directory) as opened:
        yield opened


def whole(path: Path) -> None:
    """A text file is whole if it ends with a full stop."""
    if not path.read_text().endswith("."):
        raise UnusableOutput("it does not end")


def text(name: str, words: str, **given: object) -> Wanted:
    def produce(out: Path) -> None:
        out.write_text(f"{words}.")

    return Wanted(name, produce, whole, given={"words": words, **given}, step="write")


@pytest.fixture
def make(session: Session) -> Callable[[Wanted], str]:
    """Make or keep one file as a run does; says which: ``made`` or ``kept``."""

    def _make(wanted: Wanted) -> str:
        if session.settle(wanted, session.look(wanted)):
            return "kept"
        path = session.tmp_path(wanted.name)
        wanted.produce(path)
        session.publish(wanted, path)
        return "made"

    return _make
