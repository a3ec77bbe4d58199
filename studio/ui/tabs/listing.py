"""The list of projects and the card of the chosen one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import gradio as gr

from studio.core.index import SORTS, Query
from studio.core.session_info import SessionInfo
from studio.errors import StudioError
from studio.runs import works
from studio.runs.doors import Doors
from studio.runs.model import Run
from studio.ui import dub_live, making
from studio.ui.opening import blank, opened
from studio.ui.views import sessions as view
from studio.ui.views.words import plural
from studio.ui.wiring import Answer, notice

LIST = ("list-text", "list-kind", "list-state", "list-language", "list-page", "list-sort", "list-picked", "list-chosen")
"""What the browser says of its list with each request, in the order of ``Asked``."""
_MOST_TICKED = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the list a window shows: filters, page from 0, order, ticked names, the name whose card is open."""

    text: str = ""
    kind: str = ""
    state: str = ""
    language: str = ""
    page: str = ""
    sort: str = ""
    picked: str = ""
    chosen: str = ""

    @property
    def page_number(self) -> int:
        return int(self.page) if self.page.isdecimal() else 0

    @property
    def order(self) -> str:
        """Column and ``up`` or ``down``."""
        return self.sort or "updated down"

    @property
    def names(self) -> list[str]:
        """The ticked projects."""
        try:
            found = json.loads(self.picked or "[]")
        except ValueError:
            found = []
        return [str(name) for name in found] if isinstance(found, list) else []

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or self.kind or self.state or self.language)

    def renamed(self, old: str, new: str) -> Asked:
        """The same rows are ticked and open, though one is called ``new`` now."""
        names = [new if name == old else name for name in self.names]
        chosen = new if self.chosen == old else self.chosen
        return replace(self, picked=json.dumps(names) if names else "", chosen=chosen)

    @property
    def look(self) -> str:
        """As ``asked_before`` reads it."""
        return json.dumps({key: value for key, value in asdict(self).items() if value})

    def query(self) -> Query:
        """The question to the index."""
        column, _, direction = self.order.partition(" ")
        return Query(
            text=self.text, kind=self.kind, state=self.state, language=self.language, sort=column,
            is_descending=direction == "down", offset=self.page_number * view.PAGE_ROWS, limit=view.PAGE_ROWS,
        )  # fmt: skip


def asked_by(values: tuple[Any, ...]) -> Asked:
    """The values of the components named in ``LIST``."""
    return Asked(*(str(value or "") for value in values))


def asked_before(look: str) -> Asked:
    """What a window asked for before it was loaded again; all projects for one that is new."""
    try:
        said = json.loads(look or "{}")
    except ValueError:
        said = {}
    known = {field.name for field in fields(Asked)}
    return Asked(**{key: str(value) for key, value in said.items() if key in known} if isinstance(said, dict) else {})


def loaded(doors: Doors, look: str, project: str) -> Answer:
    """The list as this window had it before it was loaded again, with its filters and the card that was open."""
    asked = asked_before(look)
    if asked.order.partition(" ")[0] not in SORTS:
        asked = Asked()
    filters = {f"list-{key}": gr.update(value=getattr(asked, key)) for key in ("text", "kind", "state")}
    answer = listed(doors, asked, project, refill=bool(asked.chosen))
    return {**answer, **filters, "list-language": {**answer["list-language"], "value": asked.language}}


def listed(doors: Doors, asked: Asked, project: str, *, refill: bool = False) -> Answer:
    """The list, the trash, and what hangs on them. ``refill``: tags and notes become the chosen project's."""
    page = doors.keeper.search(asked.query())
    if asked.page_number and not page.rows:
        asked = replace(asked, page="0")
        page = doors.keeper.search(asked.query())
    return {
        "list": view.table(
            [_as_it_ended(doors, row) for row in page.rows], page.total, page=asked.page_number, chosen=asked.chosen, picked=asked.names, sort=asked.order,
            is_filtered=asked.is_filtered, look=asked.look,
        ),
        "list-language": gr.update(choices=view.language_choices(_languages(doors, asked.language))),
        "list-page": str(asked.page_number),
        "list-sort": asked.order,
        "list-picked": json.dumps(asked.names) if asked.names else "",
        "list-chosen": asked.chosen,
        "trash": view.trash(doors.keeper.trashed()),
        **_card(doors, asked.chosen, project, refill=refill),
        **points(doors, project),
    }  # fmt: skip


