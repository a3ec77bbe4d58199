"""Answers of the studio as text for people or JSON for programs, on stdout."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from studio.core.pipeline import Plan
    from studio.core.project import Project
    from studio.engines.checking import Checked
    from studio.engines.registry import EngineStatus, KnownSetting
    from studio.engines.setup import Setup
    from studio.looking import Fault, ShotStatus, Take
    from studio.service import Opened, Studio

_WIDE = 80
_STEP_WORDS = {
    "story": "Story",
    "scene_graph": "Scene graph",
    "shots": "Shots",
    "images": "Images",
    "narration": "Narration",
    "videos": "Videos",
    "film": "Film",
}


def statuses(studio: Studio, name: str) -> tuple[ShotStatus, ...]:
    """The project's shots. Raises BadInput, with the place, if somebody wrote into ``shots.json`` what cannot be."""
    from studio.model.shot import shots_in
    from studio.model.text_files import read_regular

    found = studio.shots(name)
    listed = studio.directory(name) / "shots.json"
    if not found and listed.exists():
        shots_in(read_regular(listed), str(listed))
    return found


def unreadable(studio: Studio, found: Sequence[Project]) -> dict[str, str]:
    """The folders that look like projects and are not among ``found``, with what is wrong with each."""
    from studio.core.project import MANIFEST

    known = {project.session_name for project in found}
    folders = studio.settings.sessions.glob(f"*/{MANIFEST}")
    names = sorted(folder.parent.name for folder in folders if not folder.parent.name.startswith("."))
    return {name: _fault(studio.settings.sessions / name) for name in names if name not in known}


def projects(found: Sequence[Project], unreadable: Mapping[str, str], *, as_json: bool) -> None:
    """All projects, one block each."""
    for name, reason in unreadable.items() if as_json else ():
        click.echo(f"studio: {name} cannot be read: {reason}", err=True)
    if as_json:
        _json([_project_row(project) for project in found])
        return
    click.echo("=" * _WIDE + "\nAI FILM STUDIO - SESSIONS\n" + "=" * _WIDE + "\n")
    if not found and not unreadable:
        click.echo('No films yet. Make the first: studio film "A lighthouse keeper finds a stranded whale"\n')
    for project in found:
        stats = project.stats
        click.echo(f"{_state(project)} | {project.session_name}")
        click.echo(f"  Idea: {_short(project.idea or project.title)}")
        click.echo(f"  Started: {_visible(project.started_at or project.created_at)[:19]}")
        total = stats.get("total_shots", 0)
        click.echo(
            f"  Progress: {stats.get('images_generated', 0)}/{total} images, {stats.get('videos_rendered', 0)} videos\n"
        )
    for name, reason in unreadable.items():
        click.echo(f"✗ UNREADABLE | {name}\n  {name} cannot be read: {reason}\n")
    click.echo("=" * _WIDE)


def project(found: Project, shots_: Sequence[ShotStatus], *, as_json: bool) -> None:
    """One project with bars and shots."""
    if as_json:
        _json({**_project_row(found), "shots": [_shot_row(status) for status in shots_]})
        return
    click.echo(f"Session: {found.session_name}\nStatus: {_state(found)}")
    click.echo(
        f"Idea: {_visible(found.idea or found.title)}\nStarted: {_visible(found.started_at or found.created_at)}\n\nProgress Bar:"
    )
    counts = {"images": "images_generated", "videos": "videos_rendered"}
    total = found.stats.get("total_shots", 0)
    for step, is_done in found.steps.items():
        done = found.stats.get(counts[step], 0) if step in counts else int(is_done)
        click.echo(_bar(_STEP_WORDS.get(step, step), done, total if step in counts else 1, counted=step in counts))
    if shots_:
        click.echo("\nShot Breakdown:")
    for status in shots_:
        click.echo(_shot_line(status))


