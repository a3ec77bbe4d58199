"""Save points: what they hold, what they cost, and going back."""

from __future__ import annotations

import json
import os
import resource
import shutil
import threading
from pathlib import Path

import pytest

from studio.core import changes
from studio.core.changes import Change, Staging
from studio.core.project import load_project
from studio.core.project_sessions import ProjectSessionManager
from studio.core.session import Session
from studio.errors import BadInput, Cancelled, ProjectLocked
from tests.conftest import Run
from tests.core.conftest import text
from tests.core.keeping import contents, disk_bytes, written


@pytest.fixture
def manager(tmp_path: Path, directory: Path) -> ProjectSessionManager:
    return ProjectSessionManager(directory.parent, tmp_path / "data")


def test_going_back_brings_every_file_back_byte_for_byte(manager, directory):
    written(directory, {"images/shot_001.png": "one", "film.mp4": "film"})
    manager.snapshot("project", "first cut")
    before = contents(directory)
    written(directory, {"images/shot_001.png": "two"})
    (directory / "film.mp4").unlink()
    manager.revert("project", "first cut")
    assert contents(directory) == before


def test_a_picture_overwritten_in_place_by_another_program_comes_back(manager, directory):
    written(directory, {"images/shot_001.png": "one"})
    manager.snapshot("project", "first")
    with (directory / "images/shot_001.png").open("r+b") as file:
        file.write(b"XYZ")
    manager.revert("project", "first")
    assert (directory / "images/shot_001.png").read_text() == "one."


def test_a_file_that_came_later_leaves_and_is_kept_as_a_take(manager, directory):
    written(directory, {"a.txt": "one"})
    manager.snapshot("project", "first")
    written(directory, {"b.txt": "later"})
    reverted = manager.revert("project", "first")
    assert reverted.dropped == ("b.txt",)
    assert not (directory / "b.txt").exists()
    assert [path.read_text() for path in (directory / "takes/b.txt").iterdir()] == ["later."]


def test_going_back_can_itself_be_undone(manager, directory):
    written(directory, {"a.txt": "one"})
    manager.snapshot("project", "first")
    written(directory, {"a.txt": "two", "b.txt": "three"})
    now = contents(directory)
    reverted = manager.revert("project", "first")
    manager.revert("project", reverted.before.id)
    assert contents(directory) == now


def test_what_a_step_made_still_counts_as_finished_after_going_back(manager, directory):
    written(directory, {"a.txt": "one"})
    manager.snapshot("project", "first")
    written(directory, {"a.txt": "two"})
    manager.revert("project", "first")
    with Session(directory, write=False) as session:
        look = session.look(text("a.txt", "one"))
        assert (look.artifact is not None, look.why) == (True, "")
        assert session.look(text("a.txt", "two")).take is not None


def test_the_manifest_goes_back_but_name_birthday_and_notes_stay(manager, directory):
    manager.save_session("project", {"idea": "a boat", "tags": ["old"]})
    created_at = load_project(directory).created_at
    manager.snapshot("project", "first")
    manager.save_session("project", {"idea": "a whale"})
    manager.annotate("project", tags=["new"])
    renamed = manager.rename("project", "other")
    manager.revert(renamed, "first")
    project = load_project(directory.with_name("other"))
    assert (project.idea, project.session_name, project.created_at) == ("a boat", "other", created_at)
    assert project.model_extra["tags"] == ["new"]


def test_a_save_point_of_one_changed_file_stores_only_that_file(manager, directory):
    written(directory, {f"images/shot_{n:03d}.png": "x" * 500_000 + str(n) for n in range(10)})
    assert manager.snapshot("project", "first").stored_bytes > 5_000_000
    written(directory, {"images/shot_003.png": "y" * 500_000})
    used = disk_bytes(directory)
    snapshot = manager.snapshot("project", "second")
    assert snapshot.stored_bytes == 500_001
    assert disk_bytes(directory) - used < 600_000
    used = disk_bytes(directory)
    manager.revert("project", "first")
    assert disk_bytes(directory) - used < 600_000


def test_a_replaced_file_and_its_save_point_are_one_file_on_the_disk(manager, directory):
    written(directory, {"a.txt": "x" * 1_000_000})
    manager.snapshot("project", "first")
    used = disk_bytes(directory)
    written(directory, {"a.txt": "small"})
    assert disk_bytes(directory) < used - 900_000


