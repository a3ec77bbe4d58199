"""The list of projects, one project's card, save points, trash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.cleanup import Cleaning, Kind
from studio.core.session_info import SessionInfo
from studio.core.snapshots import Snapshot
from studio.core.trash import Deleted
from studio.media.languages import language_name
from studio.runs.model import Run
from studio.ui.views.words import (
    STEP_WORDS,
    act_button,
    by_shots,
    chip,
    empty,
    esc,
    icon,
    language,
    media_url,
    moment,
    plural,
    shown_voice,
    size,
    state_chip,
)

_KINDS = {
    "film": "Film",
    "scenes": "Scene video",
    "dub": "Dubbing",
    "manuscript": "Manuscript",
    "story": "Story",
    "": "Unknown",
}
_COLUMNS = (("name", "Project"), ("kind", "Kind"), ("state", "State"), ("updated", "Updated"), ("size", "Size"))
_SPACE_WORDS: dict[Kind, str] = {
    "takes": "Earlier takes that nothing needs",
    "snapshots": "Old save points (the newest 3 stay)",
    "tmp": "Half-made files",
}
PAGE_ROWS = 20
_LANGUAGES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What an illustrated book holds; ``drawn`` of its ``pictures`` are there."""

    author: str
    language: str
    chapters: int
    words: int
    pictures: int
    drawn: int


def table(
    rows: Sequence[Mapping[str, Any]], total: int, *, page: int, chosen: str, picked: Sequence[str], sort: str, is_filtered: bool,
    look: str,
) -> str:  # fmt: skip
    """The asked page of the list; ``picked`` have their box ticked, ``chosen`` is shown beside.

    ``look`` says all of that in one text: the browser keeps it and asks for the same after a reload.
    """
    shown = _table(rows, total, page, chosen, picked, sort) if rows else _no_rows(is_filtered=is_filtered)
    return f'<div data-look="{esc(look)}">{shown}</div>'


def language_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """What the list can be narrowed to."""
    return [("Every language", ""), *sorted((language(code), code) for code in codes)]


def _no_rows(*, is_filtered: bool) -> str:
    if is_filtered:
        return empty(
            "Nothing fits", "No project has all of that. Take a filter away.", act_button("Show all", "clear"), "folder"
        )
    action = '<button type="button" class="btn primary" data-tab="film">Make the first film</button>'
    return empty("No projects yet", "Every film is kept here, finished or not.", action, "folder")


def _table(
    rows: Sequence[Mapping[str, Any]], total: int, page: int, chosen: str, picked: Sequence[str], sort: str
) -> str:
    column, _, direction = sort.partition(" ")
    heads = "".join(_head(key, word, column, direction) for key, word in _COLUMNS)
    ticked = set(picked)
    body = "".join(_row(row, chosen=chosen, is_picked=row["name"] in ticked) for row in rows)
    missing = sum(row["name"] not in ticked for row in rows)
    every = " checked" if not missing else " data-some" if missing < len(rows) else ""
    return (
        '<table class="list"><caption class="sr">Projects</caption><thead><tr><th scope="col"><input type="checkbox" '
        f'data-act="tick-page" aria-label="Choose all of this page"{every}></th>'
        f'<th scope="col"><span class="sr">Picture</span></th>{heads}</tr></thead><tbody>{body}</tbody></table>'
        f'{_foot(total, page, len(rows), picked, is_page_picked=not missing)}'
    )  # fmt: skip


def _head(key: str, word: str, column: str, direction: str) -> str:
    is_sorted = key == column
    aria = f' aria-sort="{"descending" if direction == "down" else "ascending"}"' if is_sorted else ""
    mark = (" ↓" if direction == "down" else " ↑") if is_sorted else ""
    return f'<th scope="col"{aria}><button type="button" data-act="sort" data-column="{key}">{word}{mark}</button></th>'


