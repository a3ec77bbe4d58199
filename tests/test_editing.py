"""A person at the list of shots: insert, delete, move, undo, redo, and files that were damaged meanwhile."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from studio.cli.main import cli
from studio.core import events
from studio.core.checkpoint import Journal
from studio.core.session import JOURNAL, Session
from studio.errors import BadInput, UserError
from studio.keeping import keeper
from studio.model.source import Source
from tests.conftest import Run, small_film


def order(studio, name: str) -> list[int]:
    return [status.shot.index for status in studio.shots(name)]


def planned(studio, name: str) -> list[str]:
    return [item.name for item in studio.plan(name).make]


def test_moving_a_shot_makes_only_the_film_again(studio, boat):
    studio.move_shot(boat, 4, 1)
    assert order(studio, boat) == [4, 1, 2, 3]
    assert not [name for name in planned(studio, boat) if "shot_" in name]
    assert "film.mp4" in planned(studio, boat)
    assert Run(studio, boat).result.status == "completed"


def test_an_inserted_shot_is_made_alone_under_a_number_of_its_own(studio, boat):
    shot = studio.insert_shot(boat, 2, image_prompt="a gull on a mast", narration="")
    assert (shot.index, order(studio, boat)) == (5, [1, 2, 5, 3, 4])
    assert [name for name in planned(studio, boat) if "shot_" in name] == [
        "images/shot_005.png",
        "videos/shot_005.mp4",
    ]


def test_the_plan_of_a_reworded_sentence_that_fits_its_shot_is_what_the_run_then_makes(studio, boat):
    studio.edit_shot(boat, 2, narration="A gull.")
    ahead = planned(studio, boat)
    assert not [name for name in ahead if name.startswith(("videos/", "sounds/"))]
    assert Run(studio, boat).made == sorted(ahead)


def test_the_clip_of_a_shot_that_may_be_too_short_for_its_new_sentence_is_planned(studio, boat):
    studio.edit_shot(
        boat, 2, narration="A gull flies over the boat, and over the harbour, and over the town behind it."
    )
    assert "videos/shot_002.mp4" in planned(studio, boat)
    assert "videos/shot_003.mp4" not in planned(studio, boat)


def test_a_shot_can_come_first(studio, boat):
    studio.insert_shot(boat, 0, image_prompt="a title")
    assert order(studio, boat) == [5, 1, 2, 3, 4]


def test_the_number_of_a_deleted_shot_is_never_used_again(studio, boat):
    studio.delete_shot(boat, 4)
    assert studio.insert_shot(boat, 1, image_prompt="new").index == 5


def test_the_last_shot_cannot_be_deleted(studio, boat):
    for index in (1, 2, 3):
        studio.delete_shot(boat, index)
    with pytest.raises(UserError, match="one shot at least"):
        studio.delete_shot(boat, 4)


def test_undo_and_redo_walk_through_every_change(studio, boat):
    assert studio.can_undo(boat) == (False, False)
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    studio.delete_shot(boat, 3)
    studio.move_shot(boat, 4, 1)
    assert studio.undo(boat) == "The order as before."
    assert studio.undo(boat) == "Shot 3 is back."
    assert studio.undo(boat) == "Shot 2: image prompt as before."
    assert studio.can_undo(boat) == (False, True)
    assert planned(studio, boat) == []
    with pytest.raises(UserError, match="nothing to undo"):
        studio.undo(boat)
    for _ in range(3):
        studio.redo(boat)
    assert order(studio, boat) == [4, 1, 2]
    assert studio.can_undo(boat) == (True, False)


def test_an_undo_that_fails_on_a_full_disk_is_one_step_when_there_is_room_again(studio, boat, monkeypatch):
    studio.edit_shot(boat, 2, image_prompt="a gull on a mast")
    studio.move_shot(boat, 4, 1)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Session, "pick", full)
        with pytest.raises(OSError, match="No space"):
            studio.undo(boat)
    assert order(studio, boat) == [4, 1, 2, 3]
    assert studio.undo(boat) == "The order as before."
    assert studio.undo(boat) == "Shot 2: image prompt as before."


def test_a_change_after_undo_is_the_end_of_redo(studio, boat):
    studio.edit_shot(boat, 1, image_prompt="one")
    studio.edit_shot(boat, 1, image_prompt="two")
    studio.undo(boat)
    studio.edit_shot(boat, 1, image_prompt="three")
    assert studio.can_undo(boat) == (True, False)
    studio.undo(boat)
    assert studio.shots(boat)[0].shot.image_prompt == "one"


def test_a_list_that_is_again_as_it_was_can_still_be_undone_step_by_step(studio, boat):
    shot = studio.insert_shot(boat, 1, image_prompt="a gull")
    studio.delete_shot(boat, shot.index)
    assert studio.can_undo(boat) == (True, False)
    assert studio.undo(boat) == "Shot 2 is back."
    assert studio.undo(boat) == "Shot 2 is out again."
    assert studio.can_undo(boat) == (False, True)
    studio.redo(boat)
    studio.redo(boat)
    assert order(studio, boat) == [1, 2, 3, 4]
    assert studio.can_undo(boat) == (True, False)


def test_a_wrong_field_is_named(studio, boat):
    with pytest.raises(BadInput, match="duration"):
        studio.insert_shot(boat, 1, duration_s=-1)


def test_another_idea_for_the_same_project_makes_the_story_again_and_keeps_the_old_one(studio, boat):
    old = (studio.directory(boat) / "story.json").read_bytes()
    studio.set_source(boat, Source(kind="idea", idea="A fox crosses a frozen lake"))
    assert planned(studio, boat)[0] == "story.json"
    Run(studio, boat)
    assert b"fox" in (studio.directory(boat) / "story.json").read_bytes()
    studio.set_source(boat, Source(kind="idea", idea="A boat finds an island"))
    Run(studio, boat)
    assert (studio.directory(boat) / "story.json").read_bytes() == old


def test_a_brought_script_replaces_an_idea(studio, boat, tmp_path):
    script = tmp_path / "My play.txt"
    script.write_text("A dog waits at the station. The train is late. Snow falls on the roof.")
    studio.set_source(boat, Source(kind="script"), brought=script)
    assert Journal(studio.directory(boat) / JOURNAL).damaged_lines == 0
    Run(studio, boat)
    assert "dog" in (studio.directory(boat) / "story.json").read_text()


def test_the_storyboard_is_a_pdf_with_every_shot_and_its_words(studio, boat, tmp_path):
    out = tmp_path / "board.pdf"
    studio.edit_shot(boat, 2, image_prompt="Ein Boot, grün und schön — Лодка", camera="slow pan left")
    studio.storyboard_pdf(boat, out)
    pages = PdfReader(out).pages
    words = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 1
    for expected in ("Shot 1", "Shot 4", "Ein Boot, grün", "Лодка", "slow pan left", "This is part"):
        assert expected in words
    assert len(pages[0].images) == 4


def test_only_what_the_project_knows_is_given_out(studio, boat, tmp_path):
    (studio.directory(boat) / "notes.txt").write_text("private")
    (studio.directory(boat) / "images" / "link.png").symlink_to("/etc/hostname")
    assert studio.media_file(boat, "film.mp4").is_file()
    for path in (
        "notes.txt",
        "metadata.json",
        ".lock",
        "../boat/film.mp4",
        "/etc/hostname",
        "images/link.png",
        "",
        "takes",
        "takes/film.mp4",
        "images",
    ):
        with pytest.raises(UserError):
            studio.media_file(boat, path)


def test_a_known_file_that_became_a_link_out_of_the_project_is_not_given_out(studio, boat):
    place = studio.directory(boat) / "images/shot_001.png"
    place.unlink()
    place.symlink_to("/etc/hostname")
    with pytest.raises(UserError):
        studio.media_file(boat, "images/shot_001.png")


def test_a_take_is_given_out_under_its_own_name(studio, boat):
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    Run(studio, boat)
    old = next(take for take in studio.takes(boat, 2) if take.name.endswith("png") and not take.is_current)
    assert studio.media_file(boat, f"takes/{old.name}/{old.id}.png").is_file()


# Damage that keeps size and time


def spoil(path: Path, at: int = -1) -> None:
    """Other bytes, same size, same time: what a failing disk leaves."""
    facts = path.stat()
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half : half + 400] = bytes(b ^ 0xFF for b in content[half : half + 400])
    path.write_bytes(content)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


@pytest.mark.parametrize(
    "name",
    ["images/shot_002.png", "videos/shot_002.mp4", "film.mp4", "narration/shot_002_1.wav", "shots.json", "story.json"],
)
def test_damage_that_kept_size_and_time_is_found_by_a_deep_look_and_mended_by_a_deep_run(studio, boat, name):
    spoil(studio.directory(boat) / name)
    assert name in [fault.name for fault in studio.verify(boat, deep=True)]
    run = Run(studio, boat, deep=True)
    assert (run.result.status, run.result.problems) == ("completed", [])
    assert name in run.made
    assert studio.verify(boat, deep=True) == ()


@pytest.mark.parametrize("name", ["shots.json", "story.json"])
def test_a_damaged_list_that_stops_the_reading_is_mended_by_any_run(studio, boat, name):
    spoil(studio.directory(boat) / name)
    (studio.directory(boat) / "scene_graph.json").unlink()
    run = Run(studio, boat)
    assert run.result.status == "completed"
    assert name in run.made


def test_a_damaged_sentence_that_stops_its_user_is_mended_by_any_run(studio, boat):
    spoil_header(studio.directory(boat) / "narration/shot_002_1.wav")
    assert "narration/shot_002_1.wav" in planned(studio, boat)
    run = Run(studio, boat)
    assert (run.result.status, run.result.problems) == ("completed", [])
    assert any("checked to the byte" in event.text for event in run.events if isinstance(event, events.Noticed))


def spoil_header(path: Path) -> None:
    facts = path.stat()
    with path.open("r+b") as file:
        file.write(b"\0" * 44)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def test_a_damaged_still_whose_clip_is_to_be_made_is_mended_by_any_run(studio, boat):
    directory = studio.directory(boat)
    spoil_header(directory / "images/shot_002.png")
    (directory / "videos/shot_002.mp4").unlink()
    run = Run(studio, boat)
    assert (run.result.status, run.result.problems) == ("completed", [])
    assert {"images/shot_002.png", "videos/shot_002.mp4"} <= set(run.made)


def test_a_typing_error_in_the_list_of_shots_is_refused_and_the_list_left_alone(studio, boat):
    path = studio.directory(boat) / "shots.json"
    broken = path.read_text().replace('"index": 2,', '"index": 2', 1)
    path.write_text(broken)
    result = Run(studio, boat).result
    assert result.status == "failed"
    assert "shots.json" in result.problems[0].error
    assert "Mend it there" in result.problems[0].error
    assert path.read_text() == broken


def test_hand_changes_that_another_length_sets_aside_are_told(studio):
    name = small_film(studio)
    Run(studio, name)
    path = studio.directory(name) / "shots.json"
    path.write_text(path.read_text().replace("place 1", "the harbour"))
    studio.set_options(name, small_options(seconds=20.0))
    run = Run(studio, name)
    told = [event.text for event in run.events if isinstance(event, events.Noticed) and event.item == "shots.json"]
    assert told
    assert "takes/" in told[0]


def small_options(**choices):
    from studio.model.film import FilmOptions
    from tests.conftest import SMALL

    return FilmOptions.model_validate({**SMALL, **choices})


def test_a_journal_line_that_cannot_be_read_is_no_fault_after_a_deep_run(studio, boat):
    journal = studio.directory(boat) / "checkpoints.jsonl"
    lines = journal.read_text().splitlines()
    lines.insert(3, "not a line")
    journal.write_text("\n".join(lines) + "\n")
    assert [fault.name for fault in studio.verify(boat)] == ["checkpoints.jsonl"]
    Run(studio, boat, deep=True)
    assert studio.verify(boat) == ()


def test_the_plan_after_an_edited_story_says_what_may_change_and_why(studio, boat):
    path = studio.directory(boat) / "story.json"
    path.write_text(path.read_text().replace("Somebody does thing 1", "Somebody does thing one"))
    why = {item.name: item.why for item in studio.plan(boat).make}
    assert "will be new" in why["images/shot_001.png"]


def test_shots_are_counted_by_their_places_in_the_film_after_an_insert(studio, boat):
    studio.insert_shot(boat, 1, image_prompt="a gull on a mast")
    called = CliRunner().invoke(
        cli, ["shot", boat, "2", "--narration", "A gull.", "--sessions", str(studio.settings.sessions)]
    )
    assert (called.exit_code, "shot_005" in called.output) == (0, True)
    assert [status.shot.narration for status in studio.shots(boat)][1] == "A gull."


def test_a_take_that_waits_for_the_next_run_is_no_damage(studio, boat):
    first = studio.takes(boat, 1)[0]
    studio.edit_shot(boat, 1, image_prompt="a red boat in a storm")
    Run(studio, boat)
    studio.pick(boat, 1, "image", first.id)
    said = {fault.name: fault.is_damage for fault in studio.verify(boat)}
    assert said == {"videos/shot_001.mp4": False, "film.mp4": False}


def test_a_change_that_is_taken_back_leaves_the_film_done(studio, boat, tmp_path):
    manager = keeper(studio.settings, data=tmp_path / "data")
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    assert manager.get_session_info(boat).state == "changed"
    studio.undo(boat)
    assert manager.get_session_info(boat).state == "complete"
    assert studio.plan(boat).make == []


def redone(studio, boat: str) -> str:
    """Shot 2's picture was made again in other words; returns the id of the take before."""
    studio.edit_shot(boat, 2, image_prompt="a red boat")
    Run(studio, boat)
    return next(take.id for take in studio.takes(boat, 2) if take.name.endswith("png") and not take.is_current)


