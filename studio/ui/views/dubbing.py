"""A dub as it is now: what is dubbed, who speaks, what can be watched and taken away, what needs a look."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from studio.media.languages import language_name
from studio.planning.dubbing.review import Reviewed
from studio.ui.views.words import (
    act_button,
    chip,
    clock,
    empty,
    engine_words,
    esc,
    icon,
    media_url,
    plural,
    shown_voice,
)

ORIGINAL = "original"
ALL = "multi"
MIX = "mix:"
"""Before a named mix's name: what can be played has one key each."""
_RISKS_SHOWN = 12
_STEMS = {"voices": "Voices", "bed": "Sound below"}
_SPEAKS = "Who translates, who speaks"


@dataclass(frozen=True, slots=True)
class CastRow:
    """One language of the casting sheet: what can be chosen and what is. ``automatic``: whom ``auto`` asks.

    ``is_by_ear``: there are men's and women's voices, so that each speaker can have one by ear; ``voice`` is then empty
    where nobody chose, and ``found`` holds by speaker what was found, with why.
    """

    language: str
    translators: tuple[str, ...]
    automatic: str
    translator: str
    engine: str
    voices: tuple[str, ...]
    voice: str
    by_speaker: Mapping[str, str]
    is_by_ear: bool = False
    found: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    gain_db: float = 0.0


def drop_zone() -> str:
    """Where a film to dub is dropped; it is sent when something is to be done with it."""
    return (
        '<h2 class="panel-head">New dub</h2>'
        '<div class="drop-box"><div class="drop" data-drop="film" tabindex="0" role="button" aria-label="Choose video or sound files, or drop them here">'
        '<p class="drop-name"><b>Drop videos here</b> or choose files</p>'
        '<p class="hint drop-hint">Any length, sound files too. Your file is never changed.</p>'
        '<progress max="100" value="0" aria-label="Upload" hidden></progress><p class="drop-said" aria-live="polite"></p>'
        '<input type="file" multiple accept="video/*,audio/*,.mkv,.ts,.m2ts,.flv,.ogv" hidden aria-label="Films to dub"></div>'
        '<button type="button" class="btn small ghost let-go" data-let-go title="Choose another, or a film made here" aria-label="Remove the chosen video">'
        f"{icon('close')}</button></div>"
        '<div class="bring"><label class="btn small" for="dub-transcript-file">Transcript…</label>'
        '<input type="file" id="dub-transcript-file" class="sr" accept=".srt,.vtt,.ass,.ssa,.json,.txt">'
        '<span class="hint" id="dub-transcript-name">Its subtitles or transcript, if you have them (SRT, VTT, ASS, JSON).</span></div>'
    )


def brought(project: str, *, title: str, video_name: str, has_transcript: bool, spoken: str, lines: int) -> str:
    """What is dubbed."""
    facts = [
        f"spoken in {language_name(spoken)}" if spoken else "language not recognised yet",
        "lines brought" if has_transcript else plural(lines, "line") if lines else "no lines yet",
    ]
    head = esc(title or project)
    file = f'<span class="hint">{esc(video_name)}</span>' if video_name and video_name != title else ""
    return f'<div class="card brought"><h2 class="panel-head">{head}</h2>{file}<p class="hint">{esc(" · ".join(facts))}</p></div>'


def casting(rows: Sequence[CastRow], *, is_locked: bool, project: str = "") -> str:
    """The casting sheet: for each language who translates and who speaks, each voice to be heard first.

    That of a ``project`` can be taken along as a file.
    """
    if not rows:
        return f'<h3>{_SPEAKS}</h3><p class="hint">Choose a language first.</p>'
    body = "".join(_cast_row(row, is_locked=is_locked) for row in rows)
    off = " disabled" if is_locked else ""
    file = (
        f'<p class="cast-file">{_link("Casting", f"/api/projects/{quote(project)}/casting", f"{project}_casting.json")}'
        f'<button type="button" class="btn small" data-casting{off}>{icon("up")}<span>Take in a casting…</span></button></p>'
        if project
        else ""
    )
    return (
        f'<h3>{_SPEAKS}</h3><table class="cast"><caption class="sr">Casting</caption><thead><tr><th scope="col">Language</th>'
        f'<th scope="col">Translation</th><th scope="col">Voice</th><th scope="col" title="Louder or softer than the other languages">Level</th></tr></thead><tbody>{body}</tbody></table>'
        f"{file}"
    )


