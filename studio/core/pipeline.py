"""Steps in order, and the two ways to walk through them: run (make what is missing) and plan (say what would be).

There is no second code path for resuming: a run asks the session for each file, and the session answers "it is
there" or has it made. A plan is the same walk with a context that never makes anything; what depends on a file that
would be made is then known to be stale, because a pending file has no content yet.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import TypeAdapter

from studio.core.checkpoint import Artifact, Checkpoint, Failure, Milestone
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
from studio.core.jobs import SessionJob
from studio.core.session import Look, Session, Wanted
from studio.errors import BadInput, Cancelled, StorageFailed, StudioError

_PENDING = "pending:"
T = TypeVar("T")


class Step(Protocol):
    """One stage of work. A frozen dataclass with its engines and options as fields; may run any number of times."""

    @property
    def name(self) -> str: ...

    @property
    def typical_s(self) -> float:
        """Seconds one item takes on a small laptop, until this project's own journal knows better."""
        ...

    def run(self, ctx: Context) -> None:
        """Make everything of this stage through ``ctx``; touch nothing else."""
        ...

    def forecast(self) -> tuple[str, ...]:
        """Names of what will be made, as far as known before what comes earlier is made."""
        ...


class Context(Protocol):
    """What a step sees of the studio."""

    def make(self, wanted: Wanted) -> Artifact:
        """The finished file, made now if it must be. Raises what its making raised."""
        ...

    def make_all(self, wanted: Sequence[Wanted]) -> list[Artifact | None]:
        """The finished files in order; None for each that failed, which is reported and stops no other."""
        ...

    def artifact(self, name: str) -> Artifact | None:
        """What an earlier step finished under ``name`` in this walk; None if that failed or was left out."""
        ...

    def path(self, artifact: Artifact) -> Path:
        """Where the artifact stands, to be read."""
        ...

    def read(self, artifact: Artifact, shape: TypeAdapter[T]) -> T:
        """The artifact's JSON as a value. In a plan, raises NotMadeYet if it would have to be made first."""
        ...

    def facts(self, artifact: Artifact, read: Callable[[Path], T]) -> T | None:
        """What ``read`` finds in the artifact's file; None in a plan while the file is still to be made."""
        ...

    def is_new(self, artifact: Artifact) -> bool:
        """True if this very walk made the file."""
        ...

    def notice(self, item: str, text: str) -> None:
        """Tell the user something that stops nothing."""
        ...


class NotMadeYet(Exception):
    """A plan cannot look into a file that is not made yet."""


class DamagedFile(Exception):
    """A file that counted as finished no longer holds what was written, though size and time are as they were."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """``views`` gives the fields of the manifest that people and other programs read."""

    name: str
    steps: tuple[Step, ...]
    views: Callable[[Session], dict[str, object]]

    def until(self, last: str) -> Pipeline:
        """The steps to ``last`` and no further; all of them if it is empty or none of these."""
        at = next((place for place, step in enumerate(self.steps, start=1) if step.name == last), len(self.steps))
        return replace(self, steps=self.steps[:at])


@dataclass(frozen=True, slots=True)
class Problem:
    """One item that is missing after a run, and why."""

    item: str
    error: str


@dataclass(slots=True)
class RunResult:
    """What a run did. ``status`` is ``completed``, ``paused`` or ``failed``."""

    status: str = "completed"
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Planned:
    """One file that a run would make, and why."""

    name: str
    why: str
    step: str


@dataclass(slots=True)
class Plan:
    """What a run would do now. ``wanted`` holds what each name is asked to be, for edits and picks."""

    make: list[Planned] = field(default_factory=list)
    keep: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    """Those of ``keep`` whose earlier take takes its place again."""
    wanted: dict[str, Wanted] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    """What was found in each file's place."""
    each_s: dict[str, float] = field(default_factory=dict)
    """Seconds that one item of a step takes: this project's own mean, else the step's typical time."""

    @property
    def estimate_s(self) -> float:
        """Seconds for everything that would be made."""
        return round(sum(self.each_s[planned.step] for planned in self.make), 1)


