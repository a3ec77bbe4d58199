"""A ComfyUI graph of the user's own: what goes where in it, to be corrected, and what the servers say to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from studio.engines.own_graphs import Reading, Row, Tried
from studio.ui.views.words import act_button, chip, esc, icon

Kind = Literal["image", "video"]
KINDS: dict[Kind, str] = {"image": "pictures", "video": "clips"}
_ROLES = {
    "prompt": "Words of the shot", "seed": "Seed", "width": "Width", "height": "Height", "length": "Frames",
    "fps": "Frames a second", "image": "Picture it begins with", "last_image": "Picture it ends with",
    "motion": "How much moves (1 to 255)", "reference": "Picture of somebody, or of a place",
}  # fmt: skip
_SAID_BY = {
    "titles": "The titles of its nodes say what goes where. Another place: change the titles in ComfyUI, export it again.",
    "guess": "Read off the graph: look whether each goes where it should, then use it.",
    "user": "As you chose.",
}


def empty() -> str:
    """Where a graph is brought."""
    return _card(
        '<div class="drop" data-drop="graph" tabindex="0" role="button" '
        'aria-label="A ComfyUI graph: choose its file or drop it here"><p><b>Drop a graph here</b> or choose a file</p>'
        '<p class="hint">In ComfyUI: Workflow → Export (API). Nothing is used before you have seen what goes where.</p>'
        '<input type="file" accept=".json,application/json" hidden aria-label="File of a ComfyUI graph"></div>',
        is_open=False,
    )


def brought(read: Reading, kind: Kind, tried: Sequence[Tried] | None, *, use: str) -> str:
    """A graph before it is used, for what ``use`` says. ``tried`` None: the servers are being asked."""
    is_titled = read.said_by == "titles"
    rows = "".join(_row(number, row, is_titled=is_titled) for number, row in enumerate(read.rows))
    kinds = "".join(
        act_button(f"For {words}", "graph-kind", {"kind": one}, kind="small chosen" if one == kind else "small")
        for one, words in KINDS.items()
    )
    lack = f'<p class="bad">{icon("problem")} {esc(read.lack)}</p>' if read.lack else ""
    return _card(
        f'<p class="graph-name"><b>{esc(read.name)}</b> {kinds}</p><p class="hint">{_SAID_BY[read.said_by]}</p>'
        f'<table class="list found-rows"><caption class="sr">What goes where</caption><thead><tr><th scope="col">The studio '
        f'gives</th><th scope="col">to the input</th></tr></thead><tbody>{rows}</tbody></table>{lack}'
        f'<div class="service-found" role="status">{_tried(tried)}</div>'
        f'<div class="service-go">{_use(read, use)}{act_button("Let go", "graph-let-go", {})}</div>',
        is_open=True,
    )


def _card(inner: str, *, is_open: bool) -> str:
    return (
        f'<details class="card service graph"{" open" if is_open else ""}><summary><b>A ComfyUI graph of your own</b> '
        f'<span class="hint">pictures, clips</span></summary>{inner}</details>'
    )


def _row(number: int, row: Row, *, is_titled: bool) -> str:
    word = _ROLES.get(row.role, row.role)
    none = f'<option value=""{"" if row.chosen else " selected"}>nowhere: stays as in the graph</option>'
    options = "".join(
        f'<option value="{esc(place.key)}"{" selected" if place.key == row.chosen else ""}>{esc(str(place))}</option>'
        for place in row.places
    )
    return (
        f'<tr><th scope="row">{esc(word)}</th><td><select data-set="place" data-row="{number}" '
        f'aria-label="{esc(word)}: goes to"{" disabled" if is_titled else ""}>{none}{options}</select></td></tr>'
    )


def _use(read: Reading, use: str) -> str:
    asks = {}
    if read.is_there:
        asks = {
            "heading": f"Replace {read.name}?", "verb": "Replace",
            "ask": "Your folder has another graph of that name. What was made with it is made again when its film is.",
        }  # fmt: skip
    return act_button(f"Use it for {use}", "use-graph", {}, kind="primary", disabled=bool(read.lack), **asks)


def _tried(tried: Sequence[Tried] | None) -> str:
    if tried is None:
        return f'<p class="service-busy">{icon("work")} Asking the servers whether they have what it needs …</p>'
    if not tried:
        return '<p class="hint">No server is set yet, so nobody can say whether it would run.</p>'
    return "".join(f"<div><h3>{esc(one.server)}</h3><ul>{_said(one)}</ul></div>" for one in tried)


def _said(tried: Tried) -> str:
    if not tried.is_up:
        return f"<li>{chip('not reachable', 'warn', 'problem')}</li>"
    wrong = "".join(f"<li>{chip('missing', 'warn', 'problem')} <span>{esc(text)}</span></li>" for text in tried.faults)
    odd = "".join(f"<li>{chip('ignored', '', 'todo')} <span>{esc(text)}</span></li>" for text in tried.ignored)
    return (wrong or f"<li>{chip('has all that it needs', 'good', 'done')}</li>") + odd
