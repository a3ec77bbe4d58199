"""The film as it is now: player, plan, job, downloads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from studio.core.pipeline import Plan
from studio.core.project import Project
from studio.runs.model import Run
from studio.ui.views.words import (
    STEP_WORDS,
    about,
    act_button,
    by_shots,
    chip,
    empty,
    esc,
    icon,
    media_url,
    moment,
    plain,
    plural,
    state_chip,
)

_KINDS = {"film": "film", "scenes": "scene video", "dub": "dubbing", "manuscript": "manuscript", "story": "story"}
_UNTIL = {
    ("manuscript", "manuscript"): "chapters read",
    ("scenes", "shots"): "scenes written",
    ("transcribe", "cast"): "transcribed",
}
"""What is done after a run that was asked for its first steps only, by a step of such projects and the last one asked for."""
_WHY_SHOWN = 6
_PROBLEMS_SHOWN = 4


def header(
    project: Project | None, *, revision: int, recent: Sequence[tuple[str, str]], is_newer: bool, at_work: str = ""
) -> str:
    """Whose film is open, when it was saved, and the way to others: ``recent`` (name, title), and the one ``at_work``."""
    if project is None:
        go = act_button(f"Open {at_work}", "open", {"name": at_work}, kind="small") if at_work else ""
        offer = f"{chip('being made', 'live', 'work')}{go}" if at_work else ""
        about_it = (
            '<p class="top-name">New project</p><p class="top-meta"><span>Not saved yet. Plan, Make or Dub saves it.</span>'
            f"{offer}</p>"
        )
        told = 'data-project="" data-revision="0"'
    else:
        name = project.session_name
        title = project.title or project.idea
        line = f'<span class="top-title">{esc(title)}</span>' if title and title != name else ""
        about_it = (
            f'<p class="top-name" id="top-project">{esc(name)}</p><p class="top-meta">{line}'
            f"{chip(_KINDS.get(project.kind, project.kind))}<span>saved {moment(project.last_updated)}</span></p>"
        )
        told = f'data-project="{esc(name)}" data-revision="{revision}" data-kind="{esc(project.kind)}"'
    newer = (
        f'<p class="top-newer" role="alert">{icon("stale")} Saved in another window. '
        f"{act_button('Reload', 'reload', kind='small')}</p>"
        if is_newer
        else ""
    )
    return (
        f'<header class="top" {told}><h1>AI Film Studio</h1><div class="top-project">{about_it}</div>{newer}'
        f'<div class="top-go">{act_button("New", "new", icon="plus", title="Start another project")}{_recent(recent)}</div></header>'
    )


def _recent(recent: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<li><button type="button" data-act="open" data-name="{esc(name)}"><b>{esc(name)}</b>'
        f"<span>{esc(title if title != name else '')}</span></button></li>"
        for name, title in recent
    )
    listed = f"<ul>{rows}</ul>" if rows else '<p class="hint">No project yet.</p>'
    return (
        f'<div class="menu"><button type="button" class="btn" data-menu="recent-menu" aria-expanded="false" '
        f'aria-controls="recent-menu">{icon("folder")}<span>Open</span></button>'
        f'<div class="menu-box" id="recent-menu" hidden>{listed}'
        '<button type="button" class="menu-all" data-tab="sessions">All projects…</button></div></div>'
    )


def player(project: str, version: str, *, subtitles: str, poster: str, so_far: str) -> str:
    """The film to watch; until there is one, its newest picture; until there is one, what will be here."""
    if not version and poster:
        return (
            f'<div class="stage"><img src="{esc(poster)}" alt="The newest picture of the film">'
            f'<p class="stage-note">{esc(" · ".join(filter(None, ("No film yet", so_far))))}</p></div>'
        )
    if not version:
        return f'<div class="stage">{empty("No film yet", "The film appears here as soon as there is something to watch.")}</div>'
    track = f' data-srt="{esc(media_url(project, subtitles, version))}"' if subtitles else ""
    image = f' poster="{esc(poster)}"' if poster else ""
    return (
        f'<div class="stage"><video controls preload="metadata" playsinline src="{esc(media_url(project, "film.mp4", version))}"'
        f'{track}{image} aria-label="The film {esc(project)} as it is now"></video></div>'
    )


def downloads(project: str, *, has_film: bool, has_subtitles: bool, has_shots: bool, version: str) -> str:
    """What can be taken away."""
    if not project:
        return ""
    links = [
        _link("Film", media_url(project, "film.mp4", version), has_film, f"{project}.mp4"),
        _link("Subtitles", media_url(project, "film.srt", version), has_subtitles, f"{project}.srt"),
        _link("Storyboard PDF", f"/api/projects/{esc(project)}/storyboard.pdf", has_shots, ""),
    ]
    zipped = act_button("ZIP", "export", icon="down", title="The whole project as one file, to keep or to send")
    return f'<div class="downloads" role="group" aria-label="Downloads">{"".join(links)}{zipped}</div>'


def _link(label: str, url: str, is_there: bool, file_name: str) -> str:
    if not is_there:
        return (
            f'<span class="btn off" aria-disabled="true" title="Not made yet">{icon("down")}<span>{label}</span></span>'
        )
    return f'<a class="btn" href="{esc(url)}" download="{esc(file_name)}">{icon("down")}<span>{label}</span></a>'


def plan_card(plan: Plan, *, is_open: bool, places: Mapping[int, int] | None = None) -> str:
    """What a run would make, keep and bring back, why, and how long it takes. ``places``: as ``by_shots`` takes them."""
    if not plan.make and not plan.back:
        return f'<div class="card plan" tabindex="-1"><p>{icon("done")} Up to date: {plural(len(plan.keep), "file")}, nothing to make.</p></div>'
    kept = len(plan.keep) - len(plan.back)
    is_rough = any(planned.name not in plan.wanted for planned in plan.make)  # what stands on files yet to be written
    head = (
        f'<p class="plan-head"><span class="plan-sum"><b>{"about " if is_rough else ""}{plural(len(plan.make), "file")} to make</b>, {kept} kept'
        f"{f', {len(plan.back)} brought back' if plan.back else ''}</span>"
        f'<span class="plan-time">{esc(about(plan.estimate_s))}, {esc(plain(str(plan.cost)))}</span></p>'
    )
    if not is_open:
        return f'<div class="card plan" tabindex="-1">{head}</div>'
    steps = dict.fromkeys(planned.step for planned in plan.make)
    groups = "".join(_plan_group(plan, step, places or {}) for step in steps)
    back = "".join(f"<li>{esc(by_shots(name, places))} · made before, comes back</li>" for name in plan.back)
    return f'<div class="card plan" tabindex="-1">{head}<dl>{groups}</dl>{f"<ul>{back}</ul>" if back else ""}</div>'


def _plan_group(plan: Plan, step: str, places: Mapping[int, int]) -> str:
    items = [planned for planned in plan.make if planned.step == step]
    whys: dict[str, list[str]] = {}
    for planned in items:
        why = by_shots(planned.why, places, own=shot_in(planned.name))
        whys.setdefault(why, []).append(planned.name)
    lines = "".join(
        f"<li><b>{_names(names, places)}</b> · {esc(why.removesuffix('.'))}</li>"
        for why, names in list(whys.items())[:_WHY_SHOWN]
    )
    return f"<dt>{esc(STEP_WORDS.get(step, step))} <b>{len(items)}</b></dt><dd><ul>{lines}</ul></dd>"


def _names(names: Sequence[str], places: Mapping[int, int]) -> str:
    """Which shots they are of, as their places in the film; else the files' own names."""
    indices = dict.fromkeys(shot_in(name) for name in names)
    if 0 in indices:
        short = [f"<code>{esc(name.rsplit('/', 1)[-1])}</code>" for name in names]
        return ", ".join(short) if len(short) <= 3 else f"{short[0]} … {short[-1]} ({len(short)})"
    found = sorted(places.get(index, index) for index in indices)
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"shots {found[0]} to {found[-1]}"
    return f"shot{'s' if len(found) > 1 else ''} {', '.join(map(str, found))}"