def _cast_row(row: CastRow, *, is_locked: bool) -> str:
    name = language_name(row.language)
    off = " disabled" if is_locked else ""
    words = {"auto": f"Auto ({engine_words(row.automatic)})"}
    engines = _options([(words.get(one) or engine_words(one), one) for one in row.translators], row.translator)
    level = (
        f'<input class="gain" value="{gain(row.gain_db)}" placeholder="0 dB" data-set="gain" data-lang="{esc(row.language)}" '
        f'maxlength="8" aria-label="Level of {esc(name)} in decibels"{off}>'
    )
    first = (
        f'<tr><th scope="row">{esc(name)}</th><td><select data-set="translator" data-lang="{esc(row.language)}" '
        f'aria-label="Translation into {esc(name)}"{off}>{engines}</select></td>'
        f"<td>{_voice(row, '', row.voice, off)}</td><td>{level}</td></tr>"
    )
    others = "".join(
        f'<tr class="person"><th scope="row">{esc(who)}</th><td class="hint">in {esc(name)}</td><td>{_voice(row, who, voice, off)}</td><td></td></tr>'
        for who, voice in row.by_speaker.items()
    )
    return first + others


def _voice(row: CastRow, who: str, chosen: str, off: str) -> str:
    if not row.voices:
        return '<span class="hint">No voice here speaks it: choose another speech engine.</span>'
    name = language_name(row.language)
    found, why = row.found.get(who, ("", "High or low as the original: found when the lines are known"))
    is_by_ear = row.is_by_ear and not (who and row.voice)
    nobody = (f"Auto ({shown_voice(found)})" if found else "Auto") if is_by_ear else "as everybody" if who else ""
    choices = [*([(nobody, "")] if nobody else []), *((shown_voice(voice), voice) for voice in row.voices)]
    label = f"Voice of {who} in {name}" if who else f"Voice in {name}"
    heard = chosen or row.voice or found or row.voices[0]
    told = {"engine": row.engine, "voice": heard, "lang": row.language}
    return (
        f'<span class="voice"><select data-set="voice" data-lang="{esc(row.language)}" data-who="{esc(who)}" '
        f'aria-label="{esc(label)}" title="{esc(why if is_by_ear and not chosen else label)}"{off}>{_options(choices, chosen)}</select>'
        f"{act_button(f'Hear {shown_voice(heard)}', 'hear', told, icon='play', icon_only=True, kind='small ghost', title='Hear this voice')}</span>"
    )


def gain(gain_db: float) -> str:
    """Decibels as they are typed; nothing where there is nothing to change."""
    return f"{gain_db:+g} dB" if gain_db else ""


def _options(choices: Sequence[tuple[str, str]], chosen: str) -> str:
    return "".join(
        f'<option value="{esc(value)}"{" selected" if value == chosen else ""}>{esc(words)}</option>'
        for words, value in choices
    )


def player(
    project: str,
    files: Mapping[str, str],
    versions: Mapping[str, str],
    chosen: str,
    languages: Sequence[str],
    mixes: Sequence[str] = (),
    preview: str = "",
) -> str:
    """The original or a dub of it. ``files``: by language, the original under its own key; ``preview``: a button."""
    if not project:
        return f'<div class="stage">{empty("No dub open", "Drop a video on the left, or choose a film made here: original and dubs play here.")}</div>'
    marks = [(ORIGINAL, "Original"), *((code, language_name(code)) for code in languages)]
    marks += [(MIX + name, name) for name in mixes]
    marks += [(ALL, "All in one file")] if ALL in files else []
    tabs = "".join(_mark(key, words, files, is_chosen=key == chosen) for key, words in marks)
    file = files.get(chosen, "")
    label = dict(marks).get(chosen, "Original")
    srt = f"translations/{chosen}.srt"
    track = f' data-srt="{esc(media_url(project, srt, versions[srt]))}"' if srt in versions else ""
    shown = (
        f'<video controls preload="metadata" playsinline src="{esc(media_url(project, file, versions.get(file, "")))}"{track} '
        f'aria-label="{esc(label)}"></video>'
        if file
        else empty("Not dubbed yet", f"{label} appears here when it is finished.")
    )
    return f'<div class="stage">{shown}</div><div class="watch" role="group" aria-label="What is played">{tabs}{preview}</div>'


def preview(key: str, languages: Sequence[str], spoken: Container[str]) -> str:
    """The button that mixes a stretch now, of what ``key`` plays: of the first language while that is the original.

    ``spoken``: the languages and mixes that have something to be heard.
    """
    if not languages:
        return ""
    mix = key.removeprefix(MIX) if key.startswith(MIX) else ""
    code = key if key in languages else languages[0]
    asked = f"mix={quote(mix)}" if mix else f"lang={quote(code)}"
    of = mix or language_name(code)
    is_heard = (MIX + mix if mix else code) in spoken
    why = (
        "Mixed now from where the player stands, as the settings are" if is_heard else f"Nothing of {of} is spoken yet"
    )
    hint = "" if is_heard else f'<span class="hint">{esc(why)}: Dub makes the voices.</span>'
    return (
        f'<button type="button" class="btn small preview" data-preview="{esc(asked)}" title="{esc(why)}"{"" if is_heard else " disabled"}>'
        f"{icon('play')}<span>Preview 15 s of {esc(of)}</span></button>{hint}"
    )


