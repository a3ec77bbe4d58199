"""The tables of the index. Everything in them is read from project folders and can be read again at any time."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA = 3
"""Raised with every change here or of what is written here; an index of another number is thrown away and filled again."""


class Base(DeclarativeBase):
    """Times are seconds since 1970 in ``…_s`` columns (they sort alike everywhere), ISO-8601 text elsewhere."""


class About(Base):
    """What the index is an index of."""

    __tablename__ = "about"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ProjectRow(Base):
    """One project folder, as the list shows it. ``folder_mtime_ns`` and ``journal_bytes`` say whether it is stale."""

    __tablename__ = "projects"

    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    name_key: Mapped[str] = mapped_column(Text)
    folder_mtime_ns: Mapped[int] = mapped_column(BigInteger)
    manifest_mtime_ns: Mapped[int] = mapped_column(BigInteger)
    journal_bytes: Mapped[int] = mapped_column(BigInteger)
    has_details: Mapped[bool] = mapped_column(Boolean, default=False)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    title_key: Mapped[str] = mapped_column(Text)
    idea: Mapped[str] = mapped_column(Text)
    video_name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    progress_percent: Mapped[int] = mapped_column(Integer)
    languages: Mapped[list[str]] = mapped_column(JSON)
    languages_key: Mapped[str] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(JSON)
    tags_key: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    thumbnail: Mapped[str] = mapped_column(Text)
    file_count: Mapped[int] = mapped_column(Integer)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[str] = mapped_column(String(40))
    last_updated: Mapped[str] = mapped_column(String(40))
    last_accessed: Mapped[str] = mapped_column(String(40))
    created_s: Mapped[float] = mapped_column(Float(53))
    updated_s: Mapped[float] = mapped_column(Float(53))
    accessed_s: Mapped[float] = mapped_column(Float(53))
    search_text: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("projects_by_update", "updated_s", "name"),
        Index("projects_by_creation", "created_s", "name"),
        Index("projects_by_name", "name_key", "name"),
        Index("projects_by_title", "title_key", "name"),
    )


class ProcessingSession(Base):
    """One run of a project's pipeline."""

    __tablename__ = "processing_sessions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    project: Mapped[str] = mapped_column(String(255), index=True)
    manuscript_id: Mapped[str] = mapped_column(String(36))
    external_session_id: Mapped[str] = mapped_column(String(255))
    status: Mapped[str] = mapped_column(String(20), index=True)
    progress_percent: Mapped[int] = mapped_column(Integer)
    current_chapter: Mapped[int] = mapped_column(Integer)
    total_chapters: Mapped[int] = mapped_column(Integer)
    current_task: Mapped[str] = mapped_column(Text)
    style_config: Mapped[dict[str, object]] = mapped_column(JSON)
    max_emotional_moments: Mapped[int | None] = mapped_column(Integer)
    last_completed_step: Mapped[str] = mapped_column(String(80))
    last_completed_chapter: Mapped[int] = mapped_column(Integer)
    total_images_generated: Mapped[int] = mapped_column(Integer)
    can_resume: Mapped[bool] = mapped_column(Boolean)
    error_message: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[str] = mapped_column(String(40))
    paused_at: Mapped[str | None] = mapped_column(String(40))
    completed_at: Mapped[str | None] = mapped_column(String(40))
    last_heartbeat: Mapped[str] = mapped_column(String(40))


class ProcessingCheckpoint(Base):
    """One line of a project's journal. ``sequence_number`` counts within the project and never starts again."""

    __tablename__ = "processing_checkpoints"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("processing_sessions.id", ondelete="CASCADE"), index=True)
    checkpoint_type: Mapped[str] = mapped_column(String(40))
    chapter_number: Mapped[int | None] = mapped_column(Integer)
    step_name: Mapped[str] = mapped_column(String(80))
    sequence_number: Mapped[int] = mapped_column(Integer)
    checkpoint_data: Mapped[dict[str, object]] = mapped_column(JSON)
    processing_state: Mapped[dict[str, object]] = mapped_column(JSON)
    generated_prompts: Mapped[list[object] | None] = mapped_column(JSON)
    emotional_moments_data: Mapped[list[object] | None] = mapped_column(JSON)
    images_generated_count: Mapped[int] = mapped_column(Integer)
    next_action: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[str] = mapped_column(String(40))


class ProcessingLog(Base):
    """What happened, in words. ``level`` is info, warning, error or success."""

    __tablename__ = "processing_logs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("processing_sessions.id", ondelete="CASCADE"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    message: Mapped[str] = mapped_column(Text)
    chapter_number: Mapped[int | None] = mapped_column(Integer)
    step_name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[str] = mapped_column(String(40))


class SessionImage(Base):
    """One picture that a run made. ``illustration_id`` is the same for the same content of the same name."""

    __tablename__ = "session_images"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("processing_sessions.id", ondelete="CASCADE"), index=True)
    illustration_id: Mapped[str] = mapped_column(String(36))
    checkpoint_id: Mapped[str] = mapped_column(
        ForeignKey("processing_checkpoints.id", ondelete="CASCADE"), index=True
    )  # fmt: skip
    generation_order: Mapped[int] = mapped_column(Integer)
    file_name: Mapped[str] = mapped_column(Text)
    web_url: Mapped[str] = mapped_column(Text)
    prompt_used: Mapped[str] = mapped_column(Text)
    is_current: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[str] = mapped_column(String(40))