def _row(row: Mapping[str, Any], *, chosen: str, is_picked: bool) -> str:
    name = str(row["name"])
    thumb = str(row["thumbnail"] or "")
    version = str(row["folder_mtime_ns"])
    address = esc(media_url(name, thumb, version, thumb_px=160))
    picture = f'<img loading="lazy" alt="" src="{address}">' if thumb else ""
    title = str(row["title"] or "")
    tags = "".join(chip(str(tag)) for tag in row["tags"] or ())
    kind = _KINDS.get(str(row["kind"]), str(row["kind"]))
    return (
        f'<tr data-row="{esc(name)}" class="{"chosen" if name == chosen else ""}"><td><input type="checkbox" data-act="tick" data-name="{esc(name)}"'
        f' aria-label="Choose {esc(name)}"{" checked" if is_picked else ""}></td><td class="thumb">{picture}{icon("film")}</td>'
        f'<th scope="row"><button type="button" class="row-name" data-act="show" data-name="{esc(name)}" aria-pressed="{str(name == chosen).lower()}">'
        f"<b>{esc(name)}</b><span>{esc(title if title != name else '')}</span></button>{tags}</th>"
        f'<td>{esc(kind)}<span class="hint"> {esc(_languages(row["languages"] or ()))}</span></td><td>{state_chip(str(row["state"]))}</td>'
        f'<td>{moment(str(row["last_updated"]))}</td><td class="number">{size(int(row["size_bytes"]))}</td></tr>'
    )


def _languages(codes: Sequence[str]) -> str:
    names = [language_name(str(code)) for code in codes]
    more = f" and {len(names) - _LANGUAGES_SHOWN} more" if len(names) > _LANGUAGES_SHOWN else ""
    return ", ".join(names[:_LANGUAGES_SHOWN]) + more


def _foot(total: int, page: int, shown: int, picked: Sequence[str], *, is_page_picked: bool) -> str:
    first = page * PAGE_ROWS + 1
    back = act_button("Back", "page", {"page": page - 1}, disabled=page == 0)
    on = act_button("Next", "page", {"page": page + 1}, disabled=first + shown > total)
    several = ""
    if picked:
        names = ", ".join(picked[:5]) + (f" and {len(picked) - 5} more" if len(picked) > 5 else "")
        rest = act_button(f"Choose all {total}", "tick-all") if is_page_picked and len(picked) < total else ""
        several = (
            f'<div class="several" role="group" aria-label="Chosen projects"><b>{len(picked)} chosen</b>{rest}'
            f"{act_button('Export', 'export-picked', icon='down')}"
            + act_button(
                "Delete", "delete-picked", kind="danger", icon="trash", heading=f"Delete {plural(len(picked), 'project')}?",
                ask=f"{names} will be moved to the trash, where they can be brought back.", verb="Move to trash",
            )
            + f"{act_button('Choose none', 'tick-none', kind='ghost')}</div>"
        )  # fmt: skip
    return f'<div class="list-foot"><span class="hint">{first}–{first + shown - 1} of {total}</span>{back}{on}{several}</div>'


