"""What a project folder says, as rows of the index; a folder that cannot be read is a row with a problem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from studio.core.checkpoint import JOURNAL_READ, STEPPED, Checkpoint, Failure, JobLine, Journal, Milestone, Record
from studio.core.cleanup import Space, space_of
from studio.core.content import SNAPSHOTS
from studio.core.project import MANIFEST, load_project
from studio.core.session import JOURNAL
from studio.errors import NewerFormat, UserError

Row = dict[str, Any]

_PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_CHAPTER = re.compile(r"(?:^|/)ch(\d{2,})")
_NEXT = {"run_paused": "resume", "run_finished": "none", "session_completed": "none", "session_paused": "resume"}
_PAUSED = {"run_paused", "session_paused"}
_STARTED = {"run_started", "session_start"}
_FINISHED = {"run_finished", "session_completed"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a project folder looked when it was read; another stamp means that the index is behind.

    ``manifest_mtime_ns`` is the folder of save points' where that is newer.
    """

    folder_mtime_ns: int
    manifest_mtime_ns: int
    journal_bytes: int


@dataclass(slots=True)
class Details:
    """The rows of one project beside the list's, by table, parents first."""

    sessions: list[Row] = field(default_factory=list)
    checkpoints: list[Row] = field(default_factory=list)
    logs: list[Row] = field(default_factory=list)
    images: list[Row] = field(default_factory=list)


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
        manifest, state, problem = load_project(directory).model_dump(mode="json"), state_of(journal), ""
    except NewerFormat as error:
        manifest, state, problem = {}, "newer", str(error)
    except (UserError, OSError) as error:
        manifest, state, problem = {}, "damaged", str(error)
    current = [name for name in journal.names() if journal.current(name)]
    return _row(directory, stamp, manifest, current, space_of(directory), state=state, problem=problem)


def damaged_row(directory: Path, stamp: Stamp, problem: str = "") -> Row:
    """A project whose files are not what the studio writes; it can still be looked at and deleted."""
    wrong = f"{directory.name} has a {MANIFEST} or {JOURNAL} that the studio did not write; put a copy back."
    try:
        space = space_of(directory)
    except OSError:
        space = Space(0, 0, 0, 0, file_count=0)
    return _row(directory, stamp, {}, (), space, state="damaged", problem=problem or wrong)


def manifest_of(directory: Path) -> dict[str, Any]:
    """The manifest, empty if it cannot be read."""
    try:
        return load_project(directory).model_dump(mode="json")
    except UserError:
        return {}


def _row(
    directory: Path,
    stamp: Stamp,
    manifest: Mapping[str, Any],
    current: Sequence[str],
    space: Space,
    *,
    state: str,
    problem: str,
) -> Row:
    pictures = [name for name in current if name.lower().endswith(_PICTURES)]
    languages, tags = languages_of(manifest), _texts(manifest.get("tags"))
    texts = {key: str(manifest.get(key) or "") for key in ("title", "idea", "video_name", "notes")}
    times = {key: str(manifest.get(key) or "") for key in ("created_at", "last_updated", "last_accessed")}
    return {
        "name": directory.name,
        "folder_mtime_ns": stamp.folder_mtime_ns,
        "manifest_mtime_ns": stamp.manifest_mtime_ns,
        "journal_bytes": stamp.journal_bytes,
        "has_details": False,
        "kind": str(manifest.get("kind") or ""),
        **texts,
        "title_key": folded(texts["title"] or directory.name),
        "state": state,
        "progress_percent": _percent(manifest.get("steps")),
        "languages": languages,
        "languages_key": keyed(languages),
        "tags": tags,
        "tags_key": keyed(tags),
        "problem": problem,
        "thumbnail": min(pictures, default=""),
        "file_count": space.file_count,
        "size_bytes": space.total_bytes,
        **times,
        "created_s": _seconds(times["created_at"]),
        "updated_s": _seconds(times["last_updated"]) or stamp.manifest_mtime_ns / 1e9,
        "accessed_s": _seconds(times["last_accessed"]),
        "search_text": folded(" ".join([directory.name, *texts.values(), *tags])),
    }


def state_of(journal: Journal) -> str:
    """``new, running, paused, failed, problems, changed`` (since it was complete) or ``complete``.

    From the journal's last words. ``running`` also stands for a run whose process was killed: who shows it asks the
    project's lock.
    """
    last: Milestone | None = None
    has_failed, since = False, _SinceRun()
    for record in journal:
        if isinstance(record, Milestone) and record.type not in (STEPPED, JOURNAL_READ):
            last, has_failed = record, False
            since.before.clear()
        elif isinstance(record, Failure):
            has_failed = record.name == record.step
        elif isinstance(record, Checkpoint):
            since.note(record)
    if last is None:
        return "started" if any(True for _ in journal.names()) else "new"
    if last.type in _PAUSED:
        return "paused"
    if last.type not in _FINISHED:
        return "failed" if has_failed else "running"
    return _finished_state(journal, is_edited=since.is_edited)


