"""The commands. Each parses its words, asks ``studio.service`` and hands the answer to ``show`` or ``live``.

Exit codes: 0 done, 1 problems, 2 usage, 3 interrupted and resumable.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from studio import __version__
from studio.cli.dub_lines import casting, line, lines, review
from studio.cli.dubs import dub
from studio.cli.engines import engines
from studio.cli.illustrate import book, chapters, illustrate, people, picture, pictures
from studio.cli.kinds import check_kind
from studio.cli.options import (
    FILE,
    Size,
    Within,
    choices_made,
    errors_in_words,
    json_option,
    most_usd_option,
    sessions_option,
    studio_for,
)
from studio.cli.scene_cards import environment, scene
from studio.cli.scenes import scenes
from studio.cli.serve import serve
from studio.cli.sessions import sessions
from studio.cli.sheets import sheet
from studio.model import bounds


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="studio")
def cli() -> None:
    """From an idea, a script or a list of prompts to a finished film, on your own computer.

    \b
    studio film "A lighthouse keeper finds a stranded whale"
    """


@cli.command()
@click.argument("idea", required=False)
@click.option(
    "--name", default="", help="Name of the project (else the title of the script or story, else session_DATE_TIME)."
)
@click.option("--script", type=FILE, help="Prose or screenplay.")
@click.option("--story", type=FILE, help="A story.json.")
@click.option("--prompts", type=FILE, help="One shot a line, or shots.json")
@click.option("--seconds", type=Within(bounds.FILM_S, is_whole=False), help="Length of the film.  [40]")
@click.option("--shots", type=Within(bounds.SHOTS), help="Number of shots (else about one each 4.5 s).")
@click.option("--size", type=Size(), help="Picture size in pixels.  [1280x720]")
@click.option("--fps", type=Within(bounds.FPS), help="Pictures a second.  [24]")
@click.option("--style", help="poster, watercolour or ink, or words for them.  [poster]")
@click.option("--seed", type=Within(bounds.SEED), help="Another number, another film of the same idea.  [1]")
@click.option("--text", help="Engine that writes.  [builtin]")
@click.option("--image", help="Engine that draws.  [storyboard]")
@click.option("--video", help="Engine that moves.  [camera]")
@click.option("--tts", help="Engine that speaks (auto: the first here that knows the language).  [auto]")
@click.option("--voice", help="Voice of that engine.")
@click.option("--language", help="Language of the narration, two letters.  [en]")
@click.option("--narration/--no-narration", default=None, help="Speak the narration.  [yes]")
@click.option("--music/--no-music", default=None, help="Lay music under the film.  [yes]")
@click.option("--subtitles", type=click.Choice(["soft", "burned", "none"]), help="[soft]")
@click.option(
    "--sheets/--no-sheets",
    default=None,
    help="Draw people and places once first, for engines that draw by pictures.  [yes]",
)
@click.option(
    "--continue-shots/--no-continue-shots",
    default=None,
    help="Begin a clip with the last picture of the one before where they show the same people and place.  [no]",
)
@most_usd_option
@click.option("--new", "is_new", is_flag=True, help="Start a new project; do not ask.")
@click.option("--resume", "is_resumed", is_flag=True, help="Go on with the project of that name, or the newest.")
@sessions_option
@json_option
@errors_in_words
def film(
    idea: str | None, name: str, script: Path | None, story: Path | None, prompts: Path | None,
    most_usd: float | None, is_new: bool, is_resumed: bool, sessions_dir: Path | None,
    as_json: bool, **choices: Any,
) -> NoReturn:  # fmt: skip
    """Make a film from IDEA (a sentence or more), or from a script, a story or a list of prompts."""
    from studio.cli import films

    files = {"script": script, "story": story, "prompts": prompts}
    idea = idea if idea and idea.strip() else ""
    given = [kind for kind, file in files.items() if file] + (["an idea"] if idea else [])
    if len(given) > 1:
        raise click.UsageError(f"One of them is enough: {' and '.join(given)}.")
    if is_new and is_resumed:
        raise click.UsageError("--new and --resume contradict each other.")
    asked = films.Asked(idea, files, name, choices_made(choices), most_usd, is_new, is_resumed)
    sys.exit(films.make(studio_for(sessions_dir), asked, as_json=as_json))


@cli.command()
@click.argument("name")
@click.option("--deep", is_flag=True, help="Read every finished file to the byte first; damaged ones are made again.")
@click.option(
    "--ask-again",
    "is_asked_again",
    is_flag=True,
    help="Ask services anew for what nobody can tell of whether they began it: it may be paid twice.",
)
@most_usd_option
@sessions_option
@json_option
@errors_in_words
def resume(
    name: str, deep: bool, is_asked_again: bool, most_usd: float | None, sessions_dir: Path | None, as_json: bool,
) -> NoReturn:  # fmt: skip
    """Run again what is missing or stale in NAME; what is finished stays as it is."""
    from studio.cli import live

    studio = studio_for(sessions_dir)
    if is_asked_again:
        asked = ", ".join(studio.ask_again(name))
        nothing = "Nothing is to be asked for again: of everything it is known whether it was begun."
        click.echo(f"Asked for, and perhaps paid for, again: {asked}" if asked else nothing, err=True)
    sys.exit(live.run(studio, name, as_json=as_json, deep=deep, most_usd=most_usd))


@cli.command()
@click.argument("name")
@sessions_option
@errors_in_words
def undo(name: str, sessions_dir: Path | None) -> None:
    """Take back the last change of NAME: of its shots, of its lines, or of its chapters, people and pictures."""
    studio = studio_for(sessions_dir)
    click.echo(studio.undo_lines(name) if studio.project(name).kind == "dub" else studio.undo(name))


@cli.command()
@click.argument("name")
@sessions_option
@errors_in_words
def redo(name: str, sessions_dir: Path | None) -> None:
    """Do again what was taken back last."""
    studio = studio_for(sessions_dir)
    click.echo(studio.redo_lines(name) if studio.project(name).kind == "dub" else studio.redo(name))


@cli.command()
@click.argument("name")
@sessions_option
@json_option
@errors_in_words
def plan(name: str, sessions_dir: Path | None, as_json: bool) -> None:
    """What a run of NAME would make, what it would keep, and why."""
    from studio.cli import show

    studio = studio_for(sessions_dir)
    found = studio.plan(name)
    show.plan(found, studio.shots(name, found), as_json=as_json)


@cli.command()
@click.argument("name")
@sessions_option
@json_option
@errors_in_words
def shots(name: str, sessions_dir: Path | None, as_json: bool) -> None:
    """The shots of NAME, with what is finished and what is stale."""
    from studio.cli import show

    studio = studio_for(sessions_dir)
    check_kind(studio, name, "film", "scenes")
    show.shots(show.statuses(studio, name), as_json=as_json)


@cli.command()
@click.argument("name")
@click.argument("number", type=int)
@click.option("--image-prompt", help="What the picture shows.")
@click.option("--motion", "motion_prompt", help="What moves.")
@click.option("--camera", help="How the camera moves: “slow push in”, “pan left” …")
@click.option("--narration", help="What is said.")
@click.option("--duration", "duration_s", type=Within(bounds.SHOT_S, is_whole=False), help="Seconds.")
@click.option("--seed", type=Within(bounds.SEED), help="Another number, another picture.")
@click.option("--retake", type=click.Choice(["image", "video", "narration"]), help="Make it again, differently.")
@click.option("--takes", "wants_takes", is_flag=True, help="List all takes.")
@click.option("--pick", nargs=2, metavar="KIND TAKE", help="Take an earlier one back: --pick image 1a2b3c4d")
@sessions_option
@json_option
@errors_in_words
def shot(
    name: str, number: int, retake: str | None, wants_takes: bool, pick: tuple[str, str] | None,
    sessions_dir: Path | None, as_json: bool, **changes: Any,
) -> None:  # fmt: skip
    """Change shot NUMBER of NAME, as `studio shots NAME` counts them.

    `studio plan NAME` then shows what follows, `studio resume NAME` makes it.
    """
    from studio.cli import show

    studio = studio_for(sessions_dir)
    changes = choices_made(changes)
    if pick and pick[0] not in ("image", "video", "narration"):
        raise click.UsageError(f"--pick takes image, video or narration first, not {pick[0]}.")
    if pick and not re.fullmatch(r"(?i)[0-9a-f]{4,64}", pick[1]):
        raise click.UsageError("--pick takes the id of a take second, as --takes shows it: --pick image 1a2b3c4d")
    if not changes.get("image_prompt", "x").strip():
        raise click.UsageError("--image-prompt is empty: say what the picture shows.")
    check_kind(studio, name, "film", "scenes")
    index = show.index_of(studio, name, number)
    if changes:
        studio.edit_shot(name, index, **changes)
        show.camera_guess(changes.get("camera", ""))
    if retake:
        studio.retake(name, index, retake)
    if pick:
        studio.pick(name, index, pick[0], pick[1].lower())
    if wants_takes:
        show.takes(studio.takes(name, index), as_json=as_json)
    else:
        show.shot(studio, name, number, as_json=as_json)


@cli.command("open")
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--name", default="", help="Name of the new project (else that of the directory).")
@click.option("--session", default="", metavar="ID", help="Which one, where the directory holds several.")
@sessions_option
@json_option
@errors_in_words
def open_(directory: Path, name: str, session: str, sessions_dir: Path | None, as_json: bool) -> None:
    """Make a project of another program's DIRECTORY: a session of AI Film Studio, of the dubbing app, of the scene-video
    program, or of the manuscript illustrator. The directory stays as it is."""
    from studio.cli import show

    studio = studio_for(sessions_dir)
    show.opened(studio.open_foreign(directory, name=name, session=session), as_json=as_json)


for _command in (
    scenes,
    scene,
    environment,
    dub,
    line,
    lines,
    review,
    casting,
    sheet,
    illustrate,
    book,
    chapters,
    pictures,
    picture,
    people,
    engines,
    serve,
):
    cli.add_command(_command)
cli.add_command(sessions)