def _languages(doors: Doors, chosen: str) -> list[str]:
    known = doors.keeper.languages()
    return known if chosen in ("", *known) else [*known, chosen]


def _as_it_ended(doors: Doors, row: dict[str, Any]) -> dict[str, Any]:
    """The row; what its user stopped looks interrupted from the folder alone."""
    if row["state"] != "interrupted":
        return row
    making = [run for run in doors.runs.runs(project=str(row["name"])) if run.kind == "make"]
    return {**row, "state": "cancelled"} if making and making[0].status == "cancelled" else row


def _card(doors: Doors, chosen: str, project: str, *, refill: bool) -> Answer:
    hidden = {"info-notes": gr.update(visible=False), "health": gr.update(visible=False), "cleaning": "", "checked": ""}
    if not chosen:
        return {"info": view.info(None, is_open=False, exports=(), is_busy=False), **hidden}
    try:
        found = _by_plan(doors, doors.keeper.get_session_info(chosen))
    except StudioError:
        return {"info": view.info(None, is_open=False, exports=(), is_busy=False), "list-chosen": "", **hidden}
    runs = doors.runs.runs(project=chosen)
    answer: Answer = {
        "info": view.info(
            found, is_open=chosen == project, exports=[run for run in runs if run.kind == "export"],
            is_busy=any(run.is_active and run.kind == "make" for run in runs),
            book=_book_facts(doors, chosen) if found.kind == "manuscript" else None,
        ),
        "info-notes": gr.update(visible=True),
        "health": gr.update(visible=True),
        "checked": view.checked(_latest(runs, "verify")),
    }  # fmt: skip
    if refill:
        answer |= {
            "tags": gr.update(value=", ".join(found.tags)),
            "notes": gr.update(value=found.notes),
            "cleaning": "",
        }
    return answer


def _book_facts(doors: Doors, name: str) -> view.BookFacts | None:
    try:
        book, stats = doors.studio.manuscript(name), doors.studio.project(name).stats
    except StudioError:
        return None
    return view.BookFacts(
        author=book.author, language=book.language, chapters=len(book.chapters), words=book.word_count,
        pictures=int(stats.get("total_images", 0)), drawn=int(stats.get("images_generated", 0)),
    )  # fmt: skip


def _by_plan(doors: Doors, found: SessionInfo) -> SessionInfo:
    """The card with its steps as the next run sees them: what it would make again is not finished."""
    try:
        plan = doors.studio.plan(found.session_name)
    except StudioError:  # no film or dub, or one that cannot be read: as its folder says
        return found
    state = found.state
    if state in ("complete", "changed"):
        is_whole = state == "complete" or all(found.steps.values())  # else it was asked for the first steps only
        state = "changed" if making.is_changed(found.steps, plan) else "complete" if is_whole else "started"
    return replace(found, steps=making.steps_of(found.steps, plan), state=state)


def points(doors: Doors, project: str) -> Answer:
    """The save points of the open project, and which of its buttons can be used, with the reason."""
    is_locked = bool(project) and any(run.kind == "make" for run in doors.runs.active(project))
    try:
        found = doors.keeper.snapshots(project) if project else ()
    except StudioError:
        found, project = (), ""
    why = "" if project else "Save keeps the film that you are beginning; a copy or save point needs a saved one."
    why = "The film is being made: pause it to rename it or to go back." if is_locked else why
    return {
        "save-points": view.save_points(project, found, is_locked=is_locked),
        "save": gr.update(interactive=not is_locked),
        "save-copy": gr.update(interactive=bool(project) and not is_locked),
        "save-point": gr.update(interactive=bool(project) and not is_locked),
        "save-why": f'<p class="hint">{why}</p>' if why else "",
    }


def _latest(runs: tuple[Run, ...], kind: str) -> Run | None:
    return next((run for run in runs if run.kind == kind), None)


