"""What every command has: where the projects are, JSON, numbers with bounds, errors in words, exit codes."""

from __future__ import annotations

import functools
import json
import math
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.errors import BadInput, Cancelled, StudioError
from studio.model import bounds
from studio.model.bounds import Bounds

if TYPE_CHECKING:
    from studio.service import Studio
    from studio.settings import Settings

    Value = click.ParamType[Any]
else:
    Value = click.ParamType  # generic for the checker only

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
DONE, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 3


def sessions_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--sessions DIR``."""
    return click.option(
        "--sessions", "sessions_dir", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
        help="Folder of all projects (else STUDIO_SESSIONS, else ./sessions).",
    )(command)  # fmt: skip


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")(command)


def most_usd_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--most-usd AMOUNT``: a float, infinite for no limit; None if it is not given."""
    return click.option(
        "--most-usd", type=_Dollars(), default=None,
        help="What paid services may cost the project in all; kept until another amount, or none, is given.",
    )(command)  # fmt: skip


def choices_made(choices: Mapping[str, Any]) -> dict[str, Any]:
    """Those of ``choices`` that were made, a ``size`` as the two fields that options have."""
    made = {key: value for key, value in choices.items() if value is not None}
    if size := made.pop("size", None):
        made |= {"width_px": size[0], "height_px": size[1]}
    return made


def in_json(value: Any) -> str:
    """``value`` as ``--json`` prints it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def limit(studio: Studio, name: str, most_usd: float | None) -> None:
    """The project may cost ``most_usd`` from now on, as ``most_usd_option`` has it; None leaves its limit as it is."""
    if most_usd is not None:
        studio.limit_spending(name, most_usd if most_usd < math.inf else None)


class _Dollars(Value):
    """An amount from 0, or ``none`` for no limit."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        from studio.model.cost import dollars

        try:
            amount = dollars(str(value))
        except BadInput as error:
            self.fail(str(error), param, ctx)
        return math.inf if amount is None else amount


class Within(Value):
    """A number within bounds: whole unless ``is_whole`` is false."""

    def __init__(self, allowed: Bounds, *, is_whole: bool = True) -> None:
        self.name = "integer" if is_whole else "number"
        self._bounds = allowed
        self._read: Callable[[str], float] = int if is_whole else float

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = self._read(str(value))
        except ValueError:
            self.fail(f"{str(value)[:40]} is no {'whole ' if self._read is int else ''}number.", param, ctx)
        fault = self._bounds.fault(number, str(value))
        if fault:
            self.fail(f"{fault}.", param, ctx)
        return number


class Size(Value):
    """``1280x720``: width and height in pixels, even and within bounds."""

    name = "WxH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = re.fullmatch(r"([0-9]{1,9})x([0-9]{1,9})", str(value).strip().lower())
        if not found:
            self.fail(f"{str(value)[:40]} is no size: write it like 1280x720.", param, ctx)
        width, height = int(found.group(1)), int(found.group(2))
        for side, number, allowed in (("width", width, bounds.WIDTH_PX), ("height", height, bounds.HEIGHT_PX)):
            if fault := allowed.fault(number) or ("must be even" if number % 2 else ""):
                self.fail(f"the {side} {fault}.", param, ctx)
        return width, height


def errors_in_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """A StudioError, or what the system refuses, ends the command with its sentence on stderr."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        for word, value in kwargs.items():
            _check_text(word, value)
        try:
            return command(*args, **kwargs)
        except StudioError as error:
            click.echo(f"studio: {error}", err=True)
            sys.exit(INTERRUPTED if isinstance(error, Cancelled) else PROBLEMS)
        except BrokenPipeError:
            raise  # whoever read the output has gone: nobody is there to be told
        except OSError as error:
            click.echo(f"studio: {_refusal(error)}", err=True)
            sys.exit(PROBLEMS)
        except ValueError as error:
            click.echo(f"studio: {_invalid(error)}", err=True)
            sys.exit(PROBLEMS)

    return wrapped


def _check_text(word: str, value: Any) -> None:
    """Bytes that are no text reach Python as halves of characters: they can be neither shown nor saved."""
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise click.UsageError(f"{word.replace('_', ' ').upper()} holds bytes that are no text (UTF-8).")


def _refusal(error: OSError) -> str:
    place = str(error.filename or "").encode(errors="replace").decode()
    shown = place if len(place) <= 200 else f"{place[:199]}…"
    words = (error.strerror or str(error) or type(error).__name__).rstrip(".")
    return f"{shown}: {words[:1].lower()}{words[1:]}." if shown else f"the system refuses: {words}."


def _invalid(error: ValueError) -> str:
    """What a manifest says that cannot be, in words; any other error is raised again."""
    from pydantic import ValidationError

    from studio.model.faults import in_words

    if not isinstance(error, ValidationError):
        raise error
    field = (
        "options" if error.title.endswith("Options") else "source" if error.title.endswith("Source") else error.title
    )
    return f"metadata.json of the project, {field}, {in_words(error)}."


def settings_for(sessions_dir: Path | None) -> Settings:
    """The settings of the environment, with the sessions folder that the user gave."""
    from studio.settings import Settings

    return Settings.from_environment(os.environ, sessions=sessions_dir)


def studio_for(sessions_dir: Path | None) -> Studio:
    """The studio on that sessions folder."""
    from studio.service import Studio

    return Studio(settings_for(sessions_dir))