def run(
    session: Session, pipeline: Pipeline, executor: Executor, *, tell: Listener, stop: threading.Event
) -> RunResult:
    """Everything of ``pipeline`` that can be made is made; ``stop`` set from outside pauses after the items in hand.

    Failures of single items are in the result. Raises StorageFailed when the disk refuses, with all that was
    finished before kept.
    """
    ctx = RunContext(session, executor, tell, stop)
    ctx.tell(RunStarted(session.directory.name, tuple(step.name for step in pipeline.steps)))
    session.write_down(Milestone("run_started"))
    try:
        try:
            _walk(ctx, session, pipeline)
        except DamagedFile as damaged:
            ctx.look_deep(str(damaged))
            _walk(ctx, session, pipeline)
    except Cancelled:
        ctx.result.status = "paused"
        session.write_down(Milestone("run_paused", ctx.step))
        ctx.tell(RunPaused(ctx.step))
    except StudioError as error:
        ctx.result.status = "failed"
        ctx.fail(ctx.step, str(error), failed_run=True)
        if isinstance(error, StorageFailed):
            raise
    else:
        if session.looks_deep:
            session.deal_with_damage()
        session.write_down(Milestone("run_finished", facts={"problems": len(ctx.result.problems)}))
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


def plan(session: Session, pipeline: Pipeline) -> Plan:
    """What ``run`` would make and keep now, in order; nothing is changed, nothing is made."""
    try:
        return _planned(session, pipeline)
    except DamagedFile:
        session.looks_deep = True
        return _planned(session, pipeline)


def _planned(session: Session, pipeline: Pipeline) -> Plan:
    ctx = PlanContext(session)
    for step in pipeline.steps:
        ctx.step = step.name
        try:
            step.run(ctx)
        except NotMadeYet as ahead:
            known = {planned.name for planned in ctx.plan.make}
            ctx.plan.make += [
                Planned(name, f"{ahead} will be new" if session.path(name).is_file() else "not made yet", step.name)
                for name in step.forecast()
                if name not in known
            ]
    ctx.plan.each_s = _seconds_each(session, pipeline)
    return ctx.plan


class RunContext:
    """The context of a run: what is not there is made, published and reported."""

    def __init__(self, session: Session, executor: Executor, tell: Listener, stop: threading.Event) -> None:
        self.result = RunResult()
        self._session = session
        self._executor = executor
        self._listener = tell
        self._stop = stop
        self._number = 0
        self._telling = threading.Lock()
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
            _find_damage(self._session, wanted)
            raise _as_studio_error(outcome.error, wanted.name)
        return self._land(wanted, outcome)

    def make_all(self, wanted: Sequence[Wanted]) -> list[Artifact | None]:
        items = [replace(item, step=self.step) for item in wanted]
        found = [self._kept(item) for item in items]
        waiting = [index for index, artifact in enumerate(found) if artifact is None]
        futures: dict[Future[Outcome], int] = {}
        started = time.monotonic()
        elsewhere = max((item.slots for item in items), default=0)
        pool = threads(elsewhere) if elsewhere else None
        try:
            for index in waiting:
                item = items[index]
                path = self._session.tmp_path(item.name)
                futures[(pool or self._executor).submit(self._attempt, item, path)] = index
            for done, future in enumerate(as_completed(futures), start=1):
                index = futures[future]
                found[index] = self._land_or_report(items[index], future.result())
                left_s = (time.monotonic() - started) / done * (len(waiting) - done)
                self.tell(Progress(self.step, len(items) - len(waiting) + done, len(items), left_s))
        finally:
            for future in futures:
                future.cancel()
            if pool:
                pool.shutdown()
        self._check_stop()
        return found

    def artifact(self, name: str) -> Artifact | None:
        return self._known.get(name)

    def path(self, artifact: Artifact) -> Path:
        return self._session.path(artifact)

    def read(self, artifact: Artifact, shape: TypeAdapter[T]) -> T:
        return _read(self._session, artifact, self.path(artifact), lambda path: shape.validate_json(path.read_bytes()))

    def facts(self, artifact: Artifact, read: Callable[[Path], T]) -> T | None:
        return _read(self._session, artifact, self.path(artifact), read)

    def is_new(self, artifact: Artifact) -> bool:
        return artifact.name in self._made

    def notice(self, item: str, text: str) -> None:
        self.tell(Noticed(self.step, item, text))

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
        def tell(share: float | None, text: str) -> None:
            self.tell(JobProgress(item.step, item.name, share, text))

        return SessionJob(self._session, item, stop=self._stop, tell=tell)

    def _kept(self, wanted: Wanted) -> Artifact | None:
        look = self._session.look(wanted)
        artifact = self._session.settle(wanted, look)
        if look.is_torn:
            self.notice(wanted.name, f"{look.why}; it is set aside in takes/ and made again")
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
        _find_damage(self._session, wanted)
        if not isinstance(error, Cancelled):
            self.fail(wanted.name, str(error))
        return None

    def _land(self, wanted: Wanted, outcome: Outcome) -> Artifact:
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