def refresh(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """Something happened somewhere: the list follows."""
    return listed(doors, asked_by(values), project)


def filtered(doors: Doors, project: str, revision: str, shot: str, *values: Any) -> Answer:
    """Other filters: from the first page."""
    return listed(doors, replace(asked_by(values), page="0"), project)


def act(doors: Doors, told: dict[str, str], project: str, revision: str, shot: str, *values: Any) -> Answer:
    """A click in the list or on the card."""
    asked, name = asked_by(values), told.get("name", "")
    if told["act"] in ("tick", "tick-page", "tick-all", "tick-none", "page", "sort", "clear", "show"):
        changed = _ticked(doors, asked, told["act"], name) or _browsed(asked, told, name)
        answer = listed(doors, changed, project, refill=told["act"] == "show")
        return {**answer, **(_no_filters() if told["act"] == "clear" else {})}
    if told["act"] == "load":
        return {
            **opened(doors, name),
            **listed(doors, replace(asked, chosen=name), name),
            **_go_to(doors, name),
        }
    return _kept(doors, told["act"], told, name, asked, project)


def _go_to(doors: Doors, name: str) -> Answer:
    if dub_live.is_dub(doors, name):
        return notice(f"{name} is open.", act="tab-dubbing", label="Go to the dub")
    return notice(f"{name} is open.", act="tab-film", label="Go to the film")


def _ticked(doors: Doors, asked: Asked, what: str, name: str) -> Asked | None:
    """With one more or less ticked, with the whole page, with everything that fits, with nothing; None for another click."""
    if not what.startswith("tick"):
        return None
    query = replace(asked.query(), offset=0, limit=_MOST_TICKED) if what == "tick-all" else asked.query()
    match what:
        case "tick":
            here = [name]
        case "tick-none":
            return replace(asked, picked="")
        case _:
            here = [str(row["name"]) for row in doors.keeper.search(query).rows]
    before = set(asked.names)
    others = [one for one in asked.names if one not in here]
    is_off = what != "tick-all" and before.issuperset(here)
    return replace(asked, picked=json.dumps(others if is_off else [*others, *here]))


def _browsed(asked: Asked, told: dict[str, str], name: str) -> Asked:
    match told["act"]:
        case "page":
            return replace(asked, page=told.get("page", "0"))
        case "sort":
            column = told.get("column", "updated")
            is_down = asked.order == f"{column} up" or (
                column in ("updated", "size") and asked.order != f"{column} down"
            )
            return replace(asked, sort=f"{column} {'down' if is_down else 'up'}", page="0")
        case "clear":
            return replace(asked, text="", kind="", state="", language="", page="0")
    return replace(asked, chosen=name)


def _no_filters() -> Answer:
    return {name: gr.update(value="") for name in ("list-text", "list-kind", "list-state", "list-language")}


def _kept(doors: Doors, what: str, told: dict[str, str], name: str, asked: Asked, project: str) -> Answer:
    """Exports and deletions, of one or of all that are ticked."""
    match what:
        case "export" | "export-slim":
            run = works.export(doors, name, is_slim=what == "export-slim")
            said = notice(f"Packing {name}. The download starts by itself.", kind="info", run=run.id)
        case "export-picked":
            ids = ",".join(works.export(doors, one, is_slim=False).id for one in asked.names)
            words = f"Packing {plural(len(asked.names), 'project')}. Each download starts by itself."
            said = notice(words, kind="info", run=ids)
        case "stop-work":
            doors.runs.cancel(told.get("run", ""))
            said = {}
        case "delete" | "delete-picked":
            return _deleted(doors, [name] if what == "delete" else asked.names, asked, project)
        case _:
            return {}
    return {**listed(doors, asked, project), **said}


def _deleted(doors: Doors, names: list[str], asked: Asked, project: str) -> Answer:
    for name in names:
        doors.runs.must_be_idle(name)
    outcomes = doors.keeper.delete_many(names)
    gone = [one.name for one in outcomes if not one.error]
    for name in gone:
        doors.changes.tell(name)
    still = replace(asked, picked="", chosen="" if asked.chosen in gone else asked.chosen)
    failed = [one.error for one in outcomes if one.error]
    words = f"{gone[0]} is in the trash." if len(gone) == 1 else f"{plural(len(gone), 'project')} are in the trash."
    said = notice(" ".join(failed), kind="error") if failed else notice(words)
    closed = blank(doors) if project in gone else {}
    return {**closed, **listed(doors, still, "" if project in gone else project), **said}
