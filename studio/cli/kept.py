"""Answers of the keeper of projects as text for people or JSON for programs, on stdout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.cli.options import in_json

if TYPE_CHECKING:
    from studio.core.archive import Imported
    from studio.core.cleanup import Cleaning
    from studio.core.project_sessions import Outcome, Page
    from studio.core.session_info import SessionInfo
    from studio.core.snapshots import Reverted, Snapshot
    from studio.core.trash import Deleted


def said(sentence: str, facts: Mapping[str, Any], *, as_json: bool) -> None:
    """One sentence, or its facts."""
    click.echo(in_json(facts) if as_json else sentence)


def info(card: SessionInfo, *, as_json: bool) -> None:
    """One project on a card."""
    if as_json:
        click.echo(in_json({**asdict(card), "space": {**asdict(card.space), "total_bytes": card.space.total_bytes}}))
        return
    space = card.space
    lines = {
        "Project": card.session_name,
        "Title": card.title,
        "Kind": card.kind,
        "State": card.state,
        "Languages": ", ".join(card.languages),
        "Voices": ", ".join(f"{language}: {voice}" for language, voice in card.voice_assignments.items()),
        "Steps": ", ".join(f"{'✓' if is_done else '⬜'} {step}" for step, is_done in card.steps.items()),
        "Created": card.created_at[:19],
        "Changed": card.last_updated[:19],
        "Opened": card.last_accessed[:19],
        "Files": f"{card.file_count}, {_size(space.total_bytes)}",
        "Space": (
            f"work {_size(space.work_bytes)}, takes {_size(space.takes_bytes)}, "
            f"save points {_size(space.snapshots_bytes)}, half-made {_size(space.tmp_bytes)}"
        ),
        "Save points": str(card.snapshot_count),
        "Tags": ", ".join(card.tags),
        "Notes": card.notes,
    }
    for word, value in lines.items():
        if value:
            click.echo(f"{word:<12} {value}")
    for problem in card.problems:
        click.echo(f"  ✗ {problem}")


def found(page: Page, *, as_json: bool) -> None:
    """What a search found."""
    if as_json:
        click.echo(in_json({"total": page.total, "projects": page.rows}))
        return
    for row in page.rows:
        click.echo(f"{row['name']:<32} {row['state']:<12} {row['progress_percent']:>3}%  {row['title']}")
        if row["problem"]:
            click.echo(f"  ✗ {row['problem']}")
    if len(page.rows) < page.total:
        click.echo(f"{page.total - len(page.rows)} more: raise --limit.")
    if not page.rows:
        click.echo("No project has all of these words.")


def snapshot_made(name: str, made: Snapshot, *, as_json: bool) -> None:
    """A new save point."""
    sentence = (
        f"Saved as {made.id}: {len(made.files)} files, {_size(made.stored_bytes)} more on the disk.\n"
        f"Go back to it with: studio sessions revert {name} {made.id}"
    )
    said(sentence, _snapshot_row(made), as_json=as_json)


def snapshots(known: Sequence[Snapshot], *, as_json: bool) -> None:
    """All save points of a project."""
    if as_json:
        click.echo(in_json([_snapshot_row(snapshot) for snapshot in known]))
        return
    for snapshot in known:
        words = snapshot.label or "no label"
        click.echo(f"{snapshot.id:<40} {snapshot.at[:19]}  {_size(snapshot.size_bytes):>9}  {words}")
    if not known:
        click.echo("No save points yet.")


def reverted(name: str, done: Reverted, *, as_json: bool) -> None:
    """What going back did."""
    before = done.before.id if done.before else None
    sentence = f"{name} is as it was: {len(done.changed)} files came back, {len(done.dropped)} left."
    if before:
        sentence += f"\nHow it was until now: studio sessions revert {name} {before}"
    facts = {"session": name, "changed": done.changed, "dropped": done.dropped, "before": before}
    said(sentence, facts, as_json=as_json)


def deleted(outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """Which projects are in the trash, and which are not and why."""
    for outcome in outcomes:
        if outcome.error:
            click.echo(f"studio: {outcome.error}", err=True)
        elif not as_json:
            click.echo(f"{outcome.name} is in the trash. Bring it back with: studio sessions restore {outcome.name}")
    if as_json:
        click.echo(in_json([asdict(outcome) for outcome in outcomes]))


def trash(entries: Sequence[Deleted], *, as_json: bool) -> None:
    """What is in the trash."""
    if as_json:
        click.echo(in_json([asdict(entry) for entry in entries]))
        return
    for entry in entries:
        click.echo(f"{entry.name:<32} deleted {entry.at[:19]}  {_size(entry.size_bytes):>9}")
    if not entries:
        click.echo("The trash is empty.")


def exported(name: str, file: Path, *, as_json: bool) -> None:
    """Where the ZIP is."""
    size_bytes = file.stat().st_size
    facts = {"session": name, "file": str(file.absolute()), "size_bytes": size_bytes}
    said(f"{name} is packed in {file.absolute()} ({_size(size_bytes)}).", facts, as_json=as_json)


def imported(taken: Imported, *, as_json: bool) -> None:
    """What the ZIP became."""
    facts = {"session": taken.name, "kind": taken.kind, "warnings": taken.warnings}
    lines = [f"{taken.name} is here.", *(f"  ! {warning}" for warning in taken.warnings)]
    said("\n".join(lines), facts, as_json=as_json)


def cleanings(
    done: Mapping[str, Cleaning],
    trashed: Sequence[Deleted],
    problems: Sequence[Outcome],
    *,
    is_done: bool,
    as_json: bool,
    err: bool = False,
) -> None:
    """What goes, or went, of each project; on stderr with ``err``."""
    for problem in problems:
        click.echo(f"studio: {problem.error}", err=True)
    freed_bytes = sum(cleaning.freed_bytes for cleaning in done.values())
    trash_bytes = sum(entry.size_bytes for entry in trashed)
    if as_json:
        projects = [
            {"session": name, "freed_bytes": c.freed_bytes, "files": [asdict(item) for item in c.items]}
            for name, c in done.items()
        ]
        click.echo(
            in_json(
                {
                    "is_done": is_done,
                    "freed_bytes": freed_bytes,
                    "projects": projects,
                    "trash": [t.name for t in trashed],
                }
            )
        )
        return
    for name, cleaning in done.items():
        if cleaning.items:
            click.echo(f"{name:<32} {_size(cleaning.freed_bytes):>9}  {cleaning.in_words}", err=err)
    if trashed:
        count = f"{len(trashed)} project{'' if len(trashed) == 1 else 's'}"
        click.echo(f"{'the trash':<32} {_size(trash_bytes):>9}  {count}", err=err)
    verb = "Freed" if is_done else "Would free"
    click.echo(f"{verb} {_size(freed_bytes + trash_bytes)}.", err=err)


def _snapshot_row(snapshot: Snapshot) -> dict[str, Any]:
    names = ("id", "label", "at", "size_bytes", "stored_bytes", "is_automatic")
    return {**{name: getattr(snapshot, name) for name in names}, "files": len(snapshot.files)}


def _size(size_bytes: int) -> str:
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1000:.1f} kB"
    return f"{size_bytes / 1e6:,.1f} MB" if size_bytes < 1_000_000_000 else f"{size_bytes / 1e9:,.2f} GB"
