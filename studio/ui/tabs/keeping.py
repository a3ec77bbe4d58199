"""Saving, save points, trash, cleaning and checking: the handlers of the Project Sessions tab beside its list."""

from __future__ import annotations

from typing import Any

import gradio as gr

from studio.core.cleanup import KINDS
from studio.core.saving import revision_of
from studio.errors import UserError
from studio.runs import works
from studio.runs.doors import Doors
from studio.ui.opening import opened
from studio.ui.tabs import film
from studio.ui.tabs.listing import LIST, asked_by, listed, points
from studio.ui.views import sessions as view
from studio.ui.views.words import size
from studio.ui.wiring import Answer, notice


def auto_name(doors: Doors) -> Answer:
    """A free name from kind and time."""
    return {"saved-name": gr.update(value=doors.keeper.generate_auto_session_name(kind="film"))}


def save(doors: Doors, project: str, revision: str, shot: str, name: str, *values: Any) -> Answer:
    """The film's fields (after what the window says of its list) are saved, and the project is called ``name``."""
    is_new = not project
    asked, values = asked_by(values[: len(LIST)]), values[len(LIST) :]
    saved = film.kept(doors, project, revision, values)
    wanted = name.strip()
    if wanted and wanted != saved:
        doors.runs.must_be_idle(saved)
        renamed = doors.keeper.rename(saved, wanted)
        doors.changes.tell(saved)
        doors.changes.tell(renamed)
        asked = asked.renamed(saved, renamed)
        saved = renamed
    said = notice(f"Saved as {saved}." if is_new or saved != project else f"{saved} is saved.")
    return {**opened(doors, saved, shot), **listed(doors, asked, saved), **said}


def save_copy(doors: Doors, project: str, revision: str, shot: str, name: str) -> Answer:
    """A second project like this one will be there, called ``name`` if that is another name."""
    _needs(project)
    run = works.duplicate(doors, project, name.strip() if name.strip() != project else "")
    return notice(f"Copying {project}.", kind="info", run=run.id)


def save_point(doors: Doors, project: str, revision: str, shot: str, label: str) -> Answer:
    """The project as it is now can be gone back to."""
    _needs(project)
    run = works.snapshot(doors, project, label.strip())
    return {"point-label": gr.update(value=""), **notice("Keeping a save point.", kind="info", run=run.id)}


def on_save_point(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """Go back to one, or delete it."""
    _needs(project)
    if told.get("act") == "revert":
        run = works.revert(doors, project, told.get("snapshot", ""))
        return notice("Going back.", kind="info", run=run.id)
    if told.get("act") == "drop-point":
        doors.keeper.delete_snapshot(project, told.get("snapshot", ""))
        doors.changes.tell(project)
        return {
            **points(doors, project),
            "cleaning": "",
            **notice("The save point is gone. Cleaning up frees its room."),
        }
    return {}


def on_trash(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, *values: Any) -> Answer:
    """Bring one back, or empty it."""
    if told.get("act") == "restore":
        name = doors.keeper.restore_session(told.get("folder", ""))
        doors.changes.tell(name)
        return {
            **listed(doors, asked_by(values), project),
            **notice(f"{name} is back.", act="open", label="Open", name=name),
        }
    if told.get("act") == "empty-trash":
        return notice("Emptying the trash.", kind="info", run=works.empty_trash(doors).id)
    return {}


def show_cleanup(doors: Doors, chosen: str) -> Answer:
    """What could go of the chosen project."""
    _needs(chosen, "Choose a project in the list first.")
    is_locked = any(run.kind == "make" for run in doors.runs.active(chosen))
    return {"cleaning": view.cleaning(chosen, doors.keeper.cleanup(chosen), is_locked=is_locked)}


def clean(doors: Doors, told: dict[str, str], chosen: str) -> Answer:
    """The ticked kinds go."""
    _needs(chosen, "Choose a project in the list first.")
    ticked = told.get("kinds", "").split(",")
    asked = [kind for kind in KINDS if kind in ticked]
    if not asked:
        raise UserError("Tick what should go.")
    planned = doors.keeper.cleanup(chosen, kinds=asked)
    run = works.cleanup(doors, chosen, asked)
    return {"cleaning": "", **notice(f"Cleaning up {chosen}: {size(planned.freed_bytes)}.", kind="info", run=run.id)}


def verify(doors: Doors, chosen: str) -> Answer:
    """Every byte of the chosen project is read; the answer comes by itself."""
    _needs(chosen, "Choose a project in the list first.")
    return {"checked": view.checked(works.verify(doors, chosen))}


def annotate(doors: Doors, project: str, revision: str, shot: str, chosen: str, tags: str, notes: str) -> Answer:
    """The chosen project bears these tags and notes."""
    if not chosen:
        return {}
    before = doors.keeper.load_session(chosen).model_extra or {}
    asked = sorted({tag.strip() for tag in tags.split(",") if tag.strip()})
    if asked == list(before.get("tags") or []) and notes == str(before.get("notes") or ""):
        return {}
    saved = doors.keeper.annotate(chosen, tags=asked, notes=notes)
    doors.changes.tell(chosen)
    return {"revision": str(revision_of(saved))} if chosen == project else {}


def _needs(project: str, words: str = "Save the film first: Plan or Make film does it too.") -> None:
    if not project:
        raise UserError(words)
