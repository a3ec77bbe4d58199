"""The lines of a dub beside their translations: one page of the table, each cell a field of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.media.languages import language_name
from studio.service.dub_lines import DubLine
from studio.steps.dubbing import names as dub_names
from studio.ui.views.dubbing import gain
from studio.ui.views.words import act_button, empty, esc, icon, media_url, plural

PAGE_LINES = 40
_STATES = {
    "missing": ("to translate", "todo", "todo"),
    "translated": ("to speak", "wait", "next"),
    "spoken": ("spoken", "done", "ok"),
    "stale": ("changed", "stale", "old"),
    "overrun": ("too long", "problem", "long"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What the table is drawn from. ``sound`` plays the original; ``retakes``: the speech engine can say a line anew."""

    project: str
    lines: Sequence[DubLine]
    languages: Sequence[str]
    versions: Mapping[str, str]
    sound: str
    page: int
    is_locked: bool
    retakes: bool


def pages(count: int) -> int:
    """How many pages so many lines make."""
    return max(1, -(-count // PAGE_LINES))


def page_of(lines: Sequence[DubLine], line_id: str) -> int:
    """The page that the line stands on, from 0."""
    return next((at // PAGE_LINES for at, one in enumerate(lines) if one.line.id == line_id), 0)


def head(lines: Sequence[DubLine], languages: Sequence[str]) -> str:
    """How many lines, and how far each language is."""
    if not lines:
        return '<h2 class="panel-head">Lines</h2>'
    far = "".join(
        _far(code, sum(one.state(code) in ("spoken", "overrun") for one in lines), len(lines)) for code in languages
    )
    return f'<h2 class="panel-head">Lines <span>{plural(len(lines), "line")}</span></h2><p class="far">{far}</p>'


def _far(code: str, spoken: int, count: int) -> str:
    name = esc(language_name(code))
    bar = f'<progress max="{count}" value="{spoken}" aria-label="{name}: lines spoken"></progress>'
    return f"<span>{name} {bar} {spoken} of {count} spoken</span>"


def table(asked: Table) -> str:
    """One page of lines."""
    if not asked.project:
        return ""
    if not asked.lines:
        text = (
            "They appear here as soon as the original is listened to."
            if asked.is_locked
            else "Transcribe listens to the original; Dub does that and everything after it."
        )
        return empty("No lines yet", text, icon_name="film")
    page = min(asked.page, pages(len(asked.lines)) - 1)
    first = page * PAGE_LINES
    rows = "".join(_row(asked, one, first + place) for place, one in enumerate(asked.lines[first : first + PAGE_LINES]))
    heads = "".join(f'<th scope="col">{esc(language_name(code))}</th>' for code in asked.languages)
    sound = f' data-sound="{esc(asked.sound)}"' if asked.sound else ""
    return (
        f'<div class="lines-box"{sound}><table class="lines"><caption class="sr">Lines and their translations</caption><thead><tr>'
        f'<th scope="col">Time</th><th scope="col">Original</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{_foot(page, len(asked.lines))}"
    )


def _row(asked: Table, one: DubLine, place: int) -> str:
    line, off = one.line, " disabled" if asked.is_locked else ""
    told = {"line": line.id}

    def button(label: str, act: str, sign: str, title: str, **more: object) -> str:
        return act_button(
            label,
            act,
            told,
            icon=sign,
            icon_only=True,
            kind="small ghost",
            title=title,
            disabled=asked.is_locked,
            **more,
        )

    is_last = place + 1 == len(asked.lines)
    tools = (
        f'<button type="button" class="btn small ghost" data-play="{line.start_s:.3f}" data-until="{line.end_s:.3f}" '
        f'title="Play the original" aria-label="Play the original of line {line.id}">{icon("play")}</button>'
        if asked.sound
        else ""
    )
    tools += button(f"Split line {line.id}", "split", "cut", "Split before the word at the cursor")
    tools += "" if is_last else button(f"Join line {line.id} with the next", "merge", "join", "Join with the next line")
    if len(asked.lines) > 1:
        tools += button(
            f"Delete line {line.id}", "drop-line", "trash", "Nobody says this line", heading=f"Delete line {line.id}?",
            ask=f"“{line.text[:80]}” will not be dubbed: the original is heard there.", verb="Delete line",
        )  # fmt: skip
    times = "".join(
        f'<input class="time" inputmode="decimal" value="{value:.2f}" data-cell="{what}" data-line="{line.id}" '
        f'aria-label="{word} of line {line.id} in seconds"{off}>'
        for what, word, value in (("start", "Start", line.start_s), ("end", "End", line.end_s))
    )
    who = (
        f'<input class="who" value="{esc(line.speaker)}" placeholder="Speaker" data-cell="speaker" data-line="{line.id}" '
        f'maxlength="100" aria-label="Speaker of line {line.id}"{off}>'
    )
    level = (
        f'<input class="gain" value="{gain(line.gain_db)}" placeholder="0 dB" data-cell="gain" data-line="{line.id}" '
        f'maxlength="8" title="Louder or softer in every language" aria-label="Level of line {line.id} in decibels"{off}>'
    )
    cells = "".join(_cell(asked, one, code, off) for code in asked.languages)
    return (
        f'<tr data-row="{line.id}"><th scope="row"><span class="line-id">{line.id}</span>{times}<span class="said-by">{who}{level}</span></th>'
        f'<td><textarea rows="1" data-cell="text" data-line="{line.id}" lang="" aria-label="Original of line {line.id}"{off}>'
        f'{esc(line.text)}</textarea><span class="cell-foot">{tools}</span></td>{cells}</tr>'
    )


def _cell(asked: Table, one: DubLine, code: str, off: str) -> str:
    line, name = one.line, language_name(code)
    word, sign, tone = _STATES[one.state(code)]
    if one.state(code) == "overrun":
        word = f"{one.overruns[code]:.1f} s too long"
    take = dub_names.take(code, line.id)
    tools = ""
    if code in one.spoken and take in asked.versions:
        url = media_url(asked.project, take, asked.versions[take])
        tools = (
            f'<button type="button" class="btn small ghost" data-hear="{esc(url)}" title="Play the dub" '
            f'aria-label="Play line {line.id} in {esc(name)}">{icon("play")}</button>'
            f'<a class="btn small ghost" href="{esc(url)}" download="{esc(asked.project)}_{esc(code)}_{line.id}.wav" title="Keep this line as a '
            f'WAV file" aria-label="Line {line.id} in {esc(name)} as a file">{icon("down")}</a>'
        )
        if asked.retakes:
            tools += act_button(
                f"Speak line {line.id} in {name} again", "retake", {"line": line.id, "lang": code}, icon="stale",
                icon_only=True, kind="small ghost", title="Speak it again, differently, when Dub is pressed", disabled=asked.is_locked,
            )  # fmt: skip
    if one.state(code) != "missing":
        tools += (
            f'<button type="button" class="btn small ghost" data-own="{line.id}" data-lang="{esc(code)}" title="Use your own recording" '
            f'aria-label="Your own recording for line {line.id} in {esc(name)}"{off}>{icon("up")}</button>'
        )
    return (
        f'<td class="cell {tone}"><textarea rows="1" data-cell="translation" data-line="{line.id}" data-lang="{esc(code)}" '
        f'lang="{esc(code)}" aria-label="{esc(name)} of line {line.id}"{off}>{esc(one.texts.get(code, ""))}</textarea>'
        f'<span class="cell-foot"><span class="state">{icon(sign)}{esc(word)}</span>{tools}</span></td>'
    )


def _foot(page: int, count: int) -> str:
    if count <= PAGE_LINES:
        return ""
    first = page * PAGE_LINES + 1
    last = min(count, first + PAGE_LINES - 1)
    back = act_button("Back", "page", {"page": page - 1}, disabled=page == 0)
    on = act_button("Next", "page", {"page": page + 1}, disabled=last == count)
    return f'<div class="list-foot"><span class="hint">Lines {first}–{last} of {count}</span>{back}{on}</div>'