def info(
    found: SessionInfo | None, *, is_open: bool, exports: Sequence[Run], is_busy: bool, book: BookFacts | None = None
) -> str:  # fmt: skip
    """All about one project; ``book`` is what it holds if it is one."""
    if found is None:
        return empty("No project chosen", "Choose one in the list to see what is in it.", icon_name="folder")
    name = found.session_name
    done = sum(found.steps.values())
    steps = "".join(
        f'<li class="{"ok" if is_done else ""}">{icon("done" if is_done else "todo")} {esc(STEP_WORDS.get(step, step))}'
        f'<span class="sr">{" done" if is_done else " to do"}</span></li>'
        for step, is_done in found.steps.items()
    )
    progress = (
        f'<h3>Progress <span>{done} of {len(found.steps)} steps</span></h3><ul class="steps">{steps}</ul>'
        if steps
        else ""
    )
    space = found.space
    facts = {
        _KINDS.get(found.kind, found.kind): f"{esc(found.video_name or found.title or name)} {state_chip(found.state)}",
        **(_book_facts(book) if book else {"Languages": esc(", ".join(map(language, found.languages))) or "none"}),
        "Created": moment(found.created_at),
        "Updated": moment(found.last_updated),
        "Files": (f"{plural(found.file_count, 'file')}, {size(space.total_bytes)}" if found.file_count else "none yet")
        + (f' <span class="hint">({_or_none(space.takes_bytes, "takes")}, {_or_none(space.snapshots_bytes, "save points")})</span>'
           if space.takes_bytes or space.snapshots_bytes else ""),
    }  # fmt: skip
    if not book:
        spoken = (f"{language_name(code)}: {shown_voice(voice)}" for code, voice in found.voice_assignments.items())
        facts["Voices"] = esc(", ".join(spoken)) or "none"
    rows = "".join(f"<dt>{esc(word)}</dt><dd>{value}</dd>" for word, value in facts.items())
    problems = "".join(f"<li>{icon('problem')}<span>{esc(by_shots(text))}</span></li>" for text in found.problems)
    return (
        f'<section class="card info" aria-label="About {esc(name)}"><p class="sr" role="status">About {esc(name)}</p>'
        f'<button type="button" class="btn small ghost to-list" data-to-list>↑ Back to the list</button>'
        f'<div class="info-head"><h2 class="panel-head" tabindex="-1">{esc(name)}</h2>{_info_actions(name, is_open=is_open, is_busy=is_busy)}</div>'
        f'<dl class="facts">{rows}</dl>{progress}'
        f"{f'<h3>Problems</h3><ul class=problems>{problems}</ul>' if problems else ''}{exported(exports)}</section>"
    )


def _or_none(count_bytes: int, what: str) -> str:
    return f"{size(count_bytes)} {what}" if count_bytes else f"no {what}"


def _book_facts(book: BookFacts) -> dict[str, str]:
    """What is known of it: what it has not is left out."""
    known = {
        "Author": esc(book.author),
        "Language": esc(language(book.language)) if book.language else "",
        "Chapters": f"{plural(book.chapters, 'chapter')}, {book.words:,} words" if book.chapters else "",
        "Pictures": f"{book.drawn} of {book.pictures} drawn" if book.pictures else "",
    }
    return {word: value for word, value in known.items() if value}


def _info_actions(name: str, *, is_open: bool, is_busy: bool) -> str:
    told = {"name": name}
    load = (
        chip("open here", "good", "done")
        if is_open
        else act_button("Load", "load", told, kind="primary", title="Open this project")
    )
    delete = act_button(
        "Delete…", "delete", told, kind="danger", icon="trash", disabled=is_busy,
        title="It is being worked on: stop that first" if is_busy else "",
        heading=f"Delete {name}?", ask=f"{name} will be moved to the trash, where it can be brought back.", verb="Move to trash",
    )  # fmt: skip
    return (
        f'<div class="row-go">{load}{act_button("Export", "export", told, icon="down", title="Everything, with takes and save points")}'
        f"{act_button('Slim export', 'export-slim', told, icon='down', title='Without takes, save points and what can be made again')}{delete}</div>"
    )


def exported(exports: Sequence[Run]) -> str:
    """Archives of the project: ready, or on the way."""
    rows = []
    for run in exports[:5]:
        file = run.as_json()["result"].get("file", "")
        if run.status == "completed" and file:
            link = f'<a class="btn small" href="/api/runs/{esc(run.id)}/file" download="{esc(file)}">{icon("down")}<span>Download</span></a>'
            rows.append(f"<li>{icon('done')}<span>{esc(file)}</span> {link}</li>")
        elif run.is_active:
            rows.append(
                f'<li>{icon("work")}<span>Packing</span><progress max="100" value="{run.percent}" aria-label="Packing">{run.percent} %</progress> '
                f"{act_button('Stop', 'stop-work', {'run': run.id}, kind='small')}</li>"
            )
        elif run.status == "failed":
            rows.append(f'<li class="bad">{icon("problem")}<span>{esc(run.error)}</span></li>')
    return f'<h3>Archives</h3><ul class="archives">{"".join(rows)}</ul>' if rows else ""


