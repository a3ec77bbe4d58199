"""The shot editor under the film's player: words, camera, takes, order."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from studio.core.saving import OlderSave
from studio.errors import UserError
from studio.looking import kind_of
from studio.runs.doors import Doors
from studio.ui import film_now, live
from studio.ui.fields import whole_number
from studio.ui.opening import shot_fields, shot_values
from studio.ui.shell import HERE
from studio.ui.views.camera import camera_card
from studio.ui.wiring import Answer, Window, notice

FIELDS = ("shot-image", "shot-motion", "shot-camera", "shot-narration", "shot-seconds", "shot-seed")
_KEYS = ("image_prompt", "motion_prompt", "camera", "narration", "duration_s", "seed")
_RETAKES = {"image": "Retake picture", "video": "Retake clip", "narration": "Retake narration"}
_PRESS_DROP = (
    "async () => { const shot = document.querySelector('#shot-head h2').firstChild.textContent.trim().toLowerCase();"
    " if (await window.studio.ask({heading: `Delete ${shot}?`, "
    "text: 'It leaves the film. Undo brings it back.', verb: 'Delete shot'})) window.studio.send('shot-head', {act: 'drop'}); }"
)


def build(window: Window) -> None:
    """Hidden until a card is chosen."""
    with gr.Column(visible=False, elem_id="editor", elem_classes=["editor"]) as editor:
        window.add(editor)
        window.view("shot-head")
        with gr.Row(elem_classes=["editor-row"]):
            with gr.Column(scale=1, min_width=240):
                window.view("shot-preview")
                window.view("shot-move")
                with gr.Row():
                    for what, label in _RETAKES.items():
                        window.button(f"retake-{what}", label, min_width=90)
            with gr.Column(scale=1, min_width=260):
                _build_fields(window)
        window.view("shot-why")
        window.view("shot-takes")
        with gr.Row(elem_classes=["shot-order"]):
            window.button("shot-left", "← Earlier")
            window.button("shot-right", "Later →")
            window.button("shot-insert", "Insert after")
            window.add(gr.Button("Delete shot…", elem_id="shot-delete", size="sm", variant="stop", min_width=80))
    window.value("shot-was")


def _build_fields(window: Window) -> None:
    def text(name: str, label: str, lines: int, hint: str = "") -> None:
        classes = ["keeps-shot", *(["looks-shot"] if name in ("shot-camera", "shot-motion") else [])]
        window.add(
            gr.Textbox(label=label, elem_id=name, lines=lines, max_lines=8, placeholder=hint, elem_classes=classes)
        )

    text("shot-image", "What the picture shows", 3, "The boat reaches the island at dawn, wide shot")
    text("shot-motion", "What moves", 1, "the waves roll in")
    text("shot-camera", "Camera", 1, "slow push in")
    text("shot-narration", "Narration", 2, "What is said over this shot")
    with gr.Row():
        window.add(
            gr.Number(
                label="Length (s)",
                elem_id="shot-seconds",
                min_width=80,
                elem_classes=["keeps-shot"],
            )
        )
        window.add(
            gr.Textbox(
                label="Variation (seed)",
                elem_id="shot-seed",
                placeholder="the film's",
                max_lines=1,
                min_width=80,
                elem_classes=["keeps-shot"],
            )
        )


def wire(window: Window) -> None:
    """What each control does."""
    window.on_save("shot-save", save, (*HERE, "shot-was", *FIELDS))
    window.on_call("film-refresh", follow, (*HERE, "shot-was", *FIELDS))
    window.on_act("shot-head", on_head, HERE)
    window.on_call("shot-look", show_move, ("shot-camera", "shot-motion"))
    button: Any = {name: window[name] for name in ("shot-left", "shot-right", "shot-insert", "shot-delete")}
    window.on(button["shot-left"].click, earlier, HERE)
    window.on(button["shot-right"].click, later, HERE)
    window.on(button["shot-insert"].click, insert, HERE)
    button["shot-delete"].click(None, js=_PRESS_DROP)
    for what in _RETAKES:
        pressed: Any = window[f"retake-{what}"]
        window.on(pressed.click, retake_of(what), HERE)
    window.on_act("shot-takes", pick, HERE)


def save(doors: Doors, project: str, revision: str, shot: str, was: str, *values: Any) -> Answer:
    """What this window changed in the open shot is saved; the next run makes it and what stands on it.

    ``was`` holds what the fields were filled with. Raises OlderSave if another window changed the same field since.
    """
    if not project or not shot.isdecimal():
        return {}
    now = film_now.look(doors, project)
    found = now.shot(int(shot))
    if found is None:
        return {}
    before, is_now = _were(was), shot_values(found[1].shot)
    changes: dict[str, Any] = {}
    for name, key, value in zip(FIELDS, _KEYS, values, strict=True):
        mine = _tidy(key, value)
        if mine == _tidy(key, before.get(name, is_now[name])) or (key == "duration_s" and mine is None):
            continue
        if name in before and _tidy(key, before[name]) != _tidy(key, is_now[name]) and mine != is_now[name]:
            raise OlderSave(f"Another window changed the {key.removesuffix('_s').replace('_', ' ')} of this shot.")
        changes[key] = mine
    if not changes:
        return {}
    doors.studio.edit_shot(project, int(shot), **changes)
    answer = _changed(doors, project, revision, shot)
    again = film_now.look(doors, project).shot(int(shot))
    return {**answer, "shot-was": json.dumps(shot_values(again[1].shot))} if again else answer


def follow(doors: Doors, project: str, revision: str, shot: str, was: str, *values: Any) -> Answer:
    """The fields follow what another window saved, unless something is being typed here."""
    found = film_now.look(doors, project).shot(int(shot)) if project and shot.isdecimal() and was else None
    if found is None:
        return {}
    before, is_now = _were(was), shot_values(found[1].shot)
    typed = any(
        _tidy(key, value) != _tidy(key, before.get(name, is_now[name]))
        for name, key, value in zip(FIELDS, _KEYS, values, strict=True)
    )
    if typed or before == is_now:
        return {}
    return {**{name: gr.update(value=value) for name, value in is_now.items()}, "shot-was": json.dumps(is_now)}


def _were(was: str) -> dict[str, Any]:
    try:
        found = json.loads(was or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _tidy(key: str, value: Any) -> Any:
    if key == "seed":
        return whole_number(value, "Variation")
    if key == "duration_s":
        return None if value is None else round(float(value), 2)
    return str(value or "").strip()


def show_move(doors: Doors, camera: str, motion: str) -> Answer:
    """How the camera's words are understood."""
    return {"shot-move": camera_card(camera or motion or "")}


