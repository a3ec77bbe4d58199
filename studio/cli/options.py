"""What every command has: where the projects are, JSON, errors in words, exit codes."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.errors import Cancelled, StudioError

if TYPE_CHECKING:
    from studio.service import Studio
    from studio.settings import Settings

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


def errors_in_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """A StudioError ends the command with its sentence on stderr."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except StudioError as error:
            click.echo(f"studio: {error}", err=True)
            sys.exit(INTERRUPTED if isinstance(error, Cancelled) else PROBLEMS)

    return wrapped


def settings_for(sessions_dir: Path | None) -> Settings:
    """The settings of the environment, with the sessions folder that the user gave."""
    from studio.settings import Settings

    return Settings.from_environment(os.environ, sessions=sessions_dir)


def studio_for(sessions_dir: Path | None) -> Studio:
    """The studio on that sessions folder."""
    from studio.service import Studio

    return Studio(settings_for(sessions_dir))
