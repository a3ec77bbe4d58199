"""The open project as it is now: everything on the page but the fields that a user types into."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from studio.core.project import Project
from studio.core.saving import revision_of
from studio.engines import registry
from studio.errors import StudioError, UserError
from studio.model.film import FilmOptions
from studio.runs.doors import Doors
from studio.ui import fields, making, scene_live
from studio.ui.film_now import FilmNow, look
from studio.ui.views import film as film_view
from studio.ui.views import shots as shot_view
from studio.ui.views.words import engine_words, media_url, plural
from studio.ui.wiring import Answer

_RECENT = 8
_FIRST = (
    '<p class="hint">Make film makes it all by itself. Plan first shows what there is to make, how long it takes and what '
    "it costs.</p>"
)
RETAKES = {"image": "image", "video": "video", "narration": "tts"}
"""What can be taken again, and the kind of engine that makes it."""


def refreshed(doors: Doors, name: str, shot: str, revision: str) -> Answer:
    """What may have changed since the page was last told; fields stay as they are."""
    if not name:
        return nothing(doors)
    try:
        now = look(doors, name)
    except UserError:
        return {**nothing(doors), "project": "", "shot": ""}
    return of(doors, now, shot, revision)


def of(doors: Doors, now: FilmNow, shot: str, revision: str = "") -> Answer:
    """Every view and button for ``now``. ``revision``: the one the page's fields are of; empty if just loaded."""
    is_newer = revision.isdecimal() and int(revision) != revision_of(now.project)
    shown: Answer = {
        "header": header(doors, now.project, is_newer=is_newer),
        "player": _player(now),
        "board": shot_view.board(
            now.name, now.shots, now.versions, chosen=_number(shot), problems=now.problems, changed=now.changed,
            is_working=now.is_locked,
        ),
        "board-head": shot_view.board_head(now.shots, now.changed),
        "job": film_view.job_card(
            now.run, _steps(now), now.made.failures, ahead=now.made.ahead, left=now.made.left,
            is_changed=making.is_changed(now.project.steps, now.plan), places=now.places,
        ),
        "downloads": film_view.downloads(
            now.name, has_film="film.mp4" in now.versions, has_subtitles="film.srt" in now.versions,
            has_shots=bool(now.shots), version=now.versions.get("film.mp4", ""),
        ),
        **_buttons(doors, now),
        **_undo_buttons(doors, now),
        **editor_views(doors, now, _number(shot)),
    }  # fmt: skip
    is_scenes = now.project.kind == "scenes"
    return {**shown, **(scene_live.of(doors, now, shown) if is_scenes else scene_live.nothing(doors))}


def nothing(doors: Doors) -> Answer:
    """The page of a film that is not begun."""
    ahead = making.queue_length(doors)
    return {
        "header": header(doors, None, is_newer=False),
        "player": film_view.player("", "", subtitles="", poster="", so_far=""),
        "board": shot_view.board("", (), {}, chosen=0, problems={}, changed=(), is_working=False),
        "board-head": shot_view.board_head((), ()),
        "job": "",
        "plan": "",
        "downloads": "",
        "reason": f'<p class="hint">{plural(ahead, "film")} before it.</p>' if ahead else _FIRST,
        "make": gr.update(value=_make_word(ahead), interactive=True),
        "plan-button": gr.update(interactive=True),
        "pause": gr.update(value="Pause", interactive=False),
        "stop": gr.update(interactive=False),
        "undo": gr.update(interactive=False),
        "redo": gr.update(interactive=False),
        "editor": gr.update(visible=False),
        **dict.fromkeys(fields.IDS, gr.update(interactive=True)),
        **scene_live.nothing(doors),
    }


