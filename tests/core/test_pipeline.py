from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest
from pydantic import TypeAdapter

from studio.core import events
from studio.core.pipeline import Pipeline
from studio.core.plan import plan
from studio.core.run import run
from studio.core.session import Wanted
from studio.errors import EngineRefused, StorageFailed
from tests.core.conftest import text

LINES = TypeAdapter(list[str])


@dataclass
class WriteList:
    lines: list[str]
    name: str = "list"
    typical_s: float = 1.0

    def run(self, ctx):
        def produce(out):
            out.write_bytes(LINES.dump_json(self.lines))

        ctx.make(Wanted("list.json", produce, lambda p: LINES.validate_json(p.read_bytes()), given={"l": self.lines}))

    def forecast(self):
        return ("list.json",)


@dataclass
class WriteEach:
    name: str = "each"
    typical_s: float = 2.0
    fails: dict[str, Exception] = field(default_factory=dict)
    stop_at: tuple[str, threading.Event] | None = None
    calls: list[str] = field(default_factory=list)

    def run(self, ctx):
        lines = ctx.read(ctx.artifact("list.json"), LINES)
        ctx.make_all([self._wanted(n, line) for n, line in enumerate(lines, 1)])

    def forecast(self):
        return ("each/1.txt", "each/2.txt")

    def _wanted(self, number, line):
        plain = text(f"each/{number}.txt", line)

        def produce(out):
            self.calls.append(line)
            if line in self.fails:
                raise self.fails[line]
            plain.produce(out)
            if self.stop_at and line == self.stop_at[0]:
                self.stop_at[1].set()

        return Wanted(plain.name, produce, plain.verify, given=plain.given)


@dataclass
class Join:
    name: str = "join"
    typical_s: float = 1.0

    def run(self, ctx):
        parts = [ctx.artifact(f"each/{n}.txt") for n in (1, 2, 3)]
        found = [part for part in parts if part]

        def produce(out):
            out.write_text("".join(ctx.path(part).read_text() for part in found))

        ctx.make(Wanted("all.txt", produce, lambda p: None, given={"parts": found}))

    def forecast(self):
        return ("all.txt",)


def go(session, each=None, lines=("one", "two", "three"), stop=None):
    pipeline = Pipeline("p", (WriteList(list(lines)), each or WriteEach(), Join()), lambda s: {})
    heard = []
    with ThreadPoolExecutor(2) as executor:
        result = run(
            session, pipeline, executor, tell=lambda n, e: heard.append((n, e)), stop=stop or threading.Event()
        )
    return result, heard


def look_ahead(session, lines=("one", "two", "three")):
    return plan(session, Pipeline("p", (WriteList(list(lines)), WriteEach(), Join()), lambda s: {}))


def test_a_second_run_makes_nothing(session):
    first, _ = go(session)
    second, _ = go(session)
    assert sorted(first.made) == ["all.txt", "each/1.txt", "each/2.txt", "each/3.txt", "list.json"]
    assert second.made == []
    assert sorted(second.kept) == sorted(first.made)


def test_one_changed_line_makes_its_file_and_what_joins_it(session):
    go(session)
    result, _ = go(session, lines=("one", "TWO", "three"))
    assert result.made == ["list.json", "each/2.txt", "all.txt"]


def test_a_plan_names_exactly_what_a_run_then_makes(session):
    go(session)
    session.path("each/2.txt").unlink()
    planned = look_ahead(session)
    assert [item.name for item in planned.make] == ["each/2.txt", "all.txt"]
    assert planned.make[0].why == "its file is gone"
    assert planned.make[1].why == "each/2.txt will be new"
    result, _ = go(session)
    assert result.made == ["each/2.txt"]  # the same words again: what joins them need not change


def test_a_plan_of_an_empty_project_tells_what_is_known_to_come(session):
    planned = look_ahead(session)
    assert [item.name for item in planned.make] == ["list.json", "each/1.txt", "each/2.txt", "all.txt"]
    assert planned.estimate_s == 1.0 + 2 * 2.0 + 1.0


def test_a_plan_expects_a_file_to_take_as_long_as_it_took_not_as_what_the_same_step_made_beside_it(session):
    go(session)
    for name, took_s in (("each/1.txt", 30.0), ("each/2.txt", 0.1), ("all.txt", 0.1)):
        line = session.journal.current(name)
        session.journal.append(replace(line, name=f"{name[:-4]}.mp4" if took_s > 1 else name, took_s=took_s))
    session.path("each/2.txt").unlink()
    assert look_ahead(session).estimate_s < 1


def test_a_plan_changes_nothing_on_disk(session):
    go(session)
    session.path("each/1.txt").write_text("torn")
    before = {p: p.stat().st_mtime_ns for p in session.directory.rglob("*")}
    look_ahead(session)
    assert {p: p.stat().st_mtime_ns for p in session.directory.rglob("*")} == before


def test_a_failed_item_is_reported_and_stops_no_other(session):
    result, heard = go(session, WriteEach(fails={"two": EngineRefused("no two today")}))
    assert [(p.item, p.error) for p in result.problems] == [("each/2.txt", "no two today")]
    assert session.path("all.txt").read_text() == "one.three."
    assert events.RunFinished(problems=1) in [event for _, event in heard]


def test_a_failed_item_is_tried_again_by_the_next_run(session):
    go(session, WriteEach(fails={"two": EngineRefused("no two today")}))
    assert "no two today" in look_ahead(session).make[0].why
    result, _ = go(session)
    assert result.made == ["each/2.txt", "all.txt"]
    assert session.journal.failures == ()


def test_a_fault_of_the_studio_itself_is_one_items_problem(session, caplog):
    result, _ = go(session, WriteEach(fails={"two": ZeroDivisionError("oops")}))
    assert "oops" in result.problems[0].error
    assert "Traceback" in caplog.text


def test_a_full_disk_ends_the_run_with_what_was_finished(session):
    with pytest.raises(StorageFailed, match="disk is full"):
        go(session, WriteEach(fails={"three": OSError(28, "No space left")}))
    session.close()
    assert session.journal.current("list.json")


def test_a_stopped_run_is_paused_and_goes_on(session):
    stop = threading.Event()
    each = WriteEach(stop_at=("one", stop))
    result, heard = go(session, each, stop=stop)
    assert result.status == "paused"
    assert isinstance(heard[-1][1], events.RunPaused)
    again = WriteEach()
    result, _ = go(session, again)
    assert result.status == "completed"
    assert not set(each.calls) & set(again.calls)


def test_events_are_numbered_in_order(session):
    _, heard = go(session)
    assert [number for number, _ in heard] == list(range(1, len(heard) + 1))
    assert isinstance(heard[0][1], events.RunStarted)
    assert isinstance(heard[-1][1], events.RunFinished)


def test_progress_counts_up_to_all_items(session):
    _, heard = go(session)
    counts = [(e.done, e.total) for _, e in heard if isinstance(e, events.Progress)]
    assert counts == [(1, 3), (2, 3), (3, 3)]


def test_a_torn_file_is_noticed_and_made_again(session):
    go(session)
    session.path("each/1.txt").write_text("half a sent")
    result, heard = go(session)
    notices = [e for _, e in heard if isinstance(e, events.Noticed)]
    assert notices[0].item == "each/1.txt"
    assert "damaged" in notices[0].text
    assert result.made == ["each/1.txt"]
