"""Keeping projects: naming, saving, renaming, duplicating, deleting and finding them again."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.core.changes import Change, Staging
from studio.core.checkpoint import Milestone
from studio.core.index import Query
from studio.core.project import load_project
from studio.core.project_sessions import ProjectSessionManager
from studio.core.saving import OlderSave, revision_of
from studio.core.session import Session
from studio.errors import BadInput, Cancelled, ProjectLocked, StudioError, UserError
from tests.core.keeping import contents, written

_NOON = datetime(2025, 8, 3, 18, 11, 2, tzinfo=UTC)


@pytest.fixture
def manager(tmp_path: Path) -> ProjectSessionManager:
    return ProjectSessionManager(tmp_path / "sessions", tmp_path / "data", clock=lambda: _NOON)


@pytest.fixture
def film(manager: ProjectSessionManager) -> Path:
    """A project with a film, a picture with two takes, and a save point."""
    directory = manager.create_session_structure("film", kind="film")
    written(directory, {"images/shot_001.png": "one", "film.mp4": "film"})
    manager.snapshot("film", "first")
    written(directory, {"images/shot_001.png": "two"})
    return directory


@pytest.mark.parametrize(
    ("video", "name"),
    [
        ("my_presentation.mp4", "my_presentation_20250803_181102"),
        ("Tutorial Video.avi", "Tutorial_Video_20250803_181102"),
        ("conference-talk.mov", "conference-talk_20250803_181102"),
        (r"C:\Videos\日本語 講演.mp4", "日本語_講演_20250803_181102"),
        (None, "dubbing_project_20250803_181102"),
    ],
)
def test_an_automatic_name_is_the_videos_and_the_time(manager, video, name):
    assert manager.generate_auto_session_name(video) == name


def test_the_second_automatic_name_of_one_second_is_another(manager):
    manager.create_session_structure(manager.generate_auto_session_name("a.mp4"))
    assert manager.generate_auto_session_name("a.mp4") == "a_20250803_181102-2"


@pytest.mark.parametrize("name", ["", "..", "///", "…"])
def test_a_name_without_letters_is_refused(manager, name):
    with pytest.raises(UserError, match="no letter or digit"):
        manager.create_session_structure(name)


@pytest.mark.parametrize("name", ["../film", "film/..", ".trash", "/etc", "nothing"])
def test_only_projects_are_found_by_name(manager, film, name):
    with pytest.raises(UserError):
        manager.load_session(name)


def test_what_was_saved_is_loaded(manager):
    saved = {"video_name": "talk.mp4", "languages": ["hi", "es"], "translations": {"hi": "हिंदी"}, "colour": {"a": [1]}}
    manager.save_session("talk", saved)
    project = manager.load_session("talk").model_dump(mode="json")
    assert {key: project[key] for key in saved} == saved
    assert (project["session_name"], project["kind"]) == ("talk", "dub")


def test_saving_again_keeps_the_birthday_and_moves_the_last_change(manager):
    first = manager.save_session("talk", {"idea": "one"})
    second = manager.save_session("talk", {"idea": "two", "created_at": "1999-01-01T00:00:00+00:00"})
    assert second.created_at == first.created_at
    assert second.last_updated > first.last_updated
    assert second.idea == "two"


def test_a_loaded_session_saved_again_whole_stays_the_same(manager, film):
    loaded = manager.load_session("film").model_dump(mode="json")
    saved = manager.save_session("film", loaded).model_dump(mode="json")
    moved = {"last_updated", "revision", "last_accessed"}
    assert {k: v for k, v in saved.items() if k not in moved} == {k: v for k, v in loaded.items() if k not in moved}


def test_the_older_of_two_windows_cannot_overwrite_the_newer(manager):
    loaded = revision_of(manager.save_session("talk", {"idea": "one"}))
    manager.save_session("talk", {"idea": "two"}, if_revision=loaded)
    with pytest.raises(OlderSave, match="another window"):
        manager.save_session("talk", {"idea": "three"}, if_revision=loaded)
    assert manager.load_session("talk").idea == "two"


def test_files_saved_with_a_session_stand_in_it_and_the_old_ones_are_takes(manager, tmp_path):
    video = tmp_path / "in.mp4"
    video.write_bytes(b"first")
    manager.save_session("talk", {}, files={"original_video.mp4": video})
    video.write_bytes(b"second")
    manager.save_session("talk", {"idea": "new"}, files={"original_video.mp4": video})
    directory = manager.directory("talk")
    assert (directory / "original_video.mp4").read_bytes() == b"second"
    assert [path.read_bytes() for path in (directory / "takes/original_video.mp4").iterdir()] == [b"first"]
    assert load_project(directory).idea == "new"


def test_the_same_file_saved_again_is_not_stored_again(manager, tmp_path):
    video = tmp_path / "in.mp4"
    video.write_bytes(b"first")
    manager.save_session("talk", {}, files={"original_video.mp4": video})
    inode = (manager.directory("talk") / "original_video.mp4").stat().st_ino
    manager.save_session("talk", {}, files={"original_video.mp4": video})
    assert (manager.directory("talk") / "original_video.mp4").stat().st_ino == inode
    assert not (manager.directory("talk") / "takes").exists()


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", ".lock", "a\\b", ""])
def test_a_file_cannot_be_saved_outside_the_project(manager, tmp_path, name):
    (tmp_path / "in").write_text("x")
    with pytest.raises(BadInput, match="no file name inside"):
        manager.save_session("talk", {}, files={name: tmp_path / "in"})


def test_a_field_of_the_wrong_kind_is_refused_by_name(manager):
    manager.save_session("talk", {"idea": "one"})
    with pytest.raises(BadInput, match="options"):
        manager.save_session("talk", {"options": 3})
    assert manager.load_session("talk").idea == "one"


def test_a_project_being_worked_on_can_be_loaded_but_not_changed(manager, film):
    with Session(film):
        assert manager.load_session("film").kind == "film"
        for act in (
            lambda: manager.save_session("film", {"idea": "x"}),
            lambda: manager.rename("film", "other"),
            lambda: manager.duplicate("film", "other"),
            lambda: manager.delete_session("film"),
            lambda: manager.cleanup("film", is_dry_run=False),
        ):
            with pytest.raises(ProjectLocked, match="another window"):
                act()
    assert [path.name for path in film.parent.iterdir()] == ["film"]


def test_a_renamed_project_is_the_same_under_another_name(manager, film):
    before = contents(film)
    assert manager.rename("film", "The Boat") == "The_Boat"
    renamed = manager.directory("The_Boat")
    assert contents(renamed) == before
    assert load_project(renamed).session_name == "The_Boat"
    assert not film.exists()
    assert not list(renamed.glob(".pending"))


def test_renaming_to_a_name_that_is_taken_is_refused(manager, film):
    manager.create_session_structure("other")
    with pytest.raises(UserError, match="There is a project other already"):
        manager.rename("film", "other")
    assert film.exists()


def test_a_duplicate_has_everything_and_lives_its_own_life(manager, film):
    before = contents(film)
    assert manager.duplicate("film") == "film-2"
    copy = manager.directory("film-2")
    assert contents(copy) == before
    with (copy / "images/shot_001.png").open("r+b") as file:
        file.write(b"XXX")
    written(copy, {"film.mp4": "other"})
    assert contents(film) == before


def test_a_duplicate_can_go_back_to_the_save_points_of_the_first(manager, film):
    manager.duplicate("film", "copy")
    manager.revert("copy", "first")
    assert (manager.directory("copy") / "images/shot_001.png").read_text() == "one."
    assert (film / "images/shot_001.png").read_text() == "two."


def test_a_duplicate_finds_everything_finished(manager, film):
    manager.duplicate("film", "copy")
    with Session(manager.directory("copy"), write=False) as session, Session(film, write=False) as first:
        for name in ("film.mp4", "images/shot_001.png"):
            line = session.journal.current(name)
            assert line == first.journal.current(name)
            assert session.path(name).stat().st_mtime_ns == line.mtime_ns


def test_takes_of_a_duplicate_take_no_room(manager, film):
    manager.duplicate("film", "copy")
    takes = [path for path in (manager.directory("copy") / "takes").rglob("*") if path.is_file()]
    assert [path.stat().st_nlink for path in takes] == [2] * 2
    manager.delete_session("film")
    manager.empty_trash()
    assert all(path.read_text() for path in takes)


def test_a_linked_duplicate_takes_no_room_at_all(manager, film):
    manager.duplicate("film", "copy", is_linked=True)
    copy = manager.directory("copy")
    assert (copy / "film.mp4").samefile(film / "film.mp4")
    written(copy, {"film.mp4": "other"})
    assert (film / "film.mp4").read_text() == "film."


def test_a_stopped_duplicate_leaves_nothing(manager, film):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        manager.duplicate("film", "copy", stop=stop)
    assert [path.name for path in film.parent.iterdir()] == ["film"]


def test_a_deleted_project_is_out_of_the_list_and_comes_back_whole(manager, film):
    before = contents(film)
    manager.delete_session("film")
    assert manager.get_all_sessions() == []
    assert [entry.name for entry in manager.trashed()] == ["film"]
    assert manager.restore_session("film") == "film"
    assert contents(film) == before
    assert manager.get_all_sessions() == ["film"]
    assert manager.trashed() == ()


def test_a_project_restored_beside_a_newer_one_of_its_name_gets_another(manager, film):
    manager.delete_session("film")
    manager.create_session_structure("film")
    assert manager.restore_session("film") == "film-2"
    assert load_project(manager.directory("film-2")).session_name == "film-2"
    assert (manager.directory("film-2") / "film.mp4").read_text() == "film."


def test_two_deleted_projects_of_one_name_are_both_kept(manager, film):
    manager.delete_session("film")
    manager.save_session("film", {"idea": "second"})
    manager.delete_session("film")
    assert [entry.name for entry in manager.trashed()] == ["film", "film"]
    manager.restore_session("film")
    manager.restore_session("film")
    assert sorted(manager.get_all_sessions()) == ["film", "film-2"]


def test_restoring_what_is_not_there_says_what_is(manager, film):
    manager.delete_session("film")
    with pytest.raises(UserError, match="holds: film"):
        manager.restore_session("movie")


def test_a_project_with_a_damaged_manifest_can_be_deleted(manager, film):
    (film / "metadata.json").write_text("{")
    manager.delete_session("film")
    manager.restore_session("film")
    assert (film / "metadata.json").read_text() == "{"


def test_an_emptied_trash_is_empty(manager, film):
    manager.delete_session("film")
    size_bytes = manager.trashed()[0].size_bytes
    assert 0 < manager.empty_trash() <= size_bytes
    assert not list((film.parent / ".trash").iterdir())


def test_deleting_several_says_of_each_how_it_went(manager, film):
    manager.create_session_structure("busy")
    with Session(manager.directory("busy")):
        outcomes = manager.delete_many(["film", "busy", "nothing"])
    assert [bool(outcome.error) for outcome in outcomes] == [False, True, True]
    assert manager.get_all_sessions() == ["busy"]


def test_a_project_sent_to_a_teammate_is_whole_there(manager, film, tmp_path):
    there = ProjectSessionManager(tmp_path / "there", tmp_path / "data2")
    zip_path = manager.export_session("film", tmp_path)
    assert zip_path.name == "film_export.zip"
    assert there.import_session(zip_path).name == "film"
    assert contents(there.directory("film")) == contents(film)
    there.revert("film", "first")
    assert (there.directory("film") / "images/shot_001.png").read_text() == "one."
    assert there.import_session(zip_path).name == "film-2"
    assert there.import_session(zip_path, "Other Name").name == "Other_Name"


def test_an_import_that_replaces_puts_the_old_project_into_the_trash(manager, film, tmp_path):
    zip_path = manager.export_session("film", tmp_path / "film.zip")
    written(film, {"film.mp4": "newer"})
    assert manager.import_session(zip_path, is_replacing=True).name == "film"
    assert (film / "film.mp4").read_text() == "film."
    assert [entry.name for entry in manager.trashed()] == ["film"]


def test_exporting_several_says_of_each_how_it_went(manager, film, tmp_path):
    outcomes = manager.export_many(["film", "nothing"], tmp_path / "out")
    assert [bool(outcome.error) for outcome in outcomes] == [False, True]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["film_export.zip"]


def test_the_list_is_searched_filtered_and_sorted(manager):
    manager.save_session("boat", {"title": "Das Boot", "options": {"language": "de"}}, kind="film")
    manager.save_session("talk", {"title": "Über Wale", "languages": ["de", "es"], "notes": "for Anna"})
    manager.save_session("whale", {"idea": "A stranded whale", "options": {"language": "en"}}, kind="film")
    manager.annotate("whale", tags=["sea", "Best Of"])

    def names(**asked: object) -> list[str]:
        return [row["name"] for row in manager.search(Query(**asked)).rows]

    assert names(text="über WALE") == ["talk"]
    assert names(text="anna") == ["talk"]
    assert names(text="100%") == []
    assert names(kind="film", language="de") == ["boat"]
    assert sorted(names(language="de")) == ["boat", "talk"]
    assert names(tag="best of") == ["whale"]
    assert names(sort="name", is_descending=False) == ["boat", "talk", "whale"]
    assert names(sort="updated") == ["whale", "talk", "boat"]
    assert names(sort="updated", offset=1, limit=1) == ["talk"]
    assert manager.search(Query(limit=1)).total == 3


def test_an_unknown_order_is_refused_with_the_known_ones(manager):
    with pytest.raises(BadInput, match="updated, created"):
        manager.search(Query(sort="mood"))


def test_the_session_card_tells_what_is_there(manager, film):
    manager.annotate("film", tags=["a"], notes="note")
    info = manager.get_session_info("film")
    assert (info.kind, info.has_videos, info.has_audio, info.snapshot_count, info.notes) == (
        "film",
        True,
        False,
        1,
        "note",
    )
    assert (info.file_count, info.space.work_bytes) == (2, len("two.film."))
    assert info.space.snapshots_bytes > len("one.")


def test_a_run_whose_process_died_is_called_interrupted(manager, film):
    with Session(film) as session:
        session.write_down(Milestone("run_started"))
        assert manager.get_session_info("film").state == "running"
        assert [row["state"] for row in manager.search(Query(state="running")).rows] == ["running"]
    assert manager.get_session_info("film").state == "interrupted"
    assert [row["name"] for row in manager.search(Query(state="interrupted")).rows] == ["film"]
    assert manager.search(Query(state="running")).rows == ()


def test_a_start_leaves_alone_what_another_process_is_building(manager, film):
    from studio.core.building import new_folder

    with new_folder(film.with_name("other")) as beside:
        manager.clean_leftovers()
        (beside / "metadata.json").write_text("{}")
    assert (film.with_name("other") / "metadata.json").exists()


def test_a_start_completes_a_rename_that_was_decided(manager, film):
    manifest = json.loads((film / "metadata.json").read_bytes())
    Staging(film).prepare(Change(manifest=manifest, session_name="boat"))
    manager.clean_leftovers()
    assert load_project(manager.directory("boat")).session_name == "boat"
    assert not film.exists()


def test_a_start_throws_away_a_change_that_was_not_decided(manager, film):
    before = contents(film)
    (film / ".pending").mkdir()
    (film / ".pending/00001").write_text("half")
    (film / ".metadata.json.123.new").write_text("half")
    manager.clean_leftovers()
    assert contents(film) == before
    assert not [path for path in film.iterdir() if path.name.startswith(".") and path.name != ".lock"]


def test_what_cannot_be_tidied_up_keeps_nobody_from_his_projects(manager, film):
    sessions = film.parent
    for folder in (".building-x/.lock", f".import-{'a' * 12}/.lock", "other/.lock", "other/.pending"):
        (sessions / folder).mkdir(parents=True)  # a folder in the place of a lock: it cannot be taken
    (sessions / ".trash").mkdir()
    (sessions / ".trash/.gone-x").write_text("a file in the place of a folder")
    (sessions / ".gone-y").write_text("another")
    (film / ".pending").mkdir()
    (film / ".pending/00001").write_text("half")
    manager.clean_leftovers()
    assert not (film / ".pending").exists()


def test_a_project_that_takes_no_lock_is_still_shown_and_sent(manager, film, tmp_path):
    with Session(film) as session:
        session.write_down(Milestone("run_started"))
    (film / ".lock").unlink(missing_ok=True)
    (film / ".lock").mkdir()
    (film / ".pending").mkdir()
    assert manager.get_session_info("film").state == "interrupted"
    assert [row["state"] for row in manager.search(Query()).rows] == ["interrupted"]
    assert manager.export_session("film", tmp_path / "film.zip").is_file()


def test_of_a_linked_project_only_the_link_is_deleted(manager, film, tmp_path):
    before = contents(film)
    film.symlink_to(film.rename(tmp_path / "on another disk"))
    manager.delete_session("film")
    assert manager.empty_trash() == 0
    manager.clean_leftovers()
    assert (list((film.parent / ".trash").iterdir()), film.is_symlink()) == ([], False)
    assert contents(tmp_path / "on another disk") == before


def test_a_dead_link_has_its_name_for_itself(manager, film, tmp_path):
    for name in ("boat", "film-2"):
        film.with_name(name).symlink_to(tmp_path / "unplugged")
    for act in (lambda: manager.rename("film", "boat"), lambda: manager.duplicate("film", "boat")):
        with pytest.raises(UserError, match="choose another name"):
            act()
    assert manager.duplicate("film") == "film-3"
    Staging(film).prepare(Change(session_name="boat"))  # decided before the link came
    manager.clean_leftovers()
    assert manager.directory("boat-2").is_dir()


def test_every_refusal_is_a_sentence(manager, film):
    for act in (
        lambda: manager.rename("film", ""),
        lambda: manager.load_session("x"),
        lambda: manager.revert("film", "x"),
    ):
        with pytest.raises(StudioError, match=r"^[^{}]{20,}[.…]$"):
            act()


def test_a_name_that_somebody_took_while_a_project_was_put_together_is_told(film):
    from studio.core.building import new_folder

    theirs = film.with_name("other")

    def build() -> None:
        with new_folder(theirs):
            theirs.mkdir()
            (theirs / "theirs.txt").write_text("theirs")

    with pytest.raises(UserError, match="There is a project other already"):
        build()
    assert sorted(path.name for path in film.parent.iterdir() if path.name[0] != ".") == ["film", "other"]
    assert (theirs / "theirs.txt").read_text() == "theirs"
