"""``studio engines``: what writes, draws, moves, speaks and sounds; what it needs; whether it is there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from studio.cli.graphs import graph
from studio.cli.options import DONE, PROBLEMS, errors_in_words, json_option, sessions_option, settings_for


@click.group()
def engines() -> None:
    """What writes, draws, moves, speaks and sounds."""


@engines.command("list")
@json_option
def engines_list(as_json: bool) -> None:
    """Every engine by kind."""
    from studio.cli import show_engines
    from studio.engines import registry

    show_engines.engines(registry.statuses(), as_json=as_json)


@engines.command()
@click.argument("name", required=False)
@sessions_option
@json_option
@errors_in_words
def check(name: str | None, sessions_dir: Path | None, as_json: bool) -> NoReturn:
    """Check that an engine (kind/name), or each of them, can work here, and say what is missing.

    Services are asked what they offer and what is left there; of the folder of projects it is said how much room it has.
    """
    from studio.cli import show_engines
    from studio.engines import checking, registry

    if name:
        found = registry.check(name)
        show_engines.checked(found, as_json=as_json)
        sys.exit(PROBLEMS if found.missing else DONE)
    disk = checking.disk_space(settings_for(sessions_dir).sessions)
    show_engines.engines(registry.asked_statuses(), as_json=as_json, disk=disk)
    sys.exit(DONE)


@engines.command("settings")
@json_option
@errors_in_words
def engines_settings(as_json: bool) -> None:
    """What can be set for engines at services, what is set, and where that was said."""
    from studio.cli import show_engines
    from studio.engines import registry, setup

    show_engines.settings(registry.settings(), setup.load(), as_json=as_json)


@engines.command("set")
@click.argument("name")
@click.argument("value", required=False)
@json_option
@errors_in_words
def engines_set(name: str, value: str | None, as_json: bool) -> None:
    """Set NAME to VALUE (empty: forget it). Without VALUE it is asked for, a key without showing it."""
    from studio.cli import show_engines
    from studio.engines import registry, setup

    setting = registry.setting(name.lower().removeprefix("studio_"))
    asked = _asked_value(setting.title, is_hidden=setting.kind == "key") if value is None else value
    setup.save({setting.name: setting.checked(asked)})
    known = next(one for one in registry.settings() if one.setting == setting)
    show_engines.set_now(known, setup.load(), as_json=as_json)


def _asked_value(title: str, *, is_hidden: bool) -> str:
    """What the user types; a line of the input where nobody sits at it."""
    if sys.stdin.isatty():
        return str(
            click.prompt(f"{title} (empty: forget)", default="", show_default=False, hide_input=is_hidden, err=True)
        )
    line = sys.stdin.readline()
    if not line:
        raise click.UsageError("VALUE is missing, and nothing came on the standard input.")
    return line


engines.add_command(graph)
