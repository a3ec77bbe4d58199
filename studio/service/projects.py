"""What every kind of project has: a folder, a plan, runs, health."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from studio import pipelines
from studio.core import at_work
from studio.core.building import clean_buildings, new_folder
from studio.core.changes import completed
from studio.core.content import clone
from studio.core.events import Listener
from studio.core.executor import threads
from studio.core.files import automatic_name, free_name, safe_name, write_whole
from studio.core.foreign.findings import Finding
from studio.core.pipeline import Plan, RunResult
from studio.core.plan import plan as plan_through
from studio.core.processing import ResumeInfo, resume_info
from studio.core.project import MANIFEST, Project, now_text, save_project, title_line
from studio.core.run import run as run_through
from studio.core.session import Session
from studio.engines import registry
from studio.engines.base import must_seem_ready
from studio.errors import BadInput, ProjectLocked, StorageFailed, StudioError, UserError
from studio.looking import Fault, faults_of, media_of
from studio.model.cost import Spent
from studio.service.costs import cost_of, spent_in
from studio.service.purse import ProjectPurse
from studio.service.stopping import Stopped, ask_again, stop_jobs
from studio.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """A project made of another program's directory: what of it is done, torn, stale and missing, each with why."""

    name: str
    done: tuple[str, ...]
    torn: tuple[str, ...]
    stale: tuple[str, ...]
    missing: tuple[str, ...]


def opened(name: str, *findings: Sequence[Finding]) -> Opened:
    """What was found done, torn, stale and missing, in words."""
    return Opened(name, *(tuple(f"{one.name}: {one.reason}" for one in found) for found in findings))


