"""Project Sessions: find, save, load, send, take in, go back, clean, delete and bring back."""

from __future__ import annotations

from typing import Any

import gradio as gr

from studio.ui import fields
from studio.ui.shell import HERE
from studio.ui.tabs import keeping, listing
from studio.ui.tabs.listing import LIST
from studio.ui.views import sessions as view
from studio.ui.wiring import Window

_KINDS = (
    ("Every kind", ""),
    ("Films", "film"),
    ("Scene videos", "scenes"),
    ("Dubbing", "dub"),
    ("Manuscripts", "manuscript"),
    ("Stories", "story"),
)
_STATES = (
    ("Every state", ""), ("Not started", "new"), ("Started", "started"), ("Being made", "running"), ("Paused", "paused"),
    ("Interrupted", "interrupted"), ("Failed", "failed"), ("With problems", "problems"), ("Changed", "changed"), ("Done", "complete"),
)  # fmt: skip
_FILTERS = ("list-kind", "list-state", "list-language")
_DROP = (
    '<div class="drop" data-drop tabindex="0" role="button" aria-label="Import a project: choose a ZIP file or drop it here">'
    '<p><b>Drop a project ZIP here</b> or choose a file</p><p class="hint">An export of the studio, or a zipped project folder. '
    "It is checked before anything is written.</p>"
    '<progress max="100" value="0" aria-label="Upload" hidden></progress><p class="drop-said" aria-live="polite"></p>'
    '<input type="file" accept=".zip,application/zip" multiple hidden aria-label="Project ZIP"></div>'
    '<label class="hint"><input type="checkbox" id="import-replaces"> Replace a project of the same name; '
    "it goes to the trash. Otherwise the new one gets another name.</label>"
)


def build(window: Window) -> None:
    """Left what is done with the open project and what comes in, right all projects."""
    with gr.Row(elem_classes=["halves"]):
        with gr.Column(scale=1, min_width=320, elem_classes=["inputs"]):
            _build_current(window)
            gr.HTML(
                f'<h2 class="panel-head">Import</h2>{_DROP}', elem_id="import", js_on_load=None, apply_default_css=False
            )
            with gr.Accordion("Trash", open=False, elem_id="trash-box"):
                window.view("trash")
        with gr.Column(scale=2, min_width=420, elem_classes=["results"]):
            _build_list(window)


def _build_current(window: Window) -> None:
    gr.HTML('<h2 class="panel-head">Current project</h2>', js_on_load=None, apply_default_css=False)
    with gr.Row(elem_classes=["name-row"]):
        window.add(gr.Textbox(label="Name", elem_id="saved-name", scale=4, min_width=160, max_lines=1))
        window.add(gr.Button("Auto name", elem_id="auto-name", size="sm", min_width=96))
    with gr.Row(elem_classes=["go"]):
        window.add(gr.Button("Save", variant="primary", elem_id="save", size="md", min_width=80))
        window.button("save-copy", "Save a copy")
    window.view("save-why")
    with gr.Row(elem_classes=["name-row"]):
        window.add(
            gr.Textbox(
                label="Save point",
                elem_id="point-label",
                placeholder="its name",
                scale=4,
                min_width=160,
                max_lines=1,
            )
        )
        window.add(gr.Button("Save point", elem_id="save-point", size="sm", min_width=96))
    window.view("save-points")


def _build_list(window: Window) -> None:
    with gr.Row(elem_classes=["filters"]):
        window.add(
            gr.Textbox(
                label="Search",
                elem_id="list-text",
                elem_classes=["filters-list"],
                placeholder="name, title, idea, notes, tag",
                scale=3,
                min_width=150,
                max_lines=1,
            )
        )
        window.add(gr.Dropdown(list(_KINDS), value="", label="Kind", elem_id="list-kind", min_width=100))
        window.add(gr.Dropdown(list(_STATES), value="", label="State", elem_id="list-state", min_width=100))
        every = view.language_choices(())
        window.add(gr.Dropdown(every, value="", label="Language", elem_id="list-language", min_width=150))
    for name in ("list-page", "list-sort", "list-picked", "list-chosen"):
        window.value(name)
    with gr.Row(elem_classes=["browse"]):
        with gr.Column(scale=3, min_width=320):
            window.view("list")
        with gr.Column(scale=2, min_width=320, elem_id="info-box"):
            _build_info(window)


def _build_info(window: Window) -> None:
    """All about the chosen project, beside the list where there is room."""
    window.view("info")
    with gr.Row(elem_id="info-notes", visible=False, elem_classes=["notes-row"]) as notes:
        window.add(notes)
        window.add(
            gr.Textbox(
                label="Tags, with commas", elem_id="tags", min_width=140, max_lines=1, elem_classes=["keeps-notes"]
            )
        )
        window.add(
            gr.Textbox(
                label="Notes",
                elem_id="notes",
                scale=2,
                min_width=200,
                lines=1,
                max_lines=4,
                elem_classes=["keeps-notes"],
            )
        )
    with gr.Row(elem_id="health", visible=False, elem_classes=["health-row"]) as health:
        window.add(health)
        window.button("cleanup", "What can be cleaned up?")
        window.button("verify", "Check every file")
    window.view("cleaning")
    window.view("checked")


def wire(window: Window) -> None:
    """What each control does."""
    names = ("auto-name", "save", "save-copy", "save-point", "cleanup", "verify", *_FILTERS)
    part: dict[str, Any] = {name: window[name] for name in names}
    for name in _FILTERS:
        window.on(part[name].input, listing.filtered, (*HERE, *LIST), trigger_mode="always_last")
    window.on_call("list-filter", listing.filtered, (*HERE, *LIST))
    window.on_act("list", listing.act, (*HERE, *LIST))
    window.on_act("info", listing.act, (*HERE, *LIST))
    window.on_call("sessions-refresh", listing.refresh, (*HERE, *LIST))
    window.on(part["auto-name"].click, keeping.auto_name)
    window.on(part["save"].click, keeping.save, (*HERE, "saved-name", *LIST, *fields.IDS))
    window.on(part["save-copy"].click, keeping.save_copy, (*HERE, "saved-name"))
    window.on(part["save-point"].click, keeping.save_point, (*HERE, "point-label"))
    window.on_act("save-points", keeping.on_save_point, HERE)
    window.on_act("trash", keeping.on_trash, (*HERE, *LIST))
    window.on(part["cleanup"].click, keeping.show_cleanup, ("list-chosen",))
    window.on_act("cleaning", keeping.clean, ("list-chosen",))
    window.on(part["verify"].click, keeping.verify, ("list-chosen",))
    window.on_save("notes-save", keeping.annotate, (*HERE, "list-chosen", "tags", "notes"))
