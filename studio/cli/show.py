"""Answers of the studio as text for people or JSON for programs, on stdout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.cli.options import in_json

if TYPE_CHECKING:
    from studio.core.pipeline import Plan
    from studio.core.processing import ResumeInfo
    from studio.core.project import Project
    from studio.looking import Fault, ShotStatus, Take
    from studio.model.cost import Spent
    from studio.model.shot import Shot
    from studio.service import Opened, Studio

_WIDE = 80
_OTHER_WORDS = "the picture is an earlier take, made of other words"
_STEP_WORDS = {
    "story": "Story",
    "scene_graph": "Scene graph",
    "scenes": "Scenes",
    "shots": "Shots",
    "sheets": "Sheets",
    "images": "Images",
    "narration": "Narration",
    "videos": "Videos",
    "sounds": "Sounds",
    "film": "Film",
    "manuscript": "Manuscript",
    "analysis": "Chapters",
    "cast": "People",
    "prompts": "Prompts",
    "book": "Book",
}


def statuses(studio: Studio, name: str, plan_: Plan | None = None) -> tuple[ShotStatus, ...]:
    """The project's shots, by ``plan_`` if it was made just now. Raises BadInput, with the place, if somebody wrote into ``shots.json`` what cannot be."""
    from studio.model.shot import shots_in
    from studio.model.text_files import read_regular

    found = studio.shots(name, plan_)
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
        click.echo(in_json([_project_row(project) for project in found]))
        return
    click.echo("=" * _WIDE + "\nAI FILM STUDIO - SESSIONS\n" + "=" * _WIDE + "\n")
    if not found and not unreadable:
        click.echo('No films yet. Make the first: studio film "A lighthouse keeper finds a stranded whale"\n')
    for project in found:
        stats = project.stats
        click.echo(f"{_state(project)} | {project.session_name}")
        click.echo(f"  Idea: {_short(project.idea or project.title)}")
        click.echo(f"  Started: {visible(project.started_at or project.created_at)[:19]}")
        total = stats.get("total_shots", stats.get("total_images", 0))
        click.echo(
            f"  Progress: {stats.get('images_generated', 0)}/{total} images, {stats.get('videos_rendered', 0)} videos\n"
        )
    for name, reason in unreadable.items():
        click.echo(f"✗ UNREADABLE | {name}\n  {name} cannot be read: {reason}\n")
    click.echo("=" * _WIDE)


def project(
    found: Project, shots_: Sequence[ShotStatus], spent: Spent, then: ResumeInfo, *, as_json: bool
) -> None:  # fmt: skip
    """One project with bars and shots or chapters, what services have cost it, and what comes next."""
    if as_json:
        shown = [_shot_row(number, status) for number, status in enumerate(shots_, 1)]
        paid = {"paid_works": spent.works, "lost_works": spent.lost, "spent_usd": spent.usd}
        next_ = {"last_checkpoint": then.last_checkpoint, "next_action": then.next_action}
        click.echo(in_json({**_project_row(found), "shots": shown, **paid, **next_, "next_chapter": then.next_chapter}))
        return
    click.echo(f"Session: {found.session_name}\nStatus: {_state(found)}")
    click.echo(
        f"Idea: {visible(found.idea or found.title)}\nStarted: {visible(found.started_at or found.created_at)}\n\nProgress Bar:"
    )
    counts = {"images": "images_generated", "videos": "videos_rendered"}
    total = found.stats.get("total_shots", found.stats.get("total_images", 0))
    for step, is_done in found.steps.items():
        done = found.stats.get(counts[step], 0) if step in counts else int(is_done)
        click.echo(_bar(_STEP_WORDS.get(step, step), done, total if step in counts else 1, counted=step in counts))
    if spent.works or found.most_usd is not None:
        limit = f"; the limit is ${found.most_usd:.2f}" if found.most_usd is not None else ""
        click.echo(f"Services: {spent}{limit}")
    if shots_:
        click.echo("\nShot Breakdown:")
    for number, status in enumerate(shots_, start=1):
        click.echo(_shot_line(number, status))
    if found.kind == "manuscript":
        from studio.cli.books import chapter_lines

        chapter = f" {then.next_chapter}" if then.next_chapter else ""
        click.echo("\n".join(["\nChapters:", *chapter_lines(found)]))
        click.echo(f"Next: {then.next_action.replace('_', ' ')}{chapter}{f' ({then.item})' if then.item else ''}")


