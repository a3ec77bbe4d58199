"""Old scene-video directories that were brought as ZIP files: unpacked, explained, and gone on with if the user says so."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from studio.core.archive import unpack_foreign
from studio.core.content import Tell, remove_tree
from studio.core.files import free_name, safe_name, storage, write_whole
from studio.core.foreign.scene_video_remains import as_json, remains_of
from studio.errors import UserError
from studio.model.scenes import SceneOptions
from studio.runs.doors import Doors
from studio.runs.model import Run
from studio.runs.works import Result

_PLACE = "old_videos"
_FOUND = "found.json"
_UNPACKED = "unpacked"
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


def explanation(doors: Doors, key: str) -> dict[str, Any]:
    """What was found in the directory ``key``. Raises UserError if it is not there any more."""
    file = doors.data_dir / _PLACE / key / _FOUND
    if not key.isalnum() or not file.is_file():
        raise UserError("This old directory is not here any more: send its ZIP again.")
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


def newest(doors: Doors) -> str:
    """The key of the directory that was explained last and waits for an answer; empty if none does."""
    found = list((doors.data_dir / _PLACE).glob(f"*/{_FOUND}"))
    return max(found, key=lambda file: file.stat().st_mtime_ns).parent.name if found else ""


def go_on(doors: Doors, key: str, options: SceneOptions, *, name: str = "", is_made: bool) -> Run:
    """There is a project that goes on with the directory ``key``, which is then let go; with ``is_made`` it is made."""
    directory = str(explanation(doors, key)["directory"])
    folder = doors.data_dir / _PLACE / key

    def work(_tell: Tell, _stop: threading.Event) -> Result:
        found = doors.studio.scan_scene_video(folder / _UNPACKED)
        wanted = name or free_name(doors.settings.sessions, safe_name(directory) or "scene_video")
        made = doors.studio.continue_scene_video(found, options, name=wanted)
        let_go(doors, key)
        doors.changes.tell(made)
        if is_made:
            doors.runs.make(made)
        return {"project": made}

    return doors.runs.work("continue_video", "", work)


def let_go(doors: Doors, key: str) -> None:
    """The unpacked directory ``key`` is gone from the disk. Raises UserError if it was not there."""
    explanation(doors, key)
    remove_tree(doors.data_dir / _PLACE / key)


def clean(data_dir: Path, *, kept_s: float = _KEPT_S) -> None:
    """What was never unpacked whole, and what nobody went on with for so long, is gone."""
    for folder in (data_dir / _PLACE).glob("*"):
        if not (folder / _FOUND).is_file() or folder.stat().st_mtime < time.time() - kept_s:
            remove_tree(folder)
