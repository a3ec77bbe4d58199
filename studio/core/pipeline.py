"""What a pipeline is made of: steps, what they see of the studio, and what a run and a plan give.

There are two ways to walk through the steps: ``studio.core.run`` makes what is missing, ``studio.core.plan`` says what
would be made. There is no second code path for resuming: a run asks the session for each file, and the session answers
"it is there" or has it made. A plan is the same walk with a context that never makes anything; what depends on a file
that would be made is then known to be stale, because a pending file has no content yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter

from studio.core.checkpoint import Artifact
from studio.core.session import Look, Session, Wanted
from studio.model.cost import Cost

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

    def make_all(
        self, wanted: Sequence[Wanted], landed: Callable[[Artifact], None] | None = None
    ) -> list[Artifact | None]:
        """The finished files in order; None for each that failed, which is reported and stops no other.

        ``landed`` is told of each as it stands there, made or kept; never in a plan.
        """
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

    def kept_answer(self, wanted: Wanted) -> Mapping[str, Any]:
        """What ``keep_answers`` wrote down for ``wanted`` since its file was finished last; nothing if it did not."""
        ...

    def keep_answers(self, answers: Sequence[tuple[Wanted, Mapping[str, Any]]]) -> None:
        """What a service answered (JSON values) is on the disk, all or nothing, before the files that are made of it are.

        For files without ``slots`` that are asked for together; from any thread, while their step runs.
        """
        ...

    def passed(self, milestone: str, **facts: Any) -> None:
        """The journal says so, unless these very ``facts`` were the last of that milestone (of their ``chapter``, if they
        name one). From any thread; a plan says nothing."""
        ...


class NotMadeYet(Exception):
    """A plan cannot look into a file that is not made yet."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """``views`` gives the fields of the manifest that people and other programs read; ``is_whole`` is false if it stops
    before its end."""

    name: str
    steps: tuple[Step, ...]
    views: Callable[[Session], dict[str, object]]
    is_whole: bool = True

    def until(self, last: str) -> Pipeline:
        """The steps to ``last`` and no further; all of them if it is empty or none of these."""
        at = next((place for place, step in enumerate(self.steps, start=1) if step.name == last), len(self.steps))
        return replace(self, steps=self.steps[:at], is_whole=at == len(self.steps))


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
    """Mean seconds of a step's items that would be made: as the like took in this project, else the step's typical time."""
    cost: Cost = field(default_factory=Cost)
    """What it would cost at services."""

    @property
    def estimate_s(self) -> float:
        """Seconds for everything that would be made."""
        return round(sum(self.each_s[planned.step] for planned in self.make), 1)
