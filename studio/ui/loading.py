"""The page as a browser gets it: every part of it is built anew from what the server knows."""

from __future__ import annotations

import gradio as gr

from studio.runs.doors import Doors
from studio.ui.opening import opened
from studio.ui.tabs import listing, settings
from studio.ui.wiring import Answer, Window

_SAID_BY_ADDRESS = (
    "() => { const q = new URLSearchParams(location.search);"
    " let kept = ''; try { kept = localStorage.getItem('studio.project') || ''; } catch (e) {}"
    " const name = q.has('project') ? q.get('project') : kept;"
    " let look = ''; try { look = sessionStorage.getItem('studio.list') || ''; } catch (e) {}"
    " return [name, q.get('shot') || '', look]; }"
)


def wire(window: Window, page: gr.Blocks) -> None:
    """Loading the page fills it."""
    window.on_load(page, load, ("project", "shot", "asked-list"), js=_SAID_BY_ADDRESS)


def load(doors: Doors, project: str, shot: str, look: str = "") -> Answer:
    """All tabs, for the project and shot of the page's address; an unknown project is a new film and a notice.

    ``look``: how this browser tab saw the list of projects before.
    """
    film = opened(doors, project or "", shot or "")
    return {**film, **listing.loaded(doors, look, str(film["project"])), **settings.show(doors)}
