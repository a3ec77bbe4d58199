"""What the manifest says of a scene video: a view of the journal, never trusted."""

from __future__ import annotations

from typing import Any

from studio.core.session import Session
from studio.steps.filming import names
from studio.steps.filming.film_views import film_views
from studio.steps.finished import is_finished, metadata_of


def scene_views(session: Session) -> dict[str, object]:
    """As of a film, with the scenes' documents in place of the scene graph; what this video does without is left out."""
    views: dict[str, Any] = film_views(session)
    project = session.project
    without = {"scene_graph", *(["story"] if project.source.get("kind") == "scenes" else [])}
    without |= set() if project.options.get("sounds", True) else {"sounds"}
    made = {"story": is_finished(session, names.STORY), "scenes": is_finished(session, names.SCENES)}
    sounds = any(name.startswith("sounds/") and is_finished(session, name) for name in session.journal.names())
    steps = {**made, **views["steps"], "sounds": sounds}
    order = ("story", "scenes", "shots", "images", "narration", "videos", "sounds", "film")
    steps = {name: steps[name] for name in order if name in steps and (name not in without or steps[name])}
    return {**views, "steps": steps, "session_metadata": metadata_of(session, steps)}
