"""Which commands are for which kind of project: a command for another kind says which ones fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studio.errors import UserError

if TYPE_CHECKING:
    from studio.service import Studio

_WHAT = {
    "film": ("a film", "`studio shots {0}` lists its shots, `studio sheet {0}` its people and places."),
    "scenes": ("a scene video", "`studio scene {0}` lists its scenes, `studio shots {0}` its clips."),
    "dub": ("a dub", "`studio lines {0}` lists its lines, `studio casting {0}` who speaks them."),
    "manuscript": (
        "a book", "`studio chapters {0}` lists its chapters, `studio pictures {0}` its pictures, `studio people {0}` its people."
    ),
}  # fmt: skip
_MANY = {"film": "films", "scenes": "scene videos", "dub": "dubs", "manuscript": "books"}


def what_is(kind: str) -> str:
    """``a film``, ``a scene video``, ``a dub`` or ``a book``."""
    return _WHAT[kind][0]


def check_kind(studio: Studio, name: str, *fitting: str) -> None:
    """Raise UserError, with the commands that fit, unless the project is of one of the kinds ``fitting``."""
    kind = studio.project(name).kind
    if kind in fitting:
        return
    command = click.get_current_context().info_name
    what, hint = _WHAT[kind]
    those = " and ".join(_MANY[one] for one in fitting)
    raise UserError(f"{name} is {what}, and `studio {command}` is for {those}. {hint.format(name)}")