def editor_views(doors: Doors, now: FilmNow, index: int) -> Answer:
    """The open shot but for its fields."""
    found = now.shot(index)
    if found is None:
        return {"editor": gr.update(visible=False)}
    place, status = found
    takes = doors.studio.takes(now.name, index)
    free = gr.update(interactive=not now.is_locked)
    same = _unvarying(now.project)
    why = "The film is being made: pause it to change shots." if now.is_locked else _why_no_retake(same)
    buttons = (
        "retake-image",
        "retake-video",
        "retake-narration",
        "shot-left",
        "shot-right",
        "shot-insert",
        "shot-delete",
    )
    fields = ("shot-image", "shot-motion", "shot-camera", "shot-narration", "shot-seconds", "shot-seed")
    return {
        "editor": gr.update(visible=True),
        "shot-head": shot_view.shot_head(status, place, len(now.shots), is_changed=index in now.changed),
        "shot-preview": shot_view.preview(now.name, status, now.versions, now.problems.get(index, "")),
        "shot-takes": shot_view.takes_view(
            now.name, takes, now.versions, due=now.due(status), is_film_due=now.is_film_due, is_locked=now.is_locked
        ),
        "shot-why": f'<p class="hint">{why}</p>' if why else "",
        **dict.fromkeys((*buttons, *fields), free),
        **{f"retake-{what}": gr.update(interactive=not now.is_locked and what not in same) for what in RETAKES},
        "retake-narration": gr.update(
            visible=bool(now.project.options.get("narration", True)),
            interactive=not now.is_locked and "narration" not in same,
        ),
        "shot-left": gr.update(interactive=not now.is_locked and place > 1),
        "shot-right": gr.update(interactive=not now.is_locked and place < len(now.shots)),
    }


def _unvarying(project: Project) -> dict[str, str]:
    """Of what a retake would be the same again, by the engine that makes it."""
    options = FilmOptions.model_validate(project.options)
    found = {}
    for what, kind in RETAKES.items():
        try:
            engine = registry.engine(f"{kind}/{getattr(options, kind)}")
        except StudioError:
            continue
        if engine.is_deterministic and not engine.uses_seed:
            found[what] = engine_words(str(getattr(options, kind)))
    return found


def _why_no_retake(same: dict[str, str]) -> str:
    words = {"image": "picture", "video": "clip", "narration": "narration"}
    if not same:
        return ""
    made = " and ".join(f"{words[what]} ({engine})" for what, engine in same.items())
    return f"Unchanged words always give the same {made}: to get another, change the words."


def header(doors: Doors, project: Project | None, *, is_newer: bool) -> str:
    """Whose project is open."""
    at_work = [run.project for run in doors.runs.active() if run.kind == "make"]
    return film_view.header(
        project, revision=revision_of(project) if project else 0, recent=recent(doors), is_newer=is_newer,
        at_work=at_work[0] if at_work else "",
    )  # fmt: skip


def recent(doors: Doors) -> Sequence[tuple[str, str]]:
    """The films worked on last, as (name, title)."""
    from studio.core.index import Query

    rows = doors.keeper.search(Query(sort="updated", limit=_RECENT)).rows
    return [(str(row["name"]), str(row["title"] or "")) for row in rows]


def _player(now: FilmNow) -> str:
    pictures = [name for name in now.versions if name.startswith("images/") and name.endswith(".png")]
    shown = min(pictures, default="") if "film.mp4" in now.versions else max(pictures, default="")
    return film_view.player(
        now.name,
        now.versions.get("film.mp4", ""),
        subtitles="film.srt" if "film.srt" in now.versions else "",
        poster=media_url(now.name, shown, now.versions[shown], thumb_px=640) if shown else "",
        so_far=f"{len(pictures)} of {plural(len(now.shots), 'picture')}" if now.shots else "",
    )


def _buttons(doors: Doors, now: FilmNow) -> Answer:
    said = making.buttons(doors, now, "film")
    return {
        "make": gr.update(value=_make_word(said.others), interactive=not now.is_locked),
        "plan-button": gr.update(interactive=not now.is_locked),
        "plan": "" if now.is_locked else gr.skip(),
        "pause": gr.update(**said.pause),
        "stop": gr.update(**said.stop),
        "reason": said.why,
        **dict.fromkeys(fields.IDS, gr.update(interactive=not now.is_locked)),
    }


def _make_word(others: int) -> str:
    return f"Queue film ({others} active)" if others else "Make film"


def _undo_buttons(doors: Doors, now: FilmNow) -> Answer:
    undo, redo = doors.studio.can_undo(now.name) if now.shots else (False, False)
    return {
        "undo": gr.update(interactive=undo and not now.is_locked),
        "redo": gr.update(interactive=redo and not now.is_locked),
    }


def _steps(now: FilmNow) -> dict[str, bool]:
    steps = making.steps_of(now.project.steps, now.plan)
    if now.run and now.run.is_active and now.run.step and now.run.step not in steps:
        film = {"film": steps.pop("film", False)}
        steps |= {now.run.step: False, **film}
    return steps


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
