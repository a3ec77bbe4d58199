"""The lines of a dub: every cell saves itself, every line can be cut, joined, spoken again or left out."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from studio.errors import BadInput, UserError
from studio.planning.dubbing import line_edits
from studio.runs.doors import Doors
from studio.ui import dub_fields, dub_live
from studio.ui.dub_live import LOOK
from studio.ui.shell import HERE
from studio.ui.views import dub_lines as lines_view
from studio.ui.wiring import Answer, Window, done, notice


def build(window: Window) -> None:
    """The table with what stands over it."""
    with gr.Row(elem_classes=["board-bar"]):
        window.view("dub-lines-head")
        window.button("dub-undo", "Undo", visible=False)
        window.button("dub-redo", "Redo", visible=False)
    with gr.Accordion(
        "Find and replace", open=False, visible=False, elem_id="dub-replace-row", elem_classes=["folded"]
    ) as box:
        window.add(box)
        _build_replace(window)
    window.view("dub-why")
    window.view("dub-lines")


def _build_replace(window: Window) -> None:
    with gr.Row(elem_classes=["name-row", "replace-row"]):
        window.add(gr.Textbox(label="Find", elem_id="dub-find", min_width=110, max_lines=1))
        window.add(gr.Textbox(label="Replace with", elem_id="dub-put", min_width=110, max_lines=1))
        window.add(gr.Dropdown([("The original", "")], value="", label="In", elem_id="dub-where", min_width=110))
        window.add(gr.Button("Replace all", elem_id="dub-replace", size="sm", min_width=96))


def wire(window: Window) -> None:
    """What each control does."""
    window.on_act("dub-lines", act, (*HERE, *LOOK))
    window.on_act("dub-review", act, (*HERE, *LOOK))
    button: dict[str, Any] = {name: window[name] for name in ("dub-replace", "dub-undo", "dub-redo")}
    window.on(button["dub-undo"].click, undo, (*HERE, *LOOK))
    window.on(button["dub-redo"].click, redo, (*HERE, *LOOK))
    window.on(button["dub-replace"].click, replace_all, (*HERE, *LOOK, "dub-find", "dub-put", "dub-where"))


def act(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, shown: str, page: str) -> Answer:
    """A cell was changed, or a button of a line pressed."""
    what, line = told.get("act", ""), told.get("line", "")
    if what == "page":
        return {
            "dub-page": told.get("page", "0"),
            **dub_live.lines(dub_live.look(doors, project), told.get("page", "0")),
        }
    if what == "goto":
        now = dub_live.look(doors, project)
        place = str(lines_view.page_of(now.lines, line))
        return {"dub-page": place, **dub_live.lines(now, place)}
    said = _change(doors, project, what, line, told)
    return {} if said is None else _told(doors, project, revision, shown, page, said)


def _change(doors: Doors, project: str, what: str, line: str, told: dict[str, str]) -> str | None:
    """Make the change; returns what is told of it, None if there was none to make."""
    match what:
        case "edit":
            _edit(doors, project, line, told)
            return ""
        case "split":
            at = told.get("at", "")
            if not at.isdigit():
                raise UserError("Put the cursor before the word that begins the new line, then press Split.")
            doors.studio.edit_lines(project, lambda lines: line_edits.split_line(lines, line, at_word=int(at)))
            return ""
        case "merge":
            doors.studio.edit_lines(project, lambda lines: line_edits.merge_with_next(lines, line))
            return ""
        case "drop-line":
            doors.studio.edit_lines(project, lambda lines: line_edits.drop_line(lines, line))
            return f"Line {line} is out of the dub."
        case "retake":
            doors.studio.retake_line(project, line, told.get("lang", ""))
            return f"Dub speaks line {line} again."
    return None


def _edit(doors: Doors, project: str, line: str, told: dict[str, str]) -> None:
    cell, value = told.get("cell", ""), told.get("value", "")
    match cell:
        case "text":
            doors.studio.edit_lines(project, lambda lines: line_edits.retext(lines, line, value))
        case "speaker":
            doors.studio.edit_lines(project, lambda lines: line_edits.set_speaker(lines, [line], value))
        case "start" | "end":
            at_s = _seconds(value)
            was = next((one for one in doors.studio.source_lines(project) if one.id == line), None)
            if was is None:
                raise UserError(f"Line {line} is not there any more.")
            start_s, end_s = (at_s, was.end_s) if cell == "start" else (was.start_s, at_s)
            doors.studio.edit_lines(project, lambda lines: line_edits.retime(lines, line, start_s=start_s, end_s=end_s))
        case "gain":
            gain_db = dub_fields.gain_of(value)
            doors.studio.edit_lines(project, lambda lines: line_edits.set_gain(lines, line, gain_db))
        case "translation":
            doors.studio.translate_by_hand(project, told.get("lang", ""), {line: value})
        case _:
            raise UserError("There is nothing of that kind to change.")


def _seconds(text: str) -> float:
    """``12.5``, ``12,5`` or ``1:02.5`` in seconds. Raises BadInput."""
    try:
        seconds = 0.0
        for part in text.strip().replace(",", ".").split(":"):
            seconds = 60 * seconds + float(part)
    except ValueError as error:
        raise BadInput(f"“{text}” is no time: write seconds (12.5) or minutes and seconds (1:02.5).") from error
    return seconds


def replace_all(
    doors: Doors, project: str, revision: str, shot: str, shown: str, page: str, find: str, put: str, where: str
) -> Answer:  # fmt: skip
    """Every occurrence of a word in the original, or in one language, becomes another."""
    if not dub_live.is_dub(doors, project):
        raise UserError("Open a dub first.")
    count = doors.studio.replace_in_lines(project, find, put, language=where)
    if not count:
        return notice(f"“{find}” is nowhere as a whole word.", kind="info")
    return _told(doors, project, revision, shown, page, f"{count} replaced.")


def undo(doors: Doors, project: str, revision: str, shot: str, shown: str, page: str) -> Answer:
    """The last change of lines or translations is taken back."""
    return _told(doors, project, revision, shown, page, doors.studio.undo_lines(project))


def redo(doors: Doors, project: str, revision: str, shot: str, shown: str, page: str) -> Answer:
    """What was taken back last is there again."""
    return _told(doors, project, revision, shown, page, doors.studio.redo_lines(project))


def cast_with(cast: str, told: dict[str, str]) -> str:
    """The casting with one voice, translator or level changed, as JSON. Raises BadInput."""
    found = dub_fields.cast_of(cast)
    language, value, who = told.get("lang", ""), told.get("value", ""), told.get("who", "")
    if told.get("set") == "translator":
        found["translators"][language] = value
    elif told.get("set") == "gain":
        found["language_gain_db"][language] = dub_fields.gain_of(value)
    elif who:
        found["casting"][who] = {**(found["casting"].get(who) or {}), language: value}
    else:
        found["voices"][language] = value
    return json.dumps(found)


def _told(doors: Doors, project: str, revision: str, shown: str, page: str, said: str) -> Answer:
    doors.changes.tell(project)
    return {
        **dub_live.refreshed(doors, project, revision, shown, page),
        **done(),
        **(notice(said) if said else {}),
    }
