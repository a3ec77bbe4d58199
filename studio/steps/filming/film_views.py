"""What the manifest says of a film, for people and other programs: a view of the journal, never trusted."""

from __future__ import annotations

from studio.core.session import Session
from studio.model.shot import SHOTS, Shot
from studio.steps.filming import names
from studio.steps.finding import standing_at
from studio.steps.finished import is_finished, metadata_of


def film_views(session: Session) -> dict[str, object]:
    """The manifest's ``steps``, ``shots``, ``stats``, ``title`` and completion as the journal has them now."""
    shots = finished_shots(session)
    rows = [_row(session, shot) for shot in shots]
    images = sum(bool(row["image_generated"]) for row in rows)
    videos = sum(bool(row["video_rendered"]) for row in rows)
    steps = {
        "story": is_finished(session, names.STORY),
        "scene_graph": is_finished(session, names.SCENE_GRAPH),
        "shots": bool(shots),
        **_sheets(session),
        "images": bool(rows) and images == len(rows),
        "narration": is_finished(session, names.NARRATION_TEXT),
        "videos": bool(rows) and videos == len(rows),
        "sounds": any(name.startswith("sounds/") and is_finished(session, name) for name in session.journal.names()),
        "film": is_finished(session, names.FILM),
    }
    never = _never_made(session)
    steps = {step: is_done for step, is_done in steps.items() if is_done or step not in never}
    return {
        "steps": steps,
        "shots": tuple(rows),
        "stats": {"total_shots": len(rows), "images_generated": images, "videos_rendered": videos},
        "session_metadata": metadata_of(session, steps),
    }


def _sheets(session: Session) -> dict[str, bool]:
    """Whether the pictures of people and places stand; nothing of a film without sheets."""
    pictures = [name for name in session.journal.names() if name.startswith(names.sheet("").removesuffix(".png"))]
    if not is_finished(session, names.SHEETS):
        return {}
    return {"sheets": all(is_finished(session, name) for name in pictures)}


def _never_made(session: Session) -> set[str]:
    """The steps that a film of this source and these options does without."""
    options = session.project.options
    without = {"story", "scene_graph"} if session.project.source.get("kind") == "prompts" else set[str]()
    without |= set() if options.get("narration", True) else {"narration"}
    return without if options.get("music", True) else without | {"sounds"}


def finished_shots(session: Session) -> tuple[Shot, ...]:
    """The shots as ``shots.json`` has them now; none if it is not there or cannot be read."""
    return standing_at(session.path(names.SHOTS), SHOTS) or ()


def _row(session: Session, shot: Shot) -> dict[str, object]:
    has_image = is_finished(session, names.image(shot.index))
    return {
        "index": shot.index,
        "image_prompt": shot.image_prompt,
        "motion_prompt": shot.motion_prompt,
        "camera": shot.camera,
        "image_generated": has_image,
        "image_path": names.image(shot.index) if has_image else None,
        "video_rendered": is_finished(session, names.clip(shot.index)),
    }
