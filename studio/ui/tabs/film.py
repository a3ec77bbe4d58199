"""Film: from an idea, a script or prompts to a film, watched while it grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from studio.core.project import Project, title_line
from studio.core.saving import revision_of
from studio.errors import UserError
from studio.looking import ShotStatus
from studio.model.film import FilmOptions
from studio.runs.doors import Doors
from studio.steps.filming import names
from studio.ui import fields, film_now, live, making
from studio.ui.opening import shot_fields
from studio.ui.shell import HERE
from studio.ui.tabs import shots
from studio.ui.views import film as film_view
from studio.ui.wiring import Answer, Window, notice

_LATER = "() => window.studio && window.studio.later('film-save')"

_FILE = (
    '<label class="btn"><span>Choose a file…</span><input type="file" class="unseen" data-text-for="film-words" '
    'accept=".txt,.md,.fountain,.json,text/plain"></label>'
)
"""Its text goes into the big field, to be looked at before anything is made; the page's script reads it."""


def build(window: Window) -> None:
    """Left what the film is made from, right the film."""
    with gr.Row(elem_classes=["halves"]):
        with gr.Column(scale=1, min_width=320, elem_classes=["inputs"]):
            _build_inputs(window)
        with gr.Column(scale=2, min_width=420, elem_classes=["results"]):
            window.view("player")
            window.view("downloads")
            with gr.Row(elem_classes=["board-bar"]):
                window.view("board-head")
                window.button("undo", "Undo", interactive=False)
                window.button("redo", "Redo", interactive=False)
            shots.build(window)
            window.view("board")


def _build_inputs(window: Window) -> None:
    fields.build(window, "kind")
    fields.build(window, "words")
    window.view("film-file", _FILE, visible=False)
    with gr.Accordion("Settings", open=False, elem_id="film-settings"):
        fields.build(window, *fields.KEYS[2:])
    with gr.Row(elem_classes=["go"]):
        window.add(gr.Button("Make film", variant="primary", elem_id="make", size="md", min_width=110))
        window.button("plan-button", "Plan")
        window.button("pause", "Pause", interactive=False)
        window.add(gr.Button("Stop", variant="stop", elem_id="stop", size="sm", min_width=60, interactive=False))
    window.view("reason")
    window.view("job")
    window.view("plan")


def wire(window: Window) -> None:
    """What each control does."""
    given = (*HERE, *fields.IDS)
    button: dict[str, Any] = {name: window[name] for name in ("make", "plan-button", "pause", "stop", "undo", "redo")}
    window.on(button["make"].click, make, given)
    window.on(button["plan-button"].click, plan, given)
    window.on_save("film-save", save, given)
    window.on(button["pause"].click, pause_or_resume, HERE)
    window.on(button["stop"].click, stop, HERE)
    window.on(button["undo"].click, undo, HERE)
    window.on(button["redo"].click, redo, HERE)
    kind: Any = window["film-kind"]
    window.on(kind.input, choose_kind, ("film-kind",))
    for name in ("film-image", "film-video"):
        chosen: Any = window[name]
        window.on(chosen.input, choose_engine, ("film-image", "film-video"))
    fields_here: list[Any] = [window[name] for name in fields.IDS]
    choices = [one.input for one in fields_here if isinstance(one, gr.Dropdown)]
    gr.on(choices, None, js=_LATER, api_visibility="private")  # no event of the browser's own tells of a choice
    for view in ("board", "job"):
        window.on_act(view, on_shot, HERE)
    window.on_act("downloads", making.export, HERE)
    shots.wire(window)


