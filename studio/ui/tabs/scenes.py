"""Scene video: from a script to scenes of several clips with narration; old directories explained and gone on with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import gradio as gr

from studio.core.saving import revision_of
from studio.errors import UserError
from studio.model.scenes import SceneOptions
from studio.planning.telling.random_script import TONES
from studio.runs import folders, old_videos
from studio.runs.doors import Doors
from studio.ui import film_now, live, making, scene_fields, scene_live
from studio.ui.controls import build as build_fields
from studio.ui.scene_fields import FIELDS, IDS, KEYS, MADE_UP
from studio.ui.shell import HERE
from studio.ui.tabs import film, scene_cards
from studio.ui.views import scenes as view
from studio.ui.views.film import plan_card
from studio.ui.wiring import Answer, Window, notice

_ONLY_SCENES = "shots"
_LATER = "() => window.studio && window.studio.later('scene-save')"
_FILE = (
    '<label class="btn"><span>Choose a file…</span><input type="file" class="unseen" data-text-for="scene-script" '
    'accept=".txt,.md,.fountain,.json,text/plain"></label>'
)


def build(window: Window) -> None:
    """Left what the video is made from, right the video."""
    with gr.Row(elem_classes=["halves"]):
        with gr.Column(scale=1, min_width=320, elem_classes=["inputs"]):
            _build_inputs(window)
        with gr.Column(scale=2, min_width=420, elem_classes=["results"]):
            window.view("scene-found")
            window.view("scene-player")
            window.view("scene-downloads")
            window.view("scene-places")
            window.view("scene-board")


def _build_inputs(window: Window) -> None:
    build_fields(window, FIELDS, "script")
    with gr.Column(elem_id="scene-made-up", elem_classes=["inputs"]) as made_up:
        window.add(made_up)
        gr.HTML(_FILE, js_on_load=None, apply_default_css=False)
        with gr.Row():
            window.add(gr.Textbox(label="Made up about", placeholder="a fox in the snow", elem_id="scene-theme", max_lines=1, min_width=150))  # fmt: skip
            window.add(gr.Dropdown([("Any", ""), *TONES], value="", label="Tone", elem_id="scene-tone", min_width=90, allow_custom_value=True))  # fmt: skip
            window.add(gr.Number(scene_fields.LENGTH_S, label="Length (s)", minimum=5, maximum=1500, elem_id="scene-length", min_width=80))  # fmt: skip
        window.button("scene-dice", "Make up a script")
    with gr.Accordion("Settings", open=False, elem_id="scene-settings"):
        build_fields(window, FIELDS, *KEYS[1:])
        window.view("scene-own", view.own_files(is_begun=False))
    with gr.Row(elem_classes=["go"]):
        window.add(gr.Button("Make video", variant="primary", elem_id="scene-make", size="md", min_width=110))
        window.button("scene-plan-button", "Plan")
        window.button("scene-write", "Write scenes")
        window.button("scene-pause", "Pause", interactive=False)
        window.add(gr.Button("Stop", variant="stop", elem_id="scene-stop", size="sm", min_width=60, interactive=False))
    window.view("scene-reason")
    window.view("scene-job")
    window.view("scene-plan")
    window.view("scene-bring", view.drop_zone())
    window.view("scene-options", visible="hidden")


def wire(window: Window) -> None:
    """What each control does."""
    given = (*HERE, *IDS)
    names = ("scene-make", "scene-plan-button", "scene-write", "scene-pause", "scene-stop")
    part: dict[str, Any] = {name: window[name] for name in names}
    window.on(part["scene-make"].click, make, given)
    window.on(part["scene-plan-button"].click, plan, given)
    window.on(part["scene-write"].click, write, given)
    window.on(part["scene-pause"].click, pause_or_resume, HERE)
    window.on(part["scene-stop"].click, film.stop, HERE)
    window.on_save("scene-save", save, given)
    window.on_save("scene-make-up", make_up, ("scene-script", "scene-seed", *MADE_UP))  # other buttons wait for it
    fields_here: list[Any] = [window[name] for name in IDS]
    choices = [one.input for one in fields_here if isinstance(one, gr.Dropdown)]
    gr.on(choices, None, js=_LATER, api_visibility="private")  # no event of the browser's own tells of a choice
    window.on_act("scene-found", on_found, given)
    window.on_act("scene-downloads", making.export, HERE)
    window.on_act("scene-job", film.on_shot, HERE)
    window.on_act("scene-bring", on_folders)
    scene_cards.wire(window)


def make(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """The video is saved as the fields have it and will be made; returns at once."""
    name = kept(doors, project, revision, values)
    doors.runs.make(name)
    return _now(doors, name, shot)


def plan(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """What a run would make is shown; nothing is made."""
    name = kept(doors, project, revision, values)
    found = doors.studio.plan(name)
    places = film_now.places_of(doors.studio.shots(name, found))
    return {**_now(doors, name, shot), "scene-plan": plan_card(found, is_open=True, places=places)}


def write(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """Only the scenes will be written, to be changed before anything is drawn."""
    name = kept(doors, project, revision, values)
    doors.runs.make(name, until=_ONLY_SCENES)
    return _now(doors, name, shot)


def save(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """The fields are saved; those of a video that is not begun wait for files that come with its script."""
    if not scene_live.is_scenes(doors, project):
        return {"scene-options": scene_fields.as_json(values)}
    return _now(doors, kept(doors, project, revision, values), shot)


def kept(doors: Doors, project: str, revision: str, values: Sequence[Any]) -> str:
    """The project with these fields, made if no scene video is open; returns its name.

    Raises OlderSave if another window saved it since this one loaded it.
    """
    if not scene_live.is_scenes(doors, project):
        script, options, most_usd = scene_fields.gather(values)
        if not script:
            raise UserError("There is no script yet: paste one, choose a file, or let one be made up.")
        name = doors.studio.create_scenes(script, options)
        if most_usd is not None:
            doors.studio.limit_spending(name, most_usd)
        doors.changes.tell(name)
        return name
    now = doors.studio.project(project)
    before = SceneOptions.model_validate(now.options)
    _, options, most_usd = scene_fields.gather(values, before.model_dump())
    if not (before.narration or options.narration):  # who does not speak has no voice
        voice = {"tts": before.tts, "voice": before.voice, "language": before.language}
        options = options.model_copy(update=voice)
    limit = {} if most_usd == now.most_usd else {"most_usd": most_usd}
    if options != before or limit:
        doors.keeper.save_session(project, limit, if_revision=int(revision) if revision.isdecimal() else None)
        if options != before:
            doors.studio.set_scene_options(project, options)
        doors.changes.tell(project)
    return project


def pause_or_resume(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """A run at work stops after what it has in hand; one that was left goes on."""
    return making.pause_or_resume(doors, project, lambda: live.refreshed(doors, project, shot, revision))


def make_up(doors: Doors, script: str, seed: Any, theme: str, tone: str, length: Any) -> Answer:
    """A made-up script is in the field; where it is there already, the next seed's."""
    number, seconds = int(seed or 0), float(length or scene_fields.LENGTH_S)
    found = doors.studio.random_script(theme or "", tone or "", seconds=seconds, seed=number)
    if found.strip() == (script or "").strip():
        number += 1
        found = doors.studio.random_script(theme or "", tone or "", seconds=seconds, seed=number)
    return {"scene-script": gr.update(value=found), "scene-seed": gr.update(value=number)}


