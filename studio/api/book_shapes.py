"""What goes over the wire about manuscripts, and about processing sessions."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.shapes import Body
from studio.model.bounds import SEED


class ChapterChanges(Body):
    """What is given changes. ``number`` is the chapter's new place in the book."""

    title: str | None = Field(default=None, max_length=300)
    number: int | None = Field(default=None, ge=1)
    content: str | None = Field(default=None, max_length=20_000_000)


class NewerShape(BaseModel):
    """What a newer file changes, chapter by chapter, each as people call it; ``said`` in a few sentences."""

    said: str
    is_none: bool
    changed: list[str]
    retitled: list[str]
    new: list[str]
    gone: list[str]
    same: int


class SplitChapter(Body):
    """Where the new chapter begins, as a character of the old one's text, and what it is called."""

    position: int = Field(ge=0)
    title: str = Field(default="", max_length=300)


class NewPicture(Body):
    """The passage ``text[start:end]`` of a chapter; ``action`` says what is to be seen, else the passage does."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    action: str = Field(default="", max_length=1000)


class PictureChanges(Body):
    """What is given changes."""

    prompt: str | None = Field(default=None, min_length=1, max_length=10_000)
    seed: int | None = Field(default=None, ge=SEED.least, le=SEED.most)
    is_left_out: bool | None = None


class PersonChanges(Body):
    """How the person called ``name`` (in full, or as the book says) looks; what is given changes."""

    name: str = Field(min_length=1, max_length=300)
    look: str | None = Field(default=None, max_length=2000)
    gender: Literal["female", "male"] | None = None


class PickTake(Body):
    """The take whose id begins with ``take``."""

    take: str = Field(min_length=4, max_length=64)


class BookFormats(Body):
    """Which books to bind."""

    formats: list[Literal["pdf", "epub", "html", "docx", "contact_sheet"]] = Field(min_length=1)


class ManuscriptRow(BaseModel):
    """A manuscript in the list; ``name`` is its id."""

    name: str
    title: str
    state: str
    progress_percent: int
    created_at: str
    last_updated: str


class PersonShape(BaseModel):
    """Somebody in the book; ``is_own_look`` if the look is a person's own words, not the book's."""

    name: str
    aliases: list[str]
    gender: str
    look: str
    is_own_look: bool
    mentions: int


class ChapterShape(BaseModel):
    """A chapter; ``content`` is left out of lists."""

    id: int
    number: int
    title: str
    summary: str
    word_count: int
    content: str | None
    pictures: list[dict[str, Any]]


class ManuscriptShape(BaseModel):
    """A manuscript. ``books`` are its bound files, to be fetched from ``/media/{manuscript_id}/…``."""

    manuscript_id: str
    title: str
    author: str
    genre: str
    language: str
    word_count: int
    chapters: list[ChapterShape]
    books: list[str]


class ChangedPicture(BaseModel):
    """A picture's words as they are now."""

    model_config = ConfigDict(extra="allow")

    chapter_id: int
    number: int
    prompt: str


class StartProcessing(Body):
    """The project to make; for a manuscript with these choices, if they are given."""

    manuscript_id: str = Field(min_length=1, max_length=255)
    """The project's name."""
    style_config: dict[str, Any] | None = None
    max_emotional_moments: int | None = Field(default=None, ge=1, le=50)
    idempotency_key: str = Field(default="", max_length=200)


class ProcessingRow(BaseModel):
    """A processing session in short: the newest of its runs."""

    session_id: str
    run_id: str
    manuscript_id: str
    kind: str
    status: str
    progress_percent: int
    current_task: str
    can_resume: bool
    problems: list[str]
    error_message: str
    created_at: str
    started_at: str
    ended_at: str


class ProcessingSession(ProcessingRow):
    """A processing session with its checkpoints; ``next_action`` says what its next run does first."""

    current_chapter: int
    total_chapters: int
    last_completed_step: str
    last_completed_chapter: int
    last_checkpoint: dict[str, Any] | None
    next_action: str
    total_images_generated: int
    last_heartbeat: str
    logs: list[dict[str, Any]]


class ProcessingStarted(ProcessingSession):
    """``is_resumed`` if an earlier session goes on, or was under way already."""

    is_resumed: bool