def shots(found: Sequence[ShotStatus], *, as_json: bool) -> None:
    """A table of all shots, numbered by their places in the film."""
    if as_json:
        click.echo(in_json([_shot_row(number, status) for number, status in enumerate(found, start=1)]))
        return
    if not found:
        click.echo("No shots yet.")
    for number, status in enumerate(found, start=1):
        shot_ = status.shot
        file = "" if shot_.index == number else f"  (files: shot_{shot_.index:03d})"
        camera = shot_.camera or "no camera move named"
        click.echo(f"{_mark(status)} Shot {number}  {shot_.duration_s:.2f} s  {camera}{file}")
        click.echo(f"         {shot_.image_prompt}")
        if status.has_other_words:
            click.echo(f"         ({_OTHER_WORDS})")
        if shot_.narration:
            click.echo(f"         “{shot_.narration}”")


def shot(studio: Studio, name: str, number: int, *, as_json: bool) -> None:
    """One shot, the camera move as it was understood, and what a run would make."""
    from studio.model.camera import describe, parse_camera

    plan_ = studio.plan(name)
    status = _numbered(studio, name, number, plan_)
    making = [planned.name for planned in plan_.make]
    camera = parse_camera(status.shot.camera or status.shot.motion_prompt)
    move = describe(camera)
    if as_json:
        click.echo(in_json({**_shot_row(number, status), "camera_move": move, "make": making, "back": plan_.back}))
        return
    click.echo(f"{'shot':>14}  {number}")
    for key, value in _told(status.shot).items():
        click.echo(f"{key:>14}  {value}")
    click.echo(f"{'files':>14}  shot_{status.shot.index:03d}")
    click.echo(f"{'camera means':>14}  {move}{_guessed(status.shot.camera) if camera.is_guess else ''}")
    if status.has_other_words:
        click.echo(f"{'':>14}  {_OTHER_WORDS}")
    for words, files in (("a run makes", making), ("comes back", plan_.back)):
        if files:
            click.echo(f"{words:>14}  {', '.join(files)}")


def _told(shot: Shot) -> dict[str, object]:
    """The shot's fields as a person reads them; what is empty is left out."""
    fields = shot.model_dump(by_alias=True, exclude={"index"})
    retakes = ", ".join(f"{kind} {count}" for kind, count in shot.retakes.items())
    fields |= {"duration": f"{shot.duration_s:.2f} s", "retakes": retakes}
    return {key: value for key, value in fields.items() if value not in (None, "", (), {})}


def _guessed(words: str) -> str:
    return f" (“{words}” is no camera move that is known)" if words.strip() else " (no camera move is named)"


def camera_guess(words: str) -> None:
    """On stderr, if ``words`` name no camera move: what stands for them, and which moves there are."""
    from studio.model.camera import COMMON_MOVES, describe, moves_like, parse_camera

    move = parse_camera(words)
    if not words.strip() or not move.is_guess:
        return
    near = moves_like(words)
    click.echo(f"studio: “{_short(words)}” is no camera move that is known: it will be a {describe(move)}.", err=True)
    click.echo(f"{'Perhaps' if near else 'Known are'}: {', '.join(near or COMMON_MOVES)}.", err=True)


def index_of(studio: Studio, name: str, number: int) -> int:
    """The index, which names its files, of the shot at place ``number`` of the film. Raises UserError if none is."""
    return _numbered(studio, name, number).shot.index


