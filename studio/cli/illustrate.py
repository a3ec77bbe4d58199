"""``studio illustrate``, ``book``, ``chapters``, ``people``, ``pictures`` and ``picture``: illustrated books."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from studio.cli.kinds import check_kind
from studio.cli.options import (
    DONE,
    FILE,
    Size,
    Value,
    Within,
    choices_made,
    errors_in_words,
    json_option,
    most_usd_option,
    sessions_option,
    studio_for,
)
from studio.errors import BadInput, UserError
from studio.model import bounds
from studio.model.ranges import numbers_in

if TYPE_CHECKING:
    from studio.service import Studio

_FORMATS = {"pdf": "pdf", "epub": "epub", "html": "html", "docx": "docx", "contact": "contact_sheet", "film": "film"}
"""By the word that is typed."""


class _Numbers(Value):
    """``1-3,5``: numbers of chapters; ``all``: an empty tuple."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        try:
            return numbers_in(str(value))
        except BadInput as error:
            self.fail(str(error), param, ctx)


class _Formats(Value):
    """``pdf,epub``: some of the formats."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        words = [word.strip().lower() for word in str(value).split(",") if word.strip()]
        unknown = [word for word in words if word not in _FORMATS]
        if unknown or not words:
            self.fail(f"{unknown[0] if unknown else 'Nothing'} is none of {', '.join(_FORMATS)}.", param, ctx)
        return tuple(dict.fromkeys(words))


@click.command()
@click.argument("file", type=FILE)
@click.option("--style", help="watercolour, ink, storybook, noir … or a JSON file.  [watercolour]")
@click.option(
    "--max_emotional_moments", "--max-emotional-moments", type=Within(bounds.MOMENTS),
    help="Pictures a chapter, at most.  [10]",
)  # fmt: skip
@click.option("--chapters", type=_Numbers(), help="Those that get pictures: 1-3 or 2,5-7, or all.  [all]")
@click.option("--text", help="Engine that reads the chapters: builtin, openai, claude, gemini.  [builtin]")
@click.option("--image", help="Engine that draws.  [storyboard]")
@click.option("--analysis-only", "--analysis_only", "analysis_only", is_flag=True, help="Read it; draw nothing.")
@click.option("--headers/--no-headers", default=None, help="A drawn strip over every chapter's heading.  [no]")
@click.option("--size", type=Size(), help="Picture size in pixels.  [1024x768]")
@click.option("--seed", type=Within(bounds.SEED), help="Another number, other pictures.  [1]")
@click.option("--name", default="", help="Name of the project (else the book's title).")
@click.option("--new", "is_new", is_flag=True, help="Begin another book of a file that has one.")
@most_usd_option
@sessions_option
@json_option
@errors_in_words
def illustrate(
    file: Path, name: str, is_new: bool, most_usd: float | None, sessions_dir: Path | None, as_json: bool,
    **choices: Any,
) -> NoReturn:  # fmt: skip
    """Illustrate the book in FILE (text, Markdown, Word, EPUB, PDF, RTF): the moments that deserve a picture, their
    pictures, and the book as PDF and EPUB.

    The same file again goes on with its book; with --name, also the changed file: only chapters that changed are read
    again.
    """
    from studio.cli import live

    studio = studio_for(sessions_dir)
    made = _begun(studio, file, name, _chosen(choices), is_new=is_new)
    sys.exit(live.run(studio, made, as_json=as_json, most_usd=most_usd))


def _chosen(choices: dict[str, Any]) -> dict[str, Any]:
    """Fields of ManuscriptOptions that were said."""
    from studio.planning.books.styles import style_of

    given = choices_made(choices)
    style = given.pop("style", "")
    return {**given, **({"style": style_of(style).model_dump(mode="json")} if style else {})}


def _begun(studio: Studio, file: Path, name: str, chosen: dict[str, Any], *, is_new: bool) -> str:
    """The name of the book of that file: the one there is, with what is asked for here, or a new one."""
    from studio.service.manuscripts import options_of

    existing = "" if is_new else _existing(studio, file, name)
    if existing:
        found = studio.set_manuscript_file(existing, file)
        if not found.is_none:
            click.echo(f"studio: {found.said}", err=True)
        studio.change_manuscript_options(existing, chosen)
        return existing
    made = studio.create_manuscript(file, options_of(chosen), name=name)
    if not is_new and not name:
        _say_earlier(studio, made)
    return made


def _say_earlier(studio: Studio, made: str) -> None:
    """Name the newest book of the same title, if there is one."""
    title = studio.project(made).title
    others = (one.session_name for one in studio.projects() if one.kind == "manuscript" and one.title == title)
    earlier = next((one for one in others if one != made), "")
    if earlier:
        click.echo(
            f"studio: {made} is a new book. {earlier} was made of an earlier version of this file? Go on with it: "
            f"--name {earlier}",
            err=True,
        )


def _existing(studio: Studio, file: Path, name: str) -> str:
    from studio.core.files import safe_name

    if not name:
        found = studio.find_manuscript(file)
        return found.session_name if found else ""
    safe = safe_name(name)
    if not safe or not (studio.settings.sessions / safe).is_dir():
        return ""
    if studio.project(safe).kind != "manuscript":
        raise UserError(f"{safe} is no book. Choose another --name; nothing was changed.")
    return safe


@click.command()
@click.argument("name")
@click.option("--to", "formats", type=_Formats(), required=True, help=f"{', '.join(_FORMATS)}, with commas.")
@sessions_option
@json_option
@errors_in_words
def book(name: str, formats: tuple[str, ...], sessions_dir: Path | None, as_json: bool) -> NoReturn:
    """Bind NAME with its pictures into books; what is missing is made first.

    `film` begins a film project whose shots are the pictures, with their passages spoken.
    """
    from studio.cli import books, live

    studio = studio_for(sessions_dir)
    check_kind(studio, name, "manuscript")
    if formats == ("film",):
        books.begun(studio.to_film(name), as_json=as_json)
        sys.exit(DONE)
    bound = [_FORMATS[one] for one in formats if one != "film"]
    begin_film = (lambda: studio.to_film(name)) if "film" in formats else None
    sys.exit(live.run(studio, name, as_json=as_json, formats=bound, begin_film=begin_film))


@click.command()
@click.argument("name")
@click.option("--rename", nargs=2, metavar="NUMBER TITLE", help="Another heading.")
@click.option("--move", nargs=2, type=int, metavar="NUMBER PLACE", help="To another place in the book.")
@click.option("--merge", type=int, metavar="NUMBER", help="Join it with the one behind it.")
@click.option(
    "--split",
    nargs=2,
    metavar="NUMBER WORDS",
    help="A new chapter begins with these words of it (--rename gives it a heading).",
)
@sessions_option
@json_option
@errors_in_words
def chapters(
    name: str, rename: tuple[str, str] | None, move: tuple[int, int] | None, merge: int | None,
    split: tuple[str, str] | None, sessions_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """The chapters of NAME with what is finished; they can be renamed, moved, joined and cut."""
    from studio.cli import books

    studio = studio_for(sessions_dir)
    check_kind(studio, name, "manuscript")
    if rename:
        studio.rename_chapter(name, books.id_of(studio, name, rename[0]), rename[1])
    if move:
        studio.move_chapter(name, books.id_of(studio, name, move[0]), move[1])
    if merge is not None:
        studio.merge_chapters(name, books.id_of(studio, name, merge))
    if split:
        new = studio.split_chapter(name, *books.place_of(studio, name, *split)).number
        click.echo(f'Chapter {new} is new and has no heading: studio chapters {name} --rename {new} "TITLE"', err=True)
    books.chapters(studio.project(name), as_json=as_json)


@click.command()
@click.argument("name")
@sessions_option
@json_option
@errors_in_words
def pictures(name: str, sessions_dir: Path | None, as_json: bool) -> None:
    """The pictures of NAME, with their passages and words, and what is finished and stale."""
    from studio.cli import books

    studio = studio_for(sessions_dir)
    check_kind(studio, name, "manuscript")
    books.pictures(studio.manuscript(name), studio.pictures(name), as_json=as_json)


@click.command()
@click.argument("name")
@click.argument("chapter", type=int)
@click.argument("number", type=int)
@click.option("--prompt", help="What it shows.")
@click.option("--seed", type=Within(bounds.SEED), help="Another number, another picture.")
@click.option("--leave-out/--put-back", "is_left_out", default=None, help="The moment gets no picture.")
@click.option("--retake", is_flag=True, help="Draw it again, differently.")
@click.option("--own", type=FILE, help="A PNG of your own in its place.")
@click.option("--takes", "wants_takes", is_flag=True, help="List all takes.")
@click.option("--pick", metavar="TAKE", help="Take an earlier one back.")
@sessions_option
@json_option
@errors_in_words
def picture(
    name: str, chapter: int, number: int, retake: bool, own: Path | None, wants_takes: bool, pick: str | None,
    sessions_dir: Path | None, as_json: bool, **changes: Any,
) -> None:  # fmt: skip
    """Change picture NUMBER of chapter CHAPTER of NAME, as `studio pictures NAME` counts them (0: its strip).

    `studio plan NAME` then shows what follows, `studio resume NAME` makes it.
    """
    from studio.cli import books, show

    studio = studio_for(sessions_dir)
    check_kind(studio, name, "manuscript")
    id_ = books.id_of(studio, name, chapter)
    changes = choices_made(changes)
    if pick and not re.fullmatch(r"(?i)[0-9a-f]{4,64}", pick):
        raise click.UsageError("--pick takes the id of a take, as --takes shows it: --pick 1a2b3c4d")
    if number == 0 and (retake or set(changes) - {"prompt"}):
        raise click.UsageError("Of a chapter's strip only the words can be changed: --prompt")
    _change(studio, name, (id_, number), changes)
    if retake:
        studio.retake_picture(name, id_, number)
    if own:
        studio.bring_picture(name, id_, number, own)
    if pick:
        studio.pick_picture(name, id_, number, pick.lower())
    if wants_takes:
        show.takes(studio.picture_takes(name, id_, number), "book", as_json=as_json)
        return
    found = [one for one in studio.pictures(name) if (one.chapter, one.number) == (id_, number)]
    if not found:
        raise BadInput(f"Chapter {chapter} has no picture {number}: `studio pictures {name}` lists them.")
    books.pictures(studio.manuscript(name), found, as_json=as_json)


def _change(studio: Studio, name: str, picture: tuple[int, int], changes: dict[str, Any]) -> None:
    chapter, number = picture
    if changes and number == 0:
        studio.edit_header(name, chapter, changes["prompt"])
    elif changes:
        studio.edit_picture(name, chapter, number, **changes)


@click.command()
@click.argument("name")
@click.argument("who", required=False)
@click.option("--text", "look", help="How they look: age, build, hair, clothes.")
@click.option("--gender", type=click.Choice(["female", "male"]), help="For he and she in the pictures' words.")
@sessions_option
@json_option
@errors_in_words
def people(
    name: str, who: str | None, look: str | None, gender: str | None, sessions_dir: Path | None, as_json: bool
) -> None:
    """The people of the book NAME, with their looks; with WHO, change how that one looks in every picture.

    `studio plan NAME` then shows which pictures follow, `studio resume NAME` draws them.
    """
    from studio.cli import books

    studio = studio_for(sessions_dir)
    check_kind(studio, name, "manuscript")
    if who is None and (look is not None or gender):
        raise click.UsageError("Say whom: studio people NAME WHO --text …")
    if look is not None or gender:
        studio.edit_person(name, str(who), look=look, gender=gender)
    books.people([studio.person(name, who)] if who is not None else studio.people(name), as_json=as_json)
