"""Values that commands about dubs take: ``pt=VALUE``, a named mix, a casting sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli.options import Value

PRESETS = ("dub", "voice-over", "narration", "bed-off")


class Pairs(Value):
    """``pt=value``; what stands before it is a language, in small letters, unless ``keeps_case``."""

    def __init__(self, form: str = "LANG=VALUE", *, keeps_case: bool = False) -> None:
        self.name = form
        self._keeps_case = keeps_case

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        key, equals, rest = str(value).partition("=")
        if self._keeps_case:
            if not (equals and key.strip()):
                self.fail(f"{value} is not of the form {self.name}.", param, ctx)
            return key, rest
        if not (equals and key.strip() and rest.strip()):
            self.fail(f"{value} is not of the form pt=VALUE.", param, ctx)
        return key.strip().lower(), rest.strip()


class NamedMix(Value):
    """``name=pt``, ``name=pt:voice-over``, ``name=pt:voice-over:VOICE``, ``name=pt::VOICE``; gains as ``:voices=3:bed=-6``."""

    name = "NAME=LANG[:PRESET[:VOICE]]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        name, equals, rest = str(value).partition("=")
        language, *more = [part.strip() for part in rest.split(":")]
        plain = [part for part in more if "=" not in part]
        if not (equals and name.strip() and language) or len(plain) > 2:
            self.fail(f"{value} is not of the form NAME=pt:voice-over:VOICE.", param, ctx)
        preset, voice, *_ = (*plain, "", "")
        if preset and preset not in PRESETS:
            self.fail(f"{preset} is no preset; there are {', '.join(PRESETS)}.", param, ctx)
        gains = [part.partition("=") for part in more if "=" in part]
        return {
            "name": name.strip(),
            "language": language.lower(),
            **({"preset": preset} if preset else {}),
            **({"voices": {"": voice}} if voice else {}),
            **{
                self._gain(what, value, param, ctx): self._number(number, value, param, ctx)
                for what, _, number in gains
            },
        }

    def _gain(self, what: str, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if what not in ("voices", "bed"):
            self.fail(f"{value}: a mix has the gains voices=DB and bed=DB, not {what}.", param, ctx)
        return "voice_gain_db" if what == "voices" else "bed_gain_db"

    def _number(self, number: str, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            return float(number)
        except ValueError:
            self.fail(f"{value}: {number} is no number of dB.", param, ctx)


def json_of(file: Path) -> Any:
    """What a JSON file holds. Raises BadInput that names it."""
    from studio.model.text_files import read_text_file
    from studio.model.tolerant import parse_json

    return parse_json(read_text_file(file), file.name)
