"""Walk through a pipeline and make what is missing."""

from __future__ import annotations

import threading
import time
from base64 import b64encode
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from studio.core.checkpoint import Artifact, Failure, Milestone
from studio.core.damage import DamagedFile, find_damage, read_artifact
from studio.core.events import (
    ArtifactMade,
    Event,
    ItemFailed,
    JobProgress,
    Listener,
    Noticed,
    Progress,
    RunFailed,
    RunFinished,
    RunPaused,
    RunStarted,
    StepFinished,
    StepStarted,
)
from studio.core.executor import Outcome, attempt, threads
from studio.core.files import storage
from studio.core.jobs import Purse, SessionJob, Unlimited, answer_lines, kept_answer, line_of
from studio.core.pipeline import Pipeline, Problem, RunResult
from studio.core.processing import Marks, beginning, marks_of, stage_of
from studio.core.project_state import ASKED, asked_of
from studio.core.session import Session, Wanted
from studio.errors import BadInput, Cancelled, StorageFailed, StudioError

T = TypeVar("T")
_MOST_AHEAD = 64
"""Items that are being made or wait to be landed."""


def run(
    session: Session, pipeline: Pipeline, executor: Executor, *, tell: Listener, stop: threading.Event,
    purse: Purse | None = None,
) -> RunResult:  # fmt: skip
    """Everything of ``pipeline`` that can be made is made; ``stop`` set from outside pauses after the items in hand.

    ``purse`` says what services may be asked for; without one everything.

    Failures of single items are in the result. Raises StorageFailed when the disk refuses, with all that was
    finished before kept.
    """
    ctx = RunContext(session, executor, tell, stop, purse or Unlimited())
    ctx.tell(RunStarted(session.directory.name, tuple(step.name for step in pipeline.steps)))
    kind, marks = session.project.kind, marks_of(session.project.kind)
    session.write_down(Milestone(beginning(kind, session.journal), stage_of(kind, "")))
    try:
        try:
            _walk(ctx, session, pipeline)
        except DamagedFile as damaged:
            ctx.look_deep(str(damaged))
            _walk(ctx, session, pipeline)
    except Cancelled:
        ctx.result.status = "paused"
        session.write_down(Milestone(marks.paused, stage_of(kind, ctx.step)))
        ctx.tell(RunPaused(ctx.step))
    except StudioError as error:
        ctx.result.status = "failed"
        ctx.fail(ctx.step, str(error), failed_run=True)
        if isinstance(error, StorageFailed):
            raise
    else:
        if session.looks_deep:
            session.deal_with_damage()
        facts = {"problems": len(ctx.result.problems), ASKED: asked_of(session.project)}
        is_whole = pipeline.is_whole and not ctx.result.problems
        session.write_down(Milestone(marks.finished if is_whole else Marks().finished, marks.ending, facts))
        ctx.tell(RunFinished(len(ctx.result.problems)))
    session.save(**pipeline.views(session))
    return ctx.result


def _walk(ctx: RunContext, session: Session, pipeline: Pipeline) -> None:
    for step in pipeline.steps:
        ctx.begin(step.name)
        step.run(ctx)
        ctx.tell(StepFinished(step.name))
        session.write_down(Milestone("step_finished", step.name))
        session.save(**pipeline.views(session))