@dataclass
class _SinceRun:
    """What was edited since the last run, and what stood there then: undo may bring it back."""

    now: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def note(self, record: Checkpoint) -> None:
        if record.origin in ("replaced", "picked"):
            self.before.setdefault(record.name, self.now.get(record.name, ""))
        self.now[record.name] = record.digest

    @property
    def is_edited(self) -> bool:
        return any(self.now[name] != digest for name, digest in self.before.items())


def _finished_state(journal: Journal, *, is_edited: bool) -> str:
    if is_edited:
        return "changed"
    return "problems" if journal.failures else "complete"


def languages_of(manifest: Mapping[str, Any]) -> list[str]:
    """The project's languages: those it lists, else the one that its film is spoken in."""
    options = manifest.get("options")
    spoken = options.get("language") if isinstance(options, dict) else None
    return _texts(manifest.get("languages")) or _texts([spoken] if spoken else [])


def folded(text: str) -> str:
    """``text`` as it is compared: no case, no difference between composed and decomposed letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def keyed(values: list[str]) -> str:
    """``values`` as one text in which ``|value|`` is found."""
    return "|" + "".join(f"{folded(value)}|" for value in values)


def details_of(directory: Path, journal: Journal, manifest: Mapping[str, Any]) -> Details:
    """Everything else that the journal tells: its runs, its lines, what went wrong, its pictures."""
    details = Details()
    scribe = _Scribe(directory.name, journal, manifest, details)
    for number, record in enumerate(journal, start=1):
        scribe.write(number, record)
    scribe.close()
    return details


class _Scribe:
    """Goes through a journal once and writes the rows of one project."""

    def __init__(self, name: str, journal: Journal, manifest: Mapping[str, Any], details: Details) -> None:
        self._name = name
        self._journal = journal
        self._manifest = manifest
        self._details = details
        self._prompts = _prompts(manifest)
        self._run: Row | None = None
        self._images = 0
        self._state: dict[str, object] = {"finished": 0, "failed": 0}

    def write(self, number: int, record: Record) -> None:
        is_start = isinstance(record, Milestone) and record.type in _STARTED
        run = self._begin(record.at) if is_start or self._run is None else self._run
        chapter = _chapter_of(record)
        checkpoint = self._checkpoint(number, record, run, chapter)
        if isinstance(record, Checkpoint):
            self._state["finished"] = int(str(self._state["finished"])) + 1
            self._picture(record, run, checkpoint)
        elif isinstance(record, Failure):
            self._state["failed"] = int(str(self._state["failed"])) + 1
            run["error_message"] = record.error
        elif isinstance(record, Milestone):
            _move_on(run, record)
        checkpoint["images_generated_count"] = self._images
        checkpoint["processing_state"] = dict(self._state)
        run["last_heartbeat"] = record.at
        run["total_images_generated"] = self._images
        if chapter:
            run["current_chapter"] = chapter
        level, message = _in_words(record)
        self._details.logs.append(
            {"id": self._id("log", str(number)), "session_id": run["id"], "level": level, "message": message,
             "chapter_number": chapter, "step_name": record.step, "created_at": record.at}
        )  # fmt: skip

    def close(self) -> None:
        """The last run is what the journal's end says it is."""
        if self._run:
            state = state_of(self._journal)
            status = {
                "problems": "completed",
                "changed": "completed",
                "complete": "completed",
                "started": "pending",
                "new": "pending",
            }
            self._run["status"] = status.get(state, state)
            self._run["progress_percent"] = 100 if state == "complete" else _percent(self._manifest.get("steps"))
            self._run["can_resume"] = state != "complete"

    def _begin(self, at: str) -> Row:
        """A new run; one before it that never ended was killed, and its work goes on in this one."""
        if self._run and self._run["status"] == "running":
            self._run["status"] = "interrupted"
        number = len(self._details.sessions) + 1
        chapters = self._manifest.get("chapters")
        options = self._manifest.get("options")
        options = options if isinstance(options, dict) else {}
        self._run = {
            "id": self._id("run", str(number)), "project": self._name, "manuscript_id": self._id("project", ""),
            "external_session_id": self._name, "status": "running", "progress_percent": 0, "current_chapter": 0,
            "total_chapters": len(chapters) if isinstance(chapters, list) else 0, "current_task": "",
            "style_config": options, "max_emotional_moments": _number(options.get("max_emotional_moments")),
            "last_completed_step": "", "last_completed_chapter": 0, "total_images_generated": self._images,
            "can_resume": False, "error_message": None, "started_at": at, "paused_at": None, "completed_at": None,
            "last_heartbeat": at,
        }  # fmt: skip
        self._details.sessions.append(self._run)
        return self._run

    def _checkpoint(self, number: int, record: Record, run: Row, chapter: int | None) -> Row:
        facts = record.facts if isinstance(record, Milestone) else {}
        kind = _type_of(record)
        row: Row = {
            "id": self._id("line", str(number)), "session_id": run["id"], "checkpoint_type": kind,
            "chapter_number": chapter, "step_name": record.step, "sequence_number": number,
            "checkpoint_data": _facts_of(record), "generated_prompts": facts.get("prompts"),
            "emotional_moments_data": facts.get("emotional_moments"), "next_action": _NEXT.get(kind, "continue"),
            "created_at": record.at,
        }  # fmt: skip
        self._details.checkpoints.append(row)
        return row

    def _picture(self, line: Checkpoint, run: Row, checkpoint: Row) -> None:
        if not line.name.lower().endswith(_PICTURES):
            return
        self._images += 1
        current = self._journal.current(line.name)
        self._details.images.append(
            {"id": self._id("image", str(self._images)), "session_id": run["id"],
             "illustration_id": self._id("content", f"{line.name}/{line.digest}"), "checkpoint_id": checkpoint["id"],
             "generation_order": self._images, "file_name": line.name,
             "web_url": f"/media/{quote(self._name)}/{quote(line.name)}",
             "prompt_used": self._prompts.get(line.name, ""),
             "is_current": current is not None and current.digest == line.digest, "created_at": line.at}
        )  # fmt: skip

    def _id(self, what: str, of: str) -> str:
        """The same at every reading of the same folder."""
        return str(uuid5(NAMESPACE_URL, f"studio:{self._name}:{what}:{of}"))


