"""The page: every tab is built, then every tab is wired; then it is put behind our own routes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studio.media.assets import asset_path
from studio.runs.doors import Doors

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
SCRIPTS = (
    "lean", "studio", "saying", "saving", "tabs", "importing", "live", "cells", "dubbing", "scenes", "manuscript",
)  # fmt: skip
"""The window's scripts in ``assets/window``: each adds what others may call to what ``studio`` gives; ``lean`` stands alone."""
_MONO = ("ui-monospace", "SF Mono", "Cascadia Mono", "Menlo", "Consolas", "monospace")
_QUEUE_RESTS_S = 1.0


def mount(app: FastAPI, doors: Doors) -> FastAPI:
    """``app`` shows the window at ``/``. Whatever was added to it before is asked first.

    Nothing is loaded from another computer and nothing is told to one; call it before anything else imports gradio.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("GRADIO_TEMP_DIR", str(doors.data_dir / "uploads"))
    import gradio as gr

    scripts = [asset_path(f"window/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    gr.mount_gradio_app(
        app,
        page(doors),
        path="/",
        theme=theme(),
        head=_style() + "".join(f"<script>{script}</script>" for script in scripts),
        favicon_path=str(asset_path("window/icon.png")),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        show_error=True,
    )
    return app


def page(doors: Doors) -> gr.Blocks:
    """The whole window, wired to ``doors``."""
    import gradio as gr

    from studio.ui import loading, shell
    from studio.ui.blocks import Page
    from studio.ui.tabs import dubbing, film, manuscript, scenes, sessions, settings
    from studio.ui.wiring import Window

    window = Window(doors)
    blocks = Page(title="AI Film Studio", analytics_enabled=False, fill_width=True, delete_cache=(3600, 86400))
    with blocks:
        shell.build_top(window)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Film", id="film", elem_id="tab-film"):
                film.build(window)
            with gr.Tab("Scene video", id="scenes", elem_id="tab-scenes"):
                scenes.build(window)
            with gr.Tab("Dubbing", id="dubbing", elem_id="tab-dubbing"):
                dubbing.build(window)
            with gr.Tab("Manuscript", id="manuscript", elem_id="tab-manuscript"):
                manuscript.build(window)
            with gr.Tab("Project Sessions", id="sessions", elem_id="tab-sessions"):
                sessions.build(window)
            with gr.Tab("Settings", id="settings", elem_id="tab-settings"):
                settings.build(window)
        shell.build_bottom(window)
        shell.wire(window)
        film.wire(window)
        scenes.wire(window)
        dubbing.wire(window)
        manuscript.wire(window)
        sessions.wire(window)
        settings.wire(window)
        window.listen()
        loading.wire(window, blocks)
    _rest(blocks)
    return blocks


def _rest(blocks: gr.Blocks) -> None:
    """Gradio's queue looks for work once a second.

    No event of the window goes through it, and Gradio has no parameter for how often it looks: by itself it does so
    1100 times a second, 7 % of a core while nothing happens (6.31, ``gradio/queueing.py``).
    """
    queue = blocks._queue
    queue.sleep_when_free = queue.progress_update_sleep_when_free = _QUEUE_RESTS_S


def _style() -> str:
    """The window's style sheet, for everything and once more with the weight to win over Gradio's own rules.

    Given to Gradio as ``css``, it would be rewritten rule by rule in the browser, twice, at each load (0.1 s).
    """
    rules = asset_path("window/studio.css").read_text(encoding="utf-8")
    return f"<style>{rules}\n.gradio-container.gradio-container .contain {{\n{rules}\n}}</style>"


def theme() -> gr.themes.Default:
    """Built in whole: fonts are the system's, colours indigo and slate, everything small."""
    import gradio as gr

    return gr.themes.Default(
        primary_hue="indigo", neutral_hue="slate", text_size="sm", spacing_size="sm", radius_size="sm",
        font=_FONTS, font_mono=_MONO,
    )  # fmt: skip
