"""``studio dub``, ``lines``, ``line`` and ``review``: a film in other languages, corrected line by line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from studio.cli.options import DONE, PROBLEMS, errors_in_words, json_option, sessions_option, studio_for
from studio.errors import UserError

if TYPE_CHECKING:
    from studio.model.dub import DubOptions, Line
    from studio.service import DubLine, Studio

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


class _Pairs(click.ParamType):  # type: ignore[type-arg]  # generic for the checker only
    """``pt=value``."""

    name = "LANG=VALUE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        language, equals, rest = str(value).partition("=")
        if not (equals and language.strip() and rest.strip()):
            self.fail(f"{value} is not of the form pt=VALUE.", param, ctx)
        return language.strip().lower(), rest.strip()


@click.command()
@click.argument("film")
@click.option("--to", "languages", help="Languages to dub into, two letters, with commas: pt,es")
@click.option("--from", "source_language", default=None, help="Language that is spoken (else recognised).")
@click.option("--transcript", type=_FILE, help="Its lines as SRT, VTT, ASS or JSON: nothing is recognised.")
@click.option("--translation", "translations", type=_Pairs(), multiple=True, help="pt=FILE (JSON, SRT, VTT or CSV).")
@click.option("--voice", "voices", type=_Pairs(), multiple=True, help="pt=VOICE")
@click.option("--casting", type=_FILE, help="JSON: speaker → language → voice.")
@click.option("--glossary", type=_FILE, help="JSON: language → term → its translation.")
@click.option(
    "--translator", "translators", type=_Pairs(), multiple=True, help="pt=ENGINE (else the first that knows it)."
)
@click.option("--tts", default=None, help="Engine that speaks (auto: the first here that knows the languages).  [auto]")
@click.option("--asr", default=None, help="Engine that listens.  [whisper]")
@click.option("--bed", type=_FILE, help="Its sound without voices, if you have it.")
@click.option("--preset", type=click.Choice(["dub", "voice-over", "narration", "bed-off"]), default=None, help="[dub]")
@click.option("--burn", is_flag=True, help="Subtitles in the picture: the film is encoded anew.")
@click.option("--multi", is_flag=True, help="Also one file with the original and all languages.")
@click.option("--check", is_flag=True, help="Listen to each dubbed line and compare.")
@click.option("--name", default="", help="Name of the project (else from the file's name and the time).")
@sessions_option
@json_option
@errors_in_words
def dub(
    film: str, languages: str | None, transcript: Path | None, translations: tuple[tuple[str, str], ...],
    bed: Path | None, name: str, sessions_dir: Path | None, as_json: bool, **choices: Any,
) -> NoReturn:  # fmt: skip
    """Dub FILM, a video or audio file or a project of this studio, into other languages.

    A project that is a dub already goes on, with what is asked for here.
    """
    from studio.cli import live

    studio = studio_for(sessions_dir)
    to = tuple(dict.fromkeys(code.strip().lower() for code in (languages or "").split(",") if code.strip()))
    path = Path(film)
    project = _of_kind(studio, name or ("" if path.is_file() else film))
    if project == "dub":
        name = name or film
        studio.set_dub_options(name, _options(studio.project(name).options, to, choices))
    else:
        options = _options({}, to, choices)
        if path.is_file():
            name = studio.create_dub(path, options, transcript=transcript, bed=bed, name=name)
        else:
            name = live.watched(
                lambda tell, stop: studio.create_dub_of_film(film, options, name=name, tell=tell, stop=stop)
            )
    if translations and not studio.lines(name):
        live.watched(lambda tell, stop: studio.listen(name, tell=tell, stop=stop))
    for language, file in translations:
        for odd in studio.import_translation(name, language, Path(file)).unmatched:
            click.echo(f"! {odd}", err=True)
    sys.exit(live.run(studio, name, as_json=as_json))


@click.command()
@click.argument("name")
@click.argument("language", required=False)
@sessions_option
@json_option
@errors_in_words
def lines(name: str, language: str | None, sessions_dir: Path | None, as_json: bool) -> None:
    """The lines of the dub NAME, with what is translated, spoken and stale."""
    studio = studio_for(sessions_dir)
    _is_dub(studio, name)
    found = studio.lines(name)
    if as_json:
        click.echo(json.dumps([_as_json(line) for line in found], ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo(f"{name} has no lines yet: studio resume {name}")
    for line in found:
        who = f"{line.line.speaker}: " if line.line.speaker else ""
        click.echo(f"{line.line.id}  {_clock(line.line.start_s)} – {_clock(line.line.end_s)}  {who}{line.line.text}")
        for code, text in line.texts.items():
            if language in (None, code):
                click.echo(f"        {code} {_state(line, code):<8} {text or '(not translated)'}")


@click.command()
@click.argument("name")
@click.argument("line_id", metavar="ID")
@click.option("--text", help="What the original says.")
@click.option("--translation", "translations", type=_Pairs(), multiple=True, help="pt=TEXT")
@click.option("--start", "start_s", type=float, help="Where it starts, in seconds.")
@click.option("--end", "end_s", type=float, help="Where it ends, in seconds.")
@click.option("--speaker", help="Who says it.")
@click.option("--gain", "gain_db", type=click.FloatRange(-24, 12), help="Louder or softer, in dB.")
@click.option("--take", "takes", type=_Pairs(), multiple=True, help="pt=FILE: your own recording of the line.")
@click.option("--retake", "retakes", multiple=True, help="pt: speak it once more, differently.")
@click.option("--split", "at_word", type=click.IntRange(min=1), help="Cut it in two after so many words.")
@click.option("--merge", "is_merged", is_flag=True, help="Join it with the next one.")
@click.option("--delete", "is_deleted", is_flag=True, help="Nobody says it.")
@sessions_option
@errors_in_words
def line(
    name: str, line_id: str, translations: tuple[tuple[str, str], ...], takes: tuple[tuple[str, str], ...],
    retakes: tuple[str, ...], sessions_dir: Path | None, **changes: Any,
) -> None:  # fmt: skip
    """Change line ID of the dub NAME; only what follows from it is made again."""
    studio = studio_for(sessions_dir)
    _is_dub(studio, name)
    line_id = line_id.zfill(4)
    steps = list(_edits(line_id, **changes))
    if not any((steps, translations, takes, retakes)):
        raise UserError("Say what to change: --text, --translation pt=…, --start, --end, --take pt=FILE, --retake pt …")
    for step in steps:
        studio.edit_lines(name, step)
    for language, text in translations:
        studio.translate_by_hand(name, language, {line_id: text})
    for language, file in takes:
        studio.bring_take(name, line_id, language, Path(file))
    for language in retakes:
        studio.retake_line(name, line_id, language)
    click.echo(f"Line {line_id} is changed. Make it: studio resume {name}")


@click.command()
@click.argument("name")
@click.argument("language", required=False)
@sessions_option
@json_option
@errors_in_words
def review(name: str, language: str | None, sessions_dir: Path | None, as_json: bool) -> NoReturn:
    """The lines of the dub NAME that need a look, worst first."""
    studio = studio_for(sessions_dir)
    _is_dub(studio, name)
    codes = [language] if language else list(studio.project(name).options.get("languages", []))
    found = [line for code in codes for line in studio.review(name, code) if line.risks]
    found.sort(key=lambda line: -line.weight)
    if as_json:
        rows = [
            {
                "id": one.id,
                "language": one.language,
                "start": one.start_s,
                "risks": [{"kind": risk.kind, "weight": risk.weight, "words": risk.words} for risk in one.risks],
            }
            for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(f"{one.id} {one.language}  {'; '.join(risk.words for risk in one.risks)}")
        if not found:
            click.echo("Nothing needs a look.")
    sys.exit(PROBLEMS if any(one.weight >= 1 for one in found) else DONE)


def _options(before: dict[str, Any], to: tuple[str, ...], choices: dict[str, Any]) -> DubOptions:
    from pydantic import ValidationError

    from studio.model.dub import DubOptions
    from studio.model.faults import in_words

    given = {key: choices[key] for key in ("source_language", "tts", "asr", "preset") if choices[key] is not None}
    given |= {key: {**before.get(key, {}), **dict(choices[key])} for key in ("voices", "translators") if choices[key]}
    given |= {key: _json_of(choices[key]) for key in ("casting", "glossary") if choices[key]}
    flags = {"burned": "burn", "multi": "multi", "is_checked": "check"}
    given |= {key: True for key, option in flags.items() if choices[option]}
    if to:
        given["languages"] = to
    try:
        return DubOptions.model_validate({**before, **given})
    except ValidationError as error:
        raise click.UsageError(f"{in_words(error)}.") from error


def _json_of(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{file} is no JSON that can be read: {error}.") from error


def _of_kind(studio: Studio, name: str) -> str:
    """The kind of the project of that name; empty if there is none. Raises UserError for what is no file either."""
    if not name:
        return ""
    try:
        return studio.project(name).kind
    except UserError:
        return ""


def _is_dub(studio: Studio, name: str) -> None:
    if studio.project(name).kind != "dub":
        raise UserError(f"{name} is no dub: studio dub {name} --to pt makes one of it.")


def _edits(
    line_id: str, *, text: str | None, start_s: float | None, end_s: float | None, speaker: str | None,
    gain_db: float | None, at_word: int | None, is_merged: bool, is_deleted: bool,
) -> Iterable[Callable[[tuple[Line, ...]], tuple[Line, ...]]]:  # fmt: skip
    from studio.planning import line_edits

    if text is not None:
        yield lambda lines: line_edits.retext(lines, line_id, text)
    if start_s is not None or end_s is not None:
        yield lambda lines: line_edits.retime(
            lines,
            line_id,
            start_s=start_s if start_s is not None else _the(lines, line_id).start_s,
            end_s=end_s if end_s is not None else _the(lines, line_id).end_s,
        )
    if speaker is not None:
        yield lambda lines: line_edits.set_speaker(lines, [line_id], speaker)
    if gain_db is not None:
        yield lambda lines: tuple(
            one.model_copy(update={"gain_db": gain_db}) if one.id == line_id else one for one in lines
        )
    if at_word is not None:
        yield lambda lines: line_edits.split_line(lines, line_id, at_word=at_word + 1)
    if is_merged:
        yield lambda lines: line_edits.merge_with_next(lines, line_id)
    if is_deleted:
        yield lambda lines: line_edits.drop_line(lines, line_id)


def _the(lines: tuple[Line, ...], line_id: str) -> Line:
    for one in lines:
        if one.id == line_id:
            return one
    raise UserError(f"There is no line {line_id}; lines go from {lines[0].id} to {lines[-1].id}.")


def _as_json(one: DubLine) -> dict[str, Any]:
    return {
        **one.line.model_dump(mode="json", by_alias=True, exclude={"words"}),
        "translations": dict(one.texts),
        "states": {code: _state(one, code) for code in one.texts},
    }


def _state(one: DubLine, code: str) -> str:
    if code in one.stale:
        return "stale"
    return "spoken" if code in one.spoken else "written" if one.texts.get(code) else "missing"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02d}:{seconds % 60:05.2f}"
