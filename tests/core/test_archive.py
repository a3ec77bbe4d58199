# ruff: noqa: F401, F811 (fixtures are imported by name)
from __future__ import annotations

import getpass
import json
import os
import shutil
import subprocess
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.core import trash
from studio.core.archive import Imported, clean_leftovers, examine, export_project, import_archive
from studio.core.archiving import export as archive_export
from studio.core.checkpoint import Failure, Milestone
from studio.core.project import load_project, new_project, save_project
from studio.core.session import Session
from studio.core.snapshots import snapshots, take_snapshot
from studio.errors import BadInput, Cancelled, ProjectLocked, StorageFailed
from tests.core.archive_project import elsewhere, file_at, out, picture, project, tree


def _sent(project: Path, out: Path, elsewhere: Path, **how: object) -> Imported:
    export_project(project, out, **how)
    return import_archive(out, elsewhere)


# What goes out comes in


def test_every_file_and_its_time_come_back(project, out, elsewhere):
    sent = _sent(project, out, elsewhere)
    assert tree(sent.directory) == tree(project)
    assert (sent.name, sent.kind, sent.warnings) == ("project", "studio", ())
    assert [path.name for path in elsewhere.iterdir()] == ["project"]


def test_the_sent_project_has_nothing_to_make(project, out, elsewhere, monkeypatch):
    sent = _sent(project, out, elsewhere)
    with Session(sent.directory) as session:
        monkeypatch.setattr("studio.core.session.digest_of", lambda path: pytest.fail("the fast check did not hold"))
        assert session.look(picture("images/shot_001.png", "four")).artifact
        assert session.look(picture("images/größe 映画.png", "three")).artifact
        assert len(session.takes("images/shot_001.png")) == 3
    assert [point.label for point in snapshots(sent.directory)] == ["before"]


