"""What is finished of a project, as its files show it: the part of every kind's view that is alike."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.session import Session


def is_finished(session: Session, name: str) -> bool:
    """True if the file stands in its place; whether it still fits is the plan's question."""
    return session.path(name).is_file()


def metadata_of(session: Session, steps: Mapping[str, bool]) -> dict[str, object]:
    """The manifest's ``session_metadata``: the first of ``steps`` that is not done, and how many files there are."""
    return {
        **session.project.session_metadata,
        "pipeline_stage": next((name for name, is_done in steps.items() if not is_done), "complete"),
        "total_files": sum(is_finished(session, name) for name in session.journal.names()),
    }
