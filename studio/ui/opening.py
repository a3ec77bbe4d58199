"""Opening a project: every field and view of the page becomes the project's. Reloading the page is opening it again."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from studio.core.saving import revision_of
from studio.errors import StudioError
from studio.model.shot import Shot
from studio.runs.doors import Doors
from studio.ui import book_fields, book_live, dub_fields, dub_live, fields, film_now, live, scene_fields
from studio.ui.wiring import Answer, notice


def opened(doors: Doors, name: str, shot: str = "") -> Answer:
    """The page for project ``name``, with that shot open; for a new film without a name or if it cannot be opened."""
    if not name:
        return blank(doors)
    try:
        if dub_live.is_dub(doors, name):
            return _opened_dub(doors, name)
        if book_live.is_book(doors, name):
            return _opened_book(doors, name)
        now = film_now.look(doors, name)
    except StudioError as error:
        return {**blank(doors), **notice(str(error), kind="error")}
    is_there = shot.isdecimal() and now.shot(int(shot)) is not None
    return {
        "project": name,
        "revision": str(revision_of(now.project)),
        "shot": shot if is_there else "",
        "plan": "",
        "saved-name": gr.update(value=name),
        **dub_live.blank(doors, film=name),
        **book_live.blank(doors),
        **live.of(doors, now, shot if is_there else ""),
        **(shot_fields(now, int(shot)) if is_there else {}),
        **_all_fields(now),
    }


def _all_fields(now: film_now.FilmNow) -> Answer:
    """The fields of the tab that the open project is made on as it has them, the others as at first."""
    if now.project.kind == "scenes":
        own = scene_fields.shown(now.project, now.directory, is_locked=now.is_locked)
        return {**fields.shown(None, None, is_locked=True), **own}
    own = fields.shown(now.project, now.directory, is_locked=now.is_locked)
    return {**own, **scene_fields.shown(None, None)}


def blank(doors: Doors) -> Answer:
    """The page of a new film."""
    return {
        "project": "",
        "revision": "",
        "shot": "",
        "saved-name": gr.update(value=""),
        **dub_live.blank(doors),
        **book_live.blank(doors),
        **live.nothing(doors),
        **fields.shown(None, None),
        **scene_fields.shown(None, None),
    }


def _opened_dub(doors: Doors, name: str) -> Answer:
    """The page of a dub: its first finished language plays."""
    now = dub_live.look(doors, name)
    return {
        "project": name,
        "revision": str(revision_of(now.project)),
        "shot": "",
        "plan": "",
        "dub-plan": "",
        "saved-name": gr.update(value=name),
        **book_live.blank(doors),
        **dub_live.of(doors, now, page="0"),
        **dub_fields.shown(now.project, is_locked=now.is_locked),
        **fields.shown(None, None, is_locked=True),
        **scene_fields.shown(None, None),
    }


def _opened_book(doors: Doors, name: str) -> Answer:
    """The page of a book: its first chapter is read."""
    now = book_live.look(doors, name)
    return {
        "project": name,
        "revision": str(revision_of(now.project)),
        "shot": "",
        "plan": "",
        "book-plan": "",
        "saved-name": gr.update(value=name),
        **dub_live.blank(doors),
        **book_live.of(doors, now),
        **book_fields.shown(now.project, is_locked=now.is_locked),
        **fields.shown(None, None, is_locked=True),
        **scene_fields.shown(None, None),
    }


def shot_fields(now: film_now.FilmNow, index: int) -> Answer:
    """The fields of an open shot."""
    found = now.shot(index)
    if found is None:
        return {}
    shot = found[1].shot
    values = shot_values(shot)
    from studio.ui.views.camera import camera_card

    answer = {key: gr.update(value=value, interactive=not now.is_locked) for key, value in values.items()}
    return {**answer, "shot-was": json.dumps(values), "shot-move": camera_card(shot.camera or shot.motion_prompt)}


def shot_values(shot: Shot) -> dict[str, Any]:
    """What the fields of ``shot`` show, by ``elem_id``."""
    return {
        "shot-image": shot.image_prompt,
        "shot-motion": shot.motion_prompt,
        "shot-camera": shot.camera,
        "shot-narration": shot.narration,
        "shot-seconds": round(shot.duration_s, 2),
        "shot-seed": shot.seed,
    }
