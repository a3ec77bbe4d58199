"""The project's manifest: ``metadata.json``, what the user named and chose, and views of the journal for people.

Every number and flag in it that can be derived *is* derived, at step boundaries, for people and other programs; the
studio itself trusts the journal alone. Keys it does not know are kept and written back.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticSerializationError

from studio import __version__
from studio.core.files import write_whole
from studio.errors import BadInput, NewerFormat
from studio.model.dub import DubOptions, DubSource
from studio.model.faults import in_file, in_words
from studio.model.film import FilmOptions
from studio.model.illustration import ManuscriptOptions, ManuscriptSource
from studio.model.scenes import SceneOptions, SceneSource
from studio.model.source import Source
from studio.model.text_files import read_regular

FORMAT = 1
MANIFEST = "metadata.json"
_MOST_BYTES = 64_000_000
_REMEDY = "Mend it there or put a copy back; the rest of the project is safe."
_CHOICES: dict[str, tuple[tuple[str, type[BaseModel]], ...]] = {
    "film": (("options", FilmOptions), ("source", Source)),
    "dub": (("options", DubOptions), ("source", DubSource)),
    "scenes": (("options", SceneOptions), ("source", SceneSource)),
    "manuscript": (("options", ManuscriptOptions), ("source", ManuscriptSource)),
}
_DEEPEST = 60
"""Lists inside lists; the studio's own manifests go four deep."""


_TITLE_CHARS = 80
_WORD_END = re.compile(r"(?<=\s)\S*+$")
"""The word in which a line was cut."""


class Project(BaseModel):
    """A project as saved. Times are ISO-8601 with microseconds and offset."""

    model_config = ConfigDict(frozen=True, extra="allow")

    format: int = FORMAT
    session_name: str
    kind: str
    title: str = ""
    idea: str = ""
    options: dict[str, Any] = Field(default_factory=dict)
    source: dict[str, Any] = Field(default_factory=dict)
    steps: dict[str, bool] = Field(default_factory=dict)
    shots: tuple[dict[str, Any], ...] = ()
    stats: dict[str, Any] = Field(default_factory=dict)
    session_metadata: dict[str, Any] = Field(default_factory=dict)
    most_usd: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """What services may cost it in all, in US dollars; None: no limit."""
    started_at: str | None = None
    completed: bool = False
    completed_at: str | None = None
    created_at: str
    last_updated: str
    last_accessed: str

    @property
    def is_complete(self) -> bool:
        """True if a run finished it and its pictures, clips, film and book are there; ``steps`` must be of now."""
        return self.completed and all(self.steps.get(step, True) for step in ("images", "videos", "film", "book"))


def title_line(words: str) -> str:
    """``words`` as a title: one line of at most 80 characters, cut between words where there are any."""
    line = " ".join(words.split())
    return line if len(line) <= _TITLE_CHARS else f"{_WORD_END.sub('', line[: _TITLE_CHARS - 1]).rstrip(' ,;:')}…"


def new_project(name: str, kind: str, **fields: Any) -> Project:
    """A project that starts now."""
    now = now_text()
    return Project(
        session_name=name,
        kind=kind,
        created_at=now,
        last_updated=now,
        last_accessed=now,
        session_metadata={"created_with_version": __version__},
        **fields,
    )


def load_project(directory: Path) -> Project:
    """The manifest of the project in ``directory``, upgraded to the newest format. The folder's name is the project's.

    Raises BadInput if there is none or it cannot be read, with the file and the field; NewerFormat if a newer studio
    wrote it.
    """
    path = directory / MANIFEST
    if not path.exists():
        raise BadInput(f"{directory} is no project of the studio: it has no {MANIFEST}.")
    if not path.is_file():
        raise BadInput(f"{path} is no file, but a folder or a pipe. {_REMEDY}")
    try:
        return _parsed(read_regular(path, _MOST_BYTES), path)
    except BadInput as error:
        raise BadInput(f"{error} {_REMEDY}") from error


