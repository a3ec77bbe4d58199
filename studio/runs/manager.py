"""All runs of one server: queued, started, watched, paused, ended, remembered.

A run outlives every browser window; what it finished outlives the server too, because it stands in the project's
folder. One server at a time looks after the runs of a data folder.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from studio.core.at_work import at_work
from studio.core.content import Tell
from studio.core.files import storage
from studio.core.project import load_project
from studio.errors import Cancelled, ProjectLocked, StorageFailed, StudioError, UserError
from studio.runs.elsewhere import ended_elsewhere, new_elsewhere
from studio.runs.listeners import Listeners
from studio.runs.model import NOTICES_KEPT, Run, new_run, now
from studio.runs.process import Making
from studio.runs.records import Records
from studio.service import Studio
from studio.settings import Settings

Work = Callable[[Tell, threading.Event], Mapping[str, Any]]
"""A keeper's long work: is told how to report bytes done and in all, and when to stop; returns the run's result."""
Listener = Callable[[Run], None]
Viewer = Callable[[str, str, str], None]
"""Takes a project, a file of it, and how that looks by now: a small JPEG in base64, empty once it is no longer made."""

_TICK_S = 0.1
_LOOK_S = 1.0
_MAKE = "make"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Live:
    """What an active run holds beside its value."""

    making: Making | None = None
    stop: threading.Event = field(default_factory=threading.Event)


class RunManager:
    """``at_once`` projects are made at the same time, the others wait. Raises ProjectLocked if another server has them."""

    def __init__(self, settings: Settings, data_dir: Path, *, at_once: int = 1) -> None:
        self._settings = settings
        self._at_once = at_once
        self._records = Records(data_dir / "runs")
        self._owned = _owned(data_dir / "runs" / ".lock")
        self._lock = threading.RLock()
        self._runs = {run.id: run for run in self._records.load()}
        self._live: dict[str, _Live] = {}
        self._stopping: set[str] = set()
        """Projects whose services are being told to stop: making them waits until then."""
        self._listeners = Listeners[[Run]]()
        self._viewers = Listeners[[str, str, str]]()
        self._changed: set[str] = set()
        self._is_closed = threading.Event()
        self._has_news = threading.Event()
        threading.Thread(target=self._tell_listeners, name="runs", daemon=True).start()
        threading.Thread(target=self._keep_looking, name="elsewhere", daemon=True).start()

    @property
    def alone(self) -> threading.RLock:
        """Held while somebody looks what is under way and asks for more."""
        return self._lock

    # Asking for work

    def make(self, project: str, *, until: str = "", session: str = "", key: str = "") -> Run:
        """The project will be made, to the step ``until`` if one is named; returns at once.

        It goes on with the ``session`` of an earlier run, if one is named; ``key`` is kept with it. Raises UserError
        if the project is being made already.
        """
        with self._lock:
            if "\0" in project or not (self._settings.sessions / project).is_dir():
                raise UserError(f"There is no project {project!r}.")
            self.look_elsewhere()
            if under_way := [run for run in self.active(project) if run.kind == _MAKE]:
                _must_be_ours(under_way[0], "wait until it is done, or pause it")
                raise UserError(f"{project} is being made already.")
            run = self._put(new_run(_MAKE, project, until=until, session=session, key=key, born=self._born(project)))
            self._live[run.id] = _Live()
            self._start_waiting()
            return self._runs[run.id]

    def work(self, kind: str, project: str, work: Work, *, key: str = "") -> Run:
        """``work`` is under way in a thread of its own; returns at once. ``key`` says what it is done with."""
        with self._lock:
            run = self._put(replace(new_run(kind, project, "running", key=key), started_at=now()))
            self._live[run.id] = _Live()
        threading.Thread(target=self._do, args=(run.id, work), name=kind, daemon=True).start()
        return run

    def join(self, run_id: str, key: str) -> Run:
        """The run is known by ``key`` too, also to the next server."""
        with self._lock:
            run = self.get(run_id)
            if key in run.keys:
                return run
            _must_be_ours(run, "wait until it is done, or pause it")
            return self._put(self._saved(replace(run, keys=(*run.keys, key))))

    def found_interrupted(self, projects: Iterable[str]) -> None:
        """These projects were being made by a process that is gone: each is offered to go on."""
        with self._lock:
            for project in projects:
                latest = next(iter(self.runs(project=project, limit=1)), None)
                if latest is None or latest.status in ("completed", "paused"):
                    error = "Its process was ended while it was being made. What was finished is kept."
                    found = new_run(_MAKE, project, "interrupted", born=self._born(project))
                    self._put(replace(found, error=error, ended_at=now()))

    def look_elsewhere(self) -> None:
        """What other programs are making is among the runs, as far as it is by now; what they ended has ended."""
        with self._lock:
            ours = {run.project for run in self.active() if run.kind == _MAKE and not run.is_elsewhere}
            theirs = {run.project: run for run in self.active() if run.is_elsewhere}
            found = {one.project: one for one in at_work(self._settings.sessions, besides=ours | self._stopping)}
            for project in theirs.keys() - found.keys():
                self._put(ended_elsewhere(self._settings.sessions / project, theirs[project]))
            for project, one in found.items():
                before = theirs.get(project) or new_elsewhere(project, self._born(project))
                run = replace(
                    before, step=one.step, done=one.done, total=one.total, percent=max(before.percent, one.percent)
                )
                if self._runs.get(run.id) != run:
                    self._put(run)

    # Looking

    def runs(self, *, project: str = "", limit: int = 50) -> tuple[Run, ...]:
        """The newest runs first; those of ``project`` alone if given."""
        with self._lock:
            found = [run for run in reversed(self._runs.values()) if not project or run.project == project]
        return tuple(found[:limit])

    def get(self, run_id: str) -> Run:
        """The run as it is now. Raises UserError if there is none."""
        with self._lock:
            if run_id not in self._runs:
                raise UserError(f"There is no run {run_id}.")
            return self._runs[run_id]

    def active(self, project: str = "") -> tuple[Run, ...]:
        """What waits or works, in the order it was asked for."""
        with self._lock:
            return tuple(r for r in self._runs.values() if r.is_active and (not project or r.project == project))

    def must_be_idle(self, project: str) -> None:
        """Raise ProjectLocked if something waits to be done with ``project``, or is: its process may not hold it yet."""
        if self.active(project):
            raise ProjectLocked(f"{project} is being worked on: stop that first.")

    def watch(self, listener: Listener) -> Callable[[], None]:
        """``listener`` gets each run that changed, from a thread, ten times a second at most; returns how to end that."""
        return self._listeners.watch(listener)

    def watch_previews(self, listener: Viewer) -> Callable[[], None]:
        """``listener`` gets each preview of something that is being made; nothing keeps them. Returns how to end that."""
        return self._viewers.watch(listener)

    # Steering

    def pause(self, run_id: str) -> Run:
        """It ends after the items in hand; one that waits is paused at once."""
        with self._lock:
            run, live = self.get(run_id), self._live.get(run_id)
            _must_be_ours(run, "pause it")
            if run.kind != _MAKE or not run.is_active or live is None:
                raise UserError("Only a project that is being made can be paused.")
            if live.making is None:
                return self._end(run_id, "paused")
            live.making.pause()
            return run

    def resume(self, run_id: str) -> Run:
        """A new run of the same project: what is finished is kept, the rest is made."""
        run = self.get(run_id)
        if run.kind != _MAKE:
            raise UserError("Only the making of a project can be resumed; ask for this again instead.")
        return self.make(run.project, until=run.until, session=run.session_id)

    def cancel(self, run_id: str) -> Run:
        """It ends now; what is finished is kept, nothing is left half. Services that can be told to stop are told soon after."""
        with self._lock:
            run, live = self.get(run_id), self._live.get(run_id)
            _must_be_ours(run, "stop it")
            if not run.is_active or live is None:
                return run
            live.stop.set()
            if run.kind != _MAKE:
                return run  # its thread ends it, when everything is as before
            if live.making is None:
                return self._end(run_id, "cancelled")
            live.making.end()
            self._stopping.add(run.project)
            threading.Thread(target=self._stop_jobs, args=(run,), name=f"stop {run.project}", daemon=True).start()
            return self._end(run_id, "cancelled")

    def close(self) -> None:
        """Everything under way ends now and is ``interrupted``; the runs are free for the next server."""
        with self._lock:
            self._is_closed.set()
            self._has_news.set()
            for run in self.active():
                live = self._live.get(run.id)
                if live is None:
                    continue  # another program's
                live.stop.set()
                if live.making:
                    live.making.end()
                self._end(run.id, "interrupted")
        self._owned.release()

    # Below: what the public methods stand on

    def _keep_looking(self) -> None:
        while not self._is_closed.wait(_LOOK_S):
            self.look_elsewhere()

    def _born(self, project: str) -> str:
        """When the project began; empty if its manifest cannot be read."""
        try:
            return load_project(self._settings.sessions / project).created_at
        except StudioError:
            return ""

    def _put(self, run: Run) -> Run:
        """The run is known, and on the disk if its status is new."""
        with self._lock:
            before = self._runs.get(run.id)
            if (before is None or before.status != run.status) and not run.is_elsewhere:
                run = self._saved(run)
            self._runs[run.id] = run
            self._changed.add(run.id)
            self._has_news.set()
            return run

    def _saved(self, run: Run) -> Run:
        """The run, on the disk; where it cannot be written it goes on all the same, and says so."""
        try:
            self._records.save(run)
        except (StorageFailed, OSError) as error:
            words = f"The studio's own folder takes nothing more, so a new start would not know of this run: {error}"
            return run if words in run.problems else replace(run, problems=(*run.problems, words))
        return run

    def _update(self, run_id: str, change: Callable[[Run], Run]) -> None:
        with self._lock:
            run = self._runs[run_id]
            if not run.is_active:
                return  # cancelled meanwhile: what its process still says is no news
            changed = change(run)
            if not changed.is_active:
                self._end(run_id, changed.status, changed)
            else:
                self._put(changed)

    def _end(self, run_id: str, status: str, run: Run | None = None) -> Run:
        with self._lock:
            ended = replace(run or self._runs[run_id], status=status, left_s=None, ended_at=now())
            self._live.pop(run_id, None)
            self._put(ended)
            self._start_waiting()
            return ended

    def _start_waiting(self) -> None:
        """As many of those that wait begin as may."""
        with self._lock:
            if self._is_closed.is_set():
                return
            making = [run for run in self.active() if run.kind == _MAKE and not run.is_elsewhere]
            busy = sum(run.status == "running" for run in making)
            waiting = [run for run in making if run.status == "pending" and run.project not in self._stopping]
            for run in waiting[: max(0, self._at_once - busy)]:
                self._start(run)

    def _stop_jobs(self, run: Run) -> None:
        try:
            words = str(Studio(self._settings).stop_jobs(run.project))
        except (StudioError, OSError) as error:
            words = f"What it had in hand at services was left there: {error}"
        finally:
            with self._lock:
                self._stopping.discard(run.project)
                self._start_waiting()
        if words:
            with self._lock:
                ended = self._runs[run.id]
                self._put(replace(ended, notices=(*ended.notices, words)[-NOTICES_KEPT:]))

    def _start(self, run: Run) -> None:
        live = self._live[run.id]
        try:
            live.making = Making(self._settings.sessions, run.project, self._records.log_path(run), until=run.until)
        except (OSError, ValueError) as error:
            self._end(run.id, "failed", replace(run, error=f"The process could not be started: {error}."))
            return
        self._put(replace(run, status="running", started_at=now()))
        listening = (live.making, run.id)
        threading.Thread(target=self._listen, args=listening, name=f"make {run.project}", daemon=True).start()

    def _listen(self, making: Making, run_id: str) -> None:
        try:
            making.listen(lambda change: self._update(run_id, change), partial(self._viewers.tell, making.project))
        except Exception as error:  # a run must end, whatever happens in its thread
            _log.exception("the run of %s was lost in the studio itself", making.project)
            making.end()
            words = f"The studio lost sight of this run ({type(error).__name__}: {error}). Make it again."
            self._update(run_id, lambda run: replace(run, status="failed", error=words))

    def _do(self, run_id: str, work: Work) -> None:
        def tell(done_bytes: int, total_bytes: int) -> None:
            percent = min(99, 100 * done_bytes // total_bytes) if total_bytes else 0
            self._update(
                run_id,
                lambda run: replace(run, done=done_bytes, total=total_bytes, percent=max(run.percent, percent)),
            )

        stop = self._live[run_id].stop
        try:
            result = work(tell, stop)
        except Cancelled:
            self._update(run_id, lambda run: replace(run, status="cancelled"))
        except (StudioError, OSError) as error:
            words = str(error)
            self._update(run_id, lambda run: replace(run, status="failed", error=words))
        except Exception as error:  # a run must end, whatever happens in its thread
            _log.exception("run %s failed in the studio itself", run_id)
            words = f"A fault of the studio: {type(error).__name__}: {error}. Nothing that was finished is lost."
            self._update(run_id, lambda run: replace(run, status="failed", error=words))
        else:
            project = str(result.get("project") or "")
            self._update(
                run_id,
                lambda run: replace(
                    run, status="completed", percent=100, result=dict(result), project=project or run.project
                ),
            )

    def _tell_listeners(self) -> None:
        while not self._is_closed.is_set():
            self._has_news.wait()
            with self._lock:
                self._has_news.clear()
                news = [self._runs[run_id] for run_id in self._runs if run_id in self._changed]
                self._changed.clear()
            for run in news:
                self._listeners.tell(run)
            self._is_closed.wait(_TICK_S)


def _must_be_ours(run: Run, what: str) -> None:
    """Raise ProjectLocked if another program makes it."""
    if run.is_elsewhere and run.is_active:
        raise ProjectLocked(
            f"{run.project} is being made by another program on this computer, a terminal perhaps: {what} there."
        )


def _owned(path: Path) -> FileLock:
    lock = FileLock(path, timeout=0, thread_local=False)
    with storage(path):
        try:
            lock.acquire()
        except Timeout as error:
            raise ProjectLocked("Another studio window's server is running already; use that one.") from error
    return lock
