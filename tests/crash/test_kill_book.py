"""SIGKILL at random while a book is illustrated: all of it comes, nothing is read or drawn twice, and the tables agree."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.checkpoint import Checkpoint, Journal, Milestone
from studio.core.index import Index
from studio.core.processing import resume_info
from studio.core.session import JOURNAL
from studio.model.illustration import ManuscriptOptions
from studio.service import Studio
from studio.settings import Settings
from tests.book_media import SMALL

_NAME = "bell"
_PER_CHAPTER = ("chapter_start", "chapter_analyzed", "prompts_generated", "images_generating", "chapter_completed")
_USED = (
    "studio.engines.fake",
    "studio.pipelines",
    "studio.service",
    "studio.steps.books.bind_book",
    "PIL.Image",
    "fpdf",
    "numpy",
)


class _Terminal(subprocess.Popen):  # type: ignore[type-arg]
    """``studio resume`` as somebody types it."""

    def __init__(self, sessions: Path) -> None:
        words = [sys.executable, "-m", "studio.cli", "resume", _NAME, "--sessions", str(sessions)]
        quiet: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        super().__init__(words, start_new_session=True, **quiet)

    def join(self, timeout: float | None = None) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(timeout)


def _quick(sessions: Path) -> Any:
    """The same within a process that has everything loaded already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *_USED])
    process = context.Process(target=_make, args=(sessions,))
    process.start()
    return process


def _make(sessions: Path) -> None:
    os.setsid()
    Studio(Settings(sessions, workers=2)).run(_NAME, tell=lambda number, event: None, stop=threading.Event())


def test_a_book_killed_at_random_is_whole_and_nothing_was_made_twice(tmp_path):
    _torment(tmp_path, _quick, chapters=3, kills=10, seed=7)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_forty_kills_leave_no_trace_in_a_book_of_sixteen_chapters(tmp_path):
    _torment(tmp_path, _Terminal, chapters=16, kills=40, seed=8)


def _torment(tmp_path: Path, start: Callable[[Path], Any], *, chapters: int, kills: int, seed: int) -> None:
    """Begun and killed; each life ends once the journal has grown by some lines, or between two of them."""
    sessions, dice = tmp_path / "sessions", random.Random(seed)
    _new_book(sessions, tmp_path, chapters)
    index = Index(sessions, tmp_path / "data")
    most = max(2, round(1.2 * 22 * chapters / kills))
    for number in range(kills):
        _killed_after(start(sessions), sessions / _NAME / JOURNAL, dice.randint(1, most), dice.uniform(0.0, 0.02))
        numbers = [row["sequence_number"] for row in index.details(_NAME)["processing_checkpoints"]]
        assert numbers == list(range(1, len(numbers) + 1))
        if number == kills // 2:
            index.close()
            for file in (tmp_path / "data").iterdir():
                file.unlink()
    start(sessions).join()
    _is_whole(sessions, index, chapters)
    cut = sum(row["status"] == "interrupted" for row in index.details(_NAME)["processing_sessions"])
    index.close()
    print(f"{kills} kills, {cut} of them while the book was being made")
    assert cut >= kills // 3


def _new_book(sessions: Path, tmp_path: Path, chapters: int) -> None:
    file = tmp_path / "book.md"
    told = "\n\n".join(f"## Chapter {number}\n\n{_chapter(number)}" for number in range(1, chapters + 1))
    file.write_text(f"# The Long Way\n\n{told}\n", encoding="utf-8")
    options = ManuscriptOptions.model_validate({**SMALL, "headers": True})
    Studio(Settings(sessions, workers=2)).create_manuscript(file, options, name=_NAME)


def _chapter(number: int) -> str:
    return "\n\n".join(f"On day {number} of the way walked Marta over hill {line} to the sea." for line in range(1, 8))


def _killed_after(process: Any, journal: Path, lines: int, seconds: float) -> None:
    """Killed so long after the journal has so many lines more, or is at its end."""
    wanted = _lines(journal) + lines
    while _lines(journal) < wanted and _is_alive(process):
        process.join(0.002)
    process.join(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def _lines(journal: Path) -> int:
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def _is_alive(process: Any) -> bool:
    return process.poll() is None if isinstance(process, _Terminal) else bool(process.is_alive())


def _is_whole(sessions: Path, index: Index, chapters: int) -> None:
    studio = Studio(Settings(sessions, workers=2))
    directory = studio.directory(_NAME)
    journal = Journal(directory / JOURNAL)
    assert studio.project(_NAME).is_complete, [failure.error for failure in journal.failures]
    assert studio.verify(_NAME, deep=True) == ()
    assert studio.plan(_NAME).make == []
    assert len(list((directory / "images").glob("*.png"))) == 4 * chapters
    made = Counter((line.name, line.fingerprint) for line in journal if isinstance(line, Checkpoint))
    assert max(made.values()) == 1, "something was made twice"
    passed = [line for line in journal if isinstance(line, Milestone)]
    counts = Counter(line.type for line in passed)
    assert counts["manuscript_loaded"] == 1
    assert counts["session_start"] == counts["session_completed"] >= 1
    for kind in _PER_CHAPTER:
        assert Counter(line.facts["chapter"] for line in passed if line.type == kind) == dict.fromkeys(
            range(1, chapters + 1), 1
        )
    assert resume_info("manuscript", journal).next_action == "none"
    _agree(journal, index.details(_NAME))


def _agree(journal: Journal, tables: dict[str, list[dict[str, Any]]]) -> None:
    """The tables say what the journal says, line for line."""
    lines, rows = list(journal), tables["processing_checkpoints"]
    assert [row["sequence_number"] for row in rows] == list(range(1, len(lines) + 1))
    told = [row["checkpoint_type"] for row in rows if row["checkpoint_type"] != "artifact"]
    assert told == [line.type for line in lines if isinstance(line, Milestone)]
    pictures = [line.name for line in lines if isinstance(line, Checkpoint) and line.name.endswith(".png")]
    assert [row["file_name"] for row in tables["session_images"]] == pictures
    assert tables["processing_sessions"][-1]["status"] == "completed"
    assert {row["status"] for row in tables["processing_sessions"]} <= {"interrupted", "completed"}
    assert json.dumps(rows)