def _mark(key: str, words: str, files: Mapping[str, str], *, is_chosen: bool) -> str:
    pressed = f' aria-pressed="{str(is_chosen).lower()}"'
    if key not in files:
        return f'<span class="btn small off" aria-disabled="true" title="Not finished yet">{esc(words)}</span>'
    return f'<button type="button" class="btn small{" chosen" if is_chosen else ""}" data-act="watch" data-key="{esc(key)}"{pressed}>{esc(words)}</button>'


def downloads(project: str, files: Mapping[str, str], versions: Mapping[str, str], languages: Sequence[str]) -> str:
    """What can be taken away."""
    if not project:
        return ""
    words = {**{code: language_name(code) for code in languages}, ALL: "All in one file"}
    words |= {key: key.removeprefix(MIX) for key in files if key.startswith(MIX)}
    links = []
    for key, label in words.items():
        if key in files:
            links.append(_file(project, label, files[key], versions))
        srt = f"translations/{key}.srt"
        if srt in versions:
            links.append(_link(f"{label} subtitles", media_url(project, srt, versions[srt]), f"{project}_{key}.srt"))
    zipped = act_button(
        "ZIP", "export", kind="small", icon="down", title="The whole project as one file, to keep or to send"
    )
    return f'<div class="downloads" role="group" aria-label="Downloads">{"".join(links)}{zipped}</div>'


def _file(project: str, label: str, name: str, versions: Mapping[str, str]) -> str:
    return _link(label, media_url(project, name, versions.get(name, "")), f"{project}_{Path(name).name}")


def _link(label: str, url: str, file_name: str) -> str:
    return f'<a class="btn small" href="{esc(url)}" download="{esc(file_name)}">{icon("down")}<span>{esc(label)}</span></a>'


def papers(
    project: str,
    languages: Sequence[str],
    stems: Mapping[str, Sequence[str]],
    versions: Mapping[str, str],
    *,
    has_lines: bool,
    is_locked: bool,
) -> str:
    """Translations as files, to be sent to a person and taken in again, and the sound in parts where it was asked for."""
    if not project or not has_lines:
        return ""
    rows = "".join(_translation(project, code, is_locked=is_locked) for code in languages)
    for key, names in stems.items():
        label = language_name(key) if key in languages else key
        links = "".join(_file(project, _STEMS[Path(name).stem.rpartition("_")[2]], name, versions) for name in names)
        rows += f"<li><b>{esc(label)}, sound</b> {links}</li>"
    head = "Translations and sound as files" if stems else "Translations as files"
    return f'<details class="card files"><summary>{head}</summary><ul>{rows}</ul></details>'


def _translation(project: str, code: str, *, is_locked: bool) -> str:
    name = language_name(code)
    links = "".join(
        _link(kind.upper(), f"/api/projects/{quote(project)}/translations/{quote(code)}.{kind}", "")
        for kind in ("json", "srt", "csv")
    )
    off = " disabled" if is_locked else ""
    return f"<li><b>{esc(name)}</b> {links} <button type='button' class='btn small' data-import='{esc(code)}'{off}>{icon('up')}<span>Take in…</span></button></li>"


def review(found: Sequence[Reviewed], language: str, *, is_locked: bool) -> str:
    """Lines that need a look, the worst first."""
    head = f"What needs a look{f' in {language_name(language)}' if language else ''}"
    risky = [one for one in found if one.risks]
    if is_locked:
        return f'<h3>{esc(head)}</h3><p class="hint">Looked through when the run is over.</p>'
    if not found:
        return ""
    if not risky:
        return f'<h3>{esc(head)}</h3><p class="good">{icon("done")} Nothing: every line is spoken and fits.</p>'
    if all(one.risks and one.risks[0].kind == "missing" for one in found):
        return f'<h3>{esc(head)}</h3><p class="hint">No line is spoken yet: the original is heard.</p>'
    rows = "".join(_risk(one) for one in risky[:_RISKS_SHOWN])
    more = f'<li class="hint">and {len(risky) - _RISKS_SHOWN} more</li>' if len(risky) > _RISKS_SHOWN else ""
    return f'<h3>{esc(head)} <span>{plural(len(risky), "line")} of {len(found)}</span></h3><ol class="risks">{rows}{more}</ol>'


def _risk(one: Reviewed) -> str:
    tone = "bad" if one.weight >= 0.9 else "warn" if one.weight >= 0.4 else ""
    words = "; ".join(risk.words for risk in one.risks)
    go = act_button(f"{one.id} · {clock(one.start_s)}", "goto", {"line": one.id}, kind="small", title="Go to this line")
    return f"<li>{go}{chip(one.risks[0].kind, tone)}<span>{esc(words)}</span></li>"