def make(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """The film is saved as the fields have it and will be made; returns at once."""
    name = kept(doors, project, revision, values)
    _check_words(doors, name)
    doors.runs.make(name)
    return _now(doors, name, shot)


def _check_words(doors: Doors, name: str) -> None:
    """Raises UserError that names the shots nobody has said anything about: they would be drawn at random."""
    shots = enumerate(doors.studio.shots(name), start=1)
    empty = [str(place) for place, status in shots if not (status.shot.image_prompt.strip() or _has_picture(status))]
    if empty:
        which = f"Shot {empty[0]} has" if len(empty) == 1 else f"Shots {', '.join(empty)} have"
        raise UserError(f"{which} no words yet: say what the picture shows, then make the film.")


def _has_picture(status: ShotStatus) -> bool:
    """True for a shot whose picture somebody brought: it needs no words."""
    return status.mark != "TODO" and names.image(status.shot.index) not in status.stale


def plan(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """What a run would make is shown; nothing is made."""
    name = kept(doors, project, revision, values)
    found, answer = doors.studio.plan(name), _now(doors, name, shot)
    places = film_now.places_of(doors.studio.shots(name, found))
    return {**answer, "plan": film_view.plan_card(found, is_open=True, places=places)}


def save(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """The fields are saved. A new film is not, until it is planned, made or named."""
    if not project:
        return {}
    return _now(doors, kept(doors, project, revision, values), shot)


def kept(doors: Doors, project: str, revision: str, values: Sequence[Any]) -> str:
    """The project with these fields, made if there is none; returns its name.

    Raises OlderSave if another window saved it since this one loaded it.
    """
    before = doors.studio.project(project) if project else None
    if before and before.kind != "film":  # its own tab saves it
        return project
    kind, words, options, most_usd = fields.gather(values, before.options if before else None)
    if before is None:
        with fields.source_file(kind, words) as (source, brought):
            name = doors.studio.create_film(source, options, brought=brought)
        if most_usd is not None:
            doors.studio.limit_spending(name, most_usd)
        doors.changes.tell(name)
        return name
    has_new_words = _has_new_words(doors, before, kind, words)
    has_new_options = _differ(FilmOptions.model_validate(before.options), options)
    limit = {} if most_usd == before.most_usd else {"most_usd": most_usd}
    if not (has_new_words or has_new_options or limit):
        return project
    doors.keeper.save_session(project, limit, if_revision=int(revision) if revision.isdecimal() else None)
    if has_new_options:
        doors.studio.set_options(project, options)
    if has_new_words:
        listed = fields.listed(before, doors.studio.directory(project))
        with fields.source_file(kind, words, listed) as (source, brought):
            doors.studio.set_source(project, source, brought=brought)
        if kind == "idea" and before.title in ("", title_line(before.idea)):  # nobody gave it another
            doors.studio.set_title(project, words)
    doors.changes.tell(project)
    return project


def _has_new_words(doors: Doors, before: Project, kind: str, words: str) -> bool:
    was = str(before.source.get("kind", "idea"))
    if kind != ("script" if was == "story" else was):
        return True
    directory = doors.studio.directory(before.session_name)
    shown = fields.source_words(before, directory)
    return words != shown and not (fields.listed(before, directory) and fields.as_listed(words) == shown)


def _differ(before: FilmOptions, after: FilmOptions) -> bool:
    if not (before.narration or after.narration):  # who does not speak has no voice
        return before.model_copy(update={"tts": after.tts, "voice": after.voice, "language": after.language}) != after
    return before != after


def pause_or_resume(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """A run at work stops after what it has in hand; one that was left goes on."""
    return making.pause_or_resume(doors, project, lambda: live.refreshed(doors, project, shot, revision))


def stop(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """The run ends now; what is finished stays."""
    making.stop(doors, project)
    return live.refreshed(doors, project, shot, revision)


def undo(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """The last change of shots is taken back."""
    return _stepped(doors, project, revision, shot, doors.studio.undo(project))


def redo(doors: Doors, project: str, revision: str, shot: str) -> Answer:
    """What was taken back last is there again."""
    return _stepped(doors, project, revision, shot, doors.studio.redo(project))


def _stepped(doors: Doors, project: str, revision: str, shot: str, said: str) -> Answer:
    doors.changes.tell(project)
    now = film_now.look(doors, project)
    still = shot if shot.isdecimal() and now.shot(int(shot)) else ""
    changed = shot_fields(now, int(still)) if still else {}
    return {**live.of(doors, now, still, revision), **changed, "shot": still, **notice(said)}


def on_shot(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """A card opens its shot; the open one's card closes it."""
    if told.get("act") != "shot" or not project:
        return {}
    wanted = told.get("shot", "")
    now = film_now.look(doors, project)
    if wanted == shot:
        return {"shot": "", **live.of(doors, now, "", revision)}
    if not wanted.isdecimal() or now.shot(int(wanted)) is None:
        raise UserError(f"{project} has no shot {wanted}.")
    return {"shot": wanted, **live.of(doors, now, wanted, revision), **shot_fields(now, int(wanted))}


def choose_kind(doors: Doors, kind: str) -> Answer:
    """The big field asks for what was chosen."""
    return {"film-words": gr.update(**fields.words_of(kind)), "film-file": gr.update(visible=kind != "idea")}


def choose_engine(doors: Doors, image: str, video: str) -> Answer:
    """What only some engines can do is offered for these."""
    return fields.for_engines(image, video)


def _now(doors: Doors, name: str, shot: str) -> Answer:
    project = doors.studio.project(name)
    revision = str(revision_of(project))
    answer = live.refreshed(doors, name, shot, revision)
    return {**answer, "project": name, "revision": revision, "saved-name": gr.update(value=name)}
