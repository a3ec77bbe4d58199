"""Files that were moved out of a project come back by their content."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.project_sessions import ProjectSessionManager
from studio.errors import BadInput
from tests.conftest import Run


@pytest.fixture
def manager(studio, tmp_path: Path) -> ProjectSessionManager:
    return ProjectSessionManager(studio.settings.sessions, tmp_path / "data")


def test_moved_and_renamed_files_are_found_by_what_they_hold(studio, boat, manager, tmp_path):
    project, elsewhere = studio.directory(boat), tmp_path / "tidy" / "deep"
    elsewhere.mkdir(parents=True)
    before = {name: (project / name).read_bytes() for name in ("film.mp4", "images/shot_002.png")}
    (project / "film.mp4").rename(elsewhere / "The boat.mp4")
    (project / "images/shot_002.png").rename(elsewhere / "x")
    back = {one.name: one.found for one in manager.relink(boat, tmp_path / "tidy")}
    assert back == {"film.mp4": elsewhere / "The boat.mp4", "images/shot_002.png": elsewhere / "x"}
    assert {name: (project / name).read_bytes() for name in before} == before
    assert (elsewhere / "The boat.mp4").is_file()
    assert Run(studio, boat).made == []


def test_a_file_of_the_same_size_that_holds_something_else_is_not_taken(studio, boat, manager, tmp_path):
    still = studio.directory(boat) / "images/shot_001.png"
    (tmp_path / "tidy").mkdir()
    (tmp_path / "tidy" / "shot_001.png").write_bytes(bytes(still.stat().st_size))
    still.unlink()
    assert [one.found for one in manager.relink(boat, tmp_path / "tidy")] == [None]
    assert not still.exists()


def test_links_in_the_folder_are_not_followed(studio, boat, manager, tmp_path):
    still = studio.directory(boat) / "images/shot_001.png"
    (tmp_path / "tidy").mkdir()
    moved = still.rename(tmp_path / "moved.png")
    (tmp_path / "tidy" / "link.png").symlink_to(moved)
    assert [one.found for one in manager.relink(boat, tmp_path / "tidy")] == [None]


def test_a_folder_that_is_none_is_refused(boat, manager, tmp_path):
    with pytest.raises(BadInput, match="no folder"):
        manager.relink(boat, tmp_path / "nothing")
