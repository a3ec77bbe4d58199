"""A project folder may come from anybody: nothing in it makes the studio write, move or read outside of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from studio.core.cleanup import space_of
from studio.core.project_sessions import ProjectSessionManager
from studio.core.session import Session
from studio.errors import BadInput, UserError
from tests.conftest import Run
from tests.core.keeping import written

_EMPTY = {"puts": [], "takes": [], "drops": [], "manifest": None, "snapshot": None, "session_name": None}
_PUT = {"name": "x.txt", "staged": "00001", "digest": "a" * 64, "line": None}


def commits(outside: Path) -> dict[str, object]:
    return {
        "absolute": {**_EMPTY, "puts": [{**_PUT, "name": str(outside / "pwned.txt")}]},
        "upward": {**_EMPTY, "puts": [{**_PUT, "name": "../../pwned.txt"}]},
        "take": {**_EMPTY, "takes": [{**_PUT, "name": "../../pwned"}]},
        "digest": {**_EMPTY, "takes": [{**_PUT, "digest": "../../../pwned"}]},
        "drop": {**_EMPTY, "drops": ["../../victim.txt"]},
        "renamed": {**_EMPTY, "session_name": "../moved"},
        "hidden": {**_EMPTY, "session_name": ".hidden"},
        "staged": {**_EMPTY, "puts": [{**_PUT, "staged": "../../../victim.txt"}]},
        "snapshot": {**_EMPTY, "snapshot": ["../../pwned", {}]},
        "manifest": {**_EMPTY, "puts": [{**_PUT, "name": "checkpoints.jsonl"}]},
        "line": {**_EMPTY, "puts": [{**_PUT, "line": {"name": "/etc/x"}}]},
        "list": [],
        "nothing": None,
        "empty": {},
    }


@pytest.mark.parametrize("number", ["1" * 4000, "-1e999", "NaN"])
def test_a_line_with_a_number_beyond_all_measure_is_left_out_like_any_damaged_one(studio, boat, number):
    journal = studio.directory(boat) / "checkpoints.jsonl"
    line = json.loads(next(row for row in journal.read_text().splitlines() if '"kind":"artifact"' in row))
    odd = json.dumps({**line, "name": "odd.txt", "size_bytes": 0}).replace('"size_bytes": 0', f'"size_bytes": {number}')
    journal.write_text(f"{journal.read_text()}{odd}\n")
    assert studio.plan(boat).make == []


@pytest.mark.parametrize("kind", sorted(commits(Path())))
def test_a_change_that_the_studio_did_not_write_is_never_carried_out(studio, boat, tmp_path, kind):
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    project = studio.directory(boat)
    pending = project / ".pending"
    pending.mkdir()
    (pending / "00001").write_text("evil")
    (pending / "commit.json").write_text(json.dumps(commits(tmp_path)[kind]))
    before = {path for path in tmp_path.rglob("*") if project not in path.parents and "data" not in path.parts}
    keeper = ProjectSessionManager(studio.settings.sessions, tmp_path / "data")
    keeper.clean_leftovers()
    assert studio.plan(boat).make == []
    assert victim.read_text() == "mine"
    after = {path for path in tmp_path.rglob("*") if project not in path.parents and "data" not in path.parts}
    assert after == before
    assert studio.verify(boat) == ()


def test_a_link_in_the_place_of_a_folder_is_not_written_through(studio, boat, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    images = studio.directory(boat) / "images"
    for still in images.iterdir():
        still.unlink()
    images.rmdir()
    images.symlink_to(outside)
    result = Run(studio, boat).result
    assert result.problems
    assert list(outside.iterdir()) == []


def test_a_linked_picture_is_told_and_never_left_out_in_silence(studio, boat, tmp_path):
    keeper = ProjectSessionManager(studio.settings.sessions, tmp_path / "data")
    place = studio.directory(boat) / "images/shot_002.png"
    place.symlink_to(place.rename(tmp_path / "elsewhere.png"))
    assert [fault.name for fault in studio.verify(boat, deep=True)] == ["images/shot_002.png"]
    for act in (keeper.snapshot, keeper.duplicate, lambda name: keeper.export_session(name, tmp_path / "out.zip")):
        with pytest.raises(BadInput, match=r"images/shot_002\.png is a link"):
            act(boat)
    assert keeper.snapshots(boat) == ()
    assert keeper.get_all_sessions() == [boat]
    assert not (tmp_path / "out.zip").exists()


def test_a_pipe_in_the_place_of_the_journal_hangs_nothing(studio, boat):
    journal = studio.directory(boat) / "checkpoints.jsonl"
    journal.unlink()
    os.mkfifo(journal)
    with pytest.raises(UserError, match="pipe"):
        studio.plan(boat)
    assert studio.projects() == ()


@pytest.mark.parametrize("field", [{"manifest": []}, {"at": 5}, {"label": None}, {"stored_bytes": "x"}])
def test_a_save_point_that_the_studio_did_not_write_hides_no_good_one(studio, boat, tmp_path, field):
    keeper = ProjectSessionManager(studio.settings.sessions, tmp_path / "data")
    good = keeper.snapshot(boat, "good")
    folder = studio.directory(boat) / "snapshots"
    saved = json.loads((folder / f"{good.id}.json").read_text())
    (folder / "20990101_000000_h.json").write_text(json.dumps({**saved, **field}))
    assert [point.id for point in keeper.snapshots(boat)] == [good.id]


def test_a_picture_saved_while_its_own_is_being_made_is_kept_and_told(studio, boat, monkeypatch):
    from PIL import Image

    from studio.core.session import Session
    from studio.engines.fake import FakeArtist

    place = studio.directory(boat) / "images/shot_002.png"
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    render = FakeArtist.render

    def slow(self, out, prompt, **call):
        render(self, out, prompt, **call)
        if prompt == "a red boat":
            Image.new("RGB", (160, 90), (1, 2, 3)).save(place)

    monkeypatch.setattr(FakeArtist, "render", slow)
    run = Run(studio, boat)
    assert any("saved by hand while" in getattr(event, "text", "") for event in run.events)
    with Session(studio.directory(boat), write=False) as session:
        kept = [session.take_path(take).read_bytes() for take in session.takes("images/shot_002.png")]
    assert len(kept) == 2
    mine = [content for content in kept if content != place.read_bytes()]
    (probe := studio.directory(boat) / "probe.png").write_bytes(mine[0])
    assert Image.open(probe).getpixel((5, 5)) == (1, 2, 3)


@pytest.fixture
def cellar(tmp_path: Path) -> Path:
    """A folder of somebody's, full of what is theirs."""
    folder = tmp_path / "cellar"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    (folder / ".half.new").write_text("mine")
    return folder


