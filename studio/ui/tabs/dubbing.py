"""Dubbing: one video in, the same film in other languages out, corrected line by line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import gradio as gr

from studio.core.saving import revision_of
from studio.errors import BadInput, UserError
from studio.model.dub import CastByEar, DubOptions
from studio.runs import works
from studio.runs.doors import Doors
from studio.ui import dub_fields, dub_live, making
from studio.ui.dub_fields import CAST, VALUES
from studio.ui.dub_live import LOOK
from studio.ui.shell import HERE
from studio.ui.tabs import dub_lines, dub_mixes
from studio.ui.views import dubbing as view
from studio.ui.views.film import plan_card
from studio.ui.wiring import Answer, Window, done, notice

_LATER = "() => window.studio && window.studio.later('dub-save')"
_ONLY_LINES = "cast"
_ROWS = (*HERE, "dub-languages", "dub-source_language", "dub-tts", CAST)


def build(window: Window) -> None:
    """Left what is dubbed and how, right what comes of it."""
    with gr.Row(elem_classes=["halves"]):
        with gr.Column(scale=1, min_width=320, elem_classes=["inputs"]):
            _build_inputs(window)
        with gr.Column(scale=2, min_width=420, elem_classes=["results"]):
            window.view("dub-player")
            window.view("dub-downloads")
            window.view("dub-review")
            dub_lines.build(window)
            window.view("dub-files")


def _build_inputs(window: Window) -> None:
    with gr.Column(elem_id="dub-new", elem_classes=["inputs"]) as new:
        window.add(new)
        gr.HTML(view.drop_zone(), elem_id="dub-bring", js_on_load=None, apply_default_css=False)
        window.add(gr.Dropdown([("None", "")], value="", label="Or a film made here", elem_id="dub-film"))
    window.view("dub-brought")
    dub_fields.build(window, "languages")
    window.view("dub-casting")
    with gr.Accordion("Settings", open=False, elem_id="dub-settings"):
        dub_fields.build(window, *dub_fields.KEYS[1:])
    dub_mixes.build(window)
    with gr.Row(elem_classes=["go"]):
        window.add(gr.Button("Dub", variant="primary", elem_id="dub", size="md", min_width=110))
        window.button("dub-plan-button", "Plan")
        window.button("dub-listen", "Transcribe")
        window.button("dub-pause", "Pause", interactive=False)
        window.add(gr.Button("Stop", variant="stop", elem_id="dub-stop", size="sm", min_width=60, interactive=False))
    window.view("dub-reason")
    window.view("dub-job")
    window.view("dub-plan")
    for name in (*LOOK, CAST):
        window.value(name)
    window.view("dub-options", visible="hidden")


def wire(window: Window) -> None:
    """What each control does."""
    given = (*HERE, *LOOK, *VALUES)
    names = ("dub", "dub-plan-button", "dub-listen", "dub-pause", "dub-stop", "dub-languages", "dub-tts")
    part: dict[str, Any] = {name: window[name] for name in names}
    window.on(part["dub"].click, dub, (*HERE, *LOOK, "dub-film", *VALUES))
    window.on(part["dub-plan-button"].click, plan, given)
    window.on(part["dub-listen"].click, listen, given)
    window.on(part["dub-pause"].click, pause_or_resume, (*HERE, *LOOK))
    window.on(part["dub-stop"].click, stop, (*HERE, *LOOK))
    window.on_save("dub-save", save, given)
    window.on(part["dub-languages"].input, show_cast, _ROWS, trigger_mode="always_last")
    window.on(part["dub-tts"].input, show_cast, _ROWS, trigger_mode="always_last")
    for field in dub_fields.FIELDS:
        component: Any = window[field.elem_id]
        if isinstance(component, gr.Dropdown):  # no event of the browser's own tells of a choice
            component.input(None, js=_LATER)
    window.on_act("dub-casting", on_cast, (*HERE, *LOOK, *VALUES))
    window.on_act("dub-player", watch, (*HERE, *LOOK))
    window.on_act("dub-downloads", making.export, HERE)
    dub_lines.wire(window)
    dub_mixes.wire(window)


def dub(
    doors: Doors, project: str, revision: str, shot: str, shown: str, page: str, film: str, *values: Any
) -> Answer:  # fmt: skip
    """The dub is saved as the fields have it and will be made; of a film made here it is begun first."""
    if not dub_live.is_dub(doors, project):
        if not film:
            raise UserError("Choose a video first, or a film made here.")
        options, most_usd = dub_fields.gather(values)
        run = works.dub_film(doors, film, options, most_usd=most_usd, is_made=True)
        return notice(f"Taking {film} over. Its dub opens by itself.", kind="info", run=run.id)
    kept(doors, project, revision, values)
    doors.runs.make(project)
    return _now(doors, project, shown, page)


def listen(doors: Doors, project: str, revision: str, shot: str, shown: str, page: str, *values: Any) -> Answer:
    """Only the lines will be made, to be looked at before anything is translated."""
    _needs(doors, project)
    kept(doors, project, revision, values)
    doors.runs.make(project, until=_ONLY_LINES)
    return _now(doors, project, shown, page)


def plan(doors: Doors, project: str, revision: str, shot: str, shown: str, page: str, *values: Any) -> Answer:
    """What a run would make is shown; nothing is made."""
    _needs(doors, project)
    kept(doors, project, revision, values)
    answer = _now(doors, project, shown, page)
    return {**answer, "dub-plan": plan_card(doors.studio.plan(project), is_open=True)}


def save(doors: Doors, project: str, revision: str, shot: str, shown: str, page: str, *values: Any) -> Answer:
    """The fields are saved; those of a dub that is not begun wait for its video."""
    if not dub_live.is_dub(doors, project):
        return {"dub-options": dub_fields.as_json(values)}
    if not kept(doors, project, revision, values):
        return {}
    return _now(doors, project, shown, page)


def kept(doors: Doors, project: str, revision: str, values: Sequence[Any]) -> bool:
    """The dub has these fields; True if they are others than before.

    Raises OlderSave if another window saved it since this one loaded it.
    """
    now = doors.studio.project(project)
    before = DubOptions.model_validate(now.options).chosen
    asked, most_usd = dub_fields.gather(values, before.model_dump())
    limit = {} if most_usd == now.most_usd else {"most_usd": most_usd}
    if asked == before and not limit:
        return False
    doors.keeper.save_session(project, limit, if_revision=int(revision) if revision.isdigit() else None)
    if asked != before:
        doors.studio.set_dub_options(project, asked)
    doors.changes.tell(project)
    return True


def show_cast(
    doors: Doors, project: str, revision: str, shot: str, languages: Any, source: str, tts: str, cast: str
) -> Answer:  # fmt: skip
    """The casting sheet for these languages and this engine."""
    people: list[str] = []
    found: tuple[CastByEar, ...] = ()
    if dub_live.is_dub(doors, project):
        now = dub_live.look(doors, project)
        source, people, found = source or now.spoken, now.people, now.found
    codes = [str(code) for code in languages or ()]
    rows = dub_fields.rows(codes, source, tts, dub_fields.cast_of(cast), people, found)
    return {"dub-casting": view.casting(rows, is_locked=False)}


def on_cast(
    doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, shown: str, page: str, *values: Any
) -> Answer:  # fmt: skip
    """A voice is heard, or a voice or translator chosen."""
    if told.get("act") == "hear":
        run = works.audition(doors, told.get("engine", ""), told.get("voice", ""), told.get("lang", ""))
        return notice("", kind="info", run=run.id)
    if told.get("act") == "take-in":
        return _take_in_casting(doors, told.get("text", ""), project, revision, shot, shown, page, values)
    if told.get("act") != "set":
        return {}
    said = dict(zip(VALUES, values, strict=True))
    changed = dub_lines.cast_with(str(said[CAST]), told)
    values = (*values[:-1], changed)
    cast = {CAST: changed}
    if dub_live.is_dub(doors, project):
        return {**cast, **save(doors, project, revision, shot, shown, page, *values), **done()}
    rest = (said["dub-languages"], said["dub-source_language"], said["dub-tts"], changed)
    return {
        **cast,
        **save(doors, project, revision, shot, shown, page, *values),
        **show_cast(doors, project, revision, shot, *rest),
        **done(),
    }


def _take_in_casting(
    doors: Doors, text: str, project: str, revision: str, shot: str, shown: str, page: str, values: Sequence[Any]
) -> Answer:  # fmt: skip
    """Another dub's casting file is this dub's casting; of a dub that is not begun, as far as it fits."""
    try:
        casting = json.loads(text)
    except ValueError as error:
        raise BadInput("That is no casting: choose the file that Casting gave you.") from error
    if dub_live.is_dub(doors, project):
        kept(doors, project, revision, values)
        doors.studio.set_casting(project, casting)
        doors.changes.tell(project)
        return {
            **_now(doors, project, shown, page),
            **notice("The voices are cast as in that file."),
            **done(),
        }
    return {}


def watch(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, shown: str, page: str) -> Answer:
    """Another language, or the original, is in the player and looked through."""
    if told.get("act") != "watch":
        return {}
    return dub_live.refreshed(doors, project, revision, told.get("key", ""), page)


def pause_or_resume(doors: Doors, project: str, revision: str, shot: str, shown: str, page: str) -> Answer:
    """A run at work stops after what it has in hand; one that was left goes on."""
    _needs(doors, project)
    return making.pause_or_resume(doors, project, lambda: dub_live.refreshed(doors, project, revision, shown, page))


def stop(doors: Doors, project: str, revision: str, shot: str, shown: str, page: str) -> Answer:
    """The run ends now; what is finished stays."""
    _needs(doors, project)
    making.stop(doors, project)
    return dub_live.refreshed(doors, project, revision, shown, page)


def _needs(doors: Doors, project: str) -> None:
    if not dub_live.is_dub(doors, project):
        raise UserError("Choose a video first: then there is something to do.")


def _now(doors: Doors, name: str, shown: str, page: str) -> Answer:
    now = dub_live.look(doors, name)
    revision = str(revision_of(now.project))
    answer = dub_live.of(doors, now, revision, shown, page)
    engine = {**answer["dub-tts"], "value": now.options.tts}  # the one that was found for “the best”
    cast = dub_fields.cast_json(now.options)
    return {**answer, "dub-tts": engine, CAST: cast, "project": name, "revision": revision}
