"""What a book's journal says is next, for each of the ten checkpoint types, and that numbers only rise."""

from __future__ import annotations

import pytest

from studio.core.checkpoint import Checkpoint, Failure, Milestone, Record
from studio.core.processing import CHECKPOINTS, beginning, resume_info

START = Milestone("session_start", "initializing")
LOADED = Milestone(
    "manuscript_loaded", "loading_manuscript", {"chapters": [7, 4, 9], "illustrated": [7, 9], "analysis_only": False}
)
READ_ONLY = Milestone("manuscript_loaded", facts={**LOADED.facts, "analysis_only": True})


def at(kind: str, chapter: int) -> Milestone:
    numbers = {7: 1, 4: 2, 9: 3}
    return Milestone(kind, "", {"chapter": chapter, "chapter_number": numbers[chapter]})


def every(kind: str) -> list[Milestone]:
    return [at(kind, 7), at(kind, 9)]


ANALYZED = [START, LOADED, *every("chapter_start"), *every("chapter_analyzed")]
PROMPTED = [*ANALYZED, *every("prompts_generated")]
FAILED = Failure("images/ch09_m01.png", "no room", "images")


@pytest.mark.parametrize(
    ("records", "last", "action", "chapter"),
    [
        ([START], "session_start", "load_manuscript", None),
        ([START, LOADED], "manuscript_loaded", "analyze_chapter", 1),
        ([START, LOADED, at("chapter_start", 7)], "chapter_start", "analyze_chapter", 1),
        ([START, LOADED, at("chapter_analyzed", 9)], "chapter_analyzed", "analyze_chapter", 1),
        ([START, LOADED, at("chapter_analyzed", 7)], "chapter_analyzed", "analyze_chapter", 3),
        (ANALYZED, "chapter_analyzed", "generate_prompts", 1),
        ([START, READ_ONLY, *ANALYZED[2:]], "chapter_analyzed", "complete_session", None),
        ([*ANALYZED, at("prompts_generated", 7)], "prompts_generated", "generate_prompts", 3),
        (PROMPTED, "prompts_generated", "generate_images", 1),
        ([*PROMPTED, at("images_generating", 7)], "images_generating", "generate_images", 1),
        ([*PROMPTED, at("chapter_completed", 7)], "chapter_completed", "generate_images", 3),
        ([*PROMPTED, *every("chapter_completed")], "chapter_completed", "complete_session", None),
        ([*PROMPTED, Milestone("session_completed")], "session_completed", "none", None),
        ([*ANALYZED, Milestone("session_paused")], "session_paused", "generate_prompts", 1),
        ([*PROMPTED, FAILED], "error_occurred", "retry", None),
    ],
)  # fmt: skip
def test_each_checkpoint_lands_at_the_right_next_action(records: list[Record], last, action, chapter):
    info = resume_info("manuscript", records)
    assert (info.last_checkpoint, info.next_action, info.next_chapter) == (last, action, chapter)
    assert info.sequence_number == len(records)


def test_all_ten_types_are_in_that_table():
    table = test_each_checkpoint_lands_at_the_right_next_action.pytestmark[0].args[1]
    assert {row[1] for row in table} == set(CHECKPOINTS)


def test_a_failure_is_named_until_its_file_is_there():
    made = Checkpoint("images/ch09_m01.png", "f", "d", 1, 1, "images")
    assert resume_info("manuscript", [*PROMPTED, FAILED]).item == "images/ch09_m01.png"
    assert resume_info("manuscript", [*PROMPTED, FAILED, made]).next_action == "generate_images"


def test_a_chapter_that_changed_is_behind_again_and_the_others_are_not():
    info = resume_info("manuscript", [*PROMPTED, *every("chapter_completed"), at("chapter_start", 9)])
    assert (info.next_action, info.next_chapter) == ("analyze_chapter", 3)


def test_a_session_begins_once_and_a_run_that_goes_on_with_it_says_so():
    completed = Milestone("session_completed")
    assert beginning("manuscript", []) == "session_start"
    assert beginning("manuscript", [START, Milestone("session_paused")]) == "run_started"
    assert beginning("manuscript", [START, Milestone("run_started"), completed]) == "session_start"
    assert beginning("film", [Milestone("run_started")]) == "run_started"


def test_a_project_of_another_kind_has_its_next_action_too():
    started = Milestone("run_started")
    assert resume_info("film", []).next_action == "begin"
    assert resume_info("film", [started]).next_action == "continue"
    assert resume_info("film", [started, Milestone("run_paused")]).next_action == "resume"
    assert resume_info("film", [started, Milestone("run_finished")]).next_action == "none"
