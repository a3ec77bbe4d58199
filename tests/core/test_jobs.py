"""Work at a service outlives the process that asked for it: what was said about it is found again."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from studio.core.events import Event, Noticed
from studio.core.executor import threads
from studio.core.jobs import SessionJob
from studio.core.pipeline import Context, Pipeline, RunResult
from studio.core.project import new_project, save_project
from studio.core.run import run
from studio.core.session import JOURNAL, Session, Wanted
from studio.errors import Cancelled, EngineRefused, OutcomeUnknown
from studio.model.job import Job


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "film"
    folder.mkdir()
    save_project(folder, new_project("film", "film"))
    return folder


class Remote:
    """A step of one file whose making is ``work``."""

    name = "work"
    typical_s = 1.0

    def __init__(self, work: object) -> None:
        self._work = work

    def run(self, ctx: Context) -> None:
        ctx.make_all([Wanted("clip.bin", self._work, lambda path: None, {"prompt": "sea"}, "video/far/1", slots=2)])  # type: ignore[arg-type]

    def forecast(self) -> tuple[str, ...]:
        return ("clip.bin",)


def _run(
    folder: Path, work: object, *, stop: threading.Event | None = None, tell: list[Event] | None = None
) -> RunResult:
    told = [] if tell is None else tell
    with Session(folder) as session, threads(2) as pool:
        pipeline = Pipeline("film", (Remote(work),), lambda session: {})
        return run(
            session, pipeline, pool, tell=lambda number, event: told.append(event), stop=stop or threading.Event()
        )


def test_what_was_noted_is_on_the_disk_before_the_work_goes_on(project: Path) -> None:
    seen: list[str] = []

    def work(out: Path, job: Job) -> None:
        job.begin(model="m1")
        job.note("submitted", "id-7")
        seen.extend((project / JOURNAL).read_text().splitlines())
        out.write_bytes(b"clip")

    assert _run(project, work).made == ["clip.bin"]
    states = [line for line in map(json.loads, seen) if line["kind"] == "job"]
    assert [(line["state"], line.get("remote_id", "")) for line in states] == [
        ("submitting", ""),
        ("submitted", "id-7"),
    ]
    assert states[1]["facts"]["model"] == "m1"


def test_the_next_process_finds_the_same_job_and_the_same_id(project: Path) -> None:
    keys: list[str] = []

    def dies(out: Path, job: Job) -> None:
        keys.append(job.begin())
        job.note("submitted", "id-7", server="a")
        raise OutcomeUnknown("the plug was pulled")

    def collects(out: Path, job: Job) -> None:
        assert job.last
        assert (job.last.state, job.last.remote_id, job.last.facts) == (
            "submitted",
            "id-7",
            {"key": keys[0], "server": "a"},
        )
        out.write_bytes(b"clip")

    assert [problem.item for problem in _run(project, dies).problems] == ["clip.bin"]
    assert _run(project, collects).made == ["clip.bin"]
    with Session(project, write=False) as session:
        assert session.journal.open_jobs == ()


def test_each_try_has_an_id_of_its_own_that_every_process_finds_again(project: Path) -> None:
    wanted = Wanted("clip.bin", lambda out: None, lambda path: None, {"prompt": "sea"}, slots=2)

    def keys() -> list[str]:
        with Session(project) as session:
            job = SessionJob(session, wanted, stop=threading.Event(), tell=lambda share, text, preview: None)
            return [job.begin(), job.begin()]

    first, second = keys()
    (project / JOURNAL).unlink()
    assert first != second
    assert keys() == [first, second]


def test_a_stopped_run_leaves_the_job_at_its_service(project: Path) -> None:
    stop = threading.Event()

    def waits(out: Path, job: Job) -> None:
        job.begin()
        job.note("submitted", "id-7")
        stop.set()
        job.wait(60)

    result = _run(project, waits, stop=stop)
    assert (result.status, result.problems) == ("paused", [])
    with Session(project, write=False) as session:
        assert [(line.state, line.remote_id) for line in session.journal.open_jobs] == [("submitted", "id-7")]


def test_what_the_service_lost_is_told(project: Path) -> None:
    def work(out: Path, job: Job) -> None:
        job.begin()
        job.note("lost", why="it never arrived there")
        job.begin()
        job.note("submitted", "id-7")
        job.note("lost", why="the server was restarted")
        out.write_bytes(b"clip")

    told: list[Event] = []
    _run(project, work, tell=told)
    words = [(event.item, event.text) for event in told if isinstance(event, Noticed)]
    assert words == [("clip.bin", "is asked for again: the server was restarted")]


def test_words_of_a_job_that_are_not_sound_are_damage(project: Path) -> None:
    line = {"kind": "job", "name": "../../etc/passwd", "fingerprint": "f", "state": "submitted", "engine": "video/far"}
    (project / JOURNAL).write_text(json.dumps(line) + "\n" + json.dumps({**line, "name": "a", "state": "owned"}) + "\n")
    with Session(project, write=False) as session:
        assert session.journal.damaged_lines == 2
        assert session.journal.open_jobs == ()


def test_a_refusal_ends_that_item_alone_and_the_next_run_asks_anew(project: Path) -> None:
    def refused(out: Path, job: Job) -> None:
        job.begin()
        job.note("failed")
        raise EngineRefused("No.")

    assert [problem.error for problem in _run(project, refused).problems] == ["No."]
    with Session(project) as session:
        wanted = Wanted("clip.bin", refused, lambda path: None, {"prompt": "sea"}, "video/far/1", step="work")
        job = SessionJob(session, wanted, stop=threading.Event(), tell=lambda share, text, preview: None)
        assert job.last
        assert (job.last.state, job.last.tries) == ("failed", 0)
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Cancelled):
        SessionJob(session, wanted, stop=stopped, tell=lambda share, text, preview: None).wait(60)
