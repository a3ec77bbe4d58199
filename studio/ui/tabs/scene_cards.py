"""Scenes and environments of the open scene video: each field is saved when it is left, each button is one change."""

from __future__ import annotations

from studio.core.saving import OlderSave
from studio.errors import UserError
from studio.runs.doors import Doors
from studio.ui import film_now, live
from studio.ui.shell import HERE
from studio.ui.tabs import film
from studio.ui.views.scene_cards import NEW_PLACE
from studio.ui.wiring import Answer, Window, done, notice

_NUMBERS = ("environment", "duration")


def wire(window: Window) -> None:
    """What each control does."""
    window.on_act("scene-board", on_board, HERE)
    window.on_act("scene-places", on_places, HERE)


def on_board(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """A field of a scene was left, one of its buttons pressed, a clip opened, or a take chosen."""
    act, studio = told.get("act", ""), doors.studio
    number = _number(told.get("scene") or told.get("line") or "0")
    match act:
        case "shot":
            return film.on_shot(doors, told, project, revision, shot)
        case "edit" | "set":
            _edit(doors, project, number, told)
            return _changed(doors, project, revision, shot)
        case "earlier" | "later":
            studio.move_scene(project, number, number + (1 if act == "later" else -1))
            return _changed(doors, project, revision, shot)
        case "insert":
            made = studio.insert_scene(project, number)
            return _changed(doors, project, revision, shot, f"Scene {made.number} is new: say what happens in it.")
        case "drop-scene":
            studio.delete_scene(project, number)
            undo = notice(f"Scene {number} is out of the film.", act="undo", label="Undo")
            return {**_changed(doors, project, revision, shot), **undo}
        case "pick":
            studio.pick(project, _number(told.get("shot")), told.get("what", ""), told.get("take", ""))
            chosen = notice("That take is chosen. Press Make to put it into the film.", act="make", label="Make video")
            return {**_changed(doors, project, revision, shot), **chosen}
    return {}


def on_places(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """An environment was reworded, added or removed; or the last change of any card is taken back."""
    match told.get("act"):
        case "undo":
            return film.undo(doors, project, revision, shot)
        case "redo":
            return film.redo(doors, project, revision, shot)
        case "edit":
            doors.studio.edit_environment(
                project, _number(told.get("line")), told.get("value", ""), if_text=told.get("was", "")
            )
            return _changed(doors, project, revision, shot)
        case "add-place":
            made = doors.studio.add_environment(project, "A new place")
            return _changed(
                doors, project, revision, shot, f"Environment {made.number} is new: say what it looks like."
            )
        case "drop-place":
            doors.studio.delete_environment(project, _number(told.get("place")))
            return _changed(doors, project, revision, shot)
    return {}


def _edit(doors: Doors, project: str, number: int, told: dict[str, str]) -> None:
    """The field is saved. Raises OlderSave if another window changed it since this one showed it."""
    field, value, was = told.get("cell") or told.get("set", ""), told.get("value", ""), told.get("was", "")
    card = next((one for one in doors.studio.cards(project).scenes if one.number == number), None)
    if card is None:
        raise UserError(f"Scene {number} is not there any more.")
    if str(getattr(card, "duration_s" if field == "duration" else field, "")) not in (was, value):
        raise OlderSave(f"Another window changed the {field} of scene {number}.")
    if field == "environment" and value == NEW_PLACE:
        words = next(
            (one.text for one in doors.studio.cards(project).environments if number in one.used), "A new place"
        )
        doors.studio.add_environment(project, words, scene=number)
        return
    fields: dict[str, object] = {field: _number(value) if field in _NUMBERS else value}
    doors.studio.edit_scene(project, number, if_revision=card.revision, **fields)


def _number(text: object) -> int:
    said = str(text or "")
    if not said.isdecimal() or len(said) > 6:
        raise UserError("That is not there any more: load the page again.")
    return int(said)


def _changed(doors: Doors, project: str, revision: str, shot: str, said: str = "") -> Answer:
    doors.changes.tell(project)
    still = shot if shot.isdecimal() and film_now.look(doors, project).shot(int(shot)) else ""
    answer = {**live.refreshed(doors, project, still, revision), "shot": still, **done()}
    return {**answer, **(notice(said) if said else {})}
