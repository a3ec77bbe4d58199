"""The keeper's long work as runs: each returns at once, reports the bytes it has done, and can be stopped."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.core.cleanup import Kind
from studio.core.content import Tell, remove_tree
from studio.core.events import Event
from studio.core.files import storage
from studio.keeping import take_in
from studio.model.dub import DubOptions
from studio.runs.doors import Doors
from studio.runs.model import Run
from studio.service.auditions import audition as _sample

_EXPORTS = "exports"
_AUDITIONS = "auditions"
_EXPORTS_KEPT_S = 24 * 3600.0
Result = Mapping[str, Any]


def export(doors: Doors, name: str, *, is_slim: bool) -> Run:
    """The project becomes a ZIP file, to be fetched from the run; it is kept for a day."""
    doors.keeper.directory(name)
    folder = doors.data_dir / _EXPORTS / secrets.token_hex(8)

    def work(tell: Tell, stop: threading.Event) -> Result:
        with storage(folder):
            folder.mkdir(parents=True)
        with ExitStack() as failed:
            failed.callback(remove_tree, folder)
            file = doors.keeper.export_session(name, folder, is_slim=is_slim, tell=tell, stop=stop)
            failed.pop_all()
        return {"file": str(file), "size_bytes": file.stat().st_size}

    return doors.runs.work("export", name, work)


def clean_exports(data_dir: Path, *, kept_s: float = _EXPORTS_KEPT_S) -> None:
    """Exports that nobody fetched for so long are gone."""
    for folder in (data_dir / _EXPORTS).glob("*"):
        if folder.stat().st_mtime < time.time() - kept_s or not any(folder.glob("*.zip")):
            remove_tree(folder)  # nobody fetched it, or it was never finished


def import_(doors: Doors, zip_path: Path, *, discard: Callable[[], None], name: str | None, is_replacing: bool) -> Run:
    """The project in the uploaded ZIP is here; ``discard`` is called at the end, whatever happens."""

    def work(tell: Tell, stop: threading.Event) -> Result:
        try:
            taken = take_in(
                doors.keeper, doors.settings, zip_path, name=name, is_replacing=is_replacing, tell=tell, stop=stop
            )
        finally:
            discard()
        doors.changes.tell(taken.name)
        return {"project": taken.name, "warnings": list(taken.warnings)}

    return doors.runs.work("import", name or "", work)


def duplicate(doors: Doors, name: str, new: str) -> Run:
    """There is a second project like this one."""
    doors.keeper.directory(name)

    def work(tell: Tell, stop: threading.Event) -> Result:
        made = doors.keeper.duplicate(name, new, tell=tell, stop=stop)
        doors.changes.tell(made)
        return {"project": made, "of": name}

    return doors.runs.work("duplicate", name, work)


def snapshot(doors: Doors, name: str, label: str) -> Run:
    """The project as it is now can be gone back to."""
    doors.keeper.directory(name)

    def work(tell: Tell, stop: threading.Event) -> Result:
        made = doors.keeper.snapshot(name, label, tell=tell, stop=stop)
        doors.changes.tell(name)
        return {"snapshot": made.id, "stored_bytes": made.stored_bytes}

    return doors.runs.work("snapshot", name, work)


def revert(doors: Doors, name: str, snapshot_id: str) -> Run:
    """The project is as it was at the save point."""
    doors.keeper.directory(name)

    def work(tell: Tell, stop: threading.Event) -> Result:
        done = doors.keeper.revert(name, snapshot_id, tell=tell, stop=stop)
        doors.changes.tell(name)
        before = done.before.id if done.before else ""
        return {"changed": list(done.changed), "dropped": list(done.dropped), "before": before}

    return doors.runs.work("revert", name, work)


def cleanup(doors: Doors, name: str, kinds: Sequence[Kind], keep_snapshots: int = 3) -> Run:
    """What can go of the project is gone."""
    doors.keeper.directory(name)

    def work(_tell: Tell, _stop: threading.Event) -> Result:
        done = doors.keeper.cleanup(name, kinds=kinds, keep_snapshots=keep_snapshots, is_dry_run=False)
        doors.changes.tell(name)
        return {"freed_bytes": done.freed_bytes, "files": len(done.items)}

    return doors.runs.work("cleanup", name, work)


def verify(doors: Doors, name: str, *, deep: bool = True) -> Run:
    """The run's result says what is wrong with the project's files."""
    doors.keeper.directory(name)

    def work(_tell: Tell, _stop: threading.Event) -> Result:
        return {"faults": [asdict(fault) for fault in doors.studio.verify(name, deep=deep)]}

    return doors.runs.work("verify", name, work)


def empty_trash(doors: Doors) -> Run:
    """What is in the trash is gone for good."""

    def work(tell: Tell, stop: threading.Event) -> Result:
        return {"freed_bytes": doors.keeper.empty_trash(tell=tell, stop=stop)}

    return doors.runs.work("empty_trash", "", work)


def dub_film(
    doors: Doors, film: str, options: DubOptions, *, name: str = "", most_usd: float | None = None, is_made: bool = False
) -> Run:  # fmt: skip
    """There is a project that dubs the film ``film`` of this studio, which is finished first where it must be.

    With ``is_made`` the dub is then made, and services may cost it ``most_usd`` in all (None: as much as it takes).
    """
    doors.keeper.directory(film)

    def work(tell: Tell, stop: threading.Event) -> Result:
        made = 0

        def count(number: int, event: Event) -> None:
            nonlocal made
            made += 1
            tell(made, 0)

        dub = doors.studio.create_dub_of_film(film, options, name=name, most_usd=most_usd, tell=count, stop=stop)
        doors.changes.tell(dub)
        if is_made:
            doors.runs.make(dub)
        return {"project": dub, "of": film}

    return doors.runs.work("dub_film", film, work)


def audition(doors: Doors, engine: str, voice: str, language: str) -> Run:
    """The run's file is a sentence in that voice."""

    def work(_tell: Tell, _stop: threading.Event) -> Result:
        return {"file": str(_sample(engine, voice, language, doors.data_dir / _AUDITIONS))}

    return doors.runs.work("audition", "", work)
