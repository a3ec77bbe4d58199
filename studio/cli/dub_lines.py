"""``studio lines``, ``line``, ``review`` and ``casting``: a dub corrected line by line, and who speaks it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from studio.cli.dub_values import Pairs, json_of
from studio.cli.kinds import check_kind
from studio.cli.options import DONE, FILE, PROBLEMS, errors_in_words, in_json, json_option, sessions_option, studio_for
from studio.errors import UserError

if TYPE_CHECKING:
    from studio.model.dub import Line
    from studio.service import DubLine, Studio

    Edit = Callable[[tuple[Line, ...]], tuple[Line, ...]]


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
        click.echo(in_json([_as_json(line) for line in found]))
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
@click.argument("line_id", metavar="[ID]", required=False)
@click.option("--text", help="What the original says.")
@click.option("--translation", "translations", type=Pairs(), multiple=True, help="pt=TEXT")
@click.option("--start", "start_s", type=float, help="Where it starts, in seconds.")
@click.option("--end", "end_s", type=float, help="Where it ends, in seconds.")
@click.option("--speaker", help="Who says it.")
@click.option("--gain", "gain_db", type=click.FloatRange(-24, 12), help="Louder or softer, in dB.")
@click.option("--take", "takes", type=Pairs(), multiple=True, help="pt=FILE: your own recording of the line.")
@click.option("--retake", "retakes", multiple=True, help="pt: speak it once more, differently.")
@click.option("--split", "at_word", type=click.IntRange(min=1), help="Cut it in two after so many words.")
@click.option("--merge", "is_merged", is_flag=True, help="Join it with the next one.")
@click.option("--delete", "is_deleted", is_flag=True, help="Nobody says it.")
@click.option("--undo", "is_undone", is_flag=True, help="Take back the last change of any line; no ID.")
@click.option("--redo", "is_redone", is_flag=True, help="Do it again; no ID.")
@click.option("--replace", "replacing", type=Pairs("FIND=PUT", keeps_case=True), help="FIND=PUT in every line; no ID.")
@click.option("--in", "language", default="", help="Of --replace: the translation to look in (else the original).")
@sessions_option
@errors_in_words
def line(
    name: str, line_id: str | None, is_undone: bool, is_redone: bool, replacing: tuple[str, str] | None, language: str,
    translations: tuple[tuple[str, str], ...], takes: tuple[tuple[str, str], ...], retakes: tuple[str, ...],
    sessions_dir: Path | None, **changes: Any,
) -> None:  # fmt: skip
    """Change line ID of the dub NAME, all that is said or nothing; only what follows from it is made again."""
    edits = list(_edits(line_id.zfill(4) if line_id else "", **changes))
    of_all = is_undone + is_redone + (replacing is not None)
    of_one = bool(edits or translations or retakes)
    if language and replacing is None:
        raise click.UsageError("--in belongs to --replace.")
    _check_together(of_all, of_one=of_one, has_takes=bool(takes), has_id=line_id is not None, **changes)
    for option, given in (("--translation", translations), ("--take", takes)):
        if len(dict(given)) < len(given):
            raise click.UsageError(f"{option} is there twice for one language: which of the two?")
    studio = studio_for(sessions_dir)
    _is_dub(studio, name)
    if of_all:
        by = -1 if is_undone else 1 if is_redone else None
        click.echo(_all_lines(studio, name, by, replacing, language.lower()))
        return
    assert line_id is not None
    line_id = line_id.zfill(4)
    if takes:
        studio.bring_takes(name, line_id, {language: Path(file) for language, file in takes})
    else:
        studio.change_line(name, line_id, _one_after_another(edits), texts=dict(translations), retakes=retakes)
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
        click.echo(in_json(rows))
    else:
        for one in found:
            click.echo(f"{one.id} {one.language}  {'; '.join(risk.words for risk in one.risks)}")
        if not found:
            click.echo("Nothing needs a look.")
    sys.exit(PROBLEMS if any(one.weight >= 1 for one in found) else DONE)


@click.command()
@click.argument("name")
@click.argument("sheet", type=FILE, required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file for it, else the screen.")
@sessions_option
@errors_in_words
def casting(name: str, sheet: Path | None, out: Path | None, sessions_dir: Path | None) -> None:
    """Who speaks the dub NAME, as JSON to be used in another; with SHEET the dub is cast so."""
    studio = studio_for(sessions_dir)
    _is_dub(studio, name)
    if sheet:
        found = json_of(sheet)
        if not isinstance(found, dict):
            raise UserError(f"{sheet} is no casting sheet: it maps each speaker to a voice by language.")
        studio.set_casting(name, found)
    text = in_json(studio.casting(name))
    if out:
        out.write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)


def _all_lines(studio: Studio, name: str, by: int | None, replacing: tuple[str, str] | None, language: str) -> str:
    """Undo, redo or find and replace; returns what came of it."""
    if by is not None:
        return studio.undo_lines(name) if by < 0 else studio.redo_lines(name)
    assert replacing is not None
    count = studio.replace_in_lines(name, *replacing, language=language)
    return f"“{replacing[0]}” is replaced {count} times." + (f" Make it: studio resume {name}" if count else "")


def _check_together(
    of_all: int, *, of_one: bool, has_takes: bool, has_id: bool, at_word: int | None, is_merged: bool,
    is_deleted: bool, **others: object,
) -> None:  # fmt: skip
    """Raises UsageError for options of which one would take back, or leave no room for, another."""
    if of_all > 1:
        raise click.UsageError("--undo, --redo and --replace are for one at a time.")
    if of_all and (of_one or has_takes or has_id):
        raise click.UsageError("--undo, --redo and --replace are for all lines: leave out the ID and what changes one.")
    if not of_all and not has_id:
        raise click.UsageError("Say which line (studio lines shows them), or --undo, --redo, --replace FIND=PUT.")
    if not (of_all or of_one or has_takes):
        raise click.UsageError(
            "Say what to change: --text, --translation pt=…, --start, --end, --take pt=FILE, --retake pt …"
        )
    if has_takes and of_one:
        raise click.UsageError(
            "--take is for what the line says by now: change the line first, in a command of its own."
        )
    if (at_word is not None) + is_merged + is_deleted > 1 or (
        is_deleted and any(value is not None for value in others.values())
    ):
        raise click.UsageError(
            "--split, --merge and --delete are for one at a time, and nothing is left of a deleted line."
        )


def _one_after_another(edits: Sequence[Edit]) -> Edit:
    def whole(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        for edit in edits:
            lines = edit(lines)
        return lines

    return whole


def _is_dub(studio: Studio, name: str) -> None:
    if studio.project(name).kind == "dub":
        return
    dub = studio.dub_of_film(name) or studio.named_dub_of(name)
    if dub:
        raise UserError(f"{name} is the film; its dub is {dub}: studio {click.get_current_context().info_name} {dub}")
    if studio.project(name).kind == "film":
        raise UserError(f"{name} is a film, no dub: studio dub {name} --to pt makes one of it.")
    check_kind(studio, name, "dub")


def _edits(
    line_id: str, *, text: str | None, start_s: float | None, end_s: float | None, speaker: str | None,
    gain_db: float | None, at_word: int | None, is_merged: bool, is_deleted: bool,
) -> Iterable[Edit]:  # fmt: skip
    from studio.planning.dubbing import line_edits

    if text is not None:
        yield lambda lines: line_edits.retext(lines, line_id, text)
    if start_s is not None or end_s is not None:
        yield lambda lines: line_edits.retime(
            lines,
            line_id,
            start_s=start_s if start_s is not None else line_edits.the_line(lines, line_id).start_s,
            end_s=end_s if end_s is not None else line_edits.the_line(lines, line_id).end_s,
        )
    if speaker is not None:
        yield lambda lines: line_edits.set_speaker(lines, [line_id], speaker)
    if gain_db is not None:
        yield lambda lines: line_edits.set_gain(lines, line_id, gain_db)
    if at_word is not None:
        yield lambda lines: line_edits.split_line(lines, line_id, at_word=at_word + 1)
    if is_merged:
        yield lambda lines: line_edits.merge_with_next(lines, line_id)
    if is_deleted:
        yield lambda lines: line_edits.drop_line(lines, line_id)


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
