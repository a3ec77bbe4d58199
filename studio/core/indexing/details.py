"""What a project's journal tells, as rows of the index: its runs, its lines, what went wrong, its pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from studio.core.checkpoint import Checkpoint, Failure, JobLine, Journal, Milestone, Record
from studio.core.content import take_place
from studio.core.files import is_inside
from studio.core.indexing.rows import PICTURES, Row, percent_of
from studio.core.processing import ERROR, Way, stage_of, whole
from studio.core.project import Project
from studio.core.project_state import FINISHED, PAUSED, STARTED, state_of
from studio.errors import StudioError
from studio.model.text_files import read_regular

_CHAPTER = re.compile(r"(?:^|/)ch(\d{2,})")
_BOOK_STEPS = ("manuscript_loaded", "chapter_analyzed", "prompts_generated", "chapter_completed", "session_completed")
_MOST_BYTES = 64_000_000


@dataclass(slots=True)
class Details:
    """The rows of one project beside the list's, by table, parents first."""

    sessions: list[Row] = field(default_factory=list)
    checkpoints: list[Row] = field(default_factory=list)
    logs: list[Row] = field(default_factory=list)
    images: list[Row] = field(default_factory=list)


def details_of(directory: Path, journal: Journal, project: Project | None) -> Details:
    """The rows of the project in ``directory``; ``project`` is None if its manifest cannot be read."""
    details = Details()
    scribe = _Scribe(directory, journal, project, details)
    for number, record in enumerate(journal, start=1):
        scribe.write(number, record)
    scribe.close()
    return details


