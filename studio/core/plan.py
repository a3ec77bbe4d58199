"""Walk through a pipeline and say what a run would make; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from studio.core.checkpoint import Artifact, Checkpoint
from studio.core.damage import DamagedFile, artifacts_in, read_artifact
from studio.core.jobs import kept_answer
from studio.core.pipeline import NotMadeYet, Pipeline, Plan, Planned
from studio.core.session import Look, Session, Wanted

_PENDING = "pending:"
T = TypeVar("T")


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
    ctx.plan.each_s = _seconds_each(session, pipeline, ctx.plan.make)
    return ctx.plan


def can_be_settled(wanted: Wanted) -> bool:
    """True if everything that it is made of is there, so that a file can be said to be what is wanted."""
    return not any(value.digest.startswith(_PENDING) for value in artifacts_in(wanted.given))


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

    def make_all(
        self, wanted: Sequence[Wanted], landed: Callable[[Artifact], None] | None = None
    ) -> list[Artifact | None]:
        return [self.make(item) for item in wanted]

    def artifact(self, name: str) -> Artifact | None:
        return self._known.get(name)

    def path(self, artifact: Artifact) -> Path:
        if artifact.digest.startswith(_PENDING):
            raise NotMadeYet(artifact.name)
        return self._takes.get(artifact.name) or self._session.path(artifact)

    def read(self, artifact: Artifact, shape: TypeAdapter[T]) -> T:
        return read_artifact(
            self._session, artifact, self.path(artifact), lambda path: shape.validate_json(path.read_bytes())
        )

    def facts(self, artifact: Artifact, read: Callable[[Path], T]) -> T | None:
        if artifact.digest.startswith(_PENDING):
            return None
        return read_artifact(self._session, artifact, self.path(artifact), read)

    def is_new(self, artifact: Artifact) -> bool:
        return False

    def notice(self, item: str, text: str) -> None:
        """A plan only looks: what is worth saying is said when it is made."""

    def kept_answer(self, wanted: Wanted) -> Mapping[str, Any]:
        return kept_answer(self._session, replace(wanted, step=self.step))

    def keep_answers(self, answers: Sequence[tuple[Wanted, Mapping[str, Any]]]) -> None:
        """A plan only looks: nobody is asked."""

    def passed(self, milestone: str, **facts: Any) -> None:
        """A plan only looks: nothing is passed."""

    def _why(self, wanted: Wanted, look: Look) -> str:
        """The user's cause first: a file that follows from another that will be made says which."""
        if not look.why.startswith("changed"):
            return look.why
        pending = [value.name for value in artifacts_in(wanted.given) if value.digest.startswith(_PENDING)]
        return f"{', '.join(pending[:3])}{' …' if len(pending) > 3 else ''} will be new" if pending else look.why


def _seconds_each(session: Session, pipeline: Pipeline, make: Sequence[Planned]) -> dict[str, float]:
    """By step, the mean of what ``make`` lists: as files of the same sort took here, else as the step typically takes.

    A film and its subtitles are of one step: what one took says nothing of the other.
    """
    took: dict[tuple[str, str], list[float]] = {}
    for record in session.journal:
        if isinstance(record, Checkpoint) and record.origin == "made":
            took.setdefault((record.step, _sort_of(record.name)), []).append(record.took_s)
    each: dict[str, list[float]] = {}
    typical = {step.name: step.typical_s for step in pipeline.steps}
    for planned in make:
        known = took.get((planned.step, _sort_of(planned.name)), [typical[planned.step]])
        each.setdefault(planned.step, []).append(_mean(known))
    return {name: _mean(each.get(name, [seconds])) for name, seconds in typical.items()}


def _sort_of(name: str) -> str:
    """The name without its numbers: all stills of a film are of one sort."""
    return re.sub(r"[0-9]+", "#", name)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