class PlanContext:
    """The context of a plan: looks, and writes nothing."""

    def __init__(self, session: Session) -> None:
        self.plan = Plan()
        self.step = ""
        self._session = session
        self._known: dict[str, Artifact] = {}
        self._takes: dict[str, Path] = {}

    def make(self, wanted: Wanted) -> Artifact:
        wanted = replace(wanted, step=self.step)
        self.plan.wanted[wanted.name] = wanted
        look = self.plan.looks[wanted.name] = self._session.look(wanted)
        self._known[wanted.name] = look.artifact or Artifact(wanted.name, _PENDING + wanted.name, 0)
        if look.take:
            self._takes[wanted.name] = look.take
            self.plan.back.append(wanted.name)
        if look.artifact:
            self.plan.keep.append(wanted.name)
        else:
            self.plan.make.append(Planned(wanted.name, self._why(wanted, look), self.step))
        return self._known[wanted.name]

    def make_all(self, wanted: Sequence[Wanted]) -> list[Artifact | None]:
        return [self.make(item) for item in wanted]

    def artifact(self, name: str) -> Artifact | None:
        return self._known.get(name)

    def path(self, artifact: Artifact) -> Path:
        if artifact.digest.startswith(_PENDING):
            raise NotMadeYet(artifact.name)
        return self._takes.get(artifact.name) or self._session.path(artifact)

    def read(self, artifact: Artifact, shape: TypeAdapter[T]) -> T:
        return _read(self._session, artifact, self.path(artifact), lambda path: shape.validate_json(path.read_bytes()))

    def facts(self, artifact: Artifact, read: Callable[[Path], T]) -> T | None:
        if artifact.digest.startswith(_PENDING):
            return None
        return _read(self._session, artifact, self.path(artifact), read)

    def is_new(self, artifact: Artifact) -> bool:
        return False

    def notice(self, item: str, text: str) -> None:
        """A plan only looks: what is worth saying is said when it is made."""

    def _why(self, wanted: Wanted, look: Look) -> str:
        """The user's cause first: a file that follows from another that will be made says which."""
        if not look.why.startswith("changed"):
            return look.why
        pending = [value.name for value in _artifacts(wanted.given) if value.digest.startswith(_PENDING)]
        return f"{', '.join(pending[:3])}{' …' if len(pending) > 3 else ''} will be new" if pending else look.why


def _read(session: Session, artifact: Artifact, path: Path, read: Callable[[Path], T]) -> T:
    try:
        return read(path)
    except (StudioError, OSError, ValueError) as error:
        if not session.is_intact(artifact) and not session.looks_deep:
            raise DamagedFile(artifact.name) from error
        if isinstance(error, StudioError):
            raise
        raise BadInput(f"{artifact.name} cannot be read: {error}.") from error


def _find_damage(session: Session, wanted: Wanted) -> None:
    """Raise DamagedFile if what ``wanted`` was to be made of is no longer what was written."""
    if session.looks_deep:
        return
    for artifact in _artifacts(wanted.given):
        if not session.is_intact(artifact):
            raise DamagedFile(artifact.name)


def _artifacts(value: object) -> list[Artifact]:
    if isinstance(value, Artifact):
        return [value]
    if isinstance(value, dict):
        return [found for item in value.values() for found in _artifacts(item)]
    if isinstance(value, (list, tuple)):
        return [found for item in value for found in _artifacts(item)]
    return []


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


def _seconds_each(session: Session, pipeline: Pipeline) -> dict[str, float]:
    took: dict[str, list[float]] = {}
    for record in session.journal:
        if isinstance(record, Checkpoint) and record.origin == "made" and record.took_s > 0:
            took.setdefault(record.step, []).append(record.took_s)
    typical = {step.name: step.typical_s for step in pipeline.steps}
    return {name: sum(took[name]) / len(took[name]) if name in took else typical[name] for name in typical}
