"""Settings: folders, engines, appearance."""

from __future__ import annotations

import gradio as gr

from studio import __version__
from studio.engines import registry
from studio.runs.doors import Doors
from studio.ui.views import settings as view
from studio.ui.wiring import Answer, Window


def build(window: Window) -> None:
    """Left where things are and how they look, right what can be used."""
    with gr.Row(elem_classes=["halves"]):
        with gr.Column(scale=1, min_width=320, elem_classes=["inputs"]):
            window.view("folders")
            gr.HTML(view.appearance(), elem_id="appearance", js_on_load=None, apply_default_css=False)
        with gr.Column(scale=2, min_width=420, elem_classes=["results"]):
            window.view("engines")


def show(doors: Doors) -> Answer:
    """Folders and engines as they are now."""
    return {
        "folders": view.folders(str(doors.settings.sessions), str(doors.data_dir), __version__),
        "engines": view.engines(registry.statuses()),
    }