def retake_of(what: str) -> Any:
    """The handler that asks for another ``what`` of the open shot."""

    def retake(doors: Doors, project: str, revision: str, shot: str) -> Answer:
        word = _RETAKES[what].removeprefix("Retake ")
        if not any(kind_of(take.name) == what for take in doors.studio.takes(project, _open(shot))):
            return notice(f"This shot has no {word} yet: there is nothing to take again.", kind="info")
        doors.studio.retake(project, _open(shot), what)
        told = notice(f"Press Make for another {word}; this one is kept to choose from.", **_make_act(doors, project))
        return {**_changed(doors, project, revision, shot), **told}

    return retake


def pick(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """That take is chosen; the next run puts it into the film."""
    if told.get("act") != "pick":
        return {}
    doors.studio.pick(project, _open(shot), told.get("what", ""), told.get("take", ""))
    return {
        **_changed(doors, project, revision, shot),
        **notice("That take is chosen. Press Make to put it into the film.", **_make_act(doors, project)),
    }


def _make_act(doors: Doors, project: str) -> dict[str, str]:
    """What a notice offers to do next."""
    is_video = doors.studio.project(project).kind == "scenes"
    return {"act": "make", "label": "Make video" if is_video else "Make film"}


def earlier(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """The open shot changes places with the one before it."""
    return _moved(doors, project, revision, shot, -1)


def later(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """The open shot changes places with the one after it."""
    return _moved(doors, project, revision, shot, 1)


def _moved(doors: Doors, project: str, revision: str, shot: str, by: int) -> Answer:
    found = film_now.look(doors, project).shot(_open(shot))
    if found is None:
        raise UserError("That shot is not in the film any more.")
    doors.studio.move_shot(project, _open(shot), found[0] + by)
    return _changed(doors, project, revision, shot)


def insert(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """A new shot of the open one's scene stands behind it and is open; what it shows is still to be said."""
    found = film_now.look(doors, project).shot(_open(shot))
    if found is None:
        raise UserError("That shot is not in the film any more.")
    like = found[1].shot
    words: dict[str, Any] = {"image_prompt": "", "camera": "", "scene": like.scene, "duration_s": like.duration_s}
    made = doors.studio.insert_shot(project, like.index, **words)
    told = notice("A new shot stands behind it: say what it shows.")
    return {**_changed(doors, project, revision, str(made.index), refill=True), **told}


def delete(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """The open shot is out of the film; Undo brings it back."""
    doors.studio.delete_shot(project, _open(shot))
    return {
        **_changed(doors, project, revision, ""),
        **notice("The shot is out of the film.", act="undo", label="Undo"),
    }


def close(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """No shot is open."""
    return {"shot": "", **live.refreshed(doors, project, "", revision)}


def on_head(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """The open shot is closed, or deleted by who was asked."""
    match told.get("act"):
        case "close":
            return close(doors, project, revision, shot)
        case "drop":
            return delete(doors, project, revision, shot)
    return {}


def _open(shot: str) -> int:
    if not shot.isdecimal():
        raise UserError("No shot is open: choose a card of the storyboard.")
    return int(shot)


def _changed(doors: Doors, project: str, revision: str, shot: str, *, refill: bool = False) -> Answer:
    doors.changes.tell(project)
    now = film_now.look(doors, project)
    filled = shot_fields(now, int(shot)) if refill and shot.isdecimal() else {}
    return {"shot": shot, **live.of(doors, now, shot, revision), **filled}