def _move_on(run: Row, milestone: Milestone) -> None:
    run["current_task"] = milestone.step or run["current_task"]
    if milestone.type in ("step_finished", "chapter_completed"):
        run["last_completed_step"] = milestone.step
    if milestone.type == "chapter_completed":
        run["last_completed_chapter"] = _chapter_of(milestone) or run["last_completed_chapter"]
    if milestone.type in _PAUSED:
        run["status"], run["paused_at"], run["can_resume"] = "paused", milestone.at, True
    elif milestone.type in _FINISHED:
        run["status"], run["completed_at"] = "completed", milestone.at
        run["progress_percent"] = 100


def _type_of(record: Record) -> str:
    if isinstance(record, Milestone):
        return record.type
    if isinstance(record, JobLine):
        return f"job_{record.state}"
    return "artifact" if isinstance(record, Checkpoint) else "error_occurred"


def _facts_of(record: Record) -> dict[str, object]:
    if isinstance(record, Milestone):
        return record.facts
    if isinstance(record, Failure):
        return {"name": record.name, "error": record.error}
    if isinstance(record, JobLine):
        return {"name": record.name, "engine": record.engine, "remote_id": record.remote_id, **record.facts}
    return {"name": record.name, "digest": record.digest, "size_bytes": record.size_bytes, "origin": record.origin}


def _in_words(record: Record) -> tuple[str, str]:
    """Level and message of what ``record`` says."""
    if isinstance(record, Failure):
        return "error", f"{record.name} could not be made: {record.error}"
    if isinstance(record, Checkpoint):
        words = {"made": "was made", "adopted": "was changed by hand and kept", "replaced": "was edited",
                 "picked": "is an earlier take again", "restored": "came back", "brought": "was brought"}  # fmt: skip
        return "info", f"{record.name} {words.get(record.origin, record.origin)}"
    if isinstance(record, JobLine):
        level = "warning" if record.state in ("failed", "cancelled", "lost", "unknown") else "info"
        return level, f"{record.name} at {record.engine}: {record.state}"
    level = "success" if record.type in _FINISHED else "warning" if record.type in _PAUSED else "info"
    return level, record.type.replace("_", " ") + (f": {record.step}" if record.step else "")


def _chapter_of(record: Record) -> int | None:
    if isinstance(record, Milestone):
        return _number(record.facts.get("chapter_number"))
    found = _CHAPTER.search(record.name)
    return int(found.group(1)) if found else None


def _prompts(manifest: Mapping[str, Any]) -> dict[str, str]:
    shots = manifest.get("shots")
    rows = [row for row in shots if isinstance(row, dict)] if isinstance(shots, list) else []
    return {str(row["image_path"]): str(row.get("image_prompt") or "") for row in rows if row.get("image_path")}


def _percent(steps: object) -> int:
    done = list(steps.values()) if isinstance(steps, dict) else []
    return round(100 * sum(map(bool, done)) / len(done)) if done else 0


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, (list, tuple)) else []


def _seconds(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        return 0.0