def standing(studio, boat: str) -> str:
    return next(take.id for take in studio.takes(boat, 2) if take.name.endswith("png") and take.is_current)


def test_choosing_a_take_is_taken_back_and_done_again(studio, boat):
    old = redone(studio, boat)
    new = standing(studio, boat)
    studio.pick(boat, 2, "image", old)
    assert studio.undo(boat) == "Shot 2: its picture is take 2 again."
    assert (standing(studio, boat), planned(studio, boat)) == (new, [])
    assert studio.redo(boat) == "Shot 2: its picture is take 1 again."
    assert (standing(studio, boat), studio.can_undo(boat)) == (old, (True, False))
    studio.undo(boat)
    assert studio.undo(boat) == "Shot 2: image prompt as before."
    assert planned(studio, boat) == []


def test_takes_and_words_are_taken_back_in_the_order_they_were_changed(studio, boat):
    old = redone(studio, boat)
    studio.pick(boat, 2, "image", old)
    studio.edit_shot(boat, 3, narration="A gull.")
    assert studio.undo(boat) == "Shot 3: narration as before."
    assert standing(studio, boat) == old
    assert studio.undo(boat) == "Shot 2: its picture is take 2 again."
    assert [studio.redo(boat), studio.redo(boat)] == [
        "Shot 2: its picture is take 1 again.",
        "Shot 3: narration changed again.",
    ]
    assert standing(studio, boat) == old