def job_card(
    run: Run | None, steps: dict[str, bool], problems: Sequence[str], *, ahead: int, is_changed: bool = False, left: str = "",
    places: Mapping[int, int] | None = None,
) -> str:  # fmt: skip
    """The run at work or the last one: each step, what went wrong, what there is to know.

    ``is_changed``: what it made no longer fits what the film is now. ``left``: its state if no run is known. ``places``: as ``by_shots`` takes them.
    """
    if run is None:
        marks = "".join(_step_mark(step, is_done, None) for step, is_done in steps.items())
        head = f'<p class="job-head">{state_chip(left or "changed")}</p>' if is_changed or left else ""
        return (
            f'<div class="card job">{head}<ol class="steps">{marks}</ol>{_problems(problems, places or {})}</div>'
            if marks
            else ""
        )
    where = f' · <span class="hint">{esc(_where(run, ahead))}</span>' if run.is_active else ""
    bar = (
        f'<progress max="100" value="{run.percent}" aria-label="Progress of the film">{run.percent} %</progress>'
        if run.is_active
        else ""
    )
    marks = "".join(_step_mark(step, is_done, run) for step, is_done in steps.items())
    notices = "".join(f"<li>{esc(by_shots(plain(text), places))}</li>" for text in run.notices[-5:])
    wrong = f'<p class="bad">{icon("problem")} {esc(by_shots(plain(run.error), places))}</p>' if run.error else ""
    made = _made(run)
    state = "problems" if run.status == "completed" and run.problems else run.status
    state = "changed" if state == "completed" and is_changed else state
    head = (
        chip(_until_words(run.until, steps), "good", "done")
        if state == "completed" and run.until
        else state_chip(state)
    )
    return (
        f'<div class="card job"><p class="job-head">{head}{where}</p>{bar}'
        f'<ol class="steps">{marks}</ol>{wrong}{made}'
        f"{_problems(problems, places or {})}"
        f"{f'<details><summary>Good to know ({len(run.notices)})</summary><ul>{notices}</ul></details>' if notices else ''}</div>"
    )


