from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

from studio.core.checkpoint import Artifact, Checkpoint
from studio.core.files import digest_of
from studio.core.fingerprint import fingerprint
from studio.core.project import load_project
from studio.core.session import Session
from studio.errors import BadInput, NewerFormat, ProjectLocked, StorageFailed
from tests.core.conftest import text


def test_a_finished_file_is_kept(make):
    assert [make(text("a.txt", "one")), make(text("a.txt", "one"))] == ["made", "kept"]


def test_changed_words_make_the_file_again_and_keep_the_old_as_a_take(make, session):
    make(text("a.txt", "one"))
    assert make(text("a.txt", "two")) == "made"
    old = session.takes("a.txt")[0]
    assert session.take_path(old).read_text() == "one."
    assert session.take_path(old).is_relative_to(session.directory / "takes")


def test_going_back_to_earlier_words_brings_the_old_take_back(make, session):
    make(text("a.txt", "one"))
    make(text("a.txt", "two"))
    assert make(text("a.txt", "one")) == "kept"
    assert session.path("a.txt").read_text() == "one."
    assert len(session.takes("a.txt")) == 2


def test_a_file_is_never_missing_while_another_takes_its_place(make, session):
    make(text("a.txt", "0"))
    place, is_over, missed = session.path("a.txt"), threading.Event(), []

    def look() -> None:
        while not is_over.is_set():
            if not place.exists():
                missed.append(1)

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(1, 40):
        make(text("a.txt", str(number)))
    is_over.set()
    looking.join()
    assert not missed
    assert len(session.takes("a.txt")) == 40


