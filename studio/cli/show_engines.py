"""What ``studio engines`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from studio.cli.options import in_json
from studio.cli.show import visible
from studio.engines.checking import Checked, Part
from studio.engines.registry import EngineStatus, KnownSetting
from studio.engines.setup import Setup

_SOURCES = {"environment": "environment", "file": "file", "default": "default", "": "not set"}


def engines(found: Sequence[EngineStatus], *, as_json: bool, disk: Part | None = None) -> None:
    """Every engine with what is missing, and how much room there is for projects."""
    if as_json:
        click.echo(in_json([asdict(status) for status in found]))
        return
    for status in found:
        state = "ready" if status.is_asked else "set; `studio engines check` asks it"
        told = f"; {status.told}" if status.told else ""
        click.echo(f"{'✗' if status.missing else '✓'} {status.name:<18} {status.missing or f'{state}{told}'}")
    if disk:
        click.echo(f"{'✓' if disk.is_good else '✗'} {'disk':<18} {disk.says}")


def checked(found: Checked, *, as_json: bool) -> None:
    """One engine with each thing that was looked at."""
    if as_json:
        click.echo(in_json(asdict(found)))
        return
    click.echo(f"{'✗' if found.missing else '✓'} {found.name:<18} {'not ready' if found.missing else 'ready'}")
    for part in found.parts:
        click.echo(f"  {'✓' if part.is_good else '✗'} {part.heading}{f': {part.says}' if part.says else ''}")
    for setting, offered in found.offers.items():
        click.echo(visible(f"  {setting} may be: {', '.join(offered) or 'nothing is offered there'}"))


def settings(found: Sequence[KnownSetting], setup: Setup, *, as_json: bool) -> None:
    """Every setting with its value, of a key only that it is set, and who says it."""
    if as_json:
        click.echo(in_json([_setting_row(one, setup) for one in found]))
        return
    for one in found:
        value = setup.shown(one.setting) or "-"
        source = _SOURCES[setup.source(one.setting)]
        click.echo(f"{one.setting.name:<26} {visible(value)}  ({source})")


def set_now(known: KnownSetting, setup: Setup, *, as_json: bool) -> None:
    """How a setting stands after it was set."""
    if as_json:
        click.echo(in_json(_setting_row(known, setup)))
        return
    setting, source = known.setting, setup.source(known.setting)
    if source == "environment":
        click.echo(f"{setting.name} is saved, but {setting.variable} goes before it as long as it is set.")
    elif source == "file":
        click.echo(f"{setting.name} is set. It is used by {', '.join(known.engines)}.")
    else:
        click.echo(f"{setting.name} is no longer set{f': {setting.default} is used' if setting.default else ''}.")


def _setting_row(known: KnownSetting, setup: Setup) -> dict[str, Any]:
    setting = known.setting
    source = setup.source(setting)
    return {
        "name": setting.name,
        "title": setting.title,
        "kind": setting.kind,
        "value": setup.shown(setting),
        "source": source,
        "variable": setting.variable,
        "engines": list(known.engines),
    }
