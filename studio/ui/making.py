"""The making of the open project, on whichever tab: its run, what its buttons say, pausing, stopping, packing."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.pipeline import Plan
from studio.core.project import Project
from studio.runs import works
from studio.runs.doors import Doors
from studio.runs.model import Run
from studio.ui.views.words import esc, plain, plural
from studio.ui.wiring import Answer, notice

_RESUMABLE = ("paused", "interrupted", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Making:
    """The last run that made a project. ``ahead``: how many wait before it; ``failures``: what went wrong in it.

    ``left``: how a run that this studio knows nothing of left the project, if it did not go through.
    """

    run: Run | None
    ahead: int
    failures: tuple[str, ...]
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at an open project. ``versions``: of each file that is there, what changes when the file does."""

    project: Project
    directory: Path
    plan: Plan
    versions: Mapping[str, str]
    made: Making

    @property
    def name(self) -> str:
        return self.project.session_name

    @property
    def run(self) -> Run | None:
        """The last run that made it."""
        return self.made.run

    @property
    def is_locked(self) -> bool:
        """True while the project is being made, here or by another program: nothing of it can be edited."""
        return self.run is not None and self.run.is_active


@dataclass(frozen=True, slots=True)
class Buttons:
    """What they say. ``others``: how many other projects are being made or wait; ``why``: a sentence beside them, and
    what services have cost and would."""

    others: int
    why: str
    pause: dict[str, Any]
    stop: dict[str, Any]


def making(doors: Doors, name: str) -> Making:
    """How far the project is being made, by whatever program."""
    doors.runs.look_elsewhere()
    made = [run for run in doors.runs.runs(project=name) if run.kind == "make"]
    active = _queue(doors)
    run = made[0] if made else None
    ahead = next((place for place, other in enumerate(active) if run and other.id == run.id), 0)
    is_active = run is not None and run.is_active
    if run and is_active:
        return Making(run, ahead, run.problems)
    found = doors.keeper.get_session_info(name)
    left = found.state if run is None and found.state in (*_RESUMABLE, "problems") else ""
    return Making(run, ahead, found.problems, left)


def _queue(doors: Doors) -> list[Run]:
    """What this studio makes, or is to make, in order; what other programs make stands in nobody's way."""
    return [run for run in doors.runs.active() if run.kind == "make" and not run.is_elsewhere]


def queue_length(doors: Doors, *, besides: str = "") -> int:
    """How many projects are being made or wait, but for that one."""
    return sum(run.project != besides for run in _queue(doors))


def steps_of(steps: Mapping[str, bool], plan: Plan) -> dict[str, bool]:
    """Each of a project's steps, and whether all that it makes still fits."""
    due = {planned.step for planned in plan.make}
    return {step: bool(is_done) and step not in due for step, is_done in steps.items()}


def is_changed(steps: Mapping[str, bool], plan: Plan) -> bool:
    """True for what was made whole once and would not stay as it is in the next run."""
    return bool(steps) and all(steps.values()) and bool(plan.make or plan.back)


def buttons(doors: Doors, now: Look, what: str) -> Buttons:
    """For the project, a ``what`` (film, dub), as it is ``now``."""
    name, run, plan = now.name, now.run, now.plan
    others = queue_length(doors, besides=name)
    status = run.status if run else now.made.left
    is_locked = run is not None and run.is_active
    is_ours = run is not None and not run.is_elsewhere
    is_idle = not plan.make and not plan.back
    if is_locked and not is_ours:
        why = (
            f"Another program on this computer is making this {what}, a terminal perhaps. Watch it here; to pause or "
            "stop it, or to change something, go there."
        )
    elif is_locked:
        why = f"This {what} is being made." if status == "running" else f"This {what} waits for its turn."
    elif status == "interrupted":
        why = "Resume goes on where it stopped."
    elif is_idle:
        why = "Up to date: nothing needs to be made."
    else:
        why = f"{plural(others, 'project')} before it." if others else ""
    cost = plan.cost
    price = (
        f'<p class="hint cost">Making it now: {esc(plain(str(cost)))}.</p>' if cost.works or cost.spent.works else ""
    )
    can_resume = status in _RESUMABLE and not is_idle
    pause = (
        {"value": "Resume", "interactive": True}
        if can_resume
        else {"value": "Pause", "interactive": is_locked and is_ours}
    )
    stop = {"interactive": is_locked and is_ours}
    return Buttons(others, (f'<p class="hint">{why}</p>' if why else "") + price, pause, stop)


def pause_or_resume(doors: Doors, project: str, look: Callable[[], Answer]) -> Answer:
    """A run at work stops after what it has in hand; one that was left goes on. ``look``: the page afterwards."""
    active = [run for run in doors.runs.active(project) if run.kind == "make"] if project else []
    if active:
        doors.runs.pause(active[0].id)
        told = notice("It pauses after what it has in hand.", kind="info") if active[0].status == "running" else {}
        return {**look(), **told}
    if project:
        doors.runs.make(project)
    return look()


def stop(doors: Doors, project: str) -> None:
    """The project's making ends now; what is finished stays."""
    for run in doors.runs.active(project) if project else ():
        if run.kind == "make":
            doors.runs.cancel(run.id)


def export(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """The project is being packed; the status bar says when it is ready."""
    run = works.export(doors, project, is_slim=False)
    return notice(f"Packing {project}. The download starts by itself.", kind="info", run=run.id)


def versions_in(directory: Path, pattern: str) -> dict[str, str]:
    """Of each file that fits ``pattern``: a text that changes when the file does."""
    found: dict[str, str] = {}
    for path in directory.glob(pattern):
        try:
            facts = path.stat()
        except OSError:  # replaced at this moment: the next look sees it
            continue
        if stat.S_ISREG(facts.st_mode):
            found[path.relative_to(directory).as_posix()] = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    return found
