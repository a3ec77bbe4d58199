"""The open dub as it is now: everything on the Dubbing tab but the fields that a user types into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from studio.core.index import Query
from studio.core.saving import revision_of
from studio.engines import registry
from studio.errors import StudioError
from studio.model.dub import CastByEar, DubOptions, DubSource
from studio.runs.doors import Doors
from studio.service.dub_lines import DubLine
from studio.steps.dubbing import names as dub_names
from studio.ui import dub_fields, fields, live, making
from studio.ui.views import dub_lines as lines_view
from studio.ui.views import dub_mixes as mixes_view
from studio.ui.views import dubbing as view
from studio.ui.views import film as film_view
from studio.ui.views.words import act_button, empty, media_url
from studio.ui.wiring import Answer

LOOK = ("dub-shown", "dub-page")
"""What this window looks at: the language that plays (empty: the first finished one, else the original), the page of lines."""
_BUSY = "The dub is being made: pause it to change lines."
_FOLDERS = ("audio", "translations", "final_videos", "mixed_videos", "stems")
_FILMS_SHOWN = 200
_SPOKEN = ("spoken", "overrun")
_STEPS = ("extract", "language", "transcribe", "lines", "cast", "translate", "speak", "fit", "mix", "mux", "check")


@dataclass(frozen=True, slots=True, kw_only=True)
class DubNow(making.Look):
    """One look at a dub. ``files``: what can be played, by language, the original and mixes under words of their own."""

    options: DubOptions
    source: DubSource
    lines: tuple[DubLine, ...]
    found: tuple[CastByEar, ...]
    files: dict[str, str]

    @property
    def people(self) -> list[str]:
        """Everybody who is named as a speaker, in order of appearance."""
        return list(dict.fromkeys(one.line.speaker for one in self.lines if one.line.speaker))

    @property
    def spoken(self) -> str:
        """The original's language; empty while it is not known."""
        return self.options.source_language or _recognised(self.directory)


def is_dub(doors: Doors, name: str) -> bool:
    """True if the project ``name`` is there and a dub."""
    return bool(name) and doors.studio.project(name).kind == "dub"


def look(doors: Doors, name: str) -> DubNow:
    """The dub ``name`` as it is now. Raises UserError if there is none."""
    project, directory = doors.studio.project(name), doors.studio.directory(name)
    source = DubSource.model_validate(project.source)
    plan = doors.studio.plan(name)
    mixed = {view.MIX + mix: file for mix, file in doors.studio.mixed_files(name).items()}
    return DubNow(
        project=project,
        options=DubOptions.model_validate(project.options),
        source=source,
        directory=directory,
        plan=plan,
        lines=doors.studio.lines(name, plan),
        found=doors.studio.found_voices(name),
        files={view.ORIGINAL: source.file, **doors.studio.dubbed_files(name), **mixed},
        versions=_versions(directory),
        made=making.making(doors, name),
    )


def refreshed(doors: Doors, name: str, revision: str, shown: str = "", page: str = "") -> Answer:
    """What may have changed since the page was last told; fields stay as they are."""
    return of(doors, look(doors, name), revision, shown, page)


def of(doors: Doors, now: DubNow, revision: str = "", shown: str = "", page: str = "") -> Answer:
    """Every view and button for ``now``. ``revision``: the one the page's fields are of; empty if just loaded."""
    is_newer = revision.isdigit() and int(revision) != revision_of(now.project)
    languages = now.options.languages
    playing = shown if shown in now.files else next((code for code in languages if code in now.files), view.ORIGINAL)
    mixes = {view.MIX + mix.name: mix.language for mix in now.options.mixes}
    reviewed = mixes.get(playing, playing if playing in languages else next(iter(languages), ""))
    found = doors.studio.review(now.name, reviewed, now.plan) if now.lines and not now.is_locked else ()
    return {
        **_no_film(doors, now.name),
        "header": live.header(doors, now.project, is_newer=is_newer),
        "dub-shown": shown,
        "dub-page": page,
        "dub-new": gr.update(visible=False),
        "dub-brought": view.brought(
            now.name, title=now.project.title, video_name=str((now.project.model_extra or {}).get("video_name") or ""),
            has_transcript=bool(now.source.transcript), spoken=now.spoken, lines=len(now.lines),
        ),
        "dub-casting": casting(now),
        "dub-mixes": _mixes(now),
        "dub-bed": mixes_view.bed(_bed(now)[0], is_own=_bed(now)[1], is_locked=now.is_locked),
        "dub-player": view.player(
            now.name, now.files, now.versions, playing, languages, [mix.name for mix in now.options.mixes],
            view.preview(playing, languages, _heard(now)) if now.lines else "",
        ),
        "dub-downloads": view.downloads(now.name, now.files, now.versions, languages),
        "dub-files": view.papers(
            now.name, languages, doors.studio.stem_files(now.name), now.versions, has_lines=bool(now.lines),
            is_locked=now.is_locked,
        ),
        "dub-review": view.review(found, reviewed, is_locked=now.is_locked) if now.lines else "",
        "dub-job": film_view.job_card(now.run, _steps(now), now.made.failures, ahead=now.made.ahead, left=now.made.left),
        **lines(now, page),
        **_undo_buttons(doors, now),
        **_buttons(doors, now),
    }  # fmt: skip