def on_found(
    doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, *values: Any
) -> Answer:  # fmt: skip
    """The old directory is gone on with, taken in only, or let go."""
    key, act = told.get("key", ""), told.get("act", "")
    if act == "let-go":
        old_videos.let_go(doors, key)
        return live.refreshed(doors, project, shot, revision) if project else live.nothing(doors)
    if act == "in-place":
        old_videos.set_in_place(doors, key, told.get("value") == "yes")
        return live.nothing(doors)
    if act not in ("continue", "take-in"):
        return {}
    _, options, most_usd = scene_fields.gather(values)
    run = old_videos.go_on(doors, key, options, most_usd=most_usd, is_made=act == "continue")
    return notice("Taking the old folder in. It opens by itself.", kind="info", run=run.id)


def on_folders(doors: Doors, told: dict[str, str]) -> Answer:
    """A folder of the server is looked into, or the old directory in it is explained."""
    allowed, act = doors.settings.folders, told.get("act", "")
    if act == "close-folders":
        return {"scene-bring": gr.update(value=view.drop_zone())}
    if act == "roots":
        return {"scene-bring": gr.update(value=view.drop_zone(view.folders(folders.roots(allowed), None)))}
    if act not in ("look", "explain"):
        return {}
    root, parts = _named(told)
    if act == "look":
        shown = view.folders(folders.roots(allowed), folders.listing(allowed, root, parts))
        return {"scene-bring": gr.update(value=view.drop_zone(shown))}
    run = old_videos.explain_folder(doors, root, parts)
    told_soon = notice("Looking at it. What it holds is told here.", kind="info", run=run.id)
    return {"scene-bring": gr.update(value=view.drop_zone()), **told_soon}


def _named(told: dict[str, str]) -> tuple[int, list[str]]:
    try:
        return int(told.get("root", "")), [str(part) for part in json.loads(told.get("parts", "[]"))]
    except (ValueError, TypeError) as error:
        raise UserError("That folder cannot be told from the others: open the list again.") from error


def _now(doors: Doors, name: str, shot: str) -> Answer:
    revision = str(revision_of(doors.studio.project(name)))
    answer = live.refreshed(doors, name, shot, revision)
    return {**answer, "project": name, "revision": revision, "saved-name": gr.update(value=name)}
