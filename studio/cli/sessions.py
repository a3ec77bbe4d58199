"""``studio sessions``: list, view, check, rename, copy, save, go back, delete, send away and take in projects."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from studio.cli.options import (
    DONE,
    PROBLEMS,
    errors_in_words,
    json_option,
    sessions_option,
    settings_for,
    studio_for,
)

if TYPE_CHECKING:
    from studio.core.cleanup import Cleaning
    from studio.core.project_sessions import Outcome, ProjectSessionManager

_STATES = "new started running interrupted paused failed problems changed complete damaged newer".split()


def _command(group: click.Group, name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of ``group`` with what all of them have."""

    def made(function: Callable[..., Any]) -> click.Command:
        return group.command(name)(sessions_option(json_option(errors_in_words(function))))

    return made


def _keeper(sessions_dir: Path | None) -> ProjectSessionManager:
    from studio.keeping import keeper

    return keeper(settings_for(sessions_dir))


@click.group()
def sessions() -> None:
    """List, view, check and keep projects."""


@_command(sessions, "list")
def list_(sessions_dir: Path | None, as_json: bool) -> None:
    """All projects, newest first."""
    from studio.cli import show

    studio = studio_for(sessions_dir)
    found = studio.projects()
    show.projects(found, show.unreadable(studio, found), as_json=as_json)


@_command(sessions, "view")
@click.argument("name")
def view(name: str, sessions_dir: Path | None, as_json: bool) -> None:
    """One project: its steps with progress bars, and each shot."""
    from studio.cli import show

    studio = studio_for(sessions_dir)
    found, then = studio.project(name), studio.resume_info(name)
    show.project(found, show.statuses(studio, name), studio.spent(name), then, as_json=as_json)


@_command(sessions, "info")
@click.argument("name")
def info(name: str, sessions_dir: Path | None, as_json: bool) -> None:
    """One project on a card, with what takes its space."""
    from studio.cli import kept

    kept.info(_keeper(sessions_dir).get_session_info(name), as_json=as_json)