def shots(found: Sequence[ShotStatus], *, as_json: bool) -> None:
    """A table of all shots."""
    if as_json:
        _json([_shot_row(status) for status in found])
        return
    if not found:
        click.echo("No shots yet.")
    for status in found:
        shot_ = status.shot
        click.echo(
            f"{_mark(status)} Shot {shot_.index}  {shot_.duration_s:.2f} s  {shot_.camera or 'no camera move named'}"
        )
        click.echo(f"         {shot_.image_prompt}")
        if shot_.narration:
            click.echo(f"         “{shot_.narration}”")


def shot(studio: Studio, name: str, number: int, *, as_json: bool) -> None:
    """One shot, the camera move as it was understood, and what a run would make."""
    from studio.errors import UserError
    from studio.model.camera import describe, parse_camera

    found = [status for status in statuses(studio, name) if status.shot.index == number]
    if not found:
        raise UserError(f"{name} has no shot {number}.")
    move = describe(parse_camera(found[0].shot.camera or found[0].shot.motion_prompt))
    if as_json:
        _json({**_shot_row(found[0]), "camera_move": move})
        return
    for key, value in found[0].shot.model_dump(by_alias=True).items():
        click.echo(f"{key:>14}  {value}")
    click.echo(f"{'camera means':>14}  {move}")
    if found[0].stale:
        click.echo(f"{'a run makes':>14}  {', '.join(found[0].stale)} and the film")


def takes(found: Sequence[Take], *, as_json: bool) -> None:
    """All takes of a shot."""
    if as_json:
        _json([asdict(take) for take in found])
        return
    for take in found:
        click.echo(f"{'*' if take.is_current else ' '} {take.id}  {take.at[:19]}  {take.origin:<9} {take.name}")
    click.echo("* is in the film now" if found else "No takes yet.")


def plan(found: Plan, *, as_json: bool) -> None:
    """What would be made and kept, and why."""
    if as_json:
        made = [{"name": planned.name, "why": planned.why} for planned in found.make]
        _json({"make": made, "keep": found.keep, "estimate_s": found.estimate_s, "estimate_cost": 0.0})
        return
    for planned in found.make:
        click.echo(f"make  {planned.name:<28} {planned.why}")
    for name in found.back:
        click.echo(f"back  {name:<28} an earlier take fits again")
    click.echo(f"keep  {len(found.keep) - len(found.back)} files as they are")
    idle = "Nothing to make; a run brings the earlier takes back." if found.back else "Nothing to do."
    click.echo(f"About {found.estimate_s:.0f} s; costs nothing." if found.make else idle)


def faults(found: Sequence[Fault], *, as_json: bool) -> None:
    """What ``verify`` found."""
    if as_json:
        _json([asdict(fault) for fault in found])
        return
    for fault in found:
        click.echo(f"✗ {fault.name}: {fault.what}")
    click.echo("Some files need a run: studio resume." if found else "✓ Every finished file is there and whole.")


def opened(found: Opened, *, as_json: bool) -> None:
    """What came in from another program's directory."""
    if as_json:
        _json(asdict(found))
        return
    click.echo(f"Project: {found.name}")
    for word in ("done", "torn", "stale", "missing"):
        for item in getattr(found, word):
            click.echo(f"  {word:<8} {item}")
    click.echo(f"Go on with: studio resume {found.name}")


def incomplete(found: Project, shots_: Sequence[ShotStatus]) -> None:
    """The block that asks whether to go on, on stderr: it is a question, no answer."""
    line = "=" * 66
    words = [
        line,
        "INCOMPLETE SESSION FOUND",
        line,
        f"Session ID: {found.session_name}",
        f"Started: {found.started_at}",
    ]
    words += [f"Idea: {_short(found.idea or found.title)}", "", "Progress:"]
    words += [f"  Total shots: {found.stats.get('total_shots', 0)}"]
    words += [f"  Images generated: {found.stats.get('images_generated', 0)}"]
    words += [f"  Videos rendered: {found.stats.get('videos_rendered', 0)}", "", "Shot Status:"]
    click.echo("\n".join([*words, *map(_shot_line, shots_), line]), err=True)