def test_saving_an_unchanged_project_again_reads_none_of_it(manager, directory):
    (directory / "videos").mkdir()
    block = os.urandom(1 << 20)
    for number in range(100):
        (directory / f"videos/shot_{number:03d}.mp4").write_bytes(block + bytes([number]))
    copying_s = _cpu_s(lambda: shutil.copytree(directory, directory.parent.parent / "copy"))
    manager.snapshot("project", "first")
    saving_s = min(_cpu_s(lambda: manager.snapshot("project", "again")) for _ in range(3))
    assert manager.snapshot("project", "again").stored_bytes == 0
    assert saving_s < 0.25 * copying_s  # 100 MB here; the share falls with the size of the files


def test_a_label_in_any_script_finds_its_save_point(manager, directory):
    made = manager.snapshot("project", "हिन्दी संस्करण")
    assert [point.id for point in manager.snapshots("project")] == [made.id]
    assert manager.revert("project", "हिन्दी संस्करण").changed == ()


@pytest.mark.parametrize("name", ["Take 12:30.txt", "a\\b.txt", os.fsdecode(b"caf\xe9.txt")])
def test_files_of_any_name_are_saved_leave_and_come_back(manager, directory, name):
    written(directory, {"images/shot_001.png": "one"})
    manager.snapshot("project", "good")
    before = contents(directory)
    (directory / name).write_text("mine")
    (directory / "images/shot_001.png").write_text("overwritten")
    now = contents(directory)
    reverted = manager.revert("project", "good")
    assert contents(directory) == before
    assert reverted.dropped == (name,)
    manager.revert("project", reverted.before.id)
    assert contents(directory) == now


def test_a_save_point_of_very_many_files_is_there_afterwards(directory):
    Staging(directory).commit(Change(snapshot=("20250803_181102", {"rows": "x" * 21_000_000})))
    assert (directory / "snapshots/20250803_181102.json").stat().st_size > 21_000_000


@pytest.mark.parametrize(
    "change",
    [Change(drops=("../a.txt",)), Change(drops=("metadata.json",)), Change(snapshot=("x", {"rows": "x" * 99}))],
)
def test_a_change_that_could_not_be_read_again_is_refused_with_all_as_before(directory, monkeypatch, change):
    written(directory, {"a.txt": "one"})
    monkeypatch.setattr(changes, "MOST_BYTES", 180)
    before = _names(directory)

    def commit() -> None:
        with changes.staging(directory) as stage:
            stage.place().write_text("half")
            stage.commit(change)

    with pytest.raises(BadInput, match="Nothing was changed"):
        commit()
    assert _names(directory) == before


def test_a_save_point_does_not_believe_a_take_that_another_program_wrote_into(manager, directory):
    written(directory, {"a.txt": "one"})
    manager.snapshot("project", "first")
    next((directory / "takes/a.txt").iterdir()).write_text("XYZ.")
    manager.snapshot("project", "second")
    (directory / "a.txt").unlink()
    manager.revert("project", "second")
    assert (directory / "a.txt").read_text() == "one."


def test_a_stopped_save_point_leaves_nothing(manager, directory):
    written(directory, {"a.txt": "one", "b.txt": "two"})
    before = _names(directory)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        manager.snapshot("project", "first", stop=stop)
    assert _names(directory) == before
    assert manager.snapshots("project") == ()


def test_progress_ends_with_all_bytes_done(manager, directory):
    written(directory, {"a.txt": "one", "b.txt": "four"})
    told: list[tuple[int, int]] = []
    manager.snapshot("project", "first", tell=lambda done, total: told.append((done, total)))
    assert told[-1] == (9, 9)


def test_going_back_without_the_content_is_refused_and_changes_nothing(manager, directory):
    written(directory, {"a.txt": "one", "b.txt": "two"})
    manager.snapshot("project", "first")
    written(directory, {"a.txt": "three", "b.txt": "four"})
    for take in (directory / "takes/b.txt").iterdir():
        take.unlink()
    now = contents(directory)
    with pytest.raises(BadInput, match=r"b\.txt of that save point is gone"):
        manager.revert("project", "first")
    assert contents(directory) == now


@pytest.mark.parametrize("name", ["../../outside.txt", "/outside.txt", "a/../../outside.txt", ""])
def test_a_save_point_that_leads_out_of_the_project_is_none(manager, directory, name):
    written(directory, {"a.txt": "one"})
    path = directory / f"snapshots/{manager.snapshot('project', 'first').id}.json"
    path.write_text(path.read_text().replace('"a.txt"', json.dumps(name)))
    assert manager.snapshots("project") == ()


def test_a_save_point_nested_without_end_is_none(manager, directory):
    written(directory, {"a.txt": "one"})
    (directory / f"snapshots/{manager.snapshot('project', 'first').id}.json").write_text("[" * 300_000)
    assert manager.snapshots("project") == ()


def test_an_unknown_save_point_is_refused_with_the_known_ones(manager, directory):
    known = manager.snapshot("project", "first").id
    with pytest.raises(BadInput, match=known):
        manager.revert("project", "second")


