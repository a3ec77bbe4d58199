"""Manuscript: a book's text in chapters, the moments that deserve a picture, their pictures, the bound book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from studio.core.saving import OlderSave, revision_of
from studio.errors import UserError
from studio.model.illustration import ManuscriptOptions
from studio.planning.books.styles import presets
from studio.runs import books
from studio.runs.doors import Doors
from studio.service.pictures import HEADER
from studio.ui import book_fields, book_live, making, reading
from studio.ui.book_fields import FIELDS, IDS, KEYS, OWN, STYLE_KEYS
from studio.ui.book_live import LOOK
from studio.ui.controls import build as build_fields
from studio.ui.shell import HERE
from studio.ui.views import manuscript as view
from studio.ui.views.film import plan_card
from studio.ui.wiring import Answer, Window, done, notice

_LATER = "() => window.studio && window.studio.later('book-save')"
_READ_ONLY = "manuscript"
_STYLE_FIELDS = (*STYLE_KEYS, "adaptations")


def build(window: Window) -> None:
    """Left what is illustrated and how, right the book."""
    with gr.Row(elem_classes=["halves"]):
        with gr.Column(scale=1, min_width=320, elem_classes=["inputs"]):
            _build_inputs(window)
        with gr.Column(scale=2, min_width=420, elem_classes=["results"]):
            window.view("book-downloads")
            window.view("book-picture")
            window.view("book-reader")
            window.view("book-gallery")


def _build_inputs(window: Window) -> None:
    window.view("book-bring", view.drop_zone())
    window.view("book-resumable")
    build_fields(window, FIELDS, "preset")
    window.view("book-preview")
    with gr.Accordion("The style in words", open=False, elem_id="book-style"):
        build_fields(window, FIELDS, *_STYLE_FIELDS)
    with gr.Accordion("Settings", open=False, elem_id="book-settings"):
        build_fields(window, FIELDS, *(key for key in KEYS if key not in ("preset", *_STYLE_FIELDS)))
    with gr.Row(elem_classes=["go"]):
        window.add(gr.Button("Make book", variant="primary", elem_id="book-make", size="md", min_width=110))
        window.button("book-plan-button", "Plan")
        window.button("book-pause", "Pause", interactive=False)
        window.add(gr.Button("Stop", variant="stop", elem_id="book-stop", size="sm", min_width=60, interactive=False))
    window.view("book-reason")
    window.view("book-job")
    window.view("book-plan")
    window.view("book-contents")
    for name in LOOK:
        window.value(name)


def wire(window: Window) -> None:
    """What each control does."""
    given = (*HERE, *LOOK, *IDS)
    names = ("book-make", "book-plan-button", "book-pause", "book-stop", "book-preset")
    part: dict[str, Any] = {name: window[name] for name in names}
    window.on(part["book-make"].click, make, given)
    window.on(part["book-plan-button"].click, plan, given)
    window.on(part["book-pause"].click, pause_or_resume, (*HERE, *LOOK))
    window.on(part["book-stop"].click, stop, (*HERE, *LOOK))
    window.on(part["book-preset"].input, choose_style, ("book-preset", "book-image"), trigger_mode="always_last")
    window.on_save("book-save", save, given)
    fields_here: list[Any] = [window[name] for name in IDS]
    choices = [one.input for one in fields_here if isinstance(one, gr.Dropdown)]
    gr.on(choices, None, js=_LATER, api_visibility="private")  # no event of the browser's own tells of a choice
    window.on_act("book-bring", on_brought, given)
    window.on_act("book-resumable", on_resumable, HERE)
    for name in ("book-contents", "book-reader", "book-picture", "book-gallery", "book-downloads"):
        window.on_act(name, on_book, (*HERE, *LOOK))


def make(
    doors: Doors, project: str, revision: str, shot: str, chapter: str, page: str, number: str, *values: Any
) -> Answer:  # fmt: skip
    """The book is saved as the fields have it and will be made; returns at once."""
    _needs(doors, project)
    kept(doors, project, revision, values)
    doors.runs.make(project)
    return _now(doors, project, chapter, page, number)


def plan(
    doors: Doors, project: str, revision: str, shot: str, chapter: str, page: str, number: str, *values: Any
) -> Answer:  # fmt: skip
    """What a run would make is shown; nothing is made."""
    _needs(doors, project)
    kept(doors, project, revision, values)
    answer = _now(doors, project, chapter, page, number)
    return {**answer, "book-plan": plan_card(doors.studio.plan(project), is_open=True)}


def save(
    doors: Doors, project: str, revision: str, shot: str, chapter: str, page: str, number: str, *values: Any
) -> Answer:  # fmt: skip
    """The fields are saved; those of a book that is not begun show their style and wait for its manuscript."""
    if not book_live.is_book(doors, project):
        options, _ = book_fields.gather(values)
        return {"book-preview": book_live.style_preview(options.style, options.image)}
    if not kept(doors, project, revision, values):
        return {}
    return _now(doors, project, chapter, page, number)


def kept(doors: Doors, project: str, revision: str, values: Sequence[Any]) -> bool:
    """The book has these fields; True if they are others than before.

    Raises OlderSave if another window saved it since this one loaded it.
    """
    now = doors.studio.project(project)
    before = ManuscriptOptions.model_validate(now.options)
    asked, most_usd = book_fields.gather(values, before.model_dump())
    limit = {} if most_usd == now.most_usd else {"most_usd": most_usd}
    if asked == before and not limit:
        return False
    doors.keeper.save_session(project, limit, if_revision=int(revision) if revision.isdecimal() else None)
    doors.studio.change_manuscript_options(project, asked.model_dump(mode="json"))
    doors.changes.tell(project)
    return True


def choose_style(doors: Doors, preset: str, image: str) -> Answer:
    """A preset's words are in the fields; one's own stay."""
    style = presets().get(preset)
    if style is None or preset == OWN:
        return {}
    values = book_fields.style_values(style)
    answer: Answer = {f"book-{key}": gr.update(value=values[key]) for key in _STYLE_FIELDS}
    return {**answer, "book-preview": book_live.style_preview(style, image)}


def on_brought(
    doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, chapter: str, page: str, number: str,
    *values: Any,
) -> Answer:  # fmt: skip
    """A manuscript came in: it has these fields, and its chapters are read."""
    from studio.ui.opening import opened

    name = told.get("name", "")
    if told.get("act") != "took" or not book_live.is_book(doors, name):
        return {}
    kept(doors, name, "", values)
    doors.runs.make(name, until=_READ_ONLY)
    return opened(doors, name)


def on_resumable(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str) -> Answer:
    """A book that was left is opened, and goes on if that was asked."""
    from studio.ui.opening import opened

    name = told.get("name", "")
    if told.get("act") == "resume":
        doors.runs.make(name)
    return opened(doors, name) if told.get("act") in ("resume", "open-book") else {}


def pause_or_resume(
    doors: Doors, project: str, revision: str, shot: str, chapter: str, page: str, number: str
) -> Answer:  # fmt: skip
    """A run at work stops after what it has in hand; one that was left goes on."""
    _needs(doors, project)
    return making.pause_or_resume(
        doors, project, lambda: book_live.refreshed(doors, project, revision, chapter, page, number)
    )


def stop(doors: Doors, project: str, revision: str, shot: str, chapter: str, page: str, number: str) -> Answer:
    """The run ends now; what is finished stays."""
    _needs(doors, project)
    making.stop(doors, project)
    return book_live.refreshed(doors, project, revision, chapter, page, number)


def on_book(
    doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, chapter: str, page: str, number: str
) -> Answer:  # fmt: skip
    """A chapter is opened or changed, a picture looked at or changed, a book bound."""
    _needs(doors, project)
    act = told.get("act", "")
    if act == "export":
        return making.export(doors, told, project, revision, shot)
    if act in _LOOKS:
        return book_live.refreshed(doors, project, revision, *_LOOKS[act](doors, told, project, chapter, page))
    if act in _WORKS:
        return _WORKS[act](doors, told, project)
    if act not in _CHANGES:
        return {}
    said = _CHANGES[act](doors, told, project)
    doors.changes.tell(project)
    answer = _now(doors, project, chapter, page, number)
    return {**answer, **done(), **(notice(said) if said else {})}


def _open_chapter(doors: Doors, told: dict[str, str], project: str, chapter: str, page: str) -> tuple[str, str, str]:
    return told.get("chapter", ""), "0", ""


def _turn_page(doors: Doors, told: dict[str, str], project: str, chapter: str, page: str) -> tuple[str, str, str]:
    return chapter, told.get("page", "0"), ""


def _open_picture(doors: Doors, told: dict[str, str], project: str, chapter: str, page: str) -> tuple[str, str, str]:
    wanted, number = told.get("chapter", ""), told.get("number", "")
    found = next(
        (one for one in doors.studio.pictures(project) if (str(one.chapter), str(one.number)) == (wanted, number)), None
    )
    if found is None:
        raise UserError("That picture is not there any more: load the page again.")
    text = next((one.content for one in doors.studio.manuscript(project).chapters if str(one.id) == wanted), "")
    return wanted, str(reading.page_of(text, found.moment.start_position) if found.moment else 0), number


def _close_picture(doors: Doors, told: dict[str, str], project: str, chapter: str, page: str) -> tuple[str, str, str]:
    return chapter, page, ""


_LOOKS = {"chapter": _open_chapter, "page": _turn_page, "picture": _open_picture, "close-picture": _close_picture}


def _edit(doors: Doors, told: dict[str, str], project: str) -> str:
    """A heading, a look or a prompt was left. Raises OlderSave if another window changed it since this one showed it."""
    value, was = told.get("value", ""), told.get("was", "")
    if told.get("cell") == "title":
        id_ = _number(told.get("line"))
        now = next((one for one in doors.studio.manuscript(project).chapters if one.id == id_), None)
        if now is None or now.title not in (was, value):
            raise OlderSave("Another window changed that heading.")
        doors.studio.rename_chapter(project, id_, value)
        return ""
    if told.get("cell") == "look":
        who = told.get("line", "")
        person = next((one for one in doors.studio.people(project) if one.name == who), None)
        if person is None or person.look not in (was, value):
            raise OlderSave("Another window changed that look.")
        doors.studio.edit_person(project, who, look=value)
        return ""
    chapter, _, number = told.get("line", "").partition(".")
    place = (_number(chapter), _number(number))
    found = next((one for one in doors.studio.pictures(project) if (one.chapter, one.number) == place), None)
    if found is None or found.prompt.prompt not in (was, value):
        raise OlderSave("Another window changed that picture.")
    if place[1] == HEADER:
        doors.studio.edit_header(project, place[0], value)
    else:
        doors.studio.edit_picture(project, *place, prompt=value)
    return ""


def _move(doors: Doors, told: dict[str, str], project: str) -> str:
    id_ = _number(told.get("chapter"))
    places = {one.id: one.number for one in doors.studio.manuscript(project).chapters}
    by = 1 if told.get("act") == "later" else -1
    doors.studio.move_chapter(project, id_, places.get(id_, 0) + by)
    return ""


def _merge(doors: Doors, told: dict[str, str], project: str) -> str:
    doors.studio.merge_chapters(project, _number(told.get("chapter")))
    return "They are one chapter. Make book reads it."


def _remove(doors: Doors, told: dict[str, str], project: str) -> str:
    doors.studio.remove_chapter(project, _number(told.get("chapter")))
    return "The chapter is out of the book."


def _split(doors: Doors, told: dict[str, str], project: str) -> str:
    made = doors.studio.split_chapter(project, _number(told.get("chapter")), _number(told.get("start")))
    return f"Chapter {made.number} is new. Make book reads both."


def _mark(doors: Doors, told: dict[str, str], project: str) -> str:
    start, end = _number(told.get("start")), _number(told.get("end"))
    doors.studio.add_picture(project, _number(told.get("chapter")), start, end)
    return "These words get a picture: Make book draws it."


def _retake(doors: Doors, told: dict[str, str], project: str) -> str:
    doors.studio.retake_picture(project, *_place(told))
    return "Make book draws it differently; this one stays as a take."


def _leave_out(doors: Doors, told: dict[str, str], project: str) -> str:
    doors.studio.edit_picture(project, *_place(told), is_left_out=told.get("act") == "leave-out")
    return ""


def _pick(doors: Doors, told: dict[str, str], project: str) -> str:
    doors.studio.pick_picture(project, *_place(told), told.get("take", ""))
    return "That take is chosen: Make book puts it into the book."


def _undo(doors: Doors, told: dict[str, str], project: str) -> str:
    return doors.studio.undo(project) if told.get("act") == "undo" else doors.studio.redo(project)


_CHANGES = {
    "undo": _undo, "redo": _undo,
    "edit": _edit, "earlier": _move, "later": _move, "merge": _merge, "remove": _remove, "split": _split,
    "mark": _mark, "retake": _retake, "leave-out": _leave_out, "put-back": _leave_out, "pick": _pick,
}  # fmt: skip


def _bind(doors: Doors, told: dict[str, str], project: str) -> Answer:
    run = books.bind(doors, project, (told.get("format", ""),))
    return notice("Binding it. It appears among the books in a moment.", kind="info", run=run.id)


def _film(doors: Doors, told: dict[str, str], project: str) -> Answer:
    run = books.to_film(doors, project)
    return notice("Taking its pictures over. The film opens by itself.", kind="info", run=run.id)


def _newer(doors: Doors, told: dict[str, str], project: str) -> Answer:
    """The newer file is the book's already: it is read, and nothing is drawn."""
    run = doors.runs.make(project, until=_READ_ONLY)
    return notice("Reading the newer file. Make book goes on with what it changes.", kind="info", run=run.id)


_WORKS = {"bind": _bind, "film": _film, "newer": _newer}


def _place(told: dict[str, str]) -> tuple[int, int]:
    return _number(told.get("chapter")), _number(told.get("number"))


def _number(text: object) -> int:
    said = str(text or "")
    if not said.isdecimal() or len(said) > 9:
        raise UserError("That is not there any more: load the page again.")
    return int(said)


def _needs(doors: Doors, project: str) -> None:
    if not book_live.is_book(doors, project):
        raise UserError("Bring a manuscript first: then there is something to do.")


def _now(doors: Doors, name: str, chapter: str, page: str, number: str) -> Answer:
    now = book_live.look(doors, name)
    revision = str(revision_of(now.project))
    answer = book_live.of(doors, now, revision, chapter, page, number)
    return {**answer, "project": name, "revision": revision, "saved-name": gr.update(value=name)}
