"""The open scene video as it is now: everything on the Scene video tab but the fields that a user types into."""

from __future__ import annotations

import gradio as gr

from studio.errors import UserError
from studio.runs import old_videos
from studio.runs.doors import Doors
from studio.ui import fields, making, scene_fields
from studio.ui.film_now import FilmNow
from studio.ui.views import film as film_view
from studio.ui.views import scene_cards as cards_view
from studio.ui.views import scenes as view
from studio.ui.wiring import Answer

_HERE_IS_MADE = (
    '<p class="hint">The open project is a scene video: its script, settings and making are in '
    '<button type="button" class="btn small" data-tab="scenes">Scene video</button></p>'
)


def is_scenes(doors: Doors, name: str) -> bool:
    """True if the project ``name`` is there and a scene video."""
    return bool(name) and doors.studio.project(name).kind == "scenes"


def of(doors: Doors, now: FilmNow, shown: Answer) -> Answer:
    """The tab for ``now``, and what of the Film tab is left to it. ``shown``: the film's player, job and downloads."""
    said = making.buttons(doors, now, "scene video")
    cards = doors.studio.cards(now.name)
    board = view.Board(
        project=now.name, shots=now.shots, cards=cards, takes=doors.studio.clip_takes(now.name), versions=now.versions,
        problems=now.problems, changed=now.changed, due={one.shot.index: now.due(one) for one in now.shots},
        is_film_due=now.is_film_due, is_locked=now.is_locked,
    )  # fmt: skip
    return {
        "scene-player": shown["player"],
        "scene-downloads": shown["downloads"],
        "scene-job": shown["job"],
        "scene-board": view.board(board),
        "scene-places": cards_view.places(
            cards, is_locked=now.is_locked, can_undo=bool(shown["undo"]["interactive"]),
            can_redo=bool(shown["redo"]["interactive"]),
        ),
        "scene-write": gr.update(visible=not cards.scenes, interactive=not now.is_locked),
        "scene-own": view.own_files(is_begun=True),
        "scene-found": "",
        "scene-bring": gr.update(value=view.drop_zone(), visible=False),
        "scene-make": gr.update(value=_make_word(said.others), interactive=not now.is_locked),
        "scene-plan-button": gr.update(interactive=not now.is_locked),
        "scene-plan": "" if now.is_locked else gr.skip(),
        "scene-pause": gr.update(**said.pause),
        "scene-stop": gr.update(**said.stop),
        "scene-reason": said.why,
        **scene_fields.interactive(now.project, is_locked=now.is_locked),
        "job": "",
        "plan": "",
        "reason": _HERE_IS_MADE,
        "make": gr.update(value="Make video", interactive=False),
        **dict.fromkeys(("plan-button", "pause", "stop"), gr.update(interactive=False)),
        **dict.fromkeys(fields.IDS, gr.update(interactive=False)),
    }  # fmt: skip


def nothing(doors: Doors) -> Answer:
    """The tab of a scene video that is not begun, with what was found in the old directory that came last."""
    others = making.queue_length(doors)
    found = _found(doors)
    return {
        "scene-player": "" if found else film_view.player("", "", subtitles="", poster="", so_far=""),
        "scene-downloads": "",
        "scene-job": "",
        "scene-plan": "",
        "scene-reason": "",
        "scene-board": "" if found else view.no_board(is_begun=False),
        "scene-places": "",
        "scene-write": gr.update(visible=True, interactive=True),
        "scene-own": view.own_files(is_begun=False),
        "scene-found": found,
        "scene-bring": gr.update(visible=True),
        "scene-make": gr.update(value=_make_word(others), interactive=True),
        "scene-plan-button": gr.update(interactive=True),
        "scene-pause": gr.update(value="Pause", interactive=False),
        "scene-stop": gr.update(interactive=False),
        **scene_fields.interactive(None, is_locked=False),
    }


def _make_word(others: int) -> str:
    return f"Queue video ({others} active)" if others else "Make video"


def _found(doors: Doors) -> str:
    key = old_videos.newest(doors)
    try:
        return view.explanation(old_videos.explanation(doors, key), key) if key else ""
    except UserError:  # another window let it go at this moment
        return ""
