"""What a project folder says, as rows of the index; a folder that cannot be read is a row with a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from studio.core.checkpoint import Journal
from studio.core.cleanup import Space, space_of
from studio.core.content import SNAPSHOTS
from studio.core.project import MANIFEST, load_project
from studio.core.project_state import state_in
from studio.core.session import JOURNAL
from studio.errors import NewerFormat, UserError
from studio.model.letters import normal

Row = dict[str, Any]

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 12


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a project folder looked when it was read; another stamp means that the index is behind.

    ``manifest_mtime_ns`` is the folder of save points' where that is newer.
    """

    folder_mtime_ns: int
    manifest_mtime_ns: int
    journal_bytes: int


def stamp_of(directory: Path) -> Stamp | None:
    """The folder's stamp, or None if it is no project."""
    try:
        manifest = (directory / MANIFEST).stat()
        folder = directory.stat()
    except OSError:
        return None
    try:  # a save point changes nothing else
        kept_mtime_ns = (directory / SNAPSHOTS).stat().st_mtime_ns
    except OSError:
        kept_mtime_ns = 0
    try:
        journal_bytes = (directory / JOURNAL).stat().st_size
    except OSError:
        journal_bytes = 0
    return Stamp(folder.st_mtime_ns, max(manifest.st_mtime_ns, kept_mtime_ns), journal_bytes)


def project_row(directory: Path, stamp: Stamp, journal: Journal) -> Row:
    """The project as the list shows it."""
    try:
        project = load_project(directory)
        manifest, state, problem = project.model_dump(mode="json"), state_in(directory, journal, project), ""
    except NewerFormat as error:
        manifest, state, problem = {}, "newer", str(error)
    except (UserError, OSError) as error:
        manifest, state, problem = {}, "damaged", str(error)
    current = (name for name in journal.names() if journal.current(name))
    return _row(directory, stamp, manifest, current, space_of(directory), state=state, problem=problem)


def damaged_row(directory: Path, stamp: Stamp, problem: str = "") -> Row:
    """A project whose files are not what the studio writes; it can still be looked at and deleted."""
    wrong = f"{directory.name} has a {MANIFEST} or {JOURNAL} that the studio did not write; put a copy back."
    try:
        space = space_of(directory)
    except OSError:
        space = Space(0, 0, 0, 0, file_count=0)
    return _row(directory, stamp, {}, (), space, state="damaged", problem=problem or wrong)


def _row(
    directory: Path,
    stamp: Stamp,
    manifest: Mapping[str, Any],
    current: Iterable[str],
    space: Space,
    *,
    state: str,
    problem: str,
) -> Row:
    pictures = sorted(name for name in current if name.lower().endswith(PICTURES))
    languages, tags = languages_of(manifest), _texts(manifest.get("tags"))
    texts = {key: str(manifest.get(key) or "") for key in ("title", "idea", "video_name", "notes")}
    times = {key: str(manifest.get(key) or "") for key in ("created_at", "last_updated", "last_accessed")}
    return {
        "name": directory.name,
        "name_key": ordered(directory.name),
        "folder_mtime_ns": stamp.folder_mtime_ns,
        "manifest_mtime_ns": stamp.manifest_mtime_ns,
        "journal_bytes": stamp.journal_bytes,
        "has_details": False,
        "kind": str(manifest.get("kind") or ""),
        **texts,
        "title_key": ordered(texts["title"] or directory.name),
        "state": state,
        "progress_percent": percent_of(manifest.get("steps")),
        "languages": languages,
        "languages_key": keyed(languages),
        "tags": tags,
        "tags_key": keyed(tags),
        "problem": problem,
        "thumbnail": next((name for name in pictures if (directory / name).is_file()), ""),
        "file_count": space.file_count,
        "size_bytes": space.total_bytes,
        **times,
        "created_s": _seconds(times["created_at"]),
        "updated_s": _seconds(times["last_updated"]) or stamp.manifest_mtime_ns / 1e9,
        "accessed_s": _seconds(times["last_accessed"]),
        "search_text": folded(" ".join([directory.name, *texts.values(), *tags])),
    }


def languages_of(manifest: Mapping[str, Any]) -> list[str]:
    """The project's languages: those it lists, else the one that its film is spoken in."""
    options = manifest.get("options")
    spoken = options.get("language") if isinstance(options, dict) else None
    return _texts(manifest.get("languages")) or _texts([spoken] if spoken else [])


def folded(text: str) -> str:
    """``text`` as it is compared: no case, no difference between composed and decomposed letters."""
    return normal("NFKC", text).casefold()


def ordered(text: str) -> str:
    """``text`` as it is put in order: ``boat_2`` before ``boat_10``, capitals beside small letters."""
    return _DIGITS.sub(lambda number: number[0].zfill(_LONGEST_NUMBER), folded(text))


def keyed(values: list[str]) -> str:
    """``values`` as one text in which ``|value|`` is found."""
    return "|" + "".join(f"{folded(value)}|" for value in values)


def percent_of(steps: object) -> int:
    """How many of a manifest's ``steps`` are done."""
    done = list(steps.values()) if isinstance(steps, dict) else []
    return round(100 * sum(map(bool, done)) / len(done)) if done else 0


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, (list, tuple)) else []


def _seconds(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        return 0.0