def _parsed(content: bytes, path: Path) -> Project:
    """The manifest that ``content`` is. Raises BadInput, NewerFormat."""
    saved = _object(content, path)
    number = saved.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise BadInput(f"{path} is no manifest of the studio: it has no format number.")
    if number > FORMAT:
        raise NewerFormat(
            f"{path.parent.name} was saved by a newer studio (made with version {_version_in(saved)}, format "
            f"{number if number < 10**9 else '…'}; this one reads up to {FORMAT}). Update the studio to go on; nothing "
            "was changed."
        )
    try:
        project = Project.model_validate({**saved, "session_name": path.parent.name})
    except ValidationError as error:
        raise BadInput(f"{in_file(error, str(path))}.") from error
    _check_choices(project, path)
    _check_kept(saved, path)
    return project


def _object(content: bytes, path: Path) -> dict[str, Any]:
    """The object in ``content``. Raises BadInput if it cannot be one of ours."""
    if len(content) > _MOST_BYTES:
        raise BadInput(f"{path} is damaged (it is larger than 64 MB).")
    saved = _json(content, path)
    if not isinstance(saved, dict):
        raise BadInput(f"{path} is no manifest of the studio: it holds no object.")
    if _is_deeper(saved, _DEEPEST):
        raise BadInput(f"{path} is damaged (lists inside lists go too deep).")
    return saved


def _json(content: bytes, path: Path) -> object:
    try:
        saved: object = json.loads(content)
        if b"\\ud" in content.lower():
            json.dumps(saved, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise BadInput(f"{path} is damaged (it holds half a character, \\ud…).") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is damaged (byte {error.start + 1} is no UTF-8 text).") from error
    except RecursionError as error:
        raise BadInput(f"{path} is damaged (lists inside lists go too deep).") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"{path}, {where}, is damaged ({error.msg[:1].lower()}{error.msg[1:]}).") from error
    except ValueError as error:
        raise BadInput(f"{path} is damaged (a number has too many digits).") from error
    return saved


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)


def _version_in(saved: dict[str, Any]) -> str:
    facts = saved.get("session_metadata")
    version = facts.get("created_with_version") if isinstance(facts, dict) else None
    return version[:40] if isinstance(version, str) else "unknown"


def _check_choices(project: Project, path: Path) -> None:
    """Raises BadInput, with the field, for a user's choices that cannot be."""
    for field, model in _CHOICES.get(project.kind, ()):
        saved = getattr(project, field)
        try:
            if saved:
                model.model_validate(saved)
        except ValidationError as error:
            raise BadInput(f"{path}, {field}, {in_words(error)}.") from error


def _check_kept(saved: dict[str, Any], path: Path) -> None:
    """Raises BadInput for what a person's tags and saves cannot be."""
    revision, tags = saved.get("revision", 0), saved.get("tags", [])
    if not isinstance(revision, int) or not 0 <= revision < 2**53:
        raise BadInput(f"{path}, revision: must be a whole number from 0.")
    if not isinstance(tags, list):
        raise BadInput(f"{path}, tags: must be a list.")


def choices_of(project: Project) -> dict[str, dict[str, Any]]:
    """What the user chose and what the project is made from; what nobody chose, and so differs by version, is left out."""
    known = dict(_CHOICES.get(project.kind, ()))
    saved = {"options": project.options, "source": project.source}
    return {
        field: known[field].model_validate(values).model_dump(mode="json", exclude_defaults=True)
        if values and field in known
        else values
        for field, values in saved.items()
    }


def save_project(directory: Path, project: Project) -> Project:
    """The manifest on disk is ``project``, with ``last_updated`` now; ``created_at`` is never touched.

    Raises BadInput, with the manifest as it was, for what ``load_project`` would refuse.
    """
    stamped = project.model_copy(update={"last_updated": now_text()})
    try:
        content = (stamped.model_dump_json(indent=2) + "\n").encode()
        _parsed(content, directory / MANIFEST)
    except (BadInput, PydanticSerializationError) as error:
        raise BadInput(f"This cannot be saved, and nothing was changed: {error}") from error
    write_whole(directory / MANIFEST, content)
    return stamped


def now_text() -> str:
    """This moment as saved in manifests."""
    return datetime.now(UTC).astimezone().isoformat(timespec="microseconds")