def lines(now: DubNow, page: str) -> Answer:
    """The table and what stands over it."""
    number = int(page) if page.isdigit() else 0
    has_lines = bool(now.lines)
    free = gr.update(interactive=not now.is_locked)
    names = [("The original", ""), *dub_fields.named(now.options.languages)]
    return {
        "dub-lines-head": lines_view.head(now.lines, now.options.languages),
        "dub-lines": lines_view.table(
            lines_view.Table(
                now.name, now.lines, now.options.languages, now.versions, _sound(now), number, now.is_locked,
                retakes=_can_vary(now.options.tts),
            )
        ),
        "dub-replace-row": gr.update(visible=has_lines),
        "dub-find": free,
        "dub-put": free,
        "dub-where": gr.update(choices=names, interactive=not now.is_locked),
        "dub-replace": free,
        "dub-why": f'<p class="hint">{_BUSY}</p>' if now.is_locked and has_lines else "",
    }  # fmt: skip


def nothing(doors: Doors, *, film: str = "") -> Answer:
    """The tab of a dub that is not begun; ``film``: the film that is open instead."""
    return {
        "dub-shown": "",
        "dub-page": "",
        "dub-new": gr.update(visible=True),
        "dub-film": gr.update(choices=films(doors), value=film),
        "dub-brought": "",
        "dub-mixes": "",
        "dub-bed": "",
        "dub-undo": gr.update(visible=False),
        "dub-redo": gr.update(visible=False),
        "dub-player": view.player("", {}, {}, "", ()),
        "dub-downloads": "",
        "dub-files": "",
        "dub-review": "",
        "dub-job": "",
        "dub-plan": "",
        "dub-reason": "",
        "dub-lines-head": "",
        "dub-lines": "",
        "dub-why": "",
        "dub-replace-row": gr.update(visible=False),
        "dub": gr.update(value="Dub", interactive=True),
        "dub-plan-button": gr.update(interactive=True),
        "dub-listen": gr.update(interactive=True),
        "dub-pause": gr.update(value="Pause", interactive=False),
        "dub-stop": gr.update(interactive=False),
    }


def blank(doors: Doors, *, film: str = "") -> Answer:
    """The tab of a dub that is not begun, its fields as at first."""
    at_first = dub_fields.shown(None)
    values = [at_first[name]["value"] for name in dub_fields.IDS] + [at_first[dub_fields.CAST]]
    options, _ = dub_fields.gather(values)
    return {
        **nothing(doors, film=film),
        **at_first,
        "dub-options": dub_fields.as_json(values),
        "dub-casting": view.casting(
            dub_fields.rows(options.languages, "", options.tts, dub_fields.cast_of(""), ()), is_locked=False
        ),
    }


def cast_rows(now: DubNow) -> list[view.CastRow]:
    """Who can speak and translate what, and who does."""
    options = now.options
    cast = dub_fields.cast_of(dub_fields.cast_json(options))
    return dub_fields.rows(options.languages, now.spoken, options.tts, cast, now.people, now.found)


def casting(now: DubNow) -> str:
    """The casting sheet of an open dub."""
    return view.casting(cast_rows(now), is_locked=now.is_locked, project=now.name)


def _mixes(now: DubNow) -> str:
    voices = {row.language: row.voices for row in cast_rows(now)}
    files = {key.removeprefix(view.MIX): file for key, file in now.files.items()}
    return mixes_view.mixes(now.options.mixes, files, voices, is_locked=now.is_locked)