def test_two_exports_of_one_state_are_the_same(project, tmp_path):
    export_project(project, tmp_path / "a.zip")
    export_project(project, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_locks_half_made_and_hidden_files_stay_at_home(project, out):
    file_at(project / "tmp" / "half.png", b"half")
    file_at(project / ".cache" / "x", b"x")
    file_at(project / "images" / ".DS_Store", b"x")
    export_project(project, out)
    names = zipfile.ZipFile(out).namelist()
    assert not [name for name in names if "tmp/" in name or "/." in name or name.startswith(".")]
    assert names[-1] == "studio-archive.json"


def test_media_are_stored_and_texts_are_packed(project, out):
    export_project(project, out)
    methods = {info.filename: info.compress_type for info in zipfile.ZipFile(out).infolist()}
    assert methods["source/original.mp4"] == methods["images/shot_001.png"] == zipfile.ZIP_STORED
    assert methods["story.json"] == methods["checkpoints.jsonl"] == zipfile.ZIP_DEFLATED


@pytest.mark.skipif(not shutil.which("unzip"), reason="unzip is not installed")
def test_unzip_opens_it(project, out, tmp_path):
    export_project(project, out)
    subprocess.run(["unzip", "-q", str(out), "-d", str(tmp_path / "plain")], check=True, env={"LC_ALL": "C.UTF-8"})
    plain = tree(tmp_path / "plain", mtimes=False)
    plain.pop("studio-archive.json")
    assert plain == tree(project, mtimes=False)


def test_the_list_at_the_end_has_every_file(project, out):
    export_project(project, out)
    with zipfile.ZipFile(out) as archive:
        listed = json.loads(archive.read("studio-archive.json"))
        assert [one["name"] for one in listed["files"]] == archive.namelist()[:-1]
        assert {one["name"]: one["size_bytes"] for one in listed["files"]} == {
            info.filename: info.file_size for info in archive.infolist()[:-1]
        }
    assert (listed["format"], listed["kind"], listed["slim"]) == (1, "film", False)


def test_a_slim_export_leaves_out_takes_and_what_can_be_made_again(project, out, elsewhere):
    file_at(project / "images" / "größe 映画.png", b"changed by hand.")
    sent = _sent(project, out, elsewhere, slim=True)
    assert sorted(tree(sent.directory)) == [
        "checkpoints.jsonl", "images/größe 映画.png", "images/shot_002.png", "metadata.json", "source/original.mp4",
        "story.json",
    ]  # fmt: skip
    assert examine(out).is_slim
    with Session(sent.directory) as session:
        assert session.look(picture("images/shot_001.png", "four")).why == "its file is gone"


def test_a_file_that_rotted_on_the_disk_does_not_spoil_the_archive(project, out, elsewhere):
    rotten = project / "images" / "shot_001.png"
    facts = rotten.stat()
    rotten.write_bytes(b"fOur.")
    os.utime(rotten, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert (_sent(project, out, elsewhere).directory / "images" / "shot_001.png").read_bytes() == b"fOur."


def test_progress_ends_with_everything(project, out, elsewhere):
    told: list[tuple[int, int]] = []
    export_project(project, out, progress=lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] == sum(len(content) for content, _ in tree(project).values())
    told.clear()
    import_archive(out, elsewhere, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 50_000


def test_a_stopped_export_leaves_what_was_there(project, out):
    file_at(out, b"an older export")
    stop = threading.Event()
    with pytest.raises(Cancelled):
        export_project(project, out, stop=stop, progress=lambda done, total: done > 30_000 and stop.set())
    assert out.read_bytes() == b"an older export"
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_a_stopped_import_leaves_nothing(project, out, elsewhere):
    export_project(project, out)
    stop = threading.Event()
    with pytest.raises(Cancelled):
        import_archive(out, elsewhere, stop=stop, progress=lambda done, total: done > 30_000 and stop.set())
    assert list(elsewhere.iterdir()) == []


def test_a_full_disk_leaves_nothing(project, out, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(StorageFailed, match="disk is full"):
        export_project(project, out)
    assert list(out.parent.iterdir()) == []


def test_an_export_into_the_project_itself_is_refused(project):
    with pytest.raises(BadInput, match="inside the project itself"):
        export_project(project, project / "exports" / "boat.zip")


@pytest.mark.parametrize("name", ["a:b.txt", "film.mp4/x", "nul.png", "dot.", "back\\slash", "LATER.TXT"])
def test_a_name_that_no_import_would_take_is_refused_before_it_is_sent(project, out, name):
    file_at(project / "later.txt", b"x")
    file_at(project / name, b"x")
    with pytest.raises(BadInput, match=r"cannot be sent to other computers.*Rename"):
        export_project(project, out)
    assert not out.exists()


# A project that is being worked on


def test_a_project_that_moves_away_while_it_is_packed_leaves_the_older_archive(project, out):
    export_project(project, out)
    before = out.read_bytes()
    (project / "new.txt").write_text("new")
    with pytest.raises(BadInput, match="moved or deleted while it was packed"):
        export_project(
            project, out, progress=lambda done, total: project.exists() and project.rename(project.parent / "moved")
        )
    assert (out.read_bytes(), list(out.parent.iterdir())) == (before, [out])


def test_what_is_replaced_while_it_is_packed_is_packed_as_the_journal_has_it(project, out, elsewhere, make):
    def meanwhile(done: int, total: int) -> None:
        if done > total * 0.9:
            make(picture("images/shot_001.png", "five"))
            make(picture("images/shot_009.png", "new"))

    sent = _sent(project, out, elsewhere, progress=meanwhile)
    assert tree(sent.directory) == tree(project)
    with Session(sent.directory) as session:
        session.looks_deep = True
        assert session.look(picture("images/shot_001.png", "five")).artifact
        assert session.look(picture("images/shot_009.png", "new")).artifact


def test_a_project_that_never_stands_still_is_refused(project, out, make, monkeypatch):
    count = iter(range(10_000))
    monkeypatch.setattr(archive_export, "_ROUNDS", 3)
    with pytest.raises(ProjectLocked, match="faster than it can be packed"):
        export_project(
            project, out, progress=lambda done, total: make(picture("images/shot_001.png", f"w{next(count)}"))
        )
    assert list(out.parent.iterdir()) == []


def test_a_file_that_waits_for_its_rename_is_sent_as_what_it_is(project, out, elsewhere, session, monkeypatch):
    new = picture("images/shot_001.png", "six")
    half = session.tmp_path(new.name)
    new.produce(half)
    monkeypatch.setattr(Session, "_move_into_place", lambda *_: None)
    session.publish(new, half)
    monkeypatch.undo()
    sent = _sent(project, out, elsewhere)
    with Session(sent.directory) as there:
        there.looks_deep = True
        assert there.look(new).artifact


# Nobody's business


def test_no_place_of_this_machine_leaves_with_an_export(tmp_path, monkeypatch):
    home = tmp_path / "home" / "anna.geheim"
    directory = home / "My Films" / "sessions" / "boat"
    directory.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    project = new_project("boat", "film", title="Boat", idea=f"as in {home}/ideas.txt")
    save_project(directory, project.model_copy(update={"notes": f"from {directory}/images, see {home.parent}"}))
    with Session(directory) as session:
        session.write_down(
            Failure("images/shot_001.png", f"{directory}/images/shot_001.png could not be written", "render"),
            Failure("images/shot_002.png", "ffmpeg: /usr/local/lib/python/ffmpeg-linux: Killed", "render"),
            Milestone("run_finished", facts={"log": f"{home}/My Films/log.txt", "other": "C:\\Users\\anna\\a.log"}),
        )
        file_at(directory / "images" / "shot_003.png", b"x" * 1000)
        take_snapshot(session, "before", now=datetime.now(UTC))
    export_project(directory, tmp_path / "out.zip")
    everything = (tmp_path / "out.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        everything += b"\n".join(archive.read(info) for info in archive.infolist())
    for place in (*directory.parents, *Path(os.path.realpath(directory)).parents):
        if len(place.parts) > 2:
            assert str(place).encode() not in everything
    for secret in (b"anna", b"My Films/", b"/usr/local", str(Path.cwd()).encode()):
        assert secret not in everything, secret
    assert f"/{getpass.getuser()}/".encode() not in everything
    sent = import_archive(tmp_path / "out.zip", tmp_path / "elsewhere")
    with Session(sent.directory) as session:
        assert session.journal.failure("images/shot_001.png").error == "images/shot_001.png could not be written"
        assert session.journal.failure("images/shot_002.png").error == "ffmpeg: ffmpeg-linux: Killed"
    assert load_project(sent.directory).idea == "as in ~/ideas.txt"


def test_texts_without_places_leave_as_they_are(project, out):
    idea = "He walked 3/4 of the way to /r/films and/or the C:drive, ~/home."
    save_project(project, load_project(project).model_copy(update={"idea": idea}))
    export_project(project, out)
    with zipfile.ZipFile(out) as archive:
        for name in ("metadata.json", "checkpoints.jsonl"):
            assert archive.read(name) == (project / name).read_bytes()


# Names


def test_a_name_that_exists_gets_a_number(project, out, elsewhere):
    first, second = _sent(project, out, elsewhere), import_archive(out, elsewhere)
    assert [first.name, second.name] == ["project", "project-2"]
    assert load_project(second.directory).session_name == "project-2"


def test_a_dead_link_of_its_name_does_not_stop_an_import(project, out, elsewhere, tmp_path):
    elsewhere.mkdir(parents=True)
    (elsewhere / "project").symlink_to(tmp_path / "unplugged")
    assert _sent(project, out, elsewhere).name == "project-2"


def test_the_project_is_called_what_the_user_says(project, out, elsewhere):
    export_project(project, out)
    imported = import_archive(out, elsewhere, name="Mein Film: 2")
    assert imported.name == load_project(imported.directory).session_name == "Mein_Film_2"
    with pytest.raises(BadInput, match="no letter or digit"):
        import_archive(out, elsewhere, name="…")


def test_replacing_puts_the_old_project_into_the_trash(project, out, elsewhere):
    old = _sent(project, out, elsewhere).directory
    file_at(old / "mine.txt", b"mine")
    new = import_archive(out, elsewhere, replace=True)
    assert new.directory == old
    assert not (old / "mine.txt").exists()
    assert [entry.name for entry in trash.trashed(elsewhere)] == ["project"]
    assert (trash.restore(elsewhere, "project") / "mine.txt").read_bytes() == b"mine"
    assert sorted(path.name for path in elsewhere.iterdir()) == [".trash", "project", "project-2"]


def test_replacing_works_where_two_folders_cannot_be_exchanged(project, out, elsewhere, monkeypatch):
    old = _sent(project, out, elsewhere).directory
    file_at(old / "mine.txt", b"mine")
    monkeypatch.setattr("studio.core.archive._exchange", lambda one, other: False)
    import_archive(out, elsewhere, replace=True)
    assert not (old / "mine.txt").exists()
    assert len(trash.trashed(elsewhere)) == 1


def test_a_project_at_work_is_not_replaced(project, out, elsewhere):
    old = _sent(project, out, elsewhere).directory
    before = tree(old)
    with Session(old), pytest.raises(ProjectLocked):
        import_archive(out, elsewhere, replace=True)
    assert tree(old) == before
    assert [path.name for path in elsewhere.iterdir()] == ["project"]


# What a crash left


def test_what_a_crash_left_is_gone_after_the_next_start(elsewhere):
    file_at(elsewhere / ".import-0123456789ab" / "project" / "metadata.json", b"{}")
    file_at(elsewhere / ".export-0123456789ab.part", b"half")
    file_at(elsewhere / ".export-settings", b"somebody else's")
    clean_leftovers(elsewhere)
    assert [path.name for path in elsewhere.iterdir()] == [".export-settings"]


def test_what_another_process_is_doing_is_left_alone(project, out, elsewhere):
    export_project(project, out)
    cleaned: list[int] = []

    def meanwhile(done: int, total: int) -> None:
        clean_leftovers(elsewhere)
        archive_export.clean_half_exports(out.parent)
        cleaned.append(done)

    assert import_archive(out, elsewhere, progress=meanwhile).directory.is_dir()
    export_project(project, out, progress=meanwhile)
    assert len(cleaned) > 4
    assert zipfile.ZipFile(out).testzip() is None


def test_a_replacement_killed_between_two_renames_is_taken_back(project, elsewhere):
    stage = elsewhere / ".import-0123456789ab"
    shutil.copytree(project, stage / "old")
    shutil.copytree(project, stage / "project")
    note = {"name": "boat", "new": (stage / "project").stat().st_ino}
    file_at(stage / "replacing", json.dumps(note).encode())
    clean_leftovers(elsewhere)
    assert tree(elsewhere / "boat") == tree(project)
    assert [path.name for path in elsewhere.iterdir()] == ["boat"]


def test_a_replacement_killed_after_the_exchange_leaves_the_old_project_in_the_trash(project, elsewhere):
    stage = elsewhere / ".import-0123456789ab"
    shutil.copytree(project, stage / "project")
    shutil.copytree(project, elsewhere / "boat")
    file_at(stage / "replacing", json.dumps({"name": "boat", "new": (elsewhere / "boat").stat().st_ino}).encode())
    clean_leftovers(elsewhere)
    assert [entry.name for entry in trash.trashed(elsewhere)] == ["boat"]
    assert tree(elsewhere / "boat") == tree(project)
    assert not stage.exists()