class Projects:
    """All projects of one sessions folder, whatever they make."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    # Finding

    def projects(self) -> tuple[Project, ...]:
        """Every project with its numbers as they are now, newest first; damaged manifests are left out."""
        if not self.settings.sessions.is_dir():
            return ()
        found = [self._summary(path.parent) for path in self.settings.sessions.glob(f"*/{MANIFEST}")]
        return tuple(sorted((project for project in found if project), key=lambda p: p.created_at, reverse=True))

    def project(self, name: str) -> Project:
        """One project with its numbers as they are now. Raises what ``load_project`` raises."""
        with self._read(name) as session:
            return session.project.model_copy(update=pipelines.views_of(session))

    def directory(self, name: str) -> Path:
        """Where the project stands. Raises UserError if there is none of that name."""
        if len(name.encode(errors="replace")) > 255 or "\0" in name:
            raise UserError(f"{name[:40]}… is too long for a project's name.")
        directory = self.settings.sessions / name
        if safe_name(name) != name.strip() and not directory.is_dir():
            raise UserError(f"{name} is no project's name.")
        if Path(name).name != name or not (directory / MANIFEST).is_file():
            found = (
                (path.stat().st_mtime_ns, path.parent.name) for path in self.settings.sessions.glob(f"*/{MANIFEST}")
            )
            known = ", ".join(name for _, name in sorted(found, reverse=True)[:5])
            raise UserError(f"There is no project {name} in {self.settings.sessions}. Newest: {known or 'none yet'}.")
        return directory

    # Work

    def run(
        self, name: str, *, tell: Listener, stop: threading.Event, deep: bool = False, until: str = ""
    ) -> RunResult:
        """Make everything that is missing or stale. ``stop`` pauses after the items in hand; ``until`` names the last step.

        ``deep`` reads every finished file to the byte first, and makes those again that no longer hold what was written.
        """
        with self._open(name) as session:
            session.looks_deep = deep
            pipeline = pipelines.of(session.project).until(until)
            check_engines(pipelines.engines_of(session.project))
            session.save(last_accessed=now_text())
            with threads(self.settings.workers) as executor, at_work.telling(session.directory, tell) as told:
                result = run_through(session, pipeline, executor, tell=told, stop=stop, purse=ProjectPurse(session))
            is_done = result.status == "completed" and not result.problems and not until
            session.save(completed=is_done, completed_at=now_text() if is_done else None)
            return result

    def plan(self, name: str, *, until: str = "") -> Plan:
        """What a run (to the step ``until``, if one is named) would make now, and why; nothing is changed."""
        with self._read(name) as session:
            pipeline = pipelines.of(session.project).until(until)
            found = plan_through(session, pipeline)
            found.cost = cost_of(found, pipeline, session)
            return found

    def resume_info(self, name: str) -> ResumeInfo:
        """The project's last checkpoint, and what its next run does first."""
        with self._read(name) as session:
            return resume_info(session.project.kind, session.journal)

    def spent(self, name: str) -> Spent:
        """What the project has cost at services until now."""
        with self._read(name) as session:
            return spent_in(session)

    def limit_spending(self, name: str, most_usd: float | None) -> None:
        """Services may cost the project so much in all; None: as much as it takes. Raises BadInput for less than nothing."""
        check_limit(most_usd)
        with self._open(name) as session:
            session.save(most_usd=most_usd)

    def verify(self, name: str, *, deep: bool = False) -> tuple[Fault, ...]:
        """What is wrong with the project's files; ``deep`` reads every byte. Nothing is changed."""
        with self._read(name) as session:
            session.looks_deep = deep
            try:
                plan = plan_through(session, pipelines.of(session.project))
            except BadInput as error:
                return (Fault(session.directory.name, str(error)),)
            faults = [Fault("checkpoints.jsonl", f"{session.unknown_damage} damaged lines were left out")]
            return tuple(faults[: session.unknown_damage]) + tuple(faults_of(session, plan))

    def media_file(self, name: str, path: str) -> Path:
        """The file at ``path`` inside the project, if the project knows it. Raises UserError for everything else."""
        with self._read(name) as session:
            return media_of(session, path)

    def stop_jobs(self, name: str) -> Stopped:
        """What a run that was ended had in hand at services is ended there as well, where they can be told.

        A run that only pauses leaves it there: the next one collects it, and nothing is asked for twice.
        """
        return stop_jobs(self.directory(name))

    def ask_again(self, name: str) -> tuple[str, ...]:
        """The next run asks for what nobody could tell of whether a service began it; returns what. It may be paid twice."""
        return ask_again(self.directory(name))

    # Keeping

    def set_title(self, name: str, title: str) -> None:
        """The film is called ``title``, in lists and in the film's own metadata."""
        with self._open(name) as session:
            session.save(title=title_line(title))

    def discard_unstarted(self, name: str) -> None:
        """The project is gone, if nothing was ever finished in it; otherwise nothing happens."""
        with self._open(name) as session:
            kept = {path.name for path in session.directory.iterdir()} - {"metadata.json", "checkpoints.jsonl", ".lock"}
            if not list(session.journal.names()) and not kept:
                shutil.rmtree(session.directory)

    # Below: what the public methods stand on

    @contextmanager
    def _open(self, name: str) -> Iterator[Session]:
        with Session(completed(self.directory(name))) as session:
            yield session

    @contextmanager
    def _read(self, name: str) -> Iterator[Session]:
        directory = self.directory(name)
        with suppress(ProjectLocked, StorageFailed):  # then somebody is changing it now, or nobody can
            directory = completed(directory)
        with Session(directory, write=False) as session:
            yield session

    def _summary(self, directory: Path) -> Project | None:
        try:
            with Session(directory, write=False) as session:
                return session.project.model_copy(update=pipelines.views_of(session))
        except (StudioError, ValidationError, OSError):
            return None

    def new_name(self, name: str) -> str:
        """``name`` as a folder can be called, or a new one by the clock. Raises UserError if it is taken."""
        sessions = self.settings.sessions
        if not name:
            return free_name(sessions, automatic_name("session", datetime.now().astimezone()))
        safe = safe_name(name)
        if not safe:
            raise UserError(f"“{name}” has no letter or digit that a folder's name could keep.")
        if (sessions / safe).exists():
            raise UserError(f"There is a project {safe} already: go on with it (--resume) or choose another name.")
        return safe

    def create(self, directory: Path, project: Project, brought: Mapping[str, Path | bytes]) -> None:
        """All of the new project or nothing: it is put together beside its place and renamed."""
        clean_buildings(directory.parent)
        with new_folder(directory) as beside:
            for name, file in brought.items():
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                if isinstance(file, bytes):
                    write_whole(beside / name, file)
                else:
                    clone(file, beside / name)
            save_project(beside, project)


def check_limit(most_usd: float | None) -> None:
    """Raises BadInput for what is no limit of spending; None is none."""
    if most_usd is not None and not 0 <= most_usd < float("inf"):
        raise BadInput(f"A limit of ${most_usd} cannot be kept: give an amount from 0.")


def check_engines(names: Iterable[str]) -> None:
    """Raise EngineUnavailable now rather than half-way if an engine that will be needed cannot work here.

    Services are not asked: of a film that is nearly done, what does not need them is made while they are away.
    """
    for name in names:
        must_seem_ready(registry.engine(name))