def _until_words(until: str, steps: Collection[str]) -> str:
    known = (words for (own, last), words in _UNTIL.items() if own in steps and last == until)
    return next(known, f"done up to {STEP_WORDS.get(until, until).lower()}")


def _where(run: Run, ahead: int) -> str:
    if run.status == "pending":
        return f"{plural(ahead, 'film')} before it" if ahead else "starts in a moment"
    step = STEP_WORDS.get(run.step, run.step)
    count = f" {run.done} of {run.total}" if run.total else ""
    left = f", {about(run.left_s)} left" if run.left_s is not None else ""
    return f"{step}{count}{left}" if step else "starting"


def _made(run: Run) -> str:
    if run.is_active or "made" not in run.result:
        return ""
    ended = f" {moment(run.ended_at)}" if run.ended_at else ""
    return (
        f'<p class="hint">{plural(int(run.result["made"]), "file")} made, {run.result.get("kept", 0)} kept.{ended}</p>'
    )


def _step_mark(step: str, is_done: bool, run: Run | None) -> str:
    is_now = run is not None and run.is_active and run.step == step
    sign, word = ("work", "at work") if is_now else ("done", "done") if is_done else ("todo", "to do")
    return f'<li class="{"now" if is_now else "ok" if is_done else ""}">{icon(sign)}{esc(STEP_WORDS.get(step, step))}<span class="sr"> {word}</span></li>'


def _problems(found: Sequence[str], places: Mapping[int, int]) -> str:
    if not found:
        return ""
    more = f'<li class="hint">and {len(found) - _PROBLEMS_SHOWN} more</li>' if len(found) > _PROBLEMS_SHOWN else ""
    return f'<ul class="problems">{"".join(_problem(text, places) for text in found[:_PROBLEMS_SHOWN])}{more}</ul>'


def _problem(text: str, places: Mapping[int, int]) -> str:
    shot = shot_in(text)
    label = f"Shot {places.get(shot, shot)}"
    go = f" {act_button(label, 'shot', {'shot': shot}, kind='small')}" if shot else ""
    return f"<li>{icon('problem')}<span>{esc(by_shots(plain(text), places))}</span>{go}</li>"


def shot_in(text: str) -> int:
    """The number of the shot that a file's name at the start of ``text`` belongs to; 0 if to none."""
    name = text.split(":", 1)[0]
    _, _, rest = name.partition("shot_")
    digits = rest[:3]
    return int(digits) if digits.isdigit() else 0
