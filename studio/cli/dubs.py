"""``studio dub``: films in other languages."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from studio.cli.dub_values import PRESETS, NamedMix, Pairs, json_of
from studio.cli.options import FILE, errors_in_words, json_option, limit, most_usd_option, sessions_option, studio_for
from studio.errors import UserError
from studio.steps.filming import names

if TYPE_CHECKING:
    from studio.model.dub import DubOptions
    from studio.service import Studio


@click.command()
@click.argument("films", nargs=-1, required=True, metavar="FILM…")
@click.option("--to", "languages", help="Languages to dub into, two letters, with commas: pt,es")
@click.option("--not-to", "dropped_languages", multiple=True, metavar="LANG", help="No longer into that language.")
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
@most_usd_option
@click.option("--new", "is_new", is_flag=True, help="Begin another dub of a film that has one.")
@sessions_option
@json_option
@errors_in_words
def dub(
    films: tuple[str, ...], languages: str | None, transcript: Path | None,
    translations: tuple[tuple[str, str], ...], name: str, is_new: bool, sessions_dir: Path | None, as_json: bool,
    **choices: Any,
) -> NoReturn:  # fmt: skip
    """Dub each FILM, a video or audio file or a project of this studio, into other languages.

    A film that has a dub goes on with it: languages are added, other choices take the place of those before. Of several
    films one that fails stops no other.
    """
    from studio.cli import live

    studio = studio_for(sessions_dir)
    to = tuple(dict.fromkeys(code.strip().lower() for code in (languages or "").split(",") if code.strip()))
    if len(films) == 1:
        asked = _Asked(films[0], to, choices, is_new, transcript, translations, name)
        sys.exit(live.run(studio, _begun(studio, asked), as_json=as_json))
    from studio.cli import batch

    if name or transcript or translations or choices["bed"]:
        raise click.UsageError("--name, --transcript, --translation and --bed belong to one film: give one at a time.")
    sys.exit(batch.run(studio, films, lambda film: _begun(studio, _Asked(film, to, choices, is_new)), as_json=as_json))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line said of one film. ``choices`` are the options; those that were not given are empty."""

    film: str
    to: tuple[str, ...]
    choices: dict[str, Any]
    is_new: bool = False
    transcript: Path | None = None
    translations: tuple[tuple[str, str], ...] = ()
    name: str = ""


def _begun(studio: Studio, asked: _Asked) -> str:
    """The name of the dub of the film, new or gone on with, ready to be run."""
    existing = _to_go_on_with(studio, asked)
    before = studio.project(existing).options if existing else {}
    options = _options(before, asked.to, asked.choices)
    _check_translations(asked.translations, options.languages)
    name = existing
    if existing:
        if existing not in (asked.film, asked.name):
            click.echo(f"Going on with {existing}, a dub of the same film. --new begins another.", err=True)
        studio.set_dub_options(existing, options)
        if asked.choices["bed"]:
            studio.set_bed(existing, asked.choices["bed"])
    else:
        name = _created(studio, asked, options)
    _translated(studio, name, asked.translations)
    limit(studio, name, asked.choices["most_usd"])
    return name


def _to_go_on_with(studio: Studio, asked: _Asked) -> str:
    """The dub that is named, or the newest of the same film; empty where a new one is to be begun."""
    path = Path(asked.film)
    named = asked.name or ("" if path.is_file() else asked.film)
    if _of_kind(studio, named) == "dub":
        _check_same(studio, asked, named)
        return named
    if asked.is_new or asked.name:
        return ""
    if path.is_file():
        return studio.dub_of(path, transcript=asked.transcript)
    return studio.dub_of_film(asked.film) if _of_kind(studio, asked.film) == "film" else ""


def _check_same(studio: Studio, asked: _Asked, named: str) -> None:
    """Raises UserError if the dub that was named is of another film or other lines than what was given beside it."""
    if asked.is_new:
        raise UserError(f"{named} is a dub: --new wants the film itself, and perhaps another --name.")
    path = Path(asked.film)
    if not path.is_file():
        path = studio.directory(asked.film) / names.FILM
    if asked.film != named and not studio.is_dub_of(named, path):
        raise UserError(f"{named} is a dub of another film than {asked.film} is now: choose another --name.")
    if asked.transcript and not studio.has_lines_of(named, asked.transcript):
        raise UserError(
            f"{named} has lines already, and not those of {asked.transcript.name}: --new begins another dub with them."
        )


def _created(studio: Studio, asked: _Asked, options: DubOptions) -> str:
    from studio.cli import live

    path, bed = Path(asked.film), asked.choices["bed"]
    if path.is_file():
        return studio.create_dub(path, options, transcript=asked.transcript, bed=bed, name=asked.name)
    if path.is_dir():
        raise UserError(f"{asked.film} is a folder: name the film in it.")
    if not _of_kind(studio, asked.film):
        raise UserError(f"There is no file {asked.film}, and no project of that name.")
    if asked.transcript:
        raise click.UsageError("--transcript is for files: the lines of a film made here are known.")
    name = live.watched(
        lambda tell, stop: studio.create_dub_of_film(asked.film, options, name=asked.name, tell=tell, stop=stop)
    )
    if bed:
        studio.set_bed(name, bed)
    return name


def _check_translations(translations: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> None:
    """Raises for a translation that cannot be taken in, before anything is made."""
    from studio.model.text_files import read_small
    from studio.planning.dubbing.translation_files import read_texts

    for language, file in translations:
        if language not in languages:
            raise click.UsageError(f"--translation {language}={file}: {language} is not among the languages (--to).")
        read_texts(read_small(Path(file)), Path(file).name)


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
    given["by_ear"] = [code for code in before.get("by_ear", ()) if code not in dict(choices["voices"])]
    if choices["glossary"]:
        given["glossary"] = json_of(choices["glossary"])
    if choices["gains"]:
        given["language_gain_db"] = {**before.get("language_gain_db", {}), **dict(choices["gains"])}
    if choices["mixes"] or choices["dropped_mixes"]:
        given["mixes"] = _mixes(before.get("mixes", ()), choices["mixes"], choices["dropped_mixes"])
    flags = {"burned": "burn", "multi": "multi", "is_checked": "check", "stems": "stems"}
    given |= {key: choices[option] for key, option in flags.items() if choices[option] is not None}
    given["languages"] = _languages(before.get("languages", ()), to, choices["dropped_languages"])
    try:
        options = DubOptions.model_validate({**before, **given})
        return cast_as(options, json_of(choices["casting"])) if choices["casting"] else options
    except ValidationError as error:
        raise click.UsageError(f"{in_words(error)}.") from error


def _languages(before: Iterable[str], added: Iterable[str], dropped: Iterable[str]) -> list[str]:
    """The languages with those ``added``, and without the ``dropped``."""
    every = list(dict.fromkeys((*before, *added)))
    for language in dropped:
        if language not in every or language in added:
            raise click.UsageError(f"--not-to {language}: it is not dubbed into that, or --to asks for it.")
    return [language for language in every if language not in dropped]


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