def engines(found: Sequence[EngineStatus], *, as_json: bool) -> None:
    """Every engine with what is missing."""
    if as_json:
        _json([asdict(status) for status in found])
        return
    for status in found:
        click.echo(
            f"{'✗' if status.missing else '✓'} {status.name:<18} {status.missing or ('ready' if status.is_asked else 'set; `studio engines check` asks it')}"
        )


def checked(found: Checked, *, as_json: bool) -> None:
    """One engine with each thing that was looked at."""
    if as_json:
        _json(asdict(found))
        return
    click.echo(f"{'✗' if found.missing else '✓'} {found.name:<18} {'not ready' if found.missing else 'ready'}")
    for part in found.parts:
        click.echo(f"  {'✓' if part.is_good else '✗'} {part.heading}{f': {part.says}' if part.says else ''}")


def settings(found: Sequence[KnownSetting], setup: Setup, *, as_json: bool) -> None:
    """Every setting with its value, of a key only that it is set, and who says it."""
    if as_json:
        _json([_setting_row(one, setup) for one in found])
        return
    for one in found:
        value = setup.shown(one.setting) or "-"
        source = _SOURCES[setup.source(one.setting)]
        click.echo(f"{one.setting.name:<26} {_visible(value)}  ({source})")


def set_now(known: KnownSetting, setup: Setup, *, as_json: bool) -> None:
    """How a setting stands after it was set."""
    if as_json:
        _json(_setting_row(known, setup))
        return
    setting, source = known.setting, setup.source(known.setting)
    if source == "environment":
        click.echo(f"{setting.name} is saved, but {setting.variable} goes before it as long as it is set.")
    elif source == "file":
        click.echo(f"{setting.name} is set. It is used by {', '.join(known.engines)}.")
    else:
        click.echo(f"{setting.name} is no longer set{f': {setting.default} is used' if setting.default else ''}.")


_SOURCES = {"environment": "environment", "file": "file", "default": "default", "": "not set"}


def _setting_row(known: KnownSetting, setup: Setup) -> dict[str, Any]:
    setting = known.setting
    source = setup.source(setting)
    return {
        "name": setting.name,
        "title": setting.title,
        "kind": setting.kind,
        "value": setup.shown(setting),
        "source": source,
        "variable": setting.variable,
        "engines": list(known.engines),
    }


def _json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _state(found: Project) -> str:
    return "✓ COMPLETE" if found.is_complete else "⏳ IN PROGRESS"


def _fault(directory: Path) -> str:
    from studio.core.project import load_project
    from studio.errors import StudioError

    try:
        load_project(directory)
    except (StudioError, OSError) as error:
        return str(error)
    return f"its journal or its shots are damaged; `studio sessions verify {directory.name}` says more."


def _project_row(found: Project) -> dict[str, Any]:
    return {**found.model_dump(mode="json"), "completed": found.is_complete}


def _visible(text: str) -> str:
    """``text`` without what would move the cursor or colour the screen; ideas come from other computers too."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def _short(text: str, most: int = 70) -> str:
    line = " ".join(_visible(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _bar(word: str, done: int, total: int, *, counted: bool) -> str:
    share = done / total if total else 0.0
    mark = "✓" if share == 1 else "⏳" if share else "⬜"
    filled = round(20 * share)
    count = f" ({done}/{total})" if counted else ""
    return f"{word:<12} [{'█' * filled}{'░' * (20 - filled)}] {share:>4.0%}  {mark}{count}"


def _mark(status: ShotStatus) -> str:
    mark = f"[{status.mark}]"
    return f"  {mark:<6}"


def _shot_line(status: ShotStatus) -> str:
    stale = "  (changed: will be made again)" if status.stale and status.mark == "DONE" else ""
    return f"{_mark(status)} Shot {status.shot.index}: {_short(status.shot.image_prompt, 56)}{stale}"


def _shot_row(status: ShotStatus) -> dict[str, Any]:
    return {
        **status.shot.model_dump(mode="json", by_alias=True),
        "status": status.mark,
        "image_generated": status.mark != "TODO",
        "video_rendered": status.mark == "DONE",
        "stale": list(status.stale),
    }