def _numbered(studio: Studio, name: str, number: int, plan_: Plan | None = None) -> ShotStatus:
    from studio.errors import UserError

    found = statuses(studio, name, plan_)
    if not found:
        raise UserError(f"{name} has no shots yet: make the film first.")
    if not 1 <= number <= len(found):
        raise UserError(f"The film has shots 1 to {len(found)}; there is no shot {number}.")
    return found[number - 1]


def takes(found: Sequence[Take], whole: str = "film", *, as_json: bool) -> None:
    """All takes of a file of the ``whole``: film or book."""
    if as_json:
        click.echo(in_json([asdict(take) for take in found]))
        return
    for take in found:
        click.echo(f"{'*' if take.is_current else ' '} {take.id}  {take.at[:19]}  {take.origin:<9} {take.name}")
    click.echo(f"* is in the {whole} now" if found else "No takes yet.")


def plan(found: Plan, shots_: Sequence[ShotStatus] = (), *, as_json: bool) -> None:
    """What would be made and kept, and why; files of a shot whose number is not theirs any more have it beside them."""
    moved = {f"shot_{status.shot.index:03d}": n for n, status in enumerate(shots_, 1) if status.shot.index != n}
    if as_json:
        made = [{"name": planned.name, "why": planned.why} for planned in found.make]
        click.echo(
            in_json({"make": made, "keep": found.keep, "estimate_s": found.estimate_s, "estimate_cost": found.cost.usd})
        )
        return
    for planned in found.make:
        click.echo(f"make  {planned.name:<28} {_place_of(planned.name, moved)}{planned.why}")
    for name in found.back:
        click.echo(f"back  {name:<28} {_place_of(name, moved)}made before, comes back from takes/")
    click.echo(f"keep  {len(found.keep) - len(found.back)} files as they are")
    idle = "Nothing to make; a run brings the earlier takes back." if found.back else "Nothing to do."
    click.echo(f"About {found.estimate_s:.0f} s; {found.cost}." if found.make else idle)


def faults(found: Sequence[Fault], *, as_json: bool) -> None:
    """What ``verify`` found."""
    if as_json:
        click.echo(in_json([asdict(fault) for fault in found]))
        return
    for fault in found:
        click.echo(f"{'✗' if fault.is_damage else '•'} {fault.name}: {fault.what}")
    if any(fault.is_damage for fault in found):
        click.echo("Some files need a run: studio resume.")
    else:
        click.echo("✓ Every finished file is there and whole.")
        if found:
            click.echo("Nothing is broken. The next run (studio resume) puts those marked • into place.")


def opened(found: Opened, *, as_json: bool) -> None:
    """What came in from another program's directory."""
    if as_json:
        click.echo(in_json(asdict(found)))
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
    click.echo(
        "\n".join([*words, *(_shot_line(number, status) for number, status in enumerate(shots_, 1)), line]), err=True
    )


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


def visible(text: str) -> str:
    """``text`` without what would move the cursor or colour the screen; ideas come from other computers too."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def _short(text: str, most: int = 70) -> str:
    line = " ".join(visible(text).split())
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


def _place_of(file: str, moved: Mapping[str, int]) -> str:
    found = next((number for shot_, number in moved.items() if f"/{shot_}" in file), None)
    return f"shot {found}: " if found else ""


def _shot_line(number: int, status: ShotStatus) -> str:
    stale = "  (changed: will be made again)" if status.stale and status.mark == "DONE" else ""
    stale += f"  ({_OTHER_WORDS})" if status.has_other_words else ""
    return f"{_mark(status)} Shot {number}: {_short(status.shot.image_prompt, 56)}{stale}"


def _shot_row(number: int, status: ShotStatus) -> dict[str, Any]:
    return {
        "number": number,
        **status.shot.model_dump(mode="json", by_alias=True),
        "status": status.mark,
        "image_generated": status.mark != "TODO",
        "video_rendered": status.mark == "DONE",
        "stale": list(status.stale),
        "picture_has_other_words": status.has_other_words,
    }
