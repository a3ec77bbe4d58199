"""Answers about illustrated books, on stdout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from studio.cli.options import in_json
from studio.core.project import Project
from studio.errors import UserError
from studio.model.manuscript import Manuscript
from studio.model.moments import Person
from studio.service import Studio
from studio.service.pictures import Picture

_WIDE = 100


def begun(film: str, *, as_json: bool) -> None:
    """A film was begun."""
    if as_json:
        click.echo(in_json({"session": film}))
        return
    click.echo(f"Film: {film}. Make it with: studio resume {film}")


def chapters(found: Project, *, as_json: bool) -> None:
    """Every chapter with what is finished."""
    rows = rows_of(found)
    if as_json:
        click.echo(in_json(rows))
        return
    for line in chapter_lines(found):
        click.echo(line)
    if not rows:
        click.echo("No chapters yet: run it first.")


def chapter_lines(found: Project) -> Iterator[str]:
    """A line for every chapter, as the manifest has it."""
    for row in rows_of(found):
        title = str(row["title"] or "without a title")
        counted = f"{row['images_generated']}/{row['images']} pictures" if row["images"] else "no pictures"
        yield f"  {row['number']:>3}  {title[:44]:<44}  {row['word_count']:>6} words  {row['status']:<16} {counted}"


def rows_of(found: Project) -> list[dict[str, Any]]:
    """The manifest's chapters; none for a project that has none."""
    listed = (found.model_extra or {}).get("chapters") or ()
    return [dict(row) for row in listed if isinstance(row, Mapping)]


def pictures(book: Manuscript, found: Sequence[Picture], *, as_json: bool) -> None:
    """Every picture with its passage and its words."""
    places = {chapter.id: chapter for chapter in book.chapters}
    if as_json:
        click.echo(in_json([_row(places[one.chapter].number, one) for one in found]))
        return
    if not found:
        click.echo("No pictures yet.")
    before = 0
    for one in found:
        chapter = places[one.chapter]
        if chapter.id != before:
            click.echo(f"Chapter {chapter.number}  {chapter.title}")
            before = chapter.id
        stale = "  (your own)" if one.is_own else ""
        stale += "  (changed: will be made again)" if one.is_stale and one.mark == "DONE" else ""
        click.echo(f"  [{one.mark}]".ljust(9) + f"{one.number:>3}  {_told(one)}{stale}")
        click.echo(f"              {_short(one.prompt.prompt) or '(the next run writes its words)'}")


def people(found: Sequence[Person], *, as_json: bool) -> None:
    """Everybody with his look."""
    if as_json:
        click.echo(in_json([one.model_dump(mode="json") for one in found]))
        return
    if not found:
        click.echo("No people yet: run it first.")
    for one in found:
        own = ", in your words" if one.has_own_look else ""
        times = "once" if one.mentions == 1 else f"{one.mentions} times"
        click.echo(f"{one.name}  ({', '.join(filter(None, (one.gender, f'named {times}')))}{own})")
        if one.aliases:
            click.echo(f"    also {_short(', '.join(one.aliases))}")
        click.echo(f"    {_short(one.look) or '(the book does not say how they look)'}")


def id_of(studio: Studio, name: str, number: object) -> int:
    """The id, which names its files, of the chapter at that place of the book. Raises UserError if none is."""
    book = studio.manuscript(name)
    found = next((chapter for chapter in book.chapters if str(chapter.number) == str(number).strip()), None)
    if found is None:
        count = len(book.chapters)
        known = f"It has chapters 1 to {count}." if count else "It was not read yet: run it first."
        raise UserError(f"{name} has no chapter {number}. {known}")
    return found.id


def place_of(studio: Studio, name: str, number: object, words: str) -> tuple[int, int]:
    """The chapter's id and where ``words`` begin in its text. Raises UserError if they do not stand there once."""
    id_ = id_of(studio, name, number)
    text = next(chapter.content for chapter in studio.manuscript(name).chapters if chapter.id == id_)
    count = text.count(words) if words.strip() else 0
    if count != 1:
        raise UserError(
            f"“{_short(words)}” stands {count} times in chapter {number}: give words that stand there once."
        )
    return id_, text.index(words)


def _told(one: Picture) -> str:
    if one.moment is None:
        return "the strip over its heading" if one.number == 0 else "its passage is gone"
    return f"“{_short(one.moment.text_excerpt)}” ({', '.join(one.moment.emotional_tones)})"


def _row(chapter: int, one: Picture) -> dict[str, Any]:
    return {
        "chapter": chapter,
        "number": one.number,
        "file": one.file,
        "status": one.mark,
        "stale": one.is_stale,
        "own": one.is_own,
        "prompt": one.prompt.prompt,
        "style": one.prompt.style,
        "moment": one.moment.model_dump(mode="json") if one.moment else None,
    }


def _short(text: str) -> str:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 1]}…"