def linked(directory: Path, name: str, target: Path) -> None:
    """``name`` of the project is a link to ``target``; it holds what it held if it was there."""
    place = directory / name
    if place.exists():
        place.rename(directory.parent / f"moved-{place.name}")
    place.symlink_to(target)


@pytest.mark.parametrize("name", ["takes", "tmp", "snapshots"])
def test_cleaning_deletes_nothing_behind_a_link(directory, cellar, tmp_path, name):
    written(directory, {"a.txt": "one"})
    keeper = ProjectSessionManager(directory.parent, tmp_path / "data")
    linked(directory, name, cellar)
    for is_dry_run in (True, False):
        with pytest.raises(BadInput, match=f"^{name} in project is a link"):
            keeper.cleanup("project", is_dry_run=is_dry_run)
    assert sorted(path.name for path in cellar.iterdir()) == [".half.new", "thesis.txt"]


def test_the_space_behind_a_link_is_not_the_projects(directory, cellar):
    written(directory, {"a.txt": "one"})
    before = space_of(directory)
    for name in ("takes", "tmp", "snapshots"):
        linked(directory, name, cellar)
    assert space_of(directory) == before


def test_a_copy_of_a_project_holds_nothing_from_behind_a_link(directory, cellar, tmp_path):
    linked(directory, "takes", cellar)
    keeper = ProjectSessionManager(directory.parent, tmp_path / "data")
    with pytest.raises(BadInput, match="^takes in project is a link"):
        keeper.duplicate("project", "second")
    assert not (directory.parent / "second").exists()


def test_a_linked_folder_of_half_made_files_is_named_and_left_alone(directory, cellar):
    linked(directory, "tmp", cellar)
    with pytest.raises(BadInput, match="^tmp in project is a link"), Session(directory):
        pass
    assert (cellar / "thesis.txt").read_text() == "mine"


def test_no_take_is_put_behind_a_link_and_the_file_of_before_stays(directory, cellar):
    written(directory, {"a.txt": "one"})
    linked(directory, "takes", cellar)
    with pytest.raises(BadInput, match="^takes in project is a link"):
        written(directory, {"a.txt": "two"})
    assert (directory / "a.txt").read_text() == "one."
    assert sorted(path.name for path in cellar.iterdir()) == [".half.new", "thesis.txt"]
    (directory / "takes").unlink()
    written(directory, {"a.txt": "two"})
    assert (directory / "a.txt").read_text() == "two."


@pytest.mark.parametrize("name", ["takes", "snapshots"])
def test_no_save_point_is_put_behind_a_link_nor_removed_there(directory, cellar, tmp_path, name):
    written(directory, {"a.txt": "one"})
    keeper = ProjectSessionManager(directory.parent, tmp_path / "data")
    keeper.snapshot("project", "first")
    (directory / "a.txt").write_text("by hand.")
    moved = directory.parent / "moved"
    (directory / name).rename(moved)
    (directory / name).symlink_to(moved)
    held = sorted(moved.rglob("*"))
    with pytest.raises(BadInput, match=f"^{name} in project is a link"):
        keeper.snapshot("project", "second")
    if name == "snapshots":
        with pytest.raises(BadInput, match="^snapshots in project is a link"):
            keeper.delete_snapshot("project", "first")
    assert sorted(moved.rglob("*")) == held


def test_a_change_that_stands_behind_a_link_is_nobodys_to_carry_out(directory, cellar, tmp_path):
    written(directory, {"a.txt": "one"})
    (cellar / "commit.json").write_text(json.dumps({**_EMPTY, "drops": ["a.txt"]}))
    linked(directory, ".pending", cellar)
    keeper = ProjectSessionManager(directory.parent, tmp_path / "data")
    keeper.snapshot("project", "first")
    assert [point.label for point in keeper.snapshots("project")] == ["first"]
    assert (directory / "a.txt").read_text() == "one."
    assert sorted(path.name for path in cellar.iterdir()) == [".half.new", "commit.json", "thesis.txt"]


def test_no_line_is_written_into_what_a_linked_journal_leads_to(directory, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    linked(directory, "checkpoints.jsonl", victim)
    with pytest.raises(BadInput, match=r"^checkpoints\.jsonl in project is a link"):
        written(directory, {"a.txt": "one"})
    assert victim.read_text() == "mine"