def test_a_take_chosen_after_a_run_and_taken_back_leaves_nothing_to_make(studio, boat):
    old = redone(studio, boat)
    studio.pick(boat, 2, "image", old)
    Run(studio, boat)
    studio.undo(boat)
    assert Run(studio, boat).made == []
    studio.redo(boat)
    assert Run(studio, boat).made == []
    assert standing(studio, boat) == old


def test_taking_a_choice_back_asks_again_for_the_picture_that_was_still_to_be_made(studio, boat):
    old = redone(studio, boat)
    studio.edit_shot(boat, 2, image_prompt="a green boat")
    before = planned(studio, boat)
    studio.pick(boat, 2, "image", old)
    assert planned(studio, boat) != before
    studio.undo(boat)
    assert planned(studio, boat) == before
    studio.redo(boat)
    assert (standing(studio, boat), "images/shot_002.png" in planned(studio, boat)) == (old, False)


def test_another_choice_after_undo_is_the_end_of_redo(studio, boat):
    old = redone(studio, boat)
    studio.pick(boat, 2, "image", old)
    studio.undo(boat)
    studio.pick(boat, 2, "image", old)
    assert studio.can_undo(boat) == (True, False)
    studio.undo(boat)
    assert planned(studio, boat) == []


def test_a_change_can_be_taken_back_though_the_take_before_a_choice_was_cleaned_up(studio, boat):
    old = redone(studio, boat)
    studio.pick(boat, 2, "image", old)
    aside = studio.directory(boat) / "takes/images/shot_002.png"
    for take in aside.iterdir():
        take.unlink()
    assert studio.undo(boat) == "Shot 2: image prompt as before."


def test_shots_that_come_and_go_are_told_by_their_places(studio, boat):
    studio.insert_shot(boat, 1, image_prompt="a gull")
    assert studio.undo(boat) == "Shot 2 is out again."
    assert studio.redo(boat) == "Shot 2 is back."
