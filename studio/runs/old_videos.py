"""Old scene-video directories, brought as ZIP files or chosen among the server's folders: explained, and gone on with.

What a ZIP holds is unpacked here; a chosen directory stays where it is and as it is. If the user says so, it also gets
what it lacks when the film is made (*in place*); no file that is there is ever touched.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from studio.core.archive import unpack_foreign
from studio.core.content import Tell, remove_tree
from studio.core.files import free_name, safe_name, storage, write_whole
from studio.core.foreign.scene_video_remains import as_json, remains_of
from studio.core.project import load_project
from studio.errors import UserError
from studio.model.scenes import SceneOptions
from studio.runs import folders
from studio.runs.doors import Doors
from studio.runs.model import Run
from studio.runs.works import Result

_PLACE = "old_videos"
_PLACES = "in_place"
"""Of projects that write back: where to."""
_CONTINUES = "continue_video"
_FOUND = "found.json"
_UNPACKED = "unpacked"
_CHOSEN = "chosen.json"
_IN_PLACE = "in_place"
_LONGEST_NAME = 40
_KEPT_S = 7 * 24 * 3600.0


def explain(doors: Doors, zip_path: Path, *, discard: Callable[[], None]) -> Run:
    """What is in the ZIP is told in the run's ``video``; ``discard`` is called at the end, whatever happens."""
    key = secrets.token_hex(8)
    folder = doors.data_dir / _PLACE / key

    def work(tell: Tell, stop: threading.Event) -> Result:
        with ExitStack() as always, ExitStack() as failed:
            always.callback(discard)
            failed.callback(remove_tree, folder)
            with storage(folder):
                (folder / _UNPACKED).mkdir(parents=True)
            brought = unpack_foreign(zip_path, folder / _UNPACKED, progress=tell, stop=stop)
            found = doors.studio.scan_scene_video(brought.directory)
            told = {**as_json(found, remains_of(found)), "directory": found.name}
            write_whole(folder / _FOUND, json.dumps(told).encode())
            failed.pop_all()
        return {"video": key}

    return doors.runs.work("explain_video", "", work)


def explain_folder(doors: Doors, root: int, parts: Sequence[str]) -> Run:
    """What is in a folder of this computer (``studio.runs.folders``) is told in the run's ``video``."""
    directory = folders.chosen(doors.settings.folders, root, parts)
    choice = folders.noted(doors.settings.folders, root, parts)
    key = secrets.token_hex(8)
    folder = doors.data_dir / _PLACE / key

    def work(_tell: Tell, _stop: threading.Event) -> Result:
        found = doors.studio.scan_scene_video(directory)
        told = {**as_json(found, remains_of(found)), "directory": found.name, "can_be_in_place": True}
        with ExitStack() as failed, storage(folder):
            failed.callback(remove_tree, folder)
            folder.mkdir(parents=True)
            write_whole(folder / _CHOSEN, json.dumps(choice).encode())
            write_whole(folder / _FOUND, json.dumps(told).encode())
            failed.pop_all()
        return {"video": key}

    return doors.runs.work("explain_video", "", work)


def explanation(doors: Doors, key: str) -> dict[str, Any]:
    """What was found in the directory ``key``. Raises UserError if it is not there any more."""
    file = doors.data_dir / _PLACE / key / _FOUND
    if not key.isalnum() or not file.is_file():
        raise UserError("This old folder is not here any more: send its ZIP again.")
    found: dict[str, Any] = json.loads(file.read_bytes())
    return {"can_be_in_place": False, **found, "is_in_place": (file.parent / _IN_PLACE).exists()}


def set_in_place(doors: Doors, key: str, is_in_place: bool) -> None:
    """Whether the directory ``key`` gets what it lacks as well. Raises UserError for one that is unpacked here only."""
    if not explanation(doors, key)["can_be_in_place"]:
        raise UserError(
            "What came as a ZIP is unpacked in the studio alone: choose its folder to have files written there."
        )
    mark = doors.data_dir / _PLACE / key / _IN_PLACE
    if is_in_place:
        mark.touch()
    else:
        mark.unlink(missing_ok=True)