class _Scribe:
    """Goes through a journal once and writes the rows of one project."""

    def __init__(self, directory: Path, journal: Journal, project: Project | None, details: Details) -> None:
        self._directory = directory
        self._name = directory.name
        self._kind = project.kind if project else ""
        self._way = Way(self._kind)
        self._journal = journal
        self._project = project
        self._manifest = project.model_dump(mode="json") if project else {}
        self._details = details
        self._prompts = _prompts(self._manifest)
        self._run: Row | None = None
        self._images = 0
        self._state = {"finished": 0, "failed": 0}

    def write(self, number: int, record: Record) -> None:
        is_start = isinstance(record, Milestone) and record.type in STARTED
        run = self._begin(record.at) if is_start or self._run is None else self._run
        self._way.note(number, record)
        chapter = self._chapter(record)
        checkpoint = self._checkpoint(number, record, run, chapter)
        if isinstance(record, Checkpoint):
            self._state["finished"] += 1
            self._picture(record, run, checkpoint)
        elif isinstance(record, Failure):
            self._state["failed"] += 1
            run["error_message"] = record.error
        elif isinstance(record, Milestone):
            _move_on(run, record)
        checkpoint["images_generated_count"] = self._images
        checkpoint["processing_state"] = dict(self._state)
        run["last_heartbeat"] = record.at
        run["total_images_generated"] = self._images
        run["total_chapters"] = self._way.total_chapters
        if chapter:
            run["current_chapter"] = chapter
        level, message = in_words(record)
        self._details.logs.append(
            {"id": self._id("log", str(number)), "session_id": run["id"], "level": level, "message": message,
             "chapter_number": chapter, "step_name": checkpoint["step_name"], "created_at": record.at}
        )  # fmt: skip

    def close(self) -> None:
        """The last run is what the journal's end says it is."""
        if self._run:
            state = state_of(self._journal, self._project)
            status = {
                "problems": "completed",
                "changed": "completed",
                "complete": "completed",
                "started": "completed" if self._run["completed_at"] else "pending",
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
        options = self._manifest.get("options")
        options = options if isinstance(options, dict) else {}
        style = options.get("style")
        self._run = {
            "id": self._id("run", str(number)), "project": self._name, "manuscript_id": self._id("project", ""),
            "external_session_id": self._name, "status": "running", "progress_percent": 0, "current_chapter": 0,
            "total_chapters": self._way.total_chapters, "current_task": "",
            "style_config": style if isinstance(style, dict) else options,
            "max_emotional_moments": whole(options.get("max_emotional_moments")),
            "last_completed_step": "", "last_completed_chapter": 0, "total_images_generated": self._images,
            "can_resume": False, "error_message": None, "started_at": at, "paused_at": None, "completed_at": None,
            "last_heartbeat": at,
        }  # fmt: skip
        self._details.sessions.append(self._run)
        return self._run

    def _checkpoint(self, number: int, record: Record, run: Row, chapter: int | None) -> Row:
        kind = type_of(record)
        row: Row = {
            "id": self._id("line", str(number)), "session_id": run["id"], "checkpoint_type": kind,
            "chapter_number": chapter, "step_name": stage_of(self._kind, record.step) if record.step else "",
            "sequence_number": number, "checkpoint_data": _facts_of(record),
            "generated_prompts": self._listed(record, "prompts_generated", "pictures"),
            "emotional_moments_data": self._listed(record, "chapter_analyzed", "moments"),
            "next_action": self._way.info.next_action, "created_at": record.at,
        }  # fmt: skip
        self._details.checkpoints.append(row)
        return row

    def _chapter(self, record: Record) -> int | None:
        """Its chapter's number in the book; files bear a chapter's id, which stays as it is."""
        chapter = chapter_of(record)
        return chapter if chapter is None or isinstance(record, Milestone) else self._way.number_of(chapter)

    def _listed(self, record: Record, milestone: str, key: str) -> list[object] | None:
        """The list ``key`` in the file that a milestone of that type speaks of, if it is still here."""
        if not isinstance(record, Milestone) or record.type != milestone:
            return None
        name, digest = record.facts.get("file"), record.facts.get("digest")
        if not isinstance(name, str) or not isinstance(digest, str) or not is_inside(name):
            return None
        current = self._journal.current(name)
        is_current = current is not None and current.digest == digest
        file = self._directory / name if is_current else take_place(self._directory, name, digest)
        try:
            found = json.loads(read_regular(file, _MOST_BYTES))
        except (OSError, ValueError, RecursionError, StudioError):
            return None
        listed = found.get(key) if isinstance(found, dict) else None
        return listed if isinstance(listed, list) else None

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
    if milestone.type in _BOOK_STEPS:
        run["last_completed_step"] = milestone.type
    elif milestone.type == "step_finished" and run["last_completed_step"] not in _BOOK_STEPS:
        run["last_completed_step"] = milestone.step
    if milestone.type == "chapter_completed":
        run["last_completed_chapter"] = chapter_of(milestone) or run["last_completed_chapter"]
    if milestone.type in PAUSED:
        run["status"], run["paused_at"], run["can_resume"] = "paused", milestone.at, True
    elif milestone.type in FINISHED:
        run["status"], run["completed_at"] = "completed", milestone.at
        run["progress_percent"] = 100


def type_of(record: Record) -> str:
    """The ``checkpoint_type`` of what ``record`` says."""
    if isinstance(record, Milestone):
        return record.type
    if isinstance(record, JobLine):
        return f"job_{record.state}"
    return "artifact" if isinstance(record, Checkpoint) else ERROR


def _facts_of(record: Record) -> dict[str, object]:
    if isinstance(record, Milestone):
        return record.facts
    if isinstance(record, Failure):
        return {"name": record.name, "error": record.error}
    if isinstance(record, JobLine):
        return {"name": record.name, "engine": record.engine, "remote_id": record.remote_id, **record.facts}
    return {"name": record.name, "digest": record.digest, "size_bytes": record.size_bytes, "origin": record.origin}


def in_words(record: Record) -> tuple[str, str]:
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


def chapter_of(record: Record) -> int | None:
    """The chapter that it is about; None if it is about none."""
    if isinstance(record, Milestone):
        return whole(record.facts.get("chapter_number"))
    found = _CHAPTER.search(record.name)
    return int(found.group(1)) if found else None


def _prompts(manifest: Mapping[str, Any]) -> dict[str, str]:
    lists = [manifest.get("shots"), manifest.get("pictures")]
    rows = [row for listed in lists if isinstance(listed, list) for row in listed if isinstance(row, dict)]
    return {str(row["image_path"]): str(row.get("image_prompt") or "") for row in rows if row.get("image_path")}