def test_a_disk_whose_files_have_one_name_only_keeps_takes_too(make, session, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    make(text("a.txt", "one"))
    monkeypatch.setattr(os, "link", refuse)
    make(text("a.txt", "two"))
    assert [session.take_path(take).read_text() for take in session.takes("a.txt")] == ["one.", "two."]


def test_a_picked_take_stays_for_the_words_it_was_picked_for(make, session):
    make(text("a.txt", "one"))
    make(text("a.txt", "two"))
    session.pick(text("a.txt", "two"), session.takes("a.txt")[0].digest[:8])
    assert make(text("a.txt", "two")) == "kept"
    assert session.path("a.txt").read_text() == "one."


def test_an_unknown_take_is_refused_with_the_known_ones(make, session):
    make(text("a.txt", "one"))
    with pytest.raises(BadInput, match=session.takes("a.txt")[0].digest[:8]):
        session.pick(text("a.txt", "one"), "ffffffff")


def test_a_file_changed_by_hand_is_kept_as_the_users_take(make, session):
    make(text("a.txt", "one"))
    session.path("a.txt").write_text("mine.")
    assert make(text("a.txt", "one")) == "kept"
    assert session.path("a.txt").read_text() == "mine."
    assert session.journal.current("a.txt").origin == "adopted"


def test_what_depends_on_a_file_changed_by_hand_is_stale(make, session):
    make(text("a.txt", "one"))
    before = session.journal.current("a.txt").artifact
    session.path("a.txt").write_text("mine.")
    make(text("a.txt", "one"))
    after = session.journal.current("a.txt").artifact
    make(text("b.txt", "b", source=before))
    assert session.look(text("b.txt", "b", source=after)).artifact is None


def test_a_hand_made_change_is_not_lost_when_the_words_change(make, session):
    make(text("a.txt", "one"))
    session.path("a.txt").write_text("mine.")
    assert make(text("a.txt", "two")) == "made"
    assert "mine." in {session.take_path(take).read_text() for take in session.takes("a.txt")}


@pytest.mark.parametrize("torn", ["", "on", "one"])
def test_a_torn_file_is_set_aside_and_made_again(make, session, torn):
    make(text("a.txt", "one"))
    session.path("a.txt").write_text(torn)
    assert session.look(text("a.txt", "one")).is_torn
    assert make(text("a.txt", "one")) == "made"
    assert session.path("a.txt").read_text() == "one."
    assert [path.read_text() for path in (session.directory / "takes/a.txt").glob("torn-*")] == [torn]


def test_a_deleted_file_is_made_again_alone(make, session):
    make(text("a.txt", "one"))
    make(text("b.txt", "one"))
    session.path("a.txt").unlink()
    assert [make(text("a.txt", "one")), make(text("b.txt", "one"))] == ["made", "kept"]


def test_a_file_the_user_put_there_first_is_adopted(make, session):
    session.path("a.txt").write_text("brought.")
    assert make(text("a.txt", "one")) == "kept"
    assert session.path("a.txt").read_text() == "brought."


def test_a_copied_project_is_finished_too(make, session, tmp_path):
    make(text("a.txt", "one"))
    session.close()
    copy = tmp_path / "elsewhere"
    shutil.copytree(session.directory, copy)
    os.utime(copy / "a.txt", (1, 1))
    with Session(copy) as other:
        assert other.look(text("a.txt", "one")).artifact


def test_a_second_process_is_told_that_the_project_is_busy(session):
    with pytest.raises(ProjectLocked, match="another window or terminal"):
        Session(session.directory)


def test_reading_needs_no_lock(session):
    assert Session(session.directory, write=False).project.session_name == "project"


def test_a_torn_last_line_is_dropped_and_the_rest_stays(make, session):
    make(text("a.txt", "one"))
    session.close()
    journal = session.directory / "checkpoints.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"kind":"artifact","name":"b.t')
    with Session(session.directory) as again:
        assert again.look(text("a.txt", "one")).artifact
        again.write_down(*[])
        assert journal.read_bytes().endswith(b"}\n")


def test_a_damaged_line_in_the_middle_costs_only_its_own_file(make, session):
    make(text("a.txt", "one"))
    make(text("b.txt", "one"))
    session.close()
    journal = session.directory / "checkpoints.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"\x00garbage\n" + lines[1])
    with Session(session.directory) as again:
        assert again.journal.damaged_lines == 1
        assert again.look(text("b.txt", "one")).artifact
        assert again.look(text("a.txt", "one")).origin == "brought"


def test_a_crash_between_journal_and_rename_is_completed_at_the_next_opening(make, session):
    make(text("a.txt", "one"))
    wanted = text("a.txt", "two")
    half = session.tmp_path("a.txt")
    wanted.produce(half)
    session._move_into_place = lambda *args: None
    session.publish(wanted, half)
    session.close()
    with Session(session.directory) as again:
        assert again.look(wanted).artifact
        assert again.path("a.txt").read_text() == "two."
        assert [again.take_path(t).read_text() for t in again.takes("a.txt")] == ["one.", "two."]


def test_half_made_files_are_gone_after_opening(session):
    session.tmp_path("a.txt").write_text("hal")
    session.close()
    with Session(session.directory) as again:
        assert not (again.directory / "tmp").exists()


def test_a_newer_format_is_refused_and_untouched(directory):
    manifest = directory / "metadata.json"
    newer = manifest.read_text().replace('"format": 1', '"format": 99')
    manifest.write_text(newer)
    with pytest.raises(NewerFormat, match="format 99"):
        Session(directory)
    assert manifest.read_text() == newer


def test_unknown_keys_of_the_manifest_are_kept(directory):
    manifest = directory / "metadata.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 1, "colour": "blue"'))
    with Session(directory) as session:
        created = session.project.created_at
        session.save(title="new")
    assert load_project(directory).model_extra == {"colour": "blue"}
    assert load_project(directory).created_at == created


def test_a_damaged_manifest_says_where(directory):
    (directory / "metadata.json").write_text('{"format": 1, "session_name": 5}')
    with pytest.raises(BadInput, match="kind: is missing"):
        Session(directory)


def test_a_full_disk_leaves_everything_as_it_was(make, session, monkeypatch):
    make(text("a.txt", "one"))
    before = (session.directory / "checkpoints.jsonl").read_bytes()

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailed, match="disk is full"):
        make(text("a.txt", "two"))
    monkeypatch.undo()
    assert (session.directory / "checkpoints.jsonl").read_bytes() == before
    assert session.path("a.txt").read_text() == "one."


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_disk_that_takes_half_a_line_keeps_the_next_one_readable(make, session):
    import resource

    make(text("a.txt", "one"))
    journal = session.directory / "checkpoints.jsonl"
    before, limits = journal.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, limits[1]))
    try:
        with pytest.raises(StorageFailed):
            make(text("a.txt", "two"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert journal.read_bytes() == before
    make(text("a.txt", "two"))
    with Session(session.directory, write=False) as again:
        assert again.journal.damaged_lines == 0
        assert len(list(again.journal)) == 2


def test_a_path_has_no_fingerprint():
    with pytest.raises(TypeError, match="artifact"):
        fingerprint("s", 1, "n", "", {"still": Path("a.png")})


def test_an_artifact_counts_by_content_not_by_name():
    same = [fingerprint("s", 1, "n", "", {"still": Artifact(name, "abc", 3)}) for name in ("a", "b")]
    assert same[0] == same[1]
    assert fingerprint("s", 1, "n", "", {"still": Artifact("a", "abd", 3)}) != same[0]


def test_a_plan_can_say_which_argument_changed(make, session):
    make(text("a.txt", "one", colour="red"))
    assert session.look(text("a.txt", "one", colour="blue")).why == "changed: colour"


def test_every_line_of_the_journal_is_read_back_as_written(make, session):
    make(text("a.txt", "one"))
    session.close()
    again = Session(session.directory, write=False)
    assert next(record for record in again.journal if isinstance(record, Checkpoint)).name == "a.txt"
    assert again.journal.current("a.txt").artifact == session.journal.current("a.txt").artifact


@pytest.mark.parametrize("name", ["../../.bashrc", "/etc/passwd", "a/../../b", "..\\\\b", "", [1], None])
def test_a_journal_from_elsewhere_cannot_reach_out_of_its_folder(directory, name):
    half = directory / "tmp" / "half"
    half.parent.mkdir()
    half.write_text("evil")
    line = {"kind": "artifact", "name": name, "fingerprint": "x", "digest": digest_of(half), "size_bytes": 4}
    line |= {"mtime_ns": 1, "step": "x", "tmp": "half", "at": ""}
    (directory / "checkpoints.jsonl").write_text(json.dumps(line) + "\n")
    before = sorted(path for path in directory.parent.parent.rglob("*"))
    with Session(directory) as session:
        assert session.journal.damaged_lines == 1
    after = {path for path in directory.parent.parent.rglob("*")} - {directory / ".lock"}
    assert after <= set(before)