def test_a_project_being_worked_on_is_refused(manager, directory):
    with Session(directory), pytest.raises(ProjectLocked):
        manager.snapshot("project", "first")


def test_two_save_points_in_one_second_are_two(manager, directory):
    assert len({manager.snapshot("project", "a").id for _ in range(3)}) == 3
    assert len(manager.snapshots("project")) == 3


def test_cleaning_lists_what_would_be_freed_and_frees_exactly_that(manager, directory):
    written(directory, {"a.txt": "x" * 300_000})
    written(directory, {"a.txt": "y" * 200_000})
    plan = manager.cleanup("project", kinds=["takes"])
    assert (plan.freed_bytes, plan.is_done) == (300_001, False)
    assert (directory / plan.items[0].name).exists()
    used = disk_bytes(directory)
    assert manager.cleanup("project", kinds=["takes"], is_dry_run=False).freed_bytes == 300_001
    assert used - disk_bytes(directory) == 300_001
    assert not list((directory / "takes").rglob("*.txt"))
    assert (directory / "a.txt").read_text() == "y" * 200_000 + "."


def test_cleaning_takes_leaves_every_save_point_good(manager, directory):
    written(directory, {"a.txt": "one"})
    manager.snapshot("project", "first")
    before = contents(directory)
    written(directory, {"a.txt": "two"})
    written(directory, {"a.txt": "three"})
    manager.cleanup("project", kinds=["takes"], is_dry_run=False)
    manager.revert("project", "first")
    assert contents(directory) == before


@pytest.mark.parametrize("content", ['{"format": 2}', '{"format": 1, "files": ['])
def test_no_take_is_freed_while_a_save_point_cannot_be_read(manager, directory, content):
    written(directory, {"a.txt": "one"})
    point = directory / f"snapshots/{manager.snapshot('project', 'first').id}.json"
    written(directory, {"a.txt": "two"})
    (directory / "tmp/half").write_text("half")
    saved = point.read_text()
    point.write_text(content)
    for kind in ("takes", "snapshots"):
        with pytest.raises(BadInput, match=point.name):
            manager.cleanup("project", kinds=[kind], keep_snapshots=0, is_dry_run=False)
    assert [item.name for item in manager.cleanup("project", kinds=["tmp"], is_dry_run=False).items] == ["tmp/half"]
    point.write_text(saved)
    manager.revert("project", "first")
    assert (directory / "a.txt").read_text() == "one."


def test_cleaning_save_points_keeps_the_newest_and_the_users_takes(manager, directory):
    for words in ("one", "two", "three"):
        written(directory, {"a.txt": words})
        manager.snapshot("project", words)
    (directory / "b.txt").write_text("by hand")
    manager.snapshot("project", "four")
    manager.cleanup("project", kinds=["snapshots"], keep_snapshots=1, is_dry_run=False)
    assert [snapshot.label for snapshot in manager.snapshots("project")] == ["four"]
    with Session(directory, write=False) as session:
        assert len(session.takes("a.txt")) == 3


def test_all_save_points_can_be_cleaned_away_and_it_is_said_in_words(manager, directory):
    for words in ("one", "two"):
        written(directory, {"a.txt": words})
        manager.snapshot("project", words)
    done = manager.cleanup("project", keep_snapshots=0, is_dry_run=False)
    assert done.in_words == "1 old take, 2 save points with 1 file of their own"
    assert manager.snapshots("project") == ()


def test_a_deleted_save_points_space_is_found_by_cleaning(manager, directory):
    written(directory, {"a.txt": "x" * 1000})
    manager.snapshot("project", "first")
    manager.delete_snapshot("project", "first")
    assert manager.snapshots("project") == ()
    assert manager.cleanup("project", kinds=["takes"]).freed_bytes == 1001


def _names(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.name != "tmp")


def _cpu_s(act) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    act()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_film_that_went_back_was_renamed_and_duplicated_has_nothing_left_to_make(studio, boat, tmp_path):
    manager = ProjectSessionManager(studio.settings.sessions, tmp_path / "data")
    first = contents(manager.directory(boat))
    manager.snapshot(boat, "first cut")
    studio.edit_shot(boat, 2, image_prompt="a whale under the moon")
    assert "images/shot_002.png" in Run(studio, boat).made
    manager.revert(boat, "first cut")
    assert (studio.plan(boat).make, contents(manager.directory(boat))) == ([], first)
    name = manager.duplicate(manager.rename(boat, "whale"), "copy")
    assert (studio.plan("whale").make, studio.plan(name).make, studio.verify(name, deep=True)) == ([], [], ())
