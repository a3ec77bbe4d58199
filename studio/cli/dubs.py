"""``studio dub``: films in other languages."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from studio.cli.dub_values import FILE, PRESETS, NamedMix, Pairs, json_of
from studio.cli.options import errors_in_words, json_option, sessions_option, studio_for
from studio.errors import UserError

if TYPE_CHECKING:
    from studio.model.dub import DubOptions
    from studio.service import Studio


@click.command()
@click.argument("films", nargs=-1, required=True, metavar="FILM…")
@click.option("--to", "languages", help="Languages to dub into, two letters, with commas: pt,es")
@click.option("--from", "source_language", default=None, help="Language that is spoken (else recognised).")
@click.option("--transcript", type=FILE, help="Its lines as SRT, VTT, ASS or JSON: nothing is recognised.")
@click.option("--translation", "translations", type=Pairs(), multiple=True, help="pt=FILE (JSON, SRT, VTT or CSV).")
@click.option("--voice", "voices", type=Pairs(), multiple=True, help="pt=VOICE")
@click.option("--casting", type=FILE, help="JSON: speaker → language → voice, or what `studio casting` gave.")
@click.option("--glossary", type=FILE, help="JSON: language → term → its translation.")
@click.option(
    "--translator", "translators", type=Pairs(), multiple=True, help="pt=ENGINE (else the first that knows it)."
)
@click.option("--tts", default=None, help="Engine that speaks (auto: the first here that knows the languages).  [auto]")
@click.option("--asr", default=None, help="Engine that listens.  [whisper]")
@click.option("--bed", type=FILE, help="Music and effects without voices, as long as the film, if you have them.")
@click.option("--preset", type=click.Choice(PRESETS), default=None, help="[dub]")
@click.option(
    "--mix", "mixes", type=NamedMix(), multiple=True, help="A mix of its own: quiet=pt:voice-over:VOICE:bed=-6"
)
@click.option("--no-mix", "dropped_mixes", multiple=True, metavar="NAME", help="That mix is made no more.")
@click.option("--gain", "gains", type=Pairs(), multiple=True, help="pt=DB: its voices louder or softer over the bed.")
@click.option("--bed-gain", "bed_gain_db", type=click.FloatRange(-24, 12), help="The bed louder or softer, in dB.")
@click.option("--loudness", "target_lufs", type=click.FloatRange(-31, -9), help="Of every mix, in LUFS.  [-16]")
@click.option("--burn/--no-burn", default=None, help="Subtitles in the picture: the film is encoded anew.")
@click.option("--multi/--no-multi", default=None, help="Also one file with the original and all languages.")
@click.option("--stems/--no-stems", default=None, help="Also voices and bed of each mix apart.")
@click.option("--check/--no-check", default=None, help="Listen to each dubbed line and compare.")
@click.option("--name", default="", help="Name of the project (else from the file's name and the time).")
@sessions_option
@json_option
@errors_in_words
def dub(
    films: tuple[str, ...], languages: str | None, transcript: Path | None,
    translations: tuple[tuple[str, str], ...], name: str, sessions_dir: Path | None, as_json: bool, **choices: Any,
) -> NoReturn:  # fmt: skip
    """Dub each FILM, a video or audio file or a project of this studio, into other languages.

    A project that is a dub already goes on, with what is asked for here. Of several films one that fails stops no other.
    """
    from studio.cli import live

    studio = studio_for(sessions_dir)
    to = tuple(dict.fromkeys(code.strip().lower() for code in (languages or "").split(",") if code.strip()))
    if len(films) == 1:
        made = _begun(studio, films[0], to, choices, transcript=transcript, translations=translations, name=name)
        sys.exit(live.run(studio, made, as_json=as_json))
    from studio.cli import batch

    if name or transcript or translations or choices["bed"]:
        raise click.UsageError("--name, --transcript, --translation and --bed belong to one film: give one at a time.")
    sys.exit(batch.run(studio, films, lambda film: _begun(studio, film, to, choices), as_json=as_json))


def _begun(
    studio: Studio, film: str, to: tuple[str, ...], choices: dict[str, Any], *, transcript: Path | None = None,
    translations: tuple[tuple[str, str], ...] = (), name: str = "",
) -> str:  # fmt: skip
    """The name of the dub of ``film``, new or gone on with, ready to be run."""
    from studio.cli import live

    path = Path(film)
    project = _of_kind(studio, name or ("" if path.is_file() else film))
    if project == "dub":
        name = name or film
        studio.set_dub_options(name, _options(studio.project(name).options, to, choices))
        if choices["bed"]:
            studio.set_bed(name, choices["bed"])
    else:
        options = _options({}, to, choices)
        if path.is_file():
            name = studio.create_dub(path, options, transcript=transcript, bed=choices["bed"], name=name)
        else:
            if path.is_dir():
                raise UserError(f"{film} is a folder: name the film in it.")
            if not _of_kind(studio, film):
                raise UserError(f"There is no file {film}, and no project of that name.")
            name = live.watched(
                lambda tell, stop: studio.create_dub_of_film(film, options, name=name, tell=tell, stop=stop)
            )
            if choices["bed"]:
                studio.set_bed(name, choices["bed"])
    _translated(studio, name, translations)
    return name


def _translated(studio: Studio, name: str, translations: tuple[tuple[str, str], ...]) -> None:
    """The translations that the user brought are the dub's; its lines are made first where they must be."""
    from studio.cli import live

    if translations and not studio.lines(name):
        live.watched(lambda tell, stop: studio.listen(name, tell=tell, stop=stop))
    for language, file in translations:
        for odd in studio.import_translation(name, language, Path(file)).unmatched:
            click.echo(f"! {odd}", err=True)