def save_points(project: str, found: Sequence[Snapshot], *, is_locked: bool) -> str:
    """The project's save points, newest first."""
    if not project:
        return '<p class="hint">Open a project: its save points stand here.</p>'
    if not found:
        return '<p class="hint">No save point yet. One keeps the project as it is now, to go back to.</p>'
    rows = "".join(_save_point(one, is_locked=is_locked) for one in reversed(found))
    return f'<ul class="points">{rows}</ul>'


def _save_point(one: Snapshot, *, is_locked: bool) -> str:
    told = {"snapshot": one.id}
    label = one.label or "Save point"
    restore = act_button(
        "Restore", "revert", told, kind="small", disabled=is_locked, heading=f"Go back to “{label}”?",
        ask="The project becomes as it was then. How it is now is kept as a save point of its own.", verb="Go back",
    )  # fmt: skip
    gone = act_button(
        "Delete", "drop-point", told, kind="small ghost", icon="trash", icon_only=True, disabled=is_locked,
        heading=f"Delete the save point “{label}”?", ask="The project itself stays as it is. This cannot be undone.", verb="Delete it",
    )  # fmt: skip
    made = chip("made by itself") if one.is_automatic else ""
    return (
        f'<li><span class="point"><b>{esc(label)}</b> {made}<span class="hint">{moment(one.at)} · {plural(len(one.files), "file")}, '
        f"{size(one.stored_bytes)} stored</span></span>{restore}{gone}</li>"
    )


def trash(found: Sequence[Deleted]) -> str:
    """What was deleted, newest first."""
    if not found:
        return '<p class="hint">The trash is empty. Deleted projects wait here until you empty it.</p>'
    rows = "".join(
        f'<li><span class="point"><b>{esc(one.name)}</b> <span class="hint">deleted {moment(one.at)} · {size(one.size_bytes)}</span></span>'
        f"{act_button('Restore', 'restore', {'folder': one.folder}, kind='small')}</li>"
        for one in found
    )
    total = size(sum(one.size_bytes for one in found))
    gone = act_button(
        "Empty trash…", "empty-trash", kind="danger small", icon="trash", heading="Empty the trash?",
        ask=f"{plural(len(found), 'project')} ({total}) will be gone for good. This cannot be undone.", verb=f"Delete {total} for good",
    )  # fmt: skip
    return f'<ul class="points">{rows}</ul>{gone}'


def cleaning(name: str, found: Cleaning, *, is_locked: bool) -> str:
    """What can go without harm, by kind."""
    rows = "".join(
        f'<li><label><input type="checkbox" name="kind" value="{kind}"{" checked" if found.of(kind) else " disabled"}> {word}</label>'
        f"<span class=number>{size(found.of(kind))}</span></li>"
        for kind, word in _SPACE_WORDS.items()
    )
    if not found.items:
        return f'<p class="hint">{icon("done")} Nothing in {esc(name)} can go: all of it is needed.</p>'
    go = act_button(
        "Clean up…", "clean", kind="danger small", disabled=is_locked, heading=f"Clean up {name}?",
        ask=f"Up to {size(found.freed_bytes)} of files that the film of now does not need will be gone for good.", verb="Clean up",
    )  # fmt: skip
    return f'<form class="cleaning"><ul>{rows}</ul>{go}</form>'


def checked(run: Run | None) -> str:
    """The last check of every file."""
    if run is None:
        return ""
    if run.is_active:
        return f"<p>{icon('work')} Reading every file: {run.percent} %</p>"
    if run.error:
        return f'<p class="bad">{icon("problem")} {esc(run.error)}</p>'
    faults = run.result.get("faults", [])
    if not faults:
        return f'<p class="good">{icon("done")} Every file is there and whole. <span class="hint">{moment(run.ended_at)}</span></p>'
    rows = "".join(
        f"<li>{icon('problem')}<span><b>{esc(by_shots(fault['name']))}</b> {esc(fault['what'])}</span></li>"
        for fault in faults
    )
    return f'<ul class="problems">{rows}</ul><p class="hint">Checked {moment(run.ended_at)}. Make film mends what is missing or torn.</p>'
