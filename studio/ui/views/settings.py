"""Folders and engines."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.checking import Part
from studio.engines.registry import EngineStatus
from studio.ui.views.words import chip, engine_words, esc, plain

_KINDS = {
    "text": ("Writer", "writes the story"),
    "analysis": ("Reader", "finds the moments of a book that deserve a picture"),
    "image": ("Pictures", "draws the shots"),
    "video": ("Camera", "sets pictures in motion"),
    "tts": ("Narrator", "speaks"),
    "sound": ("Sounds", "makes what is heard around"),
    "music": ("Music", "plays under the film"),
    "asr": ("Listener", "writes down what is said"),
    "mt": ("Translator", "says it in other languages"),
}


def folders(sessions: str, data: str, version: str, disk: Part, looked_in: Sequence[str]) -> str:
    """Where things are, and how much room there is. ``looked_in``: where directories of older programs may be."""
    looked = [("Older videos are looked for in", folder) for folder in looked_in]
    rows = (("Projects", sessions), ("Lists, exports, small pictures", data), *looked, ("Version", version))
    shown = "".join(
        f'<dt>{esc(word)}</dt><dd><code class="path">{esc(value)}</code>{_copy(value) if "/" in value or chr(92) in value else ""}</dd>'
        for word, value in rows
    )
    warning = "" if disk.is_good else f"{chip(disk.heading, 'warn', 'problem')} "
    shown += f"<dt>Room</dt><dd>{warning}{esc(disk.says)}</dd>"
    return (
        f'<div class="card"><h2 class="panel-head">Folders</h2><dl class="facts wide">{shown}</dl><p class="hint">To use other '
        "folders, the studio is started with STUDIO_SESSIONS (projects), STUDIO_DATA (the second) or STUDIO_ROOTS (older "
        "videos) set to them; its README tells how.</p></div>"
    )


def _copy(value: str) -> str:
    return f'<button type="button" class="btn small ghost" data-copy="{esc(value)}">Copy</button>'


def appearance() -> str:
    """Light, dark, or as the system is; the browser remembers."""
    choices = "".join(
        f'<label><input type="radio" name="appearance" value="{value}" data-appearance> {word}</label>'
        for value, word in (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
    )
    return f'<div class="card"><h2 class="panel-head">Appearance</h2><div class="choice" role="radiogroup" aria-label="Appearance">{choices}</div></div>'


def engines(found: Sequence[EngineStatus]) -> str:
    """Every engine, ready or with what it lacks and how to get it; those that only pretend are for tests."""
    found = [one for one in found if not one.name.endswith("/fake")]
    kinds = dict.fromkeys(status.name.split("/")[0] for status in found)
    groups = "".join(_group(kind, [one for one in found if one.name.startswith(f"{kind}/")]) for kind in kinds)
    ready = sum(not one.missing and one.is_asked for one in found)
    return (
        f'<div class="card"><h2 class="panel-head">Engines <span>{ready} of {len(found)} ready</span></h2>'
        '<p class="hint">They do the work. What is built in is enough to make everything; the others are there for who wants them.</p>'
        f'<table class="list engines"><caption class="sr">Engines</caption><thead><tr><th scope="col">Work</th><th scope="col">Engine</th>'
        f'<th scope="col">State</th></tr></thead>{groups}</table></div>'
    )


def _group(kind: str, found: Sequence[EngineStatus]) -> str:
    word, what = _KINDS.get(kind, (kind, ""))
    rows = []
    for place, one in enumerate(found):
        head = (
            f'<th scope="rowgroup" rowspan="{len(found)}"><b>{esc(word)}</b><span class="hint">{esc(what)}</span></th>'
            if not place
            else ""
        )
        state = (
            f"{chip('not set up', '', 'todo')} <span>{esc(plain(one.missing).replace(' in Settings', ' above'))}</span>"
            if one.missing
            else f"{chip('ready', 'good', 'done')} <span>{esc(one.told)}</span>"
            if one.is_asked
            else f'{chip("set", "", "todo")} <span class="hint">Check asks its service.</span>'
        )
        rows.append(f"<tr>{head}<td>{esc(engine_words(one.name))}</td><td>{state}</td></tr>")
    return f"<tbody>{''.join(rows)}</tbody>"
