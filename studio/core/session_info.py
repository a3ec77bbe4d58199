"""All about one project, on one card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.changes import is_locked
from studio.core.checkpoint import Journal
from studio.core.cleanup import Space, space_of
from studio.core.content import live_files
from studio.core.indexing.rows import languages_of
from studio.core.project import load_project
from studio.core.project_state import state_in
from studio.core.session import JOURNAL
from studio.core.snapshots import snapshots

_MOVING = (".mp4", ".webm", ".mov", ".mkv", ".avi")
_SOUNDING = (".wav", ".mp3", ".flac", ".ogg", ".m4a")


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """``steps`` says of each step whether it is finished, as the manifest has it; ``problems`` are in words.

    ``has_…`` is true if such files stand in the folder. Times are ISO-8601.
    """

    session_name: str
    title: str
    kind: str
    state: str
    video_name: str
    languages: tuple[str, ...]
    created_at: str
    last_updated: str
    last_accessed: str
    has_transcription: bool
    has_translations: bool
    has_audio: bool
    has_videos: bool
    voice_assignments: Mapping[str, str]
    steps: Mapping[str, bool]
    problems: tuple[str, ...]
    file_count: int
    space: Space
    snapshot_count: int
    tags: tuple[str, ...]
    notes: str
    revision: int


def info_of(directory: Path) -> SessionInfo:
    """The card of the project in ``directory``. Raises what ``load_project`` raises."""
    project = load_project(directory)
    manifest = project.model_dump(mode="json")
    journal = Journal(directory / JOURNAL)
    space = space_of(directory)
    names = [file.name for file in live_files(directory)]
    state = state_in(directory, journal, project)
    return SessionInfo(
        session_name=directory.name,
        title=str(manifest.get("title") or ""),
        kind=str(manifest["kind"]),
        state="interrupted" if state == "running" and not is_locked(directory) else state,
        video_name=str(manifest.get("video_name") or _brought_video(names)),
        languages=tuple(languages_of(manifest)),
        created_at=str(manifest["created_at"]),
        last_updated=str(manifest["last_updated"]),
        last_accessed=str(manifest["last_accessed"]),
        has_transcription=any(name.startswith("transcriptions/") for name in names),
        has_translations=any(name.startswith("translations/") for name in names),
        has_audio=any(name.endswith(_SOUNDING) for name in names),
        has_videos=any(name.endswith(_MOVING) and not name.startswith("original_video.") for name in names),
        voice_assignments=_voices(directory, manifest),
        steps={str(step): bool(is_done) for step, is_done in (manifest.get("steps") or {}).items()},
        problems=tuple(f"{failure.name}: {failure.error}" for failure in journal.failures),
        file_count=space.file_count,
        space=space,
        snapshot_count=len(snapshots(directory)),
        tags=tuple(map(str, manifest.get("tags") or ())),
        notes=str(manifest.get("notes") or ""),
        revision=int(manifest.get("revision") or 0),
    )


def _voices(directory: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Which voice speaks which language: assigned by hand, as saved, or the film's narrator."""
    try:
        assigned = json.loads((directory / "voices" / "voice_assignments.json").read_bytes())
    except (OSError, ValueError):
        assigned = manifest.get("voices")
    if isinstance(assigned, dict) and assigned:
        return {str(language): str(voice) for language, voice in assigned.items()}
    options = manifest.get("options") or {}
    voice = options.get("voice") or options.get("tts")
    return {str(options.get("language", "")): str(voice)} if voice and options.get("narration", True) else {}


def _brought_video(names: list[str]) -> str:
    return next((name for name in names if name.startswith("original_video.")), "")