@_command(sessions, "search")
@click.argument("text")
@click.option("--state", type=click.Choice(_STATES))
@click.option("--language", default="", help="Two letters.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
def search(text: str, state: str | None, language: str, limit: int, sessions_dir: Path | None, as_json: bool) -> None:
    """Find projects by words.

    Those whose name, title, idea or notes hold every word of TEXT, changed last first.
    """
    from studio.cli import kept
    from studio.core.index import Query

    asked = Query(text=text, state=state or "", language=language, limit=limit)
    kept.found(_keeper(sessions_dir).search(asked), as_json=as_json)


@_command(sessions, "verify")
@click.argument("name")
@click.option("--deep", is_flag=True, help="Read every byte.")
def verify(name: str, deep: bool, sessions_dir: Path | None, as_json: bool) -> NoReturn:
    """Check that all finished files of NAME are whole.

    Nothing is changed.
    """
    from studio.cli import show

    faults = studio_for(sessions_dir).verify(name, deep=deep)
    show.faults(faults, as_json=as_json)
    sys.exit(PROBLEMS if any(fault.is_damage for fault in faults) else DONE)


@_command(sessions, "rename")
@click.argument("old")
@click.argument("new")
def rename(old: str, new: str, sessions_dir: Path | None, as_json: bool) -> None:
    """Call the project OLD by the name NEW."""
    from studio.cli import kept

    name = _keeper(sessions_dir).rename(old, new)
    kept.said(f"{old} is called {name} now.", {"session": name}, as_json=as_json)


@_command(sessions, "duplicate")
@click.argument("name")
@click.argument("new", required=False, default="")
def duplicate(name: str, new: str, sessions_dir: Path | None, as_json: bool) -> None:
    """Make a second project like NAME.

    It is called NEW, else NAME-2, and has its work, takes and save points.
    """
    from studio.cli import kept, waiting

    keeper = _keeper(sessions_dir)
    with waiting.watched("Copying") as (tell, stop):
        copy = keeper.duplicate(name, new, tell=tell, stop=stop)
    kept.said(f"{copy} is like {name}.", {"session": copy}, as_json=as_json)


@_command(sessions, "save")
@click.argument("name")
@click.option("--tags", help="Words to find it by, with commas; they replace those it has.")
@click.option("--notes", help="What you want to remember of it.")
@click.option("--label", default="", help="A word to find the save point by.")
def save(
    name: str, tags: str | None, notes: str | None, label: str, sessions_dir: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Save NAME: a save point of all of it, and its tags and notes.

    The work itself is saved as it is made; this keeps the present state to go back to.
    """
    from studio.cli import kept, waiting

    keeper = _keeper(sessions_dir)
    if tags is not None or notes is not None:
        keeper.annotate(name, tags=None if tags is None else tags.split(","), notes=notes)
    with waiting.watched("Saving") as (tell, stop):
        point = keeper.snapshot(name, label, tell=tell, stop=stop)
    kept.said(f"{name} is saved; {point.id} goes back to it.", {"session": name, "snapshot": point.id}, as_json=as_json)


@_command(sessions, "relink")
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
def relink(name: str, folder: Path, sessions_dir: Path | None, as_json: bool) -> NoReturn:
    """Find files of NAME that were moved away, by what they hold, in FOLDER.

    They are copied back to their places; what is in FOLDER stays there.
    """
    from studio.cli import kept, waiting

    with waiting.watched("Looking") as (tell, stop):
        back = _keeper(sessions_dir).relink(name, folder, tell=tell, stop=stop)
    lost = [one.name for one in back if one.found is None]
    found = {one.name: str(one.found) for one in back if one.found}
    words = f"{len(found)} found, {len(lost)} still missing" if back else "Nothing is missing"
    kept.said(". ".join([words, *lost]), {"session": name, "found": found, "missing": lost}, as_json=as_json)
    sys.exit(PROBLEMS if lost else DONE)


@_command(sessions, "snapshot")
@click.argument("name")
@click.option("--label", default="", help="A word to find it by.")
def snapshot(name: str, label: str, sessions_dir: Path | None, as_json: bool) -> None:
    """Make a save point of NAME, to go back to."""
    from studio.cli import kept, waiting

    keeper = _keeper(sessions_dir)
    with waiting.watched("Saving") as (tell, stop):
        made = keeper.snapshot(name, label, tell=tell, stop=stop)
    kept.snapshot_made(name, made, as_json=as_json)


@_command(sessions, "snapshots")
@click.argument("name")
def snapshots(name: str, sessions_dir: Path | None, as_json: bool) -> None:
    """The save points of NAME, oldest first."""
    from studio.cli import kept

    kept.snapshots(_keeper(sessions_dir).snapshots(name), as_json=as_json)


@_command(sessions, "revert")
@click.argument("name")
@click.argument("snapshot")
def revert(name: str, snapshot: str, sessions_dir: Path | None, as_json: bool) -> None:
    """Go back to a save point of NAME.

    SNAPSHOT is its label, or how its name begins. How the project is now is saved first.
    """
    from studio.cli import kept, waiting

    keeper = _keeper(sessions_dir)
    with waiting.watched("Going back") as (tell, stop):
        done = keeper.revert(name, snapshot, tell=tell, stop=stop)
    kept.reverted(name, done, as_json=as_json)


@_command(sessions, "delete")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def delete(names: tuple[str, ...], sessions_dir: Path | None, as_json: bool) -> NoReturn:
    """Put projects into the trash, whole; `restore` brings them back."""
    from studio.cli import kept

    outcomes = _keeper(sessions_dir).delete_many(dict.fromkeys(names))
    kept.deleted(outcomes, as_json=as_json)
    sys.exit(_code(outcomes))


@_command(sessions, "trash")
def trash(sessions_dir: Path | None, as_json: bool) -> None:
    """What is in the trash, deleted last first."""
    from studio.cli import kept

    kept.trash(_keeper(sessions_dir).trashed(), as_json=as_json)


@_command(sessions, "restore")
@click.argument("name")
def restore(name: str, sessions_dir: Path | None, as_json: bool) -> None:
    """Bring back the project deleted last under NAME."""
    from studio.cli import kept

    back = _keeper(sessions_dir).restore_session(name)
    kept.said(f"{back} is back.", {"session": back}, as_json=as_json)


@_command(sessions, "export")
@click.argument("name")
@click.option("--to", "out", type=click.Path(path_type=Path), help="ZIP file or folder.  [./NAME_export.zip]")
@click.option("--slim", is_flag=True, help="Without takes, save points and what a run can make again.")
def export(name: str, out: Path | None, slim: bool, sessions_dir: Path | None, as_json: bool) -> None:
    """Pack NAME into one ZIP file, to keep it or to send it."""
    from studio.cli import kept, waiting

    keeper = _keeper(sessions_dir)
    with waiting.watched("Packing") as (tell, stop):
        file = keeper.export_session(name, out or Path.cwd(), is_slim=slim, tell=tell, stop=stop)
    kept.exported(name, file, as_json=as_json)


@_command(sessions, "import")
@click.argument("zip_path", metavar="ZIP", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", help="Name of the project (else that in the ZIP).")
@click.option("--replace", is_flag=True, help="Put the project of that name into the trash.")
def import_(zip_path: Path, name: str | None, replace: bool, sessions_dir: Path | None, as_json: bool) -> None:
    """Take in a project from a ZIP file.

    One of this studio, or a session of the older AI Film Studio.
    """
    from studio.cli import kept, waiting
    from studio.keeping import take_in

    keeper = _keeper(sessions_dir)
    with waiting.watched("Unpacking") as (tell, stop):
        taken = take_in(
            keeper, settings_for(sessions_dir), zip_path, name=name, is_replacing=replace, tell=tell, stop=stop
        )
    kept.imported(taken, as_json=as_json)


@_command(sessions, "cleanup")
@click.argument("name", required=False)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option(
    "--only", "kinds", type=click.Choice(["takes", "snapshots", "tmp"]), multiple=True,
    help="Only this (may be given more than once).  [all three]",
)  # fmt: skip
@click.option("--keep", type=click.IntRange(0), default=3, show_default=True, help="Save points that stay.")
@click.option("--trash", "with_trash", is_flag=True, help="Empty the trash as well.")
@click.option("--yes", is_flag=True, help="Do not ask (needed where nobody can answer).")
def cleanup(
    name: str | None, dry_run: bool, kinds: tuple[str, ...], keep: int, with_trash: bool, yes: bool,
    sessions_dir: Path | None, as_json: bool,
) -> NoReturn:  # fmt: skip
    """Free disk space in NAME, else in every project.

    What goes: replaced takes, old save points, half-made files. The work as it is now stays whole.
    """
    from studio.cli import kept, waiting
    from studio.errors import UserError

    keeper = _keeper(sessions_dir)
    names = [name] if name else sorted(keeper.get_all_sessions())

    def clean(*, is_dry_run: bool) -> tuple[dict[str, Cleaning], list[Outcome]]:
        return _cleanings(keeper, names, kinds, keep, is_dry_run=is_dry_run)

    cleanings, problems = clean(is_dry_run=True)
    trashed = keeper.trashed() if with_trash else ()
    if not dry_run:
        if not yes:
            kept.cleanings(cleanings, trashed, problems, is_done=False, as_json=False, err=True)
            if not sys.stdin.isatty():
                raise click.UsageError("Nothing was removed: there is nobody to ask. --yes removes it without asking.")
            if not click.confirm("Remove these for good?", err=True):
                raise UserError("Nothing was removed.")
        cleanings, problems = clean(is_dry_run=False)
        with waiting.watched("Emptying the trash") as (_, stop):
            keeper.empty_trash(trashed, stop=stop)
    kept.cleanings(cleanings, trashed, problems, is_done=not dry_run, as_json=as_json)
    sys.exit(_code(problems))


@_command(sessions, "reindex")
def reindex(sessions_dir: Path | None, as_json: bool) -> None:
    """Fill the index of all projects anew from their folders."""
    from studio.cli import kept

    count = _keeper(sessions_dir).reindex()
    kept.said(f"{count} projects are in the index.", {"projects": count}, as_json=as_json)


@sessions.command("help")
@click.pass_context
def help_(ctx: click.Context) -> None:
    """Show this help."""
    assert ctx.parent is not None
    click.echo(ctx.parent.get_help())


def _cleanings(
    keeper: ProjectSessionManager, names: Iterable[str], kinds: tuple[str, ...], keep: int, *, is_dry_run: bool
) -> tuple[dict[str, Cleaning], list[Outcome]]:
    """What goes of each project; one that cannot be cleaned now does not keep the others from it."""
    from studio.core.cleanup import KINDS
    from studio.core.project_sessions import Outcome
    from studio.errors import StudioError

    asked = [kind for kind in KINDS if not kinds or kind in kinds]
    done, problems = {}, []
    for name in names:
        try:
            done[name] = keeper.cleanup(name, kinds=asked, keep_snapshots=keep, is_dry_run=is_dry_run)
        except StudioError as error:
            problems.append(Outcome(name, str(error)))
    return done, problems


def _code(outcomes: Iterable[Outcome]) -> int:
    return PROBLEMS if any(outcome.error for outcome in outcomes) else DONE