def newest(doors: Doors) -> str:
    """The key of the directory that was explained last and waits for an answer; empty if none does."""
    found = list((doors.data_dir / _PLACE).glob(f"*/{_FOUND}"))
    return max(found, key=lambda file: file.stat().st_mtime_ns).parent.name if found else ""


def go_on(
    doors: Doors, key: str, options: SceneOptions, *, name: str = "", most_usd: float | None = None, is_made: bool
) -> Run:  # fmt: skip
    """There is a project that goes on with the directory ``key``, which is then let go; with ``is_made`` it is made, and
    services may cost it ``most_usd`` in all (None: as much as it takes).

    Raises UserError if the directory is not there any more, or somebody has asked for that a moment ago.
    """
    folder = doors.data_dir / _PLACE / key

    def work(_tell: Tell, _stop: threading.Event) -> Result:
        directory = _directory(doors, folder)
        found = doors.studio.scan_scene_video(directory)
        wanted = name or free_name(doors.settings.sessions, safe_name(str(told["directory"])) or "scene_video")
        made = doors.studio.continue_scene_video(found, options, name=wanted)
        if most_usd is not None:
            doors.studio.limit_spending(made, most_usd)
        if told["is_in_place"]:
            _note(doors, made).parent.mkdir(parents=True, exist_ok=True)
            write_whole(_note(doors, made), (folder / _CHOSEN).read_bytes())
        let_go(doors, key)
        doors.changes.tell(made)
        if is_made:
            doors.runs.make(made)
        return {"project": made}

    with doors.runs.alone:
        if any(run.kind == _CONTINUES and key in run.keys for run in doors.runs.active()):
            raise UserError(
                "This old folder is being gone on with already: its video appears among your projects soon."
            )
        told = explanation(doors, key)
        return doors.runs.work(_CONTINUES, "", work, key=key)


def let_go(doors: Doors, key: str) -> None:
    """The unpacked directory ``key`` is gone from the disk. Raises UserError if it was not there."""
    explanation(doors, key)
    remove_tree(doors.data_dir / _PLACE / key)


def watch(doors: Doors) -> Callable[[], None]:
    """What is made for a directory that is gone on with in place is written into it; returns how to end that."""

    def told(run: Run) -> None:
        is_made = run.kind == "make" and run.status == "completed" and not (run.problems or run.until)
        with suppress(UserError):  # it is gone meanwhile
            if is_made and _note(doors, run.project).is_file():
                _write_back(doors, run.project)

    return doors.runs.watch(told)


def _write_back(doors: Doors, project: str) -> Run:
    """What the directory lacks stands in it, once: the next film that is made here is not written there again."""

    def work(_tell: Tell, _stop: threading.Event) -> Result:
        note = _note(doors, project)
        if not note.is_file():  # the same end of a run was told twice
            return {"project": project, "written": []}
        directory = folders.chosen_again(doors.settings.folders, json.loads(note.read_bytes()))
        found = doors.studio.scan_scene_video(directory)
        written = doors.studio.write_back(project, found)
        note.unlink(missing_ok=True)
        return {"project": project, "written": list(written), "directory": found.directory.name}

    return doors.runs.work("write_back", project, work)


def _note(doors: Doors, project: str) -> Path:
    """Called by the moment the project began, which no other has and which stays when it is renamed.

    Raises UserError if there is no such project.
    """
    began = load_project(doors.studio.directory(project)).created_at
    return doors.data_dir / _PLACES / f"{''.join(filter(str.isalnum, began))[:_LONGEST_NAME]}.json"


def _directory(doors: Doors, folder: Path) -> Path:
    """Where the directory of that explanation stands. Raises UserError if a chosen one is not there any more."""
    chosen = folder / _CHOSEN
    if not chosen.is_file():
        return folder / _UNPACKED
    return folders.chosen_again(doors.settings.folders, json.loads(chosen.read_bytes()))


def clean(data_dir: Path, *, kept_s: float = _KEPT_S) -> None:
    """What was never unpacked whole, and what nobody went on with for so long, is gone."""
    for folder in (data_dir / _PLACE).glob("*"):
        if not (folder / _FOUND).is_file() or folder.stat().st_mtime < time.time() - kept_s:
            remove_tree(folder)
