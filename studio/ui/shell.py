"""What stands around the tabs: the header, the status bar, notices, and the values that go back with each request."""

from __future__ import annotations

import gradio as gr

from studio.errors import UserError
from studio.runs.doors import Doors
from studio.ui import book_live, dub_live, live
from studio.ui.opening import blank, opened
from studio.ui.wiring import KEPT, NOTICE, Answer, Window

_BAR = (
    '<div class="bar" id="bar"><span class="bar-net" id="bar-net" data-state="wait"><i></i><span>Connecting…</span></span>'
    '<span class="bar-job" id="bar-job" role="status" aria-live="polite">Nothing is being made.</span>'
    '<progress class="bar-progress" id="bar-progress" max="100" value="0" aria-label="Progress" hidden></progress>'
    '<span class="bar-left" id="bar-left"></span><span class="bar-queue" id="bar-queue"></span>'
    '<span class="bar-problem" id="bar-problem"></span><span class="toasts" id="toasts"></span></div>'
)
HERE = ("project", "revision", "shot")
"""Which project and shot this window shows, and which save of it its fields are of."""


def build_top(window: Window) -> None:
    """The header and the values of this window."""
    for name in (*HERE, "asked-list"):
        window.value(name)
    window.view("header")
    window.view(NOTICE, visible="hidden")
    window.view(KEPT, visible="hidden")


def build_bottom(window: Window) -> None:
    """The status bar; the page's script fills it from the socket."""
    gr.HTML(_BAR, elem_id="status-bar", js_on_load=None, apply_default_css=False)
    window.build_values()


def wire(window: Window) -> None:
    """Opening and refreshing."""
    window.on_act("header", go, HERE)
    window.on_act(NOTICE, go, HERE)
    window.on_call("film-refresh", refresh, (*HERE, *dub_live.LOOK, *book_live.LOOK))


def go(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """New, open another, or load this one again."""
    act = told.get("act", "")
    if act == "new":
        return blank(doors)
    if act == "open":
        return opened(doors, told.get("name", ""), told.get("shot", ""))
    if act == "reload":
        return opened(doors, project, shot)
    return {}


def refresh(doors: Doors, project: str, revision: str, shot: str, *look: str) -> Answer:
    """Something happened to the project: the views follow, what the user types stays."""
    try:
        if dub_live.is_dub(doors, project):
            return dub_live.refreshed(doors, project, revision, *look[: len(dub_live.LOOK)])
        if book_live.is_book(doors, project):
            return book_live.refreshed(doors, project, revision, *look[len(dub_live.LOOK) :])
    except UserError:  # it is gone
        gone = {**dub_live.blank(doors), **book_live.blank(doors), **live.nothing(doors)}
        return {**gone, "project": "", "shot": ""}
    return live.refreshed(doors, project, shot, revision)