class RunContext:
    """The context of a run: what is not there is made, published and reported."""

    def __init__(
        self, session: Session, executor: Executor, tell: Listener, stop: threading.Event, purse: Purse
    ) -> None:
        self.result = RunResult()
        self._session = session
        self._executor = executor
        self._listener = tell
        self._stop = stop
        self._purse = purse
        self._number = 0
        self._telling = threading.Lock()
        self._passing = threading.Lock()
        self._passed: dict[tuple[str, object], dict[str, Any]] | None = None
        self.step = ""
        self._known: dict[str, Artifact] = {}
        self._made: set[str] = set()

    def begin(self, step: str) -> None:
        """``step`` starts now."""
        self._check_stop()
        self.step = step
        self.tell(StepStarted(step))

    def look_deep(self, damaged: str) -> None:
        """From now on every file is read to the byte: ``damaged`` showed that size and time are not to be trusted."""
        self._session.looks_deep = True
        self.result.kept.clear()
        self.notice(damaged, "is damaged: every file is now checked to the byte")

    def make(self, wanted: Wanted) -> Artifact:
        wanted = replace(wanted, step=self.step)
        artifact = self._kept(wanted)
        if artifact:
            return artifact
        self._check_stop()
        outcome = self._attempt(wanted, self._session.tmp_path(wanted.name))
        if outcome.error:
            find_damage(self._session, wanted)
            raise _as_studio_error(outcome.error, wanted.name)
        return self._land(wanted, outcome)

    def make_all(
        self, wanted: Sequence[Wanted], landed: Callable[[Artifact], None] | None = None
    ) -> list[Artifact | None]:
        items = [replace(item, step=self.step) for item in wanted]
        tell_landed = landed or (lambda artifact: None)
        found = [self._kept(item) for item in items]
        for kept in filter(None, found):
            tell_landed(kept)
        waiting = [index for index, artifact in enumerate(found) if artifact is None]
        self._purse.must_suffice([items[index] for index in waiting])
        started = time.monotonic()
        elsewhere = max((item.slots for item in items), default=0)
        pool = threads(elsewhere) if elsewhere else None
        try:
            attempts = self._attempts([items[index] for index in waiting], pool or self._executor, elsewhere)
            with closing(attempts) as outcomes:
                for done, (at, outcome) in enumerate(outcomes, start=1):
                    made = found[waiting[at]] = self._land_or_report(items[waiting[at]], outcome)
                    if made:
                        tell_landed(made)
                    left_s = (time.monotonic() - started) / done * (len(waiting) - done)
                    self.tell(Progress(self.step, len(items) - len(waiting) + done, len(items), left_s))
        finally:
            if pool:
                pool.shutdown()
        self._check_stop()
        return found

    def _attempts(
        self, items: Sequence[Wanted], pool: Executor, slots: int
    ) -> Generator[tuple[int, Outcome], None, None]:
        """How each of ``items`` ended, by its place, as they end; after a stop only of those begun before it.

        Few are begun ahead of those that are landed: a stop is not to wait until thousands more are on the disk.
        """
        ahead = max(_MOST_AHEAD, 2 * slots)
        begun: dict[Future[Outcome], int] = {}
        places = iter(range(len(items)))
        try:
            while True:
                for at in islice(places, 0 if self._stop.is_set() else ahead - len(begun)):
                    begun[pool.submit(self._attempt, items[at], self._session.tmp_path(items[at].name))] = at
                if not begun:
                    return
                for future in sorted(wait(begun, return_when=FIRST_COMPLETED).done, key=begun.__getitem__):
                    yield begun.pop(future), future.result()
        finally:
            for future in begun:
                future.cancel()

    def artifact(self, name: str) -> Artifact | None:
        return self._known.get(name)

    def path(self, artifact: Artifact) -> Path:
        return self._session.path(artifact)

    def read(self, artifact: Artifact, shape: TypeAdapter[T]) -> T:
        return read_artifact(
            self._session, artifact, self.path(artifact), lambda path: shape.validate_json(path.read_bytes())
        )

    def facts(self, artifact: Artifact, read: Callable[[Path], T]) -> T | None:
        return read_artifact(self._session, artifact, self.path(artifact), read)

    def is_new(self, artifact: Artifact) -> bool:
        return artifact.name in self._made

    def notice(self, item: str, text: str) -> None:
        self.tell(Noticed(self.step, item, text))

    def kept_answer(self, wanted: Wanted) -> Mapping[str, Any]:
        return kept_answer(self._session, replace(wanted, step=self.step))

    def keep_answers(self, answers: Sequence[tuple[Wanted, Mapping[str, Any]]]) -> None:
        asked = [(replace(wanted, step=self.step), facts) for wanted, facts in answers]
        self._session.write_down(
            *(line for wanted, facts in asked for line in answer_lines(wanted, facts, self._purse.price(wanted)))
        )

    def passed(self, milestone: str, **facts: Any) -> None:
        with self._passing:
            if self._passed is None:
                self._passed = {_of(one): _told(one) for one in self._session.journal if isinstance(one, Milestone)}
            passed = Milestone(milestone, stage_of(self._session.project.kind, self.step), facts)
            if self._passed.get(_of(passed)) != _told(passed):
                self._session.write_down(passed)
                self._passed[_of(passed)] = _told(passed)

    def tell(self, event: Event) -> None:
        """Send ``event`` to the listener, numbered."""
        with self._telling:
            self._number += 1
            self._listener(self._number, event)

    def fail(self, item: str, error: str, *, failed_run: bool = False) -> None:
        """``item`` is missing, and the journal and the listener know why."""
        self.result.problems.append(Problem(item, error))
        self._session.write_down(Failure(item, error, self.step))
        self.tell(RunFailed(self.step, error) if failed_run else ItemFailed(self.step, item, error))

    def _attempt(self, item: Wanted, path: Path) -> Outcome:
        if self._stop.is_set():
            return Outcome(path, 0.0, Cancelled("stopped"))
        produce = partial(item.produce, job=self._job(item)) if item.slots else item.produce
        return attempt(produce, item.verify, path)

    def _job(self, item: Wanted) -> SessionJob:
        def tell(share: float | None, text: str, preview: bytes) -> None:
            self.tell(JobProgress(item.step, item.name, share, text, b64encode(preview).decode()))

        def lose(why: str) -> None:
            self.notice(item.name, f"is asked for again: {why}")

        return SessionJob(self._session, item, stop=self._stop, tell=tell, purse=self._purse, lose=lose)

    def _kept(self, wanted: Wanted) -> Artifact | None:
        self._check_stop()
        look = self._session.look(wanted)
        artifact = self._session.settle(wanted, look)
        if look.is_torn:
            self.notice(wanted.name, f"{look.why.rstrip(' .;')}. It is set aside in takes/ and made again")
        elif look.edited:
            self.notice(
                wanted.name, f"was changed by hand, then {look.why}: your version is in takes/, a new one is made"
            )
        elif look.origin == "adopted":
            self.notice(wanted.name, "was changed by hand: kept as your take")
        if artifact:
            self._known[wanted.name] = artifact
            if wanted.name not in self._made:
                self.result.kept.append(wanted.name)
            self.tell(ArtifactMade(self.step, wanted.name, is_reused=True))
        return artifact

    def _land_or_report(self, wanted: Wanted, outcome: Outcome) -> Artifact | None:
        if outcome.error is None:
            return self._land(wanted, outcome)
        error = _as_studio_error(outcome.error, wanted.name)
        if isinstance(error, StorageFailed):
            raise error
        find_damage(self._session, wanted)
        if not isinstance(error, Cancelled):
            self.fail(wanted.name, str(error))
        return None

    def _land(self, wanted: Wanted, outcome: Outcome) -> Artifact:
        is_noted = wanted.slots or self._session.journal.jobs_in_hand(wanted.name, wanted.fingerprint)
        if not is_noted and (price := self._purse.price(wanted)):
            self._session.write_down(line_of(wanted, "submitting", facts=price))
        artifact = self._session.publish(wanted, outcome.path, took_s=outcome.took_s)
        self._known[wanted.name] = artifact
        self._made.add(wanted.name)
        if wanted.name in self._session.saved_meanwhile:
            self.notice(wanted.name, "was saved by hand while it was being made: your version is in takes/")
        self.result.made.append(wanted.name)
        self.tell(ArtifactMade(self.step, wanted.name, is_reused=False))
        return artifact

    def _check_stop(self) -> None:
        if self._stop.is_set():
            raise Cancelled("The run was stopped; what is finished is kept.")


def _of(milestone: Milestone) -> tuple[str, object]:
    return milestone.type, milestone.facts.get("chapter")


def _told(milestone: Milestone) -> dict[str, Any]:
    """Its facts but the chapter's number: one that was moved is no other chapter."""
    return {key: value for key, value in milestone.facts.items() if key != "chapter_number"}


def _as_studio_error(error: StudioError | OSError, name: str) -> StudioError:
    if isinstance(error, StudioError):
        return error
    try:
        with storage(Path(name)):
            raise error
    except StorageFailed as known:
        return known
    except OSError as unknown:
        return BadInput(f"{name} could not be made: {unknown}.")
