"""What a project's journal tells, as rows of the index: its runs, its lines, what went wrong, its pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from studio.core.checkpoint import Checkpoint, Failure, JobLine, Journal, Milestone, Record
from studio.core.index_rows import PICTURES, Row, percent_of
from studio.core.project import Project
from studio.core.project_state import FINISHED, PAUSED, STARTED, state_of

_CHAPTER = re.compile(r"(?:^|/)ch(\d{2,})")
_NEXT = {"run_paused": "resume", "run_finished": "none", "session_completed": "none", "session_paused": "resume"}


@dataclass(slots=True)
class Details:
    """The rows of one project beside the list's, by table, parents first."""

    sessions: list[Row] = field(default_factory=list)
    checkpoints: list[Row] = field(default_factory=list)
    logs: list[Row] = field(default_factory=list)
    images: list[Row] = field(default_factory=list)


def details_of(name: str, journal: Journal, project: Project | None) -> Details:
    """The rows of the project ``name``; ``project`` is None if its manifest cannot be read."""
    details = Details()
    scribe = _Scribe(name, journal, project, details)
    for number, record in enumerate(journal, start=1):
        scribe.write(number, record)
    scribe.close()
    return details


class _Scribe:
    """Goes through a journal once and writes the rows of one project."""

    def __init__(self, name: str, journal: Journal, project: Project | None, details: Details) -> None:
        self._name = name
        self._journal = journal
        self._project = project
        self._manifest = project.model_dump(mode="json") if project else {}
        self._details = details
        self._prompts = _prompts(self._manifest)
        self._run: Row | None = None
        self._images = 0
        self._state: dict[str, object] = {"finished": 0, "failed": 0}

    def write(self, number: int, record: Record) -> None:
        is_start = isinstance(record, Milestone) and record.type in STARTED
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
            state = state_of(self._journal, self._project)
            status = {
                "problems": "completed",
                "changed": "completed",
                "complete": "completed",
                "started": "pending",
                "new": "pending",
            }
            self._run["status"] = status.get(state, state)
            self._run["progress_percent"] = 100 if state == "complete" else percent_of(self._manifest.get("steps"))
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
        if not line.name.lower().endswith(PICTURES):
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
    if milestone.type in PAUSED:
        run["status"], run["paused_at"], run["can_resume"] = "paused", milestone.at, True
    elif milestone.type in FINISHED:
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
    level = "success" if record.type in FINISHED else "warning" if record.type in PAUSED else "info"
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


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