def _bed(now: DubNow) -> tuple[str, bool]:
    """What is heard under the voices, and whether somebody brought it."""
    if now.options.bed:
        return "your own music and effects", True
    return ("its film's, without the narration" if now.source.bed else "the film's own"), False


def _undo_buttons(doors: Doors, now: DubNow) -> Answer:
    undo, redo = doors.studio.can_undo_lines(now.name) if now.lines else (False, False)
    return {
        "dub-undo": gr.update(visible=bool(now.lines), interactive=undo and not now.is_locked),
        "dub-redo": gr.update(visible=bool(now.lines), interactive=redo and not now.is_locked),
    }


def films(doors: Doors) -> list[tuple[str, str]]:
    """Films of this studio that can be dubbed."""
    rows = doors.keeper.search(Query(kind="film", sort="updated", limit=_FILMS_SHOWN)).rows
    named = ((str(row["name"]), str(row["title"] or "")) for row in rows)
    return [("None", ""), *((f"{title} ({name})" if title and title != name else name, name) for name, title in named)]


def _no_film(doors: Doors, name: str) -> Answer:
    """The Film tab while a dub is open."""
    go = '<button type="button" class="btn primary" data-tab="dubbing">Open it in Dubbing</button>'
    new = act_button("New film", "new")
    return {
        **live.nothing(doors),
        "player": f'<div class="stage">{empty("This project is a dub", f"{name} has no story and no shots.", go)}</div>',
        "board": empty(
            "The storyboard is empty", "A dub has lines instead of shots. They are in Dubbing.", new, "picture"
        ),
        "reason": '<p class="hint">The open project is a dub: New begins a film.</p>',
        "make": gr.update(value="Make film", interactive=False),
        "plan-button": gr.update(interactive=False),
        **dict.fromkeys(fields.IDS, gr.update(interactive=False)),
    }


def _buttons(doors: Doors, now: DubNow) -> Answer:
    said = making.buttons(doors, now, "dub")
    return {
        "dub": gr.update(
            value=f"Queue dub ({said.others} active)" if said.others else "Dub", interactive=not now.is_locked
        ),
        "dub-plan-button": gr.update(interactive=not now.is_locked),
        "dub-listen": gr.update(interactive=not now.is_locked and not now.lines),
        "dub-plan": "" if now.is_locked else gr.skip(),
        "dub-pause": gr.update(**said.pause),
        "dub-stop": gr.update(**said.stop),
        "dub-reason": said.why,
        **dict.fromkeys(dub_fields.IDS, gr.update(interactive=not now.is_locked)),
    }


def _steps(now: DubNow) -> dict[str, bool]:
    steps = {step: bool(is_done) for step, is_done in now.project.steps.items()}
    if now.run and now.run.is_active and now.run.step and now.run.step not in steps:
        steps[now.run.step] = False
    if now.run and now.run.is_active and now.run.step in _STEPS:  # it has been through those before it
        steps |= {step: True for step in _STEPS[: _STEPS.index(now.run.step)] if step in steps}
    return {step: steps[step] for step in sorted(steps, key=lambda step: _STEPS.index(step) if step in _STEPS else 99)}


def _sound(now: DubNow) -> str:
    """Where the original's sound is played from: what was taken out of it, which every browser plays, else itself."""
    name = dub_names.ORIGINAL_AUDIO if dub_names.ORIGINAL_AUDIO in now.versions else now.source.file
    return media_url(now.name, name, now.versions.get(name, ""))


def _heard(now: DubNow) -> set[str]:
    """The languages and mixes of which at least one line is spoken."""
    codes = {code for code in now.options.languages if any(one.state(code) in _SPOKEN for one in now.lines)}
    return codes | {view.MIX + mix.name for mix in now.options.mixes if mix.language in codes}


def _can_vary(tts: str) -> bool:
    try:
        engine = registry.tts(tts)
    except StudioError:
        return False
    return engine.uses_seed or not engine.is_deterministic


def _recognised(directory: Path) -> str:
    try:
        said = json.loads((directory / dub_names.LANGUAGE).read_bytes())
    except (OSError, ValueError):
        return ""
    return str(said.get("language", "")) if isinstance(said, dict) else ""


def _versions(directory: Path) -> dict[str, str]:
    """Of each take, subtitle and finished film: a text that changes when the file does."""
    found: dict[str, str] = {}
    for folder in _FOLDERS:
        found |= making.versions_in(directory, f"{folder}/**/*.*")
    return found