def _options(before: dict[str, Any], to: tuple[str, ...], choices: dict[str, Any]) -> DubOptions:
    from pydantic import ValidationError

    from studio.model.dub import DubOptions
    from studio.model.faults import in_words
    from studio.service.dub_choices import cast_as

    plain = ("source_language", "tts", "asr", "preset", "bed_gain_db", "target_lufs")
    given = {key: choices[key] for key in plain if choices[key] is not None}
    given |= {key: {**before.get(key, {}), **dict(choices[key])} for key in ("voices", "translators") if choices[key]}
    if choices["glossary"]:
        given["glossary"] = json_of(choices["glossary"])
    if choices["gains"]:
        given["language_gain_db"] = {**before.get("language_gain_db", {}), **dict(choices["gains"])}
    if choices["mixes"] or choices["dropped_mixes"]:
        given["mixes"] = _mixes(before.get("mixes", ()), choices["mixes"], choices["dropped_mixes"])
    flags = {"burned": "burn", "multi": "multi", "is_checked": "check", "stems": "stems"}
    given |= {key: choices[option] for key, option in flags.items() if choices[option] is not None}
    if to:
        given["languages"] = to
    try:
        options = DubOptions.model_validate({**before, **given})
        return cast_as(options, json_of(choices["casting"])) if choices["casting"] else options
    except ValidationError as error:
        raise click.UsageError(f"{in_words(error)}.") from error


def _mixes(
    before: Iterable[dict[str, Any]], added: Iterable[dict[str, Any]], dropped: Iterable[str]
) -> list[dict[str, Any]]:
    """The mixes with those ``added``, in place of others of that name, and without the ``dropped``."""
    named, new = {mix["name"]: mix for mix in before}, {mix["name"]: mix for mix in added}
    for name in dropped:
        if name in new:
            raise click.UsageError(f"--mix and --no-mix both name {name}: is it to be made or not?")
        if name not in named:
            raise click.UsageError(f"There is no mix {name}. The mixes: {', '.join(named) or 'none yet'}.")
        del named[name]
    return list((named | new).values())


def _of_kind(studio: Studio, name: str) -> str:
    """The kind of the project of that name; empty if there is none. Raises BadInput for one that cannot be opened."""
    if not name:
        return ""
    try:
        studio.directory(name)
    except UserError:
        return ""
    return studio.project(name).kind
