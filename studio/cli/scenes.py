"""``studio scenes``: scene videos, of a script or a made-up one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from studio.cli.options import (
    FILE,
    Size,
    Within,
    choices_made,
    errors_in_words,
    json_option,
    limit,
    most_usd_option,
    sessions_option,
    studio_for,
)
from studio.cli.scene_choices import First, begin_with, options_of
from studio.errors import UserError
from studio.model import bounds

if TYPE_CHECKING:
    from studio.core.project import Project
    from studio.service import Studio

_LENGTH_S = bounds.Bounds(5, 1500, "seconds")


@click.command()
@click.argument("script", required=False, type=FILE)
@click.option("--model", "text", help="Engine that turns the script into scenes: builtin, gemini, claude …  [builtin]")
@click.option("--video_engine", "--video-engine", "video", help="Engine that makes the clips.  [camera]")
@click.option("--image_gen_model", "--image-gen-model", "image", help="Engine that draws pictures.  [storyboard]")
@click.option(
    "--first_frame_image_gen", "--first-frame-image-gen", "first_frames", is_flag=True, default=None,
    help="Draw a first picture for every scene, not for the first alone.",
)  # fmt: skip
@click.option(
    "--initial_image_path", "--initial-image-path", "picture", type=FILE, help="The picture that scene 1 begins with."
)
@click.option("--initial_image_prompt", "--initial-image-prompt", "prompt", help="What the picture is to show.")
@click.option("--skip_narration", "--skip-narration", "is_silent", is_flag=True, help="Nobody speaks.")
@click.option("--skip_sound_effects", "--skip-sound-effects", "is_bare", is_flag=True, help="No sounds.")
@click.option(
    "--metadata_only",
    "--metadata-only",
    "is_planned_only",
    is_flag=True,
    help="Stop when the JSON documents are there.",
)
@click.option(
    "--continue_from_dir", "--continue-from-dir", "directory", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Go on with a directory of the older scene-video program; it stays as it is.",
)  # fmt: skip
@click.option(
    "--list_json_files",
    "--list-json-files",
    "is_list",
    is_flag=True,
    help="Only list the JSON files of that directory.",
)
@click.option(
    "--in-place",
    "--in_place",
    "is_in_place",
    is_flag=True,
    help="Also write into it what it lacks, under the old names.",
)
@click.option("--max_scenes", "--max-scenes", type=Within(bounds.SCENES), help="[5]")
@click.option("--max_environments", "--max-environments", type=Within(bounds.SCENES), help="[3]")
@click.option("--environments", type=FILE, help="Your own list of environments, as JSON.")
@click.option("--random_script", "--random-script", "is_random", is_flag=True, help="Make up a script.")
@click.option("--theme", help="What the made-up script is about.")
@click.option("--tone", help="hopeful, sad, funny, dark … (of the made-up script).")
@click.option("--length", "length_s", type=Within(_LENGTH_S, is_whole=False), help="Its length, read aloud.  [45]")
@click.option("--seed", type=Within(bounds.SEED), help="Another number, other pictures, another made-up script.  [1]")
@click.option("--size", type=Size(), help="Picture size in pixels.  [1280x720]")
@click.option("--fps", type=Within(bounds.FPS), help="Pictures a second.  [24]")
@click.option("--style", help="poster, watercolour or ink, or words for them.  [poster]")
@click.option("--tts", help="Engine that speaks (auto: the first here that knows the language).  [auto]")
@click.option("--voice", help="Voice of that engine.")
@click.option("--language", help="Language of the script, two letters.  [en]")
@click.option("--name", default="", help="Name of the project (else from the script's and the time).")
@most_usd_option
@sessions_option
@json_option
@errors_in_words
def scenes(
    script: Path | None, picture: Path | None, prompt: str | None, environments: Path | None, is_planned_only: bool,
    is_random: bool, theme: str | None, tone: str | None, length_s: float | None, name: str,
    directory: Path | None, is_list: bool, is_in_place: bool, most_usd: float | None, sessions_dir: Path | None,
    as_json: bool, **choices: Any,
) -> NoReturn:  # fmt: skip
    """Make a scene video of SCRIPT: scenes in a few environments, each of one to three clips of 5 s, with narration and
    sounds. The same script again goes on with the video that is there."""
    if picture and prompt:
        raise click.UsageError("--initial_image_path and --initial_image_prompt contradict each other: give one.")
    if sum(map(bool, (script, is_random, directory))) != 1:
        raise click.UsageError("Say what the video is of: a SCRIPT, --random_script, or --continue_from_dir.")
    _refuse_idle("--random_script", is_random, theme=theme, tone=tone, length=length_s)
    _refuse_idle("--continue_from_dir", bool(directory), list_json_files=is_list, in_place=is_in_place)
    _refuse_idle("a script", not directory, environments=environments, metadata_only=is_planned_only)
    studio = studio_for(sessions_dir)
    chosen, first = _choices(choices), First(picture, prompt)
    if directory:
        from studio.cli import scene_video

        asked = scene_video.Asked(directory, name, chosen, first, most_usd, is_list=is_list, is_in_place=is_in_place)
        sys.exit(scene_video.go_on(studio, asked, as_json=as_json))
    words: Path | str = script or _made_up(studio, theme or "", tone or "", length_s, chosen)
    made = _begun(studio, words, name, chosen, first=first, environments=environments)
    limit(studio, made, most_usd)
    sys.exit(_run(studio, made, is_planned_only=is_planned_only, as_json=as_json))


def _refuse_idle(belongs_to: str, is_there: bool, **given: object) -> None:
    """Options that would do nothing are refused."""
    idle = [f"--{option}" for option, value in given.items() if value]
    if idle and not is_there:
        raise click.UsageError(f"{' and '.join(idle)} can only be said with {belongs_to}.")


def _begun(
    studio: Studio, words: Path | str, name: str, chosen: dict[str, Any], *, first: First, environments: Path | None
) -> str:
    """The name of the project of that script: a new one, or the one there is, with what is asked for here."""
    existing = _existing(studio, words, name)
    if existing:
        _go_on(studio, existing, chosen, first, environments)
        return existing.session_name
    options = options_of({"tts": "auto", "initial_prompt": first.prompt or "", **chosen})
    return studio.create_scenes(words, options, name=name, picture=first.picture, environments=environments)


def _run(studio: Studio, name: str, *, is_planned_only: bool, as_json: bool) -> int:
    from studio.cli import live

    code = live.run(studio, name, as_json=as_json, until="scenes" if is_planned_only else "")
    if is_planned_only and not as_json:
        _say_documents(studio.directory(name))
    return code


def _choices(choices: dict[str, Any]) -> dict[str, Any]:
    """Fields of SceneOptions that were said."""
    chosen = choices_made(choices)
    if chosen.pop("is_silent"):
        chosen["narration"] = False
    if chosen.pop("is_bare"):
        chosen["sounds"] = False
    return chosen


def _made_up(studio: Studio, theme: str, tone: str, length_s: float | None, chosen: dict[str, Any]) -> str:
    from studio.planning.telling.random_script import SECONDS

    seed = int(chosen.get("seed", 1))
    engine = chosen.get("text", "builtin")
    script = studio.random_script(theme, tone, seconds=length_s or SECONDS, seed=seed, text=engine)
    click.echo(f"A made-up script (--seed {seed} gives it again):\n\n{script}", err=True)
    return script


def _existing(studio: Studio, script: Path | str, name: str) -> Project | None:
    """The project of that name, or without one the newest of that very script. Raises UserError if it is another's."""
    from studio.core.files import safe_name
    from studio.model.text_files import read_regular

    content = read_regular(script) if isinstance(script, Path) else script.encode()
    if not name:
        return studio.find_scenes(content)
    if not safe_name(name) or not (studio.settings.sessions / safe_name(name)).is_dir():
        return None
    found = studio.project(safe_name(name))
    if found.kind != "scenes" or not studio.is_of_script(found, content):
        raise UserError(
            f"{found.session_name} was not made of that script. Choose another --name for a video of its own; nothing "
            "was changed."
        )
    return found


def _go_on(studio: Studio, existing: Project, chosen: dict[str, Any], first: First, environments: Path | None) -> None:
    if environments:
        raise UserError(
            f"{existing.session_name} has its environments: change them in "
            f"{studio.directory(existing.session_name) / 'scene_physical_environment.json'}."
        )
    if chosen:
        studio.set_scene_options(existing.session_name, options_of({**existing.options, **chosen}))
    begin_with(studio, existing.session_name, first)


def _say_documents(directory: Path) -> None:
    from studio.steps.filming import names

    for document in (names.ENVIRONMENTS, names.SCENE_NOTES, names.SCENES):
        click.echo(directory / document)
